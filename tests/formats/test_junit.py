"""JUnit XML: a suite per report, a case per rule, counts that are right."""
import os
import shutil
import subprocess

import support
from support import Case, parse, read, report, run


def outcome(case):
    return next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed")


def expected(made):
    """What becomes of each rule, by the JSON of the same report."""
    found = {f["rule"]: "passed" for f in made["findings"]}
    out = {rule: "passed" for rule in made["passed"]}
    out.update({item["rule"]: "skipped" for item in made["not_applicable"]})
    out.update({rule: "failure" for rule in found})
    return out


class Junit(Case):
    def check(self, raw):
        root = parse("junit", raw)
        if shutil.which("xmllint"):
            command = ["xmllint", "--noout", "--nonet", "--schema", f"{support.HERE}/junit.xsd", "-"]
            made = subprocess.run(command, input=raw, capture_output=True, check=False)
            self.assertEqual(0, made.returncode, made.stderr.decode()[:500])
        for suite in root:
            cases = suite.findall("testcase")
            kinds = [outcome(case) for case in cases]
            self.assertEqual(len(cases), int(suite.get("tests")))
            for counter, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                self.assertEqual(kinds.count(kind), int(suite.get(counter)), counter)
            names = [(case.get("classname"), case.get("name")) for case in cases]
            self.assertEqual(len(names), len(set(names)))
        for counter in ("tests", "failures", "errors", "skipped"):
            self.assertEqual(sum(int(suite.get(counter)) for suite in root), int(root.get(counter)))
        return root

    def test_examples(self):
        arguments = ("--level", "note", *support.EXAMPLES)
        root = self.check(run("audit", "-f", "junit", *arguments)[1])
        made = read("json", *arguments)["reports"]
        self.assertEqual([r["file"] for r in made], [suite.get("name") for suite in root])
        for suite, one in zip(root, made):
            cases = {case.get("name").split()[0]: case for case in suite.findall("testcase")}
            self.assertEqual(expected(one), {rule: outcome(case) for rule, case in cases.items()})
            self.assertEqual(one["rules"], len(cases))
            missing = {item["rule"]: item["missing"] for item in one["not_applicable"]}
            for rule, text in missing.items():
                self.assertEqual(text, cases[rule].find("skipped").get("message"))
            for f in one["findings"]:
                text = cases[f["rule"]].find("failure").text
                self.assertIn(f["message"], text)
                self.assertIn(f"{f['source']['file']}:{f['source']['line']}:{f['source']['column']}", text)
                for figure in f["evidence"]:
                    self.assertIn(figure["name"], text)

    def test_below_the_level(self):
        path = self.write("2023.yaml", report(costs="-940 000"))
        made = read("json", "--level", "note", path)["reports"][0]["findings"]
        lighter = {f["rule"] for f in made} - {f["rule"] for f in made if f["level"] == "error"}
        root = self.check(run("audit", "-f", "junit", "--level", "error", path)[1])
        cases = {case.get("name").split()[0]: case for case in root.iter("testcase")}
        self.assertTrue(lighter)
        for rule in lighter:
            self.assertEqual("passed", outcome(cases[rule]))
            self.assertIn("under nivån", cases[rule].find("system-out").text)

    def test_what_could_not_run(self):
        rules = self.write("fel/brott.lua", """return rule {
  id = "BRO-01", title = "t", ground = "g", level = "note",
  check = function(ar) error("]]> <brott>") end }""")
        self.write("fel/trasig.lua", "return rule {")
        path, unread = self.write("2023.yaml", report()), self.write("annan.yaml", "medel: 1\nx: y\n")
        status, out, _ = run("audit", "-f", "junit", "--rules", os.path.dirname(rules), path, unread)
        self.assertEqual(2, status)
        root = self.check(out)
        wrong = {case.get("name"): case.find("error").get("message") for case in root.iter("testcase")
                 if outcome(case) == "error"}
        self.assertEqual(3, len(wrong))
        self.assertIn("]]> <brott>", wrong["BRO-01 t"])
        self.assertEqual(unread, root[1].get("name"))

    def test_avsteg(self):
        path = self.write("a/2023.yaml", report(costs="-940 000"))
        finding = read("json", path)["reports"][0]["findings"][0]
        self.write("a/avsteg.yaml", f"""medel_avsteg: 1
avsteg:
  - {{ regel: {finding["rule"]}, beslutat_av: '"S" & <Co>', datum: 2024-01-31, skal: "]]> 'x'\\nrad 2",
      fingeravtryck: {finding["fingerprint"]} }}
""")
        root = self.check(run("audit", "-f", "junit", "--only", finding["rule"], path)[1])
        self.assertEqual("beslutat avsteg: \"S\" & <Co> 2024-01-31: ]]> 'x'\nrad 2",
                         root.find(".//skipped").get("message"))

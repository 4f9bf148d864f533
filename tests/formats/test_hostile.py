"""All formats: the same findings, the same bytes, and text that never becomes structure."""
import json
import os

import support
from support import Case, in_a_message, members, parse, quoted, read, run

FORMATS = ("json", "sarif", "junit", "csv")
WEIGHT = {"error": 4, "deviation": 3, "recommendation": 2, "note": 1}
HOSTILE = [
    "<script>alert('x')</script>", '"quoted" & <b onmouseover="x">', "two\nlines\n# of: text",
    "=cmd|' /C calc'!A0", "]]><failure/>", "&lt;&#0;&amp;", "</failure></testcase>", "\",\"x\":\"y",
    "[link](javascript:alert(1))", "[1](1) {0} {{1}}", "a;=1+1\n@SUM(A1)\t-2", "＝cmd", "<!-- -->",
    "<?xml version='1.1'?>", "\\u0000 \\n %s %d", "x" * 3000,
    "{" * 1025, "å" * 1023 + "{}", "😀" * 1025, "- punkt",
]
QUOTED = [in_a_message(text) for text in HOSTILE]


def shown(name, made):
    """(rule, line, column) of what a format shows; JUnit has it in text."""
    if name == "json":
        return [(f["rule"], f["source"]["line"], f["source"]["column"])
                for r in made["reports"] for f in r["findings"]]
    if name == "csv":
        return [(row[5], int(row[1]), int(row[2])) for row in made[1:]]
    places = [(r["ruleId"], r["locations"][0]["physicalLocation"]) for r in made["runs"][0]["results"]
              if r["kind"] == "fail"]
    return [(rule, place["region"]["startLine"], place["region"]["startColumn"]) for rule, place in places]


class Formats(Case):
    def test_level(self):
        for level, least in WEIGHT.items():
            arguments = ("--level", level, *support.EXAMPLES)
            made = read("json", *arguments)
            self.assertTrue(all(WEIGHT[f["level"]] >= least for r in made["reports"] for f in r["findings"]))
            for name in ("sarif", "csv"):
                self.assertEqual(shown("json", made), shown(name, read(name, *arguments)), (name, level))
            failed = [{case.get("name").split()[0] for case in suite.iter("testcase")
                       if case.find("failure") is not None} for suite in read("junit", *arguments)]
            self.assertEqual([{f["rule"] for f in r["findings"]} for r in made["reports"]], failed, level)

    def test_same_input_same_bytes(self):
        elsewhere = (("LC_ALL", "sv_SE.UTF-8"), ("LANG", "tr_TR.UTF-8"), ("TZ", "Asia/Tokyo"))
        for name in FORMATS:
            arguments = ("audit", "-f", name, "--level", "note", *support.EXAMPLES)
            one, other = run(*arguments), run(*arguments, environment=elsewhere)
            self.assertEqual(one, other, name)
            self.assertTrue(one[1].endswith(b"\n"))

    def test_a_file_alone_and_among_others(self):
        both = read("json", *support.EXAMPLES)["reports"]
        for one, path in zip(both, support.EXAMPLES):
            self.assertEqual([one], read("json", path)["reports"])


class Hostile(Case):
    def setUp(self):
        self.write("says/prov.lua", support.SAYS)
        self.path = self.write("h/fientlig.yaml", members(HOSTILE))
        self.arguments = ("--only", "PROV", "--rules", f"{self.folder}/says", self.path)

    def test_json(self):
        made = read("json", *self.arguments)
        self.assertEqual(QUOTED, [f["message"] for f in made["reports"][0]["findings"]])
        self.validate(support.load("docs/json.schema.json"), made)

    def test_sarif(self):
        made = read("sarif", *self.arguments)
        self.validate(support.load("tests/data/sarif-2.1.0-rtm.5.json"), made)
        for text, result in zip(QUOTED, [r for r in made["runs"][0]["results"] if r["kind"] == "fail"], strict=True):
            got = result["message"]["text"]
            self.assertLessEqual(len(got), 1024)
            self.assertNotIn("](", got)
            whole = text.replace("](", "] (").replace("{", "{{").replace("}", "}}")
            self.assertEqual(whole if len(whole) <= 1024 else got, got)
            if len(whole) > 1024:
                self.assertTrue(whole.startswith(got[:-1]) and got[-1] == "…" and len(got) >= 1023)
            for brace in "{}":
                self.assertEqual(0, got.count(brace) % 2, got[-20:])

    def test_junit(self):
        root = read("junit", *self.arguments)
        failure = root.find(".//failure")
        self.assertEqual(f"{QUOTED[0]} (och {len(HOSTILE) - 1} till)", failure.get("message"))
        for text in QUOTED:
            self.assertIn(text, failure.text)
        self.assertEqual({"testsuites", "testsuite", "properties", "property", "testcase", "failure"},
                         {element.tag for element in root.iter()})
        self.assertEqual(1, len(list(root.iter("failure"))))

    def test_labels_of_figures(self):
        """Labels of rows reach the evidence of the core's own checks."""
        rows = "\n".join(f"    egen_{i}: {{ under: individ, text: {quoted(text)}, tal: [-100] }}"
                         for i, text in enumerate(HOSTILE))
        path = self.write("h/etikett.yaml", f"""medel: 1
rakenskapsar: 2023
forbund: {{ namn: Prov }}
driftredovisning:
  enhet: kr
  kolumner: [netto]
  rader:
    individ: [-9 999]
{rows}
""")
        made = read("json", path)
        labels = [e["label"] for f in made["reports"][0]["findings"] if f["rule"] == "SUM-17"
                  for e in f["evidence"]]
        self.assertEqual(set(HOSTILE) | {"Individinriktade insatser"}, set(labels))
        bodies = "".join(e.text for e in read("junit", path).iter("failure"))
        for text in HOSTILE:
            self.assertIn(text, bodies)
        for name in ("csv", "sarif"):
            self.assertEqual(shown("json", made), shown(name, read(name, path)))

    def test_control_characters_are_refused(self):
        codes = (0, 1, 8, 0x0b, 0x0d, 0x1b, 0x7f, 0x80, 0x85, 0x9f, 0x202e, 0x2066, 0x2028, 0xfeff, 0xfffe)
        path = self.write("h/tecken.yaml", members([f"a{chr(code)}b" for code in codes]))
        for name in FORMATS:
            status, out, err = run("audit", "-f", name, path)
            self.assertEqual(2, status)
            parse(name, out)
            for code in codes:
                self.assertIn(f"U+{code:04X}", err)

    def test_nothing_to_say(self):
        path = self.write("h/okand.yaml", "medel: 1\nx: y\n")
        for name in FORMATS:
            status, out, _ = run("audit", "-f", name, path)
            self.assertEqual(2, status)
            made = parse(name, out)
            self.assertEqual(0, len(shown(name, made)) if name != "junit" else int(made.get("failures")))
        self.assertEqual([], json.loads(run("audit", "-f", "json", path)[1])["reports"])
        self.assertTrue(os.path.exists(path))

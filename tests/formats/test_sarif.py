"""SARIF: valid by its schema, and what the schema does not say."""
import collections
import os
import urllib.parse

import support
from support import Case, load, parse, read, report, run

SCHEMA = load("tests/data/sarif-2.1.0-rtm.5.json")
LEVELS = {"error": "error", "deviation": "warning", "recommendation": "note", "note": "note"}


def places(result):
    for location in result["locations"] + result.get("relatedLocations", []):
        yield location["physicalLocation"]


def first_place(result):
    place = result["locations"][0]["physicalLocation"]
    return place["artifactLocation"]["uri"], place["region"]["startLine"], place["region"]["startColumn"]


def fails(made):
    """What was found; the other results say what holds and what was not tried."""
    return [r for r in made["results"] if r["kind"] == "fail"]


class Sarif(Case):
    def check(self, made):
        self.validate(SCHEMA, made)
        run_ = made["runs"][0]
        rules = run_["tool"]["driver"]["rules"]
        self.assertEqual(len(rules), len({tuple(sorted(map(str, rule.items()))) for rule in rules}))
        self.assertEqual("unicodeCodePoints", run_["columnKind"])
        self.assertLessEqual(len(run_["results"]), 25000)
        for rule in rules:
            level = rule["properties"]["medelLevel"]
            self.assertEqual(LEVELS[level], rule["defaultConfiguration"]["level"])
            self.assertTrue(rule["shortDescription"]["text"] and rule["fullDescription"]["text"])
            self.assertTrue(rule["properties"]["ground"] and rule["properties"]["pack"])
        for result in run_["results"]:
            self.assertEqual(result["ruleId"], rules[result["ruleIndex"]]["id"])
            self.assertTrue(1 <= len(result["message"]["text"]) <= 1024)
            if result["kind"] == "fail":
                self.assertEqual(LEVELS[result["properties"]["medelLevel"]], result["level"])
                self.assertRegex(result["partialFingerprints"]["medel/v1"], "^[0-9a-f]{32}$")
            else:
                self.assertEqual("none", result["level"])
            for place in places(result):
                self.assertGreaterEqual(place["region"]["startLine"], 1)
                self.assertGreaterEqual(place["region"]["startColumn"], 1)
                self.assertRegex(place["artifactLocation"]["uri"], "^(file:///)?[A-Za-z0-9._~%/-]+$")
        # SARIF: baselineState and suppressions stand in all results of a run or in none.
        for key in ("baselineState", "suppressions"):
            self.assertIn(sum(key in result for result in run_["results"]), (0, len(run_["results"])))
        return run_

    def test_examples(self):
        arguments = ("--level", "note", *support.EXAMPLES)
        made = self.check(read("sarif", *arguments))
        driver = made["tool"]["driver"]
        self.assertEqual("medel", driver["name"])
        self.assertNotIn("informationUri", driver)
        self.assertTrue(made["invocations"][0]["executionSuccessful"])
        findings = [f for r in read("json", *arguments)["reports"] for f in r["findings"]]
        self.assertEqual(
            [(f["rule"], f["message"], f["source"]["file"], f["source"]["line"], f["source"]["column"],
              f["fingerprint"], f["level"], len(f["evidence"])) for f in findings],
            [(r["ruleId"], r["message"]["text"], *first_place(r), r["partialFingerprints"]["medel/v1"],
              r["properties"]["medelLevel"], len(r.get("relatedLocations", []))) for r in fails(made)])
        tried = {i for r in read("json", *arguments)["reports"] for i in
                 r["passed"] + [n["rule"] for n in r["not_applicable"]] + [f["rule"] for f in r["findings"]]}
        self.assertEqual(tried, {rule["id"] for rule in driver["rules"]})
        kinds = collections.Counter((r["ruleId"], r["kind"]) for r in made["results"] if r["kind"] != "fail")
        told = collections.Counter()
        for r in read("json", *arguments)["reports"]:
            told.update((rule, "pass") for rule in r["passed"])
            told.update((n["rule"], "open" if n["kind"] == "not_transcribed" else "notApplicable")
                        for n in r["not_applicable"])
        self.assertEqual(told, kinds)
        self.assertEqual({"none"}, {r["level"] for r in made["results"] if r["kind"] != "fail"})
        texts = {r["id"]: r["help"]["text"] for r in driver["rules"] if "help" in r}
        self.assertTrue(texts["EKA-01"].startswith("Verka för"))

    def test_followup(self):
        before = self.write("u/2022.yaml", report(2022, costs="-940 000"))
        after = self.write("u/2023.yaml", report(2023, costs="-940 000", more="""balansrakning:
  enhet: kr
  kolumner: [2023]
  rader: { fordringar: [100 000], kassa_och_bank: [200 000], omsattningstillgangar: [310 000] }
"""))
        made = self.check(read("sarif", "--previous", before, after))
        self.assertLessEqual({"new", "unchanged"}, {r["baselineState"] for r in made["results"]})
        back = self.check(read("sarif", "--level", "error", "--previous", after,
                               self.write("u/2024.yaml", report(2024, costs="-940 000"))))
        gone = [r for r in back["results"] if r["baselineState"] == "absent"]
        self.assertEqual([("SUM-07", "file://" + urllib.parse.quote(after))],
                         [(r["ruleId"], first_place(r)[0]) for r in gone])
        self.assertEqual({"error"}, {r["level"] for r in fails(back)})

    def test_avsteg(self):
        path = self.write("a/2023.yaml", report(costs="-940 000"))
        finding = read("json", path)["reports"][0]["findings"][0]
        self.write("a/avsteg.yaml", f"""medel_avsteg: 1
avsteg:
  - {{ regel: {finding["rule"]}, beslutat_av: Styrelsen, datum: 2024-01-31, skal: 'Känt [x](http://x) {{0}}',
      till_och_med: 2025-12-31, fingeravtryck: {finding["fingerprint"]} }}
  - {{ regel: EKA-01, beslutat_av: S, datum: 2024-01-31, skal: Känt, fingeravtryck: x }}
""")
        made = self.check(parse("sarif", run("audit", "-f", "sarif", path)[1]))
        waived = [r for r in made["results"] if r["suppressions"]]
        self.assertEqual([{"kind": "external", "status": "accepted", "justification":
                           "Styrelsen 2024-01-31: Känt [x] (http://x) {{0}} (till och med 2025-12-31)"}],
                         waived[0]["suppressions"])
        self.assertEqual(finding["fingerprint"], waived[0]["partialFingerprints"]["medel/v1"])
        lapsed = made["invocations"][0]["toolConfigurationNotifications"]
        self.assertRegex(lapsed[0]["message"]["text"], "EKA-01")

    def test_what_could_not_run(self):
        rules = self.write("fel/brott.lua", """return rule {
  id = "BRO-01", title = "t", ground = "g", level = "note",
  check = function(ar) error("<brott> {0}") end }""")
        self.write("fel/trasig.lua", "return rule {")
        path = self.write("f/2023.yaml", report())
        unread = self.write("f/annan fil.yaml", "medel: 1\nx: y\n")
        status, out, _ = run("audit", "-f", "sarif", "--rules", os.path.dirname(rules), path, unread)
        self.assertEqual(2, status)
        invocation = self.check(parse("sarif", out))["invocations"][0]
        self.assertFalse(invocation["executionSuccessful"])
        notes = invocation["toolExecutionNotifications"]
        self.assertEqual(4, len(notes)) # two of them what is wrong in the file
        self.assertIn("annan%20fil.yaml", str(notes[0]["locations"]))
        self.assertEqual(2, notes[0]["locations"][0]["physicalLocation"]["region"]["startLine"])
        self.assertIn("unknown key 'x'", notes[0]["message"]["text"])
        self.assertEqual(["BRO-01"], [n["associatedRule"]["id"] for n in notes if "associatedRule" in n])
        self.assertTrue(any("<brott> {{0}}" in n["message"]["text"] for n in notes))

    def test_file_names(self):
        self.write("n/å #1?%41:;&\"'<b>/ 2023.yaml", report(costs="-940 000"))
        for name in ("./å #1?%41:;&\"'<b>/./ 2023.yaml", "å #1?%41:;&\"'<b>// 2023.yaml"):
            made = self.check(read("sarif", name, folder=os.path.join(self.folder, "n")))
            uri = first_place(made["results"][0])[0]
            self.assertEqual("å #1?%41:;&\"'<b>/ 2023.yaml", urllib.parse.unquote(uri))
            self.assertNotIn(":", uri)

    def test_room_for_the_heaviest(self):
        status, out, err = run("run", "--trust", "tests/formats/limits.lua", support.EXAMPLES[0], "5")
        self.assertEqual((0, ""), (status, err))
        made = self.check(parse("sarif", out))
        findings = read("json", "--level", "note", support.EXAMPLES[0])["reports"][0]["findings"]
        self.assertEqual([f["level"] for f in findings[:5]],
                         [r["properties"]["medelLevel"] for r in fails(made)])
        self.assertEqual(f"{len(findings) - 5} resultat till ryms inte.",
                         made["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"])

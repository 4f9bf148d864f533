"""JSON: docs/json.schema.json is its form, and the figures are where they are said to be."""
import json
import os
import re
from fractions import Fraction

import support
from support import Case, load, parse, read, report, run

SCHEMA = load("docs/json.schema.json")


def value(quantity):
    return Fraction(quantity["numerator"], quantity["denominator"])


def properties(schema):
    """Every property name in a schema."""
    if isinstance(schema, list):
        return set().union(*map(properties, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
    return own.union(*map(properties, schema.values()))


class Examples(Case):
    def test_form(self):
        self.validate(SCHEMA, read("json", "--level", "note", *support.EXAMPLES))

    def test_form_is_strict(self):
        made = read("json", *support.EXAMPLES)
        if support.jsonschema is None:
            self.skipTest("python3-jsonschema is needed")
        validator = support.jsonschema.Draft202012Validator(SCHEMA)
        finding = made["reports"][0]["findings"][0]
        for change in ({"new": 1}, {"level": "fel"}, {"fingerprint": "x"}, {"since": ""}, {"values": 0.5}):
            before = dict(finding)
            finding.update(change)
            self.assertFalse(validator.is_valid(made), change)
            finding.clear()
            finding.update(before)
        for key in ("waived", "lapsed", "followup", "materiality", "norms"):
            less = {**made, "reports": [{k: v for k, v in made["reports"][0].items() if k != key}]}
            self.assertFalse(validator.is_valid(less), key)
        self.assertTrue(validator.is_valid(made))

    def test_all_is_documented(self):
        with open(os.path.join(support.ROOT, "docs/json.md"), encoding="utf-8") as file:
            words = set(re.findall(r"[a-z_]+", file.read()))
        self.assertEqual(set(), properties(SCHEMA) - words)

    def test_no_decimals(self):
        _, out, _ = run("audit", "--format", "json", "--level", "note", *support.EXAMPLES)

        def refuse(text):
            raise AssertionError(f"{text} in the output")
        json.loads(out, parse_float=refuse, parse_constant=refuse)

    def test_figures_are_where_they_are_said_to_be(self):
        seen = 0
        for made in read("json", "--level", "note", *support.EXAMPLES)["reports"]:
            with open(os.path.join(support.ROOT, made["file"]), encoding="utf-8") as file:
                lines = file.read().split("\n")
            for finding in made["findings"]:
                for figure in finding["evidence"]:
                    source = figure["source"]
                    if figure["state"] == "value" and source["file"] == made["file"]:
                        there = lines[source["line"] - 1][source["column"] - 1:].lstrip("\"'")
                        self.assertTrue(there.startswith(figure["text"]), (there[:40], figure["text"]))
                        seen += 1
        self.assertGreater(seen, 50)

    def test_difference_is_printed_less_expected(self):
        seen = 0
        for made in read("json", "--level", "note", *support.EXAMPLES)["reports"]:
            for finding in made["findings"]:
                if "difference" in finding and "expected" in finding:
                    printed = value(finding["evidence"][0]["value"])
                    self.assertEqual(printed - value(finding["expected"]), value(finding["difference"]))
                    seen += 1
        self.assertGreater(seen, 2)


class Small(Case):
    def test_avsteg_followup_norms_materiality(self):
        before = self.write("2022/2022.yaml", report(2022, costs="-940 000"))
        path = self.write("2023/2023.yaml", report(2023, costs="-940 000"))
        first = read("json", path)["reports"][0]
        self.assertEqual([None], list({f["since"] for f in first["findings"]}))
        waive = next(f for f in first["findings"] if f["rule"] == "SUM-01")
        self.write("2023/avsteg.yaml", f"""medel_avsteg: 1
avsteg:
  - {{ regel: {waive["rule"]}, beslutat_av: Styrelsen, datum: 2024-01-31, skal: Känt,
      fingeravtryck: {waive["fingerprint"]} }}
  - {{ regel: EKA-01, beslutat_av: Styrelsen, datum: 2024-01-31, till_och_med: 2024-12-31, skal: Känt,
      text: Mer, fingeravtryck: "00000000000000000000000000000000" }}
""")
        status, out, err = run("audit", "-f", "json", "--previous", before, path)
        self.assertEqual((1, ""), (status, err))
        made = parse("json", out)
        self.validate(SCHEMA, made)
        made = made["reports"][0]
        self.assertEqual([waive["fingerprint"]], [f["fingerprint"] for f in made["waived"]])
        self.assertEqual({"rule": waive["rule"], "decided_by": "Styrelsen", "date": "2024-01-31",
                          "reason": "Känt", "until": None, "text": None, "fingerprint": waive["fingerprint"]},
                         made["waived"][0]["avsteg"])
        self.assertNotIn(waive["fingerprint"], [f["fingerprint"] for f in made["findings"]])
        self.assertEqual(["EKA-01"], [item["avsteg"]["rule"] for item in made["lapsed"]])
        self.assertEqual("2024-12-31", made["lapsed"][0]["avsteg"]["until"])
        self.assertEqual(before, made["followup"]["previous"])
        self.assertLessEqual({f["since"] for f in made["findings"]}, {"ny", "kvarstår"})
        self.assertEqual(1880000, made["materiality"]["helhet"]["ore"])
        self.assertEqual("nationell", made["findings"][0]["pack"])

    def test_file_names_may_be_any_bytes(self):
        path = os.fsencode(self.folder) + b"/r\xe5 <&>.yaml"
        with open(path, "wb") as file:
            file.write(report().encode())
        for name in ("json", "sarif", "junit", "csv"):
            status, out, err = run("audit", "-f", name, path)
            self.assertIn(status, (0, 1), err)
            parse(name, out)

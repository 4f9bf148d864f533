"""An audit with a ledger, and a ledger alone: evidence of the books in every format."""
import csv
import io
import json

import support
from support import Case, load, parse, read, run

REPORT = "tests/cli/data/liten.yaml"
BOOKS = "tests/cli/data/bok.se"
GIVEN = ("--level", "note", "--ledger", BOOKS, REPORT)


def findings(made):
    return [f for r in made["reports"] for f in r["findings"]]


class Json(Case):
    def test_form(self):
        self.validate(load("docs/json.schema.json"), read("json", *GIVEN))

    def test_vouchers_have_their_lines(self):
        with open(f"{support.ROOT}/{BOOKS}", encoding="utf-8") as file:
            lines = file.read().split("\n")
        seen = 0
        for finding in findings(read("json", *GIVEN)):
            for figure in finding["evidence"]:
                if figure["state"] != "ledger":
                    continue
                seen += 1
                self.assertEqual((figure["table"], figure["source"]["file"]), ("huvudbok", BOOKS))
                line = lines[figure["source"]["line"] - 1]
                if figure["item"] and not figure["row"]:
                    series, number = figure["item"].split(" ")
                    self.assertTrue(line.startswith(f"#VER {series} {number} "), line)
        self.assertGreater(seen, 1)

    def test_alone(self):
        status, out, err = run("ledger", BOOKS, "--check", "--format", "json")
        self.assertEqual(status, 1, err)
        made = json.loads(out)
        self.validate(load("docs/json.schema.json"), made)
        self.assertEqual(made["reports"][0]["title"], "Förbundet Liten · huvudbok 2023")


class Other(Case):
    def test_sarif(self):
        made = read("sarif", *GIVEN)
        self.validate(load("tests/data/sarif-2.1.0-rtm.5.json"), made)
        result = next(r for r in made["runs"][0]["results"] if r["ruleId"] == "HUV-05")
        place = result["locations"][0]["physicalLocation"]
        self.assertEqual(place["artifactLocation"]["uri"], BOOKS)
        self.assertEqual(place["region"]["startLine"], 44)
        self.assertEqual(result["relatedLocations"][0]["physicalLocation"], place)

    def test_csv_and_md(self):
        status, out, err = run("audit", "--format", "csv", *GIVEN)
        self.assertEqual(status, 1, err)
        row = next(r for r in csv.DictReader(io.StringIO(out.decode(), newline="")) if r["rule"] == "HUV-05")
        self.assertEqual((row["file"], row["line"]), (BOOKS, "44"))
        _, out, _ = run("audit", "--format", "md", *GIVEN)
        self.assertIn("Verifikation A 5 2023-03-01", out.decode())
        self.assertNotIn("\x1b", out.decode())

    def test_html(self):
        status, out, err = run("report", "granskning", "-f", "html", "--ledger", BOOKS, REPORT)
        self.assertEqual(status, 0, err)
        self.assertIn("bok.se, rad 44", out.decode())
        self.assertNotIn("\x1b", out.decode())


class Views(Case):
    def test_csv_and_json_are_the_same(self):
        for view in (("--balance",), ("--account", "1930"), ("--voucher", "A", "3"), ("--months",), ("--object",), ("--sample", "2"), ()):
            _, made, _ = run("ledger", BOOKS, *view, "--csv")
            rows = list(csv.DictReader(io.StringIO(made.decode(), newline="")))
            _, made, _ = run("ledger", BOOKS, *view, "--json")
            objects = json.loads(made)["rows"]
            self.assertEqual(len(rows), len(objects))
            for row, item in zip(rows, objects):
                self.assertEqual(set(row), set(item))
                for key, value in item.items():
                    if isinstance(value, int) and key not in ("rad", "rader", "konton"):
                        self.assertEqual(round(float(row[key]) * 100), value)
                    elif value is None:
                        self.assertEqual(row[key], "")
                    elif isinstance(value, int):
                        self.assertEqual(int(row[key]), value)

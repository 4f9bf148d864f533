"""CSV: RFC 4180, numbers that are numbers, text that no spreadsheet runs."""
import csv
import io
import random
import re
import xml.etree.ElementTree as xml
from fractions import Fraction

import support
from support import Case, in_a_message, members, read, report, run

COLUMNS = ("file line column place level rule pack title message expected printed difference cause "
           "recommendation ground fingerprint since weight").split()
NUMBERS = {"line", "column", "expected", "printed", "difference"}
TRIGGERS = "=+@\\-＝＋－＠"
FIELD = r'(?:"(?:[^"]|"")*"|-?\d+(?:\.\d+)?|)'
RECORD = re.compile(rf"{FIELD}(?:,{FIELD})*\r\n")


def guarded(text):
    """The text as a cell has it."""
    text = re.sub(r"\A[\t\r\n]", r"'\g<0>", text)
    text = re.sub(rf"\A *[{TRIGGERS}]", r"'\g<0>", text)
    return re.sub(rf'([;\t\r\n])([ "]*[{TRIGGERS}])', r"\1'\2", text)


def decimal(quantity):
    """Kronor, per cent or heads as a plain number, rounded half away from zero."""
    unit, n = quantity["unit"], Fraction(quantity["numerator"], quantity["denominator"])
    if unit == "count":
        return str(n) if n.denominator == 1 else None
    if unit == "share":
        n *= 10000
    whole = int(abs(n) + Fraction(1, 2))
    return f"{'-' if n < 0 and whole else ''}{whole // 100}.{whole % 100:02d}"


def row_of(f):
    """The cells of a finding, by its JSON."""
    source, amounts = f["source"], "expected" in f and "difference" in f
    return [guarded(source["file"]), str(source["line"]), str(source["column"]), guarded(source["place"]),
            f["level"], guarded(f["rule"]), guarded(f["pack"]), guarded(f["title"]), guarded(f["message"]),
            decimal(f["expected"]) if amounts else "",
            decimal(f["evidence"][0]["value"]) if amounts else "",
            decimal(f["difference"]) if amounts else "", guarded(f["cause"] or ""),
            guarded(f["recommendation"] or ""), guarded(f["ground"]), f["fingerprint"], f["since"] or "",
            f["weight"] or ""]


PIECES = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "'", '"', '""', ",", ";", "\t", "\n", " ", "a", "å", "1",
          "cmd|' /C calc'!A0", "<b>", "&", "]]>", "{0}", "](x)", "😀", "−", "\u00a0"]


class Csv(Case):
    def check(self, raw, made):
        """A whole output against the JSON of the same audit."""
        text = raw.decode("utf-8")
        at = 0
        while at < len(text):
            record = RECORD.match(text, at)
            self.assertTrue(record, text[at:at + 200])
            at = record.end()
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        self.assertEqual(COLUMNS, rows[0])
        findings = [f for r in made["reports"] for f in r["findings"]]
        self.assertEqual([row_of(f) for f in findings], rows[1:])
        for row in rows[1:]:
            for name, cell in zip(COLUMNS, row):
                if name not in NUMBERS:
                    self.assertNotRegex(cell, rf"\A(?:[\t\r\n]| *[{TRIGGERS}])")
        # Excel in Swedish splits at semicolons: no cell there may begin a formula either.
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
            for cell in row:
                self.assertNotRegex(cell, rf'\A[ "]*[{TRIGGERS}]')
        return rows[1:]

    def test_examples(self):
        arguments = ("--level", "note", *support.EXAMPLES)
        rows = self.check(run("audit", "-f", "csv", *arguments)[1], read("json", *arguments))
        printed = COLUMNS.index("difference")
        self.assertTrue(any(row[printed].startswith("-") for row in rows))

    def test_numbers(self):
        path = self.write("tal.yaml", report(costs="-940 000,55").replace("[-940 000,55", '["-940 000,55"')
                          + """balansrakning:
  enhet: tkr
  kolumner: [2023]
  rader: { fordringar: [100], kassa_och_bank: [200], omsattningstillgangar: [310] }
""")
        rows = self.check(run("audit", "-f", "csv", path)[1], read("json", path))
        self.assertEqual({"SUM-01": ["59999.45", "50000.00", "-9999.45"],
                          "SUM-07": ["300000.00", "310000.00", "10000.00"]},
                         {row[5]: row[9:12] for row in rows if row[9]})

    def test_numbers_have_the_usual_signs(self):
        """A net that is printed as cost less income: 990 is what −990 is elsewhere."""
        path = self.write("netto.yaml", """medel: 1
rakenskapsar: 2023
forbund: { namn: Prov }
driftredovisning:
  enhet: kr
  kolumner: [intakt, kostnad, netto]
  rader:
    medlemsbidrag: { under: intakter, text: B, tal: [1 000, –, -1 000] }
    individ: [–, 980, 990]
    egen: { under: individ, text: A, tal: [–, 500, 500] }
    egen_2: { under: individ, text: C, tal: [–, 480, 480] }
""")
        rows = self.check(run("audit", "-f", "csv", path)[1], read("json", path))
        self.assertIn(["-980.00", "-990.00", "-10.00"], [row[9:12] for row in rows])

    def test_only_text_is_quoted(self):
        _, out, _ = run("audit", "-f", "csv", "--level", "note", *support.EXAMPLES)
        for line in out.decode("utf-8").split("\r\n")[1:-1]:
            fields = re.findall(rf"(?:\A|,)({FIELD})", line)
            for name, field in zip(COLUMNS, fields):
                self.assertEqual(name not in NUMBERS, field.startswith('"'), (name, field))

    def test_byte_order_mark(self):
        _, plain, _ = run("audit", "-f", "csv", *support.EXAMPLES)
        _, marked, _ = run("audit", "-f", "csv", "--bom", *support.EXAMPLES)
        self.assertEqual(b"\xef\xbb\xbf" + plain, marked)

    def test_any_text(self):
        """Random names, heavy in what means something to somebody, come back as they were, on one line."""
        self.write("says/prov.lua", support.SAYS)
        dice = random.Random(4180)
        texts = ["".join(dice.choice(PIECES) for _ in range(dice.randrange(1, 12))) for _ in range(400)]
        texts = [text for text in texts if text.strip(" \t\r\n")]
        path = self.write("alla.yaml", members(texts))
        texts = [in_a_message(text) for text in texts]
        arguments = ("--only", "PROV", "--rules", f"{self.folder}/says", path)
        made = read("json", *arguments)
        self.assertEqual(texts, [f["message"] for f in made["reports"][0]["findings"]])
        rows = self.check(run("audit", "-f", "csv", *arguments)[1], made)
        self.assertEqual([guarded(text) for text in texts], [row[COLUMNS.index("message")] for row in rows])

    def test_cells(self):
        """What reports cannot hold, but file names and rules can: line ends of all kinds, controls, bytes."""
        dice = random.Random(4181)
        pieces = [piece.encode() for piece in PIECES + ["\r", "\r\n", "\x01", "\x7f", "\x85", "\ufffe"]]
        pieces += [b"\xe5", b"\xff", b"\xed\xa0\x80"]
        texts = [b"".join(dice.choice(pieces) for _ in range(dice.randrange(8))) for _ in range(1000)]
        path = self.write("celler", "".join(text.hex() + "\n" for text in texts))
        status, out, err = run("run", "--trust", "tests/formats/texts.lua", path)
        self.assertEqual((0, ""), (status, err))
        made = [[bytes.fromhex(cell).decode("utf-8") for cell in line.split("\t")]
                for line in out.decode().split("\n")[:-1]]
        for text, (cell, escaped, *_) in zip(texts, made, strict=True):
            clean = text.decode("utf-8", "replace")
            harmless = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "\ufffd", clean)
            self.assertEqual([[guarded(harmless)]], list(csv.reader(io.StringIO(cell, newline=""), strict=True)))
            self.assertRegex(cell, r'(?s)\A"(?:[^"]|"")*"\Z')
            inner = xml.fromstring(f'<a b="{escaped}">{escaped}</a>')
            kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", "", clean)
            self.assertEqual((kept, kept), (inner.text or "", inner.get("b")))

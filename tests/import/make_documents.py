"""make_documents.py FOLDER COUNT [SEED]: årsredovisningar of invented förbund, printed in random layouts.

Each is a consistent set of statements, notes, översikter and driftredovisning (FOLDER/N.facit says every
figure: table, note, column, value, line 0, unit, label) and one file: PDF by a writer of its own (columns,
alignments, wrapped labels, page columns, repeated heads, boxes, note columns), docx, odt, xlsx, or text with
layout.  Only the standard library."""
import os
import random
import sys
import zipfile
from xml.sax.saxutils import escape

# ---- a förbund's year ----

GROUPS = [("Individinriktade insatser", ["Coachingteamet", "Mottagningsteam", "Samverkansteamet", "Arbetsträning",
                                         "Vägen vidare", "Jobbspåret", "Unga vuxna"]),
          ("Strukturövergripande insatser", ["Kompetensutveckling", "Behovskartläggning", "Samverkansdag",
                                             "Processtöd", "Utbildning i bemötande"]),
          ("Administration", ["Förbundschef", "Styrelse", "Lokaler", "Revision", "Ekonomitjänst"])]
KOMMUNER = ["Granby kommun", "Åsele kommun", "Mora kommun", "Öckerö kommun", "Storby kommun"]


def parts(rng, total, n):
    """n whole amounts that sum to total."""
    cuts = sorted(rng.randrange(0, max(total, 1) + 1) for _ in range(n - 1))
    return [b - a for a, b in zip([0] + cuts, cuts + [total])]


class Report:
    def __init__(self, rng):
        self.rng = rng
        self.year = rng.randrange(2016, 2026)
        self.tables = []
        self.build()

    def add(self, table, heading, columns, rows, note=0, unit="kr", notes=None):
        """rows: (label, values or None, share?)"""
        self.tables.append(dict(table=table, heading=heading, columns=columns, rows=rows, note=note, unit=unit,
                                notes=notes or {}))

    def year_figures(self, ek, kassa, ford, skuld):
        rng = self.rng
        f = dict(stat=rng.randrange(500, 9000) * 1000)
        f["region"] = f["stat"] // 2
        n = rng.randrange(2, 5)
        f["kommuner"] = parts(rng, f["stat"] - f["region"], n)
        f["ovrigt"] = rng.choice([0, rng.randrange(1000, 400000)])
        f["intakter"] = f["stat"] + f["region"] + sum(f["kommuner"]) + f["ovrigt"]
        f["kostnader"] = rng.randrange(int(f["intakter"] * .8), int(f["intakter"] * 1.1))
        f["verks"] = f["intakter"] - f["kostnader"]
        f["fin_i"] = rng.randrange(0, 90000)
        f["fin_k"] = rng.randrange(0, 4000)
        f["resultat"] = f["verks"] + f["fin_i"] - f["fin_k"]
        f["ek_in"], f["ek"] = ek, ek + f["resultat"]
        f["ford_in"], f["ford"] = ford, rng.randrange(20000, 900000)
        f["skuld_in"], f["skuld"] = skuld, rng.randrange(200000, 3000000)
        f["kassa_in"] = kassa
        f["kassa"] = kassa + f["resultat"] + f["ford_in"] - f["ford"] + f["skuld"] - f["skuld_in"]
        f["tillg"] = f["kassa"] + f["ford"]
        return f

    def build(self):
        rng, y = self.rng, self.year
        ek, ford, skuld = rng.randrange(2000000, 6000000), rng.randrange(20000, 900000), rng.randrange(200000, 900000)
        kassa = ek + skuld - ford
        a = self.year_figures(ek, kassa, ford, skuld)
        b = self.year_figures(a["ek"], a["kassa"], a["ford"], a["skuld"])
        while len(b["kommuner"]) != len(a["kommuner"]):
            b = self.year_figures(a["ek"], a["kassa"], a["ford"], a["skuld"])
        two = lambda key, sign=1: [sign * b[key], sign * a[key]]
        cols = [str(y), str(y - 1)]
        self.add("oversikt", "1.1 Översikt över verksamhetens utveckling", cols,
                 [("Verksamhetens intäkter", two("intakter"), 0), ("Verksamhetens kostnader", two("kostnader", -1), 0),
                  ("Årets resultat", two("resultat"), 0),
                  ("Soliditet", [max(1, 100 * f["ek"] // f["tillg"]) for f in (b, a)], 1)])
        self.add("resultatrakning", "2. Resultaträkning", cols,
                 [("Verksamhetens intäkter", two("intakter"), 0), ("Verksamhetens kostnader", two("kostnader", -1), 0),
                  ("Verksamhetens resultat", two("verks"), 0), ("Finansiella intäkter", two("fin_i"), 0),
                  ("Finansiella kostnader", two("fin_k", -1), 0),
                  ("Resultat efter finansiella poster", two("resultat"), 0), ("Årets resultat", two("resultat"), 0)],
                 notes={0: 2, 1: 3})
        self.add("balansrakning", "3. Balansräkning", cols,
                 [("TILLGÅNGAR", None, 0), ("Fordringar", two("ford"), 0), ("Kassa och bank", two("kassa"), 0),
                  ("Summa omsättningstillgångar", two("tillg"), 0), ("Summa tillgångar", two("tillg"), 0),
                  ("Eget kapital", None, 0), ("Årets resultat", two("resultat"), 0),
                  ("Övrigt eget kapital", two("ek_in"), 0), ("Summa eget kapital", two("ek"), 0),
                  ("Kortfristiga skulder", two("skuld"), 0),
                  ("Summa eget kapital, avsättningar och skulder", two("tillg"), 0)], notes={1: 4, 9: 5})
        d = lambda f: [f["resultat"], f["ford_in"] - f["ford"], f["skuld"] - f["skuld_in"]]
        flow = [sum(d(b)), sum(d(a))]
        self.add("kassaflodesanalys", "4. Kassaflödesanalys", cols,
                 [("Årets resultat", two("resultat"), 0),
                  ("Ökning/minskning kortfristiga fordringar", [d(b)[1], d(a)[1]], 0),
                  ("Ökning/minskning kortfristiga skulder", [d(b)[2], d(a)[2]], 0),
                  ("Kassaflöde från den löpande verksamheten", flow, 0), ("Årets kassaflöde", flow, 0),
                  ("Likvida medel vid årets början", two("kassa_in"), 0),
                  ("Likvida medel vid årets slut", two("kassa"), 0)])
        self.drift(a, b)
        kommuner = rng.sample(KOMMUNER, len(b["kommuner"]))
        self.add("not", "Not 2 Verksamhetens intäkter", cols,
                 [("Driftbidrag från staten", two("stat"), 0), ("Driftbidrag från Region Norr", two("region"), 0)]
                 + [("Driftbidrag från " + k, [b["kommuner"][i], a["kommuner"][i]], 0) for i, k in enumerate(kommuner)]
                 + [("Övriga intäkter", two("ovrigt"), 0), ("Summa verksamhetens intäkter", two("intakter"), 0)], note=2)
        names = rng.sample(["Projektmedel", "Revision", "Arvoden", "Sociala avgifter", "Lokalkostnader", "Övrigt",
                            "Köp av tjänst förbundschef", "Övriga personalkostnader"], rng.randrange(3, 8))
        pb, pa = parts(rng, b["kostnader"], len(names)), parts(rng, a["kostnader"], len(names))
        self.add("not", "Not 3 Verksamhetens kostnader", cols,
                 [(n, [pb[i], pa[i]], 0) for i, n in enumerate(names)] + [("Summa", two("kostnader"), 0)], note=3)
        for note, key, head, rows in [(4, "ford", "Fordringar", ["Kundfordringar", "Momsfordran", "Skattekonto"]),
                                      (5, "skuld", "Kortfristiga skulder",
                                       ["Leverantörsskulder", "Upplupna kostnader", "Semesterlöneskuld"])]:
            pb, pa = parts(rng, b[key], 3), parts(rng, a[key], 3)
            self.add("not", "Not %d %s" % (note, head), cols,
                     [(n, [pb[i], pa[i]], 0) for i, n in enumerate(rows)] + [("Summa", two(key), 0)], note=note)

    def drift(self, a, b):
        rng = self.rng
        rows = []
        cost_b, cost_a = b["kostnader"] + b["fin_k"], a["kostnader"] + a["fin_k"]
        inc_b, inc_a = b["intakter"] + b["fin_i"], a["intakter"] + a["fin_i"]
        bud = [0, 0]

        def row(label, i, k, budget, fi, fk):
            net, last = i - k, fi - fk
            rows.append((label, [i, -k, net, budget, net - budget, fi, -fk, last], 0))

        row("Medlemsbidrag", b["intakter"], 0, b["intakter"], a["intakter"], 0)
        row("Ränteintäkter", b["fin_i"], 0, 0, a["fin_i"], 0)
        row("Summa intäkter", inc_b, 0, b["intakter"], inc_a, 0)
        gb, ga = parts(rng, cost_b, 3), parts(rng, cost_a, 3)
        total = b["intakter"]
        for (group, names), cb, ca in zip(GROUPS, gb, ga):
            some = rng.sample(names, rng.randrange(2, len(names)))
            pb, pa = parts(rng, cb, len(some)), parts(rng, ca, len(some))
            budgets = [-int(p * rng.uniform(.8, 1.2)) for p in pb]
            row(group, 0, cb, sum(budgets), 0, ca)
            total += sum(budgets)
            for i, name in enumerate(some):
                row(name, 0, pb[i], budgets[i], 0, pa[i])
        row("Resultat", inc_b, cost_b, total, inc_a, cost_a)
        self.add("driftredovisning", "5. Driftredovisning",
                 ["intakt", "kostnad", "netto", "budget", "avvikelse", "fg_intakt", "fg_kostnad", "fg_netto"], rows)

    def facit(self):
        out = []
        for t in self.tables:
            for label, values, share in t["rows"]:
                for c, v in zip(t["columns"], values or []):
                    out.append("\t".join([t["table"], str(t["note"]), c, "%d.00" % v, "0", "%" if share else "kr", label]))
        return "\n".join(out) + "\n"


# ---- how it is printed ----

PROSE = ("Förbundet har under året utvecklat samverkan mellan medlemmarna och följt upp de insatser som finansieras. "
         "Styrelsen har sammanträtt sju gånger och beslutat om budget och verksamhetsplan för kommande år.")


def figure(v, share, lay):
    if share:
        return "%d %%" % v
    if v == 0 and lay["dash"]:
        return lay["minus"]
    text = "{:,}".format(abs(v)).replace(",", lay["sep"])
    return (lay["minus"] if v < 0 else "") + text + (" kr" if lay["kr"] else "")


def header(t, report, lay):
    y = report.year
    if t["table"] == "driftredovisning":
        return [["", "Utfall %d" % y, "", "", "Budget %d" % y, "Avvikelse %d" % y, "Utfall %d" % (y - 1), "", ""],
                ["Belopp i kr", "Intäkt", "Kostnad", "Netto", "Netto", "Netto", "Intäkt", "Kostnad", "Netto"]]
    dates = lay["dates"] and t["table"] in ("balansrakning",)
    note = ["Not"] if t["notes"] and lay["notes"] else []
    return [["Belopp i kr"] + note + [c + "-12-31" if dates else c for c in t["columns"]]]


def body(t, lay):
    rows = []
    for i, (label, values, share) in enumerate(t["rows"]):
        note = [str(t["notes"].get(i, ""))] if t["notes"] and lay["notes"] else []
        cells = [figure(v, share, lay) for v in values] if values else [""] * len(t["columns"])
        rows.append([label] + note + cells)
    return rows


def layout(rng):
    lay = dict(size=rng.choice([7, 8, 9, 10, 11]), pad=rng.choice([0.6, 1, 2, 4, 6]), align=rng.choice("rrrlc"),
               font=rng.choice(["Helvetica", "Helvetica", "Courier"]), sep=rng.choice([" ", "\u00a0"]),
               minus=rng.choice(["-", "\u2013", "-"]), valign=rng.choice(["top", "bottom", "middle"]),
               dash=rng.random() < .3, kr=rng.random() < .1, dates=rng.random() < .5, notes=rng.random() < .6,
               gap=rng.choice([6, 10, 16]), page=rng.choice([(595, 842), (595, 842), (842, 595)]),
               rules=rng.random() < .4, label=rng.choice([110, 150, 220]), repeat=rng.random() < .7,
               columns=2 if rng.random() < .15 else 1, stray=rng.random() < .3)
    if lay["font"] == "Courier":
        lay["size"] = min(lay["size"], 8)
    if lay["columns"] == 2:
        lay.update(page=(842, 595), size=7, gap=6, label=150)
    return lay


# ---- PDF ----

WIDTHS = dict(zip("abcdefghijklmnopqrstuvwxyz", [556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556,
                  556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500]))
WIDTHS.update(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", [667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722,
                  778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611]))
WIDTHS.update({c: 556 for c in "0123456789åäöé\u2013"})
WIDTHS.update({" ": 278, "\u00a0": 278, "-": 333, ",": 278, ".": 278, "/": 278, "%": 889, "(": 333, ")": 333,
               "Å": 667, "Ä": 667, "Ö": 778, "|": 260})


class Pdf:
    def __init__(self, lay):
        self.lay, self.pages, self.w, self.h = lay, [], *lay["page"]
        self.new_page()

    def width(self, text):
        if self.lay["font"] == "Courier":
            return len(text) * .6 * self.lay["size"]
        return sum(WIDTHS.get(c, 556) for c in text) * self.lay["size"] / 1000

    def new_page(self):
        self.ops = []
        self.pages.append(self.ops)
        self.y = 40

    def text(self, x, y, s):
        raw = s.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        self.ops.append(b"BT /F %g Tf %.2f %.2f Td (%s) Tj ET" % (self.lay["size"], x, self.h - y, raw))

    def rule(self, x0, x1, y):
        self.ops.append(b"%.2f %.2f m %.2f %.2f l S" % (x0, self.h - y, x1, self.h - y))

    def bytes(self):
        out, offsets = bytearray(b"%PDF-1.4\n"), []

        def obj(data):
            offsets.append(len(out))
            out.extend(b"%d 0 obj\n" % len(offsets) + data + b"\nendobj\n")

        n = len(self.pages)
        obj(b"<</Type/Catalog/Pages 2 0 R>>")
        obj(b"<</Type/Pages/Count %d/Kids[%s]>>" % (n, b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(n))))
        obj(b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % self.lay["font"].encode())
        for i, ops in enumerate(self.pages):
            stream = b"\n".join(ops)
            obj(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
                % (self.w, self.h, 5 + 2 * i))
            obj(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        at = len(out)
        out.extend(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
        for o in offsets:
            out.extend(b"%010d 00000 n \n" % o)
        out.extend(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, at))
        return bytes(out)


def wrap(pdf, text, width):
    lines = [""]
    for word in text.split(" "):
        longer = (lines[-1] + " " + word).strip()
        if lines[-1] and pdf.width(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


class Flow:
    """Blocks go down the page, or down its columns."""
    def __init__(self, pdf):
        self.pdf, self.lay, self.column, self.number = pdf, pdf.lay, 0, 1
        self.place()

    def place(self):
        n = self.lay["columns"]
        self.width = (self.pdf.w - 80 - 30 * (n - 1)) / n
        self.left = 40 + self.column * (self.width + 30)

    def room(self, height):
        if self.pdf.y + height <= self.pdf.h - 50:
            return False
        self.column += 1
        if self.column >= self.lay["columns"]:
            self.column = 0
            self.pdf.text(self.pdf.w / 2, self.pdf.h - 25, str(self.number))
            self.number += 1
            self.pdf.new_page()
        self.pdf.y = 40
        self.place()
        return True

    def lines(self, texts, after=4):
        step = self.lay["size"] * 1.25
        for t in texts:
            self.room(step)
            self.pdf.y += step
            self.pdf.text(self.left, self.pdf.y, t)
        self.pdf.y += after

    def row(self, cells, widths, head=False):
        lay, pdf = self.lay, self.pdf
        label = wrap(pdf, cells[0], widths[0])
        step = lay["size"] * 1.2
        height = step * len(label) + 2 * lay["pad"]
        moved = self.room(height)
        if moved and lay["repeat"] and not head:
            for h in self.heads:
                self.row(h, widths, True)
        top = pdf.y + lay["pad"]
        at = {"top": 0, "bottom": len(label) - 1, "middle": (len(label) - 1) / 2}[lay["valign"]]
        for i, line in enumerate(label):
            pdf.text(self.left, top + step * (i + .8), line)
        x = self.left + widths[0]
        for text, width in zip(cells[1:], widths[1:]):
            x += lay["gap"]
            off = {"r": width - pdf.width(text), "l": 0, "c": (width - pdf.width(text)) / 2}[lay["align"]]
            if text:
                pdf.text(x + off, top + step * (at + .8), text)
            x += width
        pdf.y += height
        if lay["rules"]:
            pdf.rule(self.left, x, pdf.y)

    def widths(self, heads, rows):
        return [self.lay["label"]] + [max([self.pdf.width(r[i]) for r in heads + rows if len(r) > i] + [8])
                                      for i in range(1, len(heads[0]))]

    def table(self, heads, rows):
        usual = self.lay["size"], self.lay["gap"]
        widths = self.widths(heads, rows)
        need = lambda: sum(widths) + self.lay["gap"] * (len(widths) - 1)
        while need() - widths[0] + 70 > self.width and self.lay["size"] > 3:  # a wide table is printed smaller
            self.lay["size"] -= .5
            self.lay["gap"] = max(5, self.lay["gap"] - 1)
            widths = self.widths(heads, rows)
        widths[0] = min(widths[0], self.width - (need() - widths[0]))
        self.heads = heads
        for h in heads:
            self.row(h, widths, True)
        for r in rows:
            self.row(r, widths)
        self.lay["size"], self.lay["gap"] = usual
        self.pdf.y += 10


def as_pdf(report, lay):
    pdf = Pdf(lay)
    flow = Flow(pdf)
    flow.lines(["Årsredovisning %d" % report.year, "Samordningsförbundet Exempel"], 8)
    flow.lines(wrap(pdf, PROSE, flow.width))
    for i, t in enumerate(report.tables):
        wide = t["table"] == "driftredovisning" and lay["columns"] == 2
        if wide:  # across both columns, on a page of its own
            lay["columns"], flow.column = 1, 0
            pdf.new_page()
            flow.place()
        flow.room(lay["size"] * 8)
        pdf.y += 6
        flow.lines([t["heading"]])
        if lay["stray"] and i % 2:
            flow.lines(wrap(pdf, PROSE, flow.width))
        flow.table(header(t, report, lay), body(t, lay))
        if wide:
            lay["columns"] = 2
            pdf.new_page()
            flow.place()
    flow.lines(["7. Styrelsens underskrift", "Vi intygar att årsredovisningen ger en rättvisande bild."])
    return pdf.bytes()


# ---- docx, odt, xlsx, text ----

def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in files:
            z.writestr(name, text)


def as_docx(path, report, lay, rng):
    def run(text):
        if rng.random() < .3 and len(text) > 3:
            cut = rng.randrange(1, len(text))
            return run_of(text[:cut]) + run_of(text[cut:])
        return run_of(text)

    def run_of(text):
        return '<w:r><w:t xml:space="preserve">%s</w:t></w:r>' % escape(text)

    def paragraph(text):
        gone = '<w:del><w:r><w:delText>9 999</w:delText></w:r></w:del>' if rng.random() < .05 else ""
        return "<w:p>%s%s</w:p>" % (gone, run(text) if text else "")

    def row(cells):
        return "<w:tr>%s</w:tr>" % "".join("<w:tc><w:tcPr/>%s</w:tc>" % paragraph(c) for c in cells)

    out = [paragraph("Årsredovisning %d" % report.year), paragraph(PROSE)]
    for t in report.tables:
        out += [paragraph(t["heading"]), paragraph(PROSE) if lay["stray"] else "",
                "<w:tbl>%s</w:tbl>" % "".join(row(r) for r in header(t, report, lay) + body(t, lay)), paragraph("")]
    zipped(path, [("word/document.xml", '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.'
                   'openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>' % "".join(out))])


def as_odt(path, report, lay, rng):
    def paragraph(text):
        return "<text:p>%s</text:p>" % escape(text).replace("  ", '<text:s text:c="2"/>')

    def cell(text):
        return "<table:table-cell>%s</table:table-cell>" % (paragraph(text) if text else "")

    def row(cells):
        return "<table:table-row>%s</table:table-row>" % "".join(cell(c) for c in cells)

    out = [paragraph("Årsredovisning %d" % report.year), paragraph(PROSE)]
    for t in report.tables:
        out += ["<text:h>%s</text:h>" % escape(t["heading"]),
                "<table:table>%s</table:table>" % "".join(row(r) for r in header(t, report, lay) + body(t, lay))]
    zipped(path, [("content.xml", '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
                   'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:table="urn:b"><office:body><office:text>%s'
                   '</office:text></office:body></office:document-content>' % "".join(out))])


def as_xlsx(path, report, lay, rng):
    strings, rows = [], []

    def add(cells):
        out = []
        for i, c in enumerate(cells):
            ref = "%s%d" % ("ABCDEFGHIJKLMNOP"[i], len(rows) + 1)
            if isinstance(c, tuple):  # a number and its style
                out.append('<c r="%s" s="%d"><v>%s</v></c>' % (ref, c[1], c[0]))
            elif c:
                strings.append(c)
                out.append('<c r="%s" t="s"><v>%d</v></c>' % (ref, len(strings) - 1))
        rows.append('<row r="%d">%s</row>' % (len(rows) + 1, "".join(out)))

    add(["Årsredovisning %d" % report.year])
    for t in report.tables:
        add([t["heading"]])
        for h in header(t, report, lay):
            add(h)
        for i, (label, values, share) in enumerate(t["rows"]):
            note = [str(t["notes"].get(i, ""))] if t["notes"] and lay["notes"] else []
            # what the sheet shows is rounded: öre behind a format without decimals
            number = lambda v: ("%g" % (v / 100), 2) if share else ("%d.%02d" % (abs(v), 0) if v >= 0 else str(v), 1)
            add([label] + note + [number(v) for v in values or []])
        add([])
    zipped(path, [("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/>'
                   '</sheets></workbook>'),
                  ("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
                   '</Relationships>'),
                  ("xl/sharedStrings.xml", "<sst>%s</sst>" % "".join("<si><t>%s</t></si>" % escape(s) for s in strings)),
                  ("xl/styles.xml", '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="#,##0"/></numFmts><cellXfs>'
                   '<xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs></styleSheet>'),
                  ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>%s</sheetData></worksheet>" % "".join(rows))])


def as_text(report, lay):
    out = ["Årsredovisning %d" % report.year, "", PROSE, ""]
    for t in report.tables:
        rows = header(t, report, lay) + body(t, lay)
        widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
        out.append(t["heading"])
        out += ["  ".join([r[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(r[1:], widths[1:])]).rstrip() for r in rows]
        out.append("")
    return "\n".join(out) + "\n"


def main(folder, count, seed):
    os.makedirs(folder, exist_ok=True)
    for i in range(count):
        rng = random.Random(seed * 1000003 + i)
        report, lay = Report(rng), layout(rng)
        kind = rng.choice(["pdf"] * 7 + ["docx", "odt", "xlsx", "txt"])
        path = os.path.join(folder, "%04d.%s" % (i, kind))
        if kind in ("docx", "odt", "xlsx"):
            {"docx": as_docx, "odt": as_odt, "xlsx": as_xlsx}[kind](path, report, lay, rng)
        elif kind == "txt":
            open(path, "w", encoding="utf8").write(as_text(report, lay))
        else:
            open(path, "wb").write(as_pdf(report, lay))
        open(os.path.join(folder, "%04d.facit" % i), "w", encoding="utf8").write(report.facit())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)

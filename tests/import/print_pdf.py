"""print_pdf.py: an invented report as PDF, by a writer of its own: columns, alignments, wrapped labels, page
columns, repeated heads, boxes, turned pages.  Only the standard library."""
from layouts import PROSE, body, header

WIDTHS = dict(zip("abcdefghijklmnopqrstuvwxyz", [556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556,
                  556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500]))
WIDTHS.update(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", [667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722,
                  778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611]))
WIDTHS.update({c: 556 for c in "0123456789åäöé\u2013"})
WIDTHS.update({" ": 278, "\u00a0": 278, "-": 333, ",": 278, ".": 278, "/": 278, "%": 889, "(": 333, ")": 333,
               "Å": 667, "Ä": 667, "Ö": 778, "|": 260, "\u2009": 200, "\u202f": 200, "\u2212": 584})
# characters that no simple encoding has: their code, and the glyph that is drawn
OWN = {"\u2009": (1, "space"), "\u202f": (2, "space"), "\u2212": (3, "minus")}
RAISED = "\x11"  # what follows is printed small, above the line


class Pdf:
    def __init__(self, lay):
        self.lay, self.pages, self.w, self.h = lay, [], *lay["page"]
        self.turned = lay.get("turned", "")
        self.new_page()

    def wide(self, c):
        return (600 if self.lay["font"] == "Courier" else WIDTHS.get(c, 556)) * self.lay["size"] / 1000

    def width(self, text):
        before, _, raised = text.partition(RAISED)
        return sum(self.wide(c) for c in before) + .6 * sum(self.wide(c) for c in raised)

    def characters(self):
        own = {code: c for c, (code, _) in OWN.items()}
        return [own.get(i, bytes([i]).decode("cp1252", "replace")) for i in range(256)]

    def new_page(self):
        self.ops = []
        self.pages.append(self.ops)
        self.y = 40

    def text(self, x, y, s):
        size = self.lay["size"]
        for i, part in enumerate(s.split(RAISED)):
            raw = b"".join(bytes([OWN[c][0]]) if c in OWN else c.encode("cp1252", "replace") for c in part)
            raw = raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            self.ops.append(b"BT /F %g Tf %.2f %.2f Td (%s) Tj ET"
                            % (size * .6 if i else size, x, self.h - y + (size * .4 if i else 0), raw))
            x += self.width(part)

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
        codes = b"".join(b"<%02X><%04X>" % (code, ord(c)) for c, (code, _) in OWN.items())
        widths = b" ".join(b"%d" % round(1000 * self.wide(c) / self.lay["size"]) for c in self.characters())
        obj(b"<</Type/Font/Subtype/Type1/BaseFont/%s/FirstChar 0/LastChar 255/Widths[%s]/ToUnicode %d 0 R"
            b"/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1%s]>>>>"
            % (self.lay["font"].encode(), widths, 4 + 2 * n, b"".join(b"/" + g.encode() for _, g in OWN.values())))
        box = (self.h, self.w) if self.turned else (self.w, self.h)
        for i, ops in enumerate(self.pages):
            stream = b"\n".join(ops)
            if self.turned:  # drawn on its side; /Rotate shows it upright again
                stream = b"0 1 -1 0 %d 0 cm\n" % self.h + stream
            obj(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]%s/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
                % (*box, b"/Rotate 90" if self.turned == "page" else b"", 5 + 2 * i))
            obj(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        codes = (b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange<00><FF>"
                 b"endcodespacerange %d beginbfchar %s endbfchar endcmap end end" % (len(OWN), codes))
        obj(b"<</Length %d>>stream\n%s\nendstream" % (len(codes), codes))
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

    def longest(self, rows):
        return max(self.pdf.width(word) for r in rows for word in r[0].split(" "))

    def widths(self, heads, rows):
        return [max(self.lay["label"], self.longest(heads + rows))] + [max([self.pdf.width(r[i]) for r in heads + rows if len(r) > i] + [8])
                                      for i in range(1, len(heads[0]))]

    def table(self, heads, rows):
        usual = self.lay["size"], self.lay["gap"]
        widths = self.widths(heads, rows)
        need = lambda: sum(widths) + self.lay["gap"] * (len(widths) - 1)
        while need() - widths[0] + 70 > self.width and self.lay["size"] > 3:  # a wide table is printed smaller
            self.lay["size"] -= .5
            self.lay["gap"] = max(5, self.lay["gap"] - 1)
            widths = self.widths(heads, rows)
        widths[0] = max(min(self.lay["label"], self.width - (need() - widths[0])), self.longest(heads + rows))
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
        flow.lines(t["under_it"])
        if wide:
            lay["columns"] = 2
            pdf.new_page()
            flow.place()
    flow.lines(["7. Styrelsens underskrift", "Vi intygar att årsredovisningen ger en rättvisande bild."])
    return pdf.bytes()

"""make_unfit.py FOLDER: documents of odd measures, after those of make_hostile.py: each is read, with the same two figures
as the print has, or refused with a reason."""
import io
import os
import sys
import zipfile

from print_pdf import Pdf

folder = sys.argv[1]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ROWS = [("Resultaträkning", "", ""), ("", "2023", "2022"), ("Verksamhetens intäkter", "5 222 000", "5 217 397"),
        ("Verksamhetens kostnader", "-4 920 564", "-5 566 728"), ("Årets resultat", "301 436", "-349 331")]
TEXT = "".join("%-40s%14s%14s\n" % row for row in ROWS)


def write(name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def archive(name, files, how=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as z:
        for n, text in files:
            z.writestr(n, text)
    write(name, packed.getvalue())
    return packed.getvalue()


# ---- docx ----


def cell(text):
    return "<w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>" % text


def document(body):
    return "<w:document %s><w:body>%s</w:body></w:document>" % (W, body)


TABLE = "".join("<w:tr>%s</w:tr>" % "".join(map(cell, row)) for row in ROWS[1:])
HEAD = "<w:p><w:r><w:t>Resultaträkning</w:t></w:r></w:p>"
EMPTY = "<w:tr>%s</w:tr>" % "<w:tc><w:p/></w:tc>"


def docx(name, body, how=zipfile.ZIP_DEFLATED):
    return archive(name, [("word/document.xml", document(body))], how)


plain = docx("vanlig.docx", HEAD + "<w:tbl>%s</w:tbl>" % TABLE)
docx("rader.docx", HEAD + "<w:tbl>%s%s</w:tbl>" % (TABLE, EMPTY * 100000), zipfile.ZIP_STORED)
docx("tabeller.docx", HEAD + "<w:tbl><w:tr><w:tc>" * 1000 + "2023" + "</w:tc></w:tr></w:tbl>" * 1000)
docx("span.docx", HEAD + "<w:tbl>%s</w:tbl>" % TABLE.replace("<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>'))
archive("zip-i-zip.docx", [("word/document.xml", plain)])
archive("utifran.docx", [("word/document.xml", '<!DOCTYPE d SYSTEM "file:///etc/passwd">' + document(HEAD))])
archive("utf-16.docx", [("word/document.xml", ('<?xml version="1.0" encoding="UTF-16"?>'
                                              + document(HEAD + "<w:tbl>%s</w:tbl>" % TABLE)).encode("utf-16"))])

# ---- xlsx ----


def xlsx(name, sheet, strings="<sst/>", how=zipfile.ZIP_DEFLATED):
    archive(name, [("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>'),
                   ("xl/_rels/workbook.xml.rels", '<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>'),
                   ("xl/sharedStrings.xml", strings), ("xl/worksheets/sheet1.xml", sheet)], how)


def sheet(rows, more=""):
    def one(c, text):
        n = text.replace(" ", "")
        return ('<c r="%s"><v>%s</v></c>' if n.lstrip("-").isdigit() else '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>') \
            % (c, n if n.lstrip("-").isdigit() else text)
    return "<worksheet><sheetData>%s</sheetData>%s</worksheet>" % ("".join(
        '<row r="%d">%s</row>' % (r, "".join(one("%s%d" % ("ABC"[c], r), text) for c, text in enumerate(row) if text))
        for r, row in enumerate(rows, 1)), more)


xlsx("sammanslagen.xlsx", sheet(ROWS, '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'))
xlsx("kolumner.xlsx", sheet(ROWS).replace("</row>", "<c><v>7</v></c>" * 2**20 + "</row>", 1), how=zipfile.ZIP_STORED)
xlsx("langt-ut.xlsx", sheet(ROWS).replace("</row>", '<c r="XFD1"><v>12345</v></c></row>', 1))
xlsx("formaterad.xlsx", sheet(ROWS).replace("</row>", '<c r="XFD1" s="1"/></row>', 1))
xlsx("fel-text.xlsx", sheet(ROWS).replace("</row>", '<c r="D1" t="s"><v>4294967296</v></c></row>', 1), "<sst><si><t>x</t></si></sst>")
xlsx("odd-referens.xlsx", sheet(ROWS).replace('r="C3"', 'r="AAAAAAAAAAAAAAAAAAAAAAAAAAA3"'))

# ---- PDF ----


def pdf(name, change=lambda data: data, extra=b"", shift=0):
    p = Pdf(dict(font="Helvetica", size=10, page=(595 + shift, 842)))
    for i, row in enumerate(ROWS):
        for x, text in zip((40, 240, 320), row):
            p.text(x + shift, 60 + 16 * i, text)
    p.ops.append(extra)
    write(name, change(p.bytes()))


def replaced(old, new):
    def change(data):
        assert old in data
        return data.replace(old, new)  # the list of objects is then wrong, and readers make their own
    return change


BOX = b"/MediaBox[0 0 595 842]"
for name, box in (("baklanges", b"[595 842 0 0]"), ("negativ", b"[-595 -842 595 842]"), ("tom", b"[0 0 0 0]"),
                  ("nan", b"[0 0 nan NaN]"), ("jattestor", b"[0 0 99999999999 99999999999]"), ("utan", b"[]")):
    pdf("sida-%s.pdf" % name, replaced(BOX, b"/MediaBox" + box))
pdf("a3.pdf", shift=900)
pdf("vriden-45.pdf", replaced(BOX, BOX + b"/Rotate 45"))
pdf("vriden-180.pdf", replaced(BOX, BOX + b"/Rotate 180"))
pdf("vriden-minus-90.pdf", replaced(BOX, BOX + b"/Rotate -90"))
pdf("enhet.pdf", replaced(BOX, BOX + b"/UserUnit 1000000"))
pdf("beskuren.pdf", replaced(BOX, BOX + b"/CropBox[0 0 595 300]"))
# letters that only the typeface knows
pdf("utan-tecken.pdf", lambda data: data.replace(b"/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/space/space/minus]>>",
                                                b"/Encoding<</Differences[0%s]>>" % b"".join(b"/g%d" % (1000 + i) for i in range(256))))
pdf("ord.pdf", extra=b"BT /F 1 Tf 0.1 Tc 1 0 0 1 30 700 Tm 1.5 TL " + b"".join(
    b"(%s) Tj T* " % (b"1 ab " * 80) for _ in range(400)) + b"ET")
# ---- text ----

write("lang-rad.txt", TEXT.encode() + b"x" * 10000000 + b"\n")
write("langa-ord.txt", TEXT.encode() + b"1 23 " * 2000000 + b"\n")
write("nollor.txt", TEXT.replace("Årets", "Å\0rets").encode())
write("utf-16.txt", TEXT.encode("utf-16"))
write("latin-1.txt", TEXT.encode("latin-1"))
write("radslut.txt", TEXT.replace("\n", "\r").encode())
write("blandat.txt", TEXT.replace("2022\n", "2022\r\n").replace("397\n", "397\r").encode())
write("bara-radslut.txt", b"2023" + b"\n" * 1000000)
write("sidbyten.txt", TEXT.encode() + b"\f" * 100000)

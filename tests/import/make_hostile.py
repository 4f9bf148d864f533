"""make_hostile.py FOLDER: documents that are made to fool or to harm a reader, and two that are only unfit."""
import os
import sys
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from print_pdf import Pdf  # noqa: E402

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)


def path(name):
    return os.path.join(folder, name)


def pdf(name, lines, extra=b""):
    p = Pdf(dict(font="Helvetica", size=10, page=(595, 842)))
    for i, line in enumerate(lines):
        x = 40
        for text, width in line:
            p.text(x, 60 + 16 * i, text)
            x += width
    p.ops.append(extra)
    open(path(name), "wb").write(p.bytes())


rows = [[("Resultaträkning", 0)], [("", 200), ("2023", 80), ("2022", 80)],
        [("Verksamhetens intäkter", 200), ("5 222 000", 80), ("5 217 397", 80)],
        [("Verksamhetens kostnader", 200), ("-4 920 564", 80), ("-5 566 728", 80)],
        [("Årets resultat", 200), ("301 436", 80), ("-349 331", 80)]]
# a row that nobody sees (render mode 3), and a white one
pdf("osynlig.pdf", rows, b"BT 3 Tr /F 10 Tf 40 690 Td (Extraordin\xe4ra poster) Tj ET BT /F 10 Tf 240 690 Td (9 999 999) Tj ET "
    b"BT 0 Tr 1 g /F 10 Tf 40 670 Td (Finansiella kostnader) Tj ET BT /F 10 Tf 240 670 Td (-77 777) Tj ET 0 g")
pdf("scannad.pdf", [], b"q 200 0 0 200 50 500 cm 0.5 g 0 0 1 1 re f Q")
open(path("trasig.pdf"), "wb").write(b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\n")
open(path("ingen.pdf"), "wb").write(b"%PDF-")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(name, xml, more=()):
    with zipfile.ZipFile(path(name), "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("word/document.xml", xml)
        for n, text in more:
            z.writestr(n, text)


docx("bomb.docx", "<w:document %s><w:body>%s</w:body></w:document>" % (W, " " * 40000000))
docx("entiteter.docx", '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document %s>'
     "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>" % W)
docx("djup.docx", "<w:document %s>%s%s</w:document>" % (W, "<w:p>" * 5000, "</w:p>" * 5000))
docx("halv.docx", "<w:document %s><w:body><w:p>" % W)
docx("lang.docx", "<w:document %s><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>"
     % (W, "".join(chr(97 + (i * i + i // 7) % 26) for i in range(3000000))))
docx("manga.docx", "<w:document %s/>" % W, [("f%d" % i, "x") for i in range(400)])
with zipfile.ZipFile(path("annan.zip"), "w") as z:
    z.writestr("hej.txt", "hej")
data = bytearray(open(path("annan.zip"), "rb").read())
open(path("kapad.docx"), "wb").write(data[:len(data) // 2])
with zipfile.ZipFile(path("formler.xlsx"), "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>')
    z.writestr("xl/_rels/workbook.xml.rels", '<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>')
    z.writestr("xl/worksheets/sheet1.xml", '<worksheet><sheetData><row><c r="ZZZ1"><v>1e999</v></c><c r="B1" t="s"><v>99</v></c>'
               '<c r="C1"><v>-1.2345678901234567890123456789e3</v></c></row></sheetData></worksheet>')
open(path("gammal.doc"), "wb").write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
open(path("binar.txt"), "wb").write(b"Resultat\0r\xff\xfe")
open(path("tom.txt"), "wb").write(b"")

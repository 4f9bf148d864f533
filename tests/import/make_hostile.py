"""make_hostile.py FOLDER: documents that are made to fool or to harm a reader, and two that are only unfit."""
import os
import shutil
import subprocess
import sys
import zipfile
import zlib

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

# ---- odt and xlsx as docx above; names that lead out of the archive; locked, cut, endless ----

O = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')
LAUGHS = "<!DOCTYPE d [%s]>" % "".join('<!ENTITY %s "%s">' % (chr(97 + i), "x" * 9 if i == 0 else ("&%s;" % chr(96 + i)) * 9)
                                         for i in range(10))


def archive(name, files):
    with zipfile.ZipFile(path(name), "w", zipfile.ZIP_DEFLATED) as z:
        for n, text in files:
            z.writestr(n, text)


def odt(name, xml):
    archive(name, [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", xml)])


def xlsx(name, sheet, strings="<sst/>", target="worksheets/sheet1.xml"):
    archive(name, [("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>'),
                   ("xl/_rels/workbook.xml.rels", '<R><Relationship Id="r1" Target="%s"/></R>' % target),
                   ("xl/sharedStrings.xml", strings), ("xl/worksheets/sheet1.xml", sheet)])


odt("bomb.odt", "<office:document %s>%s</office:document>" % (O, " " * 40000000))
odt("entiteter.odt", "%s<office:document %s><text:p>&j;</text:p></office:document>" % (LAUGHS, O))
odt("djup.odt", "<office:document %s>%s%s</office:document>" % (O, "<text:p>" * 5000, "</text:p>" * 5000))
odt("halv.odt", "<office:document %s><text:p>2023" % O)
xlsx("bomb.xlsx", "<worksheet/>", "<sst>%s</sst>" % ("<si><t></t></si>" * 3000000))
xlsx("entiteter.xlsx", "%s<worksheet><c>&j;</c></worksheet>" % LAUGHS)
xlsx("djup.xlsx", "<worksheet>%s%s</worksheet>" % ("<row>" * 5000, "</row>" * 5000))
xlsx("halv.xlsx", "<worksheet><sheetData><row><c r=\"A1\"><v>2023")
xlsx("stigar.xlsx", "<worksheet/>", target="../../../../../../etc/passwd")
archive("stigar.docx", [("../../word/document.xml", "<w:document %s/>" % W), ("/word/document.xml", "<w:document %s/>" % W)])
archive("lagd.docx", [("word/document.xml", "<w:document %s><w:body/></w:document>" % W)])
data = bytearray(open(path("lagd.docx"), "rb").read())
for signature, at in (b"PK\x03\x04", 6), (b"PK\x01\x02", 8):  # the flag of a file with a password
    data[data.index(signature) + at] |= 1
open(path("lagd.docx"), "wb").write(data)
plain = open(path("osynlig.pdf"), "rb").read()
open(path("avhuggen.pdf"), "wb").write(plain[:200])
locked = plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -44/O(%s)/U(%s)>>"
                       % (b"o" * 32, b"u" * 32))
open(path("lagd.pdf"), "wb").write(locked)

p = Pdf(dict(font="Helvetica", size=10, page=(595, 842)))
for page in range(9999):
    p.text(40, 60, "Sida med sex ord av text 2023")
    p.new_page()
open(path("tiotusen.pdf"), "wb").write(p.bytes())

# a row that lies on another, one under a white box, one beside the page
pdf("ovanpa.pdf", rows, b"BT /F 10 Tf 242 747 Td (9 999 999) Tj ET BT /F 10 Tf 40 600 Td (Finansiella kostnader) Tj ET "
    b"BT /F 10 Tf 240 600 Td (-88 888) Tj ET 1 g 30 590 400 30 re f 0 g "
    b"BT /F 10 Tf 640 690 Td (Extraordin\xe4ra 66 666) Tj ET")

# a page as a picture of it, as a scanner makes it
if shutil.which("pdftoppm"):
    p = Pdf(dict(font="Helvetica", size=12, page=(595, 842)))
    for i, line in enumerate([("Årsredovisning 2023",)] + [tuple(t for t, _ in line) for line in rows]
                             + [("Balansräkning",), ("", "2023-12-31", "2022-12-31"), ("Kassa och bank", "1 222 000", "1 217 397"),
                                ("Summa tillgångar", "1 222 000", "1 217 397"), ("Summa eget kapital", "1 222 000", "1 217 397")]
                            ):
        for x, text in zip((40, 300, 430), line):
            p.text(x, 60 + 22 * i, text)
    picture = subprocess.run(["pdftoppm", "-gray", "-r", "200", "-"], input=p.bytes(), stdout=subprocess.PIPE).stdout
    _, size, _, grey = picture.split(b"\n", 3)
    scan = Pdf(dict(font="Helvetica", size=12, page=(595, 842)))
    scan.ops.append(b"q 595 0 0 842 0 0 cm BI /W %d /H %d /BPC 8 /CS /G /F /AHx ID\n%s>\nEI Q"
                    % (*map(int, size.split()), grey.hex().encode()))
    open(path("inskannad.pdf"), "wb").write(scan.bytes())

# ---- archives whose list says what is not so ----


def changed(name, source, mark, at, value):
    data = bytearray(open(path(source), "rb").read())
    at += data.index(mark)
    data[at:at + len(value)] = value
    open(path(name), "wb").write(data)


archive("hel.docx", [("word/document.xml", "<w:document %s><w:body/></w:document>" % W)])
changed("summa.docx", "hel.docx", b"PK\x01\x02", 16, b"\0\0\0\0")
changed("langre.docx", "hel.docx", b"PK\x01\x02", 24, b"\xff")
changed("satt.docx", "hel.docx", b"PK\x01\x02", 10, b"\x0c")
changed("borta.docx", "hel.docx", b"PK\x01\x02", 42, b"\xff\xff\xff")
changed("utanfor.docx", "hel.docx", b"PK\x05\x06", 16, b"\xff\xff\xff")

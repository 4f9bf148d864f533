#!/bin/sh
# documents.sh BUILD - the granskningsrapport as docx and odt, by pandoc with our own reference
# documents: paper, language, header with förbund and year, repeated heads of tables.
set -eu
build=$1
if ! command -v pandoc >/dev/null || ! command -v python3 >/dev/null; then
    echo "not tried: docx and odt (apt install pandoc python3)"
    exit 0
fi
work=$build/tests/audit/documents
mkdir -p "$work"
for kind in docx odt; do
    MEDEL_DATA=$PWD "$build/medel" report granskning examples/lekeberg-orebro -f $kind -o "$work/g.$kind"
done
# Answers that were written into the request list come back as they stand in the akt.
for kind in docx odt; do
    MEDEL_DATA=$PWD "$build/medel" report begaran examples/lekeberg-orebro -f $kind -o "$work/b.$kind"
    MEDEL_DATA=$PWD "$build/medel" report svar "$work/b.$kind" >"$work/svar.$kind"
    grep -q '^  IKO-01: "avstämt mot engagemangsbesked utan skillnad"$' "$work/svar.$kind" || {
        echo "FAIL answers of $kind: $(head -3 "$work/svar.$kind")"
        exit 1
    }
done
python3 - "$work" <<'PY'
import re, sys, zipfile
folder, bad, n = sys.argv[1], 0, 0
def need(name, ok):
    global bad, n
    n += 1
    if not ok:
        bad += 1
        print("FAIL", name)
docx = zipfile.ZipFile(folder + "/g.docx")
body, styles = docx.read("word/document.xml").decode(), docx.read("word/styles.xml").decode()
need("A4", 'w:w="11906"' in body and 'w:h="16838"' in body)
need("Swedish", 'w:val="sv-SE"' in styles)
need("a header", "SUBJECT" in "".join(docx.read(x).decode() for x in docx.namelist() if "header" in x))
need("pages are numbered", "NUMPAGES" in "".join(docx.read(x).decode() for x in docx.namelist() if "footer" in x))
need("the subject is the förbund", "Lekeberg" in docx.read("docProps/core.xml").decode())
need("heads of tables are repeated", body.count("w:tblHeader") >= 5)
need("columns have widths of their own", len(set(re.findall(r'<w:gridCol w:w="(\d+)"', body))) > 4)
need("a heading", 'w:pStyle w:val="Heading2"' in body)
odt = zipfile.ZipFile(folder + "/g.odt")
styles = odt.read("styles.xml").decode()
need("A4, odt", 'fo:page-width="21cm"' in styles)
need("the conclusion", "har det inte kommit fram" in odt.read("content.xml").decode())
print(f"documents: {n - bad} passed, {bad} failed")
sys.exit(bad > 0)
PY
# A firm's own folder: its layout and its paper, found beside the akt, nothing of the installation touched.
firm=$work/firm
rm -rf "$firm" && mkdir -p "$firm/byra" && cp -R examples/lekeberg-orebro "$firm/akt"
printf 'medel_pack: 1\nid: byra\nincludes: [nationell]\ntemplate: mall.yaml\n' >"$firm/byra/pack.yaml"
cat >"$firm/byra/mall.yaml" <<'YAML'
medel_mall: 1
titel: PM om årsredovisning
dokument: papper.docx
avsnitt:
  - { id: "1", rubrik: Det viktigaste, text: "Eget kapital är {eget_kapital:tkr}." }
  - { id: "2.5", rubrik: Intern kontroll }
  - { id: "3", rubrik: Iakttagelser, ovrigt: ja }
YAML
pandoc --print-default-data-file reference.docx >"$firm/byra/papper.docx"
root=$PWD program=$(cd "$(dirname "$build")" && pwd)/$(basename "$build")/medel
(cd "$firm" && MEDEL_DATA=$root "$program" report granskning akt --rules . --pack byra -f docx -o pm.docx)
python3 - "$firm" <<'PY'
import sys, zipfile
made, paper = zipfile.ZipFile(sys.argv[1] + "/pm.docx"), zipfile.ZipFile(sys.argv[1] + "/byra/papper.docx")
text = made.read("word/document.xml").decode()
fine = "Det viktigaste" in text and "Förvaltningsberättelsen har" not in text and made.read("word/styles.xml") != b""
fine = fine and b"SUBJECT" not in b"".join(made.read(x) for x in made.namelist() if "header" in x)
print(f"a firm's own folder: {int(fine)} passed, {int(not fine)} failed")
sys.exit(not fine)
PY
# A PDF, where something makes one: every page has the header, and the conclusion is on the first.
if ! command -v pdftotext >/dev/null || ! { command -v soffice || command -v chromium; } >/dev/null; then
    echo "not tried: pdf (apt install libreoffice-writer-nogui poppler-utils)"
    exit 0
fi
MEDEL_DATA=$PWD "$build/medel" report granskning examples/lekeberg-orebro -f pdf -o "$work/g.pdf"
pdftotext -l 1 "$work/g.pdf" - | tr '\n' ' ' | grep -q 'har det inte kommit fram' || {
    echo "FAIL the conclusion is not on the first page of the PDF"
    exit 1
}
echo "pdf: 1 passed, 0 failed"

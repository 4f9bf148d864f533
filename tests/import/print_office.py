"""print_office.py: an invented report as docx (cells, merged ones, tabs), odt, xlsx, text and HTML."""
import zipfile
from xml.sax.saxutils import escape

from layouts import PROSE, body, header

def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in files:
            z.writestr(name, text)


TYPES = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
         'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
         '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
RELATIONS = ('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
             'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
             'relationships/officeDocument" Target="word/document.xml"/></Relationships>')


def grid(t, report, lay):
    """Rows of cells, each (text, columns, rows): headers and groups are merged where the layout does so.  rows 0:
    what is covered by the cell above."""
    heads, rows = header(t, report, lay), body(t, lay)
    drift = t["table"] == "driftredovisning"
    if not drift or not lay["merged"]:
        return [[(c, 1, 1) for c in r] for r in heads], [[(c, 1, 1) for c in r] for r in rows]
    # a column to the left, with the group's name beside its rows
    top, names = heads
    heads = [[("", 2, 1), (top[1], 3, 1), (top[4], 1, 1), (top[5], 1, 1), (top[6], 3, 1)],
             [(names[0], 2, 1)] + [(c, 1, 1) for c in names[1:]]]
    out, groups = [], [t["under"].get(label) for label, _, _ in t["rows"]]
    for i, r in enumerate(rows):
        if groups[i] is None:
            out.append([(r[0], 2, 1)] + [(c, 1, 1) for c in r[1:]])
            continue
        first = i == 0 or groups[i - 1] != groups[i]
        size = next(n for n in range(i, len(rows) + 1) if n == len(rows) or groups[n] != groups[i]) - i
        out.append([("Varav" if first else "", 1, size if first else 0)] + [(c, 1, 1) for c in r])
    return heads, out


def as_docx(path, report, lay, rng, printed=False):
    # printed: by a program, which shows what was struck out, too
    def run(text):
        if rng.random() < .3 and len(text) > 3 and "\x11" not in text:
            cut = rng.randrange(1, len(text))
            return run_of(text[:cut]) + run_of(text[cut:])
        before, _, raised = text.partition("\x11")
        return run_of(before) + (run_of(raised[0], '<w:vertAlign w:val="superscript"/>') + run_of(raised[1:]) if raised else "")

    def run_of(text, form=""):
        return "<w:r><w:rPr>%s%s</w:rPr>%s</w:r>" % (form, size, "<w:tab/>".join('<w:t xml:space="preserve">%s</w:t>' % escape(s)
                                                          for s in text.split("\t")))

    def paragraph(text, form=""):
        gone = '<w:del><w:r><w:delText>9 999</w:delText></w:r></w:del>' if rng.random() < .05 and not printed else ""
        return "<w:p>%s%s%s</w:p>" % (form, gone, run(text) if text else "")

    def cells(row, width):
        out, at = "", 0
        for i, c in enumerate(row):
            out += cell(at >= len(width) - len(t["columns"]), *c, sum(width[at:at + c[1]]))
            at += c[1]
        return out

    def cell(right, text, columns, rows, width):
        form = '<w:gridSpan w:val="%d"/>' % columns if columns > 1 else ""
        form += '<w:vMerge w:val="restart"/>' if rows > 1 else "<w:vMerge/>" if rows == 0 else ""
        return '<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>%s</w:tc>' % (
            width, form, paragraph(text, '<w:pPr><w:jc w:val="right"/></w:pPr>' if right else ""))

    size = ""

    def set_size(points):
        nonlocal size
        size = '<w:sz w:val="%d"/>' % (2 * points)

    def table(t):
        heads, rows = grid(t, report, lay)
        n = sum(c[1] for c in heads[0])
        merged = n > len(t["columns"]) + 1 + bool(t["notes"])
        first = [700, 2100] if merged else [2600 if n > 6 else 4200]
        width = first + [(9600 - sum(first)) // (n - len(first))] * (n - len(first))
        out = ["<w:tblGrid>%s</w:tblGrid>" % "".join('<w:gridCol w:w="%d"/>' % w for w in width)]
        for r, row in enumerate(heads + rows):
            form = "<w:trPr><w:tblHeader/></w:trPr>" if r < len(heads) else ""
            out.append("<w:tr>%s%s</w:tr>" % (form, cells(row, width)))
        return '<w:tbl><w:tblPr><w:tblW w:w="9600" w:type="dxa"/></w:tblPr>%s</w:tbl>' % "".join(out)

    def tabbed(t):
        rows = header(t, report, lay) + body(t, lay)
        first, step = (2600, 850) if len(rows[0]) > 5 else (5600, 1500)
        stops = "".join('<w:tab w:val="right" w:pos="%d"/>' % (first + step * i) for i in range(1, len(rows[0])))
        return "".join(paragraph("\t".join(r).rstrip("\t"), "<w:pPr><w:tabs>%s</w:tabs></w:pPr>" % stops) for r in rows)

    out = [paragraph("Årsredovisning %d" % report.year), paragraph(PROSE)]
    for t in report.tables:
        set_size(10)
        out += [paragraph(t["heading"]), paragraph(PROSE) if lay["stray"] else ""]
        set_size(5 if t["table"] == "driftredovisning" else lay["size"])
        out += [tabbed(t) if lay["tabs"] else table(t), *[paragraph(s) for s in t["under_it"]], paragraph("")]
    zipped(path, [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS),
                  ("word/document.xml", '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.'
                   'openxmlformats.org/wordprocessingml/2006/main"><w:body>%s<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
                   '<w:pgMar w:top="1100" w:bottom="1100" w:left="1100" w:right="1100"/></w:sectPr></w:body></w:document>'
                   % "".join(out))])


ODT = ('<?xml version="1.0" encoding="UTF-8"?><office:document-content '
       'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
       'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
       'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
       'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"><office:automatic-styles>'
       '<style:style style:name="R" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/>'
       '<style:text-properties fo:font-size="%gpt"/></style:style><style:style style:name="S" style:family="paragraph">'
       '<style:text-properties fo:font-size="%gpt"/></style:style><style:style style:name="U" style:family="text">'
       '<style:text-properties style:text-position="super 58%%"/></style:style>'
       '<style:style style:name="T" style:family="table"><style:table-properties style:width="17cm"/></style:style>'
       '<style:style style:name="V" style:family="table-column"><style:table-column-properties '
       'style:column-width="4cm"/></style:style><style:style style:name="W" style:family="table-column">'
       '<style:table-column-properties style:column-width="8cm"/></style:style>'
       '<style:style style:name="N" style:family="table-column"><style:table-column-properties '
       'style:column-width="%gcm"/></style:style>'
       '</office:automatic-styles><office:body><office:text>%s</office:text></office:body>'
       '</office:document-content>')
MANIFEST = ('<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')


def as_odt(path, report, lay, rng):
    def paragraph(text, form=""):
        plain, _, raised = text.partition("\x11")
        return "<text:p%s>%s%s</text:p>" % (form, escape(plain).replace("  ", '<text:s text:c="2"/>').replace("\t", "<text:tab/>"),
                                            '<text:span text:style-name="U">%s</text:span>' % escape(raised) if raised else "")

    def cell(i, text, columns, rows):
        if rows == 0:
            return "<table:covered-table-cell/>"
        form = ' table:number-columns-spanned="%d"' % columns if columns > 1 else ""
        form += ' table:number-rows-spanned="%d"' % rows if rows > 1 else ""
        return "<table:table-cell%s>%s</table:table-cell>%s" % (
            form, paragraph(text, ' text:style-name="%s"' % "SR"[i > 0]) if text else "",
            "<table:covered-table-cell/>" * (columns - 1))

    def row(cells):
        return "<table:table-row>%s</table:table-row>" % "".join(cell(i, *c) for i, c in enumerate(cells))

    out = [paragraph("Årsredovisning %d" % report.year), paragraph(PROSE)]
    for t in report.tables:
        heads, rows = grid(t, report, lay)
        n = sum(c[1] for c in heads[0])
        columns = '<table:table-column table:style-name="%s"/>' % "VW"[n < 6] + \
                  '<table:table-column table:style-name="N" table:number-columns-repeated="%d"/>' % (n - 1)
        out += ["<text:h>%s</text:h>" % escape(t["heading"]), '<table:table table:style-name="T">%s'
                "<table:table-header-rows>%s</table:table-header-rows>%s</table:table>" % (
                    columns, "".join(map(row, heads)), "".join(map(row, rows))),
                *[paragraph(s) for s in t["under_it"]]]
    zipped(path, [("mimetype", "application/vnd.oasis.opendocument.text"), ("META-INF/manifest.xml", MANIFEST),
                  ("content.xml", ODT % (6.5, 6.5, 1.62, "".join(out)))])


def as_html(report, lay):
    """A page that a browser prints."""
    edge = {"r": "right", "l": "left", "c": "center"}[lay["align"]]
    page = "landscape" if lay["page"][0] > lay["page"][1] else "portrait"

    def text(s):
        plain, _, raised = s.partition("\x11")
        return escape(plain) + ("<sup>%s</sup>" % escape(raised) if raised else "")

    def row(cells, word):
        return "<tr>%s</tr>" % "".join("<%s%s%s>%s</%s>" % (word, ' colspan="%d"' % n if n > 1 else "",
                                                           ' rowspan="%d"' % m if m > 1 else "", text(s), word)
                                       for s, n, m in cells if m)

    out = ["<h1>Årsredovisning %d</h1><p>%s</p>" % (report.year, PROSE)]
    for t in report.tables:
        heads, rows = grid(t, report, lay)
        wide = ' class="wide"' if t["table"] == "driftredovisning" else ""
        out.append("<section%s><h2>%s</h2>%s<table><thead>%s</thead><tbody>%s</tbody></table>%s</section>" % (
            wide, escape(t["heading"]), "<p>%s</p>" % PROSE if lay["stray"] else "", "".join(row(r, "th") for r in heads),
            "".join(row(r, "td") for r in rows), "".join("<p>%s</p>" % escape(s) for s in t["under_it"])))
    css = ("@page{size:A4 %s;margin:18mm} body{font:%gpt 'Liberation Sans',sans-serif} td,th{text-align:%s;padding:%gpt %gpt;"
           "white-space:nowrap;font-weight:normal;vertical-align:%s%s} td:first-child,th:first-child,.own{text-align:left;"
           "white-space:normal;max-width:%gpt} table{border-collapse:collapse} h2,thead{break-after:avoid} .wide table{font-size:%gpt;width:100%%} .wide td,.wide th{padding:%gpt 1pt}"
           % (page, lay["size"], edge, lay["pad"] / 2, lay["gap"] / 2, lay["valign"],
              ";border:.5pt solid #777" if lay["rules"] else "", lay["label"], min(lay["size"], 5.5), lay["pad"] / 2))
    if lay["columns"] == 2:
        css += "body{columns:2;column-gap:10mm;font-size:7pt} .wide{column-span:all}"
    return ('<!doctype html><html lang="sv"><meta charset="utf-8"><style>%s</style><body>%s</body></html>' % (css, "".join(out)))


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
            add([label + t["marks"].get(label, "").replace("\x11", "")] + note + [number(v) for v in values or []])
        for s in t["under_it"]:
            add([s])
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
        out += t["under_it"] + [""]
    return "\n".join(out).replace("\x11", "") + "\n"

#!/usr/bin/env python3
"""dokument.py - makes granskning.docx and granskning.odt, whose styles, paper, header and footer
`medel report -f docx` and `-f odt` take (pandoc's reference documents).  Run it in this folder
after a change; same bytes every time.  A byrå's own documents need the same names of styles."""
import zipfile

FONT = "Calibri"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write(path, parts, stored=()):
    """A zip whose bytes depend on nothing but its parts."""
    with zipfile.ZipFile(path, "w") as out:
        for name, text in parts:
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            out.writestr(info, text)


# name, base, next, paragraph properties, run properties
STYLES = [
    ("Normal", "Normal", None, '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/>', ""),
    ("BodyText", "Body Text", "Normal", '<w:spacing w:before="60" w:after="120"/>', ""),
    ("FirstParagraph", "First Paragraph", "BodyText", "", ""),
    ("Compact", "Compact", "BodyText", '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="18"/>'),
    ("Title", "Title", "Normal", '<w:keepNext/><w:spacing w:before="2400" w:after="120"/>', '<w:b/><w:sz w:val="44"/>'),
    ("Subtitle", "Subtitle", "Normal", '<w:spacing w:after="480"/>', '<w:color w:val="444444"/><w:sz w:val="24"/>'),
    ("Heading1", "heading 1", "Normal", '<w:keepNext/><w:spacing w:before="480" w:after="120"/><w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="32"/>'),
    ("Heading2", "heading 2", "Normal", '<w:keepNext/><w:spacing w:before="400" w:after="100"/><w:outlineLvl w:val="1"/>', '<w:b/><w:sz w:val="28"/>'),
    ("Heading3", "heading 3", "Normal", '<w:keepNext/><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="2"/>', '<w:b/><w:sz w:val="24"/>'),
    ("Heading4", "heading 4", "Normal", '<w:keepNext/><w:spacing w:before="220" w:after="60"/><w:outlineLvl w:val="3"/>', '<w:b/><w:i/><w:sz w:val="22"/>'),
    ("TableCaption", "Table Caption", "Normal", '<w:keepNext/><w:spacing w:before="160" w:after="60"/>', "<w:b/>"),
    ("Header", "header", "Normal", '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="999999"/></w:pBdr>', '<w:color w:val="444444"/><w:sz w:val="18"/>'),
    ("Footer", "footer", "Normal", '<w:jc w:val="right"/>', '<w:color w:val="444444"/><w:sz w:val="18"/>'),
]


def docx_styles():
    out = [HEAD, f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
           '<w:sz w:val="22"/><w:lang w:val="sv-SE"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>']
    for ident, name, base, paragraph, run in STYLES:
        default = ' w:default="1"' if ident == "Normal" else ""
        based = f'<w:basedOn w:val="{base}"/>' if base else ""
        out.append(f'<w:style w:type="paragraph"{default} w:styleId="{ident}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
                   f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>")
    border = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BBBBBB"/>' for side in ("top", "bottom", "insideH"))
    out.append('<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
               f'<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{border}</w:tblBorders>'
               '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
               '<w:trPr><w:cantSplit/></w:trPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:trPr><w:tblHeader/></w:trPr>'
               '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEF0F2"/></w:tcPr></w:tblStylePr></w:style></w:styles>')
    return "".join(out)


def field(code, text):
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:fldSimple>'


def docx():
    section = ('<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/>'
               '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1247" w:bottom="1304" w:left="1247" w:header="624" w:footer="567" w:gutter="0"/></w:sectPr>')
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{ident}"/></w:pPr><w:r><w:t>{name}</w:t></w:r></w:p>' for ident, name, *_ in STYLES)
    kinds = {"document": "document.main", "styles": "styles", "header1": "header", "footer1": "footer"}
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    types = "".join(f'<Override PartName="/word/{part}.xml" ContentType="{word}{kind}+xml"/>' for part, kind in kinds.items())
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    package = "http://schemas.openxmlformats.org/package/2006/"
    write("granskning.docx", [
        ("[Content_Types].xml", HEAD + f'<Types xmlns="{package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'),
        ("_rels/.rels", HEAD + f'<Relationships xmlns="{package}relationships"><Relationship Id="rId1" Type="{office}officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/document.xml", HEAD + f"<w:document {W} {R}><w:body>{body}{section}</w:body></w:document>"),
        ("word/_rels/document.xml.rels", HEAD + f'<Relationships xmlns="{package}relationships">'
         f'<Relationship Id="rId1" Type="{office}styles" Target="styles.xml"/><Relationship Id="rId2" Type="{office}header" Target="header1.xml"/>'
         f'<Relationship Id="rId3" Type="{office}footer" Target="footer1.xml"/></Relationships>'),
        ("word/styles.xml", docx_styles()),
        ("word/header1.xml", HEAD + f'<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{field("SUBJECT", "Granskning")}</w:p></w:hdr>'),
        ("word/footer1.xml", HEAD + f'<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">Sida </w:t></w:r>{field("PAGE", "1")}'
         f'<w:r><w:t xml:space="preserve"> av </w:t></w:r>{field("NUMPAGES", "1")}</w:p></w:ftr>'),
    ])


def odt():
    spaces = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in
                      {"office": "office", "style": "style", "text": "text", "table": "table", "fo": "xsl-fo-compatible", "svg": "svg-compatible", "meta": "meta"}.items())

    def style(name, parent, paragraph="", text=""):
        based = f' style:parent-style-name="{parent}"' if parent else ""
        return (f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" style:family="paragraph"{based}>'
                f'<style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>')

    heads = "".join(style(f"Heading_20_{n}", "Standard", f'fo:keep-with-next="always" fo:margin-top="{top}cm" fo:margin-bottom="0.2cm"',
                          f'fo:font-size="{size}pt" fo:font-weight="bold"') for n, top, size in ((1, 0.9, 16), (2, 0.8, 14), (3, 0.6, 12), (4, 0.5, 11)))
    styles = (HEAD + f'<office:document-styles {spaces} office:version="1.2"><office:font-face-decls><style:font-face style:name="{FONT}" svg:font-family="{FONT}"/></office:font-face-decls><office:styles>'
              f'<style:default-style style:family="paragraph"><style:paragraph-properties/><style:text-properties style:font-name="{FONT}" fo:font-size="11pt" fo:language="sv" fo:country="SE"/></style:default-style>'
              + style("Standard", None, 'fo:margin-bottom="0.2cm" fo:line-height="115%"') + style("Text_20_body", "Standard") + style("First_20_paragraph", "Text_20_body")
              + style("Title", "Standard", 'fo:margin-top="4cm" fo:margin-bottom="0.3cm"', 'fo:font-size="22pt" fo:font-weight="bold"')
              + style("Subtitle", "Standard", 'fo:margin-bottom="0.8cm"', 'fo:font-size="12pt"') + heads
              + style("Table_20_Contents", "Standard", 'fo:margin-bottom="0.05cm"', 'fo:font-size="9pt"') + style("Table_20_Heading", "Table_20_Contents", "", 'fo:font-weight="bold"')
              + style("Header", "Standard", 'fo:border-bottom="0.5pt solid #999999"', 'fo:font-size="9pt"') + style("Footer", "Standard", 'fo:text-align="end"', 'fo:font-size="9pt"')
              + '</office:styles><office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm" fo:margin-left="2.2cm" fo:margin-right="2.2cm"/>'
              '<style:header-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.5cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style></style:page-layout></office:automatic-styles>'
              '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"><style:header><text:p text:style-name="Header"><text:subject>Granskning</text:subject></text:p></style:header>'
              '<style:footer><text:p text:style-name="Footer">Sida <text:page-number text:select-page="current">1</text:page-number> av <text:page-count>1</text:page-count></text:p></style:footer></style:master-page></office:master-styles></office:document-styles>')
    kind = "application/vnd.oasis.opendocument.text"
    write("granskning.odt", [
        ("mimetype", kind),
        ("META-INF/manifest.xml", HEAD + '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
         + f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
         + "".join(f'<manifest:file-entry manifest:full-path="{n}" manifest:media-type="text/xml"/>' for n in ("content.xml", "styles.xml", "meta.xml")) + "</manifest:manifest>"),
        ("content.xml", HEAD + f'<office:document-content {spaces} office:version="1.2"><office:automatic-styles/><office:body><office:text><text:p text:style-name="Standard"/></office:text></office:body></office:document-content>'),
        ("styles.xml", styles),
        ("meta.xml", HEAD + f'<office:document-meta {spaces} office:version="1.2"><office:meta/></office:document-meta>'),
    ], stored=("mimetype",))


docx()
odt()

"""Pages, Markdown and the terminal: a report each of whose text fields is hostile has the structure
of one whose texts are harmless, by two parsers of HTML and by cmark."""
import collections
import html.parser
import json
import os
import random
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as xml

import support
from support import Case, quoted, run

try:
    import html5lib
except ImportError:
    html5lib = None

# MEDEL_TEST_TIMES=many: every field has had every text.
TURNS = int(os.environ.get("MEDEL_TEST_TIMES", "0")) or 3
HARMLESS = "Harmlös text"
HOSTILE = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</title><script>",
    "&#x3c;script&#x3e;", "[x](javascript:alert(1))", "\"><iframe src=javascript:alert(1)>.js",
    "</script><script>", "</style><b>", "<!-- -->", "]]><b/>", "a | b | c", "två\nrader\n# rubrik", "```\nkod\n```",
    "~~~ x", "![](http://track.example/x.png)", "<http://a.example>", "http://a.example/ www.b.example c@d.example",
    "# rubrik", "- punkt", "+ punkt", "1. punkt", "2) punkt", "> citat", "    kod", "***", "---", "===", "_a_ *b* `c`",
    "[^1]: not", "[a]: http://a.example", "{% raw %} {{ x }} ${y} %s {}", "=cmd|' /C calc'!A0", "@SUM(A1)", "＝1+1",
    "\\", "a\\", "&amp;lt;", "<a href='//x'>", "<svg/onload=alert(1)>", "<math><mi//xlink:href=\"data:x\">", "$a$",
    "x" * 600, "ord " * 150,
]
# Cells are few, so what would part them is every third text.
HOSTILE = [text for i, one in enumerate(HOSTILE) for text in ((one, "a | b") if i % 3 == 0 else (one,))]
PACKED = """local function first(list) for x in each(list) do return x end end
return rule {
  id = "PROV-01", title = %s, ground = %s, level = "error", recommendation = %s,
  check = function(ar)
    local out = {}
    local function say(text) if text ~= nil then out[#out + 1] = finding("{t}", { t = text }) end end
%s
    return out
  end,
}
"""
TABLE = """resultatrakning:
  enhet: kr
  rubrik: {0}
  tryckt_enhet: {1}
  kolumner: [2023, 2022]
  tryckta_kolumner: [{2}, "2022"]
  rader:
    verksamhetens_intakter: {{ tal: [1 000 000, 900 000], text: {3}, kommentar: {4} }}
    verksamhetens_kostnader: {{ tal: [-950 000, -900 000], text: {5} }}
    verksamhetens_resultat: {{ tal: [60 000, 0], text: {6} }}
    arets_resultat: [60 000, 0]
driftredovisning:
  enhet: kr
  kolumner: [netto]
  rader:
    individ: [-9 999]
    egen: {{ under: individ, text: {7}, tal: [-100], kommentar: {8} }}
"""
GRANSKNING = """medel_granskning: 1
vasentlighet: {{ helhet: 100 000 kr, skal: {0} }}
rekommendationer:
  PROV-01: {{ status: godkänd, text: {1}, skal: {2} }}
svar: {{ PROV-01: {3} }}
uppdrag: {{ revisor: {4}, datum: 2024-03-14, syfte: {6} }}
rubriker: {{ titel: {7}, "1.1": {8}, "2": {9} }}
"""


class Texts:
    """The texts of a report, one after the other from the list."""
    def __init__(self, texts, turn):
        self.texts, self.next = texts, turn

    def text(self):
        self.next += 1
        return quoted(self.texts[self.next % len(self.texts)])


SIMPLE = {"flag": "true", "concept": "arets_resultat", "date": "2023-12-31", "year": "2023", "line": "3", "count": "5", "number": "5",
          "share": "10 %", "amount": "5 kr", "count_or_share": "5"}


def value(field, texts, path, said, money=False):
    """A field as YAML in one line, or None where it must name something else."""
    kind = field["type"]
    if kind in ("record", "list", "records"):
        before = len(said)
        here = path if kind == "record" else f"first({path})"
        money = money or any(f["type"] == "concept" for f in field["fields"])
        parts = [(f["name"], value(f, texts, f"{here}.{f['name']}", said, money)) for f in field["fields"]]
        if any(f["required"] and not text for f, (_, text) in zip(field["fields"], parts)):
            del said[before:]
            return None
        inside = "{ " + ", ".join(f"{name}: {text}" for name, text in parts if text) + " }"
        return {"record": inside, "list": f"[{inside}]", "records": f"{{ a: {inside} }}"}[kind]
    if kind == "text":
        said.append(path)
        return texts.text()
    if kind == "texts":
        said.append(f"first({path})")
        return f"[{texts.text()}]"
    if kind == "number" and money:
        return "5 kr"
    if kind == "word":  # names a row of the taxonomy
        return {"tabell": "resultatrakning", "rad": "arets_resultat"}.get(field["name"])
    return field["values"][0] if kind == "choice" else SIMPLE.get(kind)


def lua(text):
    return json.dumps(json.loads(text).replace("\n", " "), ensure_ascii=False).replace("\\u", "\\u")


class Parsed(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements, self.text = collections.Counter(), []

    def handle_starttag(self, tag, attrs):
        self.elements[shape(tag, attrs)] += 1

    def handle_data(self, data):
        self.text.append(data)


def shape(tag, attrs):
    """An element by its name and attributes; what a reader hears is the report's own text."""
    return (tag, tuple(sorted((name, "" if name == "aria-label" else text) for name, text in attrs)))


def parsed(page):
    one = Parsed()
    one.feed(page)
    return one


def parsed_again(page):
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return collections.Counter(shape(e.tag, e.attrib.items()) for e in tree.iter() if isinstance(e.tag, str)
                               and e.tag not in ("html", "head", "body", "tbody"))


def nodes(markdown):
    made = subprocess.run(["cmark", "-t", "xml"], input=markdown.encode(), capture_output=True, check=True)
    return collections.Counter(e.tag.split("}")[1] for e in xml.fromstring(made.stdout).iter()
                               if e.tag.split("}")[1] not in ("text", "softbreak"))


def bars(markdown):
    """How many cells each row of a table has."""
    return [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in markdown.split("\n") if line.startswith("|")]


class Pages(Case):
    def setUp(self):
        self.fields = json.loads(run("run", "--trust", "tests/formats/fields.lua")[1])

    def make(self, name, texts):
        """A report, its engagement and a pack, whose texts are these."""
        said, folder = [], os.path.join(self.folder, name)
        lines = ["medel: 1", "rakenskapsar: 2023"]
        for field in self.fields:
            text = value(field, texts, f"ar.{field['name']}", said)
            if text and field["name"] != "rakenskapsar":
                lines.append(f"{field['name']}: {text}")
        lines.append(TABLE.format(*(texts.text() for _ in range(9))))
        self.write(f"{name}/2023.yaml", "\n".join(lines))
        self.write(f"{name}/granskning.yaml", GRANSKNING.format(*(texts.text() for _ in range(10))))
        says = "\n".join(f"    say({path})" for path in said)
        pack = PACKED % (*(lua(texts.text()) for _ in range(3)), says)
        self.write(f"{name}/paket/prov.lua", pack)
        self.assertGreater(len(said), 50)
        return folder

    def output(self, folder, *arguments, statuses=(0, 1)):
        status, out, err = run(*arguments, "--pack", "./paket", "2023.yaml", folder=folder)
        self.assertIn(status, statuses, err[-2000:])
        self.assertEqual("", err)
        return out.decode("utf-8")

    def both(self, look, *arguments):
        """What is seen of each hostile report, and of the harmless one."""
        right = look(self.output(self.make("ofarlig", Texts([HARMLESS], 0)), *arguments))
        for turn in range(min(TURNS, len(HOSTILE))):
            turn = turn * 17 % len(HOSTILE) if TURNS < len(HOSTILE) else turn
            page = self.output(self.make(f"fientlig-{turn}", Texts(HOSTILE, turn)), *arguments)
            with self.subTest(turn=turn):
                self.assertEqual(right, look(page))

    def test_html(self):
        for kind in ("granskning", "begaran"):
            self.both(lambda page: parsed(page).elements, "report", kind, "-f", "html")

    @unittest.skipUnless(html5lib, "python3-html5lib is needed")
    def test_html_by_a_second_parser(self):
        for kind in ("granskning", "begaran"):
            self.both(parsed_again, "report", kind, "-f", "html")

    def test_html_runs_and_fetches_nothing(self):
        page = self.output(self.make("fientlig", Texts(HOSTILE, 5)), "report", "granskning", "-f", "html")
        for (tag, attributes), _ in parsed(page).elements.items():
            self.assertNotIn(tag, ("script", "iframe", "img", "object", "embed", "form", "svg", "math", "base"))
            for name, text in attributes:
                self.assertFalse(name.startswith("on") or name in ("style", "src", "srcdoc"), name)
                self.assertTrue(name != "href" or text.startswith("#"), text)
        self.assertIn("default-src 'none'", page)
        self.assertNotIn("unsafe", page)

    @unittest.skipUnless(shutil.which("cmark"), "cmark is needed")
    def test_markdown(self):
        for arguments in (("report", "granskning"), ("report", "begaran"), ("audit", "-f", "md")):
            self.both(lambda page: (nodes(page), bars(page)), *arguments)
            self.both(lambda page: sum(nodes(page)[kind] for kind in ("link", "image", "html_inline", "html_block",
                                                                      "code", "code_block")), *arguments)

    def test_terminal(self):
        def controls(page):
            return sorted(set(re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", page)))
        self.both(controls, "audit", "--why")
        coloured = self.output(self.make("fientlig", Texts(HOSTILE, 9)), "audit", "--colour", "always")
        self.assertEqual([], controls(re.sub("\x1b\\[(?:0|1|2|31|32|33|34)m", "", coloured)))

    def test_no_text_begins_a_line(self):
        folder = self.make("falsk", Texts(["text\nFALSK rad"], 0))
        for arguments in (("audit", "2023.yaml", "--pack", "./paket"), ("audit", "--why", "2023.yaml", "--pack", "./paket"),
                          ("repair", "2023.yaml"), ("coverage", "2023.yaml"), ("explain", "2023.yaml", "driftredovisning.egen"),
                          ("explain", "2023.yaml", "verksamhetens_resultat", "--width", "200"), ("rules", "--pack", "./paket"),
                          ("rules", "PROV-01", "--pack", "./paket"), ("report", "granskning", "2023.yaml", "--pack", "./paket"),
                          ("report", "begaran", "2023.yaml", "--pack", "./paket")):
            status, out, err = run(*arguments, folder=folder)
            self.assertIn(status, (0, 1), (arguments, err))
            self.assertNotRegex("\n" + out.decode() + "\n" + err, "\nFALSK", arguments)
            self.assertTrue("FALSK" in out.decode() or arguments[0] in ("rules", "coverage"), arguments)

    def test_formats_for_programs(self):
        for turn in range(0, len(HOSTILE), 11):
            folder = self.make(f"fientlig-{turn}", Texts(HOSTILE, turn))
            for name in ("json", "sarif", "junit", "csv"):
                made = support.parse(name, self.output(folder, "audit", "-f", name).encode())
                if name == "json":
                    self.validate(support.load("docs/json.schema.json"), made)
                elif name == "sarif":
                    self.validate(support.load("tests/data/sarif-2.1.0-rtm.5.json"), made)


NAMES = [b"\"><iframe src=javascript:alert(1)>.yaml", b"a\x1b[2Jb.yaml", b"a\nFEL.yaml", b"\xff\xe5.yaml", b"=1+1.yaml",
         "\u202egpj.yaml".encode(), b"[x](y).yaml", b"a|b.yaml", b"a%0a&b#c?.yaml", b"\xc2\x9b31m.yaml", b"-f.yaml",
         "a\u2028# b.yaml".encode(), b"a\r=cmd.yaml"]


class Names(Case):
    def test_names_of_files(self):
        for name in NAMES:
            folder = os.path.join(self.folder.encode(), name + b"-mapp")
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(support.report(costs="-940 000"))
            for arguments in (("audit",), ("audit", "-f", "md"), ("report", "granskning", "-f", "html"),
                              ("report", "granskning"), ("audit", "-f", "csv"), ("audit", "-f", "json"),
                              ("audit", "-f", "sarif"), ("audit", "-f", "junit")):
                made = subprocess.run([support.MEDEL, *arguments, "--", name] if arguments[0] == "audit" else
                                      [support.MEDEL, *arguments, "--", name], cwd=folder, capture_output=True,
                                      check=False)
                self.assertIn(made.returncode, (0, 1), (name, arguments, made.stderr))
                text = made.stdout.decode("utf-8")  # whatever the name is
                if arguments[-1] in ("csv", "json", "sarif", "junit"):
                    support.parse(arguments[-1], made.stdout)
                    continue
                self.assertNotRegex(text, "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
                if arguments[-1] == "html":
                    self.assertNotIn("iframe", {tag for tag, _ in parsed(text).elements})
                elif "md" in arguments or arguments == ("report", "granskning"):
                    self.assertNotIn("[x](y)", text)


PIECES = ["<", ">", "&", "'", '"', "b", "/", "!", "[", "]", "(", ")", "{", "}", "*", "_", "`", "~", "#", "+", "-", "=", ".",
          "|", "\\", "$", ":", "//", "http://", "www.", "1", " ", "  ", "\n", "\t", "å", "😀", "\x00", "\x1b", "\x7f",
          "\x85", "\u202e", "\u2028", "\u2029", "\r", "\ufeff", "\ufffe", "&amp;", "<b>", "]]>"]


def alike(text):
    """Spaces may be joined, and bad bytes are one sign or several."""
    return re.sub("\ufffd+", "\ufffd", re.sub("[ \n\r\u00a0]+", " ", text))


class Escapers(Case):
    """Any text, through each language's one escaper."""
    def test_any_text(self):
        dice = random.Random(8)
        texts = ["".join(dice.choice(PIECES) for _ in range(dice.randrange(1, 10))).encode() for _ in range(1500)]
        texts += [bytes(dice.randrange(256) for _ in range(dice.randrange(1, 9))) for _ in range(300)]
        path = self.write("texter", "".join(text.hex() + "\n" for text in texts))
        status, out, err = run("run", "--trust", "tests/formats/texts.lua", path)
        self.assertEqual((0, ""), (status, err))
        for text, line in zip(texts, out.decode().split("\n")[:-1], strict=True):
            _, _, page, markdown, shown = (bytes.fromhex(cell).decode("utf-8") for cell in line.split("\t"))
            clean = text.decode("utf-8", "replace")
            seen = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
                          "\ufeff\ufffe\uffff]", "\ufffd", clean)
            inner = parsed(f"<p title=\"{page}\">{page}</p>")
            self.assertEqual(1, sum(inner.elements.values()))
            self.assertEqual(alike(seen), alike("".join(inner.text)))
            self.assertNotRegex(markdown, "[\x00-\x08\x0b-\x1f\x7f-\x9f\n\r\u202a-\u202e]")
            self.assertNotRegex(shown, "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
        self.by_cmark(texts, out)

    def test_raw_text_is_refused(self):
        status, out, err = run("run", "--trust", "tests/formats/raw.lua")
        self.assertEqual((0, ""), (status, err))
        self.assertRegex(out.decode(), "^[1-9][0-9]* refused\n$")

    def by_cmark(self, texts, out):
        if not shutil.which("cmark"):
            return
        escaped = [bytes.fromhex(line.split("\t")[3]).decode() for line in out.decode().split("\n")[:-1]]
        kept = [text for text in escaped if text.strip()]
        made = nodes("\n\n<!-- -->\n\n".join(kept))
        self.assertEqual({"document": 1, "paragraph": len(kept), "html_block": len(kept) - 1}, dict(made))
        self.assertGreater(len(kept), len(texts) // 2)

"""work.py - what the campaign runs: commands on a small report, with few rules, and what must hold of
a run in which something failed."""
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, f"{ROOT}/tests/import")
from print_pdf import Pdf  # noqa: E402
RULES = ("nationell/eka-01-inom-riktlinjen.lua", "nationell/frm-19-stavning.lua", "kpmg/dri-07-budgetavvikelse-forklarad.lua")
OLD = b"the old report\n"

GRANSKNING = """medel_granskning: 1
vasentlighet: { helhet: 100 000 kr, arbete: 50 000 kr, ringa: 10 kr, skal: prov }
rekommendationer:
  EKA-01: { status: godkänd, text: Sänk avgiften. }
svar: { FRG-01: ja }
uppdrag: { revisor: R }
rubriker: { titel: Kort }
"""
SCENARIO = """medel_scenario: 1
scenarios:
  - scenario: Minus
    base: 2023.yaml
    years: [2024, 2025]
    decisions:
      - { title: Lägre, by: staten, from: 2024-01, medlemsbidrag: 900 000 kr, reason: r, document: d }
"""
REPORT = """medel: 1
forbund: forbund.yaml
rakenskapsar: 2023
resultatrakning:
  enhet: kr
  kolumner: [2023, 2022]
  rader:
    verksamhetens_intakter: [1 000 000, 900 000]
    verksamhetens_kostnader: [-950 000, -900 000]
    verksamhetens_resultat: [50 010, 0]
    arets_resultat: [50 010, 0]
balansrakning:
  enhet: kr
  kolumner: [2023, 2022]
  rader:
    kassa_och_bank: [600 000, 500 000]
    eget_kapital: [600 000, 550 000]
driftredovisning:
  enhet: tkr
  kolumner: [kostnad, netto, budget, avvikelse]
  rader:
    team: { under: individ, text: "Teamet", tal: [950, -950, -960, 11], rad: 9 }
noter:
  2:
    slag: intakter
    enhet: kr
    kolumner: [2023, 2022]
    rader:
      bidrag_staten: [500 000, 450 000]
      bidrag_region: [500 000, 450 000]
      medlemsbidrag: [1 000 000, 900 000]
"""
FORBUND = """namn: Samordningsförbundet Prov
medlemmar:
  - { namn: Försäkringskassan, part: staten }
  - { namn: Regionen, part: region }
"""

LEDGER = """#FLAGGA 0
#FORMAT PC8
#SIETYP 4
#PROGRAM prov 1
#GEN 20240101
#FNAMN Prov
#RAR 0 20230101 20231231
#KONTO 1930 Bank
#KONTO 3510 Bidrag
#IB 0 1930 500.00
#UB 0 1930 1500.00
#RES 0 3510 -1000.00
#VER A 1 20230201 Bidrag
{
#TRANS 1930 {} 1000.00
#TRANS 3510 {} -1000.00
}
"""
PRINT = [("Resultaträkning", "", ""), ("", "2023", "2022"), ("Verksamhetens intäkter", "5 222 000", "5 217 397"),
         ("Verksamhetens kostnader", "-4 920 564", "-5 566 728"), ("Årets resultat", "301 436", "-349 331")]


class Work:
    """A command; out is the file that it writes, or None when it prints; whole: with all rules."""
    def __init__(self, name, *arguments, out=None, whole=False):
        self.name, self.arguments, self.out, self.data = name, arguments, out, ROOT if whole else "data"


def works():
    return [Work(f"audit -f {name}", "audit", "--level", "note", "-f", name, "2023.yaml")
            for name in ("text", "json", "sarif", "junit", "csv", "md")] + [
        Work("audit --previous", "audit", "--why", "--previous", "2022.yaml", "2023.yaml"),
        Work("report granskning -f html", "report", "granskning", "2023.yaml", "-f", "html", "-o", "out", out="out"),
        Work("report granskning -f md", "report", "granskning", "2023.yaml", "-o", "out", out="out"),
        Work("report begaran", "report", "begaran", "2023.yaml", "-o", "out", out="out"),
        Work("project -f text", "project", "scenario.yaml"),
        Work("project -f csv", "project", "-f", "csv", "-o", "out", "scenario.yaml", out="out"),
        Work("project -f html", "project", "-f", "html", "-o", "out", "scenario.yaml", out="out"),
        Work("ledger", "ledger", "bok.se", "--balance"),
        Work("ledger -f json", "ledger", "bok.se", "--balance", "-f", "json"),
        Work("explain", "explain", "2023.yaml", "arets_resultat / medlemsbidrag"),
        Work("repair", "repair", "2023.yaml"),
        Work("new", "new", "Namn", "2024", "-o", "out", out="out"),
        Work("schema", "schema", "-o", "out", out="out"),
    ]


def whole_works():
    """A real report, with all rules; and documents."""
    path = f"{ROOT}/examples/sydnarke/2023.yaml"
    return [Work("audit, all rules", "audit", "--level", "note", path, whole=True),
            Work("report, all rules", "report", "granskning", path, "-o", "out", out="out", whole=True)] + [
        Work(f"import {kind}", "import", f"print.{kind}", whole=True) for kind in ("txt", "docx", "xlsx", "pdf")]


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        file.write(text)


def documents(folder):
    """The same print in four forms."""
    write(folder, "print.txt", "".join("%-40s%14s%14s\n" % row for row in PRINT))
    pdf = Pdf({"font": "Helvetica", "size": 10, "page": (595, 842)})
    for i, row in enumerate(PRINT):
        for x, text in zip((40, 240, 320), row):
            pdf.text(x, 60 + 16 * i, text)
    with open(f"{folder}/print.pdf", "wb") as file:
        file.write(pdf.bytes())
    cells = [["<w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>" % text for text in row] for row in PRINT]
    with zipfile.ZipFile(f"{folder}/print.docx", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("word/document.xml", '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p><w:tbl>%s</w:tbl></w:body>'
                   "</w:document>" % (PRINT[0][0], "".join("<w:tr>%s</w:tr>" % "".join(row) for row in cells[1:])))
    rows = ["".join('<c t="inlineStr"><is><t>%s</t></is></c>' % text for text in row) for row in PRINT]
    with zipfile.ZipFile(f"{folder}/print.xlsx", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>')
        z.writestr("xl/_rels/workbook.xml.rels", '<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>')
        z.writestr("xl/worksheets/sheet1.xml", "<worksheet><sheetData>%s</sheetData></worksheet>"
                   % "".join("<row>%s</row>" % row for row in rows))


def data(folder):
    """A data folder as the installed one, with few rules."""
    os.makedirs(f"{folder}/rules")
    for name in ("scripts", "rules/taxonomy", "rules/parametrar", "rules/mallar", "rules/katalog.yaml", "rules/lagar.yaml", "rules/fragor.yaml"):
        os.symlink(os.path.join(ROOT, name), os.path.join(folder, name))
    for path in sorted(glob.glob(f"{ROOT}/rules/*/relationer.yaml") + glob.glob(f"{ROOT}/rules/*/pack.yaml")):
        pack = os.path.basename(os.path.dirname(path))
        os.makedirs(f"{folder}/rules/{pack}", exist_ok=True)
        shutil.copy(path, f"{folder}/rules/{pack}/")
    for path in glob.glob(f"{ROOT}/rules/*/lib"):
        os.symlink(path, os.path.join(folder, os.path.relpath(path, ROOT)))
    for rule in RULES:
        shutil.copy(f"{ROOT}/rules/{rule}", f"{folder}/rules/{rule}")
    return folder


def place(folder, out=None):
    """A folder of reports, with an old report where the new one goes."""
    os.mkdir(folder)
    write(folder, "2023.yaml", REPORT)
    write(folder, "2022.yaml", REPORT.replace("2023", "2021").replace("2022", "2020").replace("2021", "2022")
          .replace("2020", "2021"))
    write(folder, "forbund.yaml", FORBUND)
    write(folder, "granskning.yaml", GRANSKNING)
    write(folder, "avsteg.yaml", "medel_avsteg: 1\navsteg: []\n")
    write(folder, "scenario.yaml", SCENARIO)
    write(folder, "bok.se", LEDGER)
    documents(folder)
    if out:
        with open(os.path.join(folder, out), "wb") as file:
            file.write(OLD)
    return folder


class Result:
    def __init__(self, status, printed, said, written, left):
        self.status, self.printed, self.said, self.written, self.left = status, printed, said, written, left


class Runner:
    """Runs works in a scratch folder, one run for each place."""
    def __init__(self, medel):
        self.medel = os.path.abspath(medel)
        self.held = tempfile.TemporaryDirectory(prefix="medel-campaign-")
        self.root = self.held.name
        data(os.path.join(self.root, "data"))

    def environment(self, more, data="data"):
        path = os.defpath if data == ROOT else "/nonexistent"  # documents have their readers
        return {"PATH": path, "LC_ALL": "C", "HOME": self.root, "TMPDIR": self.root,
                "MEDEL_DATA": os.path.join(self.root, data), **more}

    def run(self, work, where, before=(), environment=(), old=True, timeout=1200):
        """One run of a work in the folder 'where', which is made anew where it has been used."""
        self.prepare(work, where, old)
        return self.again(work, where, before, environment, timeout)

    def prepare(self, work, where, old=True):
        """The folder 'where' as it is before a run."""
        folder = os.path.join(self.root, where)
        if not os.path.isdir(folder):
            place(folder)
        for name in (work.out, f"{work.out}.ny", "stdout", "stderr", "allocations"):
            if name and os.path.lexists(os.path.join(folder, name)):
                os.unlink(os.path.join(folder, name))
        if work.out and old and work.name != "new":
            write(folder, work.out, OLD.decode())

    def again(self, work, where, before=(), environment=(), timeout=1200):
        """The same in the folder as it is."""
        folder = os.path.join(self.root, where)
        out = work.out and os.path.join(folder, work.out)
        try:
            made = subprocess.run([*before, self.medel, *work.arguments], cwd=folder, capture_output=True,
                                  check=False, stdin=subprocess.DEVNULL, timeout=timeout,
                                  env=self.environment(dict(environment), work.data))
        except subprocess.TimeoutExpired as late:
            made = subprocess.CompletedProcess(late.args, "it does not end", b"", b"")
        written = None
        if out and os.path.exists(out):
            with open(out, "rb") as file:
                written = file.read()
        return Result(made.returncode, made.stdout, made.stderr, written,
                      bool(out) and os.path.lexists(f"{out}.ny"))


def wrong(work, right, got, torn=False):
    """What is wrong with a run that may have failed, or None.  Right or refused, and never a mix; 'torn':
    what is printed may have been cut off, since the program was killed."""
    old = None if work.name == "new" else OLD
    if got.status == 2 and got.written and any(said in got.written for said in (b"kunde inte k", b"inte kunde k")):
        return None  # a rule could not be run; the report says so
    if work.out and got.written not in (old, right.written):
        return "the file is neither the old nor the new"
    if torn:
        return None if right.printed.startswith(got.printed) else "it printed something else"
    if got.status not in (right.status, 2):
        return f"status {got.status}: {got.said[-300:]!r}"
    if got.left:
        return "a draft is left"
    if got.status == right.status:
        if got.printed != right.printed:
            return f"something else is printed, and the status is {got.status}"
        if work.out and got.written != right.written:
            return f"the old file stands, and the status is {got.status}"
    return None

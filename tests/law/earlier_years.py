#!/usr/bin/env python3
"""earlier_years.py PROGRAM FOLDER - each example as it would be dated in years when other laws
were in force: no rule breaks, and no ground is younger than the report."""
import os
import re
import subprocess
import sys

YEARS = (2005, 2012, 2017, 2019)
YOUNGER = {2019: ("LKBR", "BFNAR 2013:2"), 2018: ("KL 11", "KL 12", "KL 6"), 2013: ("Nationella rådets",)}


def dated(text, year):
    """Every year from 2010 to 2029 in the file moves with 2023; amounts, grouped by spaces, stay."""
    return re.sub(r"(?<!\d)(?<!\d )20[12]\d(?!\d)(?! \d{3}\b)", lambda m: str(int(m.group(0)) - 2023 + year), text)


def main(program, folder):
    failed = runs = 0
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples")
    for name in sorted(os.listdir(root)):
        path = os.path.join(root, name, "2023.yaml")
        if not os.path.exists(path):
            continue
        for year in YEARS:
            to = os.path.join(folder, f"{name}-{year}")
            os.makedirs(to, exist_ok=True)
            for file in ("2023.yaml", "forbund.yaml"):
                source = os.path.join(root, name, file)
                if os.path.exists(source):
                    with open(source, encoding="utf-8") as f, open(os.path.join(to, file), "w", encoding="utf-8") as out:
                        out.write(dated(f.read(), year))
            run = subprocess.run([program, "audit", "--level", "note", "-f", "csv", os.path.join(to, "2023.yaml")],
                                 capture_output=True, text=True, check=False)
            runs += 1
            old = [ground for first, grounds in YOUNGER.items() if year < first for ground in grounds
                   if re.search(r"\b" + ground, run.stdout.split("\n", 1)[1])] if run.returncode in (0, 1) else []
            if run.returncode not in (0, 1) or "broken" in run.stderr or old:
                failed += 1
                print(f"FAIL {name} {year}: exit {run.returncode} {old} {run.stderr.strip()[:300]}")
    print(f"earlier years: {runs} reports, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))

#!/usr/bin/env python3
"""earlier_years.py PROGRAM FOLDER - each example as it would be dated in years when other laws
were in force: no rule breaks, no ground is younger than the report, and decisions on it are projected."""
import os
import re
import subprocess
import sys

YEARS = (2005, 2012, 2017, 2019)
YOUNGER = {2019: ("LKBR", "BFNAR 2013:2"), 2018: ("KL 11", "KL 12", "KL 6"), 2013: ("Nationella rådets",)}


def dated(text, year):
    """Every year from 2010 to 2029 in the file moves with 2023; amounts, grouped by spaces, stay."""
    return re.sub(r"(?<!\d)(?<!\d )20[12]\d(?!\d)(?! \d{3}\b)", lambda m: str(int(m.group(0)) - 2023 + year), text)


SCENARIO = """medel_scenario: 1
scenario: Halverat
base: 2023.yaml
years: [%d, %d]
decisions: [{ title: Halverat, by: medlemmarna, from: %d-07, medlemsbidrag: -50 %% }]
"""
GUIDELINE = 2013  # the first year at whose end there is one


def projected(program, folder, year):
    """What is wrong with three years from a base year: a guideline where none was in force, or none where it was."""
    path = os.path.join(folder, "scenario.yaml")
    with open(path, "w", encoding="utf-8") as out:
        out.write(SCENARIO % (year + 1, year + 3, year + 1))
    for form in ("text", "json", "md", "html"):
        run = subprocess.run([program, "project", "-f", form, path], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            return f"{form}: exit {run.returncode} {run.stderr.strip()[:300]}"
    run = subprocess.run([program, "project", "-f", "csv", path], capture_output=True, text=True, check=False)
    lines = [line for line in run.stdout.split("\n") if re.search(r'"uppgift","riktlinje"', line)]
    has = {int(line.split(",")[1]) for line in lines if line.split(",")[-1].strip('" ')}
    wanted = {y for y in range(year, year + 4) if y >= GUIDELINE}
    return "" if run.returncode == 0 and has == wanted else f"guideline in {sorted(has)}, not {sorted(wanted)}"


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
            wrong = projected(program, to, year)
            if wrong:
                failed += 1
                print(f"FAIL {name} projected from {year}: {wrong}")
    print(f"earlier years: {runs} reports, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))

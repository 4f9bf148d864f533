"""analyses.py MEDEL - what `medel ledger` says of strata, ages, repeats, digits, months, years, round
amounts, texts and expressions, beside the same computed here from the file's own lines; and digits
beside published counts."""
import csv
import datetime
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from math import log10

medel = sys.argv[1]
failures = 0


def check(ok, what):
    global failures
    if not ok:
        failures += 1
        print("FAILED:", what, file=sys.stderr)


def run(path, *args):
    out = subprocess.run([medel, "ledger", path, *args, "--json"], capture_output=True, text=True)
    assert out.returncode in (0, 1), (args, out.stderr)
    return json.loads(out.stdout)


# ---- the file, read by hand ----

def fields(line):
    return [a or b for a, b in re.findall(r'"((?:[^"\\]|\\.)*)"|(\{[^}]*\}|\S+)', line)]


def ore(text):
    sign, text = (-1, text[1:]) if text.startswith("-") else (1, text)
    whole, _, part = text.partition(".")
    return sign * (int(whole) * 100 + int((part + "00")[:2]))


def day(text):
    return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))


class Row:
    pass


def read(path):
    rows, opening, closing, names, months = [], Counter(), defaultdict(Counter), {}, defaultdict(int)
    raw = open(path, "rb").read()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp437")
    voucher = None
    for number, line in enumerate(text.splitlines(), 1):
        f = fields(line)
        if not f:
            continue
        if f[0] == "#KONTO":
            names[f[1]] = f[2]
        elif f[0] == "#IB" and f[1] == "0":
            opening[f[2]] += ore(f[3])
        elif f[0] in ("#UB", "#RES"):
            closing[int(f[1])][f[2]] += ore(f[3])
        elif f[0] == "#PSALDO":
            months[f[1], f[2], f[3]] += ore(f[5])
        elif f[0] == "#VER":
            voucher = f + [""] * 7
        elif f[0] == "#TRANS":
            r = Row()
            r.account, r.amount, r.line, r.ver = f[1], ore(f[3]), number, (voucher[1], voucher[2], id(voucher))
            r.day = day(f[4]) if len(f) > 4 and f[4] else day(voucher[3])
            r.text = (f[5] if len(f) > 5 else "") or voucher[4]
            r.reg = day(voucher[5]) if voucher[5] else None
            r.objects = dict(re.findall(r'"?(\d+)"? "?([^" }]+)"?', f[2]))
            r.voucher_day = day(voucher[3])
            rows.append(r)
    return rows, opening, closing, names, months


def belongs(account, wanted):
    for term in wanted.split(","):
        low, _, high = term.partition("..")
        if low.startswith("="):
            if account == low[1:]:
                return True
        elif account[:len(low)] >= low and account[:len(high or low)] <= (high or low):
            return True
    return False


# ---- each analysis ----

def strata(path, rows):
    bounds = [0, 100000, 500000, 1000000, 2500000, 5000000, 10000000, 25000000, 50000000, 100000000]
    want = [[0, 0, 0] for _ in bounds]
    for r in rows:
        i = max(k for k, b in enumerate(bounds) if abs(r.amount) >= b)
        want[i][0] += 1
        want[i][1 if r.amount > 0 else 2] += abs(r.amount)
    got = [[r["antal"], r["debet"], r["kredit"]] for r in run(path, "--strata")["rows"]]
    check(got == want, f"{path}: strata {got} {want}")


ALIKE = {"account": lambda r: r.account, "amount": lambda r: r.amount, "size": lambda r: abs(r.amount), "day": lambda r: r.day,
         "month": lambda r: (r.day.year, r.day.month), "text": lambda r: r.text.lower(), "series": lambda r: r.ver[0], "number": lambda r: r.ver[1]}


def repeats(path, rows, days, fields="account,amount,text"):
    by = defaultdict(list)
    for r in rows:
        if r.text or "text" not in fields:
            by[tuple(ALIKE[f](r) for f in fields.split(","))].append(r)
    want = []
    for group in by.values():
        group.sort(key=lambda r: (r.day, r.line))
        chain = [group[0]]
        for r in group[1:]:
            if days is not None and (r.day - chain[-1].day).days > days:
                want.append(chain)
                chain = []
            chain.append(r)
        want.append(chain)
    want = sorted([r.line for r in c] for c in want if len({r.ver for r in c}) > 1)
    got = defaultdict(list)
    for r in run(path, "--duplicates", fields, *(["--days", str(days)] if days is not None else []))["rows"]:
        got[r["grupp"]].append(r["rad"])
    check(sorted(got.values()) == want, f"{path}: repeats in {fields}: {len(got)} {len(want)}")


def digits(values, kind):
    if kind == "second_order":
        values = sorted(v for v in values if v)
        values = [b - a for a, b in zip(values, values[1:]) if b > a]
        return Counter(int((str(v) + "0")[:2]) for v in values)
    least, n = (100, 1) if kind == "first" else (1000, 2)
    return Counter(int(str(v)[:n]) for v in values if v >= least)


def benford(path, rows):
    sizes = [abs(r.amount) for r in rows]
    for kind, least in (("first", 300), ("first_two", 1000), ("second_order", 1000)):
        want, got = digits(sizes, kind), run(path, "--benford", kind)
        n = sum(want.values())
        check(got["n"] == n and got["least"] == least, f"{path}: {kind} n {got['n']} {n}")
        if n < least:
            check(got["rows"] == [] and "mad" not in got, f"{path}: {kind} refuses below {least}")
            continue
        check({int(r["siffra"]): r["antal"] for r in got["rows"]} == {d: want[d] for d in (range(1, 10) if kind == "first" else range(10, 100))},
              f"{path}: {kind} counts")
        span = range(1, 10) if kind == "first" else range(10, 100)
        mad = sum(abs(want[d] / n - log10(1 + 1 / d)) for d in span) / len(span)
        check(abs(got["mad"] / 1e9 - mad) < 1e-7, f"{path}: {kind} MAD {got['mad']} {mad}")


def ages(path, rows, opening, kind, accounts, dimension):
    sign = 1 if kind == "fordringar" else -1
    until = datetime.date(2023, 12, 31)
    items, over, saldo = defaultdict(list), Counter(), Counter()

    def add(party, amount, when):
        saldo[party] += amount
        amount *= sign
        if amount > 0:
            covered = min(over[party], amount)
            over[party] -= covered
            if amount > covered:
                items[party].append([amount - covered, amount - covered, when])
            return
        amount = -amount
        for i in items[party]:
            if i[1] and i[2] and i[0] == amount == i[1]:
                i[1] = 0
                return
        for i in items[party]:
            part = min(i[1], amount)
            i[1] -= part
            amount -= part
        over[party] += amount

    for account, amount in opening.items():
        if belongs(account, accounts) and amount:
            add((account, None), amount, None)
    for r in sorted((r for r in rows if belongs(r.account, accounts) and r.day <= until), key=lambda r: (r.day, r.line)):
        add((r.account, r.objects.get(dimension)), r.amount, r.day)
    want = {}
    for party in saldo:
        row = [0, 0, 0, 0, 0]
        for _, left, when in items[party]:
            age = (until - when).days if when else None
            row[4 if age is None else 0 if age < 30 else 1 if age < 60 else 2 if age < 90 else 3] += sign * left
        row += [-sign * over[party], saldo[party]]
        if any(row):
            want[party] = row
    got = {(r["konto"], r["objekt"]): [r["d0"], r["d30"], r["d60"], r["d90"], r["ingaende"], r["omatchat"], r["saldo"]]
           for r in run(path, "--ageing", kind, "--of", accounts, "--day", "2023-12-31")["rows"]}
    check(got == want and all(sum(r[:6]) == r[6] for r in got.values()), f"{path}: ages of {kind}: {got} {want}")


def round_amounts(path, rows):
    costs = [abs(r.amount) for r in rows if belongs(r.account, "4..7")]
    got = {r["jamnt"]: (r["antal"], r["belopp"]) for r in run(path, "--round")["rows"]}
    for unit in (10000, 100000, 500000, 1000000):
        hit = [v for v in costs if v and v % unit == 0]
        check(got[unit] == (len(hit), sum(hit)), f"{path}: round {unit}")


def compare(path, rows, opening, closing):
    now = closing[0] or Counter()
    if not now:
        now = Counter(opening)
        for r in rows:
            now[r.account] += r.amount
    before = closing[-1]
    if not before:
        return
    want = {a: (now[a], before[a]) for a in {*now, *before} if now[a] or before[a]}
    got = {r["konto"]: (r["nu"], r["fore"]) for r in run(path, "--compare")["rows"]}
    check(got == want, f"{path}: two years")
    for r in run(path, "--compare", path)["rows"]:
        check(r["skillnad"] == 0, f"{path}: a file is itself")


def months(path, rows):
    want = Counter()
    for r in rows:
        if belongs(r.account, "3..8"):
            want[r.account, f"{r.day.month:02}"] += r.amount
    got = {(r["konto"], r["manad"]): (r["nu"], r["fore"]) for r in run(path, "--profile", "--beside", path)["rows"]}
    check(got == {k: (v, v) for k, v in want.items() if v}, f"{path}: month by month")


def expressions(path, rows):
    cases = {
        "account in 4..7 and size >= 10 000": lambda r: belongs(r.account, "4..7") and abs(r.amount) >= 1000000,
        "not (month < 6 or account in 19,=2510)": lambda r: r.day.month >= 6 and not belongs(r.account, "19,=2510"),
        "amount < -1 500,50 or weekday > 5": lambda r: r.amount < -150050 or r.day.isoweekday() > 5,
        "text ~ FAKTURA and day >= 2023-06-30": lambda r: "faktura" in r.text.lower() and r.day >= datetime.date(2023, 6, 30),
        "registered > 2023-06-30 and late >= 3": lambda r: r.reg and r.reg > datetime.date(2023, 6, 30) and (r.reg - r.voucher_day).days >= 3,
        "round 100 and series != L": lambda r: r.amount and r.amount % 10000 == 0 and r.ver[0] != "L",
    }
    for text, keeps in cases.items():
        want = [r.line for r in rows if keeps(r)]
        got = [r["rad"] for r in run(path, "--rows", text)["rows"]]
        check(got == want, f"{path}: {text}: {len(got)} {len(want)}")
    want = [r.line for r in rows if "bidrag" in r.text.lower()]
    check([r["rad"] for r in run(path, "--search", "bidrag")["rows"]] == want, f"{path}: text search")
    for wrong in ("belopp > 5", "size >", "account ~ 4", "size > 5 and", "(size > 5", "day > 2023-13-01"):
        out = subprocess.run([medel, "ledger", path, "--rows", wrong], capture_output=True, text=True)
        check(out.returncode == 2 and "where, character" in out.stderr, f"{wrong}: {out.stderr}")


def spreadsheet(path):
    """CSV has the rows of JSON, in kronor."""
    for args in (["--strata"], ["--journal"], ["--gaps"], ["--benford"], ["--rows", "size > 50 000"]):
        out = subprocess.run([medel, "ledger", path, *args, "--csv"], capture_output=True, text=True)
        rows = list(csv.DictReader(io.StringIO(out.stdout)))
        check(len(rows) == len(run(path, *args)["rows"]), f"{path}: CSV of {args}")


# ---- files ----

def constructed(n, seed):
    """Customers and suppliers with objects, some paid, some repeated, some round."""
    random.seed(seed)
    out = ['#FLAGGA 0', '#PROGRAM "prov" "1"', '#FORMAT PC8', '#GEN 20240301', '#SIETYP 4', '#FNAMN "Prov"', '#RAR 0 20230101 20231231',
           '#IB 0 1510 5000.00', '#IB 0 2440 -7000.00', '#IB 0 1930 2000.00']
    for k in range(6):
        out.append(f'#OBJEKT 8 "K{k}" "Kund {k}"')
        out.append(f'#OBJEKT 9 "L{k}" "Lev {k}"')
    for i in range(n):
        k, d = random.randrange(6), datetime.date(2023, 1, 1) + datetime.timedelta(random.randrange(365))
        amount = random.choice([10000, 1000, round(10 ** random.uniform(1, 6), 2), round(10 ** random.uniform(1, 6), 2)])
        sale = random.random() < 0.5
        paid = random.random() < 0.6
        a, b, obj = ("1510", "3010", f'8 "K{k}"') if sale else ("4010", "2440", f'9 "L{k}"')
        first = (f'#TRANS {a} {{{obj if sale else ""}}} {amount:.2f}', f'#TRANS {b} {{{"" if sale else obj}}} {-amount:.2f}')
        text = f'{"Bidrag" if sale else "Faktura"} {random.randrange(40)}'
        out += [f'#VER A {2 * i + 1} {d:%Y%m%d} "{text}" {d + datetime.timedelta(random.randrange(9)):%Y%m%d}', "{", *first, "}"]
        if paid:
            part = amount if random.random() < 0.8 else round(amount / 3, 2)
            later = d + datetime.timedelta(random.randrange(50))
            one, two = (("1930", ""), ("1510", obj)) if sale else (("2440", obj), ("1930", ""))
            out += [f'#VER A {2 * i + 2} {later:%Y%m%d} "Betalning {text}"', "{", f"#TRANS {one[0]} {{{one[1]}}} {part:.2f}",
                    f"#TRANS {two[0]} {{{two[1]}}} {-part:.2f}", "}"]
    return "\n".join(out) + "\n"


def powers():
    """The first thousand powers of two, whose first digits are published (OEIS A008952 and Benford's law)."""
    out = ['#FLAGGA 0', '#PROGRAM "prov" "1"', '#FORMAT PC8', '#GEN 20240301', '#SIETYP 4', '#FNAMN "Prov"', '#RAR 0 20230101 20231231']
    for k in range(1, 1001):
        amount = (str(2 ** k) + "000")[:4]
        out += [f'#VER A {k} 20230301 "2^{k}"', "{", f"#TRANS 4010 {{}} {amount}", f"#TRANS 1930 {{}} -{amount}", "}"]
    return "\n".join(out) + "\n"


with tempfile.TemporaryDirectory() as folder:
    made = os.path.join(folder, "made.se")
    open(made, "w").write(constructed(1500, 7))
    for path in ("examples/sydnarke/2023-planterade-fel.se", made):
        rows, opening, closing, names, psaldo = read(path)
        strata(path, rows)
        repeats(path, rows, 14)
        repeats(path, rows, 0)
        for alike in ("account", "size,month", "text,day", "series,number,amount", "month,text,account"):
            repeats(path, rows, None, alike)
            repeats(path, rows, 3, alike)
        benford(path, rows)
        ages(path, rows, opening, "fordringar", "151", "8")
        ages(path, rows, opening, "skulder", "244" if path == made else "251", "9")
        round_amounts(path, rows)
        compare(path, rows, opening, closing)
        months(path, rows)
        expressions(path, rows)
        spreadsheet(path)
    two = os.path.join(folder, "two.se")
    open(two, "w").write(powers())
    got = [r["antal"] for r in run(two, "--benford", "first", "--of", "4")["rows"]]
    check(got == [301, 176, 125, 97, 79, 69, 56, 52, 45], f"first digits of powers of two: {got}")

print(f"analyses: {failures} failures")
sys.exit(failures > 0)

"""generate.py N FILE [--journal DIR] [--seed S] [--ksumma] [--corrections] [--balances] [--settled] [--shape S] -
a SIE 4E file of N vouchers in normal form, whose sums all agree; the same seed gives the same bytes.
With --settled each payment is of an invoice of the same day, or else a cost.
A shape is how real programs write vouchers and rows: usual, indented, tabs, empty, quoted, aligned.

With --journal also the same journal as ledger, hledger, beancount and CSV read it."""
import argparse
import os
import random
import re
import zlib

ACCOUNTS = [
    ("1510", "Kundfordringar", "T"), ("1630", "Skattekonto", "T"), ("1710", "Förutbetalda kostnader", "T"),
    ("1930", "Bank", "T"), ("2010", "Eget kapital", "S"), ("2440", "Leverantörsskulder", "S"),
    ("2710", "Personalens källskatt", "S"), ("2730", "Arbetsgivaravgifter", "S"), ("2990", "Upplupna kostnader", "S"),
    ("3010", "Medlemsbidrag kommuner", "I"), ("3020", "Medlemsbidrag region", "I"), ("3030", "Medlemsbidrag staten", "I"),
    ("3910", "Övriga intäkter", "I"), ("4010", "Köp av insatser", "K"), ("4020", "Bidrag till insatser", "K"),
    ("5010", "Löner", "K"), ("5110", "Sociala avgifter", "K"), ("6010", "Lokalhyra", "K"), ("6110", "Kontorsmateriel", "K"),
    ("6210", "Telefon", "K"), ("6310", "Resor", "K"), ("6410", "Konsulter", "K"), ("6420", "Revision", "K"),
    ("6910", "Övriga kostnader", "K"), ("8410", "Räntekostnader", "K"),
]
COSTS = [a for a, _, t in ACCOUNTS if t == "K"]
SERIES = [("L", 50), ("B", 25), ("I", 10), ("K", 8), ("M", 7)]
NAMES = ["Åsa städ AB", "Östra hyreshus", "Länets konsulter", "Café Ärlan", "Söderteknik", "Möbler & mer",
         "Resebyrån Över", "Telebolaget", "Kontorsgrossisten", "Häradets el"]
SIGNS = ["AB", "CÖ", "EK", "GÅ"]


def amount(ore):
    sign, ore = ("-" if ore < 0 else ""), abs(ore)
    return f"{sign}{ore // 100}" if ore % 100 == 0 else f"{sign}{ore // 100}.{ore % 100:02}"


def days(year):
    length = [31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return [f"{year}{m + 1:02}{d + 1:02}" for m in range(12) for d in range(length[m])]


def rows_of(rng, series, units, projects):
    """(account, objects, öre, text) of one balanced voucher."""
    ore = rng.randrange(5000, 2_000_000) if rng.random() < 0.8 else rng.randrange(200, 900) * 10000
    unit, name = rng.choice(units), rng.choice(NAMES)
    objects = [("1", unit)] + ([("6", rng.choice(projects))] if rng.random() < 0.2 else [])
    if series == "L":
        part = ore * rng.randrange(10, 90) // 100
        return [(rng.choice(COSTS), objects, part, ""), (rng.choice(COSTS), [("1", rng.choice(units))], ore - part, ""),
                ("2440", [], -ore, name)]
    if series == "B":
        return [("2440", [], ore, ""), ("1930", [], -ore, "")]
    if series == "I":
        return [("1930", [], ore, ""), (rng.choice(["3010", "3020", "3030"]), objects, -ore, "")]
    if series == "K":
        return [("1510", [], ore, name), ("3910", objects, -ore, "")]
    tax, fee = ore * 30 // 100, ore * 3142 // 10000
    return [("5010", objects, ore, "Lön"), ("2710", [], -tax, ""), ("1930", [], tax - ore, ""), ("5110", objects, fee, ""),
            ("2730", [], -fee, "")]


def vouchers(n, seed, year, settled=False):
    rng, dates, invoices = random.Random(seed), days(year), {}
    units = [str(1000 + 10 * i) for i in range(max(5, min(400, n // 300)))]
    projects = [f"P{100 + i}" for i in range(max(5, min(600, n // 200)))]
    left = n
    for i, (series, share) in enumerate(SERIES):
        count = left if i == len(SERIES) - 1 else n * share // 100
        left -= count
        for k in range(count):
            at = k * len(dates) // count
            registered = dates[min(len(dates) - 1, at + rng.choice([0, 0, 0, 1, 4]))]
            text = rng.choice(NAMES) + f" faktura {rng.randrange(1000, 999999)}" if rng.random() < 0.97 else 'Omföring "fel konto"'
            sign, rows = rng.choice(SIGNS), rows_of(rng, series, units, projects)
            if settled and series == "L":
                invoices.setdefault(dates[at], []).append(-rows[-1][2])
            if settled and series == "B":
                account, ore = ("2440", invoices[dates[at]].pop(0)) if invoices.get(dates[at]) else ("6910", rows[0][2])
                rows = [(account, [], ore, ""), ("1930", [], -ore, "")]
            yield series, k + 1, dates[at], text, registered, sign, rows


def head(year, n):
    lines = ["#FLAGGA 0", '#PROGRAM "generate.py" 1', "#FORMAT PC8", f'#GEN {year + 1}0115 "EK"', "#SIETYP 4",
             '#PROSA "Påhittade uppgifter"', "#ORGNR 222000-0018", '#FNAMN "Samordningsförbundet Påhittat"',
             '#ADRESS "Kanslichefen" "Storgatan 1" "123 45 STADEN" "012-34 56 78"', f"#RAR 0 {year}0101 {year}1231",
             f"#RAR -1 {year - 1}0101 {year - 1}1231", "#KPTYP BAS95", "#VALUTA SEK"]
    for number, name, kind in ACCOUNTS:
        lines += [f'#KONTO {number} "{name}"', f"#KTYP {number} {kind}"]
    lines += ['#DIM 1 "Kostnadsställe"', '#DIM 6 "Projekt"']
    lines += [f'#OBJEKT 1 "{1000 + 10 * i}" "Enhet {i + 1}"' for i in range(max(5, min(400, n // 300)))]
    return lines + [f'#OBJEKT 6 "P{100 + i}" "Projekt {i + 1}"' for i in range(max(5, min(600, n // 200)))]


def opening():
    sums = {a: (i + 1) * 1_234_567 for i, (a, _, t) in enumerate(ACCOUNTS) if t == "T"}
    sums["2440"] = -2_345_600
    sums["2010"] = -sum(sums.values())
    return sums


def balances(moved, by_object, by_month, all_of_them):
    ib, lines = opening(), []
    kinds = {a: t for a, _, t in ACCOUNTS}
    for a in kinds:
        if ib.get(a):
            lines += [f"#IB 0 {a} {amount(ib[a])}", f"#UB -1 {a} {amount(ib[a])}"]
    for a, t in kinds.items():
        if t in "TS" and ib.get(a, 0) + moved.get(a, 0):
            lines.append(f"#UB 0 {a} {amount(ib.get(a, 0) + moved.get(a, 0))}")
    if all_of_them:
        lines += [f'#OUB 0 {a} {{1 "{o}"}} {amount(v)}' for (a, o), v in sorted(by_object.items()) if v]
    lines += [f"#RES 0 {a} {amount(moved[a])}" for a, t in kinds.items() if t in "IK" and moved.get(a)]
    if all_of_them:
        lines += [f"#PSALDO 0 {m} {a} {{}} {amount(v)}" for (m, a), v in sorted(by_month.items()) if v]
    return lines


def voucher_lines(series, number, date, text, registered, sign, rows, correct):
    escaped = text.replace('"', '\\"')
    yield f'#VER {series} {number} {date} "{escaped}" {registered} "{sign}"'
    yield "{"
    for i, (account, objects, ore, row_text) in enumerate(rows):
        inside = " ".join(f'{d} "{o}"' for d, o in objects)
        row = f"{account} {{{inside}}} {amount(ore)}"
        if correct and i == 0:
            yield f'#BTRANS {account} {{}} {amount(ore + 100)} {date} "" "" "{sign}"'
            yield f'#RTRANS {row} {date} "" "" "{sign}"'
        yield f'#TRANS {row} {date} "{row_text}"' if row_text else f"#TRANS {row}"
    yield "}"


def checksum(lines):
    """As the specification says: without blanks between fields, quotes around them and braces."""
    crc = 0
    for line in lines:
        kept, quoted = [], False
        for piece in line.replace('\\"', "\0").split('"'):
            kept.append(piece if quoted else piece.translate(str.maketrans("", "", " \t{}")))
            quoted = not quoted
        crc = zlib.crc32("".join(kept).replace("\0", '"').encode("cp437"), crc)
    return crc


def shaped(line, shape):
    """A line of a voucher as other programs write it: indented with blanks at the end, with tabs, with all fields
    though they are empty, with everything in quotes, in columns."""
    if shape == "usual" or not line.startswith(("#VER", "#TRANS")):
        return line
    f = re.findall(r'"(?:[^"\\]|\\.)*"|\{[^}]*\}|[^\s"{}]+', line)
    row = f[0] == "#TRANS"
    if shape == "indented":
        return ("   " if row else "") + line + " "
    if shape == "aligned":
        f = [x.replace("{}", "{ }") for x in f]
        return f"  {f[0]} {f[1]:9} {f[2]:12} {f[3]:>10}  {' '.join(f[4:])}" if row else f"{f[0]} {f[1]:>5} {f[2]:>7}  {' '.join(f[3:])}"
    if row and shape in ("empty", "quoted"):
        f += ['""'] * (6 - len(f))
    if shape == "quoted":
        f = [re.sub(r'(\d+) "', r'"\1" "', x) if x[0] == "{" else x if x[0] in '#"' else f'"{x}"' for x in f]
    if shape == "tabs":
        return ("\t" if row else "") + "\t".join(x.replace(" ", "\t") if x[0] == "{" else x for x in f)
    return " ".join(f)


def journals(folder, data):
    """Accounts are named as the four programs all allow."""
    place = {a: ("Assets:A" if t == "T" else "Liabilities:A" if t == "S" else "Income:A" if t == "I" else "Expenses:A") + a
             for a, _, t in ACCOUNTS}
    files = {name: open(os.path.join(folder, name), "w", encoding="utf-8") for name in ("journal.ledger", "journal.beancount", "journal.csv")}
    bean = files["journal.beancount"]
    bean.write('option "operating_currency" "SEK"\n' + "".join(f"1990-01-01 open {p} SEK\n" for p in place.values()))
    files["journal.csv"].write("series,number,date,account,unit,ore\n")
    for series, number, date, text, _, _, rows in data:
        iso = f"{date[:4]}-{date[4:6]}-{date[6:]}"
        plain = text.replace('"', "'")
        files["journal.ledger"].write(f"{iso} * ({series}{number}) {plain}\n")
        bean.write(f'{iso} * "{plain}"\n')
        for account, objects, ore, _ in rows:
            kronor = f"{'-' if ore < 0 else ''}{abs(ore) // 100}.{abs(ore) % 100:02}"
            files["journal.ledger"].write(f"    {place[account]}    {kronor} SEK\n")
            bean.write(f"  {place[account]}  {kronor} SEK\n")
            files["journal.csv"].write(f"{series},{number},{date},{account},{objects[0][1] if objects else ''},{ore}\n")
        files["journal.ledger"].write("\n")
        bean.write("\n")
    for file in files.values():
        file.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("n", type=int)
    parser.add_argument("file")
    parser.add_argument("--journal")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--year", type=int, default=2023)
    parser.add_argument("--shape", default="usual")
    for flag in ("--ksumma", "--corrections", "--balances", "--settled"):
        parser.add_argument(flag, action="store_true")
    o = parser.parse_args()
    moved, by_object, by_month, body = {}, {}, {}, []
    for n, v in enumerate(vouchers(o.n, o.seed, o.year, o.settled)):
        body += voucher_lines(*v, correct=o.corrections and n % 20 == 0)
        for account, objects, ore, _ in v[-1]:
            moved[account] = moved.get(account, 0) + ore
            key = (v[2][:6], account)
            by_month[key] = by_month.get(key, 0) + ore
            for dimension, number in objects:
                if dimension == "1":
                    by_object[account, number] = by_object.get((account, number), 0) + ore
    lines = head(o.year, o.n) + balances(moved, by_object, by_month, o.balances) + body
    if o.ksumma:
        lines = lines[:1] + ["#KSUMMA"] + lines[1:] + [f"#KSUMMA {checksum(lines[1:])}"]
    with open(o.file, "w", encoding="cp437", newline="") as file:
        file.writelines(shaped(line, o.shape) + "\r\n" for line in lines)
    if o.journal:
        journals(o.journal, vouchers(o.n, o.seed, o.year, o.settled))


if __name__ == "__main__":
    main()

"""analyses.py MEDEL FILE.se - what a revisor asks daily, timed beside sqlite3 (and DuckDB, where NODE_DUCKDB
has its package from npm) on the same rows in one run: seconds of processor time, one thread each.  All must
give the same answer.  medel reads the file each time and prints its answer; the others are timed for the
question alone, with their rows in memory."""
import csv
import datetime
import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

medel, path = sys.argv[1:3]
EPOCH = datetime.date(1970, 1, 1)
END = (datetime.date(2023, 12, 31) - EPOCH).days
COLUMNS = "row int, voucher int, series text, number int, day int, month int, reg int, vday int, free int, account text, amount bigint, text text, vtext text, sign text"

# ---- the rows, read by hand ----

# Of 2023, from the almanac; Saturdays and Sundays besides.
HOLIDAYS = "0101 0106 0407 0409 0410 0501 0518 0528 0606 0624 1104 1225 1226".split()
days = {}


def day_of(text):
    if text not in days:
        d = datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
        days[text] = (d - EPOCH).days, d.month, d.isoweekday() > 5 or d.year == 2023 and text[4:] in HOLIDAYS
    return days[text]


def fields(line):
    return [re.sub(r"\\(.)", r"\1", a) if a else b for a, b in re.findall(r'"((?:[^"\\]|\\.)*)"|(\{[^}]*\}|[^\s"]+)', line)]


def rows():
    voucher, n = None, 0
    for number, line in enumerate(open(path, encoding="cp437"), 1):
        if line.startswith("#VER"):
            n, voucher = n + 1, fields(line) + [""] * 6
        elif line.startswith("#TRANS"):
            f = fields(line) + [""] * 3
            vday, reg, when = day_of(voucher[3]), voucher[5] and day_of(voucher[5]), day_of(f[4] or voucher[3])
            free = reg[2] if reg else vday[2]
            yield (number, n, voucher[1], int(voucher[2]), when[0], when[1], reg[0] if reg else None, vday[0], int(free), f[1], round(float(f[3]) * 100),
                   f[5] or voucher[4], voucher[4], voucher[6])


def last_year():
    for line in open(path, encoding="cp437"):
        if line.startswith("#UB -1"):
            f = fields(line)
            yield f[2], round(float(f[3]) * 100)
        elif line.startswith("#VER"):
            return


# ---- the questions: what medel is asked, the same in SQL, and both answers in one form ----

def of(column, *keys):
    return lambda a: [[r[k] for k in keys] for r in a[column]]


def totals(a):
    return [[len(a["rows"]), sum(r["belopp"] for r in a["rows"])]]


COSTS = "account >= '4' and account < '8'"
RESULT = "account >= '3' and account < '9'"
QUESTIONS = {
    "strata": (["--strata", "1000,10000"], of("rows", "antal", "storlek"), ["""select count(*), sum(abs(amount)) from r
        group by case when abs(amount) < 100000 then 0 when abs(amount) < 1000000 then 1 else 2 end order by min(abs(amount))"""]),
    "benford": (["--benford"], of("rows", "siffra", "antal"), ["""select substr(cast(abs(amount) as varchar), 1, 1) d, count(*) from r
        where abs(amount) >= 100 group by d order by d"""]),
    "duplicates": (["--duplicates", "account,amount,text"], lambda a: [[a["groups"], len(a["rows"])]], ["""select count(*), sum(n) from
        (select count(*) n from r where text <> '' group by account, amount, text having count(distinct voucher) > 1) x"""]),
    "compare": (["--compare"], of("rows", "konto", "nu", "fore"), ["""select account, sum(now) n, sum(earlier) b from
        (select account, sum(amount) now, 0 earlier from r group by account union all select account, amount, amount from opened) x
        group by account having sum(now) <> 0 or sum(earlier) <> 0 order by account"""]),
    "profile": (["--profile", "3..8"], of("rows", "konto", "manad", "nu"), [f"""select account, case when month < 10 then '0' else '' end || month m, sum(amount)
        from r where {RESULT} group by account, month having sum(amount) <> 0 order by account, m"""]),
    "round": (["--round"], lambda a: [[v for r in a["rows"] if r["jamnt"] in (10000, 100000, 1000000) for v in (r["antal"], r["belopp"])]], [f"""select
        """ + ", ".join(f"sum(case when amount % {u} = 0 then 1 else 0 end), sum(case when amount % {u} = 0 then abs(amount) else 0 end)"
                        for u in (10000, 100000, 1000000)) + f" from r where {COSTS} and amount <> 0"]),
    "search": (["--search", "faktura 1234"], totals, ["""select count(*), sum(amount) from r
        where lower(text) like '%faktura 1234%' or lower(vtext) like '%faktura 1234%'"""]),
    "rows": (["--rows", "account in 4..7 and size >= 15 000"], totals, [f"select count(*), sum(amount) from r where {COSTS} and abs(amount) >= 1500000"]),
    "gaps": (["--gaps"], lambda a: [[a["missing"]]], ["""select sum(number - ahead - 1) from (select number, lag(number) over
        (partition by series order by number) ahead from (select distinct series, number from r) x) y where ahead is not null"""]),
    # An invoice and a payment of its amount go together, the oldest first: the file has no other payments.
    "ageing": (["--ageing", "skulder"], lambda a: [[-a["rows"][0][k]] for k in ("d0", "d30", "d60", "d90")], [f"""
        with o as (select day, amount, row_number() over (partition by account, amount order by day, row) k from r where account like '244%' and amount < 0),
        s as (select amount, count(*) n from r where account like '244%' and amount > 0 group by amount)
        select -sum(o.amount) from o left join s on s.amount = -o.amount where k > coalesce(n, 0)
        group by case when {END} - day < 30 then 0 when {END} - day < 60 then 1 when {END} - day < 90 then 2 else 3 end order by max(day) desc"""]),
    "journal": (["--journal"], lambda a: [[r["traffar"], r["belopp"]] for r in a["rows"]], [f"select count(*), coalesce(sum(abs(amount)), 0) from r where {w}" for w in (
        "free = 1", f"{RESULT} and reg > {END}", f"{RESULT} and day > {END - 5}", f"reg - vday > 60 and day <> {END}",
        f"{COSTS} and amount % 1000000 = 0 and amount <> 0", "text = ''",
        " or ".join(f"lower(text) like '%{w}%'" for w in ("rättelse", "korr", "omboka", "ombokn", "justering", "makul", "privat")),
        "account >= '3' and account < '4' and amount > 0",
        f"""{COSTS} and voucher in (select voucher from r where account like '19%') and voucher not in (select voucher from r where account like '244%')""",
        "account in (select account from r group by account having count(*) <= 2)",
        "sign in (select sign from r where sign <> '' group by sign having count(distinct voucher) <= 5)")] + [f"""
        with a as (select row, voucher, day, account, amount, text, day - lag(day) over (partition by account, amount, text order by day, row) apart
          from r where {COSTS} and text <> ''),
        b as (select voucher, account, amount, text, sum(case when apart is null or apart > 14 then 1 else 0 end) over
          (partition by account, amount, text order by day, row rows unbounded preceding) g from a)
        select coalesce(sum(n), 0), coalesce(sum(s), 0) from
          (select count(*) n, sum(abs(amount)) s from b group by account, amount, text, g having count(distinct voucher) > 1) x"""]),
}


# ---- who is asked ----

def timed(*args):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run([medel, "ledger", path, *args, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, out.stdout


def ask_sqlite(sql):
    start = time.process_time()
    found = base.execute(sql).fetchall()
    return time.process_time() - start, found


def ask_duck(sql):
    duck.stdin.write(" ".join(sql.split()) + "\n")
    duck.stdin.flush()
    answer = json.loads(duck.stdout.readline())
    if "wrong" in answer:
        sys.exit(f"duckdb: {answer['wrong']}: {sql}")
    return answer["seconds"], answer["rows"]


def same_form(answer):
    return [[str(v) for v in row] for row in answer]


base = sqlite3.connect(":memory:")
base.execute(f"create table r({COLUMNS})")
base.execute("create table opened(account text, amount bigint)")
base.executemany(f"insert into r values({','.join('?' * 14)})", rows())
base.executemany("insert into opened values(?,?)", last_year())
others = {f"sqlite3 {sqlite3.sqlite_version}": ask_sqlite}
if os.environ.get("NODE_DUCKDB"):
    duck = subprocess.Popen(["node", os.path.join(os.path.dirname(__file__), "duck.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for table, columns in (("r", COLUMNS), ("opened", "account text, amount bigint")):
        with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as f:
            csv.writer(f).writerows(base.execute(f"select * from {table}"))
        ask_duck(f"create table {table}({columns})")
        ask_duck(f"copy {table} from '{f.name}' (header false)")
        os.remove(f.name)
    others[f"duckdb {ask_duck('select version()')[1][0][0]}"] = ask_duck
else:
    print("duckdb: not asked (NODE_DUCKDB: a directory where npm has installed @duckdb/node-api)")
read = min(timed("--object")[0] for _ in range(3))
print(f"{base.execute('select count(*) from r').fetchone()[0]} rows; medel reads the file in {read:.2f} s")
wrong = 0
for name, (args, form, sql) in QUESTIONS.items():
    tries = [timed(*args) for _ in range(3)]
    want = same_form(form(json.loads(tries[0][1])))
    line = f"{name:12} medel {min(t[0] for t in tries):6.2f} s with the file read"
    for other, ask in others.items():
        tries = [[ask(one) for one in sql] for _ in range(2)]
        line += f"; {other} {min(sum(seconds for seconds, _ in t) for t in tries):6.2f} s"
        found = same_form(row for _, answer in tries[0] for row in answer)
        if found != want:
            wrong += 1
            line += f" (ANOTHER ANSWER: {str(found)[:300]}, not {str(want)[:300]})"
    print(line, flush=True)
print(f"check        medel {timed('--check')[0]:6.2f} s with the file read")
sys.exit(wrong > 0)

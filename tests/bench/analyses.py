"""analyses.py MEDEL FILE.se - what a revisor asks daily, timed beside sqlite3 (and DuckDB, where NODE_DUCKDB
has its package from npm) on the same rows in one run: seconds of processor time, one thread each.
medel reads the file each time and prints its answer; the others are timed for the question alone, with
their rows in memory."""
import csv
import os
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

medel, path = sys.argv[1:3]


def rows():
    voucher, n = None, 0
    for line in open(path, encoding="cp437"):
        if line.startswith("#VER"):
            f = re.findall(r'"([^"]*)"|(\S+)', line)
            f = [a or b for a, b in f] + [""] * 6
            n, voucher = n + 1, f
        elif line.lstrip().startswith("#TRANS"):
            m = re.match(r'\s*#TRANS (\S+) \{([^}]*)\} (\S+)', line)
            yield n, voucher[1], voucher[3], voucher[5], m[1].strip('"'), round(float(m[3].strip('"')) * 100), voucher[4]


questions = {
    "strata": (["--strata"], "select case when abs(amount)<100000 then 0 when abs(amount)<1000000 then 1 else 2 end k, count(*), sum(abs(amount)) from r group by k"),
    "benford": (["--benford"], "select substr(cast(abs(amount) as text),1,1) d, count(*) from r where abs(amount)>=100 group by d"),
    "duplicates": (["--duplicates", "account,amount,text"], "select account, amount, text, count(distinct voucher) n from r group by 1,2,3 having n>1"),
    "compare": (["--compare"], "select account, sum(amount) from r group by account"),
    "profile": (["--profile", "3..8"], "select account, substr(day,5,2) m, sum(amount) from r where account>='3' and account<'9' group by 1,2"),
    "round": (["--round"], "select sum(amount%10000=0), sum(amount%100000=0), sum(amount%1000000=0) from r where account>='4' and account<'8' and amount<>0"),
    "search": (["--search", "finns inte"], "select count(*) from r where lower(text) like '%finns inte%'"),
    "rows": (["--rows", "account in 4..7 and size >= 10 000 000"], "select * from r where account>='4' and account<'8' and abs(amount)>=1000000000"),
    "gaps": (["--gaps"], "select series, count(distinct voucher) from r group by series"),
}


def timed(*args):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([medel, "ledger", path, *args, "--json"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ask_sqlite(sql):
    start = time.process_time()
    base.execute(sql).fetchall()
    return time.process_time() - start


def ask_duck(sql):
    duck.stdin.write(sql + "\n")
    duck.stdin.flush()
    answer = duck.stdout.readline()
    if not answer or answer.startswith("wrong"):
        sys.exit(f"duckdb: {answer}: {sql}")
    return float(answer)


base = sqlite3.connect(":memory:")
base.execute("create table r(voucher int, series text, day text, reg text, account text, amount int, text text)")
base.executemany("insert into r values(?,?,?,?,?,?,?)", rows())
others = {"sqlite3": ask_sqlite}
if os.environ.get("NODE_DUCKDB"):
    duck = subprocess.Popen(["node", os.path.join(os.path.dirname(__file__), "duck.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as f:
        csv.writer(f).writerows(base.execute("select * from r"))
    ask_duck("create table r(voucher int, series text, day text, reg text, account text, amount bigint, text text)")
    ask_duck(f"copy r from '{f.name}' (header false)")
    os.remove(f.name)
    others["duckdb"] = ask_duck
else:
    print("duckdb: not asked (NODE_DUCKDB)")
read = min(timed("--object") for _ in range(3))
print(f"{base.execute('select count(*) from r').fetchone()[0]} rows; medel reads the file in {read:.2f} s")
for name, (args, sql) in questions.items():
    whole = min(timed(*args) for _ in range(3))
    line = f"{name:12} medel {whole:6.2f} s with the file read"
    for other, ask in others.items():
        line += f"; {other} {min(ask(sql) for _ in range(2)):6.2f} s"
    print(line)
for args in (["--journal"], ["--ageing", "fordringar"], ["--check"]):
    print(f"{args[0][2:]:12} medel {timed(*args):6.2f} s with the file read")

"""ledger.py BUILD [A1|A2] [OTHER_BUILD] - a SIE file read, checked and summed beside ledger, hledger, beancount, SQLite and
DuckDB on the same journal, beside wc -l and beside bare scans of its bytes.

Medians of CPU time of whole processes that took turns, as ratios; the first turn warms up.  DuckDB is its
command, or where NODE_DUCKDB has its package from npm that, on one thread and without the start of node.
Another build is measured beside, as "the build before".  BENCH_N
turns (at least 5); BENCH_LARGE=1 tries the slow ones on the large journal too, which takes an hour."""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

build = sys.argv[1]
ours = os.path.abspath(os.path.join(build, "bench/ledger"))
times = max(5, int(os.environ.get("BENCH_N", "5")))
before = next((os.path.abspath(os.path.join(a, "bench/ledger")) for a in sys.argv[2:] if a not in ("A1", "A2")), None)
slow_too = os.environ.get("BENCH_LARGE") == "1"
here = os.path.dirname(os.path.abspath(__file__))
PACKAGES = {"ledger": "apt install ledger", "hledger": "apt install hledger", "bean-check": "apt install beancount",
            "sqlite3": "apt install sqlite3", "duckdb": "npm i @duckdb/node-api in a directory that NODE_DUCKDB names"}


def once(command):
    """CPU seconds and the largest resident size in KiB."""
    if callable(command):
        return command(), 0
    null = os.open(os.devnull, os.O_RDWR)
    pid = os.posix_spawnp(command[0], command, os.environ,
                          file_actions=[(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)])
    _, status, usage = os.wait4(pid, 0)
    os.close(null)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"bench: {' '.join(command)} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def by_turns(commands):
    results = [[] for _ in commands]
    for turn in range(times + 1):
        for result, command in zip(results, commands):
            measured = once(command)
            if turn:
                result.append(measured)
    return [[statistics.median(row[i] for row in result) for i in (0, 1)] for result in results]


def said(seconds):
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def sqlite(folder):
    return ["sqlite3", ":memory:", ".mode csv", f".import {folder}/journal.csv j",
            "select account, sum(ore) from j group by account", "select series, number from j group by 1, 2 having sum(ore) <> 0"]


def duck_of_npm():
    """Asks the package one statement: seconds and rows; None where it is not."""
    if not os.environ.get("NODE_DUCKDB"):
        return None
    duck = subprocess.Popen(["node", os.path.join(here, "duck.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def asked(sql="select 1"):
        duck.stdin.write(sql + "\n")
        duck.stdin.flush()
        answer = json.loads(duck.stdout.readline())
        if "wrong" in answer:
            sys.exit(f"bench: duckdb: {answer['wrong']}")
        return answer["seconds"], answer["rows"]

    return asked


duck = duck_of_npm()


def duck_trial(folder):
    return lambda: sum(duck(sql)[0] for sql in (f"create or replace table j as select * from read_csv('{folder}/journal.csv')",
                                                "select account, sum(ore) from j group by account",
                                                "select series, number from j group by 1, 2 having sum(ore) <> 0"))


def duckdb(folder):
    return ["duckdb", "-c", f"create table j as select * from read_csv('{folder}/journal.csv'); select account, sum(ore) from j "
            "group by account; select series, number from j group by 1, 2 having sum(ore) <> 0"]


def peers(folder, large):
    """Name, command, aim."""
    aim = (lambda small, big: big if large else small)
    found = [("ledger", ["ledger", "-f", f"{folder}/journal.ledger", "bal"], aim("≤ 0.025", "")),
             ("hledger", ["hledger", "-f", f"{folder}/journal.ledger", "bal"], ""),
             ("bean-check", ["bean-check", "--no-cache", f"{folder}/journal.beancount"], ""),
             ("sqlite3", sqlite(folder), aim("≤ 0.083", "")),
             ("duckdb", duckdb(folder), aim("", "≤ 0.5"))]
    for name, command, wanted in found:
        if name == "duckdb" and duck:
            yield name, duck_trial(folder), wanted
        elif large and name in ("ledger", "hledger", "bean-check") and not slow_too:
            print(f"A2  {name} is left out here: BENCH_LARGE=1 waits for it")
        elif shutil.which(name):
            yield name, command, wanted
        else:
            print(f"{aim('A1', 'A2')}  not measured: {name} is not there ({PACKAGES[name]})")


def version(name):
    if not shutil.which(name):
        with open(os.path.join(os.environ["NODE_DUCKDB"], "node_modules/@duckdb/node-api/package.json"), encoding="utf-8") as package:
            return f"{name} of npm {json.load(package)['version']}"
    flag = "--version"
    run = subprocess.run([name, flag], capture_output=True, text=True, check=False)
    return f"{name} " + next((w.strip(",") for w in (run.stdout + run.stderr).split() if w[0].isdigit()), "")


def measure(folder, count, line):
    sie = os.path.join(folder, "journal.se")
    subprocess.run([sys.executable, os.path.join(here, "../sie/generate.py"), str(count), sie, "--journal", folder], check=True)
    print(f"    {count} vouchers, {os.path.getsize(sie) / 1e6:.0f} MB; trial balance and all checks, CPU, n={times}", flush=True)
    large = count >= 1_000_000
    others = list(peers(folder, large))
    floor = [("wc -l", ["wc", "-l", sie], "≤ 6" if large else ""),
             ("bare scan for separators", [ours, "scan", sie], "≤ 4" if large else ""),
             ("memchr for lines", [ours, "lines", sie], "")]
    if before:
        floor.append(("the build before", [before, "trial", sie], ""))
    all_of_them = [("in full", [ours, "trial", sie], ""), ("streamed", [ours, "stream", sie], "")] + others + floor
    results = by_turns([command for _, command, _ in all_of_them])
    (full, _), (stream, resident) = results[:2]
    for (name, command, aim), (seconds, size) in zip(all_of_them[2:], results[2:]):
        shown = version(name) if name in PACKAGES else name
        print(f"{line}  in full {said(full):>8}  {shown:28} {said(seconds):>8} {size / 1024:6.0f} MiB  "
              f"ratio {full / seconds:7.4f}{aim and f' (aim {aim})'}", flush=True)
    print(f"{line}  streamed {said(stream):>7}  in full {said(full)}, ratio {stream / full:.2f}")
    highest, vouchers = map(int, subprocess.run([ours, "memory", sie], check=True, capture_output=True, text=True).stdout.split())
    print(f"A3  in full {highest / vouchers:.1f} B a voucher beside the file (aim ≤ 110); streamed {resident / 1024:.1f} MiB resident "
          f"(aim ≤ 16)", flush=True)
    runs = [subprocess.run([ours, "balance", sie], check=True, capture_output=True, text=True).stdout.split() for _ in range(times)]
    rows = int(runs[0][0])
    kept, columns = (statistics.median(float(run[i]) for run in runs) for i in (1, 2))
    print(f"A4  balance of {rows} rows, accounts and period: {said(kept)}, {rows / kept / 1e9:.1f} G rows/s (aim ≥ 1); "
          f"through the columns {said(columns)}, {rows / columns / 1e9:.2f} G rows/s", flush=True)
    questions(sie, kept)


def beside_duck(what, ours_took, sql, answer, aim=""):
    """The same of the table that DuckDB has read: both must answer the same."""
    if not duck:
        return
    runs = [duck(sql) for _ in range(times)]
    theirs = statistics.median(seconds for seconds, _ in runs)
    if answer is not None and runs[0][1] != answer:
        sys.exit(f"bench: duckdb says {runs[0][1][:3]} of {what}, not {answer}")
    print(f"A4  {what}: {said(ours_took)}; {version('duckdb')} {said(theirs)}, ratio {ours_took / theirs:.4f}{aim and f' (aim {aim})'}", flush=True)


def questions(sie, balance):
    """Of the rows that both have in memory."""
    runs = [subprocess.run([ours, "questions", sie], check=True, capture_output=True, text=True).stdout.split() for _ in range(times)]
    rows, net, groups = runs[0][0], runs[0][1], int(runs[0][3])
    book, months = (statistics.median(float(run[i]) for run in runs) for i in (2, 4))
    beside_duck("balance of accounts and period", balance,
                "select sum(ore) from j where account between 3000 and 6999 and date between 20230115 and 20231215", None, "≤ 0.125")
    beside_duck(f"huvudbok, the {rows} rows of an account and period", book, "select count(*), sum(ore) from j where account = 1930 and date between 20230301 and 20230930",
                [[rows, net]])
    beside_duck(f"balances by account and month, {groups} of them", months,
                "select count(*) from (select account, date // 100, sum(ore) from j group by 1, 2)", [[str(groups)]])


SHAPES = ("usual", "indented", "tabs", "empty", "quoted", "aligned")


def instructions(command):
    """Counted by valgrind, where it is: what a loaded machine does not change."""
    if not shutil.which("valgrind"):
        return ""
    run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], capture_output=True, text=True, check=False)
    refs = [line.split(":")[1].strip().replace(",", "") for line in run.stderr.splitlines() if "refs" in line]
    return f"; {int(refs[0]) / 1e6:.0f} M instructions" if refs else ""


def measure_shapes(folder, count):
    """The same vouchers as real programs write them."""
    files = [os.path.join(folder, shape + ".se") for shape in SHAPES]
    for shape, file in zip(SHAPES, files):
        subprocess.run([sys.executable, os.path.join(here, "../sie/generate.py"), str(count), file, "--shape", shape], check=True)
    results = by_turns([[ours, "trial", file] for file in files])
    for shape, file, (seconds, _) in zip(SHAPES, files, results):
        print(f"A1  {shape:9} {said(seconds):>8}, {seconds / results[0][0]:.2f} of the usual shape{instructions([ours, 'trial', file])}", flush=True)


for number, name in ((100_000, "A1"), (1_000_000, "A2")):
    if name in ([a for a in sys.argv[2:] if a in ("A1", "A2")] or [name]):
        with tempfile.TemporaryDirectory() as place:
            measure(place, number, name)
            if name == "A1":
                measure_shapes(place, number)

"""cases.py DESCRIBE SOURCES [--reset] - small files, each with what is unusual in it: what the reader
says of them is compared with NAME.expected, and every deviation there is must be said of one."""
import glob
import json
import os
import re
import subprocess
import sys

describe, sources = sys.argv[1:3]
reset = "--reset" in sys.argv
here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases")
failures, said = 0, set()


def kronor(ore):
    return f"{'-' if ore < 0 else ''}{abs(ore) // 100}.{abs(ore) % 100:02}"


def text(d):
    yield f"{d['type']} {d['encoding']}, {len(d['vouchers'])} vouchers, {d['errors']} errors"
    for v in d["deviations"]:
        said.add(v["code"])
        times = f" ({v['count']})" if v["count"] > 1 else ""
        place = f"line {v['line']}" if v["line"] else "file"
        field = f" field {v['field']}" if v["field"] else ""
        label = f" #{v['label']}" if v["label"] else ""
        yield f"{v['severity']} {v['code']}{label} {place}{field}{times}"
        yield f"    {v['text']}"
        yield f"    {v['message']}"
    objects = [d["dimensions"][o["dimension"]]["number"] + ":" + o["number"] for o in d["objects"]]
    for v in d["vouchers"]:
        name = f"{d['series'][v['series']]['name']!r} {v['number']!r}"
        yield f"voucher {name} {v['day']} registered {v['regday']} {v['text']!r} line {v['line']} sum {kronor(v['sum'])}"
        for r in v["rows"] + v["trail"]:
            rest = " ".join(repr(r[k]) for k in ("text", "quantity", "sign") if r[k])
            kind = ("", " added", " struck")[r["kind"]]
            where = "{" + " ".join(objects[o] for o in r["objects"]) + "}"
            yield f"  {d['accounts'][r['account']]['number']} {where} {kronor(r['amount'])} {r['day']} line {r['line']}{kind} {rest}".rstrip()
    for c in d["checks"]:
        account = f" {d['accounts'][c[1]]['number']}" if c[1] >= 0 else ""
        yield f"check {c[0]}{account} {c[3] or ''} stated {kronor(c[5])} found {kronor(c[6])}".replace("  ", " ")


def described(path, how):
    run = subprocess.run([describe, *how, os.path.basename(path)], capture_output=True, check=False, cwd=here)
    if run.returncode:
        return run.stderr.decode()
    return "\n".join(text(json.loads(run.stdout))) + "\n"


describe = os.path.abspath(describe)
paths = sorted(p for p in glob.glob(os.path.join(here, "*.s[ei]")))
for path in paths:
    now = described(path, [])
    for how in ("--scalar", "--sse2"):
        if described(path, [how]) != now:
            sys.exit(f"{path}: {how} gives another answer")
    expected = path + ".expected"
    if reset:
        with open(expected, "w", encoding="utf-8") as file:
            file.write(now)
    with open(expected, encoding="utf-8") as file:
        before = file.read()
    if before != now:
        failures += 1
        print(f"{expected} says:\n{before}but now there is:\n{now}")
with open(sources, encoding="utf-8") as file:
    codes = set(re.findall(r"^SIE_DEVIATION\((\w+)", file.read(), re.M))
never = codes - said - {"encoding_forced", "encoding_changed"}  # those need options: test_ledger.c
if never:
    failures += 1
    print("no case has:", *sorted(never))
if failures:
    sys.exit(1)
print(f"sie: {len(paths)} small files say what they said; {len(said)} kinds of deviation")

"""bench.py BUILD [LINE...] - speed and memory beside peers.

Every line is a ratio of medians of runs that took turns, since machines drift by tens of
per cent between one minute and the next: the ratio is what to look at.  Nothing here is a
test.  A peer that is not there is left out, with the package that has it."""
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

build, wanted = sys.argv[1], sys.argv[2:]
medel = os.path.join(build, "medel")
report = "examples/sydnarke/2023.yaml"
here = "tests/bench/"
python = next((p for p in ("/usr/bin/python3", shutil.which("python3")) if p and os.path.exists(p)), None)
times = int(os.environ.get("BENCH_N", "15"))


# ---- running by turns ----


def once(command):
    """Wall and CPU seconds, the largest resident size in KiB and page faults; output is thrown away."""
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    os.close(null)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"bench: {' '.join(command)} failed")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, usage.ru_minflt


def by_turns(commands, n):
    """One list of (wall, cpu, KiB, page faults) for each command; the first turn warms up and is not counted."""
    results = [[] for _ in commands]
    for turn in range(n + 1):
        for result, command in zip(results, commands):
            measured = once(command)
            if turn:
                result.append(measured)
    return results


def median(result, column):
    return statistics.median(row[column] for row in result)


def output(command):
    return subprocess.run(command, check=True, capture_output=True, text=True)


def columns(text):
    rows = [[float(cell) for cell in line.split()] for line in text.splitlines()]
    return [statistics.median(column) for column in zip(*rows)], len(rows)


# ---- printing ----


def said(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return "0"


def line(name, what, ours, theirs, peer, n, aim=""):
    print(f"{name:3} {what:44} {said(ours):>8}  {peer:27} {said(theirs):>8}  "
          f"ratio {ours / theirs:6.3f}{aim and f' (aim {aim})':16} n={n}", flush=True)


def alone(name, what, ours, aim):
    print(f"{name:3} {what:44} {ours:>8}  (aim {aim})", flush=True)


def left_out(name, peer, package):
    print(f"{name:3} not measured: {peer} is not there (apt install {package})", flush=True)


def has_yaml():
    return python and subprocess.run([python, "-c", "import yaml; yaml.CSafeLoader"], capture_output=True).returncode == 0


def versions():
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo", encoding="utf-8") if l.startswith("model name")),
               platform.machine())
    parts = [output([medel, "--version"]).stdout.strip(), f"{os.cpu_count()} × {cpu}"]
    if python:
        parts.append(f"{python} {output([python, '-V']).stdout.split()[1]}")
    if has_yaml():
        parts.append("PyYAML " + output([python, "-c", "import yaml; print(yaml.__version__)"]).stdout.strip())
    print("    " + ", ".join(parts), flush=True)


def counted(command):
    """What does not depend on what else the machine does: instructions, where valgrind can count them."""
    if not shutil.which("valgrind"):
        return "instructions not counted: valgrind is not there (apt install valgrind)"
    run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    return f"{int(re.search(r'Collected : ([0-9]+)', run.stderr)[1]) / 1e6:.1f} M instructions"


# ---- the lines ----


def cold_start():
    if not python:
        return left_out("E1", "python3", "python3")
    commands = [[medel, "audit", report], [python, "-c", "pass"]]
    peers = ["python3 -c pass"]
    if has_yaml():
        for loader in ("CSafeLoader", "SafeLoader"):
            commands.append([python, here + "load.py", loader, report])
            peers.append(f"python3 + PyYAML {loader}")
    else:
        left_out("E1", "PyYAML", "python3-yaml")
    ours, *others = by_turns(commands, times)
    for peer, other in zip(peers, others):
        aim = "≤ 0.5" if peer == "python3 -c pass" else ""
        line("E1", "cold start: audit of one report, wall", median(ours, 0), median(other, 0), peer, times, aim)
    print(f"    {counted([medel, 'audit', '-j0', report])} without children, {median(ours, 3):.0f} page faults")


def load_report():
    run = output([os.path.join(build, "bench/load"), "rules/taxonomy/finsam.yaml", report, "examples/sydnarke/forbund.yaml"])
    (ours, bare), n = columns(run.stdout)
    line("F2", "load of one report, CPU", ours / 1e9, bare / 1e9, "bare events, " + run.stderr.strip(), n, "≤ 2.5")


def rules():
    """Lua and Python by turns: one process each a turn."""
    mine, theirs = [], []
    for _ in range(times):
        mine.append(output([medel, "run", "--trust", here + "rules.lua", "1"]).stdout)
        if python:
            theirs.append(output([python, here + "slots.py", "1"]).stdout)
    (get, concept, row, rule, pack, state), n = columns("".join(mine))
    line("C1", "field of a rule's report: a concept, CPU", concept / 1e9, get / 1e9, "get from a Lua table", n, "≤ 4")
    line("C1", "field of a rule's report: a row at hand", row / 1e9, get / 1e9, "get from a Lua table", n, "≤ 4")
    if python:
        (slots,), n = columns("".join(theirs))
        line("C2", "one rule: 3 fields, a sum, a comparison, CPU", rule / 1e9, slots / 1e9, "Python slots, plain integers", n, "≤ 2")
    else:
        left_out("C2", "python3", "python3")
    alone("C2", "a rule of the packs on that report, CPU", said(pack / 1e9), "≤ 15 µs")
    alone("C3", "a state for rules, with its limits, CPU", said(state / 1e9), "≤ 20 µs")


def rows():
    (tables, ledger, left), n = columns(output([medel, "run", "--trust", here + "rows.lua", str(times)]).stdout)
    line("A5", "loop over a ledger's rows in Lua, CPU", ledger / 1e9, tables / 1e9, "plain Lua tables", n, "≤ 1.2")
    print(f"    what 180 000 rows leave to collect: {left:.1f} KiB, the walk itself")


def shifted(text, years):
    return re.sub(r"\b20[12]\d\b", lambda m: str(int(m[0]) + years), text)


def make_reports(folder, members=80, years=10):
    with open(report, encoding="utf-8") as file:
        text = file.read()
    with open("examples/sydnarke/forbund.yaml", encoding="utf-8") as file:
        forbund = file.read()
    for i in range(members):
        place = os.path.join(folder, f"forbund-{i:02}")
        os.mkdir(place)
        with open(os.path.join(place, "forbund.yaml"), "w", encoding="utf-8") as file:
            file.write(forbund)
        for k in range(years):
            # Forwards: some norms were not in force in earlier years.
            with open(os.path.join(place, f"{2023 + k}.yaml"), "w", encoding="utf-8") as file:
                file.write(shifted(text, k))
    return members * years


def many_reports():
    n = min(times, 5)
    with tempfile.TemporaryDirectory() as folder:
        count = make_reports(folder)
        commands = [[medel, "audit", folder]]
        if has_yaml():
            commands.append([python, here + "load.py", "CSafeLoader", folder])
        else:
            left_out("F1", "PyYAML", "python3-yaml")
        ours, *others = by_turns(commands, n)
    rules_run = int(output([medel, "rules"]).stdout.split()[-2])
    wall, cpu = median(ours, 0), median(ours, 1)
    for other in others:
        line("F1", f"{count} reports, every rule, wall", wall, median(other, 0), "Python only loading them", n, "≤ 0.5")
        line("F1", f"{count} reports, every rule, CPU", cpu, median(other, 1), "Python only loading them", n)
    print(f"    {said(wall / count)} a report, {count * rules_run / wall:,.0f} rules a second, ".replace(",", " ")
          + f"{median(ours, 2) / 1024:.0f} MiB")


def coverage():
    n = min(times, 3)
    (tried,) = by_turns([[medel, "coverage", "-j1", report]], n)
    alone("G1", "coverage of one report, one core, CPU", said(median(tried, 1)), "≤ 10 s")


def check():
    with tempfile.TemporaryDirectory() as folder:
        book = os.path.join(folder, "journal.se")
        subprocess.run([sys.executable, here + "../sie/generate.py", "1000000", book], check=True, stdout=subprocess.DEVNULL)
        _, cpu, resident, _ = once([medel, "ledger", book, "--check", "--time-limit", "600000"])
    alone("L", f"ledger --check, 1 000 000 vouchers, {resident / 1024:.0f} MiB", said(cpu), "≤ 3 s")


def memory():
    with tempfile.TemporaryDirectory() as folder:
        for name in (report, "examples/sydnarke/forbund.yaml"):
            shutil.copy(name, folder)
        for years, decisions, aim in ((10, 8, "≤ 32 MiB"), (60, 200, "≤ 128 MiB")):
            path = os.path.join(folder, f"scenario-{years}.lua")
            with open(path, "w", encoding="utf-8") as file:
                file.write(f'return scenario "Lång" {{ base = report "2023.yaml", years = {{ 2024, {2023 + years} }},\n' + "".join(
                    f'decision {{ "Beslut {k}", by = "styrelsen", from = "{2024 + k % 4}-01", medlemsbidrag = percent(-1) }},\n'
                    for k in range(decisions)) + "}\n")
            _, cpu, resident, _ = once([medel, "project", path, "--time-limit", "600000", "--memory-limit", "4000"])
            alone("M", f"project, {years} years, {decisions} decisions, {said(cpu)}", f"{resident / 1024:.0f} MiB", aim)
        sizes = []
        for members in (10, 100):
            place = os.path.join(folder, f"reports-{members}")
            os.mkdir(place)
            make_reports(place, members)
            sizes.append(once([medel, "audit", place])[2] / 1024)
    alone("M", f"audit of 1000 reports; of 100 {sizes[0]:.0f} MiB", f"{sizes[1]:.0f} MiB", "flat")


lines = {"E1": cold_start, "F2": load_report, "C": rules, "A5": rows, "G1": coverage, "L": check, "M": memory, "F1": many_reports}
versions()
for name, measure in lines.items():
    if not wanted or name in wanted:
        measure()

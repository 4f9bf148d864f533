"""counts.py BUILD [--write] [LINE...] - instructions and page faults of what is measured, beside the last release's.

Instructions do not depend on what else the machine does, as time does: valgrind counts them, of a command and of the
processes that it begins.  Page faults are the kernel's, the fewest of five runs: more where no huge page is free; beside
them the least CPU time and memory.  release.txt has what the last release took; with --write what is counted now is
written there.  Another compiler or processor counts otherwise: compare on one machine."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
build = os.path.abspath(sys.argv[1])
wanted = [a for a in sys.argv[2:] if a != "--write"]
kept = os.path.join(here, "release.txt")
fell = 1.02  # what is less than this is the compiler's
medel, ledger, montecarlo, load = (os.path.join(build, name) for name in ("medel", "bench/ledger", "bench/montecarlo", "bench/load"))
report = os.path.abspath("examples/sydnarke/2023.yaml")


def journal(folder, vouchers=20000):
    path = os.path.join(folder, "journal.se")
    subprocess.run([sys.executable, os.path.join(here, "../sie/generate.py"), str(vouchers), path], check=True, stdout=subprocess.DEVNULL)
    return path


def reports(folder):
    for k in range(10):
        place = os.path.join(folder, f"forbund-{k}")
        os.mkdir(place)
        for name in (report, os.path.join(os.path.dirname(report), "forbund.yaml")):
            shutil.copy(name, place)
    return folder


def scenario(folder):
    path = os.path.join(folder, "scenario.lua")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f'return scenario "Lång" {{ base = report "{os.path.basename(reports_beside(folder))}", years = {{ 2024, 2033 }},\n'
                   + "".join(f'  decision {{ "Beslut {k}", by = "styrelsen", from = "{2024 + k % 4}-01", medlemsbidrag = percent(-1) }},\n'
                             for k in range(8)) + "}\n")
    return path


def reports_beside(folder):
    for name in (report, os.path.join(os.path.dirname(report), "forbund.yaml")):
        shutil.copy(name, folder)
    return os.path.join(folder, os.path.basename(report))


lines = {
    "E1": ("cold start: audit of one report", lambda _: [medel, "audit", "-j0", report]),
    "F1": ("audit of ten reports", lambda place: [medel, "audit", "-j0", reports(place)]),
    "F2": ("load of one report, 300 times", lambda _: [load, "rules/taxonomy/finsam.yaml", report,
                                                       os.path.join(os.path.dirname(report), "forbund.yaml")]),
    "C": ("fields, a rule, the packs in a loop", lambda _: [medel, "run", "--trust", os.path.join(here, "rules.lua"), "1"]),
    "A1": ("SIE, 20 000 vouchers, trial balance", lambda place: [ledger, "trial", journal(place)]),
    "A2": ("SIE, 100 000 vouchers, streamed", lambda place: [ledger, "stream", journal(place, 100000)]),
    "A5": ("a loop over a ledger's rows in Lua", lambda _: [medel, "run", "--trust", os.path.join(here, "rows.lua"), "1"]),
    "check": ("ledger --check, 20 000 vouchers", lambda place: [medel, "ledger", journal(place), "--check", "--time-limit", "600000"]),
    "D1": ("Monte Carlo, 20 000 paths, one core", lambda _: [montecarlo, "run", "20000", "1"]),
    "G1": ("coverage of a small report", lambda _: [medel, "coverage", "-j1", os.path.abspath("tests/data/liten.yaml")]),
    "project": ("ten years, eight decisions", lambda place: [medel, "project", scenario(place), "--time-limit", "600000"]),
}


def instructions(command):
    if not shutil.which("valgrind"):
        return None
    run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    return sum(int(n) for n in re.findall(r"Collected : (\d+)", run.stderr))


def cost(command):
    """Page faults, CPU seconds and the largest resident size in MiB."""
    null = os.open(os.devnull, os.O_RDWR)
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)])
    _, status, usage = os.wait4(pid, 0)
    os.close(null)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"counts: {' '.join(command)} failed")
    return usage.ru_minflt, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def released():
    if not os.path.exists(kept):
        return {}
    with open(kept, encoding="utf-8") as file:
        rows = [line.split() for line in file if line.strip() and not line.startswith("#")]
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def main():
    before, now, worse = released(), {}, []
    for name, (what, command) in lines.items():
        if wanted and name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as place:
            full = command(place)
            counted = instructions(full)
            faulted, seconds, resident = map(min, zip(*(cost(full) for _ in range(5))))
        said = "instructions not counted (apt install valgrind)" if counted is None else f"{counted / 1e6:9.1f} M instructions"
        if counted and name in before:
            said += f", {counted / before[name][0]:.2f} of the last release"
            if counted > fell * before[name][0]:
                worse.append(name)
        if counted:
            now[name] = (counted, faulted)
        print(f"{name:5} {what:36} {said}; {faulted} page faults" + (f" ({before[name][1]})" if name in before else "")
              + f", {seconds * 1e3:.1f} ms, {resident:.0f} MiB", flush=True)
    if before:
        print("fell behind the last release: " + (", ".join(worse) or "none"))
    if "--write" in sys.argv:
        with open(kept, "w", encoding="utf-8") as file:
            file.write("# What the last release took: line, instructions, page faults (counts.py BUILD --write).\n")
            for name, counts in {**before, **now}.items():
                file.write(f"{name} {counts[0]} {counts[1]}\n")


main()

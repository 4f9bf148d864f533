"""determinism.py TIMES EVERY MEDEL [MEDEL...] - the same bytes of every format, from every program, in every locale
and time zone, on one core and on several.  Each turn runs each EVERYth command.  Locales are made beside the
first program."""
import hashlib
import itertools
import math
import os
import subprocess
import sys

import work

ROOT = work.ROOT
REPORTS = ("examples/lekeberg-orebro/2023.yaml", "examples/sydnarke/2023.yaml")
COMMANDS = [("audit", "--level", "note", "-f", name, "--jobs", "{jobs}", *REPORTS)
            for name in ("text", "json", "sarif", "junit", "csv", "md")] + [
    ("audit", "--why", REPORTS[1]),
    ("report", "granskning", "-f", "html", REPORTS[0]), ("report", "granskning", REPORTS[1]),
    ("report", "begaran", REPORTS[1]),
    ("project", "--paths", "500", "--threads", "{jobs}", "scripts/scenarios/sydnarke-minus-tio.yaml"),
    ("project", "-f", "csv", "scripts/scenarios/lekeberg-orebro-halverad.lua"),
    ("project", "-f", "json", "scripts/scenarios/sydnarke-minus-tio.yaml"),
    ("explain", REPORTS[0], "eget_kapital - riktlinje.eget_kapital"), ("repair", REPORTS[1]),
    ("rules",), ("schema",), ("new", "Förbundet Åäö", "2024"), ("help", "--man"),
    ("run", "examples/nyckeltal.lua", REPORTS[0]),
]
LOCALES = (("C", "UTF-8"), ("sv_SE", "UTF-8"), ("tr_TR", "UTF-8"), ("ar_EG", "UTF-8"), ("sv_SE", "ISO-8859-1"))
ZONES = ("UTC", "Pacific/Apia", "Asia/Kathmandu")


def locales(folder):
    """Those that could be made here."""
    os.makedirs(folder, exist_ok=True)
    made = ["C"]
    for name, charset in LOCALES[1:]:
        path = os.path.join(folder, f"{name}.{charset}")
        if not os.path.isdir(path):
            try:
                subprocess.run(["localedef", "-c", "-i", name, "-f", charset, path], capture_output=True, check=False)
            except FileNotFoundError:
                pass
        if os.path.isdir(path):
            made.append(f"{name}.{charset}")
    return made


def digest(medel, command, environment, jobs):
    made = subprocess.run([medel, *(word.format(jobs=jobs) for word in command)], cwd=ROOT, capture_output=True,
                          check=False, stdin=subprocess.DEVNULL, env={"PATH": "/usr/bin:/bin", "MEDEL_DATA": ROOT,
                                                                     **environment})
    if made.returncode not in (0, 1):
        raise SystemExit(f"{command}: {made.returncode}: {made.stderr.decode()[-500:]}")
    return hashlib.sha256(made.stdout + b"\0" + made.stderr).hexdigest()


def main(times, every, *programs):
    programs = [os.path.abspath(program) for program in programs]
    folder = os.path.join(os.path.dirname(programs[0]), "tests", "locales")
    names = locales(folder)
    ways = list(itertools.product(programs, names, ZONES, (1, 2, 3)))
    # Each of many runs has another program, locale, zone and number of jobs: a step that shares
    # no factor with their number comes to all of them.
    step = next(n for n in range(len(ways) * 5 // 8, 2 * len(ways)) if math.gcd(n, len(ways)) == 1)
    first, different, runs = {}, 0, 0
    for turn in range(int(times)):
        program, locale, zone, jobs = ways[turn * step % len(ways)]
        environment = {"LC_ALL": locale, "LANG": locale, "LOCPATH": folder, "TZ": zone}
        for command in COMMANDS[turn % int(every)::int(every)]:
            got = digest(program, command, environment, jobs)
            runs += 1
            if first.setdefault(command, got) != got:
                different += 1
                print(f"FAIL {' '.join(command)}: {program} {environment} {jobs} jobs", flush=True)
    print(f"determinism: {times} turns, {runs} runs of {len(COMMANDS)} commands by {len(programs)} programs in "
          f"{len(names)} locales and {len(ZONES)} zones, {different} different")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

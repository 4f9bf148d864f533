"""matrix.py MEDEL [--reset] - every command where something around it is missing or wrong: its status and the
first line that it says, against matrix.expected."""
import difflib
import os
import resource
import subprocess
import sys

import work

EXPECTED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "matrix.expected")
FILES = {"audit": ["audit", "2023.yaml"], "audit json": ["audit", "-f", "json", "2023.yaml"],
         "explain": ["explain", "2023.yaml", "arets_resultat"], "repair": ["repair", "2023.yaml"],
         "project": ["project", "scenario.yaml"], "rules": ["rules"], "schema": ["schema"],
         "new": ["new", "Namn", "2024"], "run": ["run", "skript.lua"], "test": ["test", "prov"],
         "coverage": ["coverage", "liten.yaml"], "help": ["help", "audit"], "version": ["--version"],
         "report -o": ["report", "begaran", "2023.yaml", "-o", "OUT"], "project -o": ["project", "-f", "csv", "-o", "OUT", "scenario.yaml"],
         "new -o": ["new", "Namn", "2024", "-o", "OUT"], "schema -o": ["schema", "-o", "OUT"], "docs": ["docs", "."]}


def closed(*numbers):
    return lambda: [os.close(n) for n in numbers]


def limit(which, n):
    return lambda: resource.setrlimit(which, (n, n))


# name: (what is done before the program starts, environment, OUT, where it prints)
CONDITIONS = {
    "as usual": {},
    "stdin closed": {"before": closed(0)},
    "stdout closed": {"before": closed(1)},
    "stderr closed": {"before": closed(2)},
    "all three closed": {"before": closed(0, 1, 2)},
    "stdout is /dev/full": {"stdout": "/dev/full"},
    "stdout is a pipe nobody reads": {"stdout": "pipe"},
    "no environment": {"environment": {"PATH": None, "HOME": None, "LC_ALL": None, "TMPDIR": None}},
    "TZ is a file": {"environment": {"TZ": ":/etc/passwd"}},
    "TZ is long": {"environment": {"TZ": "X" * 5000}},
    "LC_ALL is no locale": {"environment": {"LC_ALL": "finns_INTE.Latin-99"}},
    "no TMPDIR": {"environment": {"TMPDIR": "/finns/inte"}},
    "stack of 256 KiB": {"before": limit(resource.RLIMIT_STACK, 256 << 10)},
    "32 descriptors": {"before": limit(resource.RLIMIT_NOFILE, 32)},
    "5 descriptors": {"before": limit(resource.RLIMIT_NOFILE, 5)},
    "files of at most 1000 bytes": {"before": limit(resource.RLIMIT_FSIZE, 1000)},
    "the output is a folder": {"out": "mapp"},
    "the output is a pipe": {"out": "ror"},
    "the output is a device": {"out": "/dev/null"},
    "the output is a link": {"out": "lank"},
    "the output is what is read": {"out": "2023.yaml"},
    "the output's folder is not there": {"out": "finns/inte"},
    "the output's folder takes no files": {"out": "/proc/medel"},
    "the data folder is not there": {"environment": {"MEDEL_DATA": "/finns/inte"}},
}
WRITES = [name for name, arguments in FILES.items() if "OUT" in arguments]


def place(folder):
    work.place(folder)
    work.write(folder, "skript.lua", "print(kr(5))\n")
    work.write(folder, "liten.yaml", "medel: 1\nrakenskapsar: 2023\nresultatrakning:\n  enhet: kr\n  kolumner: [2023]\n"
               "  rader: { verksamhetens_intakter: [5], arets_resultat: [5] }\n")
    work.write(folder, "annan", work.OLD.decode())
    for name in ("mapp", "prov"):
        os.mkdir(os.path.join(folder, name))
    os.mkfifo(os.path.join(folder, "ror"))
    os.symlink("annan", os.path.join(folder, "lank"))
    os.mkdir(os.path.join(folder, "prov", "lib"))
    for name in ("eka-01-inom-riktlinjen.lua", "eka-01-inom-riktlinjen.test.yaml", "lib/forbehall.lua"):
        with open(os.path.join(work.ROOT, "rules", "nationell", name), encoding="utf-8") as file:
            work.write(folder, "prov/" + name, file.read())


def one(runner, folder, arguments, how):
    environment = runner.environment(how.get("environment", {}))
    environment = {name: value for name, value in environment.items() if value is not None}
    out = how.get("out", "out")
    arguments = [out if word == "OUT" else word for word in arguments]
    stdout, reader = subprocess.DEVNULL, None
    if how.get("stdout") == "pipe":
        reader, stdout = os.pipe()
        os.close(reader)
    elif "stdout" in how:
        stdout = os.open(how["stdout"], os.O_WRONLY)
    made = subprocess.run([runner.medel, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=stdout,
                          stderr=subprocess.PIPE, env=environment, preexec_fn=how.get("before"), timeout=1200,
                          check=False)
    if stdout != subprocess.DEVNULL:
        os.close(stdout)
    said = made.stderr.decode("utf-8", "replace").replace(runner.root, "$ROOT").split("\n")[0]
    return f"{made.returncode}{'  ' + said[:110] if said else ''}"


def table(runner):
    lines = []
    for condition, how in CONDITIONS.items():
        folder = os.path.join(runner.root, f"plats-{len(lines)}")
        place(folder)
        kept = runner.again(work.Work("", "schema"), f"plats-{len(lines)}").status  # the folder is read, not written
        lines.append(f"# {condition}")
        by_answer = {}
        for name in WRITES if "out" in how else FILES:
            if os.path.exists(os.path.join(folder, "out")):
                os.unlink(os.path.join(folder, "out"))
            answer = one(runner, folder, FILES[name], how)
            by_answer.setdefault(answer, []).append(name)
        lines += [f"{answer}   [{', '.join(names)}]" for answer, names in by_answer.items()]
        with open(os.path.join(folder, "annan"), "rb") as file:
            lines += [] if file.read() == work.OLD and kept == 0 else ["what a link leads to was written"]
        lines += [f"left: {name}" for name in sorted(os.listdir(folder)) if name.endswith(".ny")]
    return "\n".join(lines) + "\n"


def main(medel, reset=""):
    made = table(work.Runner(medel))
    if reset:
        with open(EXPECTED, "w", encoding="utf-8") as file:
            file.write(made)
        return 0
    with open(EXPECTED, encoding="utf-8") as file:
        expected = file.read()
    for line in difflib.unified_diff(expected.split("\n"), made.split("\n"), "expected", "got", lineterm="", n=1):
        print(line)
    print(f"matrix: {len(CONDITIONS)} conditions, {made.count('[')} answers{'' if made == expected else ', other than before'}")
    return made != expected


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

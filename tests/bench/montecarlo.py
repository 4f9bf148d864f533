"""montecarlo.py BUILD - the Monte Carlo kernel beside the same model in numpy, LuaJIT and
Lua, and beside its generator alone, taking turns; the runs only, without starting or
importing.  Ratios of medians of path-years a second."""
import os
import platform
import shutil
import statistics
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
kernel = os.path.join(sys.argv[1], "bench/montecarlo")
times = max(5, int(os.environ.get("BENCH_N", "15")))
cores = os.cpu_count() or 1
python = next((p for p in ("/usr/bin/python3", shutil.which("python3")) if p and os.path.exists(p)), None)
years = 10


def output(command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def has_numpy():
    return python and subprocess.run([python, "-c", "import numpy"], capture_output=True).returncode == 0


def version(command):
    run = subprocess.run(command, capture_output=True, text=True)
    return " ".join((run.stdout or run.stderr).split()[:2])


def peers():
    """Name, command, paths, aim of ours/theirs."""
    run = [kernel, "run", "1000000"]
    found = [("one core", run + ["1"], 1000000, ""),
             (f"all {cores} cores", run + [str(cores)], 1000000, ""),
             ("generator alone, to normal scores", [kernel, "scores", "1000000", "1"], 1000000, "≥ 0.5"),
             ("generator alone, to words", [kernel, "words", "1000000", "1"], 1000000, "")]
    if has_numpy():
        name = "numpy " + output([python, "-c", "import numpy; print(numpy.__version__)"])
        found.append((name, [python, here + "/montecarlo_numpy.py", "1000000"], 1000000, "≥ 5"))
    else:
        print("D1  not measured: numpy is not there (apt install python3-numpy)")
    for program, flag, paths in (("luajit", "-v", 200000), ("lua5.4", "-v", 40000)):
        path = shutil.which(program)
        if path:
            found.append((version([path, flag]), [path, here + "/montecarlo.lua", str(paths)], paths, ""))
        else:
            print(f"D1  not measured: {program} is not there (apt install {program})")
    return found


def measure(found):
    """Of each, path-years a second of CPU and of wall time (the same where only CPU is
    printed), and its figures; the first turn warms up."""
    rates = [([], []) for _ in found]
    said = [""] * len(found)
    for turn in range(times + 1):
        for i, (_, command, paths, _) in enumerate(found):
            columns = output(command).split()
            said[i] = " ".join(columns[-3:])
            if turn:
                rates[i][0].append(paths * years / float(columns[0]))
                rates[i][1].append(paths * years / float(columns[1] if len(columns) > 4 else columns[0]))
    return [statistics.median(r[0]) for r in rates], [statistics.median(r[1]) for r in rates], said


def cpu_name():
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        names = [row.split(":")[1].strip() for row in info if row.startswith("model name")]
    return names[0] if names else platform.machine()


found = peers()
rates, walls, said = measure(found)
print(f"    {cores} × {cpu_name()}, kernel with {output([kernel, 'level'])}; median EK of year {years}, "
      "share ever below 0, reserve:")
for (name, *_), figures in zip(found, said):
    if not name.startswith("generator"):
        print(f"      {name:34} {figures}")
print(f"D1  Monte Carlo, 1 M paths × {years} years, exact quantiles: "
      f"{rates[0] / 1e6:.1f} M path-years/s on one core, CPU")
print(f"D1  {found[1][0] + ', wall':42} {walls[1] / 1e6:8.2f} M path-years/s  ratio to one core, wall "
      f"{walls[1] / walls[0]:.2f}, load {os.getloadavg()[0]:.0f}  n={times}")
for (name, _, _, aim), rate in list(zip(found, rates))[2:]:
    print(f"D1  {name:42} {rate / 1e6:8.2f} M path-years/s  ratio {rates[0] / rate:7.2f}"
          f"{aim and f' (aim {aim})':13} n={times}", flush=True)

"""faults.py MEDEL calls|kills SYSCALLS [EVERY] | allocations|copies LIBRARY [EVERY] [COMMAND]
Every system call, or every allocation, of every command fails in turn: the right answer or none, and never
the end of the program.  EVERY: each EVERYth of them is tried, from one that depends on the command; 1 for all.
For allocations the program is one that frees its state ($B/tests/freeing), so that blocks that are left leak.
For copies it is one that does all in its own process, too ($B/tests/alone): it is run once, and where an
allocation is to fail a copy of it goes on.  Only allocations see what child processes do.
COMMAND: those alone whose name begins so.  Prints what is wrong, and how many were tried."""
import concurrent.futures
import errno
import os
import struct
import subprocess
import sys
import threading
import time
import zlib

import work

ERRORS = {
    "open": "EIO ENOSPC EINTR EDQUOT EROFS EMFILE EACCES", "read": "EIO EINTR short",
    "write": "EIO ENOSPC EDQUOT EPIPE EFBIG EINTR short", "fsync": "EIO ENOSPC EDQUOT EINTR EROFS",
    "close": "EIO EINTR ENOSPC", "rename": "EIO ENOSPC EROFS EDQUOT EXDEV", "unlink": "EIO EROFS",
    "link": "EIO ENOSPC EROFS EPERM", "stat": "EIO EACCES", "getdents64": "EIO", "flock": "EIO ENOLCK EWOULDBLOCK",
    "mmap": "ENOMEM", "mprotect": "ENOMEM", "fork": "EAGAIN ENOMEM", "pipe": "EMFILE",
    "lseek": "EIO", "poll": "EINTR", "access": "EIO EACCES", "readlink": "EIO",
}
SAME = {"openat": "open", "renameat": "rename", "renameat2": "rename", "unlinkat": "unlink", "linkat": "link",
        "lstat": "stat", "fstat": "stat", "newfstatat": "stat", "statx": "stat", "clone": "fork", "clone3": "fork",
        "vfork": "fork", "pipe2": "pipe", "faccessat": "access", "readlinkat": "readlink"}
COULD_NOT_WATCH = 125
here = threading.local()
turn = iter(range(1 << 30))
lock = threading.Lock()


def folder():
    """A folder of this thread's own."""
    if not hasattr(here, "name"):
        with lock:
            here.name = f"place-{next(turn)}"
    return here.name


def chosen(command, more=()):
    return [w for w in [*work.works(), *more] if w.name.startswith(command)]


def some(count, every, name):
    """Each everyth of 1..count, from one that depends on the name."""
    return range(1 + zlib.crc32(name.encode()) % every, count + 1, every)


# ---- system calls ----

def listed(runner, syscalls, w):
    """The calls of a run: [(number, name, path)]; None where they cannot be watched."""
    log = os.path.join(runner.root, "log")
    made = runner.run(w, folder(), before=(syscalls, "-l", log, "--"))
    if made.status == COULD_NOT_WATCH:
        return None
    with open(log, encoding="utf-8", errors="replace") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    calls = [(int(n), name, path) for n, name, path in lines]
    first = next(i for i, call in enumerate(calls) if call[2].endswith("/cli.lua"))
    return calls[first:]  # before that it is the dynamic linker's


# In a sample, these alone have every error of every call from the first that is about the output.
WHOLE = ("audit -f text", "report granskning -f html", "new")


def on_output_path(calls, w, every):
    """From the call where the file that is written is first looked at, or the first that prints."""
    if every > 1 and w.name not in WHOLE:
        return []
    for i, (_, name, path) in enumerate(calls):
        if path == w.out if w.out else name == "write":
            return calls[i:]
    raise AssertionError(f"{w.name} writes nothing")


def try_call(runner, syscalls, w, right, call, action):
    number, name, path = call
    code = action if action in ("short", "kill") else str(getattr(errno, action))
    got = runner.run(w, folder(), before=(syscalls, "-n", str(number), "-a", code, "--"))
    bad = work.wrong(w, right, got, torn=action == "kill")
    if action == "kill" and not bad:
        again = runner.again(w, folder())
        if w.name == "new" and got.written is not None:
            bad = None if again.status == 2 and again.written == right.written else "a killed new is not there"
        elif again.status != right.status or again.written != right.written or again.left:
            bad = f"the next run says {again.status}: {again.said[-200:]!r}"
    return bad and f"{w.name}: call {number} {name} {path} {action}: {bad}"


def calls(runner, syscalls, every, kill):
    jobs = []
    for w in work.works():
        right = runner.run(w, folder())
        every_call = listed(runner, syscalls, w)
        if every_call is None:
            print("system calls: left out, they cannot be watched here (seccomp)")
            return None
        output = {call[0] for call in on_output_path(every_call, w, every)}
        wanted = {every_call[i - 1][0] for i in some(len(every_call), every, w.name)} | output
        for call in every_call:
            errors = ERRORS[SAME.get(call[1], call[1])].split()
            actions = ["kill"] if kill else errors
            if call[0] not in output and every > 1 and not kill:
                actions = [actions[call[0] % len(actions)]]
            if call[0] in wanted:
                jobs += [(w, right, call, action) for action in actions]
    return run_all(jobs, lambda job: try_call(runner, syscalls, *job))


# ---- allocations ----

def must_work(w, right):
    """What is wrong when nothing is made to fail and the command does not do what is asked."""
    bad = f"{w.name}: it does not work: {right.said.decode()}"
    print("FAIL", bad, flush=True)
    return [bad]


def count_allocations(runner, environment, w):
    told = os.path.join(runner.root, folder() + "-allocations")
    got = runner.run(w, folder(), environment={**environment, "MEDEL_ALLOCATIONS": told})
    if not os.path.exists(told):  # it crashed, and its status says so
        return got, 0, 0
    with open(told, encoding="ascii") as file:
        made, live = (int(n) for n in file.read().split())
    os.unlink(told)
    return got, made, live


def try_allocation(runner, environment, w, right, live, number, mode):
    more = {**environment, "MEDEL_FAIL": f"{number}{mode}", "MALLOC_PERTURB_": "165"}
    got, _, left = count_allocations(runner, more, w)
    bad = work.wrong(w, right, got)
    if not bad and left > live:
        bad = f"{left - live} blocks leak"
    return bad and f"{w.name}: allocation {number}{mode}: {bad}"


def allocations(runner, library, every, command):
    environment = {"LD_PRELOAD": os.path.abspath(library)}
    jobs = []
    for w in chosen(command):
        right, made, live = count_allocations(runner, environment, w)
        if right.status not in (0, 1):
            return must_work(w, right), 1
        # The first ones, too: they fail before there is a state.
        jobs += [(w, right, live, n, mode) for n in sorted({*range(1, 9), *some(made, every, w.name)})
                 for mode in ("", "+")]
    return run_all(jobs, lambda job: try_allocation(runner, environment, *job))


# ---- allocations, in copies of one run ----

def ended(status):
    return os.waitstatus_to_exitcode(status)


def judge_copy(w, where, right, live, number, after, status):
    """What is wrong with the copy that ended in the folder 'where'."""
    def content(name):
        try:
            with open(os.path.join(where, name), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None
    got = work.Result(ended(status), content("stdout"), content("stderr"), w.out and content(w.out),
                      bool(w.out) and os.path.lexists(os.path.join(where, f"{w.out}.ny")))
    bad = work.wrong(w, right, got)
    made = content("allocations")
    if not bad and made is None:
        bad = f"it ended by itself, status {got.status}"
    if not bad and int(made.split()[1]) > live:
        bad = f"{int(made.split()[1]) - live} blocks leak"
    return bad and f"{w.name}: allocation {number}{'+' if after else ''}: {bad}"


def try_copies(runner, environment, every, w):
    """One run, and its copies: (what is wrong, how many were tried)."""
    right, made, live = count_allocations(runner, environment, w)
    if right.status not in (0, 1):
        return must_work(w, right), 1
    numbers = some(made, every, w.name)
    here_, there = (os.path.join(runner.root, f"{folder()}-{name}") for name in ("run", "copy"))
    for name in (here_, there):
        runner.prepare(w, name)
    asked, told = os.pipe(), os.pipe()
    more = {**environment, "MEDEL_TRIES": f"{asked[0]},{told[1]},{there}", "MEDEL_ALLOCATIONS": "allocations",
            "MALLOC_PERTURB_": "165"}
    bad, tried, one_try = [], 0, struct.Struct("lll")
    def ask(number):
        os.write(asked[1], struct.pack("l", number))
    with open(os.path.join(here_, "stdout"), "wb") as out, open(os.path.join(here_, "stderr"), "wb") as err:
        process = subprocess.Popen([runner.medel, *w.arguments], cwd=here_, stdout=out, stderr=err, stdin=subprocess.DEVNULL,
                                   env=runner.environment(more, w.data), pass_fds=(asked[0], told[1]))
        for fd in (asked[0], told[1]):
            os.close(fd)
        ask(numbers[0])
        began = time.monotonic()
        while answer := os.read(told[0], one_try.size):
            number, after, status = one_try.unpack(answer)
            tried += 1
            what = judge_copy(w, there, right, live, number, after, status)
            if what:
                bad.append(what)
                print("FAIL", what, flush=True)
            runner.prepare(w, there)
            ask(number + every if after else number)
            if time.monotonic() - began > 60:
                began = time.monotonic()
                print(f"  {w.name}: {number} of {made}", flush=True)
        process.wait()
    os.close(asked[1])
    os.close(told[0])
    if process.returncode != right.status or tried < 2 * len(numbers) * 0.9:
        bad.append(f"{w.name}: the run itself: status {process.returncode}, {tried} of {2 * len(numbers)} were tried")
        print("FAIL", bad[-1], flush=True)
    print(f"  {w.name}: {tried} tried of {2 * made}, {len(bad)} wrong", flush=True)
    return bad, tried


def copies(runner, library, every, command):
    environment = {"LD_PRELOAD": os.path.abspath(library)}
    bad, tried = [], 0
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("CAMPAIGN_JOBS", os.cpu_count()))) as pool:
        for wrong, n in pool.map(lambda w: try_copies(runner, environment, every, w), chosen(command, work.whole_works())):
            bad += wrong
            tried += n
    return bad, tried


def run_all(jobs, one):
    bad, done, began = [], 0, time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("CAMPAIGN_JOBS", os.cpu_count()))) as pool:
        for what in pool.map(one, jobs):
            done += 1
            if what:
                bad.append(what)
                print("FAIL", what, flush=True)
            if time.monotonic() - began > 60:
                began = time.monotonic()
                print(f"  {done} of {len(jobs)}", flush=True)
    return bad, len(jobs)


def main(medel, part, tool, every="1", command=""):
    runner = work.Runner(medel)
    if part in ("allocations", "copies"):
        made = (allocations if part == "allocations" else copies)(runner, tool, int(every), command)
    else:
        made = calls(runner, os.path.abspath(tool), int(every), part == "kills")
    if made is None:
        return 0
    bad, tried = made
    print(f"{part}: {tried} tried, {len(bad)} wrong")
    return 1 if bad or not tried else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

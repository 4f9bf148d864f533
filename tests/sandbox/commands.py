"""The catalogue of rules that mean harm through the commands that are no audit: an expression, a
script, a scenario, a function of a scenario, a report of one's own, and the tests of rules.

commands.py PROGRAM FOLDER EVERY [FACE ...]: of the catalogue one in EVERY.  Each command must end
by itself with status 0, 1 or 2, say at most what a reader can read, and its next guest must be
right.  What a guest that its limit of time ended took beyond it, in computing and by the clock, is
printed with MEDEL_TEST_FIGURES."""
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

PROGRAM, FOLDER, EVERY = sys.argv[1], sys.argv[2], sys.argv[3]
REPORT = 'examples/sydnarke/2023.yaml'
LIMIT_MS, MIB = 300, 32
LIMITS = ['--time-limit', str(LIMIT_MS), '--memory-limit', str(MIB)]
ENDLESS = 600  # seconds: no machine is so slow
INNER = re.compile(r'stack traceback|\[medel\.|scripts/medel|\(\.\.\.tail calls|0x[0-9a-f]{6}|[\x00-\x08\x0b-\x1f\x7f]')
OUTSIDE = re.compile('its process|from outside')
OWN = re.compile('takes more than|took longer|longer than its time limit')

# How a command is asked, and how many times its limit a guest of its may take.
FACES = {
    'explain': (lambda n: ['explain', *LIMITS, REPORT, open(f'{FOLDER}/{n}.expression', encoding='utf-8', errors='surrogateescape').read()], 1),
    'run': (lambda n: ['run', *LIMITS, f'{FOLDER}/{n}.script.lua', REPORT], 1),
    'project': (lambda n: ['project', *LIMITS, f'{FOLDER}/{n}.scenario.lua'], 1),
    'project, a function': (lambda n: ['project', *LIMITS, f'{FOLDER}/{n}.replace.lua'], 1),
    'report, own': (lambda n: ['report', *LIMITS, f'{FOLDER}/{n}.report.lua', REPORT], 5),
    'test': (lambda n: ['test', '-j1', f'{FOLDER}/{n}'], None),  # the usual limits
}


def run(words):
    """Status, what it said, and milliseconds of computing and by the clock, and MB."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([PROGRAM, *words], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
        try:
            status = process.wait(ENDLESS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            status = -9
        clock = (time.monotonic() - began) * 1000
        out.seek(0)
        text = out.read(4 << 20).decode('utf-8', 'surrogateescape')
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    computing = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
    return status, text, computing, clock


def try_face(face, names):
    ask, times = FACES[face]
    harmless = [run(ask('harmless')) for _ in range(3)]
    assert face == 'test' or harmless[0][0] == 0, harmless[0]
    base = [min(column) for column in zip(*[one[2:] for one in harmless])]
    worst, wrong, stopped, outside = [(0, '-'), (0, '-')], [], 0, 0
    for name in names:
        status, text, *took = run(ask(name))
        bad = None
        if status not in ((0, 1) if face == 'test' else (0, 2)):
            bad = f'status {status}'
        elif INNER.search(text):
            bad = f'it shows {INNER.search(text).group()!r}'
        elif '\udc80' <= max(text, default=' ') <= '\udcff':
            bad = 'what it says is no UTF-8'
        elif status and not text.endswith('\n'):
            bad = 'no end of line'
        elif face == 'test' and ('GOD-01: a' in text or re.search(r'god\.lua(?!: no case expects)', text)):
            bad = 'the next rule is not right'
        if bad:
            wrong.append(f'{face} {name}: {bad}: {text[:300]!r}')
        stopped += bool(OWN.search(text))
        outside += bool(OUTSIDE.search(text))
        for i in range(2):
            over = took[i] - base[i] - LIMIT_MS * (times or 0)
            if times and OWN.search(text) and over > worst[i][0]:
                worst[i] = (over, name)
    if os.environ.get('MEDEL_TEST_FIGURES'):
        beyond = '' if times is None else (f'; beyond {LIMIT_MS * times} ms at most {worst[0][0]:.0f} ms of computing ({worst[0][1]}), '
                                           f'{worst[1][0]:.0f} ms by the clock ({worst[1][1]})')
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f'{face}: {len(names)} guests, {stopped} ended by their limit of time, {outside} by the backstop, '
              f'{len(wrong)} wrong{beyond}; peak so far {peak} MB', file=sys.stderr)
    return wrong


def main():
    dump = subprocess.run([PROGRAM, 'run', '--trust', 'tests/sandbox/bodies.lua', FOLDER, EVERY], check=True, stdout=subprocess.PIPE)
    names = sorted(name for name in os.listdir(FOLDER) if os.path.isdir(f'{FOLDER}/{name}') and name != 'harmless')
    assert len(names) + 1 == int(dump.stdout), dump.stdout
    wrong = [one for face in sys.argv[4:] or FACES for one in try_face(face, names)]
    for one in wrong[:20]:
        print('FAIL', one)
    print(f'{len(names) * len(sys.argv[4:] or FACES) - len(wrong)} passed, {len(wrong)} failed')
    return bool(wrong)


if __name__ == '__main__':
    sys.exit(main())

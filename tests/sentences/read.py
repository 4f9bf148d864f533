"""read.py - everything that the program prints of the examples, read for sentences that a reader stumbles over.

Each kind is a pattern with what is wrong about it; a kind that a later text falls into again is a
failure, whatever rule or command wrote it. Widths are read here, too: text fits 60, 80 and 120.

usage: read.py MEDEL   (from the root of the source tree)
"""
import json
import os
import re
import subprocess
import sys

MEDEL = sys.argv[1]
EXAMPLES = ["lekeberg-orebro", "sydnarke", "degerfors-karlskoga"]
BOOKS = "examples/sydnarke/2023.se"
FAULTY = "examples/sydnarke/2023-planterade-fel.se"
SCENARIOS = ["scripts/scenarios/lekeberg-orebro-halverad.lua", "scripts/scenarios/sydnarke-minus-tio.yaml"]

# ---- what is read ----


def commands():
    """(words of the command, does it take --width)"""
    for name in EXAMPLES:
        report = f"examples/{name}/2023.yaml"
        for words in (["audit", "--level", "note"], ["audit", "--why"], ["repair"], ["project"]):
            yield [*words, report], True
        for what in ("eget_kapital", "soliditet", "eget_kapital - riktlinje.eget_kapital"):
            yield ["explain", report, what], True
        for kind in ("granskning", "begaran", "missiv", "revisionsberattelse", "avprickad"):
            yield ["report", kind, report], False
        yield ["project", report, "-f", "md"], False
    yield ["coverage", "examples/sydnarke/2023.yaml"], True
    for path in SCENARIOS:
        yield ["project", path], True
        yield ["project", path, "-f", "md"], False
    for view in ([], ["--balance", "1..8"], ["--account", "1930"], ["--months", "3..8"], ["--check"], ["--gaps"], ["--round"],
                 ["--strata", "1000,10000"], ["--benford", "first"], ["--ageing", "fordringar"], ["--duplicates", "account,amount"],
                 ["--profile", "4..7"], ["--journal", "sista_dagarna"], ["--sample", "5"], ["--compare", FAULTY]):
        yield ["ledger", BOOKS, *view], True
    yield ["ledger", FAULTY, "--check"], True
    yield ["audit", "examples/sydnarke/2023.yaml", "--ledger", FAULTY], True
    yield ["rules"], True
    yield ["rules", "EKA", "NOT"], True


def printed(words):
    run = subprocess.run([MEDEL, *words], capture_output=True, text=True, timeout=1800)
    if run.returncode > 1:
        sys.exit(f"medel {' '.join(words)}: exit {run.returncode}\n{run.stderr}")
    return run.stdout


def reports():
    """Every report of the tests that can be audited: each rule that finds something somewhere is read."""
    for folder, _, files in sorted(os.walk("tests")):
        if folder.startswith(("tests/errors", "tests/fuzz", "tests/formats")):
            continue
        for name in sorted(files):
            if name.endswith(".yaml"):
                yield os.path.join(folder, name)
    for name in EXAMPLES:
        yield f"examples/{name}/2023.yaml"


def said(value, key=""):
    """The sentences of a result in JSON: (what it is, text)."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from said(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from said(inner, key)
    elif isinstance(value, str) and key in ("message", "recommendation", "title", "missing", "name", "text", "asks"):
        yield key, value


# In a projection a year begins with 20: what begins with 1 is a number, and grouped.
UNGROUPED = re.compile(r"(?<![\w,.:/–-])1\d{3}(?![\w,.:/–-])")

# ---- the kinds ----

NUMBER = r"(?<![\d,.])\d+"
# (kind, pattern, what the texts are that it is tried on: None is all)
KINDS = [
    ("a year said twice", r"\b(?:19|20)\d\d (?:budget |prognos )?(?:19|20)\d\d\b(?!–|-)", None),
    ("a word said twice", r"(?<![\w:])([^\W\d_]{3,}) \1\b", None),
    ("a share that looks like the limit that it is past", r"\b(\d+),0+ % [^.;]*[.;] [^.]*\b(?:över|mer än|minst|högst) \1 %", {"message", "case"}),
    ("per cent for percentage points", r"tillsammans [\d,]+ % [^.]*skillnaden är [\d,]+ %|[\d,]+ % för mycket", {"message", "case"}),
    ("a print in the middle of a sentence", r"[a-zåäö] (?:Fler|Färre|Minst|Högst|Cirka|Ca|Drygt|Knappt|Över|Under) (?:än )?\d", {"message", "case"}),
    ("none of them as a figure", r"\boch 0 är\b", {"message", "case"}),
    ("a variant said twice", r"(?i)\b(budget|prognos)\w* (?:20\d\d )?\1 20\d\d", None),
    ("a choice left open that is known", r"avkortad eller uppåt avrundad", None),
    ("a list without och", r"\b\d{4}, \d{4}\b(?!, \d{4}| och)(?! kap)|: (?:[^,.;:()]+, )+(?![^,.;:()]*\b(?:och|eller) )[^,.;:()]+ saknas\b|\b\d{4}, [\d  ]+(?:kr|%) \d{4}\b(?!, | och)", {"message"}),
    ("one and many", r"(?<![\d,.])(?<!\d )(?<!1 av )\b1 (?:rader|verifikationer|regler|konton|uppgifter|insatser|mål har|deltagare har|svar har|gånger|år i rad)\b", None),
    ("0 of something", r"(?<![\d,.] )(?<![\d,.])\b0 (?:verifikationer|rader|regler|konton) (?:har|är)\b", None),
    ("alla and a figure", r"\b[Aa]lla \d+ (?!kap)", None),
    ("a difference of nothing", r"skillnaden är [−-]?0(?:,0+)? (?:kr|tkr|%)", None),
    ("a bracket as subject", r"^\(", {"message", "recommendation", "title"}),
    ("a small letter first", r"^[a-zåäö](?![\w/-]*\.yaml)", {"message", "recommendation", "title"}),
    ("figures not grouped", r"(?<![\d.,:/§–-])\b\d{4,} ?(?:kr|tkr|öre|deltagare|personer|timmar)\b|(?<![\d.,:/§\w–-])\d{5,}(?![\d\w–./:-])", {"message"}),
    ("a list that stops in mid-air", r", ?(?:…|\.\.\.)(?:\.|$)", None),
    ("jargon: pe", r"\d pe\b", None),
    ("jargon: (summa)", r"kr \(summa\)", None),
    ("jargon: kr var", r"\bkr var\b", None),
    ("jargon: a key of the file", r"(?<![\w./\"-])[a-zåäö]+(?:_[a-zåäö]+)+(?:\.[a-z_]+)*(?![\w./])", {"message", "recommendation", "title"}),
    ("jargon: a key of the file", r"saknas \([a-z_.]+\)", None),
    ("jargon: nothing in the report to try", r"inget i rapporten att pröva", None),
    ("jargon: the program's steps", r"styckvis linjär|\d körningar", None),
    ("a place that is pointed at", r"\bmen [^.;]* där \(", None),
    ("the same in brackets", r"\b(\w[\w ]*) \(\1[\w ,]*\)", {"message"}),
    ("claimed and not so", r"framgår av regelns grund|så den summerar i sig|\b(\w+) borde vara \w+\.$", None),
    ("the tense of a quotation", r"; den vore\b", None),
    ("two stops, or a space before one", r"(?<!\.)\.\.(?![./])|\s[.,;](?=\s|$)", {"message", "recommendation"}),
]


def cases():
    """What each case beside a rule makes the rule say."""
    for line in printed(["test", "-v"]).split("\n"):
        if line.startswith("     "):
            yield line.strip()


def stumbles(kind, text):
    for name, pattern, kinds in KINDS:
        if kinds is None or kind in kinds:
            found = re.search(pattern, text)
            if found:
                yield name, found.group(0)


def too_wide(text, width):
    """Lines over the width that could have been broken: with more than one word after the indent."""
    for line in text.split("\n"):
        if len(line) > width and " " in line.strip():
            yield line


def main():
    failed, read = {}, 0
    for path in reports():
        run = subprocess.run([MEDEL, "audit", "-f", "json", "--level", "note", path], capture_output=True, text=True, timeout=1800)
        if run.returncode > 1 or not run.stdout:
            continue
        for kind, text in said(json.loads(run.stdout)["reports"]):
            read += 1
            for name, found in stumbles(kind, text):
                failed.setdefault((name, text), (path, found))
    for text in cases():
        read += 1
        for name, found in stumbles("case", text):
            failed.setdefault((name, text), ("medel test -v", found))
    for words, has_width in commands():
        for width in (60, 80, 120) if has_width else (None,):
            text = printed(words + (["--width", str(width)] if width else []))
            if width:
                for line in too_wide(text, width):
                    failed.setdefault((f"wider than {width}", line), (" ".join(words), line[width:]))
            if width in (None, 120):
                for line in text.split("\n"):
                    read += 1
                    if words[0] == "project" and UNGROUPED.search(line):
                        failed.setdefault(("figures not grouped", line.strip()), (" ".join(words), line))
                    for name, found in stumbles("line", line.strip()):
                        failed.setdefault((name, line.strip()), (" ".join(words), found))
    for (name, text), (where, found) in sorted(failed.items()):
        print(f"{name}: {found!r}\n    {text}\n    {where}")
    print(f"sentences that were read: {read - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

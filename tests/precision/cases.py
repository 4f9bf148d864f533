"""Small reports with the right answer: tests/precision/cases/cases.txt says what it is."""

import os
import subprocess

import measure

ONE = {"quiet", "strict", "one"}


def read(path):
    """The name and the expectations of each case."""
    out = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            expectations, i = [], 1
            while i < len(words):
                n = 1 if words[i] in ONE else 2
                expectations.append((words[i], words[i + 1].replace("_", " ") if words[i] in ("says", "refused")
                                     else words[i + 1] if n == 2 else None))
                i += n
            out.append((words[0], expectations))
    return out


def is_at(e, name):
    """Is the evidence the figure ROW/COLUMN, TABLE.ROW/COLUMN, or of the row or item ROW?"""
    row, _, column = name.partition("/")
    table, _, row = row.rpartition(".")
    return (row in (e["row"], e["item"]) and (not table or table == e["table"])
            and (not column or column == e["column"]))


def failures(expectations, findings, refused):
    """Why the findings are not what is expected; an empty list if they are."""
    out, accused = [], [f for f in findings or [] if f["level"] in measure.ACCUSES]
    errors = [f for f in accused if f["level"] == "error"]
    allowed = {r for kind, rules in expectations if kind == "but" for r in rules.split(",")}
    for kind, what in expectations:
        if kind == "refused":
            if not refused or what not in refused:
                out.append("is not refused with %s" % what)
            continue
        if refused:
            return ["is refused: " + refused.split("\n")[0]]
        if kind in ("quiet", "strict"):
            for f in accused:
                if f["rule"] not in allowed and (kind == "strict" or not measure.is_form(f)):
                    out.append("%s %s: %s" % (f["level"], f["rule"], f["message"][:120]))
        elif kind == "one" and len(errors) != 1:
            out.append("%d errors: %s" % (len(errors), ", ".join(f["rule"] for f in errors)))
        elif kind == "error" and not any(f["evidence"] and is_at(f["evidence"][0], what) for f in errors):
            out.append("no error has the subject %s" % what)
        elif kind == "finds" and not any(is_at(e, what) for f in findings for e in f["evidence"]) and not any(
                f["rule"] == "FRM-08" for f in findings if what == "driftredovisning"):
            out.append("nothing is said of %s" % what)
        elif kind == "says" and not any(what in f["message"] for f in findings):
            out.append("nothing says '%s'" % what)
    return out


class Cases:
    def __init__(self, audit, medel):
        here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases")
        self.cases, self.failed = read(os.path.join(here, "cases.txt")), []
        listed = {name for name, _ in self.cases}
        for name in sorted(os.listdir(here)):
            if name.endswith(".yaml") and name not in listed:
                raise SystemExit("tests/precision/cases/cases.txt does not say what %s is for" % name)
        readable = [n for n, e in self.cases if e[0][0] != "refused"]
        found = audit(here, readable)
        for name, expectations in self.cases:
            refused = None
            if name not in found:
                r = subprocess.run([medel, "audit", name], cwd=here, capture_output=True, text=True)
                refused = r.stderr if r.returncode == 2 else None
            why = failures(expectations, found.get(name), refused)
            if why:
                self.failed.append((name, why))

    def figures(self):
        return {"cases not answered right": len(self.failed)}

    def show(self, examples):
        print("\ncases: %d of %d answered right" % (len(self.cases) - len(self.failed), len(self.cases)))
        for name, why in self.failed:
            print("  %s: %s%s" % (name, why[0], " (and %d more)" % (len(why) - 1) if len(why) > 1 else ""))
            for w in why[1:1 + examples]:
                print("      " + w)

"""The three real reports against what they are known to hold, as printed and corrected."""

import os
import re

import measure

SEVERITIES = ("hög", "medel", "låg")


class Known:
    def __init__(self, id, severity, rules, lines, label):
        self.id, self.severity, self.rules, self.lines, self.label = id, severity, rules, lines, label
        self.corrections = []

    def says(self, f, lines):
        """Is the finding this one?  A rule is named whole or by its group."""
        return (any(f["rule"] == r or f["rule"].split("-")[0] == r for r in self.rules)
                and (not self.lines or bool(self.lines & lines)))


def read(path):
    """The known findings, the true ones of form, and the traps of a file."""
    known, true, traps = [], [], []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if line.startswith("  "):
                where, change = line.strip().split(": ", 1)
                old, new = change.split(" -> ")
                known[-1].corrections.append((where.split("."), old, new))
                continue
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "trap":
                traps.append((set(words[1].split(",")), " ".join(words[2:])))
                continue
            kind = words.pop(0) if words[0] == "true" else None
            id, severity = (None, None) if kind else (words.pop(0), words.pop(0))
            if not words[1].startswith("@") or kind is None and severity not in SEVERITIES:
                raise SystemExit("%s:%d: not understood" % (path, number))
            lines = set(words[1][1:].split(",")) if words[1] != "@-" else set()
            one = Known(id, severity, words[0].split(","), lines, " ".join(words[2:]))
            (true if kind else known).append(one)
    return known, true, traps


def printed_on(f):
    """The document's lines that a finding's figures and subject stand on, as 1537 and, for a
    figure of a column, 1537/kostnad."""
    out = set()
    for e in f["evidence"]:
        for p in e["source"]["places"] if e["source"] else []:
            out |= {str(p), "%d/%s" % (p, e["column"])}
    if f["source"] and f["source"]["place"]:
        numbers = list(map(int, re.findall(r"\d+", f["source"]["place"])))
        out |= {str(n) for n in range(numbers[0], numbers[-1] + 1)}
    return out


def correct(text, known):
    """The file with every correction made, and where: (line, what stood there)."""
    lines, where = text.split("\n"), []
    for k in known:
        for path, old, new in k.corrections:
            at = find(lines, path, k.id)
            for i in range(at, min(at + 12, len(lines))):
                if old in lines[i]:
                    lines[i] = lines[i].replace(old, new, 1)
                    where.append((i + 1, old))
                    break
            else:
                raise SystemExit("%s: %s has no %s" % (k.id, ".".join(path), old))
    return "\n".join(lines), where


def find(lines, path, id):
    """The line of a path: keys below keys; the last may be a text or id of an item."""
    at, indent = 0, -1
    for step, key in enumerate(path):
        for i in range(at, len(lines)):
            here = len(lines[i]) - len(lines[i].lstrip())
            body = lines[i].strip()
            if i > at and step and body and not body.startswith("#") and here <= indent:
                raise SystemExit("%s: no %s" % (id, ".".join(path)))
            named = re.match(re.escape(key) + r"\s*:", body) if here > indent and (step or not here) else None
            item = step and body.startswith("-") and re.search(
                r'(?:text|namn|id|nr): "?' + re.escape(key) + r'"?[,} ]', body + " ")
            if named or item:
                at, indent = i, here
                break
        else:
            raise SystemExit("%s: no %s" % (id, ".".join(path)))
    return at


class Example:
    """One report: what was found of what is known, and what was said without reason."""

    def __init__(self, name, findings, corrected, problems, where, known, true, traps):
        self.name, self.known, self.corrected = name, known, corrected
        self.found, self.false, self.sprung = {}, [], []
        for f in findings:
            lines = printed_on(f)
            mine = [k for k in known if k.says(f, lines)]
            for k in mine:
                self.found.setdefault(k.id, []).append(f)
            if f["level"] in measure.ACCUSES:
                for trap, label in traps:
                    if trap <= lines:
                        self.sprung.append((label, f))
                if not mine and not any(t.says(f, lines) for t in true):
                    self.false.append(f)
        self.wrong = [f for f in corrected if f["level"] == "error"]
        self.proposals = [p["repairs"][0] for p in problems if p["repairs"]]
        self.harmful = [r for r in self.proposals if not all(
            any(f["line"] == line and f["text"] in old for line, old in where) for f in r["figures"])]

    def missed(self, severity):
        return [k for k in self.known if k.severity == severity and k.id not in self.found]

    def figures(self):
        out = {"%s: missed, %s" % (self.name, s): len(self.missed(s)) for s in SEVERITIES}
        for level in measure.ACCUSES:
            out["%s: false %ss" % (self.name, level)] = sum(f["level"] == level for f in self.false)
        out["%s: traps" % self.name] = len(self.sprung)
        out["%s: errors when corrected" % self.name] = len(self.wrong)
        out["%s: right figures changed by repair" % self.name] = len(self.harmful)
        return out

    def show(self, examples):
        parts = []
        for s in SEVERITIES:
            whole = [k for k in self.known if k.severity == s]
            parts.append("%s %d of %d" % (s, len(whole) - len(self.missed(s)), len(whole)))
        print("%s: %s found; %d false errors, %d false deviations, %d traps, %d errors when corrected; "
              "%d of %d first repairs change a right figure"
              % (self.name, ", ".join(parts), sum(f["level"] == "error" for f in self.false),
                 sum(f["level"] == "deviation" for f in self.false), len(self.sprung), len(self.wrong),
                 len(self.harmful), len(self.proposals)))
        for s in SEVERITIES:
            for k in self.missed(s):
                print("  missed %s (%s): %s" % (k.id, s, k.label))
        for k in self.known if examples else []:
            for f in self.found.get(k.id, [])[:examples]:
                print("  found %s by %s %s: %s" % (k.id, f["rule"], f["level"], f["message"][:150]))
        for f in self.false:
            print("  false %s %s %s: %s" % (f["level"], f["rule"], place(f), f["message"][:150]))
        for label, f in self.sprung:
            print("  trap %s %s: %s" % (f["rule"], place(f), label))
        for f in self.wrong:
            print("  when corrected: %s %s: %s" % (f["rule"], place(f), f["message"][:150]))


        for r in self.harmful:
            print("  repair: " + ", ".join("%s %s -> %s" % (f["place"], f["text"], f["should_be"])
                                           for f in r["figures"]))


def place(f):
    return f["source"]["place"] if f["source"] and f["source"]["place"] else ""


def run(audit, repair, root, folder):
    """Each example under `root`, as it is and corrected in `folder`."""
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "known")
    out = []
    for file in sorted(os.listdir(here)):
        name = file[:-4]
        known, true, traps = read(os.path.join(here, file))
        to = os.path.join(folder, name)
        os.makedirs(to, exist_ok=True)
        for part in ("2023.yaml", "forbund.yaml"):
            with open(os.path.join(root, name, part), encoding="utf-8") as f:
                text = f.read()
            with open(os.path.join(to, part), "w", encoding="utf-8") as f:
                if part == "2023.yaml":
                    text, where = correct(text, known)
                f.write(text)
        printed = audit(os.path.join(root, name), ["2023.yaml"])["2023.yaml"]
        corrected = audit(to, ["2023.yaml"])["2023.yaml"]
        problems = repair(os.path.join(root, name), "2023.yaml")
        out.append(Example(name, printed, corrected, problems, where, known, true, traps))
    return out

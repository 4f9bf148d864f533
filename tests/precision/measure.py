"""What the findings of clean and planted reports come to."""

import collections
import json

ACCUSES = ("error", "deviation")
FORM = ("FRM", "UPP", "STY", "BAL", "BID", "OVS-06")  # what is not there, not what is wrong
STATEMENTS = ("rr", "br", "kf", "not", "balanskrav")


def identity(f):
    """A finding without its place in the file: what two reports can have in common."""
    e = f["evidence"]
    first = (e[0]["table"], e[0]["item"], e[0]["row"], e[0]["column"], e[0]["year"]) if e else None
    return f["rule"], first, None if e else f["message"]


def is_form(f):
    """Is the finding of form: what is not there, not what is wrong?"""
    return f["rule"] in FORM or f["rule"].split("-")[0] in FORM


class Clean:
    """False findings of reports that are right."""

    def __init__(self, docs, found):
        self.docs, self.false, self.arguable = docs, [], []
        for name, findings in found.items():
            doc = docs[name]
            for f in findings:
                if f["level"] not in ACCUSES or f["rule"] in doc.expected:
                    continue
                (self.arguable if f["rule"] in doc.arguable else self.false).append((name, doc, f))

    def count(self, level):
        hit = {n for n, _, f in self.false if f["level"] == level}
        return len(self.docs) - len(hit), sum(f["level"] == level for _, _, f in self.false)

    def figures(self):
        return {"clean reports with a false error": len(self.docs) - self.count("error")[0],
                "clean reports with a false deviation": len(self.docs) - self.count("deviation")[0],
                "false errors": self.count("error")[1], "false deviations": self.count("deviation")[1]}

    def show(self, examples):
        n = len(self.docs)
        for level in ACCUSES:
            without, total = self.count(level)
            print("clean reports without a false %s: %d of %d (%.1f %%), %.2f a report"
                  % (level, without, n, 100 * without / n, total / n))
        rules = collections.Counter((f["rule"], f["level"]) for _, _, f in self.false)
        for (rule, level), count in rules.most_common():
            hits = [(name, doc, f) for name, doc, f in self.false if (f["rule"], f["level"]) == (rule, level)]
            reports = {name for name, _, _ in hits}
            print("  %-7s %-9s %5d in %4d reports: %s" % (rule, level, count, len(reports),
                                                         self.why(reports)))
            for name, _, f in hits[:examples]:
                print("      %s:%s %s" % (name, f["source"]["line"] if f["source"] else "", f["message"]))

    def why(self, reports):
        """The options that make it likelier, the likeliest first."""
        scores = []
        n = len(self.docs)
        for convention in next(iter(self.docs.values())).c.options:
            options = collections.defaultdict(lambda: [0, 0])
            for name, doc in self.docs.items():
                o = options[doc.c.options[convention]]
                o[0] += 1
                o[1] += name in reports
            for option, (all_, hit) in options.items():
                if hit > 1 and all_ < n:
                    share, rest = hit / all_, (len(reports) - hit) / (n - all_)
                    scores.append(((share - rest) * hit ** .5, convention, option, hit, all_))
        best = sorted(scores, reverse=True)[:3]
        return ", ".join("%s = %s (%d of %d)" % (c, o, h, a) for _, c, o, h, a in best)


class Halves:
    """What is said of half-typed reports and not of the whole; what is not there is no matter of amounts."""

    def __init__(self, docs, before, found):
        self.count, self.false = len(docs), []
        for name, findings in found.items():
            old = {identity(f) for f in before[name]}
            for f in findings:
                if (f["level"] in ACCUSES and identity(f) not in old and not is_form(f)
                        and f["rule"] not in docs[name].arguable | docs[name].expected):
                    self.false.append((name, f))

    def figures(self):
        return {"half-typed reports with another false finding": len({n for n, _ in self.false})}

    def show(self, examples):
        print("half-typed reports with a false finding that the whole report has not: %d of %d"
              % (len({n for n, _ in self.false}), self.count))
        rules = collections.Counter((f["rule"], f["level"]) for _, f in self.false)
        for (rule, level), count in rules.most_common():
            print("  %-7s %-9s %5d" % (rule, level, count))
            for name, f in [x for x in self.false if (x[1]["rule"], x[1]["level"]) == (rule, level)][:examples]:
                print("      %s:%s %s" % (name, f["source"]["line"] if f["source"] else "", f["message"]))


class Planted:
    """What is said of one error a report."""

    def __init__(self, made, before, found):
        self.rows = []      # (plant, name, new findings, those that accuse, subject?, evidence?, others)
        self.first, self.harmful, self.tried = 0, 0, 0
        for name, (doc, plant) in made.items():
            doc.text()      # lines and columns of the cells
            old = collections.Counter(identity(f) for f in before[name])
            new = []
            for f in found[name]:
                if old[identity(f)] > 0:
                    old[identity(f)] -= 1
                else:
                    new.append(f)
            at = {(c.line, c.col) for c in plant.cells}
            subject = evidence = False
            others = 0
            for f in new:
                places = [(e["source"]["line"], e["source"]["column"]) for e in f["evidence"] if e["source"]]
                own = (f["source"]["line"], f["source"]["column"]) if f["source"] else None
                hit = own in at or bool(places and places[0] in at)
                seen = hit or any(p in at for p in places) or plant.place == "huvud"
                subject, evidence = subject or hit, evidence or seen
                others += f["level"] in ACCUSES
            accused = [f for f in new if f["level"] in ACCUSES]
            self.rows.append((plant, name, new, accused, subject, evidence, max(others - 1, 0)))

    def repaired(self, repair, count):
        """What medel repair proposes first: the planted figure, or to change a right one."""
        for plant, name, new, accused, *_ in self.rows:
            if plant.place not in STATEMENTS + ("drift",) or len(plant.cells) != 1 or self.tried >= count:
                continue
            self.tried += 1
            at = {(c.line, c.col) for c in plant.cells}
            firsts = [p["repairs"][0]["figures"] for p in repair(name) if p["repairs"]]
            self.first += any({(f["line"], f["col"]) for f in figures} == at for figures in firsts)
            self.harmful += any(any((f["line"], f["col"]) not in at for f in figures) for figures in firsts)

    def groups(self):
        per = collections.OrderedDict()
        for row in self.rows:
            per.setdefault(row[0].place, []).append(row)
        return per

    @staticmethod
    def sums(rows):
        n = len(rows)
        found = sum(bool(r[2]) for r in rows)
        return (n, found, sum(bool(r[3]) for r in rows), sum(r[4] for r in rows),
                sum(r[5] for r in rows), sum(r[6] for r in rows))

    def figures(self):
        out = {}
        for place, rows in self.groups().items():
            n, found, accused, subject, evidence, others = self.sums(rows)
            out["missed in " + place] = n - found
        n, found, accused, subject, evidence, others = self.sums(self.rows)
        out["found without the planted figure"] = found - evidence
        out["other findings of plants"] = others
        out["plants not first in repair"] = self.tried - self.first
        out["plants whose repair would change a right figure"] = self.harmful
        return out

    def show(self, examples):
        print("\nplants: one error above rounding a report, by place")
        print("  %-14s %6s %7s %7s %8s %9s %7s" % ("place", "plants", "found", "accused", "subject",
                                                  "evidence", "others"))
        for place, rows in list(self.groups().items()) + [("all", self.rows)]:
            n, found, accused, subject, evidence, others = self.sums(rows)
            if n:
                print("  %-14s %6d %6.1f%% %6.1f%% %7.1f%% %8.1f%% %7.2f" % (
                    place, n, 100 * found / n, 100 * accused / n, 100 * subject / max(found, 1),
                    100 * evidence / max(found, 1), others / n))
        statements = [r for r in self.rows if r[0].place in STATEMENTS]
        if statements:
            n, found, accused, subject, evidence, others = self.sums(statements)
            print("  statements and notes: %.1f %% found, %.1f %% of them with the planted figure, "
                  "%.2f other findings" % (100 * found / n, 100 * evidence / max(found, 1), others / n))
        if self.tried:
            print("  repair of %d of them: the planted figure first in %d; a right figure would be "
                  "changed in %d" % (self.tried, self.first, self.harmful))
        slips = collections.defaultdict(lambda: [0, 0])
        for r in self.rows:
            slips[r[0].slip][0] += 1
            slips[r[0].slip][1] += bool(r[2])
        print("  by slip: " + ", ".join("%s %d of %d" % (k, f, n) for k, (n, f) in sorted(slips.items())))
        shown = collections.Counter()
        for r in self.rows:
            if not r[2] and shown[r[0].place] < examples:
                shown[r[0].place] += 1
                print("      missed: %s %s" % (r[1], r[0]))


def ratchet(path, figures, reset):
    """The figures may only become smaller.  Returns what to exit with."""
    if reset:
        with open(path, "w", encoding="utf-8") as f:
            json.dump(figures, f, indent=1, sort_keys=True, ensure_ascii=False)
            f.write("\n")
        return 0
    with open(path, encoding="utf-8") as f:
        limits = json.load(f)
    worse = ["%s: %d, at most %d before" % (k, v, limits.get(k, 0)) for k, v in figures.items()
             if v > limits.get(k, 0)]
    better = [k for k, v in limits.items() if figures.get(k, 0) < v]
    if worse:
        return "precision has become worse:\n  " + "\n  ".join(worse)
    if better:
        print("precision has become better (%s): keep it with make precision-reset" % ", ".join(better))
    return 0

#!/usr/bin/env python3
"""How well medel judges reports that are right, and reports with one error.

    precision.py MEDEL [--clean N] [--plants N] [--seed S] [--one] [--out FOLDER]
                 [--repairs N] [--limits FILE] [--reset] [--show N]

Clean reports: everything at error and deviation that the report does not call for is false.
Plants: found if there is a finding at note or above that the same report without the plant
does not have.  --repairs N: so many plants are also given to medel repair.  --one prints each convention alone against a plain report.  --limits FILE
holds the worst figures that pass (the test's ratchet); --reset writes it.
"""

import argparse
import collections
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cases
import conventions
import half
import known
import measure
import plants
import report
from draw import stream


def audit(medel, folder, files):
    """The findings of each file: name -> list of findings."""
    out = {}
    for i in range(0, len(files), 100):
        some = files[i:i + 100]
        r = subprocess.run([medel, "audit", "-f", "json", "--level", "note"] + some,
                           cwd=folder, capture_output=True, text=True)
        if r.returncode == 2 and r.stderr:
            sys.exit("a generated report is refused, or a rule is broken:\n" + r.stderr[:3000])
        for one in json.loads(r.stdout)["reports"]:
            if one["broken"]:
                sys.exit("broken rule in %s: %s" % (one["file"], one["broken"]))
            out[os.path.basename(one["file"])] = one["findings"]
    return out


def repair(medel, folder, file):
    """The problems of a file and what is proposed for each."""
    r = subprocess.run([medel, "repair", "-f", "json", file], cwd=folder, capture_output=True, text=True)
    if r.returncode == 2:
        sys.exit("no repair of %s: %s" % (file, r.stderr[:2000]))
    return json.loads(r.stdout)["problems"]


def write(folder, name, doc):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        f.write(doc.text())
    return name


def clean_run(medel, folder, docs):
    found = audit(medel, folder, [write(folder, n, d) for n, d in docs.items()])
    return measure.Clean(docs, found)


def half_run(medel, folder, args):
    """The same reports as the clean ones, each with parts left out."""
    docs, whole = {}, {}
    for i in range(args.clean):
        here = "%s-c-%d" % (args.seed, i)
        docs["half-%04d.yaml" % i] = doc = report.make(here)
        half.halve(doc, stream(here, "half"))
        whole["half-%04d.yaml" % i] = report.make(here)
    found = audit(medel, folder, [write(folder, n, d) for n, d in docs.items()])
    before = audit(medel, folder, [write(folder, n.replace("half", "whole"), d) for n, d in whole.items()])
    return measure.Halves(docs, {n: before[n.replace("half", "whole")] for n in docs}, found)


def plant_run(medel, folder, count, seed):
    """Every place in turn: one error in a report of its own."""
    made, before, i = {}, {}, 0
    while len(made) < count:
        place = plants.PLACES[i % len(plants.PLACES)]
        name = "plant-%05d.yaml" % i
        here = "%s-p-%d" % (seed, i // 4)
        i += 1
        if i > count * 6:
            break
        doc = report.make(here)
        p = plants.plant(doc, stream(here, "plant", i), place)
        if p:
            made[name] = (doc, p)
            before[name] = here
    right = {}
    for here in dict.fromkeys(before.values()):
        right[here] = report.make(here)
    docs = {"right-%s.yaml" % h: d for h, d in right.items()}
    found = audit(medel, folder, [write(folder, n, d) for n, d in docs.items()]
                  + [write(folder, n, d) for n, (d, _) in made.items()])
    return measure.Planted(made, {n: found["right-%s.yaml" % h] for n, h in before.items()}, found)


def one_by_one(medel, folder, seed, copies=4):
    """Each option of each convention alone, in reports that are otherwise plain."""
    docs, names = {}, {}
    for convention, options in conventions.ALL.items():
        for option, _ in options[1:]:
            for k in range(copies):
                name = "one-%s-%s-%d.yaml" % (convention, option.replace(" ", "_").replace(",", ""), k)
                chosen = {convention: option}
                chosen.update(NEEDS.get(convention, {}) if convention not in ("esf", "anlaggningar") else {})
                docs[name] = report.make("%s-o-%d" % (seed, k), plain=True, chosen=chosen)
                names[name] = (convention, option)
    run = clean_run(medel, folder, docs)
    per = collections.defaultdict(collections.Counter)
    for name, _, f in run.false:
        per[names[name]][f["rule"] + (" (avv)" if f["level"] == "deviation" else "")] += 1
    print("false findings per report, one convention against a plain report:")
    for (convention, option), rules in sorted(per.items(), key=lambda kv: -sum(kv[1].values())):
        print("  %5.2f  %s = %s: %s" % (sum(rules.values()) / copies, convention, option,
                                        ", ".join("%s %d" % kv for kv in rules.most_common(6))))


# What a convention needs the förbund to have for it to show.
ASSETS, PROJECT, INCOME = {"anlaggningar": "ja"}, {"esf": "hel"}, {"intakter": "flera"}
NEEDS = {"reavinst": ASSETS, "rr_kostnader": ASSETS, "not_avskrivningar": ASSETS,
         "ov_kostnader": {**ASSETS, **INCOME}, "fv_avskrivningar": ASSETS, "not_anlaggningar": ASSETS,
         "dr_avskrivningar": ASSETS, "txt_kostnader": ASSETS, "investering": ASSETS,
         "fv_esf": {**PROJECT, "fv": "ja"}, "dr_esf": PROJECT, "fv_admin": {**INCOME, "fv": "ja"},
         "dr_ovriga": INCOME, "om_form": {**INCOME, **PROJECT}, "fv_finans": {"fv": "ja"},
         "fv_andelar": {"fv": "ja"}, "fv_summa": {"fv": "ja"}, "fv_enhet": {"fv": "ja"},
         "fv_ar": {"fv": "ja"}, "kf_form": ASSETS, "br_delar": ASSETS, "noll": ASSETS,
         "ins_orsaker": {"ins_form": "antal"}, "farger": {"mal": "blandade"}}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("medel")
    a.add_argument("--clean", type=int, default=300)
    a.add_argument("--plants", type=int, default=1000)
    a.add_argument("--seed", default="1")
    a.add_argument("--one", action="store_true")
    a.add_argument("--out", default="build/precision")
    a.add_argument("--repairs", type=int, default=100)
    a.add_argument("--examples", default="examples")
    a.add_argument("--limits")
    a.add_argument("--reset", action="store_true")
    a.add_argument("--show", type=int, default=0)
    args = a.parse_args()
    medel, folder = os.path.abspath(args.medel), os.path.abspath(args.out)
    os.makedirs(folder, exist_ok=True)
    for old in os.listdir(folder):
        if old.endswith(".yaml"):
            os.remove(os.path.join(folder, old))
    if args.one:
        one_by_one(medel, folder, args.seed)
        return
    docs = {"clean-%04d.yaml" % i: report.make("%s-c-%d" % (args.seed, i)) for i in range(args.clean)}
    clean = clean_run(medel, folder, docs)
    halves = half_run(medel, folder, args)
    planted = plant_run(medel, folder, args.plants, args.seed)
    planted.repaired(lambda name: repair(medel, folder, name), args.repairs)
    examples = known.run(lambda where, files: audit(medel, where, files),
                         lambda where, file: repair(medel, where, file), args.examples,
                         os.path.join(folder, "corrected"))
    small = cases.Cases(lambda where, files: audit(medel, where, files), medel)
    clean.show(args.show)
    halves.show(args.show)
    planted.show(args.show)
    small.show(args.show)
    print()
    figures = {**clean.figures(), **halves.figures(), **planted.figures(), **small.figures()}
    for example in examples:
        example.show(args.show)
        figures.update(example.figures())
    if args.limits:
        sys.exit(measure.ratchet(args.limits, figures, args.reset))


if __name__ == "__main__":
    main()

"""metamorphic.py MEDEL [TIMES] - a report written in another way says the same: keys and sections in another
order, other quotes, block and flow, line ends, blank lines and comments, thousands with their decimals; and a
pack whose files have another order.  Findings are the same by rule and fingerprint (its figures)."""
import json
import os
import random
import re
import shutil
import subprocess
import sys

import work

try:
    import yaml
except ImportError:
    yaml = None

EXAMPLES = ("examples/lekeberg-orebro/2023.yaml", "examples/sydnarke/2023.yaml")


def findings(runner, path, *options):
    """What is found, by rule, level and fingerprint, and the rules that passed; but FRM-12, which says of the
    order itself that it is wrong."""
    made = subprocess.run([runner.medel, "audit", "--level", "note", "-f", "json", "--except", "FRM-12",
                           *options, path], cwd=work.ROOT,
                          capture_output=True, check=False, env={"PATH": "/usr/bin:/bin", "MEDEL_DATA": work.ROOT})
    if made.returncode not in (0, 1):
        return made.stderr.decode()[:500]
    report = json.loads(made.stdout)["reports"][0]
    return (sorted((f["rule"], f["level"], f["fingerprint"]) for f in report["findings"]), sorted(report["passed"]))


# ---- the same text ----

def crlf(text, _):
    return text.replace("\n", "\r\n")


def blank_lines(text, _):
    return text + "\n" * 50


def no_last_newline(text, _):
    return text.rstrip("\n")


def comments(text, dice):
    """Between sections, where no text goes on."""
    return re.sub("(?m)^(?=[a-zåäö_]+:)", lambda _: f"# prov {dice.random()}\n\n", text)


# ---- the same tree ----

def tree(node):
    """A tree of lists of pairs, lists and (text, plain) leaves."""
    if isinstance(node, yaml.MappingNode):
        return {"pairs": [(key.value, tree(value)) for key, value in node.value]}
    if isinstance(node, yaml.SequenceNode):
        return [tree(item) for item in node.value]
    return (node.value, node.style is None)


QUOTES = {
    '"': lambda text: json.dumps(text, ensure_ascii=False),
    "'": lambda text: "'" + text.replace("'", "''") + "'" if "\n" not in text else json.dumps(text, ensure_ascii=False),
}


def leaf(text, plain, quote):
    if plain and (text in ("", "~") or quote == "plain" and "\n" not in text):
        return text or "~"
    return QUOTES["'" if quote == "'" else '"'](text)


def flow(node, quote):
    if isinstance(node, dict):
        return "{ " + ", ".join(f"{key}: {flow(value, quote)}" for key, value in node["pairs"]) + " }"
    if isinstance(node, list):
        return "[" + ", ".join(flow(item, quote) for item in node) + "]"
    # A plain text that means something in flow had to be in a block.
    return leaf(*node, quote) if not re.search("[][{},]", node[0]) else leaf(node[0], False, '"')


def block(node, quote, indent):
    if isinstance(node, dict) and node["pairs"]:
        return "".join(f"\n{indent}{key}: {block(value, quote, indent + '  ').lstrip(' ')}" for key, value in node["pairs"])
    if isinstance(node, list) and node and any(isinstance(item, dict) for item in node):
        return "".join(f"\n{indent}- {flow(item, quote)}" for item in node)
    return flow(node, quote)


# Rows, notes and records stand in the order that they are printed in.
PRINTED = ("rader", "noter", "insatser", "mal")


def shuffled(node, dice, name=""):
    if isinstance(node, list):
        return [shuffled(item, dice) for item in node]
    if not isinstance(node, dict):
        return node
    pairs = [(key, shuffled(value, dice, key)) for key, value in node["pairs"]]
    if name not in PRINTED:
        dice.shuffle(pairs)
    return {"pairs": pairs}


def rewritten(text, quote, dice=None):
    made = tree(yaml.compose(text, Loader=yaml.BaseLoader))
    if dice:
        made = shuffled(made, dice)
    return block(made, quote, "").lstrip("\n") + "\n"


def thousands(text, _):
    """Tables in kr as tkr with three decimals: the same amounts with the same precision."""
    out, inside = [], False
    for line in text.split("\n"):
        if re.match(r"\s+enhet: kr$", line):
            inside, line = True, line.replace("kr", "tkr")
        elif re.match(r"\S|\s+enhet:", line):
            inside = False
        elif inside and not re.match(r"\s+kolumner", line):
            line = re.sub(r"(?<=[\[ ])-?\d[\d ]*\d(?=[,\]])|(?<=[\[ ])-?\d(?=[,\]])", thousandth, line)
        out.append(line)
    return "\n".join(out)


def thousandth(match):
    digits = match.group().replace(" ", "")
    sign, digits = ("-", digits[1:]) if digits[0] == "-" else ("", digits)
    digits = digits.rjust(4, "0")
    whole = f"{int(digits[:-3]):,}".replace(",", " ")
    return f'"{sign}{whole},{digits[-3:]}"'


WAYS = {"CRLF": crlf, "blank lines at the end": blank_lines, "no last newline": no_last_newline, "comments": comments}
TREES = {"double quotes": ('"', False), "single quotes": ("'", False), "blocks": ("plain", False),
         "keys in another order": ("plain", True), "another order and quotes": ("'", True)}


def reports(runner, times):
    bad, tried = [], 0
    ways = dict(WAYS)
    if yaml:
        ways.update({name: (lambda text, dice, q=quote, o=order: rewritten(text, q, dice if o else None))
                     for name, (quote, order) in TREES.items()})
    for example in EXAMPLES:
        folder = os.path.join(runner.root, os.path.basename(os.path.dirname(example)))
        shutil.copytree(os.path.join(work.ROOT, os.path.dirname(example)), folder)
        path = os.path.join(folder, "2023.yaml")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        right = findings(runner, path)
        for name, way in ways.items():
            for turn in range(times if "order" in name or name == "comments" else 1):
                with open(path, "w", encoding="utf-8", newline="") as file:
                    file.write(way(text, random.Random(turn)))
                got = findings(runner, path)
                tried += 1
                if got != right:
                    bad.append(f"{example}: {name} ({turn}): {difference(right, got)}")
    return bad, tried


def difference(right, got):
    if isinstance(got, str) or isinstance(right, str):
        return got if isinstance(got, str) else right
    return f"gone {[f for f in right[0] if f not in got[0]][:3]} new {[f for f in got[0] if f not in right[0]][:3]}"


def units(runner):
    """Rules on the unit as printed may differ; sums and ties may not."""
    folder = work.place(os.path.join(runner.root, "enheter"))
    path = os.path.join(folder, "2023.yaml")
    options = ("--only", "SUM,KOL,ART,EKA,OVS")
    right = findings(runner, path, *options)
    other = thousands(work.REPORT, None)
    work.write(folder, "2023.yaml", other)
    got = findings(runner, path, *options)
    if other.count("tkr") < 4 or right == got and right[0]:
        return [], 1
    return [f"kr as tkr: {difference(right, got)}"], 1


def packs(runner):
    """The same rules in files of other names, so that they are loaded in another order."""
    right, bad = None, []
    for turn, prefix in enumerate((lambda i, n: i, lambda i, n: n - i, lambda i, n: i * 7919 % n)):
        folder = os.path.join(runner.root, f"paket-{turn}")
        os.mkdir(folder)
        shutil.copytree(os.path.join(work.ROOT, "rules", "nationell", "lib"), os.path.join(folder, "lib"))
        rules = sorted(name for name in os.listdir(os.path.join(work.ROOT, "rules", "nationell")) if name.endswith(".lua"))
        for i, name in enumerate(rules):
            shutil.copy(os.path.join(work.ROOT, "rules", "nationell", name),
                        os.path.join(folder, f"{prefix(i, len(rules)):03d}-{name}"))
        got = findings(runner, EXAMPLES[1], "--pack", folder)
        right = right or got
        if got != right or isinstance(got, str):
            bad.append(f"rule files in another order: {difference(right, got)}")
    return bad, 3


def main(medel, times="2"):
    runner = work.Runner(medel)
    bad, tried = [], 0
    for wrong, n in (reports(runner, int(times)), units(runner), packs(runner)):
        bad += wrong
        tried += n
    for what in bad:
        print("FAIL", what)
    print(f"metamorphic: {tried} tried{'' if yaml else ', those that need python3-yaml left out'}, {len(bad)} wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

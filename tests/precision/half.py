"""Half-typed reports: a report that is right, of which a typist has left parts out.

What is not typed may be not tried; it is never a figure that is wrong.
"""

KEPT = ("medel", "forbund", "rakenskapsar", "dokument")
FIELDS = ("driftrad", "verksamhetsrad", "budget", "utfall", "avvikelse", "forbrukning", "kvinnor", "man",
          "annat_kon", "avslutade", "stegforflyttning", "stegforflyttning_av", "stegforflyttning_andel",
          "kostnad_per_deltagare", "positiv", "svar")


def start(parts):
    """The line's text up to its first figure."""
    return "".join(p if isinstance(p, str) else "" for p in parts)


def blocks(lines, indent):
    """Runs of lines under a key that stands at the indent."""
    out = []
    for parts in lines:
        text = start(parts)
        if len(text) - len(text.lstrip()) == indent and text.strip() and not text.lstrip().startswith("-"):
            out.append([parts])
        elif out:
            out[-1].append(parts)
    return out


def halve(doc, rng):
    """Leave out sections, notes, single fields and references."""
    kept = []
    for block in blocks(doc.lines, 0):
        key = start(block[0]).split(":")[0]
        if key not in KEPT and rng.random() < .3:
            continue
        if key == "noter":
            notes = [n for n in blocks(block[1:], 2) if rng.random() > .3]
            if not notes:
                continue
            block = block[:1] + [line for n in notes for line in n]
        kept += [line for line in block if not single(line, rng)]
    for line in kept:
        for i, p in enumerate(line):
            if isinstance(p, str) and p.startswith(", not: ") and rng.random() < .3:
                line[i] = ""
    doc.lines = kept


def single(parts, rng):
    text = start(parts)
    key = text.strip().split(":")[0]
    return (key in FIELDS and len(text) - len(text.lstrip()) >= 4 and text.rstrip().endswith(("}", "true", "false"))
            or key in ("driftrad", "verksamhetsrad")) and rng.random() < .25

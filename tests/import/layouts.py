"""layouts.py: how an invented report is printed: figures, heads, marks, and a layout drawn by chance."""

PROSE = ("Förbundet har under året utvecklat samverkan mellan medlemmarna och följt upp de insatser som finansieras. "
         "Styrelsen har sammanträtt sju gånger och beslutat om budget och verksamhetsplan för kommande år.")


def figure(v, share, lay):
    if share:
        return "%d %%" % v
    if v == 0 and lay["dash"]:
        return lay["minus"]
    text = "{:,}".format(abs(v)).replace(",", lay["sep"])
    if v < 0:
        text = {"after": text + "-", "brackets": "(%s)" % text}.get(lay["negative"], lay["minus"] + text)
    return text + (" kr" if lay["kr"] else "")


def header(t, report, lay):
    y = report.year
    if t["table"] == "driftredovisning":
        return [["", "Utfall %d" % y, "", "", "Budget %d" % y, "Avvikelse %d" % y, "Utfall %d" % (y - 1), "", ""],
                [lay["head"] % report.unit, "Intäkt", "Kostnad", "Netto", "Netto", "Netto", "Intäkt", "Kostnad", "Netto"]]
    dates = lay["dates"] and t["table"] in ("balansrakning",)
    note = ["Not"] if t["notes"] and lay["notes"] else []
    return [[lay["head"] % report.unit] + note + [c + "-12-31" if dates else c for c in t["columns"]]]


def body(t, lay):
    rows = []
    for i, (label, values, share) in enumerate(t["rows"]):
        note = [str(t["notes"].get(i, ""))] if t["notes"] and lay["notes"] else []
        cells = [figure(v, share, lay) for v in values] if values else [""] * len(t["columns"])
        cells[0] += t["on_figures"].get(label, "")
        rows.append([label + t["marks"].get(label, "")] + note + cells)
    return rows


def layout(rng):
    lay = dict(size=rng.choice([7, 8, 9, 10, 11]), pad=rng.choice([0.6, 1, 2, 4, 6]), align=rng.choice("rrrlc"),
               font=rng.choice(["Helvetica", "Helvetica", "Courier"]), sep=rng.choice([" ", "\u00a0", "\u2009", "\u202f"]),
               minus=rng.choice(["-", "\u2013", "\u2212", "-"]),
               negative=rng.choice(["before"] * 14 + ["after", "brackets"]), head=rng.choice(["Belopp i %s", "%s", "(%s)"]),
               turned=rng.choice([""] * 10 + ["page", "text"]), foot=rng.choice([""] * 6 + ["*", "1)", "raised"]),
               merged=rng.random() < .4, tabs=rng.random() < .25, valign=rng.choice(["top", "bottom", "middle"]),
               dash=rng.random() < .3, kr=rng.random() < .1, dates=rng.random() < .5, notes=rng.random() < .6,
               gap=rng.choice([6, 10, 16]), page=rng.choice([(595, 842), (595, 842), (842, 595)]),
               rules=rng.random() < .4, label=rng.choice([110, 150, 220]), repeat=rng.random() < .7,
               columns=2 if rng.random() < .15 else 1, stray=rng.random() < .3)
    if lay["font"] == "Courier":
        lay["size"] = min(lay["size"], 8)
    if lay["columns"] == 2:
        lay.update(page=(842, 595), size=7, gap=6, label=150, turned="")
    return lay


def footnotes(report, lay, rng):
    """A mark on a label or two of some tables, and what stands under the table."""
    for t in report.tables:
        t["marks"], t["on_figures"], t["under_it"] = {}, {}, []
        labels = [label for label, values, _ in t["rows"] if values]
        if lay["foot"] and rng.random() < .4:
            on_figure = lay["foot"] == "raised" and rng.random() < .5
            for i, label in enumerate(sorted(rng.sample(labels, rng.randrange(1, 3)), key=labels.index)):
                mark = "*" * (i + 1) if lay["foot"] == "*" else "%d)" % (i + 1)
                t["on_figures" if on_figure else "marks"][label] = "\x11" + mark[0] if lay["foot"] == "raised" else " " + mark
                t["under_it"].append("%s Varav %d 000 kr avser %d." % (mark, rng.randrange(2, 90), report.year - 1))

"""Errors: one slip in a report that is right, in each kind of place.

A plant changes what is typed and says which cells are wrong.  Slips that rounding could
explain are no plants.
"""

from doc import UNITS

PLACES = ["rr", "br", "kf", "not", "balanskrav", "invest", "drift", "oversikt", "om", "fv", "insats",
          "mal", "indikator", "enkat", "arbetsmarknad", "text", "huvud"]


class Plant:
    def __init__(self, slip, place, cells, note=""):
        self.slip, self.place, self.cells, self.note = slip, place, cells, note

    def __str__(self):
        c = self.cells[0]
        return "%s in %s: %s -> %s" % (self.slip, c.where(), c.printed, c.text)


def amount_of(cell, n):
    """The value of n units of the cell, öre for an amount."""
    return n * UNITS[cell.unit][0] if cell.kind == "amount" else n


def beyond_rounding(cell, n):
    """True if the figure n instead of the cell's own cannot be a matter of rounding."""
    d = abs(n - cell.value)
    if cell.kind == "count":
        return d >= 1
    if cell.kind == "share":
        return d >= (3 if cell.place in ("oversikt", "fv", "om") else 2)
    if cell.text.split(" ")[0] in ("ca", "drygt", "knappt"):
        return d * 10 >= abs(cell.value)
    if cell.unit.startswith("mnkr"):
        return d >= 3
    return d >= (100 if cell.unit == "kr,öre" else 1) * 12


def retype(doc, cell, n):
    """The text of the cell with the figure n, in its own way of printing."""
    old, style = cell.text, doc.style
    decimals = 1 if cell.kind == "share" and "," in old else (
        UNITS[cell.unit][1] if cell.kind == "amount" else 0)
    prose = cell.place in ("text", "insats", "mal")
    text = style.number(n, decimals, prose)
    if cell.kind == "share":
        text += " %"
        return "(%s)" % text if old.startswith("(") else text
    word = old.split(" ")[0]
    if word in ("ca", "drygt", "knappt"):
        text = word + " " + text
    last = old.split(" ")[-1]
    return text + " " + last if last in ("kr", "tkr", "mnkr") else text


def digits(n):
    return list(map(int, str(abs(n))))


def number(ds):
    return int("".join(map(str, ds)))


def slips(rng, cell):
    """Each slip that can be made in a figure, as (name, new figure)."""
    v, out = cell.value, []
    ds, sign = digits(v), -1 if v < 0 else 1
    i = rng.randrange(len(ds))
    other = rng.choice([d for d in range(0 if i else 1, 10) if d != ds[i]])
    out.append(("digit", sign * number(ds[:i] + [other] + ds[i + 1:])))
    swaps = [k for k in range(len(ds) - 1) if ds[k] != ds[k + 1] and (k or ds[1])]
    if swaps:
        k = rng.choice(swaps)
        out.append(("transposition", sign * number(ds[:k] + [ds[k + 1], ds[k]] + ds[k + 2:])))
    if len(ds) > 2:
        k = rng.randrange(len(ds) - 1)
        lost = ds[:k] + ds[k + 1:]
        if lost[0]:
            out.append(("lost digit", sign * number(lost)))
    k = rng.randrange(len(ds))
    out.append(("doubled digit", sign * number(ds[:k] + [ds[k]] + ds[k:])))
    if cell.kind == "amount":
        out.append(("sign", -v))
        if len(ds) < 7:
            out.append(("thousand", v * 1000))
        elif len(ds) > 4:
            out.append(("thousand", sign * number(ds[:-3])))
    return out


def signed(cell):
    """True where a minus lost or added is an error and no convention of its own."""
    return cell.place in ("rr", "br", "kf", "drift", "om", "balanskrav")


def single(doc, rng, place):
    """One figure mistyped."""
    cells = [c for c in doc.cells if c.place == place and c.value and not c.lone]
    for _ in range(30):
        if not cells:
            return None
        cell = rng.choice(cells)
        name, n = rng.choice(slips(rng, cell))
        if name == "sign" and not signed(cell):
            continue
        if cell.kind == "share" and not 0 <= n <= 100 * (10 if "," in cell.text else 1):
            continue
        if not beyond_rounding(cell, n):
            continue
        cell.text = retype(doc, cell, n)
        return Plant(name, place, [cell])
    return None


def rows_of(doc, place):
    return [(t, r) for t in doc.tables if t.place_kind == place for r in t.rows]


def columns(doc, rng, place):
    """Two cells of a row changed places, or one has its neighbour's figure."""
    rows = rows_of(doc, place)
    rng.shuffle(rows)
    for t, (key, cells, _) in rows:
        pairs = [(a, b) for a, b in zip(cells, cells[1:])
                 if a.value is not None and b.value is not None and not a.lone
                 and a.kind == b.kind and beyond_rounding(a, b.value) and b.value and a.value]
        if not pairs:
            continue
        a, b = rng.choice(pairs)
        if rng.random() < .5:
            a.text, b.text = b.text, a.text
            return Plant("swapped columns", place, [a, b])
        a.text = b.text
        return Plant("column beside", place, [a])
    return None


def row_beside(doc, rng, place):
    """A row has the figure of the row above it."""
    rows = rows_of(doc, place)
    order = list(range(1, len(rows)))
    rng.shuffle(order)
    for i in order:
        (t, (_, above, _)), (u, (_, cells, _)) = rows[i - 1], rows[i]
        k = rng.randrange(len(cells))
        if t is not u:
            continue
        a, b = above[k], cells[k]
        if (a.kind == b.kind and a.value and b.value is not None and not b.lone
                and beyond_rounding(b, a.value)):
            b.text = a.text
            return Plant("row beside", place, [b])
    return None


def left_out(doc, rng, place):
    """A row is not typed at all, though the sum that it is part of is."""
    rows = [(t, r) for t, r in rows_of(doc, place)
            if r[0] not in ("summa", "resultat", "arets_resultat") and r[1][0].value
            and any(q[0] in ("summa",) for q in t.rows) and abs(r[1][0].value) > 1000]
    if place != "not" or not rows:
        return None
    t, r = rng.choice(rows)
    if r[0] in ("direkta_kostnader", "administrativa_kostnader", "medlemsbidrag", "bidrag_kommuner",
                "finansiella_intakter", "ranteintakter"):
        return None
    doc.lines.remove(r[2])
    totals = [c for q in t.rows if q[0] in ("summa", "medlemsbidrag", "bidrag_kommuner") for c in q[1]]
    return Plant("row left out", place, totals)


def goal_word(doc, rng, place):
    """A goal's word contradicts its figures."""
    turned = {"uppnatt": "ej", "ej": "uppnatt", "delvis": "uppnatt"}
    words = {"uppnatt": "uppnått", "ej": "inte uppnått"}
    colours = {"uppnatt": "gron", "ej": "rod"}
    at = [i for i, l in enumerate(doc.lines) if l and l[0] == "    status: "]
    if place != "mal" or not at:
        return None
    i = rng.choice(at)
    new = turned[doc.lines[i][1]]
    first = max(k for k in range(i) if doc.lines[k][0] == "  ")
    cells = [c for c in doc.cells if c.place == "mal" and c.row == doc.lines[first][1]]
    doc.lines[i][1] = new
    doc.lines[i - 1][0] = '    maluppfyllelse: "Målet är %s."' % words[new]
    if doc.lines[i + 1][0] == "    farg: ":
        doc.lines[i + 1][1] = colours[new]
    return Plant("goal's word", place, cells)


def head(doc, rng):
    """A table's head is wrong: the unit, a year, or the sign of a whole column."""
    kinds = ["unit", "year", "column's sign"]
    rng.shuffle(kinds)
    for kind in kinds:
        tables = list(doc.tables)
        rng.shuffle(tables)
        for t in tables:
            cells = [c for r in t.rows for c in r[1]]
            if kind == "unit" and t.unit_line and t.unit in ("kr", "tkr"):
                t.unit_line[2] = "tkr" if t.unit == "kr" else "kr"
                return Plant("unit", "huvud", cells)
            if kind == "year" and t.header_line and len(t.headers) == 2 and t.headers[0] != t.headers[1]:
                t.header_line[1] = '  tryckta_kolumner: ["%s", "%s"]' % (t.headers[0], t.headers[0])
                return Plant("year", "huvud", cells)
            if kind == "column's sign" and t.name == "driftredovisning" and len(t.columns) > 3:
                k = rng.choice([i for i, name in enumerate(t.columns) if name.endswith("netto")] or [None])
                turned = [r[1][k] for r in t.rows if k is not None and r[1][k].value]
                if len(turned) > 3 and any(r[0] == "resultat" for r in t.rows):
                    for c in turned:
                        c.text = retype(doc, c, -c.value)
                    return Plant("column's sign", "huvud", turned)
    return None


def plant(doc, rng, place):
    """One error in this kind of place, or None where the report has no figure of it."""
    if place == "huvud":
        return head(doc, rng)
    kinds = [single, single, single, columns, row_beside]
    if place == "not":
        kinds.append(left_out)
    if place == "mal":
        kinds = [single, goal_word]
    rng.shuffle(kinds)
    for kind in kinds:
        made = kind(doc, rng, place)
        if made:
            return made
    return None

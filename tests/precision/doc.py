"""A report file as it is written: lines of texts and printed figures.

A Cell is one printed figure.  It knows its file line and column, so a finding's evidence can
be told to be it, and a plant can change it.
"""


class Cell:
    """One printed figure: exact `value` in öre (amount), per mille of a per cent (share) or
    heads (count), and how it is printed."""

    def __init__(self, text, value, kind, unit, place, row="", column="", series="", lone=False):
        self.text, self.value, self.kind, self.unit = text, value, kind, unit
        self.place, self.row, self.column, self.series = place, row, column, series
        self.lone = lone          # no other printed figure speaks of it
        self.line = self.col = None
        self.printed = text

    def yaml(self):
        t = self.text
        return '"%s"' % t if "," in t else t

    def where(self):
        return "%s.%s %s" % (self.place, self.row, self.column)


class Style:
    """How figures are typed in this report."""

    def __init__(self, c):
        self.group = "." if c.gruppering == "punkt" else " "
        self.minus, self.zero = c.minus, c.noll

    def number(self, n, decimals=0, prose=False):
        """n in units of the last decimal; in running text a minus stands before."""
        sign, n = n < 0, abs(n)
        whole, part = divmod(n, 10 ** decimals)
        s = str(whole)
        groups = []
        while len(s) > 3:
            s, last = s[:-3], s[-3:]
            groups.insert(0, last)
        s = self.group.join([s] + groups)
        if decimals:
            s += ",%0*d" % (decimals, part)
        if not sign:
            return s
        if prose and self.minus == "efter":
            return "-" + s
        return {"bindestreck": "-" + s, "minustecken": "−" + s, "efter": s + "-"}[self.minus]


UNITS = {"kr": (100, 0), "kr,öre": (1, 2), "tkr": (100_000, 0), "mnkr": (10_000_000, 1),
         "mnkr2": (1_000_000, 2)}


def rounded(value, step):
    """Half away from zero, as a spreadsheet does."""
    q, r = divmod(abs(value), step)
    q += 2 * r >= step
    return -q if value < 0 else q


class Doc:
    def __init__(self, c):
        self.c, self.style = c, Style(c)
        self.lines, self.cells, self.tables = [], [], []
        self.expected, self.arguable = set(), set()
        self.rad = 1

    # ---- writing ----

    def put(self, *parts):
        self.lines.append(list(parts))
        self.cells += [p for p in parts if isinstance(p, Cell)]
        return self.lines[-1]

    def place(self):
        self.rad += 1
        return self.rad

    def amount(self, value, unit, place, row="", column="", word=None, suffix=False, lone=False):
        """A printed amount; `word` is ca, drygt or knappt, `suffix` prints the unit."""
        step, decimals = UNITS[unit]
        n = rounded(value, step)
        text = self.style.number(n, decimals, suffix)
        if word:
            digits = max(len(str(abs(n))) - 2, 0)
            coarse = 10 ** digits
            n = (rounded(value, step * coarse) if word == "ca" else value // (step * coarse)
                 if word == "drygt" else -(-value // (step * coarse))) * coarse
            text = word + " " + self.style.number(n, decimals, True)
        if suffix:
            text += " " + {"kr,öre": "kr", "mnkr2": "mnkr"}.get(unit, unit)
        return Cell(text, n, "amount", unit, place, row, str(column), lone=lone)

    def zero(self, unit, place, row, column):
        """What a nought is printed as: 0, a dash, or nothing."""
        text = {"0": "0", "streck": "–", "tomt": "~", "ingen rad": "0"}[self.c.noll]
        if text == "0" and unit == "kr,öre":
            text = "0,00"
        return Cell(text, 0, "amount", unit, place, row, str(column))

    def share(self, num, den, place, row="", column="", form="heltal", paren=False, lone=False):
        decimals = 1 if form == "decimal" else 0
        scaled = 100 * 10 ** decimals * num
        n = rounded(scaled, den) if form != "avkortad" else (
            abs(scaled) // den * (-1 if scaled < 0 else 1))
        text = self.style.number(n, decimals) + " %"
        if paren:
            text = "(%s)" % text
        return Cell(text, n, "share", "%", place, row, str(column), lone=lone)

    def count(self, n, place, row="", column="", lone=False, word=None):
        text = self.style.number(n)
        if word:
            n = rounded(n, 10) * 10
            text = word + " " + self.style.number(n)
        return Cell(text, n, "count", "st", place, row, str(column), lone=lone)

    def table(self, name, heading, unit, columns, place, indent="", headers=None, extra=None,
              unit_printed=None):
        t = Table(self, name, heading, unit, columns, place, indent, headers, extra, unit_printed)
        self.tables.append(t)
        return t

    # ---- reading ----

    def text(self):
        out = []
        for number, parts in enumerate(self.lines, 1):
            line = ""
            for p in parts:
                if isinstance(p, Cell):
                    p.line, p.col = number, len(line) + 1
                    line += p.yaml()
                else:
                    line += p
            out.append(line)
        return "\n".join(out) + "\n"


class Table:
    """Rows of cells under columns; written to the document when it is closed."""

    def __init__(self, doc, name, heading, unit, columns, place, indent, headers, extra,
                 unit_printed):
        self.doc, self.name, self.unit, self.place_kind = doc, name, unit, place
        self.columns, self.indent, self.rows = columns, indent, []
        put = doc.put
        put(indent, name, ":")
        for line in extra or []:
            put(indent, "  ", line)
        put(indent, '  rubrik: "%s"' % heading)
        put(indent, "  rad: %d" % doc.place())
        put(indent, "  enhet: %s" % {"kr,öre": "kr", "mnkr2": "mnkr"}.get(unit, unit))
        self.unit_line = self.header_line = None
        printed = {"kr,öre": "kr", "mnkr2": "mnkr"}.get(unit, unit)
        if unit_printed or doc.c.tryckt_enhet == "ja":
            self.unit_line = put(indent, "  tryckt_enhet: { text: Belopp i ", printed, ", rad: %d }" % doc.place())
        put(indent, "  kolumner: [%s]" % ", ".join(map(str, columns)))
        if headers:
            self.header_line = put(indent, "  tryckta_kolumner: [%s]" % ", ".join('"%s"' % h for h in headers))
            self.headers = headers
        put(indent, "  kolumnrad: %d" % doc.place())
        put(indent, "  rader:")

    def row(self, key, values, under=None, text=None, note=None, lone=False, keep=False, rounding=None):
        """values: one for each column; None is not printed, an int is an amount in öre, a
        Cell is itself.  A row of noughts is left out where that is the convention."""
        doc = self.doc
        ints = [v for v in values if isinstance(v, int)]
        if doc.c.noll == "ingen rad" and not keep and ints and not any(values):
            return None
        cells = []
        for v, column in zip(values, self.columns):
            if v is None:
                cell = Cell("~", None, "amount", self.unit, self.place_kind, key, str(column))
            elif isinstance(v, Cell):
                cell = v
            elif v == 0:
                cell = doc.zero(self.unit, self.place_kind, key, column)
            else:
                cell = doc.amount(v, self.unit, self.place_kind, key, column)
            cell.row, cell.column = key, str(column)
            cell.series = self.name + "." + key
            cell.lone = cell.lone or lone
            cells.append(cell)
        parts = [self.indent, "    ", key, ": { "]
        if under:
            parts.append("under: %s, " % under)
        if text:
            parts.append('text: "%s", ' % text)
        parts.append("tal: [")
        for i, cell in enumerate(cells):
            parts += [", ", cell] if i else [cell]
        parts.append("]")
        if note:
            parts.append(", not: %s" % note)
        if rounding:
            parts.append(", noggrannhet: %s" % rounding)
        parts.append(", rad: %d }" % doc.place())
        line = doc.put(*parts)
        self.rows.append((key, cells, line))
        return cells

#!/usr/bin/env python3
"""A second implementation of figures, intervals, agreement and formatting.

It reads the cases that amounts.c prints and works each out again with exact fractions
and regular expressions.  It shares no code and no tables with the core.
"""
import re
import sys
from fractions import Fraction

NUMBER, KR, TKR, MNKR, PERCENT, COUNT, KR_PER_COUNT = range(7)
LIMIT = 2**63 - 1
SCALE = {NUMBER: Fraction(1), KR: Fraction(100), TKR: Fraction(100_000),
         MNKR: Fraction(100_000_000), PERCENT: Fraction(1, 100), COUNT: Fraction(1),
         KR_PER_COUNT: Fraction(100)}
DIMENSION = {NUMBER: (0, 0), KR: (1, 0), TKR: (1, 0), MNKR: (1, 0), PERCENT: (0, 0),
             COUNT: (0, 1), KR_PER_COUNT: (1, -1)}
NAME = {NUMBER: "", KR: "kr", TKR: "tkr", MNKR: "mnkr", PERCENT: "%", COUNT: "",
        KR_PER_COUNT: "kr/deltagare"}

SPACE = "[ \u00a0\u2007\u2009\u202f]"
MINUS = "[-\u2011\u2013\u2014\u2212]"
DIGITS = rf"\d+(?:(?:{SPACE}|\.)\d+)*(?:,\d+)?"
LETTER = "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]"
UNITS = [("kr/deltagare", KR_PER_COUNT), ("procentenheter", NUMBER), ("procent", PERCENT),
         ("%", PERCENT), ("h/vecka", NUMBER)]
BLANKS = "[ .\u00a0]*"
MONEY = [(re.compile(words, re.I | re.A), unit) for words, unit in [
    (rf"(?:svenska{BLANKS}kronor|kronor|kr|sek)", KR),
    (rf"(?:[tk]{BLANKS}(?:kr|sek)|(?:tusen|tusentals?){BLANKS}(?:kronor|kr))", TKR),
    (rf"(?:(?:m|mn){BLANKS}(?:kr|sek)|milj{BLANKS}(?:kronor|kr)|miljoner(?:{BLANKS}(?:kronor|kr))?)", MNKR)]]
ENDS = rf"$|{SPACE}|\)|{MINUS}"
QUALIFIERS = {"cirka": 1, "ca.": 1, "ca": 1, "ungefär": 1, "drygt": 2, "knappt": 3,
              "minst": 4}
RANGE = 8
FIGURE = re.compile(
    rf"{SPACE}*(?:(?P<qualifier>[Cc]irka|[Cc]a\.|[Cc]a|[Uu]ngefär|[Dd]rygt|[Kk]nappt|[Mm]inst)"
    rf"{SPACE}+)?(?P<open>\()?{SPACE}*(?P<sign>{MINUS}|\+)?{SPACE}*"
    rf"(?P<number>{DIGITS})(?P<rest>.*)", re.S | re.ASCII)


class Refused(Exception):
    """The text is not a figure."""


def number_of(text):
    """The digits and decimals of a number that is grouped as it should be."""
    whole, _, decimals = text.partition(",")
    groups = re.split(rf"{SPACE}|\.", whole)
    kinds = {"." if gap == "." else " " for gap in re.findall(rf"{SPACE}|\.", whole)}
    if len(kinds) > 1:
        raise Refused("two kinds of grouping")
    if len(groups) > 1 and (len(groups[0]) > 3 or any(len(g) != 3 for g in groups[1:])):
        raise Refused("grouping")
    digits = "".join(groups) + decimals
    if len(digits) > 18 or len(decimals) > 9:
        raise Refused("too long")
    return int(digits), len(decimals)


def word_of(rest):
    """The word for a unit that a text begins with, its full stop too, and the unit."""
    for word, unit in UNITS:
        if rest.startswith(word) and re.match(ENDS, rest[len(word):]):
            return word, unit
    for pattern, unit in MONEY:
        found = pattern.match(rest)
        if found:
            word = found[0]
            if re.match(rf"\.(?:{ENDS})", rest[len(word):]):
                return word + ".", unit
            if re.match(ENDS, rest[len(word):]):
                return word, unit
    return "", None


def unit_of(rest, decimals):
    """The unit that a text begins with, and what follows it."""
    spaced = re.match(SPACE, rest) is not None
    rest = re.sub(rf"^{SPACE}+", "", rest)
    word, unit = word_of(rest)
    if word:
        return unit, rest[len(word):]
    grade = re.match(rf"(?:av |/)({DIGITS})(,)?", rest, re.ASCII)
    if grade:
        number_of(grade[1])
        if grade[2]:
            raise Refused("a comma too many")
        return NUMBER, rest[grade.end():]
    if rest.startswith(("av ", "/")):
        raise Refused("a grade without a maximum")
    thing = re.match(rf"(?:{LETTER}{SPACE}*)+", rest)
    if not thing:
        return None, rest
    if not spaced or decimals:
        raise Refused("a word")
    return COUNT, rest[thing.end():]


def upper_of(rest):
    """What a range goes to and its decimals, and what follows; None if there is no range."""
    rest = re.sub(rf"^{SPACE}+", "", rest)
    rest = rest[len(word_of(rest)[0]):]
    match = re.match(rf"{SPACE}*{MINUS}{SPACE}*({DIGITS})(,)?", rest, re.ASCII)
    if not match:
        return None
    if match[2]:
        raise Refused("a comma too many")
    return *number_of(match[1]), rest[match.end():]


def parse(raw):
    """Qualifier, unit (None if not named), decimals, digits and what a range goes to; or "dash"."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise Refused("encoding") from None
    if re.fullmatch(rf"{SPACE}*{MINUS}{SPACE}*", text):
        return "dash"
    match = FIGURE.fullmatch(text)
    if not match:
        raise Refused("form")
    rest = match["rest"]
    digits, decimals = number_of(match["number"])
    if "," in match["number"] and rest.startswith(","):
        raise Refused("two commas")
    negative = match["sign"] not in (None, "+")
    qualifier = QUALIFIERS[match["qualifier"].lower()] if match["qualifier"] else 0
    upper, to = None, None if negative else upper_of(rest)
    if to:
        upper, more, rest = to
        if qualifier > 1:
            raise Refused("a range after another word than ca")
        upper, digits, decimals = upper * 10 ** max(0, decimals - more), digits * 10 ** max(0, more - decimals), max(decimals, more)
        if upper <= digits:
            raise Refused("downwards")
        qualifier = RANGE
    trailing = re.match(rf"{SPACE}*{MINUS}", rest)
    if trailing and not negative:
        negative = True
        rest = rest[trailing.end():]
    unit, rest = unit_of(rest, decimals)
    rest = re.sub(rf"^{SPACE}+", "", rest)
    if match["open"]:
        if not rest.startswith(")") or unit != PERCENT:
            raise Refused("bracket")
        rest = re.sub(rf"^\){SPACE}*", "", rest)
    if rest:
        raise Refused("more text")
    return qualifier, unit, decimals, -digits if negative else digits, upper


# What "minst" has no end at; the core writes it 1/0.
ENDLESS = Fraction(10**90)


def settled(fraction):
    """What is of the size of the endless is it, and what was divided by it is nothing."""
    if abs(fraction) > 10**60:
        return ENDLESS if fraction > 0 else -ENDLESS
    return Fraction(0) if fraction and abs(fraction) < Fraction(1, 10**60) else fraction


def written(fraction):
    if abs(fraction) == ENDLESS:
        return "1/0" if fraction > 0 else "-1/0"
    return f"{fraction.numerator}/{fraction.denominator}"


def fits(fraction):
    return abs(fraction) == ENDLESS or abs(fraction.numerator) <= LIMIT and fraction.denominator <= LIMIT


def quantity(digits, decimals, unit, qualifier=0):
    """Value and interval in base units; None if 64 bits do not hold them."""
    place = SCALE[unit] / 10**decimals
    half = 0 if unit == COUNT and decimals == 0 else Fraction(1, 2)
    size = abs(digits)
    step = 10 ** (len(str(size)) - len(str(size).rstrip("0"))) if size else 1
    ends = {1: (size - step // 2, size + step // 2) if step > 1 else None,
            2: (size, size + step), 3: (size - step, size), 4: (size, None)}.get(qualifier)
    plain = [(size - half) * place, (size + half) * place]
    ends = [ENDLESS if e is None else e * place for e in ends] if ends else plain
    if digits < 0:
        ends = [-e for e in reversed(ends)]
    answer = (digits * place, *ends)
    return answer if all(fits(x) for x in (*answer, *plain)) else None


def agree(printed, computed):
    low, high = printed[1:]
    if low <= computed[2] and computed[1] <= high:
        return 0
    low, high = 2 * low - printed[0], 2 * high - printed[0]
    return 1 if low < computed[2] and computed[1] < high else 2


def rounded(value, toward_zero):
    whole, rest = divmod(abs(value.numerator), value.denominator)
    if not toward_zero and 2 * rest >= value.denominator:
        whole += 1
    return whole if value >= 0 else -whole


def formatted(value, unit, decimals, toward_zero):
    n = rounded(value / SCALE[unit] * 10**decimals, toward_zero)
    if abs(n) > LIMIT:
        return "(för stort)"
    digits = str(abs(n)).rjust(decimals + 1, "0")
    whole = digits[:len(digits) - decimals]
    text = f"{int(whole):,}".replace(",", " ")
    if decimals:
        text += "," + digits[len(digits) - decimals:]
    return ("\u2212" if n < 0 else "") + text


def with_unit(value, unit):
    money, count = DIMENSION[unit]
    if (money, count) == (1, 0):
        unit, decimals = KR, 0 if (value / 100).denominator == 1 else 2
    elif (money, count) == (1, -1):
        unit, decimals = KR_PER_COUNT, 0
    elif (money, count) == (0, 1):
        unit, decimals = COUNT, 0 if value.denominator == 1 else 2
    else:
        percent = value * 100
        unit = PERCENT
        exact = [d for d in range(3) if (percent * 10**d).denominator == 1]
        decimals = exact[0] if exact else 1
        if not exact and formatted(value, unit, 1, False).endswith("0"):
            decimals = 2
    text = formatted(value, unit, decimals, False)
    return f"{text} {NAME[unit]}" if NAME[unit] else text


def operate(sign, a, b):
    """Value, interval and dimension; or the name of what is wrong."""
    (*x, am, ac), (*y, bm, bc) = a, b
    if sign in "+-":
        if (am, ac) != (bm, bc):
            return "unit"
        if sign == "+":
            answer = [p + q for p, q in zip(x, y)]
        else:
            answer = [x[0] - y[0], x[1] - y[2], x[2] - y[1]]
        dimension = (am, ac)
    else:
        if sign == "/" and y[1] <= 0 <= y[2]:
            return "domain"
        step = 1 if sign == "*" else -1
        dimension = (am + step * bm, ac + step * bc)
        corners = [settled(p * q if sign == "*" else p / q) for p in x[1:] for q in y[1:]]
        if not all(fits(c) for c in corners):
            return "overflow"
        answer = [x[0] * y[0] if sign == "*" else x[0] / y[0], min(corners), max(corners)]
    answer = [settled(v) for v in answer]
    return (*answer, *dimension) if all(fits(v) for v in answer) else "overflow"


def read_end(text):
    return {"1/0": ENDLESS, "-1/0": -ENDLESS}.get(text) or Fraction(text)


def read_quantity(fields):
    return (*(read_end(f) for f in fields[:3]), int(fields[3]), int(fields[4]))


def check_parse(fields):
    raw, unit = bytes.fromhex(fields[0]), int(fields[1])
    try:
        answer = parse(raw)
    except Refused:
        return ["refused"]
    if answer == "dash":
        return ["dash"]
    qualifier, named, decimals, digits, upper = answer
    unit = unit if named is None else named
    value = quantity(digits, decimals, unit, 0 if upper else qualifier)
    if upper and value:
        to = quantity(upper, decimals, unit)
        value = to and ((value[0] + to[0]) / 2, value[1], to[2])
    if value is None:
        return ["overflow"]
    return ["ok", str(qualifier), str(-1 if named is None else named), str(decimals),
            *(written(v) for v in value),
            *(str(d) for d in DIMENSION[unit])]


def check_agree(fields):
    unit, decimals, digits = (int(f) for f in fields[:3])
    return [str(agree(quantity(digits, decimals, unit), read_quantity(fields[3:8])[:3]))]


def check_format(fields):
    num, den, unit, decimals, toward_zero = (int(f) for f in fields[:5])
    value = Fraction(num, den) * SCALE[unit]
    return [formatted(value, unit, decimals, toward_zero).encode().hex(),
            with_unit(value, unit).encode().hex()]


def check_op(fields):
    answer = operate(fields[0], read_quantity(fields[1:6]), read_quantity(fields[6:11]))
    if isinstance(answer, str):
        return [answer]
    return ["ok", *(f"{written(v)}" for v in answer[:3]),
            *(str(d) for d in answer[3:])]


# kind: how it is worked out, and how many fields are the question
KINDS = {"parse": (check_parse, 2), "agree": (check_agree, 8), "format": (check_format, 5),
         "op": (check_op, 11)}


def main():
    seen, wrong = {}, 0
    for line in sys.stdin:
        kind, *fields = line.rstrip("\n").split("\t")
        work_out, asked = KINDS[kind]
        expected = work_out(fields)
        answer = (kind, expected[0] if kind != "format" else "")
        seen[answer] = seen.get(answer, 0) + 1
        if expected != fields[asked:]:
            wrong += 1
            if wrong <= 20:
                shown = bytes.fromhex(fields[0]) if kind == "parse" else fields[:asked]
                print(f"{kind} {shown}: {fields[asked:]}, but here {expected}")
    total = sum(seen.values())
    print(f"oracle: {total} cases, {wrong} differ;",
          ", ".join(f"{k} {a}: {n}".replace(" :", ":") for (k, a), n in sorted(seen.items())))
    return 1 if wrong or not total else 0


if __name__ == "__main__":
    sys.exit(main())

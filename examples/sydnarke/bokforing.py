#!/usr/bin/env python3
"""Makes the constructed bookkeeping of the example: 2023.se, and with --planted
2023-planterade-fel.se, with --csv 2023.csv.  The vouchers are made up; their sums are the figures that the
årsredovisning of 2023 prints, with öre where its roundings need them.  Deterministic.

    python3 bokforing.py > 2023.se
    python3 bokforing.py --planted > 2023-planterade-fel.se
    python3 bokforing.py --csv > 2023.csv
"""
import sys
import zlib
from datetime import date, timedelta

ACCOUNTS = [
    ("1511", "Kundfordringar", "T"), ("1650", "Momsfordran", "T"),
    ("1710", "Förutbetalda kostnader", "T"), ("1750", "Upplupna intäkter", "T"),
    ("1930", "Bank", "T"),
    ("2010", "Eget kapital", "S"), ("2099", "Årets resultat", "S"),
    ("2510", "Leverantörsskulder", "S"), ("2710", "Personalens källskatt", "S"),
    ("2730", "Arbetsgivaravgifter", "S"), ("2970", "Förutbetalda intäkter", "S"),
    ("2990", "Upplupna kostnader", "S"),
    ("3511", "Driftbidrag staten", "I"), ("3512", "Driftbidrag Region Örebro län", "I"),
    ("3521", "Driftbidrag Askersunds kommun", "I"),
    ("3522", "Driftbidrag Hallsbergs kommun", "I"),
    ("3523", "Driftbidrag Kumla kommun", "I"), ("3524", "Driftbidrag Laxå kommun", "I"),
    ("3590", "EU-medel", "I"),
    ("4510", "Lämnade bidrag till insatser", "K"), ("4620", "Köp av verksamhet", "K"),
    ("5011", "Arvoden förtroendevalda", "K"), ("5014", "Förlorad arbetsförtjänst", "K"),
    ("5510", "Övriga personalkostnader", "K"), ("5520", "Kurser och konferenser", "K"),
    ("5610", "Sociala avgifter", "K"), ("6010", "Lokaler", "K"),
    ("6410", "Förbrukningsmaterial", "K"), ("6850", "Datatjänster", "K"),
    ("7010", "Resor", "K"), ("7110", "Information", "K"),
    ("7310", "Försäkring", "K"), ("7410", "Köp av tjänst förbundschef", "K"),
    ("7420", "Köp av administrativa tjänster", "K"), ("7430", "Revision", "K"),
    ("7610", "Övriga kostnader", "K"),
    ("8410", "Ränteintäkter", "I"), ("8510", "Bankkostnader", "K"),
    ("8910", "Årets resultat", "K"),
]
OBJECTS = [
    ("100", "Administration"), ("210", "Mottagningsteam"),
    ("220", "Coachingteam Sydnärke"), ("310", "Strukturinsatser"), ("320", "Mässa"),
    ("330", "Behovsinventering"), ("340", "Gemensam samverkansdag"),
    ("360", "Validerande samtal"),
]
HOLIDAYS = {date(2023, m, d) for m, d in (
    (1, 6), (4, 7), (4, 10), (5, 1), (5, 18), (6, 6), (6, 23), (12, 25), (12, 26))}

# ---- what the årsredovisning prints, in öre; where it rounds, öre that round to it ----


def kr(text):
    whole, _, part = text.replace(" ", "").partition(".")
    sign = -1 if whole.startswith("-") else 1
    return sign * (abs(int(whole)) * 100 + int((part + "00")[:2]))


# Ingående balans: the balansräkning of 2022 with its notes 4 and 5.
IB = {"1511": kr("2 665 909"), "1650": kr("338 334"), "1710": kr("36 597"),
      "1750": kr("48 268"), "1930": kr("1 194 426.70"), "2010": kr("-843 006.80"),
      "2099": kr("350 632.50"), "2510": kr("-1 026 832.40"), "2710": kr("-4 212"),
      "2730": kr("-3 960"), "2970": kr("-2 611 000"), "2990": kr("-145 156")}
# The balansräkning of 2021, as far as the kassaflödesanalys and eget kapital show it.
IB_2022 = {"1511": kr("3 226 723"), "1930": kr("1 233 862.10"), "2010": kr("-843 006.80"),
           "2510": kr("-1 006 578.30"), "2970": kr("-2 611 000")}
# The resultaträkning of 2022 with its notes 2 and 3.
RES_2022 = {"3511": kr("-2 617 000"), "3512": kr("-1 308 500"), "3521": kr("-272 463"),
            "3522": kr("-381 586"), "3523": kr("-521 849"), "3524": kr("-132 602"),
            "3590": kr("16 603"), "4510": kr("4 011 900.60"), "4620": kr("305 444"),
            "7410": kr("450 030"), "7420": kr("307 943"), "7430": kr("83 100"),
            "5011": kr("140 296"), "5610": kr("40 767"), "5014": kr("1 671"),
            "5510": kr("2 540"), "5520": kr("18 229"), "6010": kr("94 800"),
            "6410": kr("14 220"), "6850": kr("41 387"), "7110": kr("33 900"),
            "7310": kr("6 300"), "7610": kr("14 200"), "8410": kr("-308"),
            "8510": kr("1 609.90"), "8910": kr("-350 632.50")}
# Costs of 2023 by account (note 3) and object (driftredovisning).
COSTS = {("4510", "210"): kr("1 086 515.90"), ("4510", "220"): kr("2 020 053.75"),
         ("4620", "310"): kr("355 953.80"), ("4620", "320"): kr("29 725"),
         ("4620", "330"): kr("8 251"), ("4620", "340"): kr("7 221"),
         ("4620", "360"): kr("12 540"),
         ("7410", "100"): kr("531 985"), ("7420", "100"): kr("312 725"),
         ("7430", "100"): kr("97 500"), ("5011", "100"): kr("158 215"),
         ("5610", "100"): kr("47 212"), ("5014", "100"): kr("4 841"),
         ("5510", "100"): kr("12 744"), ("5520", "100"): kr("31 417.35"),
         ("7010", "100"): kr("15 502.50"), ("6010", "100"): kr("96 400"),
         ("6410", "100"): kr("11 290"), ("6850", "100"): kr("38 720.10"),
         ("7110", "100"): kr("27 311.50"), ("7310", "100"): kr("6 480"),
         ("7610", "100"): kr("7 960"), ("8510", None): kr("1 655")}
INCOME = {"3511": kr("2 611 000"), "3512": kr("1 305 500"), "3521": kr("268 726"),
          "3522": kr("380 422"), "3523": kr("525 685"), "3524": kr("130 667"),
          "8410": kr("9 007")}
# Utgående balans: notes 4 and 5.
UB_VAT, UB_PREPAID = kr("332 396"), kr("29 895")
UB_SUPPLIERS, UB_ACCRUED = kr("997 401.35"), kr("78 347.35")
NEXT_YEAR = kr("2 360 000")  # the state's contribution of 2024, invoiced in December
BUDGET = {("3511", "100"): kr("-5 222 000"), ("7410", "100"): kr("1 368 500"),
          ("4510", "210"): kr("1 193 955"), ("4510", "220"): kr("2 052 377"),
          ("4620", "310"): kr("320 000"), ("4620", "320"): kr("30 000"),
          ("4620", "340"): kr("15 000"), ("4620", "350"): kr("10 000"),
          ("4620", "360"): kr("15 000"), ("4620", "370"): kr("100 000")}


# ---- days ----

def workday(day):
    while day.weekday() > 4 or day in HOLIDAYS:
        day += timedelta(days=1)
    return day


def before(day):
    while day.weekday() > 4 or day in HOLIDAYS:
        day -= timedelta(days=1)
    return day


def on(month, day):
    return workday(date(2023, month, day))


# ---- vouchers ----

class Voucher:
    def __init__(self, series, day, text, rows):
        self.series, self.day, self.text, self.rows = series, day, text, rows
        self.registered = day if series in "AN" else workday(day + timedelta(days=1))
        if self.registered.year > day.year:
            self.registered = day
        self.number = None


class Book:
    def __init__(self):
        self.vouchers = []
        self.left = dict(COSTS)   # what no voucher has booked yet
        self.vat = 0              # of the year's invoices
        self.unpaid = 0           # invoices due after the year
        self.invoice_number = 20230

    def add(self, series, day, text, *rows):
        rows = [r for r in rows if r[2] != 0]
        assert sum(r[2] for r in rows) == 0, (text, rows)
        self.vouchers.append(Voucher(series, day, text, rows))
        for account, obj, amount in rows:
            if (account, obj) in self.left:
                self.left[account, obj] -= amount

    def invoice(self, day, supplier, lines, vat=True, terms=30, tax=None):
        """A supplier's invoice, paid when it is due if that is within the year."""
        net = sum(amount for _, _, amount in lines)
        if tax is None:
            tax = (net + 2) // 4 if vat else 0
        self.vat += tax
        self.invoice_number += 7
        text = "%s faktura %d" % (supplier, self.invoice_number)
        self.add("L", day, text, *lines, ("1650", None, tax), ("2510", None, -net - tax))
        due = workday(day + timedelta(days=terms))
        if due.year == 2023 and due < date(2023, 12, 29):
            self.add("U", due, "Betalning " + text, ("2510", None, net + tax),
                     ("1930", None, -net - tax))
        else:
            self.unpaid += net + tax

    def spread(self, account, obj, total, days, supplier, weights, vat=True, terms=30):
        """total as invoices in proportion to the weights."""
        done = 0
        for i, (day, weight) in enumerate(zip(days, weights)):
            last = i + 1 == len(days)
            part = total - done if last else total * weight // sum(weights)
            done += part
            self.invoice(day, supplier, [(account, obj, part)], vat, terms)


def opening(b):
    b.add("A", on(1, 2), "Omföring av 2022 års resultat till eget kapital",
          ("2010", None, IB["2099"]), ("2099", None, -IB["2099"]))
    b.add("A", on(1, 2), "Statens bidrag för 2023 ur förutbetalda intäkter",
          ("2970", None, INCOME["3511"]), ("3511", "100", -INCOME["3511"]))
    b.add("A", on(1, 2), "Återföring av upplupen revision 2022",
          ("2990", None, kr("44 850")), ("7430", "100", -kr("44 850")))
    b.add("A", on(1, 2), "Hyra kvartal 1, betald i december 2022",
          ("6010", "100", kr("24 100")), ("1710", None, -kr("24 100")))
    b.add("A", on(1, 2), "Försäkring och licenser 2023, betalda i december 2022",
          ("7310", "100", kr("6 480")), ("6850", "100", kr("6 017")),
          ("1710", None, -kr("12 497")))
    left = -IB["2510"]
    for i, part in enumerate((kr("553 912.40"), kr("318 207"), kr("96 354"), 0)):
        part = part or left
        left -= part
        b.add("U", on(1, 10 + 3 * i), "Betalning leverantörsskuld 2022, %d" % (22901 + i),
              ("2510", None, part), ("1930", None, -part))
    b.add("I", on(1, 16), "Inbetalning Försäkringskassan, bidrag 2023",
          ("1930", None, kr("2 611 000")), ("1511", None, -kr("2 611 000")))
    b.add("I", on(1, 20), "Inbetalning Hallsbergs kommun, avräkning 2022",
          ("1930", None, kr("54 909")), ("1511", None, -kr("54 909")))
    b.add("I", on(2, 14), "Inbetalning EU-medel 2022",
          ("1930", None, IB["1750"]), ("1750", None, -IB["1750"]))
    b.add("I", on(4, 12), "Inbetalning Skatteverket, ersättning för moms 2022",
          ("1930", None, IB["1650"]), ("1650", None, -IB["1650"]))
    rest = -IB["2990"] - kr("44 850")
    b.add("L", on(1, 23), "Hallsbergs kommun slutavräkning insatser 2022",
          ("2990", None, rest), ("2510", None, -rest))
    b.add("U", on(2, 22), "Betalning Hallsbergs kommun slutavräkning insatser 2022",
          ("2510", None, rest), ("1930", None, -rest))


def contributions(b):
    def member(day, name, account, amount):
        text = "%s, driftbidrag 2023" % name
        b.add("K", day, "Faktura " + text, ("1511", None, amount),
              (account, "100", -amount))
        b.add("I", workday(day + timedelta(days=28)), "Inbetalning " + text,
              ("1930", None, amount), ("1511", None, -amount))
    for month in (1, 4, 7, 10):
        member(on(month, 11), "Region Örebro län", "3512", INCOME["3512"] // 4)
    for account, name in (("3521", "Askersunds kommun"), ("3522", "Hallsbergs kommun"),
                          ("3523", "Kumla kommun"), ("3524", "Laxå kommun")):
        half = INCOME[account] // 2
        member(on(1, 18), name, account, half)
        member(on(7, 5), name, account, INCOME[account] - half)
    b.add("K", on(12, 18), "Faktura Försäkringskassan, driftbidrag 2024",
          ("1511", None, NEXT_YEAR), ("2970", None, -NEXT_YEAR))
    b.add("K", on(12, 20), "Faktura Hallsbergs kommun, avräkning coachingteam 2023",
          ("1511", None, kr("51 188")), ("4510", "220", -kr("51 188")))


def board(b):
    """Arvoden each month, and their taxes and fees on the 12th of the next."""
    fees = (12480, 13610, 14955, 12230, 13875, 14320, 9410, 12745, 13990, 14505, 13280, 0)
    lost = {3: 1620, 6: 1411, 11: 1810}
    tax, charge = -IB["2710"], -IB["2730"]
    for month in range(1, 13):
        b.add("U", on(month, 12), "Skattekonto, skatt och avgifter för arvoden",
              ("2710", None, tax), ("2730", None, charge), ("1930", None, -tax - charge))
        fee = fees[month - 1] * 100 or b.left["5011", "100"]
        extra = lost.get(month, 0) * 100
        tax = (fee + extra) * 30 // 10000 * 100
        charge = fee * 2984 // 1000000 * 100
        if month == 12:
            charge = b.left["5610", "100"]
        b.add("N", before(date(2023, month, 25)), "Arvoden %s 2023" % MONTHS[month - 1],
              ("5011", "100", fee), ("5014", "100", extra), ("2710", None, -tax),
              ("1930", None, tax - fee - extra), ("5610", "100", charge),
              ("2730", None, -charge))
    return tax + charge


MONTHS = ("januari februari mars april maj juni juli augusti september oktober november "
          "december").split()


def running(b):
    """Invoices and payments of the office and of small insatser."""
    months = range(1, 13)
    b.spread("7410", "100", COSTS["7410", "100"], [on(m, 27) for m in months[:11]]
             + [on(12, 19)], "Personalbolaget Exempel AB",
             (97, 103, 99, 104, 98, 101, 92, 95, 106, 102, 100, 103))
    b.spread("7420", "100", COSTS["7420", "100"], [on(3, 28), on(6, 27), on(9, 26),
             on(12, 14)], "Ekonomibyrån Exempel AB", (24, 26, 23, 27))
    b.spread("7430", "100", b.left["7430", "100"] - kr("38 640"),
             [on(3, 14), on(4, 18), on(10, 17)], "Revisionsbyrån Exempel AB", (38, 47, 19))
    for m, part in ((3, 24210), (6, 24040), (9, 24050)):
        b.invoice(on(m, 15), "Lokalbolaget Exempel AB", [("6010", "100", part * 100)],
                  vat=False)
    b.invoice(on(11, 15), "Lokalbolaget Exempel AB", [("1710", None, kr("24 520"))],
              vat=False)
    b.invoice(on(11, 22), "Försäkringsbolaget Exempel", [("1710", None, kr("5 375"))],
              vat=False)
    b.spread("6850", "100", b.left["6850", "100"], [on(m, 8) for m in (2, 4, 6, 8, 10, 11)],
             "Databolaget Exempel AB", (15, 17, 16, 13, 19, 18))
    b.spread("6410", "100", COSTS["6410", "100"], [on(2, 21), on(5, 23), on(9, 5),
             on(11, 7)], "Kontorsvaror Exempel AB", (21, 34, 17, 29))
    b.spread("7110", "100", COSTS["7110", "100"], [on(3, 7), on(6, 13), on(10, 10)],
             "Tryckeriet Exempel AB", (9, 13, 8))
    b.spread("7610", "100", COSTS["7610", "100"], [on(5, 9), on(9, 19)],
             "Nationella nätverket, avgift", (53, 26), vat=False)
    b.spread("5510", "100", COSTS["5510", "100"], [on(4, 25), on(9, 12), on(11, 14)],
             "Företagshälsan Exempel AB", (41, 36, 49), vat=False)
    b.spread("5520", "100", COSTS["5520", "100"], [on(3, 21), on(5, 30), on(10, 24)],
             "Konferensgården Exempel AB", (11, 8, 12))
    b.spread("7010", "100", COSTS["7010", "100"], [on(2, 28), on(5, 16), on(8, 29),
             on(11, 28)], "Resebyrån Exempel AB", (31, 47, 29, 38), vat=False)
    for obj, day, supplier in (("320", on(5, 25), "Mässbyggarna Exempel AB"),
                               ("330", on(6, 20), "Analysbolaget Exempel AB"),
                               ("340", on(9, 14), "Lunchköket Exempel AB"),
                               ("360", on(10, 19), "Utbildarna Exempel AB")):
        b.invoice(day, supplier, [("4620", obj, COSTS["4620", obj])])
    for month, interest, fee in ((3, 171204, 38950), (6, 209831, 41275),
                                 (9, 246318, 43125), (12, 273347, 42150)):
        day = before(date(2023, month, 28))
        b.add("I", day, "Ränta kvartal %d" % (month // 3), ("1930", None, interest),
              ("8410", None, -interest))
        b.add("U", day, "Bankavgifter kvartal %d" % (month // 3), ("8510", None, fee),
              ("1930", None, -fee))


def insatser(b, taxes):
    """The two teams by quarter, strukturinsatser, and what makes moms and the debt to
    suppliers come to what note 4 and 5 print."""
    b.spread("4510", "210", COSTS["4510", "210"], [on(3, 30), on(6, 29), on(9, 28),
             on(12, 20)], "Hallsbergs kommun, mottagningsteam", (26, 25, 23, 26), vat=False)
    tax = UB_VAT - b.vat
    parts = (tax * 31 // 100, tax * 42 // 100)
    for day, supplier, part in (
            (on(4, 20), "Processledarna Exempel AB", parts[0]),
            (on(8, 24), "Metodstöd Exempel AB", parts[1]),
            (on(11, 9), "Utvärderarna Exempel AB", tax - sum(parts))):
        b.invoice(day, supplier, [("4620", "310", 4 * part)], tax=part)
    accrued = UB_ACCRUED - taxes - kr("38 640")
    b.add("A", on(12, 29), "Upplupen kostnad samverkanskonferens",
          ("4620", "310", accrued), ("2990", None, -accrued))
    b.add("A", on(12, 29), "Upplupen revision 2023", ("7430", "100", kr("38 640")),
          ("2990", None, -kr("38 640")))
    b.spread("4620", "310", b.left["4620", "310"], [on(5, 11), on(10, 26)],
             "Örebro kommun, strukturinsatser", (4, 5), vat=False)
    last = UB_SUPPLIERS - b.unpaid
    b.spread("4510", "220", b.left["4510", "220"] - last, [on(3, 31), on(6, 30), on(9, 29)],
             "Hallsbergs kommun, coachingteam", (34, 33, 32), vat=False)
    b.invoice(on(12, 20), "Hallsbergs kommun, coachingteam", [("4510", "220", last)],
              vat=False)


def closing(b):
    result = -sum(a for v in b.vouchers for n, _, a in v.rows if n >= "3")
    b.add("A", on(12, 29), "Årets resultat", ("8910", None, result),
          ("2099", None, -result))


def make():
    b = Book()
    opening(b)
    contributions(b)
    taxes = board(b)
    running(b)
    insatser(b, taxes)
    closing(b)
    order = "AKILUN"
    b.vouchers.sort(key=lambda v: (order.index(v.series), v.day))
    numbers = {}
    for v in b.vouchers:
        numbers[v.series] = v.number = numbers.get(v.series, 0) + 1
    check(b)
    return b


def balances(b):
    ub = dict(IB)
    for v in b.vouchers:
        for account, _, amount in v.rows:
            ub[account] = ub.get(account, 0) + amount
    return ub


def check(b):
    """The sums are what they are made to be."""
    ub = balances(b)
    assert not any(b.left.values()), b.left
    assert ub["1650"] == UB_VAT and ub["1710"] == UB_PREPAID, ub
    assert ub["2510"] == -UB_SUPPLIERS and ub["2970"] == -NEXT_YEAR
    assert ub["2710"] + ub["2730"] + ub["2990"] == -UB_ACCRUED
    assert ub["1511"] == kr("2 411 188") and ub["1750"] == 0
    assert ub["1930"] == kr("1 463 432.10"), ub["1930"]
    assert all(ub[a] == -amount for a, amount in INCOME.items())
    assert ub["2099"] == -kr("308 788.10") and ub["2010"] == -kr("492 374.30")
    assert sum(IB.values()) == 0 and sum(IB_2022.values()) == 0
    assert sum(RES_2022.values()) == 0


# ---- writing ----

def amount(n):
    text = "%s%d" % ("-" if n < 0 else "", abs(n) // 100)
    return text + (".%02d" % (abs(n) % 100) if n % 100 else "")


def quote(text):
    return '"%s"' % text.replace('"', '\\"')


def objects(obj):
    return "{20 %s}" % quote(obj) if obj else "{}"


def voucher_lines(v):
    yield "#VER %s %s %s %s %s" % (v.series, v.number, v.day.strftime("%Y%m%d"),
                                   quote(v.text), v.registered.strftime("%Y%m%d"))
    yield "{"
    for account, obj, ore in v.rows:
        yield "#TRANS %s %s %s" % (account, objects(obj), amount(ore))
    yield "}"


def lines(b, prosa, stated=None):
    """The file's lines.  stated changes what it says of a balance: {("UB", "1930"): öre}."""
    def balance(label, year, account, ore):
        ore += (stated or {}).get((label, account), 0) if year == 0 else 0
        return "#%s %d %s %s" % (label, year, account, amount(ore))
    yield "#FLAGGA 0"
    yield "#KSUMMA"
    yield '#PROGRAM "bokforing.py" "1"'
    yield "#FORMAT PC8"
    yield "#GEN 20240131"
    yield "#SIETYP 4"
    yield "#PROSA " + quote(prosa)
    yield "#ORGNR 222000-2600"
    yield '#FNAMN "Samordningsförbundet Sydnärke"'
    yield "#RAR 0 20230101 20231231"
    yield "#RAR -1 20220101 20221231"
    yield "#VALUTA SEK"
    for number, name, kind in ACCOUNTS:
        yield "#KONTO %s %s" % (number, quote(name))
        yield "#KTYP %s %s" % (number, kind)
    yield '#DIM 20 "Verksamhet"'
    for number, name in OBJECTS + [("350", "Psykiatriveckan"), ("370", "ESF-ansökan")]:
        yield '#OBJEKT 20 %s %s' % (quote(number), quote(name))
    ub = balances(b)
    for year, label, amounts in (
            (0, "IB", IB), (-1, "IB", IB_2022),
            (0, "UB", {a: n for a, n in ub.items() if a < "3" and n}), (-1, "UB", IB),
            (0, "RES", {a: n for a, n in ub.items() if a >= "3" and n}),
            (-1, "RES", RES_2022)):
        for account, ore in sorted(amounts.items()):
            yield balance(label, year, account, ore)
    for (account, obj), ore in sorted(BUDGET.items()):
        yield "#PBUDGET 0 202312 %s %s %s" % (account, objects(obj), amount(ore))
    for v in b.vouchers:
        yield from voucher_lines(v)


def control(text):
    """#KSUMMA: CRC-32 of labels and fields, without what stands between them."""
    bare, quoted, escaped = [], False, False
    for c in text[text.index("#KSUMMA") + len("#KSUMMA"):]:
        if escaped:
            if c != '"':
                bare.append("\\")
            bare.append(c)
            escaped = False
        elif quoted and c == "\\":
            escaped = True
        elif c == '"':
            quoted = not quoted
        elif quoted or c not in " \t\r\n{}":
            bare.append(c)
    return zlib.crc32("".join(bare).encode("cp437"))


def csv_rows(b):
    """The same vouchers as a system without SIE would give them out."""
    yield "Serie;Vernr;Datum;Registrerad;Text;Konto;Kontonamn;Verksamhet;Debet;Kredit"
    names = {number: name for number, name, _ in ACCOUNTS}
    for v in b.vouchers:
        for account, obj, ore in v.rows:
            sides = [swedish(ore), ""] if ore > 0 else ["", swedish(-ore)]
            yield ";".join([v.series, str(v.number), str(v.day), str(v.registered),
                            v.text, account, names[account], obj or ""] + sides)


def swedish(ore):
    whole = "{:,}".format(ore // 100).replace(",", " ")
    return "%s,%02d" % (whole, ore % 100)


PROSA = ("Konstruerad bokföring: verifikationerna är påhittade och summerar till "
         "årsredovisningen 2023")


def write(all_lines):
    text = "".join(line + "\r\n" for line in all_lines)
    text += "#KSUMMA %d\r\n" % control(text)
    sys.stdout.buffer.write(text.encode("cp437"))


if __name__ == "__main__":
    book = make()
    if sys.argv[1:] == ["--planted"]:
        import planterade_fel
        stated = planterade_fel.plant(book)
        write(lines(book, planterade_fel.PROSA, stated))
    elif sys.argv[1:] == ["--csv"]:
        text = "".join(row + "\r\n" for row in csv_rows(book))
        sys.stdout.buffer.write(text.encode("cp1252"))
    else:
        write(lines(book, PROSA))

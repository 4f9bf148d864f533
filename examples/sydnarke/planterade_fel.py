"""The errors that are planted in 2023-planterade-fel.se; planterade-fel.yaml lists them with
the rule that finds each."""
from datetime import date, timedelta

PROSA = ("Konstruerad bokföring med planterade fel: se planterade-fel.yaml; de rätta "
         "verifikationerna är i 2023.se")


def find(b, text, series=None):
    found = [v for v in b.vouchers if text in v.text and series in (None, v.series)]
    assert found, text
    return found[0]


def change(v, account, to=None, obj=None, ore=0):
    """The first row on the account: another account or object, or another amount."""
    for i, (number, was, amount) in enumerate(v.rows):
        if number == account:
            v.rows[i] = (to or number, obj or was, amount + ore)
            return
    assert False, (v.text, account)


def append(b, series, day, text, *rows):
    """A voucher more, last in its series."""
    number = max(v.number for v in b.vouchers if v.series == series) + 1
    v = type(find(b, "", series))(series, day, text, list(rows))
    v.number = number
    b.vouchers.append(v)
    return v


def plant(b):
    # A voucher that does not balance: 90 kronor more cost than debt.
    change(find(b, "Kontorsvaror", "L"), "6410", ore=9000)
    # A gap of one number, and a number that is used twice.
    for v in b.vouchers:
        if v.series == "U" and v.number > 40:
            v.number += 1
    received = [v for v in b.vouchers if v.series == "I"]
    received[6].number = received[5].number
    # A voucher after the year, an account and an object that the file does not declare.
    append(b, "U", date(2024, 1, 9), "Betalning Databolaget Exempel AB, licens",
           ("2510", None, 312500), ("1930", None, -312500))
    change(find(b, "Nationella nätverket", "L"), "7610", to="7690")
    change(find(b, "Lunchköket", "L"), "4620", obj="345")
    # A voucher with one row, of nothing.
    append(b, "A", date(2023, 11, 30), "Makulerad", ("7610", "100", 0))
    # Registered 130 days late, and on a Sunday.
    late = find(b, "Mässbyggarna", "L")
    late.registered = late.day + timedelta(days=130)
    find(b, "Utbildarna", "L").registered = date(2023, 10, 22)
    # A supplier's invoice paid twice, three days apart.
    once = find(b, "Betalning Utvärderarna", "U")
    append(b, "U", once.day + timedelta(days=3), once.text, *once.rows)
    # A cost of the next year, booked in December.
    append(b, "L", date(2023, 12, 21), "Metodstöd Exempel AB, processledning januari 2024",
           ("4620", "310", 8750000), ("2510", None, -8750000))
    # Half a year's contribution from Kumla on the account of Laxå; another booked as debt.
    change(find(b, "Faktura Kumla", "K"), "3523", to="3524")
    change(find(b, "Faktura Askersunds", "K"), "3521", to="2970")
    # A quarter of one team on the other; the revisor on administrativa tjänster.
    change(find(b, "mottagningsteam faktura", "L"), "4510", obj="220")
    change(find(b, "Revisionsbyrån", "L"), "7430", to="7420")
    # Nothing paid to Skatteverket in June.
    june = [v for v in b.vouchers if v.text.startswith("Skattekonto") and v.day.month == 6]
    june[0].day = june[0].registered = date(2023, 7, 13)
    # A cost on an account that no row of the statements has.
    change(find(b, "Resebyrån", "L"), "7010", to="9110")
    # An opening balance that is not last year's closing one; a closing balance mistyped.
    return {("IB", "1650"): 100000, ("IB", "2010"): -100000, ("UB", "1930"): 27000}

"""Översikterna, finansierad verksamhet and driftredovisningen: the tables that print the
same books under conventions of their own."""

from books import ADMIN, key
from doc import rounded


def avskr(x):
    return x.avskrivningar


def held(c, books):
    """What likvida medel are: with kortfristiga placeringar, or kassa och bank alone."""
    return "likvida" if c.kf_likvida == "med placeringar" or books.formed else "kassa"


def oversikt(doc, books):
    c = doc.c
    n = {"fem": 5, "fyra": 4, "tre": 3}[c.ov_ar]
    ys = [y for y in range(books.year, books.year - n, -1) if books[y]]
    if len(ys) < min(5, len(books.years)):
        doc.expected.add("OVS-06")
    if c.kolumner == "i fjol först":
        ys = ys[::-1]
    plus = c.ov_tecken == "plus"
    t = doc.table("oversikt", "1.1 Översikt över verksamhetens utveckling", c.ov_enhet, ys,
                  "oversikt", extra=["kostnader: positiva"] if plus else [])
    b = [books[y] for y in ys]
    whole = c.ov_hela_tusental == "ja" and c.ov_enhet == "kr"
    gaps = {ys[-1], ys[-2]} if c.ov_luckor == "ja" and len(ys) > 3 and ys[0] == books.year else set()

    def row(name, f, gap=False, text=None, **kw):
        values = [None if gap and x.year in gaps else f(x) for x in b]
        if whole:
            values = [v and rounded(v, 100_000) * 100_000 for v in values]
        t.row(name, values, text=text, rounding="tkr" if whole else None, **kw)

    sign = 1 if plus else -1
    rr = avskr if c.rr_kostnader != "exkl" else lambda x: 0
    form = {"rr": (lambda x: x.kostnader + rr(x), None),
            "exkl avskr": (lambda x: x.kostnader, "Verksamhetens kostnader exkl. avskrivningar"),
            "inkl avskr": (lambda x: x.kostnader + avskr(x),
                           "Verksamhetens kostnader inkl. avskrivningar"),
            "inkl avskr och fin": (lambda x: x.kostnader + avskr(x) + x.fin_kostnad,
                                   "Kostnader inkl. avskrivningar och finansiella kostnader"),
            "inkl allt": (lambda x: x.kostnader + avskr(x) + x.fin_kostnad + max(-x.extraordinart, 0),
                          "Kostnader inkl. avskrivningar, finansiella och extraordinära kostnader"),
            "netto": (lambda x: x.kostnader + avskr(x) - x.ovriga_intakter - x.esf_intakt,
                      "Verksamhetens kostnader, netto")}[c.ov_kostnader]
    told = c.ov_etikett == "sagd"
    if c.ov_kostnader == "netto":
        row("medlemsbidrag", lambda x: x.bidrag, keep=True)
    else:
        row("verksamhetens_intakter", lambda x: x.intakter, keep=True)
    row("verksamhetens_kostnader", lambda x: sign * form[0](x), text=form[1] if told else None,
        keep=True)
    if c.ov_finansnetto == "ja" and c.ov_resultat == "årets":
        row("finansnetto", lambda x: x.finansnetto, gap=True)
    if c.ov_resultat == "årets":
        row("arets_resultat", lambda x: x.resultat, keep=True)
    else:
        row("arets_resultat", lambda x: x.verksamhetens_resultat, keep=True,
            text="Verksamhetens resultat före finansiella poster" if told else "Resultat")
    row("eget_kapital", lambda x: x.ek, keep=True)
    row("balansomslutning", lambda x: x.tillgangar, gap=True)
    row("likvida_medel", lambda x: getattr(x, held(c, books)), gap=True)
    if c.ov_fler == "ja":
        t.row("antal_anstallda", [doc.count(1, "oversikt", lone=True) for x in b])
    t.row("soliditet", [None if x.year in gaps else
                        doc.share(x.ek, x.tillgangar, "oversikt", form=c.ov_andel) for x in b])
    if all(x.bidrag for x in b) and c.ov_kostnader != "netto":
        t.row("eget_kapital_andel",
              [doc.share(x.ek, x.bidrag, "oversikt", form=c.ov_andel) for x in b])


def oversikt_medlemsbidrag(doc, books):
    c = doc.c
    if c.om_form == "nej" or c.liv == "likvidation":
        return
    ys = [y for y in range(books.year, books.year - 5, -1) if books[y]]
    t = doc.table("oversikt_medlemsbidrag", "1.2 Medlemsbidragets utveckling och användning", "kr",
                  ys, "om")
    b = [books[y] for y in ys]
    t.row("medlemsbidrag", [x.bidrag for x in b], keep=True)
    netto = c.om_form != "brutto"

    def cost(x):
        return x.kostnader + avskr(x) - (x.ovriga_intakter + x.esf_intakt if netto else 0)

    t.row("verksamhetens_kostnader", [-cost(x) for x in b], text="Kostnad verksamhet", keep=True)
    if c.om_form == "netto med projekt" and any(x.esf_intakt for x in b):
        t.row("andra_projektmedel", [x.esf_intakt for x in b])
    t.row("arets_resultat", [x.resultat for x in b], keep=True)
    t.row("eget_kapital", [x.ek for x in b], keep=True)
    t.row("eget_kapital_andel", [doc.share(x.ek, x.bidrag, "om", form=c.ov_andel) for x in b])


def finansierad_verksamhet(doc, books):
    c = doc.c
    if c.fv == "nej":
        return
    n = {"ett": 1, "två": 2, "fyra": 4}[c.fv_ar]
    ys = [y for y in range(books.year, books.year - n, -1) if books[y]]
    t = doc.table("finansierad_verksamhet", "1.4 Finansierad verksamhet", c.fv_enhet, ys, "fv",
                  unit_printed=c.fv_enhet)
    b = [books[y] for y in ys]
    esf = c.fv_esf if any(x.esf_kostnad for x in b) else "utan"
    i_ovrigt = c.fv_avskrivningar == "i övrigt"
    minus = (lambda x: x.ovriga_intakter) if c.fv_admin == "netto" else (lambda x: 0)
    fin = (lambda x: x.fin_kostnad) if c.fv_finans != "utan" else (lambda x: 0)

    def individ(x):
        return x.individ_egen + (x.esf_kostnad if esf == "i individ" else 0)

    def struktur(x):
        return sum(x.struktur.values())

    def ovrigt(x):
        return x.admin["ovrigt"] + (avskr(x) if i_ovrigt else 0) + fin(x) - minus(x)

    own_avskr = c.fv_avskrivningar == "egen rad" and any(avskr(x) for x in b)

    def administration(x):
        return sum(x.admin.values()) - x.admin["ovrigt"] + ovrigt(x) + (avskr(x) if own_avskr else 0)

    own_esf = esf == "egen rad"

    def total(x):
        return individ(x) + struktur(x) + administration(x) + (x.esf_kostnad if own_esf else 0)

    def andel(name, f):
        if c.fv_andelar != "inga":
            t.row(name, [doc.share(f(x), total(x), "fv", form=c.fv_andelar, paren=True)
                         for x in b], text="(% av totalkostnad)")

    t.row("individ", [individ(x) for x in b])
    andel("individ_andel", individ)
    def subrows(group, names):
        """The rows of a group: all, none, or the first and the rest together."""
        if c.fv_rader == "alla" or c.fv_rader == "sammanslagna" and len(names) < 3:
            for namn in names:
                t.row(key(namn), [getattr(x, group)[namn] for x in b], under=group, text="- " + namn)
        elif c.fv_rader == "sammanslagna":
            t.row(key(names[0]), [getattr(x, group)[names[0]] for x in b], under=group, text="- " + names[0])
            t.row(group + "_ovriga", [sum(getattr(x, group)[n] for n in names[1:]) for x in b], under=group,
                  text="- övriga")

    subrows("individ", books.individnamn)
    if esf == "i individ" and c.fv_rader != "grupper":
        t.row("esf", [x.esf_kostnad for x in b], under="individ", text="- ESF-projekt")
    t.row("struktur", [struktur(x) for x in b])
    andel("struktur_andel", struktur)
    subrows("struktur", books.strukturnamn)
    t.row("administration", [administration(x) for x in b])
    andel("administration_andel", administration)
    for row, label, _ in ADMIN if c.fv_rader != "grupper" else []:
        if row == "ovrigt":
            t.row(row, [ovrigt(x) for x in b],
                  text="Övrigt, netto" if c.fv_admin == "netto" else None)
        else:
            t.row(row, [x.admin[row] for x in b])
    if own_avskr and c.fv_rader != "grupper":
        t.row("avskrivningar", [avskr(x) for x in b], under="administration", text="Avskrivningar")
    if own_esf:
        t.row("esf", [x.esf_kostnad for x in b], under="totala_kostnader", text="ESF-projekt")
    if c.fv_summa == "ja":
        t.row("totala_kostnader", [total(x) for x in b])


# ---- driftredovisning ----

class DriftRow:
    def __init__(self, id, text, under, kind):
        self.id, self.text, self.under, self.kind = id, text, under, kind
        self.i = {"nu": 0, "fg": 0, "budget": 0}   # income, öre
        self.k = {"nu": 0, "fg": 0, "budget": 0}   # cost, öre, positive

    def add(self, other):
        for p in self.i:
            self.i[p] += other.i[p]
            self.k[p] += other.k[p]


def drift_rows(doc, books):
    """The rows of driftredovisningen, and its result row."""
    c, now = doc.c, books[books.year]
    periods = {"nu": now, "budget": books.budget, "fg": books[books.year - 1]}
    rows = []

    def make(id, text, under, kind, income=None, cost=None):
        r = DriftRow(id, text, under, kind)
        for p, x in periods.items():
            if x:
                r.i[p] = income(x) if income else 0
                r.k[p] = cost(x) if cost else 0
        rows.append(r)
        return r

    slut, fin = c.dr_slut, c.dr_finans if c.dr_slut == "resultat" else "ingen"
    has_esf = any(x and x.esf_kostnad for x in periods.values())
    in_admin = c.dr_ovriga == "administration"

    def others(x):
        return x.ovriga_intakter - x.insatsintakt
    if slut != "nettokostnad":
        make("medlemsbidrag", "Medlemsbidrag", "intakter", "income", lambda x: x.bidrag)
    own_income = c.dr_ovriga == "egen rad bland kostnader"
    if not in_admin and not own_income and any(x and others(x) for x in periods.values()):
        make("ovriga_intakter", "Övriga intäkter", "intakter", "income", others)
    if has_esf and c.dr_esf == "i individ":
        make("esf_bidrag", "ESF-medel", "intakter", "income", lambda x: x.esf_intakt)
    if fin == "intäkt och administration":
        make("ranta", "Ränteintäkter", "intakter", "income", lambda x: x.fin_intakt)
    elif fin == "kvittad":
        make("ranta", "Räntor, netto", "intakter", "income", lambda x: x.finansnetto)
    for k, namn in enumerate(books.individnamn):
        make(key(namn), namn, "individ", "cost", (lambda x: x.insatsintakt) if k == 0 else None,
             lambda x, n=namn: x.individ[n])
    if has_esf and c.dr_esf == "i individ":
        make("esf_projekt", "ESF-projekt", "individ", "cost", None, lambda x: x.esf_kostnad)
    if has_esf and c.dr_esf == "båda i individ":
        make("esf_projekt", "ESF-projekt", "individ", "cost", None, lambda x: x.esf_kostnad)
        make("esf_bidrag", "ESF-bidrag", "individ", "income", lambda x: x.esf_intakt)
    for namn in books.strukturnamn:
        make(key(namn), namn, "struktur", "cost", None, lambda x, n=namn: x.struktur[n])
    i_ovrigt = c.dr_avskrivningar == "i övrigt"
    for id, text, _ in ADMIN:
        extra = (lambda x: (avskr(x) if i_ovrigt else 0)
                 + (x.fin_kostnad if fin == "intäkt och administration" else 0))
        make("adm_" + id, text, "administration", "cost",
             others if in_admin and id == "ovrigt" else None,
             lambda x, n=id, e=extra: x.admin[n] + (e(x) if n == "ovrigt" else 0))
    if own_income and any(x and others(x) for x in periods.values()):
        make("ovriga_intakter", "Övriga intäkter", "administration", "income", others)
    if not i_ovrigt and any(x and avskr(x) for x in periods.values()):
        make("avskrivningar", "Avskrivningar",
             "administration" if c.dr_avskrivningar == "egen rad" else "ovrigt", "cost", None, avskr)
    if has_esf and c.dr_esf == "egen rad":
        make("esf_projekt", "ESF-projekt", "ovrigt", "cost", lambda x: x.esf_intakt,
             lambda x: x.esf_kostnad)
    if fin == "egen rad":
        make("finans", "Finansiella poster", "ovrigt", "cost", lambda x: x.fin_intakt,
             lambda x: x.fin_kostnad)
    if slut == "resultat" and any(x and x.extraordinart for x in periods.values()):
        make("extraordinara", "Extraordinära poster", "ovrigt", "cost", lambda x: max(x.extraordinart, 0),
             lambda x: max(-x.extraordinart, 0))
    return rows


COLUMNS = {
    "hela": ["intakt", "kostnad", "netto", "budget", "avvikelse", "fg_intakt", "fg_kostnad", "fg_netto"],
    "bara netto fg": ["intakt", "kostnad", "netto", "budget", "avvikelse", "fg_netto"],
    "utan fg": ["intakt", "kostnad", "netto", "budget", "avvikelse"],
    "budget först": ["budget", "intakt", "kostnad", "netto", "avvikelse", "fg_netto"],
    "bara netto": ["netto"],
    "två netton": ["netto", "fg_netto"],
    "kort": ["budget", "netto", "avvikelse", "fg_netto"],
    "bruttobudget": ["budget_intakt", "budget_kostnad", "budget", "intakt", "kostnad", "netto",
                     "avvikelse", "fg_netto"]}


def driftredovisning(doc, books):
    c = doc.c
    columns = [k for k in COLUMNS[c.dr_kolumner]
               if books[books.year - 1] or not k.startswith("fg_")]
    rows = drift_rows(doc, books)
    t = doc.table("driftredovisning", "5. Driftredovisning", c.dr_enhet, columns, "drift",
                  unit_printed=c.dr_enhet)
    if not {"intakt", "kostnad"} <= set(columns) or not any(k.startswith("fg_") for k in columns):
        doc.expected.add("FRM-07")
    if c.dr_tecken == "utan":
        doc.arguable |= {"DRI-04", "DRI-02"}  # costs without minus beside a result with one
    if c.dr_finans != "egen rad":
        doc.arguable.add("DRI-02")            # finansiella poster among the costs
    groups = {}
    total = DriftRow("resultat", None, None, "sum")
    for r in rows:
        total.add(r)
        g = groups.setdefault(r.under, DriftRow(r.under, None, None, r.kind))
        g.add(r)
    sista = {"resultat": "Resultat", "före finans": "Verksamhetens resultat",
             "nettokostnad": "Verksamhetens nettokostnad"}.get(c.dr_slut)

    def cell(r, column):
        period = "fg" if column.startswith("fg") else "budget" if "budget" in column else "nu"
        measure = column.removeprefix("fg_").removeprefix("budget_")
        flip = c.dr_tecken == "utan" and (r.kind == "cost"
                                          or c.dr_slut == "nettokostnad" and r.kind == "sum")
        # A table of costs alone is printed as costs, its sum too.
        cost_sign = -1 if c.dr_tecken == "minus" else 1
        if r.kind == "sum" and c.dr_summatecken == "minus" and c.dr_tecken == "utan":
            cost_sign = -1
        netto = {p: r.i[p] - r.k[p] for p in r.i}
        if measure == "intakt":
            return r.i[period]
        if measure == "kostnad":
            return cost_sign * r.k[period]
        if measure == "avvikelse":
            d = netto["nu"] - netto["budget"]
            return -d if c.dr_avvikelse == "utfall minus budget" and flip else d
        return -netto[period] if flip else netto[period]

    def put(r, **kw):
        t.row(r.id, [cell(r, k) for k in columns], keep=r.kind == "sum", **kw)

    def group(name, text=None):
        if name not in groups:
            return
        subs = [r for r in rows if r.under == name]
        if name == "intakter" and c.dr_intakter != "grupp":
            if c.dr_intakter == "en rad":
                groups[name].id = "intakter"
                put(groups[name], text="Intäkter")
            else:
                for r in subs:
                    put(r, under="intakter", text=r.text)
            return
        if name == "ovrigt":
            for r in subs:
                put(r, under="ovrigt", text=r.text)
            return
        if c.dr_rader != "utan grupprader":
            put(groups[name], text=text)
        if c.dr_rader in ("alla", "utan grupprader"):
            for r in subs:
                put(r, under=name, text=r.text)
        elif c.dr_rader == "sammanslagna" and len(subs) > 2:
            put(subs[0], under=name, text=subs[0].text)
            rest = DriftRow(name + "_ovriga", None, None, subs[0].kind)
            for r in subs[1:]:
                rest.add(r)
            put(rest, under=name, text="Övriga")

    order = ["intakter", "individ", "struktur", "administration", "ovrigt"]
    if c.dr_ordning == "intäkter sist":
        order = order[1:] + order[:1]
    for name in order:
        group(name, "Summa intäkter" if name == "intakter" else None)
    if sista:
        put(total, text=sista)
    else:
        doc.expected.add("FRM-08")
    return rows, groups, total


def investeringsredovisning(doc, books):
    x, p = books[books.year], books[books.year - 1]
    if doc.c.investering != "tabell" or not p:
        return False
    t = doc.table("investeringsredovisning", "6. Investeringsredovisning", "kr",
                  ["utfall", "budget", "avvikelse", "fg_utfall"], "invest")
    budget = x.investering // 1_000_000 * 1_000_000
    t.row("summa", [x.investering, budget, budget - x.investering, p.investering], keep=True)
    return True

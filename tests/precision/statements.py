"""The statements and notes of a förbund, as one of many lawful layouts prints them."""

from books import key
from overviews import held


def years(doc, books, n=2):
    ys = [y for y in range(books.year, books.year - n, -1) if books[y]]
    return ys[::-1] if doc.c.kolumner == "i fjol först" else ys


def headers(doc, ys, instant):
    if doc.c.arsrubrik == "år":
        return None
    return ["%d-12-31" % y if instant else "%d-01-01–%d-12-31" % (y, y) for y in ys]


def note_numbers(doc, books):
    """The numbers of the notes that not every report has."""
    c, numbers, n = doc.c, {}, 7
    if c.not_finans == "ja":
        numbers["finans"], n = n, n + 1
    if c.not_anlaggningar == "ja" and any(books[y].anlaggning for y in years(doc, books)):
        numbers["anlaggning"], n = n, n + 1
    numbers["revision"] = n
    return numbers


def resultatrakning(doc, books):
    c, ys = doc.c, years(doc, books)
    inkl = c.rr_kostnader != "exkl"
    budget = c.rr_budget == "ja"
    columns, heads = list(ys), headers(doc, ys, False)
    if budget:
        columns.append("%d budget" % books.year)
        heads = heads and heads + ["Budget %d" % books.year]
    sign = 1 if c.rr_tecken == "plus" else -1
    extra = ["kostnader: positiva"] if sign == 1 else []
    t = doc.table("resultatrakning", "2. Resultaträkning", c.rr_enhet, columns, "rr",
                  headers=heads, extra=extra, unit_printed=None)
    b = [books[y] for y in ys] + ([books.budget] if budget else [])

    def vals(f):
        return [f(x) for x in b]

    t.row("verksamhetens_intakter", vals(lambda x: x.intakter), note=2, keep=True)
    t.row("verksamhetens_kostnader",
          vals(lambda x: sign * (x.kostnader + (x.avskrivningar if inkl else 0))),
          text="Verksamhetens kostnader (inkl. avskrivningar)" if c.rr_kostnader == "inkl, sagt"
          else None, note=None if c.not_kostnader == "ingen" else 3, keep=True)
    if not inkl:
        t.row("avskrivningar", vals(lambda x: sign * x.avskrivningar))
    if c.rr_rader == "alla":
        t.row("verksamhetens_nettokostnader", vals(lambda x: x.verksamhetens_resultat), keep=True)
    else:
        doc.expected.add("FRM-04")
    if c.rr_rader != "kort":
        t.row("verksamhetens_resultat", vals(lambda x: x.verksamhetens_resultat), keep=True)
    if c.rr_finans != "netto":
        t.row("finansiella_intakter", vals(lambda x: x.fin_intakt),
              note=note_numbers(doc, books).get("finans"))
        t.row("finansiella_kostnader", vals(lambda x: sign * x.fin_kostnad))
    if c.rr_finans != "brutto":
        t.row("finansnetto", vals(lambda x: x.finansnetto), keep=True,
              note=c.rr_finans == "netto" and note_numbers(doc, books).get("finans"))
    if c.rr_rader != "kort":
        t.row("resultat_efter_finansiella_poster", vals(lambda x: x.resultat - x.extraordinart), keep=True)
    if c.rr_rader != "kort" or any(x.extraordinart for x in b):
        t.row("extraordinara_poster", vals(lambda x: x.extraordinart))
    if any(x.extraordinart for x in b):
        doc.expected.add("UPP-10")  # no note says what they are
    if c.noll == "tomt" and any(bool(x.extraordinart) != bool(b[0].extraordinart)
                                or bool(x.fin_kostnad) != bool(b[0].fin_kostnad) for x in b):
        doc.arguable.add("FRM-09")  # what was nothing last year is left blank
    t.row("arets_resultat", vals(lambda x: x.resultat), keep=True)


def balansrakning(doc, books):
    c, ys = doc.c, years(doc, books)
    if c.noll == "tomt" and c.liv == "andra":
        doc.arguable.add("FRM-09")  # what the first year opened with is left blank
    t = doc.table("balansrakning", "3. Balansräkning", c.rr_enhet, ys, "br",
                  headers=headers(doc, ys, True))
    b = [books[y] for y in ys]

    def vals(f):
        return [f(x) for x in b]

    has_assets = any(x.anlaggning for x in b)
    whole = c.br_delar == "allt"
    if has_assets or whole:
        if c.br_delar != "knappt" and (c.anlaggningar != "nej" or c.noll != "ingen rad"):
            t.row("maskiner_och_inventarier", vals(lambda x: x.anlaggning))
            if whole:
                t.row("materiella_anlaggningstillgangar", vals(lambda x: x.anlaggning))
        t.row("anlaggningstillgangar", vals(lambda x: x.anlaggning),
              note=note_numbers(doc, books).get("anlaggning"))
    t.row("fordringar", vals(lambda x: x.summa_fordringar), note=4)
    if c.placeringar == "ja":
        t.row("kortfristiga_placeringar", vals(lambda x: x.placeringar))
    t.row("kassa_och_bank", vals(lambda x: x.kassa))
    if c.br_delar != "knappt":
        t.row("omsattningstillgangar", vals(lambda x: x.summa_fordringar + x.likvida))
    t.row("summa_tillgangar", vals(lambda x: x.tillgangar))
    if c.br_eget_kapital == "lagens":
        t.row("eget_kapital_ingaende", vals(lambda x: x.ek_ingaende), keep=True)
        t.row("arets_resultat", vals(lambda x: x.resultat), keep=True)
    else:
        t.row("arets_resultat", vals(lambda x: x.resultat), keep=True)
        t.row("ovrigt_eget_kapital", vals(lambda x: x.ek_ingaende), keep=True)
        doc.expected.add("FRM-05")
    t.row("eget_kapital", vals(lambda x: x.ek), keep=True)
    if c.pension == "ja":
        t.row("avsattningar_pensioner", vals(lambda x: x.avsattningar), note=5)
        if whole:
            t.row("avsattningar", vals(lambda x: x.avsattningar))
    t.row("kortfristiga_skulder", vals(lambda x: x.summa_skulder), note=6)
    if whole:
        t.row("skulder", vals(lambda x: x.summa_skulder))
    t.row("summa_eget_kapital_och_skulder", vals(lambda x: x.tillgangar))
    if c.br_linjen == "ja" and c.noll != "ingen rad":
        for row in ("panter", "ansvarsforbindelser"):
            t.row(row, [0 for _ in b], lone=True)
    else:
        doc.expected.add("UPP-09")


def kassaflodesanalys(doc, books):
    c = doc.c
    ys = [y for y in years(doc, books) if books[y - 1] or books.formed == y]
    t = doc.table("kassaflodesanalys", "4. Kassaflödesanalys", c.rr_enhet, ys, "kf",
                  headers=headers(doc, ys, False))
    b = [books[y] for y in ys]
    before = [books[y - 1] for y in ys]
    nollor = c.kf_nollor == "med"

    def vals(f):
        return [f(x, p) for x, p in zip(b, before)]

    def old(p, name):
        return getattr(p, name) if p else 0

    d_avs = vals(lambda x, p: x.avsattningar - old(p, "avsattningar"))
    d_for = vals(lambda x, p: old(p, "summa_fordringar") - x.summa_fordringar)
    d_skuld = vals(lambda x, p: x.summa_skulder - old(p, "summa_skulder") - x.rattelse)
    ej = [x.avskrivningar - x.reavinst + d for x, d in zip(b, d_avs)]
    medel = [x.resultat + e for x, e in zip(b, ej)]
    lopande = [m + f + s for m, f, s in zip(medel, d_for, d_skuld)]
    if c.kf_form == "direkt":
        t.row("inbetalningar", vals(lambda x, p: x.intakter - x.reavinst + x.fin_intakt + max(x.extraordinart, 0)),
              under="lopande_verksamheten", text="Inbetalningar före förändring av fordringar")
        t.row("utbetalningar", [-(x.kostnader + x.fin_kostnad) + min(x.extraordinart, 0) + d for x, d in zip(b, d_avs)],
              under="lopande_verksamheten", text="Utbetalningar före förändring av skulder")
    else:
        t.row("arets_resultat", vals(lambda x, p: x.resultat), keep=True)
        if c.kf_form == "egna rader":
            over = "medel_fore_forandring_av_rorelsekapital"
            t.row("kf_avskrivningar", vals(lambda x, p: x.avskrivningar), under=over,
                  text="Avskrivningar")
            t.row("kf_avsattningar", d_avs, under=over, text="Förändring av avsättningar")
            if any(x.reavinst for x in b):
                t.row("kf_reavinst", vals(lambda x, p: -x.reavinst), under=over,
                      text="Realisationsvinst")
        elif any(ej) or nollor:
            t.row("ej_likviditetspaverkande", ej)
        if c.kf_form != "utan medel före":
            t.row("medel_fore_forandring_av_rorelsekapital", medel, keep=True)
        else:
            doc.expected.add("FRM-18")
    t.row("forandring_fordringar", d_for)
    t.row("forandring_kortfristiga_skulder", d_skuld)
    t.row("lopande_verksamheten", lopande, keep=True)
    inv, sold = [-x.investering for x in b], [x.forsaljning for x in b]
    invests = [i + s for i, s in zip(inv, sold)]
    if any(inv) or any(sold) or nollor:
        t.row("investering_materiella", inv)
        if any(sold):
            t.row("forsaljning_materiella", sold)
        t.row("investeringsverksamheten", invests, keep=True)
    if nollor:
        t.row("finansieringsverksamheten", [0 for _ in b])
    t.row("arets_kassaflode", [lo + i for lo, i in zip(lopande, invests)], keep=True)
    which = held(c, books)
    t.row("likvida_medel_borjan", vals(lambda x, p: old(p, which)), keep=True)
    t.row("likvida_medel_slut", vals(lambda x, p: getattr(x, which)), keep=True)
    if c.noll == "tomt":
        doc.expected.add("FRM-18")  # rows without an amount


# ---- notes ----

def note(doc, books, number, slag, heading, instant=False):
    ys = years(doc, books)
    t = doc.table(str(number), "Not %d %s" % (number, heading), doc.c.rr_enhet, ys, "not",
                  indent="  ", headers=headers(doc, ys, instant), extra=["slag: " + slag])
    return t, [books[y] for y in ys]


def not_intakter(doc, books):
    c = doc.c
    t, b = note(doc, books, 2, "intakter", "Verksamhetens intäkter")
    t.row("bidrag_staten", [x.staten for x in b], keep=True)
    if c.liv != "gotland":
        if c.regioner == "två":
            for k, name in enumerate(("norra", "södra")):
                t.row("region_" + "ns"[k], [x.region * (3 - k) // 5 // 100 * 100 if k == 0 else
                                            x.region - x.region * 3 // 5 // 100 * 100 for x in b],
                      under="bidrag_region", text="Driftbidrag från Region %s %s" % (books.lan, name), keep=True)
        else:
            t.row("bidrag_region", [x.region for x in b],
                  text="Driftbidrag från Region %s län" % books.lan, keep=True)
    if c.not_intakter == "kommuner i en rad":
        t.row("bidrag_kommuner", [sum(x.kommuner.values()) for x in b], keep=True)
    else:
        for namn in books.kommunnamn:
            t.row(key(namn), [x.kommuner.get(namn, 0) for x in b], under="bidrag_kommuner",
                  text="Driftbidrag från %s kommun" % namn, keep=True)
    if c.not_intakter == "delsumma":
        t.row("medlemsbidrag", [x.bidrag for x in b], keep=True)
    for row, f in (("eu_medel", lambda x: x.esf_intakt), ("sjukloneersattning", lambda x: x.sjuklon),
                   ("forsaljning_av_tjanster", lambda x: x.tjanster),
                   ("ovriga_intakter", lambda x: x.reavinst + x.insatsintakt)):
        if any(f(x) for x in b):
            t.row(row, [f(x) for x in b], text="Realisationsvinst" if row == "ovriga_intakter"
                  and not any(x.insatsintakt for x in b) else None)
    t.row("summa", [x.intakter for x in b], keep=True)


def not_kostnader(doc, books):
    c = doc.c
    if c.not_kostnader == "ingen":
        return
    # What resultaträkningen has in the row, the note may have otherwise.
    inkl = c.not_avskrivningar != "utanför" and any(x.avskrivningar for x in books.years.values())
    word = " (inkl. avskrivningar)" if inkl else ""
    t, b = note(doc, books, 3, "kostnader", "Verksamhetens kostnader" + word)
    sign = -1 if c.not_kostnader_tecken == "minus" else 1
    i_ovrigt = c.not_avskrivningar == "i övrigt"

    def ovrigt(x):
        return x.admin["ovrigt"] + (x.avskrivningar if i_ovrigt else 0)

    def row(name, f, **kw):
        t.row(name, [sign * f(x) for x in b], **kw)

    stod = {"forbundschef", "arvode_styrelse"}
    if c.not_kostnader == "verksamhet":
        row("individ", lambda x: x.individ_egen + x.esf_kostnad, under="summa",
            text="Individinriktade insatser")
        row("struktur", lambda x: sum(x.struktur.values()), under="summa",
            text="Strukturövergripande insatser")
        row("administration", lambda x: sum(x.admin.values()) + (x.avskrivningar if i_ovrigt else 0),
            under="summa", text="Administration")
    elif c.not_kostnader == "grupper":
        row("verksamhetskostnader",
            lambda x: x.individ_egen + x.esf_kostnad + sum(x.struktur.values()))
        row("direkta_kostnader",
            lambda x: x.individ_egen + x.esf_kostnad + sum(x.struktur.values()))
        row("personalkostnader", lambda x: sum(x.admin[n] for n in stod))
        row("ovriga_administrativa_kostnader",
            lambda x: sum(v for n, v in x.admin.items() if n not in stod)
            + (x.avskrivningar if i_ovrigt else 0))
        row("administrativa_kostnader",
            lambda x: sum(x.admin.values()) + (x.avskrivningar if i_ovrigt else 0))
    else:
        row("projektmedel", lambda x: x.individ_egen + x.esf_kostnad + sum(x.struktur.values()))
        row("kop_av_tjanst_forbundschef", lambda x: x.admin["forbundschef"])
        row("kop_av_administrativa_tjanster", lambda x: x.admin["administrativt_stod"])
        row("revision", lambda x: x.admin["revision"])
        row("arvoden", lambda x: x.admin["arvode_styrelse"])
        row("lokalkostnader", lambda x: x.admin["lokalkostnader"])
        row("ovrigt", ovrigt)
    if c.not_avskrivningar == "egen rad" and inkl:
        row("avskrivningar", lambda x: x.avskrivningar, under="summa", text="Avskrivningar")
    row("summa", lambda x: x.kostnader + (x.avskrivningar if inkl else 0), keep=True)


def ovriga_noter(doc, books):
    c = doc.c
    names = {"personalens_skatter_och_avgifter", "semesterloneskuld", "upplupna_sociala_avgifter"}
    t, b = note(doc, books, 4, "fordringar", "Fordringar", True)
    for n in b[0].fordringar:
        if any(x.fordringar[n] for x in b):
            t.row(n, [x.fordringar[n] for x in b])
    t.row("summa", [x.summa_fordringar for x in b], keep=True)
    if c.pension == "ja":
        t, b = note(doc, books, 5, "avsattningar", "Avsättningar", True)
        t.row("avsattning_pensioner", [x.pension for x in b])
        t.row("avsattning_loneskatt", [x.loneskatt for x in b])
        t.row("summa", [x.avsattningar for x in b], keep=True)
    t, b = note(doc, books, 6, "kortfristiga_skulder", "Kortfristiga skulder", True)
    rows = []
    for x in b:
        rows += [n for n in x.skulder if n not in rows]
    for n in sorted(rows, key=lambda n: (n == "upplupna_kostnader", n in names)):
        t.row(n, [x.skulder.get(n, 0) for x in b])
    t.row("summa", [x.summa_skulder for x in b], keep=True)
    numbers = note_numbers(doc, books)
    if "finans" in numbers:
        t, b = note(doc, books, numbers["finans"], "finansiella_poster", "Finansiella poster")
        t.row("ranteintakter", [x.fin_intakt for x in b], keep=True)
        t.row("finansiella_intakter", [x.fin_intakt for x in b], keep=True)
        t.row("finansiella_kostnader", [-x.fin_kostnad for x in b])
        t.row("summa", [x.finansnetto for x in b], keep=True)
    if "anlaggning" in numbers:
        anlaggningsnot(doc, books, numbers["anlaggning"])
    if c.not_revision == "ja":
        t, b = note(doc, books, numbers["revision"], "ovrig", "Kostnad för räkenskapsrevision")
        t.row("revision", [x.admin["revision"] for x in b], under="summa",
              text="Kostnad för räkenskapsrevision")
        t.row("summa", [x.admin["revision"] for x in b], keep=True)
    elif c.not_kostnader != "slag":
        doc.expected.add("UPP-01")


def anlaggningsnot(doc, books, number):
    t, b = note(doc, books, number, "anlaggningstillgangar", "Anläggningstillgångar", True)
    t.row("anskaffningsvarde_ingaende", [x.anl_ingaende for x in b], text="Ingående redovisat värde")
    t.row("arets_investeringar", [x.investering for x in b])
    if any(x.salt_varde for x in b):
        t.row("forsaljningar_och_utrangeringar", [-x.salt_varde for x in b])
    t.row("arets_avskrivningar", [-x.avskrivningar for x in b])
    t.row("summa", [x.anlaggning for x in b], keep=True)


def balanskravsutredning(doc, books):
    c, ys = doc.c, years(doc, books, 2 if doc.c.bk_ar == "två" else 1)
    t = doc.table("balanskravsutredning", "1.6 Balanskravsutredning", c.rr_enhet, ys, "balanskrav")
    b = [books[y] for y in ys]
    t.row("arets_resultat", [x.resultat for x in b], keep=True)
    if any(x.reavinst for x in b):
        t.row("realisationsvinster", [-x.reavinst for x in b])
    elif c.bk_form == "lång":
        for row in ("realisationsvinster", "realisationsvinster_undantag",
                    "realisationsforluster_undantag", "orealiserade", "aterforing"):
            t.row(row, [0 for _ in b])
    if c.bk_form == "lång":
        t.row("efter_balanskravsjusteringar", [x.resultat - x.reavinst for x in b], keep=True)
    elif books.year >= 2024 or any(x.reavinst for x in b):
        doc.expected.add("BAL-03")
    t.row("balanskravsresultat", [x.resultat - x.reavinst for x in b], keep=True)

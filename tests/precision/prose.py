"""Everything but the tables: the texts, the figures in them, insatser, goals, surveys."""

from books import key


def header(doc, books):
    c, put = doc.c, doc.put
    put("medel: 1")
    put("forbund:")
    put("  namn: ", books.namn)
    put("  org_nr: ", books.org_nr)
    put("  medlemmar:")
    put("    - { namn: Försäkringskassan, part: staten }")
    put("    - { namn: Arbetsförmedlingen, part: staten }")
    if c.liv != "gotland":
        if c.regioner == "två":
            for k, name in enumerate(("norra", "södra")):
                put("    - { namn: Region %s %s, part: region, not_rad: region_%s }" % (books.lan, name, "ns"[k]))
        else:
            put("    - { namn: Region %s län, part: region, not_rad: bidrag_region }" % books.lan)
    split = c.not_intakter != "kommuner i en rad"
    for namn, andel in zip(books.kommunnamn, books.andelar):
        if namn == books.left:
            continue
        put("    - { namn: %s kommun, part: kommun%s%s }" % (
            namn, ", not_rad: " + key(namn) if split else "",
            ", andel: %d %%" % andel if c.medlemsfil == "ja" and split and not books.left
            else ""))
    put("rakenskapsar: %d" % books.year)
    put("dokument: { namn: arsredovisning-%d.pdf, plats: rad }" % books.year)


HEADINGS = ["Översikt över verksamhetens utveckling", "Viktiga förhållanden för resultat och ekonomisk ställning",
            "Händelser av väsentlig betydelse", "Styrning och uppföljning av verksamheten",
            "God ekonomisk hushållning och ekonomisk ställning", "Balanskravsresultat",
            "Väsentliga personalförhållanden", "Förväntad utveckling"]


def texts(doc, books, has_investment_table):
    c, put, x = doc.c, doc.put, books[books.year]
    put("redovisningsprinciper:")
    none = "" if has_investment_table else " Inga investeringar har gjorts som kräver en egen redovisning; investeringsredovisning lämnas därför inte."
    put('  text: "Årsredovisningen följer lagen (2018:597) om kommunal bokföring och redovisning och rekommendationer från Rådet för kommunal redovisning. Inventarier skrivs av på fem år.%s"' % none)
    if x.rattelse:
        put('  andrade_principer: "Ett fel från tidigare år har rättats mot ingående eget kapital med 30 000 kr."')
        put("  omraknade_jamforelsetal: true")
    put("  namner_lkbr: true")
    put("  namner_rkr: true")
    put('  varderingsprinciper: "Tillgångar är värderade till anskaffningsvärde, fordringar till det belopp som väntas bli betalt."')
    put("forvaltningsberattelse:")
    put("  rubriker: [%s]" % ", ".join('"1.%d %s"' % (i + 1, h) for i, h in enumerate(HEADINGS)))
    put('  viktiga_forhallanden: "Resultatet beror på medlemmarnas bidrag och på hur insatserna har kunnat bemannas. Posterna i balansräkningen har förändrats med verksamhetens omfattning: fordringar, skulder, kassa, avsättningar, intäkter och kostnader."')
    event = {"forsta": "Förbundet bildades den 1 januari %d." % books.year,
             "andra": "Förbundet bildades året innan, den 1 januari %d." % (books.year - 1),
             "uttrade": "%s kommun lämnade förbundet vid årsskiftet." % (books.left or "Ingen"),
             "likvidation": "Medlemmarna har beslutat att förbundet ska avvecklas, och inga bidrag har lämnats för året. Förbundet har trätt i likvidation."}
    put('  vasentliga_handelser: "%s"' % event.get(
        c.liv, "Medlemmarnas bidrag halverades." if c.bidrag == "halverat" else "Inga händelser utöver den löpande verksamheten."))
    put('  samlad_bedomning: "Styrelsen bedömer att förbundet har en god ekonomisk hushållning."')
    put('  forvantad_utveckling: "Bidragen väntas ligga på samma nivå nästa år."')
    put('  personalforhallanden: "Förbundet har en anställd."')
    put('  balanskrav_reglering: "Ett underskott täcks av sparade medel och återställs inte särskilt."')
    put('  underbalansering: "Budgeten är underbalanserad för att sparade medel ska användas."')
    if c.farger == "ja":
        put('  fargforklaring: "Grönt är uppnått, gult delvis uppnått, rött inte uppnått."')
    negative(doc, books)
    put("styrning:")
    put("  budget_faststalld: %d-11-%02d" % (books.year - 1, 14))
    put("  arsredovisning_beslutad: %d-03-12" % (books.year + 1))
    put('  samrad: "Samråd med medlemmarna om budgeten hölls i oktober."')
    put('  plan: "Plan för %d–%d."' % (books.year, books.year + 2))
    put("revision:")
    region = [] if c.liv == "gotland" else ["Region %s län" % books.lan]
    put('  revisorer: ["Auktoriserad revisor utsedd av Försäkringskassan för staten", %s]'
        % ", ".join('"Revisor utsedd av %s"' % n for n in region + [k + " kommun" for k in books.kommunnamn]))
    if c.revisorstal == "ja":
        revisorstal(doc, books)


def negative(doc, books):
    """What the rules may rightly say of these books, however they are printed."""
    x = books[books.year]
    if x.ek < 0 or x.ek + budget_result(books) < 0:
        doc.expected |= {"EKA-05", "BAL-02"}
    if x.resultat - x.reavinst < 0 and x.ek < 0:
        doc.expected.add("BAL-02")


def budget_result(books):
    b = books.budget
    return b.resultat


# ---- figures in running text ----

class Text:
    def __init__(self, doc, books, indent=""):
        self.doc, self.books, self.rng = doc, books, doc.c.stream("text")
        self.started, self.indent = False, indent

    def say(self, text, concept, cell, **more):
        d = self.doc
        if not self.started:
            d.put("uppgifter:")
            self.started = True
        cell.row, cell.column = concept, ",".join(map(str, more.values()))
        d.put(self.indent, '  - text: "%s"' % text)
        d.put(self.indent, "    begrepp: ", concept)
        for k, v in more.items():
            d.put(self.indent, "    %s: %s" % (k, v))
        d.put(self.indent, "    tal: { tal: ", cell, ", rad: %d }" % (d.place() + 10 * len(d.lines)))

    def amount(self, text, concept, value, together=None, **more):
        c = self.doc.c
        unit, word = {"exakt": ("kr", None), "avrundad": ("tkr", None), "mnkr": ("mnkr2", None),
                      "ca": ("tkr", self.rng.choice(["ca", "drygt", "knappt"]))}[c.txt]
        if abs(value) < 100_000_00:
            unit, word = "kr", None
        if value < 0 and c.txt_underskott == "ord" and concept in ("arets_resultat", "budgetavvikelse"):
            text, value = text + ", ett underskott", -value
        if value < 0 and word in ("drygt", "knappt"):
            word = "ca"
        self.say(text, concept, self.doc.amount(value, unit, "text", word=word, suffix=True), **more)


def revisorstal(doc, books):
    """What the revisors' report says of the figures."""
    x, t = books[books.year], Text(doc, books, "  ")
    doc.put("  uppgifter:")
    t.started = True
    for text, concept, value in (("årets resultat", "arets_resultat", x.resultat),
                                 ("eget kapital", "eget_kapital", x.ek),
                                 ("kortfristiga skulder", "kortfristiga_skulder", x.summa_skulder)):
        t.say(text, concept, doc.amount(value, "tkr", "text", suffix=True))


def uppgifter(doc, books, drift):
    c, x, t = doc.c, books[books.year], Text(doc, books)
    before, b = books[books.year - 1], books.budget
    cost = {"rr": x.kostnader + (x.avskrivningar if c.rr_kostnader != "exkl" else 0),
            "inkl avskr": x.kostnader + x.avskrivningar,
            "inkl allt": x.kostnader + x.avskrivningar + x.fin_kostnad}[c.txt_kostnader]
    minus = -1 if c.txt_kostnadstecken == "minus" else 1
    t.amount("årets resultat", "arets_resultat", x.resultat)
    t.amount("förbundets intäkter", "verksamhetens_intakter", x.intakter)
    t.amount("förbundets kostnader" + (" inklusive avskrivningar" if c.txt_kostnader == "inkl avskr"
                                      and c.ov_etikett == "sagd" else ""),
             "verksamhetens_kostnader", minus * cost)
    if x.bidrag:
        t.amount("medlemmarnas bidrag", "medlemsbidrag", x.bidrag)
    t.amount("eget kapital vid årets slut", "eget_kapital", x.ek)
    t.amount("kassa och bank", "kassa_och_bank", x.kassa)
    t.amount("kortfristiga skulder", "kortfristiga_skulder", x.summa_skulder)
    t.amount("ränteintäkter", "ranteintakter", x.fin_intakt)
    t.say("soliditet", "soliditet", doc.share(x.ek, x.tillgangar, "text"))
    if x.bidrag:
        t.say("eget kapital i andel av medlemsbidragen", "eget_kapital_andel",
              doc.share(x.ek, x.bidrag, "text"))
    if before:
        t.amount("föregående års resultat", "arets_resultat", before.resultat, ar=books.year - 1)
        t.amount("eget kapital vid årets början", "eget_kapital", before.ek, ar=books.year - 1)
    t.amount("budgeterat resultat", "arets_resultat", b.resultat, variant="budget")
    t.amount("budgeterade kostnader", "verksamhetens_kostnader",
             minus * (b.kostnader + b.avskrivningar), variant="budget")
    t.amount("avvikelse mot budgeterat resultat", "budgetavvikelse", x.resultat - b.resultat)
    if c.txt_mening == "ja":
        mening(doc, books, t, x)
    if c.ins_form != "inga" and c.steg_samlat == "ja":
        goers = [i for i in drift if i.typ == "individ"]
        cell = doc.share(sum(i.steg for i in goers), sum(i.avslutade for i in goers), "text", "steg")
        doc.put('  - text: "andel av de avslutade med positiv stegförflyttning"')
        doc.put("    tal: { tal: ", cell, ", rad: %d }" % (doc.place() + 10 * len(doc.lines)))
    if c.ins_form != "inga":
        n = sum(i.deltagare for i in drift if i.typ == "individ")
        t.say("deltagare i de individinriktade insatserna", "deltagare_totalt",
              doc.count(n, "text"))


def mening(doc, books, t, x):
    """One sentence with income, costs, finansnetto and result: they stand on one line."""
    rad = doc.place()
    for text, concept, value in (("intäkterna uppgick till", "verksamhetens_intakter", x.intakter),
                                 ("kostnaderna med avskrivningar till", "verksamhetens_kostnader",
                                  -(x.kostnader + x.avskrivningar)),
                                 ("finansnettot till", "finansnetto", x.finansnetto),
                                 ("vilket gav resultatet", "arets_resultat", x.resultat)):
        doc.put('  - text: "%s"' % text)
        doc.put("    begrepp: ", concept)
        doc.put("    tal: { tal: ", doc.amount(value, "kr", "text", concept, "mening", suffix=True),
                ", rad: %d }" % rad)


# ---- insatser ----

class Insats:
    def __init__(self, rng, namn, typ, books):
        x, b = books[books.year], books.budget
        self.namn, self.typ, self.id = namn, typ, key(namn)
        self.utfall, self.budget = getattr(x, typ)[namn], getattr(b, typ)[namn]
        self.deltagare = rng.randrange(18, 190)
        self.kvinnor = int(self.deltagare * rng.uniform(.4, .7))
        self.annat = rng.choice([0, 0, 1])
        self.man = self.deltagare - self.kvinnor - self.annat
        self.avslutade = rng.randrange(8, max(9, self.deltagare // 2 + 8))
        self.orsaker = [("till arbete", True), ("till studier", True), ("åter till remitterande part", False),
                        ("flytt", False)]
        left, self.antal = self.avslutade, []
        for _ in self.orsaker[:-1]:
            self.antal.append(rng.randrange(0, left + 1))
            left -= self.antal[-1]
        self.antal.append(left)
        self.steg = self.antal[0] + self.antal[1]


def make_insatser(doc, books):
    rng = doc.c.stream("insatser")
    return ([Insats(rng, n, "individ", books) for n in books.individnamn]
            + [Insats(rng, n, "struktur", books) for n in books.strukturnamn])


def insatser(doc, books, lista):
    c, put = doc.c, doc.put
    if c.ins_form == "inga":
        return
    put("insatser:")
    for i in lista:
        put("  ", i.id, ":")
        put('    namn: "%s"' % i.namn)
        put("    typ: ", i.typ)
        if c.dr_rader in ("alla", "utan grupprader"):
            put("    driftrad: ", i.id)
        if c.fv == "ja" and c.fv_rader == "alla":
            put("    verksamhetsrad: ", i.id)

        def field(name, cell):
            cell.row, cell.column = i.id, name
            put("    %s: { tal: " % name, cell, ", rad: %d }" % doc.place())

        if c.ins_form == "allt":
            field("budget", doc.amount(i.budget, "kr", "insats", suffix=True))
            field("utfall", doc.amount(i.utfall, "kr", "insats", suffix=True))
            field("avvikelse", doc.amount(i.budget - i.utfall, "kr", "insats", suffix=True))
            field("forbrukning", doc.share(i.utfall, i.budget, "insats")) if i.budget else None
        if i.typ == "struktur":
            continue
        if c.ins_form == "ca":
            a, b = doc.count(i.deltagare, "insats"), doc.count(i.deltagare, "insats", word="ca")
            a.row = b.row = i.id
            a.column, b.column = "deltagare", "deltagare (ca)"
            put("    deltagare: [{ tal: ", a, ", rad: %d }, { tal: " % doc.place(), b,
                ", rad: %d }]" % doc.place())
        else:
            field("deltagare", doc.count(i.deltagare, "insats"))
        for name, n in (("kvinnor", i.kvinnor), ("man", i.man), ("annat_kon", i.annat)):
            if n or name != "annat_kon":
                field(name, doc.share(n, i.deltagare, "insats") if c.ins_kon == "andel"
                      else doc.count(n, "insats"))
        field("avslutade", doc.count(i.avslutade, "insats"))
        if c.ins_form == "allt":
            field("kostnad_per_deltagare", doc.amount(
                (i.utfall + i.deltagare // 2) // i.deltagare, "kr", "insats", suffix=True))
        extras(doc, i, field)
        if c.ins_orsaker != "inga":
            put("    avslutsorsaker:")
            for (text, positiv), antal in zip(i.orsaker, i.antal):
                put('      - text: "%s"' % text)
                if positiv or c.ins_orsaker == "flaggade":
                    put("        positiv: ", "true" if positiv else "false")
                put("        antal: { tal: ", doc.count(antal, "insats", i.id, "orsak"),
                    ", rad: %d }" % doc.place())
        field("stegforflyttning", doc.count(i.steg, "insats"))
        field("stegforflyttning_av", doc.count(i.avslutade, "insats"))
        field("stegforflyttning_andel", doc.share(i.steg, i.avslutade, "insats", form=c.ins_andel))


def extras(doc, i, field):
    """What some reports say of an insats besides."""
    c, put, rng = doc.c, doc.put, doc.c.stream("insats", i.id)
    if c.ins_form == "allt" and c.ins_ekonomi == "delar":
        pay = i.utfall * 7 // 10 // 100 * 100
        field("lon", doc.amount(pay, "kr", "insats", suffix=True))
        field("ovriga_kostnader", doc.amount(i.utfall - pay, "kr", "insats", suffix=True))
    if c.ins_form == "allt" and c.ins_ekonomi == "överskott" and i.budget > i.utfall:
        field("erhallet", doc.amount(i.budget, "kr", "insats", suffix=True))
        field("overskott", doc.amount(i.budget - i.utfall, "kr", "insats", suffix=True))
    if c.ins_mal != "inga":
        target = max(5, i.deltagare + rng.choice([-10, -5, 5, 12]))
        field("deltagare_mal", doc.count(target, "insats", lone=True))
        if c.ins_mal == "resultatmål":
            put("    resultatmal:")
            put('      - text: "nya deltagare"')
            put("        mal: { tal: ", doc.count(10, "insats", i.id, "resultatmål", lone=True),
                ", rad: %d }" % doc.place())
            put("        utfall: { tal: ", doc.count(rng.randrange(11, 40), "insats", i.id,
                                                      "resultatmål utfall", lone=True),
                ", rad: %d }" % doc.place())
    if c.ins_delar == "antal":
        first = i.deltagare * 2 // 3
        put("    delar:")
        for text, n in (("kartläggningar", first), ("vägledningar", i.deltagare - first)):
            put('      - text: "%s"' % text)
            put("        antal: { tal: ", doc.count(n, "insats", i.id, "del"), ", rad: %d }" % doc.place())
    if c.ins_inflode != "inget":
        left, sources = i.deltagare, ["Arbetsförmedlingen", "Försäkringskassan", "regionen", "kommunen"]
        put("    inflode:")
        for k, text in enumerate(sources):
            n = left if k == 3 else rng.randrange(0, left + 1)
            left -= n
            put('      - text: "%s"' % text)
            put("        andel: { tal: ", doc.count(n, "insats", i.id, "inflöde", lone=True) if c.ins_inflode == "antal"
                else doc.share(n, i.deltagare, "insats", i.id, "inflöde"), ", rad: %d }" % doc.place())


# ---- goals ----

def mal(doc, books, lista):
    c, put, rng = doc.c, doc.put, doc.c.stream("mal")
    if c.mal == "inga":
        return
    x, out = books[books.year], []
    for i in lista:
        if i.typ == "individ" and c.ins_form != "inga":
            out.append(("steg_" + i.id, "resultat", 100 * i.steg, i.avslutade,
                        rng.choice(["minst", "fler"]), "av de avslutade i %s ska ta ett steg framåt" % i.namn))
    if x.bidrag:
        out.append(("ek", "finansiellt", 100 * x.ek, x.bidrag, "högst", "av medlemsbidragen ska eget kapital vara vid årets slut"))
    first, named = True, []
    for id, typ, num, den, way, text in out:
        achieved = num / den
        want_met = c.mal == "uppnådda" or rng.random() < .5
        step = 5
        target = int(achieved // step) * step
        if way in ("minst", "fler"):
            target = target - step if want_met else target + 3 * step
        else:
            target = target + 2 * step if want_met else target - 2 * step
        if not 0 < target < 100:
            continue
        met = achieved > target if way in ("minst", "fler") else achieved <= target
        if first:
            put("mal:")
            first = False
        head = {"minst": "Minst", "fler": "Fler än", "högst": "Högst"}[way]
        named.append((id, "%s %d %% %s" % (head, target, text)))
        put("  ", id, ":")
        put('    text: "%s"' % named[-1][1])
        put("    typ: ", typ)
        put("    mal: { tal: ", doc.share(target, 100, "mal", id, "mal"), ", rad: %d }" % doc.place())
        put("    utfall: { tal: ", doc.share(num, 100 * den, "mal", id, "utfall"),
            ", rad: %d }" % doc.place())
        status = "uppnatt" if met else rng.choice(["ej", "delvis"])
        word = {"uppnatt": "uppnått", "ej": "inte uppnått", "delvis": "delvis uppnått"}[status]
        put('    maluppfyllelse: "Målet är %s."' % word)
        put("    status: ", status)
        if c.farger == "ja":
            put("    farg: ", {"uppnatt": "gron", "ej": "rod", "delvis": "gul"}[status])
    if not first and c.mal_slag == "belopp och antal":
        named += amounts(doc, x, rng)
    if not first and c.verksamhetsplan == "ja":
        put("verksamhetsplan:")
        for id, text in named:
            put('  - text: "%s"' % text)
            put("    mal: ", id)


def amounts(doc, x, rng):
    """Goals whose figures are kronor, meetings, or a share of the costs."""
    c, put, out = doc.c, doc.put, []
    ceiling = (x.ek // 10_000_000 + rng.choice([-1, 0, 2])) * 10_000_000
    admin, whole = sum(x.admin.values()), x.kostnader
    rows = [("moten", "aktivitet", "Minst sex styrelsemöten ska hållas", doc.count(6, "mal", "moten", "mal"),
             doc.count(7, "mal", "moten", "utfall"), True),
            ("adm", "finansiellt", "Administrationen ska inte överstiga 30 % av kostnaderna",
             doc.share(30, 100, "mal", "adm", "mal"), doc.share(admin, whole, "mal", "adm", "utfall"),
             100 * admin <= 30 * whole)]
    if ceiling > 0:
        rows.append(("ek_kr", "finansiellt", "Det egna kapitalet ska inte överstiga %s tkr"
                     % doc.style.number(ceiling // 100_000, 0, True),
                     doc.amount(ceiling, "tkr", "mal", "ek_kr", "mal", suffix=True),
                     doc.amount(x.ek, "tkr", "mal", "ek_kr", "utfall", suffix=True), x.ek <= ceiling))
    for id, typ, text, target, outcome, met in rows:
        out.append((id, text))
        put("  ", id, ":")
        put('    text: "%s"' % text)
        put("    typ: ", typ)
        put("    mal: { tal: ", target, ", rad: %d }" % doc.place())
        put("    utfall: { tal: ", outcome, ", rad: %d }" % doc.place())
        put('    maluppfyllelse: "Målet är %s."' % ("uppfyllt" if met else "ej uppfyllt"))
        put("    status: ", "uppnatt" if met else "ej")
        if c.farger == "ja":
            put("    farg: ", "gron" if met else "rod")
    return out


# ---- forecasts, staff, the revisors ----

def besides(doc, books):
    c, put, x, rng = doc.c, doc.put, books[books.year], doc.c.stream("besides")
    if c.prognos == "ja":
        put("prognoser:")
        put("  - begrepp: arets_resultat")
        guess = x.resultat + rng.randrange(-200, 200) * 100_000
        put("    tal: { tal: ", doc.amount(guess, "tkr", "prognos", suffix=True, lone=True), ", rad: %d }" % doc.place())
        put('    kalla: "delårsrapport januari–augusti %d"' % books.year)
        put('    gjord: "januari–augusti %d"' % books.year)
    if c.personalrader == "ja":
        put("personal:")
        put('  - text: "anställda"')
        put("    antal: { tal: ", doc.count(1, "personal", lone=True), ", rad: %d }" % doc.place())
        put('  - text: "förbundschef"')
        put("    andel: { tal: ", doc.share(1, 1, "personal", lone=True), ", rad: %d }" % doc.place())


# ---- surveys and the labour market ----

def enkater(doc, books, lista):
    c, put, rng = doc.c, doc.put, doc.c.stream("enkat")
    if c.indikatorer != "inga":
        put("indikatorer:")
        all_of = {}
        for nr in range(1, 5):
            for year in [books.year] + ([books.year - 1] if c.indikatorer == "två år" else []):
                n = rng.randrange(14, 90)
                if c.ind_svar == "samma":   # one survey: the same answered all of it
                    n = all_of.setdefault(year, n)
                good = rng.randrange(n // 2, n + 1)
                bad = rng.randrange(0, n - good + 1)
                put('  - nr: "%d"' % nr)
                put('    respondent: "Deltagare"')
                put("    ar: %d" % year)
                put("    svar: { tal: ", doc.count(n, "indikator", "svar", year), ", rad: %d }" % doc.place())
                if c.indikatorer == "tre andelar":
                    put("    negativt: { tal: ", doc.share(bad, n, "indikator", "negativt", year), ", rad: %d }" % doc.place())
                    put("    varken: { tal: ", doc.share(n - good - bad, n, "indikator", "varken", year), ", rad: %d }" % doc.place())
                put("    positivt: { tal: ", doc.share(good, n, "indikator", "positivt", year, lone=c.indikatorer != "tre andelar"),
                    ", rad: %d }" % doc.place())
        sent = rng.randrange(30, 120)
        got = rng.randrange(12, sent)
        put("enkater:")
        put('  - namn: "Avslutade deltagare"')
        put("    utskick: { tal: ", doc.count(sent, "enkat", "utskick"), ", rad: %d }" % doc.place())
        put("    svar: { tal: ", doc.count(got, "enkat", "svar"), ", rad: %d }" % doc.place())
        put("    svarsfrekvens: { tal: ", doc.share(got, sent, "enkat", "svarsfrekvens"), ", rad: %d }" % doc.place())
    if c.arbetsmarknad == "ja":
        put("arbetsmarknad:")
        for namn in books.kommunnamn:
            base = rng.randrange(2000, 40000)
            out, long = base * rng.randrange(25, 90) // 1000, base * rng.randrange(3, 20) // 1000
            put("  - kommun: ", namn)
            put("    arbetsloshet: { tal: ", doc.share(out, base, "arbetsmarknad", namn, "andel", form="decimal"), ", rad: %d }" % doc.place())
            put("    arbetssokande: { tal: ", doc.count(out, "arbetsmarknad", namn, "antal"), ", rad: %d }" % doc.place())
            put("    bas: { tal: ", doc.count(base, "arbetsmarknad", namn, "bas"), ", rad: %d }" % doc.place())
            put("    langtidsarbetslosa: { tal: ", doc.count(long, "arbetsmarknad", namn, "länge"), ", rad: %d }" % doc.place())
            put("    langtidsarbetslosa_andel: { tal: ", doc.share(long, base, "arbetsmarknad", namn, "andel länge", form="decimal"), ", rad: %d }" % doc.place())

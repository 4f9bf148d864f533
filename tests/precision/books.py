"""Books of an invented förbund, several years, right to the krona or the öre.

All amounts are whole öre.  Nothing here knows how a report prints them.
"""

from draw import stream

FIRST = ["Brot", "Drag", "Fårst", "Gräs", "Hult", "Knaper", "Lysn", "Muskö", "Nåtta", "Pryl",
         "Sjänk", "Tuvel", "Vipp", "Åkn", "Ölm", "Ränt"]
LAST = ["arp", "backa", "dal", "ebo", "fors", "inge", "köp", "mark", "skog", "tofta", "viken",
        "åker"]
INDIVID = ["Bryggan", "Steget", "Lotsen", "Unga framåt", "Arbetsspåret", "Resurstorget",
           "Språkvägen", "Rehabrådet"]
STRUKTUR = ["Chefsnätverket", "Samverkansdagen", "Utbildningspaketet", "Vägvisaren",
            "Processledarna", "Föreläsningsserien"]
ADMIN = [("arvode_styrelse", "Arvode styrelse", 9), ("forbundschef", "Förbundschef", 50),
         ("administrativt_stod", "Administrativt stöd", 14), ("lokalkostnader", "Lokalkostnader", 7),
         ("ovrigt", "Övrigt", 13), ("revision", "Revision", 7)]
KR = 100


def key(name):
    """A row's id of a printed name."""
    return "".join({"å": "a", "ä": "a", "ö": "o", " ": "_"}.get(c, c) for c in name.lower())


def org_number(rng):
    """An organisation number of no one: its group and check digit are right."""
    digits = [2, 9, 8] + [rng.randrange(2, 10)] + [rng.randrange(10) for _ in range(5)]
    digits[2] = max(digits[2], 2)
    total = sum(sum(divmod(d * (2 - i % 2), 10)) for i, d in enumerate(digits))
    digits.append(-total % 10)
    s = "".join(map(str, digits))
    return s[:6] + "-" + s[6:]


def parts(rng, total, weights, step):
    """`total` in as many parts as there are weights, each but the last a multiple of step."""
    weights = [w * rng.randrange(85, 116) for w in weights]
    out = [total * w // sum(weights) // step * step for w in weights[:-1]]
    return out + [total - sum(out)]


class Year:
    """One year's books; attributes are öre, dictionaries are öre by row."""

    def __init__(self, year):
        self.year = year

    @property
    def bidrag(self):
        return self.staten + self.region + sum(self.kommuner.values())

    @property
    def ovriga_intakter(self):
        return self.sjuklon + self.tjanster + self.reavinst + self.insatsintakt

    @property
    def intakter(self):
        return self.bidrag + self.ovriga_intakter + self.esf_intakt

    @property
    def individ_egen(self):
        """Individinriktade insatser but the ESF project."""
        return sum(self.individ.values())

    @property
    def kostnader(self):
        """Verksamhetens kostnader, without avskrivningar."""
        return (self.individ_egen + self.esf_kostnad + sum(self.struktur.values())
                + sum(self.admin.values()))

    @property
    def finansnetto(self):
        return self.fin_intakt - self.fin_kostnad

    @property
    def verksamhetens_resultat(self):
        return self.intakter - self.kostnader - self.avskrivningar

    @property
    def resultat(self):
        return self.verksamhetens_resultat + self.finansnetto + self.extraordinart

    @property
    def avsattningar(self):
        return self.pension + self.loneskatt

    @property
    def summa_fordringar(self):
        return sum(self.fordringar.values())

    @property
    def summa_skulder(self):
        return sum(self.skulder.values())

    @property
    def likvida(self):
        return self.kassa + self.placeringar

    @property
    def tillgangar(self):
        return self.anlaggning + self.summa_fordringar + self.likvida


class Books:
    """A förbund and its years.  `c` are the conventions that decide what it has."""

    def __init__(self, c):
        rng = c.stream("books")
        self.rng, self.c = rng, c
        self.step = 1 if c.bocker == "ore" else KR
        self.year = rng.randrange(2020, 2026)
        self.namnge(rng)
        years = {"forsta": 1, "andra": 2}.get(c.liv, 7)
        self.years = {}
        self.formed = self.year - years + 1 if years < 7 else None
        self.scale = rng.randrange(24, 90) * 100_000 * KR // 40_000_00 * 40_000_00
        self.weights(rng)
        for y in range(self.year - years + 1, self.year + 1):
            self.years[y] = self.one_year(y)
        self.budget = self.make_budget(self.years[self.year])
        self.fg_budget = None

    def __getitem__(self, year):
        return self.years.get(year)

    def namnge(self, rng):
        names = rng.sample([a + b for a in FIRST for b in LAST], 6)
        self.lan = names[5]
        self.namn = ("Samordningsförbundet " + names[0] if rng.random() < .5
                     else "Finsam " + names[0] + " och " + names[1])
        self.org_nr = org_number(rng)
        antal = 1 if self.c.liv == "gotland" else rng.choice([2, 2, 3, 4, 5])
        self.kommunnamn = names[:antal]
        self.andelar = self.shares(rng, antal)
        self.left = self.kommunnamn[-1] if self.c.liv == "uttrade" and antal > 2 else None
        self.individnamn = rng.sample(INDIVID, rng.choice([2, 3, 4]))
        self.strukturnamn = rng.sample(STRUKTUR, rng.choice([2, 2, 3]))

    @staticmethod
    def shares(rng, n):
        cuts = sorted(rng.sample(range(2, 19), n - 1))
        return [(b - a) * 5 for a, b in zip([0] + cuts, cuts + [20])]

    def weights(self, rng):
        self.w_ind = [rng.randrange(2, 9) for _ in self.individnamn]
        self.w_str = [rng.randrange(1, 4) for _ in self.strukturnamn]

    def income(self, t, rng):
        c, y = self.c, t.year
        whole = self.scale
        if c.bidrag == "halverat" and y == self.year:
            whole //= 2
        elif c.bidrag == "minskar":
            whole = whole * (100 - 5 * (y - self.year + 6)) // 100 // 40_000_00 * 40_000_00
        if c.liv == "likvidation" and y == self.year:
            whole = 0
        t.staten = whole // 2
        t.region = 0 if c.liv == "gotland" else whole // 4
        rest, t.kommuner = whole - t.staten - t.region, {}
        names, shares = self.kommunnamn, self.andelar
        if self.left and y == self.year:
            names = names[:-1]
            shares = shares[:-2] + [shares[-2] + shares[-1]]
        for namn, andel in zip(names, shares):
            t.kommuner[namn] = rest * andel // 100
        t.sjuklon = self.money(rng, 2, 40) if c.intakter == "flera" else 0
        t.tjanster = self.money(rng, 5, 140) if c.intakter != "bara bidrag" else 0
        t.insatsintakt = self.money(rng, 20, 200) if c.insatsintakt == "ja" else 0
        t.esf_intakt = self.money(rng, 250, 1600) if c.esf != "nej" else 0
        t.esf_kostnad = t.esf_intakt
        if c.esf == "egen del":
            t.esf_kostnad += self.money(rng, 60, 250)
        return whole

    def money(self, rng, low, high):
        """Between low and high tkr."""
        return rng.randrange(low * 1000 * KR, high * 1000 * KR) // self.step * self.step

    def one_year(self, y):
        c, rng = self.c, stream(self.c.seed, "year", y)
        t, before = Year(y), self.years.get(y - 1)
        whole = self.income(t, rng)
        spend = int((whole or self.scale // 3) * rng.uniform(.88, 1.08))
        ind, stru, adm = parts(rng, spend, [62, 14, 24], self.step)
        t.individ = dict(zip(self.individnamn, parts(rng, ind, self.w_ind, self.step)))
        t.struktur = dict(zip(self.strukturnamn, parts(rng, stru, self.w_str, self.step)))
        t.admin = dict(zip([a[0] for a in ADMIN],
                           parts(rng, adm, [a[2] for a in ADMIN], self.step)))
        self.assets(t, before, rng)
        t.fin_intakt = self.money(rng, 2, 160)
        t.fin_kostnad = self.money(rng, 0, 4) if c.fin_kostnader != "nej" else 0
        if c.fin_kostnader == "vissa år" and stream(c.seed, "avgift", y).random() < .6:
            t.fin_kostnad = 0
        at = {"i år": self.year, "i fjol": self.year - 1, "tidigare": self.year - 3}
        t.extraordinart = 0
        if at.get(c.extraordinart) == y:
            own = stream(self.c.seed, "extraordinart")
            t.extraordinart = own.choice([1, -1]) * self.money(own, 30, 400)
            if c.fin_kostnader == "vissa år":
                t.fin_kostnad = self.money(own, 1, 4)
        t.pension = t.loneskatt = 0
        if c.pension == "ja":
            t.pension = (before.pension if before else self.money(rng, 60, 150)) + self.money(rng, 5, 30)
            t.loneskatt = (t.pension * 2426 + 500000) // 1000000 * KR
            if self.step == 1:
                t.loneskatt = (t.pension * 2426 + 5000) // 10000
        start = self.money(rng, 900, 1900) if self.formed is None else 0
        if c.eget_kapital == "negativt" and self.formed is None:
            start = -self.money(rng, 1200, 2600)
        # An error of earlier years, corrected against what the year opens with.
        t.rattelse = 30_000 * KR if c.rattelse == "ja" and y == self.year and before else 0
        t.ek_ingaende = (before.ek if before else start) - t.rattelse
        t.ek = t.ek_ingaende + t.resultat
        self.balance(t, rng)
        return t

    def assets(self, t, before, rng):
        c, t.reavinst = self.c, 0
        opening = before.anlaggning if before else 0
        t.investering = t.avskrivningar = t.forsaljning = t.salt_varde = t.anlaggning = 0
        t.anl_ingaende = opening
        if c.anlaggningar == "nej" or c.anlaggningar == "börjar" and t.year < self.year - 1:
            return
        if not before and self.formed is None:
            opening = t.anl_ingaende = self.money(rng, 60, 240)
        if opening < 120_000 * KR or rng.random() < .3:
            t.investering = self.money(rng, 40, 160)
        t.avskrivningar = (opening + t.investering) // 5 // self.step * self.step
        if c.reavinst == "ja" and t.year >= self.year - 1 and opening > 30_000 * KR:
            t.salt_varde = min(opening // 4, 15_000 * KR) // self.step * self.step
            t.reavinst = self.money(rng, 4, 20)
            t.forsaljning = t.salt_varde + t.reavinst
        t.anlaggning = opening + t.investering - t.avskrivningar - t.salt_varde

    def balance(self, t, rng):
        c = self.c
        names = ["kundfordringar", "momsfordran", "skattekonto", "ovriga_fordringar",
                 "forutbetalda_kostnader"]
        t.fordringar = {n: self.money(rng, 8, 160) if rng.random() < .8 else 0 for n in names}
        t.fordringar["momsfordran"] = self.money(rng, 20, 120)
        t.skulder = {"leverantorsskulder": self.money(rng, 80, 700)}
        if c.personal == "ja":
            t.skulder["personalens_skatter_och_avgifter"] = self.money(rng, 15, 40)
            t.skulder["semesterloneskuld"] = self.money(rng, 10, 60)
            t.skulder["upplupna_sociala_avgifter"] = (
                t.skulder["semesterloneskuld"] * 3142 // 10000 // self.step * self.step)
        t.skulder["upplupna_kostnader"] = self.money(rng, 20, 400) + t.rattelse
        if rng.random() < .4:
            t.skulder["ovriga_kortfristiga_skulder"] = self.money(rng, 2, 60)
        t.placeringar = 300_000 * KR if c.placeringar == "ja" else 0
        need = (t.anlaggning + t.summa_fordringar + t.placeringar - t.ek - t.avsattningar
                - t.summa_skulder + 60_000 * KR)
        if need > 0:
            t.skulder["upplupna_kostnader"] += need // self.step * self.step + self.money(rng, 5, 90)
        t.kassa = (t.ek + t.avsattningar + t.summa_skulder - t.anlaggning - t.summa_fordringar
                   - t.placeringar)

    def make_budget(self, t):
        """A budget in whole thousands, for every row of the outcome."""
        rng, b = stream(self.c.seed, "budget"), Year(t.year)

        def about(amount):
            return int(amount * rng.uniform(.92, 1.12)) // 100_000 * 100_000

        b.staten, b.region, b.kommuner = t.staten, t.region, dict(t.kommuner)
        b.sjuklon = b.reavinst = b.tjanster = 0
        b.insatsintakt = about(t.insatsintakt)
        b.esf_intakt = b.esf_kostnad = about(t.esf_intakt)
        b.individ = {n: about(v) for n, v in t.individ.items()}
        b.struktur = {n: about(v) for n, v in t.struktur.items()}
        b.admin = {n: about(v) for n, v in t.admin.items()}
        b.avskrivningar = b.fin_intakt = b.fin_kostnad = b.extraordinart = 0
        if self.c.budget_finans == "ja":
            b.fin_intakt, b.fin_kostnad = about(t.fin_intakt), 0
        if t.avskrivningar:
            b.avskrivningar = about(t.avskrivningar)
        return b

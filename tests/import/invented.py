"""invented.py: a year of a förbund that does not exist: statements, notes, översikt and driftredovisning that are
consistent, misprints that are planted in them, the figures that are then printed (facit), and the report file that a
person would type of them.  Only the standard library."""

GROUPS = [("individ", "Individinriktade insatser", ["Coachingteamet", "Mottagningsteam", "Samverkansteamet",
                                                    "Arbetsträning", "Vägen vidare", "Jobbspåret", "Unga vuxna"]),
          ("struktur", "Strukturövergripande insatser", ["Kompetensutveckling", "Behovskartläggning", "Samverkansdag",
                                                         "Processtöd", "Utbildning i bemötande"]),
          ("administration", "Administration", ["Förbundschef", "Styrelse", "Lokaler", "Revision", "Ekonomitjänst"])]
KOMMUNER = ["Granby kommun", "Åsele kommun", "Mora kommun", "Öckerö kommun", "Storby kommun"]

# Rows of the taxonomy by the label that is printed; the others are the förbund's own.
IDS = {
    "oversikt": {"Verksamhetens intäkter": "verksamhetens_intakter", "Verksamhetens kostnader": "verksamhetens_kostnader",
                 "Årets resultat": "arets_resultat", "Soliditet": "soliditet"},
    "resultatrakning": {"Verksamhetens intäkter": "verksamhetens_intakter",
                        "Verksamhetens kostnader": "verksamhetens_kostnader",
                        "Verksamhetens resultat": "verksamhetens_resultat",
                        "Finansiella intäkter": "finansiella_intakter", "Finansiella kostnader": "finansiella_kostnader",
                        "Resultat efter finansiella poster": "resultat_efter_finansiella_poster",
                        "Årets resultat": "arets_resultat"},
    "balansrakning": {"Fordringar": "fordringar", "Kassa och bank": "kassa_och_bank",
                      "Summa omsättningstillgångar": "omsattningstillgangar", "Summa tillgångar": "summa_tillgangar",
                      "Årets resultat": "arets_resultat", "Övrigt eget kapital": "ovrigt_eget_kapital",
                      "Summa eget kapital": "eget_kapital", "Kortfristiga skulder": "kortfristiga_skulder",
                      "Summa eget kapital, avsättningar och skulder": "summa_eget_kapital_och_skulder"},
    "kassaflodesanalys": {"Årets resultat": "arets_resultat",
                          "Ökning/minskning kortfristiga fordringar": "forandring_fordringar",
                          "Ökning/minskning kortfristiga skulder": "forandring_kortfristiga_skulder",
                          "Kassaflöde från den löpande verksamheten": "lopande_verksamheten",
                          "Årets kassaflöde": "arets_kassaflode",
                          "Likvida medel vid årets början": "likvida_medel_borjan",
                          "Likvida medel vid årets slut": "likvida_medel_slut"},
    "driftredovisning": {"Summa intäkter": "intakter", "Resultat": "resultat",
                         **{label: group for group, label, _ in GROUPS}},
    "intakter": {"Driftbidrag från staten": "bidrag_staten", "Driftbidrag från Region Norr": "bidrag_region",
                 "Övriga intäkter": "ovriga_intakter", "Summa verksamhetens intäkter": "summa"},
    "kostnader": {"Projektmedel": "projektmedel", "Summa": "summa"},
    "fordringar": {"Kundfordringar": "kundfordringar", "Momsfordran": "momsfordran", "Skattekonto": "skattekonto",
                   "Summa": "summa"},
    "kortfristiga_skulder": {"Leverantörsskulder": "leverantorsskulder", "Upplupna kostnader": "upplupna_kostnader",
                             "Semesterlöneskuld": "semesterloneskuld", "Summa": "summa"},
}
# What a report of tables alone has not.
NOT_TYPED = ("forvaltningsberattelse, redovisningsprinciper, insatser, mal, verksamhetsplan, indikatorer, enkater, trender, "
             "arbetsmarknad, personal, uppgifter, prognoser, revision, styrning")
KINDS = {2: "intakter", 3: "kostnader", 4: "fordringar", 5: "kortfristiga_skulder"}


def parts(rng, total, n):
    """n whole amounts that sum to total."""
    cuts = sorted(rng.randrange(0, max(total, 1) + 1) for _ in range(n - 1))
    return [b - a for a, b in zip([0] + cuts, cuts + [total])]


class Report:
    def __init__(self, rng, unit="kr"):
        self.rng, self.unit = rng, unit
        self.size = 1000 if unit == "tkr" else 1
        self.year = rng.randrange(2016, 2026)
        self.tables = []
        self.build()

    def add(self, table, heading, columns, rows, note=0, notes=None, under=None):
        """rows: (label, values or None, share?); under: the group that a row of the förbund's own is a part of"""
        self.tables.append(dict(table=table, heading=heading, columns=columns, rows=rows, note=note,
                                notes=notes or {}, under=under or {}))

    def amount(self, low, high):
        return self.rng.randrange(low // self.size, high // self.size)

    def year_figures(self, ek, kassa, ford, skuld):
        rng = self.rng
        f = dict(stat=rng.randrange(500, 9000) * 1000 // self.size)
        f["region"] = f["stat"] // 2
        n = rng.randrange(2, 5)
        f["kommuner"] = parts(rng, f["stat"] - f["region"], n)
        f["ovrigt"] = rng.choice([0, self.amount(1000, 400000)])
        f["intakter"] = f["stat"] + f["region"] + sum(f["kommuner"]) + f["ovrigt"]
        f["kostnader"] = rng.randrange(int(f["intakter"] * .8), int(f["intakter"] * 1.1))
        f["verks"] = f["intakter"] - f["kostnader"]
        f["fin_i"] = self.amount(0, 90000)
        f["fin_k"] = self.amount(0, 4000)
        f["resultat"] = f["verks"] + f["fin_i"] - f["fin_k"]
        f["ek_in"], f["ek"] = ek, ek + f["resultat"]
        f["ford_in"], f["ford"] = ford, self.amount(20000, 900000)
        f["skuld_in"], f["skuld"] = skuld, self.amount(200000, 3000000)
        f["kassa_in"] = kassa
        f["kassa"] = kassa + f["resultat"] + f["ford_in"] - f["ford"] + f["skuld"] - f["skuld_in"]
        f["tillg"] = f["kassa"] + f["ford"]
        return f

    def build(self):
        rng, y = self.rng, self.year
        ek, ford, skuld = self.amount(2000000, 6000000), self.amount(20000, 900000), self.amount(200000, 900000)
        kassa = ek + skuld - ford
        a = self.year_figures(ek, kassa, ford, skuld)
        b = self.year_figures(a["ek"], a["kassa"], a["ford"], a["skuld"])
        while len(b["kommuner"]) != len(a["kommuner"]):
            b = self.year_figures(a["ek"], a["kassa"], a["ford"], a["skuld"])
        two = lambda key, sign=1: [sign * b[key], sign * a[key]]
        cols = [str(y), str(y - 1)]
        self.add("oversikt", "1.1 Översikt över verksamhetens utveckling", cols,
                 [("Verksamhetens intäkter", two("intakter"), 0), ("Verksamhetens kostnader", two("kostnader", -1), 0),
                  ("Årets resultat", two("resultat"), 0),
                  ("Soliditet", [max(1, 100 * f["ek"] // f["tillg"]) for f in (b, a)], 1)])
        self.add("resultatrakning", "2. Resultaträkning", cols,
                 [("Verksamhetens intäkter", two("intakter"), 0), ("Verksamhetens kostnader", two("kostnader", -1), 0),
                  ("Verksamhetens resultat", two("verks"), 0), ("Finansiella intäkter", two("fin_i"), 0),
                  ("Finansiella kostnader", two("fin_k", -1), 0),
                  ("Resultat efter finansiella poster", two("resultat"), 0), ("Årets resultat", two("resultat"), 0)],
                 notes={0: 2, 1: 3})
        self.add("balansrakning", "3. Balansräkning", cols,
                 [("TILLGÅNGAR", None, 0), ("Fordringar", two("ford"), 0), ("Kassa och bank", two("kassa"), 0),
                  ("Summa omsättningstillgångar", two("tillg"), 0), ("Summa tillgångar", two("tillg"), 0),
                  ("Eget kapital", None, 0), ("Årets resultat", two("resultat"), 0),
                  ("Övrigt eget kapital", two("ek_in"), 0), ("Summa eget kapital", two("ek"), 0),
                  ("Kortfristiga skulder", two("skuld"), 0),
                  ("Summa eget kapital, avsättningar och skulder", two("tillg"), 0)], notes={1: 4, 9: 5})
        d = lambda f: [f["resultat"], f["ford_in"] - f["ford"], f["skuld"] - f["skuld_in"]]
        flow = [sum(d(b)), sum(d(a))]
        self.add("kassaflodesanalys", "4. Kassaflödesanalys", cols,
                 [("Årets resultat", two("resultat"), 0),
                  ("Ökning/minskning kortfristiga fordringar", [d(b)[1], d(a)[1]], 0),
                  ("Ökning/minskning kortfristiga skulder", [d(b)[2], d(a)[2]], 0),
                  ("Kassaflöde från den löpande verksamheten", flow, 0), ("Årets kassaflöde", list(flow), 0),
                  ("Likvida medel vid årets början", two("kassa_in"), 0),
                  ("Likvida medel vid årets slut", two("kassa"), 0)])
        self.drift(a, b)
        kommuner = rng.sample(KOMMUNER, len(b["kommuner"]))
        self.add("not", "Not 2 Verksamhetens intäkter", cols,
                 [("Driftbidrag från staten", two("stat"), 0), ("Driftbidrag från Region Norr", two("region"), 0)]
                 + [("Driftbidrag från " + k, [b["kommuner"][i], a["kommuner"][i]], 0) for i, k in enumerate(kommuner)]
                 + [("Övriga intäkter", two("ovrigt"), 0), ("Summa verksamhetens intäkter", two("intakter"), 0)], note=2,
                 under={"Driftbidrag från " + k: "bidrag_kommuner" for k in kommuner})
        names = rng.sample(["Projektmedel", "Revision", "Arvoden", "Sociala avgifter", "Lokalkostnader", "Övrigt",
                            "Köp av tjänst förbundschef", "Övriga personalkostnader"], rng.randrange(3, 8))
        pb, pa = parts(rng, b["kostnader"], len(names)), parts(rng, a["kostnader"], len(names))
        self.add("not", "Not 3 Verksamhetens kostnader", cols,
                 [(n, [pb[i], pa[i]], 0) for i, n in enumerate(names)] + [("Summa", two("kostnader"), 0)], note=3)
        for note, key, head, rows in [(4, "ford", "Fordringar", ["Kundfordringar", "Momsfordran", "Skattekonto"]),
                                      (5, "skuld", "Kortfristiga skulder",
                                       ["Leverantörsskulder", "Upplupna kostnader", "Semesterlöneskuld"])]:
            pb, pa = parts(rng, b[key], 3), parts(rng, a[key], 3)
            self.add("not", "Not %d %s" % (note, head), cols,
                     [(n, [pb[i], pa[i]], 0) for i, n in enumerate(rows)] + [("Summa", two(key), 0)], note=note)

    def drift(self, a, b):
        rng = self.rng
        rows = []
        cost_b, cost_a = b["kostnader"] + b["fin_k"], a["kostnader"] + a["fin_k"]
        inc_b, inc_a = b["intakter"] + b["fin_i"], a["intakter"] + a["fin_i"]
        under = {"Medlemsbidrag": "intakter", "Ränteintäkter": "intakter"}

        def row(label, i, k, budget, fi, fk):
            net, last = i - k, fi - fk
            rows.append((label, [i, -k, net, budget, net - budget, fi, -fk, last], 0))

        row("Medlemsbidrag", b["intakter"], 0, b["intakter"], a["intakter"], 0)
        row("Ränteintäkter", b["fin_i"], 0, 0, a["fin_i"], 0)
        row("Summa intäkter", inc_b, 0, b["intakter"], inc_a, 0)
        gb, ga = parts(rng, cost_b, 3), parts(rng, cost_a, 3)
        total = b["intakter"]
        for (group, label, names), cb, ca in zip(GROUPS, gb, ga):
            some = rng.sample(names, rng.randrange(2, len(names)))
            pb, pa = parts(rng, cb, len(some)), parts(rng, ca, len(some))
            budgets = [-int(p * rng.uniform(.8, 1.2)) for p in pb]
            row(label, 0, cb, sum(budgets), 0, ca)
            total += sum(budgets)
            for i, name in enumerate(some):
                row(name, 0, pb[i], budgets[i], 0, pa[i])
                under[name] = group
        row("Resultat", inc_b, cost_b, total, inc_a, cost_a)
        self.add("driftredovisning", "5. Driftredovisning",
                 ["intakt", "kostnad", "netto", "budget", "avvikelse", "fg_intakt", "fg_kostnad", "fg_netto"], rows,
                 under=under)

    # ---- misprints ----

    def plant(self):
        """Change what is printed; (kind, [(table, row, column) of the figures that are now others])."""
        rng = self.rng
        while True:
            kind = rng.choice(["siffra", "siffra", "omkastning", "tecken", "rader", "kolumner", "borta"])
            t = rng.randrange(len(self.tables))
            rows = self.tables[t]["rows"]
            r = rng.randrange(len(rows))
            label, values, share = rows[r]
            if not values or share:
                continue
            c = rng.randrange(len(values))
            if kind == "borta":
                del rows[r]
                self.tables[t]["notes"] = {i - (i > r): n for i, n in self.tables[t]["notes"].items() if i != r}
                return kind, []
            if kind == "kolumner":
                d = (c + 1) % len(values)
                if abs(values[c] - values[d]) < 3:
                    continue
                values[c], values[d] = values[d], values[c]
                return kind, [(t, r, c), (t, r, d)]
            if kind == "rader":
                other = (r + 1) % len(rows)
                if not rows[other][1] or rows[other][2] or values == rows[other][1]:
                    continue
                rows[r], rows[other] = (label, rows[other][1], 0), (rows[other][0], values, 0)
                return kind, [(t, i, k) for i in (r, other) for k in range(len(values)) if values[k] != rows[r][1][k]]
            new = misprint(rng, kind, values[c])
            if new is not None:
                values[c] = new
                return kind, [(t, r, c)]

    # ---- what is printed, and typed ----

    def printed(self, t, r, c):
        table = self.tables[t]
        label, values, share = table["rows"][r]
        return "\t".join([table["table"], str(table["note"]), table["columns"][c], "%d.00" % values[c], "0",
                          "%" if share else "kr", label])

    def facit(self):
        return "".join(self.printed(t, r, c) + "\n" for t, table in enumerate(self.tables)
                       for r, row in enumerate(table["rows"]) for c in range(len(row[1] or [])))

    def typed(self, notes_printed):
        """The report file, as a person types it."""
        out = ["medel: 1", "forbund:", "  namn: Förbundet", "rakenskapsar: %d" % self.year]
        notes = False
        for t in self.tables:
            indent, name = "", t["table"]
            if t["note"]:
                out += [] if notes else ["noter:"]
                notes, indent = True, "    "
                out += ["  %d:" % t["note"], "    slag: " + KINDS[t["note"]]]
            else:
                indent = "  "
                out.append(name + ":")
            out += [indent + line for line in
                    ['rubrik: "%s"' % t["heading"], "rad: 1", "enhet: " + self.unit,
                     'tryckt_enhet: { text: "Belopp i %s", rad: 1 }' % self.unit,
                     "kolumner: [%s]" % ", ".join(t["columns"]), "rader:"]]
            ids = IDS[KINDS.get(t["note"], name)]
            for i, (label, values, share) in enumerate(t["rows"]):
                if not values:
                    continue
                cells = ", ".join("%d %%" % v if share else "{:,}".format(v).replace(",", " ") for v in values)
                own = "" if label in ids else ', under: %s, text: "%s"' % (t["under"].get(label, "summa"), label)
                note = ", not: %d" % t["notes"][i] if notes_printed and i in t["notes"] else ""
                out.append("%s  %s: { tal: [%s]%s, rad: 1%s }" % (indent, ids.get(label, "egen_%d" % i), cells, note, own))
        return "\n".join(out + ["ej_inskrivet: [%s]" % NOT_TYPED]) + "\n"


def misprint(rng, kind, value):
    """What is printed instead of a figure, or None where it has no such misprint."""
    digits = list(str(abs(value)))
    if len(digits) < 2 or value == 0:
        return None
    if kind == "tecken":
        return -value
    i = rng.randrange(len(digits))
    if kind == "siffra":
        digits[i] = str((int(digits[i]) + rng.randrange(1, 10)) % 10)
    else:
        i = rng.randrange(len(digits) - 1)
        digits[i], digits[i + 1] = digits[i + 1], digits[i]
    new = int("".join(digits)) * (-1 if value < 0 else 1)
    return None if digits[0] == "0" or abs(new - value) < 3 else new

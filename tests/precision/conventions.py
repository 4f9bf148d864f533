"""The lawful ways of keeping and printing that the generator draws from, the plain one first.

The plain report has no assets, no project money, one way of printing everything.  A weight
says how often an option is drawn, not how common it is among förbund: rare ways are the ones
that rules forget.
"""

KEPT = {
    "bocker": [("kr", 3), ("ore", 2)],
    "liv": [("vanligt", 12), ("forsta", 1), ("andra", 1), ("uttrade", 1), ("likvidation", 1),
            ("gotland", 1)],
    "bidrag": [("lika", 4), ("halverat", 1), ("minskar", 2)],
    "intakter": [("bara bidrag", 1), ("tjanster", 2), ("flera", 2)],
    "esf": [("nej", 3), ("hel", 2), ("egen del", 1)],
    "anlaggningar": [("nej", 2), ("ja", 4), ("börjar", 1)],
    "reavinst": [("nej", 5), ("ja", 1)],
    "fin_kostnader": [("ja", 3), ("nej", 1)],
    "pension": [("nej", 2), ("ja", 1)],
    "personal": [("ja", 1), ("nej", 1)],
    "placeringar": [("nej", 5), ("ja", 1)],
    "eget_kapital": [("positivt", 9), ("negativt", 1)],
    "budget_finans": [("nej", 2), ("ja", 1)],
}

PRINTED = {
    # every table
    "noll": [("0", 3), ("streck", 2), ("tomt", 1), ("ingen rad", 1)],
    "gruppering": [("blank", 5), ("punkt", 1)],
    "minus": [("bindestreck", 4), ("minustecken", 1), ("efter", 1)],
    "kolumner": [("i år först", 5), ("i fjol först", 1)],
    "arsrubrik": [("år", 2), ("period", 2)],
    # resultaträkning
    "rr_enhet": [("kr", 6), ("kr,öre", 1), ("tkr", 1)],
    "rr_kostnader": [("exkl", 5), ("inkl, sagt", 1), ("inkl, osagt", 1)],
    "rr_tecken": [("minus", 5), ("plus", 1)],
    "rr_rader": [("alla", 3), ("utan nettokostnad", 1), ("kort", 1)],
    "rr_finans": [("brutto", 3), ("brutto med netto", 1), ("netto", 1)],
    "rr_budget": [("nej", 4), ("ja", 1)],
    # balansräkning
    "br_eget_kapital": [("lagens", 3), ("årets och övrigt", 2)],
    "br_delar": [("summor", 2), ("allt", 1), ("knappt", 1)],
    "br_linjen": [("ja", 3), ("nej", 1)],
    # kassaflödesanalys
    "kf_form": [("en justering", 3), ("egna rader", 2), ("direkt", 1), ("utan medel före", 1)],
    "kf_nollor": [("med", 1), ("utan", 1)],
    # noter
    "not_intakter": [("delsumma", 2), ("utan delsumma", 2), ("kommuner i en rad", 1)],
    "not_kostnader": [("slag", 3), ("verksamhet", 1), ("grupper", 1), ("ingen", 1)],
    "not_kostnader_tecken": [("plus", 4), ("minus", 1)],
    "not_avskrivningar": [("utanför", 3), ("egen rad", 1), ("i övrigt", 1)],
    "not_anlaggningar": [("ja", 1), ("nej", 1)],
    "not_finans": [("nej", 2), ("ja", 1)],
    "not_revision": [("ja", 3), ("nej", 1)],
    # översikt
    "ov_ar": [("fem", 4), ("tre", 1), ("fyra", 1)],
    "ov_enhet": [("kr", 3), ("tkr", 3), ("mnkr", 1)],
    "ov_kostnader": [("rr", 4), ("inkl avskr", 2), ("inkl avskr och fin", 2), ("netto", 1),
                     ("exkl avskr", 1)],
    "ov_etikett": [("sagd", 1), ("bar", 1)],
    "ov_tecken": [("minus", 2), ("plus", 2)],
    "ov_resultat": [("årets", 5), ("före finans", 1)],
    "ov_finansnetto": [("ja", 1), ("nej", 1)],
    "ov_luckor": [("nej", 4), ("ja", 1)],
    "ov_andel": [("heltal", 3), ("decimal", 1), ("avkortad", 1)],
    # översikt över medlemsbidraget
    "om_form": [("nej", 3), ("brutto", 1), ("netto", 1), ("netto med projekt", 1)],
    # finansierad verksamhet
    "fv": [("nej", 1), ("ja", 3)],
    "fv_ar": [("två", 2), ("fyra", 1), ("ett", 1)],
    "fv_enhet": [("kr", 3), ("tkr", 1)],
    "fv_esf": [("i individ", 2), ("egen rad", 1), ("utan", 1)],
    "fv_admin": [("brutto", 3), ("netto", 1)],
    "fv_avskrivningar": [("utan", 3), ("i övrigt", 1), ("egen rad", 1)],
    "fv_finans": [("utan", 4), ("i administration", 1)],
    "fv_andelar": [("heltal", 3), ("avkortad", 1), ("decimal", 1), ("inga", 1)],
    "fv_summa": [("ja", 3), ("nej", 1)],
    # driftredovisning
    "dr_kolumner": [("hela", 4), ("bara netto fg", 1), ("budget först", 1), ("kort", 1),
                    ("bruttobudget", 1), ("utan fg", 1)],
    "dr_enhet": [("kr", 2), ("tkr", 3)],
    "dr_tecken": [("minus", 3), ("plus", 2), ("utan", 2)],
    "dr_summatecken": [("som kolumnen", 2), ("minus", 1)],
    "dr_avvikelse": [("gynnsam plus", 5), ("utfall minus budget", 1)],
    "dr_intakter": [("grupp", 3), ("en rad", 1), ("rader", 1)],
    "dr_slut": [("resultat", 4), ("före finans", 1), ("nettokostnad", 1), ("ingen summa", 1)],
    "dr_finans": [("intäkt och administration", 2), ("egen rad", 2), ("kvittad", 1)],
    "dr_avskrivningar": [("i övrigt", 2), ("egen rad", 1), ("utanför grupperna", 1)],
    "dr_esf": [("i individ", 2), ("egen rad", 2)],
    "dr_ovriga": [("intäkter", 3), ("administration", 1)],
    "dr_rader": [("alla", 4), ("grupper", 1), ("sammanslagna", 1)],
    "dr_ordning": [("intäkter först", 4), ("intäkter sist", 1)],
    "investering": [("ord", 2), ("tabell", 1)],
    # balanskravsutredning
    "bk_form": [("lång", 2), ("kort", 2)],
    "bk_ar": [("ett", 1), ("två", 1)],
    # text, insatser, mål, indikatorer
    "txt": [("exakt", 2), ("avrundad", 2), ("ca", 1), ("mnkr", 1)],
    "txt_kostnader": [("rr", 3), ("inkl avskr", 1), ("inkl allt", 1)],
    "txt_kostnadstecken": [("minus", 1), ("plus", 3)],
    "txt_mening": [("nej", 2), ("ja", 1)],
    "txt_underskott": [("minus", 2), ("ord", 1)],
    "ins_form": [("allt", 2), ("antal", 1), ("ca", 1), ("inga", 1)],
    "ins_orsaker": [("inga", 1), ("flaggade", 2), ("oflaggade", 1)],
    "ins_andel": [("heltal", 3), ("avkortad", 1)],
    "ins_delar": [("inga", 2), ("antal", 1)],
    "ins_inflode": [("inget", 2), ("andelar", 1), ("antal", 1)],
    "ins_ekonomi": [("inget", 2), ("delar", 1), ("överskott", 1)],
    "ins_kon": [("antal", 3), ("andel", 1)],
    "ins_mal": [("inga", 1), ("deltagare", 1), ("resultatmål", 1)],
    "steg_samlat": [("nej", 2), ("ja", 1)],
    "mal": [("inga", 1), ("uppnådda", 1), ("blandade", 3)],
    "farger": [("nej", 1), ("ja", 1)],
    "mal_slag": [("andelar", 2), ("belopp och antal", 1)],
    "verksamhetsplan": [("nej", 1), ("ja", 1)],
    "prognos": [("nej", 2), ("ja", 1)],
    "personalrader": [("nej", 2), ("ja", 1)],
    "revisorstal": [("nej", 2), ("ja", 1)],
    "indikatorer": [("inga", 1), ("tre andelar", 2), ("positivt", 1), ("två år", 1)],
    "arbetsmarknad": [("nej", 2), ("ja", 1)],
    "medlemsfil": [("nej", 2), ("ja", 1)],
}

ALL = {**KEPT, **PRINTED}

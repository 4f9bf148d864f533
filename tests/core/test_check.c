/* test_check.c - the checks that follow from the taxonomy, and what they blame. */
#include "medel_priv.h"
#include "test.h"

#define HEAD "medel: 1\nrakenskapsar: 2023\n"

static void fail_with(const checked *c, const char *what)
{
    char *s = findings_text(c);
    print_error("%s", s);
    free(s);
    fail_msg("%s", what);
}

static char *agreeing_report(void)
{
    size_t len;
    return file_text("tests/data/avstamd.yaml", &len);
}

TEST(a_report_that_agrees_has_no_findings)
{
    char *text = agreeing_report();
    checked c = check_of(text);
    if (finding(&c, NULL, 0))
        fail_with(&c, "nothing is wrong here");
    size_t passed = 0;
    for (size_t i = 0; i < c.n; i++) {
        passed += c.list[i].outcome == MEDEL_PASSED;
        assert_non_null(c.list[i].spec);
        assert_null(c.list[i].message);
        if (c.list[i].outcome == MEDEL_NOT_APPLICABLE)
            assert_non_null(c.list[i].missing);
    }
    assert_true(passed > 30);
    checked_free(&c);
    free(text);
}

/* One slip in a report that agrees: 'old' becomes 'now', and every finding that names a
   cause names this one, at the figure that was changed (or at 'blamed'). */
TEST(one_slip_is_found_where_it_is)
{
    static const struct {
        medel_cause cause;
        const char *old, *now, *rules[3], *blamed;
    } cases[] = {
        { MEDEL_CAUSE_SIGN,
          "kostnader: [-4 920 564",
          "kostnader: [4 920 564",
          { "SUM-01" },
          NULL },
        { MEDEL_CAUSE_SIGN,
          "skulder: [3 510 649",
          "skulder: [-3 510 649",
          { "SUM-11" },
          NULL },
        { MEDEL_CAUSE_THOUSAND,
          "fordringar: [2 773 479",
          "fordringar: [2 773",
          { "SUM-07", "NOT-03" },
          NULL },
        { MEDEL_CAUSE_THOUSAND,
          "finansnetto: [7 452",
          "finansnetto: [7 452 000",
          { "SUM-02", "SUM-03" },
          NULL },
        { MEDEL_CAUSE_COLUMN,
          "resultat: [288 888, -365 633",
          "resultat: [-365 633, -365 633",
          { "SUM-04", "ART-01", "ART-04" },
          NULL },
        { MEDEL_CAUSE_COLUMN,
          "bank: [1 463 432",
          "bank: [1 194 427",
          { "SUM-07" },
          NULL },
        { MEDEL_CAUSE_TRANSPOSITION,
          "skulder: [3 510 649",
          "skulder: [3 510 694",
          { "SUM-11" },
          NULL },
        { MEDEL_CAUSE_TRANSPOSITION,
          "staten: [2 611 000",
          "staten: [6 211 000",
          { "SUM-16" },
          NULL },
        { MEDEL_CAUSE_MISSING_DIGIT,
          "kapital: [477 374, 843 007",
          "kapital: [477 374, 84 307",
          { "SUM-09" },
          "84 307" },
        { MEDEL_CAUSE_EXTRA_DIGIT,
          "resultat: [281 436",
          "resultat: [2 881 436",
          { "SUM-01", "SUM-03" },
          NULL },
        { MEDEL_CAUSE_WRONG_DIGIT,
          "resultat: [288 888",
          "resultat: [298 888",
          { "SUM-04", "ART-01", "ART-04" },
          NULL },
        { MEDEL_CAUSE_WRONG_DIGIT,
          "finansnetto: [7 452",
          "finansnetto: [7 456",
          { "SUM-02", "SUM-03" },
          NULL },
        { MEDEL_CAUSE_OMITTED_ROW,
          "finansnetto: [7 452",
          "finansnetto: [9 107",
          { "SUM-02", "SUM-03" },
          "-1 655" },
        { MEDEL_CAUSE_OMITTED_ROW,
          "summa: [2 773 479",
          "summa: [1 600 400",
          { "SUM-16", "NOT-03" },
          "1 173 079" },
        { MEDEL_CAUSE_COUNTED_TWICE,
          "omsattningstillgangar: [4 236 911",
          "omsattningstillgangar: [5 700 343",
          { "SUM-07", "SUM-08" },
          "1 463 432" },
        { MEDEL_CAUSE_FOREIGN_ROW,
          "omsattningstillgangar: [4 236 911",
          "omsattningstillgangar: [7 747 560",
          { "SUM-07", "SUM-08" },
          "3 510 649" },
    };
    char *base = agreeing_report();
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = replaced(base, cases[i].old, cases[i].now), want[80];
        const char *figure =
            cases[i].blamed ? cases[i].blamed : strchr(cases[i].now, '[') + 1;
        unsigned line, col;
        size_t named = 0, n = 0;
        place_of(text, cases[i].blamed ? cases[i].blamed : cases[i].now, &line, &col);
        if (!cases[i].blamed)
            col += (unsigned)(figure - cases[i].now);
        checked c = check_of(text);
        snprintf(want, sizeof want, "case %zu: %s at %u:%u", i,
                 medel_cause_text(cases[i].cause), line, col);
        for (const medel_check *f; (f = finding(&c, NULL, n)) != NULL; n++) {
            bool rule = false;
            for (size_t k = 0; k < 3 && cases[i].rules[k]; k++)
                rule |= strcmp(medel_check_spec_id(f->spec), cases[i].rules[k]) == 0;
            if (!rule || f->level != MEDEL_LEVEL_ERROR)
                fail_with(&c, want);
            if (f->cause == MEDEL_CAUSE_NONE)
                continue;
            named++;
            if (f->cause != cases[i].cause || f->cause_fact->line != line
                || f->cause_fact->col != col)
                fail_with(&c, want);
        }
        for (size_t k = 0; k < 3 && cases[i].rules[k]; k++) {
            if (!finding(&c, cases[i].rules[k], 0))
                fail_with(&c, cases[i].rules[k]);
        }
        if (!named)
            fail_with(&c, want);
        checked_free(&c);
        free(text);
    }
    free(base);
}

TEST(the_finding_stands_at_the_figure_that_is_tested)
{
    char *base = agreeing_report();
    char *text = replaced(base, "finansnetto: [7 452", "finansnetto: [7 462");
    unsigned line, col;
    place_of(text, "7 462", &line, &col);
    checked c = check_of(text);
    const medel_check *f = finding(&c, "SUM-02", 0);
    assert_non_null(f);
    assert_int_equal(f->subject->line, line);
    assert_int_equal(f->subject->col, col);
    assert_int_equal(f->kind, MEDEL_CHECK_SUM);
    assert_int_equal(f->nterms, 2);
    assert_int_equal(f->expected.value.num, 745200);
    assert_int_equal(f->difference.value.num, 1000);
    assert_int_equal(f->suggested.value.num, 745200);
    assert_string_equal(
        f->message, "Finansnetto 2023 är 7 462 kr men raderna summerar till 7 452 kr; "
                    "skillnaden är 10 kr. Trolig orsak: en felaktig siffra i "
                    "Finansnetto 2023, som då vore 7 452 kr.");
    checked_free(&c);
    free(text);
    free(base);
}

TEST(a_slip_that_nothing_typical_explains_has_no_cause)
{
    char *base = agreeing_report();
    char *text = replaced(base, "poster: [288 888", "poster: [123 456");
    checked c = check_of(text);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(finding(&c, NULL, i)->cause, MEDEL_CAUSE_NONE);
    checked_free(&c);
    free(text);
    free(base);
}

TEST(rows_that_have_changed_places)
{
    static const char text[] = HEAD "resultatrakning:\n"
                                    "  enhet: kr\n"
                                    "  kolumner: [2023, 2022]\n"
                                    "  rader: { avskrivningar: [-8 000, -8 000] }\n"
                                    "finansierad_verksamhet:\n"
                                    "  enhet: kr\n"
                                    "  kolumner: [2023, 2022, 2021]\n"
                                    "  rader:\n"
                                    "    individ: [693 031, 5 001 002, 4 000 400]\n"
                                    "    struktur: [5 989 756, 700 100, 650 000]\n"
                                    "driftredovisning:\n"
                                    "  enhet: tkr\n"
                                    "  kolumner: [intakt, kostnad, netto, fg_kostnad]\n"
                                    "  rader:\n"
                                    "    individ: [–, 5 990, -5 990, 5 001]\n"
                                    "    struktur: [–, 693, -693, 700]\n";
    checked c = check_of(text);
    const medel_check *f = finding(&c, "DRI-13", 0), *g = finding(&c, "DRI-13", 1);
    assert_non_null(f);
    assert_int_equal(f->cause, MEDEL_CAUSE_EXCHANGED);
    assert_string_equal(f->cause_fact->table, "finansierad_verksamhet");
    assert_non_null(g);
    assert_ptr_equal(g->follows, f); /* one slip, one finding */
    checked_free(&c);
}

/* ---- rounding ---- */

TEST(a_figure_that_was_cut_off_is_a_note)
{
    static const char text[] = HEAD "resultatrakning:\n"
                                    "  enhet: kr\n"
                                    "  kolumner: [2023]\n"
                                    "  rader: { verksamhetens_intakter: [8 011 783] }\n"
                                    "oversikt:\n"
                                    "  enhet: tkr\n"
                                    "  kolumner: [2023]\n"
                                    "  rader: { verksamhetens_intakter: [8 011] }\n";
    checked c = check_of(text);
    const medel_check *f = finding(&c, NULL, 0);
    assert_string_equal(medel_check_spec_id(f->spec), "OVS-01");
    assert_int_equal(f->level, MEDEL_LEVEL_NOTE);
    assert_int_equal(f->cause, MEDEL_CAUSE_ROUNDING);
    assert_text_contains(f->message, "Siffran är avkortad.");
    assert_null(finding(&c, NULL, 1));
    checked_free(&c);
}

TEST(rounded_rows_may_differ_by_half_a_unit_each)
{
    static const struct {
        const char *sum;
        medel_outcome outcome;
        medel_level level;
    } cases[] = {
        { "15", MEDEL_PASSED, 0 },
        { "17", MEDEL_PASSED, 0 },
        { "13", MEDEL_PASSED, 0 },
        { "18", MEDEL_FINDING, MEDEL_LEVEL_ERROR },
        { "12", MEDEL_FINDING, MEDEL_LEVEL_ERROR },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[400];
        snprintf(text, sizeof text,
                 HEAD
                 "noter: { 4: { slag: fordringar, enhet: tkr, kolumner: [2023], rader: "
                 "{ kundfordringar: [4], skattekonto: [5], momsfordran: [6], summa: "
                 "[%s] } } }\n",
                 cases[i].sum);
        checked c = check_of(text);
        assert_int_equal(c.list[0].outcome, cases[i].outcome);
        if (cases[i].outcome == MEDEL_FINDING)
            assert_int_equal(c.list[0].level, cases[i].level);
        checked_free(&c);
    }
}

/* ---- the same figure in several places ---- */

TEST(the_place_that_most_others_agree_with_is_the_reference)
{
    static const char text[] = HEAD "resultatrakning: { enhet: kr, kolumner: [2023], "
                                    "rader: { arets_resultat: [123 661] } }\n"
                                    "balansrakning: { enhet: kr, kolumner: [2023], "
                                    "rader: { arets_resultat: [123 999] } }\n"
                                    "kassaflodesanalys: { enhet: kr, kolumner: [2023], "
                                    "rader: { arets_resultat: [123 999] } }\n";
    checked c = check_of(text);
    const medel_check *f = finding(&c, NULL, 0);
    assert_string_equal(medel_check_spec_id(f->spec), "ART-01");
    assert_string_equal(f->subject->table, "resultatrakning");
    assert_text_contains(f->message,
                         "i resultaträkningen men 123 999 kr i balansräkningen");
    assert_null(finding(&c, NULL, 1));
    checked_free(&c);
}

TEST(a_coarse_reference_may_be_the_one_that_was_cut_off)
{
    checked c = check_of(
        HEAD "resultatrakning: { enhet: tkr, kolumner: [2023], rader: { "
             "verksamhetens_intakter: [8 011] } }\n"
             "uppgifter: [{ text: intäkterna, begrepp: verksamhetens_intakter, tal: "
             "8 011 783 kr }]\n");
    const medel_check *f = finding(&c, NULL, 0);
    assert_int_equal(f->level, MEDEL_LEVEL_NOTE);
    assert_int_equal(f->cause, MEDEL_CAUSE_ROUNDING);
    assert_string_equal(f->cause_fact->table, "resultatrakning");
    assert_text_contains(f->message, "Siffran i resultaträkningen är avkortad");
    checked_free(&c);
}

TEST(figures_of_text_are_held_against_the_tables)
{
    static const char head[] = HEAD
        "resultatrakning: { enhet: kr, kolumner: [2023], rader: "
        "{ verksamhetens_intakter: [5 229 352], verksamhetens_kostnader: [-4 920 564], "
        "arets_resultat: [308 788] } }\n"
        "driftredovisning: { enhet: kr, kolumner: [netto, budget, avvikelse], rader: "
        "{ intakter: [408 788, 400 000, 8 788], individ: [-100 000, -110 000, 10 000] } "
        "}\n";
    static const struct {
        const char *field, *rule; /* NULL: no finding */
        medel_level level;
        medel_cause cause;
    } cases[] = {
        { "{ text: t, begrepp: arets_resultat, tal: 308 788 kr }", NULL, 0, 0 },
        { "{ text: t, begrepp: arets_resultat, tal: 309 tkr }", NULL, 0, 0 },
        { "{ text: t, begrepp: arets_resultat, tal: \"ca 0,3 mnkr\" }", NULL, 0, 0 },
        { "{ text: t, begrepp: arets_resultat, tal: 308 tkr }", "TXT-01",
          MEDEL_LEVEL_NOTE, MEDEL_CAUSE_ROUNDING },
        { "{ text: t, begrepp: arets_resultat, tal: 308 878 kr }", "TXT-01",
          MEDEL_LEVEL_DEVIATION, MEDEL_CAUSE_TRANSPOSITION },
        { "{ text: t, begrepp: arets_resultat, tal: 308 788 tkr }", "TXT-01",
          MEDEL_LEVEL_DEVIATION, MEDEL_CAUSE_THOUSAND },
        { "{ text: t, begrepp: verksamhetens_kostnader, tal: 4 920 564 kr }", NULL, 0,
          0 },
        { "{ text: t, begrepp: verksamhetens_kostnader, tal: 4 920 000 kr }", "TXT-01",
          MEDEL_LEVEL_NOTE, MEDEL_CAUSE_NONE },
        { "{ text: t, begrepp: verksamhetens_kostnader, tal: 4 290 564 kr }", "TXT-01",
          MEDEL_LEVEL_DEVIATION, MEDEL_CAUSE_TRANSPOSITION },
        { "{ text: t, begrepp: driftredovisning.individ.avvikelse, tal: 10 tkr }", NULL,
          0, 0 },
        { "{ text: t, begrepp: driftredovisning.individ.avvikelse, tal: 12 tkr }",
          "DRI-06", MEDEL_LEVEL_NOTE, MEDEL_CAUSE_NONE },
        { "{ text: t, begrepp: driftredovisning.individ.netto, tal: -200 tkr }", "TXT-01",
          MEDEL_LEVEL_NOTE, MEDEL_CAUSE_NONE },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[1000];
        snprintf(text, sizeof text, "%suppgifter: [%s]\n", head, cases[i].field);
        checked c = check_of(text);
        const medel_check *f = finding(&c, NULL, 0);
        if (!cases[i].rule != !f
            || (f && strcmp(medel_check_spec_id(f->spec), cases[i].rule) != 0))
            fail_with(&c, cases[i].field);
        if (f && (f->level != cases[i].level || f->cause != cases[i].cause))
            fail_with(&c, cases[i].field);
        checked_free(&c);
    }
}

TEST(figures_printed_twice_must_agree)
{
    static const char text[] =
        HEAD "driftredovisning:\n"
             "  enhet: kr\n"
             "  kolumner: [kostnad, netto, budget, avvikelse]\n"
             "  rader:\n"
             "    team: { under: individ, tal: [1 086 516, -1 086 516, -1 193 955, 107 "
             "439] }\n"
             "insatser:\n"
             "  team:\n"
             "    namn: Team\n"
             "    typ: individ\n"
             "    driftrad: team\n"
             "    utfall: 1 086 156 kr\n"
             "    budget: 1 193 955 kr\n"
             "    deltagare: [{ tal: 72, rad: 325 }, { tal: 74, rad: 354 }]\n";
    checked c = check_of(text);
    const medel_check *f = finding(&c, "DRI-10", 0);
    assert_non_null(f);
    assert_string_equal(f->subject->row, "utfall");
    assert_int_equal(f->cause, MEDEL_CAUSE_TRANSPOSITION);
    assert_text_contains(f->message,
                         "Team: Utfall 2023 är 1 086 156 kr i redovisningen av "
                         "insatsen men 1 086 516 kr i driftredovisningen.");
    f = finding(&c, "ART-15", 0);
    assert_non_null(f);
    assert_string_equal(f->subject->row, "deltagare");
    assert_int_equal(f->subject->places[0], 354);
    assert_null(finding(&c, NULL, 2));
    checked_free(&c);
}

TEST(a_figure_of_one_of_two_notes_is_said_to_stand_there)
{
    static const char text[] = HEAD
        "noter:\n"
        "  7: { slag: ovrig, enhet: kr, kolumner: [2023], rader: { a: { under: summa, "
        "tal: [1] } } }\n"
        "  8: { slag: intakter, enhet: kr, kolumner: [2023], rader: { summa: [200] } }\n"
        "  9: { slag: intakter, enhet: kr, kolumner: [2023], rader: { summa: [300] } }\n";
    checked c = check_of(text);
    const medel_check *f = finding(&c, NULL, 0);
    assert_text_contains(f->message, "är 300 kr i not 9 men 200 kr i not 8");
    checked_free(&c);
}

/* ---- relations and shares ---- */

TEST(relations_between_years_and_statements)
{
    static const struct {
        const char *old, *now, *rule;
    } cases[] = {
        { "ovrigt_eget_kapital: [477 374", "ovrigt_eget_kapital: [477 300", "ART-03" },
        { "summa_tillgangar: [4 276 911", "summa_tillgangar: [4 999 111", "SUM-11" },
        { "    eget_kapital: [766 262", "    eget_kapital: [700 007", "ART-04" },
    };
    char *base = agreeing_report();
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = replaced(base, cases[i].old, cases[i].now);
        checked c = check_of(text);
        if (!finding(&c, cases[i].rule, 0))
            fail_with(&c, cases[i].rule);
        checked_free(&c);
        free(text);
    }
    free(base);
}

TEST(cash_may_include_short_term_placements)
{
    static const struct {
        const char *placements, *cash;
        size_t findings;
    } cases[] = {
        { "50", "100", 0 }, /* kassa och bank alone */
        { "50", "150", 0 }, /* with the placements */
        { "50", "170", 1 }, { "–", "100", 0 }, { "–", "150", 1 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[500];
        snprintf(text, sizeof text,
                 HEAD "balansrakning: { enhet: kr, kolumner: [2023], rader: { "
                      "kortfristiga_placeringar: [%s], kassa_och_bank: [100] } }\n"
                      "kassaflodesanalys: { enhet: kr, kolumner: [2023], rader: { "
                      "likvida_medel_slut: [%s] } }\n",
                 cases[i].placements, cases[i].cash);
        checked c = check_of(text);
        if ((finding(&c, "ART-05", 0) != NULL) != cases[i].findings)
            fail_with(&c, cases[i].cash);
        checked_free(&c);
    }
}

TEST(a_balance_is_not_computed_from_flows_alone)
{
    checked c = check_of(
        HEAD
        "balansrakning: { enhet: kr, kolumner: [2023], rader: { kassa_och_bank: [100], "
        "anlaggningstillgangar: [40] } }\n"
        "kassaflodesanalys: { enhet: kr, kolumner: [2023], rader: { arets_kassaflode: "
        "[7] } }\n"
        "noter: { 4: { slag: anlaggningstillgangar, enhet: kr, kolumner: [2023], rader: "
        "{ arets_avskrivningar: [-20] } } }\n");
    if (finding(&c, NULL, 0))
        fail_with(&c, "no balance is printed");
    assert_null(cell(c.report, "kassaflodesanalys", "likvida_medel_slut", 2023));
    checked_free(&c);
}

TEST(an_optional_term_may_be_missing_a_required_one_not)
{
    static const char text[] =
        HEAD "balansrakning: { enhet: kr, kolumner: [2023, 2022], rader: { avsattningar: "
             "[30, 10] } }\n"
             "kassaflodesanalys: { enhet: kr, kolumner: [2023, 2022], rader: { "
             "ej_likviditetspaverkande: [20, 5] } }\n";
    checked c = check_of(text);
    bool passed = false, missing = false;
    for (size_t i = 0; i < c.n; i++) {
        if (strcmp(medel_check_spec_id(c.list[i].spec), "ART-08") != 0)
            continue;
        passed |= c.list[i].outcome == MEDEL_PASSED;
        if (c.list[i].outcome == MEDEL_NOT_APPLICABLE) {
            missing = true;
            assert_string_equal(c.list[i].missing, "Avsättningar 2021 är inte tryckt");
        }
    }
    assert_true(passed && missing);
    checked_free(&c);
}

TEST(shares_are_recomputed)
{
    static const struct {
        const char *share;
        medel_outcome outcome;
        medel_level level;
    } cases[] = {
        { "55 %", MEDEL_PASSED, 0 },
        { "56 %", MEDEL_FINDING, MEDEL_LEVEL_NOTE },
        { "54 %", MEDEL_FINDING, MEDEL_LEVEL_ERROR },
        { "55,4 %", MEDEL_PASSED, 0 },
        { "–", MEDEL_PASSED, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[500];
        snprintf(text, sizeof text,
                 HEAD "balansrakning: { enhet: kr, kolumner: [2023, 2022], rader: { "
                      "summa_tillgangar: [4 479 290, 4 000 000], "
                      "eget_kapital: [2 483 599, 1 000 000] } }\n"
                      "oversikt: { enhet: tkr, kolumner: [2023, 2022], rader: { "
                      "soliditet: [\"%s\", 25 %%] } }\n",
                 cases[i].share);
        checked c = check_of(text);
        const medel_check *f = finding(&c, "NYC-01", 0);
        if ((f != NULL) != (cases[i].outcome == MEDEL_FINDING)
            || (f && f->level != cases[i].level))
            fail_with(&c, cases[i].share);
        if (f)
            assert_text_contains(f->message, "men blir 55,4 %");
        checked_free(&c);
    }
}

TEST(a_share_of_nothing_is_not_applicable)
{
    checked c =
        check_of(HEAD "finansierad_verksamhet: { enhet: kr, kolumner: [2023, 2022], "
                      "rader: { individ: [0, 5], individ_andel: [0 %, 7 %], "
                      "totala_kostnader: [0, ~] } }\n");
    size_t seen = 0;
    for (size_t i = 0; i < c.n; i++) {
        if (strcmp(medel_check_spec_id(c.list[i].spec), "NYC-03") != 0)
            continue;
        seen++;
        if (c.list[i].subject->year == 2023)
            assert_string_equal(c.list[i].missing, "nämnaren är noll");
    }
    assert_int_equal(seen, 2);
    checked_free(&c);
}

/* ---- units ---- */

TEST(a_heading_and_its_amounts_have_one_unit)
{
    static const struct {
        const char *unit, *printed, *figure;
        bool finding;
    } cases[] = {
        { "kr", "Belopp i kr.", "5 222 000", false },
        { "kr", "Belopp tkr", "5 222 000", true },
        { "tkr", "Belopp tkr", "5 222", false },
        { "tkr", "Belopp i tusental kronor", "5 222", false },
        { "tkr", "TKR", "5 222", false },
        { "tkr", "1 000-tals kronor", "5 222", false },
        { "tkr", "(kr)", "5 222", true },
        { "mnkr", "Mkr", "5,222", false },
        { "mnkr", "Miljoner kronor", "5,222", false },
        { "kr", "Utfall", "5 222 000", false },
        { "kr", "Markräkning", "5 222 000", false },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[600];
        snprintf(text, sizeof text,
                 HEAD "resultatrakning: { enhet: kr, kolumner: [2023], rader: { "
                      "verksamhetens_intakter: [5 222 000] } }\n"
                      "oversikt: { enhet: %s, tryckt_enhet: { text: \"%s\", rad: 1 }, "
                      "kolumner: [2023], rader: { verksamhetens_intakter: [\"%s\"] } }\n",
                 cases[i].unit, cases[i].printed, cases[i].figure);
        checked c = check_of(text);
        const medel_check *f = finding(&c, NULL, 0);
        if ((f != NULL) != cases[i].finding)
            fail_with(&c, cases[i].printed);
        if (f) {
            assert_string_equal(medel_check_spec_id(f->spec), "DRI-03");
            assert_int_equal(f->cause, MEDEL_CAUSE_THOUSAND);
            assert_text_contains(f->message, "är rubricerad");
        }
        checked_free(&c);
    }
}

TEST(a_table_in_the_wrong_unit_is_one_finding_not_many)
{
    static const char text[] = HEAD
        "resultatrakning: { enhet: kr, kolumner: [2023], rader: { "
        "verksamhetens_intakter: [5 229 352], verksamhetens_kostnader: [-4 920 564], "
        "arets_resultat: [308 788] } }\n"
        "oversikt: { enhet: tkr, kolumner: [2023], rader: { "
        "verksamhetens_intakter: [5 229 352], verksamhetens_kostnader: [-4 920 564], "
        "arets_resultat: [308 788] } }\n";
    checked c = check_of(text);
    const medel_check *f = finding(&c, NULL, 0);
    assert_string_equal(medel_check_spec_id(f->spec), "DRI-03");
    assert_text_contains(f->message, "Tabellens belopp i tkr är tusen gånger fel");
    if (finding(&c, NULL, 1))
        fail_with(&c, "the same once more");
    checked_free(&c);
}

/* ---- edges ---- */

TEST(amounts_too_large_to_add_are_not_a_pass)
{
    static const char text[] = HEAD
        "driftredovisning: { enhet: kr, kolumner: [intakt, kostnad, netto], rader: { "
        "individ: [90 000 000 000 000 000, -90 000 000 000 000 000, 500] } }\n"
        "noter: { 4: { slag: fordringar, enhet: kr, kolumner: [2023], rader: { "
        "kundfordringar: [90 000 000 000 000 000], skattekonto: [90 000 000 000 000 "
        "000], "
        "summa: [5] } } }\n"
        "balansrakning: { enhet: kr, kolumner: [2023, 2022], rader: { "
        "eget_kapital: [5, 90 000 000 000 000 000], arets_resultat: "
        "[90 000 000 000 000 000, 1] } }\n";
    checked c = check_of(text);
    static const char *const rules[] = { "SUM-18", "SUM-16", "ART-04" };
    for (size_t k = 0; k < COUNT(rules); k++) {
        bool seen = false;
        for (size_t i = 0; i < c.n; i++) {
            if (strcmp(medel_check_spec_id(c.list[i].spec), rules[k]) != 0
                || !c.list[i].subject)
                continue;
            seen |= c.list[i].outcome == MEDEL_NOT_APPLICABLE
                    && strstr(c.list[i].missing, "för stora");
        }
        if (!seen)
            fail_msg("%s", rules[k]);
    }
    checked_free(&c);
}

TEST(figures_of_different_kinds_are_not_compared)
{
    checked c = check_of(
        HEAD
        "driftredovisning: { enhet: kr, kolumner: [kostnad, netto], rader: { individ: "
        "[100, -100], intakter: [–, 100] } }\n"
        "uppgifter:\n"
        "  - { text: a, begrepp: driftredovisning.intakter.netto, tal: 55 % }\n"
        "  - { text: b, begrepp: driftredovisning.individ.kostnad, tal: 5 deltagare }\n");
    size_t seen = 0;
    for (size_t i = 0; i < c.n; i++)
        seen += c.list[i].outcome == MEDEL_NOT_APPLICABLE && c.list[i].subject
                && c.list[i].subject->in_text;
    assert_int_equal(seen, 2);
    assert_null(finding(&c, NULL, 0));
    checked_free(&c);
}

TEST(an_empty_report_has_nothing_to_check_and_says_so)
{
    checked c = check_of(HEAD);
    assert_true(c.n > 0);
    for (size_t i = 0; i < c.n; i++) {
        assert_int_equal(c.list[i].outcome, MEDEL_NOT_APPLICABLE);
        assert_null(c.list[i].subject);
        assert_text_contains(c.list[i].missing, "är inte tryckt");
    }
    checked_free(&c);
    medel_checks_free(NULL);
}

TEST(a_dash_is_nothing_in_a_sum_and_in_a_relation)
{
    checked c =
        check_of(HEAD "balansrakning: { enhet: kr, kolumner: [2023, 2022], rader: { "
                      "fordringar: [–, 7], "
                      "kassa_och_bank: [5, –], omsattningstillgangar: [5, 7], "
                      "avsattningar: [–, –] } }\n"
                      "kassaflodesanalys: { enhet: kr, kolumner: [2023], rader: { "
                      "forandring_fordringar: [7], ej_likviditetspaverkande: [–] } }\n");
    if (finding(&c, NULL, 0))
        fail_with(&c, "dashes");
    checked_free(&c);
}

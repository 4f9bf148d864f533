/* test_judge.c - by what standard a figure is accused. */
#include "test.h"

#define HEAD "medel: 1\nrakenskapsar: 2023\n"
#define RR                                                                               \
    "resultatrakning:\n  enhet: kr\n  kolumner: [2023, 2022]\n  rader:\n"                \
    "    verksamhetens_intakter: [4 600 000, 4 480 000]\n"                               \
    "    verksamhetens_kostnader: [-4 450 111, -4 500 222]\n"                            \
    "    avskrivningar: [-20 333, -20 444]\n"                                            \
    "    verksamhetens_resultat: [129 556, -40 666]\n"                                   \
    "    finansiella_intakter: [50 777, 30 888]\n"                                       \
    "    finansiella_kostnader: [-1 234, -1 345]\n"                                      \
    "    arets_resultat: [179 099, -11 123]\n"
#define OVERSIKT(rows)                                                                   \
    "oversikt:\n  enhet: kr\n  kostnader: negativa\n  kolumner: [2023, 2022]\n  "        \
    "rader:\n" rows

typedef struct expectation {
    const char *text;  /* of the översikt's rows */
    medel_level level; /* of the heaviest finding */
    medel_proof proof; /* of that one */
    bool any;
} expectation;

static const medel_check *heaviest(const checked *c)
{
    const medel_check *best = NULL;
    for (size_t i = 0; i < c->n; i++) {
        const medel_check *k = &c->list[i];
        if (k->outcome == MEDEL_FINDING && !k->follows
            && (!best || k->level > best->level))
            best = k;
    }
    return best;
}

static void expect(const expectation *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char text[2000];
        snprintf(text, sizeof text, "%s", list[i].text);
        checked c = check_of(text);
        const medel_check *k = heaviest(&c);
        if ((k != NULL) != list[i].any
            || (k && (k->level != list[i].level || k->proof != list[i].proof))) {
            char *s = findings_text(&c);
            print_error("%s\n%s\n%s\n", text, s,
                        k ? medel_proof_name(k->proof) : "nothing");
            free(s);
            fail_msg("case %zu", i);
        }
        checked_free(&c);
    }
}

TEST(a_difference_that_is_printed_is_a_convention)
{
    static const expectation cases[] = {
        { HEAD RR OVERSIKT("    verksamhetens_kostnader: [-4 450 111, -4 500 222]\n"), 0,
          0, false },
        /* with depreciation; with depreciation and financial costs */
        { HEAD RR OVERSIKT("    verksamhetens_kostnader: [-4 470 444, -4 520 666]\n"),
          MEDEL_LEVEL_NOTE, MEDEL_PROOF_EXPLAINED, true },
        { HEAD RR OVERSIKT("    verksamhetens_kostnader: [-4 471 678, -4 522 011]\n"),
          MEDEL_LEVEL_NOTE, MEDEL_PROOF_EXPLAINED, true },
        /* the result before financial items */
        { HEAD RR OVERSIKT("    arets_resultat: [129 556, -40 666]\n"), MEDEL_LEVEL_NOTE,
          MEDEL_PROOF_EXPLAINED, true },
        /* nothing printed explains it: a question */
        { HEAD RR OVERSIKT("    verksamhetens_kostnader: [-4 467 890, -4 512 345]\n"),
          MEDEL_LEVEL_NOTE, MEDEL_PROOF_QUESTION, true },
    };
    expect(cases, COUNT(cases));
}

TEST(what_accuses)
{
    static const expectation cases[] = {
        /* one year of two breaks what the other keeps */
        { HEAD RR OVERSIKT("    verksamhetens_kostnader: [-4 467 890, -4 500 222]\n"),
          MEDEL_LEVEL_ERROR, MEDEL_PROOF_ESTABLISHED, true },
        /* an unambiguous concept under bare labels */
        { HEAD RR OVERSIKT("    arets_resultat: [167 890, 1 234]\n"), MEDEL_LEVEL_ERROR,
          MEDEL_PROOF_CONCEPT, true },
        /* the same under a label that says what is left out */
        { HEAD RR OVERSIKT(
              "    arets_resultat: { text: Resultat före bidrag, tal: [167 890, "
              "1 234] }\n"),
          MEDEL_LEVEL_NOTE, MEDEL_PROOF_QUESTION, true },
        /* one slip, where no other year is printed */
        { HEAD RR OVERSIKT("    verksamhetens_kostnader: [-4 540 111, ~]\n"),
          MEDEL_LEVEL_ERROR, MEDEL_PROOF_SLIP, true },
        /* a statement disagrees with itself */
        { HEAD "resultatrakning: { enhet: kr, kolumner: [2023], rader: { arets_resultat: "
               "[123 661] } }\n"
               "balansrakning: { enhet: kr, kolumner: [2023], rader: { arets_resultat: "
               "[187 654] } }\n",
          MEDEL_LEVEL_ERROR, MEDEL_PROOF_DEFINITION, true },
    };
    expect(cases, COUNT(cases));
}

TEST(a_year_without_depreciation_accuses_no_year_with_it)
{
    static const expectation cases[] = {
        { HEAD "resultatrakning:\n  enhet: kr\n  kolumner: [2023, 2022]\n  rader:\n"
               "    verksamhetens_kostnader: [-4 450 111, -4 500 222]\n"
               "    avskrivningar: [-20 333, 0]\n"
               "oversikt:\n  enhet: kr\n  kostnader: negativa\n  kolumner: [2023, 2022]\n"
               "  rader: { verksamhetens_kostnader: [-4 478 912, -4 500 222] }\n",
          MEDEL_LEVEL_NOTE, MEDEL_PROOF_QUESTION, true },
    };
    expect(cases, COUNT(cases));
}

TEST(an_error_in_a_convention_still_shows)
{
    static const char text[] =
        "medel: 1\nrakenskapsar: 2023\n"
        "resultatrakning:\n  enhet: kr\n  kolumner: [2023, 2022, 2021]\n  rader:\n"
        "    verksamhetens_kostnader: [-4 450 111, -4 500 222, -4 333 444]\n"
        "    avskrivningar: [-20 333, -20 444, -31 555]\n"
        "oversikt:\n  enhet: kr\n  kostnader: negativa\n  kolumner: [2023, 2022, 2021]\n"
        "  rader: { verksamhetens_kostnader: [-4 471 555, -4 520 666, -4 364 999] }\n";
    const expectation one = { text, MEDEL_LEVEL_ERROR, MEDEL_PROOF_CONVENTION, true };
    expect(&one, 1);
}

/* Costs with financial costs in two years; in the third by an amount that is not printed.
 */
#define WITH_FEES(extraordinary)                                                         \
    "medel: 1\nrakenskapsar: 2023\n"                                                     \
    "resultatrakning:\n  enhet: kr\n  kolumner: [2023, 2022, 2021]\n  rader:\n"          \
    "    verksamhetens_kostnader: [-4 450 111, -4 500 222, -4 333 444]\n"                \
    "    finansiella_kostnader: [-20 333, -20 444, -31 555]\n"                           \
    "    extraordinara_poster: [" extraordinary ", 0, 0]\n"                              \
    "oversikt:\n  enhet: kr\n  kostnader: negativa\n  kolumner: [2023, 2022, 2021]\n"    \
    "  rader: { verksamhetens_kostnader: [-4 631 887, -4 520 666, -4 364 999] }\n"

TEST(a_convention_accuses_no_year_with_another_kind_of_amount)
{
    static const expectation cases[] = {
        { WITH_FEES("0"), MEDEL_LEVEL_ERROR, MEDEL_PROOF_CONVENTION, true },
        { WITH_FEES("-88 000"), MEDEL_LEVEL_NOTE, MEDEL_PROOF_QUESTION, true },
    };
    expect(cases, COUNT(cases));
}

/* The oldest year's statements are not in the document. */
#define OLDER(result)                                                                    \
    HEAD "resultatrakning:\n  enhet: kr\n  kolumner: [2023, 2022]\n  rader:\n"           \
         "    verksamhetens_intakter: [4 600 000, 4 480 000]\n"                          \
         "    verksamhetens_kostnader: [-4 450 111, -4 500 222]\n"                       \
         "    arets_resultat: [149 889, -20 222]\n"                                      \
         "oversikt:\n  enhet: kr\n  kostnader: negativa\n  kolumner: [2023, 2022, "      \
         "2021]\n  rader:\n"                                                             \
         "    verksamhetens_intakter: [4 600 000, 4 480 000, 4 500 000]\n"               \
         "    verksamhetens_kostnader: [-4 450 111, -4 500 222, -4 333 444]\n"           \
         "    arets_resultat: [149 889, -20 222, " result "]\n"

TEST(what_no_statement_covers_is_accused_of_a_slip_only)
{
    static const expectation cases[] = {
        { OLDER("166 556"), 0, 0, false },
        { OLDER("353 989"), MEDEL_LEVEL_NOTE, MEDEL_PROOF_QUESTION, true },
        { OLDER("766 556"), MEDEL_LEVEL_ERROR, MEDEL_PROOF_ESTABLISHED, true },
    };
    expect(cases, COUNT(cases));
}

TEST(free_figures_need_two_columns)
{
    /* 17 779 is printed elsewhere in one year only: that may be chance. */
    static const char text[] =
        HEAD RR "noter:\n  4: { slag: fordringar, enhet: kr, kolumner: [2023], rader: { "
                "kundfordringar: [17 779], summa: [17 779] } }\n" OVERSIKT(
                    "    verksamhetens_kostnader: [-4 467 890, ~]\n");
    const expectation one = { text, MEDEL_LEVEL_NOTE, MEDEL_PROOF_QUESTION, true };
    expect(&one, 1);
}

TEST(a_convention_says_what_it_is)
{
    checked c = check_of(HEAD RR OVERSIKT("    verksamhetens_kostnader: [-4 470 444, "
                                          "-4 520 666]\n"));
    const medel_convention *list;
    assert_int_equal(medel_checks_conventions(c.checks, &list), 1);
    assert_string_equal(list[0].row, "oversikt.verksamhetens_kostnader");
    assert_string_equal(list[0].against, "resultatrakning.verksamhetens_kostnader");
    assert_string_equal(list[0].with[0], "+resultatrakning.avskrivningar");
    assert_null(list[0].with[1]);
    assert_int_equal(list[0].held, 2);
    assert_true(list[0].named);
    assert_false(list[0].kept);
    assert_text_contains(list[0].text, "plus Avskrivningar i resultaträkningen");
    checked_free(&c);
}

TEST(one_cause_is_one_finding)
{
    checked c =
        check_of(HEAD "balansrakning:\n  enhet: kr\n  kolumner: [2023]\n  rader:\n"
                      "    anlaggningstillgangar: [40 758]\n"
                      "    fordringar: [562 942]\n    kassa_och_bank: [1 609 476]\n"
                      "    omsattningstillgangar: [2 213 177]\n"
                      "    summa_tillgangar: [2 213 177]\n");
    size_t told = 0, under = 0;
    for (size_t i = 0; i < c.n; i++) {
        const medel_check *k = &c.list[i];
        told += k->outcome == MEDEL_FINDING && k->level > MEDEL_LEVEL_NOTE && !k->follows;
        under += k->follows != NULL;
    }
    assert_int_equal(told, 1);
    assert_int_equal(under, 1);
    checked_free(&c);
}

TEST(the_figure_that_is_blamed_is_the_subject)
{
    checked c =
        check_of(HEAD "finansierad_verksamhet:\n  enhet: kr\n  kolumner: [2023, 2022]\n"
                      "  rader:\n    struktur: [621 166, 601 723]\n"
                      "    behovskartlaggning: [49 441, 142 648]\n"
                      "    medlemmarna_i_samverkan: [48 592, 69 425]\n"
                      "    forbundschef_struktur: [423 134, 389 649]\n");
    const medel_check *k = heaviest(&c);
    assert_non_null(k);
    assert_string_equal(k->subject->row, "behovskartlaggning");
    assert_int_equal(k->cause, MEDEL_CAUSE_MISSING_DIGIT);
    assert_true(k->part);
    assert_text_contains(k->message, "49 441 kr men borde vara 149 440 kr");
    checked_free(&c);
}

TEST(an_income_among_costs_without_minus_is_a_convention)
{
    /* Netto alone: what is counted out is printed without a sign, as all else is. */
    checked c = check_of(
        HEAD "driftredovisning:\n  enhet: kr\n  kolumner: [netto]\n  rader:\n"
             "    individ: [2 850 111]\n"
             "    bryggan: { under: individ, text: Bryggan, tal: [1 800 100] }\n"
             "    steget: { under: individ, text: Steget, tal: [1 200 011] }\n"
             "    esf: { under: individ, text: ESF-bidrag, tal: [150 000] }\n"
             "    administration: [780 333]\n"
             "    kansli: { under: administration, text: Kansli, tal: [800 333] }\n"
             "    ovr: { under: administration, text: Övriga intäkter, tal: [20 000] }\n"
             "    resultat: { text: Summa, tal: [3 630 444] }\n");
    const medel_check *k = heaviest(&c);
    assert_non_null(k);
    assert_int_equal(k->level, MEDEL_LEVEL_NOTE);
    assert_non_null(finding(&c, "DRI-04", 1));
    assert_text_contains(finding(&c, "DRI-04", 0)->message, "en int\xC3\xA4kt bland");
    checked_free(&c);
}

TEST(every_odd_sign_is_named)
{
    static const struct {
        const char *individ, *sum, *first, *second;
    } cases[] = {
        { "-4 847", "-6 785", NULL, NULL },
        { "4 847", "-6 785", "individ", NULL },
        { "-4 847", "6 785", "resultat", NULL },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[700];
        snprintf(text, sizeof text,
                 HEAD
                 "driftredovisning:\n  enhet: tkr\n  kolumner: [intakt, kostnad, netto]\n"
                 "  rader:\n    intakter: [5 870, 0, 5 870]\n"
                 "    individ: [0, %s, -4 847]\n    struktur: [0, -621, -621]\n"
                 "    administration: [120, -1 317, -1 197]\n"
                 "    resultat: [5 990, %s, -795]\n",
                 cases[i].individ, cases[i].sum);
        checked c = check_of(text);
        size_t n = 0;
        for (const medel_check *k; (k = finding(&c, "DRI-04", n)) != NULL; n++) {
            const char *row = n == 0 ? cases[i].first : cases[i].second;
            assert_non_null(row);
            assert_string_equal(k->subject->row, row);
            assert_string_equal(k->subject->measure, "kostnad");
        }
        assert_int_equal(n, (cases[i].first != NULL) + (cases[i].second != NULL));
        checked_free(&c);
    }
}

TEST(as_many_one_way_as_the_other_is_a_question)
{
    checked c =
        check_of(HEAD "driftredovisning:\n  enhet: tkr\n  kolumner: [intakt, kostnad, "
                      "netto]\n  rader:\n    intakter: [5 870, 0, 5 870]\n"
                      "    individ: [0, 4 847, -4 847]\n    struktur: [0, -621, -621]\n"
                      "    administration: [120, -1 317, -1 197]\n"
                      "    resultat: [5 990, 6 785, -795]\n");
    const medel_check *k = finding(&c, "DRI-04", 0);
    assert_non_null(k);
    assert_int_equal(k->level, MEDEL_LEVEL_NOTE);
    assert_int_equal(k->proof, MEDEL_PROOF_QUESTION);
    assert_null(finding(&c, NULL, 1));
    checked_free(&c);
}

/* No statement is there to ask, but the table adds up in its other years. */
TEST(a_lost_minus_is_seen_by_the_other_years_of_its_own_table)
{
    checked c =
        check_of(HEAD "oversikt_medlemsbidrag:\n  enhet: kr\n  kostnader: negativa\n"
                      "  kolumner: [2023, 2022, 2021, 2020]\n  rader:\n"
                      "    medlemsbidrag: [4 104 000, 4 104 000, 4 320 000, 4 320 000]\n"
                      "    verksamhetens_kostnader: [-4 169 821, -3 854 374, -3 877 695, "
                      "4 525 196]\n"
                      "    arets_resultat: [-65 821, 249 626, 442 305, -205 196]\n");
    const medel_check *k = heaviest(&c);
    assert_non_null(k);
    assert_int_equal(k->level, MEDEL_LEVEL_ERROR);
    assert_int_equal(k->proof, MEDEL_PROOF_ESTABLISHED);
    assert_string_equal(k->subject->row, "verksamhetens_kostnader");
    assert_int_equal(k->subject->year, 2020);
    assert_int_equal(k->cause, MEDEL_CAUSE_SIGN);
    checked_free(&c);
}

/* ---- what can not be ruled out is asked about ---- */

#define NET_RR                                                                           \
    "resultatrakning:\n  enhet: kr\n  kolumner: [2023, 2022]\n  rader:\n"                \
    "    verksamhetens_intakter: [4 600 000, 4 480 000]\n"                               \
    "    verksamhetens_kostnader: [-4 450 111, -4 500 222]\n"                            \
    "    finansnetto: [50 777, 30 888]\n"                                                \
    "    arets_resultat: [200 666, 10 666]\n"

TEST(a_part_that_only_a_net_is_printed_of_may_be_the_difference)
{
    static const expectation cases[] = {
        /* 2 000 kr of interest paid is less than the net */
        { HEAD NET_RR OVERSIKT("    verksamhetens_kostnader: [-4 452 111, -4 500 222]\n"),
          MEDEL_LEVEL_NOTE, MEDEL_PROOF_QUESTION, true },
        /* more than the net is not */
        { HEAD NET_RR OVERSIKT("    verksamhetens_kostnader: [-4 950 111, -4 500 222]\n"),
          MEDEL_LEVEL_ERROR, MEDEL_PROOF_ESTABLISHED, true },
        /* and where the part is printed nothing is hidden */
        { HEAD RR OVERSIKT("    verksamhetens_kostnader: [-4 452 111, -4 500 222]\n"),
          MEDEL_LEVEL_ERROR, MEDEL_PROOF_ESTABLISHED, true },
    };
    expect(cases, sizeof cases / sizeof *cases);
}

#define MNKR(rows)                                                                       \
    "oversikt:\n  enhet: mnkr\n  kostnader: negativa\n  kolumner: [2023, 2022]\n  "      \
    "rader:\n" rows

TEST(a_result_in_millions_may_be_another_result)
{
    static const expectation cases[] = {
        /* 2022: -40 666 before finansnetto; 2023: 129 556, and both are 0,1 or 0,0 */
        { HEAD RR MNKR("    arets_resultat: [\"0,2\", \"-0,1\"]\n"), MEDEL_LEVEL_NOTE,
          MEDEL_PROOF_QUESTION, true },
        /* 0,2 and not 0,1 in 2023: it is the year's result */
        { HEAD RR MNKR("    arets_resultat: [\"0,2\", \"1,0\"]\n"), MEDEL_LEVEL_ERROR,
          MEDEL_PROOF_CONCEPT, true },
    };
    expect(cases, 1);
    expect(cases + 1, 1);
}

TEST(what_the_statements_keep_says_nothing_of_an_oversikt)
{
    static const char text[] =
        HEAD "balansrakning:\n  enhet: kr\n  kolumner: [2023, 2022]\n  rader:\n"
             "    eget_kapital_ingaende: [1 000 500, 990 000]\n"
             "    arets_resultat: [20 000, 10 500]\n"
             "    eget_kapital: [1 020 500, 1 000 500]\n"
             "oversikt:\n  enhet: kr\n  kolumner: [2023, 2022, 2021, 2020]\n  rader:\n"
             "    arets_resultat: [20 000, 10 500, 41 000, 7 000]\n"
             "    eget_kapital: [1 020 500, 1 000 500, 990 000, 946 000]\n";
    checked c = check_of(text);
    const medel_check *k = heaviest(&c);
    assert_non_null(k);
    assert_int_equal(k->level, MEDEL_LEVEL_NOTE); /* 990 000 is not 946 000 + 41 000 */
    checked_free(&c);
}

TEST(a_sum_that_nobody_printed_is_no_witness_of_an_oversikt)
{
    static const char text[] =
        HEAD "oversikt:\n  enhet: kr\n  kolumner: [2023, 2022]\n  rader:\n"
             "    eget_kapital: [1 020 500, 1 000 500]\n"
             "driftredovisning:\n  enhet: kr\n  kolumner: [netto, fg_netto]\n  rader:\n"
             "    intakter: [4 000 000, 4 000 000]\n"
             "    individ: [-3 000 000, -3 100 000]\n"
             "    administration: [-1 050 000, -900 000]\n";
    checked c = check_of(text);
    const medel_check *k = heaviest(&c);
    assert_true(!k || strcmp(medel_check_spec_id(k->spec), "ART-04") != 0);
    checked_free(&c);
}

/* ---- one slip, one finding ---- */

static size_t told(const checked *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        n += c->list[i].outcome == MEDEL_FINDING && !c->list[i].follows
             && c->list[i].level > MEDEL_LEVEL_NOTE;
    return n;
}

TEST(two_figures_that_have_changed_places_are_one_finding)
{
    static const char text[] = HEAD "noter:\n  2:\n    slag: intakter\n    enhet: kr\n   "
                                    " kolumner: [2023, 2022]\n    rader:\n"
                                    "      bidrag_staten: [1 800 000, 1 700 000]\n"
                                    "      bidrag_region: [917 948, 862 168]\n"
                                    "      summa: [2 562 168, 2 717 948]\n";
    checked c = check_of(text);
    assert_int_equal(told(&c), 1);
    assert_int_equal(heaviest(&c)->cause, MEDEL_CAUSE_EXCHANGED);
    assert_text_contains(heaviest(&c)->message, "har bytt plats");
    checked_free(&c);
}

TEST(a_sum_that_no_column_keeps_is_said_once)
{
    static const char head[] = HEAD "noter:\n  2:\n    slag: intakter\n    enhet: kr\n   "
                                    " kolumner: [2023, 2022]\n    rader:\n"
                                    "      bidrag_staten: [1 800 000, 1 700 000]\n"
                                    "      bidrag_region: [917 948, 862 168]\n";
    char text[1000];
    snprintf(text, sizeof text, "%s      summa: [3 651 771, 3 461 935]\n", head);
    checked c = check_of(text);
    assert_int_equal(told(&c), 1); /* a row is missing in both years */
    checked_free(&c);
    snprintf(text, sizeof text, "%s      summa: [2 717 948, 3 461 935]\n", head);
    c = check_of(text);
    assert_int_equal(told(&c), 1);
    checked_free(&c);
}

/* test_places.c - which place is right when a figure stands in several. */
#include "test.h"

#define HEAD "medel: 1\nrakenskapsar: 2023\n"

/* A print in tkr agrees with every kr figure near it, right or wrong. */
TEST(a_coarse_print_does_not_hide_a_fine_one_that_is_wrong)
{
    checked c = check_of(HEAD "oversikt:\n  enhet: tkr\n  kolumner: [2023]\n  rader:\n"
                              "    verksamhetens_kostnader: [-8 037]\n"
                              "oversikt_medlemsbidrag:\n  enhet: kr\n  kolumner: [2023]\n"
                              "  rader:\n    verksamhetens_kostnader: [-8 036 651]\n"
                              "resultatrakning:\n  enhet: kr\n  kolumner: [2023]\n"
                              "  rader:\n    verksamhetens_kostnader: [-8 036 515]\n"
                              "finansierad_verksamhet:\n  enhet: kr\n  kolumner: [2023]\n"
                              "  rader:\n    totala_kostnader: [8 036 516]\n");
    const medel_check *k = finding(&c, NULL, 0);
    assert_non_null(k);
    assert_string_equal(k->subject->table, "oversikt_medlemsbidrag");
    assert_string_equal(k->terms[0].fact->table, "resultatrakning");
    assert_null(finding(&c, NULL, 1));
    checked_free(&c);
}

/* Two tables that print the same are hardly a slip, but they do not overrule a statement.
 */
TEST(tables_that_agree_with_each_other_ask_of_the_statement)
{
    checked c =
        check_of(HEAD "oversikt:\n  enhet: tkr\n  kolumner: [2023]\n  rader:\n"
                      "    eget_kapital: [2 484]\n"
                      "oversikt_medlemsbidrag:\n  enhet: tkr\n  kolumner: [2023]\n"
                      "  rader:\n    eget_kapital: [2 484]\n"
                      "balansrakning:\n  enhet: kr\n  kolumner: [2023]\n"
                      "  rader:\n    eget_kapital: [2 843 599]\n");
    for (size_t i = 0; i < 2; i++) {
        const medel_check *k = finding(&c, NULL, i);
        assert_non_null(k);
        assert_string_equal(k->terms[0].fact->table, "balansrakning");
        assert_int_equal(k->proof, MEDEL_PROOF_QUESTION);
        assert_int_equal(k->level, MEDEL_LEVEL_NOTE);
    }
    assert_null(finding(&c, NULL, 2));
    checked_free(&c);
}

#define DRIFT                                                                            \
    "driftredovisning:\n  enhet: tkr\n  kolumner: [kostnad, netto, budget]\n"            \
    "  rader:\n    team: { tal: [289, -289, -351], under: individ }\n"                   \
    "insatser:\n  teamet:\n    namn: Teamet\n    typ: individ\n    driftrad: team\n"

TEST(the_budget_of_an_insats_is_its_budget_in_the_driftredovisning)
{
    checked c = check_of(HEAD DRIFT "    budget: 351 068 kr\n    utfall: 289 242 kr\n");
    assert_null(finding(&c, "DRI-10", 0));
    checked_free(&c);
    c = check_of(HEAD DRIFT "    budget: 315 068 kr\n    utfall: 289 242 kr\n");
    const medel_check *k = finding(&c, "DRI-10", 0);
    assert_non_null(k);
    assert_string_equal(k->subject->row, "budget");
    checked_free(&c);
}

/* ---- the odd sign in a column ---- */

#define ROWS(team)                                                                       \
    HEAD "driftredovisning:\n  enhet: tkr\n  kolumner: [kostnad, netto]\n  rader:\n"     \
         "    a: { tal: [100, 100], under: individ }\n"                                  \
         "    b: { tal: [200, 200], under: individ }\n"                                  \
         "    c: { tal: [300, 300], under: individ }\n"                                  \
         "    d: { tal: [400, 400], under: individ }\n"                                  \
         "    e: { tal: [" team "], under: individ }\n"

TEST(one_row_with_another_sign_than_its_kind)
{
    checked c = check_of(ROWS("500, 500"));
    assert_null(finding(&c, "DRI-04", 0));
    checked_free(&c);
    c = check_of(ROWS("500, -500"));
    const medel_check *k = finding(&c, "DRI-04", 0);
    assert_non_null(k);
    while (k && k->cause != MEDEL_CAUSE_SIGN)
        k = finding(&c, "DRI-04", 1); /* the table mixes conventions, too */
    assert_string_equal(k->subject->row, "e");
    assert_string_equal(k->subject->measure, "netto");
    assert_text_contains(k->message, "omvänt tecken mot de 4 andra raderna");
    assert_text_contains(k->message, "−500");
    checked_free(&c);
}

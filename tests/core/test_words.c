/* test_words.c - what figures are called, where they stand, and names of values. */
#include "medel_import.h"
#include "medel_statements.h"
#include "test.h"

static const char yaml[] =
    "medel: 1\nrakenskapsar: 2023\n"
    "balansrakning:\n  enhet: kr\n  kolumner: [2023, 2022]\n  rader:\n"
    "    kassa_och_bank: { tal: [1 500, 900], rad: 17 }\n"
    "    summa_tillgangar: [_, 900]\n"
    "uppgifter:\n  - { text: andelen, begrepp: budgetavvikelse, tal: ca 90 kr, rad: 4 "
    "}\n";

TEST(a_figure_is_called_and_placed_in_words)
{
    char text[200];
    medel_report *r = report_of(yaml);
    const medel_fact *f = cell(r, "balansrakning", "kassa_och_bank", 2023);
    assert_true(medel_fact_name(f, text, sizeof text) > 0);
    assert_string_equal(text, "Kassa och bank 2023");
    medel_fact_where(r, f, MEDEL_IN_SENTENCE, text, sizeof text);
    assert_string_equal(text, "balansräkningen");
    medel_fact_where(r, f, MEDEL_IN_TABLE, text, sizeof text);
    assert_text_contains(text, "balansräkning");
    medel_place_words(r, "balansrakning", MEDEL_IN_SENTENCE, text, sizeof text);
    assert_string_equal(text, "balansräkningen");
    assert_true(medel_fact_retype(f, 98765, text, sizeof text) > 0);
    assert_text_contains(text, "98");
    assert_text_contains(text, "765");
    assert_true(medel_fact_said(f, text, sizeof text) > 0);
    assert_string_equal(text, "1 500");
    medel_report_free(r);
}

TEST(a_record_without_a_name_is_told_from_others_and_has_its_own_year)
{
    static const char measured[] =
        "medel: 1\nrakenskapsar: 2023\nindikatorer:\n"
        "  - { nr: '3', respondent: Deltagare, ar: 2022, positivt: 89% }\n"
        "  - { nr: Mått 1, positivt: 40% }\n  - { ar: 2021, positivt: 30% }\n";
    static const char *const names[] = { "Deltagare, nr 3: Andel positiva svar 2022",
                                         "Mått 1: Andel positiva svar 2023",
                                         "Andel positiva svar 2021" };
    char text[200];
    medel_report *r = report_of(measured);
    const medel_fact *const *facts;
    assert_int_equal(medel_report_facts(r, &facts), 3);
    for (size_t i = 0; i < 3; i++) {
        medel_fact_name(facts[i], text, sizeof text);
        assert_string_equal(text, names[i]);
    }
    medel_report_free(r);
}

TEST(not_typed_is_not_absent)
{
    const medel_concept *total = medel_taxonomy_concept(finsam(), "summa_tillgangar");
    medel_report *r = report_of(yaml);
    assert_false(medel_report_untyped(r, "balansrakning"));
    assert_null(medel_report_untyped_fact(r, total, 2022));
    const medel_fact *f = medel_report_untyped_fact(r, total, 2023);
    assert_non_null(f);
    assert_int_equal(f->state, MEDEL_FIGURE_UNTYPED);
    medel_report_free(r);
}

TEST(a_text_begins_with_a_capital)
{
    char text[][12] = { "år", "örebro", "abc", "Redan", "9 st", "" };
    const char *const now[] = { "År", "Örebro", "Abc", "Redan", "9 st", "" };
    for (size_t i = 0; i < COUNT(now); i++) {
        medel_text_capital(text[i]);
        assert_string_equal(text[i], now[i]);
    }
}

TEST(every_value_has_a_name)
{
    medel_figure_id id;
    for (int i = 0; i < MEDEL_FIG_COUNT; i++) {
        const char *name = medel_figure_id_name((medel_figure_id)i);
        assert_true(medel_figure_id_parse(&id, name));
        assert_int_equal(id, i);
    }
    assert_false(medel_figure_id_parse(&id, "ingenting"));
    assert_string_equal(medel_confidence_name(MEDEL_CONFIDENCE_HIGH), "high");
    assert_string_equal(medel_import_status_name(MEDEL_IMPORT_SUMMA), "SUMMA");
    assert_int_equal(medel_abi(), MEDEL_ABI);
}

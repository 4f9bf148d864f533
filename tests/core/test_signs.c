/* test_signs.c - a driftredovisning means the same under every sign convention. */
#include "test.h"

typedef struct drift_row {
    const char *name;
    int64_t income, cost, net, budget, deviation;
} drift_row;

/* As it is after normalising: costs positive, netto = intäkt - kostnad, a favourable
   avvikelse positive. */
static const drift_row usual[] = {
    { "intakter", 8161, 0, 8161, 8000, 161 },
    { "individ", 0, 5990, -5990, -6242, 252 },
    { "struktur", 0, 693, -693, -1056, 363 },
    { "administration", 40, 1394, -1354, -1519, 165 },
    { "resultat", 8201, 8077, 124, -817, 941 },
};

typedef struct convention {
    int cost, net, budget, deviation;
} convention;

static char *table_with(const drift_row *rows, size_t n, const convention *by_row)
{
    static char text[2000];
    int len = snprintf(text, sizeof text,
                       "medel: 1\nrakenskapsar: 2023\ndriftredovisning:\n  enhet: tkr\n"
                       "  kolumner: [intakt, kostnad, netto, budget, avvikelse]\n"
                       "  rader:\n");
    for (size_t i = 0; i < n; i++)
        len +=
            snprintf(text + len, sizeof text - (size_t)len,
                     "    %s: [%lld, %lld, %lld, %lld, %lld]\n", rows[i].name,
                     (long long)rows[i].income, (long long)rows[i].cost * by_row[i].cost,
                     (long long)rows[i].net * by_row[i].net,
                     (long long)rows[i].budget * by_row[i].budget,
                     (long long)rows[i].deviation * by_row[i].deviation);
    return text;
}

static int64_t tkr(const medel_report *r, const char *row, const char *measure,
                   medel_variant variant)
{
    const medel_table *t = medel_report_table(r, "driftredovisning");
    const medel_fact *f = medel_report_cell(r, t, row, measure, 2023, variant);
    assert_non_null(f);
    return f->value.value.num / 100000;
}

static void assert_usual(const medel_report *r, const char *text)
{
    for (size_t i = 0; i < COUNT(usual); i++) {
        const char *name = usual[i].name;
        if (tkr(r, name, "kostnad", MEDEL_VARIANT_UTFALL) != usual[i].cost
            || tkr(r, name, "netto", MEDEL_VARIANT_UTFALL) != usual[i].net
            || tkr(r, name, "netto", MEDEL_VARIANT_BUDGET) != usual[i].budget
            || tkr(r, name, "avvikelse", MEDEL_VARIANT_UTFALL) != usual[i].deviation)
            fail_msg("row %s of\n%s", name, text);
    }
}

TEST(every_uniform_convention_means_the_same)
{
    for (int i = 0; i < 16; i++) {
        convention c = { i & 1 ? -1 : 1, i & 2 ? -1 : 1, i & 4 ? -1 : 1, i & 8 ? -1 : 1 };
        convention all[COUNT(usual)];
        for (size_t k = 0; k < COUNT(usual); k++)
            all[k] = c;
        char *text = table_with(usual, COUNT(usual), all);
        checked report = check_of(text);
        assert_usual(report.report, text);
        /* A whole table that is turned has a convention: it is told. */
        const medel_check *f = finding(&report, NULL, 0);
        if (c.net > 0 && f)
            fail_msg("%s\nin\n%s", f->message, text);
        if (c.net < 0) {
            assert_string_equal(medel_check_spec_id(f->spec), "DRI-04");
            assert_int_equal(f->level, MEDEL_LEVEL_NOTE);
            assert_string_equal(f->subject->row, "resultat");
            assert_null(finding(&report, NULL, 1));
        }
        checked_free(&report);
    }
}

TEST(cost_rows_may_be_printed_otherwise_than_the_result)
{
    static const convention plus = { 1, 1, 1, 1 }, cost = { 1, -1, -1, 1 };
    static const convention minus = { -1, 1, 1, 1 };
    const convention rows[] = { plus, cost, cost, cost, minus };
    char *text = table_with(usual, COUNT(usual), rows);
    checked c = check_of(text);
    assert_usual(c.report, text);
    const medel_check *f = finding(&c, "DRI-04", 0);
    assert_non_null(f);
    assert_int_equal(f->level, MEDEL_LEVEL_NOTE);
    assert_text_contains(f->message,
                         "3 rader skriver nettot som kostnad minus intäkt och "
                         "2 som intäkt minus kostnad");
    assert_int_equal(f->nterms, 2);
    assert_null(finding(&c, NULL, 1));
    checked_free(&c);
}

TEST(small_figures_follow_the_other_rows)
{
    /* 1 - 1 = 1 within rounding whichever way it is read. */
    static const drift_row rows[] = {
        { "individ", 0, 5990, -5990, -6242, 252 },
        { "struktur", 1, 1, -1, -1, 0 },
        { "administration", 0, 1394, -1394, -1519, 125 },
    };
    static const convention c[] = { { 1, -1, -1, 1 },
                                    { 1, -1, -1, 1 },
                                    { 1, -1, -1, 1 } };
    medel_report *r = report_of(table_with(rows, COUNT(rows), c));
    assert_int_equal(tkr(r, "struktur", "netto", MEDEL_VARIANT_UTFALL), -1);
    medel_report_free(r);
}

TEST(last_year_has_a_convention_of_its_own)
{
    static const char text[] =
        "medel: 1\nrakenskapsar: 2023\n"
        "driftredovisning:\n"
        "  enhet: kr\n"
        "  kolumner: [intakt, kostnad, netto, fg_intakt, "
        "fg_kostnad, fg_netto, budget_kostnad, prognos]\n"
        "  rader:\n"
        "    individ: [–, 500, -500, –, 400, 400, 450, -480]\n"
        "    administration: [600, 50, 550, 600, 30, -570, 60, 560]\n"
        "    resultat: [600, 550, 50, 600, 430, -170, 510, 80]\n";
    checked c = check_of(text);
    const medel_table *t = medel_report_table(c.report, "driftredovisning");
    assert_int_equal(
        medel_report_cell(c.report, t, "individ", "netto", 2022, MEDEL_VARIANT_UTFALL)
            ->value.value.num,
        -40000);
    assert_int_equal(tkr(c.report, "individ", "netto", MEDEL_VARIANT_PROGNOS), 0);
    assert_int_equal(
        medel_report_cell(c.report, t, "individ", "netto", 2023, MEDEL_VARIANT_PROGNOS)
            ->value.value.num,
        -48000);
    const medel_check *f = finding(&c, "DRI-04", 0);
    assert_non_null(f);
    assert_int_equal(f->level, MEDEL_LEVEL_ERROR);
    assert_int_equal(f->subject->year, 2022);
    assert_text_contains(f->message, "Nettokolumnen för 2022 har omvänt tecken");
    assert_text_contains(f->message, "3 rader har alla bytt tecken");
    assert_null(finding(&c, NULL, 1));
    checked_free(&c);
}

TEST(dashes_and_blanks_say_nothing)
{
    static const char text[] = "medel: 1\nrakenskapsar: 2023\n"
                               "driftredovisning:\n"
                               "  enhet: kr\n"
                               "  kolumner: [intakt, kostnad, netto, budget, avvikelse]\n"
                               "  rader:\n"
                               "    individ: [–, –, –, ~, –]\n"
                               "    struktur: [0, 0, 0, 0, 0]\n"
                               "    administration: [~, 5, ~, –, ~]\n";
    checked c = check_of(text);
    assert_null(finding(&c, NULL, 0));
    checked_free(&c);
}

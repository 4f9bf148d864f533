/* The numbers of a series, and accounts by name. */
#include "medel_sie.h"
#include "test.h"

#include <string.h>

static medel_ledger *ledger_of(const char *numbers)
{
    char text[4096];
    size_t at =
        (size_t)snprintf(text, sizeof text, "#FLAGGA 0\n#RAR 0 20230101 20231231\n");
    for (const char *p = numbers; *p; p += strcspn(p, " "), p += *p == ' ') {
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "#VER A \"%.*s\" 20230101 \"\"\n{\n}\n",
                               (int)strcspn(p, " "), p);
    }
    medel_ledger *l = NULL;
    assert_int_equal(
        medel_ledger_read(&l, &(medel_input){ "prov", text, at }, NULL, NULL), MEDEL_OK);
    return l;
}

static medel_series_numbers *numbers_of(const medel_ledger *l)
{
    medel_series_numbers *n = NULL;
    assert_int_equal(medel_series_numbers_new(&n, l, 0, NULL), MEDEL_OK);
    return n;
}

TEST(gaps_and_repeats_whatever_the_order)
{
    medel_ledger *l = ledger_of("7 3 x9 3 10 4 3");
    medel_series_numbers *n = numbers_of(l);
    assert_int_equal(n->numbered, 6);
    assert_int_equal(n->low, 3);
    assert_int_equal(n->high, 10);
    assert_int_equal(n->missing, 4);
    assert_int_equal(n->ngaps, 2);
    assert_int_equal(n->gaps[0].from, 5);
    assert_int_equal(n->gaps[0].to, 6);
    assert_int_equal(n->gaps[0].after, 5);
    assert_int_equal(n->gaps[1].from, 8);
    assert_int_equal(n->gaps[1].to, 9);
    assert_int_equal(n->repeated, 2);
    assert_int_equal(n->nduplicates, 3);
    assert_int_equal(n->duplicates[0], 1);
    assert_int_equal(n->duplicates[1], 3);
    assert_int_equal(n->duplicates[2], 6);
    medel_series_numbers_free(n);
    medel_ledger_free(l);
}

TEST(a_wide_gap_and_no_numbers)
{
    medel_ledger *l = ledger_of("1 4294967294");
    medel_series_numbers *n = numbers_of(l);
    assert_int_equal(n->missing, 4294967292u);
    medel_series_numbers_free(n);
    medel_ledger_free(l);
    l = ledger_of("a b");
    n = numbers_of(l);
    assert_int_equal(n->numbered, 0);
    assert_int_equal(n->ngaps, 0);
    medel_series_numbers_free(n);
    assert_int_equal(medel_series_numbers_new(&n, l, 99, NULL), MEDEL_OK);
    assert_int_equal(n->numbered, 0);
    medel_series_numbers_free(n);
    medel_series_numbers_free(NULL);
    medel_ledger_free(l);
}

TEST(accounts_by_name)
{
    static const struct {
        const char *accounts, *number;
        bool in;
    } cases[] = { { NULL, "1930", true },          { "19", "1930", true },
                  { "19", "2930", false },         { "30-39", "3999", true },
                  { "30-39", "4000", false },      { "=1930", "1930", true },
                  { "=1930", "19300", false },     { "1930", "19300", true },
                  { "=193", "1930", false },       { "2,=1930, 45", "1930", true },
                  { "2,=1930, 45", "4510", true }, { "", "1930", false },
                  { "=", "1930", false },          { "=DIFF-1", "DIFF-1", true },
                  { "-", "1930", false } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(medel_ledger_account_in(cases[i].accounts, cases[i].number),
                         cases[i].in);
}

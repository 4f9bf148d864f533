/* test_analysis.c - rows in strata, by digits, alike and by age, and what a file says of
   its own opening and end; computed by hand. */
#include "medel_analysis.h"
#include "medel_sie.h"
#include "test.h"

#define HEAD                                                                             \
    "#FLAGGA 0\n#SIETYP 4\n#RAR 0 20230101 20231231\n#RAR -1 20220101 20221231\n"        \
    "#OMFATTN 20231130\n#KONTO 1510 Kund\n#KONTO 1930 Bank\n#KONTO 3010 Bidrag\n"        \
    "#DIM 1 Kst\n#OBJEKT 1 10 A\n"                                                       \
    "#IB 0 1510 50\n#UB -1 1930 7\n#UB 0 1510 150\n#RES 0 3010 -200\n"

static const char books[] =
    HEAD "#VER A 1 20230110 \"faktura\"\n{\n#TRANS 1510 {1 10} 100\n"
         "#TRANS 3010 {} -100\n}\n"
         "#VER A 2 20230112 \"faktura\"\n{\n#TRANS 1510 {} 100\n"
         "#TRANS 3010 {} -100\n}\n"
         "#VER A 3 20230301 \"betald\"\n{\n#TRANS 1930 {} 100\n"
         "#TRANS 1510 {} -100\n}\n";

static medel_ledger *ledger_of(const char *text)
{
    medel_ledger *l = NULL;
    assert_int_equal(
        medel_ledger_read(&l, &(medel_input){ "l.se", text, strlen(text) }, NULL, NULL),
        MEDEL_OK);
    return l;
}

static int32_t day(const char *text)
{
    int32_t d = 0;
    assert_true(medel_date_parse(&d, text, strlen(text)));
    return d;
}

TEST(rows_are_counted_by_size)
{
    medel_error err;
    medel_ledger *l = ledger_of(books);
    medel_stratum s[] = { { .low = 0 }, { .low = 10000 }, { .low = 10001 } };
    assert_int_equal(medel_ledger_strata(l, NULL, s, 3, &err), MEDEL_OK);
    assert_int_equal(s[0].rows, 0);
    assert_int_equal(s[1].rows, 6);
    assert_int_equal(s[1].debit, 30000);
    assert_int_equal(s[1].credit, -30000);
    assert_int_equal(s[2].rows, 0);
    s[1].low = 0; /* does not rise */
    assert_int_equal(medel_ledger_strata(l, NULL, s, 3, &err), MEDEL_E_SCHEMA);
    medel_ledger_free(l);
}

TEST(digits_are_counted)
{
    medel_error err;
    medel_benford b;
    medel_ledger *l = ledger_of(books);
    assert_int_equal(medel_ledger_benford(&b, l, NULL, MEDEL_BENFORD_FIRST, NULL, &err),
                     MEDEL_OK);
    assert_int_equal(b.n, 6);
    assert_int_equal(b.count[0], 6); /* all begin with 1 */
    assert_int_equal(b.from, 1);
    assert_int_equal(b.mad, 0); /* too few to say anything */
    medel_ledger_free(l);
}

TEST(rows_that_are_alike)
{
    medel_error err;
    medel_repeats *r = NULL;
    medel_ledger *l = ledger_of(books);
    medel_repeats_options o = { .alike = MEDEL_ALIKE_ACCOUNT | MEDEL_ALIKE_AMOUNT
                                         | MEDEL_ALIKE_TEXT };
    assert_int_equal(medel_ledger_repeats_new(&r, l, NULL, &o, &err), MEDEL_OK);
    assert_int_equal(r->tested, 6);
    assert_int_equal(r->ngroups, 2); /* the two invoices, on both accounts */
    assert_int_equal(r->groups[0].count, 2);
    medel_ledger_repeats_free(r);
    o.near = true;
    o.days = 1;
    assert_int_equal(medel_ledger_repeats_new(&r, l, NULL, &o, &err), MEDEL_OK);
    assert_int_equal(r->ngroups, 0);
    medel_ledger_repeats_free(r);
    o.alike = 0;
    assert_int_equal(medel_ledger_repeats_new(&r, l, NULL, &o, &err), MEDEL_E_SCHEMA);
    medel_ledger_free(l);
}

TEST(what_is_open_has_an_age)
{
    static const int bounds[] = { 30, 60 };
    medel_error err;
    medel_ageing *a = NULL;
    medel_ledger *l = ledger_of(books);
    const medel_ledger_filter claims = { .accounts = "1510" };
    medel_ageing_options o = { .day = day("2023-02-15"), .bounds = bounds, .nbounds = 2 };
    assert_int_equal(medel_ledger_ageing_new(&a, l, &claims, &o, &err), MEDEL_OK);
    assert_int_equal(a->nopen, 1);
    assert_int_equal(a->nbuckets, 3);
    assert_int_equal(a->open[0].opening, 5000);
    assert_int_equal(a->open[0].ages[1], 20000); /* 34 and 36 days */
    assert_int_equal(a->open[0].oldest, day("2023-01-10"));
    medel_ledger_ageing_free(a);
    o.day = day("2023-12-31");
    assert_int_equal(medel_ledger_ageing_new(&a, l, &claims, &o, &err), MEDEL_OK);
    assert_int_equal(a->open[0].balance, 15000);
    medel_ledger_ageing_free(a);
    medel_ledger_free(l);
}

TEST(how_a_year_opens_and_ends)
{
    int of = 7;
    int64_t amount = 1;
    medel_balance_kind kind = MEDEL_BALANCE_RES;
    medel_ledger *l = ledger_of(books);
    const uint32_t claims = medel_ledger_account_find(l, "1510"),
                   bank = medel_ledger_account_find(l, "1930"),
                   income = medel_ledger_account_find(l, "3010");
    assert_true(medel_ledger_opens(l, 0, &kind, &of));
    assert_int_equal(kind, MEDEL_BALANCE_IB);
    assert_int_equal(of, 0);
    assert_true(medel_ledger_opening(l, 0, claims, &amount));
    assert_int_equal(amount, 5000);
    assert_false(medel_ledger_opening(l, 0, bank, &amount));
    assert_int_equal(amount, 0);
    assert_true(medel_ledger_closing(l, 0, income, &kind, &amount));
    assert_int_equal(kind, MEDEL_BALANCE_RES);
    assert_int_equal(amount, -20000);
    assert_false(medel_ledger_closing(l, 0, bank, &kind, &amount));
    assert_int_equal(medel_ledger_reaches(l), day("2023-11-30"));
    assert_int_equal(medel_ledger_last_day(l), day("2023-03-01"));
    assert_int_equal(medel_ledger_opening_voucher(l), MEDEL_NO_INDEX);
    assert_int_equal(medel_ledger_unread_in(l, 0), 0);
    medel_ledger_free(l);
}

TEST(rows_accounts_and_objects_by_number)
{
    uint32_t row[8];
    medel_error err;
    const uint32_t *objects;
    const medel_account *accounts;
    medel_ledger_query *q = NULL;
    medel_ledger *l = ledger_of(books);
    const size_t n = medel_ledger_accounts(l, &accounts);
    const uint16_t *sorted = medel_ledger_accounts_sorted(l);
    for (size_t i = 1; i < n; i++)
        assert_true(strcmp(accounts[sorted[i - 1]].number, accounts[sorted[i]].number)
                    < 0);
    assert_int_equal(medel_ledger_row_voucher(l, 5), 2);
    assert_int_equal(medel_ledger_object_lists(l), 2);
    assert_int_equal(medel_ledger_object_list(l, 1, &objects), 1);
    assert_int_equal(medel_ledger_query_new(&q, l, NULL, NULL, &err), MEDEL_OK);
    assert_int_equal(medel_ledger_query_next(q, row, 8), 6);
    assert_int_equal(medel_ledger_query_next(q, row, 8), 0);
    medel_ledger_query_rewind(q);
    assert_int_equal(medel_ledger_query_next(q, row, 8), 6);
    medel_ledger_query_free(q);
    assert_true(medel_ledger_warnings(l) > 0); /* #PROGRAM and others are missing */
    medel_ledger_free(l);
}

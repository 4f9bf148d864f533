/* test_statements.c - the constructed ledger of the example comes to what its report
   prints, and what has no row is told. */
#include "medel_sie.h"
#include "medel_statements.h"
#include "test.h"

typedef struct fixture {
    medel_kontoplan *base, *plan;
    medel_ledger *ledger;
    medel_statements *statements;
} fixture;

static medel_kontoplan *plan_of(const char *path, const medel_kontoplan *base)
{
    size_t len;
    char *text = file_text(path, &len);
    medel_kontoplan *p = NULL;
    assert_int_equal(medel_kontoplan_read(&p, finsam(), &(medel_input){ path, text, len },
                                          &(medel_kontoplan_options){ .base = base },
                                          NULL),
                     MEDEL_OK);
    free(text);
    return p;
}

static void use(fixture *f, medel_ledger *ledger)
{
    medel_error err;
    f->base = plan_of("rules/kontoplan/kommun-bas.yaml", NULL);
    f->plan = plan_of("rules/forbund/sydnarke/kontoplan.yaml", f->base);
    f->ledger = ledger;
    assert_int_equal(medel_statements_new(&f->statements, f->ledger, f->plan, NULL, &err),
                     MEDEL_OK);
}

static fixture example(const char *path)
{
    fixture f;
    medel_ledger *l = NULL;
    assert_int_equal(medel_ledger_load(&l, path, NULL, NULL), MEDEL_OK);
    use(&f, l);
    return f;
}

static fixture of_text(const char *text)
{
    fixture f;
    medel_ledger *l = NULL;
    assert_int_equal(
        medel_ledger_read(&l, &(medel_input){ "f.se", text, strlen(text) }, NULL, NULL),
        MEDEL_OK);
    use(&f, l);
    return f;
}

static void release(fixture *f)
{
    medel_statements_free(f->statements);
    medel_ledger_free(f->ledger);
    medel_kontoplan_free(f->plan);
    medel_kontoplan_free(f->base);
}

static int64_t amount(const fixture *f, const char *table, const char *row,
                      const char *column, int year)
{
    const medel_statement_row *r =
        medel_statements_find(f->statements, table, row, column, year);
    if (!r)
        fail_msg("%s.%s is not derived", table, row);
    return r->amount;
}

static const char *const tables[] = {
    "resultatrakning", "balansrakning",  "kassaflodesanalys",        "not_intakter",
    "not_kostnader",   "not_fordringar", "not_kortfristiga_skulder", "driftredovisning"
};

/* Every figure that it can be compared with, of both years, and nearly all there are. */
TEST(the_example_comes_to_its_printed_statements)
{
    static const size_t expected[] = { 16, 16, 14, 15, 22, 10, 8, 41 };
    fixture f = example("examples/sydnarke/2023.se");
    medel_report *r = NULL;
    const medel_unmapped *u;
    assert_int_equal(
        medel_report_load(&r, finsam(), "examples/sydnarke/2023.yaml", NULL, NULL),
        MEDEL_OK);
    assert_int_equal(medel_statements_unmapped(f.statements, &u), 0);
    for (size_t i = 0; i < COUNT(tables); i++) {
        medel_comparison c[100];
        size_t n = medel_statements_compare(f.statements, r, tables[i], c, COUNT(c));
        for (size_t k = 0; k < n; k++) {
            if (c[k].difference != 0)
                fail_msg("%s.%s %s %d: printed %s, ledger %lld öre", tables[i],
                         c[k].fact->row, c[k].fact->column, c[k].fact->year,
                         c[k].fact->text, (long long)c[k].amount);
        }
        if (n != expected[i])
            fail_msg("%s: %zu compared, not %zu", tables[i], n, expected[i]);
    }
    medel_report_free(r);
    release(&f);
}

/* Sums of rows, year by year and column by column. */
TEST(rows_add_up)
{
    fixture f = example("examples/sydnarke/2023.se");
    for (int year = 0; year >= -1; year--) {
        assert_int_equal(
            amount(&f, "balansrakning", "summa_tillgangar", NULL, year),
            amount(&f, "balansrakning", "summa_eget_kapital_och_skulder", NULL, year));
        assert_int_equal(amount(&f, "balansrakning", "arets_resultat", NULL, year),
                         amount(&f, "resultatrakning", "arets_resultat", NULL, year));
        assert_int_equal(
            amount(&f, "kassaflodesanalys", "likvida_medel_slut", NULL, year),
            amount(&f, "balansrakning", "kassa_och_bank", NULL, year));
        assert_int_equal(
            amount(&f, "not_kostnader", "summa", NULL, year),
            -amount(&f, "resultatrakning", "verksamhetens_kostnader", NULL, year));
    }
    const medel_statement_row *rows;
    size_t n = medel_statements_rows(f.statements, &rows);
    for (size_t i = 0; i < n; i++) {
        int64_t sum = 0;
        for (size_t k = 0; k < rows[i].nparts; k++)
            sum += rows[i].parts[k].amount;
        if (!rows[i].column || strcmp(rows[i].column, "avvikelse") != 0)
            assert_int_equal(sum, rows[i].amount);
    }
    release(&f);
}

#define HEAD                                                                             \
    "#FLAGGA 0\r\n#FORMAT PC8\r\n#SIETYP 4\r\n#PROGRAM \"p\" \"1\"\r\n#GEN 20240101\r\n" \
    "#FNAMN \"F\"\r\n#RAR 0 20230101 20231231\r\n#KONTO 1930 \"Bank\"\r\n"               \
    "#KONTO 3511 \"Bidrag\"\r\n#KONTO 9110 \"Okänt\"\r\n#DIM 20 \"V\"\r\n"

TEST(what_has_no_row_is_told)
{
    fixture f = of_text(HEAD "#VER A 1 20230105 \"t\"\r\n{\r\n#TRANS 1930 {} 100.50\r\n"
                             "#TRANS 3511 {20 \"999\"} -90\r\n#TRANS 9110 {} -10.50\r\n"
                             "}\r\n");
    const medel_unmapped *u;
    const medel_account *accounts;
    assert_int_equal(medel_statements_unmapped(f.statements, &u), 2);
    medel_ledger_accounts(f.ledger, &accounts);
    assert_string_equal(accounts[u[0].account].number, "9110");
    assert_int_equal(u[0].object, MEDEL_NO_INDEX);
    assert_int_equal(u[0].amount, -1050);
    assert_string_equal(accounts[u[1].account].number, "3511");
    assert_int_not_equal(u[1].object, MEDEL_NO_INDEX);
    assert_int_equal(u[1].amount, -9000);
    assert_int_equal(amount(&f, "resultatrakning", "arets_resultat", NULL, 0), 9000);
    assert_int_equal(amount(&f, "balansrakning", "arets_resultat", NULL, 0), 9000);
    assert_null(medel_statements_find(f.statements, "driftredovisning", "administration",
                                      "intakt", 0));
    release(&f);
}

/* Before and after the books are closed, the result stands in the balansräkning. */
TEST(the_result_before_and_after_closing)
{
    static const char open[] = HEAD "#VER A 1 20230105 \"t\"\r\n{\r\n"
                                    "#TRANS 1930 {} 90\r\n#TRANS 3511 {} -90\r\n}\r\n";
    static const char closed[] = HEAD "#VER A 1 20230105 \"t\"\r\n{\r\n"
                                      "#TRANS 1930 {} 90\r\n#TRANS 3511 {} -90\r\n}\r\n"
                                      "#VER A 2 20231231 \"t\"\r\n{\r\n"
                                      "#TRANS 8910 {} 90\r\n#TRANS 2099 {} -90\r\n}\r\n";
    const char *const texts[] = { open, closed };
    for (size_t i = 0; i < COUNT(texts); i++) {
        fixture f = of_text(texts[i]);
        assert_int_equal(amount(&f, "resultatrakning", "arets_resultat", NULL, 0), 9000);
        assert_int_equal(amount(&f, "balansrakning", "arets_resultat", NULL, 0), 9000);
        assert_int_equal(
            amount(&f, "balansrakning", "summa_eget_kapital_och_skulder", NULL, 0), 9000);
        release(&f);
    }
}

TEST(without_vouchers_the_stated_balances_count)
{
    fixture f = of_text(HEAD "#IB 0 1930 10\r\n#UB 0 1930 100\r\n#RES 0 3511 -90\r\n"
                             "#RES -1 3511 -7\r\n");
    assert_int_equal(amount(&f, "balansrakning", "kassa_och_bank", NULL, 0), 10000);
    assert_int_equal(amount(&f, "balansrakning", "kassa_och_bank", NULL, -1), 1000);
    assert_int_equal(amount(&f, "resultatrakning", "verksamhetens_intakter", NULL, 0),
                     9000);
    assert_int_equal(amount(&f, "resultatrakning", "verksamhetens_intakter", NULL, -1),
                     700);
    assert_int_equal(amount(&f, "kassaflodesanalys", "likvida_medel_slut", NULL, 0),
                     10000);
    release(&f);
}

/* A planted error is where it was planted, and nowhere else in the note. */
/* Until the last day it is the year's but for the year before, until one in June what the
   rows through that day come to, whose sum can be made of the columns. */
TEST(until_a_day)
{
    fixture f = example("examples/sydnarke/2023.se");
    const medel_ledger_columns *c = medel_ledger_columns_of(f.ledger);
    const medel_account *accounts;
    medel_ledger_accounts(f.ledger, &accounts);
    const char *const days[] = { "2023-12-31", "2023-06-30", "2022-12-31" };
    for (size_t i = 0; i < COUNT(days); i++) {
        medel_statements *s = NULL;
        medel_error err;
        int32_t day;
        int64_t booked = 0;
        assert_true(medel_date_parse(&day, days[i], 10));
        assert_int_equal(
            medel_statements_new(
                &s, f.ledger, f.plan,
                &(medel_statements_options){ .until = true, .last_day = day }, &err),
            MEDEL_OK);
        for (size_t k = 0; k < c->nrows; k++) {
            const char *number = accounts[c->account[k]].number;
            const bool turned = strncmp(number, "89", 2) == 0; /* over to the balance */
            if (number[0] >= '3' && !turned && medel_ledger_day(c->day[k]) <= day)
                booked -= c->amount[k];
        }
        const medel_statement_row *r =
            medel_statements_find(s, "resultatrakning", "arets_resultat", NULL, 0);
        assert_int_equal(r ? r->amount : 0, booked);
        r = medel_statements_find(s, "driftredovisning", "resultat", "netto", 0);
        assert_int_equal(r ? r->amount : 0, booked);
        const medel_statement_row *assets =
            medel_statements_find(s, "balansrakning", "summa_tillgangar", NULL, 0);
        const medel_statement_row *other = medel_statements_find(
            s, "balansrakning", "summa_eget_kapital_och_skulder", NULL, 0);
        assert_int_equal(assets->amount, other->amount);
        assert_null(
            medel_statements_find(s, "resultatrakning", "arets_resultat", NULL, -1));
        assert_int_equal(
            medel_statements_find(s, "balansrakning", "summa_tillgangar", NULL, -1)
                ->amount,
            amount(&f, "balansrakning", "summa_tillgangar", NULL, -1));
        if (i == 0)
            assert_int_equal(booked,
                             amount(&f, "resultatrakning", "arets_resultat", NULL, 0));
        medel_statements_free(s);
    }
    release(&f);
    fixture empty = of_text("#FLAGGA 0\n#SIETYP 1\n#RAR 0 20230101 20231231\n"
                            "#KONTO 1930 Bank\n#UB 0 1930 10.00\n");
    medel_statements *s = NULL;
    medel_error err;
    assert_int_equal(
        medel_statements_new(&s, empty.ledger, empty.plan,
                             &(medel_statements_options){ .until = true, .last_day = 0 },
                             &err),
        MEDEL_E_DOMAIN);
    release(&empty);
}

TEST(planted_errors_differ)
{
    fixture f = example("examples/sydnarke/2023-planterade-fel.se");
    medel_report *r = NULL;
    medel_comparison c[100];
    assert_int_equal(
        medel_report_load(&r, finsam(), "examples/sydnarke/2023.yaml", NULL, NULL),
        MEDEL_OK);
    size_t differ = 0;
    size_t n = medel_statements_compare(f.statements, r, "not_intakter", c, COUNT(c));
    for (size_t i = 0; i < n; i++) {
        if (c[i].difference == 0)
            continue;
        differ++;
        assert_int_equal(c[i].fact->year, 2023);
        if (strcmp(c[i].fact->row, "kommun_laxa") == 0)
            assert_int_equal(c[i].difference, -26284250);
        else if (strcmp(c[i].fact->row, "kommun_kumla") == 0)
            assert_int_equal(c[i].difference, 26284250);
        else if (strcmp(c[i].fact->row, "kommun_askersund") == 0
                 || strcmp(c[i].fact->row, "summa") == 0)
            assert_int_equal(c[i].difference, 13436300);
        else
            fail_msg("%s differs", c[i].fact->row);
    }
    assert_int_equal(differ, 4);
    medel_report_free(r);
    release(&f);
}

TEST(a_plan_says_what_it_is)
{
    fixture f = example("examples/sydnarke/2023.se");
    assert_true(medel_kontoplan_taxonomy(f.plan) == finsam());
    assert_true(strlen(medel_kontoplan_title(f.plan)) > 0);
    assert_true(strlen(medel_kontoplan_source(f.base)) > 0);
    assert_null(medel_kontoplan_own_row(f.plan, "balansrakning", "fordringar"));
    assert_true(medel_statements_ledger(f.statements) == f.ledger);
    assert_true(medel_statements_plan(f.statements) == f.plan);
    release(&f);
}

TEST(differences_have_their_causes)
{
    medel_error err;
    medel_report *r = NULL;
    medel_book_causes *c = NULL;
    const medel_book_cause *causes;
    const medel_explained *explained;
    fixture f = example("examples/sydnarke/2023-planterade-fel.se");
    assert_int_equal(
        medel_report_load(&r, finsam(), "examples/sydnarke/2023.yaml", NULL, NULL),
        MEDEL_OK);
    assert_int_equal(medel_book_causes_new(&c, f.statements, r, NULL, &err), MEDEL_OK);
    const size_t n = medel_book_causes_list(c, &causes);
    const size_t m = medel_book_causes_explained(c, &explained);
    assert_true(n > 0 && m > 0);
    for (size_t i = 0; i < m; i++) {
        for (size_t k = 0; k < explained[i].ncauses; k++)
            assert_true(explained[i].causes[k] < n);
    }
    medel_book_causes_free(c);
    medel_report_free(r);
    release(&f);
}

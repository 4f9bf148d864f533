/* test_csv.c - vouchers from CSV: forms of amounts and dates, and what is refused. */
#include "medel_csv.h"
#include "medel_sie.h"
#include "test.h"

#define MAP "medel_csv: 1\n"
#define COLUMNS                                                                          \
    "columns: { series: Serie, number: Nr, date: Datum, account: Konto, "                \
    "amount: Belopp, text: Text }\n"

static medel_csv_mapping *mapping_of(const char *text)
{
    medel_csv_mapping *m = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (medel_csv_mapping_read(&m, &(medel_input){ "m.yaml", text, strlen(text) }, NULL,
                               d)
        != MEDEL_OK) {
        char *s = diagnostics_text(d);
        print_error("%s", s);
        free(s);
        fail_msg("not readable");
    }
    medel_diagnostics_free(d);
    return m;
}

static medel_ledger *ledger_of(const char *mapping, const char *text)
{
    medel_csv_mapping *m = mapping_of(mapping);
    medel_ledger *l = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (medel_csv_read(&l, m, &(medel_input){ "f.csv", text, strlen(text) }, NULL, d)
        != MEDEL_OK) {
        char *s = diagnostics_text(d);
        print_error("%s", s);
        free(s);
        fail_msg("not readable");
    }
    medel_diagnostics_free(d);
    medel_csv_mapping_free(m);
    return l;
}

static void refused(const char *mapping, const char *text, const char *with)
{
    medel_csv_mapping *m = mapping_of(mapping);
    medel_ledger *l = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    size_t len = strlen(text);
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, text, len); /* of its own size, so that reading past it is seen */
    assert_int_not_equal(
        medel_csv_read(&l, m, &(medel_input){ "f.csv", copy, len }, NULL, d), MEDEL_OK);
    char *s = diagnostics_text(d);
    if (!strstr(s, with))
        fail_msg("'%s' is not in: %s", with, s);
    free(s);
    free(copy);
    medel_diagnostics_free(d);
    medel_csv_mapping_free(m);
}

static void no_mapping(const char *text, const char *with)
{
    medel_csv_mapping *m = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    assert_int_not_equal(medel_csv_mapping_read(
                             &m, &(medel_input){ "m.yaml", text, strlen(text) }, NULL, d),
                         MEDEL_OK);
    char *s = diagnostics_text(d);
    if (!strstr(s, with))
        fail_msg("'%s' is not in: %s", with, s);
    free(s);
    medel_diagnostics_free(d);
}

TEST(rows_of_a_voucher_need_not_stand_together)
{
    medel_ledger *l =
        ledger_of(MAP "thousands: space\ncompany: Förbundet\n"
                      "year: { start: 2023-01-01, end: 2023-12-31 }\n" COLUMNS
                      "objects: [{ dimension: 20, name: Verksamhet, column: Obj }]\n",
                  "Serie;Nr;Datum;Konto;Belopp;Text;Obj\r\n"
                  "A;1;2023-01-05;4510;1 234 567,50;\"Köp; av \"\"tjänst\"\"\";210\r\n"
                  "A;2;2023-01-06;1930;10;två;\r\n"
                  "\r\n;;;;;;\r\n"
                  "A;1;2023-01-05;2510;-1234567,5;;\r\n"
                  "A;2;2023-01-06;3511;10-;;100");
    const medel_ledger_columns *c = medel_ledger_columns_of(l);
    assert_int_equal(c->nvouchers, 2);
    assert_int_equal(c->nrows, 4);
    assert_int_equal(c->amount[0], 123456750);
    assert_int_equal(c->amount[1], -123456750);
    assert_int_equal(c->amount[3], -1000);
    medel_voucher v;
    assert_true(medel_ledger_voucher(l, 1, &v));
    assert_int_equal(v.sum, 0);
    assert_int_equal(v.line, 3);
    medel_ledger_row row;
    assert_true(medel_ledger_row_get(l, 3, &row));
    assert_int_equal(row.line, 7);
    char text[40];
    medel_ledger_voucher_text(l, 0, MEDEL_TEXT_TEXT, text, sizeof text);
    assert_string_equal(text, "Köp; av \"tjänst\"");
    assert_int_not_equal(medel_ledger_object_find(l, "20", "210"), MEDEL_NO_INDEX);
    assert_string_equal(medel_ledger_head_of(l)->fnamn, "Förbundet");
    assert_non_null(medel_ledger_year_of(l, 0));
    medel_ledger_free(l);
}

TEST(without_header_by_number_in_another_encoding)
{
    medel_ledger *l = ledger_of(
        MAP "encoding: windows-1252\ndelimiter: tab\ndecimal: period\nthousands: comma\n"
            "date: DD.MM.YYYY\nheader: false\nskip: 2\nseries: B\n"
            "columns: { number: 1, date: 2, account: 3, account_name: 4, debit: 5, "
            "credit: 6 }\n",
        "rubrik\nrubrik 2\n"
        "7\t31.12.2023\t1511\tKundfordran f\xf6r \xe5ret\t1,000.25\t\n"
        "7\t31.12.2023\t3511\tBidrag\t\t1,000.25\n");
    const medel_account *accounts;
    const medel_series *series;
    const medel_ledger_columns *c = medel_ledger_columns_of(l);
    assert_int_equal(c->amount[0], 100025);
    assert_int_equal(c->amount[1], -100025);
    medel_ledger_accounts(l, &accounts);
    assert_string_equal(accounts[0].name, "Kundfordran för året");
    assert_int_equal(medel_ledger_series(l, &series), 1);
    assert_string_equal(series[0].name, "B");
    medel_ledger_free(l);
}

TEST(cells_that_cannot_be_read)
{
    static const char head[] = "Serie;Nr;Datum;Konto;Belopp;Text\n";
    static const struct {
        const char *row, *with;
    } cases[] = {
        { "A;1;2023-02-29;1;5;", "f.csv:2:5: error: '2023-02-29' is no date" },
        { "A;1;20230101;1;5;", "'20230101' is no date" },
        { "A;1;2023-01-01;1;5.5;", "f.csv:2:18: error: '5.5' is no amount" },
        { "A;1;2023-01-01;1;1 000;", "'1 000' is no amount" },
        { "A;1;2023-01-01;1;5,005;", "'5,005' is no amount" },
        { "A;1;2023-01-01;1;--5;", "'--5' is no amount" },
        { "A;1;2023-01-01;1;;", "'' is no amount" },
        { "A;1;2023-01-01;1;99999999999999999999;", "is no amount" },
        { "A;1;2023-01-01;;5;", "a row without an account" },
        { "A;;2023-01-01;1;5;", "a row without a voucher number" },
        { "A;1;2023-01-01;1;5", "5 cells where there are 6 columns" },
        { "A;1;2023-01-01;1;5;\"x", "f.csv:2:20: error: a quoted cell has no end" },
        { "A;1;2023-01-01;1;5;\"x\"y", "text after a quoted cell" },
        { "A;1;2023-01-01;1;5;x\"y", "a quote inside a cell that is not quoted" },
        { "A;1;2023-01-01;1;5;\xff", "f.csv:2:20: error: bytes that are not UTF-8" },
        { "A;1;2023-01-01;1;5;\x01", "a control character" },
        { "A;1;2023-01-01;1;5;\nA;1;2023-01-02;1;-5;",
          "voucher A 1 has another date in line 2" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[200];
        snprintf(text, sizeof text, "%s%s", head, cases[i].row);
        refused(MAP COLUMNS, text, cases[i].with);
    }
    refused(MAP COLUMNS, "Serie;Nr;Datum;Konto;Text\n",
            "f.csv:1:1: error: no column is named 'Belopp' (m.yaml:2)");
    refused(MAP COLUMNS, "Serie;Nr;Nr;Datum;Konto;Belopp;Text\n",
            "two columns are named 'Nr'");
    refused(MAP COLUMNS, "", "the file is empty");
    refused(MAP "thousands: space\n" COLUMNS,
            "Serie;Nr;Datum;Konto;Belopp;Text\nA;1;2023-01-01;1;1 00;",
            "'1 00' is no amount");
}

TEST(mappings_that_are_refused)
{
    no_mapping(MAP, "'columns' is missing");
    no_mapping("medel_csv: 2\n" COLUMNS, "unknown version '2'");
    no_mapping(MAP "columns: { number: a, date: b, account: c }\n",
               "amounts have no whole mapping");
    no_mapping(MAP "columns: { number: a, date: b, account: c, amount: d, debit: e, "
                   "credit: f }\n",
               "amounts have two mappings");
    no_mapping(MAP "columns: { date: b, account: c, amount: d }\n",
               "no column is mapped to 'number'");
    no_mapping(MAP "date: YYYY-MM\n" COLUMNS, "'YYYY-MM' is no form of dates");
    no_mapping(MAP "date: YYYY-MM-DD-MM\n" COLUMNS, "is no form of dates");
    no_mapping(MAP "delimiter: x\n" COLUMNS, "'x' cannot be used there");
    no_mapping(MAP "decimal: period\nthousands: period\n" COLUMNS,
               "decimal and thousands are both '.'");
    no_mapping(MAP "encoding: ebcdic\n" COLUMNS, "'ebcdic' is no known encoding");
    no_mapping(MAP "header: false\n" COLUMNS, "'Serie' is no column");
    no_mapping(MAP "skip: -1\n" COLUMNS, "'-1' is no number of lines");
    no_mapping(MAP "year: { start: 2023-12-31, end: 2023-01-01 }\n" COLUMNS,
               "'year' is no year");
    no_mapping(MAP "objects: [{ dimension: x, column: y }]\n" COLUMNS,
               "'x' is no dimension");
    no_mapping(MAP "colums: 1\n" COLUMNS, "did you mean 'columns'?");
}

/* Every prefix of a file is read or refused with a message, in memory of its own size. */
TEST(every_prefix_of_a_csv)
{
    static const char text[] = "Serie;Nr;Datum;Konto;Belopp;Text\r\n"
                               "A;1;2023-01-05;4510;1,50;\"a \"\"å\"\"\nb\"\r\n"
                               "A;1;2023-01-05;2510;-1,50;\r\n";
    medel_csv_mapping *m = mapping_of(MAP COLUMNS);
    for (size_t len = 0; len < sizeof text; len++) {
        char *copy = malloc(len ? len : 1);
        medel_ledger *l = NULL;
        medel_diagnostics *d = medel_diagnostics_new(NULL);
        assert_non_null(copy);
        memcpy(copy, text, len);
        medel_status st =
            medel_csv_read(&l, m, &(medel_input){ "f.csv", copy, len }, NULL, d);
        assert_int_equal(st == MEDEL_OK, medel_diagnostics_count(d) == 0);
        medel_ledger_free(l);
        medel_diagnostics_free(d);
        free(copy);
    }
    medel_csv_mapping_free(m);
}

/* test_sie5.c - SIE 5: what a file has, and what is refused. */
#include "medel_csv.h"
#include "medel_sie.h"
#include "test.h"

#define TOP(root)                                                                        \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                       \
    "<" root " xmlns=\"http://www.sie.se/sie5\">\n"
#define HEAD                                                                             \
    TOP("Sie")                                                                           \
    "<FileInfo><SoftwareProduct name=\"Prov\" version=\"1\"/>"                           \
    "<FileCreation time=\"2024-01-31T10:00:00\" by=\"A\"/>"                              \
    "<Company organizationId=\"222000-0000\" name=\"Förbundet\"/>"                      \
    "<FiscalYears><FiscalYear start=\"2023-01\" end=\"2023-12\" primary=\"true\"/>"      \
    "<FiscalYear start=\"2022-01\" end=\"2022-12\"/></FiscalYears>"                      \
    "<AccountingCurrency currency=\"SEK\"/></FileInfo>\n"                                \
    "<Accounts>\n"                                                                       \
    "<Account id=\"1930\" name=\"Bank\" type=\"asset\">"                                 \
    "<OpeningBalance month=\"2023-01\" amount=\"100.00\"/>"                              \
    "<ClosingBalance month=\"2023-12\" amount=\"1100.50\"/>"                             \
    "<ClosingBalance month=\"2022-12\" amount=\"100\"/></Account>\n"                     \
    "<Account id=\"3511\" name=\"Bidrag\" type=\"income\">"                              \
    "<ClosingBalance month=\"2023-12\" amount=\"-1000.5\"/>"                             \
    "<BudgetMultidim month=\"2023-12\" amount=\"-900\">"                                 \
    "<ObjectReference dimId=\"1\" objectId=\"10\"/></BudgetMultidim></Account>\n"        \
    "</Accounts>\n"                                                                      \
    "<Dimensions><Dimension id=\"1\" name=\"Enhet\">"                                    \
    "<Object id=\"10\" name=\"Kansli\"/></Dimension></Dimensions>\n"

static const char small[] =
    HEAD "<CustomerInvoices primaryAccountId=\"1510\"><CustomerInvoice id=\"1\"/>"
         "</CustomerInvoices>\n"
         "<Journal id=\"A\" name=\"Manuell\">\n"
         "<JournalEntry id=\"7\" journalDate=\"2023-02-03\" text=\"Räkning &amp; mer\">\n"
         "<EntryInfo date=\"2023-02-04\" by=\"EK\"/>\n"
         "<LedgerEntry accountId=\"1930\" amount=\"1000.50\"/>\n"
         "<LedgerEntry accountId=\"3511\" amount=\"-1000.500\" text=\"rad\" "
         "ledgerDate=\"2023-02-05\"><ObjectReference dimId=\"1\" objectId=\"10\"/>"
         "</LedgerEntry>\n"
         "<LedgerEntry accountId=\"3511\" amount=\"-5\"><Overstrike date=\"2023-02-06\" "
         "by=\"EK\"/></LedgerEntry>\n"
         "<LockingInfo date=\"2023-03-01\" by=\"EK\"/></JournalEntry>\n"
         "</Journal>\n<Documents><EmbeddedFile id=\"1\" fileName=\"a.pdf\">QUJD"
         "</EmbeddedFile></Documents>\n</Sie>\n";

static medel_ledger *ledger_of(const char *text)
{
    medel_ledger *l = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (medel_sie5_read(&l, &(medel_input){ "f.sie", text, strlen(text) }, NULL, d)
        != MEDEL_OK) {
        char *s = diagnostics_text(d);
        print_error("%s", s);
        free(s);
        fail_msg("not readable");
    }
    medel_diagnostics_free(d);
    return l;
}

/* The diagnostics of a file that must be refused with 'st'. */
static char *refusal(const char *text, size_t len, medel_status st)
{
    medel_ledger *l = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    medel_status got = medel_sie5_read(&l, &(medel_input){ "f.sie", text, len }, NULL, d);
    char *s = diagnostics_text(d);
    if (got != st)
        fail_msg("%s, not %s: %s", medel_status_name(got), medel_status_name(st), s);
    medel_diagnostics_free(d);
    return s;
}

static void refused(const char *text, medel_status st, const char *with)
{
    char *s = refusal(text, strlen(text), st);
    if (!strstr(s, with))
        fail_msg("'%s' is not in: %s", with, s);
    free(s);
}

static int64_t stated(const medel_ledger *l, medel_balance_kind kind, int year,
                      const char *account)
{
    int64_t amount = 0;
    assert_true(medel_ledger_stated(l, kind, year, medel_ledger_account_find(l, account),
                                    0, &amount));
    return amount;
}

TEST(what_a_file_has)
{
    medel_ledger *l = ledger_of(small);
    const medel_ledger_head *h = medel_ledger_head_of(l);
    assert_string_equal(h->fnamn, "Förbundet");
    assert_string_equal(h->orgnr, "222000-0000");
    assert_string_equal(h->program, "Prov");
    assert_string_equal(h->valuta, "SEK");
    const medel_ledger_year *y = medel_ledger_year_of(l, -1);
    assert_non_null(y);
    assert_int_equal(y->end - y->start, 364);
    assert_int_equal(stated(l, MEDEL_BALANCE_IB, 0, "1930"), 10000);
    assert_int_equal(stated(l, MEDEL_BALANCE_UB, 0, "1930"), 110050);
    assert_int_equal(stated(l, MEDEL_BALANCE_UB, -1, "1930"), 10000);
    assert_int_equal(stated(l, MEDEL_BALANCE_RES, 0, "3511"), -100050);
    const medel_ledger_columns *c = medel_ledger_columns_of(l);
    assert_int_equal(c->nvouchers, 1);
    assert_int_equal(c->nrows, 2);
    assert_int_equal(c->ntrail, 1);
    medel_voucher v;
    assert_true(medel_ledger_voucher(l, 0, &v));
    assert_int_equal(v.number, 7);
    assert_int_equal(v.sum, 0);
    assert_int_equal(v.regday - v.day, 1);
    char text[40];
    medel_ledger_voucher_text(l, 0, MEDEL_TEXT_TEXT, text, sizeof text);
    assert_string_equal(text, "Räkning & mer");
    medel_ledger_voucher_text(l, 0, MEDEL_TEXT_SIGN, text, sizeof text);
    assert_string_equal(text, "EK");
    medel_ledger_row row;
    assert_true(medel_ledger_row_get(l, 1, &row));
    assert_int_equal(row.day - v.day, 2);
    assert_int_not_equal(row.objects, 0);
    assert_true(medel_ledger_row_get(l, 2, &row));
    assert_int_equal(row.kind, MEDEL_ROW_BTRANS);
    assert_int_equal(row.amount, -500);
    medel_ledger_checks *checks;
    const medel_ledger_check *bad;
    assert_int_equal(medel_ledger_checks_new(&checks, l, NULL), MEDEL_OK);
    assert_int_equal(
        medel_ledger_checks_get(checks, &bad) > 0 && bad[0].kind != MEDEL_LEDGER_SUM, 0);
    medel_ledger_checks_free(checks);
    medel_ledger_free(l);
}

TEST(an_import_has_vouchers_alone)
{
    medel_ledger *l = ledger_of(
        TOP("SieEntry") "<Journal id=\"L\"><JournalEntry journalDate=\"2023-12-31Z\">"
                        "<LedgerEntry accountId=\"4510\" amount=\".5\"/>"
                        "<LedgerEntry accountId=\"2510\" amount=\"-0.50\"/>"
                        "</JournalEntry></Journal></SieEntry>");
    const medel_ledger_columns *c = medel_ledger_columns_of(l);
    assert_int_equal(c->nrows, 2);
    assert_int_equal(c->amount[0], 50);
    assert_int_equal(c->amount[1], -50);
    medel_ledger_free(l);
}

TEST(nothing_is_expanded_or_fetched)
{
    refused("<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b "
            "\"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
            "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>\n"
            "<Sie xmlns=\"http://www.sie.se/sie5\"><Journal id=\"&c;\"/></Sie>",
            MEDEL_E_SCHEMA, "f.sie:2:16: error: a DOCTYPE (lolz) is not accepted");
    refused("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
            "<Sie xmlns=\"http://www.sie.se/sie5\"><Journal id=\"&e;\"/></Sie>",
            MEDEL_E_SCHEMA, "a DOCTYPE (x) is not accepted");
    refused("<!DOCTYPE x SYSTEM \"http://example.invalid/x.dtd\">"
            "<Sie xmlns=\"http://www.sie.se/sie5\"/>",
            MEDEL_E_SCHEMA, "a DOCTYPE (x) is not accepted");
    refused(TOP("Sie") "<Journal id=\"&e;\"/></Sie>", MEDEL_E_SYNTAX, "undefined entity");
}

TEST(what_is_refused)
{
    refused("<html><body/></html>", MEDEL_E_SCHEMA, "the root is 'html'");
    refused("<Sie><Journal/></Sie>", MEDEL_E_SCHEMA, "the root is 'Sie'");
    refused("", MEDEL_E_SYNTAX, "no element found");
    refused(TOP("Sie") "<Journal>", MEDEL_E_SYNTAX, "f.sie:3:10: error: not well-formed");
    refused(TOP("Sie") "<Journal id=\"A\"><JournalEntry journalDate=\"2023-02-30\">"
                       "<LedgerEntry accountId=\"1\" amount=\"1,5\"/>"
                       "<LedgerEntry accountId=\"1\" amount=\"1.005\"/>"
                       "<LedgerEntry amount=\"12345678901234567890\"/>"
                       "</JournalEntry></Journal></Sie>",
            MEDEL_E_SCHEMA, "'2023-02-30' is no date");
    refused(TOP("Sie") "<Journal id=\"A\"><JournalEntry journalDate=\"2023-02-03\">"
                       "<LedgerEntry accountId=\"1\" amount=\"1,5\"/>"
                       "<LedgerEntry accountId=\"1\" amount=\"1.005\"/>"
                       "<LedgerEntry amount=\"12345678901234567890\"/>"
                       "</JournalEntry></Journal></Sie>",
            MEDEL_E_SCHEMA, "the attribute 'accountId' is missing");
    refused(HEAD
            "<Accounts><Account id=\"1\" type=\"x\"><OpeningBalance month=\"2020-01\" "
            "amount=\"1\"/></Account></Accounts></Sie>",
            MEDEL_E_SCHEMA, "'2020-01' is in no year of the file");
    char deep[4000] = TOP("Sie");
    for (int i = 0; i < 100; i++)
        strcat(deep, "<Journal>");
    refused(deep, MEDEL_E_LIMIT, "more than 64 levels");
}

/* Every prefix of a file, in memory of its own size. */
TEST(every_prefix_is_refused)
{
    for (size_t len = 0; len + 2 < sizeof small; len++) {
        char *copy = malloc(len ? len : 1);
        assert_non_null(copy);
        memcpy(copy, small, len);
        free(refusal(copy, len, MEDEL_E_SYNTAX));
        free(copy);
    }
}

TEST(by_its_content)
{
    assert_true(medel_sie5_probe(small, sizeof small - 1));
    assert_true(medel_sie5_probe("\xef\xbb\xbf <s:SieEntry>", 16));
    assert_false(medel_sie5_probe("#FLAGGA 0", 9));
    assert_false(medel_sie5_probe("<html>", 6));
    assert_false(medel_sie5_probe("<Sieve>", 7));
    assert_false(medel_sie5_probe("", 0));
}

/* test_ledger.c - ledgers: built, selected from, summed, checked, streamed, written. */
#include "medel_sie.h"
#include "test.h"

#define SMALL "tests/sie/small.se"

static medel_ledger *loaded(const char *path, const medel_ledger_options *o)
{
    medel_ledger *l = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (medel_ledger_load(&l, path, o, d) != MEDEL_OK) {
        char *text = diagnostics_text(d);
        print_error("%s", text);
        free(text);
        fail_msg("%s was to be readable", path);
    }
    medel_diagnostics_free(d);
    return l;
}

static int32_t day(const char *iso)
{
    int32_t d;
    assert_true(medel_date_parse(&d, iso, 10));
    return d;
}

/* ---- a ledger of three vouchers ---- */

static void add_voucher(medel_ledger_builder *b, const char *series, const char *number,
                        const char *date, const char *text, uint32_t line)
{
    const medel_new_voucher v = { series, number, day(date), MEDEL_NO_DAY,
                                  text,   "EK",   line };
    assert_int_equal(medel_ledger_builder_voucher(b, &v, NULL), MEDEL_OK);
}

static void add_row(medel_ledger_builder *b, medel_row_kind kind, const char *account,
                    const char *object, int64_t amount, const char *text, uint32_t line)
{
    const medel_object_name o = { "1", object };
    const medel_new_row row = { kind,         account, &o,   object != NULL, amount,
                                MEDEL_NO_DAY, text,    NULL, NULL,           line };
    assert_int_equal(medel_ledger_builder_row(b, &row, NULL), MEDEL_OK);
}

static medel_ledger_builder *three(void)
{
    static const char *const rar[] = { "0", "20230101", "20231231" };
    static const char *const name[] = { "F\xC3\xB6rbundet \"X\"" };
    medel_ledger_builder *b;
    assert_int_equal(medel_ledger_builder_new(&b, "bok.csv", NULL), MEDEL_OK);
    assert_int_equal(medel_ledger_builder_item(b, "FNAMN", name, 1, NULL), MEDEL_OK);
    assert_int_equal(medel_ledger_builder_item(b, "RAR", rar, 3, NULL), MEDEL_OK);
    static const char *const accounts[][2] = { { "1930", "Bank" },
                                               { "3010", "Bidrag" },
                                               { "30105", "Bidrag, del" },
                                               { "4010", "K\xC3\xB6p" } };
    for (size_t i = 0; i < COUNT(accounts); i++)
        assert_int_equal(medel_ledger_builder_account(b, accounts[i][0], accounts[i][1],
                                                      "TIIK"[i], NULL),
                         MEDEL_OK);
    assert_int_equal(medel_ledger_builder_dimension(b, "1", "St\xC3\xA4lle", NULL, NULL),
                     MEDEL_OK);
    assert_int_equal(medel_ledger_builder_object(b, "1", "10", "Kansli", NULL), MEDEL_OK);
    assert_int_equal(
        medel_ledger_builder_balance(
            b,
            &(medel_new_balance){ MEDEL_BALANCE_UB, 0, 0, "1930", NULL, 0, 15000, NULL },
            NULL),
        MEDEL_OK);
    add_voucher(b, "A", "1", "2023-01-05",
                "Inbetalning \xC3\x96"
                "rebro",
                2);
    add_row(b, MEDEL_ROW_TRANS, "1930", NULL, 10000, NULL, 2);
    add_row(b, MEDEL_ROW_TRANS, "3010", "10", -10000, "r\nad", 3);
    add_voucher(b, "A", "2", "2023-02-05", "Mer", 4);
    add_row(b, MEDEL_ROW_BTRANS, "4010", NULL, 1, NULL, 4);
    add_row(b, MEDEL_ROW_TRANS, "1930", NULL, 7500, NULL, 5);
    add_row(b, MEDEL_ROW_TRANS, "30105", "10", -7500, NULL, 6);
    add_voucher(b, "B", "1", "2023-02-28", "Ink\xC3\xB6p C:\\", 7);
    add_row(b, MEDEL_ROW_TRANS, "4010", "10", 2500, "papper", 8);
    add_row(b, MEDEL_ROW_TRANS, "1930", NULL, -2500, NULL, 9);
    return b;
}

static medel_ledger *small(void)
{
    medel_ledger *l;
    medel_ledger_builder *b = three();
    assert_int_equal(medel_ledger_builder_finish(&l, b, NULL, NULL), MEDEL_OK);
    medel_ledger_builder_free(b);
    return l;
}

TEST(a_built_ledger_has_what_was_put_in)
{
    char buf[100];
    medel_ledger *l = small();
    medel_voucher v;
    medel_ledger_row r;
    const medel_ledger_head *h = medel_ledger_head_of(l);
    assert_string_equal(h->fnamn, "F\xC3\xB6rbundet \"X\"");
    assert_string_equal(h->type, "4E");
    assert_true(medel_ledger_voucher(l, 2, &v));
    assert_int_equal(v.line, 7);
    assert_int_equal(v.debit, 2500);
    assert_int_equal(v.sum, 0);
    medel_ledger_voucher_text(l, 2, MEDEL_TEXT_TEXT, buf, sizeof buf);
    assert_string_equal(buf, "Ink\xC3\xB6p C:\\ "); /* \" would not end the field */
    medel_ledger_voucher_text(l, 2, MEDEL_TEXT_SIGN, buf, sizeof buf);
    assert_string_equal(buf, "EK");
    assert_true(medel_ledger_row_get(l, 1, &r));
    assert_int_equal(r.line, 3);
    assert_int_equal(r.day, day("2023-01-05"));
    assert_int_equal(medel_ledger_row_text(l, 1, MEDEL_TEXT_TEXT, buf, sizeof buf), 4);
    assert_string_equal(buf, "r ad");
    assert_true(medel_ledger_row_get(l, 6, &r)); /* the trail comes last */
    assert_int_equal(r.kind, MEDEL_ROW_BTRANS);
    assert_int_equal(r.voucher, 1);
    assert_int_equal(r.line, 4);
    assert_false(medel_ledger_row_get(l, 7, &r));
    assert_false(medel_ledger_voucher(l, 3, &v));
    assert_int_equal(medel_ledger_voucher_find(l, "B", "1", 0), 2);
    assert_int_equal(medel_ledger_voucher_find(l, "B", "01", 0), MEDEL_NO_INDEX);
    assert_int_equal(medel_ledger_errors(l), 0);
    medel_ledger_free(l);
}

TEST(a_builder_refuses_what_no_ledger_has)
{
    medel_error err;
    medel_ledger_builder *b;
    assert_int_equal(medel_ledger_builder_new(&b, "x", NULL), MEDEL_OK);
    const medel_new_row early = { MEDEL_ROW_TRANS, "1930", NULL, 0,    1,
                                  MEDEL_NO_DAY,    NULL,   NULL, NULL, 0 };
    assert_int_equal(medel_ledger_builder_row(b, &early, &err), MEDEL_E_SCHEMA);
    assert_string_equal(err.message, "a row before any voucher");
    const medel_new_voucher undated = {
        "A", "1", MEDEL_NO_DAY, MEDEL_NO_DAY, "", NULL, 0
    };
    assert_int_equal(medel_ledger_builder_voucher(b, &undated, &err), MEDEL_E_SCHEMA);
    const char *const latin[] = { "F\xF6rbundet" };
    assert_int_equal(medel_ledger_builder_item(b, "FNAMN", latin, 1, &err),
                     MEDEL_E_SCHEMA);
    assert_int_equal(medel_ledger_builder_item(b, "VER", latin, 1, &err), MEDEL_E_SCHEMA);
    assert_int_equal(medel_ledger_builder_item(b, "NYTT", latin, 1, &err),
                     MEDEL_E_SCHEMA);
    assert_int_equal(
        medel_ledger_builder_balance(
            b, &(medel_new_balance){ MEDEL_BALANCE_IB, 1, 0, "1930", NULL, 0, 1, NULL },
            &err),
        MEDEL_E_SCHEMA);
    medel_ledger_builder_free(b);
}

/* ---- filters ---- */

/* The rows of a filter as "0 3 5". */
static const char *rows_of(const medel_ledger *l, const medel_ledger_filter *f)
{
    static char text[200];
    medel_ledger_query *q;
    uint32_t rows[2];
    int len = 0;
    medel_error err = { MEDEL_OK, "" };
    if (medel_ledger_query_new(&q, l, f, NULL, &err) != MEDEL_OK) {
        snprintf(text, sizeof text, "%s", err.message);
        return text;
    }
    *text = '\0';
    for (size_t n; (n = medel_ledger_query_next(q, rows, 2)) > 0;) {
        for (size_t i = 0; i < n; i++)
            len += snprintf(text + len, sizeof text - (size_t)len, "%s%u", len ? " " : "",
                            (unsigned)rows[i]);
    }
    medel_ledger_query_free(q);
    return text;
}

TEST(a_filter_lets_through_what_it_says)
{
    medel_ledger *l = small();
    const unsigned trail = 1u << MEDEL_ROW_BTRANS, both = trail | 1u << MEDEL_ROW_TRANS;
    const struct {
        medel_ledger_filter f;
        const char *rows;
    } cases[] = {
        { { .accounts = NULL }, "0 1 2 3 4 5" },
        { { .accounts = "3010" }, "1 3" },
        { { .accounts = "30105" }, "3" },
        { { .accounts = "3" }, "1 3" },
        { { .accounts = "19-30104" }, "0 1 2 5" },
        { { .accounts = "1930-3010" }, "0 1 2 3 5" },
        { { .accounts = "4, 1930" }, "0 2 4 5" },
        { { .accounts = "9" }, "" },
        { { .accounts = "4-3" }, "'4-3' ends before it begins" },
        { { .accounts = "4-" }, "'4-' names no accounts" },
        { { .has_from = true, .from = day("2023-02-05") }, "2 3 4 5" },
        { { .has_to = true, .to = day("2023-02-05") }, "0 1 2 3" },
        { { .has_to = true, .to = -100000 }, "" },
        { { .has_from = true, .from = 100000 }, "" },
        { { .series = "B" }, "4 5" },
        { { .series = "C" }, "" },
        { { .dimension = "1" }, "1 3 4" },
        { { .dimension = "1", .object = "10", .accounts = "4" }, "4" },
        { { .dimension = "1", .object = "11" }, "" },
        { { .object = "10" }, "an object needs its dimension" },
        { { .has_low = true, .low = 7500 }, "0 2" },
        { { .has_high = true, .high = -2500 }, "1 3 5" },
        { { .has_low = true, .low = 7500, .absolute = true }, "0 1 2 3" },
        { { .text = "PAPPER" }, "4" },
        { { .text = "\xC3\xB6rebro" }, "0 1" }, /* of the voucher, whatever case */
        { { .text = "INK\xC3\x96P" }, "4 5" },
        { { .sign = "EK" }, "0 1 2 3 4 5" },
        { { .sign = "ek" }, "" },
        { { .kinds = trail }, "6" },
        { { .kinds = both, .accounts = "4" }, "4 6" },
        { { .kinds = trail, .series = "A" }, "6" },
        { { .kinds = trail, .series = "B" }, "" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *rows = rows_of(l, &cases[i].f);
        if (strcmp(rows, cases[i].rows) != 0)
            fail_msg("case %zu: '%s', not '%s'", i, rows, cases[i].rows);
    }
    medel_ledger_free(l);
}

TEST(sums_are_those_of_the_rows)
{
    medel_ledger *l = small();
    medel_ledger_filter f = { .accounts = "1930" };
    medel_ledger_sum s;
    int64_t net;
    assert_int_equal(medel_ledger_sum_of(&s, l, &f, NULL), MEDEL_OK);
    assert_int_equal(s.net, 15000);
    assert_int_equal(s.debit, 17500);
    assert_int_equal(s.credit, -2500);
    assert_int_equal(s.rows, 3);
    assert_int_equal(medel_ledger_balance(&net, l, &f, NULL), MEDEL_OK);
    assert_int_equal(net, 15000);
    f.has_to = true;
    f.to = day("2023-02-27");
    assert_int_equal(medel_ledger_balance(&net, l, &f, NULL), MEDEL_OK);
    assert_int_equal(net, 17500);
    f.text = "mer";
    assert_int_equal(medel_ledger_balance(&net, l, &f, NULL), MEDEL_OK);
    assert_int_equal(net, 7500);
    medel_ledger_free(l);
}

/* Groups as "label/label net rows vouchers; ..." */
static const char *groups_of(const medel_ledger *l, const medel_ledger_grouping *by)
{
    static char text[500];
    medel_ledger_groups *g;
    const medel_ledger_group *all;
    medel_error err;
    if (medel_ledger_groups_new(&g, l, NULL, by, NULL, &err) != MEDEL_OK) {
        snprintf(text, sizeof text, "%s", err.message);
        return text;
    }
    const size_t n = medel_ledger_groups_get(g, &all);
    int len = 0;
    *text = '\0';
    for (size_t i = 0; i < n; i++)
        len += snprintf(text + len, sizeof text - (size_t)len, "%s/%s %ld %u %u;",
                        all[i].label[0], all[i].label[1], (long)all[i].sum.net,
                        (unsigned)all[i].sum.rows, (unsigned)all[i].vouchers);
    medel_ledger_groups_free(g);
    return text;
}

TEST(groups_are_by_the_keys)
{
    medel_ledger *l = small();
    const struct {
        medel_ledger_grouping by;
        const char *groups;
    } cases[] = {
        { { { MEDEL_KEY_ACCOUNT, MEDEL_KEY_NONE }, 0, NULL },
          "1930/ 15000 3 3;3010/ -10000 1 1;30105/ -7500 1 1;4010/ 2500 1 1;" },
        { { { MEDEL_KEY_ACCOUNT, MEDEL_KEY_NONE }, 2, NULL },
          "19/ 15000 3 3;30/ -17500 2 2;40/ 2500 1 1;" },
        { { { MEDEL_KEY_MONTH, MEDEL_KEY_SERIES }, 0, NULL },
          "202301/A 0 2 1;202302/A 0 2 1;202302/B 0 2 1;" },
        { { { MEDEL_KEY_OBJECT, MEDEL_KEY_NONE }, 0, "1" },
          "10/ -15000 3 3;/ 15000 3 3;" },
        { { { MEDEL_KEY_SIGN, MEDEL_KEY_NONE }, 0, NULL }, "EK/ 0 6 3;" },
        { { { MEDEL_KEY_OBJECT, MEDEL_KEY_NONE }, 0, NULL },
          "objects are of a dimension: name it" },
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(groups_of(l, &cases[i].by), cases[i].groups);
    medel_ledger_free(l);
}

TEST(sums_by_day_are_those_of_the_columns)
{
    /* A file with so many rows that sums by account and day are kept. */
    medel_ledger_builder *b = three();
    medel_ledger *l;
    char number[16];
    for (int i = 0; i < 2000; i++) {
        snprintf(number, sizeof number, "%d", i);
        add_voucher(b, "M", number, i % 2 ? "2023-03-01" : "2023-03-02", "", 0);
        add_row(b, MEDEL_ROW_TRANS, "1930", NULL, i, NULL, 0);
        add_row(b, MEDEL_ROW_TRANS, "4010", NULL, -i, NULL, 0);
    }
    assert_int_equal(medel_ledger_builder_finish(&l, b, NULL, NULL), MEDEL_OK);
    medel_ledger_builder_free(b);
    for (int32_t d = day("2022-12-30"); d < day("2023-03-05"); d++) {
        const medel_ledger_filter f = {
            .accounts = "19", .has_from = true, .from = d, .has_to = true, .to = d + 20
        };
        medel_ledger_sum s;
        int64_t net;
        assert_int_equal(medel_ledger_sum_of(&s, l, &f, NULL), MEDEL_OK);
        assert_int_equal(medel_ledger_balance(&net, l, &f, NULL), MEDEL_OK);
        assert_int_equal(net, s.net);
    }
    medel_ledger_free(l);
}

/* ---- options ---- */

TEST(strict_refuses_what_tolerant_lists)
{
    medel_ledger *l;
    const medel_ledger_options strict = { .strict = true };
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    assert_int_equal(medel_ledger_load(&l, "tests/sie/cases/orgnr_3.se", &strict, d),
                     MEDEL_E_SCHEMA);
    assert_null(l);
    char *text = diagnostics_text(d);
    assert_text_contains(text, "orgnr_3.se:6: error: #ORGNR: the check digit");
    free(text);
    medel_diagnostics_free(d);
    l = loaded("tests/sie/cases/good.se", &strict);
    medel_ledger_free(l);
}

static bool has(const medel_ledger *l, const char *code)
{
    const medel_ledger_deviation *d;
    const size_t n = medel_ledger_deviations(l, &d);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(d[i].code, code) == 0)
            return true;
    }
    return false;
}

TEST(an_encoding_can_be_told)
{
    medel_encoding e;
    assert_true(medel_encoding_parse(&e, "ISO_8859-1"));
    assert_int_equal(e, MEDEL_ENCODING_LATIN1);
    const medel_ledger_options o = { .encoding = e };
    assert_false(medel_encoding_parse(&e, "ebcdic"));
    assert_int_equal(e, MEDEL_ENCODING_AUTO);
    medel_ledger *l = loaded("tests/sie/cases/encoding_mixed.se", &o);
    assert_true(has(l, "encoding_forced"));
    assert_int_equal(medel_ledger_head_of(l)->encoding, MEDEL_ENCODING_LATIN1);
    medel_ledger_free(l);
}

typedef struct source {
    const char *text;
    size_t len, at, piece, after; /* fails at 'after', if not 0 */
} source;

static ptrdiff_t from_source(void *ud, char *buf, size_t size)
{
    source *s = ud;
    size_t n = s->len - s->at < s->piece ? s->len - s->at : s->piece;
    n = n < size ? n : size;
    if (s->after && s->at >= s->after)
        return -1;
    memcpy(buf, s->text + s->at, n);
    s->at += n;
    return (ptrdiff_t)n;
}

typedef struct heard {
    unsigned vouchers, rows, ends, stop;
    int64_t sum;
    char text[64];
} heard;

static bool hear(void *ud, const medel_ledger *l, const medel_ledger_event *e)
{
    heard *h = ud;
    h->vouchers += e->kind == MEDEL_EVENT_VOUCHER;
    h->ends += e->kind == MEDEL_EVENT_END;
    if (e->kind == MEDEL_EVENT_ROW) {
        h->rows++;
        h->sum += e->row.kind == MEDEL_ROW_TRANS ? e->row.amount : 0;
        if (h->rows == 2)
            medel_ledger_event_text(l, e, MEDEL_TEXT_TEXT, h->text, sizeof h->text);
    }
    return !h->stop || h->rows < h->stop;
}

static bool drop(void *ud, const char *bytes, size_t len)
{
    (void)bytes;
    *(size_t *)ud += len;
    return true;
}

TEST(a_stream_tells_of_vouchers_and_rows)
{
    size_t len;
    char *text = file_text(SMALL, &len);
    for (size_t piece = 1; piece < 2000; piece = piece * 3 + 1) {
        heard h = { 0 };
        source s = { text, len, 0, piece, 0 };
        const medel_ledger_options o = { .stream = true, .event = hear, .event_ud = &h };
        medel_ledger *l;
        assert_int_equal(medel_ledger_read_stream(
                             &l, &(medel_stream){ "s.se", from_source, &s }, &o, NULL),
                         MEDEL_OK);
        assert_int_equal(h.vouchers, 2);
        assert_int_equal(h.ends, 2);
        assert_int_equal(h.rows, 6);
        assert_int_equal(h.sum, 0);
        assert_string_equal(h.text, "text");
        assert_int_equal(medel_ledger_columns_of(l)->nrows, 0);
        medel_account_total t;
        medel_ledger_total(l, medel_ledger_account_find(l, "1930"), &t);
        assert_int_equal(t.net, 5150);
        medel_ledger_written w;
        assert_int_equal(medel_ledger_write(l, NULL, drop, NULL, &w, NULL),
                         MEDEL_E_DOMAIN);
        medel_ledger_free(l);
    }
    medel_text_free(text, len, NULL);
}

TEST(a_stream_that_fails_or_is_stopped_says_so)
{
    size_t len;
    char *text = file_text(SMALL, &len);
    medel_ledger *l;
    source s = { text, len, 0, 100, 300 };
    assert_int_equal(medel_ledger_read_stream(
                         &l, &(medel_stream){ "s.se", from_source, &s }, NULL, NULL),
                     MEDEL_E_IO);
    heard h = { .stop = 2 };
    const medel_ledger_options o = { .stream = true, .event = hear, .event_ud = &h };
    assert_int_equal(medel_ledger_read(&l, &(medel_input){ "s.se", text, len }, &o, NULL),
                     MEDEL_E_STOPPED);
    const medel_ledger_options limited = { .limit = 100 };
    assert_int_equal(medel_ledger_load(&l, SMALL, &limited, NULL), MEDEL_E_LIMIT);
    assert_int_equal(medel_ledger_load(&l, "tests", NULL, NULL), MEDEL_E_IO);
    assert_int_equal(medel_ledger_load(&l, "tests/sie/none.se", NULL, NULL), MEDEL_E_IO);
    assert_null(l);
    medel_text_free(text, len, NULL);
}

/* A file whose first MiB is ASCII, so that its encoding is known late. */
TEST(an_encoding_that_shows_late_is_found)
{
    const char *head = "#FLAGGA 0\n#SIETYP 4\n#KONTO 1930 \"Bank\"\n#KONTO 3010 \"B\"\n";
    const char *row = "#TRANS 1930 {} 1\n#TRANS 3010 {} -1\n";
    const char *last = "#PROSA \"p\xC3\xA5\"\n";
    const size_t n = 80000;
    char *text = malloc(strlen(head) + n * strlen(row) + 100), *p = text;
    assert_non_null(text);
    p += sprintf(p, "%s#VER A 1 20230101 \"\"\n{\n", head);
    for (size_t i = 0; i < n; i++)
        p += sprintf(p, "%s", row);
    p += sprintf(p, "}\n%s", last);
    medel_ledger *l;
    assert_int_equal(medel_ledger_read(&l,
                                       &(medel_input){ "x.se", text, (size_t)(p - text) },
                                       NULL, NULL),
                     MEDEL_OK);
    assert_int_equal(medel_ledger_head_of(l)->encoding, MEDEL_ENCODING_UTF8);
    assert_string_equal(medel_ledger_head_of(l)->prosa, "p\xC3\xA5");
    assert_int_equal(medel_ledger_columns_of(l)->nrows, 2 * n);
    medel_ledger_row r;
    assert_true(medel_ledger_row_get(l, (uint32_t)(2 * n - 1), &r));
    assert_int_equal(r.line, 2 * n + 6);
    medel_ledger_free(l);
    source s = { text, (size_t)(p - text), 0, 65536, 0 };
    const medel_ledger_options o = { .stream = true };
    assert_int_equal(medel_ledger_read_stream(
                         &l, &(medel_stream){ "x.se", from_source, &s }, &o, NULL),
                     MEDEL_OK);
    assert_true(has(l, "encoding_changed"));
    medel_ledger_free(l);
    free(text);
}

/* ---- allocations ---- */

typedef struct budget {
    long calls, fail_at, live; /* bytes, by the sizes that the allocator is told */
    bool after;
} budget;

static void *counted(void *ud, void *ptr, size_t osize, size_t nsize)
{
    budget *b = ud;
    const long change = (long)nsize - (ptr ? (long)osize : 0);
    if (!nsize || (ptr && nsize < osize)) { /* giving back cannot fail, as in Lua */
        b->live += change;
        if (nsize)
            return realloc(ptr, nsize);
        free(ptr);
        return NULL;
    }
    b->calls++;
    if (b->fail_at && (b->calls == b->fail_at || (b->after && b->calls > b->fail_at)))
        return NULL;
    void *p = realloc(ptr, nsize);
    b->live += p ? change : 0;
    return p;
}

/* Everything that allocates. */
static medel_status work(const char *text, size_t len, budget *b, bool stream)
{
    const medel_ledger_options o = { .allocator = &(medel_allocator){ counted, b },
                                     .stream = stream };
    const medel_ledger_grouping by = { { MEDEL_KEY_ACCOUNT, MEDEL_KEY_OBJECT }, 2, "1" };
    const medel_ledger_filter f = { .accounts = "1", .dimension = "1", .text = "n" };
    const medel_ledger_write_options two = { "2", MEDEL_ENCODING_AUTO, false, true };
    medel_ledger *l;
    medel_ledger_checks *c = NULL;
    medel_ledger_groups *g = NULL;
    medel_ledger_query *q = NULL;
    size_t written = 0;
    medel_status st =
        medel_ledger_read(&l, &(medel_input){ "s.se", text, len }, &o, NULL);
    if (st != MEDEL_OK)
        return st;
    st = medel_ledger_checks_new(&c, l, &(medel_allocator){ counted, b });
    if (st == MEDEL_OK)
        st = medel_ledger_groups_new(&g, l, &f, &by, &(medel_allocator){ counted, b },
                                     NULL);
    if (st == MEDEL_OK)
        st = medel_ledger_query_new(&q, l, &f, &(medel_allocator){ counted, b }, NULL);
    if (st == MEDEL_OK && !stream)
        st = medel_ledger_write(l, &two, drop, &written, NULL, NULL);
    medel_ledger_query_free(q);
    medel_ledger_groups_free(g);
    medel_ledger_checks_free(c);
    medel_ledger_free(l);
    return st;
}

static medel_status build(const char *text, size_t len, budget *b, bool unused)
{
    (void)text, (void)len, (void)unused;
    const medel_new_voucher v = { "A", "1", 19000, 19001, "text", "EK", 1 };
    const medel_new_row row = { MEDEL_ROW_TRANS, "1930", NULL, 0,    1,
                                MEDEL_NO_DAY,    "t",    NULL, NULL, 1 };
    medel_ledger_builder *builder;
    medel_ledger *l = NULL;
    medel_status st =
        medel_ledger_builder_new(&builder, "b", &(medel_allocator){ counted, b });
    if (st != MEDEL_OK)
        return st;
    st = medel_ledger_builder_account(builder, "1930", "Bank", 'T', NULL);
    if (st == MEDEL_OK)
        st = medel_ledger_builder_voucher(builder, &v, NULL);
    for (int i = 0; i < 100 && st == MEDEL_OK; i++)
        st = medel_ledger_builder_row(builder, &row, NULL);
    if (st == MEDEL_OK)
        st = medel_ledger_builder_finish(&l, builder, NULL, NULL);
    medel_ledger_free(l);
    medel_ledger_builder_free(builder);
    return st;
}

TEST(every_allocation_of_a_ledger_can_fail)
{
    medel_status (*const works[])(const char *, size_t, budget *, bool) = { work, work,
                                                                            build };
    size_t len;
    char *text = file_text(SMALL, &len);
    for (size_t w = 0; w < COUNT(works); w++) {
        budget all = { 0, 0, 0, false };
        assert_int_equal(works[w](text, len, &all, w == 1), MEDEL_OK);
        assert_int_equal(all.live, 0);
        for (int after = 0; after < 2; after++) {
            for (long i = 1; i <= all.calls; i++) {
                budget b = { 0, i, 0, after == 1 };
                const medel_status st = works[w](text, len, &b, w == 1);
                if (st != MEDEL_E_NOMEM || b.live)
                    fail_msg("work %zu, allocation %ld of %ld: %s, %ld bytes live", w, i,
                             all.calls, medel_status_name(st), b.live);
            }
        }
    }
    medel_text_free(text, len, NULL);
}

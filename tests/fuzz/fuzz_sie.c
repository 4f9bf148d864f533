/* fuzz_sie.c - any bytes as a SIE file: every width of vectors reads the same, a stream
   comes to the same sums, and what is written can be read again. */
#include "medel_sie.h"
#include "fuzz.h"

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

static uint64_t mix_text(uint64_t h, const char *s)
{
    for (; s && *s; s++)
        h = mix(h, (unsigned char)*s);
    return mix(h, s ? 1 : 2);
}

static uint64_t mix_rows(uint64_t h, const medel_ledger *l)
{
    char buf[256];
    const medel_ledger_columns *c = medel_ledger_columns_of(l);
    for (uint32_t i = 0; i < c->nrows + c->ntrail; i++) {
        medel_ledger_row r;
        HOLDS(medel_ledger_row_get(l, i, &r));
        HOLDS(r.voucher < c->nvouchers && r.line > 0);
        h = mix(mix(mix(h, (uint64_t)r.amount), r.account), r.line);
        h = mix(mix(mix(h, r.objects), (uint64_t)r.day), r.kind);
        for (int f = MEDEL_TEXT_SOURCE; f <= MEDEL_TEXT_QUANTITY; f++) {
            medel_ledger_row_text(l, i, (medel_ledger_text)f, buf, sizeof buf);
            HOLDS(medel_text_plain(buf, strlen(buf)) || strchr(buf, '\xE2')
                  || strchr(buf, '\xEF') || strchr(buf, '\xD8'));
            h = mix_text(h, buf);
        }
    }
    return h;
}

/* Everything that can be asked of a ledger, as one number. */
static uint64_t digest(const medel_ledger *l)
{
    char buf[256];
    uint64_t h = medel_ledger_errors(l);
    const medel_ledger_deviation *d;
    size_t n = medel_ledger_deviations(l, &d);
    for (size_t i = 0; i < n; i++)
        h = mix(mix(mix_text(mix_text(h, d[i].code), d[i].text), d[i].line), d[i].count);
    const medel_account *a;
    n = medel_ledger_accounts(l, &a);
    for (size_t i = 0; i < n; i++) {
        HOLDS(medel_ledger_account_find(l, a[i].number) != MEDEL_NO_INDEX);
        h = mix_text(mix_text(h, a[i].number), a[i].name);
    }
    const size_t vouchers = medel_ledger_columns_of(l)->nvouchers;
    for (uint32_t i = 0; i < vouchers; i++) {
        medel_voucher v;
        HOLDS(medel_ledger_voucher(l, i, &v));
        h = mix(mix(mix(h, v.line), v.count), (uint64_t)v.sum);
        medel_ledger_voucher_text(l, i, MEDEL_TEXT_TEXT, buf, sizeof buf);
        h = mix_text(h, buf);
    }
    medel_ledger_checks *c;
    const medel_ledger_check *k;
    HOLDS(medel_ledger_checks_new(&c, l, NULL) == MEDEL_OK);
    n = medel_ledger_checks_get(c, &k);
    for (size_t i = 0; i < n; i++)
        h = mix(mix(mix(h, k[i].kind), (uint64_t)k[i].stated), (uint64_t)k[i].found);
    medel_ledger_checks_free(c);
    return mix_rows(h, l);
}

static medel_status read_it(medel_ledger **l, const uint8_t *data, size_t size,
                            unsigned lanes, bool stream)
{
    const medel_ledger_options o = { .lanes = lanes, .stream = stream, .borrow = true };
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    HOLDS(d != NULL);
    const medel_status st =
        medel_ledger_read(l, &(medel_input){ "f.se", (const char *)data, size }, &o, d);
    fuzz_messages(d, st);
    HOLDS((st == MEDEL_OK) == (*l != NULL));
    medel_diagnostics_free(d);
    return st;
}

static void same_totals(const medel_ledger *a, const medel_ledger *b)
{
    const medel_account *x, *y;
    const size_t n = medel_ledger_accounts(a, &x);
    HOLDS(medel_ledger_accounts(b, &y) == n);
    for (uint32_t i = 0; i < n; i++) {
        medel_account_total s, t;
        medel_ledger_total(a, i, &s);
        medel_ledger_total(b, i, &t);
        HOLDS(s.net == t.net && s.debit == t.debit && s.rows == t.rows);
    }
}

typedef struct bytes {
    char *data;
    size_t len, room;
} bytes;

static bool keep(void *ud, const char *p, size_t len)
{
    bytes *b = ud;
    if (b->room - b->len < len) {
        b->room = 2 * b->room + len;
        b->data = realloc(b->data, b->room);
        HOLDS(b->data != NULL);
    }
    memcpy(b->data + b->len, p, len);
    b->len += len;
    return true;
}

static void there_and_back(const medel_ledger *l)
{
    static const medel_ledger_write_options utf8 = { NULL, MEDEL_ENCODING_UTF8, true,
                                                     false };
    bytes b = { NULL, 0, 0 };
    medel_ledger *again = NULL;
    medel_ledger_written w;
    HOLDS(medel_ledger_write(l, &utf8, keep, &b, &w, NULL) == MEDEL_OK
          && w.bytes == b.len);
    const medel_ledger_options o = { .encoding = MEDEL_ENCODING_UTF8 };
    if (b.len
        && medel_ledger_read(&again, &(medel_input){ "f.se", b.data, b.len }, &o, NULL)
               == MEDEL_OK) {
        const medel_ledger_columns *c = medel_ledger_columns_of(l);
        const medel_ledger_columns *k = medel_ledger_columns_of(again);
        HOLDS(c->nrows == k->nrows && c->ntrail == k->ntrail);
        for (size_t i = 0; i < c->nrows; i++)
            HOLDS(c->amount[i] == k->amount[i]);
    }
    medel_ledger_free(again);
    free(b.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    medel_ledger *plain, *wide, *stream;
    const medel_status st = read_it(&plain, data, size, 8, false);
    HOLDS(read_it(&wide, data, size, 0, false) == st);
    const medel_status streamed = read_it(&stream, data, size, 16, true);
    if (plain) {
        HOLDS(digest(plain) == digest(wide));
        HOLDS(streamed == MEDEL_OK);
        same_totals(plain, stream);
        HOLDS(medel_ledger_errors(plain) == medel_ledger_errors(stream));
        there_and_back(plain);
    }
    medel_ledger_free(plain);
    medel_ledger_free(wide);
    medel_ledger_free(stream);
    return 0;
}

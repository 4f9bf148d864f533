/* ledger_query.c - rows that a filter lets through, and their sums. */
#include "ledger_query.h"

#include <string.h>

/* ---- accounts by name ---- */

/* -1, 0, 1: the number's beginning against a bound; 0 is "begins with it". */
static int against(const char *number, const char *bound, size_t len)
{
    const int order = strncmp(number, bound, len);
    return (order > 0) - (order < 0);
}

/* What one name of accounts says: numbers from 'low' to 'high', beginnings both; or, with
   an equals sign before it, the one number itself. */
typedef struct range {
    const char *low, *high;
    size_t nlow, nhigh;
    bool exact;
} range;

static range range_of(const char *p, size_t len)
{
    const bool exact = len && *p == '=';
    const char *dash = len && !exact ? memchr(p + 1, '-', len - 1) : NULL;
    const size_t low = dash ? (size_t)(dash - p) : len - exact;
    return (range){ p + exact, dash ? dash + 1 : p + exact, low,
                    dash ? len - low - 1 : low, exact };
}

static bool in_range(const range *r, const char *number)
{
    if (r->exact && strlen(number) != r->nlow)
        return false;
    return against(number, r->low, r->nlow) >= 0
           && against(number, r->high, r->nhigh) <= 0;
}

static medel_status add_range(const medel_ledger *l, const char *p, size_t len,
                              unsigned char *member, medel_error *err)
{
    const range r = range_of(p, len);
    if (!r.nlow || !r.nhigh)
        return medel_fail(err, MEDEL_E_SCHEMA, "'%.*s' names no accounts", (int)len, p);
    const size_t common = r.nlow < r.nhigh ? r.nlow : r.nhigh;
    if (strncmp(r.low, r.high, common) > 0)
        return medel_fail(err, MEDEL_E_SCHEMA, "'%.*s' ends before it begins", (int)len,
                          p);
    for (size_t i = 0; i < l->accounts.count; i++) {
        if (in_range(&r, ACCOUNTS(l)[i].number))
            member[i] = 1;
    }
    return MEDEL_OK;
}

bool medel_ledger_account_in(const char *accounts, const char *number)
{
    MEDEL_NEEDS_OR(false, number);
    while (accounts && *accounts) {
        const size_t skip = strspn(accounts, ", "), len = strcspn(accounts + skip, ", ");
        const range r = range_of(accounts + skip, len);
        if (len && r.nlow && r.nhigh && in_range(&r, number))
            return true;
        accounts += skip + len;
    }
    return !accounts;
}

medel_status medel_ledger_members(const medel_ledger *l, const char *spec,
                                  unsigned char *member, medel_error *err)
{
    memset(member, 0, l->accounts.count);
    while (*spec) {
        const size_t skip = strspn(spec, ", "), len = strcspn(spec + skip, ", ");
        spec += skip;
        const medel_status st = len ? add_range(l, spec, len, member, err) : MEDEL_OK;
        if (st != MEDEL_OK)
            return st;
        spec += len;
    }
    return MEDEL_OK;
}

/* ---- the filter, made ready ---- */

void medel_fold(char *s)
{
    for (; *s; s++) {
        unsigned char *b = (unsigned char *)s;
        if (*b >= 'A' && *b <= 'Z')
            *b = (unsigned char)(*b + 32);
        else if (*b == 0xC3 && b[1] >= 0x80 && b[1] <= 0x9E && b[1] != 0x97)
            b[1] = (unsigned char)(b[1] + 32); /* À..Þ */
    }
}

static uint16_t day_column(int32_t day, bool upper)
{
    const int64_t v = (int64_t)day - MEDEL_LEDGER_DAY_ZERO;
    if (v < 1)
        return upper ? 0 : 1;
    return v > UINT16_MAX ? UINT16_MAX : (uint16_t)v;
}

static void ready_days(medel_ledger_query *q, const medel_ledger_filter *f)
{
    q->any_day = !f->has_from && !f->has_to;
    q->from = f->has_from ? day_column(f->from, false) : 1;
    q->to = f->has_to ? day_column(f->to, true) : UINT16_MAX;
    if (f->has_from && (int64_t)f->from - MEDEL_LEDGER_DAY_ZERO > UINT16_MAX)
        q->nothing = true;
    q->nothing |= q->to < q->from;
}

static void ready_series(medel_ledger_query *q, const char *name)
{
    const medel_series *s = SERIES(q->l);
    q->series = MEDEL_NO_INDEX;
    for (size_t i = 0; i < q->l->series.count && name; i++) {
        if (strcmp(s[i].name, name) == 0)
            q->series = (uint32_t)i;
    }
    q->by_series = name != NULL;
    q->nothing |= name && q->series == MEDEL_NO_INDEX;
}

bool medel_list_matches(const medel_ledger *l, uint32_t list, const char *dimension,
                        const char *object)
{
    const medel_dimension_decl *d = l->dimensions.data;
    const uint32_t *objects;
    const size_t n = medel_ledger_object_list(l, list, &objects);
    for (size_t i = 0; i < n; i++) {
        const medel_object *o = &OBJECTS(l)[objects[i]];
        if (strcmp(d[o->dimension].number, dimension) == 0
            && (!object || strcmp(o->number, object) == 0))
            return true;
    }
    return false;
}

/* A bit for each object list. */
static void ready_objects(medel_ledger_query *q, const char *dimension,
                          const char *object)
{
    if (!dimension)
        return;
    q->lists = MEDEL_NEW(&q->arena, uint64_t, q->l->nlists / 64 + 1);
    for (size_t i = 0; i < q->l->nlists; i++) {
        if (medel_list_matches(q->l, (uint32_t)i, dimension, object))
            q->lists[i / 64] |= (uint64_t)1 << (i % 64);
    }
}

static char *copied(medel_arena *a, const char *s)
{
    return s ? medel_arena_text(a, s, strlen(s)) : NULL;
}

static medel_status ready(medel_ledger_query *q, const medel_ledger_filter *f,
                          medel_error *err)
{
    q->kinds = f->kinds ? f->kinds : 1u << MEDEL_ROW_TRANS;
    q->low = f->has_low ? f->low : INT64_MIN;
    q->high = f->has_high ? f->high : INT64_MAX;
    q->absolute = f->absolute;
    q->any_amount = !f->has_low && !f->has_high;
    if (f->object && !f->dimension)
        return medel_fail(err, MEDEL_E_SCHEMA, "an object needs its dimension");
    ready_days(q, f);
    ready_series(q, f->series);
    ready_objects(q, f->dimension, f->object);
    q->text = copied(&q->arena, f->text && *f->text ? f->text : NULL);
    q->sign = copied(&q->arena, f->sign);
    if (q->text)
        medel_fold(q->text);
    if (f->where) {
        const medel_status st =
            medel_where_read(&q->where, &q->arena, q->l, f->where, err);
        if (st != MEDEL_OK)
            return st;
    }
    if (!f->accounts)
        return MEDEL_OK;
    q->member = MEDEL_NEW(&q->arena, unsigned char, q->l->accounts.count + 1);
    return medel_ledger_members(q->l, f->accounts, q->member, err);
}

medel_status medel_ledger_query_new(medel_ledger_query **out, const medel_ledger *l,
                                    const medel_ledger_filter *filter,
                                    const medel_allocator *allocator, medel_error *err)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_ERR(err, out, l);
    static const medel_ledger_filter all = { 0 };
    jmp_buf oom;
    medel_ledger_query *q = medel_object_new(sizeof *q, allocator);
    if (!q)
        return medel_fail(err, MEDEL_E_NOMEM, "out of memory");
    q->l = l;
    q->arena.oom = &oom;
    medel_status st;
    if (setjmp(oom))
        st = medel_fail(err, MEDEL_E_NOMEM, "out of memory");
    else
        st = ready(q, filter ? filter : &all, err);
    q->arena.oom = NULL;
    if (st != MEDEL_OK) {
        medel_ledger_query_free(q);
        return st;
    }
    medel_ledger_query_rewind(q);
    *out = q;
    return MEDEL_OK;
}

MEDEL_FREE(medel_ledger_query_free, medel_ledger_query)

void medel_ledger_query_rewind(medel_ledger_query *q)
{
    MEDEL_NEEDS_VOID(q);
    q->row = q->voucher = 0;
    q->judged = MEDEL_NO_INDEX;
}

/* ---- one row ---- */

static bool text_has(char *buf, size_t len, size_t room, const char *needle)
{
    if (len >= room)
        buf[room - 1] = '\0';
    medel_fold(buf);
    return strstr(buf, needle) != NULL;
}

/* Texts longer than this are searched to here. */
#define SEARCHED 4096

static bool row_text_passes(medel_ledger_query *q, uint32_t row)
{
    char buf[SEARCHED];
    const size_t n = medel_ledger_row_text(q->l, row, MEDEL_TEXT_TEXT, buf, sizeof buf);
    return n && text_has(buf, n, sizeof buf, q->text);
}

static bool row_sign_passes(const medel_ledger_query *q, uint32_t row)
{
    char buf[256];
    medel_ledger_row_text(q->l, row, MEDEL_TEXT_SIGN, buf, sizeof buf);
    return strcmp(buf, q->sign) == 0;
}

/* What only the voucher decides, once for each. */
static void judge(medel_ledger_query *q, uint32_t v)
{
    char buf[SEARCHED];
    if (q->judged == v)
        return;
    q->judged = v;
    q->voucher_passes = !q->by_series || q->l->columns.voucher_series[v] == q->series;
    q->voucher_sign = !q->sign;
    if (q->voucher_passes && q->sign) {
        medel_ledger_voucher_text(q->l, v, MEDEL_TEXT_SIGN, buf, sizeof buf);
        q->voucher_sign = strcmp(buf, q->sign) == 0;
    }
    q->voucher_text = !q->text;
    if (q->voucher_passes && q->text) {
        const size_t n =
            medel_ledger_voucher_text(q->l, v, MEDEL_TEXT_TEXT, buf, sizeof buf);
        q->voucher_text = n && text_has(buf, n, sizeof buf, q->text);
    }
}

/* What the columns decide. */
static bool columns_pass(const medel_ledger_query *q, size_t i)
{
    const medel_ledger_columns *c = &q->l->columns;
    if (q->member && !q->member[c->account[i]])
        return false;
    if (!q->any_day && (c->day[i] < q->from || c->day[i] > q->to))
        return false;
    if (q->lists && !(q->lists[c->objects[i] / 64] >> (c->objects[i] % 64) & 1))
        return false;
    if (q->any_amount)
        return true;
    const int64_t v = q->absolute && c->amount[i] < 0 ? -c->amount[i] : c->amount[i];
    return v >= q->low && v <= q->high;
}

static bool voucher_passes(medel_ledger_query *q, uint32_t row)
{
    const medel_ledger_columns *c = &q->l->columns;
    if (!q->by_series && !q->text && !q->sign && !q->where)
        return true;
    const bool trail = row >= c->nrows;
    if (trail)
        q->voucher = q->l->trail[row - c->nrows].voucher;
    while (!trail && c->voucher_first[q->voucher + 1] <= row)
        q->voucher++;
    judge(q, (uint32_t)q->voucher);
    if (!q->voucher_passes)
        return false;
    if (q->sign && (trail ? !row_sign_passes(q, row) : !q->voucher_sign))
        return false;
    return (q->voucher_text || row_text_passes(q, row))
           && (!q->where || medel_where_passes(q->where, row, (uint32_t)q->voucher));
}

size_t medel_ledger_query_next(medel_ledger_query *q, uint32_t *rows, size_t room)
{
    MEDEL_NEEDS_OR(0, q, rows);
    const medel_ledger_columns *c = &q->l->columns;
    const size_t all = c->nrows + c->ntrail;
    size_t n = 0;
    if (q->nothing)
        return 0;
    for (; q->row < all && n < room; q->row++) {
        const uint32_t row = (uint32_t)q->row;
        if (row < c->nrows && !(q->kinds & 1u << MEDEL_ROW_TRANS)) {
            q->row = c->nrows - 1;
            continue;
        }
        if (row >= c->nrows && !(q->kinds >> q->l->trail[row - c->nrows].kind & 1))
            continue;
        if (columns_pass(q, row) && voucher_passes(q, row))
            rows[n++] = row;
    }
    return n;
}

/* ---- sums ---- */

static void add(medel_ledger_sum *s, int64_t amount)
{
    s->net += amount;
    *(amount > 0 ? &s->debit : &s->credit) += amount;
    s->rows++;
}

medel_status medel_ledger_sum_of(medel_ledger_sum *out, const medel_ledger *l,
                                 const medel_ledger_filter *filter, medel_error *err)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_ERR(err, out, l);
    medel_ledger_query *q;
    uint32_t rows[512];
    const medel_status st =
        medel_ledger_query_new(&q, l, filter, &l->arena.allocator, err);
    if (st != MEDEL_OK)
        return st;
    *out = (medel_ledger_sum){ 0, 0, 0, 0 };
    for (size_t n; (n = medel_ledger_query_next(q, rows, 512)) > 0;) {
        for (size_t i = 0; i < n; i++)
            add(out, l->columns.amount[rows[i]]);
    }
    medel_ledger_query_free(q);
    return MEDEL_OK;
}

/* Whether only accounts and days of #TRANS are asked for. */
static bool plain(const medel_ledger_query *q)
{
    return !q->by_series && !q->lists && !q->text && !q->sign && !q->where
           && q->any_amount && q->kinds == 1u << MEDEL_ROW_TRANS;
}

static int64_t from_days(const medel_ledger_query *q)
{
    const medel_ledger *l = q->l;
    int64_t net = 0;
    const size_t first = q->from > l->day_low ? (size_t)(q->from - l->day_low) : 0;
    const size_t end = q->to < l->day_low ? 0 : (size_t)(q->to - l->day_low) + 1;
    const size_t last = end < l->ndays ? end : l->ndays;
    for (size_t a = 0; a < l->accounts.count; a++) {
        if (q->member && !q->member[a])
            continue;
        const int64_t *row = l->days + a * l->ndays;
        for (size_t d = first; d < last; d++)
            net += row[d];
    }
    return net;
}

static int64_t from_columns(const medel_ledger_query *q)
{
    const medel_ledger_columns *c = &q->l->columns;
    const uint16_t span = (uint16_t)(q->to - q->from);
    int64_t net = 0;
    for (size_t i = 0; i < c->nrows; i++) {
        const bool day = (uint16_t)(c->day[i] - q->from) <= span;
        const bool in = !q->member || q->member[c->account[i]];
        net += c->amount[i] & -(int64_t)(day & in);
    }
    return net;
}

static int64_t from_totals(const medel_ledger_query *q)
{
    int64_t net = 0;
    for (size_t a = 0; a < q->l->room.totals && a < q->l->accounts.count; a++) {
        if (!q->member || q->member[a])
            net += q->l->totals[a].net;
    }
    return net;
}

medel_status medel_ledger_balance(int64_t *net, const medel_ledger *l,
                                  const medel_ledger_filter *filter, medel_error *err)
{
    MEDEL_OUT(net);
    MEDEL_NEEDS_ERR(err, net, l);
    medel_ledger_query *q;
    medel_ledger_sum sum;
    const medel_status st =
        medel_ledger_query_new(&q, l, filter, &l->arena.allocator, err);
    if (st != MEDEL_OK)
        return st;
    const bool simple = plain(q);
    if (q->nothing)
        *net = 0;
    else if (simple && q->any_day)
        *net = from_totals(q);
    else if (simple && l->days)
        *net = from_days(q);
    else if (simple)
        *net = from_columns(q);
    medel_ledger_query_free(q);
    if (simple)
        return MEDEL_OK;
    const medel_status again = medel_ledger_sum_of(&sum, l, filter, err);
    *net = again == MEDEL_OK ? sum.net : 0;
    return again;
}

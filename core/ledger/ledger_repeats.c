/* ledger_repeats.c - rows of several vouchers that have fields in common. */
#include "ledger_keys.h"
#include "medel_analysis.h"

#include <stdlib.h>
#include <string.h>

typedef struct repeats {
    medel_repeats seen; /* first: it is what the caller holds */
    medel_arena arena;
    medel_keys keys; /* until the groups are found */
} repeats;

#define TEXT 4096
#define TEXTS 2 /* text and sign */

/* What a row is alike in, as bytes. */
typedef struct look {
    size_t len;
    char bytes[8 * sizeof(uint64_t) + TEXTS * TEXT];
} look;

typedef struct finder {
    repeats *out;
    const medel_ledger *l;
    unsigned alike;
    int days;
    uint32_t voucher;        /* of the row that was looked at last */
    char texts[TEXTS][TEXT]; /* its own, folded */
    look one, other;
    medel_array groups, rows;
} finder;

/* ---- what rows are alike in ---- */

static const struct {
    unsigned bit;
    medel_ledger_text what;
} texts[TEXTS] = { { MEDEL_ALIKE_TEXT, MEDEL_TEXT_TEXT },
                   { MEDEL_ALIKE_SIGN, MEDEL_TEXT_SIGN } };

static void find_voucher(finder *f, uint32_t row)
{
    const uint32_t *first = f->l->columns.voucher_first;
    if (f->voucher != MEDEL_NO_INDEX && first[f->voucher] <= row
        && row < first[f->voucher + 1])
        return;
    f->voucher = medel_ledger_row_voucher(f->l, row);
    for (int i = 0; i < TEXTS; i++) {
        if (!(f->alike & texts[i].bit))
            continue;
        medel_ledger_voucher_text(f->l, f->voucher, texts[i].what, f->texts[i], TEXT);
        medel_fold(f->texts[i]);
    }
}

static void look_number(look *k, uint64_t v)
{
    memcpy(k->bytes + k->len, &v, sizeof v);
    k->len += sizeof v;
}

/* The row's text, else its voucher's; false without either. */
static bool look_text(const finder *f, look *k, uint32_t row, int i)
{
    char *to = k->bytes + k->len;
    medel_ledger_row_text(f->l, row, texts[i].what, to, TEXT);
    if (*to)
        medel_fold(to);
    else
        memcpy(to, f->texts[i], strlen(f->texts[i]) + 1);
    k->len += strlen(to) + 1;
    return *to;
}

/* false if the row has nothing to be alike in: no text. */
static bool look_at(finder *f, look *k, uint32_t row)
{
    const medel_ledger_columns *c = &f->l->columns;
    const int64_t v = c->amount[row];
    k->len = 0;
    find_voucher(f, row);
    if (f->alike & MEDEL_ALIKE_ACCOUNT)
        look_number(k, c->account[row]);
    if (f->alike & MEDEL_ALIKE_AMOUNT)
        look_number(k, (uint64_t)v);
    if (f->alike & MEDEL_ALIKE_SIZE)
        look_number(k, (uint64_t)(v < 0 ? -v : v));
    if (f->alike & MEDEL_ALIKE_DAY)
        look_number(k, c->day[row]);
    if (f->alike & MEDEL_ALIKE_MONTH)
        look_number(k, medel_month_of(c->day[row]));
    if (f->alike & MEDEL_ALIKE_SERIES)
        look_number(k, c->voucher_series[f->voucher]);
    if (f->alike & MEDEL_ALIKE_NUMBER)
        look_number(k, c->voucher_number[f->voucher]);
    if (f->alike & MEDEL_ALIKE_OBJECTS)
        look_number(k, c->objects[row]);
    for (int i = 0; i < TEXTS; i++) {
        if ((f->alike & texts[i].bit) && !look_text(f, k, row, i))
            return false;
    }
    return true;
}

static uint32_t hash_of(const look *k)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < k->len; i++)
        h = (h ^ (unsigned char)k->bytes[i]) * 1099511628211u;
    return (uint32_t)(h >> 32 ^ h);
}

/* ---- groups ---- */

static void add_group(finder *f, const uint64_t *first, size_t count)
{
    bool several = false;
    const uint32_t voucher = medel_ledger_row_voucher(f->l, MEDEL_KEY_ROW(first[0]));
    for (size_t i = 1; i < count && !several; i++)
        several = medel_ledger_row_voucher(f->l, MEDEL_KEY_ROW(first[i])) != voucher;
    if (!several)
        return;
    medel_repeat *g = MEDEL_PUSH(&f->out->arena, &f->groups, medel_repeat);
    *g = (medel_repeat){ f->rows.count, count };
    for (size_t i = 0; i < count; i++)
        *MEDEL_PUSH(&f->out->arena, &f->rows, uint32_t) = MEDEL_KEY_ROW(first[i]);
}

static bool apart(const finder *f, uint64_t before, uint64_t after)
{
    const uint16_t *day = f->l->columns.day;
    const int x = day[MEDEL_KEY_ROW(before)], y = day[MEDEL_KEY_ROW(after)];
    return f->days >= 0 && (y - x > f->days || !x || !y);
}

/* Rows that are alike, by day. */
static void add_alike(finder *f, const uint64_t *keys, size_t n)
{
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && !apart(f, keys[next - 1], keys[next]);)
            next++;
        if (next - i > 1)
            add_group(f, keys + i, next - i);
    }
}

/* Moves those that look as the first does to the front, the others after them; both stay
   in order.  How many they are. */
static size_t gather(finder *f, uint64_t *keys, size_t n, uint64_t *others)
{
    size_t alike = 1, rest = 0;
    look_at(f, &f->one, MEDEL_KEY_ROW(keys[0]));
    for (size_t i = 1; i < n; i++) {
        look_at(f, &f->other, MEDEL_KEY_ROW(keys[i]));
        if (f->other.len == f->one.len
            && memcmp(f->other.bytes, f->one.bytes, f->one.len) == 0)
            keys[alike++] = keys[i];
        else
            others[rest++] = keys[i];
    }
    if (rest)
        memcpy(keys + alike, others, rest * sizeof *keys);
    return alike;
}

/* Rows of one hash, which may be of several looks. */
static void group(finder *f, const medel_keys *k)
{
    uint64_t *others = NULL;
    size_t room = 0;
    for (size_t i = 0, end; i < k->n; i = end) {
        for (end = i + 1; end < k->n && k->all[end] >> 32 == k->all[i] >> 32;)
            end++;
        if (end - i > 1 && end - i > room) {
            room = 2 * (end - i);
            others = MEDEL_NEW(&f->out->arena, uint64_t, room);
        }
        for (size_t at = i, n; end - at > 1; at += n) {
            n = gather(f, k->all + at, end - at, others);
            add_alike(f, k->all + at, n);
        }
    }
}

typedef struct sized {
    int64_t size;
    uint32_t row;
    medel_repeat group;
} sized;

static int by_size(const void *a, const void *b)
{
    const sized *x = a, *y = b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void order(finder *f)
{
    medel_repeat *g = f->groups.data;
    const uint32_t *rows = f->rows.data;
    sized *all = MEDEL_NEW(&f->out->arena, sized, f->groups.count + 1);
    for (size_t i = 0; i < f->groups.count; i++) {
        const int64_t v = f->l->columns.amount[rows[g[i].first]];
        all[i] = (sized){ v < 0 ? -v : v, rows[g[i].first], g[i] };
    }
    qsort(all, f->groups.count, sizeof *all, by_size);
    for (size_t i = 0; i < f->groups.count; i++)
        g[i] = all[i].group;
}

/* Those that have something to be alike in: day | row becomes hash | row, still by day.
 */
static bool hash_rows(finder *f, medel_keys *k, medel_ledger_query *q)
{
    size_t n = 0;
    if (!medel_keys_by_day(k, q))
        return false;
    f->out->seen.tested = k->n;
    for (size_t i = 0; i < k->n; i++) {
        const uint32_t row = MEDEL_KEY_ROW(k->all[i]);
        if (look_at(f, &f->one, row))
            k->all[n++] = MEDEL_KEY(hash_of(&f->one), row);
    }
    k->n = n;
    return medel_keys_sort(k, 32);
}

static bool find(finder *f, medel_ledger_query *q)
{
    medel_keys *k = &f->out->keys;
    if (!hash_rows(f, k, q))
        return false;
    group(f, k);
    medel_keys_free(k);
    if (f->groups.count)
        order(f);
    f->out->seen.rows = f->rows.data;
    f->out->seen.groups = f->groups.data;
    f->out->seen.ngroups = f->groups.count;
    return true;
}

medel_status medel_ledger_repeats_new(medel_repeats **out, const medel_ledger *l,
                                      const medel_ledger_filter *filter,
                                      const medel_repeats_options *options,
                                      medel_error *err)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_ERR(err, out, l, options);
    const unsigned alike = options->alike;
    const medel_allocator *allocator = options->allocator;
    medel_arena arena;
    medel_ledger_query *q;
    jmp_buf oom;
    *out = NULL;
    if (!alike || alike >= 2 * MEDEL_ALIKE_SIGN)
        return medel_fail(err, MEDEL_E_SCHEMA, "alike in nothing");
    if (l->head.streamed)
        return medel_fail(err, MEDEL_E_DOMAIN, "a streamed ledger has no rows");
    medel_status st = medel_ledger_query_new(&q, l, filter, allocator, err);
    if (st != MEDEL_OK)
        return st;
    medel_arena_init(&arena, allocator);
    repeats *r = medel_arena_try(&arena, sizeof *r);
    if (!r) {
        medel_ledger_query_free(q);
        return medel_fail(err, MEDEL_E_NOMEM, "out of memory");
    }
    *r = (repeats){ .arena = arena, .keys = medel_keys_of(&arena) };
    r->arena.oom = &oom;
    finder f = { .out = r,
                 .l = l,
                 .alike = alike,
                 .days = options->near ? options->days : -1,
                 .voucher = MEDEL_NO_INDEX };
    if (setjmp(oom) || !find(&f, q))
        st = medel_fail(err, MEDEL_E_NOMEM, "out of memory");
    r->arena.oom = NULL;
    medel_ledger_query_free(q);
    if (st == MEDEL_OK)
        *out = &r->seen;
    else
        medel_ledger_repeats_free(&r->seen);
    return st;
}

void medel_ledger_repeats_free(medel_repeats *seen)
{
    if (!seen)
        return;
    repeats *r = (repeats *)seen;
    medel_keys_free(&r->keys);
    medel_arena_release(&r->arena);
}

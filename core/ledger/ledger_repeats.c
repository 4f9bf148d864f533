/* ledger_repeats.c - rows of several vouchers that have fields in common. */
#include "ledger_query.h"
#include "medel_analysis.h"

#include <stdlib.h>
#include <string.h>

typedef struct repeats {
    medel_repeats seen; /* first: it is what the caller holds */
    medel_arena arena;
} repeats;

typedef struct hashed {
    uint64_t hash;
    uint32_t row, voucher;
    uint16_t day;
} hashed;

typedef struct finder {
    repeats *out;
    const medel_ledger *l;
    unsigned alike;
    int days;
    hashed *all;
    size_t n;
    medel_array groups, rows;
} finder;

#define TEXT 4096

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

static uint64_t mix_text(uint64_t h, const char *s)
{
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211u;
    return mix(h, 1);
}

static void text_of(const medel_ledger *l, const hashed *h, medel_ledger_text what,
                    char buf[TEXT])
{
    medel_ledger_row_text(l, h->row, what, buf, TEXT);
    if (!*buf)
        medel_ledger_voucher_text(l, h->voucher, what, buf, TEXT);
}

/* false if the row has nothing to be alike in: no text. */
static bool hash_row(const finder *f, hashed *h)
{
    const medel_ledger_columns *c = &f->l->columns;
    const int64_t v = c->amount[h->row];
    char buf[TEXT];
    uint64_t x = 1;
    if (f->alike & MEDEL_ALIKE_ACCOUNT)
        x = mix(x, c->account[h->row]);
    if (f->alike & MEDEL_ALIKE_AMOUNT)
        x = mix(x, (uint64_t)v);
    if (f->alike & MEDEL_ALIKE_SIZE)
        x = mix(x, (uint64_t)(v < 0 ? -v : v));
    if (f->alike & MEDEL_ALIKE_DAY)
        x = mix(x, c->day[h->row]);
    if (f->alike & MEDEL_ALIKE_MONTH)
        x = mix(x, medel_month_of(c->day[h->row]));
    if (f->alike & MEDEL_ALIKE_SERIES)
        x = mix(x, c->voucher_series[h->voucher]);
    if (f->alike & MEDEL_ALIKE_NUMBER)
        x = mix(x, c->voucher_number[h->voucher]);
    if (f->alike & MEDEL_ALIKE_OBJECTS)
        x = mix(x, c->objects[h->row]);
    for (int i = 0; i < 2; i++) {
        if (!(f->alike & (i ? MEDEL_ALIKE_SIGN : MEDEL_ALIKE_TEXT)))
            continue;
        text_of(f->l, h, i ? MEDEL_TEXT_SIGN : MEDEL_TEXT_TEXT, buf);
        if (!*buf)
            return false;
        medel_fold(buf);
        x = mix_text(x, buf);
    }
    h->hash = x;
    return true;
}

/* Are the fields really the same, and not only their hash? */
static bool same(const finder *f, const hashed *a, const hashed *b)
{
    const medel_ledger_columns *c = &f->l->columns;
    const int64_t x = c->amount[a->row], y = c->amount[b->row];
    char one[TEXT], two[TEXT];
    const unsigned k = f->alike;
    if (((k & MEDEL_ALIKE_ACCOUNT) && c->account[a->row] != c->account[b->row])
        || ((k & MEDEL_ALIKE_AMOUNT) && x != y)
        || ((k & MEDEL_ALIKE_SIZE) && x != y && x != -y)
        || ((k & MEDEL_ALIKE_DAY) && a->day != b->day)
        || ((k & MEDEL_ALIKE_SERIES)
            && c->voucher_series[a->voucher] != c->voucher_series[b->voucher])
        || ((k & MEDEL_ALIKE_NUMBER)
            && c->voucher_number[a->voucher] != c->voucher_number[b->voucher])
        || ((k & MEDEL_ALIKE_OBJECTS) && c->objects[a->row] != c->objects[b->row]))
        return false;
    if (!(k & MEDEL_ALIKE_TEXT))
        return true;
    text_of(f->l, a, MEDEL_TEXT_TEXT, one);
    text_of(f->l, b, MEDEL_TEXT_TEXT, two);
    medel_fold(one);
    medel_fold(two);
    return strcmp(one, two) == 0;
}

static int in_order(const void *a, const void *b)
{
    const hashed *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void add_group(finder *f, const hashed *first, size_t count)
{
    bool several = false;
    for (size_t i = 1; i < count && !several; i++)
        several = first[i].voucher != first[0].voucher;
    if (!several)
        return;
    medel_repeat *g = MEDEL_PUSH(&f->out->arena, &f->groups, medel_repeat);
    *g = (medel_repeat){ f->rows.count, count };
    for (size_t i = 0; i < count; i++)
        *MEDEL_PUSH(&f->out->arena, &f->rows, uint32_t) = first[i].row;
}

static void group(finder *f)
{
    for (size_t i = 0, next; i < f->n; i = next) {
        for (next = i + 1; next < f->n && f->all[next].hash == f->all[i].hash; next++) {
            const int apart = (int)f->all[next].day - (int)f->all[next - 1].day;
            if (f->days >= 0
                && (apart > f->days || !f->all[next].day || !f->all[next - 1].day))
                break;
            if (!same(f, &f->all[i], &f->all[next]))
                break;
        }
        if (next - i > 1)
            add_group(f, f->all + i, next - i);
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

static void find(finder *f, medel_ledger_query *q)
{
    const medel_ledger_columns *c = &f->l->columns;
    uint32_t rows[512], voucher = 0;
    medel_array all = { 0 };
    for (size_t n; (n = medel_ledger_query_next(q, rows, 512)) > 0;) {
        for (size_t i = 0; i < n && rows[i] < c->nrows; i++) {
            while (c->voucher_first[voucher + 1] <= rows[i])
                voucher++;
            hashed h = { 0, rows[i], voucher, c->day[rows[i]] };
            f->out->seen.tested++;
            if (hash_row(f, &h))
                *MEDEL_PUSH(&f->out->arena, &all, hashed) = h;
        }
    }
    f->all = all.data;
    f->n = all.count;
    if (f->n)
        qsort(f->all, f->n, sizeof *f->all, in_order);
    group(f);
    if (f->groups.count)
        order(f);
    f->out->seen.rows = f->rows.data;
    f->out->seen.groups = f->groups.data;
    f->out->seen.ngroups = f->groups.count;
}

medel_status medel_ledger_repeats_new(medel_repeats **out, const medel_ledger *l,
                                      const medel_ledger_filter *filter, unsigned alike,
                                      int days, medel_alloc_fn alloc, void *ud,
                                      medel_error *err)
{
    medel_arena arena;
    medel_ledger_query *q;
    jmp_buf oom;
    *out = NULL;
    if (!alike || alike >= 2 * MEDEL_ALIKE_SIGN)
        return medel_fail(err, MEDEL_E_SCHEMA, "alike in nothing");
    if (l->head.streamed)
        return medel_fail(err, MEDEL_E_DOMAIN, "a streamed ledger has no rows");
    medel_status st = medel_ledger_query_new(&q, l, filter, alloc, ud, err);
    if (st != MEDEL_OK)
        return st;
    medel_arena_init(&arena, alloc, ud);
    repeats *r = medel_arena_try(&arena, sizeof *r);
    if (!r) {
        medel_ledger_query_free(q);
        return medel_fail(err, MEDEL_E_NOMEM, "out of memory");
    }
    *r = (repeats){ .arena = arena };
    r->arena.oom = &oom;
    finder f = { .out = r, .l = l, .alike = alike, .days = days };
    if (setjmp(oom))
        st = medel_fail(err, MEDEL_E_NOMEM, "out of memory");
    else
        find(&f, q);
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
    medel_arena a = r->arena;
    medel_arena_free(&a);
}

/* ledger_groups.c - sums of rows by account, month, series, object or signature. */
#include "ledger_query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct medel_ledger_groups {
    medel_arena arena; /* holds the groups themselves */
    medel_array list;  /* medel_ledger_group */
};

/* How a key of a row is found. */
typedef struct key_maker {
    medel_ledger_key by;
    const uint32_t *map; /* of accounts, or of object lists; NULL: the index itself */
    sie_names signs;
    uint32_t judged, sign; /* the voucher whose sign is known */
    uint16_t day;          /* the day whose month is known */
    uint32_t month;
} key_maker;

typedef struct maker {
    medel_arena *a;
    const medel_ledger *l;
    const medel_ledger_grouping *by;
    key_maker keys[2];
    medel_ledger_groups *out;
    uint32_t *slots; /* group + 1 */
    size_t room;
    uint32_t *last; /* voucher of each group, last */
    size_t last_room;
} maker;

/* ---- keys ---- */

/* Accounts that begin alike go under the first of them. */
static const uint32_t *account_map(maker *m)
{
    const size_t n = m->l->accounts.count, digits = m->by->digits;
    const uint16_t *sorted = m->l->sorted;
    uint32_t *map = MEDEL_NEW(m->a, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        const medel_account *all = ACCOUNTS(m->l);
        const bool same =
            i && strncmp(all[sorted[i]].number, all[sorted[i - 1]].number, digits) == 0;
        map[sorted[i]] = same ? map[sorted[i - 1]] : sorted[i];
    }
    return map;
}

static const uint32_t *object_map(maker *m)
{
    const medel_dimension_decl *d = m->l->dimensions.data;
    uint32_t *map = MEDEL_NEW(m->a, uint32_t, m->l->nlists);
    for (size_t i = 0; i < m->l->nlists; i++) {
        const uint32_t *objects;
        const size_t n = medel_ledger_object_list(m->l, (uint32_t)i, &objects);
        map[i] = MEDEL_NO_INDEX;
        for (size_t k = n; k > 0; k--) {
            const medel_object *o = &OBJECTS(m->l)[objects[k - 1]];
            if (strcmp(d[o->dimension].number, m->by->dimension) == 0)
                map[i] = objects[k - 1];
        }
    }
    return map;
}

static uint32_t sign_of(maker *m, key_maker *k, uint32_t voucher)
{
    char buf[256];
    bool fresh;
    if (k->judged == voucher)
        return k->sign;
    size_t n = medel_ledger_voucher_text(m->l, voucher, MEDEL_TEXT_SIGN, buf, sizeof buf);
    n = n < sizeof buf ? n : strlen(buf);
    k->judged = voucher;
    k->sign = medel_names_add(m->a, &k->signs, buf, n, 0, &fresh);
    return k->sign;
}

static uint32_t month_of(key_maker *k, uint16_t day)
{
    if (k->day != day) {
        k->day = day;
        k->month = medel_month_of(day);
    }
    return k->month;
}

static uint32_t key_of(maker *m, key_maker *k, uint32_t row, uint32_t voucher)
{
    const medel_ledger_columns *c = &m->l->columns;
    switch (k->by) {
    case MEDEL_KEY_ACCOUNT: return k->map ? k->map[c->account[row]] : c->account[row];
    case MEDEL_KEY_MONTH: return month_of(k, c->day[row]);
    case MEDEL_KEY_SERIES: return c->voucher_series[voucher];
    case MEDEL_KEY_OBJECT: return k->map[c->objects[row]];
    case MEDEL_KEY_SIGN: return sign_of(m, k, voucher);
    case MEDEL_KEY_NONE: break;
    }
    return 0;
}

static const char *label_of(maker *m, key_maker *k, uint32_t key)
{
    switch (k->by) {
    case MEDEL_KEY_ACCOUNT: {
        const char *number = ACCOUNTS(m->l)[key].number;
        if (!k->map)
            return number;
        char *begin = medel_arena_text(m->a, number, strnlen(number, m->by->digits));
        medel_trim_utf8(begin);
        return begin;
    }
    case MEDEL_KEY_MONTH:
        return key ? medel_arena_format(m->a, "%06u", (unsigned)key) : "";
    case MEDEL_KEY_SERIES: return SERIES(m->l)[key].name;
    case MEDEL_KEY_OBJECT: return key == MEDEL_NO_INDEX ? "" : OBJECTS(m->l)[key].number;
    case MEDEL_KEY_SIGN: return k->signs.names[key].raw;
    case MEDEL_KEY_NONE: break;
    }
    return "";
}

/* ---- groups ---- */

static size_t slot_of(const maker *m, const uint32_t key[2])
{
    const medel_ledger_group *all = m->out->list.data;
    const uint64_t both = ((uint64_t)key[0] << 32 | key[1]) * 0x9E3779B97F4A7C15u;
    size_t i = (size_t)(both >> 32) & (m->room - 1);
    for (;; i = (i + 1) & (m->room - 1)) {
        if (!m->slots[i])
            return i;
        const medel_ledger_group *g = &all[m->slots[i] - 1];
        if (g->key[0] == key[0] && g->key[1] == key[1])
            return i;
    }
}

static void more_slots(maker *m)
{
    m->room = m->room ? 2 * m->room : 256;
    m->slots = MEDEL_NEW(m->a, uint32_t, m->room);
    uint32_t *last = MEDEL_NEW(m->a, uint32_t, m->room);
    if (m->last)
        memcpy(last, m->last, m->out->list.count * sizeof *last);
    m->last = last;
    const medel_ledger_group *all = m->out->list.data;
    for (size_t i = 0; i < m->out->list.count; i++)
        m->slots[slot_of(m, all[i].key)] = (uint32_t)i + 1;
}

static void add_row(maker *m, uint32_t row, uint32_t voucher)
{
    const uint32_t key[2] = { key_of(m, &m->keys[0], row, voucher),
                              key_of(m, &m->keys[1], row, voucher) };
    if (2 * m->out->list.count >= m->room)
        more_slots(m);
    const size_t slot = slot_of(m, key);
    if (!m->slots[slot]) {
        medel_ledger_group *g = MEDEL_PUSH(m->a, &m->out->list, medel_ledger_group);
        g->key[0] = key[0];
        g->key[1] = key[1];
        g->first = row;
        m->slots[slot] = (uint32_t)m->out->list.count;
        m->last[m->out->list.count - 1] = MEDEL_NO_INDEX;
    }
    const size_t i = m->slots[slot] - 1;
    medel_ledger_group *g = (medel_ledger_group *)m->out->list.data + i;
    const int64_t amount = m->l->columns.amount[row];
    g->sum.net += amount;
    *(amount > 0 ? &g->sum.debit : &g->sum.credit) += amount;
    g->sum.rows++;
    g->vouchers += m->last[i] != voucher;
    m->last[i] = voucher;
}

static void add_rows(maker *m, medel_ledger_query *q)
{
    const medel_ledger_columns *c = &m->l->columns;
    uint32_t rows[512], voucher = 0;
    for (size_t n; (n = medel_ledger_query_next(q, rows, 512)) > 0;) {
        for (size_t i = 0; i < n; i++) {
            if (rows[i] >= c->nrows)
                voucher = m->l->trail[rows[i] - c->nrows].voucher;
            else
                while (c->voucher_first[voucher + 1] <= rows[i])
                    voucher++;
            add_row(m, rows[i], voucher);
        }
    }
}

static int by_label(const void *a, const void *b)
{
    const medel_ledger_group *x = a, *y = b;
    for (int i = 0; i < 2; i++) {
        const bool none[2] = { !*x->label[i], !*y->label[i] };
        const int order =
            none[0] != none[1] ? (none[0] ? 1 : -1) : strcmp(x->label[i], y->label[i]);
        if (order)
            return order;
    }
    return (x->first > y->first) - (x->first < y->first);
}

static void make(maker *m, medel_ledger_query *q)
{
    for (int i = 0; i < 2; i++) {
        key_maker *k = &m->keys[i];
        k->by = m->by->by[i];
        k->judged = MEDEL_NO_INDEX;
        if (k->by == MEDEL_KEY_ACCOUNT && m->by->digits)
            k->map = account_map(m);
        if (k->by == MEDEL_KEY_OBJECT)
            k->map = object_map(m);
    }
    add_rows(m, q);
    medel_ledger_group *all = m->out->list.data;
    const size_t n = m->out->list.count;
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < 2; k++)
            all[i].label[k] = label_of(m, &m->keys[k], all[i].key[k]);
    }
    if (n)
        qsort(all, n, sizeof *all, by_label);
}

static medel_status good_grouping(const medel_ledger_grouping *by, medel_error *err)
{
    for (int i = 0; i < 2; i++) {
        if ((unsigned)by->by[i] > MEDEL_KEY_SIGN)
            return medel_fail(err, MEDEL_E_SCHEMA, "no such key");
        if (by->by[i] == MEDEL_KEY_OBJECT && !by->dimension)
            return medel_fail(err, MEDEL_E_SCHEMA, "objects are of a dimension: name it");
    }
    return MEDEL_OK;
}

medel_status medel_ledger_groups_new(medel_ledger_groups **out, const medel_ledger *l,
                                     const medel_ledger_filter *filter,
                                     const medel_ledger_grouping *by,
                                     const medel_allocator *allocator, medel_error *err)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_ERR(err, out, l, by);
    medel_ledger_query *q;
    jmp_buf oom;
    medel_status st = good_grouping(by, err);
    if (st == MEDEL_OK)
        st = medel_ledger_query_new(&q, l, filter, allocator, err);
    if (st != MEDEL_OK)
        return st;
    medel_ledger_groups *g = medel_object_new(sizeof *g, allocator);
    if (!g) {
        medel_ledger_query_free(q);
        return medel_fail(err, MEDEL_E_NOMEM, "out of memory");
    }
    g->arena.oom = &oom;
    maker m = { .a = &g->arena, .l = l, .by = by, .out = g };
    if (setjmp(oom))
        st = medel_fail(err, MEDEL_E_NOMEM, "out of memory");
    else
        make(&m, q);
    g->arena.oom = NULL;
    medel_ledger_query_free(q);
    if (st == MEDEL_OK)
        *out = g;
    else
        medel_ledger_groups_free(g);
    return st;
}

MEDEL_FREE(medel_ledger_groups_free, medel_ledger_groups)
MEDEL_ARRAY(medel_ledger_group, medel_ledger_groups_get, medel_ledger_groups, list)

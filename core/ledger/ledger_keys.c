/* ledger_keys.c - numbers in order, and rows by day. */
#include "ledger_keys.h"

#include <string.h>

medel_keys medel_keys_of(const medel_arena *a)
{
    return (medel_keys){ .allocator = a->allocator };
}

void medel_keys_free(medel_keys *k)
{
    if (k->all)
        k->allocator.alloc(k->allocator.ud, k->all, k->room * sizeof *k->all, 0);
    k->all = NULL;
    k->n = k->room = 0;
}

bool medel_keys_add(medel_keys *k, uint64_t key)
{
    if (k->n == k->room) {
        const size_t to = k->room ? 2 * k->room : 1024, item = sizeof *k->all;
        uint64_t *all =
            k->allocator.alloc(k->allocator.ud, k->all, k->room * item, to * item);
        if (!all)
            return false;
        k->all = all;
        k->room = to;
    }
    k->all[k->n++] = key;
    return true;
}

/* One stable pass by the eight bits from 'bit'; false if they are all alike. */
static bool pass(const uint64_t *from, uint64_t *to, size_t n, unsigned bit)
{
    size_t at[256] = { 0 }, sum = 0;
    for (size_t i = 0; i < n; i++)
        at[from[i] >> bit & 255]++;
    if (at[from[0] >> bit & 255] == n)
        return false;
    for (size_t i = 0; i < 256; i++) {
        const size_t count = at[i];
        at[i] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[at[from[i] >> bit & 255]++] = from[i];
    return true;
}

bool medel_keys_sort(medel_keys *k, unsigned from)
{
    const size_t bytes = k->n * sizeof *k->all;
    if (k->n < 2)
        return true;
    uint64_t *spare = k->allocator.alloc(k->allocator.ud, NULL, 0, bytes);
    if (!spare)
        return false;
    uint64_t *now = k->all, *next = spare;
    for (unsigned bit = from; bit < 64; bit += 8) {
        if (pass(now, next, k->n, bit)) {
            uint64_t *last = now;
            now = next;
            next = last;
        }
    }
    if (now == spare)
        memcpy(k->all, spare, bytes);
    k->allocator.alloc(k->allocator.ud, spare, bytes, 0);
    return true;
}

bool medel_keys_by_day(medel_keys *k, medel_ledger_query *q)
{
    const medel_ledger_columns *c = &q->l->columns;
    uint32_t rows[512];
    for (size_t n; (n = medel_ledger_query_next(q, rows, 512)) > 0;) {
        for (size_t i = 0; i < n; i++) {
            if (rows[i] < c->nrows
                && !medel_keys_add(k, MEDEL_KEY(c->day[rows[i]], rows[i])))
                return false;
        }
    }
    return medel_keys_sort(k, 32); /* the rows came as they stand */
}

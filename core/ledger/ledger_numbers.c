/* ledger_numbers.c - what the numbers of a series lack, and which are used twice. */
#include "ledger.h"

#include <stdlib.h>

typedef struct numbers {
    medel_series_numbers seen; /* first: it is what the caller holds */
    medel_arena arena;
} numbers;

typedef struct numbered {
    uint32_t number, voucher;
    bool
        struck; /* it has no rows but struck ones: it is none, and uses its number once */
} numbered;

static int in_order(const void *x, const void *y)
{
    const numbered *a = x, *b = y;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    if (a->struck != b->struck)
        return a->struck ? 1 : -1;
    return a->voucher < b->voucher ? -1 : a->voucher > b->voucher;
}

static size_t collect(numbered *list, const medel_ledger *l, uint32_t series)
{
    const medel_ledger_columns *c = &l->columns;
    size_t n = 0, trail = 0; /* which is in the order of its vouchers */
    for (size_t v = 0; v < c->nvouchers; v++) {
        while (trail < c->ntrail && l->trail[trail].voucher < v)
            trail++;
        if (c->voucher_series[v] != series || c->voucher_number[v] == MEDEL_NO_INDEX)
            continue;
        const bool some = c->voucher_first[v + 1] > c->voucher_first[v];
        const bool changed = trail < c->ntrail && l->trail[trail].voucher == v;
        list[n++] =
            (numbered){ c->voucher_number[v], (uint32_t)v, .struck = !some && changed };
    }
    return n;
}

static void compare(numbers *p, const numbered *list, size_t n)
{
    medel_array gaps = { 0 }, again = { 0 };
    for (size_t i = 1; i < n; i++) {
        const numbered *a = &list[i - 1], *b = &list[i];
        if (a->number == b->number && b->struck)
            continue;
        if (a->number == b->number) {
            if (i == 1 || list[i - 2].number != a->number)
                *MEDEL_PUSH(&p->arena, &again, uint32_t) = a->voucher;
            *MEDEL_PUSH(&p->arena, &again, uint32_t) = b->voucher;
            p->seen.repeated++;
        } else if (b->number - a->number > 1) {
            *MEDEL_PUSH(&p->arena, &gaps, medel_number_gap) =
                (medel_number_gap){ a->number + 1, b->number - 1, a->voucher };
            p->seen.missing += b->number - a->number - 1;
        }
    }
    p->seen.gaps = gaps.data;
    p->seen.ngaps = gaps.count;
    p->seen.duplicates = again.data;
    p->seen.nduplicates = again.count;
}

medel_status medel_series_numbers_new(medel_series_numbers **out, const medel_ledger *l,
                                      uint32_t series, const medel_allocator *allocator)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, l);
    jmp_buf oom;
    medel_arena arena;
    *out = NULL;
    medel_arena_init(&arena, allocator);
    numbers *p = medel_arena_try(&arena, sizeof *p);
    if (!p)
        return MEDEL_E_NOMEM;
    p->arena = arena;
    p->arena.oom = &oom;
    if (setjmp(oom)) {
        medel_series_numbers_free(&p->seen);
        return MEDEL_E_NOMEM;
    }
    const medel_series *names;
    if (series < medel_ledger_series(l, &names)) {
        numbered *list = MEDEL_NEW(&p->arena, numbered, names[series].vouchers + 1);
        p->seen.numbered = collect(list, l, series);
        qsort(list, p->seen.numbered, sizeof *list, in_order);
        if (p->seen.numbered) {
            p->seen.low = list[0].number;
            p->seen.high = list[p->seen.numbered - 1].number;
        }
        compare(p, list, p->seen.numbered);
    }
    p->arena.oom = NULL;
    *out = &p->seen;
    return MEDEL_OK;
}

void medel_series_numbers_free(medel_series_numbers *n)
{
    if (!n)
        return;
    numbers *p = (numbers *)n;
    medel_arena a = p->arena;
    medel_arena_free(&a);
}

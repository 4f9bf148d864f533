/* ledger_ageing.c - what of receivables and payables is open, and how old it is. */
#include "ledger_keys.h"
#include "medel_analysis.h"

#include <stdlib.h>
#include <string.h>

typedef struct item {
    int64_t left;       /* > 0, in the direction that opens */
    uint16_t day;       /* 0: of the opening balance */
    struct item *next;  /* of the same party, later */
    struct item *alike; /* of the same party and amount, later */
} item;

typedef struct party {
    uint32_t account, object;
    item *oldest, *newest;
    int64_t unmatched; /* in the direction that settles, > 0 */
    int64_t balance;
} party;

/* The open items of one party with one amount. */
typedef struct same {
    const party *of;
    int64_t amount;
    item *oldest, *newest;
} same;

typedef struct ageing {
    medel_ageing seen; /* first: it is what the caller holds */
    medel_arena arena;
    medel_keys rows; /* by day, until they are added */
} ageing;

typedef struct ager {
    ageing *out;
    const medel_ledger *l;
    const uint32_t *object_of; /* by object list */
    int sign;
    party **parties; /* slots */
    size_t nparties, room;
    same *alike; /* slots */
    size_t nalike, alike_room;
} ager;

/* ---- parties and amounts ---- */

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t h = (a ^ b * 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u;
    return h ^ h >> 31;
}

static party **party_slot(const ager *g, uint32_t account, uint32_t object)
{
    size_t i = mix(account, object) & (g->room - 1);
    while (g->parties[i]
           && (g->parties[i]->account != account || g->parties[i]->object != object))
        i = (i + 1) & (g->room - 1);
    return &g->parties[i];
}

static party *party_of(ager *g, uint32_t account, uint32_t object)
{
    if (2 * g->nparties >= g->room) {
        party **old = g->parties;
        const size_t n = g->room;
        g->room = n ? 2 * n : 64;
        g->parties = MEDEL_NEW(&g->out->arena, party *, g->room);
        for (size_t i = 0; i < n; i++) {
            if (old[i])
                *party_slot(g, old[i]->account, old[i]->object) = old[i];
        }
    }
    party **slot = party_slot(g, account, object);
    if (!*slot) {
        *slot = MEDEL_NEW(&g->out->arena, party, 1);
        **slot = (party){ .account = account, .object = object };
        g->nparties++;
    }
    return *slot;
}

static same *same_slot(const ager *g, const party *p, int64_t amount)
{
    size_t i = mix((uint64_t)(uintptr_t)p, (uint64_t)amount) & (g->alike_room - 1);
    while (g->alike[i].of && (g->alike[i].of != p || g->alike[i].amount != amount))
        i = (i + 1) & (g->alike_room - 1);
    return &g->alike[i];
}

static same *same_of(ager *g, const party *p, int64_t amount)
{
    if (2 * g->nalike >= g->alike_room) {
        same *old = g->alike;
        const size_t n = g->alike_room;
        g->alike_room = n ? 2 * n : 256;
        g->alike = MEDEL_NEW(&g->out->arena, same, g->alike_room);
        for (size_t i = 0; i < n; i++) {
            if (old[i].of)
                *same_slot(g, old[i].of, old[i].amount) = old[i];
        }
    }
    same *s = same_slot(g, p, amount);
    if (!s->of) {
        *s = (same){ .of = p, .amount = amount };
        g->nalike++;
    }
    return s;
}

/* ---- opening and settling ---- */

static void open_item(ager *g, party *p, int64_t amount, uint16_t day)
{
    const int64_t covered = p->unmatched < amount ? p->unmatched : amount;
    p->unmatched -= covered; /* paid before it was booked */
    if (covered == amount)
        return;
    item *i = MEDEL_NEW(&g->out->arena, item, 1);
    *i = (item){ .left = amount - covered, .day = day };
    *(p->newest ? &p->newest->next : &p->oldest) = i;
    p->newest = i;
    if (day) { /* an opening balance is many items */
        same *s = same_of(g, p, i->left);
        *(s->newest ? &s->newest->alike : &s->oldest) = i;
        s->newest = i;
    }
}

static void settle(ager *g, party *p, int64_t amount)
{
    if (g->alike_room) {
        same *s = same_slot(g, p, amount);
        while (s->of && s->oldest && s->oldest->left != amount) { /* settled since */
            s->oldest = s->oldest->alike;
            s->newest = s->oldest ? s->newest : NULL;
        }
        if (s->of && s->oldest) {
            s->oldest->left = 0;
            return;
        }
    }
    while (amount > 0 && p->oldest) {
        item *i = p->oldest;
        const int64_t part = i->left < amount ? i->left : amount;
        i->left -= part;
        amount -= part;
        if (i->left)
            break;
        p->oldest = i->next;
        if (!p->oldest)
            p->newest = NULL;
    }
    p->unmatched += amount;
}

static void add(ager *g, party *p, int64_t amount, uint16_t day)
{
    p->balance += amount;
    amount *= g->sign;
    if (amount > 0)
        open_item(g, p, amount, day);
    else if (amount < 0)
        settle(g, p, -amount);
}

/* ---- the rows, by day ---- */

static void find_objects(ager *g, const char *dimension)
{
    const medel_dimension_decl *d = g->l->dimensions.data;
    uint32_t *map = MEDEL_NEW(&g->out->arena, uint32_t, g->l->nlists + 1);
    for (size_t i = 0; i < g->l->nlists; i++) {
        const uint32_t *objects;
        const size_t n = medel_ledger_object_list(g->l, (uint32_t)i, &objects);
        map[i] = MEDEL_NO_INDEX;
        for (size_t k = 0; dimension && k < n; k++) {
            if (strcmp(d[OBJECTS(g->l)[objects[k]].dimension].number, dimension) == 0)
                map[i] = objects[k];
        }
    }
    g->object_of = map;
}

/* Opening balances: of objects where the file states them, and the rest of the account.
 */
static void add_openings(ager *g, const medel_ledger_query *q)
{
    const medel_ledger *l = g->l;
    for (uint32_t a = 0; a < l->accounts.count; a++) {
        int64_t opening;
        if ((q->member && !q->member[a]) || !medel_ledger_opening(l, 0, a, &opening))
            continue;
        for (size_t i = 0; i < l->balances.count; i++) {
            const medel_balance *b = &BALANCES(l)[i];
            if (b->kind != MEDEL_BALANCE_OIB || b->year != 0 || b->account != a
                || g->object_of[b->objects] == MEDEL_NO_INDEX)
                continue;
            add(g, party_of(g, a, g->object_of[b->objects]), b->amount, 0);
            opening -= b->amount;
        }
        if (opening)
            add(g, party_of(g, a, MEDEL_NO_INDEX), opening, 0);
    }
}

static bool add_rows(ager *g, medel_ledger_query *q, int32_t until)
{
    const medel_ledger_columns *c = &g->l->columns;
    medel_keys *rows = &g->out->rows;
    if (!medel_keys_by_day(rows, q))
        return false;
    for (size_t i = 0; i < rows->n; i++) {
        const uint32_t r = MEDEL_KEY_ROW(rows->all[i]);
        if (medel_ledger_day(c->day[r]) > until)
            break;
        party *p = party_of(g, c->account[r], g->object_of[c->objects[r]]);
        add(g, p, c->amount[r], c->day[r] ? c->day[r] : 1);
    }
    medel_keys_free(rows);
    return true;
}

/* ---- the answer ---- */

static int by_party(const void *a, const void *b)
{
    const medel_open *x = a, *y = b;
    if (x->account != y->account)
        return x->account < y->account ? -1 : 1;
    return (x->object > y->object) - (x->object < y->object);
}

static void tell(ager *g, int32_t day, const int *bounds, size_t nbounds)
{
    medel_array open = { 0 };
    for (size_t i = 0; i < g->room; i++) {
        const party *p = g->parties[i];
        if (!p || (!p->oldest && !p->unmatched && !p->balance))
            continue;
        medel_open o = { .account = p->account,
                         .object = p->object,
                         .unmatched = -g->sign * p->unmatched,
                         .balance = p->balance,
                         .oldest = MEDEL_NO_DAY };
        o.ages = MEDEL_NEW(&g->out->arena, int64_t, nbounds + 1);
        for (const item *t = p->oldest; t; t = t->next) {
            size_t bucket = 0;
            if (!t->left)
                continue;
            o.items++;
            if (!t->day) {
                o.opening += g->sign * t->left;
                continue;
            }
            const int32_t opened = medel_ledger_day(t->day);
            while (bucket < nbounds && day - opened >= bounds[bucket])
                bucket++;
            o.ages[bucket] += g->sign * t->left;
            if (o.oldest == MEDEL_NO_DAY)
                o.oldest = opened;
        }
        if (o.items || o.unmatched || o.balance)
            *MEDEL_PUSH(&g->out->arena, &open, medel_open) = o;
    }
    if (open.count)
        qsort(open.data, open.count, sizeof(medel_open), by_party);
    g->out->seen = (medel_ageing){ open.data, open.count, nbounds + 1 };
}

static bool age(ager *g, medel_ledger_query *q, const char *dimension, int32_t day)
{
    find_objects(g, dimension);
    add_openings(g, q);
    return add_rows(g, q, day);
}

/* The whole of it; false if there was no memory for it. */
static bool aged(ager *g, medel_ledger_query *q, const medel_ageing_options *options)
{
    jmp_buf oom;
    g->out->arena.oom = &oom;
    const bool fine = !setjmp(oom) && age(g, q, options->dimension, options->day);
    if (fine)
        tell(g, options->day, options->bounds, options->nbounds);
    g->out->arena.oom = NULL;
    return fine;
}

medel_status medel_ledger_ageing_new(medel_ageing **out, const medel_ledger *l,
                                     const medel_ledger_filter *filter,
                                     const medel_ageing_options *options,
                                     medel_error *err)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_ERR(err, out, l, options, options->bounds || !options->nbounds);
    const int *bounds = options->bounds;
    const medel_allocator *allocator = options->allocator;
    medel_arena arena;
    medel_ledger_query *q;
    *out = NULL;
    for (size_t i = 0; i < options->nbounds; i++) {
        if (bounds[i] <= (i ? bounds[i - 1] : 0))
            return medel_fail(err, MEDEL_E_SCHEMA, "ages rise from 1 day");
    }
    if (l->head.streamed)
        return medel_fail(err, MEDEL_E_DOMAIN, "a streamed ledger has no rows");
    medel_status st = medel_ledger_query_new(&q, l, filter, allocator, err);
    if (st != MEDEL_OK)
        return st;
    medel_arena_init(&arena, allocator);
    ageing *r = medel_arena_try(&arena, sizeof *r);
    if (!r) {
        medel_ledger_query_free(q);
        return medel_fail(err, MEDEL_E_NOMEM, "out of memory");
    }
    *r = (ageing){ .arena = arena, .rows = medel_keys_of(&arena) };
    ager g = { .out = r, .l = l, .sign = options->payables ? -1 : 1 };
    if (!aged(&g, q, options))
        st = medel_fail(err, MEDEL_E_NOMEM, "out of memory");
    medel_ledger_query_free(q);
    if (st == MEDEL_OK)
        *out = &r->seen;
    else
        medel_ledger_ageing_free(&r->seen);
    return st;
}

void medel_ledger_ageing_free(medel_ageing *seen)
{
    if (!seen)
        return;
    ageing *r = (ageing *)seen;
    medel_keys_free(&r->rows);
    medel_arena_release(&r->arena);
}

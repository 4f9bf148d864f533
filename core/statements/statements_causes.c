/* statements_causes.c - one explanation of all that a report prints otherwise than the
   books have it. */
#include "suspects.h"

#include <stdlib.h>
#include <string.h>

struct medel_book_causes {
    medel_arena arena;
    suspects x;
    medel_array found;     /* medel_book_cause */
    medel_array explained; /* medel_explained */
};

typedef struct solver {
    medel_book_causes *out;
    suspects *x;
    medel_comparison *all; /* that differ */
    size_t n;
    bool *done; /* explained */
} solver;

#define LIST(v) ((suspect *)(v)->x->list.data)

/* ---- what is left of a difference ---- */

static bool agrees(const medel_comparison *c, int64_t change)
{
    medel_quantity ledger, value;
    medel_agreement agreement;
    int64_t amount;
    if (__builtin_add_overflow(c->amount, change, &amount)
        || medel_quantity_make(&ledger, amount, 100, MEDEL_UNIT_KR) != MEDEL_OK
        || medel_quantity_make(&value, 0, 1, MEDEL_UNIT_KR) != MEDEL_OK)
        return false;
    if (c->fact->state == MEDEL_FIGURE_VALUE)
        value = c->fact->value;
    return medel_quantity_agree(&agreement, &value, &ledger) == MEDEL_OK
           && agreement != MEDEL_DIFFER;
}

/* What the accepted causes make of the figure. */
static int64_t accepted(const solver *v, const medel_comparison *c)
{
    int64_t sum = 0;
    for (size_t i = 0; i < v->x->list.count; i++) {
        if (LIST(v)[i].accepted
            && __builtin_add_overflow(sum, medel_suspect_effect(&LIST(v)[i], c), &sum))
            return 0;
    }
    return sum;
}

static bool is_sum(const medel_comparison *c)
{
    return c->row && c->row->sum;
}

static void note_done(solver *v)
{
    for (size_t i = 0; i < v->n; i++) {
        if (!v->done[i])
            v->done[i] =
                v->all[i].year == 0 && agrees(&v->all[i], accepted(v, &v->all[i]));
    }
}

static void accept(solver *v, suspect *one)
{
    one->accepted = true;
    note_done(v);
}

/* ---- suspects, up to three together ---- */

static bool try_suspects(solver *v, const medel_comparison *c)
{
    suspect *with[SUSPECTS];
    int64_t effect[SUSPECTS];
    const int64_t base = accepted(v, c);
    size_t n = 0;
    for (size_t i = 0; i < v->x->list.count && n < SUSPECTS; i++) {
        suspect *one = &LIST(v)[i];
        const int64_t e = one->accepted ? 0 : medel_suspect_effect(one, c);
        if (e) {
            effect[n] = e;
            with[n++] = one;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (agrees(c, base + effect[i])) {
            accept(v, with[i]);
            return true;
        }
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            if (agrees(c, base + effect[i] + effect[j])) {
                accept(v, with[i]);
                accept(v, with[j]);
                return true;
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            for (size_t k = j + 1; k < n; k++) {
                if (!agrees(c, base + effect[i] + effect[j] + effect[k]))
                    continue;
                accept(v, with[i]);
                accept(v, with[j]);
                accept(v, with[k]);
                return true;
            }
        }
    }
    return false;
}

/* ---- a row that stands on another account or object ---- */

static int64_t size_of(int64_t n)
{
    return n < 0 ? -n : n;
}

static bool near(int64_t amount, int64_t wanted)
{
    const int64_t d = size_of(amount) - size_of(wanted);
    return amount && d <= 50 && d >= -50; /* what is printed is whole kronor, or finer */
}

static bool in_row(const suspects *x, const medel_comparison *c, uint32_t row)
{
    const medel_ledger_columns *k = medel_ledger_columns_of(x->l);
    for (size_t i = 0; c->row && i < c->row->nparts; i++) {
        const medel_statement_part *p = &c->row->parts[i];
        if (p->account == k->account[row]
            && (p->object == MEDEL_NO_INDEX
                || p->object == medel_statements_object(x->s, k->objects[row])))
            return true;
    }
    return false;
}

/* Is the row on an account, or in the driftredovisning an object, that has no row? */
static bool without_row(const suspects *x, uint32_t row, const medel_comparison *c)
{
    const medel_ledger_columns *k = medel_ledger_columns_of(x->l);
    const medel_unmapped *u;
    const size_t n = medel_statements_unmapped(x->s, &u);
    const uint32_t object = medel_statements_object(x->s, k->objects[row]);
    for (size_t i = 0; i < n; i++) {
        if (u[i].year == 0 && u[i].account == k->account[row]
            && (u[i].object == MEDEL_NO_INDEX || (c->column && u[i].object == object)))
            return true;
    }
    return false;
}

typedef struct place {
    uint32_t account, object;
} place;

#define PLACES 40

/* Where a row would stand to be in the figure: the objects that make a row of the
   driftredovisning, else the accounts. */
static size_t places_of(const suspects *x, const medel_comparison *c, uint32_t row,
                        place out[PLACES])
{
    const medel_ledger_columns *k = medel_ledger_columns_of(x->l);
    const medel_kontoplan *plan = medel_statements_plan(x->s);
    const medel_object *objects;
    const medel_account *accounts;
    const size_t nobjects = medel_ledger_objects(x->l, &objects);
    const size_t naccounts = medel_ledger_accounts(x->l, &accounts);
    const uint32_t own = medel_statements_object(x->s, k->objects[row]);
    size_t n = 0;
    if (c->column) {
        for (uint32_t o = 0; o < nobjects && n < PLACES; o++) {
            const char *to = medel_kontoplan_drift_row(
                plan, accounts[k->account[row]].number, objects[o].number);
            if (o != own && to && strcmp(to, c->id) == 0)
                out[n++] = (place){ k->account[row], o };
        }
        return n;
    }
    for (uint32_t a = 0; a < naccounts && n < PLACES; a++) {
        const medel_account_line *line = medel_kontoplan_find(plan, accounts[a].number);
        const bool note = line && line->note && strcmp(line->note, c->table) == 0
                          && strcmp(line->note_row, c->id) == 0;
        const bool main_row =
            line && strcmp(line->table, c->table) == 0 && strcmp(line->row, c->id) == 0;
        if ((note || main_row) && a != k->account[row])
            out[n++] = (place){ a, own };
    }
    return n;
}

typedef struct best {
    medel_book_cause cause;
    int score;
    bool tied, any;
} best;

static void weigh(solver *v, const medel_comparison *lacks, const medel_comparison *more,
                  uint32_t row, best *b)
{
    suspects *x = v->x;
    const medel_ledger_columns *k = medel_ledger_columns_of(x->l);
    place places[PLACES];
    const size_t n = places_of(x, lacks, row, places);
    uint32_t like, here;
    const uint32_t object = medel_statements_object(x->s, k->objects[row]);
    const int stays = medel_suspects_habit(
        x, row, k->account[row], lacks->column ? object : MEDEL_NO_INDEX, &here);
    for (size_t i = 0; i < n; i++) {
        const int score =
            medel_suspects_habit(x, row, places[i].account,
                                 lacks->column ? places[i].object : MEDEL_NO_INDEX, &like)
            - stays;
        if (b->any && score < b->score)
            continue;
        const medel_book_cause c = { more ? MEDEL_BOOKED_MOVED : MEDEL_BOOKED_NO_ROW,
                                     row,
                                     medel_ledger_row_voucher(x->l, row),
                                     k->account[row],
                                     object,
                                     places[i].account,
                                     places[i].object,
                                     like,
                                     k->amount[row] };
        if (!medel_suspects_add(x, &c))
            return;
        suspect *one = &LIST(v)[x->list.count - 1];
        const bool right =
            agrees(lacks, accepted(v, lacks) + medel_suspect_effect(one, lacks))
            && (!more
                || agrees(more, accepted(v, more) + medel_suspect_effect(one, more)));
        medel_statements_free(one->delta);
        x->list.count--;
        if (!right)
            continue;
        b->tied = b->any && score == b->score && b->cause.row != row;
        if (!b->any || score > b->score)
            b->cause = c;
        b->score = score;
        b->any = true;
    }
}

/* A row on an account of 'more', or on one without a row, that would make 'lacks' right.
 */
static void try_rows(solver *v, const medel_comparison *lacks,
                     const medel_comparison *more, best *b)
{
    const medel_ledger_columns *k = medel_ledger_columns_of(v->x->l);
    const int64_t left = lacks->difference - accepted(v, lacks);
    size_t tried = 0;
    for (uint32_t r = 0; r < k->nrows && tried < 200; r++) {
        if (!near(k->amount[r], left)
            || (more ? !in_row(v->x, more, r) : !without_row(v->x, r, lacks)))
            continue;
        tried++;
        weigh(v, lacks, more, r, b);
    }
}

static bool try_moved(solver *v, size_t i)
{
    const medel_comparison *c = &v->all[i];
    best b = { .any = false };
    for (size_t j = 0; j < v->n; j++) {
        const medel_comparison *more = &v->all[j];
        /* within one kind of row: netto and avvikelse only follow */
        if (j == i || v->done[j] || is_sum(more) || more->year
            || !medel_same(more->column, c->column)
            || !near(more->difference - accepted(v, more),
                     c->difference - accepted(v, c)))
            continue;
        try_rows(v, c, more, &b);
    }
    if (!b.any)
        try_rows(v, c, NULL, &b);
    if (!b.any || b.tied || !medel_suspects_add(v->x, &b.cause))
        return false;
    accept(v, &LIST(v)[v->x->list.count - 1]);
    return true;
}

/* ---- a whole account, or the one voucher of the amount ---- */

static bool try_account(solver *v, const medel_comparison *c)
{
    for (size_t i = 0; c->row && c->row->nparts > 1 && i < c->row->nparts; i++) {
        const medel_statement_part *p = &c->row->parts[i];
        const medel_account *accounts;
        medel_account_total total;
        medel_ledger_accounts(v->x->l, &accounts);
        medel_ledger_total(v->x->l, p->account, &total);
        if (!agrees(c, accepted(v, c) - p->amount) || !near(total.net, p->amount))
            continue;
        const medel_book_cause cause = {
            MEDEL_BOOKED_ACCOUNT, MEDEL_NO_INDEX, MEDEL_NO_INDEX, p->account, p->object,
            MEDEL_NO_INDEX,       MEDEL_NO_INDEX, MEDEL_NO_INDEX, total.net
        };
        if (!medel_suspects_add(v->x, &cause))
            return false;
        suspect *one = &LIST(v)[v->x->list.count - 1];
        if (agrees(c, accepted(v, c) + medel_suspect_effect(one, c))) {
            accept(v, one);
            return true;
        }
        medel_statements_free(one->delta);
        v->x->list.count--;
    }
    return false;
}

/* The voucher without which the figure is right; nothing if there are several. */
static bool try_voucher(solver *v, const medel_comparison *c)
{
    const medel_ledger_columns *k = medel_ledger_columns_of(v->x->l);
    const int64_t left = c->difference - accepted(v, c);
    size_t right = 0, tried = 0;
    medel_book_cause found = { 0 };
    for (uint32_t r = 0; r < k->nrows && tried < 100 && right < 2; r++) {
        if (!near(k->amount[r], left) || !in_row(v->x, c, r))
            continue;
        tried++;
        const medel_book_cause cause = { MEDEL_BOOKED_VOUCHER,
                                         r,
                                         medel_ledger_row_voucher(v->x->l, r),
                                         k->account[r],
                                         medel_statements_object(v->x->s, k->objects[r]),
                                         MEDEL_NO_INDEX,
                                         MEDEL_NO_INDEX,
                                         MEDEL_NO_INDEX,
                                         k->amount[r] };
        if (!medel_suspects_add(v->x, &cause))
            return false;
        suspect *one = &LIST(v)[v->x->list.count - 1];
        if (agrees(c, accepted(v, c) + medel_suspect_effect(one, c))) {
            right++;
            found = cause;
        }
        medel_statements_free(one->delta);
        v->x->list.count--;
    }
    if (right != 1 || !medel_suspects_add(v->x, &found))
        return false;
    accept(v, &LIST(v)[v->x->list.count - 1]);
    return true;
}

/* ---- all of them ---- */

static size_t parts_of(const medel_comparison *c)
{
    return c->row ? c->row->nparts : 0;
}

static bool is_flow(const solver *v, const medel_comparison *c)
{
    return medel_has_role(medel_kontoplan_taxonomy(medel_statements_plan(v->x->s)),
                          c->table, MEDEL_ROLE_CASH_FLOW_STATEMENT);
}

/* What only follows from other figures comes after them. */
static int rank(const solver *v, const medel_comparison *c)
{
    const bool netto = medel_same(c->column, "netto");
    const bool flow = is_flow(v, c);
    return is_sum(c) || flow ? 3 : medel_same(c->column, "avvikelse") ? 2 : netto ? 1 : 0;
}

/* Narrow rows first: what they say is surest. */
static bool precedes(const solver *v, const medel_comparison *x,
                     const medel_comparison *y)
{
    if (rank(v, x) != rank(v, y))
        return rank(v, x) < rank(v, y);
    if (parts_of(x) != parts_of(y))
        return parts_of(x) < parts_of(y);
    return x->fact->index < y->fact->index;
}

static void put_in_order(solver *v)
{
    for (size_t i = 1; i < v->n; i++) {
        const medel_comparison c = v->all[i];
        size_t k = i;
        for (; k > 0 && precedes(v, &c, &v->all[k - 1]); k--)
            v->all[k] = v->all[k - 1];
        v->all[k] = c;
    }
}

static void gather(solver *v, const medel_report *report)
{
    const medel_table_spec *specs;
    const size_t n = medel_taxonomy_tables(
        medel_kontoplan_taxonomy(medel_statements_plan(v->x->s)), &specs);
    medel_array all = { 0 };
    for (size_t i = 0; i < n; i++) {
        const size_t m = medel_statements_compare(v->x->s, report, specs[i].id, NULL, 0);
        medel_comparison *list = MEDEL_NEW(v->x->arena, medel_comparison, m + 1);
        medel_statements_compare(v->x->s, report, specs[i].id, list, m);
        for (size_t k = 0; k < m; k++) {
            if (list[k].difference)
                *MEDEL_PUSH(v->x->arena, &all, medel_comparison) = list[k];
        }
    }
    v->all = all.data;
    v->n = all.count;
    v->done = MEDEL_NEW(v->x->arena, bool, v->n + 1);
    put_in_order(v);
}

/* netto and avvikelse of a row whose intäkt or kostnad is printed, too, only follow. */
static bool computed(const solver *v, const medel_comparison *c)
{
    if (!c->column
        || (strcmp(c->column, "netto") != 0 && strcmp(c->column, "avvikelse") != 0))
        return false;
    for (size_t i = 0; i < v->n; i++) {
        const medel_comparison *o = &v->all[i];
        if (o != c && o->column && strcmp(o->id, c->id) == 0 && o->year == c->year
            && (strcmp(o->column, "intakt") == 0 || strcmp(o->column, "kostnad") == 0))
            return true;
    }
    return false;
}

static void solve(solver *v)
{
    typedef bool (*step)(solver * v, const medel_comparison *c);
    static const step steps[] = { try_suspects, NULL /* moved */, try_account,
                                  try_voucher };
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        for (size_t i = 0; i < v->n && v->x->status == MEDEL_OK; i++) {
            const medel_comparison *c = &v->all[i];
            if (v->done[i] || c->year || is_sum(c) || computed(v, c) || is_flow(v, c))
                continue;
            if (steps[s])
                steps[s](v, c);
            else
                try_moved(v, i);
        }
    }
}

/* ---- what is told where ---- */

static bool same_accounts(const medel_comparison *a, const medel_comparison *b)
{
    for (size_t i = 0; i < parts_of(a); i++) {
        bool there = false;
        for (size_t k = 0; k < parts_of(b) && !there; k++)
            there = b->row->parts[k].account == a->row->parts[i].account;
        if (!there)
            return false;
    }
    return parts_of(a) > 0;
}

/* Something that has no known cause is told at the narrowest figure that has it. */
static bool repeats(const solver *v, size_t i)
{
    const medel_comparison *c = &v->all[i];
    for (size_t k = 0; k < v->n; k++) {
        const medel_comparison *o = &v->all[k];
        if (k == i || v->done[k] || o->year != c->year)
            continue;
        const bool under = is_sum(c) && !is_sum(o) && strcmp(o->table, c->table) == 0
                           && medel_same(o->column, c->column);
        const bool before =
            k < i && near(o->difference, c->difference) && same_accounts(o, c);
        if (under || before)
            return true;
    }
    return false;
}

static void explain(solver *v, size_t i, bool *told, const uint32_t *number)
{
    medel_book_causes *out = v->out;
    medel_explained *e = MEDEL_PUSH(&out->arena, &out->explained, medel_explained);
    *e = (medel_explained){ .comparison = v->all[i] };
    medel_array causes = { 0 };
    bool fresh = false;
    for (size_t k = 0; v->done[i] && k < v->x->list.count; k++) {
        const suspect *one = &LIST(v)[k];
        if (!one->accepted || !medel_suspect_effect(one, &v->all[i]))
            continue;
        *MEDEL_PUSH(&out->arena, &causes, uint32_t) = number[k];
        fresh |= !told[k];
        told[k] = true;
    }
    e->causes = causes.data;
    e->ncauses = causes.count;
    e->follows = v->done[i] ? !fresh : computed(v, &v->all[i]) || repeats(v, i);
}

static void finish(solver *v)
{
    medel_book_causes *out = v->out;
    const size_t n = v->x->list.count;
    bool *told = MEDEL_NEW(&out->arena, bool, n + 1);
    uint32_t *number = MEDEL_NEW(&out->arena, uint32_t, n + 1);
    for (size_t k = 0; k < n; k++) {
        number[k] = (uint32_t)out->found.count;
        if (LIST(v)[k].accepted)
            *MEDEL_PUSH(&out->arena, &out->found, medel_book_cause) = LIST(v)[k].cause;
    }
    for (size_t i = 0; i < v->n; i++)
        explain(v, i, told, number);
}

static void free_deltas(suspects *x)
{
    suspect *list = x->list.data;
    for (size_t i = 0; i < x->list.count; i++) {
        medel_statements_free(list[i].delta);
        list[i].delta = NULL;
    }
    x->list.count = 0;
}

medel_status medel_book_causes_new(medel_book_causes **out, const medel_statements *s,
                                   const medel_report *report,
                                   const medel_allocator *allocator, medel_error *err)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_ERR(err, out, s, report);
    jmp_buf oom;
    medel_book_causes *c = medel_object_new(sizeof *c, allocator);
    if (!c)
        return medel_fail(err, MEDEL_E_NOMEM, "not enough memory");
    c->arena.oom = &oom;
    c->x = (suspects){ .arena = &c->arena, .s = s, .l = medel_statements_ledger(s) };
    solver v = { .out = c, .x = &c->x };
    medel_status st;
    if (setjmp(oom)) {
        st = medel_fail(err, MEDEL_E_NOMEM, "not enough memory");
    } else {
        gather(&v, report);
        if (v.n)
            medel_suspects_find(&c->x);
        note_done(&v);
        solve(&v);
        finish(&v);
        st = c->x.status;
        if (st != MEDEL_OK && err)
            *err = c->x.err;
    }
    free_deltas(&c->x);
    c->arena.oom = NULL;
    if (st == MEDEL_OK)
        *out = c;
    else
        medel_book_causes_free(c);
    return st;
}

MEDEL_FREE(medel_book_causes_free, medel_book_causes)
MEDEL_ARRAY(medel_book_cause, medel_book_causes_list, medel_book_causes, found)
MEDEL_ARRAY(medel_explained, medel_book_causes_explained, medel_book_causes, explained)

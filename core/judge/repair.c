/*
 * repair.c - the fewest printed figures whose change makes the checks hold.
 *
 * The search begins with what is violated.  A set of figures that leaves a constraint
 * unfulfilled can only become a repair with another figure of that constraint, so those
 * are what it branches on; sets of one figure come before sets of two, then three.
 */
#include "solve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct medel_repairs {
    medel_arena arena;
    medel_checks *checks;
    medel_array problems; /* medel_problem */
};

typedef struct finder {
    medel_arena *arena;
    const medel_system *s;
    const medel_check *checks;
    size_t nchecks;
    medel_array required; /* size_t: the violated constraints of this problem */
    medel_array found;    /* medel_unknowns */
    medel_map seen;       /* sets, by their numbers as text */
    size_t size;          /* of the sets that are looked for */
    size_t tried, most;
    bool bounded;
} finder;

/* ---- the search ---- */

static bool contains(const medel_unknowns *u, const medel_fact *f)
{
    for (size_t i = 0; i < u->n; i++) {
        if (u->list[i].fact == f)
            return true;
    }
    return false;
}

/* In the order of their numbers, so that a set has one form. */
static medel_unknowns with(const medel_unknowns *u, const medel_fact *f)
{
    medel_unknowns more = *u;
    size_t i = more.n++;
    for (; i > 0 && more.list[i - 1].fact->index > f->index; i--)
        more.list[i] = more.list[i - 1];
    more.list[i] = (medel_unknown){ .fact = f };
    return more;
}

static bool seen_before(finder *f, const medel_unknowns *u)
{
    char key[80];
    int len = 0;
    for (size_t i = 0; i < u->n; i++)
        len +=
            snprintf(key + len, sizeof key - (size_t)len, "%zu ", u->list[i].fact->index);
    if (medel_map_get(&f->seen, u->n ? key : ""))
        return true;
    medel_map_put(f->arena, &f->seen, medel_arena_text(f->arena, key, (size_t)len), f);
    return false;
}

static void search(finder *f, const medel_unknowns *u);

static void branch(finder *f, const medel_unknowns *u, const medel_constraint *c)
{
    for (size_t i = 0; i < c->n; i++) {
        if (!contains(u, c->terms[i].fact)) {
            medel_unknowns more = with(u, c->terms[i].fact);
            search(f, &more);
        }
    }
}

static void branch_on_all(finder *f, const medel_unknowns *u)
{
    for (size_t i = 0; i < u->n; i++) {
        const medel_array *of = &f->s->of[u->list[i].fact->index];
        const size_t *list = of->data;
        for (size_t k = 0; k < of->count; k++)
            branch(f, u, medel_system_get(f->s, list[k]));
    }
}

/* The first violated constraint that has none of the figures. */
static const medel_constraint *left_alone(const finder *f, const medel_unknowns *u)
{
    const size_t *list = f->required.data;
    for (size_t i = 0; i < f->required.count; i++) {
        const medel_constraint *c = medel_system_get(f->s, list[i]);
        bool touched = false;
        for (size_t k = 0; k < c->n; k++)
            touched |= contains(u, c->terms[k].fact);
        if (!touched)
            return c;
    }
    return NULL;
}

static void search(finder *f, const medel_unknowns *u)
{
    size_t conflict[2];
    medel_unknowns x = *u;
    if (f->tried >= f->most) {
        f->bounded = true;
        return;
    }
    if (seen_before(f, u))
        return;
    f->tried++;
    const medel_constraint *alone = left_alone(f, u);
    medel_solved st = MEDEL_OPEN;
    if (!alone)
        st = medel_solve(f->s, &x, conflict);
    if (!alone && st == MEDEL_SOLVED)
        *MEDEL_PUSH(f->arena, &f->found, medel_unknowns) = x;
    if (u->n == f->size)
        return;
    if (alone) {
        branch(f, u, alone);
    } else if (st == MEDEL_CONFLICT && conflict[0] == conflict[1]) {
        branch_on_all(f, u);
    } else if (st == MEDEL_CONFLICT) {
        branch(f, u, medel_system_get(f->s, conflict[0]));
        branch(f, u, medel_system_get(f->s, conflict[1]));
    }
}

static void find(finder *f)
{
    const medel_unknowns none = { 0 };
    for (f->size = 1; f->size <= MEDEL_REPAIR_FIGURES; f->size++) {
        f->seen = (medel_map){ 0 };
        search(f, &none);
        if (f->found.count || f->bounded)
            return;
    }
}

/* ---- what hangs together ---- */

static bool share_a_figure(const medel_constraint *a, const medel_constraint *b)
{
    for (size_t i = 0; i < a->n; i++) {
        for (size_t k = 0; k < b->n; k++) {
            if (a->terms[i].fact == b->terms[k].fact)
                return true;
        }
    }
    return false;
}

static void join(size_t *group, size_t n, size_t a, size_t b)
{
    size_t from = group[a] > group[b] ? group[a] : group[b];
    size_t to = group[a] > group[b] ? group[b] : group[a];
    for (size_t i = 0; i < n; i++) {
        if (group[i] == from)
            group[i] = to;
    }
}

/* A violated constraint of another group that one of the repairs touches, or n. */
static size_t touched_elsewhere(const finder *f, const size_t *violated,
                                const size_t *group, size_t n, size_t own)
{
    const medel_unknowns *found = f->found.data;
    for (size_t i = 0; i < n; i++) {
        const medel_constraint *c = medel_system_get(f->s, violated[i]);
        for (size_t k = 0; k < f->found.count && group[i] != own; k++) {
            for (size_t t = 0; t < c->n; t++) {
                if (contains(&found[k], c->terms[t].fact))
                    return i;
            }
        }
    }
    return n;
}

/* ---- how likely is it? ---- */

static unsigned cost_of_cause(medel_cause c)
{
    static const medel_cause order[] = {
        MEDEL_CAUSE_SIGN,          MEDEL_CAUSE_THOUSAND,      MEDEL_CAUSE_COLUMN,
        MEDEL_CAUSE_WRONG_ROW,     MEDEL_CAUSE_TRANSPOSITION, MEDEL_CAUSE_EXTRA_DIGIT,
        MEDEL_CAUSE_MISSING_DIGIT, MEDEL_CAUSE_WRONG_DIGIT,
    };
    unsigned i = 0;
    while (i < sizeof order / sizeof *order && order[i] != c)
        i++;
    return i;
}

/* So many digits that one more or less hits a narrow interval by design, not by chance.
 */
static bool long_enough(const medel_fact *f)
{
    int64_t n = 0;
    return medel_fact_digits(&n, f) && (n >= 10000 || n <= -10000);
}

/* Is there a typical slip between what it prints and what it should, or something near
   that everything allows as well? */
static medel_cause cause_of(const finder *f, medel_unknowns *u, medel_unknown *x)
{
    medel_suspicion s;
    const medel_unknown solved = *x;
    bool turned = medel_fact_turned(f->s->r, x->fact);
    medel_quantity exact = x->value;
    exact.low = exact.high = x->value.value;
    for (int i = 0; i < 2; i++) {
        if (!medel_cause_of(&s, f->s->r, x->fact, i == 0 ? &exact : &x->allowed)
            || (i == 1
                && cost_of_cause(s.cause)
                       > cost_of_cause(long_enough(x->fact) ? MEDEL_CAUSE_MISSING_DIGIT
                                                            : MEDEL_CAUSE_TRANSPOSITION)))
            continue; /* an edited digit explains anything that rounding allows */
        if (turned)
            (void)!medel_quantity_neg(&s.suggested, &s.suggested);
        if (medel_unknown_print(f->s, x, s.suggested.value)
            && medel_unknowns_hold(f->s, u))
            return s.cause;
        *x = solved;
    }
    return MEDEL_CAUSE_NONE;
}

static medel_repair_figure figure_of(const finder *f, medel_unknowns *u, size_t i)
{
    medel_unknown *x = &u->list[i];
    medel_repair_figure out = { .fact = x->fact, .cause = cause_of(f, u, x) };
    out.digits = x->digits;
    out.printed = x->value;
    if (medel_fact_turned(f->s->r, x->fact))
        (void)!medel_quantity_neg(&out.printed, &x->value);
    return out;
}

static unsigned digits_changed(const medel_repair_figure *x)
{
    char before[24], after[24];
    int64_t digits = 0;
    if (!medel_fact_digits(&digits, x->fact))
        return 99;
    snprintf(before, sizeof before, "%lld", (long long)digits);
    snprintf(after, sizeof after, "%lld", (long long)x->digits);
    return medel_edit_distance(before, after, 30);
}

static int64_t distance(int64_t a, int64_t b)
{
    return a < b ? b - a : a - b;
}

/* The columns beside help to choose: a row that has lost a digit stands out.  0: the
   value that is proposed is nearer to them than the printed one; 2: farther; 1: they say
   nothing; 3: a printed zero. */
static unsigned stands_out(const finder *f, const medel_repair_figure *x)
{
    size_t row, column;
    const medel_table *t = medel_table_of(f->s->r, x->fact, &row, &column);
    medel_span before = medel_span_printed(x->fact), after;
    medel_fact proposed = *x->fact;
    unsigned nearer = 0, farther = 0;
    proposed.printed = x->printed;
    after = medel_span_printed(&proposed);
    for (size_t i = 0; t && i < t->ncolumns; i++) {
        const medel_fact *o = t->rows[row].cells[i];
        medel_span s = medel_span_printed(o);
        if (i == column || !o || !medel_same(o->measure, x->fact->measure) || !s.printed
            || s.value == 0)
            continue;
        int64_t was = distance(before.value, s.value),
                is = distance(after.value, s.value);
        nearer += is < was / 2;
        farther += was < is / 2;
    }
    if (before.value == 0 && !nearer)
        return 3; /* who prints a zero means it */
    return nearer > farther ? 0 : nearer < farther ? 2 : 1;
}

static bool share_holds(const medel_check *k, const medel_unknowns *u)
{
    medel_quantity share, over, under, expected;
    medel_agreement agreement;
    return medel_solved_value(&share, k->subject, u)
           && medel_solved_value(&over, k->terms[0].fact, u)
           && medel_solved_value(&under, k->terms[1].fact, u)
           && (k->terms[0].weight * k->terms[1].weight > 0
               || medel_quantity_neg(&over, &over) == MEDEL_OK)
           && medel_quantity_div(&expected, &over, &under) == MEDEL_OK
           && medel_quantity_agree(&agreement, &share, &expected) == MEDEL_OK
           && agreement == MEDEL_AGREE;
}

static size_t shares_broken(const finder *f, const medel_unknowns *u)
{
    const medel_unknowns none = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < f->nchecks; i++) {
        const medel_check *k = &f->checks[i];
        n += k->kind == MEDEL_CHECK_RATIO && k->outcome == MEDEL_PASSED && k->nterms == 2
             && share_holds(k, &none) && !share_holds(k, u);
    }
    return n;
}

static medel_repair repair_of(const finder *f, medel_unknowns *u)
{
    medel_repair_figure *figures = MEDEL_NEW(f->arena, medel_repair_figure, u->n);
    for (size_t i = 0; i < u->n; i++)
        figures[i] = figure_of(f, u, i);
    unsigned odd = 0;
    for (size_t i = 0; i < u->n; i++)
        odd += stands_out(f, &figures[i]);
    return (medel_repair){ figures, u->n, shares_broken(f, u), odd };
}

static int compare(unsigned a, unsigned b)
{
    return (a > b) - (a < b);
}

static int by_likelihood(const void *pa, const void *pb)
{
    const medel_repair *a = pa, *b = pb;
    unsigned cause[2] = { 0, 0 }, digits[2] = { 0, 0 }, none[2] = { 0, 0 };
    for (size_t i = 0; i < a->n; i++) {
        none[0] += a->figures[i].cause == MEDEL_CAUSE_NONE;
        none[1] += b->figures[i].cause == MEDEL_CAUSE_NONE;
        cause[0] += cost_of_cause(a->figures[i].cause);
        cause[1] += cost_of_cause(b->figures[i].cause);
        digits[0] += digits_changed(&a->figures[i]);
        digits[1] += digits_changed(&b->figures[i]);
    }
    int order = compare((unsigned)a->shares, (unsigned)b->shares);
    if (!order)
        order = compare(none[0], none[1]);
    if (!order)
        order = compare(a->odd, b->odd);
    if (!order)
        order = compare(cause[0], cause[1]);
    if (!order)
        order = compare(digits[0], digits[1]);
    for (size_t i = 0; !order && i < a->n; i++)
        order = compare((unsigned)a->figures[i].fact->index,
                        (unsigned)b->figures[i].fact->index);
    return order;
}

/* ---- the result ---- */

static void add_problem(medel_array *problems, finder *f)
{
    medel_problem *out = MEDEL_PUSH(f->arena, problems, medel_problem);
    const size_t *list = f->required.data;
    const medel_check **checks =
        MEDEL_NEW(f->arena, const medel_check *, f->required.count);
    medel_repair *repairs = MEDEL_NEW(f->arena, medel_repair, f->found.count);
    medel_unknowns *found = f->found.data;
    for (size_t i = 0; i < f->required.count; i++)
        checks[i] = medel_system_get(f->s, list[i])->check;
    for (size_t i = 0; i < f->found.count; i++)
        repairs[i] = repair_of(f, &found[i]);
    if (f->found.count)
        qsort(repairs, f->found.count, sizeof *repairs, by_likelihood);
    *out = (medel_problem){ checks,         f->required.count, repairs,
                            f->found.count, f->tried,          f->bounded };
}

/* What all groups are searched with. */
typedef struct searched {
    const medel_system *s;
    const medel_check *checks;
    size_t nchecks, sets;
} searched;

static finder find_group(const searched *p, const size_t *violated, const size_t *group,
                         size_t n, size_t own)
{
    finder f = { .arena = p->s->arena,
                 .s = p->s,
                 .checks = p->checks,
                 .nchecks = p->nchecks,
                 .most = p->sets };
    for (size_t i = 0; i < n; i++) {
        if (group[i] == own)
            *MEDEL_PUSH(f.arena, &f.required, size_t) = violated[i];
    }
    find(&f);
    return f;
}

/* Find the repairs of a group, with others that they repair as well; the group may so
   become larger. */
static finder find_joined(const searched *p, const size_t *violated, size_t *group,
                          size_t n, size_t own)
{
    finder f = find_group(p, violated, group, n, own);
    for (;;) { /* ends: every round joins two groups */
        size_t other = touched_elsewhere(&f, violated, group, n, own), first = 0;
        if (other == n)
            return f;
        size_t *joined = MEDEL_NEW(p->s->arena, size_t, n);
        memcpy(joined, group, n * sizeof *joined);
        while (joined[first] != own)
            first++;
        join(joined, n, first, other);
        finder both = find_group(p, violated, joined, n, joined[first]);
        if (!both.found.count)
            return f;
        memcpy(group, joined, n * sizeof *joined);
        if (group[first] != own)
            return (finder){ 0 }; /* with a group before this one: begin again */
        f = both;
    }
}

void medel_problems(const medel_system *s, const medel_check *checks, size_t nchecks,
                    size_t sets, medel_array *out)
{
    const searched with_all = { s, checks, nchecks, sets };
    medel_array list = { 0 };
    for (size_t i = 0; i < s->constraints.count; i++) {
        if (medel_system_get(s, i)->violated)
            *MEDEL_PUSH(s->arena, &list, size_t) = i;
    }
    const size_t *violated = list.data;
    size_t n = list.count, *group = MEDEL_NEW(s->arena, size_t, n);
    for (size_t i = 0; i < n; i++)
        group[i] = i;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n; k++) {
            if (share_a_figure(medel_system_get(s, violated[i]),
                               medel_system_get(s, violated[k])))
                join(group, n, i, k);
        }
    }
    for (size_t own = 0; own < n; own++) {
        if (group[own] != own)
            continue;
        finder f = find_joined(&with_all, violated, group, n, own);
        if (f.s) {
            add_problem(out, &f);
        } else {
            out->count = 0;
            own = (size_t)-1;
        }
    }
}

medel_status medel_repairs_new(medel_repairs **out, const medel_report *r,
                               const medel_allocator *allocator)
{
    MEDEL_NEEDS(out, r);
    medel_arena arena;
    medel_arena_init(&arena, allocator);
    medel_repairs *p = medel_arena_try(&arena, sizeof *p);
    if (!p)
        return MEDEL_E_NOMEM;
    p->arena = arena;
    medel_status st =
        medel_checks_new(&p->checks, r, &(medel_check_options){ .allocator = allocator });
    jmp_buf oom;
    p->arena.oom = &oom;
    if (st != MEDEL_OK || setjmp(oom)) {
        medel_repairs_free(p);
        return MEDEL_E_NOMEM;
    }
    const medel_check *checks;
    size_t n = medel_checks_get(p->checks, &checks);
    medel_system s = { .arena = &p->arena, .r = r };
    medel_system_make(&s, checks, n);
    medel_problems(&s, checks, n, MEDEL_REPAIR_SETS, &p->problems);
    p->arena.oom = NULL;
    *out = p;
    return MEDEL_OK;
}

void medel_repairs_free(medel_repairs *p)
{
    if (!p)
        return;
    medel_checks_free(p->checks);
    medel_arena a = p->arena;
    medel_arena_free(&a);
}

size_t medel_repairs_get(const medel_repairs *p, const medel_problem **first)
{
    MEDEL_NEEDS_OR(0, p, first);
    *first = p->problems.data;
    return p->problems.count;
}

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

/* ---- the result ---- */

static void add_problem(medel_array *problems, finder *f)
{
    medel_problem *out = MEDEL_PUSH(f->arena, problems, medel_problem);
    const size_t *list = f->required.data;
    const medel_check **checks =
        MEDEL_NEW(f->arena, const medel_check *, f->required.count);
    for (size_t i = 0; i < f->required.count; i++)
        checks[i] = medel_system_get(f->s, list[i])->check;
    *out = (medel_problem){ .checks = checks,
                            .nchecks = f->required.count,
                            .tried = f->tried,
                            .bounded = f->bounded };
    medel_repairs_rank(f->s, f->checks, f->nchecks, f->found.data, f->found.count, out);
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
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, r);
    medel_repairs *p = medel_object_new(sizeof *p, allocator);
    if (!p)
        return MEDEL_E_NOMEM;
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
    medel_arena_release(&p->arena);
}

MEDEL_ARRAY(medel_problem, medel_repairs_get, medel_repairs, problems)

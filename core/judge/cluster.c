/*
 * cluster.c - one cause is one finding.  Failing relations that share a figure are one
 * problem; the smallest repair says which figure is probably wrong, and what follows from
 * it is listed under the finding that tells it.
 */
#include "judge.h"
#include "solve.h"

#include <string.h>

#define SETS 2000 /* of figures, tried for one problem of an audit */

static bool has_term(const medel_check *k, const medel_fact *f)
{
    for (size_t i = 0; i < k->nterms; i++) {
        const medel_fact *t = k->terms[i].fact;
        if (t == f)
            return true;
    }
    return false;
}

static bool node_has(const medel_node *n, const medel_fact *f)
{
    return n && (n->fact == f || node_has(n->left, f) || node_has(n->right, f));
}

/* Is the figure in it, or in a sum that is computed for it? */
static bool involves(const medel_check *k, const medel_fact *f)
{
    if (k->subject == f || has_term(k, f))
        return true;
    for (size_t i = 0; i < k->nterms; i++) {
        const medel_fact *t = k->terms[i].fact;
        if (t->state == MEDEL_FIGURE_COMPUTED && node_has(t->derivation, f))
            return true;
    }
    return false;
}

/* Which of two tells the figure best: the one that is about it, by the law's words, with
   the fewest figures. */
static bool tells_better(const medel_check *a, const medel_check *b, const medel_fact *f)
{
    if ((a->subject == f) != (b->subject == f))
        return a->subject == f;
    if ((a->kind == MEDEL_CHECK_SUM) != (b->kind == MEDEL_CHECK_SUM))
        return a->kind == MEDEL_CHECK_SUM;
    return a->proof != b->proof ? a->proof < b->proof : false;
}

static medel_check *own(medel_checker *c, const medel_check *k)
{
    medel_check *list = c->list->data;
    return &list[k - list];
}

static medel_check *main_of(medel_checker *c, const medel_problem *p, const medel_fact *f)
{
    const medel_check *best = NULL;
    for (size_t i = 0; i < p->nchecks; i++) {
        const medel_check *k = p->checks[i];
        if (involves(k, f) && !k->follows && (!best || tells_better(k, best, f)))
            best = k;
    }
    return best ? own(c, best) : NULL;
}

/* What is only asked about, or a share, and has the figure in it: it follows, too. */
static bool dangles(const medel_check *k)
{
    return k->outcome == MEDEL_FINDING && !k->follows && k->cause != MEDEL_CAUSE_ROUNDING
           && (k->proof == MEDEL_PROOF_QUESTION || k->kind == MEDEL_CHECK_RATIO);
}

/* Does one of its figures fit better with the proposed value?  A quantity of the
   subject's own or of a term, put in its place. */
static bool mended(const medel_check *k, const medel_repair_figure *x)
{
    medel_quantity value = k->subject->value, expected = k->expected, off, now;
    medel_agreement agreement;
    if (k->kind == MEDEL_CHECK_RATIO)
        return true;
    bool turned = x->fact->value.value.num != x->fact->printed.value.num;
    now = x->printed;
    if (turned && medel_quantity_neg(&now, &now) != MEDEL_OK)
        return false;
    if (k->subject == x->fact)
        value = now;
    for (size_t i = 0; i < k->nterms; i++) {
        if (k->terms[i].fact != x->fact)
            continue;
        if (medel_quantity_sub(&off, &now, &x->fact->value) != MEDEL_OK
            || (k->terms[i].weight < 0 && medel_quantity_neg(&off, &off) != MEDEL_OK)
            || medel_quantity_add(&expected, &expected, &off) != MEDEL_OK)
            return false;
    }
    return medel_quantity_agree(&agreement, &value, &expected) == MEDEL_OK
           && agreement != MEDEL_DIFFER;
}

static void blame(medel_check *k, const medel_repair_figure *x)
{
    k->cause = x->cause;
    k->cause_fact = x->fact;
    k->suggested = x->printed;
}

/* Make the figure that is blamed the finding's subject: what it would have to be, and
   what it is a part of. */
static void about(medel_judge *j, medel_check *k, const medel_repair_figure *x)
{
    medel_term *terms = MEDEL_NEW(j->arena, medel_term, k->nterms + 1);
    medel_quantity needed = k->difference, off;
    size_t n = 1;
    int weight = 0;
    for (size_t i = 0; i < k->nterms; i++) {
        if (k->terms[i].fact == x->fact)
            weight = k->terms[i].weight;
        else
            terms[n++] = k->terms[i];
    }
    if (!weight || k->kind == MEDEL_CHECK_RATIO || k->kind == MEDEL_CHECK_SIGNS
        || k->kind == MEDEL_CHECK_UNIT
        || (weight < 0 && medel_quantity_neg(&needed, &needed) != MEDEL_OK)
        || medel_quantity_neg(&off, &needed) != MEDEL_OK
        || medel_quantity_add(&needed, &needed, &x->fact->value) != MEDEL_OK)
        return;
    terms[0] = (medel_term){ k->subject, weight };
    for (size_t i = 1; i < n; i++)
        terms[i].weight *= -weight;
    k->terms = terms;
    k->nterms = n;
    k->subject = x->fact;
    k->expected = needed;
    k->difference = off;
    k->part = true;
}

static void gather(medel_judge *j, const medel_problem *p)
{
    medel_checker *c = j->checker;
    const medel_repair *best = &p->repairs[0];
    medel_check *whole = NULL;
    for (size_t i = 0; i < best->n; i++) {
        const medel_repair_figure *x = &best->figures[i];
        medel_check *first = main_of(c, p, x->fact), *list = c->list->data;
        if (!first)
            continue;
        if (best->one_slip && whole && whole != first)
            first->follows = whole; /* one slip has made both */
        whole = whole ? whole : first;
        /* A row left out of a sum says more than a figure that would mend it. */
        bool row = medel_cause_of_row(first->cause);
        bool only = best->n == 1 && p->nrepairs == 1;
        bool sure = best->n == 1 || first->subject == x->fact;
        if (!row && sure && p->decided
            && (x->cause != MEDEL_CAUSE_NONE || (only && first->cause_fact != x->fact)))
            blame(first, x);
        bool told = first->cause_fact == x->fact && !row;
        for (size_t k = 0; k < p->nchecks; k++) {
            medel_check *other = own(c, p->checks[k]);
            if (other != first && !other->follows && involves(other, x->fact)
                && first->follows != other)
                other->follows = first;
        }
        for (size_t k = 0; k < c->list->count; k++) {
            if (&list[k] != first && dangles(&list[k]) && involves(&list[k], x->fact)
                && mended(&list[k], x))
                list[k].follows = first;
        }
        if (told && p->decided && best->n == 1 && first->subject != x->fact
            && first->kind != MEDEL_CHECK_DUPLICATE)
            about(j, first, x);
    }
}

/* ---- one cause in two problems ---- */

static const medel_repair_figure *only_figure(const medel_problem *p)
{
    return p->decided && p->repairs[0].n == 1 ? &p->repairs[0].figures[0] : NULL;
}

static bool is_printed(const medel_quantity *q, const medel_fact *f)
{
    return medel_rational_compare(q->value, f->printed.value) == 0;
}

/* Two figures of one row or one column, each of which should print the other. */
static bool exchanged(const medel_judge *j, const medel_repair_figure *a,
                      const medel_repair_figure *b)
{
    size_t row[2], column[2];
    const medel_table *t = medel_table_of(j->r, a->fact, &row[0], &column[0]);
    return t && t == medel_table_of(j->r, b->fact, &row[1], &column[1])
           && (row[0] == row[1] || column[0] == column[1])
           && is_printed(&a->printed, b->fact) && is_printed(&b->printed, a->fact);
}

static medel_check *told_of(const medel_judge *j, const medel_problem *p)
{
    for (size_t i = 0; i < p->nchecks; i++) {
        if (!p->checks[i]->follows)
            return own(j->checker, p->checks[i]);
    }
    return NULL;
}

static void join_exchanged(medel_judge *j, const medel_problem *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const medel_repair_figure *a = only_figure(&all[i]), *b;
        for (size_t k = i + 1; a && k < n; k++) {
            b = only_figure(&all[k]);
            medel_check *first = told_of(j, &all[i]), *second = told_of(j, &all[k]);
            if (!b || !first || !second || !exchanged(j, a, b))
                continue;
            second->follows = first;
            first->cause = MEDEL_CAUSE_EXCHANGED;
            first->cause_fact = a->fact;
            first->suggested = a->printed;
        }
    }
}

static bool no_slip(const medel_check *k)
{
    return k->cause == MEDEL_CAUSE_NONE || k->cause == MEDEL_CAUSE_OMITTED_ROW;
}

static bool same_sum(const medel_check *a, const medel_check *b)
{
    return a->kind == MEDEL_CHECK_SUM && b->kind == MEDEL_CHECK_SUM && a->spec == b->spec
           && a->subject->spec && a->subject->spec == b->subject->spec
           && medel_same(a->subject->measure, b->subject->measure);
}

/* A sum that no column keeps lacks a row: that is said once. */
static void join_columns(medel_judge *j)
{
    medel_check *list = j->checker->list->data;
    const size_t n = j->checker->list->count;
    for (size_t i = 0; i < n; i++) {
        bool kept = false;
        if (list[i].outcome != MEDEL_FINDING || list[i].follows || list[i].part
            || !no_slip(&list[i]))
            continue;
        for (size_t k = 0; k < n; k++)
            kept |= k != i && same_sum(&list[i], &list[k])
                    && (list[k].outcome == MEDEL_PASSED || !no_slip(&list[k])
                        || list[k].cause_fact != list[i].cause_fact);
        for (size_t k = i + 1; k < n && !kept; k++) {
            if (same_sum(&list[i], &list[k]) && list[k].outcome == MEDEL_FINDING
                && !list[k].follows)
                list[k].follows = &list[i];
        }
    }
}

/* A check whose main follows another follows that one. */
static void flatten(medel_checker *c)
{
    medel_check *list = c->list->data;
    for (size_t i = 0; i < c->list->count; i++) {
        const medel_check *top = list[i].follows;
        for (size_t depth = 0; top && top->follows && depth < c->list->count; depth++)
            top = top->follows;
        list[i].follows = top;
    }
}

void medel_judge_cluster(medel_judge *j)
{
    medel_array problems = { 0 };
    const medel_check *checks = j->checker->list->data;
    const size_t n = j->checker->list->count;
    medel_system s = { .arena = j->arena, .r = j->r };
    medel_system_make(&s, checks, n);
    medel_problems(&s, checks, n, SETS, &problems);
    const medel_problem *all = problems.data;
    for (size_t i = 0; i < problems.count; i++) {
        if (all[i].nrepairs)
            gather(j, &all[i]);
    }
    join_exchanged(j, all, problems.count);
    join_columns(j);
    flatten(j->checker);
}

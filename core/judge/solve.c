/*
 * solve.c - the checks as linear constraints on printed figures, and the values that a
 * few unknown figures must have for all of them to hold.  Exact, in intervals.
 */
#include "solve.h"

#include <string.h>

/* ---- constraints ---- */

static void add_term(medel_system *s, medel_array *terms, const medel_fact *f, int weight)
{
    medel_term *all = terms->data;
    for (size_t i = 0; i < terms->count; i++) {
        if (all[i].fact == f) {
            all[i].weight += weight;
            return;
        }
    }
    *MEDEL_PUSH(s->arena, terms, medel_term) = (medel_term){ f, weight };
}

static void add_node(medel_system *s, medel_array *terms, const medel_node *n, int weight)
{
    if (!n)
        return;
    if (n->op == MEDEL_OP_FACT)
        add_term(s, terms, n->fact, weight);
    else if (n->op == MEDEL_OP_NEG)
        add_node(s, terms, n->left, -weight);
    else {
        add_node(s, terms, n->left, weight);
        add_node(s, terms, n->right, weight);
    }
}

/* A sum that this report computes from what it prints; a projected figure comes about
   from those of another. */
static bool sum_of_printed(const medel_fact *f)
{
    return f->state == MEDEL_FIGURE_COMPUTED && f->derivation;
}

static void add_fact(medel_system *s, medel_array *terms, const medel_fact *f, int weight)
{
    if (sum_of_printed(f))
        add_node(s, terms, f->derivation, weight);
    else
        add_term(s, terms, f, weight);
}

static bool weighted(medel_quantity *out, const medel_quantity *q, int weight)
{
    medel_quantity n;
    if (weight == 1) {
        *out = *q;
        return true;
    }
    if (weight == -1)
        return medel_quantity_neg(out, q) == MEDEL_OK;
    return medel_quantity_make(&n, weight, 1, MEDEL_UNIT_NUMBER) == MEDEL_OK
           && medel_quantity_mul(out, q, &n) == MEDEL_OK;
}

static const medel_unknown *unknown_of(const medel_unknowns *u, const medel_fact *f)
{
    for (size_t i = 0; u && i < u->n; i++) {
        if (u->list[i].fact == f)
            return &u->list[i];
    }
    return NULL;
}

/* The sum without one of its figures; false if another is not known either. */
static bool rest_of(medel_quantity *out, const medel_constraint *c,
                    const medel_unknowns *u, const medel_fact *skip)
{
    bool first = true;
    for (size_t i = 0; i < c->n; i++) {
        const medel_fact *f = c->terms[i].fact;
        const medel_unknown *x = unknown_of(u, f);
        medel_quantity q;
        if (f == skip)
            continue;
        if ((x && !x->solved)
            || !weighted(&q, x ? &x->value : &f->value, c->terms[i].weight)
            || (!first && medel_quantity_add(&q, out, &q) != MEDEL_OK))
            return false;
        *out = q;
        first = false;
    }
    return !first;
}

static bool has_zero(const medel_quantity *q)
{
    return q->low.num <= 0 && q->high.num >= 0;
}

bool medel_constraint_holds(const medel_constraint *c, const medel_unknowns *u)
{
    medel_quantity sum, own;
    if (!rest_of(&sum, c, u, NULL))
        return false;
    if (has_zero(&sum) || !c->rounded)
        return has_zero(&sum);
    /* Cut off, a figure may stand half a unit further away. */
    const medel_unknown *x = unknown_of(u, c->check->cause_fact);
    own = x ? x->value : c->check->cause_fact->value;
    medel_quantity width = own, value = own;
    value.low = value.high = own.value;
    return medel_quantity_sub(&width, &own, &value) == MEDEL_OK
           && medel_quantity_add(&sum, &sum, &width) == MEDEL_OK && has_zero(&sum);
}

/* Prose gives costs without their sign: what passes so is held to that. */
static void settle_sign(medel_constraint *c, medel_term *terms)
{
    if (c->check->outcome != MEDEL_PASSED || medel_constraint_holds(c, NULL))
        return;
    terms[0].weight = -terms[0].weight;
    if (!medel_constraint_holds(c, NULL))
        c->n = 0;
}

/* What is only asked about, or told as a convention, binds nothing. */
static bool binds(const medel_system *s, const medel_check *k)
{
    if (s->definitions && k->proof != MEDEL_PROOF_DEFINITION)
        return false;
    /* Prose gives costs with a minus or without: it is no witness of a sign. */
    if (k->kind == MEDEL_CHECK_DUPLICATE && k->subject->in_text && k->subject->concept_ref
        && k->outcome == MEDEL_PASSED
        && medel_taxonomy_is_cost(s->r->taxonomy, k->subject->concept_ref))
        return false;
    /* Of two figures of text nothing says which is right. */
    if (k->kind == MEDEL_CHECK_DUPLICATE && !k->subject->spec && !k->terms[0].fact->spec)
        return false;
    return k->outcome == MEDEL_PASSED
           || (k->outcome == MEDEL_FINDING
               && (k->cause == MEDEL_CAUSE_ROUNDING
                   || (k->proof != MEDEL_PROOF_QUESTION
                       && k->proof != MEDEL_PROOF_EXPLAINED)));
}

static bool linear(const medel_system *s, const medel_check *k)
{
    return k->subject && k->nterms && binds(s, k)
           && (k->kind == MEDEL_CHECK_SUM || k->kind == MEDEL_CHECK_COLUMNS
               || k->kind == MEDEL_CHECK_DUPLICATE || k->kind == MEDEL_CHECK_RELATION);
}

static void add_check(medel_system *s, const medel_check *k)
{
    medel_array terms = { 0 };
    medel_constraint c = { .check = k };
    add_fact(s, &terms, k->subject, 1);
    for (size_t i = 0; i < k->nterms; i++)
        add_fact(s, &terms, k->terms[i].fact, -k->terms[i].weight);
    medel_term *all = terms.data;
    for (size_t i = 0; i < terms.count; i++) {
        if (all[i].weight)
            all[c.n++] = all[i];
    }
    c.terms = all;
    c.rounded = k->outcome == MEDEL_FINDING && k->cause == MEDEL_CAUSE_ROUNDING;
    c.violated = k->outcome == MEDEL_FINDING && !c.rounded;
    settle_sign(&c, all);
    if (c.n == 0)
        return;
    size_t index = s->constraints.count;
    *MEDEL_PUSH(s->arena, &s->constraints, medel_constraint) = c;
    for (size_t i = 0; i < c.n; i++)
        *MEDEL_PUSH(s->arena, &s->of[c.terms[i].fact->index], size_t) = index;
}

void medel_system_make(medel_system *s, const medel_check *checks, size_t n)
{
    s->of = MEDEL_NEW(s->arena, medel_array, s->r->facts.count);
    for (size_t i = 0; i < n; i++) {
        if (linear(s, &checks[i]))
            add_check(s, &checks[i]);
    }
}

const medel_constraint *medel_system_get(const medel_system *s, size_t i)
{
    return (const medel_constraint *)s->constraints.data + i;
}

/* ---- one unknown ---- */

static medel_rational negative(medel_rational a)
{
    a.num = -a.num;
    return a;
}

static bool divided(medel_rational *out, medel_rational a, int weight)
{
    medel_rational one_over;
    return medel_rational_make(&one_over, 1, weight) == MEDEL_OK
           && medel_rational_mul(out, negative(a), one_over) == MEDEL_OK;
}

static int weight_of(const medel_constraint *c, const medel_fact *f)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->terms[i].fact == f)
            return c->terms[i].weight;
    }
    return 0;
}

/* What the constraint lets the unknown be; its own print widens that. */
static bool allowed_by(medel_quantity *out, const medel_constraint *c,
                       const medel_unknowns *u, const medel_fact *f)
{
    medel_quantity rest;
    medel_rational below, above;
    int weight = weight_of(c, f);
    if (!rest_of(&rest, c, u, f))
        return false;
    *out = rest;
    bool ok =
        divided(&out->value, rest.value, weight)
        && divided(&out->low, weight > 0 ? rest.high : rest.low, weight)
        && divided(&out->high, weight > 0 ? rest.low : rest.high, weight)
        && medel_rational_add(&above, f->value.high, negative(f->value.value)) == MEDEL_OK
        && medel_rational_add(&below, f->value.low, negative(f->value.value)) == MEDEL_OK;
    for (int i = 0; ok && i < (c->rounded && f == c->check->cause_fact ? 2 : 1); i++)
        ok = medel_rational_add(&out->low, out->low, negative(above)) == MEDEL_OK
             && medel_rational_add(&out->high, out->high, negative(below)) == MEDEL_OK;
    return ok;
}

/* What f prints for a value; it keeps the sign in which it is printed now. */
bool medel_unknown_print(const medel_system *s, medel_unknown *x, medel_rational value)
{
    const medel_fact *f = x->fact;
    int64_t scale = medel_unit_scale(f->unit), places = 1;
    bool turned = medel_fact_turned(s->r, f);
    for (unsigned i = 0; i < f->decimals && i < 9; i++)
        places *= 10;
    if (medel_rational_round(&x->digits, turned ? negative(value) : value,
                             scale > 0 ? places : places * -scale, scale > 0 ? scale : 1,
                             MEDEL_ROUND_HALF_AWAY)
            != MEDEL_OK
        || medel_fact_printed_as(&x->value, f, x->digits) != MEDEL_OK)
        return false;
    return !turned || medel_quantity_neg(&x->value, &x->value) == MEDEL_OK;
}

static bool inside(const medel_rational a, const medel_quantity *q)
{
    return medel_rational_compare(q->low, a) <= 0
           && medel_rational_compare(a, q->high) <= 0;
}

/* The printed value that most constraints point at, among those that all allow. */
static bool choose(const medel_system *s, medel_unknown *x, const medel_quantity *wanted,
                   size_t n)
{
    medel_unknown best = *x;
    size_t best_votes = 0;
    for (size_t i = 0; i < n; i++) {
        size_t votes = 0;
        if (!medel_unknown_print(s, x, wanted[i].value)
            || !inside(x->value.value, &x->allowed))
            continue;
        for (size_t k = 0; k < n; k++)
            votes += medel_rational_compare(wanted[k].value, x->value.value) == 0;
        if (votes + 1 > best_votes) {
            best_votes = votes + 1;
            best = *x;
        }
    }
    *x = best;
    if (!best_votes)
        best_votes = (medel_unknown_print(s, x, x->allowed.low)
                      && inside(x->value.value, &x->allowed))
                     || (medel_unknown_print(s, x, x->allowed.high)
                         && inside(x->value.value, &x->allowed));
    return best_votes
           && medel_rational_compare(x->value.value, x->fact->value.value) != 0;
}

#define MAX_WANTED 32

/* MEDEL_OPEN: no constraint has it as its only unknown. */
static medel_solved determine(const medel_system *s, medel_unknowns *u, medel_unknown *x,
                              size_t a[2])
{
    const medel_array *of = &s->of[x->fact->index];
    const size_t *list = of->data;
    medel_quantity wanted[MAX_WANTED];
    size_t n = 0;
    for (size_t i = 0; i < of->count && n < MAX_WANTED; i++) {
        medel_quantity *q = &wanted[n];
        if (!allowed_by(q, medel_system_get(s, list[i]), u, x->fact))
            continue;
        if (n == 0 || medel_rational_compare(q->low, x->allowed.low) > 0) {
            x->allowed.low = q->low;
            a[0] = list[i];
        }
        if (n == 0 || medel_rational_compare(q->high, x->allowed.high) < 0) {
            x->allowed.high = q->high;
            a[1] = list[i];
        }
        n++;
    }
    if (n == 0)
        return MEDEL_OPEN;
    x->allowed.value = wanted[0].value;
    x->allowed.dimension = x->fact->value.dimension;
    if (medel_rational_compare(x->allowed.low, x->allowed.high) > 0
        || !choose(s, x, wanted, n))
        return MEDEL_CONFLICT;
    x->allowed.value = x->value.value;
    x->solved = true;
    return MEDEL_SOLVED;
}

/* ---- several ---- */

static bool touched_hold(const medel_system *s, const medel_unknowns *u, size_t a[2])
{
    for (size_t i = 0; i < u->n; i++) {
        const medel_array *of = &s->of[u->list[i].fact->index];
        const size_t *list = of->data;
        for (size_t k = 0; k < of->count; k++) {
            if (!medel_constraint_holds(medel_system_get(s, list[k]), u)) {
                a[0] = a[1] = list[k];
                return false;
            }
        }
    }
    return true;
}

bool medel_unknowns_hold(const medel_system *s, const medel_unknowns *u)
{
    size_t ignored[2];
    return touched_hold(s, u, ignored);
}

medel_solved medel_solve(const medel_system *s, medel_unknowns *u, size_t a[2])
{
    for (size_t i = 0; i < u->n; i++)
        u->list[i].solved = false;
    for (size_t left = u->n; left > 0;) {
        size_t before = left;
        for (size_t i = 0; i < u->n; i++) {
            if (u->list[i].solved)
                continue;
            medel_solved st = determine(s, u, &u->list[i], a);
            if (st == MEDEL_CONFLICT)
                return st;
            left -= st == MEDEL_SOLVED;
        }
        if (left == before)
            return MEDEL_OPEN;
    }
    return touched_hold(s, u, a) ? MEDEL_SOLVED : MEDEL_CONFLICT;
}

static bool node_value(medel_quantity *out, const medel_node *n, const medel_unknowns *u)
{
    medel_quantity right;
    if (n->op == MEDEL_OP_FACT)
        return medel_solved_value(out, n->fact, u);
    if (!node_value(out, n->left, u))
        return false;
    if (n->op == MEDEL_OP_NEG)
        return medel_quantity_neg(out, out) == MEDEL_OK;
    return node_value(&right, n->right, u)
           && medel_quantity_add(out, out, &right) == MEDEL_OK;
}

bool medel_solved_value(medel_quantity *out, const medel_fact *f, const medel_unknowns *u)
{
    const medel_unknown *x = unknown_of(u, f);
    if (sum_of_printed(f))
        return node_value(out, f->derivation, u);
    *out = x ? x->value : f->value;
    return true;
}

/*
 * likely.c - which of several smallest repairs is the likeliest, and is it by enough?
 *
 * A proposal changes what somebody printed, so one that only comes first is none: it is
 * decided when another place prints the very value, when every other repair would break a
 * printed share or is no typical slip, when the columns beside say so, or when its slip
 * tells sixteen times more.
 */
#include "solve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TELLING 128 /* seven bits: a slip that explains less is chance */
#define MARGIN 16   /* four bits between it and the next */

typedef struct ranking {
    const medel_system *s;
    const medel_check *checks;
    size_t nchecks;
} ranking;

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
static medel_cause cause_of(const medel_system *f, medel_unknowns *u, medel_unknown *x)
{
    medel_suspicion s;
    const medel_unknown solved = *x;
    bool turned = medel_fact_turned(f->r, x->fact);
    medel_quantity exact = x->value;
    exact.low = exact.high = x->value.value;
    for (int i = 0; i < 2; i++) {
        if (!medel_cause_of(&s, f->r, x->fact, i == 0 ? &exact : &x->allowed)
            || (i == 1
                && cost_of_cause(s.cause)
                       > cost_of_cause(long_enough(x->fact) ? MEDEL_CAUSE_MISSING_DIGIT
                                                            : MEDEL_CAUSE_TRANSPOSITION)))
            continue; /* an edited digit explains anything that rounding allows */
        if (turned)
            (void)!medel_quantity_neg(&s.suggested, &s.suggested);
        if (medel_unknown_print(f, x, s.suggested.value) && medel_unknowns_hold(f, u))
            return s.cause;
        *x = solved;
    }
    return MEDEL_CAUSE_NONE;
}

static medel_repair_figure figure_of(const medel_system *f, medel_unknowns *u, size_t i)
{
    medel_unknown *x = &u->list[i];
    medel_repair_figure out = { .fact = x->fact, .cause = cause_of(f, u, x) };
    out.digits = x->digits;
    out.printed = x->value;
    if (medel_fact_turned(f->r, x->fact))
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
static unsigned stands_out(const medel_system *f, const medel_repair_figure *x)
{
    size_t row, column;
    const medel_table *t = medel_table_of(f->r, x->fact, &row, &column);
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

static size_t shares_broken(const ranking *p, const medel_unknowns *u)
{
    const medel_unknowns none = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < p->nchecks; i++) {
        const medel_check *k = &p->checks[i];
        n += k->kind == MEDEL_CHECK_RATIO && k->outcome == MEDEL_PASSED && k->nterms == 2
             && share_holds(k, &none) && !share_holds(k, u);
    }
    return n;
}

/* ---- how much does a slip tell? ---- */

static unsigned length_of(int64_t n)
{
    unsigned digits = 1;
    for (n = n < 0 ? -n : n; n > 9; n /= 10)
        digits++;
    return digits;
}

/* In how many ways can such a slip be made in a figure of so many digits? */
static int64_t ways(medel_cause c, unsigned digits)
{
    switch (c) {
    case MEDEL_CAUSE_SIGN: return 1;
    case MEDEL_CAUSE_THOUSAND:
    case MEDEL_CAUSE_COLUMN:
    case MEDEL_CAUSE_WRONG_ROW: return 2;
    case MEDEL_CAUSE_TRANSPOSITION:
    case MEDEL_CAUSE_EXTRA_DIGIT: return digits;
    case MEDEL_CAUSE_MISSING_DIGIT: return 10 * (int64_t)(digits + 1);
    case MEDEL_CAUSE_WRONG_DIGIT: return 9 * (int64_t)digits;
    case MEDEL_CAUSE_NONE:
    case MEDEL_CAUSE_EXCHANGED:
    case MEDEL_CAUSE_ROUNDING:
    case MEDEL_CAUSE_OMITTED_ROW:
    case MEDEL_CAUSE_COUNTED_TWICE:
    case MEDEL_CAUSE_FOREIGN_ROW: break;
    }
    return 0;
}

static int64_t telling_of(const medel_system *s, const medel_unknown *x, medel_cause c)
{
    medel_unknown low = *x, high = *x;
    unsigned digits = length_of(x->digits);
    int64_t of = 1, n = ways(c, digits);
    if (n == 0 || !medel_unknown_print(s, &low, x->allowed.low)
        || !medel_unknown_print(s, &high, x->allowed.high))
        return 0;
    int64_t width = distance(low.digits, high.digits) + 1;
    for (unsigned i = 0; i < digits && of < INT64_C(1000000000000); i++)
        of *= 10;
    return width > of / n ? 0 : of / (n * width);
}

/* Does another place of the concept print the value that is proposed? */
static bool confirmed(const medel_system *s, const medel_repair_figure *x)
{
    medel_fact proposed = *x->fact;
    const medel_concept *concept = x->fact->concept_ref;
    const medel_fact_chain *chain =
        concept ? medel_report_chain(s->r, concept->id) : NULL;
    const medel_fact *const *facts = chain ? chain->facts.data : NULL;
    proposed.printed = proposed.value = x->printed;
    if (medel_fact_turned(s->r, x->fact))
        (void)!medel_quantity_neg(&proposed.value, &x->printed);
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        medel_quantity a, b, old;
        medel_agreement now, before;
        if (facts[i] != x->fact && facts[i]->state == MEDEL_FIGURE_VALUE
            && medel_same_key(facts[i], x->fact)
            && medel_fact_concept_value(&a, facts[i]) == MEDEL_OK
            && medel_fact_concept_value(&b, &proposed) == MEDEL_OK
            && medel_fact_concept_value(&old, x->fact) == MEDEL_OK
            && medel_quantity_agree(&now, &a, &b) == MEDEL_OK && now == MEDEL_AGREE
            && medel_quantity_agree(&before, &a, &old) == MEDEL_OK
            && before == MEDEL_DIFFER)
            return true;
    }
    return false;
}

/* ---- one slip in several figures ---- */

static bool printed_same(const medel_fact *a, const medel_fact *b)
{
    return medel_rational_compare(a->printed.value, b->printed.value) == 0;
}

/* Is what each should print what another of them prints? */
static bool changed_places(const medel_repair *r)
{
    for (size_t i = 0; i < r->n; i++) {
        bool is = false;
        for (size_t k = 0; k < r->n; k++)
            is |= k != i
                  && medel_rational_compare(r->figures[i].printed.value,
                                            r->figures[k].fact->printed.value)
                         == 0;
        if (!is)
            return false;
    }
    return r->n > 1;
}

/* One slip of the pen is in one figure, turns or scales several alike, is copied with its
   figure, or lets two change places. */
static bool is_one_slip(const medel_repair *r)
{
    bool alike = true, copied = true;
    for (size_t i = 0; i < r->n; i++) {
        medel_cause c = r->figures[i].cause;
        alike &= c == r->figures[0].cause
                 && (c == MEDEL_CAUSE_SIGN || c == MEDEL_CAUSE_THOUSAND);
        copied &= printed_same(r->figures[i].fact, r->figures[0].fact)
                  && medel_rational_compare(r->figures[i].printed.value,
                                            r->figures[0].printed.value)
                         == 0;
    }
    return r->n == 1 || alike || copied || changed_places(r);
}

/* ---- the order ---- */

static medel_repair repair_of(const ranking *p, medel_unknowns *u)
{
    medel_repair_figure *figures = MEDEL_NEW(p->s->arena, medel_repair_figure, u->n);
    medel_repair out = { .figures = figures, .n = u->n, .telling = INT64_MAX };
    for (size_t i = 0; i < u->n; i++)
        figures[i] = figure_of(p->s, u, i);
    for (size_t i = 0; i < u->n; i++) {
        int64_t tells = telling_of(p->s, &u->list[i], figures[i].cause);
        out.telling = tells < out.telling ? tells : out.telling;
        out.odd += stands_out(p->s, &figures[i]);
        out.unconfirmed += !confirmed(p->s, &figures[i]);
    }
    out.shares = shares_broken(p, u);
    out.one_slip = is_one_slip(&out);
    return out;
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
        order = compare(!a->one_slip, !b->one_slip);
    if (!order)
        order = compare(a->unconfirmed, b->unconfirmed);
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

static bool typical(const medel_repair *r)
{
    for (size_t i = 0; i < r->n; i++) {
        if (r->figures[i].cause == MEDEL_CAUSE_NONE)
            return false;
    }
    return true;
}

/* Is a so much likelier than b? */
static bool far_likelier(const medel_repair *a, const medel_repair *b)
{
    if (a->shares != b->shares)
        return a->shares < b->shares;
    if (a->unconfirmed != b->unconfirmed)
        return a->unconfirmed < b->unconfirmed;
    return a->telling >= TELLING
           && (!typical(b) || a->odd < b->odd || a->telling / MARGIN >= b->telling);
}

void medel_repairs_rank(const medel_system *s, const medel_check *checks, size_t nchecks,
                        medel_unknowns *found, size_t n, medel_problem *out)
{
    const ranking p = { s, checks, nchecks };
    medel_repair *repairs = MEDEL_NEW(s->arena, medel_repair, n);
    for (size_t i = 0; i < n; i++)
        repairs[i] = repair_of(&p, &found[i]);
    if (n)
        qsort(repairs, n, sizeof *repairs, by_likelihood);
    out->repairs = repairs;
    out->nrepairs = n;
    /* The only one that other ties leave of a single relation is no slip by itself. */
    out->decided =
        n > 0 && repairs[0].one_slip
        && (n > 1 || out->nchecks > 1 || typical(&repairs[0]) || !repairs[0].unconfirmed);
    for (size_t i = 1; i < n && out->decided; i++)
        out->decided = far_likelier(&repairs[0], &repairs[i]);
}

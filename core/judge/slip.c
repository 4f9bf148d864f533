/* slip.c - does one slip of the pen join two figures? */
#include "judge.h"

#include <string.h>

#define SLIP_DIGITS 5
#define SLIP_DIGITS_TEXT 4
#define LAST 100 /* a digit below it is one of the last two */

static int64_t magnitude(int64_t a)
{
    return a < 0 ? -a : a;
}

bool medel_slip_cause(medel_cause c)
{
    return c == MEDEL_CAUSE_TRANSPOSITION || c == MEDEL_CAUSE_WRONG_DIGIT
           || c == MEDEL_CAUSE_MISSING_DIGIT || c == MEDEL_CAUSE_EXTRA_DIGIT
           || c == MEDEL_CAUSE_THOUSAND || c == MEDEL_CAUSE_COLUMN;
}

/* How many digits say something: 326 000 that is rounded to thousands has three. */
static size_t digits_of(const medel_fact *f)
{
    medel_span s = medel_span_of(f, 1);
    size_t digits = 0;
    if (!s.printed || f->state != MEDEL_FIGURE_VALUE)
        return 0;
    for (int64_t n = magnitude(s.value) / (s.half > 0 ? 2 * s.half : 1); n; n /= 10)
        digits++;
    return digits;
}

static bool never_slips(const medel_fact *f)
{
    return f->qualifier != MEDEL_QUALIFIER_NONE || f->unit == MEDEL_UNIT_MNKR
           || f->variant == MEDEL_VARIANT_BUDGET || medel_same(f->measure, "avvikelse")
           || (f->concept_ref
               && (f->concept_ref->budget || strstr(f->concept_ref->id, "avvikelse")));
}

/* Digits that are wrong in the last two places are what any small difference looks like:
   those of the coarser of the two. */
static bool last_digits(const medel_suspicion *s, const medel_fact *f,
                        const medel_quantity *expected)
{
    medel_quantity off;
    medel_rational least = medel_fact_coarseness(f), width = { 0, 1 },
                   low = expected->low;
    low.num = -low.num;
    if (medel_rational_add(&width, expected->high, low) == MEDEL_OK
        && medel_rational_compare(width, least) > 0)
        least = width;
    return (s->cause == MEDEL_CAUSE_WRONG_DIGIT || s->cause == MEDEL_CAUSE_TRANSPOSITION)
           && medel_quantity_sub(&off, expected, &f->value) == MEDEL_OK
           && medel_quantity_abs(&off, &off) == MEDEL_OK
           && medel_rational_mul(&least, least, (medel_rational){ LAST, 1 }) == MEDEL_OK
           && medel_rational_compare(off.value, least) < 0;
}

/* Is the figure what a sum that holds needs it to be?  Then it takes two slips to be one.
 */
static bool needed_as_it_is(const medel_judge *j, const medel_check *k,
                            const medel_fact *f)
{
    const medel_check *x = j->checker->list->data;
    medel_rational gap = k->difference.value;
    gap.num = magnitude(gap.num);
    for (size_t i = 0; i < j->checker->list->count; i++, x++) {
        bool in = x->subject == f;
        medel_rational width = { 0, 1 }, low = x->expected.low;
        if (x->outcome != MEDEL_PASSED || x->nterms < 2
            || (x->kind != MEDEL_CHECK_SUM && x->kind != MEDEL_CHECK_COLUMNS
                && x->kind != MEDEL_CHECK_RELATION))
            continue;
        for (size_t t = 0; t < x->nterms; t++)
            in |= x->terms[t].fact == f;
        low.num = -low.num;
        if (in && medel_rational_add(&width, x->expected.high, low) == MEDEL_OK
            && medel_rational_compare(width, gap) < 0)
            return true;
    }
    return false;
}

static bool slipped(const medel_judge *j, medel_check *k, const medel_fact *f,
                    const medel_fact *other, const medel_quantity *expected)
{
    medel_suspicion s;
    size_t least = f->in_text || other->in_text ? SLIP_DIGITS_TEXT : SLIP_DIGITS;
    if (never_slips(f) || never_slips(other) || digits_of(f) < least
        || medel_rational_compare(medel_fact_coarseness(other), medel_fact_coarseness(f))
               > 0
        || !medel_cause_of(&s, j->r, f, expected) || !medel_slip_cause(s.cause)
        || last_digits(&s, f, expected) || needed_as_it_is(j, k, f)
        || (s.cause == MEDEL_CAUSE_COLUMN
            && f->measure)) /* what is beside is no other year */
        return false;
    k->cause = s.cause;
    k->cause_fact = s.fact;
    k->suggested = s.suggested;
    return true;
}

/* The digits that a sum of rounded figures leaves certain. */
static size_t certain_digits(const medel_fact *f, const medel_quantity *to)
{
    medel_rational width = { 0, 1 }, minus = to->low;
    size_t digits = 0, own = digits_of(f);
    minus.num = -minus.num;
    if (medel_rational_add(&width, to->high, minus) != MEDEL_OK || width.num <= 0)
        return own;
    int64_t unit = 2 * width.num / width.den; /* in half öre */
    for (int64_t n = magnitude(medel_span_of(f, 1).value) / (unit > 0 ? unit : 1); n;
         n /= 10)
        digits++;
    return digits < own ? digits : own;
}

static bool mistyped(const medel_judge *j, const medel_fact *f, const medel_quantity *to,
                     bool or_turned)
{
    medel_suspicion s;
    return f->state == MEDEL_FIGURE_VALUE && !never_slips(f)
           && certain_digits(f, to) >= SLIP_DIGITS && medel_cause_of(&s, j->r, f, to)
           && ((medel_slip_cause(s.cause) && s.cause != MEDEL_CAUSE_COLUMN)
               || (or_turned && s.cause == MEDEL_CAUSE_SIGN))
           && !last_digits(&s, f, to);
}

bool medel_mistyped(const medel_judge *j, const medel_check *k)
{
    /* Two places may have signs of their own; a table that adds up has not. */
    bool or_turned = k->kind == MEDEL_CHECK_RELATION;
    if (mistyped(j, k->subject, &k->expected, or_turned))
        return true;
    for (size_t i = 0; k->kind != MEDEL_CHECK_RATIO && i < k->nterms; i++) {
        medel_quantity needed = k->difference;
        const medel_fact *f = k->terms[i].fact;
        if ((k->terms[i].weight < 0 && medel_quantity_neg(&needed, &needed) != MEDEL_OK)
            || medel_quantity_add(&needed, &needed, &f->value) != MEDEL_OK)
            continue;
        if (mistyped(j, f, &needed, or_turned))
            return true;
    }
    return false;
}

static bool fails_elsewhere(const medel_tie_view *t, size_t column)
{
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        if (k != column && t->column[k].tried && t->column[k].fails
            && !t->column[k].neutral)
            return true;
    }
    return false;
}

bool medel_one_slip(const medel_judge *j, const medel_tie_view *t, medel_check *k,
                    size_t column)
{
    if (fails_elsewhere(t, column) || k->kind == MEDEL_CHECK_RATIO || k->nterms != 1)
        return false;
    const medel_fact *other = k->terms[0].fact;
    medel_quantity back = k->subject->value, expected = k->expected;
    if (k->terms[0].weight < 0)
        (void)!medel_quantity_neg(&back, &back);
    if (k->subject->in_text && (back.value.num < 0) != (other->value.value.num < 0)) {
        (void)!medel_quantity_neg(&back, &back); /* prose gives costs without a minus */
        (void)!medel_quantity_neg(&expected, &expected);
    }
    return slipped(j, k, k->subject, other, &expected)
           || (other->state == MEDEL_FIGURE_VALUE && !other->in_text
               && !k->subject->in_text && slipped(j, k, other, k->subject, &back));
}

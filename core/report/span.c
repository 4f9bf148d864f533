/* span.c - a printed amount in whole numbers, for searches that try many. */
#include "report.h"

/* Twice a rational as a whole number; false if it is none or too large. */
static bool twice(int64_t *out, medel_rational a)
{
    const int64_t limit = INT64_C(1) << 60;
    if ((a.den != 1 && a.den != 2) || a.num > limit || a.num < -limit)
        return false;
    *out = a.den == 2 ? a.num : 2 * a.num;
    return true;
}

static medel_span span_of(const medel_fact *f, const medel_quantity *q, int sign)
{
    medel_span s = { 0, 0, false };
    int64_t low, high;
    if (f->state == MEDEL_FIGURE_DASH)
        return (medel_span){ 0, 0, true };
    if (q->dimension.money != 1 || q->dimension.count != 0 || !twice(&s.value, q->value)
        || !twice(&low, q->low) || !twice(&high, q->high))
        return (medel_span){ 0, 0, false };
    s.half = high - s.value > s.value - low ? high - s.value : s.value - low;
    s.value *= sign;
    s.printed = true;
    return s;
}

medel_span medel_span_of(const medel_fact *f, int sign)
{
    if (!f || f->state == MEDEL_FIGURE_BLANK)
        return (medel_span){ 0, 0, false };
    return span_of(f, &f->value, sign);
}

medel_span medel_span_printed(const medel_fact *f)
{
    if (!f || f->state == MEDEL_FIGURE_BLANK)
        return (medel_span){ 0, 0, false };
    return span_of(f, &f->printed, 1);
}

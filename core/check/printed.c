/* printed.c - a printed figure as digits, and with other digits in its place. */
#include "check.h"

#include <string.h>

/* The figure as a whole number, without its decimal comma. */
bool medel_fact_digits(int64_t *out, const medel_fact *f)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_OR(false, out, f);
    medel_figure figure;
    if (f->state != MEDEL_FIGURE_VALUE || !f->text
        || medel_figure_parse(&figure, f->text, strlen(f->text), NULL) != MEDEL_OK)
        return false;
    *out = figure.digits;
    return true;
}

static bool same_width(const medel_quantity *a, const medel_quantity *b)
{
    return medel_rational_compare(a->low, b->low) == 0
           && medel_rational_compare(a->high, b->high) == 0;
}

/* Where the file says that a figure was rounded more than it shows (noggrannhet), that
   holds for any figure there. */
medel_status medel_fact_printed_as(medel_quantity *out, const medel_fact *f,
                                   int64_t digits)
{
    medel_figure figure;
    medel_quantity q;
    medel_rational half, low = f->printed.low;
    medel_status st = medel_figure_parse(&figure, f->text, strlen(f->text), NULL);
    figure.unit = f->unit;
    figure.has_unit = true;
    if (st == MEDEL_OK)
        st = medel_figure_quantity(&q, &figure, f->unit);
    figure.digits = digits;
    if (st == MEDEL_OK)
        st = medel_figure_quantity(out, &figure, f->unit);
    if (st != MEDEL_OK || same_width(&q, &f->printed))
        return st;
    low.num = -low.num;
    st = medel_rational_add(&half, f->printed.value, low);
    return st == MEDEL_OK ? medel_quantity_widen(out, half.num, half.den) : st;
}

/* A zero does not show its sign; the file says how such a table prints costs. */
bool medel_cost_turned(const medel_table *t, const medel_fact *f)
{
    return t->spec->by_year && t->cost_sign && medel_same(f->spec->balance, "cost")
           && t->cost_sign != f->spec->sign;
}

bool medel_fact_turned(const medel_report *r, const medel_fact *f)
{
    size_t row, column;
    if (f->printed.value.num != 0)
        return f->value.value.num != f->printed.value.num;
    const medel_table *t = medel_table_of(r, f, &row, &column);
    return t && medel_cost_turned(t, f);
}

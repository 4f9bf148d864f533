/* check_signs.c - does each row keep the sign convention of its table? */
#include "check.h"

#include <string.h>

typedef struct sign_count {
    size_t kept, flipped, cost_rows_flipped;
    const medel_fact *result, *first_kept, *first_flipped;
} sign_count;

static bool flipped(const medel_fact *f)
{
    return f->value.value.num != f->printed.value.num;
}

static sign_count count_signs(const medel_table *t, int year)
{
    sign_count n = { 0 };
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_fact *f =
            medel_row_cell(t, &t->rows[i], "netto", year, MEDEL_VARIANT_UTFALL);
        if (!medel_fact_has_value(f) || f->printed.value.num == 0)
            continue;
        if (flipped(f)) {
            n.flipped++;
            if (!n.first_flipped)
                n.first_flipped = f;
        } else {
            n.kept++;
            if (!n.first_kept)
                n.first_kept = f;
        }
        if (medel_same(t->rows[i].spec->balance, "result"))
            n.result = f;
    }
    return n;
}

void medel_check_signs(medel_checker *c, const medel_table *t)
{
    const medel_table_full *full = (const medel_table_full *)(const void *)t->spec;
    bool mixed_before = false;
    for (int year = c->r->year; full->sign_rule && year >= c->r->year - 1; year--) {
        sign_count n = count_signs(t, year);
        if (n.kept + n.flipped == 0)
            continue;
        bool inverted = n.result && flipped(n.result);
        bool mixed = !inverted && n.flipped && n.kept;
        const medel_fact *subject = n.result          ? n.result
                                    : n.first_flipped ? n.first_flipped
                                                      : n.first_kept;
        medel_check *k = medel_check_add(c, full->sign_rule, MEDEL_CHECK_SIGNS, subject);
        k->expected = subject->value;
        if (inverted) {
            k->outcome = MEDEL_FINDING;
            k->cause = MEDEL_CAUSE_SIGN;
            k->cause_fact = n.result;
            k->suggested = n.result->value;
            const medel_fact *rr = n.result->concept_ref
                                       ? medel_report_concept(c->r, n.result->concept_ref,
                                                              year, MEDEL_VARIANT_UTFALL)
                                       : NULL;
            if (rr && rr != n.result)
                medel_check_set_terms(c, k, &(medel_term){ rr, rr->sign }, 1);
        } else if (mixed && !mixed_before) {
            k->outcome = MEDEL_FINDING;
            k->level = MEDEL_LEVEL_DEVIATION;
            const medel_term both[2] = { { n.first_kept, 1 }, { n.first_flipped, -1 } };
            medel_check_set_terms(c, k, both, 2);
        }
        mixed_before |= mixed;
        medel_check_say_signs(c, k, n.flipped, n.kept);
    }
}

/* Rows of the same kind in one column: how many have each sign convention? */
static bool same_kind(const medel_fact *a, const medel_fact *b)
{
    return b && b->state == MEDEL_FIGURE_VALUE && b->printed.value.num != 0
           && medel_same(a->spec->balance, b->spec->balance);
}

#define ODD_ONE_OF 4 /* so many others for each odd one, and at least three */

/* Of how many others does it differ in sign?  0 if it is not the odd one. */
static size_t odd_among(const medel_table *t, const medel_fact *f, size_t column)
{
    size_t odd = 0, others = 0;
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_fact *o = t->rows[i].cells[column];
        if (same_kind(f, o))
            *(flipped(o) == flipped(f) ? &odd : &others) += 1;
    }
    return others >= 3 && others >= odd * ODD_ONE_OF ? others : 0;
}

/* A result's budget and deviation have the sign that they say, as its outcome has; unless
   the whole column is printed the other way. */
static bool turned_result(const medel_table *t, const medel_fact *f, size_t row,
                          size_t column)
{
    const medel_fact *net =
        medel_row_cell(t, &t->rows[row], "netto", f->year, MEDEL_VARIANT_UTFALL);
    bool kept = false;
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_fact *o = t->rows[i].cells[column];
        kept |= o && o->state == MEDEL_FIGURE_VALUE && o->printed.value.num != 0
                && !flipped(o);
    }
    return kept && flipped(f) && f != net && net && net->state == MEDEL_FIGURE_VALUE
           && !flipped(net) && !medel_same(f->measure, "kostnad");
}

static void add_odd_sign(medel_checker *c, const char *rule, const medel_fact *f,
                         size_t others)
{
    medel_check *k = medel_check_add(c, rule, MEDEL_CHECK_SIGNS, f);
    k->outcome = MEDEL_FINDING;
    k->cause = MEDEL_CAUSE_SIGN;
    k->cause_fact = f;
    k->expected = f->value;
    k->suggested = f->printed;
    (void)!medel_quantity_neg(&k->suggested, &f->printed);
    medel_check_say_odd_sign(c, k, others);
}

/* A row whose own arithmetic has another sign than the rest of its kind. */
void medel_check_odd_signs(medel_checker *c, const medel_table *t)
{
    const medel_table_full *full = (const medel_table_full *)(const void *)t->spec;
    for (size_t i = 0; full->sign_rule && i < t->nrows; i++) {
        bool result = medel_same(t->rows[i].spec->balance, "result");
        for (size_t k = 0; k < t->ncolumns; k++) {
            const medel_fact *f = t->rows[i].cells[k];
            if (!f || !same_kind(f, f))
                continue;
            size_t others = result ? 0 : odd_among(t, f, k);
            if (others || (result && turned_result(t, f, i, k)))
                add_odd_sign(c, full->sign_rule, f, others);
        }
    }
}

/* torn.c - what else the figures of a failing tie agree with: another way that the
 * document adds up, another place that prints the same. */
#include "judge.h"

#include <string.h>

static bool agrees_there(const medel_tie_view *t, size_t column, size_t others)
{
    size_t n = 0;
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++)
        n += k != column && t->column[k].tried && !t->column[k].fails
             && !t->column[k].neutral;
    return t->column[column].tried && !t->column[column].fails && n >= others;
}

static bool slipped_there(const medel_judge *j, const medel_tie_view *t,
                          const medel_fact *f, size_t column)
{
    medel_suspicion s;
    medel_quantity off, expected;
    const medel_tie_column *c = &t->column[column];
    if (!c->tried || !c->fails || !c->difference.printed
        || !medel_established(j, t, column, 0)
        || medel_quantity_make(&off, c->difference.value * f->sign, 200, MEDEL_UNIT_KR)
               != MEDEL_OK
        || medel_quantity_sub(&expected, &f->value, &off) != MEDEL_OK)
        return false;
    return medel_cause_of(&s, j->r, f, &expected) && medel_slip_cause(s.cause)
           && s.cause != MEDEL_CAUSE_COLUMN;
}

/* Is it what its own table adds up to, as the table does in other columns, too?  Or would
   it be, but for one slip: then that is the error. */
static bool own_sum(medel_judge *j, const medel_fact *f, size_t column)
{
    size_t n;
    const medel_relation *all = medel_taxonomy_relations(j->r->taxonomy, &n);
    for (size_t i = 0; i < n; i++) {
        const medel_check probe = { .subject = f, .relation = &all[i] };
        medel_tie_view t;
        if (!all[i].where_kept || !medel_term_is(&all[i].left, f->table, f->row))
            continue;
        medel_tie_of_relation(j, &t, &probe);
        if (agrees_there(&t, column, 2) || slipped_there(j, &t, f, column))
            return true;
    }
    return false;
}

/* Does another place print the same? */
static bool printed_elsewhere(const medel_judge *j, const medel_fact *f, size_t column)
{
    const medel_line *a = j->line_of[f->index];
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        medel_tie_view t;
        if (x == a || x->concept_ref != a->concept_ref || x->variant != a->variant
            || x->rank > MEDEL_RANK_TABLE || !x->cell[column] || !f->concept_ref
            || !medel_same(x->dimension, a->dimension))
            continue;
        medel_tie_of_pair(j, &t, a, x);
        if (t.column[column].tried && !t.column[column].fails)
            return true;
    }
    return false;
}

/* That last year printed the same says little: much is the same each year. */
static bool slip_in_place(medel_cause c)
{
    return (medel_slip_cause(c) && c != MEDEL_CAUSE_COLUMN) || c == MEDEL_CAUSE_SIGN;
}

/* Would one slip in one of its figures make the sum hold? */
static bool slip_in_sum(const medel_judge *j, const medel_check *k)
{
    medel_suspicion s;
    if (medel_cause_of(&s, j->r, k->subject, &k->expected) && slip_in_place(s.cause))
        return true;
    for (size_t i = 0; i < k->nterms; i++) {
        medel_quantity needed = k->difference;
        const medel_fact *f = k->terms[i].fact;
        if ((k->terms[i].weight < 0 && medel_quantity_neg(&needed, &needed) != MEDEL_OK)
            || medel_quantity_add(&needed, &needed, &f->value) != MEDEL_OK)
            continue;
        if (medel_cause_of(&s, j->r, f, &needed) && slip_in_place(s.cause))
            return true;
    }
    return false;
}

/* Does the relation hold with the figure that another place prints of the same? */
static bool holds_with(const medel_judge *j, const medel_check *k, size_t at,
                       const medel_fact *other)
{
    medel_agreement agreement;
    medel_quantity expected;
    medel_term *terms = MEDEL_NEW(j->arena, medel_term, k->nterms);
    memcpy(terms, k->terms, k->nterms * sizeof *terms);
    terms[at].weight *= terms[at].fact->sign * other->sign;
    terms[at].fact = other;
    return medel_sum_terms(&expected, terms, k->nterms)
           && medel_quantity_agree(&agreement, &k->subject->value, &expected) == MEDEL_OK
           && agreement != MEDEL_DIFFER;
}

bool medel_holds_by_another_print(const medel_judge *j, const medel_check *k)
{
    for (size_t i = 0; k->kind == MEDEL_CHECK_RELATION && i < k->nterms; i++) {
        const medel_fact *f = k->terms[i].fact;
        const medel_fact_chain *chain =
            f->concept_ref ? medel_report_chain(j->r, f->concept_ref->id) : NULL;
        if (medel_fact_rank(j->r->taxonomy, f) != MEDEL_RANK_TABLE)
            continue;
        for (size_t n = 0; chain && n < chain->facts.count; n++) {
            const medel_fact *x = ((const medel_fact *const *)chain->facts.data)[n];
            if (x != f && x->year == f->year && x->variant == f->variant
                && medel_same(x->dimension, f->dimension)
                && x->state == MEDEL_FIGURE_VALUE
                && medel_fact_rank(j->r->taxonomy, x) == MEDEL_RANK_TABLE
                && holds_with(j, k, i, x))
                return true;
        }
    }
    return false;
}

/* Two ties that the document keeps contradict each other, and no slip joins the figures.
 */
bool medel_torn(medel_judge *j, const medel_check *k, size_t column)
{
    if (k->relation && k->relation->where_kept)
        return printed_elsewhere(j, k->subject, column) && !slip_in_sum(j, k);
    return k->kind == MEDEL_CHECK_DUPLICATE && k->subject->spec
           && own_sum(j, k->subject, column);
}

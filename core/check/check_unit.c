/* check_unit.c - is a table printed in the unit that its heading says? */
#include "check.h"

#include <string.h>

static int ratio_to_other(medel_checker *c, const medel_fact *f)
{
    const medel_fact_chain *chain =
        f->concept_ref ? medel_report_chain(c->r, f->concept_ref->id) : NULL;
    const medel_fact *const *facts = chain ? chain->facts.data : NULL;
    medel_quantity thousand, q, x, y;
    if (medel_quantity_make(&thousand, 1000, 1, MEDEL_UNIT_NUMBER) != MEDEL_OK)
        return 0;
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        const medel_fact *o = facts[i];
        medel_agreement same;
        if (strcmp(o->table, f->table) == 0 || !medel_same_key(o, f)
            || medel_unit_suspect(c, o) || !medel_fact_has_value(o)
            || o->value.value.num == 0 || medel_fact_concept_value(&x, f) != MEDEL_OK
            || medel_fact_concept_value(&y, o) != MEDEL_OK
            || medel_quantity_agree(&same, &x, &y) != MEDEL_OK)
            continue;
        if (same != MEDEL_DIFFER)
            return 1;
        for (int up = 0; up < 2; up++) {
            if (medel_quantity_mul(&q, up ? &x : &y, &thousand) == MEDEL_OK
                && medel_quantity_agree(&same, &q, up ? &y : &x) == MEDEL_OK
                && same == MEDEL_AGREE)
                return 1000;
        }
    }
    return 0;
}

/* The same, remembered where somebody asks again and again. */
static int known_ratio(medel_checker *c, const medel_fact *f)
{
    if (!c->ratios)
        return ratio_to_other(c, f);
    if (c->ratios[f->index] == MEDEL_RATIO_UNKNOWN)
        c->ratios[f->index] = ratio_to_other(c, f);
    return c->ratios[f->index];
}

bool medel_unit_suspect(const medel_checker *c, const medel_fact *f)
{
    const medel_table *tables = c->r->tables.data;
    for (size_t i = 0; f->spec && i < c->r->tables.count; i++) {
        if (strcmp(tables[i].spec->id, f->table) == 0)
            return c->unit_suspect[i];
    }
    return false;
}

void medel_check_unit(medel_checker *c, const medel_table *t, size_t index)
{
    size_t thousand = 0, same = 0;
    const medel_fact *subject = NULL;
    const char *result = medel_role_row(c->r->taxonomy, MEDEL_ROLE_OPERATIONS,
                                        MEDEL_ROLE_OPERATIONS_RESULT);
    medel_unit printed = t->unit;
    for (size_t i = 0; i < t->nrows; i++) {
        for (size_t k = 0; k < t->ncolumns; k++) {
            const medel_fact *f = t->rows[i].cells[k];
            if (!medel_fact_has_value(f) || f->value.dimension.money != 1)
                continue;
            int ratio = known_ratio(c, f);
            thousand += ratio == 1000;
            same += ratio == 1;
            if (ratio && (!subject || !subject->concept_ref))
                subject = f;
            if (!subject || (!subject->concept_ref && medel_same(f->row, result)))
                subject = f;
        }
    }
    if (!subject)
        return;
    size_t start;
    bool named =
        t->printed_unit && medel_money_named(t->printed_unit, &start, &printed) > 0;
    bool wrong_heading = named && printed != t->unit;
    bool wrong_unit = thousand > 1 && same == 0;
    if (!named && !wrong_unit && !same)
        return;
    medel_check *k = medel_check_add(c, medel_taxonomy_unit_check(c->r->taxonomy)->id,
                                     MEDEL_CHECK_UNIT, subject);
    if (wrong_heading || wrong_unit) {
        k->outcome = MEDEL_FINDING;
        k->cause = MEDEL_CAUSE_THOUSAND;
        k->cause_fact = subject;
        k->expected = k->suggested = subject->value;
    }
    c->unit_suspect[index] = wrong_unit;
    medel_check_say_unit(c, k, t);
}

/* check_records.c - what the taxonomy says of the figures within each record of a
 * section. */
#include "check.h"

#include <string.h>

/* What a field of the records is called. */
static const char *label_of(const medel_report *r, const char *of, const char *name)
{
    const medel_field *fields, *section = NULL;
    const size_t n = medel_taxonomy_fields(r->taxonomy, &fields);
    for (size_t i = 0; i < n; i++)
        section = medel_same(fields[i].name, of) ? &fields[i] : section;
    for (size_t i = 0; section && i < section->nfields; i++) {
        if (medel_same(section->fields[i].name, name))
            return section->fields[i].label;
    }
    return name;
}

static const char *not_printed(medel_checker *c, const medel_relation *rel,
                               const char *name)
{
    return medel_arena_format(
        c->arena, "%s %d %s", label_of(c->r, rel->of, name), c->r->year,
        medel_report_untyped(c->r, rel->of) ? MEDEL_UNTYPED : "är inte tryckt");
}

/* What the other fields of its record make of a figure; why not, or NULL. */
static const char *of_record(medel_checker *c, const medel_relation *rel, medel_check *k)
{
    medel_term *terms = MEDEL_NEW(c->arena, medel_term, rel->nright);
    for (size_t i = 0; i < rel->nright; i++) {
        const medel_fact *f =
            medel_record_fact(c->r, rel->of, k->subject->item, rel->right[i].name);
        if (!medel_fact_has_value(f))
            return not_printed(c, rel, rel->right[i].name);
        terms[i] = (medel_term){ f, rel->right[i].weight };
    }
    k->terms = terms;
    k->nterms = rel->nright;
    if (!rel->ratio)
        return medel_sum_terms(&k->expected, terms, rel->nright)
                   ? NULL
                   : "beloppen är för stora eller har olika enhet";
    const medel_quantity *over = &terms[0].fact->value, *under = &terms[1].fact->value;
    int order = 0;
    if (rel->within
        && (medel_quantity_compare(&order, over, under) != MEDEL_OK || order > 0))
        return "delen är större än det hela";
    return medel_quantity_div(&k->expected, over, under) == MEDEL_OK ? NULL
                                                                     : "nämnaren är noll";
}

/* A tie that the other records keep is the document's own. */
static void judge_records(medel_checker *c, const medel_relation *rel, size_t first)
{
    medel_check *list = c->list->data;
    size_t held = 0, failed = 0;
    for (size_t i = first; i < c->list->count; i++) {
        held += list[i].outcome == MEDEL_PASSED;
        failed += list[i].outcome == MEDEL_FINDING;
    }
    for (size_t i = first; i < c->list->count; i++) {
        if (list[i].outcome == MEDEL_FINDING)
            list[i].proof = rel->definition             ? MEDEL_PROOF_DEFINITION
                            : held > 1 && held > failed ? MEDEL_PROOF_ESTABLISHED
                                                        : MEDEL_PROOF_QUESTION;
    }
}

void medel_check_records(medel_checker *c, const medel_relation *rel)
{
    const medel_fact *const *facts = c->r->facts.data;
    const size_t first = c->list->count;
    for (size_t i = 0; i < c->r->facts.count; i++) {
        const medel_fact *f = facts[i];
        if (!medel_same(f->table, rel->of) || !medel_same(f->row, rel->left.name)
            || !medel_fact_has_value(f))
            continue;
        medel_check *k = medel_check_add(
            c, rel->rule, rel->ratio ? MEDEL_CHECK_RATIO : MEDEL_CHECK_RELATION, f);
        k->relation = rel;
        k->missing = of_record(c, rel, k);
        if (k->missing)
            k->outcome = MEDEL_NOT_APPLICABLE;
        else
            medel_check_judge(k, &f->value);
    }
    judge_records(c, rel, first);
    if (c->list->count == first) {
        medel_check *k = medel_check_add(c, rel->rule, MEDEL_CHECK_RELATION, NULL);
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing = not_printed(c, rel, rel->left.name);
    }
}

/* check_relation.c - what the taxonomy says of concepts and years. */
#include "check.h"

#include <string.h>

typedef struct resolved {
    medel_array terms; /* medel_term, weight times the fact's value */
    const char *missing;
} resolved;

static const medel_fact *dash_of(const medel_report *r, const char *concept, int year)
{
    const medel_fact_chain *chain = medel_report_chain(r, concept);
    const medel_fact *const *facts = chain ? chain->facts.data : NULL;
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        if (facts[i]->state == MEDEL_FIGURE_DASH && facts[i]->year == year
            && !facts[i]->dimension && facts[i]->variant == MEDEL_VARIANT_UTFALL)
            return facts[i];
    }
    return NULL;
}

static const medel_fact *term_fact(medel_checker *c, const medel_relation_term *t,
                                   int year, const char **label)
{
    const char *dot = strchr(t->name, '.');
    const medel_concept *concept =
        dot ? NULL : medel_taxonomy_concept(c->r->taxonomy, t->name);
    *label = concept ? concept->label : t->name;
    if (concept) {
        const medel_fact *f =
            medel_report_concept(c->r, concept, year, MEDEL_VARIANT_UTFALL);
        return f ? f : dash_of(c->r, t->name, year);
    }
    char *table = medel_arena_text(c->arena, t->name, (size_t)(dot - t->name));
    const medel_table *tab = medel_report_table(c->r, table);
    const medel_table_spec *spec = medel_taxonomy_table(c->r->taxonomy, table);
    const medel_row *row = spec ? medel_spec_row(spec, dot + 1) : NULL;
    if (row)
        *label = row->label;
    return tab ? medel_report_cell(c->r, tab, dot + 1, NULL, year, MEDEL_VARIANT_UTFALL)
               : NULL;
}

static resolved resolve(medel_checker *c, const medel_relation_term *terms, size_t n,
                        int year)
{
    resolved out = { { 0 }, NULL };
    for (size_t i = 0; i < n; i++) {
        const char *label;
        const medel_fact *f = term_fact(c, &terms[i], year + terms[i].year, &label);
        if (medel_fact_has_value(f)) {
            medel_term *t = MEDEL_PUSH(c->arena, &out.terms, medel_term);
            t->fact = f;
            t->weight = terms[i].weight * f->sign;
        } else if (!terms[i].optional && (!f || f->state == MEDEL_FIGURE_BLANK)) {
            out.missing = medel_arena_format(c->arena, "%s %d är inte tryckt", label,
                                             year + terms[i].year);
        }
    }
    return out;
}

/* The terms in the sign of the left figure's own place. */
static bool expect(medel_checker *c, medel_check *k, const medel_fact *left,
                   const resolved *right)
{
    medel_term *terms = right->terms.data;
    for (size_t i = 0; i < right->terms.count; i++)
        terms[i].weight *= left->sign;
    medel_check_set_terms(c, k, terms, right->terms.count);
    return medel_sum_terms(&k->expected, terms, right->terms.count);
}

static void check_terms(medel_checker *c, const medel_relation *rel,
                        const medel_fact *left, int year)
{
    resolved right = resolve(c, rel->right, rel->nright, year);
    medel_check *k = medel_check_add(c, rel->rule, MEDEL_CHECK_RELATION, left);
    if (right.missing || right.terms.count == 0) {
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing = right.missing ? right.missing : "inget att jämföra med är tryckt";
        return;
    }
    medel_check second = *k;
    if (!expect(c, k, left, &right)) {
        medel_check_too_large(k);
        return;
    }
    if (medel_check_judge(k, &left->value) || !rel->nalternative)
        return;
    resolved other = resolve(c, rel->alternative, rel->nalternative, year);
    if (!other.missing && expect(c, &second, left, &other)
        && medel_check_judge(&second, &left->value)
        && second.outcome != MEDEL_NOT_APPLICABLE)
        *k = second;
}

void medel_check_relation(medel_checker *c, const medel_relation *rel, int year)
{
    const char *label, *ignored;
    const medel_fact *left = term_fact(c, &rel->left, year, &label);
    if (!medel_fact_has_value(left)) {
        if (year != c->r->year)
            return;
        medel_check *k = medel_check_add(c, rel->rule, MEDEL_CHECK_RELATION, NULL);
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing = medel_arena_format(c->arena, "%s %d är inte tryckt", label, year);
    } else if (rel->ratio) {
        medel_check_ratio(c, rel->rule, left,
                          term_fact(c, &rel->right[0], year, &ignored),
                          term_fact(c, &rel->right[1], year, &ignored));
    } else {
        check_terms(c, rel, left, year);
    }
}

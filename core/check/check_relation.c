/* check_relation.c - what the taxonomy says of concepts and years. */
#include "check.h"

#include <string.h>

typedef struct resolved {
    medel_array terms; /* medel_term, weight times the fact's value */
    size_t noptional;  /* of those, the last ones, which need not be counted in */
    const char *missing;
    const char *unprinted; /* an optional term that may exist but is not printed */
    bool all;              /* every optional one is to be counted in */
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

/* Of places below the notes: the finest print, but first that of the table that is
   tested; a sum that nobody printed is no witness there. */
static const medel_fact *printed_best(const medel_report *r, const medel_concept *concept,
                                      int year, const char *home)
{
    const medel_fact_chain *chain = medel_report_chain(r, concept->id);
    const medel_fact *const *facts = chain ? chain->facts.data : NULL, *best = NULL;
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        const medel_fact *f = facts[i];
        if (f->year != year || f->variant != MEDEL_VARIANT_UTFALL || f->dimension
            || !medel_fact_has_value(f)
            || (f->state == MEDEL_FIGURE_COMPUTED
                && medel_fact_rank(r->taxonomy, f) > MEDEL_RANK_NOTE))
            continue;
        bool own = medel_same(f->table, home),
             had = best && medel_same(best->table, home);
        if (!best || own > had
            || (own == had
                && medel_rational_compare(medel_fact_coarseness(f),
                                          medel_fact_coarseness(best))
                       < 0))
            best = f;
    }
    return best;
}

/* The concept's place in the statements, if they print it or add up to it, else the best.
 */
static const medel_fact *trusted(const medel_report *r, const medel_concept *concept,
                                 int year, const char *home)
{
    const medel_fact_chain *chain = medel_report_chain(r, concept->id);
    const medel_fact *const *facts = chain ? chain->facts.data : NULL, *best = NULL;
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        const medel_fact *f = facts[i];
        if (f->year != year || f->variant != MEDEL_VARIANT_UTFALL || f->dimension
            || !medel_fact_has_value(f)
            || medel_fact_rank(r->taxonomy, f) != MEDEL_RANK_STATEMENT)
            continue;
        if (!best
            || (best->state == MEDEL_FIGURE_COMPUTED && f->state == MEDEL_FIGURE_VALUE))
            best = f;
    }
    return best ? best : printed_best(r, concept, year, home);
}

static const medel_fact *term_fact(medel_checker *c, const medel_relation_term *t,
                                   int year, const char *home, const char **label)
{
    const medel_concept *concept =
        t->row ? NULL : medel_taxonomy_concept(c->r->taxonomy, t->name);
    *label = concept ? concept->label : t->name;
    if (concept) {
        const medel_fact *f = trusted(c->r, concept, year, home);
        return f ? f : dash_of(c->r, t->name, year);
    }
    const medel_table *table = medel_report_table(c->r, t->table);
    const medel_table_spec *spec = medel_taxonomy_table(c->r->taxonomy, t->table);
    const medel_row *row = medel_table_spec_find(spec, t->row);
    if (row)
        *label = row->label;
    return table
               ? medel_report_cell(c->r, table, t->row, NULL, year, MEDEL_VARIANT_UTFALL)
               : NULL;
}

/* May something that is not printed this year exist?  It has a row for another year. */
static bool may_exist(const medel_report *r, const char *concept)
{
    const medel_amount_kind *kinds;
    size_t n = medel_taxonomy_kinds(r->taxonomy, &kinds);
    const medel_fact_chain *chain = medel_report_chain(r, concept);
    const medel_fact *const *facts = chain ? chain->facts.data : NULL;
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        if (medel_fact_has_value(facts[i]) && !facts[i]->in_text)
            return true;
    }
    for (size_t k = 0; k < n; k++) {
        bool of = false;
        for (size_t i = 0; kinds[k].concepts && kinds[k].concepts[i]; i++)
            of |= strcmp(kinds[k].concepts[i], concept) == 0;
        for (size_t i = 0; of && kinds[k].signs_of && kinds[k].signs_of[i]; i++) {
            if (may_exist(r, kinds[k].signs_of[i]))
                return true;
        }
    }
    return false;
}

static bool lacks(const medel_fact *f)
{
    return !f || f->state == MEDEL_FIGURE_BLANK || f->state == MEDEL_FIGURE_UNTYPED;
}

static bool untyped_term(medel_checker *c, const medel_relation_term *t,
                         const medel_fact *f, int year)
{
    const medel_concept *concept =
        t->row ? NULL : medel_taxonomy_concept(c->r->taxonomy, t->name);
    return (f && f->state == MEDEL_FIGURE_UNTYPED)
           || (concept && medel_report_untyped_fact(c->r, concept, year));
}

/* Not printed, or not typed yet: which of them is known of cells. */
static const char *not_printed(medel_checker *c, const medel_relation_term *t,
                               const medel_fact *f, const char *label, int year)
{
    if (untyped_term(c, t, f, year))
        return medel_arena_format(c->arena, "%s %d " MEDEL_UNTYPED, label, year);
    return medel_arena_format(c->arena, "%s %d är inte tryckt", label, year);
}

/* The terms that must be there, then the optional ones that are something. */
static resolved resolve(medel_checker *c, const medel_relation_term *terms, size_t n,
                        int year, const char *home, unsigned without)
{
    resolved out = { .all = without & MEDEL_ALL_OTHERS };
    for (size_t i = 0; i < 2 * n; i++) {
        const medel_relation_term *t = &terms[i % n];
        const char *label;
        if (t->optional != (i >= n) || (i >= n && (without & (1u << (i - n)))))
            continue;
        const medel_fact *f = term_fact(c, t, year + t->year, home, &label);
        if (medel_fact_has_value(f)) {
            medel_term *term = MEDEL_PUSH(c->arena, &out.terms, medel_term);
            term->fact = f;
            term->weight = t->weight * f->sign;
            out.noptional += t->optional;
        } else if (!t->optional && lacks(f)) {
            out.missing = not_printed(c, t, f, label, year + t->year);
        } else if (t->optional && lacks(f)
                   && (may_exist(c->r, t->name)
                       || untyped_term(c, t, f, year + t->year))) {
            out.unprinted = not_printed(c, t, f, label, year + t->year);
        }
    }
    return out;
}

/* Those of the terms that a set of the optional ones keeps, in the left figure's sign. */
static bool expect(medel_checker *c, medel_check *k, const medel_fact *left,
                   const resolved *right, unsigned with)
{
    const medel_term *all = right->terms.data;
    medel_term *terms = MEDEL_NEW(c->arena, medel_term, right->terms.count);
    size_t n = 0, first = right->terms.count - right->noptional;
    for (size_t i = 0; i < right->terms.count; i++) {
        if (i >= first && !(with & (1u << (i - first))))
            continue;
        terms[n] = all[i];
        terms[n++].weight *= left->sign;
    }
    k->terms = terms;
    k->nterms = n;
    return medel_sum_terms(&k->expected, terms, n);
}

static unsigned ones(unsigned set)
{
    unsigned n = 0;
    for (; set; set &= set - 1)
        n++;
    return n;
}

#define MAX_OPTIONAL 6

/* The barest form that holds; with all that is printed when none does. */
static bool holds_in_some_form(medel_checker *c, medel_check *k, const medel_fact *left,
                               const resolved *right)
{
    unsigned n =
        (unsigned)(right->noptional < MAX_OPTIONAL ? right->noptional : MAX_OPTIONAL);
    const medel_check bare = *k;
    medel_check rounded = { 0 };
    for (unsigned size = right->all ? n : 0; size <= n; size++) {
        for (unsigned set = 0; set < 1u << n; set++) {
            if (ones(set) != size)
                continue;
            *k = bare;
            if (!expect(c, k, left, right, set)) {
                medel_check_too_large(k);
                return true;
            }
            bool holds = medel_check_judge(k, &left->value);
            if (holds && k->outcome == MEDEL_PASSED)
                return true;
            if (holds && !rounded.spec)
                rounded = *k;
        }
    }
    if (rounded.spec)
        *k = rounded; /* only if something was cut off */
    return rounded.spec != NULL;
}

static size_t parts_of(const medel_node *n)
{
    return !n ? 0 : n->op == MEDEL_OP_FACT ? 1 : parts_of(n->left) + parts_of(n->right);
}

/* A sum that nobody printed says something if more than one of its parts is printed. */
static bool says_something(const medel_fact *f)
{
    return f->state != MEDEL_FIGURE_COMPUTED || parts_of(f->derivation) > 1;
}

/* Between printed figures of statements and notes, and their sums, words decide. */
static bool by_definition(const medel_checker *c, const medel_relation *rel,
                          const medel_check *k)
{
    bool is = rel->definition && k->subject->state == MEDEL_FIGURE_VALUE
              && medel_fact_rank(c->r->taxonomy, k->subject) <= MEDEL_RANK_NOTE;
    for (size_t i = 0; i < k->nterms; i++)
        is &= medel_fact_rank(c->r->taxonomy, k->terms[i].fact) <= MEDEL_RANK_NOTE
              && says_something(k->terms[i].fact);
    return is;
}

static void check_terms(medel_checker *c, const medel_relation *rel,
                        const medel_fact *left, int year, unsigned without)
{
    resolved right = resolve(c, rel->right, rel->nright, year, left->table, without);
    medel_check *k = medel_check_add(c, rel->rule, MEDEL_CHECK_RELATION, left);
    k->relation = rel;
    k->proof = MEDEL_PROOF_QUESTION;
    if (right.missing || right.terms.count == 0) {
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing = right.missing ? right.missing : "inget att jämföra med är tryckt";
        return;
    }
    medel_check second = *k;
    resolved other = { 0 };
    bool holds = holds_in_some_form(c, k, left, &right);
    if (!holds && rel->nalternative) {
        other = resolve(c, rel->alternative, rel->nalternative, year, left->table, 0);
        if (!other.missing && holds_in_some_form(c, &second, left, &other)
            && second.outcome != MEDEL_NOT_APPLICABLE) {
            *k = second;
            holds = true;
        }
    }
    if (by_definition(c, rel, k))
        k->proof = MEDEL_PROOF_DEFINITION;
    if (!holds && other.missing && strstr(other.missing, MEDEL_UNTYPED)) {
        k->outcome = MEDEL_NOT_APPLICABLE; /* the other form may hold */
        k->missing = other.missing;
    }
    if (!holds && right.unprinted) {
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing = right.unprinted;
    }
}

const medel_fact *medel_relation_fact(medel_checker *c, const medel_relation_term *t,
                                      int year, const char *home)
{
    const char *ignored;
    return term_fact(c, t, year + t->year, home, &ignored);
}

void medel_check_relation(medel_checker *c, const medel_relation *rel, int year,
                          unsigned without)
{
    const char *label, *ignored;
    const medel_fact *left = term_fact(c, &rel->left, year, NULL, &label);
    if (!medel_fact_has_value(left)) {
        if (year != c->r->year)
            return;
        medel_check *k = medel_check_add(c, rel->rule, MEDEL_CHECK_RELATION, NULL);
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing = not_printed(c, &rel->left, left, label, year);
    } else if (rel->ratio) {
        medel_check *k = medel_check_ratio(
            c, rel->rule, left, term_fact(c, &rel->right[0], year, left->table, &ignored),
            term_fact(c, &rel->right[1], year, left->table, &ignored));
        if (k)
            k->relation = rel;
    } else {
        check_terms(c, rel, left, year, without);
    }
}

/* explain.c - what a printed line is, if it is not what a tie says that it is. */
#include "judge.h"

#include <string.h>

static bool other_place(const medel_line *a, const medel_line *x)
{
    return x != a && x->concept_ref && x->variant == a->variant
           && x->rank < MEDEL_RANK_TEXT && medel_same(x->dimension, a->dimension);
}

static unsigned agreeing(const medel_tie_view *t, bool *refuted)
{
    unsigned held = 0;
    *refuted = false;
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        const medel_tie_column *c = &t->column[k];
        if (!c->tried || c->neutral)
            continue;
        *refuted |= c->fails;
        held |= c->fails ? 0 : 1u << k;
    }
    return held;
}

static unsigned failing(const medel_tie_view *t)
{
    unsigned set = 0;
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        if (t->column[k].tried && t->column[k].fails && !t->column[k].neutral)
            set |= 1u << k;
    }
    return set;
}

/* Another concept under the name of this one: the result before financial items. */
static bool by_other_concept(const medel_judge *j, const medel_line *a,
                             const medel_tie_view *t, medel_explanation *out)
{
    const char *const *instead = a->concept_ref ? a->concept_ref->instead : NULL;
    for (size_t i = 0; instead && instead[i]; i++) {
        for (size_t k = 0; k < j->lines.count; k++) {
            const medel_line *x = medel_line_get(j, k);
            medel_tie_view other;
            bool refuted;
            if (!other_place(a, x) || strcmp(x->concept_ref->id, instead[i]) != 0
                || x->rank > MEDEL_RANK_NOTE)
                continue;
            medel_tie_of_pair(j, &other, a, x);
            unsigned held = agreeing(&other, &refuted);
            if (refuted || !(held & failing(t)))
                continue;
            *out = (medel_explanation){ .reference = x };
            out->form.held = out->form.nonzero = held;
            out->form.named = true;
            return true;
        }
    }
    return false;
}

/* The other places of the concept: the one whose form says most. */
static bool by_other_place(medel_judge *j, const medel_line *a, const medel_line *b,
                           medel_explanation *out)
{
    medel_explanation best = *out;
    for (int rank = MEDEL_RANK_STATEMENT; rank < MEDEL_RANK_TEXT; rank++) {
        for (size_t k = 0; k < j->lines.count; k++) {
            const medel_line *x = medel_line_get(j, k);
            medel_tie_view t;
            if (x == b || x->rank != (medel_rank)rank || !other_place(a, x)
                || x->concept_ref != a->concept_ref || x->row == a->row)
                continue;
            medel_tie_of_pair(j, &t, a, x);
            medel_explanation e = { .reference = x };
            if (medel_search(j, &t, &e.form) && !e.form.failed
                && medel_form_better(&e.form, &best.form))
                best = e;
        }
    }
    *out = best;
    return best.form.n > 0;
}

static bool in_relation(const medel_relation *rel, const char *table, const medel_line *x)
{
    bool is = medel_term_is(&rel->left, table, x->id);
    for (size_t i = 0; i < rel->nright && !is; i++)
        is = medel_term_is(&rel->right[i], table, x->id);
    return is;
}

/* That a result is incomes less costs says nothing of what the incomes are. */
static bool own_identity(const medel_judge *j, const medel_line *a, const medel_form *f)
{
    size_t n;
    const medel_relation *all = medel_taxonomy_relations(j->r->taxonomy, &n);
    for (size_t i = 0; i < n; i++) {
        bool is = in_relation(&all[i], a->table, a);
        for (size_t k = 0; k < f->n && is; k++)
            is = strcmp(f->term[k]->table, a->table) == 0
                 && in_relation(&all[i], a->table, f->term[k]);
        if (is)
            return true;
    }
    return false;
}

bool medel_explain_pair(medel_judge *j, const medel_line *a, const medel_line *b,
                        medel_explanation *out)
{
    medel_tie_view t, own;
    if (medel_kept_form(j, a, out))
        return true;
    medel_tie_of_pair(j, &t, a, b);
    *out = (medel_explanation){ .reference = b };
    bool found = medel_search(j, &t, &out->form);
    if (found && !out->form.failed && out->form.n == 1)
        return true;
    medel_explanation other = { 0 };
    if (by_other_concept(j, a, &t, &other)) {
        *out = other;
        return true;
    }
    other = found && !out->form.failed ? *out : other;
    if (by_other_place(j, a, b, &other))
        *out = other;
    if (found || out->form.n)
        return true;
    medel_tie_of_line(j, &own, a);
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++)
        own.column[k].neutral |= t.column[k].neutral;
    *out = (medel_explanation){ 0 };
    if (medel_search_own(j, &own, &out->form) && !own_identity(j, a, &out->form))
        return true;
    *out = (medel_explanation){ 0 };
    return false;
}

/*
 * doubt.c - why a tie that fails may be lawful all the same: what the labels say, another
 * amount under the same name, other ties that hold, parts that only a net is printed of.
 */
#include "judge.h"

#include <string.h>

static int64_t magnitude(int64_t a)
{
    return a < 0 ? -a : a;
}

static bool counted(const medel_fact *f)
{
    return f->spec ? f->spec->type != MEDEL_FIELD_AMOUNT : f->value.dimension.money == 0;
}

/* Another table prints the same other amount: hardly a slip, and perhaps another form. */
static bool has_twin(const medel_judge *j, const medel_check *k, size_t column)
{
    const medel_line *a = j->line_of[k->subject->index];
    medel_span mine = medel_span_of(k->subject, k->subject->sign);
    if (k->kind != MEDEL_CHECK_DUPLICATE || counted(k->subject)
        || !k->subject->concept_ref || a->rank > MEDEL_RANK_TABLE)
        return false;
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        const medel_fact *f = x->cell[column];
        if (x == a || x->concept_ref != a->concept_ref || x->rank > MEDEL_RANK_TABLE
            || x->variant != a->variant || !medel_same(x->dimension, a->dimension) || !f
            || f->state != MEDEL_FIGURE_VALUE)
            continue;
        medel_span s = medel_span_of(f, f->sign);
        if (s.printed && mine.printed
            && magnitude(s.value - mine.value) <= s.half + mine.half)
            return true;
    }
    return false;
}

/* Does a label say that something is counted in or out, that its concept does not say? */
bool medel_qualified(const medel_judge *j, const medel_check *k)
{
    if (k->kind == MEDEL_CHECK_DUPLICATE)
        return k->nterms && medel_labels_differ(j, k->subject, k->terms[0].fact);
    bool is = medel_label_says_more(j, k->subject);
    for (size_t i = 0; i < k->nterms; i++)
        is |= medel_label_says_more(j, k->terms[i].fact);
    return is && k->kind != MEDEL_CHECK_RATIO;
}

/* A table's way to add up its own rows: in whatever form they are. */
bool medel_own_identity(const medel_relation *rel)
{
    bool own = rel && rel->left.table;
    for (size_t i = 0; own && i < rel->nright; i++)
        own = rel->right[i].optional || medel_same(rel->right[i].table, rel->left.table);
    return own;
}

/* Is one of its lines already known to be printed in a form of its own? */
static bool in_other_form(const medel_judge *j, const medel_check *k)
{
    const medel_line *line = j->line_of[k->subject->index];
    bool is = line && medel_other_form(j, line);
    for (size_t i = 0; i < k->nterms; i++) {
        line = j->line_of[k->terms[i].fact->index];
        is |= line && medel_other_form(j, line);
    }
    return is && !medel_own_identity(k->relation);
}

/* Without the statement that prints what else the name may mean nothing can be ruled out.
 */
static bool unread_statement(const medel_judge *j, const medel_check *k)
{
    const medel_concept *c = k->subject->concept_ref;
    const medel_table_spec *specs;
    size_t n = medel_taxonomy_tables(j->r->taxonomy, &specs);
    bool unread = false;
    if (medel_own_identity(k->relation))
        return false; /* a table adds up whatever its rows are */
    for (size_t i = 0; c && c->instead && c->instead[i]; i++) {
        for (size_t t = 0; t < n; t++) {
            const medel_table_spec *full =
                medel_taxonomy_table(j->r->taxonomy, specs[t].id);
            if (full->rank != MEDEL_RANK_STATEMENT
                || !medel_table_spec_find(&specs[t], c->instead[i]))
                continue;
            if (medel_report_table(j->r, specs[t].id))
                return false;
            unread = true;
        }
    }
    return unread;
}

static bool speaks_of_text(const medel_check *k)
{
    bool is = k->subject->in_text;
    for (size_t i = 0; i < k->nterms; i++)
        is |= k->terms[i].fact->in_text;
    return is;
}

/* ---- another concept under the name ---- */

/* Is the line, in some column where both are printed, the concept and not the other? */
static bool told_apart(const medel_judge *j, const medel_line *line, const char *instead)
{
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        medel_tie_view t;
        if (!x->concept_ref || strcmp(x->concept_ref->id, instead) != 0
            || x->variant != line->variant || x->rank > MEDEL_RANK_NOTE
            || !medel_same(x->dimension, line->dimension))
            continue;
        medel_tie_of_pair(j, &t, line, x);
        for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
            const medel_tie_column *c = &t.column[k];
            if (c->tried && c->fails)
                return true;
        }
    }
    return false;
}

/* May a line in millions be what its concept's name may stand for instead?  So coarse a
   print is told apart from it in no column. */
static bool may_be_other(const medel_judge *j, const medel_fact *f)
{
    const medel_line *line = j->line_of[f->index];
    const char *const *instead = line->concept_ref ? line->concept_ref->instead : NULL;
    if (line->rank != MEDEL_RANK_TABLE || f->unit != MEDEL_UNIT_MNKR)
        return false;
    for (size_t i = 0; instead && instead[i]; i++) {
        if (!told_apart(j, line, instead[i]))
            return true;
    }
    return false;
}

/* ---- a net whose parts are not printed ---- */

static bool among(const char *const *list, const medel_line *line)
{
    for (size_t i = 0; line->concept_ref && list && list[i]; i++) {
        if (strcmp(list[i], line->concept_ref->id) == 0)
            return true;
    }
    return false;
}

/* The largest net of the kind that is printed in the column; nothing where its parts are,
   too. */
static int64_t net_alone(const medel_judge *j, const medel_amount_kind *kind,
                         size_t column)
{
    int64_t net = 0;
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        const medel_fact *f = x->cell[column];
        if (!f || x->variant != MEDEL_VARIANT_UTFALL || f->state == MEDEL_FIGURE_BLANK
            || f->state == MEDEL_FIGURE_UNTYPED)
            continue;
        if (among(kind->parts, x) && x->rank <= MEDEL_RANK_NOTE)
            return 0;
        medel_span s = medel_span_of(f, 1);
        if (among(kind->net, x) && s.printed && magnitude(s.value) + s.half > net)
            net = magnitude(s.value) + s.half;
    }
    return net;
}

/* Costs may count in a part that nobody printed, as long as it is no more than the net:
   may the difference be that, with another kind of amount or without? */
bool medel_hidden(const medel_judge *j, const medel_tie_view *t, size_t column)
{
    const medel_amount_kind *kinds;
    const medel_tie_column *c = &t->column[column];
    size_t n = medel_taxonomy_kinds(j->r->taxonomy, &kinds);
    int64_t net = 0, gap = magnitude(c->difference.value);
    if (medel_own_identity(t->relation))
        return false; /* a table adds up whatever its rows are */
    for (size_t k = 0; k < n; k++) {
        if (t->kinds & (UINT32_C(1) << k))
            net += net_alone(j, &kinds[k], column);
    }
    if (!c->difference.printed || net == 0 || gap == 0)
        return false;
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        medel_span s = medel_span_of(x->cell[column], 1);
        bool is = (x->kinds & t->kinds) && x->rank <= MEDEL_RANK_NOTE && s.printed
                  && x->variant == MEDEL_VARIANT_UTFALL;
        if (is && magnitude(gap - magnitude(s.value)) <= net + c->difference.half)
            return true;
    }
    return gap <= net + c->difference.half;
}

static bool prints_net(const medel_table_spec *spec, const medel_amount_kind *kind)
{
    bool is = false;
    for (size_t i = 0; i < spec->nrows && kind->net; i++) {
        const medel_row *row = spec->rows[i];
        for (size_t n = 0; row->concept_ref && kind->net[n]; n++)
            is |= strcmp(row->concept_ref->id, kind->net[n]) == 0;
    }
    return is;
}

/* Is a statement that would print such a net not there?  Then one other column proves
   nothing of costs. */
bool medel_net_unread(const medel_judge *j, const medel_tie_view *t)
{
    const medel_amount_kind *kinds;
    const medel_table_spec *specs;
    size_t n = medel_taxonomy_kinds(j->r->taxonomy, &kinds);
    size_t m = medel_taxonomy_tables(j->r->taxonomy, &specs);
    for (size_t i = 0; i < m && !medel_own_identity(t->relation); i++) {
        const medel_table_spec *full = medel_taxonomy_table(j->r->taxonomy, specs[i].id);
        if (full->rank != MEDEL_RANK_STATEMENT || medel_report_table(j->r, specs[i].id))
            continue;
        for (size_t k = 0; k < n; k++) {
            if ((t->kinds & (UINT32_C(1) << k)) && prints_net(&specs[i], &kinds[k]))
                return true;
        }
    }
    return false;
}

/* ---- counted out of incomes and of costs ---- */

static bool within(int64_t a, int64_t half)
{
    return magnitude(a) <= half;
}

/* Is what is left between the costs an amount of the kinds that costs count in or out? */
static bool is_kind(const medel_judge *j, const medel_line *costs, size_t column,
                    int64_t left, int64_t half)
{
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        medel_span s = medel_span_of(x->cell[column], 1);
        if ((x->kinds & costs->concept_ref->kinds) && x->rank <= MEDEL_RANK_NOTE
            && s.printed && s.value != 0
            && within(magnitude(left) - magnitude(s.value), half + s.half))
            return true;
    }
    return false;
}

typedef enum netting { NET_NOT, NET_MAY, NET_WITH_MORE, NET_IS } netting;

/* Do a table's costs differ from what a statement prints by what its incomes do?  Where
   one of the two is not typed yet, they may. */
static netting costs_net_as_much(const medel_judge *j, const medel_line *costs,
                                 size_t column, medel_span gap)
{
    medel_span own = medel_span_of(costs->cell[column], 1);
    netting found = NET_NOT;
    bool unread = true;
    for (size_t i = 0; own.printed && i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        const medel_fact *f = x->cell[column];
        if (x->concept_ref != costs->concept_ref || x->rank > MEDEL_RANK_NOTE || !f
            || x->variant != costs->variant || f->state != MEDEL_FIGURE_VALUE)
            continue;
        /* A table's only cost may be printed without its minus. */
        medel_span s = medel_span_of(f, 1);
        int64_t off = magnitude(s.value) - magnitude(own.value), half = own.half + s.half;
        if (within(off, half))
            return NET_NOT;
        unread = false;
        if (within(off + gap.value, half + gap.half))
            return NET_IS;
        if (is_kind(j, costs, column, off + gap.value, half + gap.half))
            found = NET_WITH_MORE;
    }
    return unread ? NET_MAY : found;
}

/* Project money that a table leaves out of its incomes and its costs alike changes no
   result, and no label says it. */
static bool netted(const medel_judge *j, const medel_check *k, size_t column)
{
    const medel_line *a = j->line_of[k->subject->index];
    const medel_concept *concept = k->subject->concept_ref;
    if (k->kind != MEDEL_CHECK_DUPLICATE || !concept || !concept->netted
        || a->rank != MEDEL_RANK_TABLE)
        return false;
    medel_span mine = medel_span_of(k->subject, k->subject->sign);
    medel_span other = medel_span_of(k->terms[0].fact, k->terms[0].fact->sign);
    medel_span gap = { mine.value - other.value, mine.half + other.half,
                       mine.printed && other.printed };
    const medel_concept *of = medel_taxonomy_concept(j->r->taxonomy, concept->netted);
    if (of && medel_report_untyped_fact(j->r, of, k->subject->year))
        return true;
    for (size_t i = 0; gap.printed && i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        if (x->concept_ref == of && of && medel_same(x->table, a->table)
            && x->variant == a->variant && x->cell[column]
            && medel_same(x->dimension, a->dimension)) {
            netting n = costs_net_as_much(j, x, column, gap);
            return n == NET_WITH_MORE ? !medel_mistyped(j, k) : n != NET_NOT;
        }
    }
    return false;
}

/* ---- all together ---- */

bool medel_doubted(medel_judge *j, const medel_tie_view *t, medel_check *k, size_t column)
{
    bool other = k->kind == MEDEL_CHECK_DUPLICATE
                 && (may_be_other(j, k->subject) || may_be_other(j, k->terms[0].fact));
    return other || has_twin(j, k, column) || in_other_form(j, k) || netted(j, k, column)
           || unread_statement(j, k)
           || (medel_torn(j, k, column) && !medel_one_slip(j, t, k, column))
           || (k->relation && speaks_of_text(k));
}

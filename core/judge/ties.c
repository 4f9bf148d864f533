/* ties.c - a tie in all its columns, and what its labels and other figures say of it. */
#include "judge.h"

#include <string.h>

/* A figure, or one that a computed sum is made of, is already told as wrong. */
static bool suspect_node(const medel_judge *j, const medel_node *n)
{
    return n
           && ((n->fact && j->suspect[n->fact->index]) || suspect_node(j, n->left)
               || suspect_node(j, n->right));
}

static bool suspect(const medel_judge *j, const medel_fact *f)
{
    return j->suspect && f
           && (j->suspect[f->index]
               || (f->state == MEDEL_FIGURE_COMPUTED && suspect_node(j, f->derivation)));
}

static bool of_cost(const medel_judge *j, const medel_line *line)
{
    return line->row ? medel_same(line->row->balance, "cost")
                     : line->concept_ref
                           && medel_taxonomy_is_cost(j->r->taxonomy, line->concept_ref);
}

/* Prose gives costs without a minus sign. */
static int sign_in_prose(const medel_judge *j, const medel_line *a, const medel_line *b,
                         medel_span x, medel_span y)
{
    bool prose = a->rank == MEDEL_RANK_TEXT && (of_cost(j, b) || of_cost(j, a));
    return prose && (x.value < 0) != (y.value < 0) ? -1 : 1;
}

static void set_column(const medel_judge *j, medel_tie_column *c, const medel_line *a,
                       const medel_fact *x, const medel_line *b, const medel_fact *y)
{
    medel_agreement agreement;
    medel_span p = medel_span_of(x, x->sign), q = medel_span_of(y, y->sign);
    medel_quantity u, v;
    if (!medel_fact_has_value(x) || !medel_fact_has_value(y)
        || !medel_same(x->dimension, y->dimension)
        || medel_fact_concept_value(&u, x) != MEDEL_OK
        || medel_fact_concept_value(&v, y) != MEDEL_OK)
        return;
    int turn = sign_in_prose(j, a, b, p, q);
    if (turn < 0)
        (void)!medel_quantity_neg(&u, &u);
    if (medel_quantity_agree(&agreement, &u, &v) != MEDEL_OK)
        return;
    c->tried = true;
    c->fails = agreement == MEDEL_DIFFER;
    c->neutral = suspect(j, x) || suspect(j, y);
    c->subject = x;
    c->other = y;
    c->difference.value = turn * p.value - q.value;
    c->difference.half = p.half + q.half;
    c->difference.printed = p.printed && q.printed;
}

void medel_tie_of_pair(const medel_judge *j, medel_tie_view *t, const medel_line *a,
                       const medel_line *b)
{
    const medel_concept *concept = a->concept_ref ? a->concept_ref : b->concept_ref;
    *t = (medel_tie_view){ .a = a, .b = b, .variant = a->variant };
    t->kinds = concept ? concept->kinds : 0;
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        if (a->cell[k] && b->cell[k])
            set_column(j, &t->column[k], a, a->cell[k], b, b->cell[k]);
    }
}

void medel_tie_of_line(const medel_judge *j, medel_tie_view *t, const medel_line *a)
{
    *t = (medel_tie_view){ .a = a, .variant = a->variant };
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        const medel_fact *f = a->cell[k];
        medel_tie_column *c = &t->column[k];
        if (!f || !medel_fact_has_value(f))
            continue;
        c->difference = medel_span_of(f, f->sign);
        c->tried = c->fails = c->difference.printed;
        c->neutral = suspect(j, f);
        c->subject = f;
    }
}

/* A relation's check in the year of a slot; NULL where it was not tried. */
static const medel_check *in_slot(medel_judge *j, const medel_relation *rel, size_t slot,
                                  unsigned without)
{
    medel_array list = { 0 };
    medel_checker c = *j->checker;
    c.list = &list;
    medel_check_relation(&c, rel, j->r->year + 1 - (int)slot, without);
    const medel_check *x = list.data;
    return list.count && x->subject
                   && (x->outcome == MEDEL_PASSED || x->outcome == MEDEL_FINDING)
               ? x
               : NULL;
}

static bool fails(const medel_check *k)
{
    return k->outcome == MEDEL_FINDING && k->cause != MEDEL_CAUSE_ROUNDING;
}

static bool counted_in(const medel_check *k, const medel_fact *f)
{
    for (size_t i = 0; i < k->nterms; i++) {
        if (k->terms[i].fact == f)
            return true;
    }
    return false;
}

/* Optional terms that are something where the relation holds, and seldom counted in. */
static unsigned left_out(medel_judge *j, const medel_relation *rel,
                         const medel_check *const *columns)
{
    unsigned set = 0;
    for (size_t i = 0; i < rel->nright; i++) {
        int votes = 0;
        for (size_t k = 0; rel->right[i].optional && k < MEDEL_LINE_YEARS; k++) {
            const medel_fact *f = columns[k] && !fails(columns[k])
                                      ? medel_relation_fact(j->checker, &rel->right[i],
                                                            j->r->year + 1 - (int)k,
                                                            columns[k]->subject->table)
                                      : NULL;
            if (medel_fact_has_value(f) && f->value.value.num != 0)
                votes += counted_in(columns[k], f) ? 1 : -1;
        }
        set |= votes < 0 ? 1u << i : 0;
    }
    return set;
}

/* Does a column that holds count in the optional terms that the others do? */
static bool as_the_others(medel_judge *j, const medel_relation *rel, size_t slot,
                          const medel_check *x, unsigned without)
{
    bool same = true;
    for (size_t i = 0; i < rel->nright; i++) {
        const medel_fact *f =
            rel->right[i].optional ? medel_relation_fact(
                j->checker, &rel->right[i], j->r->year + 1 - (int)slot, x->subject->table)
                                   : NULL;
        if (medel_fact_has_value(f) && f->value.value.num != 0)
            same &= counted_in(x, f) == !(without & (1u << i));
    }
    return same;
}

static bool optional(const medel_relation *rel, const medel_line *line)
{
    for (size_t i = 0; i < rel->nright; i++) {
        if (rel->right[i].optional
            && strcmp(rel->right[i].name, line->concept_ref->id) == 0)
            return true;
    }
    return false;
}

/* Is it made of the lines that the failing one is made of?  What the statements keep says
   nothing of an oversikt that keeps its own. */
static bool of_same_lines(const medel_judge *j, const medel_check *x,
                          const medel_check *k)
{
    bool same = j->line_of[x->subject->index] == j->line_of[k->subject->index];
    for (size_t i = 0; same && i < x->nterms; i++) {
        const medel_line *line = j->line_of[x->terms[i].fact->index];
        bool in = !line || !line->concept_ref || optional(k->relation, line);
        for (size_t n = 0; n < k->nterms; n++)
            in |= j->line_of[k->terms[n].fact->index] == line;
        same = in;
    }
    return same;
}

static void set_relation_column(const medel_judge *j, medel_tie_column *col,
                                const medel_check *x, const medel_check *k)
{
    col->tried = true;
    col->fails = fails(x);
    col->subject = x->subject;
    col->neutral = suspect(j, x->subject) || (k->nterms && !of_same_lines(j, x, k));
    col->difference.half = medel_span_of(x->subject, 1).half;
    col->difference.printed = true;
    int64_t value = medel_span_of(x->subject, x->subject->sign).value;
    for (size_t n = 0; n < x->nterms; n++) {
        medel_span s =
            medel_span_of(x->terms[n].fact, x->terms[n].weight * x->subject->sign);
        col->neutral |= suspect(j, x->terms[n].fact);
        col->difference.printed &= s.printed;
        col->difference.half += s.half;
        value -= s.value;
    }
    col->difference.value = value;
    if (x->kind == MEDEL_CHECK_RATIO)
        col->difference = (medel_span){ 0, 0, false };
}

void medel_tie_of_relation(medel_judge *j, medel_tie_view *t, const medel_check *k)
{
    const medel_check *columns[MEDEL_LINE_YEARS];
    *t = (medel_tie_view){ .a = j->line_of[k->subject->index],
                           .relation = k->relation,
                           .kinds = k->relation->kinds,
                           .variant = k->subject->variant };
    for (size_t i = 0; i < MEDEL_LINE_YEARS; i++)
        columns[i] = in_slot(j, k->relation, i, 0);
    /* All are compared in the form that most hold in: what fails, and what holds in
       another, which is no witness then. */
    unsigned without = left_out(j, k->relation, columns);
    for (size_t i = 0; i < MEDEL_LINE_YEARS; i++) {
        const medel_check *x = columns[i];
        if (!x)
            continue;
        bool failing = fails(x);
        if (failing ? without != 0 : !as_the_others(j, k->relation, i, x, without))
            x = in_slot(j, k->relation, i, without | MEDEL_ALL_OTHERS);
        set_relation_column(j, &t->column[i], x ? x : columns[i], k);
        t->column[i].check = failing && without ? x : NULL;
    }
}

void medel_tie_of_share(medel_judge *j, medel_tie_view *t, const medel_check *k)
{
    medel_array list = { 0 };
    medel_checker c = *j->checker;
    size_t row, column;
    const medel_table *table = medel_table_of(j->r, k->subject, &row, &column);
    const medel_row *spec = k->subject->spec;
    c.list = &list;
    *t = (medel_tie_view){ .a = j->line_of[k->subject->index],
                           .variant = k->subject->variant };
    for (size_t i = 0; table && spec && spec->numerator && i < table->ncolumns; i++) {
        const medel_table_column *col = &table->columns[i];
        int slot = medel_slot(j, col->year);
        list.count = 0;
        if (slot < 0 || col->variant != k->subject->variant)
            continue;
        medel_check_ratio(&c, k->spec->id, table->rows[row].cells[i],
                          medel_report_cell(c.r, table, spec->numerator, col->measure,
                                            col->year, col->variant),
                          medel_report_cell(c.r, table, spec->denominator, col->measure,
                                            col->year, col->variant));
        const medel_check *x = list.data;
        if (!list.count || (x->outcome != MEDEL_PASSED && x->outcome != MEDEL_FINDING))
            continue;
        t->column[slot].tried = true;
        t->column[slot].fails =
            x->outcome == MEDEL_FINDING && x->cause != MEDEL_CAUSE_ROUNDING;
        t->column[slot].subject = x->subject;
        t->column[slot].neutral =
            suspect(j, x->terms[0].fact) || suspect(j, x->terms[1].fact);
    }
}

/* ---- labels ---- */

/* Words that say that something is counted in or left out. */
static const char *const qualifiers[] = { "inkl",        "exkl",  "netto", "brutto",
                                          "f\xC3\xB6re", "efter", "utan",  "unik",
                                          "genomsnitt",  "total" };
#define TOTAL 9 /* the last of them */

static unsigned char lower(const char *s, size_t i)
{
    unsigned char c = (unsigned char)s[i];
    if (c >= 'A' && c <= 'Z')
        return (unsigned char)(c + 32);
    if (i > 0 && (unsigned char)s[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E)
        return (unsigned char)(c + 32);
    return c;
}

static bool letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool word_begins(const char *label, const char *word)
{
    for (size_t i = 0; label && label[i]; i++) {
        size_t n = 0;
        if (i > 0 && letter((unsigned char)label[i - 1]))
            continue;
        while (word[n] && label[i + n] && lower(label, i + n) == (unsigned char)word[n])
            n++;
        if (!word[n])
            return true;
    }
    return false;
}

static bool same_words(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] && b[i] && lower(a, i) == lower(b, i))
        i++;
    return !a[i] && !b[i];
}

static bool is_called(const medel_row *row, const char *label)
{
    bool is = same_words(row->label, label);
    for (size_t i = 0; !is && row->synonyms && row->synonyms[i]; i++)
        is = same_words(row->synonyms[i], label);
    return is;
}

bool medel_names_another(const medel_judge *j, const medel_fact *f)
{
    const char *const *instead = f->concept_ref ? f->concept_ref->instead : NULL;
    const medel_table_spec *specs;
    size_t n = medel_taxonomy_tables(j->r->taxonomy, &specs);
    for (size_t t = 0; instead && f->label && t < n; t++) {
        for (size_t r = 0; r < specs[t].nrows; r++) {
            const medel_row *row = specs[t].rows[r];
            const medel_concept *c = row->concept_ref;
            for (size_t i = 0; c && instead[i]; i++) {
                if (strcmp(c->id, instead[i]) == 0 && is_called(row, f->label))
                    return true;
            }
        }
    }
    return false;
}

/* The row's label, and the heading that it stands under. */
static unsigned words_of(const medel_judge *j, const medel_fact *f)
{
    size_t row, column;
    const medel_table *t = medel_table_of(j->r, f, &row, &column);
    unsigned set = 0;
    for (size_t i = 0; i < MEDEL_COUNT(qualifiers); i++) {
        if (word_begins(f->label, qualifiers[i])
            || (t && word_begins(t->heading, qualifiers[i])))
            set |= 1u << i;
    }
    /* Totala kostnader is what one table calls its sum, and more than another's. */
    if (f->spec && word_begins(f->spec->label, qualifiers[TOTAL]))
        set &= ~(1u << TOTAL);
    if (medel_names_another(j, f))
        set |= 1u << MEDEL_COUNT(qualifiers);
    return set;
}

bool medel_labels_differ(const medel_judge *j, const medel_fact *a, const medel_fact *b)
{
    return words_of(j, a) != words_of(j, b);
}

bool medel_label_bare(const medel_judge *j, const medel_fact *f)
{
    return words_of(j, f) == 0;
}

bool medel_label_says_more(const medel_judge *j, const medel_fact *f)
{
    const char *usual = f->concept_ref ? f->concept_ref->label
                        : f->spec      ? f->spec->label
                                       : NULL;
    unsigned set = words_of(j, f);
    for (size_t i = 0; i < MEDEL_COUNT(qualifiers); i++) {
        if (word_begins(usual, qualifiers[i])
            || (f->spec && word_begins(f->spec->label, qualifiers[i])))
            set &= ~(1u << i);
    }
    return set != 0;
}

/* ---- kinds ---- */

static bool of_concepts(const char *const *list, const medel_line *line)
{
    for (size_t i = 0; list && list[i]; i++) {
        if (strcmp(list[i], line->concept_ref->id) == 0)
            return true;
    }
    return false;
}

/* What a concept prints as nothing is nothing, whatever else has its words. */
uint32_t medel_kinds_in(const medel_judge *j, uint32_t kinds, size_t column,
                        int64_t above)
{
    const medel_amount_kind *all;
    size_t n = medel_taxonomy_kinds(j->r->taxonomy, &all);
    uint32_t by_words = 0, by_concept = 0, printed = 0;
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *line = medel_line_get(j, i);
        const medel_fact *f = line->cell[column];
        if (!f || f->state == MEDEL_FIGURE_BLANK || f->state == MEDEL_FIGURE_UNTYPED)
            continue;
        medel_span s = medel_span_of(f, 1);
        int64_t size = s.value < 0 ? -s.value : s.value;
        bool something = medel_fact_has_value(f) && f->value.value.num != 0
                         && (!s.printed || size > above);
        by_words |= something ? line->kinds : 0;
        for (size_t k = 0; line->concept_ref && k < n; k++) {
            uint32_t bit = UINT32_C(1) << k;
            bool of = of_concepts(all[k].concepts, line);
            printed |= of ? bit : 0;
            by_concept |=
                something && (of || of_concepts(all[k].signs_of, line)) ? bit : 0;
        }
    }
    return kinds & (by_concept | (by_words & ~printed));
}

/* Is a table that prints the concept not typed yet? */
static bool concept_untyped(const medel_judge *j, const char *const *concepts)
{
    const medel_table_spec *specs;
    size_t n = medel_taxonomy_tables(j->r->taxonomy, &specs);
    for (size_t t = 0; concepts && t < n; t++) {
        for (size_t r = 0; medel_report_untyped(j->r, specs[t].id) && r < specs[t].nrows;
             r++) {
            const medel_concept *c = specs[t].rows[r]->concept_ref;
            for (size_t i = 0; c && concepts[i]; i++) {
                if (strcmp(c->id, concepts[i]) == 0)
                    return true;
            }
        }
    }
    return false;
}

/* A line that only has the words of a kind that a concept prints elsewhere is not all of
 * it. */
uint32_t medel_kinds_unknown(const medel_judge *j, uint32_t kinds, size_t column)
{
    const medel_amount_kind *all;
    size_t n = medel_taxonomy_kinds(j->r->taxonomy, &all);
    uint32_t anywhere = 0, by_words = 0, by_concept = 0, concepts = 0;
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *line = medel_line_get(j, i);
        uint32_t of = 0, sign = 0;
        for (size_t k = 0; line->concept_ref && k < n; k++) {
            of |= of_concepts(all[k].concepts, line) ? UINT32_C(1) << k : 0;
            sign |= of_concepts(all[k].signs_of, line) ? UINT32_C(1) << k : 0;
        }
        for (size_t c = 0; c < MEDEL_LINE_YEARS; c++) {
            const medel_fact *f = line->cell[c];
            if (!f || f->in_text || f->state == MEDEL_FIGURE_UNTYPED)
                continue;
            anywhere |= line->kinds | sign; /* a row that is left blank has its place */
            if (f->state == MEDEL_FIGURE_BLANK)
                continue;
            concepts |= of;
            by_words |= c == column ? line->kinds : 0;
            by_concept |= c == column ? of : 0;
        }
    }
    for (size_t k = 0; k < n; k++)
        anywhere |= concept_untyped(j, all[k].concepts) ? UINT32_C(1) << k : 0;
    return kinds & anywhere & ~(by_concept | (by_words & ~concepts));
}

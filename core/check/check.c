/*
 * check.c - what must hold in any report, read from the taxonomy: subtotals, columns
 * and shares here, the rest in check_*.c; and the order in which all are run.
 */
#include "check.h"

#include <string.h>

/* ---- results ---- */

medel_check *medel_check_add(medel_checker *c, const char *rule, medel_check_kind kind,
                             const medel_fact *subject)
{
    const medel_check_spec *spec =
        rule ? medel_taxonomy_check(c->r->taxonomy, rule) : NULL;
    if (!spec)
        spec = medel_taxonomy_same_check(c->r->taxonomy);
    medel_check *k = MEDEL_PUSH(c->arena, c->list, medel_check);
    k->spec = spec;
    k->kind = kind;
    k->level = spec->level;
    k->subject = subject;
    k->outcome = MEDEL_PASSED;
    return k;
}

void medel_check_set_terms(medel_checker *c, medel_check *k, const medel_term *terms,
                           size_t n)
{
    medel_term *copy = MEDEL_NEW(c->arena, medel_term, n);
    if (n)
        memcpy(copy, terms, n * sizeof *terms);
    k->terms = copy;
    k->nterms = n;
}

bool medel_sum_terms(medel_quantity *out, const medel_term *terms, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        medel_quantity q = terms[i].fact->value;
        if (terms[i].weight < 0 && medel_quantity_neg(&q, &q) != MEDEL_OK)
            return false;
        if (i == 0)
            *out = q;
        else if (medel_quantity_add(out, out, &q) != MEDEL_OK)
            return false;
    }
    return n > 0;
}

void medel_check_too_large(medel_check *k)
{
    k->outcome = MEDEL_NOT_APPLICABLE;
    k->missing = "beloppen är för stora eller har olika enhet";
}

void medel_check_blame_rounding(medel_check *k, const medel_fact *f)
{
    k->level = MEDEL_LEVEL_NOTE;
    k->cause = MEDEL_CAUSE_ROUNDING;
    k->cause_fact = f;
    k->suggested = k->expected;
}

bool medel_check_judge(medel_check *k, const medel_quantity *value)
{
    medel_agreement agreement;
    if (medel_quantity_agree(&agreement, value, &k->expected) != MEDEL_OK
        || medel_quantity_sub(&k->difference, value, &k->expected) != MEDEL_OK) {
        medel_check_too_large(k);
        return true;
    }
    if (agreement == MEDEL_AGREE)
        return true;
    k->outcome = MEDEL_FINDING;
    if (agreement == MEDEL_DIFFER)
        return false;
    medel_check_blame_rounding(k, k->subject);
    return true;
}

/* ---- subtotals ---- */

/* A row whose parts a förbund prints as rows of its own is a sum, too, and of the nearest
 * sum above it: NULL where it has no parts. */
static const char *sum_rule(const medel_table *t, size_t row)
{
    const medel_table_tree *tree = t->tree;
    const medel_table_node *n = &tree->nodes[tree->node_of[row]];
    bool parts = false;
    if (n->row->type != MEDEL_FIELD_AMOUNT || n->row->rule)
        return n->row->type == MEDEL_FIELD_AMOUNT ? n->row->rule : NULL;
    for (size_t c = n->first; c != MEDEL_NO_NODE; c = tree->nodes[c].next)
        parts |= tree->nodes[c].row->own && tree->nodes[c].printed != MEDEL_NO_NODE;
    for (size_t up = n->parent; parts && up != MEDEL_NO_NODE;
         up = tree->nodes[up].parent) {
        if (tree->nodes[up].row->rule)
            return tree->nodes[up].row->rule;
    }
    return NULL;
}

/* How far a forecast may be from what was computed: it is rounded to its last digit that
   is no zero, as ca is, to two digits at least. */
static bool forecast_half(medel_quantity *out, const medel_fact *f)
{
    int64_t unit = 1, left = f->printed.value.num;
    *out = f->printed;
    if (f->variant != MEDEL_VARIANT_PROGNOS || f->printed.value.den != 1)
        return false;
    while (left % 10 == 0 && left / 100 != 0) {
        left /= 10;
        unit *= 10;
    }
    out->value = (medel_rational){ left ? unit / 2 : 0, 1 };
    out->low = out->high = out->value;
    return true;
}

/* Are a forecast's rows and their sum each rounded by itself?  Then they need not add up.
 */
static bool rounded_forecasts(const medel_check *k)
{
    medel_quantity half, room, off;
    int order = 1;
    bool all = forecast_half(&room, k->subject);
    for (size_t i = 0; all && i < k->nterms; i++)
        all = forecast_half(&half, k->terms[i].fact)
              && medel_quantity_add(&room, &room, &half) == MEDEL_OK;
    return all && medel_quantity_abs(&off, &k->difference) == MEDEL_OK
           && medel_quantity_compare(&order, &off, &room) == MEDEL_OK && order <= 0;
}

static void check_sum(medel_checker *c, const medel_table *t, const medel_table_row *row,
                      size_t column)
{
    const medel_fact *total = row->cells[column];
    const medel_term *terms;
    size_t n = medel_total_terms(c->scratch, t, row->spec->id, column, &terms);
    if (!medel_fact_has_value(total) || n == 0)
        return;
    medel_check *k =
        medel_check_add(c, sum_rule(t, (size_t)(row - t->rows)), MEDEL_CHECK_SUM, total);
    medel_check_set_terms(c, k, terms, n);
    if (!medel_sum_terms(&k->expected, terms, n))
        medel_check_too_large(k);
    else if (!medel_check_judge(k, &total->value) && rounded_forecasts(k))
        medel_check_blame_rounding(k, total);
}

static void check_ratio_row(medel_checker *c, const medel_table *t,
                            const medel_table_row *row, size_t column)
{
    const medel_table_column *col = &t->columns[column];
    const medel_fact *share = row->cells[column];
    const medel_fact *over = medel_report_cell(c->r, t, row->spec->numerator,
                                               col->measure, col->year, col->variant);
    const medel_fact *under = medel_report_cell(c->r, t, row->spec->denominator,
                                                col->measure, col->year, col->variant);
    medel_check_ratio(c, row->spec->rule, share, over, under);
}

/* ---- columns of a row ---- */

static void check_identity(medel_checker *c, const char *rule, const medel_fact *left,
                           const medel_fact *plus, const medel_fact *minus)
{
    medel_term terms[2];
    size_t n = 0;
    if ((plus && plus->state == MEDEL_FIGURE_UNTYPED)
        || (minus && minus->state == MEDEL_FIGURE_UNTYPED) || !medel_fact_has_value(left)
        || (!medel_fact_has_value(plus) && !medel_fact_has_value(minus)))
        return;
    if (medel_fact_has_value(plus))
        terms[n++] = (medel_term){ plus, 1 };
    if (medel_fact_has_value(minus))
        terms[n++] = (medel_term){ minus, -1 };
    medel_check *k = medel_check_add(c, rule, MEDEL_CHECK_COLUMNS, left);
    medel_check_set_terms(c, k, terms, n);
    if (medel_sum_terms(&k->expected, terms, n))
        medel_check_judge(k, &left->value);
    else
        medel_check_too_large(k);
}

static void check_columns(medel_checker *c, const medel_table *t,
                          const medel_table_row *row)
{
    for (int year = c->r->year; year >= c->r->year - 1; year--) {
        const medel_fact *netto =
            medel_row_cell(t, row, "netto", year, MEDEL_VARIANT_UTFALL);
        check_identity(c, t->spec->netto_rule, netto,
                       medel_row_cell(t, row, "intakt", year, MEDEL_VARIANT_UTFALL),
                       medel_row_cell(t, row, "kostnad", year, MEDEL_VARIANT_UTFALL));
        check_identity(c, t->spec->avvikelse_rule,
                       medel_row_cell(t, row, "avvikelse", year, MEDEL_VARIANT_UTFALL),
                       netto,
                       medel_row_cell(t, row, "netto", year, MEDEL_VARIANT_BUDGET));
    }
}

/* ---- shares ---- */

medel_check *medel_check_ratio(medel_checker *c, const char *rule,
                               const medel_fact *share, const medel_fact *over,
                               const medel_fact *under)
{
    if (!medel_fact_has_value(share))
        return NULL;
    medel_check *k = medel_check_add(c, rule, MEDEL_CHECK_RATIO, share);
    k->proof = MEDEL_PROOF_QUESTION; /* what it is a share of is believed, not printed */
    if (!medel_fact_has_value(over) || !medel_fact_has_value(under)) {
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing =
            medel_arena_format(c->arena, "täljare eller nämnare för %s %d är inte tryckt",
                               share->label, share->year);
        return k;
    }
    const medel_term terms[2] = { { over, over->sign }, { under, under->sign } };
    medel_check_set_terms(c, k, terms, 2);
    medel_quantity a, b;
    if (medel_fact_concept_value(&a, over) != MEDEL_OK
        || medel_fact_concept_value(&b, under) != MEDEL_OK
        || medel_quantity_div(&k->expected, &a, &b) != MEDEL_OK) {
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing = "nämnaren är noll";
        return k;
    }
    medel_check_judge(k, &share->value);
    return k;
}

/* ---- all of them, piece by piece ---- */

static void piece(medel_arena *a, medel_array *out, medel_piece p)
{
    *MEDEL_PUSH(a, out, medel_piece) = p;
}

static void pieces_of_table(medel_arena *a, medel_array *out, const medel_table *t,
                            size_t index)
{
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_row *row = t->rows[i].spec;
        bool sum = sum_rule(t, i) != NULL;
        for (size_t k = 0; (sum || row->numerator) && k < t->ncolumns; k++)
            piece(a, out, (medel_piece){ MEDEL_PIECE_SUM, index, i, k, 0 });
    }
    for (size_t i = 0; t->spec->netto_rule && i < t->nrows; i++)
        piece(a, out, (medel_piece){ MEDEL_PIECE_COLUMNS, index, i, 0, 0 });
    if (t->spec->sign_rule)
        piece(a, out, (medel_piece){ MEDEL_PIECE_SIGNS, index, 0, 0, 0 });
}

/* The statements last: they are what the other tables are held against. */
static void pieces_of_units(const medel_report *r, medel_arena *a, medel_array *out)
{
    const medel_table *tables = r->tables.data;
    const medel_table_spec *specs;
    for (size_t s = medel_taxonomy_tables(r->taxonomy, &specs); s > 0; s--) {
        for (size_t i = 0; i < r->tables.count; i++) {
            if (strcmp(tables[i].spec->id, specs[s - 1].id) == 0)
                piece(a, out, (medel_piece){ MEDEL_PIECE_UNIT, i, 0, 0, 0 });
        }
    }
}

void medel_check_pieces(const medel_report *r, medel_arena *a, medel_array *out)
{
    const medel_table *tables = r->tables.data;
    const medel_concept *concepts;
    size_t n = medel_taxonomy_concepts(r->taxonomy, &concepts);
    for (size_t i = 0; i < r->tables.count; i++)
        pieces_of_table(a, out, &tables[i], i);
    pieces_of_units(r, a, out);
    for (size_t i = 0; i < n; i++)
        piece(a, out, (medel_piece){ MEDEL_PIECE_CONCEPT, i, 0, 0, 0 });
    for (size_t i = 0; i < r->ties.count; i++)
        piece(a, out, (medel_piece){ MEDEL_PIECE_TIE, i, 0, 0, 0 });
    const medel_relation *relations = medel_taxonomy_relations(r->taxonomy, &n);
    for (size_t i = 0; i < n; i++) {
        if (relations[i].ledger)
            continue; /* where there is a ledger it is compared with (core/statements) */
        int last = relations[i].of ? r->year : r->year + 1;
        int first = relations[i].of ? r->year : r->year - 9;
        for (int year = last; year >= first; year--)
            piece(a, out, (medel_piece){ MEDEL_PIECE_RELATION, i, 0, 0, year });
    }
}

static void check_total(medel_checker *c, const medel_table *t, const medel_piece *p)
{
    const medel_table_row *row = &t->rows[p->row];
    if (sum_rule(t, p->row))
        check_sum(c, t, row, p->column);
    else
        check_ratio_row(c, t, row, p->column);
}

void medel_check_piece(medel_checker *c, const medel_piece *p)
{
    const medel_table *tables = c->r->tables.data;
    const medel_tie *ties = c->r->ties.data;
    const medel_relation *relations;
    const medel_concept *concepts;
    size_t n, i = p->index;
    switch (p->kind) {
    case MEDEL_PIECE_SUM: check_total(c, &tables[i], p); break;
    case MEDEL_PIECE_COLUMNS:
        check_columns(c, &tables[i], &tables[i].rows[p->row]);
        break;
    case MEDEL_PIECE_SIGNS: medel_check_signs(c, &tables[i]); break;
    case MEDEL_PIECE_UNIT: medel_check_unit(c, &tables[i], i); break;
    case MEDEL_PIECE_CONCEPT:
        medel_taxonomy_concepts(c->r->taxonomy, &concepts);
        medel_check_duplicates(c, &concepts[i]);
        break;
    case MEDEL_PIECE_TIE:
        if (medel_fact_has_value(ties[i].first) && medel_fact_has_value(ties[i].second))
            medel_check_pair(c, ties[i].second, ties[i].first);
        break;
    case MEDEL_PIECE_RELATION:
        relations = medel_taxonomy_relations(c->r->taxonomy, &n);
        if (relations[i].of)
            medel_check_records(c, &relations[i]);
        else
            medel_check_relation(c, &relations[i], p->year, 0);
        break;
    }
}

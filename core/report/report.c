/*
 * report.c - a report once it is read: totals that are not printed are computed,
 * facts are indexed by concept, and cells and concepts are looked up.
 */
#include "report_read.h"

#include <stdio.h>
#include <string.h>

/* ---- rows and cells ---- */

const medel_table_row *medel_table_find(const medel_table *t, const char *row)
{
    MEDEL_NEEDS_OR(NULL, t, row);
    if (t->tree) {
        const medel_table_node *n = medel_table_node_of(t, row);
        return n && n->printed != MEDEL_NO_NODE ? &t->rows[n->printed] : NULL;
    }
    for (size_t i = 0; i < t->nrows; i++) { /* while the report is being read */
        if (strcmp(t->rows[i].spec->id, row) == 0)
            return &t->rows[i];
    }
    return NULL;
}

const medel_table_column *medel_find_column(const medel_table *t, const char *measure,
                                            int year, medel_variant variant)
{
    for (size_t i = 0; i < t->ncolumns; i++) {
        const medel_table_column *c = &t->columns[i];
        if (c->year == year && c->variant == variant && medel_same(c->measure, measure))
            return c;
    }
    return NULL;
}

const medel_fact *medel_row_cell(const medel_table *t, const medel_table_row *row,
                                 const char *measure, int year, medel_variant variant)
{
    const medel_table_column *c = medel_find_column(t, measure, year, variant);
    return c ? row->cells[c - t->columns] : NULL;
}

bool medel_fact_has_value(const medel_fact *f)
{
    return f && (f->state == MEDEL_FIGURE_VALUE || f->state == MEDEL_FIGURE_COMPUTED);
}

medel_status medel_fact_concept_value(medel_quantity *out, const medel_fact *f)
{
    if (f->sign < 0)
        return medel_quantity_neg(out, &f->value);
    *out = f->value;
    return MEDEL_OK;
}

const medel_table *medel_table_of(const medel_report *r, const medel_fact *f, size_t *row,
                                  size_t *column)
{
    const medel_table *tables = r->tables.data;
    for (size_t i = 0; f->spec && i < r->tables.count; i++) {
        if (strcmp(tables[i].spec->id, f->table) != 0)
            continue;
        for (*row = 0; *row < tables[i].nrows; ++*row) {
            for (*column = 0; *column < tables[i].ncolumns; ++*column) {
                if (tables[i].rows[*row].cells[*column] == f)
                    return &tables[i];
            }
        }
    }
    return NULL;
}

/* ---- totals that are not printed ---- */

typedef struct total {
    medel_arena *a;
    const medel_table *t;
    size_t column;
    medel_array terms; /* medel_term */
    bool untyped;      /* one of them is not typed yet */
} total;

static void add_children(total *s, const medel_table_node *of, int weight);

static void add_child(total *s, const medel_table_node *child, int weight)
{
    const medel_fact *f = child->printed != MEDEL_NO_NODE
                              ? s->t->rows[child->printed].cells[s->column]
                              : NULL;
    if (child->row->type != MEDEL_FIELD_AMOUNT || child->row->memo)
        return;
    weight *= child->row->weight;
    s->untyped |= f && f->state == MEDEL_FIGURE_UNTYPED;
    if (f && f->state == MEDEL_FIGURE_VALUE) {
        medel_term *term = MEDEL_PUSH(s->a, &s->terms, medel_term);
        term->fact = f;
        term->weight = weight;
    } else if (!f || f->state == MEDEL_FIGURE_BLANK) {
        add_children(s, child, weight);
    }
}

static void add_children(total *s, const medel_table_node *of, int weight)
{
    const medel_table_node *nodes = s->t->tree->nodes;
    for (size_t c = of->first; c != MEDEL_NO_NODE; c = nodes[c].next)
        add_child(s, &nodes[c], weight);
}

size_t medel_total_terms(medel_arena *a, const medel_table *t, const char *row,
                         size_t column, const medel_term **terms)
{
    total s = { .a = a, .t = t, .column = column };
    const medel_table_node *of = medel_table_node_of(t, row);
    if (of)
        add_children(&s, of, 1);
    *terms = s.terms.data;
    return s.untyped ? 0 : s.terms.count; /* half a sum is none */
}

static const medel_node *fact_node(medel_arena *a, const medel_fact *f, int weight)
{
    medel_node *n = MEDEL_NEW(a, medel_node, 1);
    n->quantity = f->value;
    n->op = MEDEL_OP_FACT;
    n->fact = f;
    if (weight > 0)
        return n;
    medel_node *minus = MEDEL_NEW(a, medel_node, 1);
    return medel_node_apply(minus, MEDEL_OP_NEG, n, NULL, true) == MEDEL_OK ? minus
                                                                            : NULL;
}

static const medel_node *sum_node(medel_arena *a, const medel_term *terms, size_t n)
{
    const medel_node *sum = NULL;
    for (size_t i = 0; i < n; i++) {
        const medel_node *term = fact_node(a, terms[i].fact, terms[i].weight);
        if (!term)
            return NULL;
        if (!sum) {
            sum = term;
            continue;
        }
        medel_node *next = MEDEL_NEW(a, medel_node, 1);
        if (medel_node_apply(next, MEDEL_OP_ADD, sum, term, true) != MEDEL_OK)
            return NULL;
        sum = next;
    }
    return sum;
}

static void name_total(medel_fact *f, const medel_table *t, const medel_row *row,
                       const medel_table_column *c)
{
    const medel_row_concept *rc = medel_row_column(row, c);
    f->table = t->spec->id;
    f->row = row->id;
    f->column = c->id;
    f->measure = c->measure;
    f->label = row->label;
    f->spec = row;
    f->rule = row->tie;
    f->year = c->year;
    f->variant = c->variant;
    f->concept_ref = rc ? rc->concept_ref : c->measure ? NULL : row->concept_ref;
    f->sign = rc ? rc->sign : row->sign;
    f->unit = t->unit;
    f->state = MEDEL_FIGURE_COMPUTED;
}

static bool is_printed(medel_report *r, const medel_table *t, const medel_row *row,
                       size_t column)
{
    const medel_table_row *printed = medel_table_find(t, row->id);
    const medel_fact *f = printed ? printed->cells[column] : NULL;
    const medel_term *terms;
    if (f && f->state != MEDEL_FIGURE_BLANK)
        return true;
    return medel_total_terms(&r->arena, t, row->id, column, &terms) > 0;
}

/* A balance at a date is not the sum of the year's flows alone: without an opening
   balance there is nothing to compute. */
static bool flows_alone(medel_report *r, const medel_table *t, const medel_row *balance,
                        size_t column)
{
    const medel_concept *concept = balance->concept_ref;
    bool flow = false;
    for (size_t i = 0; concept && concept->instant && i < t->spec->nrows; i++) {
        const medel_row *row = t->spec->rows[i];
        const medel_concept *part = row->concept_ref;
        if (!medel_same(row->under, balance->id) || !is_printed(r, t, row, column))
            continue;
        if (!part || part->instant)
            return false;
        flow = true;
    }
    return flow;
}

/* A table of costs has no result: what its costs come to is none. */
static bool costs_alone(const medel_row *row, const medel_term *terms, size_t n)
{
    if (!medel_same(row->balance, "result"))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!terms[i].fact->spec || !medel_same(terms[i].fact->spec->balance, "cost"))
            return false;
    return true;
}

static void compute_total(medel_report *r, const medel_table *t, const medel_row *row,
                          size_t column)
{
    const medel_term *terms;
    if (flows_alone(r, t, row, column))
        return;
    size_t n = medel_total_terms(&r->arena, t, row->id, column, &terms);
    const medel_node *sum =
        n && !costs_alone(row, terms, n) ? sum_node(&r->arena, terms, n) : NULL;
    if (!sum)
        return;
    medel_fact *f = MEDEL_NEW(&r->arena, medel_fact, 1);
    name_total(f, t, row, &t->columns[column]);
    f->printed = f->value = sum->quantity;
    f->derivation = sum;
    f->file = terms[0].fact->file;
    f->line = terms[0].fact->line;
    f->col = terms[0].fact->col;
    f->places = terms[0].fact->places;
    f->nplaces = terms[0].fact->nplaces;
    f->index = r->facts.count;
    *MEDEL_PUSH(&r->arena, &r->facts, medel_fact *) = f;
}

static void compute_totals(medel_report *r, const medel_table *t)
{
    for (size_t i = 0; i < t->spec->nrows; i++) {
        const medel_row *row = t->spec->rows[i];
        const medel_table_row *printed = medel_table_find(t, row->id);
        if (row->type != MEDEL_FIELD_AMOUNT || row->memo)
            continue;
        for (size_t c = 0; c < t->ncolumns; c++) {
            const medel_fact *f = printed ? printed->cells[c] : NULL;
            if (!f || f->state == MEDEL_FIGURE_BLANK)
                compute_total(r, t, row, c);
        }
    }
}

/* ---- by concept ---- */

const medel_field *medel_report_section(const medel_report *r, const char *path)
{
    char name[MEDEL_WORD];
    medel_path_word(&path, name, sizeof name);
    const medel_field *fields;
    const size_t n = medel_taxonomy_fields(r->taxonomy, &fields);
    return medel_field_named(fields, n, name);
}

/* Statements before notes before running text; printed before computed.  Never by the
   order of the file's sections: a report written in another order says the same. */
static size_t rank_of(const medel_report *r, const medel_fact *f)
{
    const medel_table_spec *first;
    const medel_field *fields;
    size_t n = medel_taxonomy_tables(r->taxonomy, &first), i = 0;
    if (!f->spec) {
        const size_t nfields = medel_taxonomy_fields(r->taxonomy, &fields);
        const medel_field *in = medel_report_section(r, f->table);
        return 2 * n + (in ? (size_t)(in - fields) : nfields)
               + (f->in_text ? nfields + 1 : 0);
    }
    while (i < n && strcmp(first[i].id, f->table) != 0)
        i++;
    return 2 * i + (f->state == MEDEL_FIGURE_COMPUTED);
}

static medel_fact_chain *chain_of(medel_report *r, medel_map *by, const char *key)
{
    medel_fact_chain *chain = medel_map_get(by, key);
    if (!chain) {
        chain = MEDEL_NEW(&r->arena, medel_fact_chain, 1);
        medel_map_put(&r->arena, by, key, chain);
    }
    return chain;
}

static void chain_add(medel_report *r, const medel_fact *f)
{
    medel_fact_chain *chain = chain_of(r, &r->by_concept, f->concept_ref->id);
    MEDEL_PUSH(&r->arena, &chain->facts, const medel_fact *);
    const medel_fact **list = chain->facts.data;
    size_t i = chain->facts.count - 1, rank = rank_of(r, f);
    for (; i > 0 && rank_of(r, list[i - 1]) > rank; i--)
        list[i] = list[i - 1];
    list[i] = f;
}

const medel_fact_chain *medel_report_chain(const medel_report *r, const char *concept)
{
    return medel_map_get(&r->by_concept, concept);
}

const medel_fact *medel_record_fact(const medel_report *r, const char *section,
                                    const char *item, const char *field)
{
    const medel_fact_chain *chain = item ? medel_map_get(&r->by_item, item) : NULL;
    const medel_fact *const *facts = chain ? chain->facts.data : NULL;
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        if (medel_same(facts[i]->row, field) && medel_same(facts[i]->table, section))
            return facts[i];
    }
    return NULL;
}

const medel_fact *medel_role_fact(const medel_report *r, medel_role role, int year,
                                  medel_variant variant)
{
    const medel_concept *c =
        medel_taxonomy_concept(r->taxonomy, medel_role_id(r->taxonomy, role));
    return c ? medel_report_concept(r, c, year, variant) : NULL;
}

bool medel_report_path(const medel_report *r, const char *path, const medel_table **t,
                       const medel_table_row **row, const char **measure)
{
    char table[MEDEL_WORD], id[MEDEL_WORD];
    medel_path_word(&path, table, sizeof table);
    medel_path_word(&path, id, sizeof id);
    *t = medel_report_table(r, table);
    *row = *t ? medel_table_find(*t, id) : NULL;
    *measure = NULL;
    for (size_t i = 0; *t && path && i < (*t)->ncolumns; i++) {
        if (medel_same((*t)->columns[i].measure, path))
            *measure = (*t)->columns[i].measure;
    }
    return *row && (!path || *measure);
}

static void settle_references(medel_report *r)
{
    medel_reference *refs = r->references.data;
    for (size_t i = 0; i < r->references.count; i++) {
        medel_fact *f = refs[i].fact;
        if (!f)
            continue;
        const medel_table *t;
        const medel_table_row *row;
        const char *measure;
        if (!medel_report_path(r, refs[i].path, &t, &row, &measure))
            continue;
        const medel_fact *cell = medel_row_cell(t, row, measure, f->year, f->variant);
        if (!cell || !medel_fact_has_value(cell))
            continue;
        if (cell->concept_ref && !cell->dimension) {
            f->concept_ref = cell->concept_ref;
            f->sign = cell->sign;
        } else {
            medel_tie *tie = MEDEL_PUSH(&r->arena, &r->ties, medel_tie);
            tie->first = cell;
            tie->second = f;
        }
    }
}

/* The outcome of the concept that a statement prints, of the fact's year. */
static const medel_fact *in_statement(const medel_report *r, const medel_fact *f)
{
    const medel_fact *const *facts = r->facts.data;
    for (size_t i = 0; i < r->facts.count; i++) {
        if (facts[i]->concept_ref == f->concept_ref && facts[i]->year == f->year
            && facts[i]->variant == MEDEL_VARIANT_UTFALL && medel_fact_has_value(facts[i])
            && medel_fact_rank(r->taxonomy, facts[i]) == MEDEL_RANK_STATEMENT)
            return facts[i];
    }
    return NULL;
}

/* What a table budgets under an ambiguous name is the concept only if its outcome is:
   many end in the net cost, before the members' contributions. */
static bool budgets_another(const medel_report *r, const medel_fact *f)
{
    size_t row, column;
    medel_agreement agreement;
    if (!f->spec || !f->spec->ambiguous || f->variant == MEDEL_VARIANT_UTFALL)
        return false;
    const medel_table *t = medel_table_of(r, f, &row, &column);
    const medel_fact *outcome =
        t ? medel_row_cell(t, &t->rows[row], f->measure, f->year, MEDEL_VARIANT_UTFALL)
          : NULL;
    const medel_fact *statement = in_statement(r, f);
    if (strstr(f->label, "ettokostnad"))
        return true;
    return statement && medel_fact_has_value(outcome)
           && medel_quantity_agree(&agreement, &outcome->value, &statement->value)
                  == MEDEL_OK
           && agreement == MEDEL_DIFFER;
}

void medel_report_finish(medel_report *r)
{
    medel_table *tables = r->tables.data;
    r->nprinted = r->facts.count;
    for (size_t i = 0; i < r->tables.count; i++)
        medel_table_grow(r, &tables[i]);
    for (size_t i = 0; i < r->tables.count && !r->scenario; i++)
        medel_signs_normalise(&tables[i]); /* a built table has the usual signs */
    for (size_t i = 0; i < r->tables.count; i++)
        compute_totals(r, &tables[i]);
    settle_references(r);
    const medel_fact **facts = r->facts.data;
    for (size_t i = 0; i < r->facts.count; i++) {
        if (facts[i]->item)
            *MEDEL_PUSH(&r->arena, &chain_of(r, &r->by_item, facts[i]->item)->facts,
                        const medel_fact *) = facts[i];
        if (facts[i]->concept_ref && facts[i]->state != MEDEL_FIGURE_BLANK
            && facts[i]->state != MEDEL_FIGURE_UNTYPED && !budgets_another(r, facts[i]))
            chain_add(r, facts[i]);
    }
}

/* ---- public lookups ---- */

size_t medel_report_size(const medel_report *r)
{
    MEDEL_NEEDS_OR(0, r);
    return medel_arena_size(&r->arena);
}

MEDEL_FREE(medel_report_free, medel_report)
MEDEL_GETTER(const medel_taxonomy *, medel_report_taxonomy, medel_report, taxonomy, NULL)
MEDEL_GETTER(const char *, medel_report_file, medel_report, file, NULL)
MEDEL_GETTER(int, medel_report_year, medel_report, year, 0)
MEDEL_GETTER(const medel_record *, medel_report_root, medel_report, root, NULL)

size_t medel_report_tables(const medel_report *r, const medel_table **first)
{
    MEDEL_NEEDS_OR(0, r, first);
    *first = r->tables.data;
    return r->tables.count;
}

const medel_table *medel_report_table(const medel_report *r, const char *id)
{
    MEDEL_NEEDS_OR(NULL, r, id);
    const medel_table *tables = r->tables.data;
    for (size_t i = 0; i < r->tables.count; i++) {
        if (strcmp(tables[i].spec->id, id) == 0)
            return &tables[i];
    }
    return NULL;
}

size_t medel_report_facts(const medel_report *r, const medel_fact *const **first)
{
    MEDEL_OUT(first);
    MEDEL_NEEDS_OR(0, r, first);
    *first = r->facts.data;
    return r->facts.count;
}

/* Width of what the print can stand for; kronor and finer count as the same. */
medel_rational medel_fact_coarseness(const medel_fact *f)
{
    const medel_rational one_krona = { 100, 1 };
    medel_rational width = { 0, 1 }, minus = f->value.low;
    minus.num = -minus.num;
    if (medel_rational_add(&width, f->value.high, minus) == MEDEL_OK
        && f->value.dimension.money == 1 && f->state == MEDEL_FIGURE_VALUE
        && medel_rational_compare(width, one_krona) > 0)
        return width;
    return one_krona;
}

/* Is f the better witness of what they both print?  The finer one; but a sentence says
   "underskottet är 349 331 kr", and the table's minus is what the concept means. */
static bool better(const medel_fact *f, const medel_fact *best)
{
    const int64_t is = f->value.value.num, was = best->value.value.num;
    if (f->in_text != best->in_text && ((is < 0 && was > 0) || (is > 0 && was < 0)))
        return best->in_text;
    return medel_rational_compare(medel_fact_coarseness(f), medel_fact_coarseness(best))
           < 0;
}

const medel_fact *medel_report_concept(const medel_report *r,
                                       const medel_concept *concept, int year,
                                       medel_variant variant)
{
    MEDEL_NEEDS_OR(NULL, r, concept);
    const medel_fact_chain *chain = medel_report_chain(r, concept->id);
    const medel_fact *const *facts = chain ? chain->facts.data : NULL;
    const medel_fact *best = NULL;
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        const medel_fact *f = facts[i];
        if (f->year == year && f->variant == variant && !f->dimension
            && medel_fact_has_value(f) && (!best || better(f, best)))
            best = f;
    }
    return best;
}

const medel_fact *medel_report_cell(const medel_report *r, const medel_table *t,
                                    const char *row, const char *measure, int year,
                                    medel_variant variant)
{
    MEDEL_NEEDS_OR(NULL, r, t, row);
    const medel_table_row *printed = medel_table_find(t, row);
    const medel_fact *f =
        printed ? medel_row_cell(t, printed, measure, year, variant) : NULL;
    if (f && f->state != MEDEL_FIGURE_BLANK)
        return f;
    const medel_fact *const *facts = r->facts.data;
    for (size_t i = r->nprinted; i < r->facts.count; i++) {
        const medel_fact *c = facts[i];
        if (c->year == year && c->variant == variant && medel_same(c->measure, measure)
            && strcmp(c->row, row) == 0 && strcmp(c->table, t->spec->id) == 0)
            return c;
    }
    return f;
}

/* ---- derivations ---- */

static medel_status extreme(medel_quantity *out, const medel_quantity *a,
                            const medel_quantity *b, int sign)
{
    int order;
    medel_status st = medel_quantity_compare(&order, a, b);
    if (st == MEDEL_OK)
        *out = order * sign >= 0 ? *a : *b;
    return st;
}

/* An exact amount in whole kronor, half away from zero. */
static medel_status whole_kronor(medel_quantity *out, const medel_quantity *a)
{
    int64_t kr;
    if (a->dimension.money != 1 || a->dimension.count != 0)
        return MEDEL_E_UNIT;
    medel_status st = medel_rational_round(&kr, a->value, 1, 100, MEDEL_ROUND_HALF_AWAY);
    return st == MEDEL_OK ? medel_quantity_make(out, kr, 1, MEDEL_UNIT_KR) : st;
}

medel_status medel_node_apply(medel_node *out, medel_op op, const medel_node *left,
                              const medel_node *right, bool record)
{
    static const medel_quantity zero = { { 0, 1 }, { 0, 1 }, { 0, 1 }, { 0, 0 }, false };
    if (out && !left)
        *out = (medel_node){ .quantity = zero };
    MEDEL_NEEDS(out, left);
    medel_node n = { .op = op };
    const medel_quantity *a = &left->quantity;
    medel_status st = MEDEL_E_DOMAIN;
    switch (op) {
    case MEDEL_OP_ADD: st = medel_quantity_add(&n.quantity, a, &right->quantity); break;
    case MEDEL_OP_SUB: st = medel_quantity_sub(&n.quantity, a, &right->quantity); break;
    case MEDEL_OP_MUL: st = medel_quantity_mul(&n.quantity, a, &right->quantity); break;
    case MEDEL_OP_DIV: st = medel_quantity_div(&n.quantity, a, &right->quantity); break;
    case MEDEL_OP_NEG: st = medel_quantity_neg(&n.quantity, a); break;
    case MEDEL_OP_ABS: st = medel_quantity_abs(&n.quantity, a); break;
    case MEDEL_OP_MIN: st = extreme(&n.quantity, a, &right->quantity, -1); break;
    case MEDEL_OP_MAX: st = extreme(&n.quantity, a, &right->quantity, 1); break;
    case MEDEL_OP_ROUND: st = whole_kronor(&n.quantity, a); break;
    case MEDEL_OP_NAMED:
        n.quantity = *a;
        st = MEDEL_OK;
        break;
    case MEDEL_OP_CONSTANT:
    case MEDEL_OP_FACT:
    case MEDEL_OP_PARAMETER:
    case MEDEL_OP_SOURCE: break;
    }
    if (st != MEDEL_OK) {
        *out = (medel_node){ .quantity = zero };
        return st;
    }
    if (record) {
        n.left = left;
        n.right = right;
    }
    *out = n;
    return MEDEL_OK;
}

/* ---- what is not typed yet ---- */

bool medel_report_untyped(const medel_report *r, const char *section)
{
    MEDEL_NEEDS_OR(false, r, section);
    const medel_value *v = r->root ? medel_record_field(r->root, "ej_inskrivet") : NULL;
    for (size_t i = 0; v && i < v->ntexts; i++) {
        if (strcmp(v->texts[i].text, section) == 0)
            return true;
    }
    return false;
}

const medel_fact *medel_report_untyped_fact(const medel_report *r,
                                            const medel_concept *concept, int year)
{
    MEDEL_NEEDS_OR(NULL, r, concept);
    const medel_fact *const *facts = r->facts.data;
    for (size_t i = 0; i < r->facts.count; i++) {
        if (facts[i]->state == MEDEL_FIGURE_UNTYPED && facts[i]->concept_ref == concept
            && facts[i]->year == year && !facts[i]->dimension)
            return facts[i];
    }
    return NULL;
}

medel_rank medel_fact_rank(const medel_taxonomy *t, const medel_fact *f)
{
    const medel_table_spec *full = f->spec ? medel_taxonomy_table(t, f->table) : NULL;
    if (f->in_text)
        return MEDEL_RANK_TEXT;
    return full ? full->rank : MEDEL_RANK_TABLE;
}

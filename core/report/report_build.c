/*
 * report_build.c - reports that are built and not read: cells whose derivation is a node.
 */
#include "report.h"

#include <string.h>

typedef struct builder {
    medel_report *r;
    const medel_report *base;
    const char *file;
    unsigned line;
} builder;

#define DEEPEST 4

/* How far the model's own rounding may have moved an amount, öre: half a krona for each
   amount in whole kronor that it is made of.  The model rounds half away from zero. */
static int64_t reach(const medel_node *n, int depth)
{
    if (n->op == MEDEL_OP_FACT && n->fact->derivation
        && strcmp(n->fact->table, MEDEL_PROJECTED) == 0)
        n = n->fact->derivation;
    if (depth < DEEPEST && (n->op == MEDEL_OP_ADD || n->op == MEDEL_OP_SUB) && n->left
        && n->right)
        return reach(n->left, depth + 1) + reach(n->right, depth + 1);
    if (n->op == MEDEL_OP_NEG && n->left && depth < DEEPEST)
        return reach(n->left, depth + 1);
    const medel_rational v = n->quantity.value;
    return n->quantity.dimension.money == 1 && v.den == 1 && v.num && v.num % 100 == 0
               ? 50
               : 0;
}

/* Such an amount stands for what lies within its rounding, as a printed one does. */
static medel_quantity rounded(const medel_node *n)
{
    const medel_quantity q = n->quantity;
    const int64_t wide = reach(n, 0);
    const medel_rational less = { -wide, 1 }, more = { wide, 1 };
    medel_quantity out = q;
    return medel_rational_compare(q.low, q.high) == 0
                   && medel_rational_add(&out.low, q.value, less) == MEDEL_OK
                   && medel_rational_add(&out.high, q.value, more) == MEDEL_OK
               ? out
               : q;
}

/* A printed figure that is carried over keeps its printed precision. */
static medel_quantity value_of(const medel_node *n)
{
    medel_quantity q = rounded(n);
    if (n->op == MEDEL_OP_NEG && n->left->op == MEDEL_OP_FACT) {
        medel_quantity left = value_of(n->left);
        if (medel_quantity_neg(&q, &left) == MEDEL_OK)
            return q;
    }
    if (n->op != MEDEL_OP_FACT || strcmp(n->fact->table, MEDEL_PROJECTED) == 0)
        return q;
    medel_quantity own = n->fact->value, minus;
    if (medel_rational_compare(own.value, q.value) == 0)
        return own;
    return medel_quantity_neg(&minus, &own) == MEDEL_OK ? minus : q;
}

/* Figures of a projection are shown by the report's own facts. */
static const medel_node *derivation_of(const medel_node *n)
{
    if (n->op == MEDEL_OP_FACT && n->fact->derivation
        && strcmp(n->fact->table, MEDEL_PROJECTED) == 0)
        return n->fact->derivation;
    return n;
}

static const medel_row *own_row(builder *b, const medel_table_spec *spec,
                                const medel_cell *c)
{
    static const char *const none[] = { NULL };
    const medel_row *parent = c->under ? medel_table_spec_find(spec, c->under) : NULL;
    medel_row *r = MEDEL_NEW(&b->r->arena, medel_row, 1);
    r->id = medel_arena_text(&b->r->arena, c->row, strlen(c->row));
    r->label =
        c->label ? medel_arena_text(&b->r->arena, c->label, strlen(c->label)) : r->id;
    r->synonyms = none;
    r->under = parent ? parent->id : NULL;
    r->balance = parent ? parent->balance : NULL;
    r->own = true;
    r->weight = 1;
    r->type = MEDEL_FIELD_AMOUNT;
    r->sign = spec->sign;
    r->memo = !parent;
    r->concepts = spec->own_concepts;
    r->nconcepts = spec->nown_concepts;
    return r;
}

static const medel_row *row_of(builder *b, const medel_table_spec *spec,
                               const medel_cell *c)
{
    const medel_row *row = medel_table_spec_find(spec, c->row);
    const medel_table *printed = row ? NULL : medel_report_table(b->base, spec->id);
    const medel_table_row *own = printed ? medel_table_find(printed, c->row) : NULL;
    return row ? row : own ? own->spec : own_row(b, spec, c);
}

static size_t column_at(builder *b, medel_array *columns, const medel_table_spec *spec,
                        const medel_cell *c)
{
    const medel_table_column *have = columns->data;
    for (size_t i = 0; i < columns->count; i++) {
        if (spec->by_year ? have[i].year == c->year : strcmp(have[i].id, c->column) == 0)
            return i;
    }
    medel_table_column *col = MEDEL_PUSH(&b->r->arena, columns, medel_table_column);
    if (spec->by_year) {
        col->id = medel_arena_format(&b->r->arena, "%d", c->year);
        col->year = c->year;
    }
    for (size_t i = 0; !spec->by_year && i < spec->ncolumns; i++) {
        if (strcmp(spec->columns[i].id, c->column) != 0)
            continue;
        col->id = spec->columns[i].id;
        col->measure = spec->columns[i].measure;
        col->variant = spec->columns[i].variant;
        col->year = b->r->year + spec->columns[i].year;
    }
    col->header = col->id;
    return columns->count - 1;
}

static medel_fact *fact_of(builder *b, const medel_table *t, const medel_table_row *row,
                           const medel_table_column *column, const medel_node *n)
{
    medel_fact *f = MEDEL_NEW(&b->r->arena, medel_fact, 1);
    medel_name_cell(f, t, row, column);
    f->state = MEDEL_FIGURE_VALUE;
    f->unit = n->quantity.dimension.money ? MEDEL_UNIT_KR : MEDEL_UNIT_PERCENT;
    f->printed = f->value = value_of(n);
    f->derivation = derivation_of(n);
    f->file = b->file;
    f->line = b->line;
    f->col = 1;
    char text[64];
    medel_quantity_text(&f->value, text, sizeof text);
    f->text = medel_arena_text(&b->r->arena, text, strlen(text));
    f->index = b->r->facts.count;
    *MEDEL_PUSH(&b->r->arena, &b->r->facts, medel_fact *) = f;
    return f;
}

static medel_table_row *row_at(builder *b, medel_array *rows, const medel_table *t,
                               const medel_cell *c)
{
    medel_table_row *have = rows->data;
    for (size_t i = 0; i < rows->count; i++) {
        if (strcmp(have[i].spec->id, c->row) == 0)
            return &have[i];
    }
    medel_table_row *row = MEDEL_PUSH(&b->r->arena, rows, medel_table_row);
    row->spec = row_of(b, t->spec, c);
    row->label = row->spec->label;
    row->line = b->line;
    row->col = 1;
    return row;
}

static void build_table(builder *b, const medel_cell *cells, size_t n)
{
    medel_table *t = MEDEL_PUSH(&b->r->arena, &b->r->tables, medel_table);
    medel_array rows = { 0 }, columns = { 0 };
    t->spec = medel_taxonomy_table(b->r->taxonomy, cells[0].table);
    t->unit = MEDEL_UNIT_KR;
    t->line = b->line;
    t->col = 1;
    for (size_t i = 0; i < n; i++)
        column_at(b, &columns, t->spec, &cells[i]);
    t->columns = columns.data;
    t->ncolumns = columns.count;
    for (size_t i = 0; i < n; i++) {
        medel_table_row *row = row_at(b, &rows, t, &cells[i]);
        if (!row->cells)
            row->cells = MEDEL_NEW(&b->r->arena, const medel_fact *, t->ncolumns);
        row->ncells = t->ncolumns;
        const size_t at = column_at(b, &columns, t->spec, &cells[i]);
        union {
            const medel_fact *const *in;
            const medel_fact **out;
        } u = { row->cells };
        if (cells[i].node)
            u.out[at] = fact_of(b, t, row, &t->columns[at], cells[i].node);
    }
    t->rows = rows.data;
    t->nrows = rows.count;
}

/* The base's record of the förbund, and nothing else: no text is projected. */
static medel_record *root_of(builder *b)
{
    const medel_record *old = medel_report_root(b->base);
    const medel_value **values =
        MEDEL_NEW(&b->r->arena, const medel_value *, old->spec->nfields);
    for (size_t i = 0; i < old->spec->nfields; i++) {
        if (strcmp(old->spec->fields[i].name, "forbund") == 0)
            values[i] = old->values[i];
    }
    medel_record *root = MEDEL_NEW(&b->r->arena, medel_record, 1);
    *root = (medel_record){ "", old->spec, values, b->line, 1 };
    return root;
}

medel_status medel_report_build(medel_report **out, const medel_new_report *what,
                                const medel_allocator *allocator)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, what, what->base, what->scenario.name, what->scenario.file,
                what->cells || !what->ncells);
    const medel_report *base = what->base;
    const medel_cell *cells = what->cells;
    const medel_scenario *scenario = &what->scenario;
    medel_report *r = medel_object_new(sizeof *r, allocator);
    if (!r)
        return MEDEL_E_NOMEM;
    jmp_buf oom;
    r->arena.oom = &oom;
    if (setjmp(oom)) {
        medel_report_free(r);
        return MEDEL_E_NOMEM;
    }
    builder b = { r, base, NULL, scenario->line };
    r->taxonomy = medel_report_taxonomy(base);
    r->file = b.file =
        medel_arena_text(&r->arena, scenario->file, strlen(scenario->file));
    r->scenario = medel_arena_text(&r->arena, scenario->name, strlen(scenario->name));
    r->place_word = "rad";
    r->year = what->year;
    r->root = root_of(&b);
    for (size_t i = 0, k; i < what->ncells; i = k) {
        if (!medel_taxonomy_table(r->taxonomy, cells[i].table)) {
            medel_report_free(r);
            return MEDEL_E_SCHEMA;
        }
        for (k = i + 1; k < what->ncells && strcmp(cells[k].table, cells[i].table) == 0;)
            k++;
        build_table(&b, &cells[i], k - i);
    }
    medel_report_finish(r);
    r->arena.oom = NULL;
    *out = r;
    return MEDEL_OK;
}

MEDEL_GETTER(const char *, medel_report_scenario, medel_report, scenario, NULL)

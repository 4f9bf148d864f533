/* report_table.c - a table of a report file: columns, rows, cells. */
#include "report_read.h"

#include <stdlib.h>
#include <string.h>

#define MAX_ROWS 512 /* of one table; a print has a few dozen */
#define MAX_COLUMNS 64

/* The places of column i: its own entry when there is one per column. */
static void places_of_cell(medel_reader *rd, const medel_yaml *n, size_t i,
                           size_t ncolumns, const int **places, size_t *count)
{
    if (n && n->type == MEDEL_YAML_SEQUENCE && n->count == ncolumns && ncolumns > 1)
        n = &n->items[i];
    medel_read_places(rd, n, places, count);
}

/* ---- columns ---- */

static bool year_of(const char *s, int *year)
{
    for (int i = 0; i < 4; i++) {
        if (!medel_digit(s[i]))
            return false;
    }
    *year = atoi(s);
    return *year >= 1990 && *year <= 2100;
}

static bool year_column(medel_table_column *c, const char *id)
{
    if (!year_of(id, &c->year))
        return false;
    const char *rest = id + 4;
    for (int v = MEDEL_VARIANT_UTFALL; *rest == ' ' && v <= MEDEL_VARIANT_PROGNOS; v++) {
        if (strcmp(rest + 1, medel_variant_name((medel_variant)v)) == 0) {
            c->variant = (medel_variant)v;
            return true;
        }
    }
    return *rest == '\0';
}

static bool named_column(medel_reader *rd, const medel_table_spec *spec,
                         medel_table_column *c, const medel_yaml *n)
{
    const char *names[MAX_COLUMNS], *expected = "one of";
    size_t k = 0;
    for (size_t i = 0; i < spec->ncolumns; i++) {
        const medel_column *col = &spec->columns[i];
        if (strcmp(col->id, n->text) == 0) {
            c->measure = col->measure;
            c->variant = col->variant;
            c->year = rd->report->year + col->year;
            return true;
        }
        if (k < MEDEL_COUNT(names))
            names[k++] = col->id;
        expected =
            medel_arena_format(rd->arena, i ? "%s, %s" : "%s %s", expected, col->id);
    }
    const char *near = medel_nearest(n->text, names, k);
    medel_wrong(rd->src, n, expected, medel_did_you_mean(rd->arena, near),
                "unknown column '%s' in %s", medel_clip(rd->arena, n->text), spec->id);
    return false;
}

static void read_headers(medel_reader *rd, medel_table *t, const medel_yaml *n)
{
    const medel_yaml *headers = medel_yaml_find(n, "tryckta_kolumner");
    const medel_yaml *places = medel_yaml_find(n, "kolumnrad");
    medel_table_column *columns = MEDEL_NEW(rd->arena, medel_table_column, t->ncolumns);
    if (t->ncolumns)
        memcpy(columns, t->columns, t->ncolumns * sizeof *columns);
    t->columns = columns;
    t->printed_headers =
        headers && headers->type == MEDEL_YAML_SEQUENCE && headers->count == t->ncolumns;
    if (headers && !t->printed_headers)
        medel_wrong(rd->src, headers,
                    "a list with one printed header for each of kolumner",
                    "quote a header with a comma or colon in it",
                    "tryckta_kolumner has %zu headers for %zu columns", headers->count,
                    t->ncolumns);
    for (size_t i = 0; i < t->ncolumns; i++) {
        const medel_yaml *header = t->printed_headers ? &headers->items[i] : NULL;
        columns[i].header = medel_reader_keep(rd, header ? header->text : columns[i].id);
        if (header && header->type != MEDEL_YAML_SCALAR)
            medel_wrong(rd->src, header, "a printed header", NULL, "a header is %s",
                        medel_yaml_type_name(header));
        places_of_cell(rd, places, i, t->ncolumns, &columns[i].places,
                       &columns[i].nplaces);
    }
}

/* "2023" and "2023 utfall" are the same column, too. */
static void check_column_once(medel_reader *rd, const medel_table_column *all, size_t i,
                              const medel_yaml *item)
{
    for (size_t k = 0; k < i; k++) {
        bool same_id = strcmp(all[k].id, all[i].id) == 0;
        bool same_key = all[k].year == all[i].year && all[k].variant == all[i].variant
                        && medel_same(all[k].measure, all[i].measure) && all[i].year;
        if (!same_id && !same_key)
            continue;
        medel_wrong(rd->src, item, NULL,
                    "kolumner says what the columns are; what the print calls them goes "
                    "in tryckta_kolumner",
                    "column '%s' stands twice", medel_clip(rd->arena, all[i].id));
        return;
    }
}

static void read_columns(medel_reader *rd, medel_table *t, const medel_yaml *n)
{
    const medel_yaml *list = medel_yaml_find(n, "kolumner");
    if (list && list->count > MAX_COLUMNS) {
        medel_diag(rd->src, MEDEL_E_LIMIT, list->line, list->col, NULL, NULL,
                   "more than %d columns in %s", MAX_COLUMNS, t->spec->id);
        return;
    }
    if (!list || list->type != MEDEL_YAML_SEQUENCE || list->count == 0) {
        const medel_yaml *at = list ? list : n;
        medel_wrong(rd->src, at,
                    t->spec->by_year ? "kolumner: [2023, 2022]"
                                     : "kolumner: [intakt, kostnad, netto, ...]",
                    NULL, "%s has no columns", t->spec->id);
        return;
    }
    medel_array columns = { 0 };
    for (size_t i = 0; i < list->count; i++) {
        const medel_yaml *item = &list->items[i];
        medel_table_column *c = MEDEL_PUSH(rd->arena, &columns, medel_table_column);
        c->id = medel_reader_keep(rd, item->text);
        if (item->type != MEDEL_YAML_SCALAR)
            medel_wrong(rd->src, item, "what the column is, as a single value", NULL,
                        "a column is %s", medel_yaml_type_name(item));
        else if (!t->spec->by_year)
            named_column(rd, t->spec, c, item);
        else if (!year_column(c, item->text))
            medel_wrong(rd->src, item,
                        "a year, or a year and budget or prognos: 2024 budget", NULL,
                        "'%s' is no column of %s", medel_clip(rd->arena, item->text),
                        t->spec->id);
        check_column_once(rd, columns.data, i, item);
    }
    t->columns = columns.data;
    t->ncolumns = columns.count;
    read_headers(rd, t, n);
}

/* ---- rows ---- */

const medel_row_concept *medel_row_measure(const medel_row *row, const char *measure)
{
    for (size_t i = 0; measure && i < row->nconcepts; i++) {
        if (strcmp(row->concepts[i].measure, measure) == 0)
            return &row->concepts[i];
    }
    return NULL;
}

/* "budget" is the name of one column, "netto" a measure of many. */
const medel_row_concept *medel_row_column(const medel_row *row,
                                          const medel_table_column *c)
{
    const medel_row_concept *rc = c->measure ? medel_row_measure(row, c->id) : NULL;
    return rc ? rc : medel_row_measure(row, c->measure);
}

void medel_name_cell(medel_fact *f, const medel_table *t, const medel_table_row *row,
                     const medel_table_column *c)
{
    f->table = t->spec->id;
    f->row = row->spec->id;
    f->column = c->id;
    f->measure = c->measure;
    f->label = row->label;
    f->spec = row->spec;
    f->year = c->year;
    f->variant = c->variant;
    f->sign = row->spec->sign;
    f->concept_ref = c->measure ? NULL : row->spec->concept_ref;
    f->rule = row->spec->tie;
    const medel_row_concept *rc = medel_row_column(row->spec, c);
    if (rc) {
        f->concept_ref = rc->concept_ref;
        f->sign = rc->sign;
        if (row->spec->own)
            f->dimension = row->spec->id;
    }
}

static void flip(medel_fact *f)
{
    if (f->state == MEDEL_FIGURE_VALUE)
        (void)!medel_quantity_neg(&f->value, &f->printed);
}

static void read_cells(medel_reader *rd, medel_table *t, medel_table_row *row,
                       const medel_yaml *cells, const medel_yaml *places,
                       const char *precision, int cost_sign)
{
    const medel_fact **list = MEDEL_NEW(rd->arena, const medel_fact *, t->ncolumns);
    row->cells = list;
    row->ncells = t->ncolumns;
    bool list_of_cells = cells->type == MEDEL_YAML_SEQUENCE;
    if (!list_of_cells || cells->count != t->ncolumns) {
        medel_wrong(rd->src, cells,
                    medel_arena_format(rd->arena, "a list of %zu cells, as kolumner has",
                                       t->ncolumns),
                    cells->count > t->ncolumns && list_of_cells
                        ? "quote a figure with a decimal comma: \"5 222 000,00\""
                        : "an empty cell is ~, a printed dash \"-\" or \xE2\x80\x93",
                    list_of_cells ? "row '%s' has %zu cell%s"
                                  : "row '%s' has no list of cells",
                    row->spec->id, cells->count, cells->count == 1 ? "" : "s");
        return;
    }
    for (size_t i = 0; i < t->ncolumns; i++) {
        medel_fact *f =
            medel_read_figure(rd, &cells->items[i], row->spec->type, t->unit, precision);
        if (!f)
            continue;
        if (f->qualifier == MEDEL_QUALIFIER_RANGE)
            medel_wrong(rd->src, &cells->items[i], "one figure in each cell", NULL,
                        "'%s' is a range", medel_clip(rd->arena, f->text));
        medel_name_cell(f, t, row, &t->columns[i]);
        places_of_cell(rd, places, i, t->ncolumns, &f->places, &f->nplaces);
        /* The file says that this table prints costs the other way. */
        bool cost = row->spec->balance && strcmp(row->spec->balance, "cost") == 0;
        if (cost && cost_sign && t->spec->by_year && cost_sign != row->spec->sign)
            flip(f);
        list[i] = f;
    }
}

static void read_row(medel_reader *rd, medel_table *t, medel_array *rows,
                     const medel_yaml *key, const medel_yaml *n, int cost_sign)
{
    static const char *const keys[] = { "tal", "text",      "not",
                                        "rad", "under",     "vikt",
                                        "typ", "kommentar", "noggrannhet" };
    const medel_row *spec = medel_reader_row(rd, t->spec, key->text);
    bool is_long = n->type == MEDEL_YAML_MAPPING;
    if (is_long)
        medel_yaml_known_keys(rd->src, n, "a row", keys, MEDEL_COUNT(keys));
    if (!spec && is_long && (medel_yaml_find(n, "under") || medel_yaml_find(n, "vikt")))
        spec = medel_own_row_of(rd, t->spec, key, n);
    else if (!spec)
        medel_unknown_row(
            rd, t->spec, key->line, key->col, key->text,
            "a row of the taxonomy, or an own row: { under: ..., tal: [...] }");
    else if (is_long && medel_yaml_find(n, "under"))
        medel_wrong(rd->src, key, NULL, "leave 'under' out, or give the row another name",
                    "row '%s' already has a place in %s", key->text, t->spec->id);
    if (rows->count == MAX_ROWS) {
        medel_diag(rd->src, MEDEL_E_LIMIT, key->line, key->col, NULL, NULL,
                   "more than %d rows in %s", MAX_ROWS, t->spec->id);
        return;
    }
    if (!spec)
        return;
    medel_table_row *row = MEDEL_PUSH(rd->arena, rows, medel_table_row);
    row->spec = spec;
    row->line = key->line;
    row->col = key->col;
    const char *text = is_long ? medel_yaml_text(rd->src, n, "text", false) : NULL;
    const char *note = is_long ? medel_yaml_text(rd->src, n, "not", false) : NULL;
    row->label = text ? medel_reader_keep(rd, text) : spec->label;
    row->label_printed = text != NULL;
    row->note = note ? medel_reader_keep(rd, note) : NULL;
    const medel_yaml *places = is_long ? medel_yaml_find(n, "rad") : NULL;
    medel_read_places(rd, places, &row->places, &row->nplaces);
    const medel_yaml *cells = is_long ? medel_yaml_find(n, "tal") : n;
    if (!cells) {
        medel_wrong(rd->src, n, "tal: [figure, ...]", NULL, "row '%s' has no cells",
                    key->text);
        row->cells = MEDEL_NEW(rd->arena, const medel_fact *, t->ncolumns);
        row->ncells = t->ncolumns;
        return;
    }
    const char *precision = is_long ? medel_read_precision(rd, n) : NULL;
    read_cells(rd, t, row, cells, places, precision, cost_sign);
}

/* ---- the table ---- */

static void read_unit(medel_reader *rd, medel_table *t, const medel_yaml *n)
{
    const medel_yaml *unit = medel_yaml_find(n, "enhet");
    t->unit = MEDEL_UNIT_KR;
    if (unit && unit->type != MEDEL_YAML_SCALAR) {
        medel_wrong(rd->src, unit, "kr, tkr or mnkr", NULL, "'enhet' is %s",
                    medel_yaml_type_name(unit));
    } else if (!unit || !medel_unit_of_word(unit->text, &t->unit)) {
        const medel_yaml *at = unit ? unit : n;
        medel_wrong(rd->src, at, "enhet: kr, tkr or mnkr", NULL,
                    unit ? "unknown unit '%s' in %s" : "'enhet'%s is missing in %s",
                    unit ? medel_clip(rd->arena, unit->text) : "", t->spec->id);
    }
    const medel_yaml *printed = medel_yaml_find(n, "tryckt_enhet");
    if (printed && printed->type == MEDEL_YAML_MAPPING) {
        static const char *const keys[] = { "text", "rad" };
        medel_yaml_known_keys(rd->src, printed, "tryckt_enhet", keys, MEDEL_COUNT(keys));
        const char *text = medel_yaml_text(rd->src, printed, "text", true);
        t->printed_unit = text ? medel_reader_keep(rd, text) : NULL;
        medel_read_places(rd, medel_yaml_find(printed, "rad"), &t->printed_unit_places,
                          &t->nprinted_unit_places);
    } else if (printed && printed->type == MEDEL_YAML_SCALAR) {
        t->printed_unit = medel_reader_keep(rd, printed->text);
    } else if (printed) {
        medel_wrong(rd->src, printed, "the unit as printed, or { text: ..., rad: ... }",
                    NULL, "tryckt_enhet is a list");
    }
}

static int read_cost_sign(medel_reader *rd, const medel_yaml *n)
{
    const char *s = medel_yaml_text(rd->src, n, "kostnader", false);
    if (!s)
        return 0;
    if (strcmp(s, "positiva") == 0)
        return -1;
    if (strcmp(s, "negativa") == 0)
        return 1;
    const medel_yaml *at = medel_yaml_find(n, "kostnader");
    medel_wrong(rd->src, at, "positiva or negativa", NULL,
                "'%s' does not say how costs are printed", medel_clip(rd->arena, s));
    return 0;
}

void medel_read_table(medel_reader *rd, const medel_table_spec *spec, const char *number,
                      const medel_yaml *n)
{
    static const char *const keys[] = { "rubrik",       "rad",      "enhet",
                                        "tryckt_enhet", "kolumner", "tryckta_kolumner",
                                        "kolumnrad",    "rader",    "kostnader",
                                        "kommentar",    "slag" };
    if (n->type != MEDEL_YAML_MAPPING) {
        medel_wrong(rd->src, n, "a table: enhet, kolumner, rader", NULL, "%s is %s",
                    spec->id, medel_yaml_type_name(n));
        return;
    }
    medel_yaml_known_keys(rd->src, n, "a table", keys,
                          MEDEL_COUNT(keys) - (number == NULL));
    medel_table *t = MEDEL_NEW(rd->arena, medel_table, 1);
    t->spec = spec;
    t->number = number;
    t->line = n->line;
    t->col = n->col;
    const char *heading = medel_yaml_text(rd->src, n, "rubrik", false);
    t->heading = heading ? medel_reader_keep(rd, heading) : NULL;
    medel_read_places(rd, medel_yaml_find(n, "rad"), &t->places, &t->nplaces);
    read_unit(rd, t, n);
    read_columns(rd, t, n);
    t->cost_sign = read_cost_sign(rd, n);
    const medel_yaml *list = medel_yaml_find(n, "rader");
    medel_array rows = { 0 };
    if (!list || list->type != MEDEL_YAML_MAPPING)
        medel_diag(rd->src, MEDEL_E_SCHEMA, list ? list->line : n->line,
                   list ? list->col : n->col, "rader: { row: [figure, ...] }", NULL,
                   "%s has no rows", spec->id);
    else if (t->ncolumns)
        for (size_t i = 0; i < list->count; i++)
            read_row(rd, t, &rows, &list->items[2 * i], &list->items[2 * i + 1],
                     t->cost_sign);
    t->rows = rows.data;
    t->nrows = rows.count;
    *MEDEL_PUSH(rd->arena, &rd->report->tables, medel_table) = *t;
}

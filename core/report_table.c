/* report_table.c - a table of a report file: columns, rows, cells, own rows. */
#include "report_read.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define MAX_ROWS 512 /* of one table; a print has a few dozen */
#define MAX_COLUMNS 64
#define MAX_OWN 2048 /* own rows of all tables */

char *medel_reader_keep(medel_reader *rd, const char *s)
{
    return medel_arena_text(rd->arena, s, strlen(s));
}

/* ---- places in the document ---- */

static bool read_place(medel_reader *rd, const medel_yaml *n, int *out)
{
    int v = 0;
    for (const char *p = n->text; n->type == MEDEL_YAML_SCALAR && *p; p++) {
        if (!medel_digit(*p) || v > 1000000) {
            v = -1;
            break;
        }
        v = v * 10 + (*p - '0');
    }
    if (n->type == MEDEL_YAML_SCALAR && n->len && v > 0) {
        *out = v;
        return true;
    }
    medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
               "a line or page number, or a list of them", NULL,
               "%s%s%s is no line or page", n->type == MEDEL_YAML_SCALAR ? "'" : "",
               n->type == MEDEL_YAML_SCALAR ? medel_clip(rd->arena, n->text)
                                            : medel_yaml_type_name(n),
               n->type == MEDEL_YAML_SCALAR ? "'" : "");
    return false;
}

static void collect_places(medel_reader *rd, const medel_yaml *n, medel_array *out)
{
    if (n->type == MEDEL_YAML_SEQUENCE) {
        for (size_t i = 0; i < n->count; i++)
            collect_places(rd, &n->items[i], out);
        return;
    }
    int v;
    if (read_place(rd, n, &v))
        *MEDEL_PUSH(rd->arena, out, int) = v;
}

void medel_read_places(medel_reader *rd, const medel_yaml *n, const int **places,
                       size_t *count)
{
    medel_array list = { 0 };
    if (n)
        collect_places(rd, n, &list);
    *places = list.data;
    *count = list.count;
}

/* The places of column i: its own entry when there is one per column. */
static void places_of_cell(medel_reader *rd, const medel_yaml *n, size_t i,
                           size_t ncolumns, const int **places, size_t *count)
{
    if (n && n->type == MEDEL_YAML_SEQUENCE && n->count == ncolumns && ncolumns > 1)
        n = &n->items[i];
    medel_read_places(rd, n, places, count);
}

/* ---- figures ---- */

static bool unit_of_word(const char *s, medel_unit *out)
{
    static const struct {
        const char *name;
        medel_unit unit;
    } units[] = { { "kr", MEDEL_UNIT_KR },
                  { "tkr", MEDEL_UNIT_TKR },
                  { "mnkr", MEDEL_UNIT_MNKR } };
    for (size_t i = 0; i < COUNT(units); i++) {
        if (strcmp(s, units[i].name) == 0) {
            *out = units[i].unit;
            return true;
        }
    }
    return false;
}

const char *medel_read_precision(medel_reader *rd, const medel_yaml *n)
{
    medel_unit unit;
    const char *s = medel_yaml_text(rd->src, n, "noggrannhet", false);
    if (!s || unit_of_word(s, &unit))
        return s;
    const medel_yaml *at = medel_yaml_find(n, "noggrannhet");
    medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col, "kr, tkr or mnkr", NULL,
               "'%s' is no precision", medel_clip(rd->arena, s));
    return NULL;
}

static bool is_money(medel_unit u)
{
    return u == MEDEL_UNIT_KR || u == MEDEL_UNIT_TKR || u == MEDEL_UNIT_MNKR;
}

/* The unit of a figure in a field of this type; false if it does not belong. */
static bool settle_unit(medel_figure *f, medel_field_type type, medel_unit usual,
                        const char **expected)
{
    bool named = f->has_unit;
    medel_unit u = f->unit;
    switch (type) {
    case MEDEL_FIELD_AMOUNT:
        *expected = "an amount (kr, tkr or mnkr)";
        f->unit = named ? u : usual;
        f->has_unit = true;
        return !named || is_money(u);
    case MEDEL_FIELD_SHARE:
        *expected = "a share in percent";
        f->unit = MEDEL_UNIT_PERCENT;
        f->has_unit = true;
        return !named || u == MEDEL_UNIT_PERCENT;
    case MEDEL_FIELD_COUNT:
        *expected = "a whole number of persons or things";
        f->unit = MEDEL_UNIT_COUNT;
        f->has_unit = true;
        return (!named || u == MEDEL_UNIT_COUNT) && f->decimals == 0;
    case MEDEL_FIELD_COUNT_OR_SHARE:
        *expected = "a number of persons, or a share in percent";
        f->unit = named ? u : MEDEL_UNIT_COUNT;
        f->has_unit = true;
        return f->unit == MEDEL_UNIT_COUNT || f->unit == MEDEL_UNIT_PERCENT;
    case MEDEL_FIELD_AMOUNT_PER_COUNT:
        *expected = "an amount per person, in kr";
        f->unit = MEDEL_UNIT_KR_PER_COUNT;
        f->has_unit = true;
        return !named || u == MEDEL_UNIT_KR || u == MEDEL_UNIT_KR_PER_COUNT;
    default:
        *expected = "a figure";
        f->unit = named ? u : usual;
        f->has_unit = true;
        return true;
    }
}

static void no_figure(medel_reader *rd, const medel_yaml *n, const char *why)
{
    const char *hint = NULL;
    if (strstr(why, "a number is expected") || strstr(why, "something else follows"))
        hint = "write it as printed: 1 234, -835, 12,5 %, 941 tkr; a printed dash is "
               "\"-\", an empty cell ~";
    else if (strstr(why, "decimal"))
        hint = "5 222 000,00; within a list in quotes: \"5 222 000,00\"";
    else if (strstr(why, "a word"))
        hint = "a letter among the digits? the letter O is no zero";
    else if (strstr(why, "grouped"))
        hint = "1 234, 12 345, 1 234 567";
    medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "a figure as printed", hint,
               "'%s' is no figure: %s", medel_clip(rd->arena, n->text), why);
}

static bool empty_scalar(const medel_yaml *n)
{
    return n->plain && (n->len == 0 || strcmp(n->text, "~") == 0);
}

medel_fact *medel_read_figure(medel_reader *rd, const medel_yaml *n,
                              medel_field_type type, medel_unit unit,
                              const char *precision)
{
    medel_figure f = { .scale = { 0, 1 } };
    const char *why = NULL, *expected;
    if (n->type != MEDEL_YAML_SCALAR) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "a figure as printed", NULL,
                   "%s stands where a figure is expected", medel_yaml_type_name(n));
        return NULL;
    }
    if (empty_scalar(n)) {
        f.state = MEDEL_FIGURE_BLANK;
    } else if (medel_figure_parse(&f, n->text, n->len, &why) != MEDEL_OK) {
        no_figure(rd, n, why);
        return NULL;
    }
    if (precision && f.unit == MEDEL_UNIT_NUMBER && !f.has_unit)
        unit = type == MEDEL_FIELD_NUMBER ? MEDEL_UNIT_KR : unit;
    if (!settle_unit(&f, type, unit, &expected)) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, expected, NULL,
                   f.decimals && f.unit == MEDEL_UNIT_COUNT
                       ? "'%s' is no whole number"
                       : "'%s' has the wrong unit here",
                   medel_clip(rd->arena, n->text));
        return NULL;
    }
    medel_fact *fact = MEDEL_NEW(rd->arena, medel_fact, 1);
    medel_status st = medel_figure_quantity(&fact->printed, &f, f.unit);
    medel_unit coarse;
    if (st == MEDEL_OK && f.state == MEDEL_FIGURE_VALUE && precision) {
        if (!is_money(f.unit))
            medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "an amount", NULL,
                       "noggrannhet says how an amount was rounded; '%s' is none",
                       medel_clip(rd->arena, n->text));
        else if (unit_of_word(precision, &coarse))
            st = medel_quantity_printed(&fact->printed, coarse, 0);
    }
    if (st != MEDEL_OK) {
        medel_diag(rd->src, st, n->line, n->col, NULL, NULL, "'%s' is too large",
                   n->text);
        return NULL;
    }
    fact->value = fact->printed;
    fact->state = f.state;
    fact->qualifier = f.qualifier;
    fact->unit = f.unit;
    fact->decimals = f.decimals;
    fact->sign = 1;
    fact->text = medel_reader_keep(rd, n->text);
    fact->file = rd->file;
    fact->line = n->line;
    fact->col = n->col;
    fact->year = rd->report->year;
    fact->index = rd->report->facts.count;
    *MEDEL_PUSH(rd->arena, &rd->report->facts, medel_fact *) = fact;
    return fact;
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
        if (k < COUNT(names))
            names[k++] = col->id;
        expected =
            medel_arena_format(rd->arena, i ? "%s, %s" : "%s %s", expected, col->id);
    }
    const char *near = medel_nearest(n->text, names, k);
    medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, expected,
               near ? medel_arena_format(rd->arena, "did you mean '%s'?", near) : NULL,
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
        medel_diag(rd->src, MEDEL_E_SCHEMA, headers->line, headers->col,
                   "a list with one printed header for each of kolumner",
                   "quote a header with a comma or colon in it",
                   "tryckta_kolumner has %zu headers for %zu columns", headers->count,
                   t->ncolumns);
    for (size_t i = 0; i < t->ncolumns; i++) {
        const medel_yaml *header = t->printed_headers ? &headers->items[i] : NULL;
        columns[i].header = medel_reader_keep(rd, header ? header->text : columns[i].id);
        if (header && header->type != MEDEL_YAML_SCALAR)
            medel_diag(rd->src, MEDEL_E_SCHEMA, header->line, header->col,
                       "a printed header", NULL, "a header is %s",
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
        medel_diag(rd->src, MEDEL_E_SCHEMA, item->line, item->col, NULL,
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
        medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col,
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
            medel_diag(rd->src, MEDEL_E_SCHEMA, item->line, item->col,
                       "what the column is, as a single value", NULL, "a column is %s",
                       medel_yaml_type_name(item));
        else if (!t->spec->by_year)
            named_column(rd, t->spec, c, item);
        else if (!year_column(c, item->text))
            medel_diag(rd->src, MEDEL_E_SCHEMA, item->line, item->col,
                       "a year, or a year and budget or prognos: 2024 budget", NULL,
                       "'%s' is no column of %s", medel_clip(rd->arena, item->text),
                       t->spec->id);
        check_column_once(rd, columns.data, i, item);
    }
    t->columns = columns.data;
    t->ncolumns = columns.count;
    read_headers(rd, t, n);
}

/* ---- own rows ---- */

const medel_row *medel_reader_row(medel_reader *rd, const medel_table_spec *spec,
                                  const char *id)
{
    const medel_row *row = medel_spec_row(spec, id);
    const medel_own_row *own = rd->own.data;
    for (size_t i = 0; !row && i < rd->own.count; i++) {
        if (strcmp(own[i].table, spec->id) == 0 && strcmp(own[i].row->id, id) == 0)
            row = own[i].row;
    }
    return row;
}

void medel_unknown_row(medel_reader *rd, const medel_table_spec *spec, unsigned line,
                       unsigned col, const char *id, const char *expected)
{
    medel_array names = { 0 };
    for (size_t i = 0; i < spec->nrows; i++)
        *MEDEL_PUSH(rd->arena, &names, const char *) = spec->rows[i]->id;
    const medel_own_row *own = rd->own.data;
    for (size_t i = 0; i < rd->own.count; i++) {
        if (strcmp(own[i].table, spec->id) == 0)
            *MEDEL_PUSH(rd->arena, &names, const char *) = own[i].row->id;
    }
    const char *near = medel_nearest(id, names.data, names.count);
    medel_diag(rd->src, MEDEL_E_SCHEMA, line, col, expected,
               near ? medel_arena_format(rd->arena, "did you mean '%s'?", near) : NULL,
               "unknown row '%s' in %s", medel_clip(rd->arena, id), spec->id);
}

static bool word(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return n && s[n] == '\0' && !medel_digit(*s);
}

static bool own_weight(medel_reader *rd, const medel_yaml *n, int *weight)
{
    const char *s = medel_yaml_text(rd->src, n, "vikt", false);
    *weight = s && strcmp(s, "-1") == 0 ? -1 : 1;
    if (!s || *weight < 0 || strcmp(s, "1") == 0)
        return true;
    const medel_yaml *at = medel_yaml_find(n, "vikt");
    medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col, "vikt: 1 or -1", NULL,
               "'%s' is no weight", medel_clip(rd->arena, s));
    return false;
}

static bool own_type(medel_reader *rd, const medel_yaml *n, medel_field_type *type)
{
    const char *s = medel_yaml_text(rd->src, n, "typ", false);
    *type = !s || strcmp(s, "belopp") == 0 ? MEDEL_FIELD_AMOUNT
            : strcmp(s, "andel") == 0      ? MEDEL_FIELD_SHARE
                                           : MEDEL_FIELD_COUNT;
    if (*type != MEDEL_FIELD_COUNT || strcmp(s, "antal") == 0)
        return true;
    const medel_yaml *at = medel_yaml_find(n, "typ");
    medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col, "typ: belopp, andel or antal",
               NULL, "'%s' is no type of row", medel_clip(rd->arena, s));
    return false;
}

static bool own_name(medel_reader *rd, const medel_table_spec *spec,
                     const medel_yaml *key)
{
    if (!word(key->text))
        medel_diag(rd->src, MEDEL_E_SCHEMA, key->line, key->col,
                   "a-z, 0-9 and _, beginning with a letter",
                   "the label as printed goes in 'text'", "'%s' is no name for a row",
                   key->text);
    else if (medel_reader_row(rd, spec, key->text))
        medel_diag(rd->src, MEDEL_E_SCHEMA, key->line, key->col, NULL,
                   "leave 'under' out, or give the row another name",
                   "row '%s' already has a place in %s", key->text, spec->id);
    else if (rd->own.count == MAX_OWN)
        medel_diag(rd->src, MEDEL_E_LIMIT, key->line, key->col, NULL, NULL,
                   "more than %d own rows", MAX_OWN);
    else
        return true;
    return false;
}

static const medel_row *own_row(medel_reader *rd, const medel_table_spec *spec,
                                const medel_yaml *key, const medel_yaml *n)
{
    static const char *const none[] = { NULL };
    const medel_table_full *full = (const medel_table_full *)spec;
    const char *under = medel_yaml_text(rd->src, n, "under", true);
    const char *text = medel_yaml_text(rd->src, n, "text", false);
    int weight;
    medel_field_type type;
    bool ok = own_weight(rd, n, &weight);
    ok &= own_type(rd, n, &type);
    if (!own_name(rd, spec, key) || !under || !ok)
        return NULL;
    const medel_row *parent = medel_reader_row(rd, spec, under);
    if (!parent) {
        const medel_yaml *at = medel_yaml_find(n, "under");
        medel_unknown_row(rd, spec, at->line, at->col, under,
                          "a row of the taxonomy, or an own row given before this one");
        return NULL;
    }
    medel_row_full *r = MEDEL_NEW(rd->arena, medel_row_full, 1);
    r->row.id = medel_reader_keep(rd, key->text);
    r->row.label = medel_reader_keep(rd, text ? text : key->text);
    r->row.synonyms = none;
    r->row.under = medel_reader_keep(rd, under);
    r->row.balance = parent->balance;
    r->row.own = true;
    r->row.weight = weight;
    r->row.type = type;
    r->row.sign = type == MEDEL_FIELD_AMOUNT ? full->sign : 1;
    r->row.memo = type != MEDEL_FIELD_AMOUNT;
    r->concepts = full->own_concepts;
    r->nconcepts = full->nown_concepts;
    medel_own_row *own = MEDEL_PUSH(rd->arena, &rd->own, medel_own_row);
    own->table = spec->id;
    own->row = &r->row;
    return &r->row;
}

static void own_rows_of(medel_reader *rd, const medel_table_spec *spec,
                        const medel_yaml *rows)
{
    static const char *const keys[] = { "under", "text", "vikt", "typ" };
    for (size_t k = 0; k < rows->count; k++) {
        const medel_yaml *row = &rows->items[2 * k + 1];
        if (row->type == MEDEL_YAML_MAPPING) {
            medel_yaml_known_keys(rd->src, row, "an own row", keys, COUNT(keys));
            own_row(rd, spec, &rows->items[2 * k], row);
        } else {
            medel_diag(rd->src, MEDEL_E_SCHEMA, row->line, row->col,
                       "{ under: row, text: label }", NULL, "an own row is %s",
                       medel_yaml_type_name(row));
        }
    }
}

static void unknown_table(medel_reader *rd, const medel_yaml *key)
{
    const char *near = medel_taxonomy_suggest(rd->report->taxonomy, key->text);
    medel_diag(rd->src, MEDEL_E_SCHEMA, key->line, key->col,
               "a table of the taxonomy: driftredovisning, not_intakter ...",
               near ? medel_arena_format(rd->arena, "did you mean '%s'?", near) : NULL,
               "unknown table '%s'", key->text);
}

void medel_read_own_rows(medel_reader *rd, const medel_yaml *n)
{
    if (n->type != MEDEL_YAML_MAPPING)
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "table: { row: { under: row, text: label } }", NULL, "'rader' is %s",
                   medel_yaml_type_name(n));
    for (size_t i = 0; n->type == MEDEL_YAML_MAPPING && i < n->count; i++) {
        const medel_yaml *key = &n->items[2 * i], *rows = &n->items[2 * i + 1];
        const medel_table_spec *spec =
            medel_taxonomy_table(rd->report->taxonomy, key->text);
        if (!spec)
            unknown_table(rd, key);
        else if (rows->type != MEDEL_YAML_MAPPING)
            medel_diag(rd->src, MEDEL_E_SCHEMA, rows->line, rows->col,
                       "{ row: { under: row, text: label } }", NULL,
                       "the own rows of %s are %s", key->text,
                       medel_yaml_type_name(rows));
        else
            own_rows_of(rd, spec, rows);
    }
}

/* ---- rows ---- */

const medel_row_concept *medel_row_measure(const medel_row *row, const char *measure)
{
    const medel_row_full *full = (const medel_row_full *)row;
    for (size_t i = 0; measure && i < full->nconcepts; i++) {
        if (strcmp(full->concepts[i].measure, measure) == 0)
            return &full->concepts[i];
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
    const medel_row_full *full = (const medel_row_full *)row->spec;
    f->table = t->spec->id;
    f->row = row->spec->id;
    f->column = c->id;
    f->measure = c->measure;
    f->label = row->label;
    f->spec = row->spec;
    f->year = c->year;
    f->variant = c->variant;
    f->sign = row->spec->sign;
    f->concept = c->measure ? NULL : full->concept;
    f->rule = row->spec->tie;
    const medel_row_concept *rc = medel_row_column(row->spec, c);
    if (rc) {
        f->concept = rc->concept;
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
    bool list_of_cells = cells->type == MEDEL_YAML_SEQUENCE;
    if (!list_of_cells || cells->count != t->ncolumns) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, cells->line, cells->col,
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
        medel_yaml_known_keys(rd->src, n, "a row", keys, COUNT(keys));
    if (!spec && is_long && medel_yaml_find(n, "under"))
        spec = own_row(rd, t->spec, key, n);
    else if (!spec)
        medel_unknown_row(
            rd, t->spec, key->line, key->col, key->text,
            "a row of the taxonomy, or an own row: { under: ..., tal: [...] }");
    else if (is_long && medel_yaml_find(n, "under"))
        medel_diag(rd->src, MEDEL_E_SCHEMA, key->line, key->col, NULL,
                   "leave 'under' out, or give the row another name",
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
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "tal: [figure, ...]", NULL,
                   "row '%s' has no cells", key->text);
        row->cells = MEDEL_NEW(rd->arena, const medel_fact *, t->ncolumns);
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
        medel_diag(rd->src, MEDEL_E_SCHEMA, unit->line, unit->col, "kr, tkr or mnkr",
                   NULL, "'enhet' is %s", medel_yaml_type_name(unit));
    } else if (!unit || !unit_of_word(unit->text, &t->unit)) {
        const medel_yaml *at = unit ? unit : n;
        medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col, "enhet: kr, tkr or mnkr",
                   NULL, unit ? "unknown unit '%s' in %s" : "'enhet'%s is missing in %s",
                   unit ? medel_clip(rd->arena, unit->text) : "", t->spec->id);
    }
    const medel_yaml *printed = medel_yaml_find(n, "tryckt_enhet");
    if (printed && printed->type == MEDEL_YAML_MAPPING) {
        static const char *const keys[] = { "text", "rad" };
        medel_yaml_known_keys(rd->src, printed, "tryckt_enhet", keys, COUNT(keys));
        const char *text = medel_yaml_text(rd->src, printed, "text", true);
        t->printed_unit = text ? medel_reader_keep(rd, text) : NULL;
        medel_read_places(rd, medel_yaml_find(printed, "rad"), &t->printed_unit_places,
                          &t->nprinted_unit_places);
    } else if (printed && printed->type == MEDEL_YAML_SCALAR) {
        t->printed_unit = medel_reader_keep(rd, printed->text);
    } else if (printed) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, printed->line, printed->col,
                   "the unit as printed, or { text: ..., rad: ... }", NULL,
                   "tryckt_enhet is a list");
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
    medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col, "positiva or negativa", NULL,
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
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "a table: enhet, kolumner, rader", NULL, "%s is %s", spec->id,
                   medel_yaml_type_name(n));
        return;
    }
    medel_yaml_known_keys(rd->src, n, "a table", keys, COUNT(keys) - (number == NULL));
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

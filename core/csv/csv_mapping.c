/* csv_mapping.c - the mapping file of a CSV import, read and checked. */
#include "csv_mapping.h"
#include "csv_cells.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define MAX_SKIP 1000

static const char *const column_names[CSV_COLUMNS] = {
    "series",  "number",       "date",   "registered", "sign",   "text",
    "account", "account_name", "amount", "debit",      "credit", "row_text"
};

typedef struct reader {
    medel_csv_mapping *m;
    medel_source *src;
} reader;

static const char *keep(reader *rd, const char *text)
{
    return text ? medel_arena_text(&rd->m->arena, text, strlen(text)) : NULL;
}

static void complain(reader *rd, const medel_yaml *n, const char *expected,
                     const char *what, const char *text)
{
    medel_wrong(rd->src, n, expected, NULL, what, medel_clip(&rd->m->arena, text));
}

static bool read_number(const char *text, unsigned most, unsigned *out)
{
    unsigned n = 0;
    if (!medel_digit(*text))
        return false;
    for (; medel_digit(*text) && n <= most; text++)
        n = n * 10 + (unsigned)(*text - '0');
    *out = n;
    return *text == '\0' && n <= most;
}

/* One character of a few, by itself or by name. */
static char read_sign(reader *rd, const medel_yaml *root, const char *key, char usual,
                      const char *allowed, const char *expected)
{
    static const struct {
        const char *name;
        char c;
    } names[] = { { "tab", '\t' }, { "semicolon", ';' }, { "comma", ',' },
                  { "bar", '|' },  { "space", ' ' },     { "period", '.' } };
    const char *text = medel_yaml_text(rd->src, root, key, false);
    if (!text || (!usual && strcmp(text, "none") == 0))
        return usual;
    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(names[i].name, text) == 0 && strchr(allowed, names[i].c))
            return names[i].c;
    }
    if (text[0] && text[1] == '\0' && strchr(allowed, text[0]))
        return text[0];
    complain(rd, medel_yaml_find(root, key), expected, "'%s' cannot be used there", text);
    return usual;
}

static bool once(const char *pattern, const char *part)
{
    const char *at = strstr(pattern, part);
    const char *letter = at ? strchr(at + strlen(part), part[0]) : NULL;
    return at && !letter && strchr(pattern, part[0]) == at;
}

static void read_date(reader *rd, const medel_yaml *root)
{
    const char *text = medel_yaml_text(rd->src, root, "date", false);
    rd->m->date = "YYYY-MM-DD";
    if (!text)
        return;
    if (strlen(text) > 20 || !once(text, "YYYY") || !once(text, "MM")
        || !once(text, "DD"))
        complain(rd, medel_yaml_find(root, "date"),
                 "YYYY, MM and DD once each: YYYY-MM-DD, DD.MM.YYYY",
                 "'%s' is no form of dates", text);
    else
        rd->m->date = keep(rd, text);
}

static void read_place(reader *rd, const medel_yaml *n, csv_place *out)
{
    if (n->type != MEDEL_YAML_SCALAR || n->len == 0) {
        complain(rd, n, "the name of a column", "%s is no column",
                 n->len ? medel_yaml_type_name(n) : "nothing");
        return;
    }
    out->name = keep(rd, n->text);
    out->line = n->line;
    out->col = n->col;
    if (!rd->m->header && (!read_number(n->text, 1000, &out->number) || !out->number))
        complain(rd, n, "a number from 1 to 1000, as there is no header",
                 "'%s' is no column", n->text);
}

static void need(reader *rd, const medel_yaml *n, csv_column c)
{
    if (!medel_yaml_find(n, column_names[c]))
        complain(rd, n, NULL, "no column is mapped to '%s'", column_names[c]);
}

static void read_columns(reader *rd, const medel_yaml *root)
{
    const medel_yaml *n = medel_yaml_find(root, "columns");
    if (!n || n->type != MEDEL_YAML_MAPPING) {
        complain(rd, n ? n : root,
                 "columns: { number: ..., date: ..., account: ..., amount: ... }",
                 "'%s' is missing", "columns");
        return;
    }
    medel_yaml_known_keys(rd->src, n, "columns", column_names, CSV_COLUMNS);
    for (size_t i = 0; i < CSV_COLUMNS; i++) {
        const medel_yaml *at = medel_yaml_find(n, column_names[i]);
        if (at)
            read_place(rd, at, &rd->m->columns[i]);
    }
    need(rd, n, CSV_NUMBER);
    need(rd, n, CSV_DATE);
    need(rd, n, CSV_ACCOUNT);
    const csv_place *c = rd->m->columns;
    bool either = c[CSV_DEBIT].name || c[CSV_CREDIT].name;
    bool both = c[CSV_DEBIT].name && c[CSV_CREDIT].name;
    if (c[CSV_AMOUNT].name ? either : !both)
        complain(rd, n, "amount, or debit and credit", "amounts have %s",
                 c[CSV_AMOUNT].name ? "two mappings" : "no whole mapping");
}

static void read_objects(reader *rd, const medel_yaml *root)
{
    static const char *const keys[] = { "dimension", "name", "column" };
    const medel_yaml *list = medel_yaml_find(root, "objects");
    if (!list)
        return;
    if (list->type != MEDEL_YAML_SEQUENCE || list->count > 20) {
        complain(rd, list, "[{ dimension: 20, name: ..., column: ... }], at most 20",
                 "'%s' is no such list", "objects");
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        const medel_yaml *n = &list->items[i], *column = medel_yaml_find(n, "column");
        csv_dimension d = { 0 };
        unsigned number;
        medel_yaml_known_keys(rd->src, n, "objects", keys, COUNT(keys));
        d.number = keep(rd, medel_yaml_text(rd->src, n, "dimension", true));
        d.name = keep(rd, medel_yaml_text(rd->src, n, "name", false));
        if (!column)
            complain(rd, n, NULL, "'%s' is missing", "column");
        else
            read_place(rd, column, &d.place);
        if (d.number && (!read_number(d.number, 999999, &number) || !number))
            complain(rd, n, "a number from 1 to 999999", "'%s' is no dimension",
                     d.number);
        *MEDEL_PUSH(&rd->m->arena, &rd->m->dimensions, csv_dimension) = d;
    }
}

static void read_year(reader *rd, const medel_yaml *root)
{
    static const char *const keys[] = { "start", "end" };
    const medel_yaml *n = medel_yaml_find(root, "year");
    int32_t start, end;
    if (!n)
        return;
    medel_yaml_known_keys(rd->src, n, "year", keys, COUNT(keys));
    rd->m->start = keep(rd, medel_yaml_text(rd->src, n, "start", true));
    rd->m->end = keep(rd, medel_yaml_text(rd->src, n, "end", true));
    if (rd->m->start && rd->m->end
        && (!medel_date_parse(&start, rd->m->start, strlen(rd->m->start))
            || !medel_date_parse(&end, rd->m->end, strlen(rd->m->end)) || start > end))
        complain(rd, n, "{ start: 2023-01-01, end: 2023-12-31 }", "'%s' is no year",
                 "year");
}

static void read_form(reader *rd, const medel_yaml *root)
{
    medel_csv_mapping *m = rd->m;
    const char *encoding = medel_yaml_text(rd->src, root, "encoding", false);
    const char *header = medel_yaml_text(rd->src, root, "header", false);
    const char *skip = medel_yaml_text(rd->src, root, "skip", false);
    m->delimiter =
        read_sign(rd, root, "delimiter", ';', ";,\t|", "\";\", comma, tab or \"|\"");
    m->decimal = read_sign(rd, root, "decimal", ',', ",.", "comma or period");
    m->thousands = read_sign(rd, root, "thousands", '\0', " .,'",
                             "space, period, comma, \"'\" or none");
    if (m->thousands == m->decimal)
        complain(rd, medel_yaml_find(root, "thousands"), NULL,
                 "decimal and thousands are both '%s'", m->decimal == ',' ? "," : ".");
    m->encoding = MEDEL_ENCODING_UTF8;
    if (encoding
        && (!medel_encoding_parse(&m->encoding, encoding)
            || m->encoding == MEDEL_ENCODING_AUTO))
        complain(rd, medel_yaml_find(root, "encoding"),
                 "utf-8, windows-1252, iso-8859-1, cp437 or mac",
                 "'%s' is no known encoding", encoding);
    m->header = !header || strcmp(header, "false") != 0;
    if (header && m->header && strcmp(header, "true") != 0)
        complain(rd, medel_yaml_find(root, "header"), "true or false", "'%s' is neither",
                 header);
    if (skip && !read_number(skip, MAX_SKIP, &m->skip))
        complain(rd, medel_yaml_find(root, "skip"), "a number of lines up to 1000",
                 "'%s' is no number of lines", skip);
    const char *decimals = medel_yaml_text(rd->src, root, "decimals", false);
    m->decimals = 2;
    if (decimals && (!read_number(decimals, 9, &m->decimals) || m->decimals < 2))
        complain(rd, medel_yaml_find(root, "decimals"), "2 to 9",
                 "'%s' is no number of decimals", decimals);
    read_date(rd, root);
}

static void read_balances(reader *rd, const medel_yaml *n)
{
    if (n->type != MEDEL_YAML_MAPPING) {
        complain(rd, n, "balances: { 1930: \"1 000,00\" }", "'%s' is no such mapping",
                 "balances");
        return;
    }
    for (size_t i = 0; i < n->count; i++) {
        const medel_yaml *key = &n->items[2 * i], *at = key + 1;
        csv_opening o = { .account = keep(rd, key->text),
                          .line = key->line,
                          .col = key->col };
        if (at->type != MEDEL_YAML_SCALAR
            || !medel_csv_amount(rd->m, at->text, &o.amount))
            complain(rd, at,
                     "an amount as the mapping writes it, with at most two decimals",
                     "'%s' is no amount", at->type == MEDEL_YAML_SCALAR ? at->text : "");
        *MEDEL_PUSH(&rd->m->arena, &rd->m->balances, csv_opening) = o;
    }
}

/* opening: { column: Typ, mark: IB }, or { balances: { 1930: "1 000,00" } } */
static void read_opening(reader *rd, const medel_yaml *root)
{
    static const char *const keys[] = { "column", "mark", "balances" };
    const medel_yaml *n = medel_yaml_find(root, "opening");
    if (!n)
        return;
    medel_yaml_known_keys(rd->src, n, "opening", keys, COUNT(keys));
    const medel_yaml *column = medel_yaml_find(n, "column");
    const medel_yaml *balances = medel_yaml_find(n, "balances");
    rd->m->opening_mark = keep(rd, medel_yaml_text(rd->src, n, "mark", column != NULL));
    if (column)
        read_place(rd, column, &rd->m->opening);
    if (balances)
        read_balances(rd, balances);
    if (!column && !balances)
        complain(rd, n, "column and mark, or balances", "'%s' says no balances",
                 "opening");
}

static void read_file(reader *rd, const medel_yaml *root)
{
    static const char *const keys[] = { "medel_csv", "delimiter", "encoding", "decimal",
                                        "thousands", "date",      "header",   "skip",
                                        "company",   "org_nr",    "year",     "series",
                                        "columns",   "objects",   "decimals", "opening" };
    if (root->type != MEDEL_YAML_MAPPING) {
        complain(rd, root, "a mapping", "the file is %s", medel_yaml_type_name(root));
        return;
    }
    medel_yaml_known_keys(rd->src, root, "a mapping", keys, COUNT(keys));
    const char *version = medel_yaml_text(rd->src, root, "medel_csv", true);
    if (version && strcmp(version, "1") != 0)
        complain(rd, medel_yaml_find(root, "medel_csv"), "medel_csv: 1",
                 "unknown version '%s'", version);
    rd->m->company = keep(rd, medel_yaml_text(rd->src, root, "company", false));
    rd->m->orgnr = keep(rd, medel_yaml_text(rd->src, root, "org_nr", false));
    rd->m->series = keep(rd, medel_yaml_text(rd->src, root, "series", false));
    read_form(rd, root);
    read_year(rd, root);
    read_columns(rd, root);
    read_objects(rd, root);
    read_opening(rd, root);
}

static void fill(void *object, medel_source *src, const medel_yaml *root, void *with)
{
    (void)with;
    reader rd = { object, src };
    rd.m->file = keep(&rd, src->file);
    read_file(&rd, root);
}

medel_status medel_csv_mapping_read(medel_csv_mapping **out, const medel_input *in,
                                    const medel_allocator *allocator,
                                    medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, in, in->name, in->text || !in->len);
    const medel_reading reading = { in, allocator, diags, "csv-mapping", NULL };
    return medel_object_read(out, sizeof **out, &reading, fill, NULL);
}

MEDEL_FREE(medel_csv_mapping_free, medel_csv_mapping)

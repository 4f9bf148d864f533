/* report_rows.c - which rows a table can have: the taxonomy's, and the report's own. */
#include "report_read.h"

#include <stdlib.h>
#include <string.h>

#define MAX_OWN 2048 /* own rows of all tables */

const medel_row *medel_reader_row(medel_reader *rd, const medel_table_spec *spec,
                                  const char *id)
{
    const medel_row *row = medel_table_spec_find(spec, id);
    const medel_reader_own_row *own = rd->own.data;
    for (size_t i = 0; !row && i < rd->own.count; i++) {
        if (strcmp(own[i].table, spec->id) == 0 && strcmp(own[i].row->id, id) == 0)
            row = own[i].row;
    }
    return row;
}

const char *medel_nearest_row(medel_reader *rd, const medel_table_spec *spec,
                              const char *id)
{
    medel_array names = { 0 };
    for (size_t i = 0; i < spec->nrows; i++)
        *MEDEL_PUSH(rd->arena, &names, const char *) = spec->rows[i]->id;
    const medel_reader_own_row *own = rd->own.data;
    for (size_t i = 0; i < rd->own.count; i++) {
        if (strcmp(own[i].table, spec->id) == 0)
            *MEDEL_PUSH(rd->arena, &names, const char *) = own[i].row->id;
    }
    return medel_nearest(id, names.data, names.count);
}

void medel_unknown_row(medel_reader *rd, const medel_table_spec *spec, unsigned line,
                       unsigned col, const char *id, const char *expected)
{
    const char *near = medel_nearest_row(rd, spec, id);
    medel_diag(rd->src, MEDEL_E_SCHEMA, line, col, expected,
               medel_did_you_mean(rd->arena, near), "unknown row '%s' in %s",
               medel_clip(rd->arena, id), spec->id);
}

static bool word(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return n && s[n] == '\0' && !medel_digit(*s);
}

/* vikt: 0 is a row that adds to nothing: "varav ...", and what stands below the sum. */
static bool own_weight(medel_reader *rd, const medel_yaml *n, int *weight)
{
    const char *s = medel_yaml_text(rd->src, n, "vikt", false);
    *weight = !s || strcmp(s, "1") == 0 ? 1 : strcmp(s, "-1") == 0 ? -1 : 0;
    if (*weight || strcmp(s, "0") == 0)
        return true;
    const medel_yaml *at = medel_yaml_find(n, "vikt");
    medel_wrong(rd->src, at, "vikt: 1, 0 or -1", NULL, "'%s' is no weight",
                medel_clip(rd->arena, s));
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
    medel_wrong(rd->src, at, "typ: belopp, andel or antal", NULL,
                "'%s' is no type of row", medel_clip(rd->arena, s));
    return false;
}

static bool own_name(medel_reader *rd, const medel_table_spec *spec,
                     const medel_yaml *key)
{
    if (!word(key->text))
        medel_wrong(rd->src, key, "a-z, 0-9 and _, beginning with a letter",
                    "the label as printed goes in 'text'", "'%s' is no name for a row",
                    key->text);
    else if (medel_reader_row(rd, spec, key->text))
        medel_wrong(rd->src, key, NULL, "leave 'under' out, or give the row another name",
                    "row '%s' already has a place in %s", key->text, spec->id);
    else if (rd->own.count == MAX_OWN)
        medel_diag(rd->src, MEDEL_E_LIMIT, key->line, key->col, NULL, NULL,
                   "more than %d own rows", MAX_OWN);
    else
        return true;
    return false;
}

const medel_row *medel_own_row_of(medel_reader *rd, const medel_table_spec *spec,
                                  const medel_yaml *key, const medel_yaml *n)
{
    static const char *const none[] = { NULL };
    const char *text = medel_yaml_text(rd->src, n, "text", false);
    int weight;
    medel_field_type type;
    bool ok = own_weight(rd, n, &weight);
    const char *under = medel_yaml_text(rd->src, n, "under", !ok || weight != 0);
    ok &= own_type(rd, n, &type);
    if (!own_name(rd, spec, key) || (!under && weight) || !ok)
        return NULL;
    const medel_row *parent = under ? medel_reader_row(rd, spec, under) : NULL;
    if (under && !parent) {
        const medel_yaml *at = medel_yaml_find(n, "under");
        medel_unknown_row(rd, spec, at->line, at->col, under,
                          "a row of the taxonomy, or an own row given before this one");
        return NULL;
    }
    medel_row *r = MEDEL_NEW(rd->arena, medel_row, 1);
    r->id = medel_reader_keep(rd, key->text);
    r->label = medel_reader_keep(rd, text ? text : key->text);
    r->synonyms = none;
    /* what adds to nothing is under nothing: its parent only says which sign is usual */
    r->under = under && weight ? medel_reader_keep(rd, under) : NULL;
    r->balance = parent ? parent->balance : NULL;
    r->own = true;
    r->weight = weight ? weight : 1;
    r->type = type;
    r->sign = type == MEDEL_FIELD_AMOUNT ? spec->sign : 1;
    r->memo = !weight || type != MEDEL_FIELD_AMOUNT;
    r->concepts = spec->own_concepts;
    r->nconcepts = spec->nown_concepts;
    medel_reader_own_row *own = MEDEL_PUSH(rd->arena, &rd->own, medel_reader_own_row);
    own->table = spec->id;
    own->row = r;
    return r;
}

static void own_rows_of(medel_reader *rd, const medel_table_spec *spec,
                        const medel_yaml *rows)
{
    static const char *const keys[] = { "under", "text", "vikt", "typ" };
    for (size_t k = 0; k < rows->count; k++) {
        const medel_yaml *row = &rows->items[2 * k + 1];
        if (row->type == MEDEL_YAML_MAPPING) {
            medel_yaml_known_keys(rd->src, row, "an own row", keys, MEDEL_COUNT(keys));
            medel_own_row_of(rd, spec, &rows->items[2 * k], row);
        } else {
            medel_wrong(rd->src, row, "{ under: row, text: label }", NULL,
                        "an own row is %s", medel_yaml_type_name(row));
        }
    }
}

static void unknown_table(medel_reader *rd, const medel_yaml *key)
{
    const char *near = medel_taxonomy_suggest(rd->report->taxonomy, key->text);
    medel_wrong(rd->src, key,
                "a table of the taxonomy: driftredovisning, not_intakter ...",
                medel_did_you_mean(rd->arena, near), "unknown table '%s'", key->text);
}

void medel_read_own_rows(medel_reader *rd, const medel_yaml *n)
{
    if (n->type != MEDEL_YAML_MAPPING)
        medel_wrong(rd->src, n, "table: { row: { under: row, text: label } }", NULL,
                    "'rader' is %s", medel_yaml_type_name(n));
    for (size_t i = 0; n->type == MEDEL_YAML_MAPPING && i < n->count; i++) {
        const medel_yaml *key = &n->items[2 * i], *rows = &n->items[2 * i + 1];
        const medel_table_spec *spec =
            medel_taxonomy_table(rd->report->taxonomy, key->text);
        if (!spec)
            unknown_table(rd, key);
        else if (rows->type != MEDEL_YAML_MAPPING)
            medel_wrong(rd->src, rows, "{ row: { under: row, text: label } }", NULL,
                        "the own rows of %s are %s", key->text,
                        medel_yaml_type_name(rows));
        else
            own_rows_of(rd, spec, rows);
    }
}

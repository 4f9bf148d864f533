/* report_reference.c - what a report's fields name elsewhere in it is there: rows of its
 * tables, records of its sections.  Checked when all of the report is known, since rows
 * may be added after what names them. */
#include "report_read.h"

#include <string.h>

void medel_note_reference(medel_reader *rd, const medel_field *f, const medel_yaml *n)
{
    medel_reference *ref =
        MEDEL_PUSH(rd->arena, &rd->report->references, medel_reference);
    *ref = (medel_reference){ .field = f,
                              .path = medel_reader_keep(rd, n->text),
                              .src = rd->src,
                              .line = n->line,
                              .col = n->col };
}

/* The row and column of table.row.column, once all own rows are known. */
static void check_path(medel_reader *rd, const medel_reference *ref)
{
    const char *column = ref->path;
    char table[MEDEL_WORD], id[MEDEL_WORD];
    medel_path_word(&column, table, sizeof table);
    medel_path_word(&column, id, sizeof id);
    const medel_table_spec *spec = medel_taxonomy_table(rd->report->taxonomy, table);
    const medel_row *row = spec ? medel_reader_row(rd, spec, id) : NULL;
    bool known = !column;
    for (size_t i = 0; row && !known && i < spec->ncolumns; i++)
        known = medel_same(spec->columns[i].measure, column);
    if (!spec)
        return; /* reported where it was read */
    if (!row)
        medel_unknown_row(rd, spec, ref->line, ref->col, medel_reader_keep(rd, id),
                          "a row of the taxonomy, or one of the own rows");
    else if (!known)
        medel_diag(rd->src, MEDEL_E_SCHEMA, ref->line, ref->col,
                   spec->by_year ? "table.row; the year goes in 'ar'"
                                 : "table.row.column with intakt, kostnad, netto ...",
                   NULL, "unknown column '%s' in %s", medel_clip(rd->arena, column),
                   spec->id);
}

#define MAX_NAMED 8 /* rows of a table that a message lists */

/* "administration, resultat": the rows that are typed; NULL if the table is not. */
static const char *typed_rows(medel_reader *rd, const medel_table_spec *spec)
{
    const medel_table *tables = rd->report->tables.data;
    const char *names = NULL;
    size_t n = 0;
    for (size_t i = 0; i < rd->report->tables.count; i++) {
        if (tables[i].spec != spec)
            continue;
        names = names ? names : "";
        for (size_t k = 0; k < tables[i].nrows; k++, n++) {
            if (n <= MAX_NAMED)
                names = medel_arena_format(rd->arena, "%s%s%s", names, n ? ", " : "",
                                           n == MAX_NAMED ? "..."
                                                          : tables[i].rows[k].spec->id);
        }
    }
    return names;
}

/* Where the row may be missing this year: is it one that is there, and that no other
   field of the kind names, with a slip of the pen? */
static bool misspelt(medel_reader *rd, const medel_table_spec *spec,
                     const medel_reference *ref)
{
    const char *near = medel_nearest_row(rd, spec, ref->path);
    const medel_reference *refs = rd->report->references.data;
    for (size_t i = 0; near && i < rd->report->references.count; i++) {
        if (refs[i].field == ref->field && strcmp(refs[i].path, near) == 0)
            return false;
    }
    return near != NULL;
}

/* A table that is not typed yet may come to have the row. */
static void check_row(medel_reader *rd, const medel_reference *ref)
{
    const medel_table_spec *spec =
        medel_taxonomy_table(rd->report->taxonomy, ref->field->rows_of);
    if (medel_reader_row(rd, spec, ref->path))
        return;
    const char *rows = typed_rows(rd, spec);
    if (rows && (!ref->field->all_years || misspelt(rd, spec, ref)))
        medel_unknown_row(rd, spec, ref->line, ref->col, ref->path,
                          medel_arena_format(rd->arena,
                                             "a row of the taxonomy, or one of the own "
                                             "rows; those that are typed: %s",
                                             rows));
}

static void check_record(medel_reader *rd, const medel_reference *ref)
{
    const medel_value *v = medel_record_field(rd->report->root, ref->field->records_of);
    const char **names = MEDEL_NEW(rd->arena, const char *, v ? v->nrecords : 0);
    for (size_t i = 0; v && i < v->nrecords; i++) {
        names[i] = v->records[i]->id;
        if (strcmp(names[i], ref->path) == 0)
            return;
    }
    if (!v)
        return;
    const char *near = medel_nearest(ref->path, names, v->nrecords);
    medel_diag(rd->src, MEDEL_E_SCHEMA, ref->line, ref->col,
               medel_arena_format(rd->arena, "a name under '%s'", ref->field->records_of),
               medel_did_you_mean(rd->arena, near), "nothing is called '%s' in %s",
               medel_clip(rd->arena, ref->path), ref->field->records_of);
}

/* "ej_inskrivet: [mal, noter]" names sections of a report. */
static void check_sections(medel_reader *rd)
{
    const medel_value *v = medel_record_field(rd->report->root, "ej_inskrivet");
    const medel_table_spec *tables;
    const medel_field *fields;
    const size_t nt = medel_taxonomy_tables(rd->report->taxonomy, &tables);
    const size_t nf = medel_taxonomy_fields(rd->report->taxonomy, &fields);
    const char **names = MEDEL_NEW(rd->arena, const char *, nt + nf + 1);
    size_t n = 0;
    names[n++] = "noter";
    for (size_t i = 0; i < nt; i++) {
        if (!tables[i].note)
            names[n++] = tables[i].id;
    }
    for (size_t i = 0; i < nf; i++)
        names[n++] = fields[i].name;
    for (size_t i = 0; v && i < v->ntexts; i++) {
        bool known = false;
        for (size_t k = 0; k < n && !known; k++)
            known = strcmp(names[k], v->texts[i].text) == 0;
        const char *near = known ? NULL : medel_nearest(v->texts[i].text, names, n);
        if (!known)
            medel_diag(rd->src, MEDEL_E_SCHEMA, v->line, v->col,
                       "sections of a report: mal, insatser, noter ...",
                       medel_did_you_mean(rd->arena, near), "'%s' is no section",
                       medel_clip(rd->arena, v->texts[i].text));
    }
}

void medel_check_references(medel_reader *rd)
{
    check_sections(rd);
    medel_source *own = rd->src;
    const medel_reference *refs = rd->report->references.data;
    for (size_t i = 0; i < rd->report->references.count; i++) {
        const size_t before = refs[i].src->errors;
        rd->src = refs[i].src;
        if (refs[i].fact)
            check_path(rd, &refs[i]);
        else if (refs[i].field->rows_of)
            check_row(rd, &refs[i]);
        else
            check_record(rd, &refs[i]);
        if (rd->src == own || rd->src->errors == before)
            continue;
        if (!own->errors)
            own->status = rd->src->status;
        own->errors += rd->src->errors - before;
    }
    rd->src = own;
}

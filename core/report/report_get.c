/* report_get.c - what a host is told of a report's records and tables. */
#include "report.h"

/* clang-format off */
MEDEL_GETTER(const char *, medel_record_id, medel_record, id, NULL)
MEDEL_GETTER(const medel_field *, medel_record_spec, medel_record, spec, NULL)
MEDEL_GETTER(unsigned, medel_record_line, medel_record, line, 0)
MEDEL_GETTER(unsigned, medel_record_col, medel_record, col, 0)

MEDEL_GETTER(const medel_field *, medel_value_field, medel_value, field, NULL)
MEDEL_GETTER(unsigned, medel_value_line, medel_value, line, 0)
MEDEL_GETTER(unsigned, medel_value_col, medel_value, col, 0)
MEDEL_GETTER(int64_t, medel_value_integer, medel_value, integer, 0)
MEDEL_ITEM_OF(medel_fact, medel_value_fact, medel_value, facts, nfacts)
MEDEL_ITEM_OF(medel_record, medel_value_record, medel_value, records, nrecords)
MEDEL_GETTER(size_t, medel_value_records, medel_value, nrecords, 0)

MEDEL_GETTER(const medel_table_spec *, medel_table_spec_of, medel_table, spec, NULL)
MEDEL_GETTER(const char *, medel_table_number, medel_table, number, NULL)
MEDEL_GETTER(const char *, medel_table_heading, medel_table, heading, NULL)
MEDEL_GETTER(const char *, medel_table_printed_unit, medel_table, printed_unit, NULL)
MEDEL_PLACES(medel_table_printed_unit_places, medel_table, printed_unit_places, nprinted_unit_places)
MEDEL_GETTER(medel_unit, medel_table_unit, medel_table, unit, MEDEL_UNIT_NUMBER)
MEDEL_GETTER(bool, medel_table_printed_headers, medel_table, printed_headers, false)
MEDEL_ITEM(medel_table_column, medel_table_column_at, medel_table, columns, ncolumns)
MEDEL_GETTER(size_t, medel_table_columns, medel_table, ncolumns, 0)
MEDEL_ITEM(medel_table_row, medel_table_row_at, medel_table, rows, nrows)
MEDEL_GETTER(unsigned, medel_table_line, medel_table, line, 0)
MEDEL_GETTER(unsigned, medel_table_col, medel_table, col, 0)
MEDEL_PLACES(medel_table_places, medel_table, places, nplaces)

MEDEL_GETTER(const medel_row *, medel_table_row_spec, medel_table_row, spec, NULL)
MEDEL_GETTER(const char *, medel_table_row_label, medel_table_row, label, NULL)
MEDEL_GETTER(const char *, medel_table_row_note, medel_table_row, note, NULL)
MEDEL_ITEM_OF(medel_fact, medel_table_row_cell, medel_table_row, cells, ncells)
MEDEL_GETTER(unsigned, medel_table_row_line, medel_table_row, line, 0)
MEDEL_GETTER(unsigned, medel_table_row_col, medel_table_row, col, 0)
MEDEL_PLACES(medel_table_row_places, medel_table_row, places, nplaces)

MEDEL_GETTER(const char *, medel_table_column_id, medel_table_column, id, NULL)
MEDEL_GETTER(const char *, medel_table_column_measure, medel_table_column, measure, NULL)
MEDEL_GETTER(const char *, medel_table_column_header, medel_table_column, header, NULL)
MEDEL_GETTER(int, medel_table_column_year, medel_table_column, year, 0)
MEDEL_GETTER(medel_variant, medel_table_column_variant, medel_table_column, variant, MEDEL_VARIANT_UTFALL)
MEDEL_PLACES(medel_table_column_places, medel_table_column, places, nplaces)
/* clang-format on */

const medel_value *medel_record_value(const medel_record *r, const medel_field *f)
{
    MEDEL_NEEDS_OR(NULL, r, f);
    const size_t i = ((uintptr_t)f - (uintptr_t)r->spec->fields) / sizeof *f;
    return i < r->spec->nfields && f == &r->spec->fields[i] ? r->values[i] : NULL;
}

const char *medel_value_text(const medel_value *v, size_t i)
{
    MEDEL_NEEDS_OR(NULL, v, i < v->ntexts);
    return v->texts[i].text;
}

const int *medel_value_text_places(const medel_value *v, size_t i, size_t *n)
{
    MEDEL_OUT(n);
    MEDEL_NEEDS_OR(NULL, n);
    const bool there = v && i < v->ntexts;
    *n = there ? v->texts[i].nplaces : 0;
    return there ? v->texts[i].places : NULL;
}

const int *medel_value_places(const medel_value *v, size_t *n)
{
    MEDEL_OUT(n);
    MEDEL_NEEDS_OR(NULL, n);
    *n = 0;
    if (!v)
        return NULL;
    if (v->ntexts)
        return medel_value_text_places(v, 0, n);
    *n = v->nfacts ? v->facts[0]->nplaces : v->nplaces;
    return v->nfacts ? v->facts[0]->places : v->places;
}

const medel_table *medel_report_table_at(const medel_report *r, size_t i)
{
    MEDEL_NEEDS_OR(NULL, r, i < r->tables.count);
    return (const medel_table *)r->tables.data + i;
}

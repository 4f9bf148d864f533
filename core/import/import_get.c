/* import_get.c - what a host is told of the tables that were found. */
#include "import.h"

/* clang-format off */
MEDEL_GETTER(const medel_table_spec *, medel_import_table_spec, medel_import_table, spec, NULL)
MEDEL_GETTER(int, medel_import_table_note, medel_import_table, note, 0)
MEDEL_GETTER(const char *, medel_import_table_heading, medel_import_table, heading, NULL)
MEDEL_GETTER(bool, medel_import_table_assumed, medel_import_table, assumed, false)
MEDEL_GETTER(unsigned, medel_import_table_page, medel_import_table, page, 0)
MEDEL_GETTER(unsigned, medel_import_table_line, medel_import_table, line, 0)
MEDEL_GETTER(unsigned, medel_import_table_header_line, medel_import_table, header_line, 0)
MEDEL_GETTER(unsigned, medel_import_table_unit_line, medel_import_table, unit_line, 0)
MEDEL_GETTER(medel_unit, medel_import_table_unit, medel_import_table, unit, MEDEL_UNIT_NUMBER)
MEDEL_GETTER(const char *, medel_import_table_printed_unit, medel_import_table, printed_unit, NULL)
MEDEL_GETTER(int, medel_import_table_cost_sign, medel_import_table, cost_sign, 0)
MEDEL_GETTER(size_t, medel_import_table_columns, medel_import_table, ncolumns, 0)
MEDEL_ITEM(medel_import_row, medel_import_table_row, medel_import_table, rows, nrows)

MEDEL_GETTER(const char *, medel_import_row_id, medel_import_row, id, NULL)
MEDEL_GETTER(const char *, medel_import_row_label, medel_import_row, label, NULL)
MEDEL_GETTER(const char *, medel_import_row_under, medel_import_row, under, NULL)
MEDEL_GETTER(const char *, medel_import_row_note, medel_import_row, note, NULL)
MEDEL_GETTER(bool, medel_import_row_known, medel_import_row, known, false)
MEDEL_GETTER(bool, medel_import_row_own, medel_import_row, own, false)
MEDEL_GETTER(bool, medel_import_row_placed, medel_import_row, placed, false)
MEDEL_GETTER(bool, medel_import_row_exact_label, medel_import_row, exact_label, false)
MEDEL_GETTER(bool, medel_import_row_guessed, medel_import_row, guessed, false)
MEDEL_GETTER(bool, medel_import_row_empties, medel_import_row, empties, false)
MEDEL_GETTER(medel_basis, medel_import_row_basis, medel_import_row, basis, MEDEL_BASIS_GRAMMAR)
MEDEL_GETTER(size_t, medel_import_row_readings, medel_import_row, readings, 0)
MEDEL_GETTER(unsigned, medel_import_row_page, medel_import_row, page, 0)
MEDEL_GETTER(unsigned, medel_import_row_line, medel_import_row, line, 0)
/* clang-format on */

const medel_import_table *medel_import_table_at(const medel_import *m, size_t i)
{
    const medel_import_table *first;
    return i < medel_import_tables(m, &first) ? &first[i] : NULL;
}

const char *medel_import_table_column(const medel_import_table *t, size_t i)
{
    MEDEL_NEEDS_OR(NULL, t, i < t->ncolumns);
    return t->columns[i].id;
}

const char *medel_import_table_header(const medel_import_table *t, size_t i)
{
    MEDEL_NEEDS_OR(NULL, t, i < t->ncolumns);
    return t->columns[i].printed;
}

const char *medel_import_table_loose(const medel_import_table *t, size_t i,
                                     const char **why, unsigned *page, unsigned *line)
{
    MEDEL_OUT(why);
    MEDEL_OUT(page);
    MEDEL_OUT(line);
    MEDEL_NEEDS_OR(NULL, t, why, page, line, i < t->nloose);
    *why = t->loose[i].why;
    *page = t->loose[i].page;
    *line = t->loose[i].line;
    return t->loose[i].text;
}

const medel_import_cell *medel_import_row_cell(const medel_import_row *r, size_t column)
{
    MEDEL_NEEDS_OR(NULL, r, column < r->ncells);
    return &r->cells[column];
}

const medel_import_cell *medel_import_row_other(const medel_import_row *r, size_t column)
{
    MEDEL_NEEDS_OR(NULL, r, r->other, column < r->ncells);
    return &r->other[column];
}

const char *medel_import_row_aside(const medel_import_row *r, size_t i,
                                   const char **column)
{
    MEDEL_OUT(column);
    MEDEL_NEEDS_OR(NULL, r, column, i < r->nasides);
    *column = r->asides[i].column;
    return r->asides[i].printed;
}

/* report_read.h - what the readers of tables and of fields share. */
#ifndef MEDEL_REPORT_READ_H
#define MEDEL_REPORT_READ_H

#include "report.h"

typedef struct medel_reader_own_row {
    const char *table;
    const medel_row *row;
} medel_reader_own_row;

typedef struct medel_reader {
    medel_report *report;
    medel_arena *arena;
    medel_source *src; /* of the file that is being read */
    const char *file;  /* its name, kept in the report */
    medel_array own;   /* medel_reader_own_row */
} medel_reader;

char *medel_reader_keep(medel_reader *rd, const char *s);
/* A row of the taxonomy or an own one; NULL if there is none. */
const medel_row *medel_reader_row(medel_reader *rd, const medel_table_spec *spec,
                                  const char *id);
/* The row's name that is nearest to 'id', or NULL. */
const char *medel_nearest_row(medel_reader *rd, const medel_table_spec *spec,
                              const char *id);
void medel_unknown_row(medel_reader *rd, const medel_table_spec *spec, unsigned line,
                       unsigned col, const char *id, const char *expected);
/* The row that a report adds to its table under 'id'; NULL after a diagnostic. */
const medel_row *medel_own_row_of(medel_reader *rd, const medel_table_spec *spec,
                                  const medel_yaml *key, const medel_yaml *n);
bool medel_unit_of_word(const char *s, medel_unit *out); /* "tkr" */
/* A line, a list of lines, or a list with one entry per column. */
void medel_read_places(medel_reader *rd, const medel_yaml *n, const int **places,
                       size_t *count);
/* kr, tkr or mnkr at 'noggrannhet'; NULL if it is not there, or after a diagnostic. */
const char *medel_read_precision(medel_reader *rd, const medel_yaml *n);
/* A scalar figure into a new fact; NULL after a diagnostic. */
medel_fact *medel_read_figure(medel_reader *rd, const medel_yaml *n,
                              medel_field_type type, medel_unit unit,
                              const char *precision);
void medel_read_table(medel_reader *rd, const medel_table_spec *spec, const char *number,
                      const medel_yaml *n);
void medel_read_own_rows(medel_reader *rd, const medel_yaml *n);
const medel_record *medel_read_record(medel_reader *rd, const medel_field *spec,
                                      const char *id, const char *path,
                                      const medel_yaml *n);
const medel_value *medel_read_value(medel_reader *rd, const medel_field *spec,
                                    const char *path, const char *item,
                                    const medel_yaml *n);
void medel_read_given(medel_reader *rd, const medel_given *list, size_t n);
/* The diagnostic for a node that is no value of f; the hint may be NULL. */
void medel_wrong_type(medel_reader *rd, const medel_yaml *n, const medel_field *f,
                      const char *expected, const char *hint);
void medel_check_required(medel_reader *rd, const medel_field *spec,
                          const medel_record *r, const medel_yaml *n);
/* A word that names a row or a record; it is looked for when the report is read. */
void medel_note_reference(medel_reader *rd, const medel_field *f, const medel_yaml *n);
void medel_check_references(medel_reader *rd);
/* NULL if the field is not there. */
const char *medel_record_text_of(const medel_record *r, const char *name);

#endif

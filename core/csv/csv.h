/* csv.h - records of a CSV file (RFC 4180), with their places. */
#ifndef MEDEL_CSV_PRIV_H
#define MEDEL_CSV_PRIV_H

#include "medel_csv.h"
#include "medel_priv.h"

typedef struct medel_csv_cell {
    const char *text; /* UTF-8, terminated */
    size_t len;
    unsigned line, col;
} medel_csv_cell;

typedef struct medel_csv_text {
    medel_source *src; /* src->text is the UTF-8 text of the file */
    size_t at;
    char delimiter;
    unsigned line, col;
} medel_csv_text;

/* The next record's cells, in 'a', which jumps when memory is out; false at the end or
   after a syntax error, which is in src.  Empty lines are passed over. */
bool medel_csv_next(medel_csv_text *t, medel_arena *a, medel_array *cells);

#endif

/* doc_rows.h - what waits while the lines of a table become rows. */
#ifndef MEDEL_DOC_ROWS_H
#define MEDEL_DOC_ROWS_H

#include "import.h"

#define NONE ((size_t)-1)
#define ROWS_NUMBERS 256

typedef struct label_line {
    const char *text;
    size_t line;
} label_line;

typedef struct number_line {
    size_t line;
    size_t group; /* empty lines before it: lines of a group follow each other */
} number_line;

typedef struct rows_state {
    medel_import *m;
    medel_doc_table *t;
    const medel_doc_line *l;
    label_line *labels; /* without figures yet */
    size_t nlabels;
    number_line numbers[ROWS_NUMBERS]; /* without label yet */
    size_t nnumbers;
    size_t partial; /* a line with label and too few figures; NONE */
    size_t blanks;
    const char *group; /* the last label that had no figures */
    int note;          /* the number printed beside that label; 0: none */
    medel_array bare;  /* label_line: lines of nothing but a label */
} rows_state;

medel_row_shape medel_rows_shape(const rows_state *s, bool note, bool empties);
medel_label_match medel_rows_match(const rows_state *s, const char *label);
medel_doc_row *medel_rows_add(rows_state *s, const char *label, size_t line,
                              const medel_array *readings, bool guessed);
void medel_rows_loose(rows_state *s, size_t line, const char *why);
/* Has it a bracket that is not closed? */
bool medel_rows_open(const char *label);
/* Does the second line look like the rest of the first? */
bool medel_rows_goes_on(const char *first, const char *second);
/* Give the waiting figures to the waiting labels (doc_blocks.c). */
void medel_rows_flush(rows_state *s);

#endif

/*
 * medel_import.h - a document as words with places, and the tables of figures that are
 * found in it.
 *
 * A reader (plain text here; PDF, docx, odt and xlsx in the bindings; or a host) fills a
 * medel_document.  medel_import_read finds the tables of the taxonomy in it and reads
 * each figure as it is printed: nothing is repaired.  What a figure's digits, row and
 * column rest on is said by its basis.
 */
#ifndef MEDEL_IMPORT_H
#define MEDEL_IMPORT_H

#include "medel_judge.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- a document ---- */

/* A word and its box in 1/100 point, y downwards.  Where lines are known (plain text, a
   row of cells) 'line' says which and the box may be empty. */
typedef struct medel_word {
    const char *text;
    size_t len;
    int x0, y0, x1, y1;
    unsigned page; /* from 1 */
    unsigned line; /* from 1; 0: to be found from the boxes */
    unsigned cell; /* of a row of cells, from 1; 0: none */
} medel_word;

#define MEDEL_DOCUMENT_PAGES 500
#define MEDEL_DOCUMENT_WORDS 200000

typedef struct medel_box {
    int x0, y0, x1, y1; /* hundredths of a point, from the upper left corner */
} medel_box;

typedef struct medel_document medel_document;
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_document_new(medel_document **out, const medel_allocator *allocator);
MEDEL_API void medel_document_free(medel_document *d);
/* A page begins; the words that follow stand on it.  E_LIMIT: there are too many. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_document_page(medel_document *d, int width,
                                                            int height);
/* The size of the i:th page, from 0; false after the last. */
MEDEL_API bool medel_document_size(const medel_document *d, size_t i, int *width,
                                   int *height);
/* The i:th page is seen a quarter turned: its width is its height. */
MEDEL_API void medel_document_turn(medel_document *d, size_t i);
/* Add a copy of a word.  E_LIMIT: there are too many; E_MISUSE: no page has begun, it is
   no line of plain text, or its box lies beyond 20 000 points. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_document_word(medel_document *d,
                                                            const medel_word *w);
/* Its words, in the order in which they were added; those of no length end lines of plain
   text. */
MEDEL_API size_t medel_document_words(const medel_document *d, const medel_word **first);
/* Take the i:th word away: nobody who looks at the page sees it. */
MEDEL_API void medel_document_hide(medel_document *d, size_t i);
/* Plain text, with layout or without: lines are counted through the whole text, a form
   feed begins a page.  E_SYNTAX: it is no UTF-8. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_document_text(medel_document *d,
                                                            const char *text, size_t len);

/* ---- what is found in it ---- */

typedef enum medel_cell_kind {
    MEDEL_CELL_EMPTY, /* nothing is printed there */
    MEDEL_CELL_DASH,
    MEDEL_CELL_AMOUNT,
    MEDEL_CELL_SHARE
} medel_cell_kind;

/* Why a row is read as it is, the surest first. */
typedef enum medel_basis {
    MEDEL_BASIS_GRAMMAR,  /* there is one legal reading */
    MEDEL_BASIS_CELLS,    /* the document has cells */
    MEDEL_BASIS_EDGES,    /* the columns' edges leave one */
    MEDEL_BASIS_IDENTITY, /* columns of the row agree in one alone */
    MEDEL_BASIS_SUM,      /* it sums, with its neighbours, in one alone */
    MEDEL_BASIS_EQUALITY, /* it repeats a row or a concept read elsewhere */
    MEDEL_BASIS_SIZE      /* the least unlike neighbours: to be asked about */
} medel_basis;

typedef struct medel_import_cell {
    medel_cell_kind kind;
    int64_t digits; /* without the decimal comma */
    unsigned decimals;
    const char *printed; /* as it stands, blanks made single; NULL: nothing */
    unsigned page, line; /* 0: nothing stands there */
    int x0, y0, x1, y1;
} medel_import_cell;

/* A table that was found, and a row of it.  They live as long as their import; what is
   not said of one is NULL, 0 or false, as it is of NULL. */
typedef struct medel_import_table medel_import_table;
typedef struct medel_import_row medel_import_row;

/* A row that the förbund's own file declares. */
typedef struct medel_import_own_row {
    const char *table, *id, *under, *label;
} medel_import_own_row;

typedef struct medel_import_options {
    int year; /* the financial year; 0: found in the document */
    const medel_import_own_row *own;
    size_t nown;
    const medel_report *last; /* last year's report, whose figures decide readings */
    const medel_allocator *allocator;
} medel_import_options;

typedef struct medel_import medel_import;
/* Find the tables.  The document and the taxonomy must outlive the result.  E_LIMIT: more
   than can be read; E_DOMAIN: no financial year is printed. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_import_read(medel_import **out, const medel_document *d,
                  const medel_taxonomy *taxonomy, const medel_import_options *options);
MEDEL_API void medel_import_free(medel_import *m);
MEDEL_API int medel_import_year(const medel_import *m);
/* The i:th table, from 0; NULL after the last. */
MEDEL_API const medel_import_table *medel_import_table_at(const medel_import *m,
                                                          size_t i);
/* The lines as they were understood, for a page that shows them. */
MEDEL_API size_t medel_import_lines(const medel_import *m);
MEDEL_API const char *medel_import_line(const medel_import *m, size_t i, unsigned *page,
                                        unsigned *line);
/* The words of such a line, and the cell that each stands in (0: in none); the line has
   them with a blank between. */
MEDEL_API size_t medel_import_words(const medel_import *m, size_t line);
MEDEL_API const char *medel_import_word(const medel_import *m, size_t line, size_t word,
                                        size_t *len, unsigned *cell);
/* Where such a word stands across the line: the blanks before it (0: a no-break blank
   joins them; 1000: a cell ends) and its edges, in columns of characters where it is a
   text. */
typedef struct medel_import_span {
    int gap, x0, x1;
} medel_import_span;
MEDEL_API medel_import_span medel_import_word_span(const medel_import *m, size_t line,
                                                   size_t word);
/* The box around words of the line, from the first to the last; all 0: no such words, or
   of a text. */
MEDEL_API medel_box medel_import_box(const medel_import *m, size_t line, size_t first,
                                     size_t last);

/* ---- a table and its rows ---- */

MEDEL_API const medel_table_spec *medel_import_table_spec(const medel_import_table *t);
/* The number of a note; 0: none. */
MEDEL_API int medel_import_table_note(const medel_import_table *t);
MEDEL_API const char *medel_import_table_heading(const medel_import_table *t);
/* It was found by its rows: no heading was printed. */
MEDEL_API bool medel_import_table_assumed(const medel_import_table *t);
MEDEL_API unsigned medel_import_table_page(const medel_import_table *t);
MEDEL_API unsigned medel_import_table_line(const medel_import_table *t);
MEDEL_API unsigned medel_import_table_header_line(const medel_import_table *t);
/* What the figures are in; what the print says of that, and where. */
MEDEL_API medel_unit medel_import_table_unit(const medel_import_table *t);
MEDEL_API const char *medel_import_table_printed_unit(const medel_import_table *t);
MEDEL_API unsigned medel_import_table_unit_line(const medel_import_table *t);
/* 1: it prints costs without minus, -1: with it, against the table's usual sign; 0: as
   usual. */
MEDEL_API int medel_import_table_cost_sign(const medel_import_table *t);
MEDEL_API size_t medel_import_table_columns(const medel_import_table *t);
/* The i:th column, "2023" or "netto"; NULL after the last.  Its header as printed, where
   that is not the year. */
MEDEL_API const char *medel_import_table_column(const medel_import_table *t, size_t i);
MEDEL_API const char *medel_import_table_header(const medel_import_table *t, size_t i);
/* NULL after the last. */
MEDEL_API const medel_import_row *medel_import_table_row(const medel_import_table *t,
                                                         size_t i);
/* Figures that have a line and no row, and why, in Swedish; NULL after the last. */
MEDEL_API const char *medel_import_table_loose(const medel_import_table *t, size_t i,
                                               const char **why, unsigned *page,
                                               unsigned *line);

/* The taxonomy's row, the förbund's own, or one made of the label. */
MEDEL_API const char *medel_import_row_id(const medel_import_row *r);
/* As printed, lines joined. */
MEDEL_API const char *medel_import_row_label(const medel_import_row *r);
/* Of a row that is neither the taxonomy's nor the förbund's. */
MEDEL_API const char *medel_import_row_under(const medel_import_row *r);
/* The number printed in the note column. */
MEDEL_API const char *medel_import_row_note(const medel_import_row *r);
/* It is the taxonomy's; it is the förbund's. */
MEDEL_API bool medel_import_row_known(const medel_import_row *r);
MEDEL_API bool medel_import_row_own(const medel_import_row *r);
/* False: there is no place for it; its cells are kept. */
MEDEL_API bool medel_import_row_placed(const medel_import_row *r);
/* The label is the taxonomy's. */
MEDEL_API bool medel_import_row_exact_label(const medel_import_row *r);
/* Which figure is on which row was guessed; which columns are empty was. */
MEDEL_API bool medel_import_row_guessed(const medel_import_row *r);
MEDEL_API bool medel_import_row_empties(const medel_import_row *r);
MEDEL_API medel_basis medel_import_row_basis(const medel_import_row *r);
/* How many were legal. */
MEDEL_API size_t medel_import_row_readings(const medel_import_row *r);
/* In the column of that number; and by the next best reading, if there is one. */
MEDEL_API const medel_import_cell *medel_import_row_cell(const medel_import_row *r,
                                                         size_t column);
MEDEL_API const medel_import_cell *medel_import_row_other(const medel_import_row *r,
                                                          size_t column);
/* The i:th figure, as printed, of a column that a report does not have, and which that is
   ("avvikelse 2023"); NULL after the last. */
MEDEL_API const char *medel_import_row_aside(const medel_import_row *r, size_t i,
                                             const char **column);
MEDEL_API unsigned medel_import_row_page(const medel_import_row *r);
MEDEL_API unsigned medel_import_row_line(const medel_import_row *r);

/* ---- what is proved ---- */

typedef enum medel_import_status {
    MEDEL_IMPORT_SUMMA,    /* exact in a sum: digits, sign and place */
    MEDEL_IMPORT_LIKHET,   /* exact against another place or year */
    MEDEL_IMPORT_RAD,      /* exact in all identities of its row, or one and a sum */
    MEDEL_IMPORT_AVRUNDAD, /* holds within the printed rounding only */
    MEDEL_IMPORT_TECKEN,   /* digits proved, the sign is against the table's */
    MEDEL_IMPORT_ENSAM,    /* one legal reading, and no relation reaches it */
    MEDEL_IMPORT_TVETYDIG, /* several readings, and nothing decides */
    MEDEL_IMPORT_PLATS,    /* digits are known; row or column was guessed */
    MEDEL_IMPORT_TOM       /* which column is empty was guessed */
} medel_import_status;

typedef struct medel_import_proof {
    medel_import_status status;
    const medel_fact *fact;   /* of the built report; NULL: it has none */
    const medel_check *check; /* the relation that proves it; NULL: none */
    unsigned bits;            /* how unlikely that it holds by chance: 2^-bits */
} medel_import_proof;

/* What the relations of the taxonomy prove of the figures, from the report that was read
   from the written file and its checks. */
typedef struct medel_proofs medel_proofs;
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_proofs_new(medel_proofs **out, const medel_import *m, const medel_report *r,
                 const medel_checks *checks, const medel_allocator *allocator);
MEDEL_API void medel_proofs_free(medel_proofs *p);
/* Of the cell of a table, row and column of the import, each from 0; NULL if there is no
   such cell. */
MEDEL_API const medel_import_proof *medel_proofs_cell(const medel_proofs *p, size_t table,
                                                      size_t row, size_t column);
MEDEL_API const char *medel_import_status_name(medel_import_status s); /* "SUMMA" */

#ifdef __cplusplus
}
#endif
#endif

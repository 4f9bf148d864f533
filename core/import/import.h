/* import.h - what the files of this wing share. */
#ifndef MEDEL_IMPORT_PRIV_H
#define MEDEL_IMPORT_PRIV_H

#include "medel_import.h"
#include "report.h"

/* "avvikelse 2023", and the figure as printed. */
typedef struct medel_import_aside {
    const char *column, *printed;
} medel_import_aside;

struct medel_import_row {
    const char *id; /* the taxonomy's row, the förbund's own, or one made of the label */
    const char *label; /* as printed, lines joined */
    const char *under; /* of a row that is neither the taxonomy's nor the förbund's */
    const char *note;  /* number printed in the note column, or NULL */
    bool known;        /* the taxonomy's row */
    bool own;          /* the förbund's */
    bool placed;       /* false: there is no place for it; cells are kept */
    bool exact_label;  /* the label is the taxonomy's */
    bool guessed;      /* which figure is on which row was guessed */
    bool empties;      /* which columns are empty was guessed */
    medel_basis basis;
    size_t readings; /* how many were legal */
    size_t ncells;   /* one per column */
    const medel_import_cell *cells;
    const medel_import_cell *other;   /* the next best reading, or NULL */
    const medel_import_aside *asides; /* figures of columns that a report lacks */
    size_t nasides;
    unsigned page, line;
};

typedef struct medel_import_column {
    const char *id;      /* "2023", "netto" */
    const char *printed; /* header as printed where it is not the year; or NULL */
} medel_import_column;

/* Figures that have a line and no row. */
typedef struct medel_import_loose {
    const char *text;
    const char *why; /* Swedish */
    unsigned page, line;
} medel_import_loose;

struct medel_import_table {
    const medel_table_spec *spec;
    int note; /* number of a note; 0: none */
    const char *heading;
    bool assumed; /* found by its rows; no heading was printed */
    unsigned page, line;
    unsigned header_line;
    medel_unit unit;          /* what the figures are in */
    const char *printed_unit; /* what the print says, or NULL */
    unsigned unit_line;
    int cost_sign; /* 1: it prints costs without minus, -1: with it, against the table's
                      usual sign; 0: as usual */
    bool printed_headers;
    const medel_import_column *columns;
    size_t ncolumns;
    const medel_import_row *rows;
    size_t nrows;
    const medel_import_loose *loose;
    size_t nloose;
};

size_t medel_import_tables(const medel_import *m, const medel_import_table **first);

struct medel_document {
    medel_arena arena;
    medel_array pages; /* medel_doc_page */
    medel_array words; /* medel_word, in reading order */
    size_t lines;      /* of plain text */
};

typedef struct medel_doc_page {
    int width, height;
    size_t first; /* word */
} medel_doc_page;

/* ---- lines ---- */

#define MEDEL_DOC_CELL_GAP 1000 /* blanks between two cells: no number goes across */

typedef struct medel_token {
    const char *text;
    unsigned len;
    int gap;    /* blanks before it; 0: joined by a no-break or thin blank */
    int x0, x1; /* of its box; character columns of plain text */
    int y0, y1;
    unsigned cell;
} medel_token;

typedef struct medel_doc_line {
    const char *text;  /* tokens and single blanks */
    const char *label; /* the part before the figures; "" where there is none */
    const medel_token *tokens;
    size_t ntokens, nlabel; /* nlabel: tokens of the label */
    unsigned page, no;
    int trail; /* blanks after the last token */
    bool blank;
    bool placeholder; /* blank, but a line of its own in a cell */
    bool cells;       /* a row of cells */
    bool torn;        /* figures of it stood on two lines */
    int blank_width;  /* of a blank, in the boxes' unit */
    int y, height;    /* middle and height of its boxes; 0 where there are none */
    int quarters;     /* that its page was turned */
    int across, down; /* the size of its page, before that */
} medel_doc_line;

/* Fill 'out' with medel_doc_line; furniture (page numbers, signing footers) becomes
 * blank. */
void medel_doc_lines(const medel_document *d, medel_arena *a, medel_arena *scratch,
                     medel_array *out);
/* Tokens with a blank between them. */
char *medel_doc_text(medel_arena *a, const medel_token *t, size_t n);
/* A page's n words, turned upright and without raised marks, into 'out'; how many they
   are.  *quarters: of the turn. */
size_t medel_doc_upright(const medel_word *w, size_t n, const medel_doc_page *page,
                         medel_word *out, int *quarters);
/* Around a line's words from the first to the last, as they stand on the page. */
medel_box medel_doc_box(const medel_doc_line *l, size_t first, size_t last);
/* Of a page with boxes: the words in reading order, page columns one after the other.
 *last: the gutter of the pages before it; 0: they have none. */
size_t medel_doc_columns(const medel_word *words, size_t n, int *last, medel_arena *a,
                         const medel_word ***parts, size_t **counts);

/* ---- numbers ---- */

typedef enum medel_atom_kind {
    MEDEL_ATOM_NONE,    /* no part of a number */
    MEDEL_ATOM_GROUP,   /* one to three digits */
    MEDEL_ATOM_WHOLE,   /* four digits or more, or groups joined by points */
    MEDEL_ATOM_DECIMAL, /* with a decimal comma */
    MEDEL_ATOM_DASH,
    MEDEL_ATOM_SHARE,   /* ends in a percent sign */
    MEDEL_ATOM_UNIT,    /* kr, tkr: ends what is before it */
    MEDEL_ATOM_PERCENT, /* a percent sign by itself */
    MEDEL_ATOM_OPEN,   /* "(31": a share whose sign follows, or a bracket's first group */
    MEDEL_ATOM_CLOSE,  /* "567)": its last */
    MEDEL_ATOM_BRACKET /* "(567)" */
} medel_atom_kind;

typedef struct medel_atom {
    medel_atom_kind kind;
    int64_t digits; /* without sign */
    unsigned decimals, ndigits;
    bool negative, after, plus; /* after: its minus stands after the digits */
    bool ends, zero;            /* zero: begins with a 0 that is not alone */
    int gap;
    size_t line;        /* index */
    size_t first, last; /* tokens */
} medel_atom;

medel_atom_kind medel_token_kind(const medel_token *t);
/* The length of the mark of a footnote that s begins with, a star or a raised digit; 0:
   none. */
unsigned medel_doc_mark(const char *s, size_t len);
/* Of the one that the first n bytes of s end with. */
unsigned medel_doc_mark_ends(const char *s, size_t n);
/* A group of three digits without a sign before it: the rest of a number. */
bool medel_token_goes_on(const medel_token *t);
/* The figures of a line, from its first one: medel_atom. */
void medel_doc_atoms(const medel_doc_line *lines, size_t line, medel_arena *a,
                     medel_array *out);

#define MEDEL_DOC_COLUMNS 14
#define MEDEL_DOC_READINGS 4096

typedef struct medel_doc_cell {
    medel_cell_kind kind;
    int64_t digits; /* with sign */
    unsigned decimals;
    size_t line, first, last; /* tokens that print it */
    int left, edge;           /* of its digits */
} medel_doc_cell;

typedef struct medel_row_reading {
    medel_doc_cell *cells;
    int note; /* 0: none */
    unsigned empties;
    unsigned strain; /* how far the gaps are from what the empty cells ask for */
    unsigned unlike; /* how unlike its columns are in size */
    size_t order;
} medel_row_reading;

/* What a row of a table may look like. */
typedef struct medel_row_shape {
    size_t k;
    bool note;            /* a note number may stand first */
    bool empties;         /* cells may be empty */
    bool parts;           /* the last is the sum of the others: any may be empty */
    const unsigned *cell; /* of each column, in a document with cells; or NULL */
} medel_row_shape;

/* Every legal reading of the atoms as a row: medel_row_reading.  False: there were too
   many, and only some are there. */
bool medel_doc_readings(const medel_doc_line *lines, const medel_atom *atoms, size_t n,
                        const medel_row_shape *shape, medel_arena *a, medel_array *out);
/* In hundredths of the table's unit; 0 for an empty cell or a dash. */
int64_t medel_doc_value(const medel_doc_cell *c);

/* ---- labels ---- */

typedef enum medel_label_quality { /* in rising likeness */
                                   MEDEL_LABEL_NONE,
                                   MEDEL_LABEL_PREFIX, /* begins alike */
                                   MEDEL_LABEL_NEAR,   /* a letter or two differ */
                                   MEDEL_LABEL_WORDS,  /* the same words in another order
                                                        */
                                   MEDEL_LABEL_SAME,   /* the same words, small ones left
                                                          out */
                                   MEDEL_LABEL_EXACT
} medel_label_quality;

typedef struct medel_label_match {
    const medel_row *row;            /* the taxonomy's, or */
    const medel_import_own_row *own; /* the förbund's */
    medel_label_quality quality;
} medel_label_match;

typedef struct medel_labels medel_labels;
/* The labels are kept in 'a'; what is compared with them stands in 'scratch' meanwhile.
 */
medel_labels *medel_labels_new(const medel_taxonomy *t, const medel_import_options *o,
                               medel_arena *a, medel_arena *scratch);
/* Is 'id' the row that it adds to by the taxonomy, or one that has that in it? */
bool medel_row_adds_to(const medel_table_spec *t, const medel_row *row, const char *id);
medel_label_match medel_labels_match(medel_labels *l, const medel_table_spec *t,
                                     const char *label);
/* The best among the rows that add to 'under', where a label that begins alike is enough.
 */
medel_label_match medel_labels_under(medel_labels *l, const medel_table_spec *t,
                                     const char *label, const char *under);
/* The row that a word of the label names ("Region Örebro län"); *member: it is a row of
   the förbund's own under that one ("Laxå kommun").  NULL if none. */
const medel_row *medel_labels_named(medel_labels *l, const medel_table_spec *t,
                                    const char *label, bool *member);
/* Lower case, without punctuation, blanks single. */
char *medel_label_plain(medel_arena *a, const char *text);
/* Two lines of a label; a hyphen before a small letter is a division. */
char *medel_label_join(medel_arena *a, const char *first, const char *second);
bool medel_label_begins(const char *plain, const char *words);
bool medel_label_has(const char *plain, const char *word);

/* ---- tables ---- */

typedef struct medel_doc_row {
    const char *label;
    size_t line; /* of the first figure */
    size_t label_line;
    medel_array readings; /* medel_row_reading */
    size_t legal;         /* how many there were */
    size_t chosen, second;
    bool decided, guessed, share;
    bool has_second;
    medel_basis basis;
    medel_label_match match;
    const char *group;   /* label that stands above without figures, or NULL */
    int group_note;      /* the note number beside that; 0: none */
    bool sums;           /* rows beside it add up to it */
    size_t block_parent; /* row that it is a part of; (size_t)-1: none */
    size_t block_size;   /* parts of that row */
} medel_doc_row;

typedef struct medel_doc_table {
    const medel_table_spec *spec;
    int note;
    const medel_row *about; /* of a note that has the parts of this row alone, or NULL */
    const char *heading;
    bool assumed;
    size_t start, body, end; /* lines */
    size_t header;           /* line with the columns; start if none */
    bool note_column, same_years;
    bool headless; /* its heads say no years */
    bool matrix;   /* its columns are parts of the last */
    size_t k;
    const char *columns[MEDEL_DOC_COLUMNS];
    const char *headers[MEDEL_DOC_COLUMNS];
    int years[MEDEL_DOC_COLUMNS];  /* below 0: not the outcome of a year */
    bool aside[MEDEL_DOC_COLUMNS]; /* a report has no such column */
    bool printed_headers;
    medel_unit unit;
    const char *printed_unit;
    size_t unit_line;
    medel_array rows;  /* medel_doc_row */
    medel_array loose; /* medel_import_loose */
    medel_array sums;  /* of doc_sums.c, in scratch */
    bool turned_costs;
    unsigned score;
    bool cells;
    unsigned cell[MEDEL_DOC_COLUMNS];
} medel_doc_table;

struct medel_import {
    medel_arena arena;
    medel_arena scratch; /* what is not needed when the tables are there */
    const medel_document *document;
    const medel_taxonomy *taxonomy;
    const medel_import_options *options;
    medel_labels *labels;
    int year;
    medel_array lines;    /* medel_doc_line */
    medel_array tables;   /* medel_doc_table */
    int pitch;            /* of the document's tables; 0: not found out */
    medel_array headings; /* medel_known_heading */
    void *states;         /* of doc_sums.c, in scratch */
    size_t *slots;
    medel_import_table *out;
    size_t nout;
};

#define MEDEL_LINES(m) ((const medel_doc_line *)(m)->lines.data)

/* A heading of the taxonomy's, as plain text. */
typedef struct medel_known_heading {
    const medel_table_spec *table;
    const medel_row *row; /* that it is about alone, or NULL */
    const char *plain;
    size_t len;
} medel_known_heading;

/* The taxonomy's tables one by one: the i:th, NULL after the last. */
const medel_table_spec *medel_doc_spec(const medel_import *m, size_t i);
/* The financial year that the document says; 0: none. */
int medel_doc_year(const medel_import *m);
/* Years printed in a text, in order; at most 'room'. */
size_t medel_doc_years(const char *text, int *years, size_t room);
/* Tables with heading, columns and body; several of a kind may be found. */
void medel_doc_find_tables(medel_import *m);
bool medel_doc_prose(const medel_doc_line *l);
/* Words and years of headers, and no row of the table. */
bool medel_doc_header_line(medel_import *m, const medel_table_spec *t,
                           const medel_doc_line *l);
/* "Verksamhet (kr)   Budget   Utfall   Avvikelse": a title of the labels, and beside it
   heads of columns. */
bool medel_doc_names_columns(medel_import *m, const medel_doc_line *l);
/* The first of the tokens at a line's end that are words and years of headers; ntokens
   if there are none. */
size_t medel_doc_heads_beside(medel_import *m, const medel_doc_line *l);
/* The first of them that names a column: "Verksamhetens intäkter  2023" has one. */
size_t medel_doc_columns_beside(medel_import *m, const medel_doc_line *l);
/* A line's text without the heads of columns beside it. */
const char *medel_doc_title(medel_import *m, const medel_doc_line *l);
/* Tokens of a line, joined as those of a label are. */
const char *medel_doc_words(medel_import *m, const medel_doc_line *l, size_t from,
                            size_t to);
/* The heads of columns beside a title, plain. */
const char *medel_doc_heads_text(medel_import *m, const medel_doc_line *l);
/* Is there a head of a column of note numbers among the tokens? */
bool medel_doc_names_notes(medel_import *m, const medel_doc_line *l, size_t from);
typedef enum medel_head_word {
    MEDEL_HEAD_NONE,
    MEDEL_HEAD_OUTCOME,
    MEDEL_HEAD_BUDGET,
    MEDEL_HEAD_FORECAST,
    MEDEL_HEAD_DEVIATION,
    MEDEL_HEAD_LAST /* "föregående år": of the word before it, or alone */
} medel_head_word;
typedef struct medel_head {
    int year; /* or 0, and a word */
    medel_head_word word;
    const medel_doc_line *line;
    const medel_token *token;
} medel_head;
typedef struct medel_doc_heads {
    medel_head items[4 * MEDEL_DOC_COLUMNS];
    size_t nitems;
    const char *date[2 * MEDEL_DOC_COLUMNS];
    size_t ndates;
    int years[2 * MEDEL_DOC_COLUMNS];
    unsigned cells[2 * MEDEL_DOC_COLUMNS];
    size_t nyears;
} medel_doc_heads;
/* Add the years and dates of the tokens. */
void medel_doc_read_heads(medel_import *m, const medel_doc_line *l, size_t from,
                          medel_doc_heads *w);
/* The columns of a table by years: outcomes, budgets and forecasts of years, and
   deviations, which are put aside. */
void medel_doc_year_columns(medel_import *m, medel_doc_table *t, medel_doc_heads *w);
/* The unit that a line of a header names, if none was found before. */
void medel_doc_look_for_unit(medel_import *m, medel_doc_table *t, size_t line);
/* The figures of 'rest' are those of the row above it, broken by its cells: they are put
   together, and the rest is a blank line.  False: they are not (doc_torn.c). */
bool medel_doc_mend_torn(medel_arena *a, medel_doc_line *row, medel_doc_line *rest);
/* Lines that stand too close to be rows of their own become one (doc_pitch.c). */
void medel_doc_join_lines(medel_import *m, medel_doc_table *t);
/* Rows of a table from its lines. */
void medel_doc_rows(medel_import *m, medel_doc_table *t);
/* Which of the named columns of a driftredovisning are printed, and in what order. */
void medel_doc_name_columns(medel_import *m, medel_doc_table *t);
/* Where the columns of the row identities (netto = intäkt - kostnad ...) stand. */
typedef struct medel_identity_columns {
    size_t n, at[6][3];
} medel_identity_columns;
void medel_doc_identity_columns(medel_identity_columns *out, const char *const *columns,
                                size_t k);
/* How many of a reading's identities hold, and how many do not; those of nothing but
   zeros count as neither. */
typedef struct medel_identities {
    unsigned hold, exact, fail;
} medel_identities;
medel_identities medel_doc_identities(const medel_identity_columns *columns,
                                      const medel_row_reading *r);
/* The last k cells of a document with cells are the table's columns. */
void medel_doc_last_cells(const medel_import *m, medel_doc_table *t, size_t k);
/* Parts of a total as columns, under heads without years (doc_matrix.c); and its rows. */
bool medel_doc_matrix(medel_import *m, medel_doc_table *t);
void medel_doc_matrix_rows(medel_import *m, medel_doc_table *t);
/* Choose a reading for each row. */
void medel_articulate(medel_import *m);
/* What a cell is a print of, by a label that is near enough; or NULL. */
const medel_concept *medel_doc_concept(const medel_doc_table *t, const medel_doc_row *r,
                                       size_t c);
/* Readings whose figures do not stand in the table's columns fall out (doc_edges.c). */
void medel_doc_edges(medel_import *m, medel_doc_table *t);
/* Sums of neighbouring rows, without labels: they decide between readings, and say which
   rows are parts of which (doc_sums.c). */
void medel_doc_sums(medel_doc_table *t);
/* Which rows' readings add up to which: once, for every choice; in scratch. */
void medel_doc_find_sums(medel_import *m, medel_doc_table *t);
/* Bits of a number: its integer logarithm. */
unsigned medel_doc_bits(int64_t v);
/* Rows of the taxonomy, parents of the others, signs and units; fills m->out. */
void medel_doc_place(medel_import *m);

#endif

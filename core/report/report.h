/* report.h - the inside of a report, for the wings that stand on it. */
#ifndef MEDEL_REPORT_PRIV_H
#define MEDEL_REPORT_PRIV_H

#include "medel_report.h"
#include "taxonomy.h"

#define MEDEL_PROJECTED "projektion" /* table of figures that stand in no report */

typedef struct medel_place_text {
    const char *text;
    const int *places;
    size_t nplaces;
} medel_place_text;

/* What a field of a record holds. */
struct medel_value {
    const medel_field *field;
    unsigned line, col;
    const medel_place_text *texts; /* TEXT, TEXTS, WORD, CHOICE, CONCEPT, ... */
    size_t ntexts;
    int64_t integer;   /* YEAR, FLAG; days of a DATE; first LINE */
    const int *places; /* LINE */
    size_t nplaces;
    const medel_fact *const *facts; /* figures; several when printed repeatedly */
    size_t nfacts;
    const medel_record *const *records; /* RECORD (one), RECORDS, LIST */
    size_t nrecords;
};

struct medel_record {
    const char *id; /* key, or number in its list from 1 */
    const medel_field *spec;
    const medel_value *const *values; /* one per spec->fields, NULL where not given */
    unsigned line, col;
};

struct medel_table_column {
    const char *id;      /* "2023", "2024 budget", "netto" */
    const char *measure; /* NULL when columns are years */
    const char *header;  /* as printed */
    int year;
    medel_variant variant;
    const int *places;
    size_t nplaces;
};

struct medel_table_row {
    const medel_row *spec;
    const char *label;  /* as printed, or the taxonomy's */
    bool label_printed; /* the file gives the printed label */
    const char *note;   /* note number it refers to, or NULL */
    unsigned line, col;
    const int *places;
    size_t nplaces;
    const medel_fact *const *cells; /* one per column; NULL where nothing stands */
    size_t ncells;
};

struct medel_table {
    const medel_table_spec *spec;
    const char *number;       /* of a note */
    const char *heading;      /* as printed, or NULL */
    const char *printed_unit; /* as printed, or NULL */
    const int *printed_unit_places;
    size_t nprinted_unit_places;
    medel_unit unit;
    int cost_sign;        /* how the file says costs are printed: 1, -1, or 0: not said */
    bool printed_headers; /* the file gives them */
    const medel_table_column *columns;
    size_t ncolumns;
    const medel_table_row *rows;
    size_t nrows;
    unsigned line, col;
    const int *places;
    size_t nplaces;
    const struct medel_table_tree *tree; /* which row adds to which */
};

size_t medel_report_tables(const medel_report *r, const medel_table **first);
medel_rank medel_fact_rank(const medel_taxonomy *t, const medel_fact *f);

/* Two facts that print the same thing without a concept of their own. */
typedef struct medel_tie {
    const medel_fact *first, *second;
} medel_tie;

/* What names something else in the report: a figure of text "table.row.column" instead
   of a concept (then with its fact), or a field a row or a record (then with itself). */
typedef struct medel_reference {
    medel_fact *fact;         /* or NULL */
    const medel_field *field; /* or NULL */
    const char *path;
    medel_source *src;  /* of the file it stands in; only while that is read */
    unsigned line, col; /* of the path in the file */
} medel_reference;

struct medel_report {
    medel_arena arena;
    const medel_taxonomy *taxonomy;
    const char *file;
    const char *place_word; /* "rad" or "sida" */
    const char *scenario;   /* of a projected year or a plan, else NULL */
    medel_variant variant;  /* of a plan; an outcome otherwise */
    int year;
    medel_record *root;
    medel_array tables;     /* medel_table */
    medel_array facts;      /* medel_fact * */
    medel_array ties;       /* medel_tie */
    medel_array references; /* medel_reference */
    size_t nprinted;
    medel_map by_concept; /* concept id -> fact_chain */
    medel_map by_item;    /* a record's key or number -> fact_chain, as they were read */
};

/* The fact that answers for the concept with a role; or NULL. */
const medel_fact *medel_role_fact(const medel_report *r, medel_role role, int year,
                                  medel_variant variant);

/* Every fact of a concept, in the order of preference. */
typedef struct medel_fact_chain {
    medel_array facts; /* const medel_fact * */
} medel_fact_chain;
const medel_fact_chain *medel_report_chain(const medel_report *r, const char *concept);
/* The figure of a record, as it is first printed; or NULL. */
const medel_fact *medel_record_fact(const medel_report *r, const char *section,
                                    const char *item, const char *field);

/* The field of the taxonomy that "prognoser.3" is in; or NULL. */
const medel_field *medel_report_section(const medel_report *r, const char *path);
/* The table and row that "table.row[.measure]" names; false if none is printed. */
bool medel_report_path(const medel_report *r, const char *path, const medel_table **t,
                       const medel_table_row **row, const char **measure);
/* Everything of a cell's fact that follows from where it stands. */
void medel_name_cell(medel_fact *f, const medel_table *t, const medel_table_row *row,
                     const medel_table_column *c);
const medel_row_concept *medel_row_measure(const medel_row *row, const char *measure);
/* Of a cell: by its column's own name, else by what it measures. */
const medel_row_concept *medel_row_column(const medel_row *row,
                                          const medel_table_column *c);

/* An amount and half the width of what its print can stand for, in half öre. */
typedef struct medel_span {
    int64_t value, half;
    bool printed; /* a dash is printed and is nothing */
} medel_span;
medel_span medel_span_of(const medel_fact *f, int sign); /* of its value, times sign */
medel_span medel_span_printed(const medel_fact *f);      /* with its printed sign */

#define MEDEL_NO_NODE SIZE_MAX

/* A row of a table, printed or not; numbers are those of the table's nodes. */
typedef struct medel_table_node {
    const medel_row *row;
    size_t printed;             /* its place among the table's rows, or MEDEL_NO_NODE */
    size_t parent, first, next; /* what it adds to; the first that adds to it; the next
                                   that adds to the same */
} medel_table_node;

/* What the rows under a row come to. */
typedef struct medel_below {
    int64_t value, half;
    size_t terms;
} medel_below;

typedef struct medel_table_tree {
    medel_table_node *nodes; /* the taxonomy's rows in its order, then own ones */
    size_t n;
    size_t *node_of;     /* by the place among the table's rows */
    const size_t *order; /* each after those that add to it */
    size_t norder;
    medel_map by_id;    /* its node */
    medel_below *below; /* by node: room for whoever may change the table */
    bool *names_income; /* by the place among the rows: its label does */
} medel_table_tree;

void medel_table_grow(medel_report *r, medel_table *t);
const medel_table_node *medel_table_node_of(const medel_table *t, const char *row);

/* Compute totals that are not printed, and index the facts. */
void medel_report_finish(medel_report *r);
/* Give a table of named columns its usual signs (core/signs.c). */
void medel_signs_normalise(medel_table *t);
/* Does a row's label say that it is an income? */
bool medel_names_income(const char *label);
/* The printed rows that add up to 'row' in a column; unprinted subtotals are
   replaced by the rows under them. */
size_t medel_total_terms(medel_arena *a, const medel_table *t, const char *row,
                         size_t column, const medel_term **terms);
bool medel_fact_has_value(const medel_fact *f);
/* The width of what its print can stand for; kronor and finer count as the same. */
medel_rational medel_fact_coarseness(const medel_fact *f);
/* The fact's quantity in the concept's sign. */
medel_status medel_fact_concept_value(medel_quantity *out, const medel_fact *f);
/* NULL if the table has no such column. */
const medel_table_column *medel_find_column(const medel_table *t, const char *measure,
                                            int year, medel_variant variant);
const medel_fact *medel_row_cell(const medel_table *t, const medel_table_row *row,
                                 const char *measure, int year, medel_variant variant);
/* The table that a printed cell stands in, and where; NULL if in none. */
const medel_table *medel_table_of(const medel_report *r, const medel_fact *f, size_t *row,
                                  size_t *column);

#endif

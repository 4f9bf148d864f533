/*
 * medel_report.h - an annual report as facts with their places: read from a file, given
 * by a program, or built; its tables, records and what its figures are called.
 */
#ifndef MEDEL_REPORT_H
#define MEDEL_REPORT_H

#include "medel_norms.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- facts ---- */

typedef struct medel_node medel_node;

/* One printed occurrence of a figure (or a computed total).  Immutable. */
typedef struct medel_fact {
    const char *table;                /* "resultatrakning", "insatser", "uppgifter" */
    const char *item;                 /* the record's key or number in a list, or NULL */
    const char *row;                  /* row or field */
    const char *column;               /* column id, or NULL in a field */
    const char *measure;              /* of a named column, or NULL */
    const char *label;                /* as printed, else the taxonomy's */
    const medel_concept *concept_ref; /* NULL: printed here only */
    const char *dimension; /* whose, e.g. an insats' row; NULL: the förbund's */
    const medel_row *spec; /* row of a table; NULL in a field */
    const char *rule;      /* reported when this place disagrees with others */
    int year;
    medel_variant variant;
    int sign;     /* value times sign is the concept's value */
    bool in_text; /* running text or the revisor's report, not a table */
    medel_figure_state state;
    medel_qualifier qualifier;
    medel_unit unit;
    unsigned decimals;
    medel_quantity printed; /* with its printed sign */
    medel_quantity value;   /* with the table's usual sign; costs positive in a
                               driftredovisning */
    const char *text;       /* as typed; NULL when computed */
    const char *file;
    unsigned line, col; /* in the YAML */
    const int *places;  /* lines or pages in the document */
    size_t nplaces;
    const medel_node *derivation; /* of a computed fact */
    size_t index;                 /* number in the report, for read sets */
} medel_fact;

typedef struct medel_term {
    const medel_fact *fact;
    int weight; /* times the fact's value */
} medel_term;

typedef enum medel_op {
    MEDEL_OP_CONSTANT,
    MEDEL_OP_FACT,
    MEDEL_OP_PARAMETER,
    MEDEL_OP_ADD,
    MEDEL_OP_SUB,
    MEDEL_OP_MUL,
    MEDEL_OP_DIV,
    MEDEL_OP_NEG,
    MEDEL_OP_ABS,
    MEDEL_OP_NAMED, /* a name for 'left' */
    MEDEL_OP_MIN,   /* the smaller of two */
    MEDEL_OP_MAX,   /* the larger of two */
    MEDEL_OP_ROUND, /* an amount in whole kronor, half away from zero */
    MEDEL_OP_SOURCE /* what 'source' says; only who made the node knows more */
} medel_op;

/* A quantity and how it came about.  The caller owns the storage; operands must
   outlive the node, or be NULL when nobody will ask. */
struct medel_node {
    medel_quantity quantity;
    medel_op op;
    const medel_node *left, *right;
    const medel_fact *fact;
    const medel_parameter_value *parameter;
    const char *name;
    const void *source;
};

/* Apply op to the operands and remember them if 'record'. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_node_apply(medel_node *out, medel_op op,
                                                         const medel_node *left,
                                                         const medel_node *right,
                                                         bool record);

/* ---- records and tables: they live as long as their report; what is not said of one is
   NULL, 0 or false, as it is of NULL ---- */

typedef struct medel_record medel_record;             /* an insats, a mål ... */
typedef struct medel_value medel_value;               /* what a field of one holds */
typedef struct medel_table medel_table;               /* a statement or note */
typedef struct medel_table_row medel_table_row;       /* a printed one */
typedef struct medel_table_column medel_table_column; /* likewise */

/* Its key, or its number in the list from 1. */
MEDEL_API const char *medel_record_id(const medel_record *r);
/* What it is a record of; the fields of that are its own. */
MEDEL_API const medel_field *medel_record_spec(const medel_record *r);
/* What a field of its spec holds; NULL: it is not given. */
MEDEL_API const medel_value *medel_record_value(const medel_record *r,
                                                const medel_field *f);
/* The same of the field of that name. */
MEDEL_API const medel_value *medel_record_field(const medel_record *r, const char *name);
MEDEL_API unsigned medel_record_line(const medel_record *r);
MEDEL_API unsigned medel_record_col(const medel_record *r);

MEDEL_API const medel_field *medel_value_field(const medel_value *v);
MEDEL_API unsigned medel_value_line(const medel_value *v);
MEDEL_API unsigned medel_value_col(const medel_value *v);
/* Of TEXT, TEXTS, WORD, CHOICE, CONCEPT and the like the i:th text, and the *n lines or
   pages in the document where it stands; NULL after the last. */
MEDEL_API const char *medel_value_text(const medel_value *v, size_t i);
MEDEL_API const int *medel_value_text_places(const medel_value *v, size_t i, size_t *n);
/* Of YEAR and FLAG; the days of a DATE; the first of LINE. */
MEDEL_API int64_t medel_value_integer(const medel_value *v);
/* Of a figure; several when it is printed repeatedly.  NULL after the last. */
MEDEL_API const medel_fact *medel_value_fact(const medel_value *v, size_t i);
/* Of RECORD (one), RECORDS and LIST.  NULL after the last. */
MEDEL_API const medel_record *medel_value_record(const medel_value *v, size_t i);
MEDEL_API size_t medel_value_records(const medel_value *v);
/* The *n lines or pages in the document where it stands. */
MEDEL_API const int *medel_value_places(const medel_value *v, size_t *n);

MEDEL_API const medel_table_spec *medel_table_spec_of(const medel_table *t);
/* Of a note. */
MEDEL_API const char *medel_table_number(const medel_table *t);
/* As printed. */
MEDEL_API const char *medel_table_heading(const medel_table *t);
MEDEL_API const char *medel_table_printed_unit(const medel_table *t);
MEDEL_API const int *medel_table_printed_unit_places(const medel_table *t, size_t *n);
MEDEL_API medel_unit medel_table_unit(const medel_table *t);
/* The file gives the printed headers. */
MEDEL_API bool medel_table_printed_headers(const medel_table *t);
/* The i:th, NULL after the last; a row also by id, NULL if it is not printed. */
MEDEL_API const medel_table_column *medel_table_column_at(const medel_table *t, size_t i);
MEDEL_API size_t medel_table_columns(const medel_table *t);
MEDEL_API const medel_table_row *medel_table_row_at(const medel_table *t, size_t i);
MEDEL_API const medel_table_row *medel_table_find(const medel_table *t, const char *row);
MEDEL_API unsigned medel_table_line(const medel_table *t);
MEDEL_API unsigned medel_table_col(const medel_table *t);
MEDEL_API const int *medel_table_places(const medel_table *t, size_t *n);

MEDEL_API const medel_row *medel_table_row_spec(const medel_table_row *r);
/* As printed, or the taxonomy's. */
MEDEL_API const char *medel_table_row_label(const medel_table_row *r);
/* The number of the note that it refers to. */
MEDEL_API const char *medel_table_row_note(const medel_table_row *r);
/* What stands in the column of that number; NULL: nothing. */
MEDEL_API const medel_fact *medel_table_row_cell(const medel_table_row *r, size_t column);
MEDEL_API unsigned medel_table_row_line(const medel_table_row *r);
MEDEL_API unsigned medel_table_row_col(const medel_table_row *r);
MEDEL_API const int *medel_table_row_places(const medel_table_row *r, size_t *n);

/* "2023", "2024 budget", "netto". */
MEDEL_API const char *medel_table_column_id(const medel_table_column *c);
/* NULL when columns are years. */
MEDEL_API const char *medel_table_column_measure(const medel_table_column *c);
/* As printed. */
MEDEL_API const char *medel_table_column_header(const medel_table_column *c);
MEDEL_API int medel_table_column_year(const medel_table_column *c);
MEDEL_API medel_variant medel_table_column_variant(const medel_table_column *c);
MEDEL_API const int *medel_table_column_places(const medel_table_column *c, size_t *n);

/* ---- reports ---- */

typedef struct medel_report medel_report;

/* A figure that does not stand in the report: the program that reads it knows it, from a
   ledger or a decision.  It is a fact like those of running text: where the report prints
   the concept, too, they must agree; where it does not, this answers for it. */
typedef struct medel_given {
    const char *name;  /* a concept; or "host.NAME", a figure of the program's own */
    const char *label; /* NULL: the concept's, or NAME */
    int year;
    medel_variant variant;
    const char *text;   /* as it would be printed: "817 tkr", "12,5 %"; or NULL, and */
    int64_t ore;        /* an exact amount */
    const char *source; /* "huvudbok 2023": what findings name as its file */
    unsigned line, col; /* there, from 1; 0 is 1 */
} medel_given;

#define MEDEL_GIVEN_TABLE "underlag" /* the table that such facts say they stand in */

typedef struct medel_report_options {
    const medel_allocator *allocator;
    /* Read the file 'name' beside the report (for `forbund: forbund.yaml`); the
       text is given back to alloc by the reader.  NULL: such a reference is an
       error. */
    medel_status (*read_beside)(void *beside, const char *name, char **text, size_t *len);
    void *beside;
    const medel_given *given; /* figures to add */
    size_t ngiven;
} medel_report_options;

/* Read a report.  On failure every error of the file is in diags. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_report_read(
    medel_report **out, const medel_taxonomy *taxonomy, const medel_input *in,
    const medel_report_options *options, medel_diagnostics *diags);
/* The same from a file; files it names are read from the same folder, unless options say
   how. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_report_load(medel_report **out, const medel_taxonomy *taxonomy, const char *path,
                  const medel_report_options *options, medel_diagnostics *diags);
MEDEL_API void medel_report_free(medel_report *r);
MEDEL_API size_t medel_report_size(const medel_report *r); /* bytes it takes */

/* How a reason ends when what is missing is not typed yet, rather than not printed. */
#define MEDEL_UNTYPED "står inte i filen än"
/* Does the file say that the section (a table, a field, "noter") is not typed yet? */
MEDEL_API bool medel_report_untyped(const medel_report *r, const char *section);
/* A cell of the concept that is not typed yet, or NULL. */
MEDEL_API const medel_fact *medel_report_untyped_fact(const medel_report *r,
                                                      const medel_concept *of, int year);

MEDEL_API const medel_taxonomy *medel_report_taxonomy(const medel_report *r);
MEDEL_API const char *medel_report_file(const medel_report *r);
MEDEL_API int medel_report_year(const medel_report *r);
MEDEL_API const medel_record *medel_report_root(const medel_report *r);
/* In the order of the file; NULL after the last. */
MEDEL_API const medel_table *medel_report_table_at(const medel_report *r, size_t i);
/* The table, or the first note of that kind ("not_intakter"); NULL if none. */
MEDEL_API const medel_table *medel_report_table(const medel_report *r, const char *id);
/* Every fact, printed first, in the order of the file; then the computed ones. */
MEDEL_API size_t medel_report_facts(const medel_report *r,
                                    const medel_fact *const **first);
/* The best place for a concept: of the prints in kronor (or, if there are none, of the
   finest) the first in the taxonomy's order of tables, that is printed or the sum of
   printed rows; then running text.  NULL if none. */
MEDEL_API const medel_fact *medel_report_concept(const medel_report *r,
                                                 const medel_concept *wanted, int year,
                                                 medel_variant variant);
/* A cell by row and measure (NULL: the year column); computed totals included.
   A dash or blank is returned as such. */
MEDEL_API const medel_fact *medel_report_cell(const medel_report *r, const medel_table *t,
                                              const char *row, const char *measure,
                                              int year, medel_variant variant);

/* ---- what figures are called, and where they stand, in Swedish ----
   All write a terminated text and return the length that the whole of it has. */

typedef enum medel_wording {
    MEDEL_IN_TABLE,   /* "resultaträkning", as a cell or after a comma */
    MEDEL_IN_SENTENCE /* "resultaträkningen", after "i" */
} medel_wording;

/* "Projekt/insatser, netto 2022", "Budgeterat resultat 2023": nothing is said twice. */
MEDEL_API size_t medel_fact_name(const medel_fact *f, char *buf, size_t size);
/* "not 5, rad 1222"; in a sentence without lines: "not 5", "löpande text". */
MEDEL_API size_t medel_fact_where(const medel_report *r, const medel_fact *f,
                                  medel_wording how, char *buf, size_t size);
/* The same of a table or a section. */
MEDEL_API size_t medel_place_words(const medel_report *r, const char *table,
                                   medel_wording how, char *buf, size_t size);
/* The print of a figure that is more than a number, as a sentence has it: "Fler än 90%"
   is "fler än 90 %". */
MEDEL_API size_t medel_fact_said(const medel_fact *f, char *buf, size_t size);
/* Its lines or pages in the document alone: "rad 1222–1246", "" if the file says none. */
MEDEL_API size_t medel_fact_place(const medel_report *r, const medel_fact *f, char *buf,
                                  size_t size);

/* ---- reports that are built, and the plans that a report prints ---- */

/* One cell of a report that is built and not read. */
typedef struct medel_cell {
    const char *table, *row;
    const char *column;        /* of a table with named columns, else NULL */
    int year;                  /* of a table by years */
    const medel_node *node;    /* in the table's usual sign; NULL: an empty cell */
    const char *label, *under; /* of an own row that the base does not have */
} medel_cell;

/* What a report that is built is called, and where it is decided. */
typedef struct medel_scenario {
    const char *name, *file;
    unsigned line;
} medel_scenario;

/* A report of 'year' with these cells, given table by table, and the base's förbund. */
typedef struct medel_new_report {
    const medel_report *base;
    int year;
    medel_scenario scenario;
    const medel_cell *cells;
    size_t ncells;
} medel_new_report;
/* Each figure's derivation is its node; base and nodes must outlive the report. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_report_build(
    medel_report **out, const medel_new_report *what, const medel_allocator *allocator);
/* The scenario that a report is of, or the name of the plan: "budget 2024", "prognos 2023
   (januari-juni)"; NULL for one that was read. */
MEDEL_API const char *medel_report_scenario(const medel_report *r);

/* A budget or a forecast whose result a report prints; or, with UTFALL, what it prints of
   an earlier year. */
typedef struct medel_plan {
    int year;
    medel_variant variant;
    const char *made; /* as printed: "januari-juni 2023"; NULL: not said */
    bool superseded;  /* a later forecast of the year was made */
} medel_plan;

/* The budgets and forecasts of a report, by year, the budget first and forecasts the
   oldest first: as many as fit go to 'out'; returns how many there are. */
MEDEL_API size_t medel_report_plans(const medel_report *r, medel_plan *out, size_t max);
/* A plan as a report, whose outcome is what is planned: the printed figures, each with
   its print as derivation, and eget kapital as the year before's and the result.  A
   forecast that does not say what the members give has the budget's.  An earlier year has
   what is printed of it; eget kapital that is not is worked back from a year that has it.
   base must outlive it.  E_DOMAIN if the report prints no such result. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_report_of_plan(medel_report **out, const medel_report *base, const medel_plan *plan,
                     const medel_allocator *allocator);
/* What a report's figures are: BUDGET or PROGNOS of a plan, else UTFALL. */
MEDEL_API medel_variant medel_report_variant(const medel_report *r);

#ifdef __cplusplus
}
#endif
#endif

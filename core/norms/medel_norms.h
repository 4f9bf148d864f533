/*
 * medel_norms.h - what can be printed in a report, and what the law and the norms ask:
 * the taxonomy, and dated parameters with their source.
 */
#ifndef MEDEL_NORMS_H
#define MEDEL_NORMS_H

#include "medel_base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- taxonomy ---- */

typedef enum medel_level { /* in rising weight */
                           MEDEL_LEVEL_NOTE,
                           MEDEL_LEVEL_RECOMMENDATION,
                           MEDEL_LEVEL_DEVIATION,
                           MEDEL_LEVEL_ERROR
} medel_level;

typedef enum medel_variant {
    MEDEL_VARIANT_UTFALL,
    MEDEL_VARIANT_BUDGET,
    MEDEL_VARIANT_PROGNOS
} medel_variant;

typedef enum medel_field_type {
    MEDEL_FIELD_RECORD,
    MEDEL_FIELD_RECORDS, /* records keyed by a short name */
    MEDEL_FIELD_LIST,    /* a list of records */
    MEDEL_FIELD_TEXT,
    MEDEL_FIELD_TEXTS,
    MEDEL_FIELD_WORD,
    MEDEL_FIELD_CONCEPT, /* a concept or a table.row[.column] */
    MEDEL_FIELD_CHOICE,
    MEDEL_FIELD_FLAG,
    MEDEL_FIELD_DATE,
    MEDEL_FIELD_YEAR,
    MEDEL_FIELD_LINE,
    MEDEL_FIELD_ORG_NUMBER,
    MEDEL_FIELD_OWN_ROWS,
    MEDEL_FIELD_AMOUNT,
    MEDEL_FIELD_SHARE,
    MEDEL_FIELD_COUNT,
    MEDEL_FIELD_COUNT_OR_SHARE,
    MEDEL_FIELD_AMOUNT_PER_COUNT,
    MEDEL_FIELD_NUMBER,  /* any figure; its unit is the printed one */
    MEDEL_FIELD_SECTIONS /* names of the report's own sections */
} medel_field_type;

typedef struct medel_field medel_field;
struct medel_field {
    const char *name, *label, *law;
    medel_field_type type;
    bool required;
    const char *const *values; /* of a choice, NULL-terminated */
    const char *concept_id;    /* what its figures are, or NULL */
    const char *dimension;     /* sibling field that says whose they are, or NULL */
    const char *rows_of;       /* a word: table whose row it names, or NULL */
    bool all_years;            /* ... in every year: this one may lack the row */
    const char *records_of;    /* a word: top field whose record it names, or NULL */
    const char *head, *place; /* of a section: where its figures are said to stand, "mål"
                                 in a table and "målen" in a sentence; NULL: its label */
    const medel_field *fields; /* of a record */
    size_t nfields;
};

typedef struct medel_concept {
    const char *id, *label;
    bool instant; /* at a date, not over a period */
    bool budget;  /* a budget by itself, wherever it stands */
    medel_field_type type;
    const char *rule;      /* reported when its places disagree */
    const char *text_rule; /* the same for running text, or NULL */
    bool unambiguous;      /* its name lets nothing be counted in or out */
    uint32_t kinds; /* of amounts that one place counts in and another leaves out: bits */
    const char *const *instead; /* concepts that are sometimes printed under its name;
                                   NULL-terminated */
} medel_concept;

typedef struct medel_row {
    const char *id, *label;
    const char *const *synonyms; /* NULL-terminated */
    const char *under;           /* row it adds to, or NULL */
    const char *note;            /* kind of note that specifies it, or NULL */
    const char *rule, *tie;      /* footing rule; rule of its tie to other places */
    const char *balance;         /* "cost", "income", "result" or NULL */
    medel_field_type type;       /* AMOUNT, SHARE or COUNT */
    bool memo;                   /* adds to nothing */
    bool own;                    /* a förbund's own row */
    bool ambiguous;              /* here its concept's name may mean more or less */
    int weight;                  /* +1 or -1 in the row it is under */
    int sign;                    /* usual print times sign is the concept's value */
    const char *numerator, *denominator; /* a share computed from two rows, or NULL */
    /* For labels that are read from print, NULL-terminated or NULL: words that name this
       row, and words that name rows of the förbund's own under it. */
    const char *const *names, *const *members;
} medel_row;

typedef struct medel_column {
    const char *id, *label, *measure;
    medel_variant variant;
    int year; /* offset from the financial year */
} medel_column;

typedef struct medel_table_spec {
    const char *id, *label, *part, *law, *note;
    const char *place; /* "balansräkningen": where a figure is said to stand */
    bool by_year;      /* columns are years; else 'columns' names them */
    bool period_header, date_header;
    const medel_column *columns;
    size_t ncolumns;
    const medel_row *const *rows;
    size_t nrows;
    const char *const *headings; /* what it is headed with, NULL-terminated */
} medel_table_spec;

typedef struct medel_check_spec {
    const char *id, *title, *ground;
    medel_level level;
} medel_check_spec;

typedef struct medel_taxonomy medel_taxonomy;
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_taxonomy_read(medel_taxonomy **out, const medel_input *in,
                    const medel_allocator *allocator, medel_diagnostics *diags);
/* 'base' with the checks and relations of a file besides (docs/taxonomy.md), which a
   report that was read by 'base' can be judged by.  It borrows from base, which must
   outlive it. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_taxonomy_extend(
    medel_taxonomy **out, const medel_taxonomy *base, const medel_input *in,
    const medel_allocator *allocator, medel_diagnostics *diags);
MEDEL_API void medel_taxonomy_free(medel_taxonomy *t);
/* Is it 't', or what 't' was extended from? */
MEDEL_API bool medel_taxonomy_extends(const medel_taxonomy *t,
                                      const medel_taxonomy *base);
MEDEL_API size_t medel_taxonomy_concepts(const medel_taxonomy *t,
                                         const medel_concept **first);
MEDEL_API const medel_concept *medel_taxonomy_concept(const medel_taxonomy *t,
                                                      const char *id);
MEDEL_API size_t medel_taxonomy_tables(const medel_taxonomy *t,
                                       const medel_table_spec **first);
MEDEL_API const medel_table_spec *medel_taxonomy_table(const medel_taxonomy *t,
                                                       const char *id);
MEDEL_API size_t medel_taxonomy_fields(const medel_taxonomy *t,
                                       const medel_field **first);
/* The one of n fields with that name; or NULL. */
MEDEL_API const medel_field *medel_field_named(const medel_field *fields, size_t n,
                                               const char *name);
MEDEL_API size_t medel_taxonomy_checks(const medel_taxonomy *t,
                                       const medel_check_spec **first);
/* The tables, NULL-terminated, that a rule holds against the bookkeeping; NULL: none. */
MEDEL_API const char *const *medel_taxonomy_ledger_tie(const medel_taxonomy *t,
                                                       const char *rule);
MEDEL_API size_t medel_taxonomy_relation_count(const medel_taxonomy *t);
/* The id of a relation's rule, and in 'text', as far as there is room, what it says:
   "a = b + c - d (year before)".  NULL: no such relation. */
MEDEL_API const char *medel_taxonomy_relation_says(const medel_taxonomy *t, size_t index,
                                                   char *text, size_t size);
/* The known name nearest to 'name' among concepts, tables, rows and fields, or
   NULL when none is near. */
MEDEL_API const char *medel_taxonomy_suggest(const medel_taxonomy *t, const char *name);
MEDEL_API const char *medel_level_name(medel_level l); /* "error", "deviation", ... */
MEDEL_API bool medel_level_parse(medel_level *out, const char *name);
MEDEL_API const char *medel_variant_name(medel_variant v);

/* ---- parameters: dated norms with their source ---- */

typedef struct medel_step {
    medel_quantity upper; /* upper end of the step; ignored when open */
    bool open;
    medel_quantity rate;
} medel_step;

typedef struct medel_parameter_value {
    const char *id, *title, *norm, *norm_title, *source, *base;
    int32_t from; /* days, first day in force */
    bool has_steps;
    bool chosen; /* of competing norms the one that counts: medel_parameters_choose */
    medel_quantity value;
    const medel_step *steps;
    size_t nsteps;
    const char *file;
    unsigned line, col;
    bool has_confirmed_to; /* what it is applied to is confirmed only up to this */
    medel_quantity confirmed_to;
} medel_parameter_value;

typedef struct medel_parameters medel_parameters;
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_parameters_read(medel_parameters **out, const medel_input *in,
                      const medel_allocator *allocator, medel_diagnostics *diags);
MEDEL_API void medel_parameters_free(medel_parameters *p);
MEDEL_API size_t medel_parameters_values(const medel_parameters *p,
                                         const medel_parameter_value **first);
/* Of the competing norms of 'id' let 'norm' be the one that counts; of none chosen, the
   first of the file does.  E_SCHEMA if there is no such norm.  Before the parameters are
   used. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_parameters_choose(medel_parameters *p,
                                                                const char *id,
                                                                const char *norm);
/* The value of 'id' under 'norm' (NULL: the norm that counts) in force on 'days'; NULL
   if there is none. */
MEDEL_API const medel_parameter_value *medel_parameters_get(const medel_parameters *p,
                                                            const char *id,
                                                            const char *norm,
                                                            int32_t days);
/* A stair of marginal rates applied to an amount. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_parameter_apply(
    medel_quantity *out, const medel_parameter_value *v, const medel_quantity *base);

#ifdef __cplusplus
}
#endif
#endif

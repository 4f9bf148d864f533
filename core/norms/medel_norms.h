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

/* What the taxonomy consists of; all of it lives as long as the taxonomy does.  What is
   not said of a thing is NULL, 0 or false, as it is of NULL. */
typedef struct medel_taxonomy medel_taxonomy;
typedef struct medel_field medel_field;           /* of a report or a record */
typedef struct medel_concept medel_concept;       /* what a figure means */
typedef struct medel_row medel_row;               /* of a table */
typedef struct medel_column medel_column;         /* of a table that names them */
typedef struct medel_table_spec medel_table_spec; /* a statement, note or other table */
typedef struct medel_check_spec medel_check_spec; /* a rule of the taxonomy's own */

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
/* The i:th from 0 in the order of the file; NULL after the last.  By id: NULL if there is
   none. */
MEDEL_API const medel_concept *medel_taxonomy_concept_at(const medel_taxonomy *t,
                                                         size_t i);
MEDEL_API const medel_concept *medel_taxonomy_concept(const medel_taxonomy *t,
                                                      const char *id);
MEDEL_API const medel_table_spec *medel_taxonomy_table_at(const medel_taxonomy *t,
                                                          size_t i);
MEDEL_API const medel_table_spec *medel_taxonomy_table(const medel_taxonomy *t,
                                                       const char *id);
MEDEL_API const medel_field *medel_taxonomy_field_at(const medel_taxonomy *t, size_t i);
MEDEL_API const medel_check_spec *medel_taxonomy_check_at(const medel_taxonomy *t,
                                                          size_t i);
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

MEDEL_API const char *medel_field_name(const medel_field *f);
MEDEL_API const char *medel_field_label(const medel_field *f);
MEDEL_API const char *medel_field_law(const medel_field *f);
MEDEL_API medel_field_type medel_field_type_of(const medel_field *f);
MEDEL_API bool medel_field_required(const medel_field *f);
/* Of a choice, NULL-terminated. */
MEDEL_API const char *const *medel_field_values(const medel_field *f);
/* What its figures are. */
MEDEL_API const char *medel_field_concept(const medel_field *f);
/* Of a record: the i:th, NULL after the last; or by name, NULL if there is none. */
MEDEL_API const medel_field *medel_field_at(const medel_field *f, size_t i);
MEDEL_API const medel_field *medel_field_find(const medel_field *f, const char *name);

MEDEL_API const char *medel_concept_id(const medel_concept *c);
MEDEL_API const char *medel_concept_label(const medel_concept *c);
MEDEL_API medel_field_type medel_concept_type(const medel_concept *c);
/* It is at a date, not over a period. */
MEDEL_API bool medel_concept_instant(const medel_concept *c);
/* Reported when its places disagree. */
MEDEL_API const char *medel_concept_rule(const medel_concept *c);

MEDEL_API const char *medel_row_id(const medel_row *r);
MEDEL_API const char *medel_row_label(const medel_row *r);
/* NULL-terminated. */
MEDEL_API const char *const *medel_row_synonyms(const medel_row *r);
/* The row that it adds to. */
MEDEL_API const char *medel_row_under(const medel_row *r);
/* The kind of note that specifies it. */
MEDEL_API const char *medel_row_note(const medel_row *r);
/* The rule for its sum, and for its ties to other places. */
MEDEL_API const char *medel_row_rule(const medel_row *r);
MEDEL_API const char *medel_row_tie(const medel_row *r);
/* "cost", "income", "result" or NULL. */
MEDEL_API const char *medel_row_balance(const medel_row *r);
/* AMOUNT, SHARE or COUNT. */
MEDEL_API medel_field_type medel_row_type(const medel_row *r);
/* It adds to nothing. */
MEDEL_API bool medel_row_memo(const medel_row *r);
/* It is a förbund's own. */
MEDEL_API bool medel_row_own(const medel_row *r);

MEDEL_API const char *medel_column_id(const medel_column *c);
MEDEL_API const char *medel_column_label(const medel_column *c);
MEDEL_API const char *medel_column_measure(const medel_column *c);
MEDEL_API medel_variant medel_column_variant(const medel_column *c);
/* Years from the financial year. */
MEDEL_API int medel_column_year(const medel_column *c);

MEDEL_API const char *medel_table_spec_id(const medel_table_spec *t);
MEDEL_API const char *medel_table_spec_label(const medel_table_spec *t);
MEDEL_API const char *medel_table_spec_part(const medel_table_spec *t);
MEDEL_API const char *medel_table_spec_law(const medel_table_spec *t);
/* The kind of note that it is. */
MEDEL_API const char *medel_table_spec_note(const medel_table_spec *t);
/* "balansräkningen": where a figure is said to stand. */
MEDEL_API const char *medel_table_spec_place(const medel_table_spec *t);
/* Its columns are years; else they have names. */
MEDEL_API bool medel_table_spec_by_year(const medel_table_spec *t);
/* They are headed by a period, or by a balance date. */
MEDEL_API bool medel_table_spec_period_header(const medel_table_spec *t);
MEDEL_API bool medel_table_spec_date_header(const medel_table_spec *t);
/* The i:th, NULL after the last; or by id, NULL if there is none. */
MEDEL_API const medel_column *medel_table_spec_column(const medel_table_spec *t,
                                                      size_t i);
MEDEL_API const medel_row *medel_table_spec_row(const medel_table_spec *t, size_t i);
MEDEL_API const medel_row *medel_table_spec_find(const medel_table_spec *t,
                                                 const char *id);

MEDEL_API const char *medel_check_spec_id(const medel_check_spec *s);
MEDEL_API const char *medel_check_spec_title(const medel_check_spec *s);
MEDEL_API const char *medel_check_spec_ground(const medel_check_spec *s);
MEDEL_API medel_level medel_check_spec_level(const medel_check_spec *s);

/* ---- parameters: dated norms with their source ---- */

typedef struct medel_parameter_value medel_parameter_value; /* in force from a day */

/* Of a stair. */
typedef struct medel_step {
    medel_quantity upper; /* where it ends; no end when open */
    bool open;
    medel_quantity rate;
} medel_step;
typedef struct medel_parameters medel_parameters;
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_parameters_read(medel_parameters **out, const medel_input *in,
                      const medel_allocator *allocator, medel_diagnostics *diags);
MEDEL_API void medel_parameters_free(medel_parameters *p);
/* The i:th value of the file, from 0; NULL after the last. */
MEDEL_API const medel_parameter_value *medel_parameters_at(const medel_parameters *p,
                                                           size_t i);
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

MEDEL_API const char *medel_parameter_value_id(const medel_parameter_value *v);
MEDEL_API const char *medel_parameter_value_title(const medel_parameter_value *v);
/* Of competing norms which one, and is it the one that counts? */
MEDEL_API const char *medel_parameter_value_norm(const medel_parameter_value *v);
MEDEL_API const char *medel_parameter_value_norm_title(const medel_parameter_value *v);
MEDEL_API bool medel_parameter_value_chosen(const medel_parameter_value *v);
MEDEL_API const char *medel_parameter_value_source(const medel_parameter_value *v);
/* What it is applied to, in words. */
MEDEL_API const char *medel_parameter_value_base(const medel_parameter_value *v);
/* The first day that it is in force. */
MEDEL_API int32_t medel_parameter_value_from(const medel_parameter_value *v);
/* It is a stair of rates, and has no value but of an amount (medel_parameter_apply). */
MEDEL_API bool medel_parameter_value_stair(const medel_parameter_value *v);
/* NULL after the last. */
MEDEL_API const medel_step *medel_parameter_value_step(const medel_parameter_value *v,
                                                       size_t i);
/* False: it has none. */
MEDEL_API bool medel_parameter_value_quantity(medel_quantity *out,
                                              const medel_parameter_value *v);
/* Up to what amount it is confirmed; false: no such bound is known. */
MEDEL_API bool medel_parameter_value_confirmed_to(medel_quantity *out,
                                                  const medel_parameter_value *v);
MEDEL_API const char *medel_parameter_value_file(const medel_parameter_value *v);
MEDEL_API unsigned medel_parameter_value_line(const medel_parameter_value *v);
MEDEL_API unsigned medel_parameter_value_col(const medel_parameter_value *v);

#ifdef __cplusplus
}
#endif
#endif

/* taxonomy.h - the inside of the taxonomy: what its reader fills in and its look-ups
 * answer from, for the wings that stand on it. */
#ifndef MEDEL_TAXONOMY_H
#define MEDEL_TAXONOMY_H

#include "mapping.h"
#include "medel_norms.h"

typedef struct medel_relation_term medel_relation_term;
typedef struct medel_row_concept {
    const char *measure; /* or the name of a column */
    const medel_concept *concept_ref;
    int sign;
} medel_row_concept;

/* What the program itself asks for: the taxonomy says which concept, table or row it is
   ("role: equity"), so that no id of a taxonomy stands in C. */
typedef enum medel_role {
    MEDEL_ROLE_NONE,
    MEDEL_ROLE_INCOME,
    MEDEL_ROLE_COSTS,
    MEDEL_ROLE_DEPRECIATION,
    MEDEL_ROLE_OPERATING_RESULT,
    MEDEL_ROLE_NET_FINANCIAL,
    MEDEL_ROLE_RESULT_AFTER_FINANCIAL,
    MEDEL_ROLE_RESULT,
    MEDEL_ROLE_FIXED_ASSETS,
    MEDEL_ROLE_CURRENT_ASSETS,
    MEDEL_ROLE_RECEIVABLES,
    MEDEL_ROLE_INVESTMENTS,
    MEDEL_ROLE_CASH,
    MEDEL_ROLE_TOTAL_ASSETS,
    MEDEL_ROLE_EQUITY,
    MEDEL_ROLE_OTHER_EQUITY,
    MEDEL_ROLE_PROVISIONS,
    MEDEL_ROLE_LONG_DEBTS,
    MEDEL_ROLE_SHORT_DEBTS,
    MEDEL_ROLE_TOTAL_FUNDING,
    MEDEL_ROLE_CASH_AT_END,
    MEDEL_ROLE_CASH_FLOW,
    MEDEL_ROLE_CHANGE_OF_RECEIVABLES,
    MEDEL_ROLE_CHANGE_OF_SHORT_DEBTS,
    MEDEL_ROLE_NON_CASH,
    MEDEL_ROLE_CONTRIBUTIONS,
    MEDEL_ROLE_CONTRIBUTION_STATE,
    MEDEL_ROLE_CONTRIBUTION_REGION,
    MEDEL_ROLE_CONTRIBUTION_MUNICIPALITIES,
    MEDEL_ROLE_SOLIDITY,
    MEDEL_ROLE_EQUITY_SHARE,
    MEDEL_ROLE_BALANCE_RESULT,
    MEDEL_ROLE_INSATS_OUTCOME,
    MEDEL_ROLE_INCOME_STATEMENT,
    MEDEL_ROLE_BALANCE_SHEET,
    MEDEL_ROLE_CASH_FLOW_STATEMENT,
    MEDEL_ROLE_OPERATIONS,
    MEDEL_ROLE_INCOME_NOTE,
    MEDEL_ROLE_OVERVIEW,
    MEDEL_ROLE_BALANCE_INQUIRY,
    MEDEL_ROLE_BEFORE_WORKING_CAPITAL,
    MEDEL_ROLE_FROM_OPERATIONS,
    MEDEL_ROLE_NEW_LOANS,
    MEDEL_ROLE_FROM_FINANCING,
    MEDEL_ROLE_CASH_AT_START,
    MEDEL_ROLE_AFTER_ADJUSTMENTS,
    MEDEL_ROLE_OTHER_INCOME,
    MEDEL_ROLE_ALL_INCOME,
    MEDEL_ROLE_INDIVIDUAL,
    MEDEL_ROLE_STRUCTURAL,
    MEDEL_ROLE_ADMINISTRATION,
    MEDEL_ROLE_OTHER_OPERATIONS,
    MEDEL_ROLE_OPERATIONS_RESULT,
    MEDEL_ROLE_COUNT
} medel_role;

/* Who is believed when places differ: the first outranks the next. */
typedef enum medel_rank {
    MEDEL_RANK_STATEMENT,
    MEDEL_RANK_NOTE,  /* and the balanskravsutredning */
    MEDEL_RANK_TABLE, /* översikt, driftredovisning and the like; fields of records */
    MEDEL_RANK_TEXT
} medel_rank;

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
    const char *const *named_by; /* of a record without "namn": fields that tell it from
                                    others, NULL-terminated; NULL: none does */
    const medel_field *fields;   /* of a record */
    size_t nfields;
};

struct medel_concept {
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
    const char *netted;         /* concept that the same may be counted out of, or NULL */
};

struct medel_row {
    const char *id, *label;
    const char *const *synonyms;   /* NULL-terminated */
    const char *const *printed_as; /* labels that it may stand under, too, which need not
                                      mean the same; or NULL */
    const char *const *headings;   /* of notes that are about this row alone; or NULL */
    const char *under;             /* row it adds to, or NULL */
    const char *note;              /* kind of note that specifies it, or NULL */
    const char *rule, *tie;        /* footing rule; rule of its tie to other places */
    const char *balance;           /* "cost", "income", "result" or NULL */
    medel_field_type type;         /* AMOUNT, SHARE or COUNT */
    bool memo;                     /* adds to nothing */
    bool own;                      /* a förbund's own row */
    bool ambiguous;                /* here its concept's name may mean more or less */
    int weight;                    /* +1 or -1 in the row it is under */
    int sign;                      /* usual print times sign is the concept's value */
    const char *numerator, *denominator; /* a share computed from two rows, or NULL */
    /* For labels that are read from print, NULL-terminated or NULL: words that name this
       row, and words that name rows of the förbund's own under it. */
    const char *const *names, *const *members;
    const medel_concept *concept_ref;  /* of a year column */
    const medel_row_concept *concepts; /* of named columns */
    size_t nconcepts;
    medel_role role; /* its own, besides its concept's */
    /* Of a row of the kassaflödesanalys: rows of other statements that it is the year's
       amount, the change, or (@-1) the opening balance of. */
    const medel_relation_term *flow;
    size_t nflow;
    unsigned line, col;
};

struct medel_column {
    const char *id, *label, *measure;
    medel_variant variant;
    int year; /* offset from the financial year */
};

struct medel_table_spec {
    const char *id, *label, *part, *law, *note;
    const char *place; /* "balansräkningen": where a figure is said to stand */
    bool by_year;      /* columns are years; else 'columns' names them */
    bool period_header, date_header;
    const medel_column *columns;
    size_t ncolumns;
    const medel_row *const *rows;
    size_t nrows;
    const char *const *headings; /* what it is headed with, NULL-terminated */
    bool own_rows;
    medel_row_concept own_concepts[4];
    size_t nown_concepts;
    const char *netto_rule, *avvikelse_rule, *sign_rule;
    int sign;
    medel_rank rank;
};

struct medel_check_spec {
    const char *id, *title, *ground;
    medel_level level;
};

struct medel_parameter_value {
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
};

/* A kind of amount that a lawful print may count in or leave out: depreciation, ESF
 * money. */
typedef struct medel_amount_kind {
    const char *id, *label;
    const char *const *concepts; /* what it is printed as, NULL-terminated lists */
    const char *const *rows;     /* "table.row" */
    const char *const *words;    /* in a printed label, lower case */
    const char *const *signs_of; /* concepts that show that it may exist */
    /* Concepts that print only its net, and those whose print shows what is in that. */
    const char *const *net, *const *parts;
    bool gathers; /* its rows may gather amounts of which a place leaves out one */
} medel_amount_kind;

struct medel_taxonomy {
    medel_arena arena;
    medel_array checks;    /* medel_check_spec */
    medel_array concepts;  /* medel_concept */
    medel_array tables;    /* medel_table_spec */
    medel_array relations; /* medel_relation */
    medel_array kinds;     /* medel_amount_kind */
    medel_field *fields;
    size_t nfields;
    medel_map check_map, concept_map, table_map;
    const char *roles[MEDEL_ROLE_COUNT]; /* the concept or table; NULL: none */
    const medel_check_spec *unit_check, *text_check, *same_check, *changed_check;
    const medel_taxonomy *base; /* what it adds to, whose arrays it shares; or NULL */
};

struct medel_relation_term {
    const char *name;        /* concept, or table.row, */
    const char *table, *row; /* which is these two; NULL of a concept */
    int weight;
    int year;      /* offset: @-1 */
    bool optional; /* "?": counts as nothing when it is not printed */
};

/* Is it this row of this table? */
bool medel_term_is(const medel_relation_term *t, const char *table, const char *row);

typedef struct medel_relation {
    const char *rule;
    medel_relation_term left;
    const medel_relation_term *right, *alternative;
    size_t nright, nalternative;
    bool ratio;
    bool definition; /* true by its words, between statements and notes */
    bool where_kept; /* a table's own way to add up: not tried where no column keeps it */
    uint32_t kinds;  /* of amounts that may be counted in or left out */
    const char *of;  /* a section of records, each of which it is about; its terms are
                        fields of theirs.  NULL: it is about the report */
    const char *const *ledger; /* tables that are what the bookkeeping comes to by the
                                  kontoplan: no report says so by itself.  Or NULL */
    bool within; /* of a ratio: the first is a part of the second, else nothing is said */
} medel_relation;

/* The arrays, for loops of the core's own. */
size_t medel_taxonomy_concepts(const medel_taxonomy *t, const medel_concept **first);
size_t medel_taxonomy_tables(const medel_taxonomy *t, const medel_table_spec **first);
size_t medel_taxonomy_fields(const medel_taxonomy *t, const medel_field **first);
size_t medel_taxonomy_checks(const medel_taxonomy *t, const medel_check_spec **first);
size_t medel_parameters_values(const medel_parameters *p,
                               const medel_parameter_value **first);
/* The one of n fields with that name; or NULL. */
const medel_field *medel_field_named(const medel_field *fields, size_t n,
                                     const char *name);
/* The id of the concept or table with a role, NULL if the taxonomy has none. */
const char *medel_role_id(const medel_taxonomy *t, medel_role role);
const medel_table_spec *medel_role_table(const medel_taxonomy *t, medel_role role);
/* The id of a table's row with a role of its own or its concept's; or NULL. */
const char *medel_role_row(const medel_taxonomy *t, medel_role table, medel_role role);
bool medel_has_role(const medel_taxonomy *t, const char *id, medel_role role);
size_t medel_taxonomy_kinds(const medel_taxonomy *t, const medel_amount_kind **first);
/* Does some table print the concept as a cost? */
bool medel_taxonomy_is_cost(const medel_taxonomy *t, const medel_concept *concept);
const medel_relation *medel_taxonomy_relations(const medel_taxonomy *t, size_t *n);
const medel_check_spec *medel_taxonomy_check(const medel_taxonomy *t, const char *id);
/* The rules for a table's unit, for running text, and for places that disagree
   where no other rule is named. */
const medel_check_spec *medel_taxonomy_unit_check(const medel_taxonomy *t);
const medel_check_spec *medel_taxonomy_text_check(const medel_taxonomy *t);
const medel_check_spec *medel_taxonomy_same_check(const medel_taxonomy *t);
/* The rule for a way of counting that is changed, or NULL. */
const medel_check_spec *medel_taxonomy_changed_check(const medel_taxonomy *t);
const char *medel_level_word(medel_level l);

/* ---- reading, shared by its two files ---- */

typedef struct medel_taxonomy_reader {
    medel_taxonomy *t;
    medel_arena *arena;
    medel_source *src;
} medel_taxonomy_reader;

const char *medel_taxonomy_keep(medel_taxonomy_reader *rd, const char *s);
bool medel_taxonomy_fill(medel_taxonomy_reader *rd, const medel_mapping *form,
                         const medel_yaml *n, const char *name, void *out);
bool medel_taxonomy_is_mapping(medel_taxonomy_reader *rd, const medel_yaml *n,
                               const char *what);
const medel_concept *medel_taxonomy_concept_named(medel_taxonomy_reader *rd,
                                                  const medel_yaml *n, const char *id);
/* taxonomy_relation.c */
void medel_taxonomy_read_check(medel_taxonomy_reader *rd, const char *id,
                               const medel_yaml *n);
void medel_taxonomy_map_checks(medel_taxonomy_reader *rd);
void medel_taxonomy_key_rule(const medel_filling *f, const medel_yaml *at, void *to);
void medel_taxonomy_read_kind(medel_taxonomy_reader *rd, const char *id,
                              const medel_yaml *n);
void medel_taxonomy_key_kinds(const medel_filling *f, const medel_yaml *at, void *to);
void medel_taxonomy_read_flow(medel_taxonomy_reader *rd, medel_row *row,
                              const medel_yaml *n);
void medel_taxonomy_read_relations(medel_taxonomy_reader *rd, const medel_yaml *root);

#endif

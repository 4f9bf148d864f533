/* check.h - what the checks and the sentences about them share. */
#ifndef MEDEL_CHECK_PRIV_H
#define MEDEL_CHECK_PRIV_H

#include "medel_check.h"
#include "report.h"

/* ---- likely causes ---- */

typedef struct medel_suspicion {
    medel_cause cause;
    const medel_fact *fact;
    medel_quantity suggested;
} medel_suspicion;

/* One slip of digits: the i:th changes places with the next, is dropped, or has d put in
   before it or in its place. */
typedef enum medel_edit {
    MEDEL_EDIT_SWAP,
    MEDEL_EDIT_DROP,
    MEDEL_EDIT_INSERT,
    MEDEL_EDIT_REPLACE
} medel_edit;
/* False if there is nothing to exchange.  'out' has room for one digit more. */
bool medel_edit_digits(char *out, const char *digits, medel_edit edit, size_t i, char d);

typedef struct medel_checker {
    const medel_report *r;
    medel_arena *arena, *scratch; /* of what lasts, and of what is needed at the moment */
    medel_array *list;
    bool *unit_suspect; /* by table: its unit is already reported */
    bool *held;         /* by fact: it takes part in a check that holds */
    int *ratios;        /* by fact: what check_unit has found; NULL: not kept */
} medel_checker;

#define MEDEL_RATIO_UNKNOWN (-1)

/* A part of the checks that can be run on its own. */
typedef enum medel_piece_kind {
    MEDEL_PIECE_SUM,     /* a subtotal or a share, in one column */
    MEDEL_PIECE_COLUMNS, /* the columns of a row */
    MEDEL_PIECE_SIGNS,   /* of a table */
    MEDEL_PIECE_UNIT,    /* of a table; depends on those before it */
    MEDEL_PIECE_CONCEPT, /* all its places; depends on the units */
    MEDEL_PIECE_TIE,
    MEDEL_PIECE_RELATION /* in a year */
} medel_piece_kind;

typedef struct medel_piece {
    medel_piece_kind kind;
    size_t index; /* of the table, concept, tie or relation */
    size_t row, column;
    int year;
} medel_piece;

/* Every piece, in the order in which they are run. */
void medel_check_pieces(const medel_report *r, medel_arena *a, medel_array *out);
/* Add its results to the checker's list. */
void medel_check_piece(medel_checker *c, const medel_piece *p);
/* Are two findings about the same thing?  Units, and signs of more than one figure, are
   about a table. */
bool medel_check_same(const medel_check *a, const medel_check *b);

/* ---- making a result (check.c) ---- */

medel_check *medel_check_add(medel_checker *c, const char *rule, medel_check_kind kind,
                             const medel_fact *subject);
void medel_check_set_terms(medel_checker *c, medel_check *k, const medel_term *terms,
                           size_t n);
/* False when there are none, or when they do not fit or have different units. */
bool medel_sum_terms(medel_quantity *out, const medel_term *terms, size_t n);
/* Compare value with k->expected; false when they differ beyond rounding. */
bool medel_check_judge(medel_check *k, const medel_quantity *value);
void medel_check_too_large(medel_check *k);
void medel_check_blame_rounding(medel_check *k, const medel_fact *f);

/* ---- the checks, a file each ---- */

medel_check *medel_check_ratio(medel_checker *c, const char *rule,
                               const medel_fact *share, const medel_fact *over,
                               const medel_fact *under);
void medel_check_signs(medel_checker *c, const medel_table *t);
/* Every place of a concept against the most trusted one. */
void medel_check_duplicates(medel_checker *c, const medel_concept *concept);
void medel_check_pair(medel_checker *c, const medel_fact *subject,
                      const medel_fact *reference);
/* The same year, variant and dimension: the same figure, if the concept is the same. */
bool medel_same_key(const medel_fact *a, const medel_fact *b);
void medel_check_unit(medel_checker *c, const medel_table *t, size_t index);
bool medel_unit_suspect(const medel_checker *c, const medel_fact *f);
/* 'without': a bit for each term of rel->right that is optional and not to be counted in;
   MEDEL_ALL_OTHERS: every other one is. */
#define MEDEL_ALL_OTHERS (1u << 31)
void medel_check_relation(medel_checker *c, const medel_relation *rel, int year,
                          unsigned without);
/* The figure that a term of a relation stands for. */
const medel_fact *medel_relation_fact(medel_checker *c, const medel_relation_term *t,
                                      int year, const char *home);

/* A relation that is about records. */
void medel_check_records(medel_checker *c, const medel_relation *rel);

/* What f would be if it printed 'digits', with its printed sign. */
medel_status medel_fact_printed_as(medel_quantity *out, const medel_fact *f,
                                   int64_t digits);
/* Does its table print it with the other sign than the usual one? */
bool medel_fact_turned(const medel_report *r, const medel_fact *f);
bool medel_cost_turned(const medel_table *t, const medel_fact *f);

/* Does a typical slip explain why a figure is not in expected's interval (in the usual
   sign of its table)?  out->suggested has its printed sign. */
/* Is it about a row of the sum, not about how a figure is written? */
bool medel_cause_of_row(medel_cause c);
bool medel_cause_of(medel_suspicion *out, const medel_report *r, const medel_fact *f,
                    const medel_quantity *expected);
/* Find likely causes of all findings. */
void medel_find_causes(medel_checker *c);

/* Where a figure stands, as a sentence says it: "balansräkningen". */
const char *medel_say_place(medel_checker *c, const medel_fact *f);
/* Swedish sentences about a finding; nothing for the other outcomes. */
void medel_check_say(medel_checker *c, medel_check *k);
void medel_check_say_signs(medel_checker *c, medel_check *k, size_t flipped, size_t kept);
/* So many rows each way. */
void medel_check_say_mixed(medel_checker *c, medel_check *k, size_t flipped, size_t kept);
void medel_check_say_odd_sign(medel_checker *c, medel_check *k, size_t others);
void medel_check_say_income_among_costs(medel_checker *c, medel_check *k);
void medel_check_say_unit(medel_checker *c, medel_check *k, const medel_table *t);

#endif

/*
 * medel_statements.h - what a ledger comes to, row by row of the årsredovisning, by a
 * kontoplan: with the accounts behind each figure, what has no row, and how it differs
 * from what a report prints.
 */
#ifndef MEDEL_STATEMENTS_H
#define MEDEL_STATEMENTS_H

#include "medel_kontoplan.h"
#include "medel_ledger.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What an account (and object) adds to a row, in the row's sign. */
typedef struct medel_statement_part {
    uint32_t account; /* of the ledger */
    uint32_t object;  /* of the driftredovisning; MEDEL_NO_INDEX */
    int64_t amount;   /* öre */
} medel_statement_part;

/* One figure.  Signs are those of a printed statement: costs are negative in the
   resultaträkning, positive in a note and in the column kostnad; netto is income less
   cost, budget the net budget, avvikelse netto less budget. */
typedef struct medel_statement_row {
    const char *table, *row;
    const char *column; /* of the driftredovisning; else NULL */
    int year;           /* 0, or -1 for the year before */
    bool sum;           /* of other rows alone */
    int64_t amount;     /* öre */
    const medel_statement_part *parts;
    size_t nparts;
} medel_statement_row;

/* What has no row: an account that no line covers, or an object that is no row of the
   driftredovisning. */
typedef struct medel_unmapped {
    uint32_t account, object; /* object: MEDEL_NO_INDEX when the account has no line */
    int year;
    int64_t amount; /* its balance or change, debit positive */
} medel_unmapped;

/* The statements of year 0 and, as far as the ledger has its balances, the year before:
   resultaträkning, balansräkning, kassaflödesanalys, notes and driftredovisning.  Year 0
   is IB + #TRANS where there are vouchers, else what the file states.  Ledger and plan
   must outlive it.  E_OVERFLOW, E_NOMEM, or E_DOMAIN for a streamed ledger. */
typedef struct medel_statements medel_statements;
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_statements_new(medel_statements **out, const medel_ledger *ledger,
                     const medel_kontoplan *plan, medel_alloc_fn alloc, void *ud,
                     medel_error *err);
MEDEL_API void medel_statements_free(medel_statements *s);
MEDEL_API const medel_ledger *medel_statements_ledger(const medel_statements *s);
MEDEL_API const medel_kontoplan *medel_statements_plan(const medel_statements *s);
/* Table by table in the taxonomy's order of rows, own rows last. */
MEDEL_API size_t medel_statements_rows(const medel_statements *s,
                                       const medel_statement_row **first);
MEDEL_API size_t medel_statements_unmapped(const medel_statements *s,
                                           const medel_unmapped **first);
/* NULL if the ledger has nothing there. */
MEDEL_API const medel_statement_row *medel_statements_find(const medel_statements *s,
                                                           const char *table,
                                                           const char *row,
                                                           const char *column, int year);

/* ---- beside what is printed ---- */

/* A printed figure that is compared with the ledger. */
typedef struct medel_comparison {
    const medel_fact *fact;
    const medel_statement_row *row; /* NULL: the ledger has nothing there */
    int64_t amount;                 /* what it comes to, in the table's usual sign */
    int64_t difference;             /* printed less ledger, öre, rounded; 0: they agree */
} medel_comparison;

/* Every printed figure of a table (of all notes of its kind) that the ledger and the plan
   know, in the order of the report; dashes and blanks only where the ledger has something.
   Writes up to 'room' of them and returns how many there are. */
MEDEL_API size_t medel_statements_compare(const medel_statements *s,
                                          const medel_report *report, const char *table,
                                          medel_comparison *out, size_t room);

typedef enum medel_difference_kind {
    MEDEL_DIFFERS_UNKNOWN,
    MEDEL_DIFFERS_ROW,     /* another row differs by as much the other way: something is in the
                          wrong one of them */
    MEDEL_DIFFERS_ACCOUNT, /* an account of the row comes to the difference */
    MEDEL_DIFFERS_UNMAPPED, /* an account without a line, or an object without a row, does */
    MEDEL_DIFFERS_VOUCHER  /* a row of a voucher does */
} medel_difference_kind;

/* What a difference may come from, within the rounding of what is printed. */
typedef struct medel_difference_cause {
    medel_difference_kind cause;
    size_t other;     /* of ROW: which comparison */
    uint32_t account; /* of ACCOUNT, UNMAPPED and VOUCHER */
    uint32_t object;  /* of UNMAPPED, or MEDEL_NO_INDEX */
    uint32_t row;     /* of ROW, where one is, and of VOUCHER: the ledger's row, or
                         MEDEL_NO_INDEX */
} medel_difference_cause;
/* Of the i-th of n comparisons of one table. */
MEDEL_API void medel_statements_explain(const medel_statements *s,
                                        const medel_comparison *list, size_t n, size_t i,
                                        medel_difference_cause *out);

#ifdef __cplusplus
}
#endif
#endif

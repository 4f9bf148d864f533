/*
 * medel_analysis.h - what a revisor does daily with books: rows in strata, by age, alike,
 * by their digits, round; over the rows that a filter lets through.
 *
 * Each answer is a list of its own, freed by the function named beside it.  Amounts are
 * öre, sizes without sign.  E_SCHEMA with a message when the question makes no sense;
 * E_DOMAIN for a streamed ledger.
 *
 * Included by medel.h.
 */
#ifndef MEDEL_ANALYSIS_H
#define MEDEL_ANALYSIS_H

#include "medel_ledger.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- by size ---- */

/* Rows whose size is at least 'low' and below the next one's. */
typedef struct medel_stratum {
    int64_t low;
    uint64_t rows;
    int64_t debit, credit; /* credit <= 0 */
} medel_stratum;
/* 'low' rising, the first 0: fills rows, debit and credit of each. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_ledger_strata(const medel_ledger *l, const medel_ledger_filter *filter,
                    medel_stratum *strata, size_t n, medel_error *err);

/* ---- by digits ---- */

typedef enum medel_benford_kind {
    MEDEL_BENFORD_FIRST,       /* first digit, 1..9 */
    MEDEL_BENFORD_FIRST_TWO,   /* first two digits, 10..99 */
    MEDEL_BENFORD_SECOND_ORDER /* first two digits of the differences between the sizes in
                                  order (Nigrini and Miller 2009) */
} medel_benford_kind;

typedef struct medel_benford {
    uint64_t n;       /* sizes, or differences, that have the digits */
    uint64_t without; /* rows that have not: below 1 kr, or below 10 kr for two digits */
    uint64_t least;   /* below it the distribution says nothing, and mad is 0 */
    unsigned from, digits; /* the first of them, and how many */
    uint64_t count[90];
    int64_t expected[90]; /* share in 1e-9 */
    int64_t mad; /* mean absolute deviation of the shares, in 1e-9, rounded down */
    int64_t close, acceptable, marginal; /* its limits for conformity (Nigrini 2012, table
                                            7.1), in 1e-9 */
} medel_benford;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_ledger_benford(
    medel_benford *out, const medel_ledger *l, const medel_ledger_filter *filter,
    medel_benford_kind kind, const medel_allocator *allocator, medel_error *err);

/* ---- alike ---- */

typedef enum medel_alike { /* bits: what rows have in common */
                           MEDEL_ALIKE_ACCOUNT = 1,
                           MEDEL_ALIKE_AMOUNT = 2, /* with its sign */
                           MEDEL_ALIKE_SIZE = 4,
                           MEDEL_ALIKE_DAY = 8,
                           MEDEL_ALIKE_MONTH = 16,
                           MEDEL_ALIKE_TEXT =
                               32, /* of the row, else of its voucher; not "" */
                           MEDEL_ALIKE_SERIES = 64,
                           MEDEL_ALIKE_NUMBER = 128,
                           MEDEL_ALIKE_OBJECTS = 256,
                           MEDEL_ALIKE_SIGN = 512
} medel_alike;

/* Rows that are alike, of two vouchers or more: rows[first] .. rows[first + count - 1],
   by day and then as they stand. */
typedef struct medel_repeat {
    size_t first, count;
} medel_repeat;
typedef struct medel_repeats {
    const uint32_t *rows;
    const medel_repeat *groups; /* by size of the amount, falling; then by row */
    size_t ngroups;
    uint64_t tested; /* rows */
} medel_repeats;
typedef struct medel_repeats_options {
    unsigned alike; /* MEDEL_ALIKE_ bits */
    bool near;      /* each within 'days' days of the one before it; else however far */
    int days;
    const medel_allocator *allocator;
} medel_repeats_options;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_ledger_repeats_new(
    medel_repeats **out, const medel_ledger *l, const medel_ledger_filter *filter,
    const medel_repeats_options *options, medel_error *err);
MEDEL_API void medel_ledger_repeats_free(medel_repeats *r);

/* ---- by age ---- */

/* What is open of one account, or of one object on it. */
typedef struct medel_open {
    uint32_t account, object; /* object: MEDEL_NO_INDEX without one */
    int64_t opening;          /* left of the opening balance, whose age is not known */
    int64_t *ages;            /* by bucket */
    int64_t unmatched;        /* settled without anything to settle: the other sign */
    int64_t balance;          /* all of it together */
    uint64_t items;           /* open ones */
    int32_t oldest;           /* day of the oldest, MEDEL_NO_DAY for none */
} medel_open;
typedef struct medel_ageing {
    const medel_open *open; /* by account and object; without those that balance at 0
                               with nothing open */
    size_t nopen, nbuckets;
} medel_ageing;
typedef struct medel_ageing_options {
    bool payables;         /* credit opens; else receivables: debit opens */
    int32_t day;           /* up to the end of it */
    const char *dimension; /* of customers or suppliers, or NULL */
    const int *bounds; /* bounds[i]: days from which bucket i + 1 begins; bucket 0 begins
                          at 0 */
    size_t nbounds;
    const medel_allocator *allocator;
} medel_ageing_options;
/* What is open on the accounts of the filter.  A row of the other sign settles the oldest
   open item of just its amount, else the oldest ones in turn. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_ledger_ageing_new(
    medel_ageing **out, const medel_ledger *l, const medel_ledger_filter *filter,
    const medel_ageing_options *options, medel_error *err);
MEDEL_API void medel_ledger_ageing_free(medel_ageing *a);

#ifdef __cplusplus
}
#endif
#endif

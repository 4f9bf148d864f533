/* kontoplan.h - what a kontoplan holds, for its reader and for who asks it. */
#ifndef MEDEL_KONTOPLAN_H
#define MEDEL_KONTOPLAN_H

#include "statements.h"

#define MEDEL_ACCOUNT_DIGITS 18

/* All accounts that begin with from..to, as numbers of MEDEL_ACCOUNT_DIGITS digits. */
typedef struct medel_accounts {
    uint64_t low, high;
    size_t digits;
    const char *from, *to;
    unsigned line;
} medel_accounts;

typedef struct medel_named_row {
    const char *table, *row;
    unsigned line, col;
} medel_named_row;

/* Where the result of one object, or of an account without object, stands in the
   driftredovisning. */
typedef struct medel_drift_line {
    const char *object; /* of the plan's dimension, or NULL: some accounts */
    const char *row;
    unsigned line;
} medel_drift_line;

struct medel_kontoplan {
    medel_arena arena;
    const medel_kontoplan *base;
    const char *id, *title, *source, *forbund;
    medel_array lines;  /* medel_account_line */
    medel_array spans;  /* medel_accounts, one for each line */
    medel_array drift;  /* medel_drift_line */
    medel_array drifts; /* medel_accounts, one for each line of drift */
    medel_array income; /* medel_accounts */
    const medel_taxonomy *taxonomy;
    const char *file;
    medel_array own;     /* medel_own_row */
    medel_array without; /* medel_named_row: rows that no account makes */
    int dimension;       /* 0: not said here */
    const char *otherwise;
};

/* How many digits s begins with, and n of them as a number, filled up at the end. */
size_t medel_digits_at(const char *s);
uint64_t medel_accounts_bound(const char *digits, size_t n, char fill);
/* Does an account line, or a row of a note that it makes, lead to the row? */
bool medel_account_leads_to(const medel_account_line *line, const char *table,
                            const char *row);

#endif

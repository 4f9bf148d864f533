/*
 * medel_kontoplan.h - from the accounts of a ledger to the rows of an årsredovisning.
 *
 * A kontoplan is data (docs/kontoplan.md): which accounts make which row of
 * resultaträkning, balansräkning, noter and driftredovisning, each line with its source
 * and how sure it is.  A plan may be based on another: its own lines answer first.
 */
#ifndef MEDEL_KONTOPLAN_H
#define MEDEL_KONTOPLAN_H

#include "medel_core.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum medel_confidence {                             /* in falling order */
                                MEDEL_CONFIDENCE_CONFIRMED, /* read in a published plan or
                                                               the förbund's own */
                                MEDEL_CONFIDENCE_HIGH,
                                MEDEL_CONFIDENCE_MEDIUM,
                                MEDEL_CONFIDENCE_LOW
} medel_confidence;

/* One range of accounts and the rows that they make. */
typedef struct medel_account_line {
    const char *from, *to; /* leading digits, equally many: "351" to "352" */
    const char *label;
    const char *table, *row;     /* "balansrakning", "fordringar" */
    const char *note, *note_row; /* "not_fordringar", "kundfordringar"; or NULL */
    int sign, note_sign;         /* ledger (debit +) times sign is what is printed */
    bool result;                 /* a row of the resultaträkning */
    medel_confidence confidence;
    const char *source;
    const char *file;
    unsigned line, col;
} medel_account_line;

/* Where the result of one object, or of an account without object, stands in the
   driftredovisning. */
typedef struct medel_drift_line {
    const char *object;    /* of the plan's dimension, or NULL */
    const char *from, *to; /* accounts, or NULL */
    const char *row;
    const char *file;
    unsigned line, col;
} medel_drift_line;

/* A row that the taxonomy does not have, and the row that it adds to. */
typedef struct medel_own_row {
    const char *table, *row, *under;
    const char *label;
    unsigned line, col;
} medel_own_row;

typedef struct medel_kontoplan medel_kontoplan;

/* Read a plan.  'base' is the plan that its based_on names (NULL: it has none); it must
   outlive the plan, and the taxonomy both.  Overlapping ranges of one file, rows that
   the taxonomy and own_rows do not have, and rows that no account makes and
   not_from_ledger does not list are errors. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_kontoplan_read(
    medel_kontoplan **out, const medel_taxonomy *taxonomy, const medel_kontoplan *base,
    const char *file, const char *text, size_t len, medel_alloc_fn alloc, void *ud,
    medel_diagnostics *diags);
MEDEL_API void medel_kontoplan_free(medel_kontoplan *p);

MEDEL_API const char *medel_kontoplan_id(const medel_kontoplan *p);
MEDEL_API const char *medel_kontoplan_title(const medel_kontoplan *p);
MEDEL_API const char *medel_kontoplan_source(const medel_kontoplan *p);
/* The name of the förbund whose plan it is, or NULL. */
MEDEL_API const char *medel_kontoplan_forbund(const medel_kontoplan *p);
MEDEL_API const medel_kontoplan *medel_kontoplan_base(const medel_kontoplan *p);
/* The file's own lines, in its order. */
MEDEL_API size_t medel_kontoplan_lines(const medel_kontoplan *p,
                                       const medel_account_line **first);
MEDEL_API size_t medel_kontoplan_drift(const medel_kontoplan *p,
                                       const medel_drift_line **first);
MEDEL_API const medel_taxonomy *medel_kontoplan_taxonomy(const medel_kontoplan *p);
/* The own row of the plan or what it is based on; NULL if it is the taxonomy's. */
MEDEL_API const medel_own_row *
medel_kontoplan_own_row(const medel_kontoplan *p, const char *table, const char *row);
/* The line that an account belongs to, of the plan or what it is based on; NULL if it is
   unmapped.  An account may have more digits than the line. */
MEDEL_API const medel_account_line *medel_kontoplan_find(const medel_kontoplan *p,
                                                         const char *account);
/* Does any account lead to the row, or to one that adds to it? */
MEDEL_API bool medel_kontoplan_reaches(const medel_kontoplan *p, const char *table,
                                       const char *row);
/* The dimension whose objects are rows of the driftredovisning; 0: none. */
MEDEL_API int medel_kontoplan_dimension(const medel_kontoplan *p);
/* The row of the driftredovisning for a result account with that object (NULL: none):
   by object, then by account, then what is left over; NULL if the plan has none. */
MEDEL_API const char *medel_kontoplan_drift_row(const medel_kontoplan *p,
                                                const char *account, const char *object);
/* Is the account in the driftredovisning's column of income? */
MEDEL_API bool medel_kontoplan_income(const medel_kontoplan *p, const char *account);
MEDEL_API const char *medel_confidence_name(medel_confidence c); /* "high", ... */

#ifdef __cplusplus
}
#endif
#endif

/*
 * medel_statements.h - what a ledger comes to, row by row of the årsredovisning, by a
 * kontoplan: with the accounts behind each figure, what has no row, and how it differs
 * from what a report prints.
 *
 * A kontoplan is data (docs/kontoplan.md): which accounts make which row of
 * resultaträkning, balansräkning, noter and driftredovisning, each line with its source
 * and how sure it is.  A plan may be based on another: its own lines answer first.
 */
#ifndef MEDEL_STATEMENTS_H
#define MEDEL_STATEMENTS_H

#include "medel_ledger.h"
#include "medel_report.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the kontoplan ---- */

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

/* A row that the taxonomy does not have, and the row that it adds to. */
typedef struct medel_own_row {
    const char *table, *row, *under;
    const char *label;
    unsigned line, col;
} medel_own_row;

typedef struct medel_kontoplan medel_kontoplan;

typedef struct medel_kontoplan_options {
    const medel_kontoplan *base; /* the plan that its based_on names, or NULL */
    const medel_allocator *allocator;
} medel_kontoplan_options;

/* Read a plan, which its base and the taxonomy must outlive.  Overlapping ranges of one
   file, rows that the taxonomy and own_rows do not have, and rows that no account makes
   and not_from_ledger does not list are errors. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_kontoplan_read(
    medel_kontoplan **out, const medel_taxonomy *taxonomy, const medel_input *in,
    const medel_kontoplan_options *options, medel_diagnostics *diags);
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
MEDEL_API const medel_taxonomy *medel_kontoplan_taxonomy(const medel_kontoplan *p);
/* The own row of the plan or what it is based on; NULL if it is the taxonomy's. */
MEDEL_API const medel_own_row *
medel_kontoplan_own_row(const medel_kontoplan *p, const char *table, const char *row);
/* The line that an account belongs to, of the plan or what it is based on; NULL if it is
   unmapped.  An account may have more digits than the line. */
MEDEL_API const medel_account_line *medel_kontoplan_find(const medel_kontoplan *p,
                                                         const char *account);
/* The dimension whose objects are rows of the driftredovisning; 0: none. */
MEDEL_API int medel_kontoplan_dimension(const medel_kontoplan *p);
/* The row of the driftredovisning for a result account with that object (NULL: none):
   by object, then by account, then what is left over; NULL if the plan has none. */
MEDEL_API const char *medel_kontoplan_drift_row(const medel_kontoplan *p,
                                                const char *account, const char *object);
/* Is the account in the driftredovisning's column of income? */
MEDEL_API bool medel_kontoplan_income(const medel_kontoplan *p, const char *account);
MEDEL_API const char *medel_confidence_name(medel_confidence c); /* "high", ... */

/* ---- the statements ---- */

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

typedef struct medel_statements_options {
    bool until; /* at the end of last_day, a day of year 0: vouchers after it do not
                   count, and of the year before there is only the balansräkning,
                   which is its end */
    int32_t last_day;
    const medel_allocator *allocator;
} medel_statements_options;

/* The statements of year 0 and, as far as the ledger has its balances, the year before:
   resultaträkning, balansräkning, kassaflödesanalys, notes and driftredovisning.  Year 0
   is IB + #TRANS where there are vouchers, else what the file states.  Ledger and plan
   must outlive it.  E_OVERFLOW, E_NOMEM, or E_DOMAIN for a streamed ledger, or for one
   without vouchers until a day. */
typedef struct medel_statements medel_statements;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_statements_new(
    medel_statements **out, const medel_ledger *ledger, const medel_kontoplan *plan,
    const medel_statements_options *options, medel_error *err);
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
    int64_t difference; /* printed less ledger, öre, rounded; 0: they agree */
    const char *table, *id, *column; /* as of a statement's row */
    int year;
} medel_comparison;

/* Every printed figure of a table (of all notes of its kind) that the ledger and the plan
   know, in the order of the report; dashes and blanks only where the ledger has
   something. Writes up to 'room' of them and returns how many there are. */
MEDEL_API size_t medel_statements_compare(const medel_statements *s,
                                          const medel_report *report, const char *table,
                                          medel_comparison *out, size_t room);

/* What in the books a difference may come from. */
typedef enum medel_book_cause_kind {
    MEDEL_BOOKED_OUTSIDE,    /* a voucher that is dated outside the year */
    MEDEL_BOOKED_TWICE,      /* one that repeats another ('like') within 14 days */
    MEDEL_BOOKED_OTHER_YEAR, /* a cost whose text names another year */
    MEDEL_BOOKED_UNBALANCED, /* what a voucher does not balance by, on one of its accounts
                              */
    MEDEL_BOOKED_OPENING,    /* an opening balance that is not last year's closing one */
    MEDEL_BOOKED_MOVED,  /* a row on another account or object than the print has it on */
    MEDEL_BOOKED_NO_ROW, /* a row on an account or object that no row of the statements
                            has */
    MEDEL_BOOKED_ACCOUNT, /* all that is on one account of the row */
    MEDEL_BOOKED_VOUCHER  /* a voucher that the print does not seem to have */
} medel_book_cause_kind;

typedef struct medel_book_cause {
    medel_book_cause_kind kind;
    uint32_t row, voucher;          /* of the ledger, or MEDEL_NO_INDEX */
    uint32_t account, object;       /* where it stands */
    uint32_t to_account, to_object; /* of MOVED and NO_ROW: where the print has it */
    uint32_t like;  /* a voucher with the same text that stands there; of TWICE
                       the one that it repeats; or MEDEL_NO_INDEX */
    int64_t amount; /* öre, debit positive */
} medel_book_cause;

/* One printed figure that differs, and the causes that together are the whole difference,
   within its printed precision; none where it is not known. */
typedef struct medel_explained {
    medel_comparison comparison;
    const uint32_t *causes; /* indices */
    size_t ncauses;
    bool follows; /* it says nothing of its own: its causes are told at another figure, or
                     it is a sum of figures that differ, or repeats one */
} medel_explained;

/* Every difference of year 0 and the year before in all tables of the report, with its
   causes: one explanation of all of them, in which a voucher counts once and in one
   direction.  Statements and report must outlive it. */
typedef struct medel_book_causes medel_book_causes;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_book_causes_new(
    medel_book_causes **out, const medel_statements *s, const medel_report *report,
    const medel_allocator *allocator, medel_error *err);
MEDEL_API void medel_book_causes_free(medel_book_causes *c);
MEDEL_API size_t medel_book_causes_list(const medel_book_causes *c,
                                        const medel_book_cause **first);
MEDEL_API size_t medel_book_causes_explained(const medel_book_causes *c,
                                             const medel_explained **first);

#ifdef __cplusplus
}
#endif
#endif

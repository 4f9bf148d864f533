/*
 * medel_ledger.h - the bookkeeping behind an annual report: a ledger read from a SIE file
 * (types 1, 2, 3, 4E, 4I), or built row by row by another reader.
 *
 *   medel_ledger *l;
 *   if (medel_ledger_load(&l, "2023.se", NULL, diags) == MEDEL_OK) {
 *       int64_t net;
 *       medel_ledger_filter f = { .accounts = "30-39", .from = a, .to = b,
 *                                 .has_from = true, .has_to = true };
 *       medel_ledger_balance(&net, l, &f, NULL);
 *
 * A ledger is immutable; any number of threads may read it.  Rows and vouchers are
 * numbers 0.. into columns.  Texts of rows and vouchers stay in the file and are fetched
 * as UTF-8 when asked for; what is small (accounts, objects, head) is UTF-8 text in the
 * ledger.
 *
 * Amounts are int64 öre, debit positive.  The absolute amounts of all rows together fit
 * in an int64, or the file is refused: no sum over rows can overflow.  Days are days
 * since 1970-01-01 as in medel_date_parse, within 1900-01-01 .. 2079-06-05.
 *
 * Only #TRANS rows count in sums: rows 0 .. nrows-1.  The trail of corrections (#BTRANS:
 * struck, #RTRANS: added later and repeated as a #TRANS) are rows nrows ..
 * nrows+ntrail-1.
 *
 * Included by medel.h.
 */
#ifndef MEDEL_LEDGER_H
#define MEDEL_LEDGER_H

#include "medel_sietext.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct medel_ledger medel_ledger;

#define MEDEL_NO_INDEX UINT32_MAX /* no such account, object, voucher, ... */

/* ---- reading ---- */

typedef struct medel_ledger_event medel_ledger_event;

typedef struct medel_ledger_options {
    const medel_allocator *allocator; /* may be asked to grow blocks */
    medel_encoding encoding;          /* AUTO, or what the caller knows better */
    bool strict;    /* any deviation from the specification (severity warning or error)
                       refuses the file; else only what cannot be a SIE file is refused */
    bool copy;      /* load: read the file into memory.  Files of 1 MiB and more are else
                       mapped: one that another program cuts short then ends the process */
    bool borrow;    /* read: the caller keeps 'text' unchanged until medel_ledger_free */
    bool stream;    /* keep no vouchers and rows: constant memory (below) */
    uint64_t limit; /* bytes of input; 0: 4 GiB - 1, which is the most without stream */
    /* Called in stream mode for every voucher and row, in the order of the file; false
       stops (E_STOPPED).  May be NULL. */
    bool (*event)(void *ud, const medel_ledger *so_far, const medel_ledger_event *e);
    void *event_ud;
    /* Called now and then; false stops (E_STOPPED).  total is 0 when it is not known. */
    bool (*progress)(void *ud, uint64_t done, uint64_t total);
    void *progress_ud;
    unsigned lanes; /* widest vectors to use: 0 whatever the machine has, 8 none (scalar),
                       16 SSE2, 32 AVX2; the answers are the same */
} medel_ledger_options;

MEDEL_API void medel_ledger_free(medel_ledger *l);

/* ---- what the file says of itself ---- */

/* Texts are NULL where the label is absent, "" where its field is empty. */
typedef struct medel_ledger_head {
    const char *name;        /* of the file, as given */
    const char *type;        /* "1", "2", "3", "4E", "4I"; built ledgers: "4E" or "4I" */
    medel_encoding encoding; /* used; ASCII when nothing had to be decided */
    bool bom, streamed;
    uint64_t bytes, lines;
    uint64_t crlf, cr; /* how many lines end in CR LF, in CR alone */
    const char *flagga, *program, *version, *format, *sietyp;
    int32_t gen;
    const char *gen_sign, *prosa, *ftyp, *fnr, *orgnr, *bkod;
    const char *adress[4]; /* contact, street, postal, telephone */
    const char *fnamn, *taxar, *kptyp, *valuta;
    int32_t omfattn;
    unsigned ksumma_markers; /* 0, 1 (only in built ledgers) or 2 */
    uint32_t ksumma_declared, ksumma_computed;
} medel_ledger_head;
MEDEL_API const medel_ledger_head *medel_ledger_head_of(const medel_ledger *l);

typedef struct medel_ledger_year {
    int number; /* 0, -1, -2 ... */
    int32_t start, end;
    uint32_t line;
} medel_ledger_year;
/* #RAR, year 0 first.  All lists below return their length. */
MEDEL_API size_t medel_ledger_years(const medel_ledger *l,
                                    const medel_ledger_year **first);
MEDEL_API const medel_ledger_year *medel_ledger_year_of(const medel_ledger *l,
                                                        int number);

/* How often each label stands in the file, in the order of first use; own labels of
   programs, too (known == false), which are otherwise kept for the writer only. */
typedef struct medel_ledger_label {
    const char *name; /* without "#" */
    uint64_t count;
    uint32_t line; /* of the first */
    bool known;
} medel_ledger_label;
MEDEL_API size_t medel_ledger_labels(const medel_ledger *l,
                                     const medel_ledger_label **first);

/* ---- deviations from the specification ---- */

typedef enum medel_severity {
    MEDEL_SEVERITY_NOTE,    /* allowed or harmless: tabs, indentation */
    MEDEL_SEVERITY_WARNING, /* against the specification, but its meaning is clear */
    MEDEL_SEVERITY_ERROR    /* a field could not be read; where it is an amount or an
                               account, the item is in no sum and no list */
} medel_severity;

typedef struct medel_ledger_deviation {
    medel_severity severity;
    const char *code;    /* "amount_comma", "too_few_fields", ...: docs/sie.md */
    const char *label;   /* without "#"; "" when it is about no label */
    uint32_t line;       /* 0: about the whole file */
    unsigned field;      /* 1-based, the label not counted; 0: about no field */
    uint64_t count;      /* how many of this code and label there are, in all */
    const char *text;    /* Swedish, one sentence */
    const char *message; /* the same in English */
} medel_ledger_deviation;
/* In the order of the file; of notes only the first of each code and label, of others
   the first 1000.  'count' counts all. */
MEDEL_API size_t medel_ledger_deviations(const medel_ledger *l,
                                         const medel_ledger_deviation **first);
MEDEL_API uint64_t medel_ledger_errors(const medel_ledger *l);
MEDEL_API uint64_t medel_ledger_warnings(const medel_ledger *l);
MEDEL_API const char *medel_severity_name(medel_severity s); /* "note", "warning", ... */

/* ---- accounts, dimensions, objects, series ---- */

typedef struct medel_account {
    const char *number; /* verbatim: "1510", "DIFF" */
    const char *name;   /* "" when not declared */
    int64_t value;      /* the number, -1 when it is none */
    char type;          /* T, S, I, K as declared by #KTYP, else 0 */
    bool declared;      /* has a #KONTO */
    bool result;      /* of the resultaträkning: by type, else by which balances it has,
                         else by its first digit (not 1 or 2) */
    bool lacks;       /* a row or a balance of it could not be read */
    const char *unit; /* #ENHET or NULL */
    const char *const *sru; /* codes */
    size_t nsru;
    uint32_t line; /* of #KONTO, else of its first use */
} medel_account;
/* In the order of the file; rows and balances refer to them by index. */
MEDEL_API size_t medel_ledger_accounts(const medel_ledger *l,
                                       const medel_account **first);
/* Indices of all accounts, by number: text order, so that 30100 follows 3010. */
MEDEL_API const uint16_t *medel_ledger_accounts_sorted(const medel_ledger *l);
MEDEL_API uint32_t medel_ledger_account_find(const medel_ledger *l, const char *number);

typedef struct medel_dimension_decl {
    const char *number; /* verbatim: "1" */
    const char *name;   /* declared, or the specification's for a reserved one, or "" */
    const char *parent; /* number of the dimension that it is under, or NULL */
    bool declared, reserved; /* reserved: 1..19 */
    uint32_t line;
} medel_dimension_decl;
MEDEL_API size_t medel_ledger_dimensions(const medel_ledger *l,
                                         const medel_dimension_decl **first);

typedef struct medel_object {
    uint32_t dimension; /* index */
    const char *number; /* verbatim */
    const char *name;   /* "" when not declared */
    bool declared;
    uint32_t line;
} medel_object;
MEDEL_API size_t medel_ledger_objects(const medel_ledger *l, const medel_object **first);
MEDEL_API uint32_t medel_ledger_object_find(const medel_ledger *l, const char *dimension,
                                            const char *number);
/* Object lists are shared: list 0 is {}.  Indices of objects, in the order written. */
MEDEL_API size_t medel_ledger_object_lists(const medel_ledger *l);
MEDEL_API size_t medel_ledger_object_list(const medel_ledger *l, uint32_t list,
                                          const uint32_t **objects);

typedef struct medel_series {
    const char *name; /* verbatim; "" is a series, too */
    uint32_t vouchers;
    int64_t low, high; /* of numbers that are numbers; high < low: none */
    bool ascending;    /* each number is higher than the one before it */
} medel_series;
MEDEL_API size_t medel_ledger_series(const medel_ledger *l, const medel_series **first);

/* ---- balances that the file states ---- */

typedef enum medel_balance_kind {
    MEDEL_BALANCE_IB,
    MEDEL_BALANCE_UB,
    MEDEL_BALANCE_RES,
    MEDEL_BALANCE_OIB,
    MEDEL_BALANCE_OUB,
    MEDEL_BALANCE_PSALDO, /* the change in a month */
    MEDEL_BALANCE_PBUDGET
} medel_balance_kind;

typedef struct medel_balance {
    medel_balance_kind kind;
    int year;             /* 0, -1, ... */
    uint32_t month;       /* YYYYMM of #PSALDO and #PBUDGET, else 0 */
    uint32_t account;     /* index */
    uint32_t objects;     /* object list; 0: the whole account */
    int64_t amount;       /* öre */
    const char *quantity; /* decimal as written, or NULL */
    uint32_t line;
} medel_balance;
MEDEL_API size_t medel_ledger_balances(const medel_ledger *l,
                                       const medel_balance **first);
/* The stated balance of an account (object list 0); false if there is none.  'month' is 0
   but for PSALDO and PBUDGET.  Where it is stated twice: the last. */
MEDEL_API bool medel_ledger_stated(const medel_ledger *l, medel_balance_kind kind,
                                   int year, uint32_t account, uint32_t month,
                                   int64_t *amount);
/* Which balances open a year: #IB of it, or, where the file has none of those, #UB of the
   year before (SIE 4B 5.17: one of them must exist).  false if it has neither. */
MEDEL_API bool medel_ledger_opens(const medel_ledger *l, int year,
                                  medel_balance_kind *kind, int *of);
/* The opening balance of an account by them; false, and 0, where none is stated. */
MEDEL_API bool medel_ledger_opening(const medel_ledger *l, int year, uint32_t account,
                                    int64_t *amount);
/* What the file states of an account at the end of a year, once: #UB of a balance
   account, #RES of one of the resultaträkning, or the one that there is; *kind says
   which.  false, and 0, where none is stated. */
MEDEL_API bool medel_ledger_closing(const medel_ledger *l, int year, uint32_t account,
                                    medel_balance_kind *kind, int64_t *amount);

/* The last day that the file says it holds: #OMFATTN, else #GEN where that is before the
   end of the year, else the end of the year; MEDEL_NO_DAY when it says none of them. */
MEDEL_API int32_t medel_ledger_reaches(const medel_ledger *l);
/* The last day of a voucher that has rows, within the year where it has one;
   MEDEL_NO_DAY if there is none. */
MEDEL_API int32_t medel_ledger_last_day(const medel_ledger *l);
/* A voucher that books the opening balances that the file states as well, so that they
   count twice: two accounts or more, each with just its opening balance, all of them or
   on the first day of the year.  MEDEL_NO_INDEX if there is none. */
MEDEL_API uint32_t medel_ledger_opening_voucher(const medel_ledger *l);
/* How many fields in the lines of a voucher could not be read. */
MEDEL_API size_t medel_ledger_unread_in(const medel_ledger *l, uint32_t voucher);

/* ---- vouchers and rows ---- */

/* The columns themselves, for loops.  Day columns hold 0 for no date, else day -
   MEDEL_LEDGER_DAY_ZERO; see medel_ledger_day. */
typedef struct medel_ledger_columns {
    size_t nvouchers, nrows, ntrail;
    const uint32_t
        *voucher_first; /* nvouchers + 1: rows of v are [first[v],first[v+1]) */
    const uint16_t *voucher_day;
    const uint16_t *voucher_regday; /* 0: none given */
    const uint16_t *voucher_series; /* index */
    const uint32_t *voucher_number; /* MEDEL_NO_INDEX: empty, or no number */
    const uint32_t *voucher_line;
    /* nrows + ntrail of each: */
    const uint16_t *account; /* index */
    const uint16_t *day;     /* the row's own date, else its voucher's */
    const uint32_t *objects; /* object list */
    const int64_t *amount;   /* öre */
} medel_ledger_columns;
MEDEL_API const medel_ledger_columns *medel_ledger_columns_of(const medel_ledger *l);
static inline int32_t medel_ledger_day(uint16_t column)
{
    return column ? (int32_t)column + MEDEL_LEDGER_DAY_ZERO : MEDEL_NO_DAY;
}

typedef struct medel_voucher {
    uint32_t index;
    uint32_t series; /* index */
    int64_t number;  /* -1: empty, or no number below 4 294 967 295; the text has it */
    int32_t day, regday;    /* regday: registered, MEDEL_NO_DAY if not said */
    uint32_t line;          /* of #VER; 0 if the rows stand outside any voucher */
    uint32_t first, count;  /* rows */
    uint32_t trail, ntrail; /* rows of the trail: nrows + ... */
    int64_t sum, debit;     /* of its rows */
} medel_voucher;
/* false if there is no such voucher. */
MEDEL_API bool medel_ledger_voucher(const medel_ledger *l, uint32_t voucher,
                                    medel_voucher *out);
/* The first voucher with series and number as written, at or after 'start', or
   MEDEL_NO_INDEX. */
MEDEL_API uint32_t medel_ledger_voucher_find(const medel_ledger *l, const char *series,
                                             const char *number, uint32_t start);

typedef enum medel_row_kind {
    MEDEL_ROW_TRANS,
    MEDEL_ROW_RTRANS, /* added by a correction; a #TRANS repeats it */
    MEDEL_ROW_BTRANS  /* struck by a correction */
} medel_row_kind;

typedef struct medel_ledger_row {
    uint32_t index;
    medel_row_kind kind;
    uint32_t account, objects, voucher; /* indices */
    int64_t amount;
    int32_t day; /* its own date, else its voucher's */
    uint32_t line;
} medel_ledger_row;
MEDEL_API bool medel_ledger_row_get(const medel_ledger *l, uint32_t row,
                                    medel_ledger_row *out);
MEDEL_API uint32_t medel_ledger_row_voucher(const medel_ledger *l, uint32_t row);

typedef enum medel_ledger_text {
    MEDEL_TEXT_SOURCE, /* the whole line of the file */
    MEDEL_TEXT_NUMBER, /* a voucher's, verbatim */
    MEDEL_TEXT_TEXT,
    MEDEL_TEXT_SIGN,    /* who registered, added or struck it */
    MEDEL_TEXT_QUANTITY /* a row's, decimal as written */
} medel_ledger_text;
/* Write a field as UTF-8 into buf, always terminated; the length that the whole text has.
   "" where the field is absent.  Bytes that are not valid become U+FFFD. */
MEDEL_API size_t medel_ledger_voucher_text(const medel_ledger *l, uint32_t voucher,
                                           medel_ledger_text field, char *buf,
                                           size_t size);
MEDEL_API size_t medel_ledger_row_text(const medel_ledger *l, uint32_t row,
                                       medel_ledger_text field, char *buf, size_t size);

/* In stream mode a voucher is told of as BEGIN, its rows, END; indices count on.  Texts
   can be fetched (by medel_ledger_event_text) only during the call. */
typedef enum medel_ledger_event_kind {
    MEDEL_EVENT_VOUCHER, /* 'voucher' has no rows yet */
    MEDEL_EVENT_ROW,
    MEDEL_EVENT_END /* 'voucher' has count, ntrail, sum and debit; first is 0 */
} medel_ledger_event_kind;
struct medel_ledger_event {
    medel_ledger_event_kind kind;
    medel_voucher voucher;
    medel_ledger_row row; /* of ROW */
    const void *inside;
};
MEDEL_API size_t medel_ledger_event_text(const medel_ledger *l,
                                         const medel_ledger_event *e,
                                         medel_ledger_text field, char *buf, size_t size);

/* ---- selecting rows ---- */

/* Which rows.  A zeroed filter is every #TRANS. */
typedef struct medel_ledger_filter {
    /* "3", "30-39", "1510,1930,40-45": an account belongs when its number begins with
       what is named, or lies between two such beginnings; "=1930" is that account alone;
       NULL: all. */
    const char *accounts;
    bool has_from, has_to, has_low, has_high;
    int32_t from, to;               /* day of the row, inclusive */
    const char *series;             /* verbatim; NULL: all */
    const char *dimension, *object; /* rows with an object of the dimension; object NULL:
                                       any of it; dimension NULL: all rows */
    int64_t low, high;              /* öre, inclusive */
    bool absolute;                  /* low and high are of the amount without its sign */
    const char *text;  /* part of the row's or its voucher's text; case of letters, å, ä
                          and ö too, does not matter */
    const char *sign;  /* verbatim, of the voucher or (trail) of the row */
    unsigned kinds;    /* 1u << MEDEL_ROW_...; 0: #TRANS only */
    const char *where; /* an expression: "account in 4..7 and size >= 10000 and not text ~
                          hotell" (docs/ledger.md); NULL: all */
} medel_ledger_filter;

/* Does the filter's text of accounts let the number through?  NULL lets all. */
MEDEL_API bool medel_ledger_account_in(const char *accounts, const char *number);

/* A walk over the rows that a filter lets through.  The filter is copied; the ledger must
   outlive the query.  E_SCHEMA with a message when the filter makes no sense. */
typedef struct medel_ledger_query medel_ledger_query;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_ledger_query_new(
    medel_ledger_query **out, const medel_ledger *l, const medel_ledger_filter *filter,
    const medel_allocator *allocator, medel_error *err);
MEDEL_API void medel_ledger_query_free(medel_ledger_query *q);
/* Up to 'room' row indices, rising; 0 when there are no more.  Allocates nothing. */
MEDEL_API size_t medel_ledger_query_next(medel_ledger_query *q, uint32_t *rows,
                                         size_t room);
MEDEL_API void medel_ledger_query_rewind(medel_ledger_query *q);

typedef struct medel_ledger_sum {
    int64_t net, debit, credit; /* credit <= 0; net = debit + credit */
    uint64_t rows;
} medel_ledger_sum;
/* The sum of all rows of a filter; fastest when only accounts and days are given. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_ledger_sum_of(medel_ledger_sum *out, const medel_ledger *l,
                    const medel_ledger_filter *filter, medel_error *err);
/* The net of it alone: faster still. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_ledger_balance(int64_t *net, const medel_ledger *l,
                     const medel_ledger_filter *filter, medel_error *err);

typedef enum medel_ledger_key {
    MEDEL_KEY_NONE,
    MEDEL_KEY_ACCOUNT, /* key: account; with 'digits' its first digits only */
    MEDEL_KEY_MONTH,   /* key: YYYYMM, 0 without a date */
    MEDEL_KEY_SERIES,  /* key: series */
    MEDEL_KEY_OBJECT,  /* key: object of 'dimension', MEDEL_NO_INDEX for none */
    MEDEL_KEY_SIGN     /* key: number of the sign of the voucher, in order of first use */
} medel_ledger_key;

typedef struct medel_ledger_grouping {
    medel_ledger_key by[2]; /* by[1] may be NONE */
    unsigned digits;        /* of ACCOUNT: 0 the whole number, 1 the account class, ... */
    const char *dimension;  /* of OBJECT */
} medel_ledger_grouping;

typedef struct medel_ledger_group {
    uint32_t key[2];
    const char *label[2]; /* "3010", "30", "202301", "LF", "1010"; "" for none */
    medel_ledger_sum sum;
    uint32_t vouchers; /* that have rows here (of a trail: changes of voucher) */
    uint32_t first;    /* row */
} medel_ledger_group;

/* Sums by one or two keys, ordered by label (text order; NONE last). */
typedef struct medel_ledger_groups medel_ledger_groups;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_ledger_groups_new(
    medel_ledger_groups **out, const medel_ledger *l, const medel_ledger_filter *filter,
    const medel_ledger_grouping *by, const medel_allocator *allocator, medel_error *err);
MEDEL_API void medel_ledger_groups_free(medel_ledger_groups *g);
MEDEL_API size_t medel_ledger_groups_get(const medel_ledger_groups *g,
                                         const medel_ledger_group **first);

/* What an account's #TRANS come to; kept in stream mode, too. */
typedef struct medel_account_total {
    int64_t net, debit;
    uint64_t rows;
} medel_account_total;
MEDEL_API void medel_ledger_total(const medel_ledger *l, uint32_t account,
                                  medel_account_total *out);

/* ---- the numbers of a series ---- */

typedef struct medel_number_gap {
    uint32_t from, to;
    uint32_t after; /* the voucher with the number before it */
} medel_number_gap;

typedef struct medel_series_numbers {
    size_t numbered; /* vouchers whose number is a number */
    uint32_t low, high;
    uint64_t missing;  /* numbers between low and high */
    uint32_t repeated; /* vouchers whose number an earlier one of the list has */
    const medel_number_gap *gaps;
    size_t ngaps;
    const uint32_t *duplicates; /* vouchers that share a number, by number */
    size_t nduplicates;
} medel_series_numbers;
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_series_numbers_new(medel_series_numbers **out, const medel_ledger *l,
                         uint32_t series, const medel_allocator *allocator);
MEDEL_API void medel_series_numbers_free(medel_series_numbers *n);

/* ---- checks of the whole file ---- */

typedef enum medel_ledger_check_kind {
    MEDEL_LEDGER_BALANCE,    /* IB + TRANS = UB of a balance account, year 0 */
    MEDEL_LEDGER_RESULT,     /* TRANS = RES of a result account, year 0 */
    MEDEL_LEDGER_VOUCHER,    /* the rows of a voucher come to 0 */
    MEDEL_LEDGER_PERIOD,     /* TRANS of a month = PSALDO; without vouchers: IB + PSALDO
                                = UB, PSALDO = RES */
    MEDEL_LEDGER_OPENING,    /* last year's UB = this year's IB */
    MEDEL_LEDGER_SUM,        /* UB + RES of all accounts come to 0 */
    MEDEL_LEDGER_OBJECT,     /* OIB + TRANS with the object = OUB; PSALDO of an object */
    MEDEL_LEDGER_OPENING_SUM /* IB of all accounts come to 0 */
} medel_ledger_check_kind;

typedef struct medel_ledger_check {
    medel_ledger_check_kind kind;
    uint32_t account;      /* index, or MEDEL_NO_INDEX */
    uint32_t objects;      /* object list, or 0 */
    uint32_t voucher;      /* index, or MEDEL_NO_INDEX */
    uint32_t month;        /* YYYYMM, or 0 */
    uint32_t line;         /* of the statement or the voucher; 0: none states it */
    int64_t stated, found; /* öre; differ */
} medel_ledger_check;

/* What was checked of a kind, and what did not hold.  A kind that could not be checked
   has 'why' (Swedish) and tested == 0. */
typedef struct medel_ledger_tally {
    uint64_t tested, failed;
    const char *why;
} medel_ledger_tally;
#define MEDEL_LEDGER_CHECKS (MEDEL_LEDGER_OPENING_SUM + 1)

/* Every check that does not hold, by kind and then by account or voucher; in stream mode
   the first 1000 vouchers. */
typedef struct medel_ledger_checks medel_ledger_checks;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_ledger_checks_new(
    medel_ledger_checks **out, const medel_ledger *l, const medel_allocator *allocator);
MEDEL_API void medel_ledger_checks_free(medel_ledger_checks *c);
MEDEL_API size_t medel_ledger_checks_get(const medel_ledger_checks *c,
                                         const medel_ledger_check **first);
MEDEL_API medel_ledger_tally medel_ledger_checks_tally(const medel_ledger_checks *c,
                                                       medel_ledger_check_kind kind);
MEDEL_API const char *medel_ledger_check_name(medel_ledger_check_kind k); /* "balance" */

#ifdef __cplusplus
}
#endif
#endif

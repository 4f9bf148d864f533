/* ledger.h - the inside of a ledger, for the wings that stand on it. */
#ifndef MEDEL_LEDGER_PRIV_H
#define MEDEL_LEDGER_PRIV_H

#include "medel_ledger.h"
#include "medel_priv.h"
#include "sietext.h"

/* ---- names to numbers ---- */

typedef struct sie_names {
    struct sie_name {
        const char *raw;
        uint32_t len, tag; /* tag: the dimension of an object, else 0 */
    } * names;
    uint32_t *slots; /* number + 1 */
    size_t count, room, slot_room;
} sie_names;

typedef struct sie_trail {
    uint32_t voucher, offset, objects, line;
    uint16_t account, day;
    int64_t amount;
    medel_row_kind kind;
} sie_trail;

/* ---- the ledger ---- */

typedef enum sie_hold { SIE_BORROWED, SIE_OWNED, SIE_MAPPED } sie_hold;

struct medel_ledger {
    medel_arena arena;
    medel_ledger_head head;
    const char *text; /* of the file; NULL in stream mode */
    size_t len;
    sie_hold hold;
    sie_table table; /* of a single-byte encoding */

    medel_array years, labels, deviations;
    medel_array accounts, dimensions, objects, series, balances;
    uint16_t *sorted;
    uint32_t *list_first, *list_items; /* object lists: nlists + 1, and their objects */
    size_t nlists;
    uint64_t errors, warnings;
    uint64_t nvouchers, nrows, ntrail; /* in all, also when they are not kept */
    uint32_t *placed;                  /* balances in the order of what they are about */
    bool repeated;                     /* a balance is stated twice */

    medel_ledger_columns columns;
    uint32_t *voucher_first, *voucher_number, *voucher_line, *voucher_offset;
    uint16_t *voucher_day, *voucher_regday, *voucher_series;
    uint16_t *account, *day;
    uint32_t *objects_of, *offset;
    int64_t *amount;
    uint32_t *row_line; /* of built ledgers, else NULL: lines are counted */
    sie_trail *trail;   /* ntrail of them: voucher, kind and line */

    medel_account_total *totals; /* by account */
    int64_t *days; /* net of [account * ndays + day - day_low]; NULL where it would be
                      larger than the rows are worth */
    uint16_t day_low;
    size_t ndays;
    /* Per month from 'month_zero' (year * 12 + month - 1): [account * nmonths + month];
       in stream mode only. */
    int64_t *months;
    uint32_t month_zero, nmonths;
    sie_names account_names, series_names, object_names, dimension_names;
    /* Items that there is room for: each column's own, since memory may be out between
       two of them, and an allocator is told what it gives back. */
    struct {
        size_t voucher_first, voucher_number, voucher_line, voucher_offset;
        size_t voucher_day, voucher_regday, voucher_series;
        size_t account, day, objects_of, offset, amount;
        size_t row_line, list_first, list_items, totals, days, months;
    } room;
    medel_ledger_check *unbalanced; /* the first, in stream mode */
    uint64_t nunbalanced, tested_vouchers;
    uint64_t outside_months; /* rows that 'months' has no place for */
};

#define SIE_UNBALANCED 1000
#define SIE_ACCOUNTS 65535 /* at most, so that two bytes name one */

uint32_t medel_names_find(const sie_names *n, const char *raw, size_t len, uint32_t tag);
/* The number of a name, which is added if it is new (*fresh). */
uint32_t medel_names_add(medel_arena *a, sie_names *n, const char *raw, size_t len,
                         uint32_t tag, bool *fresh);

/* ---- what its own files share ---- */

/* Where the line stands that an event of stream mode tells of. */
typedef struct sie_open_line {
    const char *start, *end; /* start is NULL: there is none */
} sie_open_line;

/* The line at 'offset', with its label and fields. */
bool medel_ledger_split(const medel_ledger *l, size_t offset, const char **start,
                        const char **end, sie_fields *f);

/* By kind, year, account, month and objects. */
int medel_balance_order(const medel_balance *a, const medel_balance *b);
/* The last balance about just that, or NULL. */
const medel_balance *medel_ledger_placed(const medel_ledger *l, medel_balance_kind kind,
                                         int year, uint32_t account, uint32_t month,
                                         uint32_t objects);

/* How many months year 0 has, and year * 12 + month - 1 of the first; 0 if it is not
   known or has more than 24. */
uint32_t medel_ledger_months_of(const medel_ledger *l, uint32_t *first);

/* What a filter's accounts name; 'member' has a byte for each account. */
medel_status medel_ledger_members(const medel_ledger *l, const char *spec,
                                  unsigned char *member, medel_error *err);

#define ACCOUNTS(l) ((medel_account *)(l)->accounts.data)
#define OBJECTS(l) ((medel_object *)(l)->objects.data)
#define SERIES(l) ((medel_series *)(l)->series.data)
#define BALANCES(l) ((medel_balance *)(l)->balances.data)

#endif

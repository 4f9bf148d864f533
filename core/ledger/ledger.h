/*
 * ledger.h - the inside of a ledger, and of the reader that fills it; for core's own
 * files.
 */
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

/* ---- deviations (sie_deviations.c) ---- */

typedef enum sie_deviation_code {
#define SIE_DEVIATION(code, severity, sv, en) DEV_##code,
#include "sie_deviations.h"
#undef SIE_DEVIATION
    DEV_CODES
} sie_deviation_code;

/* ---- the reader ---- */

typedef struct sie_tally {
    sie_deviation_code code;
    const char *label;
    uint64_t count;
    uint32_t kept;
} sie_tally;

typedef struct sie_pair {
    uint32_t key;
    uint32_t list; /* 0: free */
} sie_pair;

#define SIE_PENDING 64
typedef struct sie_pending {
    uint32_t account, objects, line;
    int64_t amount;
} sie_pending;

typedef struct sie_reader {
    medel_ledger *l;
    medel_arena *a;
    medel_ledger_options options;
    medel_diagnostics *diags;
    medel_source src;
    const char *base;     /* of the text or of the window that is being read */
    uint64_t base_offset; /* of the window, in the file */
    uint64_t line;        /* of the line that is being read */
    const char *line_start, *line_end;
    uint64_t seen[SIE_LABELS]; /* of each label */
    uint32_t first_line[SIE_LABELS];
    unsigned group; /* highest so far */
    medel_array tallies;
    sie_bytes bytes;
    const struct sie_built *built; /* by a builder: lines are those of its source */

    bool open;   /* a voucher has begun */
    bool braces; /* and its { has been seen */
    bool stopped;
    uint32_t ver_offset;
    uint64_t absolute;                 /* sum of |amount| of all rows, below 2^63 */
    uint64_t nvouchers, nrows, ntrail; /* in all, also when they are not kept */
    medel_voucher now;                 /* stream mode: the voucher that is open */
    medel_array trail;                 /* sie_trail */
    uint32_t crc;
    bool ksumma_on, ksumma_last;
    sie_table cp437; /* for #KSUMMA of other encodings */
    struct sie_fast *fast;
    const char *counted;    /* bytes of the text before it have been counted */
    bool again;             /* the text can be read once more */
    medel_encoding decided; /* by a first reading that took the wrong one */
    uint32_t *list_slots;   /* of lists but those of two objects below 65 536 */
    size_t list_slot_room, nlong;
    struct sie_pair *pairs; /* of those */
    size_t pair_room, npairs;
    uint16_t now_day;                 /* of the voucher that is open */
    sie_pending pending[SIE_PENDING]; /* #RTRANS whose #TRANS has not come */
    size_t npending;
    uint64_t total; /* bytes in all, 0 when not known */
    uint64_t done;
} sie_reader;

/* Say why and leave the reading. */
void medel_sie_fail(sie_reader *r, medel_status status, const char *expected,
                    const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6), noreturn));

/* Remember a deviation at the line that is being read; 'value' (may be NULL) is quoted.
 */
void medel_sie_deviate(sie_reader *r, sie_deviation_code code, const char *label,
                       unsigned field, const char *value, size_t len);
/* The same about the whole file or another line. */
void medel_sie_deviate_at(sie_reader *r, sie_deviation_code code, const char *label,
                          uint64_t line, unsigned field, const char *value, size_t len);
const char *medel_sie_code_name(sie_deviation_code code);
/* Put the list in order and give every item its count. */
void medel_sie_deviations_finish(sie_reader *r);

/* Any line, without its end. */
void medel_sie_line(sie_reader *r, const char *p, const char *end);
/* The last line, which has no line feed. */
void medel_sie_rest(sie_reader *r, const char *p, const char *end);
/* The open voucher ends; 'said': that it has no } or { has been said, or is no fault. */
void medel_sie_close(sie_reader *r, bool said);
/* What begins like HTML, XML, a zip archive ... (sie_kind.c) */
void medel_sie_refuse_others(sie_reader *r, const char *p, size_t len);
/* #VER, #TRANS, #RTRANS, #BTRANS (sie_rows.c) */
void medel_sie_ver(sie_reader *r, const sie_fields *f);
void medel_sie_row(sie_reader *r, sie_label label, const sie_fields *f);
void medel_sie_begin(sie_reader *r, uint32_t series, uint32_t number, uint16_t day,
                     uint16_t regday, uint32_t line);
void medel_sie_add_row(sie_reader *r, medel_ledger_row *row, uint16_t day);
void medel_sie_absolute(sie_reader *r, int64_t amount);
void medel_sie_more_rows(sie_reader *r, size_t to);
void medel_sie_more_vouchers(sie_reader *r, size_t to);
void medel_sie_end_voucher(sie_reader *r);
/* Everything else (sie_items.c) */
void medel_sie_item(sie_reader *r, sie_label label, const sie_fields *f);
void medel_sie_finish(sie_reader *r);
/* Deviation and false if field i is no amount. */
bool medel_sie_amount_field(sie_reader *r, const char *label, const sie_fields *f,
                            size_t i, int64_t *ore);

/* Account, series, object, dimension, object list by their text; added when new. */
uint32_t medel_sie_account(sie_reader *r, const char *p, size_t len, bool *fresh);
uint32_t medel_sie_series(sie_reader *r, const char *p, size_t len);
uint32_t medel_sie_dimension(sie_reader *r, const char *p, size_t len);
uint32_t medel_sie_object(sie_reader *r, uint32_t dimension, const char *p, size_t len);
uint32_t medel_sie_list(sie_reader *r, const char *label, unsigned field,
                        const sie_field *f);
uint32_t medel_sie_list_of(sie_reader *r, const uint32_t *objects, size_t n);
/* A field as UTF-8 in the arena. */
const char *medel_sie_text(sie_reader *r, const sie_field *f);
void *medel_sie_grow(sie_reader *r, void *old, size_t from, size_t to, size_t item);
/* Room for 'to' items in a column of the ledger. */
#define SIE_GROW(r, column, to)                                                          \
    do {                                                                                 \
        medel_ledger *grown = (r)->l;                                                    \
        const size_t wanted = (to);                                                      \
        grown->column = medel_sie_grow((r), grown->column, grown->room.column, wanted,   \
                                       sizeof *grown->column);                           \
        grown->room.column = wanted;                                                     \
    } while (0)

/* Lines of vouchers, and of rows of all kinds, in order. */
typedef struct sie_built {
    const uint32_t *voucher_lines, *row_lines;
    size_t nvouchers, nrows;
} sie_built;
medel_status medel_sie_built(medel_ledger **out, const char *name, const char *text,
                             size_t len, const sie_built *lines,
                             const medel_ledger_options *options,
                             medel_diagnostics *diags);

/* ---- the ledger's own (ledger.c) ---- */

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

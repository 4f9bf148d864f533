/* sie_reader.h - the reader that fills a ledger, for the files of this wing. */
#ifndef MEDEL_SIE_READER_H
#define MEDEL_SIE_READER_H

#include "ledger.h"

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

#endif

/*
 * sietext.h - how SIE writes: encodings, fields, amounts, dates and labels; for core's
 * own files.
 */
#ifndef MEDEL_SIETEXT_PRIV_H
#define MEDEL_SIETEXT_PRIV_H

#include "medel_priv.h"
#include "medel_sietext.h"

/* ---- encodings (sie_encoding.c) ---- */

/* UTF-8 of a single-byte encoding's bytes 128..255, and the way back. */
typedef struct sie_table {
    medel_encoding encoding;
    char utf8[128][4]; /* up to three bytes, then their number */
} sie_table;

/* What the bytes above 127 are. */
typedef struct sie_bytes {
    uint64_t valid, invalid;             /* sequences of UTF-8; bytes that are in none */
    uint64_t single[128];                /* those bytes, 128..255 */
    uint64_t swedish8;                   /* letters of Swedish in UTF-8 */
    uint64_t first_valid, first_invalid; /* offsets of the first such letter and byte */
    uint64_t mojibake, first_mojibake;
} sie_bytes;

bool medel_sie_table(sie_table *t, medel_encoding e); /* false: iconv knows it not */
/* Count what stands at s, a byte above 127; how many bytes it was. */
size_t medel_sie_count_one(sie_bytes *b, const unsigned char *s, size_t left,
                           bool after_letter, uint64_t offset);
/* Count 'len' bytes that stand at 'offset' of the file. */
void medel_sie_count(sie_bytes *b, const unsigned char *s, size_t len, uint64_t offset);
medel_encoding medel_sie_decide(const sie_bytes *b);
/* Both Swedish letters in UTF-8 and bytes that are none. */
bool medel_sie_mixed(const sie_bytes *b);
/* As UTF-8, "\"" for "\\\"", control characters as spaces; like snprintf. */
size_t medel_sie_decode(const sie_table *t, const char *raw, size_t len, bool quoted,
                        char *buf, size_t size);
/* One character's byte in the table, or -1. */
int medel_sie_byte(const sie_table *t, const char *utf8, size_t len);

/* ---- fields of a line (sie_fields.c) ---- */

typedef struct sie_field {
    const char *p;
    uint32_t len;
    bool quoted, list; /* list: what stands between { and } */
} sie_field;

#define SIE_FIELDS 16 /* kept; more are counted */

/* What a line has that may be a deviation. */
enum {
    SIE_TABS = 1,         /* a tab between fields */
    SIE_UNTERMINATED = 2, /* a quote that is not closed */
    SIE_INNER_QUOTE = 4,  /* a quote inside a text without \ before it */
    SIE_OPEN_LIST = 8,    /* { without } */
    SIE_INDENTED = 16,
    SIE_CONTROL = 32, /* control characters in a field */
    SIE_AGAIN = 64    /* a second reading was tried: once in a line is enough */
};

typedef struct sie_fields {
    sie_field at[SIE_FIELDS];
    size_t n;   /* kept */
    size_t all; /* in the line */
    unsigned marks;
} sie_fields;

/* Split what follows the label. */
void medel_sie_split(sie_fields *f, const char *p, const char *end);
/* The next of a list's words; false at its end. */
bool medel_sie_word(const char **p, const char *end, sie_field *out);

/* ---- values (sie_values.c) ---- */

typedef enum sie_amount {
    SIE_AMOUNT_OK,
    SIE_AMOUNT_EMPTY,
    SIE_AMOUNT_COMMA,
    SIE_AMOUNT_PLUS,
    SIE_AMOUNT_SPACE,
    SIE_AMOUNT_DECIMALS, /* more than two */
    SIE_AMOUNT_OVERFLOW,
    SIE_AMOUNT_FORM
} sie_amount;
sie_amount medel_sie_amount(int64_t *ore, const char *p, size_t len);
bool medel_sie_quantity(const char *p, size_t len);
/* Column value of YYYYMMDD; 0 if there is no such day 1900-01-01..2079-06-05. */
uint16_t medel_sie_day(const char *p, size_t len);
/* YYYYMM, 0 if it is none. */
uint32_t medel_sie_month(const char *p, size_t len);
/* YYYYMM of a day. */
uint32_t medel_month_of(uint16_t day);

/* ---- labels (sie_labels.c) ---- */

typedef enum sie_label {
    SIE_ADRESS,
    SIE_BKOD,
    SIE_BTRANS,
    SIE_DIM,
    SIE_ENHET,
    SIE_FLAGGA,
    SIE_FNAMN,
    SIE_FNR,
    SIE_FORMAT,
    SIE_FTYP,
    SIE_GEN,
    SIE_IB,
    SIE_KONTO,
    SIE_KPTYP,
    SIE_KSUMMA,
    SIE_KTYP,
    SIE_OBJEKT,
    SIE_OIB,
    SIE_OMFATTN,
    SIE_ORGNR,
    SIE_OUB,
    SIE_PBUDGET,
    SIE_PROGRAM,
    SIE_PROSA,
    SIE_PSALDO,
    SIE_RAR,
    SIE_RES,
    SIE_RTRANS,
    SIE_SIETYP,
    SIE_SRU,
    SIE_TAXAR,
    SIE_TRANS,
    SIE_UB,
    SIE_UNDERDIM,
    SIE_VALUTA,
    SIE_VER,
    SIE_LABELS,
    SIE_UNKNOWN = SIE_LABELS
} sie_label;

typedef struct sie_label_info {
    const char *name;
    unsigned min, max; /* fields: compulsory, defined */
    unsigned group;    /* 1 flag, 2 identification, 3 chart, 4 balances and vouchers */
    char types[6];     /* of 1, 2, 3, 4I, 4E: R required, O optional, - forbidden */
    bool once;         /* a second one replaces the first and is a deviation */
    const char *quote; /* of each field in normal form: q quoted, . as short as possible,
                          { a list */
} sie_label_info;
const sie_label_info *medel_sie_label_info(sie_label label);
sie_label medel_sie_label(const char *name, size_t len, bool *lower);
/* 0..4 for "1", "2", "3", "4I", "4E"; -1. */
int medel_sie_type_index(const char *type);

#endif

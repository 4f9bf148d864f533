/* csv_mapping.h - what a mapping file says of a CSV file. */
#ifndef MEDEL_CSV_MAPPING_H
#define MEDEL_CSV_MAPPING_H

#include "medel_csv.h"
#include "medel_priv.h"

typedef enum csv_column {
    CSV_SERIES,
    CSV_NUMBER,
    CSV_DATE,
    CSV_REGISTERED,
    CSV_SIGN,
    CSV_TEXT,
    CSV_ACCOUNT,
    CSV_ACCOUNT_NAME,
    CSV_AMOUNT,
    CSV_DEBIT,
    CSV_CREDIT,
    CSV_ROW_TEXT,
    CSV_COLUMNS
} csv_column;

/* A column by its header, or by its number from 1 where there is none. */
typedef struct csv_place {
    const char *name; /* NULL: not mapped */
    unsigned number;  /* 0: by name */
    unsigned line, col;
} csv_place;

typedef struct csv_dimension {
    const char *number, *name;
    csv_place place;
} csv_dimension;

/* An account's opening balance. */
typedef struct csv_opening {
    const char *account, *account_name;
    int64_t amount;
    unsigned line, col;
} csv_opening;

struct medel_csv_mapping {
    medel_arena arena;
    const char *file;
    char delimiter, decimal, thousands; /* thousands '\0': none */
    medel_encoding encoding;
    bool header;
    unsigned skip;            /* lines before the header */
    unsigned decimals;        /* at most; those after the second are 0 */
    csv_place opening;        /* the column that marks a row as an opening balance ... */
    const char *opening_mark; /* ... by this text in it */
    medel_array balances;     /* csv_opening: those that the mapping itself states */
    const char *date;         /* "YYYY-MM-DD" */
    const char *series, *company, *orgnr, *start, *end; /* or NULL */
    csv_place columns[CSV_COLUMNS];
    medel_array dimensions; /* csv_dimension */
};

#endif

/* ledger_keys.h - a growing list of numbers in order, for what looks at rows in another
 * order than the file's; for core/ledger. */
#ifndef MEDEL_LEDGER_KEYS_H
#define MEDEL_LEDGER_KEYS_H

#include "ledger_query.h"

typedef struct medel_keys {
    uint64_t *all;
    size_t n, room;
    medel_allocator allocator;
} medel_keys;

/* A key that sorts first by 'what' and then by row. */
#define MEDEL_KEY(what, row) ((uint64_t)(what) << 32 | (row))
#define MEDEL_KEY_ROW(key) ((uint32_t)(key))

/* With the arena's allocator; the list is its own memory. */
medel_keys medel_keys_of(const medel_arena *a);
void medel_keys_free(medel_keys *k);
/* All false when memory is out. */
bool medel_keys_add(medel_keys *k, uint64_t key);
/* Rising; those that are alike from bit 'from' stay as they stand. */
bool medel_keys_sort(medel_keys *k, unsigned from);
/* The rows (of #TRANS) that the query lets through, by day and then as they stand:
   MEDEL_KEY(day column, row). */
bool medel_keys_by_day(medel_keys *k, medel_ledger_query *q);

#endif

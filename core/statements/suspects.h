/* suspects.h - what in the books could make a printed figure differ. */
#ifndef MEDEL_SUSPECTS_H
#define MEDEL_SUSPECTS_H

#include "statements.h"

/* A possible cause with what each figure would be without it. */
typedef struct suspect {
    medel_book_cause cause;
    medel_statements *delta;
    bool accepted;
} suspect;

typedef struct suspects {
    medel_arena *arena;
    const medel_statements *s;
    const medel_ledger *l;
    medel_array list; /* suspect */
    uint64_t *texts;  /* of each voucher: its text without digits and case; 0 for none */
    medel_error err;
    medel_status status;
} suspects;

#define SUSPECTS 64 /* at most, of those that the books themselves point at */

/* Those that the books themselves point at: vouchers outside the year, made twice, of
   another year, that do not balance; opening balances that are not the closing ones. */
void medel_suspects_find(suspects *x);
/* Add one; false if memory or numbers end. */
bool medel_suspects_add(suspects *x, const medel_book_cause *cause);
/* By how much it would change a figure. */
int64_t medel_suspect_effect(const suspect *one, const medel_comparison *of);

/* How well a row fits an account and object: by what other vouchers of the same text
   stand on (*like gets one), and by words that its text shares with their names. */
int medel_suspects_habit(suspects *x, uint32_t row, uint32_t account, uint32_t object,
                         uint32_t *like);

#endif

/* statements.h - the inside of statements, for statements_causes.c. */
#ifndef MEDEL_STATEMENTS_PRIV_H
#define MEDEL_STATEMENTS_PRIV_H

#include "medel_statements.h"
#include "report.h"

/* A change of the books: an amount that is booked, or opened, and was not. */
typedef struct medel_book_change {
    uint32_t account, object; /* object of the plan's dimension, or MEDEL_NO_INDEX */
    int64_t amount;           /* debit positive */
    bool opening;             /* of the opening balance */
} medel_book_change;

/* By how much each figure of year 0 would change with the books: statements whose amounts
   are the differences.  The statements must outlive it. */
medel_status medel_statements_changed(medel_statements **out, const medel_statements *s,
                                      const medel_book_change *list, size_t n,
                                      const medel_allocator *allocator, medel_error *err);
/* The object of the plan's dimension in an object list, or MEDEL_NO_INDEX. */
uint32_t medel_statements_object(const medel_statements *s, uint32_t list);

/* Does any account lead to the row, or to one that adds to it? */
bool medel_kontoplan_reaches(const medel_kontoplan *p, const char *table,
                             const char *row);

#endif

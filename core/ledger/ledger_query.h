/* ledger_query.h - the inside of a query; for ledger_query.c and ledger_groups.c. */
#ifndef MEDEL_LEDGER_QUERY_H
#define MEDEL_LEDGER_QUERY_H

#include "ledger.h"
#include "ledger_where.h"

struct medel_ledger_query {
    medel_arena arena; /* holds the query itself */
    const medel_ledger *l;
    unsigned char *member; /* by account; NULL: all */
    uint64_t *lists;       /* a bit for each object list; NULL: all */
    uint16_t from, to;     /* day columns */
    uint32_t series;
    int64_t low, high;
    char *text, *sign; /* text is folded */
    medel_where *where;
    unsigned kinds;
    bool any_day, any_amount, absolute, by_series, nothing;
    size_t row, voucher; /* next row, and the voucher that it is in */
    uint32_t judged;     /* the voucher that these are about */
    bool voucher_passes, voucher_sign, voucher_text;
};

/* Lower case of ASCII and Latin-1's letters, in UTF-8. */
void medel_fold(char *s);
bool medel_list_matches(const medel_ledger *l, uint32_t list, const char *dimension,
                        const char *object);

#endif

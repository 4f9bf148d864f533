/* ledger_placed.c - stated balances, found by what they are about. */
#include "ledger.h"

int medel_balance_order(const medel_balance *a, const medel_balance *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->year != b->year)
        return a->year > b->year ? -1 : 1;
    if (a->account != b->account)
        return a->account < b->account ? -1 : 1;
    if (a->month != b->month)
        return a->month < b->month ? -1 : 1;
    if (a->objects != b->objects)
        return a->objects < b->objects ? -1 : 1;
    return 0;
}

bool medel_ledger_stated(const medel_ledger *l, medel_balance_kind kind, int year,
                         uint32_t account, uint32_t month, int64_t *amount)
{
    const medel_balance *found = medel_ledger_placed(l, kind, year, account, month, 0);
    if (found)
        *amount = found->amount;
    return found != NULL;
}

const medel_balance *medel_ledger_placed(const medel_ledger *l, medel_balance_kind kind,
                                         int year, uint32_t account, uint32_t month,
                                         uint32_t objects)
{
    const medel_balance wanted = {
        .kind = kind, .year = year, .account = account, .month = month, .objects = objects
    };
    size_t low = 0, high = l->balances.count;
    while (low < high) { /* the first that comes after all that are wanted */
        const size_t middle = (low + high) / 2;
        if (medel_balance_order(&BALANCES(l)[l->placed[middle]], &wanted) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low)
        return NULL;
    const medel_balance *b = &BALANCES(l)[l->placed[low - 1]];
    return medel_balance_order(b, &wanted) == 0 ? b : NULL;
}

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
    MEDEL_OUT(amount);
    MEDEL_NEEDS_OR(false, l, amount);
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

/* Has the file any balance of the kind and year for a whole account? */
static bool has_any(const medel_ledger *l, medel_balance_kind kind, int year)
{
    const medel_balance before = { .kind = kind, .year = year };
    size_t low = 0, high = l->balances.count;
    while (low < high) { /* the first that is of the kind and year, or comes after */
        const size_t middle = (low + high) / 2;
        if (medel_balance_order(&BALANCES(l)[l->placed[middle]], &before) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == l->balances.count)
        return false;
    const medel_balance *b = &BALANCES(l)[l->placed[low]];
    return b->kind == kind && b->year == year;
}

bool medel_ledger_opens(const medel_ledger *l, int year, medel_balance_kind *kind,
                        int *of)
{
    MEDEL_OUT(kind);
    MEDEL_OUT(of);
    MEDEL_NEEDS_OR(false, l, kind, of);
    const bool ib = has_any(l, MEDEL_BALANCE_IB, year);
    if (!ib && !has_any(l, MEDEL_BALANCE_UB, year - 1))
        return false;
    *kind = ib ? MEDEL_BALANCE_IB : MEDEL_BALANCE_UB;
    *of = ib ? year : year - 1;
    return true;
}

bool medel_ledger_opening(const medel_ledger *l, int year, uint32_t account,
                          int64_t *amount)
{
    MEDEL_OUT(amount);
    MEDEL_NEEDS_OR(false, l, amount);
    medel_balance_kind kind;
    int of;
    /* a result account that is stated as #UB, too, begins each year at 0 */
    return medel_ledger_opens(l, year, &kind, &of)
           && !(kind == MEDEL_BALANCE_UB && ACCOUNTS(l)[account].result)
           && medel_ledger_stated(l, kind, of, account, 0, amount);
}

bool medel_ledger_closing(const medel_ledger *l, int year, uint32_t account,
                          medel_balance_kind *kind, int64_t *amount)
{
    MEDEL_OUT(kind);
    MEDEL_OUT(amount);
    MEDEL_NEEDS_OR(false, l, kind, amount, account < l->accounts.count);
    const bool result = ACCOUNTS(l)[account].result;
    for (int i = 0; i < 2; i++) {
        *kind = result == (i == 0) ? MEDEL_BALANCE_RES : MEDEL_BALANCE_UB;
        if (medel_ledger_stated(l, *kind, year, account, 0, amount))
            return true;
    }
    MEDEL_OUT(kind);
    return false;
}

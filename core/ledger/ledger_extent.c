/* ledger_extent.c - how far a ledger reaches: in time, and in what could be read. */
#include "ledger.h"

int32_t medel_ledger_reaches(const medel_ledger *l)
{
    MEDEL_NEEDS_OR(MEDEL_NO_DAY, l);
    const medel_ledger_year *y = medel_ledger_year_of(l, 0);
    const int32_t end = y ? y->end : MEDEL_NO_DAY, gen = l->head.gen;
    if (l->head.omfattn != MEDEL_NO_DAY)
        return l->head.omfattn;
    return gen != MEDEL_NO_DAY && gen < end ? gen : end;
}

int32_t medel_ledger_last_day(const medel_ledger *l)
{
    MEDEL_NEEDS_OR(MEDEL_NO_DAY, l);
    const medel_ledger_columns *c = &l->columns;
    const medel_ledger_year *y = medel_ledger_year_of(l, 0);
    int32_t last = MEDEL_NO_DAY;
    for (size_t v = 0; v < c->nvouchers; v++) {
        const int32_t day = medel_ledger_day(c->voucher_day[v]);
        const bool empty = c->voucher_first[v] == c->voucher_first[v + 1];
        const bool after = y && y->end != MEDEL_NO_DAY && day > y->end;
        if (!empty && !after && day > last)
            last = day;
    }
    return last;
}

/* ---- opening balances that are booked, too ---- */

/* The accounts of a voucher, each with just its opening balance: how many; 0 if one has
   another. */
static size_t opens_alike(const medel_ledger *l, uint32_t v)
{
    const medel_ledger_columns *c = &l->columns;
    const uint32_t first = c->voucher_first[v], end = c->voucher_first[v + 1];
    size_t n = 0;
    for (uint32_t i = first; i < end; i++) {
        int64_t net = 0, opening;
        bool seen = false;
        for (uint32_t k = first; k < end; k++) {
            seen |= k < i && c->account[k] == c->account[i];
            net += c->account[k] == c->account[i] ? c->amount[k] : 0;
        }
        if (seen)
            continue;
        if (!medel_ledger_opening(l, 0, c->account[i], &opening) || !opening
            || opening != net)
            return 0;
        n++;
    }
    return n;
}

static size_t opened(const medel_ledger *l)
{
    size_t n = 0;
    for (uint32_t a = 0; a < l->accounts.count; a++) {
        int64_t amount;
        n += medel_ledger_opening(l, 0, a, &amount) && amount;
    }
    return n;
}

uint32_t medel_ledger_opening_voucher(const medel_ledger *l)
{
    MEDEL_NEEDS_OR(MEDEL_NO_INDEX, l);
    const medel_ledger_columns *c = &l->columns;
    const medel_ledger_year *y = medel_ledger_year_of(l, 0);
    const size_t all = opened(l);
    if (all < 2)
        return MEDEL_NO_INDEX;
    for (uint32_t v = 0; v < c->nvouchers; v++) {
        const size_t rows = c->voucher_first[v + 1] - c->voucher_first[v];
        int64_t opening; /* of the first row: nearly every voucher ends here */
        if (rows < 2 || rows > 4 * all
            || !medel_ledger_opening(l, 0, c->account[c->voucher_first[v]], &opening)
            || !opening)
            continue;
        const size_t n = opens_alike(l, v);
        const bool at_start = y && medel_ledger_day(c->voucher_day[v]) <= y->start;
        if (n >= 2 && (at_start || n == all))
            return v;
    }
    return MEDEL_NO_INDEX;
}

/* ---- what could not be read ---- */

size_t medel_ledger_unread_in(const medel_ledger *l, uint32_t voucher)
{
    MEDEL_NEEDS_OR(0, l);
    const medel_ledger_columns *c = &l->columns;
    const medel_ledger_deviation *d = l->deviations.data;
    if (voucher >= c->nvouchers || !l->errors)
        return 0;
    const uint32_t from = c->voucher_line[voucher];
    const uint32_t to =
        voucher + 1 < c->nvouchers ? c->voucher_line[voucher + 1] : UINT32_MAX;
    size_t low = 0, high = l->deviations.count, n = 0;
    while (low < high) { /* deviations are in the order of the file */
        const size_t middle = (low + high) / 2;
        if (d[middle].line < from)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < l->deviations.count && d[low].line < to; low++)
        n += d[low].severity == MEDEL_SEVERITY_ERROR;
    return n;
}

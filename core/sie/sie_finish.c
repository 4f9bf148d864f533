/* sie_finish.c - what can be said of a SIE file once it has been read. */
#include "sie_reader.h"

#include <stdlib.h>
#include <string.h>

/* ---- type ---- */

static bool has_balances(const medel_ledger *l)
{
    const medel_balance *b = BALANCES(l);
    for (size_t i = 0; i < l->balances.count; i++) {
        if (b[i].year == 0 && b[i].kind <= MEDEL_BALANCE_RES)
            return true;
    }
    return false;
}

/* 4E and 4I are both 4: what has years and balances is an export. */
static const char *type_of(const sie_reader *r)
{
    const char *stated = r->l->head.sietyp;
    const char digit = stated && stated[0] >= '1' && stated[0] <= '4' && !stated[1]
                           ? stated[0]
                       : r->seen[SIE_VER] ? '4'
                                          : '1';
    switch (digit) {
    case '1': return "1";
    case '2': return "2";
    case '3': return "3";
    default: return r->seen[SIE_RAR] && has_balances(r->l) ? "4E" : "4I";
    }
}

static void check_labels(sie_reader *r)
{
    const int type = medel_sie_type_index(r->l->head.type);
    for (int i = 0; i < SIE_LABELS; i++) {
        const sie_label_info *info = medel_sie_label_info((sie_label)i);
        if (info->types[type] == 'R' && !r->seen[i] && !r->built)
            medel_sie_deviate_at(r, DEV_label_missing, info->name, 0, 0, info->name,
                                 strlen(info->name));
        if (info->types[type] == '-' && r->seen[i])
            medel_sie_deviate_at(r, DEV_label_forbidden, info->name, r->first_line[i], 0,
                                 info->name, strlen(info->name));
    }
}

static void check_suffix(sie_reader *r)
{
    const char *name = r->l->head.name;
    const size_t len = strlen(name);
    if (len < 3 || name[len - 3] != '.' || (name[len - 2] | 32) != 's')
        return;
    const char last = (char)(name[len - 1] | 32);
    const bool import = strcmp(r->l->head.type, "4I") == 0;
    if ((last == 'e' && import) || (last == 'i' && !import))
        medel_sie_deviate_at(r, DEV_file_suffix, "", 0, 0, name + len - 3, 3);
}

/* ---- years ---- */

static int by_year(const void *a, const void *b)
{
    const medel_ledger_year *x = a, *y = b;
    return (x->number < y->number) - (x->number > y->number);
}

static void check_years(sie_reader *r)
{
    medel_ledger_year *y = r->l->years.data;
    const size_t n = r->l->years.count;
    if (n)
        qsort(y, n, sizeof *y, by_year);
    for (size_t i = 1; i < n; i++) {
        if (y[i].end != MEDEL_NO_DAY && y[i - 1].start != MEDEL_NO_DAY
            && y[i].end >= y[i - 1].start)
            medel_sie_deviate_at(r, DEV_year_overlap, "RAR", y[i].line, 0, NULL, 0);
    }
    uint64_t said[2] = { 0, 0 }; /* years -0..-99 */
    const medel_balance *b = BALANCES(r->l);
    for (size_t i = 0; i < r->l->balances.count; i++) {
        const unsigned k = (unsigned)-b[i].year;
        const uint64_t bit = (uint64_t)1 << (k & 63);
        if ((said[k >> 6] & bit) || medel_ledger_year_of(r->l, b[i].year))
            continue;
        said[k >> 6] |= bit;
        const char *number = medel_arena_format(r->a, "%d", b[i].year);
        medel_sie_deviate_at(r, DEV_year_missing, "RAR", b[i].line, 0, number,
                             strlen(number));
    }
}

/* ---- accounts ---- */

static int by_number(const medel_account *a, const medel_account *b)
{
    return strcmp(a->number, b->number);
}

static void merge(uint16_t *out, const uint16_t *x, size_t nx, const uint16_t *y,
                  size_t ny, const medel_account *all)
{
    size_t i = 0, k = 0;
    while (i < nx || k < ny) {
        const bool left = k == ny || (i < nx && by_number(&all[x[i]], &all[y[k]]) <= 0);
        *out++ = left ? x[i++] : y[k++];
    }
}

static void sort_accounts(sie_reader *r)
{
    const size_t n = r->l->accounts.count;
    uint16_t *order = MEDEL_NEW(r->a, uint16_t, n + 1),
             *spare = MEDEL_NEW(r->a, uint16_t, n + 1);
    for (size_t i = 0; i < n; i++)
        order[i] = (uint16_t)i;
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t low = 0; low < n; low += 2 * width) {
            const size_t middle = low + width < n ? low + width : n;
            const size_t high = middle + width < n ? middle + width : n;
            merge(spare + low, order + low, middle - low, order + middle, high - middle,
                  ACCOUNTS(r->l));
        }
        uint16_t *other = order;
        order = spare;
        spare = other;
    }
    r->l->sorted = order;
}

static void decide_results(sie_reader *r)
{
    medel_ledger *l = r->l;
    medel_account *a = ACCOUNTS(l);
    unsigned char *stated = MEDEL_NEW(r->a, unsigned char, l->accounts.count + 1);
    const medel_balance *b = BALANCES(l);
    for (size_t i = 0; i < l->accounts.count; i++) {
        const char first = a[i].number[0];
        a[i].result = a[i].type == 'I' || a[i].type == 'K'
                      || (!a[i].type && first != '1' && first != '2');
    }
    for (size_t i = 0; i < l->balances.count; i++) {
        if (b[i].kind <= MEDEL_BALANCE_RES)
            stated[b[i].account] |= b[i].kind == MEDEL_BALANCE_RES ? 2 : 1;
    }
    for (size_t i = 0; i < l->accounts.count; i++) {
        if (!a[i].type && stated[i] && stated[i] != 3) /* 3: both, which says nothing */
            a[i].result = stated[i] == 2;
    }
}

/* ---- balances ---- */

typedef struct placed {
    medel_balance b;
    uint32_t index;
} placed;

static int by_place(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    const int order = medel_balance_order(&x->b, &y->b);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* Indices of all balances in the order of what they are about, so that one is found by
   halving; of equal ones the last comes last. */
static void index_balances(sie_reader *r)
{
    medel_ledger *l = r->l;
    const size_t n = l->balances.count;
    const medel_balance *b = BALANCES(l);
    placed *all = medel_sie_grow(r, NULL, 0, n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++)
        all[i] = (placed){ b[i], (uint32_t)i };
    qsort(all, n, sizeof *all, by_place);
    l->placed = medel_arena_try(r->a, (n + 1) * sizeof *l->placed);
    for (size_t i = 0; i < n && l->placed; i++)
        l->placed[i] = all[i].index;
    for (size_t i = 1; i < n && l->placed; i++) {
        if (medel_balance_order(&all[i - 1].b, &all[i].b) == 0)
            l->repeated = true;
    }
    medel_resize(r->a, all, (n + 1) * sizeof *all, 0);
    if (!l->placed)
        longjmp(*r->a->oom, 1);
    for (size_t i = 1; i < n && l->repeated; i++) {
        const medel_balance *at = &b[l->placed[i]];
        const char *number = ACCOUNTS(l)[at->account].number;
        static const sie_label labels[] = { SIE_IB,  SIE_UB,     SIE_RES,    SIE_OIB,
                                            SIE_OUB, SIE_PSALDO, SIE_PBUDGET };
        if (medel_balance_order(&b[l->placed[i - 1]], at) == 0)
            medel_sie_deviate_at(r, DEV_balance_repeated,
                                 medel_sie_label_info(labels[at->kind])->name, at->line,
                                 0, number, strlen(number));
    }
}

/* Some programs state every account as #UB; one that is stated as #RES, too, with another
   amount is two answers to one question. */
static void check_doubles(sie_reader *r)
{
    const medel_ledger *l = r->l;
    for (size_t i = 0; i < l->balances.count; i++) {
        const medel_balance *b = &BALANCES(l)[i];
        int64_t ub;
        if (b->kind != MEDEL_BALANCE_RES || b->year != 0
            || !medel_ledger_stated(l, MEDEL_BALANCE_UB, 0, b->account, 0, &ub)
            || ub == b->amount)
            continue;
        const char *number = ACCOUNTS(l)[b->account].number;
        medel_sie_deviate_at(r, DEV_balance_and_result, "RES", b->line, 0, number,
                             strlen(number));
    }
}

/* ---- columns ---- */

#define FIT(r, l, column, to)                                                            \
    do {                                                                                 \
        if ((to) < (l)->room.column && (to)) {                                           \
            void *p = medel_resize((r)->a, (l)->column,                                  \
                                   (l)->room.column * sizeof *(l)->column,               \
                                   (to) * sizeof *(l)->column);                          \
            (l)->column = p ? p : (l)->column;                                           \
            (l)->room.column = (to);                                                     \
        }                                                                                \
    } while (0)

/* Give back what was too much.  A host's allocator may not fail at that. */
static void fit_columns(sie_reader *r)
{
    medel_ledger *l = r->l;
    const size_t v = (size_t)r->nvouchers + 1, rows = (size_t)(r->nrows + r->ntrail);
    FIT(r, l, voucher_first, v);
    FIT(r, l, voucher_number, v);
    FIT(r, l, voucher_line, v);
    FIT(r, l, voucher_offset, v);
    FIT(r, l, voucher_day, v);
    FIT(r, l, voucher_regday, v);
    FIT(r, l, voucher_series, v);
    FIT(r, l, account, rows);
    FIT(r, l, day, rows);
    FIT(r, l, objects_of, rows);
    FIT(r, l, offset, rows);
    FIT(r, l, amount, rows);
}

/* The trail goes last in the columns of rows. */
static void place_trail(sie_reader *r)
{
    medel_ledger *l = r->l;
    const sie_trail *t = r->trail.data;
    if (r->nrows + r->ntrail > l->room.amount)
        medel_sie_more_rows(r, (size_t)(r->nrows + r->ntrail));
    for (size_t i = 0; i < r->trail.count; i++) {
        const size_t at = (size_t)r->nrows + i;
        l->account[at] = t[i].account;
        l->day[at] = t[i].day;
        l->objects_of[at] = t[i].objects;
        l->offset[at] = t[i].offset;
        l->amount[at] = t[i].amount;
    }
    l->trail = r->trail.data;
}

/* Room for sums by account and day, if that is little beside the rows. */
static void room_for_days(sie_reader *r, size_t n)
{
    medel_ledger *l = r->l;
    uint16_t low = UINT16_MAX, high = 0;
    for (size_t i = 0; i < n; i++) {
        low = l->day[i] < low ? l->day[i] : low;
        high = l->day[i] > high ? l->day[i] : high;
    }
    const size_t ndays = n ? (size_t)(high - low) + 1 : 0;
    if (!n || l->accounts.count * ndays > n / 8)
        return;
    SIE_GROW(r, days, l->accounts.count * ndays);
    l->day_low = low;
    l->ndays = ndays;
    memset(l->days, 0, l->accounts.count * ndays * sizeof *l->days);
}

static void total_rows(medel_ledger *l, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        medel_account_total *t = &l->totals[l->account[i]];
        const int64_t v = l->amount[i];
        t->net += v;
        t->debit += v > 0 ? v : 0;
        t->rows++;
        if (l->days)
            l->days[l->account[i] * l->ndays + (size_t)(l->day[i] - l->day_low)] += v;
    }
}

static void columns(sie_reader *r)
{
    medel_ledger *l = r->l;
    medel_ledger_columns *c = &l->columns;
    if (r->options.stream)
        return;
    place_trail(r);
    medel_sie_more_vouchers(r, (size_t)r->nvouchers + 1);
    l->voucher_first[r->nvouchers] = (uint32_t)r->nrows;
    fit_columns(r);
    SIE_GROW(r, totals, l->accounts.count + 1);
    memset(l->totals, 0, l->room.totals * sizeof *l->totals);
    room_for_days(r, (size_t)r->nrows);
    total_rows(l, (size_t)r->nrows);
    *c = (medel_ledger_columns){
        (size_t)r->nvouchers,
        (size_t)r->nrows,
        (size_t)r->ntrail,
        l->voucher_first,
        l->voucher_day,
        l->voucher_regday,
        l->voucher_series,
        l->voucher_number,
        l->voucher_line,
        l->account,
        l->day,
        l->objects_of,
        l->amount,
    };
}

static void count_labels(sie_reader *r)
{
    medel_ledger_label *all = r->l->labels.data;
    bool lower;
    for (size_t i = 0; i < r->l->labels.count; i++) {
        if (all[i].known)
            all[i].count =
                r->seen[medel_sie_label(all[i].name, strlen(all[i].name), &lower)];
    }
}

void medel_sie_finish(sie_reader *r)
{
    medel_ledger *l = r->l;
    l->head.lines = r->line;
    l->nvouchers = r->nvouchers;
    l->nrows = r->nrows;
    l->ntrail = r->ntrail;
    count_labels(r);
    bool any = false;
    for (int i = 0; i < SIE_LABELS && !any; i++)
        any = r->seen[i] > 0;
    if (!any) {
        r->line = 1;
        medel_sie_fail(r, MEDEL_E_SYNTAX, "a SIE file, whose first line is #FLAGGA", NULL,
                       "there is no SIE item in the file");
    }
    l->head.type = type_of(r);
    if (l->head.crlf && (l->head.cr || l->head.crlf + 1 < l->head.lines))
        medel_sie_deviate_at(r, DEV_mixed_line_ends, "", 0, 0, NULL, 0);
    check_labels(r);
    check_suffix(r);
    check_years(r);
    decide_results(r);
    sort_accounts(r);
    index_balances(r);
    check_doubles(r);
    columns(r);
    medel_sie_deviations_finish(r);
}

/* ledger_check.c - do the sums that a SIE file states agree with its vouchers? */
#include "ledger.h"

#include <string.h>

struct medel_ledger_checks {
    medel_arena arena; /* holds the checks themselves */
    const medel_ledger *l;
    medel_array list;
    medel_ledger_tally tally[MEDEL_LEDGER_CHECKS];
    /* sums by account and month of year 0 */
    const int64_t *months;
    uint32_t month_zero, nmonths;
};

const char *medel_ledger_check_name(medel_ledger_check_kind k)
{
    static const char *const names[MEDEL_LEDGER_CHECKS] = { "balance", "result",
                                                            "voucher", "period",
                                                            "opening", "sum",
                                                            "object",  "opening_sum" };
    return (unsigned)k < MEDEL_LEDGER_CHECKS ? names[k] : "";
}

static void compare(medel_ledger_checks *c, medel_ledger_check check)
{
    medel_ledger_tally *t = &c->tally[check.kind];
    t->tested++;
    if (check.stated == check.found)
        return;
    t->failed++;
    *MEDEL_PUSH(&c->arena, &c->list, medel_ledger_check) = check;
}

static medel_ledger_check about(medel_ledger_check_kind kind, uint32_t account)
{
    return (medel_ledger_check){ .kind = kind,
                                 .account = account,
                                 .voucher = MEDEL_NO_INDEX };
}

static bool add(int64_t *sum, int64_t v)
{
    return !__builtin_add_overflow(*sum, v, sum);
}

/* How many balances of a kind and year there are for whole accounts. */
static size_t count(const medel_ledger *l, medel_balance_kind kind, int year)
{
    size_t n = 0;
    for (size_t i = 0; i < l->balances.count; i++) {
        const medel_balance *b = &BALANCES(l)[i];
        n += b->kind == kind && b->year == year && !b->objects;
    }
    return n;
}

/* The stated amount (0 where zero was left out) and its line. */
static int64_t stated(const medel_ledger *l, medel_balance_kind kind, int year,
                      uint32_t account, uint32_t *line)
{
    const medel_balance *b = medel_ledger_placed(l, kind, year, account, 0, 0);
    if (b && line)
        *line = b->line;
    return b ? b->amount : 0;
}

static int64_t opening(const medel_ledger_checks *c, uint32_t account)
{
    int64_t amount;
    medel_ledger_opening(c->l, 0, account, &amount);
    return amount;
}

static int64_t closing(const medel_ledger_checks *c, uint32_t account)
{
    int64_t amount;
    medel_balance_kind kind;
    medel_ledger_closing(c->l, 0, account, &kind, &amount);
    return amount;
}

/* ---- the year ---- */

static void check_accounts(medel_ledger_checks *c)
{
    const medel_ledger *l = c->l;
    medel_balance_kind kind;
    int of;
    const bool ib = medel_ledger_opens(l, 0, &kind, &of);
    const bool ub = count(l, MEDEL_BALANCE_UB, 0), res = count(l, MEDEL_BALANCE_RES, 0);
    if (!l->nrows || !ub)
        c->tally[MEDEL_LEDGER_BALANCE].why =
            l->nrows ? "Filen har inga utgående saldon" : "Filen har inga verifikationer";
    else if (!ib)
        c->tally[MEDEL_LEDGER_BALANCE].why = "Filen har inga ingående saldon";
    if (!l->nrows || !(ub || res))
        c->tally[MEDEL_LEDGER_RESULT].why =
            l->nrows ? "Filen har inga resultatsaldon" : "Filen har inga verifikationer";
    for (size_t i = 0; i < l->accounts.count; i++) {
        const uint32_t a = l->sorted[i];
        const bool result = ACCOUNTS(l)[a].result;
        medel_ledger_check k =
            about(result ? MEDEL_LEDGER_RESULT : MEDEL_LEDGER_BALANCE, a);
        medel_account_total t;
        if (c->tally[k.kind].why)
            continue;
        medel_ledger_total(l, a, &t);
        k.found = t.net;
        k.stated =
            stated(l, result ? MEDEL_BALANCE_RES : MEDEL_BALANCE_UB, 0, a, &k.line);
        const bool has = k.line || t.rows || (!result && opening(c, a));
        if (has && (result || add(&k.found, opening(c, a))))
            compare(c, k);
    }
}

static void check_openings(medel_ledger_checks *c)
{
    const medel_ledger *l = c->l;
    if (!count(l, MEDEL_BALANCE_IB, 0) || !count(l, MEDEL_BALANCE_UB, -1)) {
        c->tally[MEDEL_LEDGER_OPENING].why =
            "Filen har inte både ingående saldon och föregående års utgående";
        return;
    }
    for (size_t i = 0; i < l->accounts.count; i++) {
        medel_ledger_check k = about(MEDEL_LEDGER_OPENING, l->sorted[i]);
        uint32_t before = 0;
        k.found = stated(l, MEDEL_BALANCE_UB, -1, k.account, &before);
        k.stated = stated(l, MEDEL_BALANCE_IB, 0, k.account, &k.line);
        k.line = k.line ? k.line : before;
        if (k.line)
            compare(c, k);
    }
}

static void check_sums(medel_ledger_checks *c)
{
    const medel_ledger *l = c->l;
    medel_ledger_check ub = about(MEDEL_LEDGER_SUM, MEDEL_NO_INDEX);
    medel_ledger_check ib = about(MEDEL_LEDGER_OPENING_SUM, MEDEL_NO_INDEX);
    medel_balance_kind kind;
    int of;
    bool fits = true;
    for (uint32_t a = 0; a < l->accounts.count; a++)
        fits = fits && add(&ub.found, closing(c, a)) && add(&ib.found, opening(c, a));
    if (!count(l, MEDEL_BALANCE_UB, 0) || !fits)
        c->tally[MEDEL_LEDGER_SUM].why = "Filen har inga utgående saldon";
    else
        compare(c, ub);
    if (!medel_ledger_opens(l, 0, &kind, &of) || !fits)
        c->tally[MEDEL_LEDGER_OPENING_SUM].why = "Filen har inga ingående saldon";
    else
        compare(c, ib);
}

/* ---- vouchers ---- */

static void check_vouchers(medel_ledger_checks *c)
{
    const medel_ledger *l = c->l;
    const medel_ledger_columns *k = &l->columns;
    medel_ledger_tally *t = &c->tally[MEDEL_LEDGER_VOUCHER];
    if (!l->nvouchers)
        t->why = "Filen har inga verifikationer";
    if (l->head.streamed) {
        t->tested = l->tested_vouchers;
        t->failed = l->nunbalanced;
        for (size_t i = 0; i < l->nunbalanced && i < SIE_UNBALANCED; i++)
            *MEDEL_PUSH(&c->arena, &c->list, medel_ledger_check) = l->unbalanced[i];
        return;
    }
    t->tested = l->tested_vouchers;
    for (size_t v = 0; v < k->nvouchers && t->failed < l->nunbalanced; v++) {
        int64_t sum = 0;
        for (uint32_t i = k->voucher_first[v]; i < k->voucher_first[v + 1]; i++)
            sum += k->amount[i];
        if (!sum)
            continue;
        t->tested--; /* compare() counts it */
        medel_ledger_check one = about(MEDEL_LEDGER_VOUCHER, MEDEL_NO_INDEX);
        one.voucher = (uint32_t)v;
        one.line = k->voucher_line[v];
        one.found = sum;
        compare(c, one);
    }
}

/* ---- months ---- */

/* Sums by account and month from the columns; those of a stream are there already. */
static void sum_months(medel_ledger_checks *c)
{
    const medel_ledger *l = c->l;
    const medel_ledger_columns *k = &l->columns;
    c->nmonths = medel_ledger_months_of(l, &c->month_zero);
    if (l->head.streamed) {
        c->months = l->months;
        c->nmonths = l->nmonths;
        c->month_zero = l->month_zero;
        return;
    }
    if (!c->nmonths)
        return;
    int64_t *sums = MEDEL_NEW(&c->arena, int64_t, l->accounts.count * c->nmonths);
    uint16_t day = 0;
    uint32_t at = UINT32_MAX;
    for (size_t i = 0; i < k->nrows; i++) {
        if (k->day[i] != day) {
            const uint32_t month = medel_month_of(day = k->day[i]);
            at = month / 100 * 12 + month % 100 - 1 - c->month_zero;
        }
        if (day && at < c->nmonths)
            sums[(size_t)k->account[i] * c->nmonths + at] += k->amount[i];
    }
    c->months = sums;
}

static void check_months(medel_ledger_checks *c)
{
    const medel_ledger *l = c->l;
    for (size_t i = 0; i < l->accounts.count; i++) {
        for (uint32_t m = 0; m < c->nmonths; m++) {
            medel_ledger_check k = about(MEDEL_LEDGER_PERIOD, l->sorted[i]);
            const uint32_t number = c->month_zero + m;
            k.month = number / 12 * 100 + number % 12 + 1;
            k.found = k.account < l->room.totals || !l->head.streamed
                          ? c->months[(size_t)k.account * c->nmonths + m]
                          : 0;
            const medel_balance *b =
                medel_ledger_placed(l, MEDEL_BALANCE_PSALDO, 0, k.account, k.month, 0);
            k.stated = b ? b->amount : 0;
            k.line = b ? b->line : 0;
            if (b || k.found)
                compare(c, k);
        }
    }
}

/* Types 2 and 3 have no vouchers: the months must come to the year. */
static void check_years(medel_ledger_checks *c)
{
    const medel_ledger *l = c->l;
    int64_t *sums = MEDEL_NEW(&c->arena, int64_t, l->accounts.count + 1);
    for (size_t i = 0; i < l->balances.count; i++) {
        const medel_balance *b = &BALANCES(l)[i];
        if (b->kind == MEDEL_BALANCE_PSALDO && b->year == 0 && !b->objects
            && !add(&sums[b->account], b->amount))
            return;
    }
    for (size_t i = 0; i < l->accounts.count; i++) {
        medel_ledger_check k = about(MEDEL_LEDGER_PERIOD, l->sorted[i]);
        const bool result = ACCOUNTS(l)[k.account].result;
        k.found = sums[k.account];
        k.stated = stated(l, result ? MEDEL_BALANCE_RES : MEDEL_BALANCE_UB, 0, k.account,
                          &k.line);
        if ((result || add(&k.found, opening(c, k.account))) && (k.line || k.found))
            compare(c, k);
    }
}

static void check_periods(medel_ledger_checks *c)
{
    const medel_ledger *l = c->l;
    medel_ledger_tally *t = &c->tally[MEDEL_LEDGER_PERIOD];
    if (!count(l, MEDEL_BALANCE_PSALDO, 0)) {
        t->why = "Filen har inga periodsaldon";
    } else if (!l->nvouchers) {
        check_years(c);
    } else {
        sum_months(c);
        if (c->nmonths && c->months)
            check_months(c);
        else
            t->why = "Räkenskapsåret är inte angivet före verifikationerna, eller längre "
                     "än 24 månader";
    }
}

/* ---- objects ---- */

/* What is stated of an account and one object, and what the rows come to. */
typedef struct object_sum {
    uint32_t account, object, month; /* month 0: the year */
    int64_t found;
    bool used;
} object_sum;

typedef struct object_sums {
    object_sum *slots;
    size_t room;
} object_sums;

static object_sum *place(const object_sums *o, uint32_t account, uint32_t object,
                         uint32_t month)
{
    uint64_t h = ((uint64_t)account << 32 | object) * 0x9E3779B97F4A7C15u;
    h = (h ^ month) * 0xBF58476D1CE4E5B9u;
    size_t i = (size_t)(h >> 32) & (o->room - 1);
    for (;; i = (i + 1) & (o->room - 1)) {
        object_sum *s = &o->slots[i];
        if (!s->used
            || (s->account == account && s->object == object && s->month == month))
            return s;
    }
}

/* The single object of a list whose dimension has neither parent nor child: balances of
   such a hierarchy are written under other numbers than its rows. */
static uint32_t single(const medel_ledger *l, uint32_t list)
{
    const medel_dimension_decl *d = l->dimensions.data;
    const uint32_t *objects;
    if (medel_ledger_object_list(l, list, &objects) != 1)
        return MEDEL_NO_INDEX;
    const medel_dimension_decl *of = &d[OBJECTS(l)[objects[0]].dimension];
    bool alone = !of->parent || !of->declared;
    for (size_t i = 0; i < l->dimensions.count && alone; i++)
        alone = !d[i].parent || !d[i].declared || strcmp(d[i].parent, of->number) != 0;
    return alone ? objects[0] : MEDEL_NO_INDEX;
}

static bool object_balance(const medel_ledger *l, const medel_balance *b)
{
    return b->year == 0 && b->objects
           && (b->kind == MEDEL_BALANCE_OUB || b->kind == MEDEL_BALANCE_PSALDO)
           && single(l, b->objects) != MEDEL_NO_INDEX;
}

static size_t note_objects(medel_ledger_checks *c, object_sums *o)
{
    const medel_ledger *l = c->l;
    size_t n = 0;
    for (size_t i = 0; i < l->balances.count; i++)
        n += object_balance(l, &BALANCES(l)[i]);
    if (!n)
        return 0;
    for (o->room = 64; o->room < 2 * n;)
        o->room *= 2;
    o->slots = MEDEL_NEW(&c->arena, object_sum, o->room);
    for (size_t i = 0; i < l->balances.count; i++) {
        const medel_balance *b = &BALANCES(l)[i];
        if (!object_balance(l, b))
            continue;
        const uint32_t object = single(l, b->objects);
        object_sum *s = place(o, b->account, object, b->month);
        *s = (object_sum){ b->account, object, b->month, 0, true };
    }
    return n;
}

static void sum_objects(const medel_ledger *l, const object_sums *o)
{
    const medel_ledger_columns *k = &l->columns;
    for (size_t i = 0; i < k->nrows; i++) {
        const uint32_t *objects;
        const size_t n = medel_ledger_object_list(l, k->objects[i], &objects);
        for (size_t j = 0; j < n; j++) {
            object_sum *year = place(o, k->account[i], objects[j], 0);
            object_sum *month =
                place(o, k->account[i], objects[j], medel_month_of(k->day[i]));
            if (year->used)
                year->found += k->amount[i];
            if (month->used && month->month)
                month->found += k->amount[i];
        }
    }
}

static void check_objects(medel_ledger_checks *c)
{
    const medel_ledger *l = c->l;
    object_sums o = { NULL, 0 };
    medel_ledger_tally *t = &c->tally[MEDEL_LEDGER_OBJECT];
    if (l->head.streamed || !l->nrows) {
        t->why =
            l->nrows ? "Prövas inte i strömmande läge" : "Filen har inga verifikationer";
        return;
    }
    if (!note_objects(c, &o)) {
        t->why = "Filen har inga objektsaldon";
        return;
    }
    sum_objects(l, &o);
    for (size_t i = 0; i < l->balances.count; i++) {
        const medel_balance *b = &BALANCES(l)[i];
        if (!object_balance(l, b))
            continue;
        medel_ledger_check k = about(MEDEL_LEDGER_OBJECT, b->account);
        k.objects = b->objects;
        k.month = b->month;
        k.line = b->line;
        k.stated = b->amount;
        k.found = place(&o, b->account, single(l, b->objects), b->month)->found;
        const medel_balance *ib =
            b->kind == MEDEL_BALANCE_OUB
                ? medel_ledger_placed(l, MEDEL_BALANCE_OIB, 0, b->account, 0, b->objects)
                : NULL;
        if (!ib || add(&k.found, ib->amount))
            compare(c, k);
    }
}

/* ---- all of it ---- */

static void check_all(medel_ledger_checks *c)
{
    check_accounts(c);
    check_vouchers(c);
    check_periods(c);
    check_openings(c);
    check_sums(c);
    check_objects(c);
    /* By kind, and within one as above: kinds are few. */
    medel_ledger_check *all = c->list.data, *sorted;
    if (!c->list.count)
        return;
    sorted = MEDEL_NEW(&c->arena, medel_ledger_check, c->list.count);
    size_t n = 0;
    for (int kind = 0; kind < MEDEL_LEDGER_CHECKS; kind++) {
        for (size_t i = 0; i < c->list.count; i++) {
            if ((int)all[i].kind == kind)
                sorted[n++] = all[i];
        }
    }
    c->list.data = sorted;
}

medel_status medel_ledger_checks_new(medel_ledger_checks **out, const medel_ledger *l,
                                     const medel_allocator *allocator)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, l);
    jmp_buf oom;
    medel_ledger_checks *c = medel_object_new(sizeof *c, allocator);
    if (!c)
        return MEDEL_E_NOMEM;
    c->arena.oom = &oom;
    c->l = l;
    if (setjmp(oom)) {
        medel_ledger_checks_free(c);
        return MEDEL_E_NOMEM;
    }
    check_all(c);
    c->arena.oom = NULL;
    *out = c;
    return MEDEL_OK;
}

MEDEL_FREE(medel_ledger_checks_free, medel_ledger_checks)
MEDEL_ARRAY(medel_ledger_check, medel_ledger_checks_get, medel_ledger_checks, list)

medel_ledger_tally medel_ledger_checks_tally(const medel_ledger_checks *c,
                                             medel_ledger_check_kind kind)
{
    MEDEL_NEEDS_OR((medel_ledger_tally){ 0 }, c, (unsigned)kind < MEDEL_LEDGER_CHECKS);
    return c->tally[kind];
}

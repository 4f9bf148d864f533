/* lmedel_ledger_sums.c - sums of a ledger's rows and balances, as quantities that can
   find their rows again. */
#include "lmedel_ledger.h"

#include <stdio.h>
#include <string.h>

/* ---- sums ---- */

int lmedel_ledger_sum(lua_State *L)
{
    medel_error err = { MEDEL_OK, "" };
    medel_ledger_sum total;
    lmedel_entry e = { .ledger = lmedel_check_ledger(L, 1), .kind = LMEDEL_ENTRY_SUM };
    lmedel_check_filter(L, 2, &e.filter);
    lmedel_check_query(L, medel_ledger_sum_of(&total, e.ledger, &e.filter, &err), &err);
    e.amount = total.net;
    e.rows = total.rows;
    lmedel_push_entry_quantity(L, &e);
    return 1;
}

void lmedel_push_account_sum(lua_State *L, const medel_ledger *l, uint32_t account)
{
    const medel_account *accounts;
    medel_account_total total;
    lmedel_entry e = { .ledger = l, .kind = LMEDEL_ENTRY_SUM };
    medel_ledger_accounts(l, &accounts);
    medel_ledger_total(l, account, &total);
    e.filter.accounts = lua_pushfstring(L, "=%s", accounts[account].number);
    e.amount = total.net;
    e.rows = total.rows;
    lmedel_push_entry_quantity(L, &e);
    lua_remove(L, -2);
}

int lmedel_ledger_count(lua_State *L)
{
    medel_error err = { MEDEL_OK, "" };
    medel_ledger_sum total;
    medel_ledger_filter f;
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    lmedel_check_filter(L, 2, &f);
    lmedel_check_query(L, medel_ledger_sum_of(&total, l, &f, &err), &err);
    lua_pushinteger(L, (lua_Integer)total.rows);
    return 1;
}

static int check_year(lua_State *L, int arg)
{
    const lua_Integer year = luaL_optinteger(L, arg, 0);
    luaL_argcheck(L, year <= 0 && year >= -99, arg,
                  "0 is the year of the file, -1 the one "
                  "before");
    return (int)year;
}

/* What the file states of one account: an account that is stated as #UB and as #RES
   counts as the one that it is. */
static bool stated_of(const medel_ledger *l, medel_balance_kind kind, int year,
                      uint32_t account, int64_t *amount)
{
    medel_balance_kind as;
    if (kind == MEDEL_BALANCE_UB || kind == MEDEL_BALANCE_RES)
        return medel_ledger_closing(l, year, account, &as, amount) && as == kind;
    return medel_ledger_stated(l, kind, year, account, 0, amount);
}

/* The sum of what is stated for the accounts; false if nothing is. */
static bool stated_sum(lua_State *L, const medel_ledger *l, const char *accounts,
                       medel_balance_kind kind, int year, int64_t *out)
{
    const medel_account *a;
    const size_t n = medel_ledger_accounts(l, &a);
    bool any = false;
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t amount;
        if (!medel_ledger_account_in(accounts, a[i].number)
            || !stated_of(l, kind, year, (uint32_t)i, &amount))
            continue;
        any = true;
        if (__builtin_add_overflow(*out, amount, out))
            lmedel_raise(L, MEDEL_E_OVERFLOW, "balances");
    }
    return any;
}

static int stated(lua_State *L, medel_balance_kind kind)
{
    lmedel_entry e = { .ledger = lmedel_check_ledger(L, 1),
                       .kind = LMEDEL_ENTRY_STATED,
                       .stated = kind,
                       .year = check_year(L, 3) };
    e.filter.accounts = lmedel_check_accounts(L, 2);
    const bool opens = kind != MEDEL_BALANCE_IB /* or last year's #UB */
                       || medel_ledger_opens(e.ledger, e.year, &e.stated, &e.year);
    if (!opens
        || !stated_sum(L, e.ledger, e.filter.accounts, e.stated, e.year, &e.amount))
        return 0;
    lmedel_push_entry_quantity(L, &e);
    return 1;
}

int lmedel_ledger_ib(lua_State *L)
{
    return stated(L, MEDEL_BALANCE_IB);
}

int lmedel_ledger_ub(lua_State *L)
{
    return stated(L, MEDEL_BALANCE_UB);
}

int lmedel_ledger_res(lua_State *L)
{
    return stated(L, MEDEL_BALANCE_RES);
}

int lmedel_ledger_result(lua_State *L)
{
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    lua_settop(L, 2);
    return medel_ledger_columns_of(l)->nrows ? lmedel_ledger_sum(L)
                                             : lmedel_ledger_res(L);
}

int lmedel_ledger_balance(lua_State *L)
{
    medel_error err = { MEDEL_OK, "" };
    medel_ledger_sum total;
    lmedel_entry e = { .ledger = lmedel_check_ledger(L, 1),
                       .kind = LMEDEL_ENTRY_BALANCE };
    lua_settop(L, 3);
    e.filter.has_to = !lua_isnil(L, 3);
    e.filter.to = e.filter.has_to ? lmedel_check_day(L, 3) : 0;
    e.filter.accounts = lmedel_check_accounts(L, 2);
    if (medel_ledger_columns_of(e.ledger)->nrows == 0 && !e.filter.has_to)
        return lmedel_ledger_ub(L);
    lmedel_check_query(L, medel_ledger_sum_of(&total, e.ledger, &e.filter, &err), &err);
    medel_balance_kind kind;
    int of;
    medel_ledger_opens(e.ledger, 0, &kind, &of);
    stated_sum(L, e.ledger, e.filter.accounts, kind, of, &e.amount);
    e.rows = total.rows;
    if (__builtin_add_overflow(e.amount, total.net, &e.amount))
        return lmedel_raise(L, MEDEL_E_OVERFLOW, "balance");
    lmedel_push_entry_quantity(L, &e);
    return 1;
}

/* ---- grouped sums ---- */

static void one_key(lua_State *L, const char *word, medel_ledger_grouping *g, int i)
{
    const char *colon = strchr(word, ':');
    const size_t len = colon ? (size_t)(colon - word) : strlen(word);
    static const struct {
        const char *word;
        medel_ledger_key key;
    } keys[] = { { "account", MEDEL_KEY_ACCOUNT },
                 { "month", MEDEL_KEY_MONTH },
                 { "series", MEDEL_KEY_SERIES },
                 { "object", MEDEL_KEY_OBJECT },
                 { "sign", MEDEL_KEY_SIGN } };
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        if (strlen(keys[k].word) == len && memcmp(keys[k].word, word, len) == 0)
            g->by[i] = keys[k].key;
    }
    const bool account = g->by[i] == MEDEL_KEY_ACCOUNT,
               object = g->by[i] == MEDEL_KEY_OBJECT;
    if (g->by[i] == MEDEL_KEY_NONE || (object && !colon)
        || (colon && !account && !object))
        luaL_error(L,
                   "sums: group by account, account:2 (digits), month, series, "
                   "object:1 (dimension) or sign, not '%s'",
                   word);
    if (account && colon && colon[1] >= '1' && colon[1] <= '9' && !colon[2])
        g->digits = (unsigned)(colon[1] - '0');
    else if (account && colon)
        luaL_error(L, "sums: account:1 to account:9");
    if (object)
        g->dimension = colon + 1;
}

typedef struct groups_box {
    medel_ledger_groups *groups;
} groups_box;

LMEDEL_GC(groups_gc, medel_ledger_groups, medel_ledger_groups_free)

/* "202303" is the month "2023-03". */
static const char *key_text(const medel_ledger_group *g, const medel_ledger_grouping *by,
                            int i, char buf[16])
{
    const char *label = g->label[i];
    if (by->by[i] != MEDEL_KEY_MONTH || strlen(label) != 6)
        return label;
    snprintf(buf, 16, "%.4s-%.2s", label, label + 4);
    return buf;
}

/* Narrow the filter of a group's entry to its key; false if that cannot be said. */
static bool narrow(medel_ledger_filter *f, const medel_ledger_group *g,
                   const medel_ledger_grouping *by, int i, char buf[80])
{
    switch (by->by[i]) {
    case MEDEL_KEY_ACCOUNT:
        if (by->digits && f->accounts)
            return false;
        snprintf(buf, 80, "%s%s", by->digits ? "" : "=", g->label[i]);
        f->accounts = buf;
        return true;
    case MEDEL_KEY_SERIES: f->series = g->label[i]; return true;
    case MEDEL_KEY_SIGN: f->sign = g->label[i]; return *g->label[i] != '\0';
    case MEDEL_KEY_OBJECT:
        f->dimension = by->dimension;
        f->object = g->label[i];
        return *g->label[i] != '\0';
    case MEDEL_KEY_MONTH: break;
    case MEDEL_KEY_NONE: return true;
    }
    int32_t first, last;
    char day[11];
    if (strlen(g->label[i]) != 6)
        return false;
    snprintf(day, sizeof day, "%.4s-%.2s-01", g->label[i], g->label[i] + 4);
    if (!medel_date_parse(&first, day, 10))
        return false;
    for (last = first + 27;; last++) {
        char next[11];
        medel_date_format(last + 1, next);
        if (memcmp(next, day, 7) != 0)
            break;
    }
    if (!f->has_from || f->from < first)
        f->from = first;
    if (!f->has_to || f->to > last)
        f->to = last;
    f->has_from = f->has_to = true;
    return true;
}

static void push_group(lua_State *L, const lmedel_entry *of, const medel_ledger_group *g,
                       const medel_ledger_grouping *by)
{
    char buf[16], keys[2][80];
    lmedel_entry e = *of;
    e.amount = g->sum.net;
    e.rows = g->sum.rows;
    lua_createtable(L, 0, 7);
    lmedel_set_text(L, "key", key_text(g, by, 0, buf));
    if (by->by[1] != MEDEL_KEY_NONE) {
        lmedel_set_text(L, "key2", key_text(g, by, 1, buf));
    }
    if (!narrow(&e.filter, g, by, 0, keys[0]) || !narrow(&e.filter, g, by, 1, keys[1]))
        e.filter = of->filter;
    lmedel_push_entry_quantity(L, &e);
    lua_setfield(L, -2, "sum");
    lmedel_set_integer(L, "count", (lua_Integer)g->sum.rows);
    lmedel_set_integer(L, "vouchers", (lua_Integer)g->vouchers);
    lmedel_set_integer(L, "debet", (lua_Integer)g->sum.debit);
    lmedel_set_integer(L, "kredit", (lua_Integer)g->sum.credit);
}

/* Pushes the box, then a list of the groups. */
static size_t push_groups(lua_State *L, const lmedel_entry *e,
                          const medel_ledger_grouping *by)
{
    medel_error err = { MEDEL_OK, "" };
    const medel_ledger_group *g;
    const medel_allocator allocator = lmedel_allocator(L);
    groups_box *b = lmedel_new_box(L, sizeof *b, "medel.ledger_groups", groups_gc);
    lmedel_check_query(
        L,
        medel_ledger_groups_new(&b->groups, e->ledger, &e->filter, by, &allocator, &err),
        &err);
    const size_t n = medel_ledger_groups_get(b->groups, &g);
    lua_createtable(L, n < 1000 ? (int)n : 1000, 0);
    for (size_t i = 0; i < n; i++) {
        push_group(L, e, &g[i], by);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return n;
}

int lmedel_ledger_sums(lua_State *L)
{
    medel_ledger_grouping by = { .by = { MEDEL_KEY_NONE, MEDEL_KEY_NONE } };
    lmedel_entry e = { .ledger = lmedel_check_ledger(L, 1), .kind = LMEDEL_ENTRY_SUM };
    lua_settop(L, 3);
    if (lua_istable(L, 2)) {
        luaL_argcheck(L, lua_rawlen(L, 2) == 2, 2, "one or two keys");
        lua_rawgeti(L, 2, 1);
        lua_rawgeti(L, 2, 2);
        one_key(L, luaL_checkstring(L, -2), &by, 0);
        one_key(L, luaL_checkstring(L, -1), &by, 1);
    } else {
        one_key(L, luaL_checkstring(L, 2), &by, 0);
    }
    lmedel_check_filter(L, 3, &e.filter);
    push_groups(L, &e, &by);
    return 1;
}

/* Every month of the year of the file, with those without rows. */
int lmedel_ledger_months(lua_State *L)
{
    const medel_ledger_grouping by = { .by = { MEDEL_KEY_MONTH, MEDEL_KEY_NONE } };
    lmedel_entry e = { .ledger = lmedel_check_ledger(L, 1), .kind = LMEDEL_ENTRY_SUM };
    const medel_ledger_year *y = medel_ledger_year_of(e.ledger, 0);
    char text[11], last[8] = "";
    lua_Integer n = 0;
    lmedel_check_filter(L, 2, &e.filter);
    const size_t found = push_groups(L, &e, &by);
    const int groups = lua_gettop(L);
    if (!y || y->start == MEDEL_NO_DAY || y->end == MEDEL_NO_DAY)
        return 1;
    lua_newtable(L);
    for (int32_t day = y->start; day <= y->end; day++) {
        medel_date_format(day, text);
        if (memcmp(text, last, 7) == 0)
            continue;
        memcpy(last, text, 7);
        medel_ledger_group empty = { .label = { "", "" } };
        bool there = false;
        for (size_t i = 1; i <= found && !there; i++) {
            lua_rawgeti(L, groups, (lua_Integer)i);
            lua_getfield(L, -1, "key");
            there = strcmp(lua_tostring(L, -1), last) == 0;
            lua_pop(L, there ? 1 : 2);
        }
        if (!there) {
            char month[7];
            snprintf(month, sizeof month, "%.4s%.2s", last, last + 5);
            empty.label[0] = month;
            push_group(L, &e, &empty, &by);
        }
        lua_rawseti(L, -2, ++n);
    }
    return 1;
}

/*
 * lmedel_ledger_rows.c - walks through a ledger.  A step pushes numbers and texts that
 * are there already; it makes no object.
 */
#include "lmedel_ledger.h"

#include <stdio.h>
#include <string.h>

#define BATCH 256

/* Upvalue 1 of every iterator; 2 is a table of texts, 3 the ledger. */
typedef struct walk {
    const medel_ledger *l;
    const medel_ledger_columns *c;
    medel_ledger_query *query; /* NULL: every row */
    uint32_t next, end;
    uint32_t voucher;
    size_t at, n;
    uint32_t rows[BATCH];
} walk;

static int walk_gc(lua_State *L)
{
    walk *w = lua_touserdata(L, 1);
    medel_ledger_query_free(w->query);
    w->query = NULL;
    return 0;
}

static walk *new_walk(lua_State *L, const medel_ledger *l)
{
    walk *w = lmedel_new_box(L, sizeof *w, "medel.ledger_walk", walk_gc);
    w->l = l;
    w->c = medel_ledger_columns_of(l);
    return w;
}

/* The iterator over the walk and the table of texts on top of the stack. */
static int finish(lua_State *L, int ledger, lua_CFunction step)
{
    lua_pushvalue(L, ledger);
    lua_pushcclosure(L, step, 3);
    return 1;
}

static walk *walk_of(lua_State *L)
{
    return lua_touserdata(L, lua_upvalueindex(1));
}

/* ---- texts that every step has ---- */

void lmedel_push_numbers(lua_State *L, int ledger)
{
    const medel_account *a;
    const medel_ledger *l = lmedel_check_ledger(L, ledger);
    ledger = lua_absindex(L, ledger);
    if (lua_getiuservalue(L, ledger, 1) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    const size_t n = medel_ledger_accounts(l, &a);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_pushstring(L, a[i].number);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, ledger, 1);
}

static void push_series_names(lua_State *L, int ledger)
{
    const medel_series *s;
    const size_t n = medel_ledger_series(lmedel_check_ledger(L, ledger), &s);
    if (lua_getiuservalue(L, ledger, 2) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_pushstring(L, s[i].name);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, ledger, 2);
}

static void push_day_number(lua_State *L, uint16_t column)
{
    if (column)
        lua_pushinteger(L, medel_ledger_day(column));
    else
        lua_pushnil(L);
}

/* ---- rows ---- */

static bool next_row(walk *w, uint32_t *row)
{
    if (!w->query) {
        if (w->next >= w->end)
            return false;
        *row = w->next++;
        return true;
    }
    if (w->at == w->n) {
        w->at = 0;
        w->n = medel_ledger_query_next(w->query, w->rows, BATCH);
        if (w->n == 0)
            return false;
    }
    *row = w->rows[w->at++];
    return true;
}

/* Rows rise, and so do their vouchers. */
static uint32_t voucher_of(walk *w, uint32_t row)
{
    if (row >= w->c->nrows)
        return medel_ledger_row_voucher(w->l, row);
    while (w->voucher + 1 < w->c->nvouchers && row >= w->c->voucher_first[w->voucher + 1])
        w->voucher++;
    return w->voucher;
}

static int step_row(lua_State *L)
{
    walk *w = walk_of(L);
    uint32_t row;
    if (!next_row(w, &row))
        return 0;
    lua_pushinteger(L, (lua_Integer)row + 1);
    lua_rawgeti(L, lua_upvalueindex(2), (lua_Integer)w->c->account[row] + 1);
    lua_pushinteger(L, w->c->amount[row]);
    push_day_number(L, w->c->day[row]);
    lua_pushinteger(L, (lua_Integer)voucher_of(w, row) + 1);
    return 5;
}

static bool lets_all(const medel_ledger_filter *f)
{
    return !f->accounts && !f->has_from && !f->has_to && !f->has_low && !f->has_high
           && !f->series && !f->dimension && !f->text && !f->sign && !f->where
           && !f->kinds;
}

static void start(lua_State *L, walk *w, const medel_ledger_filter *f)
{
    medel_error err = { MEDEL_OK, "" };
    const medel_allocator allocator = lmedel_allocator(L);
    w->end = (uint32_t)w->c->nrows;
    if (!lets_all(f))
        lmedel_check_query(
            L, medel_ledger_query_new(&w->query, w->l, f, &allocator, &err), &err);
}

void lmedel_push_rows(lua_State *L, int ledger, const medel_ledger_filter *f)
{
    ledger = lua_absindex(L, ledger);
    walk *w = new_walk(L, lmedel_check_ledger(L, ledger));
    start(L, w, f);
    lmedel_push_numbers(L, ledger);
    finish(L, ledger, step_row);
}

void lmedel_push_row_range(lua_State *L, int ledger, uint32_t first, uint32_t end,
                           uint32_t voucher)
{
    ledger = lua_absindex(L, ledger);
    walk *w = new_walk(L, lmedel_check_ledger(L, ledger));
    w->next = first;
    w->end = end;
    w->voucher = voucher;
    lmedel_push_numbers(L, ledger);
    finish(L, ledger, step_row);
}

int lmedel_ledger_rows(lua_State *L)
{
    medel_ledger_filter f;
    lmedel_check_ledger(L, 1);
    lmedel_check_filter(L, 2, &f);
    lmedel_push_rows(L, 1, &f);
    return 1;
}

/* ---- vouchers ---- */

/* With a filter: the vouchers that its rows belong to, each once. */
static bool next_voucher(walk *w, uint32_t *out)
{
    uint32_t row;
    if (!w->query) {
        if (w->next >= w->end)
            return false;
        *out = w->next++;
        return true;
    }
    while (next_row(w, &row)) {
        *out = voucher_of(w, row);
        if (w->next == *out + 1)
            continue;
        w->next = *out + 1;
        return true;
    }
    return false;
}

static void push_voucher_number(lua_State *L, const walk *w, uint32_t v)
{
    if (w->c->voucher_number[v] != MEDEL_NO_INDEX)
        lua_pushinteger(L, w->c->voucher_number[v]);
    else
        lmedel_push_ledger_text(L, w->l, v, false, MEDEL_TEXT_NUMBER);
}

static int step_voucher(lua_State *L)
{
    walk *w = walk_of(L);
    medel_voucher v;
    uint32_t i;
    if (!next_voucher(w, &i) || !medel_ledger_voucher(w->l, i, &v))
        return 0;
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_rawgeti(L, lua_upvalueindex(2), (lua_Integer)v.series + 1);
    push_voucher_number(L, w, i);
    push_day_number(L, w->c->voucher_day[i]);
    lua_pushinteger(L, v.count);
    lua_pushinteger(L, v.sum);
    push_day_number(L, w->c->voucher_regday[i]);
    lua_pushinteger(L, v.debit);
    return 8;
}

int lmedel_ledger_vouchers(lua_State *L)
{
    medel_ledger_filter f;
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    lmedel_check_filter(L, 2, &f);
    walk *w = new_walk(L, l);
    start(L, w, &f);
    if (!w->query)
        w->end = (uint32_t)w->c->nvouchers;
    push_series_names(L, 1);
    return finish(L, 1, step_voucher);
}

/* ---- accounts and what is stated of them ---- */

static int step_account(lua_State *L)
{
    walk *w = walk_of(L);
    const medel_account *a;
    medel_ledger_accounts(w->l, &a);
    const uint16_t *sorted = medel_ledger_accounts_sorted(w->l);
    const char *wanted = lua_tostring(L, lua_upvalueindex(2));
    while (w->next < w->end
           && !medel_ledger_account_in(wanted, a[sorted[w->next]].number))
        w->next++;
    if (w->next >= w->end)
        return 0;
    a += sorted[w->next++];
    lua_pushstring(L, a->number);
    lua_pushstring(L, a->name);
    lua_pushboolean(L, a->declared);
    if (a->type)
        lua_pushlstring(L, &a->type, 1);
    else
        lua_pushnil(L);
    lua_pushboolean(L, a->result);
    return 5;
}

static walk *all_accounts(lua_State *L)
{
    const medel_account *a;
    walk *w = new_walk(L, lmedel_check_ledger(L, 1));
    w->end = (uint32_t)medel_ledger_accounts(w->l, &a);
    return w;
}

int lmedel_ledger_accounts(lua_State *L)
{
    const char *wanted = lmedel_check_accounts(L, 2);
    all_accounts(L);
    lua_pushstring(L, wanted);
    return finish(L, 1, step_account);
}

static int step_balance(lua_State *L)
{
    walk *w = walk_of(L);
    medel_account_total total;
    if (w->next >= w->end)
        return 0;
    const uint32_t account = medel_ledger_accounts_sorted(w->l)[w->next++];
    const int year = -(int)w->n;
    int64_t amount;
    lua_rawgeti(L, lua_upvalueindex(2), (lua_Integer)account + 1);
    if (medel_ledger_opening(w->l, year, account, &amount))
        lua_pushinteger(L, amount);
    else
        lua_pushnil(L);
    medel_ledger_total(w->l, account, &total);
    if (year == 0)
        lua_pushinteger(L, total.net);
    else
        lua_pushnil(L);
    medel_balance_kind kind = MEDEL_BALANCE_UB;
    const bool closed = medel_ledger_closing(w->l, year, account, &kind, &amount);
    for (int i = 0; i < 2; i++) {
        if (closed && kind == (i ? MEDEL_BALANCE_RES : MEDEL_BALANCE_UB))
            lua_pushinteger(L, amount);
        else
            lua_pushnil(L);
    }
    return 5;
}

int lmedel_ledger_balances(lua_State *L)
{
    const lua_Integer year = luaL_optinteger(L, 2, 0);
    luaL_argcheck(L, year <= 0 && year >= -99, 2,
                  "0 is the year of the file, -1 the one "
                  "before");
    walk *w = all_accounts(L);
    w->n = (size_t)-year;
    lmedel_push_numbers(L, 1);
    return finish(L, 1, step_balance);
}

/* "1:10 6:3", or nil for the whole account. */
void lmedel_push_row_objects(lua_State *L, const medel_ledger *l, uint32_t list)
{
    const uint32_t *objects;
    const medel_object *o;
    const medel_dimension_decl *d;
    const size_t n = medel_ledger_object_list(l, list, &objects);
    if (n == 0) {
        lua_pushnil(L);
        return;
    }
    medel_ledger_objects(l, &o);
    medel_ledger_dimensions(l, &d);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (size_t i = 0; i < n; i++) {
        if (i)
            luaL_addchar(&b, ' ');
        luaL_addstring(&b, d[o[objects[i]].dimension].number);
        luaL_addchar(&b, ':');
        luaL_addstring(&b, o[objects[i]].number);
    }
    luaL_pushresult(&b);
}

static int step_period(lua_State *L)
{
    walk *w = walk_of(L);
    const medel_balance *b;
    const size_t n = medel_ledger_balances(w->l, &b);
    char month[8];
    while (w->next < n && b[w->next].kind != (medel_balance_kind)w->at)
        w->next++;
    if (w->next >= n)
        return 0;
    b += w->next++;
    const unsigned year = b->month / 100 % 10000;
    snprintf(month, sizeof month, "%04u-%02u", year, b->month % 100);
    lua_pushinteger(L, b->year);
    lua_pushstring(L, month);
    lua_rawgeti(L, lua_upvalueindex(2), (lua_Integer)b->account + 1);
    lmedel_push_row_objects(L, w->l, b->objects);
    lua_pushinteger(L, b->amount);
    return 5;
}

int lmedel_ledger_periods(lua_State *L)
{
    static const char *const names[] = { "psaldo", "pbudget", NULL };
    const int kind = luaL_checkoption(L, 2, "psaldo", names);
    walk *w = new_walk(L, lmedel_check_ledger(L, 1));
    w->at = kind ? MEDEL_BALANCE_PBUDGET : MEDEL_BALANCE_PSALDO;
    lmedel_push_numbers(L, 1);
    return finish(L, 1, step_period);
}

static int step_object(lua_State *L)
{
    walk *w = walk_of(L);
    const medel_object *o;
    const medel_dimension_decl *d;
    if (w->next >= medel_ledger_objects(w->l, &o))
        return 0;
    medel_ledger_dimensions(w->l, &d);
    o += w->next++;
    lua_pushstring(L, d[o->dimension].number);
    lua_pushstring(L, o->number);
    lua_pushstring(L, o->name);
    lua_pushboolean(L, o->declared);
    lua_pushstring(L, d[o->dimension].name);
    return 5;
}

int lmedel_ledger_objects(lua_State *L)
{
    new_walk(L, lmedel_check_ledger(L, 1));
    lua_pushnil(L);
    return finish(L, 1, step_object);
}

/* ---- series ---- */

typedef struct numbers_box {
    medel_series_numbers *numbers;
} numbers_box;

LMEDEL_GC(numbers_gc, medel_series_numbers, medel_series_numbers_free)

/* Pushes a box that holds them. */
static const medel_series_numbers *
push_series_numbers(lua_State *L, const medel_ledger *l, uint32_t series)
{
    const medel_allocator allocator = lmedel_allocator(L);
    numbers_box *b = lmedel_new_box(L, sizeof *b, "medel.series_numbers", numbers_gc);
    if (medel_series_numbers_new(&b->numbers, l, series, &allocator) != MEDEL_OK)
        luaL_error(L, "not enough memory");
    return b->numbers;
}

static int step_series(lua_State *L)
{
    walk *w = walk_of(L);
    const medel_series *s;
    if (w->next >= medel_ledger_series(w->l, &s))
        return 0;
    const uint32_t i = w->next++;
    const medel_series_numbers *n = push_series_numbers(L, w->l, i);
    lua_pushstring(L, s[i].name);
    lua_pushinteger(L, s[i].vouchers);
    if (n->numbered == 0)
        return 2;
    lua_pushinteger(L, n->low);
    lua_pushinteger(L, n->high);
    lua_pushinteger(L, (lua_Integer)n->missing);
    lua_pushinteger(L, n->repeated);
    return 6;
}

int lmedel_ledger_series(lua_State *L)
{
    new_walk(L, lmedel_check_ledger(L, 1));
    lua_pushnil(L);
    return finish(L, 1, step_series);
}

static const medel_series_numbers *check_series(lua_State *L)
{
    const medel_series *s;
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    const char *name = luaL_checkstring(L, 2);
    const size_t n = medel_ledger_series(l, &s);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(s[i].name, name) == 0)
            return push_series_numbers(L, l, (uint32_t)i);
    }
    luaL_error(L, "no series '%s'", name);
    return NULL;
}

int lmedel_ledger_gaps(lua_State *L)
{
    const medel_series_numbers *n = check_series(L);
    lua_newtable(L);
    for (size_t i = 0; i < n->ngaps; i++) {
        lua_createtable(L, 0, 3);
        lmedel_set_integer(L, "fran", n->gaps[i].from);
        lmedel_set_integer(L, "till", n->gaps[i].to);
        lmedel_set_integer(L, "efter", (lua_Integer)n->gaps[i].after + 1);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

int lmedel_ledger_duplicates(lua_State *L)
{
    const medel_series_numbers *n = check_series(L);
    lua_newtable(L);
    for (size_t i = 0; i < n->nduplicates; i++) {
        lua_pushinteger(L, (lua_Integer)n->duplicates[i] + 1);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

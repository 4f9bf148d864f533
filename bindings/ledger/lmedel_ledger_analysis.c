/* lmedel_ledger_analysis.c - strata, digits, repeats and ages of a ledger's rows. */
#include "lmedel_ledger.h"
#include "medel_analysis.h"

#include <string.h>

#define MAX_BOUNDS 100

/* A list of whole numbers at 'arg', rising; how many. */
static size_t check_bounds(lua_State *L, int arg, int64_t out[MAX_BOUNDS])
{
    luaL_checktype(L, arg, LUA_TTABLE);
    const lua_Unsigned n = lua_rawlen(L, arg);
    luaL_argcheck(L, n <= MAX_BOUNDS, arg, "at most 100 bounds");
    for (lua_Unsigned i = 0; i < n; i++) {
        lua_rawgeti(L, arg, (lua_Integer)i + 1);
        const medel_node *q = lmedel_test_quantity(L, -1);
        if (q && q->quantity.dimension.money == 1 && q->quantity.value.den == 1)
            out[i] = q->quantity.value.num;
        else if (lua_isinteger(L, -1))
            out[i] = lua_tointeger(L, -1);
        else
            luaL_argerror(L, arg, "bounds are amounts, or whole numbers");
        lua_pop(L, 1);
    }
    return (size_t)n;
}

int lmedel_ledger_strata(lua_State *L)
{
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    medel_error err = { MEDEL_OK, "" };
    int64_t bounds[MAX_BOUNDS];
    medel_stratum strata[MAX_BOUNDS + 1] = { { 0, 0, 0, 0 } };
    medel_ledger_filter f;
    const size_t n = check_bounds(L, 2, bounds);
    lmedel_check_filter(L, 3, &f);
    for (size_t i = 0; i < n; i++)
        strata[i + 1].low = bounds[i];
    lmedel_check_query(L, medel_ledger_strata(l, &f, strata, n + 1, &err), &err);
    lua_createtable(L, (int)n + 1, 0);
    for (size_t i = 0; i <= n; i++) {
        lua_createtable(L, 0, 5);
        lmedel_set_integer(L, "fran", strata[i].low);
        if (i < n)
            lmedel_set_integer(L, "till", strata[i + 1].low);
        lmedel_set_integer(L, "count", (int64_t)strata[i].rows);
        lmedel_set_integer(L, "debet", strata[i].debit);
        lmedel_set_integer(L, "kredit", strata[i].credit);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

int lmedel_ledger_benford(lua_State *L)
{
    static const char *const kinds[] = { "first", "first_two", "second_order", NULL };
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    const int kind = luaL_checkoption(L, 2, "first", kinds);
    medel_error err = { MEDEL_OK, "" };
    medel_ledger_filter f;
    medel_benford b;
    const medel_allocator allocator = lmedel_allocator(L);
    lmedel_check_filter(L, 3, &f);
    lmedel_check_query(
        L, medel_ledger_benford(&b, l, &f, (medel_benford_kind)kind, &allocator, &err),
        &err);
    lua_createtable(L, 0, 9);
    lmedel_set_integer(L, "n", (int64_t)b.n);
    lmedel_set_integer(L, "utan", (int64_t)b.without);
    lmedel_set_integer(L, "minst", (int64_t)b.least);
    if (b.n < b.least)
        return 1; /* too few to say anything */
    lmedel_set_integer(L, "mad", b.mad);
    lmedel_set_text(L, "foljer",
                    b.mad <= b.close        ? "nära"
                    : b.mad <= b.acceptable ? "godtagbar"
                    : b.mad <= b.marginal   ? "på gränsen"
                                            : "avviker");
    lmedel_set_integer(L, "grans", b.marginal);
    lua_createtable(L, (int)b.digits, 0);
    for (unsigned i = 0; i < b.digits; i++) {
        lua_createtable(L, 0, 3);
        lmedel_set_integer(L, "siffra", (int64_t)(b.from + i));
        lmedel_set_integer(L, "count", (int64_t)b.count[i]);
        lmedel_set_integer(L, "vantat", b.expected[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "siffror");
    return 1;
}

/* ---- repeats ---- */

typedef struct repeats_box {
    medel_repeats *repeats;
} repeats_box;

LMEDEL_GC(repeats_gc, medel_repeats, medel_ledger_repeats_free)

static unsigned check_alike(lua_State *L, int arg)
{
    static const struct {
        const char *name;
        medel_alike bit;
    } names[] = { { "account", MEDEL_ALIKE_ACCOUNT }, { "amount", MEDEL_ALIKE_AMOUNT },
                  { "size", MEDEL_ALIKE_SIZE },       { "day", MEDEL_ALIKE_DAY },
                  { "month", MEDEL_ALIKE_MONTH },     { "text", MEDEL_ALIKE_TEXT },
                  { "series", MEDEL_ALIKE_SERIES },   { "number", MEDEL_ALIKE_NUMBER },
                  { "object", MEDEL_ALIKE_OBJECTS },  { "sign", MEDEL_ALIKE_SIGN } };
    const char *text = luaL_checkstring(L, arg);
    unsigned alike = 0;
    while (*text) {
        const size_t skip = strspn(text, ", "), len = strcspn(text + skip, ", ");
        unsigned bit = 0;
        text += skip;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (strlen(names[i].name) == len && memcmp(names[i].name, text, len) == 0)
                bit = names[i].bit;
        }
        if (len && !bit)
            luaL_error(L,
                       "rows may be alike in account, amount, size, day, month, text, "
                       "series, number, object and sign, not in '%s'",
                       text);
        alike |= bit;
        text += len;
    }
    return alike;
}

int lmedel_ledger_repeats(lua_State *L)
{
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    const unsigned alike = check_alike(L, 2);
    const lua_Integer days = luaL_optinteger(L, 4, -1);
    medel_error err = { MEDEL_OK, "" };
    medel_ledger_filter f;
    const medel_allocator allocator = lmedel_allocator(L);
    luaL_argcheck(L, days >= -1 && days < 100000, 4, "a number of days");
    lmedel_check_filter(L, 3, &f);
    repeats_box *b = lmedel_new_box(L, sizeof *b, "medel.repeats", repeats_gc);
    const medel_repeats_options o = { alike, days >= 0, (int)days, &allocator };
    lmedel_check_query(L, medel_ledger_repeats_new(&b->repeats, l, &f, &o, &err), &err);
    const medel_repeats *r = b->repeats;
    lua_createtable(L, r->ngroups < 1000 ? (int)r->ngroups : 1000, 0);
    for (size_t i = 0; i < r->ngroups; i++) {
        lua_createtable(L, (int)r->groups[i].count, 0);
        for (size_t k = 0; k < r->groups[i].count; k++) {
            lua_pushinteger(L, (lua_Integer)r->rows[r->groups[i].first + k] + 1);
            lua_rawseti(L, -2, (lua_Integer)k + 1);
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_pushinteger(L, (lua_Integer)r->tested);
    return 2;
}

/* ---- ages ---- */

typedef struct ageing_box {
    medel_ageing *ageing;
} ageing_box;

LMEDEL_GC(ageing_gc, medel_ageing, medel_ledger_ageing_free)

static void push_open(lua_State *L, const medel_ledger *l, const medel_open *o, size_t n)
{
    const medel_account *accounts;
    const medel_object *objects;
    medel_ledger_accounts(l, &accounts);
    medel_ledger_objects(l, &objects);
    lua_createtable(L, 0, 10);
    lmedel_set_text(L, "konto", accounts[o->account].number);
    lmedel_set_text(L, "namn", accounts[o->account].name);
    if (o->object != MEDEL_NO_INDEX) {
        lmedel_set_text(L, "objekt", objects[o->object].number);
        lmedel_set_text(L, "objektnamn", objects[o->object].name);
    }
    lmedel_set_integer(L, "ingaende", o->opening);
    lmedel_set_integer(L, "omatchat", o->unmatched);
    lmedel_set_integer(L, "saldo", o->balance);
    lmedel_set_integer(L, "poster", (int64_t)o->items);
    lmedel_push_day(L, o->oldest);
    lua_setfield(L, -2, "aldst");
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_pushinteger(L, o->ages[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "aldrar");
}

int lmedel_ledger_ageing(lua_State *L)
{
    static const char *const kinds[] = { "fordringar", "skulder", NULL };
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    const int kind = luaL_checkoption(L, 2, NULL, kinds);
    medel_error err = { MEDEL_OK, "" };
    medel_ledger_filter f;
    int64_t bounds[MAX_BOUNDS];
    int days[MAX_BOUNDS];
    const medel_allocator allocator = lmedel_allocator(L);
    lua_settop(L, 6);
    lmedel_check_filter(L, 3, &f);
    const int32_t day = lmedel_check_day(L, 4);
    const size_t n = check_bounds(L, 5, bounds);
    for (size_t i = 0; i < n; i++) {
        luaL_argcheck(L, bounds[i] > 0 && bounds[i] < 100000, 5, "ages are days");
        days[i] = (int)bounds[i];
    }
    const char *dimension = luaL_optstring(L, 6, NULL);
    ageing_box *b = lmedel_new_box(L, sizeof *b, "medel.ageing", ageing_gc);
    const medel_ageing_options o = { kind == 1, day, dimension, days, n, &allocator };
    lmedel_check_query(L, medel_ledger_ageing_new(&b->ageing, l, &f, &o, &err), &err);
    lua_createtable(L, (int)b->ageing->nopen, 0);
    for (size_t i = 0; i < b->ageing->nopen; i++) {
        push_open(L, l, &b->ageing->open[i], b->ageing->nbuckets);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

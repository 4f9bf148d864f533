/* lmedel_beside.c - what a report is held against while a rule runs: the books, what they
 * come to, last year's report, the revisor's sample, the reports of others. */
#include "lmedel_ledger.h"
#include "lmedel_runner.h"

#include <stdio.h>
#include <string.h>

static void push_report(lua_State *L, const medel_report *r)
{
    lmedel_push_borrowed_report(L, r);
    lmedel_push_view(L, -1, medel_report_year(r), MEDEL_VARIANT_UTFALL);
    lua_remove(L, -2);
}

static void push_sample(lua_State *L, const lmedel_beside *b)
{
    lua_createtable(L, (int)b->nsample, 0);
    for (size_t i = 0; i < b->nsample; i++) {
        lmedel_push_row(L, b->ledger, b->sample[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_sector(lua_State *L, const lmedel_beside *b)
{
    lua_createtable(L, (int)b->nsector, 0);
    for (size_t i = 0; i < b->nsector; i++) {
        push_report(L, b->sector[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

typedef enum beside { BOOKS, STATEMENTS, PREVIOUS, SAMPLE, SECTOR, NOTHING } beside;

static const char *const names[NOTHING] = { "huvudbok", "avstamning", "forra", "urval",
                                            "sektor" };

static beside named(const char *which)
{
    beside k = BOOKS;
    while (k < NOTHING && strcmp(which, names[k]) != 0)
        k++;
    return k;
}

static bool has(const lmedel_beside *b, beside which)
{
    switch (which) {
    case BOOKS: return b->ledger;
    case STATEMENTS: return b->statements;
    case PREVIOUS: return b->previous;
    case SAMPLE: return b->ledger && b->nsample;
    case SECTOR: return b->nsector;
    default: return false;
    }
}

int lmedel_push_beside(lua_State *L, const medel_report *of, const char *which)
{
    const lmedel_job *j = lmedel_state_of(L)->job;
    const beside k = named(which);
    if (!j || j->report != of || !has(&j->beside, k))
        return 0;
    switch (k) {
    case BOOKS: lmedel_push_borrowed_ledger(L, j->beside.ledger); break;
    case STATEMENTS: lmedel_push_borrowed_statements(L, j->beside.statements); break;
    case PREVIOUS: push_report(L, j->beside.previous); break;
    case SAMPLE: push_sample(L, &j->beside); break;
    default: push_sector(L, &j->beside);
    }
    return 1;
}

bool lmedel_lacks_beside(lmedel_job *j, const char *need, bool *lacks)
{
    static const char *const missing[NOTHING] = {
        "ingen huvudbok är given", "ingen kontoplan är given",
        "förra årets rapport är inte given", "inget urval är draget",
        "inga rapporter från andra förbund är givna"
    };
    const beside k = strcmp(need, "kontoplan") == 0 ? STATEMENTS : named(need);
    if (k == NOTHING)
        return false;
    *lacks = !has(&j->beside, k);
    if (*lacks)
        snprintf(j->missing, sizeof j->missing, "%s",
                 missing[k != PREVIOUS && k != SECTOR && !j->beside.ledger ? BOOKS : k]);
    return true;
}

/* ---- as the host gives it ---- */

static const medel_report *report_at(lua_State *L, int at, const char *name)
{
    int year;
    medel_variant variant;
    if (!lmedel_test(L, at, &lmedel_view_class))
        luaL_error(L, "%s: a report is expected, not %s", name, luaL_typename(L, at));
    return lmedel_check_view(L, at, &year, &variant);
}

static size_t list_in(lua_State *L, int options, const char *name)
{
    const int type = lua_getfield(L, options, name);
    if (type != LUA_TTABLE && type != LUA_TNIL)
        luaL_error(L, "%s must be a list", name);
    return type == LUA_TTABLE ? lua_rawlen(L, -1) : 0;
}

static void read_sector(lua_State *L, int options, lmedel_beside *out)
{
    out->nsector = list_in(L, options, "sektor");
    const int list = lua_gettop(L);
    const medel_report **reports =
        lua_newuserdatauv(L, (out->nsector + 1) * sizeof *reports, 0);
    for (size_t i = 0; i < out->nsector; i++) {
        lua_rawgeti(L, list, (lua_Integer)i + 1);
        reports[i] = report_at(L, list + 2, "sektor"); /* kept by the options */
        lua_settop(L, list + 1);
    }
    lua_remove(L, list);
    out->sector = reports;
}

static void read_sample(lua_State *L, int options, lmedel_beside *out)
{
    out->nsample = list_in(L, options, "urval");
    const int list = lua_gettop(L);
    uint32_t *rows = lua_newuserdatauv(L, (out->nsample + 1) * sizeof *rows, 0);
    for (size_t i = 0; i < out->nsample; i++) {
        lua_rawgeti(L, list, (lua_Integer)i + 1);
        const lua_Integer row = luaL_checkinteger(L, list + 2);
        medel_ledger_row r;
        if (!out->ledger || row < 1 || row > UINT32_MAX
            || !medel_ledger_row_get(out->ledger, (uint32_t)row - 1, &r))
            luaL_error(L, "urval: no row number %d in the ledger", (int)row);
        rows[i] = (uint32_t)row - 1;
        lua_settop(L, list + 1);
    }
    lua_remove(L, list);
    out->sample = rows;
}

void lmedel_read_beside(lua_State *L, int options, lmedel_beside *out)
{
    const int top = lua_gettop(L);
    *out = (lmedel_beside){ 0 };
    if (!lua_istable(L, options)) {
        lua_settop(L, top + 2);
        return;
    }
    if (lua_getfield(L, options, "ledger") != LUA_TNIL)
        out->ledger = lmedel_check_ledger(L, -1); /* kept by the options */
    if (lua_getfield(L, options, "statements") != LUA_TNIL)
        out->statements = lmedel_check_statements(L, -1);
    if (lua_getfield(L, options, "forra") != LUA_TNIL)
        out->previous = report_at(L, lua_gettop(L), "forra");
    lua_settop(L, top);
    read_sector(L, options, out);
    read_sample(L, options, out);
}

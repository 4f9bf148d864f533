/*
 * lmedel_plan.c - medel.plans(ar) and medel.plan(ar, n): the budgets and forecasts that a
 * report prints, and each as a report; medel.past(ar, year): an earlier year as one.
 */
#include "lmedel.h"

enum { MOST = 64 };

static size_t all_of(lua_State *L, const medel_report *r, medel_plan *plans)
{
    size_t n = medel_report_plans(r, plans, MOST);
    if (n > MOST)
        luaL_error(L, "more than %d budgets and forecasts", MOST);
    return n;
}

int lmedel_plans(lua_State *L)
{
    medel_plan plans[MOST];
    const size_t n = all_of(L, lmedel_report_of(L, 1, false), plans);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 4);
        lmedel_set_integer(L, "year", plans[i].year);
        lmedel_set_text(L, "variant", medel_variant_name(plans[i].variant));
        lmedel_set_text(L, "made", plans[i].made);
        lmedel_set_flag(L, "superseded", plans[i].superseded);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* Pushes the plan as a report of the base, whose box is at 'owner'. */
static medel_status push_plan(lua_State *L, const medel_report *base, int owner,
                              const medel_plan *plan)
{
    lmedel_report_box *box = lua_newuserdatauv(L, sizeof *box, 2);
    box->report = NULL;
    box->borrowed = false;
    lmedel_set_class(L, &lmedel_report_class);
    lua_pushvalue(L, owner); /* whose figures it points at */
    lua_setiuservalue(L, -2, 1);
    const medel_status st = medel_report_of_plan(&box->report, base, plan, NULL);
    if (st == MEDEL_OK)
        lmedel_push_view(L, -1, plan->year, MEDEL_VARIANT_UTFALL);
    return st;
}

int lmedel_plan(lua_State *L)
{
    medel_plan plans[MOST];
    const lua_Integer which = luaL_checkinteger(L, 2);
    const medel_report *base = lmedel_report_of(L, 1, true);
    const int owner = lua_gettop(L);
    const size_t n = all_of(L, base, plans);
    luaL_argcheck(L, which >= 1 && (size_t)which <= n, 2, "no such plan");
    const medel_status st = push_plan(L, base, owner, &plans[which - 1]);
    return st == MEDEL_OK
               ? 1
               : luaL_error(L, "plan %d: %s", (int)which, medel_status_name(st));
}

int lmedel_past(lua_State *L)
{
    const lua_Integer year = luaL_checkinteger(L, 2);
    const medel_report *base = lmedel_report_of(L, 1, true);
    const int owner = lua_gettop(L);
    luaL_argcheck(L, year >= 1990 && year < medel_report_year(base), 2,
                  "a year before the report's own");
    const medel_plan past = { .year = (int)year, .variant = MEDEL_VARIANT_UTFALL };
    const medel_status st = push_plan(L, base, owner, &past);
    if (st == MEDEL_E_DOMAIN)
        return 0;
    return st == MEDEL_OK ? 1 : luaL_error(L, "%d: %s", (int)year, medel_status_name(st));
}

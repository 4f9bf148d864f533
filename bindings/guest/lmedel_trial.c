/* lmedel_trial.c - one rule on one report, for coverage: did it find anything, and where?
 */
#include "lmedel_runner.h"

size_t lmedel_runner_rules(lmedel_runner *r)
{
    lua_State *rules = lmedel_guard_state(r->guard);
    lmedel_push_rules(rules);
    size_t n = lua_rawlen(rules, -1);
    lua_settop(rules, 0);
    return n;
}

/* Does the finding on top of the stack have at least that level? */
static bool weighs(lua_State *L, medel_level least, bool usual_counts)
{
    medel_level level;
    bool counts = usual_counts;
    if (!lmedel_is_finding(L, lua_gettop(L)))
        return false;
    if (lua_getfield(L, -1, "level") == LUA_TSTRING)
        counts = medel_level_parse(&level, lua_tostring(L, -1)) && level >= least;
    bool applies = lua_getfield(L, -2, "reason") != LUA_TSTRING;
    lua_pop(L, 2);
    return counts && applies;
}

typedef struct trial {
    lmedel_job j;
    medel_level least;
    bool usual_counts;
    lmedel_finding_place *places;
    size_t room, found;
    bool *touched;
} trial;

static void count_finding(lua_State *L, trial *t, const lmedel_shown *s)
{
    if (!weighs(L, t->least, t->usual_counts))
        return;
    if (s && t->found < t->room)
        t->places[t->found] = (lmedel_finding_place){ s->place.line, s->place.col };
    t->found++;
}

#define MAX_FINDINGS 1000

static int try_rule(lua_State *L)
{
    trial *t = lua_touserdata(L, 1);
    lmedel_state_of(L)->touched = t->touched;
    lua_pushcfunction(L, lmedel_run_rule);
    lua_pushlightuserdata(L, &t->j);
    lua_call(L, 1, 1);
    const int at = lua_gettop(L);
    if (lmedel_is_finding(L, at)) {
        count_finding(L, t, NULL);
        return 0;
    }
    for (lua_Integer i = 1;
         lua_istable(L, at) && i <= MAX_FINDINGS && lua_rawgeti(L, at, i) != LUA_TNIL;
         i++) {
        const lmedel_shown *s = lua_touserdata(L, -1);
        if (s)
            lua_getiuservalue(L, -1, 1);
        count_finding(L, t, s);
        lua_settop(L, at);
    }
    return 0;
}

size_t lmedel_runner_try(lmedel_runner *r, const medel_report *report, size_t rule,
                         medel_level least, bool usual_counts,
                         lmedel_finding_place *places, size_t room, bool *touched)
{
    lua_State *rules = lmedel_guard_state(r->guard);
    trial t = { .least = least,
                .usual_counts = usual_counts,
                .places = places,
                .room = room,
                .touched = touched };
    t.j.report = report;
    t.j.parameters = r->parameters;
    t.j.rule = (lua_Integer)rule + 1;
    t.j.record = places != NULL; /* places may be those of what was read */
    t.j.output = r->output;
    lmedel_guard_start(r->guard, r->time_ms, NULL);
    lua_settop(rules, 0);
    lua_pushcfunction(rules, lmedel_traceback);
    lua_pushcfunction(rules, try_rule);
    lua_pushlightuserdata(rules, &t);
    int st = lua_pcall(rules, 1, 0, 1);
    lmedel_guard_stop(r->guard);
    lmedel_state_of(rules)->touched = NULL;
    lua_settop(rules, 0);
    return st == LUA_OK ? t.found : 0;
}

/* lmedel_trial.c - one rule on one report, for coverage: did it find anything, and where?
 */
#include "lmedel_runner.h"

#include <string.h>

size_t lmedel_runner_rules(lmedel_runner *r)
{
    lua_State *rules = lmedel_guard_state(r->guard);
    lmedel_push_rules(rules);
    size_t n = lua_rawlen(rules, -1);
    lua_settop(rules, 0);
    return n;
}

typedef struct trial {
    lmedel_job j;
    bool above_note;
    lmedel_tried *out;
    unsigned char *touched;
} trial;

/* The level of the finding on top of the stack; false where it says that the rule does
   not apply, or is none. */
static bool level_of(lua_State *L, bool above_note, medel_level *level)
{
    *level = above_note ? MEDEL_LEVEL_NOTE + 1 : MEDEL_LEVEL_NOTE;
    if (!lmedel_is_finding(L, lua_gettop(L)))
        return false;
    bool counts = true;
    if (lua_getfield(L, -1, "level") == LUA_TSTRING)
        counts = medel_level_parse(level, lua_tostring(L, -1));
    counts &= lua_getfield(L, -2, "reason") != LUA_TSTRING;
    lua_pop(L, 2);
    return counts;
}

static void count_finding(lua_State *L, trial *t, const lmedel_shown *s)
{
    medel_level level;
    if (!level_of(L, t->above_note, &level))
        return;
    for (int w = level > MEDEL_LEVEL_NOTE ? LMEDEL_ABOVE_NOTE : LMEDEL_ALL;
         w < LMEDEL_WEIGHTS; w++) {
        const size_t n = t->out->n[w]++;
        if (s && n < LMEDEL_MAX_PLACES)
            t->out->places[w][n] = (lmedel_finding_place){ s->place.line, s->place.col };
    }
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

void lmedel_runner_share(lmedel_runner *r, const medel_report *report)
{
    lua_State *rules = lmedel_guard_state(r->guard);
    lmedel_job j = { .report = report, .parameters = r->parameters };
    if (r->shares)
        return;
    /* Of many short runs, garbage that leaves the processor's cache costs more than to
       collect it. */
    lua_gc(rules, LUA_GCINC, 200, 400, 0);
    r->shares = lmedel_protected(rules, lmedel_share_view, &j) == LUA_OK;
    lua_settop(rules, 0);
}

void lmedel_runner_forget(lmedel_runner *r)
{
    if (r->shares)
        lmedel_forget_view(lmedel_guard_state(r->guard));
    r->shares = false;
}

void lmedel_runner_try(lmedel_tried *out, lmedel_runner *r, const medel_report *report,
                       size_t rule, bool above_note, bool places, unsigned char *touched)
{
    lua_State *rules = lmedel_guard_state(r->guard);
    trial t = { .above_note = above_note, .out = out, .touched = touched };
    memset(out->n, 0, sizeof out->n);
    t.j.report = report;
    t.j.parameters = r->parameters;
    t.j.rule = (lua_Integer)rule + 1;
    t.j.record = places; /* they may be those of what was read */
    t.j.output = r->output;
    if (r->shares && !lmedel_guard_has_half(r->guard))
        r->shares = lmedel_renew_view(rules, &t.j);
    t.j.shared = r->shares;
    lmedel_guard_start(r->guard, r->time_ms, NULL);
    lua_settop(rules, 0);
    lua_pushcfunction(rules, lmedel_traceback);
    lua_pushcfunction(rules, try_rule);
    lua_pushlightuserdata(rules, &t);
    const int st = lua_pcall(rules, 1, 0, 1);
    lmedel_guard_stop(r->guard);
    lmedel_state_of(rules)->touched = NULL;
    lmedel_state_of(rules)->job = NULL;
    lua_settop(rules, 0);
    if (st != LUA_OK)
        memset(out->n, 0, sizeof out->n);
}

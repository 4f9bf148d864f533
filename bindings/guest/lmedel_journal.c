/*
 * lmedel_journal.c - in a child process: which rule is being loaded or run, so that the
 * parent knows whose fault it is when the child dies or is stuck.
 */
#include "lmedel_runner.h"

#include <stdio.h>
#include <time.h>

#define GRACE_MS 1000 /* the state's own limit comes first */

bool lmedel_push_killed(lua_State *L, const char *doing, const char *name)
{
    if (lua_getfield(L, LUA_REGISTRYINDEX, LMEDEL_KILLED) != LUA_TTABLE)
        return false;
    lua_pushfstring(L, "%s %s", doing, name);
    lua_rawget(L, -2);
    lua_remove(L, -2);
    return lua_type(L, -1) == LUA_TSTRING;
}

lmedel_journal *lmedel_journal_of(lua_State *L)
{
    lua_getfield(L, LUA_REGISTRYINDEX, LMEDEL_JOURNAL);
    lmedel_journal *j = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return j;
}

void lmedel_journal_begin(lmedel_journal *j, const char *doing, const char *name,
                          unsigned time_ms)
{
    struct timespec t;
    if (!j)
        return;
    clock_gettime(CLOCK_MONOTONIC, &t);
    snprintf(j->what, sizeof j->what, "%s %s", doing, name);
    atomic_store(&j->until,
                 (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + time_ms + GRACE_MS);
}

void lmedel_journal_end(lmedel_journal *j)
{
    if (j)
        atomic_store(&j->until, 0);
}

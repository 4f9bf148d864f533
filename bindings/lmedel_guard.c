/*
 * lmedel_guard.c - a Lua state for other people's rules: bounded memory and time,
 * and an environment without any way out.
 *
 * Time: no hook while rules run, so nothing is paid; at the deadline a watchdog
 * thread arms one.  Rules have no pcall, coroutine or __gc that could outlive it.
 */
#include "lmedel.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct lmedel_guard {
    lua_State *L;
    size_t used, limit;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool thread_runs, idle, armed, expired, ending;
    struct timespec deadline;
};

/* ---- memory ---- */

static void *limited_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    lmedel_guard *g = ud;
    size_t before = ptr ? osize : 0; /* without ptr, osize is a type tag */
    if (nsize == 0) {
        free(ptr);
        g->used -= before;
        return NULL;
    }
    if (nsize > before && g->used + (nsize - before) > g->limit)
        return NULL;
    void *p = realloc(ptr, nsize);
    if (p)
        g->used = g->used - before + nsize;
    return p;
}

/* ---- time: waking the watchdog costs more than a rule, so it sleeps through most ---- */

static void stop_here(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    luaL_error(L, "time limit");
}

static void *watch(void *ud)
{
    lmedel_guard *g = ud;
    pthread_mutex_lock(&g->mutex);
    while (!g->ending) {
        if (!g->armed) {
            g->idle = true;
            pthread_cond_wait(&g->wake, &g->mutex);
            g->idle = false;
            continue;
        }
        struct timespec until = g->deadline, now;
        pthread_cond_timedwait(&g->wake, &g->mutex, &until);
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (g->armed
            && (now.tv_sec > g->deadline.tv_sec
                || (now.tv_sec == g->deadline.tv_sec
                    && now.tv_nsec >= g->deadline.tv_nsec))) {
            g->armed = false;
            g->expired = true;
            lua_sethook(g->L, stop_here,
                        LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
        }
    }
    pthread_mutex_unlock(&g->mutex);
    return NULL;
}

bool lmedel_guard_start(lmedel_guard *g, unsigned time_ms)
{
    bool ok = true;
    pthread_mutex_lock(&g->mutex);
    clock_gettime(CLOCK_MONOTONIC, &g->deadline);
    g->deadline.tv_sec += time_ms / 1000;
    g->deadline.tv_nsec += (long)(time_ms % 1000) * 1000000L;
    if (g->deadline.tv_nsec >= 1000000000L) {
        g->deadline.tv_nsec -= 1000000000L;
        g->deadline.tv_sec++;
    }
    g->armed = true;
    g->expired = false;
    if (!g->thread_runs)
        ok = g->thread_runs = pthread_create(&g->thread, NULL, watch, g) == 0;
    else if (g->idle) /* else it wakes at an earlier deadline and looks again */
        pthread_cond_signal(&g->wake);
    pthread_mutex_unlock(&g->mutex);
    return ok;
}

bool lmedel_guard_stop(lmedel_guard *g)
{
    pthread_mutex_lock(&g->mutex);
    bool expired = g->expired;
    g->armed = g->expired = false;
    lua_sethook(g->L, NULL, 0, 0);
    pthread_mutex_unlock(&g->mutex);
    return expired;
}

/* ---- the state ---- */

lmedel_guard *lmedel_guard_new(size_t memory)
{
    lmedel_guard *g = calloc(1, sizeof *g);
    pthread_condattr_t attr;
    if (!g)
        return NULL;
    g->limit = memory;
    pthread_mutex_init(&g->mutex, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&g->wake, &attr);
    pthread_condattr_destroy(&attr);
    g->L = lua_newstate(limited_alloc, g);
    if (!g->L) {
        lmedel_guard_free(g);
        return NULL;
    }
    lua_gc(g->L, LUA_GCINC, 400, 400, 0); /* the limit collects when it must */
    return g;
}

void lmedel_guard_free(lmedel_guard *g)
{
    if (!g)
        return;
    if (g->thread_runs) {
        pthread_mutex_lock(&g->mutex);
        g->ending = true;
        pthread_cond_signal(&g->wake);
        pthread_mutex_unlock(&g->mutex);
        pthread_join(g->thread, NULL);
    }
    if (g->L)
        lua_close(g->L);
    pthread_cond_destroy(&g->wake);
    pthread_mutex_destroy(&g->mutex);
    free(g);
}

lua_State *lmedel_guard_state(lmedel_guard *g)
{
    return g->L;
}

/* ---- what a rule can name ---- */

static int safe_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    int type = lua_type(L, 1);
    if (type == LUA_TUSERDATA || type == LUA_TNUMBER || type == LUA_TSTRING
        || type == LUA_TNIL || type == LUA_TBOOLEAN)
        luaL_tolstring(L, 1, NULL);
    else
        lua_pushstring(L, lua_typename(L, type)); /* never an address */
    return 1;
}

static int compare_keys(lua_State *L, int a, int b)
{
    int ta = lua_type(L, a), tb = lua_type(L, b);
    if (ta != tb)
        return ta < tb;
    if (ta == LUA_TNUMBER || ta == LUA_TSTRING)
        return lua_compare(L, a, b, LUA_OPLT);
    return 0;
}

static int sort_order(lua_State *L)
{
    lua_pushboolean(L, compare_keys(L, 1, 2));
    return 1;
}

static int next_pair(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(3)) + 1;
    lua_pushinteger(L, i);
    lua_replace(L, lua_upvalueindex(3));
    if (lua_rawgeti(L, lua_upvalueindex(2), i) == LUA_TNIL)
        return 1;
    lua_pushvalue(L, -1);
    lua_rawget(L, lua_upvalueindex(1));
    return 2;
}

/* pairs in the order of the keys: the same on every run. */
static int sorted_pairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_newtable(L);
    lua_Integer n = 0;
    for (lua_pushnil(L); lua_next(L, 1);) {
        lua_pop(L, 1);
        int type = lua_type(L, -1);
        if (type != LUA_TNUMBER && type != LUA_TSTRING)
            return luaL_error(L, "pairs: keys must be texts or numbers");
        lua_pushvalue(L, -1);
        lua_rawseti(L, 2, ++n);
    }
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.sort");
    lua_pushvalue(L, 2);
    lua_pushcfunction(L, sort_order);
    lua_call(L, 2, 0);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 3);
    return 1;
}

static int unknown_name(lua_State *L)
{
    return luaL_error(L, "unknown name '%s': a rule can use ar, p and the functions in "
                         "docs/lua.md; declare its own with 'local'",
                      lua_tostring(L, 2));
}

static int no_globals(lua_State *L)
{
    return luaL_error(L, "'%s' would be global: write 'local %s'", lua_tostring(L, 2),
                      lua_tostring(L, 2));
}

/* A new table with some of a library's functions. */
static void copy_names(lua_State *L, const char *library, const char *const *names)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.libraries");
    lua_getfield(L, -1, library);
    lua_newtable(L);
    for (; *names; names++) {
        lua_getfield(L, -2, *names);
        lua_setfield(L, -2, *names);
    }
    lua_replace(L, -3);
    lua_pop(L, 1);
}

static int frozen(lua_State *L)
{
    return luaL_error(L, "a library cannot be changed");
}

/* Replace the table on top by an empty one that reads from it and refuses writes.
   Rules have no rawset and no metatables, so it stays as it is. */
static void freeze(lua_State *L, lua_CFunction write)
{
    lua_newtable(L);
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, write);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_replace(L, -2);
}

static const char *const base_names[] = { "assert", "error", "ipairs", "select",
                                          "tonumber", "type", NULL };
static const char *const math_names[] = { "abs", "floor", "max", "maxinteger", "min",
                                          "mininteger", "tointeger", NULL };
static const char *const string_names[] = { "byte", "char", "len", "lower", "reverse",
                                            "sub", "upper", NULL };
static const char *const table_names[] = { "concat", "insert", "remove", "sort",
                                           "unpack", NULL };
static const char *const utf8_names[] = { "len", NULL };

static void set_frozen(lua_State *L, const char *library, const char *const *names)
{
    copy_names(L, library, names);
    freeze(L, frozen);
    lua_setfield(L, -2, library);
}

/* What every rule's environment reads from; made once and out of reach. */
static void make_names(lua_State *L)
{
    copy_names(L, "_G", base_names);
    lua_pushcfunction(L, safe_tostring);
    lua_setfield(L, -2, "tostring");
    lua_pushcfunction(L, sorted_pairs);
    lua_setfield(L, -2, "pairs");
    set_frozen(L, "math", math_names);
    set_frozen(L, "string", string_names);
    set_frozen(L, "table", table_names);
    set_frozen(L, "utf8", utf8_names);
    lmedel_set_functions(L, lmedel_quantity_functions);
    lmedel_set_functions(L, lmedel_language_functions);
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, unknown_name);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    freeze(L, no_globals);
    lua_getmetatable(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, "medel.environment");
    lua_pop(L, 1);
}

/* An empty table of its own for each rule; nothing that one can reach can be changed,
   so none can change what the next one sees. */
void lmedel_push_environment(lua_State *L)
{
    lua_newtable(L);
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.environment");
    lua_setmetatable(L, -2);
}

/* Libraries go to the registry, out of reach; the string metatable gets the small
   table.  Runs protected, as the state's first function. */
int lmedel_guard_open(lua_State *L)
{
    static const luaL_Reg libraries[] = { { "_G", luaopen_base },
                                          { "math", luaopen_math },
                                          { "string", luaopen_string },
                                          { "table", luaopen_table },
                                          { "utf8", luaopen_utf8 } };
    lmedel_state_of(L)->evidence = true;
    lua_newtable(L);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        lua_pushcfunction(L, libraries[i].func);
        lua_call(L, 0, 1);
        lua_setfield(L, -2, libraries[i].name);
    }
    lua_setfield(L, LUA_REGISTRYINDEX, "medel.libraries");
    copy_names(L, "table", table_names);
    lua_getfield(L, -1, "sort");
    lua_setfield(L, LUA_REGISTRYINDEX, "medel.sort");
    lua_pop(L, 1);
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    copy_names(L, "string", string_names); /* reached by ("x"):len() only to read */
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
    lmedel_open_quantity(L);
    lmedel_open_report(L);
    lmedel_open_record(L);
    lmedel_open_parameters(L);
    lmedel_open_language(L);
    make_names(L);
    return 0;
}

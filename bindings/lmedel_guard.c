/*
 * lmedel_guard.c - a Lua state for other people's rules: bounded memory and time,
 * and an environment without any way out.
 *
 * Time: no hook while rules run, so nothing is paid; at the deadline a watchdog
 * thread arms one.  Rules have no coroutine or __gc that could outlive it, and their
 * pcall passes it on.
 */
#define _DEFAULT_SOURCE /* syscall */
#include "lmedel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct lmedel_guard {
    lua_State *L;
    size_t used, limit, peak;
    unsigned full; /* how often in a row collecting gave next to nothing */
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool thread_runs, idle, armed, cancelled, ending;
    bool fenced;             /* the kernel has no membarrier */
    _Atomic bool arming;     /* the watchdog walks the state's list of calls */
    _Atomic lmedel_stop why; /* set at the deadline and by cancel */
    struct timespec deadline;
};

/* ---- memory ---- */

#define MAX_FULL 50

/* Near the limit Lua collects everything for each small allocation.  It may do so some
   times; then the memory is out. */
static bool fits(lmedel_guard *g, size_t more)
{
    if (g->used + more > g->limit) {
        g->full++;
        return false;
    }
    if (g->full && g->used + more <= g->limit - g->limit / 32)
        g->full = 0;
    return g->full < MAX_FULL;
}

/* Freed memory may be a call that the watchdog is about to look at. */
static void wait_for_watchdog(lmedel_guard *g)
{
    if (g->fenced)
        atomic_thread_fence(memory_order_seq_cst);
    if (!atomic_load_explicit(&g->arming, memory_order_relaxed))
        return;
    pthread_mutex_lock(&g->mutex);
    pthread_mutex_unlock(&g->mutex);
}

static void *limited_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    lmedel_guard *g = ud;
    size_t before = ptr ? osize : 0; /* without ptr, osize is a type tag */
    if (nsize > before && !fits(g, nsize - before))
        return NULL;
    if (ptr)
        wait_for_watchdog(g);
    if (nsize == 0) {
        free(ptr);
        g->used -= before;
        return NULL;
    }
    void *p = realloc(ptr, nsize);
    if (p)
        g->used = g->used - before + nsize;
    if (g->used > g->peak)
        g->peak = g->used;
    return p;
}

/* ---- time: waking the watchdog costs more than a rule, so it sleeps through most ---- */

#define MEMBARRIER_EXPEDITED (1 << 3)
#define MEMBARRIER_REGISTER (1 << 4)

static int membarrier(int what)
{
#ifdef SYS_membarrier
    return (int)syscall(SYS_membarrier, what, 0, 0);
#else
    (void)what;
    return -1;
#endif
}

static const char limit_key = 0; /* the error that no script can make or catch */

static void stop_here(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    lua_pushlightuserdata(L, (void *)&limit_key);
    lua_error(L);
}

/* lua_sethook goes through the calls that are under way; none is freed meanwhile. */
static void arm_hook(lmedel_guard *g)
{
    atomic_store(&g->arming, true);
    if (!g->fenced)
        membarrier(MEMBARRIER_EXPEDITED);
    lua_sethook(g->L, stop_here,
                LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
    atomic_store(&g->arming, false);
}

static bool is_past(const struct timespec *t)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > t->tv_sec
           || (now.tv_sec == t->tv_sec && now.tv_nsec >= t->tv_nsec);
}

static struct timespec from_now(unsigned ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += (long)(ms % 1000) * 1000000L;
    if (t.tv_nsec >= 1000000000L) {
        t.tv_nsec -= 1000000000L;
        t.tv_sec++;
    }
    return t;
}

/* A call that begins while the hook is armed can miss it; so it is armed again. */
#define AGAIN_MS 5

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
        struct timespec until = g->deadline;
        if (g->cancelled || is_past(&g->deadline)) {
            atomic_store(&g->why, g->cancelled ? LMEDEL_CANCELLED : LMEDEL_TOO_LONG);
            arm_hook(g);
            until = from_now(AGAIN_MS);
        }
        pthread_cond_timedwait(&g->wake, &g->mutex, &until);
    }
    pthread_mutex_unlock(&g->mutex);
    return NULL;
}

static bool start_watchdog(lmedel_guard *g)
{
    g->fenced = membarrier(MEMBARRIER_REGISTER) != 0;
    g->thread_runs = pthread_create(&g->thread, NULL, watch, g) == 0;
    return g->thread_runs;
}

bool lmedel_guard_start(lmedel_guard *g, unsigned time_ms)
{
    bool ok = true;
    pthread_mutex_lock(&g->mutex);
    g->deadline = from_now(time_ms);
    g->armed = true;
    g->full = 0;
    atomic_store(&g->why, LMEDEL_NOT_STOPPED);
    if (g->cancelled) { /* before anything ran */
        atomic_store(&g->why, LMEDEL_CANCELLED);
        arm_hook(g);
    }
    if (!g->thread_runs)
        ok = start_watchdog(g);
    else if (g->idle) /* else it wakes at an earlier deadline and looks again */
        pthread_cond_signal(&g->wake);
    pthread_mutex_unlock(&g->mutex);
    return ok;
}

lmedel_stop lmedel_guard_stop(lmedel_guard *g)
{
    pthread_mutex_lock(&g->mutex);
    lmedel_stop why = atomic_exchange(&g->why, LMEDEL_NOT_STOPPED);
    g->armed = false;
    lua_sethook(g->L, NULL, 0, 0);
    pthread_mutex_unlock(&g->mutex);
    return why;
}

void lmedel_guard_cancel(lmedel_guard *g)
{
    pthread_mutex_lock(&g->mutex);
    g->cancelled = true;
    pthread_cond_signal(&g->wake);
    pthread_mutex_unlock(&g->mutex);
}

void lmedel_guard_renew(lmedel_guard *g)
{
    pthread_mutex_lock(&g->mutex);
    g->cancelled = false;
    pthread_mutex_unlock(&g->mutex);
}

lmedel_guard *lmedel_guard_of(lua_State *L)
{
    void *ud;
    return lua_getallocf(L, &ud) == limited_alloc ? ud : NULL;
}

void lmedel_guard_check(lua_State *L)
{
    lmedel_guard *g = lmedel_guard_of(L);
    if (g && atomic_load_explicit(&g->why, memory_order_relaxed) != LMEDEL_NOT_STOPPED)
        stop_here(L, NULL);
}

size_t lmedel_guard_peak(const lmedel_guard *g)
{
    return g->peak;
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

/*
 * lmedel_limit.c - medel.limited(options, f, ...): a user's function in the program's own
 * state, with bounded memory and time; medel.bounded(name): libraries whose functions
 * end.
 *
 * What runs here is a script that the user chose, not other people's rules: those have a
 * state of their own (lmedel_guard.c).  A hook looks at the clock and remembers the line
 * of the user's file, which an error from the allocator would not know.
 */
#include "lmedel_library.h"

#include <string.h>
#include <time.h>

enum { INSTRUCTIONS = 1000 };
static const char limit_key = 0; /* of the limit, in the registry */

typedef struct limit {
    struct timespec deadline;
    int most; /* KiB in all */
    const char *file;
    int line; /* in the file; 0 until it runs */
    bool full, late;
} limit;

/* Not counted but while a limit holds; then by one thread alone. */
void *lmedel_ceiling_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    lmedel_ceiling *c = ud;
    const int64_t before = ptr ? (int64_t)osize : 0; /* else osize is a type tag */
    if (c->most < 0)
        return c->alloc(c->ud, ptr, osize, nsize);
    if (nsize > (size_t)before && c->used + (int64_t)nsize - before > c->most) {
        c->refused = true;
        return NULL;
    }
    void *p = c->alloc(c->ud, ptr, osize, nsize);
    if (p || nsize == 0)
        c->used += (int64_t)nsize - before;
    return p;
}

static lmedel_ceiling *ceiling_of(lua_State *L)
{
    void *ud;
    return lua_getallocf(L, &ud) == lmedel_ceiling_alloc ? ud : NULL;
}

static bool is_past(const struct timespec *t)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > t->tv_sec
           || (now.tv_sec == t->tv_sec && now.tv_nsec >= t->tv_nsec);
}

static void stop(lua_State *L, bool *why)
{
    *why = true;
    lua_pushliteral(L, "limit");
    lua_error(L);
}

static void look(lua_State *L, lua_Debug *ar)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &limit_key);
    limit *l = lua_touserdata(L, -1);
    lua_pop(L, 1);
    if (!l)
        return;
    if (ar->event == LUA_HOOKLINE) {
        lua_getinfo(L, "S", ar);
        if (ar->source[0] == '@' && strcmp(ar->source + 1, l->file) == 0)
            l->line = ar->currentline;
        return;
    }
    if (is_past(&l->deadline))
        stop(L, &l->late);
    if (lua_gc(L, LUA_GCCOUNT) > l->most && lua_gc(L, LUA_GCCOLLECT) == 0
        && lua_gc(L, LUA_GCCOUNT) > l->most)
        stop(L, &l->full);
}

static lua_Integer option(lua_State *L, const char *key)
{
    lua_getfield(L, 1, key);
    const lua_Integer n = luaL_checkinteger(L, -1);
    luaL_argcheck(L, n >= 1 && n <= 1000000, 1, "limits are from 1 to 1 000 000");
    lua_pop(L, 1);
    return n;
}

/* Let ("x"):rep(...) find the bounded library; pushes what it found before. */
static void bound_strings(lua_State *L)
{
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_getfield(L, -1, "__index");
    lmedel_push_library(L, "string");
    lua_setfield(L, -3, "__index");
    lua_replace(L, -3);
    lua_pop(L, 1);
}

static void restore_strings(lua_State *L, int before)
{
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushvalue(L, before);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 2);
}

/* What the limit that ended f is called, with the place in the user's file. */
static void push_why(lua_State *L, const limit *l, lua_Integer ms, lua_Integer mb)
{
    if (l->late)
        lua_pushfstring(L, "%s:%d: this takes more than %d ms: a loop without an end?",
                        l->file, l->line ? l->line : 1, (int)ms);
    else
        lua_pushfstring(L, "%s:%d: this takes more than %d MiB of memory", l->file,
                        l->line ? l->line : 1, (int)mb);
}

/* What ran may have caught the error itself, and told it. */
static bool says_no_memory(lua_State *L)
{
    return lua_type(L, -1) == LUA_TSTRING
           && strcmp(lua_tostring(L, -1), "not enough memory") == 0;
}

static struct timespec from_now(lua_Integer ms)
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

static void set_limit(lua_State *L, limit *l, int64_t bytes)
{
    lmedel_ceiling *c = ceiling_of(L);
    lua_pushlightuserdata(L, l);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &limit_key);
    lua_sethook(L, l ? look : NULL, l ? LUA_MASKLINE | LUA_MASKCOUNT : 0, INSTRUCTIONS);
    if (c)
        *c = (lmedel_ceiling){ c->alloc, c->ud, 0, l ? bytes : -1, false };
}

int lmedel_limited(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    const lua_Integer ms = option(L, "time_ms"), mb = option(L, "memory_mb");
    lua_getfield(L, 1, "file");
    limit l = { .file = luaL_checkstring(L, -1), .deadline = from_now(ms) };
    lua_replace(L, 1); /* anchored */
    luaL_checkstack(L, 8, "limited");
    l.most = lua_gc(L, LUA_GCCOUNT) + (int)mb * 1024;
    bound_strings(L);
    lua_insert(L, 2); /* file, strings, f, ... */
    set_limit(L, &l, (int64_t)mb << 20);
    const int code = lua_pcall(L, lua_gettop(L) - 3, LUA_MULTRET, 0);
    const lmedel_ceiling *c = ceiling_of(L);
    const bool refused = c && c->refused;
    set_limit(L, NULL, 0);
    restore_strings(L, 2);
    if (l.late || l.full || code == LUA_ERRMEM || (refused && says_no_memory(L))) {
        lua_pushnil(L);
        push_why(L, &l, ms, mb);
        return 2;
    }
    if (code != LUA_OK) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    lua_pushboolean(L, true);
    lua_replace(L, 2);
    return lua_gettop(L) - 1;
}

/*
 * main_probe.c - which known bugs the Lua under the program has: each is provoked in a
 * child process of its own.  What keeps rules from them holds for every Lua, so nothing
 * is probed at start; `medel version --check` asks.
 */
#define _GNU_SOURCE
#include "main_child.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* The chunk returns true when Lua does right. */
typedef struct probe {
    const char *name, *what, *instead, *chunk;
    size_t memory; /* MiB, where it shows only as that runs out; or 0 */
} probe;

static const probe probes[] = {
    { "concat", "a value with __concat is joined while the stack moves",
      "no value of medel has __concat, and rules make none",
      "local function grow(n) if n == 0 then return 0 end return 1 + grow(n - 1) end "
      "local M = {} "
      "function M.__concat(a, b) grow(150) return (type(a) == 'table' and 'm' or a) "
      "  .. (type(b) == 'table' and 'm' or b) end "
      "for i = 1, 50 do "
      "  local s = coroutine.wrap(function() local m = setmetatable({}, M) "
      "    return 'a ' .. m .. ' SEK' .. ', konto ' .. 1930 end)() "
      "  if s ~= 'a m SEK, konto 1930' then return false end "
      "end return true",
      0 },
    { "weak newindex", "a table that only a weak metatable holds is freed while it grows",
      "rules have no metatables",
      "for round = 1, 60 do local all, n = {}, 0 "
      "pcall(function() while true do n = n + 1 all[n] = ('x'):rep(9000) .. n end end) "
      "for i = 1, round do all[n - i] = nil end "
      "pcall(function() local t = setmetatable({}, setmetatable({ __newindex = {} }, "
      "{ __mode = 'v' })) for i = 1, 10 + round do t[i] = i end end) end return true",
      8 },
    { "close chain", "coroutines that close each other exhaust the C stack",
      "rules have no coroutines and no __close",
      "local last = false for i = 1, 20000 do local before = last "
      "last = coroutine.create(function() local x <close> = setmetatable({}, { __close = "
      "function() if before then coroutine.close(before) end end }) coroutine.yield() "
      "end) "
      "coroutine.resume(last) end pcall(coroutine.close, last) return true",
      0 },
    { "long pattern", "a pattern's iterator that failed is called again",
      "rules have patterns of their own, at most 256 bytes",
      "local f = string.gmatch(('a'):rep(300000), ('a?'):rep(300000)) "
      "pcall(f) pcall(f) return true",
      0 },
    { "bit constants", "1 ~ (2 or 3) in a function with many constants is not 3",
      "the bit operators & | ~ are refused in rules",
      "local out = { 'return function() local t = {' } "
      "for i = 1, 300 do out[#out + 1] = i + 1000 .. '.5,' end "
      "out[#out + 1] = '} return 1 ~ (2 or 3) end' "
      "return load(table.concat(out))()() == 3",
      0 },
    { "utf8 codes", "utf8.codes accepts what is no UTF-8",
      "rules have a utf8.len of their own, and no utf8.codes",
      "return not pcall(function() for _ in utf8.codes('in\\x80valid') do end end)", 0 },
};

#define SECONDS 5

typedef struct memory {
    size_t used, limit;
} memory;

static void *small_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    memory *m = ud;
    const size_t before = ptr ? osize : 0;
    if (nsize == 0) {
        free(ptr);
        m->used -= before;
        return NULL;
    }
    if (nsize > before && m->used + nsize - before > m->limit)
        return NULL;
    void *p = realloc(ptr, nsize);
    if (p)
        m->used += nsize - before;
    return p;
}

static int provoke(lua_State *L)
{
    const probe *p = lua_touserdata(L, 1);
    luaL_openlibs(L);
    if (luaL_loadstring(L, p->chunk) != LUA_OK)
        return lua_error(L);
    lua_call(L, 0, 1);
    return 1;
}

enum { RIGHT, WRONG };

static int provoked(const probe *p)
{
    memory m = { 0, (p->memory ? p->memory : 512) << 20 };
    const struct rlimit none = { 0, 0 };
    setrlimit(RLIMIT_CORE, &none);
    signal(SIGALRM, SIG_DFL);
    alarm(SECONDS);
    close(STDERR_FILENO); /* what libc says of a broken heap */
    lua_State *L = lua_newstate(small_alloc, &m);
    if (!L)
        return WRONG;
    lua_pushcfunction(L, provoke);
    lua_pushlightuserdata(L, (void *)p);
    const bool right = lua_pcall(L, 1, 1, 0) == LUA_OK && lua_toboolean(L, -1);
    lua_close(L);
    return right ? RIGHT : WRONG;
}

static const char *outcome_of(const probe *p)
{
    int status = 0;
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0)
        _exit(provoked(p));
    if (pid < 0)
        return "unknown";
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (!WIFEXITED(status))
        return "crashes";
    return WEXITSTATUS(status) == RIGHT ? "right" : "wrong";
}

int lmedel_probe(lua_State *L)
{
    lua_newtable(L);
    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++) {
        lua_createtable(L, 0, 4);
        lmedel_set_text(L, "name", probes[i].name);
        lmedel_set_text(L, "what", probes[i].what);
        lmedel_set_text(L, "instead", probes[i].instead);
        lmedel_set_text(L, "outcome", outcome_of(&probes[i]));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_pushliteral(L, LUA_RELEASE);
    return 2;
}

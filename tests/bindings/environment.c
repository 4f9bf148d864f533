/* environment.c - prints every name that a rule can reach: its environment and all that
 * hangs on it, through metatables and upvalues, and the methods of what it is given.
 * Compared with environment.txt, so that nothing gets in unnoticed. */
#include "lmedel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_LINES 4000
#define MAX_DEPTH 12

static char *lines[MAX_LINES];
static size_t nlines;

static void note(const char *path, const char *what)
{
    char text[512];
    snprintf(text, sizeof text, "%s %s", path, what);
    if (nlines < MAX_LINES)
        lines[nlines++] = strdup(text);
}

static void walk(lua_State *L, const char *path, int depth);

/* Index 1 is the set of what is being walked: a way round is not followed. */
static bool enter(lua_State *L)
{
    lua_pushvalue(L, -1);
    if (lua_rawget(L, 1) != LUA_TNIL) {
        lua_pop(L, 1);
        return false;
    }
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_pushboolean(L, 1);
    lua_rawset(L, 1);
    return true;
}

static void leave(lua_State *L)
{
    lua_pushvalue(L, -1);
    lua_pushnil(L);
    lua_rawset(L, 1);
}

static void walk_child(lua_State *L, const char *path, const char *name, int depth)
{
    char child[400];
    snprintf(child, sizeof child, "%s%s%s", path, *path ? "." : "", name);
    walk(L, child, depth + 1);
    lua_pop(L, 1);
}

static void walk_table(lua_State *L, const char *path, int depth)
{
    int t = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, t);) {
        lua_pushvalue(L, -2);
        const char *name = lua_islightuserdata(L, -1) ? "(class)" /* by its address */
                                                      : luaL_tolstring(L, -1, NULL);
        lua_pushvalue(L, t + 2);
        walk_child(L, path, name, depth);
        lua_settop(L, t + 1);
    }
}

static void walk_function(lua_State *L, const char *path, int depth)
{
    for (int i = 1; lua_getupvalue(L, -1, i); i++) {
        char name[32];
        snprintf(name, sizeof name, "(upvalue %d)", i);
        walk_child(L, path, name, depth);
    }
}

static void walk_metatable(lua_State *L, const char *path, int depth)
{
    if (!lua_getmetatable(L, -1))
        return;
    walk_child(L, path, "(meta)", depth);
}

/* What is on top of the stack. */
static void walk(lua_State *L, const char *path, int depth)
{
    int type = lua_type(L, -1);
    const bool inside = type == LUA_TTABLE || type == LUA_TFUNCTION;
    if (depth > MAX_DEPTH || (inside && !enter(L)))
        return;
    if (type != LUA_TTABLE)
        note(path, type == LUA_TFUNCTION && !lua_iscfunction(L, -1)
                       ? "function in Lua"
                       : lua_typename(L, type));
    if (type == LUA_TTABLE)
        walk_table(L, path, depth);
    if (type == LUA_TFUNCTION)
        walk_function(L, path, depth);
    if (type == LUA_TTABLE || type == LUA_TUSERDATA)
        walk_metatable(L, path, depth);
    if (inside)
        leave(L);
}

static void walk_class(lua_State *L, const char *name)
{
    luaL_getmetatable(L, name);
    walk(L, name, 0);
    lua_pop(L, 1);
}

static int run(lua_State *L)
{
    static const char *const classes[] = {
        "medel.quantity", "medel.view", "medel.table", "medel.row",   "medel.fact",
        "medel.record",   "medel.list", "medel.norms", LMEDEL_FINDING
    };
    lmedel_guard_open(L);
    lua_settop(L, 0);
    lua_newtable(L);
    lmedel_push_environment(L);
    walk(L, "", 0);
    lua_pop(L, 1);
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    walk(L, "(text)", 0);
    lua_pop(L, 2);
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        walk_class(L, classes[i]);
    return 0;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(void)
{
    lmedel_guard *g = lmedel_guard_new((size_t)8 << 20, NULL, NULL, NULL);
    lua_State *L = g ? lmedel_guard_state(g) : NULL;
    if (!L)
        return 2;
    lua_pushcfunction(L, run);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
        return 2;
    }
    qsort(lines, nlines, sizeof *lines, by_text);
    for (size_t i = 0; i < nlines; i++) {
        puts(lines[i]);
        free(lines[i]);
    }
    lmedel_guard_free(g);
    return 0;
}

/* lmedel_pack.c - `require` in a rule: the library of its own pack, lib/NAME.lua, under
 * the rule's own limits.  Nothing of it lives from one call of a check to the next. */
#include "lmedel_runner.h"

#include <string.h>

#define MAX_LIBRARIES 100
#define MAX_BYTES ((size_t)1 << 20)

static const char loaded_key = 0;

void lmedel_forget_libraries(lua_State *L)
{
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &loaded_key);
}

static void run_library(lua_State *L, const char *name, const char *source, size_t len)
{
    unsigned line;
    const char *chunk = lua_pushfstring(L, "@lib/%s.lua", name);
    const char *bad = lmedel_lint(source, len, false, &line);
    if (bad)
        luaL_error(L, "%s:%d: %s", chunk + 1, (int)line, bad);
    if (luaL_loadbufferx(L, source, len, chunk, "t") != LUA_OK)
        lua_error(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lmedel_push_pack_environment(L, lua_gettop(L));
    lua_remove(L, -2);
    if (!lua_setupvalue(L, -2, 1))
        lua_pop(L, 1);
    lua_call(L, 0, 1);
    if (!lua_istable(L, -1) && !lua_isfunction(L, -1))
        luaL_error(L, "%s: a library returns a table or a function", chunk + 1);
}

/* require(name), with what the pack's files say by name as its upvalue. */
static int require(lua_State *L)
{
    size_t len;
    luaL_checktype(L, 1, LUA_TSTRING);
    lua_settop(L, 1);
    const char *name = lua_tostring(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, 2) == LUA_TBOOLEAN)
        return luaL_error(L, "the library '%s' needs itself", name);
    if (!lua_isnil(L, 3))
        return 1;
    lua_pushvalue(L, 1);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TSTRING)
        return luaL_error(L, "the pack has no library '%s' (lib/%s.lua)", name, name);
    const char *source = lua_tolstring(L, 4, &len);
    lua_pushvalue(L, 1);
    lua_pushboolean(L, 1);
    lua_rawset(L, 2);
    run_library(L, name, source, len);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2);
    lua_rawset(L, 2);
    return 1;
}

/* The environment of every rule, and `require` under it, where no rule can replace it. */
void lmedel_push_pack_environment(lua_State *L, int sources)
{
    lua_newtable(L);
    lua_createtable(L, 0, 3);
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, sources);
    lua_pushcclosure(L, require, 1);
    lua_setfield(L, -2, "require");
    lua_createtable(L, 0, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.environment");
    lua_getfield(L, -1, "__newindex");
    lua_setfield(L, -5, "__newindex");
    lua_getfield(L, -1, "__index");
    lua_setfield(L, -3, "__index");
    lua_pop(L, 1);
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, "__index");
    lmedel_set_flag(L, "__metatable", 0);
    lua_setmetatable(L, -2);
}

/* ---- as the host gives them ---- */

const char *lmedel_bad_libraries(lua_State *L, int at)
{
    size_t n = 0, bytes = 0, len;
    const int top = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING) {
            lua_settop(L, top);
            return "libraries are texts by their names";
        }
        lua_tolstring(L, -1, &len);
        bytes += len;
        n++;
    }
    return n > MAX_LIBRARIES || bytes > MAX_BYTES
               ? "a pack has at most 100 libraries, of 1 MiB together"
               : NULL;
}

/* The table on top of the host's stack, in this state; nothing there can raise. */
void lmedel_copy_libraries(lua_State *L, lua_State *host)
{
    size_t len;
    lua_newtable(L);
    const int at = lua_gettop(host);
    for (lua_pushnil(host); lua_next(host, at); lua_pop(host, 1)) {
        lua_pushstring(L, lua_tostring(host, -2));
        const char *text = lua_tolstring(host, -1, &len);
        lua_pushlstring(L, text, len);
        lua_rawset(L, -3);
    }
}

/* lmedel_pack.c - `require` in a rule: the library of its own pack, lib/NAME.lua, under
 * the rule's own limits.  Nothing of it lives from one call of a check to the next. */
#include "lmedel_runner.h"

#include <string.h>

#define MAX_LIBRARIES 100
#define MAX_BYTES ((size_t)1 << 20)

/* In the registry: what was required, by name, or nil; the functions that libraries are,
   by the table of their texts and by name. */
static const char loaded_key = 0, compiled_key = 0;

void lmedel_forget_libraries(lua_State *L)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key) != LUA_TNIL) {
        lua_pushnil(L);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &loaded_key);
    }
    lua_pop(L, 1);
}

bool lmedel_has_required(lua_State *L)
{
    const bool some = lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key) != LUA_TNIL;
    lua_pop(L, 1);
    return some;
}

static void push_loaded(lua_State *L)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key) != LUA_TNIL)
        return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &loaded_key);
}

/* Push the function that the library is, of the text in the table at upvalue 1.  It is
   compiled once: what an earlier call of it made is forgotten, and it is given another
   environment. */
static void push_compiled(lua_State *L, const char *name, const char *source, size_t len)
{
    unsigned line;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &compiled_key);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_rawget(L, -2);
    lua_replace(L, -2);
    if (lua_getfield(L, -1, name) == LUA_TNIL) {
        lua_pop(L, 1);
        const char *chunk = lua_pushfstring(L, "@lib/%s.lua", name);
        const char *bad = lmedel_lint(source, len, false, &line);
        if (bad)
            luaL_error(L, "%s:%d: %s", chunk + 1, (int)line, bad);
        if (luaL_loadbufferx(L, source, len, chunk, "t") != LUA_OK)
            lua_error(L);
        lua_replace(L, -2);
        lua_pushvalue(L, -1);
        lua_setfield(L, -3, name);
    }
    lua_replace(L, -2);
}

static void run_library(lua_State *L, const char *name, const char *source, size_t len)
{
    push_compiled(L, name, source, len);
    lua_pushvalue(L, lua_upvalueindex(1));
    lmedel_push_pack_environment(L, lua_gettop(L));
    lua_remove(L, -2);
    if (!lua_setupvalue(L, -2, 1))
        lua_pop(L, 1);
    lua_call(L, 0, 1);
    if (!lua_istable(L, -1) && !lua_isfunction(L, -1))
        luaL_error(L, "lib/%s.lua: a library returns a table or a function", name);
}

/* require(name), with what the pack's files say by name as its upvalue. */
static int require(lua_State *L)
{
    size_t len;
    luaL_checktype(L, 1, LUA_TSTRING);
    lua_settop(L, 1);
    const char *name = lua_tostring(L, 1);
    push_loaded(L);
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

/* Are the texts of the table on top of this state's stack those of the host's? */
static bool same_libraries(lua_State *L, lua_State *host)
{
    size_t len, other_len;
    lua_Integer left = 0;
    const int at = lua_gettop(host), top = lua_gettop(L);
    bool same = true;
    for (lua_pushnil(L); lua_next(L, top); lua_pop(L, 1))
        left++;
    for (lua_pushnil(host); same && lua_next(host, at); lua_pop(host, 1)) {
        const char *text = lua_tolstring(host, -1, &len);
        lua_getfield(L, top, lua_tostring(host, -2));
        const char *other = lua_tolstring(L, -1, &other_len);
        same = other && len == other_len && memcmp(text, other, len) == 0;
        left--;
        lua_settop(L, top);
    }
    lua_settop(host, at);
    return same && left == 0;
}

static void copy_libraries(lua_State *L, lua_State *host)
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

/* The table on top of the host's stack, in this state, where rules of one pack share it;
   nothing in the host's can raise. */
void lmedel_push_libraries(lua_State *L, lua_State *host)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &compiled_key) == LUA_TNIL) {
        lua_newtable(L);
        lua_replace(L, -2);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &compiled_key);
    }
    const int all = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, all);) {
        lua_pop(L, 1);
        if (same_libraries(L, host)) {
            lua_replace(L, all);
            return;
        }
    }
    copy_libraries(L, host);
    lua_pushvalue(L, -1);
    lua_newtable(L);
    lua_rawset(L, all);
    lua_replace(L, all);
}

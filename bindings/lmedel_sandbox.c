/* lmedel_sandbox.c - what a rule can name: an environment without any way out. */
#include "lmedel.h"

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

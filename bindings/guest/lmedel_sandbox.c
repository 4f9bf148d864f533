/* lmedel_sandbox.c - what a rule can name: an environment without any way out. */
#include "lmedel_library.h"

static int unknown_name(lua_State *L)
{
    lua_pushliteral(L, "require");
    if (lua_rawequal(L, 2, -1))
        return luaL_error(L, "unknown name 'require': the rule's pack has no library, "
                             "the files of lib/ "
                             "in its folder (docs/rules.md)");
    return luaL_error(L,
                      "unknown name '%s': a rule can use ar, p and the functions in "
                      "docs/lua.md; declare its own with 'local'",
                      lua_tostring(L, 2));
}

static int no_globals(lua_State *L)
{
    return luaL_error(L, "'%s' would be global: write 'local %s'", lua_tostring(L, 2),
                      lua_tostring(L, 2));
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
    lmedel_set_flag(L, "__metatable", 0);
    lua_setmetatable(L, -2);
    lua_replace(L, -2);
}

static void set_frozen(lua_State *L, const char *library)
{
    lmedel_push_library(L, library);
    freeze(L, frozen);
    lua_setfield(L, -2, library);
}

/* What every rule's environment reads from; made once and out of reach. */
static void make_names(lua_State *L)
{
    lua_createtable(L, 0, 64);
    lmedel_set_base(L);
    set_frozen(L, "math");
    set_frozen(L, "string");
    set_frozen(L, "table");
    set_frozen(L, "utf8");
    lmedel_push_host(L);
    freeze(L, frozen);
    lua_setfield(L, -2, "host");
    lmedel_set_functions(L, lmedel_quantity_functions);
    lmedel_set_functions(L, lmedel_language_functions);
    lmedel_set_functions(L, lmedel_calendar_functions);
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, unknown_name);
    lua_setfield(L, -2, "__index");
    lmedel_set_flag(L, "__metatable", 0);
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
    lmedel_state_of(L)->evidence = true;
    lmedel_push_library(L, "string"); /* reached by ("x"):len() only to read */
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lmedel_set_flag(L, "__metatable", 0);
    lua_pop(L, 3);
    lmedel_open_quantity(L);
    lmedel_open_report(L);
    lmedel_open_record(L);
    lmedel_open_parameters(L);
    lmedel_open_ledger(L);
    lmedel_open_statements(L);
    lmedel_open_language(L);
    make_names(L);
    return 0;
}

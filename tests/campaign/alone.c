/* alone.c - linked with --wrap=lmedel_apart: whatever it is asked, the program does all
 * in its own process, so that a copy of it has all that it needs. */
#include <lua.h>

int __real_lmedel_apart(lua_State *L);
int __wrap_lmedel_apart(lua_State *L);

int __wrap_lmedel_apart(lua_State *L)
{
    lua_pushinteger(L, 0);
    lua_setfield(L, 1, "jobs");
    return __real_lmedel_apart(L);
}

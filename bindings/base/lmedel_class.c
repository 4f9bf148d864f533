/*
 * lmedel_class.c - classes of userdata: registering, telling them apart, and what an
 * object remembers of the names that were looked up in it.
 *
 * A class is known by the address of its lmedel_class, which is a key of its metatable:
 * no string is compared.
 */
#include "lmedel.h"

#include <limits.h>
#include <string.h>

/* Boxes that scripts see the parts of. */
const lmedel_class lmedel_report_class = { "medel.report", "", NULL, NULL };
const lmedel_class lmedel_taxonomy_class = { "medel.taxonomy", "", NULL, NULL };

int lmedel_readonly(lua_State *L)
{
    return luaL_error(L, "what a report holds cannot be changed");
}

int lmedel_named(const char *const *names, const char *name)
{
    for (int i = 0; names[i]; i++) {
        if (names[i][0] == name[0] && strcmp(names[i], name) == 0)
            return i;
    }
    return -1;
}

void lmedel_set_functions(lua_State *L, const lmedel_function *list)
{
    for (; list->name; list++) {
        lua_pushcfunction(L, list->function);
        lua_setfield(L, -2, list->name);
    }
}

/* Lua's own would show an address, which differs from run to run. */
static int class_tostring(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    return 1;
}

static int count(const lmedel_function *list)
{
    int n = 0;
    while (list && list[n].name)
        n++;
    return n;
}

void lmedel_push_functions(lua_State *L, const lmedel_function *list)
{
    lua_createtable(L, 0, count(list));
    if (list)
        lmedel_set_functions(L, list);
}

/* luaL_newmetatable, with room for all that is put into it. */
static void new_metatable(lua_State *L, const lmedel_class *c)
{
    if (luaL_getmetatable(L, c->name) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 16);
    lua_pushstring(L, c->name);
    lua_setfield(L, -2, "__name");
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, c->name);
}

/* Methods live in the metatable under "methods"; scripts never see it. */
void lmedel_new_class(lua_State *L, const lmedel_class *c, lua_CFunction index,
                      const luaL_Reg *metamethods)
{
    new_metatable(L, c);
    lua_pushboolean(L, 1);
    lua_rawsetp(L, -2, c);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, c);
    lua_pushstring(L, c->name + sizeof "medel." - 1);
    lua_pushcclosure(L, class_tostring, 1);
    lua_setfield(L, -2, "__tostring");
    if (metamethods) {
        lua_pushvalue(L, -1);
        lua_pushlightuserdata(L, lmedel_state_of(L));
        luaL_setfuncs(L, metamethods, 2);
    }
    lua_pushcfunction(L, lmedel_readonly);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lmedel_push_functions(L, c->methods);
    if (index) {
        lua_setfield(L, -2, "methods");
        lua_pushvalue(L, -1);
        lua_pushcclosure(L, index, 1);
    }
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

void lmedel_weighs(lua_State *L, size_t bytes)
{
    const size_t kilobytes = bytes >> 12; /* a quarter: see lmedel.h */
    if (kilobytes && lua_gc(L, LUA_GCISRUNNING))
        lua_gc(L, LUA_GCSTEP, (int)(kilobytes < INT_MAX ? kilobytes : INT_MAX));
}

void lmedel_set_class(lua_State *L, const lmedel_class *c)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, c);
    lua_setmetatable(L, -2);
}

void *lmedel_test(lua_State *L, int arg, const lmedel_class *c)
{
    void *object = lua_touserdata(L, arg);
    if (!object || !lua_getmetatable(L, arg))
        return NULL;
    const bool is = lua_rawgetp(L, -1, c) != LUA_TNIL;
    lua_pop(L, 2);
    return is ? object : NULL;
}

void *lmedel_test_same(lua_State *L, int arg)
{
    if (!lua_getmetatable(L, arg))
        return NULL;
    const bool same = lua_rawequal(L, -1, lua_upvalueindex(1));
    lua_pop(L, 1);
    return same ? lua_touserdata(L, arg) : NULL;
}

void *lmedel_check(lua_State *L, int arg, const lmedel_class *c)
{
    void *object = lmedel_test(L, arg, c);
    if (!object)
        luaL_typeerror(L, arg, c->name);
    return object;
}

void *lmedel_check_same(lua_State *L, int arg, const lmedel_class *c)
{
    void *object = lmedel_test_same(L, arg);
    return object ? object : lmedel_check(L, arg, c);
}

bool lmedel_push_method(lua_State *L, const lmedel_class *c, int key)
{
    key = lua_absindex(L, key);
    lua_rawgetp(L, LUA_REGISTRYINDEX, c);
    lua_getfield(L, -1, "methods");
    lua_pushvalue(L, key);
    lua_rawget(L, -2);
    lua_replace(L, -3);
    lua_pop(L, 1);
    if (!lua_isnil(L, -1))
        return true;
    lua_pop(L, 1);
    return false;
}

/* ---- what was looked up before ----

   A report does not change, so what a name was resolved to is kept: in a table that is
   the object's user value 2 and its __index, so that a field that was read before costs
   two gets from Lua tables.  What must go through C stands in a second table: that there
   is nothing under a name, and, while reads are noted, the figures that a rule has not
   read yet.  A figure that it reads again is in the first one until the rule is over. */

/* Push the table of what is known of the object. */
static void push_known(lua_State *L, int object)
{
    if (lua_getiuservalue(L, object, 2) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, object, 2);
}

bool lmedel_push_part(lua_State *L, int object, const void *part)
{
    if (lua_getiuservalue(L, object, 2) == LUA_TTABLE) {
        const bool there = lua_rawgetp(L, -1, part) != LUA_TNIL;
        lua_replace(L, -2);
        if (there)
            return true;
    }
    lua_pop(L, 1);
    return false;
}

void lmedel_keep_part(lua_State *L, int object, const void *part)
{
    push_known(L, object);
    lua_pushvalue(L, -2);
    lua_rawsetp(L, -2, part);
    lua_pop(L, 1);
}

/* Upvalues of not_known. */
enum { LOOKUP = 1, OBJECT, KNOWN, KEPT, STATE };

static const char again_key = 0; /* in the registry: { table, name ... } */

/* The value on top is what stands under the key at 2, for the rest of this rule. */
static void know_for_now(lua_State *L, lmedel_state *s)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &again_key) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &again_key);
    }
    lua_pushvalue(L, lua_upvalueindex(KNOWN));
    lua_rawseti(L, -2, (lua_Integer)s->nagain + 1);
    lua_pushvalue(L, 2);
    lua_rawseti(L, -2, (lua_Integer)s->nagain + 2);
    s->nagain += 2;
    lua_pop(L, 1);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_rawset(L, lua_upvalueindex(KNOWN));
}

void lmedel_forget_again(lua_State *L)
{
    lmedel_state *s = lmedel_state_of(L);
    if (!s->nagain)
        return;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &again_key);
    for (lua_Integer i = 1; i <= (lua_Integer)s->nagain; i += 2) {
        lua_rawgeti(L, -1, i);
        lua_rawgeti(L, -2, i + 1);
        lua_pushnil(L);
        lua_rawset(L, -3); /* there already: nothing is allocated */
        lua_pop(L, 1);
        lua_pushnil(L);
        lua_rawseti(L, -2, i);
    }
    s->nagain = 0;
    lua_pop(L, 1);
}

/* A figure is on top of the stack, which was found before. */
static void note_again(lua_State *L, lmedel_state *s)
{
    const medel_node *n = lua_touserdata(L, -1);
    const size_t before = s->nreads;
    lmedel_note_fact(L, n->fact);
    if (!s->touched && s->nreads == before)
        know_for_now(L, s);
}

/* Look up (object, key) and keep what comes of it; but a list is the caller's own. */
static int learn(lua_State *L, lmedel_state *s)
{
    lua_pushvalue(L, lua_upvalueindex(OBJECT));
    lua_replace(L, 1);
    s->unkept = false;
    const bool found =
        lua_tocfunction(L, lua_upvalueindex(LOOKUP))(L) && !lua_isnil(L, -1);
    if (s->unkept || (found && lua_istable(L, -1)))
        return found;
    const medel_node *n = found && lmedel_notes_reads(L) ? lmedel_unasked(L, -1) : NULL;
    lua_pushvalue(L, 2);
    if (found)
        lua_pushvalue(L, -2);
    else
        lua_pushboolean(L, 0);
    lua_rawset(L, lua_upvalueindex(!found || (n && n->fact) ? KEPT : KNOWN));
    return found;
}

/* __index of the table of what is known: (known, key). */
static int not_known(lua_State *L)
{
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    const int type = lua_rawget(L, lua_upvalueindex(KEPT));
    lmedel_state *s = lua_touserdata(L, lua_upvalueindex(STATE));
    if (type == LUA_TBOOLEAN)
        return 0;
    if (type == LUA_TUSERDATA) {
        note_again(L, s);
        return 1;
    }
    lua_settop(L, 2);
    return learn(L, s);
}

/* Push a copy of the metatable of the class, with the table at 'known' as __index. */
static void push_own_metatable(lua_State *L, const lmedel_class *c, int known)
{
    lua_createtable(L, 0, 8);
    lua_rawgetp(L, LUA_REGISTRYINDEX, c);
    for (lua_pushnil(L); lua_next(L, -2);) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -5);
    }
    lua_pop(L, 1);
    lua_pushvalue(L, known);
    lua_setfield(L, -2, "__index");
}

void lmedel_set_remembering(lua_State *L, const lmedel_class *c, lua_CFunction lookup)
{
    const int object = lua_gettop(L), known = object + 1;
    lua_newtable(L);
    lua_pushvalue(L, known);
    lua_setiuservalue(L, object, 2);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, lookup);
    lua_pushvalue(L, object);
    lua_pushvalue(L, known);
    lua_newtable(L);
    lua_pushlightuserdata(L, lmedel_state_of(L));
    lua_pushcclosure(L, not_known, STATE);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, known);
    push_own_metatable(L, c, known);
    lua_setmetatable(L, object);
    lua_settop(L, object);
}

/*
 * lmedel_library.c - the other functions of Lua's library that rules have: as they are
 * where they end soon, else within bounds.
 */
#include "lmedel_library.h"

#include <math.h>
#include <string.h>

/* ---- tables: plain ones, and so many elements that the call ends soon ---- */

#define MAX_ELEMENTS 1000000
#define MAX_SORTED 100000
#define MAX_UNPACKED 200000

static int lua_own(lua_State *L)
{
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static void check_size(lua_State *L, size_t most)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (lua_rawlen(L, 1) > most)
        luaL_error(L, "more than %d elements", (int)most);
}

static int of_table(lua_State *L)
{
    check_size(L, MAX_ELEMENTS);
    return lua_own(L);
}

/* Lua's own sort compares without looking at the clock: what it does between two looks is
   short when the elements are numbers or texts of so many bytes together, to compare two
   being as much as some bytes. */
#define MAX_SORTED_BYTES 200000
#define COMPARED_BYTES 10

static bool sorts_soon(lua_State *L)
{
    const lua_Integer n = (lua_Integer)lua_rawlen(L, 1);
    size_t bytes = 0;
    for (lua_Integer i = 1; i <= n && bytes <= MAX_SORTED_BYTES; i++) {
        const int type = lua_rawgeti(L, 1, i);
        bytes += COMPARED_BYTES + (type == LUA_TSTRING ? lua_rawlen(L, -1) : 0);
        lua_pop(L, 1);
        if (type != LUA_TSTRING && type != LUA_TNUMBER)
            return false;
    }
    return bytes <= MAX_SORTED_BYTES;
}

/* a < b; each call of it is a place where a limit can stop. */
static int is_less(lua_State *L)
{
    lmedel_guard_check(L);
    lua_pushboolean(L, !lua_rawequal(L, 1, 2) && lua_compare(L, 1, 2, LUA_OPLT));
    return 1;
}

static int sort(lua_State *L)
{
    check_size(L, MAX_SORTED);
    lua_settop(L, 2);
    if (lua_isnil(L, 2) && !sorts_soon(L)) {
        lua_pushcfunction(L, is_less);
        lua_replace(L, 2);
    }
    return lua_own(L);
}

/* Are there more than 'most' whole numbers from a to b? */
static bool is_far(lua_Integer a, lua_Integer b, lua_Unsigned most)
{
    return a <= b && (lua_Unsigned)b - (lua_Unsigned)a >= most;
}

static int move(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!lua_isnoneornil(L, 5))
        luaL_checktype(L, 5, LUA_TTABLE);
    if (is_far(luaL_checkinteger(L, 2), luaL_checkinteger(L, 3), MAX_ELEMENTS))
        return luaL_error(L, "more than %d elements", MAX_ELEMENTS);
    return lua_own(L);
}

/* What is wrong with an element is Lua's to say. */
static int concat(lua_State *L)
{
    size_t between, bytes = 0;
    const size_t most = lmedel_text_limit(L);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_optlstring(L, 2, "", &between);
    const lua_Integer from = luaL_optinteger(L, 3, 1),
                      end = luaL_optinteger(L, 4, (lua_Integer)lua_rawlen(L, 1));
    if (is_far(from, end, MAX_ELEMENTS))
        return luaL_error(L, "more than %d elements", MAX_ELEMENTS);
    for (lua_Integer i = from; i <= end; i++) {
        const int type = lua_rawgeti(L, 1, i);
        bytes += (type == LUA_TSTRING ? lua_rawlen(L, -1) : 0) + (i < end ? between : 0);
        lua_pop(L, 1);
        if (bytes > most)
            return luaL_error(L, "concat: the result is longer than %d KiB",
                              (int)(most >> 10));
        if ((type != LUA_TSTRING && type != LUA_TNUMBER) || i == LUA_MAXINTEGER)
            break;
    }
    return lua_own(L);
}

static int unpack(lua_State *L)
{
    const lua_Integer end =
        lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
    if (is_far(luaL_optinteger(L, 2, 1), end, MAX_UNPACKED))
        return luaL_error(L, "too many results to unpack: at most %d", MAX_UNPACKED);
    return lua_own(L);
}

const lmedel_bounded lmedel_table_library[] = {
    { "concat", concat, true }, { "insert", of_table, true }, { "move", move, true },
    { "pack", NULL, false },    { "remove", of_table, true }, { "sort", sort, true },
    { "unpack", unpack, true }, { NULL, NULL, false }
};

/* ---- pcall, which passes on what must end the rule ---- */

static int guarded_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    const int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
    lmedel_guard_check(L);
    if (status == LUA_ERRMEM)
        lmedel_guard_no_memory(L);
    if (status == LUA_ERRERR)
        return lua_error(L);
    lua_pushboolean(L, status == LUA_OK);
    lua_insert(L, 1);
    return lua_gettop(L);
}

/* ---- text without addresses ---- */

int lmedel_safe_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    const int type = lua_type(L, 1);
    if (type == LUA_TNUMBER && isnan(lua_tonumber(L, 1)))
        lua_pushliteral(L, "nan"); /* its sign differs between machines */
    else if (type == LUA_TUSERDATA || type == LUA_TNUMBER || type == LUA_TSTRING
             || type == LUA_TNIL || type == LUA_TBOOLEAN)
        luaL_tolstring(L, 1, NULL);
    else
        lua_pushstring(L, lua_typename(L, type));
    return 1;
}

/* ---- pairs in the order of the keys: the same on every run ---- */

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

/* Upvalue: table.sort. */
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
        if (n == MAX_SORTED)
            return luaL_error(L, "pairs: more than %d elements", MAX_SORTED);
        lua_pushvalue(L, -1);
        lua_rawseti(L, 2, ++n);
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, 2);
    lua_pushcfunction(L, sort_order);
    lua_call(L, 2, 0);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 3);
    return 1;
}

/* ---- utf8.len, since Lua's reads more of "\xff" than it should ---- */

/* The bytes of the character at s, or 0 if there is none. */
static size_t character(const unsigned char *s, size_t left)
{
    const size_t n = *s < 0x80   ? 1
                     : *s < 0xC2 ? 0
                     : *s < 0xE0 ? 2
                     : *s < 0xF0 ? 3
                     : *s < 0xF5 ? 4
                                 : 0;
    if (n == 0 || n > left)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    }
    const bool low = (*s == 0xE0 && s[1] < 0xA0) || (*s == 0xF0 && s[1] < 0x90);
    const bool high = (*s == 0xED && s[1] > 0x9F) || (*s == 0xF4 && s[1] > 0x8F);
    return low || high ? 0 : n;
}

static int utf8_len(lua_State *L)
{
    size_t len;
    const unsigned char *s = (const unsigned char *)luaL_checklstring(L, 1, &len);
    lua_Integer count = 0;
    luaL_argcheck(L, lua_isnoneornil(L, 2), 2, "only the whole text is counted");
    for (size_t i = 0; i < len; count++) {
        const size_t n = character(s + i, len - i);
        if (n == 0) {
            lua_pushnil(L);
            lua_pushinteger(L, (lua_Integer)i + 1);
            return 2;
        }
        i += n;
    }
    lua_pushinteger(L, count);
    return 1;
}

/* ---- the libraries ---- */

static const lmedel_bounded base_library[] = { { "assert", NULL, false },
                                               { "error", NULL, false },
                                               { "ipairs", NULL, false },
                                               { "pcall", guarded_pcall, false },
                                               { "select", NULL, false },
                                               { "tonumber", NULL, false },
                                               { "tostring", lmedel_safe_tostring,
                                                 false },
                                               { "type", NULL, false },
                                               { NULL, NULL, false } };
static const lmedel_bounded math_library[] = {
    { "abs", NULL, false },        { "ceil", NULL, false },
    { "floor", NULL, false },      { "max", NULL, false },
    { "maxinteger", NULL, false }, { "min", NULL, false },
    { "mininteger", NULL, false }, { "tointeger", NULL, false },
    { "type", NULL, false },       { NULL, NULL, false }
};
static const lmedel_bounded utf8_library[] = { { "char", NULL, false },
                                               { "charpattern", NULL, false },
                                               { "len", utf8_len, false },
                                               { NULL, NULL, false } };

static const struct {
    const char *name;
    lua_CFunction open;
    const lmedel_bounded *functions;
} libraries[] = { { "math", luaopen_math, math_library },
                  { "string", luaopen_string, lmedel_string_library },
                  { "table", luaopen_table, lmedel_table_library },
                  { "utf8", luaopen_utf8, utf8_library } };
#define NLIBRARIES (sizeof libraries / sizeof *libraries)

static int count(const lmedel_bounded *f)
{
    int n = 0;
    while (f[n].name)
        n++;
    return n;
}

/* From Lua's own library on top of the stack to the table below it. */
static void copy_functions(lua_State *L, const lmedel_bounded *f)
{
    for (; f->name; f++) {
        if (!f->own || f->wraps)
            lua_getfield(L, -1, f->name);
        if (f->own)
            lua_pushcclosure(L, f->own, f->wraps);
        lua_setfield(L, -3, f->name);
    }
}

/* Lua's own library, kept out of a rule's reach. */
static void push_own(lua_State *L, const char *key, lua_CFunction open)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.libraries");
    if (!lua_istable(L, -1)) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setfield(L, LUA_REGISTRYINDEX, "medel.libraries");
    }
    if (lua_getfield(L, -1, key) == LUA_TNIL) {
        lua_pop(L, 1);
        if (lmedel_guard_of(L)) {
            lua_pushcfunction(L, open);
            lua_call(L, 0, 1);
        } else { /* opening it again would change the host's state */
            lua_getglobal(L, key);
        }
        lua_pushvalue(L, -1);
        lua_setfield(L, -3, key);
    }
    lua_remove(L, -2);
}

void lmedel_push_library(lua_State *L, const char *name)
{
    for (size_t i = 0; i < NLIBRARIES; i++) {
        if (strcmp(libraries[i].name, name) != 0)
            continue;
        lua_createtable(L, 0, count(libraries[i].functions));
        push_own(L, name, libraries[i].open);
        copy_functions(L, libraries[i].functions);
        lua_pop(L, 1);
        return;
    }
    lua_pushnil(L);
}

void lmedel_set_base(lua_State *L)
{
    const int to = lua_gettop(L);
    push_own(L, "_G", luaopen_base);
    copy_functions(L, base_library);
    push_own(L, "table", luaopen_table);
    lua_getfield(L, -1, "sort");
    lua_pushcclosure(L, sorted_pairs, 1);
    lua_setfield(L, to, "pairs");
    lua_settop(L, to);
}

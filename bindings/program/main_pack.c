/*
 * main_pack.c - plain Lua values as bytes and back: what a child process answers.  The
 * bytes are not trusted: what does not fit is refused.
 */
#include "main_child.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 32

static bool add(lmedel_bytes *b, const void *p, size_t n)
{
    if (n > b->room - b->len) {
        size_t room = (b->len + n) * 2 + 256;
        char *more = realloc(b->data, room);
        if (!more)
            return false;
        b->data = more;
        b->room = room;
    }
    if (n)
        memcpy(b->data + b->len, p, n);
    b->len += n;
    return true;
}

static bool add_kind(lmedel_bytes *b, char kind, const void *p, size_t n)
{
    return add(b, &kind, 1) && add(b, p, n);
}

static bool pack_table(lua_State *L, lmedel_bytes *b, int depth)
{
    if (depth == MAX_DEPTH || !lua_checkstack(L, 4) || !add(b, "{", 1))
        return false;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        const bool ok = lmedel_pack(L, b, depth + 1);
        lua_pop(L, 1);
        if (!ok || !lmedel_pack(L, b, depth + 1))
            return false;
    }
    return add(b, "}", 1);
}

static bool pack_number(lua_State *L, lmedel_bytes *b)
{
    if (lua_isinteger(L, -1)) {
        const lua_Integer i = lua_tointeger(L, -1);
        return add_kind(b, 'i', &i, sizeof i);
    }
    const lua_Number d = lua_tonumber(L, -1);
    return add_kind(b, 'd', &d, sizeof d);
}

static bool pack_text(lua_State *L, lmedel_bytes *b)
{
    size_t len;
    const char *s = lua_tolstring(L, -1, &len);
    return add_kind(b, 's', &len, sizeof len) && add(b, s, len);
}

bool lmedel_pack(lua_State *L, lmedel_bytes *b, int depth)
{
    switch (lua_type(L, -1)) {
    case LUA_TNIL: return add(b, "n", 1);
    case LUA_TBOOLEAN: return add(b, lua_toboolean(L, -1) ? "t" : "f", 1);
    case LUA_TNUMBER: return pack_number(L, b);
    case LUA_TSTRING: return pack_text(L, b);
    case LUA_TLIGHTUSERDATA: /* medel.null */
        return !lua_touserdata(L, -1) && add(b, "0", 1);
    case LUA_TTABLE: return pack_table(L, b, depth);
    default: return false;
    }
}

typedef struct reader {
    const char *p, *end;
} reader;

static bool take(reader *r, void *to, size_t n)
{
    if ((size_t)(r->end - r->p) < n)
        return false;
    memcpy(to, r->p, n);
    r->p += n;
    return true;
}

static bool unpack_value(lua_State *L, reader *r, int depth);

static bool unpack_table(lua_State *L, reader *r, int depth)
{
    if (depth == MAX_DEPTH || !lua_checkstack(L, 4))
        return false;
    lua_newtable(L);
    while (r->p < r->end && *r->p != '}') {
        if (*r->p != 's' && *r->p != 'i') /* what a key can be */
            return false;
        if (!unpack_value(L, r, depth + 1) || !unpack_value(L, r, depth + 1))
            return false;
        lua_rawset(L, -3);
    }
    char last;
    return take(r, &last, 1);
}

static bool unpack_text(lua_State *L, reader *r)
{
    size_t len;
    if (!take(r, &len, sizeof len) || len > (size_t)(r->end - r->p))
        return false;
    lua_pushlstring(L, r->p, len);
    r->p += len;
    return true;
}

static bool unpack_value(lua_State *L, reader *r, int depth)
{
    char kind;
    lua_Integer i;
    lua_Number d;
    if (!take(r, &kind, 1))
        return false;
    switch (kind) {
    case 'n': lua_pushnil(L); return true;
    case 't': lua_pushboolean(L, 1); return true;
    case 'f': lua_pushboolean(L, 0); return true;
    case '0': lua_pushlightuserdata(L, NULL); return true;
    case 'i':
        if (!take(r, &i, sizeof i))
            return false;
        lua_pushinteger(L, i);
        return true;
    case 'd':
        if (!take(r, &d, sizeof d))
            return false;
        lua_pushnumber(L, d);
        return true;
    case 's': return unpack_text(L, r);
    case '{': return unpack_table(L, r, depth);
    default: return false;
    }
}

bool lmedel_unpack(lua_State *L, const char *data, size_t len)
{
    reader r = { data, data + len };
    const int top = lua_gettop(L);
    if (unpack_value(L, &r, 0) && r.p == r.end)
        return true;
    lua_settop(L, top);
    return false;
}

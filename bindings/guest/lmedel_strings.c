/*
 * lmedel_strings.c - the string functions that rules have.  Nothing here can run for
 * long: patterns are bounded (lmedel_pattern.c), a plain search is linear, and what is
 * made has a largest size.
 */
#define _GNU_SOURCE /* memmem */
#include "lmedel_library.h"
#include "lmedel_pattern.h"

#include <string.h>

#define MAX_PATTERN 256
#define MAX_SUBJECT ((size_t)4 << 20)
#define MAX_FORMAT 4096
#define MAX_QUOTED ((size_t)64 << 10) /* each byte of it is formatted by itself */

static const char *check_subject(lua_State *L, int arg, size_t *len)
{
    const char *s = luaL_checklstring(L, arg, len);
    luaL_argcheck(L, *len <= MAX_SUBJECT, arg, "a text longer than 4 MiB");
    return s;
}

static const char *check_pattern(lua_State *L, int arg, size_t *len)
{
    const char *p = luaL_checklstring(L, arg, len);
    luaL_argcheck(L, *len <= MAX_PATTERN, arg, "a pattern longer than 256 bytes");
    return p;
}

/* Where to begin, from 0; more than len when it is beyond the text. */
static size_t check_start(lua_State *L, int arg, size_t len)
{
    const lua_Integer n = luaL_optinteger(L, arg, 1);
    if (n > 0)
        return (size_t)n - 1;
    if (n == 0 || n < -(lua_Integer)len)
        return 0;
    return (size_t)((lua_Integer)len + n);
}

static lmedel_match new_match(lua_State *L, const char *s, size_t len, const char *p,
                              size_t plen)
{
    lmedel_match m = { .L = L, .text = s, .end = s + len, .pattern_end = p + plen };
    return m;
}

static bool is_plain(const char *p, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (p[i] != '\0' && strchr("^$*+?.([%-", p[i]))
            return false;
    }
    return true;
}

static int find_plain(lua_State *L, const char *s, size_t len, const char *word, size_t n,
                      size_t start)
{
    const char *at = n ? memmem(s + start, len - start, word, n) : s + start;
    if (!at) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, at - s + 1);
    lua_pushinteger(L, at - s + (lua_Integer)n);
    return 2;
}

static int find_or_match(lua_State *L, bool find)
{
    size_t len, plen;
    const char *s = check_subject(L, 1, &len);
    const bool plain = find && lua_toboolean(L, 4);
    const char *p = plain ? luaL_checklstring(L, 2, &plen) : check_pattern(L, 2, &plen);
    const size_t start = check_start(L, 3, len);
    if (start > len) {
        lua_pushnil(L);
        return 1;
    }
    if (plain || (find && is_plain(p, plen)))
        return find_plain(L, s, len, p, plen, start);
    lmedel_match m = new_match(L, s, len, p, plen);
    const bool anchored = plen && *p == '^';
    const char *from = s + start;
    do {
        const char *e = lmedel_match_at(&m, from, p + anchored);
        if (!e)
            continue;
        if (!find)
            return lmedel_push_captures(&m, from, e);
        lua_pushinteger(L, from - s + 1);
        lua_pushinteger(L, e - s);
        return 2 + lmedel_push_captures(&m, NULL, NULL);
    } while (from++ < m.end && !anchored);
    lua_pushnil(L);
    return 1;
}

static int find(lua_State *L)
{
    return find_or_match(L, true);
}

static int match(lua_State *L)
{
    return find_or_match(L, false);
}

/* Upvalues: text, pattern, where to go on, where the last match ended. */
static int next_match(lua_State *L)
{
    size_t len, plen;
    const char *s = lua_tolstring(L, lua_upvalueindex(1), &len);
    const char *p = lua_tolstring(L, lua_upvalueindex(2), &plen);
    const lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    lmedel_match m = new_match(L, s, len, p, plen);
    for (size_t at = (size_t)lua_tointeger(L, lua_upvalueindex(3)); at <= len; at++) {
        const char *e = lmedel_match_at(&m, s + at, p);
        if (!e || e - s == last)
            continue;
        for (int i = 3; i <= 4; i++) {
            lua_pushinteger(L, e - s);
            lua_replace(L, lua_upvalueindex(i));
        }
        return lmedel_push_captures(&m, s + at, e);
    }
    return 0;
}

static int gmatch(lua_State *L)
{
    size_t len, plen;
    check_subject(L, 1, &len);
    check_pattern(L, 2, &plen);
    const size_t start = check_start(L, 3, len);
    lua_settop(L, 2);
    lua_pushinteger(L, (lua_Integer)(start > len ? len + 1 : start));
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, next_match, 4);
    return 1;
}

/* ---- gsub ---- */

/* "%1 and %2" */
static void add_text(lmedel_match *m, luaL_Buffer *b, const char *s, const char *e)
{
    size_t len;
    const char *text = lua_tolstring(m->L, 3, &len);
    for (size_t i = 0; i < len; i++) {
        if (text[i] != '%') {
            luaL_addchar(b, text[i]);
            continue;
        }
        const char c = ++i < len ? text[i] : '\0';
        lmedel_match_step(m);
        if (c == '%') {
            luaL_addchar(b, c);
        } else if (c == '0') {
            luaL_addlstring(b, s, (size_t)(e - s));
        } else {
            if (c < '1' || c > '9')
                luaL_error(m->L, "invalid use of '%%' in replacement string");
            lmedel_push_capture(m, c - '1', s, e);
            luaL_tolstring(m->L, -1, NULL); /* it can be a position */
            lua_remove(m->L, -2);
            luaL_addvalue(b);
        }
    }
}

/* What stands for the match from s to e; false if the match stays. */
static bool add_value(lmedel_match *m, luaL_Buffer *b, const char *s, const char *e)
{
    lua_State *L = m->L;
    switch (lua_type(L, 3)) {
    case LUA_TFUNCTION:
        lua_pushvalue(L, 3);
        lua_call(L, lmedel_push_captures(m, s, e), 1);
        break;
    case LUA_TTABLE:
        lmedel_push_capture(m, 0, s, e);
        lua_gettable(L, 3);
        break;
    default: add_text(m, b, s, e); return true;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(b, s, (size_t)(e - s));
        return false;
    }
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(b);
    return true;
}

static int gsub(lua_State *L)
{
    size_t len, plen;
    const char *s = check_subject(L, 1, &len), *p = check_pattern(L, 2, &plen),
               *last = NULL;
    const int type = lua_type(L, 3);
    luaL_argexpected(L,
                     type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION
                         || type == LUA_TTABLE,
                     3, "string/function/table");
    const lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)len + 1);
    const bool anchored = plen && *p == '^';
    lua_Integer n = 0;
    bool changed = false;
    lmedel_match m = new_match(L, s, len, p, plen);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    const size_t longest = lmedel_text_limit(L);
    while (n < most) {
        if (luaL_bufflen(&b) > longest)
            return luaL_error(L, "gsub: the result is longer than %d KiB",
                              (int)(longest >> 10));
        const char *e = lmedel_match_at(&m, s, p + anchored);
        if (e && e != last) {
            n++;
            changed = add_value(&m, &b, s, e) || changed;
            s = last = e;
        } else if (s < m.end) {
            luaL_addchar(&b, *s++);
        } else {
            break;
        }
        if (anchored)
            break;
    }
    luaL_addlstring(&b, s, (size_t)(m.end - s));
    luaL_pushresult(&b);
    if (!changed)
        lua_pushvalue(L, 1);
    lua_pushinteger(L, n);
    return 2;
}

/* ---- rep and format ---- */

static int rep(lua_State *L)
{
    size_t len, slen;
    luaL_checklstring(L, 1, &len);
    const lua_Integer n = luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &slen);
    const size_t most = lmedel_text_limit(L);
    if (n > 0 && len + slen > 0 && (lua_Unsigned)n > most / (len + slen))
        return luaL_error(L, "rep: the result is longer than %d KiB", (int)(most >> 10));
    if (n <= 0 || len + slen == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* Texts, not addresses, stand for what is no text; %p is refused. */
static int format(lua_State *L)
{
    size_t len;
    const char *f = luaL_checklstring(L, 1, &len);
    const size_t most = lmedel_text_limit(L);
    size_t bytes = 0, quoted = 0;
    luaL_argcheck(L, len <= MAX_FORMAT, 1, "a format longer than 4096 bytes");
    int arg = 1;
    for (size_t i = 0; i < len; i++) {
        if (f[i] != '%')
            continue;
        for (i++; i < len && strchr("-+ #0123456789.", f[i]);)
            i++;
        if (i == len || f[i] == '%')
            continue;
        arg++;
        if (f[i] == 'p')
            return luaL_error(L, "format: there is no %%p");
        const size_t length = lua_type(L, arg) == LUA_TSTRING ? lua_rawlen(L, arg) : 0;
        bytes += length;
        if (f[i] == 'q' && (quoted += length) > MAX_QUOTED)
            return luaL_error(L, "format: more than 64 KiB for %%q");
        if (bytes > most)
            return luaL_error(L, "format: the result is longer than %d KiB",
                              (int)(most >> 10));
        if (f[i] != 's' || lua_isnone(L, arg))
            continue;
        lua_pushcfunction(L, lmedel_safe_tostring);
        lua_pushvalue(L, arg);
        lua_call(L, 1, 1);
        lua_replace(L, arg);
    }
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

const lmedel_bounded lmedel_string_library[] = {
    { "byte", NULL, false },    { "char", NULL, false },     { "find", find, false },
    { "format", format, true }, { "gmatch", gmatch, false }, { "gsub", gsub, false },
    { "len", NULL, false },     { "lower", NULL, false },    { "match", match, false },
    { "rep", rep, true },       { "reverse", NULL, false },  { "sub", NULL, false },
    { "upper", NULL, false },   { NULL, NULL, false }
};

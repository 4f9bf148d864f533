/* lmedel_message.c - sentences with figures in them: "{netto:tkr} mot {budget:tkr}". */
#include "lmedel.h"

#include <string.h>

#define MAX_QUOTED 1000
#define MAX_FORMAT 16384 /* what is made of it may be 4096 */

/* A text of the report inside a sentence: one line, and no longer than is read. */
static void push_quoted(lua_State *L)
{
    char shown[MAX_QUOTED + 1], line[MAX_QUOTED];
    size_t len;
    const char *text = lua_tolstring(L, -1, &len);
    const size_t n = len < sizeof line ? len : sizeof line;
    for (size_t i = 0; i < n; i++)
        line[i] = text[i] == '\n' || text[i] == '\t' ? ' ' : text[i];
    size_t whole = n; /* a letter that was cut in two is left out */
    while (n < len && whole > 0 && ((unsigned char)text[whole] & 0xC0) == 0x80)
        whole--;
    const size_t want = medel_text_show(line, whole, shown, sizeof shown);
    lua_pushfstring(L, "%s%s", shown, n < len || want >= sizeof shown ? "…" : "");
}

static void add_placeholder(lua_State *L, luaL_Buffer *b, const char *spec, size_t len,
                            int values)
{
    char name[64], unit[16] = "";
    const char *colon = memchr(spec, ':', len);
    size_t n = colon ? (size_t)(colon - spec) : len;
    if (n == 0 || n >= sizeof name || len - n > sizeof unit)
        luaL_error(L, "bad placeholder in a message");
    memcpy(name, spec, n);
    name[n] = '\0';
    if (colon) {
        memcpy(unit, colon + 1, len - n - 1);
        unit[len - n - 1] = '\0';
    }
    if (lua_istable(L, values))
        lua_getfield(L, values, name);
    else
        lua_pushnil(L);
    medel_node *q = lmedel_test_quantity(L, -1);
    if (q && *unit)
        lmedel_push_in_unit(L, &q->quantity, unit);
    else if (q)
        lmedel_push_node_text(L, q);
    else if (lmedel_test_entry(L, -1)) {
        lmedel_push_entry_name(L, lmedel_test_entry(L, -1));
        push_quoted(L);
        lua_remove(L, -2);
    } else if (lua_type(L, -1) == LUA_TSTRING)
        push_quoted(L);
    else if (lua_isinteger(L, -1))
        lua_pushvalue(L, -1);
    else
        luaL_error(L,
                   "the message names {%s}, which is %s; give a quantity, a text or a "
                   "whole number",
                   name, luaL_typename(L, -1));
    lua_remove(L, -2);
    luaL_addvalue(b);
}

/* A sentence that begins with a figure's name begins with a capital. */
static void capital(lua_State *L)
{
    size_t len;
    const char *text = lua_tolstring(L, -1, &len);
    const size_t n = len < 2 ? len : 2;
    char first[3] = { 0 };
    memcpy(first, text, n);
    medel_text_capital(first);
    if (memcmp(first, text, n) == 0)
        return;
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    luaL_addlstring(&b, first, n);
    luaL_addlstring(&b, text + n, len - n);
    luaL_pushresult(&b);
    lua_remove(L, -2);
}

void lmedel_push_message(lua_State *L, const char *format, size_t len, int values)
{
    luaL_Buffer b;
    const char *p = format, *end = format + len;
    if (len > MAX_FORMAT)
        luaL_error(L, "a message longer than %d bytes", MAX_FORMAT);
    values = lua_absindex(L, values);
    luaL_buffinit(L, &b);
    while (p < end) {
        const char *open = memchr(p, '{', (size_t)(end - p));
        const char *close = open ? memchr(open, '}', (size_t)(end - open)) : NULL;
        if (!close) {
            luaL_addlstring(&b, p, (size_t)(end - p));
            break;
        }
        luaL_addlstring(&b, p, (size_t)(open - p));
        add_placeholder(L, &b, open + 1, (size_t)(close - open) - 1, values);
        if (luaL_bufflen(&b) > MAX_FORMAT)
            luaL_error(L, "a message longer than %d bytes", MAX_FORMAT);
        p = close + 1;
    }
    luaL_pushresult(&b);
    const char *first = len && *format == '{' ? memchr(format, '}', len) : NULL;
    if (first && first + 1 < end && first[1] == ' ') /* not a text that is quoted whole */
        capital(L);
}

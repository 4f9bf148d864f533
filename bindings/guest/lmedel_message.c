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

/* A quantity, or a text of one: "5 %". */
static bool quantity_at(lua_State *L, int at, medel_quantity *out)
{
    size_t len;
    const char *why, *text;
    medel_figure f;
    const medel_node *n = lmedel_test_quantity(L, at);
    if (n) {
        *out = n->quantity;
        return true;
    }
    if (lua_type(L, at) != LUA_TSTRING)
        return false;
    text = lua_tolstring(L, at, &len);
    return medel_figure_parse(&f, text, len, &why) == MEDEL_OK
           && medel_figure_quantity(out, &f, f.unit) == MEDEL_OK;
}

/* "{share:%1~limit}": with a decimal more where it takes that to tell it from the other,
   else "drygt 5 %", so that no sentence says that 5,0 % is more than 5 %. */
static void push_apart(lua_State *L, const medel_quantity *q, const char *form,
                       const medel_quantity *other)
{
    char wider[8] = "%0";
    if (form[0] != '%' || form[1] < '0' || form[1] > '2' || form[2])
        luaL_error(L, "only %%0, %%1 and %%2 can be told apart, not '%s'", form);
    for (char d = form[1]; d <= '2'; d++) {
        wider[1] = d;
        lmedel_push_in_unit(L, q, wider);
        lmedel_push_in_unit(L, other, wider);
        const bool same = lua_compare(L, -1, -2, LUA_OPEQ);
        lua_pop(L, 1);
        if (!same)
            return;
        lua_pop(L, 1);
    }
    int order = 0;
    wider[1] = '0';
    (void)!medel_quantity_compare(&order, q, other);
    lmedel_push_in_unit(L, other, wider);
    lua_pushfstring(L, "%s%s",
                    order > 0   ? "drygt "
                    : order < 0 ? "knappt "
                                : "",
                    lua_tostring(L, -1));
    lua_remove(L, -2);
}

static void add_placeholder(lua_State *L, luaL_Buffer *b, const char *spec, size_t len,
                            int values)
{
    char name[64], unit[48] = "";
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
    char *beside = strchr(unit, '~');
    if (beside)
        *beside++ = '\0';
    if (q && beside) {
        medel_quantity other;
        lua_getfield(L, values, beside);
        if (!quantity_at(L, -1, &other))
            luaL_error(L, "{%s} is to be told from '%s', which is no quantity", name,
                       beside);
        push_apart(L, &q->quantity, unit, &other);
        lua_remove(L, -2);
    } else if (q && *unit)
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

/* ---- parts of sentences ---- */

static lua_Integer option_of(lua_State *L, const char *key, lua_Integer usual)
{
    lua_Integer n = usual;
    if (lua_istable(L, 2) && lua_getfield(L, 2, key) != LUA_TNIL)
        n = luaL_checkinteger(L, -1);
    lua_settop(L, 2);
    return n;
}

/* "a, b och c", "a eller b"; past `most` "a, b och 4 till". */
int lmedel_listed(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    const lua_Integer n = (lua_Integer)lua_rawlen(L, 1);
    const lua_Integer most = option_of(L, "most", 100);
    luaL_argcheck(L, most >= 1, 2, "most is at least 1");
    const char *last = "och";
    if (lua_istable(L, 2) && lua_getfield(L, 2, "last") == LUA_TSTRING)
        last = lua_tostring(L, -1); /* anchored by the stack */
    const lua_Integer shown = n <= most ? n : most;
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (lua_Integer i = 1; i <= shown; i++) {
        if (i > 1 && i == n)
            lua_pushfstring(L, " %s ", last);
        else
            lua_pushstring(L, i > 1 ? ", " : "");
        luaL_addvalue(&b);
        lua_rawgeti(L, 1, i);
        if (!lua_isinteger(L, -1) && lua_type(L, -1) != LUA_TSTRING)
            return luaL_error(L, "item %d of the list is %s; give texts or whole numbers",
                              (int)i, luaL_typename(L, -1));
        push_quoted(L);
        lua_remove(L, -2);
        luaL_addvalue(&b);
        if (luaL_bufflen(&b) > MAX_FORMAT)
            return luaL_error(L, "a list longer than %d bytes", MAX_FORMAT);
    }
    if (shown < n) {
        lua_pushfstring(L, " %s %I till", last, n - shown);
        luaL_addvalue(&b);
    }
    luaL_pushresult(&b);
    return 1;
}

/* "1 rad", "1 318 rader" */
int lmedel_counted(lua_State *L)
{
    const lua_Integer n = luaL_checkinteger(L, 1);
    const char *one = luaL_checkstring(L, 2), *many = luaL_checkstring(L, 3);
    medel_quantity q;
    char text[64];
    if (medel_quantity_make(&q, n, 1, MEDEL_UNIT_COUNT) != MEDEL_OK
        || medel_quantity_format(&q, MEDEL_UNIT_COUNT, 0, MEDEL_ROUND_HALF_AWAY, text,
                                 sizeof text)
               >= sizeof text)
        return luaL_error(L, "%I is no count", n);
    lua_pushfstring(L, "%s %s", text, n == 1 ? one : many);
    return 1;
}

/* "tre": the small numbers of a sentence as words. */
int lmedel_in_words(lua_State *L)
{
    static const char *const words[] = { "noll", "en",   "två", "tre",  "fyra",
                                         "fem",  "sex",  "sju", "åtta", "nio",
                                         "tio",  "elva", "tolv" };
    const lua_Integer n = luaL_checkinteger(L, 1);
    if (n >= 0 && n < (lua_Integer)(sizeof words / sizeof *words))
        lua_pushstring(L, words[n]);
    else
        lua_pushfstring(L, "%I", n);
    return 1;
}

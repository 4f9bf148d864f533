/* lmedel_ledger_filter.c - which rows: from a Lua table to the core's filter. */
#include "lmedel_ledger.h"

#include <string.h>

#define MAX_TEXT 8192

void lmedel_check_query(lua_State *L, medel_status st, const medel_error *err)
{
    if (st != MEDEL_OK && st != MEDEL_E_NOMEM && *err->message)
        luaL_error(L, "%s", err->message);
    if (st != MEDEL_OK)
        lmedel_raise(L, st, "ledger");
}

/* ".." is how scripts write a range, "-" how the core does. */
const char *lmedel_check_accounts(lua_State *L, int arg)
{
    size_t len;
    if (lua_isnoneornil(L, arg))
        return NULL;
    const char *text = luaL_checklstring(L, arg, &len);
    luaL_argcheck(L, len <= MAX_TEXT, arg, "too many accounts");
    if (len == 0)
        return NULL;
    return luaL_gsub(L, text, "..", "-");
}

/* The first day of a "2023", "2023-03" or "2023-03-15", and of what comes after it. */
static bool parse_period(const char *text, size_t len, int32_t *first, int32_t *next)
{
    char buf[11] = "2023-01-01";
    if (len != 4 && len != 7 && len != 10)
        return false;
    memcpy(buf, text, len);
    if (!medel_date_parse(first, buf, 10))
        return false;
    if (len == 10) {
        *next = *first + 1;
        return true;
    }
    const int32_t longest = len == 4 ? 366 : 31;
    memcpy(buf + len, len == 4 ? "-01-01" : "-01", 11 - len);
    for (int32_t day = *first + longest; day > *first; day--) {
        char other[11];
        medel_date_format(day, other);
        if (memcmp(other, buf, len) != 0)
            *next = day;
    }
    return true;
}

static void check_period(lua_State *L, medel_ledger_filter *out)
{
    size_t len;
    int32_t first, next;
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &len) : NULL;
    const char *dots = text ? strstr(text, "..") : NULL;
    if (!text)
        luaL_error(L, "filter 'period' must be a text");
    const size_t left = dots ? (size_t)(dots - text) : len;
    if (!parse_period(text, left, &first, &next))
        luaL_error(L, "filter 'period' must be as \"2023-03\" or \"2023-01..2023-03\"");
    out->from = first;
    if (dots) {
        int32_t start;
        if (!parse_period(dots + 2, len - left - 2, &start, &next) || next <= first)
            luaL_error(L, "filter 'period' must be as \"2023-03\" or "
                          "\"2023-01..2023-03\"");
    }
    out->to = next - 1;
    out->has_from = out->has_to = true;
}

static int64_t check_ore(lua_State *L)
{
    const medel_node *n = lmedel_test_quantity(L, -1);
    if (!n || n->quantity.dimension.money != 1 || n->quantity.dimension.count != 0
        || n->quantity.value.den != 1)
        luaL_error(L, "filter 'amount' must be { min = kr(...), max = kr(...) }");
    return n->quantity.value.num;
}

static void check_amount(lua_State *L, medel_ledger_filter *out)
{
    if (!lua_istable(L, -1))
        luaL_error(L, "filter 'amount' must be { min = kr(...), max = kr(...) }");
    const int at = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1)) {
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
        if (strcmp(key, "min") == 0) {
            out->low = check_ore(L);
            out->has_low = true;
        } else if (strcmp(key, "max") == 0) {
            out->high = check_ore(L);
            out->has_high = true;
        } else {
            luaL_error(L, "filter 'amount' must be { min = kr(...), max = kr(...) }");
        }
    }
    out->absolute = true;
}

static const char *check_text(lua_State *L, const char *key)
{
    if (lua_type(L, -1) != LUA_TSTRING || lua_rawlen(L, -1) > MAX_TEXT)
        luaL_error(L, "filter '%s' must be a text, at most %d bytes", key, MAX_TEXT);
    return lua_tostring(L, -1);
}

/* "1" (any object of the dimension), "1:10", or { "1", "10" }. */
static void check_object(lua_State *L, medel_ledger_filter *out)
{
    if (lua_type(L, -1) == LUA_TSTRING) {
        const char *text = check_text(L, "object"), *colon = strchr(text, ':');
        out->dimension = text;
        if (colon) {
            lua_pushlstring(L, text, (size_t)(colon - text));
            out->dimension = lua_tostring(L, -1);
            out->object = colon + 1;
        }
        return;
    }
    if (!lua_istable(L, -1))
        luaL_error(
            L, "filter 'object' must be \"dimension:object\" or { dimension, object }");
    const int at = lua_gettop(L);
    lua_rawgeti(L, at, 1);
    out->dimension = check_text(L, "object");
    if (lua_rawgeti(L, at, 2) != LUA_TNIL)
        out->object = check_text(L, "object");
}

static void check_kind(lua_State *L, medel_ledger_filter *out)
{
    const char *word = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    if (strcmp(word, "struken") == 0)
        out->kinds = 1u << MEDEL_ROW_BTRANS;
    else if (strcmp(word, "tillagd") == 0)
        out->kinds = 1u << MEDEL_ROW_RTRANS;
    else
        luaL_error(L, "filter 'kind' must be \"struken\" or \"tillagd\"");
}

/* Debits and credits by the sign of the amount; combined with its size. */
static void check_side(lua_State *L, const char *side, medel_ledger_filter *out)
{
    const bool debit = strcmp(side, "debet") == 0;
    if (!debit && strcmp(side, "kredit") != 0)
        luaL_error(L, "filter 'side' must be \"debet\" or \"kredit\"");
    int64_t low = out->has_low ? out->low : 1;
    const int64_t high = out->has_high ? out->high : INT64_MAX;
    if (low < 1)
        low = 1;
    out->low = debit ? low : -high;
    out->high = debit ? high : -low;
    out->has_low = out->has_high = true;
    out->absolute = false;
}

static void check_key(lua_State *L, const char *key, medel_ledger_filter *out,
                      const char **side)
{
    if (strcmp(key, "account") == 0) {
        check_text(L, key);
        out->accounts = lmedel_check_accounts(L, -1);
    } else if (strcmp(key, "period") == 0) {
        check_period(L, out);
    } else if (strcmp(key, "series") == 0) {
        out->series = check_text(L, key);
    } else if (strcmp(key, "object") == 0) {
        check_object(L, out);
    } else if (strcmp(key, "amount") == 0) {
        check_amount(L, out);
    } else if (strcmp(key, "side") == 0) {
        *side = check_text(L, key);
    } else if (strcmp(key, "text") == 0) {
        out->text = check_text(L, key);
    } else if (strcmp(key, "sign") == 0) {
        out->sign = check_text(L, key);
    } else if (strcmp(key, "kind") == 0) {
        check_kind(L, out);
    } else if (strcmp(key, "where") == 0) {
        out->where = check_text(L, key);
    } else {
        luaL_error(L,
                   "unknown filter '%s': account, amount, kind, object, period, "
                   "series, side, sign, text and where are known",
                   key);
    }
}

void lmedel_check_filter(lua_State *L, int arg, medel_ledger_filter *out)
{
    /* In this order, since the side bounds the amount. */
    static const char *const keys[] = { "account", "amount", "kind", "object",
                                        "period",  "series", "side", "sign",
                                        "text",    "where",  NULL };
    const char *side = NULL;
    memset(out, 0, sizeof *out);
    luaL_checkstack(L, 40, "filter");
    if (lua_isnoneornil(L, arg))
        return;
    if (lua_type(L, arg) == LUA_TSTRING) {
        out->accounts = lmedel_check_accounts(L, arg);
        return;
    }
    luaL_checktype(L, arg, LUA_TTABLE);
    arg = lua_absindex(L, arg);
    for (lua_pushnil(L); lua_next(L, arg); lua_pop(L, 1)) {
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
        int i = 0;
        while (keys[i] && strcmp(keys[i], key) != 0)
            i++;
        if (!keys[i])
            check_key(L, key, out, &side);
    }
    for (int i = 0; keys[i]; i++) {
        if (lua_getfield(L, arg, keys[i]) != LUA_TNIL)
            check_key(L, keys[i], out, &side);
    }
    if (side)
        check_side(L, side, out);
}

/* lmedel_json.c - JSON through jansson, and YAML as plain tables. */
#include "lmedel_bundle.h"
#include "medel_packed.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 1100 /* a derivation may be 1000 deep */

/* ---- writing JSON ---- */

static json_t *json_of(lua_State *L, int at, int depth, const char **why);

/* To tell such a text from memory that is out: jansson does not. */
static bool is_utf8(const char *s, size_t len)
{
    static const unsigned least[] = { 0, 0x80, 0x800, 0x10000 };
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)s[i];
        const unsigned more = c < 0x80   ? 0
                              : c < 0xC0 ? 4
                              : c < 0xE0 ? 1
                              : c < 0xF0 ? 2
                                         : 3;
        unsigned code = more ? c & (0x3Fu >> more) : c;
        if (more > 3 || c >= 0xF8 || len - i <= more)
            return false;
        for (unsigned k = 0; k < more; k++) {
            const unsigned char next = (unsigned char)s[++i];
            if ((next & 0xC0) != 0x80)
                return false;
            code = code << 6 | (next & 0x3Fu);
        }
        if (code < least[more] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
            return false;
    }
    return true;
}

static bool is_list(lua_State *L, int at)
{
    lua_Unsigned n = 0;
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1))
        n++;
    return n == lua_rawlen(L, at);
}

static json_t *array_of(lua_State *L, int at, int depth, const char **why)
{
    json_t *list = json_array();
    for (lua_Integer i = 1; list && i <= (lua_Integer)lua_rawlen(L, at); i++) {
        lua_rawgeti(L, at, i);
        json_t *item = json_of(L, lua_gettop(L), depth + 1, why);
        lua_pop(L, 1);
        if (!item || json_array_append_new(list, item) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *object_of(lua_State *L, int at, int depth, const char **why)
{
    json_t *object = json_object();
    for (lua_pushnil(L); object && lua_next(L, at); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) {
            *why = "a table has both numbered and named fields, or a list has gaps";
            json_decref(object);
            return NULL;
        }
        const char *key = lua_tostring(L, -2);
        json_t *item = json_of(L, lua_gettop(L), depth + 1, why);
        if (item && strlen(key) != lua_rawlen(L, -2)) {
            *why = "a key has a zero byte";
            json_decref(item);
            item = NULL;
        }
        if (!item || json_object_set_new(object, key, item) != 0) {
            if (!*why && !is_utf8(key, strlen(key)))
                *why = "a key is not UTF-8";
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

static json_t *json_of(lua_State *L, int at, int depth, const char **why)
{
    size_t len;
    if (depth > MAX_DEPTH || !lua_checkstack(L, 4)) {
        *why = "nested too deep";
        return NULL;
    }
    switch (lua_type(L, at)) {
    case LUA_TBOOLEAN: return json_boolean(lua_toboolean(L, at));
    case LUA_TLIGHTUSERDATA: return json_null(); /* medel.null */
    case LUA_TSTRING: {
        const char *s = lua_tolstring(L, at, &len);
        json_t *text = json_stringn(s, len);
        if (!text && !is_utf8(s, len))
            *why = "a text is not UTF-8";
        return text;
    }
    case LUA_TNUMBER:
        if (lua_isinteger(L, at))
            return json_integer(lua_tointeger(L, at));
        *why = "a number with decimals is not exact; write it as text";
        return NULL;
    case LUA_TTABLE:
        return is_list(L, at) ? array_of(L, at, depth, why)
                              : object_of(L, at, depth, why);
    default: *why = "only texts, whole numbers, booleans and tables can be written";
    }
    return NULL;
}

LMEDEL_GC(json_gc, json_t, json_decref)

static int json_encode(lua_State *L)
{
    luaL_checkany(L, 1);
    size_t flags = JSON_SORT_KEYS | JSON_ENCODE_ANY;
    if (!lua_toboolean(L, 2))
        flags |= JSON_INDENT(2);
    const char *why = NULL;
    luaL_Buffer b;
    json_t **box = lmedel_new_box(L, sizeof *box, "medel.json", json_gc);
    *box = json_of(L, 1, 0, &why);
    if (!*box)
        return luaL_error(L, "json: %s", why ? why : "not enough memory");
    const size_t len = json_dumpb(*box, NULL, 0, flags);
    char *out = luaL_buffinitsize(L, &b, len);
    if (len == 0
        || json_dumpb(*box, out, len, flags) != len) /* nothing is 0 bytes long */
        return luaL_error(L, "json: not enough memory");
    luaL_pushresultsize(&b, len);
    return 1;
}

/* ---- YAML as plain tables ---- */

/* places[table][key] = "line:col", for the table at the top and the key of the item. */
static void note_place(lua_State *L, int places, const medel_yaml *n)
{
    lua_pushvalue(L, -2); /* places[table] was made with the table */
    lua_rawget(L, places);
    lua_pushvalue(L, -2);
    lua_pushfstring(L, "%d:%d", (int)medel_yaml_line(n), (int)medel_yaml_col(n));
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

/* places: the index of a table, or 0 */
static void push_yaml(lua_State *L, const medel_yaml *n, int places)
{
    luaL_checkstack(L, 8, "yaml");
    const medel_yaml_type type = medel_yaml_type_of(n);
    if (type == MEDEL_YAML_SCALAR) {
        size_t len;
        const char *text = medel_yaml_scalar(n, &len);
        if (medel_yaml_plain(n) && (len == 0 || strcmp(text, "~") == 0))
            lua_pushlightuserdata(L, NULL);
        else
            lua_pushlstring(L, text, len);
        return;
    }
    const bool list = type == MEDEL_YAML_SEQUENCE;
    const size_t count = medel_yaml_count(n);
    lua_createtable(L, list ? (int)count : 0, list ? 0 : (int)count);
    if (places) {
        lua_pushvalue(L, -1);
        lua_newtable(L);
        lua_rawset(L, places);
    }
    for (size_t i = 0; i < count; i++) {
        const medel_yaml *item = medel_yaml_item(n, i), *key = medel_yaml_key(n, i);
        if (list)
            lua_pushinteger(L, (lua_Integer)i + 1);
        else
            lua_pushstring(L, medel_yaml_scalar(key, NULL));
        if (places)
            note_place(L, places, list ? item : key);
        push_yaml(L, item, places);
        lua_rawset(L, -3);
    }
}

LMEDEL_GC(yaml_gc, medel_yaml_document, medel_yaml_free)

static int yaml_decode(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    const char *name = luaL_optstring(L, 2, "=(text)");
    lua_settop(L, 2);
    lua_newtable(L);
    medel_yaml_document **box = lmedel_new_box(L, sizeof *box, "medel.yaml", yaml_gc);
    medel_diagnostics *d = lmedel_new_diagnostics(L);
    const medel_allocator allocator = lmedel_allocator(L);
    const char *packed = lmedel_bundled_tree(lmedel_state_of(L)->bundle, name, text, len);
    const medel_status st =
        packed ? medel_yaml_unpack(box, packed, &allocator)
               : medel_yaml_read(box, &(medel_input){ name, text, len }, &allocator, d);
    if (st != MEDEL_OK)
        return lmedel_push_failure(L, d);
    push_yaml(L, medel_yaml_root(*box), 3);
    lua_pushvalue(L, 3);
    return 2;
}

const lmedel_function lmedel_json_functions[] = {
    { "json", json_encode, "(value: any, compact?: boolean): string",
      "JSON text. Keys are sorted; empty tables are lists; medel.null is null; numbers "
      "must be whole." },
    { "yaml", yaml_decode, "(text: string, name?: string): table|nil, table|string",
      "YAML as plain tables; every value is a text, ~ is medel.null; and where each "
      "key or item of each table stands: places[table][key] is line:column. nil and the "
      "errors if it is not well-formed." },
    { NULL, NULL, NULL, NULL }
};

/* lmedel_record.c - insatser, mål, indikatorer and every other record and list. */
#include "lmedel.h"

#include <stdlib.h>
#include <string.h>

typedef struct record_box {
    const medel_record *record;
} record_box;

typedef struct list_box {
    const medel_value *value;
} list_box;

const medel_record *lmedel_test_record(lua_State *L, int arg)
{
    record_box *b = lmedel_test(L, arg, &lmedel_record_class);
    return b ? b->record : NULL;
}

/* 'owner' is the report's box. */
static void push_record(lua_State *L, const medel_record *r, int owner)
{
    owner = lua_absindex(L, owner);
    if (lmedel_push_part(L, owner, r))
        return;
    record_box *b = lua_newuserdatauv(L, sizeof *b, 1);
    b->record = r;
    lmedel_set_class(L, &lmedel_record_class);
    lua_pushvalue(L, owner);
    lua_setiuservalue(L, -2, 1);
    lmedel_keep_part(L, owner, r);
}

static void push_list(lua_State *L, const medel_value *v, int owner)
{
    owner = lua_absindex(L, owner);
    list_box *b = lua_newuserdatauv(L, sizeof *b, 1);
    b->value = v;
    lmedel_set_class(L, &lmedel_list_class);
    lua_pushvalue(L, owner);
    lua_setiuservalue(L, -2, 1);
}

static void push_texts(lua_State *L, const medel_value *v)
{
    const char *text;
    lua_newtable(L);
    for (size_t i = 0; (text = medel_value_text(v, i)); i++) {
        lua_pushstring(L, text);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_figure(lua_State *L, const medel_value *v, int owner)
{
    const medel_fact *f;
    for (size_t i = 0; (f = medel_value_fact(v, i)); i++) {
        if (f->state == MEDEL_FIGURE_VALUE) {
            lmedel_push_fact_quantity(L, f, false, owner);
            return;
        }
    }
    lua_pushnil(L);
}

void lmedel_push_value(lua_State *L, const medel_value *v, int owner)
{
    char date[11];
    owner = lua_absindex(L, owner);
    switch (medel_field_type_of(medel_value_field(v))) {
    case MEDEL_FIELD_RECORD: push_record(L, medel_value_record(v, 0), owner); break;
    case MEDEL_FIELD_RECORDS:
    case MEDEL_FIELD_LIST: push_list(L, v, owner); break;
    case MEDEL_FIELD_TEXTS:
    case MEDEL_FIELD_SECTIONS: push_texts(L, v); break;
    case MEDEL_FIELD_FLAG: lua_pushboolean(L, medel_value_integer(v) != 0); break;
    case MEDEL_FIELD_YEAR: lua_pushinteger(L, medel_value_integer(v)); break;
    case MEDEL_FIELD_DATE:
        medel_date_format((int32_t)medel_value_integer(v), date);
        lua_pushstring(L, date);
        break;
    case MEDEL_FIELD_LINE: lua_pushinteger(L, medel_value_integer(v)); break;
    case MEDEL_FIELD_AMOUNT:
    case MEDEL_FIELD_SHARE:
    case MEDEL_FIELD_COUNT:
    case MEDEL_FIELD_COUNT_OR_SHARE:
    case MEDEL_FIELD_AMOUNT_PER_COUNT:
    case MEDEL_FIELD_NUMBER: push_figure(L, v, owner); break;
    case MEDEL_FIELD_OWN_ROWS: lua_pushnil(L); break;
    default: lua_pushstring(L, medel_value_text(v, 0)); break;
    }
}

/* ---- records ---- */

static const medel_value *value_of(const medel_record *r, const char *key, bool *known)
{
    const medel_field *f = medel_field_find(medel_record_spec(r), key);
    *known = f != NULL;
    return medel_record_value(r, f);
}

static const char *near_field(const medel_record *r, const char *key)
{
    const char *best = NULL;
    size_t best_same = 0;
    const medel_field *f;
    for (size_t i = 0; (f = medel_field_at(medel_record_spec(r), i)); i++) {
        const char *name = medel_field_name(f);
        size_t same = 0;
        while (name[same] && name[same] == key[same])
            same++;
        if (same > best_same && same >= 3) {
            best_same = same;
            best = name;
        }
    }
    return best;
}

static int record_facts(lua_State *L)
{
    record_box *b = lmedel_check(L, 1, &lmedel_record_class);
    bool known;
    const medel_value *v = value_of(b->record, luaL_checkstring(L, 2), &known);
    if (!known)
        return lmedel_unknown(L, "field", lua_tostring(L, 2), NULL);
    lua_getiuservalue(L, 1, 1);
    lua_newtable(L);
    const medel_fact *f;
    for (size_t i = 0; (f = medel_value_fact(v, i)); i++) {
        lmedel_push_fact(L, f, -2);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int record_place(lua_State *L)
{
    record_box *b = lmedel_check(L, 1, &lmedel_record_class);
    bool known;
    const medel_value *v = value_of(b->record, luaL_checkstring(L, 2), &known);
    if (!known)
        return lmedel_unknown(L, "field", lua_tostring(L, 2), NULL);
    if (!v)
        return 0;
    lua_pushinteger(L, medel_value_line(v));
    lua_pushinteger(L, medel_value_col(v));
    size_t n;
    const int *places = medel_value_text_places(v, 0, &n);
    if (n)
        lua_pushinteger(L, places[0]);
    else
        lua_pushnil(L);
    return 3;
}

static const lmedel_function record_methods[] = {
    { "facts", record_facts, "(self: record, field: string): fact[]",
      "Every print of a figure: a number of participants may stand in several places." },
    { "place", record_place,
      "(self: record, field: string): integer|nil, integer|nil, integer|nil",
      "Line and column in the file and line or page of the document, for a field." },
    { NULL, NULL, NULL, NULL }
};

static int record_index(lua_State *L)
{
    const record_box *b = lmedel_check_same(L, 1, &lmedel_record_class);
    const char *key = luaL_checkstring(L, 2);
    bool known;
    const medel_value *v = value_of(b->record, key, &known);
    if (v) {
        lua_getiuservalue(L, 1, 1);
        lmedel_push_value(L, v, -1);
        return 1;
    }
    if (known)
        return 0;
    if (lmedel_push_method(L, &lmedel_record_class, 2))
        return 1;
    if (strcmp(key, "id") == 0) {
        lua_pushstring(L, medel_record_id(b->record));
        return 1;
    }
    if (strcmp(key, "line") == 0) {
        lua_pushinteger(L, medel_record_line(b->record));
        return 1;
    }
    lua_pushfstring(L, "field of %s", medel_field_name(medel_record_spec(b->record)));
    return lmedel_unknown(L, lua_tostring(L, -1), key, near_field(b->record, key));
}

static int record_tostring(lua_State *L)
{
    record_box *b = lmedel_check(L, 1, &lmedel_record_class);
    lua_pushfstring(L, "%s %s", medel_field_name(medel_record_spec(b->record)),
                    medel_record_id(b->record));
    return 1;
}

/* ---- where fields stand ---- */

void lmedel_record_place(const medel_record *r, lmedel_place *out)
{
    const medel_field *f;
    *out = (lmedel_place){ medel_field_name(medel_record_spec(r)), medel_record_line(r),
                           medel_record_col(r), NULL, 0 };
    for (size_t i = 0; (f = medel_field_at(medel_record_spec(r), i)); i++) {
        const medel_value *v = medel_record_value(r, f);
        if (v && medel_field_type_of(f) == MEDEL_FIELD_LINE)
            out->places = medel_value_places(v, &out->nplaces);
    }
}

static const medel_record *list_record(const medel_value *v, const char *id)
{
    const medel_record *r;
    for (size_t i = 0; (r = medel_value_record(v, i)); i++) {
        if (strcmp(medel_record_id(r), id) == 0)
            return r;
    }
    return NULL;
}

bool lmedel_field_place(const medel_report *r, const char *path, lmedel_place *out)
{
    const medel_record *record = medel_report_root(r);
    const medel_value *value = NULL;
    const char *table = NULL;
    char word[MEDEL_WORD];
    while (medel_path_word(&path, word, sizeof word)) {
        const size_t item = (size_t)strtoul(word, NULL, 10);
        if (record) {
            value = medel_record_field(record, word);
            record = NULL;
            if (!value)
                return false;
            *out = (lmedel_place){ medel_field_name(medel_value_field(value)),
                                   medel_value_line(value), medel_value_col(value), NULL,
                                   0 };
            if (medel_field_type_of(medel_value_field(value)) == MEDEL_FIELD_RECORD) {
                record = medel_value_record(value, 0);
                lmedel_record_place(record, out);
                out->line = medel_value_line(value);
                out->col = medel_value_col(value);
            } else {
                out->places = medel_value_places(value, &out->nplaces);
            }
        } else if (value && medel_value_records(value)) {
            record = list_record(value, word);
            if (!record)
                return false;
            lmedel_record_place(record, out);
        } else if (item >= 1 && medel_value_text(value, item - 1)) {
            out->places = medel_value_text_places(value, item - 1, &out->nplaces);
        }
        if (!table && value)
            table = medel_field_name(medel_value_field(value));
    }
    out->table = table;
    return value != NULL;
}

/* ---- lists ---- */

static int list_index(lua_State *L)
{
    list_box *b = lmedel_check(L, 1, &lmedel_list_class);
    if (lua_isinteger(L, 2)) {
        lua_Integer i = lua_tointeger(L, 2);
        if (i < 1 || (lua_Unsigned)i > medel_value_records(b->value))
            return 0;
        lua_getiuservalue(L, 1, 1);
        push_record(L, medel_value_record(b->value, (size_t)i - 1), -1);
        return 1;
    }
    const char *key = luaL_checkstring(L, 2);
    for (size_t i = 0; i < medel_value_records(b->value); i++) {
        if (strcmp(medel_record_id(medel_value_record(b->value, i)), key) == 0) {
            lua_getiuservalue(L, 1, 1);
            push_record(L, medel_value_record(b->value, i), -1);
            return 1;
        }
    }
    return 0;
}

static int list_len(lua_State *L)
{
    list_box *b = lmedel_check(L, 1, &lmedel_list_class);
    lua_pushinteger(L, (lua_Integer)medel_value_records(b->value));
    return 1;
}

/* In an iterator: the number of the next item; upvalue 1 is the list. */
static lua_Integer next_number(lua_State *L)
{
    const lua_Integer i = lua_tointeger(L, lua_upvalueindex(2)) + 1;
    lua_pushinteger(L, i);
    lua_replace(L, lua_upvalueindex(2));
    return i;
}

static int next_item(lua_State *L)
{
    lua_rawgeti(L, lua_upvalueindex(1), next_number(L));
    return 1;
}

static int next_record(lua_State *L)
{
    const list_box *b = lua_touserdata(L, lua_upvalueindex(1));
    const lua_Integer i = next_number(L);
    if ((size_t)i > medel_value_records(b->value))
        return 0;
    lua_getiuservalue(L, lua_upvalueindex(1), 1);
    push_record(L, medel_value_record(b->value, (size_t)i - 1), -1);
    return 1;
}

static int nothing(lua_State *L)
{
    (void)L;
    return 0;
}

/* each(list): nil is an empty list, so that absent sections need no test. */
int lmedel_each(lua_State *L)
{
    if (lua_isnoneornil(L, 1)) {
        lua_pushcfunction(L, nothing);
        return 1;
    }
    const bool records = lmedel_test(L, 1, &lmedel_list_class) != NULL;
    if (!records)
        luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, records ? next_record : next_item, 2);
    return 1;
}

static const lmedel_property record_properties[] = {
    { "id", "string", "Its key, or its number in the list." },
    { "line", "integer", "Its line in the file." },
    { NULL, NULL, NULL }
};

const lmedel_class lmedel_record_class = {
    "medel.record",
    "An insats, a mål, an indikator or another record. Its fields are in docs/falt.md: "
    "figures are quantities, texts strings, dates \"YYYY-MM-DD\". Not given is nil; a "
    "field that does not exist is an error.",
    record_methods, record_properties
};
const lmedel_class lmedel_list_class = {
    "medel.list",
    "Records in the order of the file: `#list`, `list[1]`, `list.key`, `each(list)`.",
    NULL, NULL
};

void lmedel_open_record(lua_State *L)
{
    static const luaL_Reg record_meta[] = { { "__tostring", record_tostring },
                                            { NULL, NULL } };
    static const luaL_Reg list_meta[] = { { "__len", list_len }, { NULL, NULL } };
    lmedel_new_class(L, &lmedel_record_class, record_index, record_meta);
    lmedel_new_class(L, &lmedel_list_class, list_index, list_meta);
}

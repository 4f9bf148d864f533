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
    lua_createtable(L, (int)v->ntexts, 0);
    for (size_t i = 0; i < v->ntexts; i++) {
        lua_pushstring(L, v->texts[i].text);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_figure(lua_State *L, const medel_value *v, int owner)
{
    for (size_t i = 0; i < v->nfacts; i++) {
        if (v->facts[i]->state == MEDEL_FIGURE_VALUE) {
            lmedel_push_fact_quantity(L, v->facts[i], false, owner);
            return;
        }
    }
    lua_pushnil(L);
}

void lmedel_push_value(lua_State *L, const medel_value *v, int owner)
{
    char date[11];
    owner = lua_absindex(L, owner);
    switch (v->field->type) {
    case MEDEL_FIELD_RECORD: push_record(L, v->records[0], owner); break;
    case MEDEL_FIELD_RECORDS:
    case MEDEL_FIELD_LIST: push_list(L, v, owner); break;
    case MEDEL_FIELD_TEXTS:
    case MEDEL_FIELD_SECTIONS: push_texts(L, v); break;
    case MEDEL_FIELD_FLAG: lua_pushboolean(L, v->integer != 0); break;
    case MEDEL_FIELD_YEAR: lua_pushinteger(L, v->integer); break;
    case MEDEL_FIELD_DATE:
        medel_date_format((int32_t)v->integer, date);
        lua_pushstring(L, date);
        break;
    case MEDEL_FIELD_LINE: lua_pushinteger(L, v->integer); break;
    case MEDEL_FIELD_AMOUNT:
    case MEDEL_FIELD_SHARE:
    case MEDEL_FIELD_COUNT:
    case MEDEL_FIELD_COUNT_OR_SHARE:
    case MEDEL_FIELD_AMOUNT_PER_COUNT:
    case MEDEL_FIELD_NUMBER: push_figure(L, v, owner); break;
    case MEDEL_FIELD_OWN_ROWS: lua_pushnil(L); break;
    default: lua_pushstring(L, v->ntexts ? v->texts[0].text : NULL); break;
    }
}

/* ---- records ---- */

static const medel_value *value_of(lua_State *L, const medel_record *r, const char *key,
                                   bool *known)
{
    *known = false;
    (void)L;
    for (size_t i = 0; i < r->spec->nfields; i++) {
        const char *name = r->spec->fields[i].name;
        if (*name == *key && strcmp(name, key) == 0) { /* most differ in the first */
            *known = true;
            return r->values[i];
        }
    }
    return NULL;
}

static const char *near_field(lua_State *L, const medel_record *r, const char *key)
{
    const char *best = NULL;
    size_t best_same = 0;
    (void)L;
    for (size_t i = 0; i < r->spec->nfields; i++) {
        const char *name = r->spec->fields[i].name;
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
    const medel_value *v = value_of(L, b->record, luaL_checkstring(L, 2), &known);
    if (!known)
        return lmedel_unknown(L, "field", lua_tostring(L, 2), NULL);
    lua_getiuservalue(L, 1, 1);
    lua_newtable(L);
    for (size_t i = 0; v && i < v->nfacts; i++) {
        lmedel_push_fact(L, v->facts[i], -2);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int record_place(lua_State *L)
{
    record_box *b = lmedel_check(L, 1, &lmedel_record_class);
    bool known;
    const medel_value *v = value_of(L, b->record, luaL_checkstring(L, 2), &known);
    if (!known)
        return lmedel_unknown(L, "field", lua_tostring(L, 2), NULL);
    if (!v)
        return 0;
    lua_pushinteger(L, v->line);
    lua_pushinteger(L, v->col);
    if (v->ntexts && v->texts[0].nplaces)
        lua_pushinteger(L, v->texts[0].places[0]);
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
    record_box *b = lmedel_check(L, 1, &lmedel_record_class);
    const char *key = luaL_checkstring(L, 2);
    bool known;
    const medel_value *v = value_of(L, b->record, key, &known);
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
        lua_pushstring(L, b->record->id);
        return 1;
    }
    if (strcmp(key, "line") == 0) {
        lua_pushinteger(L, b->record->line);
        return 1;
    }
    lua_pushfstring(L, "field of %s", b->record->spec->name);
    return lmedel_unknown(L, lua_tostring(L, -1), key, near_field(L, b->record, key));
}

static int record_tostring(lua_State *L)
{
    record_box *b = lmedel_check(L, 1, &lmedel_record_class);
    lua_pushfstring(L, "%s %s", b->record->spec->name, b->record->id);
    return 1;
}

/* ---- where fields stand ---- */

static void value_places(const medel_value *v, lmedel_place *out)
{
    if (v->ntexts) {
        out->places = v->texts[0].places;
        out->nplaces = v->texts[0].nplaces;
    } else if (v->nfacts) {
        out->places = v->facts[0]->places;
        out->nplaces = v->facts[0]->nplaces;
    } else {
        out->places = v->places;
        out->nplaces = v->nplaces;
    }
}

void lmedel_record_place(const medel_record *r, lmedel_place *out)
{
    *out = (lmedel_place){ r->spec->name, r->line, r->col, NULL, 0 };
    for (size_t i = 0; i < r->spec->nfields; i++) {
        if (r->values[i] && r->spec->fields[i].type == MEDEL_FIELD_LINE)
            value_places(r->values[i], out);
    }
}

static const medel_record *list_record(const medel_value *v, const char *id)
{
    for (size_t i = 0; i < v->nrecords; i++) {
        if (strcmp(v->records[i]->id, id) == 0)
            return v->records[i];
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
            *out = (lmedel_place){ value->field->name, value->line, value->col, NULL, 0 };
            if (value->field->type == MEDEL_FIELD_RECORD) {
                record = value->records[0];
                lmedel_record_place(record, out);
                out->line = value->line;
                out->col = value->col;
            } else {
                value_places(value, out);
            }
        } else if (value && value->nrecords) {
            record = list_record(value, word);
            if (!record)
                return false;
            lmedel_record_place(record, out);
        } else if (value && item >= 1 && item <= value->ntexts) {
            out->places = value->texts[item - 1].places;
            out->nplaces = value->texts[item - 1].nplaces;
        }
        if (!table && value)
            table = value->field->name;
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
        if (i < 1 || (lua_Unsigned)i > b->value->nrecords)
            return 0;
        lua_getiuservalue(L, 1, 1);
        push_record(L, b->value->records[i - 1], -1);
        return 1;
    }
    const char *key = luaL_checkstring(L, 2);
    for (size_t i = 0; i < b->value->nrecords; i++) {
        if (strcmp(b->value->records[i]->id, key) == 0) {
            lua_getiuservalue(L, 1, 1);
            push_record(L, b->value->records[i], -1);
            return 1;
        }
    }
    return 0;
}

static int list_len(lua_State *L)
{
    list_box *b = lmedel_check(L, 1, &lmedel_list_class);
    lua_pushinteger(L, (lua_Integer)b->value->nrecords);
    return 1;
}

static int next_record(lua_State *L)
{
    list_box *b = lmedel_test(L, lua_upvalueindex(1), &lmedel_list_class);
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2)) + 1;
    lua_pushinteger(L, i);
    lua_replace(L, lua_upvalueindex(2));
    if (!b) { /* a Lua list */
        lua_rawgeti(L, lua_upvalueindex(1), i);
        return 1;
    }
    if ((size_t)i > b->value->nrecords)
        return 0;
    lua_getiuservalue(L, lua_upvalueindex(1), 1);
    push_record(L, b->value->records[i - 1], -1);
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
    if (!lmedel_test(L, 1, &lmedel_list_class))
        luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_record, 2);
    return 1;
}

static const lmedel_property record_properties[] = {
    { "id", "string", "Its key, or its number in the list." },
    { "line", "integer", "Its line in the file." },
    { NULL, NULL, NULL }
};

const lmedel_class lmedel_record_class = {
    LMEDEL_RECORD,
    "An insats, a mål, an indikator or another record. Its fields are in docs/falt.md: "
    "figures are quantities, texts strings, dates \"YYYY-MM-DD\". Not given is nil; a "
    "field that does not exist is an error.",
    record_methods, record_properties
};
const lmedel_class lmedel_list_class = {
    LMEDEL_LIST,
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

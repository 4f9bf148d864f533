/* lmedel_taxonomy.c - the taxonomy as plain tables, for schema, documentation, lists. */
#include "lmedel.h"

#include <string.h>

static void set_text(lua_State *L, const char *key, const char *value)
{
    lua_pushstring(L, value);
    lua_setfield(L, -2, key);
}

static void set_flag(lua_State *L, const char *key, bool value)
{
    lua_pushboolean(L, value);
    lua_setfield(L, -2, key);
}

static const char *type_name(medel_field_type t)
{
    static const char *const names[] = {
        "record",           "records",  "list",    "text",  "texts", "word",
        "concept",          "choice",   "flag",    "date",  "year",  "line",
        "org_number",       "own_rows", "amount",  "share", "count", "count_or_share",
        "amount_per_count", "number",   "sections"
    };
    return names[t];
}

static void push_texts(lua_State *L, const char *const *list)
{
    lua_newtable(L);
    for (int i = 0; list && list[i]; i++) {
        lua_pushstring(L, list[i]);
        lua_rawseti(L, -2, i + 1);
    }
}

static void push_fields(lua_State *L, const medel_field *fields, size_t n)
{
    luaL_checkstack(L, 6, "fields");
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        const medel_field *f = &fields[i];
        lua_createtable(L, 0, 8);
        set_text(L, "name", f->name);
        set_text(L, "label", f->label);
        set_text(L, "law", f->law);
        set_text(L, "type", type_name(f->type));
        set_text(L, "concept", f->concept_id);
        set_flag(L, "required", f->required);
        if (f->type == MEDEL_FIELD_CHOICE) {
            push_texts(L, f->values);
            lua_setfield(L, -2, "values");
        }
        if (f->nfields) {
            push_fields(L, f->fields, f->nfields);
            lua_setfield(L, -2, "fields");
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_rows(lua_State *L, const medel_table_spec *t)
{
    lua_createtable(L, (int)t->nrows, 0);
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_row *r = t->rows[i];
        lua_createtable(L, 0, 12);
        set_text(L, "id", r->id);
        set_text(L, "label", r->label);
        set_text(L, "under", r->under);
        set_text(L, "note", r->note);
        set_text(L, "rule", r->rule);
        set_text(L, "tie", r->tie);
        set_text(L, "balance", r->balance);
        set_text(L, "type", type_name(r->type));
        set_flag(L, "memo", r->memo);
        push_texts(L, r->synonyms);
        lua_setfield(L, -2, "synonyms");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_columns(lua_State *L, const medel_table_spec *t)
{
    lua_createtable(L, (int)t->ncolumns, 0);
    for (size_t i = 0; i < t->ncolumns; i++) {
        const medel_column *c = &t->columns[i];
        lua_createtable(L, 0, 5);
        set_text(L, "id", c->id);
        set_text(L, "label", c->label);
        set_text(L, "measure", c->measure);
        set_text(L, "variant", medel_variant_name(c->variant));
        lua_pushinteger(L, c->year);
        lua_setfield(L, -2, "year");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_tables(lua_State *L, const medel_taxonomy *t)
{
    const medel_table_spec *tables;
    size_t n = medel_taxonomy_tables(t, &tables);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 8);
        set_text(L, "id", tables[i].id);
        set_text(L, "label", tables[i].label);
        set_text(L, "part", tables[i].part);
        set_text(L, "law", tables[i].law);
        set_text(L, "note", tables[i].note);
        set_flag(L, "by_year", tables[i].by_year);
        set_flag(L, "period_header", tables[i].period_header);
        set_flag(L, "date_header", tables[i].date_header);
        push_columns(L, &tables[i]);
        lua_setfield(L, -2, "columns");
        push_rows(L, &tables[i]);
        lua_setfield(L, -2, "rows");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_concepts(lua_State *L, const medel_taxonomy *t)
{
    const medel_concept *concepts;
    size_t n = medel_taxonomy_concepts(t, &concepts);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 5);
        set_text(L, "id", concepts[i].id);
        set_text(L, "label", concepts[i].label);
        set_text(L, "period", concepts[i].instant ? "instant" : "duration");
        set_text(L, "type", type_name(concepts[i].type));
        set_text(L, "rule", concepts[i].rule);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* What the relations of a check say, as texts. */
static void push_relations(lua_State *L, const medel_taxonomy *t, const char *rule)
{
    char text[512];
    lua_newtable(L);
    for (size_t i = 0; i < medel_taxonomy_relation_count(t); i++) {
        if (strcmp(medel_taxonomy_relation_says(t, i, text, sizeof text), rule) != 0)
            continue;
        lua_pushstring(L, text);
        lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    }
}

static void push_specs(lua_State *L, const medel_taxonomy *t)
{
    const medel_check_spec *checks;
    size_t n = medel_taxonomy_checks(t, &checks);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 6);
        const char *const *ledger = medel_taxonomy_ledger_tie(t, checks[i].id);
        if (ledger) {
            push_texts(L, ledger);
            lua_setfield(L, -2, "ledger");
        }
        push_relations(L, t, checks[i].id);
        lua_setfield(L, -2, "relations");
        set_text(L, "id", checks[i].id);
        set_text(L, "title", checks[i].title);
        set_text(L, "ground", checks[i].ground);
        set_text(L, "level", medel_level_name(checks[i].level));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

int lmedel_taxonomy_checks(lua_State *L)
{
    push_specs(L, lmedel_check_taxonomy(L, 1));
    return 1;
}

int lmedel_taxonomy_describe(lua_State *L)
{
    const medel_taxonomy *t = lmedel_check_taxonomy(L, 1);
    const medel_field *fields;
    lua_createtable(L, 0, 4);
    push_tables(L, t);
    lua_setfield(L, -2, "tables");
    push_concepts(L, t);
    lua_setfield(L, -2, "concepts");
    push_specs(L, t);
    lua_setfield(L, -2, "checks");
    size_t n = medel_taxonomy_fields(t, &fields);
    push_fields(L, fields, n);
    lua_setfield(L, -2, "fields");
    return 1;
}

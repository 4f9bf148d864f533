/* lmedel_taxonomy.c - the taxonomy as plain tables, for schema, documentation, lists. */
#include "lmedel.h"

#include <string.h>

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

static void push_field(lua_State *L, const medel_field *f)
{
    const medel_field *part;
    luaL_checkstack(L, 6, "fields");
    lua_createtable(L, 0, 8);
    lmedel_set_text(L, "name", medel_field_name(f));
    lmedel_set_text(L, "label", medel_field_label(f));
    lmedel_set_text(L, "law", medel_field_law(f));
    lmedel_set_text(L, "type", type_name(medel_field_type_of(f)));
    lmedel_set_text(L, "concept", medel_field_concept(f));
    lmedel_set_flag(L, "required", medel_field_required(f));
    if (medel_field_type_of(f) == MEDEL_FIELD_CHOICE) {
        push_texts(L, medel_field_values(f));
        lua_setfield(L, -2, "values");
    }
    if (!medel_field_at(f, 0))
        return;
    lua_newtable(L);
    for (size_t i = 0; (part = medel_field_at(f, i)); i++) {
        push_field(L, part);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "fields");
}

static void push_rows(lua_State *L, const medel_table_spec *t)
{
    const medel_row *r;
    lua_newtable(L);
    for (size_t i = 0; (r = medel_table_spec_row(t, i)); i++) {
        lua_createtable(L, 0, 12);
        lmedel_set_text(L, "id", medel_row_id(r));
        lmedel_set_text(L, "label", medel_row_label(r));
        lmedel_set_text(L, "under", medel_row_under(r));
        lmedel_set_text(L, "note", medel_row_note(r));
        lmedel_set_text(L, "rule", medel_row_rule(r));
        lmedel_set_text(L, "tie", medel_row_tie(r));
        lmedel_set_text(L, "balance", medel_row_balance(r));
        lmedel_set_text(L, "type", type_name(medel_row_type(r)));
        lmedel_set_flag(L, "memo", medel_row_memo(r));
        push_texts(L, medel_row_synonyms(r));
        lua_setfield(L, -2, "synonyms");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_columns(lua_State *L, const medel_table_spec *t)
{
    const medel_column *c;
    lua_newtable(L);
    for (size_t i = 0; (c = medel_table_spec_column(t, i)); i++) {
        lua_createtable(L, 0, 5);
        lmedel_set_text(L, "id", medel_column_id(c));
        lmedel_set_text(L, "label", medel_column_label(c));
        lmedel_set_text(L, "measure", medel_column_measure(c));
        lmedel_set_text(L, "variant", medel_variant_name(medel_column_variant(c)));
        lmedel_set_integer(L, "year", medel_column_year(c));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_tables(lua_State *L, const medel_taxonomy *t)
{
    const medel_table_spec *spec;
    lua_newtable(L);
    for (size_t i = 0; (spec = medel_taxonomy_table_at(t, i)); i++) {
        lua_createtable(L, 0, 8);
        lmedel_set_text(L, "id", medel_table_spec_id(spec));
        lmedel_set_text(L, "label", medel_table_spec_label(spec));
        lmedel_set_text(L, "part", medel_table_spec_part(spec));
        lmedel_set_text(L, "law", medel_table_spec_law(spec));
        lmedel_set_text(L, "note", medel_table_spec_note(spec));
        lmedel_set_flag(L, "by_year", medel_table_spec_by_year(spec));
        lmedel_set_flag(L, "period_header", medel_table_spec_period_header(spec));
        lmedel_set_flag(L, "date_header", medel_table_spec_date_header(spec));
        push_columns(L, spec);
        lua_setfield(L, -2, "columns");
        push_rows(L, spec);
        lua_setfield(L, -2, "rows");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_concepts(lua_State *L, const medel_taxonomy *t)
{
    const medel_concept *c;
    lua_newtable(L);
    for (size_t i = 0; (c = medel_taxonomy_concept_at(t, i)); i++) {
        lua_createtable(L, 0, 5);
        lmedel_set_text(L, "id", medel_concept_id(c));
        lmedel_set_text(L, "label", medel_concept_label(c));
        lmedel_set_text(L, "period", medel_concept_instant(c) ? "instant" : "duration");
        lmedel_set_text(L, "type", type_name(medel_concept_type(c)));
        lmedel_set_text(L, "rule", medel_concept_rule(c));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* What the relations of each check say, as texts: { check = { text ... } }. */
static void push_relations(lua_State *L, const medel_taxonomy *t)
{
    char text[512];
    lua_newtable(L);
    for (size_t i = 0; i < medel_taxonomy_relation_count(t); i++) {
        const char *rule = medel_taxonomy_relation_says(t, i, text, sizeof text);
        if (lua_getfield(L, -1, rule) == LUA_TNIL) {
            lua_pop(L, 1);
            lua_newtable(L);
            lua_pushvalue(L, -1);
            lua_setfield(L, -3, rule);
        }
        lua_pushstring(L, text);
        lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
        lua_pop(L, 1);
    }
}

static void push_specs(lua_State *L, const medel_taxonomy *t)
{
    const medel_check_spec *k;
    push_relations(L, t);
    const int relations = lua_gettop(L);
    lua_newtable(L);
    for (size_t i = 0; (k = medel_taxonomy_check_at(t, i)); i++) {
        const char *id = medel_check_spec_id(k);
        lua_createtable(L, 0, 6);
        const char *const *ledger = medel_taxonomy_ledger_tie(t, id);
        if (ledger) {
            push_texts(L, ledger);
            lua_setfield(L, -2, "ledger");
        }
        if (lua_getfield(L, relations, id) == LUA_TNIL) {
            lua_pop(L, 1);
            lua_newtable(L);
        }
        lua_setfield(L, -2, "relations");
        lmedel_set_text(L, "id", id);
        lmedel_set_text(L, "title", medel_check_spec_title(k));
        lmedel_set_text(L, "ground", medel_check_spec_ground(k));
        lmedel_set_text(L, "level", medel_level_name(medel_check_spec_level(k)));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_remove(L, relations);
}

int lmedel_taxonomy_checks(lua_State *L)
{
    push_specs(L, lmedel_check_taxonomy(L, 1));
    return 1;
}

int lmedel_taxonomy_describe(lua_State *L)
{
    const medel_taxonomy *t = lmedel_check_taxonomy(L, 1);
    const medel_field *f;
    lua_createtable(L, 0, 4);
    push_tables(L, t);
    lua_setfield(L, -2, "tables");
    push_concepts(L, t);
    lua_setfield(L, -2, "concepts");
    push_specs(L, t);
    lua_setfield(L, -2, "checks");
    lua_newtable(L);
    for (size_t i = 0; (f = medel_taxonomy_field_at(t, i)); i++) {
        push_field(L, f);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "fields");
    return 1;
}

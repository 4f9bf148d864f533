/* lmedel_fact.c - the class fact: one printed figure. */
#include "lmedel_view.h"

#include <string.h>

void lmedel_push_fact(lua_State *L, const medel_fact *f, int owner)
{
    owner = lua_absindex(L, owner);
    lmedel_fact_box *b = lua_newuserdatauv(L, sizeof *b, 1);
    b->fact = f;
    b->report = NULL;
    lua_pushvalue(L, owner);
    lua_setiuservalue(L, -2, 1);
    lmedel_report_box *box = lmedel_test(L, owner, &lmedel_report_class);
    b->report = box ? box->report : NULL;
    lmedel_set_class(L, &lmedel_fact_class);
}

const medel_fact *lmedel_test_fact(lua_State *L, int arg)
{
    lmedel_fact_box *b = lmedel_test(L, arg, &lmedel_fact_class);
    return b ? b->fact : NULL;
}

void lmedel_push_places(lua_State *L, const int *places, size_t n)
{
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_pushinteger(L, places[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

const char *lmedel_figure_state_name(medel_figure_state s)
{
    static const char *const names[] = { "value", "dash", "blank", "computed",
                                         "untyped" };
    return names[s];
}

static bool push_fact_text(lua_State *L, const lmedel_fact_box *b, const char *key)
{
    const medel_fact *f = b->fact;
    const struct {
        const char *key, *value;
    } texts[] = {
        { "label", f->label },
        { "table", f->table },
        { "item", f->item },
        { "row", f->row },
        { "column", f->column },
        { "measure", f->measure },
        { "dimension", f->dimension },
        { "text", f->text },
        { "file", f->file },
        { "variant", medel_variant_name(f->variant) },
        { "state", lmedel_figure_state_name(f->state) },
        { "unit", medel_unit_name(f->unit) },
        { "concept", f->concept_ref ? medel_concept_id(f->concept_ref) : NULL },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(texts[i].key, key) == 0) {
            lua_pushstring(L, texts[i].value);
            return true;
        }
    }
    return false;
}

static bool push_fact_number(lua_State *L, const medel_fact *f, const char *key)
{
    const struct {
        const char *key;
        lua_Integer value;
    } numbers[] = {
        { "year", f->year },
        { "line", f->line },
        { "col", f->col },
        { "decimals", f->decimals },
        { "index", (lua_Integer)f->index },
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(numbers[i].key, key) == 0) {
            lua_pushinteger(L, numbers[i].value);
            return true;
        }
    }
    return false;
}

/* Where it stands, or what it is called: a label may be of any length. */
static void push_words(lua_State *L, const lmedel_fact_box *b, bool where)
{
    luaL_Buffer words;
    if (where && !b->report) {
        lua_pushliteral(L, "");
        return;
    }
    const size_t size =
        1
        + (where ? medel_fact_where(b->report, b->fact, MEDEL_IN_TABLE, NULL, 0)
                 : medel_fact_name(b->fact, NULL, 0));
    char *p = luaL_buffinitsize(L, &words, size);
    if (where)
        medel_fact_where(b->report, b->fact, MEDEL_IN_TABLE, p, size);
    else
        medel_fact_name(b->fact, p, size);
    luaL_pushresultsize(&words, size - 1);
}

int lmedel_fact_index(lua_State *L)
{
    static const char *const qualifiers[] = { NULL,     "ca",    "drygt",
                                              "knappt", "minst", "över",
                                              "högst",  "under", "intervall" };
    const lmedel_fact_box *b = lmedel_check(L, 1, &lmedel_fact_class);
    const char *key = luaL_checkstring(L, 2);
    char place[64];
    if (strcmp(key, "text") == 0 || strcmp(key, "printed") == 0)
        lmedel_touch_fact(L, b->fact);
    if (push_fact_text(L, b, key) || push_fact_number(L, b->fact, key))
        return 1;
    if (strcmp(key, "qualifier") == 0) {
        lua_pushstring(L, qualifiers[b->fact->qualifier]);
    } else if (strcmp(key, "in_text") == 0) {
        lua_pushboolean(L, b->fact->in_text);
    } else if (strcmp(key, "places") == 0) {
        lmedel_push_places(L, b->fact->places, b->fact->nplaces);
    } else if (strcmp(key, "place") == 0) {
        place[0] = '\0';
        if (b->report)
            medel_fact_place(b->report, b->fact, place, sizeof place);
        lua_pushstring(L, place);
    } else if (strcmp(key, "where") == 0 || strcmp(key, "name") == 0) {
        push_words(L, b, *key == 'w');
    } else if (strcmp(key, "value") == 0 || strcmp(key, "printed") == 0) {
        lua_getiuservalue(L, 1, 1);
        if (strcmp(key, "value") == 0) {
            lmedel_push_fact_quantity(L, b->fact, false, -1);
        } else {
            medel_node *n = lmedel_new_quantity(L, 0);
            n->quantity = b->fact->printed;
        }
    } else {
        return lmedel_unknown(L, "field of a fact", key, NULL);
    }
    return 1;
}

static const lmedel_property fact_properties[] = {
    { "name", "string", "What it is called: `Summa, netto 2022`." },
    { "where", "string", "Where it stands, in words: `not 5, rad 1135`." },
    { "label", "string", "What it is, as printed." },
    { "text", "string|nil", "As typed; nil when computed." },
    { "value", "quantity", "Its value, with the usual sign of its table." },
    { "printed", "quantity", "Its value with the printed sign." },
    { "state", "string", "`value`, `dash`, `blank` or `computed`." },
    { "table", "string", "Table or section." },
    { "item", "string|nil", "Record in the section." },
    { "row", "string", "Row or field." },
    { "column", "string|nil", "Column." },
    { "measure", "string|nil", "What a named column measures." },
    { "dimension", "string|nil", "Whose figure it is, when not the förbund's." },
    { "concept", "string|nil", "The concept it is a print of." },
    { "year", "integer", "Year." },
    { "variant", "string", "`utfall`, `budget` or `prognos`." },
    { "unit", "string", "Unit as printed." },
    { "decimals", "integer", "Decimals as printed." },
    { "qualifier", "string|nil",
      "`ca`, `drygt`, `knappt`, `minst`, `över`, `högst`, `under` or `intervall`." },
    { "in_text", "boolean", "In running text, not in a table?" },
    { "file", "string", "File." },
    { "line", "integer", "Line in the file." },
    { "col", "integer", "Column in the file." },
    { "place", "string", "Place in the document: `rad 1135`." },
    { "places", "integer[]", "The same as numbers." },
    { "index", "integer", "Its number in the report." },
    { NULL, NULL, NULL }
};

const lmedel_class lmedel_fact_class = { "medel.fact", "One printed figure.", NULL,
                                         fact_properties };

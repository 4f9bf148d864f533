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

/* The fields of a fact, in the order of their names. */
static const char *const fields[] = {
    "col",    "column",  "concept",   "decimals", "dimension", "file",  "in_text",
    "index",  "item",    "label",     "line",     "measure",   "name",  "place",
    "places", "printed", "qualifier", "row",      "state",     "table", "text",
    "unit",   "value",   "variant",   "where",    "year",      NULL
};
enum {
    COL,
    COLUMN,
    CONCEPT,
    DECIMALS,
    DIMENSION,
    FILE_,
    IN_TEXT,
    INDEX,
    ITEM,
    LABEL,
    LINE,
    MEASURE,
    NAME,
    PLACE,
    PLACES,
    PRINTED,
    QUALIFIER,
    ROW,
    STATE,
    TABLE,
    TEXT,
    UNIT,
    VALUE,
    VARIANT,
    WHERE,
    YEAR
};

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

static void push_place(lua_State *L, const lmedel_fact_box *b)
{
    char place[64] = "";
    if (b->report)
        medel_fact_place(b->report, b->fact, place, sizeof place);
    lua_pushstring(L, place);
}

int lmedel_fact_index(lua_State *L)
{
    static const char *const qualifiers[] = { NULL,     "ca",    "drygt",
                                              "knappt", "minst", "över",
                                              "högst",  "under", "intervall" };
    const lmedel_fact_box *b = lmedel_check_same(L, 1, &lmedel_fact_class);
    const medel_fact *f = b->fact;
    const char *key = luaL_checkstring(L, 2);
    const int field = lmedel_named(fields, key);
    if (field == TEXT || field == PRINTED)
        lmedel_touch_fact(L, f);
    switch (field) {
    case LABEL: lua_pushstring(L, f->label); break;
    case TABLE: lua_pushstring(L, f->table); break;
    case ITEM: lua_pushstring(L, f->item); break;
    case ROW: lua_pushstring(L, f->row); break;
    case COLUMN: lua_pushstring(L, f->column); break;
    case MEASURE: lua_pushstring(L, f->measure); break;
    case DIMENSION: lua_pushstring(L, f->dimension); break;
    case TEXT: lua_pushstring(L, f->text); break;
    case FILE_: lua_pushstring(L, f->file); break;
    case VARIANT: lua_pushstring(L, medel_variant_name(f->variant)); break;
    case STATE: lua_pushstring(L, lmedel_figure_state_name(f->state)); break;
    case UNIT: lua_pushstring(L, medel_unit_name(f->unit)); break;
    case CONCEPT:
        lua_pushstring(L, f->concept_ref ? medel_concept_id(f->concept_ref) : NULL);
        break;
    case YEAR: lua_pushinteger(L, f->year); break;
    case LINE: lua_pushinteger(L, f->line); break;
    case COL: lua_pushinteger(L, f->col); break;
    case DECIMALS: lua_pushinteger(L, f->decimals); break;
    case INDEX: lua_pushinteger(L, (lua_Integer)f->index); break;
    case QUALIFIER: lua_pushstring(L, qualifiers[f->qualifier]); break;
    case IN_TEXT: lua_pushboolean(L, f->in_text); break;
    case PLACES: lmedel_push_places(L, f->places, f->nplaces); break;
    case PLACE: push_place(L, b); break;
    case WHERE:
    case NAME: push_words(L, b, field == WHERE); break;
    case VALUE:
        lua_getiuservalue(L, 1, 1);
        lmedel_push_fact_quantity(L, f, false, -1);
        break;
    case PRINTED: lmedel_new_quantity(L, 0)->quantity = f->printed; break;
    default: return lmedel_unknown(L, "field of a fact", key, NULL);
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

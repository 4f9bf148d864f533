/*
 * lmedel_report.c - reports as scripts see them: a view of one year and variant,
 * its tables, their rows, and facts.  Everything anchors the report's box.
 */
#include "lmedel.h"

#include <string.h>

typedef struct view {
    const medel_report *report;
    int year;
    medel_variant variant;
} view;

typedef struct table_view {
    view of;
    const medel_table *table;
} table_view;

typedef struct row_view {
    table_view in;
    const medel_table_row *row; /* NULL: a subtotal that is not printed */
    const medel_row *spec;
} row_view;

typedef struct fact_box {
    const medel_report *report;
    const medel_fact *fact;
} fact_box;

/* ---- the boxes that own ---- */

const medel_taxonomy *lmedel_check_taxonomy(lua_State *L, int arg)
{
    lmedel_taxonomy_box *b = luaL_checkudata(L, arg, LMEDEL_TAXONOMY);
    if (!b->taxonomy)
        luaL_argerror(L, arg, "the taxonomy did not load");
    return b->taxonomy;
}

static int taxonomy_gc(lua_State *L)
{
    lmedel_taxonomy_box *b = luaL_checkudata(L, 1, LMEDEL_TAXONOMY);
    medel_taxonomy_free(b->taxonomy);
    b->taxonomy = NULL;
    return 0;
}

static int report_gc(lua_State *L)
{
    lmedel_report_box *b = luaL_checkudata(L, 1, LMEDEL_REPORT);
    if (!b->borrowed)
        medel_report_free(b->report);
    b->report = NULL;
    return 0;
}

void lmedel_push_borrowed_report(lua_State *L, const medel_report *r)
{
    lmedel_report_box *b = lua_newuserdatauv(L, sizeof *b, 1);
    union {
        const medel_report *in;
        medel_report *out;
    } u = { r };
    b->report = u.out;
    b->borrowed = true;
    luaL_setmetatable(L, LMEDEL_REPORT);
}

const medel_report *lmedel_report_of(lua_State *L, int arg, bool push)
{
    static const char *const classes[] = { LMEDEL_VIEW, LMEDEL_TABLE, LMEDEL_ROW,
                                           LMEDEL_FACT, NULL };
    for (int i = 0; classes[i]; i++) {
        if (!luaL_testudata(L, arg, classes[i]))
            continue;
        lua_getiuservalue(L, arg, 1);
        lmedel_report_box *b = luaL_checkudata(L, -1, LMEDEL_REPORT);
        if (!b->report)
            luaL_argerror(L, arg, "the report is closed");
        if (!push)
            lua_pop(L, 1);
        return b->report;
    }
    luaL_typeerror(L, arg, "report");
    return NULL;
}

/* ---- what was looked up before ---- */

/* A report does not change, so user value 2 keeps what a name was resolved to; false
   stands for nil.  A remembered figure is noted as read all the same. */
static int remembered(lua_State *L, lua_CFunction lookup)
{
    lua_settop(L, 2);
    if (lua_getiuservalue(L, 1, 2) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setiuservalue(L, 1, 2);
    }
    lua_pushvalue(L, 2);
    int type = lua_rawget(L, 3);
    if (type == LUA_TBOOLEAN)
        return 0;
    if (type != LUA_TNIL) {
        medel_node *n = type == LUA_TUSERDATA ? lmedel_test_quantity(L, -1) : NULL;
        if (n && n->fact)
            lmedel_note_fact(L, n->fact);
        return 1;
    }
    lua_replace(L, 3); /* nil */
    lua_settop(L, 2);
    int found = lookup(L);
    if (found && lua_isboolean(L, -1))
        return found; /* not kept: false stands for nil */
    lua_getiuservalue(L, 1, 2);
    lua_pushvalue(L, 2);
    if (found)
        lua_pushvalue(L, -3);
    else
        lua_pushboolean(L, 0);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    return found;
}

/* ---- facts ---- */

void lmedel_push_fact(lua_State *L, const medel_fact *f, int owner)
{
    owner = lua_absindex(L, owner);
    fact_box *b = lua_newuserdatauv(L, sizeof *b, 1);
    b->fact = f;
    b->report = NULL;
    lua_pushvalue(L, owner);
    lua_setiuservalue(L, -2, 1);
    lmedel_report_box *box = luaL_testudata(L, owner, LMEDEL_REPORT);
    b->report = box ? box->report : NULL;
    luaL_setmetatable(L, LMEDEL_FACT);
}

const medel_fact *lmedel_test_fact(lua_State *L, int arg)
{
    fact_box *b = luaL_testudata(L, arg, LMEDEL_FACT);
    return b ? b->fact : NULL;
}

static void push_places(lua_State *L, const int *places, size_t n)
{
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_pushinteger(L, places[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static const char *state_name(medel_figure_state s)
{
    static const char *const names[] = { "value", "dash", "blank", "computed" };
    return names[s];
}

static bool push_fact_text(lua_State *L, const fact_box *b, const char *key)
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
        { "state", state_name(f->state) },
        { "unit", medel_unit_name(f->unit) },
        { "concept", f->concept ? f->concept->id : NULL },
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

static int fact_index(lua_State *L)
{
    static const char *const qualifiers[] = { NULL, "ca", "drygt", "knappt", "minst" };
    const fact_box *b = luaL_checkudata(L, 1, LMEDEL_FACT);
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
        push_places(L, b->fact->places, b->fact->nplaces);
    } else if (strcmp(key, "place") == 0) {
        place[0] = '\0';
        if (b->report)
            medel_fact_place(b->report, b->fact, place, sizeof place);
        lua_pushstring(L, place);
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

/* ---- rows ---- */

static void push_row(lua_State *L, const table_view *t, const medel_table_row *row,
                     const medel_row *spec, int owner)
{
    owner = lua_absindex(L, owner);
    row_view *r = lua_newuserdatauv(L, sizeof *r, 1);
    r->in = *t;
    r->row = row;
    r->spec = spec;
    luaL_setmetatable(L, LMEDEL_ROW);
    lua_pushvalue(L, owner);
    lua_setiuservalue(L, -2, 1);
}

/* A column by its name in this year: "netto", "budget", or "belopp" in a table whose
   columns are years. */
static bool column_of(const row_view *r, const char *key, const char **measure,
                      medel_variant *variant)
{
    const medel_table_spec *spec = r->in.table->spec;
    *variant = r->in.of.variant;
    *measure = NULL;
    if (spec->by_year)
        return strcmp(key, "belopp") == 0;
    for (size_t i = 0; i < spec->ncolumns; i++) {
        if (spec->columns[i].year == 0 && strcmp(spec->columns[i].id, key) == 0) {
            *measure = spec->columns[i].measure;
            if (spec->columns[i].variant != MEDEL_VARIANT_UTFALL)
                *variant = spec->columns[i].variant;
            return true;
        }
    }
    return false;
}

static const medel_fact *row_cell(const row_view *r, const char *measure,
                                  medel_variant variant)
{
    return medel_report_cell(r->in.of.report, r->in.table, r->spec->id, measure,
                             r->in.of.year, variant);
}

static bool usable(const medel_fact *f)
{
    return f
           && (f->state == MEDEL_FIGURE_VALUE || f->state == MEDEL_FIGURE_COMPUTED);
}

static int row_fact(lua_State *L)
{
    const row_view *r = luaL_checkudata(L, 1, LMEDEL_ROW);
    const char *key = luaL_optstring(L, 2, "belopp"), *measure;
    medel_variant variant;
    if (!column_of(r, key, &measure, &variant))
        return lmedel_unknown(L, "column", key, NULL);
    const medel_fact *f = row_cell(r, measure, variant);
    if (!f)
        return 0;
    lmedel_report_of(L, 1, true);
    lmedel_push_fact(L, f, -1);
    return 1;
}

static const lmedel_function row_methods[] = {
    { "fact", row_fact, "(self: row, column?: string): fact|nil",
      "The cell of a column (`netto`, `budget` ..., or `belopp` in a table by years) as "
      "a fact, also when it is a dash." },
    { NULL, NULL, NULL, NULL }
};

static bool push_row_text(lua_State *L, const row_view *r, const char *key)
{
    if (strcmp(key, "id") == 0)
        lua_pushstring(L, r->spec->id);
    else if (strcmp(key, "label") == 0)
        lua_pushstring(L, r->row ? r->row->label : r->spec->label);
    else if (strcmp(key, "usual_label") == 0)
        lua_pushstring(L, r->spec->label);
    else if (strcmp(key, "under") == 0)
        lua_pushstring(L, r->spec->under);
    else if (strcmp(key, "balance") == 0)
        lua_pushstring(L, r->spec->balance);
    else if (strcmp(key, "note") == 0)
        lua_pushstring(L, r->row ? r->row->note : NULL);
    else if (strcmp(key, "own") == 0)
        lua_pushboolean(L, r->spec->own);
    else if (strcmp(key, "printed") == 0)
        lua_pushboolean(L, r->row != NULL);
    else if (strcmp(key, "line") == 0)
        lua_pushinteger(L, r->row ? r->row->line : r->in.table->line);
    else if (strcmp(key, "synonyms") == 0) {
        lua_newtable(L);
        for (int i = 0; r->spec->synonyms && r->spec->synonyms[i]; i++) {
            lua_pushstring(L, r->spec->synonyms[i]);
            lua_rawseti(L, -2, i + 1);
        }
    } else
        return false;
    return true;
}

static int row_index(lua_State *L)
{
    const row_view *r = luaL_checkudata(L, 1, LMEDEL_ROW);
    const char *key = luaL_checkstring(L, 2), *measure;
    medel_variant variant;
    if (column_of(r, key, &measure, &variant)) {
        const medel_fact *f = row_cell(r, measure, variant);
        if (!usable(f))
            return 0;
        lmedel_report_of(L, 1, true);
        lmedel_push_fact_quantity(L, f, false, -1);
        return 1;
    }
    if (push_row_text(L, r, key) || lmedel_push_method(L, LMEDEL_ROW, 2))
        return 1;
    return lmedel_unknown(L, "column of a row", key, NULL);
}

/* ---- tables ---- */

static const medel_row *spec_row(const medel_table *t, const char *id,
                                 const medel_table_row **printed)
{
    *printed = NULL;
    for (size_t i = 0; i < t->nrows; i++) {
        if (strcmp(t->rows[i].spec->id, id) == 0) {
            *printed = &t->rows[i];
            return t->rows[i].spec;
        }
    }
    for (size_t i = 0; i < t->spec->nrows; i++) {
        if (strcmp(t->spec->rows[i]->id, id) == 0)
            return t->spec->rows[i];
    }
    return NULL;
}

static int next_row(lua_State *L)
{
    const table_view *t = lua_touserdata(L, lua_upvalueindex(1));
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
    if ((size_t)i >= t->table->nrows)
        return 0;
    lua_pushinteger(L, i + 1);
    lua_replace(L, lua_upvalueindex(2));
    lua_getiuservalue(L, lua_upvalueindex(1), 1);
    push_row(L, t, &t->table->rows[i], t->table->rows[i].spec, -1);
    return 1;
}

static int table_rows(lua_State *L)
{
    luaL_checkudata(L, 1, LMEDEL_TABLE);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_row, 2);
    return 1;
}

static int next_usual_row(lua_State *L)
{
    const table_view *t = lua_touserdata(L, lua_upvalueindex(1));
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
    if ((size_t)i >= t->table->spec->nrows)
        return 0;
    const medel_row *spec = t->table->spec->rows[i];
    const medel_table_row *printed;
    lua_pushinteger(L, i + 1);
    lua_replace(L, lua_upvalueindex(2));
    lua_getiuservalue(L, lua_upvalueindex(1), 1);
    spec = spec_row(t->table, spec->id, &printed);
    push_row(L, t, printed, spec, -1);
    return 1;
}

static int table_usual_rows(lua_State *L)
{
    luaL_checkudata(L, 1, LMEDEL_TABLE);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_usual_row, 2);
    return 1;
}

static int table_row(lua_State *L)
{
    const table_view *t = luaL_checkudata(L, 1, LMEDEL_TABLE);
    const medel_table_row *printed;
    const medel_row *spec = spec_row(t->table, luaL_checkstring(L, 2), &printed);
    if (!spec)
        return lmedel_unknown(L, "row", lua_tostring(L, 2), NULL);
    if (!printed)
        return 0;
    lmedel_report_of(L, 1, true);
    push_row(L, t, printed, spec, -1);
    return 1;
}

static int table_columns(lua_State *L)
{
    const table_view *t = luaL_checkudata(L, 1, LMEDEL_TABLE);
    lua_createtable(L, (int)t->table->ncolumns, 0);
    for (size_t i = 0; i < t->table->ncolumns; i++) {
        const medel_table_column *c = &t->table->columns[i];
        lua_createtable(L, 0, 9);
        lua_pushinteger(L, t->table->line);
        lua_setfield(L, -2, "line");
        lua_pushinteger(L, t->table->col);
        lua_setfield(L, -2, "col");
        lua_pushstring(L, t->table->spec->id);
        lua_setfield(L, -2, "table");
        lua_pushstring(L, c->id);
        lua_setfield(L, -2, "id");
        lua_pushstring(L, c->header);
        lua_setfield(L, -2, "header");
        lua_pushstring(L, c->measure);
        lua_setfield(L, -2, "measure");
        lua_pushinteger(L, c->year);
        lua_setfield(L, -2, "year");
        lua_pushstring(L, medel_variant_name(c->variant));
        lua_setfield(L, -2, "variant");
        push_places(L, c->places, c->nplaces);
        lua_setfield(L, -2, "places");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static const lmedel_function table_methods[] = {
    { "columns", table_columns, "(self: statement): table[]",
      "The columns: { id, header, measure, year, variant, places, table, line, "
      "col }." },
    { "row", table_row, "(self: statement, id: string): row|nil",
      "A printed row, nil when the table does not print it." },
    { "rows", table_rows, "(self: statement): fun(): row",
      "Iterate over the printed rows, in printed order." },
    { "usual_rows", table_usual_rows, "(self: statement): fun(): row",
      "Iterate over the rows that the taxonomy has for the table, in its order, printed "
      "or not." },
    { NULL, NULL, NULL, NULL }
};

static const lmedel_property table_properties[] = {
    { "id_", "string", "Its name: `resultatrakning`, `not_intakter`." },
    { "heading_", "string|nil", "The heading as printed." },
    { "number_", "string|nil", "The number of a note." },
    { "printed_unit_", "string|nil", "What the print says about its unit." },
    { "unit_", "string", "`kr`, `tkr` or `mnkr`: what the figures are in." },
    { "printed_headers_", "boolean", "Does the file give the printed headers?" },
    { "period_header_", "boolean", "Should its columns be headed by a period?" },
    { "date_header_", "boolean", "Should its columns be headed by a balance date?" },
    { "line_", "integer", "Its line in the file." },
    { "label_", "string", "Its label in the taxonomy." },
    { "place_", "string", "What a sentence calls it: `balansräkningen`, `not 5`." },
    { NULL, NULL, NULL }
};

/* About the table itself: names that end in _, so that no row can be hidden. */
static bool push_table_property(lua_State *L, const medel_table *t, const char *key)
{
    if (strcmp(key, "id_") == 0)
        lua_pushstring(L, t->spec->id);
    else if (strcmp(key, "heading_") == 0)
        lua_pushstring(L, t->heading);
    else if (strcmp(key, "number_") == 0)
        lua_pushstring(L, t->number);
    else if (strcmp(key, "printed_unit_") == 0)
        lua_pushstring(L, t->printed_unit);
    else if (strcmp(key, "unit_") == 0)
        lua_pushstring(L, medel_unit_name(t->unit));
    else if (strcmp(key, "printed_headers_") == 0)
        lua_pushboolean(L, t->printed_headers);
    else if (strcmp(key, "period_header_") == 0)
        lua_pushboolean(L, t->spec->period_header);
    else if (strcmp(key, "date_header_") == 0)
        lua_pushboolean(L, t->spec->date_header);
    else if (strcmp(key, "line_") == 0)
        lua_pushinteger(L, t->line);
    else if (strcmp(key, "label_") == 0)
        lua_pushstring(L, t->spec->label);
    else if (strcmp(key, "place_") == 0 && t->number)
        lua_pushfstring(L, "not %s", t->number);
    else if (strcmp(key, "place_") == 0)
        lua_pushstring(L, t->spec->place ? t->spec->place : t->spec->label);
    else
        return false;
    return true;
}

static int unknown_row(lua_State *L, const table_view *t, const char *key)
{
    const char *near = medel_taxonomy_suggest(medel_report_taxonomy(t->of.report), key);
    const medel_table_row *printed;
    if (near && !spec_row(t->table, near, &printed))
        near = NULL;
    lua_pushfstring(L, "row in %s", t->table->spec->id);
    return lmedel_unknown(L, lua_tostring(L, -1), key, near);
}

static int table_lookup(lua_State *L)
{
    const table_view *t = luaL_checkudata(L, 1, LMEDEL_TABLE);
    const char *key = luaL_checkstring(L, 2);
    const medel_table_row *printed;
    const medel_row *spec = spec_row(t->table, key, &printed);
    if (!spec) {
        if (push_table_property(L, t->table, key)
            || lmedel_push_method(L, LMEDEL_TABLE, 2))
            return 1;
        return unknown_row(L, t, key);
    }
    lmedel_report_of(L, 1, true);
    if (!t->table->spec->by_year) {
        push_row(L, t, printed, spec, -1);
        return 1;
    }
    const medel_fact *f = medel_report_cell(t->of.report, t->table, key, NULL,
                                            t->of.year, t->of.variant);
    if (!usable(f))
        return 0;
    lmedel_push_fact_quantity(L, f, false, -1);
    return 1;
}

static int table_index(lua_State *L)
{
    return remembered(L, table_lookup);
}

static void push_table(lua_State *L, const view *v, const medel_table *t, int owner)
{
    owner = lua_absindex(L, owner);
    table_view *tv = lua_newuserdatauv(L, sizeof *tv, 2);
    tv->of = *v;
    tv->table = t;
    luaL_setmetatable(L, LMEDEL_TABLE);
    lua_pushvalue(L, owner);
    lua_setiuservalue(L, -2, 1);
}

bool lmedel_part_place(lua_State *L, int arg, lmedel_place *out)
{
    const row_view *r = luaL_testudata(L, arg, LMEDEL_ROW);
    const table_view *tv = r ? &r->in : luaL_testudata(L, arg, LMEDEL_TABLE);
    if (!tv)
        return false;
    const medel_table *t = tv->table;
    *out = (lmedel_place){ t->spec->id, t->line, t->col, t->places, t->nplaces };
    if (r && r->row)
        *out = (lmedel_place){ t->spec->id, r->row->line, r->row->col, r->row->places,
                               r->row->nplaces };
    return true;
}

/* ---- views ---- */

void lmedel_push_view(lua_State *L, int owner, int year, medel_variant variant)
{
    owner = lua_absindex(L, owner);
    lmedel_report_box *b = luaL_checkudata(L, owner, LMEDEL_REPORT);
    view *v = lua_newuserdatauv(L, sizeof *v, 2);
    v->report = b->report;
    v->year = year;
    v->variant = variant;
    luaL_setmetatable(L, LMEDEL_VIEW);
    lua_pushvalue(L, owner);
    lua_setiuservalue(L, -2, 1);
}

medel_report *lmedel_check_view(lua_State *L, int arg, int *year, medel_variant *variant)
{
    view *v = luaL_checkudata(L, arg, LMEDEL_VIEW);
    lua_getiuservalue(L, arg, 1);
    lmedel_report_box *b = luaL_checkudata(L, -1, LMEDEL_REPORT);
    lua_pop(L, 1);
    if (!b->report)
        luaL_argerror(L, arg, "the report is closed");
    *year = v->year;
    *variant = v->variant;
    return b->report;
}

static int view_year(lua_State *L)
{
    view *v = luaL_checkudata(L, 1, LMEDEL_VIEW);
    lua_Integer year = luaL_checkinteger(L, 2);
    luaL_argcheck(L, year >= 1990 && year <= 2100, 2, "a year, 1990 to 2100");
    lmedel_report_of(L, 1, true);
    lmedel_push_view(L, -1, (int)year, v->variant);
    return 1;
}

static bool matches(lua_State *L, int filter, const char *key, const char *value)
{
    bool ok = lua_getfield(L, filter, key) == LUA_TNIL
              || (value && lua_type(L, -1) == LUA_TSTRING
                  && strcmp(lua_tostring(L, -1), value) == 0);
    lua_pop(L, 1);
    return ok;
}

static int view_facts(lua_State *L)
{
    view *v = luaL_checkudata(L, 1, LMEDEL_VIEW);
    if (lua_isnoneornil(L, 2)) {
        lua_settop(L, 1);
        lua_newtable(L);
    }
    luaL_checktype(L, 2, LUA_TTABLE);
    const medel_fact *const *facts;
    size_t n = medel_report_facts(v->report, &facts);
    lmedel_report_of(L, 1, true);
    int owner = lua_gettop(L);
    lua_newtable(L);
    lua_Integer out = 0;
    for (size_t i = 0; i < n; i++) {
        const medel_fact *f = facts[i];
        bool year_ok = lua_getfield(L, 2, "year") == LUA_TNIL
                       || lua_tointeger(L, -1) == f->year;
        lua_pop(L, 1);
        if (!year_ok || !matches(L, 2, "table", f->table)
            || !matches(L, 2, "row", f->row) || !matches(L, 2, "item", f->item)
            || !matches(L, 2, "state", state_name(f->state))
            || !matches(L, 2, "variant", medel_variant_name(f->variant))
            || !matches(L, 2, "concept", f->concept ? f->concept->id : NULL))
            continue;
        lmedel_push_fact(L, f, owner);
        lua_rawseti(L, -2, ++out);
    }
    return 1;
}

static int view_tables(lua_State *L)
{
    view *v = luaL_checkudata(L, 1, LMEDEL_VIEW);
    const medel_table *tables;
    size_t n = medel_report_tables(v->report, &tables);
    lmedel_report_of(L, 1, true);
    int owner = lua_gettop(L);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        push_table(L, v, &tables[i], owner);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int view_get(lua_State *L)
{
    luaL_checkudata(L, 1, LMEDEL_VIEW);
    return lmedel_push_path(L, 1, luaL_checkstring(L, 2));
}

static int view_state(lua_State *L)
{
    view *v = luaL_checkudata(L, 1, LMEDEL_VIEW);
    const char *path = luaL_checkstring(L, 2), *dot = strchr(path, '.');
    if (!dot)
        return luaL_argerror(L, 2, "table.row or table.row.column");
    lua_pushlstring(L, path, (size_t)(dot - path));
    const medel_table *t = medel_report_table(v->report, lua_tostring(L, -1));
    const char *second = strchr(dot + 1, '.');
    lua_pushlstring(L, dot + 1, second ? (size_t)(second - dot) - 1 : strlen(dot + 1));
    const char *row = lua_tostring(L, -1);
    if (!medel_taxonomy_table(medel_report_taxonomy(v->report), lua_tostring(L, -2)))
        return lmedel_unknown(L, "table", lua_tostring(L, -2), NULL);
    const medel_table_row *printed;
    if (!t)
        return 0;
    const medel_row *spec = spec_row(t, row, &printed);
    if (!spec)
        return lmedel_unknown(L, "row", row, NULL);
    row_view r = { { *v, t }, printed, spec };
    const char *measure;
    medel_variant variant;
    if (!column_of(&r, second ? second + 1 : "belopp", &measure, &variant))
        return lmedel_unknown(L, "column", second ? second + 1 : "", NULL);
    const medel_fact *f = row_cell(&r, measure, variant);
    lua_pushstring(L, f ? state_name(f->state) : NULL);
    return 1;
}

static bool narrower(const medel_fact *a, const medel_fact *b)
{
    const medel_fact *const facts[2] = { a, b };
    medel_quantity width[2];
    int order = 0;
    for (int i = 0; i < 2; i++) {
        const medel_quantity *q = &facts[i]->value;
        const medel_quantity low = { q->low, q->low, q->low, q->dimension };
        const medel_quantity high = { q->high, q->high, q->high, q->dimension };
        if (medel_quantity_sub(&width[i], &high, &low) != MEDEL_OK)
            return false;
    }
    return medel_quantity_compare(&order, &width[0], &width[1]) == MEDEL_OK && order < 0;
}

static bool same_amount(const medel_fact *a, const medel_fact *b)
{
    medel_quantity other = b->value;
    medel_agreement agreement;
    return (a->sign == b->sign || medel_quantity_neg(&other, &other) == MEDEL_OK)
           && medel_quantity_agree(&agreement, &a->value, &other) == MEDEL_OK
           && agreement == MEDEL_AGREE;
}

static int view_precise(lua_State *L)
{
    view *v = luaL_checkudata(L, 1, LMEDEL_VIEW);
    const char *key = luaL_checkstring(L, 2);
    const medel_taxonomy *t = medel_report_taxonomy(v->report);
    const medel_concept *concept = medel_taxonomy_concept(t, key);
    if (!concept)
        return lmedel_unknown(L, "concept", key, medel_taxonomy_suggest(t, key));
    const medel_fact *usual =
        medel_report_concept(v->report, concept, v->year, v->variant);
    const medel_fact *best = usual, *const *facts;
    if (!usual)
        return 0;
    size_t n = medel_report_facts(v->report, &facts);
    for (size_t i = 0; i < n; i++) {
        const medel_fact *f = facts[i];
        if (f->concept == concept)
            lmedel_touch_fact(L, f);
        if (f->concept == concept && f->year == v->year && f->variant == v->variant
            && !f->dimension && !f->qualifier && usable(f) && same_amount(f, usual)
            && narrower(f, best))
            best = f;
    }
    lmedel_report_of(L, 1, true);
    lmedel_push_fact_quantity(L, best, true, -1);
    return 1;
}

static const lmedel_function view_methods[] = {
    { "facts", view_facts, "(self: report, filter?: table): fact[]",
      "Every figure of the report, in the order of the file, where `table`, `row`, "
      "`item`, `concept`, `variant`, `state` and `year` are as the filter says." },
    { "get", view_get, "(self: report, path: string): any",
      "What a dotted path names: `get(\"foregaende.balansrakning.fordringar\")`." },
    { "precise", view_precise, "(self: report, concept: string): quantity|nil",
      "A concept where it is printed most precisely: in kr in the text, where the table "
      "rounds to tkr. A print that disagrees with the usual place is left aside." },
    { "state", view_state, "(self: report, path: string): string|nil",
      "How `table.row` or `table.row.column` is printed: `value`, `dash`, `blank`, "
      "`computed`; nil when it is not printed at all." },
    { "tables", view_tables, "(self: report): statement[]",
      "The tables and notes, in the order of the file." },
    { "year", view_year, "(self: report, year: integer): report",
      "The same report seen from another year." },
    { NULL, NULL, NULL, NULL }
};

static const lmedel_property view_properties[] = {
    { "foregaende", "report", "The year before, as this report prints it." },
    { "kommande", "report", "The year after, as this report prints it." },
    { "budget", "report", "Budgeted figures of the year." },
    { "prognos", "report", "Forecast figures of the year." },
    { "utfall", "report", "Outcomes of the year." },
    { "rakenskapsar", "integer", "The financial year that this view is of." },
    { "fil", "string", "The report file." },
    { "scenario", "string|nil", "The scenario that a projected year is of." },
    { NULL, NULL, NULL }
};

static bool push_other_view(lua_State *L, const view *v, const char *key)
{
    static const struct {
        const char *key;
        int year;
        int variant; /* -1: the same */
    } others[] = { { "foregaende", -1, -1 },
                   { "kommande", 1, -1 },
                   { "budget", 0, MEDEL_VARIANT_BUDGET },
                   { "prognos", 0, MEDEL_VARIANT_PROGNOS },
                   { "utfall", 0, MEDEL_VARIANT_UTFALL } };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strcmp(others[i].key, key) == 0) {
            lmedel_report_of(L, 1, true);
            lmedel_push_view(L, -1, v->year + others[i].year,
                             others[i].variant < 0 ? v->variant
                                                   : (medel_variant)others[i].variant);
            return true;
        }
    }
    return false;
}

static int push_field(lua_State *L, const view *v, const char *key)
{
    const medel_record *root = medel_report_root(v->report);
    for (size_t i = 0; i < root->spec->nfields; i++) {
        if (strcmp(root->spec->fields[i].name, key) != 0)
            continue;
        if (!root->values[i])
            return 0;
        lmedel_report_of(L, 1, true);
        lmedel_push_value(L, root->values[i], -1);
        return 1;
    }
    return -1;
}

static int view_lookup(lua_State *L)
{
    const view *v = luaL_checkudata(L, 1, LMEDEL_VIEW);
    const char *key = luaL_checkstring(L, 2);
    const medel_taxonomy *t = medel_report_taxonomy(v->report);
    if (lmedel_push_method(L, LMEDEL_VIEW, 2) || push_other_view(L, v, key))
        return 1;
    if (strcmp(key, "rakenskapsar") == 0) {
        lua_pushinteger(L, v->year);
        return 1;
    }
    if (strcmp(key, "fil") == 0) {
        lua_pushstring(L, medel_report_file(v->report));
        return 1;
    }
    if (strcmp(key, "scenario") == 0) {
        lua_pushstring(L, medel_report_scenario(v->report));
        return 1;
    }
    const medel_table *table = medel_report_table(v->report, key);
    if (table) {
        lmedel_report_of(L, 1, true);
        push_table(L, v, table, -1);
        return 1;
    }
    int field = push_field(L, v, key);
    if (field >= 0)
        return field;
    const medel_concept *concept = medel_taxonomy_concept(t, key);
    if (concept) {
        const medel_fact *f =
            medel_report_concept(v->report, concept, v->year, v->variant);
        if (!f)
            return 0;
        lmedel_report_of(L, 1, true);
        lmedel_push_fact_quantity(L, f, true, -1);
        return 1;
    }
    if (medel_taxonomy_table(t, key))
        return 0; /* known, but this report does not have it */
    return lmedel_unknown(L, "field of a report", key, medel_taxonomy_suggest(t, key));
}

static int view_index(lua_State *L)
{
    return remembered(L, view_lookup);
}

int lmedel_push_path(lua_State *L, int view_at, const char *path)
{
    lua_pushvalue(L, view_at);
    while (*path) {
        size_t n = strcspn(path, ".");
        if (lua_isnil(L, -1))
            return 1;
        lua_pushlstring(L, path, n);
        lua_gettable(L, -2);
        lua_remove(L, -2);
        path += n + (path[n] == '.');
    }
    return 1;
}

static int object_tostring(lua_State *L)
{
    if (luaL_testudata(L, 1, LMEDEL_FACT)) {
        const fact_box *b = lua_touserdata(L, 1);
        lmedel_touch_fact(L, b->fact);
        lua_pushfstring(L, "%s %d: %s (%s:%d:%d)", b->fact->label, b->fact->year,
                        b->fact->text ? b->fact->text : "computed", b->fact->file,
                        (int)b->fact->line, (int)b->fact->col);
    } else if (luaL_testudata(L, 1, LMEDEL_TABLE)) {
        const table_view *t = lua_touserdata(L, 1);
        lua_pushfstring(L, "%s %d", t->table->spec->label, t->of.year);
    } else if (luaL_testudata(L, 1, LMEDEL_ROW)) {
        const row_view *r = lua_touserdata(L, 1);
        lua_pushfstring(L, "%s %d", r->row ? r->row->label : r->spec->label,
                        r->in.of.year);
    } else {
        const view *v = luaL_checkudata(L, 1, LMEDEL_VIEW);
        lua_pushfstring(L, "%s %d (%s)", medel_report_file(v->report), v->year,
                        medel_variant_name(v->variant));
    }
    return 1;
}

static const lmedel_property row_properties[] = {
    { "id", "string", "Its name." },
    { "label", "string", "Its label as printed, else the taxonomy's." },
    { "usual_label", "string", "The taxonomy's label." },
    { "synonyms", "string[]", "Other labels that mean the same." },
    { "under", "string|nil", "The row that it adds to." },
    { "balance", "string|nil", "`cost`, `income` or `result`." },
    { "note", "string|nil", "The number of the note that it refers to." },
    { "own", "boolean", "Is it a förbund's own row?" },
    { "printed", "boolean", "Is it printed, or a subtotal that is computed?" },
    { "line", "integer", "Its line in the file." },
    { "belopp", "quantity|nil", "The year's amount in a table whose columns are years." },
    { NULL, NULL, NULL }
};

static const lmedel_property fact_properties[] = {
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
    { "qualifier", "string|nil", "`ca`, `drygt`, `knappt` or `minst`." },
    { "in_text", "boolean", "In running text, not in a table?" },
    { "file", "string", "File." },
    { "line", "integer", "Line in the file." },
    { "col", "integer", "Column in the file." },
    { "place", "string", "Place in the document: `rad 1135`." },
    { "places", "integer[]", "The same as numbers." },
    { "index", "integer", "Its number in the report." },
    { NULL, NULL, NULL }
};

const lmedel_class lmedel_view_class = {
    LMEDEL_VIEW,
    "An årsredovisning seen from one year. Its fields are the tables (`ar.balansrakning`), "
    "the sections (`ar.insatser`) and the concepts (`ar.eget_kapital`; costs are "
    "negative). A name that the taxonomy does not have is an error; one that the report "
    "does not print is nil.",
    view_methods, view_properties
};
const lmedel_class lmedel_table_class = {
    LMEDEL_TABLE,
    "A table or note. Its fields are its rows: amounts of the year in a table whose "
    "columns are years, else row objects. A dash reads as nil; `ar:state()` tells it "
    "from a row that is not printed.",
    table_methods, table_properties
};
const lmedel_class lmedel_row_class = {
    LMEDEL_ROW,
    "A row of a table. In a driftredovisning `intakt`, `kostnad`, `netto`, `budget` and "
    "`avvikelse` are its columns, in the usual signs: costs positive, netto = intäkt - "
    "kostnad, a favourable avvikelse positive.",
    row_methods, row_properties
};
const lmedel_class lmedel_fact_class = { LMEDEL_FACT, "One printed figure.", NULL,
                                         fact_properties };

void lmedel_open_report(lua_State *L)
{
    static const luaL_Reg report_meta[] = { { "__gc", report_gc }, { NULL, NULL } };
    static const luaL_Reg taxonomy_meta[] = { { "__gc", taxonomy_gc }, { NULL, NULL } };
    static const luaL_Reg meta[] = { { "__tostring", object_tostring }, { NULL, NULL } };
    static const lmedel_class report_class = { LMEDEL_REPORT, "", NULL, NULL };
    static const lmedel_class taxonomy_class = { LMEDEL_TAXONOMY, "", NULL, NULL };
    lmedel_new_class(L, &report_class, NULL, report_meta);
    lmedel_new_class(L, &taxonomy_class, NULL, taxonomy_meta);
    lmedel_new_class(L, &lmedel_view_class, view_index, meta);
    lmedel_new_class(L, &lmedel_table_class, table_index, meta);
    lmedel_new_class(L, &lmedel_row_class, row_index, meta);
    lmedel_new_class(L, &lmedel_fact_class, fact_index, meta);
}

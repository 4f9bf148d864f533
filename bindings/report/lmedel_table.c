/* lmedel_table.c - the classes table and row: what a statement or note prints. */
#include "lmedel_view.h"

#include <string.h>

/* ---- rows ---- */

/* A row of the table at stack index 'table'. */
static void push_row(lua_State *L, int table, const medel_table_row *row,
                     const medel_row *spec)
{
    const void *part = row ? (const void *)row : (const void *)spec;
    if (lmedel_push_part(L, table, part))
        return;
    lmedel_row_view *r = lua_newuserdatauv(L, sizeof *r, 1);
    r->in = *(const lmedel_table_view *)lua_touserdata(L, table);
    r->row = row;
    r->spec = spec;
    lmedel_set_class(L, &lmedel_row_class);
    lua_getiuservalue(L, table, 1);
    lua_setiuservalue(L, -2, 1);
    lmedel_keep_part(L, table, part);
}

/* A column by its name in this year: "netto", "budget", or "belopp" in a table whose
   columns are years. */
bool lmedel_row_column(const lmedel_row_view *r, const char *key, const char **measure,
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

const medel_fact *lmedel_row_cell(const lmedel_row_view *r, const char *measure,
                                  medel_variant variant)
{
    return medel_report_cell(r->in.of.report, r->in.table, r->spec->id, measure,
                             r->in.of.year, variant);
}

bool lmedel_usable(const medel_fact *f)
{
    return f && (f->state == MEDEL_FIGURE_VALUE || f->state == MEDEL_FIGURE_COMPUTED);
}

static int row_fact(lua_State *L)
{
    const lmedel_row_view *r = lmedel_check(L, 1, &lmedel_row_class);
    const char *key = luaL_optstring(L, 2, "belopp"), *measure;
    medel_variant variant;
    if (!lmedel_row_column(r, key, &measure, &variant))
        return lmedel_unknown(L, "column", key, NULL);
    const medel_fact *f = lmedel_row_cell(r, measure, variant);
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

static bool push_row_text(lua_State *L, const lmedel_row_view *r, const char *key)
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

int lmedel_row_index(lua_State *L)
{
    const lmedel_row_view *r = lmedel_check(L, 1, &lmedel_row_class);
    const char *key = luaL_checkstring(L, 2), *measure;
    medel_variant variant;
    if (lmedel_row_column(r, key, &measure, &variant)) {
        const medel_fact *f = lmedel_row_cell(r, measure, variant);
        if (!lmedel_usable(f) || r->spec->type != MEDEL_FIELD_AMOUNT)
            return 0; /* a share or a count among amounts is asked for by name */
        lmedel_report_of(L, 1, true);
        lmedel_push_fact_quantity(L, f, false, -1);
        return 1;
    }
    if (push_row_text(L, r, key) || lmedel_push_method(L, &lmedel_row_class, 2))
        return 1;
    return lmedel_unknown(L, "column of a row", key, NULL);
}

/* ---- tables ---- */

const medel_row *lmedel_find_row(const medel_table *t, const char *id,
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
    const lmedel_table_view *t = lua_touserdata(L, lua_upvalueindex(1));
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
    if ((size_t)i >= t->table->nrows)
        return 0;
    lua_pushinteger(L, i + 1);
    lua_replace(L, lua_upvalueindex(2));
    push_row(L, lua_upvalueindex(1), &t->table->rows[i], t->table->rows[i].spec);
    return 1;
}

static int table_rows(lua_State *L)
{
    lmedel_check(L, 1, &lmedel_table_class);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_row, 2);
    return 1;
}

static int next_usual_row(lua_State *L)
{
    const lmedel_table_view *t = lua_touserdata(L, lua_upvalueindex(1));
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
    if ((size_t)i >= t->table->spec->nrows)
        return 0;
    const medel_row *spec = t->table->spec->rows[i];
    const medel_table_row *printed;
    lua_pushinteger(L, i + 1);
    lua_replace(L, lua_upvalueindex(2));
    spec = lmedel_find_row(t->table, spec->id, &printed);
    push_row(L, lua_upvalueindex(1), printed, spec);
    return 1;
}

static void add_words(lua_State *L, lua_Integer *n, const char *text)
{
    const size_t len = strlen(text);
    for (size_t at = 0; lmedel_push_word(L, text, len, &at);)
        lua_rawseti(L, -2, ++*n);
}

static int table_usual_words(lua_State *L)
{
    const lmedel_table_view *t = lmedel_check(L, 1, &lmedel_table_class);
    lua_Integer n = 0;
    lua_newtable(L);
    for (size_t i = 0; i < t->table->spec->nrows; i++) {
        const medel_table_row *printed;
        const medel_row *row =
            lmedel_find_row(t->table, t->table->spec->rows[i]->id, &printed);
        add_words(L, &n, row->label);
        for (int k = 0; row->synonyms && row->synonyms[k]; k++)
            add_words(L, &n, row->synonyms[k]);
    }
    return 1;
}

static int table_usual_rows(lua_State *L)
{
    lmedel_check(L, 1, &lmedel_table_class);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_usual_row, 2);
    return 1;
}

static int table_row(lua_State *L)
{
    const lmedel_table_view *t = lmedel_check(L, 1, &lmedel_table_class);
    const medel_table_row *printed;
    const medel_row *spec = lmedel_find_row(t->table, luaL_checkstring(L, 2), &printed);
    if (!spec)
        return lmedel_unknown(L, "row", lua_tostring(L, 2), NULL);
    if (!printed)
        return 0;
    lmedel_report_of(L, 1, false);
    push_row(L, 1, printed, spec);
    return 1;
}

static int table_columns(lua_State *L)
{
    const lmedel_table_view *t = lmedel_check(L, 1, &lmedel_table_class);
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
        lmedel_push_places(L, c->places, c->nplaces);
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
    { "usual_words", table_usual_words, "(self: statement): string[]",
      "The words of what the taxonomy calls the table's rows, in lower case." },
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

static int unknown_row(lua_State *L, const lmedel_table_view *t, const char *key)
{
    const char *near = medel_taxonomy_suggest(medel_report_taxonomy(t->of.report), key);
    const medel_table_row *printed;
    if (near && !lmedel_find_row(t->table, near, &printed))
        near = NULL;
    lua_pushfstring(L, "row in %s", t->table->spec->id);
    return lmedel_unknown(L, lua_tostring(L, -1), key, near);
}

static int table_lookup(lua_State *L)
{
    const lmedel_table_view *t = lmedel_check(L, 1, &lmedel_table_class);
    const char *key = luaL_checkstring(L, 2);
    const medel_table_row *printed;
    const medel_row *spec = lmedel_find_row(t->table, key, &printed);
    if (!spec) {
        if (push_table_property(L, t->table, key)
            || lmedel_push_method(L, &lmedel_table_class, 2))
            return 1;
        return unknown_row(L, t, key);
    }
    lmedel_report_of(L, 1, true);
    if (!t->table->spec->by_year) {
        push_row(L, 1, printed, spec);
        return 1;
    }
    const medel_fact *f =
        medel_report_cell(t->of.report, t->table, key, NULL, t->of.year, t->of.variant);
    if (!lmedel_usable(f))
        return 0;
    lmedel_push_fact_quantity(L, f, false, -1);
    return 1;
}

int lmedel_table_index(lua_State *L)
{
    return lmedel_remembered(L, table_lookup);
}

void lmedel_push_table(lua_State *L, int view, const medel_table *t)
{
    if (lmedel_push_part(L, view, t))
        return;
    lmedel_table_view *tv = lua_newuserdatauv(L, sizeof *tv, 2);
    tv->of = *(const lmedel_view *)lua_touserdata(L, view);
    tv->table = t;
    lua_getiuservalue(L, view, 1);
    lua_setiuservalue(L, -2, 1);
    lmedel_set_remembering(L, &lmedel_table_class, table_lookup);
    lmedel_keep_part(L, view, t);
}

bool lmedel_part_place(lua_State *L, int arg, lmedel_place *out)
{
    const lmedel_row_view *r = lmedel_test(L, arg, &lmedel_row_class);
    const lmedel_table_view *tv = r ? &r->in : lmedel_test(L, arg, &lmedel_table_class);
    if (!tv)
        return false;
    const medel_table *t = tv->table;
    *out = (lmedel_place){ t->spec->id, t->line, t->col, t->places, t->nplaces };
    if (r && r->row)
        *out = (lmedel_place){ t->spec->id, r->row->line, r->row->col, r->row->places,
                               r->row->nplaces };
    return true;
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
    { "belopp", "quantity|nil",
      "The year's amount in a table whose columns are years; nil in a row of shares or "
      "counts." },
    { NULL, NULL, NULL }
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

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
    const medel_table_spec *spec = medel_table_spec_of(r->in.table);
    *variant = r->in.of.variant;
    *measure = NULL;
    if (medel_table_spec_by_year(spec))
        return strcmp(key, "belopp") == 0;
    const medel_column *c;
    for (size_t i = 0; (c = medel_table_spec_column(spec, i)); i++) {
        if (medel_column_year(c) == 0 && strcmp(medel_column_id(c), key) == 0) {
            *measure = medel_column_measure(c);
            if (medel_column_variant(c) != MEDEL_VARIANT_UTFALL)
                *variant = medel_column_variant(c);
            return true;
        }
    }
    return false;
}

const medel_fact *lmedel_row_cell(const lmedel_row_view *r, const char *measure,
                                  medel_variant variant)
{
    return medel_report_cell(r->in.of.report, r->in.table, medel_row_id(r->spec), measure,
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
    lmedel_report_known(L);
    lmedel_push_fact(L, f, -1);
    return 1;
}

static const lmedel_function row_methods[] = {
    { "fact", row_fact, "(self: row, column?: string): fact|nil",
      "The cell of a column (`netto`, `budget` ..., or `belopp` in a table by years) as "
      "a fact, also when it is a dash." },
    { NULL, NULL, NULL, NULL }
};

static void push_synonyms(lua_State *L, const medel_row *spec)
{
    const char *const *also = medel_row_synonyms(spec);
    lua_newtable(L);
    for (int i = 0; also && also[i]; i++) {
        lua_pushstring(L, also[i]);
        lua_rawseti(L, -2, i + 1);
    }
}

static bool push_row_text(lua_State *L, const lmedel_row_view *r, const char *key)
{
    static const char *const names[] = { "id",      "label",    "usual_label", "under",
                                         "balance", "note",     "own",         "printed",
                                         "line",    "synonyms", NULL };
    const medel_row *spec = r->spec;
    switch (lmedel_named(names, key)) {
    case 0: lua_pushstring(L, medel_row_id(spec)); break;
    case 1:
        lua_pushstring(L, r->row ? medel_table_row_label(r->row) : medel_row_label(spec));
        break;
    case 2: lua_pushstring(L, medel_row_label(spec)); break;
    case 3: lua_pushstring(L, medel_row_under(spec)); break;
    case 4: lua_pushstring(L, medel_row_balance(spec)); break;
    case 5: lua_pushstring(L, r->row ? medel_table_row_note(r->row) : NULL); break;
    case 6: lua_pushboolean(L, medel_row_own(spec)); break;
    case 7: lua_pushboolean(L, r->row != NULL); break;
    case 8:
        lua_pushinteger(L, r->row ? medel_table_row_line(r->row)
                                  : medel_table_line(r->in.table));
        break;
    case 9: push_synonyms(L, spec); break;
    default: return false;
    }
    return true;
}

int lmedel_row_index(lua_State *L)
{
    const lmedel_row_view *r = lmedel_check_same(L, 1, &lmedel_row_class);
    const char *key = luaL_checkstring(L, 2), *measure;
    medel_variant variant;
    if (lmedel_row_column(r, key, &measure, &variant)) {
        const medel_fact *f = lmedel_row_cell(r, measure, variant);
        if (!lmedel_usable(f) || medel_row_type(r->spec) != MEDEL_FIELD_AMOUNT)
            return 0; /* a share or a count among amounts is asked for by name */
        lmedel_report_known(L);
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
    *printed = medel_table_find(t, id);
    return *printed ? medel_table_row_spec(*printed)
                    : medel_table_spec_find(medel_table_spec_of(t), id);
}

static int next_row(lua_State *L)
{
    const lmedel_table_view *t = lua_touserdata(L, lua_upvalueindex(1));
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
    const medel_table_row *row = medel_table_row_at(t->table, (size_t)i);
    if (!row)
        return 0;
    lua_pushinteger(L, i + 1);
    lua_replace(L, lua_upvalueindex(2));
    push_row(L, lua_upvalueindex(1), row, medel_table_row_spec(row));
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
    const medel_row *spec =
        medel_table_spec_row(medel_table_spec_of(t->table), (size_t)i);
    const medel_table_row *printed;
    if (!spec)
        return 0;
    lua_pushinteger(L, i + 1);
    lua_replace(L, lua_upvalueindex(2));
    spec = lmedel_find_row(t->table, medel_row_id(spec), &printed);
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
    const medel_row *row;
    for (size_t i = 0; (row = medel_table_spec_row(medel_table_spec_of(t->table), i));
         i++) {
        const medel_table_row *printed;
        row = lmedel_find_row(t->table, medel_row_id(row), &printed);
        add_words(L, &n, medel_row_label(row));
        const char *const *also = medel_row_synonyms(row);
        for (int k = 0; also && also[k]; k++)
            add_words(L, &n, also[k]);
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
    lmedel_report_known(L);
    push_row(L, 1, printed, spec);
    return 1;
}

static int table_columns(lua_State *L)
{
    const lmedel_table_view *t = lmedel_check(L, 1, &lmedel_table_class);
    lua_createtable(L, (int)medel_table_columns(t->table), 0);
    for (size_t i = 0; i < medel_table_columns(t->table); i++) {
        const medel_table_column *c = medel_table_column_at(t->table, i);
        lua_createtable(L, 0, 9);
        lmedel_set_integer(L, "line", medel_table_line(t->table));
        lmedel_set_integer(L, "col", medel_table_col(t->table));
        lmedel_set_text(L, "table", medel_table_spec_id(medel_table_spec_of(t->table)));
        lmedel_set_text(L, "id", medel_table_column_id(c));
        lmedel_set_text(L, "header", medel_table_column_header(c));
        lmedel_set_text(L, "measure", medel_table_column_measure(c));
        lmedel_set_integer(L, "year", medel_table_column_year(c));
        lmedel_set_text(L, "variant", medel_variant_name(medel_table_column_variant(c)));
        size_t n;
        const int *places = medel_table_column_places(c, &n);
        lmedel_push_places(L, places, n);
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
        lua_pushstring(L, medel_table_spec_id(medel_table_spec_of(t)));
    else if (strcmp(key, "heading_") == 0)
        lua_pushstring(L, medel_table_heading(t));
    else if (strcmp(key, "number_") == 0)
        lua_pushstring(L, medel_table_number(t));
    else if (strcmp(key, "printed_unit_") == 0)
        lua_pushstring(L, medel_table_printed_unit(t));
    else if (strcmp(key, "unit_") == 0)
        lua_pushstring(L, medel_unit_name(medel_table_unit(t)));
    else if (strcmp(key, "printed_headers_") == 0)
        lua_pushboolean(L, medel_table_printed_headers(t));
    else if (strcmp(key, "period_header_") == 0)
        lua_pushboolean(L, medel_table_spec_period_header(medel_table_spec_of(t)));
    else if (strcmp(key, "date_header_") == 0)
        lua_pushboolean(L, medel_table_spec_date_header(medel_table_spec_of(t)));
    else if (strcmp(key, "line_") == 0)
        lua_pushinteger(L, medel_table_line(t));
    else if (strcmp(key, "label_") == 0)
        lua_pushstring(L, medel_table_spec_label(medel_table_spec_of(t)));
    else if (strcmp(key, "place_") == 0 && medel_table_number(t))
        lua_pushfstring(L, "not %s", medel_table_number(t));
    else if (strcmp(key, "place_") == 0)
        lua_pushstring(L, medel_table_spec_place(medel_table_spec_of(t))
                              ? medel_table_spec_place(medel_table_spec_of(t))
                              : medel_table_spec_label(medel_table_spec_of(t)));
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
    lua_pushfstring(L, "row in %s", medel_table_spec_id(medel_table_spec_of(t->table)));
    return lmedel_unknown(L, lua_tostring(L, -1), key, near);
}

int lmedel_table_lookup(lua_State *L)
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
    if (!medel_table_spec_by_year(medel_table_spec_of(t->table))) {
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

void lmedel_push_table(lua_State *L, int view, const medel_table *t)
{
    if (lmedel_push_part(L, view, t))
        return;
    lmedel_table_view *tv = lua_newuserdatauv(L, sizeof *tv, 2);
    tv->of = *(const lmedel_view *)lua_touserdata(L, view);
    tv->table = t;
    lua_getiuservalue(L, view, 1);
    lua_setiuservalue(L, -2, 1);
    lmedel_set_remembering(L, &lmedel_table_class, lmedel_table_lookup);
    lmedel_keep_part(L, view, t);
}

bool lmedel_part_place(lua_State *L, int arg, lmedel_place *out)
{
    const lmedel_row_view *r = lmedel_test(L, arg, &lmedel_row_class);
    const lmedel_table_view *tv = r ? &r->in : lmedel_test(L, arg, &lmedel_table_class);
    if (!tv)
        return false;
    const medel_table *t = tv->table;
    const medel_table_row *row = r ? r->row : NULL;
    out->table = medel_table_spec_id(medel_table_spec_of(t));
    out->line = row ? medel_table_row_line(row) : medel_table_line(t);
    out->col = row ? medel_table_row_col(row) : medel_table_col(t);
    out->places = row ? medel_table_row_places(row, &out->nplaces)
                      : medel_table_places(t, &out->nplaces);
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
    "medel.table",
    "A table or note. Its fields are its rows: amounts of the year in a table whose "
    "columns are years, else row objects. A dash reads as nil; `ar:state()` tells it "
    "from a row that is not printed.",
    table_methods, table_properties
};

const lmedel_class lmedel_row_class = {
    "medel.row",
    "A row of a table. In a driftredovisning `intakt`, `kostnad`, `netto`, `budget` and "
    "`avvikelse` are its columns, in the usual signs: costs positive, netto = intäkt - "
    "kostnad, a favourable avvikelse positive.",
    row_methods, row_properties
};

/*
 * lmedel_report.c - the class report: an årsredovisning seen from one year and
 * variant.  Everything that comes from it anchors the report's box.
 */
#include "lmedel_view.h"

#include <string.h>

/* ---- the boxes that own ---- */

const medel_taxonomy *lmedel_check_taxonomy(lua_State *L, int arg)
{
    lmedel_taxonomy_box *b = lmedel_check(L, arg, &lmedel_taxonomy_class);
    if (!b->taxonomy)
        luaL_argerror(L, arg, "the taxonomy did not load");
    return b->taxonomy;
}

LMEDEL_CLASS_GC(taxonomy_gc, medel_taxonomy, medel_taxonomy_free, lmedel_taxonomy_class)

static int report_gc(lua_State *L)
{
    lmedel_report_box *b = lmedel_check(L, 1, &lmedel_report_class);
    if (!b->borrowed)
        medel_report_free(b->report);
    b->report = NULL;
    return 0;
}

void lmedel_push_borrowed_report(lua_State *L, const medel_report *r)
{
    lmedel_report_box *b = lua_newuserdatauv(L, sizeof *b, 2);
    union {
        const medel_report *in;
        medel_report *out;
    } u = { r };
    b->report = u.out;
    b->borrowed = true;
    lmedel_set_class(L, &lmedel_report_class);
}

static const medel_report *report_in_box(lua_State *L, int arg, bool push)
{
    lua_getiuservalue(L, arg, 1);
    const lmedel_report_box *b = lua_touserdata(L, -1);
    if (!b->report)
        luaL_argerror(L, arg, "the report is closed");
    if (!push)
        lua_pop(L, 1);
    return b->report;
}

const medel_report *lmedel_report_of(lua_State *L, int arg, bool push)
{
    static const lmedel_class *const classes[] = { &lmedel_view_class,
                                                   &lmedel_table_class, &lmedel_row_class,
                                                   &lmedel_fact_class, NULL };
    for (int i = 0; classes[i]; i++) {
        if (lmedel_test(L, arg, classes[i]))
            return report_in_box(L, arg, push);
    }
    luaL_typeerror(L, arg, "report");
    return NULL;
}

const medel_report *lmedel_report_known(lua_State *L)
{
    return report_in_box(L, 1, true);
}

/* ---- views ---- */

static int view_lookup(lua_State *L);

static void new_view(lua_State *L, int owner, int year, medel_variant variant)
{
    lmedel_report_box *b = lmedel_check(L, owner, &lmedel_report_class);
    lmedel_view *v = lua_newuserdatauv(L, sizeof *v, 2);
    v->report = b->report;
    v->year = year;
    v->variant = variant;
    lua_pushvalue(L, owner);
    lua_setiuservalue(L, -2, 1);
    lmedel_set_remembering(L, &lmedel_view_class, view_lookup);
}

/* The one view of a report from that year: user value 2 of the report's box has them all.
   Each remembers the views beside it, and a chain of new ones would have no end. */
void lmedel_push_view(lua_State *L, int owner, int year, medel_variant variant)
{
    const lua_Integer key = (lua_Integer)year * 4 + (lua_Integer)variant;
    owner = lua_absindex(L, owner);
    if (year < 1900 || year > 2200)
        luaL_error(L, "there is no year %d", year);
    if (lua_getiuservalue(L, owner, 2) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setiuservalue(L, owner, 2);
    }
    if (lua_rawgeti(L, -1, key) == LUA_TNIL) {
        lua_pop(L, 1);
        new_view(L, owner, year, variant);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, key);
    }
    lua_replace(L, -2);
}

medel_report *lmedel_check_view(lua_State *L, int arg, int *year, medel_variant *variant)
{
    lmedel_view *v = lmedel_check(L, arg, &lmedel_view_class);
    lua_getiuservalue(L, arg, 1);
    lmedel_report_box *b = lmedel_check(L, -1, &lmedel_report_class);
    lua_pop(L, 1);
    if (!b->report)
        luaL_argerror(L, arg, "the report is closed");
    *year = v->year;
    *variant = v->variant;
    return b->report;
}

static int view_year(lua_State *L)
{
    lmedel_view *v = lmedel_check(L, 1, &lmedel_view_class);
    lua_Integer year = luaL_checkinteger(L, 2);
    luaL_argcheck(L, year >= 1990 && year <= 2100, 2, "a year, 1990 to 2100");
    lmedel_report_of(L, 1, true);
    lmedel_push_view(L, -1, (int)year, v->variant);
    return 1;
}

/* What a filter asks for; what it does not is NULL. */
typedef struct wanted {
    bool of_year;
    lua_Integer year;
    const char *table, *row, *item, *state, *variant, *concept;
} wanted;

static bool is_as(const char *asked_for, const char *value)
{
    return !asked_for || (value && strcmp(asked_for, value) == 0);
}

static bool matches(const wanted *w, const medel_fact *f)
{
    return (!w->of_year || w->year == f->year) && is_as(w->table, f->table)
           && is_as(w->row, f->row) && is_as(w->item, f->item)
           && is_as(w->state, lmedel_figure_state_name(f->state))
           && is_as(w->variant, medel_variant_name(f->variant))
           && is_as(w->concept, medel_concept_id(f->concept_ref));
}

/* The text of a key, anchored by the filter's table at 2. */
static const char *asked(lua_State *L, const char *key)
{
    lua_getfield(L, 2, key);
    const char *text = lua_tostring(L, -1);
    lua_pop(L, 1);
    return text;
}

/* A misspelt filter would let every figure through. */
static void check_filter(lua_State *L, int filter)
{
    static const char *const names[] = { "table",   "row",   "item", "concept",
                                         "variant", "state", NULL };
    luaL_checktype(L, filter, LUA_TTABLE);
    for (lua_pushnil(L); lua_next(L, filter); lua_pop(L, 1)) {
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
        int i = 0;
        while (names[i] && strcmp(names[i], key) != 0)
            i++;
        if (!names[i] && strcmp(key, "year") != 0)
            luaL_error(L,
                       "unknown filter '%s': table, row, item, concept, variant, "
                       "state and year are known",
                       key);
        if (names[i] ? lua_type(L, -1) != LUA_TSTRING : !lua_isinteger(L, -1))
            luaL_error(L, "filter '%s' must be %s", key,
                       names[i] ? "a text" : "a whole number");
    }
}

static int view_facts(lua_State *L)
{
    lmedel_view *v = lmedel_check(L, 1, &lmedel_view_class);
    if (lua_isnoneornil(L, 2)) {
        lua_settop(L, 1);
        lua_newtable(L);
    }
    lua_settop(L, 2);
    check_filter(L, 2);
    const medel_fact *const *facts;
    size_t n = medel_report_facts(v->report, &facts);
    wanted w = { .table = asked(L, "table"),
                 .row = asked(L, "row"),
                 .item = asked(L, "item"),
                 .state = asked(L, "state"),
                 .variant = asked(L, "variant"),
                 .concept = asked(L, "concept") };
    w.of_year = lua_getfield(L, 2, "year") != LUA_TNIL;
    w.year = lua_tointeger(L, -1);
    lmedel_report_of(L, 1, true);
    int owner = lua_gettop(L);
    lua_newtable(L);
    lua_Integer out = 0;
    for (size_t i = 0; i < n; i++) {
        if (!matches(&w, facts[i]))
            continue;
        lmedel_push_fact(L, facts[i], owner);
        lua_rawseti(L, -2, ++out);
    }
    return 1;
}

static bool has_untyped(const medel_table *t)
{
    const medel_table_row *row;
    for (size_t i = 0; (row = medel_table_row_at(t, i)); i++) {
        for (size_t k = 0; k < medel_table_columns(t); k++) {
            const medel_fact *f = medel_table_row_cell(row, k);
            if (f && f->state == MEDEL_FIGURE_UNTYPED)
                return true;
        }
    }
    return false;
}

static bool note_untyped(lua_State *L, const medel_report *r, const char *key,
                         bool listed)
{
    const medel_table *table = medel_report_table(r, key);
    const medel_table_spec *spec =
        table ? medel_table_spec_of(table)
              : medel_taxonomy_table(medel_report_taxonomy(r), key);
    const char *section = medel_table_spec_note(spec) ? "noter" : key;
    if (table ? !has_untyped(table) : !medel_report_untyped(r, section))
        return false;
    lmedel_state *s = lmedel_state_of(L);
    if (!table) /* a whole section says more than a part of one */
        snprintf(s->untyped, sizeof s->untyped, "%s",
                 spec ? medel_table_spec_label(spec) : section);
    else if (!*s->untyped)
        snprintf(s->untyped, sizeof s->untyped, "en del av %s",
                 medel_table_spec_place(spec));
    if (listed && !*s->untyped_table)
        snprintf(s->untyped_table, sizeof s->untyped_table, "en del av %s",
                 medel_table_spec_place(spec));
    return true;
}

static int view_tables(lua_State *L)
{
    lmedel_view *v = lmedel_check(L, 1, &lmedel_view_class);
    const medel_table *t;
    lmedel_report_of(L, 1, false);
    lua_newtable(L);
    for (size_t i = 0; (t = medel_report_table_at(v->report, i)); i++) {
        note_untyped(L, v->report, medel_table_spec_id(medel_table_spec_of(t)), true);
        lmedel_push_table(L, 1, t);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int view_get(lua_State *L)
{
    lmedel_check(L, 1, &lmedel_view_class);
    return lmedel_push_path(L, 1, luaL_checkstring(L, 2));
}

static int view_state(lua_State *L)
{
    lmedel_view *v = lmedel_check(L, 1, &lmedel_view_class);
    const char *path = luaL_checkstring(L, 2);
    char table[MEDEL_WORD], row[MEDEL_WORD];
    medel_path_word(&path, table, sizeof table);
    if (!path)
        return luaL_argerror(L, 2, "table.row or table.row.column");
    medel_path_word(&path, row, sizeof row);
    const medel_table *t = medel_report_table(v->report, table);
    if (!medel_taxonomy_table(medel_report_taxonomy(v->report), table))
        return lmedel_unknown(L, "table", table, NULL);
    const medel_table_row *printed;
    if (!t)
        return 0;
    const medel_row *spec = lmedel_find_row(t, row, &printed);
    if (!spec)
        return lmedel_unknown(L, "row", row, NULL);
    lmedel_row_view r = { { *v, t }, printed, spec };
    const char *measure;
    medel_variant variant;
    if (!lmedel_row_column(&r, path ? path : "belopp", &measure, &variant))
        return lmedel_unknown(L, "column", path ? path : "", NULL);
    const medel_fact *f = lmedel_row_cell(&r, measure, variant);
    lua_pushstring(L, f ? lmedel_figure_state_name(f->state) : NULL);
    return 1;
}

static bool narrower(const medel_fact *a, const medel_fact *b)
{
    const medel_fact *const facts[2] = { a, b };
    medel_quantity width[2];
    int order = 0;
    for (int i = 0; i < 2; i++) {
        const medel_quantity *q = &facts[i]->value;
        const medel_quantity low = { q->low, q->low, q->low, q->dimension, false };
        const medel_quantity high = { q->high, q->high, q->high, q->dimension, false };
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

/* Figures of the program that embeds medel, by their own names. */
static int view_given(lua_State *L)
{
    const lmedel_view *v = lmedel_check(L, 1, &lmedel_view_class);
    const char *name = luaL_checkstring(L, 2);
    const medel_fact *const *facts;
    const size_t n = medel_report_facts(v->report, &facts);
    for (size_t i = 0; i < n; i++) {
        const medel_fact *f = facts[i];
        if (strcmp(f->table, MEDEL_GIVEN_TABLE) == 0 && strcmp(f->row, name) == 0
            && f->year == v->year && f->variant == v->variant && lmedel_usable(f)) {
            lmedel_report_of(L, 1, true);
            lmedel_push_fact_quantity(L, f, true, -1);
            return 1;
        }
    }
    return 0;
}

static int view_place(lua_State *L)
{
    const lmedel_view *v = lmedel_check(L, 1, &lmedel_view_class);
    char words[1000];
    medel_place_words(v->report, luaL_checkstring(L, 2), MEDEL_IN_TABLE, words,
                      sizeof words);
    lua_pushstring(L, words);
    return 1;
}

static int view_precise(lua_State *L)
{
    lmedel_view *v = lmedel_check(L, 1, &lmedel_view_class);
    const char *key = luaL_checkstring(L, 2);
    const medel_taxonomy *t = medel_report_taxonomy(v->report);
    const medel_concept *concept = medel_taxonomy_concept(t, key);
    if (!concept)
        return lmedel_unknown(L, "concept", key, medel_taxonomy_suggest(t, key));
    const medel_fact *usual =
        medel_report_concept(v->report, concept, v->year, v->variant);
    const medel_fact *best = usual, *const * facts;
    if (!usual)
        return 0;
    size_t n = medel_report_facts(v->report, &facts);
    for (size_t i = 0; i < n; i++) {
        const medel_fact *f = facts[i];
        if (f->concept_ref == concept)
            lmedel_touch_fact(L, f);
        if (f->concept_ref == concept && f->year == v->year && f->variant == v->variant
            && !f->dimension && !f->qualifier && lmedel_usable(f) && same_amount(f, usual)
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
    { "given", view_given, "(self: report, name: string): quantity|nil",
      "A figure that the program that embeds medel gave for this year: a concept's name, "
      "or "
      "`NAME` of its own `host.NAME`. nil when it gave none." },
    { "place", view_place, "(self: report, table: string): string",
      "What a table or section is called where a figure's place is said: `not 5`, "
      "`mål`." },
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
    { "scenario", "string|nil",
      "The scenario that a projected year is of, or the plan's name: `budget 2024`." },
    { "huvudbok", "ledger|nil", "In a rule the bookkeeping, where there is any." },
    { "avstamning", "statements|nil",
      "In a rule what the bookkeeping comes to by the kontoplan." },
    { "forra", "report|nil", "In a rule last year's report, where it is given." },
    { "urval", "entry[]|nil",
      "In a rule the rows of the books that the revisor has drawn." },
    { "sektor", "report[]|nil",
      "In a rule the reports of other förbund that are given to compare with." },
    { "variant", "string",
      "What the report's figures are: `budget` or `prognos` of a plan, else `utfall`." },
    { NULL, NULL, NULL }
};

static bool push_other_view(lua_State *L, const lmedel_view *v, const char *key)
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

static int push_field(lua_State *L, const lmedel_view *v, const char *key)
{
    const medel_record *root = medel_report_root(v->report);
    const medel_field *f = medel_field_find(medel_record_spec(root), key);
    const medel_value *value = medel_record_value(root, f);
    if (!value)
        return f ? 0 : -1;
    lmedel_report_of(L, 1, true);
    lmedel_push_value(L, value, -1);
    return 1;
}

/* What stands beside the report while a rule runs is of its own year. */
static int push_beside(lua_State *L, const lmedel_view *v, const char *key)
{
    const lmedel_state *s = lmedel_state_of(L);
    return s->push_beside && v->year == medel_report_year(v->report)
                   && v->variant == MEDEL_VARIANT_UTFALL
               ? s->push_beside(L, v->report, key)
               : 0;
}

static bool is_beside(const char *key)
{
    static const char *const names[] = { "huvudbok", "avstamning", "forra", "urval",
                                         "sektor" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(key, names[i]) == 0)
            return true;
    }
    return false;
}

static int view_lookup(lua_State *L)
{
    const lmedel_view *v = lmedel_check(L, 1, &lmedel_view_class);
    const char *key = luaL_checkstring(L, 2);
    const medel_taxonomy *t = medel_report_taxonomy(v->report);
    lmedel_state *s = lmedel_state_of(L);
    /* Of what is not typed yet, wholly or in part, a rule's absences say nothing: that it
       was looked at is noted each time. */
    s->unkept = s->evidence && note_untyped(L, v->report, key, false);
    if (lmedel_push_method(L, &lmedel_view_class, 2) || push_other_view(L, v, key))
        return 1;
    if (strcmp(key, "rakenskapsar") == 0) {
        lua_pushinteger(L, v->year);
        return 1;
    }
    if (is_beside(key))
        return push_beside(L, v, key);
    if (strcmp(key, "fil") == 0) {
        lua_pushstring(L, medel_report_file(v->report));
        return 1;
    }
    if (strcmp(key, "scenario") == 0) {
        lua_pushstring(L, medel_report_scenario(v->report));
        return 1;
    }
    if (strcmp(key, "variant") == 0) {
        lua_pushstring(L, medel_variant_name(medel_report_variant(v->report)));
        return 1;
    }
    const medel_table *table = medel_report_table(v->report, key);
    if (table) {
        lmedel_report_of(L, 1, false);
        lmedel_push_table(L, 1, table);
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

int lmedel_push_path(lua_State *L, int view_at, const char *path)
{
    char word[MEDEL_WORD];
    lua_pushvalue(L, view_at);
    while (!lua_isnil(L, -1) && medel_path_word(&path, word, sizeof word)) {
        lua_getfield(L, -1, word);
        lua_remove(L, -2);
    }
    return 1;
}

int lmedel_part_tostring(lua_State *L)
{
    if (lmedel_test(L, 1, &lmedel_fact_class)) {
        const lmedel_fact_box *b = lua_touserdata(L, 1);
        lmedel_touch_fact(L, b->fact);
        lua_pushfstring(L, "%s %d: %s (%s:%d:%d)", b->fact->label, b->fact->year,
                        b->fact->text ? b->fact->text : "computed", b->fact->file,
                        (int)b->fact->line, (int)b->fact->col);
    } else if (lmedel_test(L, 1, &lmedel_table_class)) {
        const lmedel_table_view *t = lua_touserdata(L, 1);
        lua_pushfstring(L, "%s %d", medel_table_spec_label(medel_table_spec_of(t->table)),
                        t->of.year);
    } else if (lmedel_test(L, 1, &lmedel_row_class)) {
        const lmedel_row_view *r = lua_touserdata(L, 1);
        lua_pushfstring(L, "%s %d",
                        r->row ? medel_table_row_label(r->row) : medel_row_label(r->spec),
                        r->in.of.year);
    } else {
        const lmedel_view *v = lmedel_check(L, 1, &lmedel_view_class);
        lua_pushfstring(L, "%s %d (%s)", medel_report_file(v->report), v->year,
                        medel_variant_name(v->variant));
    }
    return 1;
}

const lmedel_class lmedel_view_class = {
    "medel.view",
    "An årsredovisning seen from one year. Its fields are the tables "
    "(`ar.balansrakning`), "
    "the sections (`ar.insatser`) and the concepts (`ar.eget_kapital`; costs are "
    "negative). A name that the taxonomy does not have is an error; one that the report "
    "does not print is nil.",
    view_methods, view_properties
};

void lmedel_open_report(lua_State *L)
{
    static const luaL_Reg report_meta[] = { { "__gc", report_gc }, { NULL, NULL } };
    static const luaL_Reg taxonomy_meta[] = { { "__gc", taxonomy_gc }, { NULL, NULL } };
    static const luaL_Reg meta[] = { { "__tostring", lmedel_part_tostring },
                                     { NULL, NULL } };
    lmedel_new_class(L, &lmedel_report_class, NULL, report_meta);
    lmedel_new_class(L, &lmedel_taxonomy_class, NULL, taxonomy_meta);
    lmedel_new_class(L, &lmedel_view_class, view_lookup, meta);
    lmedel_new_class(L, &lmedel_table_class, lmedel_table_lookup, meta);
    lmedel_new_class(L, &lmedel_row_class, lmedel_row_index, meta);
    lmedel_new_class(L, &lmedel_fact_class, lmedel_fact_index, meta);
}

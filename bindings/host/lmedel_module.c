/* lmedel_module.c - the Lua module `medel`. */
#include "lmedel_bundle.h"
#include "medel_norms_packed.h"
#include "lmedel_import.h"
#include "lmedel_office.h"
#include "lmedel_library.h"

#include <string.h>

/* ---- loading ---- */

static int read_taxonomy(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    const char *name = luaL_optstring(L, 2, "=(text)");
    lmedel_taxonomy_box *b = lua_newuserdatauv(L, sizeof *b, 0);
    b->taxonomy = NULL;
    lmedel_set_class(L, &lmedel_taxonomy_class);
    medel_diagnostics *d = lmedel_new_diagnostics(L);
    const medel_allocator allocator = lmedel_allocator(L);
    const char *packed = lmedel_bundled_tree(lmedel_state_of(L)->bundle, name, text, len);
    if (medel_taxonomy_read_packed(&b->taxonomy, &(medel_input){ name, text, len },
                                   packed, &allocator, d)
        != MEDEL_OK)
        return lmedel_push_failure(L, d);
    lua_pop(L, 1);
    return 1;
}

static int extend_taxonomy(lua_State *L)
{
    size_t len;
    const medel_taxonomy *base = lmedel_check_taxonomy(L, 1);
    const char *text = luaL_checklstring(L, 2, &len);
    const char *name = luaL_optstring(L, 3, "=(text)");
    lmedel_taxonomy_box *b = lua_newuserdatauv(L, sizeof *b, 1);
    b->taxonomy = NULL;
    lmedel_set_class(L, &lmedel_taxonomy_class);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1); /* it borrows from its base */
    medel_diagnostics *d = lmedel_new_diagnostics(L);
    const medel_allocator allocator = lmedel_allocator(L);
    if (medel_taxonomy_extend(&b->taxonomy, base, &(medel_input){ name, text, len },
                              &allocator, d)
        != MEDEL_OK)
        return lmedel_push_failure(L, d);
    lua_pop(L, 1);
    return 1;
}

static lmedel_report_box *new_box(lua_State *L, int taxonomy)
{
    lmedel_report_box *b = lua_newuserdatauv(L, sizeof *b, 2);
    b->report = NULL;
    b->borrowed = false;
    lmedel_set_class(L, &lmedel_report_class);
    lua_pushvalue(L, taxonomy);
    lua_setiuservalue(L, -2, 1); /* reports are freed before their taxonomy */
    return b;
}

static int load_report(lua_State *L)
{
    const medel_taxonomy *t = lmedel_check_taxonomy(L, 1);
    const char *path = luaL_checkstring(L, 2);
    lmedel_report_box *b = new_box(L, 1);
    int box = lua_gettop(L);
    medel_diagnostics *d = lmedel_new_diagnostics(L);
    const medel_allocator allocator = lmedel_allocator(L);
    const medel_report_options options = { .allocator = &allocator };
    if (medel_report_load(&b->report, t, path, &options, d) != MEDEL_OK)
        return lmedel_push_failure(L, d);
    lmedel_weighs(L, medel_report_size(b->report));
    lmedel_push_view(L, box, medel_report_year(b->report), MEDEL_VARIANT_UTFALL);
    return 1;
}

static int read_report(lua_State *L)
{
    size_t len;
    const medel_taxonomy *t = lmedel_check_taxonomy(L, 1);
    const char *text = luaL_checklstring(L, 2, &len);
    const char *name = luaL_optstring(L, 3, "=(text)");
    lmedel_report_box *b = new_box(L, 1);
    int box = lua_gettop(L);
    medel_diagnostics *d = lmedel_new_diagnostics(L);
    const medel_allocator allocator = lmedel_allocator(L);
    const medel_report_options options = { .allocator = &allocator };
    if (medel_report_read(&b->report, t, &(medel_input){ name, text, len }, &options, d)
        != MEDEL_OK)
        return lmedel_push_failure(L, d);
    lmedel_push_view(L, box, medel_report_year(b->report), MEDEL_VARIANT_UTFALL);
    return 1;
}

static int lint(lua_State *L)
{
    size_t len;
    unsigned line;
    const char *source = luaL_checklstring(L, 1, &len);
    const char *bad = lmedel_lint(source, len, lua_toboolean(L, 2), &line);
    if (!bad)
        return 0;
    lua_pushstring(L, bad);
    lua_pushinteger(L, line);
    return 2;
}

static int bounded(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    if (strcmp(name, "base") == 0) {
        lua_newtable(L);
        lmedel_set_base(L);
    } else {
        lmedel_push_library(L, name);
    }
    return 1;
}

/* ---- describing ---- */

static const lmedel_class *const classes[] = {
    &lmedel_quantity_class,  &lmedel_view_class,       &lmedel_table_class,
    &lmedel_row_class,       &lmedel_fact_class,       &lmedel_record_class,
    &lmedel_list_class,      &lmedel_parameters_class, &lmedel_norms_class,
    &lmedel_runner_class,    &lmedel_ledger_class,     &lmedel_entry_class,
    &lmedel_kontoplan_class, &lmedel_statements_class, &lmedel_projection_class
};

static const lmedel_class *class_of(lua_State *L, int arg)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (lmedel_test(L, arg, classes[i]))
            return classes[i];
    }
    return NULL;
}

static int describe(lua_State *L)
{
    luaL_checkany(L, 1);
    const lmedel_class *c = class_of(L, 1);
    luaL_Buffer b;
    if (!c && lua_type(L, 1) >= LUA_TTABLE) { /* Lua's own text would be an address */
        lua_pushfstring(L, "a Lua %s", luaL_typename(L, 1));
        return 1;
    }
    luaL_gsub(L, luaL_tolstring(L, 1, NULL), "\n", " "); /* a text begins no line */
    if (!c) {
        lua_pushfstring(L, "%s: %s", luaL_typename(L, 1), lua_tostring(L, -1));
        return 1;
    }
    const char *title = lua_tostring(L, -1);
    luaL_buffinit(L, &b);
    luaL_addstring(&b, title);
    luaL_addstring(&b, "\n  ");
    luaL_addstring(&b, c->doc);
    for (const lmedel_property *p = c->properties; p && p->name; p++) {
        lua_pushfstring(L, "\n  .%s: %s  %s", p->name, p->type, p->doc);
        luaL_addvalue(&b);
    }
    for (const lmedel_function *f = c->methods; f && f->name; f++) {
        lua_pushfstring(L, "\n  :%s%s  %s", f->name, f->signature, f->doc);
        luaL_addvalue(&b);
    }
    luaL_pushresult(&b);
    return 1;
}

static const lmedel_function module_functions[] = {
    { "bounded", bounded, "(name: string): table|nil",
      "A new table of the functions that rules have of `base`, `math`, `string`, `table` "
      "or `utf8`, which end within bounds." },
    { "checks", lmedel_checks,
      "(ar: report, before?: table[], evidence?: boolean, taxonomy?: taxonomy): table[], "
      "table[]",
      "Run the checks that follow from the taxonomy: subtotals, columns, signs, units, "
      "relations, and that a figure is the same everywhere.  Also the conventions that "
      "the "
      "report is printed by; before: those of last year's. evidence: the figures of the "
      "checks "
      "that held, too. taxonomy: one that extends the report's, to judge it by." },
    { "check_rules", lmedel_taxonomy_checks, "(t: taxonomy): table[]",
      "The rules that the core runs: { id, title, ground, level, relations }, the last "
      "as "
      "texts." },
    { "coverage", lmedel_coverage,
      "(options: { ar: report, runners: runner[], rules: table[], off?: string[], "
      "before?: table, progress?: fun(done: integer, total: integer) }): table[]",
      "Print every figure of a report wrong in every way, and say what the checks and "
      "rules notice. The report is read from its file again. `runners` are as many "
      "threads, all with the same rules; `rules` says the level of each, or is false "
      "for one that does not count; `off` names checks of the taxonomy that do not; "
      "`before` has, by a fact's index, what last year's report printed. Each result "
      "has fact, tried, noticed, rounding (within one unit of the last place), "
      "rounding_noticed, misprints ({ kind, name, text, rounding, noticed, other, "
      "other_text }), readers (numbers of the rules that look at it) and checks (of the "
      "taxonomy that compare it: { [id] = passes })." },
    { "describe", describe, "(x: any): string", "What x is and what it can do." },
    { "describe_taxonomy", lmedel_taxonomy_describe, "(t: taxonomy): table",
      "The taxonomy as plain tables: tables, concepts, checks, fields." },
    { "extend_taxonomy", extend_taxonomy,
      "(t: taxonomy, text: string, name?: string): taxonomy|nil, string|nil",
      "The taxonomy with the checks and relations of a file besides; nil and every error "
      "of "
      "the file. A report that was read by `t` can be judged by it." },
    { "ledger", lmedel_ledger_load,
      "(path: string, options?: { encoding?: string, strict?: boolean, mapping?: string, "
      "progress?: fun(done: integer, total: integer) }): ledger|nil, string|nil",
      "Read the bookkeeping of a year from a SIE file (1-4, or 5 by its content), or "
      "from a "
      "CSV file by the mapping file `mapping`. nil and why, if it is none. encoding "
      "(`cp437`, `cp1252`, `latin1`, `mac`, `utf-8`) is otherwise decided by the bytes; "
      "strict refuses every deviation from the format; progress is called now and then, "
      "in "
      "bytes." },
    { "limited", lmedel_limited,
      "(options: { time_ms: integer, memory_mb: integer, file: string, lines?: boolean "
      "}, "
      "f: function, ...: any): true|nil, any",
      "f(...) with bounded time and memory, and bounded functions for texts: true and "
      "what it returned; nil and the error. A limit is said with the name of the file "
      "that f came from and, with `lines`, which costs time, its line there. Inside "
      "another limit there is no more than that one has left. Of functions that catch "
      "errors f may have `bounded(\"base\").pcall`, which catches no limit." },
    { "lint", lint, "(source: string, trusted?: boolean): string|nil, integer|nil",
      "Why a rule's source may not be run, and the line; nil if it may. `trusted`: it "
      "may "
      "use all of Lua." },
    { "load_report", load_report, "(t: taxonomy, path: string): report|nil, string|nil",
      "Read a report file. nil and every error of the file if it cannot be read." },
    { "processors", lmedel_processors, "(): integer",
      "How many threads this machine runs at once." },
    { "montecarlo", lmedel_montecarlo,
      "(p: projection, inputs: table, options: { paths: integer, seed: integer, "
      "threads?: "
      "integer }, progress?: fun(done: integer, total: integer)): table|nil, string|nil",
      "Monte Carlo around a projection, in öre: { seed, paths, ever_below, reserve, "
      "years = "
      "{ { quantiles, above, below, upto_planned } } }. The same bits on any number of "
      "threads. "
      "inputs: "
      "allocation, realisation, timing, index = { kind = fixed, normal, uniform, "
      "triangular "
      "or empirical, mean, sd, low, mode, high, values, once }, and correlation, a "
      "matrix "
      "in that order; what is not there is as planned." },
    { "past", lmedel_past, "(ar: report, year: integer): report|nil",
      "What the report prints of an earlier year, as a report; nil without a result." },
    { "plan", lmedel_plan, "(ar: report, n: integer): report",
      "The n:th of the report's plans as a report, whose outcome is what is planned; "
      "eget "
      "kapital is the year before's and the planned result. Each figure explains itself "
      "by "
      "its print." },
    { "plans", lmedel_plans, "(ar: report): table[]",
      "The budgets and forecasts whose result the report prints: { year, variant, made, "
      "superseded }, by year, the budget first, forecasts the oldest first." },
    { "project", lmedel_project,
      "(ar: report, parameters: parameters, options: { first: integer, last: integer, "
      "changes?: table[], replace?: table<string, function>, no_brake?: boolean, "
      "partial?: "
      "boolean, norm?: string }): projection|nil, string|nil",
      "What the changes lead to, year by year; scripts/medel/decision.lua makes them "
      "from "
      "decisions. `partial`: the base may be an overview alone. nil and why, if they "
      "cannot hold." },
    { "read_kontoplan", lmedel_read_kontoplan,
      "(t: taxonomy, text: string, name?: string, base?: kontoplan): kontoplan|nil, "
      "string|nil",
      "Read which accounts make which rows; base is the plan that it is based on." },
    { "read_ledger", lmedel_ledger_read,
      "(text: string, name?: string, options?: table): ledger|nil, string|nil",
      "Read a ledger from the bytes of a SIE file; see ledger." },
    { "read_parameters", lmedel_read_parameters,
      "(text: string, name?: string, norms?: table<string, string>): parameters|nil, "
      "string|nil",
      "Read dated parameters; `norms` chooses by id which of the competing norms counts, "
      "which is the first one of the file unless it is said." },
    { "read_report", read_report,
      "(t: taxonomy, text: string, name?: string): report|nil, string|nil",
      "Read a report from text; it cannot name other files." },
    { "read_taxonomy", read_taxonomy,
      "(text: string, name?: string): taxonomy|nil, string|nil", "Read a taxonomy." },
    { "reference", lmedel_push_reference, "(): table",
      "This reference: { classes, functions, language }, from the tables that register "
      "them." },
    { "repair", lmedel_repair, "(ar: report): table[]",
      "The fewest printed figures whose change makes sums, columns and ties of all years "
      "hold. Each problem has findings ({ rule, message, fact }), repairs ({ figures, "
      "shares }, likeliest first; a figure has fact, text, printed, cause; shares is how "
      "many printed shares would then not agree), decided (the first is so much likelier "
      "that it may be proposed), tried (sets of figures) and bounded (there were more). "
      "At most 3 figures together and 20 000 sets." },
    { "runner", lmedel_new_runner,
      "(options: { parameters?: parameters, overrides?: table, memory_mb?: integer, "
      "time_ms?: integer, output_kb?: integer }): runner",
      "A guarded state for rules: 64 MiB, 2 000 ms a rule and 1 024 KiB of findings a "
      "rule unless told; made inside a limit, no more than that one has left." },
    { NULL, NULL, NULL, NULL }
};

/* ---- the reference ---- */

static void push_functions(lua_State *L, const lmedel_function *list)
{
    lua_newtable(L);
    for (lua_Integer i = 1; list && list->name; list++, i++) {
        lua_createtable(L, 0, 3);
        lmedel_set_text(L, "name", list->name);
        lmedel_set_text(L, "signature", list->signature);
        lmedel_set_text(L, "doc", list->doc);
        lua_rawseti(L, -2, i);
    }
}

static void push_properties(lua_State *L, const lmedel_property *p)
{
    lua_newtable(L);
    for (lua_Integer i = 1; p && p->name; p++, i++) {
        lua_createtable(L, 0, 3);
        lmedel_set_text(L, "name", p->name);
        lmedel_set_text(L, "type", p->type);
        lmedel_set_text(L, "doc", p->doc);
        lua_rawseti(L, -2, i);
    }
}

static void append_functions(lua_State *L, const lmedel_function *list)
{
    push_functions(L, list);
    lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, -1, i);
        lua_rawseti(L, -3, (lua_Integer)lua_rawlen(L, -3) + 1);
    }
    lua_pop(L, 1);
}

int lmedel_push_reference(lua_State *L)
{
    lua_newtable(L);
    lua_newtable(L);
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        lua_createtable(L, 0, 4);
        lmedel_set_text(L, "name", classes[i]->name);
        lmedel_set_text(L, "doc", classes[i]->doc);
        push_functions(L, classes[i]->methods);
        lua_setfield(L, -2, "methods");
        push_properties(L, classes[i]->properties);
        lua_setfield(L, -2, "properties");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "classes");
    lua_newtable(L);
    append_functions(L, module_functions);
    append_functions(L, lmedel_json_functions);
    append_functions(L, lmedel_file_functions);
    append_functions(L, lmedel_digest_functions);
    append_functions(L, lmedel_text_functions);
    append_functions(L, lmedel_line_functions);
    append_functions(L, lmedel_import_functions);
    append_functions(L, lmedel_office_functions);
    lua_setfield(L, -2, "functions");
    lua_newtable(L);
    append_functions(L, lmedel_quantity_functions);
    append_functions(L, lmedel_language_functions);
    append_functions(L, lmedel_calendar_functions);
    lua_setfield(L, -2, "language");
    return 1;
}

MEDEL_API int luaopen_medel(lua_State *L)
{
    lmedel_open_quantity(L);
    lmedel_open_report(L);
    lmedel_open_record(L);
    lmedel_open_parameters(L);
    lmedel_open_ledger(L);
    lmedel_open_statements(L);
    lmedel_open_projection(L);
    lmedel_open_montecarlo(L);
    lmedel_open_language(L);
    lmedel_open_runner(L);
    lua_newtable(L);
    lmedel_set_functions(L, module_functions);
    lmedel_set_functions(L, lmedel_json_functions);
    lmedel_set_functions(L, lmedel_file_functions);
    lmedel_set_functions(L, lmedel_digest_functions);
    lmedel_set_functions(L, lmedel_text_functions);
    lmedel_set_functions(L, lmedel_line_functions);
    lmedel_set_functions(L, lmedel_import_functions);
    lmedel_set_functions(L, lmedel_office_functions);
    lmedel_set_functions(L, lmedel_quantity_functions);
    lmedel_set_functions(L, lmedel_language_functions);
    lmedel_set_functions(L, lmedel_calendar_functions);
    lmedel_set_text(L, "version", MEDEL_VERSION);
    lua_pushlightuserdata(L, NULL);
    lua_setfield(L, -2, "null");
    return 1;
}

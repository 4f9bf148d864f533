/*
 * lmedel_runner.c - loads rules into a guarded state and runs them on reports.
 *
 * A rule runs light first.  Only where it finds something it runs once more with
 * derivations recorded, so that the finding carries every figure it read.
 */
#include "lmedel.h"

#include <stdio.h>
#include <string.h>

#define DEFAULT_MEMORY ((lua_Integer)64)
#define DEFAULT_TIME ((lua_Integer)2000)

struct lmedel_runner {
    lmedel_guard *guard;
    const medel_parameters *parameters;
    unsigned time_ms;
};
typedef struct lmedel_runner runner;

/* Everything a protected call in the rule state needs; passed as light userdata. */
typedef struct job {
    lua_State *host;           /* overrides stand on top of its stack; or NULL */
    const char *name, *source; /* loading */
    size_t len;
    const medel_report *report; /* running */
    const medel_parameters *parameters;
    lua_Integer rule;
    bool record;
    bool shared; /* the rules of a run share one view */
    char missing[200];
} job;

/* What a rule says of itself. */
static const char *const rule_texts[] = { "id",     "title", "ground",
                                          "level",  "file",  "recommendation",
                                          "limits", "status", "group", NULL };

/* ---- inside the rule state ---- */

static void push_list(lua_State *L)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.rules");
}

/* Push the value of a rule file: its table, checked. */
static void call_file(lua_State *L, int chunk, const char *name)
{
    lmedel_state_of(L)->known = false;
    lua_pushvalue(L, chunk);
    lua_pushnil(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "medel.rule_made");
    lua_call(L, 0, 1);
    if (!lua_istable(L, -1)
        || lua_getfield(L, LUA_REGISTRYINDEX, "medel.rule_made") == LUA_TNIL)
        luaL_error(L, "%s: the file must end with: return rule { ... }", name);
    lua_pop(L, 1);
    lua_pushcfunction(L, lmedel_rule); /* the file may have changed it since */
    lua_pushvalue(L, -2);
    lua_call(L, 1, 0);
}

/* Can the function on top of the stack remember anything from one call to the next?  Not
   without upvalues, but for the environment at 'env', which cannot be changed. */
static bool remembers(lua_State *L, int env)
{
    for (int i = 1; lua_getupvalue(L, -1, i); i++) {
        const bool other = !lua_rawequal(L, -1, env);
        lua_pop(L, 1);
        if (other)
            return true;
    }
    return false;
}

/* A check that can remember is made anew from its file for every call: a rule is a function
   of the report alone, and must not hold on to one that the host has freed. */
static void push_check(lua_State *L, const job *j)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.files");
    if (lua_rawgeti(L, -1, j->rule) == LUA_TFUNCTION) {
        lmedel_state_of(L)->known = true;
        lua_call(L, 0, 1);
    } else {
        push_list(L);
        lua_rawgeti(L, -1, j->rule);
    }
    luaL_checktype(L, -1, LUA_TTABLE);
    lua_getfield(L, -1, "check");
}

#define MAX_ERROR 4096

/* The error as one line that a report can print. */
static int traceback(lua_State *L)
{
    char shown[MAX_ERROR + 1];
    size_t len;
    if (lua_type(L, 1) != LUA_TSTRING) {
        lua_pushliteral(L, "(the error is not a text)");
        return 1;
    }
    const char *message = lua_tolstring(L, 1, &len);
    medel_text_show(message, len < MAX_ERROR ? len : MAX_ERROR, shown, sizeof shown);
    lua_pushstring(L, shown);
    return 1;
}

static int load_rule(lua_State *L)
{
    job *j = lua_touserdata(L, 1);
    unsigned line;
    const char *bad = lmedel_lint(j->source, j->len, &line);
    if (bad)
        return luaL_error(L, "%s:%d: %s", j->name, (int)line, bad);
    lua_pushfstring(L, "@%s", j->name);
    if (luaL_loadbufferx(L, j->source, j->len, lua_tostring(L, -1), "t") != LUA_OK)
        return lua_error(L);
    const int chunk = lua_gettop(L);
    lmedel_push_environment(L);
    const int env = lua_gettop(L);
    lua_pushvalue(L, env);
    if (!lua_setupvalue(L, chunk, 1))
        lua_pop(L, 1);
    call_file(L, chunk, j->name);
    const int rule = lua_gettop(L);
    lua_pushstring(L, j->name);
    lua_setfield(L, rule, "file");
    push_list(L);
    const lua_Integer n = (lua_Integer)lua_rawlen(L, -1) + 1;
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.files");
    lua_getfield(L, rule, "check");
    if (remembers(L, env))
        lua_pushvalue(L, chunk);
    else
        lua_pushboolean(L, 0);
    lua_rawseti(L, -3, n);
    lua_pop(L, 2);
    lua_pushvalue(L, rule); /* last: what is in the list is loaded */
    lua_rawseti(L, -2, n);
    lua_pushinteger(L, n);
    return 1;
}

/* The label of a field by its path: "revision.revisorer". */
static const char *field_label(const medel_report *r, const char *path)
{
    const medel_field *f = medel_report_root(r)->spec;
    while (f && *path) {
        size_t n = strcspn(path, "."), i = 0;
        while (i < f->nfields
               && (strlen(f->fields[i].name) != n
                   || memcmp(f->fields[i].name, path, n) != 0))
            i++;
        f = i < f->nfields ? &f->fields[i] : NULL;
        path += n + (path[n] == '.');
    }
    return f ? f->label : NULL;
}

/* "Fordringar föregående år är inte tryckt" for a path in needs. */
static void say_missing(job *j, const char *path)
{
    static const struct {
        const char *prefix, *words;
    } views[] = { { "foregaende.", " föregående år" },
                  { "kommande.", " nästa år" },
                  { "budget.", " i budget" },
                  { "prognos.", " i prognos" } };
    const medel_taxonomy *t = medel_report_taxonomy(j->report);
    const char *when[4] = { "", "", "", "" }, *rest = path, *label = NULL;
    size_t n = 0;
    for (size_t i = 0; i < 4; i++) {
        size_t len = strlen(views[i].prefix);
        if (n < 4 && strncmp(rest, views[i].prefix, len) == 0) {
            when[n++] = views[i].words;
            rest += len;
            i = (size_t)-1;
        }
    }
    char table[80];
    const char *dot = strchr(rest, '.');
    const medel_concept *concept = dot ? NULL : medel_taxonomy_concept(t, rest);
    if (concept) {
        label = concept->label;
    } else if (dot && (size_t)(dot - rest) < sizeof table) {
        memcpy(table, rest, (size_t)(dot - rest));
        table[dot - rest] = '\0';
        const medel_table_spec *spec = medel_taxonomy_table(t, table);
        size_t len = strcspn(dot + 1, ".");
        for (size_t i = 0; spec && i < spec->nrows; i++) {
            if (strncmp(spec->rows[i]->id, dot + 1, len) == 0
                && spec->rows[i]->id[len] == '\0')
                label = spec->rows[i]->label;
        }
    } else {
        const medel_table_spec *spec = medel_taxonomy_table(t, rest);
        label = spec ? spec->label : NULL;
    }
    if (!label)
        label = field_label(j->report, rest);
    snprintf(j->missing, sizeof j->missing, "%s%s%s saknas (%s)",
             label ? label : rest, when[0], when[1], path);
}

static const char seen_key = 0;

/* While a runner goes through its rules they share one view, and what it remembers. */
static int share_view(lua_State *L)
{
    job *j = lua_touserdata(L, 1);
    lmedel_push_borrowed_report(L, j->report);
    lmedel_push_view(L, -1, medel_report_year(j->report), MEDEL_VARIANT_UTFALL);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &seen_key);
    return 0;
}

static void push_seen(lua_State *L, const job *j)
{
    if (j->shared) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &seen_key);
        return;
    }
    lmedel_push_borrowed_report(L, j->report);
    lmedel_push_view(L, -1, medel_report_year(j->report), MEDEL_VARIANT_UTFALL);
}

/* Leaves nil, a finding or a list of findings; j->missing where a need is not met. */
static int run_rule(lua_State *L)
{
    job *j = lua_touserdata(L, 1);
    char date[16];
    int32_t days = 0;
    lmedel_state_of(L)->record = j->record;
    lmedel_forget_reads(L);
    lua_settop(L, 0);
    push_list(L);
    lua_rawgeti(L, 1, j->rule);
    push_seen(L, j);
    int ar = lua_gettop(L);
    if (lua_getfield(L, 2, "needs") == LUA_TTABLE) {
        int needs = lua_gettop(L);
        for (lua_Integer i = 1; lua_rawgeti(L, needs, i) == LUA_TSTRING; i++) {
            const char *path = lua_tostring(L, -1);
            lmedel_push_path(L, ar, path);
            bool there = !lua_isnil(L, -1);
            lua_settop(L, needs);
            if (!there) {
                lua_rawgeti(L, needs, i);
                say_missing(j, lua_tostring(L, -1));
                return 0;
            }
        }
    }
    lua_settop(L, ar);
    lmedel_forget_reads(L);
    push_check(L, j);
    lua_pushvalue(L, ar);
    snprintf(date, sizeof date, "%d-12-31", medel_report_year(j->report));
    if (j->parameters && medel_date_parse(&days, date, 10)) {
        lua_getfield(L, LUA_REGISTRYINDEX, "medel.overrides");
        lmedel_push_norms(L, j->parameters, 0, -1, days);
        lua_remove(L, -2);
    } else {
        lua_pushnil(L);
    }
    lua_call(L, 2, 1);
    return 1;
}

static int protected_call(lua_State *L, lua_CFunction f, job *j)
{
    lua_settop(L, 0);
    lua_pushcfunction(L, traceback);
    lua_pushcfunction(L, f);
    lua_pushlightuserdata(L, j);
    return lua_pcall(L, 1, 1, 1);
}

/* ---- from the rule state to the host's ---- */

static void copy_text(lua_State *from, int at, const char *key, lua_State *to)
{
    if (lua_getfield(from, at, key) == LUA_TSTRING) {
        size_t len;
        const char *s = lua_tolstring(from, -1, &len);
        lua_pushlstring(to, s, len);
        lua_setfield(to, -2, key);
    }
    lua_pop(from, 1);
}

static void copy_values(lua_State *from, int finding, lua_State *to, int owner, int norms)
{
    lua_newtable(to);
    if (lua_getfield(from, finding, "values") == LUA_TTABLE) {
        int values = lua_gettop(from);
        for (lua_pushnil(from); lua_next(from, values); lua_pop(from, 1)) {
            medel_node *n = lmedel_test_quantity(from, -1);
            if (!n || lua_type(from, -2) != LUA_TSTRING)
                continue;
            lmedel_copy_quantity(to, n, owner, norms);
            lua_setfield(to, -2, lua_tostring(from, -2));
        }
    }
    lua_pop(from, 1);
    lua_setfield(to, -2, "values");
}

/* Does the quantity come, however far back, from the figure or the parameter? */
static bool comes_from(const medel_node *n, const void *source)
{
    return n
           && (n->fact == source || n->parameter == source
               || comes_from(n->left, source) || comes_from(n->right, source));
}

/* Is the source behind `at` or one of the values of the finding? */
static bool uses(lua_State *L, int finding, const void *source)
{
    bool used = false;
    lua_getfield(L, finding, "at");
    const medel_fact *f = lmedel_test_fact(L, -1);
    used = (f && f == source) || comes_from(lmedel_test_quantity(L, -1), source);
    if (!used && lua_getfield(L, finding, "values") == LUA_TTABLE) {
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
            used = used || comes_from(lmedel_test_quantity(L, -1), source);
    }
    lua_settop(L, finding);
    return used;
}

/* All that the check read; in a list of findings, what each of them is about. */
static void copy_reads(lua_State *from, int finding, lua_State *to, int owner,
                       bool several)
{
    lmedel_state *s = lmedel_state_of(from);
    lua_Integer n = 0;
    lua_newtable(to);
    for (size_t i = 0; i < s->nreads; i++) {
        if (several && !uses(from, finding, s->reads[i]))
            continue;
        lmedel_push_fact(to, s->reads[i], owner);
        lua_rawseti(to, -2, ++n);
    }
    lua_setfield(to, -2, "evidence");
    lua_newtable(to);
    n = 0;
    for (size_t i = 0; i < s->nused; i++) {
        if (several && !uses(from, finding, s->used[i]))
            continue;
        lua_createtable(to, 0, 4);
        lua_pushstring(to, s->used[i]->id);
        lua_setfield(to, -2, "id");
        lua_pushstring(to, s->used[i]->norm);
        lua_setfield(to, -2, "norm");
        lua_pushstring(to, s->used[i]->source);
        lua_setfield(to, -2, "source");
        lua_pushstring(to, s->used[i]->title);
        lua_setfield(to, -2, "title");
        lua_rawseti(to, -2, ++n);
    }
    lua_setfield(to, -2, "parameters");
}

static const medel_fact *first_figure(lua_State *L, int finding, bool several)
{
    lmedel_state *s = lmedel_state_of(L);
    for (size_t i = 0; i < s->nreads; i++) {
        if (!several || uses(L, finding, s->reads[i]))
            return s->reads[i];
    }
    return NULL;
}

/* A column of statement:columns(): only the ends of its places are shown. */
static bool column_place(lua_State *L, int at, int ends[2], lmedel_place *out)
{
    if (!lua_istable(L, at) || lua_getfield(L, at, "line") != LUA_TNUMBER)
        return false;
    *out = (lmedel_place){ NULL, (unsigned)lua_tointeger(L, -1), 1, ends, 0 };
    if (lua_getfield(L, at, "col") == LUA_TNUMBER)
        out->col = (unsigned)lua_tointeger(L, -1);
    lua_getfield(L, at, "table");
    out->table = lua_tostring(L, -1); /* anchored by the column */
    if (lua_getfield(L, at, "places") == LUA_TTABLE && lua_rawlen(L, -1) > 0) {
        lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
        lua_rawgeti(L, -1, 1);
        lua_rawgeti(L, -2, n);
        ends[0] = (int)lua_tointeger(L, -2);
        ends[1] = (int)lua_tointeger(L, -1);
        out->nplaces = 2;
    }
    return true;
}

static bool place_of(lua_State *L, int at, const job *j, int ends[2], lmedel_place *out)
{
    const medel_record *record = lmedel_test_record(L, at);
    if (record) {
        lmedel_record_place(record, out);
        return true;
    }
    if (lua_type(L, at) == LUA_TSTRING)
        return lmedel_field_place(j->report, lua_tostring(L, at), out);
    return lmedel_part_place(L, at, out) || column_place(L, at, ends, out);
}

/* Where the finding is: `at`, else the first figure read, else the file. */
static const char *finding_place(lua_State *L, int finding, const job *j, bool several,
                                 int ends[2], lmedel_place *out)
{
    int top = lua_gettop(L);
    *out = (lmedel_place){ NULL, 1, 1, NULL, 0 };
    lua_getfield(L, finding, "at");
    medel_node *n = lmedel_test_quantity(L, -1);
    const medel_fact *f = n ? n->fact : lmedel_test_fact(L, -1);
    if (!f && !place_of(L, lua_gettop(L), j, ends, out))
        f = first_figure(L, finding, several);
    if (f)
        *out = (lmedel_place){ f->table, f->line, f->col, f->places, f->nplaces };
    lua_settop(L, top);
    return f ? f->file : medel_report_file(j->report);
}

static void copy_place(lua_State *from, int finding, lua_State *to, const job *j,
                       bool several)
{
    int ends[2] = { 0, 0 };
    lmedel_place p;
    const char *file = finding_place(from, finding, j, several, ends, &p);
    medel_fact stands = { .places = p.places, .nplaces = p.nplaces };
    char place[64] = "";
    medel_fact_place(j->report, &stands, place, sizeof place);
    lua_pushstring(to, place);
    lua_setfield(to, -2, "place");
    lua_pushstring(to, p.table);
    lua_setfield(to, -2, "table");
    lua_pushstring(to, file);
    lua_setfield(to, -2, "file");
    lua_pushinteger(to, p.line);
    lua_setfield(to, -2, "line");
    lua_pushinteger(to, p.col);
    lua_setfield(to, -2, "col");
}

static void copy_finding(lua_State *from, int finding, lua_State *to, int owner,
                         int norms, const job *j, bool several)
{
    lua_createtable(to, 0, 10);
    copy_text(from, finding, "message", to);
    copy_text(from, finding, "level", to);
    copy_text(from, finding, "recommendation", to);
    copy_values(from, finding, to, owner, norms);
    copy_reads(from, finding, to, owner, several);
    copy_place(from, finding, to, j, several);
}

static bool is_finding(lua_State *L, int at)
{
    if (!lua_istable(L, at) || !lua_getmetatable(L, at))
        return false;
    luaL_getmetatable(L, LMEDEL_FINDING);
    bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same;
}

static void set_outcome(lua_State *to, const char *outcome, const char *key,
                        const char *text)
{
    lua_pushstring(to, outcome);
    lua_setfield(to, -2, "outcome");
    if (key) {
        lua_pushstring(to, text);
        lua_setfield(to, -2, key);
    }
}

#define MAX_FINDINGS 1000
#define MAX_NODES 100000u

/* The nodes that copying a finding's values takes. */
static unsigned finding_size(lua_State *L, int at)
{
    unsigned size = 1;
    if (lua_getfield(L, at, "values") == LUA_TTABLE) {
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
            medel_node *n = lmedel_test_quantity(L, -1);
            size += n && size < MAX_NODES ? lmedel_derivation_size(n) : 0;
        }
    }
    medel_node *n = lua_getfield(L, at, "at") == LUA_TUSERDATA
                        ? lmedel_test_quantity(L, -1)
                        : NULL;
    lua_settop(L, at);
    return size + (n ? lmedel_derivation_size(n) : 0);
}

/* What is wrong with the finding on top of the stack, which may have been changed since
   it was made; NULL if nothing. */
static const char *finding_fault(lua_State *L, bool listed, unsigned *size)
{
    int at = lua_gettop(L);
    const bool none = is_finding(L, at) && listed
                      && lua_getfield(L, at, "reason") != LUA_TNIL;
    lua_settop(L, at);
    if (none || !is_finding(L, at))
        return "check must return nothing, a finding, a list of findings or "
               "not_applicable()";
    const char *bad = lmedel_bad_finding(L, at);
    if (bad)
        return bad;
    if (*size < MAX_NODES)
        *size += finding_size(L, at);
    return *size >= MAX_NODES ? "the findings and their values are too many to show"
                              : NULL;
}

/* The same for what a check returned: a finding or a list. */
static const char *result_fault(lua_State *L)
{
    unsigned size = 0;
    int at = lua_gettop(L);
    if (is_finding(L, at) || !lua_istable(L, at))
        return finding_fault(L, false, &size);
    for (lua_Integer i = 1; lua_rawgeti(L, at, i) != LUA_TNIL; i++) {
        const char *bad = i > MAX_FINDINGS ? "more than 1000 findings"
                                           : finding_fault(L, true, &size);
        lua_settop(L, at);
        if (bad)
            return bad;
    }
    lua_settop(L, at);
    return NULL;
}

static void copy_findings(lua_State *from, lua_State *to, int owner, int norms,
                          const job *j)
{
    int at = lua_gettop(from);
    lua_newtable(to);
    lua_Integer n = 0;
    if (is_finding(from, at)) {
        copy_finding(from, at, to, owner, norms, j, false);
        lua_rawseti(to, -2, ++n);
    } else {
        while (lua_rawgeti(from, at, n + 1) != LUA_TNIL) {
            copy_finding(from, at + 1, to, owner, norms, j, true);
            lua_rawseti(to, -2, ++n);
            lua_settop(from, at);
        }
    }
    lua_settop(from, at);
    lua_setfield(to, -2, "findings");
    set_outcome(to, n ? "finding" : "passed", NULL, NULL);
}

/* The result of run_rule is on top of 'from'; the outcome's table on top of 'to'. */
static void copy_outcome(lua_State *from, lua_State *to, int owner, int norms,
                         const job *j)
{
    int at = lua_gettop(from);
    const char *bad = result_fault(from);
    if (bad)
        set_outcome(to, "broken", "error", bad);
    else if (is_finding(from, at) && lua_getfield(from, at, "reason") == LUA_TSTRING)
        set_outcome(to, "not_applicable", "missing", lua_tostring(from, -1));
    else {
        lua_settop(from, at);
        copy_findings(from, to, owner, norms, j);
    }
    lua_settop(from, at);
}

/* ---- the class ---- */

static int runner_gc(lua_State *L)
{
    runner *r = luaL_checkudata(L, 1, LMEDEL_RUNNER);
    lmedel_guard_free(r->guard);
    r->guard = NULL;
    return 0;
}

static runner *check_runner(lua_State *L)
{
    runner *r = luaL_checkudata(L, 1, LMEDEL_RUNNER);
    luaL_argcheck(L, r->guard, 1, "the runner is closed");
    return r;
}

static lua_Integer option(lua_State *L, const char *key, lua_Integer usual)
{
    lua_getfield(L, 1, key);
    lua_Integer n = luaL_optinteger(L, -1, usual);
    luaL_argcheck(L, n > 0 && n <= 1000000, 1, key);
    lua_pop(L, 1);
    return n;
}

/* The host reads what a rule left without protection.  It then only asks for names that
   the state has already, so that nothing is allocated and nothing can fail. */
static void keep_names(lua_State *L)
{
    static const char *const names[] = { "reason", "message", "recommendation", "level",
                                         "values", "at", "line", "col", "table", "places",
                                         "needs", "medel.rules", NULL };
    lua_newtable(L);
    for (int i = 0; names[i]; i++) {
        lua_pushstring(L, names[i]);
        lua_rawseti(L, -2, i + 1);
    }
    for (int i = 0; rule_texts[i]; i++) {
        lua_pushstring(L, rule_texts[i]);
        lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    }
    lua_setfield(L, LUA_REGISTRYINDEX, "medel.names");
}

/* In the rule state: the overrides on top of the host's stack are in force, or, without a
   host, those that the runner was made with. */
static int use_overrides(lua_State *rules)
{
    const job *j = lua_touserdata(rules, 1);
    if (j->host) {
        const int list = lua_gettop(j->host);
        lua_newtable(rules);
        for (lua_pushnil(j->host); lua_next(j->host, list); lua_pop(j->host, 1)) {
            lua_pushstring(rules, lua_tostring(j->host, -1));
            lua_setfield(rules, -2, lua_tostring(j->host, -2));
        }
    } else {
        lua_getfield(rules, LUA_REGISTRYINDEX, "medel.usual_overrides");
    }
    lua_setfield(rules, LUA_REGISTRYINDEX, "medel.overrides");
    return 0;
}

static int open_rules(lua_State *rules)
{
    lmedel_guard_open(rules);
    lua_newtable(rules);
    lua_setfield(rules, LUA_REGISTRYINDEX, "medel.rules");
    lua_newtable(rules);
    lua_setfield(rules, LUA_REGISTRYINDEX, "medel.files");
    keep_names(rules);
    lua_settop(rules, 1);
    use_overrides(rules);
    lua_getfield(rules, LUA_REGISTRYINDEX, "medel.overrides");
    lua_setfield(rules, LUA_REGISTRYINDEX, "medel.usual_overrides");
    return 0;
}

/* Push options.overrides, { id = norm }; false if it is not given. */
static bool push_overrides(lua_State *L, int options)
{
    luaL_checkstack(L, 8, "overrides");
    if (!lua_istable(L, options))
        return false;
    if (lua_getfield(L, options, "overrides") != LUA_TTABLE) {
        lua_pop(L, 1);
        return false;
    }
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "overrides must be names: { [\"parameter\"] = \"norm\" }");
    }
    return true;
}

int lmedel_new_runner(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer memory = option(L, "memory_mb", DEFAULT_MEMORY);
    lua_Integer time_ms = option(L, "time_ms", DEFAULT_TIME);
    runner *r = lua_newuserdatauv(L, sizeof *r, 1);
    memset(r, 0, sizeof *r);
    r->time_ms = (unsigned)time_ms;
    luaL_setmetatable(L, LMEDEL_RUNNER);
    int self = lua_gettop(L);
    if (lua_getfield(L, 1, "parameters") != LUA_TNIL) {
        r->parameters = lmedel_check_parameters(L, -1);
        lua_setiuservalue(L, self, 1);
    }
    lua_settop(L, self);
    r->guard = lmedel_guard_new((size_t)memory << 20);
    if (!r->guard)
        return luaL_error(L, "not enough memory for the rules");
    lua_State *rules = lmedel_guard_state(r->guard);
    job j = { 0 };
    j.host = push_overrides(L, 1) ? L : NULL;
    if (protected_call(rules, open_rules, &j) != LUA_OK)
        return luaL_error(L, "cannot prepare the rules: %s", lua_tostring(rules, -1));
    lua_settop(L, self);
    return 1;
}

static void push_rule(lua_State *rules, lua_State *L)
{
    int at = lua_gettop(rules);
    lua_newtable(L);
    for (int i = 0; rule_texts[i]; i++)
        copy_text(rules, at, rule_texts[i], L);
    lua_newtable(L);
    if (lua_getfield(rules, at, "needs") == LUA_TTABLE) {
        for (lua_Integer i = 1; lua_rawgeti(rules, -1, i) == LUA_TSTRING; i++) {
            lua_pushstring(L, lua_tostring(rules, -1));
            lua_rawseti(L, -2, i);
            lua_pop(rules, 1);
        }
    }
    lua_settop(rules, at);
    lua_setfield(L, -2, "needs");
}

static const char *stopped(lmedel_stop why)
{
    return why == LMEDEL_CANCELLED ? "cancelled"
                                   : "the rule took longer than its time limit";
}

static int runner_load(lua_State *L)
{
    runner *r = check_runner(L);
    job j = { 0 };
    j.name = luaL_checkstring(L, 2);
    j.source = luaL_checklstring(L, 3, &j.len);
    lua_State *rules = lmedel_guard_state(r->guard);
    if (!lmedel_guard_start(r->guard, r->time_ms))
        return luaL_error(L, "cannot start the watchdog");
    int st = protected_call(rules, load_rule, &j);
    lmedel_stop why = lmedel_guard_stop(r->guard);
    if (st != LUA_OK) {
        lua_pushnil(L);
        lua_pushstring(L, why ? stopped(why) : lua_tostring(rules, -1));
        return 2;
    }
    lua_Integer index = lua_tointeger(rules, -1);
    lua_settop(rules, 0);
    push_list(rules);
    lua_rawgeti(rules, -1, index);
    push_rule(rules, L);
    lua_settop(rules, 0);
    return 1;
}

/* The competing norms that the rule used, whatever it came to: { id, ... }. */
static void add_norms(lua_State *rules, lua_State *L)
{
    lmedel_state *s = lmedel_state_of(rules);
    lua_Integer n = 0;
    for (size_t i = 0; i < s->nused; i++) {
        if (!s->used[i]->norm)
            continue;
        if (n == 0)
            lua_newtable(L);
        lua_pushstring(L, s->used[i]->id);
        lua_rawseti(L, -2, ++n);
    }
    if (n)
        lua_setfield(L, -2, "norms");
}

/* A broken rule may have filled the view that all share; the next one gets a fresh one. */
static void renew_view(lua_State *rules, job *j)
{
    lua_pushnil(rules);
    lua_rawsetp(rules, LUA_REGISTRYINDEX, &seen_key);
    lua_gc(rules, LUA_GCCOLLECT, 0);
    lua_gc(rules, LUA_GCCOLLECT, 0); /* what the first one finalised */
    j->shared = protected_call(rules, share_view, j) == LUA_OK;
    lua_settop(rules, 0);
}

static void run_one(lua_State *L, runner *r, job *j, int owner, int self)
{
    lua_State *rules = lmedel_guard_state(r->guard);
    int st = LUA_OK;
    lmedel_stop why = LMEDEL_NOT_STOPPED;
    j->missing[0] = '\0';
    j->record = false;
    for (int pass = 0; pass < 2; pass++) {
        lmedel_guard_start(r->guard, r->time_ms);
        st = protected_call(rules, run_rule, j);
        why = lmedel_guard_stop(r->guard);
        if (st != LUA_OK || !lua_istable(rules, -1))
            break;
        j->record = true;
    }
    lua_newtable(L);
    if (st != LUA_OK)
        set_outcome(L, "broken", "error",
                    why ? stopped(why) : lua_tostring(rules, -1));
    else if (j->missing[0])
        set_outcome(L, "not_applicable", "missing", j->missing);
    else if (lua_isnil(rules, -1))
        set_outcome(L, "passed", NULL, NULL);
    else
        copy_outcome(rules, L, owner, self, j);
    add_norms(rules, L);
    lua_settop(rules, 0);
    if (st != LUA_OK && j->shared)
        renew_view(rules, j);
}

/* With options.overrides, else with those the runner was made with. */
static void override_for_run(lua_State *L, lua_State *rules, int options)
{
    const int top = lua_gettop(L);
    job j = { 0 };
    j.host = push_overrides(L, options) ? L : NULL;
    if (protected_call(rules, use_overrides, &j) != LUA_OK)
        luaL_error(L, "cannot prepare the rules: %s", lua_tostring(rules, -1));
    lua_settop(rules, 0);
    lua_settop(L, top);
}

static void run_listed(lua_State *L, runner *r, job *j, lua_Integer all)
{
    lua_Integer n = all, out = 0;
    bool some = lua_istable(L, 3) && lua_getfield(L, 3, "rules") == LUA_TTABLE;
    int list = lua_gettop(L);
    if (some)
        n = (lua_Integer)lua_rawlen(L, list);
    lua_createtable(L, (int)n, 0);
    int result = lua_gettop(L);
    for (lua_Integer i = 1; i <= n; i++) {
        j->rule = i;
        if (some) {
            lua_rawgeti(L, list, i);
            j->rule = lua_tointeger(L, -1);
            lua_pop(L, 1);
        }
        if (j->rule < 1 || j->rule > all)
            luaL_error(L, "no rule number %d", (int)j->rule);
        run_one(L, r, j, 4, 1);
        lua_rawseti(L, result, ++out);
    }
}

/* run(self, ar [, { rules, overrides }]); index 4 is the report's box. */
static int runner_run(lua_State *L)
{
    runner *r = check_runner(L);
    job j = { 0 };
    int year;
    medel_variant variant;
    j.report = lmedel_check_view(L, 2, &year, &variant);
    j.parameters = r->parameters;
    lua_settop(L, 3);
    lmedel_report_of(L, 2, true);
    lua_State *rules = lmedel_guard_state(r->guard);
    override_for_run(L, rules, 3);
    push_list(rules);
    lua_Integer n = (lua_Integer)lua_rawlen(rules, -1);
    j.shared = protected_call(rules, share_view, &j) == LUA_OK;
    lua_settop(rules, 0);
    run_listed(L, r, &j, n);
    lua_pushnil(L);
    override_for_run(L, rules, lua_gettop(L));
    lua_pop(L, 1);
    return 1;
}

/* ---- for coverage: did it find anything, and where? ---- */

lmedel_runner *lmedel_check_runner(lua_State *L, int arg)
{
    lua_pushvalue(L, arg);
    lua_insert(L, 1);
    runner *r = check_runner(L);
    lua_remove(L, 1);
    return r;
}

size_t lmedel_runner_rules(lmedel_runner *r)
{
    lua_State *rules = lmedel_guard_state(r->guard);
    push_list(rules);
    size_t n = lua_rawlen(rules, -1);
    lua_settop(rules, 0);
    return n;
}

/* Is the finding on top of the stack above note? */
static bool weighs(lua_State *L, bool usual_counts)
{
    medel_level level;
    bool counts = usual_counts;
    if (!is_finding(L, lua_gettop(L)))
        return false;
    if (lua_getfield(L, -1, "level") == LUA_TSTRING)
        counts = medel_level_parse(&level, lua_tostring(L, -1))
                 && level > MEDEL_LEVEL_NOTE;
    bool applies = lua_getfield(L, -2, "reason") != LUA_TSTRING;
    lua_pop(L, 2);
    return counts && applies;
}

typedef struct trial {
    job j;
    bool usual_counts;
    lmedel_finding_place *places;
    size_t room, found;
    bool *touched;
} trial;

static void count_finding(lua_State *L, trial *t, bool several)
{
    int ends[2];
    lmedel_place p;
    if (!weighs(L, t->usual_counts))
        return;
    if (t->places && t->found < t->room) {
        finding_place(L, lua_gettop(L), &t->j, several, ends, &p);
        t->places[t->found] = (lmedel_finding_place){ p.line, p.col };
    }
    t->found++;
}

static int try_rule(lua_State *L)
{
    trial *t = lua_touserdata(L, 1);
    lmedel_state_of(L)->touched = t->touched;
    lua_pushcfunction(L, run_rule);
    lua_pushlightuserdata(L, &t->j);
    lua_call(L, 1, 1);
    int at = lua_gettop(L);
    if (is_finding(L, at)) {
        count_finding(L, t, false);
        return 0;
    }
    for (lua_Integer i = 1; lua_istable(L, at) && lua_rawgeti(L, at, i) != LUA_TNIL; i++) {
        count_finding(L, t, true);
        lua_settop(L, at);
    }
    return 0;
}

size_t lmedel_runner_try(lmedel_runner *r, const medel_report *report, size_t rule,
                         bool usual_counts, lmedel_finding_place *places, size_t room,
                         bool *touched)
{
    lua_State *rules = lmedel_guard_state(r->guard);
    trial t = { .usual_counts = usual_counts, .places = places, .room = room,
                .touched = touched };
    t.j.report = report;
    t.j.parameters = r->parameters;
    t.j.rule = (lua_Integer)rule + 1;
    t.j.record = places != NULL; /* places may be those of what was read */
    lmedel_guard_start(r->guard, r->time_ms);
    lua_settop(rules, 0);
    lua_pushcfunction(rules, traceback);
    lua_pushcfunction(rules, try_rule);
    lua_pushlightuserdata(rules, &t);
    int st = lua_pcall(rules, 1, 0, 1);
    lmedel_guard_stop(r->guard);
    lmedel_state_of(rules)->touched = NULL;
    lua_settop(rules, 0);
    return st == LUA_OK ? t.found : 0;
}

static const lmedel_function methods[] = {
    { "load", runner_load,
      "(self: runner, name: string, source: string): table|nil, string|nil",
      "Load one rule file. Returns what the rule says of itself, or nil and the error." },
    { "run", runner_run,
      "(self: runner, ar: report, options?: { rules?: integer[], overrides?: table }): "
      "table[]",
      "Run every rule, or those numbered, in the order they were loaded; overrides choose "
      "other norms for this run. Each result has outcome (`passed`, `finding`, "
      "`not_applicable`, `broken`), findings, missing or error, and norms: the ids of "
      "parameters with competing norms that it used." },
    { NULL, NULL, NULL, NULL }
};

const lmedel_class lmedel_runner_class = {
    LMEDEL_RUNNER,
    "Rules in a state of their own, with bounded memory and time and no way out.", methods,
    NULL
};

void lmedel_open_runner(lua_State *L)
{
    static const luaL_Reg meta[] = { { "__gc", runner_gc }, { "__close", runner_gc },
                                     { NULL, NULL } };
    lmedel_new_class(L, &lmedel_runner_class, NULL, meta);
}

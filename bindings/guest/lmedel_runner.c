/*
 * lmedel_runner.c - loads rules into a guarded state and runs them on reports.
 *
 * A finding carries every figure that its rule read.  In a report to note reads and
 * derivations costs a tenth, which is less than to run again what finds something.  With
 * a ledger, where there is no end of what is read, a rule runs light first, and once more
 * with reads noted only where it finds something.
 */
#include "lmedel_runner.h"

#include <string.h>

#define DEFAULT_MEMORY ((lua_Integer)64)
#define DEFAULT_TIME ((lua_Integer)2000)
#define DEFAULT_OUTPUT ((lua_Integer)1024)

#define NAMES 2 /* user value: the file of each rule */

typedef lmedel_runner runner;

/* What a rule says of itself. */
static const char *const rule_texts[] = { "id",    "title",          "ground", "level",
                                          "file",  "recommendation", "limits", "status",
                                          "group", "from",           "to",     "document",
                                          "asks",  "asks_on",        "why",    NULL };

/* ---- the class ---- */

static int runner_gc(lua_State *L)
{
    runner *r = lmedel_check(L, 1, &lmedel_runner_class);
    lmedel_host_leave(r);
    lmedel_guard_free(r->guard);
    r->guard = NULL;
    return 0;
}

lmedel_runner *lmedel_check_runner(lua_State *L, int arg)
{
    runner *r = lmedel_check(L, arg, &lmedel_runner_class);
    luaL_argcheck(L, r->guard, arg, "the runner is closed");
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
    static const char *const names[] = { "reason",  "message", "recommendation",
                                         "level",   "values",  "at",
                                         "line",    "col",     "table",
                                         "places",  "needs",   "evidence",
                                         "refused", "causes",  NULL };
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
    const lmedel_job *j = lua_touserdata(rules, 1);
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
    const lmedel_job *j = lua_touserdata(rules, 1);
    lmedel_state_of(rules)->host = j->embedder;
    lmedel_guard_open(rules);
    lmedel_open_rules(rules);
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
    lua_Integer output = option(L, "output_kb", DEFAULT_OUTPUT);
    runner *r = lua_newuserdatauv(L, sizeof *r, 2);
    memset(r, 0, sizeof *r);
    r->time_ms = (unsigned)time_ms;
    r->output = (size_t)output << 10;
    lmedel_set_class(L, &lmedel_runner_class);
    int self = lua_gettop(L);
    if (lua_getfield(L, 1, "parameters") != LUA_TNIL) {
        r->parameters = lmedel_check_parameters(L, -1);
        lua_setiuservalue(L, self, 1);
    }
    lua_newtable(L);
    lua_setiuservalue(L, self, NAMES);
    r->journal = lmedel_journal_of(L);
    lua_settop(L, self);
    void *ud;
    const medel_alloc_fn alloc = lmedel_host_alloc(L, &ud);
    r->guard = lmedel_guard_new((size_t)memory << 20, lmedel_guard_of(L), alloc, ud);
    if (!r->guard)
        return luaL_error(L, "not enough memory for the rules");
    lua_State *rules = lmedel_guard_state(r->guard);
    lmedel_host_join(L, r);
    lmedel_job j = { 0 };
    j.embedder = r->embedder;
    j.host = push_overrides(L, 1) ? L : NULL;
    if (lmedel_protected(rules, open_rules, &j) != LUA_OK)
        return luaL_error(L, "cannot prepare the rules: %s", lua_tostring(rules, -1));
    lua_settop(L, self);
    return 1;
}

static void push_rule(lua_State *rules, lua_State *L)
{
    int at = lua_gettop(rules);
    lua_newtable(L);
    for (int i = 0; rule_texts[i]; i++)
        lmedel_copy_text(rules, at, rule_texts[i], L);
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

/* Why the call ended that left an error on top of the rules' stack. */
static const char *failure(const runner *r, lua_State *rules, lmedel_stop why, int status)
{
    const char *said = lmedel_guard_said(r->guard, why, status);
    return said ? said : lua_tostring(rules, -1);
}

/* Inside a limit that holds it is that one's journal. */
static lmedel_journal *journal_for(lua_State *L, const runner *r)
{
    return lmedel_guard_holds(L) ? NULL : r->journal;
}

static int runner_load(lua_State *L)
{
    runner *r = lmedel_check_runner(L, 1);
    lmedel_job j = { 0 };
    j.name = luaL_checkstring(L, 2);
    j.source = luaL_checklstring(L, 3, &j.len);
    j.bundle = lmedel_state_of(L)->bundle;
    lua_State *rules = lmedel_guard_state(r->guard);
    lua_settop(L, 4);
    if (!lua_isnil(L, 4)) {
        luaL_checktype(L, 4, LUA_TTABLE);
        const char *bad = lmedel_bad_libraries(L, 4);
        if (bad)
            return luaL_error(L, "%s", bad);
        j.host = L;
    }
    if (lmedel_push_killed(L, "load", j.name)) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    lmedel_journal *journal = journal_for(L, r);
    lmedel_journal_begin(journal, "load", j.name, r->time_ms);
    if (!lmedel_guard_start(r->guard, r->time_ms, lmedel_guard_of(L)))
        return luaL_error(L, "cannot start the watchdog");
    lua_settop(L, 4);
    lmedel_push_rules(rules);
    const lua_Integer before = (lua_Integer)lua_rawlen(rules, -1);
    lua_pop(rules, 1);
    int st = lmedel_protected(rules, lmedel_load_rule, &j);
    lmedel_stop why = lmedel_guard_stop(r->guard);
    lmedel_journal_end(journal);
    if (st != LUA_OK) {
        lua_pushnil(L);
        lua_pushstring(L, failure(r, rules, why, st));
        lmedel_push_rules(rules); /* a limit may be reached when it is in the list */
        if ((lua_Integer)lua_rawlen(rules, -1) > before) { /* else it may need memory */
            lua_pushnil(rules);
            lua_rawseti(rules, -2, before + 1);
        }
        lua_settop(rules, 0);
        return 2;
    }
    lua_Integer index = lua_tointeger(rules, -1);
    lua_getiuservalue(L, 1, NAMES);
    lua_pushvalue(L, 2);
    lua_rawseti(L, -2, index);
    lua_settop(rules, 0);
    lmedel_push_rules(rules);
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
        if (!medel_parameter_value_norm(s->used[i]))
            continue;
        if (n == 0)
            lua_newtable(L);
        lua_pushstring(L, medel_parameter_value_id(s->used[i]));
        lua_rawseti(L, -2, ++n);
    }
    if (n)
        lua_setfield(L, -2, "norms");
}

/* Those before may have filled the view that all share; then the next one gets a fresh
   one. */
static void make_room(lua_State *rules, const runner *r, lmedel_job *j)
{
    if (!j->shared || lmedel_guard_has_half(r->guard))
        return;
    j->shared = lmedel_renew_view(rules, j);
}

/* In a child process: tell the parent.  True, with the outcome on top, if an earlier
   child was killed at this rule. */
static bool begin_rule(lua_State *L, const runner *r, const lmedel_job *j, int self)
{
    const int top = lua_gettop(L);
    lua_getiuservalue(L, self, NAMES);
    lua_rawgeti(L, -1, j->rule);
    const char *name = lua_tostring(L, -1); /* anchored by the names */
    const bool killed = lmedel_push_killed(L, "run", name);
    if (!killed) {
        lua_settop(L, top);
        lmedel_journal_begin(r->journal, "run", name, r->time_ms);
        return false;
    }
    lua_createtable(L, 0, 2);
    lmedel_set_outcome(L, "broken", "error", lua_tostring(L, -2));
    lua_replace(L, top + 1);
    lua_settop(L, top + 1);
    return true;
}

/* Did the rule end because a parameter was not in force, and not for another reason? */
static bool not_in_force(lua_State *rules, const char *error)
{
    const char *what = lmedel_state_of(rules)->not_in_force;
    return *what && error && strstr(error, what);
}

static void run_one(lua_State *L, runner *r, lmedel_job *j, int owner, int self)
{
    lua_State *rules = lmedel_guard_state(r->guard);
    lmedel_journal *journal = journal_for(L, r);
    if (journal && begin_rule(L, r, j, self))
        return;
    j->missing[0] = '\0';
    j->record = !j->beside.ledger;
    j->output = r->output;
    make_room(lmedel_guard_state(r->guard), r, j);
    lmedel_guard_start(r->guard, r->time_ms, lmedel_guard_of(L));
    int st = lmedel_protected(rules, lmedel_run_rule, j);
    if (st == LUA_OK && j->again) {
        j->record = true;
        st = lmedel_protected(rules, lmedel_run_rule, j);
    }
    const lmedel_stop why = lmedel_guard_stop(r->guard);
    lua_createtable(L, 0, 2);
    if (st != LUA_OK && !why && not_in_force(rules, lua_tostring(rules, -1)))
        lmedel_set_outcome(L, "not_applicable", "missing",
                           lmedel_state_of(rules)->not_in_force);
    else if (st != LUA_OK)
        lmedel_set_outcome(L, "broken", "error", failure(r, rules, why, st));
    else if (j->missing[0])
        lmedel_set_outcome(L, "not_applicable", "missing", j->missing);
    else if (lua_isnil(rules, -1))
        lmedel_set_outcome(L, "passed", NULL, NULL);
    else
        lmedel_copy_outcome(rules, L, owner, self, j);
    add_norms(rules, L);
    lua_settop(rules, 0);
    lmedel_journal_end(journal);
}

/* With options.overrides, else with those the runner was made with. */
static void override_for_run(lua_State *L, lua_State *rules, int options)
{
    const int top = lua_gettop(L);
    lmedel_job j = { 0 };
    j.host = push_overrides(L, options) ? L : NULL;
    if (lmedel_protected(rules, use_overrides, &j) != LUA_OK)
        luaL_error(L, "cannot prepare the rules: %s", lua_tostring(rules, -1));
    lua_settop(rules, 0);
    lua_settop(L, top);
}

/* The host's program learns which rule is next. */
static void step(lua_State *L, lua_State *rules, lua_Integer rule, lua_Integer done,
                 lua_Integer total)
{
    lmedel_push_rules(rules);
    lua_rawgeti(rules, -1, rule);
    lua_pushliteral(rules, "id"); /* raw: nothing of the rule may run here */
    if (!lua_istable(rules, -2) || lua_rawget(rules, -2) != LUA_TSTRING)
        lua_pushliteral(rules, "");
    const char *id = lua_tostring(rules, -1); /* the rule has it */
    lua_settop(rules, 0);
    lmedel_host_step(L, (size_t)done, (size_t)total, id);
}

static void run_listed(lua_State *L, runner *r, lmedel_job *j, lua_Integer all)
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
        step(L, lmedel_guard_state(r->guard), j->rule, out, n);
        run_one(L, r, j, 4, 1);
        lua_rawseti(L, result, ++out);
    }
    lmedel_host_step(L, (size_t)n, (size_t)n, "");
}

/* Is a section of it, or a figure, not typed yet? */
static bool is_unfinished(const medel_report *r)
{
    const medel_fact *const *facts;
    const size_t n = medel_report_facts(r, &facts);
    const medel_record *root = medel_report_root(r); /* none of a projected year */
    bool found = root && medel_record_field(root, "ej_inskrivet");
    for (size_t i = 0; i < n && !found; i++)
        found = facts[i]->state == MEDEL_FIGURE_UNTYPED;
    return found;
}

/* run(self, ar [, { rules, overrides }]); index 4 is the report's box. */
static int runner_run(lua_State *L)
{
    runner *r = lmedel_check_runner(L, 1);
    lmedel_job j = { 0 };
    int year;
    medel_variant variant;
    j.report = lmedel_check_view(L, 2, &year, &variant);
    j.parameters = r->parameters;
    j.unfinished = is_unfinished(j.report);
    lua_settop(L, 3);
    lmedel_report_of(L, 2, true);
    lmedel_read_beside(L, 3, &j.beside);
    lua_State *rules = lmedel_guard_state(r->guard);
    override_for_run(L, rules, 3);
    lmedel_push_rules(rules);
    lua_Integer n = (lua_Integer)lua_rawlen(rules, -1);
    j.shared = lmedel_protected(rules, lmedel_share_view, &j) == LUA_OK;
    lua_settop(rules, 0);
    run_listed(L, r, &j, n);
    lua_pushnil(L);
    override_for_run(L, rules, lua_gettop(L));
    lua_pop(L, 1);
    return 1;
}

static int runner_memory(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)lmedel_guard_peak(lmedel_check_runner(L, 1)->guard));
    return 1;
}

static const lmedel_function methods[] = {
    { "load", runner_load,
      "(self: runner, name: string, source: string, libraries?: table<string, string>): "
      "table|nil, string|nil",
      "Load one rule file; libraries are the texts of its pack's lib/NAME.lua, by name, "
      "that it may `require`. Returns what the rule says of itself, or nil and the "
      "error." },
    { "memory", runner_memory, "(self: runner): integer",
      "The most memory that its rules have had, in bytes." },
    { "run", runner_run,
      "(self: runner, ar: report, options?: { rules?: integer[], overrides?: table, "
      "ledger?: ledger, statements?: statements, forra?: report, "
      "sektor?: report[], urval?: integer[] }): "
      "table[]",
      "Run every rule, or those numbered, in the order they were loaded; overrides "
      "choose "
      "other norms for this run; the rest stands beside the report, as `ar.huvudbok`, "
      "`ar.avstamning`, `ar.forra`, `ar.sektor` and `ar.urval`, whose rows of the ledger "
      "are numbers here. Each result has outcome (`passed`, `finding`, "
      "`not_applicable`, `broken`), findings, missing or error, and norms: the ids of "
      "parameters with competing norms that it used." },
    { NULL, NULL, NULL, NULL }
};

const lmedel_class lmedel_runner_class = {
    "medel.runner",
    "Rules in a state of their own, with bounded memory and time and no way out.",
    methods, NULL
};

void lmedel_open_runner(lua_State *L)
{
    static const luaL_Reg meta[] = { { "__gc", runner_gc },
                                     { "__close", runner_gc },
                                     { NULL, NULL } };
    lmedel_new_class(L, &lmedel_runner_class, NULL, meta);
}

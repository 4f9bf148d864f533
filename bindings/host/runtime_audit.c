/* runtime_audit.c - an audit, and its findings as structures. */
#include "runtime.h"

#include <string.h>

/* ---- from what host.lua says to structures; texts stay Lua's, in the findings' table
 * ----
 */

static const char *text_of(lua_State *L, int at, const char *key)
{
    const char *text =
        lua_getfield(L, at, key) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
    lua_pop(L, 1);
    return text;
}

static lua_Integer number_of(lua_State *L, int at, const char *key)
{
    lua_getfield(L, at, key);
    const lua_Integer n = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return n;
}

static medel_place place_of(lua_State *L, int at)
{
    const char *document = text_of(L, at, "place");
    return (medel_place){ text_of(L, at, "file"), (unsigned)number_of(L, at, "line"),
                          (unsigned)number_of(L, at, "col"), document ? document : "" };
}

/* { quantity, text } */
static medel_worth worth_of(lua_State *L, int at, const char *key)
{
    medel_worth w = { .text = NULL };
    if (lua_getfield(L, at, key) == LUA_TTABLE) {
        lua_rawgeti(L, -1, 1);
        const medel_node *n = lmedel_test_quantity(L, -1);
        lua_rawgeti(L, -2, 2);
        if (n && lua_type(L, -1) == LUA_TSTRING) {
            w.quantity = n->quantity;
            w.text = lua_tostring(L, -1);
            const medel_dimension d = n->quantity.dimension;
            w.has_ore = d.money == 1 && d.count == 0 && n->quantity.value.den == 1;
            w.ore = w.has_ore ? n->quantity.value.num : 0;
        }
        lua_pop(L, 2);
    }
    lua_pop(L, 1);
    return w;
}

/* An array of n items that the table at 'at' keeps. */
static void *keep_array(lua_State *L, int at, const char *key, size_t n, size_t item)
{
    void *p = lua_newuserdatauv(L, n ? n * item : 1, 0);
    memset(p, 0, n ? n * item : 1);
    lua_setfield(L, at, key);
    return p;
}

static void read_lines(lua_State *L, int at, medel_evidence *e)
{
    if (lua_getfield(L, at, "places") == LUA_TTABLE) {
        const int list = lua_gettop(L);
        e->nlines = lua_rawlen(L, list);
        int *lines = keep_array(L, at, "lines", e->nlines, sizeof *lines);
        for (size_t i = 0; i < e->nlines; i++) {
            lua_rawgeti(L, list, (lua_Integer)i + 1);
            lines[i] = (int)lua_tointeger(L, -1);
            lua_pop(L, 1);
        }
        e->lines = lines;
    }
    lua_settop(L, at);
}

static void read_evidence(lua_State *L, int at, medel_evidence *e)
{
    const char *variant = text_of(L, at, "variant");
    e->name = text_of(L, at, "name");
    e->printed = text_of(L, at, "printed");
    e->value = worth_of(L, at, "value");
    e->place = place_of(L, at);
    e->table = text_of(L, at, "table");
    e->row = text_of(L, at, "row");
    e->column = text_of(L, at, "column");
    e->concept_id = text_of(L, at, "concept");
    e->year = (int)number_of(L, at, "year");
    for (int v = MEDEL_VARIANT_UTFALL; variant && v <= MEDEL_VARIANT_PROGNOS; v++) {
        if (strcmp(variant, medel_variant_name((medel_variant)v)) == 0)
            e->variant = (medel_variant)v;
    }
    read_lines(L, at, e);
}

static const medel_evidence *read_all_evidence(lua_State *L, int at, size_t *n)
{
    *n = 0;
    if (lua_getfield(L, at, "evidence") != LUA_TTABLE) {
        lua_settop(L, at);
        return NULL;
    }
    const int list = lua_gettop(L);
    *n = lua_rawlen(L, list);
    medel_evidence *e = keep_array(L, at, "figures", *n, sizeof *e);
    for (size_t i = 0; i < *n; i++) {
        lua_rawgeti(L, list, (lua_Integer)i + 1);
        read_evidence(L, list + 1, &e[i]);
        lua_settop(L, list);
    }
    lua_settop(L, at);
    return e;
}

static void read_finding(lua_State *L, int at, medel_outcome outcome,
                         medel_finding_entry *e)
{
    medel_finding *f = &e->finding;
    const char *level = text_of(L, at, "level");
    f->rule = text_of(L, at, "rule");
    if (!f->rule)
        f->rule = "";
    f->outcome = outcome;
    if (!level || !medel_level_parse(&f->level, level))
        f->level = MEDEL_LEVEL_NOTE;
    f->title = text_of(L, at, "title");
    f->ground = text_of(L, at, "ground");
    f->pack = text_of(L, at, "pack");
    f->recommendation = text_of(L, at, "recommendation");
    f->message = text_of(L, at, "message");
    f->cause = text_of(L, at, "cause");
    f->fingerprint = text_of(L, at, "fingerprint");
    f->since = text_of(L, at, "since");
    f->weight = text_of(L, at, "weight");
    f->place = place_of(L, at);
    f->expected = worth_of(L, at, "expected");
    f->difference = worth_of(L, at, "difference");
    f->suggested = worth_of(L, at, "suggested");
    e->evidence = read_all_evidence(L, at, &f->nevidence);
    f->left_out = (size_t)number_of(L, at, "left_out");
}

static void read_list(lua_State *L, int at, medel_outcome outcome, medel_findings *f)
{
    static const char *const keys[] = { "passed", "finding", "not_applicable", "broken",
                                        "waived" };
    lua_getfield(L, at, keys[outcome]);
    luaL_checktype(L, -1, LUA_TTABLE);
    const int list = lua_gettop(L);
    const size_t n = lua_rawlen(L, list);
    medel_finding_entry *entries = keep_array(L, list, "entries", n, sizeof *entries);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, list, (lua_Integer)i + 1);
        read_finding(L, list + 1, outcome, &entries[i]);
        lua_settop(L, list);
    }
    f->lists[outcome] = entries;
    f->counts[outcome] = n;
    lua_pop(L, 1);
}

/* They are a userdata that keeps its table, and the registry keeps it until it is freed.
 */
static medel_findings *push_findings(lua_State *L, medel_runtime *rt, int at)
{
    luaL_checkstack(L, 20, "findings");
    medel_findings *f = lua_newuserdatauv(L, sizeof *f, 1);
    const int self = lua_gettop(L);
    memset(f, 0, sizeof *f);
    f->rt = rt;
    lua_pushvalue(L, at);
    lua_setiuservalue(L, self, 1);
    for (int o = MEDEL_PASSED; o <= MEDEL_WAIVED; o++)
        read_list(L, at, (medel_outcome)o, f);
    f->json = text_of(L, at, "json");
    lua_getfield(L, at, "json");
    f->json_len = lua_rawlen(L, -1);
    lua_pop(L, 1);
    lua_pushvalue(L, self);
    lua_rawsetp(L, LUA_REGISTRYINDEX, f);
    return f;
}

void lmedel_runtime_forget(lua_State *L, medel_findings *dead)
{
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, dead);
}

/* ---- the audit ---- */

typedef struct audit_call {
    medel_runtime *rt;
    const medel_report *report;
    const medel_audit_options *o;
    medel_findings *out;
} audit_call;

static void set_input(lua_State *L, const char *key, const medel_input *in)
{
    if (!in)
        return;
    lua_createtable(L, 0, 2);
    lmedel_set_text(L, "name", in->name);
    if (in->text) {
        lua_pushlstring(L, in->text, in->len);
        lua_setfield(L, -2, "text");
    }
    lua_setfield(L, -2, key);
}

static void push_options(lua_State *L, const audit_call *c)
{
    lua_createtable(L, 0, 16);
    lmedel_set_integer(L, "time_ms", (lua_Integer)c->rt->time_ms);
    lmedel_set_integer(L, "memory_mb", (lua_Integer)(c->rt->memory >> 20));
    set_input(L, "engagement", c->o->engagement);
    set_input(L, "avsteg", c->o->avsteg);
    set_input(L, "ledger", c->o->ledger);
    set_input(L, "mapping", c->o->mapping);
    set_input(L, "kontoplan", c->o->kontoplan);
    lmedel_set_flag(L, "beside", c->o->beside);
    lmedel_set_flag(L, "norms", c->o->norms);
    lmedel_set_text(L, "level", medel_level_name(c->o->level));
}

/* Push a view of a report that stays the caller's; its box goes into the list at 'boxes'.
 */
static void push_report(lua_State *L, int boxes, const medel_report *r)
{
    lmedel_push_borrowed_report(L, r);
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.runtime_taxonomy");
    lua_setiuservalue(L, -2, 1);
    lmedel_push_view(L, -1, medel_report_year(r), MEDEL_VARIANT_UTFALL);
    lua_insert(L, -2);
    lua_rawseti(L, boxes, (lua_Integer)lua_rawlen(L, boxes) + 1);
}

/* Call with 'n' arguments on the stack; the reports are the host's again when it is over,
   whatever came of it. */
static void call_with(lua_State *L, int boxes, int n)
{
    const int st = lua_pcall(L, n, 1, 0);
    for (lua_Integer i = 1; lua_rawgeti(L, boxes, i) == LUA_TUSERDATA; i++) {
        ((lmedel_report_box *)lua_touserdata(L, -1))->report = NULL;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    if (st != LUA_OK)
        lua_error(L);
}

/* What is compared with the report; the options are on top. */
static void push_beside(lua_State *L, int boxes, const medel_audit_options *o)
{
    if (o->previous) {
        push_report(L, boxes, o->previous);
        lua_setfield(L, -2, "previous");
    }
    if (o->delar) {
        push_report(L, boxes, o->delar);
        lua_setfield(L, -2, "delar");
    }
    lua_createtable(L, 0, 0);
    for (size_t i = 0; i < o->nsektor; i++) {
        push_report(L, boxes, o->sektor[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "sektor");
}

static int run_audit(lua_State *L)
{
    audit_call *c = lua_touserdata(L, 1);
    lua_createtable(L, 4, 0);
    lmedel_runtime_push(L, "audit");
    push_report(L, 2, c->report);
    push_options(L, c);
    push_beside(L, 2, c->o);
    call_with(L, 2, 2);
    const int result = lua_gettop(L);
    lua_getfield(L, result, "json");
    if (lua_rawlen(L, -1) > c->rt->output) {
        lmedel_runtime_fail(c->rt, MEDEL_E_LIMIT, "the output is larger than its limit");
        return luaL_error(L, "limit");
    }
    c->out = push_findings(L, c->rt, result);
    return 0;
}

static const char not_ours[] =
    "the report was read by another taxonomy: use medel_load of the same runtime";

static bool belongs(const medel_runtime *rt, const medel_report *r)
{
    return rt->taxonomy && medel_report_taxonomy(r) == rt->taxonomy;
}

static bool all_belong(const audit_call *c)
{
    const medel_audit_options *o = c->o;
    bool ours = belongs(c->rt, c->report) && (!o->previous || belongs(c->rt, o->previous))
                && (!o->delar || belongs(c->rt, o->delar));
    for (size_t i = 0; i < o->nsektor; i++)
        ours = ours && belongs(c->rt, o->sektor[i]);
    return ours;
}

medel_status medel_audit(medel_runtime *rt, medel_findings **out,
                         const medel_report *report, const medel_audit_options *options)
{
    medel_audit_options o = { 0 };
    if (out)
        *out = NULL;
    if (!out || !report || (options && options->size == 0))
        return lmedel_runtime_misused(
            rt, "an audit has a report, a place for findings, and options with a size");
    if (options)
        memcpy(&o, options, options->size < sizeof o ? options->size : sizeof o);
    for (size_t i = 0; i < o.nsektor; i++)
        if (!o.sektor || !o.sektor[i])
            return lmedel_runtime_misused(rt, "sektor has nsektor reports");
    medel_status st = lmedel_runtime_begin(rt);
    if (st != MEDEL_OK)
        return st;
    audit_call c = { rt, report, &o, NULL };
    if (all_belong(&c))
        st = lmedel_runtime_call(rt, run_audit, &c);
    else
        st = lmedel_runtime_fail(rt, MEDEL_E_MISUSE, not_ours);
    if (st == MEDEL_OK)
        *out = c.out;
    return lmedel_runtime_end(rt, st);
}

/* ---- what audits compute with ---- */

typedef struct norms_call {
    const medel_report *report;
    const medel_parameters *out;
} norms_call;

static int run_norms(lua_State *L)
{
    norms_call *c = lua_touserdata(L, 1);
    lua_createtable(L, 1, 0);
    lmedel_runtime_push(L, "norms");
    push_report(L, 2, c->report);
    call_with(L, 2, 1);
    c->out = lmedel_check_parameters(L, -1);
    return 0;
}

medel_status medel_runtime_norms(medel_runtime *rt, const medel_parameters **out,
                                 const medel_report *report)
{
    if (out)
        *out = NULL;
    if (!out || !report)
        return lmedel_runtime_misused(rt, "norms have a report, and a place for them");
    medel_status st = lmedel_runtime_begin(rt);
    if (st != MEDEL_OK)
        return st;
    norms_call c = { report, NULL };
    st = belongs(rt, report) ? lmedel_runtime_call(rt, run_norms, &c)
                             : lmedel_runtime_fail(rt, MEDEL_E_MISUSE, not_ours);
    *out = st == MEDEL_OK ? c.out : NULL;
    return lmedel_runtime_end(rt, st);
}

/* ---- reading them ---- */

static bool is_outcome(medel_outcome o)
{
    return (int)o >= MEDEL_PASSED && o <= MEDEL_WAIVED;
}

size_t medel_findings_count(const medel_findings *f, medel_outcome outcome)
{
    return f && is_outcome(outcome) ? f->counts[outcome] : 0;
}

const medel_finding *medel_findings_get(const medel_findings *f, medel_outcome outcome,
                                        size_t i)
{
    return i < medel_findings_count(f, outcome) ? &f->lists[outcome][i].finding : NULL;
}

const medel_evidence *medel_finding_evidence(const medel_finding *finding, size_t i)
{
    const medel_finding_entry *e = (const medel_finding_entry *)finding;
    return finding && i < finding->nevidence ? &e->evidence[i] : NULL;
}

const char *medel_findings_json(const medel_findings *f, size_t *len)
{
    if (len)
        *len = f ? f->json_len : 0;
    return f ? f->json : NULL;
}

/* lmedel_checks.c - the core's own checks as results of the same shape as a rule's. */
#include "lmedel.h"

#include <string.h>

typedef struct checks_box {
    medel_checks *checks;
} checks_box;

LMEDEL_GC(checks_gc, medel_checks, medel_checks_free)

static medel_checks *new_checks(lua_State *L, const medel_report *r,
                                const medel_check_options *options)
{
    checks_box *b = lmedel_new_box(L, sizeof *b, "medel.checks", checks_gc);
    const medel_allocator allocator = lmedel_allocator(L);
    medel_check_options o = *options;
    o.allocator = &allocator;
    const medel_status st = medel_checks_new(&b->checks, r, &o);
    if (st == MEDEL_E_MISUSE)
        luaL_argerror(L, 4, "a taxonomy that extends the report's is expected");
    if (st != MEDEL_OK)
        luaL_error(L, "not enough memory");
    return b->checks;
}

static const char *outcome_name(medel_outcome o)
{
    static const char *const names[] = { "passed", "finding", "not_applicable",
                                         "broken" };
    return names[o];
}

static const char *kind_name(medel_check_kind k)
{
    static const char *const names[] = { "sum",      "columns", "signs", "duplicate",
                                         "relation", "ratio",   "unit" };
    return names[k];
}

static void push_evidence(lua_State *L, const medel_check *k, int owner)
{
    lua_createtable(L, (int)k->nterms + 1, 0);
    lmedel_push_fact(L, k->subject, owner);
    lua_rawseti(L, -2, 1);
    for (size_t i = 0; i < k->nterms; i++) {
        lmedel_push_fact(L, k->terms[i].fact, owner);
        lua_rawseti(L, -2, (lua_Integer)i + 2);
    }
    lua_setfield(L, -2, "evidence");
    lua_createtable(L, (int)k->nterms, 0);
    for (size_t i = 0; i < k->nterms; i++) {
        lua_pushinteger(L, k->terms[i].weight);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "weights");
}

/* A check of signs or units has no difference: its quantity was never set. */
static void push_quantity(lua_State *L, const char *key, const medel_quantity *q)
{
    if (q->value.den == 0)
        return;
    medel_node *n = lmedel_new_quantity(L, 0);
    n->quantity = *q;
    lua_setfield(L, -2, key);
}

static void push_place(lua_State *L, const medel_report *r, const medel_fact *f)
{
    char place[64] = "";
    medel_fact_place(r, f, place, sizeof place);
    lmedel_set_text(L, "place", place);
    lmedel_set_text(L, "file", f->file);
    lmedel_set_text(L, "table", f->table);
    lmedel_set_integer(L, "line", f->line);
    lmedel_set_integer(L, "col", f->col);
}

static void push_check(lua_State *L, const medel_report *r, const medel_check *list,
                       const medel_check *k, int owner, bool all)
{
    lua_createtable(L, 0, 16);
    lmedel_set_text(L, "rule", medel_check_spec_id(k->spec));
    lmedel_set_text(L, "outcome", outcome_name(k->outcome));
    lmedel_set_text(L, "kind", kind_name(k->kind));
    lmedel_set_text(L, "missing", k->missing);
    if (all && k->outcome == MEDEL_PASSED && k->subject)
        push_evidence(L, k, owner);
    if (k->outcome != MEDEL_FINDING)
        return;
    lmedel_set_text(L, "proof", medel_proof_name(k->proof));
    if (k->follows) {
        lmedel_set_integer(L, "follows", (lua_Integer)(k->follows - list) + 1);
    }
    lmedel_set_text(L, "level", medel_level_name(k->level));
    lmedel_set_text(L, "message", k->message);
    push_evidence(L, k, owner);
    push_place(L, r, k->subject);
    push_quantity(L, "expected", &k->expected);
    push_quantity(L, "difference", &k->difference);
    if (k->cause != MEDEL_CAUSE_NONE) {
        lmedel_set_text(L, "cause", medel_cause_text(k->cause));
        push_quantity(L, "suggested", &k->suggested);
    }
    if (k->part || k->cause != MEDEL_CAUSE_NONE) {
        lmedel_push_fact(L, k->part || !k->cause_fact ? k->subject : k->cause_fact,
                         owner);
        lua_setfield(L, -2, "blamed");
    }
}

/* ---- conventions ---- */

static void push_convention(lua_State *L, const medel_convention *c, int owner)
{
    lua_createtable(L, 0, 12);
    lmedel_set_text(L, "rule", c->rule);
    lmedel_set_text(L, "row", c->row);
    lmedel_set_text(L, "against", c->against);
    lmedel_set_text(L, "text", c->text);
    lua_createtable(L, 2, 0);
    for (size_t i = 0; c->with[i]; i++) {
        lua_pushstring(L, c->with[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "with");
    lmedel_push_fact(L, c->subject, owner);
    lua_setfield(L, -2, "subject");
    lmedel_set_integer(L, "held", (lua_Integer)c->held);
    lmedel_set_integer(L, "first", c->first);
    lmedel_set_integer(L, "last", c->last);
    lmedel_set_integer(L, "bits", c->bits);
    lmedel_set_flag(L, "named", c->named);
    lmedel_set_flag(L, "kept", c->kept);
}

static const char *text_in(lua_State *L, int at, const char *key)
{
    lua_getfield(L, at, key);
    const char *s = lua_tostring(L, -1); /* kept alive by its table */
    lua_pop(L, 1);
    return s;
}

#define MAX_KEPT 64

/* { row, against, with } of the list at 'arg', which outlives the call. */
static size_t read_kept(lua_State *L, int arg, medel_kept *kept,
                        const char *with[MAX_KEPT][4])
{
    size_t n = lua_istable(L, arg) ? (size_t)lua_rawlen(L, arg) : 0, used = 0;
    for (size_t i = 0; i < n && used < MAX_KEPT; i++) {
        lua_rawgeti(L, arg, (lua_Integer)i + 1);
        medel_kept *k = &kept[used];
        *k = (medel_kept){ .with = with[used],
                           .source = "f\xC3\xB6rra \xC3\xA5rets redovisning" };
        if (lua_istable(L, -1)) {
            int at = lua_gettop(L);
            k->row = text_in(L, at, "row");
            k->against = text_in(L, at, "against");
            lua_getfield(L, at, "with");
            size_t terms = lua_istable(L, -1) ? (size_t)lua_rawlen(L, -1) : 0;
            for (size_t t = 0; t < terms && t < 4; t++) {
                lua_rawgeti(L, -1, (lua_Integer)t + 1);
                with[used][t] = lua_tostring(L, -1);
                k->nwith += with[used][t] != NULL;
                lua_pop(L, 1);
            }
            lua_pop(L, 1);
        }
        used += k->row != NULL;
        lua_pop(L, 1);
    }
    return used;
}

int lmedel_checks(lua_State *L)
{
    int year;
    medel_variant variant;
    medel_kept kept[MAX_KEPT];
    const char *with[MAX_KEPT][4];
    const medel_report *r = lmedel_check_view(L, 1, &year, &variant);
    const medel_check *list;
    const medel_convention *conventions;
    const bool all = lua_toboolean(L, 3);
    lua_settop(L, 4);
    const medel_check_options options = {
        .taxonomy = lua_isnil(L, 4) ? NULL : lmedel_check_taxonomy(L, 4),
        .kept = kept,
        .nkept = read_kept(L, 2, kept, with),
    };
    lmedel_report_of(L, 1, true);
    medel_checks *checks = new_checks(L, r, &options);
    size_t n = medel_checks_get(checks, &list);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        push_check(L, r, list, &list[i], 5, all);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    n = medel_checks_conventions(checks, &conventions);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        push_convention(L, &conventions[i], 5);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 2;
}

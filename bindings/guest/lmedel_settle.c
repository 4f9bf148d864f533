/*
 * lmedel_settle.c - what a check returned, tested and chosen while the limits of its rule
 * still hold: what the host then copies is so little that no limit is needed for it.
 *
 * A list of findings shares its evidence out by where each finding's own figures come
 * from, which takes as long as the rule has made it: so it looks at the clock.
 */
#include "lmedel_runner.h"

#include <string.h>

#define MAX_FINDINGS 1000
#define MAX_FIGURES 100 /* under one finding */
#define MAX_PARAMETERS 100
#define MAX_NODES 20000u  /* of derivations, in all findings of a rule */
#define FIGURE_BYTES 256u /* what a figure under a finding takes of the output */

/* ---- a set of addresses: where figures come from ---- */

typedef struct set {
    lua_State *L;
    int at; /* stack index of the userdata that holds the slots */
    const void **slots;
    size_t room, n;
    unsigned steps;
} set;

static void make_slots(set *s, size_t room)
{
    s->slots = lua_newuserdatauv(s->L, room * sizeof *s->slots, 0);
    memset(s->slots, 0, room * sizeof *s->slots);
    s->room = room;
    s->n = 0;
}

static const void **slot_of(const set *s, const void *p)
{
    size_t i = (size_t)(((uintptr_t)p >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
    while (s->slots[i & (s->room - 1)] && s->slots[i & (s->room - 1)] != p)
        i++;
    return &s->slots[i & (s->room - 1)];
}

static void add(set *s, const void *p)
{
    const void **slot = slot_of(s, p);
    if (*slot)
        return;
    *slot = p;
    if (++s->n * 2 < s->room)
        return;
    const void **old = s->slots;
    const size_t room = s->room;
    make_slots(s, room * 2);
    for (size_t i = 0; i < room; i++) {
        if (old[i]) {
            *slot_of(s, old[i]) = old[i];
            s->n++;
        }
    }
    lua_replace(s->L, s->at);
}

static void empty(set *s)
{
    if (s->n)
        memset(s->slots, 0, s->room * sizeof *s->slots);
    s->n = 0;
}

static bool has(const set *s, const void *p)
{
    return *slot_of(s, p) != NULL;
}

static void add_node(set *s, const medel_node *n)
{
    for (; n; n = n->left) {
        if (++s->steps % 1024 == 0)
            lmedel_guard_check(s->L);
        if (n->fact)
            add(s, n->fact);
        if (n->parameter)
            add(s, n->parameter);
        add_node(s, n->right);
    }
}

/* What the value on top of the stack comes from. */
static void add_value(set *s)
{
    const medel_fact *f = lmedel_test_fact(s->L, -1);
    if (f)
        add(s, f);
    else
        add_node(s, lmedel_test_quantity(s->L, -1));
}

/* All that `at`, the values and the evidence of a finding come from. */
static void collect_sources(set *s, int finding)
{
    lua_State *L = s->L;
    const int top = lua_gettop(L);
    empty(s);
    lua_getfield(L, finding, "at");
    add_value(s);
    if (lua_getfield(L, finding, "values") == LUA_TTABLE) {
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
            add_value(s);
    }
    if (lua_getfield(L, finding, "evidence") == LUA_TTABLE) {
        for (lua_Integer i = 1;
             i <= LMEDEL_MAX_LISTED && lua_rawgeti(L, -1, i) != LUA_TNIL; i++) {
            add_value(s);
            lua_pop(L, 1);
        }
    }
    lua_settop(L, top);
}

/* ---- where it is ---- */

/* A column of statement:columns(): only the ends of its places are shown. */
static bool column_place(lua_State *L, int at, int ends[2], lmedel_place *out)
{
    if (!lua_istable(L, at) || lua_getfield(L, at, "line") != LUA_TNUMBER)
        return false;
    *out = (lmedel_place){ NULL, (unsigned)lua_tointeger(L, -1), 1, NULL, 0 };
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

static bool place_of(lua_State *L, int at, const lmedel_job *j, int ends[2],
                     lmedel_place *out)
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

/* A part of last year's report, or of another's, is not in the report's file. */
static const char *file_of(lua_State *L, int at, const lmedel_job *j)
{
    const lmedel_report_box *b = NULL;
    if (lua_type(L, at) == LUA_TUSERDATA && lua_getiuservalue(L, at, 1) == LUA_TUSERDATA)
        b = lmedel_test(L, -1, &lmedel_report_class);
    return medel_report_file(b ? b->report : j->report);
}

/* `at`, else the first figure read, else the file. */
static void find_place(lua_State *L, int finding, const lmedel_job *j, lmedel_shown *s,
                       const medel_fact *first)
{
    const int top = lua_gettop(L);
    s->place = (lmedel_place){ NULL, 1, 1, NULL, 0 };
    s->file = lmedel_at_entry(L, finding, &s->place.line);
    if (s->file) {
        s->place.table = "huvudbok";
        return;
    }
    lua_getfield(L, finding, "at");
    const medel_node *n = lmedel_test_quantity(L, -1);
    const medel_fact *f = n ? n->fact : lmedel_test_fact(L, -1);
    const bool placed = f || place_of(L, lua_gettop(L), j, s->ends, &s->place);
    const char *file = file_of(L, lua_gettop(L), j);
    lua_settop(L, top);
    if (!placed)
        f = first;
    if (!placed && !f && s->nentries) {
        s->file = lmedel_entry_file(L, s->sources[s->nfacts], &s->place.line);
        s->place.table = "huvudbok";
        return;
    }
    if (f)
        s->place = (lmedel_place){ f->table, f->line, f->col, f->places, f->nplaces };
    s->file = f ? f->file : file;
}

/* ---- how much it is ---- */

typedef struct settling {
    const lmedel_job *j;
    bool several;
    set sources;
    unsigned nodes; /* of derivations */
    size_t bytes;   /* of texts and evidence */
    lua_Integer n;  /* findings that are shown */
} settling;

static void count_texts(lua_State *L, int at, settling *t)
{
    static const char *const texts[] = { "message", "recommendation", "reason" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (lua_getfield(L, at, texts[i]) == LUA_TSTRING)
            t->bytes += lua_rawlen(L, -1);
        lua_pop(L, 1);
    }
}

static void count_nodes(const medel_node *n, settling *t)
{
    if (n)
        t->nodes += lmedel_derivation_size(n);
}

/* The finding at 'at' is sound, so that its values are few. */
static void count_finding(lua_State *L, int at, settling *t)
{
    t->nodes++;
    count_texts(L, at, t);
    if (lua_getfield(L, at, "values") == LUA_TTABLE) {
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
            t->bytes += lua_type(L, -2) == LUA_TSTRING ? lua_rawlen(L, -2) : 0;
            count_nodes(lmedel_test_quantity(L, -1), t);
        }
    }
    if (lua_getfield(L, at, "at") == LUA_TUSERDATA)
        count_nodes(lmedel_test_quantity(L, -1), t);
    lua_settop(L, at);
    if (t->bytes > t->j->output)
        luaL_error(L, "the findings are longer than the output limit");
    if (t->nodes >= MAX_NODES)
        luaL_error(L, "the findings and their values are too many to show");
}

/* Evidence that there is no room for is left out, and counted. */
static bool takes_figure(settling *t, size_t n, size_t most, lmedel_shown *s)
{
    if (n < most && t->bytes + FIGURE_BYTES <= t->j->output) {
        t->bytes += FIGURE_BYTES;
        return true;
    }
    s->left_out++;
    return false;
}

/* ---- one finding ---- */

static void choose_facts(lua_State *L, settling *t, lmedel_shown *s)
{
    const lmedel_state *state = lmedel_state_of(L);
    for (size_t i = 0; i < state->nreads; i++) {
        if ((!t->several || has(&t->sources, state->reads[i]))
            && takes_figure(t, s->nfacts, MAX_FIGURES, s))
            s->sources[s->nfacts++] = state->reads[i];
    }
}

static void choose_entries(lua_State *L, int finding, settling *t, lmedel_shown *s)
{
    const lmedel_entry *list[LMEDEL_MAX_ENTRIES];
    const size_t n = lmedel_find_entries(L, finding, list, &s->left_out);
    for (size_t i = 0; i < n; i++) {
        if (takes_figure(t, s->nentries, LMEDEL_MAX_ENTRIES, s))
            s->sources[s->nfacts + s->nentries++] = list[i];
    }
}

static void choose_parameters(lua_State *L, settling *t, lmedel_shown *s)
{
    const lmedel_state *state = lmedel_state_of(L);
    for (size_t i = 0; i < state->nused && s->nparameters < MAX_PARAMETERS; i++) {
        if (!t->several || has(&t->sources, state->used[i]))
            s->sources[s->nfacts + s->nentries + s->nparameters++] = state->used[i];
    }
}

static void count_unlisted(lua_State *L, int finding, lmedel_shown *s)
{
    if (lua_getfield(L, finding, "evidence") == LUA_TTABLE
        && lua_rawlen(L, -1) > LMEDEL_MAX_LISTED)
        s->left_out += lua_rawlen(L, -1) - LMEDEL_MAX_LISTED;
    lua_pop(L, 1);
}

/* In place of the finding on top of the stack comes what is shown of it. */
static void settle_finding(lua_State *L, settling *t)
{
    const int finding = lua_gettop(L);
    const size_t room = MAX_FIGURES + LMEDEL_MAX_ENTRIES + MAX_PARAMETERS;
    if (t->several)
        collect_sources(&t->sources, finding);
    lmedel_shown *s = lua_newuserdatauv(L, sizeof *s + room * sizeof *s->sources, 1);
    memset(s, 0, sizeof *s);
    choose_facts(L, t, s);
    const medel_fact *first = s->nfacts ? s->sources[0] : NULL;
    choose_entries(L, finding, t, s);
    choose_parameters(L, t, s);
    count_unlisted(L, finding, s);
    find_place(L, finding, t->j, s, first);
    if (s->place.nplaces && !s->place.places)
        s->place.places = s->ends;
    lua_pushvalue(L, finding);
    lua_setiuservalue(L, -2, 1);
    lua_replace(L, finding);
    lua_settop(L, finding);
}

/* Evidence has what room the texts leave, so all findings are counted before. */
static void settle_all(lua_State *L, settling *t, int list)
{
    for (lua_Integer i = 1; i <= t->n; i++) {
        lua_rawgeti(L, list, i);
        settle_finding(L, t);
        lua_rawseti(L, list, i);
    }
}

/* Is the value on top of the stack a finding?  Else the check returned something else. */
static void check_finding(lua_State *L, bool listed)
{
    const int at = lua_gettop(L);
    if (!lmedel_is_finding(L, at)
        || (listed && lua_getfield(L, at, "reason") != LUA_TNIL))
        luaL_error(L, LMEDEL_RETURNS);
    lua_settop(L, at);
}

/* A finding that cannot be shown, since it was changed after it was made, is refused, and
   the others go on. */
static void settle_list(lua_State *L, settling *t, int result, int list)
{
    for (lua_Integer i = 1; lua_rawgeti(L, result, i) != LUA_TNIL; i++) {
        if (i > MAX_FINDINGS)
            luaL_error(L, "more than %d findings", MAX_FINDINGS);
        check_finding(L, true);
        const char *bad = lmedel_bad_finding(L, lua_gettop(L));
        if (!bad) {
            count_finding(L, lua_gettop(L), t);
            lua_rawseti(L, list, ++t->n);
        } else if (lua_getfield(L, list, "refused") == LUA_TNIL) {
            lua_pushfstring(L, "finding %d: %s", (int)i, bad);
            lua_setfield(L, list, "refused");
        }
        lua_settop(L, list);
    }
    lua_settop(L, list);
    if (t->n == 0 && lua_getfield(L, list, "refused") == LUA_TSTRING)
        lua_error(L);
    lua_settop(L, list);
}

static void settle_one(lua_State *L, settling *t, int result, int list)
{
    const char *bad = lmedel_bad_finding(L, result);
    if (bad)
        luaL_error(L, "%s", bad);
    if (lua_getfield(L, result, "reason") == LUA_TSTRING) {
        lua_setfield(L, list, "reason");
    } else {
        lua_settop(L, list);
        lua_pushvalue(L, result);
        count_finding(L, lua_gettop(L), t);
        lua_rawseti(L, list, ++t->n);
    }
    lua_settop(L, list);
}

void lmedel_settle(lua_State *L, const lmedel_job *j)
{
    const int result = lua_gettop(L);
    settling t = { .j = j, .sources = { .L = L } };
    t.several = !lmedel_is_finding(L, result);
    luaL_checkstack(L, 16, "findings");
    make_slots(&t.sources, 256);
    t.sources.at = lua_gettop(L);
    lua_newtable(L);
    const int list = lua_gettop(L);
    if (t.several)
        settle_list(L, &t, result, list);
    else
        settle_one(L, &t, result, list);
    settle_all(L, &t, list);
    lua_replace(L, result);
    lua_settop(L, result);
}

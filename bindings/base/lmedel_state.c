/* lmedel_state.c - per-state record of reads, boxes, error translation. */
#include "lmedel.h"

#include <stdio.h>
#include <string.h>

static const char state_key = 0;

static int free_state(lua_State *L)
{
    lmedel_state *s = lua_touserdata(L, 1);
    void *ud;
    lua_Alloc alloc = lua_getallocf(L, &ud);
    alloc(ud, s->reads, s->reads_room * sizeof *s->reads, 0);
    alloc(ud, s->used, s->used_room * sizeof *s->used, 0);
    alloc(ud, s->met, s->met_room * sizeof *s->met, 0);
    s->reads = NULL; /* but its allocators stay: some is given back after it */
    s->used = NULL;
    s->met = NULL;
    s->nreads = s->nused = s->nmet = 0;
    s->reads_room = s->used_room = s->met_room = 0;
    return 0;
}

lmedel_state *lmedel_state_made(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &state_key);
    lmedel_state *s = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return s;
}

lmedel_state *lmedel_state_of(lua_State *L)
{
    lmedel_state *s = lmedel_state_made(L);
    if (s)
        return s;
    s = lua_newuserdatauv(L, sizeof *s, 0);
    memset(s, 0, sizeof *s);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
    s->L = lua_tothread(L, -1);
    lua_pop(L, 1);
    s->record = true;
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, free_state);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &state_key);
    return s;
}

/* ---- what is allocated beside Lua ---- */

typedef struct refusal {
    lua_Alloc alloc;
    void *ud;
    bool done;
} refusal;

static void *refuse_once(void *ud, void *ptr, size_t osize, size_t nsize)
{
    refusal *r = ud;
    if (!r->done && nsize > (ptr ? osize : 0)) {
        r->done = true;
        return NULL;
    }
    return r->alloc(r->ud, ptr, osize, nsize);
}

static int ask_for_little(lua_State *L)
{
    lua_newuserdatauv(L, 1, 0);
    return 0;
}

/* Lua's own collection when memory is out, which calls no __gc: to call one takes memory,
   and one that cannot be called is lost with what it would have given back. */
static void collect_without_ends(lua_State *L)
{
    refusal r = { .done = false };
    if (!lua_checkstack(L, 1))
        return;
    r.alloc = lua_getallocf(L, &r.ud);
    lua_setallocf(L, refuse_once, &r);
    lua_pushcfunction(L, ask_for_little);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK)
        lua_pop(L, 1);
    lua_setallocf(L, r.alloc, r.ud);
}

/* Before it says that memory is out Lua collects; what is allocated beside it does, too,
   or what one rule left would break the next one. */
static void *alloc_or_collect(void *ud, void *ptr, size_t osize, size_t nsize)
{
    const lmedel_below *b = ud;
    void *p = b->alloc(b->ud, ptr, osize, nsize);
    if (p || !nsize)
        return p;
    collect_without_ends(b->L);
    p = b->alloc(b->ud, ptr, osize, nsize);
    void *room = p ? NULL : b->alloc(b->ud, NULL, 0, LMEDEL_ROOM_FOR_ENDS);
    if (!room)
        return p;
    b->alloc(b->ud, room, LMEDEL_ROOM_FOR_ENDS, 0);
    lua_gc(b->L, LUA_GCCOLLECT, 0);
    return b->alloc(b->ud, ptr, osize, nsize);
}

/* What was allocated before a state got limits is given back past them. */
medel_allocator lmedel_allocator(lua_State *L)
{
    lmedel_state *s = lmedel_state_of(L);
    void *ud;
    const lua_Alloc alloc = lua_getallocf(L, &ud);
    lmedel_below *b = s->below;
    if (b->alloc && (b->alloc != alloc || b->ud != ud))
        b++;
    *b = (lmedel_below){ s->L, alloc, ud };
    return (medel_allocator){ alloc_or_collect, b };
}

static void *grow(lua_State *L, void *list, size_t *room, size_t item)
{
    const medel_allocator a = lmedel_allocator(L);
    size_t more = *room ? *room * 2 : 32;
    void *p = a.alloc(a.ud, list, *room * item, more * item);
    if (!p)
        luaL_error(L, "not enough memory");
    *room = more;
    return p;
}

static bool keeps_reads(const lmedel_state *s)
{
    return s->record && s->evidence;
}

bool lmedel_notes_reads(lua_State *L)
{
    const lmedel_state *s = lmedel_state_of(L);
    return s->touched || keeps_reads(s);
}

/* ---- what was read ---- */

#define FEW                                                                              \
    16 /* so many are looked through; more stand in a table of their addresses           \
        */

static const medel_fact **slot_of(const lmedel_state *s, const medel_fact *f)
{
    size_t i = (size_t)(((uintptr_t)f >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
    while (s->met[i & (s->met_room - 1)] && s->met[i & (s->met_room - 1)] != f)
        i++;
    return &s->met[i & (s->met_room - 1)];
}

static void forget_met(lmedel_state *s)
{
    if (s->nmet)
        memset(s->met, 0, s->met_room * sizeof *s->met);
    s->nmet = 0;
}

/* All that was read in the table, which has twice the room. */
static void meet_all(lua_State *L, lmedel_state *s)
{
    const size_t had = s->met_room;
    if (s->nreads * 2 >= had) {
        forget_met(s); /* memory may end here */
        s->met = grow(L, s->met, &s->met_room, sizeof *s->met);
        memset(s->met, 0, s->met_room * sizeof *s->met);
    }
    for (; s->nmet < s->nreads; s->nmet++)
        *slot_of(s, s->reads[s->nmet]) = s->reads[s->nmet];
}

static bool is_met(lua_State *L, lmedel_state *s, const medel_fact *f)
{
    if (s->nreads > FEW) {
        meet_all(L, s);
        return *slot_of(s, f) != NULL;
    }
    for (size_t i = 0; i < s->nreads; i++) {
        if (s->reads[i] == f)
            return true;
    }
    return false;
}

unsigned char *lmedel_note_fact(lua_State *L, const medel_fact *f)
{
    lmedel_state *s = lmedel_state_of(L);
    unsigned char *touched = s->touched ? &s->touched[f->index] : NULL;
    if (touched)
        *touched |= LMEDEL_SEEN;
    if (!keeps_reads(s) || is_met(L, s, f))
        return touched;
    if (s->nreads == s->reads_room)
        s->reads = grow(L, s->reads, &s->reads_room, sizeof *s->reads);
    s->reads[s->nreads++] = f;
    return touched;
}

void lmedel_touch_fact(lua_State *L, const medel_fact *f)
{
    lmedel_state *s = lmedel_state_of(L);
    if (s->touched)
        s->touched[f->index] |= LMEDEL_SEEN | LMEDEL_ASKED;
}

void lmedel_note_parameter(lua_State *L, const medel_parameter_value *v)
{
    lmedel_state *s = lmedel_state_of(L);
    if (!s->evidence)
        return;
    for (size_t i = 0; i < s->nused; i++) {
        if (s->used[i] == v)
            return;
    }
    if (s->nused == s->used_room)
        s->used = grow(L, s->used, &s->used_room, sizeof *s->used);
    s->used[s->nused++] = v;
}

void lmedel_forget_reads(lmedel_state *s)
{
    forget_met(s);
    s->nreads = s->nused = 0;
    s->serial = 0;
}

/* ---- errors ---- */

int lmedel_raise(lua_State *L, medel_status st, const char *what)
{
    switch (st) {
    case MEDEL_E_UNIT: return luaL_error(L, "units do not fit: %s", what);
    case MEDEL_E_OVERFLOW: return luaL_error(L, "the result is too large: %s", what);
    case MEDEL_E_DOMAIN: return luaL_error(L, "division by zero: %s", what);
    case MEDEL_E_NOMEM: return luaL_error(L, "not enough memory");
    default: return luaL_error(L, "%s: %s", medel_status_name(st), what);
    }
}

LMEDEL_GC(diagnostics_gc, medel_diagnostics, medel_diagnostics_free)

void lmedel_ends_with(lua_State *L, const char *name, lua_CFunction gc)
{
    if (luaL_getmetatable(L, name) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_createtable(L, 0, 2);
        lmedel_set_text(L, "__name", name);
        lua_pushcfunction(L, gc);
        lua_setfield(L, -2, "__gc");
        /* last: one that memory ended in would leave later userdata without their end */
        lua_pushvalue(L, -1);
        lua_setfield(L, LUA_REGISTRYINDEX, name);
    }
    lua_setmetatable(L, -2);
}

void *lmedel_new_box(lua_State *L, size_t size, const char *name, lua_CFunction gc)
{
    void *box = lua_newuserdatauv(L, size, 0);
    memset(box, 0, size);
    lmedel_ends_with(L, name, gc);
    return box;
}

void lmedel_set_text(lua_State *L, const char *key, const char *value)
{
    lua_pushstring(L, value);
    lua_setfield(L, -2, key);
}

void lmedel_set_integer(lua_State *L, const char *key, lua_Integer value)
{
    lua_pushinteger(L, value);
    lua_setfield(L, -2, key);
}

void lmedel_set_flag(lua_State *L, const char *key, bool value)
{
    lua_pushboolean(L, value);
    lua_setfield(L, -2, key);
}

medel_diagnostics *lmedel_new_diagnostics(lua_State *L)
{
    medel_diagnostics **box =
        lmedel_new_box(L, sizeof *box, "medel.diagnostics", diagnostics_gc);
    const medel_allocator allocator = lmedel_allocator(L);
    *box = medel_diagnostics_new(&allocator);
    if (!*box)
        luaL_error(L, "not enough memory");
    return *box;
}

/* { status, file, line, col, message, expected, hint, text }; text is what a terminal
 * shows. */
static void push_diagnostic(lua_State *L, const medel_diagnostic *item)
{
    const char *const texts[][2] = { { "status", medel_status_name(item->status) },
                                     { "file", item->file },
                                     { "message", item->message },
                                     { "expected", item->expected },
                                     { "hint", item->hint } };
    lua_createtable(L, 0, 8);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        lua_pushstring(L, texts[i][1]);
        lua_setfield(L, -2, texts[i][0]);
    }
    lmedel_set_integer(L, "line", (lua_Integer)item->line);
    lmedel_set_integer(L, "col", (lua_Integer)item->col);
    luaL_Buffer b;
    const size_t len = medel_diagnostic_format(item, NULL, 0);
    char *p = luaL_buffinitsize(L, &b, len + 1);
    medel_diagnostic_format(item, p, len + 1);
    luaL_pushresultsize(&b, len);
    lua_setfield(L, -2, "text");
}

int lmedel_push_failure(lua_State *L, const medel_diagnostics *d)
{
    medel_diagnostics *kept = lmedel_state_of(L)->diags;
    for (size_t i = 0; kept && i < medel_diagnostics_count(d); i++)
        medel_diagnostics_add(kept, medel_diagnostics_get(d, i));
    if (medel_diagnostics_count(d) == 0) /* all else is said */
        return luaL_error(L, "not enough memory");
    luaL_Buffer b;
    lua_pushnil(L);
    luaL_buffinit(L, &b);
    for (size_t i = 0; i < medel_diagnostics_count(d); i++) {
        const medel_diagnostic *item = medel_diagnostics_get(d, i);
        size_t len = medel_diagnostic_format(item, NULL, 0);
        char *p = luaL_prepbuffsize(&b, len + 1);
        medel_diagnostic_format(item, p, len + 1);
        luaL_addsize(&b, len);
    }
    luaL_pushresult(&b);
    const size_t n = medel_diagnostics_count(d);
    luaL_checkstack(L, 6, "diagnostics");
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        push_diagnostic(L, medel_diagnostics_get(d, i));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 3;
}

int lmedel_unknown(lua_State *L, const char *what, const char *name, const char *near)
{
    if (near)
        return luaL_error(L, "unknown %s '%s': did you mean '%s'?", what, name, near);
    return luaL_error(L, "unknown %s '%s'", what, name);
}

static int nothing(lua_State *L)
{
    (void)L;
    return 0;
}

void lmedel_give_way(lua_State *L)
{
    lua_pushcfunction(L, nothing);
    lua_call(L, 0, 0);
}

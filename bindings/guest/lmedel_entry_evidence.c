/* lmedel_entry_evidence.c - what of the ledger stands under a finding. */
#include "lmedel_ledger.h"

#include <stdlib.h>
#include <string.h>

typedef struct found {
    lua_State *L;
    const lmedel_entry *list[LMEDEL_MAX_ENTRIES];
    size_t n, left_out;
    unsigned steps;
} found;

static bool same_entry(const lmedel_entry *a, const lmedel_entry *b)
{
    const bool index = a->kind == LMEDEL_ENTRY_VOUCHER || a->kind == LMEDEL_ENTRY_ROW;
    return a == b || (index && a->kind == b->kind && a->index == b->index);
}

static void add(found *f, const lmedel_entry *e)
{
    for (size_t i = 0; i < f->n; i++) {
        if (same_entry(f->list[i], e))
            return;
    }
    if (f->n < LMEDEL_MAX_ENTRIES)
        f->list[f->n++] = e;
    else
        f->left_out++;
}

static void add_node(found *f, const medel_node *n)
{
    if (!n)
        return;
    if (++f->steps % 1024 == 0)
        lmedel_guard_check(f->L);
    if (n->op == MEDEL_OP_SOURCE && n->source)
        add(f, n->source);
    add_node(f, n->left);
    add_node(f, n->right);
}

/* Is the voucher that e is there already, as one of its rows? */
static bool has_row_of(const found *f, const lmedel_entry *e)
{
    for (size_t i = 0; i < f->n && e->kind == LMEDEL_ENTRY_VOUCHER; i++) {
        if (f->list[i]->kind == LMEDEL_ENTRY_ROW
            && lmedel_entry_voucher(f->list[i]) == e->index)
            return true;
    }
    return false;
}

static void add_value(lua_State *L, found *f)
{
    const lmedel_entry *e = lmedel_test_entry(L, -1);
    if (e && !has_row_of(f, e))
        add(f, e);
    else if (!e)
        add_node(f, lmedel_test_quantity(L, -1));
}

static int by_serial(const void *a, const void *b)
{
    const lmedel_entry *const *x = a, *const *y = b;
    return (*x)->serial < (*y)->serial ? -1 : (*x)->serial > (*y)->serial;
}

/* What the finding lists, in its order; then what its values come from, as it was made.
 */
static void collect(lua_State *L, int finding, found *f)
{
    const int top = lua_gettop(L);
    lua_getfield(L, finding, "at");
    add_value(L, f);
    if (lua_getfield(L, finding, "evidence") == LUA_TTABLE) {
        for (lua_Integer i = 1; i <= LMEDEL_MAX_LISTED; i++) {
            if (lua_rawgeti(L, -1, i) == LUA_TNIL)
                break;
            add_value(L, f);
            lua_pop(L, 1);
        }
    }
    lua_settop(L, top);
    const size_t listed = f->n;
    if (lua_getfield(L, finding, "values") == LUA_TTABLE) {
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
            add_value(L, f);
    }
    lua_settop(L, top);
    qsort(f->list + listed, f->n - listed, sizeof *f->list, by_serial);
}

size_t lmedel_find_entries(lua_State *L, int finding, const lmedel_entry **list,
                           size_t *left_out)
{
    found f = { .L = L };
    collect(L, finding, &f);
    memcpy(list, f.list, f.n * sizeof *list);
    *left_out += f.left_out;
    return f.n;
}

const char *lmedel_at_entry(lua_State *L, int finding, unsigned *line)
{
    found f = { .L = L };
    const int top = lua_gettop(L);
    lua_getfield(L, finding, "at");
    const medel_ledger *l = lmedel_test_ledger(L, -1);
    if (l) {
        lua_settop(L, top);
        *line = 1;
        return medel_ledger_head_of(l)->name;
    }
    add_value(L, &f);
    lua_settop(L, top);
    return f.n ? lmedel_entry_file(L, f.list[0], line) : NULL;
}

const char *lmedel_entry_file(lua_State *L, const lmedel_entry *e, unsigned *line)
{
    *line = lmedel_entry_line(L, e);
    return medel_ledger_head_of(e->ledger)->name;
}

/* lmedel_repair.c - the smallest repair of a report's figures (core/judge/repair.c). */
#include "lmedel.h"

#include <string.h>

typedef struct repairs_box {
    medel_repairs *repairs;
} repairs_box;

LMEDEL_GC(repairs_gc, medel_repairs, medel_repairs_free)

static const medel_repairs *new_repairs(lua_State *L, const medel_report *r)
{
    repairs_box *b = lmedel_new_box(L, sizeof *b, "medel.repairs", repairs_gc);
    const medel_allocator allocator = lmedel_allocator(L);
    if (medel_repairs_new(&b->repairs, r, &allocator) != MEDEL_OK)
        luaL_error(L, "not enough memory");
    return b->repairs;
}

static void push_checks(lua_State *L, const medel_problem *p, int owner)
{
    lua_createtable(L, (int)p->nchecks, 0);
    for (size_t i = 0; i < p->nchecks; i++) {
        lua_createtable(L, 0, 3);
        lmedel_set_text(L, "rule", medel_check_spec_id(p->checks[i]->spec));
        lmedel_set_text(L, "message", p->checks[i]->message);
        lmedel_push_fact(L, p->checks[i]->subject, owner);
        lua_setfield(L, -2, "fact");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_figure(lua_State *L, const medel_repair_figure *f, int owner)
{
    char text[256];
    lua_createtable(L, 0, 4);
    lmedel_push_fact(L, f->fact, owner);
    lua_setfield(L, -2, "fact");
    medel_fact_retype(f->fact, f->digits, text, sizeof text);
    lmedel_set_text(L, "text", text);
    medel_node *n = lmedel_new_quantity(L, 0);
    n->quantity = f->printed;
    lua_setfield(L, -2, "printed");
    if (f->cause != MEDEL_CAUSE_NONE)
        lmedel_set_text(L, "cause", medel_cause_text(f->cause));
}

static void push_repair(lua_State *L, const medel_repair *r, int owner)
{
    lua_createtable(L, 0, 2);
    lua_createtable(L, (int)r->n, 0);
    for (size_t i = 0; i < r->n; i++) {
        push_figure(L, &r->figures[i], owner);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "figures");
    lmedel_set_integer(L, "shares", (lua_Integer)r->shares);
}

int lmedel_repair(lua_State *L)
{
    int year;
    medel_variant variant;
    const medel_problem *problems;
    const medel_report *r = lmedel_check_view(L, 1, &year, &variant);
    lua_settop(L, 1);
    lmedel_report_of(L, 1, true);
    size_t n = medel_repairs_get(new_repairs(L, r), &problems);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        const medel_problem *p = &problems[i];
        lua_createtable(L, 0, 5);
        push_checks(L, p, 2);
        lua_setfield(L, -2, "findings");
        lua_createtable(L, (int)p->nrepairs, 0);
        for (size_t k = 0; k < p->nrepairs; k++) {
            push_repair(L, &p->repairs[k], 2);
            lua_rawseti(L, -2, (lua_Integer)k + 1);
        }
        lua_setfield(L, -2, "repairs");
        lmedel_set_integer(L, "tried", (lua_Integer)p->tried);
        lmedel_set_flag(L, "decided", p->decided);
        lmedel_set_flag(L, "bounded", p->bounded);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

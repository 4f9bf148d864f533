/* lmedel_host_function.c - functions of the program that embeds a runtime, as rules call
 * them: values are copied both ways, and errors are values. */
#include "lmedel_host.h"

#include <string.h>

/* ---- arguments ---- */

static void read_argument(lua_State *L, int arg, medel_any *out)
{
    const medel_node *n = lmedel_test_quantity(L, arg);
    memset(out, 0, sizeof *out);
    if (n) {
        out->kind = MEDEL_QUANTITY;
        out->quantity = n->quantity;
        return;
    }
    switch (lua_type(L, arg)) {
    case LUA_TNIL: out->kind = MEDEL_NIL; return;
    case LUA_TBOOLEAN:
        out->kind = MEDEL_BOOLEAN;
        out->boolean = lua_toboolean(L, arg);
        return;
    case LUA_TSTRING:
        out->kind = MEDEL_TEXT;
        out->text = lua_tolstring(L, arg, &out->len);
        return;
    default: break;
    }
    if (!lua_isinteger(L, arg))
        luaL_typeerror(L, arg, "quantity, text, whole number, boolean or nil");
    out->kind = MEDEL_INTEGER;
    out->integer = lua_tointeger(L, arg);
}

/* ---- results ---- */

static int64_t common_factor(int64_t a, int64_t b)
{
    while (b) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static bool is_rational(medel_rational r)
{
    return r.den > 0 && r.num > INT64_MIN && common_factor(r.num, r.den) == 1;
}

/* What a host has filled in by hand may be anything. */
static bool is_quantity(const medel_quantity *q)
{
    const medel_rational *const all[] = { &q->low, &q->value, &q->high };
    medel_quantity part[3];
    int order;
    for (int i = 0; i < 3; i++) {
        if (!is_rational(*all[i]))
            return false;
        part[i] = (medel_quantity){ *all[i], *all[i], *all[i], q->dimension, false };
    }
    for (int i = 0; i < 2; i++) {
        if (medel_quantity_compare(&order, &part[i], &part[i + 1]) != MEDEL_OK
            || order > 0)
            return false;
    }
    return true;
}

/* Evidence calls it by the function's name. */
static void push_quantity(lua_State *L, const medel_quantity *q, const char *name)
{
    medel_node *constant = lmedel_new_quantity(L, 0);
    constant->quantity = *q;
    constant->op = MEDEL_OP_CONSTANT;
    if (!lmedel_state_of(L)->record)
        return;
    medel_node *n = lmedel_new_quantity(L, 2);
    n->quantity = *q;
    n->op = MEDEL_OP_NAMED;
    n->name = lua_pushfstring(L, "host.%s", name);
    lua_setiuservalue(L, -2, 2);
    if (!lmedel_remember(n, constant, NULL))
        return;
    lua_pushvalue(L, -2);
    lua_setiuservalue(L, -2, 1);
}

static void push_result(lua_State *L, const medel_any *r, const char *name)
{
    switch (r->kind) {
    case MEDEL_NIL: lua_pushnil(L); return;
    case MEDEL_BOOLEAN: lua_pushboolean(L, r->boolean); return;
    case MEDEL_INTEGER: lua_pushinteger(L, r->integer); return;
    case MEDEL_TEXT:
        if (!r->text && r->len)
            break;
        lua_pushlstring(L, r->text ? r->text : "", r->len);
        return;
    case MEDEL_QUANTITY:
        if (!is_quantity(&r->quantity))
            break;
        push_quantity(L, &r->quantity, name);
        return;
    }
    luaL_error(L, "host.%s gave back what is no value", name);
}

/* ---- the call ---- */

static int call(lua_State *L)
{
    const lmedel_host_function *f = lua_touserdata(L, lua_upvalueindex(1));
    lmedel_host *h = lmedel_state_of(L)->host;
    medel_any arguments[MEDEL_MAX_ARGUMENTS], result = { .kind = MEDEL_NIL };
    medel_error err = { MEDEL_OK, "" };
    char shown[4 * sizeof err.message];
    const int n = lua_gettop(L);
    luaL_argcheck(L, n <= MEDEL_MAX_ARGUMENTS, MEDEL_MAX_ARGUMENTS + 1,
                  "too many arguments");
    for (int i = 0; i < n; i++)
        read_argument(L, i + 1, &arguments[i]);
    uselocale(h->theirs);
    const medel_status st = f->function(f->ud, arguments, (size_t)n, &result, &err);
    uselocale(h->plain);
    if (st == MEDEL_OK) {
        push_result(L, &result, f->name);
        return 1;
    }
    if (st == MEDEL_E_STOPPED) {
        lmedel_host_cancel(h);
        return luaL_error(L, "stopped");
    }
    err.message[sizeof err.message - 1] = '\0';
    const char *why = *err.message ? err.message : medel_status_name(st);
    medel_text_show(why, strlen(why), shown, sizeof shown);
    lua_pushnil(L);
    lua_pushstring(L, shown);
    return 2;
}

void lmedel_push_host(lua_State *L)
{
    const lmedel_host *h = lmedel_state_of(L)->host;
    lua_newtable(L);
    for (lmedel_host_function *f = h ? h->functions : NULL; f; f = f->next) {
        lua_pushlightuserdata(L, f);
        lua_pushcclosure(L, call, 1);
        lua_setfield(L, -2, f->name);
    }
}

bool lmedel_host_add(lmedel_host *h, const char *name, medel_host_fn function, void *ud)
{
    lmedel_host_function *f = h->functions;
    while (f && strcmp(f->name, name) != 0)
        f = f->next;
    if (!f) {
        f = h->alloc(h->alloc_ud, NULL, 0, sizeof *f);
        if (!f)
            return false;
        memset(f, 0, sizeof *f);
        memcpy(f->name, name, strlen(name) + 1);
        f->next = h->functions;
        h->functions = f;
    }
    f->function = function;
    f->ud = ud;
    return true;
}

void lmedel_host_remove_all(lmedel_host *h)
{
    while (h->functions) {
        lmedel_host_function *f = h->functions;
        h->functions = f->next;
        h->alloc(h->alloc_ud, f, sizeof *f, 0);
    }
}

/*
 * lmedel_montecarlo.c - medel.montecarlo(projection, inputs, options): the core's Monte
 * Carlo around a projection.  Plain Lua numbers: öre as whole numbers, shares as floats.
 */
#include "lmedel.h"

#include <string.h>

static double real(lua_State *L, int t, const char *key, double usual)
{
    double x = usual;
    if (lua_getfield(L, t, key) != LUA_TNIL) {
        int ok;
        x = lua_tonumberx(L, -1, &ok);
        if (!ok)
            luaL_error(L, "'%s' is no number", key);
    }
    lua_pop(L, 1);
    return x;
}

static int64_t whole(lua_State *L, int t, const char *key)
{
    int64_t n = 0;
    if (lua_getfield(L, t, key) != LUA_TNIL) {
        int ok;
        n = lua_tointegerx(L, -1, &ok);
        if (!ok)
            luaL_error(L, "'%s' is no whole number", key);
    }
    lua_pop(L, 1);
    return n;
}

/* Room for the list at 'key', which is left on the stack below it. */
static void *room(lua_State *L, int t, const char *key, size_t item, size_t *n)
{
    if (lua_getfield(L, t, key) != LUA_TTABLE)
        luaL_error(L, "'%s' is no list", key);
    *n = (size_t)lua_rawlen(L, -1);
    if (*n > 100000)
        luaL_error(L, "'%s' has more than 100 000 items", key);
    void *p = lua_newuserdatauv(L, (*n + 1) * item, 0);
    memset(p, 0, (*n + 1) * item);
    return p;
}

static void item(lua_State *L, int list, size_t i)
{
    if (lua_rawgeti(L, list, (lua_Integer)i + 1) != LUA_TTABLE)
        luaL_error(L, "item %d is no table", (int)i + 1);
}

static void read_input(lua_State *L, medel_mc_distribution *d)
{
    static const char *const kinds[] = { "fixed",      "normal",    "uniform",
                                         "triangular", "empirical", NULL };
    const int t = lua_gettop(L);
    lua_getfield(L, t, "kind");
    d->kind = (medel_mc_kind)luaL_checkoption(L, -1, "fixed", kinds);
    lua_pop(L, 1);
    lua_getfield(L, t, "once");
    d->once = lua_toboolean(L, -1);
    lua_pop(L, 1);
    d->mean = real(L, t, "mean", 0);
    d->sd = real(L, t, "sd", 0);
    d->low = real(L, t, "low", 0);
    d->mode = real(L, t, "mode", 0);
    d->high = real(L, t, "high", 0);
    if (d->kind != MEDEL_MC_EMPIRICAL)
        return;
    double *v = room(L, t, "values", sizeof *v, &d->count);
    for (size_t i = 0; i < d->count; i++) {
        lua_rawgeti(L, -2, (lua_Integer)i + 1);
        v[i] = luaL_checknumber(L, -1);
        lua_pop(L, 1);
    }
    d->values = v; /* stays on the stack */
}

static void read_inputs(lua_State *L, medel_mc_model *m)
{
    for (int i = 0; i < MEDEL_MC_INPUTS; i++) {
        luaL_checkstack(L, 8, "inputs");
        if (lua_getfield(L, 2, medel_mc_input_name((medel_mc_input)i)) == LUA_TTABLE)
            read_input(L, &m->inputs[i]);
    }
}

/* correlation = { { 1, .. }, .. } */
static void read_correlation(lua_State *L, medel_mc_model *m)
{
    typedef double line[MEDEL_MC_INPUTS];
    if (lua_getfield(L, 2, "correlation") != LUA_TTABLE)
        return;
    const int list = lua_gettop(L);
    line *c = lua_newuserdatauv(L, MEDEL_MC_INPUTS * sizeof *c, 0);
    for (int i = 0; i < MEDEL_MC_INPUTS; i++) {
        item(L, list, (size_t)i);
        for (int k = 0; k < MEDEL_MC_INPUTS; k++) {
            lua_rawgeti(L, -1, k + 1);
            c[i][k] = luaL_checknumber(L, -1);
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
    m->correlation = (const double(*)[MEDEL_MC_INPUTS])c;
}

static void push_result(lua_State *L, const medel_mc_result *r,
                        const medel_mc_outcome *years, size_t n)
{
    lua_createtable(L, 0, 5);
    lmedel_set_integer(L, "seed", (lua_Integer)r->seed);
    lmedel_set_integer(L, "paths", r->paths);
    lmedel_set_integer(L, "ever_below", r->ever_below);
    lmedel_set_integer(L, "reserve", r->reserve);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 3);
        lua_createtable(L, MEDEL_MC_QUANTILES, 0);
        for (int q = 0; q < MEDEL_MC_QUANTILES; q++) {
            lua_pushinteger(L, years[i].quantiles[q]);
            lua_rawseti(L, -2, q + 1);
        }
        lua_setfield(L, -2, "quantiles");
        lmedel_set_integer(L, "above", years[i].above);
        lmedel_set_integer(L, "below", years[i].below);
        lmedel_set_integer(L, "upto_planned", years[i].upto_planned);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "years");
}

/* Called by the core between parts of the work; the function is at stack index 4. */
static bool progress(void *ud, uint64_t done, uint64_t total)
{
    lua_State *L = ud;
    if (!lua_isfunction(L, 4) || !lua_checkstack(L, 4))
        return true;
    lua_pushvalue(L, 4);
    lua_pushinteger(L, (lua_Integer)done);
    lua_pushinteger(L, (lua_Integer)total);
    if (lua_pcall(L, 2, 0, 0) != LUA_OK)
        lua_pop(L, 1);
    return true;
}

/* ---- running ---- */

static const lmedel_class model_class = { "medel.montecarlo_model", "", NULL, NULL };

LMEDEL_CLASS_GC(model_gc, medel_mc_model, medel_mc_model_free, model_class)

static int fail(lua_State *L, const medel_error *err)
{
    lua_pushnil(L);
    lua_pushstring(L, err->message);
    return 2;
}

int lmedel_montecarlo(lua_State *L)
{
    const medel_projection *p = lmedel_check_projection(L, 1);
    medel_mc_result r;
    medel_error err = { 0 };
    luaL_checktype(L, 2, LUA_TTABLE);
    luaL_checktype(L, 3, LUA_TTABLE);
    lua_settop(L, 4);
    const int64_t paths = whole(L, 3, "paths"), threads = whole(L, 3, "threads");
    if (paths < 1 || paths > MEDEL_MC_MAX_PATHS || threads < 0
        || threads > MEDEL_MC_MAX_THREADS)
        return luaL_error(L, "1 to %d paths, at most %d threads", MEDEL_MC_MAX_PATHS,
                          MEDEL_MC_MAX_THREADS);
    medel_mc_model **box = lua_newuserdatauv(L, sizeof *box, 0);
    *box = NULL;
    lmedel_set_class(L, &model_class);
    if (medel_mc_model_new(box, p, NULL, &err) != MEDEL_OK)
        return fail(L, &err);
    read_inputs(L, *box);
    read_correlation(L, *box);
    const size_t n = (*box)->nyears;
    medel_mc_outcome *years = lua_newuserdatauv(L, n * sizeof *years, 0);
    medel_mc_options o = { .seed = (uint64_t)whole(L, 3, "seed"),
                           .paths = (size_t)paths,
                           .threads = (unsigned)threads,
                           .progress = progress,
                           .progress_ud = L };
    const medel_allocator allocator = lmedel_allocator(L);
    o.allocator = &allocator;
    if (medel_mc_run(&r, years, *box, &o, &err) != MEDEL_OK)
        return fail(L, &err);
    push_result(L, &r, years, n);
    return 1;
}

void lmedel_open_montecarlo(lua_State *L)
{
    static const luaL_Reg meta[] = { { "__gc", model_gc }, { NULL, NULL } };
    lmedel_new_class(L, &model_class, NULL, meta);
}

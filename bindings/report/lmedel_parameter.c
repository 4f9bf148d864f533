/*
 * lmedel_parameter.c - dated norms: p.riktlinje.eget_kapital(bidrag), where the date
 * is the balance date and an override may choose another of the competing norms.
 */
#include "lmedel_bundle.h"
#include "medel_norms_packed.h"
#include "lmedel.h"

#include <stdio.h>
#include <string.h>

typedef struct parameters_box {
    medel_parameters *parameters;
} parameters_box;

/* A prefix of ids ("riktlinje.") on a date. */
typedef struct norms {
    const medel_parameters *parameters;
    int32_t days;
    char prefix[80];
} norms;

LMEDEL_CLASS_GC(parameters_gc, medel_parameters, medel_parameters_free,
                lmedel_parameters_class)

const medel_parameters *lmedel_check_parameters(lua_State *L, int arg)
{
    parameters_box *b = lmedel_check(L, arg, &lmedel_parameters_class);
    return b->parameters;
}

/* User values of norms: 1 the owner of the parameters, 2 the overrides {id = norm}, 3
   what was looked up: by name the norms below it, or true where it is a value. */
void lmedel_push_norms(lua_State *L, const medel_parameters *p, int owner, int overrides,
                       int32_t days)
{
    owner = owner ? lua_absindex(L, owner) : 0;
    overrides = overrides ? lua_absindex(L, overrides) : 0;
    norms *n = lua_newuserdatauv(L, sizeof *n, 3);
    memset(n, 0, sizeof *n);
    n->parameters = p;
    n->days = days;
    lmedel_set_class(L, &lmedel_norms_class);
    if (owner) {
        lua_pushvalue(L, owner);
        lua_setiuservalue(L, -2, 1);
    }
    if (overrides && lua_istable(L, overrides)) {
        lua_pushvalue(L, overrides);
        lua_setiuservalue(L, -2, 2);
    }
}

static const char *norm_of(lua_State *L, int self, const char *id)
{
    const char *norm = NULL;
    if (lua_getiuservalue(L, self, 2) == LUA_TTABLE) {
        lua_getfield(L, -1, id);
        norm = lua_tostring(L, -1); /* anchored by the overrides */
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return norm;
}

static void push_applied(lua_State *L, const medel_parameter_value *v, int base, int self)
{
    self = lua_absindex(L, self);
    base = base ? lua_absindex(L, base) : 0;
    medel_node *n = lmedel_new_quantity(L, 2);
    n->op = MEDEL_OP_PARAMETER;
    n->parameter = v;
    (void)medel_parameter_value_quantity(&n->quantity, v);
    if (base) {
        medel_node *b = lmedel_check_quantity(L, base);
        medel_status st = medel_parameter_apply(&n->quantity, v, &b->quantity);
        if (st != MEDEL_OK)
            lmedel_raise(L, st, medel_parameter_value_id(v));
        if (lmedel_remember(n, b, NULL)) {
            lua_pushvalue(L, base);
            lua_setiuservalue(L, -2, 1);
        }
    }
    lua_pushvalue(L, self);
    lua_setiuservalue(L, -2, 2);
    lmedel_note_parameter(L, v);
}

/* A rule whose parameter is not in force does not apply: the runner knows the error by
   what is kept here. */
static int raise_not_in_force(lua_State *L, const norms *n, const char *id,
                              const char *norm)
{
    const medel_parameter_value *v, *first = NULL;
    lmedel_state *s = lmedel_state_of(L);
    char date[11] = "";
    for (size_t i = 0; (v = medel_parameters_at(n->parameters, i)); i++) {
        const char *own = medel_parameter_value_norm(v);
        if (strcmp(medel_parameter_value_id(v), id) == 0
            && (!norm || (own && strcmp(own, norm) == 0))
            && (!first
                || medel_parameter_value_from(v) < medel_parameter_value_from(first)))
            first = v;
    }
    if (!first) {
        snprintf(s->not_in_force, sizeof s->not_in_force,
                 "normen %.40s finns inte för %.80s", norm ? norm : "", id);
        return luaL_error(L, "%s", s->not_in_force);
    }
    medel_date_format(medel_parameter_value_from(first), date);
    size_t len = strlen(medel_parameter_value_title(first));
    if (len > 80) {
        len = 80;
        while (len
               && ((unsigned char)medel_parameter_value_title(first)[len] & 0xC0) == 0x80)
            len--; /* whole characters */
    }
    snprintf(s->not_in_force, sizeof s->not_in_force, "%.*s gäller från %s (%.80s)",
             (int)len, medel_parameter_value_title(first), date, id);
    return luaL_error(L, "%s", s->not_in_force);
}

/* p.riktlinje.eget_kapital(amount [, norm]) */
static int norms_call(lua_State *L)
{
    norms *n = lmedel_check(L, 1, &lmedel_norms_class);
    lmedel_check_quantity(L, 2);
    const char *norm = luaL_optstring(L, 3, NULL);
    if (!norm)
        norm = norm_of(L, 1, n->prefix);
    const medel_parameter_value *v =
        medel_parameters_get(n->parameters, n->prefix, norm, n->days);
    if (!v)
        return raise_not_in_force(L, n, n->prefix, norm);
    push_applied(L, v, 2, 1);
    return 1;
}

/* p.riktlinje.eget_kapital.confirmed_to: up to what the stair is confirmed, or nil. */
static int push_confirmed_to(lua_State *L, const norms *n)
{
    const medel_parameter_value *v =
        medel_parameters_get(n->parameters, n->prefix, norm_of(L, 1, n->prefix), n->days);
    medel_quantity to;
    if (!medel_parameter_value_confirmed_to(&to, v)) {
        lua_pushnil(L);
        return 1;
    }
    medel_node *q = lmedel_new_quantity(L, 0);
    q->op = MEDEL_OP_CONSTANT;
    q->quantity = to;
    return 1;
}

/* What is on top of the stack is kept under the name at 2. */
static void keep_norms(lua_State *L)
{
    const int top = lua_gettop(L);
    if (lua_getiuservalue(L, 1, 3) != LUA_TTABLE) {
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setiuservalue(L, 1, 3);
    }
    lua_pushvalue(L, 2);
    lua_pushvalue(L, top);
    lua_rawset(L, -3);
    lua_settop(L, top);
}

/* Push what is below the name at 2, whose whole id is given: other norms, or true for a
   value. */
static void look_up(lua_State *L, const norms *n, const char *id)
{
    const medel_parameter_value *each;
    const size_t len = strlen(id);
    bool stair = false, exact = false, below = false;
    for (size_t i = 0; (each = medel_parameters_at(n->parameters, i)); i++) {
        const char *other = medel_parameter_value_id(each);
        const bool begins = strncmp(other, id, len) == 0, same = begins && !other[len];
        exact |= same;
        stair |= same && medel_parameter_value_stair(each);
        below |= begins && other[len] == '.';
    }
    if (exact && !stair) {
        lua_pushboolean(L, 1);
        return;
    }
    if ((!below && !stair) || len >= sizeof n->prefix)
        lmedel_unknown(L, "parameter", id, NULL);
    lua_getiuservalue(L, 1, 1);
    lua_getiuservalue(L, 1, 2);
    lmedel_push_norms(L, n->parameters, lua_isnil(L, -2) ? 0 : -2, -1, n->days);
    norms *child = lua_touserdata(L, -1);
    strcpy(child->prefix, id);
}

static int norms_index(lua_State *L)
{
    norms *n = lmedel_check(L, 1, &lmedel_norms_class);
    const char *key = luaL_checkstring(L, 2);
    if (lua_getiuservalue(L, 1, 3) == LUA_TTABLE) {
        lua_pushvalue(L, 2);
        if (lua_rawget(L, -2) == LUA_TUSERDATA)
            return 1;
    } else {
        lua_pushnil(L);
    }
    if (strcmp(key, "confirmed_to") == 0)
        return push_confirmed_to(L, n);
    const bool known = lua_toboolean(L, -1);
    lua_pushfstring(L, "%s%s%s", n->prefix, *n->prefix ? "." : "", key);
    const char *id = lua_tostring(L, -1);
    if (!known) {
        look_up(L, n, id);
        keep_norms(L);
        if (lua_isuserdata(L, -1))
            return 1;
    }
    const char *norm = norm_of(L, 1, id);
    const medel_parameter_value *v =
        medel_parameters_get(n->parameters, id, norm, n->days);
    if (!v)
        return raise_not_in_force(L, n, id, norm);
    push_applied(L, v, 0, 1);
    return 1;
}

/* The ids and norms of the parameters, for lists and for the report's manifest. */
static int parameters_list(lua_State *L)
{
    const medel_parameters *p = lmedel_check_parameters(L, 1);
    const medel_parameter_value *v;
    lua_newtable(L);
    for (size_t i = 0; (v = medel_parameters_at(p, i)); i++) {
        char date[11];
        lua_createtable(L, 0, 10);
        const char *const texts[][2] = { { "id", medel_parameter_value_id(v) },
                                         { "title", medel_parameter_value_title(v) },
                                         { "norm", medel_parameter_value_norm(v) },
                                         { "norm_title",
                                           medel_parameter_value_norm_title(v) },
                                         { "source", medel_parameter_value_source(v) },
                                         { "base", medel_parameter_value_base(v) },
                                         { "file", medel_parameter_value_file(v) } };
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            lua_pushstring(L, texts[k][1]);
            lua_setfield(L, -2, texts[k][0]);
        }
        medel_date_format(medel_parameter_value_from(v), date);
        lmedel_set_text(L, "from", date);
        lmedel_set_flag(L, "stair", medel_parameter_value_stair(v));
        lmedel_set_flag(L, "chosen", medel_parameter_value_chosen(v));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int parameters_at(lua_State *L)
{
    const medel_parameters *p = lmedel_check_parameters(L, 1);
    int year;
    medel_variant variant;
    lmedel_check_view(L, 2, &year, &variant);
    int32_t days;
    lua_pushfstring(L, "%d-12-31", year);
    if (!medel_date_parse(&days, lua_tostring(L, -1), 10))
        return luaL_error(L, "no such year");
    lmedel_push_norms(L, p, 1, lua_istable(L, 3) ? 3 : 0, days);
    return 1;
}

static const lmedel_function methods[] = {
    { "at", parameters_at,
      "(self: parameters, ar: report, overrides?: table<string, string>): norms",
      "The parameters in force at the report's balance date; overrides choose a norm by "
      "id." },
    { "list", parameters_list, "(self: parameters): table[]",
      "Every dated value: { id, title, norm, norm_title, source, base, file, from, "
      "stair, chosen }." },
    { NULL, NULL, NULL, NULL }
};

const lmedel_class lmedel_parameters_class = { "medel.parameters",
                                               "Dated parameters read from a file.",
                                               methods, NULL };
const lmedel_class lmedel_norms_class = {
    "medel.norms",
    "The parameters in force on a date, by dotted name: `p.loneskatt.pension` is a "
    "share; a stair is called with the amount it applies to: "
    "`p.riktlinje.eget_kapital(ar.medlemsbidrag)`, with a norm as second argument if "
    "not the usual one.",
    NULL, NULL
};

/* The norms at index 'at', { id = norm }, are those that count; false and a message on
   the stack if one of them does not exist. */
static bool choose_norms(lua_State *L, medel_parameters *p, int at)
{
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING)
            luaL_argerror(L, at, "names are expected: { [\"parameter\"] = \"norm\" }");
        const char *id = lua_tostring(L, -2), *norm = lua_tostring(L, -1);
        if (medel_parameters_choose(p, id, norm) != MEDEL_OK) {
            lua_pushfstring(L, "parameter '%s' has no norm '%s'", id, norm);
            return false;
        }
    }
    return true;
}

int lmedel_read_parameters(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    const char *name = luaL_optstring(L, 2, "=(text)");
    lua_settop(L, 3);
    parameters_box *b = lua_newuserdatauv(L, sizeof *b, 0);
    b->parameters = NULL;
    lmedel_set_class(L, &lmedel_parameters_class);
    medel_diagnostics *d = lmedel_new_diagnostics(L);
    const medel_allocator allocator = lmedel_allocator(L);
    const char *packed = lmedel_bundled_tree(lmedel_state_of(L)->bundle, name, text, len);
    if (medel_parameters_read_packed(&b->parameters, &(medel_input){ name, text, len },
                                     packed, &allocator, d)
        != MEDEL_OK)
        return lmedel_push_failure(L, d);
    lua_pop(L, 1);
    const int box = lua_gettop(L);
    if (lua_istable(L, 3) && !choose_norms(L, b->parameters, 3)) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    lua_settop(L, box);
    return 1;
}

void lmedel_open_parameters(lua_State *L)
{
    static const luaL_Reg parameters_meta[] = { { "__gc", parameters_gc },
                                                { NULL, NULL } };
    static const luaL_Reg norms_meta[] = { { "__call", norms_call }, { NULL, NULL } };
    lmedel_new_class(L, &lmedel_parameters_class, NULL, parameters_meta);
    lmedel_new_class(L, &lmedel_norms_class, norms_index, norms_meta);
}

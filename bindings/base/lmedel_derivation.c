/*
 * lmedel_derivation.c - how a quantity came about: the tree that its operands make,
 * as a table for scripts, and copied into another state.
 */
#include "lmedel.h"

#include <string.h>

/* Derivations are shown, copied and searched by recursion.  One that a script has made
   deeper or wider than this goes on from a bare value. */
#define MAX_OWN_DEPTH 1000u
#define MAX_OWN_NODES 10000u

typedef struct derived {
    medel_node node; /* first: a quantity is used as its node */
    unsigned depth, nodes;
    unsigned char *touched; /* where it is set that its figure is asked for; or NULL */
} derived;

static medel_node *new_node(lua_State *L, int nuv)
{
    derived *d = lua_newuserdatauv(L, sizeof *d, nuv);
    memset(d, 0, sizeof *d);
    d->depth = d->nodes = 1;
    return &d->node;
}

medel_node *lmedel_new_quantity(lua_State *L, int nuv)
{
    medel_node *n = new_node(L, nuv);
    lmedel_set_class(L, &lmedel_quantity_class);
    return n;
}

medel_node *lmedel_new_node(lua_State *L, int nuv, int metatable)
{
    medel_node *n = new_node(L, nuv);
    lua_pushvalue(L, metatable);
    lua_setmetatable(L, -2);
    return n;
}

void lmedel_tell_of(medel_node *n, unsigned char *touched)
{
    ((derived *)n)->touched = touched;
}

medel_node *lmedel_asked(medel_node *n)
{
    const derived *d = (const derived *)n;
    if (d && d->touched)
        *d->touched |= LMEDEL_ASKED;
    return n;
}

unsigned lmedel_derivation_size(const medel_node *n)
{
    return ((const derived *)n)->nodes;
}

bool lmedel_remember(medel_node *n, medel_node *left, medel_node *right)
{
    derived *d = (derived *)n;
    const derived *a = (const derived *)left, *b = (const derived *)right;
    unsigned depth = a->depth + 1, nodes = a->nodes + 1;
    if (b) {
        depth = b->depth >= depth ? b->depth + 1 : depth;
        nodes += b->nodes;
    }
    if (depth > MAX_OWN_DEPTH || nodes > MAX_OWN_NODES)
        return false;
    n->left = left;
    n->right = right;
    d->depth = depth;
    d->nodes = nodes;
    return true;
}

/* ---- as tables ---- */

#define MAX_DEPTH 4000

static const char *op_name(medel_op op)
{
    switch (op) {
    case MEDEL_OP_ADD: return "+";
    case MEDEL_OP_SUB: return "-";
    case MEDEL_OP_MUL: return "*";
    case MEDEL_OP_DIV: return "/";
    case MEDEL_OP_NEG: return "neg";
    case MEDEL_OP_ABS: return "abs";
    case MEDEL_OP_FACT: return "fact";
    case MEDEL_OP_PARAMETER: return "parameter";
    case MEDEL_OP_NAMED: return "named";
    case MEDEL_OP_MIN: return "min";
    case MEDEL_OP_MAX: return "max";
    case MEDEL_OP_ROUND: return "round";
    case MEDEL_OP_SOURCE: return "ledger";
    case MEDEL_OP_CONSTANT: break;
    }
    return "constant";
}

static void push_parameter(lua_State *L, const medel_parameter_value *v)
{
    char date[11];
    lua_createtable(L, 0, 8);
    lmedel_set_text(L, "id", medel_parameter_value_id(v));
    lmedel_set_text(L, "title", medel_parameter_value_title(v));
    lmedel_set_text(L, "norm", medel_parameter_value_norm(v));
    lmedel_set_text(L, "norm_title", medel_parameter_value_norm_title(v));
    lmedel_set_text(L, "source", medel_parameter_value_source(v));
    medel_date_format(medel_parameter_value_from(v), date);
    lmedel_set_text(L, "from", date);
    lmedel_set_text(L, "file", medel_parameter_value_file(v));
    lmedel_set_integer(L, "line", medel_parameter_value_line(v));
    const medel_step *step;
    lua_newtable(L);
    for (size_t i = 0; (step = medel_parameter_value_step(v, i)); i++) {
        lua_createtable(L, 0, 2);
        medel_node *rate = lmedel_new_quantity(L, 0);
        rate->quantity = step->rate;
        lua_setfield(L, -2, "rate");
        if (!step->open) {
            medel_node *to = lmedel_new_quantity(L, 0);
            to->quantity = step->upper;
            lua_setfield(L, -2, "to");
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "steps");
}

/* What several figures came from is one table: a projection has far more paths than
   nodes.  'seen' is the stack index of the tables made, by node. */
static void push_tree(lua_State *L, const medel_node *n, int owner, int seen, int depth)
{
    luaL_checkstack(L, 8, "derivation");
    if (lua_rawgetp(L, seen, n) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 5);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, seen, n);
    lmedel_set_text(L, "op", op_name(n->op));
    medel_node *value = lmedel_new_quantity(L, 0);
    value->quantity = n->quantity;
    lua_setfield(L, -2, "value");
    if (n->name) {
        lmedel_set_text(L, "name", n->name);
    }
    if (n->parameter) {
        push_parameter(L, n->parameter);
        lua_setfield(L, -2, "parameter");
    }
    if (n->fact) {
        lmedel_push_fact(L, n->fact, owner);
        lua_setfield(L, -2, "fact");
    }
    if (n->source) {
        lmedel_state_of(L)->push_source(L, n->source);
        lua_setfield(L, -2, "entry");
    }
    const medel_node *left = n->left;
    if (n->op == MEDEL_OP_FACT && n->fact && n->fact->derivation)
        left = n->fact->derivation;
    if (left && depth < MAX_DEPTH) {
        push_tree(L, left, owner, seen, depth + 1);
        lua_setfield(L, -2, "left");
    }
    if (n->right && depth < MAX_DEPTH) {
        push_tree(L, n->right, owner, seen, depth + 1);
        lua_setfield(L, -2, "right");
    }
}

/* The report that some leaf of the derivation at 'arg' anchors, or nil. */
static void push_owner(lua_State *L, int arg)
{
    medel_node *n = lua_touserdata(L, arg);
    arg = lua_absindex(L, arg);
    luaL_checkstack(L, 4, "derivation");
    for (int i = 1; i <= 2; i++) {
        if (lua_getiuservalue(L, arg, i) == LUA_TUSERDATA) {
            if (n->op == MEDEL_OP_FACT && lmedel_test(L, -1, &lmedel_report_class))
                return;
            if (lmedel_test_quantity(L, -1)) {
                push_owner(L, -1);
                lua_remove(L, -2);
                if (!lua_isnil(L, -1))
                    return;
            }
        }
        lua_pop(L, 1);
    }
    lua_pushnil(L);
}

int lmedel_quantity_derivation(lua_State *L)
{
    medel_node *n = lmedel_check_quantity(L, 1);
    push_owner(L, 1);
    lua_newtable(L);
    push_tree(L, n, lua_gettop(L) - 1, lua_gettop(L), 0);
    return 1;
}

void lmedel_copy_quantity(lua_State *to, const medel_node *n, int owner, int norms)
{
    luaL_checkstack(to, 6, "derivation");
    medel_node *copy = lmedel_new_quantity(to, 2);
    copy->quantity = n->quantity;
    copy->op = n->op;
    copy->fact = n->fact;
    copy->parameter = n->parameter;
    if (n->name) {
        copy->name = lua_pushstring(to, n->name);
        lua_setiuservalue(to, -2, 2);
    }
    if (n->op == MEDEL_OP_FACT) {
        lua_pushvalue(to, owner);
        lua_setiuservalue(to, -2, 1);
        return;
    }
    if (n->op == MEDEL_OP_SOURCE) {
        lmedel_state_of(to)->copy_source(to, copy, n->source);
        return;
    }
    if (n->op == MEDEL_OP_PARAMETER) {
        lua_pushvalue(to, norms);
        lua_setiuservalue(to, -2, 2);
    }
    medel_node *left = NULL, *right = NULL;
    if (n->left) {
        lmedel_copy_quantity(to, n->left, owner, norms);
        left = lua_touserdata(to, -1);
        lua_setiuservalue(to, -2, 1);
    }
    if (n->right) {
        lmedel_copy_quantity(to, n->right, owner, norms);
        right = lua_touserdata(to, -1);
        lua_setiuservalue(to, -2, 2);
    }
    if (left)
        lmedel_remember(copy, left, right); /* as large as what it is a copy of */
}

/*
 * lmedel_quantity.c - the class quantity: exact amounts, shares and counts that
 * remember how they came about.  A quantity is a medel_node; when derivations are
 * recorded its user values keep the operands alive.
 *
 * There is no __concat on purpose: Debian 12's Lua 5.4.4 can crash in it.
 */
#include "lmedel.h"

#include <stdio.h>
#include <string.h>

medel_node *lmedel_check_quantity(lua_State *L, int arg)
{
    return lmedel_asked(lmedel_check(L, arg, &lmedel_quantity_class));
}

medel_node *lmedel_test_quantity(lua_State *L, int arg)
{
    return lmedel_asked(lmedel_test(L, arg, &lmedel_quantity_class));
}

medel_node *lmedel_unasked(lua_State *L, int arg)
{
    return lmedel_test(L, arg, &lmedel_quantity_class);
}

static medel_node *check_unasked(lua_State *L, int arg)
{
    return lmedel_check(L, arg, &lmedel_quantity_class);
}

void lmedel_push_fact_quantity(lua_State *L, const medel_fact *f, bool as_concept,
                               int owner)
{
    owner = lua_absindex(L, owner);
    medel_node *n = lmedel_new_quantity(L, 2);
    n->quantity = f->value;
    n->op = MEDEL_OP_FACT;
    n->fact = f;
    if (as_concept && f->sign < 0
        && medel_quantity_neg(&n->quantity, &f->value) != MEDEL_OK)
        lmedel_raise(L, MEDEL_E_OVERFLOW, f->label);
    lua_pushvalue(L, owner);
    lua_setiuservalue(L, -2, 1);
    lmedel_tell_of(n, lmedel_note_fact(L, f));
}

/* ---- making ---- */

static int make(lua_State *L, medel_unit unit)
{
    medel_node *n;
    medel_quantity q;
    if (lua_isinteger(L, 1)) {
        if (medel_quantity_make(&q, lua_tointeger(L, 1), 1, unit) != MEDEL_OK)
            return luaL_argerror(L, 1, "too large");
    } else if (lua_type(L, 1) == LUA_TSTRING) {
        size_t len;
        const char *why = "", *text = lua_tolstring(L, 1, &len);
        medel_figure f;
        if (medel_figure_parse(&f, text, len, &why) != MEDEL_OK
            || f.state != MEDEL_FIGURE_VALUE)
            return luaL_argerror(L, 1, why);
        if (f.qualifier != MEDEL_QUALIFIER_NONE || f.scale.num)
            return luaL_argerror(L, 1, "an exact number is expected");
        int64_t places = 1;
        for (unsigned i = 0; i < f.decimals; i++)
            places *= 10;
        if (medel_quantity_make(&q, f.digits, places, f.has_unit ? f.unit : unit)
            != MEDEL_OK)
            return luaL_argerror(L, 1, "too large");
        medel_quantity zero;
        if (medel_quantity_make(&zero, 0, 1, unit) != MEDEL_OK
            || zero.dimension.money != q.dimension.money
            || zero.dimension.count != q.dimension.count)
            return luaL_argerror(L, 1, "the text has another unit");
    } else {
        return luaL_argerror(L, 1,
                             "a whole number or a text such as \"12,5\" is expected; a "
                             "number with decimals is not exact");
    }
    n = lmedel_new_quantity(L, 0);
    n->quantity = q;
    n->op = MEDEL_OP_CONSTANT;
    return 1;
}

static int make_kr(lua_State *L)
{
    return make(L, MEDEL_UNIT_KR);
}

static int make_ore(lua_State *L)
{
    medel_node *n = lmedel_new_quantity(L, 0);
    const medel_rational value = { luaL_checkinteger(L, 1), 1 };
    luaL_argcheck(L, value.num != INT64_MIN, 1, "too large");
    n->quantity = (medel_quantity){ value, value, value, { .money = 1 }, false };
    n->op = MEDEL_OP_CONSTANT;
    return 1;
}

static int make_tkr(lua_State *L)
{
    return make(L, MEDEL_UNIT_TKR);
}

static int make_percent(lua_State *L)
{
    return make(L, MEDEL_UNIT_PERCENT);
}

static int make_count(lua_State *L)
{
    return make(L, MEDEL_UNIT_COUNT);
}

static int make_number(lua_State *L)
{
    return make(L, MEDEL_UNIT_NUMBER);
}

/* ---- arithmetic ---- */

/* A whole Lua number beside a quantity counts as a plain number in * and /. */
static medel_node *operand(lua_State *L, int arg, medel_op op, medel_node *scratch)
{
    medel_node *n = lmedel_test_same(L, arg);
    if (n)
        return lmedel_asked(n);
    bool scales = op == MEDEL_OP_MUL || op == MEDEL_OP_DIV;
    if (scales && lua_isinteger(L, arg)) {
        memset(scratch, 0, sizeof *scratch);
        if (medel_quantity_make(&scratch->quantity, lua_tointeger(L, arg), 1,
                                MEDEL_UNIT_NUMBER)
            != MEDEL_OK)
            luaL_error(L, "the number is too large");
        return scratch;
    }
    if (lua_isnil(L, arg))
        luaL_error(L, "arithmetic on a figure that is not printed (nil); name it in "
                      "'needs' or test it first");
    if (lua_type(L, arg) == LUA_TNUMBER && scales)
        luaL_error(L, "a number with decimals is not exact: write percent(50) or "
                      "number(\"0,5\")");
    if (lua_type(L, arg) == LUA_TNUMBER)
        luaL_error(L, "a plain number has no unit: write kr(%s), percent() or count()",
                   lua_tostring(L, arg));
    luaL_typeerror(L, arg, "quantity");
    return NULL;
}

static const char *dimension_name(const medel_quantity *q)
{
    const medel_dimension d = q->dimension;
    if (d.money == 1 && d.count == 0)
        return "an amount";
    if (d.money == 0 && d.count == 0)
        return "a share or number";
    if (d.money == 0 && d.count == 1)
        return "a count";
    if (d.money == 1 && d.count == -1)
        return "an amount per head";
    return "a product of amounts";
}

static int apply(lua_State *L, medel_op op, const char *word)
{
    medel_node a, b;
    const lmedel_state *state = lua_touserdata(L, lua_upvalueindex(2));
    const bool record = state->record;
    medel_node *left = operand(L, 1, op, &a), *right = operand(L, 2, op, &b);
    medel_node *n = lmedel_new_node(L, record ? 2 : 0, lua_upvalueindex(1));
    medel_status st = medel_node_apply(n, op, left, right, false);
    if (st != MEDEL_OK) {
        char what[96];
        snprintf(what, sizeof what, "%s %s %s", dimension_name(&left->quantity), word,
                 dimension_name(&right->quantity));
        return lmedel_raise(L, st, what);
    }
    if (!record)
        return 1;
    /* Operands that were plain numbers become quantities, so that they can be kept. */
    for (int i = 1; i <= 2; i++) {
        if (!lmedel_test_quantity(L, i)) {
            medel_node *constant = lmedel_new_quantity(L, 0);
            *constant = i == 1 ? a : b;
            lua_replace(L, i);
        }
    }
    if (!lmedel_remember(n, lmedel_check_quantity(L, 1), lmedel_check_quantity(L, 2))) {
        n->op = MEDEL_OP_CONSTANT;
        return 1;
    }
    for (int i = 1; i <= 2; i++) {
        lua_pushvalue(L, i);
        lua_setiuservalue(L, -2, i);
    }
    return 1;
}

static int quantity_add(lua_State *L)
{
    return apply(L, MEDEL_OP_ADD, "+");
}

static int quantity_sub(lua_State *L)
{
    return apply(L, MEDEL_OP_SUB, "-");
}

static int quantity_mul(lua_State *L)
{
    return apply(L, MEDEL_OP_MUL, "*");
}

static int quantity_div(lua_State *L)
{
    return apply(L, MEDEL_OP_DIV, "/");
}

static int apply_one(lua_State *L, medel_op op)
{
    medel_node *a = lmedel_check_quantity(L, 1);
    const bool record = lmedel_state_of(L)->record;
    medel_node *n = lmedel_new_quantity(L, record ? 2 : 0);
    if (medel_node_apply(n, op, a, NULL, false) != MEDEL_OK)
        return lmedel_raise(L, MEDEL_E_OVERFLOW, "-");
    if (record && lmedel_remember(n, a, NULL)) {
        lua_pushvalue(L, 1);
        lua_setiuservalue(L, -2, 1);
    } else if (record) {
        n->op = MEDEL_OP_CONSTANT;
    }
    return 1;
}

static int quantity_neg(lua_State *L)
{
    return apply_one(L, MEDEL_OP_NEG);
}

static int quantity_abs(lua_State *L)
{
    return apply_one(L, MEDEL_OP_ABS);
}

/* Whether one is less is asked of the figures themselves, unless a word widens them: "ca
   70" is not less than 72.  Whether they are the same is asked of what their prints can
   stand for, always. */
static int compare(lua_State *L, const char *word, bool same)
{
    int order;
    medel_node a, b;
    const medel_quantity *left = &operand(L, 1, MEDEL_OP_SUB, &a)->quantity;
    const medel_quantity *right = &operand(L, 2, MEDEL_OP_SUB, &b)->quantity;
    const bool wide = same || left->loose || right->loose;
    if ((wide ? medel_quantity_order : medel_quantity_compare)(&order, left, right)
        != MEDEL_OK)
        return luaL_error(L, "units do not fit: %s %s %s", dimension_name(left), word,
                          dimension_name(right));
    return order;
}

static int quantity_lt(lua_State *L)
{
    lua_pushboolean(L, compare(L, "<", false) < 0);
    return 1;
}

static int quantity_le(lua_State *L)
{
    lua_pushboolean(L, compare(L, "<=", false) <= 0);
    return 1;
}

static int quantity_eq(lua_State *L)
{
    lua_pushboolean(L, compare(L, "==", true) == 0);
    return 1;
}

/* ---- what a quantity can say ---- */

/* Is the amount known to the nearest thousand at best? */
static bool in_thousands(const medel_quantity *q)
{
    medel_quantity low = { q->low, q->low, q->low, q->dimension, false };
    medel_quantity high = { q->high, q->high, q->high, q->dimension, false };
    medel_quantity width, tkr;
    int order = -1;
    return q->dimension.money == 1 && q->dimension.count == 0 && q->low.den && q->high.den
           && medel_quantity_sub(&width, &high, &low) == MEDEL_OK
           && medel_quantity_make(&tkr, 1, 1, MEDEL_UNIT_TKR) == MEDEL_OK
           && medel_quantity_compare(&order, &width, &tkr) == MEDEL_OK && order >= 0;
}

/* A printed figure with its word: "ca 70", "30-35 %". */
void lmedel_push_node_text(lua_State *L, const medel_node *n)
{
    const medel_fact *f = n->op == MEDEL_OP_FACT ? n->fact : NULL;
    if (f && f->qualifier != MEDEL_QUALIFIER_NONE && f->text
        && f->state == MEDEL_FIGURE_VALUE) {
        char said[128];
        medel_fact_said(f, said, sizeof said);
        lua_pushstring(L, said);
    } else if (f && f->unit == MEDEL_UNIT_NUMBER && f->state == MEDEL_FIGURE_VALUE) {
        char text[64]; /* a grade or a number of something; only a share is in % */
        medel_quantity_format(&n->quantity, f->unit, f->decimals, MEDEL_ROUND_HALF_AWAY,
                              text, sizeof text);
        lua_pushstring(L, text);
    } else
        lmedel_push_text(L, &n->quantity);
}

/* Figures of a table in tkr are said in tkr: their kronor are not known. */
void lmedel_push_text(lua_State *L, const medel_quantity *q)
{
    char buf[96];
    if (in_thousands(q)) {
        medel_quantity_format(q, MEDEL_UNIT_TKR, 0, MEDEL_ROUND_HALF_AWAY, buf,
                              sizeof buf);
        lua_pushfstring(L, "%s %s", buf, medel_unit_name(MEDEL_UNIT_TKR));
        return;
    }
    medel_quantity_text(q, buf, sizeof buf);
    lua_pushstring(L, buf);
}

static int quantity_tostring(lua_State *L)
{
    lmedel_push_node_text(L, lmedel_check_quantity(L, 1));
    return 1;
}

/* A difference of two prints is nothing when they can be prints of the same. */
static int is_zero(lua_State *L)
{
    const medel_node *n = lmedel_check_quantity(L, 1);
    const medel_quantity *q = &n->quantity;
    medel_quantity zero = { .dimension = q->dimension };
    int order = 1;
    zero.value.den = zero.low.den = zero.high.den = 1;
    if (n->op != MEDEL_OP_FACT && n->op != MEDEL_OP_CONSTANT
        && medel_quantity_order(&order, q, &zero) != MEDEL_OK)
        return lmedel_raise(L, MEDEL_E_UNIT, "is_zero");
    lua_pushboolean(L, q->value.num == 0 || order == 0);
    return 1;
}

static int agreement_of(lua_State *L, medel_agreement *out)
{
    medel_node *a = lmedel_check_quantity(L, 1), *b = lmedel_check_quantity(L, 2);
    medel_status st = medel_quantity_agree(out, &a->quantity, &b->quantity);
    if (st == MEDEL_E_UNIT)
        luaL_error(L, "units do not fit: %s and %s", dimension_name(&a->quantity),
                   dimension_name(&b->quantity));
    if (st != MEDEL_OK)
        lmedel_raise(L, st, "agrees");
    return 1;
}

static int agrees(lua_State *L)
{
    medel_agreement a;
    agreement_of(L, &a);
    lua_pushboolean(L, a == MEDEL_AGREE);
    return 1;
}

static int agreement(lua_State *L)
{
    static const char *const words[] = { "agree", "rounded", "differ" };
    medel_agreement a;
    agreement_of(L, &a);
    lua_pushstring(L, words[a]);
    return 1;
}

typedef struct text_format {
    const char *name, *shown;
    medel_unit unit;
} text_format;

/* "+tkr1": a plus for what is positive, thousands of kronor, one decimal. */
static const text_format *check_format(lua_State *L, const char *text, bool *plus,
                                       unsigned *decimals)
{
    static const text_format formats[] = { { "kr", "kr", MEDEL_UNIT_KR },
                                           { "tkr", "tkr", MEDEL_UNIT_TKR },
                                           { "mnkr", "mnkr", MEDEL_UNIT_MNKR },
                                           { "%", "%", MEDEL_UNIT_PERCENT },
                                           { "pe", "procentenheter", MEDEL_UNIT_PERCENT },
                                           { "tal", "", MEDEL_UNIT_NUMBER } };
    *decimals = 0;
    *plus = *text == '+';
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        const size_t n = strlen(formats[i].name);
        const char *rest = text + *plus + n;
        if (strncmp(text + *plus, formats[i].name, n) != 0)
            continue;
        *decimals = *rest >= '0' && *rest <= '9' ? (unsigned)(*rest++ - '0') : 0;
        if (!*rest)
            return &formats[i];
    }
    luaL_error(L,
               "unknown format '%s': kr, tkr, mnkr, %%, pe or tal, then a digit for "
               "decimals",
               text);
    return NULL;
}

void lmedel_push_in_unit(lua_State *L, const medel_quantity *q, const char *unit)
{
    char digits[64];
    unsigned decimals;
    bool plus;
    const text_format *f = check_format(L, unit, &plus, &decimals);
    const bool share = q->dimension.money == 0 && q->dimension.count == 0;
    const bool plain = f->unit == MEDEL_UNIT_PERCENT || f->unit == MEDEL_UNIT_NUMBER;
    if (plain ? !share : q->dimension.money != 1)
        luaL_error(L, "units do not fit: %s written in '%s'", dimension_name(q), f->name);
    medel_quantity_format(q, f->unit, decimals, MEDEL_ROUND_HALF_AWAY, digits,
                          sizeof digits);
    lua_pushfstring(L, "%s%s%s%s", plus && q->value.num > 0 ? "+" : "", digits,
                    *f->shown ? " " : "", f->shown);
}

/* The value that text() shows, exact: ratios of large amounts can be compared. */
static int rounded(lua_State *L)
{
    medel_node *a = lmedel_check_quantity(L, 1);
    luaL_checkstring(L, 2);
    const bool record = lmedel_state_of(L)->record;
    medel_node *n = lmedel_new_quantity(L, record ? 2 : 0);
    lmedel_push_in_unit(L, &a->quantity, lua_tostring(L, 2));
    medel_figure f;
    size_t len;
    const char *why = "", *said = lua_tolstring(L, -1, &len);
    int64_t places = 1;
    if (medel_figure_parse(&f, said, len, &why) != MEDEL_OK)
        return luaL_error(L, "cannot be rounded to '%s': %s", lua_tostring(L, 2), why);
    for (unsigned i = 0; i < f.decimals; i++)
        places *= 10;
    if (medel_quantity_make(&n->quantity, f.digits, places, f.unit) != MEDEL_OK)
        return lmedel_raise(L, MEDEL_E_OVERFLOW, "rounded");
    lua_pop(L, 1);
    if (record && lmedel_remember(n, a, NULL)) {
        lua_pushvalue(L, 1);
        lua_setiuservalue(L, -2, 1);
        n->op = MEDEL_OP_NAMED;
        n->name = "avrundat";
    }
    return 1;
}

static int text(lua_State *L)
{
    medel_node *n = lmedel_check_quantity(L, 1);
    if (lua_isnoneornil(L, 2))
        lmedel_push_node_text(L, n);
    else
        lmedel_push_in_unit(L, &n->quantity, luaL_checkstring(L, 2));
    return 1;
}

static int ore(lua_State *L)
{
    medel_node *n = lmedel_check_quantity(L, 1);
    const medel_quantity *q = &n->quantity;
    if (q->dimension.money != 1 || q->dimension.count != 0)
        return luaL_error(L, "%s has no öre", dimension_name(q));
    if (q->value.den != 1)
        return luaL_error(L, "not a whole number of öre; round it first");
    lua_pushinteger(L, q->value.num);
    return 1;
}

static int parts(lua_State *L)
{
    const medel_quantity *q = &lmedel_check_quantity(L, 1)->quantity;
    lua_pushinteger(L, q->value.num);
    lua_pushinteger(L, q->value.den);
    return 2;
}

static int unit_of(lua_State *L)
{
    const medel_dimension d = check_unasked(L, 1)->quantity.dimension;
    lua_pushstring(L, d.money == 1 && d.count == 0    ? "amount"
                      : d.money == 0 && d.count == 0  ? "share"
                      : d.money == 0 && d.count == 1  ? "count"
                      : d.money == 1 && d.count == -1 ? "amount_per_count"
                                                      : "other");
    return 1;
}

static int bounds(lua_State *L)
{
    const medel_quantity q = lmedel_check_quantity(L, 1)->quantity;
    const medel_rational ends[2] = { q.low, q.high };
    for (int i = 0; i < 2; i++) {
        if (!ends[i].den) {
            lua_pushnil(L);
            continue;
        }
        medel_node *n = lmedel_new_quantity(L, 0);
        n->quantity = (medel_quantity){ ends[i], ends[i], ends[i], q.dimension, false };
    }
    return 2;
}

static int point(lua_State *L)
{
    medel_node *a = lmedel_check_quantity(L, 1);
    const bool record = lmedel_state_of(L)->record;
    medel_node *n = lmedel_new_quantity(L, record ? 2 : 0);
    const medel_rational v = a->quantity.value;
    n->quantity = (medel_quantity){ v, v, v, a->quantity.dimension, false };
    n->op = MEDEL_OP_CONSTANT;
    if (record && lmedel_remember(n, a, NULL)) {
        lua_pushvalue(L, 1);
        lua_setiuservalue(L, -2, 1);
        n->op = MEDEL_OP_NAMED;
        n->name = "talet";
    }
    return 1;
}

static int alone(lua_State *L)
{
    const medel_node *a = lmedel_check_quantity(L, 1);
    medel_node *n = lmedel_new_quantity(L, 0);
    n->quantity = a->quantity;
    return 1;
}

static int named(lua_State *L)
{
    medel_node *a = lmedel_check_quantity(L, 1);
    luaL_checkstring(L, 2);
    medel_node *n = lmedel_new_quantity(L, 2);
    n->quantity = a->quantity;
    n->op = MEDEL_OP_NAMED;
    n->name = lua_tostring(L, 2); /* the string is anchored as user value 2 */
    if (lmedel_remember(n, a, NULL)) {
        lua_pushvalue(L, 1);
        lua_setiuservalue(L, -2, 1);
    }
    lua_pushvalue(L, 2);
    lua_setiuservalue(L, -2, 2);
    return 1;
}

static int fact_of(lua_State *L)
{
    const medel_node *n = check_unasked(L, 1);
    if (!n->fact || n->op != MEDEL_OP_FACT)
        return 0;
    lua_getiuservalue(L, 1, 1);
    lmedel_push_fact(L, n->fact, -1);
    return 1;
}

/* ---- figures in running text ---- */

/* What kind a figure is: one in kr is compared with one in tkr, never with a share. */
static int kind_of(const medel_node *n)
{
    const medel_dimension d = n->quantity.dimension;
    if (d.money == 1 && d.count == 0)
        return MEDEL_UNIT_KR;
    if (d.money || (d.count != 0 && d.count != 1))
        return -1;
    if (n->op == MEDEL_OP_FACT && n->fact)
        return n->fact->unit == MEDEL_UNIT_PERCENT ? MEDEL_UNIT_PERCENT
                                                   : MEDEL_UNIT_NUMBER;
    return d.count == 1 ? MEDEL_UNIT_NUMBER : MEDEL_UNIT_PERCENT;
}

static int kind_of_text(const medel_figure *f)
{
    if (!f->has_unit || f->unit == MEDEL_UNIT_NUMBER || f->unit == MEDEL_UNIT_COUNT)
        return MEDEL_UNIT_NUMBER;
    return f->unit == MEDEL_UNIT_PERCENT ? MEDEL_UNIT_PERCENT : MEDEL_UNIT_KR;
}

/* The figure with the dimension of q: "45" of a text may be persons or a grade. */
static bool text_quantity(medel_quantity *out, medel_figure f, const medel_quantity *like)
{
    if (!f.has_unit && like->dimension.count == 1)
        f.unit = MEDEL_UNIT_COUNT;
    f.has_unit = true;
    return medel_figure_quantity(out, &f, f.unit) == MEDEL_OK
           && out->dimension.count == like->dimension.count
           && out->dimension.money == like->dimension.money;
}

/* "minst 90" as the level 90, with the precision of its print. */
static void as_level(medel_figure *f)
{
    if (f->qualifier >= MEDEL_QUALIFIER_MINST && f->qualifier <= MEDEL_QUALIFIER_UNDER)
        f->qualifier = MEDEL_QUALIFIER_NONE;
}

static int quoted(lua_State *L)
{
    const medel_node *n = lmedel_check_quantity(L, 1);
    size_t len = 0, at = 0, start;
    const char *text = luaL_optlstring(L, 2, "", &len);
    const bool level = lua_toboolean(L, 3);
    medel_quantity own = n->quantity;
    if (level && n->fact && n->fact->qualifier >= MEDEL_QUALIFIER_MINST
        && n->fact->qualifier <= MEDEL_QUALIFIER_UNDER)
        own.low = own.high = own.value;
    const int kind = kind_of(n);
    lua_Integer found = 0;
    bool same = false;
    medel_figure f;
    medel_quantity q;
    lua_settop(L, 2);
    lua_newtable(L);
    while (medel_figure_next(&f, text, len, &start, &at)) {
        lmedel_give_way(L);
        if (level)
            as_level(&f);
        if (kind_of_text(&f) != kind || !text_quantity(&q, f, &n->quantity))
            continue;
        medel_agreement a;
        same =
            same || (medel_quantity_agree(&a, &q, &own) == MEDEL_OK && a == MEDEL_AGREE);
        lua_pushlstring(L, text + start, at - start);
        lua_rawseti(L, 3, ++found);
    }
    if (found)
        lua_pushboolean(L, same);
    else
        lua_pushnil(L);
    lua_pushvalue(L, 3);
    return 2;
}

static int figures_in(lua_State *L)
{
    size_t len = 0, at = 0, start;
    const char *text = luaL_optlstring(L, 1, "", &len);
    lua_Integer found = 0;
    medel_figure f;
    lua_settop(L, 1);
    lua_newtable(L);
    while (medel_figure_next(&f, text, len, &start, &at)) {
        lmedel_give_way(L);
        const bool count = !f.has_unit && f.decimals == 0;
        const medel_unit unit = count        ? MEDEL_UNIT_COUNT
                                : f.has_unit ? f.unit
                                             : MEDEL_UNIT_NUMBER;
        medel_quantity q;
        if (medel_figure_quantity(&q, &f, unit) != MEDEL_OK)
            continue;
        lua_createtable(L, 0, 5);
        medel_node *n = lmedel_new_quantity(L, 0);
        n->quantity = q;
        n->op = MEDEL_OP_CONSTANT;
        lua_setfield(L, -2, "value");
        lua_pushlstring(L, text + start, at - start);
        lua_setfield(L, -2, "text");
        lua_pushstring(L, medel_unit_name(unit));
        lua_setfield(L, -2, "unit");
        lua_pushinteger(L, (lua_Integer)start + 1);
        lua_setfield(L, -2, "from");
        lua_pushinteger(L, (lua_Integer)at);
        lua_setfield(L, -2, "to");
        lua_rawseti(L, 2, ++found);
    }
    return 1;
}

/* ---- lists of quantities ---- */

static int sum(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer n = (lua_Integer)lua_rawlen(L, 1);
    if (n == 0)
        return 0; /* nothing was printed: nil, not zero */
    lua_rawgeti(L, 1, 1);
    lmedel_check_quantity(L, -1);
    for (lua_Integer i = 2; i <= n; i++) {
        lua_rawgeti(L, 1, i);
        lua_arith(L, LUA_OPADD);
    }
    return 1;
}

static int is_quantity(lua_State *L)
{
    lua_pushboolean(L, lmedel_unasked(L, 1) != NULL);
    return 1;
}

static const lmedel_function methods[] = {
    { "abs", quantity_abs, "(self: quantity): quantity", "The size without its sign." },
    { "alone", alone, "(self: quantity): quantity",
      "The same value without how it came about, for which nothing else is kept." },
    { "bounds", bounds, "(self: quantity): quantity|nil, quantity|nil",
      "The smallest and largest value that the printed figures can stand for; nil where "
      "there "
      "is no bound (`över 90 %`)." },
    { "derivation", lmedel_quantity_derivation, "(self: quantity): table",
      "How the value came about: a tree of { op, value, fact, parameter, name, left, "
      "right }." },
    { "fact", fact_of, "(self: quantity): fact|nil",
      "The printed figure that this is, nil for a computed value." },
    { "is_zero", is_zero, "(self: quantity): boolean",
      "Is it nothing at all? Of a sum or difference: can it be nothing, as precisely as "
      "its "
      "figures are printed? `x == 0` is refused in rules: a quantity never equals a "
      "plain number in Lua." },
    { "named", named, "(self: quantity, name: string): quantity",
      "The same value under a name, which explain and evidence show." },
    { "ore", ore, "(self: quantity): integer",
      "An amount as whole öre. Errors for other units and for parts of öre." },
    { "parts", parts, "(self: quantity): integer, integer",
      "Numerator and denominator in base units (öre, heads, 1), in lowest terms." },
    { "point", point, "(self: quantity): quantity",
      "The number itself, exact: 95 of `minst 95`, where a level is meant." },
    { "rounded", rounded, "(self: quantity, format: string): quantity",
      "The value that text(format) shows, as an exact quantity: `andel:rounded(\"%2\")`. "
      "Shares of large amounts can then be added and subtracted." },
    { "text", text, "(self: quantity, format?: string): string",
      "Swedish text. format: `kr`, `tkr`, `mnkr`, `%`, `pe` (procentenheter) or `tal`, a "
      "digit "
      "for decimals, `+` before it for a sign: `+tkr`, `%1`. Rounds half away from "
      "zero. Without one, amounts are in kr, or in tkr when the print knows no more." },
    { "unit", unit_of, "(self: quantity): string",
      "`amount`, `share`, `count`, `amount_per_count` or `other`." },
    { NULL, NULL, NULL, NULL }
};

const lmedel_function lmedel_quantity_functions[] = {
    { "agreement", agreement, "(printed: quantity, computed: quantity): string",
      "`agree` when the printed precision of both allows it, `rounded` when only "
      "cutting off or rounding up explains it, else `differ`." },
    { "agrees", agrees, "(printed: quantity, computed: quantity): boolean",
      "Can both be prints of the same value? Decided by the printed precision alone "
      "(XBRL Calculations 1.1)." },
    { "count", make_count, "(n: integer|string): quantity",
      "A number of persons or "
      "things." },
    { "figures_in", figures_in,
      "(text: string|nil): { value: quantity, text: string, unit: string, from: "
      "integer, to: integer }[]",
      "The figures that stand in running text, in its order, with their words: `Fler än "
      "90 %`, and where. "
      "Years, dates and numbers of headings, notes and laws are none. What has no unit "
      "is a count." },
    { "is_quantity", is_quantity, "(x: any): boolean", "Is x a quantity?" },
    { "kr", make_kr, "(n: integer|string): quantity",
      "An exact amount in kronor: `kr(1500)`, `kr(\"12,50\")`." },
    { "number", make_number, "(n: integer|string): quantity",
      "An exact plain number: `number(\"0,5\")`." },
    { "ore", make_ore, "(n: integer): quantity",
      "An exact amount in whole öre, as loops over a ledger give them." },
    { "percent", make_percent, "(n: integer|string): quantity",
      "An exact share: `percent(25)`, `percent(\"24,26\")`." },
    { "quoted", quoted,
      "(x: quantity, text: string|nil, level?: boolean): boolean|nil, string[]",
      "Does the text say the figure? true when one of the text's figures of its kind "
      "(amounts, "
      "shares, numbers) agrees with it, false when it has such figures but none agrees, "
      "nil "
      "when it has none; and those figures, as printed. With level `minst 90 %` is 90 %, "
      "as in "
      "a goal; without it 93 % agrees with it, too." },
    { "sum", sum, "(list: quantity[]): quantity|nil",
      "The sum of a list; nil for an empty one." },
    { "tkr", make_tkr, "(n: integer|string): quantity",
      "An exact amount in thousands of kronor." },
    { NULL, NULL, NULL, NULL }
};

const lmedel_class lmedel_quantity_class = {
    "medel.quantity",
    "An exact amount, share or count, with the precision of the print it comes from. "
    "`+ - * /`, unary `-` and comparisons check units: amount / amount is a share, "
    "amount + share an error. Whole numbers may multiply and divide. `a == b` is "
    "`agrees(a, b)`: "
    "can both be prints of the same? `<` and `<=` compare the figures, and where a word "
    "widens "
    "one (`ca 70`, `över 90 %`) what it can stand for: `a < b` when a is surely less.",
    methods, NULL
};

void lmedel_open_quantity(lua_State *L)
{
    static const luaL_Reg meta[] = { { "__add", quantity_add },
                                     { "__sub", quantity_sub },
                                     { "__mul", quantity_mul },
                                     { "__div", quantity_div },
                                     { "__unm", quantity_neg },
                                     { "__eq", quantity_eq },
                                     { "__lt", quantity_lt },
                                     { "__le", quantity_le },
                                     { "__tostring", quantity_tostring },
                                     { NULL, NULL } };
    lmedel_new_class(L, &lmedel_quantity_class, NULL, meta);
}

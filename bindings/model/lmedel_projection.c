/*
 * lmedel_projection.c - projections: medel.project(ar, parameters, options), the figures
 * of a projected year, and the year as a report.
 *
 * Who keeps whom alive: a projection's box holds the base report, the parameters and the
 * decisions' quantities; a report box that owns nothing ("owner") holds the projection,
 * and everything that points into the projection holds the owner.
 */
#include "lmedel.h"

#include <stdio.h>
#include <string.h>

static const lmedel_class year_class = { "medel.projected_year", "", NULL, NULL };

typedef struct projection_box {
    medel_projection *projection;
} projection_box;

enum { KEEPS_BASE = 1, KEEPS_OTHERS, KEEPS_OWNER };

static projection_box *check_projection(lua_State *L, int arg)
{
    projection_box *b = lmedel_check(L, arg, &lmedel_projection_class);
    if (!b->projection)
        luaL_argerror(L, arg, "the projection failed");
    return b;
}

const medel_projection *lmedel_check_projection(lua_State *L, int arg)
{
    return check_projection(L, arg)->projection;
}

LMEDEL_CLASS_GC(projection_gc, medel_projection, medel_projection_free,
                lmedel_projection_class)

/* ---- changes ---- */

static const char *text_field(lua_State *L, int table, const char *key)
{
    const char *s = NULL;
    if (lua_getfield(L, table, key) == LUA_TSTRING)
        s = lua_tostring(L, -1); /* anchored by the table */
    lua_pop(L, 1);
    return s;
}

static int integer_field(lua_State *L, int table, const char *key, int usual)
{
    lua_Integer n = usual;
    if (lua_getfield(L, table, key) != LUA_TNIL) {
        int whole;
        n = lua_tointegerx(L, -1, &whole);
        if (!whole || n < -1000000000 || n > 1000000000)
            luaL_error(L, "'%s' is no whole number in range", key);
    }
    lua_pop(L, 1);
    return (int)n;
}

static bool flag_field(lua_State *L, int table, const char *key)
{
    lua_getfield(L, table, key);
    bool on = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return on;
}

static int word_of(lua_State *L, int table, const char *key, const char *const *words)
{
    const char *word = text_field(L, table, key);
    for (int i = 0; word && words[i]; i++) {
        if (strcmp(words[i], word) == 0)
            return i;
    }
    return luaL_error(L, "'%s' of a change is not known: '%s'", key, word ? word : "nil");
}

/* The change in the table at the top of the stack. */
static void read_change(lua_State *L, medel_change *c)
{
    static const char *const drivers[] = { "bidrag",      "kostnad", "intakt",
                                           "engangs",     "balans",  "index",
                                           "realisering", "ranta",   NULL };
    static const char *const ops[] = { "set", "add", "scale", NULL };
    const int at = lua_gettop(L);
    luaL_checktype(L, at, LUA_TTABLE);
    *c = (medel_change){ .driver = (medel_driver)word_of(L, at, "driver", drivers),
                         .op = (medel_change_op)word_of(L, at, "op", ops),
                         .target = text_field(L, at, "target"),
                         .label = text_field(L, at, "label"),
                         .group = text_field(L, at, "group"),
                         .year = integer_field(L, at, "year", 0),
                         .month = integer_field(L, at, "month", 1),
                         .lag = integer_field(L, at, "lag", 0),
                         .braked = flag_field(L, at, "braked"),
                         .decision = text_field(L, at, "decision"),
                         .file = text_field(L, at, "file"),
                         .line = (unsigned)integer_field(L, at, "line", 0) };
    lua_getfield(L, at, "value");
    c->node = lmedel_check_quantity(L, -1);
    lua_pop(L, 1);
}

/* Pushes a userdata with the changes of the list at 'list'. */
static medel_change *read_changes(lua_State *L, int list, size_t *n)
{
    *n = lua_istable(L, list) ? (size_t)lua_rawlen(L, list) : 0;
    medel_change *c = lua_newuserdatauv(L, (*n + 1) * sizeof *c, 0);
    for (size_t i = 0; i < *n; i++) {
        lua_rawgeti(L, list, (lua_Integer)i + 1);
        read_change(L, &c[i]);
        lua_pop(L, 1);
    }
    return c;
}

/* ---- a part replaced by a function ---- */

/* The projection while it is made; NULL afterwards. */
typedef struct session {
    const medel_projection *projection;
} session;

/* What a function is given as its year; user value 1 keeps the session. */
typedef struct projected_year {
    const session *session;
    int year;
    const char *part;
} projected_year;

typedef struct replacer {
    lua_State *L;
    int functions; /* stack index of { part = function } */
    int failure;   /* stack index for the message */
    int session;   /* and for the session */
    /* of the call that is under way */
    const char *part;
    int year;
    const medel_node *usual;
    bool replaced;
    medel_quantity value;
    char by[96];
} replacer;

static void push_plain(lua_State *L, const medel_quantity *q)
{
    medel_node *n = lmedel_new_quantity(L, 0);
    n->quantity = *q;
}

/* Pushes a year of the session at the stack index. */
static void push_year(lua_State *L, int owner, const char *part, int year)
{
    owner = lua_absindex(L, owner);
    projected_year *y = lua_newuserdatauv(L, sizeof *y, 1);
    *y = (projected_year){ lua_touserdata(L, owner), year, part };
    lmedel_set_class(L, &year_class);
    lua_pushvalue(L, owner);
    lua_setiuservalue(L, -2, 1);
}

static int projected_year_index(lua_State *L)
{
    const projected_year *y = lmedel_check(L, 1, &year_class);
    const char *key = luaL_checkstring(L, 2);
    medel_figure_id id;
    if (!y->session->projection)
        return luaL_error(L, "a projected year is only there while its function runs");
    if (strcmp(key, "ar") == 0) {
        lua_pushinteger(L, y->year);
        return 1;
    }
    if (strcmp(key, "foregaende") == 0) {
        lua_getiuservalue(L, 1, 1);
        push_year(L, -1, y->part, y->year - 1);
        return 1;
    }
    if (!medel_figure_id_parse(&id, key))
        return lmedel_unknown(L, "figure of a projected year", key, NULL);
    const medel_node *n = medel_projection_figure(y->session->projection, y->year, id);
    if (!n)
        return luaL_error(L,
                          "circular: %s of %d is not known when %s is computed; use "
                          "foregaende.%s",
                          key, y->year, y->part, key);
    push_plain(L, &n->quantity);
    return 1;
}

/* What is at the top of the stack and is no amount, for a message. */
static const char *returned_text(lua_State *L)
{
    if (lua_type(L, -1) != LUA_TNUMBER)
        return luaL_typename(L, -1);
    const lua_Number x = lua_tonumber(L, -1);
    return x != x ? "nan" : luaL_tolstring(L, -1, NULL);
}

/* Protected: the replacer, { part = function } and the session.  Calls the part's
   function, if any. */
static int call_replacement(lua_State *L)
{
    replacer *r = lua_touserdata(L, 1);
    lua_Debug where;
    if (lua_getfield(L, 2, r->part) != LUA_TFUNCTION)
        return 0;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &where);
    push_plain(L, &r->usual->quantity);
    push_year(L, 3, r->part, r->year);
    lua_call(L, 2, 1);
    const medel_node *n = lmedel_test_quantity(L, -1);
    if (!n)
        return luaL_error(L,
                          "%s:%d: the function for %s returned %s in %d: an amount is "
                          "expected, kr(...)",
                          where.short_src, where.linedefined, r->part, returned_text(L),
                          r->year);
    if (n->quantity.dimension.money != 1 || n->quantity.dimension.count != 0)
        return luaL_error(L, "%s:%d: the function for %s returned no amount in %d",
                          where.short_src, where.linedefined, r->part, r->year);
    r->value = n->quantity;
    r->replaced = true;
    snprintf(r->by, sizeof r->by, "%s (%s:%d)", r->part, where.short_src,
             where.linedefined);
    return 0;
}

static medel_status replace(void *ud, const medel_projection *p, const char *part,
                            int year, const medel_node *usual, bool *replaced,
                            medel_quantity *out, const char **by)
{
    replacer *r = ud;
    lua_State *L = r->L;
    session *now = lua_touserdata(L, r->session);
    if (!lua_checkstack(L, 8))
        return MEDEL_E_NOMEM;
    now->projection = p;
    r->part = part;
    r->year = year;
    r->usual = usual;
    r->replaced = false;
    lua_pushcfunction(L, call_replacement); /* nothing here allocates */
    lua_pushlightuserdata(L, r);
    lua_pushvalue(L, r->functions);
    lua_pushvalue(L, r->session);
    const int st = lua_pcall(L, 3, 0, 0);
    if (st != LUA_OK) {
        if (st == LUA_ERRMEM)
            lmedel_guard_is_full(L);
        lua_replace(L, r->failure);
        return MEDEL_E_DOMAIN;
    }
    *replaced = r->replaced;
    *out = r->value;
    *by = r->by;
    return MEDEL_OK;
}

/* ---- making ---- */

static void keep(lua_State *L, int box, int slot, int value)
{
    lua_pushvalue(L, value);
    lua_setiuservalue(L, box, slot);
}

int lmedel_project(lua_State *L)
{
    const medel_report *base = lmedel_report_of(L, 1, true);
    const int base_box = lua_gettop(L);
    const medel_parameters *parameters = lmedel_check_parameters(L, 2);
    luaL_checktype(L, 3, LUA_TTABLE);
    projection_box *b = lua_newuserdatauv(L, sizeof *b, 3);
    b->projection = NULL;
    lmedel_set_class(L, &lmedel_projection_class);
    const int box = lua_gettop(L);
    keep(L, box, KEEPS_BASE, base_box);
    lua_createtable(L, 2, 0);
    for (int i = 2; i <= 3; i++) {
        lua_pushvalue(L, i);
        lua_rawseti(L, -2, i - 1);
    }
    lua_setiuservalue(L, box, KEEPS_OTHERS);
    lmedel_push_borrowed_report(L, base);
    lua_pushvalue(L, box);
    lua_setiuservalue(L, -2, 1);
    lua_setiuservalue(L, box, KEEPS_OWNER);
    medel_projection_options o = { .first = integer_field(L, 3, "first", 0),
                                   .last = integer_field(L, 3, "last", 0),
                                   .no_brake = flag_field(L, 3, "no_brake"),
                                   .partial = flag_field(L, 3, "partial"),
                                   .norm = text_field(L, 3, "norm") };
    lua_getfield(L, 3, "changes");
    o.changes = read_changes(L, lua_gettop(L), &o.nchanges);
    lua_getfield(L, 3, "replace");
    replacer r = { .L = L, .functions = lua_gettop(L) };
    lua_pushnil(L);
    r.failure = lua_gettop(L);
    session *now = lua_newuserdatauv(L, sizeof *now, 0);
    now->projection = NULL;
    r.session = lua_gettop(L);
    if (lua_istable(L, r.functions)) {
        o.replace = replace;
        o.replace_ud = &r;
    }
    const medel_allocator allocator = lmedel_allocator(L);
    o.allocator = &allocator;
    medel_error err = { 0 };
    const medel_status st =
        medel_projection_new(&b->projection, base, parameters, &o, &err);
    now->projection = NULL;
    if (st != MEDEL_OK) {
        lmedel_guard_check(L);
        const char *own = lua_tostring(L, r.failure);
        lua_pushnil(L);
        lua_pushstring(L, own ? own : err.message);
        return 2;
    }
    lmedel_weighs(L, medel_projection_size(b->projection));
    lua_pushvalue(L, box);
    return 1;
}

/* ---- reading ---- */

static void push_owner(lua_State *L, int box)
{
    lua_getiuservalue(L, box, KEEPS_OWNER);
}

/* A figure as a quantity that explains itself. */
static void push_node(lua_State *L, const medel_node *n, int box)
{
    if (!n) {
        lua_pushnil(L);
        return;
    }
    medel_node *q = lmedel_new_quantity(L, 2);
    *q = *n;
    push_owner(L, box);
    lua_setiuservalue(L, -2, 1);
}

static int projection_figure(lua_State *L)
{
    const projection_box *b = check_projection(L, 1);
    const char *name = luaL_checkstring(L, 2);
    const int year = (int)luaL_checkinteger(L, 3);
    medel_figure_id id;
    if (!medel_figure_id_parse(&id, name))
        return lmedel_unknown(L, "figure of a projection", name, NULL);
    push_node(L, medel_projection_figure(b->projection, year, id), 1);
    return 1;
}

static int projection_block(lua_State *L)
{
    const projection_box *b = check_projection(L, 1);
    const char *id = luaL_checkstring(L, 2);
    const int year = (int)luaL_checkinteger(L, 3);
    const medel_block_info *blocks;
    size_t n = medel_projection_blocks(b->projection, &blocks);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(blocks[i].id, id) == 0) {
            push_node(L, medel_projection_block(b->projection, year, i), 1);
            return 1;
        }
    }
    return 0;
}

static int projection_blocks(lua_State *L)
{
    const projection_box *b = check_projection(L, 1);
    const medel_block_info *blocks;
    size_t n = medel_projection_blocks(b->projection, &blocks);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 4);
        lmedel_set_text(L, "id", blocks[i].id);
        lmedel_set_text(L, "label", blocks[i].label);
        lmedel_set_text(L, "group", blocks[i].group);
        lmedel_set_flag(L, "income", blocks[i].income);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static void set_share(lua_State *L, const char *key, const medel_parameter_value *v)
{
    medel_node *n;
    if (!v || medel_parameter_value_stair(v))
        return;
    n = lmedel_new_quantity(L, 0);
    n->op = MEDEL_OP_CONSTANT;
    (void)medel_parameter_value_quantity(&n->quantity, v);
    lua_setfield(L, -2, key);
}

/* { { till, andel }, ... }: a share of the amount up to 'till', öre, and then the next.
 */
static void set_stair(lua_State *L, const medel_parameter_value *v)
{
    const medel_step *step;
    if (!v)
        return;
    lua_newtable(L);
    for (size_t i = 0; (step = medel_parameter_value_step(v, i)); i++) {
        lua_createtable(L, 0, 2);
        if (!step->open) {
            lmedel_set_integer(L, "till", step->upper.value.num / step->upper.value.den);
        }
        medel_node *n = lmedel_new_quantity(L, 0);
        n->op = MEDEL_OP_CONSTANT;
        n->quantity = step->rate;
        lua_setfield(L, -2, "andel");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "riktlinje");
    lmedel_set_text(L, "riktlinje_kalla", medel_parameter_value_source(v));
}

static int projection_assumed(lua_State *L)
{
    const projection_box *b = check_projection(L, 1);
    medel_assumed a;
    if (!medel_projection_assumed(b->projection, (int)luaL_checkinteger(L, 2), &a))
        return 0;
    lua_createtable(L, 0, 9);
    push_node(L, a.index, 1);
    lua_setfield(L, -2, "index");
    push_node(L, a.realisation, 1);
    lua_setfield(L, -2, "realisering");
    push_node(L, a.rate, 1);
    lua_setfield(L, -2, "ranta");
    set_share(L, "staten", a.share[0]);
    set_share(L, "region", a.share[1]);
    set_share(L, "kommuner", a.share[2]);
    set_share(L, "sparr", a.brake);
    if (a.brake) {
        lmedel_set_text(L, "sparr_kalla", medel_parameter_value_source(a.brake));
    }
    set_stair(L, a.guideline);
    return 1;
}

static int projection_months(lua_State *L)
{
    const projection_box *b = check_projection(L, 1);
    medel_projected_month months[12];
    if (!medel_projection_months(b->projection, (int)luaL_checkinteger(L, 2), months))
        return 0;
    lua_createtable(L, 12, 0);
    for (int m = 0; m < 12; m++) {
        const struct {
            const char *key;
            int64_t value;
        } all[] = { { "medlemsbidrag", months[m].contributions },
                    { "ovriga_intakter", months[m].income },
                    { "kostnader", months[m].costs },
                    { "engangskostnader", months[m].one_off },
                    { "finansnetto", months[m].interest },
                    { "balans", months[m].balance },
                    { "kassa", months[m].cash },
                    { "eget_kapital", months[m].equity } };
        lua_createtable(L, 0, 8);
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
            lua_pushinteger(L, (lua_Integer)all[i].value);
            lua_setfield(L, -2, all[i].key);
        }
        lua_rawseti(L, -2, m + 1);
    }
    return 1;
}

static int projection_braked(lua_State *L)
{
    const projection_box *b = check_projection(L, 1);
    lua_pushboolean(L,
                    medel_projection_braked(b->projection, (int)luaL_checkinteger(L, 2)));
    return 1;
}

static int projection_report(lua_State *L)
{
    const projection_box *b = check_projection(L, 1);
    const int year = (int)luaL_checkinteger(L, 2);
    const char *name = luaL_checkstring(L, 3), *file = luaL_checkstring(L, 4);
    const unsigned line = (unsigned)luaL_optinteger(L, 5, 1);
    lmedel_report_box *box = lua_newuserdatauv(L, sizeof *box, 2);
    box->report = NULL;
    box->borrowed = false;
    lmedel_set_class(L, &lmedel_report_class);
    push_owner(L, 1);
    lua_setiuservalue(L, -2, 1);
    const medel_allocator allocator = lmedel_allocator(L);
    const medel_scenario scenario = { name, file, line };
    medel_status st =
        medel_projection_report(&box->report, b->projection, year, &scenario, &allocator);
    if (st != MEDEL_OK)
        return luaL_error(L, "year %d: %s", year, medel_status_name(st));
    lmedel_weighs(L, medel_report_size(box->report));
    lmedel_push_view(L, -1, year, MEDEL_VARIANT_UTFALL);
    return 1;
}

static const lmedel_function methods[] = {
    { "assumed", projection_assumed, "(self: projection, year: integer): table|nil",
      "What the figures of a projected year rest on: { index, realisering, ranta, "
      "staten, "
      "region, kommuner (their shares), sparr (the state's largest cut; nil when it is "
      "off "
      "or not in force), sparr_kalla, riktlinje = { { till (öre), andel } }, "
      "riktlinje_kalla }." },
    { "block", projection_block,
      "(self: projection, id: string, year: integer): quantity|nil",
      "What a block costs, or a source of income gives, in a year." },
    { "blocks", projection_blocks, "(self: projection): table[]",
      "The blocks and sources: { id, label, group, income }." },
    { "braked", projection_braked, "(self: projection, year: integer): boolean",
      "Was the state's own cut held back that year (bidrag.storsta_minskning)?" },
    { "figure", projection_figure,
      "(self: projection, name: string, year: integer): quantity|nil",
      "`eget_kapital`, `riktlinje`, `medlemsbidrag`, `kostnader`, `resultat`, `kassa` "
      "... "
      "of the base year or a projected one, in whole kronor." },
    { "months", projection_months, "(self: projection, year: integer): table[]|nil",
      "The months of a projected year: { medlemsbidrag, ovriga_intakter, kostnader, "
      "engangskostnader, finansnetto, balans, kassa, eget_kapital }, öre; kassa and "
      "eget_kapital at the end of the month. They come to the year's figures exactly." },
    { "report", projection_report,
      "(self: projection, year: integer, name: string, file: string, line?: integer): "
      "report",
      "A projected year as a report that every rule can test; name is the "
      "scenario's." },
    { NULL, NULL, NULL, NULL }
};

const lmedel_class lmedel_projection_class = {
    "medel.projection",
    "What decisions on a base year lead to, year by year. Every figure explains itself "
    "back to printed figures.",
    methods, NULL
};

void lmedel_open_projection(lua_State *L)
{
    static const luaL_Reg meta[] = { { "__gc", projection_gc }, { NULL, NULL } };
    lmedel_new_class(L, &lmedel_projection_class, NULL, meta);
    lmedel_new_class(L, &year_class, projected_year_index, NULL);
}

/*
 * lmedel_entry.c - the class entry: a figure, voucher or row of the ledger, with the
 * fields that a fact has, so that it can be evidence beside facts.
 */
#include "lmedel_ledger.h"

#include <string.h>

/* ---- making ---- */

static size_t text_size(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

/* Copy a text to *at and move *at behind it. */
static const char *keep_text(char **at, const char *text)
{
    if (!text)
        return NULL;
    const size_t n = strlen(text) + 1;
    char *copy = *at;
    memcpy(copy, text, n);
    *at += n;
    return copy;
}

lmedel_entry *lmedel_new_entry(lua_State *L, const lmedel_entry *like)
{
    const medel_ledger_filter *f = &like->filter;
    const size_t texts = text_size(f->accounts) + text_size(f->series)
                         + text_size(f->dimension) + text_size(f->object)
                         + text_size(f->text) + text_size(f->sign) + text_size(f->where);
    lmedel_entry *e = lua_newuserdatauv(L, sizeof *e + texts, 1);
    char *at = e->texts;
    memcpy(e, like, sizeof *e);
    e->filter.accounts = keep_text(&at, f->accounts);
    e->filter.series = keep_text(&at, f->series);
    e->filter.dimension = keep_text(&at, f->dimension);
    e->filter.object = keep_text(&at, f->object);
    e->filter.text = keep_text(&at, f->text);
    e->filter.sign = keep_text(&at, f->sign);
    e->filter.where = keep_text(&at, f->where);
    lmedel_set_class(L, &lmedel_entry_class);
    lmedel_push_ledger_box(L, e->ledger);
    lua_setiuservalue(L, -2, 1);
    return e;
}

static void set_ore(medel_node *n, int64_t ore)
{
    const medel_rational value = { ore, 1 };
    n->quantity = (medel_quantity){ value, value, value, { .money = 1 }, false };
}

void lmedel_push_entry_quantity(lua_State *L, const lmedel_entry *like)
{
    lmedel_state *s = lmedel_state_of(L);
    medel_node *n = lmedel_new_quantity(L, s->record ? 1 : 0);
    set_ore(n, like->amount);
    n->op = MEDEL_OP_CONSTANT;
    if (!s->record)
        return;
    lmedel_entry *e = lmedel_new_entry(L, like);
    e->serial = ++s->serial;
    n->op = MEDEL_OP_SOURCE;
    n->source = e;
    lua_setiuservalue(L, -2, 1);
}

static void copy_source(lua_State *to, medel_node *copy, const void *source)
{
    copy->source = lmedel_new_entry(to, source);
    lua_setiuservalue(to, -2, 1);
}

static void push_source(lua_State *L, const void *source)
{
    lmedel_new_entry(L, source);
}

void lmedel_push_voucher(lua_State *L, const medel_ledger *l, uint32_t voucher)
{
    medel_voucher v;
    lmedel_entry e = { .ledger = l, .kind = LMEDEL_ENTRY_VOUCHER, .index = voucher };
    if (medel_ledger_voucher(l, voucher, &v)) {
        e.amount = v.debit;
        e.rows = v.count;
    }
    lmedel_new_entry(L, &e)->serial = ++lmedel_state_of(L)->serial;
}

void lmedel_push_row(lua_State *L, const medel_ledger *l, uint32_t row)
{
    medel_ledger_row r;
    lmedel_entry e = { .ledger = l, .kind = LMEDEL_ENTRY_ROW, .index = row, .rows = 1 };
    if (medel_ledger_row_get(l, row, &r))
        e.amount = r.amount;
    lmedel_new_entry(L, &e)->serial = ++lmedel_state_of(L)->serial;
}

const lmedel_entry *lmedel_test_entry(lua_State *L, int arg)
{
    return lmedel_test(L, arg, &lmedel_entry_class);
}

static const lmedel_entry *check_entry(lua_State *L)
{
    return lmedel_check(L, 1, &lmedel_entry_class);
}

/* ---- where it stands ---- */

uint32_t lmedel_entry_voucher(const lmedel_entry *e)
{
    if (e->kind == LMEDEL_ENTRY_VOUCHER)
        return e->index;
    return e->kind == LMEDEL_ENTRY_ROW ? medel_ledger_row_voucher(e->ledger, e->index)
                                       : MEDEL_NO_INDEX;
}

/* The line of the first balance that the file states for its accounts, 0 if none. */
static unsigned stated_line(const lmedel_entry *e, medel_balance_kind kind, int year)
{
    const medel_balance *b;
    const medel_account *a;
    const size_t n = medel_ledger_balances(e->ledger, &b);
    medel_ledger_accounts(e->ledger, &a);
    for (size_t i = 0; i < n; i++) {
        if (b[i].kind == kind && b[i].year == year && b[i].objects == 0
            && medel_ledger_account_in(e->filter.accounts, a[b[i].account].number))
            return b[i].line;
    }
    return 0;
}

static unsigned first_row_line(lua_State *L, const lmedel_entry *e)
{
    medel_ledger_query *q;
    medel_ledger_row r;
    medel_error err;
    uint32_t row;
    unsigned line = 0;
    const medel_status st = medel_ledger_query_new(&q, e->ledger, &e->filter, NULL, &err);
    if (st == MEDEL_E_NOMEM)
        luaL_error(L, "not enough memory");
    if (st != MEDEL_OK)
        return 0;
    if (medel_ledger_query_next(q, &row, 1) && medel_ledger_row_get(e->ledger, row, &r))
        line = r.line;
    medel_ledger_query_free(q);
    return line;
}

unsigned lmedel_entry_line(lua_State *L, const lmedel_entry *e)
{
    medel_voucher v;
    medel_ledger_row r;
    unsigned line = 0;
    switch (e->kind) {
    case LMEDEL_ENTRY_VOUCHER:
        if (medel_ledger_voucher(e->ledger, e->index, &v))
            line = v.line;
        break;
    case LMEDEL_ENTRY_ROW:
        if (medel_ledger_row_get(e->ledger, e->index, &r))
            line = r.line;
        break;
    case LMEDEL_ENTRY_STATED: line = stated_line(e, e->stated, e->year); break;
    case LMEDEL_ENTRY_BALANCE: line = stated_line(e, MEDEL_BALANCE_IB, 0); break;
    case LMEDEL_ENTRY_SUM: break;
    }
    if (!line && (e->kind == LMEDEL_ENTRY_SUM || e->kind == LMEDEL_ENTRY_BALANCE))
        line = first_row_line(L, e);
    return line ? line : 1;
}

/* ---- fields ---- */

static int entry_tostring(lua_State *L)
{
    lmedel_push_entry_label(L, check_entry(L));
    return 1;
}

static const char *measure_of(const lmedel_entry *e)
{
    static const char *const stated[] = { "ib", "ub", "res", "", "", "", "" };
    switch (e->kind) {
    case LMEDEL_ENTRY_SUM: return "summa";
    case LMEDEL_ENTRY_BALANCE: return "saldo";
    case LMEDEL_ENTRY_STATED: return stated[e->stated];
    case LMEDEL_ENTRY_VOUCHER: return "verifikation";
    case LMEDEL_ENTRY_ROW: break;
    }
    return "rad";
}

/* What a fact has. */
static bool push_as_fact(lua_State *L, const lmedel_entry *e, const char *key)
{
    if (strcmp(key, "label") == 0) {
        lmedel_push_entry_label(L, e);
    } else if (strcmp(key, "table") == 0) {
        lua_pushliteral(L, "huvudbok");
    } else if (strcmp(key, "state") == 0) {
        lua_pushliteral(L, "ledger");
    } else if (strcmp(key, "variant") == 0) {
        lua_pushliteral(L, "utfall");
    } else if (strcmp(key, "unit") == 0) {
        lua_pushliteral(L, "kr");
    } else if (strcmp(key, "measure") == 0) {
        lua_pushstring(L, measure_of(e));
    } else if (strcmp(key, "item") == 0 && lmedel_entry_voucher(e) != MEDEL_NO_INDEX) {
        lmedel_push_voucher_name(L, e->ledger, lmedel_entry_voucher(e));
    } else if (strcmp(key, "item") == 0 || strcmp(key, "column") == 0
               || strcmp(key, "concept") == 0 || strcmp(key, "dimension") == 0) {
        lua_pushnil(L);
    } else if (strcmp(key, "year") == 0) {
        lua_pushinteger(L, lmedel_ledger_year(e->ledger) + e->year);
    } else if (strcmp(key, "file") == 0) {
        lua_pushstring(L, medel_ledger_head_of(e->ledger)->name);
    } else if (strcmp(key, "line") == 0) {
        lua_pushinteger(L, lmedel_entry_line(L, e));
    } else if (strcmp(key, "col") == 0) {
        lua_pushinteger(L, 1);
    } else if (strcmp(key, "place") == 0) {
        lua_pushliteral(L, "");
    } else if (strcmp(key, "places") == 0) {
        lua_newtable(L);
    } else if (strcmp(key, "value") == 0 || strcmp(key, "printed") == 0) {
        lmedel_push_entry_quantity(L, e);
    } else {
        return false;
    }
    return true;
}

/* Accounts and the rest of the filter, or the row's account: what a row is to a fact. */
static void push_row_name(lua_State *L, const lmedel_entry *e)
{
    medel_ledger_row r;
    const medel_account *a;
    luaL_Buffer b;
    medel_ledger_accounts(e->ledger, &a);
    if (e->kind == LMEDEL_ENTRY_ROW && medel_ledger_row_get(e->ledger, e->index, &r)) {
        lua_pushstring(L, a[r.account].number);
    } else if (e->kind == LMEDEL_ENTRY_VOUCHER) {
        lua_pushliteral(L, "");
    } else {
        luaL_buffinit(L, &b);
        luaL_addstring(&b, e->filter.accounts ? e->filter.accounts : "alla");
        lmedel_add_filter(&b, e);
        luaL_pushresult(&b);
    }
}

static bool push_of_voucher(lua_State *L, const lmedel_entry *e, const char *key)
{
    medel_voucher v;
    const medel_series *s;
    const uint32_t i = lmedel_entry_voucher(e);
    if (i == MEDEL_NO_INDEX || !medel_ledger_voucher(e->ledger, i, &v))
        return false;
    medel_ledger_series(e->ledger, &s);
    if (strcmp(key, "serie") == 0) {
        lua_pushstring(L, s[v.series].name);
    } else if (strcmp(key, "nummer") == 0) {
        lmedel_push_ledger_text(L, e->ledger, i, false, MEDEL_TEXT_NUMBER);
    } else if (strcmp(key, "registrerad") == 0) {
        lmedel_push_day(L, v.regday);
    } else if (strcmp(key, "strukna") == 0) {
        lua_pushinteger(L, v.ntrail);
    } else if (strcmp(key, "ver") == 0) {
        lua_pushinteger(L, (lua_Integer)i + 1);
    } else if (strcmp(key, "olasta") == 0) {
        lua_pushinteger(L, (lua_Integer)medel_ledger_unread_in(e->ledger, i));
    } else if (strcmp(key, "summa") == 0) {
        medel_node *n = lmedel_new_quantity(L, 0);
        n->op = MEDEL_OP_CONSTANT;
        set_ore(n, v.sum);
    } else if (strcmp(key, "verifikation") == 0) {
        lmedel_push_voucher(L, e->ledger, i);
    } else {
        return false;
    }
    return true;
}

static bool push_of_row(lua_State *L, const lmedel_entry *e, const char *key)
{
    medel_ledger_row r;
    const medel_account *a;
    if (e->kind != LMEDEL_ENTRY_ROW || !medel_ledger_row_get(e->ledger, e->index, &r))
        return false;
    medel_ledger_accounts(e->ledger, &a);
    if (strcmp(key, "konto") == 0)
        lua_pushstring(L, a[r.account].number);
    else if (strcmp(key, "kontonamn") == 0)
        lua_pushstring(L, a[r.account].name);
    else if (strcmp(key, "objekt") == 0)
        lmedel_push_row_objects(L, e->ledger, r.objects);
    else if (strcmp(key, "slag") == 0)
        lua_pushstring(L, r.kind == MEDEL_ROW_TRANS    ? "rad"
                          : r.kind == MEDEL_ROW_BTRANS ? "struken"
                                                       : "tillagd");
    else
        return false;
    return true;
}

static void push_sign(lua_State *L, const lmedel_entry *e)
{
    lua_pushliteral(L, "");
    if (e->kind == LMEDEL_ENTRY_ROW) {
        lmedel_push_ledger_text(L, e->ledger, e->index, true, MEDEL_TEXT_SIGN);
        lua_replace(L, -2);
    }
    if (lua_rawlen(L, -1) == 0 && lmedel_entry_voucher(e) != MEDEL_NO_INDEX) {
        lmedel_push_ledger_text(L, e->ledger, lmedel_entry_voucher(e), false,
                                MEDEL_TEXT_SIGN);
        lua_replace(L, -2);
    }
}

static int entry_index(lua_State *L)
{
    static const char *const absent[] = { "serie",  "nummer", "registrerad",  "strukna",
                                          "index",  "summa",  "konto",        "kontonamn",
                                          "objekt", "slag",   "verifikation", "olasta",
                                          "ver",    NULL };
    const lmedel_entry *e = check_entry(L);
    const char *key = luaL_checkstring(L, 2);
    if (lmedel_push_method(L, &lmedel_entry_class, 2) || push_as_fact(L, e, key)
        || push_of_row(L, e, key) || push_of_voucher(L, e, key))
        return 1;
    if (strcmp(key, "row") == 0)
        push_row_name(L, e);
    else if (strcmp(key, "belopp") == 0)
        lmedel_push_entry_quantity(L, e);
    else if (strcmp(key, "antal") == 0)
        lua_pushinteger(L, (lua_Integer)e->rows);
    else if (strcmp(key, "datum") == 0)
        lmedel_push_entry_day(L, e);
    else if (strcmp(key, "text") == 0)
        lmedel_push_entry_text(L, e);
    else if (strcmp(key, "namn") == 0)
        lmedel_push_entry_name(L, e);
    else if (strcmp(key, "sign") == 0)
        push_sign(L, e);
    else {
        for (int i = 0; absent[i]; i++) {
            if (strcmp(absent[i], key) == 0)
                return 0;
        }
        return lmedel_unknown(L, "field of an entry", key, NULL);
    }
    return 1;
}

static int entry_rows(lua_State *L)
{
    const lmedel_entry *e = check_entry(L);
    medel_voucher v;
    lmedel_push_ledger_box(L, e->ledger);
    if (e->kind == LMEDEL_ENTRY_VOUCHER && medel_ledger_voucher(e->ledger, e->index, &v))
        lmedel_push_row_range(L, -1, v.first, v.first + v.count, e->index);
    else if (e->kind == LMEDEL_ENTRY_ROW)
        lmedel_push_row_range(L, -1, e->index, e->index + 1, lmedel_entry_voucher(e));
    else
        lmedel_push_rows(L, -1, &e->filter);
    return 1;
}

static const lmedel_function methods[] = {
    { "rows", entry_rows,
      "(self: entry): fun(): integer, string, integer, integer, integer",
      "`for rad, konto, belopp, dag, ver in entry:rows() do`: the rows behind a sum or "
      "balance, or of a voucher." },
    { NULL, NULL, NULL, NULL }
};

static const lmedel_property properties[] = {
    { "antal", "integer", "How many rows." },
    { "belopp", "quantity", "The amount: of a voucher its debits." },
    { "datum", "string|nil", "The day of a voucher or row." },
    { "file", "string", "The file of the ledger." },
    { "konto", "string|nil", "The account of a row." },
    { "kontonamn", "string|nil", "Its name." },
    { "label", "string", "What it is, in words." },
    { "line", "integer", "Line in the file; of a sum that of its first row." },
    { "measure", "string",
      "`summa`, `saldo`, `ib`, `ub`, `res`, `verifikation` or `rad`." },
    { "namn", "string", "A voucher's series and number; else as label." },
    { "nummer", "string|nil", "The number of a voucher, as written." },
    { "objekt", "string|nil", "The objects of a row: `1:10 6:3`." },
    { "olasta", "integer|nil", "How many fields of a voucher could not be read." },
    { "registrerad", "string|nil", "The day a voucher was registered." },
    { "row", "string", "The accounts of a sum." },
    { "serie", "string|nil", "The series of a voucher." },
    { "sign", "string", "Who registered it." },
    { "slag", "string|nil", "`rad`, or of a correction `struken` or `tillagd`." },
    { "strukna", "integer|nil", "How many rows of corrections a voucher has." },
    { "summa", "quantity|nil", "What the rows of a voucher come to: 0." },
    { "text", "string", "The text of a row, or else of its voucher." },
    { "value", "quantity", "The same as belopp." },
    { "ver", "integer|nil",
      "The number of the voucher, as rows() and vouchers() give it." },
    { "verifikation", "entry|nil", "The voucher that a row belongs to." },
    { "year", "integer", "The financial year." },
    { NULL, NULL, NULL }
};

const lmedel_class lmedel_entry_class = {
    "medel.entry",
    "A voucher, a row, or a figure of the ledger that can find its rows again. It stands "
    "as "
    "evidence where facts do, and has their fields, with the table `huvudbok` and the "
    "state `ledger`.",
    methods, properties
};

void lmedel_open_entry(lua_State *L)
{
    static const luaL_Reg meta[] = { { "__tostring", entry_tostring }, { NULL, NULL } };
    lmedel_state *s = lmedel_state_of(L);
    s->push_source = push_source;
    s->copy_source = copy_source;
    lmedel_new_class(L, &lmedel_entry_class, entry_index, meta);
}

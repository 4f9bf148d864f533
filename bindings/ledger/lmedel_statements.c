/* lmedel_statements.c - a kontoplan, and the statements that a ledger comes to by it. */
#include "lmedel_ledger.h"
#include "medel_statements.h"

#include <string.h>

/* User values: 1 the taxonomy, 2 the plan that it is based on. */
typedef struct plan_box {
    medel_kontoplan *plan;
} plan_box;

/* User values: 1 the plan, 2 the ledger. */
typedef struct statements_box {
    medel_statements *owned; /* or NULL: another state's */
    const medel_statements *statements;
} statements_box;

static int plan_gc(lua_State *L)
{
    plan_box *b = lmedel_check(L, 1, &lmedel_kontoplan_class);
    medel_kontoplan_free(b->plan);
    b->plan = NULL;
    return 0;
}

static int statements_gc(lua_State *L)
{
    statements_box *b = lmedel_check(L, 1, &lmedel_statements_class);
    medel_statements_free(b->owned);
    *b = (statements_box){ NULL, NULL };
    return 0;
}

static const medel_kontoplan *check_plan(lua_State *L, int arg)
{
    plan_box *b = lmedel_check(L, arg, &lmedel_kontoplan_class);
    luaL_argcheck(L, b->plan != NULL, arg, "it is closed");
    return b->plan;
}

const medel_statements *lmedel_check_statements(lua_State *L, int arg)
{
    statements_box *b = lmedel_check(L, arg, &lmedel_statements_class);
    luaL_argcheck(L, b->statements != NULL, arg, "they are closed");
    return b->statements;
}

static statements_box *new_statements(lua_State *L)
{
    statements_box *b = lua_newuserdatauv(L, sizeof *b, 2);
    *b = (statements_box){ NULL, NULL };
    lmedel_set_class(L, &lmedel_statements_class);
    return b;
}

void lmedel_push_borrowed_statements(lua_State *L, const medel_statements *s)
{
    new_statements(L)->statements = s;
}

/* ---- the plan ---- */

int lmedel_read_kontoplan(lua_State *L)
{
    size_t len;
    const medel_taxonomy *t = lmedel_check_taxonomy(L, 1);
    const char *text = luaL_checklstring(L, 2, &len);
    const char *name = luaL_optstring(L, 3, "=(text)");
    const medel_kontoplan *base = lua_isnoneornil(L, 4) ? NULL : check_plan(L, 4);
    lua_settop(L, 4);
    plan_box *b = lua_newuserdatauv(L, sizeof *b, 2);
    b->plan = NULL;
    lmedel_set_class(L, &lmedel_kontoplan_class);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    lua_pushvalue(L, 4);
    lua_setiuservalue(L, -2, 2);
    medel_diagnostics *d = lmedel_new_diagnostics(L);
    void *ud;
    medel_alloc_fn alloc = lua_getallocf(L, &ud);
    if (medel_kontoplan_read(&b->plan, t, base, name, text, len, alloc, ud, d)
        != MEDEL_OK)
        return lmedel_push_failure(L, d);
    lua_pop(L, 1);
    return 1;
}

static void set_text(lua_State *L, const char *key, const char *value)
{
    lua_pushstring(L, value);
    lua_setfield(L, -2, key);
}

static void set_integer(lua_State *L, const char *key, lua_Integer value)
{
    lua_pushinteger(L, value);
    lua_setfield(L, -2, key);
}

static void set_row(lua_State *L, const char *key, const char *table, const char *row)
{
    if (!table)
        return;
    lua_pushfstring(L, "%s.%s", table, row);
    lua_setfield(L, -2, key);
}

static int plan_line(lua_State *L)
{
    const medel_account_line *line =
        medel_kontoplan_find(check_plan(L, 1), luaL_checkstring(L, 2));
    if (!line)
        return 0;
    lua_createtable(L, 0, 8);
    set_row(L, "row", line->table, line->row);
    set_row(L, "note", line->note, line->note_row);
    set_text(L, "label", line->label);
    set_text(L, "confidence", medel_confidence_name(line->confidence));
    set_text(L, "source", line->source);
    set_text(L, "file", line->file);
    set_integer(L, "line", line->line);
    return 1;
}

static int plan_own_row(lua_State *L)
{
    const medel_own_row *own = medel_kontoplan_own_row(
        check_plan(L, 1), luaL_checkstring(L, 2), luaL_checkstring(L, 3));
    if (!own)
        return 0;
    lua_pushstring(L, own->under);
    lua_pushstring(L, own->label);
    return 2;
}

static int make_statements(lua_State *L)
{
    const medel_kontoplan *plan = check_plan(L, 1);
    const medel_ledger *ledger = lmedel_check_ledger(L, 2);
    medel_error err = { MEDEL_OK, "" };
    void *ud;
    medel_alloc_fn alloc = lua_getallocf(L, &ud);
    statements_box *b = new_statements(L);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    lua_pushvalue(L, 2);
    lua_setiuservalue(L, -2, 2);
    if (medel_statements_new(&b->owned, ledger, plan, alloc, ud, &err) != MEDEL_OK)
        return luaL_error(L, "%s", err.message);
    b->statements = b->owned;
    return 1;
}

static const lmedel_function plan_methods[] = {
    { "line", plan_line, "(self: kontoplan, account: string): table|nil",
      "The line that an account belongs to: { row, note, label, confidence, source, "
      "file, "
      "line }; nil if it is unmapped." },
    { "own_row", plan_own_row,
      "(self: kontoplan, table: string, row: string): string|nil, string|nil",
      "The row that one of the förbund's own rows adds to, and its label; nil if the row "
      "is the taxonomy's." },
    { "statements", make_statements, "(self: kontoplan, bok: ledger): statements",
      "The statements that a ledger comes to." },
    { NULL, NULL, NULL, NULL }
};

static const lmedel_property plan_properties[] = {
    { "forbund", "string|nil", "The förbund whose plan it is." },
    { "id", "string", "Its id." },
    { "source", "string", "Where it comes from." },
    { "title", "string", "Its name." },
    { NULL, NULL, NULL }
};

static int plan_index(lua_State *L)
{
    const medel_kontoplan *p = check_plan(L, 1);
    const char *key = luaL_checkstring(L, 2);
    if (lmedel_push_method(L, &lmedel_kontoplan_class, 2))
        return 1;
    if (strcmp(key, "id") == 0)
        lua_pushstring(L, medel_kontoplan_id(p));
    else if (strcmp(key, "title") == 0)
        lua_pushstring(L, medel_kontoplan_title(p));
    else if (strcmp(key, "source") == 0)
        lua_pushstring(L, medel_kontoplan_source(p));
    else if (strcmp(key, "forbund") == 0)
        lua_pushstring(L, medel_kontoplan_forbund(p));
    else
        return lmedel_unknown(L, "field of a kontoplan", key, NULL);
    return 1;
}

/* ---- the statements ---- */

#define SHOWN_ACCOUNTS 6 /* behind a difference */

static medel_quantity quantity_of(int64_t ore)
{
    const medel_rational value = { ore, 1 };
    return (medel_quantity){ value, value, value, { .money = 1 }, false };
}

static void push_amount(lua_State *L, int64_t ore)
{
    medel_node *n = lmedel_new_quantity(L, 0);
    n->quantity = quantity_of(ore);
    n->op = MEDEL_OP_CONSTANT;
}

static void set_account(lua_State *L, const medel_ledger *l, uint32_t account,
                        uint32_t object)
{
    const medel_account *accounts;
    const medel_object *objects;
    const medel_dimension_decl *dimensions;
    medel_ledger_accounts(l, &accounts);
    medel_ledger_objects(l, &objects);
    medel_ledger_dimensions(l, &dimensions);
    if (account != MEDEL_NO_INDEX) {
        set_text(L, "konto", accounts[account].number);
        set_text(L, "namn", accounts[account].name);
    }
    if (object != MEDEL_NO_INDEX) {
        set_text(L, "dimension", dimensions[objects[object].dimension].number);
        set_text(L, "objekt", objects[object].number);
        set_text(L, "objektnamn", objects[object].name);
    }
}

static const medel_statement_row *row_named(lua_State *L, const medel_statements *s)
{
    const char *name = luaL_checkstring(L, 2), *dot = strchr(name, '.');
    const char *column = luaL_optstring(L, 3, NULL);
    int year = (int)luaL_optinteger(L, 4, 0);
    luaL_argcheck(L, dot != NULL, 2, "table.row is expected");
    lua_pushlstring(L, name, (size_t)(dot - name));
    const medel_statement_row *row =
        medel_statements_find(s, lua_tostring(L, -1), dot + 1, column, year);
    lua_pop(L, 1);
    return row;
}

static int get(lua_State *L)
{
    const medel_statement_row *row = row_named(L, lmedel_check_statements(L, 1));
    if (!row)
        return 0;
    push_amount(L, row->amount);
    return 1;
}

static void push_parts(lua_State *L, const medel_statements *s,
                       const medel_statement_row *row)
{
    size_t n = row ? row->nparts : 0;
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 6);
        set_account(L, medel_statements_ledger(s), row->parts[i].account,
                    row->parts[i].object);
        set_integer(L, "ore", row->parts[i].amount);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static int parts(lua_State *L)
{
    const medel_statements *s = lmedel_check_statements(L, 1);
    push_parts(L, s, row_named(L, s));
    return 1;
}

static int rows(lua_State *L)
{
    const medel_statement_row *all;
    size_t n = medel_statements_rows(lmedel_check_statements(L, 1), &all);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 6);
        set_text(L, "table", all[i].table);
        set_text(L, "row", all[i].row);
        set_text(L, "column", all[i].column);
        set_integer(L, "year", all[i].year);
        lua_pushboolean(L, all[i].sum);
        lua_setfield(L, -2, "sum");
        set_integer(L, "ore", all[i].amount);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int unmapped(lua_State *L)
{
    const medel_statements *s = lmedel_check_statements(L, 1);
    const medel_unmapped *all;
    size_t n = medel_statements_unmapped(s, &all);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 7);
        set_account(L, medel_statements_ledger(s), all[i].account, all[i].object);
        set_integer(L, "year", all[i].year);
        set_integer(L, "ore", all[i].amount);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* ---- beside a report ---- */

/* The largest first, then by number: what a reader looks for. */
static bool comes_before(const medel_statement_part *a, const medel_statement_part *b,
                         const medel_account *accounts)
{
    const uint64_t x = a->amount < 0 ? 0 - (uint64_t)a->amount : (uint64_t)a->amount;
    const uint64_t y = b->amount < 0 ? 0 - (uint64_t)b->amount : (uint64_t)b->amount;
    if (x != y)
        return x > y;
    const int by_number =
        strcmp(accounts[a->account].number, accounts[b->account].number);
    return by_number ? by_number < 0 : a->object < b->object;
}

/* The one after 'after' (NULL: the first), or NULL. */
static const medel_statement_part *next_part(const medel_statement_row *row,
                                             const medel_account *accounts,
                                             const medel_statement_part *after)
{
    const medel_statement_part *best = NULL;
    for (size_t i = 0; i < row->nparts; i++) {
        const medel_statement_part *p = &row->parts[i];
        if ((!after || comes_before(after, p, accounts))
            && (!best || comes_before(p, best, accounts)))
            best = p;
    }
    return best;
}

/* "Konton: 3524 -393 510 kr, 3526 -12 000 kr." */
static void add_accounts(lua_State *L, luaL_Buffer *b, const medel_statements *s,
                         const medel_statement_row *row)
{
    const medel_ledger *l = medel_statements_ledger(s);
    const medel_account *accounts;
    const medel_object *objects;
    medel_ledger_accounts(l, &accounts);
    medel_ledger_objects(l, &objects);
    if (!row || !row->nparts) {
        luaL_addstring(b, "Huvudboken har inget där.");
        return;
    }
    const medel_statement_part *p = NULL;
    luaL_addstring(b, "Konton: ");
    for (size_t i = 0; (p = next_part(row, accounts, p)) != NULL; i++) {
        luaL_addstring(b, i ? ", " : "");
        if (i == SHOWN_ACCOUNTS) {
            luaL_addstring(b, "…");
            break;
        }
        luaL_addstring(b, accounts[p->account].number);
        if (p->object != MEDEL_NO_INDEX) {
            luaL_addstring(b, " objekt ");
            luaL_addstring(b, objects[p->object].number);
        }
        luaL_addstring(b, " ");
        const medel_quantity amount = quantity_of(p->amount);
        lmedel_push_in_unit(L, &amount, "kr");
        luaL_addvalue(b);
    }
    luaL_addstring(b, ".");
}

static void add_cause(lua_State *L, luaL_Buffer *b, const medel_statements *s,
                      const medel_comparison *list, const medel_difference_cause *c)
{
    const medel_ledger *l = medel_statements_ledger(s);
    const medel_account *accounts;
    const medel_object *objects;
    medel_ledger_accounts(l, &accounts);
    medel_ledger_objects(l, &objects);
    const bool row = c->row != MEDEL_NO_INDEX;
    if (row)
        lmedel_push_voucher_name(L, l, medel_ledger_row_voucher(l, c->row));
    else
        lua_pushliteral(L, "");
    const char *voucher = lua_tostring(L, -1);
    switch (c->cause) {
    case MEDEL_DIFFERS_ROW:
        lua_pushfstring(L, " Lika mycket skiljer åt andra hållet på %s%s%s%s",
                        list[c->other].fact->label, row ? ": " : "", voucher,
                        row ? " kan ligga på fel rad." : ".");
        break;
    case MEDEL_DIFFERS_UNMAPPED:
        lua_pushfstring(L, " %s %s hör inte till någon rad och har det beloppet.",
                        c->object != MEDEL_NO_INDEX ? "Objekt" : "Konto",
                        c->object != MEDEL_NO_INDEX ? objects[c->object].number
                                                    : accounts[c->account].number);
        break;
    case MEDEL_DIFFERS_ACCOUNT:
        lua_pushfstring(L, " Konto %s är hela skillnaden.", accounts[c->account].number);
        break;
    case MEDEL_DIFFERS_VOUCHER:
        lua_pushfstring(L, " Beloppet finns i %s.", voucher);
        break;
    default: lua_pushliteral(L, ""); break;
    }
    lua_remove(L, -2);
    luaL_addvalue(b);
}

/* A sum of rows that differ themselves says nothing of its own. */
static bool follows(const medel_comparison *list, size_t n, size_t i)
{
    const medel_fact *f = list[i].fact;
    for (size_t k = 0; list[i].row && list[i].row->sum && k < n; k++) {
        const medel_fact *o = list[k].fact;
        const bool leaf = !list[k].row || !list[k].row->sum;
        if (leaf && list[k].difference != 0 && o->year == f->year
            && strcmp(o->measure ? o->measure : "", f->measure ? f->measure : "") == 0)
            return true;
    }
    return false;
}

static void set_cause(lua_State *L, const medel_statements *s,
                      const medel_comparison *list, size_t n, size_t i, int owner)
{
    static const char *const names[] = { NULL, "rad", "konto", "utan rad",
                                         "verifikation" };
    medel_difference_cause c;
    medel_statements_explain(s, list, n, i, &c);
    set_text(L, "orsak", names[c.cause]);
    if (c.cause == MEDEL_DIFFERS_ROW) {
        lmedel_push_fact(L, list[c.other].fact, owner);
        lua_setfield(L, -2, "annan");
    }
    set_account(L, medel_statements_ledger(s), c.account, c.object);
    if (c.row != MEDEL_NO_INDEX)
        set_integer(L, "rad", (lua_Integer)c.row + 1);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    add_accounts(L, &b, s, list[i].row);
    add_cause(L, &b, s, list, &c);
    luaL_pushresult(&b);
    lua_setfield(L, -2, "bakom");
}

static int compare(lua_State *L)
{
    const medel_statements *s = lmedel_check_statements(L, 1);
    const char *table = luaL_checkstring(L, 3);
    int year, owner = 4;
    medel_variant variant;
    const medel_report *r = lmedel_check_view(L, 2, &year, &variant);
    lua_settop(L, 3);
    lmedel_report_of(L, 2, true);
    size_t n = medel_statements_compare(s, r, table, NULL, 0);
    medel_comparison *list = lua_newuserdatauv(L, (n + 1) * sizeof *list, 0);
    medel_statements_compare(s, r, table, list, n);
    lua_newtable(L);
    for (size_t i = 0, k = 0; i < n; i++) {
        if (list[i].difference == 0)
            continue;
        lua_createtable(L, 0, 14);
        lmedel_note_fact(L, list[i].fact);
        lmedel_push_fact(L, list[i].fact, owner);
        lua_setfield(L, -2, "fakta");
        push_amount(L, list[i].amount);
        lua_setfield(L, -2, "huvudbok");
        push_amount(L, list[i].difference);
        lua_setfield(L, -2, "skillnad");
        lua_pushboolean(L, list[i].row && list[i].row->sum);
        lua_setfield(L, -2, "summa");
        lua_pushboolean(L, follows(list, n, i));
        lua_setfield(L, -2, "foljer");
        push_parts(L, s, list[i].row);
        lua_setfield(L, -2, "delar");
        set_cause(L, s, list, n, i, owner);
        lua_rawseti(L, -2, (lua_Integer)++k);
    }
    lua_pushinteger(L, (lua_Integer)n);
    return 2;
}

#define WHERE "(self: statements, row: string, column?: string, year?: integer): "
static const lmedel_function statements_methods[] = {
    { "compare", compare,
      "(self: statements, ar: report, table: string): table[], integer",
      "What a table of the report prints otherwise than the ledger has it, and how many "
      "figures were compared: { fakta, huvudbok, skillnad (printed less ledger), summa, "
      "foljer (a sum of rows that differ themselves), delar (as parts), orsak, bakom }. "
      "orsak is what the difference may come from: `rad` (annan is another row that "
      "differs "
      "as much the other way), `konto`, `utan rad` (konto, objekt) or `verifikation`; "
      "rad is "
      "a row of the ledger with that amount. bakom says it in Swedish, with the "
      "accounts." },
    { "get", get, WHERE "quantity|nil",
      "What the ledger comes to at `table.row`; column is `intakt`, `kostnad`, `netto`, "
      "`budget` or `avvikelse` of the driftredovisning, year 0 (the year of the ledger) "
      "or "
      "-1. Signs are those of a printed statement. nil if the ledger has nothing "
      "there." },
    { "parts", parts, WHERE "table[]",
      "The accounts behind it: { konto, namn, dimension, objekt, objektnamn, ore }." },
    { "rows", rows, "(self: statements): table[]",
      "Every figure: { table, row, column, year, sum, ore }; sum: of other rows alone." },
    { "unmapped", unmapped, "(self: statements): table[]",
      "What has no row: { konto, namn, dimension, objekt, objektnamn, year, ore }; with "
      "objekt it is the object that is no row of the driftredovisning." },
    { NULL, NULL, NULL, NULL }
};

const lmedel_class lmedel_kontoplan_class = {
    LMEDEL_KONTOPLAN,
    "Which accounts make which rows of the årsredovisning; docs/kontoplan.md.",
    plan_methods, plan_properties
};
const lmedel_class lmedel_statements_class = {
    LMEDEL_STATEMENTS,
    "What a ledger comes to, row by row of the årsredovisning, with the accounts behind.",
    statements_methods, NULL
};

void lmedel_open_statements(lua_State *L)
{
    static const luaL_Reg plan_meta[] = { { "__gc", plan_gc }, { NULL, NULL } };
    static const luaL_Reg statements_meta[] = { { "__gc", statements_gc },
                                                { NULL, NULL } };
    lmedel_new_class(L, &lmedel_kontoplan_class, plan_index, plan_meta);
    lmedel_new_class(L, &lmedel_statements_class, NULL, statements_meta);
}

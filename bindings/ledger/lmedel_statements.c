/* lmedel_statements.c - a kontoplan, and the statements that a ledger comes to by it. */
#include "lmedel_ledger.h"
#include "medel_statements.h"

#include <string.h>

/* User values: 1 the taxonomy, 2 the plan that it is based on. */
typedef struct plan_box {
    medel_kontoplan *plan;
} plan_box;

/* User values: 1 the plan, 2 the ledger, 3 the causes of what a report prints otherwise.
 */
typedef struct statements_box {
    medel_statements *owned; /* or NULL: another state's */
    const medel_statements *statements;
} statements_box;

LMEDEL_CLASS_GC(plan_gc, medel_kontoplan, medel_kontoplan_free, lmedel_kontoplan_class)

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
    statements_box *b = lua_newuserdatauv(L, sizeof *b, 3);
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
    const medel_allocator allocator = lmedel_allocator(L);
    const medel_kontoplan_options o = { base, &allocator };
    if (medel_kontoplan_read(&b->plan, t, &(medel_input){ name, text, len }, &o, d)
        != MEDEL_OK)
        return lmedel_push_failure(L, d);
    lua_pop(L, 1);
    return 1;
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
    lmedel_set_text(L, "label", line->label);
    lmedel_set_text(L, "confidence", medel_confidence_name(line->confidence));
    lmedel_set_text(L, "source", line->source);
    lmedel_set_text(L, "file", line->file);
    lmedel_set_integer(L, "line", line->line);
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
    int32_t day = 0;
    size_t len = 0;
    const char *until = luaL_optlstring(L, 3, NULL, &len);
    if (until && !medel_date_parse(&day, until, len))
        return luaL_argerror(L, 3, "a day that exists, as YYYY-MM-DD");
    medel_error err = { MEDEL_OK, "" };
    const medel_allocator allocator = lmedel_allocator(L);
    statements_box *b = new_statements(L);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    lua_pushvalue(L, 2);
    lua_setiuservalue(L, -2, 2);
    const medel_statements_options o = { until != NULL, day, &allocator };
    const medel_status st = medel_statements_new(&b->owned, ledger, plan, &o, &err);
    if (st != MEDEL_OK)
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
    { "statements", make_statements,
      "(self: kontoplan, bok: ledger, day?: string): statements",
      "The statements that a ledger comes to, of the whole year or until the end of a "
      "day: "
      "then of the year before only the balansräkning." },
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
        lmedel_set_text(L, "konto", accounts[account].number);
        lmedel_set_text(L, "namn", accounts[account].name);
    }
    if (object != MEDEL_NO_INDEX) {
        lmedel_set_text(L, "dimension", dimensions[objects[object].dimension].number);
        lmedel_set_text(L, "objekt", objects[object].number);
        lmedel_set_text(L, "objektnamn", objects[object].name);
    }
}

static const medel_statement_row *row_named(lua_State *L, const medel_statements *s)
{
    const char *row = luaL_checkstring(L, 2);
    const char *column = luaL_optstring(L, 3, NULL);
    int year = (int)luaL_optinteger(L, 4, 0);
    char table[MEDEL_WORD];
    medel_path_word(&row, table, sizeof table);
    luaL_argcheck(L, row != NULL, 2, "table.row is expected");
    return medel_statements_find(s, table, row, column, year);
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
        lmedel_set_integer(L, "ore", row->parts[i].amount);
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
        lmedel_set_text(L, "table", all[i].table);
        lmedel_set_text(L, "row", all[i].row);
        lmedel_set_text(L, "column", all[i].column);
        lmedel_set_integer(L, "year", all[i].year);
        lmedel_set_flag(L, "sum", all[i].sum);
        lmedel_set_integer(L, "ore", all[i].amount);
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
        lmedel_set_integer(L, "year", all[i].year);
        lmedel_set_integer(L, "ore", all[i].amount);
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

static void add_part(lua_State *L, luaL_Buffer *b, const medel_ledger *l,
                     const medel_statement_part *p, bool first, bool with_amount)
{
    const medel_account *accounts;
    const medel_object *objects;
    medel_ledger_accounts(l, &accounts);
    medel_ledger_objects(l, &objects);
    if (with_amount) {
        const medel_quantity amount = quantity_of(p->amount);
        lmedel_push_in_unit(L, &amount, "kr");
        luaL_addvalue(b);
        luaL_addstring(b, " ");
    }
    luaL_addstring(b, first ? "på konto " : "på ");
    luaL_addstring(b, accounts[p->account].number);
    if (p->object != MEDEL_NO_INDEX) {
        luaL_addstring(b, " objekt ");
        luaL_addstring(b, objects[p->object].number);
    }
}

/* "Det är 670 kr på konto 4510 och 300 kr på 7410."; of one
   account the amount is said already. */
static void add_accounts(lua_State *L, luaL_Buffer *b, const medel_statements *s,
                         const medel_statement_row *row)
{
    const medel_ledger *l = medel_statements_ledger(s);
    const medel_account *accounts;
    medel_ledger_accounts(l, &accounts);
    if (!row || !row->nparts) {
        luaL_addstring(b, "Huvudboken har inget där.");
        return;
    }
    const medel_statement_part *p = NULL;
    const size_t n = row->nparts;
    luaL_addstring(b, n > 1 ? "Det är " : "Det står ");
    for (size_t i = 0; (p = next_part(row, accounts, p)) != NULL; i++) {
        if (i == SHOWN_ACCOUNTS && n > i + 1) {
            lua_pushfstring(L, " och mer på %I konton till", (lua_Integer)(n - i));
            luaL_addvalue(b);
            break;
        }
        luaL_addstring(b, i == 0 ? "" : i + 1 == n ? " och " : ", ");
        add_part(L, b, l, p, i == 0, n > 1);
    }
    luaL_addstring(b, ".");
}

/* " objekt 345" of a place, or "". */
static const char *push_object(lua_State *L, const medel_ledger *l, uint32_t object)
{
    const medel_object *objects;
    medel_ledger_objects(l, &objects);
    return object == MEDEL_NO_INDEX
               ? lua_pushliteral(L, "")
               : lua_pushfstring(L, " objekt %s", objects[object].number);
}

static const char *push_voucher(lua_State *L, const medel_ledger *l, uint32_t voucher)
{
    if (voucher == MEDEL_NO_INDEX)
        return lua_pushliteral(L, "");
    lmedel_push_voucher_name(L, l, voucher);
    return lua_tostring(L, -1);
}

/* Push one cause as a sentence. */
static void push_cause(lua_State *L, const medel_ledger *l, const medel_book_cause *c)
{
    const medel_account *accounts;
    medel_ledger_accounts(l, &accounts);
    const char *ver = push_voucher(L, l, c->voucher);
    const char *like = push_voucher(L, l, c->like);
    const char *account = c->account == MEDEL_NO_INDEX ? "" : accounts[c->account].number;
    const char *to =
        c->to_account == MEDEL_NO_INDEX ? "" : accounts[c->to_account].number;
    const bool other_object = c->account == c->to_account;
    const char *at = push_object(L, l, other_object ? c->object : MEDEL_NO_INDEX);
    const char *place = push_object(L, l, other_object ? c->to_object : MEDEL_NO_INDEX);
    const medel_quantity amount = quantity_of(c->amount);
    lmedel_push_in_unit(L, &amount, "kr");
    const char *kr = lua_tostring(L, -1);
    switch (c->kind) {
    case MEDEL_BOOKED_OUTSIDE:
        lua_pushfstring(L, "%s är daterad utanför räkenskapsåret.", ver);
        break;
    case MEDEL_BOOKED_TWICE:
        lua_pushfstring(L, "%s är samma betalning som %s.", ver, like);
        break;
    case MEDEL_BOOKED_OTHER_YEAR:
        lua_pushfstring(L, "%s nämner ett annat år i texten.", ver);
        break;
    case MEDEL_BOOKED_UNBALANCED:
        lua_pushfstring(L, "%s balanserar inte: %s på konto %s.", ver, kr, account);
        break;
    case MEDEL_BOOKED_OPENING:
        lua_pushfstring(L,
                        "Ingående balans på konto %s är inte föregående års utgående; "
                        "skillnaden är %s.",
                        account, kr);
        break;
    case MEDEL_BOOKED_NO_ROW:
    case MEDEL_BOOKED_MOVED:
        lua_pushfstring(
            L, "%s står på konto %s%s%s och kan höra till konto %s%s%s%s%s.", ver,
            account, at,
            c->kind == MEDEL_BOOKED_MOVED ? "" : ", som inte hör till någon rad,", to,
            place, *like ? ", där " : "", like, *like ? " med samma text står" : "");
        break;
    case MEDEL_BOOKED_ACCOUNT:
        lua_pushfstring(L, "Konto %s är hela skillnaden.", account);
        break;
    case MEDEL_BOOKED_VOUCHER:
        lua_pushfstring(L, "%s på konto %s är bokförd, men är inte med i det tryckta.",
                        ver, account);
        break;
    }
    lua_replace(L, -6); /* under it: two vouchers, two objects and the amount */
    lua_pop(L, 4);
}

/* What a finding of another rule about the same thing calls it. */
static void push_key(lua_State *L, const medel_ledger *l, const medel_book_cause *c)
{
    const medel_account *accounts;
    const medel_object *objects;
    medel_ledger_accounts(l, &accounts);
    medel_ledger_objects(l, &objects);
    if (c->kind == MEDEL_BOOKED_OPENING)
        lua_pushfstring(L, "ib:%s", accounts[c->account].number);
    else if (c->kind == MEDEL_BOOKED_ACCOUNT)
        lua_pushfstring(L, "konto:%s", accounts[c->account].number);
    else if (c->kind == MEDEL_BOOKED_NO_ROW && c->account == c->to_account)
        lua_pushfstring(L, "objekt:%s", objects[c->object].number);
    else if (c->kind == MEDEL_BOOKED_NO_ROW)
        lua_pushfstring(L, "konto:%s", accounts[c->account].number);
    else
        lua_pushfstring(L, "ver:%I", (LUAI_UACINT)c->voucher + 1);
}

static void set_causes(lua_State *L, const medel_statements *s,
                       const medel_book_causes *causes, const medel_explained *e)
{
    static const char *const names[] = { "annat år", "två gånger", "annat år i texten",
                                         "obalans",  "ingående",   "annan plats",
                                         "utan rad", "konto",      "verifikation" };
    const medel_ledger *l = medel_statements_ledger(s);
    const medel_book_cause *all;
    medel_book_causes_list(causes, &all);
    lua_createtable(L, (int)e->ncauses, 0); /* orsaker */
    lua_createtable(L, (int)e->ncauses, 0); /* nycklar */
    lua_createtable(L, (int)e->ncauses, 0); /* poster */
    for (size_t i = 0; i < e->ncauses; i++) {
        const medel_book_cause *c = &all[e->causes[i]];
        lua_createtable(L, 0, 8);
        lmedel_set_text(L, "slag", names[c->kind]);
        set_account(L, l, c->account, c->object);
        push_cause(L, l, c);
        lua_setfield(L, -2, "text");
        if (c->row != MEDEL_NO_INDEX)
            lmedel_set_integer(L, "rad", (lua_Integer)c->row + 1);
        if (c->voucher != MEDEL_NO_INDEX)
            lmedel_set_integer(L, "ver", (lua_Integer)c->voucher + 1);
        if (c->like != MEDEL_NO_INDEX)
            lmedel_set_integer(L, "lik", (lua_Integer)c->like + 1);
        lua_rawseti(L, -4, (lua_Integer)i + 1);
        push_key(L, l, c);
        lua_rawseti(L, -3, (lua_Integer)i + 1);
        if (c->row != MEDEL_NO_INDEX)
            lmedel_push_row(L, l, c->row);
        else if (c->voucher != MEDEL_NO_INDEX)
            lmedel_push_voucher(L, l, c->voucher);
        else
            lmedel_push_account_sum(L, l, c->account);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -4, "poster");
    lua_setfield(L, -3, "nycklar");
    lua_setfield(L, -2, "orsaker");
}

/* The accounts behind the figure, and what the difference comes from. */
static void set_behind(lua_State *L, const medel_statements *s,
                       const medel_book_causes *causes, const medel_explained *e)
{
    const medel_ledger *l = medel_statements_ledger(s);
    const medel_book_cause *all;
    luaL_Buffer b;
    medel_book_causes_list(causes, &all);
    luaL_buffinit(L, &b);
    add_accounts(L, &b, s, e->comparison.row);
    for (size_t i = 0; i < e->ncauses; i++) {
        luaL_addstring(&b, " ");
        push_cause(L, l, &all[e->causes[i]]);
        luaL_addvalue(&b);
    }
    if (!e->ncauses && medel_ledger_errors(l))
        luaL_addstring(&b, " Alla rader i filen kunde inte läsas.");
    luaL_pushresult(&b);
    lua_setfield(L, -2, "bakom");
}

typedef struct causes_box {
    medel_book_causes *causes;
} causes_box;

LMEDEL_GC(causes_gc, medel_book_causes, medel_book_causes_free)

/* The explanation of all differences, pushed; kept with the statements for the next table
   of the same report. */
static const medel_book_causes *push_causes(lua_State *L, const medel_statements *s,
                                            const medel_report *r)
{
    medel_error err = { MEDEL_OK, "" };
    const medel_allocator allocator = lmedel_allocator(L);
    if (lua_getiuservalue(L, 1, 3) == LUA_TTABLE
        && lua_rawgetp(L, -1, r) == LUA_TUSERDATA) {
        const causes_box *kept = lua_touserdata(L, -1);
        return kept->causes;
    }
    causes_box *b = lmedel_new_box(L, sizeof *b, "medel.causes", causes_gc);
    const medel_status st = medel_book_causes_new(&b->causes, s, r, &allocator, &err);
    if (st != MEDEL_OK)
        luaL_error(L, "%s", err.message);
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, -2);
    lua_rawsetp(L, -2, r);
    lua_setiuservalue(L, 1, 3);
    return b->causes;
}

static void push_difference(lua_State *L, const medel_statements *s,
                            const medel_book_causes *causes, const medel_explained *e,
                            int owner)
{
    const medel_comparison *c = &e->comparison;
    lua_createtable(L, 0, 10);
    lmedel_note_fact(L, c->fact);
    lmedel_push_fact(L, c->fact, owner);
    lua_setfield(L, -2, "fakta");
    push_amount(L, c->amount);
    lua_setfield(L, -2, "huvudbok");
    push_amount(L, c->difference);
    lua_setfield(L, -2, "skillnad");
    lmedel_set_flag(L, "summa", c->row && c->row->sum);
    lmedel_set_flag(L, "foljer", e->follows);
    push_parts(L, s, c->row);
    lua_setfield(L, -2, "delar");
    set_causes(L, s, causes, e);
    set_behind(L, s, causes, e);
}

static int compare(lua_State *L)
{
    const medel_statements *s = lmedel_check_statements(L, 1);
    const char *table = luaL_checkstring(L, 3);
    int year, owner = 4;
    medel_variant variant;
    const medel_explained *all;
    const medel_report *r = lmedel_check_view(L, 2, &year, &variant);
    lua_settop(L, 3);
    lmedel_report_of(L, 2, true);
    const medel_book_causes *causes = push_causes(L, s, r);
    const size_t n = medel_book_causes_explained(causes, &all);
    size_t after = 0; /* in the order of the report: one more than the last one's index */
    lua_newtable(L);
    for (lua_Integer k = 1;; k++) {
        const medel_explained *next = NULL;
        for (size_t i = 0; i < n; i++) {
            const medel_comparison *c = &all[i].comparison;
            if (strcmp(c->table, table) == 0 && c->fact->index >= after
                && (!next || c->fact->index < next->comparison.fact->index))
                next = &all[i];
        }
        if (!next)
            break;
        after = next->comparison.fact->index + 1;
        push_difference(L, s, causes, next, owner);
        lua_rawseti(L, -2, k);
    }
    lua_pushinteger(L, (lua_Integer)medel_statements_compare(s, r, table, NULL, 0));
    return 2;
}

#define WHERE "(self: statements, row: string, column?: string, year?: integer): "
static const lmedel_function statements_methods[] = {
    { "compare", compare,
      "(self: statements, ar: report, table: string): table[], integer",
      "What a table of the report prints otherwise than the ledger has it, and how many "
      "figures were compared: { fakta, huvudbok, skillnad (printed less ledger), summa, "
      "foljer (it says nothing of its own: its causes are told at another figure, or it "
      "is "
      "a sum of figures that differ), delar (as parts), orsaker, nycklar, poster, bakom "
      "}. orsaker "
      "are what together is the whole difference, { slag, text, rad, ver, konto, objekt, "
      "lik "
      "}, none where it is not known; poster are the same as entries; a voucher counts "
      "once in all tables, and in one "
      "direction. nycklar are for the option `causes` of finding. bakom says the "
      "accounts "
      "and the causes in Swedish." },
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
    "medel.kontoplan",
    "Which accounts make which rows of the årsredovisning; docs/kontoplan.md.",
    plan_methods, plan_properties
};
const lmedel_class lmedel_statements_class = {
    "medel.statements",
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

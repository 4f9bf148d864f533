/*
 * lmedel_ledger.c - the class ledger: a bookkeeping that never changes.  A rule's state
 * has a box that borrows the host's ledger; nothing is copied.
 */
#include "lmedel_ledger.h"

#include <stdlib.h>
#include <string.h>

/* ---- boxes ---- */

static int ledger_gc(lua_State *L)
{
    lmedel_ledger_box *b = lmedel_check(L, 1, &lmedel_ledger_class);
    if (!b->borrowed)
        medel_ledger_free(b->ledger);
    b->ledger = NULL;
    return 0;
}

const medel_ledger *lmedel_check_ledger(lua_State *L, int arg)
{
    lmedel_ledger_box *b = lmedel_check(L, arg, &lmedel_ledger_class);
    if (!b->ledger)
        luaL_argerror(L, arg, "the ledger is closed");
    return b->ledger;
}

const medel_ledger *lmedel_test_ledger(lua_State *L, int arg)
{
    lmedel_ledger_box *b = lmedel_test(L, arg, &lmedel_ledger_class);
    return b ? b->ledger : NULL;
}

lmedel_ledger_box *lmedel_new_ledger(lua_State *L)
{
    lmedel_ledger_box *b = lua_newuserdatauv(L, sizeof *b, 2);
    memset(b, 0, sizeof *b);
    lmedel_set_class(L, &lmedel_ledger_class);
    return b;
}

void lmedel_remember_ledger(lua_State *L)
{
    lmedel_ledger_box *b = lua_touserdata(L, -1);
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.ledgers");
    lua_pushvalue(L, -2);
    lua_rawsetp(L, -2, b->ledger);
    lua_pop(L, 1);
}

void lmedel_push_borrowed_ledger(lua_State *L, const medel_ledger *l)
{
    union {
        const medel_ledger *in;
        medel_ledger *out;
    } u = { l };
    lmedel_ledger_box *b = lmedel_new_ledger(L);
    b->borrowed = true;
    b->ledger = u.out;
    lmedel_remember_ledger(L);
}

void lmedel_push_ledger_box(lua_State *L, const medel_ledger *l)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.ledgers");
    lua_rawgetp(L, -1, l);
    lua_replace(L, -2);
}

/* ---- what the file says of itself ---- */

static bool push_head_text(lua_State *L, const medel_ledger_head *h, const char *key)
{
    const struct {
        const char *key, *value;
    } texts[] = {
        { "fil", h->name },        { "foretag", h->fnamn },
        { "orgnr", h->orgnr },     { "typ", h->type },
        { "program", h->program }, { "programversion", h->version },
        { "kontoplan", h->kptyp }, { "valuta", h->valuta },
        { "format", h->format },   { "teckenkodning", medel_encoding_name(h->encoding) },
        { "prosa", h->prosa },     { "skapad_av", h->gen_sign },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(texts[i].key, key) == 0) {
            lua_pushstring(L, texts[i].value);
            return true;
        }
    }
    return false;
}

int lmedel_ledger_year(const medel_ledger *l)
{
    char text[11];
    const medel_ledger_year *y = medel_ledger_year_of(l, 0);
    if (!y || y->end == MEDEL_NO_DAY)
        return 0;
    medel_date_format(y->end, text);
    return atoi(text);
}

static bool push_head_day(lua_State *L, const medel_ledger *l, const char *key)
{
    const medel_ledger_head *h = medel_ledger_head_of(l);
    const medel_ledger_year *y = medel_ledger_year_of(l, 0);
    const struct {
        const char *key;
        int32_t day;
    } days[] = { { "start", y ? y->start : MEDEL_NO_DAY },
                 { "slut", y ? y->end : MEDEL_NO_DAY },
                 { "skapad", h->gen },
                 { "racker", medel_ledger_reaches(l) },
                 { "sista", medel_ledger_last_day(l) },
                 { "omfattning", h->omfattn } };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (strcmp(days[i].key, key) == 0) {
            lmedel_push_day(L, days[i].day);
            return true;
        }
    }
    return false;
}

static bool push_head_number(lua_State *L, const medel_ledger *l, const char *key)
{
    const medel_ledger_head *h = medel_ledger_head_of(l);
    const medel_ledger_columns *c = medel_ledger_columns_of(l);
    const struct {
        const char *key;
        lua_Integer value;
    } numbers[] = {
        { "verifikationer", (lua_Integer)c->nvouchers },
        { "rader", (lua_Integer)c->nrows },
        { "rattelser", (lua_Integer)c->ntrail },
        { "konton",
          (lua_Integer)medel_ledger_accounts(l, &(const medel_account *){ 0 }) },
        { "bytes", (lua_Integer)h->bytes },
        { "filrader", (lua_Integer)h->lines },
        { "fel", (lua_Integer)medel_ledger_errors(l) },
        { "varningar", (lua_Integer)medel_ledger_warnings(l) },
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(numbers[i].key, key) == 0) {
            lua_pushinteger(L, numbers[i].value);
            return true;
        }
    }
    return false;
}

static int ledger_index(lua_State *L)
{
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    const char *key = luaL_checkstring(L, 2);
    const medel_ledger_head *h = medel_ledger_head_of(l);
    if (lmedel_push_method(L, &lmedel_ledger_class, 2) || push_head_text(L, h, key)
        || push_head_day(L, l, key) || push_head_number(L, l, key))
        return 1;
    if (strcmp(key, "rakenskapsar") == 0) {
        lua_pushinteger(L, lmedel_ledger_year(l));
        return 1;
    }
    if (strcmp(key, "ingaende") == 0) {
        medel_balance_kind kind;
        int of;
        const bool any = medel_ledger_opens(l, 0, &kind, &of);
        lua_pushstring(L, !any ? NULL : kind == MEDEL_BALANCE_IB ? "IB" : "UB -1");
        return 1;
    }
    if (strcmp(key, "kontrollsumma") == 0) {
        lua_pushstring(L, h->ksumma_markers < 2                      ? NULL
                          : h->ksumma_declared == h->ksumma_computed ? "stämmer"
                                                                     : "stämmer inte");
        return 1;
    }
    return lmedel_unknown(L, "field of a ledger", key, NULL);
}

static int deviations(lua_State *L)
{
    const medel_ledger_deviation *d;
    const size_t n = medel_ledger_deviations(lmedel_check_ledger(L, 1), &d);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 8);
        lmedel_set_text(L, "severity", medel_severity_name(d[i].severity));
        lmedel_set_text(L, "code", d[i].code);
        lmedel_set_text(L, "label", d[i].label);
        lmedel_set_integer(L, "line", d[i].line);
        lmedel_set_integer(L, "field", d[i].field);
        lmedel_set_integer(L, "count", (lua_Integer)d[i].count);
        lmedel_set_text(L, "text", d[i].text);
        lmedel_set_text(L, "message", d[i].message);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int lacks(lua_State *L)
{
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    const medel_account *accounts;
    const uint32_t a = medel_ledger_account_find(l, luaL_checkstring(L, 2));
    lua_pushboolean(L, a < medel_ledger_accounts(l, &accounts) && accounts[a].lacks);
    return 1;
}

/* ---- vouchers, rows, accounts ---- */

uint32_t lmedel_check_index(lua_State *L, int arg, size_t n, const char *what)
{
    const lua_Integer i = luaL_checkinteger(L, arg);
    if (i < 1 || (uint64_t)i > n)
        luaL_error(L, "no %s number %I", what, (LUAI_UACINT)i);
    return (uint32_t)(i - 1);
}

static int voucher(lua_State *L)
{
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    uint32_t v;
    if (lua_isnoneornil(L, 3) && lua_isinteger(L, 2)) {
        v = lmedel_check_index(L, 2, medel_ledger_columns_of(l)->nvouchers, "voucher");
    } else {
        lua_settop(L, 3);
        v = medel_ledger_voucher_find(l, luaL_checkstring(L, 2), luaL_checkstring(L, 3),
                                      0);
        if (v == MEDEL_NO_INDEX)
            return 0;
    }
    lmedel_push_voucher(L, l, v);
    return 1;
}

static int row(lua_State *L)
{
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    const medel_ledger_columns *c = medel_ledger_columns_of(l);
    lmedel_push_row(L, l, lmedel_check_index(L, 2, c->nrows + c->ntrail, "row"));
    return 1;
}

static int row_text(lua_State *L)
{
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    const medel_ledger_columns *c = medel_ledger_columns_of(l);
    const uint32_t r = lmedel_check_index(L, 2, c->nrows + c->ntrail, "row");
    lmedel_push_ledger_text(L, l, r, true, MEDEL_TEXT_TEXT);
    if (lua_rawlen(L, -1) == 0)
        lmedel_push_ledger_text(L, l, medel_ledger_row_voucher(l, r), false,
                                MEDEL_TEXT_TEXT);
    return 1;
}

static int account_name(lua_State *L)
{
    const medel_account *a;
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    const uint32_t i = medel_ledger_account_find(l, luaL_checkstring(L, 2));
    medel_ledger_accounts(l, &a);
    if (i == MEDEL_NO_INDEX || !a[i].declared)
        return 0;
    lua_pushstring(L, a[i].name);
    return 1;
}

static int opening_voucher(lua_State *L)
{
    const uint32_t v = medel_ledger_opening_voucher(lmedel_check_ledger(L, 1));
    if (v == MEDEL_NO_INDEX)
        return 0;
    lua_pushinteger(L, (lua_Integer)v + 1);
    return 1;
}

static const lmedel_function methods[] = {
    { "account_name", account_name, "(self: ledger, account: string): string|nil",
      "The name of an account; nil when it is not declared." },
    { "accounts", lmedel_ledger_accounts,
      "(self: ledger, accounts?: string): fun(): string, string, boolean, string|nil, "
      "boolean",
      "`for konto, namn, deklarerat, typ, resultat in bok:accounts \"3\" do`: the "
      "accounts "
      "by number; typ is T, S, I or K where the file says, resultat whether it is of the "
      "resultaträkning." },
    { "ageing", lmedel_ledger_ageing,
      "(self: ledger, kind: string, filter: table|string|nil, day: integer|string, "
      "bounds: "
      "integer[], dimension?: string): table[]",
      "What is open of `fordringar` (debit opens) or `skulder` (credit opens) on the "
      "accounts "
      "at the end of a day, by account and by object of the dimension: { konto, namn, "
      "objekt, "
      "objektnamn, ingaende (of the opening balance, whose age is not known), aldrar "
      "(from 0 "
      "days and from each of the bounds), omatchat, saldo, poster, aldst }, in öre. A "
      "row of "
      "the other sign settles the oldest open item of just its amount, else the oldest "
      "ones "
      "in turn." },
    { "balance", lmedel_ledger_balance,
      "(self: ledger, accounts: string, day?: integer|string): quantity",
      "Opening balance and rows to the end of the day, or of the file." },
    { "balances", lmedel_ledger_balances,
      "(self: ledger, year?: integer): fun(): string, integer|nil, integer|nil, "
      "integer|nil, integer|nil",
      "`for konto, ib, summa, ub, res in bok:balances() do`: each account with what the "
      "file states for the year (0, -1, ...) and, for year 0, the sum of its rows; whole "
      "öre, nil where nothing is stated. ib is #IB, or last year's #UB where the file "
      "has no "
      "#IB; an account that is stated as #UB and as #RES has the one that it is." },
    { "benford", lmedel_ledger_benford,
      "(self: ledger, kind?: string, filter?: table|string): table",
      "The digits of the sizes beside Benford's law: kind is `first` (digit), "
      "`first_two` or "
      "`second_order` (of the differences between sizes in order). { n, utan (rows too "
      "small "
      "to have the digits), minst, mad, foljer, grans, siffror = { siffra, count, vantat "
      "} "
      "}; mad, grans and vantat in 1e-9. With n below minst there is nothing but n, utan "
      "and "
      "minst: too few to say anything." },
    { "count", lmedel_ledger_count, "(self: ledger, filter?: table|string): integer",
      "How many rows the filter lets through." },
    { "deviations", deviations, "(self: ledger): table[]",
      "What in the file is not as the format says: { severity (`note`, `warning`, "
      "`error`), code, label, line, field, count, text (Swedish), message }." },
    { "duplicates", lmedel_ledger_duplicates, "(self: ledger, series: string): integer[]",
      "The vouchers whose number is used more than once in the series, by number." },
    { "gaps", lmedel_ledger_gaps, "(self: ledger, series: string): table[]",
      "The numbers that the series lacks: { fran, till, efter (the voucher before) }." },
    { "ib", lmedel_ledger_ib,
      "(self: ledger, accounts: string, year?: integer): quantity|nil",
      "The opening balance of the accounts together: #IB, or last year's #UB where the "
      "file "
      "has no #IB; nil if none is stated." },
    { "lacks", lacks, "(self: ledger, account: string): boolean",
      "Whether a row or a balance of the account could not be read." },
    { "months", lmedel_ledger_months, "(self: ledger, filter?: table|string): table[]",
      "As sums by month, with every month of the year." },
    { "objects", lmedel_ledger_objects,
      "(self: ledger): fun(): string, string, string, boolean, string",
      "`for dimension, objekt, namn, deklarerat, dimensionsnamn in bok:objects() do`" },
    { "opening_voucher", opening_voucher, "(self: ledger): integer|nil",
      "A voucher that books the opening balances, which the file states as well; nil if "
      "there is none." },
    { "period_balances", lmedel_ledger_periods,
      "(self: ledger, kind?: string): fun(): integer, string, string, string|nil, "
      "integer",
      "`for ar, period, konto, objekt, belopp in bok:period_balances() do`: what the "
      "file "
      "states for months (`psaldo`, or `pbudget`); belopp in öre, objekt \"1:10\" or "
      "nil." },
    { "repeats", lmedel_ledger_repeats,
      "(self: ledger, alike: string, filter?: table|string, days?: integer): "
      "integer[][], "
      "integer",
      "Rows of several vouchers that are alike in `\"account,amount,text\"` (account, "
      "amount, "
      "size, day, month, text, series, number, object, sign), each within so many days "
      "of "
      "the one before it: lists of rows, the largest amounts first; and how many rows "
      "were "
      "tried." },
    { "result", lmedel_ledger_result, "(self: ledger, accounts: string): quantity|nil",
      "What the rows of the accounts come to; in a file without vouchers, what it states "
      "as their result." },
    { "res", lmedel_ledger_res,
      "(self: ledger, accounts: string, year?: integer): quantity|nil",
      "The stated result of the accounts together; nil if none is stated." },
    { "row", row, "(self: ledger, row: integer): entry", "A row as an object." },
    { "rows", lmedel_ledger_rows,
      "(self: ledger, filter?: table|string): fun(): integer, string, integer, integer, "
      "integer",
      "`for rad, konto, belopp, dag, ver in bok:rows { account = \"30..39\" } do`: no "
      "table and no object is made for a row. belopp is in öre, debit positive; dag a "
      "day "
      "number (date(dag) is its text, nil if there is none); row(rad) and voucher(ver) "
      "make objects. A filter is a text of accounts or a table of account (`\"30\"` all "
      "that begin so, `\"3000..3999\"`, `\"=1930\"` that one, commas between), period "
      "(`\"2023\"`, `\"2023-03\"`, `\"2023-01..2023-03-15\"`), series, object "
      "(`\"1:10\"`, `\"1\"` any of the dimension, { dimension, object }), amount ({ min, "
      "max }, without sign), side (`debet`, `kredit`), text (a part of it, in any case), "
      "sign, kind (`struken`, `tillagd`: the rows of corrections), where (an expression: "
      "`\"size >= 10 000 and not text ~ hotell\"`, docs/ledger.md)." },
    { "series", lmedel_ledger_series,
      "(self: ledger): fun(): string, integer, integer|nil, integer|nil, integer|nil, "
      "integer|nil",
      "`for serie, antal, forsta, sista, saknas, dubbla in bok:series() do`: how many "
      "vouchers, the lowest and highest number, how many numbers are missing between "
      "them, how many vouchers repeat one; nil where no number is a number." },
    { "strata", lmedel_ledger_strata,
      "(self: ledger, bounds: quantity[]|integer[], filter?: table|string): table[]",
      "Rows by size: { fran, till, count, debet, kredit } from 0 and from each bound, in "
      "öre." },
    { "sum", lmedel_ledger_sum, "(self: ledger, filter?: table|string): quantity",
      "The sum of the rows that the filter lets through (see rows)." },
    { "sums", lmedel_ledger_sums,
      "(self: ledger, by: string|string[], filter?: table|string): table[]",
      "Sums by `account`, `account:2` (first digits), `month`, `series`, `object:1` (of "
      "a "
      "dimension) or `sign`, or two of them: { key, key2, sum, count (rows), vouchers, "
      "debet, kredit (öre) }, in the order of the keys." },
    { "text", row_text, "(self: ledger, row: integer): string",
      "The text of a row, or else of its voucher." },
    { "ub", lmedel_ledger_ub,
      "(self: ledger, accounts: string, year?: integer): quantity|nil",
      "The stated closing balance of the accounts together; nil if none is stated." },
    { "voucher", voucher,
      "(self: ledger, voucher: integer|string, number?: string): entry|nil",
      "A voucher by its place in the file, or by series and number; nil if there is "
      "none." },
    { "vouchers", lmedel_ledger_vouchers,
      "(self: ledger, filter?: table|string): fun(): integer, string, integer|string, "
      "integer|nil, integer, integer, integer|nil, integer",
      "`for ver, serie, nummer, dag, antal, summa, registrerad, omslutning in "
      "bok:vouchers() do`: nummer is a text where it is no number, antal how many rows, "
      "summa what they come to and omslutning their debits in öre. With a filter: those "
      "that have a row that it lets through." },
    { NULL, NULL, NULL, NULL }
};

static const lmedel_property properties[] = {
    { "bytes", "integer", "Size of the file." },
    { "fel", "integer", "Items that could not be read, and are in no sum." },
    { "fil", "string", "The file." },
    { "filrader", "integer", "Lines of the file." },
    { "foretag", "string|nil", "Whose books they are." },
    { "format", "string|nil", "What #FORMAT says." },
    { "ingaende", "string|nil",
      "Which balances open the year: `IB`, or `UB -1` where there are none; nil "
      "without." },
    { "konton", "integer", "How many accounts." },
    { "kontoplan", "string|nil", "What #KPTYP says." },
    { "kontrollsumma", "string|nil", "`stämmer` or `stämmer inte`; nil without one." },
    { "omfattning", "string|nil", "The day to which the file says it reaches." },
    { "orgnr", "string|nil", "Organisationsnummer." },
    { "program", "string|nil", "The program that wrote the file." },
    { "programversion", "string|nil", "Its version." },
    { "prosa", "string|nil", "What the file says of itself in #PROSA." },
    { "racker", "string|nil",
      "The last day that the file says it holds: #OMFATTN, else #GEN where that is "
      "before "
      "the end of the year, else that." },
    { "rader", "integer", "How many rows (#TRANS)." },
    { "rakenskapsar", "integer", "The financial year, 0 when the file does not say." },
    { "rattelser", "integer", "How many rows of corrections (#BTRANS, #RTRANS)." },
    { "sista", "string|nil", "The last day of the year with a voucher." },
    { "skapad", "string|nil", "The day the file was made." },
    { "skapad_av", "string|nil", "Who made it." },
    { "slut", "string|nil", "The last day of the financial year." },
    { "start", "string|nil", "The first day of the financial year." },
    { "teckenkodning", "string", "The encoding that was used." },
    { "typ", "string", "`1`, `2`, `3`, `4E` or `4I`." },
    { "valuta", "string|nil", "What #VALUTA says." },
    { "varningar", "integer", "Deviations from the format whose meaning is clear." },
    { "verifikationer", "integer", "How many vouchers." },
    { NULL, NULL, NULL }
};

const lmedel_class lmedel_ledger_class = { "medel.ledger",
                                           "The bookkeeping of a year, read from a SIE "
                                           "file. It does not change. Amounts are debit "
                                           "positive; sums are of #TRANS alone.",
                                           methods, properties };

void lmedel_open_ledger(lua_State *L)
{
    static const luaL_Reg meta[] = { { "__gc", ledger_gc }, { NULL, NULL } };
    lua_newtable(L);
    lua_createtable(L, 0, 1);
    lmedel_set_text(L, "__mode", "v");
    lua_setmetatable(L, -2);
    lua_setfield(L, LUA_REGISTRYINDEX, "medel.ledgers");
    lmedel_new_class(L, &lmedel_ledger_class, ledger_index, meta);
    lmedel_open_entry(L);
}

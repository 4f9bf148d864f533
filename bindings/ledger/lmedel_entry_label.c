/* lmedel_entry_label.c - what a figure, voucher or row of the ledger is called. */
#include "lmedel_ledger.h"

#include <stdio.h>
#include <string.h>

#define MAX_SHOWN 400 /* bytes of a voucher's text in a label */

void lmedel_push_ledger_text(lua_State *L, const medel_ledger *l, uint32_t index,
                             bool row, medel_ledger_text field)
{
    char buf[256];
    size_t (*get)(const medel_ledger *, uint32_t, medel_ledger_text, char *, size_t) =
        row ? medel_ledger_row_text : medel_ledger_voucher_text;
    const size_t len = get(l, index, field, buf, sizeof buf);
    if (len < sizeof buf) {
        lua_pushlstring(L, buf, len);
        return;
    }
    luaL_Buffer b;
    char *p = luaL_buffinitsize(L, &b, len + 1);
    get(l, index, field, p, len + 1);
    luaL_pushresultsize(&b, len);
}

/* "A 12" */
void lmedel_push_voucher_name(lua_State *L, const medel_ledger *l, uint32_t voucher)
{
    medel_voucher v;
    const medel_series *s;
    if (!medel_ledger_voucher(l, voucher, &v)) {
        lua_pushliteral(L, "");
        return;
    }
    medel_ledger_series(l, &s);
    lmedel_push_ledger_text(L, l, voucher, false, MEDEL_TEXT_NUMBER);
    if (lua_rawlen(L, -1) == 0) {
        lua_pop(L, 1);
        lua_pushfstring(L, "%d (utan nummer)", (int)voucher + 1);
    }
    if (*s[v.series].name)
        lua_pushfstring(L, "%s %s", s[v.series].name, lua_tostring(L, -1));
    else
        lua_pushvalue(L, -1);
    lua_replace(L, -2);
}

/* As a reader writes them: "30–39, 50"; cut where they are many. */
static void push_readable(lua_State *L, const char *accounts)
{
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (const char *p = accounts; *p; p++) {
        if (*p == ',' && p - accounts > 40) {
            luaL_addstring(&b, " med flera");
            break;
        }
        if (*p == ',')
            luaL_addstring(&b, ", ");
        else if (*p == '-')
            luaL_addstring(&b, "–");
        else if (*p != '=' && *p != ' ')
            luaL_addchar(&b, *p);
    }
    luaL_pushresult(&b);
}

/* "Konto 1930 Bank", "Konto 30–39", "Alla konton" */
static void push_accounts_name(lua_State *L, const lmedel_entry *e)
{
    const char *accounts = e->filter.accounts;
    if (!accounts) {
        lua_pushliteral(L, "Alla konton");
        return;
    }
    const char *number = *accounts == '=' ? accounts + 1 : accounts;
    const uint32_t i = medel_ledger_account_find(e->ledger, number);
    const medel_account *a;
    medel_ledger_accounts(e->ledger, &a);
    if (i != MEDEL_NO_INDEX && *a[i].name)
        lua_pushfstring(L, "Konto %s %s", number, a[i].name);
    else {
        push_readable(L, accounts);
        lua_pushfstring(L, "Konto %s", lua_tostring(L, -1));
        lua_replace(L, -2);
    }
}

static void add_day(luaL_Buffer *b, const char *before, int32_t day)
{
    char text[11];
    medel_date_format(day, text);
    luaL_addstring(b, before);
    luaL_addstring(b, text);
}

/* What else than accounts a filter says. */
void lmedel_add_filter(luaL_Buffer *b, const lmedel_entry *e)
{
    const medel_ledger_filter *f = &e->filter;
    if (f->has_from)
        add_day(b, " från ", f->from);
    if (f->has_to)
        add_day(b, e->kind == LMEDEL_ENTRY_BALANCE ? " " : " till ", f->to);
    if (f->series) {
        luaL_addstring(b, ", serie ");
        luaL_addstring(b, f->series);
    }
    if (f->dimension) {
        luaL_addstring(b, ", objekt ");
        luaL_addstring(b, f->dimension);
        luaL_addstring(b, f->object ? ":" : "");
        luaL_addstring(b, f->object ? f->object : "");
    }
    if (f->text) {
        luaL_addstring(b, ", texten ");
        luaL_addstring(b, f->text);
    }
    if (f->sign) {
        luaL_addstring(b, ", signatur ");
        luaL_addstring(b, f->sign);
    }
    if (!f->absolute && f->has_low && f->low == 1)
        luaL_addstring(b, ", debet");
    else if (!f->absolute && f->has_high && f->high == -1)
        luaL_addstring(b, ", kredit");
    else if (f->has_low || f->has_high)
        luaL_addstring(b, ", efter belopp");
    if (f->kinds)
        luaL_addstring(b, ", rättelser");
}

static void push_sum_label(lua_State *L, const lmedel_entry *e)
{
    static const char *const stated[] = {
        "ingående balans", "utgående balans", "resultat", "", "", "", ""
    };
    luaL_Buffer b;
    char rows[32];
    push_accounts_name(L, e);
    const char *name = lua_tostring(L, -1);
    luaL_buffinit(L, &b);
    luaL_addstring(&b, name);
    luaL_addstring(&b, ", ");
    if (e->kind == LMEDEL_ENTRY_STATED)
        luaL_addstring(&b, stated[e->stated]);
    else
        luaL_addstring(&b, e->kind == LMEDEL_ENTRY_BALANCE ? "saldo" : "bokfört");
    if (e->kind == LMEDEL_ENTRY_STATED || !(e->filter.has_from || e->filter.has_to)) {
        const int year = lmedel_ledger_year(e->ledger);
        snprintf(rows, sizeof rows, " %d", year + e->year);
        luaL_addstring(&b, year ? rows : "");
    }
    lmedel_add_filter(&b, e);
    if (e->kind == LMEDEL_ENTRY_SUM) {
        snprintf(rows, sizeof rows, " (%llu %s)", (unsigned long long)e->rows,
                 e->rows == 1 ? "rad" : "rader");
        luaL_addstring(&b, rows);
    }
    luaL_pushresult(&b);
    lua_replace(L, -2);
}

void lmedel_push_entry_day(lua_State *L, const lmedel_entry *e)
{
    medel_voucher v;
    medel_ledger_row r;
    if (e->kind == LMEDEL_ENTRY_ROW && medel_ledger_row_get(e->ledger, e->index, &r))
        lmedel_push_day(L, r.day);
    else if (medel_ledger_voucher(e->ledger, lmedel_entry_voucher(e), &v))
        lmedel_push_day(L, v.day);
    else
        lua_pushnil(L);
}

/* The text of a row, else of its voucher. */
void lmedel_push_entry_text(lua_State *L, const lmedel_entry *e)
{
    lua_pushliteral(L, "");
    if (e->kind == LMEDEL_ENTRY_ROW) {
        lmedel_push_ledger_text(L, e->ledger, e->index, true, MEDEL_TEXT_TEXT);
        lua_replace(L, -2);
    }
    if (lua_rawlen(L, -1) == 0 && lmedel_entry_voucher(e) != MEDEL_NO_INDEX) {
        lmedel_push_ledger_text(L, e->ledger, lmedel_entry_voucher(e), false,
                                MEDEL_TEXT_TEXT);
        lua_replace(L, -2);
    }
}

/* One line, and no longer than a reader wants. */
static void push_short_text(lua_State *L, const lmedel_entry *e)
{
    char shown[MAX_SHOWN + 1];
    size_t len;
    lmedel_push_entry_text(L, e);
    const char *text = lua_tolstring(L, -1, &len);
    size_t n = len < MAX_SHOWN / 4 ? len : MAX_SHOWN / 4;
    while (n < len && n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
        n--;
    medel_text_show(text, n, shown, sizeof shown);
    lua_pushfstring(L, "%s%s", shown, n < len ? "…" : "");
    lua_replace(L, -2);
}

/* "Verifikation A 12 2023-03-04: Hyra", "Verifikation A 12, konto 5010 2023-03-04: Hyra"
 */
static void push_voucher_label(lua_State *L, const lmedel_entry *e)
{
    medel_ledger_row r;
    const medel_account *a;
    medel_ledger_accounts(e->ledger, &a);
    lmedel_push_voucher_name(L, e->ledger, lmedel_entry_voucher(e));
    lmedel_push_entry_day(L, e);
    push_short_text(L, e);
    const char *name = lua_tostring(L, -3), *day = lua_tostring(L, -2);
    const char *text = lua_tostring(L, -1), *konto = "";
    if (e->kind == LMEDEL_ENTRY_ROW && medel_ledger_row_get(e->ledger, e->index, &r))
        konto = a[r.account].number;
    lua_pushfstring(L, "Verifikation %s%s%s%s%s%s%s", name, *konto ? ", konto " : "",
                    konto, day ? " " : "", day ? day : "", *text ? ": " : "", text);
    lua_replace(L, -4);
    lua_pop(L, 2);
}

void lmedel_push_entry_label(lua_State *L, const lmedel_entry *e)
{
    if (lmedel_entry_voucher(e) != MEDEL_NO_INDEX)
        push_voucher_label(L, e);
    else
        push_sum_label(L, e);
}

void lmedel_push_entry_name(lua_State *L, const lmedel_entry *e)
{
    if (lmedel_entry_voucher(e) != MEDEL_NO_INDEX)
        lmedel_push_voucher_name(L, e->ledger, lmedel_entry_voucher(e));
    else
        lmedel_push_entry_label(L, e);
}

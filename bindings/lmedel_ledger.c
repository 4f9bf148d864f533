/*
 * lmedel_ledger.c - the class ledger: a bookkeeping that never changes.  A rule's state
 * has a box that borrows the host's ledger; nothing is copied.
 */
#include "lmedel_ledger.h"
#include "medel_import.h"

#include <stdio.h>
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

static lmedel_ledger_box *new_box(lua_State *L)
{
    lmedel_ledger_box *b = lua_newuserdatauv(L, sizeof *b, 2);
    memset(b, 0, sizeof *b);
    lmedel_set_class(L, &lmedel_ledger_class);
    return b;
}

/* An entry finds the box of its ledger here; values are weak. */
static void remember_box(lua_State *L)
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
    lmedel_ledger_box *b = new_box(L);
    b->borrowed = true;
    b->ledger = u.out;
    remember_box(L);
}

void lmedel_push_ledger_box(lua_State *L, const medel_ledger *l)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.ledgers");
    lua_rawgetp(L, -1, l);
    lua_replace(L, -2);
}

/* ---- reading ---- */

typedef struct watcher {
    lua_State *L;
    int function;
    bool failed;
} watcher;

static bool tell(void *ud, uint64_t done, uint64_t total)
{
    watcher *w = ud;
    lua_pushvalue(w->L, w->function);
    lua_pushinteger(w->L, (lua_Integer)done);
    lua_pushinteger(w->L, (lua_Integer)total);
    if (lua_pcall(w->L, 2, 0, 0) != LUA_OK) {
        w->failed = true; /* the message stays on the stack */
        return false;
    }
    return true;
}

static void read_options(lua_State *L, int arg, medel_ledger_options *o, watcher *w)
{
    static const char *const known[] = { "encoding", "mapping", "progress", "strict",
                                         NULL };
    if (lua_isnoneornil(L, arg))
        return;
    luaL_checktype(L, arg, LUA_TTABLE);
    for (lua_pushnil(L); lua_next(L, arg); lua_pop(L, 1)) {
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
        int i = 0;
        while (known[i] && strcmp(known[i], key) != 0)
            i++;
        if (!known[i])
            luaL_error(L, "unknown option '%s': encoding, mapping, progress and strict "
                          "are known",
                       key);
    }
    if (lua_getfield(L, arg, "encoding") != LUA_TNIL
        && !medel_encoding_parse(&o->encoding, luaL_checkstring(L, -1)))
        luaL_error(L, "unknown encoding '%s': cp437, cp1252, latin1, mac or utf-8",
                   lua_tostring(L, -1));
    lua_getfield(L, arg, "strict");
    o->strict = lua_toboolean(L, -1);
    if (lua_getfield(L, arg, "progress") == LUA_TFUNCTION) {
        w->L = L;
        w->function = lua_gettop(L);
        o->progress = tell;
        o->progress_ud = w;
    }
}

typedef struct whole_file {
    char *text;
    size_t len;
} whole_file;

/* After a failure: the error of the progress function, or nil and the diagnostics. */
static int failed(lua_State *L, const watcher *w, const medel_diagnostics *d)
{
    if (w->failed)
        return lua_error(L);
    return lmedel_push_failure(L, d);
}

static int text_gc(lua_State *L)
{
    whole_file *f = lua_touserdata(L, 1);
    medel_text_free(f->text, f->len, NULL, NULL);
    f->text = NULL;
    return 0;
}

static int mapping_gc(lua_State *L)
{
    medel_csv_mapping **m = lua_touserdata(L, 1);
    medel_csv_mapping_free(*m);
    *m = NULL;
    return 0;
}

#define MAX_IMPORT ((size_t)256 << 20)

/* The whole file in a box on the stack, or NULL and why. */
static const whole_file *push_file(lua_State *L, const char *path, size_t limit,
                                   medel_error *err)
{
    whole_file *f = lmedel_new_box(L, sizeof *f, "medel.whole_file", text_gc);
    return medel_file_read(&f->text, &f->len, path, limit, NULL, NULL, err) == MEDEL_OK
               ? f
               : NULL;
}

/* Does the file begin as XML of SIE 5? */
static bool is_sie5(const char *path)
{
    char head[4096];
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(head, 1, sizeof head, f) : 0;
    if (f)
        fclose(f);
    return medel_sie5_probe(head, n);
}

/* A CSV file by its mapping, or (mapping NULL) a SIE 5 file: the ledger in *out.  Pushes
   nil and why when it cannot be read. */
static int import(lua_State *L, medel_ledger **out, const char *path, const char *mapping,
                  const medel_ledger_options *options, medel_diagnostics *d)
{
    medel_error err = { MEDEL_OK, "" };
    const whole_file *file = push_file(L, path, MAX_IMPORT, &err);
    const whole_file *map = file && mapping ? push_file(L, mapping, 1 << 20, &err) : NULL;
    if (!file || (mapping && !map)) {
        lua_pushnil(L);
        lua_pushstring(L, err.message);
        return 2;
    }
    if (!mapping)
        return medel_sie5_read(out, path, file->text, file->len, options, d) == MEDEL_OK
                   ? 0
                   : lmedel_push_failure(L, d);
    medel_csv_mapping **m = lmedel_new_box(L, sizeof *m, "medel.csv_mapping", mapping_gc);
    if (medel_csv_mapping_read(m, mapping, map->text, map->len, options->alloc,
                               options->alloc_ud, d)
            != MEDEL_OK
        || medel_csv_read(out, *m, path, file->text, file->len, options, d) != MEDEL_OK)
        return lmedel_push_failure(L, d);
    return 0;
}

int lmedel_ledger_load(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    medel_ledger_options options = { 0 };
    watcher w = { 0 };
    lua_settop(L, 2);
    lmedel_ledger_box *b = new_box(L);
    medel_diagnostics *d = lmedel_new_diagnostics(L);
    options.alloc = lua_getallocf(L, &options.alloc_ud);
    read_options(L, 2, &options, &w);
    const char *mapping = NULL;
    if (lua_istable(L, 2) && lua_getfield(L, 2, "mapping") != LUA_TNIL)
        mapping = luaL_checkstring(L, -1);
    if (mapping || is_sie5(path)) {
        int failure = import(L, &b->ledger, path, mapping, &options, d);
        if (failure)
            return failure;
    } else if (medel_ledger_load(&b->ledger, path, &options, d) != MEDEL_OK)
        return failed(L, &w, d);
    lua_settop(L, 3);
    remember_box(L);
    return 1;
}

int lmedel_ledger_read(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    const char *name = luaL_optstring(L, 2, "=(text)");
    medel_ledger_options options = { 0 };
    watcher w = { 0 };
    lua_settop(L, 3);
    lmedel_ledger_box *b = new_box(L);
    medel_diagnostics *d = lmedel_new_diagnostics(L);
    options.alloc = lua_getallocf(L, &options.alloc_ud);
    read_options(L, 3, &options, &w);
    medel_status st = medel_sie5_probe(text, len)
                          ? medel_sie5_read(&b->ledger, name, text, len, &options, d)
                          : medel_ledger_read(&b->ledger, name, text, len, &options, d);
    if (st != MEDEL_OK)
        return failed(L, &w, d);
    lua_settop(L, 4);
    remember_box(L);
    return 1;
}

/* ---- what the file says of itself ---- */

static bool push_head_text(lua_State *L, const medel_ledger_head *h, const char *key)
{
    const struct {
        const char *key, *value;
    } texts[] = {
        { "fil", h->name },         { "foretag", h->fnamn },
        { "orgnr", h->orgnr },      { "typ", h->type },
        { "program", h->program },  { "programversion", h->version },
        { "kontoplan", h->kptyp },  { "valuta", h->valuta },
        { "format", h->format },    { "teckenkodning", medel_encoding_name(h->encoding) },
        { "prosa", h->prosa },      { "skapad_av", h->gen_sign },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(texts[i].key, key) == 0) {
            lua_pushstring(L, texts[i].value);
            return true;
        }
    }
    return false;
}

static int year_number(const medel_ledger *l)
{
    char text[11];
    const medel_ledger_year *y = medel_ledger_year_of(l, 0);
    if (!y || y->end == MEDEL_NO_DAY)
        return 0;
    medel_date_format(y->end, text);
    return atoi(text);
}

int lmedel_ledger_year(const medel_ledger *l)
{
    return year_number(l);
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
        { "konton", (lua_Integer)medel_ledger_accounts(l, &(const medel_account *){ 0 }) },
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
        lua_pushinteger(L, year_number(l));
        return 1;
    }
    if (strcmp(key, "kontrollsumma") == 0) {
        lua_pushstring(L, h->ksumma_markers < 2                         ? NULL
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
        lua_pushstring(L, medel_severity_name(d[i].severity));
        lua_setfield(L, -2, "severity");
        lua_pushstring(L, d[i].code);
        lua_setfield(L, -2, "code");
        lua_pushstring(L, d[i].label);
        lua_setfield(L, -2, "label");
        lua_pushinteger(L, d[i].line);
        lua_setfield(L, -2, "line");
        lua_pushinteger(L, d[i].field);
        lua_setfield(L, -2, "field");
        lua_pushinteger(L, (lua_Integer)d[i].count);
        lua_setfield(L, -2, "count");
        lua_pushstring(L, d[i].text);
        lua_setfield(L, -2, "text");
        lua_pushstring(L, d[i].message);
        lua_setfield(L, -2, "message");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* ---- sums ---- */

static int sum(lua_State *L)
{
    medel_error err;
    medel_ledger_sum total;
    lmedel_entry e = { .ledger = lmedel_check_ledger(L, 1), .kind = LMEDEL_ENTRY_SUM };
    lmedel_check_filter(L, 2, &e.filter);
    if (medel_ledger_sum_of(&total, e.ledger, &e.filter, &err) != MEDEL_OK)
        return luaL_error(L, "%s", err.message);
    e.amount = total.net;
    e.rows = total.rows;
    lmedel_push_entry_quantity(L, &e);
    return 1;
}

static int count(lua_State *L)
{
    medel_error err;
    medel_ledger_sum total;
    medel_ledger_filter f;
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    lmedel_check_filter(L, 2, &f);
    if (medel_ledger_sum_of(&total, l, &f, &err) != MEDEL_OK)
        return luaL_error(L, "%s", err.message);
    lua_pushinteger(L, (lua_Integer)total.rows);
    return 1;
}

static int check_year(lua_State *L, int arg)
{
    const lua_Integer year = luaL_optinteger(L, arg, 0);
    luaL_argcheck(L, year <= 0 && year >= -99, arg, "0 is the year of the file, -1 the one "
                                                    "before");
    return (int)year;
}

/* The sum of what is stated for the accounts; false if nothing is. */
static bool stated_sum(lua_State *L, const medel_ledger *l, const char *accounts,
                       medel_balance_kind kind, int year, int64_t *out)
{
    const medel_account *a;
    const size_t n = medel_ledger_accounts(l, &a);
    bool any = false;
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t amount;
        if (!medel_ledger_account_in(accounts, a[i].number)
            || !medel_ledger_stated(l, kind, year, (uint32_t)i, 0, &amount))
            continue;
        any = true;
        if (__builtin_add_overflow(*out, amount, out))
            lmedel_raise(L, MEDEL_E_OVERFLOW, "balances");
    }
    return any;
}

static int stated(lua_State *L, medel_balance_kind kind)
{
    lmedel_entry e = { .ledger = lmedel_check_ledger(L, 1), .kind = LMEDEL_ENTRY_STATED,
                       .stated = kind, .year = check_year(L, 3) };
    e.filter.accounts = lmedel_check_accounts(L, 2);
    if (!stated_sum(L, e.ledger, e.filter.accounts, kind, e.year, &e.amount))
        return 0;
    lmedel_push_entry_quantity(L, &e);
    return 1;
}

static int ib(lua_State *L)
{
    return stated(L, MEDEL_BALANCE_IB);
}

static int ub(lua_State *L)
{
    return stated(L, MEDEL_BALANCE_UB);
}

static int res(lua_State *L)
{
    return stated(L, MEDEL_BALANCE_RES);
}

static int booked(lua_State *L)
{
    const medel_ledger *l = lmedel_check_ledger(L, 1);
    lua_settop(L, 2);
    return medel_ledger_columns_of(l)->nrows ? sum(L) : res(L);
}

static int balance(lua_State *L)
{
    medel_error err;
    medel_ledger_sum total;
    lmedel_entry e = { .ledger = lmedel_check_ledger(L, 1), .kind = LMEDEL_ENTRY_BALANCE };
    lua_settop(L, 3);
    e.filter.has_to = !lua_isnil(L, 3);
    e.filter.to = e.filter.has_to ? lmedel_check_day(L, 3) : 0;
    e.filter.accounts = lmedel_check_accounts(L, 2);
    if (medel_ledger_columns_of(e.ledger)->nrows == 0 && !e.filter.has_to)
        return ub(L);
    if (medel_ledger_sum_of(&total, e.ledger, &e.filter, &err) != MEDEL_OK)
        return luaL_error(L, "%s", err.message);
    stated_sum(L, e.ledger, e.filter.accounts, MEDEL_BALANCE_IB, 0, &e.amount);
    e.rows = total.rows;
    if (__builtin_add_overflow(e.amount, total.net, &e.amount))
        return lmedel_raise(L, MEDEL_E_OVERFLOW, "balance");
    lmedel_push_entry_quantity(L, &e);
    return 1;
}

/* ---- grouped sums ---- */

static void one_key(lua_State *L, const char *word, medel_ledger_grouping *g, int i)
{
    const char *colon = strchr(word, ':');
    const size_t len = colon ? (size_t)(colon - word) : strlen(word);
    static const struct {
        const char *word;
        medel_ledger_key key;
    } keys[] = { { "account", MEDEL_KEY_ACCOUNT }, { "month", MEDEL_KEY_MONTH },
                 { "series", MEDEL_KEY_SERIES },   { "object", MEDEL_KEY_OBJECT },
                 { "sign", MEDEL_KEY_SIGN } };
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        if (strlen(keys[k].word) == len && memcmp(keys[k].word, word, len) == 0)
            g->by[i] = keys[k].key;
    }
    const bool account = g->by[i] == MEDEL_KEY_ACCOUNT, object = g->by[i] == MEDEL_KEY_OBJECT;
    if (g->by[i] == MEDEL_KEY_NONE || (object && !colon) || (colon && !account && !object))
        luaL_error(L, "sums: group by account, account:2 (digits), month, series, "
                      "object:1 (dimension) or sign, not '%s'",
                   word);
    if (account && colon && colon[1] >= '1' && colon[1] <= '9' && !colon[2])
        g->digits = (unsigned)(colon[1] - '0');
    else if (account && colon)
        luaL_error(L, "sums: account:1 to account:9");
    if (object)
        g->dimension = colon + 1;
}

typedef struct groups_box {
    medel_ledger_groups *groups;
} groups_box;

static int groups_gc(lua_State *L)
{
    groups_box *b = lua_touserdata(L, 1);
    medel_ledger_groups_free(b->groups);
    b->groups = NULL;
    return 0;
}

/* "202303" is the month "2023-03". */
static const char *key_text(const medel_ledger_group *g, const medel_ledger_grouping *by,
                            int i, char buf[16])
{
    const char *label = g->label[i];
    if (by->by[i] != MEDEL_KEY_MONTH || strlen(label) != 6)
        return label;
    snprintf(buf, 16, "%.4s-%.2s", label, label + 4);
    return buf;
}

/* Narrow the filter of a group's entry to its key; false if that cannot be said. */
static bool narrow(medel_ledger_filter *f, const medel_ledger_group *g,
                   const medel_ledger_grouping *by, int i, char buf[80])
{
    switch (by->by[i]) {
    case MEDEL_KEY_ACCOUNT:
        if (by->digits && f->accounts)
            return false;
        snprintf(buf, 80, "%s%s", by->digits ? "" : "=", g->label[i]);
        f->accounts = buf;
        return true;
    case MEDEL_KEY_SERIES:
        f->series = g->label[i];
        return true;
    case MEDEL_KEY_SIGN:
        f->sign = g->label[i];
        return *g->label[i] != '\0';
    case MEDEL_KEY_OBJECT:
        f->dimension = by->dimension;
        f->object = g->label[i];
        return *g->label[i] != '\0';
    case MEDEL_KEY_MONTH: break;
    case MEDEL_KEY_NONE: return true;
    }
    int32_t first, last;
    char day[11];
    if (strlen(g->label[i]) != 6)
        return false;
    snprintf(day, sizeof day, "%.4s-%.2s-01", g->label[i], g->label[i] + 4);
    if (!medel_date_parse(&first, day, 10))
        return false;
    for (last = first + 27;; last++) {
        char next[11];
        medel_date_format(last + 1, next);
        if (memcmp(next, day, 7) != 0)
            break;
    }
    if (!f->has_from || f->from < first)
        f->from = first;
    if (!f->has_to || f->to > last)
        f->to = last;
    f->has_from = f->has_to = true;
    return true;
}

static void push_group(lua_State *L, const lmedel_entry *of, const medel_ledger_group *g,
                       const medel_ledger_grouping *by)
{
    char buf[16], keys[2][80];
    lmedel_entry e = *of;
    e.amount = g->sum.net;
    e.rows = g->sum.rows;
    lua_createtable(L, 0, 7);
    lua_pushstring(L, key_text(g, by, 0, buf));
    lua_setfield(L, -2, "key");
    if (by->by[1] != MEDEL_KEY_NONE) {
        lua_pushstring(L, key_text(g, by, 1, buf));
        lua_setfield(L, -2, "key2");
    }
    if (!narrow(&e.filter, g, by, 0, keys[0]) || !narrow(&e.filter, g, by, 1, keys[1]))
        e.filter = of->filter;
    lmedel_push_entry_quantity(L, &e);
    lua_setfield(L, -2, "sum");
    lua_pushinteger(L, (lua_Integer)g->sum.rows);
    lua_setfield(L, -2, "count");
    lua_pushinteger(L, (lua_Integer)g->vouchers);
    lua_setfield(L, -2, "vouchers");
    lua_pushinteger(L, (lua_Integer)g->sum.debit);
    lua_setfield(L, -2, "debet");
    lua_pushinteger(L, (lua_Integer)g->sum.credit);
    lua_setfield(L, -2, "kredit");
}

/* Pushes the box, then a list of the groups. */
static size_t push_groups(lua_State *L, const lmedel_entry *e,
                          const medel_ledger_grouping *by)
{
    void *ud;
    medel_error err;
    const medel_ledger_group *g;
    medel_alloc_fn alloc = lua_getallocf(L, &ud);
    groups_box *b = lmedel_new_box(L, sizeof *b, "medel.ledger_groups", groups_gc);
    if (medel_ledger_groups_new(&b->groups, e->ledger, &e->filter, by, alloc, ud, &err)
        != MEDEL_OK)
        luaL_error(L, "%s", err.message);
    const size_t n = medel_ledger_groups_get(b->groups, &g);
    lua_createtable(L, n < 1000 ? (int)n : 1000, 0);
    for (size_t i = 0; i < n; i++) {
        push_group(L, e, &g[i], by);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return n;
}

static int sums(lua_State *L)
{
    medel_ledger_grouping by = { .by = { MEDEL_KEY_NONE, MEDEL_KEY_NONE } };
    lmedel_entry e = { .ledger = lmedel_check_ledger(L, 1), .kind = LMEDEL_ENTRY_SUM };
    lua_settop(L, 3);
    if (lua_istable(L, 2)) {
        luaL_argcheck(L, lua_rawlen(L, 2) == 2, 2, "one or two keys");
        lua_rawgeti(L, 2, 1);
        lua_rawgeti(L, 2, 2);
        one_key(L, luaL_checkstring(L, -2), &by, 0);
        one_key(L, luaL_checkstring(L, -1), &by, 1);
    } else {
        one_key(L, luaL_checkstring(L, 2), &by, 0);
    }
    lmedel_check_filter(L, 3, &e.filter);
    push_groups(L, &e, &by);
    return 1;
}

/* Every month of the year of the file, with those without rows. */
static int months(lua_State *L)
{
    const medel_ledger_grouping by = { .by = { MEDEL_KEY_MONTH, MEDEL_KEY_NONE } };
    lmedel_entry e = { .ledger = lmedel_check_ledger(L, 1), .kind = LMEDEL_ENTRY_SUM };
    const medel_ledger_year *y = medel_ledger_year_of(e.ledger, 0);
    char text[11], last[8] = "";
    lua_Integer n = 0;
    lmedel_check_filter(L, 2, &e.filter);
    const size_t found = push_groups(L, &e, &by);
    const int groups = lua_gettop(L);
    if (!y || y->start == MEDEL_NO_DAY || y->end == MEDEL_NO_DAY)
        return 1;
    lua_newtable(L);
    for (int32_t day = y->start; day <= y->end; day++) {
        medel_date_format(day, text);
        if (memcmp(text, last, 7) == 0)
            continue;
        memcpy(last, text, 7);
        medel_ledger_group empty = { .label = { "", "" } };
        bool there = false;
        for (size_t i = 1; i <= found && !there; i++) {
            lua_rawgeti(L, groups, (lua_Integer)i);
            lua_getfield(L, -1, "key");
            there = strcmp(lua_tostring(L, -1), last) == 0;
            lua_pop(L, there ? 1 : 2);
        }
        if (!there) {
            char month[7];
            snprintf(month, sizeof month, "%.4s%.2s", last, last + 5);
            empty.label[0] = month;
            push_group(L, &e, &empty, &by);
        }
        lua_rawseti(L, -2, ++n);
    }
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
        v = medel_ledger_voucher_find(l, luaL_checkstring(L, 2), luaL_checkstring(L, 3), 0);
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

static const lmedel_function methods[] = {
    { "account_name", account_name, "(self: ledger, account: string): string|nil",
      "The name of an account; nil when it is not declared." },
    { "accounts", lmedel_ledger_accounts,
      "(self: ledger, accounts?: string): fun(): string, string, boolean, string|nil, "
      "boolean",
      "`for konto, namn, deklarerat, typ, resultat in bok:accounts \"3\" do`: the accounts "
      "by number; typ is T, S, I or K where the file says, resultat whether it is of the "
      "resultaträkning." },
    { "balance", balance, "(self: ledger, accounts: string, day?: integer|string): quantity",
      "Opening balance and rows to the end of the day, or of the file." },
    { "balances", lmedel_ledger_balances,
      "(self: ledger, year?: integer): fun(): string, integer|nil, integer|nil, "
      "integer|nil, integer|nil",
      "`for konto, ib, summa, ub, res in bok:balances() do`: each account with what the "
      "file states for the year (0, -1, ...) and, for year 0, the sum of its rows; whole "
      "öre, nil where nothing is stated." },
    { "count", count, "(self: ledger, filter?: table|string): integer",
      "How many rows the filter lets through." },
    { "deviations", deviations, "(self: ledger): table[]",
      "What in the file is not as the format says: { severity (`note`, `warning`, "
      "`error`), code, label, line, field, count, text (Swedish), message }." },
    { "duplicates", lmedel_ledger_duplicates, "(self: ledger, series: string): integer[]",
      "The vouchers whose number is used more than once in the series, by number." },
    { "gaps", lmedel_ledger_gaps, "(self: ledger, series: string): table[]",
      "The numbers that the series lacks: { fran, till, efter (the voucher before) }." },
    { "ib", ib, "(self: ledger, accounts: string, year?: integer): quantity|nil",
      "The stated opening balance of the accounts together; nil if none is stated." },
    { "months", months, "(self: ledger, filter?: table|string): table[]",
      "As sums by month, with every month of the year." },
    { "objects", lmedel_ledger_objects,
      "(self: ledger): fun(): string, string, string, boolean, string",
      "`for dimension, objekt, namn, deklarerat, dimensionsnamn in bok:objects() do`" },
    { "period_balances", lmedel_ledger_periods,
      "(self: ledger, kind?: string): fun(): integer, string, string, string|nil, integer",
      "`for ar, period, konto, objekt, belopp in bok:period_balances() do`: what the file "
      "states for months (`psaldo`, or `pbudget`); belopp in öre, objekt \"1:10\" or nil." },
    { "result", booked, "(self: ledger, accounts: string): quantity|nil",
      "What the rows of the accounts come to; in a file without vouchers, what it states "
      "as their result." },
    { "res", res, "(self: ledger, accounts: string, year?: integer): quantity|nil",
      "The stated result of the accounts together; nil if none is stated." },
    { "row", row, "(self: ledger, row: integer): entry", "A row as an object." },
    { "rows", lmedel_ledger_rows,
      "(self: ledger, filter?: table|string): fun(): integer, string, integer, integer, "
      "integer",
      "`for rad, konto, belopp, dag, ver in bok:rows { account = \"30..39\" } do`: no "
      "table and no object is made for a row. belopp is in öre, debit positive; dag a day "
      "number (date(dag) is its text, nil if there is none); row(rad) and voucher(ver) "
      "make objects. A filter is a text of accounts or a table of account (`\"30\"` all "
      "that begin so, `\"3000..3999\"`, `\"=1930\"` that one, commas between), period "
      "(`\"2023\"`, `\"2023-03\"`, `\"2023-01..2023-03-15\"`), series, object "
      "(`\"1:10\"`, `\"1\"` any of the dimension, { dimension, object }), amount ({ min, "
      "max }, without sign), side (`debet`, `kredit`), text (a part of it, in any case), "
      "sign, kind (`struken`, `tillagd`: the rows of corrections)." },
    { "series", lmedel_ledger_series,
      "(self: ledger): fun(): string, integer, integer|nil, integer|nil, integer|nil, "
      "integer|nil",
      "`for serie, antal, forsta, sista, saknas, dubbla in bok:series() do`: how many "
      "vouchers, the lowest and highest number, how many numbers are missing between "
      "them, how many vouchers repeat one; nil where no number is a number." },
    { "sum", sum, "(self: ledger, filter?: table|string): quantity",
      "The sum of the rows that the filter lets through (see rows)." },
    { "sums", sums, "(self: ledger, by: string|string[], filter?: table|string): table[]",
      "Sums by `account`, `account:2` (first digits), `month`, `series`, `object:1` (of a "
      "dimension) or `sign`, or two of them: { key, key2, sum, count (rows), vouchers, "
      "debet, kredit (öre) }, in the order of the keys." },
    { "text", row_text, "(self: ledger, row: integer): string",
      "The text of a row, or else of its voucher." },
    { "ub", ub, "(self: ledger, accounts: string, year?: integer): quantity|nil",
      "The stated closing balance of the accounts together; nil if none is stated." },
    { "voucher", voucher, "(self: ledger, voucher: integer|string, number?: string): entry|nil",
      "A voucher by its place in the file, or by series and number; nil if there is none." },
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
    { "konton", "integer", "How many accounts." },
    { "kontoplan", "string|nil", "What #KPTYP says." },
    { "kontrollsumma", "string|nil", "`stämmer` or `stämmer inte`; nil without one." },
    { "omfattning", "string|nil", "The day to which the file says it reaches." },
    { "orgnr", "string|nil", "Organisationsnummer." },
    { "program", "string|nil", "The program that wrote the file." },
    { "programversion", "string|nil", "Its version." },
    { "prosa", "string|nil", "What the file says of itself in #PROSA." },
    { "rader", "integer", "How many rows (#TRANS)." },
    { "rakenskapsar", "integer", "The financial year, 0 when the file does not say." },
    { "rattelser", "integer", "How many rows of corrections (#BTRANS, #RTRANS)." },
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

const lmedel_class lmedel_ledger_class = {
    LMEDEL_LEDGER,
    "The bookkeeping of a year, read from a SIE file. It does not change. Amounts are debit "
    "positive; sums are of #TRANS alone.",
    methods, properties
};

void lmedel_open_ledger(lua_State *L)
{
    static const luaL_Reg meta[] = { { "__gc", ledger_gc }, { NULL, NULL } };
    lua_newtable(L);
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "v");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_setfield(L, LUA_REGISTRYINDEX, "medel.ledgers");
    lmedel_new_class(L, &lmedel_ledger_class, ledger_index, meta);
    lmedel_open_entry(L);
}

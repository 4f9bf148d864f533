/*
 * lmedel_language.c - what rules are written with: rule, finding, not_applicable and
 * a few helpers.
 */
#include "lmedel.h"

#include <string.h>

#define MAX_TEXT 4096
#define MAX_NAME 256
#define MAX_NEEDS 200
#define MAX_VALUES 100

/* ---- rule { ... } ---- */

static const char *const rule_keys[] = { "id",       "title", "ground",         "level",
                                         "needs",    "check", "recommendation", "limits",
                                         "status",   "group", "from",           "to",
                                         "document", "asks",  "asks_on",        "why",
                                         NULL };

/* What reports print as it is: a rule must not be able to forge a line of them. */
static bool is_plain_to(lua_State *L, int at, size_t most)
{
    size_t len;
    if (lua_type(L, at) != LUA_TSTRING)
        return false;
    const char *text = lua_tolstring(L, at, &len);
    return len <= most && medel_text_plain(text, len);
}

static bool is_plain(lua_State *L, int at)
{
    return is_plain_to(L, at, MAX_TEXT);
}

static void check_rule_text(lua_State *L, const char *key, bool required)
{
    int type = lua_getfield(L, 1, key);
    if (type != LUA_TSTRING && (required || type != LUA_TNIL))
        luaL_error(L, "rule: '%s' must be a text", key);
    if (type == LUA_TSTRING && !is_plain(L, -1))
        luaL_error(L, "rule: '%s' must be one line of UTF-8, at most %d bytes", key,
                   MAX_TEXT);
    lua_pop(L, 1);
}

static void check_rule_id(lua_State *L)
{
    lua_getfield(L, 1, "id");
    const char *id = lua_tostring(L, -1);
    const size_t len = lua_rawlen(L, -1);
    if (len == 0 || len > 40
        || strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                      "0123456789-_.")
               != len)
        luaL_error(L, "rule: 'id' must be letters, digits and dashes, as EKA-01");
    lua_pop(L, 1);
}

static void check_rule_needs(lua_State *L)
{
    int type = lua_getfield(L, 1, "needs");
    if (type != LUA_TTABLE && type != LUA_TNIL)
        luaL_error(L, "rule: 'needs' must be a list of names");
    const lua_Integer n = type == LUA_TTABLE ? (lua_Integer)lua_rawlen(L, 2) : 0;
    if (n > MAX_NEEDS)
        luaL_error(L, "rule: more than %d 'needs'", MAX_NEEDS);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, 2, i);
        if (!is_plain_to(L, -1, MAX_NAME))
            luaL_error(L, "rule: 'needs' must be a list of names, at most %d bytes each",
                       MAX_NAME);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void check_rule_keys(lua_State *L)
{
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "rule: only named fields are accepted");
        const char *key = lua_tostring(L, -2);
        int i = 0;
        while (rule_keys[i] && strcmp(rule_keys[i], key) != 0)
            i++;
        if (!rule_keys[i])
            luaL_error(L,
                       "rule: unknown field '%s'; id, title, ground, level, needs, "
                       "check, recommendation, limits, status, group, from, to, "
                       "document, asks, asks_on and why are known",
                       key);
    }
}

/* The first and last day on which the ground is in force. */
static void check_rule_days(lua_State *L)
{
    static const char *const keys[] = { "from", "to" };
    for (int i = 0; i < 2; i++) {
        int32_t days;
        if (lua_getfield(L, 1, keys[i]) == LUA_TSTRING
            && !medel_date_parse(&days, lua_tostring(L, -1), lua_rawlen(L, -1)))
            luaL_error(L, "rule: '%s' must be a day that exists, as 2019-01-01", keys[i]);
        lua_pop(L, 1);
    }
}

/* The kind of document that the rule is for. */
static void check_rule_document(lua_State *L)
{
    if (lua_getfield(L, 1, "document") == LUA_TSTRING
        && strcmp(lua_tostring(L, -1), "arsredovisning") != 0
        && strcmp(lua_tostring(L, -1), "delarsrapport") != 0
        && strcmp(lua_tostring(L, -1), "alla") != 0)
        luaL_error(L,
                   "rule: document must be arsredovisning, delarsrapport or alla, "
                   "not '%s'",
                   lua_tostring(L, -1));
    lua_pop(L, 1);
}

/* Where it has nothing to go by it asks always, or only of what it found. */
static void check_rule_asks(lua_State *L)
{
    if (lua_getfield(L, 1, "asks_on") == LUA_TSTRING
        && strcmp(lua_tostring(L, -1), "finding") != 0)
        luaL_error(L, "rule: asks_on must be finding, not '%s'", lua_tostring(L, -1));
    lua_pop(L, 1);
}

int lmedel_rule(lua_State *L)
{
    static const char *const required[] = { "id", "title", "ground", "level", NULL };
    static const char *const optional[] = {
        "recommendation", "limits", "status",  "group", "from", "to",
        "document",       "asks",   "asks_on", "why",   NULL
    };
    medel_level level;
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (lmedel_state_of(L)->known)
        return 1;
    check_rule_keys(L);
    for (int i = 0; required[i]; i++)
        check_rule_text(L, required[i], true);
    for (int i = 0; optional[i]; i++)
        check_rule_text(L, optional[i], false);
    check_rule_id(L);
    lua_getfield(L, 1, "level");
    if (!medel_level_parse(&level, lua_tostring(L, -1)))
        return luaL_error(L,
                          "rule: level must be error, deviation, recommendation or "
                          "note, not '%s'",
                          lua_tostring(L, -1));
    if (lua_getfield(L, 1, "check") != LUA_TFUNCTION)
        return luaL_error(L, "rule: 'check' must be function(ar, p)");
    lua_Debug d;
    lua_getinfo(L, ">u", &d);
    if (d.nparams > 2)
        return luaL_error(L, "rule: 'check' is function(ar, p): what the report is held "
                             "against is ar.huvudbok, ar.avstamning, ar.forra, ar.urval "
                             "and ar.sektor");
    lua_settop(L, 1);
    check_rule_needs(L);
    check_rule_days(L);
    check_rule_document(L);
    check_rule_asks(L);
    lmedel_state_of(L)->rule_made = true;
    return 1;
}

/* ---- finding and not_applicable ---- */

static void check_values(lua_State *L, int values)
{
    int n = 0;
    if (lua_isnoneornil(L, values))
        return;
    luaL_checktype(L, values, LUA_TTABLE);
    for (lua_pushnil(L); lua_next(L, values); lua_pop(L, 1)) {
        if (!is_plain_to(L, -2, MAX_NAME))
            luaL_error(L, "finding: the values need names of one line, at most %d bytes",
                       MAX_NAME);
        if (++n > MAX_VALUES)
            luaL_error(L, "finding: more than %d values", MAX_VALUES);
    }
}

/* Copy the options to the finding at 'to'. */
static void copy_options(lua_State *L, int options, int to)
{
    if (lua_isnoneornil(L, options))
        return;
    luaL_checktype(L, options, LUA_TTABLE);
    for (lua_pushnil(L); lua_next(L, options); lua_pop(L, 1)) {
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
        if (strcmp(key, "at") != 0 && strcmp(key, "level") != 0
            && strcmp(key, "recommendation") != 0 && strcmp(key, "evidence") != 0
            && strcmp(key, "causes") != 0 && strcmp(key, "silence") != 0)
            luaL_error(L,
                       "finding: unknown option '%s'; level, at, evidence, causes, "
                       "silence and recommendation are known",
                       key);
        if (strcmp(key, "evidence") == 0 || strcmp(key, "causes") == 0)
            luaL_checktype(L, -1, LUA_TTABLE);
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, to);
    }
}

/* The names of its values, which a rule can change after the finding was made. */
static const char *bad_values(lua_State *L, int at)
{
    const int top = lua_gettop(L);
    const char *bad = NULL;
    int n = 0;
    if (lua_getfield(L, at, "values") == LUA_TTABLE) {
        for (lua_pushnil(L); !bad && lua_next(L, -2); lua_pop(L, 1)) {
            if (lua_type(L, -2) == LUA_TSTRING && !is_plain_to(L, -2, MAX_NAME))
                bad = "the names of its values must be one line of UTF-8, at most 256 "
                      "bytes";
            else if (++n > MAX_VALUES)
                bad = "it has more than 100 values";
        }
    }
    lua_settop(L, top);
    return bad;
}

/* So many of them are read. */
static const char *bad_causes(lua_State *L, int at)
{
    const int top = lua_gettop(L);
    bool bad = false;
    if (lua_getfield(L, at, "causes") == LUA_TTABLE) {
        for (lua_Integer i = 1; !bad && i <= LMEDEL_MAX_CAUSES; i++) {
            const int type = lua_rawgeti(L, top + 1, i);
            bad = type != LUA_TNIL && !is_plain_to(L, -1, MAX_NAME);
            lua_settop(L, top + 1);
            if (type == LUA_TNIL)
                break;
        }
    }
    lua_settop(L, top);
    return bad ? "its causes must be names of one line of UTF-8, at most 256 bytes"
               : NULL;
}

#define MAX_LINE 100000000

static bool is_no_line(lua_State *L, int at, const char *key)
{
    const bool number = lua_getfield(L, at, key) == LUA_TNUMBER;
    const lua_Integer n = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return number && (n < 1 || n > MAX_LINE);
}

/* `at` may be a column of a table, or what says that it is one. */
static const char *bad_place(lua_State *L, int at)
{
    const int top = lua_gettop(L);
    bool bad = false;
    const int type = lua_getfield(L, at, "at");
    if (type == LUA_TSTRING)
        bad = !is_plain_to(L, -1, MAX_NAME);
    else if (type == LUA_TTABLE)
        bad = is_no_line(L, top + 1, "line") || is_no_line(L, top + 1, "col")
              || (lua_getfield(L, top + 1, "table") != LUA_TNIL
                  && !is_plain_to(L, -1, MAX_NAME));
    lua_settop(L, top);
    return bad ? "its `at` must be a quantity, fact, row, table, column or record, or "
                 "the "
                 "path of a field"
               : NULL;
}

const char *lmedel_bad_finding(lua_State *L, int at)
{
    static const char *const texts[] = { "reason", "recommendation" };
    medel_level level;
    const char *bad = NULL;
    int top = lua_gettop(L);
    for (size_t i = 0; i < 2; i++) {
        if (lua_getfield(L, at, texts[i]) != LUA_TNIL && !is_plain(L, -1))
            bad = i ? "its recommendation must be one line of UTF-8 without control "
                      "characters"
                    : "its reason must be one line of UTF-8 without control characters";
    }
    if (lua_getfield(L, at, "level") != LUA_TNIL
        && (lua_type(L, -1) != LUA_TSTRING
            || !medel_level_parse(&level, lua_tostring(L, -1))))
        bad = "its level must be error, deviation, recommendation or note";
    if (lua_getfield(L, at, "reason") == LUA_TNIL) {
        lua_getfield(L, at, "message");
        if (!is_plain(L, -1))
            bad = "its message must be one line of UTF-8 without control characters, at "
                  "most 4096 bytes";
    }
    lua_settop(L, top);
    if (!bad)
        bad = bad_values(L, at);
    if (!bad)
        bad = bad_causes(L, at);
    return bad ? bad : bad_place(L, at);
}

static int made(lua_State *L, const char *what)
{
    const char *bad = lmedel_bad_finding(L, lua_gettop(L));
    if (bad)
        return luaL_error(L, "%s: %s", what, bad);
    luaL_setmetatable(L, LMEDEL_FINDING);
    return 1;
}

static int finding(lua_State *L)
{
    size_t len;
    const char *message = luaL_checklstring(L, 1, &len);
    lua_settop(L, 3);
    check_values(L, 2);
    lua_createtable(L, 0, 4);
    copy_options(L, 3, 4);
    lmedel_push_message(L, message, len, 2);
    lua_setfield(L, 4, "message");
    lua_pushvalue(L, 2);
    lua_setfield(L, 4, "values");
    lmedel_state_of(L)->made++;
    return made(L, "finding");
}

static int not_applicable(lua_State *L)
{
    luaL_checkstring(L, 1);
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, 1);
    lua_setfield(L, -2, "reason");
    return made(L, "not_applicable");
}

/* ---- helpers ---- */

static int extreme(lua_State *L, int sign)
{
    int best = 1;
    lmedel_check_quantity(L, 1);
    for (int i = 2; i <= lua_gettop(L); i++) {
        int order;
        if (medel_quantity_compare(&order, &lmedel_check_quantity(L, i)->quantity,
                                   &lmedel_check_quantity(L, best)->quantity)
            != MEDEL_OK)
            return luaL_error(L, "units do not fit");
        if (order * sign > 0)
            best = i;
    }
    lua_pushvalue(L, best);
    return 1;
}

static int largest(lua_State *L)
{
    return extreme(L, 1);
}

static int smallest(lua_State *L)
{
    return extreme(L, -1);
}

#define MAX_WORD 256

/* Knuth, Morris and Pratt's, since no text may make a rule run for long in one call. */
static bool occurs(const unsigned char *s, size_t ns, const unsigned char *w, size_t nw)
{
    unsigned char word[MAX_WORD];
    size_t back[MAX_WORD], from = 0;
    for (size_t i = 0; i < nw && i < 2; i++)
        word[i] = lmedel_folded(w, i);
    if (nw > ns)
        return false;
    /* Most texts have no two letters that the word begins with. */
    while (from + nw <= ns
           && (lmedel_folded(s, from) != word[0]
               || (nw > 1 && lmedel_folded(s, from + 1) != word[1])))
        from++;
    if (from + nw > ns)
        return false;
    for (size_t i = 2; i < nw; i++)
        word[i] = lmedel_folded(w, i);
    back[0] = 0;
    for (size_t i = 1, k = 0; i < nw; i++) {
        while (k && word[i] != word[k])
            k = back[k - 1];
        k += word[i] == word[k];
        back[i] = k;
    }
    for (size_t i = from, k = 0; i < ns; i++) {
        const unsigned char c = lmedel_folded(s, i);
        while (k && c != word[k])
            k = back[k - 1];
        k += c == word[k];
        if (k == nw)
            return true;
    }
    return false;
}

static int contains(lua_State *L)
{
    size_t ns, nw;
    const unsigned char *s = (const unsigned char *)luaL_optlstring(L, 1, "", &ns);
    const unsigned char *w = (const unsigned char *)luaL_checklstring(L, 2, &nw);
    luaL_argcheck(L, nw > 0 && nw <= MAX_WORD, 2, "a word of 1 to 256 bytes");
    lua_pushboolean(L, occurs(s, ns, w, nw));
    return 1;
}

static int words(lua_State *L)
{
    size_t len, at = 0;
    const char *s = luaL_checklstring(L, 1, &len);
    lua_settop(L, 1);
    lua_newtable(L);
    for (lua_Integer count = 0; lmedel_push_word(L, s, len, &at);) {
        lua_rawseti(L, 2, ++count);
        if (count % 1024 == 0)
            lmedel_guard_check(L);
    }
    return 1;
}

static int distance(lua_State *L)
{
    const char *a = luaL_checkstring(L, 1), *b = luaL_checkstring(L, 2);
    lua_Integer limit = luaL_optinteger(L, 3, 3);
    luaL_argcheck(L, limit >= 0 && limit <= 63, 3, "0 to 63");
    lua_pushinteger(L, medel_edit_distance(a, b, (unsigned)limit));
    return 1;
}

static int or_zero(lua_State *L)
{
    if (lmedel_unasked(L, 1)) {
        lua_settop(L, 1);
        return 1;
    }
    if (!lua_isnoneornil(L, 1))
        lmedel_check_quantity(L, 1);
    medel_node *n = lmedel_new_quantity(L, 0);
    if (medel_quantity_make(&n->quantity, 0, 1, MEDEL_UNIT_KR) != MEDEL_OK)
        return luaL_error(L, "zero");
    return 1;
}

const lmedel_function lmedel_language_functions[] = {
    { "contains", contains, "(text: string|nil, word: string): boolean",
      "Does the text contain the word? Upper and lower case are the same; nil contains "
      "nothing." },
    { "counted", lmedel_counted, "(n: integer, one: string, many: string): string",
      "A count with its word: \"1 rad\", \"1 318 rader\"." },
    { "distance", distance, "(a: string, b: string, limit?: integer): integer",
      "How many letters were added, lost, changed or swapped between two words; limit + "
      "1 "
      "when more than limit (usually 3). A letter beyond ASCII counts as up to two." },
    { "each", lmedel_each, "(list: list|table|nil): fun(): any",
      "Iterate over a list of records or a Lua list; nil is an empty list." },
    { "finding", finding,
      "(message: string, values?: table, options?: { level?: string, at?: any, "
      "recommendation?: string, evidence?: any[], causes?: string[], silence?: boolean "
      "}): finding",
      "What a check returns when something does not hold. `{name}` in the message "
      "becomes the value of that name; `{name:tkr}`, `{name:%1}`, `{name:+kr}` choose "
      "its form, `{name:%1~other}` so that it differs from the other value. `at` is "
      "where it is: a quantity, fact, row, table, column or record, or "
      "the path of a field (`\"forvaltningsberattelse.rubriker.3\"`); without it the "
      "first figure read. Every figure that the check read stands under the finding; in "
      "a list of findings, those that its own values and `at` come from. Of a ledger "
      "that "
      "is so in both: what `at`, the list `evidence` and the values come from, at most "
      "100. `causes` are names of what it comes from (`\"ver:17\"`): of findings that "
      "come "
      "from the same, one is told. `silence`: it says that words are missing; while the "
      "section that they may stand in is not typed yet, it says nothing." },
    { "in_words", lmedel_in_words, "(n: integer): string",
      "A small number as a sentence has it: \"tre\"; past twelve the digits." },
    { "largest", largest, "(...: quantity): quantity", "The largest of its arguments." },
    { "listed", lmedel_listed,
      "(list: (string|integer)[], options?: { last?: string, most?: integer }): string",
      "A list as a sentence has it: \"a, b och c\". `last` is the word before the last "
      "item, usually och; past `most` items (usually 100) it says how many there are "
      "more." },
    { "not_applicable", not_applicable, "(reason: string): finding",
      "What a check returns when it has nothing to test, and why." },
    { "or_zero", or_zero, "(x: quantity|nil): quantity",
      "x, or 0 kr when it is not printed or printed as a dash." },
    { "rule", lmedel_rule, "(definition: rule_definition): rule_definition",
      "Declares a rule: id, title, ground, level and check, and needs, recommendation, "
      "limits, status, group." },
    { "smallest", smallest, "(...: quantity): quantity",
      "The smallest of its arguments." },
    { "words", words, "(text: string): string[]",
      "The words of a text in lower case, without digits and signs." },
    { NULL, NULL, NULL, NULL }
};

void lmedel_open_language(lua_State *L)
{
    luaL_newmetatable(L, LMEDEL_FINDING);
    lmedel_set_flag(L, "__metatable", 0);
    lua_pop(L, 1);
}

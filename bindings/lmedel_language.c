/*
 * lmedel_language.c - what rules are written with: rule, finding, not_applicable and
 * a few helpers; and the check that no quantity is compared with a plain number.
 */
#include "lmedel.h"

#include <ctype.h>
#include <string.h>

#define MAX_SOURCE 65536

/* ---- rule { ... } ---- */

static const char *const rule_keys[] = { "id", "title", "ground", "level", "needs",
                                         "check", "recommendation", "limits", "status",
                                         "group", NULL };

static void check_rule_text(lua_State *L, const char *key, bool required)
{
    int type = lua_getfield(L, 1, key);
    if (type != LUA_TSTRING && (required || type != LUA_TNIL))
        luaL_error(L, "rule: '%s' must be a text", key);
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
            luaL_error(L, "rule: unknown field '%s'; id, title, ground, level, needs, "
                          "check, recommendation, limits, status and group are known",
                       key);
    }
}

static int rule(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    check_rule_keys(L);
    check_rule_text(L, "id", true);
    check_rule_text(L, "title", true);
    check_rule_text(L, "ground", true);
    check_rule_text(L, "level", true);
    check_rule_text(L, "recommendation", false);
    check_rule_text(L, "limits", false);
    check_rule_text(L, "status", false);
    check_rule_text(L, "group", false);
    medel_level level;
    lua_getfield(L, 1, "level");
    if (!medel_level_parse(&level, lua_tostring(L, -1)))
        return luaL_error(L, "rule: level must be error, deviation, recommendation or "
                             "note, not '%s'",
                          lua_tostring(L, -1));
    if (lua_getfield(L, 1, "check") != LUA_TFUNCTION)
        return luaL_error(L, "rule: 'check' must be function(ar, p)");
    if (lua_getfield(L, 1, "needs") != LUA_TTABLE && !lua_isnil(L, -1))
        return luaL_error(L, "rule: 'needs' must be a list of names");
    if (lua_istable(L, -1)) {
        for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, -1); i++) {
            if (lua_rawgeti(L, -1, i) != LUA_TSTRING)
                return luaL_error(L, "rule: 'needs' must be a list of names");
            lua_pop(L, 1);
        }
    }
    lua_settop(L, 1);
    lua_pushboolean(L, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, "medel.rule_made");
    return 1;
}

/* ---- finding and not_applicable ---- */

static int finding(lua_State *L)
{
    size_t len;
    const char *message = luaL_checklstring(L, 1, &len);
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TTABLE);
    if (!lua_isnoneornil(L, 3))
        luaL_checktype(L, 3, LUA_TTABLE);
    lua_settop(L, 3);
    lua_createtable(L, 0, 4);
    lmedel_push_message(L, message, len, 2);
    lua_setfield(L, 4, "message");
    lua_pushvalue(L, 2);
    lua_setfield(L, 4, "values");
    if (lua_istable(L, 3)) {
        medel_level level;
        if (lua_getfield(L, 3, "level") == LUA_TSTRING
            && !medel_level_parse(&level, lua_tostring(L, -1)))
            return luaL_error(L, "finding: unknown level '%s'", lua_tostring(L, -1));
        lua_setfield(L, 4, "level");
        lua_getfield(L, 3, "at");
        lua_setfield(L, 4, "at");
        lua_getfield(L, 3, "recommendation");
        lua_setfield(L, 4, "recommendation");
    }
    luaL_setmetatable(L, LMEDEL_FINDING);
    return 1;
}

static int not_applicable(lua_State *L)
{
    luaL_checkstring(L, 1);
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, 1);
    lua_setfield(L, -2, "reason");
    luaL_setmetatable(L, LMEDEL_FINDING);
    return 1;
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

/* Lower case of ASCII and of å ä ö é ü in UTF-8, byte by byte. */
static unsigned char folded(const unsigned char *s, size_t i)
{
    unsigned char c = s[i];
    if (c >= 'A' && c <= 'Z')
        return (unsigned char)(c + 32);
    if (i > 0 && s[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E)
        return (unsigned char)(c + 32);
    return c;
}

static int contains(lua_State *L)
{
    size_t ns, nw;
    const unsigned char *s = (const unsigned char *)luaL_optlstring(L, 1, "", &ns);
    const unsigned char *w = (const unsigned char *)luaL_checklstring(L, 2, &nw);
    luaL_argcheck(L, nw > 0 && nw <= 256, 2, "a word of 1 to 256 bytes");
    for (size_t i = 0; i + nw <= ns; i++) {
        size_t k = 0;
        while (k < nw && folded(s, i + k) == folded(w, k))
            k++;
        if (k == nw) {
            lua_pushboolean(L, 1);
            return 1;
        }
    }
    lua_pushboolean(L, 0);
    return 1;
}

/* Letters: ASCII, and everything beyond it except the dashes and quotes of U+2000. */
static size_t letter_at(const unsigned char *s, size_t left)
{
    if ((s[0] | 0x20) >= 'a' && (s[0] | 0x20) <= 'z')
        return 1;
    if (s[0] < 0xC3 || s[0] == 0xE2)
        return 0;
    size_t n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    return n <= left ? n : 0;
}

static int words(lua_State *L)
{
    size_t len, n;
    const unsigned char *s = (const unsigned char *)luaL_checklstring(L, 1, &len);
    lua_Integer count = 0;
    lua_newtable(L);
    for (size_t i = 0; i < len;) {
        luaL_Buffer b;
        if (!letter_at(s + i, len - i)) {
            i++;
            continue;
        }
        luaL_buffinit(L, &b);
        for (; i < len && (n = letter_at(s + i, len - i)) > 0; i += n) {
            for (size_t k = 0; k < n; k++)
                luaL_addchar(&b, (char)folded(s, i + k));
        }
        luaL_pushresult(&b);
        lua_rawseti(L, 2, ++count);
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
    if (lmedel_test_quantity(L, 1)) {
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
    { "distance", distance, "(a: string, b: string, limit?: integer): integer",
      "How many letters were added, lost, changed or swapped between two words; limit + 1 "
      "when more than limit (usually 3). A letter beyond ASCII counts as up to two." },
    { "each", lmedel_each, "(list: list|table|nil): fun(): any",
      "Iterate over a list of records or a Lua list; nil is an empty list." },
    { "finding", finding,
      "(message: string, values?: table, options?: { level?: string, at?: any, "
      "recommendation?: string }): finding",
      "What a check returns when something does not hold. `{name}` in the message "
      "becomes the value of that name; `{name:tkr}`, `{name:%1}`, `{name:+kr}` choose "
      "its form. `at` is where it is: a quantity, fact, row, table, column or record, or "
      "the path of a field (`\"forvaltningsberattelse.rubriker.3\"`); without it the "
      "first figure read. Every figure that the check read stands under the finding; in "
      "a list of findings, those that its own values and `at` come from." },
    { "largest", largest, "(...: quantity): quantity", "The largest of its arguments." },
    { "not_applicable", not_applicable, "(reason: string): finding",
      "What a check returns when it has nothing to test, and why." },
    { "or_zero", or_zero, "(x: quantity|nil): quantity",
      "x, or 0 kr when it is not printed or printed as a dash." },
    { "rule", rule, "(definition: rule_definition): rule_definition",
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
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

/* ---- `x == 0` ---- */

typedef enum token_kind { T_END, T_NAME, T_NUMBER, T_STRING, T_OP, T_HASH } token_kind;

typedef struct token {
    token_kind kind;
    const char *text;
    size_t len;
    unsigned line;
} token;

typedef struct lexer {
    const char *p, *end;
    unsigned line;
} lexer;

static bool long_bracket(lexer *x)
{
    const char *p = x->p + 1;
    size_t level = 0;
    while (p < x->end && *p == '=') {
        p++;
        level++;
    }
    if (p == x->end || *p != '[')
        return false;
    for (p++; p < x->end; p++) {
        if (*p == '\n')
            x->line++;
        if (*p != ']')
            continue;
        size_t n = 0;
        while (p + 1 + n < x->end && p[1 + n] == '=')
            n++;
        if (n == level && p + 1 + n < x->end && p[1 + n] == ']') {
            x->p = p + n + 2;
            return true;
        }
    }
    x->p = x->end;
    return true;
}

static void skip_blank(lexer *x)
{
    while (x->p < x->end) {
        if (*x->p == '\n')
            x->line++;
        if (isspace((unsigned char)*x->p)) {
            x->p++;
        } else if (x->p + 1 < x->end && x->p[0] == '-' && x->p[1] == '-') {
            x->p += 2;
            if (x->p < x->end && *x->p == '[' && long_bracket(x))
                continue;
            while (x->p < x->end && *x->p != '\n')
                x->p++;
        } else {
            return;
        }
    }
}

static token next_token(lexer *x)
{
    skip_blank(x);
    token t = { T_END, x->p, 0, x->line };
    if (x->p == x->end)
        return t;
    unsigned char c = (unsigned char)*x->p;
    if (isalpha(c) || c == '_') {
        while (x->p < x->end && (isalnum((unsigned char)*x->p) || *x->p == '_'))
            x->p++;
        t.kind = T_NAME;
    } else if (isdigit(c)) {
        while (x->p < x->end && (isalnum((unsigned char)*x->p) || *x->p == '.'))
            x->p++;
        t.kind = T_NUMBER;
    } else if (c == '"' || c == '\'') {
        for (x->p++; x->p < x->end && *x->p != (char)c && *x->p != '\n'; x->p++) {
            if (*x->p == '\\' && x->p + 1 < x->end)
                x->p++;
        }
        if (x->p < x->end)
            x->p++;
        t.kind = T_STRING;
    } else if (c == '[' && long_bracket(x)) {
        t.kind = T_STRING;
    } else {
        bool pair = x->p + 1 < x->end && x->p[1] == '='
                    && (c == '=' || c == '~' || c == '<' || c == '>');
        x->p += pair ? 2 : 1;
        t.kind = c == '#' ? T_HASH : T_OP;
    }
    t.len = (size_t)(x->p - t.text);
    return t;
}

static bool is(const token *t, const char *text)
{
    return t->len == strlen(text) && memcmp(t->text, text, t->len) == 0;
}

static bool equality(const token *t)
{
    return t->kind == T_OP && (is(t, "==") || is(t, "~="));
}

#define WINDOW 8
#define MAX_LOCALS 64

typedef struct locals {
    token names[MAX_LOCALS];
    size_t count;
} locals;

static bool is_number_local(const locals *l, const token *t)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->names[i].len == t->len
            && memcmp(l->names[i].text, t->text, t->len) == 0)
            return true;
    }
    return false;
}

/* `local n = 3`, `local n = #list`, `for i = 1, ...` declare plain numbers. */
static void note_local(locals *l, const token *window, const token *now)
{
    const token *name = &window[1], *before = &window[2];
    if (!is(&window[0], "=") || name->kind != T_NAME
        || (!is(before, "local") && !is(before, "for")))
        return;
    if ((now->kind == T_NUMBER || now->kind == T_HASH || is(before, "for"))
        && l->count < MAX_LOCALS)
        l->names[l->count++] = *name;
}

/* Left of "==": does the expression plainly have a plain number as value? */
static bool plain_left(const locals *l, const token *window)
{
    if (window[0].kind == T_NUMBER)
        return true;
    for (int i = 0; i < WINDOW && window[i].kind != T_END; i++) {
        const token *t = &window[i];
        if (t->kind == T_HASH)
            return true;
        if (t->kind == T_NAME && i == 0 && is_number_local(l, t))
            return !is(&window[1], ".");
        if (t->kind != T_NAME && !is(t, "."))
            return false;
    }
    return false;
}

static bool plain_right(const locals *l, lexer rest)
{
    token t = next_token(&rest);
    return t.kind == T_HASH || t.kind == T_NUMBER
           || (t.kind == T_NAME && is_number_local(l, &t));
}

const char *lmedel_lint(const char *source, size_t len, unsigned *line)
{
    lexer x = { source, source + len, 1 };
    token window[WINDOW]; /* the tokens before, nearest first */
    locals numbers = { .count = 0 };
    memset(window, 0, sizeof window);
    *line = 1;
    if (len > MAX_SOURCE)
        return "the file is larger than 64 KiB";
    if (len && source[0] == '\033')
        return "binary chunks are refused";
    for (;;) {
        token t = next_token(&x);
        if (t.kind == T_END)
            return NULL;
        note_local(&numbers, window, &t);
        bool bad = t.kind == T_NUMBER && equality(&window[0])
                   && !plain_left(&numbers, window + 1);
        if (equality(&t) && window[0].kind == T_NUMBER && !plain_right(&numbers, x))
            bad = true;
        if (bad) {
            *line = t.line;
            return "a figure never equals a plain number, so this is always false: write "
                   "x:is_zero(), x == kr(0) or agrees(x, kr(0))";
        }
        memmove(window + 1, window, (WINDOW - 1) * sizeof *window);
        window[0] = t;
    }
}

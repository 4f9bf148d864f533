/*
 * lmedel_lint.c - refuses `x == 0` in rules before they run: Lua asks a quantity's __eq
 * only about another quantity, so that it would be false whatever x is.
 *
 * It reads tokens, not grammar: what is plainly a number on the other side is accepted,
 * as a length, or what a function or field gives that says so of itself
 * (lmedel_counts.c); everything else is taken for a figure.
 */
#include "lmedel_counts.h"

#include <ctype.h>
#include <string.h>

#define MAX_SOURCE 65536

/* ---- tokens ---- */

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

/* At a backslash in a string: to the last byte that belongs to it. */
static void skip_escape(lexer *x)
{
    if (x->p + 1 == x->end)
        return;
    x->p++;
    x->line += *x->p == '\n';
    if (*x->p != 'z')
        return;
    while (x->p + 1 < x->end && isspace((unsigned char)x->p[1])) {
        x->p++;
        x->line += *x->p == '\n';
    }
}

static bool begins_number(const lexer *x)
{
    unsigned char next = x->p + 1 < x->end ? (unsigned char)x->p[1] : 0;
    return isdigit((unsigned char)*x->p) || (*x->p == '.' && isdigit(next));
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
    } else if (begins_number(x)) {
        while (x->p < x->end && (isalnum((unsigned char)*x->p) || *x->p == '.'))
            x->p++;
        t.kind = T_NUMBER;
    } else if (c == '"' || c == '\'') {
        for (x->p++; x->p < x->end && *x->p != (char)c && *x->p != '\n'; x->p++) {
            if (*x->p == '\\')
                skip_escape(x);
        }
        if (x->p < x->end)
            x->p++;
        t.kind = T_STRING;
    } else if (c == '[' && long_bracket(x)) {
        t.kind = T_STRING;
    } else {
        bool pair = x->p + 1 < x->end
                    && ((x->p[1] == '=' && strchr("=~<>", c))
                        || (x->p[1] == (char)c && strchr("./", c)));
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

#define WINDOW 48
#define MAX_LOCALS 64
#define MAX_NAMES 10

typedef struct state {
    token before[WINDOW];      /* nearest first */
    token numbers[MAX_LOCALS]; /* locals that hold plain numbers */
    size_t count;
    enum { NOWHERE, LOCAL_NAMES, LOCAL_VALUES, FOR_NAMES, FOR_LIST } where;
    token names[MAX_NAMES]; /* of the `local` or `for` that is read */
    size_t nnames, value;   /* value: which of them is given one now */
    bool fresh;             /* the next token begins a value */
    bool called;            /* this value is a call, whose results are known */
    int depth;
} state;

/* ---- what is plainly a number ---- */

static bool among(const token *t, const char *const *names)
{
    for (int i = 0; t->kind == T_NAME && names[i]; i++) {
        if (is(t, names[i]))
            return true;
    }
    return false;
}

/* Fields that hold whole numbers: of the classes, and of the plain tables that they give.
 */
static bool is_count(const token *t)
{
    static const char *const names[] = { "ar",        "antal",   "count", "n",
                                         "rattelser", "strukna", NULL };
    return among(t, names)
           || (t->kind == T_NAME && lmedel_is_integer_field(t->text, t->len));
}

static bool is_number_local(const state *s, const token *t)
{
    for (size_t i = 0; t->kind == T_NAME && i < s->count; i++) {
        if (s->numbers[i].len == t->len
            && memcmp(s->numbers[i].text, t->text, t->len) == 0)
            return true;
    }
    return false;
}

static void note_number(state *s, const token *name)
{
    if (name->kind == T_NAME && s->count < MAX_LOCALS)
        s->numbers[s->count++] = *name;
}

static bool is_any(const token *t, const char *operators)
{
    return t->kind == T_OP && t->len == 1 && strchr(operators, *t->text);
}

/* The names of a `local` or `for` one by one, to the sign that ends them. */
static void note_name(state *s, const token *now)
{
    if (now->kind == T_NAME && !is(now, "in") && !is(now, "function")) {
        if (s->nnames < MAX_NAMES)
            s->names[s->nnames++] = *now;
    } else if (is(now, "=") && s->where == LOCAL_NAMES) {
        s->where = LOCAL_VALUES;
        s->value = 0;
        s->depth = 0;
        s->fresh = true;
    } else if (is(now, "in")) {
        s->where = FOR_LIST;
    } else if (!is(now, ",")) {
        s->where = NOWHERE;
    }
}

/* A call begins: its results go to the names from this one on. */
static void note_results(state *s)
{
    const token *name = &s->before[0];
    if (name->kind != T_NAME)
        return;
    s->called = true;
    for (size_t i = s->value; i < s->nnames; i++) {
        if (lmedel_gives_integer(name->text, name->len, is(&s->before[1], ":"), false,
                                 i - s->value))
            note_number(s, &s->names[i]);
    }
}

/* What each name of a `local` is given. */
static void note_value(state *s, const token *now)
{
    static const char *const makers[] = { "math", "utf8", "tonumber", "select", NULL };
    static const char *const others[] = { "if",    "for",    "return", "end",
                                          "while", "do",     "repeat", "local",
                                          "else",  "elseif", NULL };
    if (s->fresh
        && (now->kind == T_NUMBER || now->kind == T_HASH || among(now, makers)
            || is_number_local(s, now)))
        note_number(s, &s->names[s->value]);
    if (s->fresh)
        s->called = false;
    s->fresh = false;
    if ((is_any(now, "({") || now->kind == T_STRING) && s->depth == 0 && !s->called)
        note_results(s);
    if (is_any(now, "([{"))
        s->depth++;
    else if (is_any(now, ")]}"))
        s->depth--;
    else if (is(now, ",") && s->depth == 0) {
        s->fresh = true;
        if (++s->value >= s->nnames)
            s->where = NOWHERE;
    } else if (among(now, others)) {
        s->where = NOWHERE;
    }
}

/* `local n, m = 3, #list`, `for i = 1, 9`, `for i, x in`, and what a walk through a
   ledger gives: now is the token after what stands in before. */
static void note_local(state *s, const token *now)
{
    const token *b = s->before;
    if (is(now, ",") && is(&b[1], "for"))
        note_number(s, &b[0]);
    if (is(&b[0], "=") && is(&b[2], "for"))
        note_number(s, &b[1]);
    if (s->where == LOCAL_NAMES || s->where == FOR_NAMES)
        note_name(s, now);
    else if (s->where == LOCAL_VALUES)
        note_value(s, now);
    else if (s->where == FOR_LIST && is(&b[0], ":") && now->kind == T_NAME) {
        for (size_t i = 0; i < s->nnames; i++) {
            if (lmedel_gives_integer(now->text, now->len, true, true, i))
                note_number(s, &s->names[i]);
        }
        s->where = NOWHERE;
    } else if (s->where == FOR_LIST && is(now, "do")) {
        s->where = NOWHERE;
    }
    if (is(now, "local") || is(now, "for")) {
        s->where = is(now, "for") ? FOR_NAMES : LOCAL_NAMES;
        s->nnames = 0;
    }
}

/* Does the call whose arguments end at before[at], f(x), f{ x } or f"x", give one? */
static bool plain_call(const state *s, size_t at)
{
    int depth = 0;
    for (; at + 2 < WINDOW; at++) {
        depth += is_any(&s->before[at], ")}") ? 1 : is_any(&s->before[at], "({") ? -1 : 0;
        if (depth == 0)
            break;
    }
    const token *name = &s->before[at + 1];
    return at + 2 < WINDOW && name->kind == T_NAME
           && lmedel_gives_integer(name->text, name->len, is(name + 1, ":"), false, 0);
}

/* Where what ends at before[at] begins: a name, or what is in parentheses, with all that
   is called, indexed or taken of it. */
static size_t beginning(const state *s, size_t at)
{
    for (int depth = 0; at + 2 < WINDOW; at++) {
        const token *t = &s->before[at], *left = t + 1;
        depth += is_any(t, ")}]") ? 1 : is_any(t, "({[") ? -1 : 0;
        if (depth > 0)
            continue;
        if (t->kind == T_NAME && (is(left, ".") || is(left, ":")))
            at++;
        else if (t->kind == T_NAME || (left->kind != T_NAME && !is_any(left, ")}]")))
            break;
    }
    return at;
}

/* Is the expression that ends at before[at] plainly a number? */
static bool plain_before(const state *s, size_t at)
{
    while (at + 2 < WINDOW) {
        const token *t = &s->before[at];
        size_t first = beginning(s, at);
        if (first + 2 < WINDOW && s->before[first + 1].kind == T_HASH)
            return true;
        first = at;
        if (t->kind == T_NUMBER) {
            if (is(t + 1, "%") || is(t + 1, "//") || !is_any(t + 1, "+-*/"))
                return true;
            at += 2; /* a number as the other operand is one, too */
            continue;
        }
        if (is_any(t, ")}") || t->kind == T_STRING)
            return plain_call(s, at);
        if (t->kind != T_NAME)
            return false;
        while (first + 2 < WINDOW && is(&s->before[first + 1], ".")
               && s->before[first + 2].kind == T_NAME)
            first += 2;
        const bool field = first > at || is(&s->before[first + 1], "."); /* a[1].line */
        return field ? is_count(t) : is_number_local(s, t);
    }
    return false;
}

/* Is the expression that begins at rest? */
static bool plain_after(const state *s, lexer rest)
{
    token t = next_token(&rest), first = t;
    if (t.kind == T_HASH || t.kind == T_NUMBER)
        return true;
    if (t.kind != T_NAME)
        return false;
    bool field = false, method = false;
    for (;;) {
        lexer ahead = rest;
        token dot = next_token(&ahead), name = next_token(&ahead);
        if (is(&dot, "("))
            return lmedel_gives_integer(t.text, t.len, method, false, 0);
        method = is(&dot, ":");
        if ((!method && !is(&dot, ".")) || name.kind != T_NAME)
            return is(&dot, "%") || is(&dot, "//")
                   || (field ? is_count(&t) : is_number_local(s, &first));
        t = name;
        rest = ahead;
        field = true;
    }
}

/* ---- comparing ---- */

/* `x == 5`, `x == -5`, `x == (5`: how far before the number is the sign of equality?  0
   if it is not there. */
static size_t compared(const state *s)
{
    size_t at = 0;
    while (at + 1 < WINDOW && is_any(&s->before[at], "-("))
        at++;
    return equality(&s->before[at]) ? at + 1 : 0;
}

static bool is_bad(const state *s, const token *now, const lexer *rest)
{
    if (now->kind == T_NUMBER) {
        size_t left = compared(s);
        return left && !plain_before(s, left);
    }
    return equality(now) && s->before[0].kind == T_NUMBER && plain_before(s, 0)
           && !plain_after(s, *rest);
}

/* & | ~: where a function has many constants, Lua before 5.4.7 computes `1 ~ (2 or 3)` as
   0, and nothing can be done about it. */
static bool is_bit_operator(const token *t)
{
    return t->kind == T_OP && t->len == 1 && strchr("&|~", *t->text);
}

const char *lmedel_lint(const char *source, size_t len, bool trusted, unsigned *line)
{
    lexer x = { source, source + len, 1 };
    state s;
    memset(&s, 0, sizeof s);
    *line = 1;
    if (len > MAX_SOURCE)
        return "the file is larger than 64 KiB";
    if (len && source[0] == '\033')
        return "binary chunks are refused";
    for (;;) {
        token t = next_token(&x);
        if (t.kind == T_END)
            return NULL;
        note_local(&s, &t);
        if (!trusted && is_bit_operator(&t)) {
            *line = t.line;
            return "rules have no bit operators (& | ~): some versions of Lua 5.4 "
                   "compute "
                   "them wrongly";
        }
        if (is_bad(&s, &t, &x)) {
            *line = t.line;
            return "a figure never equals a plain number, so this is always false: write "
                   "x:is_zero(), x == kr(0) or agrees(x, kr(0))";
        }
        memmove(s.before + 1, s.before, (WINDOW - 1) * sizeof *s.before);
        s.before[0] = t;
    }
}

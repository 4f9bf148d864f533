/* ledger_where.c - an expression over the fields of a row and its voucher:
   "account in 4..7 and size >= 10 000 and not text ~ hotell". */
#include "ledger_where.h"
#include "ledger_query.h"

#include <string.h>

#define SEARCHED 4096

typedef enum field {
    F_ACCOUNT,
    F_AMOUNT,
    F_SIZE,
    F_DAY,
    F_MONTH,
    F_WEEKDAY,
    F_HOLIDAY,
    F_SERIES,
    F_NUMBER,
    F_TEXT,
    F_SIGN,
    F_OBJECT,
    F_REGISTERED,
    F_LATE,
    F_ROWS,
    F_TURNOVER,
    F_WITH,
    F_ROUND,
    FIELDS
} field;

static const struct {
    const char *name;
    char kind; /* a accounts, k kronor, d day, n number, t text, o object, b nothing */
} fields[FIELDS] = {
    { "account", 'a' },    { "amount", 'k' },  { "size", 'k' },    { "day", 'd' },
    { "month", 'n' },      { "weekday", 'n' }, { "holiday", 'b' }, { "series", 't' },
    { "number", 'n' },     { "text", 't' },    { "sign", 't' },    { "object", 'o' },
    { "registered", 'd' }, { "late", 'n' },    { "rows", 'n' },    { "turnover", 'k' },
    { "with", 'a' },       { "round", 'k' },
};

typedef enum op { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_HAS, OP_IN } op;
typedef enum node_kind { N_TEST, N_NOT, N_AND, N_OR } node_kind;

typedef struct node {
    node_kind kind;
    const struct node *left, *right;
    field of;
    op by;
    int64_t number;
    const char *text; /* folded; an object's name */
    const char *dimension;
    const unsigned char *member; /* by account */
} node;

struct medel_where {
    const medel_ledger *l;
    const node *root;
    uint32_t judged; /* the voucher that 'turnover' is of */
    int64_t turnover;
    uint32_t text_row; /* the row that 'text' is of */
    char text[SEARCHED];
    unsigned char *holidays; /* by day column: 0 not known, 1 no, 2 yes */
};

typedef struct parser {
    medel_arena *a;
    const medel_ledger *l;
    const char *text, *p;
    medel_error *err;
    bool failed;
    unsigned depth;
} parser;

#define DEPTH 64

/* ---- reading ---- */

static void skip(parser *r)
{
    while (*r->p == ' ' || *r->p == '\t' || *r->p == '\n')
        r->p++;
}

static void *bad(parser *r, const char *expected)
{
    if (!r->failed)
        medel_fail(r->err, MEDEL_E_SCHEMA,
                   "where, character %u: expected %s, found '%.20s'",
                   (unsigned)(r->p - r->text) + 1, expected, *r->p ? r->p : "the end");
    r->failed = true;
    return NULL;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || medel_digit(c) || c == '_'
           || (unsigned char)c >= 0x80;
}

static bool keyword(parser *r, const char *word)
{
    const size_t n = strlen(word);
    skip(r);
    if (strncmp(r->p, word, n) != 0 || is_word(r->p[n]))
        return false;
    r->p += n;
    return true;
}

/* A quoted text, or a bare word up to a space or parenthesis. */
static char *value_of(parser *r)
{
    skip(r);
    const char quote = *r->p == '"' || *r->p == '\'' ? *r->p : '\0';
    const char *from = r->p + (quote != '\0'), *to = from;
    while (*to && (quote ? *to != quote : *to != ' ' && *to != ')' && *to != '('))
        to++;
    if (quote && !*to)
        return bad(r, "a closing quote");
    if (!quote && to == from)
        return bad(r, "a value");
    char *text = medel_arena_text(r->a, from, (size_t)(to - from));
    r->p = to + (quote != '\0');
    return text;
}

/* Kronor, "10 000,50": öre; else a whole number. */
static bool number_of(parser *r, bool kronor, int64_t *out)
{
    int64_t n = 0;
    unsigned decimals = 0;
    bool any = false, part = false;
    skip(r);
    const bool minus = *r->p == '-';
    r->p += minus;
    for (;; r->p++) {
        const bool space = *r->p == ' ' && any && !part && medel_digit(r->p[1])
                           && medel_digit(r->p[2]) && medel_digit(r->p[3])
                           && !medel_digit(r->p[4]);
        if (space)
            continue;
        if (kronor && any && !part && (*r->p == ',' || *r->p == '.')
            && medel_digit(r->p[1])) {
            part = true;
            continue;
        }
        if (!medel_digit(*r->p) || (part && decimals == 2))
            break;
        any = true;
        decimals += part;
        if (__builtin_mul_overflow(n, (int64_t)10, &n)
            || __builtin_add_overflow(n, (int64_t)(*r->p - '0'), &n))
            return bad(r, "a smaller number") != NULL;
    }
    for (; kronor && decimals < 2; decimals++) {
        if (__builtin_mul_overflow(n, (int64_t)10, &n))
            return bad(r, "a smaller number") != NULL;
    }
    if (!any)
        return bad(r, kronor ? "kronor" : "a whole number") != NULL;
    *out = minus ? -n : n;
    return true;
}

static bool operator_of(parser *r, op *out)
{
    static const struct {
        const char *text;
        op by;
    } ops[] = { { "==", OP_EQ }, { "!=", OP_NE }, { "~=", OP_NE },
                { "<=", OP_LE }, { ">=", OP_GE }, { "=", OP_EQ },
                { "<", OP_LT },  { ">", OP_GT },  { "~", OP_HAS } };
    skip(r);
    if (keyword(r, "in")) {
        *out = OP_IN;
        return true;
    }
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        const size_t n = strlen(ops[i].text);
        if (strncmp(r->p, ops[i].text, n) == 0) {
            r->p += n;
            *out = ops[i].by;
            return true;
        }
    }
    return bad(r, "= != < <= > >= ~ or in") != NULL;
}

/* "4..7,=1930" as the core writes ranges: "4-7,=1930". */
static bool accounts_of(parser *r, node *n)
{
    char *text = value_of(r), *to = text;
    if (!text)
        return false;
    for (const char *from = text; *from; from++) {
        if (from[0] == '.' && from[1] == '.') {
            *to++ = '-';
            from++;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    unsigned char *member = MEDEL_NEW(r->a, unsigned char, r->l->accounts.count + 1);
    n->member = member;
    if (medel_ledger_members(r->l, text, member, r->err) != MEDEL_OK)
        r->failed = true;
    return !r->failed;
}

static bool fits(char kind, op by)
{
    switch (kind) {
    case 'a': return by == OP_IN || by == OP_EQ || by == OP_NE;
    case 't': return by == OP_EQ || by == OP_NE || by == OP_HAS;
    case 'o': return by == OP_EQ || by == OP_NE;
    default: return by != OP_HAS && by != OP_IN;
    }
}

static bool read_value(parser *r, node *n)
{
    const char kind = fields[n->of].kind;
    if (!fits(kind, n->by))
        return bad(r, kind == 't'   ? "= != or ~ for a text"
                      : kind == 'a' ? "in, = or != for accounts"
                      : kind == 'o' ? "= or != for an object"
                                    : "a comparison")
               != NULL;
    if (kind == 'a')
        return accounts_of(r, n);
    if (kind == 'k' || kind == 'n')
        return number_of(r, kind == 'k', &n->number);
    char *text = value_of(r);
    if (!text)
        return false;
    if (kind == 'd') {
        int32_t day;
        if (!medel_date_parse(&day, text, strlen(text)))
            return bad(r, "a day before this, as 2023-12-31") != NULL;
        n->number = day;
    } else if (kind == 'o') {
        char *colon = strchr(text, ':');
        n->dimension = text;
        n->text = colon ? colon + 1 : NULL;
        if (colon)
            *colon = '\0';
    } else {
        medel_fold(text);
        n->text = text;
    }
    return true;
}

static node *read_or(parser *r);

static node *read_test(parser *r)
{
    node *n = MEDEL_NEW(r->a, node, 1);
    *n = (node){ .kind = N_TEST, .of = FIELDS };
    skip(r);
    for (int i = 0; i < FIELDS; i++) {
        if (keyword(r, fields[i].name)) {
            n->of = (field)i;
            break;
        }
    }
    if (n->of == FIELDS)
        return bad(r, "a field: account, amount, size, day, text ... (docs/ledger.md)");
    if (fields[n->of].kind == 'b')
        return n;
    if (n->of == F_WITH || n->of == F_ROUND) /* "with 19", "round 10 000" */
        n->by = n->of == F_WITH ? OP_IN : OP_EQ;
    else if (!operator_of(r, &n->by))
        return NULL;
    return read_value(r, n) ? n : NULL;
}

static node *read_not(parser *r)
{
    node *inner;
    skip(r);
    if (++r->depth > DEPTH)
        return bad(r, "fewer parentheses");
    if (*r->p == '(') {
        r->p++;
        inner = read_or(r);
        skip(r);
        if (inner && *r->p != ')')
            return bad(r, ")");
        r->p += inner != NULL;
        r->depth--;
        return inner;
    }
    if (!keyword(r, "not")) {
        r->depth--;
        return read_test(r);
    }
    node *n = MEDEL_NEW(r->a, node, 1);
    *n = (node){ .kind = N_NOT, .left = read_not(r) };
    r->depth--;
    return n->left ? n : NULL;
}

static node *read_chain(parser *r, node_kind kind)
{
    node *left = kind == N_AND ? read_not(r) : read_chain(r, N_AND);
    while (left && keyword(r, kind == N_AND ? "and" : "or")) {
        node *n = MEDEL_NEW(r->a, node, 1);
        *n = (node){ .kind = kind,
                     .left = left,
                     .right = kind == N_AND ? read_not(r) : read_chain(r, N_AND) };
        left = n->right ? n : NULL;
    }
    return left;
}

static node *read_or(parser *r)
{
    return read_chain(r, N_OR);
}

medel_status medel_where_read(medel_where **out, medel_arena *a, const medel_ledger *l,
                              const char *text, medel_error *err)
{
    parser r = { .a = a, .l = l, .text = text, .p = text, .err = err };
    medel_where *w = MEDEL_NEW(a, medel_where, 1);
    w->l = l;
    w->judged = w->text_row = MEDEL_NO_INDEX;
    w->holidays = MEDEL_NEW(a, unsigned char, UINT16_MAX + 1);
    w->root = read_or(&r);
    skip(&r);
    if (w->root && *r.p)
        bad(&r, "and, or, or the end");
    *out = w;
    return r.failed ? MEDEL_E_SCHEMA : MEDEL_OK;
}

/* ---- one row ---- */

static bool compares(op by, int64_t a, int64_t b)
{
    switch (by) {
    case OP_EQ: return a == b;
    case OP_NE: return a != b;
    case OP_LT: return a < b;
    case OP_LE: return a <= b;
    case OP_GT: return a > b;
    case OP_GE: return a >= b;
    default: return false;
    }
}

static const char *row_text(medel_where *w, uint32_t row, uint32_t voucher)
{
    if (w->text_row != row) {
        w->text_row = row;
        medel_ledger_row_text(w->l, row, MEDEL_TEXT_TEXT, w->text, SEARCHED);
        if (!*w->text)
            medel_ledger_voucher_text(w->l, voucher, MEDEL_TEXT_TEXT, w->text, SEARCHED);
        medel_fold(w->text);
    }
    return w->text;
}

static bool text_passes(medel_where *w, const node *n, uint32_t row, uint32_t voucher)
{
    char buf[SEARCHED];
    const char *text = buf;
    if (n->of == F_SERIES) {
        const char *name = SERIES(w->l)[w->l->columns.voucher_series[voucher]].name;
        strncpy(buf, name, sizeof buf - 1);
        buf[sizeof buf - 1] = '\0';
        medel_fold(buf);
    } else if (n->of == F_SIGN) {
        medel_ledger_row_text(w->l, row, MEDEL_TEXT_SIGN, buf, sizeof buf);
        if (!*buf)
            medel_ledger_voucher_text(w->l, voucher, MEDEL_TEXT_SIGN, buf, sizeof buf);
        medel_fold(buf);
    } else {
        text = row_text(w, row, voucher);
    }
    if (n->by == OP_HAS)
        return strstr(text, n->text) != NULL;
    return (strcmp(text, n->text) == 0) == (n->by == OP_EQ);
}

static int64_t turnover(medel_where *w, uint32_t voucher)
{
    const medel_ledger_columns *c = &w->l->columns;
    if (w->judged != voucher) {
        w->judged = voucher;
        w->turnover = 0;
        for (uint32_t i = c->voucher_first[voucher]; i < c->voucher_first[voucher + 1];
             i++)
            w->turnover += c->amount[i] > 0 ? c->amount[i] : 0;
    }
    return w->turnover;
}

static bool voucher_with(const medel_where *w, const node *n, uint32_t voucher)
{
    const medel_ledger_columns *c = &w->l->columns;
    for (uint32_t i = c->voucher_first[voucher]; i < c->voucher_first[voucher + 1]; i++) {
        if (n->member[c->account[i]])
            return true;
    }
    return false;
}

/* A day column's own tests: without a day nothing is true. */
static bool day_passes(medel_where *w, const node *n, uint16_t column)
{
    const int32_t day = medel_ledger_day(column);
    if (!column)
        return false;
    if (n->of == F_WEEKDAY)
        return compares(n->by, medel_weekday(day), n->number);
    if (n->of == F_HOLIDAY) {
        if (!w->holidays[column])
            w->holidays[column] = medel_weekday(day) > 5 || medel_holiday(day) ? 2 : 1;
        return w->holidays[column] == 2;
    }
    if (n->of == F_MONTH)
        return compares(n->by, medel_month_of(column) % 100, n->number);
    return compares(n->by, day, n->number);
}

static bool test_passes(medel_where *w, const node *n, uint32_t row, uint32_t v)
{
    const medel_ledger_columns *c = &w->l->columns;
    const int64_t amount = c->amount[row], size = amount < 0 ? -amount : amount;
    const uint16_t reg = c->voucher_regday[v], day = c->voucher_day[v];
    switch (n->of) {
    case F_ACCOUNT: return (n->member[c->account[row]] != 0) == (n->by != OP_NE);
    case F_AMOUNT: return compares(n->by, amount, n->number);
    case F_SIZE: return compares(n->by, size, n->number);
    case F_ROUND: return n->number > 0 && size > 0 && size % n->number == 0;
    case F_DAY:
    case F_MONTH:
    case F_WEEKDAY: return day_passes(w, n, c->day[row]);
    case F_HOLIDAY: return day_passes(w, n, reg ? reg : day);
    case F_REGISTERED: return day_passes(w, n, reg);
    case F_LATE: return reg && day && compares(n->by, (int64_t)reg - day, n->number);
    case F_NUMBER:
        return c->voucher_number[v] != MEDEL_NO_INDEX
               && compares(n->by, c->voucher_number[v], n->number);
    case F_ROWS:
        return compares(n->by, c->voucher_first[v + 1] - c->voucher_first[v], n->number);
    case F_TURNOVER: return compares(n->by, turnover(w, v), n->number);
    case F_WITH: return voucher_with(w, n, v);
    case F_OBJECT:
        return medel_list_matches(w->l, c->objects[row], n->dimension, n->text)
               == (n->by == OP_EQ);
    case F_SERIES:
    case F_TEXT:
    case F_SIGN: return text_passes(w, n, row, v);
    case FIELDS: break;
    }
    return false;
}

static bool passes(medel_where *w, const node *n, uint32_t row, uint32_t voucher)
{
    switch (n->kind) {
    case N_TEST: return test_passes(w, n, row, voucher);
    case N_NOT: return !passes(w, n->left, row, voucher);
    case N_AND:
        return passes(w, n->left, row, voucher) && passes(w, n->right, row, voucher);
    case N_OR:
        return passes(w, n->left, row, voucher) || passes(w, n->right, row, voucher);
    }
    return false;
}

bool medel_where_passes(medel_where *w, uint32_t row, uint32_t voucher)
{
    return passes(w, w->root, row, voucher);
}

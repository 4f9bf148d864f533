/*
 * lmedel_pattern.c - Lua's patterns, with an end: every match counts its steps, and looks
 * at the clock now and then.
 *
 * What a pattern means is what the Lua 5.4 manual says (6.4.1), in ASCII whatever the
 * locale.  Recursion goes no deeper than the pattern has items.
 */
#include "lmedel_pattern.h"

#include <string.h>

#define OPEN (-1)
#define POSITION (-2)
#define LOOK_EVERY 4096

/* ---- classes of characters ---- */

static bool is_lower(int c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(int c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_graph(int c)
{
    return c > ' ' && c < 127;
}

static bool in_class(int c, int class)
{
    bool in;
    switch (class | 0x20) {
    case 'a': in = is_lower(c) || is_upper(c); break;
    case 'c': in = c < ' ' || c == 127; break;
    case 'd': in = is_digit(c); break;
    case 'g': in = is_graph(c); break;
    case 'l': in = is_lower(c); break;
    case 'p': in = is_graph(c) && !is_lower(c) && !is_upper(c) && !is_digit(c); break;
    case 's': in = c == ' ' || (c >= '\t' && c <= '\r'); break;
    case 'u': in = is_upper(c); break;
    case 'w': in = is_lower(c) || is_upper(c) || is_digit(c); break;
    case 'z': in = c == 0; break;
    case 'x': in = is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); break;
    default: return class == c;
    }
    return is_upper(class) ? !in : in;
}

static int byte_at(const char *p)
{
    return (unsigned char)*p;
}

/* After the single-character item that begins at p. */
static const char *item_end(lmedel_match *m, const char *p)
{
    if (*p == '%') {
        if (p + 1 == m->pattern_end)
            luaL_error(m->L, "malformed pattern (ends with '%%')");
        return p + 2;
    }
    if (*p++ != '[')
        return p;
    if (p < m->pattern_end && *p == '^')
        p++;
    do { /* a ']' in the first place stands for itself */
        if (p == m->pattern_end)
            luaL_error(m->L, "malformed pattern (missing ']')");
        if (*p++ == '%') {
            if (p == m->pattern_end)
                luaL_error(m->L, "malformed pattern (missing ']')");
            p++;
        }
    } while (p == m->pattern_end || *p != ']');
    return p + 1;
}

/* Is c in the set between p ('[') and last (']')? */
static bool in_set(int c, const char *p, const char *last)
{
    bool in = true;
    if (p[1] == '^') {
        in = false;
        p++;
    }
    while (++p < last) {
        if (*p == '%') {
            p++;
            if (in_class(c, byte_at(p)))
                return in;
        } else if (p[1] == '-' && p + 2 < last) {
            if (byte_at(p) <= c && c <= byte_at(p + 2))
                return in;
            p += 2;
        } else if (byte_at(p) == c) {
            return in;
        }
    }
    return !in;
}

static bool item_fits(const lmedel_match *m, const char *s, const char *p,
                      const char *end)
{
    if (s == m->end)
        return false;
    switch (*p) {
    case '.': return true;
    case '%': return in_class(byte_at(s), byte_at(p + 1));
    case '[': return in_set(byte_at(s), p, end - 1);
    default: return *s == *p;
    }
}

/* ---- matching ---- */

void lmedel_match_step(lmedel_match *m)
{
    if (++m->steps % LOOK_EVERY == 0)
        lmedel_guard_check(m->L);
    if (m->steps > LMEDEL_MAX_STEPS)
        luaL_error(m->L, "the pattern takes more than %d steps", LMEDEL_MAX_STEPS);
}

static const char *match_here(lmedel_match *m, const char *s, const char *p);

static const char *most(lmedel_match *m, const char *s, const char *p, const char *end)
{
    ptrdiff_t n = 0;
    while (item_fits(m, s + n, p, end)) {
        lmedel_match_step(m);
        n++;
    }
    for (; n >= 0; n--) {
        const char *e = match_here(m, s + n, end + 1);
        if (e)
            return e;
    }
    return NULL;
}

static const char *fewest(lmedel_match *m, const char *s, const char *p, const char *end)
{
    for (;; s++) {
        const char *e = match_here(m, s, end + 1);
        if (e || !item_fits(m, s, p, end))
            return e;
        lmedel_match_step(m);
    }
}

static const char *open_capture(lmedel_match *m, const char *s, const char *p)
{
    const bool position = p + 1 < m->pattern_end && p[1] == ')';
    if (m->captures == LMEDEL_MAX_CAPTURES)
        luaL_error(m->L, "too many captures");
    m->capture[m->captures].start = s;
    m->capture[m->captures].len = position ? POSITION : OPEN;
    m->captures++;
    const char *e = match_here(m, s, p + (position ? 2 : 1));
    if (!e)
        m->captures--;
    return e;
}

static const char *close_capture(lmedel_match *m, const char *s, const char *p)
{
    int i = m->captures - 1;
    while (i >= 0 && m->capture[i].len != OPEN)
        i--;
    if (i < 0)
        luaL_error(m->L, "invalid pattern capture");
    m->capture[i].len = s - m->capture[i].start;
    const char *e = match_here(m, s, p + 1);
    if (!e)
        m->capture[i].len = OPEN;
    return e;
}

/* %b() */
static const char *match_balance(lmedel_match *m, const char *s, const char *p)
{
    if (p + 3 >= m->pattern_end)
        luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
    if (s == m->end || *s != p[2])
        return NULL;
    size_t depth = 1;
    for (s++; s < m->end; s++) {
        lmedel_match_step(m);
        if (*s == p[3]) {
            if (--depth == 0)
                return s + 1;
        } else if (*s == p[2]) {
            depth++;
        }
    }
    return NULL;
}

/* %f[set]: the set's end if s is where the set begins to hold. */
static const char *match_frontier(lmedel_match *m, const char *s, const char *p)
{
    p += 2;
    if (p == m->pattern_end || *p != '[')
        luaL_error(m->L, "missing '[' after '%%f' in pattern");
    const char *end = item_end(m, p);
    const int before = s == m->text ? 0 : byte_at(s - 1);
    const int after = s == m->end ? 0 : byte_at(s);
    return !in_set(before, p, end - 1) && in_set(after, p, end - 1) ? end : NULL;
}

/* %1: what the capture held, again. */
static const char *match_again(lmedel_match *m, const char *s, int digit)
{
    const int i = digit - '1';
    if (i < 0 || i >= m->captures || m->capture[i].len == OPEN)
        luaL_error(m->L, "invalid capture index %%%d", i + 1);
    const size_t len =
        m->capture[i].len == POSITION ? (size_t)POSITION : (size_t)m->capture[i].len;
    if ((size_t)(m->end - s) < len)
        return NULL;
    m->steps += (long)len / 16;
    lmedel_match_step(m);
    return memcmp(m->capture[i].start, s, len) == 0 ? s + len : NULL;
}

/* One item and what repeats it.  Sets *next to where the pattern goes on, with the text
   at the result; NULL when it does not match; or with *next NULL the end of the match. */
static const char *match_item(lmedel_match *m, const char *s, const char *p,
                              const char **next)
{
    const char *end = item_end(m, p);
    const char repeat = end < m->pattern_end ? *end : '\0';
    const char *e;
    *next = NULL;
    switch (repeat) {
    case '*': return most(m, s, p, end);
    case '+': return item_fits(m, s, p, end) ? most(m, s + 1, p, end) : NULL;
    case '-': return fewest(m, s, p, end);
    case '?':
        if (item_fits(m, s, p, end) && (e = match_here(m, s + 1, end + 1)))
            return e;
        *next = end + 1;
        return s;
    default: *next = end; return item_fits(m, s, p, end) ? s + 1 : NULL;
    }
}

static const char *match_here(lmedel_match *m, const char *s, const char *p)
{
    while (s && p < m->pattern_end) {
        const int second = p + 1 < m->pattern_end ? byte_at(p + 1) : 0;
        lmedel_match_step(m);
        if (*p == '(')
            return open_capture(m, s, p);
        if (*p == ')')
            return close_capture(m, s, p);
        if (*p == '$' && p + 1 == m->pattern_end)
            return s == m->end ? s : NULL;
        if (*p == '%' && second == 'b') {
            s = match_balance(m, s, p);
            p += 4;
        } else if (*p == '%' && second == 'f') {
            const char *after = match_frontier(m, s, p);
            s = after ? s : NULL;
            p = after;
        } else if (*p == '%' && is_digit(second)) {
            s = match_again(m, s, second);
            p += 2;
        } else {
            const char *next;
            s = match_item(m, s, p, &next);
            if (!next)
                return s;
            p = next;
        }
    }
    return s;
}

const char *lmedel_match_at(lmedel_match *m, const char *s, const char *p)
{
    m->captures = 0;
    return match_here(m, s, p);
}

/* ---- captures ---- */

void lmedel_push_capture(lmedel_match *m, int i, const char *s, const char *e)
{
    if (i >= m->captures) {
        if (i != 0)
            luaL_error(m->L, "invalid capture index %%%d", i + 1);
        lua_pushlstring(m->L, s, (size_t)(e - s)); /* the whole match */
    } else if (m->capture[i].len == POSITION) {
        lua_pushinteger(m->L, m->capture[i].start - m->text + 1);
    } else {
        if (m->capture[i].len == OPEN)
            luaL_error(m->L, "unfinished capture");
        lua_pushlstring(m->L, m->capture[i].start, (size_t)m->capture[i].len);
    }
}

int lmedel_push_captures(lmedel_match *m, const char *s, const char *e)
{
    const int n = m->captures == 0 && s ? 1 : m->captures;
    luaL_checkstack(m->L, n, "too many captures");
    for (int i = 0; i < n; i++)
        lmedel_push_capture(m, i, s, e);
    return n;
}

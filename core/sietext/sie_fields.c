/* sie_fields.c - a line of SIE as fields; nothing is copied. */
#include "sietext.h"

#include <string.h>

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Is the number of quotes from p on odd?  p is not the first of its line. */
static bool odd_quotes(const char *p, const char *end)
{
    bool odd = false;
    for (; p < end; p++)
        odd ^= *p == '"' && p[-1] != '\\';
    return odd;
}

/* The quote that closes the text at p, or NULL.  A quote in the middle of a text is taken
   as text: one that no blank follows, and then also one that leaves an odd number of
   quotes behind it. */
static const char *closing_quote(const char *p, const char *end, bool escapes,
                                 bool *inner)
{
    bool odd = false; /* quotes after p, once one was inside */
    for (*inner = false; p < end; p++) {
        if (*p == '\\' && p + 1 < end && p[1] == '"'
            && (escapes || !(p + 2 == end || blank(p[2])))) {
            p++;
            continue;
        }
        if (*p != '"')
            continue;
        odd = *inner ? !odd : odd_quotes(p + 1, end);
        if ((p + 1 == end || blank(p[1]) || p[1] == '}' || p[1] == '{')
            && !(*inner && odd))
            return p;
        *inner = true;
    }
    return NULL;
}

/* The field that begins after a quote; the place after it. */
static const char *quoted(sie_field *out, const char *p, const char *end, unsigned *marks)
{
    bool inner, again;
    const char *closing = closing_quote(p, end, true, &inner);
    if (!closing && !(*marks & SIE_AGAIN)) {
        /* "C:\tmp\" ends in a backslash, not in an escaped quote.  Tried once in a line.
         */
        *marks |= SIE_AGAIN;
        closing = closing_quote(p, end, false, &again);
        inner = closing ? again : inner;
    }
    *marks |=
        (inner ? SIE_INNER_QUOTE : 0u) | (closing ? 0u : (unsigned)SIE_UNTERMINATED);
    out->p = p;
    out->len = (uint32_t)((closing ? closing : end) - p);
    out->quoted = true;
    return closing ? closing + 1 : end;
}

/* The list that begins after a {; the place after it. */
static const char *list(sie_field *out, const char *start, const char *end,
                        unsigned *marks)
{
    const char *p = start;
    bool in = false;
    for (; p < end && (in || *p != '}'); p++)
        in ^= *p == '"' && p[-1] != '\\';
    if (p == end) { /* a quote that is not closed, perhaps */
        p = *marks & SIE_AGAIN ? NULL : memchr(start, '}', (size_t)(end - start));
        *marks |= SIE_AGAIN;
    }
    if (!p)
        *marks |= SIE_OPEN_LIST;
    out->p = start;
    out->len = (uint32_t)((p ? p : end) - start);
    out->list = true;
    return p ? p + 1 : end;
}

void medel_sie_split(sie_fields *f, const char *p, const char *end)
{
    f->n = f->all = 0;
    for (;;) {
        for (; p < end && blank(*p); p++)
            f->marks |= *p == '\t' ? SIE_TABS : 0u;
        if (p == end)
            return;
        sie_field it = { p, 0, false, false };
        if (*p == '"') {
            p = quoted(&it, p + 1, end, &f->marks);
        } else if (*p == '{') {
            p = list(&it, p + 1, end, &f->marks);
        } else {
            while (p < end && !blank(*p) && *p != '{')
                p++;
            it.len = (uint32_t)(p - it.p);
        }
        for (uint32_t i = 0; i < it.len; i++) {
            const unsigned char c = (unsigned char)it.p[i];
            if (c < 32 || c == 127)
                f->marks |= it.list && c == '\t' ? SIE_TABS : (unsigned)SIE_CONTROL;
        }
        if (f->n < SIE_FIELDS)
            f->at[f->n++] = it;
        f->all++;
    }
}

bool medel_sie_word(const char **p, const char *end, sie_field *out)
{
    unsigned marks = 0;
    while (*p < end && blank(**p))
        ++*p;
    if (*p == end)
        return false;
    *out = (sie_field){ *p, 0, false, false };
    if (**p == '"') {
        *p = quoted(out, *p + 1, end, &marks);
        return true;
    }
    while (*p < end && !blank(**p))
        ++*p;
    out->len = (uint32_t)(*p - out->p);
    return true;
}

/* diagnostic.c - errors as values: place, excerpt, what was expected. */
#include "medel_priv.h"

#include <stdio.h>
#include <string.h>

#define MAX_DIAGNOSTICS 100
#define MAX_EXCERPT 160

struct medel_diagnostics {
    medel_arena arena;
    medel_diagnostic items[MAX_DIAGNOSTICS];
    size_t count;
};

medel_diagnostics *medel_diagnostics_new(medel_alloc_fn alloc, void *ud)
{
    medel_arena a;
    medel_arena_init(&a, alloc, ud);
    medel_diagnostics *d = medel_arena_try(&a, sizeof *d);
    if (!d)
        return NULL;
    d->arena = a;
    return d;
}

void medel_diagnostics_free(medel_diagnostics *d)
{
    if (!d)
        return;
    medel_arena a = d->arena; /* it holds d itself */
    medel_arena_free(&a);
}

size_t medel_diagnostics_count(const medel_diagnostics *d)
{
    return d->count;
}

const medel_diagnostic *medel_diagnostics_get(const medel_diagnostics *d, size_t i)
{
    return i < d->count ? &d->items[i] : NULL;
}

const char *medel_status_name(medel_status s)
{
    switch (s) {
    case MEDEL_OK: return "ok";
    case MEDEL_E_NOMEM: return "out of memory";
    case MEDEL_E_IO: return "cannot read";
    case MEDEL_E_SYNTAX: return "syntax";
    case MEDEL_E_SCHEMA: return "schema";
    case MEDEL_E_OVERFLOW: return "overflow";
    case MEDEL_E_UNIT: return "unit";
    case MEDEL_E_DOMAIN: return "domain";
    case MEDEL_E_LIMIT: return "limit";
    }
    return "unknown";
}

static char *copy(medel_diagnostics *d, const char *s)
{
    if (!s)
        return NULL;
    size_t len = strlen(s);
    char *p = medel_arena_try(&d->arena, len + 1);
    if (p)
        memcpy(p, s, len);
    return p;
}

static const char *excerpt_of(medel_source *src, unsigned line)
{
    const char *p = src->text, *end = src->text + src->len;
    if (!p || !line)
        return NULL;
    for (unsigned n = 1; n < line; n++) {
        p = memchr(p, '\n', (size_t)(end - p));
        if (!p)
            return NULL;
        p++;
    }
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    size_t len = (size_t)((stop ? stop : end) - p);
    if (len && p[len - 1] == '\r')
        len--;
    while (len > MAX_EXCERPT || (len && ((unsigned char)p[len] & 0xC0) == 0x80))
        len--;
    char *out = medel_arena_try(&src->diags->arena, len + 1);
    for (size_t i = 0; out && i < len; i++)
        out[i] = (unsigned char)p[i] < 0x20 || p[i] == 0x7F ? ' ' : p[i];
    return out;
}

void medel_diag(medel_source *src, medel_status status, unsigned line, unsigned col,
                const char *expected, const char *hint, const char *format, ...)
{
    src->errors++;
    medel_diagnostics *d = src->diags;
    if (!d || d->count == MAX_DIAGNOSTICS)
        return;
    char message[400];
    va_list ap;
    va_start(ap, format);
    vsnprintf(message, sizeof message, format, ap);
    va_end(ap);
    for (char *p = message; *p; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = '?';
    }
    medel_diagnostic *item = &d->items[d->count];
    item->status = status;
    item->line = line;
    item->col = col;
    item->file = copy(d, src->file);
    item->message = copy(d, message);
    item->expected = copy(d, expected);
    item->hint = copy(d, hint);
    item->excerpt = excerpt_of(src, line);
    if (item->message && item->file)
        d->count++;
}

typedef struct sink {
    char *buf;
    size_t size, len;
} sink;

static void put(sink *s, const char *text, size_t len)
{
    if (s->len < s->size) {
        size_t room = s->size - s->len;
        memcpy(s->buf + s->len, text, len < room ? len : room);
    }
    s->len += len;
}

static void puts_to(sink *s, const char *text)
{
    put(s, text, strlen(text));
}

static void put_number(sink *s, unsigned n)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", n);
    puts_to(s, digits);
}

size_t medel_diagnostic_format(const medel_diagnostic *d, char *buf, size_t size)
{
    sink s = { buf, size, 0 };
    puts_to(&s, d->file);
    if (d->line) {
        puts_to(&s, ":");
        put_number(&s, d->line);
    }
    if (d->line && d->col) {
        puts_to(&s, ":");
        put_number(&s, d->col);
    }
    puts_to(&s, ": error: ");
    puts_to(&s, d->message);
    puts_to(&s, "\n");
    if (d->excerpt) {
        char margin[24];
        int width = snprintf(margin, sizeof margin, "%5u | ", d->line);
        puts_to(&s, margin);
        puts_to(&s, d->excerpt);
        puts_to(&s, "\n");
        if (d->col) {
            for (unsigned i = 1; i < (unsigned)width + d->col; i++)
                puts_to(&s, i == (unsigned)width - 1 ? "|" : " ");
            puts_to(&s, "^\n");
        }
    }
    if (d->expected) {
        puts_to(&s, "  expected: ");
        puts_to(&s, d->expected);
        puts_to(&s, "\n");
    }
    if (d->hint) {
        puts_to(&s, "  hint: ");
        puts_to(&s, d->hint);
        puts_to(&s, "\n");
    }
    if (size)
        buf[s.len < size ? s.len : size - 1] = '\0';
    return s.len;
}

medel_status medel_fail(medel_error *err, medel_status status, const char *format, ...)
{
    if (err) {
        va_list ap;
        va_start(ap, format);
        err->status = status;
        vsnprintf(err->message, sizeof err->message, format, ap);
        va_end(ap);
    }
    return status;
}

/* ---- nearest name ---- */

#define MAX_NAME 64

unsigned medel_edit_distance(const char *a, const char *b, unsigned limit)
{
    size_t la = strlen(a), lb = strlen(b);
    if (la >= MAX_NAME || lb >= MAX_NAME)
        return limit + 1;
    unsigned before[MAX_NAME + 1], previous[MAX_NAME + 1], row[MAX_NAME + 1];
    for (size_t j = 0; j <= lb; j++)
        previous[j] = before[j] = (unsigned)j;
    for (size_t i = 1; i <= la; i++) {
        row[0] = (unsigned)i;
        unsigned best = row[0];
        for (size_t j = 1; j <= lb; j++) {
            unsigned change = previous[j - 1] + (a[i - 1] != b[j - 1]);
            unsigned n = previous[j] + 1;
            if (row[j - 1] + 1 < n)
                n = row[j - 1] + 1;
            if (change < n)
                n = change;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
                && before[j - 2] + 1 < n)
                n = before[j - 2] + 1;
            row[j] = n;
            if (n < best)
                best = n;
        }
        if (best > limit)
            return limit + 1;
        memcpy(before, previous, sizeof before);
        memcpy(previous, row, sizeof previous);
    }
    return previous[lb];
}

const char *medel_nearest(const char *name, const char *const *names, size_t n)
{
    unsigned limit = (unsigned)strlen(name) / 3;
    const char *best = NULL;
    if (limit < 1)
        limit = 1;
    for (size_t i = 0; i < n; i++) {
        unsigned distance = medel_edit_distance(name, names[i], limit);
        if (distance <= limit) {
            limit = distance ? distance - 1 : 0;
            best = names[i];
            if (!distance)
                break;
        }
    }
    return best;
}

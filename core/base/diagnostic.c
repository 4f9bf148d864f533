/* diagnostic.c - errors as values: place, excerpt, what was expected. */
#include "medel_priv.h"

#include <stdio.h>
#include <string.h>

#define MAX_DIAGNOSTICS 100
#define EXCERPT 120u /* characters of a line that are shown */
#define CLIP 80u     /* bytes of a value that a message quotes */

struct medel_diagnostics {
    medel_arena home;  /* where it lies itself */
    medel_arena arena; /* and where its texts do */
    medel_diagnostic items[MAX_DIAGNOSTICS];
    size_t count;
};

medel_diagnostics *medel_diagnostics_new(const medel_allocator *allocator)
{
    medel_arena a;
    medel_arena_init(&a, allocator);
    medel_diagnostics *d = medel_arena_try(&a, sizeof *d);
    if (!d)
        return NULL;
    d->home = a;
    medel_arena_init(&d->arena, allocator);
    return d;
}

medel_status medel_misused(medel_error *err, medel_diagnostics *diags,
                           const char *function, const char *needs)
{
    medel_error own;
    const medel_status st = medel_fail(err ? err : &own, MEDEL_E_MISUSE,
                                       "%s needs each of: %s", function, needs);
    const medel_diagnostic item = { .status = st,
                                    .message = (err ? err : &own)->message };
    medel_diagnostics_add(diags, &item);
    return st;
}

medel_source medel_source_of(const medel_input *in, medel_diagnostics *diags)
{
    return (medel_source){
        .file = in->name, .text = in->text, .len = in->len, .diags = diags
    };
}

void medel_diagnostics_free(medel_diagnostics *d)
{
    if (!d)
        return;
    medel_arena_free(&d->arena);
    medel_arena home = d->home;
    medel_arena_free(&home);
}

void medel_diagnostics_clear(medel_diagnostics *d)
{
    MEDEL_NEEDS_VOID(d);
    medel_arena_free(&d->arena);
    d->count = 0;
}

size_t medel_diagnostics_count(const medel_diagnostics *d)
{
    MEDEL_NEEDS_OR(0, d);
    return d ? d->count : 0;
}

const medel_diagnostic *medel_diagnostics_get(const medel_diagnostics *d, size_t i)
{
    MEDEL_NEEDS_OR(NULL, d);
    return d && i < d->count ? &d->items[i] : NULL;
}

unsigned medel_abi(void)
{
    return MEDEL_ABI;
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
    case MEDEL_E_STOPPED: return "stopped";
    case MEDEL_E_MISUSE: return "misuse";
    case MEDEL_E_SCRIPT: return "refused";
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

static const char *line_of(const medel_source *src, unsigned line, size_t *len)
{
    if (!src->text || !line)
        return NULL;
    const char *p = src->text, *end = src->text + src->len;
    for (unsigned n = 1; n < line; n++) {
        p = memchr(p, '\n', (size_t)(end - p));
        if (!p)
            return NULL;
        p++;
    }
    if (p == src->text && src->len >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
        p += 3; /* a byte order mark has no column */
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    *len = (size_t)((stop ? stop : end) - p);
    return p;
}

#define REPLACEMENT "\xEF\xBF\xBD"
#define ELLIPSIS "\xE2\x80\xA6"

static void append(char *out, size_t *at, const char *bytes, size_t n)
{
    memcpy(out + *at, bytes, n);
    *at += n;
}

/* Append one character, unless a terminal might obey it; how many bytes it was. */
static size_t show(char *out, size_t *at, const char *p, size_t left)
{
    uint32_t code = 0;
    size_t n = medel_utf8_length((const unsigned char *)p, left, &code);
    if (code == '\t')
        append(out, at, " ", 1);
    else if (!n || medel_invisible(code))
        append(out, at, REPLACEMENT, 3);
    else
        append(out, at, p, n);
    return n ? n : 1;
}

/* The line, or so much of it around the column as a screen has room for. */
static void take_excerpt(medel_source *src, medel_diagnostic *item)
{
    size_t left, at = 0;
    const char *p = line_of(src, item->line, &left);
    char *out = p ? medel_arena_try(&src->diags->arena, 4 * (EXCERPT + 2)) : NULL;
    if (!out)
        return;
    if (left && p[left - 1] == '\r')
        left--;
    unsigned skip = item->col > EXCERPT - EXCERPT / 8 ? item->col - EXCERPT / 2 : 0;
    for (unsigned n = 0; left && n < skip + EXCERPT; n++) {
        size_t size = show(out, &at, p, left);
        if (n <= skip && skip)
            at = 0;
        if (n == skip && skip)
            append(out, &at, ELLIPSIS, 3);
        p += size;
        left -= size;
    }
    if (left)
        append(out, &at, ELLIPSIS, 3);
    item->excerpt = out;
    item->caret = item->col > skip ? item->col - skip : 0;
}

static void clean(char *message)
{
    medel_trim_utf8(message);
    for (char *p = message; *p; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = ' ';
    }
}

const char *medel_clip(medel_arena *a, const char *text)
{
    if (strlen(text) <= CLIP)
        return text;
    char *start = medel_arena_text(a, text, CLIP - 3);
    medel_trim_utf8(start);
    return medel_arena_format(a, "%s" ELLIPSIS, start);
}

/* A value that is read for each cell of a row is wrong only once. */
static bool said_before(const medel_diagnostics *d, const char *file, unsigned line,
                        unsigned col, const char *message)
{
    for (size_t i = 0; i < d->count; i++) {
        const medel_diagnostic *item = &d->items[i];
        if (item->line == line && item->col == col && strcmp(item->message, message) == 0
            && strcmp(item->file, file) == 0)
            return true;
    }
    return false;
}

static void say(medel_source *src, const medel_diagnostic *said, const char *format,
                va_list ap)
{
    if (!src->errors++)
        src->status = said->status;
    medel_diagnostics *d = src->diags;
    if (!d || d->count == MAX_DIAGNOSTICS)
        return;
    char message[400] = "more errors follow; they are not shown";
    bool last = d->count == MAX_DIAGNOSTICS - 1;
    if (!last)
        vsnprintf(message, sizeof message, format, ap);
    clean(message);
    if (said_before(d, src->file, said->line, said->col, message))
        return;
    medel_diagnostic *item = &d->items[d->count];
    *item = *said;
    item->file = copy(d, src->file);
    item->message = copy(d, message);
    item->expected = copy(d, last ? NULL : said->expected);
    item->hint = copy(d, last ? NULL : said->hint);
    take_excerpt(src, item);
    if (item->message && item->file)
        d->count++;
}

void medel_diag(medel_source *src, medel_status status, unsigned line, unsigned col,
                const char *expected, const char *hint, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    say(src,
        &(medel_diagnostic){ .status = status,
                             .line = line,
                             .col = col,
                             .expected = expected,
                             .hint = hint },
        format, ap);
    va_end(ap);
}

void medel_wrong(medel_source *src, const medel_yaml *n, const char *expected,
                 const char *hint, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    say(src,
        &(medel_diagnostic){ .status = MEDEL_E_SCHEMA,
                             .line = n->line,
                             .col = n->col,
                             .expected = expected,
                             .hint = hint },
        format, ap);
    va_end(ap);
}

const char *medel_did_you_mean(medel_arena *arena, const char *near)
{
    return near ? medel_arena_format(arena, "did you mean '%s'?", near) : NULL;
}

void medel_diagnostics_add(medel_diagnostics *d, const medel_diagnostic *item)
{
    MEDEL_NEEDS_VOID(d, item, item->message);
    if (d->count == MAX_DIAGNOSTICS)
        return;
    medel_diagnostic *to = &d->items[d->count];
    *to = *item;
    to->file = copy(d, item->file ? item->file : "");
    to->message = copy(d, item->message);
    to->expected = copy(d, item->expected);
    to->hint = copy(d, item->hint);
    to->excerpt = copy(d, item->excerpt);
    if (to->file && to->message)
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

/* A file may be called anything; the terminal must not obey it. */
static void put_name(sink *s, const char *name)
{
    for (size_t left = strlen(name), n; left > 0; name += n, left -= n) {
        char shown[32];
        uint32_t code;
        n = medel_utf8_length((const unsigned char *)name, left, &code);
        n = n ? n : 1;
        medel_text_show(name, n, shown, sizeof shown);
        puts_to(s, shown);
    }
}

size_t medel_diagnostic_format(const medel_diagnostic *d, char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, d, buf || !size);
    sink s = { buf, size, 0 };
    const char *file = d->file ? d->file : "";
    put_name(&s, file);
    if (d->line) {
        puts_to(&s, ":");
        put_number(&s, d->line);
    }
    if (d->line && d->col) {
        puts_to(&s, ":");
        put_number(&s, d->col);
    }
    puts_to(&s, *file ? ": error: " : "error: ");
    puts_to(&s, d->message ? d->message : medel_status_name(d->status));
    puts_to(&s, "\n");
    if (d->excerpt) {
        char margin[24];
        int width = snprintf(margin, sizeof margin, "%5u | ", d->line);
        puts_to(&s, margin);
        puts_to(&s, d->excerpt);
        puts_to(&s, "\n");
        if (d->caret) {
            for (unsigned i = 1; i < (unsigned)width + d->caret; i++)
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
        medel_trim_utf8(err->message);
    }
    return status;
}

/* ---- nearest name ---- */

#define MAX_NAME 64

unsigned medel_edit_distance(const char *a, const char *b, unsigned limit)
{
    MEDEL_NEEDS_OR(0, a, b);
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

/* csv.c - records of a CSV file: RFC 4180, with LF or CR LF and any one delimiter. */
#include "csv.h"

#include <string.h>

static bool at_end(const medel_csv_text *t)
{
    return t->at >= t->src->len;
}

static char here(const medel_csv_text *t)
{
    return at_end(t) ? '\0' : t->src->text[t->at];
}

static bool at_line_end(const medel_csv_text *t)
{
    const char *s = t->src->text + t->at;
    return at_end(t) || *s == '\n'
           || (*s == '\r' && (t->at + 1 == t->src->len || s[1] == '\n'));
}

static void step(medel_csv_text *t)
{
    char c = here(t);
    t->at++;
    if (c == '\n') {
        t->line++;
        t->col = 1;
    } else if (((unsigned char)here(t) & 0xC0) != 0x80) {
        t->col++; /* the next byte begins a character */
    }
}

static void skip_line_end(medel_csv_text *t)
{
    if (here(t) == '\r')
        step(t);
    if (!at_end(t))
        step(t);
}

static bool complain(medel_csv_text *t, const char *expected, const char *what)
{
    medel_diag(t->src, MEDEL_E_SYNTAX, t->line, t->col, expected, NULL, "%s", what);
    return false;
}

/* Where the quote that ends the cell stands; the length of the text if none does. */
static size_t closing_quote(const medel_csv_text *t)
{
    const char *text = t->src->text;
    size_t at = t->at + 1;
    for (; at < t->src->len; at++) {
        if (text[at] != '"')
            continue;
        if (at + 1 == t->src->len || text[at + 1] != '"')
            return at;
        at++;
    }
    return t->src->len;
}

static bool read_quoted(medel_csv_text *t, medel_arena *a, medel_csv_cell *cell)
{
    size_t end = closing_quote(t), n = 0;
    if (end >= t->src->len)
        return complain(t, "a closing quote", "a quoted cell has no end");
    char *out = medel_arena_get(a, end - t->at);
    for (step(t); t->at < end; step(t)) {
        out[n++] = here(t);
        if (here(t) == '"')
            step(t); /* two stand for one */
    }
    step(t);
    if (!at_line_end(t) && here(t) != t->delimiter)
        return complain(t, "the delimiter, or the end of the line",
                        "text after a quoted cell");
    cell->text = out; /* zeroed, and at least a byte longer than the text */
    cell->len = n;
    return true;
}

static bool read_plain(medel_csv_text *t, medel_arena *a, medel_csv_cell *cell)
{
    size_t from = t->at;
    while (!at_line_end(t) && here(t) != t->delimiter) {
        if (here(t) == '"')
            return complain(t, "a cell with quotes is quoted: \"a \"\"b\"\"\"",
                            "a quote inside a cell that is not quoted");
        step(t);
    }
    cell->len = t->at - from;
    cell->text = medel_arena_text(a, t->src->text + from, cell->len);
    return true;
}

bool medel_csv_next(medel_csv_text *t, medel_arena *a, medel_array *cells)
{
    cells->count = 0;
    while (!at_end(t) && at_line_end(t))
        skip_line_end(t);
    if (at_end(t))
        return false;
    for (;;) {
        medel_csv_cell *cell = MEDEL_PUSH(a, cells, medel_csv_cell);
        *cell = (medel_csv_cell){ .line = t->line, .col = t->col };
        if (!(here(t) == '"' ? read_quoted(t, a, cell) : read_plain(t, a, cell)))
            return false;
        if (at_end(t) || here(t) != t->delimiter)
            break;
        step(t);
    }
    if (!at_end(t))
        skip_line_end(t);
    return true;
}

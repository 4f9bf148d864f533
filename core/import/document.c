/* document.c - a document as words with places; plain text as one. */
#include "import.h"

#include <string.h>

medel_status medel_document_new(medel_document **out, const medel_allocator *allocator)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out);
    *out = medel_object_new(sizeof **out, allocator);
    return *out ? MEDEL_OK : MEDEL_E_NOMEM;
}

MEDEL_FREE(medel_document_free, medel_document)

medel_status medel_document_page(medel_document *d, int width, int height)
{
    MEDEL_NEEDS(d);
    jmp_buf oom;
    if (d->pages.count >= MEDEL_DOCUMENT_PAGES)
        return MEDEL_E_LIMIT;
    d->arena.oom = &oom;
    if (setjmp(oom))
        return MEDEL_E_NOMEM;
    medel_doc_page *p = MEDEL_PUSH(&d->arena, &d->pages, medel_doc_page);
    *p = (medel_doc_page){ width, height, d->words.count };
    return MEDEL_OK;
}

bool medel_document_size(const medel_document *d, size_t i, int *width, int *height)
{
    MEDEL_OUT(width);
    MEDEL_OUT(height);
    MEDEL_NEEDS_OR(false, d, width, height);
    const medel_doc_page *p = d->pages.data;
    if (i >= d->pages.count)
        return false;
    *width = p[i].width;
    *height = p[i].height;
    return true;
}

void medel_document_turn(medel_document *d, size_t i)
{
    MEDEL_NEEDS_VOID(d);
    medel_doc_page *p = d->pages.data;
    if (i >= d->pages.count)
        return;
    p[i] = (medel_doc_page){ p[i].height, p[i].width, p[i].first };
}

MEDEL_ARRAY(medel_word, medel_document_words, medel_document, words)

void medel_document_hide(medel_document *d, size_t i)
{
    MEDEL_NEEDS_VOID(d);
    medel_word *w = d->words.data;
    if (i < d->words.count)
        w[i].len = 0;
}

/* Boxes beyond what a page of paper may be are none, and sums of them stay in an int. */
static bool on_paper(const medel_word *w)
{
    const int most = w->line ? 1000000000 : 2000000;
    return w->x0 >= -most && w->x0 <= w->x1 && w->x1 <= most && w->y0 >= -most
           && w->y0 <= w->y1 && w->y1 <= most;
}

medel_status medel_document_word(medel_document *d, const medel_word *w)
{
    MEDEL_NEEDS(d, w, w->text);
    jmp_buf oom;
    if (d->words.count >= MEDEL_DOCUMENT_WORDS)
        return MEDEL_E_LIMIT;
    if (d->pages.count == 0 || w->len > 1000 || !medel_text_plain(w->text, w->len)
        || !on_paper(w))
        return MEDEL_E_MISUSE;
    d->arena.oom = &oom;
    if (setjmp(oom))
        return MEDEL_E_NOMEM;
    const char *text = medel_arena_text(&d->arena, w->text, w->len);
    medel_word *copy = MEDEL_PUSH(&d->arena, &d->words, medel_word);
    *copy = *w;
    copy->text = text;
    copy->page = (unsigned)d->pages.count;
    return MEDEL_OK;
}

/* ---- plain text ---- */

/* A blank that parts words, and how many columns it takes. */
static unsigned blank_width(uint32_t code, unsigned column)
{
    if (code == '\t')
        return 8 - column % 8;
    return code == ' ' || code == '\r' ? 1 : 0;
}

/* A word may hold no-break and thin blanks: they join what they stand between.  A line
   of nothing but blanks is one word of no length, which says that it is there. */
static medel_status read_line(medel_document *d, const char *text, size_t len,
                              unsigned line)
{
    unsigned column = 0;
    size_t start = 0, pos = 0;
    unsigned start_column = 0;
    bool inside = false;
    medel_status st = MEDEL_OK;
    while (pos <= len && st == MEDEL_OK) {
        uint32_t code = ' ';
        size_t n = 1;
        if (pos < len) {
            n = medel_utf8_length((const unsigned char *)text + pos, len - pos, &code);
            if (n == 0)
                return MEDEL_E_SYNTAX;
        }
        const unsigned blanks = blank_width(code, column);
        if (blanks || medel_invisible(code)) {
            if (inside) {
                const medel_word w = { .text = text + start,
                                       .len = pos - start,
                                       .x0 = (int)start_column * 100,
                                       .x1 = (int)column * 100,
                                       .y0 = (int)line * 1200,
                                       .y1 = (int)line * 1200 + 1000,
                                       .line = line };
                st = medel_document_word(d, &w);
                if (st == MEDEL_E_MISUSE)
                    st = MEDEL_OK; /* what is no plain text is no figure */
            }
            inside = false;
        } else if (!inside) {
            inside = true;
            start = pos;
            start_column = column;
        }
        if (column < 5000000)
            column += blanks ? blanks : 1;
        pos += n;
    }
    if (st != MEDEL_OK)
        return st;
    /* the line's end, where blanks after the last word can be counted */
    const medel_word end = { .text = "",
                             .x0 = (int)column * 100 - 100,
                             .x1 = (int)column * 100 - 100,
                             .line = line };
    return medel_document_word(d, &end);
}

medel_status medel_document_text(medel_document *d, const char *text, size_t len)
{
    MEDEL_NEEDS(d, text);
    medel_status st = d->pages.count ? MEDEL_OK : medel_document_page(d, 0, 0);
    size_t pos = len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (pos < len && st == MEDEL_OK) {
        size_t stop = pos; /* lines end as on any system */
        while (stop < len && text[stop] != '\n' && text[stop] != '\r')
            stop++;
        for (; pos < stop && text[pos] == '\f' && st == MEDEL_OK; pos++)
            st = medel_document_page(d, 0, 0);
        if (st == MEDEL_OK)
            st = read_line(d, text + pos, stop - pos, (unsigned)++d->lines);
        pos = stop + 1;
        pos += pos < len && text[stop] == '\r' && text[pos] == '\n';
    }
    return st;
}

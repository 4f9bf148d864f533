/* doc_columns.c - a page with two columns of text is read one column after the other. */
#include "import.h"

#include <stdlib.h>

/* A gutter is a strip that no word crosses over at least 30 % of the page's height, with
   prose or tables on both sides; what stands above and below it goes across. */
typedef struct gutter {
    int x, from, to;
} gutter;

static int by_top(const void *x, const void *y)
{
    const medel_word *a = *(const medel_word *const *)x;
    const medel_word *b = *(const medel_word *const *)y;
    if (a->y0 != b->y0)
        return a->y0 < b->y0 ? -1 : 1;
    return a < b ? -1 : a > b;
}

static gutter find_gutter(const medel_word **w, size_t n, int x0, int x1, int y0, int y1)
{
    gutter best = { 0, 0, 0 };
    for (int x = x0 + (x1 - x0) * 38 / 100; x < x0 + (x1 - x0) * 62 / 100; x += 200) {
        int y = y0, from = y0, to = y0;
        for (size_t i = 0; i <= n; i++) {
            const int top = i < n ? w[i]->y0 : y1;
            if (i < n && (w[i]->x0 >= x + 300 || w[i]->x1 <= x - 300))
                continue;
            if (top - y > to - from) {
                from = y;
                to = top;
            }
            if (i < n && w[i]->y1 > y)
                y = w[i]->y1;
        }
        if (to - from > best.to - best.from)
            best = (gutter){ x, from, to };
    }
    return best;
}

static bool has_letter(const medel_word *w)
{
    for (size_t i = 0; i < w->len; i++) {
        const unsigned char c = (unsigned char)w->text[i];
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0xC3)
            return true;
    }
    return false;
}

size_t medel_doc_columns(const medel_word *words, size_t n, medel_arena *a,
                         const medel_word ***parts, size_t **counts)
{
    const medel_word **all = MEDEL_NEW(a, const medel_word *, n);
    const medel_word **out = MEDEL_NEW(a, const medel_word *, n);
    *counts = MEDEL_NEW(a, size_t, 4);
    *parts = out;
    (*counts)[0] = n;
    int x0 = INT32_MAX, x1 = INT32_MIN, y0 = INT32_MAX, y1 = INT32_MIN;
    for (size_t i = 0; i < n; i++) {
        all[i] = out[i] = &words[i];
        x0 = words[i].x0 < x0 ? words[i].x0 : x0;
        x1 = words[i].x1 > x1 ? words[i].x1 : x1;
        y0 = words[i].y0 < y0 ? words[i].y0 : y0;
        y1 = words[i].y1 > y1 ? words[i].y1 : y1;
    }
    if (n < 60 || n > 4000)
        return 1;
    qsort(all, n, sizeof *all, by_top);
    const gutter g = find_gutter(all, n, x0, x1, y0, y1);
    if ((g.to - g.from) * 100 < 30 * (y1 - y0))
        return 1;
    size_t left = 0, right = 0, letters = 0;
    for (size_t i = 0; i < n; i++) {
        const medel_word *w = &words[i];
        if (w->y0 < g.from - 100 || w->y1 > g.to + 100)
            continue;
        left += w->x1 <= g.x;
        right += w->x0 >= g.x;
        letters += w->x0 >= g.x && has_letter(w);
    }
    /* the right side of a table is figures, that of a page column is words, too */
    if (left < 25 || right < 25 || letters * 10 < right * 3)
        return 1;
    size_t at = 0;
    for (int part = 0; part < 4; part++) {
        const size_t before = at;
        for (size_t i = 0; i < n; i++) {
            const medel_word *w = &words[i];
            const bool above = w->y1 <= g.from + 100, below = w->y0 >= g.to - 100;
            const int mine = above          ? 0
                             : below        ? 3
                             : w->x1 <= g.x ? 1
                             : w->x0 >= g.x ? 2
                                            : 3;
            if (mine == part)
                out[at++] = w;
        }
        (*counts)[part] = at - before;
    }
    return 4;
}

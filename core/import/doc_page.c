/*
 * doc_page.c - a page's words as they are read: upright, and without the raised marks
 * of footnotes, which are no digits of the figure or the label that they stand at.
 */
#include "import.h"

/* "5" before "222": a figure begins with its short group. */
static bool begins_figure(const medel_word *a, const medel_word *b)
{
    return a->len < 3 && b->len == 3 && medel_digit(a->text[0])
           && medel_digit(b->text[0]);
}

/* The quarters of a turn that the page's words stand at, by those of three characters or
   more: 0; 1: they go upwards; 2: they stand on their heads; 3: downwards.  Words that
   are only listed to the left begin no figures there. */
static int turn_of(const medel_word *w, size_t n)
{
    size_t wide = 0, tall = 0, up = 0, down = 0, left = 0, right = 0;
    int heads = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && w[i - 1].y0 < w[i].y1 && w[i - 1].y1 > w[i].y0
            && w[i].x1 <= w[i - 1].x0)
            heads += begins_figure(&w[i - 1], &w[i]) - begins_figure(&w[i], &w[i - 1]);
        if (w[i].len < 3)
            continue;
        const bool is_tall = w[i].y1 - w[i].y0 > w[i].x1 - w[i].x0;
        tall += is_tall;
        wide += !is_tall;
        if (i == 0)
            continue;
        if (w[i - 1].y0 < w[i].y1 && w[i - 1].y1 > w[i].y0) {
            left += w[i].x1 <= w[i - 1].x0;
            right += w[i].x0 >= w[i - 1].x1;
        }
        if (!is_tall || w[i - 1].x0 >= w[i].x1 || w[i - 1].x1 <= w[i].x0)
            continue;
        up += w[i].y1 <= w[i - 1].y0;
        down += w[i].y0 >= w[i - 1].y1;
    }
    if (tall <= wide)
        return left > right && heads >= 0 ? 2 : 0;
    return up >= down ? 1 : 3;
}

static void turn(medel_word *w, int quarters, const medel_doc_page *page)
{
    const medel_word o = *w;
    if (quarters == 1) {
        w->x0 = page->height - o.y1;
        w->x1 = page->height - o.y0;
        w->y0 = o.x0;
        w->y1 = o.x1;
    } else if (quarters == 2) {
        w->x0 = page->width - o.x1;
        w->x1 = page->width - o.x0;
        w->y0 = page->height - o.y1;
        w->y1 = page->height - o.y0;
    } else if (quarters == 3) {
        w->x0 = o.y0;
        w->x1 = o.y1;
        w->y0 = page->width - o.x1;
        w->y1 = page->width - o.x0;
    }
}

medel_box medel_doc_box(const medel_doc_line *l, size_t first, size_t last)
{
    const medel_token *a = &l->tokens[first], *b = &l->tokens[last];
    if (l->quarters == 1)
        return (medel_box){ a->y0, l->down - b->x1, a->y1, l->down - a->x0 };
    if (l->quarters == 2)
        return (medel_box){ l->across - b->x1, l->down - a->y1, l->across - a->x0,
                            l->down - a->y0 };
    if (l->quarters == 3)
        return (medel_box){ l->across - a->y1, a->x0, l->across - a->y0, b->x1 };
    return (medel_box){ a->x0, a->y0, b->x1, a->y1 };
}

static bool mark_characters(const medel_word *m)
{
    for (size_t i = 0; i < m->len; i++)
        if (!medel_digit(m->text[i]) && m->text[i] != ')' && m->text[i] != '*')
            return false;
    return m->len > 0 && m->len <= 3;
}

/* Smaller than the word that it touches, above its foot and not above its head. */
static bool raised(const medel_word *word, const medel_word *m)
{
    const int height = word->y1 - word->y0, gap = m->x0 - word->x1;
    return word->len && (m->y1 - m->y0) * 10 < height * 9
           && (word->y1 - m->y1) * 5 > height && (m->y1 - word->y0) * 2 > m->y1 - m->y0
           && gap * 10 < height && gap * 3 > -height;
}

/* Does b go on after a, in the same size and on the same line? */
static bool continues(const medel_word *a, const medel_word *b)
{
    const int h = b->y1 - b->y0, other = a->y1 - a->y0, gap = b->x0 - a->x1;
    const int down = a->y0 + a->y1 - b->y0 - b->y1;
    return a->len && other * 10 >= h * 9 && h * 10 >= other * 9
           && (down < 0 ? -down : down) * 4 < h && gap * 10 > -h && gap * 2 < h;
}

#define MARK_WORDS 4000 /* of a page, among which a mark's word is looked for */

/* "1", "2)", "*" at the end of a word.  The last group of a figure may stand over a word
   of the line below, and is none. */
static bool is_mark(const medel_word *w, size_t n, size_t i)
{
    if (!mark_characters(&w[i]))
        return false;
    bool any = i > 0 && raised(&w[i - 1], &w[i]);
    for (size_t j = n > MARK_WORDS ? n : 0; j < n; j++) {
        any = any || raised(&w[j], &w[i]);
        if (j != i && continues(&w[j], &w[i]))
            return false;
    }
    return any;
}

size_t medel_doc_upright(const medel_word *w, size_t n, const medel_doc_page *page,
                         medel_word *out, int *quarters)
{
    size_t count = 0;
    *quarters = w->line ? 0 : turn_of(w, n);
    for (size_t i = 0; i < n; i++) {
        out[i] = w[i];
        turn(&out[i], *quarters, page);
    }
    if (w->line)
        return n;
    for (size_t i = 0; i < n; i++)
        if (is_mark(out, n, i))
            out[i].len = 0;
    for (size_t i = 0; i < n; i++)
        if (out[i].len)
            out[count++] = out[i];
    return count;
}

/* doc_columns.c - a page with two columns of text is read one column after the other. */
#include "import.h"

#include <stdlib.h>
#include <string.h>

/* A gutter is a strip that no word crosses over at least a fifth of the page's height,
   with words on both sides of it.  A row of a table that goes across (its label on one
   side, nothing but figures on the other) ends it; what stands above and below goes
   across. */
typedef struct gutter {
    int x, from, to;
} gutter;

/* Words that stand at one height. */
typedef struct band {
    size_t first, last; /* of the words by height; last is one after */
    int top, bottom;
} band;

typedef struct page {
    const medel_word **w; /* by height */
    size_t n;
    const band *bands;
    size_t nbands;
    int x0, x1, y0, y1;
    int height; /* of most words */
} page;

static int by_top(const void *x, const void *y)
{
    const medel_word *a = *(const medel_word *const *)x;
    const medel_word *b = *(const medel_word *const *)y;
    if (a->y0 != b->y0)
        return a->y0 < b->y0 ? -1 : 1;
    return a < b ? -1 : a > b;
}

static size_t letters_in(const medel_word *w)
{
    size_t letters = 0;
    for (size_t i = 0; i < w->len; i++) {
        const unsigned char c = (unsigned char)w->text[i];
        letters += (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == 0xC3;
    }
    return letters;
}

/* A word of a language, and no unit of a figure. */
static bool has_letter(const medel_word *w)
{
    return letters_in(w) >= 3 && memcmp(w->text, "tkr", 3) != 0
           && memcmp(w->text, "SEK", 3) != 0;
}

static bool all_digits(const medel_word *w)
{
    for (size_t i = 0; i < w->len; i++)
        if (!medel_digit(w->text[i]))
            return false;
    return w->len > 0;
}

static void find_bands(page *p, medel_arena *a)
{
    medel_array out = { 0 };
    for (size_t i = 0; i < p->n;) {
        band b = { i, i, p->w[i]->y0, p->w[i]->y1 };
        while (b.last < p->n && p->w[b.last]->y0 * 2 < b.top + b.bottom) {
            b.bottom = p->w[b.last]->y1 > b.bottom ? p->w[b.last]->y1 : b.bottom;
            b.last++;
        }
        *MEDEL_PUSH(a, &out, band) = b;
        i = b.last;
    }
    p->bands = out.data;
    p->nbands = out.count;
}

/* The word next to the right of one, of a band; NULL: it is the last. */
static const medel_word *next_of(const page *p, const band *b, const medel_word *of)
{
    const medel_word *next = NULL;
    for (size_t i = b->first; i < b->last; i++) {
        const medel_word *w = p->w[i];
        if (w->x0 > of->x0 && (!next || w->x0 < next->x0))
            next = w;
    }
    return next;
}

/* The first word after the figure that 'first' begins, where a wide gap stands between
   them; NULL: none does, as in a text or a numbered heading. */
static const medel_word *after_figure(const page *p, const band *b,
                                      const medel_word *first)
{
    for (const medel_word *w = first, *next; (next = next_of(p, b, w)); w = next) {
        if (next->x0 - w->x1 > p->height)
            return next;
        if (has_letter(next))
            return NULL;
    }
    return NULL;
}

/* The word next to the left of x, of a band. */
static const medel_word *before_of(const page *p, const band *b, int x)
{
    const medel_word *before = NULL;
    for (size_t i = b->first; i < b->last; i++) {
        const medel_word *w = p->w[i];
        if (w->x1 <= x && (!before || w->x1 > before->x1))
            before = w;
    }
    return before;
}

/* Is the last thing left of x a figure that stands apart from what is before it? */
static bool ends_apart(const page *p, const band *b, int x)
{
    const medel_word *w = before_of(p, b, x);
    if (w && !has_letter(w) && !medel_digit(w->text[0])) /* its unit */
        w = before_of(p, b, w->x0);
    if (!w || !medel_digit(w->text[0]))
        return false;
    const medel_word *before = before_of(p, b, w->x0);
    return before && w->x0 - before->x1 > p->height;
}

typedef enum crossing { APART, BESIDE, ROW, ACROSS } crossing;

/* ACROSS: a word stands in the gutter at x; ROW: a label is on the left and nothing but
   figures on the right, or figures apart and a word ("50 %   48 %   Uppnått"); BESIDE:
   there are words on the right. */
static crossing crossing_at(const page *p, size_t band_index, int x)
{
    const band *b = &p->bands[band_index];
    bool label = false, figures = false, words = false;
    const medel_word *first = NULL; /* on the right */
    for (size_t i = b->first; i < b->last; i++) {
        const medel_word *w = p->w[i];
        if (w->x0 >= x && (!first || w->x0 < first->x0))
            first = w;
        if (w->x0 < x + 300 && w->x1 > x - 300)
            return ACROSS;
        const bool letter = has_letter(w);
        label = label || (w->x1 <= x && letter);
        words = words || (w->x0 >= x && letter);
        figures = figures || w->x0 >= x;
    }
    if (label && first && medel_digit(first->text[0])) {
        const medel_word *next = after_figure(p, b, first);
        if (next && (medel_digit(next->text[0]) || ends_apart(p, b, x)))
            return ROW;
    }
    /* "kr 2022 2021": a unit before figures heads a table, after them it is theirs */
    words = words || (first && letters_in(first) > 0);
    return words ? BESIDE : label && figures ? ROW : APART;
}

/* Does the i:th band end a gutter at x?  Not a row on the left, beside the figures of a
   label on the right that has its words above and below them. */
static bool goes_across(const page *p, size_t i, int x)
{
    const crossing c = crossing_at(p, i, x);
    if (c != ROW || i == 0 || i + 1 == p->nbands)
        return c == ROW || c == ACROSS;
    const band *b = &p->bands[i];
    const int height = b->bottom - b->top;
    return crossing_at(p, i - 1, x) != BESIDE || crossing_at(p, i + 1, x) != BESIDE
           || b->top - b[-1].top >= height || b[1].top - b->top >= height;
}

/* The longest, in the middle of its strip. */
static gutter find_gutter(const page *p)
{
    gutter best = { 0, 0, 0 };
    int first = 0, last = 0; /* x of the strip */
    const int width = p->x1 - p->x0;
    for (int x = p->x0 + width / 100 * 30; x < p->x0 + width / 100 * 70; x += 200) {
        int from = p->y0;
        for (size_t i = 0; i <= p->nbands; i++) {
            const bool end = i == p->nbands;
            if (!end && !goes_across(p, i, x))
                continue;
            const int to = end ? p->y1 : p->bands[i].top;
            if (to - from > best.to - best.from) {
                best = (gutter){ x, from, to };
                first = last = x;
            } else if (from == best.from && to == best.to && last + 200 == x) {
                last = x;
            }
            from = end ? to : p->bands[i].bottom;
        }
    }
    best.x = (first + last) / 2;
    return best;
}

/* Both columns have words: the right side of a table has figures alone. */
static bool has_columns(const page *p, const gutter *g)
{
    size_t left = 0, right = 0, letters = 0;
    if ((g->to - g->from) * 5 < p->y1 - p->y0)
        return false;
    for (size_t i = 0; i < p->n; i++) {
        const medel_word *w = p->w[i];
        if (w->y0 < g->from - 100 || w->y1 > g->to + 100)
            continue;
        left += w->x1 <= g->x;
        right += w->x0 >= g->x;
        letters += w->x0 >= g->x && has_letter(w);
    }
    return left + right >= 25 && left >= 5 && right >= 5 && letters * 20 >= right * 3;
}

/* Is there a gap above the i:th band? */
static bool wide(const page *p, size_t i)
{
    const int height = p->bands[i].bottom - p->bands[i].top;
    return (p->bands[i].top - p->bands[i - 1].bottom) * 10 > height * 8;
}

static int by_x(const void *x, const void *y)
{
    const medel_word *a = *(const medel_word *const *)x;
    const medel_word *b = *(const medel_word *const *)y;
    if (a->x0 != b->x0)
        return a->x0 < b->x0 ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* Words and years in three places or more: heads of columns. */
static bool heads(const page *p, size_t index)
{
    const band *b = &p->bands[index];
    const medel_word *w[64];
    const size_t n = b->last - b->first;
    size_t gaps = 0;
    if (n < 3 || n > 64)
        return false;
    memcpy(w, p->w + b->first, n * sizeof(const medel_word *));
    qsort(w, n, sizeof *w, by_x);
    for (size_t i = 0; i < n; i++) {
        if (letters_in(w[i]) == 0 && !(all_digits(w[i]) && w[i]->len == 4))
            return false;
        gaps += i > 0 && w[i]->x0 - w[i - 1]->x1 > w[i]->y1 - w[i]->y0;
    }
    return gaps >= 2;
}

/* What stands last, after all that goes across, goes on in the columns that were found
   before, if it has a word on the left and each line on the right begins with one. */
static bool goes_on(const page *p, gutter *g)
{
    size_t first = p->nbands, right = 0, left = 0;
    for (; first > 0; first--) {
        const crossing c = crossing_at(p, first - 1, g->x);
        if (c == ROW || c == ACROSS)
            break;
        right += c == BESIDE;
    }
    if (first == p->nbands || !right)
        return false;
    for (size_t i = p->bands[first].first; i < p->n; i++)
        left += p->w[i]->x1 <= g->x && letters_in(p->w[i]) > 0;
    g->from = p->bands[first].top - 100;
    g->to = p->y1;
    return left > 0;
}

/* Larger letters than most: a heading. */
static bool large(const page *p, size_t i)
{
    return (p->bands[i].bottom - p->bands[i].top) * 10 >= p->height * 12;
}

/* What stands under both columns begins what follows them: the header of a table that
   goes across, up to the gap above it, and a heading that stands alone. */
static void leave_the_rest(const page *p, gutter *g)
{
    size_t last = 0;
    while (last + 1 < p->nbands && p->bands[last + 1].bottom <= g->to + 100)
        last++;
    bool header = false;
    for (; last + 1 < p->nbands && last > 0 && p->bands[last].top > g->from
           && heads(p, last);
         last--) {
        g->to = p->bands[last].top;
        header = true;
    }
    if (last + 1 < p->nbands && !header)
        for (size_t i = last + 1; i > 0 && i + 8 > last && p->bands[i].top > g->from;
             i--) {
            if (!wide(p, i))
                continue;
            g->to = i <= last ? p->bands[i].top : g->to;
            last = i - 1;
            break;
        }
    for (int lines = 0; lines < 2 && last > 0; lines++, last--) {
        if (p->bands[last].top < g->from || (!wide(p, last) && !large(p, last)))
            return;
        for (size_t i = p->bands[last].first; i < p->bands[last].last; i++)
            if (p->w[i]->x0 >= g->x || (i > p->bands[last].first && all_digits(p->w[i])))
                return;
        g->to = p->bands[last].top;
    }
}

static int by_value(const void *x, const void *y)
{
    const int a = *(const int *)x, b = *(const int *)y;
    return (a > b) - (a < b);
}

static int middle_height(const page *p, medel_arena *a)
{
    int *h = MEDEL_NEW(a, int, p->n);
    for (size_t i = 0; i < p->n; i++)
        h[i] = p->w[i]->y1 - p->w[i]->y0;
    qsort(h, p->n, sizeof *h, by_value);
    return h[p->n / 2];
}

typedef struct parts {
    const medel_word **out;
    size_t n;
    int *gutter;        /* the last that was found; 0: none */
    medel_array counts; /* size_t */
    medel_arena *arena;
} parts;

static void keep_part(parts *to, const medel_word **w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to->out[to->n++] = w[i];
    if (n)
        *MEDEL_PUSH(to->arena, &to->counts, size_t) = n;
}

static int part_of(const medel_word *w, const gutter *g)
{
    return w->y1 <= g->from + 100 ? 0
           : w->y0 >= g->to - 100 ? 3
           : w->x1 <= g->x        ? 1
           : w->x0 >= g->x        ? 2
                                  : 3;
}

/* The words of w in reading order; what is above and below columns is looked at again. */
static void split(parts *to, const medel_word **w, size_t n, int depth)
{
    page p = {
        .w = w, .n = n, .x0 = INT32_MAX, .x1 = INT32_MIN, .y0 = INT32_MAX, .y1 = INT32_MIN
    };
    for (size_t i = 0; i < n; i++) {
        p.x0 = w[i]->x0 < p.x0 ? w[i]->x0 : p.x0;
        p.x1 = w[i]->x1 > p.x1 ? w[i]->x1 : p.x1;
        p.y0 = w[i]->y0 < p.y0 ? w[i]->y0 : p.y0;
        p.y1 = w[i]->y1 > p.y1 ? w[i]->y1 : p.y1;
    }
    if (n < 8 || n > 4000 || depth > 6 || p.x1 - p.x0 > 1000000) {
        keep_part(to, w, n);
        return;
    }
    qsort(w, n, sizeof *w, by_top);
    find_bands(&p, to->arena);
    p.height = middle_height(&p, to->arena);
    gutter g = { 0, 0, 0 };
    if (n >= 50)
        g = find_gutter(&p);
    if (n >= 50 && has_columns(&p, &g)) {
        *to->gutter = g.x;
        leave_the_rest(&p, &g);
    } else {
        g.x = *to->gutter;
        if (!g.x || !goes_on(&p, &g)) {
            keep_part(to, w, n);
            return;
        }
    }
    for (int part = 0; part < 4; part++) {
        const medel_word **mine = MEDEL_NEW(to->arena, const medel_word *, n);
        size_t count = 0;
        for (size_t i = 0; i < n; i++)
            if (part_of(w[i], &g) == part)
                mine[count++] = w[i];
        if (part == 1 || part == 2 || count == n)
            keep_part(to, mine, count);
        else if (count)
            split(to, mine, count, depth + 1);
    }
}

size_t medel_doc_columns(const medel_word *words, size_t n, int *last, medel_arena *a,
                         const medel_word ***out, size_t **counts)
{
    const medel_word **all = MEDEL_NEW(a, const medel_word *, n + 1);
    parts to = { .out = MEDEL_NEW(a, const medel_word *, n + 1),
                 .gutter = last,
                 .arena = a };
    size_t shown = 0;
    for (size_t i = 0; i < n; i++)
        if (words[i].len)
            all[shown++] = &words[i];
    if (shown)
        split(&to, all, shown, 0);
    *out = to.out;
    *counts = to.counts.data;
    return to.counts.count;
}

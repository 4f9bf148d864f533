/* doc_lines.c - words become lines: by number, by cells, or by where their boxes stand.
 */
#include "import.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- blanks inside a word ---- */

static bool joining(uint32_t code)
{
    return code == 0xA0 || code == 0x2009 || code == 0x202F || code == 0x2007
           || code == 0x200A || code == 0x2008 || code == 0x2006;
}

/* "2024Avvikelse": two cells of a header that touch. */
static bool touches(const medel_word *w, size_t pos)
{
    if (w->line || pos < 4 || pos + 3 > w->len)
        return false;
    const unsigned char *c = (const unsigned char *)w->text + pos;
    const bool capital = (*c >= 'A' && *c <= 'Z') || (*c == 0xC3 && c[1] < 0xA0);
    int year[1];
    return capital && medel_doc_years(w->text + pos - 4, year, 1) == 1
           && medel_digit(w->text[pos - 1]) && medel_digit(w->text[pos - 4]);
}

typedef struct word_part {
    size_t start, stop;             /* bytes */
    size_t first, last, characters; /* first, last: of the word's characters */
    int gap;
} word_part;

/* The lines so far, and the tokens of the next one. */
typedef struct maker {
    medel_arena *arena, *scratch;
    medel_array lines, tokens;
} maker;

static void push_part(maker *to, const medel_word *w, const word_part *p)
{
    const int width = w->x1 - w->x0;
    const size_t all = p->characters ? p->characters : 1;
    medel_token *t = MEDEL_PUSH(to->scratch, &to->tokens, medel_token);
    t->text = medel_arena_text(to->arena, w->text + p->start, p->stop - p->start);
    t->len = (unsigned)(p->stop - p->start);
    t->gap = p->gap;
    t->x0 = w->x0 + (int)((size_t)width * p->first / all);
    t->x1 = w->x0 + (int)((size_t)width * p->last / all);
    t->y0 = w->y0;
    t->y1 = w->y1;
    t->cell = w->cell;
}

/* The parts of a word between no-break blanks, a token each, with a gap of none. */
static void push_tokens(maker *to, const medel_word *w, int gap)
{
    word_part p = { .gap = gap };
    size_t pos = 0, chars = 0;
    for (size_t i = 0; i < w->len; i++)
        p.characters += ((unsigned char)w->text[i] & 0xC0) != 0x80;
    while (pos <= w->len) {
        uint32_t code = 0xA0;
        size_t n = 1;
        if (pos < w->len)
            n = medel_utf8_length((const unsigned char *)w->text + pos, w->len - pos,
                                  &code);
        if (n == 0)
            break;
        const bool blank = joining(code), cut = blank || touches(w, pos);
        if (cut && pos > p.start) {
            p.stop = pos;
            p.last = chars;
            push_part(to, w, &p);
            p.gap = blank ? 0 : 2;
        }
        if (cut) {
            p.start = pos + (blank ? n : 0);
            p.first = chars + blank;
        }
        pos += n;
        chars++;
    }
}

static int gap_of(const medel_word *before, const medel_word *w, int blank)
{
    if (before && before->cell != w->cell)
        return MEDEL_DOC_CELL_GAP;
    const int gap = w->x0 - (before ? before->x1 : 0);
    if (w->line) /* columns of plain text */
        return gap / 100 < 1 ? (before ? 1 : 0) : gap / 100;
    if (!before)
        return 1;
    if (gap * 100 < blank * 55)
        return 0;
    if (gap * 100 < blank * 175)
        return 1;
    const int n = (gap + blank / 2) / blank;
    return n < 2 ? 2 : n;
}

/* ---- a line ---- */

char *medel_doc_text(medel_arena *a, const medel_token *t, size_t n)
{
    size_t len = 0;
    for (size_t i = 0; i < n; i++)
        len += t[i].len + 1;
    char *s = medel_arena_get(a, len + 1), *p = s;
    for (size_t i = 0; i < n; i++) {
        if (i)
            *p++ = ' ';
        memcpy(p, t[i].text, t[i].len);
        p += t[i].len;
    }
    return s;
}

static bool amount_kind(medel_atom_kind k)
{
    return k == MEDEL_ATOM_GROUP || k == MEDEL_ATOM_WHOLE || k == MEDEL_ATOM_DECIMAL;
}

static bool share_kind(medel_atom_kind k)
{
    return k == MEDEL_ATOM_SHARE || k == MEDEL_ATOM_PERCENT;
}

/* Amounts, and not only shares. */
static bool amounts_in(const medel_token *t, size_t n)
{
    for (size_t j = 0; j < n; j++)
        if (amount_kind(medel_token_kind(&t[j]))
            && (j + 1 == n || medel_token_kind(&t[j + 1]) != MEDEL_ATOM_PERCENT))
            return true;
    return false;
}

/* The tokens before i that are a part of a figure, one or a bracket with all its groups;
   0: the label ends there.  A small number in brackets beside words is a part of them. */
static size_t figure_before(const medel_token *t, size_t i)
{
    const medel_atom_kind k = medel_token_kind(&t[i - 1]);
    if (k == MEDEL_ATOM_BRACKET && t[i - 1].len < 5 && t[i - 1].gap < 2 && i >= 2
        && medel_token_kind(&t[i - 2]) == MEDEL_ATOM_NONE)
        return 0;
    if (k != MEDEL_ATOM_CLOSE)
        return k != MEDEL_ATOM_NONE;
    size_t n = 2;
    while (n <= i && medel_token_kind(&t[i - n]) == MEDEL_ATOM_GROUP)
        n++;
    return n <= i && medel_token_kind(&t[i - n]) == MEDEL_ATOM_OPEN ? n : 0;
}

/* Where the figures begin.  A share that stands before amounts, or a unit, belongs to the
   label: "Förbundschef 30 % 249 942". */
static size_t split_label(const medel_token *t, size_t n)
{
    size_t i = n;
    while (i > 0 && figure_before(t, i))
        i -= figure_before(t, i);
    while (i > 0 && i < n && amounts_in(t + i, n - i)) {
        if (share_kind(medel_token_kind(&t[i])))
            i++;
        else if (i + 1 < n && medel_token_kind(&t[i + 1]) == MEDEL_ATOM_PERCENT)
            i += 2;
        else
            break;
    }
    while (i < n && i > 0 && medel_token_kind(&t[i]) == MEDEL_ATOM_UNIT)
        i++;
    bool figure = false;
    for (size_t j = i; j < n; j++) {
        const medel_atom_kind k = medel_token_kind(&t[j]);
        figure = figure || amount_kind(k) || k == MEDEL_ATOM_SHARE || k == MEDEL_ATOM_DASH
                 || k == MEDEL_ATOM_BRACKET || (k == MEDEL_ATOM_OPEN && j + 1 < n);
    }
    return figure ? i : n;
}

/* With cells, the label is what stands in the first ones that hold no figure. */
static size_t split_cells(const medel_token *t, size_t n)
{
    size_t i = 0;
    while (i < n) {
        size_t stop = i;
        bool figures = true;
        for (; stop < n && t[stop].cell == t[i].cell; stop++)
            figures = figures && medel_token_kind(&t[stop]) != MEDEL_ATOM_NONE;
        if (figures)
            break;
        i = stop;
    }
    return i;
}

/* "30 m²" */
static bool ends_in_area(const char *label, size_t n)
{
    return n > 3 && memcmp(label + n - 4, " m\xC2\xB2", 4) == 0;
}

/* "Revision 1)", "Summa*": the mark of a footnote is no part of the label. */
static char *without_mark(char *label)
{
    size_t n = strlen(label);
    if (n > 1 && label[n - 1] == ')' && medel_digit(label[n - 2])
        && (n == 2 || label[n - 3] == ' '))
        n -= 2;
    else
        while (!ends_in_area(label, n) && medel_doc_mark_ends(label, n))
            n -= medel_doc_mark_ends(label, n);
    while (n && label[n - 1] == ' ')
        n--;
    label[n] = '\0';
    return label;
}

static void finish_line(maker *to, medel_doc_line *l)
{
    medel_arena *a = to->arena;
    medel_token *tokens = MEDEL_NEW(a, medel_token, to->tokens.count);
    if (to->tokens.count)
        memcpy(tokens, to->tokens.data, to->tokens.count * sizeof *tokens);
    l->tokens = tokens;
    l->ntokens = to->tokens.count;
    l->blank = l->ntokens == 0;
    to->tokens.count = 0;
    l->text = medel_doc_text(a, l->tokens, l->ntokens);
    l->nlabel = l->cells ? split_cells(l->tokens, l->ntokens)
                         : split_label(l->tokens, l->ntokens);
    l->label = without_mark(medel_doc_text(a, l->tokens, l->nlabel));
    /* rules and bullets are no label */
    bool letters = false;
    for (const char *p = l->label; *p; p++)
        letters = letters || (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z')
                  || (unsigned char)*p >= 0xC3 || medel_digit(*p);
    if (!letters)
        l->label = "";
}

static void add_line(maker *to, const medel_doc_line *l)
{
    *MEDEL_PUSH(to->scratch, &to->lines, medel_doc_line) = *l;
}

static void blank_line(maker *to, unsigned page, unsigned no)
{
    add_line(to, &(medel_doc_line){
                     .text = "", .label = "", .page = page, .no = no, .blank = true });
}

/* ---- lines that are known ---- */

static void numbered_lines(const medel_word *w, size_t n, maker *to, unsigned *last)
{
    size_t i = 0;
    while (i < n) {
        const unsigned no = w[i].line;
        medel_doc_line l = { .page = w[i].page, .no = no, .blank_width = 100 };
        const medel_word *before = NULL;
        int column = 0;
        while (*last + 1 < no)
            blank_line(to, w[i].page, ++*last);
        for (; i < n && w[i].line == no; i++) {
            if (w[i].len) {
                push_tokens(to, &w[i], gap_of(before, &w[i], 100));
                before = &w[i];
                l.cells = l.cells || w[i].cell;
            } else {
                column = w[i].x0 / 100;
            }
        }
        l.trail = before ? column - before->x1 / 100 : column;
        finish_line(to, &l);
        l.placeholder = l.blank && column > 0;
        add_line(to, &l);
        *last = no;
    }
}

/* ---- lines from boxes ---- */

static int by_middle(const void *x, const void *y)
{
    const medel_word *a = *(const medel_word *const *)x;
    const medel_word *b = *(const medel_word *const *)y;
    const int m = a->y0 + a->y1, n = b->y0 + b->y1;
    if (m != n)
        return m < n ? -1 : 1;
    if (a->x0 != b->x0)
        return a->x0 < b->x0 ? -1 : 1;
    return a < b ? -1 : a > b;
}

static int by_left(const void *x, const void *y)
{
    const medel_word *a = *(const medel_word *const *)x;
    const medel_word *b = *(const medel_word *const *)y;
    if (a->x0 != b->x0)
        return a->x0 < b->x0 ? -1 : 1;
    return a < b ? -1 : a > b;
}

static int by_size(const void *x, const void *y)
{
    const int a = *(const int *)x, b = *(const int *)y;
    return (a > b) - (a < b);
}

/* Do two words stand on one line, the second after the first? */
static bool follows(const medel_word *a, const medel_word *b)
{
    const int m = a->y0 + a->y1, n = b->y0 + b->y1, h = a->y1 - a->y0;
    return (m > n ? m - n : n - m) * 10 < h * 6 && b->x0 > a->x1;
}

/* The width of a blank in thousandths of a box's height: the middle of the gaps between
   words that follow each other, for most of them are blanks; of few words 0.242, as in
   most typefaces. */
static int blank_share(const medel_word *w, size_t n, medel_arena *a)
{
    int *gaps = MEDEL_NEW(a, int, n + 1);
    size_t count = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        const int h = w[i].y1 - w[i].y0;
        const int gap = w[i + 1].x0 - w[i].x1;
        if (h > 0 && follows(&w[i], &w[i + 1]) && gap * 10 > h && gap < h)
            gaps[count++] = (int)((int64_t)gap * 1000 / h);
    }
    if (count < 20)
        return 242;
    qsort(gaps, count, sizeof *gaps, by_size);
    const int middle = gaps[count / 2];
    return middle < 150 ? 150 : middle > 700 ? 700 : middle;
}

static int blank_of(const medel_word **w, size_t n, int share, medel_arena *a)
{
    int *h = MEDEL_NEW(a, int, n);
    for (size_t i = 0; i < n; i++)
        h[i] = w[i]->y1 - w[i]->y0;
    qsort(h, n, sizeof *h, by_size);
    const int blank = (int)((int64_t)h[n / 2] * share / 1000);
    return blank > 10 ? blank : 10;
}

static void boxed_part(const medel_word **w, size_t n, int share, maker *to, unsigned *no)
{
    int below = 0;
    bool any = false;
    qsort(w, n, sizeof *w, by_middle);
    for (size_t i = 0; i < n;) {
        const int middle = (w[i]->y0 + w[i]->y1) / 2, height = w[i]->y1 - w[i]->y0;
        size_t stop = i + 1;
        while (stop < n) {
            const int m = (w[stop]->y0 + w[stop]->y1) / 2, h = w[stop]->y1 - w[stop]->y0;
            if ((m - middle) * 100 >= 35 * (h < height ? h : height))
                break;
            stop++;
        }
        if (any && (middle - below) * 10 > height * 22)
            blank_line(to, w[i]->page, ++*no);
        any = true;
        below = middle;
        const int blank = blank_of(w + i, stop - i, share, to->scratch);
        qsort(w + i, stop - i, sizeof *w, by_left);
        medel_doc_line l = { .page = w[i]->page,
                             .no = ++*no,
                             .blank_width = blank,
                             .y = middle,
                             .height = height };
        for (size_t j = i; j < stop; j++)
            push_tokens(to, w[j], gap_of(j > i ? w[j - 1] : NULL, w[j], blank));
        finish_line(to, &l);
        add_line(to, &l);
        i = stop;
    }
    if (any)
        blank_line(to, w[0]->page, ++*no);
}

static void boxed_page(const medel_word *w, size_t n, int quarters,
                       const medel_doc_page *page, int share, int *gutter, maker *to)
{
    const medel_word **first;
    size_t *counts;
    unsigned no = 0;
    const size_t begin = to->lines.count;
    const size_t count = medel_doc_columns(w, n, gutter, to->scratch, &first, &counts);
    for (size_t i = 0; i < count; i++) {
        boxed_part(first, counts[i], share, to, &no);
        first += counts[i];
    }
    medel_doc_line *l = to->lines.data;
    for (size_t i = begin; i < to->lines.count; i++) {
        l[i].quarters = quarters;
        l[i].across = page->width;
        l[i].down = page->height;
    }
}

/* ---- furniture ---- */

static bool all_digits(const char *s)
{
    for (; *s; s++)
        if (!medel_digit(*s) && *s != '(' && *s != ')' && *s != ' ' && *s != '/')
            return false;
    return true;
}

static int page_number(const char **p)
{
    int v = 0;
    for (; medel_digit(**p) && v < 1000; ++*p)
        v = v * 10 + (**p - '0');
    return v;
}

/* "3 (24)", and nothing else: "0 (927 582)" is a row's. */
static bool page_of(const char *s)
{
    const int page = page_number(&s);
    if (page == 0 || strncmp(s, " (", 2) != 0)
        return false;
    s += 2;
    return page <= page_number(&s) && strcmp(s, ")") == 0;
}

/* A page number, a web address, the stamp of a signing service. */
static bool furniture(const medel_doc_line *l)
{
    const char *s = l->text;
    if (strncmp(s, "Sida ", 5) == 0 && all_digits(s + 5))
        return true;
    if (strncmp(s, "http://", 7) == 0 || strncmp(s, "https://", 8) == 0
        || strncmp(s, "www.", 4) == 0)
        return true;
    if (strstr(s, "lectronically signed") || strstr(s, "lektroniskt signerat"))
        return true;
    /* "26 | Samordningsförbundet ..." */
    const char *p = s;
    while (medel_digit(*p))
        p++;
    if (p > s && strncmp(p, " | ", 3) == 0)
        return true;
    return page_of(s);
}

/* The first or last line of three pages or more, but for its digits, is furniture. */
static bool same_but_digits(const char *a, const char *b)
{
    while (*a && *b) {
        if (medel_digit(*a) && medel_digit(*b)) {
            while (medel_digit(*a))
                a++;
            while (medel_digit(*b))
                b++;
        } else if (*a++ != *b++) {
            return false;
        }
    }
    return !*a && !*b;
}

static void empty_line(medel_doc_line *l)
{
    l->blank = true;
    l->placeholder = false;
    l->label = "";
    l->ntokens = l->nlabel = 0;
}

static void repeated(medel_doc_line *l, size_t n, bool top, medel_arena *a)
{
    size_t *edge = MEDEL_NEW(a, size_t, n + 1), count = 0;
    for (size_t i = 0; i < n; i++) {
        if (l[i].blank)
            continue;
        const size_t page = l[i].page;
        if (top && (count == 0 || l[edge[count - 1]].page != page))
            edge[count++] = i;
        else if (!top && count && l[edge[count - 1]].page == page)
            edge[count - 1] = i;
        else if (!top)
            edge[count++] = i;
    }
    if (count < 4)
        return;
    bool *gone = MEDEL_NEW(a, bool, count);
    for (size_t i = 0; i < count; i++) {
        size_t alike = 0;
        for (size_t j = 0; j < count; j++)
            alike += same_but_digits(l[edge[i]].text, l[edge[j]].text);
        gone[i] = alike * 2 >= count && alike >= 3;
    }
    for (size_t i = 0; i < count; i++)
        if (gone[i])
            empty_line(&l[edge[i]]);
}

/* "2", "- 2 -": nothing but a number that may be a page's; 0: it is not. */
static int bare_number(const medel_doc_line *l)
{
    const char *s = l->text;
    const char *const dash = strncmp(s, "- ", 2) == 0 ? " -" : "";
    s += strlen(dash);
    const int v = page_number(&s);
    return strcmp(s, dash) == 0 ? v : 0;
}

/* The highest or lowest lines of pages that count them, where at least two say the same
   first page, or one its own page and stands apart: documents of a few pages repeat
   nothing. */
static void page_numbers(medel_doc_line *l, size_t n, bool top, medel_arena *a)
{
    size_t *edge = MEDEL_NEW(a, size_t, n + 1), count = 0;
    for (size_t i = 0; i < n; i++) {
        if (l[i].blank)
            continue;
        const medel_doc_line *best = count ? &l[edge[count - 1]] : NULL;
        if (!best || best->page != l[i].page)
            edge[count++] = i;
        else if (top ? l[i].y < best->y : l[i].y > best->y)
            edge[count - 1] = i;
    }
    int *first = MEDEL_NEW(a, int, count + 1);
    for (size_t i = 0; i < count; i++) {
        const int v = bare_number(&l[edge[i]]);
        first[i] = v ? v - (int)l[edge[i]].page : INT_MIN;
    }
    for (size_t i = 0; i < count; i++) {
        const bool apart = edge[i] == 0 || l[edge[i] - 1].blank;
        size_t alike = 0;
        for (size_t j = 0; j < count; j++)
            alike += first[i] != INT_MIN && first[i] == first[j];
        if (alike >= 2 || (alike && first[i] == 0 && apart))
            empty_line(&l[edge[i]]);
    }
}

typedef struct upright_page {
    size_t first, count; /* words */
    int quarters;
} upright_page;

/* All pages' words as they are read, one page after the other. */
static medel_word *upright(const medel_document *d, medel_arena *a, upright_page *pages,
                           size_t *count)
{
    const medel_word *w = d->words.data;
    const medel_doc_page *p = d->pages.data;
    medel_word *out = MEDEL_NEW(a, medel_word, d->words.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < d->pages.count; i++) {
        const size_t from = p[i].first;
        const size_t to = i + 1 < d->pages.count ? p[i + 1].first : d->words.count;
        pages[i].first = n;
        if (to > from)
            n += medel_doc_upright(w + from, to - from, &p[i], out + n,
                                   &pages[i].quarters);
        pages[i].count = n - pages[i].first;
    }
    *count = n;
    return out;
}

void medel_doc_lines(const medel_document *d, medel_arena *a, medel_arena *scratch,
                     medel_array *out)
{
    maker to = { .arena = a, .scratch = scratch };
    upright_page *pages = MEDEL_NEW(scratch, upright_page, d->pages.count + 1);
    unsigned last = 0;
    bool boxes = false;
    size_t n;
    const medel_word *w = upright(d, scratch, pages, &n);
    const int share = blank_share(w, n, scratch);
    int gutter = 0;
    for (size_t p = 0; p < d->pages.count; p++) {
        const medel_word *first = w + pages[p].first;
        if (pages[p].count == 0)
            continue;
        boxes = boxes || !first->line;
        if (first->line)
            numbered_lines(first, pages[p].count, &to, &last);
        else
            boxed_page(first, pages[p].count, pages[p].quarters,
                       &((const medel_doc_page *)d->pages.data)[p], share, &gutter, &to);
    }
    out->count = out->room = to.lines.count;
    medel_doc_line *l = out->data = MEDEL_NEW(a, medel_doc_line, out->count);
    if (out->count)
        memcpy(l, to.lines.data, out->count * sizeof *l);
    for (size_t i = 0; i < out->count; i++)
        if (furniture(&l[i]))
            empty_line(&l[i]);
    if (boxes) {
        page_numbers(l, out->count, true, scratch);
        page_numbers(l, out->count, false, scratch);
        repeated(l, out->count, true, scratch);
        repeated(l, out->count, false, scratch);
    }
}

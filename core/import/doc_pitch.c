/*
 * doc_pitch.c - lines of one row stand closer than two rows do.
 *
 * A label of several lines has its figures beside the first, the last or the middle one.
 * Where boxes say how far lines stand apart, the label's lines are joined in the line
 * that has the figures.
 */
#include "import.h"

#include <stdlib.h>
#include <string.h>

static bool figures(const medel_doc_line *l)
{
    return l->nlabel < l->ntokens;
}

static int by_value(const void *x, const void *y)
{
    const int a = *(const int *)x, b = *(const int *)y;
    return (a > b) - (a < b);
}

/* The next line that is not blank, on the same page and below; end if there is none. */
static size_t next_line(const medel_doc_line *l, size_t i, size_t end)
{
    size_t j = i + 1;
    while (j < end && l[j].blank)
        j++;
    return j < end && l[j].page == l[i].page && l[j].y > l[i].y ? j : end;
}

/* From row to row: the middle of the distances between lines of figures; 0: too few. */
static int pitch_between(medel_import *m, size_t from, size_t to)
{
    const medel_doc_line *l = MEDEL_LINES(m);
    int *d = MEDEL_NEW(&m->arena, int, to - from + 1);
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        const size_t j = l[i].blank || !l[i].y ? to : next_line(l, i, to);
        if (j < to && figures(&l[i]) && figures(&l[j]) && *l[i].label && *l[j].label)
            d[n++] = l[j].y - l[i].y;
    }
    qsort(d, n, sizeof *d, by_value);
    return n >= 3 ? d[n / 2] : 0;
}

/* Of the table; of the whole document where it has too few such lines. */
static int pitch_of(medel_import *m, const medel_doc_table *t)
{
    const int own = pitch_between(m, t->body, t->end);
    if (!own && !m->pitch)
        m->pitch = pitch_between(m, 0, m->lines.count);
    return own ? own : m->pitch;
}

static bool small_letter(const char *s)
{
    const unsigned char *c = (const unsigned char *)s;
    return (*c >= 'a' && *c <= 'z') || (*c == 0xC3 && c[1] >= 0xA0);
}

/* "Summa eget kapital," and under it "avsättningar och skulder". */
static bool goes_on(const medel_doc_line *a, const medel_doc_line *b)
{
    const size_t n = strlen(a->label);
    return n && a->label[n - 1] == ',' && !figures(b) && small_letter(b->label);
}

/* Closer than rows by more than typefaces differ, and no farther than lines of a text. */
static bool close(const medel_doc_line *a, const medel_doc_line *b, int pitch)
{
    const int d = b->y - a->y;
    const int height = a->height > b->height ? a->height : b->height;
    return ((d + 40 < pitch && d * 100 < pitch * 93) || goes_on(a, b))
           && d * 100 < height * 160;
}

static medel_label_quality quality(medel_import *m, const medel_doc_table *t,
                                   const char *label)
{
    return medel_labels_match(m->labels, t->spec, label).quality;
}

/* Lines first..last are one row's, if one of them alone has figures, and no whole label.
 */
static void join(medel_import *m, const medel_doc_table *t, size_t first, size_t last)
{
    medel_doc_line *l = m->lines.data;
    const char *label = "";
    size_t row = last + 1;
    for (size_t i = first; i <= last; i++) {
        if (l[i].blank)
            continue;
        if (figures(&l[i])) {
            if (row <= last)
                return;
            row = i;
        }
        label = medel_label_join(&m->arena, label, l[i].label);
    }
    if (row > last || first == last
        || (quality(m, t, l[row].label) >= MEDEL_LABEL_SAME
            && quality(m, t, label) < MEDEL_LABEL_SAME))
        return;
    for (size_t i = first; i <= last; i++) {
        l[i].blank = l[i].blank || i != row;
        l[i].placeholder = false;
    }
    l[row].label = label;
}

/* Figures halfway between two lines of a label stand in the middle of its cell. */
static void join_middles(medel_import *m, const medel_doc_table *t)
{
    const medel_doc_line *l = MEDEL_LINES(m);
    for (size_t i = t->body; i < t->end; i++) {
        const size_t row =
            l[i].blank || figures(&l[i]) ? t->end : next_line(l, i, t->end);
        if (row >= t->end || !figures(&l[row]) || *l[row].label)
            continue;
        const size_t last = next_line(l, row, t->end);
        if (last >= t->end || figures(&l[last]))
            continue;
        const int off = l[i].y + l[last].y - 2 * l[row].y, d = l[last].y - l[i].y;
        if ((off < 0 ? -off : off) * 4 < l[row].height && d * 100 < l[row].height * 160)
            join(m, t, i, last);
    }
}

/* Figures that their cells broke.  Lines of one row are no farther apart than lines of a
   text; one with a label of its own is another row. */
static void mend_torn(medel_import *m, const medel_doc_table *t)
{
    medel_doc_line *l = m->lines.data;
    for (size_t i = t->body; i < t->end; i++) {
        for (size_t next = next_line(l, i, t->end); !l[i].blank && next < t->end;
             next = next_line(l, i, t->end)) {
            const int d = l[next].y - l[i].y;
            const int height =
                l[i].height > l[next].height ? l[i].height : l[next].height;
            const bool own = *l[next].label && !small_letter(l[next].label);
            if (!l[i].y || d * 100 >= height * (l[i].torn ? 320 : 160) || own
                || !medel_doc_mend_torn(&m->arena, &l[i], &l[next]))
                break;
        }
    }
}

void medel_doc_join_lines(medel_import *m, medel_doc_table *t)
{
    const medel_doc_line *l = MEDEL_LINES(m);
    const int pitch = pitch_of(m, t);
    mend_torn(m, t);
    join_middles(m, t);
    for (size_t i = t->body; pitch && i < t->end;) {
        size_t last = i;
        while (!l[last].blank) {
            const size_t next = next_line(l, last, t->end);
            if (next >= t->end || !close(&l[last], &l[next], pitch)
                || (strpbrk(l[next].text, "0123456789")
                    && medel_doc_header_line(m, t->spec, &l[next])))
                break;
            last = next;
        }
        if (last > i && !medel_doc_prose(&l[i]))
            join(m, t, i, last);
        i = last + 1;
    }
}

/* doc_edges.c - columns by the edges of what stands in them. */
#include "import.h"

#include <stdlib.h>

/* Rows that can be read in one way show where the columns are: at their right edges, left
   edges or middles, whichever agree.  Readings that stand elsewhere fall out. */

typedef enum edge_kind { RIGHT, LEFT, MIDDLE } edge_kind;

static int edge_of(const medel_doc_cell *c, edge_kind kind)
{
    return kind == RIGHT ? c->edge : kind == LEFT ? c->left : (c->left + c->edge) / 2;
}

static int by_value(const void *x, const void *y)
{
    const int a = *(const int *)x, b = *(const int *)y;
    return (a > b) - (a < b);
}

/* Plain text has columns only where more than a blank parts them. */
static bool shows_columns(const medel_import *m, const medel_doc_table *t,
                          const medel_doc_row *r)
{
    const medel_row_reading *read = r->readings.data;
    const medel_doc_line *l = &MEDEL_LINES(m)[r->line];
    if (r->readings.count != 1 || read->empties)
        return false;
    for (size_t c = 1; c < t->k; c++)
        if (read->cells[c].line != read->cells[0].line
            || (l->blank_width == 100 && l->tokens[read->cells[c].first].gap < 2))
            return false;
    return true;
}

/* Medians of the rows that show them; the middle one of their distances from it, which
   one row that is read wrong does not move. */
static int columns_of(medel_import *m, const medel_doc_table *t, edge_kind kind,
                      int edges[MEDEL_DOC_COLUMNS], size_t *count)
{
    const medel_doc_row *r = t->rows.data;
    int *v = MEDEL_NEW(&m->arena, int, t->rows.count + 1);
    int *off = MEDEL_NEW(&m->arena, int, (t->rows.count + 1) * t->k);
    size_t noff = 0;
    for (size_t c = 0; c < t->k; c++) {
        size_t n = 0;
        for (size_t i = 0; i < t->rows.count; i++)
            if (shows_columns(m, t, &r[i]))
                v[n++] =
                    edge_of(&((medel_row_reading *)r[i].readings.data)->cells[c], kind);
        *count = n;
        if (n == 0)
            return 0;
        qsort(v, n, sizeof *v, by_value);
        edges[c] = v[n / 2];
        for (size_t i = 0; i < n; i++)
            off[noff++] = abs(v[i] - edges[c]);
    }
    qsort(off, noff, sizeof *off, by_value);
    return off[noff / 2];
}

static int distance(const medel_doc_table *t, const medel_row_reading *r,
                    const int *edges, edge_kind kind)
{
    int most = 0;
    for (size_t c = 0; c < t->k; c++) {
        if (r->cells[c].kind == MEDEL_CELL_EMPTY)
            continue;
        const int off = abs(edge_of(&r->cells[c], kind) - edges[c]);
        most = off > most ? off : most;
    }
    return most;
}

static void filter(const medel_doc_table *t, medel_doc_row *row, const int *edges,
                   edge_kind kind, int blank)
{
    medel_row_reading *r = row->readings.data;
    const size_t n = row->readings.count;
    int least = -1;
    size_t kept = 0;
    for (size_t i = 0; i < row->readings.count; i++) {
        const int d = distance(t, &r[i], edges, kind);
        least = least < 0 || d < least ? d : least;
    }
    if (least < 0)
        return;
    if (least * 2 > blank * 5) { /* it stands in none of them */
        row->guessed = row->guessed || !row->share;
        return;
    }
    for (size_t i = 0; i < row->readings.count; i++)
        if (distance(t, &r[i], edges, kind) <= least + blank)
            r[kept++] = r[i];
    row->readings.count = kept;
    if (kept == 1 && n > 1)
        row->basis = MEDEL_BASIS_EDGES;
}

void medel_doc_edges(medel_import *m, medel_doc_table *t)
{
    int edges[3][MEDEL_DOC_COLUMNS], off[3], blank = 100;
    size_t n = 0;
    edge_kind best = RIGHT;
    medel_doc_row *r = t->rows.data;
    for (int kind = RIGHT; kind <= MIDDLE; kind++) {
        off[kind] = columns_of(m, t, (edge_kind)kind, edges[kind], &n);
        if (off[kind] < off[best])
            best = (edge_kind)kind;
    }
    if (t->rows.count)
        blank = MEDEL_LINES(m)[r[0].line].blank_width;
    if (n < 3 || off[best] * 10 > blank * 12)
        return;
    for (size_t i = 0; i < t->rows.count; i++)
        if (r[i].readings.count > 1 || MEDEL_LINES(m)[r[i].line].y)
            filter(t, &r[i], edges[best], best, blank);
}

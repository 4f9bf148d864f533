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

typedef struct column_edges {
    int at[MEDEL_DOC_COLUMNS];
    int most; /* the mean distance from them of three quarters of the figures, */
    int all;  /* and of all */
} column_edges;

static int mean(const int *v, size_t n)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += v[i];
    return n ? (int)(sum / (int64_t)n) : 0;
}

/* Medians of the rows that show them, whose number it returns.  A row that is read wrong
   stands far from them, and moves neither them nor most distances. */
static size_t columns_of(medel_import *m, const medel_doc_table *t, edge_kind kind,
                         column_edges *out)
{
    const medel_doc_row *r = t->rows.data;
    int *v = MEDEL_NEW(&m->arena, int, t->rows.count + 1);
    int *off = MEDEL_NEW(&m->arena, int, (t->rows.count + 1) * t->k);
    size_t noff = 0, n = 0;
    for (size_t c = 0; c < t->k; c++) {
        n = 0;
        for (size_t i = 0; i < t->rows.count; i++)
            if (shows_columns(m, t, &r[i]))
                v[n++] =
                    edge_of(&((medel_row_reading *)r[i].readings.data)->cells[c], kind);
        if (n == 0)
            return 0;
        qsort(v, n, sizeof *v, by_value);
        out->at[c] = v[n / 2];
        for (size_t i = 0; i < n; i++)
            off[noff++] = abs(v[i] - out->at[c]);
    }
    qsort(off, noff, sizeof *off, by_value);
    out->most = mean(off, noff - noff / 4);
    out->all = mean(off, noff);
    return n;
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
    column_edges edges[3];
    size_t n = 0;
    edge_kind best = RIGHT;
    medel_doc_row *r = t->rows.data;
    for (int kind = RIGHT; kind <= MIDDLE; kind++) {
        n = columns_of(m, t, (edge_kind)kind, &edges[kind]);
        if (n < 3)
            return;
        if (edges[kind].most < edges[best].most
            || (edges[kind].most == edges[best].most
                && edges[kind].all < edges[best].all))
            best = (edge_kind)kind;
    }
    const int blank = MEDEL_LINES(m)[r[0].line].blank_width;
    if (edges[best].most * 10 > blank * 12)
        return;
    for (size_t i = 0; i < t->rows.count; i++)
        if (r[i].readings.count > 1 || MEDEL_LINES(m)[r[i].line].y)
            filter(t, &r[i], edges[best].at, best, blank);
}

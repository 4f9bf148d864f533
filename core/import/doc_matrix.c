/*
 * doc_matrix.c - a note whose columns are parts of a total, not years: "Balanserat
 * resultat | Årets resultat | Summa" over Ingående balans, Årets resultat, Utgående
 * balans.
 *
 * Their heads say no year and their words are many; that each row's last figure is the
 * sum of the others says it.  The total is this year's; the parts are kept beside it.
 */
#include "import.h"

#define LEAST_ROWS 3
#define MOST_COLUMNS 7

static bool holds(const medel_row_reading *r, size_t k)
{
    int64_t sum = 0;
    for (size_t c = 0; c + 1 < k; c++)
        if (__builtin_add_overflow(sum, medel_doc_value(&r->cells[c]), &sum))
            return false;
    return sum == medel_doc_value(&r->cells[k - 1]);
}

/* How many parts of the row are printed and are something. */
static size_t parts_of(const medel_row_reading *r, size_t k)
{
    size_t n = 0;
    for (size_t c = 0; c + 1 < k; c++)
        n += medel_doc_value(&r->cells[c]) != 0;
    return n;
}

/* Do the figures of the body's lines stand so in k columns?  *first: of these lines. */
static bool stands(medel_import *m, const medel_doc_table *t, size_t k, size_t *first)
{
    const medel_doc_line *l = MEDEL_LINES(m);
    const medel_row_shape shape = { k, false, true, true, t->cells ? t->cell : NULL };
    size_t rows = 0, held = 0, several = 0;
    for (size_t i = t->body; i < t->end && !medel_doc_prose(&l[i]); i++) {
        medel_array atoms = { 0 }, readings = { 0 };
        if (!*l[i].label || l[i].nlabel == l[i].ntokens)
            continue;
        medel_doc_atoms(l, i, &m->arena, &atoms);
        medel_doc_readings(l, atoms.data, atoms.count, &shape, &m->arena, &readings);
        const medel_row_reading *r = readings.data;
        size_t parts = 0;
        bool any = false;
        for (size_t j = 0; j < readings.count; j++) {
            if (!holds(&r[j], k))
                continue;
            any = true;
            parts = parts_of(&r[j], k) > parts ? parts_of(&r[j], k) : parts;
        }
        *first = rows == 0 ? i : *first;
        rows++;
        held += any;
        several += parts > 1;
    }
    /* a misprint may stand in one of four */
    return rows >= LEAST_ROWS && held + rows / 4 >= rows && several >= 2;
}

bool medel_doc_matrix(medel_import *m, medel_doc_table *t)
{
    for (size_t k = 3; k <= MOST_COLUMNS; k++) {
        size_t first = t->body;
        if (t->cells)
            medel_doc_last_cells(m, t, k);
        if (!stands(m, t, k, &first))
            continue;
        t->k = k;
        t->body = first;
        t->matrix = true;
        for (size_t c = 0; c < k; c++) {
            const bool total = c + 1 == k;
            t->aside[c] = !total;
            t->years[c] = total ? m->year : -1 - (int)c;
            t->headers[c] = NULL;
            t->columns[c] = total ? medel_arena_format(&m->arena, "%d", m->year)
                                  : medel_arena_format(&m->arena, "del %zu", c + 1);
        }
        return true;
    }
    return false;
}

/* Readings of a row in which the parts sum to the total, if there are any. */
static void keep_those_that_hold(medel_doc_row *row, size_t k)
{
    medel_row_reading *r = row->readings.data;
    size_t kept = 0;
    for (size_t j = 0; j < row->readings.count; j++)
        if (holds(&r[j], k)) {
            const medel_row_reading x = r[j];
            r[j] = r[kept];
            r[kept++] = x;
        }
    if (kept)
        row->readings.count = kept;
}

/* Is it what the whole table sums to? */
static bool closes(const medel_doc_row *row)
{
    return row->match.row && row->match.row->rule && !row->match.row->under
           && row->match.quality >= MEDEL_LABEL_NEAR;
}

static bool same_total(const medel_doc_row *a, const medel_doc_row *b, size_t k)
{
    const medel_row_reading *x = a->readings.data, *y = b->readings.data;
    return medel_doc_value(&x->cells[k - 1]) == medel_doc_value(&y->cells[k - 1]);
}

/* How many rows are an earlier year's: what closes the year before opens it, unless a row
   of its own says that. */
static size_t before_last(const medel_doc_row *rows, size_t n, size_t k)
{
    size_t last = n;
    while (last > 0 && !closes(&rows[last - 1]))
        last--;
    for (size_t i = last > 0 ? last - 1 : 0; i-- > 0;)
        if (closes(&rows[i]))
            return i + (i + 2 < last && same_total(&rows[i], &rows[i + 1], k));
    return 0;
}

void medel_doc_matrix_rows(medel_import *m, medel_doc_table *t)
{
    medel_doc_row *rows = t->rows.data;
    const size_t n = t->rows.count;
    for (size_t i = 0; i < n; i++)
        keep_those_that_hold(&rows[i], t->k);
    const size_t other = before_last(rows, n, t->k);
    for (size_t i = 0; i < other; i++) {
        const medel_doc_line *l = &MEDEL_LINES(m)[rows[i].line];
        *MEDEL_PUSH(&m->arena, &t->loose, medel_import_loose) =
            (medel_import_loose){ l->text, "ett tidigare år", l->page, l->no };
    }
    for (size_t i = other; other && i < n; i++)
        rows[i - other] = rows[i];
    t->rows.count -= other;
}

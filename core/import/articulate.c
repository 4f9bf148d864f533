/*
 * articulate.c - which reading of each row is chosen: by columns' edges, the row's own
 * arithmetic, sums, figures that are printed again elsewhere; and, last, by size.
 */
#include "import.h"

#include <stdlib.h>
#include <string.h>

/* ---- order of the readings: the likeliest first ---- */

/* How unlike neighbouring columns are: a reading that splits a number makes jumps. */
static unsigned unlike(const medel_doc_table *t, const medel_row_reading *r)
{
    unsigned sum = 8 * r->empties;
    for (size_t c = 0; c + 1 < t->k; c++) {
        const unsigned a = medel_doc_bits(medel_doc_value(&r->cells[c]));
        const unsigned b = medel_doc_bits(medel_doc_value(&r->cells[c + 1]));
        sum += a == 0 || b == 0 ? (a == b ? 0 : 6) : a > b ? a - b : b - a;
    }
    return sum;
}

static int by_likeness(const void *x, const void *y)
{
    const medel_row_reading *a = x, *b = y;
    if (a->unlike != b->unlike)
        return a->unlike < b->unlike ? -1 : 1;
    if (a->strain != b->strain)
        return a->strain < b->strain ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* ---- row identities ---- */

static void keep_identities(const medel_doc_table *t, medel_doc_row *row)
{
    medel_row_reading *r = row->readings.data;
    unsigned best = 0;
    size_t kept = 0;
    medel_identity_columns columns;
    medel_doc_identity_columns(&columns, t->columns, t->k);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < row->readings.count; i++) {
            const medel_identities d = medel_doc_identities(&columns, &r[i]);
            /* reading zeros holds as well as reading sums: failures weigh most */
            const unsigned score =
                1000 - 100 * (d.fail < 9 ? d.fail : 9) + 2 * d.exact + d.hold;
            if (pass == 0)
                best = score > best ? score : best;
            else if (score == best)
                r[kept++] = r[i];
        }
    }
    if (kept == 1 && row->readings.count > 1)
        row->basis = MEDEL_BASIS_IDENTITY;
    row->readings.count = kept;
}

/* ---- what is known elsewhere ---- */

typedef struct known_value {
    const medel_concept *concept;
    int year;
    int64_t ore; /* magnitude */
} known_value;

typedef struct knowledge {
    medel_array values; /* known_value */
    medel_array rows;   /* const medel_doc_row * that are decided, */
    medel_array tables; /* and their tables */
} knowledge;

static int64_t magnitude(int64_t v)
{
    return v < 0 ? -v : v;
}

const medel_concept *medel_doc_concept(const medel_doc_table *t, const medel_doc_row *r,
                                       size_t c)
{
    if (!r->match.row || r->match.quality < MEDEL_LABEL_NEAR)
        return NULL;
    if (t->spec->by_year)
        return r->match.row->concept_ref;
    for (size_t i = 0; i < r->match.row->nconcepts; i++)
        if (strcmp(r->match.row->concepts[i].measure, t->columns[c]) == 0)
            return r->match.row->concepts[i].concept_ref;
    return NULL;
}

static int64_t in_ore(const medel_doc_table *t, int64_t hundredths)
{
    int64_t v = magnitude(hundredths);
    const int64_t scale = t->unit == MEDEL_UNIT_TKR    ? 1000
                          : t->unit == MEDEL_UNIT_MNKR ? 1000000
                                                       : 1;
    return __builtin_mul_overflow(v, scale, &v) ? INT64_MAX : v;
}

static const medel_row_reading *chosen_of(const medel_doc_row *r)
{
    return &((const medel_row_reading *)r->readings.data)[r->chosen];
}

static knowledge gather(medel_import *m)
{
    knowledge k = { .values = { 0 } };
    medel_doc_table *t = m->tables.data;
    for (size_t i = 0; i < m->tables.count; i++) {
        medel_doc_row *r = t[i].rows.data;
        for (size_t j = 0; j < t[i].rows.count; j++) {
            if (!r[j].decided || r[j].share)
                continue;
            *MEDEL_PUSH(&m->scratch, &k.rows, const medel_doc_row *) = &r[j];
            *MEDEL_PUSH(&m->scratch, &k.tables, const medel_doc_table *) = &t[i];
            for (size_t c = 0; c < t[i].k; c++) {
                const int64_t v = medel_doc_value(&chosen_of(&r[j])->cells[c]);
                const medel_concept *concept = medel_doc_concept(&t[i], &r[j], c);
                if (concept && v)
                    *MEDEL_PUSH(&m->scratch, &k.values, known_value) =
                        (known_value){ concept, t[i].years[c], in_ore(&t[i], v) };
            }
        }
    }
    return k;
}

static bool is_amount(const medel_fact *f, int64_t ore)
{
    return f && f->printed.value.den == 1 && magnitude(f->printed.value.num) == ore;
}

/* Last year's report prints this figure: for the concept, or in the same row of the same
   table, of the förbund's own rows, too. */
static bool printed_last(const medel_import *m, const medel_doc_table *t,
                         const medel_doc_row *row, size_t c, int64_t ore)
{
    const medel_report *last = m->options->last;
    const medel_concept *concept = medel_doc_concept(t, row, c);
    if (!last || !ore || t->years[c] >= m->year)
        return false;
    if (concept
        && is_amount(
            medel_report_concept(last, concept, t->years[c], MEDEL_VARIANT_UTFALL), ore))
        return true;
    const char *id = row->match.own   ? row->match.own->id
                     : row->match.row ? row->match.row->id
                                      : NULL;
    const medel_table *was = medel_report_table(last, t->spec->id);
    if (!id || !was || row->match.quality < MEDEL_LABEL_NEAR)
        return false;
    /* what this year's table calls last year's intakt is there its intakt */
    const char *measure = t->spec->by_year                        ? NULL
                          : strncmp(t->columns[c], "fg_", 3) == 0 ? t->columns[c] + 3
                                                                  : t->columns[c];
    return is_amount(
        medel_report_cell(last, was, id, measure, t->years[c], MEDEL_VARIANT_UTFALL),
        ore);
}

/* How much of a reading is printed elsewhere: the whole row, its figures, its concepts.
 */
static unsigned repeated(medel_import *m, const knowledge *k, const medel_doc_table *t,
                         const medel_doc_row *row, const medel_row_reading *r)
{
    const medel_doc_row *const *rows = k->rows.data;
    const medel_doc_table *const *tables = k->tables.data;
    const known_value *values = k->values.data;
    unsigned score = 0;
    bool alone[MEDEL_DOC_COLUMNS] = { false }, whole = false;
    for (size_t i = 0; i < k->rows.count; i++) {
        const medel_row_reading *o = chosen_of(rows[i]);
        bool same = tables[i]->k == t->k, large = false;
        for (size_t c = 0; c < t->k; c++) {
            const int64_t v = magnitude(medel_doc_value(&r->cells[c]));
            same = same && v == magnitude(medel_doc_value(&o->cells[c]));
            large = large || v > 99900;
            for (size_t d = 0; d < tables[i]->k && !alone[c]; d++)
                alone[c] = v > 99900 && v == magnitude(medel_doc_value(&o->cells[d]));
        }
        whole = whole || (same && large);
    }
    for (size_t c = 0; c < t->k; c++) {
        const int64_t ore = in_ore(t, medel_doc_value(&r->cells[c]));
        const medel_concept *concept = medel_doc_concept(t, row, c);
        bool equal = false;
        for (size_t i = 0; concept && ore && i < k->values.count; i++)
            equal = equal
                    || (values[i].concept == concept && values[i].year == t->years[c]
                        && values[i].ore == ore);
        equal = equal || printed_last(m, t, row, c, ore);
        score += (alone[c] ? 1U : 0U) + (equal ? 3U : 0U);
    }
    return score + (whole ? 4 : 0);
}

static bool by_equality(medel_import *m, const knowledge *k, medel_doc_table *t,
                        medel_doc_row *row)
{
    const medel_row_reading *r = row->readings.data;
    unsigned best = 0;
    bool tie = true;
    size_t at = 0;
    for (size_t i = 0; i < row->readings.count; i++) {
        const unsigned s = repeated(m, k, t, row, &r[i]);
        if (s > best) {
            best = s;
            at = i;
            tie = false;
        } else if (s == best) {
            tie = true;
        }
    }
    if (best == 0 || tie)
        return false;
    row->decided = true;
    row->chosen = at;
    row->basis = MEDEL_BASIS_EQUALITY;
    return true;
}

/* ---- size: the readings are in that order ---- */

static void by_size(medel_doc_row *row)
{
    row->chosen = 0;
    row->decided = true;
    row->basis = MEDEL_BASIS_SIZE;
}

/* The best of the readings that were not chosen: what a person is offered instead. */
static void find_second(medel_doc_row *row)
{
    row->second = row->chosen == 0;
    row->has_second = row->readings.count > 1;
}

/* ---- all of them ---- */

static void prepare(medel_import *m, medel_doc_table *t)
{
    medel_doc_row *r = t->rows.data;
    for (size_t i = 0; i < t->rows.count; i++) {
        medel_row_reading *read = r[i].readings.data;
        for (size_t j = 0; j < r[i].readings.count; j++) {
            read[j].unlike = unlike(t, &read[j]);
            read[j].order = j;
        }
        qsort(read, r[i].readings.count, sizeof *read, by_likeness);
        if (MEDEL_LINES(m)[r[i].line].cells)
            r[i].basis = MEDEL_BASIS_CELLS;
    }
    medel_doc_edges(m, t);
    for (size_t i = 0; i < t->rows.count; i++) {
        if (!t->spec->by_year && r[i].readings.count > 1)
            keep_identities(t, &r[i]);
        r[i].decided = r[i].readings.count == 1;
    }
}

void medel_articulate(medel_import *m)
{
    medel_doc_table *t = m->tables.data;
    for (size_t i = 0; i < m->tables.count; i++)
        prepare(m, &t[i]);
    for (size_t i = 0; i < m->tables.count; i++) {
        medel_doc_find_sums(m, &t[i]);
        medel_doc_sums(&t[i]);
    }
    for (int round = 0; round < 4; round++) {
        const knowledge k = gather(m);
        bool more = false;
        for (size_t i = 0; i < m->tables.count; i++) {
            medel_doc_row *r = t[i].rows.data;
            for (size_t j = 0; j < t[i].rows.count; j++)
                if (!r[j].decided && !r[j].share)
                    more = by_equality(m, &k, &t[i], &r[j]) || more;
        }
        if (!more)
            break;
        /* what equality decided may decide sums */
        for (size_t i = 0; i < m->tables.count; i++)
            medel_doc_sums(&t[i]);
    }
    for (size_t i = 0; i < m->tables.count; i++) {
        medel_doc_row *r = t[i].rows.data;
        for (size_t j = 0; j < t[i].rows.count; j++) {
            if (!r[j].decided)
                by_size(&r[j]);
            find_second(&r[j]);
        }
        medel_doc_sums(&t[i]);
    }
}

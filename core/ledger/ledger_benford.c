/* ledger_benford.c - how often sizes begin with each digit, beside Benford's law. */
#include "ledger_keys.h"
#include "medel_analysis.h"

#include <string.h>

/* log10(1 + 1/d) in 1e-9 for d = 1..9, and for d = 10..99. */
static const int64_t first[9] = {
    301029996, 176091259, 124938737, 96910013, 79181246,
    66946790,  57991947,  51152522,  45757491,
};
static const int64_t first_two[90] = {
    41392685, 37788561, 34762106, 32184683, 29963223, 28028724, 26328939, 24823584,
    23481096, 22276395, 21189299, 20203386, 19305155, 18483406, 17728767, 17033339,
    16390416, 15794267, 15239967, 14723257, 14240439, 13788284, 13363962, 12964977,
    12589127, 12234456, 11899223, 11581873, 11281010, 10995384, 10723865, 10465434,
    10219165, 9984221,  9759837,  9545318,  9340026,  9143379,  8954843,  8773924,
    8600172,  8433168,  8272526,  8117890,  7968930,  7825338,  7686829,  7553138,
    7424018,  7299239,  7178585,  7061854,  6948860,  6839425,  6733383,  6630579,
    6530867,  6434110,  6340178,  6248949,  6160309,  6074148,  5990364,  5908860,
    5829544,  5752329,  5677133,  5603878,  5532489,  5462896,  5395032,  5328834,
    5264240,  5201194,  5139640,  5079526,  5020801,  4963420,  4907334,  4852503,
    4798883,  4746435,  4695121,  4644905,  4595752,  4547628,  4500501,  4454341,
    4409119,  4364805,
};

/* Least numbers: below them the shares vary too much by chance for the limits of the
   deviation to mean anything (Nigrini 2012 uses some hundreds for the first digit and
   1 000 for the first two). */
static const struct {
    uint64_t least;
    int64_t close, acceptable, marginal;
} limits[] = { { 300, 6000000, 12000000, 15000000 },
               { 1000, 1200000, 1800000, 2200000 },
               { 1000, 1200000, 1800000, 2200000 } };

static void count(medel_benford *b, int64_t size)
{
    const int64_t limit = b->digits == 9 ? 10 : 100, least = b->digits == 9 ? 1 : 10;
    while (size >= limit)
        size /= 10;
    b->count[size - least]++;
    b->n++;
}

/* The differences between neighbours; öre have no digits before them to lose. */
static void count_differences(medel_benford *b, const medel_keys *sizes)
{
    for (size_t i = 1; i < sizes->n; i++) {
        const int64_t d = (int64_t)(sizes->all[i] - sizes->all[i - 1]);
        if (d == 0)
            continue;
        count(b, d < 10 ? d * 10 : d); /* 7 öre is 7.0 */
    }
}

static void measure(medel_benford *b)
{
    uint64_t sum = 0;
    if (b->n < b->least || b->n > INT64_MAX / 2000000000)
        return;
    for (unsigned i = 0; i < b->digits; i++) {
        const int64_t d =
            (int64_t)b->count[i] * 1000000000 - b->expected[i] * (int64_t)b->n;
        sum += (uint64_t)(d < 0 ? -d : d);
    }
    b->mad = (int64_t)(sum / (b->n * b->digits));
}

static medel_status read_rows(medel_benford *b, medel_keys *sizes, medel_ledger_query *q,
                              bool order, medel_error *err)
{
    const int64_t least = b->digits == 9 ? 100 : 1000; /* 1 kr, 10 kr */
    const medel_ledger *l = q->l;
    uint32_t rows[512];
    for (size_t n; (n = medel_ledger_query_next(q, rows, 512)) > 0;) {
        for (size_t i = 0; i < n; i++) {
            const int64_t v = l->columns.amount[rows[i]], size = v < 0 ? -v : v;
            if (order && size > 0 && !medel_keys_add(sizes, (uint64_t)size))
                return medel_fail(err, MEDEL_E_NOMEM, "out of memory");
            if (order)
                b->without += size == 0;
            else if (size < least)
                b->without++;
            else
                count(b, size);
        }
    }
    if (!medel_keys_sort(sizes, 0))
        return medel_fail(err, MEDEL_E_NOMEM, "out of memory");
    count_differences(b, sizes);
    return MEDEL_OK;
}

medel_status medel_ledger_benford(medel_benford *out, const medel_ledger *l,
                                  const medel_ledger_filter *filter,
                                  medel_benford_kind kind,
                                  const medel_allocator *allocator, medel_error *err)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_ERR(err, out, l);
    medel_arena a;
    medel_ledger_query *q;
    if ((unsigned)kind > MEDEL_BENFORD_SECOND_ORDER)
        return medel_fail(err, MEDEL_E_SCHEMA, "no such kind of digits");
    if (l->head.streamed)
        return medel_fail(err, MEDEL_E_DOMAIN, "a streamed ledger has no rows");
    medel_status st = medel_ledger_query_new(&q, l, filter, allocator, err);
    if (st != MEDEL_OK)
        return st;
    medel_arena_init(&a, allocator); /* for its allocator alone */
    medel_keys sizes = medel_keys_of(&a);
    const bool one = kind == MEDEL_BENFORD_FIRST;
    *out = (medel_benford){ .least = limits[kind].least,
                            .from = one ? 1 : 10,
                            .digits = one ? 9 : 90,
                            .close = limits[kind].close,
                            .acceptable = limits[kind].acceptable,
                            .marginal = limits[kind].marginal };
    memcpy(out->expected, one ? first : first_two, out->digits * sizeof *first);
    st = read_rows(out, &sizes, q, kind == MEDEL_BENFORD_SECOND_ORDER, err);
    if (st == MEDEL_OK)
        measure(out);
    medel_keys_free(&sizes);
    medel_ledger_query_free(q);
    return st;
}

/* ---- strata ---- */

medel_status medel_ledger_strata(const medel_ledger *l, const medel_ledger_filter *filter,
                                 medel_stratum *strata, size_t n, medel_error *err)
{
    MEDEL_NEEDS_ERR(err, l, strata);
    medel_ledger_query *q;
    uint32_t rows[512];
    for (size_t i = 0; i < n; i++) {
        if (i ? strata[i].low <= strata[i - 1].low : strata[i].low != 0)
            return medel_fail(err, MEDEL_E_SCHEMA, "strata begin at 0 and rise");
        strata[i] = (medel_stratum){ .low = strata[i].low };
    }
    if (!n)
        return medel_fail(err, MEDEL_E_SCHEMA, "there are no strata");
    const medel_status st =
        medel_ledger_query_new(&q, l, filter, &l->arena.allocator, err);
    if (st != MEDEL_OK)
        return st;
    for (size_t found; (found = medel_ledger_query_next(q, rows, 512)) > 0;) {
        for (size_t i = 0; i < found; i++) {
            const int64_t v = l->columns.amount[rows[i]], size = v < 0 ? -v : v;
            size_t low = 0, high = n; /* the last that begins at or below it */
            while (high - low > 1) {
                const size_t middle = (low + high) / 2;
                if (strata[middle].low <= size)
                    low = middle;
                else
                    high = middle;
            }
            strata[low].rows++;
            *(v > 0 ? &strata[low].debit : &strata[low].credit) += v;
        }
    }
    medel_ledger_query_free(q);
    return MEDEL_OK;
}

/*
 * montecarlo_kernel.c - the paths of a block: draws, years and tally.
 *
 * Every step is a loop over the lanes of a block, a lane a path, without branches, which
 * compilers turn into vector code.  What is computed for a lane never depends on its
 * neighbours, and no sum of doubles runs over lanes, so the width does not show in the
 * result.  The whole is compiled once for each level of processor.
 */
#include "montecarlo.h"
#include "random.h"

enum { N = MEDEL_MC_LANES };

/* No FMA in any of them: gcc would not fuse under -std=c11, but need not be tempted. */
#if defined(__GNUC__) && defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx2,avx512f,avx512vl,avx512bw,avx512dq")))
#endif

/* ---- draws ---- */

/* The words of year t (0: the draws made once) of N paths; word v is input v's.  Only
   the low half of what is stored is the word. */
typedef void draw_words(medel_mc_lanes *w, const uint32_t key[2], uint32_t path,
                        uint32_t t);

#ifdef AVX2
/* Processors multiply 32 by 32 bits in the low halves of 64-bit lanes, as Philox wants
   it, but compilers find other ways: hence by hand.  What gets into the high halves is
   never multiplied. */
#define PHILOX_LANES(name, target, vector, set1, mul, xor3, shift, store, index, width)  \
    target static void name(medel_mc_lanes *w, const uint32_t key[2], uint32_t path,     \
                            uint32_t t)                                                  \
    {                                                                                    \
        const vector m0 = set1(0xD2511F53), m1 = set1(0xCD9E8D57);                       \
        for (uint32_t i = 0; i < N; i += (width)) {                                      \
            vector c0 = index(path + i), c1 = set1(t), c2 = set1(0), c3 = set1(0);       \
            uint32_t k0 = key[0], k1 = key[1];                                           \
            for (int r = 0; r < 10; r++) {                                               \
                vector p0 = mul(c0, m0), p1 = mul(c2, m1);                               \
                c0 = xor3(shift(p1, 32), c1, set1(k0));                                  \
                c1 = p1;                                                                 \
                c2 = xor3(shift(p0, 32), c3, set1(k1));                                  \
                c3 = p0;                                                                 \
                k0 += 0x9E3779B9u;                                                       \
                k1 += 0xBB67AE85u;                                                       \
            }                                                                            \
            store((void *)&w->words[0][i], c0);                                          \
            store((void *)&w->words[1][i], c1);                                          \
            store((void *)&w->words[2][i], c2);                                          \
            store((void *)&w->words[3][i], c3);                                          \
        }                                                                                \
    }

#define SSE2_SET(x) _mm_set1_epi64x((long long)(x))
#define SSE2_XOR(a, b, c) _mm_xor_si128(_mm_xor_si128(a, b), c)
#define SSE2_INDEX(x) _mm_add_epi64(SSE2_SET(x), _mm_set_epi64x(1, 0))
PHILOX_LANES(words_plain, , __m128i, SSE2_SET, _mm_mul_epu32, SSE2_XOR, _mm_srli_epi64,
             _mm_storeu_si128, SSE2_INDEX, 2)
#define AVX2_SET(x) _mm256_set1_epi64x((long long)(x))
#define AVX2_XOR(a, b, c) _mm256_xor_si256(_mm256_xor_si256(a, b), c)
#define AVX2_INDEX(x) _mm256_add_epi64(AVX2_SET(x), _mm256_set_epi64x(3, 2, 1, 0))
PHILOX_LANES(words_avx2, AVX2, __m256i, AVX2_SET, _mm256_mul_epu32, AVX2_XOR,
             _mm256_srli_epi64, _mm256_storeu_si256, AVX2_INDEX, 4)
#define AVX512_SET(x) _mm512_set1_epi64((long long)(x))
#define AVX512_XOR(a, b, c) _mm512_ternarylogic_epi64(a, b, c, 0x96)
#define AVX512_INDEX(x)                                                                  \
    _mm512_add_epi64(AVX512_SET(x), _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0))
PHILOX_LANES(words_avx512, AVX512, __m512i, AVX512_SET, _mm512_mul_epu32, AVX512_XOR,
             _mm512_srli_epi64, _mm512_storeu_si512, AVX512_INDEX, 8)
#else
static void words_plain(medel_mc_lanes *w, const uint32_t key[2], uint32_t path,
                        uint32_t t)
{
    for (uint32_t i = 0; i < N; i++) {
        uint32_t out[4], counter[4] = { path + i, t, 0, 0 };
        medel_philox(out, counter, key);
        for (size_t v = 0; v < 4; v++)
            w->words[v][i] = out[v];
    }
}
#endif

/* Independent normal scores of an input's words. */
typedef void draw_scores(medel_mc_lanes *w, const double *table, size_t input);

static void scores_plain(medel_mc_lanes *w, const double *table, size_t input)
{
    for (uint32_t i = 0; i < N; i++)
        w->scores[input][i] = medel_table_score(table, w->words[input][i]);
}

#ifdef AVX2
MEDEL_INLINE void find_rows(medel_mc_lanes *w, const uint64_t *words)
{
    for (uint32_t i = 0; i < N; i++)
        w->rows[i] = medel_score_row(words[i], &w->places[i]);
}

/* Whole rows are loaded and turned into columns: never slower than gathering elements,
   on many processors much faster, and no faster with the vectors of AVX-512. */
AVX2 static void scores_avx2(medel_mc_lanes *w, const double *table, size_t input)
{
    const uint64_t *words = w->words[input];
    double *scores = w->scores[input];
    const __m256i sign = _mm256_set1_epi64x(INT64_MIN);
    find_rows(w, words);
    for (uint32_t i = 0; i < N; i += 4) {
        __m256d a = _mm256_loadu_pd(table + w->rows[i]);
        __m256d b = _mm256_loadu_pd(table + w->rows[i + 1]);
        __m256d c = _mm256_loadu_pd(table + w->rows[i + 2]);
        __m256d d = _mm256_loadu_pd(table + w->rows[i + 3]);
        __m256d t = _mm256_loadu_pd(w->places + i);
        __m256i word = _mm256_loadu_si256((const void *)(words + i));
        __m256d ab0 = _mm256_unpacklo_pd(a, b), ab1 = _mm256_unpackhi_pd(a, b);
        __m256d cd0 = _mm256_unpacklo_pd(c, d), cd1 = _mm256_unpackhi_pd(c, d);
        __m256d x = _mm256_permute2f128_pd(ab1, cd1, 0x31);
        x = _mm256_mul_pd(x, t);
        x = _mm256_add_pd(x, _mm256_permute2f128_pd(ab0, cd0, 0x31));
        x = _mm256_mul_pd(x, t);
        x = _mm256_add_pd(x, _mm256_permute2f128_pd(ab1, cd1, 0x20));
        x = _mm256_mul_pd(x, t);
        x = _mm256_add_pd(x, _mm256_permute2f128_pd(ab0, cd0, 0x20));
        word = _mm256_andnot_si256(_mm256_slli_epi64(word, 32), sign);
        x = _mm256_xor_pd(x, _mm256_castsi256_pd(word));
        _mm256_storeu_pd(scores + i, x);
    }
}
#endif

typedef struct level_functions {
    draw_words *words;
    draw_scores *scores;
} level_functions;

/* ---- distributions: from a score or a share of (0, 1) to a value ---- */

/* An input's score in each lane: correlated, or its own as it is. */
MEDEL_INLINE const double *mix_scores(medel_mc_lanes *w, const medel_mc_plan_input *in)
{
    const double *first = w->scores[in->source[0]];
    if (in->nsources == 1)
        return first; /* the weight is 1 */
    double weight = in->weight[0];
    for (uint32_t i = 0; i < N; i++)
        w->mixed[i] = first[i] * weight;
    for (size_t k = 1; k < in->nsources; k++) {
        const double *score = w->scores[in->source[k]];
        weight = in->weight[k];
        for (uint32_t i = 0; i < N; i++)
            w->mixed[i] += score[i] * weight;
    }
    return w->mixed;
}

MEDEL_INLINE void take_triangular(double *out, const double *share,
                                  const medel_mc_plan_input *in)
{
    double low = in->low, high = in->high, below = in->below;
    double left = in->left, right = in->right;
    for (uint32_t i = 0; i < N; i++) {
        double u = share[i];
        double rise = MEDEL_SQRT(u * left), fall = MEDEL_SQRT((1.0 - u) * right);
        out[i] = u < below ? low + rise : high - fall;
    }
}

MEDEL_INLINE void take_empirical(double *out, const double *share,
                                 const medel_mc_plan_input *in)
{
    for (uint32_t i = 0; i < N; i++)
        out[i] = in->values[0];
    for (size_t k = 1; k < in->count; k++) {
        double value = in->values[k], from = in->above[k];
        for (uint32_t i = 0; i < N; i++)
            out[i] = share[i] >= from ? value : out[i];
    }
}

MEDEL_INLINE void take_share(double *out, const double *share,
                             const medel_mc_plan_input *in)
{
    if (in->kind == MEDEL_MC_TRIANGULAR) {
        take_triangular(out, share, in);
    } else if (in->kind == MEDEL_MC_EMPIRICAL) {
        take_empirical(out, share, in);
    } else {
        double low = in->low, width = in->high - in->low;
        for (uint32_t i = 0; i < N; i++)
            out[i] = low + width * share[i];
    }
}

MEDEL_INLINE void draw_input(medel_mc_lanes *w, const medel_mc_plan_input *in, size_t v)
{
    double *out = w->inputs[v];
    if (in->direct) {
        for (uint32_t i = 0; i < N; i++)
            w->mixed[i] = medel_word_share(w->words[v][i]);
        take_share(out, w->mixed, in);
        return;
    }
    const double *score = mix_scores(w, in);
    if (in->kind == MEDEL_MC_NORMAL) {
        double mean = in->mean, sd = in->sd;
        for (uint32_t i = 0; i < N; i++)
            out[i] = mean + sd * score[i];
        return;
    }
    for (uint32_t i = 0; i < N; i++)
        w->mixed[i] = medel_normal_share(score[i]);
    take_share(out, w->mixed, in);
}

/* The inputs that are drawn once (t = 0), or those of year t. */
MEDEL_INLINE void draw_inputs(const medel_mc_plan *p, medel_mc_lanes *w, uint32_t path,
                              uint32_t t, level_functions f)
{
    if (t == 0 ? !p->draws_once : !p->draws_yearly)
        return;
    f.words(w, p->key, path, t);
    for (size_t v = 0; v < MEDEL_MC_INPUTS; v++)
        if (p->inputs[v].is_source && p->inputs[v].once == (t == 0))
            f.scores(w, p->scores, v);
    for (size_t v = 0; v < MEDEL_MC_INPUTS; v++)
        if (p->inputs[v].kind != MEDEL_MC_FIXED && p->inputs[v].once == (t == 0))
            draw_input(w, &p->inputs[v], v);
}

/* ---- years ---- */

MEDEL_INLINE void start_paths(const medel_mc_plan *p, medel_mc_lanes *w)
{
    for (uint32_t i = 0; i < N; i++) {
        w->price[i] = 1.0;
        w->cash[i] = p->cash;
        w->lowest[i] = p->equity;
        w->need[i] = -p->equity;
    }
    for (size_t v = 0; v < MEDEL_MC_INPUTS; v++)
        for (uint32_t i = 0; i < N; i++)
            w->inputs[v][i] = p->inputs[v].mean;
}

/* Costs at planned prices: so many of the year's twelve months at the old level. */
MEDEL_INLINE void add_costs(const medel_mc_plan *p, medel_mc_lanes *w, size_t t)
{
    double start = 12.0 * (double)t;
    for (uint32_t i = 0; i < N; i++)
        w->cost[i] = p->years[t].cost;
    for (size_t g = 0; g < p->ngroups; g++) {
        double month = p->groups[g].month, scale = p->years[t].scale;
        double monthly = p->groups[g].monthly * scale, once = p->groups[g].once * scale;
        for (uint32_t i = 0; i < N; i++) {
            double at = month + w->inputs[MEDEL_MC_TIMING][i];
            double old = at - start;
            old = old > 0.0 ? old : 0.0;
            w->cost[i] += monthly * (old < 12.0 ? old : 12.0);
        }
        if (once != 0.0)
            for (uint32_t i = 0; i < N; i++) {
                double at = month + w->inputs[MEDEL_MC_TIMING][i];
                at = at > 0.0 ? at : 0.0; /* what is too early comes in year 1 */
                double now = at < start ? 0.0 : once;
                w->cost[i] += at < start + 12.0 ? now : 0.0;
            }
    }
}

MEDEL_INLINE void close_year(const medel_mc_plan_year *y, medel_mc_lanes *w)
{
    double allocation = y->allocation, other = y->other, moved = y->cash;
    double grow = y->grow, divide = y->divide, offset = y->offset;
    double back = -y->unshift;
    for (uint32_t i = 0; i < N; i++) {
        double a = allocation * (1.0 + w->inputs[MEDEL_MC_ALLOCATION][i]);
        double price = w->price[i] * (1.0 + w->inputs[MEDEL_MC_INDEX][i]);
        double cost = w->cost[i] * w->inputs[MEDEL_MC_REALISATION][i] * price;
        double cash = (w->cash[i] * grow + (a + other - cost + moved)) * divide;
        double equity = cash + offset, need = equity * back;
        w->allocation[i] = a;
        w->price[i] = price;
        w->cash[i] = cash;
        w->equity[i] = equity;
        w->lowest[i] = equity < w->lowest[i] ? equity : w->lowest[i];
        w->need[i] = need > w->need[i] ? need : w->need[i];
    }
}

MEDEL_INLINE void find_guideline(const medel_mc_plan *p, medel_mc_lanes *w)
{
    double first = p->step_rate[0]; /* 0 if there are no steps */
    for (uint32_t i = 0; i < N; i++)
        w->guideline[i] = first * (w->allocation[i] > 0.0 ? w->allocation[i] : 0.0);
    for (size_t k = 1; k < p->nsteps; k++) {
        double from = p->step_from[k], rate = p->step_rate[k];
        for (uint32_t i = 0; i < N; i++) {
            double over = w->allocation[i] - from;
            w->guideline[i] += rate * (over > 0.0 ? over : 0.0);
        }
    }
}

/* ---- tally ---- */

/* Amounts of öre differ when they differ by half an öre or more: the rest is noise. */
MEDEL_INLINE void count_limits(medel_mc_lanes *w, size_t t, double planned, uint32_t n)
{
    int64_t above = 0, below = 0, upto = 0;
    for (uint32_t i = 0; i < n; i++) {
        above += w->equity[i] - w->guideline[i] >= 0.5;
        below += w->equity[i] <= -0.5;
        upto += w->equity[i] - planned < 0.5;
    }
    w->tally.upto_planned[t] += (uint32_t)upto;
    w->tally.above[t] += (uint32_t)above;
    w->tally.below[t] += (uint32_t)below;
}

/* Five intervals at a time: how many values are up to either end of each, and which are
   inside one that is kept.  One pass, with the counts in registers. */
#define COUNT(k)                                                                         \
    int64_t below##k = x <= low##k, inside##k = (x <= high##k) - below##k;               \
    nlow##k += below##k;                                                                 \
    nin##k += inside##k
#define ENDS(k)                                                                          \
    const double low##k = in[k].low, high##k = in[k].high;                               \
    const int64_t keep##k = in[k].keep;                                                  \
    int64_t nlow##k = 0, nin##k = 0
#define ADD_COUNTS(k)                                                                    \
    upto[k][0] += (uint32_t)nlow##k;                                                     \
    upto[k][1] += (uint32_t)(nlow##k + nin##k)

MEDEL_INLINE void count_intervals(const medel_mc_interval *in, const double *values,
                                  int64_t *keep, uint32_t (*upto)[2], uint32_t n,
                                  bool first)
{
    ENDS(0);
    ENDS(1);
    ENDS(2);
    ENDS(3);
    ENDS(4);
    for (uint32_t i = 0; i < n; i++) {
        double x = values[i];
        COUNT(0);
        COUNT(1);
        COUNT(2);
        COUNT(3);
        COUNT(4);
        keep[i] = (first ? 0 : keep[i]) | (inside0 & keep0) | (inside1 & keep1)
                  | (inside2 & keep2) | (inside3 & keep3) | (inside4 & keep4);
    }
    ADD_COUNTS(0);
    ADD_COUNTS(1);
    ADD_COUNTS(2);
    ADD_COUNTS(3);
    ADD_COUNTS(4);
}

/* Order does not matter to an order statistic, so threads share a row's list. */
MEDEL_INLINE void keep_values(medel_mc_row *row, const double *values, uint32_t n)
{
    if (n == 0)
        return;
    size_t at = __atomic_fetch_add(&row->count, n, __ATOMIC_RELAXED);
    if (at <= row->room && n <= row->room - at)
        memcpy(row->kept + at, values, n * sizeof *values);
}

MEDEL_INLINE void tally_row(medel_mc_plan *p, medel_mc_lanes *w, size_t r,
                            const double *values, uint32_t n)
{
    medel_mc_row *row = &p->rows[r];
    count_intervals(row->intervals, values, w->keep, w->tally.upto[r], n, true);
    for (size_t k = 5; k < row->nintervals; k += 5)
        count_intervals(row->intervals + k, values, w->keep, w->tally.upto[r] + k, n,
                        false);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        w->kept[kept] = values[i];
        kept += (uint32_t)w->keep[i];
    }
    keep_values(row, w->kept, kept);
}

MEDEL_INLINE void take_row(medel_mc_plan *p, medel_mc_lanes *w, size_t r, size_t first,
                           const double *values, uint32_t n)
{
    if (p->sampling)
        memcpy(p->sample + r * p->sampled + first, values, n * sizeof *values);
    else
        tally_row(p, w, r, values, n);
}

/* ---- a block ---- */

MEDEL_INLINE void run_block(medel_mc_plan *p, medel_mc_lanes *w, size_t block,
                            level_functions f)
{
    size_t first = block * N, last = p->sampling ? p->sampled : p->paths;
    uint32_t n = (uint32_t)(last - first < N ? last - first : N);
    start_paths(p, w);
    draw_inputs(p, w, (uint32_t)first, 0, f);
    for (size_t t = 0; t < p->nyears; t++) {
        draw_inputs(p, w, (uint32_t)first, (uint32_t)t + 1, f);
        add_costs(p, w, t);
        close_year(&p->years[t], w);
        find_guideline(p, w);
        count_limits(w, t, p->years[t].planned, n);
        take_row(p, w, t, first, w->equity, n);
    }
    int64_t ever = 0;
    for (uint32_t i = 0; i < n; i++)
        ever += w->lowest[i] <= -0.5;
    w->tally.ever_below += (uint32_t)ever;
    take_row(p, w, p->nyears, first, w->need, n);
}

MEDEL_INLINE double generate(const medel_mc_plan *p, medel_mc_lanes *w, size_t block,
                             size_t n, bool scores, level_functions f)
{
    uint64_t mixed = 0;
    double sum = 0.0;
    for (size_t t = 0; t < p->nyears; t++) {
        f.words(w, p->key, (uint32_t)(block * N), (uint32_t)t + 1);
        for (size_t v = 0; v < n; v++) {
            if (scores)
                f.scores(w, p->scores, v);
            sum += scores ? w->scores[v][t] : 0.0;
            mixed ^= w->words[v][t];
        }
    }
    return sum + (double)(uint32_t)mixed;
}

/* ---- levels ---- */

#ifdef AVX2
AVX2 static void run_avx2(medel_mc_plan *p, medel_mc_lanes *w, size_t block)
{
    run_block(p, w, block, (level_functions){ words_avx2, scores_avx2 });
}
AVX512 static void run_avx512(medel_mc_plan *p, medel_mc_lanes *w, size_t block)
{
    run_block(p, w, block, (level_functions){ words_avx512, scores_avx2 });
}
AVX2 static double generate_avx2(const medel_mc_plan *p, medel_mc_lanes *w, size_t block,
                                 size_t n, bool scores)
{
    return generate(p, w, block, n, scores, (level_functions){ words_avx2, scores_avx2 });
}
AVX512 static double generate_avx512(const medel_mc_plan *p, medel_mc_lanes *w,
                                     size_t block, size_t n, bool scores)
{
    return generate(p, w, block, n, scores,
                    (level_functions){ words_avx512, scores_avx2 });
}

medel_mc_level medel_mc_best_level(void)
{
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
        return MEDEL_MC_AVX512;
    return __builtin_cpu_supports("avx2") ? MEDEL_MC_AVX2 : MEDEL_MC_PLAIN;
}
#else
medel_mc_level medel_mc_best_level(void)
{
    return MEDEL_MC_PLAIN;
}
#endif

static void run_plain(medel_mc_plan *p, medel_mc_lanes *w, size_t block)
{
    run_block(p, w, block, (level_functions){ words_plain, scores_plain });
}
static double generate_plain(const medel_mc_plan *p, medel_mc_lanes *w, size_t block,
                             size_t n, bool scores)
{
    return generate(p, w, block, n, scores,
                    (level_functions){ words_plain, scores_plain });
}

void medel_mc_block_run(medel_mc_plan *p, medel_mc_lanes *w, size_t block,
                        medel_mc_level level)
{
#ifdef AVX2
    if (level == MEDEL_MC_AVX512) {
        run_avx512(p, w, block);
        return;
    }
    if (level == MEDEL_MC_AVX2) {
        run_avx2(p, w, block);
        return;
    }
#endif
    (void)level;
    run_plain(p, w, block);
}

double medel_mc_generate(const medel_mc_plan *p, medel_mc_lanes *w, size_t block,
                         size_t n, bool scores, medel_mc_level level)
{
#ifdef AVX2
    if (level == MEDEL_MC_AVX512)
        return generate_avx512(p, w, block, n, scores);
    if (level == MEDEL_MC_AVX2)
        return generate_avx2(p, w, block, n, scores);
#endif
    (void)level;
    return generate_plain(p, w, block, n, scores);
}

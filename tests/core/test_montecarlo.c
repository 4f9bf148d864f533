/* test_montecarlo.c - the Monte Carlo kernel: its numbers, its model, its bits. */
#include "test.h"

#include "montecarlo.h"
#include "random.h"

#include <math.h>
#include <pthread.h>

/* ---- numbers ---- */

TEST(philox_gives_the_published_vectors)
{
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } cases[] = {
        /* Random123, kat_vectors */
        { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
        { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
          { 0xffffffff, 0xffffffff },
          { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
        { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
          { 0xa4093822, 0x299f31d0 },
          { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint32_t out[4];
        medel_philox(out, cases[i].counter, cases[i].key);
        assert_memory_equal(out, cases[i].out, sizeof out);
    }
}

static void assert_near(double got, long double expected, double tolerance)
{
    long double off = fabsl((long double)got - expected);
    if (!(off <= (long double)tolerance))
        fail_msg("%.17g is %Lg off", got, off);
}

TEST(logarithm_and_exponential_are_those_of_libm)
{
    for (double x = 1e-12; x < 1e3; x *= 1.0017)
        assert_near(medel_log(x), logl((long double)x), 1e-14);
    for (double x = -40.0; x < 5.0; x += 0.00137)
        assert_near(medel_exp(x) / exp(x), 1.0L, 1e-15);
    assert_near(medel_log(1.0), 0.0L, 0.0);
    assert_near(medel_exp(0.0), 1.0L, 0.0);
}

static long double share_below(long double z)
{
    return 0.5L * erfcl(-z / sqrtl(2.0L));
}

TEST(shares_are_those_of_libm)
{
    for (double z = -7.0; z <= 7.0; z += 0.00317)
        assert_near(medel_normal_share(z), share_below((long double)z), 1e-15);
    assert_near(medel_normal_share(-30.0), 0.0L, 2e-12);
    assert_near(medel_normal_share(30.0), 1.0L, 2e-12);
}

/* How far a score is from the one whose share is n*2^-33 from the nearer end. */
static void assert_score(double score, uint64_t n, double tolerance)
{
    long double share = (long double)n * 0x1p-33L, z = (long double)score;
    long double density = expl(-z * z / 2.0L) / sqrtl(2.0L * acosl(-1.0L));
    assert_near((double)((share_below(-z) - share) / density), 0.0L, tolerance);
}

TEST(scores_are_the_inverse_of_shares)
{
    static double table[MEDEL_SCORE_ROWS * 4];
    medel_score_table(table);
    for (uint64_t word = 0; word < 0x80000000u; word += word < 5000 ? 1 : word / 1500) {
        double share = medel_word_share(word);
        double low = medel_table_score(table, word);
        double high = medel_table_score(table, ~word); /* its mirror, and high bits set */
        assert_score(-medel_score(share), 2 * word + 1, 1e-13);
        assert_score(-low, 2 * word + 1, 1e-9);
        assert_true(low <= 1e-9);
        assert_near(high, -(long double)low, 0.0);
    }
    assert_near(medel_word_share(0), 0x1p-33L, 0.0);
    assert_near(medel_word_share(0xffffffffu), 1.0L - 0x1p-33L, 0.0);
}

TEST(selection_is_what_sorting_would_give)
{
    random_state r = { 1 };
    static double v[5000], sorted[5000];
    for (int round = 0; round < 60; round++) {
        size_t n = (size_t)random_between(&r, 1, 5000);
        int64_t spread = round % 3 == 0 ? 3 : 1000000; /* many equal, or few */
        for (size_t i = 0; i < n; i++)
            sorted[i] = v[i] = (double)random_between(&r, -spread, spread);
        for (size_t i = 1; i < n; i++) { /* n is small enough */
            double x = sorted[i];
            size_t at = i;
            for (; at > 0 && sorted[at - 1] > x; at--)
                sorted[at] = sorted[at - 1];
            sorted[at] = x;
        }
        for (int k = 0; k < 5; k++) {
            size_t rank = (size_t)random_between(&r, 0, (int64_t)n - 1);
            assert_true(medel_mc_select(v, n, rank) - sorted[rank] == 0.0);
            for (size_t i = 0; i < n; i++)
                assert_true(i < rank ? v[i] <= v[rank] : v[i] >= v[rank]);
        }
    }
}

/* ---- a model to vary ---- */

enum { YEARS = 6 };
typedef struct fixture {
    medel_mc_year years[MEDEL_MC_MAX_YEARS];
    medel_mc_block blocks[4];
    medel_mc_step steps[2];
    double correlation[MEDEL_MC_INPUTS][MEDEL_MC_INPUTS];
    double values[3], weights[3];
    medel_mc_model model;
    medel_mc_options options;
} fixture;

static void set_up(fixture *f)
{
    static const medel_mc_block blocks[4] = { { 300000000, 100000000, 2000000, 3, false },
                                              { 200000000, 180000000, 0, 3, false },
                                              { 90000000, 90000000, 0, 0, true },
                                              { 250000000, 50000000, 500000, 12,
                                                false } };
    *f = (fixture){ .values = { 0.86, 0.91, 1.02 }, .weights = { 1, 2, 1 } };
    memcpy(f->blocks, blocks, sizeof blocks);
    for (int t = 0; t < MEDEL_MC_MAX_YEARS; t++)
        f->years[t] = (medel_mc_year){ 640000000 - 30000000 * (t < YEARS ? t : YEARS),
                                       5000000,
                                       -1000000,
                                       0.034,
                                       0.0,
                                       0.0,
                                       0 };
    f->steps[0] = (medel_mc_step){ 600000000, 0.20 };
    f->steps[1] = (medel_mc_step){ 0, 0.15 };
    for (size_t i = 0; i < MEDEL_MC_INPUTS; i++)
        f->correlation[i][i] = 1.0;
    f->model = (medel_mc_model){ .equity = 248359900,
                                 .cash = 437000000,
                                 .years = f->years,
                                 .nyears = YEARS,
                                 .blocks = f->blocks,
                                 .nblocks = 4,
                                 .steps = f->steps,
                                 .nsteps = 2 };
    f->model.inputs[MEDEL_MC_REALISATION].mean = 1.0;
    f->options = (medel_mc_options){ .seed = 42, .paths = 20000 };
}

/* One of each kind of distribution, all correlated. */
static void make_uncertain(fixture *f)
{
    medel_mc_distribution *in = f->model.inputs;
    in[MEDEL_MC_ALLOCATION] =
        (medel_mc_distribution){ .kind = MEDEL_MC_NORMAL, .mean = -0.02, .sd = 0.05 };
    in[MEDEL_MC_REALISATION] = (medel_mc_distribution){
        .kind = MEDEL_MC_EMPIRICAL, .values = f->values, .weights = f->weights, .count = 3
    };
    in[MEDEL_MC_TIMING] = (medel_mc_distribution){
        .kind = MEDEL_MC_TRIANGULAR, .low = -2, .mode = 3, .high = 15
    };
    in[MEDEL_MC_INDEX] =
        (medel_mc_distribution){ .kind = MEDEL_MC_UNIFORM, .low = -0.01, .high = 0.04 };
    static const double r[3][3] = { { 0, 0.3, -0.2 }, { 0, 0, 0.1 }, { 0, 0, 0.25 } };
    for (int i = 0; i < 3; i++)
        for (int j = i + 1; j < 4; j++)
            f->correlation[i][j] = f->correlation[j][i] = r[i][j - 1];
    f->model.correlation = (const double(*)[MEDEL_MC_INPUTS])f->correlation;
}

typedef struct outcome {
    medel_mc_result result;
    medel_mc_outcome years[MEDEL_MC_MAX_YEARS];
} outcome;

static const medel_mc_tuning usual = { MEDEL_MC_PLAIN, 0, 4.0 };

static outcome run_tuned(const fixture *f, const medel_mc_tuning *tuning)
{
    outcome out;
    medel_error err = { 0 };
    memset(&out, 0, sizeof out);
    if (medel_mc_run_tuned(&out.result, out.years, &f->model, &f->options, &err, tuning)
        != MEDEL_OK)
        fail_msg("%s", err.message);
    return out;
}

static outcome run(const fixture *f)
{
    outcome out;
    medel_error err = { 0 };
    memset(&out, 0, sizeof out);
    if (medel_mc_run(&out.result, out.years, &f->model, &f->options, &err) != MEDEL_OK)
        fail_msg("%s", err.message);
    return out;
}

static void assert_same(const outcome *a, const outcome *b)
{
    assert_int_equal(a->result.ever_below, b->result.ever_below);
    assert_int_equal(a->result.reserve, b->result.reserve);
    for (size_t t = 0; t < MEDEL_MC_MAX_YEARS; t++) {
        for (int q = 0; q < MEDEL_MC_QUANTILES; q++)
            assert_int_equal(a->years[t].quantiles[q], b->years[t].quantiles[q]);
        assert_int_equal(a->years[t].above, b->years[t].above);
        assert_int_equal(a->years[t].below, b->years[t].below);
    }
}

/* ---- the same bits ---- */

TEST(result_is_the_same_on_every_machine_and_compiler)
{
    static const struct {
        int64_t quantiles[MEDEL_MC_QUANTILES];
        uint32_t above, below;
    } expected[YEARS] = {
        { { 39494341, 125434225, 176600485, 227054855, 290141498 }, 15173, 269 },
        { { 65936562, 207249001, 308365984, 397648943, 500082772 }, 17933, 331 },
        { { 232385049, 387447267, 493413640, 590008745, 706596234 }, 19835, 14 },
        { { 373143496, 536227104, 649021952, 752483201, 883998407 }, 19991, 0 },
        { { 475597815, 654037496, 775628429, 887716243, 1037170592 }, 20000, 0 },
        { { 541138376, 735462569, 870856182, 994111783, 1161293709 }, 20000, 0 },
    };
    fixture f;
    set_up(&f);
    make_uncertain(&f);
    outcome o = run(&f);
    for (int t = 0; t < YEARS; t++) {
        for (int q = 0; q < MEDEL_MC_QUANTILES; q++)
            assert_int_equal(o.years[t].quantiles[q], expected[t].quantiles[q]);
        assert_int_equal(o.years[t].above, expected[t].above);
        assert_int_equal(o.years[t].below, expected[t].below);
    }
    assert_int_equal(o.result.ever_below, 488);
    assert_int_equal(o.result.reserve, 222788675);
    assert_int_equal(o.result.seed, 42);
    assert_int_equal(o.result.paths, 20000);
}

TEST(threads_do_not_show)
{
    fixture f;
    set_up(&f);
    make_uncertain(&f);
    outcome one = run(&f);
    for (unsigned threads = 0; threads <= 9; threads += 3) {
        f.options.threads = threads;
        outcome more = run(&f);
        assert_same(&one, &more);
    }
}

TEST(processors_do_not_show)
{
    fixture f;
    set_up(&f);
    for (int correlated = 0; correlated < 2; correlated++) {
        make_uncertain(&f);
        if (!correlated)
            f.model.correlation = NULL;
        outcome plain = run_tuned(&f, &usual);
        for (medel_mc_level l = MEDEL_MC_AVX2; l <= medel_mc_best_level(); l++) {
            outcome other = run_tuned(&f, &(medel_mc_tuning){ l, 0, 4.0 });
            assert_same(&plain, &other);
        }
    }
}

/* All values in the sample; the usual way; intervals so narrow that they fail. */
TEST(quantiles_are_exact_wherever_they_are_looked_for)
{
    static const medel_mc_tuning ways[] = { { MEDEL_MC_PLAIN, 1024, 4.0 },
                                            { MEDEL_MC_PLAIN, 128, 4.0 },
                                            { MEDEL_MC_PLAIN, 2048, 0.02 },
                                            { MEDEL_MC_PLAIN, 256, 0.3 } };
    fixture f;
    set_up(&f);
    make_uncertain(&f);
    f.options.threads = 2;
    for (int kind = 0; kind < 3; kind++) {
        if (kind == 1) /* three values of EK in the first year, 3^t in year t */
            for (int i = 0; i < MEDEL_MC_INPUTS; i++)
                if (i != MEDEL_MC_REALISATION)
                    f.model.inputs[i] = (medel_mc_distribution){ .mean = 0 };
        if (kind == 2)
            f.model.inputs[MEDEL_MC_REALISATION] = (medel_mc_distribution){ .mean = 1 };
        outcome all = run_tuned(&f, &(medel_mc_tuning){ MEDEL_MC_PLAIN, 20000, 4.0 });
        for (size_t i = 0; i < COUNT(ways); i++) {
            outcome o = run_tuned(&f, &ways[i]);
            assert_same(&all, &o);
        }
    }
}

/* ---- the model, written once more and straight ---- */

typedef struct straight {
    const medel_mc_model *model;
    double l[MEDEL_MC_INPUTS][MEDEL_MC_INPUTS];
    size_t order[MEDEL_MC_INPUTS]; /* of drawing: timing first */
} straight;

static long double take(const medel_mc_distribution *d, long double z)
{
    long double u = share_below(z), sum = 0.0L, all = 0.0L;
    long double width = (long double)d->high - (long double)d->low;
    long double mode = ((long double)d->mode - (long double)d->low) / width;
    switch (d->kind) {
    case MEDEL_MC_NORMAL: return (long double)d->mean + (long double)d->sd * z;
    case MEDEL_MC_UNIFORM: return (long double)d->low + width * u;
    case MEDEL_MC_TRIANGULAR:
        return u < mode
                   ? (long double)d->low + width * sqrtl(u * mode)
                   : (long double)d->high - width * sqrtl((1.0L - u) * (1.0L - mode));
    case MEDEL_MC_EMPIRICAL:
        for (size_t i = 0; i < d->count; i++)
            all += (long double)d->weights[i];
        for (size_t i = 0; i < d->count; i++) {
            sum += (long double)d->weights[i];
            if (u < sum / all)
                return (long double)d->values[i];
        }
        return (long double)d->values[d->count - 1];
    case MEDEL_MC_FIXED: break;
    }
    return (long double)d->mean;
}

static void draw(const straight *s, uint32_t path, uint32_t year, long double *score)
{
    uint32_t counter[4] = { path, year, 0, 0 }, once[4] = { path, 0, 0, 0 };
    uint32_t key[2] = { 42, 0 }, words[4], first[4];
    long double e[MEDEL_MC_INPUTS];
    medel_philox(words, counter, key);
    medel_philox(first, once, key);
    for (size_t i = 0; i < MEDEL_MC_INPUTS; i++) {
        size_t v = s->order[i];
        e[i] = (long double)medel_score(medel_word_share(i == 0 ? first[v] : words[v]));
        score[v] = 0.0L;
        for (size_t k = 0; k <= i; k++)
            score[v] += (long double)s->l[i][k] * e[k];
    }
}

static long double months(long double at, int t)
{
    long double old = at - 12.0L * t;
    return old < 0.0L ? 0.0L : old < 12.0L ? old : 12.0L;
}

static long double cost_of(const medel_mc_model *m, long double late, int t)
{
    long double cost = 0.0L;
    for (size_t i = 0; i < m->nblocks; i++) {
        const medel_mc_block *b = &m->blocks[i];
        long double at = (long double)b->month + (b->firm ? 0.0L : late);
        long double old = months(at, t), now = at > 0.0L ? at : 0.0L;
        cost += (old * (long double)b->before + (12.0L - old) * (long double)b->after)
                / 12.0L;
        if (now >= 12.0L * t && now < 12.0L * (t + 1))
            cost += (long double)b->once;
    }
    return cost;
}

static long double guideline(const medel_mc_model *m, long double a)
{
    long double sum = 0.0L, from = 0.0L;
    for (size_t k = 0; k < m->nsteps; k++) {
        long double to = k + 1 < m->nsteps ? (long double)m->steps[k].upper : a;
        long double part = (a < to ? a : to) - from;
        sum += (part > 0.0L ? part : 0.0L) * (long double)m->steps[k].rate;
        from = to;
    }
    return sum;
}

typedef struct straight_path {
    long double equity[MEDEL_MC_MAX_YEARS];
    bool above[MEDEL_MC_MAX_YEARS], below;
} straight_path;

static void walk(const straight *s, uint32_t path, straight_path *out)
{
    const medel_mc_model *m = s->model;
    long double ek = (long double)m->equity, cash = (long double)m->cash, price = 1.0L;
    long double score[MEDEL_MC_INPUTS], x[MEDEL_MC_INPUTS];
    out->below = ek < 0.0L;
    for (int t = 0; t < (int)m->nyears; t++) {
        const medel_mc_year *y = &m->years[t];
        draw(s, path, (uint32_t)t + 1, score);
        for (size_t v = 0; v < MEDEL_MC_INPUTS; v++)
            x[v] = take(&m->inputs[v], score[v]);
        price *= 1.0L + x[MEDEL_MC_INDEX];
        long double a = (long double)y->allocation * (1.0L + x[MEDEL_MC_ALLOCATION]);
        long double cost = cost_of(m, x[MEDEL_MC_TIMING], t)
                           * (1.0L + (long double)y->more) * x[MEDEL_MC_REALISATION]
                           * price;
        long double net = a + (long double)y->other - cost - (long double)y->rest;
        /* interest on the mean of cash before and after, which the interest is in */
        long double fin = 0.0L, moved = (long double)y->cash;
        for (int i = 0; i < 60; i++)
            fin = (long double)y->rate * (cash + cash + net + moved + fin) / 2.0L;
        cash += net + moved + fin;
        ek += net + fin;
        out->equity[t] = ek;
        out->above[t] = ek - guideline(m, a) >= 0.5L;
        out->below |= ek <= -0.5L;
    }
}

static int by_value(const void *a, const void *b)
{
    long double x = *(const long double *)a, y = *(const long double *)b;
    return x < y ? -1 : x > y;
}

/* l l' = the correlations, in the order in which they are drawn. */
static void prepare(straight *s, const fixture *f)
{
    static const size_t order[MEDEL_MC_INPUTS] = { MEDEL_MC_TIMING, MEDEL_MC_ALLOCATION,
                                                   MEDEL_MC_REALISATION, MEDEL_MC_INDEX };
    memset(s, 0, sizeof *s);
    s->model = &f->model;
    memcpy(s->order, order, sizeof order);
    for (size_t i = 0; i < MEDEL_MC_INPUTS; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = f->correlation[order[i]][order[j]];
            for (size_t k = 0; k < j; k++)
                sum -= s->l[i][k] * s->l[j][k];
            s->l[i][j] = i == j ? sqrt(sum) : sum / s->l[j][j];
        }
}

enum { STRAIGHT = 2000 };

TEST(paths_are_those_of_the_model_written_straight)
{
    static straight_path paths[STRAIGHT];
    static long double column[STRAIGHT];
    static const size_t percents[MEDEL_MC_QUANTILES] = { 5, 25, 50, 75, 95 };
    fixture f;
    straight s;
    set_up(&f);
    make_uncertain(&f);
    prepare(&s, &f);
    f.options.paths = STRAIGHT;
    outcome o = run_tuned(&f, &(medel_mc_tuning){ medel_mc_best_level(), 256, 4.0 });
    uint32_t ever = 0;
    for (uint32_t p = 0; p < STRAIGHT; p++) {
        walk(&s, p, &paths[p]);
        ever += paths[p].below;
    }
    assert_int_equal(o.result.ever_below, ever);
    for (int t = 0; t < YEARS; t++) {
        uint32_t above = 0;
        for (uint32_t p = 0; p < STRAIGHT; p++) {
            column[p] = paths[p].equity[t];
            above += paths[p].above[t];
        }
        qsort(column, STRAIGHT, sizeof *column, by_value);
        assert_int_equal(o.years[t].above, above);
        for (int q = 0; q < MEDEL_MC_QUANTILES; q++) /* scores are exact to 1e-9 */
            assert_near((double)o.years[t].quantiles[q],
                        column[STRAIGHT * percents[q] / 100 - 1], 1.5);
    }
}

static void random_model(fixture *f, random_state *r)
{
    set_up(f);
    f->model.nyears = (size_t)random_between(r, 1, 12);
    f->model.equity = random_between(r, -100000000, 1000000000);
    f->model.cash = random_between(r, 0, 1000000000);
    for (size_t t = 0; t < f->model.nyears; t++)
        f->years[t] = (medel_mc_year){ random_between(r, 0, 1000000000),
                                       random_between(r, -10000000, 10000000),
                                       random_between(r, -10000000, 10000000),
                                       (double)random_between(r, -10, 60) / 1000.0,
                                       (double)random_between(r, -300, 300) / 1000.0,
                                       (double)random_between(r, -999, 999) / 7.0,
                                       0 };
    for (size_t i = 0; i < 4; i++)
        f->blocks[i] =
            (medel_mc_block){ random_between(r, 0, 400000000),
                              random_between(r, 0, 400000000),
                              random_between(r, 0, 1) * 1000000,
                              (double)random_between(r, 0, 40), random_chance(r, 30) };
    for (size_t i = 0; i < MEDEL_MC_INPUTS; i++)
        f->model.inputs[i].mean = (double)random_between(r, -100, 100) / 1000.0;
    f->model.inputs[MEDEL_MC_REALISATION].mean += 0.9;
    f->model.inputs[MEDEL_MC_TIMING].mean = (double)random_between(r, -6, 12);
    f->options.paths = (size_t)random_between(r, 1, 300);
}

TEST(fixed_inputs_give_the_planned_path_to_the_ore)
{
    random_state r = { 7 };
    for (int round = 0; round < 200; round++) {
        fixture f;
        straight s;
        straight_path path;
        random_model(&f, &r);
        prepare(&s, &f);
        walk(&s, 0, &path);
        outcome o = run(&f);
        for (size_t t = 0; t < f.model.nyears; t++) {
            for (int q = 0; q < MEDEL_MC_QUANTILES; q++)
                assert_near((double)o.years[t].quantiles[q], path.equity[t], 0.501);
            assert_int_equal(o.years[t].above, path.above[t] ? f.options.paths : 0);
            assert_int_equal(o.years[t].below,
                             path.equity[t] <= -0.5L ? f.options.paths : 0);
        }
        assert_int_equal(o.result.ever_below > 0, path.below);
    }
}

/* Lekeberg och Örebro 2024: domain figures that are printed. */
TEST(adopted_budget_and_realisation_of_the_reference_report)
{
    fixture f;
    set_up(&f);
    medel_mc_block block = { 582845600, 582845600, 0, 0, true };
    f.model.blocks = &block;
    f.model.nblocks = 1;
    f.model.nyears = 1;
    f.years[0] = (medel_mc_year){ .allocation = 400000000 };
    f.steps[0].upper = 700000000;
    outcome o = run(&f);
    assert_int_equal(o.years[0].quantiles[2], 65514300); /* 655 143 kr */
    assert_int_equal(o.years[0].above, 0);
    f.model.inputs[MEDEL_MC_REALISATION].mean = 8036515.0 / 8817710.0;
    o = run(&f);
    assert_true(llabs(o.years[0].quantiles[2] / 100 - 1171508) <= 1);
    assert_int_equal(o.years[0].above, f.options.paths);
}

TEST(equality_with_the_guideline_is_not_above_it)
{
    fixture f;
    set_up(&f);
    f.model.nblocks = 0;
    f.model.nyears = 1;
    f.years[0] = (medel_mc_year){ .allocation = 400000001 };
    f.model.equity = 80000000 - 400000001;
    outcome o = run(&f);
    assert_int_equal(o.years[0].above, 0);
    f.model.equity += 1;
    o = run(&f);
    assert_int_equal(o.years[0].above, f.options.paths);
    f.model.equity = -400000001;
    o = run(&f);
    assert_int_equal(o.years[0].below, 0);
    f.model.equity -= 1;
    o = run(&f);
    assert_int_equal(o.years[0].below, f.options.paths);
}

/* ---- distributions, seen through one year's EK ---- */

static outcome one_year(fixture *f, medel_mc_distribution allocation)
{
    set_up(f);
    f->model.nyears = 1;
    f->model.nblocks = 0;
    f->model.equity = -100000000;
    f->years[0] = (medel_mc_year){ .allocation = 100000000 };
    f->model.inputs[MEDEL_MC_ALLOCATION] = allocation;
    f->options.paths = 200000;
    return run(f); /* EK is the share drawn times 100 000 000 */
}

static void assert_shares(const outcome *o, const double *shares, double tolerance)
{
    for (int q = 0; q < MEDEL_MC_QUANTILES; q++)
        assert_near((double)o->years[0].quantiles[q] / 1e8, (long double)shares[q],
                    tolerance);
}

TEST(distributions_have_their_quantiles)
{
    static const double z[5] = { -1.6448536, -0.6744898, 0, 0.6744898, 1.6448536 };
    static const double u[5] = { 0.05, 0.25, 0.5, 0.75, 0.95 };
    double shares[5], values[4] = { 0.3, -0.1, 0.2, 0.9 }, weights[4] = { 1, 3, 4, 0 };
    fixture f;
    outcome o = one_year(
        &f, (medel_mc_distribution){ .kind = MEDEL_MC_NORMAL, .mean = 0.1, .sd = 0.05 });
    for (int q = 0; q < 5; q++)
        shares[q] = 0.1 + 0.05 * z[q];
    assert_shares(&o, shares, 0.0006);
    o = one_year(&f, (medel_mc_distribution){
                         .kind = MEDEL_MC_UNIFORM, .low = -0.2, .high = 0.6 });
    for (int q = 0; q < 5; q++)
        shares[q] = -0.2 + 0.8 * u[q];
    assert_shares(&o, shares, 0.004);
    o = one_year(&f, (medel_mc_distribution){
                         .kind = MEDEL_MC_TRIANGULAR, .low = 0, .mode = 0.2, .high = 1 });
    for (int q = 0; q < 5; q++)
        shares[q] = u[q] < 0.2 ? sqrt(u[q] * 0.2) : 1 - sqrt((1 - u[q]) * 0.8);
    assert_shares(&o, shares, 0.004);
    o = one_year(&f, (medel_mc_distribution){ .kind = MEDEL_MC_EMPIRICAL,
                                              .count = 4,
                                              .values = values,
                                              .weights = weights });
    double drawn[5] = { -0.1, -0.1, 0.2, 0.2, 0.3 }; /* 3/8, 4/8, 1/8 */
    assert_shares(&o, drawn, 1e-8);
    o = one_year(&f, (medel_mc_distribution){
                         .kind = MEDEL_MC_EMPIRICAL, .count = 4, .values = values });
    double even[5] = { -0.1, -0.1, 0.2, 0.3, 0.9 };
    even[1] = o.years[0].quantiles[1] < 0 ? -0.1 : 0.2; /* 25 % is just at the step */
    even[3] = o.years[0].quantiles[3] < 50000000 ? 0.3 : 0.9;
    even[2] = o.years[0].quantiles[2] < 25000000 ? 0.2 : 0.3;
    assert_shares(&o, even, 1e-8);
}

static double spread(double r, bool timing_too)
{
    fixture f;
    medel_mc_distribution normal = { .kind = MEDEL_MC_NORMAL, .sd = 0.05 };
    medel_mc_block block = { 100000000, 100000000, 0, 0, true };
    (void)one_year(&f, normal);
    f.model.blocks = &block;
    f.model.nblocks = 1;
    normal.mean = 1.0;
    normal.once = timing_too;
    f.model.inputs[MEDEL_MC_REALISATION] = normal;
    f.correlation[0][1] = f.correlation[1][0] = r;
    f.model.correlation = (const double(*)[MEDEL_MC_INPUTS])f.correlation;
    outcome o = run(&f);
    return (double)(o.years[0].quantiles[4] - o.years[0].quantiles[0]) / 1e8;
}

/* The sd of a difference is sqrt(2 - 2r) of the parts'. */
TEST(correlation_narrows_a_difference)
{
    for (int once = 0; once < 2; once++)
        for (int r = -8; r <= 8; r += 4)
            assert_near(spread(r / 10.0, once != 0),
                        2 * 1.6448536L * 0.05L * sqrtl(2.0L - r / 5.0L), 0.003);
}

TEST(draw_made_once_stays)
{
    fixture f;
    medel_mc_distribution d = { .kind = MEDEL_MC_NORMAL, .sd = 0.05, .once = true };
    (void)one_year(&f, d);
    f.model.nyears = 4;
    for (int t = 1; t < 4; t++)
        f.years[t] = f.years[0];
    outcome o = run(&f);
    int64_t one = o.years[0].quantiles[4], four = o.years[3].quantiles[4] - 300000000;
    assert_true(llabs(four - 4 * one) < 400);
    f.model.inputs[MEDEL_MC_ALLOCATION].once = false;
    o = run(&f);
    four = o.years[3].quantiles[4] - 300000000;
    assert_near((double)four / (double)one, 2.0L, 0.05); /* sqrt(4) */
}

TEST(late_change_costs_its_months)
{
    fixture f;
    set_up(&f);
    outcome in_time = run(&f);
    f.model.inputs[MEDEL_MC_TIMING].mean = 3;
    outcome late = run(&f);
    for (int i = 0; i < 4; i++)
        f.blocks[i].month += f.blocks[i].firm ? 0 : 3;
    f.model.inputs[MEDEL_MC_TIMING].mean = 0;
    outcome moved = run(&f);
    assert_same(&late, &moved);
    assert_true(late.years[0].quantiles[0] < in_time.years[0].quantiles[0]);
    f.model.inputs[MEDEL_MC_TIMING].mean = -100; /* all in January of year 1 */
    outcome early = run(&f);
    f.model.inputs[MEDEL_MC_TIMING].mean = -200;
    outcome earlier = run(&f);
    assert_same(&early, &earlier);
}

/* ---- the reserve ---- */

TEST(reserve_is_what_survives)
{
    fixture f;
    set_up(&f);
    make_uncertain(&f);
    outcome o = run(&f);
    uint32_t allowed = (uint32_t)(f.options.paths / 20);
    int64_t more = o.result.reserve - f.model.equity;
    f.model.equity += more;
    f.model.cash += more;
    outcome saved = run(&f);
    assert_in_range(saved.result.ever_below, allowed - 1, allowed);
    f.model.equity -= 2;
    f.model.cash -= 2;
    outcome lost = run(&f);
    assert_true(lost.result.ever_below > allowed - 1);
    assert_true(lost.result.ever_below >= saved.result.ever_below);
    f.model.nblocks = 0; /* no costs: nothing needs to be saved */
    assert_int_equal(run(&f).result.reserve, 0);
}

/* ---- ends ---- */

TEST(sizes_at_the_ends_of_what_is_allowed)
{
    fixture f;
    set_up(&f);
    make_uncertain(&f);
    f.options.paths = 1;
    outcome o = run(&f);
    for (int t = 0; t < YEARS; t++)
        for (int q = 1; q < MEDEL_MC_QUANTILES; q++)
            assert_int_equal(o.years[t].quantiles[q], o.years[t].quantiles[0]);
    f.model.nyears = MEDEL_MC_MAX_YEARS;
    f.options.paths = 129;
    f.options.threads = MEDEL_MC_MAX_THREADS;
    outcome many = run(&f);
    f.options.threads = 1;
    outcome one = run(&f);
    assert_same(&one, &many);
    f.model.nblocks = 0;
    f.model.nsteps = 0;
    f.model.correlation = NULL;
    o = run(&f);
    assert_int_equal(o.years[0].above, 129);
}

typedef struct fault {
    medel_status status;
    const char *message;
    void (*make)(fixture *f);
} fault;

#define FAULT(name, change)                                                              \
    static void name(fixture *f)                                                         \
    {                                                                                    \
        medel_mc_distribution *in = f->model.inputs;                                     \
        (void)in;                                                                        \
        change;                                                                          \
    }
FAULT(no_paths, f->options.paths = 0)
FAULT(many_paths, f->options.paths = 10000001)
FAULT(no_years, f->model.nyears = 0)
FAULT(many_years, f->model.nyears = 1000000)
FAULT(many_blocks, f->model.nblocks = 1001)
FAULT(many_threads, f->options.threads = 257)
FAULT(many_steps, f->model.nsteps = 17)
FAULT(many_values, in[MEDEL_MC_REALISATION].count = 257)
FAULT(no_values, in[MEDEL_MC_REALISATION].count = 0)
FAULT(nan_mean, in[MEDEL_MC_ALLOCATION].mean = (double)NAN)
FAULT(nan_value, f->values[1] = (double)NAN)
FAULT(infinite_high, in[MEDEL_MC_TIMING].high = (double)INFINITY)
FAULT(negative_weight, f->weights[2] = -1)
FAULT(nan_weight, f->weights[0] = (double)NAN)
FAULT(no_weight, memset(f->weights, 0, sizeof f->weights))
FAULT(negative_sd, in[MEDEL_MC_ALLOCATION].sd = -0.1)
FAULT(large_index, in[MEDEL_MC_INDEX].high = 2)
FAULT(mode_outside, in[MEDEL_MC_TIMING].mode = 16)
FAULT(high_below_low, in[MEDEL_MC_INDEX].high = -0.5)
FAULT(no_kind, in[MEDEL_MC_INDEX].kind = (medel_mc_kind)9)
FAULT(nan_rate, f->years[3].rate = (double)NAN)
FAULT(nan_step, f->steps[1].rate = (double)NAN)
FAULT(falling_steps, f->steps[0].upper = 0)
FAULT(nan_month, f->blocks[2].month = (double)NAN)
FAULT(negative_month, f->blocks[0].month = -1)
FAULT(negative_allocation, f->years[1].allocation = -1)
FAULT(large_amount, f->blocks[1].before = INT64_MAX)
FAULT(large_start, f->model.cash = INT64_MIN)
FAULT(nan_more, f->years[3].more = (double)NAN)
FAULT(large_rest, f->years[3].rest = 1e18)
FAULT(nan_correlation, f->correlation[1][2] = (double)NAN)
FAULT(large_correlation, f->correlation[1][2] = 1.5)
FAULT(one_sided, f->correlation[1][2] = 0.77)
FAULT(diagonal, f->correlation[2][2] = 0.5)
FAULT(not_definite, f->correlation[0][1] = f->correlation[1][0] = 0.9;
      f->correlation[0][3] = f->correlation[3][0] = 0.9;
      f->correlation[1][3] = f->correlation[3][1] = -0.9)
FAULT(perfect, f->correlation[0][1] = f->correlation[1][0] = 1)

TEST(what_makes_no_sense_is_said)
{
    static const fault faults[] = {
        { MEDEL_E_DOMAIN, "no paths", no_paths },
        { MEDEL_E_LIMIT, "10000001 paths; at most 10000000", many_paths },
        { MEDEL_E_DOMAIN, "no years", no_years },
        { MEDEL_E_LIMIT, "1000000 years; at most 100", many_years },
        { MEDEL_E_LIMIT, "1001 cost blocks", many_blocks },
        { MEDEL_E_LIMIT, "257 threads", many_threads },
        { MEDEL_E_LIMIT, "17 steps", many_steps },
        { MEDEL_E_LIMIT, "realisation: 257 values", many_values },
        { MEDEL_E_DOMAIN, "realisation: there are no values", no_values },
        { MEDEL_E_DOMAIN, "allocation: mean is not a finite number", nan_mean },
        { MEDEL_E_DOMAIN, "realisation: a value is not a finite", nan_value },
        { MEDEL_E_DOMAIN, "timing: high is not a finite number", infinite_high },
        { MEDEL_E_DOMAIN, "realisation: weight 3 is negative", negative_weight },
        { MEDEL_E_DOMAIN, "realisation: a weight is not a finite", nan_weight },
        { MEDEL_E_DOMAIN, "the weights add up to nothing", no_weight },
        { MEDEL_E_DOMAIN, "allocation: sd is negative", negative_sd },
        { MEDEL_E_LIMIT, "index: high is 2; at most 1", large_index },
        { MEDEL_E_DOMAIN, "timing: low, mode and high are not in order", mode_outside },
        { MEDEL_E_DOMAIN, "index: low, mode and high are not", high_below_low },
        { MEDEL_E_DOMAIN, "index: no such distribution", no_kind },
        { MEDEL_E_DOMAIN, "finansnetto: rate is not a finite", nan_rate },
        { MEDEL_E_DOMAIN, "costs: more is not a finite", nan_more },
        { MEDEL_E_LIMIT, "costs: rest is 1e+18; at most 1e+13", large_rest },
        { MEDEL_E_DOMAIN, "guideline: rate is not a finite", nan_step },
        { MEDEL_E_DOMAIN, "steps do not rise", falling_steps },
        { MEDEL_E_DOMAIN, "block 3: its month of change", nan_month },
        { MEDEL_E_DOMAIN, "block 1: its month of change", negative_month },
        { MEDEL_E_DOMAIN, "year 2: the allocation is negative", negative_allocation },
        { MEDEL_E_LIMIT, "block 2: an amount above 100 mdkr", large_amount },
        { MEDEL_E_LIMIT, "the start has an amount", large_start },
        { MEDEL_E_DOMAIN, "realisation and timing is not from -1", nan_correlation },
        { MEDEL_E_DOMAIN, "realisation and timing is not from -1", large_correlation },
        { MEDEL_E_DOMAIN, "realisation and timing is not symmetric", one_sided },
        { MEDEL_E_DOMAIN, "timing with itself is not 1", diagonal },
        { MEDEL_E_DOMAIN, "not positive definite", not_definite },
        { MEDEL_E_DOMAIN, "not positive definite", perfect },
    };
    for (size_t i = 0; i < COUNT(faults); i++) {
        fixture f;
        medel_error err = { 0 };
        outcome out;
        set_up(&f);
        make_uncertain(&f);
        faults[i].make(&f);
        medel_status st =
            medel_mc_run(&out.result, out.years, &f.model, &f.options, &err);
        assert_text_contains(err.message, faults[i].message);
        assert_int_equal(st, faults[i].status);
        assert_int_equal(err.status, faults[i].status);
        assert_int_equal(medel_mc_run(&out.result, out.years, &f.model, &f.options, NULL),
                         st);
    }
}

TEST(overflow_is_an_error)
{
    fixture f;
    medel_error err = { 0 };
    outcome out;
    set_up(&f);
    f.model.nyears = 100;
    f.model.inputs[MEDEL_MC_INDEX].mean = 1.0;
    assert_int_equal(medel_mc_run(&out.result, out.years, &f.model, &f.options, &err),
                     MEDEL_E_OVERFLOW);
}

TEST(inputs_have_names)
{
    assert_string_equal(medel_mc_input_name(MEDEL_MC_ALLOCATION), "allocation");
    assert_string_equal(medel_mc_input_name(MEDEL_MC_INDEX), "index");
    assert_string_equal(medel_mc_input_name((medel_mc_input)99), "unknown");
}

/* ---- stopping, memory ---- */

typedef struct watch {
    uint64_t last, total;
    int calls, stop_at;
} watch;

static bool watch_progress(void *ud, uint64_t done, uint64_t total)
{
    watch *w = ud;
    assert_true(done >= w->last && done <= total);
    w->last = done;
    w->total = total;
    return ++w->calls != w->stop_at;
}

TEST(progress_rises_to_the_end_and_can_stop)
{
    fixture f;
    watch w = { 0 };
    medel_error err = { 0 };
    outcome out;
    int cancel = 0;
    set_up(&f);
    make_uncertain(&f);
    f.options.paths = 100000;
    f.options.threads = 2;
    f.options.progress = watch_progress;
    f.options.progress_ud = &w;
    f.options.cancel = &cancel;
    (void)run(&f);
    assert_int_equal(w.last, w.total);
    assert_true(w.calls >= 1 && w.total >= 100000);
    w = (watch){ .stop_at = 1 };
    assert_int_equal(medel_mc_run(&out.result, out.years, &f.model, &f.options, &err),
                     MEDEL_E_STOPPED);
    assert_string_equal(err.message, "stopped");
    assert_int_equal(w.calls, 1);
    cancel = 1;
    w = (watch){ 0 };
    assert_int_equal(medel_mc_run(&out.result, out.years, &f.model, &f.options, &err),
                     MEDEL_E_STOPPED);
    assert_int_equal(w.calls, 0);
}

typedef struct budget {
    int left;
    size_t held;
    pthread_t thread;
} budget;

static void *give(void *ud, void *ptr, size_t osize, size_t nsize)
{
    budget *b = ud;
    assert_true(pthread_equal(pthread_self(), b->thread));
    if (nsize == 0) {
        b->held -= osize;
        free(ptr);
        return NULL;
    }
    if (b->left-- == 0)
        return NULL;
    b->held += nsize;
    return malloc(nsize);
}

TEST(memory_may_run_out_anywhere)
{
    fixture f;
    medel_error err = { 0 };
    outcome out;
    medel_status st = MEDEL_E_NOMEM;
    set_up(&f);
    make_uncertain(&f);
    f.options.paths = 40000; /* more than the sample */
    f.options.threads = 2;
    for (int n = 0; st == MEDEL_E_NOMEM; n++) {
        budget b = { n, 0, pthread_self() };
        f.options.allocator = &(medel_allocator){ give, &b };
        st = medel_mc_run(&out.result, out.years, &f.model, &f.options, &err);
        assert_int_equal(b.held, 0);
        assert_true(n < 200);
        if (st != MEDEL_OK)
            assert_text_contains(err.message, "out of memory for 40000 paths");
    }
    assert_int_equal(st, MEDEL_OK);
}

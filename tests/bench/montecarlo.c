/*
 * montecarlo.c WHAT PATHS THREADS: one run of the Monte Carlo kernel, or of its generator
 * by itself.  Prints CPU and wall seconds, then figures to compare with the peers'.
 *   run     the kernel: 10 years, 3 inputs drawn a year and 1 a path
 *   scores  the normal scores of the 3 inputs only
 *   words   the random words only
 */
#include "montecarlo.h"
#include "random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { YEARS = 10 };

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int run(size_t paths, unsigned threads)
{
    static const medel_mc_block blocks[] = {
        { 300000000, 100000000, 2000000, 3, false },
        { 200000000, 80000000, 0, 3, false },
        { 190000000, 190000000, 0, 0, true },
        { 250000000, 50000000, 0, 12, false },
    };
    static const medel_mc_step steps[] = { { 700000000, 0.20 }, { 0, 0.15 } };
    medel_mc_year years[YEARS];
    medel_mc_outcome outcome[YEARS];
    medel_mc_result result;
    medel_error err;
    for (int t = 0; t < YEARS; t++)
        years[t] =
            (medel_mc_year){ .allocation = 440000000, .other = 5000000, .rate = 0.034 };
    const medel_mc_model model = {
        .equity = 248359900, .cash = 437000000, .years = years, .nyears = YEARS,
        .blocks = blocks, .nblocks = 4, .steps = steps, .nsteps = 2,
        .inputs = {
            [MEDEL_MC_ALLOCATION] = { .kind = MEDEL_MC_NORMAL, .sd = 0.05 },
            [MEDEL_MC_REALISATION] = { .kind = MEDEL_MC_NORMAL, .mean = 0.95, .sd = 0.03 },
            [MEDEL_MC_TIMING] = { .kind = MEDEL_MC_TRIANGULAR, .mode = 3, .high = 9 },
            [MEDEL_MC_INDEX] = { .kind = MEDEL_MC_NORMAL, .mean = 0.02, .sd = 0.01 },
        },
    };
    const medel_mc_options options = { .seed = 42, .paths = paths, .threads = threads };
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
    if (medel_mc_run(&result, outcome, &model, &options, &err) != MEDEL_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = seconds(CLOCK_MONOTONIC) - wall;
    printf("%.6f %.6f %lld %.4f %lld\n", cpu, wall,
           (long long)outcome[YEARS - 1].quantiles[2],
           (double)result.ever_below / (double)paths, (long long)result.reserve);
    return 0;
}

static int generate(size_t paths, bool scores)
{
    static double table[MEDEL_SCORE_ROWS * 4];
    static medel_mc_plan plan;
    size_t size = (sizeof(medel_mc_lanes) + 63) & ~(size_t)63;
    medel_mc_lanes *lanes = aligned_alloc(64, size);
    double sum = 0.0;
    if (!lanes)
        return 1;
    memset(lanes, 0, size);
    medel_score_table(table);
    plan.key[0] = 42;
    plan.nyears = YEARS;
    plan.scores = table;
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
    for (size_t b = 0; b < paths / MEDEL_MC_LANES; b++)
        sum += medel_mc_generate(&plan, lanes, b, 3, scores, medel_mc_best_level());
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = seconds(CLOCK_MONOTONIC) - wall;
    printf("%.6f %.6f %g\n", cpu, wall, sum);
    free(lanes);
    return 0;
}

int main(int argc, char **argv)
{
    static const char *const levels[] = { "x86-64", "AVX2", "AVX-512" };
    if (argc == 2 && strcmp(argv[1], "level") == 0)
        return puts(levels[medel_mc_best_level()]) < 0;
    if (argc != 4)
        return 2;
    size_t paths = strtoul(argv[2], NULL, 10);
    if (strcmp(argv[1], "run") == 0)
        return run(paths, (unsigned)strtoul(argv[3], NULL, 10));
    return generate(paths, strcmp(argv[1], "scores") == 0);
}

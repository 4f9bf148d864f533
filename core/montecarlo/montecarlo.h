/*
 * montecarlo.h - what the parts of the Monte Carlo kernel share: montecarlo_model.c makes
 * a model of a projection, montecarlo_plan.c checks it and makes a plan of it,
 * montecarlo_kernel.c draws and runs the paths of a block, montecarlo.c hands the blocks
 * to threads and reads off the quantiles.
 */
#ifndef MEDEL_MONTECARLO_PRIV_H
#define MEDEL_MONTECARLO_PRIV_H

#include "medel_montecarlo.h"
#include "medel_priv.h"

/* Paths in a block: what a block works on stays in the nearest cache. */
#define MEDEL_MC_LANES 128
/* A row of values for each year's EK, and one for the reserve that a path needs. */
#define MEDEL_MC_MAX_ROWS (MEDEL_MC_MAX_YEARS + 1)
#define MEDEL_MC_MAX_INTERVALS (3 * MEDEL_MC_QUANTILES)

/* ---- the plan: the model as the kernel wants it ---- */

/* Cost that follows the draw of timing, of all blocks that change in the same month. */
typedef struct medel_mc_group {
    double month;
    double monthly; /* the old level's excess over the new, a month */
    double once;
} medel_mc_group;

typedef struct medel_mc_plan_year {
    double allocation, other;
    double cost;    /* of blocks that do not move, and the new level of those that do */
    double scale;   /* of all blocks; 'cost' has it, the groups do not */
    double cash;    /* change of cash beyond the result */
    double grow;    /* 1 + rate/2: what cash at the start has become before ... */
    double divide;  /* 1/(1 - rate/2): ... interest on the interest */
    double offset;  /* EK - cash at year's end, the same on every path */
    double planned; /* EK */
    double unshift; /* what an öre at the end of this year was at the start of year 1 */
} medel_mc_plan_year;

typedef struct medel_mc_plan_input {
    medel_mc_kind kind;
    bool once;
    bool direct; /* not correlated, not normal: its own share, not by way of a score */
    double mean, sd, low, high;
    double below, left, right; /* triangular: share below the mode; scales under roots */
    double values[MEDEL_MC_MAX_VALUES], above[MEDEL_MC_MAX_VALUES]; /* and share below */
    size_t count;
    /* Score: sum of weight[k] times the independent score of source[k]. */
    size_t nsources;
    uint8_t source[MEDEL_MC_INPUTS];
    double weight[MEDEL_MC_INPUTS];
    bool is_source; /* its independent score is wanted by itself or by another */
} medel_mc_plan_input;

/* The part of the range (low, high] around an order statistic. */
typedef struct medel_mc_interval {
    double low, high;
    bool keep; /* the values in it are kept; else there is only one, 'high' */
} medel_mc_interval;

typedef struct medel_mc_row {
    medel_mc_interval intervals[MEDEL_MC_MAX_INTERVALS];
    size_t nintervals;
    double *kept;
    size_t room;
    size_t count; /* shared between threads; beyond room: what there would have been */
} medel_mc_row;

typedef struct medel_mc_plan {
    uint32_t key[2], paths;
    size_t nyears, ngroups, nsteps;
    double equity, cash;
    double step_from[MEDEL_MC_MAX_STEPS], step_rate[MEDEL_MC_MAX_STEPS]; /* rate added */
    medel_mc_plan_input inputs[MEDEL_MC_INPUTS];
    bool draws_once, draws_yearly;
    double *scores; /* the table of random.h */
    medel_mc_group *groups;
    medel_mc_plan_year *years;
    medel_mc_row *rows; /* nyears + 1 */
    double *sample;     /* of the first paths: rows of 'sampled' values */
    size_t sampled;
    bool sampling; /* fill the sample; else tally by the rows' intervals */
} medel_mc_plan;

/* ---- one thread's work space ---- */

typedef struct medel_mc_tally {
    uint32_t above[MEDEL_MC_MAX_YEARS], below[MEDEL_MC_MAX_YEARS], ever_below;
    uint32_t upto_planned[MEDEL_MC_MAX_YEARS];
    uint32_t upto[MEDEL_MC_MAX_ROWS][MEDEL_MC_MAX_INTERVALS][2]; /* <= low, <= high */
} medel_mc_tally;

typedef struct medel_mc_lanes {
    uint64_t words[MEDEL_MC_INPUTS][MEDEL_MC_LANES]; /* the low half */
    uint64_t rows[MEDEL_MC_LANES]; /* of the table of scores, and the places in them */
    double places[MEDEL_MC_LANES];
    double scores[MEDEL_MC_INPUTS][MEDEL_MC_LANES];
    double mixed[MEDEL_MC_LANES];
    double inputs[MEDEL_MC_INPUTS][MEDEL_MC_LANES];
    double price[MEDEL_MC_LANES], cost[MEDEL_MC_LANES], allocation[MEDEL_MC_LANES];
    double guideline[MEDEL_MC_LANES];
    double cash[MEDEL_MC_LANES], equity[MEDEL_MC_LANES];
    double lowest[MEDEL_MC_LANES], need[MEDEL_MC_LANES];
    double kept[MEDEL_MC_LANES + 1];
    int64_t keep[MEDEL_MC_LANES];
    medel_mc_tally tally;
} medel_mc_lanes;

/* ---- montecarlo_kernel.c ---- */

/* What the processor can do.  The bits are the same, only the time differs. */
typedef enum medel_mc_level {
    MEDEL_MC_PLAIN,
    MEDEL_MC_AVX2,
    MEDEL_MC_AVX512
} medel_mc_level;

medel_mc_level medel_mc_best_level(void);
/* Run the paths of a block into the sample or the tally. */
void medel_mc_block_run(medel_mc_plan *plan, medel_mc_lanes *w, size_t block,
                        medel_mc_level level);
/* The generator by itself, for the bench: the words of the plan's years for a block of
   paths, or also the normal scores of n inputs; returns something that depends on it. */
double medel_mc_generate(const medel_mc_plan *p, medel_mc_lanes *w, size_t block,
                         size_t n, bool scores, medel_mc_level level);

/* ---- montecarlo_plan.c ---- */

medel_status medel_mc_check(const medel_mc_model *m, const medel_mc_options *o,
                            medel_error *err);
/* What a block that changes level in 'month' costs in year t, by its levels. */
double medel_mc_block_cost(const medel_mc_block *b, double month, size_t t);
/* Fill a zeroed plan for a model that was checked; jumps to a->oom when out of memory. */
void medel_mc_plan_make(medel_mc_plan *p, medel_arena *a, const medel_mc_model *m,
                        const medel_mc_options *o);

/* ---- montecarlo.c ---- */

/* What may be chosen without any effect on the result. */
typedef struct medel_mc_tuning {
    medel_mc_level level;
    size_t sampled; /* paths from which the intervals are placed */
    double width;   /* of the intervals, in standard deviations of the sample's rank */
} medel_mc_tuning;

medel_status medel_mc_run_tuned(medel_mc_result *out, medel_mc_outcome *years,
                                const medel_mc_model *model,
                                const medel_mc_options *options, medel_error *err,
                                const medel_mc_tuning *tuning);
/* The k-th least (from 0) of n values, which are put in another order: what is before it
   is no greater, what is after it no less. */
double medel_mc_select(double *values, size_t n, size_t k);

#endif

/*
 * medel_montecarlo.h - uncertainty.
 *
 * Monte Carlo over a projection.  For every path and year t = 1..T
 *
 *   EK_t = EK_{t-1} + A_t*(1 + allocation_t) + other_t + finansnetto_t
 *          - rest_t - (1 + more_t) * sum of blocks C_{i,t}
 *            * realisation_t * (1 + index_1)*...*(1 + index_t)
 *
 * C_{i,t} is weighted by months at the old and the new level, with the change as many
 * months late as 'timing' says; finansnetto is rate * (cash_{t-1} + cash_t)/2, and cash
 * follows the result and 'cash'.  Here, and nowhere else, amounts are floating-point:
 * doubles that count öre.  They are rounded half away from zero to whole öre when they
 * are given back, after what is below 1/1024 öre, which is noise, has been rounded off.
 *
 * The bits of a result depend on the model, the seed and the number of paths alone: not
 * on threads, compiler, optimisation or processor.
 */
#ifndef MEDEL_MONTECARLO_H
#define MEDEL_MONTECARLO_H

#include "medel_projection.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    MEDEL_MC_MAX_PATHS = 10000000,
    MEDEL_MC_MAX_YEARS = 100,
    MEDEL_MC_MAX_BLOCKS = 1000,
    MEDEL_MC_MAX_STEPS = 16,
    MEDEL_MC_MAX_VALUES = 256, /* of an empirical distribution */
    MEDEL_MC_MAX_THREADS = 256
};
#define MEDEL_MC_MAX_AMOUNT INT64_C(10000000000000) /* öre; 100 mdkr */

typedef enum medel_mc_input {
    MEDEL_MC_ALLOCATION,  /* share that is added to the allocation: -0.10 is 10 % less */
    MEDEL_MC_REALISATION, /* outcome/budget of costs; 1 is as planned, 0 is no costs */
    MEDEL_MC_TIMING,      /* months that changes of blocks are late; < 0 is early */
    MEDEL_MC_INDEX,       /* yearly price change, beside what the costs already hold */
    MEDEL_MC_INPUTS
} medel_mc_input;

typedef enum medel_mc_kind {
    MEDEL_MC_FIXED,      /* mean */
    MEDEL_MC_NORMAL,     /* mean, sd */
    MEDEL_MC_UNIFORM,    /* low, high */
    MEDEL_MC_TRIANGULAR, /* low, mode, high */
    MEDEL_MC_EMPIRICAL   /* one of values, by their weights */
} medel_mc_kind;

typedef struct medel_mc_distribution {
    medel_mc_kind kind;
    bool once; /* one draw for the whole path, not one a year; timing always is */
    double mean, sd, low, mode, high;
    const double *values;  /* count of them, in any order */
    const double *weights; /* count of them, >= 0, in any scale; NULL: all the same */
    size_t count;
} medel_mc_distribution;

/* One year of the planned path, in öre. */
typedef struct medel_mc_year {
    int64_t allocation; /* medlemsbidrag */
    int64_t other;      /* other income less costs that no input moves */
    int64_t cash;       /* change of cash beyond the result, as of rörelsekapital */
    double rate;        /* finansnetto per krona of mean cash: 0.034 */
    double more;     /* share that the blocks cost more (less) than their levels: planned
                        index and realisation */
    double rest;     /* öre of costs that no input moves, with fractions: rounding */
    int64_t planned; /* EK at year's end on the planned path, to count paths up to it */
} medel_mc_year;

/* A cost that changes level once.  Several changes of one cost are several blocks that
   add up: {a, b, month 4} and {0, c - b, month 16}. */
typedef struct medel_mc_block {
    int64_t before, after; /* öre a year */
    int64_t once;          /* öre, in the year of the change: avveckling */
    double month; /* months at the level before, from the start of year 1: 2 is a change
                     from 1 March; >= 12*T is never, unless timing is early */
    bool firm;    /* not moved by timing */
} medel_mc_block;

/* A stair of marginal rates: rate applies up to 'upper' öre, from the step before; the
   last step is open, whatever its upper says. */
typedef struct medel_mc_step {
    int64_t upper;
    double rate;
} medel_mc_step;

typedef struct medel_mc_model {
    int64_t equity, cash;       /* at the start of year 1, öre */
    const medel_mc_year *years; /* nyears of them */
    size_t nyears;
    const medel_mc_block *blocks;
    size_t nblocks;
    const medel_mc_step *steps; /* guideline for eget kapital by the year's allocation */
    size_t nsteps;
    medel_mc_distribution inputs[MEDEL_MC_INPUTS];
    /* Of the normal scores within a year: symmetric, 1 on the diagonal, positive
       definite; NULL: independent.  Between a yearly input and one drawn once it holds
       in every year, so that the yearly one gets correlated between years. */
    const double (*correlation)[MEDEL_MC_INPUTS];
} medel_mc_model;

typedef struct medel_mc_options {
    uint64_t seed;
    size_t paths;     /* 1 .. MEDEL_MC_MAX_PATHS */
    unsigned threads; /* 0 is 1; fewer are used when the system gives fewer */
    /* Called now and then, in the calling thread; false stops.  May be NULL. */
    bool (*progress)(void *ud, uint64_t done, uint64_t total);
    void *progress_ud;
    const int *cancel; /* stops when it is no longer 0: set it atomically, or from a
                          signal handler; may be NULL */
    const medel_allocator *allocator; /* called in the calling thread only */
} medel_mc_options;

#define MEDEL_MC_QUANTILES 5 /* 5, 25, 50, 75 and 95 % */

/* Counts are of paths.  A quantile is an order statistic: the least value that at least
   that share of the paths do not exceed. */
typedef struct medel_mc_outcome {
    int64_t quantiles[MEDEL_MC_QUANTILES]; /* of EK at year's end, öre */
    uint32_t above;        /* EK above the guideline, by half an öre or more */
    uint32_t below;        /* EK below 0, by half an öre or more */
    uint32_t upto_planned; /* EK not above the planned one by half an öre or more */
} medel_mc_outcome;

typedef struct medel_mc_result {
    uint64_t seed;
    uint32_t paths;
    uint32_t ever_below; /* EK below 0 at the end of any year */
    /* Least EK (with as much more or less cash) at the start of year 1 with which at
       least 95 % of the paths never end a year below 0; >= 0; rounded up to öre. */
    int64_t reserve;
} medel_mc_result;

/* Draw all paths; 'years' has room for model->nyears.  E_DOMAIN for what makes no sense
   (NaN, a negative weight, a correlation that is not positive definite), E_LIMIT for too
   much of something, E_OVERFLOW when a result does not fit, E_STOPPED when it was told
   to stop.  *err may be NULL. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_mc_run(medel_mc_result *out,
                                                     medel_mc_outcome *years,
                                                     const medel_mc_model *model,
                                                     const medel_mc_options *options,
                                                     medel_error *err);
MEDEL_API const char *medel_mc_input_name(medel_mc_input i); /* "allocation", ... */

/* The planned path of a projection as a model: levels that decisions change from their
   month on, each input fixed at what is planned.  Run as it is, it gives the projection's
   eget kapital to the öre; set inputs and correlation first.  One-off costs and what a
   function of the caller's own gives do not move.  The projection may be freed before it.
   E_DOMAIN if the guideline is such a function, or if prices fall to nothing. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_mc_model_new(medel_mc_model **out, const medel_projection *p,
                   const medel_allocator *allocator, medel_error *err);
MEDEL_API void medel_mc_model_free(medel_mc_model *m);

#ifdef __cplusplus
}
#endif
#endif

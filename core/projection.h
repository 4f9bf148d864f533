/* projection.h - what the model and the report of a projected year share. */
#ifndef MEDEL_PROJECTION_H
#define MEDEL_PROJECTION_H

#include "medel_priv.h"

#define MEDEL_PROJECTED "projektion" /* table of figures that stand in no report */
#define MEDEL_PROJECTED_INDEX ((size_t)1000000)

/* A yearly level that decisions change. */
typedef struct medel_series {
    medel_driver driver;
    const char *id, *label, *group;
    const medel_node *level; /* whole kronor a year */
    const medel_node *sum;   /* of the year's months until 'from' */
    int from;
    bool braked; /* the last change was the state's own cut */
} medel_series;

typedef struct medel_event {
    const medel_change *change;
    int at; /* months since year 0 */
    size_t order;
} medel_event;

typedef struct medel_year {
    const medel_node *figure[MEDEL_FIG_COUNT];
    const medel_node **block; /* one per series; NULL where it has no amount */
    const medel_node *one_off;
    bool braked;
} medel_year;

struct medel_projection {
    medel_arena arena;
    const medel_report *base;
    const medel_parameters *parameters;
    medel_projection_options options;
    medel_error *err;
    medel_status status;
    int now; /* the year that is being computed */
    medel_series *series;
    size_t nseries, rest; /* rest: the series "ofordelat" */
    medel_event *events;
    size_t nevents;
    const medel_node *index, *realisation, *rate, *one_off;
    medel_year *years; /* the base year first */
    size_t nyears, nfacts;
    medel_block_info *blocks;
    size_t *block_series; /* SIZE_MAX: one-off costs */
    size_t nblocks;
};

const medel_year *medel_projection_year(const medel_projection *p, int year);

#endif

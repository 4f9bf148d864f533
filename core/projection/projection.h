/* projection.h - what the model and the report of a projected year share. */
#ifndef MEDEL_PROJECTION_PRIV_H
#define MEDEL_PROJECTION_PRIV_H

#include "medel_projection.h"
#include "report.h"

#define MEDEL_PROJECTED_INDEX ((size_t)1000000)
#define MEDEL_PJ_MAX_BLOCKS 400
#define MEDEL_PJ_FAILED 2 /* what setjmp returns when the error is already written */

/* A yearly level that decisions change. */
typedef struct medel_pj_series {
    medel_driver driver;
    const char *id, *label, *group;
    const medel_node *level; /* whole kronor a year */
    const medel_node *sum;   /* of the year's months until 'from' */
    int from;
    bool braked;   /* the last change was the state's own cut */
    bool replaced; /* some year's amount is the caller's own function's */
} medel_pj_series;

/* A decided change of a cost block's level, for who draws around the planned path. */
typedef struct medel_cost_step {
    size_t series;
    int at; /* months from the January of the first projected year */
    const medel_node *before, *after;
} medel_cost_step;

typedef struct medel_event {
    const medel_change *change;
    int at; /* months since year 0 */
    size_t order;
} medel_event;

typedef struct medel_year {
    const medel_node *figure[MEDEL_FIG_COUNT];
    const medel_node **block;   /* one per series; NULL where it has no amount */
    const medel_node **planned; /* one per series: costs before realisation */
    const medel_node *one_off;
    const medel_node *index, *realisation, *rate; /* that held in the year */
    const medel_parameter_value *share[3], *brake, *guideline;
    int64_t (*levels)[12]; /* by series: the yearly level in each month, öre */
    int64_t one_offs[12];  /* öre */
    bool braked, own_interest;
} medel_year;

struct medel_projection {
    medel_arena arena;
    const medel_report *base;
    const medel_parameters *parameters;
    medel_projection_options options;
    medel_error *err;
    medel_status status;
    int now;   /* the year that is being computed */
    int dated; /* the year whose last day this is: */
    int32_t last_day;
    medel_pj_series *series;
    size_t nseries, rest; /* rest: the series "ofordelat" */
    medel_event *events;
    size_t nevents;
    medel_array steps; /* of medel_cost_step, in time */
    const medel_node *index, *realisation, *rate, *one_off;
    medel_year *years; /* the base year first */
    size_t nyears, nfacts;
    medel_block_info *blocks;
    size_t *block_series; /* SIZE_MAX: one-off costs */
    size_t nblocks;
};

/* The id of the driftredovisning's row with a role. */
const char *medel_pj_row(const medel_projection *p, medel_role role);
/* Do the groups of the driftredovisning add to this row: its result, and what may be
   printed between? */
bool medel_pj_sums_groups(const medel_projection *p, const char *id);
const medel_year *medel_projection_year(const medel_projection *p, int year);

/* ---- projection_node.c: every node lives in the projection's arena ---- */

extern const char *const medel_pj_parts[3];  /* "staten", ... */
extern const char *const medel_pj_shares[3]; /* parameters of their shares, in order */
const char *medel_pj_label(medel_figure_id f);

/* Leaves through the arena's jmp_buf; 'at' is the decision that is wrong, or NULL. */
__attribute__((noreturn, format(printf, 4, 5))) void
medel_pj_fail(medel_projection *p, medel_status st, const medel_change *at,
              const char *format, ...);
const medel_node *medel_pj_apply(medel_projection *p, medel_op op, const medel_node *left,
                                 const medel_node *right);
const medel_node *medel_pj_constant(medel_projection *p, int64_t num, int64_t den,
                                    medel_unit unit);
const medel_node *medel_pj_zero(medel_projection *p);
const medel_node *medel_pj_round(medel_projection *p, const medel_node *n);
void medel_pj_make_exact(medel_node *n);
const medel_node *medel_pj_of_fact(medel_projection *p, const medel_fact *f, int sign);
const medel_node *medel_pj_as_fact(medel_projection *p, const char *row,
                                   const char *label, int year, const medel_node *n);
bool medel_pj_negative(const medel_node *n);
int medel_pj_compare(medel_projection *p, const medel_node *a, const medel_node *b);
/* The parameter in force at the end of the year that is computed; NULL if none is. */
const medel_parameter_value *medel_pj_parameter(medel_projection *p, const char *id,
                                                const char *norm);
/* The same as a node, applied to 'base' unless that is NULL. */
const medel_node *medel_pj_guideline(medel_projection *p, const medel_node *allocation);
const medel_node *medel_pj_parameter_node(medel_projection *p, const char *id,
                                          const medel_node *base);
medel_pj_series *medel_pj_add_series(medel_projection *p, medel_driver driver,
                                     const char *id, const char *label, const char *group,
                                     const medel_node *level);
medel_pj_series *medel_pj_find_series(medel_projection *p, medel_driver driver,
                                      const char *id);

/* ---- projection_base.c ---- */

void medel_pj_read_base(medel_projection *p);
/* What follows from the rest in every year. */
void medel_pj_derive(medel_projection *p, medel_year *y);

/* ---- projection_change.c ---- */

void medel_pj_read_changes(medel_projection *p);
/* The year's changes at work: levels, and what each series comes to in the year. */
void medel_pj_let_changes_work(medel_projection *p);

/* Remember the level of a series in the year's months from 'from' to before 'to'. */
void medel_pj_note_level(medel_projection *p, const medel_pj_series *s, int from, int to);

/* ---- projection_year.c ---- */

void medel_pj_year(medel_projection *p); /* p->now */

#endif

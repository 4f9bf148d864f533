/*
 * medel_projection.h - decisions on a base year, in exact amounts.
 *
 * Every amount of a projected year is whole kronor: it is rounded (half away from
 * zero) where it arises, as a level, a contribution, a total cost or an interest, and
 * sums are never rounded.  Every figure is a node whose derivation ends in printed
 * figures, parameters and the decisions' own values.
 */
#ifndef MEDEL_PROJECTION_H
#define MEDEL_PROJECTION_H

#include "medel_report.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum medel_driver {
    MEDEL_DRIVE_BIDRAG,      /* yearly contribution of a part; no target: all parts */
    MEDEL_DRIVE_COST,        /* yearly cost of a block or group; no target: in all */
    MEDEL_DRIVE_INCOME,      /* yearly other income of a source */
    MEDEL_DRIVE_ONE_OFF,     /* a cost of one year only, an amount that is added */
    MEDEL_DRIVE_BALANCE,     /* fordringar, kortfristiga_skulder, langfristiga_skulder or
                                avsattningar at the year's end */
    MEDEL_DRIVE_INDEX,       /* yearly rise of all costs, from January */
    MEDEL_DRIVE_REALISATION, /* cost as a share of the planned, from January */
    MEDEL_DRIVE_RATE         /* yearly interest on average cash, from January */
} medel_driver;

typedef enum medel_change_op {
    MEDEL_CHANGE_SET,  /* to an amount in öre a year, or to a share */
    MEDEL_CHANGE_ADD,  /* an amount in öre a year */
    MEDEL_CHANGE_SCALE /* times a share: one half remains of what is halved */
} medel_change_op;

/* One thing that a decision changes.  From year and month and 'lag' months on, the new
   level holds; a year is weighted by its months, m/12 old + (12-m)/12 new. */
typedef struct medel_change {
    medel_driver driver;
    medel_change_op op;
    const char *target;     /* "staten", a block's or group's id, ...; or NULL */
    const char *label;      /* of a block or income that is new, or NULL */
    const char *group;      /* "individ", "struktur", "administration" of a new block */
    const medel_node *node; /* the value; borrowed, copied when the projection is made */
    int year, month, lag;   /* lag: notice, lease, wind-down, in months */
    bool braked;            /* the state's own cut: the largest yearly cut applies */
    const char *decision;   /* its title, for derivations and errors */
    const char *file;
    unsigned line;
} medel_change;

/* The figures of a year.  Amounts in öre, costs positive; shares are ratios. */
typedef enum medel_figure_id {
    MEDEL_FIG_MEDLEMSBIDRAG, /* A = min(2S, 4R, 4K), FinsamL 5 § */
    MEDEL_FIG_STATEN,
    MEDEL_FIG_REGION,
    MEDEL_FIG_KOMMUNER,
    MEDEL_FIG_OVRIGA_INTAKTER,
    MEDEL_FIG_INTAKTER,
    MEDEL_FIG_KOSTNADER,
    MEDEL_FIG_AVSKRIVNINGAR,
    MEDEL_FIG_FINANSNETTO, /* rate times the mean of opening and closing cash */
    MEDEL_FIG_RESULTAT,
    MEDEL_FIG_EGET_KAPITAL,
    MEDEL_FIG_RIKTLINJE, /* of the year's own allocation */
    MEDEL_FIG_MARGINAL,  /* riktlinje - eget kapital: below zero is above it */
    MEDEL_FIG_ANDEL,     /* eget kapital / medlemsbidrag */
    MEDEL_FIG_ANLAGGNING,
    MEDEL_FIG_FORDRINGAR,
    MEDEL_FIG_PLACERINGAR,
    MEDEL_FIG_KASSA,
    MEDEL_FIG_TILLGANGAR,
    MEDEL_FIG_AVSATTNINGAR,
    MEDEL_FIG_LANGFRISTIGA,
    MEDEL_FIG_KORTFRISTIGA,
    MEDEL_FIG_KASSAFLODE,
    MEDEL_FIG_COUNT
} medel_figure_id;

typedef struct medel_block_info {
    const char *id, *label;
    const char *group; /* "individ", "struktur", "administration", "ovrigt"; "intakter" */
    bool income;
} medel_block_info;

typedef struct medel_projection medel_projection;

/* Replaces a part of the model: *out is the amount instead of 'usual', *by a name for
   explain (kept by the caller).  part: "medlemsbidrag", "kostnad.BLOCK",
   "intakt.SOURCE", "finansnetto", "riktlinje".  Figures of the year that are not yet
   computed are NULL in medel_projection_figure. */
typedef medel_status (*medel_part_fn)(void *ud, const medel_projection *p,
                                      const char *part, int year, const medel_node *usual,
                                      bool *replaced, medel_quantity *out,
                                      const char **by);

typedef struct medel_projection_options {
    int first, last;  /* projected years; first is the base year + 1 */
    bool no_brake;    /* the state's cut is not limited (bidrag.storsta_minskning) */
    bool partial;     /* the base may be an overview alone: without medlemsbidrag all
                         income is that; without cash eget kapital is; without finansnetto
                         it is what the result leaves */
    const char *norm; /* of riktlinje.eget_kapital; NULL: the usual one */
    const medel_change *changes;
    size_t nchanges;
    medel_part_fn replace; /* or NULL */
    void *replace_ud;
    const medel_allocator *allocator;
} medel_projection_options;

#define MEDEL_MAX_PROJECTED_YEARS 100

/* The base report and the parameters must outlive the projection.  err says which
   decision is wrong, and in which file and line. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_projection_new(
    medel_projection **out, const medel_report *base, const medel_parameters *parameters,
    const medel_projection_options *options, medel_error *err);
MEDEL_API void medel_projection_free(medel_projection *p);
MEDEL_API size_t medel_projection_size(const medel_projection *p); /* bytes it takes */
MEDEL_API size_t medel_projection_blocks(const medel_projection *p,
                                         const medel_block_info **first);
/* A figure or a block's amount in the base year or a projected one; NULL if there is
   none. */
MEDEL_API const medel_node *medel_projection_figure(const medel_projection *p, int year,
                                                    medel_figure_id figure);
MEDEL_API const medel_node *medel_projection_block(const medel_projection *p, int year,
                                                   size_t block);
/* "eget_kapital" and so on; false for a name that is no figure. */
MEDEL_API bool medel_figure_id_parse(medel_figure_id *out, const char *name);
MEDEL_API const char *medel_figure_id_name(medel_figure_id f);
/* Did the brake hold the state's cut back that year? */
MEDEL_API bool medel_projection_braked(const medel_projection *p, int year);

/* What the figures of a projected year rest on. */
typedef struct medel_assumed {
    const medel_node *index, *realisation, *rate; /* that held in the year */
    const medel_parameter_value *share[3];        /* of staten, region and kommuner */
    const medel_parameter_value *brake; /* bidrag.storsta_minskning; NULL: not in force,
                                           or switched off */
    const medel_parameter_value *guideline; /* riktlinje.eget_kapital */
} medel_assumed;
/* false for a year that is not projected. */
MEDEL_API bool medel_projection_assumed(const medel_projection *p, int year,
                                        medel_assumed *out);

/* A month of a projected year, öre.  Contributions, income and costs of a year fall on
   its months as the levels that held in them, one-off costs and changes of the balance
   sheet on the month they are decided for, interest and depreciation evenly: the twelve
   months come to the year's figures exactly. */
typedef struct medel_projected_month {
    int64_t contributions, income, costs, one_off, interest;
    int64_t balance;      /* paid in (out) by claims, debts and provisions that change */
    int64_t cash, equity; /* at the end of the month */
} medel_projected_month;
/* false for a year that is not projected, or when an amount does not fit. */
MEDEL_API bool medel_projection_months(const medel_projection *p, int year,
                                       medel_projected_month out[12]);

/* A projected year as a report: statements, driftredovisning, note of contributions
   and översikt.  The projection must outlive it. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_projection_report(medel_report **out, const medel_projection *p, int year,
                        const medel_scenario *scenario, const medel_allocator *allocator);

#ifdef __cplusplus
}
#endif
#endif

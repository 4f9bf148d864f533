/*
 * medel_judge.h - the checks of a report, judged: what may be accused, the conventions
 * that it keeps, and the smallest repair of what does not hold.
 */
#ifndef MEDEL_JUDGE_H
#define MEDEL_JUDGE_H

#include "medel_check.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the checks of a report ---- */

typedef struct medel_checks medel_checks;

/* A tie of a report that holds in a form of its own: a row is another row and what is
   counted in or left out. */
typedef struct medel_convention {
    const char *rule;
    const medel_fact *subject, *reference; /* in the column where it shows; reference is
                                              NULL where the terms are all that it is */
    const medel_term *terms;               /* weight times value, in the subject's sign */
    size_t nterms;
    const char *row, *against; /* "oversikt.verksamhetens_kostnader" */
    const char *const *with;   /* nterms of "+resultatrakning.avskrivningar" */
    const char *text;          /* Swedish, one sentence */
    size_t held;               /* columns where it holds */
    int first, last;           /* the years of those */
    int bits;   /* how much more it explains than chance would, in powers of two */
    bool named; /* its terms are of the tie's named kinds */
    bool kept;  /* the förbund's file says it */
} medel_convention;
/* A convention that is known beforehand: of the förbund's file, or of last year's report.
 */
typedef struct medel_kept {
    const char *row, *against;
    const char *const *with;
    size_t nwith;
    const char *source; /* Swedish: "förra årets årsredovisning" */
} medel_kept;
/* How a report is judged besides. */
typedef struct medel_check_options {
    const medel_taxonomy *taxonomy; /* one that extends the report's; NULL: its own */
    const medel_kept *kept;         /* known beside those of the report's own file; copied
                                       nowhere: they must outlive the call */
    size_t nkept;
    const medel_allocator *allocator;
} medel_check_options;
/* The checks of a report.  MEDEL_E_MISUSE when the taxonomy does not extend the report's.
 */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_checks_new(
    medel_checks **out, const medel_report *r, const medel_check_options *options);
MEDEL_API void medel_checks_free(medel_checks *c);
MEDEL_API size_t medel_checks_get(const medel_checks *c, const medel_check **first);
MEDEL_API size_t medel_checks_conventions(const medel_checks *c,
                                          const medel_convention **first);
MEDEL_API const char *
medel_proof_name(medel_proof p); /* "definition", "established", ... */

/* ---- the smallest repair ---- */

typedef struct medel_repair_figure {
    const medel_fact *fact;
    int64_t digits;         /* what it should print, without the decimal comma */
    medel_quantity printed; /* the same as a quantity */
    medel_cause cause;      /* what slip it would then have been, if typical */
} medel_repair_figure;

/* Figures that, changed together, make everything about them hold. */
typedef struct medel_repair {
    const medel_repair_figure *figures;
    size_t n;
    size_t shares; /* printed shares that agreed before and then would not */
    unsigned odd;  /* of each figure, by the columns beside it: 0 nearer to them than what
                      is  printed, 2 farther, 1 they say nothing; together */
    unsigned unconfirmed; /* figures whose proposed value no other place prints */
    int64_t telling; /* how many values there are for each that such a slip would give, of
                        the figure for which there are fewest */
    bool one_slip;   /* one slip of the pen has made all of it */
} medel_repair;

/* What does not hold and hangs together, and its smallest repairs, likeliest first. */
typedef struct medel_problem {
    const medel_check *const *checks;
    size_t nchecks;
    const medel_repair *repairs; /* all of the same, smallest size */
    size_t nrepairs;             /* 0: none within the bounds */
    bool decided; /* the first is so much likelier that it may be proposed */
    size_t tried; /* sets of figures */
    bool bounded; /* there were more sets than were tried */
} medel_problem;

#define MEDEL_REPAIR_FIGURES 3  /* changed together, at most */
#define MEDEL_REPAIR_SETS 20000 /* tried for one problem, at most */

/* The fewest printed figures whose change makes sums, columns, ties and relations of
   all years hold.  Each figure's value must follow from one constraint where it is the
   only one not known yet; a set whose figures do not follow is no repair. */
typedef struct medel_repairs medel_repairs;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_repairs_new(
    medel_repairs **out, const medel_report *r, const medel_allocator *allocator);
MEDEL_API void medel_repairs_free(medel_repairs *p);
MEDEL_API size_t medel_repairs_get(const medel_repairs *p, const medel_problem **first);

#ifdef __cplusplus
}
#endif
#endif

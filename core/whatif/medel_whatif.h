/*
 * medel_whatif.h - what if: figures of a report changed in place, and what then fails.
 */
#ifndef MEDEL_WHATIF_H
#define MEDEL_WHATIF_H

#include "medel_judge.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- what if: one figure printed wrong ---- */

typedef enum medel_corruption_kind {
    MEDEL_CORRUPT_SIGN,
    MEDEL_CORRUPT_THOUSAND,      /* kr for tkr or the reverse */
    MEDEL_CORRUPT_TRANSPOSITION, /* two adjacent digits in the wrong order */
    MEDEL_CORRUPT_DIGIT,         /* a digit 1 or 9 too high or too low */
    MEDEL_CORRUPT_LOST,          /* a digit lost */
    MEDEL_CORRUPT_DOUBLED,       /* a digit twice */
    MEDEL_CORRUPT_COLUMN,        /* swapped with the neighbouring column */
    MEDEL_CORRUPT_ROW            /* the row above once more */
} medel_corruption_kind;

typedef struct medel_corruption {
    medel_corruption_kind kind;
    int64_t digits;          /* what is printed, without the decimal comma */
    const medel_fact *other; /* the figure it is swapped with, or NULL */
    int64_t other_digits;    /* what is then printed there */
    bool rounding;           /* within one unit of the last printed place */
} medel_corruption;

#define MEDEL_MAX_CORRUPTIONS 128

/* Everything that can happen to a printed figure, each outcome once, in a fixed order;
   0 for what is no printed figure. */
MEDEL_API size_t medel_corruptions(const medel_report *r, const medel_fact *f,
                                   medel_corruption list[MEDEL_MAX_CORRUPTIONS]);
MEDEL_API const char *medel_corruption_text(medel_corruption_kind k); /* Swedish */
/* Another number written as the figure is typed ("ca 1 234 kr"), always terminated;
   returns the length the whole text has. */
MEDEL_API size_t medel_fact_retype(const medel_fact *f, int64_t digits, char *buf,
                                   size_t size);

/* A report whose figures can be changed, and what the checks then say.  It takes the
   report over and frees it; one probe is for one thread. */
typedef struct medel_probe medel_probe;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_probe_new(medel_probe **out,
                                                        medel_report *r,
                                                        const medel_allocator *allocator);
MEDEL_API void medel_probe_free(medel_probe *p);
MEDEL_API const medel_report *medel_probe_report(const medel_probe *p);
/* Findings of this rule do not count. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_probe_ignore(medel_probe *p,
                                                           const char *rule);
/* Print 'digits' where f stands, in f's own unit and decimals.  Several figures may be
   changed.  E_DOMAIN if f is no printed figure of the probe's report, E_OVERFLOW if it
   or a total gets too large: reset then. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_probe_set(medel_probe *p,
                                                        const medel_fact *f,
                                                        int64_t digits);
MEDEL_API MEDEL_MUST_CHECK medel_status medel_probe_corrupt(medel_probe *p,
                                                            const medel_fact *f,
                                                            const medel_corruption *c);
/* *by: a finding above note that the report did not have before, or NULL.  It has no
   message, and lasts until the next call. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_probe_caught(medel_probe *p,
                                                           const medel_check **by);
/* After a medel_probe_caught that gave NULL: a new note, or NULL. */
MEDEL_API const medel_check *medel_probe_asked(const medel_probe *p);
/* Everything with another value than before: the figures set, figures whose sign is
   read otherwise because of them, and computed totals. */
MEDEL_API size_t medel_probe_changes(const medel_probe *p,
                                     const medel_fact *const **first);
MEDEL_API void medel_probe_reset(medel_probe *p);

#ifdef __cplusplus
}
#endif
#endif

/*
 * medel_check.h - what the taxonomy's checks come to: what was tested against what, with
 * the outcome, the proof and the likely cause.  medel_judge.h makes them of a report.
 */
#ifndef MEDEL_CHECK_H
#define MEDEL_CHECK_H

#include "medel_report.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- checks from the taxonomy ---- */

typedef enum medel_check_kind {
    MEDEL_CHECK_SUM,       /* a subtotal and its rows */
    MEDEL_CHECK_COLUMNS,   /* columns of one row */
    MEDEL_CHECK_SIGNS,     /* sign convention of a table */
    MEDEL_CHECK_DUPLICATE, /* two places for the same fact */
    MEDEL_CHECK_RELATION,  /* between concepts */
    MEDEL_CHECK_RATIO,     /* a printed share */
    MEDEL_CHECK_UNIT       /* unit of a table */
} medel_check_kind;

typedef enum medel_outcome {
    MEDEL_PASSED,
    MEDEL_FINDING,
    MEDEL_NOT_APPLICABLE,
    MEDEL_BROKEN,
    MEDEL_WAIVED /* a finding that a decided avsteg accepts: of an audit only */
} medel_outcome;

typedef enum medel_cause {
    MEDEL_CAUSE_NONE,
    MEDEL_CAUSE_ROUNDING,      /* cut off, or rounded the wrong way */
    MEDEL_CAUSE_SIGN,          /* sign flipped */
    MEDEL_CAUSE_THOUSAND,      /* kr for tkr or the reverse */
    MEDEL_CAUSE_COLUMN,        /* the neighbouring column's value */
    MEDEL_CAUSE_TRANSPOSITION, /* two digits in the wrong order */
    MEDEL_CAUSE_MISSING_DIGIT,
    MEDEL_CAUSE_EXTRA_DIGIT,
    MEDEL_CAUSE_WRONG_DIGIT,
    MEDEL_CAUSE_OMITTED_ROW,   /* a row left out of the sum */
    MEDEL_CAUSE_COUNTED_TWICE, /* a row counted twice */
    MEDEL_CAUSE_WRONG_ROW,     /* the total of another row */
    MEDEL_CAUSE_EXCHANGED,     /* two figures have changed places */
    MEDEL_CAUSE_FOREIGN_ROW    /* a row in the sum that is none of its own */
} medel_cause;

/* By what standard a figure is told: what accuses, and what only asks
 * (docs/judgement.md). */
typedef enum medel_proof {
    MEDEL_PROOF_DEFINITION,  /* the words let it mean one thing */
    MEDEL_PROOF_CONCEPT,     /* both labels are bare and the concept is unambiguous */
    MEDEL_PROOF_ESTABLISHED, /* the document keeps it in its other columns */
    MEDEL_PROOF_SLIP,        /* one slip of the pen joins the two figures */
    MEDEL_PROOF_CONVENTION,  /* it breaks the förbund's own way of counting */
    MEDEL_PROOF_EXPLAINED,   /* a note: what the figure is instead, a convention */
    MEDEL_PROOF_QUESTION     /* a note: nothing printed explains it */
} medel_proof;

struct medel_relation;

typedef struct medel_check {
    const medel_check_spec *spec;
    medel_check_kind kind;
    medel_outcome outcome;
    medel_level level;
    const medel_fact *subject; /* the figure that is tested; its place is the finding's */
    const medel_term *terms;   /* what it was tested against */
    size_t nterms;
    medel_quantity expected, difference; /* difference = printed - expected */
    medel_cause cause;
    const medel_fact *cause_fact; /* which figure the cause is about */
    medel_quantity suggested;     /* what that figure would then be */
    const char *message;          /* Swedish, one or two sentences */
    const char *missing;          /* why it was not applicable */
    medel_proof proof;
    bool part; /* the subject is a part of what fails, which is terms[0]: the smallest
                  repair blames it */
    const struct medel_check *follows; /* the finding whose cause it shares, or NULL */
    const struct medel_relation *relation; /* of a relation: the core's own */
} medel_check;

MEDEL_API const char *medel_cause_text(medel_cause c); /* Swedish */
/* The printed figure as a whole number, without its decimal comma; false if f is no
   printed figure. */
MEDEL_API bool medel_fact_digits(int64_t *out, const medel_fact *f);

#ifdef __cplusplus
}
#endif
#endif

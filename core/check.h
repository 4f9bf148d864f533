/* check.h - what the checks and the sentences about them share. */
#ifndef MEDEL_CHECK_H
#define MEDEL_CHECK_H

#include "medel_priv.h"

typedef struct medel_checker {
    medel_report *r; /* a view with an arena of its own for scratch */
    medel_arena *arena;
    medel_array *list;
    bool *unit_suspect; /* by table: its unit is already reported */
    bool *held;         /* by fact: it takes part in a check that holds */
} medel_checker;

void medel_check_ratio(medel_checker *c, const char *rule, const medel_fact *share,
                       const medel_fact *over, const medel_fact *under);
bool medel_unit_suspect(const medel_checker *c, const medel_fact *f);

/* Find likely causes of all findings and say what was found. */
void medel_explain(medel_checker *c);

/* Swedish sentences about a finding; nothing for the other outcomes. */
void medel_check_say(medel_checker *c, medel_check *k);
void medel_check_say_signs(medel_checker *c, medel_check *k, size_t flipped, size_t kept);
void medel_check_say_unit(medel_checker *c, medel_check *k, const medel_table *t);

#endif

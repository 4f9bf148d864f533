/* solve.h - what must hold between printed figures, as linear constraints. */
#ifndef MEDEL_SOLVE_H
#define MEDEL_SOLVE_H

#include "check.h"
#include "medel_judge.h"

#define MEDEL_MAX_UNKNOWNS 3

/* The sum of weight * value is nothing, within what the prints allow. */
typedef struct medel_constraint {
    const medel_check *check;
    size_t n;
    const medel_term *terms; /* printed figures; computed totals are taken apart */
    bool violated;
    bool rounded; /* it holds only because a figure was cut off: that may stay so */
} medel_constraint;

typedef struct medel_system {
    medel_arena *arena;
    const medel_report *r;
    bool definitions;        /* only what the words decide binds */
    medel_array constraints; /* medel_constraint */
    medel_array *of;         /* by fact: size_t, the constraints it is in */
} medel_system;

typedef struct medel_unknown {
    const medel_fact *fact;
    bool solved;
    medel_quantity value;   /* what it should be, with the width of its print */
    medel_quantity allowed; /* what it could be */
    int64_t digits;         /* what it should print */
} medel_unknown;

typedef struct medel_unknowns {
    size_t n;
    medel_unknown list[MEDEL_MAX_UNKNOWNS];
} medel_unknowns;

typedef enum medel_solved {
    MEDEL_SOLVED,
    MEDEL_CONFLICT, /* a[0] and a[1] can not both hold; the same: some can not */
    MEDEL_OPEN      /* an unknown is not determined */
} medel_solved;

void medel_system_make(medel_system *s, const medel_check *checks, size_t n);
const medel_constraint *medel_system_get(const medel_system *s, size_t i);
/* Does it hold with these values for the unknowns? */
bool medel_constraint_holds(const medel_constraint *c, const medel_unknowns *u);
/* Find each unknown from the constraints where it is the only one left. */
medel_solved medel_solve(const medel_system *s, medel_unknowns *u, size_t a[2]);
/* Let it print the figure nearest to a value, in the usual sign of its table. */
bool medel_unknown_print(const medel_system *s, medel_unknown *x, medel_rational value);
/* Do all constraints that have an unknown hold with these values? */
bool medel_unknowns_hold(const medel_system *s, const medel_unknowns *u);
/* The value of any fact when the unknowns have theirs; false if it is too large. */
bool medel_solved_value(medel_quantity *out, const medel_fact *f,
                        const medel_unknowns *u);

/* ---- likely.c ---- */
/* The repairs of a problem, the likeliest first, and whether it is so by enough that a
   right figure would hardly be changed. */
void medel_repairs_rank(const medel_system *s, const medel_check *checks, size_t nchecks,
                        medel_unknowns *found, size_t n, medel_problem *out);

/* What is violated and hangs together, each with its smallest repairs, trying at most
   'sets' sets of figures for each: medel_problem. */
void medel_problems(const medel_system *s, const medel_check *checks, size_t n,
                    size_t sets, medel_array *out);

#endif

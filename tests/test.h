/* test.h - what the tests of the core share: registration, fixtures, short makers. */
#ifndef TEST_H
#define TEST_H

#include "medel_montecarlo.h"
#include "medel_whatif.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A test registers itself: TEST(adds_exactly) { ... } */
void test_register(const char *name, CMUnitTestFunction run);
#define TEST(name)                                                                       \
    static void name(void **state);                                                      \
    __attribute__((constructor)) static void register_##name(void)                       \
    {                                                                                    \
        test_register(__FILE__ ": " #name, name);                                        \
    }                                                                                    \
    static void name(void **state __attribute__((unused)))

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- files and readings; paths are from the root of the tree ---- */

char *file_text(const char *path, size_t *len); /* free() it */
const medel_taxonomy *finsam(void);             /* rules/taxonomy/finsam.yaml */
/* All diagnostics as the user sees them; free() it. */
char *diagnostics_text(const medel_diagnostics *d);
/* A report that must be readable, named "rapport.yaml". */
medel_report *report_of(const char *yaml);
/* The same with a förbund file that `forbund: forbund.yaml` finds. */
medel_report *report_beside(const char *yaml, const char *forbund);
/* The diagnostics of a report that must not be readable; free() it. */
char *errors_of(const char *yaml);

/* ---- checks ---- */

typedef struct checked {
    medel_report *report;
    medel_checks *checks;
    const medel_check *list;
    size_t n;
} checked;

checked check_of(const char *yaml);
void checked_free(checked *c);
/* The i-th finding of a rule (NULL: of any), or NULL. */
const medel_check *finding(const checked *c, const char *rule, size_t i);
size_t findings_above_note(const checked *c);
/* Every finding as "level rule line:col cause", for messages; free() it. */
char *findings_text(const checked *c);

/* ---- quantities ---- */

medel_quantity exact(int64_t num, int64_t den, medel_unit unit);
/* A figure as printed: "74 %", "191 tkr". */
medel_quantity printed(const char *figure);
const medel_fact *cell(const medel_report *r, const char *table, const char *row,
                       int year);

/* ---- text ---- */

/* 1-based line and column (in characters) of the first 'needle'. */
void place_of(const char *text, const char *needle, unsigned *line, unsigned *col);
/* 'text' with the first 'old' replaced; free() it. */
char *replaced(const char *text, const char *old, const char *now);
#define assert_text_contains(text, part)                                                 \
    do {                                                                                 \
        if (!strstr(text, part))                                                         \
            fail_msg("'%s' is not in:\n%s", part, text);                                 \
    } while (0)

/* ---- a generator of our own: the same numbers everywhere ---- */

typedef struct random_state {
    uint64_t x;
} random_state;
uint64_t random_next(random_state *r);
/* low <= result <= high */
int64_t random_between(random_state *r, int64_t low, int64_t high);
bool random_chance(random_state *r, unsigned percent);

#endif

/* lmedel_pattern.h - matching Lua's patterns within bounds. */
#ifndef LMEDEL_PATTERN_H
#define LMEDEL_PATTERN_H

#include "lmedel.h"

#define LMEDEL_MAX_STEPS 10000000 /* of one call */
#define LMEDEL_MAX_CAPTURES 32

typedef struct lmedel_match {
    lua_State *L;
    const char *text, *end, *pattern_end;
    long steps;
    int captures;
    struct {
        const char *start;
        ptrdiff_t len;
    } capture[LMEDEL_MAX_CAPTURES];
} lmedel_match;

/* Count one step; raises when there were too many, or the time is out. */
void lmedel_match_step(lmedel_match *m);
/* Where the match of the pattern from p that begins at s ends; NULL if there is none.
   Raises when the pattern is malformed, or takes too long. */
const char *lmedel_match_at(lmedel_match *m, const char *s, const char *p);
/* Push capture i (0 is the first) of a match from s to e; without captures the whole. */
void lmedel_push_capture(lmedel_match *m, int i, const char *s, const char *e);
int lmedel_push_captures(lmedel_match *m, const char *s, const char *e); /* how many */

#endif

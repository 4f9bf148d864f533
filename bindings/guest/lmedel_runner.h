/*
 * lmedel_runner.h - what the files of the rule runner share: a call into the state of the
 * rules, and what comes of it.
 */
#ifndef LMEDEL_RUNNER_H
#define LMEDEL_RUNNER_H

#include "lmedel.h"

#include <stdatomic.h>

/* What a child process is doing, in memory that its parent sees too. */
#define LMEDEL_WHAT 256
typedef struct lmedel_journal {
    _Atomic int64_t until;  /* CLOCK_MONOTONIC in ms when the rule must be over, or 0 */
    _Atomic size_t item;    /* from 0; what it works on */
    char what[LMEDEL_WHAT]; /* "run FILE" or "load FILE", ended by a zero */
} lmedel_journal;

/* In the registry of a child's state: its journal, and what earlier children of the same
   item were killed by: { ["run FILE"] = why }. */
#define LMEDEL_JOURNAL "medel.journal"
#define LMEDEL_KILLED "medel.killed"
/* Push why an earlier child was killed as it was doing this, or nil. */
bool lmedel_push_killed(lua_State *L, const char *doing, const char *name);
lmedel_journal *lmedel_journal_of(lua_State *L); /* NULL where there is none */
/* Nothing when j is NULL. */
void lmedel_journal_begin(lmedel_journal *j, const char *doing, const char *name,
                          unsigned time_ms);
void lmedel_journal_end(lmedel_journal *j);

struct lmedel_runner {
    lmedel_guard *guard;
    const medel_parameters *parameters;
    lmedel_journal *journal; /* of the child process that it runs in, or NULL */
    unsigned time_ms;
    bool shares;           /* rules that are tried have one view */
    size_t output;         /* bytes of findings that one rule may return */
    lmedel_host *embedder; /* or NULL */
    lmedel_runner *next;   /* of the same one */
};

/* What a report is held against; what is not given is NULL. */
typedef struct lmedel_beside {
    const medel_ledger *ledger;
    const medel_statements *statements; /* of that ledger */
    const medel_report *previous;       /* last year's */
    const medel_report *const *sector;  /* of other förbund, the same year */
    size_t nsector;
    const uint32_t *sample; /* rows of the ledger */
    size_t nsample;
} lmedel_beside;

/* Everything a protected call in the rule state needs; passed as light userdata. */
typedef struct lmedel_job {
    lmedel_host *embedder;
    lua_State *host;           /* overrides, or libraries, stand on top of its stack; or
                                  NULL */
    const char *name, *source; /* loading */
    size_t len;
    const lmedel_bundle *bundle; /* or NULL */
    const medel_report *report;  /* running */
    lmedel_beside beside;
    const medel_parameters *parameters;
    lua_Integer rule;
    size_t output;
    bool record;
    bool unfinished; /* a part of the report is not typed yet */
    bool again;      /* what it found has its evidence only where reads are noted */
    bool shared;     /* the rules of a run share one view */
    char missing[200];
} lmedel_job;

/* ---- lmedel_rules.c: in the state of the rules ---- */

void lmedel_open_rules(lua_State *L);
void lmedel_push_rules(lua_State *L); /* the list of what is loaded */
/* lua_CFunctions with a job as light userdata; call them with lmedel_protected. */
int lmedel_load_rule(lua_State *L);
int lmedel_share_view(lua_State *L); /* for all rules of a run; see job.shared */
void lmedel_forget_view(lua_State *L);
bool lmedel_renew_view(lua_State *L, lmedel_job *j); /* true if there is one */
int lmedel_run_rule(lua_State *L);
/* Has some record of the view at 'ar' all that "section[field, field]" names?  If not,
   j->missing says so. */
bool lmedel_need_record(lua_State *L, lmedel_job *j, int ar, const char *need);
int lmedel_protected(lua_State *L, lua_CFunction f, lmedel_job *j);

/* ---- lmedel_pack.c ---- */

/* A rule's environment, with `require` of the texts in the table at 'sources'. */
void lmedel_push_pack_environment(lua_State *L, int sources);
/* What was required is made anew: before a rule is loaded, and before it runs. */
void lmedel_forget_libraries(lua_State *L);
bool lmedel_has_required(lua_State *L);                 /* since then */
const char *lmedel_bad_libraries(lua_State *L, int at); /* why not, or NULL */
void lmedel_push_libraries(lua_State *L, lua_State *host);

/* ---- lmedel_beside.c ---- */

/* Two values are left on the stack, which keep what was read. */
void lmedel_read_beside(lua_State *L, int options, lmedel_beside *out);
/* A state's push_beside: of the report that the rule runs on only. */
int lmedel_push_beside(lua_State *L, const medel_report *of, const char *which);
/* Is the need one of what stands beside a report?  If it is not given, j->missing says
 * so. */
bool lmedel_lacks_beside(lmedel_job *j, const char *need, bool *lacks);

int lmedel_traceback(lua_State *L); /* message handler: one line that can be printed */

#define LMEDEL_RETURNS                                                                   \
    "check must return nothing, a finding, a list of findings or not_applicable()"

/* ---- lmedel_settle.c: what a check returned, while its limits hold ---- */

/* What is shown of one finding: of it, its texts and values are read, which were tested.
 */
typedef struct lmedel_shown {
    const char *file;
    lmedel_place place;
    int ends[2];     /* of the place, where it is a column */
    size_t left_out; /* of its evidence */
    size_t nfacts, nentries, nparameters;
    const void *sources[]; /* facts, entries and parameters, one kind after the other */
} lmedel_shown;

/* The result of a check is on top of the stack, made with reads noted; in its place comes
   { lmedel_shown ... }, each with the finding as its user value, and refused: what is
   wrong with one that is not there; or { reason }.  Raises what breaks the rule. */
void lmedel_settle(lua_State *L, const lmedel_job *j);

/* ---- lmedel_outcome.c: from the state of the rules to the host's ---- */

void lmedel_copy_text(lua_State *from, int at, const char *key, lua_State *to);
bool lmedel_is_finding(lua_State *L, int at);
/* Set outcome, and a text unless key is NULL, in the table on top. */
void lmedel_set_outcome(lua_State *to, const char *outcome, const char *key,
                        const char *text);
/* What lmedel_settle left is on top of 'from', the outcome's table on top of 'to'. */
void lmedel_copy_outcome(lua_State *from, lua_State *to, int owner, int norms,
                         const lmedel_job *j);

#endif

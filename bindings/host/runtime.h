/* runtime.h - what the files of medel.h's runtime share. */
#ifndef RUNTIME_H
#define RUNTIME_H

#include "lmedel_host.h"
#include "medel_runtime.h"

#include <stdatomic.h>

struct medel_runtime {
    lmedel_host host;
    lua_State *L;
    const medel_taxonomy *taxonomy; /* owned by a box in L; NULL: not read yet */
    size_t size_of_data, memory, output;
    char *data;
    void *room; /* to close the state with */
    unsigned time_ms;
    atomic_bool busy;
    medel_findings *dead; /* freed, but not yet let go; host.mutex */
};

struct medel_findings {
    medel_runtime *rt;
    medel_findings *next; /* in rt->dead */
    const struct medel_finding_entry *lists[MEDEL_WAIVED + 1];
    size_t counts[MEDEL_WAIVED + 1];
    const char *json;
    size_t json_len;
};

typedef struct medel_finding_entry {
    medel_finding finding; /* first: a finding is used as its entry */
    const medel_evidence *evidence;
} medel_finding_entry;

/* Every call begins and ends with these.  Not MEDEL_OK: it may not go on. */
medel_status lmedel_runtime_begin(medel_runtime *rt);
medel_status lmedel_runtime_end(medel_runtime *rt, medel_status st);
/* Call f(args) protected; what went wrong is in the diagnostics. */
medel_status lmedel_runtime_call(medel_runtime *rt, lua_CFunction f, void *args);
/* Push a function of scripts/medel/host.lua. */
void lmedel_runtime_push(lua_State *L, const char *name);
medel_status lmedel_runtime_fail(medel_runtime *rt, medel_status st, const char *message);
/* A call that makes no sense: MEDEL_E_MISUSE, and why among the diagnostics, unless there
   is no runtime or it is in use. */
medel_status lmedel_runtime_misused(medel_runtime *rt, const char *why);

void lmedel_runtime_forget(lua_State *L, medel_findings *dead);

#endif

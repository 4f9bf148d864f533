/*
 * medel_guest.h - what passes between a program and the rules that it runs: the functions
 * that it answers them with, and what it is told meanwhile.
 */
#ifndef MEDEL_GUEST_H
#define MEDEL_GUEST_H

#include "medel_base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum medel_kind {
    MEDEL_NIL,
    MEDEL_BOOLEAN,
    MEDEL_INTEGER,
    MEDEL_TEXT,
    MEDEL_QUANTITY
} medel_kind;

/* An argument or a result: the kind says which field counts. */
typedef struct medel_any {
    medel_kind kind;
    bool boolean;
    int64_t integer;
    const char *text; /* an argument's is terminated; a result's is copied */
    size_t len;
    medel_quantity quantity;
} medel_any;

#define MEDEL_MAX_ARGUMENTS 16

/* Answers host.NAME(...).  *result is nil until it is set.  Other than MEDEL_OK, the rule
   gets nil and the message; E_STOPPED stops the audit, as medel_cancel does.  A rule may
   run more than once, as beside a ledger, so the answers must be the same.  The rule's
   time runs. */
typedef medel_status (*medel_host_fn)(void *ud, const medel_any *arguments, size_t n,
                                      medel_any *result, medel_error *err);

typedef enum medel_log_level {
    MEDEL_LOG_ERROR,   /* a call fails, and why */
    MEDEL_LOG_WARNING, /* a rule cannot be used; the rest goes on */
    MEDEL_LOG_INFO     /* what was loaded */
} medel_log_level;

/* Callbacks run in the thread that called the runtime, under its own locale.  They
   return: they do not throw, jump, or call the runtime (medel_cancel but). */
typedef void (*medel_log_fn)(void *ud, medel_log_level level, const char *text);
/* Before rule 'done' + 1 of 'total', whose id is 'what'.  Not 0 stops the call. */
typedef int (*medel_progress_fn)(void *ud, size_t done, size_t total, const char *what);

#ifdef __cplusplus
}
#endif
#endif

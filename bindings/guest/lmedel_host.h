/*
 * lmedel_host.h - the program that embeds a runtime, as the bindings see it.  The states
 * of the program `medel` and of a stock Lua have none.
 */
#ifndef LMEDEL_HOST_H
#define LMEDEL_HOST_H

#include "lmedel.h"
#include "medel_guest.h"

#include <locale.h>
#include <pthread.h>

#define LMEDEL_HOST_NAME 64

typedef struct lmedel_host_function {
    struct lmedel_host_function *next;
    char name[LMEDEL_HOST_NAME];
    medel_host_fn function;
    void *ud;
} lmedel_host_function;

struct lmedel_host {
    medel_alloc_fn alloc; /* never NULL */
    void *alloc_ud;
    medel_log_fn log;
    medel_progress_fn progress;
    void *callback_ud;
    locale_t plain, theirs; /* ours while a call lasts; that of the thread that calls */
    medel_diagnostics *diags;
    lmedel_host_function *functions;
    pthread_mutex_t mutex; /* for what follows: medel_cancel comes from any thread */
    bool cancelled;
    lmedel_runner *runners;
    lmedel_guard *own; /* of the runtime's state, once something was limited there */
};

/* A function for rules that are opened from now on; false: no memory. */
bool lmedel_host_add(lmedel_host *h, const char *name, medel_host_fn function, void *ud);
void lmedel_host_remove_all(lmedel_host *h);
void lmedel_host_log(lmedel_host *h, medel_log_level level, const char *text);
/* What runs ends, and nothing starts until renew. */
void lmedel_host_cancel(lmedel_host *h);
void lmedel_host_renew(lmedel_host *h);
bool lmedel_host_cancelled(lmedel_host *h);

#endif

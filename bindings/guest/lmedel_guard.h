/* lmedel_guard.h - a guard from inside: for the files that make and enter it. */
#ifndef LMEDEL_GUARD_H
#define LMEDEL_GUARD_H

#include "lmedel.h"

#include <locale.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

struct lmedel_guard {
    lua_State *L;
    lmedel_guard *parent; /* what it takes is taken from that one, too; or NULL */
    medel_alloc_fn alloc;
    void *ud;
    lmedel_pool pool; /* of a state of its own */
    lua_Alloc blocks; /* where the state's memory comes from: the pool, or what it had */
    void *blocks_ud;
    void *room; /* to close the state with; or NULL */
    size_t limit, peak;
    _Atomic size_t used; /* written by one thread, read by those of guards inside it */
    _Atomic size_t lent; /* what those have taken */
    size_t text;         /* bytes of the longest text that the state can make */
    bool long_text;      /* it wanted a longer one */
    unsigned full;       /* how often in a row collecting gave next to nothing */
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool thread_runs, idle, armed, cancelled, ending;
    bool fenced;             /* the kernel has no membarrier */
    _Atomic bool arming;     /* the watchdog walks the state's list of calls */
    _Atomic lmedel_stop why; /* set at the deadline and by cancel */
    struct timespec deadline;
    bool attached;         /* the state is somebody else's */
    bool closing;          /* small blocks are given back with the pool */
    locale_t locale, host; /* C, where 1.5 is written so; and the thread's own */
    const char *file;      /* whose line a call inside limits tells, or NULL */
    int line;              /* 0: not known */
    bool lines;            /* each line is noted */
};

/* Without a state: NULL when memory is out. */
lmedel_guard *lmedel_new_guard(size_t memory, medel_alloc_fn alloc, void *ud);
void lmedel_destroy_guard(lmedel_guard *g);
void *lmedel_limited_alloc(void *guard, void *ptr, size_t osize, size_t nsize);
/* With the mutex held: stop what runs, the watchdog's work. */
void lmedel_arm_hook(lmedel_guard *g);
bool lmedel_watch(lmedel_guard *g); /* start or wake the watchdog; mutex held */
void lmedel_end_watch(lmedel_guard *g);
struct timespec lmedel_from_now(unsigned ms);
bool lmedel_is_past(const struct timespec *t);
/* The deadline of what begins inside 'outer' (or NULL) now. */
struct timespec lmedel_deadline(unsigned ms, lmedel_guard *outer);

#endif

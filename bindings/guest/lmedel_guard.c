/*
 * lmedel_guard.c - a Lua state with bounded memory and time.
 *
 * Time: no hook while rules run, so nothing is paid; at the deadline a watchdog
 * thread arms one.  Rules have no coroutine or __gc that could outlive it, and their
 * pcall passes it on.
 */
#define _DEFAULT_SOURCE /* syscall */
#include "lmedel_guard.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- memory ---- */

#define MAX_FULL 50

static size_t taken(const lmedel_guard *g)
{
    return atomic_load_explicit(&g->used, memory_order_relaxed)
           + atomic_load_explicit(&g->lent, memory_order_relaxed);
}

static bool has_room(const lmedel_guard *g, size_t more)
{
    for (; g; g = g->parent) {
        const size_t now = taken(g);
        if (now > g->limit || more > g->limit - now)
            return false;
    }
    return true;
}

/* Near the limit Lua collects everything for each small allocation.  It may do so some
   times, and once when the time is out; then the memory is out. */
static bool fits(lmedel_guard *g, size_t more)
{
    const bool stopped =
        atomic_load_explicit(&g->why, memory_order_relaxed) != LMEDEL_NOT_STOPPED;
    if (!has_room(g, more)) {
        g->full = stopped ? MAX_FULL : g->full + 1;
        return false;
    }
    if (g->full && !stopped && taken(g) + more <= g->limit - g->limit / 32)
        g->full = 0;
    return g->full < MAX_FULL;
}

/* What a guard takes is taken from those it was made inside, too; these may be in use by
   several threads. */
static void count(lmedel_guard *g, size_t before, size_t after)
{
    const size_t used =
        atomic_load_explicit(&g->used, memory_order_relaxed) - before + after;
    atomic_store_explicit(&g->used, used, memory_order_relaxed);
    if (used > g->peak)
        g->peak = used;
    for (lmedel_guard *p = g->parent; p; p = p->parent)
        atomic_fetch_add_explicit(&p->lent, after - before, memory_order_relaxed);
}

/* Freed memory may be a call that the watchdog is about to look at. */
static void wait_for_watchdog(lmedel_guard *g)
{
    if (g->fenced)
        atomic_thread_fence(memory_order_seq_cst);
    if (!atomic_load_explicit(&g->arming, memory_order_relaxed))
        return;
    pthread_mutex_lock(&g->mutex);
    pthread_mutex_unlock(&g->mutex);
}

/* Lua compares, copies and reads a text without looking at the clock: none may be long.
 */
static bool is_long(lmedel_guard *g, size_t type, size_t size)
{
    enum { HEAD = 64 };
    if (type != LUA_TSTRING || size <= g->text + HEAD)
        return false;
    g->long_text = true;
    return true;
}

void *lmedel_limited_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    lmedel_guard *g = ud;
    const size_t before = ptr ? osize : 0; /* without ptr, osize is a type tag */
    if (nsize == 0 && g->closing && lmedel_pool_keeps(before))
        return NULL;
    if (nsize > before && !fits(g, nsize - before))
        return NULL;
    if (!ptr && is_long(g, osize, nsize))
        return NULL;
    if (ptr)
        wait_for_watchdog(g);
    void *p = g->blocks(g->blocks_ud, ptr, osize, nsize); /* NULL when nsize is 0 */
    if (nsize == 0)
        count(g, before, 0);
    else if (p)
        count(g, before, nsize);
    return p;
}

/* ---- time: waking the watchdog costs more than a rule, so it sleeps through most ----
 */

#define MEMBARRIER_EXPEDITED (1 << 3)
#define MEMBARRIER_REGISTER (1 << 4)

static int membarrier(int what)
{
#ifdef SYS_membarrier
    return (int)syscall(SYS_membarrier, what, 0, 0);
#else
    (void)what;
    return -1;
#endif
}

static const char limit_key = 0; /* the error that no script can make or catch */

/* The line of the guard's file that is being run. */
static void note_place(lua_State *L, lmedel_guard *g)
{
    lua_Debug ar;
    for (int i = 0; i < 100 && !g->line && lua_getstack(L, i, &ar); i++) {
        if (lua_getinfo(L, "Sl", &ar) && ar.source[0] == '@'
            && strcmp(ar.source + 1, g->file) == 0)
            g->line = ar.currentline;
    }
}

static void stop_here(lua_State *L, lua_Debug *ar)
{
    lmedel_guard *g = lmedel_guard_of(L);
    (void)ar;
    if (g && g->file)
        note_place(L, g);
    lua_pushlightuserdata(L, (void *)&limit_key);
    lua_error(L);
}

/* lua_sethook goes through the calls that are under way; none is freed meanwhile. */
void lmedel_arm_hook(lmedel_guard *g)
{
    atomic_store(&g->arming, true);
    if (!g->fenced)
        membarrier(MEMBARRIER_EXPEDITED);
    lua_sethook(g->L, stop_here,
                LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
    atomic_store(&g->arming, false);
}

static bool is_before(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec < b->tv_nsec);
}

bool lmedel_is_past(const struct timespec *t)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return !is_before(&now, t);
}

struct timespec lmedel_from_now(unsigned ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += (long)(ms % 1000) * 1000000L;
    if (t.tv_nsec >= 1000000000L) {
        t.tv_nsec -= 1000000000L;
        t.tv_sec++;
    }
    return t;
}

/* A call that begins while the hook is armed can miss it; so it is armed again. */
#define AGAIN_MS 5

static void *watch(void *ud)
{
    lmedel_guard *g = ud;
    pthread_mutex_lock(&g->mutex);
    while (!g->ending) {
        if (!g->armed) {
            g->idle = true;
            pthread_cond_wait(&g->wake, &g->mutex);
            g->idle = false;
            continue;
        }
        struct timespec until = g->deadline;
        if (g->cancelled || lmedel_is_past(&g->deadline)) {
            atomic_store(&g->why, g->cancelled ? LMEDEL_CANCELLED : LMEDEL_TOO_LONG);
            lmedel_arm_hook(g);
            until = lmedel_from_now(AGAIN_MS);
        }
        pthread_cond_timedwait(&g->wake, &g->mutex, &until);
    }
    pthread_mutex_unlock(&g->mutex);
    return NULL;
}

bool lmedel_watch(lmedel_guard *g)
{
    sigset_t all, before;
    if (g->thread_runs) {
        if (g->idle) /* else it wakes at an earlier deadline and looks again */
            pthread_cond_signal(&g->wake);
        return true;
    }
    sigfillset(&all); /* the host's signals are for the host's threads */
    pthread_sigmask(SIG_BLOCK, &all, &before);
    g->fenced = membarrier(MEMBARRIER_REGISTER) != 0;
    g->thread_runs = pthread_create(&g->thread, NULL, watch, g) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return g->thread_runs;
}

struct timespec lmedel_deadline(unsigned ms, lmedel_guard *outer)
{
    struct timespec t = lmedel_from_now(ms);
    if (!outer)
        return t;
    pthread_mutex_lock(&outer->mutex);
    if (outer->armed && is_before(&outer->deadline, &t))
        t = outer->deadline;
    pthread_mutex_unlock(&outer->mutex);
    return t;
}

bool lmedel_guard_start(lmedel_guard *g, unsigned time_ms, lmedel_guard *outer)
{
    const struct timespec deadline = lmedel_deadline(time_ms, outer);
    g->host = uselocale(g->locale);
    pthread_mutex_lock(&g->mutex);
    g->deadline = deadline;
    g->armed = true;
    g->full = 0;
    g->long_text = false;
    atomic_store(&g->why, LMEDEL_NOT_STOPPED);
    if (g->cancelled) { /* before anything ran */
        atomic_store(&g->why, LMEDEL_CANCELLED);
        lmedel_arm_hook(g);
    }
    const bool ok = lmedel_watch(g);
    pthread_mutex_unlock(&g->mutex);
    return ok;
}

lmedel_stop lmedel_guard_stop(lmedel_guard *g)
{
    pthread_mutex_lock(&g->mutex);
    lmedel_stop why = atomic_exchange(&g->why, LMEDEL_NOT_STOPPED);
    g->armed = false;
    lua_sethook(g->L, NULL, 0, 0);
    pthread_mutex_unlock(&g->mutex);
    uselocale(g->host);
    return why;
}

void lmedel_guard_cancel(lmedel_guard *g)
{
    pthread_mutex_lock(&g->mutex);
    g->cancelled = true;
    pthread_cond_signal(&g->wake);
    pthread_mutex_unlock(&g->mutex);
}

void lmedel_guard_renew(lmedel_guard *g)
{
    pthread_mutex_lock(&g->mutex);
    g->cancelled = false;
    pthread_mutex_unlock(&g->mutex);
}

lmedel_guard *lmedel_guard_of(lua_State *L)
{
    void *ud;
    return lua_getallocf(L, &ud) == lmedel_limited_alloc ? ud : NULL;
}

bool lmedel_guard_holds(lua_State *L)
{
    const lmedel_guard *g = lmedel_guard_of(L);
    return g && g->armed; /* this thread's own doing */
}

void lmedel_guard_check(lua_State *L)
{
    lmedel_guard *g = lmedel_guard_of(L);
    if (g && atomic_load_explicit(&g->why, memory_order_relaxed) != LMEDEL_NOT_STOPPED)
        stop_here(L, NULL);
}

void lmedel_guard_is_full(lua_State *L)
{
    lmedel_guard *g = lmedel_guard_of(L);
    if (g)
        atomic_store(&g->why, LMEDEL_NO_MEMORY);
}

void lmedel_guard_no_memory(lua_State *L)
{
    lmedel_guard_is_full(L);
    stop_here(L, NULL);
}

bool lmedel_guard_has_half(const lmedel_guard *g)
{
    if (taken(g) > g->limit / 2)
        lua_gc(g->L, LUA_GCCOLLECT, 0);
    return taken(g) <= g->limit / 2;
}

size_t lmedel_guard_peak(const lmedel_guard *g)
{
    return g->peak;
}

/* ---- the state ---- */

lmedel_guard *lmedel_new_guard(size_t memory, medel_alloc_fn alloc, void *ud)
{
    lmedel_guard *g = alloc(ud, NULL, 0, sizeof *g);
    pthread_condattr_t attr;
    if (!g)
        return NULL;
    memset(g, 0, sizeof *g);
    g->alloc = alloc;
    g->ud = ud;
    g->pool.alloc = alloc;
    g->pool.ud = ud;
    g->blocks = lmedel_pool_alloc;
    g->blocks_ud = &g->pool;
    g->limit = memory;
    g->text = LMEDEL_MAX_TEXT;
    pthread_mutex_init(&g->mutex, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&g->wake, &attr);
    pthread_condattr_destroy(&attr);
    g->locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (g->locale)
        return g;
    lmedel_destroy_guard(g);
    return NULL;
}

lmedel_guard *lmedel_guard_new(size_t memory, lmedel_guard *outer, medel_alloc_fn alloc,
                               void *ud)
{
    lmedel_guard *g = lmedel_new_guard(memory, alloc ? alloc : lmedel_c_alloc, ud);
    if (!g)
        return NULL;
    g->parent = outer;
    g->room = g->alloc(g->ud, NULL, 0, LMEDEL_ROOM_FOR_ENDS);
    g->L = g->room ? lua_newstate(lmedel_limited_alloc, g) : NULL;
    if (!g->L) {
        lmedel_guard_free(g);
        return NULL;
    }
    /* The limit collects when it must; what some rules leave is not worth it. */
    lua_gc(g->L, LUA_GCINC, 400, 400, 0);
    lua_gc(g->L, LUA_GCSTEP, -(int)(memory >> 14)); /* a sixteenth, in KiB */
    return g;
}

void lmedel_end_watch(lmedel_guard *g)
{
    if (!g->thread_runs)
        return;
    pthread_mutex_lock(&g->mutex);
    g->ending = true;
    pthread_cond_signal(&g->wake);
    pthread_mutex_unlock(&g->mutex);
    pthread_join(g->thread, NULL);
    g->thread_runs = g->ending = g->idle = false;
}

void lmedel_destroy_guard(lmedel_guard *g)
{
    if (g->locale)
        freelocale(g->locale);
    pthread_cond_destroy(&g->wake);
    pthread_mutex_destroy(&g->mutex);
    g->alloc(g->ud, g, sizeof *g, 0);
}

void lmedel_guard_free(lmedel_guard *g)
{
    if (!g)
        return;
    lmedel_end_watch(g);
    g->closing = g->blocks == lmedel_pool_alloc; /* its blocks go with their chunks */
    if (g->L)
        lmedel_close(g->L, g->room);
    count(g, g->used, 0);
    if (g->room)
        g->alloc(g->ud, g->room, LMEDEL_ROOM_FOR_ENDS, 0);
    lmedel_pool_free(&g->pool);
    lmedel_destroy_guard(g);
}

size_t lmedel_text_limit(lua_State *L)
{
    const lmedel_guard *g = lmedel_guard_of(L);
    return g ? g->text : LMEDEL_MAX_SCRIPT_TEXT;
}

const char *lmedel_guard_said(const lmedel_guard *g, lmedel_stop why, int status)
{
    if (why == LMEDEL_CANCELLED)
        return "cancelled";
    if (why == LMEDEL_TOO_LONG)
        return "the rule took longer than its time limit";
    if (why != LMEDEL_NO_MEMORY && status != LUA_ERRMEM)
        return NULL;
    return g->long_text ? "not enough memory: a text longer than 1 MiB"
                        : "not enough memory";
}

lua_State *lmedel_guard_state(lmedel_guard *g)
{
    return g->L;
}

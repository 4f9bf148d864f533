/*
 * lmedel_guard.c - a Lua state with bounded memory and time.
 *
 * Time: no hook while rules run, so nothing is paid; at the deadline a watchdog
 * thread arms one.  Rules have no coroutine or __gc that could outlive it, and their
 * pcall passes it on.
 */
#define _DEFAULT_SOURCE /* syscall */
#include "lmedel.h"

#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct lmedel_guard {
    lua_State *L;
    medel_alloc_fn alloc;
    void *ud;
    lmedel_pool pool; /* of a state of its own */
    lua_Alloc blocks; /* where the state's memory comes from: the pool, or what it had */
    void *blocks_ud;
    size_t used, limit, peak;
    unsigned full; /* how often in a row collecting gave next to nothing */
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool thread_runs, idle, armed, cancelled, ending;
    bool fenced;             /* the kernel has no membarrier */
    _Atomic bool arming;     /* the watchdog walks the state's list of calls */
    _Atomic lmedel_stop why; /* set at the deadline and by cancel */
    struct timespec deadline;
    bool attached; /* the state is somebody else's */
    locale_t locale, host; /* C, where 1.5 is written so; and the thread's own */
};

/* ---- memory ---- */

#define MAX_FULL 50

/* Near the limit Lua collects everything for each small allocation.  It may do so some
   times; then the memory is out. */
static bool fits(lmedel_guard *g, size_t more)
{
    if (g->used + more > g->limit) {
        g->full++;
        return false;
    }
    if (g->full && g->used + more <= g->limit - g->limit / 32)
        g->full = 0;
    return g->full < MAX_FULL;
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

static void *limited_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    lmedel_guard *g = ud;
    size_t before = ptr ? osize : 0; /* without ptr, osize is a type tag */
    if (nsize > before && !fits(g, nsize - before))
        return NULL;
    if (ptr)
        wait_for_watchdog(g);
    void *p = g->blocks(g->blocks_ud, ptr, osize, nsize);
    if (nsize == 0) {
        g->used -= before;
        return NULL;
    }
    if (p)
        g->used = g->used - before + nsize;
    if (g->used > g->peak)
        g->peak = g->used;
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

static void stop_here(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    lua_pushlightuserdata(L, (void *)&limit_key);
    lua_error(L);
}

/* lua_sethook goes through the calls that are under way; none is freed meanwhile. */
static void arm_hook(lmedel_guard *g)
{
    atomic_store(&g->arming, true);
    if (!g->fenced)
        membarrier(MEMBARRIER_EXPEDITED);
    lua_sethook(g->L, stop_here,
                LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
    atomic_store(&g->arming, false);
}

static bool is_past(const struct timespec *t)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > t->tv_sec
           || (now.tv_sec == t->tv_sec && now.tv_nsec >= t->tv_nsec);
}

static struct timespec from_now(unsigned ms)
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
        if (g->cancelled || is_past(&g->deadline)) {
            atomic_store(&g->why, g->cancelled ? LMEDEL_CANCELLED : LMEDEL_TOO_LONG);
            arm_hook(g);
            until = from_now(AGAIN_MS);
        }
        pthread_cond_timedwait(&g->wake, &g->mutex, &until);
    }
    pthread_mutex_unlock(&g->mutex);
    return NULL;
}

static bool start_watchdog(lmedel_guard *g)
{
    sigset_t all, before;
    sigfillset(&all); /* the host's signals are for the host's threads */
    pthread_sigmask(SIG_BLOCK, &all, &before);
    g->fenced = membarrier(MEMBARRIER_REGISTER) != 0;
    g->thread_runs = pthread_create(&g->thread, NULL, watch, g) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return g->thread_runs;
}

bool lmedel_guard_start(lmedel_guard *g, unsigned time_ms)
{
    bool ok = true;
    g->host = uselocale(g->locale);
    pthread_mutex_lock(&g->mutex);
    g->deadline = from_now(time_ms);
    g->armed = true;
    g->full = 0;
    atomic_store(&g->why, LMEDEL_NOT_STOPPED);
    if (g->cancelled) { /* before anything ran */
        atomic_store(&g->why, LMEDEL_CANCELLED);
        arm_hook(g);
    }
    if (!g->thread_runs)
        ok = start_watchdog(g);
    else if (g->idle) /* else it wakes at an earlier deadline and looks again */
        pthread_cond_signal(&g->wake);
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
    return lua_getallocf(L, &ud) == limited_alloc ? ud : NULL;
}

void lmedel_guard_check(lua_State *L)
{
    lmedel_guard *g = lmedel_guard_of(L);
    if (g && atomic_load_explicit(&g->why, memory_order_relaxed) != LMEDEL_NOT_STOPPED)
        stop_here(L, NULL);
}

void lmedel_guard_no_memory(lua_State *L)
{
    lmedel_guard *g = lmedel_guard_of(L);
    if (g)
        atomic_store(&g->why, LMEDEL_NO_MEMORY);
    stop_here(L, NULL);
}

size_t lmedel_guard_peak(const lmedel_guard *g)
{
    return g->peak;
}

/* ---- the state ---- */

/* Without a state. */
static lmedel_guard *new_guard(size_t memory, medel_alloc_fn alloc, void *ud)
{
    if (!alloc)
        alloc = lmedel_c_alloc;
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
    pthread_mutex_init(&g->mutex, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&g->wake, &attr);
    pthread_condattr_destroy(&attr);
    g->locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (g->locale)
        return g;
    lmedel_guard_free(g);
    return NULL;
}

lmedel_guard *lmedel_guard_new(size_t memory, medel_alloc_fn alloc, void *ud)
{
    lmedel_guard *g = new_guard(memory, alloc, ud);
    if (!g)
        return NULL;
    g->L = lua_newstate(limited_alloc, g);
    if (!g->L) {
        lmedel_guard_free(g);
        return NULL;
    }
    lua_gc(g->L, LUA_GCINC, 400, 400, 0); /* the limit collects when it must */
    return g;
}

lmedel_guard *lmedel_guard_attach(lua_State *L, size_t memory)
{
    void *ud;
    const lua_Alloc alloc = lua_getallocf(L, &ud);
    lmedel_guard *g = new_guard(memory, alloc, ud);
    if (!g)
        return NULL;
    g->L = L;
    g->attached = true;
    g->blocks = alloc; /* what the state has taken outlives the guard */
    g->blocks_ud = ud;
    g->used = (size_t)lua_gc(L, LUA_GCCOUNT) * 1024 + (size_t)lua_gc(L, LUA_GCCOUNTB);
    g->limit += g->used;
    lua_setallocf(L, limited_alloc, g);
    return g;
}

void lmedel_guard_free(lmedel_guard *g)
{
    if (!g)
        return;
    if (g->thread_runs) {
        pthread_mutex_lock(&g->mutex);
        g->ending = true;
        pthread_cond_signal(&g->wake);
        pthread_mutex_unlock(&g->mutex);
        pthread_join(g->thread, NULL);
    }
    if (g->attached)
        lua_setallocf(g->L, g->alloc, g->ud);
    else if (g->L)
        lua_close(g->L);
    lmedel_pool_free(&g->pool);
    if (g->locale)
        freelocale(g->locale);
    pthread_cond_destroy(&g->wake);
    pthread_mutex_destroy(&g->mutex);
    g->alloc(g->ud, g, sizeof *g, 0);
}

lua_State *lmedel_guard_state(lmedel_guard *g)
{
    return g->L;
}

/* lmedel_host.c - what the bindings owe the program that embeds a runtime: its allocator,
 * its callbacks under its own locale, and an end when it says so. */
#include "lmedel_host.h"
#include "lmedel_runner.h"

medel_alloc_fn lmedel_host_alloc(lua_State *L, void **ud)
{
    const lmedel_host *h = lmedel_state_of(L)->host;
    *ud = h ? h->alloc_ud : NULL;
    return h ? h->alloc : NULL;
}

void lmedel_host_join(lua_State *L, lmedel_runner *r)
{
    lmedel_host *h = lmedel_state_of(L)->host;
    if (!h)
        return;
    pthread_mutex_lock(&h->mutex);
    r->embedder = h;
    r->next = h->runners;
    h->runners = r;
    if (h->cancelled)
        lmedel_guard_cancel(r->guard);
    pthread_mutex_unlock(&h->mutex);
}

void lmedel_host_leave(lmedel_runner *r)
{
    lmedel_host *h = r->embedder;
    if (!h)
        return;
    pthread_mutex_lock(&h->mutex);
    lmedel_runner **at = &h->runners;
    while (*at != r)
        at = &(*at)->next;
    *at = r->next;
    r->embedder = NULL;
    pthread_mutex_unlock(&h->mutex);
}

void lmedel_host_own(lua_State *L, lmedel_guard *g)
{
    lmedel_host *h = lmedel_state_of(L)->host;
    if (!h)
        return;
    pthread_mutex_lock(&h->mutex);
    h->own = g;
    if (g && h->cancelled)
        lmedel_guard_cancel(g);
    pthread_mutex_unlock(&h->mutex);
}

void lmedel_host_cancel(lmedel_host *h)
{
    pthread_mutex_lock(&h->mutex);
    h->cancelled = true;
    if (h->own)
        lmedel_guard_cancel(h->own);
    for (lmedel_runner *r = h->runners; r; r = r->next)
        lmedel_guard_cancel(r->guard);
    pthread_mutex_unlock(&h->mutex);
}

void lmedel_host_renew(lmedel_host *h)
{
    pthread_mutex_lock(&h->mutex);
    if (h->cancelled) {
        h->cancelled = false;
        if (h->own)
            lmedel_guard_renew(h->own);
        for (lmedel_runner *r = h->runners; r; r = r->next)
            lmedel_guard_renew(r->guard);
    }
    pthread_mutex_unlock(&h->mutex);
}

bool lmedel_host_cancelled(lmedel_host *h)
{
    pthread_mutex_lock(&h->mutex);
    const bool now = h->cancelled;
    pthread_mutex_unlock(&h->mutex);
    return now;
}

void lmedel_host_step(lua_State *L, size_t done, size_t total, const char *what)
{
    lmedel_host *h = lmedel_state_of(L)->host;
    if (!h)
        return;
    if (h->progress) {
        uselocale(h->theirs);
        const int stop = h->progress(h->callback_ud, done, total, what);
        uselocale(h->plain);
        if (stop)
            lmedel_host_cancel(h);
    }
    if (lmedel_host_cancelled(h))
        luaL_error(L, "stopped");
}

void lmedel_host_log(lmedel_host *h, medel_log_level level, const char *text)
{
    if (!h->log)
        return;
    uselocale(h->theirs);
    h->log(h->callback_ud, level, text);
    uselocale(h->plain);
}

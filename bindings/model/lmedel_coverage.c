/*
 * lmedel_coverage.c - what the pack notices: every figure of a report is printed wrong in
 * every way (core/whatif/corrupt.c), and the checks and rules that look at it are asked
 * again.
 *
 * Each thread has a report of its own to change (core/whatif/probe.c) and a runner of its
 * own. A figure's verdicts depend on nothing but the report and the rules, so the result
 * is the same for any number of threads.
 */
#include "lmedel.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COVERAGE "medel.coverage"
#define MAX_THREADS 256
#define PROGRESS_MS 40

/* ASKED: only a note is new, as of what is presumed to be the same. */
typedef enum verdict { UNNOTICED, NOTICED, NOT_TRIED, ASKED } verdict;

typedef struct figure {
    size_t n;
    unsigned char verdicts[MEDEL_MAX_CORRUPTIONS];
} figure;

typedef struct rule {
    bool counts;            /* it is in the pack */
    bool above_note;        /* its findings without a level of their own are */
    unsigned char *touched; /* by fact: LMEDEL_SEEN, LMEDEL_ASKED */
    lmedel_tried base;      /* what it finds in the report as it is */
} rule;

struct coverage;

typedef struct worker {
    struct coverage *all;
    medel_probe *probe;
    lmedel_runner *runner;
    size_t first; /* the rule that noticed last */
    pthread_t thread;
    bool started;
} worker;

typedef struct coverage {
    const medel_report *report;
    medel_checks *checks;
    size_t nfacts;
    medel_quantity *before; /* by fact: what last year's report printed */
    bool *has_before;
    const medel_fact **rivals; /* of a concept, by it and by year */
    size_t nrivals;
    figure *figures;
    rule *rules;
    size_t nrules;
    worker *workers;
    size_t nworkers;
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    bool ready; /* mutex and cond are there */
    size_t next, done, running;
    bool stop, no_memory;
} coverage;

/* ---- one figure ---- */

/* A rule that never asked what a changed figure is says what it said before. */
static bool touches(const rule *r, const medel_fact *const *changed, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (r->touched[changed[i]->index] & LMEDEL_ASKED)
            return true;
    }
    return false;
}

static bool known_place(const lmedel_tried *base, int weight,
                        const lmedel_finding_place *p)
{
    for (size_t i = 0; i < base->n[weight] && i < LMEDEL_MAX_PLACES; i++) {
        if (base->places[weight][i].line == p->line
            && base->places[weight][i].col == p->col)
            return true;
    }
    return false;
}

/* A rule that found something before must find it at another place to be of news. */
static bool has_news(const rule *r, const lmedel_tried *now, int weight)
{
    if (!r->base.n[weight])
        return now->n[weight] > 0;
    for (size_t i = 0; i < now->n[weight] && i < LMEDEL_MAX_PLACES; i++) {
        if (!known_place(&r->base, weight, &now->places[weight][i]))
            return true;
    }
    return false;
}

/* All must be asked until one notices: one that did is the likeliest to do it again. */
static verdict try_rules(worker *w)
{
    const medel_fact *const *changed;
    size_t n = medel_probe_changes(w->probe, &changed);
    verdict v = UNNOTICED;
    for (size_t k = 0; k < w->all->nrules; k++) {
        const size_t i = k == 0 ? w->first : k - (k <= w->first);
        const rule *r = &w->all->rules[i];
        lmedel_tried now;
        if (!r->counts || !touches(r, changed, n))
            continue;
        lmedel_runner_share(w->runner, medel_probe_report(w->probe));
        lmedel_runner_try(&now, w->runner, medel_probe_report(w->probe), i, r->above_note,
                          r->base.n[LMEDEL_ALL] > 0, NULL);
        if (has_news(r, &now, LMEDEL_ABOVE_NOTE)) {
            w->first = i;
            return NOTICED;
        }
        if (has_news(r, &now, LMEDEL_ALL))
            v = ASKED;
    }
    return v;
}

static verdict rules_verdict(worker *w)
{
    const verdict v = try_rules(w);
    lmedel_runner_forget(w->runner);
    return v;
}

/* JMF-01: a comparative is what last year's report printed. */
static bool last_year_notices(const worker *w)
{
    const medel_fact *const *changed;
    size_t n = medel_probe_changes(w->probe, &changed);
    for (size_t i = 0; i < n; i++) {
        size_t at = changed[i]->index;
        medel_agreement agreement;
        if (w->all->has_before[at]
            && medel_quantity_agree(&agreement, &changed[i]->value, &w->all->before[at])
                   == MEDEL_OK
            && agreement == MEDEL_DIFFER)
            return true;
    }
    return false;
}

static bool try_figure(worker *w, size_t index)
{
    figure *out = &w->all->figures[index];
    medel_corruption list[MEDEL_MAX_CORRUPTIONS];
    const medel_fact *const *facts;
    const medel_check *by;
    medel_report_facts(medel_probe_report(w->probe), &facts);
    out->n = medel_corruptions(medel_probe_report(w->probe), facts[index], list);
    for (size_t i = 0; i < out->n; i++) {
        medel_status st = medel_probe_corrupt(w->probe, facts[index], &list[i]);
        bool possible = st == MEDEL_OK;
        if (possible)
            st = medel_probe_caught(w->probe, &by);
        if (st == MEDEL_E_NOMEM)
            return false;
        if (!possible)
            out->verdicts[i] = NOT_TRIED;
        else if (by || last_year_notices(w))
            out->verdicts[i] = NOTICED;
        else {
            const bool asked = medel_probe_asked(w->probe) != NULL;
            const verdict v = rules_verdict(w);
            out->verdicts[i] = (unsigned char)(v == UNNOTICED && asked ? ASKED : v);
        }
        medel_probe_reset(w->probe);
    }
    return true;
}

/* ---- threads ---- */

static void *work(void *ud)
{
    worker *w = ud;
    coverage *c = w->all;
    pthread_mutex_lock(&c->mutex);
    while (!c->stop && c->next < c->nfacts) {
        size_t index = c->next++;
        pthread_mutex_unlock(&c->mutex);
        bool ok = try_figure(w, index);
        pthread_mutex_lock(&c->mutex);
        c->done++;
        if (!ok)
            c->stop = c->no_memory = true;
    }
    c->running--;
    pthread_cond_signal(&c->moved);
    pthread_mutex_unlock(&c->mutex);
    return NULL;
}

static void join(coverage *c)
{
    for (size_t i = 0; i < c->nworkers; i++) {
        if (c->workers[i].started)
            pthread_join(c->workers[i].thread, NULL);
        c->workers[i].started = false;
    }
}

/* Wait a while for a thread to end. */
static void pause_for_progress(coverage *c)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += PROGRESS_MS * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_nsec -= 1000000000L;
        until.tv_sec++;
    }
    pthread_cond_timedwait(&c->moved, &c->mutex, &until);
}

/* A guest's limit may be reached meanwhile. */
static int look_at_clock(lua_State *L)
{
    lmedel_guard_check(L);
    return 0;
}

/* Call progress(done, total) now and then, and at the end; false if it failed, with the
   error on top. */
static bool watch(lua_State *L, coverage *c, int progress)
{
    bool ok = true;
    pthread_mutex_lock(&c->mutex);
    for (bool more = true; more;) {
        if (c->running)
            pause_for_progress(c);
        more = c->running > 0;
        size_t done = c->done;
        pthread_mutex_unlock(&c->mutex);
        if (ok) {
            lua_pushcfunction(L, look_at_clock);
            ok = lua_pcall(L, 0, 0, 0) == LUA_OK;
        }
        if (ok && progress) {
            lua_pushvalue(L, progress);
            lua_pushinteger(L, (lua_Integer)done);
            lua_pushinteger(L, (lua_Integer)c->nfacts);
            ok = lua_pcall(L, 2, 0, 0) == LUA_OK;
        }
        pthread_mutex_lock(&c->mutex);
        c->stop |= !ok;
    }
    pthread_mutex_unlock(&c->mutex);
    return ok;
}

static void run(lua_State *L, coverage *c, int progress)
{
    c->running = c->nworkers;
    size_t failed = 0;
    for (size_t i = 0; i < c->nworkers; i++) {
        worker *w = &c->workers[i];
        w->started = pthread_create(&w->thread, NULL, work, w) == 0;
        failed += !w->started;
    }
    pthread_mutex_lock(&c->mutex);
    c->running -= failed;
    pthread_mutex_unlock(&c->mutex);
    bool ok = watch(L, c, progress);
    join(c);
    if (!ok)
        lua_error(L);
    if (failed == c->nworkers)
        luaL_error(L, "cannot start a thread");
    if (c->no_memory)
        luaL_error(L, "not enough memory");
}

/* ---- making ---- */

static int coverage_gc(lua_State *L)
{
    coverage *c = luaL_checkudata(L, 1, COVERAGE);
    for (size_t i = 0; i < c->nworkers; i++)
        medel_probe_free(c->workers[i].probe);
    for (size_t i = 0; c->rules && i < c->nrules; i++)
        free(c->rules[i].touched);
    medel_checks_free(c->checks);
    free(c->workers);
    free(c->rules);
    free(c->figures);
    free(c->rivals);
    free(c->before);
    free(c->has_before);
    if (c->ready) {
        pthread_mutex_destroy(&c->mutex);
        pthread_cond_destroy(&c->moved);
    }
    memset(c, 0, sizeof *c);
    return 0;
}

static void *zeroed(lua_State *L, size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size);
    if (!p)
        luaL_error(L, "not enough memory");
    return p;
}

static coverage *new_coverage(lua_State *L)
{
    coverage *c = lua_newuserdatauv(L, sizeof *c, 1);
    memset(c, 0, sizeof *c);
    lua_pushvalue(L, 2);
    lua_setiuservalue(L, -2, 1); /* the probes read its taxonomy */
    lmedel_ends_with(L, COVERAGE, coverage_gc);
    c->ready = pthread_mutex_init(&c->mutex, NULL) == 0;
    if (c->ready && pthread_cond_init(&c->moved, NULL) != 0) {
        pthread_mutex_destroy(&c->mutex);
        c->ready = false;
    }
    if (!c->ready)
        luaL_error(L, "not enough memory");
    return c;
}

/* The report once more, from its file: the one that the host holds does not change. */
static medel_probe *own_probe(lua_State *L, const coverage *c)
{
    medel_report *r;
    medel_probe *p = NULL;
    const medel_fact *const *facts;
    medel_diagnostics *d = lmedel_new_diagnostics(L);
    if (medel_report_load(&r, medel_report_taxonomy(c->report),
                          medel_report_file(c->report), NULL, d)
        != MEDEL_OK) {
        lmedel_push_failure(L, d);
        lua_error(L);
    }
    bool same = medel_report_facts(r, &facts) == c->nfacts;
    if (!same || medel_probe_new(&p, r, NULL) != MEDEL_OK) {
        medel_report_free(r);
        luaL_error(L, same ? "not enough memory" : "%s has changed",
                   medel_report_file(c->report));
    }
    lua_pop(L, 1);
    return p;
}

static void ignore_rules(lua_State *L, const coverage *c)
{
    if (lua_getfield(L, 1, "off") == LUA_TTABLE) {
        for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
            for (size_t k = 0; k < c->nworkers; k++) {
                if (medel_probe_ignore(c->workers[k].probe, lua_tostring(L, -1))
                    != MEDEL_OK)
                    luaL_error(L, "not enough memory");
            }
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void make_workers(lua_State *L, coverage *c)
{
    lua_getfield(L, 1, "runners");
    luaL_argcheck(L, lua_istable(L, -1), 1, "runners: a list is expected");
    size_t n = lua_rawlen(L, -1);
    luaL_argcheck(L, n > 0 && n <= MAX_THREADS, 1, "runners: 1 to 256, one per thread");
    c->workers = zeroed(L, n, sizeof *c->workers);
    for (size_t i = 0; i < n; i++) {
        worker *w = &c->workers[i];
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        w->all = c;
        w->runner = lmedel_check_runner(L, -1);
        c->nworkers++;
        if (i == 0)
            c->nrules = lmedel_runner_rules(w->runner);
        luaL_argcheck(L, lmedel_runner_rules(w->runner) == c->nrules, 1,
                      "the runners have different rules");
        lua_pop(L, 1);
        w->probe = own_probe(L, c);
    }
    lua_pop(L, 1);
    ignore_rules(L, c);
}

/* before[fact.index] = quantity; those that differ already are nothing new. */
static void read_before(lua_State *L, coverage *c)
{
    const medel_fact *const *facts;
    medel_report_facts(c->report, &facts);
    c->before = zeroed(L, c->nfacts, sizeof *c->before);
    c->has_before = zeroed(L, c->nfacts, sizeof *c->has_before);
    bool given = lua_getfield(L, 1, "before") == LUA_TTABLE;
    for (size_t i = 0; given && i < c->nfacts; i++) {
        medel_agreement agreement;
        lua_rawgeti(L, -1, (lua_Integer)i);
        medel_node *n = lmedel_test_quantity(L, -1);
        lua_pop(L, 1);
        if (!n
            || medel_quantity_agree(&agreement, &facts[i]->value, &n->quantity)
                   != MEDEL_OK
            || agreement == MEDEL_DIFFER)
            continue;
        c->before[i] = n->quantity;
        c->has_before[i] = true;
    }
    lua_pop(L, 1);
}

/* Facts of one concept and year stand together. */
static int by_concept(const void *a, const void *b)
{
    const medel_fact *x = *(const medel_fact *const *)a,
                     *y = *(const medel_fact *const *)b;
    const uintptr_t c = (uintptr_t)x->concept_ref, d = (uintptr_t)y->concept_ref;
    if (c != d)
        return c < d ? -1 : 1;
    return (x->year > y->year) - (x->year < y->year);
}

static void find_rivals(lua_State *L, coverage *c)
{
    const medel_fact *const *facts;
    medel_report_facts(c->report, &facts);
    c->rivals = zeroed(L, c->nfacts, sizeof *c->rivals);
    for (size_t i = 0; i < c->nfacts; i++) {
        if (facts[i]->concept_ref)
            c->rivals[c->nrivals++] = facts[i];
    }
    qsort(c->rivals, c->nrivals, sizeof *c->rivals, by_concept);
}

/* "knappt 801 tkr" may become the finest print of its concept, or cease to be. */
static void touch_rivals(const coverage *c, rule *r)
{
    for (size_t i = 0, end; i < c->nrivals; i = end) {
        unsigned char any = 0;
        for (end = i; end < c->nrivals && !by_concept(&c->rivals[i], &c->rivals[end]);
             end++)
            any |= r->touched[c->rivals[end]->index];
        for (size_t k = i; k < end; k++)
            r->touched[c->rivals[k]->index] |= c->rivals[k]->qualifier ? any : 0;
    }
}

/* What each rule looks at and finds in the report as it is.  rules[i] = { level = ... },
   or false for one that is not in the pack. */
static void make_rules(lua_State *L, coverage *c)
{
    c->rules = zeroed(L, c->nrules, sizeof *c->rules);
    lua_getfield(L, 1, "rules");
    luaL_argcheck(L, lua_istable(L, -1) && lua_rawlen(L, -1) == c->nrules, 1,
                  "rules: one for each in the runners is expected");
    for (size_t i = 0; i < c->nrules; i++) {
        rule *r = &c->rules[i];
        medel_level level = MEDEL_LEVEL_ERROR;
        r->touched = zeroed(L, c->nfacts, sizeof *r->touched);
        r->counts = lua_rawgeti(L, -1, (lua_Integer)i + 1) == LUA_TTABLE;
        if (r->counts && lua_getfield(L, -1, "level") == LUA_TSTRING)
            luaL_argcheck(L, medel_level_parse(&level, lua_tostring(L, -1)), 1, "level");
        lua_settop(L, 4);
        r->above_note = level > MEDEL_LEVEL_NOTE;
        if (r->counts)
            lmedel_runner_try(&r->base, c->workers[0].runner,
                              medel_probe_report(c->workers[0].probe), i, r->above_note,
                              true, r->touched);
        touch_rivals(c, r);
    }
    lua_pop(L, 1);
}

/* ---- the result ---- */

static void push_corruption(lua_State *L, const medel_fact *f, const medel_corruption *k,
                            verdict v)
{
    static const char *const names[] = { "sign", "thousand", "transposition", "digit",
                                         "lost", "doubled",  "column",        "row" };
    char text[256];
    lua_createtable(L, 0, 7);
    lmedel_set_text(L, "kind", names[k->kind]);
    lmedel_set_text(L, "name", medel_corruption_text(k->kind));
    medel_fact_retype(f, k->digits, text, sizeof text);
    lmedel_set_text(L, "text", text);
    lmedel_set_flag(L, "rounding", k->rounding);
    lmedel_set_flag(L, "noticed", v == NOTICED);
    lmedel_set_flag(L, "asked", v == ASKED);
    if (!k->other)
        return;
    lmedel_push_fact(L, k->other, 2);
    lua_setfield(L, -2, "other");
    medel_fact_retype(k->other, k->other_digits, text, sizeof text);
    lmedel_set_text(L, "other_text", text);
}

static void append(lua_State *L, const char *list)
{
    lua_getfield(L, -2, list);
    lua_insert(L, -2);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
}

static bool comes_from(const medel_node *n, const medel_fact *f)
{
    return n && (n->fact == f || comes_from(n->left, f) || comes_from(n->right, f));
}

static bool involves(const medel_check *k, const medel_fact *f)
{
    bool compares = k->kind != MEDEL_CHECK_SIGNS && k->kind != MEDEL_CHECK_UNIT
                    && (k->outcome == MEDEL_PASSED || k->outcome == MEDEL_FINDING);
    bool found = compares && (k->subject == f || comes_from(k->subject->derivation, f));
    for (size_t i = 0; compares && !found && i < k->nterms; i++)
        found = k->terms[i].fact == f || comes_from(k->terms[i].fact->derivation, f);
    return found;
}

/* The checks of the taxonomy that compare it with something: { [id] = passes }. */
static void push_checks(lua_State *L, const medel_checks *checks, const medel_fact *f)
{
    const medel_check *all;
    size_t n = medel_checks_get(checks, &all);
    lua_newtable(L);
    for (size_t i = 0; i < n; i++) {
        if (!involves(&all[i], f))
            continue;
        bool passes =
            lua_getfield(L, -1, medel_check_spec_id(all[i].spec)) == LUA_TBOOLEAN
            && lua_toboolean(L, -1);
        lua_pop(L, 1);
        lua_pushboolean(L, passes || all[i].outcome == MEDEL_PASSED);
        lua_setfield(L, -2, medel_check_spec_id(all[i].spec));
    }
}

static void push_figure(lua_State *L, const coverage *c, const medel_fact *f)
{
    const figure *all = &c->figures[f->index];
    medel_corruption list[MEDEL_MAX_CORRUPTIONS];
    size_t counts[2][2] = { { 0 } }, asked = 0; /* [looks like rounding][noticed] */
    medel_corruptions(c->report, f, list);
    lua_createtable(L, 0, 6);
    lmedel_push_fact(L, f, 2);
    lua_setfield(L, -2, "fact");
    lua_newtable(L);
    lua_setfield(L, -2, "misprints");
    for (size_t i = 0; i < all->n; i++) {
        if (all->verdicts[i] == NOT_TRIED)
            continue;
        bool noticed = all->verdicts[i] == NOTICED;
        counts[list[i].rounding][noticed]++;
        asked += all->verdicts[i] == ASKED && !list[i].rounding;
        push_corruption(L, f, &list[i], (verdict)all->verdicts[i]);
        append(L, "misprints");
    }
    lmedel_set_integer(L, "tried",
                       (lua_Integer)(counts[false][false] + counts[false][true]));
    lmedel_set_integer(L, "noticed", (lua_Integer)counts[false][true]);
    lmedel_set_integer(L, "asked", (lua_Integer)asked);
    lmedel_set_integer(L, "rounding",
                       (lua_Integer)(counts[true][false] + counts[true][true]));
    lmedel_set_integer(L, "rounding_noticed", (lua_Integer)counts[true][true]);
    lua_newtable(L);
    for (size_t i = 0; i < c->nrules; i++) {
        if (c->rules[i].counts && c->rules[i].touched[f->index]) {
            lua_pushinteger(L, (lua_Integer)i + 1);
            lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
        }
    }
    lua_setfield(L, -2, "readers");
    push_checks(L, c->checks, f);
    lua_setfield(L, -2, "checks");
}

int lmedel_processors(lua_State *L)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    lua_pushinteger(L, n < 1 ? 1 : n > MAX_THREADS ? MAX_THREADS : n);
    return 1;
}

int lmedel_coverage(lua_State *L)
{
    int year;
    medel_variant variant;
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_getfield(L, 1, "ar");
    const medel_report *report = lmedel_check_view(L, 2, &year, &variant);
    lmedel_report_of(L, 2, true);
    lua_replace(L, 2);
    coverage *c = new_coverage(L);
    const medel_fact *const *facts;
    c->report = report;
    c->nfacts = medel_report_facts(c->report, &facts);
    c->figures = zeroed(L, c->nfacts, sizeof *c->figures);
    if (medel_checks_new(&c->checks, report, NULL) != MEDEL_OK)
        return luaL_error(L, "not enough memory");
    read_before(L, c);
    find_rivals(L, c);
    make_workers(L, c);
    make_rules(L, c);
    bool progress = lua_getfield(L, 1, "progress") == LUA_TFUNCTION;
    run(L, c, progress ? 4 : 0);
    lua_settop(L, 3);
    lua_newtable(L);
    for (size_t i = 0; i < c->nfacts; i++) {
        if (!c->figures[i].n)
            continue;
        push_figure(L, c, facts[i]);
        lua_rawseti(L, 4, (lua_Integer)lua_rawlen(L, 4) + 1);
    }
    lua_pushcfunction(L, coverage_gc);
    lua_pushvalue(L, 3);
    lua_call(L, 1, 0);
    return 1;
}

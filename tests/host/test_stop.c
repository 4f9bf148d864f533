/* test_stop.c - a host sees how far an audit has come, and ends it. */
#include "host.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

static const char *const endless[] = { RULE("PROV-01", ""),
                                       RULE("PROV-02", "while true do end"), NULL };

typedef struct watcher {
    size_t calls, last, total;
    size_t stop_at; /* the call that says stop; 0: none */
    bool ordered;
} watcher;

static int watch(void *ud, size_t done, size_t total, const char *what)
{
    watcher *w = ud;
    w->calls++;
    w->ordered =
        w->ordered && (done == w->last + (w->calls > 1)) && what && done <= total;
    w->last = done;
    w->total = total;
    return w->stop_at && w->calls >= w->stop_at;
}

TEST(progress_goes_from_rule_to_rule)
{
    watcher w = { .ordered = true };
    medel_runtime_options o = { .progress = watch, .callback_ud = &w };
    medel_runtime *rt = runtime_of(&o);
    medel_report *r = load(rt, EXAMPLE);
    medel_findings *f = audit(rt, r);
    assert_true(w.ordered);
    assert_true(w.total > 50);
    assert_int_equal(w.last, w.total);
    assert_int_equal(w.calls, w.total + 1);
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

TEST(progress_can_stop_it_and_it_can_go_on)
{
    watcher w = { .stop_at = 5, .ordered = true };
    medel_runtime_options o = { .progress = watch, .callback_ud = &w };
    medel_runtime *rt = runtime_of(&o);
    medel_report *r = load(rt, EXAMPLE);
    medel_findings *f = NULL;
    assert_int_equal(medel_audit(rt, &f, r, NULL), MEDEL_E_STOPPED);
    assert_int_equal(w.calls, 5);
    assert_null(f);
    assert_said(rt, "stopped");
    w = (watcher){ .ordered = true };
    f = audit(rt, r);
    assert_non_null(outcome_of(f, MEDEL_FINDING, "DRI-04"));
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

/* ---- from another thread ---- */

typedef struct canceller {
    medel_runtime *rt;
    atomic_bool started;
} canceller;

/* The rule after the first is the endless one. */
static int note_start(void *ud, size_t done, size_t total, const char *what)
{
    canceller *c = ud;
    (void)done;
    (void)total;
    if (strcmp(what, "PROV-02") == 0)
        atomic_store(&c->started, true);
    return 0;
}

static void *cancel_later(void *ud)
{
    canceller *c = ud;
    const struct timespec wait = { 0, 20000000L };
    do
        nanosleep(&wait, NULL);
    while (!atomic_load(&c->started));
    medel_cancel(c->rt);
    return NULL;
}

TEST(another_thread_ends_a_rule_that_would_not)
{
    canceller c = { 0 };
    medel_runtime_options o = { .time_ms = 1000000,
                                .progress = note_start,
                                .callback_ud = &c };
    medel_runtime *rt = runtime_with(&o, endless);
    medel_report *r = load(rt, SMALL);
    for (int turn = 0; turn < 3; turn++) {
        pthread_t thread;
        medel_findings *f = NULL;
        c.rt = rt;
        atomic_store(&c.started, false);
        assert_int_equal(pthread_create(&thread, NULL, cancel_later, &c), 0);
        assert_int_equal(medel_audit(rt, &f, r, NULL), MEDEL_E_STOPPED);
        pthread_join(thread, NULL);
        assert_null(f);
    }
    medel_report_free(r);
    medel_runtime_free(rt);
}

TEST(cancel_without_a_call_does_nothing)
{
    medel_runtime *rt = runtime_of(NULL);
    medel_cancel(rt);
    medel_report *r = load(rt, EXAMPLE);
    medel_cancel(rt);
    medel_findings *f = audit(rt, r);
    assert_true(medel_findings_count(f, MEDEL_FINDING) > 0);
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

/* ---- while a rule is loaded ---- */

#define LONG_NAME 500000

typedef struct sleeper {
    size_t calls, sleep_at;
} sleeper;

/* Sleeps beyond the limit at one of the copies of a file's long name. */
static void *sleeping(void *ud, void *p, size_t osize, size_t nsize)
{
    sleeper *s = ud;
    const struct timespec beyond = { 0, 400000000L };
    (void)osize;
    if (!p && nsize > LONG_NAME && nsize < LONG_NAME + 100 && ++s->calls == s->sleep_at)
        nanosleep(&beyond, NULL);
    if (nsize)
        return realloc(p, nsize); /* the tests have memory */
    free(p);
    return NULL;
}

/* Its time may be out when it is in the list, too. */
TEST(wherever_a_rule_is_refused_the_next_is_itself)
{
    static const char late[] = RULE("PROV-01", "return finding('late')");
    static const char next[] = RULE("PROV-02", "return finding('next')");
    char *name = malloc(LONG_NAME + 1);
    assert_non_null(name);
    memset(name, 'a', LONG_NAME);
    memcpy(name + LONG_NAME - 4, ".lua", 5);
    const medel_input files[] = { { name, late, sizeof late - 1 },
                                  { "b.lua", next, sizeof next - 1 } };
    sleeper s = { 0 };
    size_t refused = 0;
    do {
        medel_runtime_options o = { .time_ms = 200, .alloc = sleeping, .alloc_ud = &s };
        s = (sleeper){ .sleep_at = s.sleep_at + 1 };
        medel_runtime *rt = runtime_of(&o);
        assert_int_equal(medel_runtime_pack_files(rt, "prov", files, 2), MEDEL_OK);
        medel_report *r = load(rt, SMALL);
        medel_findings *f = audit(rt, r);
        const medel_finding *is = outcome_of(f, MEDEL_FINDING, "PROV-02");
        refused += !outcome_of(f, MEDEL_FINDING, "PROV-01");
        if (is) /* a slow machine may have refused it */
            assert_string_equal(is->message, "next");
        medel_findings_free(f);
        medel_report_free(r);
        medel_runtime_free(rt);
    } while (s.sleep_at < s.calls);
    assert_true(refused > 0);
    free(name);
}

/* ---- from a host's function ---- */

static medel_status stop(void *ud, const medel_any *a, size_t n, medel_any *result,
                         medel_error *err)
{
    (void)a;
    (void)n;
    (void)result;
    (void)err;
    if (!ud)
        return MEDEL_E_STOPPED;
    medel_cancel(ud);
    return MEDEL_OK;
}

static const char *const stops[] = {
    RULE("PROV-01", "host.slut() while true do pcall(host.slut) end"), NULL
};

TEST(a_function_can_stop_it)
{
    medel_runtime_options o = { .time_ms = 1000000 };
    for (int by_cancel = 0; by_cancel < 2; by_cancel++) {
        medel_runtime *rt = runtime_with(&o, stops);
        medel_findings *f = NULL;
        assert_int_equal(medel_runtime_function(rt, "slut", stop, by_cancel ? rt : NULL),
                         MEDEL_OK);
        medel_report *r = load(rt, SMALL);
        assert_int_equal(medel_audit(rt, &f, r, NULL), MEDEL_E_STOPPED);
        medel_report_free(r);
        medel_runtime_free(rt);
    }
}

/* ---- a runtime in use ---- */

static medel_status calls_back(void *ud, const medel_any *a, size_t n, medel_any *result,
                               medel_error *err)
{
    medel_runtime *rt = *(medel_runtime **)ud;
    medel_report *r = NULL;
    medel_input in = { .name = SMALL };
    (void)a;
    (void)n;
    (void)err;
    result->kind = MEDEL_INTEGER;
    result->integer = medel_load(rt, &r, &in);
    return MEDEL_OK;
}

static const char *const within[] = {
    RULE("PROV-01", "return finding('{a}', { a = host.igen() })"), NULL
};

TEST(a_runtime_in_use_cannot_be_used)
{
    medel_runtime *rt = runtime_with(NULL, within);
    assert_int_equal(medel_runtime_function(rt, "igen", calls_back, &rt), MEDEL_OK);
    medel_report *r = load(rt, SMALL);
    medel_findings *f = audit(rt, r);
    char misuse[16];
    snprintf(misuse, sizeof misuse, "%d", MEDEL_E_MISUSE);
    assert_string_equal(outcome_of(f, MEDEL_FINDING, "PROV-01")->message, misuse);
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

/* host.c - rules that mean harm in a host's process, by medel.h alone, and medel_cancel
 * while they run.  After each comes a good rule, which must find what it finds without
 * them.  host DATA REPORT MS MIB FILE...   each FILE is r001-a.lua, the good one
 * r001-b.lua.  What is beyond the limit, and after medel_cancel, is measured in the
 * computing of the audit's thread and by the clock; it only fails where it is so much
 * that no machine's speed explains it. */
#include "medel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define PROMISED_MS 50.0
#define ENDLESS_MS 2000.0
#define CANCEL_AFTER_MS 100

typedef struct moment {
    double computing, clock; /* ms */
} moment;

static double ms_of(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static moment now_in(clockid_t thread)
{
    return (moment){ ms_of(thread), ms_of(CLOCK_MONOTONIC) };
}

static moment since(moment now, moment then)
{
    return (moment){ now.computing - then.computing, now.clock - then.clock };
}

typedef struct run {
    medel_runtime *rt;
    clockid_t audits;           /* the clock of the thread that audits */
    moment began, first, ended; /* the audit; the bad rule */
    moment due;                 /* when it should end: the limit, or medel_cancel */
    bool cancels, is_due;
    unsigned ms;
    atomic_bool in_rule, over;
    pthread_t thread;
    bool threaded;
} run;

/* Notes what was computed when the limit is reached, or cancels before it. */
static void *watch(void *ud)
{
    run *r = ud;
    const unsigned ms = r->cancels ? CANCEL_AFTER_MS : r->ms;
    const struct timespec wait = { ms / 1000, (long)(ms % 1000) * 1000000L };
    nanosleep(&wait, NULL);
    if (!atomic_load(&r->over)) {
        r->due = now_in(r->audits);
        r->is_due = true;
        if (r->cancels)
            medel_cancel(r->rt);
    }
    return NULL;
}

static int progress(void *ud, size_t done, size_t total, const char *what)
{
    run *r = ud;
    (void)total;
    (void)what;
    if (done == 0) {
        r->first = now_in(r->audits);
        r->threaded = pthread_create(&r->thread, NULL, watch, r) == 0;
    } else if (done == 1) {
        atomic_store(&r->over, true);
        r->ended = now_in(r->audits);
    }
    return 0;
}

static char *text_of(const char *path, size_t *len)
{
    char *text;
    return medel_file_read(&text, len, path, 1 << 24, NULL, NULL) == MEDEL_OK ? text
                                                                              : NULL;
}

typedef struct task {
    const char *data, *report;
    unsigned ms;
    size_t memory;
} task;

static bool setup(run *r, const task *t, const char *path, const char *good)
{
    medel_runtime_options o = { .size = sizeof o,
                                .memory = t->memory,
                                .time_ms = t->ms,
                                .progress = progress,
                                .callback_ud = r,
                                .data = t->data };
    size_t na, nb;
    char *a = text_of(path, &na), *b = text_of(good, &nb);
    const medel_input files[] = { { "a.lua", a, na }, { "b.lua", b, nb } };
    const bool ok = a && b && medel_runtime_new(&r->rt, &o) == MEDEL_OK
                    && medel_runtime_pack_files(r->rt, "prov", files, 2) == MEDEL_OK;
    medel_text_free(a, na, NULL);
    medel_text_free(b, nb, NULL);
    return ok;
}

static bool right(const medel_findings *f)
{
    for (size_t i = 0; i < medel_findings_count(f, MEDEL_FINDING); i++) {
        const medel_finding *x = medel_findings_get(f, MEDEL_FINDING, i);
        if (strncmp(x->rule, "GOD-", 4) == 0)
            return strcmp(x->message, "200 kr X") == 0;
    }
    return false;
}

/* The most that one took beyond what it may, and which. */
typedef struct most {
    moment by;
    char name[64];
} most;

typedef struct worst {
    most over, load, cancel;
    size_t tried, wrong, late, endless, stopped;
} worst;

static void note(worst *w, most *m, moment by, const char *path)
{
    const char *slash = strrchr(path, '/');
    w->late += by.computing > PROMISED_MS;
    w->endless += by.computing > ENDLESS_MS;
    if (by.clock > m->by.clock)
        m->by.clock = by.clock;
    if (by.computing <= m->by.computing)
        return;
    m->by.computing = by.computing;
    snprintf(m->name, sizeof m->name, "%s", slash ? slash + 1 : path);
}

/* One pair of rules; false if what follows is not right. */
static bool try_pair(const task *t, const char *path, bool cancels, moment start,
                     worst *w, moment *before_rules)
{
    char good[4096];
    run r = { .cancels = cancels, .ms = t->ms };
    medel_report *report = NULL;
    medel_findings *f = NULL;
    const medel_input in = { .name = t->report };
    snprintf(good, sizeof good, "%.*sb.lua", (int)strlen(path) - 5, path);
    if (!setup(&r, t, path, good) || medel_load(r.rt, &report, &in) != MEDEL_OK) {
        fprintf(stderr, "host: cannot begin with %s\n", path);
        return false;
    }
    const medel_audit_options o = { .size = sizeof o, .level = MEDEL_LEVEL_NOTE };
    pthread_getcpuclockid(pthread_self(), &r.audits);
    r.began = now_in(r.audits);
    const medel_status st = medel_audit(r.rt, &f, report, &o);
    const moment ended = now_in(r.audits);
    atomic_store(&r.over, true);
    if (r.threaded)
        pthread_join(r.thread, NULL);
    const bool ok = st == MEDEL_OK ? right(f) : cancels && st == MEDEL_E_STOPPED;
    *before_rules = since(r.first, r.began);
    if (st == MEDEL_E_STOPPED && r.is_due) {
        w->stopped++;
        note(w, &w->cancel, since(ended, r.due), path);
    } else if (!cancels) {
        const moment may = { start.computing + t->ms, start.clock + t->ms };
        if (r.is_due)
            note(w, &w->over, since(r.ended, r.due), path);
        note(w, &w->load, since(*before_rules, may), path);
    }
    medel_findings_free(f);
    medel_report_free(report);
    medel_runtime_free(r.rt);
    w->tried++;
    if (!ok) {
        w->wrong++;
        fprintf(stderr, "host: %s: %s, and the next rule is not right\n", path,
                medel_status_name(st));
    }
    return ok;
}

static void say(const char *what, const most *m)
{
    fprintf(stderr, "; %s at most %.0f ms of computing (%s), %.0f ms by the clock", what,
            m->by.computing, m->name, m->by.clock);
}

int main(int argc, char **argv)
{
    worst w = { 0 }, warm = { 0 };
    moment start = { 0 }, none;
    if (argc < 6)
        return 2;
    const task t = { argv[1], argv[2], (unsigned)strtoul(argv[3], NULL, 10),
                     (size_t)strtoul(argv[4], NULL, 10) << 20 };
    try_pair(&t, argv[5], false, start, &warm,
             &start); /* what every runtime begins with */
    for (int i = 5; i < argc; i++) {
        try_pair(&t, argv[i], false, start, &w, &none);
        try_pair(&t, argv[i], true, start, &w, &none);
    }
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    fprintf(stderr, "%d rules by medel.h at %u ms and %lu MiB, %zu runs", argc - 5, t.ms,
            (unsigned long)(t.memory >> 20), w.tried);
    say("beyond the limit", &w.over);
    say("loading, beyond it", &w.load);
    say("after medel_cancel", &w.cancel);
    fprintf(stderr,
            "; %zu stopped by it, %zu runs beyond %.0f ms of computing, %zu wrong "
            "followers; peak %ld MB\n",
            w.stopped, w.late, PROMISED_MS, w.wrong, u.ru_maxrss / 1024);
    printf("%zu passed, %zu failed\n", w.tried - w.wrong - w.endless,
           w.wrong + w.endless);
    return w.wrong || w.endless;
}

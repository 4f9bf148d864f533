/* host.c - rules that mean harm in a host's process, by medel.h alone, and medel_cancel
 * while they run.  After each comes a good rule, which must find what it finds without
 * them. host DATA REPORT MS MIB FILE...   each FILE is r001-a.lua, the good one
 * r001-b.lua Time is that of computing, so that a busy machine does not matter: beyond
 * the limit, and after medel_cancel, 50 ms. */
#include "medel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define GRACE_MS 50.0
#define CANCEL_AFTER_MS 100

static double computing_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

typedef struct run {
    medel_runtime *rt;
    double began, first, rule, clock; /* of computing: at the start, before rules, after
                                         the bad one; its clock */
    double at;                        /* when the bad rule was begun */
    double due; /* computing until it should end: the limit, or medel_cancel */
    bool cancels;
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
        r->due = computing_ms();
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
        r->first = computing_ms();
        r->at = clock_ms();
        r->threaded = pthread_create(&r->thread, NULL, watch, r) == 0;
    } else if (done == 1) {
        atomic_store(&r->over, true);
        r->rule = computing_ms();
        r->clock = clock_ms() - r->at;
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

typedef struct worst {
    double over, load, cancel, clock;
    char over_in[64], load_in[64], cancel_in[64];
    size_t tried, wrong, late, stopped;
} worst;

static void most(double *least, char name[64], double value, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (value <= *least)
        return;
    *least = value;
    snprintf(name, 64, "%s", slash ? slash + 1 : path);
}

/* One pair of rules; false if what follows is not right. */
static bool try_pair(const task *t, const char *path, bool cancels, double start,
                     worst *w, double *before_rules)
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
    r.began = computing_ms();
    const medel_status st = medel_audit(r.rt, &f, report, &o);
    const double ended = computing_ms();
    atomic_store(&r.over, true);
    if (r.threaded)
        pthread_join(r.thread, NULL);
    bool ok = st == MEDEL_OK ? right(f) : cancels && st == MEDEL_E_STOPPED;
    *before_rules = r.first - r.began;
    if (st == MEDEL_E_STOPPED && r.due > 0) {
        w->stopped++;
        most(&w->cancel, w->cancel_in, ended - r.due, path);
        w->late += ended - r.due > GRACE_MS;
    } else if (!cancels) {
        const double over = r.due > 0 ? r.rule - r.due : 0;
        most(&w->over, w->over_in, over, path);
        most(&w->load, w->load_in, r.first - r.began - start - t->ms, path);
        w->late += over > GRACE_MS || r.first - r.began - start - t->ms > GRACE_MS;
        w->clock = r.clock > w->clock ? r.clock : w->clock;
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

int main(int argc, char **argv)
{
    worst w = { .load = -1e9 };
    double start = 0, none;
    if (argc < 6)
        return 2;
    const task t = { argv[1], argv[2], (unsigned)strtoul(argv[3], NULL, 10),
                     (size_t)strtoul(argv[4], NULL, 10) << 20 };
    worst warm = { 0 };
    try_pair(&t, argv[5], false, 0, &warm, &start); /* what begins with every runtime */
    for (int i = 5; i < argc; i++) {
        try_pair(&t, argv[i], false, start, &w, &none);
        try_pair(&t, argv[i], true, start, &w, &none);
    }
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    fprintf(stderr,
            "%d rules by medel.h at %u ms and %lu MiB: beyond the limit at most %.0f ms "
            "(%s), loading %.0f ms (%s), "
            "after medel_cancel %.0f ms (%s, %zu stopped); by the clock one took %.0f "
            "ms; peak %ld MB\n",
            argc - 5, t.ms, (unsigned long)(t.memory >> 20), w.over, w.over_in, w.load,
            w.load_in, w.cancel, w.cancel_in, w.stopped, w.clock, u.ru_maxrss / 1024);
    printf("%zu passed, %zu failed\n", w.tried - w.wrong - w.late, w.wrong + w.late);
    return w.wrong || w.late;
}

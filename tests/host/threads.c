/* threads.c - many runtimes in many threads at once, some of them cancelled by another:
 * each says what one alone says.  Run under ThreadSanitizer.  Argument: the data folder.
 */
#include "medel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define THREADS 4
#define TURNS 2

static const char rule[] =
    "return rule { id = 'P-1', title = 'Prov', ground = 'Lag', level = 'note',\n"
    "  check = function(ar, p)\n"
    "    if host.evigt() then while true do end end\n"
    "    return finding('{a}', { a = host.dubbelt(ar.eget_kapital) })\n"
    "  end }\n";

typedef struct task {
    const char *data;
    char *json;       /* the caller's */
    bool endless;     /* the rule has no end but by cancel */
    unsigned doubled; /* calls of its own function: nobody else writes it */
    medel_status st;
    medel_runtime *rt;
    atomic_bool in_rule; /* then there is something to cancel */
} task;

static medel_status twice(void *ud, const medel_any *a, size_t n, medel_any *result,
                          medel_error *err)
{
    task *t = ud;
    (void)err;
    t->doubled++;
    result->kind = MEDEL_QUANTITY;
    return n == 1 ? medel_quantity_add(&result->quantity, &a->quantity, &a->quantity)
                  : MEDEL_E_DOMAIN;
}

static medel_status is_endless(void *ud, const medel_any *a, size_t n, medel_any *result,
                               medel_error *err)
{
    (void)a;
    (void)n;
    (void)err;
    result->kind = MEDEL_BOOLEAN;
    result->boolean = ((task *)ud)->endless;
    atomic_store(&((task *)ud)->in_rule, true);
    return MEDEL_OK;
}

static void *canceller(void *ud)
{
    const struct timespec wait = { 0, 1000000L };
    task *t = ud;
    while (!atomic_load(&t->in_rule))
        nanosleep(&wait, NULL);
    medel_cancel(t->rt);
    return NULL;
}

static medel_status run(task *t, medel_runtime *rt)
{
    medel_report *r = NULL;
    medel_findings *f = NULL;
    medel_input in = { .name = "examples/sydnarke/2023.yaml" };
    medel_input file = { "p.lua", rule, sizeof rule - 1 };
    medel_status st = medel_runtime_function(rt, "dubbelt", twice, t);
    if (st == MEDEL_OK)
        st = medel_runtime_function(rt, "evigt", is_endless, t);
    if (st == MEDEL_OK)
        st = medel_runtime_pack(rt, "kpmg");
    if (st == MEDEL_OK)
        st = medel_runtime_pack_files(rt, "prov", &file, 1);
    if (st == MEDEL_OK)
        st = medel_load(rt, &r, &in);
    if (st == MEDEL_OK)
        st = medel_audit(rt, &f, r, NULL);
    if (st == MEDEL_OK)
        t->json = strdup(medel_findings_json(f, NULL));
    medel_findings_free(f);
    medel_report_free(r);
    return st;
}

static void *one_runtime(void *ud)
{
    task *t = ud;
    pthread_t other;
    medel_runtime *rt = NULL;
    medel_runtime_options o = { .size = sizeof o, .data = t->data, .time_ms = 600000 };
    t->st = medel_runtime_new(&rt, &o);
    if (t->st != MEDEL_OK)
        return NULL;
    t->rt = rt;
    const bool with = t->endless && pthread_create(&other, NULL, canceller, t) == 0;
    t->st = run(t, rt);
    if (with)
        pthread_join(other, NULL);
    medel_runtime_free(rt);
    return NULL;
}

static bool together(const char *data, const char *alone)
{
    pthread_t threads[THREADS];
    task tasks[THREADS] = { 0 };
    bool same = true;
    for (int i = 0; i < THREADS; i++) {
        tasks[i].data = data;
        tasks[i].endless = i == 0;
        if (pthread_create(&threads[i], NULL, one_runtime, &tasks[i]) != 0)
            return false;
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        same = same
               && (i == 0 ? tasks[i].st == MEDEL_E_STOPPED
                          : tasks[i].json && strcmp(tasks[i].json, alone) == 0
                                && tasks[i].doubled == 1);
        free(tasks[i].json);
    }
    return same;
}

int main(int argc, char **argv)
{
    task first = { .data = argc > 1 ? argv[1] : "." };
    one_runtime(&first);
    if (!first.json) {
        fprintf(stderr, "threads: %s\n", medel_status_name(first.st));
        return 1;
    }
    for (int turn = 0; turn < TURNS; turn++) {
        if (!together(first.data, first.json)) {
            fputs("threads: a runtime among others says something else\n", stderr);
            return 1;
        }
    }
    free(first.json);
    printf("host, threads: %d times %d runtimes, all as one alone\n", TURNS, THREADS);
    return 0;
}

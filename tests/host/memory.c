/* memory.c - every allocation of a host's whole way fails in turn, once and for good: the
 * runtime's own through its allocator, libyaml's and jansson's beneath it.  Each call
 * says that memory is out or does what it should; a sanitizer says what leaks. memory
 * STRIDE   1 tries every allocation */
#include "medel.h"
#include "../failing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct pool {
    size_t used;
    bool wrong; /* a block came back with another size than it was given */
} pool;

/* Lua's contract: what is made smaller may not fail. */
static void *host_alloc(void *ud, void *p, size_t osize, size_t nsize)
{
    pool *all = ud;
    const size_t before = p ? osize : 0;
    if (before > all->used)
        all->wrong = true;
    if (nsize == 0) {
        free(p);
        all->used -= before;
        return NULL;
    }
    if (nsize > before && fails())
        return NULL;
    void *q = __real_realloc(p, nsize);
    if (q)
        all->used = all->used - before + nsize;
    return q;
}

/* ---- a host ---- */

#define TEXT(name, text)                                                                 \
    {                                                                                    \
        name, text, sizeof(text) - 1                                                     \
    }

static const medel_input pack[] = {
    TEXT("pack.yaml", "medel_pack: 1\nid: prov\nparameters: [p.yaml]\n"),
    TEXT("p.yaml", "medel_parameters: 1\n"
                   "vasentlighet.helhet: { title: H, values: [{ from: 2000-01-01, value: "
                   "2 %, source: S }] }\n"
                   "vasentlighet.arbete: { title: A, values: [{ from: 2000-01-01, value: "
                   "75 %, source: S }] }\n"
                   "vasentlighet.ringa: { title: R, values: [{ from: 2000-01-01, value: "
                   "5 %, source: S }] }\n"),
    TEXT("a.lua",
         "return rule { id = 'A-1', title = 'A', ground = 'L', level = 'error',\n"
         "check = function(ar, p) return finding('{a} {b} {c}', { a = ar.arets_resultat "
         "- kr(1),\n"
         "b = host.svar(ar:given('eget')), c = p.vasentlighet.ringa }) end }\n"),
    TEXT("b.lua", "return rule { id = 'B-1', title = 'B', ground = 'L', level = 'note',\n"
                  "check = function(ar) local _, why = host.svar() return "
                  "not_applicable(why) end }\n"),
};

static medel_status answer(void *ud, const medel_any *a, size_t n, medel_any *result,
                           medel_error *err)
{
    (void)ud;
    if (n == 0) {
        snprintf(err->message, sizeof err->message, "inget svar");
        return MEDEL_E_DOMAIN;
    }
    *result = a[0];
    return MEDEL_OK;
}

typedef struct texts {
    char *taxonomy, *report;
    size_t ltaxonomy, lreport;
} texts;

static medel_status use(medel_runtime *rt, const texts *t, medel_report **r,
                        medel_findings **f)
{
    const medel_input taxonomy = { "taxonomi.yaml", t->taxonomy, t->ltaxonomy };
    const medel_input report = { "rapport.yaml", t->report, t->lreport };
    const medel_given given = { .name = "host.eget", .year = 2023, .ore = 12345 };
    medel_status st = medel_runtime_taxonomy(rt, &taxonomy);
    if (st == MEDEL_OK)
        st = medel_runtime_function(rt, "svar", answer, NULL);
    if (st == MEDEL_OK)
        st = medel_runtime_pack_files(rt, "prov", pack, sizeof pack / sizeof *pack);
    if (st == MEDEL_OK)
        st = medel_load_given(rt, r, &report, &given, 1);
    static const medel_input decided =
        TEXT("granskning.yaml",
             "medel_granskning: 1\nvasentlighet: { helhet: 100 kr, skal: S }\n");
    const medel_audit_options o = { .size = sizeof o, .engagement = &decided };
    return st == MEDEL_OK ? medel_audit(rt, f, *r, &o) : st;
}

/* The JSON, or NULL when there was no memory for it; *wrong for any other reason. */
static char *run(const texts *t, long budget, bool *wrong)
{
    pool all = { 0 };
    medel_runtime *rt = NULL;
    medel_report *r = NULL;
    medel_findings *f = NULL;
    medel_runtime_options o = {
        .size = sizeof o, .data = ".", .alloc = host_alloc, .alloc_ud = &all
    };
    char *json = NULL;
    left = budget;
    made = 0;
    medel_status st = medel_runtime_new(&rt, &o);
    if (st == MEDEL_OK)
        st = use(rt, t, &r, &f);
    left = -1;
    if (st == MEDEL_OK) {
        size_t len;
        const char *text = medel_findings_json(f, &len);
        json = __real_malloc(len + 1);
        memcpy(json, text, len + 1);
    } else if (st != MEDEL_E_NOMEM) {
        char why[2000] = "";
        const medel_diagnostics *d = rt ? medel_runtime_diagnostics(rt) : NULL;
        if (d && medel_diagnostics_count(d))
            medel_diagnostic_format(medel_diagnostics_get(d, 0), why, sizeof why);
        fprintf(stderr, "memory: %ld: %s: %s\n", budget, medel_status_name(st), why);
        *wrong = true;
    }
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
    if (all.used || all.wrong) {
        fprintf(stderr, "memory: %ld: %zu bytes are left\n", budget, all.used);
        *wrong = true;
    }
    return json;
}

static char *read_all(const char *path, size_t *len)
{
    char *text = NULL;
    medel_error err;
    if (medel_file_read(&text, len, path, 1 << 20, NULL, &err) != MEDEL_OK)
        fprintf(stderr, "memory: %s\n", err.message);
    return text;
}

int main(int argc, char **argv)
{
    const long stride = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
    long tried = 0, without = 0;
    bool wrong = false;
    texts t;
    t.taxonomy = read_all("tests/data/liten-taxonomi.yaml", &t.ltaxonomy);
    t.report = read_all("tests/host/liten.yaml", &t.lreport);
    char *right = t.taxonomy && t.report ? run(&t, -1, &wrong) : NULL;
    const long all = made;
    wrong = wrong || !right || !strstr(right, "A-1") || !strstr(right, "inget svar");
    for (int mode = 0; !wrong && mode < 2; mode++) {
        once = mode == 1;
        for (long n = 1; n <= all; n += stride, tried++) {
            char *json = run(&t, n, &wrong);
            without += json == NULL;
            /* One rule may say that there was no memory for it. */
            if (json && strcmp(json, right) != 0 && !strstr(json, "not enough memory")) {
                fprintf(stderr, "memory: another answer when allocation %ld fails\n", n);
                wrong = true;
            }
            free(json);
        }
    }
    printf("host, memory: %ld of 2 x %ld allocations failed, %ld ended the call%s\n",
           tried, all, without, wrong ? "; WRONG" : "");
    free(right);
    free(t.taxonomy);
    free(t.report);
    return wrong;
}

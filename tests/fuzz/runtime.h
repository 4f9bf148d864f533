/* runtime.h - what the targets that run rules share: a runtime for a report and its
 * packs, and that what it writes can be read. */
#ifndef FUZZ_RUNTIME_H
#define FUZZ_RUNTIME_H

#include "fuzz.h"
#include "medel.h"

#include <jansson.h>

/* Beside what is tried: a rule that must say the same whatever the other does. */
#define KNOWN_RULE                                                                       \
    "return rule { id = 'ZZZ-99', title = 't', ground = 'g', level = 'note',\n"          \
    "  check = function(ar) return finding('{n}', { n = kr(7) }) end }\n"

static inline medel_runtime *fuzz_runtime(void)
{
    medel_runtime *rt = NULL;
    medel_runtime_options options = { .size = sizeof options,
                                      .memory = 8 << 20,
                                      .time_ms = 200,
                                      .output = 8 << 20,
                                      .data = "." };
    HOLDS(medel_runtime_new(&rt, &options) == MEDEL_OK);
    return rt;
}

/* The small taxonomy: a run with the shipped one takes ten times as long. */
static inline void fuzz_small(medel_runtime *rt)
{
    const medel_input in = { "tests/data/liten-taxonomi.yaml", NULL, 0 };
    HOLDS(medel_runtime_taxonomy(rt, &in) == MEDEL_OK);
}

/* A pack of one file, or two with the known rule. */
static inline medel_status fuzz_pack(medel_runtime *rt, const char *source, size_t len)
{
    const medel_input files[] = { { "a.lua", source, len },
                                  { "z.lua", KNOWN_RULE, sizeof KNOWN_RULE - 1 } };
    return medel_runtime_pack_files(rt, "prov", files, 2);
}

static inline void fuzz_said(medel_runtime *rt)
{
    char buf[8192];
    const medel_diagnostics *d = medel_runtime_diagnostics(rt);
    for (size_t i = 0; i < medel_diagnostics_count(d); i++)
        HOLDS(medel_diagnostic_format(medel_diagnostics_get(d, i), buf, sizeof buf) > 0);
}

/* The JSON can be read, and its findings are as many as were counted. */
static inline void fuzz_findings(const medel_findings *f)
{
    size_t len;
    const char *text = medel_findings_json(f, &len);
    json_t *all = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
    HOLDS(all != NULL);
    const json_t *report = json_array_get(json_object_get(all, "reports"), 0);
    HOLDS(json_array_size(json_object_get(report, "findings"))
          == medel_findings_count(f, MEDEL_FINDING));
    for (size_t i = 0; i < medel_findings_count(f, MEDEL_FINDING); i++) {
        const medel_finding *one = medel_findings_get(f, MEDEL_FINDING, i);
        HOLDS(one && one->rule && one->message && one->place.line >= 1);
    }
    json_decref(all);
}

static inline size_t fuzz_times(const medel_findings *f, const char *rule)
{
    size_t n = 0;
    for (size_t i = 0; i < medel_findings_count(f, MEDEL_FINDING); i++)
        n += strcmp(medel_findings_get(f, MEDEL_FINDING, i)->rule, rule) == 0;
    return n;
}

#endif

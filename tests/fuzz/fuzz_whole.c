/* fuzz_whole.c - a report, and after record separators a rule, the revisor's decisions
 * and the förbund's avsteg: all the way to findings and JSON. */
#include "runtime.h"

static medel_input part(const char *name, const char **at, const char *end)
{
    const char *stop = *at < end ? memchr(*at, 0x1E, (size_t)(end - *at)) : NULL;
    const medel_input in = { name, *at < end ? *at : "",
                             (size_t)((stop ? stop : end) - (*at < end ? *at : end)) };
    *at = stop ? stop + 1 : end;
    return in;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *at = (const char *)data, *end = at + size;
    const medel_input in = part("r.yaml", &at, end), rule = part("a.lua", &at, end),
                      engagement = part("granskning.yaml", &at, end),
                      avsteg = part("avsteg.yaml", &at, end);
    medel_runtime *rt = fuzz_runtime();
    medel_report *r = NULL;
    medel_findings *f = NULL;
    const medel_audit_options options = {
        .size = sizeof options,
        .engagement = engagement.len ? &engagement : NULL,
        .avsteg = avsteg.len ? &avsteg : NULL,
        .norms = true,
    };
    if (medel_load(rt, &r, &in) == MEDEL_OK
        && fuzz_pack(rt, rule.text, rule.len) == MEDEL_OK
        && medel_audit(rt, &f, r, &options) == MEDEL_OK)
        fuzz_findings(f);
    fuzz_said(rt);
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
    return 0;
}

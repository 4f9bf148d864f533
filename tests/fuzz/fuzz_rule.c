/* fuzz_rule.c - any text as a rule: compiled, run within limits, and the next rule is
 * right. */
#include "runtime.h"

/* Two rules cannot have one id; the first has it. */
static bool takes_its_id(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i + 3 <= size; i++)
        if (memcmp(data + i, "ZZZ", 3) == 0 || memcmp(data + i, "zzz", 3) == 0)
            return true;
    return memchr(data, '\\', size)
           || memchr(data, '.', size); /* it may be put together */
}

/* On a machine with much else to do any rule may take too long. */
static bool ran_out_of_time(const medel_findings *f)
{
    for (size_t i = 0; i < medel_findings_count(f, MEDEL_BROKEN); i++) {
        const medel_finding *one = medel_findings_get(f, MEDEL_BROKEN, i);
        if (strcmp(one->rule, "ZZZ-99") == 0 && strstr(one->message, "time limit"))
            return true;
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    medel_runtime *rt = fuzz_runtime();
    medel_report *r = NULL;
    medel_findings *f = NULL;
    const medel_input in = { "tests/data/liten.yaml", NULL, 0 };
    fuzz_small(rt);
    HOLDS(medel_load(rt, &r, &in) == MEDEL_OK);
    HOLDS(fuzz_pack(rt, (const char *)data, size) == MEDEL_OK);
    medel_status st = medel_audit(rt, &f, r, NULL);
    fuzz_said(rt);
    if (st == MEDEL_OK) {
        fuzz_findings(f);
        HOLDS(fuzz_times(f, "ZZZ-99") == 1 || takes_its_id(data, size)
              || ran_out_of_time(f));
    }
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
    return 0;
}

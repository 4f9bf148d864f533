/* json.c - prints the JSON of an audit with all that `medel audit` looks at.
 *   json DATA REPORT [LEDGER] */
#include "medel.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    medel_runtime *rt = NULL;
    medel_report *r = NULL;
    medel_findings *f = NULL;
    const medel_runtime_options o = { .size = sizeof o, .data = argv[1] };
    const medel_input in = { .name = argv[2] }, books = { .name = argv[argc - 1] };
    const medel_audit_options all = { .size = sizeof all,
                                      .beside = true,
                                      .norms = true,
                                      .ledger = argc == 4 ? &books : NULL };
    const bool ok = argc >= 3 && medel_runtime_new(&rt, &o) == MEDEL_OK
                    && medel_load(rt, &r, &in) == MEDEL_OK
                    && medel_audit(rt, &f, r, &all) == MEDEL_OK;
    if (ok)
        fputs(medel_findings_json(f, NULL), stdout);
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
    return !ok;
}

/* host.c - the options of the command line, given to medel.h: prints the JSON of an
 * audit. host FOLDER REPORT [--FLAG VALUE]...; a plan of the report is asked for by its
 * year and variant: --budget 2023.
 */
#include "medel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct given {
    medel_runtime *rt;
    medel_audit_options o;
    medel_input ledger, mapping, kontoplan, engagement, avsteg;
    medel_report *previous, *delar, *sektor[4], *plan;
    size_t nsektor;
    const char *only, *except;
    int budget;
} given;

static medel_status two_parts(given *g, const char *text,
                              medel_status (*set)(medel_runtime *, const char *,
                                                  const char *))
{
    char id[200];
    const char *equals = strchr(text, '=');
    if (!equals || (size_t)(equals - text) >= sizeof id)
        return MEDEL_E_MISUSE;
    memcpy(id, text, (size_t)(equals - text));
    id[equals - text] = '\0';
    return set(g->rt, id, equals + 1);
}

static const medel_input *named(medel_input *in, const char *path)
{
    *in = (medel_input){ .name = path };
    return in;
}

static medel_status take(given *g, const char *flag, const char *value)
{
    if (strcmp(flag, "--norm") == 0)
        return two_parts(g, value, medel_runtime_norm);
    if (strcmp(flag, "--set") == 0)
        return two_parts(g, value, medel_runtime_set);
    if (strcmp(flag, "--pack") == 0)
        return medel_runtime_pack(g->rt, value);
    if (strcmp(flag, "--parameters") == 0)
        return medel_runtime_parameters(g->rt, &(medel_input){ .name = value });
    if (strcmp(flag, "--previous") == 0)
        return medel_load(g->rt, &g->previous, &(medel_input){ .name = value });
    if (strcmp(flag, "--delar") == 0)
        return medel_load(g->rt, &g->delar, &(medel_input){ .name = value });
    if (strcmp(flag, "--sektor") == 0)
        return g->nsektor == 4 ? MEDEL_E_LIMIT
                               : medel_load(g->rt, &g->sektor[g->nsektor++],
                                            &(medel_input){ .name = value });
    if (strcmp(flag, "--ledger") == 0)
        g->o.ledger = named(&g->ledger, value);
    else if (strcmp(flag, "--mapping") == 0)
        g->o.mapping = named(&g->mapping, value);
    else if (strcmp(flag, "--kontoplan") == 0)
        g->o.kontoplan = named(&g->kontoplan, value);
    else if (strcmp(flag, "--engagement") == 0)
        g->o.engagement = named(&g->engagement, value);
    else if (strcmp(flag, "--avsteg") == 0)
        g->o.avsteg = named(&g->avsteg, value);
    else if (strcmp(flag, "--budget") == 0)
        g->budget = atoi(value);
    else if (strcmp(flag, "--only") == 0)
        g->only = value;
    else if (strcmp(flag, "--except") == 0)
        g->except = value;
    else if (strcmp(flag, "--time-limit") != 0 && strcmp(flag, "--memory-limit") != 0)
        return MEDEL_E_MISUSE;
    return MEDEL_OK;
}

static medel_status run(given *g, int argc, char **argv, medel_report **report,
                        medel_findings **findings)
{
    medel_status st = MEDEL_OK;
    for (int i = 3; st == MEDEL_OK && i + 1 < argc; i += 2)
        st = take(g, argv[i], argv[i + 1]);
    if (st == MEDEL_OK && (g->only || g->except))
        st = medel_runtime_select(g->rt, g->only, g->except);
    if (st == MEDEL_OK)
        st = medel_load(g->rt, report, &(medel_input){ .name = argv[2] });
    if (st == MEDEL_OK && g->budget)
        st = medel_report_of_plan(
            &g->plan, *report,
            &(medel_plan){ .year = g->budget, .variant = MEDEL_VARIANT_BUDGET }, NULL);
    g->o.previous = g->previous;
    g->o.delar = g->delar;
    g->o.sektor = (const medel_report *const *)g->sektor;
    g->o.nsektor = g->nsektor;
    return st == MEDEL_OK
               ? medel_audit(g->rt, findings, g->plan ? g->plan : *report, &g->o)
               : st;
}

int main(int argc, char **argv)
{
    given g = { .o = { .size = sizeof g.o,
                       .beside = true,
                       .norms = true,
                       .level = MEDEL_LEVEL_NOTE } };
    medel_runtime_options options = { .size = sizeof options,
                                      .data = argc > 2 ? argv[1] : NULL };
    medel_report *report = NULL;
    medel_findings *findings = NULL;
    for (int i = 3; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--time-limit") == 0)
            options.time_ms = (unsigned)atoi(argv[i + 1]);
        if (strcmp(argv[i], "--memory-limit") == 0)
            options.memory = (size_t)atoi(argv[i + 1]) << 20;
    }
    if (argc < 3 || medel_runtime_new(&g.rt, &options) != MEDEL_OK)
        return 2;
    const medel_status st = run(&g, argc, argv, &report, &findings);
    size_t len = 0;
    if (st == MEDEL_OK) {
        const char *json = medel_findings_json(findings, &len);
        fwrite(json, 1, len, stdout);
    } else {
        const medel_diagnostics *d = medel_runtime_diagnostics(g.rt);
        fprintf(stderr, "%s: %s\n", medel_status_name(st),
                medel_diagnostics_count(d) ? medel_diagnostics_get(d, 0)->message : "");
    }
    medel_findings_free(findings);
    medel_report_free(g.plan);
    medel_report_free(report);
    medel_report_free(g.previous);
    medel_report_free(g.delar);
    for (size_t i = 0; i < g.nsektor; i++)
        medel_report_free(g.sektor[i]);
    medel_runtime_free(g.rt);
    return st == MEDEL_OK ? 0 : 2;
}

/* fuzz_kontoplan.c - a plan of accounts by a small taxonomy, and accounts looked up. */
#include "fuzz.h"
#include "medel_statements.h"

static const char taxonomy[] =
    "medel_taxonomy: 1\nname: t\n"
    "checks: { A: { title: A, level: error, ground: G } }\n"
    "general: { unit: A, text: A, same: A }\n"
    "concepts: { c: { label: C, period: duration, rule: A } }\n"
    "tables:\n"
    "  resultatrakning:\n    label: R\n    place: r\n    part: r\n    columns: year\n"
    "    rows:\n      in: { label: I, under: ut }\n      ut: { label: U }\n"
    "  balansrakning:\n    label: B\n    place: b\n    part: b\n    columns: year\n"
    "    rows:\n      a: { label: A, under: summa_tillgangar }\n"
    "      summa_tillgangar: { label: S }\n      skuld: { label: K }\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const accounts[] = { "1", "1510", "3511", "451000", "9", "DIFF" };
    medel_taxonomy *t = NULL;
    medel_kontoplan *p = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    HOLDS(d != NULL);
    HOLDS(medel_taxonomy_read(
              &t, &(medel_input){ "t.yaml", taxonomy, sizeof taxonomy - 1 }, NULL, d)
          == MEDEL_OK);
    medel_status st = medel_kontoplan_read(
        &p, t, &(medel_input){ "f.yaml", (const char *)data, size }, NULL, d);
    fuzz_messages(d, st);
    for (size_t i = 0; st == MEDEL_OK && i < sizeof accounts / sizeof *accounts; i++) {
        const medel_account_line *line = medel_kontoplan_find(p, accounts[i]);
        HOLDS(!line || (line->row && line->table && line->source && line->line));
        medel_kontoplan_drift_row(p, accounts[i], "1");
        medel_kontoplan_income(p, accounts[i]);
    }
    medel_kontoplan_free(p);
    medel_taxonomy_free(t);
    medel_diagnostics_free(d);
    return 0;
}

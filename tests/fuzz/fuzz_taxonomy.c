/* fuzz_taxonomy.c - a taxonomy, and a small report read by it. */
#include "fuzz.h"

static const char report[] =
    "medel: 1\nrakenskapsar: 2023\n"
    "resultatrakning:\n  enhet: kr\n  kolumner: [2023, 2022]\n  rader:\n"
    "    verksamhetens_intakter: [10, 11]\n    arets_resultat: [1, 2]\n"
    "driftredovisning:\n  enhet: kr\n  kolumner: [kostnad, netto]\n  rader:\n"
    "    a: { under: individ, tal: [3, -3] }\n"
    "noter: { 2: { slag: intakter, enhet: kr, kolumner: [2023], rader: { summa: [10] } } "
    "}\n"
    "uppgifter: [{ text: t, begrepp: arets_resultat, tal: 1 kr }]\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    medel_taxonomy *t = NULL;
    medel_report *r = NULL;
    medel_checks *checks = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL, NULL);
    HOLDS(d != NULL);
    medel_status st =
        medel_taxonomy_read(&t, "f.yaml", (const char *)data, size, NULL, NULL, d);
    fuzz_messages(d, st);
    if (st == MEDEL_OK
        && medel_report_read(&r, t, "r.yaml", report, sizeof report - 1, NULL, d)
               == MEDEL_OK)
        HOLDS(medel_checks_new(&checks, r, NULL, NULL) == MEDEL_OK);
    medel_checks_free(checks);
    medel_report_free(r);
    medel_taxonomy_free(t);
    medel_diagnostics_free(d);
    return 0;
}

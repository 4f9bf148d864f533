/* fuzz_taxonomy.c - a taxonomy, and a small report read by it; or what a pack adds to
 * one. */
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

/* The same bytes as relations: of the small taxonomy in the corpus' own words. */
static const char base[] =
    "medel_taxonomy: 1\nname: mini\ngeneral: { unit: A-1, text: A-1, same: A-1 }\n"
    "checks: { A-1: { title: Allt, level: error, ground: Lag } }\n"
    "concepts: { k: { label: Kassa, period: instant, rule: A-1 } }\n"
    "tables:\n  t:\n    label: T\n    place: t\n    part: t\n    columns: year\n"
    "    rows: { a: { label: A, concept: k }, s: { label: S } }\n"
    "fields: { rakenskapsar: { type: year, label: R, required: true } }\n";
static const char printed[] =
    "medel: 1\nrakenskapsar: 2023\n"
    "t: { enhet: kr, kolumner: [2023, 2022], rader: { a: [10, 11], s: [10, 12] } }\n";

static void as_relations(const uint8_t *data, size_t size)
{
    medel_taxonomy *t = NULL, *more = NULL;
    medel_report *r = NULL;
    medel_checks *checks = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    HOLDS(medel_taxonomy_read(&t, &(medel_input){ "t.yaml", base, sizeof base - 1 }, NULL,
                              d)
          == MEDEL_OK);
    HOLDS(medel_report_read(
              &r, t, &(medel_input){ "r.yaml", printed, sizeof printed - 1 }, NULL, d)
          == MEDEL_OK);
    const medel_status st = medel_taxonomy_extend(
        &more, t, &(medel_input){ "f.yaml", (const char *)data, size }, NULL, d);
    fuzz_messages(d, st);
    const medel_check_options options = { .taxonomy = more };
    if (st == MEDEL_OK)
        HOLDS(medel_checks_new(&checks, r, &options) == MEDEL_OK);
    medel_checks_free(checks);
    medel_report_free(r);
    medel_taxonomy_free(more);
    medel_taxonomy_free(t);
    medel_diagnostics_free(d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    medel_taxonomy *t = NULL;
    medel_report *r = NULL;
    medel_checks *checks = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    HOLDS(d != NULL);
    medel_status st = medel_taxonomy_read(
        &t, &(medel_input){ "f.yaml", (const char *)data, size }, NULL, d);
    fuzz_messages(d, st);
    if (st == MEDEL_OK
        && medel_report_read(&r, t, &(medel_input){ "r.yaml", report, sizeof report - 1 },
                             NULL, d)
               == MEDEL_OK)
        HOLDS(medel_checks_new(&checks, r, NULL) == MEDEL_OK);
    medel_checks_free(checks);
    medel_report_free(r);
    medel_taxonomy_free(t);
    medel_diagnostics_free(d);
    as_relations(data, size);
    return 0;
}

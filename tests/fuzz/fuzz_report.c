/* fuzz_report.c - a report, its förbund file after a record separator, and the checks. */
#include "fuzz.h"

typedef struct part {
    const char *text;
    size_t len;
} part;

static medel_status read_beside(void *beside, const char *name, char **text, size_t *len)
{
    const part *p = beside;
    if (strcmp(name, "forbund.yaml") != 0)
        return MEDEL_E_IO;
    *text = malloc(p->len + 1);
    HOLDS(*text != NULL);
    memcpy(*text, p->text, p->len);
    (*text)[p->len] = '\0';
    *len = p->len;
    return MEDEL_OK;
}

static void look_up(const medel_report *r)
{
    const medel_concept *c;
    const medel_fact *const *facts;
    char place[64];
    for (size_t i = 0; (c = medel_taxonomy_concept_at(fuzz_taxonomy(), i)); i++) {
        const medel_fact *f =
            medel_report_concept(r, c, medel_report_year(r), MEDEL_VARIANT_UTFALL);
        HOLDS(!f || f->concept_ref == c);
    }
    const size_t n = medel_report_facts(r, &facts);
    for (size_t i = 0; i < n; i++) {
        HOLDS(facts[i]->index == i && facts[i]->label && facts[i]->line);
        medel_fact_place(r, facts[i], place, sizeof place);
    }
}

static void check(const medel_report *r)
{
    medel_checks *checks = NULL;
    const medel_check *list;
    HOLDS(medel_checks_new(&checks, r, NULL) == MEDEL_OK);
    size_t n = medel_checks_get(checks, &list);
    for (size_t i = 0; i < n; i++) {
        HOLDS(list[i].spec != NULL);
        if (list[i].outcome == MEDEL_FINDING)
            HOLDS(list[i].message && list[i].subject);
        if (list[i].outcome == MEDEL_NOT_APPLICABLE)
            HOLDS(list[i].missing != NULL);
    }
    medel_checks_free(checks);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data, *end = size ? memchr(text, 0x1E, size) : NULL;
    size_t len = end ? (size_t)(end - text) : size;
    part forbund = { end ? end + 1 : "namn: F\n", end ? size - len - 1 : 8 };
    medel_report_options options = { .read_beside = read_beside, .beside = &forbund };
    medel_report *r = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    HOLDS(d != NULL);
    medel_status st = medel_report_read(
        &r, fuzz_taxonomy(), &(medel_input){ "f.yaml", text, len }, &options, d);
    fuzz_messages(d, st);
    if (st == MEDEL_OK) {
        look_up(r);
        check(r);
    }
    medel_report_free(r);
    medel_diagnostics_free(d);
    return 0;
}

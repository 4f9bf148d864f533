/* fuzz_import.c - SIE 5; and a mapping, a line of =====, and a CSV file read by it. */
#define _GNU_SOURCE /* memmem */
#include "fuzz.h"
#include "medel_csv.h"
#include "medel_sie.h"

static void whole(medel_ledger *l)
{
    const medel_ledger_columns *c = medel_ledger_columns_of(l);
    int64_t sum = 0;
    for (size_t i = 0; i < c->nrows; i++)
        HOLDS(!__builtin_add_overflow(sum, c->amount[i], &sum));
    medel_ledger_free(l);
}

static void csv(const char *text, size_t len)
{
    static const char cut[] = "\n=====\n";
    const char *at = len ? memmem(text, len, cut, sizeof cut - 1) : NULL;
    medel_csv_mapping *m = NULL;
    medel_ledger *l = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    HOLDS(d != NULL);
    size_t head = at ? (size_t)(at - text) + 1 : len;
    size_t from = at ? head + sizeof cut - 2 : len;
    medel_status st =
        medel_csv_mapping_read(&m, &(medel_input){ "m.yaml", text, head }, NULL, d);
    if (st == MEDEL_OK)
        st = medel_csv_read(&l, m, &(medel_input){ "f.csv", text + from, len - from },
                            NULL, d);
    fuzz_messages(d, st);
    if (st == MEDEL_OK)
        whole(l);
    medel_csv_mapping_free(m);
    medel_diagnostics_free(d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    if (!medel_sie5_probe(text, size)) {
        csv(text, size);
        return 0;
    }
    medel_ledger *l = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    HOLDS(d != NULL);
    medel_status st = medel_sie5_read(&l, &(medel_input){ "f.sie", text, size }, NULL, d);
    fuzz_messages(d, st);
    if (st == MEDEL_OK)
        whole(l);
    medel_diagnostics_free(d);
    return 0;
}

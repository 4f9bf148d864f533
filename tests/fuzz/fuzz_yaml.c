/* fuzz_yaml.c - any bytes as a tree. */
#include "fuzz.h"

static size_t walk(const medel_yaml *n, unsigned depth)
{
    size_t nodes = 1, children = n->type == MEDEL_YAML_MAPPING ? 2 * n->count : n->count;
    HOLDS(n->line >= 1 && n->col >= 1 && depth <= 65);
    if (n->type == MEDEL_YAML_SCALAR) {
        HOLDS(strlen(n->text) == n->len);
        return 1;
    }
    for (size_t i = 0; i < children; i++) {
        if (n->type == MEDEL_YAML_MAPPING && i % 2 == 0)
            HOLDS(n->items[i].type == MEDEL_YAML_SCALAR && n->items[i].len > 0);
        nodes += walk(&n->items[i], depth + 1);
    }
    return nodes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    medel_yaml_document *doc = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    HOLDS(d != NULL);
    medel_status st = medel_yaml_read(
        &doc, &(medel_input){ "f.yaml", (const char *)data, size }, NULL, d);
    fuzz_messages(d, st);
    if (st == MEDEL_OK)
        HOLDS(walk(medel_yaml_root(doc), 1) <= 100000);
    medel_yaml_free(doc);
    medel_diagnostics_free(d);
    return 0;
}

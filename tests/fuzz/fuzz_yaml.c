/* fuzz_yaml.c - any bytes as a tree. */
#include "fuzz.h"

static size_t walk(const medel_yaml *n, unsigned depth)
{
    size_t nodes = 1, len;
    const bool mapping = medel_yaml_type_of(n) == MEDEL_YAML_MAPPING;
    HOLDS(medel_yaml_line(n) >= 1 && medel_yaml_col(n) >= 1 && depth <= 65);
    HOLDS(strlen(medel_yaml_scalar(n, &len)) == len);
    for (size_t i = 0; i < medel_yaml_count(n); i++) {
        const medel_yaml *key = medel_yaml_key(n, i);
        HOLDS(mapping == (key != NULL));
        if (key) {
            HOLDS(medel_yaml_type_of(key) == MEDEL_YAML_SCALAR);
            HOLDS(*medel_yaml_scalar(key, NULL) != '\0');
            nodes++;
        }
        nodes += walk(medel_yaml_item(n, i), depth + 1);
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

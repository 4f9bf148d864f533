/* fuzz.h - what the fuzz targets share. */
#ifndef FUZZ_H
#define FUZZ_H

#include "medel_montecarlo.h"
#include "medel_whatif.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold for any input. */
#define HOLDS(condition)                                                                 \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);              \
            __builtin_trap();                                                            \
        }                                                                                \
    } while (0)

/* Every message can be written, is one of a few lines and ends with one. */
static inline void fuzz_messages(const medel_diagnostics *d, medel_status st)
{
    char buf[4096];
    HOLDS((st == MEDEL_OK) == (medel_diagnostics_count(d) == 0));
    for (size_t i = 0; i < medel_diagnostics_count(d); i++) {
        size_t n = medel_diagnostic_format(medel_diagnostics_get(d, i), buf, sizeof buf);
        HOLDS(n < sizeof buf && buf[n - 1] == '\n' && strlen(buf) == n);
    }
}

/* The shipped taxonomy; tests run in the root of the tree. */
static inline const medel_taxonomy *fuzz_taxonomy(void)
{
    static medel_taxonomy *t;
    char *text;
    size_t len;
    if (t)
        return t;
    HOLDS(medel_file_read(&text, &len, "rules/taxonomy/finsam.yaml", 8 << 20, NULL, NULL)
          == MEDEL_OK);
    HOLDS(medel_taxonomy_read(&t, &(medel_input){ "finsam.yaml", text, len }, NULL, NULL)
          == MEDEL_OK);
    medel_text_free(text, len, NULL);
    return t;
}

#endif

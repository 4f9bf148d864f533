/* fuzz_parameters.c - a parameter file, and every value of it applied to amounts. */
#include "fuzz.h"

static void apply(const medel_parameter_value *v)
{
    static const int64_t amounts[] = { 0, -1, 5222000, 8000000, 90000000000000000 };
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        medel_quantity base, out;
        HOLDS(medel_quantity_make(&base, amounts[i], 1, MEDEL_UNIT_KR) == MEDEL_OK);
        if (medel_parameter_apply(&out, v, &base) == MEDEL_OK)
            HOLDS(out.value.den > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    medel_parameters *p = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    HOLDS(d != NULL);
    medel_status st = medel_parameters_read(
        &p, &(medel_input){ "f.yaml", (const char *)data, size }, NULL, d);
    fuzz_messages(d, st);
    const medel_parameter_value *v;
    for (size_t i = 0; (v = medel_parameters_at(p, i)); i++) {
        const char *id = medel_parameter_value_id(v);
        HOLDS(id && medel_parameter_value_title(v) && medel_parameter_value_source(v));
        HOLDS(medel_parameters_get(p, id, medel_parameter_value_norm(v), INT32_MAX)
              != NULL);
        apply(v);
    }
    medel_parameters_free(p);
    medel_diagnostics_free(d);
    return 0;
}

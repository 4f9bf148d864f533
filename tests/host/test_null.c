/* test_null.c - every pointer of every function of medel.h as NULL, one at a time:
 * E_MISUSE, nothing, or what the header says; never a crash. */
#include "host.h"

static medel_status nothing(void *ud, const medel_any *a, size_t n, medel_any *out,
                            medel_error *err)
{
    (void)ud;
    (void)a;
    (void)n;
    (void)out;
    (void)err;
    return MEDEL_OK;
}

TEST(without_a_runtime)
{
    const medel_input in = { .name = SMALL };
    const medel_input file = { .name = "a.lua", .text = "", .len = 0 };
    medel_report *r = NULL;
    medel_findings *f = NULL;
    assert_int_equal(medel_runtime_new(NULL, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_taxonomy(NULL, &in), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_parameters(NULL, &in), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_pack(NULL, "nationell"), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_pack_files(NULL, "x", &file, 1), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_select(NULL, "EKA", NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_norm(NULL, "a", "b"), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_set(NULL, "a", "b"), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_function(NULL, "f", nothing, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_load(NULL, &r, &in), MEDEL_E_MISUSE);
    assert_int_equal(medel_load_given(NULL, &r, &in, NULL, 0), MEDEL_E_MISUSE);
    medel_runtime *rt = runtime_of(NULL);
    r = load(rt, SMALL);
    assert_int_equal(medel_audit(NULL, &f, r, NULL), MEDEL_E_MISUSE);
    assert_null(f);
    medel_cancel(NULL);
    assert_int_equal(medel_diagnostics_count(medel_runtime_diagnostics(NULL)), 0);
    assert_null(medel_diagnostics_get(NULL, 0));
    medel_runtime_free(NULL);
    medel_report_free(NULL);
    medel_findings_free(NULL);
    medel_report_free(r);
    medel_runtime_free(rt);
}

TEST(without_what_a_call_needs)
{
    const medel_input unnamed = { .text = "", .len = 0 }, textless = { .name = "a.lua" },
                      small = { .name = SMALL };
    medel_runtime *rt = runtime_of(NULL);
    medel_report *r = NULL;
    medel_findings *f = NULL;
    for (int i = 0; i < 2; i++) {
        const medel_input *in = i ? &unnamed : NULL;
        assert_int_equal(medel_runtime_taxonomy(rt, in), MEDEL_E_MISUSE);
        assert_int_equal(medel_runtime_parameters(rt, in), MEDEL_E_MISUSE);
        assert_int_equal(medel_load(rt, &r, in), MEDEL_E_MISUSE);
        assert_int_equal(medel_runtime_pack_files(rt, "x", in, 1), MEDEL_E_MISUSE);
    }
    assert_int_equal(medel_runtime_pack_files(rt, "x", &textless, 1), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_pack_files(rt, NULL, &small, 0), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_pack(rt, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_norm(rt, NULL, "b"), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_norm(rt, "a", NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_set(rt, NULL, "b"), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_set(rt, "a", NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_function(rt, NULL, nothing, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_function(rt, "f", NULL, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_load(rt, NULL, &small), MEDEL_E_MISUSE);
    assert_int_equal(medel_load_given(rt, &r, &small, NULL, 1), MEDEL_E_MISUSE);
    r = load(rt, SMALL);
    assert_int_equal(medel_audit(rt, NULL, r, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_audit(rt, &f, NULL, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_select(rt, NULL, NULL), MEDEL_OK);
    f = audit(rt, r);
    assert_non_null(medel_findings_json(f, NULL));
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

TEST(what_is_asked_of_nothing)
{
    size_t len = 7;
    assert_int_equal(medel_findings_count(NULL, MEDEL_FINDING), 0);
    assert_null(medel_findings_get(NULL, MEDEL_FINDING, 0));
    assert_null(medel_finding_evidence(NULL, 0));
    assert_null(medel_findings_json(NULL, &len));
    assert_int_equal(len, 0);
    assert_null(medel_findings_json(NULL, NULL));
}

/* test_runtime.c - a runtime is made, set up, and reads reports. */
#include "host.h"

static medel_input text_of(const char *name, const char *text)
{
    return (medel_input){ name, text, strlen(text) };
}

TEST(options_may_be_left_out)
{
    medel_runtime *rt = NULL;
    assert_int_equal(medel_runtime_new(&rt, NULL), MEDEL_OK);
    assert_int_equal(medel_diagnostics_count(medel_runtime_diagnostics(rt)), 0);
    medel_runtime_free(rt);
    medel_runtime_free(NULL);
    medel_findings_free(NULL);
}

TEST(options_say_how_large_they_are)
{
    medel_runtime *rt = NULL;
    medel_runtime_options o = { 0 };
    assert_int_equal(medel_runtime_new(&rt, &o), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_new(NULL, NULL), MEDEL_E_MISUSE);
    o.size = offsetof(medel_runtime_options, log); /* of an older version */
    o.log = (medel_log_fn)1;                       /* then this is not read */
    o.data = "finns/inte";
    assert_int_equal(medel_runtime_new(&rt, &o), MEDEL_OK);
    medel_runtime_free(rt);
    struct {
        medel_runtime_options known;
        int later;
    } newer = { { .size = sizeof newer, .data = "." }, 7 };
    assert_int_equal(medel_runtime_new(&rt, &newer.known), MEDEL_OK);
    medel_runtime_free(rt);
}

TEST(a_data_folder_that_is_none_is_said)
{
    medel_runtime *rt = NULL;
    medel_report *r = NULL;
    medel_runtime_options o = { .size = sizeof o, .data = "finns/inte" };
    medel_input in = { .name = SMALL };
    assert_int_equal(medel_runtime_new(&rt, &o), MEDEL_OK);
    assert_int_equal(medel_load(rt, &r, &in), MEDEL_E_SCRIPT);
    assert_null(r);
    assert_said(rt, "finns/inte/scripts/medel/host.lua");
    medel_runtime_free(rt);
}

TEST(calls_that_make_no_sense_do_nothing)
{
    medel_runtime *rt = runtime_of(NULL);
    medel_report *r = NULL;
    medel_findings *f = NULL;
    medel_input nameless = { 0 }, file = { .name = "x.lua" };
    assert_int_equal(medel_load(rt, &r, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_load(rt, NULL, &file), MEDEL_E_MISUSE);
    assert_int_equal(medel_load(rt, &r, &nameless), MEDEL_E_MISUSE);
    assert_int_equal(medel_load(NULL, &r, &file), MEDEL_E_MISUSE);
    assert_int_equal(medel_audit(rt, &f, NULL, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_pack(rt, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_pack_files(rt, "x", &file, 1), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_pack_files(rt, "x/y", NULL, 0), MEDEL_E_SCRIPT);
    assert_int_equal(medel_runtime_norm(rt, "a", NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_parameters(rt, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_taxonomy(rt, &nameless), MEDEL_E_MISUSE);
    medel_runtime_free(rt);
}

/* ---- reports ---- */

TEST(a_report_is_read_from_a_file_or_from_memory)
{
    size_t len;
    char *text = file_text(SMALL, &len);
    medel_runtime *rt = runtime_of(NULL);
    medel_report *first = load(rt, SMALL), *second = NULL;
    medel_input in = { "minne.yaml", text, len };
    assert_int_equal(medel_load(rt, &second, &in), MEDEL_OK);
    assert_int_equal(medel_report_year(first), 2023);
    assert_string_equal(medel_report_file(first), SMALL);
    assert_string_equal(medel_report_file(second), "minne.yaml");
    medel_report_free(first);
    medel_report_free(second);
    medel_runtime_free(rt);
    free(text);
}

TEST(what_is_wrong_with_a_report_has_its_place)
{
    medel_runtime *rt = runtime_of(NULL);
    medel_report *r = NULL;
    medel_input in = text_of("fel.yaml", "medel: 1\nrakenskapsar: snart\nxyz: 1\n");
    assert_int_equal(medel_load(rt, &r, &in), MEDEL_E_SCHEMA);
    const medel_diagnostics *d = medel_runtime_diagnostics(rt);
    assert_true(medel_diagnostics_count(d) >= 2);
    assert_string_equal(medel_diagnostics_get(d, 0)->file, "fel.yaml");
    assert_said(rt, "fel.yaml:2:15: error: ");
    assert_said(rt, "fel.yaml:3:1: error: ");
    assert_non_null(medel_diagnostics_get(d, 0)->excerpt);
    in = (medel_input){ .name = "finns-inte.yaml" };
    assert_int_equal(medel_load(rt, &r, &in), MEDEL_E_IO);
    assert_said(rt, "finns-inte.yaml");
    assert_null(r);
    medel_report_free(load(rt, SMALL)); /* and what was wrong is forgotten */
    assert_int_equal(medel_diagnostics_count(medel_runtime_diagnostics(rt)), 0);
    medel_runtime_free(rt);
}

TEST(a_report_of_another_runtime_is_refused)
{
    medel_runtime *one = runtime_of(NULL), *other = runtime_of(NULL);
    medel_report *r = load(one, SMALL);
    medel_findings *f = NULL;
    assert_int_equal(medel_audit(other, &f, r, NULL), MEDEL_E_MISUSE);
    medel_report_free(load(other, SMALL));
    assert_int_equal(medel_audit(other, &f, r, NULL), MEDEL_E_MISUSE);
    assert_said(other, "another taxonomy");
    assert_null(f);
    medel_report_free(r);
    medel_runtime_free(one);
    medel_runtime_free(other);
}

/* ---- what they are tried by ---- */

TEST(a_taxonomy_of_the_hosts)
{
    size_t len;
    char *text = file_text("tests/data/liten-taxonomi.yaml", &len);
    medel_runtime *rt = runtime_of(NULL);
    medel_input bad = text_of("bad.yaml", "medel_taxonomy: 9\n");
    medel_input good = { "liten.yaml", text, len };
    assert_int_equal(medel_runtime_taxonomy(rt, &bad), MEDEL_E_SCHEMA);
    assert_string_equal(medel_diagnostics_get(medel_runtime_diagnostics(rt), 0)->file,
                        "bad.yaml");
    assert_int_equal(medel_runtime_taxonomy(rt, &good), MEDEL_OK);
    medel_report *r = load(rt, "tests/data/liten.yaml");
    assert_non_null(medel_taxonomy_concept(medel_report_taxonomy(r), "kvot"));
    assert_int_equal(medel_runtime_taxonomy(rt, &good), MEDEL_E_MISUSE);
    assert_said(rt, "cannot be changed");
    medel_report_free(r);
    medel_runtime_free(rt);
    free(text);
}

static const char *const avgift[] = {
    RULE("PROV-01", "return finding(\"{a}\", { a = p.avgift.full })"), NULL
};

TEST(parameters_of_the_hosts)
{
    medel_runtime *rt = runtime_with(NULL, avgift);
    medel_input bad = text_of("p.yaml", "x: [\n"),
                good = { .name = "tests/bindings/norms.yaml" };
    assert_int_equal(medel_runtime_parameters(rt, &bad), MEDEL_E_SYNTAX);
    assert_said(rt, "p.yaml:");
    assert_int_equal(medel_runtime_parameters(rt, &good), MEDEL_OK);
    medel_report *r = load(rt, SMALL);
    medel_findings *f = audit(rt, r);
    const medel_finding *one = outcome_of(f, MEDEL_FINDING, "PROV-01");
    assert_non_null(one);
    assert_string_equal(one->message, "31,42 %");
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

static const char *const tak[] = {
    RULE("PROV-01", "return finding(\"{a}\", { a = p.tak.eget_kapital(kr(1000)) })"), NULL
};

TEST(a_norm_is_chosen)
{
    static const char *const said[] = { "200 kr", "250 kr" };
    medel_input norms = { .name = "tests/bindings/norms.yaml" };
    for (int chosen = 0; chosen < 2; chosen++) {
        medel_runtime *rt = runtime_with(NULL, tak);
        assert_int_equal(medel_runtime_parameters(rt, &norms), MEDEL_OK);
        if (chosen)
            assert_int_equal(medel_runtime_norm(rt, "tak.eget_kapital", "rak"), MEDEL_OK);
        medel_report *r = load(rt, SMALL);
        medel_findings *f = audit(rt, r);
        assert_string_equal(outcome_of(f, MEDEL_FINDING, "PROV-01")->message,
                            said[chosen]);
        medel_findings_free(f);
        medel_report_free(r);
        medel_runtime_free(rt);
    }
}

TEST(packs_by_id_and_folder)
{
    medel_runtime *rt = runtime_of(NULL);
    assert_int_equal(medel_runtime_pack(rt, "finns-inte"), MEDEL_E_SCRIPT);
    assert_said(rt, "no pack 'finns-inte'");
    assert_int_equal(medel_runtime_pack(rt, "./finns/inte"), MEDEL_E_SCRIPT);
    assert_int_equal(medel_runtime_pack(rt, "./rules/nationell"), MEDEL_OK);
    medel_report *r = load(rt, EXAMPLE);
    medel_findings *f = audit(rt, r);
    const size_t before = medel_findings_count(f, MEDEL_PASSED);
    assert_true(before > 0);
    medel_findings_free(f);
    assert_int_equal(medel_runtime_pack(rt, "kpmg"), MEDEL_OK); /* comes beside it */
    f = audit(rt, r);
    assert_true(medel_findings_count(f, MEDEL_PASSED) > before);
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

TEST(rules_are_selected)
{
    medel_runtime *rt = runtime_of(NULL);
    medel_report *r = load(rt, EXAMPLE);
    assert_int_equal(medel_runtime_select(rt, "DRI,EKA-01", "DRI-03"), MEDEL_OK);
    medel_findings *f = audit(rt, r);
    assert_non_null(outcome_of(f, MEDEL_FINDING, "DRI-04"));
    assert_null(outcome_of(f, MEDEL_FINDING, "DRI-03"));
    assert_null(outcome_of(f, MEDEL_FINDING, "MAL-15"));
    medel_findings_free(f);
    assert_int_equal(medel_runtime_select(rt, "XYZ", NULL), MEDEL_OK);
    f = NULL;
    assert_int_equal(medel_audit(rt, &f, r, NULL), MEDEL_E_SCRIPT);
    assert_said(rt, "no rule or group: XYZ");
    assert_int_equal(medel_runtime_select(rt, NULL, NULL), MEDEL_OK);
    f = audit(rt, r);
    assert_non_null(outcome_of(f, MEDEL_FINDING, "MAL-15"));
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

/* test_given.c - what a host gives to rules: functions and figures. */
#include "host.h"

/* ---- functions ---- */

static medel_status doubled(void *ud, const medel_any *a, size_t n, medel_any *result,
                            medel_error *err)
{
    ++*(int *)ud;
    if (n != 1 || a[0].kind != MEDEL_QUANTITY) {
        snprintf(err->message, sizeof err->message, "a quantity is expected");
        return MEDEL_E_DOMAIN;
    }
    result->kind = MEDEL_QUANTITY;
    return medel_quantity_add(&result->quantity, &a[0].quantity, &a[0].quantity);
}

static medel_status echo(void *ud, const medel_any *a, size_t n, medel_any *result,
                         medel_error *err)
{
    (void)ud;
    (void)err;
    if (n)
        *result = a[n - 1];
    return MEDEL_OK;
}

/* What rules get back from a host's 'echo', or broken ones' errors. */
static const char *message_of(medel_runtime *rt, const medel_report *r,
                              medel_findings **f)
{
    *f = audit(rt, r);
    const medel_finding *one = outcome_of(*f, MEDEL_FINDING, "PROV-01");
    if (!one)
        one = outcome_of(*f, MEDEL_BROKEN, "PROV-01");
    return one ? one->message : "";
}

static void says(const char *rule, const char *expected, medel_host_fn function)
{
    int calls = 0;
    const char *const rules[] = { rule, NULL };
    medel_findings *f;
    medel_runtime *rt = runtime_with(NULL, rules);
    assert_int_equal(medel_runtime_function(rt, "svar", function, &calls), MEDEL_OK);
    medel_report *r = load(rt, SMALL);
    const char *said = message_of(rt, r, &f);
    if (!strstr(said, expected))
        fail_msg("'%s' says '%s', not '%s'", rule, said, expected);
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

TEST(a_function_answers_with_a_quantity)
{
    says(RULE("PROV-01", "return finding(\"{a}\", { a = host.svar(ar.eget_kapital) })"),
         "40 tkr", doubled);
}

TEST(values_go_both_ways)
{
    says(RULE("PROV-01",
              "return finding(host.svar('å\\0ä') == 'å\\0ä' and 'ja' or 'nej')"),
         "ja", echo);
    says(RULE("PROV-01", "return finding(tostring(host.svar(1, 42)))"), "42", echo);
    says(RULE("PROV-01", "return finding(host.svar(true) == true and 'ja' or 'nej')"),
         "ja", echo);
    says(RULE("PROV-01", "return finding(host.svar(nil) == nil and 'ja' or 'nej')"), "ja",
         echo);
    says(RULE("PROV-01", "return finding(host.svar() == nil and 'ja' or 'nej')"), "ja",
         echo);
    says(RULE("PROV-01", "return finding('{a}', { a = host.svar(percent(25)) })"), "25 %",
         echo);
}

TEST(an_error_is_a_value)
{
    says(RULE("PROV-01", "local v, why = host.svar(1) return finding('{v} {why}', { v = "
                         "tostring(v), why = why })"),
         "Nil a quantity is expected", doubled);
}

TEST(arguments_that_are_no_values_are_refused)
{
    says(RULE("PROV-01", "host.svar({})"), "quantity, text, whole number", echo);
    says(RULE("PROV-01", "host.svar(1.5)"), "quantity, text, whole number", echo);
    says(RULE("PROV-01", "host.svar(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17)"),
         "too many", echo);
    says(RULE("PROV-01", "host.annat(1)"), "annat", echo);
    says(RULE("PROV-01", "host.svar = 1"), "cannot be changed", echo);
}

static medel_status nonsense(void *ud, const medel_any *a, size_t n, medel_any *result,
                             medel_error *err)
{
    static const medel_quantity bad[] = {
        { { 1, 0 }, { 1, 1 }, { 1, 1 }, { 1, 0 }, false },
        { { 1, -1 }, { 1, 1 }, { 1, 1 }, { 1, 0 }, false },
        { { 2, 4 }, { 1, 2 }, { 1, 2 }, { 1, 0 }, false },
        { { 1, 1 }, { 2, 1 }, { 3, 1 }, { 1, 0 }, false },
        { { 1, 1 }, { 0, 1 }, { 0, 1 }, { 1, 0 }, false },
        { { INT64_MIN, 1 }, { INT64_MIN, 1 }, { 0, 1 }, { 1, 0 }, false },
    };
    (void)ud;
    (void)n;
    (void)err;
    result->kind = a[0].integer < 6    ? MEDEL_QUANTITY
                   : a[0].integer == 6 ? MEDEL_TEXT
                                       : (medel_kind)99;
    result->len = 5; /* of no text */
    if (a[0].integer < 6)
        result->quantity = bad[a[0].integer];
    return MEDEL_OK;
}

TEST(a_result_that_is_no_value_breaks_the_rule)
{
    static const char *const calls[] = {
        RULE("PROV-01", "host.svar(0)"), RULE("PROV-01", "host.svar(1)"),
        RULE("PROV-01", "host.svar(2)"), RULE("PROV-01", "host.svar(3)"),
        RULE("PROV-01", "host.svar(4)"), RULE("PROV-01", "host.svar(5)"),
        RULE("PROV-01", "host.svar(6)"), RULE("PROV-01", "host.svar(7)"),
    };
    for (size_t i = 0; i < COUNT(calls); i++)
        says(calls[i], "what is no value", nonsense);
}

TEST(a_function_may_come_late_and_be_replaced)
{
    static const char *const rules[] = {
        RULE("PROV-01", "if not host.svar then return end\n"
                        "return finding('{a}', { a = host.svar(kr(10)) })"),
        NULL
    };
    int calls = 0;
    medel_runtime *rt = runtime_with(NULL, rules);
    medel_report *r = load(rt, SMALL);
    medel_findings *f = audit(rt, r);
    assert_non_null(outcome_of(f, MEDEL_PASSED, "PROV-01"));
    medel_findings_free(f);
    assert_int_equal(medel_runtime_function(rt, "svar", echo, NULL), MEDEL_OK);
    assert_string_equal(message_of(rt, r, &f), "10 kr");
    medel_findings_free(f);
    assert_int_equal(medel_runtime_function(rt, "svar", doubled, &calls), MEDEL_OK);
    assert_string_equal(message_of(rt, r, &f), "20 kr");
    assert_int_equal(calls, 1); /* a rule runs once, and notes what it reads */
    medel_findings_free(f);
    assert_int_equal(medel_runtime_function(rt, "1svar", echo, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_function(rt, "sv-ar", echo, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_function(rt, "", echo, NULL), MEDEL_E_MISUSE);
    assert_int_equal(medel_runtime_function(rt, "svar", NULL, NULL), MEDEL_E_MISUSE);
    medel_report_free(r);
    medel_runtime_free(rt);
}

/* ---- figures ---- */

static medel_report *load_with(medel_runtime *rt, const medel_given *given, size_t n)
{
    medel_report *r = NULL;
    medel_input in = { .name = SMALL };
    if (medel_load_given(rt, &r, &in, given, n) != MEDEL_OK)
        fail_msg("%s", diagnostics_text(medel_runtime_diagnostics(rt)));
    return r;
}

static const char *const reads_given[] = {
    RULE("PROV-01", "return finding('{a}', { a = ar.foregaende.kortfristiga_skulder })"),
    RULE("PROV-02", "return finding('{a}', { a = ar:given('vasentlighet') })"),
    RULE("PROV-03", "return finding('{a}', { a = ar.budget.verksamhetens_kostnader })"),
    RULE("PROV-04", "if ar:given('annat') or ar.foregaende:given('vasentlighet') then "
                    "error('?') end"),
    NULL
};

TEST(a_figure_of_the_hosts_is_a_fact)
{
    const medel_given given[] = {
        { .name = "kortfristiga_skulder",
          .year = 2022,
          .text = "1 234 tkr",
          .source = "huvudbok 2022",
          .line = 7 },
        { .name = "host.vasentlighet",
          .year = 2023,
          .ore = 5000050,
          .label = "Väsentlighet" },
        { .name = "verksamhetens_kostnader",
          .year = 2023,
          .variant = MEDEL_VARIANT_BUDGET,
          .ore = -90000 },
    };
    medel_runtime *rt = runtime_with(NULL, reads_given);
    medel_report *r = load_with(rt, given, COUNT(given));
    medel_findings *f = audit(rt, r);
    const medel_finding *one = outcome_of(f, MEDEL_FINDING, "PROV-01");
    assert_string_equal(one->message, "1 234 tkr");
    assert_string_equal(one->place.file, "huvudbok 2022");
    assert_int_equal(one->place.line, 7);
    const medel_evidence *e = medel_finding_evidence(one, 0);
    assert_string_equal(e->table, MEDEL_GIVEN_TABLE);
    assert_string_equal(e->concept_id, "kortfristiga_skulder");
    assert_string_equal(e->printed, "1 234 tkr");
    assert_int_equal(e->value.ore, 123400000);
    one = outcome_of(f, MEDEL_FINDING, "PROV-02");
    assert_string_equal(one->message, "50 000,50 kr");
    assert_string_equal(medel_finding_evidence(one, 0)->name, "Väsentlighet 2023");
    assert_string_equal(outcome_of(f, MEDEL_FINDING, "PROV-03")->message, "−900 kr");
    assert_non_null(outcome_of(f, MEDEL_PASSED, "PROV-04"));
    assert_non_null(strstr(medel_findings_json(f, NULL), "huvudbok 2022"));
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

TEST(a_figure_that_disagrees_with_the_print_is_found)
{
    for (int64_t off = 0; off < 2; off++) {
        const medel_given given = { .name = "arets_resultat",
                                    .year = 2023,
                                    .ore = 20000 + 500 * off,
                                    .source = "huvudbok" };
        medel_runtime *rt = runtime_of(NULL);
        medel_report *r = load_with(rt, &given, 1);
        medel_findings *f = audit(rt, r);
        size_t n = 0;
        for (size_t i = 0; i < medel_findings_count(f, MEDEL_FINDING); i++)
            n += strstr(medel_findings_get(f, MEDEL_FINDING, i)->message,
                        "205 kr i underlaget (huvudbok)")
                 != NULL;
        assert_int_equal(n, off);
        medel_findings_free(f);
        medel_report_free(r);
        medel_runtime_free(rt);
    }
}

TEST(a_figure_that_makes_no_sense_is_refused)
{
    static const medel_given bad[] = {
        { .name = "egetkapital", .year = 2023, .ore = 1 },
        { .name = "eget_kapital", .year = 23, .ore = 1 },
        { .name = "eget_kapital", .year = 2023, .text = "många" },
        { .name = "eget_kapital", .year = 2023, .text = "12 %" },
        { .name = "eget_kapital", .year = 2023, .ore = 1, .variant = (medel_variant)7 },
        { .name = "eget_kapital", .year = 2023, .ore = 1, .source = "a\nb" },
        { .name = "host.x", .year = 2023, .ore = 1, .label = "\xff" },
        { .name = "", .year = 2023, .ore = 1 },
    };
    medel_runtime *rt = runtime_of(NULL);
    medel_input in = { .name = SMALL };
    medel_report *r = NULL;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(medel_load_given(rt, &r, &in, &bad[i], 1), MEDEL_E_SCHEMA);
        assert_int_equal(medel_diagnostics_count(medel_runtime_diagnostics(rt)), 1);
        if (i == 0)
            assert_said(rt, "did you mean 'eget_kapital'?");
        assert_null(r);
    }
    medel_given nameless = { .year = 2023 };
    assert_int_equal(medel_load_given(rt, &r, &in, &nameless, 1), MEDEL_E_MISUSE);
    medel_runtime_free(rt);
}

/* test_audit.c - what an audit finds, as structures and as JSON. */
#include "host.h"

TEST(a_finding_says_what_where_and_by_how_much)
{
    medel_runtime *rt = runtime_of(NULL);
    medel_report *r = load(rt, EXAMPLE);
    medel_findings *f = audit(rt, r);
    const medel_finding *one = outcome_of(f, MEDEL_FINDING, "DRI-04");
    assert_non_null(one);
    assert_int_equal(one->outcome, MEDEL_FINDING);
    assert_int_equal(one->level, MEDEL_LEVEL_ERROR);
    assert_string_equal(one->title, "Driftredovisningen har en teckenkonvention");
    assert_string_equal(one->ground, "LKBR 4 kap. 2 §");
    assert_string_equal(one->pack, "nationell");
    assert_non_null(strstr(one->message, "omvänt tecken"));
    assert_string_equal(one->place.file, EXAMPLE);
    assert_int_equal(one->place.line, 152);
    assert_int_equal(one->place.col, 112);
    assert_string_equal(one->place.document, "rad 1246");
    assert_int_equal(strlen(one->fingerprint), 32);
    assert_null(one->since);
    const medel_evidence *e = medel_finding_evidence(one, 0);
    assert_non_null(e);
    assert_string_equal(e->name, "Summa, netto 2022");
    assert_string_equal(e->printed, "350 632");
    assert_string_equal(e->table, "driftredovisning");
    assert_int_equal(e->year, 2022);
    assert_int_equal(e->variant, MEDEL_VARIANT_UTFALL);
    assert_true(e->value.has_ore);
    assert_true(e->value.ore == 35063200 || e->value.ore == -35063200);
    assert_int_equal(e->nlines, 1);
    assert_int_equal(e->lines[0], 1246);
    assert_null(medel_finding_evidence(one, one->nevidence));
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

TEST(every_outcome_is_listed)
{
    medel_runtime *rt = runtime_of(NULL);
    medel_report *r = load(rt, EXAMPLE);
    medel_findings *f = audit(rt, r);
    size_t n[MEDEL_WAIVED + 1];
    for (int o = MEDEL_PASSED; o <= MEDEL_WAIVED; o++) {
        n[o] = medel_findings_count(f, (medel_outcome)o);
        for (size_t i = 0; i < n[o]; i++) {
            const medel_finding *one = medel_findings_get(f, (medel_outcome)o, i);
            assert_int_equal(one->outcome, o);
            assert_true(*one->rule != '\0');
            assert_non_null(one->title);
        }
        assert_null(medel_findings_get(f, (medel_outcome)o, n[o]));
    }
    assert_true(n[MEDEL_PASSED] > 50 && n[MEDEL_FINDING] > 10);
    assert_true(n[MEDEL_NOT_APPLICABLE] > 20);
    assert_int_equal(n[MEDEL_BROKEN], 0);
    assert_non_null(medel_findings_get(f, MEDEL_NOT_APPLICABLE, 0)->message);
    assert_int_equal(medel_findings_count(f, (medel_outcome)9), 0);
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

TEST(a_level_leaves_out_what_weighs_less)
{
    medel_runtime *rt = runtime_of(NULL);
    medel_report *r = load(rt, EXAMPLE);
    medel_findings *f = NULL;
    medel_audit_options o = { .size = sizeof o, .level = MEDEL_LEVEL_ERROR };
    assert_int_equal(medel_audit(rt, &f, r, &o), MEDEL_OK);
    const size_t n = medel_findings_count(f, MEDEL_FINDING);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(medel_findings_get(f, MEDEL_FINDING, i)->level,
                         MEDEL_LEVEL_ERROR);
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

/* ---- rules that misbehave ---- */

static const char *const wild[] = {
    RULE("PROV-01", "error('så fel')"),
    RULE("PROV-02", "while true do end"),
    RULE("PROV-03", "local s = 'x' while true do s = s .. s end"),
    RULE("PROV-04", "return finding(\"{a}\", { a = ar.eget_kapital })"),
    "return rulle {}\n",
    NULL
};

static void count_warnings(void *ud, medel_log_level level, const char *text)
{
    *(int *)ud += level == MEDEL_LOG_WARNING && strstr(text, "e.lua") != NULL;
}

/* The findings of 'wild'; where the machine is busy the time limit may stop more than the
   rule without an end: then ten times the limit. */
static medel_findings *audit_wild(medel_runtime **rt, medel_report **r, int *warnings)
{
    for (unsigned time_ms = 50;; time_ms *= 10) {
        medel_runtime_options o = { .memory = 8 << 20,
                                    .time_ms = time_ms,
                                    .log = count_warnings,
                                    .callback_ud = warnings };
        *warnings = 0;
        *rt = runtime_with(&o, wild);
        *r = load(*rt, SMALL);
        medel_findings *f = audit(*rt, *r);
        const medel_finding *wrong = outcome_of(f, MEDEL_BROKEN, "PROV-01");
        const medel_finding *memory = outcome_of(f, MEDEL_BROKEN, "PROV-03");
        if (time_ms > 100000
            || (outcome_of(f, MEDEL_FINDING, "PROV-04") && wrong
                && strstr(wrong->message, "så fel") && memory
                && strstr(memory->message, "memory")))
            return f;
        medel_findings_free(f);
        medel_report_free(*r);
        medel_runtime_free(*rt);
    }
}

TEST(a_rule_that_misbehaves_stops_nothing_else)
{
    int warnings;
    medel_runtime *rt;
    medel_report *r;
    medel_findings *f = audit_wild(&rt, &r, &warnings);
    const medel_finding *one = outcome_of(f, MEDEL_BROKEN, "PROV-01");
    assert_non_null(one);
    assert_non_null(strstr(one->message, "så fel"));
    assert_non_null(strstr(outcome_of(f, MEDEL_BROKEN, "PROV-02")->message, "time"));
    assert_non_null(strstr(outcome_of(f, MEDEL_BROKEN, "PROV-03")->message, "memory"));
    assert_string_equal(outcome_of(f, MEDEL_FINDING, "PROV-04")->message, "20 tkr");
    one = outcome_of(f, MEDEL_BROKEN, "");
    assert_non_null(one); /* the file that is no rule has no id */
    assert_non_null(strstr(one->message, "rulle"));
    assert_non_null(strstr(one->place.file, "e.lua"));
    assert_int_equal(warnings, 1);
    medel_findings_free(f);
    f = audit(rt, r);
    assert_int_equal(medel_findings_count(f, MEDEL_BROKEN), 4);
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

TEST(output_has_a_limit)
{
    medel_runtime_options o = { .output = 1000 };
    medel_runtime *rt = runtime_of(&o);
    medel_report *r = load(rt, EXAMPLE);
    medel_findings *f = NULL;
    assert_int_equal(medel_audit(rt, &f, r, NULL), MEDEL_E_LIMIT);
    assert_null(f);
    assert_said(rt, "larger than its limit");
    medel_report_free(r);
    medel_runtime_free(rt);
}

/* ---- what stands beside a report ---- */

TEST(last_years_report_says_what_is_new)
{
    medel_runtime *rt = runtime_of(NULL);
    medel_report *r = load(rt, EXAMPLE);
    medel_findings *f = NULL;
    medel_audit_options o = { .size = sizeof o, .previous = r };
    assert_int_equal(medel_audit(rt, &f, r, &o), MEDEL_OK);
    assert_string_equal(outcome_of(f, MEDEL_FINDING, "DRI-04")->since, "kvarstår");
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
}

/* ---- projections ---- */

static int64_t equity(medel_runtime *rt, const medel_report *r)
{
    const medel_projection_options o = { .first = 2024, .last = 2024 };
    const medel_parameters *norms;
    medel_projection *p = NULL;
    medel_error err;
    assert_int_equal(medel_runtime_norms(rt, &norms, r), MEDEL_OK);
    assert_int_equal(medel_projection_new(&p, r, norms, &o, &err), MEDEL_OK);
    const medel_node *n = medel_projection_figure(p, 2024, MEDEL_FIG_EGET_KAPITAL);
    assert_non_null(n);
    const int64_t ore = n->quantity.value.num / n->quantity.value.den;
    medel_projection_free(p);
    return ore;
}

TEST(a_projection_goes_by_the_runtimes_norms)
{
    medel_runtime *rt = runtime_of(NULL), *other = runtime_of(NULL);
    medel_report *r = load(rt, EXAMPLE), *not_ours = load(other, EXAMPLE);
    const medel_parameters *norms, *again;
    assert_int_equal(medel_runtime_norms(rt, &norms, r), MEDEL_OK);
    assert_non_null(medel_parameters_at(norms, 0));
    assert_true(equity(rt, r) > 0);
    assert_int_equal(medel_runtime_set(rt, "prognos.storsta_miss", "3 %"), MEDEL_OK);
    assert_int_equal(medel_runtime_norms(rt, &again, r), MEDEL_OK);
    assert_ptr_not_equal(norms, again);
    medel_quantity set;
    int32_t day;
    assert_true(medel_date_parse(&day, "2023-12-31", 10));
    assert_true(medel_parameter_value_quantity(
        &set, medel_parameters_get(again, "prognos.storsta_miss", NULL, day)));
    assert_true(set.value.num == 3 && set.value.den == 100);
    assert_non_null(medel_parameters_at(norms, 0)); /* as long as the runtime */
    assert_int_equal(medel_runtime_norms(rt, &again, not_ours), MEDEL_E_MISUSE);
    assert_null(again);
    assert_said(rt, "another taxonomy");
    medel_report_free(not_ours);
    medel_report_free(r);
    medel_runtime_free(other);
    medel_runtime_free(rt);
}

TEST(an_engagement_and_avsteg_from_memory)
{
    medel_runtime *rt = runtime_of(NULL);
    medel_report *r = load(rt, EXAMPLE);
    medel_findings *f = audit(rt, r);
    const medel_finding *one = outcome_of(f, MEDEL_FINDING, "DRI-04");
    char avsteg[600];
    snprintf(
        avsteg, sizeof avsteg,
        "medel_avsteg: 1\navsteg:\n  - { regel: DRI-04, beslutat_av: styrelsen, datum: "
        "2024-01-01, skal: konvention, fingeravtryck: %s }\n",
        one->fingerprint);
    medel_findings_free(f);
    medel_input a = { "avsteg.yaml", avsteg, strlen(avsteg) };
    static const char text[] =
        "medel_granskning: 1\nvasentlighet: { helhet: 1 kr, arbete: 1 kr, "
        "ringa: 1 kr, skal: prov }\n";
    medel_input e = { "granskning.yaml", text, sizeof text - 1 };
    medel_audit_options o = { .size = sizeof o, .avsteg = &a, .engagement = &e };
    assert_int_equal(medel_audit(rt, &f, r, &o), MEDEL_OK);
    assert_null(outcome_of(f, MEDEL_FINDING, "DRI-04"));
    assert_non_null(outcome_of(f, MEDEL_WAIVED, "DRI-04"));
    assert_non_null(strstr(medel_findings_json(f, NULL), "\"reason\": \"prov\""));
    medel_findings_free(f);
    /* Each error of a file that scripts read is a value, too. */
    a.text = "medel_avsteg: 1\navsteg:\n  - { regel: X-01 }\nandra: 1\n";
    a.len = strlen(a.text);
    assert_int_equal(medel_audit(rt, &f, r, &o), MEDEL_E_SCHEMA);
    const medel_diagnostics *said = medel_runtime_diagnostics(rt);
    assert_int_equal(medel_diagnostics_count(said), 5);
    const medel_diagnostic *last = medel_diagnostics_get(said, 4);
    assert_string_equal(last->file, "avsteg.yaml");
    assert_int_equal(last->line, 4);
    assert_non_null(strstr(last->message, "andra"));
    medel_report_free(r);
    medel_runtime_free(rt);
}

/* ---- the same as the program says ---- */

TEST(findings_outlive_the_report)
{
    size_t len, later;
    medel_runtime *rt = runtime_of(NULL);
    medel_report *r = load(rt, EXAMPLE);
    medel_findings *f = audit(rt, r), *again = audit(rt, r);
    const char *json = medel_findings_json(f, &len);
    assert_int_equal(strlen(json), len);
    assert_string_equal(json, medel_findings_json(again, &later));
    medel_report_free(r);
    assert_non_null(strstr(json, "\"format\": 1"));
    assert_string_equal(outcome_of(f, MEDEL_FINDING, "DRI-04")->pack, "nationell");
    medel_findings_free(again);
    medel_runtime_free(rt); /* and f with it */
}

/* ---- for long ---- */

static void *counting(void *ud, void *p, size_t osize, size_t nsize)
{
    size_t *used = ud;
    *used -= p ? osize : 0;
    if (nsize == 0) {
        free(p);
        return NULL;
    }
    *used += nsize;
    return realloc(p, nsize); /* the tests have memory */
}

TEST(a_runtime_that_works_for_long_does_not_grow)
{
    size_t used = 0, most[2] = { 0, 0 };
    medel_runtime_options o = { .alloc = counting, .alloc_ud = &used };
    medel_runtime *rt = runtime_of(&o);
    for (int i = 0; i < 60; i++) {
        medel_report *r = load(rt, EXAMPLE);
        medel_findings_free(audit(rt, r));
        medel_report_free(r);
        if (used > most[i / 30])
            most[i / 30] = used;
    }
    assert_true(most[1] < most[0] + most[0] / 2);
    medel_runtime_free(rt);
    assert_int_equal(used, 0);
}

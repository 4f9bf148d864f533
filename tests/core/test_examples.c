/*
 * test_examples.c - what the core finds in the three example reports, whole.
 * MEDEL_TEST_RESET=1 rewrites the lists in tests/data; read the difference.
 */
#include "test.h"

static char *findings_of(const medel_checks *checks, size_t *passed)
{
    const medel_check *list;
    size_t n = medel_checks_get(checks, &list), len = 0;
    char *text = malloc(n * 200 + 1);
    assert_non_null(text);
    *text = '\0';
    *passed = 0;
    for (size_t i = 0; i < n; i++) {
        const medel_check *k = &list[i];
        *passed += k->outcome == MEDEL_PASSED;
        if (k->outcome != MEDEL_FINDING)
            continue;
        int m = snprintf(
            text + len, 200, "%s %s %u:%u %s %s %d%s%s\n", medel_level_name(k->level),
            medel_check_spec_id(k->spec), k->subject->line, k->subject->col,
            k->subject->table, k->subject->row, k->subject->year,
            *medel_cause_text(k->cause) ? ", " : "", medel_cause_text(k->cause));
        assert_true(m < 200);
        len += (size_t)m;
    }
    return text;
}

static void compare(const char *path, const char *text)
{
    if (getenv("MEDEL_TEST_RESET")) {
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fputs(text, f);
        fclose(f);
        return;
    }
    size_t len;
    char *expected = file_text(path, &len);
    if (strcmp(expected, text) != 0)
        fail_msg("%s has:\n%sbut now there is:\n%s", path, expected, text);
    free(expected);
}

static void example(const char *path, const char *list, size_t least)
{
    medel_report *r;
    medel_checks *checks;
    size_t passed;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    assert_int_equal(medel_report_load(&r, finsam(), path, NULL, d), MEDEL_OK);
    assert_int_equal(medel_diagnostics_count(d), 0);
    medel_diagnostics_free(d);
    assert_int_equal(medel_checks_new(&checks, r, NULL), MEDEL_OK);
    char *text = findings_of(checks, &passed);
    compare(list, text);
    assert_true(passed >= least);
    free(text);
    medel_checks_free(checks);
    medel_report_free(r);
}

TEST(findings_in_lekeberg_orebro)
{
    example("examples/lekeberg-orebro/2023.yaml",
            "tests/data/lekeberg-orebro-2023.findings", 300);
}

TEST(findings_in_sydnarke)
{
    example("examples/sydnarke/2023.yaml", "tests/data/sydnarke-2023.findings", 120);
}

TEST(findings_in_degerfors_karlskoga)
{
    example("examples/degerfors-karlskoga/2023.yaml",
            "tests/data/degerfors-karlskoga-2023.findings", 150);
}

TEST(a_second_run_gives_the_same)
{
    const char *path = "examples/sydnarke/2023.yaml";
    char *first = NULL;
    for (int i = 0; i < 3; i++) {
        medel_report *r;
        medel_checks *checks;
        size_t passed;
        assert_int_equal(medel_report_load(&r, finsam(), path, NULL, NULL), MEDEL_OK);
        assert_int_equal(medel_checks_new(&checks, r, NULL), MEDEL_OK);
        char *text = findings_of(checks, &passed);
        if (first)
            assert_string_equal(first, text);
        free(first);
        first = text;
        medel_checks_free(checks);
        medel_report_free(r);
    }
    free(first);
}

/* test_parameter.c - dated norms and stairs of rates. */
#include "taxonomy.h"
#include "test.h"

static const char norms[] =
    "medel_parameters: 1\n"
    "tak:\n"
    "  title: Tak\n"
    "  base: medlemsbidrag\n"
    "  norms:\n"
    "    - id: trappa\n"
    "      title: Trappan\n"
    "      values:\n"
    "        - from: 2013-10-02\n"
    "          steps: [{ to: 7 000 000 kr, rate: 20 % }, { rate: 15 % }]\n"
    "          source: Rekommendation\n"
    "    - id: rak\n"
    "      title: Rak\n"
    "      values:\n"
    "        - { from: 2010-01-01, value: 20 %, source: Beslut }\n"
    "        - { from: 2024-01-01, value: 10 %, source: Nytt beslut }\n"
    "antal:\n"
    "  title: Antal\n"
    "  values: [{ from: 2004-01-01, value: 10, source: Bedömning }]\n"
    "tio_procent:\n"
    "  title: Slutet steg\n"
    "  values: [{ from: 2004-01-01, steps: [{ to: 1 tkr, rate: 10 % }], source: S }]\n";

static medel_parameters *read(const char *text)
{
    medel_parameters *p = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (medel_parameters_read(&p, &(medel_input){ "p.yaml", text, strlen(text) }, NULL, d)
        != MEDEL_OK) {
        char *s = diagnostics_text(d);
        print_error("%s", s);
        fail_msg("not readable");
    }
    medel_diagnostics_free(d);
    return p;
}

static const medel_parameter_value *at(const medel_parameters *p, const char *id,
                                       const char *norm, const char *date)
{
    int32_t days;
    assert_true(medel_date_parse(&days, date, 10));
    return medel_parameters_get(p, id, norm, days);
}

TEST(the_stair_of_the_national_council)
{
    static const struct {
        int64_t base, expected;
    } cases[] = {
        { 3600000, 720000 },   { 4000000, 800000 },
        { 5222000, 1044400 },  { 5560000, 1112000 },
        { 7000000, 1400000 },  { 7000001, 1400000 },
        { 8000000, 1550000 },  { 0, 0 },
        { 20000000, 3350000 }, { -5, 0 },
    };
    size_t len;
    char *text = file_text("rules/parametrar/nationell.yaml", &len);
    medel_parameters *p = read(text);
    const medel_parameter_value *v = at(p, "riktlinje.eget_kapital", NULL, "2023-12-31");
    assert_non_null(v);
    assert_string_equal(v->norm, "trappa");
    assert_true(v->has_confirmed_to);
    assert_int_equal(v->confirmed_to.value.num, 700000000 * v->confirmed_to.value.den);
    for (size_t i = 0; i < COUNT(cases); i++) {
        medel_quantity base = exact(cases[i].base, 1, MEDEL_UNIT_KR), out;
        assert_int_equal(medel_parameter_apply(&out, v, &base), MEDEL_OK);
        int64_t kr = out.value.num / out.value.den / 100;
        if (kr != cases[i].expected)
            fail_msg("%lld kr gave %lld kr", (long long)cases[i].base, (long long)kr);
        assert_int_equal(out.dimension.money, 1);
    }
    v = at(p, "riktlinje.eget_kapital", "rak_20", "2023-12-31");
    medel_quantity base = exact(8000000, 1, MEDEL_UNIT_KR), out;
    assert_int_equal(medel_parameter_apply(&out, v, &base), MEDEL_OK);
    assert_int_equal(out.value.num, 160000000);
    medel_parameters_free(p);
    free(text);
}

TEST(a_stair_keeps_the_precision_of_its_base)
{
    medel_parameters *p = read(norms);
    const medel_parameter_value *v = at(p, "tak", NULL, "2023-12-31");
    medel_quantity base = printed("8 000 tkr"), out;
    assert_int_equal(medel_parameter_apply(&out, v, &base), MEDEL_OK);
    assert_int_equal(out.low.num, 154992500); /* 15 % of 500 kr less */
    assert_int_equal(out.high.num, 155007500);
    base = printed("31 %");
    assert_int_equal(medel_parameter_apply(&out, v, &base), MEDEL_E_UNIT);
    base = printed("2 tkr"); /* above a last step that is closed: nothing more */
    v = at(p, "tio_procent", NULL, "2023-12-31");
    assert_int_equal(medel_parameter_apply(&out, v, &base), MEDEL_OK);
    assert_int_equal(out.value.num, 10000);
    medel_parameters_free(p);
}

TEST(the_value_in_force_on_a_day)
{
    static const struct {
        const char *id, *norm, *date;
        int64_t num, den; /* 0: none in force */
    } cases[] = {
        { "tak", "rak", "2009-12-31", 0, 0 },      { "tak", "rak", "2010-01-01", 1, 5 },
        { "tak", "rak", "2023-12-31", 1, 5 },      { "tak", "rak", "2024-01-01", 1, 10 },
        { "tak", NULL, "2011-01-01", 0, 0 }, /* the first norm is the usual one */
        { "tak", "ingen", "2023-01-01", 0, 0 },    { "antal", NULL, "2023-01-01", 10, 1 },
        { "antal", "trappa", "2023-01-01", 0, 0 }, { "okand", NULL, "2023-01-01", 0, 0 },
    };
    medel_parameters *p = read(norms);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const medel_parameter_value *v = at(p, cases[i].id, cases[i].norm, cases[i].date);
        assert_int_equal(v != NULL, cases[i].den != 0);
        if (!v)
            continue;
        assert_int_equal(v->value.value.num, cases[i].num);
        assert_int_equal(v->value.value.den, cases[i].den);
        assert_int_equal(v->value.low.num, cases[i].num); /* a norm is exact */
    }
    medel_parameters_free(p);
    medel_parameters_free(NULL);
}

TEST(every_value_has_its_source_and_place)
{
    medel_parameters *p = read(norms);
    const medel_parameter_value *all;
    size_t n = medel_parameters_values(p, &all);
    assert_int_equal(n, 5);
    for (size_t i = 0; i < n; i++) {
        assert_non_null(all[i].source);
        assert_string_equal(all[i].file, "p.yaml");
        assert_true(all[i].line > 1);
    }
    assert_true(all[0].has_steps);
    assert_int_equal(all[0].nsteps, 2);
    assert_true(all[0].steps[1].open);
    assert_string_equal(all[0].base, "medlemsbidrag");
    assert_null(all[3].base);
    medel_parameters_free(p);
}

TEST(the_shipped_parameters_are_all_in_force)
{
    size_t len;
    char *text = file_text("rules/parametrar/nationell.yaml", &len);
    medel_parameters *p = read(text);
    const medel_parameter_value *all;
    size_t n = medel_parameters_values(p, &all);
    assert_true(n >= 10);
    for (size_t i = 0; i < n; i++)
        assert_non_null(at(p, all[i].id, all[i].norm, "2024-12-31"));
    assert_int_equal(at(p, "loneskatt.pension", NULL, "2023-01-01")->value.value.num,
                     1213);
    medel_parameters_free(p);
    free(text);
}

TEST(a_norm_is_chosen_by_name)
{
    medel_parameters *p = read(norms);
    const medel_parameter_value *all;
    const size_t n = medel_parameters_values(p, &all);
    assert_true(n > 0);
    assert_int_equal(medel_parameters_choose(p, all[0].id, all[0].norm), MEDEL_OK);
    assert_string_equal(medel_parameters_get(p, all[0].id, NULL, all[0].from)->norm,
                        all[0].norm);
    assert_int_equal(medel_parameters_choose(p, all[0].id, "finns inte"), MEDEL_E_SCHEMA);
    medel_parameters_free(p);
}

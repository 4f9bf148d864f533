/* test_plan.c - budgets and forecasts that a report prints, as reports. */
#include "test.h"

static const char planned[] =
    "medel: 1\n"
    "rakenskapsar: 2023\n"
    "balansrakning:\n"
    "  enhet: kr\n"
    "  kolumner: [2023, 2022]\n"
    "  rader:\n"
    "    arets_resultat: [100, -50]\n"
    "    ovrigt_eget_kapital: [400, 450]\n"
    "    eget_kapital: [500, 400]\n"
    "resultatrakning:\n"
    "  enhet: kr\n"
    "  kolumner: [2023, 2022, 2023 budget, 2024 budget]\n"
    "  rader:\n"
    "    verksamhetens_intakter: [900, 800, 850, 700]\n"
    "    verksamhetens_kostnader: [-800, -850, -900, -800]\n"
    "    arets_resultat: [100, -50, -50, -100]\n"
    "uppgifter:\n"
    "  - { text: bidragen, begrepp: medlemsbidrag, variant: "
    "budget, tal: 800 kr, rad: 7 }\n"
    "  - { text: planen, begrepp: arets_resultat, variant: "
    "budget, ar: 2025, tal: -150 kr, rad: 8 }\n"
    "  - { text: utan resultat, begrepp: medlemsbidrag, variant: "
    "budget, ar: 2026, tal: 600 kr, rad: 9 }\n"
    "prognoser:\n"
    "  - begrepp: arets_resultat\n"
    "    tal: 20 kr\n"
    "    gjord: augusti\n"
    "    rad: 31\n"
    "    tidigare: [{ tal: -40 kr, gjord: april, rad: 30 }]\n"
    "  - { begrepp: verksamhetens_kostnader, tal: -830 kr, "
    "gjord: augusti, rad: 32 }\n";

typedef struct expected {
    const char *name;
    int64_t result, equity, costs; /* kr; costs 0: not printed */
} expected;

static const medel_fact *concept(const medel_report *r, const char *id)
{
    const medel_concept *c = medel_taxonomy_concept(finsam(), id);
    return medel_report_concept(r, c, medel_report_year(r), MEDEL_VARIANT_UTFALL);
}

static void is_kr(const medel_report *r, const char *id, int64_t kr)
{
    const medel_fact *f = concept(r, id);
    if (!f) {
        assert_int_equal(kr, 0);
        return;
    }
    assert_int_equal(f->value.value.den, 1);
    assert_int_equal(f->value.value.num, 100 * kr);
}

/* The printed figures that a derivation ends in: how many, and the last one's place. */
static size_t prints(const medel_node *n, int *place)
{
    if (!n)
        return 0;
    if (n->op != MEDEL_OP_FACT)
        return prints(n->left, place) + prints(n->right, place);
    if (n->fact->derivation)
        return prints(n->fact->derivation, place);
    if (n->fact->nplaces)
        *place = n->fact->places[0];
    return 1;
}

TEST(every_budget_and_forecast_with_a_result_is_a_report)
{
    static const expected plans[] = {
        { "budget 2023", -50, 350, -900 },
        { "prognos 2023 (april)", -40, 360, 0 },
        { "prognos 2023 (augusti)", 20, 420, -830 },
        { "budget 2024", -100, 400, -800 },
        { "budget 2025", -150, 250, 0 },
    };
    medel_report *base = report_of(planned);
    medel_plan list[8];
    assert_int_equal(medel_report_plans(base, list, COUNT(list)), COUNT(plans));
    assert_int_equal(medel_report_plans(base, list, 1), COUNT(plans));
    assert_int_equal(medel_report_plans(base, list, COUNT(list)), COUNT(plans));
    for (size_t i = 0; i < COUNT(plans); i++) {
        medel_report *r;
        int place = 0;
        assert_int_equal(list[i].superseded, i == 1);
        assert_int_equal(medel_report_of_plan(&r, base, &list[i], NULL), MEDEL_OK);
        assert_string_equal(medel_report_scenario(r), plans[i].name);
        assert_int_equal(medel_report_variant(r), list[i].variant);
        is_kr(r, "arets_resultat", plans[i].result);
        is_kr(r, "eget_kapital", plans[i].equity);
        is_kr(r, "verksamhetens_kostnader", plans[i].costs);
        /* eget kapital: the year before's, and a result a year */
        assert_int_equal(prints(concept(r, "eget_kapital")->derivation, &place),
                         list[i].year == 2025 ? 3 : 2);
        assert_int_equal(prints(concept(r, "arets_resultat")->derivation, &place), 1);
        if (list[i].made)
            assert_int_equal(place, i == 1 ? 30 : 31);
        medel_report_free(r);
    }
    assert_int_equal(medel_report_variant(base), MEDEL_VARIANT_UTFALL);
    medel_report_free(base);
}

TEST(a_forecast_has_the_members_contribution_of_the_budget)
{
    medel_report *base = report_of(planned), *r;
    medel_plan list[8];
    int place = 0;
    assert_true(medel_report_plans(base, list, COUNT(list)) > 2);
    assert_int_equal(medel_report_of_plan(&r, base, &list[2], NULL), MEDEL_OK);
    is_kr(r, "medlemsbidrag", 800);
    assert_int_equal(prints(concept(r, "medlemsbidrag")->derivation, &place), 1);
    assert_int_equal(place, 7);
    medel_report_free(r);
    assert_int_equal(medel_report_of_plan(&r, base, &list[3], NULL), MEDEL_OK);
    assert_null(concept(r, "medlemsbidrag")); /* of a budget nothing is assumed */
    medel_report_free(r);
    medel_report_free(base);
}

TEST(the_checks_find_nothing_of_their_own_in_a_plan)
{
    static const char *const paths[] = { "examples/lekeberg-orebro/2023.yaml",
                                         "examples/sydnarke/2023.yaml" };
    for (size_t i = 0; i <= COUNT(paths); i++) {
        medel_report *base = NULL;
        medel_diagnostics *d = medel_diagnostics_new(NULL);
        medel_plan list[8];
        if (i == COUNT(paths))
            base = report_of(planned);
        else
            assert_int_equal(medel_report_load(&base, finsam(), paths[i], NULL, d),
                             MEDEL_OK);
        const size_t n = medel_report_plans(base, list, COUNT(list));
        assert_int_equal(n, i == 0 ? 3 : i == 1 ? 1 : 5);
        for (size_t k = 0; k < n; k++) {
            medel_report *r;
            medel_checks *checks;
            const medel_check *all;
            assert_int_equal(medel_report_of_plan(&r, base, &list[k], NULL), MEDEL_OK);
            assert_int_equal(medel_checks_new(&checks, r, NULL), MEDEL_OK);
            for (size_t c = medel_checks_get(checks, &all); c-- > 0;) {
                if (all[c].outcome == MEDEL_FINDING && all[c].level > MEDEL_LEVEL_NOTE)
                    fail_msg("%s: %s: %s", medel_report_scenario(r),
                             medel_check_spec_id(all[c].spec), all[c].message);
            }
            medel_checks_free(checks);
            medel_report_free(r);
        }
        medel_diagnostics_free(d);
        medel_report_free(base);
    }
}

TEST(a_plan_that_is_not_printed_is_refused)
{
    medel_report *base = report_of(planned), *r = NULL;
    const medel_plan none = { .year = 2026, .variant = MEDEL_VARIANT_BUDGET };
    const medel_plan never = {
        .year = 2023, .variant = MEDEL_VARIANT_PROGNOS, .made = "maj", .superseded = true
    };
    assert_int_equal(medel_report_of_plan(&r, base, &none, NULL), MEDEL_E_DOMAIN);
    assert_int_equal(medel_report_of_plan(&r, base, &never, NULL), MEDEL_E_DOMAIN);
    assert_null(r);
    medel_report_free(base);
}

static void *sparse(void *ud, void *ptr, size_t osize, size_t nsize)
{
    size_t *left = ud;
    (void)osize;
    if (nsize == 0) {
        free(ptr);
        return NULL;
    }
    if (*left == 0)
        return NULL;
    --*left;
    return realloc(ptr, nsize);
}

TEST(a_plan_leaves_nothing_behind_when_memory_runs_out)
{
    medel_report *base = report_of(planned);
    medel_plan list[8];
    assert_true(medel_report_plans(base, list, COUNT(list)) > 0);
    for (size_t n = 0;; n++) {
        size_t left = n;
        medel_report *r = NULL;
        const medel_status st =
            medel_report_of_plan(&r, base, &list[0], &(medel_allocator){ sparse, &left });
        medel_report_free(r);
        if (st == MEDEL_OK)
            break;
        assert_int_equal(st, MEDEL_E_NOMEM);
    }
    medel_report_free(base);
}

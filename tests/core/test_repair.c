/* test_repair.c - the fewest figures whose change makes a report hold. */
#include "medel_priv.h"
#include "test.h"

#define HEAD "medel: 1\nrakenskapsar: 2023\n"
#define TABLE(name) name ":\n  enhet: kr\n  kolumner: [2023]\n  rader:\n"

typedef struct repaired {
    medel_report *report;
    medel_repairs *repairs;
    const medel_problem *problems;
    size_t n;
} repaired;

static repaired repair_of(const char *yaml)
{
    repaired r = { .report = report_of(yaml) };
    assert_int_equal(medel_repairs_new(&r.repairs, r.report, NULL), MEDEL_OK);
    r.n = medel_repairs_get(r.repairs, &r.problems);
    return r;
}

static void repaired_free(repaired *r)
{
    medel_repairs_free(r->repairs);
    medel_report_free(r->report);
}

static void assert_figure(const medel_repair_figure *f, const char *row, int64_t digits,
                          medel_cause cause)
{
    if (strcmp(f->fact->row, row) != 0 || f->digits != digits || f->cause != cause)
        fail_msg("%s.%s should be %lld (%s), expected %s %lld (%s)", f->fact->table,
                 f->fact->row, (long long)f->digits, medel_cause_text(f->cause), row,
                 (long long)digits, medel_cause_text(cause));
}

/* ---- by hand ---- */

TEST(what_holds_needs_no_repair)
{
    repaired r =
        repair_of(HEAD TABLE("balansrakning") "    fordringar: [300]\n"
                                              "    kassa_och_bank: [700]\n"
                                              "    omsattningstillgangar: [1 000]\n");
    assert_int_equal(r.n, 0);
    repaired_free(&r);
}

TEST(a_figure_that_two_constraints_point_at)
{
    repaired r = repair_of(HEAD TABLE(
        "balansrakning") "    fordringar: [300 000]\n"
                         "    kassa_och_bank: [710 000]\n"
                         "    omsattningstillgangar: [1 000 000]\n"
                         "    summa_tillgangar: [1 000 000]\n" TABLE(
                             "kassaflodesanalys") "    likvida_medel_slut: [700 000]\n");
    assert_int_equal(r.n, 1);
    assert_int_equal(r.problems[0].nchecks, 2);
    assert_int_equal(r.problems[0].nrepairs, 1);
    assert_int_equal(r.problems[0].repairs[0].n, 1);
    assert_figure(&r.problems[0].repairs[0].figures[0], "kassa_och_bank", 700000,
                  MEDEL_CAUSE_WRONG_DIGIT);
    repaired_free(&r);
}

TEST(rows_that_have_changed_places_are_two_figures)
{
    repaired r = repair_of(HEAD TABLE(
        "balansrakning") "    fordringar: [712 345]\n"
                         "    kassa_och_bank: [300 000]\n"
                         "    omsattningstillgangar: [1 012 345]\n"
                         "    summa_tillgangar: [1 012 345]\n" TABLE(
                             "kassaflodesanalys") "    arets_kassaflode: [700 000]\n"
                                                  "    likvida_medel_borjan: [12 345]\n"
                                                  "    likvida_medel_slut: [712 345]\n"
                                                  "noter:\n  4:\n    slag: fordringar\n  "
                                                  "  enhet: kr\n"
                                                  "    kolumner: [2023]\n    rader:\n"
                                                  "      kundfordringar: [100 000]\n"
                                                  "      momsfordran: [200 000]\n"
                                                  "      summa: [300 000]\n");
    assert_int_equal(r.n, 1);
    assert_int_equal(r.problems[0].repairs[0].n, 2);
    assert_figure(&r.problems[0].repairs[0].figures[0], "fordringar", 300000,
                  MEDEL_CAUSE_WRONG_ROW);
    assert_figure(&r.problems[0].repairs[0].figures[1], "kassa_och_bank", 712345,
                  MEDEL_CAUSE_WRONG_ROW);
    repaired_free(&r);
}

TEST(two_places_may_both_be_wrong_the_typical_slip_comes_first)
{
    repaired r = repair_of(
        HEAD TABLE("resultatrakning") "    verksamhetens_intakter: [5 222 000]\n" TABLE(
            "oversikt") "    verksamhetens_intakter: [5 222]\n");
    assert_int_equal(r.n, 1);
    assert_int_equal(r.problems[0].nrepairs, 2);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(r.problems[0].repairs[i].figures[0].cause, MEDEL_CAUSE_THOUSAND);
    assert_string_not_equal(r.problems[0].repairs[0].figures[0].fact->table,
                            r.problems[0].repairs[1].figures[0].fact->table);
    repaired_free(&r);
}

/* Several figures would do: only one that is far likelier is proposed. */
TEST(a_proposal_is_made_only_where_it_is_decided)
{
    static const struct {
        const char *rows;
        bool decided;
    } cases[] = {
        /* the sum has its digits turned, and no row is one slip away */
        { "    verksamhetens_intakter: [4 651 372]\n"
          "    verksamhetens_kostnader: [-4 200 155]\n"
          "    verksamhetens_resultat: [415 217]\n",
          false },
        { "    verksamhetens_intakter: [4 651 372]\n"
          "    verksamhetens_kostnader: [-4 200 155]\n"
          "    verksamhetens_resultat: [4 512 170]\n",
          true },
        /* a thousand more in any of them */
        { "    verksamhetens_intakter: [4 651 372]\n"
          "    verksamhetens_kostnader: [-4 200 155]\n"
          "    verksamhetens_resultat: [452 217]\n",
          false },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[600];
        snprintf(text, sizeof text,
                 HEAD "resultatrakning:\n  enhet: kr\n  kolumner: [2023]\n  rader:\n%s",
                 cases[i].rows);
        repaired r = repair_of(text);
        assert_int_equal(r.n, 1);
        if (r.problems[0].decided != cases[i].decided)
            fail_msg("case %zu", i);
        repaired_free(&r);
    }
}

TEST(problems_that_have_nothing_in_common_are_kept_apart)
{
    repaired r = repair_of(HEAD TABLE(
        "resultatrakning") "    finansiella_intakter: [500]\n"
                           "    finansiella_kostnader: [-100]\n"
                           "    finansnetto: [300]\n" TABLE(
                               "balansrakning") "    fordringar: [300]\n"
                                                "    kassa_och_bank: [800]\n"
                                                "    omsattningstillgangar: [1 000]\n");
    assert_int_equal(r.n, 2);
    assert_int_equal(r.problems[0].nrepairs, 3);
    assert_int_equal(r.problems[1].nrepairs, 3);
    repaired_free(&r);
}

TEST(four_figures_are_beyond_the_bound)
{
    static const char text[] = HEAD TABLE(
        "resultatrakning") "    verksamhetens_intakter: [100]\n    "
                           "verksamhetens_kostnader: [-90]\n"
                           "    finansnetto: [0]\n    arets_resultat: [12 345]\n";
    repaired r = repair_of(text);
    assert_int_equal(r.n, 1);
    assert_true(r.problems[0].nrepairs > 0);
    assert_false(r.problems[0].bounded);
    assert_true(r.problems[0].tried <= MEDEL_REPAIR_SETS);
    repaired_free(&r);
}

/* ---- every misprint of a report that holds ---- */

static bool is_linear(const medel_check *k)
{
    return k->kind == MEDEL_CHECK_SUM || k->kind == MEDEL_CHECK_COLUMNS
           || k->kind == MEDEL_CHECK_DUPLICATE || k->kind == MEDEL_CHECK_RELATION;
}

/* Printed as the repair says, does every sum and tie hold? */
static void assert_repairs(medel_probe *p, const medel_repair *r)
{
    medel_checks *checks;
    const medel_check *all;
    for (size_t i = 0; i < r->n; i++)
        assert_int_equal(medel_probe_set(p, r->figures[i].fact, r->figures[i].digits),
                         MEDEL_OK);
    assert_int_equal(medel_checks_new(&checks, medel_probe_report(p), NULL), MEDEL_OK);
    size_t n = medel_checks_get(checks, &all);
    for (size_t i = 0; i < n; i++) {
        if (is_linear(&all[i]) && all[i].outcome == MEDEL_FINDING
            && all[i].level > MEDEL_LEVEL_NOTE)
            fail_msg("%s %s as %lld leaves: %s", r->figures[0].fact->table,
                     r->figures[0].fact->row, (long long)r->figures[0].digits,
                     all[i].message);
    }
    medel_checks_free(checks);
}

/* The misprinted figure is among the repairs, with what it printed before; some rows of
   the print differ by a krona, and either is right. */
static bool restores(const medel_problem *p, const medel_fact *f, int64_t digits)
{
    for (size_t i = 0; i < p->nrepairs; i++) {
        const medel_repair *r = &p->repairs[i];
        if (r->n == 1 && r->figures[0].fact == f && r->figures[0].digits >= digits - 1
            && r->figures[0].digits <= digits + 1)
            return true;
    }
    return false;
}

static void repair_misprint(medel_probe *p, const medel_fact *f,
                            const medel_corruption *c, size_t counts[3])
{
    const medel_problem *problems;
    medel_repairs *repairs;
    int64_t own;
    assert_true(medel_fact_digits(&own, f));
    if (medel_probe_corrupt(p, f, c) != MEDEL_OK)
        return;
    assert_int_equal(medel_repairs_new(&repairs, medel_probe_report(p), NULL), MEDEL_OK);
    size_t n = medel_repairs_get(repairs, &problems);
    if (n) {
        bool first = n == 1 && problems[0].nrepairs && problems[0].repairs[0].n == 1
                     && problems[0].repairs[0].figures[0].fact == f;
        counts[0]++;
        counts[1] += n == 1 && restores(&problems[0], f, own);
        counts[2] += first;
        /* "knappt" can be many figures, and a driftredovisning many signs */
        if (strcmp(f->table, "driftredovisning") != 0 && !f->qualifier
            && !restores(&problems[0], f, own))
            fail_msg("%s %s %d as %lld (%s): the repairs do not have what it was",
                     f->table, f->row, f->year, (long long)c->digits,
                     medel_corruption_text(c->kind));
    }
    for (size_t i = 0; n == 1 && i < problems[0].nrepairs; i++) {
        medel_probe_reset(p);
        assert_int_equal(medel_probe_corrupt(p, f, c), MEDEL_OK);
        if (strcmp(f->table, "driftredovisning") != 0)
            assert_repairs(p, &problems[0].repairs[i]);
    }
    medel_repairs_free(repairs);
    medel_probe_reset(p);
}

TEST(a_misprint_can_be_put_back)
{
    const char *told = getenv("MEDEL_REPAIR_STEP");
    size_t step = told ? (size_t)atoi(told) : 47, seen = 0, len, counts[3] = { 0, 0, 0 };
    char *yaml = file_text("examples/sydnarke/2023.yaml", &len);
    char *forbund = file_text("examples/sydnarke/forbund.yaml", &len);
    medel_corruption list[MEDEL_MAX_CORRUPTIONS];
    const medel_fact *const *facts;
    medel_probe *p;
    assert_int_equal(medel_probe_new(&p, report_beside(yaml, forbund), NULL), MEDEL_OK);
    size_t nfacts = medel_report_facts(medel_probe_report(p), &facts);
    for (size_t i = 0; i < nfacts; i++) {
        size_t n = medel_corruptions(medel_probe_report(p), facts[i], list);
        for (size_t k = 0; k < n; k++) {
            if (!list[k].other && seen++ % step == 0)
                repair_misprint(p, facts[i], &list[k], counts);
        }
    }
    assert_true(counts[2] * 2 > counts[0]);
    if (told)
        print_message("%zu misprints, %zu put back, %zu of them first\n", counts[0],
                      counts[1], counts[2]);
    medel_probe_free(p);
    free(yaml);
    free(forbund);
}

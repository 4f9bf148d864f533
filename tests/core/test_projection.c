/* test_projection.c - decisions on a base year: known answers, articulation, refusals. */
#include "../book.h"

/* ---- fixtures ---- */

static medel_report *load(const char *path)
{
    medel_report *r = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    assert_int_equal(medel_report_load(&r, finsam(), path, NULL, d), MEDEL_OK);
    medel_diagnostics_free(d);
    return r;
}

static const char lekeberg[] = "examples/lekeberg-orebro/2023.yaml";
static const char sydnarke[] = "examples/sydnarke/2023.yaml";

static medel_parameters *norms(void)
{
    size_t len;
    medel_parameters *p = NULL;
    char *text = file_text("rules/parametrar/nationell.yaml", &len);
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    assert_int_equal(
        medel_parameters_read(&p, &(medel_input){ "n.yaml", text, len }, NULL, d),
        MEDEL_OK);
    medel_diagnostics_free(d);
    free(text);
    return p;
}

/* Changes whose values live here, too. */
typedef struct decisions {
    medel_change list[24];
    medel_node values[24];
    size_t n;
} decisions;

static medel_change *decide(decisions *d, medel_driver driver, medel_change_op op,
                            const char *target, int64_t num, int64_t den, medel_unit unit,
                            int year, int month)
{
    assert_true(d->n < COUNT(d->list));
    medel_node *v = &d->values[d->n];
    medel_change *c = &d->list[d->n++];
    memset(v, 0, sizeof *v);
    v->op = MEDEL_OP_CONSTANT;
    v->quantity = exact(num, den, unit);
    *c = (medel_change){ .driver = driver,
                         .op = op,
                         .target = target,
                         .node = v,
                         .year = year,
                         .month = month,
                         .decision = "prov",
                         .file = "prov.lua",
                         .line = 3 };
    return c;
}

typedef struct world {
    medel_report *base;
    medel_parameters *norms;
    medel_projection *p;
    medel_error err;
} world;

static medel_status run(world *w, const char *path, const decisions *d, int last,
                        bool no_brake)
{
    memset(w, 0, sizeof *w);
    w->base = load(path);
    w->norms = norms();
    medel_projection_options o = { .first = 2024,
                                   .last = last,
                                   .no_brake = no_brake,
                                   .changes = d->list,
                                   .nchanges = d->n };
    return medel_projection_new(&w->p, w->base, w->norms, &o, &w->err);
}

static void end(world *w)
{
    medel_projection_free(w->p);
    medel_parameters_free(w->norms);
    medel_report_free(w->base);
}

static int64_t ore(const medel_projection *p, int year, medel_figure_id id)
{
    const medel_node *n = medel_projection_figure(p, year, id);
    assert_non_null(n);
    assert_int_equal(n->quantity.value.den, 1);
    return n->quantity.value.num;
}

static int64_t kr(const world *w, int year, medel_figure_id id)
{
    const int64_t n = ore(w->p, year, id);
    assert_int_equal(n % 100, 0);
    return n / 100;
}

/* ---- known answers ---- */

static void adopted_budget(decisions *d)
{
    decide(d, MEDEL_DRIVE_BIDRAG, MEDEL_CHANGE_SCALE, NULL, 1, 2, MEDEL_UNIT_NUMBER, 2024,
           1);
    decide(d, MEDEL_DRIVE_COST, MEDEL_CHANGE_SET, NULL, 5828456, 1, MEDEL_UNIT_KR, 2024,
           1);
    decide(d, MEDEL_DRIVE_INCOME, MEDEL_CHANGE_SET, "ovriga_intakter", 0, 1,
           MEDEL_UNIT_KR, 2024, 1);
    decide(d, MEDEL_DRIVE_RATE, MEDEL_CHANGE_SET, NULL, 0, 1, MEDEL_UNIT_NUMBER, 2024, 1);
}

TEST(the_adopted_budget_of_the_halved_allocation)
{
    decisions d = { .n = 0 };
    world w;
    adopted_budget(&d);
    assert_int_equal(run(&w, lekeberg, &d, 2025, false), MEDEL_OK);
    assert_int_equal(kr(&w, 2023, MEDEL_FIG_EGET_KAPITAL), 2483599);
    assert_int_equal(kr(&w, 2023, MEDEL_FIG_RIKTLINJE), 1550000);
    assert_int_equal(kr(&w, 2023, MEDEL_FIG_MARGINAL), -933599);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_MEDLEMSBIDRAG), 4000000);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_STATEN), 2000000);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_REGION), 1000000);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_KOMMUNER), 1000000);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_KOSTNADER), 5828456);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_RESULTAT), -1828456);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_EGET_KAPITAL), 655143);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_RIKTLINJE), 800000);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_MARGINAL), 144857);
    medel_quantity share = medel_projection_figure(w.p, 2024, MEDEL_FIG_ANDEL)->quantity;
    char text[32];
    medel_quantity_format(&share, MEDEL_UNIT_PERCENT, 1, MEDEL_ROUND_HALF_AWAY, text,
                          sizeof text);
    assert_string_equal(text, "16,4");
    /* 655 143 / 1 828 456 = 0,36 years: below zero in 2025 */
    assert_true(kr(&w, 2025, MEDEL_FIG_EGET_KAPITAL) < 0);
    end(&w);
}

TEST(the_same_budget_realised_as_in_2023)
{
    decisions d = { .n = 0 };
    world w;
    adopted_budget(&d);
    decide(&d, MEDEL_DRIVE_REALISATION, MEDEL_CHANGE_SET, NULL, 8036515, 8817710,
           MEDEL_UNIT_NUMBER, 2024, 1);
    assert_int_equal(run(&w, lekeberg, &d, 2024, false), MEDEL_OK);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_KOSTNADER), 5312091);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_RESULTAT), -1312091);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_EGET_KAPITAL), 1171508);
    assert_true(kr(&w, 2024, MEDEL_FIG_EGET_KAPITAL) > kr(&w, 2024, MEDEL_FIG_RIKTLINJE));
    end(&w);
}

TEST(ten_per_cent_a_year_needs_seven_years_to_halve)
{
    static const int64_t tkr[] = { 7200, 6480, 5832, 5249, 4724, 4252, 3826 };
    decisions d = { .n = 0 };
    world w;
    for (int year = 2024; year <= 2030; year++)
        decide(&d, MEDEL_DRIVE_BIDRAG, MEDEL_CHANGE_SCALE, "staten", 9, 10,
               MEDEL_UNIT_NUMBER, year, 1)
            ->braked = true;
    assert_int_equal(run(&w, lekeberg, &d, 2030, false), MEDEL_OK);
    for (int i = 0; i < 7; i++)
        assert_int_equal((kr(&w, 2024 + i, MEDEL_FIG_MEDLEMSBIDRAG) + 500) / 1000,
                         tkr[i]);
    end(&w);
}

TEST(sydnarke_next_year_from_the_prepaid_contribution)
{
    decisions d = { .n = 0 };
    world w;
    decide(&d, MEDEL_DRIVE_BIDRAG, MEDEL_CHANGE_SET, "staten", 2360000, 1, MEDEL_UNIT_KR,
           2024, 1);
    assert_int_equal(run(&w, sydnarke, &d, 2024, true), MEDEL_OK);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_MEDLEMSBIDRAG), 4720000);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_RIKTLINJE), 944000);
    assert_int_equal(kr(&w, 2023, MEDEL_FIG_EGET_KAPITAL), 801162);
    assert_int_equal((801162 * 1000 / 4720000 + 5) / 10, 17); /* 17,0 % */
    end(&w);
}

TEST(eget_kapital_2019_to_2023_follows_the_results)
{
    static const int64_t chain[] = { 1871182, 1305161, 1670166, 2359938, 2483599 };
    medel_report *r = load(lekeberg);
    for (int year = 2019; year <= 2023; year++) {
        const medel_fact *ek = cell(r, "oversikt_medlemsbidrag", "eget_kapital", year);
        assert_int_equal(ek->value.value.num, chain[year - 2019] * 100);
        if (year == 2019)
            continue;
        const medel_fact *result =
            cell(r, "oversikt_medlemsbidrag", "arets_resultat", year);
        assert_int_equal(chain[year - 2020] * 100 + result->value.value.num,
                         ek->value.value.num);
    }
    medel_report_free(r);
}

TEST(a_cut_by_one_part_scales_all)
{
    decisions d = { .n = 0 };
    world w;
    decide(&d, MEDEL_DRIVE_BIDRAG, MEDEL_CHANGE_SCALE, "region", 8, 10, MEDEL_UNIT_NUMBER,
           2024, 1);
    assert_int_equal(run(&w, lekeberg, &d, 2024, false), MEDEL_OK);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_MEDLEMSBIDRAG), 6400000);
    assert_int_equal(kr(&w, 2024, MEDEL_FIG_STATEN), 3200000);
    end(&w);
}

TEST(the_brake_holds_the_state_back_while_eget_kapital_is_within_the_guideline)
{
    for (int pass = 0; pass < 4; pass++) {
        const bool over = pass % 2, off = pass / 2;
        decisions d = { .n = 0 };
        world w;
        decide(&d, MEDEL_DRIVE_BIDRAG, MEDEL_CHANGE_SCALE, "staten", 1, 2,
               MEDEL_UNIT_NUMBER, 2024, 1)
            ->braked = true;
        assert_int_equal(run(&w, over ? lekeberg : sydnarke, &d, 2025, off), MEDEL_OK);
        const bool held = !over && !off;
        assert_int_equal(medel_projection_braked(w.p, 2024), held);
        assert_int_equal(kr(&w, 2024, MEDEL_FIG_STATEN), held   ? 2349900
                                                         : over ? 2000000
                                                                : 1305500);
        if (held) /* and goes on towards what the state wants */
            assert_int_equal(kr(&w, 2025, MEDEL_FIG_STATEN), 2114910);
        end(&w);
    }
}

TEST(a_block_is_weighted_by_its_months)
{
    decisions d = { .n = 0 };
    world w;
    decide(&d, MEDEL_DRIVE_COST, MEDEL_CHANGE_SCALE, "fc_struktur", 45, 100,
           MEDEL_UNIT_NUMBER, 2024, 3); /* 250 000: two months of twelve */
    decide(&d, MEDEL_DRIVE_COST, MEDEL_CHANGE_SET, "samverkansteam", 0, 1, MEDEL_UNIT_KR,
           2024, 1)
        ->lag = 6;
    assert_int_equal(run(&w, lekeberg, &d, 2025, false), MEDEL_OK);
    const medel_block_info *blocks;
    size_t n = medel_projection_blocks(w.p, &blocks), seen = 0;
    for (size_t i = 0; i < n; i++) {
        const bool chief = strcmp(blocks[i].id, "fc_struktur") == 0;
        if (!chief && strcmp(blocks[i].id, "samverkansteam") != 0)
            continue;
        const medel_node *first = medel_projection_block(w.p, 2024, i);
        const medel_node *second = medel_projection_block(w.p, 2025, i);
        assert_int_equal(first->quantity.value.num,
                         chief ? 13541700 /* 41 666,67 + 93 750 */ : 54048400);
        assert_int_equal(second->quantity.value.num, chief ? 11250000 : 0);
        seen++;
    }
    assert_int_equal(seen, 2);
    end(&w);
}

TEST(interest_is_the_rate_on_the_mean_of_opening_and_closing_cash)
{
    decisions d = { .n = 0 };
    world w;
    decide(&d, MEDEL_DRIVE_RATE, MEDEL_CHANGE_SET, NULL, 34, 1000, MEDEL_UNIT_NUMBER,
           2024, 1);
    assert_int_equal(run(&w, lekeberg, &d, 2024, false), MEDEL_OK);
    const int64_t mean = (kr(&w, 2023, MEDEL_FIG_KASSA) + kr(&w, 2024, MEDEL_FIG_KASSA));
    const int64_t expected = (mean * 34 + 1000) / 2000;
    const int64_t got = kr(&w, 2024, MEDEL_FIG_FINANSNETTO);
    assert_true(got - expected >= -1 && got - expected <= 1);
    end(&w);
}

/* ---- articulation ---- */

static void articulates(const medel_projection *p, int first, int last)
{
    for (int y = first; y <= last; y++) {
#define F(name, year) ore(p, year, MEDEL_FIG_##name)
        assert_int_equal(F(TILLGANGAR, y), F(EGET_KAPITAL, y) + F(AVSATTNINGAR, y)
                                               + F(LANGFRISTIGA, y) + F(KORTFRISTIGA, y));
        assert_int_equal(F(TILLGANGAR, y), F(KASSA, y) + F(FORDRINGAR, y)
                                               + F(PLACERINGAR, y) + F(ANLAGGNING, y));
        assert_int_equal(F(KASSA, y), F(KASSA, y - 1) + F(KASSAFLODE, y));
        assert_int_equal(F(EGET_KAPITAL, y), F(EGET_KAPITAL, y - 1) + F(RESULTAT, y));
        assert_int_equal(F(RESULTAT, y), F(INTAKTER, y) - F(KOSTNADER, y)
                                             - F(AVSKRIVNINGAR, y) + F(FINANSNETTO, y));
        assert_int_equal(F(KASSAFLODE, y),
                         F(RESULTAT, y) + F(AVSKRIVNINGAR, y) + F(AVSATTNINGAR, y)
                             - F(AVSATTNINGAR, y - 1) - F(FORDRINGAR, y)
                             + F(FORDRINGAR, y - 1) + F(KORTFRISTIGA, y)
                             - F(KORTFRISTIGA, y - 1) + F(LANGFRISTIGA, y)
                             - F(LANGFRISTIGA, y - 1));
        assert_int_equal(F(MEDLEMSBIDRAG, y),
                         F(STATEN, y) + F(REGION, y) + F(KOMMUNER, y));
        const medel_block_info *blocks;
        size_t n = medel_projection_blocks(p, &blocks);
        int64_t cost = 0;
        for (size_t i = 0; i < n; i++) {
            const medel_node *b = medel_projection_block(p, y, i);
            if (b && !blocks[i].income)
                cost += b->quantity.value.num;
        }
        assert_int_equal(cost, F(KOSTNADER, y));
#undef F
    }
}

static void random_decision(decisions *d, random_state *r, const medel_block_info *blocks,
                            size_t n, int last)
{
    static const char *const parts[] = { NULL, "staten", "region", "kommuner" };
    static const char *const balances[] = { "fordringar", "kortfristiga_skulder",
                                            "avsattningar", "langfristiga_skulder" };
    const int year = (int)random_between(r, 2024, last);
    const int month = (int)random_between(r, 1, 12);
    const int64_t percent = random_between(r, 0, 150), amount = random_between(r, 0, 90);
    medel_change *c = NULL;
    size_t i = (size_t)random_between(r, 0, (int64_t)n - 1);
    switch (random_between(r, 0, 8)) {
    case 0:
        c = decide(d, MEDEL_DRIVE_BIDRAG, MEDEL_CHANGE_SCALE,
                   parts[random_between(r, 0, 3)], percent, 100, MEDEL_UNIT_NUMBER, year,
                   month);
        c->braked = random_chance(r, 50);
        break;
    case 1:
        decide(d, MEDEL_DRIVE_COST, MEDEL_CHANGE_SCALE, NULL, percent, 100,
               MEDEL_UNIT_NUMBER, year, month);
        break;
    case 2:
        if (blocks[i].income || strcmp(blocks[i].id, "engangskostnader") == 0)
            break;
        c = decide(d, MEDEL_DRIVE_COST, MEDEL_CHANGE_SCALE, blocks[i].id, percent, 100,
                   MEDEL_UNIT_NUMBER, year, month);
        c->lag = (int)random_between(r, 0, 14);
        break;
    case 3:
        decide(d, MEDEL_DRIVE_ONE_OFF, MEDEL_CHANGE_ADD, NULL, amount * 1117, 1,
               MEDEL_UNIT_KR, year, month);
        break;
    case 4:
        decide(d, MEDEL_DRIVE_BALANCE, MEDEL_CHANGE_ADD,
               balances[random_between(r, 0, 3)], amount * 333 - 9000, 1, MEDEL_UNIT_KR,
               year, month);
        break;
    case 5:
        decide(d, MEDEL_DRIVE_INDEX, MEDEL_CHANGE_SET, NULL, amount - 20, 1000,
               MEDEL_UNIT_NUMBER, year, 1 + (int)d->n % 12);
        break;
    case 6:
        decide(d, MEDEL_DRIVE_REALISATION, MEDEL_CHANGE_SET, NULL, 80 + percent / 5, 100,
               MEDEL_UNIT_NUMBER, year, 1 + (int)d->n % 12);
        break;
    case 7:
        decide(d, MEDEL_DRIVE_RATE, MEDEL_CHANGE_SET, NULL, amount, 1000,
               MEDEL_UNIT_NUMBER, year, 1 + (int)d->n % 12);
        break;
    default:
        decide(d, MEDEL_DRIVE_COST, MEDEL_CHANGE_ADD, NULL, amount * 1000 - 30000, 1,
               MEDEL_UNIT_KR, year, month);
    }
}

/* The year as a report: the checks of the taxonomy find nothing of their own in it. */
static void passes_the_checks(const medel_projection *p, int year)
{
    medel_report *r;
    medel_checks *checks;
    const medel_check *list;
    assert_int_equal(medel_projection_report(
                         &r, p, year, &(medel_scenario){ "prov", "prov.lua", 3 }, NULL),
                     MEDEL_OK);
    assert_string_equal(medel_report_scenario(r), "prov");
    assert_int_equal(medel_checks_new(&checks, r, NULL), MEDEL_OK);
    size_t n = medel_checks_get(checks, &list), passed = 0;
    for (size_t i = 0; i < n; i++) {
        passed += list[i].outcome == MEDEL_PASSED;
        if (list[i].outcome == MEDEL_FINDING && list[i].level > MEDEL_LEVEL_NOTE)
            fail_msg("%d: %s: %s", year, medel_check_spec_id(list[i].spec),
                     list[i].message);
    }
    assert_true(passed > 20);
    medel_checks_free(checks);
    medel_report_free(r);
}

/* ---- uncertainty around it ---- */

enum { PATHS = 130 };

/* Every quantile of every year within 'most' kronor of the projection's eget kapital. */
static void drawn_is(const medel_projection *p, const medel_mc_model *m, int first,
                     int64_t most, bool limits)
{
    static medel_mc_outcome years[MEDEL_MC_MAX_YEARS];
    medel_mc_result result;
    medel_error err;
    medel_mc_options o = { .seed = 1, .paths = PATHS };
    if (medel_mc_run(&result, years, m, &o, &err) != MEDEL_OK)
        fail_msg("%s", err.message);
    for (size_t t = 0; t < m->nyears; t++) {
        const int year = first + (int)t;
        const int64_t ek = ore(p, year, MEDEL_FIG_EGET_KAPITAL);
        for (int k = 0; k < MEDEL_MC_QUANTILES; k++) {
            const int64_t off = years[t].quantiles[k] - ek;
            if (off < -100 * most || off > 100 * most)
                fail_msg("%d: %lld öre are drawn, %lld are projected", year,
                         (long long)years[t].quantiles[k], (long long)ek);
        }
        if (!limits)
            continue;
        const medel_node *left = medel_projection_figure(p, year, MEDEL_FIG_MARGINAL);
        assert_int_equal(years[t].above, left->quantity.value.num < 0 ? PATHS : 0);
        assert_int_equal(years[t].below, ek < 0 ? PATHS : 0);
    }
}

static void without_variance(const medel_projection *p, int first)
{
    medel_error err;
    medel_mc_model *m;
    if (medel_mc_model_new(&m, p, NULL, &err) != MEDEL_OK)
        fail_msg("%s", err.message);
    drawn_is(p, m, first, 0, true);
    /* the same by way of what a draw moves */
    m->inputs[MEDEL_MC_TIMING] = (medel_mc_distribution){
        .kind = MEDEL_MC_UNIFORM, .low = 0.0, .high = 1e-13, .once = true
    };
    drawn_is(p, m, first, 0, true);
    medel_mc_model_free(m);
}

/* Drawing a delay of some months is deciding all costs so much later. */
static void with_delay(const medel_report *base, const medel_parameters *p,
                       medel_projection_options o, const medel_projection *planned,
                       int months)
{
    decisions late = { .n = 0 };
    medel_projection *q;
    medel_error err;
    medel_mc_model *m;
    bool once = false, realised = false;
    for (size_t i = 0; i < o.nchanges; i++) {
        const medel_driver driver = o.changes[i].driver;
        if (driver == MEDEL_DRIVE_INDEX)
            return; /* a late change has the prices of its own date */
        once = once || driver == MEDEL_DRIVE_ONE_OFF;
        realised = realised || driver == MEDEL_DRIVE_REALISATION;
        medel_change *c = &late.list[late.n++];
        *c = o.changes[i];
        if (driver == MEDEL_DRIVE_COST)
            c->lag += months;
        if (driver != MEDEL_DRIVE_ONE_OFF)
            continue;
        const int at = c->year * 12 + c->month - 1 + months;
        c->year = at / 12;
        c->month = at % 12 + 1;
        if (c->year > o.last)
            late.n--; /* never paid */
    }
    if (once && realised)
        return; /* and what is paid once is realised as its own date */
    o.changes = late.list;
    o.nchanges = late.n;
    if (medel_projection_new(&q, base, p, &o, &err) != MEDEL_OK)
        fail_msg("%s", err.message);
    if (medel_mc_model_new(&m, planned, NULL, &err) != MEDEL_OK)
        fail_msg("%s", err.message);
    m->inputs[MEDEL_MC_TIMING].mean = months;
    drawn_is(q, m, o.first, 5 * (o.last - o.first + 1), false);
    medel_mc_model_free(m);
    medel_projection_free(q);
}

static void random_scenarios(medel_report *base, medel_parameters *p, random_state *r,
                             int scenarios)
{
    medel_error err;
    medel_projection *plain;
    const medel_block_info *blocks;
    medel_projection_options o = { .first = 2024, .last = 2024 };
    if (medel_projection_new(&plain, base, p, &o, &err) != MEDEL_OK)
        fail_msg("%s", err.message);
    size_t n = medel_projection_blocks(plain, &blocks);
    for (int i = 0; i < scenarios; i++) {
        decisions d = { .n = 0 };
        const int last = (int)random_between(r, 2024, 2032);
        for (int64_t k = random_between(r, 0, 12); k > 0; k--)
            random_decision(&d, r, blocks, n, last);
        medel_projection *q;
        o = (medel_projection_options){ .first = 2024,
                                        .last = last,
                                        .changes = d.list,
                                        .nchanges = d.n,
                                        .no_brake = random_chance(r, 30) };
        if (medel_projection_new(&q, base, p, &o, &err) != MEDEL_OK) {
            /* two shares set from the same January contradict each other */
            assert_non_null(strstr(err.message, "contradicts"));
            continue;
        }
        articulates(q, 2024, last);
        without_variance(q, 2024);
        with_delay(base, p, o, q, (int)random_between(r, 1, 14));
        for (int year = 2024; year <= last; year += 3)
            passes_the_checks(q, year);
        medel_projection_free(q);
    }
    medel_projection_free(plain);
}

TEST(every_year_articulates_and_passes_the_checks)
{
    static const char *const paths[] = { lekeberg, sydnarke };
    random_state r = { 20240311 };
    medel_parameters *p = norms();
    for (size_t i = 0; i < COUNT(paths); i++) {
        medel_report *base = load(paths[i]);
        random_scenarios(base, p, &r, 60);
        medel_report_free(base);
    }
    for (int i = 0; i < 40; i++) {
        book b;
        book_make(&b, &r, 1000);
        char *yaml = book_print(&b, (book_style){ .print = r, .one_unit = true });
        medel_report *base = report_of(yaml);
        random_scenarios(base, p, &r, 5);
        medel_report_free(base);
        free(yaml);
    }
    medel_parameters_free(p);
}

/* ---- a level that changes within a year, drawn ---- */

TEST(a_delay_costs_the_months_of_the_difference)
{
    decisions d = { .n = 0 };
    world w;
    medel_mc_model *m;
    medel_mc_outcome years[2];
    medel_mc_result result;
    decide(&d, MEDEL_DRIVE_COST, MEDEL_CHANGE_SET, "samverkansteam", 0, 1, MEDEL_UNIT_KR,
           2024, 3);
    decide(&d, MEDEL_DRIVE_RATE, MEDEL_CHANGE_SET, NULL, 0, 1, MEDEL_UNIT_NUMBER, 2024,
           1);
    assert_int_equal(run(&w, lekeberg, &d, 2025, false), MEDEL_OK);
    assert_int_equal(medel_mc_model_new(&m, w.p, NULL, &w.err), MEDEL_OK);
    m->inputs[MEDEL_MC_TIMING].mean = 6; /* of 1 080 967 kr a year */
    const medel_mc_options o = { .seed = 1, .paths = 1 };
    assert_int_equal(medel_mc_run(&result, years, m, &o, &w.err), MEDEL_OK);
    for (int t = 0; t < 2; t++)
        assert_int_equal(
            ore(w.p, 2024 + t, MEDEL_FIG_EGET_KAPITAL) - years[t].quantiles[0], 54048350);
    medel_mc_model_free(m);
    end(&w);
}

/* ---- refusals ---- */

static void refused(const decisions *d, int last, const char *why)
{
    world w;
    assert_true(run(&w, lekeberg, d, last, false) != MEDEL_OK);
    assert_null(w.p);
    assert_text_contains(w.err.message, why);
    end(&w);
}

TEST(what_cannot_hold_is_refused_with_its_place)
{
    decisions d = { .n = 0 };
    refused(&d, 2024 + 1000000, "1 to 100 years");
    decide(&d, MEDEL_DRIVE_COST, MEDEL_CHANGE_SET, "personal", 0, 1, MEDEL_UNIT_KR, 2024,
           13);
    refused(&d, 2025, "prov.lua:3: month 13 is outside the year");
    d.n = 0;
    decide(&d, MEDEL_DRIVE_COST, MEDEL_CHANGE_SET, "personl", 0, 1, MEDEL_UNIT_KR, 2024,
           1);
    refused(&d, 2025, "did you mean 'personal'");
    d.n = 0;
    decide(&d, MEDEL_DRIVE_BIDRAG, MEDEL_CHANGE_SET, NULL, -1, 1, MEDEL_UNIT_KR, 2024, 1);
    refused(&d, 2025, "prov.lua:3: the allocation is negative");
    d.n = 0;
    decide(&d, MEDEL_DRIVE_BIDRAG, MEDEL_CHANGE_SCALE, NULL, -1, 2, MEDEL_UNIT_NUMBER,
           2024, 1);
    refused(&d, 2025, "more than 100 %");
    d.n = 0;
    decide(&d, MEDEL_DRIVE_COST, MEDEL_CHANGE_SCALE, NULL, 1, 1, MEDEL_UNIT_KR, 2024, 1);
    refused(&d, 2025, "must be a share");
    d.n = 0;
    decide(&d, MEDEL_DRIVE_COST, MEDEL_CHANGE_SET, "personal", 0, 1, MEDEL_UNIT_KR, 2024,
           1);
    decide(&d, MEDEL_DRIVE_COST, MEDEL_CHANGE_SET, "personal", 9, 1, MEDEL_UNIT_KR, 2024,
           1);
    refused(&d, 2025, "contradicts 'prov'");
    d.n = 0;
    decide(&d, MEDEL_DRIVE_COST, MEDEL_CHANGE_SET, "personal", 0, 1, MEDEL_UNIT_KR, 2022,
           1);
    refused(&d, 2025, "before the first projected year");
    d.n = 0;
    decide(&d, MEDEL_DRIVE_COST, MEDEL_CHANGE_ADD, "personal", -99000000, 1,
           MEDEL_UNIT_KR, 2024, 1);
    refused(&d, 2025, "becomes negative");
    d.n = 0;
    for (int i = 0; i < 20; i++)
        decide(&d, MEDEL_DRIVE_BIDRAG, MEDEL_CHANGE_SCALE, NULL, 1000, 1,
               MEDEL_UNIT_NUMBER, 2024, 1);
    refused(&d, 2025, "64 bits");
}

/* ---- failing allocations ---- */

typedef struct meagre {
    size_t left;
} meagre;

static void *sparse(void *ud, void *ptr, size_t osize, size_t nsize)
{
    meagre *m = ud;
    (void)osize;
    if (nsize == 0) {
        free(ptr);
        return NULL;
    }
    if (m->left == 0)
        return NULL;
    m->left--;
    return realloc(ptr, nsize);
}

TEST(running_out_of_memory_leaves_nothing_behind)
{
    decisions d = { .n = 0 };
    adopted_budget(&d);
    medel_report *base = load(lekeberg);
    medel_parameters *p = norms();
    size_t step = 1;
    for (size_t n = 0;; n += step) {
        meagre m = { n };
        medel_error err;
        medel_projection *q = NULL;
        medel_report *r = NULL;
        medel_projection_options o = { .first = 2024,
                                       .last = 2025,
                                       .changes = d.list,
                                       .nchanges = d.n,
                                       .allocator = &(medel_allocator){ sparse, &m } };
        medel_status st = medel_projection_new(&q, base, p, &o, &err);
        medel_mc_model *model = NULL;
        if (st == MEDEL_OK)
            st = medel_projection_report(&r, q, 2025,
                                         &(medel_scenario){ "prov", "prov.lua", 1 },
                                         &(medel_allocator){ sparse, &m });
        if (st == MEDEL_OK)
            st = medel_mc_model_new(&model, q, &(medel_allocator){ sparse, &m }, &err);
        medel_mc_model_free(model);
        medel_report_free(r);
        medel_projection_free(q);
        if (st == MEDEL_OK)
            break;
        assert_int_equal(st, MEDEL_E_NOMEM);
        step = n < 64 ? 1 : n / 16;
    }
    medel_parameters_free(p);
    medel_report_free(base);
}

TEST(a_year_is_its_months_and_what_it_rests_on)
{
    world w;
    decisions d = { .n = 0 };
    medel_assumed rests;
    medel_projected_month months[12];
    int64_t contributions = 0;
    assert_int_equal(run(&w, sydnarke, &d, 2025, false), MEDEL_OK);
    assert_true(medel_projection_months(w.p, 2024, months));
    for (int i = 0; i < 12; i++)
        contributions += months[i].contributions;
    assert_int_equal(contributions, ore(w.p, 2024, MEDEL_FIG_MEDLEMSBIDRAG));
    assert_int_equal(months[11].equity, ore(w.p, 2024, MEDEL_FIG_EGET_KAPITAL));
    assert_int_equal(months[11].cash, ore(w.p, 2024, MEDEL_FIG_KASSA));
    assert_false(medel_projection_months(w.p, 2030, months));
    assert_true(medel_projection_assumed(w.p, 2024, &rests));
    assert_non_null(rests.guideline);
    assert_false(medel_projection_assumed(w.p, 2030, &rests));
    assert_true(medel_report_size(w.base) > 1000);
    assert_true(medel_projection_size(w.p) > 1000);
    end(&w);
}

TEST(a_report_is_built_of_cells)
{
    medel_report *base = load(sydnarke), *r = NULL;
    const medel_node kr = { .quantity = exact(1234, 1, MEDEL_UNIT_KR), .name = "given" };
    const medel_cell cells[] = {
        { .table = "balansrakning", .row = "kassa_och_bank", .year = 2024, .node = &kr },
    };
    const medel_new_report what = { base, 2024, { "egen", "egen.c", 7 }, cells, 1 };
    assert_int_equal(medel_report_build(&r, &what, NULL), MEDEL_OK);
    assert_int_equal(medel_report_year(r), 2024);
    assert_string_equal(medel_report_scenario(r), "egen");
    const medel_fact *f = cell(r, "balansrakning", "kassa_och_bank", 2024);
    assert_int_equal(f->value.value.num, 123400);
    medel_report_free(r);
    const medel_cell wrong[] = { { .table = "ingen", .row = "x", .year = 2024 } };
    const medel_new_report no = { base, 2024, { "egen", "egen.c", 7 }, wrong, 1 };
    assert_int_equal(medel_report_build(&r, &no, NULL), MEDEL_E_SCHEMA);
    medel_report_free(base);
}

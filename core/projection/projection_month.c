/* projection_month.c - a projected year month by month, and what it rests on. */
#include "projection.h"

#include <string.h>

void medel_pj_note_level(medel_projection *p, const medel_pj_series *s, int from, int to)
{
    medel_year *y = &p->years[p->now - p->options.first + 1];
    const medel_rational v = s->level->quantity.value;
    for (int m = from; m < to && m < 12; m++)
        y->levels[s - p->series][m] = v.num / v.den;
}

bool medel_projection_assumed(const medel_projection *p, int year, medel_assumed *out)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_OR(false, p, out);
    const medel_year *y = medel_projection_year(p, year);
    if (!y || !y->levels)
        return false;
    *out = (medel_assumed){ .index = y->index,
                            .realisation = y->realisation,
                            .rate = y->rate,
                            .brake = y->brake,
                            .guideline = y->guideline };
    memcpy(out->share, y->share, sizeof out->share);
    return true;
}

/* ---- months ---- */

static bool ore_of(const medel_node *n, int64_t *out)
{
    *out = n ? n->quantity.value.num : 0;
    return !n || n->quantity.value.den == 1;
}

/* The year's amount over its months, by weight; evenly where there is none. */
static bool spread(int64_t amount, const int64_t weights[12], int64_t out[12])
{
    int64_t all = 0, until = 0, given = 0;
    for (int m = 0; m < 12; m++) {
        if (__builtin_add_overflow(all, weights[m], &all))
            return false;
    }
    for (int m = 0; m < 12; m++) {
        until += all ? weights[m] : 1;
        const medel_rational part = { until, all ? all : 12 };
        medel_rational value;
        int64_t to;
        if (medel_rational_mul(&value, (medel_rational){ amount, 1 }, part) != MEDEL_OK
            || medel_rational_round(&to, value, 1, 1, MEDEL_ROUND_HALF_AWAY) != MEDEL_OK)
            return false;
        out[m] = to - given;
        given = to;
    }
    return true;
}

/* The levels of the series of a driver together, month by month. */
static void add_levels(const medel_projection *p, const medel_year *y,
                       medel_driver driver, int64_t out[12])
{
    for (size_t i = 0; i < p->nseries; i++) {
        for (int m = 0; p->series[i].driver == driver && m < 12; m++)
            out[m] += y->levels[i][m];
    }
}

/* What claims, debts and provisions pay in or out as they change. */
static void add_balances(const medel_projection *p, const medel_year *y, int64_t out[12])
{
    for (size_t i = 0; i < p->nseries; i++) {
        if (p->series[i].driver != MEDEL_DRIVE_BALANCE)
            continue;
        medel_figure_id id;
        int64_t before;
        if (!medel_figure_id_parse(&id, p->series[i].id)
            || !ore_of((y - 1)->figure[id], &before))
            continue;
        for (int m = 0; m < 12; m++) {
            const int64_t d = y->levels[i][m] - before;
            out[m] += id == MEDEL_FIG_FORDRINGAR ? -d : d;
            before = y->levels[i][m];
        }
    }
}

bool medel_projection_months(const medel_projection *p, int year,
                             medel_projected_month out[12])
{
    MEDEL_NEEDS_OR(false, p, out);
    const medel_year *y = medel_projection_year(p, year);
    int64_t weights[3][12] = { { 0 } }, parts[5][12], balance[12] = { 0 };
    static const int64_t even[12] = { 0 };
    int64_t amount[6], cash = 0, equity = 0;
    if (!y || !y->levels)
        return false;
    add_levels(p, y, MEDEL_DRIVE_BIDRAG, weights[0]);
    add_levels(p, y, MEDEL_DRIVE_INCOME, weights[1]);
    add_levels(p, y, MEDEL_DRIVE_COST, weights[2]);
    add_balances(p, y, balance);
    const medel_node *const nodes[6] = {
        y->figure[MEDEL_FIG_MEDLEMSBIDRAG], y->figure[MEDEL_FIG_OVRIGA_INTAKTER],
        y->figure[MEDEL_FIG_KOSTNADER],     y->figure[MEDEL_FIG_FINANSNETTO],
        y->figure[MEDEL_FIG_AVSKRIVNINGAR], y->one_off
    };
    bool fits = ore_of((y - 1)->figure[MEDEL_FIG_KASSA], &cash)
                && ore_of((y - 1)->figure[MEDEL_FIG_EGET_KAPITAL], &equity);
    for (int i = 0; i < 6; i++)
        fits = fits && ore_of(nodes[i], &amount[i]);
    amount[2] -= amount[5];
    int64_t one_off[12];
    for (int i = 0; i < 5; i++)
        fits = fits && spread(amount[i], i < 3 ? weights[i] : even, parts[i]);
    fits = fits && spread(amount[5], y->one_offs, one_off);
    for (int m = 0; m < 12 && fits; m++) {
        const int64_t earned =
            parts[0][m] + parts[1][m] - parts[2][m] - one_off[m] + parts[3][m];
        cash += earned + balance[m];
        equity += earned - parts[4][m];
        out[m] =
            (medel_projected_month){ parts[0][m], parts[1][m], parts[2][m], one_off[m],
                                     parts[3][m], balance[m],  cash,        equity };
    }
    return fits;
}

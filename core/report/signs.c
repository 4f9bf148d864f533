/*
 * signs.c - a driftredovisning is printed under several sign conventions, even in
 * one table.  Each row's own arithmetic says which; afterwards costs are positive,
 * netto is intäkt minus kostnad, and a favourable avvikelse is positive.
 */
#include "medel_priv.h"

#include <string.h>

/* Cells are ours to complete until the report is handed out. */
static medel_fact *cell(medel_table *t, size_t row, const char *measure, int year,
                        medel_variant variant)
{
    const medel_fact *f = medel_row_cell(t, &t->rows[row], measure, year, variant);
    union {
        const medel_fact *in;
        medel_fact *out;
    } u = { f };
    return f && f->state == MEDEL_FIGURE_VALUE ? u.out : NULL;
}

static medel_quantity signed_by(const medel_fact *f, int sign)
{
    medel_quantity q = { { 0, 1 }, { 0, 1 }, { 0, 1 }, { 1, 0 }, false };
    if (f)
        q = f->printed;
    if (sign < 0)
        (void)!medel_quantity_neg(&q, &q);
    return q;
}

static bool holds(const medel_fact *total, int total_sign, const medel_fact *plus,
                  int plus_sign, const medel_fact *minus, int minus_sign)
{
    medel_quantity left = signed_by(total, total_sign), right;
    medel_quantity a = signed_by(plus, plus_sign), b = signed_by(minus, minus_sign);
    medel_agreement agreement;
    return medel_quantity_sub(&right, &a, &b) == MEDEL_OK
           && medel_quantity_agree(&agreement, &left, &right) == MEDEL_OK
           && agreement == MEDEL_AGREE;
}

typedef struct convention {
    int cost, net; /* printed times this is the usual sign; 0: not known */
} convention;

/* netto = intäkt - kostnad under which signs? */
static convention of_row(const medel_fact *income, const medel_fact *cost,
                         const medel_fact *net)
{
    bool negative = cost && cost->printed.value.num < 0;
    const convention order[2][4] = {
        { { 1, 1 }, { 1, -1 }, { -1, 1 }, { -1, -1 } },
        { { -1, 1 }, { -1, -1 }, { 1, 1 }, { 1, -1 } },
    };
    convention found = { 0, 0 };
    if (!net || (!income && !cost) || net->printed.value.num == 0)
        return found;
    for (int i = 0; i < 4; i++) {
        convention c = order[negative][i];
        if (!holds(net, c.net, income, 1, cost, c.cost))
            continue;
        if (!found.net)
            found = c;
        else if (found.cost == c.cost && found.net != c.net)
            return (convention){ c.cost, 0 }; /* small figures fit both ways */
    }
    return found;
}

static void apply(medel_fact *f, int sign)
{
    if (f && sign < 0)
        (void)!medel_quantity_neg(&f->value, &f->printed);
}

/* What most rows of the column do, for rows that do not say. */
static int majority(const convention *rows, size_t n, bool net)
{
    int sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += net ? rows[i].net : rows[i].cost;
    return sum < 0 ? -1 : 1;
}

static int budget_sign(const medel_fact *budget, const medel_fact *net, int net_sign,
                       const medel_fact *deviation, int *deviation_sign)
{
    const int order[4][2] = {
        { 1, net_sign }, { 1, -net_sign }, { -1, net_sign }, { -1, -net_sign }
    };
    *deviation_sign = 1;
    for (int i = 0; deviation && i < 4; i++) {
        if (holds(deviation, order[i][0], net, net_sign, budget, order[i][1])) {
            *deviation_sign = order[i][0];
            return order[i][1];
        }
    }
    return net_sign;
}

#define MAX_ROWS 512

static void normalise_year(medel_table *t, int year)
{
    convention rows[MAX_ROWS];
    size_t n = t->nrows < MAX_ROWS ? t->nrows : MAX_ROWS;
    for (size_t i = 0; i < n; i++)
        rows[i] = of_row(cell(t, i, "intakt", year, MEDEL_VARIANT_UTFALL),
                         cell(t, i, "kostnad", year, MEDEL_VARIANT_UTFALL),
                         cell(t, i, "netto", year, MEDEL_VARIANT_UTFALL));
    int cost = majority(rows, n, false), net = majority(rows, n, true);
    for (size_t i = 0; i < n; i++) {
        const char *balance = t->rows[i].spec->balance;
        medel_fact *netto = cell(t, i, "netto", year, MEDEL_VARIANT_UTFALL);
        medel_fact *budget = cell(t, i, "netto", year, MEDEL_VARIANT_BUDGET);
        medel_fact *deviation = cell(t, i, "avvikelse", year, MEDEL_VARIANT_UTFALL);
        medel_fact *kostnad = cell(t, i, "kostnad", year, MEDEL_VARIANT_UTFALL);
        /* Income and result rows keep their sign unless their arithmetic objects. */
        bool counts = !balance || strcmp(balance, "cost") == 0;
        int s = rows[i].net ? rows[i].net : counts ? net : 1;
        int k = rows[i].cost ? rows[i].cost : counts ? cost : 1;
        int t_sign, b = budget_sign(budget, netto, s, deviation, &t_sign);
        if (!rows[i].cost && kostnad && kostnad->printed.value.num < 0 && !counts)
            k = -1;
        apply(kostnad, k);
        apply(netto, s);
        apply(budget, b);
        apply(deviation, t_sign);
        apply(cell(t, i, "kostnad", year, MEDEL_VARIANT_BUDGET), k);
        apply(cell(t, i, "netto", year, MEDEL_VARIANT_PROGNOS), s);
    }
}

void medel_signs_normalise(medel_table *t)
{
    int seen[8];
    size_t nseen = 0;
    const medel_table_full *full = (const medel_table_full *)(const void *)t->spec;
    if (t->spec->by_year || !full->sign_rule)
        return;
    for (size_t i = 0; i < t->ncolumns; i++) {
        bool known = false;
        for (size_t k = 0; k < nseen; k++)
            known |= seen[k] == t->columns[i].year;
        if (known || nseen == 8)
            continue;
        seen[nseen++] = t->columns[i].year;
        normalise_year(t, t->columns[i].year);
    }
}

/*
 * projection_base.c - the base year of a projection, read from the printed report.
 */
#include "projection.h"

#include <string.h>

/* ---- the base year ---- */

static const medel_node *concept_node(medel_projection *p, medel_role id, int year,
                                      int sign)
{
    const medel_fact *f = medel_role_fact(p->base, id, year, MEDEL_VARIANT_UTFALL);
    return f ? medel_pj_of_fact(p, f, sign) : NULL;
}

static const medel_node *needed(medel_projection *p, medel_role id, int sign)
{
    const medel_node *n = concept_node(p, id, p->now, sign);
    if (!n)
        medel_pj_fail(p, MEDEL_E_DOMAIN, NULL, "the base report does not print %s for %d",
                      medel_role_id(medel_report_taxonomy(p->base), id), p->now);
    return n;
}

/* A figure that an overview may lack; 'instead' is what it is taken to be then. */
static const medel_node *needed_unless_partial(medel_projection *p, medel_role id,
                                               const medel_node *instead)
{
    const medel_node *n = p->options.partial ? concept_node(p, id, p->now, 1) : NULL;
    return n ? n : p->options.partial ? instead : needed(p, id, 1);
}

static const medel_node *or_zero(medel_projection *p, medel_role id, int sign)
{
    const medel_node *n = concept_node(p, id, p->now, sign);
    return n ? n : medel_pj_zero(p);
}

static bool has_rows_under(const medel_table *t, const char *id)
{
    for (size_t i = 0; i < t->nrows; i++) {
        if (medel_same(t->rows[i].spec->under, id))
            return true;
    }
    return false;
}

/* The group that a row of the driftredovisning adds to: "individ", "administration". */
static const char *group_of(const medel_projection *p, const medel_table *t,
                            const medel_row *row)
{
    for (int depth = 0; row && depth < 16; depth++) {
        if (medel_pj_sums_groups(p, row->under))
            return row->id;
        const medel_table_row *up = row->under ? medel_table_find(t, row->under) : NULL;
        row = up           ? up->spec
              : row->under ? medel_table_spec_find(t->spec, row->under)
                           : NULL;
    }
    return NULL;
}

/* The insats's cost in kronor from its own section, where it agrees with the table. */
static const medel_fact *finest_cost(const medel_projection *p, const medel_fact *cell,
                                     const char *row)
{
    const medel_fact_chain *chain =
        medel_report_chain(p->base, medel_role_id(medel_report_taxonomy(p->base),
                                                  MEDEL_ROLE_INSATS_OUTCOME));
    const medel_fact *const *list = chain ? chain->facts.data : NULL;
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        medel_agreement a;
        const medel_fact *f = list[i];
        if (f->year == p->now && medel_same(f->dimension, row) && !f->spec
            && f->variant == MEDEL_VARIANT_UTFALL && medel_fact_has_value(f)
            && f->unit == MEDEL_UNIT_KR && f->sign == cell->sign
            && medel_quantity_agree(&a, &cell->value, &f->value) == MEDEL_OK
            && a == MEDEL_AGREE)
            return f;
    }
    return cell;
}

/* Every lowest row of the driftredovisning with a cost is a block; what they leave of
   the year's costs stands by itself, so that the base year is the printed one. */
static void read_blocks(medel_projection *p)
{
    const medel_table *t = medel_report_table(
        p->base, medel_role_id(medel_report_taxonomy(p->base), MEDEL_ROLE_OPERATIONS));
    const char *incomes = medel_pj_row(p, MEDEL_ROLE_ALL_INCOME);
    const medel_node *rest = p->years[0].figure[MEDEL_FIG_KOSTNADER];
    for (size_t i = 0; t && i < t->nrows; i++) {
        const medel_row *row = t->rows[i].spec;
        const char *group = group_of(p, t, row);
        const medel_fact *cell =
            medel_row_cell(t, &t->rows[i], "kostnad", p->now, MEDEL_VARIANT_UTFALL);
        if (!group || medel_same(group, incomes) || !medel_fact_has_value(cell)
            || has_rows_under(t, row->id) || cell->value.value.num == 0)
            continue;
        const medel_fact *best = finest_cost(p, cell, row->id);
        const medel_node *level = medel_pj_of_fact(p, best, best->sign);
        medel_pj_add_series(p, MEDEL_DRIVE_COST, row->id, t->rows[i].label, group, level);
        rest = medel_pj_apply(p, MEDEL_OP_SUB, rest, level);
    }
    p->rest = p->nseries;
    medel_pj_add_series(
        p, MEDEL_DRIVE_COST, "ofordelat",
        p->nseries ? "Ej fördelat och avrundning" : "Verksamhetens kostnader",
        medel_pj_row(p, MEDEL_ROLE_OTHER_OPERATIONS),
        medel_pj_as_fact(p, "ofordelat", "Ej fördelade kostnader", p->now, rest));
}

static const medel_node *sum_of(medel_projection *p, const medel_node *const *list,
                                size_t n)
{
    const medel_node *sum = list[0];
    for (size_t i = 1; i < n; i++) {
        if (list[i]->quantity.value.num != 0)
            sum = medel_pj_apply(p, MEDEL_OP_ADD, sum, list[i]);
    }
    return sum;
}

static const medel_node *assets(medel_projection *p, const medel_node *const *f)
{
    const medel_node *const list[] = { f[MEDEL_FIG_KASSA], f[MEDEL_FIG_FORDRINGAR],
                                       f[MEDEL_FIG_PLACERINGAR],
                                       f[MEDEL_FIG_ANLAGGNING] };
    return sum_of(p, list, 4);
}

static const medel_node *funding(medel_projection *p, const medel_node *const *f)
{
    const medel_node *const list[] = { f[MEDEL_FIG_EGET_KAPITAL],
                                       f[MEDEL_FIG_AVSATTNINGAR],
                                       f[MEDEL_FIG_LANGFRISTIGA],
                                       f[MEDEL_FIG_KORTFRISTIGA] };
    return sum_of(p, list, 4);
}

/* The sum with the precision that the figures are printed with. */
static medel_quantity printed_sum(const medel_node *const *f, const medel_figure_id *ids,
                                  size_t n)
{
    medel_quantity sum = { { 0, 1 }, { 0, 1 }, { 0, 1 }, { 1, 0 }, false };
    for (size_t i = 0; i < n; i++) {
        const medel_node *node = f[ids[i]];
        const medel_quantity *q = node->op == MEDEL_OP_FACT && node->fact->sign > 0
                                      ? &node->fact->value
                                      : &node->quantity;
        (void)!medel_quantity_add(&sum, &sum, q);
    }
    return sum;
}

/* A difference that rounding explains goes to fordringar; a larger one is refused. */
static void settle_balance(medel_projection *p, const medel_node **f)
{
    static const medel_figure_id left[] = { MEDEL_FIG_KASSA, MEDEL_FIG_FORDRINGAR,
                                            MEDEL_FIG_PLACERINGAR, MEDEL_FIG_ANLAGGNING },
                                 right[] = { MEDEL_FIG_EGET_KAPITAL,
                                             MEDEL_FIG_AVSATTNINGAR,
                                             MEDEL_FIG_LANGFRISTIGA,
                                             MEDEL_FIG_KORTFRISTIGA };
    const medel_node *gap = medel_pj_apply(p, MEDEL_OP_SUB, funding(p, f), assets(p, f));
    const medel_quantity a = printed_sum(f, left, 4), b = printed_sum(f, right, 4);
    medel_agreement agreement = MEDEL_DIFFER;
    if (gap->quantity.value.num == 0)
        return;
    if (medel_quantity_agree(&agreement, &a, &b) != MEDEL_OK || agreement != MEDEL_AGREE)
        medel_pj_fail(
            p, MEDEL_E_DOMAIN, NULL,
            "the base year's balance sheet differs by %lld kr: correct it first",
            (long long)(gap->quantity.value.num / gap->quantity.value.den / 100));
    f[MEDEL_FIG_FORDRINGAR] =
        medel_pj_apply(p, MEDEL_OP_ADD, f[MEDEL_FIG_FORDRINGAR], gap);
}

/* What follows from the rest in every year. */
void medel_pj_derive(medel_projection *p, medel_year *y)
{
    const medel_node **f = y->figure;
    f[MEDEL_FIG_TILLGANGAR] =
        medel_pj_as_fact(p, medel_figure_id_name(MEDEL_FIG_TILLGANGAR),
                         "Summa tillgångar", p->now, assets(p, f));
    if (f[MEDEL_FIG_RIKTLINJE])
        f[MEDEL_FIG_MARGINAL] =
            medel_pj_as_fact(p, "marginal", medel_pj_label(MEDEL_FIG_MARGINAL), p->now,
                             medel_pj_apply(p, MEDEL_OP_SUB, f[MEDEL_FIG_RIKTLINJE],
                                            f[MEDEL_FIG_EGET_KAPITAL]));
    if (f[MEDEL_FIG_MEDLEMSBIDRAG]->quantity.value.num != 0)
        f[MEDEL_FIG_ANDEL] =
            medel_pj_as_fact(p, "andel", medel_pj_label(MEDEL_FIG_ANDEL), p->now,
                             medel_pj_apply(p, MEDEL_OP_DIV, f[MEDEL_FIG_EGET_KAPITAL],
                                            f[MEDEL_FIG_MEDLEMSBIDRAG]));
}

static void read_parts(medel_projection *p, const medel_node **f)
{
    static const medel_role concepts[3] = { MEDEL_ROLE_CONTRIBUTION_STATE,
                                            MEDEL_ROLE_CONTRIBUTION_REGION,
                                            MEDEL_ROLE_CONTRIBUTION_MUNICIPALITIES };
    for (int i = 0; i < 3; i++) {
        const medel_node *n = concept_node(p, concepts[i], p->now, 1);
        if (!n)
            n = medel_pj_apply(p, MEDEL_OP_MUL, f[MEDEL_FIG_MEDLEMSBIDRAG],
                               medel_pj_parameter_node(p, medel_pj_shares[i], NULL));
        f[MEDEL_FIG_STATEN + i] = n;
        medel_pj_add_series(p, MEDEL_DRIVE_BIDRAG, medel_pj_parts[i],
                            medel_pj_label((medel_figure_id)(MEDEL_FIG_STATEN + i)),
                            medel_pj_row(p, MEDEL_ROLE_ALL_INCOME), n);
    }
}

/* Interest of the base year on its average cash; on its closing cash
   where a partial base has no other; nothing where cash is not printed. */
static const medel_node *own_rate(medel_projection *p, const medel_node **f)
{
    const bool cash = concept_node(p, MEDEL_ROLE_CASH, p->now, 1) != NULL;
    const medel_node *before =
        concept_node(p, cash ? MEDEL_ROLE_CASH : MEDEL_ROLE_EQUITY, p->now - 1, 1);
    if (!before && p->options.partial)
        before = f[MEDEL_FIG_KASSA];
    const medel_node *both =
        before ? medel_pj_apply(p, MEDEL_OP_ADD, before, f[MEDEL_FIG_KASSA]) : NULL;
    if (!both || both->quantity.value.num <= 0)
        return medel_pj_constant(p, 0, 1, MEDEL_UNIT_NUMBER);
    return medel_pj_apply(p, MEDEL_OP_DIV, f[MEDEL_FIG_FINANSNETTO],
                          medel_pj_apply(p, MEDEL_OP_DIV, both,
                                         medel_pj_constant(p, 2, 1, MEDEL_UNIT_NUMBER)));
}

/* The result less what operations gave. */
static const medel_node *what_is_left(medel_projection *p, const medel_node **f)
{
    const medel_node *n =
        medel_pj_apply(p, MEDEL_OP_SUB, f[MEDEL_FIG_RESULTAT], f[MEDEL_FIG_INTAKTER]);
    n = medel_pj_apply(p, MEDEL_OP_ADD, n, f[MEDEL_FIG_KOSTNADER]);
    return medel_pj_apply(p, MEDEL_OP_ADD, n, f[MEDEL_FIG_AVSKRIVNINGAR]);
}

void medel_pj_read_base(medel_projection *p)
{
    static const struct {
        medel_figure_id figure;
        medel_role concept;
    } balances[] = { { MEDEL_FIG_ANLAGGNING, MEDEL_ROLE_FIXED_ASSETS },
                     { MEDEL_FIG_FORDRINGAR, MEDEL_ROLE_RECEIVABLES },
                     { MEDEL_FIG_PLACERINGAR, MEDEL_ROLE_INVESTMENTS },
                     { MEDEL_FIG_AVSATTNINGAR, MEDEL_ROLE_PROVISIONS },
                     { MEDEL_FIG_LANGFRISTIGA, MEDEL_ROLE_LONG_DEBTS },
                     { MEDEL_FIG_KORTFRISTIGA, MEDEL_ROLE_SHORT_DEBTS } };
    const char *other = medel_figure_id_name(MEDEL_FIG_OVRIGA_INTAKTER);
    const medel_node **f = p->years[0].figure;
    p->now = medel_report_year(p->base);
    f[MEDEL_FIG_INTAKTER] = needed(p, MEDEL_ROLE_INCOME, 1);
    f[MEDEL_FIG_MEDLEMSBIDRAG] =
        needed_unless_partial(p, MEDEL_ROLE_CONTRIBUTIONS, f[MEDEL_FIG_INTAKTER]);
    f[MEDEL_FIG_KOSTNADER] = needed(p, MEDEL_ROLE_COSTS, -1);
    f[MEDEL_FIG_AVSKRIVNINGAR] = or_zero(p, MEDEL_ROLE_DEPRECIATION, -1);
    f[MEDEL_FIG_RESULTAT] = needed(p, MEDEL_ROLE_RESULT, 1);
    f[MEDEL_FIG_FINANSNETTO] = or_zero(p, MEDEL_ROLE_NET_FINANCIAL, 1);
    if (p->options.partial && !concept_node(p, MEDEL_ROLE_NET_FINANCIAL, p->now, 1))
        f[MEDEL_FIG_FINANSNETTO] = what_is_left(p, f);
    f[MEDEL_FIG_EGET_KAPITAL] = needed(p, MEDEL_ROLE_EQUITY, 1);
    f[MEDEL_FIG_KASSA] =
        needed_unless_partial(p, MEDEL_ROLE_CASH, f[MEDEL_FIG_EGET_KAPITAL]);
    for (size_t i = 0; i < sizeof balances / sizeof *balances; i++)
        f[balances[i].figure] = or_zero(p, balances[i].concept, 1);
    settle_balance(p, f);
    if (f[MEDEL_FIG_MEDLEMSBIDRAG]->quantity.value.num <= 0)
        medel_pj_fail(p, MEDEL_E_DOMAIN, NULL, "the base year has no medlemsbidrag");
    f[MEDEL_FIG_OVRIGA_INTAKTER] =
        medel_pj_as_fact(p, other, "Övriga intäkter", p->now,
                         medel_pj_apply(p, MEDEL_OP_SUB, f[MEDEL_FIG_INTAKTER],
                                        f[MEDEL_FIG_MEDLEMSBIDRAG]));
    f[MEDEL_FIG_RIKTLINJE] = medel_pj_guideline(p, f[MEDEL_FIG_MEDLEMSBIDRAG]);
    f[MEDEL_FIG_KASSAFLODE] = or_zero(p, MEDEL_ROLE_CASH_FLOW, 1);
    read_blocks(p);
    read_parts(p, f);
    medel_pj_add_series(p, MEDEL_DRIVE_INCOME, other, "Övriga intäkter",
                        medel_pj_row(p, MEDEL_ROLE_ALL_INCOME),
                        f[MEDEL_FIG_OVRIGA_INTAKTER]);
    for (size_t i = 1; i < sizeof balances / sizeof *balances; i++)
        if (balances[i].figure != MEDEL_FIG_PLACERINGAR)
            medel_pj_add_series(
                p, MEDEL_DRIVE_BALANCE, medel_figure_id_name(balances[i].figure),
                medel_pj_label(balances[i].figure), NULL, f[balances[i].figure]);
    p->index = medel_pj_constant(p, 0, 1, MEDEL_UNIT_NUMBER);
    p->realisation = medel_pj_constant(p, 1, 1, MEDEL_UNIT_NUMBER);
    p->rate = own_rate(p, f);
    medel_pj_derive(p, &p->years[0]);
}

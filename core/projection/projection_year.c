/*
 * projection_year.c - one projected year: contributions, incomes, costs, interest, and
 * the balance sheet they lead to.
 */
#include "projection.h"

/* 'usual', or what the caller's own function puts in its place. */
static const medel_node *part_of(medel_projection *p, const char *part,
                                 const medel_node *usual)
{
    bool replaced = false;
    const char *by = NULL;
    medel_quantity q;
    if (!p->options.replace)
        return usual;
    medel_status st = p->options.replace(p->options.replace_ud, p, part, p->now, usual,
                                         &replaced, &q, &by);
    if (st != MEDEL_OK)
        medel_pj_fail(p, st, NULL, "%d: the function for %s failed", p->now, part);
    if (!replaced)
        return usual;
    medel_node *n = MEDEL_NEW(&p->arena, medel_node, 1);
    n->op = MEDEL_OP_CONSTANT;
    n->quantity = q;
    medel_pj_make_exact(n);
    n->name = medel_arena_format(&p->arena, "egen funktion %s", by ? by : part);
    if (q.dimension.money != 1 || q.dimension.count != 0)
        medel_pj_fail(p, MEDEL_E_UNIT, NULL, "%d: the function for %s gave no amount",
                      p->now, part);
    return medel_pj_round(p, n);
}

static const medel_node *put(medel_projection *p, medel_figure_id id, const medel_node *n)
{
    const medel_node *f =
        medel_pj_as_fact(p, medel_figure_id_name(id), medel_pj_label(id), p->now, n);
    p->years[p->now - p->options.first + 1].figure[id] = f;
    return f;
}

/* The state's own cut: at most the yearly share, while eget kapital is within the
   guideline (bidrag.storsta_minskning). */
static const medel_node *brake(medel_projection *p, medel_year *y,
                               const medel_node *wanted)
{
    const medel_year *before = y - 1;
    const medel_node *last = before->figure[MEDEL_FIG_STATEN];
    const medel_pj_series *s = medel_pj_find_series(p, MEDEL_DRIVE_BIDRAG, "staten");
    if (!s->braked || p->options.no_brake
        || (before->figure[MEDEL_FIG_MARGINAL]
            && medel_pj_negative(before->figure[MEDEL_FIG_MARGINAL]))
        || !medel_pj_parameter(p, "bidrag.storsta_minskning", NULL))
        return wanted;
    const medel_node *cut =
        medel_pj_apply(p, MEDEL_OP_MUL, last,
                       medel_pj_parameter_node(p, "bidrag.storsta_minskning", NULL));
    const medel_node *least =
        medel_pj_round(p, medel_pj_apply(p, MEDEL_OP_SUB, last, cut));
    y->braked = medel_pj_compare(p, wanted, least) < 0;
    return y->braked ? medel_pj_apply(p, MEDEL_OP_MAX, wanted, least) : wanted;
}

/* A = min(2S, 4R, 4K): a part that gives less takes the others with it. */
static void contributions(medel_projection *p, medel_year *y)
{
    const medel_node *all = NULL, *share[3];
    for (int i = 0; i < 3; i++) {
        const medel_node *given =
            medel_pj_find_series(p, MEDEL_DRIVE_BIDRAG, medel_pj_parts[i])->sum;
        if (i == 0)
            given = brake(p, y, given);
        share[i] = medel_pj_parameter_node(p, medel_pj_shares[i], NULL);
        const medel_node *whole = medel_pj_apply(p, MEDEL_OP_DIV, given, share[i]);
        all = !all || medel_pj_compare(p, whole, all) < 0
                  ? all ? medel_pj_apply(p, MEDEL_OP_MIN, all, whole) : whole
                  : all;
    }
    all = put(p, MEDEL_FIG_MEDLEMSBIDRAG,
              part_of(p, medel_figure_id_name(MEDEL_FIG_MEDLEMSBIDRAG),
                      medel_pj_round(p, all)));
    if (medel_pj_negative(all))
        medel_pj_fail(p, MEDEL_E_DOMAIN, NULL, "%d: the allocation is negative", p->now);
    const medel_node *s =
        put(p, MEDEL_FIG_STATEN,
            medel_pj_round(p, medel_pj_apply(p, MEDEL_OP_MUL, all, share[0])));
    const medel_node *r =
        put(p, MEDEL_FIG_REGION,
            medel_pj_round(p, medel_pj_apply(p, MEDEL_OP_MUL, all, share[1])));
    put(p, MEDEL_FIG_KOMMUNER,
        medel_pj_apply(p, MEDEL_OP_SUB, medel_pj_apply(p, MEDEL_OP_SUB, all, s), r));
}

static const char *part_name(medel_projection *p, const char *kind, const char *id)
{
    return p->options.replace ? medel_arena_format(&p->arena, "%s.%s", kind, id) : "";
}

static const medel_node *series_fact(medel_projection *p, const medel_pj_series *s,
                                     const medel_node *n)
{
    return medel_pj_as_fact(p, s->id, s->label, p->now, n);
}

static void incomes(medel_projection *p, medel_year *y)
{
    const medel_node *sum = NULL;
    for (size_t i = 0; i < p->nseries; i++) {
        const medel_pj_series *s = &p->series[i];
        if (s->driver != MEDEL_DRIVE_INCOME)
            continue;
        const medel_node *n =
            part_of(p, part_name(p, "intakt", s->id), medel_pj_round(p, s->sum));
        y->block[i] = series_fact(p, s, n);
        sum = sum ? medel_pj_apply(p, MEDEL_OP_ADD, sum, y->block[i]) : y->block[i];
    }
    const medel_node *other = put(p, MEDEL_FIG_OVRIGA_INTAKTER, sum);
    put(p, MEDEL_FIG_INTAKTER,
        medel_pj_apply(p, MEDEL_OP_ADD, y->figure[MEDEL_FIG_MEDLEMSBIDRAG], other));
}

/* The realised share of the planned costs is rounded once, in all; each block is
   rounded, too, and what that leaves stands in "ofordelat". */
static void costs(medel_projection *p, medel_year *y)
{
    const bool all_of_it = p->realisation->quantity.value.num == 1
                           && p->realisation->quantity.value.den == 1;
    const medel_node *planned = NULL, *listed = NULL;
    for (size_t i = 0; i < p->nseries; i++) {
        medel_pj_series *s = &p->series[i];
        if (s->driver != MEDEL_DRIVE_COST)
            continue;
        const medel_node *usual = s->sum;
        if (i != p->rest)
            s->sum = part_of(p, part_name(p, "kostnad", s->id), usual);
        s->replaced |= s->sum != usual;
        y->planned[i] = s->sum;
        planned = planned ? medel_pj_apply(p, MEDEL_OP_ADD, planned, s->sum) : s->sum;
        if (i == p->rest)
            continue;
        const medel_node *n =
            all_of_it ? s->sum : medel_pj_apply(p, MEDEL_OP_MUL, s->sum, p->realisation);
        y->block[i] = series_fact(p, s, medel_pj_round(p, n));
        listed =
            listed ? medel_pj_apply(p, MEDEL_OP_ADD, listed, y->block[i]) : y->block[i];
    }
    const medel_node *total =
        all_of_it ? planned : medel_pj_apply(p, MEDEL_OP_MUL, planned, p->realisation);
    total = medel_pj_round(p, total);
    y->block[p->rest] =
        series_fact(p, &p->series[p->rest],
                    listed ? medel_pj_apply(p, MEDEL_OP_SUB, total, listed) : total);
    if (p->one_off) {
        y->one_off = medel_pj_as_fact(p, "engangskostnader", "Engångskostnader", p->now,
                                      medel_pj_round(p, p->one_off));
        total = medel_pj_apply(p, MEDEL_OP_ADD, total, y->one_off);
    }
    put(p, MEDEL_FIG_KOSTNADER, total);
}

static void balances(medel_projection *p, medel_year *y)
{
    static const medel_figure_id ids[] = { MEDEL_FIG_FORDRINGAR, MEDEL_FIG_AVSATTNINGAR,
                                           MEDEL_FIG_LANGFRISTIGA,
                                           MEDEL_FIG_KORTFRISTIGA };
    const medel_node *const *before = (y - 1)->figure;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        put(p, ids[i],
            medel_pj_find_series(p, MEDEL_DRIVE_BALANCE, medel_figure_id_name(ids[i]))
                ->level);
    put(p, MEDEL_FIG_PLACERINGAR, before[MEDEL_FIG_PLACERINGAR]);
    const medel_node *wear =
        put(p, MEDEL_FIG_AVSKRIVNINGAR,
            medel_pj_apply(p, MEDEL_OP_MIN, p->years[0].figure[MEDEL_FIG_AVSKRIVNINGAR],
                           before[MEDEL_FIG_ANLAGGNING]));
    put(p, MEDEL_FIG_ANLAGGNING,
        medel_pj_apply(p, MEDEL_OP_SUB, before[MEDEL_FIG_ANLAGGNING], wear));
}

static const medel_node *changed(medel_projection *p, const medel_year *y,
                                 medel_figure_id id)
{
    return medel_pj_apply(p, MEDEL_OP_SUB, y->figure[id], (y - 1)->figure[id]);
}

/* What the year pays and receives before interest. */
static const medel_node *flow_before_interest(medel_projection *p, const medel_year *y)
{
    static const struct {
        medel_figure_id figure;
        medel_op op;
    } terms[] = { { MEDEL_FIG_FORDRINGAR, MEDEL_OP_SUB },
                  { MEDEL_FIG_AVSATTNINGAR, MEDEL_OP_ADD },
                  { MEDEL_FIG_LANGFRISTIGA, MEDEL_OP_ADD },
                  { MEDEL_FIG_KORTFRISTIGA, MEDEL_OP_ADD } };
    const medel_node *x = medel_pj_apply(p, MEDEL_OP_SUB, y->figure[MEDEL_FIG_INTAKTER],
                                         y->figure[MEDEL_FIG_KOSTNADER]);
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        const medel_node *d = changed(p, y, terms[i].figure);
        if (d->quantity.value.num != 0)
            x = medel_pj_apply(p, terms[i].op, x, d);
    }
    return x;
}

/* f = r (K0 + K1)/2 with K1 = K0 + x + f, so f = r (2 K0 + x) / (2 - r). */
static const medel_node *interest(medel_projection *p, const medel_node *opening,
                                  const medel_node *x)
{
    const medel_node *two = medel_pj_constant(p, 2, 1, MEDEL_UNIT_NUMBER);
    if (p->rate->quantity.value.num == 0)
        return medel_pj_zero(p);
    const medel_node *mean = medel_pj_apply(
        p, MEDEL_OP_DIV,
        medel_pj_apply(p, MEDEL_OP_ADD, medel_pj_apply(p, MEDEL_OP_MUL, opening, two), x),
        medel_pj_apply(p, MEDEL_OP_SUB, two, p->rate));
    return medel_pj_round(
        p, medel_pj_apply(p, MEDEL_OP_MUL, medel_pj_round(p, mean), p->rate));
}

void medel_pj_year(medel_projection *p)
{
    medel_year *y = &p->years[p->now - p->options.first + 1];
    const medel_node *const *before = (y - 1)->figure;
    y->block = MEDEL_NEW(&p->arena, const medel_node *, p->nseries);
    y->planned = MEDEL_NEW(&p->arena, const medel_node *, p->nseries);
    y->levels = medel_arena_get(&p->arena, p->nseries * sizeof *y->levels);
    for (int i = 0; i < 3; i++)
        y->share[i] = medel_pj_parameter(p, medel_pj_shares[i], NULL);
    y->brake = p->options.no_brake
                   ? NULL
                   : medel_pj_parameter(p, "bidrag.storsta_minskning", NULL);
    y->guideline = medel_pj_parameter(p, "riktlinje.eget_kapital", p->options.norm);
    medel_pj_let_changes_work(p);
    y->index = p->index;
    y->realisation = p->realisation;
    y->rate = p->rate;
    contributions(p, y);
    incomes(p, y);
    costs(p, y);
    balances(p, y);
    const medel_node *x = flow_before_interest(p, y);
    const medel_node *earns = interest(p, before[MEDEL_FIG_KASSA], x);
    const medel_node *own =
        part_of(p, medel_figure_id_name(MEDEL_FIG_FINANSNETTO), earns);
    const medel_node *f = put(p, MEDEL_FIG_FINANSNETTO, own);
    y->own_interest = own != earns;
    const medel_node *earned = medel_pj_apply(
        p, MEDEL_OP_SUB, y->figure[MEDEL_FIG_INTAKTER], y->figure[MEDEL_FIG_KOSTNADER]);
    if (y->figure[MEDEL_FIG_AVSKRIVNINGAR]->quantity.value.num)
        earned =
            medel_pj_apply(p, MEDEL_OP_SUB, earned, y->figure[MEDEL_FIG_AVSKRIVNINGAR]);
    const medel_node *result =
        put(p, MEDEL_FIG_RESULTAT, medel_pj_apply(p, MEDEL_OP_ADD, earned, f));
    put(p, MEDEL_FIG_EGET_KAPITAL,
        medel_pj_apply(p, MEDEL_OP_ADD, before[MEDEL_FIG_EGET_KAPITAL], result));
    const medel_node *flow =
        put(p, MEDEL_FIG_KASSAFLODE, medel_pj_apply(p, MEDEL_OP_ADD, x, f));
    put(p, MEDEL_FIG_KASSA,
        medel_pj_apply(p, MEDEL_OP_ADD, before[MEDEL_FIG_KASSA], flow));
    const medel_node *guideline =
        medel_pj_guideline(p, y->figure[MEDEL_FIG_MEDLEMSBIDRAG]);
    if (guideline)
        put(p, MEDEL_FIG_RIKTLINJE, part_of(p, "riktlinje", guideline));
    medel_pj_derive(p, y);
}

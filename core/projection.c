/*
 * projection.c - what decisions on a base year lead to, year by year, in exact amounts.
 *
 * A series is a yearly level that decisions change from a month on: a part's
 * contribution, a cost block, a source of income.  A year first lets the levels change,
 * month by month, and then computes its figures from the amounts.  Each figure is a
 * fact node whose derivation leads back to printed figures.
 */
#include "projection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BLOCKS 400
#define FAILED 2 /* what setjmp returns when the error is already written */

static const struct {
    const char *name, *label;
} figures[MEDEL_FIG_COUNT] = {
    { "medlemsbidrag", "Medlemsbidrag" },
    { "bidrag_staten", "Bidrag från staten" },
    { "bidrag_region", "Bidrag från region" },
    { "bidrag_kommuner", "Bidrag från kommuner" },
    { "ovriga_intakter", "Övriga intäkter" },
    { "intakter", "Verksamhetens intäkter" },
    { "kostnader", "Verksamhetens kostnader" },
    { "avskrivningar", "Avskrivningar" },
    { "finansnetto", "Finansnetto" },
    { "resultat", "Årets resultat" },
    { "eget_kapital", "Eget kapital" },
    { "riktlinje", "Riktlinje för eget kapital" },
    { "marginal", "Marginal till riktlinjen" },
    { "andel", "Eget kapital i andel av medlemsbidraget" },
    { "anlaggningstillgangar", "Anläggningstillgångar" },
    { "fordringar", "Fordringar" },
    { "kortfristiga_placeringar", "Kortfristiga placeringar" },
    { "kassa", "Kassa och bank" },
    { "tillgangar", "Summa tillgångar" },
    { "avsattningar", "Avsättningar" },
    { "langfristiga_skulder", "Långfristiga skulder" },
    { "kortfristiga_skulder", "Kortfristiga skulder" },
    { "kassaflode", "Årets kassaflöde" },
};

static const char *const parts[3] = { "staten", "region", "kommuner" };

/* ---- failing ---- */

__attribute__((noreturn, format(printf, 4, 5))) static void fail(medel_projection *p,
                                                                 medel_status st,
                                                                 const medel_change *at,
                                                                 const char *format, ...)
{
    char what[120];
    va_list ap;
    va_start(ap, format);
    vsnprintf(what, sizeof what, format, ap);
    va_end(ap);
    medel_trim_utf8(what);
    if (at && at->file)
        p->status = medel_fail(p->err, st, "%.40s:%u: %s", at->file, at->line, what);
    else
        p->status = medel_fail(p->err, st, "%s", what);
    longjmp(*p->arena.oom, FAILED);
}

/* ---- nodes ---- */

static const medel_node *apply(medel_projection *p, medel_op op, const medel_node *left,
                               const medel_node *right)
{
    medel_node *n = MEDEL_NEW(&p->arena, medel_node, 1);
    medel_status st = medel_node_apply(n, op, left, right, true);
    if (st != MEDEL_OK)
        fail(p, st, NULL, "%d: %s", p->now,
             st == MEDEL_E_OVERFLOW ? "an amount grows beyond 64 bits"
             : st == MEDEL_E_UNIT   ? "a decision's value has the wrong unit"
                                    : "division by zero");
    return n;
}

static const medel_node *constant(medel_projection *p, int64_t num, int64_t den,
                                  medel_unit unit)
{
    medel_node *n = MEDEL_NEW(&p->arena, medel_node, 1);
    n->op = MEDEL_OP_CONSTANT;
    if (medel_quantity_make(&n->quantity, num, den, unit) != MEDEL_OK)
        fail(p, MEDEL_E_OVERFLOW, NULL, "%d: a constant is too large", p->now);
    return n;
}

static const medel_node *zero(medel_projection *p)
{
    return constant(p, 0, 1, MEDEL_UNIT_KR);
}

static const medel_node *round_kr(medel_projection *p, const medel_node *n)
{
    if (n->quantity.value.den == 1 && n->quantity.value.num % 100 == 0)
        return n;
    return apply(p, MEDEL_OP_ROUND, n, NULL);
}

/* The middle of what the print can stand for: a projection starts from the print. */
static void make_exact(medel_node *n)
{
    n->quantity.low = n->quantity.high = n->quantity.value;
}

static const medel_node *of_fact(medel_projection *p, const medel_fact *f, int sign)
{
    medel_node *n = MEDEL_NEW(&p->arena, medel_node, 1);
    n->op = MEDEL_OP_FACT;
    n->fact = f;
    n->quantity = f->value;
    if (f->sign * sign < 0 && medel_quantity_neg(&n->quantity, &f->value) != MEDEL_OK)
        fail(p, MEDEL_E_OVERFLOW, NULL, "%s is too large", f->label);
    make_exact(n);
    return n;
}

/* A computed figure as a fact of its own, where explain can stop and go on. */
static const medel_node *as_fact(medel_projection *p, const char *row, const char *label,
                                 int year, const medel_node *n)
{
    medel_fact *f = MEDEL_NEW(&p->arena, medel_fact, 1);
    f->table = MEDEL_PROJECTED;
    f->row = row;
    f->label = label;
    f->year = year;
    f->sign = 1;
    f->state = MEDEL_FIGURE_COMPUTED;
    f->unit = n->quantity.dimension.money ? MEDEL_UNIT_KR : MEDEL_UNIT_PERCENT;
    f->printed = f->value = n->quantity;
    f->derivation = n;
    f->file = medel_report_file(p->base);
    f->index = MEDEL_PROJECTED_INDEX + p->nfacts++;
    return of_fact(p, f, 1);
}

static bool negative(const medel_node *n)
{
    return n->quantity.value.num < 0;
}

static int compare(medel_projection *p, const medel_node *a, const medel_node *b)
{
    int order = 0;
    if (medel_quantity_compare(&order, &a->quantity, &b->quantity) != MEDEL_OK)
        fail(p, MEDEL_E_UNIT, NULL, "%d: units do not fit", p->now);
    return order;
}

/* ---- parameters ---- */

static const medel_parameter_value *parameter(medel_projection *p, const char *id,
                                              const char *norm)
{
    char day[11];
    int32_t days;
    snprintf(day, sizeof day, "%04u-12-31", (unsigned)p->now % 10000U);
    if (!medel_date_parse(&days, day, 10))
        return NULL;
    return medel_parameters_get(p->parameters, id, norm, days);
}

static const medel_node *parameter_node(medel_projection *p, const char *id,
                                        const medel_node *base)
{
    const medel_parameter_value *v = parameter(p, id, base ? p->options.norm : NULL);
    if (!v)
        fail(p, MEDEL_E_DOMAIN, NULL, "parameter '%s'%s%s is not in force in %d", id,
             base && p->options.norm ? " under norm " : "",
             base && p->options.norm ? p->options.norm : "", p->now);
    medel_node *n = MEDEL_NEW(&p->arena, medel_node, 1);
    n->op = MEDEL_OP_PARAMETER;
    n->parameter = v;
    n->quantity = v->value;
    n->left = base;
    if (base) {
        medel_status st = medel_parameter_apply(&n->quantity, v, &base->quantity);
        if (st != MEDEL_OK)
            fail(p, st, NULL, "parameter '%s' cannot be applied in %d", id, p->now);
    }
    return n;
}

/* ---- the base year ---- */

static const medel_node *concept_node(medel_projection *p, const char *id, int year,
                                      int sign)
{
    const medel_concept *c = medel_taxonomy_concept(medel_report_taxonomy(p->base), id);
    const medel_fact *f =
        c ? medel_report_concept(p->base, c, year, MEDEL_VARIANT_UTFALL) : NULL;
    return f ? of_fact(p, f, sign) : NULL;
}

static const medel_node *needed(medel_projection *p, const char *id, int sign)
{
    const medel_node *n = concept_node(p, id, p->now, sign);
    if (!n)
        fail(p, MEDEL_E_DOMAIN, NULL, "the base report does not print %s for %d", id,
             p->now);
    return n;
}

static const medel_node *or_zero(medel_projection *p, const char *id, int sign)
{
    const medel_node *n = concept_node(p, id, p->now, sign);
    return n ? n : zero(p);
}

static medel_series *add_series(medel_projection *p, medel_driver driver, const char *id,
                                const char *label, const char *group,
                                const medel_node *level)
{
    if (p->nseries == MAX_BLOCKS)
        fail(p, MEDEL_E_LIMIT, NULL, "more than %d blocks", MAX_BLOCKS);
    medel_series *s = &p->series[p->nseries++];
    *s = (medel_series){
        .driver = driver, .id = id, .label = label, .group = group, .level = level
    };
    return s;
}

static medel_series *find_series(medel_projection *p, medel_driver driver, const char *id)
{
    for (size_t i = 0; i < p->nseries; i++) {
        if (p->series[i].driver == driver && strcmp(p->series[i].id, id) == 0)
            return &p->series[i];
    }
    return NULL;
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
static const char *group_of(const medel_table *t, const medel_row *row)
{
    for (int depth = 0; row && depth < 16; depth++) {
        if (medel_same(row->under, "resultat"))
            return row->id;
        const medel_table_row *up = row->under ? medel_table_find(t, row->under) : NULL;
        row = up ? up->spec : row->under ? medel_spec_row(t->spec, row->under) : NULL;
    }
    return NULL;
}

/* The insats's cost in kronor from its own section, where it agrees with the table. */
static const medel_fact *finest_cost(const medel_projection *p, const medel_fact *cell,
                                     const char *row)
{
    const medel_fact_chain *chain = medel_report_chain(p->base, "insats_utfall");
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
    const medel_table *t = medel_report_table(p->base, "driftredovisning");
    const medel_node *rest = p->years[0].figure[MEDEL_FIG_KOSTNADER];
    for (size_t i = 0; t && i < t->nrows; i++) {
        const medel_row *row = t->rows[i].spec;
        const char *group = group_of(t, row);
        const medel_fact *cell =
            medel_row_cell(t, &t->rows[i], "kostnad", p->now, MEDEL_VARIANT_UTFALL);
        if (!group || strcmp(group, "intakter") == 0 || !medel_fact_has_value(cell)
            || has_rows_under(t, row->id) || cell->value.value.num == 0)
            continue;
        const medel_fact *best = finest_cost(p, cell, row->id);
        const medel_node *level = of_fact(p, best, best->sign);
        add_series(p, MEDEL_DRIVE_COST, row->id, t->rows[i].label, group, level);
        rest = apply(p, MEDEL_OP_SUB, rest, level);
    }
    p->rest = p->nseries;
    add_series(p, MEDEL_DRIVE_COST, "ofordelat",
               p->nseries ? "Ej fördelat och avrundning" : "Verksamhetens kostnader",
               "ovrigt", as_fact(p, "ofordelat", "Ej fördelade kostnader", p->now, rest));
}

static const medel_node *sum_of(medel_projection *p, const medel_node *const *list,
                                size_t n)
{
    const medel_node *sum = list[0];
    for (size_t i = 1; i < n; i++) {
        if (list[i]->quantity.value.num != 0)
            sum = apply(p, MEDEL_OP_ADD, sum, list[i]);
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
    medel_quantity sum = { { 0, 1 }, { 0, 1 }, { 0, 1 }, { 1, 0 } };
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
    const medel_node *gap = apply(p, MEDEL_OP_SUB, funding(p, f), assets(p, f));
    const medel_quantity a = printed_sum(f, left, 4), b = printed_sum(f, right, 4);
    medel_agreement agreement = MEDEL_DIFFER;
    if (gap->quantity.value.num == 0)
        return;
    if (medel_quantity_agree(&agreement, &a, &b) != MEDEL_OK || agreement != MEDEL_AGREE)
        fail(p, MEDEL_E_DOMAIN, NULL,
             "the base year's balance sheet differs by %lld kr: correct it first",
             (long long)(gap->quantity.value.num / gap->quantity.value.den / 100));
    f[MEDEL_FIG_FORDRINGAR] = apply(p, MEDEL_OP_ADD, f[MEDEL_FIG_FORDRINGAR], gap);
}

/* What follows from the rest in every year. */
static void derive(medel_projection *p, medel_year *y)
{
    const medel_node **f = y->figure;
    f[MEDEL_FIG_TILLGANGAR] = as_fact(p, figures[MEDEL_FIG_TILLGANGAR].name,
                                      "Summa tillgångar", p->now, assets(p, f));
    f[MEDEL_FIG_MARGINAL] = as_fact(
        p, "marginal", figures[MEDEL_FIG_MARGINAL].label, p->now,
        apply(p, MEDEL_OP_SUB, f[MEDEL_FIG_RIKTLINJE], f[MEDEL_FIG_EGET_KAPITAL]));
    if (f[MEDEL_FIG_MEDLEMSBIDRAG]->quantity.value.num != 0)
        f[MEDEL_FIG_ANDEL] = as_fact(p, "andel", figures[MEDEL_FIG_ANDEL].label, p->now,
                                     apply(p, MEDEL_OP_DIV, f[MEDEL_FIG_EGET_KAPITAL],
                                           f[MEDEL_FIG_MEDLEMSBIDRAG]));
}

static void read_parts(medel_projection *p, const medel_node **f)
{
    static const char *const concepts[3] = { "bidrag_staten", "bidrag_region",
                                             "bidrag_kommuner" };
    static const char *const shares[3] = { "bidrag.staten", "bidrag.region",
                                           "bidrag.kommuner" };
    for (int i = 0; i < 3; i++) {
        const medel_node *n = concept_node(p, concepts[i], p->now, 1);
        if (!n)
            n = apply(p, MEDEL_OP_MUL, f[MEDEL_FIG_MEDLEMSBIDRAG],
                      parameter_node(p, shares[i], NULL));
        f[MEDEL_FIG_STATEN + i] = n;
        add_series(p, MEDEL_DRIVE_BIDRAG, parts[i], figures[MEDEL_FIG_STATEN + i].label,
                   "intakter", n);
    }
}

/* Interest of the base year on its average cash; nothing where that is not printed. */
static const medel_node *own_rate(medel_projection *p, const medel_node **f)
{
    const medel_node *before = concept_node(p, "kassa_och_bank", p->now - 1, 1);
    const medel_node *both =
        before ? apply(p, MEDEL_OP_ADD, before, f[MEDEL_FIG_KASSA]) : NULL;
    if (!both || both->quantity.value.num <= 0)
        return constant(p, 0, 1, MEDEL_UNIT_NUMBER);
    return apply(p, MEDEL_OP_DIV, f[MEDEL_FIG_FINANSNETTO],
                 apply(p, MEDEL_OP_DIV, both, constant(p, 2, 1, MEDEL_UNIT_NUMBER)));
}

static void read_base(medel_projection *p)
{
    static const struct {
        medel_figure_id figure;
        const char *concept;
    } balances[] = { { MEDEL_FIG_ANLAGGNING, "anlaggningstillgangar" },
                     { MEDEL_FIG_FORDRINGAR, "fordringar" },
                     { MEDEL_FIG_PLACERINGAR, "kortfristiga_placeringar" },
                     { MEDEL_FIG_AVSATTNINGAR, "avsattningar" },
                     { MEDEL_FIG_LANGFRISTIGA, "langfristiga_skulder" },
                     { MEDEL_FIG_KORTFRISTIGA, "kortfristiga_skulder" } };
    const medel_node **f = p->years[0].figure;
    p->now = medel_report_year(p->base);
    f[MEDEL_FIG_MEDLEMSBIDRAG] = needed(p, "medlemsbidrag", 1);
    f[MEDEL_FIG_INTAKTER] = needed(p, "verksamhetens_intakter", 1);
    f[MEDEL_FIG_KOSTNADER] = needed(p, "verksamhetens_kostnader", -1);
    f[MEDEL_FIG_AVSKRIVNINGAR] = or_zero(p, "avskrivningar", -1);
    f[MEDEL_FIG_FINANSNETTO] = or_zero(p, "finansnetto", 1);
    f[MEDEL_FIG_RESULTAT] = needed(p, "arets_resultat", 1);
    f[MEDEL_FIG_EGET_KAPITAL] = needed(p, "eget_kapital", 1);
    f[MEDEL_FIG_KASSA] = needed(p, "kassa_och_bank", 1);
    for (size_t i = 0; i < sizeof balances / sizeof *balances; i++)
        f[balances[i].figure] = or_zero(p, balances[i].concept, 1);
    settle_balance(p, f);
    if (f[MEDEL_FIG_MEDLEMSBIDRAG]->quantity.value.num <= 0)
        fail(p, MEDEL_E_DOMAIN, NULL, "the base year has no medlemsbidrag");
    f[MEDEL_FIG_OVRIGA_INTAKTER] = as_fact(
        p, "ovriga_intakter", "Övriga intäkter", p->now,
        apply(p, MEDEL_OP_SUB, f[MEDEL_FIG_INTAKTER], f[MEDEL_FIG_MEDLEMSBIDRAG]));
    f[MEDEL_FIG_RIKTLINJE] =
        parameter_node(p, "riktlinje.eget_kapital", f[MEDEL_FIG_MEDLEMSBIDRAG]);
    f[MEDEL_FIG_KASSAFLODE] = or_zero(p, "arets_kassaflode", 1);
    read_blocks(p);
    read_parts(p, f);
    add_series(p, MEDEL_DRIVE_INCOME, "ovriga_intakter", "Övriga intäkter", "intakter",
               f[MEDEL_FIG_OVRIGA_INTAKTER]);
    for (size_t i = 1; i < sizeof balances / sizeof *balances; i++)
        if (balances[i].figure != MEDEL_FIG_PLACERINGAR)
            add_series(p, MEDEL_DRIVE_BALANCE, figures[balances[i].figure].name,
                       figures[balances[i].figure].label, NULL, f[balances[i].figure]);
    p->index = constant(p, 0, 1, MEDEL_UNIT_NUMBER);
    p->realisation = constant(p, 1, 1, MEDEL_UNIT_NUMBER);
    p->rate = own_rate(p, f);
    derive(p, &p->years[0]);
}

/* ---- decisions ---- */

static bool is_group(const medel_projection *p, const char *id)
{
    for (size_t i = 0; i < p->nseries; i++) {
        if (p->series[i].driver == MEDEL_DRIVE_COST && medel_same(p->series[i].group, id))
            return true;
    }
    return false;
}

static const char *keep(medel_projection *p, const char *s)
{
    return medel_arena_text(&p->arena, s, strlen(s));
}

static void check_target(medel_projection *p, const medel_change *c)
{
    const bool level = c->driver <= MEDEL_DRIVE_INCOME;
    if (c->driver >= MEDEL_DRIVE_INDEX || c->driver == MEDEL_DRIVE_ONE_OFF
        || (!c->target && level && c->driver != MEDEL_DRIVE_INCOME))
        return;
    if (c->target && find_series(p, c->driver, c->target))
        return;
    if (c->target && c->driver == MEDEL_DRIVE_COST && is_group(p, c->target)) {
        if (c->op != MEDEL_CHANGE_SCALE)
            fail(p, MEDEL_E_DOMAIN, c,
                 "the group '%s' can be scaled, not set: name a "
                 "block",
                 c->target);
        return;
    }
    if (c->target && c->label && level && c->driver != MEDEL_DRIVE_BIDRAG) {
        add_series(p, c->driver, keep(p, c->target), keep(p, c->label),
                   c->driver != MEDEL_DRIVE_COST ? "intakter"
                   : c->group                    ? keep(p, c->group)
                                                 : "ovrigt",
                   zero(p));
        return;
    }
    const char *names[MAX_BLOCKS];
    size_t n = 0;
    for (size_t i = 0; i < p->nseries; i++) {
        if (p->series[i].driver == c->driver)
            names[n++] = p->series[i].id;
    }
    const char *near = c->target ? medel_nearest(c->target, names, n) : NULL;
    fail(p, MEDEL_E_DOMAIN, c, "'%s' is nothing the base has%s%s%s",
         c->target ? c->target : "(none)", near ? ": did you mean '" : "",
         near ? near : "", near ? "'?" : "");
}

static void check_value(medel_projection *p, const medel_change *c)
{
    const medel_dimension d = c->node->quantity.dimension;
    const bool share = c->op == MEDEL_CHANGE_SCALE || c->driver >= MEDEL_DRIVE_INDEX;
    if (d.count != 0 || d.money != (share ? 0 : 1))
        fail(p, MEDEL_E_UNIT, c, "the value must be %s",
             share ? "a share: percent(-50)" : "an amount: kr(100000)");
    if (c->month < 1 || c->month > 12)
        fail(p, MEDEL_E_DOMAIN, c, "month %d is outside the year", c->month);
    if (c->lag < 0 || c->lag > 120)
        fail(p, MEDEL_E_DOMAIN, c, "a delay of %d months: 0 to 120", c->lag);
    if (c->year < p->options.first)
        fail(p, MEDEL_E_DOMAIN, c, "%04d-%02d is before the first projected year, %d",
             c->year, c->month, p->options.first);
    if ((c->op == MEDEL_CHANGE_SCALE || c->driver == MEDEL_DRIVE_REALISATION)
        && negative(c->node))
        fail(p, MEDEL_E_DOMAIN, c, "a cut of more than 100 %%");
    if (c->driver == MEDEL_DRIVE_BIDRAG && c->op == MEDEL_CHANGE_SET && negative(c->node))
        fail(p, MEDEL_E_DOMAIN, c, "the allocation is negative");
}

static int month_of(const medel_change *c)
{
    return c->year * 12 + c->month - 1 + (c->driver == MEDEL_DRIVE_COST ? c->lag : 0);
}

static int in_time(const void *a, const void *b)
{
    const medel_event *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* Two decisions that set the same thing from the same month cannot both hold. */
static void check_contradictions(medel_projection *p)
{
    for (size_t i = 0; i < p->nevents; i++) {
        const medel_change *a = p->events[i].change;
        for (size_t k = i + 1; k < p->nevents && p->events[k].at == p->events[i].at;
             k++) {
            const medel_change *b = p->events[k].change;
            if (a->driver != b->driver || !medel_same(a->target, b->target)
                || a->driver == MEDEL_DRIVE_ONE_OFF || a->op != MEDEL_CHANGE_SET
                || b->op != MEDEL_CHANGE_SET)
                continue;
            fail(p, MEDEL_E_DOMAIN, b, "contradicts '%.40s' (line %u): both decide %.30s",
                 a->decision ? a->decision : "", a->line,
                 a->target ? a->target : "the same");
        }
    }
}

static void read_changes(medel_projection *p)
{
    p->events = MEDEL_NEW(&p->arena, medel_event, p->options.nchanges + 1);
    for (size_t i = 0; i < p->options.nchanges; i++) {
        medel_change *c = MEDEL_NEW(&p->arena, medel_change, 1);
        medel_node *n = MEDEL_NEW(&p->arena, medel_node, 1);
        *c = p->options.changes[i];
        *n = *c->node;
        make_exact(n);
        c->node = n;
        check_value(p, c);
        check_target(p, c);
        medel_node *named = MEDEL_NEW(&p->arena, medel_node, 1);
        *named = (medel_node){ .op = MEDEL_OP_NAMED, .quantity = n->quantity, .left = n };
        named->name =
            medel_arena_format(&p->arena, "%s (%04d-%02d)",
                               c->decision ? c->decision : "beslut", c->year, c->month);
        c->node = named;
        p->events[p->nevents++] = (medel_event){ c, month_of(c), i };
    }
    qsort(p->events, p->nevents, sizeof *p->events, in_time);
    check_contradictions(p);
}

/* The months from the last change to 'month' at the level until now. */
static void reach(medel_projection *p, medel_series *s, int month)
{
    if (month <= s->from)
        return;
    const medel_node *part = s->level;
    if (month - s->from < 12)
        part = apply(p, MEDEL_OP_MUL, s->level,
                     constant(p, month - s->from, 12, MEDEL_UNIT_NUMBER));
    s->sum = s->sum ? apply(p, MEDEL_OP_ADD, s->sum, part) : part;
    s->from = month;
}

static void change_level(medel_projection *p, medel_series *s, const medel_change *c,
                         const medel_node *value, int month)
{
    if (s->driver != MEDEL_DRIVE_BALANCE)
        reach(p, s, month);
    if (c->op == MEDEL_CHANGE_SET)
        s->level = value;
    else
        s->level = apply(p, c->op == MEDEL_CHANGE_ADD ? MEDEL_OP_ADD : MEDEL_OP_MUL,
                         s->level, value);
    s->level = round_kr(p, s->level);
    s->braked = c->braked;
    if (negative(s->level) && strcmp(s->id, "ofordelat") != 0
        && s->driver <= MEDEL_DRIVE_COST)
        fail(p, MEDEL_E_DOMAIN, c, "%.50s becomes negative", s->label);
}

/* In all: each scaled; what is set or added falls on no block in particular. */
static void change_all(medel_projection *p, const medel_change *c, int month)
{
    medel_series *rest = &p->series[p->rest];
    const medel_node *value = c->node;
    if (c->op == MEDEL_CHANGE_SCALE) {
        for (size_t i = 0; i < p->nseries; i++) {
            if (p->series[i].driver == MEDEL_DRIVE_COST
                && (!c->target || medel_same(p->series[i].group, c->target)))
                change_level(p, &p->series[i], c, value, month);
        }
        return;
    }
    if (c->op == MEDEL_CHANGE_SET) {
        for (size_t i = 0; i < p->nseries; i++) {
            if (p->series[i].driver == MEDEL_DRIVE_COST && i != p->rest)
                value = apply(p, MEDEL_OP_SUB, value, p->series[i].level);
        }
    }
    change_level(p, rest, c, value, month);
}

static void change_bidrag(medel_projection *p, const medel_change *c, int month)
{
    static const char *const shares[3] = { "bidrag.staten", "bidrag.region",
                                           "bidrag.kommuner" };
    for (int i = 0; i < 3; i++) {
        medel_series *s = find_series(p, MEDEL_DRIVE_BIDRAG, parts[i]);
        if (c->target && strcmp(c->target, parts[i]) != 0)
            continue;
        const medel_node *value = c->node;
        if (!c->target && c->op != MEDEL_CHANGE_SCALE)
            value = apply(p, MEDEL_OP_MUL, value, parameter_node(p, shares[i], NULL));
        change_level(p, s, c, value, month);
    }
}

static void change(medel_projection *p, const medel_change *c, int month)
{
    switch (c->driver) {
    case MEDEL_DRIVE_BIDRAG: change_bidrag(p, c, month); break;
    case MEDEL_DRIVE_INDEX: p->index = c->node; break;
    case MEDEL_DRIVE_REALISATION: p->realisation = c->node; break;
    case MEDEL_DRIVE_RATE: p->rate = c->node; break;
    case MEDEL_DRIVE_ONE_OFF:
        p->one_off = p->one_off ? apply(p, MEDEL_OP_ADD, p->one_off, c->node) : c->node;
        break;
    case MEDEL_DRIVE_COST:
        if (!c->target || !find_series(p, c->driver, c->target)) {
            change_all(p, c, month);
            break;
        }
        /* fall through */
    case MEDEL_DRIVE_INCOME:
    case MEDEL_DRIVE_BALANCE:
        change_level(p, find_series(p, c->driver, c->target), c, c->node, month);
        break;
    }
}

static void raise_costs(medel_projection *p)
{
    if (p->index->quantity.value.num == 0)
        return;
    const medel_node *factor =
        apply(p, MEDEL_OP_ADD, constant(p, 1, 1, MEDEL_UNIT_NUMBER), p->index);
    for (size_t i = 0; i < p->nseries; i++) {
        if (p->series[i].driver == MEDEL_DRIVE_COST)
            p->series[i].level =
                round_kr(p, apply(p, MEDEL_OP_MUL, p->series[i].level, factor));
    }
}

/* Index and shares hold from January, also when decided later in the year. */
static void let_decisions_work(medel_projection *p)
{
    const int first = p->now * 12;
    p->one_off = NULL;
    for (size_t i = 0; i < p->nseries; i++) {
        p->series[i].sum = NULL;
        p->series[i].from = 0;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < p->nevents; i++) {
            const medel_event *e = &p->events[i];
            if (e->at >= first && e->at < first + 12
                && (e->change->driver >= MEDEL_DRIVE_INDEX) == (pass == 0))
                change(p, e->change, e->at - first);
        }
        if (pass == 0)
            raise_costs(p);
    }
    for (size_t i = 0; i < p->nseries; i++) {
        if (p->series[i].driver != MEDEL_DRIVE_BALANCE)
            reach(p, &p->series[i], 12);
    }
}

/* ---- a year ---- */

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
        fail(p, st, NULL, "%d: the function for %s failed", p->now, part);
    if (!replaced)
        return usual;
    medel_node *n = MEDEL_NEW(&p->arena, medel_node, 1);
    n->op = MEDEL_OP_CONSTANT;
    n->quantity = q;
    make_exact(n);
    n->name = medel_arena_format(&p->arena, "egen funktion %s", by ? by : part);
    if (q.dimension.money != 1 || q.dimension.count != 0)
        fail(p, MEDEL_E_UNIT, NULL, "%d: the function for %s gave no amount", p->now,
             part);
    return round_kr(p, n);
}

static const medel_node *put(medel_projection *p, medel_figure_id id, const medel_node *n)
{
    const medel_node *f = as_fact(p, figures[id].name, figures[id].label, p->now, n);
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
    const medel_series *s = find_series(p, MEDEL_DRIVE_BIDRAG, "staten");
    if (!s->braked || p->options.no_brake || negative(before->figure[MEDEL_FIG_MARGINAL])
        || !parameter(p, "bidrag.storsta_minskning", NULL))
        return wanted;
    const medel_node *cut =
        apply(p, MEDEL_OP_MUL, last, parameter_node(p, "bidrag.storsta_minskning", NULL));
    const medel_node *least = round_kr(p, apply(p, MEDEL_OP_SUB, last, cut));
    y->braked = compare(p, wanted, least) < 0;
    return y->braked ? apply(p, MEDEL_OP_MAX, wanted, least) : wanted;
}

/* A = min(2S, 4R, 4K): a part that gives less takes the others with it. */
static void contributions(medel_projection *p, medel_year *y)
{
    static const char *const shares[3] = { "bidrag.staten", "bidrag.region",
                                           "bidrag.kommuner" };
    const medel_node *all = NULL, *share[3];
    for (int i = 0; i < 3; i++) {
        const medel_node *given = find_series(p, MEDEL_DRIVE_BIDRAG, parts[i])->sum;
        if (i == 0)
            given = brake(p, y, given);
        share[i] = parameter_node(p, shares[i], NULL);
        const medel_node *whole = apply(p, MEDEL_OP_DIV, given, share[i]);
        all = !all || compare(p, whole, all) < 0
                  ? all ? apply(p, MEDEL_OP_MIN, all, whole) : whole
                  : all;
    }
    all = put(p, MEDEL_FIG_MEDLEMSBIDRAG, part_of(p, "medlemsbidrag", round_kr(p, all)));
    if (negative(all))
        fail(p, MEDEL_E_DOMAIN, NULL, "%d: the allocation is negative", p->now);
    const medel_node *s =
        put(p, MEDEL_FIG_STATEN, round_kr(p, apply(p, MEDEL_OP_MUL, all, share[0])));
    const medel_node *r =
        put(p, MEDEL_FIG_REGION, round_kr(p, apply(p, MEDEL_OP_MUL, all, share[1])));
    put(p, MEDEL_FIG_KOMMUNER, apply(p, MEDEL_OP_SUB, apply(p, MEDEL_OP_SUB, all, s), r));
}

static const char *part_name(medel_projection *p, const char *kind, const char *id)
{
    return p->options.replace ? medel_arena_format(&p->arena, "%s.%s", kind, id) : "";
}

static const medel_node *series_fact(medel_projection *p, const medel_series *s,
                                     const medel_node *n)
{
    return as_fact(p, s->id, s->label, p->now, n);
}

static void incomes(medel_projection *p, medel_year *y)
{
    const medel_node *sum = NULL;
    for (size_t i = 0; i < p->nseries; i++) {
        const medel_series *s = &p->series[i];
        if (s->driver != MEDEL_DRIVE_INCOME)
            continue;
        const medel_node *n =
            part_of(p, part_name(p, "intakt", s->id), round_kr(p, s->sum));
        y->block[i] = series_fact(p, s, n);
        sum = sum ? apply(p, MEDEL_OP_ADD, sum, y->block[i]) : y->block[i];
    }
    const medel_node *other = put(p, MEDEL_FIG_OVRIGA_INTAKTER, sum);
    put(p, MEDEL_FIG_INTAKTER,
        apply(p, MEDEL_OP_ADD, y->figure[MEDEL_FIG_MEDLEMSBIDRAG], other));
}

/* The realised share of the planned costs is rounded once, in all; each block is
   rounded, too, and what that leaves stands in "ofordelat". */
static void costs(medel_projection *p, medel_year *y)
{
    const bool all_of_it = p->realisation->quantity.value.num == 1
                           && p->realisation->quantity.value.den == 1;
    const medel_node *planned = NULL, *listed = NULL;
    for (size_t i = 0; i < p->nseries; i++) {
        medel_series *s = &p->series[i];
        if (s->driver != MEDEL_DRIVE_COST)
            continue;
        if (i != p->rest)
            s->sum = part_of(p, part_name(p, "kostnad", s->id), s->sum);
        planned = planned ? apply(p, MEDEL_OP_ADD, planned, s->sum) : s->sum;
        if (i == p->rest)
            continue;
        const medel_node *n =
            all_of_it ? s->sum : apply(p, MEDEL_OP_MUL, s->sum, p->realisation);
        y->block[i] = series_fact(p, s, round_kr(p, n));
        listed = listed ? apply(p, MEDEL_OP_ADD, listed, y->block[i]) : y->block[i];
    }
    const medel_node *total =
        all_of_it ? planned : apply(p, MEDEL_OP_MUL, planned, p->realisation);
    total = round_kr(p, total);
    y->block[p->rest] = series_fact(
        p, &p->series[p->rest], listed ? apply(p, MEDEL_OP_SUB, total, listed) : total);
    if (p->one_off) {
        y->one_off = as_fact(p, "engangskostnader", "Engångskostnader", p->now,
                             round_kr(p, p->one_off));
        total = apply(p, MEDEL_OP_ADD, total, y->one_off);
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
        put(p, ids[i], find_series(p, MEDEL_DRIVE_BALANCE, figures[ids[i]].name)->level);
    put(p, MEDEL_FIG_PLACERINGAR, before[MEDEL_FIG_PLACERINGAR]);
    const medel_node *wear =
        put(p, MEDEL_FIG_AVSKRIVNINGAR,
            apply(p, MEDEL_OP_MIN, p->years[0].figure[MEDEL_FIG_AVSKRIVNINGAR],
                  before[MEDEL_FIG_ANLAGGNING]));
    put(p, MEDEL_FIG_ANLAGGNING,
        apply(p, MEDEL_OP_SUB, before[MEDEL_FIG_ANLAGGNING], wear));
}

static const medel_node *changed(medel_projection *p, const medel_year *y,
                                 medel_figure_id id)
{
    return apply(p, MEDEL_OP_SUB, y->figure[id], (y - 1)->figure[id]);
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
    const medel_node *x = apply(p, MEDEL_OP_SUB, y->figure[MEDEL_FIG_INTAKTER],
                                y->figure[MEDEL_FIG_KOSTNADER]);
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        const medel_node *d = changed(p, y, terms[i].figure);
        if (d->quantity.value.num != 0)
            x = apply(p, terms[i].op, x, d);
    }
    return x;
}

/* f = r (K0 + K1)/2 with K1 = K0 + x + f, so f = r (2 K0 + x) / (2 - r). */
static const medel_node *interest(medel_projection *p, const medel_node *opening,
                                  const medel_node *x)
{
    const medel_node *two = constant(p, 2, 1, MEDEL_UNIT_NUMBER);
    if (p->rate->quantity.value.num == 0)
        return zero(p);
    const medel_node *mean = apply(
        p, MEDEL_OP_DIV, apply(p, MEDEL_OP_ADD, apply(p, MEDEL_OP_MUL, opening, two), x),
        apply(p, MEDEL_OP_SUB, two, p->rate));
    return round_kr(p, apply(p, MEDEL_OP_MUL, round_kr(p, mean), p->rate));
}

static void project_year(medel_projection *p)
{
    medel_year *y = &p->years[p->now - p->options.first + 1];
    const medel_node *const *before = (y - 1)->figure;
    y->block = MEDEL_NEW(&p->arena, const medel_node *, p->nseries);
    let_decisions_work(p);
    contributions(p, y);
    incomes(p, y);
    costs(p, y);
    balances(p, y);
    const medel_node *x = flow_before_interest(p, y);
    const medel_node *f =
        put(p, MEDEL_FIG_FINANSNETTO,
            part_of(p, "finansnetto", interest(p, before[MEDEL_FIG_KASSA], x)));
    const medel_node *earned = apply(p, MEDEL_OP_SUB, y->figure[MEDEL_FIG_INTAKTER],
                                     y->figure[MEDEL_FIG_KOSTNADER]);
    if (y->figure[MEDEL_FIG_AVSKRIVNINGAR]->quantity.value.num)
        earned = apply(p, MEDEL_OP_SUB, earned, y->figure[MEDEL_FIG_AVSKRIVNINGAR]);
    const medel_node *result =
        put(p, MEDEL_FIG_RESULTAT, apply(p, MEDEL_OP_ADD, earned, f));
    put(p, MEDEL_FIG_EGET_KAPITAL,
        apply(p, MEDEL_OP_ADD, before[MEDEL_FIG_EGET_KAPITAL], result));
    const medel_node *flow = put(p, MEDEL_FIG_KASSAFLODE, apply(p, MEDEL_OP_ADD, x, f));
    put(p, MEDEL_FIG_KASSA, apply(p, MEDEL_OP_ADD, before[MEDEL_FIG_KASSA], flow));
    put(p, MEDEL_FIG_RIKTLINJE,
        part_of(p, "riktlinje",
                parameter_node(p, "riktlinje.eget_kapital",
                               y->figure[MEDEL_FIG_MEDLEMSBIDRAG])));
    derive(p, y);
}

/* ---- public ---- */

static void fill_blocks(medel_projection *p)
{
    size_t n = 0;
    p->blocks = MEDEL_NEW(&p->arena, medel_block_info, p->nseries + 1);
    p->block_series = MEDEL_NEW(&p->arena, size_t, p->nseries + 1);
    for (size_t i = 0; i < p->nseries; i++) {
        const medel_series *s = &p->series[i];
        if (s->driver != MEDEL_DRIVE_COST && s->driver != MEDEL_DRIVE_INCOME)
            continue;
        p->block_series[n] = i;
        p->blocks[n++] = (medel_block_info){ s->id, s->label, s->group,
                                             s->driver == MEDEL_DRIVE_INCOME };
    }
    p->block_series[n] = SIZE_MAX;
    p->blocks[n++] =
        (medel_block_info){ "engangskostnader", "Engångskostnader", "ovrigt", false };
    p->nblocks = n;
}

static void project(medel_projection *p)
{
    const medel_projection_options *o = &p->options;
    const int base = medel_report_year(p->base);
    if (o->first != base + 1 || o->last < o->first
        || o->last - o->first >= MEDEL_MAX_PROJECTED_YEARS)
        fail(p, MEDEL_E_LIMIT, NULL,
             "years %d to %d: 1 to %d years from %d, the year after the base", o->first,
             o->last, MEDEL_MAX_PROJECTED_YEARS, base + 1);
    p->nyears = (size_t)(o->last - o->first) + 2;
    p->years = MEDEL_NEW(&p->arena, medel_year, p->nyears);
    p->series = MEDEL_NEW(&p->arena, medel_series, MAX_BLOCKS);
    read_base(p);
    read_changes(p);
    p->years[0].block = MEDEL_NEW(&p->arena, const medel_node *, p->nseries);
    for (size_t i = 0; i < p->nseries; i++)
        p->years[0].block[i] = p->series[i].level;
    for (p->now = o->first; p->now <= o->last; p->now++)
        project_year(p);
    fill_blocks(p);
}

medel_status medel_projection_new(medel_projection **out, const medel_report *base,
                                  const medel_parameters *parameters,
                                  const medel_projection_options *options,
                                  medel_error *err)
{
    medel_arena arena;
    medel_arena_init(&arena, options->alloc, options->ud);
    medel_projection *p = medel_arena_try(&arena, sizeof *p);
    if (!p)
        return medel_fail(err, MEDEL_E_NOMEM, "not enough memory");
    p->arena = arena;
    p->base = base;
    p->parameters = parameters;
    p->options = *options;
    p->err = err;
    jmp_buf oom;
    p->arena.oom = &oom;
    int jumped = setjmp(oom);
    if (jumped) {
        medel_status st = jumped == FAILED
                              ? p->status
                              : medel_fail(err, MEDEL_E_NOMEM, "not enough memory");
        medel_projection_free(p);
        return st;
    }
    project(p);
    p->arena.oom = NULL;
    p->err = NULL;
    p->options.changes = NULL;
    *out = p;
    return MEDEL_OK;
}

void medel_projection_free(medel_projection *p)
{
    if (!p)
        return;
    medel_arena a = p->arena;
    medel_arena_free(&a);
}

size_t medel_projection_blocks(const medel_projection *p, const medel_block_info **first)
{
    *first = p->blocks;
    return p->nblocks;
}

const medel_year *medel_projection_year(const medel_projection *p, int year)
{
    const int64_t i = (int64_t)year - p->options.first + 1;
    return i >= 0 && (size_t)i < p->nyears ? &p->years[i] : NULL;
}

const medel_node *medel_projection_figure(const medel_projection *p, int year,
                                          medel_figure_id figure)
{
    const medel_year *y = medel_projection_year(p, year);
    return y ? y->figure[figure] : NULL;
}

const medel_node *medel_projection_block(const medel_projection *p, int year,
                                         size_t block)
{
    const medel_year *y = medel_projection_year(p, year);
    if (!y || block >= p->nblocks)
        return NULL;
    const size_t i = p->block_series[block];
    return i == SIZE_MAX ? y->one_off : y->block[i];
}

bool medel_projection_braked(const medel_projection *p, int year)
{
    const medel_year *y = medel_projection_year(p, year);
    return y && y->braked;
}

bool medel_figure_id_parse(medel_figure_id *out, const char *name)
{
    for (int i = 0; i < MEDEL_FIG_COUNT; i++) {
        if (strcmp(figures[i].name, name) == 0) {
            *out = (medel_figure_id)i;
            return true;
        }
    }
    return false;
}

const char *medel_figure_id_name(medel_figure_id f)
{
    return f < MEDEL_FIG_COUNT ? figures[f].name : NULL;
}

/*
 * projection_node.c - figures of a projection as nodes that explain themselves,
 * parameters in force, and how a projection fails.
 */
#include "projection.h"

#include <stdio.h>
#include <string.h>

/* ---- names ---- */

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

const char *const medel_pj_parts[3] = { "staten", "region", "kommuner" };
const char *const medel_pj_shares[3] = { "bidrag.staten", "bidrag.region",
                                         "bidrag.kommuner" };

const char *medel_pj_row(const medel_projection *p, medel_role role)
{
    return medel_role_row(medel_report_taxonomy(p->base), MEDEL_ROLE_OPERATIONS, role);
}

bool medel_pj_sums_groups(const medel_projection *p, const char *id)
{
    const medel_table_spec *spec =
        medel_role_table(medel_report_taxonomy(p->base), MEDEL_ROLE_OPERATIONS);
    const char *group = medel_pj_row(p, MEDEL_ROLE_INDIVIDUAL);
    const medel_row *row = spec && group ? medel_table_spec_find(spec, group) : NULL;
    for (; row && row->under; row = medel_table_spec_find(spec, row->under))
        if (medel_same(row->under, id))
            return true;
    return false;
}

const char *medel_pj_label(medel_figure_id f)
{
    return figures[f].label;
}

bool medel_figure_id_parse(medel_figure_id *out, const char *name)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_OR(false, out, name);
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

/* ---- failing ---- */

void medel_pj_fail(medel_projection *p, medel_status st, const medel_change *at,
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
    longjmp(*p->arena.oom, MEDEL_PJ_FAILED);
}

/* ---- nodes ---- */

const medel_node *medel_pj_apply(medel_projection *p, medel_op op, const medel_node *left,
                                 const medel_node *right)
{
    medel_node *n = MEDEL_NEW(&p->arena, medel_node, 1);
    medel_status st = medel_node_apply(n, op, left, right, true);
    if (st != MEDEL_OK)
        medel_pj_fail(p, st, NULL, "%d: %s", p->now,
                      st == MEDEL_E_OVERFLOW ? "an amount grows beyond 64 bits"
                      : st == MEDEL_E_UNIT   ? "a decision's value has the wrong unit"
                                             : "division by zero");
    return n;
}

const medel_node *medel_pj_constant(medel_projection *p, int64_t num, int64_t den,
                                    medel_unit unit)
{
    medel_node *n = MEDEL_NEW(&p->arena, medel_node, 1);
    n->op = MEDEL_OP_CONSTANT;
    if (medel_quantity_make(&n->quantity, num, den, unit) != MEDEL_OK)
        medel_pj_fail(p, MEDEL_E_OVERFLOW, NULL, "%d: a constant is too large", p->now);
    return n;
}

const medel_node *medel_pj_zero(medel_projection *p)
{
    return medel_pj_constant(p, 0, 1, MEDEL_UNIT_KR);
}

const medel_node *medel_pj_round(medel_projection *p, const medel_node *n)
{
    if (n->quantity.value.den == 1 && n->quantity.value.num % 100 == 0)
        return n;
    return medel_pj_apply(p, MEDEL_OP_ROUND, n, NULL);
}

/* The middle of what the print can stand for: a projection starts from the print. */
void medel_pj_make_exact(medel_node *n)
{
    n->quantity.low = n->quantity.high = n->quantity.value;
}

const medel_node *medel_pj_of_fact(medel_projection *p, const medel_fact *f, int sign)
{
    medel_node *n = MEDEL_NEW(&p->arena, medel_node, 1);
    n->op = MEDEL_OP_FACT;
    n->fact = f;
    n->quantity = f->value;
    if (f->sign * sign < 0 && medel_quantity_neg(&n->quantity, &f->value) != MEDEL_OK)
        medel_pj_fail(p, MEDEL_E_OVERFLOW, NULL, "%s is too large", f->label);
    medel_pj_make_exact(n);
    return n;
}

/* A computed figure as a fact of its own, where explain can stop and go on. */
const medel_node *medel_pj_as_fact(medel_projection *p, const char *row,
                                   const char *label, int year, const medel_node *n)
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
    return medel_pj_of_fact(p, f, 1);
}

bool medel_pj_negative(const medel_node *n)
{
    return n->quantity.value.num < 0;
}

int medel_pj_compare(medel_projection *p, const medel_node *a, const medel_node *b)
{
    int order = 0;
    if (medel_quantity_compare(&order, &a->quantity, &b->quantity) != MEDEL_OK)
        medel_pj_fail(p, MEDEL_E_UNIT, NULL, "%d: units do not fit", p->now);
    return order;
}

/* ---- parameters ---- */

const medel_parameter_value *medel_pj_parameter(medel_projection *p, const char *id,
                                                const char *norm)
{
    if (p->dated != p->now) {
        char day[11];
        snprintf(day, sizeof day, "%04u-12-31", (unsigned)p->now % 10000U);
        if (!medel_date_parse(&p->last_day, day, 10))
            return NULL;
        p->dated = p->now;
    }
    return medel_parameters_get(p->parameters, id, norm, p->last_day);
}

const medel_node *medel_pj_parameter_node(medel_projection *p, const char *id,
                                          const medel_node *base)
{
    const medel_parameter_value *v =
        medel_pj_parameter(p, id, base ? p->options.norm : NULL);
    if (!v)
        medel_pj_fail(p, MEDEL_E_DOMAIN, NULL, "parameter '%s' is not in force in %d", id,
                      p->now);
    medel_node *n = MEDEL_NEW(&p->arena, medel_node, 1);
    n->op = MEDEL_OP_PARAMETER;
    n->parameter = v;
    n->quantity = v->value;
    n->left = base;
    if (base) {
        medel_status st = medel_parameter_apply(&n->quantity, v, &base->quantity);
        if (st != MEDEL_OK)
            medel_pj_fail(p, st, NULL, "parameter '%s' cannot be applied in %d", id,
                          p->now);
    }
    return n;
}

/* No guideline was in force before it was given: then nothing is held against one. */
const medel_node *medel_pj_guideline(medel_projection *p, const medel_node *allocation)
{
    return medel_pj_parameter(p, "riktlinje.eget_kapital", p->options.norm)
               ? medel_pj_parameter_node(p, "riktlinje.eget_kapital", allocation)
               : NULL;
}

/* ---- series ---- */

medel_pj_series *medel_pj_add_series(medel_projection *p, medel_driver driver,
                                     const char *id, const char *label, const char *group,
                                     const medel_node *level)
{
    if (p->nseries == MEDEL_PJ_MAX_BLOCKS)
        medel_pj_fail(p, MEDEL_E_LIMIT, NULL, "more than %d blocks", MEDEL_PJ_MAX_BLOCKS);
    medel_pj_series *s = &p->series[p->nseries++];
    *s = (medel_pj_series){
        .driver = driver, .id = id, .label = label, .group = group, .level = level
    };
    return s;
}

medel_pj_series *medel_pj_find_series(medel_projection *p, medel_driver driver,
                                      const char *id)
{
    for (size_t i = 0; i < p->nseries; i++) {
        if (p->series[i].driver == driver && strcmp(p->series[i].id, id) == 0)
            return &p->series[i];
    }
    return NULL;
}

/*
 * projection_change.c - what decisions change: read and refused, and at work in a year.
 */
#include "projection.h"

#include <stdlib.h>
#include <string.h>

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

/* What is new belongs to a group that the base has costs in, or the taxonomy knows. */
static void check_group(medel_projection *p, const medel_change *c)
{
    const medel_table_spec *spec =
        medel_taxonomy_table(medel_report_taxonomy(p->base), "driftredovisning");
    const char *names[MEDEL_PJ_MAX_BLOCKS];
    size_t n = 0;
    if (is_group(p, c->group))
        return;
    for (size_t i = 0; spec && i < spec->nrows && n < MEDEL_PJ_MAX_BLOCKS; i++) {
        if (!medel_pj_sums_groups(p, spec->rows[i]->under)
            || medel_pj_sums_groups(p, spec->rows[i]->id))
            continue;
        if (medel_same(spec->rows[i]->id, c->group))
            return;
        names[n++] = spec->rows[i]->id;
    }
    const char *near = medel_nearest(c->group, names, n);
    medel_pj_fail(p, MEDEL_E_DOMAIN, c, "'%s' is no group of the driftredovisning%s%s%s",
                  c->group, near ? ": did you mean '" : "", near ? near : "",
                  near ? "'?" : "");
}

static void check_target(medel_projection *p, const medel_change *c)
{
    const bool level = c->driver <= MEDEL_DRIVE_INCOME;
    if (c->driver >= MEDEL_DRIVE_INDEX || c->driver == MEDEL_DRIVE_ONE_OFF
        || (!c->target && level && c->driver != MEDEL_DRIVE_INCOME))
        return;
    if (c->target && medel_pj_find_series(p, c->driver, c->target))
        return;
    if (c->target && c->driver == MEDEL_DRIVE_COST && is_group(p, c->target)) {
        if (c->op != MEDEL_CHANGE_SCALE)
            medel_pj_fail(p, MEDEL_E_DOMAIN, c,
                          "the group '%s' can be scaled, not set: name a "
                          "block",
                          c->target);
        return;
    }
    if (c->target && c->label && level && c->driver != MEDEL_DRIVE_BIDRAG) {
        if (c->group && c->driver == MEDEL_DRIVE_COST)
            check_group(p, c);
        medel_pj_add_series(p, c->driver, keep(p, c->target), keep(p, c->label),
                            c->driver != MEDEL_DRIVE_COST
                                ? medel_pj_row(p, MEDEL_ROLE_ALL_INCOME)
                            : c->group ? keep(p, c->group)
                                       : medel_pj_row(p, MEDEL_ROLE_OTHER_OPERATIONS),
                            medel_pj_zero(p));
        return;
    }
    const char *names[MEDEL_PJ_MAX_BLOCKS];
    size_t n = 0;
    for (size_t i = 0; i < p->nseries; i++) {
        if (p->series[i].driver == c->driver)
            names[n++] = p->series[i].id;
    }
    const char *near = c->target ? medel_nearest(c->target, names, n) : NULL;
    const bool new_one = c->target && level && c->driver != MEDEL_DRIVE_BIDRAG;
    medel_pj_fail(p, MEDEL_E_DOMAIN, c, "'%s' is nothing the base has%s%s%s",
                  c->target ? c->target : "(none)", near ? ": did you mean '" : "",
                  near ? near : "",
                  near      ? "'?"
                  : new_one ? "; what is new has a label beside its amount"
                            : "");
}

static void check_value(medel_projection *p, const medel_change *c)
{
    const medel_dimension d = c->node->quantity.dimension;
    const bool share = c->op == MEDEL_CHANGE_SCALE || c->driver >= MEDEL_DRIVE_INDEX;
    if (d.count != 0 || d.money != (share ? 0 : 1))
        medel_pj_fail(p, MEDEL_E_UNIT, c, "the value must be %s",
                      share ? "a share: percent(-50)" : "an amount: kr(100000)");
    if (c->month < 1 || c->month > 12)
        medel_pj_fail(p, MEDEL_E_DOMAIN, c, "month %d is outside the year", c->month);
    if (c->lag < 0 || c->lag > 120)
        medel_pj_fail(p, MEDEL_E_DOMAIN, c, "a delay of %d months: 0 to 120", c->lag);
    if (c->year < p->options.first)
        medel_pj_fail(p, MEDEL_E_DOMAIN, c,
                      "%04d-%02d is before the first projected year, %d", c->year,
                      c->month, p->options.first);
    if ((c->op == MEDEL_CHANGE_SCALE || c->driver == MEDEL_DRIVE_REALISATION)
        && medel_pj_negative(c->node))
        medel_pj_fail(p, MEDEL_E_DOMAIN, c, "a cut of more than 100 %%");
    if (c->driver == MEDEL_DRIVE_BIDRAG && c->op == MEDEL_CHANGE_SET
        && medel_pj_negative(c->node))
        medel_pj_fail(p, MEDEL_E_DOMAIN, c, "the allocation is negative");
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
            medel_pj_fail(p, MEDEL_E_DOMAIN, b,
                          "contradicts '%.40s' (line %u): both decide %.30s",
                          a->decision ? a->decision : "", a->line,
                          a->target ? a->target : "the same");
        }
    }
}

void medel_pj_read_changes(medel_projection *p)
{
    p->events = MEDEL_NEW(&p->arena, medel_event, p->options.nchanges + 1);
    for (size_t i = 0; i < p->options.nchanges; i++) {
        medel_change *c = MEDEL_NEW(&p->arena, medel_change, 1);
        medel_node *n = MEDEL_NEW(&p->arena, medel_node, 1);
        *c = p->options.changes[i];
        *n = *c->node;
        if (n->op == MEDEL_OP_SOURCE) /* may be gone before the projection */
            *n = (medel_node){ .op = MEDEL_OP_CONSTANT, .quantity = n->quantity };
        medel_pj_make_exact(n);
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
static void reach(medel_projection *p, medel_pj_series *s, int month)
{
    if (month <= s->from)
        return;
    medel_pj_note_level(p, s, s->from, month);
    const medel_node *part = s->level;
    if (month - s->from < 12)
        part =
            medel_pj_apply(p, MEDEL_OP_MUL, s->level,
                           medel_pj_constant(p, month - s->from, 12, MEDEL_UNIT_NUMBER));
    s->sum = s->sum ? medel_pj_apply(p, MEDEL_OP_ADD, s->sum, part) : part;
    s->from = month;
}

static void change_level(medel_projection *p, medel_pj_series *s, const medel_change *c,
                         const medel_node *value, int month)
{
    const medel_node *before = s->level;
    if (s->driver != MEDEL_DRIVE_BALANCE)
        reach(p, s, month);
    if (c->op == MEDEL_CHANGE_SET)
        s->level = value;
    else
        s->level = medel_pj_apply(
            p, c->op == MEDEL_CHANGE_ADD ? MEDEL_OP_ADD : MEDEL_OP_MUL, s->level, value);
    s->level = medel_pj_round(p, s->level);
    if (s->driver == MEDEL_DRIVE_BALANCE)
        medel_pj_note_level(p, s, month, 12);
    s->braked = c->braked;
    if (s->driver == MEDEL_DRIVE_COST)
        *MEDEL_PUSH(&p->arena, &p->steps, medel_cost_step) =
            (medel_cost_step){ .series = (size_t)(s - p->series),
                               .at = (p->now - p->options.first) * 12 + month,
                               .before = before,
                               .after = s->level };
    if (medel_pj_negative(s->level) && strcmp(s->id, "ofordelat") != 0
        && s->driver <= MEDEL_DRIVE_COST)
        medel_pj_fail(p, MEDEL_E_DOMAIN, c, "%.50s becomes negative", s->label);
}

/* In all: each scaled; what is set or added falls on no block in particular. */
static void change_all(medel_projection *p, const medel_change *c, int month)
{
    medel_pj_series *rest = &p->series[p->rest];
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
                value = medel_pj_apply(p, MEDEL_OP_SUB, value, p->series[i].level);
        }
    }
    change_level(p, rest, c, value, month);
}

static void change_bidrag(medel_projection *p, const medel_change *c, int month)
{
    for (int i = 0; i < 3; i++) {
        medel_pj_series *s =
            medel_pj_find_series(p, MEDEL_DRIVE_BIDRAG, medel_pj_parts[i]);
        if (c->target && strcmp(c->target, medel_pj_parts[i]) != 0)
            continue;
        const medel_node *value = c->node;
        if (!c->target && c->op != MEDEL_CHANGE_SCALE)
            value = medel_pj_apply(p, MEDEL_OP_MUL, value,
                                   medel_pj_parameter_node(p, medel_pj_shares[i], NULL));
        change_level(p, s, c, value, month);
    }
}

static void change(medel_projection *p, const medel_change *c, int month)
{
    medel_year *y = &p->years[p->now - p->options.first + 1];
    const medel_rational v = c->node->quantity.value;
    switch (c->driver) {
    case MEDEL_DRIVE_BIDRAG: change_bidrag(p, c, month); break;
    case MEDEL_DRIVE_INDEX: p->index = c->node; break;
    case MEDEL_DRIVE_REALISATION: p->realisation = c->node; break;
    case MEDEL_DRIVE_RATE: p->rate = c->node; break;
    case MEDEL_DRIVE_ONE_OFF:
        p->one_off =
            p->one_off ? medel_pj_apply(p, MEDEL_OP_ADD, p->one_off, c->node) : c->node;
        y->one_offs[month] += v.num / v.den;
        break;
    case MEDEL_DRIVE_COST:
        if (!c->target || !medel_pj_find_series(p, c->driver, c->target)) {
            change_all(p, c, month);
            break;
        }
        /* fall through */
    case MEDEL_DRIVE_INCOME:
    case MEDEL_DRIVE_BALANCE:
        change_level(p, medel_pj_find_series(p, c->driver, c->target), c, c->node, month);
        break;
    }
}

static void raise_costs(medel_projection *p)
{
    if (p->index->quantity.value.num == 0)
        return;
    const medel_node *factor = medel_pj_apply(
        p, MEDEL_OP_ADD, medel_pj_constant(p, 1, 1, MEDEL_UNIT_NUMBER), p->index);
    for (size_t i = 0; i < p->nseries; i++) {
        if (p->series[i].driver == MEDEL_DRIVE_COST)
            p->series[i].level = medel_pj_round(
                p, medel_pj_apply(p, MEDEL_OP_MUL, p->series[i].level, factor));
    }
}

/* Index and shares hold from January, also when decided later in the year. */
void medel_pj_let_changes_work(medel_projection *p)
{
    const int first = p->now * 12;
    p->one_off = NULL;
    for (size_t i = 0; i < p->nseries; i++) {
        p->series[i].sum = NULL;
        p->series[i].from = 0;
        if (p->series[i].driver == MEDEL_DRIVE_BALANCE)
            medel_pj_note_level(p, &p->series[i], 0, 12);
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

/*
 * report_plan.c - the budgets and forecasts that a report prints, each as a report of its
 * own: what is printed of it, and the eget kapital that its result leads to.  An earlier
 * year, as the report prints it, in the same way.
 */
#include "report_read.h"

#include <string.h>

enum { PLAN_YEARS_BACK = 2, PLAN_YEARS_ON = 10, MAX_MOMENTS = 12 };

typedef struct moments {
    const char *made[MAX_MOMENTS]; /* NULL: not said */
    size_t n;
} moments;

/* ---- what is printed ---- */

static const medel_fact *best(const medel_report *r, const char *concept, int year,
                              medel_variant variant)
{
    const medel_concept *c = medel_taxonomy_concept(medel_report_taxonomy(r), concept);
    const medel_fact *f = c ? medel_report_concept(r, c, year, variant) : NULL;
    return medel_fact_has_value(f) ? f : NULL;
}

static const medel_value *forecasts(const medel_report *r)
{
    const medel_value *v = medel_record_field(medel_report_root(r), "prognoser");
    return v && v->nrecords ? v : NULL;
}

static const medel_value *earlier(const medel_record *forecast)
{
    return medel_record_field(forecast, "tidigare");
}

/* The amount of a forecast, or of an earlier one of the same thing. */
static const medel_fact *amount_of(const medel_record *forecast)
{
    const medel_value *v = medel_record_field(forecast, "tal");
    const medel_fact *f = v && v->nfacts ? v->facts[0] : NULL;
    return medel_fact_has_value(f) && f->value.dimension.money == 1 ? f : NULL;
}

/* What was forecast of a concept at a time that the list of forecasts names. */
static const medel_fact *forecast_made(const medel_report *r, const char *concept,
                                       const char *made)
{
    const medel_value *list = forecasts(r);
    for (size_t i = 0; list && i < list->nrecords; i++) {
        const medel_record *one = list->records[i];
        const medel_value *before = earlier(one);
        if (!medel_same(medel_record_text_of(one, "begrepp"), concept))
            continue;
        if (medel_same(medel_record_text_of(one, "gjord"), made))
            return amount_of(one);
        for (size_t k = 0; before && k < before->nrecords; k++) {
            if (medel_same(medel_record_text_of(before->records[k], "gjord"), made))
                return amount_of(before->records[k]);
        }
    }
    return NULL;
}

static const medel_fact *planned(const medel_report *r, const medel_plan *p,
                                 const char *concept)
{
    const medel_fact *f = NULL;
    if (p->variant == MEDEL_VARIANT_PROGNOS && p->year == medel_report_year(r))
        f = forecast_made(r, concept, p->made);
    return f || p->superseded ? f : best(r, concept, p->year, p->variant);
}

/* ---- which plans there are ---- */

static void add_moment(moments *m, const medel_record *forecast)
{
    const char *made = medel_record_text_of(forecast, "gjord");
    for (size_t i = 0; i < m->n; i++) {
        if (m->made[i] == made || medel_same(m->made[i], made))
            return;
    }
    if (m->n < MAX_MOMENTS)
        m->made[m->n++] = made;
}

/* When forecasts of the result were made, the oldest first. */
static moments moments_of(const medel_report *r)
{
    const medel_value *list = forecasts(r);
    const char *result = medel_role_id(r->taxonomy, MEDEL_ROLE_RESULT);
    moments m = { .n = 0 };
    for (size_t i = 0; list && i < list->nrecords; i++) {
        const medel_record *one = list->records[i];
        const medel_value *before = earlier(one);
        if (!medel_same(medel_record_text_of(one, "begrepp"), result))
            continue;
        for (size_t k = 0; before && k < before->nrecords; k++)
            add_moment(&m, before->records[k]);
        add_moment(&m, one);
    }
    return m;
}

size_t medel_report_plans(const medel_report *r, medel_plan *out, size_t max)
{
    MEDEL_NEEDS_OR(0, r, out);
    static const medel_variant variants[] = { MEDEL_VARIANT_BUDGET,
                                              MEDEL_VARIANT_PROGNOS };
    const int now = medel_report_year(r);
    const char *result = medel_role_id(r->taxonomy, MEDEL_ROLE_RESULT);
    const moments made = moments_of(r);
    size_t n = 0;
    for (int year = now - PLAN_YEARS_BACK; year <= now + PLAN_YEARS_ON; year++) {
        for (size_t v = 0; v < sizeof variants / sizeof *variants; v++) {
            const bool listed = variants[v] == MEDEL_VARIANT_PROGNOS && year == now;
            const size_t times = listed && made.n ? made.n : 1;
            for (size_t k = 0; k < times; k++) {
                medel_plan p = { .year = year, .variant = variants[v] };
                p.made = listed && made.n ? made.made[k] : NULL;
                p.superseded = k + 1 < times;
                if (!planned(r, &p, result))
                    continue;
                if (n < max)
                    out[n] = p;
                n++;
            }
        }
    }
    return n;
}

/* ---- a plan as a report ---- */

typedef struct maker {
    const medel_report *base;
    const medel_plan *plan;
    medel_arena *a; /* of cells and nodes */
    medel_array cells;
} maker;

static void cell(maker *m, const char *table, const char *row, int year,
                 const medel_node *n)
{
    if (n && row)
        *MEDEL_PUSH(m->a, &m->cells, medel_cell) =
            (medel_cell){ .table = table, .row = row, .year = year, .node = n };
}

/* A printed figure, as its table or as its concept has it. */
static const medel_node *node_of(maker *m, const medel_fact *f, bool of_concept)
{
    if (!medel_fact_has_value(f))
        return NULL;
    medel_node *n = MEDEL_NEW(m->a, medel_node, 1);
    n->op = MEDEL_OP_FACT;
    n->fact = f;
    n->quantity = f->value;
    if (of_concept && medel_fact_concept_value(&n->quantity, f) != MEDEL_OK)
        return NULL;
    return n;
}

static const medel_node *combine(maker *m, medel_op op, const medel_node *a,
                                 const medel_node *b)
{
    medel_node *n = a && b ? MEDEL_NEW(m->a, medel_node, 1) : NULL;
    return n && medel_node_apply(n, op, a, b, true) == MEDEL_OK ? n : NULL;
}

static const char *id_of(const maker *m, medel_role role)
{
    return medel_role_id(m->base->taxonomy, role);
}

static const medel_node *outcome(maker *m, const char *concept, int year)
{
    return node_of(m, best(m->base, concept, year, MEDEL_VARIANT_UTFALL), true);
}

static bool is_contribution(const maker *m, const char *concept)
{
    static const medel_role roles[] = { MEDEL_ROLE_CONTRIBUTIONS,
                                        MEDEL_ROLE_CONTRIBUTION_STATE,
                                        MEDEL_ROLE_CONTRIBUTION_REGION,
                                        MEDEL_ROLE_CONTRIBUTION_MUNICIPALITIES };
    bool is = false;
    for (size_t i = 0; i < MEDEL_COUNT(roles); i++)
        is |= medel_has_role(m->base->taxonomy, concept, roles[i]);
    return is;
}

/* What is planned; for a forecast that does not say what the members give, the budget:
   that is decided before the year. */
static const medel_node *plan_node(maker *m, const char *concept)
{
    const medel_fact *f = planned(m->base, m->plan, concept);
    if (!f && m->plan->variant == MEDEL_VARIANT_PROGNOS && is_contribution(m, concept))
        f = best(m->base, concept, m->plan->year, MEDEL_VARIANT_BUDGET);
    return node_of(m, f, true);
}

/* Eget kapital at the end of a year: printed, or by way of the budgets in between. */
static const medel_node *equity_before(maker *m, int year)
{
    int from = year;
    while (from > medel_report_year(m->base)
           && !outcome(m, id_of(m, MEDEL_ROLE_EQUITY), from))
        from--;
    const medel_node *ek = outcome(m, id_of(m, MEDEL_ROLE_EQUITY), from);
    for (int y = from + 1; ek && y <= year; y++)
        ek = combine(
            m, MEDEL_OP_ADD, ek,
            node_of(m,
                    best(m->base, id_of(m, MEDEL_ROLE_RESULT), y, MEDEL_VARIANT_BUDGET),
                    true));
    return ek;
}

/* Eget kapital of an earlier year: printed, or worked back from a year that has it. */
static const medel_node *equity_then(maker *m, int year)
{
    int from = year;
    while (from < medel_report_year(m->base)
           && !outcome(m, id_of(m, MEDEL_ROLE_EQUITY), from))
        from++;
    const medel_node *ek = outcome(m, id_of(m, MEDEL_ROLE_EQUITY), from);
    for (; ek && from > year; from--)
        ek = combine(m, MEDEL_OP_SUB, ek, outcome(m, id_of(m, MEDEL_ROLE_RESULT), from));
    return ek;
}

static const medel_fact *own_column(const maker *m, const medel_table *t,
                                    const medel_table_row *row)
{
    const medel_fact *f =
        t && row ? medel_row_cell(t, row, NULL, m->plan->year, m->plan->variant) : NULL;
    return medel_fact_has_value(f) ? f : NULL;
}

/* Rows of the plan's own column, and rows whose concept is planned anywhere; beside them
   what the year before came to. */
static void statement(maker *m, medel_role role)
{
    const medel_table_spec *spec = medel_role_table(m->base->taxonomy, role);
    const char *table = spec ? spec->id : NULL;
    const medel_table *t = spec ? medel_report_table(m->base, table) : NULL;
    const int year = m->plan->year;
    for (size_t i = 0; spec && i < spec->nrows; i++) {
        const medel_row *row = spec->rows[i];
        const medel_table_row *printed = t ? medel_table_find(t, row->id) : NULL;
        const medel_node *n = node_of(m, own_column(m, t, printed), false);
        if (!n && row->concept_ref)
            n = plan_node(m, row->concept_ref->id);
        cell(m, table, row->id, year, n);
        if (row->concept_ref)
            cell(m, table, row->id, year - 1, outcome(m, row->concept_ref->id, year - 1));
    }
    for (size_t i = 0; t && i < t->nrows; i++) {
        if (t->rows[i].spec->own)
            cell(m, table, t->rows[i].spec->id, year,
                 node_of(m, own_column(m, t, &t->rows[i]), false));
    }
}

static void both_years(maker *m, medel_role table, medel_role role, const medel_node *n)
{
    const char *row = medel_role_row(m->base->taxonomy, table, role);
    cell(m, id_of(m, table), row, m->plan->year, n);
    cell(m, id_of(m, table), row, m->plan->year - 1,
         outcome(m, id_of(m, role), m->plan->year - 1));
}

/* A result by itself has no rows to add up to it. */
static void income_statement(maker *m, const medel_node *result)
{
    if (plan_node(m, id_of(m, MEDEL_ROLE_INCOME))
        && plan_node(m, id_of(m, MEDEL_ROLE_COSTS)))
        statement(m, MEDEL_ROLE_INCOME_STATEMENT);
    else
        both_years(m, MEDEL_ROLE_INCOME_STATEMENT, MEDEL_ROLE_RESULT, result);
}

static void balance_sheet(maker *m, const medel_node *before, const medel_node *result,
                          const medel_node *ek)
{
    const medel_role t = MEDEL_ROLE_BALANCE_SHEET;
    both_years(m, t, MEDEL_ROLE_RESULT, result);
    both_years(m, t, MEDEL_ROLE_OTHER_EQUITY, before);
    both_years(m, t, MEDEL_ROLE_EQUITY, ek);
}

/* Five years, as an overview should have. */
static void overview(maker *m, const medel_node *ek)
{
    static const medel_role roles[] = { MEDEL_ROLE_INCOME, MEDEL_ROLE_COSTS,
                                        MEDEL_ROLE_RESULT, MEDEL_ROLE_CONTRIBUTIONS,
                                        MEDEL_ROLE_EQUITY, MEDEL_ROLE_EQUITY_SHARE };
    const medel_node *bidrag = plan_node(m, id_of(m, MEDEL_ROLE_CONTRIBUTIONS));
    const char *table = id_of(m, MEDEL_ROLE_OVERVIEW);
    for (size_t i = 0; i < MEDEL_COUNT(roles); i++) {
        const char *row =
                       medel_role_row(m->base->taxonomy, MEDEL_ROLE_OVERVIEW, roles[i]),
                   *concept = id_of(m, roles[i]);
        const medel_node *n = roles[i] == MEDEL_ROLE_EQUITY ? ek : plan_node(m, concept);
        if (!n && roles[i] == MEDEL_ROLE_EQUITY_SHARE && bidrag
            && bidrag->quantity.value.num != 0)
            n = combine(m, MEDEL_OP_DIV, ek, bidrag);
        cell(m, table, row, m->plan->year, n);
        for (int back = 1; n && back < 5; back++)
            cell(m, table, row, m->plan->year - back,
                 outcome(m, concept, m->plan->year - back));
    }
}

/* The columns of the plan in the driftredovisning, as those of an outcome. */
static void operations(maker *m)
{
    static const char *const measures[] = { "intakt", "kostnad", "netto" };
    const char *table = id_of(m, MEDEL_ROLE_OPERATIONS);
    const medel_table *t = medel_report_table(m->base, table);
    for (size_t i = 0; t && i < t->nrows; i++) {
        for (size_t k = 0; k < 3; k++) {
            const medel_node *n = node_of(m,
                                          medel_row_cell(t, &t->rows[i], measures[k],
                                                         m->plan->year, m->plan->variant),
                                          false);
            if (n)
                *MEDEL_PUSH(m->a, &m->cells, medel_cell) =
                    (medel_cell){ .table = table,
                                  .row = t->rows[i].spec->id,
                                  .column = measures[k],
                                  .node = n };
        }
    }
}

static medel_status build(medel_report **out, maker *m, const medel_allocator *allocator)
{
    const medel_node *result = plan_node(m, id_of(m, MEDEL_ROLE_RESULT));
    const char *made = m->plan->made;
    if (!result)
        return MEDEL_E_DOMAIN;
    const bool past = m->plan->variant == MEDEL_VARIANT_UTFALL;
    const medel_node *before = past ? NULL : equity_before(m, m->plan->year - 1);
    const medel_node *ek =
        past ? equity_then(m, m->plan->year) : combine(m, MEDEL_OP_ADD, before, result);
    income_statement(m, result);
    if (past)
        statement(m, MEDEL_ROLE_BALANCE_SHEET);
    else
        balance_sheet(m, before, result, ek);
    if (!m->plan->superseded)
        operations(m);
    if (plan_node(m, id_of(m, MEDEL_ROLE_CONTRIBUTION_STATE)))
        statement(m, MEDEL_ROLE_INCOME_NOTE);
    overview(m, ek);
    const char *name = medel_arena_format(
        m->a, "%s %d%s%s%s", medel_variant_name(m->plan->variant), m->plan->year,
        made ? " (" : "", made ? made : "", made ? ")" : "");
    medel_status st =
        medel_report_build(out,
                           &(medel_new_report){ m->base,
                                                m->plan->year,
                                                { name, medel_report_file(m->base), 1 },
                                                m->cells.data,
                                                m->cells.count },
                           allocator);
    if (st == MEDEL_OK)
        (*out)->variant = m->plan->variant;
    return st;
}

medel_status medel_report_of_plan(medel_report **out, const medel_report *base,
                                  const medel_plan *plan,
                                  const medel_allocator *allocator)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, base, plan);
    medel_arena arena;
    jmp_buf oom;
    medel_arena_init(&arena, allocator);
    maker *m = medel_arena_try(&arena, sizeof *m);
    if (!m)
        return MEDEL_E_NOMEM;
    arena.oom = &oom;
    if (setjmp(oom)) {
        medel_arena_free(&arena);
        return MEDEL_E_NOMEM;
    }
    m->base = base;
    m->plan = plan;
    m->a = &arena;
    medel_report *r;
    medel_status st = build(&r, m, allocator);
    if (st != MEDEL_OK) {
        medel_arena_free(&arena);
        return st;
    }
    medel_arena_join(&r->arena, &arena); /* the nodes */
    *out = r;
    return MEDEL_OK;
}

MEDEL_GETTER(medel_variant, medel_report_variant, medel_report, variant,
             MEDEL_VARIANT_UTFALL)

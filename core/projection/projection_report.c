/*
 * projection_report.c - a projected year as a report, which every rule can test.
 */
#include "projection.h"

#include <string.h>

typedef struct year_report {
    const medel_projection *p;
    medel_arena *a; /* of cells and of nodes that only the statements have */
    medel_array cells;
    int base_year, year;
} year_report;

static const medel_taxonomy *taxonomy_of(const year_report *y)
{
    return medel_report_taxonomy(y->p->base);
}

static void cell(year_report *y, medel_role table, medel_role row, int year,
                 const medel_node *n)
{
    const char *id = n ? medel_role_row(taxonomy_of(y), table, row) : NULL;
    if (id)
        *MEDEL_PUSH(y->a, &y->cells, medel_cell) =
            (medel_cell){ .table = medel_role_id(taxonomy_of(y), table),
                          .row = id,
                          .year = year,
                          .node = n };
}

static const medel_node *make(year_report *y, medel_op op, const medel_node *left,
                              const medel_node *right)
{
    medel_node *n = left ? MEDEL_NEW(y->a, medel_node, 1) : NULL;
    return n && medel_node_apply(n, op, left, right, true) == MEDEL_OK ? n : NULL;
}

static const medel_node *minus(year_report *y, const medel_node *n)
{
    return make(y, MEDEL_OP_NEG, n, NULL);
}

static const medel_node *add(year_report *y, const medel_node *a, const medel_node *b)
{
    return a && b ? make(y, MEDEL_OP_ADD, a, b) : a ? a : b;
}

static const medel_node *sub(year_report *y, const medel_node *a, const medel_node *b)
{
    return make(y, MEDEL_OP_SUB, a, b);
}

static const medel_node *fig(const year_report *y, int year, medel_figure_id id)
{
    return year > y->base_year ? medel_projection_figure(y->p, year, id) : NULL;
}

/* What the base prints of a concept, for comparatives; NULL where it prints nothing. */
static const medel_node *printed(year_report *y, medel_role role, int year)
{
    const medel_fact *f = medel_role_fact(y->p->base, role, year, MEDEL_VARIANT_UTFALL);
    if (!f || year > y->base_year)
        return NULL;
    medel_node *n = MEDEL_NEW(y->a, medel_node, 1);
    n->op = MEDEL_OP_FACT;
    n->fact = f;
    if (medel_fact_concept_value(&n->quantity, f) != MEDEL_OK)
        return NULL;
    n->quantity.low = n->quantity.high = n->quantity.value;
    return n;
}

/* The year's own figure, or the printed one where the year is the base or earlier. */
static void both(year_report *y, medel_role table, medel_role row, medel_figure_id id,
                 int sign, int years)
{
    for (int year = y->year; year > y->year - years; year--) {
        const medel_node *n = fig(y, year, id);
        n = n && sign < 0 ? minus(y, n) : n;
        cell(y, table, row, year, n ? n : printed(y, row, year));
    }
}

static bool some(const year_report *y, medel_figure_id id)
{
    const medel_node *now = fig(y, y->year, id);
    const medel_node *before = medel_projection_figure(y->p, y->year - 1, id);
    return now->quantity.value.num != 0 || (before && before->quantity.value.num != 0);
}

static void income_statement(year_report *y)
{
    const medel_role t = MEDEL_ROLE_INCOME_STATEMENT;
    both(y, t, MEDEL_ROLE_INCOME, MEDEL_FIG_INTAKTER, 1, 2);
    both(y, t, MEDEL_ROLE_COSTS, MEDEL_FIG_KOSTNADER, -1, 2);
    if (some(y, MEDEL_FIG_AVSKRIVNINGAR))
        both(y, t, MEDEL_ROLE_DEPRECIATION, MEDEL_FIG_AVSKRIVNINGAR, -1, 2);
    for (int year = y->year; year > y->year - 2; year--) {
        const medel_node *n = fig(y, year, MEDEL_FIG_INTAKTER);
        if (n) {
            n = sub(y, n, fig(y, year, MEDEL_FIG_KOSTNADER));
            n = sub(y, n, fig(y, year, MEDEL_FIG_AVSKRIVNINGAR));
        }
        cell(y, t, MEDEL_ROLE_OPERATING_RESULT, year,
             n ? n : printed(y, MEDEL_ROLE_OPERATING_RESULT, year));
    }
    both(y, t, MEDEL_ROLE_NET_FINANCIAL, MEDEL_FIG_FINANSNETTO, 1, 2);
    both(y, t, MEDEL_ROLE_RESULT_AFTER_FINANCIAL, MEDEL_FIG_RESULTAT, 1, 2);
    both(y, t, MEDEL_ROLE_RESULT, MEDEL_FIG_RESULTAT, 1, 2);
}

static void balance_sheet(year_report *y)
{
    const medel_role t = MEDEL_ROLE_BALANCE_SHEET;
    static const struct {
        medel_figure_id figure;
        medel_role row;
    } assets[] = { { MEDEL_FIG_ANLAGGNING, MEDEL_ROLE_FIXED_ASSETS },
                   { MEDEL_FIG_FORDRINGAR, MEDEL_ROLE_RECEIVABLES },
                   { MEDEL_FIG_PLACERINGAR, MEDEL_ROLE_INVESTMENTS },
                   { MEDEL_FIG_KASSA, MEDEL_ROLE_CASH } },
      debts[] = { { MEDEL_FIG_AVSATTNINGAR, MEDEL_ROLE_PROVISIONS },
                  { MEDEL_FIG_LANGFRISTIGA, MEDEL_ROLE_LONG_DEBTS },
                  { MEDEL_FIG_KORTFRISTIGA, MEDEL_ROLE_SHORT_DEBTS } };
    for (size_t i = 0; i < 4; i++) {
        if (some(y, assets[i].figure))
            both(y, t, assets[i].row, assets[i].figure, 1, 2);
    }
    for (int year = y->year; year > y->year - 2; year--) {
        const medel_node *all = fig(y, year, MEDEL_FIG_TILLGANGAR);
        const medel_node *fixed = fig(y, year, MEDEL_FIG_ANLAGGNING);
        cell(y, t, MEDEL_ROLE_CURRENT_ASSETS, year,
             all ? sub(y, all, fixed) : printed(y, MEDEL_ROLE_CURRENT_ASSETS, year));
    }
    both(y, t, MEDEL_ROLE_TOTAL_ASSETS, MEDEL_FIG_TILLGANGAR, 1, 2);
    both(y, t, MEDEL_ROLE_RESULT, MEDEL_FIG_RESULTAT, 1, 2);
    for (int year = y->year; year > y->year - 2; year--) {
        const medel_node *now = fig(y, year, MEDEL_FIG_EGET_KAPITAL);
        cell(y, t, MEDEL_ROLE_OTHER_EQUITY, year,
             now ? medel_projection_figure(y->p, year - 1, MEDEL_FIG_EGET_KAPITAL)
                 : printed(y, MEDEL_ROLE_OTHER_EQUITY, year));
    }
    both(y, t, MEDEL_ROLE_EQUITY, MEDEL_FIG_EGET_KAPITAL, 1, 2);
    for (size_t i = 0; i < 3; i++) {
        if (some(y, debts[i].figure))
            both(y, t, debts[i].row, debts[i].figure, 1, 2);
    }
    for (int year = y->year; year > y->year - 2; year--) {
        const medel_node *n = fig(y, year, MEDEL_FIG_EGET_KAPITAL);
        for (size_t i = 0; n && i < 3; i++)
            n = add(y, n, fig(y, year, debts[i].figure));
        cell(y, t, MEDEL_ROLE_TOTAL_FUNDING, year,
             n ? n : printed(y, MEDEL_ROLE_TOTAL_FUNDING, year));
    }
}

static const medel_node *change_of(year_report *y, int year, medel_figure_id id)
{
    return sub(y, medel_projection_figure(y->p, year, id),
               medel_projection_figure(y->p, year - 1, id));
}

static void cash_flow_of(year_report *y, int year)
{
    const medel_role t = MEDEL_ROLE_CASH_FLOW_STATEMENT;
    const medel_node *result = fig(y, year, MEDEL_FIG_RESULTAT);
    const medel_node *other = add(y, change_of(y, year, MEDEL_FIG_AVSATTNINGAR),
                                  fig(y, year, MEDEL_FIG_AVSKRIVNINGAR));
    const medel_node *before = add(y, result, other);
    const medel_node *claims = minus(y, change_of(y, year, MEDEL_FIG_FORDRINGAR));
    const medel_node *debts = change_of(y, year, MEDEL_FIG_KORTFRISTIGA);
    const medel_node *loans = change_of(y, year, MEDEL_FIG_LANGFRISTIGA);
    cell(y, t, MEDEL_ROLE_RESULT, year, result);
    cell(y, t, MEDEL_ROLE_NON_CASH, year, other);
    cell(y, t, MEDEL_ROLE_BEFORE_WORKING_CAPITAL, year, before);
    cell(y, t, MEDEL_ROLE_CHANGE_OF_RECEIVABLES, year, claims);
    cell(y, t, MEDEL_ROLE_CHANGE_OF_SHORT_DEBTS, year, debts);
    cell(y, t, MEDEL_ROLE_FROM_OPERATIONS, year, add(y, add(y, before, claims), debts));
    if (loans && loans->quantity.value.num != 0) {
        cell(y, t, MEDEL_ROLE_NEW_LOANS, year, loans);
        cell(y, t, MEDEL_ROLE_FROM_FINANCING, year, loans);
    }
    cell(y, t, MEDEL_ROLE_CASH_FLOW, year, fig(y, year, MEDEL_FIG_KASSAFLODE));
    cell(y, t, MEDEL_ROLE_CASH_AT_START, year,
         medel_projection_figure(y->p, year - 1, MEDEL_FIG_KASSA));
    cell(y, t, MEDEL_ROLE_CASH_AT_END, year, fig(y, year, MEDEL_FIG_KASSA));
}

static void drift(year_report *y, const char *row, const char *label, const char *under,
                  const medel_node *income, const medel_node *cost)
{
    const struct {
        const char *column;
        const medel_node *node;
    } cells[] = { { "intakt", income },
                  { "kostnad", cost },
                  { "netto", income && cost ? sub(y, income, cost)
                             : income       ? income
                                            : minus(y, cost) } };
    for (size_t i = 0; i < 3; i++) {
        medel_cell *c = MEDEL_PUSH(y->a, &y->cells, medel_cell);
        *c = (medel_cell){ .table = medel_role_id(taxonomy_of(y), MEDEL_ROLE_OPERATIONS),
                           .row = row,
                           .column = cells[i].column,
                           .node = cells[i].node,
                           .label = label,
                           .under = under };
    }
}

/* The group that a row of the driftredovisning already belongs to, printed by the base or
   in the taxonomy; NULL for a row that is new. */
static const char *group_of_row(const year_report *y, const char *id)
{
    const medel_table_spec *spec =
        medel_role_table(taxonomy_of(y), MEDEL_ROLE_OPERATIONS);
    const medel_table *t = spec ? medel_report_table(y->p->base, spec->id) : NULL;
    const char *group = NULL;
    for (int depth = 0; id && depth < 16; depth++) {
        const medel_table_row *own = t ? medel_table_find(t, id) : NULL;
        const medel_row *row = own    ? own->spec
                               : spec ? medel_table_spec_find(spec, id)
                                      : NULL;
        if (!row || medel_pj_sums_groups(y->p, row->under))
            return row ? row->id : group;
        group = row->under;
        id = row->under;
    }
    return group;
}

/* A block that a decision made may have the name of a row of another group: then it is
   another row. */
static const char *row_for(year_report *y, const char *id, const char *group)
{
    const char *taken = group_of_row(y, id);
    return !taken || strcmp(taken, group) == 0 || strcmp(id, group) == 0
               ? id
               : medel_arena_format(y->a, "%s_%s", id, group);
}

static bool in_group(const year_report *y, const medel_block_info *b, size_t i,
                     const char *group)
{
    return !b->income && strcmp(b->group, group) == 0
           && medel_projection_block(y->p, y->year, i);
}

/* The blocks of a group and their sum.  A group that the base prints as one row alone
   is that row; beside other rows it stands under itself. */
static void drift_group(year_report *y, const char *group, const medel_node *extra,
                        const char *extra_id, const char *extra_label)
{
    const medel_block_info *blocks;
    size_t n = medel_projection_blocks(y->p, &blocks), rows = 0;
    const medel_node *sum = NULL;
    if (extra && extra->quantity.value.num == 0)
        extra = NULL;
    for (size_t i = 0; i < n; i++)
        rows += in_group(y, &blocks[i], i, group);
    rows += extra != NULL;
    bool alone = false;
    for (size_t i = 0; i < n; i++) {
        if (!in_group(y, &blocks[i], i, group))
            continue;
        const medel_node *cost = medel_projection_block(y->p, y->year, i);
        const bool itself = strcmp(blocks[i].id, group) == 0;
        alone |= itself && rows == 1;
        drift(y,
              itself && rows > 1 ? medel_arena_format(y->a, "%s_enligt_basaret", group)
                                 : row_for(y, blocks[i].id, group),
              blocks[i].label, group, NULL, cost);
        sum = add(y, sum, cost);
    }
    if (extra) {
        drift(y, extra_id, extra_label, group, NULL, extra);
        sum = add(y, sum, extra);
    }
    if (sum && !alone)
        drift(y, group, NULL, NULL, NULL, sum);
}

static void operations(year_report *y)
{
    const medel_block_info *blocks;
    size_t n = medel_projection_blocks(y->p, &blocks);
    const medel_node *bidrag = fig(y, y->year, MEDEL_FIG_MEDLEMSBIDRAG);
    const medel_node *interest = fig(y, y->year, MEDEL_FIG_FINANSNETTO);
    const medel_node *sum = add(y, bidrag, interest);
    const medel_taxonomy *t = taxonomy_of(y);
    const char *incomes = medel_pj_row(y->p, MEDEL_ROLE_ALL_INCOME);
    drift(y, medel_role_id(t, MEDEL_ROLE_CONTRIBUTIONS), "Medlemsbidrag", incomes, bidrag,
          NULL);
    for (size_t i = 0; i < n; i++) {
        const medel_node *income = medel_projection_block(y->p, y->year, i);
        if (!blocks[i].income || !income)
            continue;
        drift(y, row_for(y, blocks[i].id, incomes), blocks[i].label, incomes, income,
              NULL);
        sum = add(y, sum, income);
    }
    drift(y, medel_role_id(t, MEDEL_ROLE_NET_FINANCIAL), "Finansnetto", incomes, interest,
          NULL);
    drift(y, incomes, NULL, NULL, sum, NULL);
    drift_group(y, medel_pj_row(y->p, MEDEL_ROLE_INDIVIDUAL), NULL, NULL, NULL);
    drift_group(y, medel_pj_row(y->p, MEDEL_ROLE_STRUCTURAL), NULL, NULL, NULL);
    drift_group(y, medel_pj_row(y->p, MEDEL_ROLE_ADMINISTRATION), NULL, NULL, NULL);
    drift_group(y, medel_pj_row(y->p, MEDEL_ROLE_OTHER_OPERATIONS),
                fig(y, y->year, MEDEL_FIG_AVSKRIVNINGAR),
                medel_role_id(t, MEDEL_ROLE_DEPRECIATION), "Avskrivningar");
    drift(y, medel_pj_row(y->p, MEDEL_ROLE_OPERATIONS_RESULT), NULL, NULL, sum,
          add(y, fig(y, y->year, MEDEL_FIG_KOSTNADER),
              fig(y, y->year, MEDEL_FIG_AVSKRIVNINGAR)));
}

static void contributions_note(year_report *y)
{
    const medel_role t = MEDEL_ROLE_INCOME_NOTE;
    both(y, t, MEDEL_ROLE_CONTRIBUTION_STATE, MEDEL_FIG_STATEN, 1, 2);
    both(y, t, MEDEL_ROLE_CONTRIBUTION_REGION, MEDEL_FIG_REGION, 1, 2);
    both(y, t, MEDEL_ROLE_CONTRIBUTION_MUNICIPALITIES, MEDEL_FIG_KOMMUNER, 1, 2);
    both(y, t, MEDEL_ROLE_CONTRIBUTIONS, MEDEL_FIG_MEDLEMSBIDRAG, 1, 2);
    for (int year = y->year; year > y->year - 2; year--) {
        const medel_node *n =
            medel_projection_figure(y->p, year, MEDEL_FIG_OVRIGA_INTAKTER);
        if (n)
            cell(y, t, MEDEL_ROLE_OTHER_INCOME, year, n);
    }
    both(y, t, MEDEL_ROLE_INCOME, MEDEL_FIG_INTAKTER, 1, 2);
}

static void overview(year_report *y)
{
    const medel_role t = MEDEL_ROLE_OVERVIEW;
    both(y, t, MEDEL_ROLE_INCOME, MEDEL_FIG_INTAKTER, 1, 5);
    both(y, t, MEDEL_ROLE_COSTS, MEDEL_FIG_KOSTNADER, -1, 5);
    both(y, t, MEDEL_ROLE_RESULT, MEDEL_FIG_RESULTAT, 1, 5);
    both(y, t, MEDEL_ROLE_CONTRIBUTIONS, MEDEL_FIG_MEDLEMSBIDRAG, 1, 5);
    both(y, t, MEDEL_ROLE_EQUITY, MEDEL_FIG_EGET_KAPITAL, 1, 5);
    for (int year = y->year; year > y->year - 5; year--) {
        const medel_node *all = fig(y, year, MEDEL_FIG_TILLGANGAR);
        const medel_node *own = fig(y, year, MEDEL_FIG_EGET_KAPITAL);
        cell(y, t, MEDEL_ROLE_SOLIDITY, year,
             own ? make(y, MEDEL_OP_DIV, own, all)
                 : printed(y, MEDEL_ROLE_SOLIDITY, year));
    }
    both(y, t, MEDEL_ROLE_EQUITY_SHARE, MEDEL_FIG_ANDEL, 1, 5);
    cell(y, MEDEL_ROLE_BALANCE_INQUIRY, MEDEL_ROLE_RESULT, y->year,
         fig(y, y->year, MEDEL_FIG_RESULTAT));
    cell(y, MEDEL_ROLE_BALANCE_INQUIRY, MEDEL_ROLE_AFTER_ADJUSTMENTS, y->year,
         fig(y, y->year, MEDEL_FIG_RESULTAT));
    cell(y, MEDEL_ROLE_BALANCE_INQUIRY, MEDEL_ROLE_BALANCE_RESULT, y->year,
         fig(y, y->year, MEDEL_FIG_RESULTAT));
}

static medel_status build_year(medel_report **out, year_report *y,
                               const medel_scenario *scenario,
                               const medel_allocator *allocator)
{
    income_statement(y);
    balance_sheet(y);
    cash_flow_of(y, y->year);
    if (y->year - 1 > y->base_year)
        cash_flow_of(y, y->year - 1);
    operations(y);
    contributions_note(y);
    overview(y);
    return medel_report_build(out,
                              &(medel_new_report){ y->p->base, y->year, *scenario,
                                                   y->cells.data, y->cells.count },
                              allocator);
}

medel_status medel_projection_report(medel_report **out, const medel_projection *p,
                                     int year, const medel_scenario *scenario,
                                     const medel_allocator *allocator)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, p, scenario, scenario->name, scenario->file);
    medel_arena arena;
    jmp_buf oom;
    if (!medel_projection_year(p, year) || year < p->options.first)
        return MEDEL_E_DOMAIN;
    medel_arena_init(&arena, allocator);
    year_report *y = medel_arena_try(&arena, sizeof *y);
    if (!y)
        return MEDEL_E_NOMEM;
    arena.oom = &oom;
    if (setjmp(oom)) {
        medel_arena_free(&arena);
        return MEDEL_E_NOMEM;
    }
    y->p = p;
    y->a = &arena;
    y->base_year = p->options.first - 1;
    y->year = year;
    medel_report *r;
    medel_status st = build_year(&r, y, scenario, allocator);
    if (st != MEDEL_OK) {
        medel_arena_free(&arena);
        return st;
    }
    medel_arena_join(&r->arena, &arena); /* the nodes that only the statements have */
    *out = r;
    return MEDEL_OK;
}

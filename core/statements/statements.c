/* statements.c - the rows of an årsredovisning from a ledger, by a kontoplan. */
#include "statements.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

typedef struct building {
    medel_statement_row row;
    medel_array parts; /* medel_statement_part */
    size_t order;      /* table and row of the taxonomy */
} building;

struct medel_statements {
    medel_arena arena;
    const medel_ledger *ledger;
    const medel_kontoplan *plan;
    medel_array rows; /* medel_statement_row, when finished */
    medel_array unmapped;
};

typedef struct flow {
    const char *row; /* of the kassaflödesanalys */
    const medel_relation_term *from;
} flow;

typedef struct maker {
    medel_statements *s;
    medel_arena *arena;
    const medel_taxonomy *taxonomy;
    const medel_account *accounts;
    size_t naccounts;
    /* Tables and rows of the taxonomy, by their roles; NULL: it has none. */
    const char *balance_sheet, *operations, *cash_flow, *result, *other_equity;
    medel_array flows;                /* flow */
    const medel_book_change *changes; /* make these instead of the ledger's own */
    size_t nchanges;
    medel_array built;    /* building * */
    const int64_t *until; /* by account, what is booked through the last day; or NULL */
    int32_t last_day;
    bool results[2]; /* the result accounts of the year and the one before are known */
    bool closed;     /* the year's result is in its balances */
    bool overflow;
} maker;

static void add_to(maker *m, int64_t *sum, int64_t amount)
{
    if (__builtin_add_overflow(*sum, amount, sum))
        m->overflow = true;
}

static int64_t times(maker *m, int64_t amount, int factor)
{
    int64_t out = 0;
    if (__builtin_mul_overflow(amount, (int64_t)factor, &out))
        m->overflow = true;
    return out;
}

/* ---- rows and what they add to ---- */

/* Tables in the taxonomy's order, own rows after the taxonomy's. */
static size_t order_of(maker *m, const char *table, const char *row)
{
    const medel_table_spec *tables;
    size_t n = medel_taxonomy_tables(m->taxonomy, &tables), at = 0;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(tables[i].id, table) != 0)
            continue;
        size_t k = 0;
        while (k < tables[i].nrows && strcmp(tables[i].rows[k]->id, row) != 0)
            k++;
        at = i * 100000 + k;
    }
    return at;
}

static building *row_at(maker *m, const char *table, const char *row, const char *column,
                        int year)
{
    building **all = m->built.data;
    for (size_t i = 0; i < m->built.count; i++) {
        const medel_statement_row *r = &all[i]->row;
        if (r->year == year && medel_same(r->column, column) && strcmp(r->row, row) == 0
            && strcmp(r->table, table) == 0)
            return all[i];
    }
    building *b = MEDEL_NEW(m->arena, building, 1);
    b->row = (medel_statement_row){
        .table = table, .row = row, .column = column, .year = year, .sum = true
    };
    b->order = order_of(m, table, row);
    *MEDEL_PUSH(m->arena, &m->built, building *) = b;
    return b;
}

/* The row that 'row' adds to, and with which weight; NULL at the top. */
static const char *row_above(maker *m, const char *table, const char *row, int *weight)
{
    const medel_table_spec *t = medel_taxonomy_table(m->taxonomy, table);
    const medel_row *spec = t ? medel_table_spec_find(t, row) : NULL;
    *weight = spec ? spec->weight : 1;
    if (spec)
        return spec->memo ? NULL : spec->under;
    const medel_own_row *own = medel_kontoplan_own_row(m->s->plan, table, row);
    return own ? own->under : NULL;
}

static void add(maker *m, const char *table, const char *row, const char *column,
                int year, const medel_statement_part *part)
{
    medel_statement_part p = *part;
    for (bool own = true; row; own = false) {
        building *b = row_at(m, table, row, column, year);
        int weight;
        add_to(m, &b->row.amount, p.amount);
        b->row.sum = b->row.sum && !own;
        *MEDEL_PUSH(m->arena, &b->parts, medel_statement_part) = p;
        row = row_above(m, table, row, &weight);
        p.amount = times(m, p.amount, weight);
    }
}

static void leave(maker *m, uint32_t account, uint32_t object, int year, int64_t amount)
{
    if (amount != 0)
        *MEDEL_PUSH(m->arena, &m->s->unmapped, medel_unmapped) =
            (medel_unmapped){ account, object, year, amount };
}

static const medel_account_line *line_of(maker *m, uint32_t account)
{
    return medel_kontoplan_find(m->s->plan, m->accounts[account].number);
}

/* ---- one account's balance or change in a year ---- */

/* Accounts that turn the result over (89, 2099).  Where the result accounts themselves
   are known, årets resultat is theirs, before and after the books are closed; what is
   left on these is then an earlier year's, which has not been moved. */
static bool turned_over(maker *m, const medel_account_line *line, int year)
{
    return m->results[-year] && !line->result && medel_same(line->table, m->balance_sheet)
           && medel_same(line->row, m->result) && m->other_equity;
}

static void add_account(maker *m, uint32_t account, int year, int64_t amount)
{
    const medel_account_line *line = line_of(m, account);
    if (amount == 0)
        return;
    if (!line) {
        leave(m, account, MEDEL_NO_INDEX, year, amount);
        return;
    }
    medel_statement_part part = { account, MEDEL_NO_INDEX, times(m, amount, line->sign) };
    add(m, line->table, turned_over(m, line, year) ? m->other_equity : line->row, NULL,
        year, &part);
    if (line->result) /* what is not turned over yet is the result all the same */
        add(m, m->balance_sheet, m->result, NULL, year, &part);
    if (line->result && m->closed) {
        const medel_statement_part back = { account, MEDEL_NO_INDEX,
                                            times(m, part.amount, -1) };
        add(m, m->balance_sheet, m->other_equity, NULL, year, &back);
    }
    if (line->note) {
        part.amount = times(m, amount, line->note_sign);
        add(m, line->note, line->note_row, NULL, year, &part);
    }
}

/* A result account by the plan, else by the ledger. */
static bool is_result(maker *m, uint32_t account)
{
    const medel_account_line *line = line_of(m, account);
    return (line && line->result) || m->accounts[account].result;
}

/* IB + #TRANS, or what the file states of the year. */
static bool amount_of(maker *m, uint32_t account, int year, int64_t *out)
{
    const medel_ledger *l = m->s->ledger;
    bool result = is_result(m, account);
    *out = 0;
    if (year == 0 && medel_ledger_columns_of(l)->nrows > 0) {
        medel_account_total total;
        medel_ledger_total(l, account, &total);
        if (!result)
            medel_ledger_opening(l, 0, account, out);
        add_to(m, out, m->until ? m->until[account] : total.net);
        return true;
    }
    if (m->until && result) /* the whole year before is not the same part of it */
        return false;
    if (medel_ledger_stated(l, result ? MEDEL_BALANCE_RES : MEDEL_BALANCE_UB, year,
                            account, 0, out))
        return true;
    return year < 0 && !result
           && medel_ledger_stated(l, MEDEL_BALANCE_IB, year + 1, account, 0, out);
}

/* What is booked on each account through the last day. */
static const int64_t *sums_until(maker *m)
{
    const medel_ledger_columns *c = medel_ledger_columns_of(m->s->ledger);
    int64_t *sums = MEDEL_NEW(m->arena, int64_t, m->naccounts ? m->naccounts : 1);
    for (size_t i = 0; i < c->nrows; i++) {
        const int32_t day = medel_ledger_day(c->day[i]);
        if (day == MEDEL_NO_DAY || day <= m->last_day)
            add_to(m, &sums[c->account[i]], c->amount[i]);
    }
    return sums;
}

/* Balances that the file states and that sum to zero by themselves, without what turned
   the result over (89): the result is in them, on 2099 or among the rest. */
static bool closed(maker *m, int year, size_t naccounts)
{
    int64_t balance = 0, result = 0, amount;
    if (!m->results[-year] || !m->other_equity
        || (year == 0 && medel_ledger_columns_of(m->s->ledger)->nrows > 0))
        return false;
    for (uint32_t i = 0; i < naccounts; i++) {
        const medel_account_line *line = line_of(m, i);
        if (amount_of(m, i, year, &amount))
            add_to(m, (line ? line->result : is_result(m, i)) ? &result : &balance,
                   amount);
    }
    return balance == 0 && result != 0;
}

static void add_year(maker *m, int year, size_t naccounts)
{
    for (uint32_t i = 0; i < naccounts && !m->results[-year]; i++) {
        const medel_account_line *line = line_of(m, i);
        int64_t amount;
        m->results[-year] =
            line && line->result && amount_of(m, i, year, &amount) && amount;
    }
    m->closed = closed(m, year, naccounts);
    for (uint32_t i = 0; i < naccounts; i++) {
        int64_t amount;
        if (amount_of(m, i, year, &amount))
            add_account(m, i, year, amount);
    }
}

/* ---- kassaflödesanalys: how the balances moved ---- */

/* Since the year before, for what a balansräkning has; else of the year. */
static bool is_change(const maker *m, const medel_relation_term *from)
{
    return medel_has_role(m->taxonomy, from->table, MEDEL_ROLE_BALANCE_SHEET);
}

/* Does the account belong to the row, or to one under it? */
static bool belongs(maker *m, const medel_account_line *line, const char *table,
                    const char *to)
{
    const char *row = strcmp(line->table, table) == 0 ? line->row : NULL;
    int weight;
    while (row && strcmp(row, to) != 0)
        row = row_above(m, table, row, &weight);
    return row != NULL;
}

static void add_flows_of(maker *m, uint32_t account, const medel_account_line *line,
                         int year)
{
    int64_t now, opening;
    medel_ledger_opening(m->s->ledger, year, account, &opening);
    opening = times(m, opening, line->sign);
    if (!amount_of(m, account, year, &now))
        now = 0;
    now = times(m, now, line->sign);
    for (size_t k = 0; k < m->flows.count; k++) {
        const flow *f = (const flow *)m->flows.data + k;
        if (!belongs(m, line, f->from->table, f->from->row))
            continue;
        int64_t amount = f->from->year ? opening : now;
        if (!f->from->year && is_change(m, f->from))
            add_to(m, &amount, times(m, opening, -1));
        medel_statement_part part = { account, MEDEL_NO_INDEX,
                                      times(m, amount, f->from->weight) };
        if (amount != 0)
            add(m, m->cash_flow, f->row, NULL, year, &part);
    }
}

static void add_flows(maker *m, int year, size_t naccounts)
{
    medel_balance_kind kind;
    int of;
    const bool opens = medel_ledger_opens(m->s->ledger, year, &kind, &of);
    for (uint32_t i = 0; opens && i < naccounts; i++) {
        const medel_account_line *line = line_of(m, i);
        if (line)
            add_flows_of(m, i, line, year);
    }
}

/* ---- driftredovisning: result accounts by object ---- */

static uint32_t object_in(maker *m, uint32_t list, const char *dimension)
{
    const uint32_t *objects;
    const medel_object *all;
    const medel_dimension_decl *dimensions;
    size_t n = medel_ledger_object_list(m->s->ledger, list, &objects);
    medel_ledger_objects(m->s->ledger, &all);
    medel_ledger_dimensions(m->s->ledger, &dimensions);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(dimensions[all[objects[i]].dimension].number, dimension) == 0)
            return objects[i];
    }
    return MEDEL_NO_INDEX;
}

static void add_drift(maker *m, uint32_t account, uint32_t object, bool budget,
                      int64_t amount)
{
    const char *number = m->accounts[account].number;
    const medel_account_line *line = line_of(m, account);
    const medel_object *objects;
    medel_ledger_objects(m->s->ledger, &objects);
    if (!line || !line->result || amount == 0)
        return;
    const char *name = object == MEDEL_NO_INDEX ? NULL : objects[object].number;
    const char *row = medel_kontoplan_drift_row(m->s->plan, number, name);
    if (!row) {
        leave(m, account, object, 0, budget ? 0 : amount);
        return;
    }
    bool income = medel_kontoplan_income(m->s->plan, number);
    medel_statement_part part = { account, object, times(m, amount, -1) };
    add(m, m->operations, row, budget ? "budget" : "netto", 0, &part);
    if (budget)
        return;
    part.amount = times(m, amount, income ? -1 : 1);
    add(m, m->operations, row, income ? "intakt" : "kostnad", 0, &part);
}

static medel_status add_objects(maker *m, const char *dimension, medel_error *err)
{
    medel_ledger_grouping by = { { MEDEL_KEY_ACCOUNT, MEDEL_KEY_OBJECT }, 0, dimension };
    medel_ledger_filter everything = { .has_to = m->until != NULL, .to = m->last_day };
    medel_ledger_groups *groups;
    const medel_ledger_group *all;
    medel_status st = medel_ledger_groups_new(&groups, m->s->ledger, &everything, &by,
                                              &m->arena->allocator, err);
    if (st != MEDEL_OK)
        return st;
    jmp_buf *outer = m->arena->oom, here;
    m->arena->oom = &here;
    if (setjmp(here)) {
        medel_ledger_groups_free(groups);
        m->arena->oom = outer;
        return medel_fail(err, MEDEL_E_NOMEM, "not enough memory");
    }
    size_t n = medel_ledger_groups_get(groups, &all);
    for (size_t i = 0; i < n; i++)
        add_drift(m, all[i].key[0], all[i].key[1], false, all[i].sum.net);
    medel_ledger_groups_free(groups);
    m->arena->oom = outer;
    return MEDEL_OK;
}

/* The budget by object; a file may have it for the year or month by month. */
static void add_budget(maker *m, const char *dimension)
{
    const medel_balance *all;
    size_t n = medel_ledger_balances(m->s->ledger, &all);
    for (size_t i = 0; i < n; i++) {
        if (all[i].kind != MEDEL_BALANCE_PBUDGET || all[i].year != 0)
            continue;
        uint32_t object = object_in(m, all[i].objects, dimension);
        if (object != MEDEL_NO_INDEX)
            add_drift(m, all[i].account, object, true, all[i].amount);
    }
}

/* Where there is a budget, netto less budget. */
static void add_deviations(maker *m)
{
    bool budgeted = false;
    size_t n = m->built.count;
    for (size_t i = 0; i < n; i++)
        budgeted |= medel_same((*((building **)m->built.data + i))->row.column, "budget");
    for (size_t i = 0; budgeted && i < n; i++) {
        const building *b = *((building **)m->built.data + i);
        bool budget = medel_same(b->row.column, "budget");
        if (!budget && !medel_same(b->row.column, "netto"))
            continue;
        building *to = row_at(m, b->row.table, b->row.row, "avvikelse", 0);
        to->row.sum = to->row.sum && b->row.sum;
        add_to(m, &to->row.amount, times(m, b->row.amount, budget ? -1 : 1));
    }
}

static medel_status make_drift(maker *m, size_t naccounts, medel_error *err)
{
    int number = medel_kontoplan_dimension(m->s->plan);
    medel_status st = MEDEL_OK;
    if (number && medel_ledger_columns_of(m->s->ledger)->nrows > 0) {
        const char *dimension = medel_arena_format(m->arena, "%d", number);
        st = add_objects(m, dimension, err);
        add_budget(m, dimension);
    } else {
        for (uint32_t i = 0; i < naccounts; i++) {
            int64_t amount;
            if (is_result(m, i) && amount_of(m, i, 0, &amount))
                add_drift(m, i, MEDEL_NO_INDEX, false, amount);
        }
    }
    add_deviations(m);
    return st;
}

/* ---- finishing ---- */

static bool precedes(const building *a, const building *b)
{
    return a->order != b->order ? a->order < b->order : a->row.year > b->row.year;
}

/* Rows in order; insertion keeps what is equal as it came. */
static void finish(maker *m)
{
    building **all = m->built.data;
    for (size_t i = 1; i < m->built.count; i++) {
        building *b = all[i];
        size_t k = i;
        for (; k > 0 && precedes(b, all[k - 1]); k--)
            all[k] = all[k - 1];
        all[k] = b;
    }
    for (size_t i = 0; i < m->built.count; i++) {
        all[i]->row.parts = all[i]->parts.data;
        all[i]->row.nparts = all[i]->parts.count;
        *MEDEL_PUSH(m->arena, &m->s->rows, medel_statement_row) = all[i]->row;
    }
}

/* What the taxonomy calls what is asked for here, and how its kassaflödesanalys follows
   from the other statements. */
static void name_rows(maker *m)
{
    const medel_taxonomy *t = m->taxonomy;
    const medel_table_spec *spec = medel_role_table(t, MEDEL_ROLE_CASH_FLOW_STATEMENT);
    m->balance_sheet = medel_role_id(t, MEDEL_ROLE_BALANCE_SHEET);
    m->operations = medel_role_id(t, MEDEL_ROLE_OPERATIONS);
    m->cash_flow = medel_role_id(t, MEDEL_ROLE_CASH_FLOW_STATEMENT);
    m->result = medel_role_row(t, MEDEL_ROLE_BALANCE_SHEET, MEDEL_ROLE_RESULT);
    m->other_equity =
        medel_role_row(t, MEDEL_ROLE_BALANCE_SHEET, MEDEL_ROLE_OTHER_EQUITY);
    for (size_t i = 0; spec && i < spec->nrows; i++) {
        const medel_row *row = spec->rows[i];
        for (size_t k = 0; k < row->nflow; k++)
            *MEDEL_PUSH(m->arena, &m->flows, flow) = (flow){ row->id, &row->flow[k] };
    }
}

static medel_status make(maker *m, const int32_t *last_day, medel_error *err)
{
    name_rows(m);
    size_t n = m->naccounts;
    if (last_day) {
        m->last_day = *last_day;
        m->until = sums_until(m);
    }
    for (int year = 0; year >= -1; year--) {
        add_year(m, year, n);
        if (year == 0 || !m->until)
            add_flows(m, year, n);
    }
    medel_status st = make_drift(m, n, err);
    finish(m);
    if (st == MEDEL_OK && m->overflow)
        st =
            medel_fail(err, MEDEL_E_OVERFLOW, "the balances of the ledger are too large");
    return st;
}

/* ---- what a change of the books would do ---- */

static void change_flows(maker *m, const medel_book_change *c)
{
    const medel_account_line *line = line_of(m, c->account);
    for (size_t k = 0; line && k < m->flows.count; k++) {
        const flow *f = (const flow *)m->flows.data + k;
        const bool counts = !is_change(m, f->from) || c->opening == (f->from->year != 0);
        if (!counts || !belongs(m, line, f->from->table, f->from->row))
            continue;
        const medel_statement_part part = { c->account, MEDEL_NO_INDEX,
                                            times(m, times(m, c->amount, line->sign),
                                                  f->from->weight) };
        add(m, m->cash_flow, f->row, NULL, 0, &part);
    }
}

static medel_status change(maker *m, medel_error *err)
{
    name_rows(m);
    m->results[0] = true;
    for (size_t i = 0; i < m->nchanges; i++) {
        const medel_book_change *c = &m->changes[i];
        add_account(m, c->account, 0, c->amount);
        change_flows(m, c);
        if (!c->opening)
            add_drift(m, c->account, c->object, false, c->amount);
    }
    const size_t n = m->built.count;
    for (size_t i = 0; i < n; i++) { /* netto less budget moves as netto */
        const building *b = *((building **)m->built.data + i);
        if (medel_same(b->row.column, "netto"))
            add_to(m, &row_at(m, b->row.table, b->row.row, "avvikelse", 0)->row.amount,
                   b->row.amount);
    }
    finish(m);
    return m->overflow ? medel_fail(err, MEDEL_E_OVERFLOW, "too large") : MEDEL_OK;
}

uint32_t medel_statements_object(const medel_statements *s, uint32_t list)
{
    char dimension[16];
    maker m = { .s = (medel_statements *)(uintptr_t)s };
    const int number = medel_kontoplan_dimension(s->plan);
    if (!number)
        return MEDEL_NO_INDEX;
    size_t at = sizeof dimension - 1;
    dimension[at] = '\0';
    for (int n = number; n > 0 && at > 0; n /= 10)
        dimension[--at] = (char)('0' + n % 10);
    return object_in(&m, list, dimension + at);
}

/* ---- making one ---- */

static medel_status new_statements(medel_statements **out, const medel_ledger *ledger,
                                   const medel_kontoplan *plan, const int32_t *last_day,
                                   const medel_book_change *changes, size_t nchanges,
                                   const medel_allocator *allocator, medel_error *err)
{
    medel_statements *s = medel_object_new(sizeof *s, allocator);
    if (!s)
        return medel_fail(err, MEDEL_E_NOMEM, "not enough memory");
    s->ledger = ledger;
    s->plan = plan;
    jmp_buf oom;
    s->arena.oom = &oom;
    maker m = { .s = s,
                .arena = &s->arena,
                .taxonomy = medel_kontoplan_taxonomy(plan),
                .changes = changes,
                .nchanges = nchanges };
    m.naccounts = medel_ledger_accounts(ledger, &m.accounts);
    medel_status st = setjmp(oom) ? medel_fail(err, MEDEL_E_NOMEM, "not enough memory")
                      : changes   ? change(&m, err)
                                  : make(&m, last_day, err);
    s->arena.oom = NULL;
    if (st != MEDEL_OK) {
        medel_statements_free(s);
        return st;
    }
    *out = s;
    return MEDEL_OK;
}

medel_status medel_statements_new(medel_statements **out, const medel_ledger *ledger,
                                  const medel_kontoplan *plan,
                                  const medel_statements_options *options,
                                  medel_error *err)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_ERR(err, out, ledger, plan);
    const bool until = options && options->until;
    if (medel_ledger_head_of(ledger)->streamed)
        return medel_fail(err, MEDEL_E_DOMAIN, "a streamed ledger has no rows");
    if (until && medel_ledger_columns_of(ledger)->nrows == 0)
        return medel_fail(err, MEDEL_E_DOMAIN, "the ledger has no vouchers to count");
    return new_statements(out, ledger, plan, until ? &options->last_day : NULL, NULL, 0,
                          options ? options->allocator : NULL, err);
}

medel_status medel_statements_changed(medel_statements **out, const medel_statements *s,
                                      const medel_book_change *list, size_t n,
                                      const medel_allocator *allocator, medel_error *err)
{
    return new_statements(out, s->ledger, s->plan, NULL, list, n, allocator, err);
}

MEDEL_FREE(medel_statements_free, medel_statements)
MEDEL_GETTER(const medel_ledger *, medel_statements_ledger, medel_statements, ledger,
             NULL)
MEDEL_GETTER(const medel_kontoplan *, medel_statements_plan, medel_statements, plan, NULL)

MEDEL_ARRAY(medel_statement_row, medel_statements_rows, medel_statements, rows)
MEDEL_ARRAY(medel_unmapped, medel_statements_unmapped, medel_statements, unmapped)

const medel_statement_row *medel_statements_find(const medel_statements *s,
                                                 const char *table, const char *row,
                                                 const char *column, int year)
{
    MEDEL_NEEDS_OR(NULL, s, table, row);
    const medel_statement_row *all = s->rows.data;
    for (size_t i = 0; i < s->rows.count; i++) {
        if (all[i].year == year && medel_same(all[i].column, column)
            && strcmp(all[i].table, table) == 0 && strcmp(all[i].row, row) == 0)
            return &all[i];
    }
    return NULL;
}

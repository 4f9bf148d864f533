/* statements_compare.c - printed figures beside what the ledger comes to. */
#include "medel_priv.h"
#include "medel_statements.h"

#include <stdlib.h>
#include <string.h>

static bool has_year(const medel_statements *s, const char *table, int year)
{
    const medel_statement_row *all;
    size_t n = medel_statements_rows(s, &all);
    for (size_t i = 0; i < n; i++) {
        if (all[i].year == year && strcmp(all[i].table, table) == 0)
            return true;
    }
    return false;
}

/* Is the row one that accounts could have led to?  A row of the taxonomy that the plan
   names among not_from_ledger, or an own row that it lacks, says nothing of the ledger. */
static bool known(const medel_statements *s, const medel_table *t, const medel_row *row)
{
    const medel_kontoplan *plan = medel_statements_plan(s);
    if (row->memo || row->type != MEDEL_FIELD_AMOUNT)
        return false;
    return medel_kontoplan_reaches(plan, t->spec->id, row->id);
}

static const char *column_of(const medel_table_column *c)
{
    if (c->variant == MEDEL_VARIANT_BUDGET && medel_same(c->measure, "netto"))
        return "budget";
    return c->measure;
}

static bool one(const medel_statements *s, const medel_report *r, const medel_table *t,
                size_t row, size_t column, medel_comparison *out)
{
    const medel_table_column *c = &t->columns[column];
    const medel_fact *f = t->rows[row].cells[column];
    int year = c->year - medel_report_year(r);
    bool budget = c->variant == MEDEL_VARIANT_BUDGET;
    if (!f || (c->variant != MEDEL_VARIANT_UTFALL && !budget) || (budget && !c->measure)
        || !has_year(s, t->spec->id, year) || !known(s, t, t->rows[row].spec))
        return false;
    const medel_statement_row *found = medel_statements_find(
        s, t->spec->id, t->rows[row].spec->id, column_of(c), year);
    /* no budget, and no year before by object, is nothing to compare with */
    if (!found && c->measure && (budget || strcmp(c->measure, "avvikelse") == 0))
        return false;
    bool printed = f->state == MEDEL_FIGURE_VALUE;
    if (!printed && (!found || found->amount == 0))
        return false;
    medel_quantity ledger, value, difference;
    medel_agreement agreement;
    *out = (medel_comparison){ f, found, found ? found->amount : 0, 0 };
    if (medel_quantity_make(&ledger, out->amount, 100, MEDEL_UNIT_KR) != MEDEL_OK
        || medel_quantity_make(&value, 0, 1, MEDEL_UNIT_KR) != MEDEL_OK)
        return false;
    if (printed)
        value = f->value;
    if (medel_quantity_agree(&agreement, &value, &ledger) != MEDEL_OK
        || medel_quantity_sub(&difference, &value, &ledger) != MEDEL_OK
        || medel_rational_round(&out->difference, difference.value, 1, 1,
                                MEDEL_ROUND_HALF_AWAY) != MEDEL_OK)
        return false;
    if (agreement != MEDEL_DIFFER)
        out->difference = 0;
    return true;
}

size_t medel_statements_compare(const medel_statements *s, const medel_report *report,
                                const char *table, medel_comparison *out, size_t room)
{
    const medel_table *tables;
    size_t n = medel_report_tables(report, &tables), found = 0;
    for (size_t i = 0; i < n; i++) {
        const medel_table *t = &tables[i];
        for (size_t row = 0; strcmp(t->spec->id, table) == 0 && row < t->nrows; row++) {
            for (size_t column = 0; column < t->ncolumns; column++) {
                medel_comparison c;
                if (!one(s, report, t, row, column, &c))
                    continue;
                if (found < room)
                    out[found] = c;
                found++;
            }
        }
    }
    return found;
}

/* ---- where a difference comes from ---- */

/* What is printed in whole kronor is right within half of one. */
static bool is_amount(int64_t a, int64_t b)
{
    int64_t d;
    return a != 0 && !__builtin_sub_overflow(a, b, &d) && d <= 50 && d >= -50;
}

static bool either_way(int64_t a, int64_t b)
{
    return is_amount(a, b) || is_amount(a, -b);
}

static bool same_place(const medel_comparison *a, const medel_comparison *b)
{
    return a->fact->year == b->fact->year && medel_same(a->fact->column, b->fact->column);
}

/* The first row of the ledger with the amount, on an account of the statement's row. */
static uint32_t ledger_row(const medel_statements *s, const medel_statement_row *row,
                           int64_t amount)
{
    const medel_ledger *l = medel_statements_ledger(s);
    const medel_ledger_columns *c = medel_ledger_columns_of(l);
    for (uint32_t r = 0; row && row->year == 0 && r < c->nrows; r++) {
        if (!either_way(c->amount[r], amount))
            continue;
        for (size_t i = 0; i < row->nparts; i++) {
            if (row->parts[i].account == c->account[r])
                return r;
        }
    }
    return MEDEL_NO_INDEX;
}

static bool from_other_row(const medel_statements *s, const medel_comparison *list,
                           size_t n, size_t i, medel_difference_cause *out)
{
    const bool sum = list[i].row && list[i].row->sum;
    for (size_t k = 0; !sum && k < n; k++) {
        const bool other_sum = list[k].row && list[k].row->sum;
        if (k == i || other_sum || !list[k].difference || !same_place(&list[k], &list[i])
            || !is_amount(list[k].difference, -list[i].difference))
            continue;
        out->cause = MEDEL_DIFFERS_ROW;
        out->other = k;
        /* it is booked where the ledger has more than the print */
        const medel_comparison *more =
            llabs(list[k].amount) > llabs(list[i].amount) ? &list[k] : &list[i];
        out->row = ledger_row(s, more->row, list[i].difference);
        return true;
    }
    return false;
}

static bool from_account(const medel_comparison *c, medel_difference_cause *out)
{
    for (size_t i = 0; c->row && c->row->nparts > 1 && i < c->row->nparts; i++) {
        if (is_amount(c->row->parts[i].amount, -c->difference)) {
            out->cause = MEDEL_DIFFERS_ACCOUNT;
            out->account = c->row->parts[i].account;
            out->object = c->row->parts[i].object;
            return true;
        }
    }
    return false;
}

static bool from_unmapped(const medel_statements *s, const medel_comparison *c,
                          medel_difference_cause *out)
{
    const medel_unmapped *all;
    size_t n = medel_statements_unmapped(s, &all);
    const int year = c->row ? c->row->year : 0;
    for (size_t i = 0; i < n; i++) {
        if (all[i].year == year && either_way(all[i].amount, c->difference)) {
            out->cause = MEDEL_DIFFERS_UNMAPPED;
            out->account = all[i].account;
            out->object = all[i].object;
            return true;
        }
    }
    return false;
}

void medel_statements_explain(const medel_statements *s, const medel_comparison *list,
                              size_t n, size_t i, medel_difference_cause *out)
{
    *out = (medel_difference_cause){ .cause = MEDEL_DIFFERS_UNKNOWN,
                                     .account = MEDEL_NO_INDEX,
                                     .object = MEDEL_NO_INDEX,
                                     .row = MEDEL_NO_INDEX };
    if (!list[i].difference || from_other_row(s, list, n, i, out)
        || from_unmapped(s, &list[i], out) || from_account(&list[i], out))
        return;
    out->row = ledger_row(s, list[i].row, list[i].difference);
    if (out->row != MEDEL_NO_INDEX) {
        out->cause = MEDEL_DIFFERS_VOUCHER;
        out->account = medel_ledger_columns_of(medel_statements_ledger(s))->account[out->row];
    }
}

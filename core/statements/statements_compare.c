/* statements_compare.c - printed figures beside what the ledger comes to. */
#include "statements.h"
#include "report.h"

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
   names among not_from_ledger, or an own row that it lacks, says nothing of the ledger.
 */
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
    const medel_statement_row *found =
        medel_statements_find(s, t->spec->id, t->rows[row].spec->id, column_of(c), year);
    /* no budget, and no year before by object, is nothing to compare with */
    if (!found && c->measure && (budget || strcmp(c->measure, "avvikelse") == 0))
        return false;
    bool printed = f->state == MEDEL_FIGURE_VALUE;
    if (!printed && (!found || found->amount == 0))
        return false;
    medel_quantity ledger, value, difference;
    medel_agreement agreement;
    *out = (medel_comparison){ f,
                               found,
                               found ? found->amount : 0,
                               0,
                               t->spec->id,
                               t->rows[row].spec->id,
                               column_of(c),
                               year };
    if (medel_quantity_make(&ledger, out->amount, 100, MEDEL_UNIT_KR) != MEDEL_OK
        || medel_quantity_make(&value, 0, 1, MEDEL_UNIT_KR) != MEDEL_OK)
        return false;
    if (printed)
        value = f->value;
    if (medel_quantity_agree(&agreement, &value, &ledger) != MEDEL_OK
        || medel_quantity_sub(&difference, &value, &ledger) != MEDEL_OK
        || medel_rational_round(&out->difference, difference.value, 1, 1,
                                MEDEL_ROUND_HALF_AWAY)
               != MEDEL_OK)
        return false;
    if (agreement != MEDEL_DIFFER)
        out->difference = 0;
    return true;
}

size_t medel_statements_compare(const medel_statements *s, const medel_report *report,
                                const char *table, medel_comparison *out, size_t room)
{
    MEDEL_NEEDS_OR(0, s, report, table);
    if (!out)
        room = 0; /* how many there are is asked without any room */
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

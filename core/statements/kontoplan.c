/* kontoplan.c - which accounts make which rows of the statements. */
#include "kontoplan.h"

#include <string.h>

size_t medel_digits_at(const char *s)
{
    size_t n = 0;
    while (medel_digit(s[n]))
        n++;
    return n;
}

uint64_t medel_accounts_bound(const char *digits, size_t n, char fill)
{
    uint64_t value = 0;
    for (size_t i = 0; i < MEDEL_ACCOUNT_DIGITS; i++)
        value = value * 10 + (uint64_t)((i < n ? digits[i] : fill) - '0');
    return value;
}

static bool inside(const medel_accounts *s, const char *account)
{
    size_t n = medel_digits_at(account);
    if (account[n] != '\0' || n < s->digits || n > MEDEL_ACCOUNT_DIGITS)
        return false;
    uint64_t number = medel_accounts_bound(account, n, '0');
    return s->low <= number && number <= s->high;
}

bool medel_account_leads_to(const medel_account_line *line, const char *table,
                            const char *row)
{
    return (strcmp(line->table, table) == 0 && strcmp(line->row, row) == 0)
           || (medel_same(line->note, table) && strcmp(line->note_row, row) == 0);
}

MEDEL_FREE(medel_kontoplan_free, medel_kontoplan)

/* ---- asking ---- */

MEDEL_GETTER(const char *, medel_kontoplan_id, medel_kontoplan, id, NULL)
MEDEL_GETTER(const char *, medel_kontoplan_title, medel_kontoplan, title, NULL)
MEDEL_GETTER(const char *, medel_kontoplan_source, medel_kontoplan, source, NULL)
MEDEL_GETTER(const char *, medel_kontoplan_forbund, medel_kontoplan, forbund, NULL)
MEDEL_GETTER(const medel_kontoplan *, medel_kontoplan_base, medel_kontoplan, base, NULL)
MEDEL_GETTER(const medel_taxonomy *, medel_kontoplan_taxonomy, medel_kontoplan, taxonomy,
             NULL)

const medel_own_row *medel_kontoplan_own_row(const medel_kontoplan *p, const char *table,
                                             const char *row)
{
    MEDEL_NEEDS_OR(NULL, p, table, row);
    for (; p; p = p->base) {
        const medel_own_row *own = p->own.data;
        for (size_t i = 0; i < p->own.count; i++) {
            if (strcmp(own[i].table, table) == 0 && strcmp(own[i].row, row) == 0)
                return &own[i];
        }
    }
    return NULL;
}

MEDEL_ARRAY(medel_account_line, medel_kontoplan_lines, medel_kontoplan, lines)

const medel_account_line *medel_kontoplan_find(const medel_kontoplan *p,
                                               const char *account)
{
    MEDEL_NEEDS_OR(NULL, p, account);
    for (; p; p = p->base) {
        const medel_accounts *spans = p->spans.data;
        const medel_account_line *lines = p->lines.data;
        for (size_t i = 0; i < p->spans.count; i++) {
            if (inside(&spans[i], account))
                return &lines[i];
        }
    }
    return NULL;
}

static bool drift_leads_to(const medel_kontoplan *p, const char *row)
{
    for (; p; p = p->base) {
        const medel_drift_line *lines = p->drift.data;
        if (medel_same(p->otherwise, row))
            return true;
        for (size_t i = 0; i < p->drift.count; i++) {
            if (strcmp(lines[i].row, row) == 0)
                return true;
        }
    }
    return false;
}

static bool leads_to(const medel_kontoplan *p, const char *table, const char *row)
{
    for (const medel_kontoplan *at = p; at; at = at->base) {
        const medel_account_line *lines = at->lines.data;
        for (size_t i = 0; i < at->lines.count; i++) {
            if (medel_account_leads_to(&lines[i], table, row))
                return true;
        }
    }
    return medel_has_role(p->taxonomy, table, MEDEL_ROLE_OPERATIONS)
               ? drift_leads_to(p, row)
               : medel_has_role(p->taxonomy, table, MEDEL_ROLE_CASH_FLOW_STATEMENT);
}

bool medel_kontoplan_reaches(const medel_kontoplan *p, const char *table, const char *row)
{
    const medel_table_spec *t = medel_taxonomy_table(p->taxonomy, table);
    if (leads_to(p, table, row))
        return true;
    for (size_t i = 0; t && i < t->nrows; i++) {
        if (medel_same(t->rows[i]->under, row)
            && medel_kontoplan_reaches(p, table, t->rows[i]->id))
            return true;
    }
    for (const medel_kontoplan *at = p; at; at = at->base) {
        const medel_own_row *own = at->own.data;
        for (size_t i = 0; i < at->own.count; i++) {
            if (strcmp(own[i].table, table) == 0 && strcmp(own[i].under, row) == 0
                && leads_to(p, table, own[i].row))
                return true;
        }
    }
    return false;
}

int medel_kontoplan_dimension(const medel_kontoplan *p)
{
    MEDEL_NEEDS_OR(0, p);
    while (p && !p->dimension)
        p = p->base;
    return p ? p->dimension : 0;
}

static const char *drift_row_here(const medel_kontoplan *p, const char *account,
                                  const char *object)
{
    const medel_drift_line *lines = p->drift.data;
    const medel_accounts *spans = p->drifts.data;
    for (size_t i = 0; object && i < p->drift.count; i++) {
        if (medel_same(lines[i].object, object))
            return lines[i].row;
    }
    for (size_t i = 0; !object && i < p->drift.count; i++) {
        if (inside(&spans[i], account))
            return lines[i].row;
    }
    return NULL;
}

const char *medel_kontoplan_drift_row(const medel_kontoplan *p, const char *account,
                                      const char *object)
{
    MEDEL_NEEDS_OR(NULL, p, account);
    const char *row = NULL;
    for (const medel_kontoplan *at = p; at && !row; at = at->base)
        row = drift_row_here(at, account, object);
    for (; p && !row && !object; p = p->base)
        row = p->otherwise;
    return row;
}

bool medel_kontoplan_income(const medel_kontoplan *p, const char *account)
{
    MEDEL_NEEDS_OR(false, p, account);
    while (p && p->income.count == 0)
        p = p->base;
    const medel_accounts *spans = p ? p->income.data : NULL;
    for (size_t i = 0; p && i < p->income.count; i++) {
        if (inside(&spans[i], account))
            return true;
    }
    return false;
}

const char *medel_confidence_name(medel_confidence c)
{
    static const char *const names[] = { "confirmed", "high", "medium", "low" };
    return (unsigned)c < MEDEL_COUNT(names) ? names[c] : "";
}

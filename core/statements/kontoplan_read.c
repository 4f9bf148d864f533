/* kontoplan_read.c - a kontoplan's file, read and checked. */
#include "kontoplan.h"
#include "mapping.h"

#include <string.h>

#define MAX_LINES 4000 /* each is compared with those before it */

static void complain(const medel_filling *f, const medel_yaml *n, const char *expected,
                     const char *what, const char *text)
{
    medel_wrong(f->src, n, expected, NULL, what, medel_clip(f->arena, text));
}

static char *keep(const medel_filling *f, const char *s)
{
    return medel_arena_text(f->arena, s, strlen(s));
}

/* ---- ranges of accounts ---- */

/* "351", "351-352" */
static bool parse_range(const char *text, medel_accounts *out)
{
    size_t n = medel_digits_at(text);
    const char *last = text;
    if (n == 0 || n > MEDEL_ACCOUNT_DIGITS)
        return false;
    if (text[n] == '-') {
        last = text + n + 1;
        if (medel_digits_at(last) != n || last[n] != '\0')
            return false;
    } else if (text[n] != '\0') {
        return false;
    }
    out->low = medel_accounts_bound(text, n, '0');
    out->high = medel_accounts_bound(last, n, '9');
    out->digits = n;
    out->to = last;
    return out->low <= out->high;
}

static bool read_range(const medel_filling *f, const medel_yaml *n, medel_accounts *at)
{
    static const char expected[] = "leading digits of accounts: 35, 3510, 351-352";
    if (n->type != MEDEL_YAML_SCALAR) {
        complain(f, n, expected, "%s is no range of accounts", medel_yaml_type_name(n));
        return false;
    }
    if (!parse_range(n->text, at)) {
        complain(f, n, expected, "'%s' is no range of accounts", n->text);
        return false;
    }
    at->from = medel_arena_text(f->arena, n->text, at->digits);
    at->to = at->to == n->text ? at->from : keep(f, at->to);
    at->line = n->line;
    return true;
}

/* Is the range apart from those before it? */
static bool is_apart(const medel_filling *f, const medel_yaml *range,
                     const medel_accounts *at, const medel_array *before,
                     const char *expected)
{
    const medel_accounts *spans = before->data;
    for (size_t i = 0; i < before->count; i++) {
        if (at->low > spans[i].high || spans[i].low > at->high)
            continue;
        medel_wrong(f->src, range, expected, NULL,
                    "accounts %s-%s are also in %s-%s, line %u", at->from, at->to,
                    spans[i].from, spans[i].to, spans[i].line);
        return false;
    }
    return true;
}

static bool full(const medel_filling *f, const medel_yaml *n, size_t count)
{
    if (count < MAX_LINES)
        return false;
    if (count == MAX_LINES && f->src->status != MEDEL_E_LIMIT)
        medel_diag(f->src, MEDEL_E_LIMIT, n->line, n->col, NULL, NULL,
                   "a plan has at most %d ranges and objects", MAX_LINES);
    return true;
}

/* ---- rows ---- */

/* "table.row" of the taxonomy, or an own row; any row if 'own'. */
static bool read_row(const medel_filling *f, const medel_yaml *n, bool own,
                     const medel_table_spec **table, const char **row)
{
    const medel_kontoplan *p = f->with;
    if (n->type != MEDEL_YAML_SCALAR) {
        complain(f, n, "table.row", "%s is no row", medel_yaml_type_name(n));
        return false;
    }
    const char *id = n->text;
    char name[MEDEL_WORD];
    medel_path_word(&id, name, sizeof name);
    *table = medel_taxonomy_table(p->taxonomy, name);
    if (!id || !*table) {
        const char *near = id ? medel_taxonomy_suggest(p->taxonomy, name) : NULL;
        medel_wrong(f->src, n, "table.row, as balansrakning.fordringar",
                    medel_did_you_mean(f->arena, near),
                    "'%s' names no table of the taxonomy", medel_clip(f->arena, n->text));
        return false;
    }
    *row = keep(f, id);
    if (own || medel_table_spec_find(*table, *row)
        || medel_kontoplan_own_row(p, name, *row))
        return true;
    const char *near = medel_taxonomy_suggest(p->taxonomy, *row);
    medel_wrong(f->src, n, "a row of the taxonomy, or of own_rows",
                medel_did_you_mean(f->arena, near), "%s has no row '%s'", name,
                medel_clip(f->arena, *row));
    return false;
}

static void read_own_row(const medel_filling *f, const medel_yaml *key)
{
    static const medel_key keys[] = {
        MEDEL_MUST(medel_own_row, under, medel_key_text),
        MEDEL_KEY_OF(medel_own_row, text, medel_key_text, label),
    };
    static const medel_mapping form =
        MEDEL_MAPPING("an own row", "{ under: ROW, text: LABEL }", keys);
    medel_kontoplan *p = f->with;
    const medel_table_spec *table;
    medel_own_row own = { .line = key->line, .col = key->col };
    if (!read_row(f, key, true, &table, &own.row)
        || !medel_mapping_fill(f, &form, key + 1, NULL, &own) || !own.under)
        return;
    static const char expected[] = "a new row, under one of the taxonomy";
    if (medel_table_spec_find(table, own.row)) {
        complain(f, key, expected, "the taxonomy has '%s'", key->text);
        return;
    }
    if (!medel_table_spec_find(table, own.under)) {
        complain(f, medel_yaml_find(key + 1, "under"), expected, "there is no row '%s'",
                 own.under);
        return;
    }
    own.table = table->id;
    own.label = own.label ? own.label : own.row;
    *MEDEL_PUSH(f->arena, &p->own, medel_own_row) = own;
}

static void key_own_rows(const medel_filling *f, const medel_yaml *n, void *to)
{
    (void)to;
    if (n->type != MEDEL_YAML_MAPPING)
        complain(f, n, "{ table.row: { under: ROW, text: LABEL } }", "'own_rows' is %s",
                 medel_yaml_type_name(n));
    for (size_t i = 0; n->type == MEDEL_YAML_MAPPING && i < n->count && !full(f, n, i);
         i++)
        read_own_row(f, &n->items[2 * i]);
}

/* Debit is +: assets are printed as they stand, what finances them turned. */
static int side_of(const medel_kontoplan *p, const medel_table_spec *table,
                   const char *row)
{
    const char *assets =
        medel_role_row(p->taxonomy, MEDEL_ROLE_BALANCE_SHEET, MEDEL_ROLE_TOTAL_ASSETS);
    for (const medel_row *r = medel_table_spec_find(table, row); r;
         r = r->under ? medel_table_spec_find(table, r->under) : NULL) {
        if (medel_same(r->id, assets))
            return 1;
    }
    return -1;
}

/* ---- account lines ---- */

static void key_confidence(const medel_filling *f, const medel_yaml *at, void *to)
{
    const char *text = NULL;
    medel_key_text(f, at, &text);
    for (int c = MEDEL_CONFIDENCE_CONFIRMED; text && c <= MEDEL_CONFIDENCE_LOW; c++) {
        *(medel_confidence *)to = (medel_confidence)c;
        if (strcmp(text, medel_confidence_name((medel_confidence)c)) == 0)
            return;
    }
    if (text)
        complain(f, at, "confirmed, high, medium or low", "'%s' is no confidence", text);
}

static void read_statement_row(const medel_filling *f, const medel_yaml *n,
                               medel_account_line *line)
{
    const medel_taxonomy *taxonomy = ((const medel_kontoplan *)f->with)->taxonomy;
    const medel_table_spec *table;
    const char *row;
    const medel_yaml *at = medel_yaml_find(n, "row");
    if (!at) {
        complain(f, n, "row: resultatrakning.ROW or balansrakning.ROW",
                 "accounts without a %s", "row");
        return;
    }
    if (!read_row(f, at, false, &table, &row))
        return;
    line->result = medel_has_role(taxonomy, table->id, MEDEL_ROLE_INCOME_STATEMENT);
    if (!line->result && !medel_has_role(taxonomy, table->id, MEDEL_ROLE_BALANCE_SHEET)) {
        complain(f, at, "a row of resultatrakning or balansrakning",
                 "'%s' is a row of no statement", at->text);
        return;
    }
    line->table = table->id;
    line->row = row;
    line->sign = line->result ? -1 : side_of(f->with, table, row);
}

static void read_note_row(const medel_filling *f, const medel_yaml *n,
                          medel_account_line *line)
{
    const medel_yaml *at = medel_yaml_find(n, "note");
    const medel_table_spec *table;
    const char *row;
    if (!at || !read_row(f, at, false, &table, &row))
        return;
    if (!table->note) {
        complain(f, at, "a row of a note: not_fordringar.kundfordringar",
                 "'%s' is a row of no note", at->text);
        return;
    }
    line->note = table->id;
    line->note_row = row;
    const medel_row *spec = medel_table_spec_find(table, row);
    int printed = spec ? spec->sign : table->sign;
    line->note_sign = line->result ? line->sign * printed : line->sign;
}

static void add_line(const medel_filling *f, const medel_yaml *range,
                     const medel_account_line *head)
{
    medel_kontoplan *p = f->with;
    medel_accounts at;
    if (!read_range(f, range, &at) || full(f, range, p->lines.count)
        || !is_apart(f, range, &at, &p->spans, "each account in one line of a file"))
        return;
    medel_account_line *line = MEDEL_PUSH(f->arena, &p->lines, medel_account_line);
    *line = *head;
    line->from = at.from;
    line->to = at.to;
    line->line = range->line;
    line->col = range->col;
    *MEDEL_PUSH(f->arena, &p->spans, medel_accounts) = at;
}

static void read_line(const medel_filling *f, const medel_yaml *n)
{
    static const medel_key keys[] = {
        MEDEL_KEY_ELSE(accounts),
        MEDEL_KEY(medel_account_line, label, medel_key_text),
        MEDEL_KEY_ELSE(row),
        MEDEL_KEY_ELSE(note),
        MEDEL_MUST(medel_account_line, confidence, key_confidence),
        MEDEL_KEY(medel_account_line, source, medel_key_text),
    };
    static const medel_mapping form =
        MEDEL_MAPPING("a line", "{ accounts, row, confidence, source }", keys);
    const medel_kontoplan *p = f->with;
    medel_account_line head = {
        .file = p->file, .sign = 1, .label = "", .source = p->source
    };
    if (!medel_mapping_fill(f, &form, n, NULL, &head))
        return;
    read_statement_row(f, n, &head);
    if (!head.row)
        return;
    read_note_row(f, n, &head);
    const medel_yaml *accounts = medel_yaml_find(n, "accounts");
    const bool list = accounts && accounts->type == MEDEL_YAML_SEQUENCE;
    if (!accounts)
        complain(f, n, "accounts: 35 or [35, 3610-3619]", "a line without %s",
                 "accounts");
    for (size_t i = 0; accounts && i < (list ? accounts->count : 1); i++)
        add_line(f, list ? &accounts->items[i] : accounts, &head);
}

/* ---- driftredovisning ---- */

static void key_drift_row(const medel_filling *f, const medel_yaml *at, void *to)
{
    const medel_kontoplan *p = f->with;
    const medel_table_spec *t = medel_role_table(p->taxonomy, MEDEL_ROLE_OPERATIONS);
    const char *row = NULL;
    medel_key_text(f, at, &row);
    if (!row || !t || medel_table_spec_find(t, row)
        || medel_kontoplan_own_row(p, t->id, row))
        *(const char **)to = row;
    else
        complain(f, at, "a row of the taxonomy, or driftredovisning.ROW among own_rows",
                 "driftredovisning has no row '%s'", row);
}

static void add_drift(const medel_filling *f, const medel_drift_line *line,
                      const medel_accounts *at)
{
    medel_kontoplan *p = f->with;
    *MEDEL_PUSH(f->arena, &p->drift, medel_drift_line) = *line;
    *MEDEL_PUSH(f->arena, &p->drifts, medel_accounts) = *at;
}

static void read_object(const medel_filling *f, const medel_yaml *n)
{
    static const medel_key keys[] = {
        MEDEL_MUST(medel_drift_line, object, medel_key_text),
        MEDEL_MUST(medel_drift_line, row, key_drift_row),
    };
    static const medel_mapping form = MEDEL_MAPPING("an object", NULL, keys);
    const medel_kontoplan *p = f->with;
    medel_drift_line line = { .line = n->line };
    if (!medel_mapping_fill(f, &form, n, NULL, &line) || !line.object || !line.row
        || full(f, n, p->drift.count))
        return;
    const medel_drift_line *before = p->drift.data;
    for (size_t i = 0; i < p->drift.count; i++) {
        if (!medel_same(before[i].object, line.object))
            continue;
        medel_wrong(f->src, n, "each object once", NULL, "object '%s' is also in line %u",
                    medel_clip(f->arena, line.object), before[i].line);
        return;
    }
    add_drift(f, &line, &(medel_accounts){ .low = 1 });
}

static void read_drift_accounts(const medel_filling *f, const medel_yaml *n)
{
    static const medel_key keys[] = { MEDEL_KEY_ELSE(accounts),
                                      MEDEL_MUST(medel_drift_line, row, key_drift_row) };
    static const medel_mapping form = MEDEL_MAPPING("accounts of a row", NULL, keys);
    const medel_kontoplan *p = f->with;
    medel_drift_line line = { .line = n->line };
    medel_accounts at;
    if (!medel_mapping_fill(f, &form, n, NULL, &line))
        return;
    const medel_yaml *range = medel_yaml_find(n, "accounts");
    if (!range)
        complain(f, n, "{ accounts: 60, row: lokaler }", "a line without %s", "accounts");
    if (!range || !line.row || !read_range(f, range, &at) || full(f, n, p->drift.count)
        || !is_apart(f, range, &at, &p->drifts, "each account in one row"))
        return;
    add_drift(f, &line, &at);
}

static void key_dimension(const medel_filling *f, const medel_yaml *at, void *to)
{
    const char *text = NULL;
    medel_key_text(f, at, &text);
    size_t digits = text ? medel_digits_at(text) : 0;
    if (text && (digits == 0 || digits > 6 || text[digits] != '\0' || text[0] == '0')) {
        complain(f, at, "a number from 1 to 999999", "'%s' is no dimension", text);
        return;
    }
    int number = 0;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (text[i] - '0');
    *(int *)to = number;
}

static void read_income(const medel_filling *f, const medel_yaml *n)
{
    medel_kontoplan *p = f->with;
    medel_accounts at;
    if (read_range(f, n, &at))
        *MEDEL_PUSH(f->arena, &p->income, medel_accounts) = at;
}

static void read_drift(const medel_filling *f, const medel_yaml *n)
{
    static const medel_key keys[] = {
        MEDEL_KEY(medel_kontoplan, dimension, key_dimension),
        MEDEL_KEY_ELSE(income),
        MEDEL_KEY_ELSE(objects),
        MEDEL_KEY_ELSE(accounts),
        MEDEL_KEY(medel_kontoplan, otherwise, key_drift_row),
    };
    static const medel_mapping form =
        MEDEL_MAPPING("driftredovisning", "dimension, objects, income, otherwise", keys);
    if (!medel_mapping_fill(f, &form, n, form.what, f->with))
        return;
    medel_mapping_items(f, n, "income", false, read_income);
    medel_mapping_items(f, n, "objects", false, read_object);
    medel_mapping_items(f, n, "accounts", false, read_drift_accounts);
}

/* ---- every row is reachable ---- */

static bool reached(const medel_kontoplan *p, const char *table, const char *row)
{
    for (; p; p = p->base) {
        const medel_account_line *lines = p->lines.data;
        const medel_named_row *without = p->without.data;
        for (size_t i = 0; i < p->lines.count; i++) {
            if (medel_account_leads_to(&lines[i], table, row))
                return true;
        }
        for (size_t i = 0; i < p->without.count; i++) {
            if (strcmp(without[i].table, table) == 0 && strcmp(without[i].row, row) == 0)
                return true;
        }
    }
    return false;
}

static bool is_sum(const medel_table_spec *t, const char *row)
{
    for (size_t i = 0; i < t->nrows; i++) {
        if (medel_same(t->rows[i]->under, row))
            return true;
    }
    return false;
}

static bool mentions(const medel_kontoplan *p, const char *table)
{
    for (; p; p = p->base) {
        const medel_account_line *lines = p->lines.data;
        for (size_t i = 0; i < p->lines.count; i++) {
            if (strcmp(lines[i].table, table) == 0 || medel_same(lines[i].note, table))
                return true;
        }
    }
    return false;
}

/* What no account leads to would silently be zero in every ledger. */
static void check_reachable(const medel_filling *f, const medel_yaml *root)
{
    const medel_kontoplan *p = f->with;
    const medel_table_spec *tables;
    size_t n = medel_taxonomy_tables(p->taxonomy, &tables);
    for (size_t i = 0; i < n; i++) {
        const medel_table_spec *t = &tables[i];
        if (!mentions(p, t->id))
            continue;
        for (size_t k = 0; k < t->nrows; k++) {
            const medel_row *row = t->rows[k];
            if (row->memo || row->type != MEDEL_FIELD_AMOUNT || is_sum(t, row->id)
                || reached(p, t->id, row->id))
                continue;
            medel_wrong(f->src, root,
                        "every row has accounts, or a reason in not_from_ledger", NULL,
                        "no account leads to %s.%s", t->id, row->id);
        }
    }
}

/* A list of "table.row" that no account makes. */
static void key_rows(const medel_filling *f, const medel_yaml *at, void *to)
{
    if (at->type != MEDEL_YAML_SEQUENCE)
        complain(f, at, "[table.row, ...]", "%s stands where rows are expected",
                 medel_yaml_type_name(at));
    for (size_t i = 0; at->type == MEDEL_YAML_SEQUENCE && i < at->count; i++) {
        const medel_yaml *n = &at->items[i];
        const medel_table_spec *table;
        const char *row;
        if (read_row(f, n, false, &table, &row))
            *MEDEL_PUSH(f->arena, to, medel_named_row) =
                (medel_named_row){ table->id, row, n->line, n->col };
    }
}

static void check_reason(const medel_filling *f, const medel_yaml *at, void *to)
{
    const char *reason;
    (void)to;
    medel_key_text(f, at, &reason);
}

static void read_without(const medel_filling *f, const medel_yaml *n)
{
    static const medel_key keys[] = {
        { "rows", key_rows, offsetof(medel_kontoplan, without), true, NULL },
        { "reason", check_reason, 0, true, NULL },
    };
    static const medel_mapping form =
        MEDEL_MAPPING("not_from_ledger", "{ rows: [table.row], reason: ... }", keys);
    medel_mapping_fill(f, &form, n, NULL, f->with);
}

/* ---- the file ---- */

static void key_base(const medel_filling *f, const medel_yaml *at, void *to)
{
    const medel_kontoplan *p = to;
    const char *id = NULL;
    medel_key_text(f, at, &id);
    if (id && (!p->base || strcmp(p->base->id, id) != 0))
        complain(f, at, "the id of the plan below it",
                 "the plan '%s' that this one is based on is not given", id);
}

static void read_file(const medel_filling *f, const medel_yaml *root)
{
    static const medel_key keys[] = {
        MEDEL_KEY_VERSION(medel_kontoplan),
        MEDEL_MUST(medel_kontoplan, id, medel_key_text),
        MEDEL_MUST(medel_kontoplan, title, medel_key_text),
        MEDEL_MUST(medel_kontoplan, source, medel_key_text),
        { "based_on", key_base, 0, false, NULL },
        MEDEL_KEY(medel_kontoplan, forbund, medel_key_text),
        MEDEL_KEY_OF(medel_kontoplan, own_rows, key_own_rows, own),
        MEDEL_KEY_ELSE(accounts),
        MEDEL_KEY_ELSE(driftredovisning),
        MEDEL_KEY_ELSE(not_from_ledger),
    };
    static const medel_mapping form = MEDEL_MAPPING("a kontoplan", NULL, keys);
    medel_kontoplan *p = f->with;
    if (!medel_mapping_fill(f, &form, root, NULL, p))
        return;
    medel_mapping_items(f, root, "accounts", p->base == NULL, read_line);
    const medel_yaml *drift = medel_yaml_find(root, "driftredovisning");
    if (drift)
        read_drift(f, drift);
    medel_mapping_items(f, root, "not_from_ledger", false, read_without);
    if (!f->src->errors)
        check_reachable(f, root);
}

typedef struct plan_beside {
    const medel_taxonomy *taxonomy;
    const medel_kontoplan *base;
} plan_beside;

static void fill(void *object, medel_source *src, const medel_yaml *root, void *with)
{
    const plan_beside *beside = with;
    medel_kontoplan *p = object;
    const medel_filling f = { src, &p->arena, p, NULL };
    p->base = beside->base;
    p->taxonomy = beside->taxonomy;
    p->file = keep(&f, src->file);
    read_file(&f, root);
}

medel_status medel_kontoplan_read(medel_kontoplan **out, const medel_taxonomy *taxonomy,
                                  const medel_input *in,
                                  const medel_kontoplan_options *options,
                                  medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, taxonomy, in, in->name, in->text || !in->len);
    const medel_reading reading = { in, options ? options->allocator : NULL, diags,
                                    "kontoplan", NULL };
    plan_beside beside = { taxonomy, options ? options->base : NULL };
    return medel_object_read(out, sizeof **out, &reading, fill, &beside);
}

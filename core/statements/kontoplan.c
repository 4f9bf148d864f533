/* kontoplan.c - which accounts make which rows of the statements, read from data. */
#include "statements.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define MAX_DIGITS 18
#define MAX_LINES 4000 /* each is compared with those before it */

/* All accounts that begin with from..to, as numbers of MAX_DIGITS digits. */
typedef struct span {
    uint64_t low, high;
    size_t digits;
} span;

typedef struct named_row {
    const char *table, *row;
    unsigned line, col;
} named_row;

/* Where the result of one object, or of an account without object, stands in the
   driftredovisning. */
typedef struct medel_drift_line {
    const char *object;    /* of the plan's dimension, or NULL */
    const char *from, *to; /* accounts, or NULL */
    const char *row;
    const char *file;
    unsigned line, col;
} medel_drift_line;

struct medel_kontoplan {
    medel_arena arena;
    const medel_kontoplan *base;
    const char *id, *title, *source, *forbund;
    medel_array lines;  /* medel_account_line */
    medel_array spans;  /* span, one for each line */
    medel_array drift;  /* medel_drift_line */
    medel_array drifts; /* span, one for each line of drift */
    medel_array income; /* span */
    const medel_taxonomy *taxonomy;
    medel_array own;     /* medel_own_row */
    medel_array without; /* named_row: rows that no account makes */
    int dimension;       /* 0: not said here */
    const char *otherwise;
};

typedef struct reader {
    medel_kontoplan *p;
    medel_arena *arena;
    medel_source *src;
    const medel_taxonomy *taxonomy;
    const char *file;
} reader;

static char *keep(reader *rd, const char *s)
{
    return medel_arena_text(rd->arena, s, strlen(s));
}

static void complain(reader *rd, const medel_yaml *n, const char *expected,
                     const char *what, const char *text)
{
    medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, expected, NULL, what,
               medel_clip(rd->arena, text));
}

/* ---- ranges of accounts ---- */

static size_t digits_at(const char *s)
{
    size_t n = 0;
    while (medel_digit(s[n]))
        n++;
    return n;
}

static uint64_t padded(const char *digits, size_t n, char fill)
{
    uint64_t value = 0;
    for (size_t i = 0; i < MAX_DIGITS; i++)
        value = value * 10 + (uint64_t)((i < n ? digits[i] : fill) - '0');
    return value;
}

/* "351", "351-352" */
static bool parse_range(const char *text, span *out, const char **to)
{
    size_t n = digits_at(text);
    const char *last = text;
    if (n == 0 || n > MAX_DIGITS)
        return false;
    if (text[n] == '-') {
        last = text + n + 1;
        if (digits_at(last) != n || last[n] != '\0')
            return false;
    } else if (text[n] != '\0') {
        return false;
    }
    *out = (span){ padded(text, n, '0'), padded(last, n, '9'), n };
    *to = last;
    return out->low <= out->high;
}

static bool inside(const span *s, const char *account)
{
    size_t n = digits_at(account);
    if (account[n] != '\0' || n < s->digits || n > MAX_DIGITS)
        return false;
    uint64_t number = padded(account, n, '0');
    return s->low <= number && number <= s->high;
}

static bool read_range(reader *rd, const medel_yaml *n, span *at, const char **from,
                       const char **to)
{
    static const char expected[] = "leading digits of accounts: 35, 3510, 351-352";
    const char *last;
    if (n->type != MEDEL_YAML_SCALAR) {
        complain(rd, n, expected, "%s is no range of accounts", medel_yaml_type_name(n));
        return false;
    }
    if (!parse_range(n->text, at, &last)) {
        complain(rd, n, expected, "'%s' is no range of accounts", n->text);
        return false;
    }
    *from = medel_arena_text(rd->arena, n->text, at->digits);
    *to = keep(rd, last);
    if (last == n->text)
        *to = *from;
    return true;
}

/* ---- rows ---- */

/* "table.row" of the taxonomy, or an own row; any row if 'own'. */
static bool read_row(reader *rd, const medel_yaml *n, bool own,
                     const medel_table_spec **table, const char **row)
{
    if (n->type != MEDEL_YAML_SCALAR) {
        complain(rd, n, "table.row", "%s is no row", medel_yaml_type_name(n));
        return false;
    }
    const char *id = n->text;
    char name[MEDEL_WORD];
    medel_path_word(&id, name, sizeof name);
    *table = medel_taxonomy_table(rd->taxonomy, name);
    if (!id || !*table) {
        const char *near = id ? medel_taxonomy_suggest(rd->taxonomy, name) : NULL;
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "table.row, as balansrakning.fordringar",
                   near ? medel_arena_format(rd->arena, "did you mean '%s'?", near)
                        : NULL,
                   "'%s' names no table of the taxonomy", medel_clip(rd->arena, n->text));
        return false;
    }
    *row = keep(rd, id);
    if (own || medel_table_spec_find(*table, *row)
        || medel_kontoplan_own_row(rd->p, name, *row))
        return true;
    const char *near = medel_taxonomy_suggest(rd->taxonomy, *row);
    medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
               "a row of the taxonomy, or of own_rows",
               near ? medel_arena_format(rd->arena, "did you mean '%s'?", near) : NULL,
               "%s has no row '%s'", name, medel_clip(rd->arena, *row));
    return false;
}

/* A list of "table.row" in an array of named_row. */
static void read_rows(reader *rd, const medel_yaml *n, medel_array *out)
{
    if (n->type != MEDEL_YAML_SEQUENCE) {
        complain(rd, n, "[table.row, ...]", "%s stands where rows are expected",
                 medel_yaml_type_name(n));
        return;
    }
    for (size_t i = 0; i < n->count; i++) {
        const medel_table_spec *table;
        const char *row;
        if (!read_row(rd, &n->items[i], false, &table, &row))
            continue;
        *MEDEL_PUSH(rd->arena, out, named_row) =
            (named_row){ table->id, row, n->items[i].line, n->items[i].col };
    }
}

static bool full(reader *rd, const medel_yaml *n, size_t count)
{
    if (count < MAX_LINES)
        return false;
    if (count == MAX_LINES && rd->src->status != MEDEL_E_LIMIT)
        medel_diag(rd->src, MEDEL_E_LIMIT, n->line, n->col, NULL, NULL,
                   "a plan has at most %d ranges and objects", MAX_LINES);
    return true;
}

static void read_own_row(reader *rd, const medel_yaml *key, const medel_yaml *n)
{
    static const char *const keys[] = { "under", "text" };
    const medel_table_spec *table;
    medel_own_row own = { .line = key->line, .col = key->col };
    if (!read_row(rd, key, true, &table, &own.row))
        return;
    if (n->type != MEDEL_YAML_MAPPING) {
        complain(rd, n, "{ under: ROW, text: LABEL }", "an own row is %s",
                 medel_yaml_type_name(n));
        return;
    }
    medel_yaml_known_keys(rd->src, n, "an own row", keys, COUNT(keys));
    const char *under = medel_yaml_text(rd->src, n, "under", true);
    const char *label = medel_yaml_text(rd->src, n, "text", false);
    if (!under)
        return;
    if (medel_table_spec_find(table, own.row) || !medel_table_spec_find(table, under)) {
        complain(
            rd, medel_table_spec_find(table, own.row) ? key : medel_yaml_find(n, "under"),
            "a new row, under one of the taxonomy",
            medel_table_spec_find(table, own.row) ? "the taxonomy has '%s'"
                                                  : "there is no row '%s'",
            medel_table_spec_find(table, own.row) ? key->text : under);
        return;
    }
    own.table = table->id;
    own.under = keep(rd, under);
    own.label = keep(rd, label ? label : own.row);
    *MEDEL_PUSH(rd->arena, &rd->p->own, medel_own_row) = own;
}

static void read_own_rows(reader *rd, const medel_yaml *n)
{
    if (n->type != MEDEL_YAML_MAPPING) {
        complain(rd, n, "{ table.row: { under: ROW, text: LABEL } }", "'own_rows' is %s",
                 medel_yaml_type_name(n));
        return;
    }
    for (size_t i = 0; i < n->count && !full(rd, n, i); i++)
        read_own_row(rd, &n->items[2 * i], &n->items[2 * i + 1]);
}

/* Debit is +: assets are printed as they stand, what finances them turned. */
static int side_of(const reader *rd, const medel_table_spec *table, const char *row)
{
    const char *assets =
        medel_role_row(rd->taxonomy, MEDEL_ROLE_BALANCE_SHEET, MEDEL_ROLE_TOTAL_ASSETS);
    for (const medel_row *r = medel_table_spec_find(table, row); r;
         r = r->under ? medel_table_spec_find(table, r->under) : NULL) {
        if (medel_same(r->id, assets))
            return 1;
    }
    return -1;
}

/* ---- account lines ---- */

static bool read_confidence(reader *rd, const medel_yaml *n, medel_confidence *out)
{
    const char *text = medel_yaml_text(rd->src, n, "confidence", true);
    for (int c = MEDEL_CONFIDENCE_CONFIRMED; text && c <= MEDEL_CONFIDENCE_LOW; c++) {
        *out = (medel_confidence)c;
        if (strcmp(text, medel_confidence_name(*out)) == 0)
            return true;
    }
    if (text)
        complain(rd, medel_yaml_find(n, "confidence"), "confirmed, high, medium or low",
                 "'%s' is no confidence", text);
    return false;
}

static void read_statement_row(reader *rd, const medel_yaml *n, medel_account_line *line)
{
    const medel_table_spec *table;
    const char *row;
    const medel_yaml *at = medel_yaml_find(n, "row");
    if (!at) {
        complain(rd, n, "row: resultatrakning.ROW or balansrakning.ROW",
                 "accounts without a %s", "row");
        return;
    }
    if (!read_row(rd, at, false, &table, &row))
        return;
    line->result = medel_has_role(rd->taxonomy, table->id, MEDEL_ROLE_INCOME_STATEMENT);
    if (!line->result
        && !medel_has_role(rd->taxonomy, table->id, MEDEL_ROLE_BALANCE_SHEET)) {
        complain(rd, at, "a row of resultatrakning or balansrakning",
                 "'%s' is a row of no statement", at->text);
        return;
    }
    line->table = table->id;
    line->row = row;
    line->sign = line->result ? -1 : side_of(rd, table, row);
}

static void read_note_row(reader *rd, const medel_yaml *n, medel_account_line *line)
{
    const medel_yaml *at = medel_yaml_find(n, "note");
    const medel_table_spec *table;
    const char *row;
    if (!at || !read_row(rd, at, false, &table, &row))
        return;
    if (!table->note) {
        complain(rd, at, "a row of a note: not_fordringar.kundfordringar",
                 "'%s' is a row of no note", at->text);
        return;
    }
    line->note = table->id;
    line->note_row = row;
    const medel_row *spec = medel_table_spec_find(table, row);
    int printed = spec ? spec->sign : table->sign;
    line->note_sign = line->result ? line->sign * printed : line->sign;
}

static void add_line(reader *rd, const medel_yaml *range, const medel_account_line *head)
{
    span at;
    const char *from, *to;
    if (!read_range(rd, range, &at, &from, &to))
        return;
    if (full(rd, range, rd->p->lines.count))
        return;
    const medel_account_line *before = rd->p->lines.data;
    const span *spans = rd->p->spans.data;
    for (size_t i = 0; i < rd->p->spans.count; i++) {
        if (at.low > spans[i].high || spans[i].low > at.high)
            continue;
        medel_diag(rd->src, MEDEL_E_SCHEMA, range->line, range->col,
                   "each account in one line of a file", NULL,
                   "accounts %s-%s are also in %s-%s, line %u", from, to, before[i].from,
                   before[i].to, before[i].line);
        return;
    }
    medel_account_line *line = MEDEL_PUSH(rd->arena, &rd->p->lines, medel_account_line);
    *line = *head;
    line->from = from;
    line->to = to;
    line->line = range->line;
    line->col = range->col;
    *MEDEL_PUSH(rd->arena, &rd->p->spans, span) = at;
}

static void read_line(reader *rd, const medel_yaml *n)
{
    static const char *const keys[] = { "accounts", "label",      "row",
                                        "note",     "confidence", "source" };
    if (n->type != MEDEL_YAML_MAPPING) {
        complain(rd, n, "{ accounts, row, confidence, source }", "a line is %s",
                 medel_yaml_type_name(n));
        return;
    }
    medel_yaml_known_keys(rd->src, n, "a line", keys, COUNT(keys));
    medel_account_line head = { .file = rd->file, .sign = 1 };
    const char *label = medel_yaml_text(rd->src, n, "label", false);
    const char *source = medel_yaml_text(rd->src, n, "source", false);
    head.label = label ? keep(rd, label) : "";
    head.source = source ? keep(rd, source) : rd->p->source;
    bool sure = read_confidence(rd, n, &head.confidence);
    read_statement_row(rd, n, &head);
    if (!head.row || !sure)
        return;
    read_note_row(rd, n, &head);
    const medel_yaml *accounts = medel_yaml_find(n, "accounts");
    if (!accounts)
        complain(rd, n, "accounts: 35 or [35, 3610-3619]", "a line without %s",
                 "accounts");
    else if (accounts->type == MEDEL_YAML_SEQUENCE)
        for (size_t i = 0; i < accounts->count; i++)
            add_line(rd, &accounts->items[i], &head);
    else
        add_line(rd, accounts, &head);
}

/* The items of a list; a complaint if it is none. */
static size_t list_of(reader *rd, const medel_yaml *owner, const char *key, bool required,
                      const medel_yaml **items)
{
    const medel_yaml *n = medel_yaml_find(owner, key);
    *items = NULL;
    if (!n) {
        if (required)
            complain(rd, owner, NULL, "'%s' is missing", key);
        return 0;
    }
    if (n->type != MEDEL_YAML_SEQUENCE) {
        complain(rd, n, "a list", "'%s' is no list", key);
        return 0;
    }
    *items = n->items;
    return n->count;
}

/* ---- driftredovisning ---- */

static const char *read_drift_row(reader *rd, const medel_yaml *n, const char *key)
{
    const char *row = medel_yaml_text(rd->src, n, key, true);
    const medel_table_spec *t = medel_role_table(rd->taxonomy, MEDEL_ROLE_OPERATIONS);
    if (!row)
        return NULL;
    if (t && !medel_table_spec_find(t, row)
        && !medel_kontoplan_own_row(rd->p, t->id, row)) {
        complain(rd, medel_yaml_find(n, key),
                 "a row of the taxonomy, or driftredovisning.ROW among own_rows",
                 "driftredovisning has no row '%s'", row);
        return NULL;
    }
    return keep(rd, row);
}

static void add_drift(reader *rd, const medel_drift_line *line, const span *at)
{
    *MEDEL_PUSH(rd->arena, &rd->p->drift, medel_drift_line) = *line;
    *MEDEL_PUSH(rd->arena, &rd->p->drifts, span) = *at;
}

static void read_object(reader *rd, const medel_yaml *n)
{
    static const char *const keys[] = { "object", "row" };
    medel_yaml_known_keys(rd->src, n, "an object", keys, COUNT(keys));
    const char *object = medel_yaml_text(rd->src, n, "object", true);
    medel_drift_line line = { .file = rd->file, .line = n->line, .col = n->col };
    line.row = read_drift_row(rd, n, "row");
    if (!object || !line.row || full(rd, n, rd->p->drift.count))
        return;
    const medel_drift_line *before = rd->p->drift.data;
    for (size_t i = 0; i < rd->p->drift.count; i++) {
        if (!medel_same(before[i].object, object))
            continue;
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "each object once", NULL,
                   "object '%s' is also in line %u", medel_clip(rd->arena, object),
                   before[i].line);
        return;
    }
    line.object = keep(rd, object);
    add_drift(rd, &line, &(span){ 1, 0, 0 });
}

static void read_drift_accounts(reader *rd, const medel_yaml *n)
{
    static const char *const keys[] = { "accounts", "row" };
    medel_yaml_known_keys(rd->src, n, "accounts of a row", keys, COUNT(keys));
    medel_drift_line line = { .file = rd->file, .line = n->line, .col = n->col };
    const medel_yaml *range = medel_yaml_find(n, "accounts");
    const medel_drift_line *before = rd->p->drift.data;
    const span *spans = rd->p->drifts.data;
    span at;
    line.row = read_drift_row(rd, n, "row");
    if (!range)
        complain(rd, n, "{ accounts: 60, row: lokaler }", "a line without %s",
                 "accounts");
    if (!range || !line.row || !read_range(rd, range, &at, &line.from, &line.to)
        || full(rd, n, rd->p->drift.count))
        return;
    for (size_t i = 0; i < rd->p->drift.count; i++) {
        if (!before[i].from || at.low > spans[i].high || spans[i].low > at.high)
            continue;
        medel_diag(rd->src, MEDEL_E_SCHEMA, range->line, range->col,
                   "each account in one row", NULL,
                   "accounts %s-%s are also in %s-%s, line %u", line.from, line.to,
                   before[i].from, before[i].to, before[i].line);
        return;
    }
    add_drift(rd, &line, &at);
}

static void read_dimension(reader *rd, const medel_yaml *n)
{
    const char *text = medel_yaml_text(rd->src, n, "dimension", false);
    size_t digits = text ? digits_at(text) : 0;
    if (!text)
        return;
    if (digits == 0 || digits > 6 || text[digits] != '\0' || text[0] == '0') {
        complain(rd, medel_yaml_find(n, "dimension"), "a number from 1 to 999999",
                 "'%s' is no dimension", text);
        return;
    }
    int number = 0;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (text[i] - '0');
    rd->p->dimension = number;
}

static void read_drift(reader *rd, const medel_yaml *n)
{
    static const char *const keys[] = { "dimension", "income", "objects", "accounts",
                                        "otherwise" };
    const medel_yaml *items;
    if (n->type != MEDEL_YAML_MAPPING) {
        complain(rd, n, "dimension, objects, income, otherwise",
                 "'driftredovisning' is %s", medel_yaml_type_name(n));
        return;
    }
    medel_yaml_known_keys(rd->src, n, "driftredovisning", keys, COUNT(keys));
    read_dimension(rd, n);
    size_t count = list_of(rd, n, "income", false, &items);
    for (size_t i = 0; i < count; i++) {
        span at;
        const char *from, *to;
        if (read_range(rd, &items[i], &at, &from, &to))
            *MEDEL_PUSH(rd->arena, &rd->p->income, span) = at;
    }
    count = list_of(rd, n, "objects", false, &items);
    for (size_t i = 0; i < count; i++)
        read_object(rd, &items[i]);
    count = list_of(rd, n, "accounts", false, &items);
    for (size_t i = 0; i < count; i++)
        read_drift_accounts(rd, &items[i]);
    if (medel_yaml_find(n, "otherwise"))
        rd->p->otherwise = read_drift_row(rd, n, "otherwise");
}

/* ---- every row is reachable ---- */

static bool reached(const medel_kontoplan *p, const char *table, const char *row)
{
    for (; p; p = p->base) {
        const medel_account_line *lines = p->lines.data;
        const named_row *without = p->without.data;
        for (size_t i = 0; i < p->lines.count; i++) {
            if ((strcmp(lines[i].table, table) == 0 && strcmp(lines[i].row, row) == 0)
                || (medel_same(lines[i].note, table)
                    && strcmp(lines[i].note_row, row) == 0))
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
static void check_reachable(reader *rd, const medel_yaml *root)
{
    const medel_table_spec *tables;
    size_t n = medel_taxonomy_tables(rd->taxonomy, &tables);
    for (size_t i = 0; i < n; i++) {
        const medel_table_spec *t = &tables[i];
        if (!mentions(rd->p, t->id))
            continue;
        for (size_t k = 0; k < t->nrows; k++) {
            const medel_row *row = t->rows[k];
            if (row->memo || row->type != MEDEL_FIELD_AMOUNT || is_sum(t, row->id)
                || reached(rd->p, t->id, row->id))
                continue;
            medel_diag(rd->src, MEDEL_E_SCHEMA, root->line, root->col,
                       "every row has accounts, or a reason in not_from_ledger", NULL,
                       "no account leads to %s.%s", t->id, row->id);
        }
    }
}

static void read_without(reader *rd, const medel_yaml *root)
{
    static const char *const keys[] = { "rows", "reason" };
    const medel_yaml *items;
    size_t count = list_of(rd, root, "not_from_ledger", false, &items);
    for (size_t i = 0; i < count; i++) {
        medel_yaml_known_keys(rd->src, &items[i], "not_from_ledger", keys, COUNT(keys));
        const medel_yaml *rows = medel_yaml_find(&items[i], "rows");
        if (!rows)
            complain(rd, &items[i], "{ rows: [table.row], reason: ... }",
                     "'%s' is missing", "rows");
        else if (medel_yaml_text(rd->src, &items[i], "reason", true))
            read_rows(rd, rows, &rd->p->without);
    }
}

/* ---- the file ---- */

static void read_head(reader *rd, const medel_yaml *root)
{
    const char *version = medel_yaml_text(rd->src, root, "medel_kontoplan", true);
    if (version && strcmp(version, "1") != 0)
        complain(rd, medel_yaml_find(root, "medel_kontoplan"), "medel_kontoplan: 1",
                 "unknown version '%s'", version);
    const char *id = medel_yaml_text(rd->src, root, "id", true);
    const char *title = medel_yaml_text(rd->src, root, "title", true);
    const char *source = medel_yaml_text(rd->src, root, "source", true);
    const char *based_on = medel_yaml_text(rd->src, root, "based_on", false);
    const char *forbund = medel_yaml_text(rd->src, root, "forbund", false);
    rd->p->id = keep(rd, id ? id : "");
    rd->p->title = keep(rd, title ? title : "");
    rd->p->source = keep(rd, source ? source : "");
    rd->p->forbund = forbund ? keep(rd, forbund) : NULL;
    if (based_on && (!rd->p->base || strcmp(rd->p->base->id, based_on) != 0))
        complain(rd, medel_yaml_find(root, "based_on"), "the id of the plan below it",
                 "the plan '%s' that this one is based on is not given", based_on);
}

static void read_file(reader *rd, const medel_yaml *root)
{
    static const char *const keys[] = { "medel_kontoplan", "id",       "title",
                                        "source",          "based_on", "forbund",
                                        "own_rows",        "accounts", "driftredovisning",
                                        "not_from_ledger" };
    const medel_yaml *items;
    if (root->type != MEDEL_YAML_MAPPING) {
        complain(rd, root, "a mapping", "the file is %s", medel_yaml_type_name(root));
        return;
    }
    medel_yaml_known_keys(rd->src, root, "a kontoplan", keys, COUNT(keys));
    read_head(rd, root);
    const medel_yaml *own = medel_yaml_find(root, "own_rows");
    if (own)
        read_own_rows(rd, own);
    size_t count = list_of(rd, root, "accounts", rd->p->base == NULL, &items);
    for (size_t i = 0; i < count; i++)
        read_line(rd, &items[i]);
    const medel_yaml *drift = medel_yaml_find(root, "driftredovisning");
    if (drift)
        read_drift(rd, drift);
    read_without(rd, root);
    if (!rd->src->errors)
        check_reachable(rd, root);
}

typedef struct plan_beside {
    const medel_taxonomy *taxonomy;
    const medel_kontoplan *base;
} plan_beside;

static void fill(void *object, medel_source *src, const medel_yaml *root, void *with)
{
    const plan_beside *beside = with;
    medel_kontoplan *p = object;
    p->base = beside->base;
    p->taxonomy = beside->taxonomy;
    reader rd = { p, &p->arena, src, p->taxonomy, NULL };
    rd.file = keep(&rd, src->file);
    read_file(&rd, root);
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
    void *object;
    const medel_status st =
        medel_object_read(&object, sizeof **out, &reading, fill, &beside);
    if (st == MEDEL_OK)
        *out = object;
    return st;
}

void medel_kontoplan_free(medel_kontoplan *p)
{
    if (!p)
        return;
    medel_arena a = p->arena;
    medel_arena_free(&a);
}

/* ---- asking ---- */

const char *medel_kontoplan_id(const medel_kontoplan *p)
{
    MEDEL_NEEDS_OR(NULL, p);
    return p->id;
}

const char *medel_kontoplan_title(const medel_kontoplan *p)
{
    MEDEL_NEEDS_OR(NULL, p);
    return p->title;
}

const char *medel_kontoplan_source(const medel_kontoplan *p)
{
    MEDEL_NEEDS_OR(NULL, p);
    return p->source;
}

const char *medel_kontoplan_forbund(const medel_kontoplan *p)
{
    MEDEL_NEEDS_OR(NULL, p);
    return p->forbund;
}

const medel_kontoplan *medel_kontoplan_base(const medel_kontoplan *p)
{
    MEDEL_NEEDS_OR(NULL, p);
    return p->base;
}

const medel_taxonomy *medel_kontoplan_taxonomy(const medel_kontoplan *p)
{
    MEDEL_NEEDS_OR(NULL, p);
    return p->taxonomy;
}

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

size_t medel_kontoplan_lines(const medel_kontoplan *p, const medel_account_line **first)
{
    MEDEL_OUT(first);
    MEDEL_NEEDS_OR(0, p, first);
    *first = p->lines.data;
    return p->lines.count;
}

const medel_account_line *medel_kontoplan_find(const medel_kontoplan *p,
                                               const char *account)
{
    MEDEL_NEEDS_OR(NULL, p, account);
    for (; p; p = p->base) {
        const span *spans = p->spans.data;
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
            if ((strcmp(lines[i].table, table) == 0 && strcmp(lines[i].row, row) == 0)
                || (medel_same(lines[i].note, table)
                    && strcmp(lines[i].note_row, row) == 0))
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
    const span *spans = p->drifts.data;
    for (size_t i = 0; object && i < p->drift.count; i++) {
        if (medel_same(lines[i].object, object))
            return lines[i].row;
    }
    for (size_t i = 0; !object && i < p->drift.count; i++) {
        if (lines[i].from && inside(&spans[i], account))
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
    const span *spans = p ? p->income.data : NULL;
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

/* taxonomy_read.c - the data file that says what can be printed and what sums to what. */
#include "medel_norms_packed.h"
#include "taxonomy.h"

#include <string.h>

/* ---- small readers ---- */

const char *medel_taxonomy_keep(medel_taxonomy_reader *rd, const char *s)
{
    return s ? medel_arena_text(rd->arena, s, strlen(s)) : NULL;
}

const char *medel_taxonomy_text_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                                   const char *key, bool required)
{
    return medel_taxonomy_keep(rd, medel_yaml_text(rd->src, m, key, required));
}

/* Which of the words (NULL-terminated) stands at 'key'; the first when none does. */
size_t medel_taxonomy_word_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                              const char *key, bool required, const char *const *words)
{
    const char *s = medel_yaml_text(rd->src, m, key, required), *expected = "one of";
    for (size_t i = 0; s && words[i]; i++) {
        if (strcmp(words[i], s) == 0)
            return i;
        expected =
            medel_arena_format(rd->arena, i ? "%s, %s" : "%s %s", expected, words[i]);
    }
    const medel_yaml *at = medel_yaml_find(m, key);
    if (s)
        medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col, expected, NULL,
                   "'%s' is no value for '%s'", medel_clip(rd->arena, s), key);
    return 0;
}

bool medel_taxonomy_flag_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                            const char *key)
{
    static const char *const words[] = { "false", "true", NULL };
    return medel_taxonomy_word_at(rd, m, key, false, words) == 1;
}

bool medel_taxonomy_is_mapping(medel_taxonomy_reader *rd, const medel_yaml *n,
                               const char *what)
{
    if (n && n->type == MEDEL_YAML_MAPPING)
        return true;
    if (n)
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "a mapping", NULL,
                   "'%s' is %s", what, medel_yaml_type_name(n));
    return false;
}

const char *const *medel_taxonomy_texts_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                                           const char *key)
{
    const medel_yaml *n = medel_yaml_find(m, key);
    size_t count = n && n->type == MEDEL_YAML_SEQUENCE ? n->count : 0;
    if (n && n->type != MEDEL_YAML_SEQUENCE)
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "a list of texts", NULL,
                   "'%s' is %s", key, medel_yaml_type_name(n));
    const char **out = MEDEL_NEW(rd->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        out[i] = medel_taxonomy_keep(rd, n->items[i].text);
    return out;
}

/* A small whole number at the beginning of s; *rest is what follows it. */
int medel_taxonomy_integer_of(const char *s, const char **rest)
{
    const char *start = *s == '-' || *s == '+' ? s + 1 : s;
    int n = 0;
    for (*rest = start; medel_digit(**rest) && n < 10000; ++*rest)
        n = n * 10 + (**rest - '0');
    if (*rest == start)
        *rest = s;
    return *s == '-' ? -n : n;
}

static int integer_at(medel_taxonomy_reader *rd, const medel_yaml *m, const char *key,
                      int usual)
{
    const char *s = medel_yaml_text(rd->src, m, key, false), *rest = s;
    int n = s ? medel_taxonomy_integer_of(s, &rest) : usual;
    const medel_yaml *at = medel_yaml_find(m, key);
    if (s && (*rest || rest == s))
        medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col, "a whole number", NULL,
                   "'%s' is no value for '%s'", medel_clip(rd->arena, s), key);
    return n;
}

/* ---- field types ---- */

static const struct {
    const char *name;
    medel_field_type type;
} type_names[] = {
    { "record", MEDEL_FIELD_RECORD },
    { "records", MEDEL_FIELD_RECORDS },
    { "list", MEDEL_FIELD_LIST },
    { "text", MEDEL_FIELD_TEXT },
    { "texts", MEDEL_FIELD_TEXTS },
    { "word", MEDEL_FIELD_WORD },
    { "concept", MEDEL_FIELD_CONCEPT },
    { "choice", MEDEL_FIELD_CHOICE },
    { "flag", MEDEL_FIELD_FLAG },
    { "date", MEDEL_FIELD_DATE },
    { "year", MEDEL_FIELD_YEAR },
    { "line", MEDEL_FIELD_LINE },
    { "org_number", MEDEL_FIELD_ORG_NUMBER },
    { "own_rows", MEDEL_FIELD_OWN_ROWS },
    { "amount", MEDEL_FIELD_AMOUNT },
    { "share", MEDEL_FIELD_SHARE },
    { "count", MEDEL_FIELD_COUNT },
    { "count_or_share", MEDEL_FIELD_COUNT_OR_SHARE },
    { "amount_per_count", MEDEL_FIELD_AMOUNT_PER_COUNT },
    { "number", MEDEL_FIELD_NUMBER },
    { "sections", MEDEL_FIELD_SECTIONS },
};

static medel_field_type type_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                                medel_field_type usual)
{
    const char *s = medel_yaml_text(rd->src, m, "type", false);
    for (size_t i = 0; s && i < MEDEL_COUNT(type_names); i++) {
        if (strcmp(type_names[i].name, s) == 0)
            return type_names[i].type;
    }
    const medel_yaml *at = medel_yaml_find(m, "type");
    if (s)
        medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col,
                   "text, amount, share, count, record ...: see docs/taxonomy.md", NULL,
                   "unknown type '%s'", medel_clip(rd->arena, s));
    return usual;
}

/* ---- roles ---- */

static medel_role role_at(medel_taxonomy_reader *rd, const medel_yaml *m)
{
    static const char *const names[] = { "income",
                                         "costs",
                                         "depreciation",
                                         "operating_result",
                                         "net_financial",
                                         "result_after_financial",
                                         "result",
                                         "fixed_assets",
                                         "current_assets",
                                         "receivables",
                                         "investments",
                                         "cash",
                                         "total_assets",
                                         "equity",
                                         "other_equity",
                                         "provisions",
                                         "long_debts",
                                         "short_debts",
                                         "total_funding",
                                         "cash_at_end",
                                         "cash_flow",
                                         "change_of_receivables",
                                         "change_of_short_debts",
                                         "non_cash",
                                         "contributions",
                                         "contribution_state",
                                         "contribution_region",
                                         "contribution_municipalities",
                                         "solidity",
                                         "equity_share",
                                         "balance_result",
                                         "insats_outcome",
                                         "income_statement",
                                         "balance_sheet",
                                         "cash_flow_statement",
                                         "operations",
                                         "income_note",
                                         "overview",
                                         "balance_inquiry",
                                         "before_working_capital",
                                         "from_operations",
                                         "new_loans",
                                         "from_financing",
                                         "cash_at_start",
                                         "after_adjustments",
                                         "other_income",
                                         "all_income",
                                         "individual",
                                         "structural",
                                         "administration",
                                         "other_operations",
                                         "operations_result" };
    _Static_assert(MEDEL_COUNT(names) == MEDEL_ROLE_COUNT - 1, "a name for each role");
    const char *s = medel_yaml_text(rd->src, m, "role", false);
    for (size_t i = 0; s && i < MEDEL_COUNT(names); i++) {
        if (strcmp(names[i], s) == 0)
            return (medel_role)(i + 1);
    }
    const medel_yaml *at = medel_yaml_find(m, "role");
    const char *near = s ? medel_nearest(s, names, MEDEL_COUNT(names)) : NULL;
    if (s)
        medel_diag(
            rd->src, MEDEL_E_SCHEMA, at->line, at->col, "a role of docs/taxonomy.md",
            near ? medel_arena_format(rd->arena, "did you mean '%s'?", near) : NULL,
            "unknown role '%s'", medel_clip(rd->arena, s));
    return MEDEL_ROLE_NONE;
}

/* Of a concept or a table: no two have the same. */
static void give_role(medel_taxonomy_reader *rd, const medel_yaml *n, const char *id)
{
    const medel_role role = role_at(rd, n);
    const medel_yaml *at = medel_yaml_find(n, "role");
    if (role && rd->t->roles[role])
        medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col, NULL, NULL,
                   "'%s' has the role '%s' already", rd->t->roles[role], at->text);
    else if (role)
        rd->t->roles[role] = id;
}

/* ---- concepts ---- */

static void read_concept(medel_taxonomy_reader *rd, const char *id, const medel_yaml *n)
{
    static const char *const keys[] = { "label",     "period", "rule",  "type",
                                        "text_rule", "budget", "kinds", "unambiguous",
                                        "instead",   "role" };
    if (!medel_taxonomy_is_mapping(rd, n, id))
        return;
    medel_yaml_known_keys(rd->src, n, "a concept", keys, MEDEL_COUNT(keys));
    medel_concept *c = MEDEL_PUSH(rd->arena, &rd->t->concepts, medel_concept);
    c->id = id;
    c->label = medel_taxonomy_text_at(rd, n, "label", true);
    static const char *const periods[] = { "duration", "instant", NULL };
    c->instant = medel_taxonomy_word_at(rd, n, "period", true, periods) == 1;
    c->budget = medel_taxonomy_flag_at(rd, n, "budget");
    c->unambiguous = medel_taxonomy_flag_at(rd, n, "unambiguous");
    c->kinds = medel_taxonomy_kinds_at(rd, n, "kinds");
    c->instead = medel_taxonomy_texts_at(rd, n, "instead");
    c->rule = medel_taxonomy_rule_at(rd, n, "rule", true);
    c->text_rule = medel_taxonomy_rule_at(rd, n, "text_rule", false);
    c->type = type_at(rd, n, MEDEL_FIELD_AMOUNT);
    give_role(rd, n, id);
}

const medel_concept *medel_taxonomy_concept_named(medel_taxonomy_reader *rd,
                                                  const medel_yaml *n, const char *id)
{
    const medel_concept *c = medel_taxonomy_concept(rd->t, id);
    if (!c) {
        const medel_concept *concepts = rd->t->concepts.data;
        const size_t count = rd->t->concepts.count;
        const char **ids = MEDEL_NEW(rd->arena, const char *, count);
        for (size_t i = 0; i < count; i++)
            ids[i] = concepts[i].id;
        const char *near = medel_nearest(id, ids, count);
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "an id under 'concepts'",
                   near ? medel_arena_format(rd->arena, "did you mean '%s'?", near)
                        : NULL,
                   "unknown concept '%s'", id);
    }
    return c;
}

/* ---- rows ---- */

static medel_row_concept row_concept(medel_taxonomy_reader *rd, const char *measure,
                                     const medel_yaml *n)
{
    medel_row_concept rc = { medel_taxonomy_keep(rd, measure), NULL, 1 };
    const char *id = n->text;
    if (*id == '-') {
        rc.sign = -1;
        id++;
    }
    rc.concept_ref = medel_taxonomy_concept_named(rd, n, id);
    return rc;
}

static medel_row *read_row(medel_taxonomy_reader *rd, const char *id, const medel_yaml *n,
                           int sign)
{
    static const char *const keys[] = { "label",      "synonyms", "concept", "concepts",
                                        "under",      "note",     "rule",    "tie",
                                        "balance",    "type",     "memo",    "weight",
                                        "ratio",      "names",    "members", "ambiguous",
                                        "printed_as", "role",     "flow" };
    static const char *const balances[] = { "cost", "income", "result", NULL };
    medel_row *r = MEDEL_NEW(rd->arena, medel_row, 1);
    r->id = id;
    r->weight = r->sign = 1;
    r->type = MEDEL_FIELD_AMOUNT;
    r->line = n->line;
    r->col = n->col;
    if (!medel_taxonomy_is_mapping(rd, n, id))
        return r;
    medel_yaml_known_keys(rd->src, n, "a row", keys, MEDEL_COUNT(keys));
    r->label = medel_taxonomy_text_at(rd, n, "label", true);
    r->synonyms = medel_taxonomy_texts_at(rd, n, "synonyms");
    r->names = medel_taxonomy_texts_at(rd, n, "names");
    r->printed_as = medel_taxonomy_texts_at(rd, n, "printed_as");
    r->members = medel_taxonomy_texts_at(rd, n, "members");
    r->under = medel_taxonomy_text_at(rd, n, "under", false);
    r->note = medel_taxonomy_text_at(rd, n, "note", false);
    r->rule = medel_taxonomy_rule_at(rd, n, "rule", false);
    r->tie = medel_taxonomy_rule_at(rd, n, "tie", false);
    if (medel_yaml_find(n, "balance"))
        r->balance = balances[medel_taxonomy_word_at(rd, n, "balance", false, balances)];
    r->memo = medel_taxonomy_flag_at(rd, n, "memo");
    r->ambiguous = medel_taxonomy_flag_at(rd, n, "ambiguous");
    r->role = role_at(rd, n);
    r->type = type_at(rd, n, MEDEL_FIELD_AMOUNT);
    r->sign = r->type == MEDEL_FIELD_AMOUNT ? sign : 1;
    r->weight = integer_at(rd, n, "weight", 1) < 0 ? -1 : 1;
    const char *concept = medel_yaml_text(rd->src, n, "concept", false);
    if (concept)
        r->concept_ref =
            medel_taxonomy_concept_named(rd, medel_yaml_find(n, "concept"), concept);
    const medel_yaml *ratio = medel_yaml_find(n, "ratio");
    if (ratio && ratio->type == MEDEL_YAML_SEQUENCE && ratio->count == 2) {
        r->numerator = medel_taxonomy_keep(rd, ratio->items[0].text);
        r->denominator = medel_taxonomy_keep(rd, ratio->items[1].text);
    } else if (ratio) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, ratio->line, ratio->col,
                   "ratio: [numerator, denominator]", NULL,
                   "the ratio of '%s' is not two rows", id);
    }
    const medel_yaml *by = medel_yaml_find(n, "concepts");
    if (by && medel_taxonomy_is_mapping(rd, by, "concepts")) {
        medel_row_concept *list = MEDEL_NEW(rd->arena, medel_row_concept, by->count);
        for (size_t i = 0; i < by->count; i++)
            list[i] = row_concept(rd, by->items[2 * i].text, &by->items[2 * i + 1]);
        r->concepts = list;
        r->nconcepts = by->count;
    }
    return r;
}

static void read_column(medel_taxonomy_reader *rd, medel_column *c, const char *id,
                        const medel_yaml *n)
{
    static const char *const keys[] = { "label", "measure", "variant", "year" };
    static const char *const variants[] = { "utfall", "budget", "prognos", NULL };
    c->id = medel_taxonomy_keep(rd, id);
    if (!medel_taxonomy_is_mapping(rd, n, id))
        return;
    medel_yaml_known_keys(rd->src, n, "a column", keys, MEDEL_COUNT(keys));
    c->label = medel_taxonomy_text_at(rd, n, "label", true);
    c->measure = medel_taxonomy_text_at(rd, n, "measure", true);
    c->variant = (medel_variant)medel_taxonomy_word_at(rd, n, "variant", true, variants);
    c->year = integer_at(rd, n, "year", 0);
}

/* `columns: year`, or the columns by name. */
static void read_columns(medel_taxonomy_reader *rd, medel_table_spec *t,
                         const medel_yaml *n)
{
    if (n->type == MEDEL_YAML_SCALAR && strcmp(n->text, "year") == 0) {
        t->by_year = true;
        return;
    }
    if (n->type != MEDEL_YAML_MAPPING) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "columns: year, or a mapping of columns", NULL,
                   "the columns of '%s' are %s", t->id, medel_yaml_type_name(n));
        return;
    }
    medel_column *c = MEDEL_NEW(rd->arena, medel_column, n->count);
    for (size_t i = 0; i < n->count; i++)
        read_column(rd, &c[i], n->items[2 * i].text, &n->items[2 * i + 1]);
    t->columns = c;
    t->ncolumns = n->count;
}

static void read_own_rows(medel_taxonomy_reader *rd, medel_table_spec *t,
                          const medel_yaml *n)
{
    if (n->type == MEDEL_YAML_SCALAR) {
        t->own_rows = strcmp(n->text, "true") == 0;
        return;
    }
    t->own_rows = true;
    if (!medel_taxonomy_is_mapping(rd, n, "own_rows"))
        return;
    if (n->count > MEDEL_COUNT(t->own_concepts))
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, NULL, NULL,
                   "own_rows names more than %zu concepts", MEDEL_COUNT(t->own_concepts));
    for (size_t i = 0; i < n->count && i < MEDEL_COUNT(t->own_concepts); i++) {
        t->own_concepts[i] = row_concept(rd, n->items[2 * i].text, &n->items[2 * i + 1]);
        t->nown_concepts = i + 1;
    }
}

static void check_under(medel_taxonomy_reader *rd, const medel_table_spec *t)
{
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_row *r = t->rows[i];
        const medel_row *full = r;
        const char *const names[] = { r->under, r->numerator, r->denominator };
        for (size_t k = 0; k < MEDEL_COUNT(names); k++) {
            if (names[k] && !medel_table_spec_find(t, names[k]))
                medel_diag(rd->src, MEDEL_E_SCHEMA, full->line, full->col, NULL, NULL,
                           "row '%s' names an unknown row '%s'", r->id, names[k]);
        }
        const medel_row *up = r;
        for (size_t depth = 0; up && up->under; depth++) {
            up = medel_table_spec_find(t, up->under);
            if (depth > t->nrows) {
                medel_diag(rd->src, MEDEL_E_SCHEMA, full->line, full->col, NULL, NULL,
                           "row '%s' is under itself", r->id);
                return;
            }
        }
    }
}

static void read_identities(medel_taxonomy_reader *rd, medel_table_spec *t,
                            const medel_yaml *n)
{
    static const char *const keys[] = { "netto", "avvikelse", "convention" };
    medel_yaml_known_keys(rd->src, n, "identities", keys, MEDEL_COUNT(keys));
    t->netto_rule = medel_taxonomy_rule_at(rd, n, "netto", false);
    t->avvikelse_rule = medel_taxonomy_rule_at(rd, n, "avvikelse", false);
    t->sign_rule = medel_taxonomy_rule_at(rd, n, "convention", false);
}

static void read_rows(medel_taxonomy_reader *rd, medel_table_spec *t, const medel_yaml *n)
{
    const medel_row **list = MEDEL_NEW(rd->arena, const medel_row *, n->count);
    for (size_t i = 0; i < n->count; i++)
        list[i] = read_row(rd, medel_taxonomy_keep(rd, n->items[2 * i].text),
                           &n->items[2 * i + 1], t->sign);
    t->rows = list;
    t->nrows = n->count;
    check_under(rd, t);
}

static void read_table_parts(medel_taxonomy_reader *rd, medel_table_spec *t,
                             const medel_yaml *n)
{
    const medel_yaml *columns = medel_yaml_find(n, "columns");
    const medel_yaml *own = medel_yaml_find(n, "own_rows");
    const medel_yaml *identities = medel_yaml_find(n, "identities");
    const medel_yaml *rows = medel_yaml_find(n, "rows");
    if (columns)
        read_columns(rd, t, columns);
    if (own)
        read_own_rows(rd, t, own);
    if (identities && medel_taxonomy_is_mapping(rd, identities, "identities"))
        read_identities(rd, t, identities);
    if (rows && medel_taxonomy_is_mapping(rd, rows, "rows"))
        read_rows(rd, t, rows);
    if (!columns || !rows)
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, NULL, NULL,
                   "'%s' is missing in table '%s'", columns ? "rows" : "columns", t->id);
}

static void read_table(medel_taxonomy_reader *rd, const char *id, const medel_yaml *n)
{
    static const char *const keys[] = { "label", "part",       "place",  "law",
                                        "note",  "columns",    "header", "own_rows",
                                        "sign",  "identities", "rows",   "headings",
                                        "rank",  "role" };
    static const char *const ranks[] = { "table", "statement", "note", NULL };
    static const medel_rank rank_of[] = { MEDEL_RANK_TABLE, MEDEL_RANK_STATEMENT,
                                          MEDEL_RANK_NOTE };
    static const char *const headers[] = { "none", "period", "date", NULL };
    if (!medel_taxonomy_is_mapping(rd, n, id))
        return;
    medel_yaml_known_keys(rd->src, n, "a table", keys, MEDEL_COUNT(keys));
    medel_table_spec *t = MEDEL_NEW(rd->arena, medel_table_spec, 1);
    t->id = id;
    t->label = medel_taxonomy_text_at(rd, n, "label", true);
    t->part = medel_taxonomy_text_at(rd, n, "part", true);
    t->place = medel_taxonomy_text_at(rd, n, "place", true);
    t->law = medel_taxonomy_text_at(rd, n, "law", false);
    t->note = medel_taxonomy_text_at(rd, n, "note", false);
    t->headings = medel_taxonomy_texts_at(rd, n, "headings");
    give_role(rd, n, id);
    size_t header = medel_taxonomy_word_at(rd, n, "header", false, headers);
    t->period_header = header == 1;
    t->date_header = header == 2;
    t->sign = integer_at(rd, n, "sign", 1) < 0 ? -1 : 1;
    t->rank = rank_of[medel_taxonomy_word_at(rd, n, "rank", false, ranks)];
    if (t->note)
        t->rank = MEDEL_RANK_NOTE;
    read_table_parts(rd, t, n);
    medel_map_put(rd->arena, &rd->t->table_map, id, t);
    *MEDEL_PUSH(rd->arena, &rd->t->tables, medel_table_spec) = *t;
}

/* What a row of the kassaflödesanalys moves may stand in any table: read when all are. */
static void read_flows(medel_taxonomy_reader *rd, const medel_yaml *tables)
{
    for (size_t i = 0; tables && i < tables->count; i++) {
        const medel_table_spec *t =
            medel_taxonomy_table(rd->t, tables->items[2 * i].text);
        const medel_yaml *rows = medel_yaml_find(&tables->items[2 * i + 1], "rows");
        for (size_t k = 0; t && rows && k < t->nrows; k++) {
            const medel_yaml *flow = medel_yaml_find(&rows->items[2 * k + 1], "flow");
            if (flow)
                medel_taxonomy_read_flow(rd, (medel_row *)t->rows[k], flow);
        }
    }
}

/* ---- fields ---- */

static medel_field *read_fields(medel_taxonomy_reader *rd, const medel_yaml *n,
                                size_t *count);

static void check_named_by(medel_taxonomy_reader *rd, const medel_field *f,
                           const medel_yaml *at, const char *name)
{
    for (size_t i = 0; i < f->nfields; i++) {
        if (f->fields[i].type == MEDEL_FIELD_TEXT && strcmp(f->fields[i].name, name) == 0)
            return;
    }
    medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col, "its own fields of type text",
               NULL, "unknown field '%s'", medel_clip(rd->arena, name));
}

static void read_field(medel_taxonomy_reader *rd, medel_field *f, const char *name,
                       const medel_yaml *n)
{
    static const char *const keys[] = { "type",       "label",   "law",
                                        "required",   "values",  "concept",
                                        "dimension",  "rows_of", "all_years",
                                        "records_of", "head",    "place",
                                        "named_by",   "fields" };
    f->name = medel_taxonomy_keep(rd, name);
    if (!medel_taxonomy_is_mapping(rd, n, name))
        return;
    medel_yaml_known_keys(rd->src, n, "a field", keys, MEDEL_COUNT(keys));
    f->type = type_at(rd, n, MEDEL_FIELD_TEXT);
    f->label = medel_taxonomy_text_at(rd, n, "label", true);
    f->law = medel_taxonomy_text_at(rd, n, "law", false);
    f->required = medel_taxonomy_flag_at(rd, n, "required");
    f->values = medel_taxonomy_texts_at(rd, n, "values");
    f->concept_id = medel_taxonomy_text_at(rd, n, "concept", false);
    f->dimension = medel_taxonomy_text_at(rd, n, "dimension", false);
    f->rows_of = medel_taxonomy_text_at(rd, n, "rows_of", false);
    f->all_years = medel_taxonomy_flag_at(rd, n, "all_years");
    f->records_of = medel_taxonomy_text_at(rd, n, "records_of", false);
    f->head = medel_taxonomy_text_at(rd, n, "head", false);
    f->place = medel_taxonomy_text_at(rd, n, "place", false);
    const medel_yaml *rows_of = medel_yaml_find(n, "rows_of");
    if (f->rows_of && !medel_taxonomy_table(rd->t, f->rows_of))
        medel_diag(rd->src, MEDEL_E_SCHEMA, rows_of->line, rows_of->col,
                   "an id under 'tables'", NULL, "unknown table '%s'",
                   medel_clip(rd->arena, f->rows_of));
    if (f->concept_id)
        medel_taxonomy_concept_named(rd, medel_yaml_find(n, "concept"), f->concept_id);
    const medel_yaml *fields = medel_yaml_find(n, "fields");
    if (fields)
        f->fields = read_fields(rd, fields, &f->nfields);
    f->named_by = medel_taxonomy_texts_at(rd, n, "named_by");
    for (size_t i = 0; f->named_by && f->named_by[i]; i++)
        check_named_by(rd, f, medel_yaml_find(n, "named_by"), f->named_by[i]);
}

static medel_field *read_fields(medel_taxonomy_reader *rd, const medel_yaml *n,
                                size_t *count)
{
    *count = medel_taxonomy_is_mapping(rd, n, "fields") ? n->count : 0;
    medel_field *fields = MEDEL_NEW(rd->arena, medel_field, *count);
    for (size_t i = 0; i < *count; i++)
        read_field(rd, &fields[i], n->items[2 * i].text, &n->items[2 * i + 1]);
    return fields;
}

/* What a field calls 'records_of' must be a section of named records. */
static void check_records_of(medel_taxonomy_reader *rd, const medel_yaml *n,
                             const medel_field *fields, size_t count)
{
    for (size_t i = 0; i < count && n->type == MEDEL_YAML_MAPPING; i++) {
        const medel_field *f = &fields[i];
        const medel_yaml *body = &n->items[2 * i + 1];
        const medel_yaml *at = medel_yaml_find(body, "records_of");
        bool known = !f->records_of;
        for (size_t k = 0; k < rd->t->nfields && !known; k++)
            known = rd->t->fields[k].type == MEDEL_FIELD_RECORDS
                    && strcmp(rd->t->fields[k].name, f->records_of) == 0;
        if (!known)
            medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col,
                       "a field of type records", NULL, "unknown records '%s'",
                       medel_clip(rd->arena, f->records_of));
        if (f->nfields)
            check_records_of(rd, medel_yaml_find(body, "fields"), f->fields, f->nfields);
    }
}

/* ---- the file ---- */

static const medel_check_spec *general_check(medel_taxonomy_reader *rd,
                                             const medel_yaml *n, const char *key)
{
    const char *id = medel_taxonomy_rule_at(rd, n, key, true);
    return id ? medel_taxonomy_check(rd->t, id) : NULL;
}

static void read_general(medel_taxonomy_reader *rd, const medel_yaml *n)
{
    static const char *const keys[] = { "unit", "text", "same", "changed" };
    if (!n)
        medel_diag(rd->src, MEDEL_E_SCHEMA, 1, 1, "general: { unit, text, same }", NULL,
                   "'general' is missing in a taxonomy");
    if (!medel_taxonomy_is_mapping(rd, n, "general"))
        return;
    medel_yaml_known_keys(rd->src, n, "general", keys, MEDEL_COUNT(keys));
    rd->t->unit_check = general_check(rd, n, "unit");
    rd->t->text_check = general_check(rd, n, "text");
    rd->t->same_check = general_check(rd, n, "same");
    if (medel_yaml_find(n, "changed"))
        rd->t->changed_check = general_check(rd, n, "changed");
}

typedef void (*entry_reader)(medel_taxonomy_reader *rd, const char *id,
                             const medel_yaml *n);

static void read_entries(medel_taxonomy_reader *rd, const medel_yaml *root,
                         const char *key, entry_reader read)
{
    const medel_yaml *n = medel_yaml_find(root, key);
    if (!n)
        medel_diag(rd->src, MEDEL_E_SCHEMA, root->line, root->col, NULL, NULL,
                   "'%s' is missing in a taxonomy", key);
    if (!medel_taxonomy_is_mapping(rd, n, key))
        return;
    for (size_t i = 0; i < n->count; i++)
        read(rd, medel_taxonomy_keep(rd, n->items[2 * i].text), &n->items[2 * i + 1]);
}

void medel_taxonomy_version(medel_taxonomy_reader *rd, const medel_yaml *root,
                            const char *key)
{
    const char *version = medel_yaml_text(rd->src, root, key, true);
    const medel_yaml *at = medel_yaml_find(root, key);
    if (version && strcmp(version, "1") != 0)
        medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col,
                   medel_arena_format(rd->arena, "%s: 1", key), NULL,
                   "unknown version '%s'", medel_clip(rd->arena, version));
}

static void read_taxonomy(medel_taxonomy_reader *rd, const medel_yaml *root)
{
    static const char *const keys[] = { "medel_taxonomy", "name",      "general",
                                        "checks",         "kinds",     "concepts",
                                        "tables",         "relations", "fields" };
    medel_taxonomy *t = rd->t;
    if (!medel_taxonomy_is_mapping(rd, root, "taxonomy"))
        return;
    medel_yaml_known_keys(rd->src, root, "a taxonomy", keys, MEDEL_COUNT(keys));
    medel_taxonomy_version(rd, root, "medel_taxonomy");
    read_entries(rd, root, "checks", medel_taxonomy_read_check);
    medel_taxonomy_map_checks(rd);
    read_general(rd, medel_yaml_find(root, "general"));
    const medel_yaml *kinds = medel_yaml_find(root, "kinds");
    if (kinds)
        read_entries(rd, root, "kinds", medel_taxonomy_read_kind);
    read_entries(rd, root, "concepts", read_concept);
    medel_concept *concepts = t->concepts.data;
    for (size_t i = 0; i < t->concepts.count; i++)
        medel_map_put(rd->arena, &t->concept_map, concepts[i].id, &concepts[i]);
    read_entries(rd, root, "tables", read_table);
    read_flows(rd, medel_yaml_find(root, "tables"));
    const medel_yaml *fields = medel_yaml_find(root, "fields");
    if (fields)
        t->fields = read_fields(rd, fields, &t->nfields);
    if (fields)
        check_records_of(rd, fields, t->fields, t->nfields);
    medel_taxonomy_read_relations(rd, root); /* some are of the fields' records */
}

/* Concepts point into the array while rows are read, so it must not grow again:
   rows are read after all concepts. */
static void fill(void *object, medel_source *src, const medel_yaml *root, void *with)
{
    (void)with;
    medel_taxonomy *t = object;
    medel_taxonomy_reader rd = { t, &t->arena, src };
    read_taxonomy(&rd, root);
}

medel_status medel_taxonomy_read_packed(medel_taxonomy **out, const medel_input *in,
                                        const char *packed,
                                        const medel_allocator *allocator,
                                        medel_diagnostics *diags)
{
    const medel_reading reading = { in, allocator, diags, "taxonomy", packed };
    void *object;
    const medel_status st =
        medel_object_read(&object, sizeof **out, &reading, fill, NULL);
    if (st == MEDEL_OK)
        *out = object;
    return st;
}

medel_status medel_taxonomy_read(medel_taxonomy **out, const medel_input *in,
                                 const medel_allocator *allocator,
                                 medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, in, in->name, in->text || !in->len);
    return medel_taxonomy_read_packed(out, in, NULL, allocator, diags);
}

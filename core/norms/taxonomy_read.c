/* taxonomy_read.c - the data file that says what can be printed and what sums to what. */
#include "medel_norms_packed.h"
#include "taxonomy.h"

#include <string.h>

/* ---- small readers ---- */

const char *medel_taxonomy_keep(medel_taxonomy_reader *rd, const char *s)
{
    return s ? medel_arena_text(rd->arena, s, strlen(s)) : NULL;
}

bool medel_taxonomy_fill(medel_taxonomy_reader *rd, const medel_mapping *form,
                         const medel_yaml *n, const char *name, void *out)
{
    const medel_filling f = { rd->src, rd->arena, rd, NULL };
    return medel_mapping_fill(&f, form, n, name, out);
}

bool medel_taxonomy_is_mapping(medel_taxonomy_reader *rd, const medel_yaml *n,
                               const char *what)
{
    if (n && n->type == MEDEL_YAML_MAPPING)
        return true;
    if (n)
        medel_wrong(rd->src, n, "a mapping", NULL, "'%s' is %s", what,
                    medel_yaml_type_name(n));
    return false;
}

/* 1 or -1. */
static void key_sign(const medel_filling *f, const medel_yaml *at, void *to)
{
    int n = 1;
    medel_key_integer(f, at, &n);
    *(int *)to = n < 0 ? -1 : 1;
}

/* Which of n names stands there, -1 after a complaint. */
static int named(const medel_filling *f, const medel_yaml *at, const char *const *names,
                 size_t n, const char *expected)
{
    const char *s = NULL;
    medel_key_text(f, at, &s);
    for (size_t i = 0; s && i < n; i++) {
        if (strcmp(names[i], s) == 0)
            return (int)i;
    }
    if (s)
        medel_wrong(f->src, at, expected,
                    medel_did_you_mean(f->arena, medel_nearest(s, names, n)),
                    "unknown %s '%s'", f->key->name, medel_clip(f->arena, s));
    return -1;
}

static void key_type(const medel_filling *f, const medel_yaml *at, void *to)
{
    static const char *const names[] = {
        "record",           "records",  "list",    "text",  "texts", "word",
        "concept",          "choice",   "flag",    "date",  "year",  "line",
        "org_number",       "own_rows", "amount",  "share", "count", "count_or_share",
        "amount_per_count", "number",   "sections"
    };
    _Static_assert(MEDEL_COUNT(names) == MEDEL_FIELD_SECTIONS + 1,
                   "a name for each type");
    const int i = named(f, at, names, MEDEL_COUNT(names),
                        "text, amount, share, count, record ...: see docs/taxonomy.md");
    if (i >= 0)
        *(medel_field_type *)to = (medel_field_type)i;
}

/* ---- roles ---- */

static void key_role(const medel_filling *f, const medel_yaml *at, void *to)
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
    *(medel_role *)to =
        (medel_role)(named(f, at, names, MEDEL_COUNT(names), "a role of docs/taxonomy.md")
                     + 1);
}

/* Of a concept or a table, whose id is at 'to': no two have the same. */
static void key_own_role(const medel_filling *f, const medel_yaml *at, void *to)
{
    medel_taxonomy *t = ((medel_taxonomy_reader *)f->with)->t;
    medel_role role;
    key_role(f, at, &role);
    if (role && t->roles[role])
        medel_wrong(f->src, at, NULL, NULL, "'%s' has the role '%s' already",
                    t->roles[role], at->text);
    else if (role)
        t->roles[role] = *(const char **)to;
}

/* ---- concepts ---- */

static void key_period(const medel_filling *f, const medel_yaml *at, void *to)
{
    int word;
    medel_key_word(f, at, &word);
    *(bool *)to = word == 1;
}

static void read_concept(medel_taxonomy_reader *rd, const char *id, const medel_yaml *n)
{
    static const char *const periods[] = { "duration", "instant", NULL };
    static const medel_key keys[] = {
        MEDEL_MUST(medel_concept, label, medel_key_text),
        { "period", key_period, offsetof(medel_concept, instant), true, periods },
        MEDEL_KEY(medel_concept, budget, medel_key_flag),
        MEDEL_KEY(medel_concept, unambiguous, medel_key_flag),
        MEDEL_KEY(medel_concept, kinds, medel_taxonomy_key_kinds),
        MEDEL_KEY(medel_concept, instead, medel_key_texts),
        MEDEL_KEY(medel_concept, netted, medel_key_text),
        MEDEL_MUST(medel_concept, rule, medel_taxonomy_key_rule),
        MEDEL_KEY(medel_concept, text_rule, medel_taxonomy_key_rule),
        MEDEL_KEY(medel_concept, type, key_type),
        MEDEL_KEY_OF(medel_concept, role, key_own_role, id),
    };
    static const medel_mapping form = MEDEL_MAPPING("a concept", NULL, keys);
    medel_concept c = { .id = id, .type = MEDEL_FIELD_AMOUNT };
    if (medel_taxonomy_fill(rd, &form, n, id, &c))
        *MEDEL_PUSH(rd->arena, &rd->t->concepts, medel_concept) = c;
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
        medel_wrong(rd->src, n, "an id under 'concepts'",
                    medel_did_you_mean(rd->arena, near), "unknown concept '%s'", id);
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

static void key_concept(const medel_filling *f, const medel_yaml *at, void *to)
{
    const char *id = NULL;
    medel_key_text(f, at, &id);
    if (id)
        *(const medel_concept **)to = medel_taxonomy_concept_named(f->with, at, id);
}

static void key_concepts(const medel_filling *f, const medel_yaml *at, void *to)
{
    medel_row *r = to;
    if (!medel_taxonomy_is_mapping(f->with, at, f->key->name))
        return;
    medel_row_concept *list = MEDEL_NEW(f->arena, medel_row_concept, at->count);
    for (size_t i = 0; i < at->count; i++)
        list[i] = row_concept(f->with, at->items[2 * i].text, &at->items[2 * i + 1]);
    r->concepts = list;
    r->nconcepts = at->count;
}

static void key_ratio(const medel_filling *f, const medel_yaml *at, void *to)
{
    medel_row *r = to;
    if (at->type == MEDEL_YAML_SEQUENCE && at->count == 2) {
        r->numerator = medel_taxonomy_keep(f->with, at->items[0].text);
        r->denominator = medel_taxonomy_keep(f->with, at->items[1].text);
    } else {
        medel_wrong(f->src, at, "ratio: [numerator, denominator]", NULL,
                    "the %s of '%s' is not two rows", f->key->name, r->id);
    }
}

static medel_row *read_row(medel_taxonomy_reader *rd, const char *id, const medel_yaml *n,
                           int sign)
{
    static const char *const balances[] = { "cost", "income", "result", NULL };
    static const medel_key keys[] = {
        MEDEL_MUST(medel_row, label, medel_key_text),
        MEDEL_KEY(medel_row, synonyms, medel_key_texts),
        MEDEL_KEY_OF(medel_row, concept, key_concept, concept_ref),
        { "concepts", key_concepts, 0, false, NULL },
        MEDEL_KEY(medel_row, under, medel_key_text),
        MEDEL_KEY(medel_row, note, medel_key_text),
        MEDEL_KEY(medel_row, rule, medel_taxonomy_key_rule),
        MEDEL_KEY(medel_row, tie, medel_taxonomy_key_rule),
        { "balance", medel_key_choice, offsetof(medel_row, balance), false, balances },
        MEDEL_KEY(medel_row, type, key_type),
        MEDEL_KEY(medel_row, memo, medel_key_flag),
        MEDEL_KEY(medel_row, weight, key_sign),
        { "ratio", key_ratio, 0, false, NULL },
        MEDEL_KEY(medel_row, names, medel_key_texts),
        MEDEL_KEY(medel_row, members, medel_key_texts),
        MEDEL_KEY(medel_row, ambiguous, medel_key_flag),
        MEDEL_KEY(medel_row, printed_as, medel_key_texts),
        MEDEL_KEY(medel_row, headings, medel_key_texts),
        MEDEL_KEY(medel_row, role, key_role),
        MEDEL_KEY_ELSE(flow),
    };
    static const medel_mapping form = MEDEL_MAPPING("a row", NULL, keys);
    medel_row *r = MEDEL_NEW(rd->arena, medel_row, 1);
    *r = (medel_row){ .id = id, .weight = 1, .type = MEDEL_FIELD_AMOUNT };
    r->line = n->line;
    r->col = n->col;
    medel_taxonomy_fill(rd, &form, n, id, r);
    r->sign = r->type == MEDEL_FIELD_AMOUNT ? sign : 1;
    return r;
}

static void read_column(medel_taxonomy_reader *rd, medel_column *c, const char *id,
                        const medel_yaml *n)
{
    static const char *const variants[] = { "utfall", "budget", "prognos", NULL };
    static const medel_key keys[] = { MEDEL_MUST(medel_column, label, medel_key_text),
                                      MEDEL_MUST(medel_column, measure, medel_key_text),
                                      MEDEL_WORD_OF(medel_column, variant, true,
                                                    variants),
                                      MEDEL_KEY(medel_column, year, medel_key_integer) };
    static const medel_mapping form = MEDEL_MAPPING("a column", NULL, keys);
    c->id = medel_taxonomy_keep(rd, id);
    medel_taxonomy_fill(rd, &form, n, id, c);
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
        medel_wrong(rd->src, n, "columns: year, or a mapping of columns", NULL,
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
        medel_wrong(rd->src, n, NULL, NULL, "own_rows names more than %zu concepts",
                    MEDEL_COUNT(t->own_concepts));
    for (size_t i = 0; i < n->count && i < MEDEL_COUNT(t->own_concepts); i++) {
        t->own_concepts[i] = row_concept(rd, n->items[2 * i].text, &n->items[2 * i + 1]);
        t->nown_concepts = i + 1;
    }
}

static void check_under(medel_taxonomy_reader *rd, const medel_table_spec *t)
{
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_row *r = t->rows[i];
        const char *const names[] = { r->under, r->numerator, r->denominator };
        for (size_t k = 0; k < MEDEL_COUNT(names); k++) {
            if (names[k] && !medel_table_spec_find(t, names[k]))
                medel_diag(rd->src, MEDEL_E_SCHEMA, r->line, r->col, NULL, NULL,
                           "row '%s' names an unknown row '%s'", r->id, names[k]);
        }
        const medel_row *up = r;
        for (size_t depth = 0; up && up->under; depth++) {
            up = medel_table_spec_find(t, up->under);
            if (depth > t->nrows) {
                medel_diag(rd->src, MEDEL_E_SCHEMA, r->line, r->col, NULL, NULL,
                           "row '%s' is under itself", r->id);
                return;
            }
        }
    }
}

static void key_identities(const medel_filling *f, const medel_yaml *at, void *to)
{
    static const medel_key keys[] = {
        MEDEL_KEY_OF(medel_table_spec, netto, medel_taxonomy_key_rule, netto_rule),
        MEDEL_KEY_OF(medel_table_spec, avvikelse, medel_taxonomy_key_rule,
                     avvikelse_rule),
        MEDEL_KEY_OF(medel_table_spec, convention, medel_taxonomy_key_rule, sign_rule),
    };
    static const medel_mapping form = MEDEL_MAPPING("identities", NULL, keys);
    medel_mapping_fill(f, &form, at, f->key->name, to);
}

/* What stands above its columns. */
static void key_header(const medel_filling *f, const medel_yaml *at, void *to)
{
    medel_table_spec *t = to;
    int word;
    medel_key_word(f, at, &word);
    t->period_header = word == 1;
    t->date_header = word == 2;
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

static void read_table(medel_taxonomy_reader *rd, const char *id, const medel_yaml *n)
{
    static const char *const ranks[] = { "statement", "note", "table", NULL };
    static const char *const headers[] = { "none", "period", "date", NULL };
    static const medel_key keys[] = {
        MEDEL_MUST(medel_table_spec, label, medel_key_text),
        MEDEL_MUST(medel_table_spec, part, medel_key_text),
        MEDEL_MUST(medel_table_spec, place, medel_key_text),
        MEDEL_KEY(medel_table_spec, law, medel_key_text),
        MEDEL_KEY(medel_table_spec, note, medel_key_text),
        MEDEL_KEY_ELSE(columns),
        { "header", key_header, 0, false, headers },
        MEDEL_KEY_ELSE(own_rows),
        MEDEL_KEY(medel_table_spec, sign, key_sign),
        { "identities", key_identities, 0, false, NULL },
        MEDEL_KEY_ELSE(rows),
        MEDEL_KEY(medel_table_spec, headings, medel_key_texts),
        MEDEL_WORD_OF(medel_table_spec, rank, false, ranks),
        MEDEL_KEY_OF(medel_table_spec, role, key_own_role, id),
    };
    static const medel_mapping form = MEDEL_MAPPING("a table", NULL, keys);
    medel_table_spec *t = MEDEL_NEW(rd->arena, medel_table_spec, 1);
    *t = (medel_table_spec){ .id = id, .sign = 1, .rank = MEDEL_RANK_TABLE };
    if (!medel_taxonomy_fill(rd, &form, n, id, t))
        return;
    if (t->note)
        t->rank = MEDEL_RANK_NOTE;
    const medel_yaml *columns = medel_yaml_find(n, "columns");
    const medel_yaml *own = medel_yaml_find(n, "own_rows");
    const medel_yaml *rows = medel_yaml_find(n, "rows");
    if (columns)
        read_columns(rd, t, columns);
    if (own)
        read_own_rows(rd, t, own);
    if (medel_taxonomy_is_mapping(rd, rows, "rows"))
        read_rows(rd, t, rows);
    if (!columns || !rows)
        medel_wrong(rd->src, n, NULL, NULL, "'%s' is missing in table '%s'",
                    columns ? "rows" : "columns", t->id);
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
    medel_wrong(rd->src, at, "its own fields of type text", NULL, "unknown field '%s'",
                medel_clip(rd->arena, name));
}

static void key_rows_of(const medel_filling *f, const medel_yaml *at, void *to)
{
    const char **id = to;
    medel_key_text(f, at, to);
    if (*id && !medel_taxonomy_table(((medel_taxonomy_reader *)f->with)->t, *id))
        medel_wrong(f->src, at, "an id under 'tables'", NULL, "unknown table '%s'",
                    medel_clip(f->arena, *id));
}

static void key_concept_id(const medel_filling *f, const medel_yaml *at, void *to)
{
    const char **id = to;
    medel_key_text(f, at, to);
    if (*id)
        medel_taxonomy_concept_named(f->with, at, *id);
}

static void key_fields(const medel_filling *f, const medel_yaml *at, void *to)
{
    medel_field *of = to;
    of->fields = read_fields(f->with, at, &of->nfields);
}

static void read_field(medel_taxonomy_reader *rd, medel_field *f, const char *name,
                       const medel_yaml *n)
{
    static const medel_key keys[] = {
        MEDEL_KEY(medel_field, type, key_type),
        MEDEL_MUST(medel_field, label, medel_key_text),
        MEDEL_KEY(medel_field, law, medel_key_text),
        MEDEL_KEY(medel_field, required, medel_key_flag),
        MEDEL_KEY(medel_field, values, medel_key_texts),
        MEDEL_KEY_OF(medel_field, concept, key_concept_id, concept_id),
        MEDEL_KEY(medel_field, dimension, medel_key_text),
        MEDEL_KEY(medel_field, rows_of, key_rows_of),
        MEDEL_KEY(medel_field, all_years, medel_key_flag),
        MEDEL_KEY(medel_field, records_of, medel_key_text),
        MEDEL_KEY(medel_field, head, medel_key_text),
        MEDEL_KEY(medel_field, place, medel_key_text),
        MEDEL_KEY(medel_field, named_by, medel_key_texts),
        { "fields", key_fields, 0, false, NULL },
    };
    static const medel_mapping form = MEDEL_MAPPING("a field", NULL, keys);
    f->name = medel_taxonomy_keep(rd, name);
    f->type = MEDEL_FIELD_TEXT;
    if (!medel_taxonomy_fill(rd, &form, n, name, f))
        return;
    for (size_t i = 0; f->named_by[i]; i++)
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
            medel_wrong(rd->src, at, "a field of type records", NULL,
                        "unknown records '%s'", medel_clip(rd->arena, f->records_of));
        if (f->nfields)
            check_records_of(rd, medel_yaml_find(body, "fields"), f->fields, f->nfields);
    }
}

/* ---- the file ---- */

static void key_check(const medel_filling *f, const medel_yaml *at, void *to)
{
    const char *id = NULL;
    medel_taxonomy_key_rule(f, at, &id);
    if (id)
        *(const medel_check_spec **)to =
            medel_taxonomy_check(((medel_taxonomy_reader *)f->with)->t, id);
}

static void read_general(medel_taxonomy_reader *rd, const medel_yaml *n)
{
    static const medel_key keys[] = {
        { "unit", key_check, offsetof(medel_taxonomy, unit_check), true, NULL },
        { "text", key_check, offsetof(medel_taxonomy, text_check), true, NULL },
        { "same", key_check, offsetof(medel_taxonomy, same_check), true, NULL },
        MEDEL_KEY_OF(medel_taxonomy, changed, key_check, changed_check),
    };
    static const medel_mapping form = MEDEL_MAPPING("general", NULL, keys);
    if (n)
        medel_taxonomy_fill(rd, &form, n, form.what, rd->t);
    else
        medel_diag(rd->src, MEDEL_E_SCHEMA, 1, 1, "general: { unit, text, same }", NULL,
                   "'general' is missing in a taxonomy");
}

typedef void (*entry_reader)(medel_taxonomy_reader *rd, const char *id,
                             const medel_yaml *n);

static void read_entries(medel_taxonomy_reader *rd, const medel_yaml *root,
                         const char *key, entry_reader read)
{
    const medel_yaml *n = medel_yaml_find(root, key);
    if (!n)
        medel_wrong(rd->src, root, NULL, NULL, "'%s' is missing in a taxonomy", key);
    if (!medel_taxonomy_is_mapping(rd, n, key))
        return;
    for (size_t i = 0; i < n->count; i++)
        read(rd, medel_taxonomy_keep(rd, n->items[2 * i].text), &n->items[2 * i + 1]);
}

static void read_taxonomy(medel_taxonomy_reader *rd, const medel_yaml *root)
{
    static const medel_key keys[] = { MEDEL_KEY_VERSION(medel_taxonomy),
                                      MEDEL_KEY_ELSE(name),
                                      MEDEL_KEY_ELSE(general),
                                      MEDEL_KEY_ELSE(checks),
                                      MEDEL_KEY_ELSE(kinds),
                                      MEDEL_KEY_ELSE(concepts),
                                      MEDEL_KEY_ELSE(tables),
                                      MEDEL_KEY_ELSE(relations),
                                      MEDEL_KEY_ELSE(fields) };
    static const medel_mapping form = MEDEL_MAPPING("a taxonomy", NULL, keys);
    medel_taxonomy *t = rd->t;
    if (!medel_taxonomy_fill(rd, &form, root, "taxonomy", t))
        return;
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
    return medel_object_read(out, sizeof **out, &reading, fill, NULL);
}

medel_status medel_taxonomy_read(medel_taxonomy **out, const medel_input *in,
                                 const medel_allocator *allocator,
                                 medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, in, in->name, in->text || !in->len);
    return medel_taxonomy_read_packed(out, in, NULL, allocator, diags);
}

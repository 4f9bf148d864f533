/* taxonomy_read.c - the data file that says what can be printed and what sums to what. */
#include "taxonomy.h"

#include <string.h>

typedef struct reader {
    medel_taxonomy *t;
    medel_arena *arena;
    medel_source *src;
} reader;

/* ---- small readers ---- */

static const char *keep(reader *rd, const char *s)
{
    return s ? medel_arena_text(rd->arena, s, strlen(s)) : NULL;
}

static const char *text_at(reader *rd, const medel_yaml *m, const char *key,
                           bool required)
{
    return keep(rd, medel_yaml_text(rd->src, m, key, required));
}

/* Which of the words (NULL-terminated) stands at 'key'; the first when none does. */
static size_t word_at(reader *rd, const medel_yaml *m, const char *key, bool required,
                      const char *const *words)
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

static bool flag_at(reader *rd, const medel_yaml *m, const char *key)
{
    static const char *const words[] = { "false", "true", NULL };
    return word_at(rd, m, key, false, words) == 1;
}

static bool is_mapping(reader *rd, const medel_yaml *n, const char *what)
{
    if (n && n->type == MEDEL_YAML_MAPPING)
        return true;
    if (n)
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "a mapping", NULL,
                   "'%s' is %s", what, medel_yaml_type_name(n));
    return false;
}

static const char *const *texts_at(reader *rd, const medel_yaml *m, const char *key)
{
    const medel_yaml *n = medel_yaml_find(m, key);
    size_t count = n && n->type == MEDEL_YAML_SEQUENCE ? n->count : 0;
    if (n && n->type != MEDEL_YAML_SEQUENCE)
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "a list of texts", NULL,
                   "'%s' is %s", key, medel_yaml_type_name(n));
    const char **out = MEDEL_NEW(rd->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        out[i] = keep(rd, n->items[i].text);
    return out;
}

/* A small whole number at the beginning of s; *rest is what follows it. */
static int integer_of(const char *s, const char **rest)
{
    const char *start = *s == '-' || *s == '+' ? s + 1 : s;
    int n = 0;
    for (*rest = start; medel_digit(**rest) && n < 10000; ++*rest)
        n = n * 10 + (**rest - '0');
    if (*rest == start)
        *rest = s;
    return *s == '-' ? -n : n;
}

static int integer_at(reader *rd, const medel_yaml *m, const char *key, int usual)
{
    const char *s = medel_yaml_text(rd->src, m, key, false), *rest = s;
    int n = s ? integer_of(s, &rest) : usual;
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

static medel_field_type type_at(reader *rd, const medel_yaml *m, medel_field_type usual)
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

/* ---- checks and concepts ---- */

static void read_check(reader *rd, const char *id, const medel_yaml *n)
{
    static const char *const keys[] = { "title", "level", "ground" };
    if (!is_mapping(rd, n, id))
        return;
    medel_yaml_known_keys(rd->src, n, "a check", keys, MEDEL_COUNT(keys));
    medel_check_spec *c = MEDEL_PUSH(rd->arena, &rd->t->checks, medel_check_spec);
    c->id = id;
    c->title = text_at(rd, n, "title", true);
    c->ground = text_at(rd, n, "ground", true);
    static const char *const levels[] = { "note", "recommendation", "deviation", "error",
                                          NULL };
    c->level = (medel_level)word_at(rd, n, "level", true, levels);
}

/* The id of a rule at 'key'; it must be under 'checks'. */
static const char *rule_at(reader *rd, const medel_yaml *m, const char *key,
                           bool required)
{
    const char *rule = text_at(rd, m, key, required);
    const medel_yaml *n = medel_yaml_find(m, key);
    if (rule && !medel_map_get(&rd->t->check_map, rule))
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "an id under 'checks'", NULL,
                   "unknown rule '%s'", medel_clip(rd->arena, rule));
    return rule;
}

/* ---- kinds of amounts ---- */

#define MAX_KINDS 32 /* a set of them is a word of bits */

static void read_kind(reader *rd, const char *id, const medel_yaml *n)
{
    static const char *const keys[] = { "label", "concepts", "rows", "words",
                                        "shown_by" };
    if (!is_mapping(rd, n, id))
        return;
    medel_yaml_known_keys(rd->src, n, "a kind", keys, MEDEL_COUNT(keys));
    if (rd->t->kinds.count == MAX_KINDS) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, NULL, NULL,
                   "there are more than %d kinds", MAX_KINDS);
        return;
    }
    medel_amount_kind *k = MEDEL_PUSH(rd->arena, &rd->t->kinds, medel_amount_kind);
    k->id = id;
    k->label = text_at(rd, n, "label", true);
    k->concepts = texts_at(rd, n, "concepts");
    k->rows = texts_at(rd, n, "rows");
    k->words = texts_at(rd, n, "words");
    k->signs_of = texts_at(rd, n, "shown_by");
}

/* The set of kinds that 'key' names. */
static uint32_t kinds_at(reader *rd, const medel_yaml *m, const char *key)
{
    const medel_yaml *n = medel_yaml_find(m, key);
    const char *const *names = texts_at(rd, m, key);
    const medel_amount_kind *kinds = rd->t->kinds.data;
    uint32_t set = 0;
    for (size_t i = 0; names[i]; i++) {
        size_t k = 0;
        while (k < rd->t->kinds.count && strcmp(kinds[k].id, names[i]) != 0)
            k++;
        if (k < rd->t->kinds.count)
            set |= UINT32_C(1) << k;
        else
            medel_diag(rd->src, MEDEL_E_SCHEMA, n->items[i].line, n->items[i].col,
                       "an id under 'kinds'", NULL, "unknown kind '%s'",
                       medel_clip(rd->arena, names[i]));
    }
    return set;
}

static void read_concept(reader *rd, const char *id, const medel_yaml *n)
{
    static const char *const keys[] = { "label", "period",      "rule",
                                        "type",  "text_rule",   "budget",
                                        "kinds", "unambiguous", "instead" };
    if (!is_mapping(rd, n, id))
        return;
    medel_yaml_known_keys(rd->src, n, "a concept", keys, MEDEL_COUNT(keys));
    medel_concept *c = MEDEL_PUSH(rd->arena, &rd->t->concepts, medel_concept);
    c->id = id;
    c->label = text_at(rd, n, "label", true);
    static const char *const periods[] = { "duration", "instant", NULL };
    c->instant = word_at(rd, n, "period", true, periods) == 1;
    c->budget = flag_at(rd, n, "budget");
    c->unambiguous = flag_at(rd, n, "unambiguous");
    c->kinds = kinds_at(rd, n, "kinds");
    c->instead = texts_at(rd, n, "instead");
    c->rule = rule_at(rd, n, "rule", true);
    c->text_rule = rule_at(rd, n, "text_rule", false);
    c->type = type_at(rd, n, MEDEL_FIELD_AMOUNT);
}

static const medel_concept *concept_at(reader *rd, const medel_yaml *n, const char *id)
{
    const medel_concept *c = medel_taxonomy_concept(rd->t, id);
    if (!c)
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "an id under 'concepts'",
                   NULL, "unknown concept '%s'", id);
    return c;
}

/* ---- rows ---- */

static medel_row_concept row_concept(reader *rd, const char *measure, const medel_yaml *n)
{
    medel_row_concept rc = { keep(rd, measure), NULL, 1 };
    const char *id = n->text;
    if (*id == '-') {
        rc.sign = -1;
        id++;
    }
    rc.concept_ref = concept_at(rd, n, id);
    return rc;
}

static medel_row_full *read_row(reader *rd, const char *id, const medel_yaml *n, int sign)
{
    static const char *const keys[] = { "label",   "synonyms", "concept", "concepts",
                                        "under",   "note",     "rule",    "tie",
                                        "balance", "type",     "memo",    "weight",
                                        "ratio",   "names",    "members", "ambiguous" };
    static const char *const balances[] = { "cost", "income", "result", NULL };
    medel_row_full *r = MEDEL_NEW(rd->arena, medel_row_full, 1);
    r->row.id = id;
    r->row.weight = r->row.sign = 1;
    r->row.type = MEDEL_FIELD_AMOUNT;
    r->line = n->line;
    r->col = n->col;
    if (!is_mapping(rd, n, id))
        return r;
    medel_yaml_known_keys(rd->src, n, "a row", keys, MEDEL_COUNT(keys));
    r->row.label = text_at(rd, n, "label", true);
    r->row.synonyms = texts_at(rd, n, "synonyms");
    r->row.names = texts_at(rd, n, "names");
    r->row.members = texts_at(rd, n, "members");
    r->row.under = text_at(rd, n, "under", false);
    r->row.note = text_at(rd, n, "note", false);
    r->row.rule = rule_at(rd, n, "rule", false);
    r->row.tie = rule_at(rd, n, "tie", false);
    if (medel_yaml_find(n, "balance"))
        r->row.balance = balances[word_at(rd, n, "balance", false, balances)];
    r->row.memo = flag_at(rd, n, "memo");
    r->row.ambiguous = flag_at(rd, n, "ambiguous");
    r->row.type = type_at(rd, n, MEDEL_FIELD_AMOUNT);
    r->row.sign = r->row.type == MEDEL_FIELD_AMOUNT ? sign : 1;
    r->row.weight = integer_at(rd, n, "weight", 1) < 0 ? -1 : 1;
    const char *concept = medel_yaml_text(rd->src, n, "concept", false);
    if (concept)
        r->concept_ref = concept_at(rd, medel_yaml_find(n, "concept"), concept);
    const medel_yaml *ratio = medel_yaml_find(n, "ratio");
    if (ratio && ratio->type == MEDEL_YAML_SEQUENCE && ratio->count == 2) {
        r->row.numerator = keep(rd, ratio->items[0].text);
        r->row.denominator = keep(rd, ratio->items[1].text);
    } else if (ratio) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, ratio->line, ratio->col,
                   "ratio: [numerator, denominator]", NULL,
                   "the ratio of '%s' is not two rows", id);
    }
    const medel_yaml *by = medel_yaml_find(n, "concepts");
    if (by && is_mapping(rd, by, "concepts")) {
        medel_row_concept *list = MEDEL_NEW(rd->arena, medel_row_concept, by->count);
        for (size_t i = 0; i < by->count; i++)
            list[i] = row_concept(rd, by->items[2 * i].text, &by->items[2 * i + 1]);
        r->concepts = list;
        r->nconcepts = by->count;
    }
    return r;
}

static void read_column(reader *rd, medel_column *c, const char *id, const medel_yaml *n)
{
    static const char *const keys[] = { "label", "measure", "variant", "year" };
    static const char *const variants[] = { "utfall", "budget", "prognos", NULL };
    c->id = keep(rd, id);
    if (!is_mapping(rd, n, id))
        return;
    medel_yaml_known_keys(rd->src, n, "a column", keys, MEDEL_COUNT(keys));
    c->label = text_at(rd, n, "label", true);
    c->measure = text_at(rd, n, "measure", true);
    c->variant = (medel_variant)word_at(rd, n, "variant", true, variants);
    c->year = integer_at(rd, n, "year", 0);
}

/* `columns: year`, or the columns by name. */
static void read_columns(reader *rd, medel_table_full *t, const medel_yaml *n)
{
    if (n->type == MEDEL_YAML_SCALAR && strcmp(n->text, "year") == 0) {
        t->spec.by_year = true;
        return;
    }
    if (n->type != MEDEL_YAML_MAPPING) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "columns: year, or a mapping of columns", NULL,
                   "the columns of '%s' are %s", t->spec.id, medel_yaml_type_name(n));
        return;
    }
    medel_column *c = MEDEL_NEW(rd->arena, medel_column, n->count);
    for (size_t i = 0; i < n->count; i++)
        read_column(rd, &c[i], n->items[2 * i].text, &n->items[2 * i + 1]);
    t->spec.columns = c;
    t->spec.ncolumns = n->count;
}

static void read_own_rows(reader *rd, medel_table_full *t, const medel_yaml *n)
{
    if (n->type == MEDEL_YAML_SCALAR) {
        t->own_rows = strcmp(n->text, "true") == 0;
        return;
    }
    t->own_rows = true;
    if (!is_mapping(rd, n, "own_rows"))
        return;
    if (n->count > MEDEL_COUNT(t->own_concepts))
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, NULL, NULL,
                   "own_rows names more than %zu concepts", MEDEL_COUNT(t->own_concepts));
    for (size_t i = 0; i < n->count && i < MEDEL_COUNT(t->own_concepts); i++) {
        t->own_concepts[i] = row_concept(rd, n->items[2 * i].text, &n->items[2 * i + 1]);
        t->nown_concepts = i + 1;
    }
}

static void check_under(reader *rd, const medel_table_full *t)
{
    for (size_t i = 0; i < t->spec.nrows; i++) {
        const medel_row *r = t->spec.rows[i];
        const medel_row_full *full = (const medel_row_full *)r;
        const char *const names[] = { r->under, r->numerator, r->denominator };
        for (size_t k = 0; k < MEDEL_COUNT(names); k++) {
            if (names[k] && !medel_spec_row(&t->spec, names[k]))
                medel_diag(rd->src, MEDEL_E_SCHEMA, full->line, full->col, NULL, NULL,
                           "row '%s' names an unknown row '%s'", r->id, names[k]);
        }
        const medel_row *up = r;
        for (size_t depth = 0; up && up->under; depth++) {
            up = medel_spec_row(&t->spec, up->under);
            if (depth > t->spec.nrows) {
                medel_diag(rd->src, MEDEL_E_SCHEMA, full->line, full->col, NULL, NULL,
                           "row '%s' is under itself", r->id);
                return;
            }
        }
    }
}

static void read_identities(reader *rd, medel_table_full *t, const medel_yaml *n)
{
    static const char *const keys[] = { "netto", "avvikelse", "convention" };
    medel_yaml_known_keys(rd->src, n, "identities", keys, MEDEL_COUNT(keys));
    t->netto_rule = rule_at(rd, n, "netto", false);
    t->avvikelse_rule = rule_at(rd, n, "avvikelse", false);
    t->sign_rule = rule_at(rd, n, "convention", false);
}

static void read_rows(reader *rd, medel_table_full *t, const medel_yaml *n)
{
    const medel_row **list = MEDEL_NEW(rd->arena, const medel_row *, n->count);
    for (size_t i = 0; i < n->count; i++)
        list[i] =
            &read_row(rd, keep(rd, n->items[2 * i].text), &n->items[2 * i + 1], t->sign)
                 ->row;
    t->spec.rows = list;
    t->spec.nrows = n->count;
    check_under(rd, t);
}

static void read_table_parts(reader *rd, medel_table_full *t, const medel_yaml *n)
{
    const medel_yaml *columns = medel_yaml_find(n, "columns");
    const medel_yaml *own = medel_yaml_find(n, "own_rows");
    const medel_yaml *identities = medel_yaml_find(n, "identities");
    const medel_yaml *rows = medel_yaml_find(n, "rows");
    if (columns)
        read_columns(rd, t, columns);
    if (own)
        read_own_rows(rd, t, own);
    if (identities && is_mapping(rd, identities, "identities"))
        read_identities(rd, t, identities);
    if (rows && is_mapping(rd, rows, "rows"))
        read_rows(rd, t, rows);
    if (!columns || !rows)
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, NULL, NULL,
                   "'%s' is missing in table '%s'", columns ? "rows" : "columns",
                   t->spec.id);
}

static void read_table(reader *rd, const char *id, const medel_yaml *n)
{
    static const char *const keys[] = { "label", "part",       "place",  "law",
                                        "note",  "columns",    "header", "own_rows",
                                        "sign",  "identities", "rows",   "headings",
                                        "rank" };
    static const char *const ranks[] = { "table", "statement", "note", NULL };
    static const medel_rank rank_of[] = { MEDEL_RANK_TABLE, MEDEL_RANK_STATEMENT,
                                          MEDEL_RANK_NOTE };
    static const char *const headers[] = { "none", "period", "date", NULL };
    if (!is_mapping(rd, n, id))
        return;
    medel_yaml_known_keys(rd->src, n, "a table", keys, MEDEL_COUNT(keys));
    medel_table_full *t = MEDEL_NEW(rd->arena, medel_table_full, 1);
    t->spec.id = id;
    t->spec.label = text_at(rd, n, "label", true);
    t->spec.part = text_at(rd, n, "part", true);
    t->spec.place = text_at(rd, n, "place", true);
    t->spec.law = text_at(rd, n, "law", false);
    t->spec.note = text_at(rd, n, "note", false);
    t->spec.headings = texts_at(rd, n, "headings");
    size_t header = word_at(rd, n, "header", false, headers);
    t->spec.period_header = header == 1;
    t->spec.date_header = header == 2;
    t->sign = integer_at(rd, n, "sign", 1) < 0 ? -1 : 1;
    t->rank = rank_of[word_at(rd, n, "rank", false, ranks)];
    if (t->spec.note)
        t->rank = MEDEL_RANK_NOTE;
    read_table_parts(rd, t, n);
    medel_map_put(rd->arena, &rd->t->table_map, id, t);
    *MEDEL_PUSH(rd->arena, &rd->t->tables, medel_table_spec) = t->spec;
}

/* ---- relations ---- */

static medel_relation_term read_term(reader *rd, const medel_yaml *n)
{
    medel_relation_term t = { "", 1, 0, false };
    const char *s = n->text;
    if (*s == '-') {
        t.weight = -1;
        s++;
    }
    size_t len = strcspn(s, "@?");
    t.name = medel_arena_text(rd->arena, s, len);
    const char *rest = s + len;
    if (*rest == '@')
        t.year = integer_of(rest + 1, &rest);
    t.optional = *rest == '?';
    if (*rest && (!t.optional || rest[1]))
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "concept, table.row, -concept, concept@-1 or concept?", NULL,
                   "'%s' is no term", medel_clip(rd->arena, n->text));
    const char *dot = strchr(t.name, '.');
    if (!dot) {
        concept_at(rd, n, t.name);
    } else {
        char *table = medel_arena_text(rd->arena, t.name, (size_t)(dot - t.name));
        const medel_table_spec *spec = medel_taxonomy_table(rd->t, table);
        if (!spec || !medel_spec_row(spec, dot + 1))
            medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "table.row", NULL,
                       "unknown row '%s'", t.name);
    }
    return t;
}

static const medel_relation_term *read_terms(reader *rd, const medel_yaml *n,
                                             size_t *count)
{
    *count = n && n->type == MEDEL_YAML_SEQUENCE ? n->count : 0;
    medel_relation_term *terms = MEDEL_NEW(rd->arena, medel_relation_term, *count);
    for (size_t i = 0; i < *count; i++)
        terms[i] = read_term(rd, &n->items[i]);
    return terms;
}

static void read_relation(reader *rd, const medel_yaml *n)
{
    static const char *const keys[] = { "rule",  "left",       "right", "or",
                                        "ratio", "definition", "kinds", "where_kept" };
    if (!is_mapping(rd, n, "relation"))
        return;
    medel_yaml_known_keys(rd->src, n, "a relation", keys, MEDEL_COUNT(keys));
    medel_relation *r = MEDEL_PUSH(rd->arena, &rd->t->relations, medel_relation);
    r->rule = rule_at(rd, n, "rule", true);
    const medel_yaml *left = medel_yaml_find(n, "left");
    if (left)
        r->left = read_term(rd, left);
    const medel_yaml *ratio = medel_yaml_find(n, "ratio");
    r->ratio = ratio != NULL;
    r->definition = flag_at(rd, n, "definition");
    r->where_kept = flag_at(rd, n, "where_kept");
    r->kinds = kinds_at(rd, n, "kinds");
    r->right = read_terms(rd, ratio ? ratio : medel_yaml_find(n, "right"), &r->nright);
    r->alternative = read_terms(rd, medel_yaml_find(n, "or"), &r->nalternative);
    if (!left || !r->nright || (r->ratio && r->nright != 2))
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "left and right, or left and ratio: [over, under]", NULL,
                   "a relation is not complete");
}

/* ---- fields ---- */

static medel_field *read_fields(reader *rd, const medel_yaml *n, size_t *count);

static void read_field(reader *rd, medel_field *f, const char *name, const medel_yaml *n)
{
    static const char *const keys[] = { "type",       "label",   "law",
                                        "required",   "values",  "concept",
                                        "dimension",  "rows_of", "all_years",
                                        "records_of", "head",    "place",
                                        "fields" };
    f->name = keep(rd, name);
    if (!is_mapping(rd, n, name))
        return;
    medel_yaml_known_keys(rd->src, n, "a field", keys, MEDEL_COUNT(keys));
    f->type = type_at(rd, n, MEDEL_FIELD_TEXT);
    f->label = text_at(rd, n, "label", true);
    f->law = text_at(rd, n, "law", false);
    f->required = flag_at(rd, n, "required");
    f->values = texts_at(rd, n, "values");
    f->concept_id = text_at(rd, n, "concept", false);
    f->dimension = text_at(rd, n, "dimension", false);
    f->rows_of = text_at(rd, n, "rows_of", false);
    f->all_years = flag_at(rd, n, "all_years");
    f->records_of = text_at(rd, n, "records_of", false);
    f->head = text_at(rd, n, "head", false);
    f->place = text_at(rd, n, "place", false);
    const medel_yaml *rows_of = medel_yaml_find(n, "rows_of");
    if (f->rows_of && !medel_taxonomy_table(rd->t, f->rows_of))
        medel_diag(rd->src, MEDEL_E_SCHEMA, rows_of->line, rows_of->col,
                   "an id under 'tables'", NULL, "unknown table '%s'",
                   medel_clip(rd->arena, f->rows_of));
    if (f->concept_id)
        concept_at(rd, medel_yaml_find(n, "concept"), f->concept_id);
    const medel_yaml *fields = medel_yaml_find(n, "fields");
    if (fields)
        f->fields = read_fields(rd, fields, &f->nfields);
}

static medel_field *read_fields(reader *rd, const medel_yaml *n, size_t *count)
{
    *count = is_mapping(rd, n, "fields") ? n->count : 0;
    medel_field *fields = MEDEL_NEW(rd->arena, medel_field, *count);
    for (size_t i = 0; i < *count; i++)
        read_field(rd, &fields[i], n->items[2 * i].text, &n->items[2 * i + 1]);
    return fields;
}

/* What a field calls 'records_of' must be a section of named records. */
static void check_records_of(reader *rd, const medel_yaml *n, const medel_field *fields,
                             size_t count)
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

static const medel_check_spec *general_check(reader *rd, const medel_yaml *n,
                                             const char *key)
{
    const char *id = rule_at(rd, n, key, true);
    return id ? medel_taxonomy_check(rd->t, id) : NULL;
}

static void read_general(reader *rd, const medel_yaml *n)
{
    static const char *const keys[] = { "unit", "text", "same", "changed" };
    if (!n)
        medel_diag(rd->src, MEDEL_E_SCHEMA, 1, 1, "general: { unit, text, same }", NULL,
                   "'general' is missing in a taxonomy");
    if (!is_mapping(rd, n, "general"))
        return;
    medel_yaml_known_keys(rd->src, n, "general", keys, MEDEL_COUNT(keys));
    rd->t->unit_check = general_check(rd, n, "unit");
    rd->t->text_check = general_check(rd, n, "text");
    rd->t->same_check = general_check(rd, n, "same");
    if (medel_yaml_find(n, "changed"))
        rd->t->changed_check = general_check(rd, n, "changed");
}

typedef void (*entry_reader)(reader *rd, const char *id, const medel_yaml *n);

static void read_entries(reader *rd, const medel_yaml *root, const char *key,
                         entry_reader read)
{
    const medel_yaml *n = medel_yaml_find(root, key);
    if (!n)
        medel_diag(rd->src, MEDEL_E_SCHEMA, root->line, root->col, NULL, NULL,
                   "'%s' is missing in a taxonomy", key);
    if (!is_mapping(rd, n, key))
        return;
    for (size_t i = 0; i < n->count; i++)
        read(rd, keep(rd, n->items[2 * i].text), &n->items[2 * i + 1]);
}

static void read_taxonomy(reader *rd, const medel_yaml *root)
{
    static const char *const keys[] = { "medel_taxonomy", "name",      "general",
                                        "checks",         "kinds",     "concepts",
                                        "tables",         "relations", "fields" };
    medel_taxonomy *t = rd->t;
    if (!is_mapping(rd, root, "taxonomy"))
        return;
    medel_yaml_known_keys(rd->src, root, "a taxonomy", keys, MEDEL_COUNT(keys));
    const char *version = medel_yaml_text(rd->src, root, "medel_taxonomy", true);
    const medel_yaml *at = medel_yaml_find(root, "medel_taxonomy");
    if (version && strcmp(version, "1") != 0)
        medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col, "medel_taxonomy: 1", NULL,
                   "unknown version '%s'", medel_clip(rd->arena, version));
    read_entries(rd, root, "checks", read_check);
    medel_check_spec *checks = t->checks.data;
    for (size_t i = 0; i < t->checks.count; i++)
        medel_map_put(rd->arena, &t->check_map, checks[i].id, &checks[i]);
    read_general(rd, medel_yaml_find(root, "general"));
    const medel_yaml *kinds = medel_yaml_find(root, "kinds");
    if (kinds)
        read_entries(rd, root, "kinds", read_kind);
    read_entries(rd, root, "concepts", read_concept);
    medel_concept *concepts = t->concepts.data;
    for (size_t i = 0; i < t->concepts.count; i++)
        medel_map_put(rd->arena, &t->concept_map, concepts[i].id, &concepts[i]);
    read_entries(rd, root, "tables", read_table);
    const medel_yaml *relations = medel_yaml_find(root, "relations");
    bool list = relations && relations->type == MEDEL_YAML_SEQUENCE;
    for (size_t i = 0; list && i < relations->count; i++)
        read_relation(rd, &relations->items[i]);
    if (relations && !list)
        medel_diag(rd->src, MEDEL_E_SCHEMA, relations->line, relations->col,
                   "a list of { rule, left, right }", NULL, "'relations' is %s",
                   medel_yaml_type_name(relations));
    const medel_yaml *fields = medel_yaml_find(root, "fields");
    if (fields)
        t->fields = read_fields(rd, fields, &t->nfields);
    if (fields)
        check_records_of(rd, fields, t->fields, t->nfields);
}

/* Concepts point into the array while rows are read, so it must not grow again:
   rows are read after all concepts. */
static void fill(void *object, medel_source *src, const medel_yaml *root, void *with)
{
    (void)with;
    medel_taxonomy *t = object;
    reader rd = { t, &t->arena, src };
    read_taxonomy(&rd, root);
}

medel_status medel_taxonomy_read(medel_taxonomy **out, const char *file, const char *text,
                                 size_t len, medel_alloc_fn alloc, void *ud,
                                 medel_diagnostics *diags)
{
    const medel_reading in = { file, text, len, alloc, ud, diags, "taxonomy" };
    void *object;
    const medel_status st = medel_object_read(&object, sizeof **out, &in, fill, NULL);
    if (st == MEDEL_OK)
        *out = object;
    return st;
}

/*
 * taxonomy_relation.c - what must hold, of a taxonomy and of what a pack adds to one: the
 * checks, the kinds of amounts, and the relations between concepts and rows.
 */
#include "taxonomy.h"

#include <string.h>

/* "did you mean 'this'?", or NULL. */
static const char *did_you_mean(medel_taxonomy_reader *rd, const char *near)
{
    return near ? medel_arena_format(rd->arena, "did you mean '%s'?", near) : NULL;
}
/* ---- checks ---- */

void medel_taxonomy_read_check(medel_taxonomy_reader *rd, const char *id,
                               const medel_yaml *n)
{
    static const char *const keys[] = { "title", "level", "ground" };
    if (!medel_taxonomy_is_mapping(rd, n, id))
        return;
    medel_yaml_known_keys(rd->src, n, "a check", keys, MEDEL_COUNT(keys));
    medel_check_spec *c = MEDEL_PUSH(rd->arena, &rd->t->checks, medel_check_spec);
    c->id = id;
    c->title = medel_taxonomy_text_at(rd, n, "title", true);
    c->ground = medel_taxonomy_text_at(rd, n, "ground", true);
    static const char *const levels[] = { "note", "recommendation", "deviation", "error",
                                          NULL };
    c->level = (medel_level)medel_taxonomy_word_at(rd, n, "level", true, levels);
}

/* The id of a rule at 'key'; it must be under 'checks'. */
const char *medel_taxonomy_rule_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                                   const char *key, bool required)
{
    const char *rule = medel_taxonomy_text_at(rd, m, key, required);
    const medel_yaml *n = medel_yaml_find(m, key);
    if (rule && !medel_map_get(&rd->t->check_map, rule)) {
        const medel_check_spec *checks = rd->t->checks.data;
        const char **ids = MEDEL_NEW(rd->arena, const char *, rd->t->checks.count);
        for (size_t i = 0; i < rd->t->checks.count; i++)
            ids[i] = checks[i].id;
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "an id under 'checks'",
                   did_you_mean(rd, medel_nearest(rule, ids, rd->t->checks.count)),
                   "unknown rule '%s'", medel_clip(rd->arena, rule));
    }
    return rule;
}

/* ---- kinds of amounts ---- */

#define MAX_KINDS 32 /* a set of them is a word of bits */

void medel_taxonomy_read_kind(medel_taxonomy_reader *rd, const char *id,
                              const medel_yaml *n)
{
    static const char *const keys[] = { "label",    "concepts", "rows", "words",
                                        "shown_by", "net",      "parts" };
    if (!medel_taxonomy_is_mapping(rd, n, id))
        return;
    medel_yaml_known_keys(rd->src, n, "a kind", keys, MEDEL_COUNT(keys));
    if (rd->t->kinds.count == MAX_KINDS) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, NULL, NULL,
                   "there are more than %d kinds", MAX_KINDS);
        return;
    }
    medel_amount_kind *k = MEDEL_PUSH(rd->arena, &rd->t->kinds, medel_amount_kind);
    k->id = id;
    k->label = medel_taxonomy_text_at(rd, n, "label", true);
    k->concepts = medel_taxonomy_texts_at(rd, n, "concepts");
    k->rows = medel_taxonomy_texts_at(rd, n, "rows");
    k->words = medel_taxonomy_texts_at(rd, n, "words");
    k->signs_of = medel_taxonomy_texts_at(rd, n, "shown_by");
    k->net = medel_taxonomy_texts_at(rd, n, "net");
    k->parts = medel_taxonomy_texts_at(rd, n, "parts");
}

/* The set of kinds that 'key' names. */
uint32_t medel_taxonomy_kinds_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                                 const char *key)
{
    const medel_yaml *n = medel_yaml_find(m, key);
    const char *const *names = medel_taxonomy_texts_at(rd, m, key);
    const medel_amount_kind *kinds = rd->t->kinds.data;
    const char *ids[MAX_KINDS];
    uint32_t set = 0;
    for (size_t k = 0; k < rd->t->kinds.count; k++)
        ids[k] = kinds[k].id;
    for (size_t i = 0; names[i]; i++) {
        size_t k = 0;
        while (k < rd->t->kinds.count && strcmp(kinds[k].id, names[i]) != 0)
            k++;
        if (k < rd->t->kinds.count)
            set |= UINT32_C(1) << k;
        else
            medel_diag(rd->src, MEDEL_E_SCHEMA, n->items[i].line, n->items[i].col,
                       "an id under 'kinds'",
                       did_you_mean(rd, medel_nearest(names[i], ids, rd->t->kinds.count)),
                       "unknown kind '%s'", medel_clip(rd->arena, names[i]));
    }
    return set;
}

/* ---- relations ---- */

static void named_row(medel_taxonomy_reader *rd, const medel_yaml *n,
                      const medel_relation_term *t)
{
    const medel_table_spec *spec = medel_taxonomy_table(rd->t, t->table);
    if (medel_table_spec_find(spec, t->row))
        return;
    const char *near = medel_taxonomy_suggest(rd->t, spec ? t->row : t->table);
    medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "table.row",
               did_you_mean(rd, near), "unknown row '%s'",
               medel_clip(rd->arena, t->name));
}

/* The section of records that a relation is about. */
static const medel_field *records_of(medel_taxonomy_reader *rd, const medel_yaml *n)
{
    const char **names = MEDEL_NEW(rd->arena, const char *, rd->t->nfields);
    size_t count = 0;
    for (size_t i = 0; i < rd->t->nfields; i++) {
        const medel_field *f = &rd->t->fields[i];
        if (f->type != MEDEL_FIELD_RECORDS && f->type != MEDEL_FIELD_LIST)
            continue;
        if (strcmp(f->name, n->text) == 0)
            return f;
        names[count++] = f->name;
    }
    medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "a section of records",
               did_you_mean(rd, medel_nearest(n->text, names, count)),
               "unknown records '%s'", medel_clip(rd->arena, n->text));
    return NULL;
}

static bool is_figure(const medel_field *f)
{
    return f->type >= MEDEL_FIELD_AMOUNT && f->type <= MEDEL_FIELD_NUMBER;
}

/* A figure among the fields of the records that a relation is about. */
static void named_field(medel_taxonomy_reader *rd, const medel_yaml *n,
                        const medel_relation_term *t, const medel_field *of)
{
    const char **names = MEDEL_NEW(rd->arena, const char *, of->nfields);
    size_t count = 0;
    if (t->year || t->optional)
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "field or -field", NULL,
                   "'%s' is no term of a record", medel_clip(rd->arena, n->text));
    for (size_t i = 0; i < of->nfields; i++) {
        if (is_figure(&of->fields[i]) && strcmp(of->fields[i].name, t->name) == 0)
            return;
        if (is_figure(&of->fields[i]))
            names[count++] = of->fields[i].name;
    }
    medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "a figure of the records",
               did_you_mean(rd, medel_nearest(t->name, names, count)),
               "'%s' has no figure '%s'", of->name, medel_clip(rd->arena, t->name));
}

static medel_relation_term read_term(medel_taxonomy_reader *rd, const medel_yaml *n,
                                     const medel_field *of)
{
    medel_relation_term t = { .weight = 1 };
    const char *s = n->text;
    if (*s == '-') {
        t.weight = -1;
        s++;
    }
    size_t len = strcspn(s, "@?");
    t.name = medel_arena_text(rd->arena, s, len);
    const char *row = t.name;
    char table[MEDEL_WORD];
    medel_path_word(&row, table, sizeof table);
    if (row && !of) {
        t.table = medel_taxonomy_keep(rd, table);
        t.row = row;
    }
    const char *rest = s + len;
    bool is = true;
    if (*rest == '@') {
        const char *year = rest + 1;
        t.year = medel_taxonomy_integer_of(year, &rest);
        is = rest != year;
    }
    t.optional = *rest == '?';
    if (!is || (*rest && (!t.optional || rest[1])))
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "concept, table.row, -concept, concept@-1 or concept?", NULL,
                   "'%s' is no term", medel_clip(rd->arena, n->text));
    if (of)
        named_field(rd, n, &t, of);
    else if (t.row)
        named_row(rd, n, &t);
    else
        medel_taxonomy_concept_named(rd, n, t.name);
    return t;
}

static const medel_relation_term *read_terms(medel_taxonomy_reader *rd,
                                             const medel_yaml *n, const medel_field *of,
                                             size_t *count)
{
    *count = n && n->type == MEDEL_YAML_SEQUENCE ? n->count : 0;
    medel_relation_term *terms = MEDEL_NEW(rd->arena, medel_relation_term, *count);
    for (size_t i = 0; i < *count; i++)
        terms[i] = read_term(rd, &n->items[i], of);
    return terms;
}

void medel_taxonomy_read_flow(medel_taxonomy_reader *rd, medel_row *row,
                              const medel_yaml *n)
{
    row->flow = read_terms(rd, n, NULL, &row->nflow);
    for (size_t i = 0; i < row->nflow; i++) {
        if (!row->flow[i].row)
            medel_diag(rd->src, MEDEL_E_SCHEMA, n->items[i].line, n->items[i].col,
                       "table.row, -table.row or table.row@-1", NULL,
                       "'%s' is no row of a statement", row->flow[i].name);
    }
}

/* Tables that are what the bookkeeping comes to, by the kontoplan. */
static void read_ledger_tie(medel_taxonomy_reader *rd, medel_relation *r,
                            const medel_yaml *n)
{
    const medel_yaml *list = medel_yaml_find(n, "ledger");
    const medel_table_spec *tables = rd->t->tables.data;
    const size_t count = rd->t->tables.count;
    const char **ids = MEDEL_NEW(rd->arena, const char *, count);
    r->ledger = medel_taxonomy_texts_at(rd, n, "ledger");
    r->left.name = "";
    for (size_t i = 0; i < count; i++)
        ids[i] = tables[i].id;
    for (size_t i = 0; r->ledger[i]; i++) {
        const medel_yaml *item = &list->items[i];
        if (!medel_taxonomy_table(rd->t, r->ledger[i]))
            medel_diag(rd->src, MEDEL_E_SCHEMA, item->line, item->col,
                       "an id under 'tables'",
                       did_you_mean(rd, medel_nearest(r->ledger[i], ids, count)),
                       "unknown table '%s'", medel_clip(rd->arena, r->ledger[i]));
    }
    if (!r->ledger[0] || n->count != 2)
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "{ rule, ledger: [table, ...] }", NULL,
                   "a tie to the bookkeeping has a rule and its tables");
}

static void check_complete(medel_taxonomy_reader *rd, const medel_relation *r,
                           const medel_yaml *n)
{
    const medel_yaml *left = medel_yaml_find(n, "left");
    const medel_yaml *either = medel_yaml_find(n, "or");
    if (!left || !r->nright || (r->ratio && r->nright != 2)
        || (either && !r->nalternative))
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "left and right, or left and ratio: [over, under]", NULL,
                   "a relation is not complete");
    else if (r->within && !r->ratio)
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "ratio: [over, under]", NULL,
                   "'within' is said of a ratio");
    else if (r->of && (r->nalternative || r->kinds || r->where_kept))
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "rule, of, left, right or ratio, definition, within", NULL,
                   "a relation of records has no 'or', 'kinds' or 'where_kept'");
    else if (r->ratio && medel_yaml_find(n, "right"))
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "right or ratio", NULL,
                   "a relation has both 'right' and 'ratio'");
    else if (r->left.weight < 0 || r->left.year || r->left.optional)
        medel_diag(rd->src, MEDEL_E_SCHEMA, left->line, left->col, "concept or table.row",
                   NULL, "'%s' is no left side", medel_clip(rd->arena, left->text));
}

static void read_relation(medel_taxonomy_reader *rd, const medel_yaml *n)
{
    static const char *const keys[] = { "rule",   "of",         "left",       "right",
                                        "or",     "ratio",      "definition", "kinds",
                                        "within", "where_kept", "ledger" };
    if (!medel_taxonomy_is_mapping(rd, n, "relation"))
        return;
    medel_yaml_known_keys(rd->src, n, "a relation", keys, MEDEL_COUNT(keys));
    medel_relation *r = MEDEL_PUSH(rd->arena, &rd->t->relations, medel_relation);
    r->rule = medel_taxonomy_rule_at(rd, n, "rule", true);
    if (medel_yaml_find(n, "ledger")) {
        read_ledger_tie(rd, r, n);
        return;
    }
    const medel_yaml *about = medel_yaml_find(n, "of");
    const medel_field *of = about ? records_of(rd, about) : NULL;
    if (about && !of)
        return;
    r->of = of ? of->name : NULL;
    const medel_yaml *left = medel_yaml_find(n, "left");
    if (left)
        r->left = read_term(rd, left, of);
    const medel_yaml *ratio = medel_yaml_find(n, "ratio");
    r->ratio = ratio != NULL;
    r->definition = medel_taxonomy_flag_at(rd, n, "definition");
    r->where_kept = medel_taxonomy_flag_at(rd, n, "where_kept");
    r->kinds = medel_taxonomy_kinds_at(rd, n, "kinds");
    r->within = medel_taxonomy_flag_at(rd, n, "within");
    r->right =
        read_terms(rd, ratio ? ratio : medel_yaml_find(n, "right"), of, &r->nright);
    r->alternative = read_terms(rd, medel_yaml_find(n, "or"), of, &r->nalternative);
    check_complete(rd, r, n);
}

/* A rule that is tied to the bookkeeping runs by itself, with the ledger. */
static void alone(medel_taxonomy_reader *rd, size_t index, const medel_yaml *n)
{
    const medel_relation *all = rd->t->relations.data;
    for (size_t i = 0; i < index; i++) {
        if ((all[i].ledger || all[index].ledger)
            && medel_same(all[i].rule, all[index].rule))
            medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "a rule of its own",
                       NULL, "'%s' has another relation, and one is to the bookkeeping",
                       medel_clip(rd->arena, all[index].rule));
    }
}

void medel_taxonomy_read_relations(medel_taxonomy_reader *rd, const medel_yaml *root)
{
    const medel_yaml *relations = medel_yaml_find(root, "relations");
    bool list = relations && relations->type == MEDEL_YAML_SEQUENCE;
    for (size_t i = 0; list && i < relations->count; i++)
        read_relation(rd, &relations->items[i]);
    for (size_t i = 0; list && i < relations->count && !rd->src->errors; i++)
        alone(rd, rd->t->relations.count - relations->count + i, &relations->items[i]);
    if (relations && !list)
        medel_diag(rd->src, MEDEL_E_SCHEMA, relations->line, relations->col,
                   "a list of { rule, left, right }", NULL, "'relations' is %s",
                   medel_yaml_type_name(relations));
}

void medel_taxonomy_map_checks(medel_taxonomy_reader *rd)
{
    medel_check_spec *checks = rd->t->checks.data;
    for (size_t i = 0; i < rd->t->checks.count; i++)
        medel_map_put(rd->arena, &rd->t->check_map, checks[i].id, &checks[i]);
}

/* ---- what a pack adds ---- */

static medel_array copy_of(medel_taxonomy_reader *rd, const medel_array *from,
                           size_t item)
{
    medel_array out = { NULL, 0, 0 };
    for (size_t i = 0; i < from->count; i++)
        memcpy(medel_array_push(rd->arena, &out, item),
               (const char *)from->data + i * item, item);
    return out;
}

/* All that the base says, in arrays that can grow. */
static void begin_from(medel_taxonomy_reader *rd, const medel_taxonomy *base)
{
    const medel_arena own = rd->t->arena;
    *rd->t = *base;
    rd->t->arena = own;
    rd->t->base = base;
    rd->t->checks = copy_of(rd, &base->checks, sizeof(medel_check_spec));
    rd->t->relations = copy_of(rd, &base->relations, sizeof(medel_relation));
    rd->t->check_map = (medel_map){ 0 };
}

static void read_new_checks(medel_taxonomy_reader *rd, const medel_yaml *root)
{
    const medel_yaml *n = medel_yaml_find(root, "checks");
    if (!n || !medel_taxonomy_is_mapping(rd, n, "checks"))
        return;
    for (size_t i = 0; i < n->count; i++) {
        const medel_yaml *key = &n->items[2 * i];
        if (medel_taxonomy_check(rd->t->base, key->text))
            medel_diag(rd->src, MEDEL_E_SCHEMA, key->line, key->col, "an id of its own",
                       NULL, "'%s' is already a check", medel_clip(rd->arena, key->text));
        else
            medel_taxonomy_read_check(rd, medel_taxonomy_keep(rd, key->text), key + 1);
    }
}

/* A check that no relation names would never be tried. */
static void all_are_used(medel_taxonomy_reader *rd, const medel_yaml *root)
{
    const medel_yaml *n = medel_yaml_find(root, "checks");
    const medel_relation *relations = rd->t->relations.data;
    for (size_t i = 0; n && n->type == MEDEL_YAML_MAPPING && i < n->count; i++) {
        const medel_yaml *key = &n->items[2 * i];
        bool used = false;
        for (size_t k = 0; k < rd->t->relations.count && !used; k++)
            used = medel_same(relations[k].rule, key->text);
        if (!used)
            medel_diag(rd->src, MEDEL_E_SCHEMA, key->line, key->col,
                       "a line under 'relations' with this rule", NULL,
                       "no relation names '%s'", medel_clip(rd->arena, key->text));
    }
}

/* What points at the base's own checks. */
static const medel_check_spec *same_check(const medel_taxonomy *t,
                                          const medel_check_spec *old)
{
    return old ? medel_taxonomy_check(t, old->id) : NULL;
}

static void fill_extension(void *object, medel_source *src, const medel_yaml *root,
                           void *with)
{
    static const char *const keys[] = { "medel_relations", "checks", "relations" };
    medel_taxonomy *t = object;
    medel_taxonomy_reader rd = { t, &t->arena, src };
    if (!medel_taxonomy_is_mapping(&rd, root, "a file of relations"))
        return;
    medel_yaml_known_keys(src, root, "a file of relations", keys, MEDEL_COUNT(keys));
    medel_taxonomy_version(&rd, root, "medel_relations");
    begin_from(&rd, with);
    read_new_checks(&rd, root);
    medel_taxonomy_map_checks(&rd);
    t->unit_check = same_check(t, t->unit_check);
    t->text_check = same_check(t, t->text_check);
    t->same_check = same_check(t, t->same_check);
    t->changed_check = same_check(t, t->changed_check);
    medel_taxonomy_read_relations(&rd, root);
    if (t->relations.count == t->base->relations.count && !src->errors)
        medel_diag(src, MEDEL_E_SCHEMA, root->line, root->col,
                   "a list of { rule, left, right }", NULL,
                   "'relations' is missing in a file of relations");
    if (!src->errors)
        all_are_used(&rd, root);
}

medel_status medel_taxonomy_extend(medel_taxonomy **out, const medel_taxonomy *base,
                                   const medel_input *in,
                                   const medel_allocator *allocator,
                                   medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, base, in, in->name, in->text || !in->len);
    const medel_reading reading = { in, allocator, diags, "relations", NULL };
    union {
        const medel_taxonomy *in;
        void *out;
    } with = { base };
    void *object;
    const medel_status st =
        medel_object_read(&object, sizeof **out, &reading, fill_extension, with.out);
    if (st == MEDEL_OK)
        *out = object;
    return st;
}

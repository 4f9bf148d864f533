/*
 * taxonomy_relation.c - what must hold, of a taxonomy and of what a pack adds to one: the
 * checks, the kinds of amounts, and the relations between concepts and rows.
 */
#include "taxonomy.h"

#include <string.h>

/* ---- checks ---- */

void medel_taxonomy_read_check(medel_taxonomy_reader *rd, const char *id,
                               const medel_yaml *n)
{
    static const char *const levels[] = { "note", "recommendation", "deviation", "error",
                                          NULL };
    static const medel_key keys[] = {
        MEDEL_MUST(medel_check_spec, title, medel_key_text),
        MEDEL_WORD_OF(medel_check_spec, level, true, levels),
        MEDEL_MUST(medel_check_spec, ground, medel_key_text),
    };
    static const medel_mapping form = MEDEL_MAPPING("a check", NULL, keys);
    medel_check_spec c = { .id = id };
    if (medel_taxonomy_fill(rd, &form, n, id, &c))
        *MEDEL_PUSH(rd->arena, &rd->t->checks, medel_check_spec) = c;
}

/* The id of a rule; it must be under 'checks'. */
void medel_taxonomy_key_rule(const medel_filling *f, const medel_yaml *at, void *to)
{
    const medel_taxonomy *t = ((const medel_taxonomy_reader *)f->with)->t;
    const char *rule = NULL;
    medel_key_text(f, at, &rule);
    *(const char **)to = rule;
    if (!rule || medel_map_get(&t->check_map, rule))
        return;
    const medel_check_spec *checks = t->checks.data;
    const char **ids = MEDEL_NEW(f->arena, const char *, t->checks.count);
    for (size_t i = 0; i < t->checks.count; i++)
        ids[i] = checks[i].id;
    const char *near = medel_nearest(rule, ids, t->checks.count);
    medel_wrong(f->src, at, "an id under 'checks'", medel_did_you_mean(f->arena, near),
                "unknown rule '%s'", medel_clip(f->arena, rule));
}

/* ---- kinds of amounts ---- */

#define MAX_KINDS 32 /* a set of them is a word of bits */

void medel_taxonomy_read_kind(medel_taxonomy_reader *rd, const char *id,
                              const medel_yaml *n)
{
    static const medel_key keys[] = {
        MEDEL_MUST(medel_amount_kind, label, medel_key_text),
        MEDEL_KEY(medel_amount_kind, concepts, medel_key_texts),
        MEDEL_KEY(medel_amount_kind, rows, medel_key_texts),
        MEDEL_KEY(medel_amount_kind, words, medel_key_texts),
        MEDEL_KEY_OF(medel_amount_kind, shown_by, medel_key_texts, signs_of),
        MEDEL_KEY(medel_amount_kind, net, medel_key_texts),
        MEDEL_KEY(medel_amount_kind, parts, medel_key_texts),
        MEDEL_KEY(medel_amount_kind, gathers, medel_key_flag),
    };
    static const medel_mapping form = MEDEL_MAPPING("a kind", NULL, keys);
    medel_amount_kind k = { .id = id };
    if (!medel_taxonomy_fill(rd, &form, n, id, &k))
        return;
    if (rd->t->kinds.count == MAX_KINDS)
        medel_wrong(rd->src, n, NULL, NULL, "there are more than %d kinds", MAX_KINDS);
    else
        *MEDEL_PUSH(rd->arena, &rd->t->kinds, medel_amount_kind) = k;
}

/* A list of kinds, as the set of them. */
void medel_taxonomy_key_kinds(const medel_filling *f, const medel_yaml *at, void *to)
{
    const medel_taxonomy *t = ((const medel_taxonomy_reader *)f->with)->t;
    const char *const *names;
    const medel_amount_kind *kinds = t->kinds.data;
    const char *ids[MAX_KINDS];
    uint32_t *set = to;
    medel_key_texts(f, at, &names);
    for (size_t k = 0; k < t->kinds.count; k++)
        ids[k] = kinds[k].id;
    for (size_t i = 0; names[i]; i++) {
        size_t k = 0;
        while (k < t->kinds.count && strcmp(kinds[k].id, names[i]) != 0)
            k++;
        if (k < t->kinds.count)
            *set |= UINT32_C(1) << k;
        else
            medel_wrong(f->src, &at->items[i], "an id under 'kinds'",
                        medel_did_you_mean(f->arena,
                                           medel_nearest(names[i], ids, t->kinds.count)),
                        "unknown kind '%s'", medel_clip(f->arena, names[i]));
    }
}

/* ---- relations ---- */

static void named_row(medel_taxonomy_reader *rd, const medel_yaml *n,
                      const medel_relation_term *t)
{
    const medel_table_spec *spec = medel_taxonomy_table(rd->t, t->table);
    if (medel_table_spec_find(spec, t->row))
        return;
    const char *near = medel_taxonomy_suggest(rd->t, spec ? t->row : t->table);
    medel_wrong(rd->src, n, "table.row", medel_did_you_mean(rd->arena, near),
                "unknown row '%s'", medel_clip(rd->arena, t->name));
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
    medel_wrong(rd->src, n, "a section of records",
                medel_did_you_mean(rd->arena, medel_nearest(n->text, names, count)),
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
        medel_wrong(rd->src, n, "field or -field", NULL, "'%s' is no term of a record",
                    medel_clip(rd->arena, n->text));
    for (size_t i = 0; i < of->nfields; i++) {
        if (is_figure(&of->fields[i]) && strcmp(of->fields[i].name, t->name) == 0)
            return;
        if (is_figure(&of->fields[i]))
            names[count++] = of->fields[i].name;
    }
    medel_wrong(rd->src, n, "a figure of the records",
                medel_did_you_mean(rd->arena, medel_nearest(t->name, names, count)),
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
        t.year = medel_small_integer(year, &rest);
        is = rest != year;
    }
    t.optional = *rest == '?';
    if (!is || (*rest && (!t.optional || rest[1])))
        medel_wrong(rd->src, n, "concept, table.row, -concept, concept@-1 or concept?",
                    NULL, "'%s' is no term", medel_clip(rd->arena, n->text));
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
            medel_wrong(rd->src, &n->items[i], "table.row, -table.row or table.row@-1",
                        NULL, "'%s' is no row of a statement", row->flow[i].name);
    }
}

/* Tables that are what the bookkeeping comes to, by the kontoplan. */
static void check_ledger_tie(medel_taxonomy_reader *rd, medel_relation *r,
                             const medel_yaml *n)
{
    const medel_yaml *list = medel_yaml_find(n, "ledger");
    const medel_table_spec *tables = rd->t->tables.data;
    const size_t count = rd->t->tables.count;
    const char **ids = MEDEL_NEW(rd->arena, const char *, count);
    r->left.name = "";
    for (size_t i = 0; i < count; i++)
        ids[i] = tables[i].id;
    for (size_t i = 0; r->ledger[i]; i++) {
        const char *near = medel_nearest(r->ledger[i], ids, count);
        if (!medel_taxonomy_table(rd->t, r->ledger[i]))
            medel_wrong(rd->src, &list->items[i], "an id under 'tables'",
                        medel_did_you_mean(rd->arena, near), "unknown table '%s'",
                        medel_clip(rd->arena, r->ledger[i]));
    }
    if (!r->ledger[0] || n->count != 2)
        medel_wrong(rd->src, n, "{ rule, ledger: [table, ...] }", NULL,
                    "a tie to the bookkeeping has a rule and its tables");
}

static void check_complete(medel_taxonomy_reader *rd, const medel_relation *r,
                           const medel_yaml *n)
{
    const medel_yaml *left = medel_yaml_find(n, "left");
    const medel_yaml *either = medel_yaml_find(n, "or");
    if (!left || !r->nright || (r->ratio && r->nright != 2)
        || (either && !r->nalternative))
        medel_wrong(rd->src, n, "left and right, or left and ratio: [over, under]", NULL,
                    "a relation is not complete");
    else if (r->within && !r->ratio)
        medel_wrong(rd->src, n, "ratio: [over, under]", NULL,
                    "'within' is said of a ratio");
    else if (r->of && (r->nalternative || r->kinds || r->where_kept))
        medel_wrong(rd->src, n, "rule, of, left, right or ratio, definition, within",
                    NULL, "a relation of records has no 'or', 'kinds' or 'where_kept'");
    else if (r->ratio && medel_yaml_find(n, "right"))
        medel_wrong(rd->src, n, "right or ratio", NULL,
                    "a relation has both 'right' and 'ratio'");
    else if (r->left.weight < 0 || r->left.year || r->left.optional)
        medel_wrong(rd->src, left, "concept or table.row", NULL, "'%s' is no left side",
                    medel_clip(rd->arena, left->text));
}

static void read_relation(medel_taxonomy_reader *rd, const medel_yaml *n)
{
    static const medel_key keys[] = {
        MEDEL_MUST(medel_relation, rule, medel_taxonomy_key_rule),
        MEDEL_KEY_ELSE(of),
        MEDEL_KEY_ELSE(left),
        MEDEL_KEY_ELSE(right),
        MEDEL_KEY_ELSE(or),
        MEDEL_KEY_ELSE(ratio),
        MEDEL_KEY(medel_relation, definition, medel_key_flag),
        MEDEL_KEY(medel_relation, kinds, medel_taxonomy_key_kinds),
        MEDEL_KEY(medel_relation, within, medel_key_flag),
        MEDEL_KEY(medel_relation, where_kept, medel_key_flag),
        MEDEL_KEY(medel_relation, ledger, medel_key_texts),
    };
    static const medel_mapping form = MEDEL_MAPPING("a relation", NULL, keys);
    medel_relation *r = MEDEL_NEW(rd->arena, medel_relation, 1);
    if (!medel_taxonomy_fill(rd, &form, n, "relation", r))
        return;
    r = memcpy(MEDEL_PUSH(rd->arena, &rd->t->relations, medel_relation), r, sizeof *r);
    if (medel_yaml_find(n, "ledger")) {
        check_ledger_tie(rd, r, n);
        return;
    }
    r->ledger = NULL;
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
            medel_wrong(rd->src, n, "a rule of its own", NULL,
                        "'%s' has another relation, and one is to the bookkeeping",
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
        medel_wrong(rd->src, relations, "a list of { rule, left, right }", NULL,
                    "'relations' is %s", medel_yaml_type_name(relations));
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
            medel_wrong(rd->src, key, "an id of its own", NULL, "'%s' is already a check",
                        medel_clip(rd->arena, key->text));
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
            medel_wrong(rd->src, key, "a line under 'relations' with this rule", NULL,
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
    static const medel_key keys[] = { MEDEL_KEY_VERSION(medel_relations),
                                      MEDEL_KEY_ELSE(checks), MEDEL_KEY_ELSE(relations) };
    static const medel_mapping form = MEDEL_MAPPING("a file of relations", NULL, keys);
    medel_taxonomy *t = object;
    medel_taxonomy_reader rd = { t, &t->arena, src };
    if (!medel_taxonomy_fill(&rd, &form, root, form.what, t))
        return;
    begin_from(&rd, with);
    read_new_checks(&rd, root);
    medel_taxonomy_map_checks(&rd);
    t->unit_check = same_check(t, t->unit_check);
    t->text_check = same_check(t, t->text_check);
    t->same_check = same_check(t, t->same_check);
    t->changed_check = same_check(t, t->changed_check);
    medel_taxonomy_read_relations(&rd, root);
    if (t->relations.count == t->base->relations.count && !src->errors)
        medel_wrong(src, root, "a list of { rule, left, right }", NULL,
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
    return medel_object_read(out, sizeof **out, &reading, fill_extension, with.out);
}

/* taxonomy.c - looking up what can be printed and what sums to what. */
#include "taxonomy.h"

#include <string.h>

MEDEL_FREE(medel_taxonomy_free, medel_taxonomy)

bool medel_taxonomy_extends(const medel_taxonomy *t, const medel_taxonomy *base)
{
    MEDEL_NEEDS_OR(false, t, base);
    while (t && t != base)
        t = t->base;
    return t != NULL;
}

size_t medel_taxonomy_concepts(const medel_taxonomy *t, const medel_concept **first)
{
    MEDEL_NEEDS_OR(0, t, first);
    *first = t->concepts.data;
    return t->concepts.count;
}

const medel_concept *medel_taxonomy_concept(const medel_taxonomy *t, const char *id)
{
    MEDEL_NEEDS_OR(NULL, t, id);
    return medel_map_get(&t->concept_map, id);
}

size_t medel_taxonomy_tables(const medel_taxonomy *t, const medel_table_spec **first)
{
    MEDEL_NEEDS_OR(0, t, first);
    *first = t->tables.data;
    return t->tables.count;
}

const medel_table_spec *medel_taxonomy_table(const medel_taxonomy *t, const char *id)
{
    MEDEL_NEEDS_OR(NULL, t, id);
    return medel_map_get(&t->table_map, id);
}

size_t medel_taxonomy_fields(const medel_taxonomy *t, const medel_field **first)
{
    MEDEL_NEEDS_OR(0, t, first);
    *first = t->fields;
    return t->nfields;
}

const medel_field *medel_field_named(const medel_field *fields, size_t n,
                                     const char *name)
{
    MEDEL_NEEDS_OR(NULL, name);
    for (size_t i = 0; fields && i < n; i++) {
        if (medel_is_named(fields[i].name, name))
            return &fields[i];
    }
    return NULL;
}

size_t medel_taxonomy_checks(const medel_taxonomy *t, const medel_check_spec **first)
{
    MEDEL_NEEDS_OR(0, t, first);
    *first = t->checks.data;
    return t->checks.count;
}

const char *medel_role_id(const medel_taxonomy *t, medel_role role)
{
    return t->roles[role];
}

const medel_table_spec *medel_role_table(const medel_taxonomy *t, medel_role role)
{
    return t->roles[role] ? medel_taxonomy_table(t, t->roles[role]) : NULL;
}

const char *medel_role_row(const medel_taxonomy *t, medel_role table, medel_role role)
{
    const medel_table_spec *spec = medel_role_table(t, table);
    const char *of_concept = NULL;
    for (size_t i = 0; spec && i < spec->nrows; i++) {
        const medel_row *row = spec->rows[i];
        if (row->role == role)
            return row->id;
        if (!of_concept && row->concept_ref
            && medel_has_role(t, row->concept_ref->id, role))
            of_concept = row->id;
    }
    return of_concept;
}

bool medel_has_role(const medel_taxonomy *t, const char *id, medel_role role)
{
    return t->roles[role] && strcmp(t->roles[role], id) == 0;
}

size_t medel_taxonomy_kinds(const medel_taxonomy *t, const medel_amount_kind **first)
{
    *first = t->kinds.data;
    return t->kinds.count;
}

const medel_check_spec *medel_taxonomy_check(const medel_taxonomy *t, const char *id)
{
    return medel_map_get(&t->check_map, id);
}

const medel_check_spec *medel_taxonomy_unit_check(const medel_taxonomy *t)
{
    return t->unit_check;
}

const medel_check_spec *medel_taxonomy_text_check(const medel_taxonomy *t)
{
    return t->text_check;
}

const medel_check_spec *medel_taxonomy_changed_check(const medel_taxonomy *t)
{
    return t->changed_check;
}

const medel_check_spec *medel_taxonomy_same_check(const medel_taxonomy *t)
{
    return t->same_check;
}

bool medel_taxonomy_is_cost(const medel_taxonomy *t, const medel_concept *concept)
{
    const medel_table_spec *tables = t->tables.data;
    for (size_t i = 0; i < t->tables.count; i++) {
        for (size_t k = 0; k < tables[i].nrows; k++) {
            const medel_row *row = tables[i].rows[k];
            if (row->concept_ref == concept && medel_same(row->balance, "cost"))
                return true;
        }
    }
    return false;
}

const medel_relation *medel_taxonomy_relations(const medel_taxonomy *t, size_t *n)
{
    *n = t->relations.count;
    return t->relations.data;
}

bool medel_term_is(const medel_relation_term *t, const char *table, const char *row)
{
    return t->row && strcmp(t->row, row) == 0 && strcmp(t->table, table) == 0;
}

const medel_row *medel_table_spec_find(const medel_table_spec *t, const char *id)
{
    MEDEL_NEEDS_OR(NULL, t, id);
    for (size_t i = 0; i < t->nrows; i++) {
        if (strcmp(t->rows[i]->id, id) == 0)
            return t->rows[i];
    }
    return NULL;
}

const medel_field *medel_field_find(const medel_field *f, const char *name)
{
    return f ? medel_field_named(f->fields, f->nfields, name) : NULL;
}

static void nearest_of(const char **best, unsigned *limit, const char *name,
                       const char *candidate)
{
    unsigned d = medel_edit_distance(name, candidate, *limit);
    if (d <= *limit && (!*best || d < *limit)) {
        *best = candidate;
        *limit = d;
    }
}

const char *medel_taxonomy_suggest(const medel_taxonomy *t, const char *name)
{
    MEDEL_NEEDS_OR(NULL, t, name);
    const char *best = NULL;
    unsigned limit = (unsigned)strlen(name) / 3;
    if (limit < 1)
        limit = 1;
    const medel_concept *concepts = t->concepts.data;
    for (size_t i = 0; i < t->concepts.count; i++)
        nearest_of(&best, &limit, name, concepts[i].id);
    const medel_table_spec *tables = t->tables.data;
    for (size_t i = 0; i < t->tables.count; i++) {
        nearest_of(&best, &limit, name, tables[i].id);
        for (size_t k = 0; k < tables[i].nrows; k++)
            nearest_of(&best, &limit, name, tables[i].rows[k]->id);
    }
    for (size_t i = 0; i < t->nfields; i++)
        nearest_of(&best, &limit, name, t->fields[i].name);
    return best;
}

/* ---- what a relation says ---- */

typedef struct writer {
    char *text;
    size_t size, len;
} writer;

static void put(writer *w, const char *s)
{
    for (; *s; s++, w->len++) {
        if (w->len + 1 < w->size)
            w->text[w->len] = *s;
    }
}

static void put_terms(writer *w, const medel_relation_term *terms, size_t n, bool ratio)
{
    for (size_t i = 0; i < n; i++) {
        put(w, terms[i].weight < 0 ? i ? " - " : "-" : !i ? "" : ratio ? " / " : " + ");
        put(w, terms[i].name);
        put(w, terms[i].year < 0 ? " (year before)" : "");
        put(w, terms[i].optional ? " (if printed)" : "");
    }
}

const char *const *medel_taxonomy_ledger_tie(const medel_taxonomy *t, const char *rule)
{
    MEDEL_NEEDS_OR(NULL, t, rule);
    const medel_relation *all = t->relations.data;
    for (size_t i = 0; i < t->relations.count; i++) {
        if (all[i].ledger && medel_same(all[i].rule, rule))
            return all[i].ledger;
    }
    return NULL;
}

MEDEL_GETTER(size_t, medel_taxonomy_relation_count, medel_taxonomy, relations.count, 0)

const char *medel_taxonomy_relation_says(const medel_taxonomy *t, size_t index,
                                         char *text, size_t size)
{
    MEDEL_OUT_TEXT(text, size);
    MEDEL_NEEDS_OR(NULL, t, text);
    if (index >= t->relations.count)
        return NULL;
    const medel_relation *r = (const medel_relation *)t->relations.data + index;
    writer w = { text, size, 0 };
    for (size_t i = 0; r->ledger && r->ledger[i]; i++) {
        put(&w, i ? ", " : "");
        put(&w, r->ledger[i]);
    }
    put(&w, r->ledger ? " = the bookkeeping" : "");
    put(&w, r->of ? r->of : "");
    put(&w, r->of ? ": " : "");
    put(&w, r->left.name);
    put(&w, r->ledger ? "" : " = ");
    put_terms(&w, r->right, r->nright, r->ratio);
    if (r->nalternative) {
        put(&w, ", or ");
        put_terms(&w, r->alternative, r->nalternative, false);
    }
    if (size)
        text[w.len < size ? w.len : size - 1] = '\0';
    return r->rule;
}

/* ---- names ---- */

bool medel_level_parse(medel_level *out, const char *name)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_OR(false, out, name);
    for (int i = MEDEL_LEVEL_NOTE; i <= MEDEL_LEVEL_ERROR; i++) {
        if (strcmp(name, medel_level_name((medel_level)i)) == 0) {
            *out = (medel_level)i;
            return true;
        }
    }
    return false;
}

const char *medel_level_name(medel_level l)
{
    switch (l) {
    case MEDEL_LEVEL_ERROR: return "error";
    case MEDEL_LEVEL_DEVIATION: return "deviation";
    case MEDEL_LEVEL_RECOMMENDATION: return "recommendation";
    case MEDEL_LEVEL_NOTE: break;
    }
    return "note";
}

const char *medel_variant_name(medel_variant v)
{
    switch (v) {
    case MEDEL_VARIANT_BUDGET: return "budget";
    case MEDEL_VARIANT_PROGNOS: return "prognos";
    case MEDEL_VARIANT_UTFALL: break;
    }
    return "utfall";
}

/* mapping.c - typed trees: finding keys, and filling in a structure by the table of its
 * keys. */
#include "mapping.h"

#include <stdio.h>
#include <string.h>

/* ---- one key at a time ---- */

const medel_yaml *medel_yaml_find(const medel_yaml *mapping, const char *key)
{
    if (mapping->type != MEDEL_YAML_MAPPING)
        return NULL;
    for (size_t i = 0; i < mapping->count; i++) {
        if (medel_is_named(mapping->items[2 * i].text, key))
            return &mapping->items[2 * i + 1];
    }
    return NULL;
}

const char *medel_yaml_type_name(const medel_yaml *n)
{
    switch (n->type) {
    case MEDEL_YAML_SEQUENCE: return "a list";
    case MEDEL_YAML_MAPPING: return "a mapping";
    case MEDEL_YAML_SCALAR: break;
    }
    return "a single value";
}

static void unknown_key(medel_source *src, const medel_yaml *key, const char *what,
                        const char *const *names, size_t n)
{
    const char *near = medel_nearest(key->text, names, n);
    char hint[160], expected[400] = "";
    snprintf(hint, sizeof hint, "did you mean '%s'?", near ? near : "");
    for (size_t k = 0; k < n && strlen(expected) + strlen(names[k]) < 380; k++) {
        strcat(expected, k ? ", " : "one of ");
        strcat(expected, names[k]);
    }
    medel_diag(src, MEDEL_E_SCHEMA, key->line, key->col, n <= 24 ? expected : NULL,
               near ? hint : NULL, "unknown key '%s' in %s", key->text, what);
}

void medel_yaml_known_keys(medel_source *src, const medel_yaml *mapping, const char *what,
                           const char *const *names, size_t n)
{
    for (size_t i = 0; mapping->type == MEDEL_YAML_MAPPING && i < mapping->count; i++) {
        const medel_yaml *key = &mapping->items[2 * i];
        bool known = false;
        for (size_t k = 0; k < n && !known; k++)
            known = medel_is_named(names[k], key->text);
        if (!known)
            unknown_key(src, key, what, names, n);
    }
}

const char *medel_yaml_text(medel_source *src, const medel_yaml *mapping, const char *key,
                            bool required)
{
    const medel_yaml *n = medel_yaml_find(mapping, key);
    if (!n) {
        if (required)
            medel_diag(src, MEDEL_E_SCHEMA, mapping->line, mapping->col, NULL, NULL,
                       "'%s' is missing", key);
        return NULL;
    }
    if (n->type != MEDEL_YAML_SCALAR) {
        medel_diag(src, MEDEL_E_SCHEMA, n->line, n->col, "a single value", NULL,
                   "'%s' is %s", key, medel_yaml_type_name(n));
        return NULL;
    }
    return n->text;
}

/* ---- kinds of keys ---- */

/* What stands there as text; NULL, and a complaint, if it is no single value. */
static const char *single(const medel_filling *f, const medel_yaml *at)
{
    if (at->type == MEDEL_YAML_SCALAR)
        return at->text;
    medel_wrong(f->src, at, "a single value", NULL, "'%s' is %s", f->key->name,
                medel_yaml_type_name(at));
    return NULL;
}

static void no_value(const medel_filling *f, const medel_yaml *at, const char *expected)
{
    medel_wrong(f->src, at, expected, NULL, "'%s' is no value for '%s'",
                medel_clip(f->arena, at->text), f->key->name);
}

void medel_key_text(const medel_filling *f, const medel_yaml *at, void *to)
{
    if (single(f, at))
        *(const char **)to = medel_arena_text(f->arena, at->text, at->len);
}

static const char *const nothing[] = { NULL };

void medel_key_texts(const medel_filling *f, const medel_yaml *at, void *to)
{
    const bool list = at->type == MEDEL_YAML_SEQUENCE;
    if (!list)
        medel_wrong(f->src, at, "a list of texts", NULL, "'%s' is %s", f->key->name,
                    medel_yaml_type_name(at));
    const char **out = MEDEL_NEW(f->arena, const char *, list ? at->count + 1 : 1);
    for (size_t i = 0; list && i < at->count; i++)
        out[i] = medel_arena_text(f->arena, at->items[i].text, strlen(at->items[i].text));
    *(const char *const **)to = out;
}

/* Which of the words it is; the first after a complaint. */
static size_t word_of(const medel_filling *f, const medel_yaml *at,
                      const char *const *words)
{
    const char *s = single(f, at), *expected = "one of";
    for (size_t i = 0; s && words[i]; i++) {
        if (strcmp(words[i], s) == 0)
            return i;
        expected =
            medel_arena_format(f->arena, i ? "%s, %s" : "%s %s", expected, words[i]);
    }
    if (s)
        no_value(f, at, expected);
    return 0;
}

void medel_key_word(const medel_filling *f, const medel_yaml *at, void *to)
{
    *(int *)to = (int)word_of(f, at, f->key->words);
}

void medel_key_choice(const medel_filling *f, const medel_yaml *at, void *to)
{
    *(const char **)to = f->key->words[word_of(f, at, f->key->words)];
}

void medel_key_flag(const medel_filling *f, const medel_yaml *at, void *to)
{
    static const char *const words[] = { "false", "true", NULL };
    *(bool *)to = word_of(f, at, words) == 1;
}

void medel_key_integer(const medel_filling *f, const medel_yaml *at, void *to)
{
    const char *s = single(f, at), *rest = s;
    if (s)
        *(int *)to = medel_small_integer(s, &rest);
    if (s && (*rest || rest == s))
        no_value(f, at, "a whole number");
}

void medel_key_version(const medel_filling *f, const medel_yaml *at, void *to)
{
    (void)to;
    const char *version = single(f, at);
    if (version && strcmp(version, "1") != 0)
        medel_wrong(f->src, at, medel_arena_format(f->arena, "%s: 1", f->key->name), NULL,
                    "unknown version '%s'", medel_clip(f->arena, version));
}

/* ---- forms ---- */

static const medel_key *key_of(const medel_mapping *form, const char *name)
{
    for (size_t k = 0; k < form->count; k++) {
        if (medel_is_named(form->keys[k].name, name))
            return &form->keys[k];
    }
    return NULL;
}

static void unknown_in(const medel_filling *f, const medel_mapping *form,
                       const medel_yaml *key)
{
    const char **names = MEDEL_NEW(f->arena, const char *, form->count);
    for (size_t k = 0; k < form->count; k++)
        names[k] = form->keys[k].name;
    unknown_key(f->src, key, form->what, names, form->count);
}

bool medel_mapping_fill(const medel_filling *f, const medel_mapping *form,
                        const medel_yaml *n, const char *name, void *out)
{
    if (n->type != MEDEL_YAML_MAPPING) {
        medel_wrong(f->src, n, form->expected ? form->expected : "a mapping", NULL,
                    name ? "'%s' is %s" : "%s is %s", name ? name : form->what,
                    medel_yaml_type_name(n));
        return false;
    }
    uint64_t there = 0; /* no form has more keys */
    for (size_t i = 0; i < n->count; i++) {
        const medel_yaml *at = &n->items[2 * i];
        const medel_key *key = key_of(form, at->text);
        if (!key) {
            unknown_in(f, form, at);
            continue;
        }
        there |= UINT64_C(1) << (key - form->keys);
        if (key->read)
            key->read(&(medel_filling){ f->src, f->arena, f->with, key }, at + 1,
                      (char *)out + key->to);
    }
    for (size_t k = 0; k < form->count; k++) {
        const medel_key *key = &form->keys[k];
        if (there >> k & 1)
            continue;
        if (key->required)
            medel_wrong(f->src, n, NULL, NULL, "'%s' is missing", key->name);
        if (key->read == medel_key_texts)
            *(const char *const **)((char *)out + key->to) = nothing;
    }
    return true;
}

void medel_mapping_items(const medel_filling *f, const medel_yaml *owner, const char *key,
                         bool required, medel_item_reader read)
{
    const medel_yaml *list = medel_yaml_find(owner, key);
    const bool is = list && list->type == MEDEL_YAML_SEQUENCE;
    if (!list && required)
        medel_wrong(f->src, owner, NULL, NULL, "'%s' is missing", key);
    else if (list && !is)
        medel_wrong(f->src, list, "a list", NULL, "'%s' is no list", key);
    for (size_t i = 0; is && i < list->count; i++)
        read(f, &list->items[i]);
}

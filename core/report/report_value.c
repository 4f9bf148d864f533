/* report_value.c - the fields of a report file: values, records and lists, by their
 * types. */
#include "report_read.h"

#include <stdlib.h>
#include <string.h>

#define MAX_REPEATS 64 /* of one figure in one field */

/* ---- single values ---- */

void medel_wrong_type(medel_reader *rd, const medel_yaml *n, const medel_field *f,
                      const char *expected, const char *hint)
{
    if (n->type != MEDEL_YAML_SCALAR)
        medel_wrong(rd->src, n, expected, hint, "'%s' is %s", f->name,
                    medel_yaml_type_name(n));
    else if (n->len == 0)
        medel_wrong(rd->src, n, expected, hint, "'%s' is empty", f->name);
    else
        medel_wrong(rd->src, n, expected, hint, "'%s' is no value for '%s'",
                    medel_clip(rd->arena, n->text), f->name);
}

/* A text, or { text: ..., rad: ... }. */
static void read_text(medel_reader *rd, const medel_field *f, const medel_yaml *n,
                      medel_place_text *out)
{
    static const char *const keys[] = { "text", "rad" };
    if (n->type == MEDEL_YAML_SCALAR) {
        if (n->len == 0)
            medel_wrong_type(rd, n, f, "a text",
                             "leave the key out if nothing is printed");
        out->text = medel_reader_keep(rd, n->text);
        return;
    }
    if (n->type == MEDEL_YAML_SEQUENCE) {
        medel_wrong_type(rd, n, f, "a text, or { text: ..., rad: ... }", NULL);
        out->text = "";
        return;
    }
    medel_yaml_known_keys(rd->src, n, f->name, keys, MEDEL_COUNT(keys));
    const char *text = medel_yaml_text(rd->src, n, "text", true);
    out->text = text ? medel_reader_keep(rd, text) : "";
    medel_read_places(rd, medel_yaml_find(n, "rad"), &out->places, &out->nplaces);
}

static void read_texts(medel_reader *rd, const medel_field *f, const medel_yaml *n,
                       medel_value *v)
{
    const bool many = f->type == MEDEL_FIELD_TEXTS || f->type == MEDEL_FIELD_SECTIONS;
    bool list = many && n->type == MEDEL_YAML_SEQUENCE;
    size_t count = list ? n->count : 1;
    if (many && n->type == MEDEL_YAML_SCALAR && n->plain && n->text[0] == '-')
        medel_wrong_type(rd, n, f, "a text, or a list of texts",
                         "an item of a list begins with a dash and a space");
    medel_place_text *texts = MEDEL_NEW(rd->arena, medel_place_text, count);
    for (size_t i = 0; i < count; i++)
        read_text(rd, f, list ? &n->items[i] : n, &texts[i]);
    v->texts = texts;
    v->ntexts = count;
}

static bool word(const char *s)
{
    size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                         "0123456789_.-");
    return n && s[n] == '\0';
}

static bool luhn(const char *s)
{
    int sum = 0, weight = 2;
    for (; *s; s++) {
        if (!medel_digit(*s))
            continue;
        int d = (*s - '0') * weight;
        sum += d / 10 + d % 10;
        weight = 3 - weight;
    }
    return sum % 10 == 0;
}

/* The print has an en dash where the law has a hyphen. */
static const char *plain_dashes(medel_reader *rd, const char *s)
{
    static const char *const dashes[] = { "\xE2\x80\x93", "\xE2\x80\x91", "\xE2\x88\x92",
                                          "\xE2\x80\x90" };
    for (size_t i = 0; i < MEDEL_COUNT(dashes); i++) {
        const char *at = strstr(s, dashes[i]);
        if (at)
            return medel_arena_format(rd->arena, "%.*s-%s", (int)(at - s), s, at + 3);
    }
    return s;
}

static bool org_number(const char *s)
{
    if (strlen(s) != 11 || s[6] != '-')
        return false;
    for (int i = 0; i < 11; i++) {
        if (i != 6 && !medel_digit(s[i]))
            return false;
    }
    return true;
}

static void read_org_number(medel_reader *rd, const medel_field *f, const medel_yaml *n,
                            medel_value *v)
{
    medel_place_text *text = MEDEL_NEW(rd->arena, medel_place_text, 1);
    *text = v->texts[0];
    text->text = plain_dashes(rd, text->text);
    v->texts = text;
    if (org_number(text->text) && !luhn(text->text))
        medel_wrong(rd->src, n, NULL,
                    "compare with the printed one; a digit is wrong or two are swapped",
                    "the check digit of '%s' is wrong", n->text);
    else if (!org_number(text->text))
        medel_wrong_type(rd, n, f,
                         "an organisation number: NNNNNN-NNNN, the last digit "
                         "its check digit",
                         NULL);
}

static const char *one_of(medel_reader *rd, const medel_field *f)
{
    const char *expected = "one of";
    for (size_t i = 0; f->values[i]; i++)
        expected =
            medel_arena_format(rd->arena, i ? "%s, %s" : "%s %s", expected, f->values[i]);
    return expected;
}

static void read_choice(medel_reader *rd, const medel_field *f, const medel_yaml *n)
{
    size_t count = 0;
    while (f->values[count]) {
        if (strcmp(f->values[count], n->text) == 0)
            return;
        count++;
    }
    const char *near = medel_nearest(n->text, f->values, count);
    medel_wrong_type(rd, n, f, one_of(rd, f), medel_did_you_mean(rd->arena, near));
}

static void read_concept_name(medel_reader *rd, const medel_yaml *n)
{
    const medel_taxonomy *t = rd->report->taxonomy;
    const char *row = n->text;
    char table[MEDEL_WORD];
    medel_path_word(&row, table, sizeof table);
    if (row ? medel_taxonomy_table(t, table) != NULL
            : medel_taxonomy_concept(t, n->text) != NULL)
        return;
    const char *near = medel_taxonomy_suggest(t, n->text);
    medel_wrong(rd->src, n, "a concept of the taxonomy, or table.row",
                medel_did_you_mean(rd->arena, near), "unknown concept '%s'",
                medel_clip(rd->arena, n->text));
}

static void read_scalar(medel_reader *rd, const medel_field *f, const medel_yaml *n,
                        medel_value *v)
{
    int32_t days;
    if (n->type != MEDEL_YAML_SCALAR) {
        medel_wrong_type(rd, n, f, "a single value", NULL);
        return;
    }
    if (n->len == 0) {
        medel_wrong_type(rd, n, f, "a single value",
                         "leave the key out if nothing is printed");
        return;
    }
    read_texts(rd, f, n, v);
    switch (f->type) {
    case MEDEL_FIELD_WORD:
        if (!word(n->text))
            medel_wrong_type(rd, n, f, "a name: a-z, 0-9, _ . and -", NULL);
        else if (f->rows_of || f->records_of)
            medel_note_reference(rd, f, n);
        break;
    case MEDEL_FIELD_CHOICE: read_choice(rd, f, n); break;
    case MEDEL_FIELD_CONCEPT: read_concept_name(rd, n); break;
    case MEDEL_FIELD_FLAG:
        v->integer = strcmp(n->text, "true") == 0;
        if (!v->integer && strcmp(n->text, "false") != 0)
            medel_wrong_type(rd, n, f, "true or false", NULL);
        break;
    case MEDEL_FIELD_DATE:
        if (!medel_date_parse(&days, n->text, n->len))
            medel_wrong_type(rd, n, f, "a day that exists, as YYYY-MM-DD", NULL);
        else
            v->integer = days;
        break;
    case MEDEL_FIELD_YEAR:
        v->integer = n->len == 4 ? atoi(n->text) : 0;
        if (v->integer < 1990 || v->integer > 2100)
            medel_wrong_type(rd, n, f, "a year, 1990 to 2100", NULL);
        break;
    case MEDEL_FIELD_ORG_NUMBER: read_org_number(rd, f, n, v); break;
    default: break;
    }
}

/* ---- figures of a field ---- */

static medel_fact *read_field_figure(medel_reader *rd, const medel_field *f,
                                     const char *path, const char *item,
                                     const medel_yaml *n)
{
    static const char *const keys[] = { "tal", "rad", "text", "noggrannhet" };
    const medel_yaml *figure = n;
    const char *precision = NULL;
    if (n->type == MEDEL_YAML_MAPPING) {
        medel_yaml_known_keys(rd->src, n, f->name, keys, MEDEL_COUNT(keys));
        precision = medel_read_precision(rd, n);
        figure = medel_yaml_find(n, "tal");
        if (!figure) {
            medel_wrong_type(rd, n, f, "tal: the figure", NULL);
            return NULL;
        }
    }
    medel_unit usual = f->type == MEDEL_FIELD_AMOUNT ? MEDEL_UNIT_KR : MEDEL_UNIT_NUMBER;
    medel_fact *fact = medel_read_figure(rd, figure, f->type, usual, precision);
    if (!fact)
        return NULL;
    fact->table = path;
    fact->item = item;
    fact->row = f->name;
    fact->label = f->label;
    if (n->type == MEDEL_YAML_MAPPING) {
        const char *text = medel_yaml_text(rd->src, n, "text", false);
        if (text)
            fact->label = medel_reader_keep(rd, text);
        medel_read_places(rd, medel_yaml_find(n, "rad"), &fact->places, &fact->nplaces);
    }
    if (f->concept_id)
        fact->concept_ref = medel_taxonomy_concept(rd->report->taxonomy, f->concept_id);
    return fact;
}

static void read_figures(medel_reader *rd, const medel_field *f, const char *path,
                         const char *item, const medel_yaml *n, medel_value *v)
{
    bool list = n->type == MEDEL_YAML_SEQUENCE;
    size_t count = list ? n->count : 1, got = 0;
    if (count == 0 || count > MAX_REPEATS) {
        medel_wrong_type(rd, n, f,
                         "a figure, or a list of up to 64 when it is printed repeatedly",
                         NULL);
        return;
    }
    const medel_fact **facts = MEDEL_NEW(rd->arena, const medel_fact *, count);
    for (size_t i = 0; i < count; i++) {
        const medel_fact *fact =
            read_field_figure(rd, f, path, item, list ? &n->items[i] : n);
        if (fact)
            facts[got++] = fact;
        if (fact && got > 1) {
            medel_tie *tie = MEDEL_PUSH(rd->arena, &rd->report->ties, medel_tie);
            tie->first = facts[0];
            tie->second = fact;
        }
    }
    v->facts = facts;
    v->nfacts = got;
}

/* ---- records ---- */

/* "namn, part, not_rad": what a record may hold. */
static const char *fields_of(medel_reader *rd, const medel_field *f)
{
    const char *names = "";
    for (size_t i = 0; i < f->nfields && i < 8; i++)
        names = medel_arena_format(rd->arena, i ? "%s, %s" : "%s%s", names,
                                   f->fields[i].name);
    return f->nfields > 8 ? medel_arena_format(rd->arena, "%s ...", names) : names;
}

static void no_list(medel_reader *rd, const medel_field *f, const medel_yaml *n)
{
    bool dash = n->type == MEDEL_YAML_SCALAR ? n->text[0] == '-'
                                             : n->count && n->items[0].text[0] == '-';
    const char *form = f->type == MEDEL_FIELD_LIST ? "a list of records with %s"
                                                   : "name: { ... } for each, with %s";
    medel_wrong_type(rd, n, f, medel_arena_format(rd->arena, form, fields_of(rd, f)),
                     dash ? "an item of a list begins with a dash and a space" : NULL);
}

static void read_list(medel_reader *rd, const medel_field *f, const char *path,
                      const medel_yaml *n, medel_value *v)
{
    medel_yaml_type want =
        f->type == MEDEL_FIELD_LIST ? MEDEL_YAML_SEQUENCE : MEDEL_YAML_MAPPING;
    if (n->type != want) {
        no_list(rd, f, n);
        return;
    }
    const medel_record **records = MEDEL_NEW(rd->arena, const medel_record *, n->count);
    for (size_t i = 0; i < n->count; i++) {
        const medel_yaml *key = want == MEDEL_YAML_MAPPING ? &n->items[2 * i] : NULL;
        const medel_yaml *body = key ? &n->items[2 * i + 1] : &n->items[i];
        const char *id = key ? medel_reader_keep(rd, key->text)
                             : medel_arena_format(rd->arena, "%zu", i + 1);
        if (key && !word(key->text))
            medel_wrong(rd->src, key, "a short name of your choice: a-z, 0-9 and _", NULL,
                        "'%s' is no name for one of '%s'", key->text, f->name);
        records[i] = medel_read_record(rd, f, id, path, body);
    }
    v->records = records;
    v->nrecords = n->count;
}

const medel_value *medel_read_value(medel_reader *rd, const medel_field *f,
                                    const char *path, const char *item,
                                    const medel_yaml *n)
{
    medel_value *v = MEDEL_NEW(rd->arena, medel_value, 1);
    v->field = f;
    v->line = n->line;
    v->col = n->col;
    switch (f->type) {
    case MEDEL_FIELD_RECORD: {
        const medel_record **one = MEDEL_NEW(rd->arena, const medel_record *, 1);
        one[0] = medel_read_record(rd, f, item, path, n);
        v->records = one;
        v->nrecords = 1;
        break;
    }
    case MEDEL_FIELD_RECORDS:
    case MEDEL_FIELD_LIST: read_list(rd, f, path, n, v); break;
    case MEDEL_FIELD_TEXT:
    case MEDEL_FIELD_TEXTS:
    case MEDEL_FIELD_SECTIONS: read_texts(rd, f, n, v); break;
    case MEDEL_FIELD_LINE:
        medel_read_places(rd, n, &v->places, &v->nplaces);
        v->integer = v->nplaces ? v->places[0] : 0;
        break;
    case MEDEL_FIELD_OWN_ROWS: medel_read_own_rows(rd, n); break;
    case MEDEL_FIELD_AMOUNT:
    case MEDEL_FIELD_SHARE:
    case MEDEL_FIELD_COUNT:
    case MEDEL_FIELD_COUNT_OR_SHARE:
    case MEDEL_FIELD_AMOUNT_PER_COUNT:
    case MEDEL_FIELD_NUMBER: read_figures(rd, f, path, item, n, v); break;
    default: read_scalar(rd, f, n, v); break;
    }
    return v;
}

const medel_value *medel_record_field(const medel_record *r, const char *name)
{
    MEDEL_NEEDS_OR(NULL, r, name);
    const medel_field *f = medel_field_named(r->spec->fields, r->spec->nfields, name);
    return f ? r->values[f - r->spec->fields] : NULL;
}

const char *medel_record_text_of(const medel_record *r, const char *name)
{
    const medel_value *v = medel_record_field(r, name);
    return v && v->ntexts ? v->texts[0].text : NULL;
}

/* "-817 710": the text prints no unit where the concept has one. */
static void assume_unit(medel_fact *f, medel_field_type type)
{
    medel_figure figure;
    medel_unit unit = type == MEDEL_FIELD_AMOUNT  ? MEDEL_UNIT_KR
                      : type == MEDEL_FIELD_SHARE ? MEDEL_UNIT_PERCENT
                      : type == MEDEL_FIELD_COUNT ? MEDEL_UNIT_COUNT
                                                  : MEDEL_UNIT_NUMBER;
    if (f->state != MEDEL_FIGURE_VALUE || f->unit != MEDEL_UNIT_NUMBER
        || medel_figure_parse(&figure, f->text, strlen(f->text), NULL) != MEDEL_OK
        || figure.has_unit
        || medel_figure_quantity(&f->printed, &figure, unit) != MEDEL_OK)
        return;
    f->unit = unit;
    f->value = f->printed;
}

/* A figure of running text is what its neighbours `begrepp`, `variant`, `ar` say. */
static void tie_to_concept(medel_reader *rd, const medel_record *r, medel_fact *f)
{
    const char *name = medel_record_text_of(r, "begrepp"),
               *variant = medel_record_text_of(r, "variant");
    f->in_text = true;
    if (strcmp(f->table, "prognoser") == 0)
        f->variant = MEDEL_VARIANT_PROGNOS;
    for (int v = MEDEL_VARIANT_UTFALL; variant && v <= MEDEL_VARIANT_PROGNOS; v++) {
        if (strcmp(variant, medel_variant_name((medel_variant)v)) == 0)
            f->variant = (medel_variant)v;
    }
    if (!name)
        return;
    const char *row = name;
    char table[MEDEL_WORD];
    medel_path_word(&row, table, sizeof table);
    if (row) {
        const medel_value *at = medel_record_field(r, "begrepp");
        medel_reference *ref =
            MEDEL_PUSH(rd->arena, &rd->report->references, medel_reference);
        *ref = (medel_reference){
            .fact = f, .path = name, .src = rd->src, .line = at->line, .col = at->col
        };
        return;
    }
    f->concept_ref = medel_taxonomy_concept(rd->report->taxonomy, name);
    if (f->concept_ref)
        assume_unit(f, f->concept_ref->type);
}

/* "Coachingteamet"; "deltagare, nr 3" of what has no name; NULL if nothing tells it. */
static const char *record_title(medel_reader *rd, const medel_record *r)
{
    const char *title = medel_record_text_of(r, "namn");
    if (title || !r->spec->named_by)
        return title;
    for (const char *const *name = r->spec->named_by; *name; name++) {
        const char *part = medel_record_text_of(r, *name);
        if (!part)
            continue;
        if (*part >= '0' && *part <= '9')
            part = medel_arena_format(rd->arena, "nr %s", part);
        title = title ? medel_arena_format(rd->arena, "%s, %s", title, part) : part;
    }
    return title;
}

static void name_facts(medel_reader *rd, const medel_record *r, const medel_value *v)
{
    const char *title = record_title(rd, r);
    const char *words = medel_record_text_of(r, "text");
    const medel_value *line = medel_record_field(r, "rad"),
                      *year = medel_record_field(r, "ar");
    for (size_t i = 0; i < v->nfacts; i++) {
        /* Facts are still ours to complete: the report is not handed out yet. */
        medel_fact *f = ((medel_fact **)rd->report->facts.data)[v->facts[i]->index];
        if (title)
            f->label = medel_arena_format(rd->arena, "%s: %s", title, f->label);
        else if (words && v->field->type == MEDEL_FIELD_NUMBER
                 && strcmp(v->field->name, "tal") == 0)
            f->label = words;
        else if (words)
            f->label = medel_arena_format(rd->arena, "%s: %s", words, f->label);
        if (!f->nplaces && line) {
            f->places = line->places;
            f->nplaces = line->nplaces;
        }
        if (year && year->field->type == MEDEL_FIELD_YEAR)
            f->year = (int)year->integer;
        if (v->field->dimension)
            f->dimension = medel_record_text_of(r, v->field->dimension);
        if (f->concept_ref && v->field->dimension && !f->dimension)
            f->concept_ref = NULL; /* an insats without a row in the driftredovisning */
        const medel_value *concept = medel_record_field(r, "begrepp");
        if (concept || strcmp(f->table, "uppgifter") == 0
            || strcmp(f->table, "revision.uppgifter") == 0)
            tie_to_concept(rd, r, f);
    }
}

void medel_check_required(medel_reader *rd, const medel_field *spec,
                          const medel_record *r, const medel_yaml *n)
{
    for (size_t i = 0; i < spec->nfields; i++) {
        const medel_field *f = &spec->fields[i];
        if (f->required && !r->values[i])
            medel_wrong(rd->src, n, f->type == MEDEL_FIELD_CHOICE ? one_of(rd, f) : NULL,
                        NULL, "'%s' is missing in %s", f->name, spec->name);
    }
}

const medel_record *medel_read_record(medel_reader *rd, const medel_field *spec,
                                      const char *id, const char *path,
                                      const medel_yaml *n)
{
    medel_record *r = MEDEL_NEW(rd->arena, medel_record, 1);
    const medel_value **values = MEDEL_NEW(rd->arena, const medel_value *, spec->nfields);
    r->id = id;
    r->spec = spec;
    r->values = values;
    r->line = n->line;
    r->col = n->col;
    if (n->type != MEDEL_YAML_MAPPING) {
        medel_wrong_type(
            rd, n, spec,
            medel_arena_format(rd->arena, "a mapping with %s", fields_of(rd, spec)),
            NULL);
        return r;
    }
    const char **names = MEDEL_NEW(rd->arena, const char *, spec->nfields);
    for (size_t i = 0; i < spec->nfields; i++)
        names[i] = spec->fields[i].name;
    medel_yaml_known_keys(rd->src, n, spec->name, names, spec->nfields);
    for (size_t i = 0; i < spec->nfields; i++) {
        const medel_field *f = &spec->fields[i];
        const medel_yaml *child = medel_yaml_find(n, f->name);
        const char *below =
            f->nfields ? medel_arena_format(rd->arena, "%s.%s", path, f->name) : path;
        if (child)
            values[i] = medel_read_value(rd, f, below, id, child);
    }
    medel_check_required(rd, spec, r, n);
    for (size_t i = 0; i < spec->nfields; i++) {
        if (values[i] && values[i]->nfacts)
            name_facts(rd, r, values[i]);
    }
    return r;
}

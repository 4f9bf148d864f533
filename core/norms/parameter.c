/* parameter.c - dated norms: values and stairs of rates, each with its source. */
#include "medel_norms_packed.h"
#include "taxonomy.h"

#include <string.h>

struct medel_parameters {
    medel_arena arena;
    medel_array values; /* medel_parameter_value, in the order of the file */
    medel_map places;   /* place, by id: values are looked up for each year of each run */
};

typedef struct place {
    size_t first, past; /* in values */
} place;

/* A norm is exact: 20 % is not 19,5 to 20,5. */
static void key_quantity(const medel_filling *f, const medel_yaml *n, void *to)
{
    static const char expected[] = "a figure with its unit: 20 %, 7 000 000 kr, 10";
    medel_figure figure;
    const char *why = "a dash is no value";
    if (n->type != MEDEL_YAML_SCALAR) {
        medel_wrong(f->src, n, expected, NULL, "%s stands where a figure is expected",
                    medel_yaml_type_name(n));
        return;
    }
    if (medel_figure_parse(&figure, n->text, n->len, &why) == MEDEL_OK
        && figure.state == MEDEL_FIGURE_VALUE) {
        medel_unit unit = figure.has_unit ? figure.unit : MEDEL_UNIT_NUMBER;
        int64_t places = 1;
        for (unsigned i = 0; i < figure.decimals; i++)
            places *= 10;
        if (medel_quantity_make(to, figure.digits, places, unit) == MEDEL_OK)
            return;
        why = "it is too large";
    }
    medel_wrong(f->src, n, expected, NULL, "'%s' is no figure: %s",
                medel_clip(f->arena, n->text), why);
}

static void key_steps(const medel_filling *f, const medel_yaml *n, void *to)
{
    static const medel_key keys[] = { MEDEL_KEY_OF(medel_step, to, key_quantity, upper),
                                      MEDEL_KEY(medel_step, rate, key_quantity) };
    static const medel_mapping form =
        MEDEL_MAPPING("a step", "{ to: amount, rate: share }", keys);
    medel_parameter_value *v = to;
    if (n->type != MEDEL_YAML_SEQUENCE || n->count == 0) {
        medel_wrong(f->src, n, "steps: [{ to: amount, rate: share }, { rate: share }]",
                    NULL, "'%s' has no steps", v->id);
        return;
    }
    medel_step *steps = MEDEL_NEW(f->arena, medel_step, n->count);
    for (size_t i = 0; i < n->count; i++) {
        const medel_yaml *s = &n->items[i];
        if (!medel_mapping_fill(f, &form, s, NULL, &steps[i]))
            continue;
        const bool below = medel_yaml_find(s, "to");
        steps[i].open = !below;
        if (!medel_yaml_find(s, "rate") || (!below && i + 1 < n->count))
            medel_wrong(f->src, s,
                        "{ to: amount, rate: share }, and { rate: share } last", NULL,
                        "a step is not complete");
        int order = 1;
        if (i && below && !steps[i - 1].open
            && (medel_quantity_compare(&order, &steps[i].upper, &steps[i - 1].upper)
                    != MEDEL_OK
                || order <= 0))
            medel_wrong(f->src, s, "rising steps", NULL,
                        "this step is not above the one before");
    }
    v->has_steps = true;
    v->steps = steps;
    v->nsteps = n->count;
}

static void key_date(const medel_filling *f, const medel_yaml *at, void *to)
{
    const char *text = NULL;
    medel_key_text(f, at, &text);
    if (text && !medel_date_parse(to, text, strlen(text)))
        medel_wrong(f->src, at, "a day that exists, as YYYY-MM-DD", NULL,
                    "'%s' is no date", medel_clip(f->arena, text));
}

static void read_value(const medel_filling *f, const medel_yaml *n,
                       const medel_parameter_value *head)
{
    static const medel_key keys[] = {
        MEDEL_MUST(medel_parameter_value, from, key_date),
        MEDEL_KEY(medel_parameter_value, value, key_quantity),
        { "steps", key_steps, 0, false, NULL },
        MEDEL_MUST(medel_parameter_value, source, medel_key_text),
        MEDEL_KEY(medel_parameter_value, confirmed_to, key_quantity),
    };
    static const medel_mapping form =
        MEDEL_MAPPING("a dated value", "{ from: date, value: ..., source: ... }", keys);
    medel_parameter_value v = *head;
    v.line = n->line;
    v.col = n->col;
    if (!medel_mapping_fill(f, &form, n, NULL, &v))
        return;
    v.has_confirmed_to = medel_yaml_find(n, "confirmed_to");
    medel_parameters *p = f->with;
    *MEDEL_PUSH(f->arena, &p->values, medel_parameter_value) = v;
    const bool value = medel_yaml_find(n, "value"), steps = medel_yaml_find(n, "steps");
    if (value == steps)
        medel_wrong(f->src, n, "value or steps", NULL,
                    "a dated value has %s value %s steps", value ? "both" : "neither",
                    value ? "and" : "nor");
}

static void read_values(const medel_filling *f, const medel_yaml *n,
                        const medel_parameter_value *head)
{
    const medel_parameters *p = f->with;
    const medel_yaml *list = medel_yaml_find(n, "values");
    if (!list || list->type != MEDEL_YAML_SEQUENCE || list->count == 0) {
        medel_wrong(f->src, n, "values: [{ from, value, source }]", NULL,
                    "'%s' has no values", head->id);
        return;
    }
    int32_t before = 0;
    for (size_t i = 0; i < list->count; i++) {
        size_t had = p->values.count;
        read_value(f, &list->items[i], head);
        const medel_parameter_value *all = p->values.data;
        if (p->values.count == had)
            continue;
        if (i && all[had].from <= before)
            medel_wrong(f->src, &list->items[i], "dates in rising order", NULL,
                        "this value is not later than the one before");
        before = all[had].from;
    }
}

static void read_norms(const medel_filling *f, const medel_yaml *norms,
                       const medel_parameter_value *head)
{
    static const medel_key keys[] = {
        { "id", medel_key_text, offsetof(medel_parameter_value, norm), true, NULL },
        { "title", medel_key_text, offsetof(medel_parameter_value, norm_title), true,
          NULL },
        MEDEL_KEY_ELSE(values),
    };
    static const medel_mapping form = MEDEL_MAPPING("a norm", NULL, keys);
    if (norms->type != MEDEL_YAML_SEQUENCE || norms->count == 0)
        medel_wrong(f->src, norms, "norms: [{ id, title, values }]", NULL,
                    "'%s' has no norms", head->id);
    for (size_t i = 0; norms->type == MEDEL_YAML_SEQUENCE && i < norms->count; i++) {
        medel_parameter_value of = *head;
        if (medel_mapping_fill(f, &form, &norms->items[i], NULL, &of))
            read_values(f, &norms->items[i], &of);
    }
}

static void read_parameter(const medel_filling *f, const char *id, const medel_yaml *n,
                           const char *file)
{
    static const medel_key keys[] = {
        MEDEL_MUST(medel_parameter_value, title, medel_key_text),
        MEDEL_KEY(medel_parameter_value, base, medel_key_text),
        MEDEL_KEY_ELSE(values),
        MEDEL_KEY_ELSE(norms),
    };
    static const medel_mapping form =
        MEDEL_MAPPING("a parameter", "title and values", keys);
    medel_parameter_value head = { .id = id, .file = file };
    if (!medel_mapping_fill(f, &form, n, id, &head))
        return;
    medel_parameters *p = f->with;
    place *at = medel_map_get(&p->places, id);
    if (!at) {
        at = MEDEL_NEW(f->arena, place, 1);
        at->first = p->values.count;
        medel_map_put(f->arena, &p->places, id, at);
    }
    const medel_yaml *norms = medel_yaml_find(n, "norms");
    if (norms && medel_yaml_find(n, "values"))
        medel_wrong(f->src, n, "values or norms", NULL, "'%s' has both values and norms",
                    id);
    if (norms)
        read_norms(f, norms, &head);
    else
        read_values(f, n, &head);
    at->past = p->values.count;
}

static void fill(void *object, medel_source *src, const medel_yaml *root, void *with)
{
    (void)with;
    static const medel_key version = MEDEL_KEY_VERSION(medel_parameters);
    medel_parameters *p = object;
    const medel_filling f = { src, &p->arena, p, &version };
    const char *file = medel_arena_text(f.arena, src->file, strlen(src->file));
    if (root->type != MEDEL_YAML_MAPPING)
        medel_wrong(src, root, "a mapping", NULL, "the file is %s",
                    medel_yaml_type_name(root));
    else if (!medel_yaml_find(root, version.name))
        medel_wrong(src, root, NULL, NULL, "'%s' is missing", version.name);
    for (size_t i = 0; root->type == MEDEL_YAML_MAPPING && i < root->count; i++) {
        const medel_yaml *key = &root->items[2 * i];
        if (medel_same(key->text, version.name))
            medel_key_version(&f, key + 1, NULL);
        else
            read_parameter(&f, medel_arena_text(f.arena, key->text, key->len), key + 1,
                           file);
    }
}

medel_status medel_parameters_read_packed(medel_parameters **out, const medel_input *in,
                                          const char *packed,
                                          const medel_allocator *allocator,
                                          medel_diagnostics *diags)
{
    const medel_reading reading = { in, allocator, diags, "parameters", packed };
    return medel_object_read(out, sizeof **out, &reading, fill, NULL);
}

medel_status medel_parameters_read(medel_parameters **out, const medel_input *in,
                                   const medel_allocator *allocator,
                                   medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, in, in->name, in->text || !in->len);
    return medel_parameters_read_packed(out, in, NULL, allocator, diags);
}

MEDEL_FREE(medel_parameters_free, medel_parameters)

size_t medel_parameters_values(const medel_parameters *p,
                               const medel_parameter_value **first)
{
    MEDEL_NEEDS_OR(0, p, first);
    *first = p->values.data;
    return p->values.count;
}

medel_status medel_parameters_choose(medel_parameters *p, const char *id,
                                     const char *norm)
{
    MEDEL_NEEDS(p, id, norm);
    medel_parameter_value *all = p->values.data;
    bool known = false;
    for (size_t i = 0; i < p->values.count; i++)
        known |= strcmp(all[i].id, id) == 0 && medel_same(all[i].norm, norm);
    for (size_t i = 0; known && i < p->values.count; i++) {
        if (strcmp(all[i].id, id) == 0)
            all[i].chosen = medel_same(all[i].norm, norm);
    }
    return known ? MEDEL_OK : MEDEL_E_SCHEMA;
}

/* The norm that counts of those at a place: the chosen one, else the first of the file.
 */
static const char *usual_norm(const medel_parameter_value *all, const place *at,
                              const char *id)
{
    const medel_parameter_value *first = NULL;
    for (size_t i = at->first; i < at->past; i++) {
        if (strcmp(all[i].id, id) != 0)
            continue;
        if (all[i].chosen)
            return all[i].norm;
        if (!first)
            first = &all[i];
    }
    return first ? first->norm : NULL;
}

const medel_parameter_value *medel_parameters_get(const medel_parameters *p,
                                                  const char *id, const char *norm,
                                                  int32_t days)
{
    MEDEL_NEEDS_OR(NULL, p, id);
    const medel_parameter_value *all = p->values.data, *best = NULL;
    const place *at = medel_map_get(&p->places, id);
    if (!at)
        return NULL;
    if (!norm)
        norm = usual_norm(all, at, id);
    for (size_t i = at->first; i < at->past; i++) {
        if (all[i].from <= days && strcmp(all[i].id, id) == 0
            && medel_same(all[i].norm, norm))
            best = &all[i];
    }
    return best;
}

/* The part of base that lies above 'floor' and up to the step's end. */
static medel_status part_in(medel_quantity *out, const medel_step *step,
                            const medel_quantity *base, const medel_quantity *floor)
{
    int order = 1;
    medel_status st = MEDEL_OK;
    const medel_quantity *top = base;
    if (!step->open) {
        st = medel_quantity_compare(&order, base, &step->upper);
        if (order > 0)
            top = &step->upper;
    }
    if (st == MEDEL_OK)
        st = medel_quantity_compare(&order, top, floor);
    if (st != MEDEL_OK)
        return st;
    return order > 0 ? medel_quantity_sub(out, top, floor)
                     : medel_quantity_sub(out, floor, floor);
}

medel_status medel_parameter_apply(medel_quantity *out, const medel_parameter_value *v,
                                   const medel_quantity *base)
{
    MEDEL_NEEDS_QUANTITY(out, v, base);
    if (!v->has_steps)
        return medel_quantity_mul(out, &v->value, base);
    medel_quantity floor, sum;
    medel_status st = medel_quantity_make(&floor, 0, 1, MEDEL_UNIT_KR);
    sum = floor;
    for (size_t i = 0; st == MEDEL_OK && i < v->nsteps; i++) {
        medel_quantity part;
        st = part_in(&part, &v->steps[i], base, &floor);
        if (st == MEDEL_OK)
            st = medel_quantity_mul(&part, &part, &v->steps[i].rate);
        if (st == MEDEL_OK)
            st = medel_quantity_add(&sum, &sum, &part);
        if (!v->steps[i].open)
            floor = v->steps[i].upper;
    }
    if (st != MEDEL_OK)
        return medel_no_quantity(out, st);
    *out = sum;
    return MEDEL_OK;
}

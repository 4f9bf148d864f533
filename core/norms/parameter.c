/* parameter.c - dated norms: values and stairs of rates, each with its source. */
#include "medel_norms_packed.h"
#include "taxonomy.h"

#include <string.h>

struct medel_parameters {
    medel_arena arena;
    medel_array values; /* medel_parameter_value, in the order of the file */
};

typedef struct reader {
    medel_parameters *p;
    medel_arena *arena;
    medel_source *src;
    const char *file;
} reader;

static char *keep(reader *rd, const char *s)
{
    return medel_arena_text(rd->arena, s, strlen(s));
}

static bool read_quantity(reader *rd, const medel_yaml *n, medel_quantity *out)
{
    static const char expected[] = "a figure with its unit: 20 %, 7 000 000 kr, 10";
    medel_figure f;
    const char *why = "a dash is no value";
    if (n->type == MEDEL_YAML_SCALAR
        && medel_figure_parse(&f, n->text, n->len, &why) == MEDEL_OK
        && f.state == MEDEL_FIGURE_VALUE) {
        /* A norm is exact: 20 % is not 19,5 to 20,5. */
        medel_unit unit = f.has_unit ? f.unit : MEDEL_UNIT_NUMBER;
        int64_t places = 1;
        for (unsigned i = 0; i < f.decimals; i++)
            places *= 10;
        if (medel_quantity_make(out, f.digits, places, unit) == MEDEL_OK)
            return true;
        why = "it is too large";
    }
    if (n->type != MEDEL_YAML_SCALAR)
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, expected, NULL,
                   "%s stands where a figure is expected", medel_yaml_type_name(n));
    else
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, expected, NULL,
                   "'%s' is no figure: %s", medel_clip(rd->arena, n->text), why);
    return false;
}

static void read_steps(reader *rd, const medel_yaml *n, medel_parameter_value *v)
{
    static const char *const keys[] = { "to", "rate" };
    if (n->type != MEDEL_YAML_SEQUENCE || n->count == 0) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "steps: [{ to: amount, rate: share }, { rate: share }]", NULL,
                   "'%s' has no steps", v->id);
        return;
    }
    medel_step *steps = MEDEL_NEW(rd->arena, medel_step, n->count);
    for (size_t i = 0; i < n->count; i++) {
        const medel_yaml *s = &n->items[i];
        medel_yaml_known_keys(rd->src, s, "a step", keys, MEDEL_COUNT(keys));
        const medel_yaml *to = medel_yaml_find(s, "to");
        const medel_yaml *rate = medel_yaml_find(s, "rate");
        steps[i].open = to == NULL;
        if (to)
            read_quantity(rd, to, &steps[i].upper);
        if (rate)
            read_quantity(rd, rate, &steps[i].rate);
        if (!rate || (!to && i + 1 < n->count))
            medel_diag(rd->src, MEDEL_E_SCHEMA, s->line, s->col,
                       "{ to: amount, rate: share }, and { rate: share } last", NULL,
                       "a step is not complete");
        int order = 1;
        if (i && to && !steps[i - 1].open
            && (medel_quantity_compare(&order, &steps[i].upper, &steps[i - 1].upper)
                    != MEDEL_OK
                || order <= 0))
            medel_diag(rd->src, MEDEL_E_SCHEMA, s->line, s->col, "rising steps", NULL,
                       "this step is not above the one before");
    }
    v->has_steps = true;
    v->steps = steps;
    v->nsteps = n->count;
}

static void read_value(reader *rd, const medel_yaml *n, const medel_parameter_value *head)
{
    static const char *const keys[] = { "from", "value", "steps", "source",
                                        "confirmed_to" };
    if (n->type != MEDEL_YAML_MAPPING) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col,
                   "{ from: date, value: ..., source: ... }", NULL, "a dated value is %s",
                   medel_yaml_type_name(n));
        return;
    }
    medel_yaml_known_keys(rd->src, n, "a dated value", keys, MEDEL_COUNT(keys));
    medel_parameter_value *v =
        MEDEL_PUSH(rd->arena, &rd->p->values, medel_parameter_value);
    *v = *head;
    v->line = n->line;
    v->col = n->col;
    const char *from = medel_yaml_text(rd->src, n, "from", true);
    const char *source = medel_yaml_text(rd->src, n, "source", true);
    if (from && !medel_date_parse(&v->from, from, strlen(from)))
        medel_diag(rd->src, MEDEL_E_SCHEMA, medel_yaml_find(n, "from")->line,
                   medel_yaml_find(n, "from")->col, "a day that exists, as YYYY-MM-DD",
                   NULL, "'%s' is no date", medel_clip(rd->arena, from));
    v->source = source ? keep(rd, source) : "";
    const medel_yaml *to = medel_yaml_find(n, "confirmed_to");
    v->has_confirmed_to = to && read_quantity(rd, to, &v->confirmed_to);
    const medel_yaml *value = medel_yaml_find(n, "value");
    const medel_yaml *steps = medel_yaml_find(n, "steps");
    if (value && !steps)
        read_quantity(rd, value, &v->value);
    else if (steps && !value)
        read_steps(rd, steps, v);
    else
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "value or steps", NULL,
                   "a dated value has %s value %s steps", value ? "both" : "neither",
                   value ? "and" : "nor");
}

static void read_values(reader *rd, const medel_yaml *n, const medel_yaml *owner,
                        const medel_parameter_value *head)
{
    if (!n || n->type != MEDEL_YAML_SEQUENCE || n->count == 0) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, owner->line, owner->col,
                   "values: [{ from, value, source }]", NULL, "'%s' has no values",
                   head->id);
        return;
    }
    int32_t before = 0;
    for (size_t i = 0; i < n->count; i++) {
        size_t had = rd->p->values.count;
        read_value(rd, &n->items[i], head);
        const medel_parameter_value *all = rd->p->values.data;
        if (rd->p->values.count == had)
            continue;
        if (i && all[had].from <= before)
            medel_diag(rd->src, MEDEL_E_SCHEMA, n->items[i].line, n->items[i].col,
                       "dates in rising order", NULL,
                       "this value is not later than the one before");
        before = all[had].from;
    }
}

static void read_norms(reader *rd, const medel_yaml *norms,
                       const medel_parameter_value *head)
{
    static const char *const keys[] = { "id", "title", "values" };
    if (norms->type != MEDEL_YAML_SEQUENCE || norms->count == 0) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, norms->line, norms->col,
                   "norms: [{ id, title, values }]", NULL, "'%s' has no norms", head->id);
        return;
    }
    for (size_t i = 0; i < norms->count; i++) {
        const medel_yaml *n = &norms->items[i];
        medel_yaml_known_keys(rd->src, n, "a norm", keys, MEDEL_COUNT(keys));
        medel_parameter_value of = *head;
        const char *id = medel_yaml_text(rd->src, n, "id", true);
        const char *title = medel_yaml_text(rd->src, n, "title", true);
        of.norm = id ? keep(rd, id) : "";
        of.norm_title = title ? keep(rd, title) : "";
        read_values(rd, medel_yaml_find(n, "values"), n, &of);
    }
}

static void read_parameter(reader *rd, const char *id, const medel_yaml *n)
{
    static const char *const keys[] = { "title", "base", "values", "norms" };
    if (n->type != MEDEL_YAML_MAPPING) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "title and values", NULL,
                   "'%s' is %s", id, medel_yaml_type_name(n));
        return;
    }
    medel_yaml_known_keys(rd->src, n, "a parameter", keys, MEDEL_COUNT(keys));
    const char *title = medel_yaml_text(rd->src, n, "title", true);
    const char *base = medel_yaml_text(rd->src, n, "base", false);
    medel_parameter_value head = { .id = id, .file = rd->file };
    head.title = title ? keep(rd, title) : "";
    head.base = base ? keep(rd, base) : NULL;
    const medel_yaml *norms = medel_yaml_find(n, "norms");
    if (norms && medel_yaml_find(n, "values"))
        medel_diag(rd->src, MEDEL_E_SCHEMA, n->line, n->col, "values or norms", NULL,
                   "'%s' has both values and norms", id);
    if (norms)
        read_norms(rd, norms, &head);
    else
        read_values(rd, medel_yaml_find(n, "values"), n, &head);
}

static void read_file(reader *rd, const medel_yaml *root)
{
    if (root->type != MEDEL_YAML_MAPPING) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, root->line, root->col, "a mapping", NULL,
                   "the file is %s", medel_yaml_type_name(root));
        return;
    }
    const char *version = medel_yaml_text(rd->src, root, "medel_parameters", true);
    const medel_yaml *at = medel_yaml_find(root, "medel_parameters");
    if (version && strcmp(version, "1") != 0)
        medel_diag(rd->src, MEDEL_E_SCHEMA, at->line, at->col, "medel_parameters: 1",
                   NULL, "unknown version '%s'", medel_clip(rd->arena, version));
    for (size_t i = 0; i < root->count; i++) {
        if (strcmp(root->items[2 * i].text, "medel_parameters") != 0)
            read_parameter(rd, keep(rd, root->items[2 * i].text),
                           &root->items[2 * i + 1]);
    }
}

static void fill(void *object, medel_source *src, const medel_yaml *root, void *with)
{
    (void)with;
    medel_parameters *p = object;
    reader rd = { p, &p->arena, src, NULL };
    rd.file = keep(&rd, src->file);
    read_file(&rd, root);
}

medel_status medel_parameters_read_packed(medel_parameters **out, const medel_input *in,
                                          const char *packed,
                                          const medel_allocator *allocator,
                                          medel_diagnostics *diags)
{
    const medel_reading reading = { in, allocator, diags, "parameters", packed };
    void *object;
    const medel_status st =
        medel_object_read(&object, sizeof **out, &reading, fill, NULL);
    if (st == MEDEL_OK)
        *out = object;
    return st;
}

medel_status medel_parameters_read(medel_parameters **out, const medel_input *in,
                                   const medel_allocator *allocator,
                                   medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, in, in->name, in->text || !in->len);
    return medel_parameters_read_packed(out, in, NULL, allocator, diags);
}

void medel_parameters_free(medel_parameters *p)
{
    if (!p)
        return;
    medel_arena a = p->arena;
    medel_arena_free(&a);
}

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

/* The norm of 'id' that counts: the chosen one, else the first of the file. */
static const char *usual_norm(const medel_parameters *p, const char *id)
{
    const medel_parameter_value *all = p->values.data, *first = NULL;
    for (size_t i = 0; i < p->values.count; i++) {
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
    if (!norm)
        norm = usual_norm(p, id);
    for (size_t i = 0; i < p->values.count; i++) {
        if (strcmp(all[i].id, id) == 0 && all[i].from <= days
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

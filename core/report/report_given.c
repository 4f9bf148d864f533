/* report_given.c - figures that do not stand in the report: the host program knows them.
 */
#include "report_read.h"

#include <string.h>

#define OWN "host."

static bool is_plain(const char *text)
{
    return !text || medel_text_plain(text, strlen(text));
}

static bool is_sound(const medel_given *g)
{
    return g->name[0] && is_plain(g->name) && is_plain(g->label) && is_plain(g->text)
           && is_plain(g->source) && g->year >= 1900 && g->year <= 2200
           && (int)g->variant >= MEDEL_VARIANT_UTFALL
           && g->variant <= MEDEL_VARIANT_PROGNOS;
}

static medel_fact *exact_amount(medel_reader *rd, const medel_given *g)
{
    char text[64];
    medel_fact *f = MEDEL_NEW(rd->arena, medel_fact, 1);
    const unsigned decimals = g->ore % 100 ? 2 : 0;
    if (medel_quantity_make(&f->printed, g->ore, 100, MEDEL_UNIT_KR) != MEDEL_OK) {
        medel_diag(rd->src, MEDEL_E_OVERFLOW, g->line, g->col, NULL, NULL,
                   "the amount of '%s' is too large", g->name);
        return NULL;
    }
    medel_quantity_format(&f->printed, MEDEL_UNIT_KR, decimals, MEDEL_ROUND_HALF_AWAY,
                          text, sizeof text);
    f->value = f->printed;
    f->state = MEDEL_FIGURE_VALUE;
    f->unit = MEDEL_UNIT_KR;
    f->decimals = decimals;
    f->text = medel_reader_keep(rd, text);
    f->sign = 1;
    f->index = rd->report->facts.count;
    *MEDEL_PUSH(rd->arena, &rd->report->facts, medel_fact *) = f;
    return f;
}

static void read_one(medel_reader *rd, const medel_given *g)
{
    const medel_taxonomy *t = rd->report->taxonomy;
    const unsigned line = g->line ? g->line : 1, col = g->col ? g->col : 1;
    const bool own = strncmp(g->name, OWN, sizeof OWN - 1) == 0;
    const medel_concept *concept = own ? NULL : medel_taxonomy_concept(t, g->name);
    if (!is_sound(g)) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, line, col,
                   "a name, a year 1900 to 2200, a variant, and lines of UTF-8", NULL,
                   "a figure that is given makes no sense");
        return;
    }
    if (!own && !concept) {
        const char *near = medel_taxonomy_suggest(t, g->name);
        medel_diag(rd->src, MEDEL_E_SCHEMA, line, col, "a concept, or " OWN "NAME",
                   medel_did_you_mean(rd->arena, near), "unknown concept '%s'",
                   medel_clip(rd->arena, g->name));
        return;
    }
    const medel_field_type type = concept ? concept->type : MEDEL_FIELD_NUMBER;
    if (!g->text && concept && type != MEDEL_FIELD_AMOUNT) {
        medel_diag(rd->src, MEDEL_E_SCHEMA, line, col, "a text, as it would be printed",
                   NULL, "'%s' is no amount", g->name);
        return;
    }
    const medel_yaml n = { .type = MEDEL_YAML_SCALAR,
                           .line = line,
                           .col = col,
                           .text = g->text,
                           .len = g->text ? strlen(g->text) : 0 };
    medel_fact *f = g->text ? medel_read_figure(rd, &n, type, MEDEL_UNIT_KR, NULL)
                            : exact_amount(rd, g);
    if (!f)
        return;
    f->table = MEDEL_GIVEN_TABLE;
    f->row = medel_reader_keep(rd, own ? g->name + sizeof OWN - 1 : g->name);
    f->label = g->label  ? medel_reader_keep(rd, g->label)
               : concept ? concept->label
                         : f->row;
    f->concept_ref = concept;
    f->year = g->year;
    f->variant = g->variant;
    f->in_text = true;
    f->file = rd->file;
    f->line = line;
    f->col = col;
}

void medel_read_given(medel_reader *rd, const medel_given *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const bool named = list[i].source && is_plain(list[i].source);
        const char *source = named ? list[i].source : MEDEL_GIVEN_TABLE;
        medel_source src = { .file = source, .diags = rd->src->diags };
        medel_reader one = *rd;
        one.src = &src;
        one.file = medel_reader_keep(rd, source);
        read_one(&one, &list[i]);
        if (src.errors && !rd->src->errors)
            rd->src->status = src.status;
        rd->src->errors += src.errors;
    }
}

/* report_figure.c - a figure of a report file: what is printed, in what unit, and where.
 */
#include "report_read.h"

#include <stdlib.h>
#include <string.h>

char *medel_reader_keep(medel_reader *rd, const char *s)
{
    return medel_arena_text(rd->arena, s, strlen(s));
}

/* ---- places in the document ---- */

static bool read_place(medel_reader *rd, const medel_yaml *n, int *out)
{
    int v = 0;
    for (const char *p = n->text; n->type == MEDEL_YAML_SCALAR && *p; p++) {
        if (!medel_digit(*p) || v > 1000000) {
            v = -1;
            break;
        }
        v = v * 10 + (*p - '0');
    }
    if (n->type == MEDEL_YAML_SCALAR && n->len && v > 0) {
        *out = v;
        return true;
    }
    medel_wrong(rd->src, n, "a line or page number, or a list of them", NULL,
                "%s%s%s is no line or page", n->type == MEDEL_YAML_SCALAR ? "'" : "",
                n->type == MEDEL_YAML_SCALAR ? medel_clip(rd->arena, n->text)
                                             : medel_yaml_type_name(n),
                n->type == MEDEL_YAML_SCALAR ? "'" : "");
    return false;
}

static void collect_places(medel_reader *rd, const medel_yaml *n, medel_array *out)
{
    if (n->type == MEDEL_YAML_SEQUENCE) {
        for (size_t i = 0; i < n->count; i++)
            collect_places(rd, &n->items[i], out);
        return;
    }
    int v;
    if (read_place(rd, n, &v))
        *MEDEL_PUSH(rd->arena, out, int) = v;
}

void medel_read_places(medel_reader *rd, const medel_yaml *n, const int **places,
                       size_t *count)
{
    medel_array list = { 0 };
    if (n)
        collect_places(rd, n, &list);
    *places = list.data;
    *count = list.count;
}

/* ---- figures ---- */

bool medel_unit_of_word(const char *s, medel_unit *out)
{
    static const struct {
        const char *name;
        medel_unit unit;
    } units[] = { { "kr", MEDEL_UNIT_KR },
                  { "tkr", MEDEL_UNIT_TKR },
                  { "mnkr", MEDEL_UNIT_MNKR } };
    for (size_t i = 0; i < MEDEL_COUNT(units); i++) {
        if (strcmp(s, units[i].name) == 0) {
            *out = units[i].unit;
            return true;
        }
    }
    return false;
}

const char *medel_read_precision(medel_reader *rd, const medel_yaml *n)
{
    medel_unit unit;
    const char *s = medel_yaml_text(rd->src, n, "noggrannhet", false);
    if (!s || medel_unit_of_word(s, &unit))
        return s;
    const medel_yaml *at = medel_yaml_find(n, "noggrannhet");
    medel_wrong(rd->src, at, "kr, tkr or mnkr", NULL, "'%s' is no precision",
                medel_clip(rd->arena, s));
    return NULL;
}

static bool is_money(medel_unit u)
{
    return u == MEDEL_UNIT_KR || u == MEDEL_UNIT_TKR || u == MEDEL_UNIT_MNKR;
}

/* The unit of a figure in a field of this type; false if it does not belong. */
static bool settle_unit(medel_figure *f, medel_field_type type, medel_unit usual,
                        const char **expected)
{
    bool named = f->has_unit;
    medel_unit u = f->unit;
    switch (type) {
    case MEDEL_FIELD_AMOUNT:
        *expected = "an amount (kr, tkr or mnkr)";
        f->unit = named ? u : usual;
        f->has_unit = true;
        return !named || is_money(u);
    case MEDEL_FIELD_SHARE:
        *expected = "a share in percent";
        f->unit = MEDEL_UNIT_PERCENT;
        f->has_unit = true;
        return !named || u == MEDEL_UNIT_PERCENT;
    case MEDEL_FIELD_COUNT:
        *expected = "a whole number of persons or things";
        f->unit = MEDEL_UNIT_COUNT;
        f->has_unit = true;
        return (!named || u == MEDEL_UNIT_COUNT) && f->decimals == 0;
    case MEDEL_FIELD_COUNT_OR_SHARE:
        *expected = "a number of persons, or a share in percent";
        f->unit = named ? u : MEDEL_UNIT_COUNT;
        f->has_unit = true;
        return f->unit == MEDEL_UNIT_COUNT || f->unit == MEDEL_UNIT_PERCENT;
    case MEDEL_FIELD_AMOUNT_PER_COUNT:
        *expected = "an amount per person, in kr";
        f->unit = MEDEL_UNIT_KR_PER_COUNT;
        f->has_unit = true;
        return !named || u == MEDEL_UNIT_KR || u == MEDEL_UNIT_KR_PER_COUNT;
    default:
        *expected = "a figure";
        f->unit = named ? u : usual;
        f->has_unit = true;
        return true;
    }
}

static void no_figure(medel_reader *rd, const medel_yaml *n, const char *why)
{
    const char *hint = NULL;
    if (strstr(why, "a number is expected") || strstr(why, "something else follows"))
        hint = "write it as printed: 1 234, -835, 12,5 %, 941 tkr; a printed dash is "
               "\"-\", an empty cell ~";
    else if (strstr(why, "decimal"))
        hint = "5 222 000,00; within a list in quotes: \"5 222 000,00\"";
    else if (strstr(why, "a word"))
        hint = "a letter among the digits? the letter O is no zero";
    else if (strstr(why, "grouped"))
        hint = "1 234, 12 345, 1 234 567";
    medel_wrong(rd->src, n, "a figure as printed", hint, "'%s' is no figure: %s",
                medel_clip(rd->arena, n->text), why);
}

static bool empty_scalar(const medel_yaml *n)
{
    return n->plain && (n->len == 0 || strcmp(n->text, "~") == 0);
}

medel_fact *medel_read_figure(medel_reader *rd, const medel_yaml *n,
                              medel_field_type type, medel_unit unit,
                              const char *precision)
{
    medel_figure f = { .scale = { 0, 1 } };
    const char *why = NULL, *expected;
    if (n->type != MEDEL_YAML_SCALAR) {
        medel_wrong(rd->src, n, "a figure as printed", NULL,
                    "%s stands where a figure is expected", medel_yaml_type_name(n));
        return NULL;
    }
    if (empty_scalar(n)) {
        f.state = MEDEL_FIGURE_BLANK;
    } else if (n->plain && strcmp(n->text, "_") == 0) {
        f.state = MEDEL_FIGURE_UNTYPED;
    } else if (medel_figure_parse(&f, n->text, n->len, &why) != MEDEL_OK) {
        no_figure(rd, n, why);
        return NULL;
    }
    if (precision && f.unit == MEDEL_UNIT_NUMBER && !f.has_unit)
        unit = type == MEDEL_FIELD_NUMBER ? MEDEL_UNIT_KR : unit;
    if (!settle_unit(&f, type, unit, &expected)) {
        medel_wrong(rd->src, n, expected, NULL,
                    f.decimals && f.unit == MEDEL_UNIT_COUNT
                        ? "'%s' is no whole number"
                        : "'%s' has the wrong unit here",
                    medel_clip(rd->arena, n->text));
        return NULL;
    }
    medel_fact *fact = MEDEL_NEW(rd->arena, medel_fact, 1);
    medel_status st = medel_figure_quantity(&fact->printed, &f, f.unit);
    medel_unit coarse;
    if (st == MEDEL_OK && f.state == MEDEL_FIGURE_VALUE && precision) {
        if (!is_money(f.unit))
            medel_wrong(rd->src, n, "an amount", NULL,
                        "noggrannhet says how an amount was rounded; '%s' is none",
                        medel_clip(rd->arena, n->text));
        else if (medel_unit_of_word(precision, &coarse))
            st = medel_quantity_printed(&fact->printed, coarse, 0);
    }
    if (st != MEDEL_OK) {
        medel_diag(rd->src, st, n->line, n->col, NULL, NULL, "'%s' is too large",
                   n->text);
        return NULL;
    }
    fact->value = fact->printed;
    fact->state = f.state;
    fact->qualifier = f.qualifier;
    fact->unit = f.unit;
    fact->decimals = f.decimals;
    fact->sign = 1;
    fact->text = medel_reader_keep(rd, n->text);
    fact->file = rd->file;
    fact->line = n->line;
    fact->col = n->col;
    fact->year = rd->report->year;
    fact->index = rd->report->facts.count;
    *MEDEL_PUSH(rd->arena, &rd->report->facts, medel_fact *) = fact;
    return fact;
}

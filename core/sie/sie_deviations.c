/* sie_deviations.c - what a SIE file has that the specification has not. */
#include "sie_reader.h"

#include <string.h>

#define KEPT 1000 /* of one code and label */
#define CLIP 60   /* characters of a value */

static const struct {
    const char *name;
    medel_severity severity;
    const char *text, *message;
} table[DEV_CODES] = {
#define SIE_DEVIATION(code, severity, sv, en)                                            \
    { #code, MEDEL_SEVERITY_##severity, sv, en },
#include "sie_deviations.h"
#undef SIE_DEVIATION
};

const char *medel_sie_code_name(sie_deviation_code code)
{
    return table[code].name;
}

static sie_tally *tally_of(sie_reader *r, sie_deviation_code code, const char *label)
{
    sie_tally *all = r->tallies.data;
    for (size_t i = 0; i < r->tallies.count; i++) {
        if (all[i].code == code && strcmp(all[i].label, label) == 0)
            return &all[i];
    }
    sie_tally *t = MEDEL_PUSH(r->a, &r->tallies, sie_tally);
    *t = (sie_tally){ .code = code, .label = label };
    return t;
}

/* The text with the value where it has its '%'. */
static const char *filled(sie_reader *r, const char *format, const char *value)
{
    const char *at = strchr(format, '%');
    if (!at)
        return format;
    return medel_arena_format(r->a, "%.*s%s%s", (int)(at - format), format, value,
                              at + 1);
}

static const char *quoted(sie_reader *r, const char *value, size_t len)
{
    if (!value)
        return "";
    const sie_field f = { value, (uint32_t)(len > 4 * CLIP ? 4 * CLIP : len), true,
                          false };
    char *text = medel_arena_format(r->a, "%s", medel_sie_text(r, &f));
    size_t chars = 0, at = 0;
    for (; text[at] && chars <= CLIP; at++)
        chars += ((unsigned char)text[at + 1] & 0xC0) != 0x80;
    if (!text[at])
        return text;
    text[at] = '\0';
    return medel_arena_format(r->a, "%s\xE2\x80\xA6", text);
}

void medel_sie_deviate_at(sie_reader *r, sie_deviation_code code, const char *label,
                          uint64_t line, unsigned field, const char *value, size_t len)
{
    const medel_severity severity = table[code].severity;
    r->l->errors += severity == MEDEL_SEVERITY_ERROR;
    r->l->warnings += severity == MEDEL_SEVERITY_WARNING;
    sie_tally *t = tally_of(r, code, label);
    t->count++;
    if (t->kept == (severity == MEDEL_SEVERITY_NOTE ? 1 : KEPT))
        return;
    t->kept++;
    const char *shown = quoted(r, value, len);
    medel_ledger_deviation *d =
        MEDEL_PUSH(r->a, &r->l->deviations, medel_ledger_deviation);
    d->severity = severity;
    d->code = table[code].name;
    d->label = label;
    d->line = line > UINT32_MAX ? UINT32_MAX : (uint32_t)line;
    d->field = field;
    d->text = filled(r, table[code].text, shown);
    d->message = filled(r, table[code].message, shown);
}

void medel_sie_deviate(sie_reader *r, sie_deviation_code code, const char *label,
                       unsigned field, const char *value, size_t len)
{
    medel_sie_deviate_at(r, code, label, r->line, field, value, len);
}

/* By line, stable: a merge sort without recursion, since a file decides how many. */
static void sort_by_line(medel_ledger_deviation *d, medel_ledger_deviation *spare,
                         size_t n)
{
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t low = 0; low < n; low += 2 * width) {
            const size_t middle = low + width < n ? low + width : n;
            const size_t high = middle + width < n ? middle + width : n;
            size_t i = low, k = middle, at = low;
            while (i < middle || k < high) {
                const bool left = k == high || (i < middle && d[i].line <= d[k].line);
                spare[at++] = left ? d[i++] : d[k++];
            }
        }
        memcpy(d, spare, n * sizeof *d);
    }
}

void medel_sie_deviations_finish(sie_reader *r)
{
    medel_ledger_deviation *d = r->l->deviations.data;
    const size_t n = r->l->deviations.count;
    if (!n)
        return;
    for (size_t i = 0; i < n; i++) {
        const sie_tally *all = r->tallies.data;
        for (size_t k = 0; k < r->tallies.count; k++) {
            if (strcmp(table[all[k].code].name, d[i].code) == 0
                && strcmp(all[k].label, d[i].label) == 0) {
                d[i].count = all[k].count;
                break;
            }
        }
    }
    sort_by_line(d, MEDEL_NEW(r->a, medel_ledger_deviation, n), n);
}

/* words.c - what a figure is called and where it stands, in Swedish: the one place that
 * says. */
#include "report.h"

#include <stdio.h>
#include <string.h>

/* ---- text that is written piece by piece ---- */

typedef struct text {
    char *buf;
    size_t size, len;
} text;

static void put(text *t, const char *s)
{
    for (; *s; s++, t->len++) {
        if (t->len + 1 < t->size)
            t->buf[t->len] = *s;
    }
}

static size_t ended(text *t)
{
    if (t->size) {
        t->buf[t->len < t->size ? t->len : t->size - 1] = '\0';
        if (t->len >= t->size)
            medel_trim_utf8(t->buf);
    }
    return t->len;
}

/* "Resultaträkning" as it stands after a comma; an abbreviation or a name in capitals
 * stays. */
static void put_small(text *t, const char *s)
{
    const unsigned char *u = (const unsigned char *)s;
    char first[3] = "";
    const bool swedish = u[0] == 0xC3 && (u[1] == 0x85 || u[1] == 0x84 || u[1] == 0x96);
    if (u[0] >= 'A' && u[0] <= 'Z' && !(u[1] >= 'A' && u[1] <= 'Z')) {
        first[0] = (char)(u[0] + 'a' - 'A');
        put(t, first);
        put(t, s + 1);
    } else if (swedish) {
        first[0] = (char)u[0];
        first[1] = (char)(u[1] + 0x20);
        put(t, first);
        put(t, s + 2);
    } else {
        put(t, s);
    }
}

/* ---- where ---- */

static void put_table(text *out, const medel_table *t, medel_wording how)
{
    if (t->number) {
        put(out, "not ");
        put(out, t->number);
    } else if (how == MEDEL_IN_SENTENCE && t->spec->place) {
        put(out, t->spec->place);
    } else {
        put_small(out, t->spec->label);
    }
}

static void put_section(text *out, const medel_report *r, const char *id,
                        medel_wording how)
{
    const medel_field *f = medel_report_section(r, id);
    if (strcmp(id, MEDEL_GIVEN_TABLE) == 0)
        put(out, how == MEDEL_IN_SENTENCE ? "underlaget" : "underlag");
    else if (!f)
        put(out, id);
    else if (how == MEDEL_IN_SENTENCE && f->place)
        put(out, f->place);
    else if (f->head)
        put(out, f->head);
    else
        put_small(out, f->label);
}

size_t medel_place_words(const medel_report *r, const char *table, medel_wording how,
                         char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, r, table, buf || !size);
    text out = { buf, size, 0 };
    const medel_table *t = medel_report_table(r, table);
    if (t)
        put_table(&out, t, how);
    else
        put_section(&out, r, table, how);
    return ended(&out);
}

size_t medel_fact_place(const medel_report *r, const medel_fact *f, char *buf,
                        size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, r, f, buf || !size);
    text out = { buf, size, 0 };
    char number[32];
    if (f->nplaces) {
        put(&out, r->place_word);
        snprintf(number, sizeof number, " %d", f->places[0]);
        put(&out, number);
    }
    if (f->nplaces > 1 && f->places[f->nplaces - 1] != f->places[0]) {
        snprintf(number, sizeof number, "\xE2\x80\x93%d", f->places[f->nplaces - 1]);
        put(&out, number);
    }
    return ended(&out);
}

size_t medel_fact_where(const medel_report *r, const medel_fact *f, medel_wording how,
                        char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, r, f, buf || !size);
    text out = { buf, size, 0 };
    size_t row, column;
    char lines[64];
    if (f->state == MEDEL_FIGURE_COMPUTED && how != MEDEL_IN_SENTENCE)
        put(&out, "räknad ur "); /* nobody printed it */
    const medel_table *t = medel_table_of(r, f, &row, &column);
    if (!t) /* a computed total; two notes of one kind are rare */
        t = medel_report_table(r, f->table);
    if (t)
        put_table(&out, t, how);
    else
        put_section(&out, r, f->table, how);
    if (how == MEDEL_IN_SENTENCE) {
        if (strcmp(f->table, MEDEL_GIVEN_TABLE) == 0) {
            put(&out, " (");
            put(&out, f->file);
            put(&out, ")");
        }
        return ended(&out);
    }
    if (medel_fact_place(r, f, lines, sizeof lines)) {
        put(&out, ", ");
        put(&out, lines);
    }
    return ended(&out);
}

/* ---- what ---- */

static const char *measure_word(const char *measure)
{
    static const struct {
        const char *measure, *word;
    } words[] = { { "intakt", "intäkt" },
                  { "kostnad", "kostnad" },
                  { "netto", "netto" },
                  { "avvikelse", "avvikelse" },
                  { "utfall", "utfall" } };
    for (size_t i = 0; measure && i < MEDEL_COUNT(words); i++) {
        if (strcmp(measure, words[i].measure) == 0)
            return words[i].word;
    }
    return NULL;
}

/* Does the label say it already, in any case of its letters: a year, "budget"? */
static bool says(const char *label, const char *word)
{
    const size_t n = strlen(word);
    for (const char *p = label; *p; p++) {
        size_t i = 0;
        while (i < n && (p[i] == word[i] || (p[i] >= 'A' && p[i] - 'A' + 'a' == word[i])))
            i++;
        if (i == n)
            return true;
    }
    return false;
}

/* Has the label a year of its own ("Endast grundskola 2022")?  The report's is not said
 * after it. */
static bool says_year(const char *label)
{
    const char *p = label;
    while ((p = strpbrk(p, "0123456789")) != NULL) {
        const size_t n = strspn(p, "0123456789");
        if (n == 4 && (memcmp(p, "19", 2) == 0 || memcmp(p, "20", 2) == 0))
            return true;
        p += n;
    }
    return false;
}

size_t medel_fact_name(const medel_fact *f, char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, f, buf || !size);
    text out = { buf, size, 0 };
    char year[32];
    const char *variant = medel_variant_name(f->variant);
    const char *measure = measure_word(f->measure);
    /* What stands in brackets alone belongs to a head that is not there. */
    const bool fragment = *f->label == '(' && f->spec;
    const char *label = fragment ? f->spec->label : f->label;
    snprintf(year, sizeof year, "%d", f->year);
    put(&out, label);
    if (measure) {
        put(&out, ", ");
        put(&out, measure);
    }
    const bool dated = says_year(label);
    if (f->variant != MEDEL_VARIANT_UTFALL && !says(label, variant)) {
        put(&out, dated ? ", " : " ");
        put(&out, variant);
    }
    if (!dated) {
        put(&out, " ");
        put(&out, year);
    }
    return ended(&out);
}

size_t medel_fact_said(const medel_fact *f, char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, f, f->text, buf || !size);
    text out = { buf, size, 0 };
    char first[8], one[2] = "";
    const size_t head = strlen(f->text) < 2 ? strlen(f->text) : 2;
    memcpy(first, f->text, head);
    first[head] = '\0';
    put_small(&out, first);
    for (const char *p = f->text + head; *p; p++) {
        if (*p == '%' && p[-1] >= '0' && p[-1] <= '9')
            put(&out, " ");
        one[0] = *p;
        put(&out, one);
    }
    return ended(&out);
}

/*
 * doc_rows.c - lines become rows of a table.  A label may take several lines, before or
 * after its figures; figures may follow their labels line by line or column by column.
 */
#include "doc_rows.h"

#include <string.h>

#define KEPT_LABELS                                                                      \
    14 /* lines of labels that are remembered while figures are awaited                  \
        */

medel_row_shape medel_rows_shape(const rows_state *s, bool note, bool empties)
{
    return (medel_row_shape){ s->t->k, note && s->t->note_column, empties, s->t->matrix,
                              s->t->cells ? s->t->cell : NULL };
}

medel_label_match medel_rows_match(const rows_state *s, const char *label)
{
    return medel_labels_match(s->m->labels, s->t->spec, label);
}

medel_doc_row *medel_rows_add(rows_state *s, const char *label, size_t line,
                              const medel_array *readings, bool guessed)
{
    medel_doc_row *r = MEDEL_PUSH(&s->m->arena, &s->t->rows, medel_doc_row);
    const medel_row_reading *first = readings->data;
    r->label = label;
    r->label_line = line;
    r->readings = *readings;
    r->legal = readings->count;
    r->guessed = guessed || s->l[line].torn;
    r->match = medel_rows_match(s, label);
    r->block_parent = (size_t)-1;
    r->line = line;
    r->group = s->group;
    r->group_note = s->note;
    bool share = true;
    for (size_t c = 0; c < s->t->k; c++) {
        const medel_cell_kind k = first->cells[c].kind;
        share =
            share
            && (k == MEDEL_CELL_SHARE || k == MEDEL_CELL_EMPTY || k == MEDEL_CELL_DASH);
        if (k != MEDEL_CELL_EMPTY && r->line == line)
            r->line = first->cells[c].line;
    }
    r->share = share && first->empties < s->t->k;
    for (size_t c = 0, any = 0; c < s->t->k; c++) {
        any += first->cells[c].kind == MEDEL_CELL_SHARE;
        if (c + 1 == s->t->k)
            r->share = r->share && any;
    }
    /* "Soliditet, %" and then figures alone */
    if (r->match.row && r->match.row->type == MEDEL_FIELD_SHARE
        && r->match.quality >= MEDEL_LABEL_SAME)
        r->share = true;
    return r;
}

void medel_rows_loose(rows_state *s, size_t line, const char *why)
{
    const medel_doc_line *l = &s->l[line];
    medel_import_loose *x = MEDEL_PUSH(&s->m->arena, &s->t->loose, medel_import_loose);
    *x = (medel_import_loose){ l->text, why, l->page, l->no };
}

static void forget_labels(rows_state *s)
{
    s->nlabels = 0;
}

static void push_label(rows_state *s, const char *text, size_t line)
{
    if (s->nlabels == KEPT_LABELS) {
        memmove(s->labels, s->labels + 1, (KEPT_LABELS - 1) * sizeof *s->labels);
        s->nlabels--;
    }
    s->labels[s->nlabels++] = (label_line){ text, line };
}

/* The last n labels and 'text' as one. */
static const char *joined(rows_state *s, size_t n, const char *text)
{
    const char *t = n ? s->labels[s->nlabels - n].text : text;
    for (size_t i = s->nlabels - n + 1; n && i < s->nlabels; i++)
        t = medel_label_join(&s->m->arena, t, s->labels[i].text);
    return n && *text ? medel_label_join(&s->m->arena, t, text) : t;
}

bool medel_rows_open(const char *s)
{
    int depth = 0;
    for (; *s; s++)
        depth += *s == '(' ? 1 : *s == ')' ? -1 : 0;
    return depth > 0;
}

bool medel_rows_goes_on(const char *first, const char *second)
{
    const size_t n = strlen(first);
    const unsigned char *c = (const unsigned char *)second;
    const bool small = (*c >= 'a' && *c <= 'z') || (*c == 0xC3 && c[1] >= 0xA0);
    int years[1];
    return (n && (first[n - 1] == '-' || first[n - 1] == ',')) || medel_rows_open(first)
           || small || *second == '('
           || (medel_digit(*second) && medel_doc_years(second, years, 1));
}

/* "(inkl. ESF)" by itself under a figure says something of it, and is no label. */
static bool annotation(const medel_doc_line *l)
{
    const size_t n = strlen(l->text);
    return n > 2 && l->text[0] == '(' && l->text[n - 1] == ')' && !strchr(l->text, '%')
           && l->nlabel == l->ntokens;
}

/* "* Varav 15 000 kr avser 2024.": a sentence with a mark before it is no row. */
static bool footnote(const medel_doc_line *l)
{
    const size_t n = strlen(l->text);
    return !l->cells && n > 20 && l->text[0] == '*' && l->text[n - 1] == '.'
           && l->ntokens > 3;
}

/* ---- a line with label and figures ---- */

/* Figures that the lines after it hold, without labels, may be the rest of its row: it is
   read together with them if that gives all columns.  Returns the line after them. */
static size_t rest_of_row(rows_state *s, size_t i, medel_array *atoms, medel_array *out)
{
    const size_t k = s->t->k;
    medel_array all = { 0 };
    size_t lines = 0, stop = i;
    for (size_t j = 0; j < atoms->count; j++)
        *MEDEL_PUSH(&s->m->arena, &all, medel_atom) = ((medel_atom *)atoms->data)[j];
    for (size_t q = i; q < s->t->end && q < i + 9 * (k > 1 ? k - 1 : 1); q++) {
        if (s->l[q].blank || annotation(&s->l[q]))
            continue;
        if (*s->l[q].label || s->l[q].nlabel == s->l[q].ntokens)
            break;
        /* a number far below is the page's, not the row's */
        if (s->l[q].y
            && (s->l[q].page != s->l[i - 1].page
                || s->l[q].y - s->l[i - 1].y > 3 * s->l[q].height))
            break;
        medel_doc_atoms(s->l, q, &s->m->arena, &all);
        lines++;
        stop = q + 1;
    }
    const medel_atom *a = all.data;
    for (size_t j = 0; j < all.count; j++)
        if (a[j].kind == MEDEL_ATOM_SHARE)
            return i;
    if (lines == 0 || all.count - atoms->count > 3 * k)
        return i;
    const medel_row_shape shape = medel_rows_shape(s, true, false);
    medel_doc_readings(s->l, all.data, all.count, &shape, &s->m->arena, out);
    return out->count ? stop : i;
}

static bool all_columns(const rows_state *s, const medel_array *readings)
{
    const medel_row_reading *r = readings->data;
    for (size_t i = 0; i < readings->count; i++)
        if (r[i].empties == 0)
            return true;
    return readings->count && s->t->k > 2;
}

/* "Summa eget kapital," and then "avsättningar och": the second is no row by itself,
   whatever row has that name. */
static bool is_half(const char *above, const char *text)
{
    const size_t n = strlen(above);
    const unsigned char *c = (const unsigned char *)text;
    return n && above[n - 1] == ','
           && ((*c >= 'a' && *c <= 'z') || (*c == 0xC3 && c[1] >= 0xA0));
}

/* Labels above that complete this one: by the taxonomy, else by how they are printed. */
static void add_labelled(rows_state *s, size_t i, const medel_array *readings)
{
    const char *text = s->l[i].label;
    medel_label_quality best = medel_rows_match(s, text).quality;
    const medel_label_quality own = best;
    size_t take = 0;
    for (size_t n = 1; n <= 3 && n <= s->nlabels; n++) {
        const medel_label_quality q =
            medel_rows_match(s, joined(s, n, s->l[i].label)).quality;
        if (q > best && q >= MEDEL_LABEL_NEAR) {
            best = q;
            take = n;
        }
    }
    if (take == 0 && s->nlabels
        && (own < MEDEL_LABEL_WORDS
            || is_half(s->labels[s->nlabels - 1].text, s->l[i].label))
        && medel_rows_goes_on(s->labels[s->nlabels - 1].text, text) && *text != '('
        && *text != '-')
        take = 1;
    const size_t line = take ? s->labels[s->nlabels - take].line : i;
    text = joined(s, take, text);
    s->nlabels -= take;
    if (s->nlabels)
        s->group = s->labels[s->nlabels - 1].text;
    medel_rows_add(s, text, line, readings, false);
    forget_labels(s);
}

/* A label that stands last before figures may belong to what follows them. */
static size_t carried(rows_state *s, const char *label)
{
    if (s->partial != NONE)
        return 0;
    for (size_t n = 1; n <= 2 && n <= s->nlabels; n++)
        if (medel_rows_match(s, joined(s, n, "")).quality < MEDEL_LABEL_SAME
            && medel_rows_match(s, joined(s, n, label)).quality >= MEDEL_LABEL_SAME)
            return n;
    return 0;
}

/* What follows completes rows that wait for it. */
static void settle(rows_state *s, const char *label)
{
    label_line kept[2];
    if (s->nnumbers == 0 && s->partial == NONE)
        return;
    const size_t n = carried(s, label);
    for (size_t i = 0; i < n; i++)
        kept[i] = s->labels[s->nlabels - n + i];
    s->nlabels -= n;
    medel_rows_flush(s);
    for (size_t i = 0; i < n; i++)
        push_label(s, kept[i].text, kept[i].line);
}

static bool next_is_figures(const rows_state *s, size_t i, size_t within)
{
    for (size_t q = i; q < s->t->end && q < i + within; q++)
        if (!s->l[q].blank)
            return !*s->l[q].label && s->l[q].nlabel < s->l[q].ntokens;
    return false;
}

static size_t labelled_line(rows_state *s, size_t i)
{
    const medel_doc_line *l = &s->l[i];
    medel_array atoms = { 0 }, alone = { 0 }, together = { 0 };
    medel_doc_atoms(s->l, i, &s->m->arena, &atoms);
    const medel_atom *a = atoms.data;
    if (s->t->k > 1 && atoms.count == 1 && a->kind == MEDEL_ATOM_DASH && a->gap <= 1
        && !l->cells) { /* "2021, 2020 -": the dash of a label that goes on */
        settle(s, l->text);
        push_label(s, l->text, i);
        return i + 1;
    }
    if (s->t->note_column && atoms.count == 1 && a->kind == MEDEL_ATOM_GROUP
        && a->digits > 0 && a->digits < 40 && s->t->k > 1
        && !next_is_figures(s, i + 1, 6)) { /* "Skulder 6": a heading with its note */
        settle(s, l->label);
        push_label(s, l->label, i);
        s->note = (int)a->digits;
        return i + 1;
    }
    const medel_row_shape shape = medel_rows_shape(s, true, true);
    medel_doc_readings(s->l, atoms.data, atoms.count, &shape, &s->m->arena, &alone);
    size_t next = i + 1;
    const bool waits = s->nnumbers || s->partial != NONE;
    /* a row of cells that is full has all its figures */
    const bool full =
        l->cells && alone.count && ((const medel_row_reading *)alone.data)->empties == 0;
    if (!waits && !full
        && !(s->nlabels
             && medel_rows_match(s, s->labels[s->nlabels - 1].text).quality
                    >= MEDEL_LABEL_SAME))
        next = rest_of_row(s, i + 1, &atoms, &together);
    if (together.count)
        alone = together;
    settle(s, l->label);
    if (all_columns(s, &alone)) {
        add_labelled(s, i, &alone);
        return next;
    }
    if (next_is_figures(s, i + 1, 8)) {
        s->partial = i;
    } else if (alone.count) {
        add_labelled(s, i, &alone);
    } else {
        if (atoms.count)
            medel_rows_loose(s, i, "talen passar inte i tabellens kolumner");
        forget_labels(s);
    }
    return i + 1;
}

/* The row above, of which this line is the rest if the taxonomy knows them together. */
static medel_doc_row *begun_row(rows_state *s, const char *label,
                                medel_label_quality least)
{
    medel_doc_row *rows = s->t->rows.data;
    if (s->t->rows.count == 0 || s->nlabels)
        return NULL;
    medel_doc_row *last = &rows[s->t->rows.count - 1];
    const medel_label_quality both =
        medel_rows_match(s, medel_label_join(&s->m->arena, last->label, label)).quality;
    return last->match.quality < MEDEL_LABEL_SAME && both >= least
                   && both > last->match.quality
               ? last
               : NULL;
}

/* "Driftbidrag från Mora" and, right under it, "kommun". */
static bool rest_of_label(const rows_state *s, size_t i)
{
    const medel_doc_row *rows = s->t->rows.data;
    if (s->t->rows.count == 0 || s->nlabels || i == 0 || !s->l[i].y || s->l[i - 1].blank)
        return false;
    const medel_doc_row *last = &rows[s->t->rows.count - 1];
    const medel_doc_line *above = &s->l[i - 1], *l = &s->l[i];
    return last->line == i - 1 && last->match.quality < MEDEL_LABEL_SAME
           && above->page == l->page && l->y > above->y
           && (l->y - above->y) * 100 < l->height * 160 && l->ntokens < 4
           && medel_rows_goes_on(last->label, l->text);
}

static void label_only(rows_state *s, size_t i)
{
    const char *label = s->l[i].label;
    if (s->nnumbers || s->partial != NONE)
        medel_rows_flush(s);
    medel_doc_row *begun = begun_row(s, label, MEDEL_LABEL_NEAR);
    if (!begun && rest_of_label(s, i))
        begun = &((medel_doc_row *)s->t->rows.data)[s->t->rows.count - 1];
    if (begun) {
        begun->label = medel_label_join(&s->m->arena, begun->label, label);
        begun->match = medel_rows_match(s, begun->label);
        return;
    }
    push_label(s, label, i);
    *MEDEL_PUSH(&s->m->arena, &s->bare, label_line) = (label_line){ label, i };
}

/* ---- rows that are printed empty ---- */

static bool sums_others(const medel_table_spec *t, const char *id)
{
    for (size_t i = 0; i < t->nrows; i++)
        if (t->rows[i]->under && strcmp(t->rows[i]->under, id) == 0)
            return true;
    return false;
}

/* Is the row printed, or another of its concept: "Summa kortfristiga skulder"? */
static bool has_row(const medel_doc_table *t, const medel_row *row)
{
    const medel_doc_row *r = t->rows.data;
    for (size_t i = 0; i < t->rows.count; i++)
        if (r[i].match.row && r[i].match.quality >= MEDEL_LABEL_NEAR
            && (r[i].match.row == row
                || (row->concept_ref && r[i].match.row->concept_ref == row->concept_ref)))
            return true;
    return false;
}

/* A statement prints a row's label and nothing beside it: that is a row, too. */
static void add_empty(rows_state *s, const label_line *bare)
{
    const medel_label_match x = medel_rows_match(s, bare->text);
    medel_array readings = { 0 };
    if (!x.row || x.quality < MEDEL_LABEL_SAME || x.row->memo
        || x.row->type != MEDEL_FIELD_AMOUNT || sums_others(s->t->spec, x.row->id)
        || has_row(s->t, x.row))
        return;
    medel_row_reading *r = MEDEL_PUSH(&s->m->arena, &readings, medel_row_reading);
    r->cells = MEDEL_NEW(&s->m->arena, medel_doc_cell, s->t->k);
    r->empties = (unsigned)s->t->k;
    medel_rows_add(s, bare->text, bare->line, &readings, false);
    medel_doc_row *rows = s->t->rows.data;
    for (size_t i = s->t->rows.count - 1; i > 0 && rows[i - 1].label_line > bare->line;
         i--) {
        const medel_doc_row x2 = rows[i];
        rows[i] = rows[i - 1];
        rows[i - 1] = x2;
    }
}

/* "Verksamhetens" and, under it, "intäkter": a word of headers ends a label, before its
   figures or after them. */
static bool completes_label(rows_state *s, const medel_doc_line *l)
{
    if (s->nlabels)
        return medel_rows_match(s, joined(s, 1, l->text)).quality >= MEDEL_LABEL_SAME;
    return l->nlabel == l->ntokens && begun_row(s, l->text, MEDEL_LABEL_SAME) != NULL;
}

/* "Balanserat resultat    Årets resultat    Totalt" under a title: three texts far apart,
   and no figures, are the columns of another table. */
static bool heads_of_others(const medel_doc_line *l)
{
    size_t wide = 0;
    for (size_t i = 1; i < l->ntokens; i++)
        wide +=
            l->cells ? l->tokens[i].cell != l->tokens[i - 1].cell : l->tokens[i].gap > 4;
    return l->nlabel == l->ntokens && wide >= 2;
}

void medel_doc_rows(medel_import *m, medel_doc_table *t)
{
    label_line labels[KEPT_LABELS + 1];
    rows_state s = {
        .m = m, .t = t, .l = MEDEL_LINES(m), .labels = labels, .partial = NONE
    };
    size_t prose = 0;
    size_t i = t->body;
    medel_doc_join_lines(m, t);
    while (i < t->end) {
        const medel_doc_line *l = &s.l[i];
        if (l->blank) {
            s.blanks += !l->placeholder;
            i++;
            continue;
        }
        if (t->rows.count && s.nlabels && heads_of_others(l)
            && !medel_doc_header_line(m, t->spec, l))
            break;
        if ((medel_doc_header_line(m, t->spec, l) && !completes_label(&s, l))
            || medel_doc_names_columns(m, l) || footnote(l)
            || (annotation(l) && (s.nnumbers || s.partial != NONE))) {
            i++;
            continue;
        }
        if (medel_doc_prose(l)) {
            medel_rows_flush(&s);
            forget_labels(&s);
            if (++prose >= 2 && t->rows.count)
                break;
            i++;
            continue;
        }
        if (l->nlabel == l->ntokens) {
            if (*l->label)
                label_only(&s, i);
            i++;
        } else if (*l->label) {
            i = labelled_line(&s, i);
        } else {
            if (s.nnumbers < ROWS_NUMBERS)
                s.numbers[s.nnumbers++] = (number_line){ i, s.blanks };
            else
                medel_rows_loose(&s, i, "för många rader med tal efter varandra");
            i++;
        }
    }
    medel_rows_flush(&s);
    const label_line *bare = s.bare.data;
    const bool statement =
        !t->spec->note && (t->spec->period_header || t->spec->date_header);
    for (size_t j = 0; statement && t->rows.count && j < s.bare.count; j++)
        add_empty(&s, &bare[j]);
}

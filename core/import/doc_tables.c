/* doc_tables.c - where the tables are: headings, years, columns, units. */
#include "import.h"

#include <stdlib.h>
#include <string.h>

#define TABLE_LINES 330 /* that a table may have */

const medel_table_spec *medel_doc_spec(const medel_import *m, size_t i)
{
    const medel_table_spec *tables;
    const size_t n = medel_taxonomy_tables(m->taxonomy, &tables);
    /* the one in the map, which has all of it */
    return i < n ? medel_taxonomy_table(m->taxonomy, tables[i].id) : NULL;
}

/* ---- the financial year ---- */

int medel_doc_year(const medel_import *m)
{
    const medel_doc_line *l = MEDEL_LINES(m);
    int weight[100] = { 0 }, best = 0;
    for (size_t i = 0; i < m->lines.count; i++) {
        int years[8];
        const size_t n = medel_doc_years(l[i].text, years, 8);
        const bool title = strstr(l[i].text, "rsredovisning") != NULL;
        for (size_t j = 0; j < n; j++)
            weight[years[j] - 2000] += (title ? 10 : 0) + (i < 60 ? 2 : 0)
                                       + (strstr(l[i].text, "-12-31") ? 1 : 0);
    }
    for (int y = 0; y < 100; y++)
        if (weight[y] > 0 && (best == 0 || weight[y] >= weight[best - 2000]))
            best = 2000 + y;
    return best;
}

/* ---- kinds of lines ---- */

static bool letter_at(const char *p)
{
    const unsigned char c = (unsigned char)*p;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC3;
}

static size_t letters_in(const char *s)
{
    size_t n = 0;
    for (; *s; s++)
        n += letter_at(s) && ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

static size_t words_in(const char *s)
{
    size_t n = 0;
    for (const char *p = s; *p; p++)
        n += letter_at(p) && (p == s || p[-1] == ' ');
    return n;
}

/* "... kronor mindre än 2022. Verksamhetens kostnader uppgick till": a sentence ends, and
   another begins.  A word of three letters or less may be cut short. */
static bool ends_and_begins(const char *s)
{
    size_t letters = 0;
    for (const char *p = s; *p; p++) {
        const unsigned char next = p[0] == '.' && p[1] == ' ' ? (unsigned char)p[2] : 0;
        if (letters > 3
            && ((next >= 'A' && next <= 'Z')
                || (next == 0xC3 && (unsigned char)p[3] < 0xA0)))
            return true;
        letters = letter_at(p) || (unsigned char)*p >= 0x80 || medel_digit(*p)
                      ? letters + 1
                      : 0;
    }
    return false;
}

/* A sentence, not a label: long, of words, with no figures after it. */
bool medel_doc_prose(const medel_doc_line *l)
{
    const size_t figures = l->ntokens - l->nlabel;
    if (l->blank || l->cells)
        return false;
    if (words_in(l->label) >= 5 && ends_and_begins(l->label))
        return true;
    return (strlen(l->text) > 75 && figures <= 1 && words_in(l->text) >= 7)
           || (letters_in(l->text) > 50 && figures == 0 && words_in(l->text) >= 8);
}

/* ---- headings ---- */

typedef struct heading {
    size_t line, last;             /* where it begins and ends */
    const medel_table_spec *table; /* NULL: another part begins */
    int note;
    const medel_row *about; /* a note of the parts of this row */
    const char *text;
} heading;

/* "1.1. ", "5." and "5 " before a heading. */
static const char *after_number(const char *s)
{
    const char *p = s;
    while (medel_digit(*p)) {
        while (medel_digit(*p))
            p++;
        if (*p == '.')
            p++;
    }
    while (*p == ' ')
        p++;
    return p > s && letter_at(p) ? p : s;
}

static bool is_sentence(const char *rest)
{
    const size_t n = strlen(rest);
    return n > 3 && rest[n - 1] == '.' && letters_in(rest) >= 3;
}

static void know_heading(medel_import *m, const medel_table_spec *t, const medel_row *row)
{
    const char *const *list = row ? row->headings : t->headings;
    for (size_t i = 0; list && list[i]; i++) {
        const char *plain = medel_label_plain(&m->arena, list[i]);
        *MEDEL_PUSH(&m->arena, &m->headings, medel_known_heading) =
            (medel_known_heading){ t, row, plain, strlen(plain) };
    }
}

static void know_headings(medel_import *m)
{
    const medel_table_spec *t;
    for (size_t i = 0; (t = medel_doc_spec(m, i)) != NULL; i++) {
        know_heading(m, t, NULL);
        for (size_t r = 0; t->note && r < t->nrows; r++)
            know_heading(m, t, t->rows[r]);
    }
}

/* The longest heading that 'plain' begins with, of notes or of other tables; NULL: none.
 */
static const medel_known_heading *heading_of(const medel_import *m, const char *plain,
                                             bool note)
{
    const medel_known_heading *h = m->headings.data, *best = NULL;
    for (size_t i = 0; i < m->headings.count; i++)
        if ((h[i].table->note != NULL) == note && (!best || h[i].len > best->len)
            && medel_label_begins(plain, h[i].plain))
            best = &h[i];
    return best;
}

static const medel_table_spec *table_of_heading(medel_import *m, const char *text)
{
    if (is_sentence(text))
        return NULL;
    const medel_arena_mark here = medel_arena_here(&m->scratch);
    const char *plain = medel_label_plain(&m->scratch, after_number(text));
    const medel_known_heading *best = heading_of(m, plain, false);
    const bool alone = best && strlen(plain) - best->len <= 44;
    medel_arena_back(&m->scratch, here);
    return alone ? best->table : NULL;
}

static const medel_table_spec *note_kind(medel_import *m, const char *title,
                                         const medel_row **about)
{
    const medel_table_spec *t, *other = NULL;
    const char *plain = medel_label_plain(&m->scratch, title);
    *about = NULL;
    if (strstr(plain, "princip"))
        return NULL;
    const medel_known_heading *best = heading_of(m, plain, true);
    if (best) {
        *about = best->row;
        return best->table;
    }
    for (size_t i = 0; (t = medel_doc_spec(m, i)) != NULL; i++)
        if (t->note && strcmp(t->note, "ovrig") == 0)
            other = t;
    return other;
}

static const char *words_of(medel_import *m, const medel_doc_line *l, size_t from,
                            size_t to)
{
    const char *text = medel_doc_words(m, l, from, to);
    while (*text && !letter_at(text)) /* "- Verksamhetens intäkter" */
        text++;
    return text;
}

/* The number of a note: "2", "2.", "2:"; 0: it is none. */
static int note_number(const medel_token *t)
{
    int n = 0;
    unsigned i = 0;
    for (; i < t->len && medel_digit(t->text[i]) && n < 100; i++)
        n = n * 10 + (t->text[i] - '0');
    return (i == t->len || (i + 1 == t->len && strchr(".:)", t->text[i]))) && n <= 60 ? n
                                                                                      : 0;
}

static bool says(medel_import *m, const medel_token *t, const char *word)
{
    const medel_arena_mark here = medel_arena_here(&m->scratch);
    const char *text = medel_arena_text(&m->scratch, t->text, t->len);
    const bool same = strcmp(medel_label_plain(&m->scratch, text), word) == 0;
    medel_arena_back(&m->scratch, here);
    return same;
}

/* "Not 2. Verksamhetens intäkter", "Not nr 2", and the title may stand on the next line.
 */
static bool note_heading(medel_import *m, size_t line, heading *h)
{
    const medel_doc_line *l = &MEDEL_LINES(m)[line];
    const size_t heads = medel_doc_columns_beside(m, l);
    if (l->ntokens < 2 || medel_doc_heads_beside(m, l) == 0
        || !says(m, &l->tokens[0], "not"))
        return false; /* heads: "Not  31 dec 2023" */
    const size_t at = says(m, &l->tokens[1], "nr") ? 2 : 1;
    const int n = at < l->ntokens ? note_number(&l->tokens[at]) : 0;
    if (n == 0)
        return false;
    const char *title = at + 1 < heads ? words_of(m, l, at + 1, heads) : "";
    if (!*title && heads > at + 1)
        return false;
    h->note = n;
    if (*title) {
        h->table = note_kind(m, title, &h->about);
        return strlen(title) <= 90 && (l->nlabel == l->ntokens || heads <= l->nlabel);
    }
    size_t next = line + 1;
    while (next < m->lines.count && next < line + 3 && MEDEL_LINES(m)[next].blank)
        next++;
    if (next >= m->lines.count || MEDEL_LINES(m)[next].blank)
        return false;
    l = &MEDEL_LINES(m)[next];
    title = words_of(m, l, 0, medel_doc_columns_beside(m, l));
    const medel_table_spec *kind = *title ? note_kind(m, title, &h->about) : NULL;
    if (medel_doc_heads_beside(m, l) <= l->nlabel && kind && !medel_doc_prose(l)) {
        h->last = next;
        h->table = kind;
    } else {
        h->table = note_kind(m, "", &h->about);
    }
    return true;
}

/* "Verksamhetens intäkter (not 2)", and among the notes "2. Verksamhetens intäkter": only
 * with the words of a note's heading and no others. */
static bool numbered_note(medel_import *m, const medel_doc_line *l, bool among_notes,
                          heading *h)
{
    const size_t heads = medel_doc_columns_beside(m, l);
    const char *title = NULL;
    if (heads < 2)
        return false;
    if (among_notes && (h->note = note_number(&l->tokens[0])) > 0)
        title = words_of(m, l, 1, heads);
    else if (heads > 2 && l->tokens[heads - 2].text[0] == '('
             && says(m, &l->tokens[heads - 2], "not")
             && (h->note = note_number(&l->tokens[heads - 1])) > 0)
        title = words_of(m, l, 0, heads - 2);
    h->table = title && *title ? note_kind(m, title, &h->about) : NULL;
    const char *plain = h->table ? medel_label_plain(&m->scratch, title) : NULL;
    const medel_known_heading *all = plain ? heading_of(m, plain, true) : NULL;
    if (all && !all->row && all->len == strlen(plain))
        return true;
    h->table = NULL;
    h->note = 0;
    return false;
}

static bool numbered(const char *s)
{
    const char *p = s;
    bool dot = false;
    while (medel_digit(*p) || (*p == '.' && p > s)) {
        dot = dot || *p == '.';
        p++;
    }
    while (*p == ' ')
        p++;
    return p > s && dot && p - s <= 12
           && ((*p >= 'A' && *p <= 'Z') || (unsigned char)*p == 0xC3);
}

static bool heading_at(medel_import *m, size_t i, bool among_notes, heading *h)
{
    const medel_doc_line *l = &MEDEL_LINES(m)[i];
    const bool figures = l->nlabel < l->ntokens;
    *h = (heading){ .line = i, .last = i, .text = medel_doc_title(m, l) };
    if (l->blank || strlen(l->text) > 130 || strstr(l->text, "...."))
        return false;
    if (note_heading(m, i, h) || numbered_note(m, l, among_notes, h))
        return true;
    h->note = 0;
    if (!*l->label || (figures && medel_doc_heads_beside(m, l) > l->nlabel))
        return false;
    h->table = table_of_heading(m, h->text);
    if (h->table)
        return true;
    /* a heading in two lines */
    const medel_doc_line *next = i + 1 < m->lines.count ? l + 1 : NULL;
    if (next && !next->blank && !figures && *next->label && words_in(l->text) <= 3
        && words_in(next->label) <= 4
        && medel_doc_heads_beside(m, next) <= next->nlabel) {
        const char *both = medel_label_join(&m->arena, l->text, next->label);
        h->table = table_of_heading(m, both);
        if (h->table && !table_of_heading(m, next->text)) {
            h->last = i + 1;
            h->text = both;
            return true;
        }
        h->table = NULL;
    }
    return numbered(l->text);
}

/* ---- unit ---- */

/* The unit as it is printed: from "Belopp" or a bracket to its word. */
static bool unit_in(medel_import *m, const medel_doc_line *l, medel_unit *unit,
                    const char **printed)
{
    size_t at;
    const size_t n = medel_money_named(l->text, &at, unit);
    if (n == 0)
        return false;
    const char *word = l->text + at, *end = word + n;
    const char *start = strstr(l->text, "Belopp");
    if (!start || start > word)
        start = word;
    if (start > l->text && start[-1] == '(')
        start--;
    else if (word > l->text + 2 && strncmp(word - 3, "(i ", 3) == 0)
        start = word - 3;
    end += *end == '.' || *end == ')';
    *printed = medel_arena_text(&m->arena, start, (size_t)(end - start));
    return true;
}

void medel_doc_look_for_unit(medel_import *m, medel_doc_table *t, size_t line)
{
    medel_unit unit;
    const char *printed;
    if (!t->printed_unit && unit_in(m, &MEDEL_LINES(m)[line], &unit, &printed)) {
        t->unit = unit;
        t->printed_unit = printed;
        t->unit_line = line;
    }
}

/* ---- header and body ---- */

static void read_header(medel_import *m, medel_doc_table *t, size_t last)
{
    const medel_doc_line *l = MEDEL_LINES(m);
    medel_doc_heads w = { .ndates = 0 };
    const bool years = t->spec->by_year;
    t->unit = MEDEL_UNIT_KR;
    t->header = t->start;
    medel_doc_look_for_unit(m, t, t->start);
    medel_doc_heads beside = { .ndates = 0 };
    const size_t first = medel_doc_heads_beside(m, &l[last]);
    medel_doc_read_heads(m, &l[last], first, &beside);
    t->note_column = !t->note && medel_doc_names_notes(m, &l[last], first);
    if (years && (l[last].ntokens > l[last].nlabel || beside.nitems > 1)) {
        w = beside;
    } else if (years && !t->note && strstr(l[t->start].text, "20")) {
        /* "Balanskravsresultat 2023"; of a statement two dates, for its title may have
         * one */
        const medel_table_spec *spec = t->spec;
        int dates[MEDEL_DOC_COLUMNS];
        if ((!spec->period_header && !spec->date_header)
            || medel_doc_years(l[t->start].text, dates, MEDEL_DOC_COLUMNS) > 1)
            medel_doc_read_heads(m, &l[t->start], 0, &w);
    }
    size_t i = last + 1;
    for (; i < t->end && i < last + 45; i++) {
        if (l[i].blank)
            continue;
        if (medel_doc_header_line(m, t->spec, &l[i])) {
            medel_doc_look_for_unit(m, t, i);
            t->note_column = t->note_column || medel_doc_names_notes(m, &l[i], 0);
            if (years) {
                const size_t before = w.nitems;
                medel_doc_read_heads(m, &l[i], 0, &w);
                if (w.nitems > before)
                    t->header = i;
            }
            continue;
        }
        const bool figures = l[i].ntokens > l[i].nlabel;
        if (w.nyears || (figures && !medel_doc_prose(&l[i]))
            || medel_labels_match(m->labels, t->spec, l[i].label).quality
                   >= MEDEL_LABEL_WORDS)
            break;
    }
    t->body = i;
    t->headless = w.nitems == 0;
    if (years)
        medel_doc_year_columns(m, t, &w);
}

/* A balanskravsutredning shows one year, whatever its heading mentions. */
static void settle_columns(medel_import *m, medel_doc_table *t)
{
    const medel_doc_line *l = MEDEL_LINES(m);
    size_t most = 0;
    for (size_t i = t->body; i < t->end && i < t->body + 40; i++) {
        size_t amounts = 0;
        medel_array atoms = { 0 };
        if (medel_labels_match(m->labels, t->spec, l[i].label).quality < MEDEL_LABEL_NEAR
            || medel_doc_prose(&l[i]))
            continue;
        medel_doc_atoms(l, i, &m->arena, &atoms);
        const medel_atom *a = atoms.data;
        for (size_t j = 0; j < atoms.count; j++)
            amounts += j == 0 || a[j].gap != 1 || a[j].kind != MEDEL_ATOM_GROUP
                       || a[j].ndigits != 3 || a[j].negative;
        most = amounts > most ? amounts : most;
    }
    if (most == 1 && t->k > 1 && t->header == t->start)
        t->k = 1;
}

static void read_table(medel_import *m, const heading *h, size_t end)
{
    medel_doc_table t = { .spec = h->table,
                          .note = h->note,
                          .about = h->about,
                          .start = h->line,
                          .heading = h->text };
    t.end = end < h->line + TABLE_LINES ? end : h->line + TABLE_LINES;
    read_header(m, &t, h->last);
    for (size_t i = t.body; i < t.end; i++)
        t.cells = t.cells || MEDEL_LINES(m)[i].cells;
    if (t.spec->note && t.headless && medel_doc_matrix(m, &t)) {
        t.printed_headers = false;
    } else if (t.spec->by_year) {
        settle_columns(m, &t);
        for (size_t c = 0; c < t.k; c++)
            if (t.cells && t.cell[c] == 0)
                medel_doc_last_cells(m, &t, t.k);
    } else {
        medel_doc_name_columns(m, &t);
    }
    if (t.k == 0)
        return;
    medel_doc_rows(m, &t);
    if (t.matrix)
        medel_doc_matrix_rows(m, &t);
    const medel_doc_row *r = t.rows.data;
    for (size_t i = 0; i < t.rows.count; i++)
        t.score += r[i].match.quality >= MEDEL_LABEL_WORDS ? 3U : 1U;
    /* else the heading stands above a text */
    if (t.rows.count || t.loose.count > 2)
        *MEDEL_PUSH(&m->arena, &m->tables, medel_doc_table) = t;
}

/* ---- tables without a heading: a run of lines that are rows of one ---- */

static bool is_row_already(const medel_import *m, size_t line)
{
    const medel_doc_table *t = m->tables.data;
    for (size_t i = 0; i < m->tables.count; i++) {
        const medel_doc_row *r = t[i].rows.data;
        if (line < t[i].start || line >= t[i].end)
            continue;
        for (size_t j = 0; j < t[i].rows.count; j++)
            if (r[j].line == line || r[j].label_line == line)
                return true;
    }
    return false;
}

/* The line above a run's first row that is known: rows of one word and heads of columns
 * stand between, and perhaps a title that is no known heading. */
static size_t above_run(medel_import *m, const medel_table_spec *spec, size_t first)
{
    const medel_doc_line *l = MEDEL_LINES(m);
    size_t start = first > 0 ? first - 1 : 0;
    for (size_t up = first; up > 0 && first - up < 14; up--) {
        const medel_doc_line *above = &l[up - 1];
        if (above->blank)
            continue;
        if (medel_doc_prose(above) || is_row_already(m, up - 1))
            break;
        const size_t heads = medel_doc_heads_beside(m, above);
        const bool figures = above->nlabel < above->ntokens;
        if (heads < above->ntokens && heads <= above->nlabel)
            return up - 1; /* heads of columns, beside a title or alone */
        if (!figures || !*above->label
            || medel_labels_match(m->labels, spec, above->label).quality
                   < MEDEL_LABEL_SAME)
            break;
        start = up > 1 ? up - 2 : 0;
    }
    return start;
}

static void find_run(medel_import *m, const medel_table_spec *spec)
{
    const medel_doc_line *l = MEDEL_LINES(m);
    size_t *hit = MEDEL_NEW(&m->arena, size_t, m->lines.count + 1), n = 0;
    for (size_t i = 0; i < m->lines.count; i++)
        if (*l[i].label && strchr(l[i].label, ' ') && !medel_doc_prose(&l[i])
            && !is_row_already(m, i)
            && medel_labels_match(m->labels, spec, l[i].label).quality
                   >= MEDEL_LABEL_SAME)
            hit[n++] = i;
    for (size_t i = 0; i + 2 < n; i++) {
        size_t last = i;
        while (last + 1 < n && hit[last + 1] - hit[last] <= 14)
            last++;
        if (last - i >= 2) {
            const size_t start = above_run(m, spec, hit[i]);
            const heading h = {
                .line = start, .last = start, .table = spec, .text = NULL
            };
            const size_t before = m->tables.count;
            read_table(m, &h,
                       hit[last] + 4 < m->lines.count ? hit[last] + 4 : m->lines.count);
            if (m->tables.count > before)
                ((medel_doc_table *)m->tables.data)[before].assumed = true;
        }
        i = last;
    }
}

/* ---- all of them ---- */

static int by_line(const void *x, const void *y)
{
    const medel_doc_table *a = x, *b = y;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->score < b->score ? 1 : a->score > b->score ? -1 : 0;
}

static bool same_table(const medel_doc_table *a, const medel_doc_table *b)
{
    return a->spec == b->spec && a->note == b->note;
}

static size_t known_rows(const medel_doc_table *t)
{
    const medel_doc_row *r = t->rows.data;
    size_t n = 0;
    for (size_t i = 0; i < t->rows.count; i++)
        n += r[i].match.row && r[i].match.quality >= MEDEL_LABEL_SAME;
    return n;
}

/* Assets on one page, and under the same heading equity and debts on the next: the same
   columns, and no row in both. */
static bool goes_on_in(const medel_doc_table *a, const medel_doc_table *b)
{
    const medel_doc_row *x = a->rows.data, *y = b->rows.data;
    if (a->spec->note || a->k != b->k || b->start < a->start || known_rows(a) < 2
        || known_rows(b) < 2)
        return false;
    for (size_t c = 0; c < a->k; c++)
        if (strcmp(a->columns[c], b->columns[c]) != 0)
            return false;
    for (size_t i = 0; i < a->rows.count; i++)
        for (size_t j = 0; j < b->rows.count; j++)
            if (x[i].match.row && x[i].match.row == y[j].match.row
                && x[i].match.quality >= MEDEL_LABEL_SAME
                && y[j].match.quality >= MEDEL_LABEL_SAME)
                return false;
    return true;
}

static void go_on(medel_import *m, medel_doc_table *a, const medel_doc_table *b)
{
    for (size_t i = 0; i < b->rows.count; i++)
        *MEDEL_PUSH(&m->arena, &a->rows, medel_doc_row) =
            ((medel_doc_row *)b->rows.data)[i];
    for (size_t i = 0; i < b->loose.count; i++)
        *MEDEL_PUSH(&m->arena, &a->loose, medel_import_loose) =
            ((medel_import_loose *)b->loose.data)[i];
    a->end = b->end;
    a->score += b->score;
}

/* Of several of a kind (a list of contents, a page that is torn), the one with most. */
static void keep_best(medel_import *m)
{
    medel_doc_table *t = m->tables.data;
    size_t kept = 0;
    for (size_t i = 0; i < m->tables.count; i++) {
        size_t j = 0;
        while (j < kept && !same_table(&t[j], &t[i]))
            j++;
        if (j < kept) {
            if (goes_on_in(&t[j], &t[i]))
                go_on(m, &t[j], &t[i]);
            else if (t[i].score >= t[j].score)
                t[j] = t[i];
        } else {
            t[kept++] = t[i];
        }
    }
    m->tables.count = kept;
    if (kept)
        qsort(t, kept, sizeof *t, by_line);
}

static bool begins_notes(medel_import *m, const medel_doc_line *l)
{
    return l->nlabel == l->ntokens && l->ntokens && l->ntokens <= 5
           && medel_label_begins(medel_label_plain(&m->arena, l->text), "noter");
}

/* The kind of note that a statement's row with its number asks for; NULL: none, or two.
 */
static const medel_table_spec *kind_of_number(medel_import *m, int note)
{
    const medel_doc_table *t = m->tables.data;
    const char *kind = NULL;
    for (size_t i = 0; i < m->tables.count; i++) {
        const medel_doc_row *r = t[i].rows.data;
        for (size_t j = 0; !t[i].note && j < t[i].rows.count; j++) {
            const medel_row *row = r[j].match.row;
            if (r[j].match.quality < MEDEL_LABEL_NEAR || !row || !row->note
                || ((const medel_row_reading *)r[j].readings.data)->note != note)
                continue;
            if (kind && strcmp(kind, row->note) != 0)
                return NULL;
            kind = row->note;
        }
    }
    const medel_table_spec *spec = NULL;
    for (size_t i = 0; kind && (spec = medel_doc_spec(m, i)) != NULL; i++)
        if (spec->note && strcmp(spec->note, kind) == 0)
            return spec;
    return NULL;
}

static void read_headings(medel_import *m, const heading *h, size_t n, bool notes)
{
    for (size_t i = 0; i < n; i++) {
        const size_t end = i + 1 < n ? h[i + 1].line : m->lines.count;
        heading one = h[i];
        if ((one.note != 0) != notes || !one.table
            || (i + 1 < n && h[i + 1].table == one.table && !one.note
                && end - one.line <= 4))
            continue;
        if (notes && strcmp(one.table->note, "ovrig") == 0) {
            const medel_table_spec *asked = kind_of_number(m, one.note);
            one.table = asked ? asked : one.table;
        }
        read_table(m, &one, end);
    }
}

void medel_doc_find_tables(medel_import *m)
{
    medel_array found = { 0 }; /* heading */
    bool among_notes = false;
    know_headings(m);
    for (size_t i = 0; i < m->lines.count; i++) {
        heading h;
        among_notes = among_notes || begins_notes(m, &MEDEL_LINES(m)[i]);
        if (heading_at(m, i, among_notes, &h)) {
            *MEDEL_PUSH(&m->arena, &found, heading) = h;
            among_notes = among_notes || h.note != 0;
        }
    }
    /* the statements first: their column of notes says what a note is about */
    read_headings(m, found.data, found.count, false);
    read_headings(m, found.data, found.count, true);
    const medel_table_spec *spec;
    for (size_t i = 0; (spec = medel_doc_spec(m, i)) != NULL; i++) {
        const medel_doc_table *t = m->tables.data;
        bool have = false;
        for (size_t j = 0; j < m->tables.count; j++)
            have = have || (t[j].spec == spec && t[j].score >= 6);
        if (!have && !spec->note && spec->by_year)
            find_run(m, spec);
    }
    keep_best(m);
}

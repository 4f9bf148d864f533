/*
 * doc_blocks.c - labels in one block of lines and their figures in the next.
 *
 * The figures may be one row's, one row to a line, or printed column by column, with
 * shares under the amounts and with holes.  Which label a figure of a column with holes
 * belongs to follows from how far down it stands, and is a guess until a sum confirms it.
 */
#include "doc_rows.h"

#include <stdlib.h>
#include <string.h>

#define MAX_LABELS 32

typedef struct label_group {
    const char *text;
    size_t first, last; /* lines */
    medel_label_quality quality;
} label_group;

typedef struct amount_line {
    medel_array atoms; /* medel_atom */
    size_t line, group;
} amount_line;

typedef struct block {
    rows_state *s;
    label_group labels[MAX_LABELS];
    size_t nlabels;
    amount_line amounts[ROWS_NUMBERS + 1];
    size_t namounts;
    medel_atom shares[ROWS_NUMBERS];
    size_t nshares;
} block;

/* ---- labels ---- */

static void group_labels(block *b, const label_line *l, size_t n)
{
    medel_arena *a = &b->s->m->arena;
    for (size_t i = 0; i < n && b->nlabels < MAX_LABELS;) {
        size_t take = 0;
        medel_label_quality best = MEDEL_LABEL_WORDS;
        const char *text = l[i].text, *chosen = text;
        for (size_t k = 1; k <= 5 && i + k <= n; k++) {
            if (k > 1)
                text = medel_label_join(a, text, l[i + k - 1].text);
            const medel_label_quality q = medel_rows_match(b->s, text).quality;
            if (q >= best) {
                best = q;
                take = k;
                chosen = text;
            }
        }
        const bool known = take > 0;
        if (!known)
            take = 1;
        /* typography: hyphens, brackets, small letters; a known label goes on in brackets
         */
        while (i + take < n
               && (known ? *l[i + take].text == '(' || medel_rows_open(chosen)
                               || strspn(l[i + take].text, "0123456789, -") > 4
                         : medel_rows_goes_on(chosen, l[i + take].text)))
            chosen = medel_label_join(a, chosen, l[i + take++].text);
        b->labels[b->nlabels++] = (label_group){ chosen, l[i].line, l[i + take - 1].line,
                                                 medel_rows_match(b->s, chosen).quality };
        i += take;
    }
}

static bool says_share(const char *label)
{
    return strchr(label, '%') || strstr(label, "andel") || strstr(label, "Andel")
           || strstr(label, "oliditet");
}

/* The label without the bracket that is about a share. */
static const char *without_share(medel_arena *a, const char *label)
{
    const char *open = strchr(label, '('), *close = open ? strchr(open, ')') : NULL;
    if (!open || !says_share(open))
        return says_share(label) && !open ? "" : label;
    size_t n = (size_t)(open - label);
    while (n && label[n - 1] == ' ')
        n--;
    return medel_arena_format(a, "%.*s%s", (int)n, label, close ? close + 1 : "");
}

/* ---- shares ---- */

static void one_reading(block *b, medel_array *out, const medel_atom *shares, size_t n)
{
    const size_t k = b->s->t->k;
    medel_row_reading *r = MEDEL_PUSH(&b->s->m->arena, out, medel_row_reading);
    r->cells = MEDEL_NEW(&b->s->m->arena, medel_doc_cell, k);
    r->empties = (unsigned)(k > n ? k - n : 0);
    for (size_t c = 0; c < k && c < n; c++) {
        const medel_token *t = &b->s->l[shares[c].line].tokens[shares[c].last];
        r->cells[c] = (medel_doc_cell){ MEDEL_CELL_SHARE,
                                        shares[c].digits,
                                        shares[c].decimals,
                                        shares[c].line,
                                        shares[c].first,
                                        shares[c].last,
                                        t->x0,
                                        t->x1 };
    }
}

/* The shares are a row of their own; its label is a bracket, or stands in one, and is
   taken from the amounts' labels. */
static const char *share_label(block *b, size_t *line)
{
    medel_arena *a = &b->s->m->arena;
    size_t at = 0, kept = 0;
    while (at < b->nlabels && !says_share(b->labels[at].text))
        at++;
    if (at == b->nlabels)
        at = 0;
    const char *label = b->labels[at].text;
    const char *open = strchr(label, '(');
    if (b->namounts && open && open > label && says_share(open))
        label = open; /* "Individinriktade insatser (% av totalkostnad)" is two rows */
    else if (b->namounts && !says_share(label))
        label = "(%)";
    *line = b->labels[at].first;
    for (size_t i = 0; i < b->nlabels; i++) {
        b->labels[i].text =
            b->namounts ? without_share(a, b->labels[i].text) : b->labels[i].text;
        if (*b->labels[i].text)
            b->labels[kept++] = b->labels[i];
    }
    b->nlabels = kept;
    return label;
}

/* After the first of the rows that the block has given. */
static void add_shares(block *b, const char *label, size_t line, size_t first)
{
    medel_array readings = { 0 };
    if (b->nshares > b->s->t->k) {
        medel_rows_loose(b->s, b->shares[0].line, "fler andelar än kolumner");
        return;
    }
    one_reading(b, &readings, b->shares, b->nshares);
    medel_rows_add(b->s, label, line, &readings, b->nshares != b->s->t->k)->share = true;
    medel_doc_row *rows = b->s->t->rows.data;
    const size_t last = b->s->t->rows.count - 1;
    const medel_doc_row share = rows[last];
    for (size_t i = last; i > first + 1; i--) {
        rows[i] = rows[i - 1];
        rows[i - 1] = share;
    }
}

/* ---- amounts ---- */

static bool readings_of(block *b, const medel_array *atoms, size_t k, bool note,
                        bool empties, medel_array *out)
{
    medel_row_shape shape = medel_rows_shape(b->s, note, empties);
    shape.k = k;
    medel_doc_readings(b->s->l, atoms->data, atoms->count, &shape, &b->s->m->arena, out);
    return out->count > 0;
}

static void add_atoms(block *b, medel_array *to, const medel_array *from)
{
    for (size_t i = 0; i < from->count; i++)
        *MEDEL_PUSH(&b->s->m->arena, to, medel_atom) = ((medel_atom *)from->data)[i];
}

/* All figures are one row's. */
static bool one_row(block *b, bool note)
{
    medel_array all = { 0 }, readings = { 0 };
    for (size_t i = 0; i < b->namounts; i++)
        add_atoms(b, &all, &b->amounts[i].atoms);
    if (!readings_of(b, &all, b->s->t->k, note, true, &readings))
        return false;
    medel_rows_add(b->s, b->labels[0].text, b->labels[0].first, &readings, false);
    return true;
}

/* A row from one line for each column (or one line for all): lines[c] of b->amounts. */
static bool row_of(block *b, const label_group *label, const size_t *lines, size_t n,
                   bool guessed)
{
    medel_array all = { 0 }, readings = { 0 };
    for (size_t i = 0; i < n; i++)
        add_atoms(b, &all, &b->amounts[lines[i]].atoms);
    if (!readings_of(b, &all, b->s->t->k, false, false, &readings))
        return false;
    medel_rows_add(b->s, label->text, label->first, &readings, guessed);
    return true;
}

/* Which of the labels have figures, when only n have: those that the taxonomy knows, if
   they are as many; else the first. */
static size_t with_figures(block *b, size_t n, bool last, label_group *out, bool *guessed)
{
    size_t known = 0;
    *guessed = n < b->nlabels;
    for (size_t i = 0; i < b->nlabels; i++)
        if (b->labels[i].quality >= MEDEL_LABEL_WORDS && known < n)
            out[known++] = b->labels[i];
    size_t all = 0;
    for (size_t i = 0; i < b->nlabels; i++)
        all += b->labels[i].quality >= MEDEL_LABEL_WORDS;
    if (all == n) {
        *guessed = false;
        return n;
    }
    if (last)
        *guessed = n > 1;
    for (size_t i = 0; i < n; i++)
        out[i] = b->labels[last ? b->nlabels - n + i : i];
    return n;
}

/* ---- column by column ---- */

static size_t group_count(const block *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->namounts; i++)
        n += i == 0 || b->amounts[i].group != b->amounts[i - 1].group;
    return n;
}

/* k groups of as many lines, or k times n lines without groups. */
static bool by_columns(block *b)
{
    const size_t k = b->s->t->k, n = b->namounts / k;
    label_group labels[MAX_LABELS];
    bool guessed = false, even = group_count(b) == k;
    if (k < 2 || b->namounts % k || n == 0 || n > b->nlabels)
        return false;
    for (size_t i = 0; i < b->namounts; i++)
        even =
            even
            && (i % n == 0) == (i == 0 || b->amounts[i].group != b->amounts[i - 1].group);
    if (!even && n != b->nlabels)
        return false;
    with_figures(b, n, false, labels, &guessed);
    if (guessed)
        return false;
    for (size_t r = 0; r < n; r++) {
        size_t lines[MEDEL_DOC_COLUMNS];
        for (size_t c = 0; c < k; c++)
            lines[c] = c * n + r;
        if (!row_of(b, &labels[r], lines, k, !even))
            return false;
    }
    return true;
}

static bool by_lines(block *b)
{
    label_group labels[MAX_LABELS];
    bool guessed;
    if (b->namounts > b->nlabels)
        return false;
    with_figures(b, b->namounts, b->namounts == 1, labels, &guessed);
    for (size_t i = 0; i < b->namounts; i++) {
        medel_array readings = { 0 };
        if (!readings_of(b, &b->amounts[i].atoms, b->s->t->k, false, false, &readings))
            return false;
    }
    for (size_t i = 0; i < b->namounts; i++)
        row_of(b, &labels[i], &i, 1, guessed);
    return true;
}

/* ---- columns with holes ---- */

typedef struct hole_plan {
    size_t start[MEDEL_DOC_COLUMNS + 1];        /* first amount line of each column */
    size_t cell[MAX_LABELS][MEDEL_DOC_COLUMNS]; /* amount line; NONE */
    unsigned long cost;
} hole_plan;

static int64_t value_of(block *b, size_t amount)
{
    medel_array readings = { 0 };
    if (amount == NONE
        || !readings_of(b, &b->amounts[amount].atoms, 1, false, false, &readings))
        return 0;
    return medel_doc_value(((medel_row_reading *)readings.data)->cells);
}

/* Each figure of a column goes to the label that stands as far down as it does, after the
   one before it. */
static bool place_column(block *b, hole_plan *p, size_t c)
{
    size_t next = 0;
    const size_t top = b->amounts[p->start[c]].line;
    for (size_t i = p->start[c]; i < p->start[c + 1]; i++) {
        const long down = (long)(b->amounts[i].line - top);
        const size_t left = p->start[c + 1] - i;
        size_t best = NONE;
        long least = 0;
        for (size_t r = next; r + left <= b->nlabels; r++) {
            const long off = labs((long)(b->labels[r].first - b->labels[0].first) - down);
            if (best == NONE || off < least) {
                best = r;
                least = off;
            }
        }
        if (best == NONE)
            return false;
        p->cell[best][c] = i;
        p->cost += (unsigned long)least;
        next = best + 1;
    }
    return true;
}

/* Does the first figure of each column sum those below it? */
static bool sums_hold(block *b, const hole_plan *p)
{
    for (size_t c = 0; c < b->s->t->k; c++) {
        int64_t sum = 0;
        const int64_t first = value_of(b, p->cell[0][c]);
        for (size_t r = 1; r < b->nlabels; r++)
            sum += value_of(b, p->cell[r][c]);
        if (first == 0 || sum < first - 100 || sum > first + 100)
            return false;
    }
    return true;
}

static void try_starts(block *b, const size_t *bounds, size_t nbounds, size_t c,
                       size_t from, hole_plan *p, hole_plan *best)
{
    const size_t k = b->s->t->k;
    if (c == k) {
        p->start[k] = b->namounts;
        p->cost = 0;
        for (size_t r = 0; r < b->nlabels; r++)
            for (size_t j = 0; j < k; j++)
                p->cell[r][j] = NONE;
        for (size_t j = 0; j < k; j++)
            if (!place_column(b, p, j))
                return;
        if (!sums_hold(b, p))
            p->cost += 1000;
        if (p->cost < best->cost)
            *best = *p;
        return;
    }
    for (size_t i = from; i < nbounds; i++) {
        p->start[c] = bounds[i];
        try_starts(b, bounds, nbounds, c + 1, i + 1, p, best);
        if (c == 0)
            break; /* the first column begins with the first figure */
    }
}

static bool by_holes(block *b)
{
    const size_t k = b->s->t->k;
    size_t bounds[16], nbounds = 0;
    hole_plan plan = { .cost = 0 }, best = { .cost = ~0UL };
    if (k < 2 || b->nlabels < 2 || b->namounts <= k)
        return false;
    for (size_t i = 0; i < b->namounts; i++) {
        if (i && b->amounts[i].group == b->amounts[i - 1].group)
            continue;
        if (nbounds == MEDEL_COUNT(bounds))
            return false;
        bounds[nbounds++] = i;
    }
    if (nbounds < k || nbounds > k + 4)
        return false;
    try_starts(b, bounds, nbounds, 0, 0, &plan, &best);
    if (best.cost == ~0UL)
        return false;
    for (size_t r = 0; r < b->nlabels; r++) {
        medel_array readings = { 0 };
        medel_row_reading *out =
            MEDEL_PUSH(&b->s->m->arena, &readings, medel_row_reading);
        out->cells = MEDEL_NEW(&b->s->m->arena, medel_doc_cell, k);
        for (size_t c = 0; c < k; c++) {
            medel_array one = { 0 };
            if (best.cell[r][c] == NONE
                || !readings_of(b, &b->amounts[best.cell[r][c]].atoms, 1, false, false,
                                &one))
                out->empties++;
            else
                out->cells[c] = *((medel_row_reading *)one.data)->cells;
        }
        if (out->empties < k)
            medel_rows_add(b->s, b->labels[r].text, b->labels[r].first, &readings,
                           best.cost >= 1000);
    }
    return true;
}

/* ---- all together ---- */

static void split_amounts(block *b, size_t line, size_t group)
{
    medel_array atoms = { 0 };
    amount_line *x = &b->amounts[b->namounts];
    *x = (amount_line){ .line = line, .group = group };
    medel_doc_atoms(b->s->l, line, &b->s->m->arena, &atoms);
    const medel_atom *a = atoms.data;
    for (size_t i = 0; i < atoms.count; i++) {
        if (a[i].kind == MEDEL_ATOM_SHARE && b->nshares < ROWS_NUMBERS)
            b->shares[b->nshares++] = a[i];
        else
            *MEDEL_PUSH(&b->s->m->arena, &x->atoms, medel_atom) = a[i];
    }
    b->namounts += x->atoms.count > 0;
}

static void keep_loose(block *b, const char *why)
{
    for (size_t i = 0; i < b->namounts; i++)
        medel_rows_loose(b->s, b->amounts[i].line, why);
}

/* Lines of one label above one row of figures: a known label that stands last is the
   row's, and what is above it its heading; otherwise they are one. */
static void one_label(block *b)
{
    for (size_t i = 1; i < b->nlabels; i++)
        if (b->labels[i].first != b->labels[i - 1].last + 1)
            return;
    label_group *last = &b->labels[b->nlabels - 1];
    if (last->quality >= MEDEL_LABEL_SAME) {
        b->s->group = b->labels[b->nlabels - 2].text;
        b->labels[0] = *last;
    } else {
        for (size_t i = 1; i < b->nlabels; i++)
            b->labels[0].text =
                medel_label_join(&b->s->m->arena, b->labels[0].text, b->labels[i].text);
        b->labels[0].last = last->last;
    }
    b->nlabels = 1;
}

static void add_amounts(block *b, bool partial)
{
    const size_t rows = b->s->t->rows.count;
    if (b->namounts == 1 && b->nlabels > 1)
        one_label(b);
    if (b->nlabels == 1 && one_row(b, partial))
        return;
    if (by_columns(b) || by_holes(b))
        return;
    b->s->t->rows.count = rows; /* what a failed try has added */
    if (by_lines(b))
        return;
    b->s->t->rows.count = rows;
    keep_loose(b,
               b->nlabels ? "går inte att fördela på etiketterna" : "tal utan etikett");
}

/* One line of figures after rows of a note: the sum of an accounting program, which has
   no label.  Whether it is a sum is seen when it is placed. */
static bool bare_total(block *b)
{
    medel_array readings = { 0 };
    const amount_line *x = b->amounts;
    if (b->namounts != 1 || b->nshares || !b->s->t->spec->note
        || b->s->t->rows.count == 0)
        return false;
    const medel_row_shape shape = medel_rows_shape(b->s, false, false);
    medel_doc_readings(b->s->l, x->atoms.data, x->atoms.count, &shape, &b->s->m->arena,
                       &readings);
    if (readings.count)
        medel_rows_add(b->s, "", x->line, &readings, false);
    return readings.count > 0;
}

static void resolve(block *b, bool partial)
{
    if (b->nlabels == 0) {
        if (!bare_total(b))
            keep_loose(b, "tal utan etikett");
        return;
    }
    size_t line = 0;
    const size_t first = b->s->t->rows.count;
    const char *shares = b->nshares ? share_label(b, &line) : NULL;
    if (b->namounts)
        add_amounts(b, partial);
    if (shares)
        add_shares(b, shares, line, first);
}

void medel_rows_flush(rows_state *s)
{
    if (s->nnumbers == 0 && s->partial == NONE)
        return;
    block *b = MEDEL_NEW(&s->m->arena, block, 1);
    b->s = s;
    label_line labels[MAX_LABELS];
    size_t n = 0;
    for (; n < s->nlabels; n++)
        labels[n] = s->labels[n];
    if (s->partial != NONE) {
        labels[n++] = (label_line){ s->l[s->partial].label, s->partial };
        split_amounts(b, s->partial, (size_t)-2);
    }
    group_labels(b, labels, n);
    for (size_t i = 0; i < s->nnumbers; i++)
        split_amounts(b, s->numbers[i].line, s->numbers[i].group);
    const bool partial = s->partial != NONE;
    s->nlabels = s->nnumbers = 0;
    s->partial = NONE;
    resolve(b, partial);
}

/*
 * doc_place.c - which row of the taxonomy each row is, and what its own rows add to.
 *
 * A label that occurs twice goes by the block that it sums into; a row that the taxonomy
 * does not know goes under the row that it was summed in, else under the heading that it
 * stands below.  A guess is said to be one.
 */
#include "import.h"

#include <string.h>

typedef struct placing {
    medel_import *m;
    medel_doc_table *t;
    medel_doc_row *rows;
    size_t n;
    medel_import_row *out;
} placing;

static bool is_used(const placing *p, const char *id)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->out[i].id && strcmp(p->out[i].id, id) == 0)
            return true;
    return false;
}

static void take(placing *p, size_t i, const medel_row *row, bool exact)
{
    p->out[i].id = row->id;
    p->out[i].known = true;
    p->out[i].placed = true;
    p->out[i].exact_label = exact
                            && strcmp(medel_label_plain(&p->m->arena, row->label),
                                      medel_label_plain(&p->m->arena, p->rows[i].label))
                                   == 0;
}

static bool is_share_row(const medel_row *row)
{
    return row->type == MEDEL_FIELD_SHARE;
}

/* The row that all others add to. */
static const medel_row *total_of(const medel_table_spec *t)
{
    const medel_row *best = NULL;
    for (size_t i = 0; i < t->nrows; i++)
        if (!t->rows[i]->under && t->rows[i]->rule && !is_share_row(t->rows[i])
            && !t->rows[i]->memo)
            best = t->rows[i];
    return best;
}

/* The row that the table sums: of a note of one row's parts that row. */
static const medel_row *sum_of(const placing *p)
{
    return p->t->about ? p->t->about : total_of(p->t->spec);
}

/* ---- rows that say what they are ---- */

static bool same_label_twice(const placing *p, size_t i)
{
    for (size_t j = 0; j < p->n; j++)
        if (j != i && !p->rows[j].share && !p->rows[i].share
            && p->rows[j].match.row == p->rows[i].match.row && p->rows[i].match.row
            && p->rows[j].match.quality >= MEDEL_LABEL_NEAR)
            return true;
    return false;
}

/* The only one of several rows of this label that the others are parts of: "Övriga
   fordringar" and then "Summa kortfristiga fordringar". */
static bool is_sum_of_twins(const placing *p, size_t i)
{
    const medel_row *row = p->rows[i].match.row;
    for (size_t j = 0; j < p->n; j++)
        if (j != i && !p->rows[j].share && p->rows[j].match.row == row
            && p->rows[j].match.quality >= MEDEL_LABEL_NEAR
            && p->rows[j].block_parent != i)
            return false;
    return p->rows[i].sums;
}

/* "Summa rörelsens kostnader" with the avskrivningar among its parts: what a printed sum
   of another row counts in is no row of the taxonomy's, which would count it twice. */
static const medel_row *counted_in(const placing *p, size_t i)
{
    const medel_row *row = p->rows[i].match.row;
    const size_t parent = p->rows[i].block_parent;
    if (!row || !row->under || row->rule || parent >= p->n || parent < i
        || p->rows[i].block_size < 3 || p->t->spec->note)
        return NULL;
    const medel_label_match *x = &p->rows[parent].match;
    return x->row && x->quality >= MEDEL_LABEL_SAME && x->row != row && x->row->under
                   && x->row->type == MEDEL_FIELD_AMOUNT
                   && !medel_row_adds_to(p->t->spec, row, x->row->id)
               ? x->row
               : NULL;
}

/* A memo row that sums its neighbours is the row that it repeats, where that one is not
   printed: "Kortfristiga skulder" is a heading, and its sum stands below. */
static const medel_row *repeated(const placing *p, size_t i, const medel_row *row)
{
    if (!row->memo || !row->concept_ref || !p->rows[i].sums)
        return row;
    for (size_t r = 0; r < p->t->spec->nrows; r++) {
        const medel_row *other = p->t->spec->rows[r];
        bool printed = false;
        for (size_t j = 0; j < p->n; j++)
            printed = printed
                      || (p->rows[j].match.row == other
                          && p->rows[j].match.quality >= MEDEL_LABEL_NEAR);
        if (other != row && !other->memo && other->concept_ref == row->concept_ref
            && !printed)
            return other;
    }
    return row;
}

static void place_known(placing *p, size_t i)
{
    const medel_label_match *x = &p->rows[i].match;
    if (p->rows[i].share || x->quality < MEDEL_LABEL_NEAR || counted_in(p, i))
        return;
    if (x->own) {
        if (is_used(p, x->own->id))
            return;
        p->out[i].id = x->own->id;
        p->out[i].own = p->out[i].placed = true;
        p->out[i].exact_label = x->quality == MEDEL_LABEL_EXACT;
    } else if (!is_share_row(x->row) && !is_used(p, x->row->id)
               && (!same_label_twice(p, i) || is_sum_of_twins(p, i))) {
        const medel_row *row = repeated(p, i, x->row);
        if (p->t->about && row == total_of(p->t->spec) && !is_used(p, p->t->about->id))
            row = p->t->about;
        take(p, i, row, x->quality == MEDEL_LABEL_EXACT);
    }
}

/* ---- rows that go by the block they stand in ---- */

static const char *parent_id(const placing *p, size_t i)
{
    const size_t parent = p->rows[i].block_parent;
    return parent < p->n && p->out[parent].known ? p->out[parent].id : NULL;
}

static const medel_row *group_at(const placing *p, size_t i)
{
    const medel_row *row =
        p->out[i].known ? medel_table_spec_find(p->t->spec, p->out[i].id) : NULL;
    return row && row->rule && row->under && !is_share_row(row) ? row : NULL;
}

static bool same_figures(const placing *p, size_t i, size_t j)
{
    const medel_row_reading *a = p->rows[i].readings.data, *b = p->rows[j].readings.data;
    for (size_t c = 0; c < p->t->k; c++)
        if (medel_doc_value(&a[p->rows[i].chosen].cells[c])
            != medel_doc_value(&b[p->rows[j].chosen].cells[c]))
            return false;
    return true;
}

/* Does the group print its parts below itself?  A sum says so, a part that the taxonomy
   knows, or a single part that is all of it. */
static bool prints_parts(const placing *p, size_t group, const char *id, size_t part)
{
    if (p->rows[group].sums || same_figures(p, group, part))
        return true;
    for (size_t i = group + 1; i < p->n && !group_at(p, i); i++) {
        const medel_row *row =
            p->out[i].known ? medel_table_spec_find(p->t->spec, p->out[i].id) : NULL;
        if (row && row->under && strcmp(row->under, id) == 0 && !is_share_row(row))
            return true;
    }
    return false;
}

/* Is the group the sum of others than this row?  Zeros change no sum. */
static bool sums_without(const placing *p, size_t group, size_t i)
{
    const medel_row_reading *r = p->rows[i].readings.data;
    bool zero = true;
    for (size_t c = 0; c < p->t->k; c++)
        zero = zero && medel_doc_value(&r[p->rows[i].chosen].cells[c]) == 0;
    return p->rows[group].sums && p->rows[i].block_parent != group && !zero;
}

/* The row of the taxonomy above this one that it may be a part of. */
static const char *above(const placing *p, size_t i)
{
    for (size_t j = i; j-- > 0;) {
        const medel_row *row = group_at(p, j);
        if (row)
            return prints_parts(p, j, row->id, i) && !sums_without(p, j, i) ? row->id
                                                                            : NULL;
    }
    return NULL;
}

static bool has_parts(const medel_table_spec *t, const char *id)
{
    for (size_t i = 0; i < t->nrows; i++)
        if (t->rows[i]->under && strcmp(t->rows[i]->under, id) == 0)
            return true;
    return false;
}

static void place_by_block(placing *p, size_t i)
{
    const char *parent = parent_id(p, i);
    const char *under = parent ? parent : above(p, i);
    if (p->rows[i].share || p->out[i].id || counted_in(p, i))
        return;
    if (under) {
        const medel_label_match x =
            medel_labels_under(p->m->labels, p->t->spec, p->rows[i].label, under);
        if (x.row && x.quality >= MEDEL_LABEL_PREFIX && !is_share_row(x.row)
            && !is_used(p, x.row->id) && !has_parts(p->t->spec, x.row->id)) {
            take(p, i, x.row, x.quality == MEDEL_LABEL_EXACT);
            p->rows[i].guessed =
                p->rows[i].guessed || (!parent && x.quality < MEDEL_LABEL_NEAR);
            return;
        }
    }
    const medel_label_match *x = &p->rows[i].match;
    if (x->row && x->quality >= MEDEL_LABEL_NEAR && !is_share_row(x->row)
        && !is_used(p, x->row->id))
        take(p, i, x->row, x->quality == MEDEL_LABEL_EXACT);
}

/* "Summa kortfristiga skulder" under another note's rows: the label is a finding. */
static void place_total(placing *p, size_t i)
{
    const medel_row *total = sum_of(p);
    const char *plain = medel_label_plain(&p->m->arena, p->rows[i].label);
    const bool bare = !*p->rows[i].label;
    if (!p->out[i].id && total && i + 1 == p->n
        && (p->rows[i].sums || (bare && i == 1 && same_figures(p, 0, 1)))
        && (bare || medel_label_begins(plain, "summa")
            || medel_label_begins(plain, "totalt"))
        && !is_used(p, total->id)) {
        take(p, i, total, false);
        p->out[i].exact_label = bare; /* there is none to write */
    }
}

/* ---- shares ---- */

static void place_share(placing *p, size_t i)
{
    const medel_table_spec *t = p->t->spec;
    const medel_label_match *x = &p->rows[i].match;
    if (!p->rows[i].share)
        return;
    if (x->row && is_share_row(x->row) && x->quality >= MEDEL_LABEL_NEAR
        && !is_used(p, x->row->id)) {
        take(p, i, x->row, x->quality == MEDEL_LABEL_EXACT);
        return;
    }
    /* "(% av totalkostnad)": of the row above, or of the one whose bracket it is */
    const medel_row *only = NULL;
    size_t count = 0;
    for (size_t r = 0; r < t->nrows; r++) {
        if (!is_share_row(t->rows[r]))
            continue;
        only = t->rows[r];
        count++;
        for (size_t back = 0; back < 2; back++) {
            const size_t j = back == 0 ? i - 1 : i + 1;
            if (j < p->n && p->out[j].id && t->rows[r]->numerator
                && strcmp(t->rows[r]->numerator, p->out[j].id) == 0
                && !is_used(p, t->rows[r]->id)
                && (back == 0 || p->rows[j].label_line <= p->rows[i].label_line + 1)) {
                take(p, i, t->rows[r], false);
                return;
            }
        }
    }
    if (count == 1 && !is_used(p, only->id))
        take(p, i, only, false);
}

/* ---- the förbund's own rows ---- */

static char *slug(placing *p, const char *label)
{
    const char *s = medel_label_plain(&p->m->arena, label);
    char *out = medel_arena_get(&p->m->arena, 64);
    size_t n = 0;
    for (; *s && n < 40; s++) {
        const unsigned char c = (unsigned char)*s;
        if (c == 0xC3) {
            const unsigned char d = (unsigned char)s[1];
            out[n++] = d == 0xB6 ? 'o' : d == 0xA9 || d == 0xA8 ? 'e' : 'a';
            s++;
        } else if ((c >= 'a' && c <= 'z') || medel_digit((char)c)) {
            if (n || !medel_digit((char)c))
                out[n++] = (char)c;
        } else if (n && out[n - 1] != '_') {
            out[n++] = '_';
        }
    }
    while (n && out[n - 1] == '_')
        n--;
    out[n] = 0;
    if (n == 0)
        memcpy(out, "rad", 4);
    return out;
}

static bool name_taken(const placing *p, const char *id)
{
    const medel_import_options *o = p->m->options;
    if (medel_table_spec_find(p->t->spec, id) || is_used(p, id))
        return true;
    for (size_t i = 0; o && i < o->nown; i++)
        if (strcmp(o->own[i].table, p->t->spec->id) == 0 && strcmp(o->own[i].id, id) == 0)
            return true;
    return false;
}

static const char *own_name(placing *p, const char *label)
{
    const char *base = slug(p, label), *id = base;
    for (int i = 2; name_taken(p, id) && i < 1000; i++)
        id = medel_arena_format(&p->m->arena, "%s_%d", base, i);
    return id;
}

static bool own_rows_allowed(const medel_table_spec *t)
{
    return t->own_rows;
}

/* A heading without figures above the row that names a row of the taxonomy: "Direkta
   kostnader" above what "Summa direkta kostnader" sums. */
static const medel_row *heading_row(placing *p, size_t i)
{
    const char *group = p->rows[i].group;
    const char *plain = group ? medel_label_plain(&p->m->arena, group) : "";
    for (size_t r = 0; *plain && r < p->t->spec->nrows; r++) {
        const medel_row *row = p->t->spec->rows[r];
        const char *label = medel_label_plain(&p->m->arena, row->label);
        if (medel_label_begins(label, "summa"))
            label += strlen("summa") + (label[5] == ' ');
        if (row->rule && row->under && strcmp(label, plain) == 0)
            return row;
    }
    return NULL;
}

/* A label that goes on after the taxonomy's, in a table that has no rows of one's own to
   sum: "Andra projektmedel 2023, 2022 – ESF". */
static bool place_longer(placing *p, size_t i)
{
    const medel_label_match *x = &p->rows[i].match;
    if (!x->row || x->quality != MEDEL_LABEL_PREFIX || p->rows[i].share
        || is_share_row(x->row) || is_used(p, x->row->id) || total_of(p->t->spec))
        return false;
    take(p, i, x->row, false);
    p->rows[i].guessed = true;
    return true;
}

/* "Region Väst" and "Region Öst": two of one name are parts of its row. */
static bool named_again(placing *p, size_t i, const medel_row *named)
{
    bool member = false;
    for (size_t j = 0; j < p->n; j++)
        if (j != i && !p->rows[j].share && !p->out[j].known
            && medel_labels_named(p->m->labels, p->t->spec, p->rows[j].label, &member)
                   == named)
            return true;
    return false;
}

static void place_own(placing *p, size_t i)
{
    bool member = false;
    medel_import_row *o = &p->out[i];
    if (o->id || place_longer(p, i))
        return;
    const medel_row *named =
        p->rows[i].share
            ? NULL
            : medel_labels_named(p->m->labels, p->t->spec, p->rows[i].label, &member);
    member = member || (named && named_again(p, i, named));
    if (named && !member && !is_used(p, named->id)) {
        take(p, i, named, false);
        return;
    }
    o->id = own_name(p, p->rows[i].label);
    if (!own_rows_allowed(p->t->spec) || p->rows[i].share)
        return;
    const medel_row *counted = counted_in(p, i);
    const char *parent = counted           ? counted->id
                         : named && member ? named->id
                                           : parent_id(p, i);
    if (!parent) {
        const medel_row *heading = heading_row(p, i);
        const medel_row *total = sum_of(p);
        parent = heading ? heading->id : above(p, i);
        /* the table's sum has all rows that no other has */
        if (!parent && total && (p->t->spec->note || !p->t->spec->by_year))
            parent = total->id;
        p->rows[i].guessed = p->rows[i].guessed || !heading;
    }
    o->under = parent;
    o->placed = parent != NULL;
}

/* ---- units ---- */

static const medel_concept *row_concept(const medel_doc_table *t, const medel_doc_row *r,
                                        size_t c)
{
    return !r->share && r->match.row && r->match.row->type == MEDEL_FIELD_AMOUNT
               ? medel_doc_concept(t, r, c)
               : NULL;
}

static int64_t cell_value(const medel_doc_row *r, size_t c)
{
    const int64_t v =
        medel_doc_value(&((medel_row_reading *)r->readings.data)[r->chosen].cells[c]);
    return v < 0 ? -v : v;
}

/* What the figures are in is what other tables' prints of the same concepts say; only
   where they say nothing is it what the table says. */
static void settle_unit(medel_import *m, medel_doc_table *t)
{
    const medel_doc_table *all = m->tables.data;
    const medel_doc_row *r = t->rows.data;
    size_t votes[2] = { 0, 0 }; /* kronor; thousands */
    for (size_t i = 0; i < t->rows.count; i++) {
        for (size_t c = 0; c < t->k; c++) {
            const medel_concept *concept = row_concept(t, &r[i], c);
            const int64_t v = concept ? cell_value(&r[i], c) : 0;
            for (size_t o = 0; v > 10000 && o < m->tables.count; o++) {
                const medel_doc_row *x = all[o].rows.data;
                if (&all[o] == t || all[o].unit != MEDEL_UNIT_KR)
                    continue;
                for (size_t j = 0; j < all[o].rows.count; j++)
                    for (size_t d = 0; d < all[o].k; d++) {
                        if (all[o].years[d] != t->years[c]
                            || row_concept(&all[o], &x[j], d) != concept)
                            continue;
                        const int64_t w = cell_value(&x[j], d);
                        votes[0] += v == w;
                        votes[1] += v < INT64_MAX / 2000 && v * 1000 - w <= 50000
                                    && w - v * 1000 <= 50000;
                    }
            }
        }
    }
    if (votes[0] > votes[1])
        t->unit = MEDEL_UNIT_KR;
    else if (votes[1] > votes[0])
        t->unit = MEDEL_UNIT_TKR;
}

/* The sign of most costs, where it is not the table's usual one. */
static int cost_sign(const placing *p)
{
    const int usual = p->t->spec->sign;
    size_t plus = 0, minus = 0;
    for (size_t i = 0; i < p->n; i++) {
        const medel_row *row =
            p->out[i].known ? medel_table_spec_find(p->t->spec, p->out[i].id) : NULL;
        if (!row || !row->balance || strcmp(row->balance, "cost") != 0
            || p->rows[i].share)
            continue;
        for (size_t c = 0; c < p->t->k; c++) {
            const int64_t v = medel_doc_value(
                &((medel_row_reading *)p->rows[i].readings.data)[p->rows[i].chosen]
                     .cells[c]);
            plus += v > 0 && !p->t->aside[c];
            minus += v < 0 && !p->t->aside[c];
        }
    }
    return usual < 0 && minus > plus ? -1 : usual > 0 && plus > minus ? 1 : 0;
}

/* ---- what comes out ---- */

static const char *printed_cell(placing *p, const medel_doc_cell *c)
{
    const medel_doc_line *l = &MEDEL_LINES(p->m)[c->line];
    char *s = medel_arena_get(&p->m->arena, 4);
    for (size_t i = c->first; i <= c->last && i < l->ntokens; i++) {
        const medel_atom_kind kind = medel_token_kind(&l->tokens[i]);
        if (kind == MEDEL_ATOM_UNIT)
            continue;
        s = medel_arena_format(&p->m->arena, "%s%s%.*s", s, *s ? " " : "",
                               (int)l->tokens[i].len, l->tokens[i].text);
    }
    /* "101 361kr", "23*" */
    size_t n = strlen(s);
    while (n) {
        const size_t mark = medel_doc_mark_ends(s, n);
        if (!mark && (s[n - 1] < 'a' || s[n - 1] > 'z'))
            break;
        n -= mark ? mark : 1;
        s[n] = 0;
    }
    return s;
}

static const medel_import_cell *cells_of(placing *p, const medel_row_reading *r)
{
    medel_import_cell *out = MEDEL_NEW(&p->m->arena, medel_import_cell, p->t->k);
    for (size_t c = 0; c < p->t->k; c++) {
        const medel_doc_cell *x = &r->cells[c];
        out[c].kind = x->kind;
        if (x->kind == MEDEL_CELL_EMPTY)
            continue;
        const medel_doc_line *l = &MEDEL_LINES(p->m)[x->line];
        out[c].digits = x->digits;
        out[c].decimals = x->decimals;
        out[c].printed = printed_cell(p, x);
        out[c].page = l->page;
        out[c].line = l->no;
        const medel_box box = medel_doc_box(l, x->first, x->last);
        out[c].x0 = box.x0;
        out[c].y0 = box.y0;
        out[c].x1 = box.x1;
        out[c].y1 = box.y1;
    }
    return out;
}

/* "Skulder 6" above "Kortfristiga skulder": the note is that row's, if it is of its kind.
 */
static const char *note_of_heading(placing *p, size_t i)
{
    const medel_doc_table *t = p->m->tables.data;
    const medel_row *row =
        p->out[i].known ? medel_table_spec_find(p->t->spec, p->out[i].id) : NULL;
    for (size_t j = 0; row && row->note && j < p->m->tables.count; j++)
        if (p->rows[i].group_note && t[j].note == p->rows[i].group_note && t[j].spec->note
            && strcmp(t[j].spec->note, row->note) == 0)
            return medel_arena_format(&p->m->arena, "%d", t[j].note);
    return NULL;
}

/* "Upplupna kostnader 32 939 Summa": figures that stand inside a label are another row's.
   A year, a share and a number of two digits are words of it. */
static bool figures_in_label(const char *s)
{
    size_t amounts = 0;
    for (const char *p = s; *p;) {
        const size_t n = strcspn(p, " "), digits = strspn(p, "0123456789");
        const bool number = digits == n && n > 0, year = n == 4 && p[0] == '2';
        amounts = number && !year ? amounts + 1 : 0;
        if ((amounts && n > 2) || amounts > 1)
            return true;
        p += n;
        p += *p == ' ';
    }
    return false;
}

static void finish_row(placing *p, size_t i)
{
    const medel_doc_row *r = &p->rows[i];
    const medel_row_reading *all = r->readings.data;
    const medel_row_reading *chosen = &all[r->chosen];
    medel_import_row *o = &p->out[i];
    o->label = r->label;
    o->note = chosen->note ? medel_arena_format(&p->m->arena, "%d", chosen->note)
                           : note_of_heading(p, i);
    o->guessed = r->guessed || figures_in_label(r->label);
    o->basis = r->basis;
    o->readings = r->legal;
    o->empties = chosen->empties > 0 && chosen->empties < p->t->k
                 && r->basis != MEDEL_BASIS_CELLS && r->basis != MEDEL_BASIS_EDGES
                 && r->readings.count > 1;
    o->ncells = p->t->k;
    o->cells = cells_of(p, chosen);
    o->other = r->has_second ? cells_of(p, &all[r->second]) : NULL;
    o->page = MEDEL_LINES(p->m)[r->line].page;
    o->line = MEDEL_LINES(p->m)[r->line].no;
}

static const medel_import_cell *without_asides(const placing *p,
                                               const medel_import_cell *cells, size_t *n)
{
    medel_import_cell *out = MEDEL_NEW(&p->m->arena, medel_import_cell, p->t->k);
    *n = 0;
    for (size_t c = 0; c < p->t->k; c++)
        if (!p->t->aside[c])
            out[(*n)++] = cells[c];
    return out;
}

/* What a report has no column for is kept as text. */
static void set_aside(placing *p, medel_import_row *o)
{
    medel_array asides = { 0 };
    for (size_t c = 0; c < p->t->k; c++)
        if (p->t->aside[c] && o->cells[c].printed)
            *MEDEL_PUSH(&p->m->arena, &asides, medel_import_aside) =
                (medel_import_aside){ p->t->columns[c], o->cells[c].printed };
    o->asides = asides.data;
    o->nasides = asides.count;
    o->cells = without_asides(p, o->cells, &o->ncells);
    if (o->other)
        o->other = without_asides(p, o->other, &o->ncells);
}

static void place_table(medel_import *m, medel_doc_table *t, medel_import_table *out)
{
    placing p = { .m = m, .t = t, .rows = t->rows.data, .n = t->rows.count };
    const medel_doc_line *l = MEDEL_LINES(m);
    p.out = MEDEL_NEW(&m->arena, medel_import_row, p.n);
    for (size_t i = 0; i < p.n; i++)
        place_known(&p, i);
    for (size_t i = 0; i < p.n; i++)
        place_by_block(&p, i);
    for (size_t i = 0; i < p.n; i++)
        place_total(&p, i);
    for (size_t i = 0; i < p.n; i++)
        place_share(&p, i);
    for (size_t i = 0; i < p.n; i++)
        place_own(&p, i);
    for (size_t i = 0; i < p.n; i++)
        finish_row(&p, i);
    medel_import_column *columns = MEDEL_NEW(&m->arena, medel_import_column, t->k);
    size_t ncolumns = 0;
    for (size_t c = 0; c < t->k; c++)
        if (!t->aside[c])
            columns[ncolumns++] =
                (medel_import_column){ t->columns[c],
                                       t->printed_headers ? t->headers[c] : NULL };
    if (ncolumns < t->k)
        for (size_t i = 0; i < p.n; i++)
            set_aside(&p, &p.out[i]);
    *out = (medel_import_table){ .spec = t->spec,
                                 .note = t->note,
                                 .heading = t->heading,
                                 .assumed = t->assumed,
                                 .page = l[t->start].page,
                                 .line = l[t->start].no,
                                 .header_line = l[t->header].no,
                                 .unit = t->unit,
                                 .printed_unit = t->printed_unit,
                                 .unit_line = t->printed_unit ? l[t->unit_line].no : 0,
                                 .printed_headers = t->printed_headers,
                                 .columns = columns,
                                 .ncolumns = ncolumns,
                                 .rows = p.out,
                                 .nrows = p.n,
                                 .loose = t->loose.data,
                                 .nloose = t->loose.count };
    out->cost_sign = t->spec->by_year ? cost_sign(&p) : 0;
}

void medel_doc_place(medel_import *m)
{
    medel_doc_table *t = m->tables.data;
    m->out = MEDEL_NEW(&m->arena, medel_import_table, m->tables.count);
    m->nout = m->tables.count;
    for (size_t i = 0; i < m->tables.count; i++)
        settle_unit(m, &t[i]);
    for (size_t i = 0; i < m->tables.count; i++)
        place_table(m, &t[i], &m->out[i]);
}

/*
 * search.c - what a difference is, in the document's own printed figures.
 *
 * Named terms (kinds that the taxonomy lists for the tie) come first: one is enough in
 * one column, two need four bits.  Free figures need two columns with a difference and
 * seven bits.  Bits are how much more closely the figures fit than chance would let the n
 * printed series of the column fit: log2(|difference| / (2 * tolerance + 1 kr)), summed
 * over the columns, less log2(2n) for one term and log2(2n^2) for two.  A form must hold
 * in every column where its terms are printed.
 */
#include "judge.h"

#include <stdlib.h>
#include <string.h>

#define BIT 16               /* bits are counted in sixteenths */
#define NAMED_BITS (4 * BIT) /* of two named terms */
#define FREE_BITS (7 * BIT)  /* of free terms, and to accuse by a form */
#define KRONA INT64_C(200)   /* in half öre */
#define MAX_CANDIDATES 400

typedef struct candidate {
    const medel_line *line;
    int64_t value[MEDEL_LINE_YEARS]; /* in the concept's sign, half öre */
    int64_t half[MEDEL_LINE_YEARS];
    bool printed[MEDEL_LINE_YEARS];
    bool named;
} candidate;

typedef struct searching {
    const medel_judge *j;
    const medel_tie_view *t;
    candidate *list;
    size_t n, nnamed;                         /* the named ones stand first */
    bool own;                                 /* the line by itself */
    medel_span accused[2 * MEDEL_LINE_YEARS]; /* by column: both places, where it fails */
} searching;

/* ---- bits ---- */

/* log2(a / b) in sixteenths, downwards; 0 when a <= b. */
static int log2_of(int64_t a, int64_t b)
{
    int bits = 0;
    if (a <= b || b <= 0)
        return 0;
    while (a / 2 >= b && bits < 60) {
        if (b > INT64_MAX / 2)
            break;
        b *= 2;
        bits++;
    }
    /* a/b is in [1, 2): its logarithm by squaring, four times. */
    for (; a >> 33; a /= 2)
        b /= 2;
    uint64_t x = ((uint64_t)a << 30) / (uint64_t)b;
    int fraction = 0;
    for (int i = 0; i < 4; i++) {
        x = (x * x) >> 30;
        fraction *= 2;
        if (x >> 31) {
            fraction++;
            x >>= 1;
        }
    }
    return bits * BIT + fraction;
}

static int attempts(size_t n, size_t terms)
{
    int64_t m = n ? (int64_t)n : 1;
    return terms == 1 ? log2_of(2 * m, 1) : log2_of(2 * m * m, 1);
}

/* ---- candidates ---- */

static int64_t magnitude(int64_t a)
{
    return a < 0 ? -a : a;
}

static bool equal_spans(medel_span a, medel_span b)
{
    return a.printed && b.printed
           && magnitude(magnitude(a.value) - magnitude(b.value)) <= a.half + b.half;
}

static bool of_tie(const medel_tie_view *t, const medel_line *line)
{
    const medel_concept *concept = t->a->concept_ref;
    if (line == t->a || line == t->b)
        return true;
    /* Its other places print the same thing. */
    if (concept && line->concept_ref == concept
        && medel_same(line->dimension, t->a->dimension))
        return true;
    for (size_t i = 0; t->relation && line->concept_ref && i < t->relation->nright; i++) {
        if (strcmp(t->relation->right[i].name, line->concept_ref->id) == 0
            && !t->relation->right[i].optional)
            return true;
    }
    return false;
}

static void find_accused(searching *s)
{
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        const medel_tie_column *c = &s->t->column[k];
        s->accused[2 * k] = medel_span_of(c->fails ? c->subject : NULL, 1);
        s->accused[2 * k + 1] = medel_span_of(c->fails ? c->other : NULL, 1);
    }
}

/* The accused figures, and those equal to them, are no terms. */
static bool equals_accused(const searching *s, const candidate *c)
{
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        const medel_span own = { c->value[k], c->half[k], c->printed[k] };
        if (own.value != 0
            && (equal_spans(own, s->accused[2 * k])
                || equal_spans(own, s->accused[2 * k + 1])))
            return true;
    }
    return false;
}

/* The other columns of the same row: what it is net of. */
static bool beside(const medel_line *line, const medel_line *place)
{
    return place && place->row && place->row == line->row && line->measure
           && strcmp(line->measure, "avvikelse") != 0;
}

static bool usable(const searching *s, const medel_line *line)
{
    const medel_tie_view *t = s->t;
    if (line->variant != t->variant || of_tie(t, line))
        return false;
    if (medel_same(line->measure, "avvikelse") && !medel_same(t->a->measure, "avvikelse"))
        return false;
    return !s->own || (line->row && strcmp(line->table, t->a->table) == 0);
}

/* The next of the list, which counts when s->n does; false where it prints nothing. */
static bool read_candidate(searching *s, const medel_line *line, bool named)
{
    candidate *c = &s->list[s->n];
    bool any = false;
    c->line = line;
    c->named = named;
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        const medel_fact *f = line->cell[k];
        medel_span span = medel_span_of(f, f ? f->sign : 1);
        c->value[k] = span.value;
        c->half[k] = span.half;
        c->printed[k] = span.printed;
        any |= span.printed && span.value != 0;
    }
    return any;
}

static void collect(searching *s, bool free_terms)
{
    const size_t n = s->j->lines.count;
    for (int named = 1; named >= 0; named--) {
        for (size_t i = 0; i < n && s->n < MAX_CANDIDATES; i++) {
            const medel_line *line = medel_line_get(s->j, i);
            bool is = (line->kinds & s->t->kinds) || beside(line, s->t->a)
                      || beside(line, s->t->b);
            if (is == (named == 1) && usable(s, line) && read_candidate(s, line, is)
                && !equals_accused(s, &s->list[s->n]))
                s->n++;
        }
        if (named)
            s->nnamed = s->n;
        if (!free_terms)
            return;
    }
}

/* How many series are printed in a column, of the first n. */
static size_t series_in(const searching *s, size_t n, size_t column)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += s->list[i].printed[column] && s->list[i].value[column] != 0;
    return count;
}

/* ---- a form ---- */

/* What the terms make of a column's difference, if they are printed there. */
static bool left_over(const medel_tie_column *c, const medel_form *f,
                      const candidate *const *terms, size_t k, medel_span *out)
{
    bool printed = c->tried && !c->neutral && c->difference.printed;
    *out = c->difference;
    for (size_t i = 0; i < f->n && printed; i++) {
        printed = terms[i]->printed[k];
        out->value -= f->sign[i] * terms[i]->value[k];
        out->half += terms[i]->half[k];
    }
    return printed;
}

static void try_form(const searching *s, medel_form *f, const candidate *const *terms)
{
    f->held = f->nonzero = f->failed = 0;
    f->refuted = false;
    f->bits = 0;
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        const medel_tie_column *c = &s->t->column[k];
        medel_span left;
        if (!left_over(c, f, terms, k, &left))
            continue;
        if (magnitude(left.value) > left.half) {
            f->failed |= 1u << k;
            f->refuted |= !c->fails;
            continue;
        }
        f->held |= 1u << k;
        if (left.value != c->difference.value && c->fails) {
            f->nonzero |= 1u << k;
            f->bits += log2_of(magnitude(c->difference.value), 2 * left.half + KRONA);
        }
    }
}

static unsigned ones(unsigned bits)
{
    unsigned n = 0;
    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

/* May it be believed?  With one column that breaks it only if the others say so loudly.
 */
static bool counts(const medel_form *f)
{
    unsigned nonzero = ones(f->nonzero);
    if (!nonzero || f->refuted || ones(f->failed) > 1)
        return false;
    if (f->failed)
        return nonzero >= 2 && f->bits >= FREE_BITS;
    if (f->named)
        return f->n == 1 || f->bits >= NAMED_BITS;
    return nonzero >= 2 && f->bits >= FREE_BITS;
}

bool medel_form_better(const medel_form *a, const medel_form *b)
{
    unsigned held[2] = { ones(a->nonzero), ones(b->nonzero) };
    if (!b->n)
        return true;
    if (!a->failed != !b->failed)
        return !a->failed;
    if (a->named != b->named)
        return a->named;
    if (a->n != b->n)
        return a->n < b->n;
    if (held[0] != held[1])
        return held[0] > held[1];
    return a->bits > b->bits;
}

static void consider(const searching *s, medel_form *best, const candidate *const *terms,
                     const int *signs, size_t n, size_t column, bool named)
{
    medel_form f = { .n = n, .named = named };
    for (size_t i = 0; i < n; i++) {
        f.term[i] = terms[i]->line;
        f.sign[i] = signs[i];
    }
    try_form(s, &f, terms);
    f.bits -= attempts(series_in(s, named ? s->nnamed : s->n, column), n);
    if (counts(&f) && medel_form_better(&f, best))
        *best = f;
}

static bool fits(const medel_tie_column *c, int64_t value, int64_t half)
{
    return magnitude(c->difference.value - value) <= c->difference.half + half;
}

static void singles(const searching *s, medel_form *best, size_t column, size_t n,
                    bool named)
{
    const medel_tie_column *c = &s->t->column[column];
    for (size_t i = 0; i < n; i++) {
        const candidate *x = &s->list[i];
        for (int sign = -1; sign <= 1 && x->printed[column]; sign += 2) {
            if (fits(c, sign * x->value[column], x->half[column]))
                consider(s, best, &x, &sign, 1, column, named);
        }
    }
}

/* Nothing in this column, but something in another that fails. */
static bool elsewhere(const searching *s, const candidate *x, size_t column)
{
    bool is = x->value[column] == 0;
    for (size_t k = 0; is && k < MEDEL_LINE_YEARS; k++) {
        const medel_tie_column *c = &s->t->column[k];
        if (c->tried && c->fails && !c->neutral && x->printed[k] && x->value[k] != 0)
            return true;
    }
    return false;
}

static void pairs(const searching *s, medel_form *best, size_t column, size_t n,
                  bool named)
{
    const medel_tie_column *c = &s->t->column[column];
    for (size_t i = 0; i < n; i++) {
        const candidate *x = &s->list[i];
        bool nothing = x->value[column] == 0;
        if (!x->printed[column] || (nothing && !elsewhere(s, x, column)))
            continue;
        for (size_t k = i + 1; k < n; k++) {
            const candidate *y = &s->list[k];
            int64_t half = x->half[column] + y->half[column];
            if (!y->printed[column]
                || (y->value[column] == 0 && (nothing || !elsewhere(s, y, column)))
                || (named && x->line->row && x->line->row == y->line->row))
                continue;
            for (int v = 0; v < 4; v++) {
                const int signs[2] = { v & 1 ? -1 : 1, v & 2 ? -1 : 1 };
                const candidate *const both[2] = { x, y };
                if (fits(c, signs[0] * x->value[column] + signs[1] * y->value[column],
                         half))
                    consider(s, best, both, signs, 2, column, named);
            }
        }
    }
}

/* The columns to begin from: those that fail, the most telling first, at most two. */
static size_t primaries(const medel_tie_view *t, size_t out[2])
{
    size_t n = 0;
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        const medel_tie_column *c = &t->column[k];
        if (!c->tried || !c->fails || c->neutral || !c->difference.printed
            || c->difference.value == 0)
            continue;
        if (n < 2)
            out[n++] = k;
        if (n == 2
            && magnitude(t->column[out[1]].difference.value)
                   > magnitude(t->column[out[0]].difference.value)) {
            size_t first = out[0];
            out[0] = out[1];
            out[1] = first;
        }
    }
    return n;
}

static bool coarse(const medel_tie_view *t, size_t column)
{
    const medel_tie_column *c = &t->column[column];
    return (c->subject && c->subject->unit == MEDEL_UNIT_MNKR)
           || (c->other && c->other->unit == MEDEL_UNIT_MNKR);
}

static bool run(searching *s, bool free_terms, medel_form *out)
{
    size_t from[2], n = primaries(s->t, from);
    *out = (medel_form){ 0 };
    if (n == 0)
        return false;
    s->list = s->j->room;
    find_accused(s);
    collect(s, free_terms);
    for (size_t i = 0; i < n; i++)
        singles(s, out, from[i], s->nnamed, true);
    for (size_t i = 0; i < n && (!out->n || out->failed); i++)
        pairs(s, out, from[i], s->nnamed, true);
    bool many = n == 2 && free_terms && !coarse(s->t, from[0]);
    for (size_t i = 0; i < n && many && (!out->n || out->failed); i++)
        singles(s, out, from[i], s->n, false);
    for (size_t i = 0; i < n && many && (!out->n || out->failed); i++)
        pairs(s, out, from[i], s->n, false);
    return out->n > 0;
}

void medel_search_room(medel_judge *j)
{
    const size_t n = j->lines.count < MAX_CANDIDATES ? j->lines.count : MAX_CANDIDATES;
    j->room = MEDEL_NEW(j->arena, candidate, n + 1);
}

bool medel_search(medel_judge *j, const medel_tie_view *t, medel_form *out)
{
    searching s = { .j = j, .t = t };
    return run(&s, true, out);
}

bool medel_search_own(medel_judge *j, const medel_tie_view *t, medel_form *out)
{
    searching s = { .j = j, .t = t, .own = true };
    return t->a->row && t->a->rank == MEDEL_RANK_TABLE && run(&s, true, out)
           && !out->failed;
}

/* A form's own terms as candidates; false where one is nothing in every column. */
static bool terms_of(searching *s, const medel_form *f,
                     const candidate *terms[MEDEL_FORM_TERMS])
{
    for (size_t i = 0; i < f->n; i++) {
        terms[i] = &s->list[s->n];
        if (!read_candidate(s, f->term[i], f->named))
            return false;
        s->n++;
    }
    return true;
}

void medel_form_try(const medel_judge *j, const medel_tie_view *t, medel_form *f)
{
    candidate list[MEDEL_FORM_TERMS];
    const candidate *terms[MEDEL_FORM_TERMS];
    searching s = { .j = j, .t = t, .list = list };
    if (terms_of(&s, f, terms))
        try_form(&s, f, terms);
    else
        f->held = f->nonzero = f->failed = 0;
}

bool medel_form_sharp(const medel_judge *j, const medel_tie_view *t, const medel_form *f,
                      size_t column, int finer)
{
    candidate list[MEDEL_FORM_TERMS];
    const candidate *terms[MEDEL_FORM_TERMS];
    searching s = { .j = j, .t = t, .list = list };
    medel_span off, held;
    if (!terms_of(&s, f, terms) || !left_over(&t->column[column], f, terms, column, &off))
        return false;
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        if ((f->nonzero & (1u << k)) && left_over(&t->column[k], f, terms, k, &held)
            && held.half > magnitude(off.value) / finer)
            return false;
    }
    return true;
}

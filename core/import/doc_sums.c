/*
 * doc_sums.c - runs of neighbouring rows that add up to the row before or after them, in
 * all columns at once.
 *
 * Labels are not looked at.  A run that sums is a block, and counts as its total from
 * then on, so that totals of totals are found in the next round.  A block decides between
 * readings and says what is a part of what; it proves nothing.  One that misses in a
 * single column, where a misprint may stand, only says what is a part of what.
 */
#include "import.h"

#include <string.h>

#define MAX_STATES 6000
#define MAX_PATH 26
#define MAX_READINGS 12 /* of a part; of a total all are tried */
#define MAX_HITS 8      /* for a total */
#define BITS 12         /* a sum of less is an accident */

unsigned medel_doc_bits(int64_t v)
{
    unsigned n = 0;
    for (uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v; u; u >>= 1)
        n++;
    return n;
}

typedef struct state {
    int64_t sum[MEDEL_DOC_COLUMNS];
    size_t at; /* next row, from 1; 0: none is left */
    size_t row;
    unsigned reading;
    unsigned length, nonzero;
    size_t parent; /* state + 1 */
} state;

typedef struct hit {
    size_t total;
    unsigned reading, length;
    bool exact, misses; /* misses: in one column it does not hold */
    size_t rows[MAX_PATH];
    unsigned readings[MAX_PATH];
} hit;

typedef struct summing {
    medel_arena *arena; /* of the search */
    medel_doc_table *t;
    size_t *row; /* rows with amounts, in the direction of search */
    size_t n;
    medel_array *blocks;    /* of a row: first rows of the blocks that it sums (size_t) */
    const int64_t **values; /* of a row: cell by cell, reading by reading */
    state *states;
    size_t nstates;
    size_t misses; /* columns that need not hold */
    /* round << STATE_BITS | state, by what it holds; the last is the round */
    size_t *slots;
    size_t found; /* hits of the total that is searched for */
    medel_array *hits;
} summing;

#define SLOTS 16384
#define STATE_BITS 13
_Static_assert(MAX_STATES <= 1 << STATE_BITS, "a state's number fits a slot");

static const medel_doc_row *row_at(const summing *s, size_t i)
{
    return &((medel_doc_row *)s->t->rows.data)[s->row[i]];
}

static const int64_t *values_at(const summing *s, size_t i, size_t reading)
{
    return s->values[i] + reading * s->t->k;
}

static void read_values(summing *s)
{
    s->values = MEDEL_NEW(s->arena, const int64_t *, s->n + 1);
    for (size_t i = 0; i < s->n; i++) {
        const medel_array *readings = &row_at(s, i)->readings;
        int64_t *v = MEDEL_NEW(s->arena, int64_t, readings->count * s->t->k + 1);
        s->values[i] = v;
        for (size_t r = 0; r < readings->count; r++)
            for (size_t c = 0; c < s->t->k; c++)
                *v++ = medel_doc_value(
                    &((const medel_row_reading *)readings->data)[r].cells[c]);
    }
}

static bool add_state(summing *s, const state *x)
{
    uint64_t h = x->at * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t c = 0; c < s->t->k; c++)
        h = (h ^ (uint64_t)x->sum[c]) * UINT64_C(0xD6E8FEB86659FD93);
    h ^= h >> 32;
    for (size_t i = h % SLOTS;; i = (i + 1) % SLOTS) {
        if (s->slots[i] >> STATE_BITS != s->slots[SLOTS]) {
            if (s->nstates == MAX_STATES)
                return false;
            s->states[s->nstates] = *x;
            s->slots[i] = s->slots[SLOTS] << STATE_BITS | s->nstates++;
            return true;
        }
        const state *y = &s->states[s->slots[i] & ((1U << STATE_BITS) - 1)];
        if (y->at == x->at && memcmp(y->sum, x->sum, s->t->k * sizeof *x->sum) == 0)
            return true;
    }
}

static int64_t tolerance(const summing *s, unsigned parts)
{
    return s->t->unit == MEDEL_UNIT_KR ? 100 : 100 * (int64_t)((parts + 2) / 2);
}

/* Does the state add up to a reading of the total? */
static void compare(summing *s, size_t total, const state *x)
{
    const medel_doc_row *row = row_at(s, total);
    if (x->length < 2 || x->nonzero < 2)
        return;
    const int64_t off = tolerance(s, x->nonzero);
    for (size_t r = 0; r < row->readings.count && s->found < MAX_HITS; r++) {
        const int64_t *v = values_at(s, total, r);
        unsigned bits = 0;
        size_t missed = 0;
        bool exact = true;
        for (size_t k = 0; k < s->t->k && missed <= s->misses; k++) {
            exact = exact && v[k] == x->sum[k];
            missed += v[k] - x->sum[k] > off || v[k] - x->sum[k] < -off;
        }
        for (size_t k = 0; k < s->t->k && missed <= s->misses; k++)
            if (v[k] - x->sum[k] <= off && v[k] - x->sum[k] >= -off)
                bits += medel_doc_bits(v[k] / off);
        if (missed > s->misses || bits < BITS)
            continue;
        hit *h = MEDEL_PUSH(s->arena, s->hits, hit);
        *h = (hit){ .total = s->row[total],
                    .reading = (unsigned)r,
                    .exact = exact,
                    .misses = missed > 0,
                    .length = x->length };
        const state *y = x;
        for (unsigned i = 0; i < x->length; i++) {
            h->rows[i] = s->row[y->row];
            h->readings[i] = y->reading;
            if (i + 1 == x->length)
                *MEDEL_PUSH(s->arena, &s->blocks[total], size_t) = y->row;
            y = y->parent ? &s->states[y->parent - 1] : y;
        }
        s->found++;
    }
}

/* All sums of rows that end just before 'total'. */
static void search_total(summing *s, size_t total)
{
    const size_t k = s->t->k;
    s->nstates = s->found = 0;
    s->slots[SLOTS]++;
    const state none = { .at = total };
    if (!add_state(s, &none))
        return;
    for (size_t i = 0; i < s->nstates && s->found < MAX_HITS; i++) {
        const state from = s->states[i];
        if (from.at == 0 || from.length == MAX_PATH)
            continue;
        const size_t j = from.at - 1;
        const medel_doc_row *part = row_at(s, j);
        for (size_t r = 0; r < part->readings.count && r < MAX_READINGS; r++) {
            state to = from;
            bool zero = true, fits = true;
            const int64_t *v = values_at(s, j, r);
            for (size_t c = 0; c < k; c++) {
                zero = zero && v[c] == 0;
                fits = fits && !__builtin_add_overflow(to.sum[c], v[c], &to.sum[c]);
            }
            to.row = j;
            to.reading = (unsigned)r;
            to.length++;
            to.nonzero += !zero;
            to.parent = from.length ? i + 1 : 0;
            to.at = j;
            const size_t before = s->nstates;
            if (!fits || !add_state(s, &to))
                return;
            if (s->nstates > before)
                compare(s, total, &to);
            /* what is a block already counts as its total */
            for (size_t b = 0; b < s->blocks[j].count; b++) {
                to.at = ((size_t *)s->blocks[j].data)[b];
                const size_t more = s->nstates;
                if (!add_state(s, &to))
                    return;
                if (s->nstates > more)
                    compare(s, total, &to);
            }
        }
    }
}

/* A total's blocks are known before the rows after it are tried. */
static void search_all(summing *s)
{
    for (s->misses = 0; s->misses < (s->t->k > 1 ? 2 : 1); s->misses++)
        for (size_t i = 1; i < s->n; i++)
            if (s->blocks[i].count == 0)
                search_total(s, i);
}

/* ---- what the blocks say ---- */

static void vote(medel_doc_table *t)
{
    medel_doc_row *rows = t->rows.data;
    const hit *h = t->sums.data;
    for (size_t i = 0; i < t->rows.count; i++) {
        unsigned votes[MAX_HITS * 64];
        const size_t n = rows[i].readings.count;
        if (rows[i].decided || n < 2 || n > MEDEL_COUNT(votes))
            continue;
        memset(votes, 0, sizeof votes);
        for (size_t j = 0; j < t->sums.count; j++) {
            if (h[j].misses)
                continue;
            if (h[j].total == i)
                votes[h[j].reading] += h[j].exact ? 2 : 1;
            for (unsigned p = 0; p < h[j].length; p++)
                if (h[j].rows[p] == i)
                    votes[h[j].readings[p]] += h[j].exact ? 2 : 1;
        }
        size_t best = 0;
        bool tie = false;
        for (size_t r = 1; r < n; r++) {
            if (votes[r] > votes[best]) {
                best = r;
                tie = false;
            } else if (votes[r] == votes[best]) {
                tie = true;
            }
        }
        if (votes[best] && !tie) {
            rows[i].decided = true;
            rows[i].chosen = best;
            rows[i].basis = MEDEL_BASIS_SUM;
        }
    }
}

static bool chosen_is(const medel_doc_row *r, unsigned reading)
{
    return r->decided && r->chosen == reading;
}

static void adopt(medel_doc_table *t, bool misses)
{
    medel_doc_row *rows = t->rows.data;
    const hit *h = t->sums.data;
    for (size_t j = 0; j < t->sums.count; j++) {
        bool all = h[j].misses == misses && !(misses && rows[h[j].total].sums)
                   && chosen_is(&rows[h[j].total], h[j].reading);
        for (unsigned p = 0; p < h[j].length; p++)
            all = all && chosen_is(&rows[h[j].rows[p]], h[j].readings[p]);
        if (!all)
            continue;
        rows[h[j].total].sums = true;
        for (unsigned p = 0; p < h[j].length; p++) {
            medel_doc_row *part = &rows[h[j].rows[p]];
            if (part->block_parent == (size_t)-1
                || (!h[j].misses && h[j].length < part->block_size)) {
                part->block_parent = h[j].total;
                part->block_size = h[j].length;
            }
        }
    }
}

void medel_doc_find_sums(medel_import *m, medel_doc_table *t)
{
    medel_doc_row *rows = t->rows.data;
    summing s = { .arena = &m->scratch, .t = t, .hits = &t->sums };
    s.row = MEDEL_NEW(&m->scratch, size_t, t->rows.count + 1);
    if (!m->states) { /* kept for the next table */
        m->states = MEDEL_NEW(&m->scratch, state, MAX_STATES);
        m->slots = MEDEL_NEW(&m->scratch, size_t, SLOTS + 1);
    }
    s.states = m->states;
    s.slots = m->slots;
    for (int reverse = 0; reverse < 2; reverse++) {
        s.n = 0;
        for (size_t i = 0; i < t->rows.count; i++) {
            const size_t at = reverse ? t->rows.count - 1 - i : i;
            if (!rows[at].share)
                s.row[s.n++] = at;
        }
        s.blocks = MEDEL_NEW(&m->scratch, medel_array, s.n + 1);
        read_values(&s);
        search_all(&s);
    }
}

void medel_doc_sums(medel_doc_table *t)
{
    vote(t);
    adopt(t, false);
    adopt(t, true);
}

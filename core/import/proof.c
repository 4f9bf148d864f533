/*
 * proof.c - what the taxonomy's own relations prove of the figures that were read.
 *
 * The report was built from the written file, and the checks are those of an audit.  A
 * check that holds exactly says of each of its figures that digits, sign and place are
 * right, unless it may hold by chance: its bits are the magnitude of what agrees, over
 * all columns of the same rows, less those of the readings that were tried.  A zero has
 * no bits of its own: the relation proves it where another figure of its row is proved.
 */
#include "import.h"

#include <string.h>

#define PROOF_BITS 12
#define MAX_FACTS 256

struct medel_proofs {
    medel_arena arena;
    medel_import_proof **tables; /* row by row */
    size_t ntables;
    struct {
        size_t rows, columns;
    } * size;
};

typedef struct cell_of_fact {
    const medel_import_row *row;
    medel_import_proof *proof;
} cell_of_fact;

typedef struct proving {
    medel_proofs *p;
    const medel_import *m;
    const medel_report *r;
    cell_of_fact *cells; /* by fact */
    size_t nfacts;
} proving;

/* A check that holds, and the figures it holds for. */
typedef struct holding {
    const medel_check *check;
    const medel_fact **facts;
    size_t n;
    uint64_t key; /* of its rows, whatever the column */
    unsigned bits, penalty;
    bool exact;
} holding;

const char *medel_import_status_name(medel_import_status s)
{
    static const char *const names[] = { "SUMMA",    "LIKHET", "RAD",
                                         "AVRUNDAD", "TECKEN", "ENSAM",
                                         "TVETYDIG", "PLATS",  "TOM" };
    return (size_t)s < MEDEL_COUNT(names) ? names[s] : "?";
}

/* ---- figures and facts ---- */

static const medel_table *report_table(const proving *x, const medel_import_table *t)
{
    const medel_table *tables;
    const size_t n = medel_report_tables(x->r, &tables);
    for (size_t i = 0; i < n; i++) {
        char number[16];
        size_t len = 0;
        for (int v = t->note, d = 1000; d; d /= 10)
            if (v >= d || len)
                number[len++] = (char)('0' + v / d % 10);
        number[len] = 0;
        if (tables[i].spec == t->spec
            && (t->note == 0
                || (tables[i].number && strcmp(tables[i].number, number) == 0)))
            return &tables[i];
    }
    return NULL;
}

static void join_row(proving *x, const medel_table *in, const medel_import_row *row,
                     const medel_import_table *t, medel_import_proof *proofs)
{
    const medel_table_row *r = medel_table_find(in, row->id);
    for (size_t c = 0; r && c < t->ncolumns && c < in->ncolumns; c++) {
        const medel_fact *f = r->cells[c];
        if (!f || f->index >= x->nfacts)
            continue;
        proofs[c].fact = f;
        x->cells[f->index] = (cell_of_fact){ row, &proofs[c] };
    }
}

static void join_facts(proving *x)
{
    const medel_import_table *t;
    const medel_fact *const *facts;
    const size_t n = medel_import_tables(x->m, &t);
    x->nfacts = medel_report_facts(x->r, &facts);
    x->cells = MEDEL_NEW(&x->p->arena, cell_of_fact, x->nfacts + 1);
    x->p->tables = MEDEL_NEW(&x->p->arena, medel_import_proof *, n + 1);
    x->p->ntables = n;
    x->p->size = medel_arena_get(&x->p->arena, (n + 1) * sizeof *x->p->size);
    for (size_t i = 0; i < n; i++) {
        const medel_table *in = report_table(x, &t[i]);
        x->p->size[i].rows = t[i].nrows;
        x->p->size[i].columns = t[i].ncolumns;
        x->p->tables[i] =
            MEDEL_NEW(&x->p->arena, medel_import_proof, t[i].nrows * t[i].ncolumns + 1);
        for (size_t j = 0; j < t[i].nrows; j++)
            if (in && t[i].rows[j].id && t[i].rows[j].placed)
                join_row(x, in, &t[i].rows[j], &t[i],
                         x->p->tables[i] + j * t[i].ncolumns);
    }
}

/* ---- checks that hold ---- */

/* A computed total stands for the printed rows that it was computed from. */
static void add_fact(holding *h, const medel_fact *f, unsigned depth);

static void add_node(holding *h, const medel_node *n, unsigned depth)
{
    if (!n || depth > 12)
        return;
    if (n->op == MEDEL_OP_FACT && n->fact)
        add_fact(h, n->fact, depth + 1);
    add_node(h, n->left, depth + 1);
    add_node(h, n->right, depth + 1);
}

static void add_fact(holding *h, const medel_fact *f, unsigned depth)
{
    if (f->state == MEDEL_FIGURE_COMPUTED)
        add_node(h, f->derivation, depth + 1);
    else if (h->n < MAX_FACTS)
        h->facts[h->n++] = f;
}

static uint64_t mixed(const void *a, const void *b)
{
    uint64_t h = (uint64_t)(uintptr_t)a * UINT64_C(0x9E3779B97F4A7C15);
    h ^= (uint64_t)(uintptr_t)b * UINT64_C(0xD6E8FEB86659FD93);
    return h ^ h >> 29;
}

/* Whole units of its print that a figure counts. */
static unsigned bits_of(const medel_fact *f)
{
    int64_t digits;
    return medel_fact_digits(&digits, f) ? medel_doc_bits(digits) : 0;
}

static bool is_share(const medel_fact *f)
{
    return f->unit == MEDEL_UNIT_PERCENT;
}

static bool is_zero(const medel_fact *f)
{
    int64_t digits;
    return f && medel_fact_digits(&digits, f) && digits == 0;
}

static bool read_holding(proving *x, const medel_check *k, holding *h)
{
    const bool rounded = k->outcome == MEDEL_FINDING && k->cause == MEDEL_CAUSE_ROUNDING;
    if ((k->outcome != MEDEL_PASSED && !rounded) || !k->subject || k->nterms == 0
        || (k->kind != MEDEL_CHECK_SUM && k->kind != MEDEL_CHECK_COLUMNS
            && k->kind != MEDEL_CHECK_DUPLICATE && k->kind != MEDEL_CHECK_RELATION))
        return false;
    *h = (holding){ .check = k, .exact = k->difference.value.num == 0 };
    h->facts = MEDEL_NEW(&x->p->arena, const medel_fact *, MAX_FACTS);
    add_fact(h, k->subject, 0);
    for (size_t i = 0; i < k->nterms; i++)
        add_fact(h, k->terms[i].fact, 0);
    size_t figures = 0;
    h->key = (uint64_t)k->kind + 1;
    for (size_t i = 0; i < h->n; i++) {
        const unsigned b = bits_of(h->facts[i]);
        const size_t index = h->facts[i]->index;
        h->bits = b > h->bits ? b : h->bits;
        figures += b > 0;
        if (is_share(h->facts[i]))
            return false;
        const medel_import_row *row = index < x->nfacts ? x->cells[index].row : NULL;
        h->key += mixed(row, NULL);
        if (row && row->readings > 1
            && (row->basis == MEDEL_BASIS_SUM || row->basis == MEDEL_BASIS_EQUALITY
                || row->basis == MEDEL_BASIS_IDENTITY || row->basis == MEDEL_BASIS_SIZE))
            h->penalty += medel_doc_bits((int64_t)row->readings - 1);
    }
    if (k->kind == MEDEL_CHECK_COLUMNS) /* all identities of a row are one */
        h->key = mixed(x->cells[k->subject->index].row, k->subject->table);
    return figures >= 2;
}

/* Does the row break another of its identities? */
static bool row_broken(const proving *x, const medel_check *list, size_t n,
                       const medel_fact *f)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].kind == MEDEL_CHECK_COLUMNS && list[i].outcome == MEDEL_FINDING
            && list[i].subject
            && x->cells[list[i].subject->index].row == x->cells[f->index].row)
            return true;
    return false;
}

static medel_import_status status_of(const holding *h)
{
    if (!h->exact)
        return MEDEL_IMPORT_AVRUNDAD;
    return h->check->kind == MEDEL_CHECK_DUPLICATE ? MEDEL_IMPORT_LIKHET
           : h->check->kind == MEDEL_CHECK_COLUMNS ? MEDEL_IMPORT_RAD
                                                   : MEDEL_IMPORT_SUMMA;
}

static void prove(proving *x, const holding *h, unsigned bits)
{
    const medel_import_status status = status_of(h);
    for (size_t i = 0; i < h->n; i++) {
        const medel_fact *f = h->facts[i];
        medel_import_proof *p = f->index < x->nfacts ? x->cells[f->index].proof : NULL;
        if (!p || (bits_of(f) == 0 && !is_zero(f)) || (p->check && p->status <= status))
            continue;
        p->status = status;
        p->check = h->check;
        p->bits = bits;
    }
}

/* ---- shares ---- */

/* A share is proved that its two figures, both proved, round to and to no other. */
static bool read_share(proving *x, const medel_check *k, holding *h)
{
    if (k->kind != MEDEL_CHECK_RATIO || k->outcome != MEDEL_PASSED || k->nterms != 2
        || !is_share(k->subject)
        || medel_rational_compare(k->subject->value.low, k->expected.low) > 0
        || medel_rational_compare(k->subject->value.high, k->expected.high) < 0)
        return false;
    const medel_import_row *row =
        k->subject->index < x->nfacts ? x->cells[k->subject->index].row : NULL;
    *h = (holding){ .check = k, .n = 1, .exact = true, .bits = bits_of(k->subject) };
    h->facts = MEDEL_NEW(&x->p->arena, const medel_fact *, 1);
    h->facts[0] = k->subject;
    h->key = mixed(row, NULL);
    if (row && row->readings > 1)
        h->penalty = medel_doc_bits((int64_t)row->readings - 1);
    for (size_t i = 0; i < 2; i++) {
        const size_t index = k->terms[i].fact->index;
        const medel_import_proof *p = index < x->nfacts ? x->cells[index].proof : NULL;
        if (!p || !p->check || p->status > MEDEL_IMPORT_RAD)
            return false;
    }
    return row != NULL;
}

/* What holds with bits enough, all columns of the same rows together. */
static void prove_each(proving *x, const medel_array *all)
{
    const holding *h = all->data;
    for (size_t i = 0; i < all->count; i++) {
        unsigned bits = 0;
        for (size_t j = 0; j < all->count; j++)
            if (h[j].key == h[i].key && h[j].exact)
                bits += h[j].bits;
        if (!h[i].exact)
            bits = h[i].bits > 2 ? h[i].bits - 2 : 0;
        bits = bits > h[i].penalty ? bits - h[i].penalty : 0;
        if (bits >= PROOF_BITS)
            prove(x, &h[i], bits);
    }
}

static void prove_all(proving *x, const medel_checks *checks, bool shares)
{
    const medel_check *list;
    const size_t n = medel_checks_get(checks, &list);
    medel_array all = { 0 };
    for (size_t i = 0; i < n; i++) {
        holding h;
        if (shares ? !read_share(x, &list[i], &h) : !read_holding(x, &list[i], &h))
            continue;
        if (h.check->kind == MEDEL_CHECK_COLUMNS
            && row_broken(x, list, n, h.check->subject))
            continue;
        *MEDEL_PUSH(&x->p->arena, &all, holding) = h;
    }
    prove_each(x, &all);
}

/* ---- signs ---- */

/* A figure whose sign is the cause of a finding, or the odd one of its table; and one
   that is the cause of another finding, whatever else holds with it. */
static void doubt_causes(proving *x, const medel_checks *checks)
{
    const medel_check *list;
    const size_t n = medel_checks_get(checks, &list);
    for (size_t i = 0; i < n; i++) {
        const bool sign =
            list[i].cause == MEDEL_CAUSE_SIGN || list[i].kind == MEDEL_CHECK_SIGNS;
        const medel_fact *f =
            list[i].kind == MEDEL_CHECK_SIGNS && list[i].cause != MEDEL_CAUSE_SIGN
                ? list[i].subject
                : list[i].cause_fact;
        if (list[i].outcome != MEDEL_FINDING || list[i].cause == MEDEL_CAUSE_ROUNDING
            || !f || f->index >= x->nfacts || !x->cells[f->index].proof)
            continue;
        medel_import_proof *p = x->cells[f->index].proof;
        if (sign)
            *p = (medel_import_proof){ MEDEL_IMPORT_TECKEN, p->fact, &list[i], p->bits };
        else if (p->check && p->status <= MEDEL_IMPORT_RAD)
            p->status = MEDEL_IMPORT_ENSAM;
    }
}

/* ---- signs of a driftredovisning ----

   It is printed under several conventions, and its sums and rows hold whatever signs its
   figures have: they prove digits.  A sign is right where the others of its column, of
   the same kind of row, have it too; an avvikelse's, where it follows from its row as
   theirs. */

static int64_t printed_of(const medel_fact *f)
{
    return f && medel_fact_has_value(f) ? f->printed.value.num : 0;
}

static bool same_kind(const medel_fact *a, const medel_fact *b)
{
    /* own rows that no group has may be of any kind */
    return a && b && a->spec && b->spec && medel_same(a->spec->balance, b->spec->balance)
           && (!medel_same(a->spec->balance, "result")
               || (!a->spec->own && !b->spec->own));
}

/* Which forms avvikelse = (+-) netto (+-) budget has in a row: a bit each; all if it does
   not say. */
static unsigned forms_of(const medel_fact *d, const medel_fact *net,
                         const medel_fact *budget)
{
    const int64_t v = printed_of(d), n = printed_of(net), b = printed_of(budget);
    unsigned set = 0;
    if (v == 0 || (n == 0 && b == 0))
        return 15;
    for (unsigned i = 0; i < 4; i++) {
        const int64_t sum = (i & 1 ? -n : n) + (i & 2 ? -b : b) - v;
        /* within two units of the print, in öre */
        if (sum <= 2 * medel_unit_scale(d->unit) && sum >= -2 * medel_unit_scale(d->unit))
            set |= 1U << i;
    }
    return set;
}

typedef struct sign_votes {
    size_t same, other;
} sign_votes;

static const medel_fact *fact_at(const proving *x, size_t table, size_t k, size_t row,
                                 size_t c)
{
    return c < k ? x->p->tables[table][row * k + c].fact : NULL;
}

static size_t column_at(const medel_import_table *t, const char *id)
{
    size_t c = 0;
    while (c < t->ncolumns && strcmp(t->columns[c].id, id) != 0)
        c++;
    return c;
}

/* The others of the column that have the figure's sign, or form. */
static sign_votes votes_for(const proving *x, const medel_import_table *t, size_t table,
                            size_t row, size_t c)
{
    sign_votes v = { 0, 0 };
    const size_t k = t->ncolumns, net = column_at(t, "netto"),
                 budget = column_at(t, "budget");
    const bool deviation = strcmp(t->columns[c].id, "avvikelse") == 0;
    const medel_fact *f = fact_at(x, table, k, row, c);
    const unsigned mine =
        forms_of(f, fact_at(x, table, k, row, net), fact_at(x, table, k, row, budget));
    for (size_t j = 0; j < t->nrows; j++) {
        const medel_fact *o = fact_at(x, table, k, j, c);
        if (j == row || !same_kind(f, o) || printed_of(o) == 0)
            continue;
        bool same = (printed_of(o) < 0) == (printed_of(f) < 0);
        if (deviation)
            same = (forms_of(o, fact_at(x, table, k, j, net),
                             fact_at(x, table, k, j, budget))
                    & mine)
                   != 0;
        v.same += same;
        v.other += !same;
    }
    return v;
}

static void doubt_turned(proving *x, const medel_import_table *t, size_t table, size_t c)
{
    for (size_t i = 0; i < t->nrows; i++) {
        medel_import_proof *p = &x->p->tables[table][i * t->ncolumns + c];
        if (!p->fact || printed_of(p->fact) == 0 || !p->check
            || (p->check->kind != MEDEL_CHECK_SUM
                && p->check->kind != MEDEL_CHECK_COLUMNS))
            continue;
        const sign_votes v = votes_for(x, t, table, i, c);
        if (v.other > v.same)
            p->status = MEDEL_IMPORT_TECKEN;
        else if (v.same <= v.other) /* alone, or one against one: nothing says */
            p->status = MEDEL_IMPORT_ENSAM;
    }
}

static void doubt_all_turned(proving *x)
{
    const medel_import_table *t;
    const size_t n = medel_import_tables(x->m, &t);
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < t[i].ncolumns && !t[i].spec->by_year; c++)
            doubt_turned(x, &t[i], i, c);
}

/* ---- what is not proved ---- */

/* A row of zeros may stand anywhere: what its columns sum to says nothing of it. */
static void drop_zeros(const proving *x, size_t table, size_t row, size_t columns)
{
    medel_import_proof *p = x->p->tables[table] + row * columns;
    bool proved = false;
    for (size_t c = 0; c < columns; c++)
        proved |= p[c].check && p[c].status <= MEDEL_IMPORT_RAD && !is_zero(p[c].fact);
    for (size_t c = 0; c < columns && !proved; c++)
        if (is_zero(p[c].fact))
            p[c] = (medel_import_proof){ .fact = p[c].fact };
}

static void settle_cell(const medel_import_row *row, const medel_import_cell *c,
                        medel_import_proof *p)
{
    if (p->check)
        return;
    if (c->kind == MEDEL_CELL_EMPTY)
        p->status = row->empties ? MEDEL_IMPORT_TOM : MEDEL_IMPORT_ENSAM;
    else if (row->basis == MEDEL_BASIS_SIZE)
        p->status = MEDEL_IMPORT_TVETYDIG;
    else if (row->guessed || !row->placed || row->empties)
        p->status = MEDEL_IMPORT_PLATS;
    else
        p->status = MEDEL_IMPORT_ENSAM;
}

static medel_status run(proving *x, const medel_checks *checks)
{
    jmp_buf oom;
    x->p->arena.oom = &oom;
    if (setjmp(oom))
        return MEDEL_E_NOMEM;
    join_facts(x);
    prove_all(x, checks, false);
    doubt_all_turned(x);
    doubt_causes(x, checks);
    prove_all(x, checks, true);
    doubt_causes(x, checks);
    const medel_import_table *t;
    const size_t n = medel_import_tables(x->m, &t);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < t[i].nrows; j++)
            drop_zeros(x, i, j, t[i].ncolumns);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < t[i].nrows; j++)
            for (size_t c = 0; c < t[i].ncolumns; c++)
                settle_cell(&t[i].rows[j], &t[i].rows[j].cells[c],
                            &x->p->tables[i][j * t[i].ncolumns + c]);
    return MEDEL_OK;
}

medel_status medel_proofs_new(medel_proofs **out, const medel_import *m,
                              const medel_report *r, const medel_checks *checks,
                              const medel_allocator *allocator)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, m, r, checks);
    medel_proofs *p = medel_object_new(sizeof *p, allocator);
    if (!p)
        return MEDEL_E_NOMEM;
    proving x = { .p = p, .m = m, .r = r };
    const medel_status st = run(&x, checks);
    if (st != MEDEL_OK) {
        medel_proofs_free(p);
        return st;
    }
    *out = p;
    return MEDEL_OK;
}

MEDEL_FREE(medel_proofs_free, medel_proofs)

const medel_import_proof *medel_proofs_cell(const medel_proofs *p, size_t table,
                                            size_t row, size_t column)
{
    MEDEL_NEEDS_OR(NULL, p, table < p->ntables);
    const size_t columns = p->size[table].columns;
    return row < p->size[table].rows && column < columns
               ? &p->tables[table][row * columns + column]
               : NULL;
}

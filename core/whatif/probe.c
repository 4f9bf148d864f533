/*
 * probe.c - a report whose figures can be changed one at a time.  Only what a figure can
 * touch is worked out anew: its table's signs, the computed totals it is in, and the
 * pieces of the checks (check.h) that read any of them.
 */
#include "judge.h"
#include "medel_whatif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_TABLE ((size_t)-1)

/* For each fact, a list of numbers: pieces that read it, or totals computed from it. */
typedef struct index_list {
    size_t *first; /* one per fact, and the end */
    size_t *items;
} index_list;

struct medel_probe {
    medel_arena arena;   /* what lives as long as the probe */
    medel_report *r;     /* ours to change */
    medel_arena scratch; /* for what a change needs */
    medel_checker checker;
    medel_judge judge;
    medel_array pieces;  /* medel_piece */
    medel_array base;    /* medel_check: findings above note before any change */
    medel_array found;   /* medel_check, of the last medel_probe_caught */
    medel_array ignored; /* const medel_check_spec * */
    index_list readers, totals;
    size_t *table_of;   /* by printed fact, NO_TABLE outside tables */
    medel_fact *before; /* a copy of every fact */
    int *base_ratios;
    bool *base_suspect;
    bool *changed; /* by fact */
    bool *touched; /* by piece */
    size_t *queue; /* the touched ones */
    size_t nqueue;
    medel_array units; /* size_t: the pieces of units, in their order */
    bool all_ratios;   /* no ratio is known any more */
    const medel_fact **changes;
    size_t nchanges;
};

static medel_fact *fact_at(const medel_probe *p, size_t i)
{
    return ((medel_fact **)p->r->facts.data)[i];
}

/* ---- which piece reads which fact ---- */

typedef struct reading {
    medel_probe *p;
    medel_array pairs; /* reading_pair */
    size_t piece;
} reading;

typedef struct reading_pair {
    size_t fact, item;
} reading_pair;

static void reads(reading *rd, const medel_fact *f)
{
    if (!f)
        return;
    reading_pair *pair = MEDEL_PUSH(&rd->p->scratch, &rd->pairs, reading_pair);
    *pair = (reading_pair){ f->index, rd->piece };
}

static void reads_chain(reading *rd, const char *concept, const int *year)
{
    const medel_fact_chain *chain = medel_report_chain(rd->p->r, concept);
    const medel_fact *const *facts = chain ? chain->facts.data : NULL;
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        if (!year || facts[i]->year == *year)
            reads(rd, facts[i]);
    }
}

static void reads_table(reading *rd, const medel_table *t, bool places)
{
    for (size_t i = 0; i < t->nrows; i++) {
        for (size_t k = 0; k < t->ncolumns; k++) {
            const medel_fact *f = t->rows[i].cells[k];
            reads(rd, f);
            if (places && f && f->concept_ref)
                reads_chain(rd, f->concept_ref->id, &f->year);
        }
    }
}

static void reads_sum(reading *rd, const medel_table *t, const medel_piece *piece)
{
    const medel_report *r = rd->p->r;
    const medel_table_row *row = &t->rows[piece->row];
    const medel_table_column *c = &t->columns[piece->column];
    const medel_row *spec = row->spec;
    const medel_term *terms;
    reads(rd, row->cells[piece->column]);
    if (spec->numerator) {
        const char *const parts[] = { spec->numerator, spec->denominator };
        for (size_t i = 0; i < 2; i++)
            reads(rd, medel_report_cell(r, t, parts[i], c->measure, c->year, c->variant));
        return;
    }
    size_t n = medel_total_terms(&rd->p->scratch, t, spec->id, piece->column, &terms);
    for (size_t i = 0; i < n; i++)
        reads(rd, terms[i].fact);
}

static void reads_term(reading *rd, const medel_relation_term *term, int year)
{
    const medel_fact *const *facts = rd->p->r->facts.data;
    year += term->year;
    if (!term->row) {
        reads_chain(rd, term->name, &year);
        return;
    }
    for (size_t i = 0; i < rd->p->r->facts.count; i++) {
        const medel_fact *f = facts[i];
        if (f->year == year && f->spec && medel_term_is(term, f->table, f->row))
            reads(rd, f);
    }
}

static void reads_relation(reading *rd, const medel_piece *piece)
{
    size_t n;
    const medel_relation *all = medel_taxonomy_relations(rd->p->r->taxonomy, &n);
    const medel_relation *rel = &all[piece->index];
    const medel_fact *const *facts = rd->p->r->facts.data;
    for (size_t i = 0; rel->of && i < rd->p->r->facts.count; i++) {
        bool in = medel_same(facts[i]->row, rel->left.name);
        for (size_t k = 0; k < rel->nright; k++)
            in |= medel_same(facts[i]->row, rel->right[k].name);
        if (in && medel_same(facts[i]->table, rel->of))
            reads(rd, facts[i]);
    }
    if (rel->of)
        return;
    reads_term(rd, &rel->left, piece->year);
    for (size_t i = 0; i < rel->nright; i++)
        reads_term(rd, &rel->right[i], piece->year);
    for (size_t i = 0; i < rel->nalternative; i++)
        reads_term(rd, &rel->alternative[i], piece->year);
}

static void reads_piece(reading *rd, const medel_piece *piece)
{
    const medel_table *tables = rd->p->r->tables.data;
    const medel_tie *ties = rd->p->r->ties.data;
    const medel_concept *concepts;
    const medel_table_row *row;
    switch (piece->kind) {
    case MEDEL_PIECE_SUM: reads_sum(rd, &tables[piece->index], piece); break;
    case MEDEL_PIECE_COLUMNS:
        row = &tables[piece->index].rows[piece->row];
        for (size_t k = 0; k < tables[piece->index].ncolumns; k++)
            reads(rd, row->cells[k]);
        break;
    case MEDEL_PIECE_SIGNS: reads_table(rd, &tables[piece->index], false); break;
    case MEDEL_PIECE_UNIT: reads_table(rd, &tables[piece->index], true); break;
    case MEDEL_PIECE_CONCEPT:
        medel_taxonomy_concepts(rd->p->r->taxonomy, &concepts);
        reads_chain(rd, concepts[piece->index].id, NULL);
        break;
    case MEDEL_PIECE_TIE:
        reads(rd, ties[piece->index].first);
        reads(rd, ties[piece->index].second);
        break;
    case MEDEL_PIECE_RELATION: reads_relation(rd, piece); break;
    }
}

/* From pairs to lists, by counting; a pair that stands twice does no harm. */
static index_list list_by_fact(medel_probe *p, const medel_array *pairs)
{
    const reading_pair *all = pairs->data;
    size_t n = p->r->facts.count;
    index_list out = { MEDEL_NEW(&p->arena, size_t, n + 2),
                       MEDEL_NEW(&p->arena, size_t, pairs->count + 1) };
    for (size_t i = 0; i < pairs->count; i++)
        out.first[all[i].fact + 2]++;
    for (size_t i = 2; i < n + 2; i++)
        out.first[i] += out.first[i - 1];
    for (size_t i = 0; i < pairs->count; i++)
        out.items[out.first[all[i].fact + 1]++] = all[i].item;
    return out;
}

static void find_readers(medel_probe *p)
{
    const medel_piece *pieces = p->pieces.data;
    reading rd = { .p = p };
    for (; rd.piece < p->pieces.count; rd.piece++)
        reads_piece(&rd, &pieces[rd.piece]);
    p->readers = list_by_fact(p, &rd.pairs);
}

static void leaves(reading *rd, const medel_node *n)
{
    if (!n)
        return;
    reads(rd, n->fact);
    leaves(rd, n->left);
    leaves(rd, n->right);
}

static void find_totals(medel_probe *p)
{
    reading rd = { .p = p, .piece = p->r->nprinted };
    for (; rd.piece < p->r->facts.count; rd.piece++)
        leaves(&rd, fact_at(p, rd.piece)->derivation);
    p->totals = list_by_fact(p, &rd.pairs);
}

static void find_tables(medel_probe *p)
{
    const medel_table *tables = p->r->tables.data;
    p->table_of = MEDEL_NEW(&p->arena, size_t, p->r->facts.count);
    for (size_t i = 0; i < p->r->facts.count; i++)
        p->table_of[i] = NO_TABLE;
    for (size_t t = 0; t < p->r->tables.count; t++) {
        for (size_t i = 0; i < tables[t].nrows; i++) {
            for (size_t k = 0; k < tables[t].ncolumns; k++) {
                if (tables[t].rows[i].cells[k])
                    p->table_of[tables[t].rows[i].cells[k]->index] = t;
            }
        }
    }
}

/* ---- making ---- */

static bool counts(const medel_check *k, medel_level least)
{
    return k->outcome == MEDEL_FINDING && k->level >= least;
}

static void run_base(medel_probe *p)
{
    const medel_piece *pieces = p->pieces.data;
    size_t n = p->r->facts.count;
    p->checker = (medel_checker){
        .r = p->r, .arena = &p->scratch, .scratch = &p->scratch, .list = &p->found
    };
    p->checker.unit_suspect = MEDEL_NEW(&p->arena, bool, p->r->tables.count);
    p->checker.ratios = MEDEL_NEW(&p->arena, int, n);
    for (size_t i = 0; i < n; i++)
        p->checker.ratios[i] = MEDEL_RATIO_UNKNOWN;
    medel_check_pieces(p->r, &p->arena, &p->pieces);
    pieces = p->pieces.data;
    for (size_t i = 0; i < p->pieces.count; i++)
        medel_check_piece(&p->checker, &pieces[i]);
    p->judge = (medel_judge){ .r = p->r, .arena = &p->arena, .checker = &p->checker };
    medel_judge_lines(&p->judge);
    medel_judge_suspects(&p->judge);
    medel_judge_keep(&p->judge, NULL, 0);
    p->judge.arena = &p->scratch;
    medel_judge_ties(&p->judge, 0);
    medel_judge_remember(&p->judge);
    const medel_check *all = p->found.data;
    for (size_t i = 0; i < p->found.count; i++) {
        if (!counts(&all[i], MEDEL_LEVEL_NOTE))
            continue;
        medel_check *k = MEDEL_PUSH(&p->arena, &p->base, medel_check);
        *k = (medel_check){ .spec = all[i].spec,
                            .kind = all[i].kind,
                            .subject = all[i].subject,
                            .level = all[i].level,
                            .cause = all[i].cause };
    }
    p->base_ratios = MEDEL_NEW(&p->arena, int, n);
    p->base_suspect = MEDEL_NEW(&p->arena, bool, p->r->tables.count);
    memcpy(p->base_ratios, p->checker.ratios, n * sizeof *p->base_ratios);
    memcpy(p->base_suspect, p->checker.unit_suspect,
           p->r->tables.count * sizeof *p->base_suspect);
}

static void prepare(medel_probe *p)
{
    size_t n = p->r->facts.count;
    p->before = MEDEL_NEW(&p->arena, medel_fact, n);
    for (size_t i = 0; i < n; i++)
        p->before[i] = *fact_at(p, i);
    p->changed = MEDEL_NEW(&p->arena, bool, n);
    p->changes = MEDEL_NEW(&p->arena, const medel_fact *, n);
    run_base(p);
    p->touched = MEDEL_NEW(&p->arena, bool, p->pieces.count);
    p->queue = MEDEL_NEW(&p->arena, size_t, p->pieces.count);
    for (size_t i = 0; i < p->pieces.count; i++) {
        if (((const medel_piece *)p->pieces.data)[i].kind == MEDEL_PIECE_UNIT)
            *MEDEL_PUSH(&p->arena, &p->units, size_t) = i;
    }
    find_tables(p);
    find_readers(p);
    find_totals(p);
}

/* What a change needed is not needed any more. */
static void clear_scratch(medel_probe *p)
{
    medel_arena_clear(&p->scratch);
    p->found = (medel_array){ 0 };
    p->judge.conventions = (medel_array){ 0 };
}

medel_status medel_probe_new(medel_probe **out, medel_report *r,
                             const medel_allocator *allocator)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, r);
    medel_probe *p = medel_object_new(sizeof *p, allocator);
    if (!p)
        return MEDEL_E_NOMEM;
    p->r = r;
    p->scratch = (medel_arena){ p->arena.allocator, NULL, NULL };
    jmp_buf oom;
    p->arena.oom = p->scratch.oom = &oom;
    if (setjmp(oom)) {
        medel_arena_free(&p->scratch);
        medel_arena_release(&p->arena);
        return MEDEL_E_NOMEM;
    }
    prepare(p);
    clear_scratch(p);
    p->arena.oom = p->scratch.oom = NULL;
    *out = p;
    return MEDEL_OK;
}

void medel_probe_free(medel_probe *p)
{
    if (!p)
        return;
    medel_arena_free(&p->scratch);
    medel_report_free(p->r);
    medel_arena_release(&p->arena);
}

MEDEL_GETTER(const medel_report *, medel_probe_report, medel_probe, r, NULL)

medel_status medel_probe_ignore(medel_probe *p, const char *rule)
{
    MEDEL_NEEDS(p, rule);
    const medel_check_spec *spec = medel_taxonomy_check(p->r->taxonomy, rule);
    jmp_buf oom;
    p->arena.oom = &oom;
    if (setjmp(oom)) {
        p->arena.oom = NULL;
        return MEDEL_E_NOMEM;
    }
    if (spec)
        *MEDEL_PUSH(&p->arena, &p->ignored, const medel_check_spec *) = spec;
    p->arena.oom = NULL;
    return MEDEL_OK;
}

/* ---- changing ---- */

/* What was found of the unit of a figure depends on all its places. */
static void forget_ratios(medel_probe *p, const medel_fact *f, bool back)
{
    const medel_fact_chain *chain =
        f->concept_ref ? medel_report_chain(p->r, f->concept_ref->id) : NULL;
    const medel_fact *const *facts = chain ? chain->facts.data : NULL;
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        size_t at = facts[i]->index;
        p->checker.ratios[at] = back ? p->base_ratios[at] : MEDEL_RATIO_UNKNOWN;
    }
}

static void mark(medel_probe *p, const medel_fact *f)
{
    forget_ratios(p, f, false);
    if (p->changed[f->index])
        return;
    p->changed[f->index] = true;
    p->changes[p->nchanges++] = f;
}

static void normalise(medel_probe *p, medel_table *t)
{
    if (t->spec->by_year || !t->spec->sign_rule)
        return;
    for (size_t i = 0; i < t->nrows; i++) {
        for (size_t k = 0; k < t->ncolumns; k++) {
            const medel_fact *f = t->rows[i].cells[k];
            if (f && f->state == MEDEL_FIGURE_VALUE)
                fact_at(p, f->index)->value = f->printed;
        }
    }
    medel_signs_normalise(t);
    for (size_t i = 0; i < t->nrows; i++) {
        for (size_t k = 0; k < t->ncolumns; k++) {
            const medel_fact *f = t->rows[i].cells[k];
            if (f && f->value.value.num != p->before[f->index].value.value.num)
                mark(p, f);
        }
    }
}

static void settle_signs(medel_probe *p, medel_fact *f)
{
    medel_table *t = (medel_table *)p->r->tables.data + p->table_of[f->index];
    if (medel_cost_turned(t, f))
        (void)!medel_quantity_neg(&f->value, &f->printed);
    normalise(p, t);
}

/* The nodes of a private report are ours, as its facts are. */
static medel_status renew(const medel_node *n)
{
    union {
        const medel_node *in;
        medel_node *out;
    } u = { n };
    medel_quantity q = { 0 };
    medel_status st = MEDEL_OK;
    if (n->op == MEDEL_OP_FACT) {
        q = n->fact->value;
    } else {
        st = renew(n->left);
        if (st == MEDEL_OK && n->right)
            st = renew(n->right);
        if (st == MEDEL_OK && n->op == MEDEL_OP_NEG)
            st = medel_quantity_neg(&q, &n->left->quantity);
        else if (st == MEDEL_OK)
            st = medel_quantity_add(&q, &n->left->quantity, &n->right->quantity);
    }
    if (st == MEDEL_OK)
        u.out->quantity = q;
    return st;
}

static medel_status compute_again(medel_probe *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        size_t leaf = p->changes[i]->index;
        for (size_t k = p->totals.first[leaf]; k < p->totals.first[leaf + 1]; k++) {
            medel_fact *total = fact_at(p, p->totals.items[k]);
            medel_status st = renew(total->derivation);
            if (st != MEDEL_OK)
                return st;
            total->printed = total->value = total->derivation->quantity;
            mark(p, total);
        }
    }
    return MEDEL_OK;
}

medel_status medel_probe_set(medel_probe *p, const medel_fact *f, int64_t digits)
{
    MEDEL_NEEDS(p, f);
    medel_quantity q;
    if (f->index >= p->r->nprinted || fact_at(p, f->index) != f
        || f->state != MEDEL_FIGURE_VALUE)
        return MEDEL_E_DOMAIN;
    medel_status st = medel_fact_printed_as(&q, &p->before[f->index], digits);
    if (st != MEDEL_OK)
        return st;
    jmp_buf oom;
    p->scratch.oom = &oom;
    if (setjmp(oom)) {
        p->scratch.oom = NULL;
        return MEDEL_E_NOMEM;
    }
    medel_fact *own = fact_at(p, f->index);
    const medel_fact *before = &p->before[f->index];
    size_t len = medel_fact_retype(before, digits, NULL, 0);
    char *text = medel_arena_get(&p->scratch, len + 1);
    medel_fact_retype(before, digits, text, len + 1);
    own->text = text;
    own->printed = own->value = q;
    mark(p, own);
    if (p->table_of[f->index] != NO_TABLE)
        settle_signs(p, own);
    st = compute_again(p, 0, p->nchanges);
    p->scratch.oom = NULL;
    return st;
}

medel_status medel_probe_corrupt(medel_probe *p, const medel_fact *f,
                                 const medel_corruption *c)
{
    MEDEL_NEEDS(p, f, c);
    medel_status st = medel_probe_set(p, f, c->digits);
    if (st == MEDEL_OK && c->other)
        st = medel_probe_set(p, fact_at(p, c->other->index), c->other_digits);
    return st;
}

void medel_probe_reset(medel_probe *p)
{
    MEDEL_NEEDS_VOID(p);
    for (size_t i = 0; i < p->nchanges; i++) {
        size_t at = p->changes[i]->index;
        *fact_at(p, at) = p->before[at];
        p->changed[at] = false;
    }
    for (size_t i = 0; i < p->nchanges; i++) {
        forget_ratios(p, p->changes[i], true);
        if (p->changes[i]->derivation)
            (void)!renew(p->changes[i]->derivation);
    }
    if (p->all_ratios)
        memcpy(p->checker.ratios, p->base_ratios,
               p->r->facts.count * sizeof *p->base_ratios);
    p->all_ratios = false;
    p->nchanges = 0;
    clear_scratch(p);
}

size_t medel_probe_changes(const medel_probe *p, const medel_fact *const **first)
{
    MEDEL_OUT(first);
    MEDEL_NEEDS_OR(0, p, first);
    *first = p->changes;
    return p->nchanges;
}

/* ---- is it noticed? ---- */

/* One row's sign, not that of the whole table (which is said of its result). */
static bool odd_sign(const medel_check *k)
{
    const medel_fact *f = k->subject;
    return k->cause == MEDEL_CAUSE_SIGN
           && !(medel_same(f->spec->balance, "result") && medel_same(f->measure, "netto")
                && f->variant == MEDEL_VARIANT_UTFALL);
}

/* The same rule, about the same figure; units are about a table, and so are signs unless
   one row is the odd one. */
bool medel_check_same(const medel_check *a, const medel_check *b)
{
    const medel_fact *x = a->subject, *y = b->subject;
    if (a->spec != b->spec || a->kind != b->kind)
        return false;
    if (a->kind == MEDEL_CHECK_UNIT)
        return strcmp(x->table, y->table) == 0;
    if (a->kind == MEDEL_CHECK_SIGNS && !odd_sign(a) && !odd_sign(b))
        return x->year == y->year && strcmp(x->table, y->table) == 0;
    return x->index == y->index
           && (a->kind != MEDEL_CHECK_SIGNS || odd_sign(a) == odd_sign(b));
}

static void clear_suspects(medel_probe *p)
{
    memset(p->checker.unit_suspect, 0, p->r->tables.count * sizeof(bool));
}

static bool ignored(const medel_probe *p, const medel_check *k)
{
    const medel_check_spec *const *specs = p->ignored.data;
    for (size_t i = 0; i < p->ignored.count; i++) {
        if (specs[i] == k->spec)
            return true;
    }
    return false;
}

/* Those of the report as it is were findings when they were kept. */
static bool counts_as(const medel_check *k, medel_level least)
{
    return k->level >= least;
}

static const medel_check *new_finding(const medel_probe *p, size_t from,
                                      medel_level least)
{
    const medel_check *all = p->found.data, *base = p->base.data;
    for (size_t i = from; i < p->found.count; i++) {
        bool known = !counts(&all[i], least) || ignored(p, &all[i]);
        for (size_t k = 0; k < p->base.count && !known; k++)
            known = counts_as(&base[k], least) && medel_check_same(&all[i], &base[k]);
        if (!known)
            return &all[i];
    }
    return NULL;
}

/* A table whose unit is reported is left out where its figures meet others: when that
   changes, anything may. */
static const medel_check *run_all(medel_probe *p)
{
    const medel_piece *pieces = p->pieces.data;
    p->all_ratios = true;
    for (size_t i = 0; i < p->r->facts.count; i++)
        p->checker.ratios[i] = MEDEL_RATIO_UNKNOWN;
    clear_suspects(p);
    p->found.count = 0;
    medel_judge_renew(&p->judge, true);
    for (size_t i = 0; i < p->pieces.count; i++)
        medel_check_piece(&p->checker, &pieces[i]);
    medel_judge_ties(&p->judge, 0);
    return new_finding(p, 0, MEDEL_LEVEL_NOTE + 1);
}

static const medel_check *run_touched(medel_probe *p)
{
    const medel_piece *pieces = p->pieces.data;
    const size_t *units = p->units.data;
    bool *suspect = p->checker.unit_suspect;
    if (p->all_ratios)
        return run_all(p);
    clear_suspects(p);
    for (size_t q = 0, u = 0; q < p->nqueue; q++) {
        const medel_piece *piece = &pieces[p->queue[q]];
        const size_t from = p->found.count, t = piece->index;
        for (; u < p->units.count && units[u] < p->queue[q]; u++) {
            const size_t known = pieces[units[u]].index;
            if (!p->touched[units[u]])
                suspect[known] = p->base_suspect[known];
        }
        medel_check_piece(&p->checker, piece);
        medel_judge_ties(&p->judge, from);
        if (piece->kind == MEDEL_PIECE_UNIT && suspect[t] != p->base_suspect[t])
            return run_all(p);
        const medel_check *k = new_finding(p, from, MEDEL_LEVEL_NOTE + 1);
        if (k)
            return k;
    }
    return NULL;
}

static int by_place(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* The pieces that read what is changed, in the order in which pieces are run. */
static void find_touched(medel_probe *p)
{
    for (size_t i = 0; i < p->nqueue; i++)
        p->touched[p->queue[i]] = false;
    p->nqueue = 0;
    for (size_t i = 0; i < p->nchanges; i++) {
        const size_t at = p->changes[i]->index;
        for (size_t k = p->readers.first[at]; k < p->readers.first[at + 1]; k++) {
            const size_t piece = p->readers.items[k];
            if (!p->touched[piece])
                p->queue[p->nqueue++] = piece;
            p->touched[piece] = true;
        }
    }
    qsort(p->queue, p->nqueue, sizeof *p->queue, by_place);
}

medel_status medel_probe_caught(medel_probe *p, const medel_check **by)
{
    MEDEL_OUT(by);
    MEDEL_NEEDS(p, by);
    jmp_buf oom;
    find_touched(p);
    p->scratch.oom = &oom;
    if (setjmp(oom)) {
        p->scratch.oom = NULL;
        return MEDEL_E_NOMEM;
    }
    p->found = (medel_array){ 0 };
    p->judge.conventions = (medel_array){ 0 };
    medel_judge_renew(&p->judge, false);
    *by = run_touched(p);
    p->scratch.oom = NULL;
    return MEDEL_OK;
}

const medel_check *medel_probe_asked(const medel_probe *p)
{
    MEDEL_NEEDS_OR(NULL, p);
    return new_finding(p, 0, MEDEL_LEVEL_NOTE);
}

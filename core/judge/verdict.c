/*
 * verdict.c - what may be said of a tie that fails, column by column: explained, an error
 * by the concept's words, by the other columns or by one slip of the pen, or a question.
 */
#include "judge.h"

#include <string.h>

#define FINER                                                                            \
    4 /* so much finer than the difference an agreement must be to prove anything */

/* ---- established: what the other columns say ---- */

static int64_t magnitude(int64_t a)
{
    return a < 0 ? -a : a;
}

/* The kinds of amounts that may lie in what the tie compares: its own, and its concept's.
 */
static uint32_t kinds_of(const medel_tie_view *t)
{
    return t->kinds
           | (t->relation && t->a && t->a->concept_ref ? t->a->concept_ref->kinds : 0);
}

/* Is every kind of amount that is something in the failing year something in column k,
   that its precision would show? */
static bool has_kinds_of(const medel_judge *j, const medel_tie_view *t, size_t k,
                         size_t failing)
{
    const medel_tie_column *c = &t->column[k];
    int64_t hidden = c->difference.printed ? c->difference.half : 0;
    uint32_t there = medel_kinds_in(j, kinds_of(t), failing, 0);
    return (there & ~medel_kinds_in(j, kinds_of(t), k, hidden)) == 0;
}

/* A year of which no statement is printed may have amounts that nothing here prints. */
static bool unstated(const medel_judge *j, size_t column)
{
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        if (x->rank == MEDEL_RANK_STATEMENT && x->cell[column]
            && x->cell[column]->state == MEDEL_FIGURE_VALUE)
            return false;
    }
    return true;
}

static bool half_typed(const medel_judge *j)
{
    const medel_fact *const *facts = j->r->facts.data;
    const medel_value *rest =
        j->r->root ? medel_record_field(j->r->root, "ej_inskrivet") : NULL;
    for (size_t i = 0; i < j->r->facts.count; i++) {
        if (facts[i]->state == MEDEL_FIGURE_UNTYPED)
            return true;
    }
    return rest && rest->ntexts > 0;
}

/* May an amount of the kinds lie in a column's difference although it is not printed, or
   not typed yet? */
static bool may_lie_between(const medel_judge *j, const medel_tie_view *t, size_t column)
{
    return medel_kinds_unknown(j, t->kinds, column)
           || (t->kinds && (unstated(j, column) || half_typed(j)));
}

/* Does agreement in column k prove that the tie holds in this document? */
static bool probative(const medel_judge *j, const medel_tie_view *t, size_t k,
                      size_t failing)
{
    const medel_tie_column *c = &t->column[k], *f = &t->column[failing];
    if (!c->tried || c->fails || c->neutral || k == failing)
        return false;
    if (f->difference.printed
        && c->difference.half > magnitude(f->difference.value) / FINER)
        return false;
    return has_kinds_of(j, t, k, failing);
}

/* Where the other place prints nothing: does the line differ from every other place of
   its concept that is no less to go by?  Then it is something else in that year, too. */
static bool differs_elsewhere(const medel_judge *j, const medel_tie_view *t, size_t k)
{
    const medel_line *a = t->a;
    const medel_fact *mine = a ? a->cell[k] : NULL;
    bool differs = false;
    if (!t->b || !a->concept_ref || !mine || mine->state != MEDEL_FIGURE_VALUE)
        return false;
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        const medel_fact *f = x->cell[k];
        if (x == a || x == t->b || x->concept_ref != a->concept_ref || x->rank > a->rank
            || x->variant != a->variant || !medel_same(x->dimension, a->dimension) || !f
            || f->state != MEDEL_FIGURE_VALUE)
            continue;
        medel_span s = medel_span_of(f, f->sign), m = medel_span_of(mine, mine->sign);
        if (!s.printed || !m.printed)
            continue;
        if (magnitude(s.value - m.value) <= s.half + m.half)
            return false;
        differs = true;
    }
    return differs;
}

/* May the difference be one of the amounts that a printed row gathers?  The other columns
   may have none of it. */
static bool may_be_part(const medel_judge *j, const medel_tie_view *t, size_t column)
{
    const medel_amount_kind *kinds;
    const medel_tie_column *c = &t->column[column];
    size_t n = medel_taxonomy_kinds(j->r->taxonomy, &kinds);
    uint32_t gathering = 0;
    for (size_t k = 0; k < n; k++)
        gathering |= kinds[k].gathers ? UINT32_C(1) << k : 0;
    for (size_t i = 0; c->difference.printed && i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        medel_span s = medel_span_of(x->cell[column], 1);
        if ((x->kinds & gathering & kinds_of(t)) && s.printed
            && magnitude(c->difference.value) <= magnitude(s.value))
            return true;
    }
    return false;
}

bool medel_established(const medel_judge *j, const medel_tie_view *t, size_t failing,
                       unsigned explained)
{
    size_t agreeing = 0, others = 0;
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        const medel_tie_column *c = &t->column[k];
        agreeing += probative(j, t, k, failing);
        others += k != failing && !(explained & (1u << k))
                  && (c->tried ? c->fails && !c->neutral : differs_elsewhere(j, t, k));
    }
    /* Where nothing of the kinds is printed, one year without them proves little. */
    bool unprinted =
        t->kinds && (!medel_kinds_in(j, t->kinds, failing, 0) || unstated(j, failing));
    size_t least =
        unprinted || medel_net_unread(j, t) || may_be_part(j, t, failing) ? 2 : 1;
    /* Nor does one that holds with some of its optional terms. */
    for (size_t i = 0; t->relation && i < t->relation->nright; i++)
        least = t->relation->right[i].optional || t->relation->where_kept ? 2 : least;
    /* What fails elsewhere, too, is more than one slip: then most must agree. */
    return agreeing >= least && agreeing > 2 * others;
}

/* ---- the words ---- */

static bool counted(const medel_fact *f)
{
    return f->spec ? f->spec->type != MEDEL_FIELD_AMOUNT : f->value.dimension.money == 0;
}

static bool ambiguous(const medel_fact *f)
{
    return f->spec && f->spec->ambiguous;
}

/* Do both labels name one thing that nothing can be counted in or out of? */
static bool one_thing(const medel_judge *j, const medel_check *k)
{
    const medel_fact *a = k->subject, *b = k->nterms == 1 ? k->terms[0].fact : NULL;
    const medel_concept *c = a->concept_ref;
    if (k->kind != MEDEL_CHECK_DUPLICATE || !b || ambiguous(a) || ambiguous(b))
        return false;
    if (counted(a) && counted(b)) /* shares and counts that are printed twice */
        return !medel_labels_differ(j, a, b);
    if (!a->spec && !b->spec && !a->in_text && medel_same(a->row, b->row)
        && medel_same(a->table, b->table) && medel_same(a->item, b->item))
        return true; /* one field, typed twice */
    return c && c->unambiguous && a->variant == MEDEL_VARIANT_UTFALL
           && medel_label_bare(j, a) && medel_label_bare(j, b);
}

/* ---- only the sign ---- */

static bool opposite(const medel_tie_column *c)
{
    if (!c->fails || !c->subject || !c->other)
        return false;
    medel_span a = medel_span_of(c->subject, c->subject->sign);
    medel_span b = medel_span_of(c->other, c->other->sign);
    return a.printed && b.printed && a.value != 0
           && magnitude(a.value + b.value) <= a.half + b.half;
}

/* Every column that fails has the other sign, and none agrees: the place prints it so. */
static bool turned_throughout(const medel_tie_view *t)
{
    size_t turned = 0;
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        const medel_tie_column *c = &t->column[k];
        medel_span a = medel_span_of(c->subject, 1);
        if (!c->tried || c->neutral || a.value == 0)
            continue;
        if (!opposite(c))
            return false;
        turned++;
    }
    return turned >= 2;
}

/* Budget and avvikelse of an insats have either sign: is it turned for most of those that
   the two tables print it of? */
static bool turned_as_others(const medel_judge *j, const medel_check *k)
{
    const medel_fact *a = k->subject, *b = k->nterms == 1 ? k->terms[0].fact : NULL;
    int votes = 0;
    if (!b || !a->dimension || !a->concept_ref)
        return false;
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        for (size_t n = 0; n < j->lines.count; n++) {
            const medel_line *y = medel_line_get(j, n);
            medel_tie_view t;
            int slot = medel_slot(j, a->year);
            if (x->concept_ref != a->concept_ref || y->concept_ref != a->concept_ref
                || x->rank != j->line_of[a->index]->rank
                || y->rank != j->line_of[b->index]->rank || x == y || !x->dimension
                || !medel_same(x->dimension, y->dimension)
                || !medel_same(x->table, a->table) || !medel_same(y->table, b->table))
                continue;
            medel_tie_of_pair(j, &t, x, y);
            const medel_tie_column *c = &t.column[slot];
            votes += !c->tried ? 0 : opposite(c) ? 1 : c->fails ? 0 : -1;
        }
    }
    return votes > 0;
}

/* ---- costs in running text ---- */

/* Is it what some place prints, perhaps with depreciation or financial items? */
static bool prose_form(const medel_judge *j, const medel_line *text, size_t column,
                       const medel_line *place, const medel_line **with)
{
    medel_span a = medel_span_of(text->cell[column], 1);
    medel_span b = medel_span_of(place->cell[column], place->cell[column]->sign);
    *with = NULL;
    if (!a.printed || !b.printed)
        return false;
    if (magnitude(magnitude(a.value) - magnitude(b.value)) <= a.half + b.half)
        return true;
    const uint32_t kinds = text->concept_ref->kinds;
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        medel_span s = medel_span_of(x->cell[column], 1);
        if (!(x->kinds & kinds) || !s.printed || s.value == 0 || x->rank > MEDEL_RANK_NOTE
            || x->concept_ref == text->concept_ref)
            continue;
        for (int sign = -1; sign <= 1; sign += 2) {
            int64_t sum = magnitude(b.value) + sign * s.value;
            if (magnitude(magnitude(a.value) - sum) <= a.half + b.half + s.half) {
                *with = x;
                return true;
            }
        }
    }
    return false;
}

/* A cost in running text is right if any printed form of it is the same. */
static bool prose_explained(const medel_judge *j, medel_check *k, size_t column)
{
    const medel_line *text = j->line_of[k->subject->index], *with;
    const medel_concept *concept = k->subject->concept_ref;
    if (!k->subject->in_text || !concept || !concept->kinds)
        return false;
    for (size_t i = 0; i < j->lines.count; i++) {
        const medel_line *x = medel_line_get(j, i);
        if (x->concept_ref != concept || x->rank == MEDEL_RANK_TEXT || x == text
            || x->variant != text->variant || !x->cell[column]
            || !medel_fact_has_value(x->cell[column])
            || !medel_same(x->dimension, text->dimension)
            || !prose_form(j, text, column, x, &with))
            continue;
        medel_term *term = MEDEL_NEW(j->arena, medel_term, 1);
        *term = (medel_term){ x->cell[column], k->subject->sign * x->cell[column]->sign };
        k->terms = term;
        k->nterms = 1;
        k->outcome = with ? MEDEL_NOT_APPLICABLE : MEDEL_PASSED;
        k->missing = with ? "texten anger beloppet i en annan form" : NULL;
        k->proof = MEDEL_PROOF_EXPLAINED;
        return true;
    }
    return false;
}

/* ---- all together ---- */

/* Hold the tie in the form that was found: the column passes with its terms. */
static void keep_form(medel_judge *j, medel_check *k, const medel_explanation *e,
                      size_t column)
{
    const medel_line *ref = e->reference;
    size_t n = 0;
    medel_term *terms = MEDEL_NEW(j->arena, medel_term, e->form.n + k->nterms + 1);
    for (; k->relation && n < k->nterms; n++)
        terms[n] = k->terms[n];
    if (ref && ref->cell[column])
        terms[n++] =
            (medel_term){ ref->cell[column], k->subject->sign * ref->cell[column]->sign };
    for (size_t i = 0; i < e->form.n; i++) {
        const medel_fact *f = e->form.term[i]->cell[column];
        terms[n++] = (medel_term){ f, e->form.sign[i] * f->sign * k->subject->sign };
    }
    k->terms = terms;
    k->nterms = n;
    k->proof = MEDEL_PROOF_EXPLAINED;
    if (n && medel_sum_terms(&k->expected, terms, n))
        (void)!medel_quantity_sub(&k->difference, &k->subject->value, &k->expected);
}

static void ask(medel_check *k)
{
    k->level = MEDEL_LEVEL_NOTE;
    k->proof = MEDEL_PROOF_QUESTION;
}

static void accuse(medel_check *k, medel_proof proof)
{
    k->level = k->spec->level;
    k->proof = proof;
}

static bool of_text(const medel_tie_view *t)
{
    return t->a->rank == MEDEL_RANK_TEXT || (t->b && t->b->rank == MEDEL_RANK_TEXT);
}

/* ---- the verdict ---- */

/* Why a relation says nothing of its figures, or NULL. */
static const char *not_of_relation(const medel_judge *j, const medel_check *k)
{
    bool another = k->relation && !medel_own_identity(k->relation)
                   && medel_names_another(j, k->subject);
    for (size_t i = 0; k->relation && !medel_own_identity(k->relation) && i < k->nterms;
         i++)
        another |= medel_names_another(j, k->terms[i].fact);
    if (another)
        return "en rad har en annan uppgifts namn";
    return medel_holds_by_another_print(j, k)
               ? "det st\xC3\xA4mmer med vad en annan tabell trycker"
               : NULL;
}

static void decide(medel_judge *j, const medel_tie_view *t, medel_check *k, size_t column,
                   unsigned explained)
{
    const char *beside = not_of_relation(j, k);
    if (beside) {
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing = beside;
        return;
    }
    if (medel_doubted(j, t, k, column))
        ask(k);
    else if (one_thing(j, k))
        accuse(k, MEDEL_PROOF_CONCEPT);
    else if (opposite(&t->column[column]) && turned_as_others(j, k))
        k->outcome = MEDEL_PASSED; /* how the two tables print it */
    else if (opposite(&t->column[column]) && turned_throughout(t))
        ask(k);
    else if (medel_qualified(j, k) || medel_hidden(j, t, column))
        ask(k);
    else if ((explained & ~(1u << column)) && !medel_mistyped(j, k))
        ask(k); /* kept in another form, of what is not printed here */
    else if (!of_text(t) && medel_established(j, t, column, explained)
             && (!may_lie_between(j, t, column) || medel_mistyped(j, k)))
        accuse(k, MEDEL_PROOF_ESTABLISHED);
    else if (medel_one_slip(j, t, k, column))
        accuse(k, MEDEL_PROOF_SLIP);
    else
        ask(k);
    if (k->proof == MEDEL_PROOF_QUESTION && k->relation && k->relation->where_kept) {
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing = "tabellen summerar inte så";
    }
}

static bool same_tie(const medel_judge *j, const medel_check *a, const medel_check *b)
{
    if (a->spec != b->spec || a->kind != b->kind || a->relation != b->relation
        || j->line_of[a->subject->index] != j->line_of[b->subject->index])
        return false;
    if (a->kind != MEDEL_CHECK_DUPLICATE)
        return true;
    return j->line_of[a->terms[0].fact->index] == j->line_of[b->terms[0].fact->index];
}

/* A question about one figure alone is no tie, and stays one. */
static bool to_judge(const medel_check *k)
{
    return k->outcome == MEDEL_FINDING && k->proof == MEDEL_PROOF_QUESTION
           && k->cause != MEDEL_CAUSE_ROUNDING && k->nterms > 0;
}

static void view_of(medel_judge *j, medel_tie_view *t, const medel_check *k)
{
    if (k->relation)
        medel_tie_of_relation(j, t, k);
    else if (k->kind == MEDEL_CHECK_RATIO)
        medel_tie_of_share(j, t, k);
    else
        medel_tie_of_pair(j, t, j->line_of[k->subject->index],
                          j->line_of[k->terms[0].fact->index]);
}

static bool explain(medel_judge *j, const medel_tie_view *t, const medel_check *k,
                    medel_explanation *e)
{
    *e = (medel_explanation){ 0 };
    if (k->kind == MEDEL_CHECK_RATIO || !t->a)
        return false;
    if (t->relation)
        return medel_search(j, t, &e->form)
               && (!t->relation->where_kept || (e->form.named && e->form.n == 1));
    return medel_explain_pair(j, t->a, t->b, e);
}

/* Lines are ours; others only read them. */
static void note_form(medel_judge *j, const medel_tie_view *t)
{
    medel_line *lines = j->lines.data;
    if (t->b && t->a->rank == MEDEL_RANK_TABLE)
        lines[t->a - lines].other_in = j->tries + 1;
}

/* A relation of which the other columns count in less says so of this one, too. */
static void in_form_of_others(medel_check *k, const medel_tie_column *c)
{
    if (!c->check)
        return;
    k->terms = c->check->terms;
    k->nterms = c->check->nterms;
    k->expected = c->check->expected;
    k->difference = c->check->difference;
    k->cause = c->check->cause;
    k->cause_fact = c->check->cause_fact;
    k->suggested = c->check->suggested;
}

/* Is a form that was found so much finer than what breaks it that it proves anything? */
static bool form_is_sharp(const medel_judge *j, const medel_tie_view *t,
                          const medel_explanation *e, size_t column)
{
    medel_tie_view v = *t;
    if (e->kept)
        return true;
    if (!t->relation && e->reference)
        medel_tie_of_pair(j, &v, t->a, e->reference);
    else if (!t->relation)
        medel_tie_of_line(j, &v, t->a);
    return medel_form_sharp(j, &v, &e->form, column, FINER);
}

/* Does it hold where all is that is something in a column which breaks it? */
static bool form_has_kinds(const medel_judge *j, const medel_tie_view *t,
                           const medel_form *f, size_t failing)
{
    for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
        if ((f->nonzero & (1u << k)) && has_kinds_of(j, t, k, failing))
            return true;
    }
    return false;
}

/* All columns of one tie; the checks of it are those in 'list' from 'first' on. */
static void judge_tie(medel_judge *j, size_t first, size_t n, bool explaining)
{
    medel_tie_view t;
    medel_explanation e;
    const medel_check one = ((medel_check *)j->checker->list->data)[first];
    view_of(j, &t, &one);
    bool found = explain(j, &t, &one, &e), told = false;
    for (size_t i = first; i < n; i++) {
        medel_check *k = (medel_check *)j->checker->list->data + i; /* it may grow */
        if (!to_judge(k) || !same_tie(j, k, &one))
            continue;
        int slot = medel_slot(j, k->subject->year);
        if (slot < 0) {
            ask(k);
            continue;
        }
        unsigned bit = 1u << slot;
        in_form_of_others(k, &t.column[slot]);
        if (!explaining && prose_explained(j, k, (size_t)slot))
            continue;
        if (explaining && !(found && (e.form.held & bit)))
            continue; /* in the second round, when all forms are known */
        if (found && (e.form.held & bit)) {
            keep_form(j, k, &e, (size_t)slot);
            k->outcome = MEDEL_PASSED;
            const medel_check held = *k;
            if (!told)
                medel_convention_add(j, &held, &e);
            told = true;
            note_form(j, &t);
        } else if (found && (e.form.failed & bit)) {
            bool sharp = form_is_sharp(j, &t, &e, (size_t)slot);
            keep_form(j, k, &e, (size_t)slot);
            bool known = form_has_kinds(j, &t, &e.form, (size_t)slot)
                         && !may_lie_between(j, &t, (size_t)slot);
            if (sharp && (e.kept || known || medel_mistyped(j, k)))
                accuse(k, MEDEL_PROOF_CONVENTION);
            else
                ask(k);
        } else {
            decide(j, &t, k, (size_t)slot, found ? e.form.held : 0);
        }
    }
}

/* Are its figures among the lines?  Those of a year too far away are not; records have no
   columns, and are judged by each other (check_records.c). */
static bool lined(const medel_judge *j, const medel_check *k)
{
    bool all = j->line_of[k->subject->index] && !(k->relation && k->relation->of);
    for (size_t i = 0; k->kind == MEDEL_CHECK_DUPLICATE && i < k->nterms; i++)
        all &= j->line_of[k->terms[i].fact->index] != NULL;
    return all;
}

static bool is_question(const medel_check *k)
{
    return k->outcome == MEDEL_FINDING && k->proof == MEDEL_PROOF_QUESTION
           && k->nterms > 0;
}

/* One question of a tie in all its columns. */
static void ask_once(medel_judge *j, size_t from)
{
    medel_check *list = j->checker->list->data;
    for (size_t i = from; i < j->checker->list->count; i++) {
        for (size_t k = i + 1;
             is_question(&list[i]) && !list[i].follows && k < j->checker->list->count;
             k++) {
            if (is_question(&list[k]) && lined(j, &list[k])
                && same_tie(j, &list[k], &list[i]))
                list[k].follows = &list[i];
        }
    }
}

void medel_judge_ties(medel_judge *j, size_t from)
{
    const size_t n = j->checker->list->count;
    for (int round = 0; round < 2; round++) {
        bool *done = MEDEL_NEW(j->arena, bool, n);
        for (size_t i = from; i < n; i++) {
            medel_check *list = j->checker->list->data;
            if (done[i] || !to_judge(&list[i]))
                continue;
            if (!lined(j, &list[i])) {
                ask(&list[i]);
                continue;
            }
            for (size_t k = i; k < n; k++)
                done[k] |=
                    k == i || (to_judge(&list[k]) && same_tie(j, &list[k], &list[i]));
            judge_tie(j, i, n, round == 0);
        }
    }
    ask_once(j, from);
}

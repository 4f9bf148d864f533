/*
 * check.c - what must hold in any report, read from the taxonomy: subtotals,
 * columns, signs, units, relations, and that the same figure is the same everywhere.
 */
#include "check.h"

#include <string.h>

struct medel_checks {
    medel_arena arena;
    medel_array list; /* medel_check */
};

/* ---- results ---- */

static medel_check *add(medel_checker *c, const char *rule, medel_check_kind kind,
                        const medel_fact *subject)
{
    const medel_check_spec *spec =
        rule ? medel_taxonomy_check(c->r->taxonomy, rule) : NULL;
    if (!spec)
        spec = medel_taxonomy_same_check(c->r->taxonomy);
    medel_check *k = MEDEL_PUSH(c->arena, c->list, medel_check);
    k->spec = spec;
    k->kind = kind;
    k->level = spec->level;
    k->subject = subject;
    k->outcome = MEDEL_PASSED;
    return k;
}

static void set_terms(medel_checker *c, medel_check *k, const medel_term *terms, size_t n)
{
    medel_term *copy = MEDEL_NEW(c->arena, medel_term, n);
    if (n)
        memcpy(copy, terms, n * sizeof *terms);
    k->terms = copy;
    k->nterms = n;
}

static bool sum_of(medel_quantity *out, const medel_term *terms, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        medel_quantity q = terms[i].fact->value;
        if (terms[i].weight < 0 && medel_quantity_neg(&q, &q) != MEDEL_OK)
            return false;
        if (i == 0)
            *out = q;
        else if (medel_quantity_add(out, out, &q) != MEDEL_OK)
            return false;
    }
    return n > 0;
}

static void too_large(medel_check *k)
{
    k->outcome = MEDEL_NOT_APPLICABLE;
    k->missing = "beloppen är för stora eller har olika enhet";
}

static void blame_rounding(medel_check *k, const medel_fact *f)
{
    k->level = MEDEL_LEVEL_NOTE;
    k->cause = MEDEL_CAUSE_ROUNDING;
    k->cause_fact = f;
    k->suggested = k->expected;
}

/* Compare value with k->expected; false when they differ beyond rounding. */
static bool judge(medel_check *k, const medel_quantity *value)
{
    medel_agreement agreement;
    if (medel_quantity_agree(&agreement, value, &k->expected) != MEDEL_OK
        || medel_quantity_sub(&k->difference, value, &k->expected) != MEDEL_OK) {
        too_large(k);
        return true;
    }
    if (agreement == MEDEL_AGREE)
        return true;
    k->outcome = MEDEL_FINDING;
    if (agreement == MEDEL_DIFFER)
        return false;
    blame_rounding(k, k->subject);
    return true;
}

/* ---- subtotals ---- */

static void check_sum(medel_checker *c, const medel_table *t, const medel_table_row *row,
                      size_t column)
{
    const medel_fact *total = row->cells[column];
    const medel_term *terms;
    size_t n = medel_total_terms(c->r, t, row->spec->id, column, &terms);
    if (!medel_fact_has_value(total) || n == 0)
        return;
    medel_check *k = add(c, row->spec->rule, MEDEL_CHECK_SUM, total);
    set_terms(c, k, terms, n);
    if (sum_of(&k->expected, terms, n))
        judge(k, &total->value);
    else
        too_large(k);
}

static void check_ratio_row(medel_checker *c, const medel_table *t,
                            const medel_table_row *row, size_t column)
{
    const medel_table_column *col = &t->columns[column];
    const medel_fact *share = row->cells[column];
    const medel_fact *over = medel_report_cell(c->r, t, row->spec->numerator,
                                               col->measure, col->year, col->variant);
    const medel_fact *under = medel_report_cell(c->r, t, row->spec->denominator,
                                                col->measure, col->year, col->variant);
    medel_check_ratio(c, row->spec->rule, share, over, under);
}

/* ---- columns of a row ---- */

static void check_identity(medel_checker *c, const char *rule, const medel_fact *left,
                           const medel_fact *plus, const medel_fact *minus)
{
    medel_term terms[2];
    size_t n = 0;
    if (!medel_fact_has_value(left)
        || (!medel_fact_has_value(plus) && !medel_fact_has_value(minus)))
        return;
    if (medel_fact_has_value(plus))
        terms[n++] = (medel_term){ plus, 1 };
    if (medel_fact_has_value(minus))
        terms[n++] = (medel_term){ minus, -1 };
    medel_check *k = add(c, rule, MEDEL_CHECK_COLUMNS, left);
    set_terms(c, k, terms, n);
    if (sum_of(&k->expected, terms, n))
        judge(k, &left->value);
    else
        too_large(k);
}

static void check_columns(medel_checker *c, const medel_table *t,
                          const medel_table_row *row)
{
    const medel_table_full *full = (const medel_table_full *)(const void *)t->spec;
    for (int year = c->r->year; year >= c->r->year - 1; year--) {
        const medel_fact *netto =
            medel_row_cell(t, row, "netto", year, MEDEL_VARIANT_UTFALL);
        check_identity(c, full->netto_rule, netto,
                       medel_row_cell(t, row, "intakt", year, MEDEL_VARIANT_UTFALL),
                       medel_row_cell(t, row, "kostnad", year, MEDEL_VARIANT_UTFALL));
        check_identity(c, full->avvikelse_rule,
                       medel_row_cell(t, row, "avvikelse", year, MEDEL_VARIANT_UTFALL),
                       netto,
                       medel_row_cell(t, row, "netto", year, MEDEL_VARIANT_BUDGET));
    }
}

/* ---- signs ---- */

typedef struct sign_count {
    size_t kept, flipped, cost_rows_flipped;
    const medel_fact *result, *first_kept, *first_flipped;
} sign_count;

static bool flipped(const medel_fact *f)
{
    return f->value.value.num != f->printed.value.num;
}

static sign_count count_signs(const medel_table *t, int year)
{
    sign_count n = { 0 };
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_fact *f =
            medel_row_cell(t, &t->rows[i], "netto", year, MEDEL_VARIANT_UTFALL);
        if (!medel_fact_has_value(f) || f->printed.value.num == 0)
            continue;
        if (flipped(f)) {
            n.flipped++;
            if (!n.first_flipped)
                n.first_flipped = f;
        } else {
            n.kept++;
            if (!n.first_kept)
                n.first_kept = f;
        }
        if (medel_same(t->rows[i].spec->balance, "result"))
            n.result = f;
    }
    return n;
}

static void check_signs(medel_checker *c, const medel_table *t)
{
    const medel_table_full *full = (const medel_table_full *)(const void *)t->spec;
    bool mixed_before = false;
    for (int year = c->r->year; full->sign_rule && year >= c->r->year - 1; year--) {
        sign_count n = count_signs(t, year);
        if (n.kept + n.flipped == 0)
            continue;
        bool inverted = n.result && flipped(n.result);
        bool mixed = !inverted && n.flipped && n.kept;
        const medel_fact *subject = n.result          ? n.result
                                    : n.first_flipped ? n.first_flipped
                                                      : n.first_kept;
        medel_check *k = add(c, full->sign_rule, MEDEL_CHECK_SIGNS, subject);
        k->expected = subject->value;
        if (inverted) {
            k->outcome = MEDEL_FINDING;
            k->cause = MEDEL_CAUSE_SIGN;
            k->cause_fact = n.result;
            k->suggested = n.result->value;
            const medel_fact *rr = n.result->concept
                                       ? medel_report_concept(c->r, n.result->concept,
                                                              year, MEDEL_VARIANT_UTFALL)
                                       : NULL;
            if (rr && rr != n.result)
                set_terms(c, k, &(medel_term){ rr, rr->sign }, 1);
        } else if (mixed && !mixed_before) {
            k->outcome = MEDEL_FINDING;
            k->level = MEDEL_LEVEL_DEVIATION;
            const medel_term both[2] = { { n.first_kept, 1 }, { n.first_flipped, -1 } };
            set_terms(c, k, both, 2);
        }
        mixed_before |= mixed;
        medel_check_say_signs(c, k, n.flipped, n.kept);
    }
}

/* Rows of the same kind in one column: how many have each sign convention? */
static bool same_kind(const medel_fact *a, const medel_fact *b)
{
    return b && b->state == MEDEL_FIGURE_VALUE && b->printed.value.num != 0
           && medel_same(a->spec->balance, b->spec->balance);
}

#define ODD_ONE_OF 4 /* so many others for each odd one, and at least three */

/* Of how many others does it differ in sign?  0 if it is not the odd one. */
static size_t odd_among(const medel_table *t, const medel_fact *f, size_t column)
{
    size_t odd = 0, others = 0;
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_fact *o = t->rows[i].cells[column];
        if (same_kind(f, o))
            *(flipped(o) == flipped(f) ? &odd : &others) += 1;
    }
    return others >= 3 && others >= odd * ODD_ONE_OF ? others : 0;
}

/* A result's budget and deviation have the sign that they say, as its outcome has; unless
   the whole column is printed the other way. */
static bool turned_result(const medel_table *t, const medel_fact *f, size_t row,
                          size_t column)
{
    const medel_fact *net =
        medel_row_cell(t, &t->rows[row], "netto", f->year, MEDEL_VARIANT_UTFALL);
    bool kept = false;
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_fact *o = t->rows[i].cells[column];
        kept |= o && o->state == MEDEL_FIGURE_VALUE && o->printed.value.num != 0
                && !flipped(o);
    }
    return kept && flipped(f) && f != net && net && net->state == MEDEL_FIGURE_VALUE
           && !flipped(net) && !medel_same(f->measure, "kostnad");
}

static void add_odd_sign(medel_checker *c, const char *rule, const medel_fact *f,
                         size_t others)
{
    medel_check *k = add(c, rule, MEDEL_CHECK_SIGNS, f);
    k->outcome = MEDEL_FINDING;
    k->cause = MEDEL_CAUSE_SIGN;
    k->cause_fact = f;
    k->expected = f->value;
    k->suggested = f->printed;
    (void)!medel_quantity_neg(&k->suggested, &f->printed);
    medel_check_say_odd_sign(c, k, others);
}

/* A row whose own arithmetic has another sign than the rest of its kind. */
static void check_odd_signs(medel_checker *c, const medel_table *t)
{
    const medel_table_full *full = (const medel_table_full *)(const void *)t->spec;
    for (size_t i = 0; full->sign_rule && i < t->nrows; i++) {
        bool result = medel_same(t->rows[i].spec->balance, "result");
        for (size_t k = 0; k < t->ncolumns; k++) {
            const medel_fact *f = t->rows[i].cells[k];
            if (!f || !same_kind(f, f))
                continue;
            size_t others = result ? 0 : odd_among(t, f, k);
            if (others || (result && turned_result(t, f, i, k)))
                add_odd_sign(c, full->sign_rule, f, others);
        }
    }
}

/* ---- the same figure in several places ---- */

static bool same_key(const medel_fact *a, const medel_fact *b)
{
    return a->year == b->year
           && (a->variant == b->variant || (a->concept && a->concept->budget))
           && medel_same(a->dimension, b->dimension);
}

/* Does a, as it is printed, agree with b? */
static bool values_agree(const medel_fact *a, const medel_fact *b, medel_agreement *out)
{
    medel_quantity x, y;
    return medel_fact_concept_value(&x, a) == MEDEL_OK
           && medel_fact_concept_value(&y, b) == MEDEL_OK
           && medel_quantity_agree(out, &x, &y) == MEDEL_OK;
}

/* Prose gives costs without a minus sign. */
static bool prose_agrees(const medel_fact *a, const medel_fact *b)
{
    medel_quantity x, y;
    medel_agreement agreement;
    return a->in_text && medel_fact_concept_value(&x, a) == MEDEL_OK
           && medel_fact_concept_value(&y, b) == MEDEL_OK
           && medel_quantity_abs(&x, &x) == MEDEL_OK
           && medel_quantity_abs(&y, &y) == MEDEL_OK && b->spec
           && medel_same(b->spec->balance, "cost")
           && medel_quantity_agree(&agreement, &x, &y) == MEDEL_OK
           && agreement == MEDEL_AGREE;
}

static const char *duplicate_rule(const medel_checker *c, const medel_fact *subject,
                                  const medel_fact *reference)
{
    if (subject->in_text && subject->concept && subject->concept->text_rule)
    return subject->concept->text_rule;
    if (subject->in_text)
        return medel_taxonomy_text_check(c->r->taxonomy)->id;
    if (subject->rule)
        return subject->rule;
    if (reference->rule)
        return reference->rule;
    return subject->concept ? subject->concept->rule : NULL;
}

static void check_pair(medel_checker *c, const medel_fact *subject,
                       const medel_fact *reference)
{
    medel_quantity value;
    medel_check *k =
        add(c, duplicate_rule(c, subject, reference), MEDEL_CHECK_DUPLICATE, subject);
    set_terms(c, k, &(medel_term){ reference, reference->sign * subject->sign }, 1);
    bool ok = medel_fact_concept_value(&k->expected, reference) == MEDEL_OK
              && medel_fact_concept_value(&value, subject) == MEDEL_OK;
    if (ok && subject->sign < 0) {
        (void)!medel_quantity_neg(&k->expected, &k->expected);
        (void)!medel_quantity_neg(&value, &value);
    }
    if (!ok || prose_agrees(subject, reference) || judge(k, &value))
        return;
    medel_agreement other_way;
    if (medel_quantity_agree(&other_way, &k->expected, &value) == MEDEL_OK
        && other_way == MEDEL_AGREE_ROUNDED)
        blame_rounding(k, reference); /* it is the coarser one that was cut off */
}

static bool coarser(const medel_fact *a, const medel_fact *b)
{
    return medel_rational_compare(medel_fact_coarseness(a), medel_fact_coarseness(b)) > 0;
}

static bool close(const medel_fact *a, const medel_fact *b)
{
    medel_agreement agreement;
    return values_agree(a, b, &agreement) && agreement != MEDEL_DIFFER;
}

/* How many tables agree with it, of those that are as fine as 'fine' (NULL: of all).
   Prose rounds freely; the tables are what it speaks of. */
static size_t votes_for(const medel_fact *const *facts, size_t n, const medel_fact *f,
                        const medel_fact *fine)
{
    size_t votes = 0;
    for (size_t i = 0; i < n; i++)
        votes += facts[i] != f && !facts[i]->in_text
                 && (!fine || !coarser(facts[i], fine)) && close(facts[i], f);
    return votes;
}

/* The place that most others agree with; the first when nothing decides.  A coarse print
   agrees with much, so of the places that agree with that one it is the finest that
   decide. */
static const medel_fact *reference_of(const medel_fact *const *facts, size_t n)
{
    const medel_fact *most = facts[0], *fine, *best = NULL;
    size_t most_votes = 0, best_votes = 0;
    for (size_t i = 0; i < n; i++) {
        size_t votes = facts[i]->in_text ? 0 : votes_for(facts, n, facts[i], NULL);
        if (votes > most_votes) {
            most = facts[i];
            most_votes = votes;
        }
    }
    fine = most;
    for (size_t i = 0; i < n; i++) {
        if (!facts[i]->in_text && close(facts[i], most) && coarser(fine, facts[i]))
            fine = facts[i];
    }
    for (size_t i = 0; fine != most && i < n; i++) {
        size_t votes = votes_for(facts, n, facts[i], fine);
        if (facts[i]->in_text || coarser(facts[i], fine) || !close(facts[i], most)
            || (best && votes <= best_votes))
            continue;
        best = facts[i];
        best_votes = votes;
    }
    return best ? best : most;
}

static void check_group(medel_checker *c, const medel_fact *const *facts, size_t n)
{
    const medel_fact *reference = reference_of(facts, n);
    for (size_t i = 0; i < n; i++) {
        if (facts[i] != reference && !medel_unit_suspect(c, facts[i])
            && !medel_unit_suspect(c, reference))
            check_pair(c, facts[i], reference);
    }
}

static void check_duplicates(medel_checker *c, const medel_concept *concept)
{
    const medel_fact_chain *chain = medel_report_chain(c->r, concept->id);
    size_t n = chain ? chain->facts.count : 0;
    const medel_fact *const *facts = n ? chain->facts.data : NULL;
    bool *done = MEDEL_NEW(c->arena, bool, n);
    const medel_fact **group = MEDEL_NEW(c->arena, const medel_fact *, n);
    for (size_t i = 0; i < n; i++) {
        size_t m = 0;
        for (size_t k = i; k < n; k++) {
            if (done[k] || !medel_fact_has_value(facts[k])
                || !same_key(facts[i], facts[k]))
                continue;
            done[k] = true;
            group[m++] = facts[k];
        }
        if (m > 1)
            check_group(c, group, m);
    }
}

/* ---- shares ---- */

void medel_check_ratio(medel_checker *c, const char *rule, const medel_fact *share,
                       const medel_fact *over, const medel_fact *under)
{
    if (!medel_fact_has_value(share))
        return;
    medel_check *k = add(c, rule, MEDEL_CHECK_RATIO, share);
    if (!medel_fact_has_value(over) || !medel_fact_has_value(under)) {
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing =
            medel_arena_format(c->arena, "täljare eller nämnare för %s %d är inte tryckt",
                               share->label, share->year);
        return;
    }
    const medel_term terms[2] = { { over, over->sign }, { under, under->sign } };
    set_terms(c, k, terms, 2);
    medel_quantity a, b;
    if (medel_fact_concept_value(&a, over) != MEDEL_OK
        || medel_fact_concept_value(&b, under) != MEDEL_OK
        || medel_quantity_div(&k->expected, &a, &b) != MEDEL_OK) {
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing = "nämnaren är noll";
        return;
    }
    judge(k, &share->value);
}

/* ---- units ---- */

static int ratio_to_other(medel_checker *c, const medel_fact *f)
{
    const medel_fact_chain *chain =
        f->concept ? medel_report_chain(c->r, f->concept->id) : NULL;
    const medel_fact *const *facts = chain ? chain->facts.data : NULL;
    medel_quantity thousand, q, x, y;
    if (medel_quantity_make(&thousand, 1000, 1, MEDEL_UNIT_NUMBER) != MEDEL_OK)
        return 0;
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        const medel_fact *o = facts[i];
        medel_agreement same;
        if (strcmp(o->table, f->table) == 0 || !same_key(o, f) || medel_unit_suspect(c, o)
            || !medel_fact_has_value(o) || o->value.value.num == 0
            || medel_fact_concept_value(&x, f) != MEDEL_OK
            || medel_fact_concept_value(&y, o) != MEDEL_OK
            || medel_quantity_agree(&same, &x, &y) != MEDEL_OK)
            continue;
        if (same != MEDEL_DIFFER)
            return 1;
        for (int up = 0; up < 2; up++) {
            if (medel_quantity_mul(&q, up ? &x : &y, &thousand) == MEDEL_OK
                && medel_quantity_agree(&same, &q, up ? &y : &x) == MEDEL_OK
                && same == MEDEL_AGREE)
                return 1000;
        }
    }
    return 0;
}

/* The same, remembered where somebody asks again and again. */
static int known_ratio(medel_checker *c, const medel_fact *f)
{
    if (!c->ratios)
        return ratio_to_other(c, f);
    if (c->ratios[f->index] == MEDEL_RATIO_UNKNOWN)
        c->ratios[f->index] = ratio_to_other(c, f);
    return c->ratios[f->index];
}

/* Does 'word' stand at p, whatever the case of its letters? */
static bool word_at(const char *p, const char *word)
{
    for (; *word; p++, word++) {
        if ((*p >= 'A' && *p <= 'Z' ? *p + 32 : *p) != *word)
            return false;
    }
    return true;
}

/* "Belopp i tkr", "(kr)", "i tusental kronor": the largest unit that is named. */
static bool unit_of_heading(const char *s, medel_unit *out)
{
    static const struct {
        const char *word;
        medel_unit unit;
    } words[] = {
        { "mnkr", MEDEL_UNIT_MNKR }, { "mkr", MEDEL_UNIT_MNKR },
        { "milj", MEDEL_UNIT_MNKR }, { "tkr", MEDEL_UNIT_TKR },
        { "tusen", MEDEL_UNIT_TKR }, { "1000", MEDEL_UNIT_TKR },
        { "1 000", MEDEL_UNIT_TKR }, { "kr", MEDEL_UNIT_KR },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (const char *p = s; *p; p++) {
            bool start = p == s || strchr(" (/,", p[-1]);
            if (start && word_at(p, words[i].word)) {
                *out = words[i].unit;
                return true;
            }
        }
    }
    return false;
}

bool medel_unit_suspect(const medel_checker *c, const medel_fact *f)
{
    const medel_table *tables = c->r->tables.data;
    for (size_t i = 0; f->spec && i < c->r->tables.count; i++) {
        if (strcmp(tables[i].spec->id, f->table) == 0)
            return c->unit_suspect[i];
    }
    return false;
}

static void check_unit(medel_checker *c, const medel_table *t, size_t index)
{
    size_t thousand = 0, same = 0;
    const medel_fact *subject = NULL;
    medel_unit printed = t->unit;
    for (size_t i = 0; i < t->nrows; i++) {
        for (size_t k = 0; k < t->ncolumns; k++) {
            const medel_fact *f = t->rows[i].cells[k];
            if (!medel_fact_has_value(f) || f->value.dimension.money != 1)
                continue;
            int ratio = known_ratio(c, f);
            thousand += ratio == 1000;
            same += ratio == 1;
            if (ratio && (!subject || !subject->concept))
                subject = f;
            if (!subject || (!subject->concept && medel_same(f->row, "resultat")))
                subject = f;
        }
    }
    if (!subject)
        return;
    bool named = t->printed_unit && unit_of_heading(t->printed_unit, &printed);
    bool wrong_heading = named && printed != t->unit;
    bool wrong_unit = thousand > 1 && same == 0;
    if (!named && !wrong_unit && !same)
        return;
    medel_check *k =
        add(c, medel_taxonomy_unit_check(c->r->taxonomy)->id, MEDEL_CHECK_UNIT, subject);
    if (wrong_heading || wrong_unit) {
        k->outcome = MEDEL_FINDING;
        k->cause = MEDEL_CAUSE_THOUSAND;
        k->cause_fact = subject;
        k->expected = k->suggested = subject->value;
    }
    c->unit_suspect[index] = wrong_unit;
    medel_check_say_unit(c, k, t);
}

/* ---- relations ---- */

typedef struct resolved {
    medel_array terms; /* medel_term, weight times the fact's value */
    const char *missing;
} resolved;

static const medel_fact *dash_of(const medel_report *r, const char *concept, int year)
{
    const medel_fact_chain *chain = medel_report_chain(r, concept);
    const medel_fact *const *facts = chain ? chain->facts.data : NULL;
    for (size_t i = 0; chain && i < chain->facts.count; i++) {
        if (facts[i]->state == MEDEL_FIGURE_DASH && facts[i]->year == year
            && !facts[i]->dimension && facts[i]->variant == MEDEL_VARIANT_UTFALL)
            return facts[i];
    }
    return NULL;
}

static const medel_fact *term_fact(medel_checker *c, const medel_relation_term *t,
                                   int year, const char **label)
{
    const char *dot = strchr(t->name, '.');
    const medel_concept *concept =
        dot ? NULL : medel_taxonomy_concept(c->r->taxonomy, t->name);
    *label = concept ? concept->label : t->name;
    if (concept) {
        const medel_fact *f =
            medel_report_concept(c->r, concept, year, MEDEL_VARIANT_UTFALL);
        return f ? f : dash_of(c->r, t->name, year);
    }
    char *table = medel_arena_text(c->arena, t->name, (size_t)(dot - t->name));
    const medel_table *tab = medel_report_table(c->r, table);
    const medel_table_spec *spec = medel_taxonomy_table(c->r->taxonomy, table);
    const medel_row *row = spec ? medel_spec_row(spec, dot + 1) : NULL;
    if (row)
        *label = row->label;
    return tab ? medel_report_cell(c->r, tab, dot + 1, NULL, year, MEDEL_VARIANT_UTFALL)
               : NULL;
}

static resolved resolve(medel_checker *c, const medel_relation_term *terms, size_t n,
                        int year)
{
    resolved out = { { 0 }, NULL };
    for (size_t i = 0; i < n; i++) {
        const char *label;
        const medel_fact *f = term_fact(c, &terms[i], year + terms[i].year, &label);
        if (medel_fact_has_value(f)) {
            medel_term *t = MEDEL_PUSH(c->arena, &out.terms, medel_term);
            t->fact = f;
            t->weight = terms[i].weight * f->sign;
        } else if (!terms[i].optional && (!f || f->state == MEDEL_FIGURE_BLANK)) {
            out.missing = medel_arena_format(c->arena, "%s %d är inte tryckt", label,
                                             year + terms[i].year);
        }
    }
    return out;
}

/* The terms in the sign of the left figure's own place. */
static bool expect(medel_checker *c, medel_check *k, const medel_fact *left,
                   const resolved *right)
{
    medel_term *terms = right->terms.data;
    for (size_t i = 0; i < right->terms.count; i++)
        terms[i].weight *= left->sign;
    set_terms(c, k, terms, right->terms.count);
    return sum_of(&k->expected, terms, right->terms.count);
}

static void check_terms(medel_checker *c, const medel_relation *rel,
                        const medel_fact *left, int year)
{
    resolved right = resolve(c, rel->right, rel->nright, year);
    medel_check *k = add(c, rel->rule, MEDEL_CHECK_RELATION, left);
    if (right.missing || right.terms.count == 0) {
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing = right.missing ? right.missing : "inget att jämföra med är tryckt";
        return;
    }
    medel_check second = *k;
    if (!expect(c, k, left, &right)) {
        too_large(k);
        return;
    }
    if (judge(k, &left->value) || !rel->nalternative)
        return;
    resolved other = resolve(c, rel->alternative, rel->nalternative, year);
    if (!other.missing && expect(c, &second, left, &other) && judge(&second, &left->value)
        && second.outcome != MEDEL_NOT_APPLICABLE)
        *k = second;
}

static void check_relation_year(medel_checker *c, const medel_relation *rel, int year)
{
    const char *label, *ignored;
    const medel_fact *left = term_fact(c, &rel->left, year, &label);
    if (!medel_fact_has_value(left)) {
        if (year != c->r->year)
            return;
        medel_check *k = add(c, rel->rule, MEDEL_CHECK_RELATION, NULL);
        k->outcome = MEDEL_NOT_APPLICABLE;
        k->missing = medel_arena_format(c->arena, "%s %d är inte tryckt", label, year);
    } else if (rel->ratio) {
        medel_check_ratio(c, rel->rule, left,
                          term_fact(c, &rel->right[0], year, &ignored),
                          term_fact(c, &rel->right[1], year, &ignored));
    } else {
        check_terms(c, rel, left, year);
    }
}

/* ---- all of them, piece by piece ---- */

static void piece(medel_arena *a, medel_array *out, medel_piece p)
{
    *MEDEL_PUSH(a, out, medel_piece) = p;
}

static void pieces_of_table(medel_arena *a, medel_array *out, const medel_table *t,
                            size_t index)
{
    const medel_table_full *full = (const medel_table_full *)(const void *)t->spec;
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_row *row = t->rows[i].spec;
        bool sum = row->type == MEDEL_FIELD_AMOUNT && row->rule;
        for (size_t k = 0; (sum || row->numerator) && k < t->ncolumns; k++)
            piece(a, out, (medel_piece){ MEDEL_PIECE_SUM, index, i, k, 0 });
    }
    for (size_t i = 0; full->netto_rule && i < t->nrows; i++)
        piece(a, out, (medel_piece){ MEDEL_PIECE_COLUMNS, index, i, 0, 0 });
    if (full->sign_rule)
        piece(a, out, (medel_piece){ MEDEL_PIECE_SIGNS, index, 0, 0, 0 });
}

/* The statements last: they are what the other tables are held against. */
static void pieces_of_units(const medel_report *r, medel_arena *a, medel_array *out)
{
    const medel_table *tables = r->tables.data;
    const medel_table_spec *specs;
    for (size_t s = medel_taxonomy_tables(r->taxonomy, &specs); s > 0; s--) {
        for (size_t i = 0; i < r->tables.count; i++) {
            if (strcmp(tables[i].spec->id, specs[s - 1].id) == 0)
                piece(a, out, (medel_piece){ MEDEL_PIECE_UNIT, i, 0, 0, 0 });
        }
    }
}

void medel_check_pieces(const medel_report *r, medel_arena *a, medel_array *out)
{
    const medel_table *tables = r->tables.data;
    const medel_concept *concepts;
    size_t n = medel_taxonomy_concepts(r->taxonomy, &concepts);
    for (size_t i = 0; i < r->tables.count; i++)
        pieces_of_table(a, out, &tables[i], i);
    pieces_of_units(r, a, out);
    for (size_t i = 0; i < n; i++)
        piece(a, out, (medel_piece){ MEDEL_PIECE_CONCEPT, i, 0, 0, 0 });
    for (size_t i = 0; i < r->ties.count; i++)
        piece(a, out, (medel_piece){ MEDEL_PIECE_TIE, i, 0, 0, 0 });
    medel_taxonomy_relations(r->taxonomy, &n);
    for (size_t i = 0; i < n; i++) {
        for (int year = r->year + 1; year > r->year - 10; year--)
            piece(a, out, (medel_piece){ MEDEL_PIECE_RELATION, i, 0, 0, year });
    }
}

static void check_total(medel_checker *c, const medel_table *t, const medel_piece *p)
{
    const medel_table_row *row = &t->rows[p->row];
    if (row->spec->type == MEDEL_FIELD_AMOUNT && row->spec->rule)
        check_sum(c, t, row, p->column);
    else
        check_ratio_row(c, t, row, p->column);
}

void medel_check_piece(medel_checker *c, const medel_piece *p)
{
    const medel_table *tables = c->r->tables.data;
    const medel_tie *ties = c->r->ties.data;
    const medel_relation *relations;
    const medel_concept *concepts;
    size_t n, i = p->index;
    switch (p->kind) {
    case MEDEL_PIECE_SUM: check_total(c, &tables[i], p); break;
    case MEDEL_PIECE_COLUMNS:
        check_columns(c, &tables[i], &tables[i].rows[p->row]);
        break;
    case MEDEL_PIECE_SIGNS:
        check_signs(c, &tables[i]);
        check_odd_signs(c, &tables[i]);
        break;
    case MEDEL_PIECE_UNIT: check_unit(c, &tables[i], i); break;
    case MEDEL_PIECE_CONCEPT:
        medel_taxonomy_concepts(c->r->taxonomy, &concepts);
        check_duplicates(c, &concepts[i]);
        break;
    case MEDEL_PIECE_TIE:
        if (medel_fact_has_value(ties[i].first) && medel_fact_has_value(ties[i].second))
            check_pair(c, ties[i].second, ties[i].first);
        break;
    case MEDEL_PIECE_RELATION:
        relations = medel_taxonomy_relations(c->r->taxonomy, &n);
        check_relation_year(c, &relations[i], p->year);
        break;
    }
}

static void run(medel_checker *c)
{
    medel_array pieces = { 0 };
    c->unit_suspect = MEDEL_NEW(c->arena, bool, c->r->tables.count);
    medel_check_pieces(c->r, c->arena, &pieces);
    const medel_piece *all = pieces.data;
    for (size_t i = 0; i < pieces.count; i++)
        medel_check_piece(c, &all[i]);
    medel_explain(c);
}

medel_status medel_checks_new(medel_checks **out, const medel_report *r,
                              medel_alloc_fn alloc, void *ud)
{
    medel_arena arena;
    medel_arena_init(&arena, alloc, ud);
    medel_checks *checks = medel_arena_try(&arena, sizeof *checks);
    if (!checks)
        return MEDEL_E_NOMEM;
    checks->arena = arena;
    /* total_terms builds its lists in the report's arena type; give it ours. */
    medel_report view = *r;
    view.arena = (medel_arena){ arena.alloc, arena.ud, NULL, NULL };
    jmp_buf oom;
    checks->arena.oom = view.arena.oom = &oom;
    medel_checker c = { .r = &view, .arena = &checks->arena, .list = &checks->list };
    if (setjmp(oom)) {
        medel_arena_free(&view.arena);
        medel_checks_free(checks);
        return MEDEL_E_NOMEM;
    }
    run(&c);
    medel_arena_free(&view.arena);
    checks->arena.oom = NULL;
    *out = checks;
    return MEDEL_OK;
}

void medel_checks_free(medel_checks *c)
{
    if (!c)
        return;
    medel_arena a = c->arena;
    medel_arena_free(&a);
}

size_t medel_checks_get(const medel_checks *c, const medel_check **first)
{
    *first = c->list.data;
    return c->list.count;
}

/* check_same.c - the same figure in several places is the same figure. */
#include "check.h"

#include <string.h>

bool medel_same_key(const medel_fact *a, const medel_fact *b)
{
    return a->year == b->year
           && (a->variant == b->variant || (a->concept_ref && a->concept_ref->budget))
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
static bool prose_agrees(const medel_checker *c, const medel_fact *a, const medel_fact *b)
{
    medel_quantity x, y;
    medel_agreement agreement;
    return a->in_text && medel_fact_concept_value(&x, a) == MEDEL_OK
           && medel_fact_concept_value(&y, b) == MEDEL_OK
           && medel_quantity_abs(&x, &x) == MEDEL_OK
           && medel_quantity_abs(&y, &y) == MEDEL_OK
           && (b->spec ? medel_same(b->spec->balance, "cost")
                       : a->concept_ref
                             && medel_taxonomy_is_cost(c->r->taxonomy, a->concept_ref))
           && medel_quantity_agree(&agreement, &x, &y) == MEDEL_OK
           && agreement == MEDEL_AGREE;
}

static const char *duplicate_rule(const medel_checker *c, const medel_fact *subject,
                                  const medel_fact *reference)
{
    const medel_concept *concept = subject->concept_ref;
    if (subject->in_text)
        return concept && concept->text_rule
                   ? concept->text_rule
                   : medel_taxonomy_text_check(c->r->taxonomy)->id;
    if (subject->rule)
        return subject->rule;
    if (reference->rule)
        return reference->rule;
    return concept ? concept->rule : NULL;
}

static bool is_cost(const medel_fact *f)
{
    return f->spec && medel_same(f->spec->balance, "cost");
}

/* Two places that the law lets mean one thing: statements among themselves, and the sum
   of a note and the row that it specifies; but what costs count in differs. */
static bool by_definition(const medel_checker *c, const medel_fact *a,
                          const medel_fact *b)
{
    medel_rank x = medel_fact_rank(c->r->taxonomy, a),
               y = medel_fact_rank(c->r->taxonomy, b);
    if (x > MEDEL_RANK_NOTE || y > MEDEL_RANK_NOTE || a->state != MEDEL_FIGURE_VALUE
        || b->state != MEDEL_FIGURE_VALUE || a->concept_ref != b->concept_ref)
        return false;
    if (x == MEDEL_RANK_STATEMENT && y == MEDEL_RANK_STATEMENT)
        return true;
    const medel_fact *note = x == MEDEL_RANK_NOTE ? a : b;
    const medel_table_spec *spec = medel_taxonomy_table(c->r->taxonomy, note->table);
    return x != y && !is_cost(a) && !is_cost(b) && (note->spec->rule || !spec->note);
}

void medel_check_pair(medel_checker *c, const medel_fact *subject,
                      const medel_fact *reference)
{
    medel_quantity value;
    medel_check *k = medel_check_add(c, duplicate_rule(c, subject, reference),
                                     MEDEL_CHECK_DUPLICATE, subject);
    k->proof = by_definition(c, subject, reference) ? MEDEL_PROOF_DEFINITION
                                                    : MEDEL_PROOF_QUESTION;
    medel_check_set_terms(c, k,
                          &(medel_term){ reference, reference->sign * subject->sign }, 1);
    bool ok = medel_fact_concept_value(&k->expected, reference) == MEDEL_OK
              && medel_fact_concept_value(&value, subject) == MEDEL_OK;
    if (ok && subject->sign < 0) {
        (void)!medel_quantity_neg(&k->expected, &k->expected);
        (void)!medel_quantity_neg(&value, &value);
    }
    if (!ok || prose_agrees(c, subject, reference) || medel_check_judge(k, &value))
        return;
    medel_agreement other_way;
    if (medel_quantity_agree(&other_way, &k->expected, &value) == MEDEL_OK
        && other_way == MEDEL_AGREE_ROUNDED)
        medel_check_blame_rounding(
            k, reference); /* it is the coarser one that was cut off */
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

static size_t votes_for(const medel_fact *const *facts, size_t n, const medel_fact *f)
{
    size_t votes = 0;
    for (size_t i = 0; i < n; i++)
        votes += facts[i] != f && close(facts[i], f);
    return votes;
}

/* The one that most of its equals agree with; the first when nothing decides. */
static const medel_fact *elected(const medel_fact *const *facts, size_t n)
{
    const medel_fact *most = facts[0];
    size_t most_votes = 0;
    for (size_t i = 0; i < n; i++) {
        size_t votes = votes_for(facts, n, facts[i]);
        if (votes > most_votes) {
            most = facts[i];
            most_votes = votes;
        }
    }
    return most;
}

/* May it witness?  Nobody printed a computed sum: it only says what all parts of a
   statement or note add up to. */
static bool witness(const medel_checker *c, const medel_fact *f)
{
    return f->state == MEDEL_FIGURE_VALUE
           || medel_fact_rank(c->r->taxonomy, f) <= MEDEL_RANK_NOTE;
}

/* The most trusted place.  Statements outrank notes, notes the other tables, and those
   running text; among equals what is printed comes before what is computed, and most of
   them decide.  A finer print among statements and notes that agrees with it is better.
 */
static const medel_fact *reference_of(const medel_checker *c,
                                      const medel_fact *const *facts, size_t n,
                                      const medel_fact **peers)
{
    const medel_fact *best = NULL;
    for (int rank = MEDEL_RANK_STATEMENT; rank <= MEDEL_RANK_TEXT && !best; rank++) {
        for (int computed = 0; computed < 2 && !best; computed++) {
            size_t m = 0;
            for (size_t i = 0; i < n; i++) {
                if (medel_fact_rank(c->r->taxonomy, facts[i]) == (medel_rank)rank
                    && (facts[i]->state == MEDEL_FIGURE_COMPUTED) == (computed == 1)
                    && witness(c, facts[i]))
                    peers[m++] = facts[i];
            }
            best = m ? elected(peers, m) : NULL;
        }
    }
    for (size_t i = 0; best && i < n; i++) {
        if (medel_fact_rank(c->r->taxonomy, facts[i]) <= MEDEL_RANK_NOTE
            && facts[i]->state == MEDEL_FIGURE_VALUE && close(facts[i], best)
            && coarser(best, facts[i]))
            best = facts[i];
    }
    return best;
}

static void check_group(medel_checker *c, const medel_fact *const *facts, size_t n,
                        const medel_fact **peers)
{
    const medel_fact *reference = reference_of(c, facts, n, peers);
    for (size_t i = 0; reference && i < n; i++) {
        if (facts[i] != reference && facts[i]->state == MEDEL_FIGURE_VALUE
            && !medel_unit_suspect(c, facts[i]) && !medel_unit_suspect(c, reference))
            medel_check_pair(c, facts[i], reference);
    }
}

void medel_check_duplicates(medel_checker *c, const medel_concept *concept)
{
    const medel_fact_chain *chain = medel_report_chain(c->r, concept->id);
    size_t n = chain ? chain->facts.count : 0;
    const medel_fact *const *facts = n ? chain->facts.data : NULL;
    bool *done = MEDEL_NEW(c->arena, bool, n);
    const medel_fact **group = MEDEL_NEW(c->arena, const medel_fact *, n);
    const medel_fact **peers = MEDEL_NEW(c->arena, const medel_fact *, n);
    for (size_t i = 0; i < n; i++) {
        size_t m = 0;
        for (size_t k = i; k < n; k++) {
            if (done[k] || !medel_fact_has_value(facts[k])
                || !medel_same_key(facts[i], facts[k]))
                continue;
            done[k] = true;
            group[m++] = facts[k];
        }
        if (m > 1)
            check_group(c, group, m, peers);
    }
}

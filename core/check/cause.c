/*
 * cause.c - which typical slip would explain a figure that does not agree: sign,
 * kr for tkr, neighbouring column or row, digits swapped, lost, added or wrong.
 */
#include "check.h"

#include <stdio.h>
#include <string.h>

#define MIN_DIGITS 3 /* below, almost any number is one slip from any other */

const char *medel_cause_text(medel_cause c)
{
    switch (c) {
    case MEDEL_CAUSE_ROUNDING: return "avkortad eller uppåt avrundad";
    case MEDEL_CAUSE_SIGN: return "omvänt tecken";
    case MEDEL_CAUSE_THOUSAND: return "kronor och tusental förväxlade";
    case MEDEL_CAUSE_COLUMN: return "värdet hör till kolumnen bredvid";
    case MEDEL_CAUSE_TRANSPOSITION: return "omkastade siffror";
    case MEDEL_CAUSE_MISSING_DIGIT: return "en siffra har fallit bort";
    case MEDEL_CAUSE_EXTRA_DIGIT: return "en siffra för mycket";
    case MEDEL_CAUSE_WRONG_DIGIT: return "en felaktig siffra";
    case MEDEL_CAUSE_OMITTED_ROW: return "en rad ingår inte i summan";
    case MEDEL_CAUSE_COUNTED_TWICE: return "en rad är räknad två gånger";
    case MEDEL_CAUSE_FOREIGN_ROW: return "summan tar med en rad som inte h\xC3\xB6r dit";
    case MEDEL_CAUSE_WRONG_ROW: return "värdet hör till raden intill";
    case MEDEL_CAUSE_EXCHANGED: return "två uppgifter har bytt plats";
    case MEDEL_CAUSE_NONE: break;
    }
    return "";
}

bool medel_cause_of_row(medel_cause c)
{
    return c == MEDEL_CAUSE_OMITTED_ROW || c == MEDEL_CAUSE_COUNTED_TWICE
           || c == MEDEL_CAUSE_FOREIGN_ROW;
}

static bool agrees(const medel_quantity *a, const medel_quantity *b)
{
    medel_agreement agreement;
    return medel_quantity_agree(&agreement, a, b) == MEDEL_OK && agreement == MEDEL_AGREE;
}

/* A whole-number figure in the unit and decimals that f is printed with. */
static bool figure_of(medel_quantity *out, const medel_fact *f, int64_t digits)
{
    medel_figure figure = { .state = MEDEL_FIGURE_VALUE,
                            .unit = f->unit,
                            .has_unit = true,
                            .decimals = f->decimals,
                            .digits = digits };
    return medel_figure_quantity(out, &figure, f->unit) == MEDEL_OK;
}

static bool digits_of(int64_t *out, const medel_fact *f)
{
    int64_t scale = medel_unit_scale(f->unit), places = 1;
    for (unsigned i = 0; i < f->decimals && i < 9; i++)
        places *= 10;
    medel_status st = scale > 0
                          ? medel_rational_round(out, f->printed.value, places, scale,
                                                 MEDEL_ROUND_HALF_AWAY)
                          : medel_rational_round(out, f->printed.value, places * -scale,
                                                 1, MEDEL_ROUND_HALF_AWAY);
    return st == MEDEL_OK;
}

/* expected, as it would be printed: some tables print the other sign. */
static medel_quantity as_printed(const medel_fact *f, const medel_quantity *expected)
{
    medel_quantity q = *expected;
    if (f->value.value.num != f->printed.value.num)
        (void)!medel_quantity_neg(&q, &q);
    return q;
}

static bool suspect(medel_suspicion *out, medel_cause cause, const medel_fact *f,
                    const medel_quantity *suggested)
{
    out->cause = cause;
    out->fact = f;
    out->suggested = *suggested;
    return true;
}

static bool by_sign(medel_suspicion *out, const medel_fact *f,
                    const medel_quantity *expected)
{
    medel_quantity q;
    return f->printed.value.num != 0 && medel_quantity_neg(&q, &f->printed) == MEDEL_OK
           && agrees(&q, expected) && suspect(out, MEDEL_CAUSE_SIGN, f, &q);
}

static bool by_thousand(medel_suspicion *out, const medel_fact *f,
                        const medel_quantity *expected)
{
    medel_quantity up, down, q;
    if (f->printed.dimension.money != 1 || f->printed.value.num == 0
        || medel_quantity_make(&up, 1000, 1, MEDEL_UNIT_NUMBER) != MEDEL_OK
        || medel_quantity_make(&down, 1, 1000, MEDEL_UNIT_NUMBER) != MEDEL_OK)
        return false;
    if (medel_quantity_mul(&q, &f->printed, &up) == MEDEL_OK && agrees(&q, expected))
        return suspect(out, MEDEL_CAUSE_THOUSAND, f, &q);
    return medel_quantity_mul(&q, &f->printed, &down) == MEDEL_OK && agrees(&q, expected)
           && suspect(out, MEDEL_CAUSE_THOUSAND, f, &q);
}

static const medel_row *row_above(const medel_table *t, const medel_row *row)
{
    const medel_table_row *printed = row->under ? medel_table_find(t, row->under) : NULL;
    return printed      ? printed->spec
           : row->under ? medel_table_spec_find(t->spec, row->under)
                        : NULL;
}

/* A row and one that it adds to often print the same: that says nothing. */
static bool adds_to(const medel_table *t, const medel_row *row, const medel_row *total)
{
    for (; row; row = row_above(t, row)) {
        if (row == total)
            return true;
    }
    return false;
}

/* Does the neighbouring cell print what this one should? */
static bool by_neighbour(medel_suspicion *out, const medel_report *r, const medel_fact *f,
                         const medel_quantity *expected, medel_cause cause)
{
    size_t row, column;
    const medel_table *t = medel_table_of(r, f, &row, &column);
    if (!t)
        return false;
    for (int step = -1; step <= 1; step += 2) {
        bool by_column = cause == MEDEL_CAUSE_COLUMN;
        size_t i = by_column ? row : row + (size_t)step;
        size_t k = by_column ? column + (size_t)step : column;
        const medel_fact *other =
            i < t->nrows && k < t->ncolumns ? t->rows[i].cells[k] : NULL;
        if (other && other->state == MEDEL_FIGURE_VALUE && other->printed.value.num != 0
            && (by_column
                || (!adds_to(t, f->spec, other->spec)
                    && !adds_to(t, other->spec, f->spec)))
            && agrees(&other->printed, expected)
            && suspect(out, cause, f, &other->printed))
            return true;
    }
    return false;
}

static bool same_print(const medel_fact *a, const medel_fact *b)
{
    return a && b && a->state == MEDEL_FIGURE_VALUE && b->state == MEDEL_FIGURE_VALUE
           && a->printed.value.num != 0
           && medel_rational_compare(a->printed.value, b->printed.value) == 0;
}

/* Is it last year's figure once more?  Not of a row that prints the same each year. */
static bool by_copy(medel_suspicion *out, const medel_report *r, const medel_fact *f,
                    const medel_quantity *expected)
{
    size_t row, column, copies = 0;
    const medel_table *t = medel_table_of(r, f, &row, &column);
    for (size_t k = 1; t && k < t->ncolumns; k++) {
        const medel_fact *const *cells = (const medel_fact *const *)t->rows[row].cells;
        if (!same_print(cells[k - 1], cells[k]))
            continue;
        if (k != column && k - 1 != column)
            return false;
        copies++;
    }
    return copies == 1 && suspect(out, MEDEL_CAUSE_COLUMN, f, expected);
}

#define COPIED 1000 /* in the figure's own unit: less may well be the same by chance */

/* Does it print what the row beside prints?  Then that was read twice. */
static bool by_row_copy(medel_suspicion *out, const medel_report *r, const medel_fact *f,
                        const medel_quantity *expected)
{
    size_t row, column;
    int64_t n = 0;
    const medel_table *t = medel_table_of(r, f, &row, &column);
    if (!t || !digits_of(&n, f) || (n < COPIED && n > -COPIED))
        return false;
    for (int step = -1; step <= 1; step += 2) {
        size_t i = row + (size_t)step;
        const medel_fact *other = i < t->nrows ? t->rows[i].cells[column] : NULL;
        if (other && other->state == MEDEL_FIGURE_VALUE
            && !adds_to(t, f->spec, other->spec) && !adds_to(t, other->spec, f->spec)
            && medel_rational_compare(other->printed.value, f->printed.value) == 0)
            return suspect(out, MEDEL_CAUSE_WRONG_ROW, f, expected);
    }
    return false;
}

/* Of several edits that rounding allows, the one that gives the very value is best. */
static bool try_digits(medel_suspicion *out, medel_cause cause, const medel_fact *f,
                       const char *digits, bool negative, const medel_quantity *expected,
                       bool *found)
{
    int64_t n = 0;
    medel_quantity q;
    if (strlen(digits) > 17)
        return false;
    for (const char *p = digits; *p; p++)
        n = n * 10 + (*p - '0');
    if (!figure_of(&q, f, negative ? -n : n) || !agrees(&q, expected))
        return false;
    bool same = medel_rational_compare(q.value, expected->value) == 0;
    if (same || !*found)
        suspect(out, cause, f, &q);
    *found = true;
    return same;
}

bool medel_edit_digits(char *out, const char *digits, medel_edit edit, size_t i, char d)
{
    const size_t after = strlen(digits + i) + 1; /* with what ends them */
    memcpy(out, digits, i);
    if (edit == MEDEL_EDIT_DROP) {
        memcpy(out + i, digits + i + 1, after - 1);
    } else if (edit == MEDEL_EDIT_INSERT) {
        out[i] = d;
        memcpy(out + i + 1, digits + i, after);
    } else {
        memcpy(out + i, digits + i, after);
        if (edit == MEDEL_EDIT_SWAP && (after < 3 || digits[i] == digits[i + 1]))
            return false;
        out[i] = edit == MEDEL_EDIT_SWAP ? digits[i + 1] : d;
        if (edit == MEDEL_EDIT_SWAP)
            out[i + 1] = digits[i];
    }
    return true;
}

static bool by_digits(medel_suspicion *out, const medel_fact *f,
                      const medel_quantity *expected, medel_cause cause, medel_edit edit)
{
    char digits[24], edited[28];
    int64_t n;
    if (!digits_of(&n, f))
        return false;
    bool negative = n < 0, found = false;
    size_t len =
        (size_t)snprintf(digits, sizeof digits, "%lld", (long long)(negative ? -n : n));
    if (len < MIN_DIGITS || len > 17)
        return false;
    const bool insert = edit == MEDEL_EDIT_INSERT;
    const char last = insert || edit == MEDEL_EDIT_REPLACE ? '9' : '0';
    for (size_t i = 0; i < len + insert; i++) {
        for (char d = '0'; d <= last; d++) {
            if (medel_edit_digits(edited, digits, edit, i, d)
                && try_digits(out, cause, f, edited, negative, expected, &found))
                return true;
        }
    }
    return found;
}

static bool by_cause(medel_suspicion *out, const medel_report *r, const medel_fact *f,
                     const medel_quantity *expected, medel_cause cause)
{
    medel_quantity e = as_printed(f, expected);
    if (f->state != MEDEL_FIGURE_VALUE)
        return false;
    switch (cause) {
    case MEDEL_CAUSE_SIGN: return by_sign(out, f, &e);
    case MEDEL_CAUSE_THOUSAND: return by_thousand(out, f, &e);
    case MEDEL_CAUSE_COLUMN:
    case MEDEL_CAUSE_WRONG_ROW: return by_neighbour(out, r, f, &e, cause);
    case MEDEL_CAUSE_TRANSPOSITION: return by_digits(out, f, &e, cause, MEDEL_EDIT_SWAP);
    case MEDEL_CAUSE_MISSING_DIGIT:
        return by_digits(out, f, &e, cause, MEDEL_EDIT_INSERT);
    case MEDEL_CAUSE_EXTRA_DIGIT: return by_digits(out, f, &e, cause, MEDEL_EDIT_DROP);
    case MEDEL_CAUSE_WRONG_DIGIT: return by_digits(out, f, &e, cause, MEDEL_EDIT_REPLACE);
    case MEDEL_CAUSE_NONE:
    case MEDEL_CAUSE_EXCHANGED:
    case MEDEL_CAUSE_ROUNDING:
    case MEDEL_CAUSE_OMITTED_ROW:
    case MEDEL_CAUSE_COUNTED_TWICE:
    case MEDEL_CAUSE_FOREIGN_ROW: break;
    }
    return false;
}

/* In the order of how much they explain by how little. */
static const medel_cause in_order[] = {
    MEDEL_CAUSE_SIGN,          MEDEL_CAUSE_THOUSAND,    MEDEL_CAUSE_COLUMN,
    MEDEL_CAUSE_TRANSPOSITION, MEDEL_CAUSE_WRONG_ROW,   MEDEL_CAUSE_EXTRA_DIGIT,
    MEDEL_CAUSE_MISSING_DIGIT, MEDEL_CAUSE_WRONG_DIGIT,
};

/* A printed figure ought to lie in expected's interval: does a typical slip explain
   why it does not? */
bool medel_cause_of(medel_suspicion *out, const medel_report *r, const medel_fact *f,
                    const medel_quantity *expected)
{
    for (size_t i = 0; i < sizeof in_order / sizeof *in_order; i++) {
        if (by_cause(out, r, f, expected, in_order[i])
            || (in_order[i] == MEDEL_CAUSE_COLUMN && f->spec
                && by_copy(out, r, f, expected))
            || (in_order[i] == MEDEL_CAUSE_WRONG_ROW && f->spec
                && by_row_copy(out, r, f, expected)))
            return true;
    }
    return false;
}

/* What terms[skip] would have to be for the sum to hold. */
static bool needed(medel_quantity *out, const medel_fact *total, const medel_term *terms,
                   size_t n, size_t skip)
{
    medel_quantity rest = total->value;
    for (size_t i = 0; i < n; i++) {
        if (i == skip)
            continue;
        medel_status st = terms[i].weight > 0
                              ? medel_quantity_sub(&rest, &rest, &terms[i].fact->value)
                              : medel_quantity_add(&rest, &rest, &terms[i].fact->value);
        if (st != MEDEL_OK)
            return false;
    }
    if (terms[skip].weight < 0 && medel_quantity_neg(&rest, &rest) != MEDEL_OK)
        return false;
    *out = rest;
    return true;
}

static bool is_term(const medel_fact *f, const medel_term *terms, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (terms[i].fact == f)
            return true;
    }
    return false;
}

/* Is the difference one of the rows: left out of the printed total, or in it twice? */
static bool by_row(medel_suspicion *out, const medel_fact *total, const medel_term *terms,
                   size_t n, const medel_quantity *difference)
{
    for (size_t i = 0; i < n; i++) {
        medel_quantity q = terms[i].fact->value, minus;
        if (q.value.num == 0
            || (terms[i].weight < 0 && medel_quantity_neg(&q, &q) != MEDEL_OK)
            || medel_quantity_neg(&minus, &q) != MEDEL_OK)
            continue;
        if (agrees(difference, &minus))
            return suspect(out, MEDEL_CAUSE_OMITTED_ROW, terms[i].fact, &total->value);
        if (agrees(difference, &q))
            return suspect(out, MEDEL_CAUSE_COUNTED_TWICE, terms[i].fact, &total->value);
    }
    return false;
}

/* Is there a row in the same column, none of the sum's own, that is in it? */
static bool by_other_row(medel_suspicion *out, const medel_report *r,
                         const medel_fact *total, const medel_term *terms, size_t n,
                         const medel_quantity *difference)
{
    size_t row, column;
    const medel_table *t = medel_table_of(r, total, &row, &column);
    for (size_t i = 0; t && i < t->nrows; i++) {
        const medel_fact *f = t->rows[i].cells[column];
        if (f && f != total && f->state == MEDEL_FIGURE_VALUE && f->value.value.num != 0
            && !is_term(f, terms, n) && agrees(difference, &f->value))
            return suspect(out, MEDEL_CAUSE_FOREIGN_ROW, f, &total->value);
    }
    return false;
}

typedef struct sum {
    const medel_checker *c;
    const medel_fact *total;
    const medel_term *terms;
    size_t n, open; /* figures that no other check confirms */
    const medel_quantity *expected, *difference;
} sum;

/* Weak explanations count only for the one figure that nothing confirms. */
static bool by_term(medel_suspicion *out, const sum *s, medel_cause cause, size_t k)
{
    medel_quantity q;
    const medel_fact *f = s->terms[k].fact;
    bool alone = s->open == 1;
    if (s->c->held[f->index] || (cause == MEDEL_CAUSE_WRONG_DIGIT && !alone)
        || !needed(&q, s->total, s->terms, s->n, k))
        return false;
    return by_cause(out, s->c->r, f, &q, cause)
           || (alone && cause == MEDEL_CAUSE_COLUMN && f->spec
               && by_copy(out, s->c->r, f, &q));
}

static bool cause_of_sum(medel_suspicion *out, const sum *s)
{
    bool total_open = !s->c->held[s->total->index];
    for (size_t i = 0; i < sizeof in_order / sizeof *in_order; i++) {
        bool column = in_order[i] == MEDEL_CAUSE_COLUMN;
        if (total_open && column
            && (by_row(out, s->total, s->terms, s->n, s->difference)
                || by_other_row(out, s->c->r, s->total, s->terms, s->n, s->difference)))
            return true;
        if (total_open
            && (by_cause(out, s->c->r, s->total, s->expected, in_order[i])
                || (column && s->total->spec
                    && by_copy(out, s->c->r, s->total, s->expected))))
            return true;
        for (size_t k = 0; k < s->n; k++) {
            if (by_term(out, s, in_order[i], k))
                return true;
        }
    }
    return false;
}

/* ---- of a finding ---- */

static bool explain_sum(const medel_checker *c, medel_suspicion *out,
                        const medel_check *k)
{
    sum s = { c,
              k->subject,
              k->terms,
              k->nterms,
              !c->held[k->subject->index],
              &k->expected,
              &k->difference };
    for (size_t i = 0; i < k->nterms; i++)
        s.open += !c->held[k->terms[i].fact->index];
    return cause_of_sum(out, &s);
}

/* When only the subject is confirmed elsewhere, the other place is the one to blame. */
static bool explain_duplicate(const medel_checker *c, medel_suspicion *out,
                              const medel_check *k)
{
    const medel_fact *other = k->terms[0].fact;
    if (!c->held[k->subject->index] || c->held[other->index])
        return medel_cause_of(out, c->r, k->subject, &k->expected);
    medel_quantity q = k->subject->value;
    if (k->terms[0].weight < 0)
        (void)!medel_quantity_neg(&q, &q);
    return medel_cause_of(out, c->r, other, &q);
}

static bool explain(const medel_checker *c, medel_suspicion *out, const medel_check *k)
{
    if (k->outcome != MEDEL_FINDING || k->cause != MEDEL_CAUSE_NONE
        || k->proof == MEDEL_PROOF_QUESTION || k->proof == MEDEL_PROOF_EXPLAINED)
        return false;
    switch (k->kind) {
    case MEDEL_CHECK_SUM:
    case MEDEL_CHECK_COLUMNS:
    case MEDEL_CHECK_RELATION: return explain_sum(c, out, k);
    case MEDEL_CHECK_DUPLICATE: return explain_duplicate(c, out, k);
    case MEDEL_CHECK_RATIO: return medel_cause_of(out, c->r, k->subject, &k->expected);
    case MEDEL_CHECK_SIGNS:
    case MEDEL_CHECK_UNIT: break;
    }
    return false;
}

static void note_held(medel_checker *c, const medel_check *k)
{
    if (k->outcome != MEDEL_PASSED || k->kind == MEDEL_CHECK_RATIO
        || k->kind == MEDEL_CHECK_SIGNS || k->kind == MEDEL_CHECK_UNIT)
        return;
    c->held[k->subject->index] = true;
    for (size_t i = 0; i < k->nterms; i++)
        c->held[k->terms[i].fact->index] = true;
}

void medel_find_causes(medel_checker *c)
{
    medel_check *all = c->list->data;
    c->held = MEDEL_NEW(c->arena, bool, c->r->facts.count);
    for (size_t i = 0; i < c->list->count; i++)
        note_held(c, &all[i]);
    for (size_t i = 0; i < c->list->count; i++) {
        medel_suspicion s;
        if (explain(c, &s, &all[i])) {
            all[i].cause = s.cause;
            all[i].cause_fact = s.fact;
            all[i].suggested = s.suggested;
        }
    }
}

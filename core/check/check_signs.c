/*
 * check_signs.c - does each figure keep the sign convention of its table?  The report has
 * read every figure in its usual sign (report/signs.c); here the convention of each
 * column is what most of its rows do, and every odd figure is named.
 */
#include "check.h"

#include <string.h>

static bool flipped(const medel_fact *f)
{
    return f->value.value.num != f->printed.value.num;
}

static bool shows_sign(const medel_fact *f)
{
    return f && f->state == MEDEL_FIGURE_VALUE && f->printed.value.num != 0;
}

/* How a column prints one class of rows. */
typedef struct side {
    size_t kept, flipped;
    const medel_fact *first_kept, *first_flipped;
} side;

typedef struct column_view {
    size_t index;
    side cost, income, rest; /* rest: rows that are none of these */
    const medel_fact *result;
} column_view;

static void count(side *s, const medel_fact *f)
{
    if (flipped(f)) {
        s->first_flipped = s->flipped++ ? s->first_flipped : f;
    } else {
        s->first_kept = s->kept++ ? s->first_kept : f;
    }
}

static column_view view_of(const medel_table *t, size_t column)
{
    column_view v = { .index = column };
    for (size_t i = 0; i < t->nrows; i++) {
        const medel_fact *f = t->rows[i].cells[column];
        const char *balance = t->rows[i].spec->balance;
        if (!shows_sign(f))
            continue;
        if (medel_same(balance, "result"))
            v.result = f;
        else
            count(medel_same(balance, "cost")     ? &v.cost
                  : medel_same(balance, "income") ? &v.income
                                                  : &v.rest,
                  f);
    }
    return v;
}

/* 1: most are flipped; -1: most are kept; 0: equally many, or none. */
static int most(const side *s)
{
    return (s->flipped > s->kept) - (s->flipped < s->kept);
}

static const medel_fact *first_of(const side *s)
{
    return s->first_flipped ? s->first_flipped : s->first_kept;
}

static int state(const medel_fact *f)
{
    return f ? (flipped(f) ? 1 : -1) : 0;
}

/* ---- findings ---- */

static medel_check *odd_sign(medel_checker *c, const char *rule, const medel_fact *f,
                             size_t others)
{
    medel_check *k = medel_check_add(c, rule, MEDEL_CHECK_SIGNS, f);
    k->outcome = MEDEL_FINDING;
    k->cause = MEDEL_CAUSE_SIGN;
    k->cause_fact = f;
    k->expected = f->value;
    k->suggested = f->printed;
    (void)!medel_quantity_neg(&k->suggested, &f->printed);
    medel_check_say_odd_sign(c, k, others);
    return k;
}

/* An income among costs that are printed without minus, as it is: the sums count it out.
 */
static void income_among_costs(medel_checker *c, const char *rule, const medel_fact *f)
{
    medel_check *k = medel_check_add(c, rule, MEDEL_CHECK_SIGNS, f);
    k->outcome = MEDEL_FINDING;
    k->level = MEDEL_LEVEL_NOTE;
    k->proof = MEDEL_PROOF_EXPLAINED;
    k->expected = f->value;
    medel_check_say_income_among_costs(c, k);
}

/* The rows of one class that do not print as most of them do. */
static size_t odd_rows(medel_checker *c, const char *rule, const medel_table *t,
                       const column_view *v, const side *s, const char *balance)
{
    int usual = most(s);
    size_t fewer = usual > 0 ? s->kept : s->flipped,
           others = s->kept + s->flipped - fewer;
    const medel_fact *one = usual > 0 ? s->first_flipped : s->first_kept;
    bool plain = one && one->printed.value.num > 0; /* costs without minus */
    for (size_t i = 0; usual && fewer && i < t->nrows; i++) {
        const medel_fact *f = t->rows[i].cells[v->index];
        if (shows_sign(f) && medel_same(t->rows[i].spec->balance, balance)
            && state(f) != usual) {
            if (plain && f->printed.value.num > 0 && medel_names_income(f->label))
                income_among_costs(c, rule, f);
            else
                odd_sign(c, rule, f, others);
        }
    }
    return usual ? fewer : 0;
}

/* Equally many rows of a kind each way: a question. */
static bool undecided(medel_checker *c, const char *rule, const side *s)
{
    if (s->kept == 0 || s->kept != s->flipped)
        return false;
    const medel_term both[2] = { { s->first_kept, 1 }, { s->first_flipped, -1 } };
    medel_check *k = medel_check_add(c, rule, MEDEL_CHECK_SIGNS, s->first_flipped);
    k->outcome = MEDEL_FINDING;
    k->level = MEDEL_LEVEL_NOTE;
    k->proof = MEDEL_PROOF_QUESTION;
    k->expected = s->first_flipped->value;
    medel_check_set_terms(c, k, both, 2);
    medel_check_say_mixed(c, k, s->flipped, s->kept);
    return true;
}

/* ---- the columns of costs ---- */

/* Does another column of costs, or the netto beside it, set its result apart likewise? */
static bool apart_elsewhere(const medel_table *t, size_t column)
{
    const medel_table_column *own = &t->columns[column];
    for (size_t i = 0; i < t->ncolumns; i++) {
        const medel_table_column *c = &t->columns[i];
        bool netto = medel_same(c->measure, "netto") && c->year == own->year
                     && c->variant == own->variant;
        if (i == column || (!netto && !medel_same(c->measure, own->measure)))
            continue;
        column_view v = view_of(t, i);
        if (v.result && most(&v.cost) && most(&v.cost) != state(v.result))
            return true;
    }
    return false;
}

/* A nettokostnad that is set apart from its rows, with no column to compare: it may be
   how the table prints its sum. */
static bool apart_alone(const medel_table *t, const column_view *v)
{
    if (!strstr(v->result->label, "ettokostnad"))
        return false;
    for (size_t i = 0; i < t->ncolumns; i++) {
        if (i != v->index
            && medel_same(t->columns[i].measure, t->columns[v->index].measure)
            && view_of(t, i).result)
            return false;
    }
    return true;
}

static void check_costs(medel_checker *c, const char *rule, const medel_table *t,
                        size_t column)
{
    column_view v = view_of(t, column);
    side all = { 0 };
    for (size_t i = 0; i < t->nrows; i++) {
        if (shows_sign(t->rows[i].cells[column]) && t->rows[i].cells[column] != v.result)
            count(&all, t->rows[i].cells[column]);
    }
    int usual = most(&all);
    bool apart = v.result && usual && state(v.result) != usual;
    bool convention = apart && apart_elsewhere(t, column);
    if (apart && !convention && apart_alone(t, &v)) {
        medel_check *k = medel_check_add(c, rule, MEDEL_CHECK_SIGNS, v.result);
        k->outcome = MEDEL_FINDING;
        k->level = MEDEL_LEVEL_NOTE;
        k->proof = MEDEL_PROOF_QUESTION;
        k->expected = v.result->value;
        medel_check_set_terms(c, k, &(medel_term){ first_of(&all), 1 }, 1);
        k->message =
            "Nettokostnaden skriver sin kostnad med annat tecken \xC3\xA4n raderna; "
            "ingen annan kolumn visar om tabellen g\xC3\xB6r s\xC3\xA5.";
        convention = true;
    } else if (apart && !convention) { /* the result is one of the rows */
        count(&all, v.result);
        usual = most(&all);
    }
    undecided(c, rule, &all);
    size_t fewer = usual > 0 ? all.kept : all.flipped;
    for (size_t i = 0; usual && fewer && i < t->nrows; i++) {
        const medel_fact *f = t->rows[i].cells[column];
        if (shows_sign(f) && state(f) != usual && (f != v.result || !convention))
            odd_sign(c, rule, f, all.kept + all.flipped - fewer);
    }
}

/* ---- the columns of netto ---- */

static bool names_costs(const medel_fact *f)
{
    return f && (strstr(f->label, "ettokostnad") || strstr(f->label, "kostnad"));
}

/* The netto column of the same table beside it, that shows its result in the other sign.
 */
static bool sister_kept(const medel_table *t, size_t column)
{
    for (size_t i = 0; i < t->ncolumns; i++) {
        if (i == column || !medel_same(t->columns[i].measure, "netto")
            || t->columns[i].variant != t->columns[column].variant)
            continue;
        column_view v = view_of(t, i);
        if ((v.result && !flipped(v.result)) || (!v.result && most(&v.cost) < 0))
            return true;
    }
    return false;
}

static bool same_split(const medel_table *t, size_t column, int rows, int result)
{
    for (size_t i = 0; i < t->ncolumns; i++) {
        if (i == column || !medel_same(t->columns[i].measure, "netto"))
            continue;
        column_view v = view_of(t, i);
        if (most(&v.cost) == rows && state(v.result) == result)
            return true;
    }
    return false;
}

static medel_check *about_column(medel_checker *c, const char *rule, const column_view *v)
{
    const medel_fact *subject = v->result            ? v->result
                                : first_of(&v->cost) ? first_of(&v->cost)
                                                     : first_of(&v->income);
    if (!subject)
        return NULL;
    medel_check *k = medel_check_add(c, rule, MEDEL_CHECK_SIGNS, subject);
    k->expected = subject->value;
    return k;
}

/* The whole column is printed as kostnad minus intäkt. */
static void turned_column(medel_checker *c, const medel_table *t, const column_view *v,
                          medel_check *k)
{
    k->outcome = MEDEL_FINDING;
    k->cause = MEDEL_CAUSE_SIGN;
    k->cause_fact = k->subject;
    k->suggested = k->subject->value;
    if (!sister_kept(t, v->index) || names_costs(v->result)) {
        bool plain = !v->result || names_costs(v->result); /* costs without a minus */
        k->outcome = plain ? MEDEL_PASSED : MEDEL_FINDING;
        k->cause = MEDEL_CAUSE_NONE; /* the table's own way */
        k->level = MEDEL_LEVEL_NOTE;
        k->proof = plain ? MEDEL_PROOF_DEFINITION : MEDEL_PROOF_EXPLAINED;
        if (!plain)
            k->message = "Tabellen skriver nettot som kostnad minus int\xC3\xA4kt.";
        return;
    }
    const medel_fact *rr =
        k->subject->concept_ref ? medel_report_concept(
            c->r, k->subject->concept_ref, k->subject->year, MEDEL_VARIANT_UTFALL)
                                : NULL;
    if (rr && rr != k->subject)
        medel_check_set_terms(c, k, &(medel_term){ rr, rr->sign }, 1);
    medel_check_say_signs(
        c, k, v->cost.flipped + v->income.flipped + v->rest.flipped + (v->result != NULL),
        v->cost.kept + v->income.kept + v->rest.kept);
}

/* Costs without minus beside a signed result: a convention, told once. */
static void split_column(medel_checker *c, const column_view *v, medel_check *k,
                         bool *told)
{
    const medel_fact *kept = v->result && !flipped(v->result) ? v->result
                             : v->income.first_kept           ? v->income.first_kept
                                                              : v->cost.first_kept;
    const medel_fact *other = v->cost.first_flipped ? v->cost.first_flipped : v->result;
    if (*told || !kept || !other)
        return;
    const medel_term both[2] = { { kept, 1 }, { other, -1 } };
    *told = true;
    k->outcome = MEDEL_FINDING;
    k->level = MEDEL_LEVEL_NOTE;
    k->proof = MEDEL_PROOF_EXPLAINED;
    medel_check_set_terms(c, k, both, 2);
    medel_check_say_mixed(c, k, v->cost.flipped + v->rest.flipped + v->income.flipped,
                          v->cost.kept + v->rest.kept + v->income.kept
                              + (v->result != NULL));
}

static void check_netto(medel_checker *c, const char *rule, const medel_table *t,
                        size_t column, bool *told)
{
    column_view v = view_of(t, column);
    medel_check *k = about_column(c, rule, &v);
    if (!k)
        return;
    int cost = most(&v.cost), income = most(&v.income), result = state(v.result);
    bool outcome = t->columns[column].variant == MEDEL_VARIANT_UTFALL;
    bool turned = (result > 0 || (!v.result && income >= 0)) && cost > 0 && income >= 0;
    if (turned && outcome) {
        turned_column(c, t, &v, k);
    } else if (result > 0 && cost < 0 && !same_split(t, column, cost, result)) {
        k->outcome = MEDEL_PASSED;
        odd_sign(c, rule, v.result, v.cost.kept);
        return;
    } else if (result < 0 && cost > 0 && income > 0
               && !same_split(t, column, cost, result)) {
        odd_sign(c, rule, v.result, v.cost.flipped + v.income.flipped);
        return;
    } else if (cost && ((v.result && cost != result) || (income && cost != income))
               && outcome) {
        split_column(c, &v, k, told);
    }
    odd_rows(c, rule, t, &v, &v.cost, "cost");
    odd_rows(c, rule, t, &v, &v.income, "income");
    undecided(c, rule, &v.cost);
}

static bool half_typed(const medel_table *t)
{
    for (size_t i = 0; i < t->nrows; i++) {
        for (size_t k = 0; k < t->ncolumns; k++) {
            const medel_fact *f = t->rows[i].cells[k];
            if (f && f->state == MEDEL_FIGURE_UNTYPED)
                return true;
        }
    }
    return false;
}

/* How a table prints its signs may be told by what is not typed yet. */
static void ask_of(medel_checker *c, size_t from)
{
    medel_check *list = c->list->data;
    for (size_t i = from; i < c->list->count; i++) {
        if (list[i].outcome == MEDEL_FINDING && list[i].level != MEDEL_LEVEL_NOTE) {
            list[i].level = MEDEL_LEVEL_NOTE;
            list[i].proof = MEDEL_PROOF_QUESTION;
        }
    }
}

void medel_check_signs(medel_checker *c, const medel_table *t)
{
    bool told = false;
    const size_t from = c->list->count;
    for (size_t i = 0; t->spec->sign_rule && i < t->ncolumns; i++) {
        if (medel_same(t->columns[i].measure, "kostnad"))
            check_costs(c, t->spec->sign_rule, t, i);
        else if (medel_same(t->columns[i].measure, "netto"))
            check_netto(c, t->spec->sign_rule, t, i, &told);
    }
    if (half_typed(t))
        ask_of(c, from);
}

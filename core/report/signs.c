/*
 * signs.c - a driftredovisning is printed under several sign conventions, even in one
 * table.  The convention is whatever leaves the fewest figures odd, judged by each row's
 * own arithmetic and by the printed sums, column by column; afterwards costs are
 * positive, netto is intäkt minus kostnad, and a favourable avvikelse is positive.
 */
#include "report.h"

#include <limits.h>
#include <string.h>

#define MAX_ROWS 512

/* Rows of one class share a convention: what lawful tables print differently. */
typedef enum row_class {
    ROW_COST,
    ROW_INCOME,
    ROW_RESULT,
    ROW_OTHER,
    ROW_EARNING, /* by what it fills: an income, if not among the incomes */
    ROW_CLASSES
} row_class;

/* Sign by which each printed figure of a column is its usual value: 1 or -1. */
typedef struct column_signs {
    int8_t row[MAX_ROWS];
} column_signs;

/* The columns of one year and variant. */
typedef struct block {
    medel_table *t;
    size_t n;
    int year;
    medel_variant variant;
    row_class class_of[MAX_ROWS];
    bool has[ROW_CLASSES];       /* rows of the class */
    bool named_income[MAX_ROWS]; /* an income among rows of another class */
    medel_span income[MAX_ROWS], cost[MAX_ROWS], net[MAX_ROWS];
    const medel_table_column *deviation,
        *plan; /* of the year: its outcome's; its budget's netto */
} block;

/* Cells are ours to complete until the report is handed out. */
static medel_fact *cell(medel_table *t, size_t row, const medel_table_column *c)
{
    const medel_fact *f = c ? t->rows[row].cells[c - t->columns] : NULL;
    union {
        const medel_fact *in;
        medel_fact *out;
    } u = { f };
    return f && f->state == MEDEL_FIGURE_VALUE ? u.out : NULL;
}

static int64_t magnitude(int64_t a)
{
    return a < 0 ? -a : a;
}

#define ANY (INT64_C(1) << 50) /* what is not typed yet may be anything */

static medel_span span_at(const medel_table *t, size_t row, const medel_table_column *c)
{
    const medel_fact *f = c ? t->rows[row].cells[c - t->columns] : NULL;
    if (f && f->state == MEDEL_FIGURE_UNTYPED)
        return (medel_span){ 0, ANY, false };
    return medel_span_printed(f);
}

/* The same with the signs that the table has been read with. */
static medel_span value_at(const medel_table *t, size_t row, const medel_table_column *c)
{
    const medel_fact *f = t->rows[row].cells[c - t->columns];
    return f && f->state == MEDEL_FIGURE_VALUE ? medel_span_of(f, 1) : span_at(t, row, c);
}

/* What a row is: as the taxonomy says, else by which of its columns it fills. */
static row_class class_of(const medel_table_row *row, medel_span income, medel_span cost)
{
    const char *balance = row->spec->balance;
    if (medel_same(balance, "result"))
        return ROW_RESULT;
    if (medel_same(balance, "cost"))
        return ROW_COST;
    if (medel_same(balance, "income"))
        return ROW_INCOME;
    return income.value != 0 && cost.value == 0 ? ROW_EARNING : ROW_OTHER;
}

/* Without their first letter, which may be a capital. */
static const char *const income_words[] = { "nt\xC3\xA4kt", "idrag", "rs\xC3\xA4ttning",
                                            "rs\xC3\xA4ljning", "terbetal" };

bool medel_names_income(const char *label)
{
    for (size_t w = 0; label && w < MEDEL_COUNT(income_words); w++) {
        if (strstr(label, income_words[w]))
            return true;
    }
    return false;
}

static void read_block(block *b, medel_table *t, int year, medel_variant variant)
{
    b->t = t;
    b->n = t->nrows < MAX_ROWS ? t->nrows : MAX_ROWS;
    b->year = year;
    b->variant = variant;
    b->deviation = medel_find_column(t, "avvikelse", year, MEDEL_VARIANT_UTFALL);
    b->plan = medel_find_column(t, "netto", year, MEDEL_VARIANT_BUDGET);
    memset(b->has, 0, sizeof b->has);
    const medel_table_column *income = medel_find_column(t, "intakt", year, variant),
                             *cost = medel_find_column(t, "kostnad", year, variant),
                             *net = medel_find_column(t, "netto", year, variant);
    for (size_t i = 0; i < b->n; i++) {
        b->income[i] = span_at(t, i, income);
        b->cost[i] = span_at(t, i, cost);
        b->net[i] = span_at(t, i, net);
        b->class_of[i] = class_of(&t->rows[i], b->income[i], b->cost[i]);
        b->has[b->class_of[i]] = true;
        b->named_income[i] = b->class_of[i] != ROW_RESULT && t->tree->names_income[i];
    }
}

/* ---- sums ---- */

/* The sums of one column under some signs, and which printed ones fail. */
typedef struct sums {
    medel_below *of; /* by node */
    bool fails[MAX_ROWS];
    unsigned failing;
} sums;

static bool is_term(const medel_row *row)
{
    return row->type == MEDEL_FIELD_AMOUNT && !row->memo;
}

/* The printed row of a node, or MAX_ROWS. */
static size_t printed_row(const block *b, const medel_span *cells, size_t node)
{
    const size_t i = b->t->tree->nodes[node].printed;
    return i < b->n && cells[i].printed ? i : MAX_ROWS;
}

/* How far off a row may be that is not typed yet. */
static int64_t untyped_half(const block *b, const medel_span *cells, size_t node)
{
    const size_t i = b->t->tree->nodes[node].printed;
    return i < b->n && !cells[i].printed ? cells[i].half : 0;
}

static bool is_failing(const block *b, const medel_span *cells, int sign,
                       const medel_below *under, size_t i)
{
    const int64_t own = sign * cells[i].value;
    return cells[i].printed && b->t->rows[i].spec->rule && under->terms > 0
           && magnitude(own - under->value) > under->half + cells[i].half;
}

/* Each row's figure goes into the row that it is under; where none is printed, what is
   under it does. */
static void add_up(const block *b, const medel_span *cells, const column_signs *signs,
                   sums *s)
{
    const medel_table_tree *tree = b->t->tree;
    s->of = tree->below;
    s->failing = 0;
    memset(s->of, 0, tree->n * sizeof *s->of);
    for (size_t k = 0; k < tree->norder; k++) {
        const medel_table_node *n = &tree->nodes[tree->order[k]];
        const medel_below *under = &s->of[tree->order[k]];
        const size_t i = printed_row(b, cells, tree->order[k]);
        if (n->parent == MEDEL_NO_NODE || !is_term(n->row))
            continue;
        medel_below *up = &s->of[n->parent];
        const bool own = i < MAX_ROWS;
        const int64_t value = own ? signs->row[i] * cells[i].value : under->value;
        up->value += n->row->weight * value;
        up->half +=
            own ? cells[i].half : under->half + untyped_half(b, cells, tree->order[k]);
        up->terms += own ? 1 : under->terms;
    }
    for (size_t i = 0; i < b->n; i++) {
        s->fails[i] = is_failing(b, cells, signs->row[i], &s->of[tree->node_of[i]], i);
        s->failing += s->fails[i];
    }
}

/* How many printed sums would fail if a row's sign were turned?  It is in the sum of the
   nearest row above it that is printed, and in its own: others that fail still do.
   'enough' is when it no longer matters. */
static unsigned failing_without(const block *b, const medel_span *cells,
                                const column_signs *signs, const sums *s, size_t row,
                                unsigned enough)
{
    const medel_table_tree *tree = b->t->tree;
    int64_t change = -2 * signs->row[row] * cells[row].value;
    const size_t own = tree->node_of[row];
    size_t at = own, i = MAX_ROWS;
    while (i == MAX_ROWS && is_term(tree->nodes[at].row)
           && tree->nodes[at].parent != MEDEL_NO_NODE) {
        change *= tree->nodes[at].row->weight;
        at = tree->nodes[at].parent;
        i = printed_row(b, cells, at);
    }
    const bool above = i != MAX_ROWS && i != row;
    unsigned failing = s->failing - s->fails[row] - (above && s->fails[i]);
    if (failing > enough)
        return failing;
    failing += is_failing(b, cells, -signs->row[row], &s->of[own], row);
    if (!above)
        return failing;
    medel_below with = s->of[at];
    with.value += change;
    return failing + is_failing(b, cells, signs->row[i], &with, i);
}

/* ---- one row by itself ---- */

/* Under which signs is netto = intäkt - kostnad?  A bit for each of (1,1), (1,-1),
   (-1,1),
   (-1,-1) of cost and net; all, when the row does not say. */
static unsigned allowed(medel_span income, medel_span cost, medel_span net)
{
    unsigned set = 0;
    if (!net.printed || (!income.printed && !cost.printed))
        return 15;
    for (unsigned i = 0; i < 4; i++) {
        int k = i & 2 ? -1 : 1, n = i & 1 ? -1 : 1;
        int64_t off = n * net.value - (income.value - k * cost.value);
        if (magnitude(off) <= income.half + cost.half + net.half)
            set |= 1u << i;
    }
    return set ? set : 15; /* its arithmetic is wrong in any case */
}

/* Small figures fit both ways: what only rounding lets in says nothing. */
static bool says(unsigned set, int k, int n)
{
    return set & (1u << ((k < 0 ? 2 : 0) + (n < 0 ? 1 : 0)));
}

/* The allowed signs nearest to a convention; returns how many figures are odd. */
static unsigned nearest(const block *b, size_t i, unsigned set, int k, int n, int *cost,
                        int *net)
{
    const int order[4][2] = { { k, n }, { -k, n }, { k, -n }, { -k, -n } };
    static const unsigned odd[4] = { 0, 1, 1, 2 };
    unsigned best = 9;
    if (says(set, k, n)) {
        *cost = k;
        *net = n;
        return 0;
    }
    for (int o = 1; o < 4; o++) {
        unsigned costs = odd[o];
        if (!says(set, order[o][0], order[o][1]))
            continue;
        /* Nothing is odd of a figure that is nothing. */
        if (order[o][0] != k && b->cost[i].value == 0)
            costs--;
        if (order[o][1] != n && b->net[i].value == 0)
            costs--;
        /* Of two as near, the one in which a cost is a cost. */
        if (costs < best
            || (costs == best && *cost * b->cost[i].value < 0
                && order[o][0] * b->cost[i].value > 0)) {
            best = costs;
            *cost = order[o][0];
            *net = order[o][1];
        }
    }
    return best;
}

/* ---- a whole block ---- */

/* How a block prints its costs, those of its result, and the nets of each class. */
typedef struct convention {
    int cost, result_cost, net[ROW_CLASSES];
} convention;

static const convention plain_convention = { 1, 1, { 1, 1, 1, 1, 1 } };

typedef struct reading {
    unsigned odd, mixed; /* figures; classes that differ from the usual convention */
    convention way;
    column_signs cost, net;
} reading;

#define UNRESOLVED 2 /* a sum that fails counts more than a figure that would mend it */

/* One figure whose turning mends the sums of a column, if there is one. */
static bool mend(const block *b, const medel_span *cells, column_signs *signs,
                 const unsigned *sets, const sums *s)
{
    for (size_t i = 0; i < b->n; i++) {
        bool fixed = sets[i] != 15 && b->cost[i].printed && b->net[i].printed;
        if (!cells[i].printed || cells[i].value == 0 || fixed)
            continue;
        if (failing_without(b, cells, signs, s, i, 0) == 0) {
            signs->row[i] = (int8_t)-signs->row[i];
            return true;
        }
    }
    return false;
}

#define MENDED_BY_ONE 2 /* a figure is in its own sum and in one above it */

/* Figures that are odd by the column's sums; 'enough' is when it no longer matters. */
static unsigned judge_sums(const block *b, const medel_span *cells, column_signs *signs,
                           const unsigned *sets, unsigned enough)
{
    sums s;
    add_up(b, cells, signs, &s);
    const bool may = s.failing && s.failing <= MENDED_BY_ONE && s.failing < enough;
    return may && mend(b, cells, signs, sets, &s) ? 1 : UNRESOLVED * s.failing;
}

/* Costs are costs: few rows give money back. */
static unsigned negative_costs(const block *b, const column_signs *cost)
{
    unsigned n = 0;
    for (size_t i = 0; i < b->n; i++)
        n += cost->row[i] * b->cost[i].value < 0;
    return n;
}

/* Costs are often printed without their minus; an income seldom turns, a result least. */
static unsigned strange(int c)
{
    return c == ROW_RESULT ? 3 : c == ROW_INCOME || c == ROW_EARNING ? 2 : 1;
}

/* Classes that are printed otherwise than usual: than the columns beside, if there are
   any, else than plainly.  A result is hardly turned where costs are not. */
static unsigned unusual(const block *b, const convention *w, const convention *beside)
{
    const convention *usual = beside ? beside : &plain_convention;
    bool gathers = w->net[ROW_RESULT] < 0 && w->net[ROW_COST] > 0 && b->has[ROW_COST];
    unsigned n = beside ? w->cost != beside->cost : 0;
    n += w->result_cost * w->cost != usual->result_cost * usual->cost;
    for (int c = ROW_COST; c < ROW_CLASSES; c++) {
        /* A row of no class is as the costs are, unless its figures tell. */
        bool as_costs = c == ROW_OTHER && !beside && b->has[ROW_COST];
        int expected = as_costs ? w->net[ROW_COST] : usual->net[c];
        n += w->net[c] != expected && (!beside || b->has[c]) ? strange(c) : 0;
    }
    return n + (gathers && !beside ? 4 : 0);
}

static reading read_under(const block *b, const unsigned *sets, const convention *w,
                          const convention *beside, unsigned enough)
{
    reading r = { .way = *w };
    for (size_t i = 0; i < b->n && r.odd <= enough; i++) {
        int c = w->cost, n = w->net[b->class_of[i]];
        int usual = b->class_of[i] == ROW_RESULT ? w->result_cost : w->cost;
        r.odd += nearest(b, i, sets[i], usual, n, &c, &n);
        r.cost.row[i] = (int8_t)c;
        r.net.row[i] = (int8_t)n;
    }
    if (r.odd > enough)
        return r;
    r.odd += judge_sums(b, b->cost, &r.cost, sets, enough - r.odd);
    if (r.odd > enough)
        return r;
    r.odd += judge_sums(b, b->net, &r.net, sets, enough - r.odd);
    r.mixed = unusual(b, w, beside) + 8 * negative_costs(b, &r.cost);
    return r;
}

/* Does the result row print its cost with another sign than most of its rows? */
static bool cost_mixed(const block *b)
{
    int rows = 0, result = 0;
    for (size_t i = 0; i < b->n; i++) {
        int sign = (b->cost[i].value > 0) - (b->cost[i].value < 0);
        if (b->class_of[i] == ROW_RESULT)
            result += sign;
        else
            rows += sign;
    }
    return (rows > 0 && result < 0) || (rows < 0 && result > 0);
}

/* A result that prints its cost otherwise than its rows is a convention only if the netto
   column or another year does the same.  What a block leaves open is as in the one
   beside. */
static reading read_best(const block *b, bool mixed_elsewhere, const convention *beside)
{
    unsigned sets[MAX_ROWS];
    reading best = { .odd = 9999 };
    for (size_t i = 0; i < b->n; i++)
        sets[i] = allowed(b->income[i], b->cost[i], b->net[i]);
    for (unsigned v = 0; v < 128; v++) {
        const int k = v & 32 ? -1 : 1;
        const convention w = { k,
                               v & 64 ? -k : k,
                               { v & 1 ? -1 : 1, v & 2 ? -1 : 1, v & 4 ? -1 : 1,
                                 v & 8 ? -1 : 1, v & 16 ? -1 : 1 } };
        bool unsigned_rows = w.net[ROW_COST] != w.net[ROW_RESULT];
        if (w.result_cost != k && !mixed_elsewhere && !unsigned_rows)
            continue;
        /* The same as without the class that no row is of, and that was tried. */
        bool idle = false;
        for (int c = ROW_INCOME; c < ROW_CLASSES; c++)
            idle |= c != ROW_RESULT && w.net[c] < 0 && !b->has[c];
        if (idle)
            continue;
        reading r = read_under(b, sets, &w, beside, best.odd);
        if (r.odd < best.odd || (r.odd == best.odd && r.mixed < best.mixed))
            best = r;
        if (best.odd == 0 && best.mixed == 0)
            break;
    }
    return best;
}

/* ---- a column of netto by itself ---- */

static bool holds(medel_span total, int total_sign, medel_span plus, int plus_sign,
                  medel_span minus, int minus_sign)
{
    int64_t off =
        total_sign * total.value - (plus_sign * plus.value - minus_sign * minus.value);
    return magnitude(off) <= total.half + plus.half + minus.half;
}

/* Rows whose avvikelse is printed the other way than those of most, under these signs. */
static unsigned turned_deviations(const block *b, const column_signs *signs)
{
    unsigned n[2] = { 0, 0 };
    for (size_t i = 0; b->variant == MEDEL_VARIANT_UTFALL && i < b->n; i++) {
        medel_span off = span_at(b->t, i, b->deviation);
        medel_span budget = span_at(b->t, i, b->plan);
        int s = signs->row[i];
        bool plain = holds(off, 1, b->net[i], s, budget, s);
        bool other = holds(off, -1, b->net[i], s, budget, s);
        if (off.printed && off.value != 0 && plain != other)
            n[plain ? 0 : 1]++;
    }
    return n[0] < n[1] ? n[0] : n[1];
}

/* The signs of classes of rows, a bit each; 'apart': rows that are named as incomes are.
 */
static void signs_by_class(const block *b, unsigned turned, bool apart, column_signs *out)
{
    for (size_t i = 0; i < b->n; i++) {
        row_class c = apart && b->named_income[i] ? ROW_INCOME : b->class_of[i];
        out->row[i] = (int8_t)(turned & (1u << c) ? -1 : 1);
    }
}

static bool names_incomes(const block *b)
{
    bool any = false;
    for (size_t i = 0; i < b->n; i++)
        any |= b->named_income[i] && b->class_of[i] != ROW_INCOME;
    return any;
}

/* Printed sums of the budget beside that fail under the signs of an outcome. */
static unsigned failing_plan(const block *plan, const column_signs *signs)
{
    sums s;
    add_up(plan, plan->net, signs, &s);
    return s.failing < 7 ? s.failing : 7;
}

/* Without costs and incomes beside it a column says little: the signs of the year that
   has them, else what leaves the fewest odd; where its own sums do not say, in the budget
   beside. */
static void read_alone(const block *b, const column_signs *sister, const block *plan,
                       column_signs *out)
{
    const unsigned all = 1u << ROW_CLASSES, ways = names_incomes(b) ? 2 * all : all;
    unsigned sets[MAX_ROWS], best = UINT_MAX;
    for (size_t i = 0; i < b->n; i++)
        sets[i] = 15;
    for (unsigned v = sister ? 0 : 1; v <= ways; v++) {
        column_signs signs;
        unsigned turned = v ? (v - 1) % all : 0, mixed = 0;
        bool apart = v > all;
        for (int c = 0; v && c < ROW_CLASSES; c++)
            mixed += turned & (1u << c) ? strange(c) : 0;
        unsigned odd = v ? mixed + 1 + apart : 0;
        if (odd >= best)
            continue; /* before what takes longer to say */
        if (v == 0)
            signs = *sister;
        else
            signs_by_class(b, turned, apart, &signs);
        odd += 8 * turned_deviations(b, &signs);
        if (plan && odd < best)
            odd += 64 * failing_plan(plan, &signs);
        if (odd < best)
            odd += 512 * judge_sums(b, b->net, &signs, sets, odd + 512 < best ? 9 : 0);
        if (odd < best) {
            best = odd;
            *out = signs;
        }
    }
}

/* ---- budget and avvikelse ---- */

static int budget_sign(medel_span budget, medel_span net, int net_sign,
                       medel_span deviation, int usual, int *deviation_sign)
{
    /* Of a row without outcome either may be turned: its budget is as the others are. */
    const int order[4][2] = {
        { 1, usual }, { -1, usual }, { 1, -usual }, { -1, -usual }
    };
    *deviation_sign = 1;
    for (int i = 0; deviation.printed && i < 4; i++) {
        if (holds(deviation, order[i][0], net, net_sign, budget, order[i][1])) {
            *deviation_sign = order[i][0];
            return order[i][1];
        }
    }
    return usual;
}

/* Is the budget printed with the other signs?  Most of the rows that say so know it of
   those that do not. */
static bool budget_turned(const block *budget, const column_signs *signs,
                          const block *outcome, const column_signs *net)
{
    int votes = 0;
    for (size_t i = 0; i < budget->n; i++) {
        medel_span off = span_at(budget->t, i, outcome->deviation);
        const medel_span b = budget->net[i], n = outcome->net[i];
        const int s = net->row[i], usual = signs->row[i];
        if (!off.printed || b.value == 0 || n.value == 0)
            continue;
        bool plain = holds(off, 1, n, s, b, usual) || holds(off, -1, n, s, b, usual);
        bool other = holds(off, 1, n, s, b, -usual) || holds(off, -1, n, s, b, -usual);
        votes += other - plain;
    }
    return votes > 0;
}

/* ---- applying ---- */

static void apply(medel_fact *f, int sign)
{
    if (f && sign < 0)
        (void)!medel_quantity_neg(&f->value, &f->printed);
}

static bool any(const block *b, const medel_span *cells)
{
    for (size_t i = 0; i < b->n; i++) {
        if (cells[i].printed)
            return true;
    }
    return false;
}

static void apply_block(const block *b, const column_signs *cost, const column_signs *net)
{
    const medel_table_column *costs =
                                 medel_find_column(b->t, "kostnad", b->year, b->variant),
                             *nets =
                                 medel_find_column(b->t, "netto", b->year, b->variant);
    for (size_t i = 0; i < b->n; i++) {
        apply(cell(b->t, i, costs), cost->row[i]);
        apply(cell(b->t, i, nets), net->row[i]);
    }
}

/* Which way is a row's avvikelse printed?  0 if the row does not say. */
static int deviation_sign_of(const block *budget, const column_signs *signs,
                             const block *outcome, const column_signs *net, size_t i,
                             medel_span off)
{
    bool plain =
        holds(off, 1, outcome->net[i], net->row[i], budget->net[i], signs->row[i]);
    bool other =
        holds(off, -1, outcome->net[i], net->row[i], budget->net[i], signs->row[i]);
    return !off.printed || plain == other ? 0 : plain ? 1 : -1;
}

/* The same of the figures as they stand, without the signs that they stand for. */
static int printed_way(const block *budget, const block *outcome, size_t i,
                       medel_span off)
{
    const bool plain = holds(off, 1, outcome->net[i], 1, budget->net[i], 1);
    const bool other = holds(off, -1, outcome->net[i], 1, budget->net[i], 1);
    return !off.printed || plain == other ? 0 : plain ? 1 : -1;
}

/* One that is alone among its likes, or that its row's arithmetic does not settle, is
   printed as most are: a misprint is not read as another way to print.  An income among
   costs without minus is alone, too, but its figures stand as those of most rows do. */
static void apply_deviations(const block *b, const column_signs *signs,
                             const block *outcome, const column_signs *net)
{
    int ways[ROW_CLASSES][2] = { { 0 } }, all[2] = { 0 }, prints = 0;
    const medel_table_column *off = outcome->deviation;
    for (size_t i = 0; i < b->n; i++) {
        int sign = deviation_sign_of(b, signs, outcome, net, i, span_at(b->t, i, off));
        prints += printed_way(b, outcome, i, span_at(b->t, i, off));
        if (sign) {
            ways[outcome->class_of[i]][sign < 0]++;
            all[sign < 0]++;
        }
    }
    for (size_t i = 0; i < b->n; i++) {
        int sign = deviation_sign_of(b, signs, outcome, net, i, span_at(b->t, i, off));
        const int *likes = ways[outcome->class_of[i]];
        const int *most = likes[0] != likes[1] ? likes : all;
        bool alone = sign
                     && ((likes[sign < 0] == 1 && likes[sign > 0] > 2)
                         || (all[sign < 0] == 1 && all[sign > 0] > 3))
                     && printed_way(b, outcome, i, span_at(b->t, i, off)) * prints <= 0;
        if (sign == 0 || alone)
            sign = most[1] > most[0] ? -1 : 1;
        apply(cell(b->t, i, off), sign);
    }
}

/* The budget of a year beside its outcome; a deviation says how each row's is printed. */
static void apply_plan(medel_table *t, const block *outcome, const column_signs *net,
                       const convention *way, medel_variant variant)
{
    block b;
    column_signs signs;
    read_block(&b, t, outcome->year, variant);
    if (!any(&b, b.net) && !any(&b, b.cost))
        return;
    const medel_table_column *off = outcome->deviation,
                             *plan = medel_find_column(t, "netto", b.year, variant);
    if (any(&b, b.cost)) {
        reading r = read_best(&b, cost_mixed(outcome), way);
        apply_block(&b, &r.cost, &r.net);
        signs = r.net;
    } else {
        read_alone(&b, net, NULL, &signs);
        bool turned =
            variant == MEDEL_VARIANT_BUDGET && budget_turned(&b, &signs, outcome, net);
        for (size_t i = 0; i < b.n; i++) {
            if (turned)
                signs.row[i] = (int8_t)-signs.row[i];
            medel_span deviation = span_at(t, i, off);
            int ignored;
            if (variant == MEDEL_VARIANT_BUDGET)
                signs.row[i] = (int8_t)budget_sign(b.net[i], outcome->net[i], net->row[i],
                                                   deviation, signs.row[i], &ignored);
            apply(cell(t, i, plan), signs.row[i]);
        }
    }
    if (variant == MEDEL_VARIANT_BUDGET)
        apply_deviations(&b, &signs, outcome, net);
}

/* Rows whose own arithmetic tells how they are printed. */
static unsigned settled(const block *b)
{
    unsigned n = 0;
    for (size_t i = 0; i < b->n; i++)
        n += allowed(b->income[i], b->cost[i], b->net[i]) != 15;
    return n;
}

/* How a year was read, and whether by its costs and incomes. */
typedef struct year_signs {
    column_signs net;
    convention way;
    bool by_costs;
} year_signs;

static void normalise_year(medel_table *t, const block *b, const block *other,
                           const year_signs *sister, year_signs *out)
{
    column_signs cost;
    block plan;
    read_block(&plan, t, b->year, MEDEL_VARIANT_BUDGET);
    out->by_costs = any(b, b->cost);
    if (out->by_costs) {
        reading r;
        const convention *beside = sister && sister->by_costs ? &sister->way : NULL;
        if (!beside && any(&plan, plan.cost) && settled(&plan) > settled(b)) {
            r = read_best(&plan, other && cost_mixed(other), NULL);
            out->way = r.way;
            beside = &out->way;
        }
        r = read_best(b, other && cost_mixed(other), beside);
        cost = r.cost;
        out->net = r.net;
        out->way = r.way;
    } else {
        for (size_t i = 0; i < b->n; i++)
            cost.row[i] = 1;
        read_alone(b, sister ? &sister->net : NULL, &plan, &out->net);
    }
    const convention *way = out->by_costs ? &out->way : NULL;
    apply_block(b, &cost, &out->net);
    apply_plan(t, b, &out->net, way, MEDEL_VARIANT_BUDGET);
    apply_plan(t, b, &out->net, way, MEDEL_VARIANT_PROGNOS);
}

static bool deviates(const block *b)
{
    bool is = false;
    for (size_t i = 0; i < b->n; i++)
        is |= span_at(b->t, i, b->deviation).printed;
    return is;
}

static bool says_more(const block *a, const block *b)
{
    bool costs = any(a, a->cost), other = any(b, b->cost);
    return costs != other ? costs
           : costs        ? settled(a) > settled(b)
                          : deviates(a) && !deviates(b);
}

/* ---- a table of years ---- */

static bool is_cost(const medel_table_row *row)
{
    return medel_same(row->spec->balance, "cost");
}

/* How many more of a column's sums fail if a row is turned? */
static int turning(medel_table *t, size_t row, const medel_table_column *c)
{
    block b = { .t = t, .n = t->nrows < MAX_ROWS ? t->nrows : MAX_ROWS };
    column_signs signs;
    sums s;
    if (row >= b.n)
        return 0;
    for (size_t i = 0; i < b.n; i++) {
        signs.row[i] = 1;
        b.net[i] = value_at(t, i, c);
    }
    add_up(&b, b.net, &signs, &s);
    return (int)failing_without(&b, b.net, &signs, &s, row, s.failing) - (int)s.failing;
}

/* A table of years whose costs all stand with the other sign prints them so; of one cost
   the column's sums say it. */
static void turn_costs(medel_table *t)
{
    int sign = 0;
    size_t turned = 0, row = 0, column = 0;
    for (size_t i = 0; i < t->nrows; i++) {
        for (size_t k = 0; is_cost(&t->rows[i]) && k < t->ncolumns; k++) {
            const medel_fact *f = cell(t, i, &t->columns[k]);
            if (!f || f->printed.value.num == 0)
                continue;
            if ((f->printed.value.num < 0) == (f->spec->sign > 0))
                return;
            sign = f->spec->sign;
            row = i;
            column = k;
            turned++;
        }
    }
    if (turned == 0 || (turned == 1 && turning(t, row, &t->columns[column]) >= 0))
        return;
    t->cost_sign = -sign;
    for (size_t i = 0; i < t->nrows; i++) {
        for (size_t k = 0; is_cost(&t->rows[i]) && k < t->ncolumns; k++)
            apply(cell(t, i, &t->columns[k]), -1);
    }
}

/* Is any cost of the table printed with minus? */
static bool costs_have_minus(medel_table *t)
{
    bool any_minus = false;
    for (size_t i = 0; i < t->nrows; i++) {
        for (size_t k = 0; is_cost(&t->rows[i]) && k < t->ncolumns; k++) {
            const medel_fact *f = cell(t, i, &t->columns[k]);
            any_minus |= f && f->printed.value.num < 0;
        }
    }
    return any_minus;
}

/* A nettokostnad is a cost by its name, and stands without minus where costs do: if a
   column's sums want it turned, and no column's want it as it is. */
static void turn_net_costs(medel_table *t)
{
    for (size_t i = 0; i < t->nrows; i++) {
        bool wanted = false, refuted = false;
        if (is_cost(&t->rows[i]) || !t->rows[i].label
            || !strstr(t->rows[i].label, "ettokostnad"))
            continue;
        for (size_t k = 0; k < t->ncolumns; k++) {
            const int turned = turning(t, i, &t->columns[k]);
            wanted |= turned < 0;
            refuted |= turned > 0;
        }
        for (size_t k = 0; wanted && !refuted && k < t->ncolumns; k++)
            apply(cell(t, i, &t->columns[k]), -1);
    }
}

void medel_signs_normalise(medel_table *t)
{
    int years[8];
    block blocks[2];
    year_signs net[2];
    size_t n = 0;
    if (t->spec->by_year && !t->cost_sign)
        turn_costs(t);
    if (t->spec->by_year && !costs_have_minus(t))
        turn_net_costs(t);
    if (t->spec->by_year || !t->spec->sign_rule)
        return;
    for (size_t i = 0; i < t->ncolumns && n < 2; i++) {
        bool known = false;
        for (size_t k = 0; k < n; k++)
            known |= years[k] == t->columns[i].year;
        if (!known)
            years[n++] = t->columns[i].year;
    }
    for (size_t k = 0; k < n; k++)
        read_block(&blocks[k], t, years[k], MEDEL_VARIANT_UTFALL);
    /* The year that says most of its signs first, by costs or by avvikelser: the other is
       read by its signs. */
    bool second_first = n == 2 && says_more(&blocks[1], &blocks[0]);
    for (size_t k = 0; k < n; k++) {
        size_t at = second_first ? 1 - k : k, beside = 1 - at;
        normalise_year(t, &blocks[at], n == 2 ? &blocks[beside] : NULL,
                       k > 0 ? &net[beside] : NULL, &net[at]);
    }
}

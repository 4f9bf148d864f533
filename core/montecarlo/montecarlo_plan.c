/*
 * montecarlo_plan.c - a Monte Carlo model checked, and made into the kernel's plan.
 */
#include "montecarlo.h"
#include "random.h"

#include <math.h>

static const char *const input_names[MEDEL_MC_INPUTS] = { "allocation", "realisation",
                                                          "timing", "index" };
/* Beyond these no figure means anything, and doubles could run out of range. */
static const double input_limits[MEDEL_MC_INPUTS] = { 1000.0, 1000.0, 1200.0, 1.0 };

const char *medel_mc_input_name(medel_mc_input i)
{
    return i >= 0 && i < MEDEL_MC_INPUTS ? input_names[i] : "unknown";
}

/* ---- checks ---- */

static medel_status check_number(const char *input, const char *name, double x,
                                 double limit, medel_error *err)
{
    if (!isfinite(x))
        return medel_fail(err, MEDEL_E_DOMAIN, "%s: %s is not a finite number", input,
                          name);
    if (x < -limit || x > limit)
        return medel_fail(err, MEDEL_E_LIMIT, "%s: %s is %g; at most %g is allowed",
                          input, name, x, limit);
    return MEDEL_OK;
}

static medel_status check_empirical(const char *input, const medel_mc_distribution *d,
                                    double limit, medel_error *err)
{
    double sum = 0.0;
    if (d->count == 0 || !d->values)
        return medel_fail(err, MEDEL_E_DOMAIN, "%s: there are no values", input);
    if (d->count > MEDEL_MC_MAX_VALUES)
        return medel_fail(err, MEDEL_E_LIMIT, "%s: %zu values; at most %d are allowed",
                          input, d->count, (int)MEDEL_MC_MAX_VALUES);
    for (size_t i = 0; i < d->count; i++) {
        double weight = d->weights ? d->weights[i] : 1.0;
        medel_status st = check_number(input, "a value", d->values[i], limit, err);
        if (st == MEDEL_OK)
            st = check_number(input, "a weight", weight, 1e12, err);
        if (st != MEDEL_OK)
            return st;
        if (weight < 0.0)
            return medel_fail(err, MEDEL_E_DOMAIN, "%s: weight %zu is negative (%g)",
                              input, i + 1, weight);
        sum += weight;
    }
    if (!(sum > 1e-12))
        return medel_fail(err, MEDEL_E_DOMAIN, "%s: the weights add up to nothing",
                          input);
    return MEDEL_OK;
}

static medel_status check_range(const char *input, const medel_mc_distribution *d,
                                double limit, medel_error *err)
{
    double mode = d->kind == MEDEL_MC_TRIANGULAR ? d->mode : d->low;
    medel_status st = check_number(input, "low", d->low, limit, err);
    if (st == MEDEL_OK)
        st = check_number(input, "mode", mode, limit, err);
    if (st == MEDEL_OK)
        st = check_number(input, "high", d->high, limit, err);
    if (st == MEDEL_OK && (d->low > mode || mode > d->high))
        st = medel_fail(err, MEDEL_E_DOMAIN, "%s: low, mode and high are not in order",
                        input);
    return st;
}

static medel_status check_distribution(medel_mc_input i, const medel_mc_distribution *d,
                                       medel_error *err)
{
    const char *input = input_names[i];
    double limit = input_limits[i];
    medel_status st;
    switch (d->kind) {
    case MEDEL_MC_FIXED: return check_number(input, "mean", d->mean, limit, err);
    case MEDEL_MC_NORMAL:
        st = check_number(input, "mean", d->mean, limit, err);
        if (st == MEDEL_OK)
            st = check_number(input, "sd", d->sd, limit, err);
        if (st == MEDEL_OK && d->sd < 0.0)
            st = medel_fail(err, MEDEL_E_DOMAIN, "%s: sd is negative (%g)", input, d->sd);
        return st;
    case MEDEL_MC_UNIFORM:
    case MEDEL_MC_TRIANGULAR: return check_range(input, d, limit, err);
    case MEDEL_MC_EMPIRICAL: return check_empirical(input, d, limit, err);
    }
    return medel_fail(err, MEDEL_E_DOMAIN, "%s: no such distribution", input);
}

static medel_status check_amount(const char *what, size_t i, int64_t amount,
                                 medel_error *err)
{
    if (amount < -MEDEL_MC_MAX_AMOUNT || amount > MEDEL_MC_MAX_AMOUNT)
        return medel_fail(err, MEDEL_E_LIMIT, "%s %zu: an amount above 100 mdkr", what,
                          i + 1);
    return MEDEL_OK;
}

static medel_status check_year(const medel_mc_year *y, size_t i, medel_error *err)
{
    medel_status st = check_amount("year", i, y->allocation, err);
    if (st == MEDEL_OK)
        st = check_amount("year", i, y->other, err);
    if (st == MEDEL_OK)
        st = check_amount("year", i, y->cash, err);
    if (st == MEDEL_OK && y->allocation < 0)
        st = medel_fail(err, MEDEL_E_DOMAIN, "year %zu: the allocation is negative",
                        i + 1);
    if (st == MEDEL_OK)
        st = check_number("finansnetto", "rate", y->rate, 1.0, err);
    if (st == MEDEL_OK)
        st = check_number("costs", "more", y->more, 1e6, err);
    if (st == MEDEL_OK)
        st = check_number("costs", "rest", y->rest, (double)MEDEL_MC_MAX_AMOUNT, err);
    return st;
}

static medel_status check_block(const medel_mc_block *b, size_t i, medel_error *err)
{
    medel_status st = check_amount("block", i, b->before, err);
    if (st == MEDEL_OK)
        st = check_amount("block", i, b->after, err);
    if (st == MEDEL_OK)
        st = check_amount("block", i, b->once, err);
    if (st == MEDEL_OK && !(b->month >= 0.0 && b->month <= 1e6))
        st = medel_fail(err, MEDEL_E_DOMAIN,
                        "block %zu: its month of change is not 0 or later", i + 1);
    return st;
}

static medel_status check_steps(const medel_mc_model *m, medel_error *err)
{
    int64_t from = 0;
    if (m->nsteps > MEDEL_MC_MAX_STEPS)
        return medel_fail(err, MEDEL_E_LIMIT, "a guideline of %zu steps; at most %d",
                          m->nsteps, (int)MEDEL_MC_MAX_STEPS);
    for (size_t i = 0; i < m->nsteps; i++) {
        medel_status st = check_number("guideline", "rate", m->steps[i].rate, 100.0, err);
        if (st != MEDEL_OK)
            return st;
        if (i + 1 == m->nsteps)
            break;
        if (m->steps[i].upper <= from)
            return medel_fail(err, MEDEL_E_DOMAIN, "the guideline's steps do not rise");
        from = m->steps[i].upper;
    }
    return MEDEL_OK;
}

/* Lower triangular l with l l' = a; false if a is not positive definite. */
static bool cholesky(double l[MEDEL_MC_INPUTS][MEDEL_MC_INPUTS],
                     double a[MEDEL_MC_INPUTS][MEDEL_MC_INPUTS], size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = a[i][j];
            for (size_t k = 0; k < j; k++)
                sum -= l[i][k] * l[j][k];
            if (i == j && !(sum > 1e-12))
                return false;
            l[i][j] = i == j ? MEDEL_SQRT(sum) : sum / l[j][j];
        }
    return true;
}

static medel_status check_correlation(const medel_mc_model *m, medel_error *err)
{
    double a[MEDEL_MC_INPUTS][MEDEL_MC_INPUTS], l[MEDEL_MC_INPUTS][MEDEL_MC_INPUTS];
    if (!m->correlation)
        return MEDEL_OK;
    for (size_t i = 0; i < MEDEL_MC_INPUTS; i++)
        for (size_t j = 0; j < MEDEL_MC_INPUTS; j++) {
            double r = a[i][j] = m->correlation[i][j], s = m->correlation[j][i];
            if (!(r >= -1.0 && r <= 1.0))
                return medel_fail(err, MEDEL_E_DOMAIN,
                                  "correlation of %s and %s is not from -1 to 1",
                                  input_names[i], input_names[j]);
            if (i == j ? r < 1.0 : r < s || r > s)
                return medel_fail(err, MEDEL_E_DOMAIN,
                                  i == j ? "correlation of %s with itself is not 1"
                                         : "correlation of %s and %s is not symmetric",
                                  input_names[i], input_names[j]);
        }
    if (!cholesky(l, a, MEDEL_MC_INPUTS))
        return medel_fail(err, MEDEL_E_DOMAIN,
                          "correlation: not positive definite: no "
                          "inputs can be correlated like this");
    return MEDEL_OK;
}

static medel_status check_sizes(const medel_mc_model *m, const medel_mc_options *o,
                                medel_error *err)
{
    if (o->paths == 0 || m->nyears == 0)
        return medel_fail(err, MEDEL_E_DOMAIN, "no %s", m->nyears ? "paths" : "years");
    if (o->paths > MEDEL_MC_MAX_PATHS)
        return medel_fail(err, MEDEL_E_LIMIT, "%zu paths; at most %d are allowed",
                          o->paths, (int)MEDEL_MC_MAX_PATHS);
    if (m->nyears > MEDEL_MC_MAX_YEARS)
        return medel_fail(err, MEDEL_E_LIMIT, "%zu years; at most %d are allowed",
                          m->nyears, (int)MEDEL_MC_MAX_YEARS);
    if (m->nblocks > MEDEL_MC_MAX_BLOCKS)
        return medel_fail(err, MEDEL_E_LIMIT, "%zu cost blocks; at most %d are allowed",
                          m->nblocks, (int)MEDEL_MC_MAX_BLOCKS);
    if (o->threads > MEDEL_MC_MAX_THREADS)
        return medel_fail(err, MEDEL_E_LIMIT, "%u threads; at most %d are allowed",
                          o->threads, (int)MEDEL_MC_MAX_THREADS);
    return MEDEL_OK;
}

medel_status medel_mc_check(const medel_mc_model *m, const medel_mc_options *o,
                            medel_error *err)
{
    medel_status st = check_sizes(m, o, err);
    if (st == MEDEL_OK
        && (check_amount("", 0, m->equity, NULL) != MEDEL_OK
            || check_amount("", 0, m->cash, NULL) != MEDEL_OK))
        st = medel_fail(err, MEDEL_E_LIMIT, "the start has an amount above 100 mdkr");
    for (size_t i = 0; st == MEDEL_OK && i < m->nyears; i++)
        st = check_year(&m->years[i], i, err);
    for (size_t i = 0; st == MEDEL_OK && i < m->nblocks; i++)
        st = check_block(&m->blocks[i], i, err);
    if (st == MEDEL_OK)
        st = check_steps(m, err);
    for (size_t i = 0; st == MEDEL_OK && i < MEDEL_MC_INPUTS; i++)
        st = check_distribution((medel_mc_input)i, &m->inputs[i], err);
    return st == MEDEL_OK ? check_correlation(m, err) : st;
}

/* ---- inputs ---- */

static void fix_input(medel_mc_plan_input *in, double value)
{
    in->kind = MEDEL_MC_FIXED;
    in->mean = value;
}

/* Rising values, and the share that is below each; what has no weight is left out. */
static void plan_empirical(medel_mc_plan_input *in, const medel_mc_distribution *d)
{
    double weights[MEDEL_MC_MAX_VALUES], sum = 0.0;
    for (size_t i = 0; i < d->count; i++) {
        double value = d->values[i], weight = d->weights ? d->weights[i] : 1.0;
        size_t at = in->count;
        if (!(weight > 0.0))
            continue;
        for (; at > 0 && in->values[at - 1] > value; at--) {
            in->values[at] = in->values[at - 1];
            weights[at] = weights[at - 1];
        }
        in->values[at] = value;
        weights[at] = weight;
        in->count++;
    }
    for (size_t i = 0; i < in->count; i++) {
        in->above[i] = sum;
        sum += weights[i];
    }
    for (size_t i = 0; i < in->count; i++)
        in->above[i] /= sum;
    if (!(in->values[0] < in->values[in->count - 1]))
        fix_input(in, in->values[0]);
}

static void plan_range(medel_mc_plan_input *in, const medel_mc_distribution *d)
{
    double width = d->high - d->low;
    in->low = d->low;
    in->high = d->high;
    if (!(width > 0.0)) {
        fix_input(in, d->low);
    } else if (d->kind == MEDEL_MC_TRIANGULAR) {
        in->below = (d->mode - d->low) / width;
        in->left = width * (d->mode - d->low);
        in->right = width * (d->high - d->mode);
    }
}

static void plan_input(medel_mc_plan_input *in, const medel_mc_distribution *d,
                       bool timing)
{
    in->kind = d->kind;
    in->once = timing || d->once;
    switch (d->kind) {
    case MEDEL_MC_FIXED: fix_input(in, d->mean); break;
    case MEDEL_MC_NORMAL:
        in->mean = d->mean;
        in->sd = d->sd;
        if (!(d->sd > 0.0))
            fix_input(in, d->mean);
        break;
    case MEDEL_MC_UNIFORM:
    case MEDEL_MC_TRIANGULAR: plan_range(in, d); break;
    case MEDEL_MC_EMPIRICAL: plan_empirical(in, d); break;
    }
}

/* What is drawn once comes first, so that it can be known before the first year. */
static size_t drawn_order(const medel_mc_plan *p, size_t order[MEDEL_MC_INPUTS])
{
    size_t n = 0;
    for (int yearly = 0; yearly < 2; yearly++)
        for (size_t v = 0; v < MEDEL_MC_INPUTS; v++)
            if (p->inputs[v].kind != MEDEL_MC_FIXED && p->inputs[v].once == !yearly)
                order[n++] = v;
    return n;
}

static void plan_sources(medel_mc_plan *p, const medel_mc_model *m)
{
    double a[MEDEL_MC_INPUTS][MEDEL_MC_INPUTS], l[MEDEL_MC_INPUTS][MEDEL_MC_INPUTS];
    size_t order[MEDEL_MC_INPUTS], n = drawn_order(p, order);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            a[i][j] = m->correlation ? m->correlation[order[i]][order[j]]
                                     : (i == j ? 1.0 : 0.0);
    if (!cholesky(l, a, n)) /* a part of a definite matrix is one, too */
        return;
    for (size_t i = 0; i < n; i++) {
        medel_mc_plan_input *in = &p->inputs[order[i]];
        for (size_t j = 0; j <= i; j++)
            if (l[i][j] < 0.0 || l[i][j] > 0.0) {
                in->source[in->nsources] = (uint8_t)order[j];
                in->weight[in->nsources++] = l[i][j];
            }
        in->direct = in->nsources == 1 && in->kind != MEDEL_MC_NORMAL;
        for (size_t j = 0; !in->direct && j < in->nsources; j++)
            p->inputs[in->source[j]].is_source = true;
        p->draws_once |= in->once;
        p->draws_yearly |= !in->once;
    }
}

/* ---- the planned path ---- */

double medel_mc_block_cost(const medel_mc_block *b, double month, size_t t)
{
    double at = month > 0.0 ? month : 0.0;
    double start = 12.0 * (double)t, old = at - start;
    old = old < 0.0 ? 0.0 : old < 12.0 ? old : 12.0;
    double cost = ((double)b->before * old + (double)b->after * (12.0 - old)) / 12.0;
    return b->once != 0 && at >= start && at < start + 12.0 ? cost + (double)b->once
                                                            : cost;
}

/* A block that nothing moves is the same on every path. */
static void add_firm(medel_mc_plan *p, const medel_mc_block *b, double month)
{
    for (size_t t = 0; t < p->nyears; t++)
        p->years[t].cost += medel_mc_block_cost(b, month, t);
}

static void add_moving(medel_mc_plan *p, const medel_mc_block *b)
{
    size_t g = 0;
    while (g < p->ngroups
           && (p->groups[g].month < b->month || p->groups[g].month > b->month))
        g++;
    if (g == p->ngroups)
        p->groups[p->ngroups++].month = b->month;
    p->groups[g].monthly += (double)(b->before - b->after) / 12.0;
    p->groups[g].once += (double)b->once;
    for (size_t t = 0; t < p->nyears; t++)
        p->years[t].cost += (double)b->after;
}

static void plan_blocks(medel_mc_plan *p, const medel_mc_model *m)
{
    const medel_mc_plan_input *timing = &p->inputs[MEDEL_MC_TIMING];
    for (size_t i = 0; i < m->nblocks; i++) {
        const medel_mc_block *b = &m->blocks[i];
        if (b->firm || (b->before == b->after && b->once == 0))
            add_firm(p, b, b->month);
        else if (timing->kind == MEDEL_MC_FIXED)
            add_firm(p, b, b->month + timing->mean);
        else
            add_moving(p, b);
    }
    for (size_t t = 0; t < p->nyears; t++)
        p->years[t].cost *= p->years[t].scale;
}

/* cash_t = cash_{t-1} + net + rate*(cash_{t-1} + cash_t)/2, solved for cash_t. */
static void plan_years(medel_mc_plan *p, const medel_mc_model *m)
{
    double offset = p->equity - p->cash, unshift = 1.0;
    for (size_t t = 0; t < p->nyears; t++) {
        const medel_mc_year *y = &m->years[t];
        medel_mc_plan_year *out = &p->years[t];
        out->allocation = (double)y->allocation;
        out->scale = 1.0 + y->more;
        out->planned = (double)y->planned;
        out->other = (double)y->other - y->rest;
        out->cash = (double)y->cash;
        out->grow = 1.0 + y->rate / 2.0;
        out->divide = 1.0 / (1.0 - y->rate / 2.0);
        offset -= out->cash;
        out->offset = offset;
        unshift /= out->grow * out->divide;
        out->unshift = unshift;
    }
}

/* A stair as ramps: from each step's start on, the change of the marginal rate. */
static void plan_steps(medel_mc_plan *p, const medel_mc_model *m)
{
    p->nsteps = m->nsteps;
    for (size_t k = 0; k < m->nsteps; k++) {
        p->step_from[k] = k ? (double)m->steps[k - 1].upper : 0.0;
        p->step_rate[k] = m->steps[k].rate - (k ? m->steps[k - 1].rate : 0.0);
    }
}

void medel_mc_plan_make(medel_mc_plan *p, medel_arena *a, const medel_mc_model *m,
                        const medel_mc_options *o)
{
    p->key[0] = (uint32_t)o->seed;
    p->key[1] = (uint32_t)(o->seed >> 32);
    p->paths = (uint32_t)o->paths;
    p->nyears = m->nyears;
    p->equity = (double)m->equity;
    p->cash = (double)m->cash;
    p->years = MEDEL_NEW(a, medel_mc_plan_year, m->nyears);
    p->rows = MEDEL_NEW(a, medel_mc_row, m->nyears + 1);
    p->groups = MEDEL_NEW(a, medel_mc_group, m->nblocks + 1);
    for (size_t i = 0; i < MEDEL_MC_INPUTS; i++)
        plan_input(&p->inputs[i], &m->inputs[i], i == MEDEL_MC_TIMING);
    plan_sources(p, m);
    p->scores = medel_arena_get(a, MEDEL_SCORE_ROWS * 4 * sizeof *p->scores);
    medel_score_table(p->scores);
    plan_years(p, m);
    plan_blocks(p, m);
    plan_steps(p, m);
}

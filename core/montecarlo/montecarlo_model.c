/*
 * montecarlo_model.c - a projection's planned path as a Monte Carlo model.
 *
 * A decided change of level is a block of its own, from its month on, which a draw of
 * timing moves, and so is a one-off cost.  Planned index and realisation are a share of
 * the year: they hold from January and are never late.  What is left between these and
 * the projection's whole kronor stands beside them, so that the path as planned is the
 * projection's to the öre.
 */
#include "montecarlo.h"
#include "projection.h"

typedef struct model_box {
    medel_mc_model model; /* first: the box is what the caller holds */
    medel_arena arena;
} model_box;

typedef struct maker {
    const medel_projection *p;
    medel_arena *a;
    medel_array blocks; /* of medel_mc_block */
    double *price;      /* by year: the planned index of all years so far */
    medel_mc_year *years;
    medel_error *err;
} maker;

static double real(const medel_node *n)
{
    return (double)n->quantity.value.num / (double)n->quantity.value.den;
}

/* Whole öre, half away from zero; beyond what a model may hold it is refused later. */
static int64_t ore(double x)
{
    const double most = 2.0 * (double)MEDEL_MC_MAX_AMOUNT;
    x = x > most ? most : x < -most ? -most : x;
    return (int64_t)(x < 0.0 ? x - 0.5 : x + 0.5);
}

static const medel_year *planned_year(const maker *m, size_t t)
{
    return &m->p->years[t + 1];
}

static double figure(const medel_year *y, medel_figure_id id)
{
    return real(y->figure[id]);
}

/* ---- costs ---- */

static medel_status find_prices(maker *m, size_t n)
{
    double price = 1.0;
    for (size_t t = 0; t < n; t++) {
        const medel_year *y = planned_year(m, t);
        price *= 1.0 + real(y->index);
        if (!(price > 1e-6 && price < 1e6))
            return medel_fail(m->err, MEDEL_E_DOMAIN,
                              "the index takes prices out of range in year %zu", t + 1);
        m->price[t] = price;
        m->years[t].more = price * real(y->realisation) - 1.0;
    }
    return MEDEL_OK;
}

/* One block for all that changes in the same month. */
static void add_block(maker *m, double before, double after, size_t month)
{
    const medel_mc_block b = { .before = ore(before),
                               .after = ore(after),
                               .month = (double)month };
    if (b.before != 0 || b.after != 0)
        *MEDEL_PUSH(m->a, &m->blocks, medel_mc_block) = b;
}

/* What a function of the scenario's own gives of a cost is a level for the year: what it
   changes from the year before comes with January, and late as other changes do. */
static void add_given(maker *m, size_t series, double *moved, size_t nyears)
{
    double before = real(m->p->years[0].block[series]);
    for (size_t t = 0; t < nyears; t++) {
        const double now = real(planned_year(m, t)->planned[series]) / m->price[t];
        moved[12 * t] += now - before;
        before = now;
    }
}

/* What is paid once moves like the rest, in a month that may be later than decided. */
static void add_one_offs(maker *m, size_t t)
{
    const medel_year *y = planned_year(m, t);
    for (size_t k = 0; k < 12; k++) {
        const medel_mc_block b = { .once = ore((double)y->one_offs[k]
                                               / (1.0 + m->years[t].more)),
                                   .month = (double)(12 * t + k) };
        if (b.once != 0)
            *MEDEL_PUSH(m->a, &m->blocks, medel_mc_block) = b;
    }
}

static void add_blocks(maker *m, size_t nyears)
{
    const medel_projection *p = m->p;
    const medel_cost_step *steps = p->steps.data;
    double *moved = MEDEL_NEW(m->a, double, 12 * nyears), level = 0.0;
    for (size_t i = 0; i < p->nseries; i++) {
        if (p->series[i].driver != MEDEL_DRIVE_COST)
            continue;
        level += real(p->years[0].block[i]);
        if (p->series[i].replaced)
            add_given(m, i, moved, nyears);
    }
    for (size_t k = 0; k < p->steps.count; k++) {
        const double by = real(steps[k].after) - real(steps[k].before);
        if (!p->series[steps[k].series].replaced)
            moved[steps[k].at] += by / m->price[steps[k].at / 12];
    }
    add_block(m, level, level, 0);
    for (size_t k = 0; k < 12 * nyears; k++)
        add_block(m, 0.0, moved[k], k);
    for (size_t t = 0; t < nyears; t++)
        add_one_offs(m, t);
}

/* ---- years ---- */

static void fill_year(maker *m, size_t t)
{
    const medel_year *y = planned_year(m, t), *before = y - 1;
    const medel_mc_block *blocks = m->blocks.data;
    medel_mc_year *out = &m->years[t];
    const double interest = figure(y, MEDEL_FIG_FINANSNETTO);
    const double mean =
        (figure(before, MEDEL_FIG_KASSA) + figure(y, MEDEL_FIG_KASSA)) / 2.0;
    double cost = 0.0;
    for (size_t i = 0; i < m->blocks.count; i++)
        cost += medel_mc_block_cost(&blocks[i], blocks[i].month, t);
    out->allocation = ore(figure(y, MEDEL_FIG_MEDLEMSBIDRAG));
    out->other =
        ore(figure(y, MEDEL_FIG_OVRIGA_INTAKTER) - figure(y, MEDEL_FIG_AVSKRIVNINGAR));
    out->cash = ore(figure(y, MEDEL_FIG_KASSAFLODE) - figure(y, MEDEL_FIG_RESULTAT));
    out->planned = ore(figure(y, MEDEL_FIG_EGET_KAPITAL));
    out->rate = y->own_interest ? 0.0 : real(y->rate);
    out->rest = figure(y, MEDEL_FIG_KOSTNADER) - cost * (1.0 + out->more)
                - (interest - out->rate * mean);
}

/* The stair behind the guideline, which must be the same in all years. */
static const medel_parameter_value *find_stair(const maker *m, size_t nyears)
{
    const medel_parameter_value *stair = NULL;
    for (size_t t = 0; t < nyears; t++) {
        const medel_node *n = planned_year(m, t)->figure[MEDEL_FIG_RIKTLINJE];
        const medel_parameter_value *v = n ? n->fact->derivation->parameter : NULL;
        if (!v || (stair && v != stair))
            return NULL;
        stair = v;
    }
    return stair;
}

static double share(const medel_quantity *q)
{
    return (double)q->value.num / (double)q->value.den;
}

static medel_status find_steps(maker *m, medel_mc_model *model, size_t nyears)
{
    const medel_parameter_value *v = find_stair(m, nyears);
    if (!v)
        return medel_fail(m->err, MEDEL_E_DOMAIN,
                          "no one guideline for eget kapital is in force in all years: "
                          "nothing to count the paths against");
    model->nsteps = v->has_steps ? v->nsteps : 1;
    medel_mc_step *steps = MEDEL_NEW(m->a, medel_mc_step, model->nsteps);
    steps[0].rate = share(&v->value);
    for (size_t i = 0; v->has_steps && i < v->nsteps; i++)
        steps[i] = (medel_mc_step){ v->steps[i].open ? 0 : ore(share(&v->steps[i].upper)),
                                    share(&v->steps[i].rate) };
    model->steps = steps;
    return MEDEL_OK;
}

static medel_status make(medel_mc_model *model, maker *m)
{
    const medel_projection *p = m->p;
    const size_t n = p->nyears - 1;
    m->years = MEDEL_NEW(m->a, medel_mc_year, n);
    m->price = MEDEL_NEW(m->a, double, n);
    medel_status st = find_prices(m, n);
    if (st == MEDEL_OK)
        st = find_steps(m, model, n);
    if (st != MEDEL_OK)
        return st;
    add_blocks(m, n);
    for (size_t t = 0; t < n; t++)
        fill_year(m, t);
    model->equity = ore(figure(&p->years[0], MEDEL_FIG_EGET_KAPITAL));
    model->cash = ore(figure(&p->years[0], MEDEL_FIG_KASSA));
    model->years = m->years;
    model->nyears = n;
    model->blocks = m->blocks.data;
    model->nblocks = m->blocks.count;
    for (size_t i = 0; i < MEDEL_MC_INPUTS; i++) {
        model->inputs[i].kind = MEDEL_MC_FIXED;
        model->inputs[i].mean = i == MEDEL_MC_REALISATION;
    }
    return MEDEL_OK;
}

medel_status medel_mc_model_new(medel_mc_model **out, const medel_projection *p,
                                const medel_allocator *allocator, medel_error *err)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_ERR(err, out, p);
    medel_arena arena;
    jmp_buf oom;
    medel_arena_init(&arena, allocator);
    model_box *box = medel_arena_try(&arena, sizeof *box);
    if (!box)
        return medel_fail(err, MEDEL_E_NOMEM, "not enough memory");
    box->arena = arena;
    box->arena.oom = &oom;
    if (setjmp(oom)) {
        medel_mc_model_free(&box->model);
        return medel_fail(err, MEDEL_E_NOMEM, "not enough memory");
    }
    maker m = { .p = p, .a = &box->arena, .err = err };
    medel_status st = make(&box->model, &m);
    box->arena.oom = NULL;
    if (st != MEDEL_OK) {
        medel_mc_model_free(&box->model);
        return st;
    }
    *out = &box->model;
    return MEDEL_OK;
}

void medel_mc_model_free(medel_mc_model *m)
{
    if (!m)
        return;
    medel_arena a = ((model_box *)m)->arena;
    medel_arena_free(&a);
}

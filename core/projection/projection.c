/*
 * projection.c - what decisions on a base year lead to, year by year, in exact amounts.
 *
 * A series is a yearly level that decisions change from a month on: a part's
 * contribution, a cost block, a source of income.  A year first lets the levels change,
 * month by month, and then computes its figures from the amounts.  Each figure is a
 * fact node whose derivation leads back to printed figures.
 */
#include "projection.h"

static void fill_blocks(medel_projection *p)
{
    size_t n = 0;
    p->blocks = MEDEL_NEW(&p->arena, medel_block_info, p->nseries + 1);
    p->block_series = MEDEL_NEW(&p->arena, size_t, p->nseries + 1);
    for (size_t i = 0; i < p->nseries; i++) {
        const medel_pj_series *s = &p->series[i];
        if (s->driver != MEDEL_DRIVE_COST && s->driver != MEDEL_DRIVE_INCOME)
            continue;
        p->block_series[n] = i;
        p->blocks[n++] = (medel_block_info){ s->id, s->label, s->group,
                                             s->driver == MEDEL_DRIVE_INCOME };
    }
    p->block_series[n] = SIZE_MAX;
    p->blocks[n++] =
        (medel_block_info){ "engangskostnader", "Engångskostnader",
                            medel_pj_row(p, MEDEL_ROLE_OTHER_OPERATIONS), false };
    p->nblocks = n;
}

static void project(medel_projection *p)
{
    const medel_projection_options *o = &p->options;
    const int base = medel_report_year(p->base);
    if (o->first != base + 1 || o->last < o->first
        || o->last - o->first >= MEDEL_MAX_PROJECTED_YEARS)
        medel_pj_fail(p, MEDEL_E_LIMIT, NULL,
                      "years %d to %d: 1 to %d years from %d, the year after the base",
                      o->first, o->last, MEDEL_MAX_PROJECTED_YEARS, base + 1);
    p->nyears = (size_t)(o->last - o->first) + 2;
    p->years = MEDEL_NEW(&p->arena, medel_year, p->nyears);
    p->series = MEDEL_NEW(&p->arena, medel_pj_series, MEDEL_PJ_MAX_BLOCKS);
    medel_pj_read_base(p);
    medel_pj_read_changes(p);
    p->years[0].block = MEDEL_NEW(&p->arena, const medel_node *, p->nseries);
    for (size_t i = 0; i < p->nseries; i++)
        p->years[0].block[i] = p->series[i].level;
    for (p->now = o->first; p->now <= o->last; p->now++)
        medel_pj_year(p);
    fill_blocks(p);
}

medel_status medel_projection_new(medel_projection **out, const medel_report *base,
                                  const medel_parameters *parameters,
                                  const medel_projection_options *options,
                                  medel_error *err)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_ERR(err, out, base, parameters, options);
    medel_projection *p = medel_object_new(sizeof *p, options->allocator);
    if (!p)
        return medel_fail(err, MEDEL_E_NOMEM, "not enough memory");
    p->base = base;
    p->parameters = parameters;
    p->options = *options;
    p->err = err;
    jmp_buf oom;
    p->arena.oom = &oom;
    int jumped = setjmp(oom);
    if (jumped) {
        medel_status st = jumped == MEDEL_PJ_FAILED
                              ? p->status
                              : medel_fail(err, MEDEL_E_NOMEM, "not enough memory");
        medel_projection_free(p);
        return st;
    }
    project(p);
    p->arena.oom = NULL;
    p->err = NULL;
    p->options.changes = NULL;
    *out = p;
    return MEDEL_OK;
}

MEDEL_FREE(medel_projection_free, medel_projection)

size_t medel_projection_size(const medel_projection *p)
{
    MEDEL_NEEDS_OR(0, p);
    return medel_arena_size(&p->arena);
}

MEDEL_LIST(medel_block_info, medel_projection_blocks, medel_projection, blocks, nblocks)

const medel_year *medel_projection_year(const medel_projection *p, int year)
{
    const int64_t i = (int64_t)year - p->options.first + 1;
    return i >= 0 && (size_t)i < p->nyears ? &p->years[i] : NULL;
}

const medel_node *medel_projection_figure(const medel_projection *p, int year,
                                          medel_figure_id figure)
{
    MEDEL_NEEDS_OR(NULL, p);
    const medel_year *y = medel_projection_year(p, year);
    return y ? y->figure[figure] : NULL;
}

const medel_node *medel_projection_block(const medel_projection *p, int year,
                                         size_t block)
{
    MEDEL_NEEDS_OR(NULL, p);
    const medel_year *y = medel_projection_year(p, year);
    if (!y || block >= p->nblocks)
        return NULL;
    const size_t i = p->block_series[block];
    return i == SIZE_MAX ? y->one_off : y->block[i];
}

bool medel_projection_braked(const medel_projection *p, int year)
{
    MEDEL_NEEDS_OR(false, p);
    const medel_year *y = medel_projection_year(p, year);
    return y && y->braked;
}

/*
 * montecarlo.c - Monte Carlo over a projection: threads, and exact quantiles.
 *
 * Paths are not stored.  A sample of the first paths says about where each quantile will
 * be; then all paths are run, counted against both ends of an interval there, and only
 * the values inside are kept.  With the counts, the order statistic of all paths is one
 * of the kept values, exactly.  Should it not be (once in hundreds of runs), the paths
 * are run again, which draws the same numbers, with wider intervals.  So the result
 * depends on neither the sample nor the intervals.
 */
#include "montecarlo.h"
#include "random.h"

#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>

enum { N = MEDEL_MC_LANES, QUANTILES = MEDEL_MC_QUANTILES };
static const unsigned percents[QUANTILES] = { 5, 25, 50, 75, 95 };
static const unsigned reserve_percent[1] = { 95 };

typedef struct mc_run mc_run;
typedef void (*mc_job)(mc_run *run, medel_mc_lanes *w, size_t item);

struct mc_run {
    medel_arena arena;
    medel_mc_plan *plan;
    const medel_mc_options *options;
    medel_mc_tuning tuning;
    medel_mc_lanes **lanes; /* one for each thread */
    unsigned threads;
    mc_job job;
    size_t items, next;             /* next is shared */
    int stop;                       /* shared */
    uint64_t done, total;           /* for the progress */
    double (*quantiles)[QUANTILES]; /* of each row */
    bool *read;                     /* rows whose quantiles are known */
    double *kept;
    size_t kept_size;
};

/* ---- threads ---- */

static void block_job(mc_run *run, medel_mc_lanes *w, size_t block)
{
    medel_mc_block_run(run->plan, w, block, run->tuning.level);
}

typedef struct mc_worker {
    mc_run *run;
    medel_mc_lanes *lanes;
    bool caller;
} mc_worker;

static void set_stop(mc_run *run)
{
    __atomic_store_n(&run->stop, 1, __ATOMIC_RELAXED);
}

static bool stopped(mc_run *run)
{
    const int *cancel = run->options->cancel;
    if (cancel && __atomic_load_n(cancel, __ATOMIC_RELAXED))
        set_stop(run);
    return __atomic_load_n(&run->stop, __ATOMIC_RELAXED) != 0;
}

/* In a second run, which is rare, progress stands still. */
static void report(mc_run *run, size_t items)
{
    const medel_mc_options *o = run->options;
    uint64_t done = run->done + (uint64_t)items * N;
    done = done < run->total ? done : run->total;
    if (o->progress && !o->progress(o->progress_ud, done, run->total))
        set_stop(run);
}

static void *work(void *arg)
{
    mc_worker *w = arg;
    mc_run *run = w->run;
    for (size_t mine = 1; !stopped(run); mine++) {
        size_t item = __atomic_fetch_add(&run->next, 1, __ATOMIC_RELAXED);
        if (item >= run->items)
            break;
        run->job(run, w->lanes, item);
        if (w->caller && run->job == block_job && mine % 64 == 0)
            report(run, item + 1);
    }
    return NULL;
}

/* Signals are the host's: its handlers run in its own threads. */
static unsigned start_threads(mc_run *run, mc_worker *workers, pthread_t *threads)
{
    unsigned started = 0;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    while (started + 1 < run->threads && started + 1 < run->items
           && pthread_create(&threads[started], NULL, work, &workers[started + 1]) == 0)
        started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/* Do job for items 0 .. items-1, in any order; false if told to stop. */
static bool run_jobs(mc_run *run, mc_job job, size_t items)
{
    mc_worker workers[MEDEL_MC_MAX_THREADS];
    pthread_t threads[MEDEL_MC_MAX_THREADS];
    run->job = job;
    run->items = items;
    run->next = 0;
    for (unsigned i = 0; i < run->threads; i++)
        workers[i] = (mc_worker){ run, run->lanes[i], i == 0 };
    unsigned started = start_threads(run, workers, threads);
    work(&workers[0]);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    return !stopped(run);
}

/* ---- order statistics ---- */

/* What is less than pivot to the front of v[from..to); returns where it ends.  Without a
   branch on the values, which would be guessed wrong half the time. */
static size_t split_less(double *v, size_t from, size_t to, double pivot)
{
    size_t at = from;
    for (size_t i = from; i < to; i++) {
        double x = v[i];
        v[i] = v[at];
        v[at] = x;
        at += x < pivot;
    }
    return at;
}

static size_t split_not_greater(double *v, size_t from, size_t to, double pivot)
{
    size_t at = from;
    for (size_t i = from; i < to; i++) {
        double x = v[i];
        v[i] = v[at];
        v[at] = x;
        at += x <= pivot;
    }
    return at;
}

static double middle(double a, double b, double c)
{
    double low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/* After Floyd and Rivest: a value of a sixteenth of v that is likely to be a little
   beyond the k-th of all, on the side where more are. */
static double choose_pivot(double *v, size_t n, size_t k)
{
    if (n < 1024)
        return middle(v[0], v[n / 2], v[n - 1]);
    size_t part = n / 16, rank = k * part / n, more = (size_t)MEDEL_SQRT((double)part);
    size_t start = k * (n - part) / n;
    if (rank < part / 2)
        rank += more;
    else
        rank -= more < rank ? more : rank;
    return medel_mc_select(v + start, part, rank);
}

double medel_mc_select(double *v, size_t n, size_t k)
{
    size_t from = 0, to = n;
    while (to - from > 1) {
        double pivot = choose_pivot(v + from, to - from, k - from);
        size_t low = split_less(v, from, to, pivot);
        if (k < low) {
            to = low;
            continue;
        }
        from = split_not_greater(v, low, to, pivot);
        if (k < from)
            break;
    }
    return v[k];
}

/* The rank, from 1, of a quantile of n values. */
static size_t rank_of(unsigned percent, size_t n)
{
    return (n * percent + 99) / 100;
}

/* ---- the sample, and where the quantiles are looked for ---- */

static size_t row_percents(const medel_mc_plan *p, size_t r, const unsigned **list)
{
    *list = r < p->nyears ? percents : reserve_percent;
    return r < p->nyears ? QUANTILES : 1;
}

static void sample_quantiles(mc_run *run, size_t r)
{
    const unsigned *list;
    size_t n = run->plan->sampled, count = row_percents(run->plan, r, &list), from = 0;
    double *v = run->plan->sample + r * n;
    for (size_t q = 0; q < count; q++) {
        size_t k = rank_of(list[q], n) - 1;
        run->quantiles[r][q] = medel_mc_select(v + from, n - from, k - from);
        from = k;
    }
    run->read[r] = true;
}

/* So many of the sample are this very value that it may be a third of all paths. */
static bool frequent(const double *v, size_t n, double value)
{
    size_t same = 0;
    for (size_t i = 0; i < n; i++)
        same += v[i] <= value && v[i] >= value;
    return same > 8 + n / 1024;
}

/* After the intervals before it, so that they rise. */
static void add_interval(medel_mc_row *row, double low, double high, bool keep)
{
    if (row->nintervals && low < row->intervals[row->nintervals - 1].high)
        low = row->intervals[row->nintervals - 1].high;
    if (low < high)
        row->intervals[row->nintervals++] = (medel_mc_interval){ low, high, keep };
}

/* From low to high, both included.  An end that is frequent gets an interval of its own,
   so that it is counted and not kept. */
static void add_range(medel_mc_row *row, const double *v, size_t n, double low,
                      double high)
{
    double before = medel_double_before(low);
    if (low >= high) {
        add_interval(row, before, low, false);
        return;
    }
    if (frequent(v, n, low)) {
        add_interval(row, before, low, false);
        before = low;
    }
    if (frequent(v, n, high)) {
        double last = medel_double_before(high);
        add_interval(row, last, high, false);
        high = last;
    }
    add_interval(row, before, high, true);
}

/* Room for what the sample has inside, in proportion, and some more. */
static size_t room_for(const medel_mc_row *row, const double *v, size_t n, size_t paths)
{
    size_t inside = 0;
    for (size_t k = 0; k < row->nintervals; k++)
        for (size_t i = 0; row->intervals[k].keep && i < n; i++)
            inside += v[i] > row->intervals[k].low && v[i] <= row->intervals[k].high;
    size_t room = (size_t)((double)inside * ((double)paths / (double)n) * 1.2) + 4096;
    return room < paths ? room : paths;
}

static void place_row(mc_run *run, size_t r)
{
    const unsigned *list;
    medel_mc_plan *p = run->plan;
    size_t n = p->sampled, count = row_percents(p, r, &list), from = 0;
    double *v = p->sample + r * n, low, high;
    p->rows[r] = (medel_mc_row){ .nintervals = 0 };
    for (size_t q = 0; q < count && !run->read[r]; q++) {
        double share = list[q] / 100.0, at = share * (double)n;
        double half = run->tuning.width * MEDEL_SQRT(at * (1.0 - share)) + 1.0;
        low = -INFINITY;
        high = INFINITY;
        if (at - half >= 1.0) {
            size_t k = (size_t)(at - half);
            k = k < from ? from : k;
            low = medel_mc_select(v + from, n - from, k - from);
            from = k;
        }
        if (at + half < (double)n - 1.0) {
            size_t k = (size_t)(at + half) + 1;
            high = medel_mc_select(v + from, n - from, k - from);
            from = k;
        }
        add_range(&p->rows[r], v, n, low, high);
    }
    p->rows[r].room = room_for(&p->rows[r], v, n, p->paths);
}

static void place_job(mc_run *run, medel_mc_lanes *w, size_t r)
{
    (void)w;
    if (run->plan->sampled == run->plan->paths)
        sample_quantiles(run, r);
    else
        place_row(run, r);
}

/* ---- reading off the quantiles ---- */

/* How many values are up to the low and the high end of a row's interval. */
static void sum_counts(const mc_run *run, size_t r, size_t k, size_t upto[2])
{
    upto[0] = upto[1] = 0;
    for (unsigned i = 0; i < run->threads; i++) {
        upto[0] += run->lanes[i]->tally.upto[r][k][0];
        upto[1] += run->lanes[i]->tally.upto[r][k][1];
    }
}

/* Intervals and ranks both rise, so that what is kept is gone through once. */
typedef struct mc_reader {
    size_t interval;
    size_t before; /* values kept of the intervals before this one */
    size_t from;   /* in 'kept', all before it is no greater */
} mc_reader;

static bool read_quantile(const mc_run *run, size_t r, size_t rank, mc_reader *at,
                          double *out)
{
    medel_mc_row *row = &run->plan->rows[r];
    size_t upto[2] = { 0, 0 };
    for (; at->interval < row->nintervals; at->interval++) {
        const medel_mc_interval *in = &row->intervals[at->interval];
        sum_counts(run, r, at->interval, upto);
        if (rank <= upto[0])
            return false;
        if (rank <= upto[1] && !in->keep) {
            *out = in->high;
            return true;
        }
        if (rank <= upto[1])
            break;
        at->before += in->keep ? upto[1] - upto[0] : 0;
    }
    if (at->interval == row->nintervals || row->count > row->room)
        return false;
    size_t k = at->before + (rank - upto[0] - 1);
    *out = medel_mc_select(row->kept + at->from, row->count - at->from, k - at->from);
    at->from = k;
    return true;
}

static void read_job(mc_run *run, medel_mc_lanes *w, size_t r)
{
    const unsigned *list;
    size_t count = row_percents(run->plan, r, &list), q = 0;
    mc_reader at = { 0, 0, 0 };
    (void)w;
    if (run->read[r])
        return;
    while (q < count
           && read_quantile(run, r, rank_of(list[q], run->plan->paths), &at,
                            &run->quantiles[r][q]))
        q++;
    run->read[r] = q == count;
}

/* ---- a run ---- */

static void clear_tallies(mc_run *run)
{
    for (unsigned i = 0; i < run->threads; i++)
        memset(&run->lanes[i]->tally, 0, sizeof run->lanes[i]->tally);
}

static size_t blocks_of(size_t paths)
{
    return (paths + N - 1) / N;
}

static void free_kept(mc_run *run)
{
    if (run->kept)
        medel_resize(&run->arena, run->kept, run->kept_size, 0);
    run->kept = NULL;
}

static bool make_kept(mc_run *run)
{
    medel_mc_plan *p = run->plan;
    size_t total = 0;
    free_kept(run);
    for (size_t r = 0; r <= p->nyears; r++)
        total += p->rows[r].room;
    run->kept_size = total * sizeof(double);
    run->kept = medel_resize(&run->arena, NULL, 0, run->kept_size);
    if (!run->kept)
        return false;
    total = 0;
    for (size_t r = 0; r <= p->nyears; r++) {
        p->rows[r].kept = run->kept + total;
        total += p->rows[r].room;
    }
    return true;
}

static medel_status run_all(mc_run *run)
{
    medel_mc_plan *p = run->plan;
    size_t rows = p->nyears + 1;
    p->sampling = false;
    clear_tallies(run);
    if (!make_kept(run))
        return MEDEL_E_NOMEM;
    if (!run_jobs(run, block_job, blocks_of(p->paths)) || !run_jobs(run, read_job, rows))
        return MEDEL_E_STOPPED;
    return MEDEL_OK;
}

static bool all_read(const mc_run *run)
{
    bool all = true;
    for (size_t r = 0; r <= run->plan->nyears; r++)
        all &= run->read[r];
    return all;
}

/* Each attempt widens; the third interval or so has all values. */
static medel_status run_paths(mc_run *run)
{
    medel_mc_plan *p = run->plan;
    size_t rows = p->nyears + 1;
    medel_status st = MEDEL_OK;
    p->sampling = true;
    if (!run_jobs(run, block_job, blocks_of(p->sampled)))
        return MEDEL_E_STOPPED;
    run->done = p->sampled < p->paths ? p->sampled : 0;
    while (st == MEDEL_OK && !all_read(run)) {
        if (!run_jobs(run, place_job, rows))
            return MEDEL_E_STOPPED;
        if (!all_read(run))
            st = run_all(run);
        run->done = run->total;
        run->tuning.width *= 8.0;
    }
    return st;
}

/* ---- results ---- */

/* What is below 1/1024 öre is noise; then half away from zero. */
static bool round_ore(int64_t *out, double x)
{
    double size = fabs(x);
    if (!(size < 9e18))
        return false;
    if (size < 0x1p40)
        size = (double)(int64_t)(size * 1024.0 + 0.5) / 1024.0;
    int64_t whole = (int64_t)(size + 0.5);
    *out = x < 0.0 ? -whole : whole;
    return true;
}

static bool round_up(int64_t *out, double x)
{
    double size = x < 0x1p40 ? (double)(int64_t)(x * 1024.0 + 0.5) / 1024.0 : x;
    if (!(size < 9e18))
        return false;
    *out = (int64_t)size;
    *out += (double)*out < size;
    return true;
}

static medel_status give_results(const mc_run *run, medel_mc_result *out,
                                 medel_mc_outcome *years, medel_error *err)
{
    const medel_mc_plan *p = run->plan;
    bool fits = true;
    for (size_t t = 0; t < p->nyears; t++) {
        years[t] = (medel_mc_outcome){ .above = 0 };
        for (unsigned i = 0; i < run->threads; i++) {
            years[t].above += run->lanes[i]->tally.above[t];
            years[t].below += run->lanes[i]->tally.below[t];
            years[t].upto_planned += run->lanes[i]->tally.upto_planned[t];
        }
        for (size_t q = 0; q < QUANTILES; q++)
            fits &= round_ore(&years[t].quantiles[q], run->quantiles[t][q]);
    }
    *out = (medel_mc_result){ .seed = run->options->seed, .paths = p->paths };
    for (unsigned i = 0; i < run->threads; i++)
        out->ever_below += run->lanes[i]->tally.ever_below;
    double reserve = p->equity + run->quantiles[p->nyears][0];
    fits &= round_up(&out->reserve, reserve > 0.0 ? reserve : 0.0);
    return fits ? MEDEL_OK
                : medel_fail(err, MEDEL_E_OVERFLOW, "eget kapital gets too large");
}

/* ---- setting up ---- */

/* The sample costs its paths, and a smaller one wider intervals; in between is best. */
static size_t sample_size(const mc_run *run)
{
    size_t paths = run->options->paths, n = run->tuning.sampled;
    if (n == 0)
        n = paths <= 2000000 ? 16384 : 131072;
    return paths <= 2 * n ? paths : n;
}

/* Vectors want whole cache lines. */
static medel_mc_lanes *make_lanes(medel_arena *a)
{
    char *p = medel_arena_get(a, sizeof(medel_mc_lanes) + 64);
    return (medel_mc_lanes *)(void *)(p + (64 - (uintptr_t)p % 64));
}

static bool make_run(mc_run *run, const medel_mc_model *m)
{
    jmp_buf oom;
    medel_arena *a = &run->arena;
    a->oom = &oom;
    if (setjmp(oom)) {
        a->oom = NULL;
        return false;
    }
    run->plan = MEDEL_NEW(a, medel_mc_plan, 1);
    medel_mc_plan_make(run->plan, a, m, run->options);
    run->plan->sampled = sample_size(run);
    run->total = run->options->paths;
    if (run->plan->sampled < run->plan->paths)
        run->total += run->plan->sampled;
    run->quantiles = medel_arena_get(a, (m->nyears + 1) * sizeof *run->quantiles);
    run->read = MEDEL_NEW(a, bool, m->nyears + 1);
    run->lanes = MEDEL_NEW(a, medel_mc_lanes *, run->threads);
    for (unsigned i = 0; i < run->threads; i++)
        run->lanes[i] = make_lanes(a);
    a->oom = NULL;
    return true;
}

static medel_status run_with_sample(mc_run *run, medel_mc_result *out,
                                    medel_mc_outcome *years, medel_error *err)
{
    medel_mc_plan *p = run->plan;
    size_t size = p->sampled * (p->nyears + 1) * sizeof(double);
    p->sample = medel_resize(&run->arena, NULL, 0, size);
    medel_status st = p->sample ? run_paths(run) : MEDEL_E_NOMEM;
    if (st == MEDEL_OK) {
        report(run, blocks_of(p->paths));
        st = stopped(run) ? MEDEL_E_STOPPED : give_results(run, out, years, err);
    }
    free_kept(run);
    if (p->sample)
        medel_resize(&run->arena, p->sample, size, 0);
    return st;
}

medel_status medel_mc_run_tuned(medel_mc_result *out, medel_mc_outcome *years,
                                const medel_mc_model *model,
                                const medel_mc_options *options, medel_error *err,
                                const medel_mc_tuning *tuning)
{
    mc_run run = { .options = options, .tuning = *tuning };
    medel_status st = medel_mc_check(model, options, err);
    if (st != MEDEL_OK)
        return st;
    run.threads = options->threads ? options->threads : 1;
    medel_arena_init(&run.arena, options->allocator);
    st = MEDEL_E_NOMEM;
    if (make_run(&run, model))
        st = run_with_sample(&run, out, years, err);
    if (st == MEDEL_E_NOMEM)
        medel_fail(err, st, "out of memory for %zu paths", options->paths);
    if (st == MEDEL_E_STOPPED)
        medel_fail(err, st, "stopped");
    medel_arena_free(&run.arena);
    return st;
}

medel_status medel_mc_run(medel_mc_result *out, medel_mc_outcome *years,
                          const medel_mc_model *model, const medel_mc_options *options,
                          medel_error *err)
{
    MEDEL_OUT(out);
    MEDEL_OUT(years);
    MEDEL_NEEDS_ERR(err, out, years, model, options);
    const medel_mc_tuning usual = { medel_mc_best_level(), 0, 4.0 };
    return medel_mc_run_tuned(out, years, model, options, err, &usual);
}

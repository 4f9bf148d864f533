/*
 * doc_named.c - which named columns a driftredovisning has, and in what order.
 *
 * Its header is often torn apart, or stands after the table.  So every lawful order of
 * the groups that its words mention is tried, and the one is taken in which most rows'
 * own arithmetic holds; the order of the words decides where arithmetic cannot.
 */
#include "import.h"

#include <string.h>

#define SAMPLE_LINES 30
/* of a forecast and the budget: a report has no such column */
#define FORECAST_DEVIATION "avvikelse prognos"

/* ---- identities of a row ---- */

static size_t column_of(const char *const *columns, size_t k, const char *id)
{
    size_t c = 0;
    while (c < k && strcmp(columns[c], id) != 0)
        c++;
    return c;
}

static int64_t magnitude(int64_t v)
{
    return v < 0 ? -v : v;
}

void medel_doc_identity_columns(medel_identity_columns *out, const char *const *columns,
                                size_t k)
{
    static const char *const identity[][3] = {
        { "netto", "intakt", "kostnad" },
        { "budget", "budget_intakt", "budget_kostnad" },
        { "avvikelse", "netto", "budget" },
        { FORECAST_DEVIATION, "prognos", "budget" },
        { "fg_netto", "fg_intakt", "fg_kostnad" },
        { "fg_avvikelse", "fg_netto", "fg_budget" },
    };
    _Static_assert(MEDEL_COUNT(identity) == MEDEL_COUNT(out->at), "a place for each");
    out->n = 0;
    for (size_t i = 0; i < MEDEL_COUNT(identity); i++) {
        size_t *at = out->at[out->n];
        for (size_t j = 0; j < 3; j++)
            at[j] = column_of(columns, k, identity[i][j]);
        out->n += at[0] < k && at[1] < k && at[2] < k;
    }
}

medel_identities medel_doc_identities(const medel_identity_columns *columns,
                                      const medel_row_reading *r)
{
    medel_identities out = { 0, 0, 0 };
    for (size_t i = 0; i < columns->n; i++) {
        int64_t v[3];
        for (size_t j = 0; j < 3; j++)
            v[j] = medel_doc_value(&r->cells[columns->at[i][j]]);
        if (v[0] == 0 && v[1] == 0 && v[2] == 0)
            continue;
        const int64_t sum = magnitude(magnitude(v[1] + v[2]) - magnitude(v[0]));
        const int64_t less = magnitude(magnitude(v[1] - v[2]) - magnitude(v[0]));
        const int64_t off = sum < less ? sum : less;
        out.hold += off <= 100;
        out.exact += off == 0;
        out.fail += off > 100;
    }
    return out;
}

/* ---- what the words mention ---- */

typedef struct mention {
    unsigned intakt, kostnad, netto, avvikelse, budget, prognos, utfall, budget_at,
        utfall_at, avvikelse_at, prognos_at;
    bool two_years;
} mention;

static void count_words(const char *plain, mention *w, unsigned *at)
{
    for (const char *p = plain; *p; ++*at) {
        const size_t n = strcspn(p, " ");
        if (n >= 7 && strncmp(p, "intäkt", strlen("intäkt")) == 0)
            w->intakt++;
        else if (n >= 5 && strncmp(p, "kostn", 5) == 0)
            w->kostnad++;
        else if (n == 5 && strncmp(p, "netto", 5) == 0)
            w->netto++;
        else if (n >= 6 && strncmp(p, "budget", 6) == 0 && !w->budget++)
            w->budget_at = *at;
        else if (((n >= 6 && strncmp(p, "utfall", 6) == 0)
                  || (n >= 7 && strncmp(p, "bokslut", 7) == 0))
                 && !w->utfall++)
            w->utfall_at = *at;
        else if ((n == 2 && strncmp(p, "fg", 2) == 0)
                 || (n >= 5 && strncmp(p, "föreg", strlen("föreg")) == 0))
            w->two_years = true;
        else if ((n >= 8 && strncmp(p, "avvikels", 8) == 0) || strncmp(p, "diff", 4) == 0)
            w->avvikelse_at = w->avvikelse++ ? w->avvikelse_at : *at;
        else if (n >= 7 && strncmp(p, "prognos", 7) == 0 && !w->prognos++)
            w->prognos_at = *at;
        p += n;
        p += *p == ' ';
    }
}

static void count_line(const char *plain, mention *w, unsigned *at, int *first)
{
    int years[4];
    count_words(plain, w, at);
    const size_t n = medel_doc_years(plain, years, 4);
    for (size_t y = 0; y < n; y++) {
        *first = *first ? *first : years[y];
        w->two_years = w->two_years || years[y] != *first;
    }
}

static mention words_of(medel_import *m, medel_doc_table *t)
{
    mention w = { 0 };
    unsigned at = 0;
    int first = m->year; /* "Netto 2022" alone is the year before's */
    /* "Budget och utfall" is a title, with no heads beside it */
    const medel_doc_line *title = &MEDEL_LINES(m)[t->start];
    if (medel_doc_title(m, title) != title->text)
        count_line(medel_doc_heads_text(m, title), &w, &at, &first);
    for (size_t i = t->start + 1; i < t->end; i++) {
        const medel_doc_line *l = &MEDEL_LINES(m)[i];
        /* few words and no amounts: a part of the header */
        if (l->blank || strlen(l->text) > 110)
            continue;
        if (!medel_doc_header_line(m, t->spec, l) && !medel_doc_names_columns(m, l)
            && (medel_doc_prose(l)
                || (!strstr(l->text, "udget-") && !strstr(l->text, "tfall-"))))
            continue;
        medel_doc_look_for_unit(m, t, i);
        count_line(medel_label_plain(&m->arena, l->text), &w, &at, &first);
    }
    return w;
}

/* ---- layouts ---- */

typedef struct layout {
    const char *ids[MEDEL_DOC_COLUMNS];
    size_t k;
} layout;

enum { OUTCOME, BUDGET, DEVIATION, FORECAST, LAST, GROUPS };

static void put_group(layout *y, int group, int shape)
{
    static const char *const full[GROUPS][3] = {
        { "intakt", "kostnad", "netto" },
        { "budget_intakt", "budget_kostnad", "budget" },
        { "avvikelse" },
        { "prognos" },
        { "fg_intakt", "fg_kostnad", "fg_netto" },
    };
    if (shape == 0)
        return;
    if (group == DEVIATION || group == FORECAST) {
        y->ids[y->k++] = shape == 2 ? FORECAST_DEVIATION : full[group][0];
        return;
    }
    for (int i = shape == 1 ? 2 : 0; i < 3; i++)
        y->ids[y->k++] = full[group][i];
}

typedef struct sample {
    medel_array lines; /* medel_array of medel_atom, one a line */
    size_t k;
    bool read;
    medel_array readings; /* as k columns: medel_array of medel_row_reading, one a line */
} sample;

static void take_sample(medel_import *m, const medel_doc_table *t, sample *s)
{
    for (size_t i = t->start + 1; i < t->end && s->lines.count < SAMPLE_LINES; i++) {
        const medel_doc_line *l = &MEDEL_LINES(m)[i];
        medel_array atoms = { 0 };
        if (l->blank || medel_doc_prose(l) || l->ntokens - l->nlabel < 3)
            continue;
        medel_doc_atoms(MEDEL_LINES(m), i, &m->scratch, &atoms);
        *MEDEL_PUSH(&m->scratch, &s->lines, medel_array) = atoms;
    }
}

void medel_doc_last_cells(const medel_import *m, medel_doc_table *t, size_t k)
{
    unsigned most = 0;
    for (size_t i = t->start; i < t->end; i++) {
        const medel_doc_line *l = &MEDEL_LINES(m)[i];
        for (size_t j = l->nlabel; l->cells && j < l->ntokens; j++)
            most = l->tokens[j].cell > most ? l->tokens[j].cell : most;
    }
    for (size_t c = 0; c < k; c++)
        t->cell[c] = most >= k - c ? most - (unsigned)(k - c) + 1 : 0;
}

static void read_sample(medel_import *m, medel_doc_table *t, sample *s)
{
    const medel_array *lines = s->lines.data;
    if (t->cells)
        medel_doc_last_cells(m, t, s->k);
    const medel_row_shape shape = { s->k, false, true, false, t->cells ? t->cell : NULL };
    s->read = true;
    s->readings = (medel_array){ 0 };
    for (size_t i = 0; i < s->lines.count; i++) {
        medel_array out = { 0 };
        medel_doc_readings(MEDEL_LINES(m), lines[i].data, lines[i].count, &shape,
                           &m->scratch, &out);
        *MEDEL_PUSH(&m->scratch, &s->readings, medel_array) = out;
    }
}

/* Ten for each identity that holds in a row's best reading. */
static unsigned score_of(const sample *s, const layout *y)
{
    const medel_array *rows = s->readings.data;
    unsigned score = 0;
    medel_identity_columns columns;
    medel_doc_identity_columns(&columns, y->ids, y->k);
    for (size_t i = 0; i < s->lines.count; i++) {
        const medel_row_reading *r = rows[i].data;
        unsigned best = 0;
        for (size_t j = 0; j < rows[i].count; j++) {
            const medel_identities d = medel_doc_identities(&columns, &r[j]);
            const unsigned held = d.fail ? 0 : 8 * d.hold + 2 * d.exact;
            best = held > best ? held : best;
        }
        score += best;
    }
    return score;
}

/* One for each pair of groups in the order of the words. */
static unsigned order_bonus(const mention *w, const int *order, const int *shape)
{
    const unsigned at[GROUPS] = { w->utfall_at, w->budget_at, w->avvikelse_at,
                                  w->prognos_at, ~0U };
    unsigned bonus = 0;
    for (int i = 0; i < GROUPS; i++)
        for (int j = i + 1; j < GROUPS; j++)
            bonus += shape[order[i]] && shape[order[j]] && at[order[i]] <= at[order[j]];
    return bonus;
}

static bool next_order(int *o)
{
    int i = GROUPS - 2;
    while (i >= 0 && o[i] > o[i + 1])
        i--;
    if (i < 0)
        return false;
    int j = GROUPS - 1;
    while (o[j] < o[i])
        j--;
    const int x = o[i];
    o[i] = o[j];
    o[j] = x;
    for (int a = i + 1, b = GROUPS - 1; a < b; a++, b--) {
        const int y = o[a];
        o[a] = o[b];
        o[b] = y;
    }
    return true;
}

/* Groups that are not there have one place only, or each order would be tried many times.
 */
static bool tidy_order(const int *order, const int *shape)
{
    for (int i = 0; i + 1 < GROUPS; i++)
        if (!shape[order[i]] && (shape[order[i + 1]] || order[i] > order[i + 1]))
            return false;
    return true;
}

typedef struct trial {
    layout best;
    unsigned most;
    size_t turn, at; /* of the shape that is tried, and of the best */
} trial;

static void try_shape(medel_import *m, medel_doc_table *t, sample *s, const mention *w,
                      const int *shape, trial *x)
{
    int order[GROUPS] = { OUTCOME, BUDGET, DEVIATION, FORECAST, LAST };
    x->turn++;
    do {
        if (!tidy_order(order, shape))
            continue;
        layout y = { .k = 0 };
        for (int i = 0; i < GROUPS; i++)
            put_group(&y, order[i], shape[order[i]]);
        if (y.k != s->k)
            return;
        if (!s->read)
            read_sample(m, t, s);
        /* the number of columns that the words ask for counts where nothing else does */
        const unsigned asked = w->intakt + w->kostnad + w->netto + (w->avvikelse > 0);
        const unsigned near = y.k == asked || y.k + 1 == asked ? 4 : 0;
        /* who prints the parts of one of them prints those of the outcome */
        const unsigned usual = shape[OUTCOME] >= shape[BUDGET] ? 8 : 0;
        const unsigned score =
            10 * score_of(s, &y) + order_bonus(w, order, shape) + near + usual;
        if (score > x->most || (score == x->most && x->turn < x->at)) {
            x->most = score;
            x->best = y;
            x->at = x->turn;
        }
    } while (next_order(order));
}

/* Those of s->k columns. */
static void try_shapes(medel_import *m, medel_doc_table *t, sample *s, const mention *w,
                       trial *x)
{
    const bool parts = w->intakt && w->kostnad;
    x->turn = 0;
    for (int outcome = 1; outcome <= (parts ? 2 : 1); outcome++)
        for (int budget = w->budget > 0; budget <= (!w->budget ? 0
                                                    : parts    ? 2
                                                               : 1);
             budget++)
            for (int deviation = 0; deviation <= (w->avvikelse == 0      ? 0
                                                  : w->prognos && budget ? 2
                                                                         : 1);
                 deviation++)
                for (int forecast = 0; forecast <= (w->prognos > 0); forecast++)
                    for (int last = 0; last <= (!w->two_years ? 0
                                                : parts       ? 2
                                                              : 1);
                         last++) {
                        const int shape[GROUPS] = { outcome, budget, deviation, forecast,
                                                    last };
                        try_shape(m, t, s, w, shape, x);
                    }
}

static void name_drift(medel_import *m, medel_doc_table *t)
{
    const mention w = words_of(m, t);
    const medel_arena_mark here = medel_arena_here(&m->scratch);
    sample s = { .lines = { 0 } };
    trial x = { .best = { .k = 0 } };
    take_sample(m, t, &s);
    for (s.k = 1; s.k <= MEDEL_DOC_COLUMNS; s.k++) {
        const medel_arena_mark before = medel_arena_here(&m->scratch);
        s.read = false;
        try_shapes(m, t, &s, &w, &x);
        medel_arena_back(&m->scratch, before);
    }
    medel_arena_back(&m->scratch, here);
    t->k = x.best.k;
    memcpy(t->columns, x.best.ids, sizeof x.best.ids);
    for (size_t c = 0; c < t->k; c++)
        t->aside[c] = strcmp(t->columns[c], FORECAST_DEVIATION) == 0;
    if (t->cells)
        medel_doc_last_cells(m, t, t->k);
}

/* Columns whose words stand in the header, in that order. */
static void name_others(medel_import *m, medel_doc_table *t)
{
    for (size_t i = t->start; i < t->end && i < t->start + 12; i++) {
        const medel_doc_line *l = &MEDEL_LINES(m)[i];
        const char *plain = i == t->start ? medel_doc_heads_text(m, l)
                                          : medel_label_plain(&m->arena, l->text);
        for (const char *p = plain; *p;) {
            const size_t n = strcspn(p, " ");
            for (size_t c = 0; c < t->spec->ncolumns; c++) {
                const medel_column *col = &t->spec->columns[c];
                const char *word = medel_label_plain(&m->arena, col->label);
                if (strlen(word) != n || strncmp(word, p, n) != 0
                    || t->k >= MEDEL_DOC_COLUMNS
                    || column_of(t->columns, t->k, col->id) < t->k)
                    continue;
                t->columns[t->k++] = col->id;
                t->header = i;
            }
            p += n;
            p += *p == ' ';
        }
    }
    if (t->cells)
        medel_doc_last_cells(m, t, t->k);
}

void medel_doc_name_columns(medel_import *m, medel_doc_table *t)
{
    bool drift = false;
    for (size_t c = 0; c < t->spec->ncolumns; c++)
        drift = drift || strcmp(t->spec->columns[c].id, "netto") == 0;
    if (drift)
        name_drift(m, t);
    else
        name_others(m, t);
    for (size_t c = 0; c < t->k; c++)
        for (size_t i = 0; i < t->spec->ncolumns; i++)
            if (strcmp(t->spec->columns[i].id, t->columns[c]) == 0)
                t->years[c] = m->year + t->spec->columns[i].year;
}

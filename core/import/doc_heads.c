/* doc_heads.c - what stands above columns: years, dates, units and a few words. */
#include "import.h"

#include <string.h>

size_t medel_doc_years(const char *text, int *years, size_t room)
{
    size_t n = 0;
    for (const char *p = text; *p; p++) {
        if (p[0] != '2' || p[1] != '0' || !medel_digit(p[2]) || !medel_digit(p[3])
            || medel_digit(p[4]) || (p > text && medel_digit(p[-1])))
            continue;
        /* the first day of a period says no more than its last */
        if (strncmp(p + 4, "-01-01", 6) != 0 && n < room)
            years[n++] = (p[2] - '0') * 10 + (p[3] - '0') + 2000;
    }
    return n;
}

static int number_at(const char *s, size_t n)
{
    int v = 0;
    for (size_t i = 0; i < n; i++)
        v = v * 10 + (s[i] - '0');
    return v;
}

/* The year of "231231", "20231231" or, with 'month', "2312"; 0: it is no first or last
 * day of a month.  An amount is seldom that. */
static int compact_year(const char *s, size_t n, bool month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (n == 8 && (s[0] != '2' || s[1] != '0'))
        return 0;
    if (n == 8)
        s += 2;
    else if (n != (month ? 4 : 6))
        return 0;
    const int m = number_at(s + 2, 2);
    if (m < 1 || m > 12)
        return 0;
    const int day = month ? 1 : number_at(s + 4, 2);
    return day == 1 || day == days[m - 1] || (m == 2 && day == 29)
               ? 2000 + number_at(s, 2)
               : 0;
}

/* "231231", "20231231", "2301-2312", "230101-231231": the year of the last date. */
static int compact_date(const char *text)
{
    int year = 0;
    size_t dates = 0;
    const char *p = text;
    while (*p) {
        size_t n = 0;
        while (medel_digit(p[n]))
            n++;
        const int y = compact_year(p, n, n == 4);
        if (y == 0 || (year && y != year))
            return 0;
        year = y;
        if (n == 4) /* months come in twos: "2301-2312" */
            dates += dates == 0 ? 1 : 2;
        else
            dates += 2;
        p += n;
        while (*p == '-' || *p == '\xE2' || *p == '\x80' || *p == '\x93')
            p++;
    }
    return dates >= 2 ? year : 0;
}

/* The year that a word of a head says; 0: none. */
static int year_of(const char *text)
{
    int year[1];
    if (medel_doc_years(text, year, 1))
        return year[0];
    return medel_digit(*text) ? compact_date(text) : 0;
}

static bool is_word_of_head(const char *s, size_t n)
{
    static const char *const list[] = {
        "belopp",       "i",           "kr",      "tkr",       "mnkr",       "kronor",
        "tusental",     "tusentals",   "not",     "noter",     "nr",         "år",
        "utfall",       "budget",      "fg",      "föreg",     "budgeterat", "avvikelse",
        "intäkt",       "intäkter",    "kostnad", "kostnader", "kostn",      "netto",
        "ack",          "bokslut",     "prognos", "helår",     "text",       "föregående",
        "finansierad",  "verksamhet",  "sek",     "t",         "tusen",      "diff",
        "nettokostnad", "ackumulerat", "mot",     "årets",     "tal",        "per",
        "utg",          "utgående",    "balans",  "ub",        "ib",         "differens"
    };
    medel_unit unit;
    for (size_t i = 0; i < MEDEL_COUNT(list); i++)
        if (strlen(list[i]) == n && memcmp(list[i], s, n) == 0)
            return true;
    return medel_money_word(s, n, &unit) == n;
}

static bool is_month(const char *s, size_t n)
{
    static const char *const list[] = { "januari",   "februari", "mars",     "april",
                                        "maj",       "juni",     "juli",     "augusti",
                                        "september", "oktober",  "november", "december" };
    for (size_t i = 0; i < MEDEL_COUNT(list); i++)
        if (n >= 3 && n <= strlen(list[i]) && memcmp(list[i], s, n) == 0)
            return true;
    return false;
}

static bool small_number(const char *s, size_t n)
{
    return n <= 2 && medel_digit(s[0]) && medel_digit(s[n - 1]);
}

/* Is the i:th token a word of heads?  'following' is the plain text of the next. */
static bool is_head(medel_import *m, const medel_token *t, const char *following)
{
    const char *text = medel_arena_text(&m->scratch, t->text, t->len);
    if (year_of(text))
        return true;
    const char *plain = medel_label_plain(&m->scratch, text);
    unsigned date = 0; /* parts of a date that may follow */
    for (const char *p = plain; *p;) {
        const size_t n = strcspn(p, " ");
        const char *next = p + n + (p[n] == ' ');
        const char *after = *next ? next : following;
        if (n == 4 && p[0] == '2' && p[1] == '0' && medel_digit(p[2]))
            date = 2;
        else if (small_number(p, n) && date)
            date--;
        else if (!is_word_of_head(p, n) && !is_month(p, n)
                 && !(small_number(p, n) && is_month(after, strcspn(after, " "))))
            return false;
        p = next;
    }
    return true; /* a dash between dates is no word at all */
}

size_t medel_doc_heads_beside(medel_import *m, const medel_doc_line *l)
{
    const medel_arena_mark here = medel_arena_here(&m->scratch);
    size_t first = l->ntokens;
    const char *following = "";
    while (first > 0 && is_head(m, &l->tokens[first - 1], following)) {
        first--;
        following = medel_label_plain(
            &m->scratch,
            medel_arena_text(&m->scratch, l->tokens[first].text, l->tokens[first].len));
    }
    medel_arena_back(&m->scratch, here);
    return first;
}

bool medel_doc_header_line(medel_import *m, const medel_table_spec *t,
                           const medel_doc_line *l)
{
    if (l->blank || medel_doc_heads_beside(m, l) > 0
        || !*medel_label_plain(&m->arena, l->text))
        return false;
    /* "Kostnad verksamhet" is words of heads, and a row of some tables */
    return medel_labels_match(m->labels, t, l->text).quality < MEDEL_LABEL_SAME;
}

bool medel_doc_names_notes(medel_import *m, const medel_doc_line *l, size_t from)
{
    for (size_t i = from; i < l->ntokens; i++) {
        const char *plain = medel_label_plain(
            &m->arena, medel_arena_text(&m->arena, l->tokens[i].text, l->tokens[i].len));
        if (medel_label_has(plain, "not") || medel_label_has(plain, "noter"))
            return true;
    }
    return false;
}

static medel_head_word word_of(const char *plain)
{
    static const struct {
        const char *begins;
        medel_head_word word;
    } words[] = {
        { "utfall", MEDEL_HEAD_OUTCOME },
        { "bokslut", MEDEL_HEAD_OUTCOME },
        { "budgetavv", MEDEL_HEAD_DEVIATION },
        { "budget", MEDEL_HEAD_BUDGET },
        { "prognos", MEDEL_HEAD_FORECAST },
        { "helårsprognos", MEDEL_HEAD_FORECAST },
        { "avvikelse", MEDEL_HEAD_DEVIATION },
        { "diff", MEDEL_HEAD_DEVIATION },
        { "fg", MEDEL_HEAD_LAST },
        { "föreg", MEDEL_HEAD_LAST },
    };
    for (size_t i = 0; i < MEDEL_COUNT(words); i++)
        if (strncmp(plain, words[i].begins, strlen(words[i].begins)) == 0)
            return words[i].word;
    return MEDEL_HEAD_NONE;
}

void medel_doc_read_heads(medel_import *m, const medel_doc_line *l, size_t from,
                          medel_doc_heads *w)
{
    for (size_t i = from; i < l->ntokens; i++) {
        const medel_token *t = &l->tokens[i];
        const char *text = medel_arena_text(&m->arena, t->text, t->len);
        const int year = year_of(text);
        const medel_head_word word =
            year ? MEDEL_HEAD_NONE : word_of(medel_label_plain(&m->arena, text));
        if ((year || word) && w->nitems < MEDEL_COUNT(w->items))
            w->items[w->nitems++] = (medel_head){ year, word, l, t };
        if (w->ndates >= MEDEL_COUNT(w->date) || (!year && !strstr(text, "-01-01")))
            continue;
        w->date[w->ndates++] = text;
        if (year) {
            w->cells[w->nyears] = t->cell;
            w->years[w->nyears++] = year;
        }
    }
}

const char *medel_doc_words(medel_import *m, const medel_doc_line *l, size_t from,
                            size_t to)
{
    const char *text = "";
    for (size_t i = from; i < to; i++)
        text = medel_label_join(
            &m->arena, text,
            medel_arena_text(&m->arena, l->tokens[i].text, l->tokens[i].len));
    return text;
}

size_t medel_doc_columns_beside(medel_import *m, const medel_doc_line *l)
{
    size_t first = medel_doc_heads_beside(m, l);
    for (; first < l->ntokens; first++) {
        const medel_token *t = &l->tokens[first];
        const char *text = medel_arena_text(&m->arena, t->text, t->len);
        const char *plain = medel_label_plain(&m->arena, text);
        if (year_of(text) || word_of(plain) || medel_label_has(plain, "not")
            || medel_label_has(plain, "noter") || is_month(plain, strlen(plain))
            || strstr(text, "-01-01") || small_number(plain, strlen(plain)))
            break;
    }
    return first;
}

const char *medel_doc_title(medel_import *m, const medel_doc_line *l)
{
    medel_doc_heads w = { .ndates = 0 };
    const size_t first = medel_doc_columns_beside(m, l);
    if (first == 0 || first == l->ntokens)
        return l->text;
    medel_doc_read_heads(m, l, first, &w);
    return w.nitems > 1 || medel_doc_names_notes(m, l, first)
               ? medel_doc_words(m, l, 0, first)
               : l->text;
}

const char *medel_doc_heads_text(medel_import *m, const medel_doc_line *l)
{
    const size_t first = medel_doc_heads_beside(m, l);
    return first ? medel_label_plain(&m->arena, medel_doc_words(m, l, first, l->ntokens))
                 : "";
}

bool medel_doc_names_columns(medel_import *m, const medel_doc_line *l)
{
    medel_doc_heads w = { .ndates = 0 };
    size_t first = l->blank ? l->ntokens : medel_doc_heads_beside(m, l);
    while (first < l->ntokens && (first == 0 || l->tokens[first].gap < 2))
        first++; /* "Verksamhet (kr)" */
    if (first == l->ntokens)
        return false;
    medel_doc_read_heads(m, l, first, &w);
    size_t words = 0;
    for (size_t i = 0; i < w.nitems; i++)
        words += w.items[i].word > MEDEL_HEAD_OUTCOME;
    return words > 0 && w.nitems > 1;
}

/* ---- columns of a table by years ---- */

typedef struct column {
    int year;
    medel_head_word word;
    const medel_token *at;
} column;

static int middle(const medel_token *t)
{
    return t->x0 + (t->x1 - t->x0) / 2;
}

static int apart(const medel_head *a, const medel_head *b)
{
    if (a->line->cells && b->line->cells)
        return a->token->cell > b->token->cell ? (int)(a->token->cell - b->token->cell)
                                               : (int)(b->token->cell - a->token->cell);
    const int d = middle(a->token) - middle(b->token);
    return d < 0 ? -d : d;
}

/* The word of the year at i: the one before it since the year before, on its line; where
 * that line has none at all, the nearest of another line. */
static size_t word_for(const medel_head *items, size_t n, size_t i)
{
    bool any = false;
    size_t best = n;
    for (size_t j = 0; j < n; j++) {
        if (items[j].line != items[i].line || !items[j].word)
            continue;
        any = true;
        if (j < i && items[j].word != MEDEL_HEAD_LAST)
            best = j;
    }
    for (size_t j = best; best < n && j < i; j++)
        if (items[j].year)
            best = n; /* another year's */
    for (size_t j = 0; !any && j < n; j++)
        if (items[j].word && items[j].word != MEDEL_HEAD_LAST
            && (best == n
                || apart(&items[j], &items[i]) < apart(&items[best], &items[i])))
            best = j;
    return best;
}

/* Words without years: the first outcome is this year's, the next last year's. */
static size_t by_words_alone(int year, const medel_head *items, size_t n, column *out)
{
    size_t k = 0;
    bool outcome = false;
    for (size_t i = 0; i < n && k < MEDEL_DOC_COLUMNS; i++) {
        const medel_head_word word = items[i].word;
        const bool last = i + 1 < n && items[i + 1].word == MEDEL_HEAD_LAST
                          && items[i + 1].line == items[i].line
                          && items[i + 1].token->cell == items[i].token->cell
                          && items[i + 1].token->gap <= 1;
        if (!word)
            continue;
        const bool ended =
            word == MEDEL_HEAD_LAST || last || (word == MEDEL_HEAD_OUTCOME && outcome);
        out[k++] = (column){ ended ? year - 1 : year,
                             word == MEDEL_HEAD_LAST ? MEDEL_HEAD_OUTCOME : word,
                             items[i].token };
        outcome = outcome || word == MEDEL_HEAD_OUTCOME;
        i += last;
    }
    return k;
}

/* Every year is a column, and so is a deviation or a budget that has none. */
static size_t by_years_and_words(int year, const medel_head *items, size_t n, column *out)
{
    bool taken[MEDEL_COUNT(((medel_doc_heads *)0)->items)] = { false };
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        if (!items[i].year)
            continue;
        const size_t j = word_for(items, n, i);
        if (j < n)
            taken[j] = true;
        if (k < MEDEL_DOC_COLUMNS)
            out[k++] =
                (column){ items[i].year, j < n ? items[j].word : MEDEL_HEAD_OUTCOME,
                          items[i].token };
    }
    for (size_t i = 0; i < n && k < MEDEL_DOC_COLUMNS; i++)
        if (!taken[i]
            && (items[i].word == MEDEL_HEAD_DEVIATION
                || items[i].word == MEDEL_HEAD_BUDGET
                || items[i].word == MEDEL_HEAD_FORECAST))
            out[k++] = (column){ year, items[i].word, items[i].token };
    for (size_t i = 1; i < k; i++) /* as they stand */
        for (size_t j = i; j > 0 && out[j].at->x0 < out[j - 1].at->x0; j--) {
            const column x = out[j];
            out[j] = out[j - 1];
            out[j - 1] = x;
        }
    return k;
}

static bool twice(const column *columns, size_t k)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < i; j++)
            if (columns[i].year == columns[j].year && columns[i].word == columns[j].word)
                return true;
    return false;
}

/* "Utfall 2023", "Budget 2023", "Avvikelse": false where the heads name outcomes only, or
 * the same column twice. */
static bool by_words(medel_import *m, medel_doc_table *t, const medel_doc_heads *w)
{
    static const char *const ids[] = { [MEDEL_HEAD_OUTCOME] = "%d",
                                       [MEDEL_HEAD_BUDGET] = "%d budget",
                                       [MEDEL_HEAD_FORECAST] = "%d prognos",
                                       [MEDEL_HEAD_DEVIATION] = "avvikelse %d" };
    const medel_head *items = w->items;
    size_t n = w->nitems, years = 0, title = 0;
    bool other = false;
    column columns[MEDEL_DOC_COLUMNS];
    /* what stands in the title is no column, if heads follow below */
    while (title < n && items[title].line == &MEDEL_LINES(m)[t->start])
        title++;
    if (title > 1 || n - title < 2)
        title = 0;
    items += title;
    n -= title;
    for (size_t i = 0; i < n; i++) {
        years += items[i].year != 0;
        other =
            other
            || (items[i].word > MEDEL_HEAD_OUTCOME && items[i].word != MEDEL_HEAD_LAST);
    }
    if (!other)
        return false;
    /* "Resultaträkning 2023" on the same line */
    const bool only = years == 1 && items->year && n > 2;
    size_t k = only    ? by_words_alone(items->year, items + 1, n - 1, columns)
               : years ? by_years_and_words(m->year, items, n, columns)
                       : by_words_alone(m->year, items, n, columns);
    if (twice(columns, k) && items->year)
        k = by_years_and_words(m->year, items + 1, n - 1, columns);
    if (twice(columns, k))
        return false;
    if (k < 2)
        return false;
    t->k = k;
    for (size_t i = 0; i < k; i++) {
        t->cell[i] = columns[i].at->cell;
        t->columns[i] =
            medel_arena_format(&m->arena, ids[columns[i].word], columns[i].year);
        t->aside[i] = columns[i].word == MEDEL_HEAD_DEVIATION;
        /* budgets are compared with no outcome */
        t->years[i] =
            columns[i].word == MEDEL_HEAD_OUTCOME ? columns[i].year : -1 - (int)i;
    }
    return true;
}

/* "Resultaträkning 2023" and then "2022 2023": the title's year is no column. */
static void without_title(medel_doc_heads *w)
{
    size_t again = 0;
    for (size_t i = 1; i < w->nyears; i++) {
        again += w->years[i] == w->years[0];
        for (size_t j = 1; j < i; j++)
            if (w->years[i] == w->years[j])
                return;
    }
    if (again != 1 || w->nyears < 3)
        return;
    w->nyears--;
    memmove(w->years, w->years + 1, w->nyears * sizeof *w->years);
    memmove(w->cells, w->cells + 1, w->nyears * sizeof *w->cells);
    w->ndates--;
    memmove(w->date, w->date + 1, w->ndates * sizeof *w->date);
}

static void by_years(medel_import *m, medel_doc_table *t, medel_doc_heads *w)
{
    without_title(w);
    int years[MEDEL_DOC_COLUMNS];
    size_t n = 0;
    for (size_t i = 0; i < w->nyears && n < 10; i++) {
        size_t j = 0;
        while (j < n && years[j] != w->years[i])
            j++;
        if (j < n)
            continue;
        t->cell[n] = w->cells[i];
        years[n++] = w->years[i];
    }
    if (n == 1 && w->nyears >= 2) { /* "2023 2023": the second is the year before */
        t->same_years = true;
        t->cell[1] = w->cells[1];
        years[n++] = years[0] - 1;
    }
    if (n == 0) {
        years[n++] = m->year;
        years[n++] = m->year - 1;
    }
    t->k = n;
    for (size_t i = 0; i < n; i++) {
        t->years[i] = years[i];
        t->columns[i] = medel_arena_format(&m->arena, "%d", years[i]);
    }
    /* a period is printed with its first and its last day */
    for (size_t i = 0; i < n; i++) {
        if (w->ndates == n)
            t->headers[i] = w->date[i];
        else if (w->ndates == 2 * n)
            t->headers[i] =
                strstr(w->date[1], "-12-31")
                    ? medel_label_join(&m->arena, w->date[2 * i], w->date[2 * i + 1])
                    : medel_arena_format(&m->arena, "%s %s", w->date[i], w->date[n + i]);
        if (t->headers[i] && strcmp(t->headers[i], t->columns[i]) != 0)
            t->printed_headers = true;
    }
}

void medel_doc_year_columns(medel_import *m, medel_doc_table *t, medel_doc_heads *w)
{
    if (!by_words(m, t, w))
        by_years(m, t, w);
}

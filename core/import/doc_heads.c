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
        "belopp",       "i",           "kr",      "tkr",      "mnkr",       "kronor",
        "tusental",     "tusentals",   "not",     "noter",    "nr",         "år",
        "utfall",       "budget",      "fg",      "föreg",    "budgeterat", "avvikelse",
        "intäkt",       "intäkter",    "kostnad", "kostnader", "kostn",     "netto",
        "ack",          "bokslut",     "prognos", "helår",    "text",       "föregående",
        "finansierad",  "verksamhet",  "sek",     "t",        "tusen",      "diff",
        "nettokostnad", "ackumulerat", "mot",     "årets",    "tal",        "per"
    };
    medel_unit unit;
    for (size_t i = 0; i < MEDEL_COUNT(list); i++)
        if (strlen(list[i]) == n && memcmp(list[i], s, n) == 0)
            return true;
    return medel_money_word(s, n, &unit) == n;
}

static bool is_month(const char *s, size_t n)
{
    static const char *const list[] = { "januari", "februari", "mars",      "april",
                                        "maj",     "juni",     "juli",      "augusti",
                                        "september", "oktober", "november", "december" };
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
    const char *text = medel_arena_text(&m->arena, t->text, t->len);
    if (year_of(text))
        return true;
    const char *plain = medel_label_plain(&m->arena, text);
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
    size_t first = l->ntokens;
    const char *following = "";
    while (first > 0 && is_head(m, &l->tokens[first - 1], following)) {
        first--;
        following = medel_label_plain(
            &m->arena,
            medel_arena_text(&m->arena, l->tokens[first].text, l->tokens[first].len));
    }
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

void medel_doc_read_heads(medel_import *m, const medel_doc_line *l, size_t from,
                          medel_doc_heads *w)
{
    for (size_t i = from; i < l->ntokens; i++) {
        const medel_token *t = &l->tokens[i];
        const char *text = medel_arena_text(&m->arena, t->text, t->len);
        const int year = year_of(text);
        if (w->ndates >= MEDEL_COUNT(w->date) || (!year && !strstr(text, "-01-01")))
            continue;
        w->date[w->ndates++] = text;
        if (year) {
            w->cells[w->nyears] = t->cell;
            w->years[w->nyears++] = year;
        }
    }
}

const char *medel_doc_title(medel_import *m, const medel_doc_line *l)
{
    medel_doc_heads w = { .ndates = 0 };
    const size_t first = medel_doc_heads_beside(m, l);
    if (first == 0 || first == l->ntokens)
        return l->text;
    medel_doc_read_heads(m, l, first, &w);
    if (w.nyears < 2 && !medel_doc_names_notes(m, l, first))
        return l->text;
    const char *title = "";
    for (size_t i = 0; i < first; i++)
        title = medel_label_join(
            &m->arena, title,
            medel_arena_text(&m->arena, l->tokens[i].text, l->tokens[i].len));
    return title;
}

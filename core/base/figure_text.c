/* figure_text.c - the figures that stand in running text: "Målet är nästan uppfyllt, 40 %
 * av deltagarna ...".  A figure is what medel_figure_parse would read, with its word
 * before and its unit after. */
#include "medel_priv.h"

#include <string.h>

#define MAX_AFTER 4 /* words that may belong to it: "miljoner kronor", "- 35 %" */
#define MAX_REACH                                                                        \
    200 /* bytes from the number to where a word of it ends, or begins: without a        \
           bound a text of one long word is read from each of its numbers on */

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* ASCII letters, and any byte of a longer character but the dashes and quotes. */
static bool letter_before(const char *text, size_t at)
{
    const unsigned char c = at ? (unsigned char)text[at - 1] : ' ';
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return at >= 2 && (unsigned char)text[at - 2] == 0xC3;
}

static bool digit_at(const char *text, size_t len, size_t at)
{
    return at < len && medel_digit(text[at]);
}

static size_t run_end(const char *text, size_t len, size_t at)
{
    while (digit_at(text, len, at))
        at++;
    return at;
}

/* The length of a space or period that groups digits, 0 if there is none. */
static size_t group_at(const char *text, size_t len, size_t at)
{
    size_t n = at < len && (text[at] == ' ' || text[at] == '.')         ? 1
               : len - at >= 2 && memcmp(text + at, "\xC2\xA0", 2) == 0 ? 2
               : len - at >= 3
                       && (memcmp(text + at, "\xE2\x80\x89", 3) == 0
                           || memcmp(text + at, "\xE2\x80\xAF", 3) == 0)
                   ? 3
                   : 0;
    return n && run_end(text, len, at + n) == at + n + 3 ? n : 0;
}

static size_t number_end(const char *text, size_t len, size_t at)
{
    size_t end = run_end(text, len, at);
    if (end - at <= 3 && text[at] != '0') {
        for (size_t n = group_at(text, len, end); n; n = group_at(text, len, end))
            end += n + 3;
    }
    if (end < len && text[end] == ',' && digit_at(text, len, end + 1))
        end = run_end(text, len, end + 1);
    return end;
}

static bool is_year(const char *text, size_t from, size_t to)
{
    return to - from == 4
           && (memcmp(text + from, "20", 2) == 0 || memcmp(text + from, "199", 3) == 0);
}

/* The share of a year: 2022–33%. */
static bool is_percent(const char *text, size_t len, size_t at)
{
    const size_t end = number_end(text, len, at);
    return end < len
           && (text[end] == '%'
               || (text[end] == ' ' && end + 1 < len && text[end + 1] == '%'));
}

/* 2023, 2023-12-31, 2022/2023, 1.10.4, 2:a: the end of what is no figure, else 0. */
static size_t other_number(const char *text, size_t len, size_t at)
{
    size_t end = run_end(text, len, at);
    const bool year = is_year(text, at, end);
    for (;;) {
        size_t dash = end < len && strchr("-/.:", text[end])                         ? 1
                      : len - end >= 3 && memcmp(text + end, "\xE2\x80\x93", 3) == 0 ? 3
                                                                                     : 0;
        const bool letter = dash == 1 && text[end] == ':' && end + 1 < len
                            && (text[end + 1] | 0x20) >= 'a'
                            && (text[end + 1] | 0x20) <= 'z';
        if (letter)
            return end + 2;
        const bool joins = dash && digit_at(text, len, end + dash)
                           && (year || (dash == 1 && strchr("/.:", text[end])))
                           && !is_percent(text, len, end + dash);
        if (!joins)
            return year || end != run_end(text, len, at) ? end : 0;
        end = run_end(text, len, end + dash);
    }
}

/* Does the word before say that it numbers something? */
static bool numbers_something(const char *text, size_t at)
{
    static const char *const words[] = { "not",    "sid",       "sida",  "sidan",
                                         "rad",    "punkt",     "fråga", "nr",
                                         "mål",    "kl",        "kl.",   "bilaga",
                                         "tabell", "indikator", "prop.", "skala" };
    size_t end = at;
    while (end && is_space(text[end - 1]))
        end--;
    for (size_t i = 0; i < MEDEL_COUNT(words); i++) {
        const size_t n = strlen(words[i]);
        if (end >= n && end != at && memcmp(text + end - n + 1, words[i] + 1, n - 1) == 0
            && (text[end - n] | 0x20) == words[i][0] && !letter_before(text, end - n))
            return true;
    }
    return false;
}

/* Does a word after it: 11 kap., 8 §? */
static bool cites(const char *text, size_t len, size_t end)
{
    while (end < len && is_space(text[end]))
        end++;
    return (len - end >= 2 && memcmp(text + end, "\xC2\xA7", 2) == 0)
           || (len - end >= 3 && memcmp(text + end, "kap", 3) == 0);
}

static bool is_known(const medel_figure *f)
{
    return f->state == MEDEL_FIGURE_VALUE && !f->scale.num && f->has_unit
           && f->unit != MEDEL_UNIT_COUNT && f->unit != MEDEL_UNIT_KR_PER_COUNT;
}

/* The longest of the texts that begin at 'from' which is a figure with a unit, or else
   the number by itself.  False if none is. */
static bool read_at(medel_figure *out, const char *text, size_t len, size_t from,
                    size_t number, bool minus, size_t *end)
{
    size_t ends[MAX_AFTER + 2], n = 0;
    ends[n++] = number;
    if (number < len && text[number] == '%')
        ends[n++] = number + 1; /* 20%-rekommendationen */
    const size_t last = len - number > MAX_REACH ? number + MAX_REACH : len;
    for (size_t at = number; n <= MAX_AFTER + 1 && at < last;) {
        while (at < last && is_space(text[at]))
            at++;
        while (at < last && !is_space(text[at]))
            at++;
        if (at == len || is_space(text[at]))
            ends[n++] = at;
    }
    while (n-- > 0) {
        size_t stop = ends[n];
        while (n && stop > number && strchr(").,;!?", text[stop - 1]))
            stop--;
        medel_figure f = { 0 };
        if (medel_figure_parse(&f, text + from, stop - from, NULL) != MEDEL_OK
            || (f.digits < 0 && !minus))
            continue;
        if (n && !is_known(&f) && f.qualifier != MEDEL_QUALIFIER_RANGE)
            continue;
        if (f.unit == MEDEL_UNIT_COUNT)
            f.has_unit = false;
        *out = f;
        *end = stop;
        return true;
    }
    return false;
}

/* Where the figure begins whose digits stand at 'at': with its minus and its word. */
static size_t begins(const char *text, size_t at, size_t number, bool *minus)
{
    static const char *const dashes[] = { "-", "\xE2\x88\x92", "\xE2\x80\x93" };
    size_t from = at;
    *minus = false;
    for (size_t i = 0; i < MEDEL_COUNT(dashes) && !*minus; i++) {
        const size_t n = strlen(dashes[i]);
        *minus = at >= n && memcmp(text + at - n, dashes[i], n) == 0
                 && (at == n || is_space(text[at - n - 1]) || text[at - n - 1] == '(');
        from = *minus ? at - n : at;
    }
    /* the sign itself, which is no dash, may stand a space before */
    if (!*minus && at >= 4 && memcmp(text + at - 4, "\xE2\x88\x92 ", 4) == 0
        && (at == 4 || is_space(text[at - 5]) || text[at - 5] == '(')) {
        *minus = true;
        from = at - 4;
    }
    const size_t first = from > MAX_REACH ? from - MAX_REACH : 0;
    size_t word = from;
    for (int words = 0; words < 2; words++) {
        while (word > first && is_space(text[word - 1]))
            word--;
        while (word > first && !is_space(text[word - 1]) && text[word - 1] != '(')
            word--;
        if (word && word == first && !is_space(text[word - 1]))
            break;
        medel_figure f;
        if (word < from
            && medel_figure_parse(&f, text + word, number - word, NULL) == MEDEL_OK
            && f.qualifier != MEDEL_QUALIFIER_NONE
            && f.qualifier != MEDEL_QUALIFIER_RANGE)
            return word;
    }
    return from;
}

/* "ett 70-tal", "ett 70 tal" */
static bool is_about(const char *text, size_t len, size_t end)
{
    const size_t at = end + 1;
    return at + 3 <= len && (text[end] == '-' || text[end] == ' ')
           && memcmp(text + at, "tal", 3) == 0
           && (at + 3 == len || strchr(" .,;:)!?\n", text[at + 3]));
}

bool medel_figure_next(medel_figure *out, const char *text, size_t len, size_t *start,
                       size_t *at)
{
    MEDEL_OUT(out);
    MEDEL_OUT(start);
    MEDEL_NEEDS_OR(false, out, text, start, at);
    for (size_t i = *at; i < len; i++) {
        if (!medel_digit(text[i]))
            continue;
        const size_t other = other_number(text, len, i),
                     number = number_end(text, len, i);
        if (letter_before(text, i) || (other && number <= other)
            || numbers_something(text, i) || cites(text, len, number)) {
            i = other > number ? other - 1 : number - 1;
            continue;
        }
        bool minus;
        const size_t from = begins(text, i, number, &minus);
        size_t end;
        if (!read_at(out, text, len, from, number, minus, &end)) {
            i = number - 1;
            continue;
        }
        if (out->qualifier == MEDEL_QUALIFIER_NONE && is_about(text, len, number))
            out->qualifier = MEDEL_QUALIFIER_CA;
        *start = from;
        *at = end;
        return true;
    }
    *at = len;
    MEDEL_OUT(out);
    return false;
}

/* money_word.c - how documents write the unit of an amount: "tkr", "t.kr", "KSEK". */
#include "medel_priv.h"

#include <string.h>

static bool lower_is(char c, char want)
{
    return (c >= 'A' && c <= 'Z' ? c + 32 : c) == want;
}

static size_t blank_at(const char *s, size_t len)
{
    if (len && (*s == ' ' || *s == '.'))
        return 1;
    return len > 1 && s[0] == '\xC2' && s[1] == '\xA0' ? 2 : 0; /* no-break */
}

/* How much of s 'word' is, 0: it is not.  A blank in 'word' stands for blanks and full
 * stops, or for nothing. */
static size_t spelled(const char *s, size_t len, const char *word)
{
    size_t at = 0;
    for (; *word; word++) {
        if (*word == ' ') {
            for (size_t n; (n = blank_at(s + at, len - at)) > 0;)
                at += n;
        } else if (at < len && lower_is(s[at], *word)) {
            at++;
        } else {
            return 0;
        }
    }
    return at;
}

static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || medel_digit(c)
           || (unsigned char)c >= 0xC3;
}

typedef struct money_word {
    const char *word;
    medel_unit unit;
} money_word;

static size_t longest_of(const money_word *words, size_t count, const char *s, size_t len,
                         medel_unit *unit)
{
    size_t longest = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t n = spelled(s, len, words[i].word);
        if (n > longest && (n == len || !in_word(s[n]))) {
            longest = n;
            *unit = words[i].unit;
        }
    }
    return longest;
}

size_t medel_money_word(const char *s, size_t len, medel_unit *unit)
{
    static const money_word words[] = {
        { "kr", MEDEL_UNIT_KR },
        { "kronor", MEDEL_UNIT_KR },
        { "svenska kronor", MEDEL_UNIT_KR },
        { "sek", MEDEL_UNIT_KR },
        { "t kr", MEDEL_UNIT_TKR },
        { "k kr", MEDEL_UNIT_TKR },
        { "t sek", MEDEL_UNIT_TKR },
        { "k sek", MEDEL_UNIT_TKR },
        { "tusen kr", MEDEL_UNIT_TKR },
        { "tusen kronor", MEDEL_UNIT_TKR },
        { "tusental kr", MEDEL_UNIT_TKR },
        { "tusental kronor", MEDEL_UNIT_TKR },
        { "tusentals kr", MEDEL_UNIT_TKR },
        { "tusentals kronor", MEDEL_UNIT_TKR },
        { "m kr", MEDEL_UNIT_MNKR },
        { "mn kr", MEDEL_UNIT_MNKR },
        { "m sek", MEDEL_UNIT_MNKR },
        { "mn sek", MEDEL_UNIT_MNKR },
        { "milj kr", MEDEL_UNIT_MNKR },
        { "milj kronor", MEDEL_UNIT_MNKR },
        { "miljoner", MEDEL_UNIT_MNKR },
        { "miljoner kr", MEDEL_UNIT_MNKR },
        { "miljoner kronor", MEDEL_UNIT_MNKR },
    };
    return longest_of(words, MEDEL_COUNT(words), s, len, unit);
}

size_t medel_money_named(const char *text, size_t *start, medel_unit *unit)
{
    static const money_word words[] = {
        { "tusental", MEDEL_UNIT_TKR },  { "tusentals", MEDEL_UNIT_TKR },
        { "1000-tal", MEDEL_UNIT_TKR },  { "1000-tals", MEDEL_UNIT_TKR },
        { "1 000-tal", MEDEL_UNIT_TKR }, { "1 000-tals", MEDEL_UNIT_TKR },
        { "1 000 kr", MEDEL_UNIT_TKR },  { "1 000 kronor", MEDEL_UNIT_TKR },
        { "1 000 sek", MEDEL_UNIT_TKR }, { "milj", MEDEL_UNIT_MNKR },
    };
    size_t found = 0;
    for (const char *p = text; *p; p++) {
        medel_unit u = MEDEL_UNIT_KR;
        const size_t left = strlen(p);
        if (p > text && in_word(p[-1]))
            continue;
        size_t n = longest_of(words, MEDEL_COUNT(words), p, left, &u);
        if (n == 0)
            n = medel_money_word(p, left, &u);
        if (n && (found == 0 || u > *unit)) {
            found = n;
            *start = (size_t)(p - text);
            *unit = u;
        }
        if (n)
            p += n - 1;
    }
    return found;
}

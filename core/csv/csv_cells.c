/* csv_cells.c - amounts and dates of cells, as a mapping writes them. */
#include "csv_cells.h"

#include <string.h>

static size_t minus_at(const char *s)
{
    return *s == '-' ? 1 : strncmp(s, "\xe2\x88\x92", 3) == 0 ? 3 : 0;
}

/* The mapping's sign between thousands; no-break spaces count as space. */
static size_t thousands_at(const medel_csv_mapping *m, const char *s)
{
    if (m->thousands != ' ')
        return m->thousands && *s == m->thousands ? 1 : 0;
    if (*s == ' ')
        return 1;
    return strncmp(s, "\xc2\xa0", 2) == 0       ? 2
           : strncmp(s, "\xe2\x80\xaf", 3) == 0 ? 3
                                                : 0;
}

/* The digits before the decimals; NULL if they are wrongly grouped or too many. */
static const char *whole_part(const medel_csv_mapping *m, const char *s, int64_t *value)
{
    size_t group = 0, skip;
    bool grouped = false;
    *value = 0;
    for (;; group++, s++) {
        if (!medel_digit(*s) && (skip = thousands_at(m, s)) > 0) {
            if (group == 0 || group > 3 || (grouped && group != 3))
                return NULL;
            grouped = true;
            group = 0;
            s += skip;
        }
        if (!medel_digit(*s))
            break;
        if (__builtin_mul_overflow(*value, (int64_t)10, value)
            || __builtin_add_overflow(*value, (int64_t)(*s - '0'), value))
            return NULL;
    }
    return group == 0 || (grouped && group != 3) ? NULL : s;
}

bool medel_csv_amount(const medel_csv_mapping *m, const char *text, int64_t *out)
{
    size_t minus = minus_at(text);
    bool negative = minus > 0;
    int64_t value;
    int decimals = 0;
    const char *s = whole_part(m, text + minus + (*text == '+'), &value);
    if (!s)
        return false;
    if (*s == m->decimal) {
        s++;
        for (int i = 0; i < 2; i++)
            decimals = decimals * 10 + (medel_digit(*s) ? *s++ - '0' : 0);
        /* "14,850" may be fourteen thousand: more decimals only where the mapping says so
         */
        for (unsigned i = 2; i < m->decimals && *s == '0'; i++)
            s++;
    }
    minus = minus_at(s); /* some write it last */
    if (minus && negative)
        return false;
    if (s[minus] != '\0' || __builtin_mul_overflow(value, (int64_t)100, &value)
        || __builtin_add_overflow(value, (int64_t)decimals, &value))
        return false;
    *out = negative || minus ? -value : value;
    return true;
}

bool medel_csv_day(const medel_csv_mapping *m, const char *text, int32_t *out)
{
    char day[] = "0000-00-00";
    char *y = day, *month = day + 5, *d = day + 8;
    const char *p = m->date;
    if (strlen(p) != strlen(text))
        return false;
    for (; *p; p++, text++) {
        char **to = *p == 'Y' ? &y : *p == 'M' ? &month : *p == 'D' ? &d : NULL;
        if (to ? !medel_digit(*text) : *p != *text)
            return false;
        if (to)
            *(*to)++ = *text;
    }
    return medel_date_parse(out, day, 10);
}

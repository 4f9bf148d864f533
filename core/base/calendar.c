/*
 * calendar.c - weekdays and the public holidays of Sweden.
 *
 * The holidays are those of lag (1989:253) om allmänna helgdagar; the day of Easter is
 * computed by the algorithm of Meeus, Jones and Butcher (J. Meeus, Astronomical
 * Algorithms, chapter 8), which is right for every Gregorian year.
 */
#include "medel_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int medel_weekday(int32_t day)
{
    const int from_thursday = (int)(day % 7); /* 1970-01-01 was a Thursday */
    return (from_thursday + 7 + 3) % 7 + 1;
}

static int32_t day_of(int year, int month, int day)
{
    char text[16];
    int32_t out = 0;
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    return medel_date_parse(&out, text, 10) ? out : INT32_MIN;
}

int32_t medel_easter(int year)
{
    const int a = year % 19, b = year / 100, c = year % 100;
    const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return day_of(year, n / 31, n % 31 + 1);
}

/* The first Saturday from a date on. */
static int32_t saturday_from(int year, int month, int day)
{
    const int32_t first = day_of(year, month, day);
    return first + (6 - medel_weekday(first) + 7) % 7;
}

const char *medel_holiday(int32_t day)
{
    char text[11];
    static const struct {
        const char *date, *name;
    } fixed[] = { { "01-01", "nyårsdagen" }, { "01-06", "trettondedag jul" },
                  { "05-01", "första maj" }, { "06-06", "nationaldagen" },
                  { "12-25", "juldagen" },   { "12-26", "annandag jul" } };
    static const struct {
        int after;
        const char *name;
    } moving[] = { { -2, "långfredagen" },
                   { 0, "påskdagen" },
                   { 1, "annandag påsk" },
                   { 39, "Kristi himmelsfärdsdag" },
                   { 49, "pingstdagen" } };
    medel_date_format(day, text);
    const int year = atoi(text);
    for (size_t i = 0; i < MEDEL_COUNT(fixed); i++) {
        /* nationaldagen is a holiday since 2005, when annandag pingst ceased to be one */
        if (strcmp(text + 5, fixed[i].date) == 0 && (i != 3 || year >= 2005))
            return fixed[i].name;
    }
    const int32_t easter = medel_easter(year);
    if (easter == MEDEL_NO_DAY)
        return NULL; /* beyond the days that have dates */
    for (size_t i = 0; i < MEDEL_COUNT(moving); i++) {
        if (day == easter + moving[i].after)
            return moving[i].name;
    }
    if (year < 2005 && day == easter + 50)
        return "annandag pingst";
    if (day == saturday_from(year, 6, 20))
        return "midsommardagen";
    if (day == saturday_from(year, 10, 31))
        return "alla helgons dag";
    return NULL;
}

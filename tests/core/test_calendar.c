/* Weekdays and public holidays; the days of Easter are those of published tables. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

static int32_t day(const char *text)
{
    int32_t out = 0;
    assert_true(medel_date_parse(&out, text, strlen(text)));
    return out;
}

TEST(weekdays_go_on_by_one)
{
    assert_int_equal(medel_weekday(day("1970-01-01")), 4);
    assert_int_equal(medel_weekday(day("2000-02-29")), 2);
    assert_int_equal(medel_weekday(day("1900-01-01")), 1);
    for (int32_t d = day("1900-01-01"); d < day("2100-01-01"); d++)
        assert_int_equal(medel_weekday(d + 1), medel_weekday(d) % 7 + 1);
}

TEST(easter)
{
    static const char *const days[] = { "1961-04-02", "1943-04-25", "1954-04-18",
                                        "1981-04-19", "2000-04-23", "2008-03-23",
                                        "2011-04-24", "2016-03-27", "2019-04-21",
                                        "2023-04-09", "2024-03-31", "2025-04-20",
                                        "2038-04-25", "2049-04-18", "2076-04-19" };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        assert_int_equal(medel_easter(atoi(days[i])), day(days[i]));
    for (int year = 1900; year < 2100; year++)
        assert_int_equal(medel_weekday(medel_easter(year)), 7);
}

/* Thirteen holidays a year since 2005, less those that fall on the same day. */
TEST(holidays_of_a_year)
{
    for (int year = 2005; year < 2079; year++) {
        char text[32];
        int n = 0, again = 0;
        snprintf(text, sizeof text, "%d-01-01", year);
        const int32_t first = day(text);
        snprintf(text, sizeof text, "%d-01-01", year + 1);
        for (int32_t d = first; d < day(text); d++)
            n += medel_holiday(d) != NULL;
        const int32_t easter = medel_easter(year);
        char date[11];
        const int after[] = { 39, 49 };
        for (int i = 0; i < 2;
             i++) { /* Kristi himmelsfärdsdag 1 May, pingstdagen 6 June */
            medel_date_format(easter + after[i], date);
            again += strcmp(date + 5, "05-01") == 0 || strcmp(date + 5, "06-06") == 0;
        }
        assert_int_equal(n + again, 13);
    }
}

TEST(days_that_are_none)
{
    assert_null(medel_holiday(day("2023-06-23"))); /* midsommarafton */
    assert_null(medel_holiday(day("2023-12-24")));
    assert_null(medel_holiday(day("2004-06-06"))); /* not yet */
    assert_string_equal(medel_holiday(day("2005-06-06")), "nationaldagen");
    assert_string_equal(medel_holiday(day("2004-05-31")), "annandag pingst");
    assert_null(medel_holiday(day("2005-05-16")));
}

/* test_figure.c - figures as they are printed: reading, refusing, writing back. */
#include "test.h"

#define NBSP "\xC2\xA0"
#define THIN "\xE2\x80\x89"
#define NARROW "\xE2\x80\xAF"
#define MINUS "\xE2\x88\x92"
#define ENDASH "\xE2\x80\x93"

TEST(reads_every_printed_form)
{
    static const struct {
        const char *text;
        int64_t digits;
        unsigned decimals;
        int unit; /* -1: none named */
        medel_qualifier qualifier;
    } cases[] = {
        { "5 222 000", 5222000, 0, -1, 0 },
        { "5" NBSP "222" NBSP "000", 5222000, 0, -1, 0 },
        { "5" THIN "222" THIN "000", 5222000, 0, -1, 0 },
        { "5" NARROW "222" NARROW "000", 5222000, 0, -1, 0 },
        { "5 222" NBSP "000", 5222000, 0, -1, 0 },
        { "5.222.000", 5222000, 0, -1, 0 },
        { "1.234", 1234, 0, -1, 0 },
        { "5222000", 5222000, 0, -1, 0 },
        { "5 222 000,00", 522200000, 2, -1, 0 },
        { "5.222.000,00 kr", 522200000, 2, MEDEL_UNIT_KR, 0 },
        { "12,5 %", 125, 1, MEDEL_UNIT_PERCENT, 0 },
        { "0", 0, 0, -1, 0 },
        { "-0", 0, 0, -1, 0 },
        { "007", 7, 0, -1, 0 },
        { "0 000", 0, 0, -1, 0 },
        { "  42  ", 42, 0, -1, 0 },
        { NBSP "42", 42, 0, -1, 0 },
        { "42" NBSP, 42, 0, -1, 0 },
        { "+42", 42, 0, -1, 0 },
        { "-835", -835, 0, -1, 0 },
        { MINUS " 4 920 564", -4920564, 0, -1, 0 },
        { ENDASH "835", -835, 0, -1, 0 },
        { "\xE2\x80\x91"
          "835",
          -835, 0, -1, 0 },
        { "\xE2\x80\x94"
          " 835",
          -835, 0, -1, 0 },
        { "4 920 564-", -4920564, 0, -1, 0 },
        { "4 920 564 " MINUS, -4920564, 0, -1, 0 },
        { "4 920 564- kr", -4920564, 0, MEDEL_UNIT_KR, 0 },
        { "(31 %)", 31, 0, MEDEL_UNIT_PERCENT, 0 },
        { "( 31 % )", 31, 0, MEDEL_UNIT_PERCENT, 0 },
        { "(-3,5 %)", -35, 1, MEDEL_UNIT_PERCENT, 0 },
        { "17%", 17, 0, MEDEL_UNIT_PERCENT, 0 },
        { "31 procent", 31, 0, MEDEL_UNIT_PERCENT, 0 },
        { "5 procentenheter", 5, 0, MEDEL_UNIT_NUMBER, 0 },
        { "941 tkr", 941, 0, MEDEL_UNIT_TKR, 0 },
        { "941tkr", 941, 0, MEDEL_UNIT_TKR, 0 },
        { "8,8 mnkr", 88, 1, MEDEL_UNIT_MNKR, 0 },
        { "8,8 mkr", 88, 1, MEDEL_UNIT_MNKR, 0 },
        { "15 090 kr", 15090, 0, MEDEL_UNIT_KR, 0 },
        { "15 090 kr.", 15090, 0, MEDEL_UNIT_KR, 0 },
        { "15 090 kronor", 15090, 0, MEDEL_UNIT_KR, 0 },
        { "15 090" NBSP "kr", 15090, 0, MEDEL_UNIT_KR, 0 },
        { "100 SEK", 100, 0, MEDEL_UNIT_KR, 0 },
        { "24 939 kr/deltagare", 24939, 0, MEDEL_UNIT_KR_PER_COUNT, 0 },
        { "72 deltagare", 72, 0, MEDEL_UNIT_COUNT, 0 },
        { "3 möten på året", 3, 0, MEDEL_UNIT_COUNT, 0 },
        { "10 h/vecka", 10, 0, MEDEL_UNIT_NUMBER, 0 },
        { "ca 1 900", 1900, 0, -1, MEDEL_QUALIFIER_CA },
        { "ca. 1 900", 1900, 0, -1, MEDEL_QUALIFIER_CA },
        { "ca" NBSP "1 900", 1900, 0, -1, MEDEL_QUALIFIER_CA },
        { "cirka 50 %", 50, 0, MEDEL_UNIT_PERCENT, MEDEL_QUALIFIER_CA },
        { "ungefär 100", 100, 0, -1, MEDEL_QUALIFIER_CA },
        { "drygt 290", 290, 0, -1, MEDEL_QUALIFIER_DRYGT },
        { "Fler än 90%", 90, 0, MEDEL_UNIT_PERCENT, MEDEL_QUALIFIER_OVER },
        { "Över 90 procent", 90, 0, MEDEL_UNIT_PERCENT, MEDEL_QUALIFIER_OVER },
        { "färre än 12", 12, 0, -1, MEDEL_QUALIFIER_UNDER },
        { "högst 20 %", 20, 0, MEDEL_UNIT_PERCENT, MEDEL_QUALIFIER_HOGST },
        { "nästan 300", 300, 0, -1, MEDEL_QUALIFIER_KNAPPT },
        { "omkring 25", 25, 0, -1, MEDEL_QUALIFIER_CA },
        { "30-35 %", 30, 0, MEDEL_UNIT_PERCENT, MEDEL_QUALIFIER_RANGE },
        { "65" ENDASH "67%", 65, 0, MEDEL_UNIT_PERCENT, MEDEL_QUALIFIER_RANGE },
        { "2,5 - 3 %", 25, 1, MEDEL_UNIT_PERCENT, MEDEL_QUALIFIER_RANGE },
        { "10 % " ENDASH " 20 %", 10, 0, MEDEL_UNIT_PERCENT, MEDEL_QUALIFIER_RANGE },
        { "4 323 000 :-", 4323000, 0, MEDEL_UNIT_KR, 0 },
        { "16 500:-", 16500, 0, MEDEL_UNIT_KR, 0 },
        { "ca 22 000: " ENDASH, 22000, 0, MEDEL_UNIT_KR, MEDEL_QUALIFIER_CA },
        { "4,2 miljoner", 42, 1, MEDEL_UNIT_MNKR, 0 },
        { "5,28 milj.kr", 528, 2, MEDEL_UNIT_MNKR, 0 },
        { "7,2 m.kr", 72, 1, MEDEL_UNIT_MNKR, 0 },
        { "3 MSEK", 3, 0, MEDEL_UNIT_MNKR, 0 },
        { "934 t.kr", 934, 0, MEDEL_UNIT_TKR, 0 },
        { "2 419 t kr", 2419, 0, MEDEL_UNIT_TKR, 0 },
        { "340 tusen kronor", 340, 0, MEDEL_UNIT_TKR, 0 },
        { "340 KSEK", 340, 0, MEDEL_UNIT_TKR, 0 },
        { "340 kkr.", 340, 0, MEDEL_UNIT_TKR, 0 },
        { "1 200 Kr.", 1200, 0, MEDEL_UNIT_KR, 0 },
        { "800 tusen kronor", 800, 0, MEDEL_UNIT_TKR, 0 },
        { "Drygt 290", 290, 0, -1, MEDEL_QUALIFIER_DRYGT },
        { "knappt " MINUS " 4 920 564 kr", -4920564, 0, MEDEL_UNIT_KR,
          MEDEL_QUALIFIER_KNAPPT },
        { "minst 95", 95, 0, -1, MEDEL_QUALIFIER_MINST },
        { "999 999 999 999 999 999", 999999999999999999, 0, -1, 0 },
        { "1,123456789", 1123456789, 9, -1, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        medel_figure f;
        const char *why = NULL;
        if (medel_figure_parse(&f, cases[i].text, strlen(cases[i].text), &why)
            != MEDEL_OK)
            fail_msg("'%s': %s", cases[i].text, why);
        if (f.digits != cases[i].digits || f.decimals != cases[i].decimals)
            fail_msg("'%s' became %lld with %u decimals", cases[i].text,
                     (long long)f.digits, f.decimals);
        assert_int_equal(f.state, MEDEL_FIGURE_VALUE);
        assert_int_equal(f.has_unit, cases[i].unit >= 0);
        if (f.has_unit)
            assert_int_equal(f.unit, cases[i].unit);
        assert_int_equal(f.qualifier, cases[i].qualifier);
        assert_int_equal(f.scale.num, 0);
    }
}

TEST(a_dash_is_neither_zero_nor_missing)
{
    static const char *const dashes[] = { "-", ENDASH, MINUS, "\xE2\x80\x94", " - " };
    for (size_t i = 0; i < COUNT(dashes); i++) {
        medel_figure f;
        assert_int_equal(medel_figure_parse(&f, dashes[i], strlen(dashes[i]), NULL),
                         MEDEL_OK);
        assert_int_equal(f.state, MEDEL_FIGURE_DASH);
        medel_quantity q;
        assert_int_equal(medel_figure_quantity(&q, &f, MEDEL_UNIT_KR), MEDEL_OK);
        assert_int_equal(q.low.num, 0); /* exact: a dash has no precision */
    }
}

TEST(a_grade_has_a_scale)
{
    medel_figure f;
    assert_int_equal(medel_figure_parse(&f, "3,8 av 4,0", 10, NULL), MEDEL_OK);
    assert_int_equal(f.digits, 38);
    assert_int_equal(f.scale.num, 40);
    assert_int_equal(f.scale.den, 10);
    assert_int_equal(medel_figure_parse(&f, "56 av 59", 8, NULL), MEDEL_OK);
    assert_int_equal(f.scale.num, 59);
    assert_int_equal(medel_figure_parse(&f, "4/5", 3, NULL), MEDEL_OK);
    assert_int_equal(f.scale.num, 5);
    assert_int_not_equal(medel_figure_parse(&f, "3 av x", 6, NULL), MEDEL_OK);
}

TEST(refuses_what_is_not_a_figure_and_says_why)
{
    static const struct {
        const char *text, *why;
    } cases[] = {
        { "", "a number is expected" },
        { " ", "a number is expected" },
        { "kr", "a number is expected" },
        { "tolv", "a number is expected" },
        { "--5", "a number is expected" },
        { "-+5", "a number is expected" },
        { ",5", "a number is expected" },
        { "12.34", "a period groups digits by three; the decimal sign is a comma" },
        { "1.5 kr", "a period groups digits by three; the decimal sign is a comma" },
        { "1.234.56", "a period groups digits by three; the decimal sign is a comma" },
        { "1 23", "digits are grouped by three" },
        { "1 2345", "digits are grouped by three" },
        { "1234 567", "digits are grouped by three" },
        { "12 34 567", "digits are grouped by three" },
        { "1 234.567", "two kinds of digit grouping" },
        { "1,2,3", "a second decimal comma" },
        { "1,234,567", "a second decimal comma" },
        { "5,", "digits are expected after the decimal comma" },
        { "5, kr", "digits are expected after the decimal comma" },
        { "5.", "something else follows the number" },
        { "1_000", "something else follows the number" },
        { "5-5", "the range does not go upwards" },
        { "7-5 %", "the range does not go upwards" },
        { "drygt 5-7", "a range has no other word before it than ca" },
        { "5-6-7", "something else follows the number" },
        { "-5-", "something else follows the number" },
        { "5  000", "something else follows the number" },
        { "1\t000", "something else follows the number" },
        { "5 kr 3", "something else follows the number" },
        { "5 %-enheter", "something else follows the number" },
        { "1e3", "a space is expected between the number and a word" },
        { "1E", "a space is expected between the number and a word" },
        { "0x1F", "a space is expected between the number and a word" },
        { "0xFF", "a space is expected between the number and a word" },
        { "1O", "a space is expected between the number and a word" },
        { "12,5 deltagare", "a number of things has no decimals" },
        { "(835)", "brackets around an amount are ambiguous: type a minus sign" },
        { "(835 kr)", "brackets around an amount are ambiguous: type a minus sign" },
        { "(31 %", "the bracket is not closed" },
        { "31 %)", "something else follows the number" },
        { "1234567890123456789", "more than 18 digits" },
        { "1,1234567890", "more than 9 decimals" },
        { "123456789012345678,9", "more than 18 digits" },
        { "NaN", "a number is expected" },
        { ".inf", "a number is expected" },
        { "\xE2\x88", "a number is expected" },
        { "5 \xE2\x82\xAC", "something else follows the number" },
        { "5 \xC3", "something else follows the number" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        medel_figure f = { .digits = 77 };
        const char *why = NULL;
        size_t len = strlen(cases[i].text);
        char *text = malloc(len ? len : 1); /* not terminated */
        assert_non_null(text);
        memcpy(text, cases[i].text, len);
        medel_status st = medel_figure_parse(&f, text, len, &why);
        free(text);
        if (st != MEDEL_E_SYNTAX)
            fail_msg("'%s' was accepted", cases[i].text);
        if (strcmp(why, cases[i].why) != 0)
            fail_msg("'%s': %s", cases[i].text, why);
        assert_int_equal(f.digits, 0);
        assert_int_equal(medel_figure_parse(&f, cases[i].text, len, NULL),
                         MEDEL_E_SYNTAX);
    }
}

TEST(a_figure_too_large_for_its_unit_is_an_overflow)
{
    medel_figure f;
    medel_quantity q;
    assert_int_equal(medel_figure_parse(&f, "999999999999 mnkr", 17, NULL), MEDEL_OK);
    assert_int_equal(medel_figure_quantity(&q, &f, MEDEL_UNIT_KR), MEDEL_E_OVERFLOW);
}

/* ---- writing ---- */

TEST(writes_swedish_figures)
{
    static const struct {
        int64_t num, den;
        medel_unit unit, in;
        unsigned decimals;
        medel_rounding rounding;
        const char *expected;
    } cases[] = {
        { 2483599, 1, MEDEL_UNIT_KR, MEDEL_UNIT_KR, 0, 0, "2 483 599" },
        { -835, 1, MEDEL_UNIT_KR, MEDEL_UNIT_KR, 0, 0, MINUS "835" },
        { -1000, 1, MEDEL_UNIT_KR, MEDEL_UNIT_KR, 0, 0, MINUS "1 000" },
        { 0, 1, MEDEL_UNIT_KR, MEDEL_UNIT_KR, 2, 0, "0,00" },
        { 5, 100, MEDEL_UNIT_KR, MEDEL_UNIT_KR, 2, 0, "0,05" },
        { 191620, 1, MEDEL_UNIT_KR, MEDEL_UNIT_TKR, 0, 0, "192" },
        { 191620, 1, MEDEL_UNIT_KR, MEDEL_UNIT_TKR, 0, MEDEL_ROUND_TOWARD_ZERO, "191" },
        { 191500, 1, MEDEL_UNIT_KR, MEDEL_UNIT_TKR, 0, 0, "192" },
        { -191500, 1, MEDEL_UNIT_KR, MEDEL_UNIT_TKR, 0, 0, MINUS "192" },
        { -400, 1, MEDEL_UNIT_KR, MEDEL_UNIT_TKR, 0, 0, "0" }, /* no minus zero */
        { 8817710, 1, MEDEL_UNIT_KR, MEDEL_UNIT_MNKR, 1, 0, "8,8" },
        { 1, 3, MEDEL_UNIT_NUMBER, MEDEL_UNIT_PERCENT, 1, 0, "33,3" },
        { 1, 3, MEDEL_UNIT_NUMBER, MEDEL_UNIT_PERCENT, 9, 0, "33,333333333" },
        { 1, 3, MEDEL_UNIT_NUMBER, MEDEL_UNIT_PERCENT, 99, 0, "33,333333333" },
        { 1, 1, MEDEL_UNIT_KR, MEDEL_UNIT_KR, 30, 0, "1,000000000" },
        { INT64_MAX, 1, MEDEL_UNIT_NUMBER, MEDEL_UNIT_NUMBER, 0, 0,
          "9 223 372 036 854 775 807" },
        { INT64_MAX, 1, MEDEL_UNIT_NUMBER, MEDEL_UNIT_NUMBER, 1, 0, "(för stort)" },
        { 999, 1000, MEDEL_UNIT_NUMBER, MEDEL_UNIT_NUMBER, 2, 0, "1,00" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char buf[64];
        medel_quantity q = exact(cases[i].num, cases[i].den, cases[i].unit);
        size_t n = medel_quantity_format(&q, cases[i].in, cases[i].decimals,
                                         cases[i].rounding, buf, sizeof buf);
        assert_string_equal(buf, cases[i].expected);
        assert_int_equal(n, strlen(cases[i].expected));
    }
}

TEST(writes_the_unit_that_fits_the_dimension)
{
    static const struct {
        int64_t num, den;
        medel_unit unit;
        const char *expected;
    } cases[] = {
        { 2483599, 1, MEDEL_UNIT_KR, "2 483 599 kr" },
        { 1, 2, MEDEL_UNIT_KR, "0,50 kr" },
        { 124, 1, MEDEL_UNIT_TKR, "124 000 kr" },
        { 31, 1, MEDEL_UNIT_PERCENT, "31 %" },
        { 1, 3, MEDEL_UNIT_NUMBER, "33,3 %" },
        { 2426, 100, MEDEL_UNIT_PERCENT, "24,26 %" },
        { 7404, 100, MEDEL_UNIT_PERCENT, "74,04 %" },
        { 74039, 1000, MEDEL_UNIT_PERCENT, "74,04 %" }, /* 74,0 would look whole */
        { 74532, 1000, MEDEL_UNIT_PERCENT, "74,5 %" },
        { 72, 1, MEDEL_UNIT_COUNT, "72" },
        { 5, 2, MEDEL_UNIT_COUNT, "2,50" },
        { 30181, 2, MEDEL_UNIT_KR_PER_COUNT, "15 091 kr/deltagare" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char buf[64];
        medel_quantity q = exact(cases[i].num, cases[i].den, cases[i].unit);
        size_t n = medel_quantity_text(&q, buf, sizeof buf);
        assert_string_equal(buf, cases[i].expected);
        assert_int_equal(n, strlen(cases[i].expected));
    }
    char buf[64];
    medel_quantity q = { { 3, 1 }, { 3, 1 }, { 3, 1 }, { 2, 0 }, false };
    medel_quantity_text(&q, buf, sizeof buf);
    assert_string_equal(buf, "3"); /* square öre have no name */
}

TEST(a_short_buffer_is_terminated_and_the_length_told)
{
    medel_quantity q = exact(2483599, 1, MEDEL_UNIT_KR);
    char buf[6] = "xxxxx";
    assert_int_equal(medel_quantity_format(&q, MEDEL_UNIT_KR, 0, MEDEL_ROUND_HALF_AWAY,
                                           buf, sizeof buf),
                     9);
    assert_string_equal(buf, "2 483");
    assert_int_equal(medel_quantity_text(&q, NULL, 0), 12);
    assert_int_equal(medel_quantity_text(&q, buf, 1), 12);
    assert_string_equal(buf, "");
}

TEST(unit_names_read_back)
{
    static const medel_unit units[] = { MEDEL_UNIT_KR, MEDEL_UNIT_TKR, MEDEL_UNIT_MNKR,
                                        MEDEL_UNIT_PERCENT, MEDEL_UNIT_KR_PER_COUNT };
    for (size_t i = 0; i < COUNT(units); i++) {
        char text[32];
        medel_figure f;
        snprintf(text, sizeof text, "5 %s", medel_unit_name(units[i]));
        assert_int_equal(medel_figure_parse(&f, text, strlen(text), NULL), MEDEL_OK);
        assert_int_equal(f.unit, units[i]);
    }
    assert_string_equal(medel_unit_name(MEDEL_UNIT_COUNT), "");
}

/* ---- words that widen, and figures in text ---- */

static medel_quantity quantity_of(const char *text, medel_unit unit)
{
    medel_figure f;
    medel_quantity q;
    assert_int_equal(medel_figure_parse(&f, text, strlen(text), NULL), MEDEL_OK);
    assert_int_equal(medel_figure_quantity(&q, &f, unit), MEDEL_OK);
    return q;
}

static bool agree(const char *a, const char *b, medel_unit unit)
{
    medel_agreement out;
    const medel_quantity x = quantity_of(a, unit), y = quantity_of(b, unit);
    assert_int_equal(medel_quantity_agree(&out, &x, &y), MEDEL_OK);
    return out == MEDEL_AGREE;
}

TEST(words_are_read_as_printed)
{
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        { "ca 70", "65", true },          { "ca 70", "76", false },
        { "över 90", "4 000", true },     { "över 90", "89", false },
        { "minst 95", "95", true },       { "minst 95", "94", false },
        { "högst 20", "0", true },        { "högst 20", "21", false },
        { "färre än 5", "6", false },     { "30-35", "30", true },
        { "30-35", "36", false },         { "över 90", "över 200", true },
        { "över 90", "under 80", false }, { "över 90", "under 100", true },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (agree(cases[i].a, cases[i].b, MEDEL_UNIT_COUNT) != cases[i].same)
            fail_msg("%s and %s", cases[i].a, cases[i].b);
    }
}

/* What has no bound stays so through sums and products, and is never a number. */
TEST(no_bound_through_arithmetic)
{
    const medel_quantity over = quantity_of("över 90", MEDEL_UNIT_COUNT);
    const medel_quantity ten = quantity_of("10", MEDEL_UNIT_COUNT);
    const medel_quantity five = quantity_of("högst 5", MEDEL_UNIT_COUNT);
    medel_quantity q;
    int order;
    assert_int_equal(medel_quantity_add(&q, &over, &ten), MEDEL_OK);
    assert_int_equal(q.low.num, 100);
    assert_int_equal(q.high.den, 0);
    assert_int_equal(medel_quantity_sub(&q, &ten, &over), MEDEL_OK);
    assert_int_equal(q.high.num, -80);
    assert_int_equal(q.low.den, 0);
    assert_true(q.low.num < 0);
    assert_int_equal(medel_quantity_div(&q, &ten, &over), MEDEL_OK);
    assert_int_equal(q.low.num, 0);
    assert_int_equal(medel_quantity_order(&order, &five, &over), MEDEL_OK);
    assert_int_equal(order, -1);
    assert_int_equal(medel_quantity_order(&order, &over, &over), MEDEL_OK);
    assert_int_equal(order, 0);
    assert_int_equal(medel_quantity_div(&q, &ten, &five), MEDEL_E_DOMAIN);
}

TEST(finds_the_figures_of_a_text)
{
    static const struct {
        const char *text, *figures;
    } cases[] = {
        { "45 % ska nå egen försörjning 2023", "45 %" },
        { "Fler än 90% upplever det", "Fler än 90%" },
        { "(65" ENDASH "67%) mot 60", "65" ENDASH "67%|60" },
        { "från ca 22 000: - till 16 500: -.", "ca 22 000: -|16 500: -" },
        { "den 2023-12-31, 11 kap. 6 §, not 3 och avsnitt 1.10.4", "" },
        { "2022/2023 och COVID19, 2:a gången", "" },
        { "under 2023. 40 % mot egenförsörjning", "40 %" },
        { "255 individer 147 kvinnor /108 män", "255|147|108" },
        { "över 5 miljoner kronor", "över 5 miljoner kronor" },
        { "114 - 69 män", "114|69" },
        { "Underskott på -795 108 kr", "-795 108 kr" },
        { "till knappt \xE2\x88\x92 4 920 564 kr, och " ENDASH " 4 av dem",
          "knappt \xE2\x88\x92 4 920 564 kr|4" },
        { "31 % (2022" ENDASH "33%, 2021" ENDASH "35 %), 2019" ENDASH "2021",
          "31 %|33%|35 %" },
        { "inom 20%-rekommendationen, 34%deltagare", "20%|34%" },
        { "ingenting", "" },
        { "", "" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char all[200] = "";
        size_t at = 0, start, len = strlen(cases[i].text);
        medel_figure f;
        while (medel_figure_next(&f, cases[i].text, len, &start, &at)) {
            if (*all)
                strcat(all, "|");
            strncat(all, cases[i].text + start, at - start);
        }
        assert_string_equal(all, cases[i].figures);
    }
}

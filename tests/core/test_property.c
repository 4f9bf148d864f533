/* test_property.c - what holds for any figures, tried on thousands made up at random. */
#include "book.h"
#include "medel_priv.h"
#include "test.h"

__extension__ typedef __int128 wide;

/* `make campaign` raises it. */
static int64_t rounds(int64_t usual)
{
    const char *times = getenv("MEDEL_TEST_TIMES");
    return usual * (times ? atoi(times) : 1);
}

/* ---- reports ---- */

TEST(consistent_books_have_no_findings_however_they_are_rounded)
{
    random_state r = { 20231231 };
    for (int64_t i = rounds(3000); i > 0; i--) {
        book b;
        book_make(&b, &r, 1);
        book_style style = { .print = { random_next(&r) } };
        char *text = book_print(&b, style);
        checked c = check_of(text);
        if (finding(&c, NULL, 0)) {
            char *s = findings_text(&c);
            print_error("%s\n", s);
            print_error("%s\n", text);
            free(s);
            fail_msg("round %lld", (long long)i);
        }
        size_t passed = 0;
        for (size_t k = 0; k < c.n; k++)
            passed += c.list[k].outcome == MEDEL_PASSED;
        assert_true(passed > 150);
        checked_free(&c);
        free(text);
    }
}

static char *outcomes(const char *text)
{
    checked c = check_of(text);
    char *all = malloc(c.n * 64 + 1), *p = all;
    assert_non_null(all);
    *p = '\0';
    for (size_t i = 0; i < c.n; i++)
        p += sprintf(p, "%.20s %d %d\n", medel_check_spec_id(c.list[i].spec),
                     (int)c.list[i].outcome,
                     c.list[i].outcome == MEDEL_FINDING ? (int)c.list[i].level : 0);
    checked_free(&c);
    return all;
}

TEST(findings_do_not_depend_on_the_unit_where_it_is_exact)
{
    random_state r = { 7 };
    size_t differing = 0, with_findings = 0;
    for (int64_t i = rounds(1000); i > 0; i--) {
        book b;
        book_make(&b, &r, 1000);
        book_style style = { .one_unit = true, .slip_percent = 2 };
        style.print.x = random_next(&r);
        style.slips.x = random_next(&r);
        char *tkr = book_print(&b, style);
        style.kr_as_tkr = true;
        char *kr = book_print(&b, style);
        char *first = outcomes(tkr), *second = outcomes(kr);
        with_findings += strstr(first, " 1 3\n") != NULL;
        if (strcmp(first, second) != 0) {
            differing++;
            print_error("%s\n%s\n%s\n%s", tkr, kr, first, second);
        }
        free(first);
        free(second);
        free(tkr);
        free(kr);
        if (differing)
            fail_msg("round %lld", (long long)i);
    }
    assert_true(with_findings > 50);
}

/* ---- figures ---- */

static medel_quantity random_quantity(random_state *r, medel_unit unit, int64_t most,
                                      unsigned decimals)
{
    int64_t places = 1;
    for (unsigned i = 0; i < decimals; i++)
        places *= 10;
    return exact(random_between(r, -most, most), places, unit);
}

TEST(what_is_written_reads_back_the_same)
{
    static const medel_unit units[] = { MEDEL_UNIT_KR, MEDEL_UNIT_TKR, MEDEL_UNIT_MNKR,
                                        MEDEL_UNIT_PERCENT, MEDEL_UNIT_NUMBER };
    random_state r = { 42 };
    for (int64_t i = rounds(50000); i > 0; i--) {
        medel_unit unit = units[random_next(&r) % COUNT(units)];
        unsigned decimals = (unsigned)random_between(&r, 0, 9);
        int64_t most = random_chance(&r, 50) ? 999 : 9999999999;
        medel_quantity q = random_quantity(&r, unit, most, decimals), back;
        char text[64];
        medel_quantity_format(&q, unit, decimals, MEDEL_ROUND_HALF_AWAY, text,
                              sizeof text);
        medel_figure f;
        const char *why = NULL;
        if (medel_figure_parse(&f, text, strlen(text), &why) != MEDEL_OK)
            fail_msg("'%s': %s", text, why);
        assert_int_equal(f.decimals, decimals);
        assert_int_equal(medel_figure_quantity(&back, &f, unit), MEDEL_OK);
        assert_int_equal(medel_rational_compare(q.value, back.value), 0);
        assert_int_equal(medel_quantity_printed(&q, unit, decimals), MEDEL_OK);
        assert_int_equal(medel_rational_compare(q.low, back.low), 0);
        assert_int_equal(medel_rational_compare(q.high, back.high), 0);
    }
}

TEST(a_rounded_figure_agrees_with_what_was_rounded)
{
    static const medel_unit units[] = { MEDEL_UNIT_KR, MEDEL_UNIT_TKR, MEDEL_UNIT_MNKR };
    random_state r = { 43 };
    for (int64_t i = rounds(50000); i > 0; i--) {
        medel_unit unit = units[random_next(&r) % COUNT(units)];
        unsigned decimals = (unsigned)random_between(&r, 0, 2);
        medel_quantity q = random_quantity(&r, MEDEL_UNIT_KR, 99999999, 2);
        for (int cut = 0; cut < 2; cut++) {
            char text[80];
            size_t n = medel_quantity_format(
                &q, unit, decimals, cut ? MEDEL_ROUND_TOWARD_ZERO : MEDEL_ROUND_HALF_AWAY,
                text, sizeof text);
            snprintf(text + n, sizeof text - n, " %s", medel_unit_name(unit));
            medel_quantity p = printed(text);
            medel_agreement a;
            assert_int_equal(medel_quantity_agree(&a, &p, &q), MEDEL_OK);
            if (a > (cut ? MEDEL_AGREE_ROUNDED : MEDEL_AGREE))
                fail_msg("%s", text);
        }
    }
}

/* ---- arithmetic against wide integers ---- */

static wide gcd(wide a, wide b)
{
    return b ? gcd(b, a % b) : a < 0 ? -a : a;
}

static bool fits(wide n)
{
    return n <= INT64_MAX && n >= -INT64_MAX;
}

static int64_t random_number(random_state *r)
{
    static const int64_t corners[] = { 0,          1,          -1,
                                       2,          10,         1000,
                                       INT64_MAX,  -INT64_MAX, INT64_MAX - 1,
                                       3037000499, 3037000500 };
    if (random_chance(r, 20))
        return corners[random_next(r) % COUNT(corners)];
    uint64_t bits = random_next(r); /* one draw a statement: C orders no operands */
    int64_t n = (int64_t)(bits >> random_between(r, 1, 63));
    return random_chance(r, 50) ? n : -n;
}

static int64_t random_divisor(random_state *r)
{
    int64_t n = random_number(r);
    return n ? n : 1;
}

TEST(sums_and_products_are_those_of_wide_integers)
{
    random_state r = { 44 };
    for (int64_t i = rounds(50000); i > 0; i--) {
        medel_rational a, b, got;
        int64_t an = random_number(&r), ad = random_divisor(&r);
        int64_t bn = random_number(&r), bd = random_divisor(&r);
        if (medel_rational_make(&a, an, ad) != MEDEL_OK
            || medel_rational_make(&b, bn, bd) != MEDEL_OK)
            continue;
        assert_true(a.den > 0 && gcd(a.num, a.den) == 1);
        wide n[2] = { (wide)a.num * b.den + (wide)b.num * a.den, (wide)a.num * b.num };
        wide d = (wide)a.den * b.den;
        for (int op = 0; op < 2; op++) {
            wide g = gcd(n[op], d);
            bool ok = fits(n[op] / g) && fits(d / g);
            medel_status st =
                op ? medel_rational_mul(&got, a, b) : medel_rational_add(&got, a, b);
            assert_int_equal(st, ok ? MEDEL_OK : MEDEL_E_OVERFLOW);
            if (ok)
                assert_true(got.num == n[op] / g && got.den == d / g);
        }
        wide left = (wide)a.num * b.den, right = (wide)b.num * a.den;
        assert_int_equal(medel_rational_compare(a, b), (left > right) - (left < right));
    }
}

/* An interval holds every result of what its operands can stand for. */
static medel_rational inside(random_state *r, const medel_quantity *q)
{
    medel_rational width, part, out;
    medel_rational low = { -q->low.num, q->low.den };
    int64_t k = random_between(r, 0, 8);
    if (medel_rational_add(&width, q->high, low) != MEDEL_OK
        || medel_rational_mul(&part, width, (medel_rational){ k, 8 }) != MEDEL_OK
        || medel_rational_add(&out, q->low, part) != MEDEL_OK)
        return q->value;
    return out;
}

TEST(intervals_hold_every_result)
{
    static medel_status (*const ops[])(medel_quantity *, const medel_quantity *,
                                       const medel_quantity *) = {
        medel_quantity_add, medel_quantity_sub, medel_quantity_mul, medel_quantity_div
    };
    random_state r = { 45 };
    int64_t tried = 0;
    for (int64_t i = rounds(50000); i > 0; i--) {
        medel_quantity a = random_quantity(&r, MEDEL_UNIT_NUMBER, 9999, 1), b = a, q, p;
        b = random_quantity(&r, MEDEL_UNIT_NUMBER, 999, 1);
        if (medel_quantity_printed(&a, MEDEL_UNIT_NUMBER, 1) != MEDEL_OK
            || medel_quantity_printed(&b, MEDEL_UNIT_NUMBER, 0) != MEDEL_OK)
            continue;
        size_t op = random_next(&r) % COUNT(ops);
        if (ops[op](&q, &a, &b) != MEDEL_OK)
            continue;
        medel_quantity x = a, y = b;
        x.value = x.low = x.high = inside(&r, &a);
        y.value = y.low = y.high = inside(&r, &b);
        if (ops[op](&p, &x, &y) != MEDEL_OK)
            continue;
        tried++;
        assert_true(medel_rational_compare(q.low, p.value) <= 0);
        assert_true(medel_rational_compare(p.value, q.high) <= 0);
    }
    assert_true(tried > 10000);
}

/* test_quantity.c - exact arithmetic, units, intervals, agreement, rounding. */
#include "medel_priv.h"
#include "test.h"

#define BIG INT64_MAX

static void assert_rational(medel_rational r, int64_t num, int64_t den)
{
    if (r.num != num || r.den != den)
        fail_msg("%lld/%lld, expected %lld/%lld", (long long)r.num, (long long)r.den,
                 (long long)num, (long long)den);
}

/* ---- making ---- */

TEST(makes_lowest_terms_in_base_units)
{
    static const struct {
        int64_t num, den;
        medel_unit unit;
        medel_status st;
        int64_t n, d;
        int8_t money, count;
    } cases[] = {
        { 1, 1, MEDEL_UNIT_KR, MEDEL_OK, 100, 1, 1, 0 },
        { 1, 1, MEDEL_UNIT_TKR, MEDEL_OK, 100000, 1, 1, 0 },
        { 88, 10, MEDEL_UNIT_MNKR, MEDEL_OK, 880000000, 1, 1, 0 },
        { 31, 1, MEDEL_UNIT_PERCENT, MEDEL_OK, 31, 100, 0, 0 },
        { 50, 1, MEDEL_UNIT_PERCENT, MEDEL_OK, 1, 2, 0, 0 },
        { 38, 10, MEDEL_UNIT_NUMBER, MEDEL_OK, 19, 5, 0, 0 },
        { 72, 1, MEDEL_UNIT_COUNT, MEDEL_OK, 72, 1, 0, 1 },
        { 15090, 1, MEDEL_UNIT_KR_PER_COUNT, MEDEL_OK, 1509000, 1, 1, -1 },
        { 1, 3, MEDEL_UNIT_KR, MEDEL_OK, 100, 3, 1, 0 },
        { 6, -4, MEDEL_UNIT_NUMBER, MEDEL_OK, -3, 2, 0, 0 },
        { 0, -7, MEDEL_UNIT_NUMBER, MEDEL_OK, 0, 1, 0, 0 },
        { BIG, 1, MEDEL_UNIT_NUMBER, MEDEL_OK, BIG, 1, 0, 0 },
        { -BIG, 1, MEDEL_UNIT_NUMBER, MEDEL_OK, -BIG, 1, 0, 0 },
        { BIG, BIG, MEDEL_UNIT_NUMBER, MEDEL_OK, 1, 1, 0, 0 },
        { INT64_MIN, INT64_MIN, MEDEL_UNIT_NUMBER, MEDEL_OK, 1, 1, 0, 0 },
        { INT64_MIN, 2, MEDEL_UNIT_NUMBER, MEDEL_OK, -(BIG / 2) - 1, 1, 0, 0 },
        { INT64_MIN, 1, MEDEL_UNIT_NUMBER, MEDEL_E_OVERFLOW, 0, 0, 0, 0 },
        { 1, INT64_MIN, MEDEL_UNIT_NUMBER, MEDEL_E_OVERFLOW, 0, 0, 0, 0 },
        { BIG, 1, MEDEL_UNIT_KR, MEDEL_E_OVERFLOW, 0, 0, 0, 0 },
        { BIG / 100, 1, MEDEL_UNIT_KR, MEDEL_OK, BIG / 100 * 100, 1, 1, 0 },
        { BIG / 100 + 1, 1, MEDEL_UNIT_KR, MEDEL_E_OVERFLOW, 0, 0, 0, 0 },
        { 1, BIG, MEDEL_UNIT_PERCENT, MEDEL_E_OVERFLOW, 0, 0, 0, 0 },
        { 1, 0, MEDEL_UNIT_KR, MEDEL_E_DOMAIN, 0, 0, 0, 0 },
        { 0, 0, MEDEL_UNIT_PERCENT, MEDEL_E_DOMAIN, 0, 0, 0, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        medel_quantity q = { { 7, 7 }, { 7, 7 }, { 7, 7 }, { 7, 7 }, false };
        medel_status st =
            medel_quantity_make(&q, cases[i].num, cases[i].den, cases[i].unit);
        if (st != cases[i].st)
            fail_msg("case %zu: %s", i, medel_status_name(st));
        if (st != MEDEL_OK) {
            assert_rational(q.value, 0, 1); /* a number that can be computed with */
            continue;
        }
        assert_rational(q.value, cases[i].n, cases[i].d);
        assert_rational(q.low, cases[i].n, cases[i].d);
        assert_rational(q.high, cases[i].n, cases[i].d);
        assert_int_equal(q.dimension.money, cases[i].money);
        assert_int_equal(q.dimension.count, cases[i].count);
    }
}

TEST(a_print_stands_for_half_a_unit_of_its_last_place)
{
    static const struct {
        const char *figure;
        int64_t low_num, low_den, high_num, high_den;
    } cases[] = {
        { "124 tkr", 12350000, 1, 12450000, 1 },
        { "31 %", 61, 200, 63, 200 },
        { "-1 kr", -150, 1, -50, 1 },
        { "0 kr", -50, 1, 50, 1 },
        { "5 222 000,00 kr", 1044399999, 2, 1044400001, 2 }, /* half an öre */
        { "8,8 mnkr", 875000000, 1, 885000000, 1 },
        { "3,8", 15, 4, 77, 20 },
        { "72 deltagare", 72, 1, 72, 1 }, /* heads are counted, not rounded */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        medel_quantity q = printed(cases[i].figure);
        assert_rational(q.low, cases[i].low_num, cases[i].low_den);
        assert_rational(q.high, cases[i].high_num, cases[i].high_den);
    }
}

TEST(widening_checks_its_range)
{
    medel_quantity q = exact(BIG, 1, MEDEL_UNIT_NUMBER);
    assert_int_equal(medel_quantity_printed(&q, MEDEL_UNIT_NUMBER, 0), MEDEL_E_OVERFLOW);
    assert_rational(q.low, BIG, 1);
    q = exact(5, 1, MEDEL_UNIT_COUNT);
    assert_int_equal(medel_quantity_printed(&q, MEDEL_UNIT_COUNT, 1), MEDEL_OK);
    assert_rational(q.low, 99, 20);
    q = exact(0, 1, MEDEL_UNIT_KR);
    assert_int_equal(medel_quantity_printed(&q, MEDEL_UNIT_KR, 12), MEDEL_OK);
    assert_rational(q.high, 1, 20000000); /* no finer than nine decimals */
    assert_int_equal(medel_quantity_widen(&q, 1, 0), MEDEL_E_DOMAIN);
}

/* ---- arithmetic ---- */

typedef medel_status (*operation)(medel_quantity *, const medel_quantity *,
                                  const medel_quantity *);

TEST(arithmetic_is_exact_and_checked)
{
    static const struct {
        operation op;
        int64_t an, ad, bn, bd;
        medel_status st;
        int64_t n, d;
    } cases[] = {
        { medel_quantity_add, 1, 10, 2, 10, MEDEL_OK, 3, 10 },
        { medel_quantity_add, 1, 3, 1, 6, MEDEL_OK, 1, 2 },
        { medel_quantity_add, BIG, 1, 0, 1, MEDEL_OK, BIG, 1 },
        { medel_quantity_add, BIG, 1, -BIG, 1, MEDEL_OK, 0, 1 },
        { medel_quantity_add, BIG, 1, 1, 1, MEDEL_E_OVERFLOW, 0, 0 },
        { medel_quantity_add, -BIG, 1, -1, 1, MEDEL_E_OVERFLOW, 0, 0 },
        { medel_quantity_add, 1, BIG, 1, BIG - 1, MEDEL_E_OVERFLOW, 0, 0 },
        { medel_quantity_sub, 1, 3, 1, 3, MEDEL_OK, 0, 1 },
        { medel_quantity_sub, -BIG, 1, 1, 1, MEDEL_E_OVERFLOW, 0, 0 },
        { medel_quantity_sub, 5, 2, 7, 2, MEDEL_OK, -1, 1 },
        { medel_quantity_mul, 2, 3, 3, 4, MEDEL_OK, 1, 2 },
        { medel_quantity_mul, BIG, 3, 3, BIG, MEDEL_OK, 1, 1 },
        { medel_quantity_mul, BIG, 1, 2, 1, MEDEL_E_OVERFLOW, 0, 0 },
        { medel_quantity_mul, -BIG, 1, -BIG, 1, MEDEL_E_OVERFLOW, 0, 0 },
        { medel_quantity_mul, 1, 3037000500, 1, 3037000500, MEDEL_E_OVERFLOW, 0, 0 },
        { medel_quantity_div, 100, 1, 3, 1, MEDEL_OK, 100, 3 },
        { medel_quantity_div, 1, 2, -1, 4, MEDEL_OK, -2, 1 },
        { medel_quantity_div, BIG, 1, BIG, 1, MEDEL_OK, 1, 1 },
        { medel_quantity_div, BIG, 1, 1, 2, MEDEL_E_OVERFLOW, 0, 0 },
        { medel_quantity_div, 1, 1, 0, 1, MEDEL_E_DOMAIN, 0, 0 },
        { medel_quantity_div, 0, 1, 5, 1, MEDEL_OK, 0, 1 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        medel_quantity a = exact(cases[i].an, cases[i].ad, MEDEL_UNIT_NUMBER);
        medel_quantity b = exact(cases[i].bn, cases[i].bd, MEDEL_UNIT_NUMBER);
        medel_quantity out = a;
        medel_status st = cases[i].op(&out, &a, &b);
        if (st != cases[i].st)
            fail_msg("case %zu: %s", i, medel_status_name(st));
        if (st == MEDEL_OK)
            assert_rational(out.value, cases[i].n, cases[i].d);
        else
            assert_rational(out.value, 0, 1);
    }
}

TEST(a_million_tenths_are_exact)
{
    medel_quantity sum = exact(0, 1, MEDEL_UNIT_KR), ore = exact(1, 10, MEDEL_UNIT_KR);
    for (int i = 0; i < 1000000; i++)
        assert_int_equal(medel_quantity_add(&sum, &sum, &ore), MEDEL_OK);
    assert_rational(sum.value, 10000000, 1);
}

TEST(the_result_may_be_an_operand)
{
    medel_quantity q = printed("10 kr");
    assert_int_equal(medel_quantity_sub(&q, &q, &q), MEDEL_OK);
    assert_rational(q.value, 0, 1);
    assert_rational(q.low, -100, 1);
    assert_rational(q.high, 100, 1);
    assert_int_equal(medel_quantity_neg(&q, &q), MEDEL_OK);
    assert_rational(q.low, -100, 1);
}

TEST(units_must_fit)
{
    static const struct {
        operation op;
        medel_unit a, b;
        medel_status st;
        int8_t money, count;
    } cases[] = {
        { medel_quantity_add, MEDEL_UNIT_KR, MEDEL_UNIT_TKR, MEDEL_OK, 1, 0 },
        { medel_quantity_add, MEDEL_UNIT_PERCENT, MEDEL_UNIT_NUMBER, MEDEL_OK, 0, 0 },
        { medel_quantity_add, MEDEL_UNIT_KR, MEDEL_UNIT_PERCENT, MEDEL_E_UNIT, 0, 0 },
        { medel_quantity_sub, MEDEL_UNIT_KR, MEDEL_UNIT_COUNT, MEDEL_E_UNIT, 0, 0 },
        { medel_quantity_sub, MEDEL_UNIT_KR, MEDEL_UNIT_KR_PER_COUNT, MEDEL_E_UNIT, 0,
          0 },
        { medel_quantity_mul, MEDEL_UNIT_KR, MEDEL_UNIT_PERCENT, MEDEL_OK, 1, 0 },
        { medel_quantity_mul, MEDEL_UNIT_KR, MEDEL_UNIT_KR, MEDEL_OK, 2, 0 },
        { medel_quantity_mul, MEDEL_UNIT_KR_PER_COUNT, MEDEL_UNIT_COUNT, MEDEL_OK, 1, 0 },
        { medel_quantity_div, MEDEL_UNIT_KR, MEDEL_UNIT_COUNT, MEDEL_OK, 1, -1 },
        { medel_quantity_div, MEDEL_UNIT_TKR, MEDEL_UNIT_KR, MEDEL_OK, 0, 0 },
        { medel_quantity_div, MEDEL_UNIT_COUNT, MEDEL_UNIT_COUNT, MEDEL_OK, 0, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        medel_quantity a = exact(2, 1, cases[i].a), b = exact(3, 1, cases[i].b), out;
        medel_status st = cases[i].op(&out, &a, &b);
        if (st != cases[i].st)
            fail_msg("case %zu: %s", i, medel_status_name(st));
        if (st != MEDEL_OK)
            continue;
        assert_int_equal(out.dimension.money, cases[i].money);
        assert_int_equal(out.dimension.count, cases[i].count);
    }
    medel_quantity q = exact(1, 1, MEDEL_UNIT_KR), kr = q;
    for (int i = 0; i < 3; i++)
        assert_int_equal(medel_quantity_mul(&q, &q, &kr), MEDEL_OK);
    assert_int_equal(medel_quantity_mul(&q, &q, &kr), MEDEL_E_UNIT);
    int order;
    medel_agreement agreement;
    medel_quantity share = exact(1, 1, MEDEL_UNIT_PERCENT);
    assert_int_equal(medel_quantity_compare(&order, &kr, &share), MEDEL_E_UNIT);
    assert_int_equal(medel_quantity_agree(&agreement, &kr, &share), MEDEL_E_UNIT);
}

TEST(intervals_keep_every_possible_value)
{
    medel_quantity a = printed("3"), b = printed("-2"), q;
    assert_int_equal(medel_quantity_add(&q, &a, &b), MEDEL_OK);
    assert_rational(q.low, 0, 1);
    assert_rational(q.high, 2, 1);
    assert_int_equal(medel_quantity_sub(&q, &a, &b), MEDEL_OK);
    assert_rational(q.low, 4, 1);
    assert_rational(q.high, 6, 1);
    assert_int_equal(medel_quantity_mul(&q, &a, &b), MEDEL_OK);
    assert_rational(q.low, -35, 4);
    assert_rational(q.high, -15, 4);
    assert_int_equal(medel_quantity_div(&q, &a, &b), MEDEL_OK);
    assert_rational(q.low, -7, 3);
    assert_rational(q.high, -1, 1);
    assert_rational(q.value, -3, 2);
    b = printed("0"); /* -0,5 to 0,5: it may be zero */
    assert_int_equal(medel_quantity_div(&q, &a, &b), MEDEL_E_DOMAIN);
    assert_int_equal(medel_quantity_mul(&q, &a, &b), MEDEL_OK);
    assert_rational(q.low, -7, 4);
    assert_rational(q.high, 7, 4);
    a = printed("-5");
    assert_int_equal(medel_quantity_abs(&q, &a), MEDEL_OK);
    assert_rational(q.low, 9, 2);
    assert_rational(q.high, 11, 2);
    assert_int_equal(medel_quantity_abs(&q, &q), MEDEL_OK);
    assert_rational(q.value, 5, 1);
}

TEST(comparison_is_by_value_alone)
{
    static const struct {
        const char *a, *b;
        int order;
    } cases[] = {
        { "1 tkr", "1 000 kr", 0 }, { "1 tkr", "1 001 kr", -1 },
        { "-1 kr", "0 kr", -1 },    { "0,5 mnkr", "499 tkr", 1 },
        { "50 %", "0,5", 0 },       { "0 kr", "-0 kr", 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        medel_quantity a = printed(cases[i].a), b = printed(cases[i].b);
        int order = 7;
        assert_int_equal(medel_quantity_compare(&order, &a, &b), MEDEL_OK);
        assert_int_equal(order, cases[i].order);
    }
}

/* ---- agreement ---- */

TEST(agreement_follows_from_printed_precision)
{
    static const struct {
        const char *printed, *computed;
        medel_agreement expected;
    } cases[] = {
        { "191 tkr", "191 tkr", MEDEL_AGREE },
        { "192 tkr", "191 620 kr", MEDEL_AGREE },
        { "191 tkr", "191 620 kr", MEDEL_AGREE_ROUNDED },
        { "190 tkr", "191 620 kr", MEDEL_DIFFER },
        { "1 826 tkr", "1 826 698 kr", MEDEL_AGREE_ROUNDED },
        { "1 827 tkr", "1 826 698 kr", MEDEL_AGREE },
        { "1 828 tkr", "1 826 698 kr", MEDEL_DIFFER },
        { "252 tkr", "253 tkr", MEDEL_AGREE }, /* 252,5 is in both */
        { "251 tkr", "253 tkr", MEDEL_DIFFER },
        { "2 kr", "1 kr", MEDEL_AGREE },
        { "3 kr", "1 kr", MEDEL_DIFFER },
        { "-2 kr", "-1 kr", MEDEL_AGREE },
        { "-2 kr", "2 kr", MEDEL_DIFFER },
        { "0 kr", "1 kr", MEDEL_AGREE },
        { "5 kr", "5,50 kr", MEDEL_AGREE },         /* 5,5 is the closed end */
        { "5 kr", "5,51 kr", MEDEL_AGREE_ROUNDED }, /* cut off */
        { "6 kr", "5,10 kr", MEDEL_AGREE_ROUNDED }, /* rounded up */
        { "6 kr", "5,00 kr", MEDEL_AGREE_ROUNDED }, /* 5,00 may be 5,001 */
        { "7 kr", "5,99 kr", MEDEL_DIFFER },
        { "153 deltagare", "155 deltagare", MEDEL_DIFFER },
        { "153 deltagare", "154 deltagare", MEDEL_DIFFER },
        { "153 deltagare", "153 deltagare", MEDEL_AGREE },
        { "8,8 mnkr", "8 817 710 kr", MEDEL_AGREE },
        { "8,9 mnkr", "8 817 710 kr", MEDEL_AGREE_ROUNDED },
        { "9 mnkr", "8 817 710 kr", MEDEL_AGREE },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        medel_quantity a = printed(cases[i].printed), b = printed(cases[i].computed);
        medel_agreement got;
        assert_int_equal(medel_quantity_agree(&got, &a, &b), MEDEL_OK);
        if (got != cases[i].expected)
            fail_msg("%s against %s: %d", cases[i].printed, cases[i].computed, (int)got);
    }
}

static medel_agreement agreement_with(const char *figure, medel_quantity computed)
{
    medel_quantity p = printed(figure);
    medel_agreement got;
    assert_int_equal(medel_quantity_agree(&got, &p, &computed), MEDEL_OK);
    return got;
}

TEST(a_share_agrees_with_its_exact_quotient)
{
    medel_quantity individ = exact(74532, 1000, MEDEL_UNIT_PERCENT);
    assert_int_equal(agreement_with("75 %", individ), MEDEL_AGREE);
    assert_int_equal(agreement_with("74 %", individ), MEDEL_AGREE_ROUNDED);
    assert_int_equal(agreement_with("73 %", individ), MEDEL_DIFFER);
    medel_quantity steps = exact(16, 33, MEDEL_UNIT_NUMBER);
    assert_int_equal(agreement_with("48 %", steps), MEDEL_AGREE);
    assert_int_equal(agreement_with("49 %", steps), MEDEL_AGREE_ROUNDED);
    assert_int_equal(agreement_with("50 %", steps), MEDEL_DIFFER);
    /* The next printed figure itself is not reached. */
    medel_quantity half = exact(50, 1, MEDEL_UNIT_PERCENT);
    assert_int_equal(agreement_with("51 %", half), MEDEL_DIFFER);
    assert_int_equal(agreement_with("49 %", half), MEDEL_DIFFER);
    assert_int_equal(agreement_with("50 %", half), MEDEL_AGREE);
}

TEST(agreement_at_the_end_of_the_range_is_an_error_not_a_wrap)
{
    medel_quantity a = exact(BIG, 1, MEDEL_UNIT_NUMBER), b = a;
    medel_agreement got;
    a.low = (medel_rational){ BIG - 10, 1 };
    b.value = b.low = b.high = (medel_rational){ -BIG, 1 };
    a.high = (medel_rational){ BIG, 1 };
    a.value = (medel_rational){ BIG - 5, 1 };
    assert_int_equal(medel_quantity_agree(&got, &a, &b), MEDEL_E_OVERFLOW);
}

/* ---- rounding ---- */

TEST(rounding_half_away_and_toward_zero)
{
    static const struct {
        int64_t num, den, away, zero;
    } cases[] = {
        { 5, 2, 3, 2 },
        { -5, 2, -3, -2 },
        { 3, 2, 2, 1 },
        { -3, 2, -2, -1 },
        { 1, 2, 1, 0 },
        { -1, 2, -1, 0 },
        { 49, 100, 0, 0 },
        { -49, 100, 0, 0 },
        { 51, 100, 1, 0 },
        { -51, 100, -1, 0 },
        { 7, 1, 7, 7 },
        { 0, 1, 0, 0 },
        { 11169375, 100, 111694, 111693 }, /* 25 % of 4 467,75 kr */
        { BIG, 1, BIG, BIG },
        { -BIG, 1, -BIG, -BIG },
        { BIG, 2, BIG / 2 + 1, BIG / 2 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        medel_rational r;
        int64_t n;
        assert_int_equal(medel_rational_make(&r, cases[i].num, cases[i].den), MEDEL_OK);
        assert_int_equal(medel_rational_round(&n, r, 1, 1, MEDEL_ROUND_HALF_AWAY),
                         MEDEL_OK);
        assert_int_equal(n, cases[i].away);
        assert_int_equal(medel_rational_round(&n, r, 1, 1, MEDEL_ROUND_TOWARD_ZERO),
                         MEDEL_OK);
        assert_int_equal(n, cases[i].zero);
    }
    int64_t n = 7;
    medel_rational big = { BIG, 1 };
    assert_int_equal(medel_rational_round(&n, big, 2, 1, MEDEL_ROUND_HALF_AWAY),
                     MEDEL_E_OVERFLOW);
    assert_int_equal(medel_rational_round(&n, big, 1, 0, MEDEL_ROUND_HALF_AWAY),
                     MEDEL_E_DOMAIN);
    assert_int_equal(n, 7);
}

/* ---- derivations ---- */

TEST(nodes_apply_and_remember)
{
    medel_node a = { .quantity = printed("10 kr") }, b = { .quantity = printed("4 kr") };
    static const struct {
        medel_op op;
        int64_t num, den;
    } cases[] = {
        { MEDEL_OP_ADD, 1400, 1 },   { MEDEL_OP_SUB, 600, 1 },
        { MEDEL_OP_MUL, 400000, 1 }, { MEDEL_OP_DIV, 5, 2 },
        { MEDEL_OP_NEG, -1000, 1 },  { MEDEL_OP_ABS, 1000, 1 },
        { MEDEL_OP_NAMED, 1000, 1 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        medel_node out = { 0 };
        assert_int_equal(medel_node_apply(&out, cases[i].op, &a, &b, true), MEDEL_OK);
        assert_rational(out.quantity.value, cases[i].num, cases[i].den);
        assert_ptr_equal(out.left, &a);
        assert_int_equal(out.op, cases[i].op);
        assert_int_equal(medel_node_apply(&out, cases[i].op, &a, &b, false), MEDEL_OK);
        assert_null(out.left);
    }
    medel_node out = { .op = MEDEL_OP_NAMED };
    assert_int_equal(medel_node_apply(&out, MEDEL_OP_FACT, &a, &b, true), MEDEL_E_DOMAIN);
    assert_int_equal(out.op, MEDEL_OP_CONSTANT);
    assert_rational(out.quantity.value, 0, 1);
}

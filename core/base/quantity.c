/*
 * quantity.c - exact rationals with a dimension and the interval that a print can
 * stand for.  Everything is checked 128-bit arithmetic; there is no rounding here
 * except where a caller names it.
 */
#include "medel_priv.h"

__extension__ typedef __int128 wide;

static wide wide_gcd(wide a, wide b)
{
    if (a < 0)
        a = -a;
    while (b) {
        wide t = a % b;
        a = b;
        b = t;
    }
    return a;
}

static medel_status from_wide(medel_rational *out, wide num, wide den)
{
    if (den != 1) {
        wide g = wide_gcd(num, den);
        if (g > 1) {
            num /= g;
            den /= g;
        }
    }
    /* INT64_MIN is refused as well, so that negation is always safe. */
    if (num > INT64_MAX || num < -INT64_MAX || den > INT64_MAX)
        return MEDEL_E_OVERFLOW;
    out->num = (int64_t)num;
    out->den = (int64_t)den;
    return MEDEL_OK;
}

medel_status medel_rational_make(medel_rational *out, int64_t num, int64_t den)
{
    if (den == 0)
        return MEDEL_E_DOMAIN;
    return from_wide(out, den < 0 ? -(wide)num : num, den < 0 ? -(wide)den : den);
}

medel_status medel_rational_add(medel_rational *out, medel_rational a, medel_rational b)
{
    int64_t sum;
    if (a.den == 1 && b.den == 1 && !__builtin_add_overflow(a.num, b.num, &sum)
        && sum != INT64_MIN) {
        *out = (medel_rational){ sum, 1 };
        return MEDEL_OK;
    }
    if (a.den == b.den)
        return from_wide(out, (wide)a.num + b.num, a.den);
    return from_wide(out, (wide)a.num * b.den + (wide)b.num * a.den, (wide)a.den * b.den);
}

medel_status medel_rational_mul(medel_rational *out, medel_rational a, medel_rational b)
{
    if (!a.num || !b.num) { /* nothing of what has no bound is nothing */
        *out = (medel_rational){ 0, 1 };
        return MEDEL_OK;
    }
    return from_wide(out, (wide)a.num * b.num, (wide)a.den * b.den);
}

static medel_status rational_div(medel_rational *out, medel_rational a, medel_rational b)
{
    if (b.num == 0)
        return MEDEL_E_DOMAIN;
    wide num = (wide)a.num * b.den, den = (wide)a.den * b.num;
    if (!den) { /* what has no bound has none whatever it is divided by */
        *out = (medel_rational){ (a.num < 0) == (b.num < 0) ? 1 : -1, 0 };
        return MEDEL_OK;
    }
    return den < 0 ? from_wide(out, -num, -den) : from_wide(out, num, den);
}

static medel_rational rational_neg(medel_rational a)
{
    a.num = -a.num;
    return a;
}

int medel_rational_compare(medel_rational a, medel_rational b)
{
    if (a.den == b.den)
        return (a.num > b.num) - (a.num < b.num);
    wide left = (wide)a.num * b.den, right = (wide)b.num * a.den;
    return (left > right) - (left < right);
}

static wide wide_round(wide num, wide den, medel_rounding rounding)
{
    wide whole = num / den, rest = num % den;
    if (rest < 0)
        rest = -rest;
    if (rounding == MEDEL_ROUND_HALF_AWAY && rest >= den - rest)
        whole += num < 0 ? -1 : 1;
    return whole;
}

medel_status medel_rational_round(int64_t *out, medel_rational a, int64_t mul,
                                  int64_t div, medel_rounding rounding)
{
    wide den = (wide)a.den * div;
    if (den == 0)
        return MEDEL_E_DOMAIN;
    wide whole = wide_round((wide)a.num * mul, den, rounding);
    if (whole > INT64_MAX || whole < -INT64_MAX)
        return MEDEL_E_OVERFLOW;
    *out = (int64_t)whole;
    return MEDEL_OK;
}

/* ---- quantities ---- */

int64_t medel_unit_scale(medel_unit u)
{
    switch (u) {
    case MEDEL_UNIT_KR:
    case MEDEL_UNIT_KR_PER_COUNT: return 100;
    case MEDEL_UNIT_TKR: return 100000;
    case MEDEL_UNIT_MNKR: return 100000000;
    case MEDEL_UNIT_PERCENT: return -100; /* divides */
    case MEDEL_UNIT_NUMBER:
    case MEDEL_UNIT_COUNT: break;
    }
    return 1;
}

static medel_dimension dimension_of(medel_unit u)
{
    switch (u) {
    case MEDEL_UNIT_KR:
    case MEDEL_UNIT_TKR:
    case MEDEL_UNIT_MNKR: return (medel_dimension){ 1, 0 };
    case MEDEL_UNIT_COUNT: return (medel_dimension){ 0, 1 };
    case MEDEL_UNIT_KR_PER_COUNT: return (medel_dimension){ 1, -1 };
    case MEDEL_UNIT_NUMBER:
    case MEDEL_UNIT_PERCENT: break;
    }
    return (medel_dimension){ 0, 0 };
}

static bool same_dimension(const medel_quantity *a, const medel_quantity *b)
{
    return a->dimension.money == b->dimension.money
           && a->dimension.count == b->dimension.count;
}

medel_status medel_no_quantity(medel_quantity *out, medel_status st)
{
    static const medel_rational zero = { 0, 1 };
    if (out)
        *out = (medel_quantity){ .value = zero, .low = zero, .high = zero };
    return st;
}

medel_status medel_quantity_make(medel_quantity *out, int64_t num, int64_t den,
                                 medel_unit unit)
{
    MEDEL_NEEDS(out);
    int64_t scale = medel_unit_scale(unit);
    wide n = scale > 0 ? (wide)num * scale : num;
    wide d = scale > 0 ? den : (wide)den * -scale;
    if (d == 0)
        return medel_no_quantity(out, MEDEL_E_DOMAIN);
    medel_rational v;
    medel_status st = d < 0 ? from_wide(&v, -n, -d) : from_wide(&v, n, d);
    if (st != MEDEL_OK)
        return medel_no_quantity(out, st);
    *out = (medel_quantity){ v, v, v, dimension_of(unit), false };
    return MEDEL_OK;
}

medel_status medel_quantity_widen(medel_quantity *q, int64_t num, int64_t den)
{
    medel_rational half, low, high;
    medel_status st = medel_rational_make(&half, num, den);
    if (st == MEDEL_OK)
        st = medel_rational_add(&high, q->value, half);
    if (st == MEDEL_OK)
        st = medel_rational_add(&low, q->value, rational_neg(half));
    if (st != MEDEL_OK)
        return st;
    q->low = low;
    q->high = high;
    return MEDEL_OK;
}

medel_status medel_quantity_printed(medel_quantity *q, medel_unit unit, unsigned decimals)
{
    MEDEL_NEEDS(q);
    if (unit == MEDEL_UNIT_COUNT && decimals == 0)
        return MEDEL_OK; /* heads are counted, not rounded */
    int64_t scale = medel_unit_scale(unit), places = 1;
    for (unsigned i = 0; i < decimals && i < 9; i++)
        places *= 10;
    return scale > 0 ? medel_quantity_widen(q, scale, 2 * places)
                     : medel_quantity_widen(q, 1, 2 * places * -scale);
}

medel_status medel_quantity_add(medel_quantity *out, const medel_quantity *a,
                                const medel_quantity *b)
{
    MEDEL_NEEDS_QUANTITY(out, a, b);
    if (!same_dimension(a, b))
        return medel_no_quantity(out, MEDEL_E_UNIT);
    medel_quantity q = { .dimension = a->dimension, .loose = a->loose || b->loose };
    medel_status st = medel_rational_add(&q.value, a->value, b->value);
    if (st == MEDEL_OK)
        st = medel_rational_add(&q.low, a->low, b->low);
    if (st == MEDEL_OK)
        st = medel_rational_add(&q.high, a->high, b->high);
    if (st != MEDEL_OK)
        return medel_no_quantity(out, st);
    *out = q;
    return MEDEL_OK;
}

medel_status medel_quantity_neg(medel_quantity *out, const medel_quantity *a)
{
    MEDEL_NEEDS_QUANTITY(out, a);
    *out = (medel_quantity){ rational_neg(a->value), rational_neg(a->high),
                             rational_neg(a->low), a->dimension, a->loose };
    return MEDEL_OK;
}

medel_status medel_quantity_sub(medel_quantity *out, const medel_quantity *a,
                                const medel_quantity *b)
{
    MEDEL_NEEDS_QUANTITY(out, a, b);
    medel_quantity minus;
    medel_status st = medel_quantity_neg(&minus, b);
    return st == MEDEL_OK ? medel_quantity_add(out, a, &minus)
                          : medel_no_quantity(out, st);
}

medel_status medel_quantity_abs(medel_quantity *out, const medel_quantity *a)
{
    MEDEL_NEEDS_QUANTITY(out, a);
    if (a->value.num < 0)
        return medel_quantity_neg(out, a);
    *out = *a;
    return MEDEL_OK;
}

static medel_status
corners(medel_quantity *q, const medel_quantity *a, const medel_quantity *b,
        medel_status (*op)(medel_rational *, medel_rational, medel_rational))
{
    const medel_rational x[2] = { a->low, a->high }, y[2] = { b->low, b->high };
    for (int i = 0; i < 4; i++) {
        medel_rational r;
        medel_status st = op(&r, x[i & 1], y[i >> 1]);
        if (st != MEDEL_OK)
            return st;
        if (i == 0 || medel_rational_compare(r, q->low) < 0)
            q->low = r;
        if (i == 0 || medel_rational_compare(r, q->high) > 0)
            q->high = r;
    }
    return op(&q->value, a->value, b->value);
}

static medel_status dimension_sum(medel_dimension *out, medel_dimension a,
                                  medel_dimension b, int sign)
{
    int money = a.money + sign * b.money, count = a.count + sign * b.count;
    if (money < -4 || money > 4 || count < -4 || count > 4)
        return MEDEL_E_UNIT;
    out->money = (int8_t)money;
    out->count = (int8_t)count;
    return MEDEL_OK;
}

medel_status medel_quantity_mul(medel_quantity *out, const medel_quantity *a,
                                const medel_quantity *b)
{
    MEDEL_NEEDS_QUANTITY(out, a, b);
    medel_quantity q = { .loose = a->loose || b->loose };
    medel_status st = dimension_sum(&q.dimension, a->dimension, b->dimension, 1);
    if (st == MEDEL_OK)
        st = corners(&q, a, b, medel_rational_mul);
    if (st != MEDEL_OK)
        return medel_no_quantity(out, st);
    *out = q;
    return MEDEL_OK;
}

medel_status medel_quantity_div(medel_quantity *out, const medel_quantity *a,
                                const medel_quantity *b)
{
    MEDEL_NEEDS_QUANTITY(out, a, b);
    if (b->low.num <= 0 && b->high.num >= 0)
        return medel_no_quantity(out, MEDEL_E_DOMAIN);
    medel_quantity q = { .loose = a->loose || b->loose };
    medel_status st = dimension_sum(&q.dimension, a->dimension, b->dimension, -1);
    if (st == MEDEL_OK)
        st = corners(&q, a, b, rational_div);
    if (st != MEDEL_OK)
        return medel_no_quantity(out, st);
    *out = q;
    return MEDEL_OK;
}

medel_status medel_quantity_compare(int *order, const medel_quantity *a,
                                    const medel_quantity *b)
{
    MEDEL_OUT(order);
    MEDEL_NEEDS(order, a, b);
    if (!same_dimension(a, b))
        return MEDEL_E_UNIT;
    *order = medel_rational_compare(a->value, b->value);
    return MEDEL_OK;
}

medel_status medel_quantity_order(int *order, const medel_quantity *a,
                                  const medel_quantity *b)
{
    MEDEL_OUT(order);
    MEDEL_NEEDS(order, a, b);
    if (!same_dimension(a, b))
        return MEDEL_E_UNIT;
    *order = medel_rational_compare(a->high, b->low) < 0   ? -1
             : medel_rational_compare(b->high, a->low) < 0 ? 1
                                                           : 0;
    return MEDEL_OK;
}

static bool meet(medel_rational low, medel_rational high, const medel_quantity *b)
{
    return medel_rational_compare(low, b->high) <= 0
           && medel_rational_compare(b->low, high) <= 0;
}

medel_status medel_quantity_agree(medel_agreement *out, const medel_quantity *printed,
                                  const medel_quantity *computed)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, printed, computed);
    if (!same_dimension(printed, computed))
        return MEDEL_E_UNIT;
    if (meet(printed->low, printed->high, computed)) {
        *out = MEDEL_AGREE;
        return MEDEL_OK;
    }
    /* A figure that was cut off, or rounded up, stands within one whole unit of
       its last place instead of half a one. */
    medel_rational below, above, low, high;
    medel_status st =
        medel_rational_add(&below, printed->low, rational_neg(printed->value));
    if (st == MEDEL_OK)
        st = medel_rational_add(&above, printed->high, rational_neg(printed->value));
    if (st == MEDEL_OK)
        st = medel_rational_add(&low, printed->low, below);
    if (st == MEDEL_OK)
        st = medel_rational_add(&high, printed->high, above);
    if (st != MEDEL_OK)
        return st;
    /* The whole unit itself is the next printed figure, so it is not reached. */
    bool strictly = medel_rational_compare(low, computed->high) < 0
                    && medel_rational_compare(computed->low, high) < 0;
    *out = strictly ? MEDEL_AGREE_ROUNDED : MEDEL_DIFFER;
    return MEDEL_OK;
}

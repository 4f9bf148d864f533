/* sie_values.c - amounts, quantities, dates and months of SIE; nothing is guessed. */
#include "sietext.h"

#include <string.h>

/* Why something is no amount. */
static sie_amount blame(const char *p, size_t len)
{
    size_t digits = 0, points = 0, decimals = 0;
    if (!len)
        return SIE_AMOUNT_EMPTY;
    if (*p == '+')
        return SIE_AMOUNT_PLUS;
    for (size_t i = 0; i < len; i++) {
        if (p[i] == ' ' || p[i] == '\t' || (unsigned char)p[i] == 0xA0)
            return SIE_AMOUNT_SPACE;
    }
    if (memchr(p, ',', len))
        return SIE_AMOUNT_COMMA;
    for (size_t i = *p == '-'; i < len; i++) {
        if (p[i] == '.')
            points++;
        else if (!medel_digit(p[i]))
            return SIE_AMOUNT_FORM;
        digits += p[i] != '.';
        decimals += p[i] != '.' && points;
    }
    return points == 1 && decimals > 2 && digits > decimals ? SIE_AMOUNT_DECIMALS
                                                            : SIE_AMOUNT_FORM;
}

sie_amount medel_sie_amount(int64_t *ore, const char *p, size_t len)
{
    const bool negative = len && *p == '-';
    size_t i = negative, start = i;
    int64_t v = 0;
    bool fits = true;
    for (; i < len && medel_digit(p[i]); i++)
        fits = fits && !__builtin_mul_overflow(v, (int64_t)10, &v)
               && !__builtin_add_overflow(v, (int64_t)(p[i] - '0'), &v);
    if (i == start)
        return blame(p, len);
    size_t decimals = 0;
    if (i < len && p[i] == '.') {
        for (i++; i < len && medel_digit(p[i]) && decimals < 2; i++, decimals++)
            fits = fits && !__builtin_mul_overflow(v, (int64_t)10, &v)
                   && !__builtin_add_overflow(v, (int64_t)(p[i] - '0'), &v);
        if (!decimals)
            return blame(p, len);
    }
    if (i < len)
        return blame(p, len);
    for (; decimals < 2; decimals++)
        fits = fits && !__builtin_mul_overflow(v, (int64_t)10, &v);
    if (!fits)
        return SIE_AMOUNT_OVERFLOW;
    *ore = negative ? -v : v;
    return SIE_AMOUNT_OK;
}

bool medel_sie_quantity(const char *p, size_t len)
{
    size_t i = len && *p == '-', digits = 0, points = 0;
    for (; i < len; i++) {
        if (p[i] == '.')
            points++;
        else if (!medel_digit(p[i]))
            return false;
        digits += p[i] != '.';
    }
    return digits && points <= 1 && p[len - 1] != '.';
}

static bool number(unsigned *out, const char *p, size_t len)
{
    *out = 0;
    for (size_t i = 0; i < len; i++) {
        if (!medel_digit(p[i]))
            return false;
        *out = *out * 10 + (unsigned)(p[i] - '0');
    }
    return true;
}

uint16_t medel_sie_day(const char *p, size_t len)
{
    char iso[11];
    int32_t day;
    unsigned n;
    if (len != 8 || !number(&n, p, 8))
        return 0;
    memcpy(iso, p, 4);
    iso[4] = iso[7] = '-';
    memcpy(iso + 5, p + 4, 2);
    memcpy(iso + 8, p + 6, 2);
    iso[10] = '\0';
    if (!medel_date_parse(&day, iso, 10))
        return 0;
    day -= MEDEL_LEDGER_DAY_ZERO;
    return day >= 1 && day <= UINT16_MAX ? (uint16_t)day : 0;
}

uint32_t medel_sie_month(const char *p, size_t len)
{
    unsigned n;
    if (len != 6 || !number(&n, p, 6))
        return 0;
    return n / 100 >= 1900 && n / 100 <= 2079 && n % 100 >= 1 && n % 100 <= 12 ? n : 0;
}

/* The civil calendar from days, without loops: years begin in March. */
uint32_t medel_month_of(uint16_t day)
{
    if (!day)
        return 0;
    const uint32_t z = (uint32_t)((int32_t)day + MEDEL_LEDGER_DAY_ZERO + 719468);
    const uint32_t era = z / 146097, doe = z % 146097;
    const uint32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const uint32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const uint32_t mp = (5 * doy + 2) / 153;
    const uint32_t month = mp < 10 ? mp + 3 : mp - 9;
    return (era * 400 + yoe + (month <= 2)) * 100 + month;
}

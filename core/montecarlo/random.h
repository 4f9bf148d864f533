/*
 * random.h - numbers for the Monte Carlo kernel, the same bits everywhere.
 *
 * Only +, -, *, / and sqrt of IEEE doubles and integer operations are used, each of
 * which has one right answer; no libm, whose answers differ between machines.  Loops
 * over arrays of these functions vectorise: they have no branches and no calls.
 */
#ifndef MEDEL_RANDOM_H
#define MEDEL_RANDOM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__FAST_MATH__)
#error "-ffast-math changes results: compile this file without it"
#endif
#if defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ != 0 && __FLT_EVAL_METHOD__ != 16
#error "doubles must be computed as doubles (on x86-32: -msse2 -mfpmath=sse)"
#endif
/* a*b + c must round twice.  gcc obeys -std=c11 or -ffp-contract=off instead. */
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif

#if defined(__GNUC__)
#define MEDEL_INLINE static inline __attribute__((always_inline))
#define MEDEL_SQRT(x) __builtin_sqrt(x)
#else
#include <math.h>
#define MEDEL_INLINE static inline
#define MEDEL_SQRT(x) sqrt(x)
#endif

/* Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel Random Numbers: As Easy as 1, 2,
   3; SC11).  Four random words for each counter, in any order, by any thread. */
#define MEDEL_PHILOX_ROUND(r)                                                            \
    do {                                                                                 \
        uint64_t p0 = (uint64_t)c0 * 0xD2511F53u, p1 = (uint64_t)c2 * 0xCD9E8D57u;       \
        uint32_t k0 = key[0] + (r)*0x9E3779B9u, k1 = key[1] + (r)*0xBB67AE85u;           \
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;                                             \
        c1 = (uint32_t)p1;                                                               \
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;                                             \
        c3 = (uint32_t)p0;                                                               \
    } while (0)

MEDEL_INLINE void medel_philox(uint32_t out[4], const uint32_t counter[4],
                               const uint32_t key[2])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    MEDEL_PHILOX_ROUND(0u);
    MEDEL_PHILOX_ROUND(1u);
    MEDEL_PHILOX_ROUND(2u);
    MEDEL_PHILOX_ROUND(3u);
    MEDEL_PHILOX_ROUND(4u);
    MEDEL_PHILOX_ROUND(5u);
    MEDEL_PHILOX_ROUND(6u);
    MEDEL_PHILOX_ROUND(7u);
    MEDEL_PHILOX_ROUND(8u);
    MEDEL_PHILOX_ROUND(9u);
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

MEDEL_INLINE uint64_t medel_bits(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}

MEDEL_INLINE double medel_from_bits(uint64_t b)
{
    double x;
    memcpy(&x, &b, sizeof x);
    return x;
}

/* The low half of a word as one of 2^32 equal steps of (0, 1), at the middle of the
   step: exact, and never at an end. */
MEDEL_INLINE double medel_word_share(uint64_t word)
{
    uint64_t b = (word & 0xffffffffu) | UINT64_C(0x4330000000000000);
    return ((medel_from_bits(b) - 0x1p52) + 0.5) * 0x1p-32;
}

/* The next double below x. */
MEDEL_INLINE double medel_double_before(double x)
{
    uint64_t b = medel_bits(x);
    if (b == UINT64_C(0xfff0000000000000))
        return x;
    if (x < 0.0)
        return medel_from_bits(b + 1);
    return x > 0.0 ? medel_from_bits(b - 1)
                   : medel_from_bits(UINT64_C(0x8000000000000001));
}

/* ln x for normal x > 0: x = 2^k m with m near 1, and ln m = 2 artanh((m-1)/(m+1)) as
   its series.  Error below 2e-16 (1 + |ln x|). */
MEDEL_INLINE double medel_log(double x)
{
    const uint64_t half = UINT64_C(0x3fe6a09e667f3bcd); /* sqrt(1/2) */
    const uint64_t bias = UINT64_C(0x3ff0000000000000) - half;
    uint64_t b = medel_bits(x) + bias;
    /* k + 1023 as a double by way of the mantissa: no vector unit before AVX-512 turns
       64-bit integers into doubles. */
    double k =
        medel_from_bits((b >> 52) | UINT64_C(0x4330000000000000)) - (0x1p52 + 1023.0);
    double m = medel_from_bits((b & UINT64_C(0x000fffffffffffff)) + half);
    double s = (m - 1.0) / (m + 1.0), z = s * s;
    double p = 1.0 / 21.0;
    p = p * z + 1.0 / 19.0;
    p = p * z + 1.0 / 17.0;
    p = p * z + 1.0 / 15.0;
    p = p * z + 1.0 / 13.0;
    p = p * z + 1.0 / 11.0;
    p = p * z + 1.0 / 9.0;
    p = p * z + 1.0 / 7.0;
    p = p * z + 1.0 / 5.0;
    p = p * z + 1.0 / 3.0;
    return k * 0.693147180559945309417 + (2.0 * s + 2.0 * s * (z * p));
}

/* e^x for |x| <= 700: x = k ln 2 + r, and the series of e^r. */
MEDEL_INLINE double medel_exp(double x)
{
    const double magic = 0x1.8p52; /* adding it rounds to a whole number */
    double t = x * 1.44269504088896340736 + magic, k = t - magic;
    double r = (x - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33;
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    return p * medel_from_bits(((medel_bits(t) << 52) + UINT64_C(0x3ff0000000000000)));
}

/* The standard normal's share below z (Hart 1968, no 5666, as in West 2005).  Beyond
   +-7, which no score is likely to see, it stays at its value there. */
MEDEL_INLINE double medel_normal_share(double z)
{
    double x = z < 0.0 ? -z : z;
    x = x < 7.0 ? x : 7.0;
    double a = 3.52624965998911e-02;
    a = a * x + 0.700383064443688;
    a = a * x + 6.37396220353165;
    a = a * x + 33.912866078383;
    a = a * x + 112.079291497871;
    a = a * x + 221.213596169931;
    a = a * x + 220.206867912376;
    double b = 8.83883476483184e-02;
    b = b * x + 1.75566716318264;
    b = b * x + 16.064177579207;
    b = b * x + 86.7807322029461;
    b = b * x + 296.564248779674;
    b = b * x + 637.333633378831;
    b = b * x + 793.826512519948;
    b = b * x + 440.413735824752;
    double tail = medel_exp(x * x * -0.5) * a / b;
    return z < 0.0 ? tail : 1.0 - tail;
}

/* The score that a share is below (Wichura 1988, AS 241, PPND16), in two parts: for a
   share of 0.5 + q with |q| <= MEDEL_CENTRE, and, as its size, for one at a distance r
   from 0 or 1, e^-25 < r < 0.5. */
#define MEDEL_CENTRE 0.425

MEDEL_INLINE double medel_score_centre(double q)
{
    double r = 0.180625 - q * q;
    double a = 2.5090809287301226727e+3, b = 5.2264952788528545610e+3;
    a = a * r + 3.3430575583588128105e+4;
    b = b * r + 2.8729085735721942674e+4;
    a = a * r + 6.7265770927008700853e+4;
    b = b * r + 3.9307895800092710610e+4;
    a = a * r + 4.5921953931549871457e+4;
    b = b * r + 2.1213794301586595867e+4;
    a = a * r + 1.3731693765509461125e+4;
    b = b * r + 5.3941960214247511077e+3;
    a = a * r + 1.9715909503065514427e+3;
    b = b * r + 6.8718700749205790830e+2;
    a = a * r + 1.3314166789178437745e+2;
    b = b * r + 4.2313330701600911252e+1;
    a = a * r + 3.3871328727963666080e0;
    b = b * r + 1.0;
    return q * (a / b);
}

MEDEL_INLINE double medel_score_end(double distance)
{
    double r = MEDEL_SQRT(-medel_log(distance)) - 1.6;
    double c = 7.74545014278341407640e-4, d = 1.05075007164441684324e-9;
    c = c * r + 2.27238449892691845833e-2;
    d = d * r + 5.47593808499534494600e-4;
    c = c * r + 2.41780725177450611770e-1;
    d = d * r + 1.51986665636164571966e-2;
    c = c * r + 1.27045825245236838258e0;
    d = d * r + 1.48103976427480074590e-1;
    c = c * r + 3.64784832476320460504e0;
    d = d * r + 6.89767334985100004550e-1;
    c = c * r + 5.76949722146069140550e0;
    d = d * r + 1.67638483018380384940e0;
    c = c * r + 4.63033784615654529590e0;
    d = d * r + 2.05319162663775882187e0;
    c = c * r + 1.42343711074968357734e0;
    d = d * r + 1.0;
    return c / d;
}

/* For 0 < share < 1; the nearer to an end, the nearer to 0 it is well to ask. */
MEDEL_INLINE double medel_score(double share)
{
    if (share - 0.5 >= -MEDEL_CENTRE && share - 0.5 <= MEDEL_CENTRE)
        return medel_score_centre(share - 0.5);
    return share < 0.5 ? -medel_score_end(share) : medel_score_end(1.0 - share);
}

/* The same for the share of a word, as cubics: a row for each 64th of each octave of n,
   where n*2^-33 is the distance to the nearer end of (0, 1).  Error below 1e-9. */
#define MEDEL_SCORE_ROWS (32 * 64)

void medel_score_table(double table[MEDEL_SCORE_ROWS * 4]);

/* Where in the table a word is: the first element of its row, and the place t in it. */
MEDEL_INLINE uint64_t medel_score_row(uint64_t word, double *t)
{
    uint64_t mirror = 0 - ((word >> 31) & 1);
    uint64_t n = (((word ^ mirror) & 0x7fffffffu) << 1) | 1;
    uint64_t b = medel_bits(medel_from_bits(n | UINT64_C(0x4330000000000000)) - 0x1p52);
    uint64_t place = (b & UINT64_C(0x00003fffffffffff)) | UINT64_C(0x3ff0000000000000);
    *t = medel_from_bits(place) - 1.0;
    return ((b >> 46) - (1023u << 6)) * 4;
}

/* The cubic; above the middle as it is, below with its sign changed. */
MEDEL_INLINE double medel_score_at(const double row[4], double t, uint64_t word)
{
    double x = ((row[3] * t + row[2]) * t + row[1]) * t + row[0];
    return medel_from_bits(medel_bits(x)
                           ^ ((~word << 32) & UINT64_C(0x8000000000000000)));
}

MEDEL_INLINE double medel_table_score(const double *table, uint64_t word)
{
    double t;
    uint64_t row = medel_score_row(word, &t);
    return medel_score_at(table + row, t, word);
}

#endif

/*
 * amounts.c - prints cases with the core's answers, one per line, for amounts.py to
 * work out again.  Arguments: how many cases, and the seed.
 */
#include "medel_montecarlo.h"
#include "medel_whatif.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static uint64_t state;

/* splitmix64: the same cases everywhere. */
static uint64_t next(void)
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static bool chance(unsigned percent)
{
    return next() % 100 < percent;
}

static const char *one_of(const char *const *list, size_t n)
{
    return list[next() % n];
}
#define ONE_OF(list) one_of((list), COUNT(list))

/* ---- figures as people type them, now and then with a slip ---- */

static void add_digits(char *text, const char *gap)
{
    size_t groups = next() % 4;
    char part[16];
    snprintf(part, sizeof part, "%" PRIu64, next() % 1000);
    strcat(text, part);
    for (size_t i = 0; i < groups; i++) {
        uint64_t group = next() % 1000; /* one draw a statement: C orders no arguments */
        snprintf(part, sizeof part, chance(3) ? "%02" PRIu64 : "%03" PRIu64, group);
        strcat(text, chance(2) ? "." : gap);
        strcat(text, part);
    }
    if (chance(25)) {
        uint64_t most = chance(50) ? 10 : 100000;
        snprintf(part, sizeof part, ",%" PRIu64, next() % most);
        strcat(text, part);
    }
}

static void make_text(char *text)
{
    static const char *const gaps[] = { " ", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF",
                                        ".", "",         "\xE2\x80\x87" };
    static const char *const heads[] = { "",       "",         "",       "ca ",
                                         "ca. ",   "drygt ",   "Minst ", "knappt ",
                                         "cirka ", "ungefär ", "(",      "ca\xC2\xA0",
                                         "kr " };
    static const char *const signs[] = {
        "", "", "", "-", "+", "- ", "\xE2\x88\x92", "\xE2\x80\x93 ", "\xE2\x80\x91", "--"
    };
    static const char *const tails[] = {
        "",
        "",
        "",
        " kr",
        " tkr",
        " mnkr",
        "%",
        " %",
        "-",
        " - kr",
        " %)",
        "%)",
        ")",
        " kr.",
        " SEK",
        " kronor",
        " st",
        " deltagare",
        " av 4,0",
        "/5",
        " procent",
        " procentenheter",
        "kr/deltagare",
        " möten på året",
        "x",
        " mkr ",
        ",",
        "e3",
        " h/vecka",
        "\xC2\xA0kr\xC2\xA0",
        " kr 2",
        " av",
        " %-enheter",
    };
    static const char *const noise[] = {
        " ", ".", ",", "-", "O", "_", "1", "\t", "å", "("
    };
    static const char *const dashes[] = { "-", "–", " \xE2\x88\x92 ", "—\xC2\xA0", "--" };
    *text = '\0';
    if (chance(2)) {
        strcat(text, ONE_OF(dashes));
        return;
    }
    strcat(text, ONE_OF(heads));
    strcat(text, ONE_OF(signs));
    add_digits(text, ONE_OF(gaps));
    strcat(text, ONE_OF(tails));
    if (!chance(15))
        return;
    size_t at = next() % (strlen(text) + 1); /* in the middle of a character, too */
    const char *extra = ONE_OF(noise);
    memmove(text + at + strlen(extra), text + at, strlen(text + at) + 1);
    memcpy(text + at, extra, strlen(extra));
}

/* ---- answers ---- */

static void put_rational(medel_rational r)
{
    printf("\t%" PRId64 "/%" PRId64, r.num, r.den);
}

static void put_quantity(const medel_quantity *q)
{
    put_rational(q->value);
    put_rational(q->low);
    put_rational(q->high);
    printf("\t%d\t%d", q->dimension.money, q->dimension.count);
}

static void put_text(const char *text)
{
    putchar('\t');
    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        printf("%02x", *p);
}

static bool read_text(medel_quantity *q, const char *text, medel_unit unit)
{
    medel_figure f;
    return medel_figure_parse(&f, text, strlen(text), NULL) == MEDEL_OK
           && f.state == MEDEL_FIGURE_VALUE
           && medel_figure_quantity(q, &f, unit) == MEDEL_OK;
}

static bool parse_case(void)
{
    char text[200];
    medel_figure f;
    medel_quantity q;
    medel_unit unit = (medel_unit)(next() % 7);
    make_text(text);
    printf("parse");
    put_text(text);
    printf("\t%d", (int)unit);
    if (medel_figure_parse(&f, text, strlen(text), NULL) != MEDEL_OK) {
        printf("\trefused\n");
        return true;
    }
    if (f.state == MEDEL_FIGURE_DASH) {
        printf("\tdash\n");
        return true;
    }
    medel_status st = medel_figure_quantity(&q, &f, unit);
    printf("\t%s", medel_status_name(st));
    if (st == MEDEL_OK) {
        printf("\t%d\t%d\t%u", (int)f.qualifier, f.has_unit ? (int)f.unit : -1,
               f.decimals);
        put_quantity(&q);
    }
    putchar('\n');
    return true;
}

/* A computed figure near the printed one, so that all three answers come up. */
static bool agree_case(void)
{
    static const medel_unit units[] = { MEDEL_UNIT_KR, MEDEL_UNIT_TKR, MEDEL_UNIT_MNKR,
                                        MEDEL_UNIT_PERCENT, MEDEL_UNIT_NUMBER };
    medel_unit unit = units[next() % COUNT(units)];
    unsigned decimals = (unsigned)(next() % 3);
    int64_t n = (int64_t)(next() % 20000) - 10000, places = decimals == 2   ? 100
                                                            : decimals == 1 ? 10
                                                                            : 1;
    int64_t fine = (int64_t)(next() % 4001) - 2000;
    medel_quantity a, b, off, sum;
    medel_agreement agreement;
    if (medel_quantity_make(&a, n, places, unit) != MEDEL_OK
        || medel_quantity_make(&off, fine, 1000 * places, unit) != MEDEL_OK
        || medel_quantity_add(&b, &a, &off) != MEDEL_OK
        || medel_quantity_printed(&a, unit, decimals) != MEDEL_OK
        || (chance(50) && medel_quantity_printed(&b, unit, decimals + 1) != MEDEL_OK))
        return false;
    sum = b;
    printf("agree\t%d\t%u\t%" PRId64, (int)unit, decimals, n);
    put_quantity(&sum);
    if (medel_quantity_agree(&agreement, &a, &b) == MEDEL_OK)
        printf("\t%d", (int)agreement);
    putchar('\n');
    return true;
}

static int64_t number(void)
{
    uint64_t bits = next();
    int64_t n = (int64_t)(bits >> (1 + next() % 63));
    return chance(50) ? -n : n;
}

static bool format_case(void)
{
    medel_quantity q;
    medel_unit unit = (medel_unit)(next() % 7);
    uint64_t most = chance(50) ? 3 : 100000;
    int64_t num = number(), den = (int64_t)(1 + next() % most);
    unsigned decimals = (unsigned)(next() % 10);
    medel_rounding rounding =
        chance(50) ? MEDEL_ROUND_HALF_AWAY : MEDEL_ROUND_TOWARD_ZERO;
    char text[100];
    if (medel_quantity_make(&q, num, den, unit) != MEDEL_OK)
        return false;
    printf("format\t%" PRId64 "\t%" PRId64 "\t%d\t%u\t%d", num, den, (int)unit, decimals,
           (int)rounding);
    medel_quantity_format(&q, unit, decimals, rounding, text, sizeof text);
    put_text(text);
    medel_quantity_text(&q, text, sizeof text);
    put_text(text);
    putchar('\n');
    return true;
}

static bool operation_case(void)
{
    static const struct {
        const char *name;
        medel_status (*run)(medel_quantity *, const medel_quantity *,
                            const medel_quantity *);
    } ops[] = { { "+", medel_quantity_add },
                { "-", medel_quantity_sub },
                { "*", medel_quantity_mul },
                { "/", medel_quantity_div } };
    char first[200], second[200];
    medel_quantity a, b, out;
    size_t op = next() % COUNT(ops);
    make_text(first);
    make_text(second);
    if (!read_text(&a, first, MEDEL_UNIT_KR) || !read_text(&b, second, MEDEL_UNIT_KR))
        return false;
    medel_status st = ops[op].run(&out, &a, &b);
    printf("op\t%s", ops[op].name);
    put_quantity(&a);
    put_quantity(&b);
    printf("\t%s", medel_status_name(st));
    if (st == MEDEL_OK)
        put_quantity(&out);
    putchar('\n');
    return true;
}

int main(int argc, char **argv)
{
    static bool (*const kinds[])(void) = { parse_case, agree_case, format_case,
                                           operation_case };
    long left = argc > 1 ? atol(argv[1]) : 1000;
    state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    while (left > 0)
        left -= kinds[next() % COUNT(kinds)](); /* a case may come to nothing */
    return ferror(stdout) ? 1 : 0;
}

/* sentence.c - what a check found, as Swedish sentences. */
#include "check.h"

#include <stdio.h>
#include <string.h>

/* A word or a range is part of what is printed: "ca 70", "30-48 %". */
static bool worded(const medel_quantity *q, const medel_fact *f)
{
    return f->qualifier != MEDEL_QUALIFIER_NONE && f->text && q == &f->value;
}

/* As medel_arena_format, with a capital first. */
__attribute__((format(printf, 2, 3))) static const char *sentence(medel_checker *c,
                                                                  const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    char *text = medel_arena_vformat(c->arena, format, ap);
    va_end(ap);
    medel_text_capital(text);
    return text;
}

/* The figure as its own place would print it. */
static const char *number(medel_checker *c, const medel_quantity *q, const medel_fact *f,
                          unsigned more_decimals)
{
    char digits[64];
    const char *unit = medel_unit_name(f->unit);
    unsigned decimals = f->decimals + more_decimals;
    if (worded(q, f))
        return f->text;
    if (f->value.dimension.money && f->unit == MEDEL_UNIT_KR && f->decimals == 2
        && q->value.den == 1 && q->value.num % 100 == 0)
        decimals = 0;
    medel_quantity_format(q, f->unit, decimals, MEDEL_ROUND_HALF_AWAY, digits,
                          sizeof digits);
    return medel_arena_format(c->arena, *unit ? "%s %s" : "%s%s", digits, unit);
}

static const char *name(medel_checker *c, const medel_fact *f)
{
    const size_t size = medel_fact_name(f, NULL, 0) + 1;
    char *words = medel_arena_get(c->arena, size);
    medel_fact_name(f, words, size);
    return words;
}

const char *medel_say_place(medel_checker *c, const medel_fact *f)
{
    const size_t size = medel_fact_where(c->r, f, MEDEL_IN_SENTENCE, NULL, 0) + 1;
    char *words = medel_arena_get(c->arena, size);
    medel_fact_where(c->r, f, MEDEL_IN_SENTENCE, words, size);
    return words;
}

/* The printed figure is nearer zero than what it should be, or farther. */
static const char *rounded(const medel_check *k)
{
    const bool other = k->cause_fact != k->subject;
    medel_quantity printed = k->cause_fact->value,
                   exact = other ? k->subject->value : k->expected;
    int order = 0;
    if ((other && k->kind != MEDEL_CHECK_DUPLICATE)
        || medel_quantity_abs(&printed, &printed) != MEDEL_OK
        || medel_quantity_abs(&exact, &exact) != MEDEL_OK
        || medel_quantity_compare(&order, &printed, &exact) != MEDEL_OK)
        return medel_cause_text(k->cause);
    return order < 0 ? "avkortad" : "avrundad uppåt";
}

static const char *cause(medel_checker *c, const medel_check *k)
{
    if (!k->cause_fact)
        return "";
    if (k->cause == MEDEL_CAUSE_NONE)
        return medel_arena_format(c->arena,
                                  " \xC3\x84ndras bara %s, till %s, st\xC3\xA4mmer "
                                  "det.",
                                  name(c, k->cause_fact),
                                  number(c, &k->suggested, k->cause_fact, 0));
    if (medel_cause_of_row(k->cause))
        return medel_arena_format(c->arena, " Trolig orsak: %s (%s).",
                                  medel_cause_text(k->cause), name(c, k->cause_fact));
    if (k->cause == MEDEL_CAUSE_ROUNDING && k->kind == MEDEL_CHECK_SUM
        && k->subject->variant == MEDEL_VARIANT_PROGNOS)
        return " Prognosens belopp kan vara avrundade vart och ett f\xC3\xB6r sig.";
    if (k->cause == MEDEL_CAUSE_ROUNDING)
        return medel_arena_format(
            c->arena, " Siffran%s%s är %s.", k->cause_fact == k->subject ? "" : " i ",
            k->cause_fact == k->subject ? "" : medel_say_place(c, k->cause_fact),
            rounded(k));
    if (k->cause == MEDEL_CAUSE_EXCHANGED)
        return medel_arena_format(c->arena, " Trolig orsak: %s; %s vore d\xC3\xA5 %s.",
                                  medel_cause_text(k->cause), name(c, k->cause_fact),
                                  number(c, &k->suggested, k->cause_fact, 0));
    /* The same words may stand for a figure in another table. */
    bool elsewhere = strcmp(k->cause_fact->table, k->subject->table) != 0;
    return medel_arena_format(c->arena, " Trolig orsak: %s i %s%s%s, som då vore %s.",
                              medel_cause_text(k->cause), name(c, k->cause_fact),
                              elsewhere ? " i " : "",
                              elsewhere ? medel_say_place(c, k->cause_fact) : "",
                              number(c, &k->suggested, k->cause_fact, 0));
}

static const char *difference(medel_checker *c, const medel_check *k)
{
    medel_quantity size = k->difference;
    (void)!medel_quantity_abs(&size, &size);
    return number(c, &size, k->subject, 0);
}

static const char *expected(medel_checker *c, const medel_check *k)
{
    bool rounded =
        k->cause == MEDEL_CAUSE_ROUNDING
        || (k->kind == MEDEL_CHECK_RATIO && k->subject->unit == MEDEL_UNIT_PERCENT);
    return number(c, &k->expected, k->subject, rounded ? 1 : 0);
}

/* Both figures, and where: of one place its lines, too. */
static const char *say_duplicate(medel_checker *c, const medel_check *k)
{
    const medel_fact *other = k->terms[0].fact;
    const char *here = medel_say_place(c, k->subject), *there = medel_say_place(c, other);
    char lines[2][64] = { "", "" };
    const bool same = strcmp(here, there) == 0;
    if (same) {
        medel_fact_place(c->r, k->subject, lines[0], sizeof lines[0]);
        medel_fact_place(c->r, other, lines[1], sizeof lines[1]);
        there = *lines[1] ? lines[1] : "ett annat ställe";
    }
    return sentence(c, "%s är %s %s%s%s%s men %s %s %s%s.%s", name(c, k->subject),
                    number(c, &k->subject->value, k->subject, 0), *lines[0] ? "på " : "",
                    lines[0], *lines[0] ? " i " : "i ", here,
                    number(c, &k->expected, other, 0), same ? "på" : "i", there,
                    k->nterms > 1 ? " i den form som f\xC3\xB6rbundet annars trycker"
                                  : "",
                    cause(c, k));
}

static const char *say_columns(medel_checker *c, const medel_check *k)
{
    bool deviation = medel_same(k->subject->measure, "avvikelse");
    return sentence(c, "%s är %s men %s är %s; skillnaden är %s.%s", name(c, k->subject),
                    number(c, &k->subject->value, k->subject, 0),
                    deviation ? "utfall minus budget" : "intäkt minus kostnad",
                    expected(c, k), difference(c, k), cause(c, k));
}

/* The figure that the smallest repair blames, and what it is a part of. */
static const char *say_part(medel_checker *c, const medel_check *k)
{
    const medel_fact *whole = k->terms[0].fact;
    const char *slip =
        k->cause == MEDEL_CAUSE_NONE ? ""
        : k->cause == MEDEL_CAUSE_EXCHANGED
            ? cause(c, k)
            : medel_arena_format(c->arena,
                                 " Trolig orsak: %s i %s, som d\xC3\xA5 "
                                 "vore %s.",
                                 medel_cause_text(k->cause), name(c, k->subject),
                                 number(c, &k->suggested, k->subject, 0));
    return medel_arena_format(
        c->arena,
        "%s \xC3\xA4r %s men borde vara %s f\xC3\xB6r att %s, %s, ska st\xC3\xA4mma; "
        "skillnaden \xC3\xA4r %s.%s",
        name(c, k->subject), number(c, &k->subject->value, k->subject, 0), expected(c, k),
        name(c, whole), number(c, &whole->value, whole, 0), difference(c, k), slip);
}

void medel_check_say(medel_checker *c, medel_check *k)
{
    if (k->outcome != MEDEL_FINDING || k->message)
        return;
    if (k->part) {
        k->message = say_part(c, k);
        return;
    }
    const char *value = number(c, &k->subject->value, k->subject, 0);
    switch (k->kind) {
    case MEDEL_CHECK_SUM:
        k->message = sentence(
            c, "%s är %s men raderna summerar till %s; skillnaden är %s.%s",
            name(c, k->subject), value, expected(c, k), difference(c, k), cause(c, k));
        break;
    case MEDEL_CHECK_COLUMNS: k->message = say_columns(c, k); break;
    case MEDEL_CHECK_DUPLICATE: k->message = say_duplicate(c, k); break;
    case MEDEL_CHECK_RELATION:
        k->message =
            sentence(c, "%s är %s i %s men övriga uppgifter ger %s; skillnaden är %s.%s",
                     name(c, k->subject), value, medel_say_place(c, k->subject),
                     expected(c, k), difference(c, k), cause(c, k));
        break;
    case MEDEL_CHECK_RATIO:
        if (k->relation && k->relation->of) {
            k->message =
                sentence(c, "%s är tryckt som %s, men %s delat med %s är %s.%s",
                         name(c, k->subject), value,
                         number(c, &k->terms[0].fact->value, k->terms[0].fact, 0),
                         number(c, &k->terms[1].fact->value, k->terms[1].fact, 0),
                         expected(c, k), cause(c, k));
            break;
        }
        k->message = sentence(c, "%s är tryckt som %s men blir %s.%s",
                              name(c, k->subject), value, expected(c, k), cause(c, k));
        break;
    case MEDEL_CHECK_SIGNS:
    case MEDEL_CHECK_UNIT: break;
    }
    if (k->proof == MEDEL_PROOF_QUESTION && k->cause == MEDEL_CAUSE_NONE && k->message)
        k->message = sentence(c,
                              "%s Inget tryckt belopp f\xC3\xB6rklarar "
                              "skillnaden.",
                              k->message);
}

void medel_check_say_signs(medel_checker *c, medel_check *k, size_t flipped, size_t kept)
{
    if (k->outcome != MEDEL_FINDING)
        return;
    k->message =
        sentence(c,
                 "Nettokolumnen för %d har omvänt tecken: %s är tryckt som %s men är %s. "
                 "%s %zu rader har %sbytt tecken.",
                 k->subject->year, name(c, k->subject),
                 number(c, &k->subject->printed, k->subject, 0),
                 number(c, &k->subject->value, k->subject, 0),
                 kept ? "Sammanlagt" : "Kolumnens", flipped, kept ? "" : "alla ");
}

void medel_check_say_mixed(medel_checker *c, medel_check *k, size_t flipped, size_t kept)
{
    k->message =
        sentence(c,
                 "Tabellen blandar teckenkonventioner: %zu %s skriver nettot som kostnad "
                 "minus intäkt och %zu som intäkt minus kostnad.",
                 flipped, flipped == 1 ? "rad" : "rader", kept);
}

void medel_check_say_odd_sign(medel_checker *c, medel_check *k, size_t others)
{
    const char *among =
        others ? medel_arena_format(
            c->arena, " mot de %zu andra raderna av samma slag i kolumnen", others)
               : "";
    k->message =
        sentence(c, "%s har omvänt tecken%s: %s borde vara %s.", name(c, k->subject),
                 among, number(c, &k->subject->printed, k->subject, 0),
                 number(c, &k->suggested, k->subject, 0));
}

void medel_check_say_income_among_costs(medel_checker *c, medel_check *k)
{
    k->message =
        sentence(c,
                 "%s, %s, är en intäkt bland kostnader som är tryckta utan "
                 "minus. Summan räknar ifrån den.",
                 name(c, k->subject), number(c, &k->subject->printed, k->subject, 0));
}

void medel_check_say_unit(medel_checker *c, medel_check *k, const medel_table *t)
{
    if (k->outcome != MEDEL_FINDING)
        return;
    char digits[64];
    medel_quantity_format(&k->subject->printed, t->unit, k->subject->decimals,
                          MEDEL_ROUND_HALF_AWAY, digits, sizeof digits);
    if (t->printed_unit)
        k->message = sentence(
            c,
            "Tabellen är rubricerad \xE2\x80\x9D%s\xE2\x80\x9D men beloppen är "
            "i %s: %s är %s.",
            t->printed_unit, medel_unit_name(t->unit), name(c, k->subject), digits);
    else
        k->message =
            sentence(c,
                     "Tabellens belopp i %s är tusen gånger fel mot övriga tabeller: %s "
                     "är %s.",
                     medel_unit_name(t->unit), name(c, k->subject), digits);
}

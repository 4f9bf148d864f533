/* figure.c - Swedish figures: reading them as printed, writing them back. */
#include "medel_priv.h"

#include <stdio.h>
#include <string.h>

#define MAX_DIGITS 18
#define MAX_DECIMALS 9

typedef struct cursor {
    const unsigned char *p, *end;
} cursor;

/* A space that may stand between digits: space, NBSP, thin, narrow no-break. */
static size_t space_at(const cursor *c)
{
    size_t left = (size_t)(c->end - c->p);
    if (left >= 1 && c->p[0] == ' ')
        return 1;
    if (left >= 2 && c->p[0] == 0xC2 && c->p[1] == 0xA0)
        return 2;
    if (left >= 3 && c->p[0] == 0xE2 && c->p[1] == 0x80
        && (c->p[2] == 0x89 || c->p[2] == 0xAF || c->p[2] == 0x87))
        return 3;
    return 0;
}

static void skip_space(cursor *c)
{
    for (size_t n = space_at(c); n; n = space_at(c))
        c->p += n;
}

/* Hyphen, U+2212 minus, U+2013 en dash, U+2011 no-break hyphen, U+2014 em dash. */
static size_t minus_at(const cursor *c)
{
    size_t left = (size_t)(c->end - c->p);
    if (left >= 1 && c->p[0] == '-')
        return 1;
    if (left >= 3 && c->p[0] == 0xE2
        && ((c->p[1] == 0x88 && c->p[2] == 0x92)
            || (c->p[1] == 0x80
                && (c->p[2] == 0x93 || c->p[2] == 0x91 || c->p[2] == 0x94))))
        return 3;
    return 0;
}

static bool take(cursor *c, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(c->end - c->p) < n || memcmp(c->p, word, n) != 0)
        return false;
    c->p += n;
    return true;
}

/* A word and the space after it; it may begin a sentence: "Drygt 290 deltagare". */
static medel_qualifier take_qualifier(cursor *c)
{
    static const struct {
        const char *word; /* its first letter may be a capital */
        medel_qualifier q;
    } words[] = {
        { "cirka", MEDEL_QUALIFIER_CA },       { "c:a", MEDEL_QUALIFIER_CA },
        { "ca.", MEDEL_QUALIFIER_CA },         { "ca", MEDEL_QUALIFIER_CA },
        { "ungefär", MEDEL_QUALIFIER_CA },     { "omkring", MEDEL_QUALIFIER_CA },
        { "runt", MEDEL_QUALIFIER_CA },        { "drygt", MEDEL_QUALIFIER_DRYGT },
        { "knappt", MEDEL_QUALIFIER_KNAPPT },  { "nästan", MEDEL_QUALIFIER_KNAPPT },
        { "närmare", MEDEL_QUALIFIER_KNAPPT }, { "uppemot", MEDEL_QUALIFIER_KNAPPT },
        { "minst", MEDEL_QUALIFIER_MINST },    { "lägst", MEDEL_QUALIFIER_MINST },
        { "över", MEDEL_QUALIFIER_OVER },      { "mer än", MEDEL_QUALIFIER_OVER },
        { "fler än", MEDEL_QUALIFIER_OVER },   { "högre än", MEDEL_QUALIFIER_OVER },
        { "större än", MEDEL_QUALIFIER_OVER }, { "högst", MEDEL_QUALIFIER_HOGST },
        { "maximalt", MEDEL_QUALIFIER_HOGST }, { "max", MEDEL_QUALIFIER_HOGST },
        { "under", MEDEL_QUALIFIER_UNDER },    { "mindre än", MEDEL_QUALIFIER_UNDER },
        { "färre än", MEDEL_QUALIFIER_UNDER }, { "lägre än", MEDEL_QUALIFIER_UNDER },
    };
    for (size_t i = 0; i < MEDEL_COUNT(words); i++) {
        static const unsigned char capital_o[] = { 0xC3, 0x96 };
        cursor after = *c;
        const char *w = words[i].word;
        if (after.p == after.end)
            break;
        if (memcmp(w, "ö", 2) == 0 && after.end - after.p >= 2
            && memcmp(after.p, capital_o, 2) == 0) {
            after.p += 2;
            w += 2;
        } else if (*after.p >= 'A' && *after.p <= 'Z' && (*after.p | 0x20) == *w) {
            after.p++;
            w++;
        }
        if (!take(&after, w) || !space_at(&after))
            continue;
        skip_space(&after);
        *c = after;
        return words[i].q;
    }
    return MEDEL_QUALIFIER_NONE;
}

static const char *take_digits(cursor *c, int64_t *digits, unsigned *decimals)
{
    unsigned n = 0, group = 0, groups = 0;
    unsigned char separator = 0;
    *digits = 0;
    *decimals = 0;
    if (c->p == c->end || !medel_digit((char)*c->p))
        return "a number is expected";
    while (c->p < c->end) {
        size_t space = space_at(c);
        bool after = c->p + (space ? space : 1) < c->end
                     && medel_digit((char)c->p[space ? space : 1]);
        if (medel_digit((char)*c->p)) {
            if (++n > MAX_DIGITS)
                return "more than 18 digits";
            *digits = *digits * 10 + (*c->p++ - '0');
            group++;
        } else if ((space || *c->p == '.') && after) {
            unsigned char kind = space ? ' ' : '.';
            if (separator && separator != kind)
                return "two kinds of digit grouping";
            if (groups ? group != 3 : group > 3)
                return "digits are grouped by three";
            separator = kind;
            groups++;
            group = 0;
            c->p += space ? space : 1;
        } else {
            break;
        }
    }
    if (groups && group != 3)
        return separator == '.'
                   ? "a period groups digits by three; the decimal sign is a "
                     "comma"
                   : "digits are grouped by three";
    if (c->p + 1 < c->end && *c->p == ',' && medel_digit((char)c->p[1])) {
        for (c->p++; c->p < c->end && medel_digit((char)*c->p); c->p++) {
            if (++*decimals > MAX_DECIMALS)
                return "more than 9 decimals";
            if (++n > MAX_DIGITS)
                return "more than 18 digits";
            *digits = *digits * 10 + (*c->p - '0');
        }
        if (c->p < c->end && *c->p == ',')
            return "a second decimal comma";
    }
    return NULL;
}

/* Length of a letter, 0 if there is none: A-Z, and Latin letters with marks. */
static size_t letter_at(const cursor *c)
{
    uint32_t code = 0;
    size_t n = medel_utf8_length(c->p, (size_t)(c->end - c->p), &code);
    bool ascii = code < 0x80 && (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
    bool latin = code >= 0xC0 && code < 0x250 && code != 0xD7 && code != 0xF7;
    return ascii || latin ? n : 0;
}

/* What is counted: "72 deltagare", "3 möten per år". */
static const char *take_thing(cursor *c, medel_figure *f, bool spaced)
{
    size_t letter = letter_at(c);
    if (!letter)
        return NULL;
    if (!spaced) /* 1e3, 0xFF, and the letter O typed for a zero */
        return "a space is expected between the number and a word";
    if (f->decimals)
        return "a number of things has no decimals";
    for (; letter; letter = letter_at(c)) {
        c->p += letter;
        skip_space(c);
    }
    f->unit = MEDEL_UNIT_COUNT;
    f->has_unit = true;
    return NULL;
}

/* "4 323 000 :-", with a hyphen or a dash. */
static bool take_colon_dash(cursor *c)
{
    cursor at = *c;
    if (!take(&at, ":"))
        return false;
    skip_space(&at);
    const size_t dash = minus_at(&at);
    if (!dash)
        return false;
    c->p = at.p + dash;
    return true;
}

static bool ends_unit(const cursor *c)
{
    return c->p == c->end || space_at(c) || strchr(").,;:!?/", *c->p) || minus_at(c);
}

/* "kr." at the end of a sentence is the word and its full stop. */
static bool take_money_word(cursor *c, medel_unit *unit)
{
    const size_t n = medel_money_word((const char *)c->p, (size_t)(c->end - c->p), unit);
    if (n == 0)
        return false;
    cursor at = { c->p + n, c->end };
    cursor stop = at;
    if (take(&stop, ".") && ends_unit(&stop))
        at = stop;
    if (!ends_unit(&at))
        return false;
    *c = at;
    return true;
}

/* A word for an amount or a share; false leaves the cursor where it was. */
static bool take_unit_word(cursor *c, medel_figure *f)
{
    static const struct {
        const char *word;
        medel_unit unit;
    } units[] = {
        { "kr/deltagare", MEDEL_UNIT_KR_PER_COUNT },
        { "procentenheter", MEDEL_UNIT_NUMBER },
        { "procent", MEDEL_UNIT_PERCENT },
        { "%", MEDEL_UNIT_PERCENT },
        { "h/vecka", MEDEL_UNIT_NUMBER },
    };
    f->has_unit = true;
    if (take_colon_dash(c)) {
        f->unit = MEDEL_UNIT_KR;
        return true;
    }
    for (size_t i = 0; i < MEDEL_COUNT(units); i++) {
        cursor before = *c;
        if (take(c, units[i].word) && ends_unit(c)) {
            f->unit = units[i].unit;
            return true;
        }
        *c = before;
    }
    f->has_unit = take_money_word(c, &f->unit);
    return f->has_unit;
}

static const char *take_unit(cursor *c, medel_figure *f)
{
    bool spaced = space_at(c) > 0;
    skip_space(c);
    if (take_unit_word(c, f))
        return NULL;
    if (take(c, "av ") || take(c, "/")) { /* a grade: 3,8 av 4,0 */
        int64_t top;
        unsigned decimals;
        const char *why = take_digits(c, &top, &decimals);
        if (why)
            return why;
        f->scale.num = top;
        f->scale.den = 1;
        for (; decimals; decimals--)
            f->scale.den *= 10;
        f->unit = MEDEL_UNIT_NUMBER;
        f->has_unit = true;
        return NULL;
    }
    return take_thing(c, f, spaced);
}

/* "30-35": where a second number follows the dash.  The unit of the first may be said,
   too: "30 % - 35 %". */
static const char *take_range(cursor *c, medel_figure *f)
{
    cursor at = *c;
    medel_figure unit = { .unit = MEDEL_UNIT_NUMBER };
    unsigned decimals;
    skip_space(&at);
    take_unit_word(&at, &unit);
    skip_space(&at);
    const size_t dash = minus_at(&at);
    if (!dash)
        return NULL;
    at.p += dash;
    skip_space(&at);
    if (at.p == at.end || !medel_digit((char)*at.p))
        return NULL; /* an accountant's trailing minus */
    const char *why = take_digits(&at, &f->upper, &decimals);
    if (why)
        return why;
    if (f->qualifier != MEDEL_QUALIFIER_NONE && f->qualifier != MEDEL_QUALIFIER_CA)
        return "a range has no other word before it than ca";
    for (; decimals < f->decimals && f->upper < INT64_MAX / 10; decimals++)
        f->upper *= 10;
    for (; decimals > f->decimals && f->digits < INT64_MAX / 10; f->decimals++)
        f->digits *= 10;
    if (f->upper <= f->digits)
        return "the range does not go upwards";
    f->qualifier = MEDEL_QUALIFIER_RANGE;
    *c = at;
    return NULL;
}

medel_status medel_figure_parse(medel_figure *out, const char *text, size_t len,
                                const char **why)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, text);
    cursor c = { (const unsigned char *)text, (const unsigned char *)text + len };
    medel_figure f = { .scale = { 0, 1 } };
    const char *reason = NULL;
    skip_space(&c);
    cursor dash = { c.p + minus_at(&c), c.end };
    skip_space(&dash);
    if (minus_at(&c) && dash.p == dash.end) {
        f.state = MEDEL_FIGURE_DASH;
        *out = f;
        return MEDEL_OK;
    }
    f.qualifier = take_qualifier(&c);
    bool bracket = take(&c, "("), negative = false;
    skip_space(&c);
    if (minus_at(&c)) {
        c.p += minus_at(&c);
        negative = true;
        skip_space(&c);
    } else if (take(&c, "+")) {
        skip_space(&c);
    }
    reason = take_digits(&c, &f.digits, &f.decimals);
    if (!reason && !negative)
        reason = take_range(&c, &f);
    if (!reason) {
        cursor after = c;
        skip_space(&after);
        if (minus_at(&after) && !negative) { /* accountant's trailing minus */
            c = after;
            c.p += minus_at(&c);
            negative = true;
        }
        reason = take_unit(&c, &f);
    }
    skip_space(&c);
    if (!reason && bracket) {
        if (!take(&c, ")"))
            reason = "the bracket is not closed";
        else if (!f.has_unit || f.unit != MEDEL_UNIT_PERCENT)
            reason = "brackets around an amount are ambiguous: type a minus sign";
        skip_space(&c);
    }
    if (!reason && c.p != c.end)
        reason = *c.p == ',' ? "digits are expected after the decimal comma"
                             : "something else follows the number";
    if (reason) {
        if (why)
            *why = reason;
        return MEDEL_E_SYNTAX;
    }
    if (negative)
        f.digits = -f.digits;
    *out = f;
    return MEDEL_OK;
}

/* No bound: it compares as beyond every number, and adds and multiplies as it should. */
static medel_rational beyond(int64_t direction)
{
    return (medel_rational){ direction, 0 };
}

static medel_status span(medel_quantity *q, const medel_figure *f, medel_unit unit,
                         int64_t places)
{
    medel_quantity to, one, sum;
    medel_status st = medel_quantity_make(&to, f->upper, places, unit);
    if (st == MEDEL_OK)
        st = medel_quantity_printed(&to, unit, f->decimals);
    one = *q;
    if (medel_rational_compare(one.low, to.low) > 0) { /* typed wrong, as misprints are */
        one = to;
        to = *q;
    }
    if (st == MEDEL_OK)
        st = medel_quantity_add(&sum, &one, &to);
    const medel_rational half = { 1, 2 };
    if (st == MEDEL_OK)
        st = medel_rational_mul(&q->value, sum.value, half);
    q->low = one.low;
    q->high = to.high;
    q->loose = true;
    return st;
}

/* "ca", "drygt" and "knappt" speak of the last digit that is not a zero: ca 1 900 is
   1 850 to 1 950, drygt 290 is 290 to 300, knappt 290 is 280 to 290.  "över" and "minst"
   have no end. */
static medel_status qualify(medel_quantity *q, const medel_figure *f, medel_unit unit,
                            int64_t places)
{
    int64_t step = 1, away = f->digits < 0 ? -1 : 1;
    while (f->digits && f->digits % (step * 10) == 0)
        step *= 10;
    medel_quantity near = *q, far = *q;
    near.low = near.high = far.low = far.high = q->value;
    medel_status st = MEDEL_OK;
    switch (f->qualifier) {
    case MEDEL_QUALIFIER_RANGE: return span(q, f, unit, places);
    case MEDEL_QUALIFIER_CA:
        if (step == 1)
            return MEDEL_OK;
        st = medel_quantity_make(&far, f->digits + away * (step / 2), places, unit);
        if (st == MEDEL_OK)
            st = medel_quantity_make(&near, f->digits - away * (step / 2), places, unit);
        break;
    case MEDEL_QUALIFIER_DRYGT:
        st = medel_quantity_make(&far, f->digits + away * step, places, unit);
        break;
    case MEDEL_QUALIFIER_KNAPPT:
        st = medel_quantity_make(&near, f->digits - away * step, places, unit);
        break;
    case MEDEL_QUALIFIER_MINST:
    case MEDEL_QUALIFIER_OVER: far.value = beyond(away); break;
    case MEDEL_QUALIFIER_HOGST:
    case MEDEL_QUALIFIER_UNDER: near.value = beyond(-away); break;
    case MEDEL_QUALIFIER_NONE: return MEDEL_OK;
    }
    q->loose = true;
    q->low = away > 0 ? near.value : far.value;
    q->high = away > 0 ? far.value : near.value;
    return st;
}

medel_status medel_figure_quantity(medel_quantity *out, const medel_figure *f,
                                   medel_unit unit)
{
    MEDEL_NEEDS_QUANTITY(out, f);
    int64_t places = 1;
    medel_unit u = f->has_unit ? f->unit : unit;
    for (unsigned i = 0; i < f->decimals; i++)
        places *= 10;
    medel_status st = medel_quantity_make(out, f->digits, places, u);
    if (st != MEDEL_OK || f->state != MEDEL_FIGURE_VALUE)
        return st;
    st = medel_quantity_printed(out, u, f->decimals);
    if (st == MEDEL_OK)
        st = qualify(out, f, u, places);
    return st == MEDEL_OK ? st : medel_no_quantity(out, st);
}

/* ---- writing ---- */

const char *medel_unit_name(medel_unit u)
{
    switch (u) {
    case MEDEL_UNIT_KR: return "kr";
    case MEDEL_UNIT_TKR: return "tkr";
    case MEDEL_UNIT_MNKR: return "mnkr";
    case MEDEL_UNIT_PERCENT: return "%";
    case MEDEL_UNIT_KR_PER_COUNT: return "kr/deltagare";
    case MEDEL_UNIT_NUMBER:
    case MEDEL_UNIT_COUNT: break;
    }
    return "";
}

static size_t finish(char *buf, size_t size, const char *text)
{
    size_t len = strlen(text);
    if (size) {
        size_t n = len < size ? len : size - 1;
        memcpy(buf, text, n);
        buf[n] = '\0';
    }
    return len;
}

size_t medel_quantity_format(const medel_quantity *q, medel_unit unit, unsigned decimals,
                             medel_rounding rounding, char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, q, buf || !size);
    int64_t scale = medel_unit_scale(unit), mul = 1, n;
    if (decimals > MAX_DECIMALS)
        decimals = MAX_DECIMALS;
    for (unsigned i = 0; i < decimals; i++)
        mul *= 10;
    medel_status st = scale > 0
                          ? medel_rational_round(&n, q->value, mul, scale, rounding)
                          : medel_rational_round(&n, q->value, mul * -scale, 1, rounding);
    if (st != MEDEL_OK)
        return finish(buf, size, "(för stort)");
    char digits[24], out[48];
    int len = snprintf(digits, sizeof digits, "%0*llu", (int)decimals + 1,
                       (unsigned long long)(n < 0 ? -n : n));
    size_t at = 0;
    if (n < 0) {
        memcpy(out, "\xE2\x88\x92", 3);
        at = 3;
    }
    int whole = len - (int)decimals;
    for (int i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0)
            out[at++] = ' ';
        out[at++] = digits[i];
    }
    if (decimals) {
        out[at++] = ',';
        memcpy(out + at, digits + whole, decimals);
        at += decimals;
    }
    out[at] = '\0';
    return finish(buf, size, out);
}

/* 31 %, 24,26 %; else 33,3 %, or 74,04 % where 74,0 would look whole. */
static unsigned percent_decimals(const medel_quantity *q)
{
    char one[64];
    unsigned decimals = 100 % q->value.den == 0 ? 0 : 1000 % q->value.den == 0 ? 1 : 2;
    if (decimals < 2 || 10000 % q->value.den == 0)
        return decimals;
    size_t n = medel_quantity_format(q, MEDEL_UNIT_PERCENT, 1, MEDEL_ROUND_HALF_AWAY, one,
                                     sizeof one);
    return one[n - 1] == '0' ? 2 : 1;
}

size_t medel_quantity_text(const medel_quantity *q, char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, q, buf || !size);
    const medel_dimension d = q->dimension;
    medel_unit unit = MEDEL_UNIT_NUMBER;
    unsigned decimals = q->value.den == 1 ? 0 : 2;
    if (d.money == 1 && d.count == 0) {
        unit = MEDEL_UNIT_KR;
        decimals = q->value.den == 1 && q->value.num % 100 == 0 ? 0 : 2;
    } else if (d.money == 1 && d.count == -1) {
        unit = MEDEL_UNIT_KR_PER_COUNT;
        decimals = 0;
    } else if (d.money == 0 && d.count == 1) {
        unit = MEDEL_UNIT_COUNT;
    } else if (d.money == 0 && d.count == 0) {
        unit = MEDEL_UNIT_PERCENT;
        decimals = percent_decimals(q);
    }
    char number[64], out[96];
    medel_quantity_format(q, unit, decimals, MEDEL_ROUND_HALF_AWAY, number,
                          sizeof number);
    const char *name = medel_unit_name(unit);
    snprintf(out, sizeof out, *name ? "%s %s" : "%s%s", number, name);
    return finish(buf, size, out);
}

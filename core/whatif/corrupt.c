/*
 * corrupt.c - the slips that a figure can suffer on its way into print: what the pack
 * is tried with.  The list follows from the report alone and is always the same.
 */
#include "check.h"
#include "medel_whatif.h"

#include <stdio.h>
#include <string.h>

#define MAX_DIGITS 15

typedef struct slips {
    const medel_report *r;
    const medel_fact *f;
    medel_corruption *list;
    size_t n;
    bool negative;
    char digits[24]; /* of the magnitude */
    size_t len;
    int64_t own;
} slips;

const char *medel_corruption_text(medel_corruption_kind k)
{
    switch (k) {
    case MEDEL_CORRUPT_SIGN: return "omvänt tecken";
    case MEDEL_CORRUPT_THOUSAND: return "kronor och tusental förväxlade";
    case MEDEL_CORRUPT_TRANSPOSITION: return "omkastade siffror";
    case MEDEL_CORRUPT_DIGIT: return "en felaktig siffra";
    case MEDEL_CORRUPT_LOST: return "en siffra har fallit bort";
    case MEDEL_CORRUPT_DOUBLED: return "en siffra dubblerad";
    case MEDEL_CORRUPT_COLUMN: return "bytt plats med kolumnen bredvid";
    case MEDEL_CORRUPT_ROW: return "raden ovanför en gång till";
    }
    return "";
}

/* ---- writing it as it was typed ---- */

static bool minus_before(const char *text, size_t end, size_t *len)
{
    static const char *const signs[] = {
        "-", "+", "\xE2\x88\x92", "\xE2\x80\x93", "\xE2\x80\x91", "\xE2\x80\x94"
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        *len = strlen(signs[i]);
        if (end >= *len && memcmp(text + end - *len, signs[i], *len) == 0)
            return true;
    }
    return false;
}

/* Where the number ends: digits, their grouping, one decimal comma. */
static size_t number_end(const char *text, size_t at)
{
    for (;;) {
        size_t space = strncmp(text + at, "\xC2\xA0", 2) == 0   ? 2
                       : strncmp(text + at, "\xE2\x80", 2) == 0 ? 3
                                                                : 1;
        if (medel_digit(text[at]))
            at++;
        else if (text[at] && strchr(" .,\xC2\xE2", text[at])
                 && medel_digit(text[at + space]))
            at += space;
        else
            return at;
    }
}

size_t medel_fact_retype(const medel_fact *f, int64_t digits, char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, f, buf || !size);
    const char *text = f->text ? f->text : "";
    size_t start = strcspn(text, "0123456789"), end = number_end(text, start), len;
    medel_quantity q = { .value = { digits, 1 } };
    char number[48];
    while (start && (text[start - 1] == ' ' || minus_before(text, start, &len)))
        start -= text[start - 1] == ' ' ? 1 : len;
    const char *rest = text + end;
    size_t gap = strspn(rest, " ");
    if (rest[gap] == '-' && f->qualifier != MEDEL_QUALIFIER_RANGE)
        rest += gap + 1; /* an accountant's trailing minus */
    for (unsigned i = 0; i < f->decimals; i++)
        q.value.den *= 10;
    medel_quantity_format(&q, MEDEL_UNIT_NUMBER, f->decimals, MEDEL_ROUND_HALF_AWAY,
                          number, sizeof number);
    const char *space = start && text[start - 1] != '(' ? " " : "";
    int n = snprintf(buf, size, "%.*s%s%s%s", (int)start, text, space, number, rest);
    return n < 0 ? 0 : (size_t)n;
}

/* ---- the list ---- */

/* Within what the print itself can stand for, twice: one unit of its last place. */
static bool like_rounding(const medel_fact *f, int64_t digits, int64_t own)
{
    medel_rational places = { medel_unit_scale(f->unit), 1 }, width, low = f->printed.low;
    if (places.num < 0)
        places = (medel_rational){ 1, -places.num };
    for (unsigned i = 0; i < f->decimals; i++)
        places.den *= 10;
    low.num = -low.num;
    medel_rational moved = { digits > own ? digits - own : own - digits, 1 };
    return medel_rational_add(&width, f->printed.high, low) == MEDEL_OK && width.den
           && medel_rational_mul(&moved, moved, places) == MEDEL_OK
           && medel_rational_compare(moved, width) <= 0;
}

static void add(slips *s, medel_corruption_kind kind, int64_t digits,
                const medel_fact *other, int64_t other_digits)
{
    if (digits == s->own || s->n == MEDEL_MAX_CORRUPTIONS)
        return;
    for (size_t i = 0; i < s->n; i++) {
        if (s->list[i].digits == digits && s->list[i].other == other)
            return;
    }
    s->list[s->n++] = (medel_corruption){ kind, digits, other, other_digits,
                                          !other && like_rounding(s->f, digits, s->own) };
}

static void add_magnitude(slips *s, medel_corruption_kind kind, int64_t n)
{
    if (n >= 0)
        add(s, kind, s->negative ? -n : n, NULL, 0);
}

static int64_t number(const char *digits)
{
    int64_t n = 0;
    for (; *digits; digits++)
        n = n * 10 + (*digits - '0');
    return n;
}

static void edits(slips *s, medel_corruption_kind kind, medel_edit edit)
{
    char edited[sizeof s->digits + 1];
    for (size_t i = 0; i < s->len; i++) {
        if (medel_edit_digits(edited, s->digits, edit, i, s->digits[i]))
            add_magnitude(s, kind, number(edited));
    }
}

static void by_digits(slips *s)
{
    static const int steps[] = { 1, -1, 9, -9 };
    int64_t place = 1, n = number(s->digits);
    edits(s, MEDEL_CORRUPT_TRANSPOSITION, MEDEL_EDIT_SWAP);
    for (size_t i = 0; i < s->len; i++, place *= 10) {
        for (size_t k = 0; k < MEDEL_COUNT(steps); k++)
            add_magnitude(s, MEDEL_CORRUPT_DIGIT, n + steps[k] * place);
    }
    if (s->len > 1)
        edits(s, MEDEL_CORRUPT_LOST, MEDEL_EDIT_DROP);
    if (n > 0)
        edits(s, MEDEL_CORRUPT_DOUBLED, MEDEL_EDIT_INSERT);
}

static void by_thousand(slips *s)
{
    int64_t n = number(s->digits);
    if (s->f->printed.dimension.money != 1)
        return;
    add_magnitude(s, MEDEL_CORRUPT_THOUSAND, n * 1000);
    add_magnitude(s, MEDEL_CORRUPT_THOUSAND, (n + 500) / 1000);
}

/* ---- neighbours ---- */

/* What 'from' prints, in the decimals of 'as'. */
static bool borrowed(int64_t *out, const medel_fact *from, const medel_fact *as)
{
    int64_t n, mul = 1, div = 1;
    if (!from || !medel_fact_digits(&n, from) || from->unit != as->unit)
        return false;
    for (unsigned i = 0; i < as->decimals; i++)
        mul *= 10;
    for (unsigned i = 0; i < from->decimals; i++)
        div *= 10;
    return medel_rational_round(out, (medel_rational){ n, 1 }, mul, div,
                                MEDEL_ROUND_HALF_AWAY)
           == MEDEL_OK;
}

static bool same_record(const medel_fact *a, const medel_fact *b)
{
    return strcmp(a->table, b->table) == 0 && medel_same(a->item, b->item);
}

/* In a list of records: the next figure of the record, or the same of the one before. */
static const medel_fact *in_list(const slips *s, bool column)
{
    const medel_fact *const *facts = s->r->facts.data, *f = s->f;
    size_t i = f->index, n = s->r->nprinted;
    if (column && i + 1 < n && same_record(facts[i + 1], f))
        return facts[i + 1];
    if (column)
        return i > 0 && same_record(facts[i - 1], f) ? facts[i - 1] : NULL;
    while (i-- > 0 && strcmp(facts[i]->table, f->table) == 0) {
        if (!same_record(facts[i], f) && strcmp(facts[i]->row, f->row) == 0)
            return facts[i];
    }
    return NULL;
}

static void neighbours(slips *s)
{
    size_t row, column;
    const medel_table *t = medel_table_of(s->r, s->f, &row, &column);
    const medel_fact *beside = NULL, *above = NULL;
    int64_t mine, other;
    if (t && column + 1 < t->ncolumns)
        beside = t->rows[row].cells[column + 1];
    if (t && column > 0 && !borrowed(&mine, beside, s->f))
        beside = t->rows[row].cells[column - 1];
    if (t && row > 0)
        above = t->rows[row - 1].cells[column];
    if (!s->f->spec) {
        beside = in_list(s, true);
        above = in_list(s, false);
    }
    if (borrowed(&mine, beside, s->f) && borrowed(&other, s->f, beside))
        add(s, MEDEL_CORRUPT_COLUMN, mine, beside, other);
    if (borrowed(&mine, above, s->f))
        add(s, MEDEL_CORRUPT_ROW, mine, NULL, 0);
}

size_t medel_corruptions(const medel_report *r, const medel_fact *f,
                         medel_corruption list[MEDEL_MAX_CORRUPTIONS])
{
    MEDEL_NEEDS_OR(0, r, f, list);
    slips s = { .r = r, .f = f, .list = list };
    if (!medel_fact_digits(&s.own, f))
        return 0;
    s.negative = s.own < 0;
    s.len = (size_t)snprintf(s.digits, sizeof s.digits, "%lld",
                             (long long)(s.negative ? -s.own : s.own));
    if (s.len > MAX_DIGITS)
        return 0;
    if (s.own != 0 && f->unit != MEDEL_UNIT_COUNT)
        add(&s, MEDEL_CORRUPT_SIGN, -s.own, NULL, 0);
    by_thousand(&s);
    by_digits(&s);
    neighbours(&s);
    return s.n;
}

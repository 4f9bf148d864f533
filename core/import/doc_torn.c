/*
 * doc_torn.c - figures that were wider than their cell: "13 862" and, under it, "414".
 *
 * A program that fills a cell breaks a figure at its blanks as it breaks words.  What
 * stands under a figure, in its column, and is nothing but groups of three digits without
 * a sign, is the rest of it; or it has the last digits of a group, where the cell is too
 * narrow for that ("13 383 27" and "4").  Without cells, what does not fit before the
 * edge of the page goes on at the margin, perhaps all but its minus.
 */
#include "import.h"

#define MOST_DIGITS 9 /* of an amount that its cell broke */

#include <string.h>

/* From the i:th token on, those that are one run without wide gaps. */
static size_t run_end(const medel_doc_line *l, size_t i)
{
    size_t stop = i + 1;
    while (stop < l->ntokens && l->tokens[stop].gap < 2
           && medel_token_goes_on(&l->tokens[stop]))
        stop++;
    return stop;
}

/* The blank that it broke at may hang after the figure. */
static bool near(int a, int b, int blank)
{
    return a - b <= 2 * blank && b - a <= 2 * blank;
}

/* The token of the row that t goes on after, or 0: the last of a figure of two groups or
   more that stands over it. */
static size_t goes_on_after(const medel_doc_line *row, const medel_token *t)
{
    const medel_token *u = row->tokens;
    for (size_t i = row->nlabel; i < row->ntokens;) {
        const size_t stop = run_end(row, i);
        for (size_t j = i + 1; j < stop; j++)
            if (near(u[j].x1, t->x1, row->blank_width))
                return j;
        const int left = u[i].x0, right = u[stop - 1].x1;
        if (stop - i > 1
            && (near(left, t->x0, row->blank_width)
                || near(left + right, t->x0 + t->x1, row->blank_width)))
            return stop - 1;
        i = stop;
    }
    return 0;
}

/* The digits of the figure that token j is a part of. */
static size_t digits_with(const medel_doc_line *l, size_t j)
{
    size_t n = 0;
    for (size_t i = l->nlabel; i < l->ntokens;) {
        const size_t stop = run_end(l, i);
        for (size_t k = i; j >= i && j < stop && k < stop; k++)
            for (unsigned c = 0; c < l->tokens[k].len; c++)
                n += medel_digit(l->tokens[k].text[c]);
        i = stop;
    }
    return n;
}

static bool all_digits(const medel_token *t)
{
    for (size_t i = 0; i < t->len; i++)
        if (!medel_digit(t->text[i]))
            return false;
    return t->len > 0;
}

/* The token of the row whose group t completes, or 0: it has digits missing, stands after
   others of its figure, and over t. */
static size_t completed_by(const medel_doc_line *row, const medel_token *t)
{
    const medel_token *u = row->tokens;
    for (size_t j = row->nlabel + 1; j < row->ntokens && all_digits(t); j++) {
        if (!all_digits(&u[j]) || u[j].gap >= 2 || u[j].len + t->len != 3)
            continue;
        size_t i = j;
        while (i > row->nlabel && u[i].gap < 2)
            i--;
        const int left = u[i].x0, right = u[j].x1;
        if (near(right, t->x1, row->blank_width) || near(left, t->x0, row->blank_width)
            || near(left + right, t->x0 + t->x1, row->blank_width))
            return j;
    }
    return 0;
}

/* A minus that the figure after it was broken from: "-" and then "14 480 790". */
static bool minus_and_figure(const medel_doc_line *row, const medel_doc_line *rest)
{
    const medel_token *minus = &row->tokens[row->ntokens - 1], *first = rest->tokens;
    size_t digits = 0;
    for (size_t i = 0; i < rest->ntokens; i++)
        digits += rest->tokens[i].len;
    return medel_token_kind(minus) == MEDEL_ATOM_DASH && all_digits(first)
           && first->len <= 3 && first->text[0] != '0' && digits > 2;
}

/* Does the rest of the row's last figure stand at the margin, under the label? */
static bool at_margin(const medel_doc_line *row, const medel_doc_line *rest)
{
    const medel_token *last = &rest->tokens[rest->ntokens - 1];
    return row->nlabel > 0 && rest->nlabel == 0
           && near(row->tokens[0].x0, rest->tokens[0].x0, row->blank_width)
           && last->x1 < row->tokens[row->nlabel].x0 && run_end(rest, 0) == rest->ntokens
           && (medel_token_goes_on(&rest->tokens[0]) || minus_and_figure(row, rest));
}

static bool is_rest(const medel_doc_line *row, const medel_doc_line *rest)
{
    if (rest->nlabel == rest->ntokens)
        return false;
    if (at_margin(row, rest))
        return true;
    for (size_t i = rest->nlabel, last = 0; i < rest->ntokens; i++) {
        const size_t whole = completed_by(row, &rest->tokens[i]);
        if (whole && whole == last) /* one group has one end */
            return false;
        last = whole;
        const bool unit = medel_token_kind(&rest->tokens[i]) == MEDEL_ATOM_UNIT;
        if (!unit && !whole
            && (!medel_token_goes_on(&rest->tokens[i])
                || !goes_on_after(row, &rest->tokens[i])))
            return false;
        /* "182 377" and under it "402 377": of so many digits no amount is */
        const size_t j = unit ? 0 : goes_on_after(row, &rest->tokens[i]);
        if (j && digits_with(row, j) + digits_with(rest, i) > MOST_DIGITS)
            return false;
    }
    return true;
}

/* Each token of the rest comes after the one that it goes on. */
static void append(medel_arena *a, medel_doc_line *row, const medel_doc_line *rest)
{
    medel_token *all = MEDEL_NEW(a, medel_token, row->ntokens + rest->ntokens);
    size_t n = 0;
    const size_t end = at_margin(row, rest) ? row->ntokens - 1 : 0;
    for (size_t i = 0; i < row->ntokens; i++) {
        all[n++] = row->tokens[i];
        for (size_t j = rest->nlabel; i >= row->nlabel && j < rest->ntokens; j++)
            if (i && completed_by(row, &rest->tokens[j]) == i) {
                const unsigned len = row->tokens[i].len;
                char *whole = MEDEL_NEW(a, char, 4);
                memcpy(whole, row->tokens[i].text, len);
                memcpy(whole + len, rest->tokens[j].text, rest->tokens[j].len);
                all[n - 1].text = whole;
                all[n - 1].len = 3;
            } else if ((end ? end : goes_on_after(row, &rest->tokens[j])) == i) {
                all[n] = rest->tokens[j];
                all[n++].gap = 1;
            }
    }
    row->tokens = all;
    row->ntokens = n;
    row->text = medel_doc_text(a, all, n);
    row->torn = true;
}

bool medel_doc_mend_torn(medel_arena *a, medel_doc_line *row, medel_doc_line *rest)
{
    if (row->nlabel == row->ntokens || row->cells || !is_rest(row, rest))
        return false;
    append(a, row, rest);
    if (*rest->label)
        row->label = medel_label_join(a, row->label, rest->label);
    rest->text = rest->label;
    rest->ntokens = rest->nlabel;
    rest->blank = true;
    rest->placeholder = false;
    return true;
}

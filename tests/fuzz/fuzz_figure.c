/* fuzz_figure.c - figures: what is read can be written and read again. */
#include "fuzz.h"
#include "medel_priv.h"

static void there_and_back(const medel_figure *f, const medel_quantity *q)
{
    char text[100];
    medel_figure again;
    medel_quantity back;
    size_t n = medel_quantity_format(q, f->unit, f->decimals, MEDEL_ROUND_HALF_AWAY, text,
                                     sizeof text);
    HOLDS(n < sizeof text && strlen(text) == n);
    if (f->qualifier == MEDEL_QUALIFIER_RANGE) { /* its value is its middle */
        HOLDS(f->upper > f->digits && medel_rational_compare(q->low, q->value) < 0
              && medel_rational_compare(q->value, q->high) < 0);
        return;
    }
    HOLDS(medel_figure_parse(&again, text, n, NULL) == MEDEL_OK);
    HOLDS(again.digits == f->digits && again.decimals == f->decimals);
    HOLDS(medel_figure_quantity(&back, &again, f->unit) == MEDEL_OK);
    int order;
    HOLDS(medel_quantity_compare(&order, q, &back) == MEDEL_OK && order == 0);
    n = medel_quantity_text(q, text, sizeof text);
    HOLDS(n < sizeof text && strlen(text) == n);
}

static void arithmetic(const medel_quantity *a, const medel_quantity *b)
{
    medel_quantity sum, back, product;
    medel_agreement agreement;
    int order;
    if (medel_quantity_add(&sum, a, b) == MEDEL_OK
        && medel_quantity_sub(&back, &sum, b) == MEDEL_OK) {
        HOLDS(medel_quantity_compare(&order, a, &back) == MEDEL_OK && order == 0);
        HOLDS(medel_quantity_agree(&agreement, a, &back) == MEDEL_OK);
        HOLDS(agreement == MEDEL_AGREE);
    }
    if (medel_quantity_mul(&product, a, b) == MEDEL_OK
        && medel_quantity_div(&back, &product, b) == MEDEL_OK)
        HOLDS(medel_quantity_compare(&order, a, &back) == MEDEL_OK && order == 0);
}

/* Two figures, with a bar between them. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data, *bar = size ? memchr(text, '|', size) : NULL;
    const size_t len[2] = { bar ? (size_t)(bar - text) : size,
                            bar ? size - (size_t)(bar - text) - 1 : 0 };
    medel_quantity q[2];
    size_t n = 0;
    for (int i = 0; i < 2; i++) {
        medel_figure f;
        const char *why = NULL;
        if (medel_figure_parse(&f, i ? text + len[0] + 1 : text, len[i], &why)
            != MEDEL_OK) {
            HOLDS(why && *why);
            if (!bar)
                break;
            continue;
        }
        f.unit = f.has_unit ? f.unit : MEDEL_UNIT_KR;
        if (medel_figure_quantity(&q[n], &f, f.unit) != MEDEL_OK)
            continue;
        HOLDS(f.state == MEDEL_FIGURE_DASH || f.decimals <= 9);
        if (f.state == MEDEL_FIGURE_VALUE)
            there_and_back(&f, &q[n]);
        n++;
        if (!bar)
            break;
    }
    if (n == 2)
        arithmetic(&q[0], &q[1]);
    return 0;
}

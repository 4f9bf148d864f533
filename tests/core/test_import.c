/* test_import.c - documents: words in any order, memory that ends, limits. */
#include "medel_import.h"
#include "test.h"

#define TEXT                                                                             \
    "Årsredovisning 2023\nResultaträkning\nNot 2023 2022\n"                            \
    "Verksamhetens intäkter 2 5 222 000 5 217 397\n"                                    \
    "Verksamhetens kostnader  -4 920 564 -5 566 728\n"                                   \
    "Verksamhetens resultat  301 436 -349 331\n"                                         \
    "Not 2 Verksamhetens intäkter\n2023 2022\nStaten\nÖvriga intäkter\nSumma\n\n"     \
    "5 000 000\n222 000\n5 222 000\n\n5 000 000\n217 397\n5 217 397\n"                   \
    "Driftredovisning\nUtfall 2023 Budget 2023 Avvikelse 2023\nIntäkt Kostnad Netto "   \
    "Netto\n"                                                                            \
    "Medlemsbidrag 5 000 0 5 000 5 000 0\nResultat 5 000 0 5 000 5 000 0\n"

static medel_document *document_of(const char *text, const medel_allocator *allocator)
{
    medel_document *d = NULL;
    if (medel_document_new(&d, allocator) != MEDEL_OK)
        return NULL;
    if (medel_document_text(d, text, strlen(text)) == MEDEL_OK)
        return d;
    medel_document_free(d);
    return NULL;
}

static const medel_import_row *row_of(const medel_import *m, const char *table,
                                      const char *row)
{
    const medel_import_table *t;
    const medel_import_row *r;
    for (size_t i = 0; (t = medel_import_table_at(m, i)); i++)
        for (size_t k = 0; (r = medel_import_table_row(t, k)); k++)
            if (strcmp(medel_table_spec_id(medel_import_table_spec(t)), table) == 0
                && strcmp(medel_import_row_id(r), row) == 0)
                return r;
    fail_msg("%s.%s is not there", table, row);
    return NULL;
}

TEST(a_text_is_read)
{
    medel_document *d = document_of(TEXT, NULL);
    medel_import *m = NULL;
    assert_int_equal(medel_import_read(&m, d, finsam(), NULL), MEDEL_OK);
    assert_int_equal(medel_import_year(m), 2023);
    const medel_import_row *r = row_of(m, "resultatrakning", "verksamhetens_kostnader");
    assert_int_equal(medel_import_row_cell(r, 0)->digits, -4920564);
    assert_string_equal(medel_import_row_cell(r, 1)->printed, "-5 566 728");
    r = row_of(m, "resultatrakning", "verksamhetens_intakter");
    assert_string_equal(medel_import_row_note(r), "2");
    r = row_of(m, "not_intakter", "ovriga_intakter");
    assert_int_equal(medel_import_row_cell(r, 1)->digits, 217397);
    medel_import_free(m);
    medel_document_free(d);
}

/* ---- memory ---- */

typedef struct tight {
    long left; /* allocations */
    long live;
} tight;

static void *tight_alloc(void *ud, void *p, size_t osize, size_t nsize)
{
    tight *t = ud;
    (void)osize;
    if (nsize == 0) {
        t->live -= p != NULL;
        free(p);
        return NULL;
    }
    if (t->left-- <= 0)
        return NULL;
    t->live += p == NULL;
    return realloc(p, nsize);
}

TEST(memory_ends_anywhere)
{
    bool whole = false;
    for (long n = 0; !whole && n < 100000; n += n < 60 ? 1 : 23) {
        tight t = { n, 0 };
        const medel_allocator allocator = { tight_alloc, &t };
        const medel_import_options options = { .allocator = &allocator };
        medel_document *d = document_of(TEXT, &allocator);
        medel_import *m = NULL;
        medel_status st = MEDEL_E_NOMEM;
        if (d)
            st = medel_import_read(&m, d, finsam(), &options);
        whole = st == MEDEL_OK;
        assert_true(whole || st == MEDEL_E_NOMEM);
        medel_import_free(m);
        medel_document_free(d);
        assert_int_equal(t.live, 0);
    }
    assert_true(whole);
}

/* ---- boxes ---- */

typedef struct placed {
    const char *text;
    int x, y;
} placed;

static const placed page[] = {
    { "Resultaträkning", 0, 0 }, { "2023", 300, 20 },    { "2022", 400, 20 },
    { "Verksamhetens", 0, 40 },  { "intäkter", 72, 40 }, { "5", 290, 40 },
    { "222", 298, 40 },          { "000", 316, 40 },     { "5", 390, 40 },
    { "217", 398, 40 },          { "397", 416, 40 },     { "Årets", 0, 60 },
    { "resultat", 30, 60 },      { "301", 298, 60 },     { "436", 316, 60 },
    { "-349", 395, 60 },         { "331", 416, 60 },
};

static medel_import *import_of_boxes(medel_document **out, size_t step, int shift)
{
    medel_document *d = NULL;
    medel_import *m = NULL;
    const medel_import_options options = { .year = 2023 };
    assert_int_equal(medel_document_new(&d, NULL), MEDEL_OK);
    assert_int_equal(medel_document_page(d, 59500, 84200), MEDEL_OK);
    for (size_t i = 0, at = 0; i < COUNT(page); i++, at = (at + step) % COUNT(page)) {
        const placed *p = &page[at];
        const int wide = (int)strlen(p->text) * 525;
        const medel_word w = { .text = p->text,
                               .len = strlen(p->text),
                               .x0 = (p->x + shift) * 100,
                               .x1 = (p->x + shift) * 100 + wide,
                               .y0 = p->y * 100,
                               .y1 = p->y * 100 + 1000 };
        assert_int_equal(medel_document_word(d, &w), MEDEL_OK);
    }
    assert_int_equal(medel_import_read(&m, d, finsam(), &options), MEDEL_OK);
    *out = d;
    return m;
}

/* A report has no column of deviations beside years: the figure is kept, and named. */
TEST(a_deviation_beside_years_is_kept)
{
    medel_document *d =
        document_of("Årsredovisning 2023\n\nResultaträkning\n"
                    "          Utfall 2023  Budget 2023  Avvikelse\n"
                    "Verksamhetens intäkter    500 000    480 000    20 000\n"
                    "Verksamhetens kostnader  -400 000   -410 000    10 000\n"
                    "Årets resultat            100 000     70 000    30 000\n",
                    NULL);
    medel_import *m = NULL;
    const char *column = "";
    assert_int_equal(medel_import_read(&m, d, finsam(), NULL), MEDEL_OK);
    const medel_import_row *r = row_of(m, "resultatrakning", "arets_resultat");
    assert_int_equal(medel_import_row_cell(r, 1)->digits, 70000);
    assert_null(medel_import_row_cell(r, 2));
    assert_string_equal(medel_import_row_aside(r, 0, &column), "30 000");
    assert_string_equal(column, "avvikelse 2023");
    assert_null(medel_import_row_aside(r, 1, &column));
    assert_null(medel_import_row_aside(NULL, 0, &column));
    medel_import_free(m);
    medel_document_free(d);
}

/* The order in which a file lists its words, and where the page lies, are nothing. */
TEST(words_come_in_any_order)
{
    const struct {
        size_t step;
        int shift;
    } ways[] = { { 1, 0 }, { 5, 0 }, { 7, 30 }, { 16, 90 } };
    for (size_t i = 0; i < COUNT(ways); i++) {
        medel_document *d;
        medel_import *m = import_of_boxes(&d, ways[i].step, ways[i].shift);
        const medel_import_row *r =
            row_of(m, "resultatrakning", "verksamhetens_intakter");
        assert_int_equal(medel_import_row_cell(r, 0)->digits, 5222000);
        assert_int_equal(medel_import_row_cell(r, 1)->digits, 5217397);
        r = row_of(m, "resultatrakning", "arets_resultat");
        assert_int_equal(medel_import_row_cell(r, 1)->digits, -349331);
        medel_import_free(m);
        medel_document_free(d);
    }
}

/* ---- what is refused ---- */

TEST(limits_are_kept)
{
    medel_document *d = NULL;
    medel_import *m = NULL;
    const medel_word w = { .text = "1", .len = 1, .line = 1 };
    assert_int_equal(medel_document_new(&d, NULL), MEDEL_OK);
    assert_int_equal(medel_document_word(d, &w), MEDEL_E_MISUSE); /* no page yet */
    for (int i = 0; i < MEDEL_DOCUMENT_PAGES; i++)
        assert_int_equal(medel_document_page(d, 1, 1), MEDEL_OK);
    assert_int_equal(medel_document_page(d, 1, 1), MEDEL_E_LIMIT);
    for (int i = 0; i < MEDEL_DOCUMENT_WORDS; i++)
        assert_int_equal(medel_document_word(d, &w), MEDEL_OK);
    assert_int_equal(medel_document_word(d, &w), MEDEL_E_LIMIT);
    medel_document_free(d);
    d = document_of("Inget år är tryckt här.\n", NULL);
    assert_int_equal(medel_import_read(&m, d, finsam(), NULL), MEDEL_E_DOMAIN);
    medel_document_free(d);
    assert_null(document_of("\xFF\xFE", NULL));
}

/* A line with more readings than are kept is asked about, and takes no longer. */
TEST(many_readings_end)
{
    char text[4000] = "Resultaträkning\n2023 2022 2021 2020 2019 2018 2017 "
                      "2016\nVerksamhetens intäkter";
    for (int i = 0; i < 40; i++)
        strcat(text, "  111 222 333");
    strcat(text, "\nÅrets resultat 1 2 3 4 5 6 7 8\n");
    medel_document *d = document_of(text, NULL);
    medel_import *m = NULL;
    assert_int_equal(medel_import_read(&m, d, finsam(), NULL), MEDEL_OK);
    medel_import_free(m);
    medel_document_free(d);
}

TEST(a_document_is_looked_at)
{
    int width = 0, height = 0;
    const medel_word *words;
    medel_document *d = NULL;
    const medel_word word = { .text = "ord", .len = 3, .x1 = 10, .y1 = 10 };
    assert_int_equal(medel_document_new(&d, NULL), MEDEL_OK);
    assert_int_equal(medel_document_page(d, 300, 200), MEDEL_OK);
    assert_int_equal(medel_document_word(d, &word), MEDEL_OK);
    assert_int_equal(medel_document_words(d, &words), 1);
    assert_string_equal(words[0].text, "ord");
    medel_document_turn(d, 0);
    assert_true(medel_document_size(d, 0, &width, &height));
    assert_int_equal(width, 200);
    assert_int_equal(height, 300);
    assert_false(medel_document_size(d, 1, &width, &height));
    medel_document_hide(d, 0);
    medel_document_hide(d, 7);
    assert_true(medel_document_words(d, &words) == 0 || words[0].len == 0);
    medel_document_free(d);
}

TEST(lines_and_proofs_of_what_was_read)
{
    unsigned at_page = 0, line = 0;
    medel_import *m = NULL;
    medel_proofs *p = NULL;
    medel_document *d = document_of(TEXT, NULL);
    checked c = check_of("medel: 1\nrakenskapsar: 2023\n");
    assert_int_equal(medel_import_read(&m, d, finsam(), NULL), MEDEL_OK);
    assert_true(medel_import_lines(m) > 3);
    assert_non_null(medel_import_line(m, 0, &at_page, &line));
    assert_int_equal(at_page, 1);
    assert_int_equal(line, 1);
    assert_null(medel_import_line(m, medel_import_lines(m), NULL, NULL));
    size_t len = 0;
    unsigned cell_of = 9;
    assert_true(medel_import_words(m, 0) > 0);
    assert_non_null(medel_import_word(m, 0, 0, &len, &cell_of));
    assert_true(len > 0);
    assert_int_equal(cell_of, 0);
    const medel_import_span span = medel_import_word_span(m, 0, 0);
    assert_int_equal(span.gap, 0);
    assert_true(span.x1 > span.x0); /* columns of characters */
    assert_int_equal(medel_import_word_span(m, 0, 1000).x1, 0);
    assert_int_equal(medel_import_word_span(m, 1000, 0).x1, 0);
    const medel_box none = medel_import_box(m, 0, 0, 0); /* plain text has no boxes */
    assert_int_equal(none.x1, 0);
    assert_int_equal(medel_import_box(m, 1000, 0, 0).x1, 0);
    assert_int_equal(medel_import_box(m, 0, 1000, 1000).x1, 0);
    assert_int_equal(medel_proofs_new(&p, m, c.report, c.checks, NULL), MEDEL_OK);
    const medel_import_proof *first = medel_proofs_cell(p, 0, 0, 0);
    assert_non_null(first);
    assert_null(first->fact); /* the report has none of it */
    assert_null(medel_proofs_cell(p, 1000, 0, 0));
    assert_null(medel_proofs_cell(p, 0, 0, 1000));
    assert_null(medel_proofs_cell(p, 0, 1000, 0));
    medel_proofs_free(p);
    checked_free(&c);
    medel_import_free(m);
    medel_document_free(d);
}

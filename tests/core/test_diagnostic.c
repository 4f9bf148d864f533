/* test_diagnostic.c - messages with place, excerpt and caret. */
#include "medel_priv.h"
#include "test.h"

static char *format_one(const char *text, unsigned line, unsigned col,
                        const char *expected, const char *hint, const char *message)
{
    size_t len = strlen(text);
    char *copy = malloc(len ? len : 1); /* not terminated */
    assert_non_null(copy);
    memcpy(copy, text, len);
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    medel_source src = { .file = "fil.yaml", .text = copy, .len = len, .diags = d };
    medel_diag(&src, MEDEL_E_SCHEMA, line, col, expected, hint, "%s", message);
    assert_int_equal(src.errors, 1);
    assert_int_equal(src.status, MEDEL_E_SCHEMA);
    char *out = diagnostics_text(d);
    medel_diagnostics_free(d);
    free(copy);
    return out;
}

TEST(a_message_has_place_excerpt_caret_and_advice)
{
    char *s = format_one("a: 1\nb: räksmörgås tjugo\nc: 3\n", 2, 16, "a figure",
                         "quote it", "no");
    assert_string_equal(s, "fil.yaml:2:16: error: no\n"
                           "    2 | b: räksmörgås tjugo\n"
                           "      |                ^\n"
                           "  expected: a figure\n"
                           "  hint: quote it\n");
    free(s);
    s = format_one("a: 1", 1, 0, NULL, NULL, "whole line");
    assert_string_equal(s, "fil.yaml:1: error: whole line\n    1 | a: 1\n");
    free(s);
    s = format_one("a: 1", 0, 0, NULL, NULL, "whole file");
    assert_string_equal(s, "fil.yaml: error: whole file\n");
    free(s);
    s = format_one("a: 1", 9, 1, NULL, NULL, "after the end");
    assert_string_equal(s, "fil.yaml:9:1: error: after the end\n");
    free(s);
    s = format_one("a: 1\r\nb: 2\r\n", 1, 4, NULL, NULL, "crlf");
    assert_string_equal(s, "fil.yaml:1:4: error: crlf\n    1 | a: 1\n      |    ^\n");
    free(s);
}

TEST(an_excerpt_obeys_nothing_in_the_line)
{
    static const struct {
        const char *line, *shown;
    } cases[] = {
        { "a\tb", "a b" },
        { "a\x1B[2Jb", "a\xEF\xBF\xBD[2Jb" },
        { "a\xC2\x9B"
          "b",
          "a\xEF\xBF\xBD"
          "b" }, /* C1 CSI */
        { "a\xE2\x80\xAE"
          "b",
          "a\xEF\xBF\xBD"
          "b" }, /* right to left */
        { "a\xE5"
          "b",
          "a\xEF\xBF\xBD"
          "b" }, /* Latin-1 */
        { "\xEF\xBB\xBF"
          "ab",
          "ab" }, /* byte order mark */
        { "a\xC3", "a\xEF\xBF\xBD" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *s = format_one(cases[i].line, 1, 2, NULL, NULL, "x"), want[80];
        snprintf(want, sizeof want, "    1 | %s\n      |  ^\n", cases[i].shown);
        assert_text_contains(s, want);
        free(s);
    }
}

TEST(a_long_line_is_shown_around_the_column)
{
    char line[1001], *s;
    for (size_t i = 0; i < 1000; i++)
        line[i] = (char)('a' + i % 26);
    line[1000] = '\0';
    static const unsigned cols[] = { 1, 50, 105, 106, 120, 500, 999, 1000 };
    for (size_t i = 0; i < COUNT(cols); i++) {
        s = format_one(line, 1, cols[i], NULL, NULL, "x");
        char *excerpt = strstr(s, " | "), *below = strstr(excerpt + 3, " | ");
        assert_non_null(excerpt);
        if (!below)
            below = strstr(excerpt, "\n      |");
        assert_non_null(below);
        size_t caret = strcspn(strchr(excerpt, '\n') + 1, "^") - 8;
        const char *p = excerpt + 3;
        for (size_t k = 0; k < caret; k++)
            p += (unsigned char)*p >= 0xE0 ? 3 : 1;
        assert_int_equal(*p, line[cols[i] - 1]);
        assert_true(strcspn(excerpt, "\n") < 140);
        free(s);
    }
}

TEST(a_hundred_messages_and_then_one_that_says_so)
{
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    medel_source src = { .file = "f", .text = "x", .len = 1, .diags = d };
    for (int i = 0; i < 250; i++)
        medel_diag(&src, MEDEL_E_SCHEMA, 1, 1, NULL, NULL, "no %d", i);
    assert_int_equal(src.errors, 250);
    assert_int_equal(medel_diagnostics_count(d), 100);
    assert_string_equal(medel_diagnostics_get(d, 98)->message, "no 98");
    assert_string_equal(medel_diagnostics_get(d, 99)->message,
                        "more errors follow; they are not shown");
    assert_null(medel_diagnostics_get(d, 100));
    medel_diagnostics_free(d);
    medel_diagnostics_free(NULL);
    src.diags = NULL; /* nobody listens: it still counts */
    medel_diag(&src, MEDEL_E_IO, 1, 1, NULL, NULL, "x");
    assert_int_equal(src.errors, 251);
    assert_int_equal(src.status, MEDEL_E_SCHEMA);
}

TEST(a_message_is_one_line_and_valid_utf8)
{
    char *s = format_one("x", 0, 0, NULL, NULL, "a\nb\tc\x1B");
    assert_string_equal(s, "fil.yaml: error: a b c \n");
    free(s);
    char message[1000] = "x";
    for (int i = 0; i < 300; i++)
        strcat(message, "\xC3\xA5");
    s = format_one("x", 0, 0, NULL, NULL, message);
    uint32_t code;
    for (const char *p = s; *p;) {
        size_t n = medel_utf8_length((const unsigned char *)p, strlen(p), &code);
        assert_true(n > 0);
        p += n;
    }
    free(s);
}

TEST(a_short_buffer_gets_a_terminated_beginning)
{
    medel_diagnostic d = { .file = "f", .line = 1, .col = 2, .message = "no" };
    char buf[8];
    assert_int_equal(medel_diagnostic_format(&d, buf, sizeof buf), 17);
    assert_string_equal(buf, "f:1:2: ");
    assert_int_equal(medel_diagnostic_format(&d, NULL, 0), 17);
    assert_int_equal(medel_diagnostic_format(&d, buf, 1), 17);
    assert_string_equal(buf, "");
}

TEST(a_host_adds_its_own_and_forgets_them)
{
    const medel_diagnostic own = { .status = MEDEL_E_IO, .message = "borta", .line = 3 };
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    medel_diagnostics_add(d, &own);
    assert_int_equal(medel_diagnostics_count(d), 1);
    assert_string_equal(medel_diagnostics_get(d, 0)->message, "borta");
    assert_string_equal(medel_diagnostics_get(d, 0)->file, "");
    medel_diagnostics_clear(d);
    assert_int_equal(medel_diagnostics_count(d), 0);
    medel_diagnostics_free(d);
}

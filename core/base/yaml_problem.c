/* yaml_problem.c - what libyaml says is wrong, in words for someone who typed figures. */
#include "yaml_problem.h"

#include <stdio.h>
#include <string.h>

/* Where an error is shown: where libyaml stopped, or where what it read began. */
typedef enum where {
    AT_PROBLEM,
    AT_BEGINNING,
    IN_LINE /* another message when there is other text before it in its line */
} where;

#define ESCAPED "use single quotes, or type the backslash twice"
#define CLOSE_QUOTE "close the text with the quote that began it"
#define NO_TABS "indent with spaces, not tabs"

/* What libyaml says, and what that means to someone who typed figures.  %u is the line
   where the list or mapping began. */
static const struct {
    const char *problem, *message, *hint;
    where at;
} problems[] = {
    { "cannot start any token", "a text cannot begin with this character",
      "put quotes around the text", AT_PROBLEM },
    { "block sequence entries are not allowed",
      "'-' begins a list item, which cannot stand here",
      "a printed dash is typed \"-\" or \xE2\x80\x93 (en dash)", AT_PROBLEM },
    { "mapping keys are not allowed", "'?' cannot stand here",
      "put quotes around the text", AT_PROBLEM },
    { "mapping values are not allowed", "a second ': ' in one value",
      "put quotes around a text with a colon in it, and check the indentation",
      AT_PROBLEM },
    { "could not find expected ':'", "this line is no 'key: value'",
      "a key is followed by a colon and a space; check the indentation", AT_BEGINNING },
    { "did not find expected ',' or ']'",
      "a comma or the closing ] is missing in the list that began on line %u",
      "begin a new item with a comma, close the list with ]", AT_PROBLEM },
    { "did not find expected ',' or '}'",
      "a comma or the closing } is missing in the mapping that began on line %u",
      "close the mapping with }; put quotes around a text with a comma in it",
      AT_PROBLEM },
    { "found unexpected end of stream", "a quote is not closed", CLOSE_QUOTE,
      AT_BEGINNING },
    { "found unexpected document indicator", "a quote is not closed", CLOSE_QUOTE,
      AT_BEGINNING },
    { "did not find expected node content", "a value is missing here",
      "an empty cell is ~, a printed dash \"-\" or \xE2\x80\x93; a minus stands next to "
      "its digits",
      AT_PROBLEM },
    { "did not find expected key", "this line does not fit the lines above it",
      "check the indentation, and quotes and commas in the line before", IN_LINE },
    { "did not find expected '-' indicator", "this line does not fit the list above it",
      "begin an item with '- ' at the same indentation as the others", IN_LINE },
    { "found unknown escape character",
      "a backslash in double quotes begins no known escape", ESCAPED, AT_PROBLEM },
    { "Unicode character escape", "an escape for what is no character", ESCAPED,
      AT_PROBLEM },
    { "hexdecimal number", "an escape for what is no character", ESCAPED, AT_PROBLEM },
    { "where an indentation space is expected", "a tab where spaces are expected",
      NO_TABS, AT_PROBLEM },
    { "a tab character that violates", "a tab where spaces are expected", NO_TABS,
      AT_PROBLEM },
    { "incompatible YAML document", "% directives are not accepted", "remove the line",
      AT_PROBLEM },
    { "did not find expected <document start>", "text after the end of the document",
      "one document per file: remove the '---', '...' or %", AT_PROBLEM },
};

static const char *line_at(const medel_source *src, size_t line)
{
    const char *p = src->text, *end = src->text + src->len;
    if (src->len >= 3 && memcmp(p, MEDEL_BOM, 3) == 0)
        p += 3;
    for (; p && line; line--) {
        p = memchr(p, '\n', (size_t)(end - p));
        p = p ? p + 1 : NULL;
    }
    return p;
}

/* The byte at a mark, by line and column: its index counts characters. */
static char byte_at(const medel_source *src, const yaml_mark_t *mark)
{
    const char *p = line_at(src, mark->line), *end = src->text + src->len;
    uint32_t code;
    for (size_t col = 0; p && p < end && col < mark->column; col++)
        p += medel_utf8_length((const unsigned char *)p, (size_t)(end - p), &code);
    return p && p < end ? *p : '\0';
}

/* "-namn: Staten": the space after the dash of an item is missing. */
static bool glued_dash(const medel_source *src, size_t line)
{
    const char *p = line_at(src, line), *end = src->text + src->len;
    while (p && p < end && *p == ' ')
        p++;
    return p && p + 1 < end && *p == '-' && !strchr(" -\r\n", p[1]);
}

static bool first_in_line(const medel_source *src, const yaml_mark_t *mark)
{
    const char *p = line_at(src, mark->line), *end = src->text + src->len;
    size_t col = 0;
    while (p && p + col < end && col < mark->column && p[col] == ' ')
        col++;
    return col == mark->column;
}

size_t medel_wide_space(const char *p, size_t left)
{
    if (left >= 2 && memcmp(p, "\xC2\xA0", 2) == 0)
        return 2;
    return left >= 3 && p[0] == '\xE2' && p[1] == '\x80'
                   && ((unsigned char)p[2] <= 0x8A || p[2] == '\xAF')
               ? 3
               : 0;
}

static bool key_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || medel_digit(c);
}

/* Does such a space stand where the line's indentation, dash or "key:" wants one, or
   after a colon right before what cannot be read?  *col is where, from 1. */
static bool spaced_wrong(const medel_source *src, size_t line, size_t problem,
                         unsigned *col)
{
    const char *start = line_at(src, line), *end = src->text + src->len, *p = start;
    if (!p)
        return false;
    bool wrong = medel_wide_space(p, (size_t)(end - p)) > 0;
    while (!wrong && p < end && (*p == ' ' || *p == '-')) {
        p++;
        wrong = medel_wide_space(p, (size_t)(end - p)) > 0;
    }
    while (!wrong && p < end && key_byte(*p))
        p++;
    if (!wrong && p < end && *p == ':') {
        p++;
        wrong = medel_wide_space(p, (size_t)(end - p)) > 0;
    }
    size_t at = (size_t)(p - start); /* what is before it is ASCII */
    uint32_t code;
    for (size_t k = 0; !wrong && k < problem && start < end && *start != '\n'; k++) {
        const size_t n =
            medel_utf8_length((const unsigned char *)start, (size_t)(end - start), &code);
        at = k + 1;
        wrong = k + 2 == problem && *start == ':'
                && medel_wide_space(start + n, (size_t)(end - start) - n) > 0;
        start += n ? n : 1;
    }
    *col = (unsigned)at + 1;
    return wrong;
}

static bool blame_space(medel_source *src, size_t line, size_t problem)
{
    unsigned col;
    for (size_t back = 0; back <= 1 && back <= line; back++) {
        if (!spaced_wrong(src, line - back, back ? 0 : problem, &col))
            continue;
        medel_diag(src, MEDEL_E_SYNTAX, (unsigned)(line - back) + 1, col, "a space",
                   "retype the space: this one comes from a word processor or a web page",
                   "a no-break space where YAML wants a plain one");
        return true;
    }
    return false;
}

void medel_yaml_problem(medel_source *src, const yaml_parser_t *p)
{
    const char *problem = p->problem ? p->problem : "the text is not YAML", *hint = NULL;
    const yaml_mark_t *at = &p->problem_mark;
    where place = AT_PROBLEM;
    if (blame_space(src, at->line, at->column))
        return;
    for (size_t i = 0; i < MEDEL_COUNT(problems); i++) {
        if (strstr(problem, problems[i].problem)) {
            problem = problems[i].message;
            hint = problems[i].hint;
            place = problems[i].at;
            break;
        }
    }
    if (byte_at(src, at) == '\t') {
        problem = "a tab where spaces are expected";
        hint = NO_TABS;
    } else if (place == AT_BEGINNING && p->context) {
        at = &p->context_mark;
    } else if (place == IN_LINE && !first_in_line(src, at)) {
        problem = "unexpected text after a value";
        hint = "put quotes around the whole text, or begin a new line";
    }
    if (glued_dash(src, at->line) || (at->line && glued_dash(src, at->line - 1)))
        hint = "an item of a list begins with a dash and a space";
    const char *began = strstr(problem, "%u");
    size_t before = began ? (size_t)(began - problem) : strlen(problem);
    char line[12] = "";
    if (began)
        snprintf(line, sizeof line, "%u", (unsigned)p->context_mark.line + 1);
    medel_diag(src, MEDEL_E_SYNTAX, (unsigned)at->line + 1, (unsigned)at->column + 1,
               NULL, hint, "%.*s%s%s", (int)before, problem, line,
               began ? began + 2 : "");
}

/* kind.c - what a file is, by how it begins: so that one of another kind is called by its
 * name, with the way to use it, and not taken for a broken one. */
#include "medel_priv.h"

#include <string.h>

#define HEAD ((size_t)64 * 1024) /* of a text, where its kind is said */
#define ZIP_HEAD ((size_t)4096)

static const medel_file_kind kinds[] = {
    { "report", "a report (YAML)", "medel audit tries it" },
    { "scenario", "a scenario file (YAML)", "medel project runs it" },
    { "parameters", "a file of parameters (YAML)",
      "medel audit --parameters takes it beside a report" },
    { "kontoplan", "a kontoplan (YAML)",
      "medel audit --ledger and medel draft take it with "
      "--kontoplan" },
    { "csv-mapping", "a mapping of CSV columns (YAML)",
      "--mapping takes it beside a ledger" },
    { "granskning", "the revisor's decisions (YAML)",
      "it stands beside a report, or --engagement takes it" },
    { "avsteg", "decided avsteg (YAML)",
      "it stands beside a report, or --avsteg takes it" },
    { "pack", "what a pack of rules says of itself (YAML)", "--pack takes its folder" },
    { "taxonomy", "a taxonomy (YAML)", NULL },
    { "relations", "relations that a pack adds (YAML)", "pack.yaml names it" },
    { "sie", "a SIE file (type 1 to 4)",
      "medel ledger shows it, medel draft makes a report of it, and medel audit takes it "
      "with "
      "--ledger beside a report" },
    { "sie5", "SIE 5 (XML)",
      "medel ledger shows it, and medel audit takes it with --ledger beside a report" },
    { "csv", "a table of values (CSV)",
      "a ledger when --mapping says its columns; medel ledger FILE --suggest-mapping "
      "prints "
      "one" },
    { "pdf", "a PDF document", NULL },
    { "docx", "a Word document (zip)", NULL },
    { "xlsx", "an Excel document (zip)", "export from the accounting program as SIE 4" },
    { "ooxml", "an Excel or Word document (zip)",
      "export from the accounting program as SIE 4" },
    { "office", "an old Excel or Word document", "save it in a format of today" },
    { "zip", "a zip archive", "unpack it first" },
    { "gzip", "a gzip archive", "unpack it with gunzip" },
    { "html", "an HTML page",
      "a download may have given an error page instead of the file" },
    { "xml", "XML", NULL },
    { "utf16", "text in UTF-16", "save it as UTF-8" },
};

size_t medel_file_kinds(const medel_file_kind **first)
{
    MEDEL_OUT(first);
    MEDEL_NEEDS_OR(0, first);
    *first = kinds;
    return MEDEL_COUNT(kinds);
}

static const medel_file_kind *by_id(const char *id)
{
    for (size_t i = 0; i < MEDEL_COUNT(kinds); i++) {
        if (strcmp(kinds[i].id, id) == 0)
            return &kinds[i];
    }
    return NULL;
}

/* 'what' is in small letters. */
static bool begins(const char *p, size_t len, const char *what)
{
    for (; *what; what++, p++, len--) {
        if (!len)
            return false;
        const char c = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
        if (c != *what)
            return false;
    }
    return true;
}

static bool contains(const char *p, size_t len, const char *what)
{
    for (; len; p++, len--) {
        if (begins(p, len, what))
            return true;
    }
    return false;
}

/* ---- by their first bytes ---- */

static const char *archive(const char *p, size_t len)
{
    const size_t n = len < ZIP_HEAD ? len : ZIP_HEAD;
    if (!contains(p, n, "[content_types].xml"))
        return "zip";
    if (contains(p, n, "word/"))
        return "docx";
    return contains(p, n, "xl/") ? "xlsx" : "ooxml";
}

static const char *of_bytes(const char *p, size_t len)
{
    if (begins(p, len, "\x1f\x8b"))
        return "gzip";
    if (begins(p, len, "pk\x03\x04"))
        return archive(p, len);
    if (begins(p, len, "%pdf"))
        return "pdf";
    if (begins(p, len, "\xd0\xcf\x11\xe0"))
        return "office";
    if (begins(p, len, "\xff\xfe") || begins(p, len, "\xfe\xff"))
        return "utf16";
    return NULL;
}

static const char *of_markup(const char *p, size_t len)
{
    if (contains(p, len < ZIP_HEAD ? len : ZIP_HEAD, "sie.se/sie5")
        || begins(p, len, "<sie"))
        return "sie5";
    return begins(p, len, "<!doctype html") || begins(p, len, "<html") ? "html" : "xml";
}

/* ---- by their first lines ---- */

/* The keys that say what a YAML file of ours is. */
static const char *of_key(const char *p, size_t len)
{
    static const struct {
        const char *key, *id;
    } keys[] = { { "medel:", "report" },
                 { "medel_scenario:", "scenario" },
                 { "medel_parameters:", "parameters" },
                 { "medel_kontoplan:", "kontoplan" },
                 { "medel_csv:", "csv-mapping" },
                 { "medel_granskning:", "granskning" },
                 { "medel_avsteg:", "avsteg" },
                 { "medel_pack:", "pack" },
                 { "medel_taxonomy:", "taxonomy" },
                 { "medel_relations:", "relations" } };
    for (size_t i = 0; i < MEDEL_COUNT(keys); i++) {
        const size_t n = strlen(keys[i].key);
        if (len >= n && memcmp(p, keys[i].key, n) == 0)
            return keys[i].id;
    }
    return NULL;
}

static const char *of_yaml(const char *p, size_t len)
{
    const char *end = p + (len < HEAD ? len : HEAD);
    while (p && p < end) {
        const char *id = *p == 'm' ? of_key(p, (size_t)(end - p)) : NULL;
        if (id)
            return id;
        p = memchr(p, '\n', (size_t)(end - p));
        p = p ? p + 1 : NULL;
    }
    return NULL;
}

/* How often a separator stands in a line outside quotes; *next is where the next begins.
 */
static size_t count_in_line(const char *p, const char *end, char separator,
                            const char **next)
{
    size_t n = 0;
    bool quoted = false;
    for (; p < end && *p != '\n'; p++) {
        quoted ^= *p == '"';
        n += !quoted && *p == separator;
    }
    *next = p < end ? p + 1 : end;
    return n;
}

/* Two lines with as many columns, three at least; a key or an indicator of YAML before
   the first separator is no head of a column. */
static bool is_table(const char *p, size_t len)
{
    const char *end = p + (len < HEAD ? len : HEAD);
    if (!len || strchr("#{[-&*!|>%@`", *p))
        return false;
    for (const char *s = ";\t,"; *s; s++) {
        const char *second, *third;
        const size_t n = count_in_line(p, end, *s, &second);
        const char *colon = memchr(p, ':', (size_t)(second - p));
        const char *first = memchr(p, *s, (size_t)(second - p));
        if (n >= 2 && second < end && !(colon && colon < first)
            && count_in_line(second, end, *s, &third) == n)
            return true;
    }
    return false;
}

static bool is_sie(const char *p, size_t len)
{
    size_t n = 1;
    while (n < len && p[n] >= 'A' && p[n] <= 'Z')
        n++;
    return len && *p == '#' && n > 3;
}

const medel_file_kind *medel_file_kind_of(const char *text, size_t len)
{
    MEDEL_NEEDS_OR(NULL, text);
    const char *id = of_bytes(text, len);
    if (id)
        return by_id(id);
    const char *p = text;
    size_t left = len < HEAD ? len : HEAD;
    if (begins(p, left, "\xEF\xBB\xBF"))
        p += 3, left -= 3;
    while (left && strchr(" \t\r\n", *p) && *p)
        p++, left--;
    if (left && *p == '<')
        return by_id(of_markup(p, left));
    if (is_sie(p, left))
        return by_id("sie");
    id = of_yaml(p, left);
    if (!id && is_table(p, left))
        id = "csv";
    return id ? by_id(id) : NULL;
}

bool medel_kind_is_other(medel_source *src, const char *expected)
{
    const medel_file_kind *kind = medel_file_kind_of(src->text, src->len);
    const medel_file_kind *wanted = by_id(expected);
    if (!kind || kind == wanted)
        return false;
    src->text = NULL; /* no line of it would say more */
    medel_diag(src, MEDEL_E_SYNTAX, 1, 1, wanted ? wanted->what : expected, kind->use,
               "this is %s", kind->what);
    return true;
}

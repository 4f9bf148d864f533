/* sie_kind.c - what is no SIE file is refused by its name. */
#include "ledger.h"

#include <string.h>

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

static const char *other_kind(const char *p, size_t len, const char **hint)
{
    const size_t start = len < 4096 ? len : 4096;
    *hint = NULL;
    if (begins(p, len, "\x1f\x8b")) {
        *hint = "unpack it with gunzip";
        return "a gzip archive";
    }
    if (begins(p, len, "pk\x03\x04")) {
        const bool office = contains(p, start, "[content_types].xml");
        *hint =
            office ? "export from the accounting program as SIE 4" : "unpack it first";
        return office ? "an Excel or Word document (zip)" : "a zip archive";
    }
    if (begins(p, len, "%pdf"))
        return "a PDF document";
    if (begins(p, len, "\xd0\xcf\x11\xe0"))
        return "an old Excel or Word document";
    if (begins(p, len, "\xff\xfe") || begins(p, len, "\xfe\xff")) {
        *hint = "save it as CP437 or UTF-8";
        return "text in UTF-16";
    }
    size_t i = 0;
    while (i < start && strchr(" \t\r\n\xEF\xBB\xBF", p[i]) && p[i])
        i++;
    const char *first = p + i;
    const size_t left = start - i;
    if (left && *first == '<') {
        if (contains(first, left, "sie.se/sie5") || begins(first, left, "<sie")) {
            *hint = "SIE 5 is read by another reader";
            return "SIE 5 (XML)";
        }
        if (begins(first, left, "<!doctype html") || begins(first, left, "<html")) {
            *hint = "a download may have given an error page instead of the file";
            return "an HTML page";
        }
        return "XML";
    }
    return NULL;
}

void medel_sie_refuse_others(sie_reader *r, const char *p, size_t len)
{
    const char *hint;
    if (!len)
        medel_sie_fail(r, MEDEL_E_SYNTAX, "a SIE file", NULL, "the file is empty");
    const char *kind = len >= 4 ? other_kind(p, len, &hint) : NULL;
    if (kind) {
        r->line = 1;
        medel_sie_fail(r, MEDEL_E_SYNTAX, "a SIE file, whose first line is #FLAGGA", hint,
                       "this is %s", kind);
    }
}

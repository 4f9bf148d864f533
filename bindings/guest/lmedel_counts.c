/*
 * lmedel_counts.c - which functions and fields give whole numbers: what they say of
 * themselves in the tables that register and document them.
 */
#include "lmedel_counts.h"

#include <string.h>

static const lmedel_class *const classes[] = {
    &lmedel_view_class,      &lmedel_table_class,      &lmedel_row_class,
    &lmedel_fact_class,      &lmedel_record_class,     &lmedel_list_class,
    &lmedel_quantity_class,  &lmedel_ledger_class,     &lmedel_entry_class,
    &lmedel_kontoplan_class, &lmedel_statements_class, NULL
};

static const lmedel_function *const functions[] = { lmedel_language_functions,
                                                    lmedel_quantity_functions,
                                                    lmedel_calendar_functions,
                                                    lmedel_text_functions, NULL };

static bool same(const char *text, const char *name, size_t len)
{
    return strlen(text) == len && memcmp(text, name, len) == 0;
}

/* To the end of a type: a comma, or the bracket that closes what it stands in. */
static const char *end_of_type(const char *p)
{
    int depth = 0;
    for (; *p; p++) {
        if (strchr("(<{", *p))
            depth++;
        else if (strchr(")>}", *p) && depth-- == 0)
            break;
        else if (*p == ',' && depth == 0)
            break;
    }
    return p;
}

static bool is_whole(const char *type, size_t len)
{
    return same("integer", type, len) || same("integer|nil", type, len);
}

typedef enum says { NOTHING, WHOLE, OTHER } says;

/* "(self: ledger): fun(): integer, string": the type after index others. */
static says signature_says(const char *signature, bool walk, size_t index)
{
    int depth = 0;
    const char *p = signature;
    do {
        depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
        p++;
    } while (depth && *p);
    if (strncmp(p, ": ", 2) != 0)
        return NOTHING;
    p += 2;
    if (walk && strncmp(p, "fun(): ", 7) != 0)
        return NOTHING;
    p += walk ? 7 : 0;
    for (;; index--) {
        const char *end = end_of_type(p);
        if (!index)
            return is_whole(p, (size_t)(end - p)) ? WHOLE : OTHER;
        if (*end != ',')
            return NOTHING;
        p = end + 1 + (end[1] == ' ');
    }
}

/* Of functions of one name all must say so. */
typedef struct verdict {
    bool known, all;
} verdict;

static void hear(verdict *v, says what)
{
    if (what == NOTHING)
        return;
    v->all = (!v->known || v->all) && what == WHOLE;
    v->known = true;
}

static void hear_functions(verdict *v, const lmedel_function *f, const char *name,
                           size_t len, bool walk, size_t index)
{
    for (; f && f->name; f++) {
        if (same(f->name, name, len))
            hear(v, signature_says(f->signature, walk, index));
    }
}

/* Of Lua's own: string.byte(s), s:byte(), math.floor(x). */
static bool of_lua(const char *name, size_t len)
{
    static const char *const names[] = { "byte",     "codepoint", "find", "floor",
                                         "len",      "select",    "ceil", "tointeger",
                                         "tonumber", "ult",       NULL };
    for (int i = 0; names[i]; i++) {
        if (same(names[i], name, len))
            return true;
    }
    return false;
}

bool lmedel_gives_integer(const char *name, size_t len, bool method, bool walk,
                          size_t index)
{
    verdict v = { false, false };
    for (int i = 0; method && classes[i]; i++)
        hear_functions(&v, classes[i]->methods, name, len, walk, index);
    for (int i = 0; !method && functions[i]; i++)
        hear_functions(&v, functions[i], name, len, walk, index);
    return v.known ? v.all : !walk && of_lua(name, len);
}

bool lmedel_is_integer_field(const char *name, size_t len)
{
    verdict v = { false, false };
    for (int i = 0; classes[i]; i++) {
        for (const lmedel_property *p = classes[i]->properties; p && p->name; p++) {
            if (same(p->name, name, len))
                hear(&v, is_whole(p->type, strlen(p->type)) ? WHOLE : OTHER);
        }
    }
    return v.known && v.all;
}

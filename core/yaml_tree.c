/*
 * yaml_tree.c - libyaml events to a tree with places; refuses what a data file
 * has no use for: anchors, aliases, tags, directives, several documents,
 * duplicate keys, control and direction characters, great depth or size.
 */
#include "medel_priv.h"

#include <string.h>
#include <yaml.h>

#define MAX_BYTES ((size_t)4 * 1024 * 1024)
#define MAX_DEPTH 64
#define MAX_NODES 100000
#define MAX_KEY 128
#define MAX_SCALAR 65536

struct medel_yaml_document {
    medel_arena arena;
    medel_yaml root;
};

typedef struct builder {
    medel_source *src;
    medel_arena *arena;
    yaml_parser_t parser;
    medel_array stack; /* medel_yaml, children not yet placed */
    size_t nodes;
    unsigned depth;
} builder;

/* ---- what libyaml lets through or reports without a place ---- */

static bool scan_text(medel_source *src, const char *text, size_t len)
{
    const unsigned char *s = (const unsigned char *)text;
    unsigned line = 1, col = 1;
    if (len > MAX_BYTES) {
        medel_diag(src, MEDEL_E_LIMIT, 0, 0, NULL, NULL,
                   "the file is larger than 4 MiB");
        return false;
    }
    if (len >= 2 && ((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF))) {
        medel_diag(src, MEDEL_E_SYNTAX, 0, 0, "UTF-8", "save the file as UTF-8",
                   "the file is UTF-16");
        return false;
    }
    for (size_t i = 0; i < len;) {
        uint32_t c = s[i];
        size_t n = 1;
        if (c >= 0x80 && (n = medel_utf8_length(s + i, len - i, &c)) == 0) {
            medel_diag(src, MEDEL_E_SYNTAX, line, col, "UTF-8",
                       "save the file as UTF-8 (it may be Latin-1 or CP437)",
                       "byte 0x%02X is not valid UTF-8", s[i]);
            return false;
        }
        if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F
            || (c >= 0x80 && c < 0xA0)) {
            medel_diag(src, MEDEL_E_SYNTAX, line, col, NULL, NULL,
                       "control character U+%04X", (unsigned)c);
            return false;
        }
        if (c == '\r' && (i + 1 == len || s[i + 1] != '\n')) {
            medel_diag(src, MEDEL_E_SYNTAX, line, col, "LF or CRLF line ends", NULL,
                       "a lone carriage return");
            return false;
        }
        if (c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E)
            || (c >= 0x2066 && c <= 0x2069) || c == 0x061C || c == 0x200E
            || c == 0x200F || (c == 0xFEFF && i)) {
            medel_diag(src, MEDEL_E_SYNTAX, line, col, NULL,
                       "retype the line; invisible characters can hide what it says",
                       "invisible character U+%04X", (unsigned)c);
            return false;
        }
        i += n;
        if (c == '\n') {
            line++;
            col = 1;
        } else {
            col++;
        }
    }
    return true;
}

/* ---- events ---- */

static const char *hint_for(const char *problem, const char *excerpt_at)
{
    if (strstr(problem, "cannot start any token") && excerpt_at && *excerpt_at == '\t')
        return "indent with spaces, not tabs";
    if (strstr(problem, "cannot start any token"))
        return "put quotes around a text that begins with this character";
    if (strstr(problem, "block sequence entries are not allowed"))
        return "a printed dash is typed \"-\" or \xE2\x80\x93 (en dash)";
    if (strstr(problem, "mapping values are not allowed"))
        return "put quotes around a text that contains a colon followed by a space";
    if (strstr(problem, "did not find expected ',' or"))
        return "a comma or the closing bracket is missing";
    if (strstr(problem, "unexpected end of stream"))
        return "a quote or bracket is not closed";
    if (strstr(problem, "did not find expected key")
        || strstr(problem, "did not find expected '-' indicator")
        || strstr(problem, "could not find expected ':'"))
        return "check the indentation and that 'key:' is followed by a space";
    return NULL;
}

static void parser_failed(builder *b)
{
    const yaml_parser_t *p = &b->parser;
    const char *problem = p->problem ? p->problem : "the text is not YAML";
    if (p->error == YAML_MEMORY_ERROR)
        longjmp(*b->arena->oom, 1);
    size_t at = p->problem_mark.index; /* in characters; good enough for a tab */
    const char *where = at < b->src->len ? b->src->text + at : NULL;
    medel_diag(b->src, MEDEL_E_SYNTAX, (unsigned)p->problem_mark.line + 1,
               (unsigned)p->problem_mark.column + 1, NULL, hint_for(problem, where),
               p->context ? "%s (%s, which began on line %u)" : "%s", problem,
               p->context, (unsigned)p->context_mark.line + 1);
}

static bool next_event(builder *b, yaml_event_t *e)
{
    if (yaml_parser_parse(&b->parser, e))
        return true;
    parser_failed(b);
    return false;
}

static bool plain_node(builder *b, const yaml_event_t *e, const unsigned char *anchor,
                       const unsigned char *tag)
{
    unsigned line = (unsigned)e->start_mark.line + 1;
    unsigned col = (unsigned)e->start_mark.column + 1;
    if (anchor)
        medel_diag(b->src, MEDEL_E_SYNTAX, line, col, NULL,
                   "type the value where it is used", "anchors (&%s) are not accepted",
                   (const char *)anchor);
    if (tag)
        medel_diag(b->src, MEDEL_E_SYNTAX, line, col, NULL, NULL,
                   "tags (%s) are not accepted", (const char *)tag);
    if (++b->nodes > MAX_NODES) {
        medel_diag(b->src, MEDEL_E_LIMIT, line, col, NULL, NULL,
                   "more than %d values in a file", MAX_NODES);
        return false;
    }
    return !anchor && !tag;
}

static bool build_node(builder *b, yaml_event_t *e, medel_yaml *out);

static bool too_deep(builder *b, const medel_yaml *n)
{
    if (++b->depth <= MAX_DEPTH)
        return false;
    medel_diag(b->src, MEDEL_E_LIMIT, n->line, n->col, NULL, NULL,
               "nested deeper than %d levels", MAX_DEPTH);
    return true;
}

static void take_children(builder *b, medel_yaml *out, size_t first)
{
    size_t n = b->stack.count - first;
    medel_yaml *items = MEDEL_NEW(b->arena, medel_yaml, n);
    if (n)
        memcpy(items, (medel_yaml *)b->stack.data + first, n * sizeof *items);
    b->stack.count = first;
    out->items = items;
    out->count = out->type == MEDEL_YAML_MAPPING ? n / 2 : n;
}

static void check_keys(builder *b, const medel_yaml *m)
{
    medel_map seen = { 0 };
    for (size_t i = 0; i < m->count; i++) {
        const medel_yaml *key = &m->items[2 * i];
        if (key->type != MEDEL_YAML_SCALAR) {
            medel_diag(b->src, MEDEL_E_SYNTAX, key->line, key->col, "a name", NULL,
                       "a key is a list or a mapping");
            continue;
        }
        if (key->len > MAX_KEY) {
            medel_diag(b->src, MEDEL_E_LIMIT, key->line, key->col, NULL, NULL,
                       "a key longer than %d bytes", MAX_KEY);
            continue;
        }
        if (key->plain && strcmp(key->text, "<<") == 0) {
            medel_diag(b->src, MEDEL_E_SYNTAX, key->line, key->col, NULL,
                       "type the values where they are used",
                       "merge keys (<<) are not accepted");
            continue;
        }
        const medel_yaml *first = medel_map_get(&seen, key->text);
        if (first)
            medel_diag(b->src, MEDEL_E_SCHEMA, key->line, key->col, NULL,
                       "remove one of them", "duplicate key '%s', first on line %u",
                       key->text, first->line);
        else
            medel_map_put(b->arena, &seen, key->text, key);
    }
}

static bool build_children(builder *b, medel_yaml *out)
{
    size_t first = b->stack.count;
    if (too_deep(b, out))
        return false;
    for (;;) {
        yaml_event_t e;
        if (!next_event(b, &e))
            return false;
        if (e.type == YAML_SEQUENCE_END_EVENT || e.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&e);
            break;
        }
        medel_yaml child = { 0 };
        bool ok = build_node(b, &e, &child);
        yaml_event_delete(&e);
        if (!ok)
            return false;
        *MEDEL_PUSH(b->arena, &b->stack, medel_yaml) = child;
    }
    b->depth--;
    take_children(b, out, first);
    if (out->type == MEDEL_YAML_MAPPING)
        check_keys(b, out);
    return true;
}

static bool build_scalar(builder *b, const yaml_event_t *e, medel_yaml *out)
{
    const char *text = (const char *)e->data.scalar.value;
    size_t len = e->data.scalar.length;
    out->type = MEDEL_YAML_SCALAR;
    out->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    out->len = len;
    if (len > MAX_SCALAR) {
        medel_diag(b->src, MEDEL_E_LIMIT, out->line, out->col, NULL, NULL,
                   "a value longer than %d bytes", MAX_SCALAR);
        return false;
    }
    for (size_t i = 0; i < len; i++) { /* "\0", "\e" in a quoted scalar */
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
            medel_diag(b->src, MEDEL_E_SYNTAX, out->line, out->col, NULL, NULL,
                       "control character U+%04X in a value", c);
            return true;
        }
    }
    out->text = medel_arena_text(b->arena, text, len);
    return true;
}

static bool build_node(builder *b, yaml_event_t *e, medel_yaml *out)
{
    out->line = (unsigned)e->start_mark.line + 1;
    out->col = (unsigned)e->start_mark.column + 1;
    out->text = "";
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        plain_node(b, e, e->data.scalar.anchor, e->data.scalar.tag);
        return b->nodes <= MAX_NODES && build_scalar(b, e, out);
    case YAML_SEQUENCE_START_EVENT:
        plain_node(b, e, e->data.sequence_start.anchor, e->data.sequence_start.tag);
        out->type = MEDEL_YAML_SEQUENCE;
        out->flow = e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
        return b->nodes <= MAX_NODES && build_children(b, out);
    case YAML_MAPPING_START_EVENT:
        plain_node(b, e, e->data.mapping_start.anchor, e->data.mapping_start.tag);
        out->type = MEDEL_YAML_MAPPING;
        out->flow = e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
        return b->nodes <= MAX_NODES && build_children(b, out);
    case YAML_ALIAS_EVENT:
        medel_diag(b->src, MEDEL_E_SYNTAX, out->line, out->col, NULL,
                   "type the value where it is used; quote a text that begins with *",
                   "aliases (*%s) are not accepted", (const char *)e->data.alias.anchor);
        return true;
    default: break;
    }
    medel_diag(b->src, MEDEL_E_SYNTAX, out->line, out->col, NULL, NULL,
               "unexpected YAML");
    return false;
}

/* The document start, its one root, and nothing after it. */
static bool build_document(builder *b, medel_yaml *root)
{
    yaml_event_t e;
    bool have_root = false;
    for (;;) {
        if (!next_event(b, &e))
            return false;
        unsigned line = (unsigned)e.start_mark.line + 1;
        yaml_event_type_t type = e.type;
        bool ok = true;
        if (type == YAML_DOCUMENT_START_EVENT) {
            if (e.data.document_start.version_directive
                || e.data.document_start.tag_directives.start
                       != e.data.document_start.tag_directives.end)
                medel_diag(b->src, MEDEL_E_SYNTAX, line, 1, NULL, "remove it",
                           "%% directives are not accepted");
            if (have_root) {
                medel_diag(b->src, MEDEL_E_SYNTAX, line, 1, "one document per file",
                           "remove the '---'", "a second document begins here");
                ok = false;
            }
        } else if (type != YAML_STREAM_START_EVENT && type != YAML_STREAM_END_EVENT
                   && type != YAML_DOCUMENT_END_EVENT) {
            have_root = true;
            ok = build_node(b, &e, root);
        }
        yaml_event_delete(&e);
        if (!ok || type == YAML_STREAM_END_EVENT)
            break;
    }
    if (!have_root)
        medel_diag(b->src, MEDEL_E_SYNTAX, 0, 0, "a mapping of sections", NULL,
                   "the file is empty");
    return have_root;
}

medel_status medel_yaml_read(medel_yaml_document **out, const char *file,
                             const char *text, size_t len, medel_alloc_fn alloc,
                             void *ud, medel_diagnostics *diags)
{
    medel_source src = { file, text, len, diags, 0 };
    if (!scan_text(&src, text, len))
        return MEDEL_E_SYNTAX;
    medel_arena arena;
    medel_arena_init(&arena, alloc, ud);
    medel_yaml_document *d = medel_arena_try(&arena, sizeof *d);
    builder b = { .src = &src, .arena = d ? &d->arena : NULL };
    if (!d || !yaml_parser_initialize(&b.parser)) {
        medel_arena_free(&arena);
        return MEDEL_E_NOMEM;
    }
    d->arena = arena;
    jmp_buf oom;
    d->arena.oom = &oom;
    if (setjmp(oom)) {
        yaml_parser_delete(&b.parser);
        medel_yaml_free(d);
        return MEDEL_E_NOMEM;
    }
    yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b.parser, (const unsigned char *)text, len);
    build_document(&b, &d->root);
    yaml_parser_delete(&b.parser);
    d->arena.oom = NULL;
    if (src.errors) {
        medel_yaml_free(d);
        return MEDEL_E_SYNTAX;
    }
    *out = d;
    return MEDEL_OK;
}

void medel_yaml_free(medel_yaml_document *d)
{
    if (!d)
        return;
    medel_arena a = d->arena;
    medel_arena_free(&a);
}

const medel_yaml *medel_yaml_root(const medel_yaml_document *d)
{
    return &d->root;
}

/* ---- reading typed trees ---- */

const medel_yaml *medel_yaml_find(const medel_yaml *mapping, const char *key)
{
    if (mapping->type != MEDEL_YAML_MAPPING)
        return NULL;
    for (size_t i = 0; i < mapping->count; i++) {
        if (strcmp(mapping->items[2 * i].text, key) == 0)
            return &mapping->items[2 * i + 1];
    }
    return NULL;
}

const char *medel_yaml_type_name(const medel_yaml *n)
{
    switch (n->type) {
    case MEDEL_YAML_SEQUENCE: return "a list";
    case MEDEL_YAML_MAPPING: return "a mapping";
    case MEDEL_YAML_SCALAR: break;
    }
    return "a single value";
}

void medel_yaml_known_keys(medel_source *src, const medel_yaml *mapping,
                           const char *what, const char *const *names, size_t n)
{
    if (mapping->type != MEDEL_YAML_MAPPING)
        return;
    for (size_t i = 0; i < mapping->count; i++) {
        const medel_yaml *key = &mapping->items[2 * i];
        bool known = false;
        for (size_t k = 0; k < n && !known; k++)
            known = strcmp(names[k], key->text) == 0;
        if (known)
            continue;
        const char *near = medel_nearest(key->text, names, n);
        char hint[MAX_KEY + 32] = "", expected[400] = "";
        if (near) {
            strcat(hint, "did you mean '");
            strncat(hint, near, MAX_KEY);
            strcat(hint, "'?");
        }
        for (size_t k = 0; k < n && strlen(expected) + strlen(names[k]) < 380; k++) {
            strcat(expected, k ? ", " : "one of ");
            strcat(expected, names[k]);
        }
        medel_diag(src, MEDEL_E_SCHEMA, key->line, key->col, n <= 24 ? expected : NULL,
                   near ? hint : NULL, "unknown key '%s' in %s", key->text, what);
    }
}

const char *medel_yaml_text(medel_source *src, const medel_yaml *mapping,
                            const char *key, bool required)
{
    const medel_yaml *n = medel_yaml_find(mapping, key);
    if (!n) {
        if (required)
            medel_diag(src, MEDEL_E_SCHEMA, mapping->line, mapping->col, NULL, NULL,
                       "'%s' is missing", key);
        return NULL;
    }
    if (n->type != MEDEL_YAML_SCALAR) {
        medel_diag(src, MEDEL_E_SCHEMA, n->line, n->col, "a single value", NULL,
                   "'%s' is %s", key, medel_yaml_type_name(n));
        return NULL;
    }
    return n->text;
}

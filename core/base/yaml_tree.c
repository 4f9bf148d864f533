/*
 * yaml_tree.c - libyaml events to a tree with places; refuses what a data file
 * has no use for: anchors, aliases, tags, directives, several documents,
 * duplicate keys, control and direction characters, great depth or size.
 */
#include "yaml_problem.h"

#include <stdio.h>
#include <string.h>

#define MAX_BYTES ((size_t)4 * 1024 * 1024)
#define MAX_DEPTH 64
#define MAX_NODES 100000
#define MAX_KEY 128
#define MAX_SCALAR 65536

struct medel_yaml_document {
    medel_arena arena;
    medel_yaml *root;
};

typedef struct builder {
    medel_source *src;
    medel_arena *arena;
    yaml_parser_t parser;
    yaml_event_t event; /* the one being read: libyaml's memory, freed by the next */
    medel_array stack;  /* medel_yaml, children not yet placed */
    size_t nodes;
    unsigned depth;
} builder;

/* ---- what libyaml lets through or reports without a place ---- */

static void refuse_bytes(medel_source *src, unsigned line, unsigned col,
                         unsigned char byte)
{
    medel_diag(src, MEDEL_E_SYNTAX, line, col, "UTF-8",
               "save the file as UTF-8 (it may be Latin-1 or CP437)",
               "byte 0x%02X is not valid UTF-8", byte);
}

static void refuse_character(medel_source *src, unsigned line, unsigned col, uint32_t c)
{
    const char *hint = "retype the line; invisible characters can hide what it says";
    if (c == 0)
        hint = "save the file as UTF-8 text (it may be UTF-16)";
    if (c == '\r')
        medel_diag(src, MEDEL_E_SYNTAX, line, col, "LF or CRLF line ends",
                   "save the file with the line ends of Unix or Windows",
                   "a lone carriage return");
    else if (c < 0xA0)
        medel_diag(src, MEDEL_E_SYNTAX, line, col, NULL, hint, "control character U+%04X",
                   (unsigned)c);
    else
        medel_diag(src, MEDEL_E_SYNTAX, line, col, NULL, hint,
                   "invisible character U+%04X", (unsigned)c);
}

static bool scan_characters(medel_source *src, const unsigned char *s, size_t len)
{
    unsigned line = 1, col = 1;
    size_t i = len >= 3 && memcmp(s, MEDEL_BOM, 3) == 0 ? 3 : 0;
    while (i < len) {
        uint32_t c = 0;
        if (s[i] >= 0x20 && s[i] < 0x7F) { /* nearly every byte */
            i++;
            col++;
            continue;
        }
        size_t n = medel_utf8_length(s + i, len - i, &c);
        bool crlf = c == '\r' && i + 1 < len && s[i + 1] == '\n';
        if (n == 0) {
            refuse_bytes(src, line, col, s[i]);
            return false;
        }
        if (medel_invisible(c) && !crlf) {
            refuse_character(src, line, col, c);
            return false;
        }
        i += n;
        col = c == '\n' ? 1 : col + 1;
        line += c == '\n';
    }
    return true;
}

static bool scan_text(medel_source *src, const char *text, size_t len)
{
    const unsigned char *s = (const unsigned char *)text;
    if (len > MAX_BYTES) {
        medel_diag(src, MEDEL_E_LIMIT, 0, 0, NULL, NULL, "the file is larger than 4 MiB");
        return false;
    }
    if (len >= 2 && ((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF))) {
        medel_diag(src, MEDEL_E_SYNTAX, 0, 0, "UTF-8", "save the file as UTF-8",
                   "the file is UTF-16");
        return false;
    }
    return scan_characters(src, s, len);
}

/* ---- events ---- */

static bool next_event(builder *b)
{
    yaml_event_delete(&b->event);
    if (yaml_parser_parse(&b->parser, &b->event))
        return true;
    if (b->parser.error == YAML_MEMORY_ERROR)
        longjmp(*b->arena->oom, 1);
    medel_yaml_problem(b->src, &b->parser);
    return false;
}

/* Counts a node, and refuses what a data file has no use for. */
static bool count_node(builder *b, const medel_yaml *n, const unsigned char *anchor,
                       const unsigned char *tag)
{
    unsigned line = n->line, col = n->col;
    if (anchor)
        medel_diag(b->src, MEDEL_E_SYNTAX, line, col, NULL,
                   "type the value where it is used", "anchors (&%s) are not accepted",
                   (const char *)anchor);
    static const char yaml_tag[] = "tag:yaml.org,2002:"; /* typed as !! */
    const char *name = (const char *)tag;
    bool short_form = tag && strncmp(name, yaml_tag, sizeof yaml_tag - 1) == 0;
    if (tag)
        medel_diag(b->src, MEDEL_E_SYNTAX, line, col, NULL,
                   "put quotes around a text that begins with !",
                   "tags (%s%s) are not accepted", short_form ? "!!" : "",
                   short_form ? name + sizeof yaml_tag - 1 : name);
    if (++b->nodes <= MAX_NODES)
        return true;
    medel_diag(b->src, MEDEL_E_LIMIT, line, col, NULL, NULL,
               "more than %d values in a file", MAX_NODES);
    return false;
}

static bool build_node(builder *b, medel_yaml *out);

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

static bool check_key(builder *b, const medel_yaml *key)
{
    if (key->type != MEDEL_YAML_SCALAR)
        medel_diag(b->src, MEDEL_E_SYNTAX, key->line, key->col, "a name",
                   "a value in braces is { key: value }, or quote the text",
                   "a key is %s", medel_yaml_type_name(key));
    else if (key->len == 0)
        medel_diag(b->src, MEDEL_E_SYNTAX, key->line, key->col, "a name before the colon",
                   NULL, "a key is empty");
    else if (key->len > MAX_KEY)
        medel_diag(b->src, MEDEL_E_LIMIT, key->line, key->col, NULL, NULL,
                   "a key longer than %d bytes", MAX_KEY);
    else if (key->plain && strchr(key->text, ':')
             && medel_wide_space(strchr(key->text, ':') + 1,
                                 strlen(strchr(key->text, ':') + 1)))
        medel_diag(b->src, MEDEL_E_SYNTAX, key->line,
                   key->col + (unsigned)(strchr(key->text, ':') - key->text) + 1,
                   "a space",
                   "retype the space: this one comes from a word processor or a web page",
                   "a no-break space where YAML wants a plain one");
    else if (key->plain && strcmp(key->text, "<<") == 0)
        medel_diag(b->src, MEDEL_E_SYNTAX, key->line, key->col, NULL,
                   "type the values where they are used",
                   "merge keys (<<) are not accepted");
    else
        return true;
    return false;
}

#define FEW_KEYS 16 /* below, comparing beats hashing */

static const medel_yaml *earlier_key(const medel_yaml *m, size_t i, const medel_map *seen)
{
    const medel_yaml *key = &m->items[2 * i];
    if (m->count > FEW_KEYS)
        return medel_map_get(seen, key->text);
    for (size_t k = 0; k < i; k++) {
        const medel_yaml *other = &m->items[2 * k];
        if (other->len == key->len && memcmp(other->text, key->text, key->len) == 0)
            return other;
    }
    return NULL;
}

static void check_keys(builder *b, const medel_yaml *m)
{
    medel_map seen = { 0 };
    for (size_t i = 0; i < m->count; i++) {
        const medel_yaml *key = &m->items[2 * i];
        if (!check_key(b, key))
            continue;
        const medel_yaml *first = earlier_key(m, i, &seen);
        if (first)
            medel_wrong(b->src, key, NULL, "remove one of them",
                        "duplicate key '%s', first on line %u", key->text, first->line);
        else if (m->count > FEW_KEYS)
            medel_map_put(b->arena, &seen, key->text, key);
    }
}

static bool build_children(builder *b, medel_yaml *out)
{
    size_t first = b->stack.count;
    if (too_deep(b, out))
        return false;
    for (;;) {
        if (!next_event(b))
            return false;
        if (b->event.type == YAML_SEQUENCE_END_EVENT
            || b->event.type == YAML_MAPPING_END_EVENT)
            break;
        medel_yaml child = { 0 };
        if (!build_node(b, &child))
            return false;
        *MEDEL_PUSH(b->arena, &b->stack, medel_yaml) = child;
    }
    b->depth--;
    take_children(b, out, first);
    if (out->type == MEDEL_YAML_MAPPING)
        check_keys(b, out);
    return true;
}

static bool build_scalar(builder *b, medel_yaml *out)
{
    const yaml_event_t *e = &b->event;
    const char *text = (const char *)e->data.scalar.value;
    size_t len = e->data.scalar.length;
    out->type = MEDEL_YAML_SCALAR;
    out->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (len > MAX_SCALAR) {
        medel_diag(b->src, MEDEL_E_LIMIT, out->line, out->col, NULL, NULL,
                   "a value longer than %d bytes", MAX_SCALAR);
        return false;
    }
    const bool escapes = e->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    for (size_t i = 0; escapes && i < len;) { /* "\0", "\u202E" */
        uint32_t c = 0;
        size_t n = medel_utf8_length((const unsigned char *)text + i, len - i, &c);
        if (!n || medel_invisible(c)) {
            medel_diag(b->src, MEDEL_E_SYNTAX, out->line, out->col, NULL,
                       "leave the escape out",
                       "an escape for the invisible character U+%04X", (unsigned)c);
            return true;
        }
        i += n;
    }
    out->text = medel_arena_text(b->arena, text, len);
    out->len = len;
    return true;
}

static bool build_node(builder *b, medel_yaml *out)
{
    const yaml_event_t *e = &b->event;
    out->line = (unsigned)e->start_mark.line + 1;
    out->col = (unsigned)e->start_mark.column + 1;
    out->text = "";
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        return count_node(b, out, e->data.scalar.anchor, e->data.scalar.tag)
               && build_scalar(b, out);
    case YAML_SEQUENCE_START_EVENT:
        out->type = MEDEL_YAML_SEQUENCE;
        out->flow = e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
        return count_node(b, out, e->data.sequence_start.anchor,
                          e->data.sequence_start.tag)
               && build_children(b, out);
    case YAML_MAPPING_START_EVENT:
        out->type = MEDEL_YAML_MAPPING;
        out->flow = e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
        return count_node(b, out, e->data.mapping_start.anchor, e->data.mapping_start.tag)
               && build_children(b, out);
    default: break; /* nothing but an alias can come here */
    }
    bool alias = e->type == YAML_ALIAS_EVENT;
    medel_diag(b->src, MEDEL_E_SYNTAX, out->line, out->col, NULL,
               "type the value where it is used; quote a text that begins with *",
               "aliases (*%s) are not accepted",
               alias ? (const char *)e->data.alias.anchor : "");
    return true;
}

static bool start_document(builder *b, bool second)
{
    const yaml_event_t *e = &b->event;
    unsigned line = (unsigned)e->start_mark.line + 1;
    if (e->data.document_start.version_directive
        || e->data.document_start.tag_directives.start
               != e->data.document_start.tag_directives.end)
        medel_diag(b->src, MEDEL_E_SYNTAX, line, 1, NULL, "remove the line",
                   "%% directives are not accepted");
    if (second)
        medel_diag(b->src, MEDEL_E_SYNTAX, line, 1, "one document per file",
                   "remove the '---'", "a second document begins here");
    return !second;
}

/* The document start, its one root, and nothing after it. */
static void build_document(builder *b, medel_yaml *root)
{
    bool have_root = false;
    for (;;) {
        if (!next_event(b))
            return;
        yaml_event_type_t type = b->event.type;
        if (type == YAML_STREAM_END_EVENT)
            break;
        if (type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_END_EVENT)
            continue;
        if (type == YAML_DOCUMENT_START_EVENT ? !start_document(b, have_root)
                                              : !build_node(b, root))
            return;
        have_root |= type != YAML_DOCUMENT_START_EVENT;
    }
    bool nothing = root->type == MEDEL_YAML_SCALAR && root->plain && root->len == 0;
    if (!have_root || (nothing && !b->src->errors))
        medel_diag(b->src, MEDEL_E_SYNTAX, 0, 0, "a mapping of sections", NULL,
                   "the file is empty");
}

static medel_yaml_document *new_document(const medel_allocator *allocator)
{
    medel_arena arena;
    medel_arena_init(&arena, allocator);
    medel_yaml_document *d = medel_arena_try(&arena, sizeof *d + sizeof *d->root);
    if (!d)
        return NULL;
    d->arena = arena;
    d->root = (medel_yaml *)(d + 1);
    return d;
}

medel_status medel_yaml_new(medel_yaml_document **out, medel_yaml **nodes, size_t n,
                            const medel_allocator *allocator)
{
    medel_yaml_document *d = new_document(allocator);
    if (!d)
        return MEDEL_E_NOMEM;
    d->root = medel_arena_try(&d->arena, n * sizeof *d->root);
    if (!d->root) {
        medel_yaml_free(d);
        return MEDEL_E_NOMEM;
    }
    *nodes = d->root;
    *out = d;
    return MEDEL_OK;
}

medel_status medel_yaml_read(medel_yaml_document **out, const medel_input *in,
                             const medel_allocator *allocator, medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, in, in->name, in->text || !in->len);
    const size_t len = in->len;
    const char *text = len ? in->text : ""; /* libyaml aborts on NULL */
    medel_source src = medel_source_of(in, diags);
    if (!scan_text(&src, text, len))
        return src.status;
    medel_yaml_document *d = new_document(allocator);
    builder b = { .src = &src, .arena = d ? &d->arena : NULL };
    if (!d || !yaml_parser_initialize(&b.parser)) {
        medel_yaml_free(d);
        return MEDEL_E_NOMEM;
    }
    jmp_buf oom;
    d->arena.oom = &oom;
    if (setjmp(oom)) {
        yaml_event_delete(&b.event);
        yaml_parser_delete(&b.parser);
        medel_yaml_free(d);
        return MEDEL_E_NOMEM;
    }
    yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
    size_t mark = len >= 3 && memcmp(text, MEDEL_BOM, 3) == 0 ? 3 : 0;
    yaml_parser_set_input_string(&b.parser, (const unsigned char *)text + mark,
                                 len - mark);
    build_document(&b, d->root);
    yaml_event_delete(&b.event);
    yaml_parser_delete(&b.parser);
    d->arena.oom = NULL;
    if (src.errors) {
        medel_yaml_free(d);
        return src.status;
    }
    *out = d;
    return MEDEL_OK;
}

MEDEL_FREE(medel_yaml_free, medel_yaml_document)
MEDEL_GETTER(const medel_yaml *, medel_yaml_root, medel_yaml_document, root, NULL)

/* ---- asking a node ---- */

MEDEL_GETTER(medel_yaml_type, medel_yaml_type_of, medel_yaml, type, MEDEL_YAML_SCALAR)

const char *medel_yaml_scalar(const medel_yaml *n, size_t *len)
{
    MEDEL_OUT(len);
    const bool scalar = n && n->type == MEDEL_YAML_SCALAR;
    if (len)
        *len = scalar ? n->len : 0;
    return scalar ? n->text : "";
}

bool medel_yaml_plain(const medel_yaml *n)
{
    return n && n->plain;
}

size_t medel_yaml_count(const medel_yaml *n)
{
    return n && n->type != MEDEL_YAML_SCALAR ? n->count : 0;
}

const medel_yaml *medel_yaml_item(const medel_yaml *n, size_t i)
{
    if (i >= medel_yaml_count(n))
        return NULL;
    return &n->items[n->type == MEDEL_YAML_MAPPING ? 2 * i + 1 : i];
}

const medel_yaml *medel_yaml_key(const medel_yaml *n, size_t i)
{
    const bool key = i < medel_yaml_count(n) && n->type == MEDEL_YAML_MAPPING;
    return key ? &n->items[2 * i] : NULL;
}

MEDEL_GETTER(unsigned, medel_yaml_line, medel_yaml, line, 0)
MEDEL_GETTER(unsigned, medel_yaml_col, medel_yaml, col, 0)

/* import.c - from a document to tables whose rows have their places. */
#include "import.h"

static medel_status find(medel_import *m)
{
    jmp_buf oom;
    m->arena.oom = m->scratch.oom = &oom;
    if (setjmp(oom))
        return MEDEL_E_NOMEM;
    medel_doc_lines(m->document, &m->arena, &m->scratch, &m->lines);
    medel_arena_free(&m->scratch);
    m->year = m->options->year ? m->options->year : medel_doc_year(m);
    if (m->year == 0)
        return MEDEL_E_DOMAIN;
    m->labels = medel_labels_new(m->taxonomy, m->options, &m->arena, &m->scratch);
    medel_doc_find_tables(m);
    medel_articulate(m);
    medel_doc_place(m);
    return MEDEL_OK;
}

medel_status medel_import_read(medel_import **out, const medel_document *d,
                               const medel_taxonomy *taxonomy,
                               const medel_import_options *options)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, d, taxonomy);
    static const medel_import_options usual = { 0 };
    options = options ? options : &usual;
    medel_import *m = medel_object_new(sizeof *m, options->allocator);
    if (!m)
        return MEDEL_E_NOMEM;
    m->document = d;
    m->taxonomy = taxonomy;
    m->options = options;
    medel_arena_init(&m->scratch, options->allocator);
    const medel_status st = find(m);
    medel_arena_free(&m->scratch);
    if (st != MEDEL_OK) {
        medel_import_free(m);
        return st;
    }
    *out = m;
    return MEDEL_OK;
}

MEDEL_FREE(medel_import_free, medel_import)
MEDEL_GETTER(int, medel_import_year, medel_import, year, 0)

MEDEL_LIST(medel_import_table, medel_import_tables, medel_import, out, nout)
MEDEL_GETTER(size_t, medel_import_lines, medel_import, lines.count, 0)

const char *medel_import_line(const medel_import *m, size_t i, unsigned *page,
                              unsigned *line)
{
    MEDEL_OUT(page);
    MEDEL_OUT(line);
    MEDEL_NEEDS_OR(NULL, m);
    const medel_doc_line *l = MEDEL_LINES(m);
    if (i >= m->lines.count)
        return NULL;
    if (page)
        *page = l[i].page;
    if (line)
        *line = l[i].no;
    return l[i].text;
}

size_t medel_import_words(const medel_import *m, size_t line)
{
    MEDEL_NEEDS_OR(0, m);
    return line < m->lines.count ? MEDEL_LINES(m)[line].ntokens : 0;
}

medel_import_span medel_import_word_span(const medel_import *m, size_t line, size_t word)
{
    medel_import_span span = { 0, 0, 0 };
    MEDEL_NEEDS_OR(span, m);
    if (word >= medel_import_words(m, line))
        return span;
    const medel_token *t = &MEDEL_LINES(m)[line].tokens[word];
    span.gap = t->gap;
    span.x0 = t->x0;
    span.x1 = t->x1;
    return span;
}

medel_box medel_import_box(const medel_import *m, size_t line, size_t first, size_t last)
{
    const medel_box none = { 0, 0, 0, 0 };
    MEDEL_NEEDS_OR(none, m);
    if (first > last || last >= medel_import_words(m, line)
        || !MEDEL_LINES(m)[line].height)
        return none;
    return medel_doc_box(&MEDEL_LINES(m)[line], first, last);
}

const char *medel_import_word(const medel_import *m, size_t line, size_t word,
                              size_t *len, unsigned *cell)
{
    MEDEL_OUT(len);
    MEDEL_OUT(cell);
    MEDEL_NEEDS_OR(NULL, m, len, cell);
    if (word >= medel_import_words(m, line))
        return NULL;
    const medel_token *t = &MEDEL_LINES(m)[line].tokens[word];
    *len = t->len;
    *cell = t->cell;
    return t->text;
}

/* lmedel_office.c - paragraphs and rows of cells as lines, and the reading of their XML.
 */
#include "lmedel_office.h"

#include <string.h>

void lmedel_office_fail(office *o, medel_status st)
{
    if (o->status == MEDEL_OK)
        o->status = st;
    if (o->parser)
        XML_StopParser(o->parser, XML_FALSE);
}

static void *grown(office *o, void *old, size_t *room, size_t need, size_t item)
{
    size_t more = *room ? *room * 2 : 256;
    while (more < need)
        more *= 2;
    void *new = o->alloc(o->ud, old, *room * item, more * item);
    if (!new) {
        lmedel_office_fail(o, MEDEL_E_NOMEM);
        return NULL;
    }
    *room = more;
    return new;
}

void lmedel_office_add(office *o, const char *s, size_t n)
{
    if (o->status != MEDEL_OK || n == 0)
        return;
    if (o->len + n > o->most) {
        lmedel_office_fail(o, MEDEL_E_LIMIT);
        return;
    }
    if (o->len + n > o->room) {
        char *text = grown(o, o->text, &o->room, o->len + n, 1);
        if (!text)
            return;
        o->text = text;
    }
    memcpy(o->text + o->len, s, n);
    o->len += n;
}

/* ---- words ---- */

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Words of n bytes of o->text in line o->line; x counts characters from 'column'. */
static int add_words(office *o, size_t at, size_t n, unsigned cell, int column)
{
    const char *s = n ? o->text + at : "";
    size_t i = 0;
    while (i < n && o->status == MEDEL_OK) {
        for (; i < n && blank(s[i]); i++)
            column += s[i] == '\t' ? 4 : 1;
        const size_t start = i;
        const int from = column;
        for (; i < n && !blank(s[i]); i++)
            column += ((unsigned char)s[i] & 0xC0) != 0x80;
        if (i == start)
            break;
        const medel_word w = { .text = s + start,
                               .len = i - start,
                               .x0 = from * 100,
                               .x1 = column * 100,
                               .line = o->line,
                               .cell = cell };
        const medel_status st = medel_document_word(o->box->document, &w);
        if (st != MEDEL_OK && st != MEDEL_E_MISUSE)
            lmedel_office_fail(o, st);
    }
    return column;
}

static void end_line(office *o, int column)
{
    const medel_word end = {
        .text = "", .x0 = column * 100, .x1 = column * 100, .line = o->line
    };
    const medel_status st = medel_document_word(o->box->document, &end);
    if (st != MEDEL_OK && st != MEDEL_E_MISUSE)
        lmedel_office_fail(o, st);
}

void lmedel_office_paragraph(office *o)
{
    if (o->status != MEDEL_OK)
        return;
    if (!o->in_row) {
        o->line++;
        end_line(o, add_words(o, 0, o->len, 0, 0));
        o->len = 0;
        o->paragraph_start = 0;
        return;
    }
    if (o->nparts == o->parts_room) {
        office_part *parts =
            grown(o, o->parts, &o->parts_room, o->nparts + 1, sizeof *o->parts);
        if (!parts)
            return;
        o->parts = parts;
    }
    o->parts[o->nparts++] = (office_part){ o->cell, o->paragraph++, o->paragraph_start,
                                           o->len - o->paragraph_start, o->above };
    o->paragraph_start = o->len;
}

void lmedel_office_begin_row(office *o)
{
    o->in_row = true;
    o->len = o->paragraph_start = 0;
    o->nparts = 0;
    o->cell = 0;
}

/* Cells after the first with several paragraphs hold several rows. */
static unsigned stacked(const office *o)
{
    unsigned most = 1;
    for (size_t i = 0; i < o->nparts; i++)
        if (o->parts[i].cell > 1 && o->parts[i].len && o->parts[i].paragraph + 1 > most)
            most = o->parts[i].paragraph + 1;
    return most;
}

/* What stands beside several rows is the name of their group: a line above them. */
static void names_above(office *o)
{
    int column = 0;
    for (size_t i = 0; i < o->nparts; i++) {
        if (!o->parts[i].above || o->parts[i].len == 0)
            continue;
        o->line += column == 0;
        column = add_words(o, o->parts[i].start, o->parts[i].len, 1, column + 1);
        o->parts[i].len = 0;
    }
    if (column)
        end_line(o, column);
}

void lmedel_office_end_row(office *o)
{
    const unsigned rows = stacked(o);
    names_above(o);
    for (unsigned r = 0; r < rows; r++) {
        int column = 0;
        o->line++;
        for (size_t i = 0; i < o->nparts; i++) {
            const office_part *p = &o->parts[i];
            if (rows == 1 || p->paragraph == r || (r + 1 == rows && p->paragraph > r))
                column = add_words(o, p->start, p->len, p->cell, column + 1);
        }
        end_line(o, column);
    }
    o->in_row = false;
    o->len = o->paragraph_start = 0;
    o->nparts = 0;
}

/* ---- XML ---- */

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *lmedel_office_attribute(const XML_Char **list, const char *name)
{
    for (; *list; list += 2)
        if (strcmp(local(*list), name) == 0)
            return list[1];
    return NULL;
}

int lmedel_office_number(const char *s, int usual, int most)
{
    int v = 0;
    if (!s)
        return usual;
    for (; *s >= '0' && *s <= '9' && v <= most; s++)
        v = v * 10 + (*s - '0');
    return v > most ? most : v;
}

static void XMLCALL on_start(void *ud, const XML_Char *name, const XML_Char **list)
{
    office *o = ud;
    if (++o->depth > OFFICE_DEPTH)
        lmedel_office_fail(o, MEDEL_E_LIMIT);
    else if (!o->skip)
        o->on_start(o, local(name), list);
}

static void XMLCALL on_end(void *ud, const XML_Char *name)
{
    office *o = ud;
    o->depth--;
    if (o->skip && o->depth < o->skip)
        o->skip = 0;
    else if (!o->skip)
        o->on_end(o, local(name));
}

static void XMLCALL on_text(void *ud, const XML_Char *s, int len)
{
    office *o = ud;
    if (o->reading && !o->skip)
        lmedel_office_add(o, s, (size_t)len);
}

/* Entities of a document's own are how XML bombs are made; these formats have none. */
static void XMLCALL on_doctype(void *ud, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal)
{
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    lmedel_office_fail(ud, MEDEL_E_SYNTAX);
}

medel_status lmedel_office_parse(office *o, const char *text, size_t len)
{
    o->depth = o->skip = 0;
    o->parser = XML_ParserCreate(NULL);
    if (!o->parser)
        return MEDEL_E_NOMEM;
    XML_SetUserData(o->parser, o);
    XML_SetElementHandler(o->parser, on_start, on_end);
    XML_SetCharacterDataHandler(o->parser, on_text);
    XML_SetStartDoctypeDeclHandler(o->parser, on_doctype);
    bool ok = true;
    for (size_t at = 0; ok && (at < len || at == 0);) {
        const size_t n = len - at < 65536 ? len - at : 65536;
        ok = XML_Parse(o->parser, text + at, (int)n, at + n == len) == XML_STATUS_OK;
        at += n ? n : 1;
    }
    const enum XML_Error code = XML_GetErrorCode(o->parser);
    XML_ParserFree(o->parser);
    o->parser = NULL;
    if (o->status != MEDEL_OK)
        return o->status;
    return ok ? MEDEL_OK : code == XML_ERROR_NO_MEMORY ? MEDEL_E_NOMEM : MEDEL_E_SYNTAX;
}

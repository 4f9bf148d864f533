/* lmedel_word.c - the XML of docx, odt and xlsx files as documents. */
#include "lmedel_office.h"

#include <string.h>

#define EVENTS ((size_t)32 << 20)

static bool is(const char *name, const char *what)
{
    return strcmp(name, what) == 0;
}

/* ---- raised text ---- */

static void begin_raised(office *o, bool raised)
{
    o->raised = raised;
    o->raised_start = o->len;
    o->raised_depth = o->depth;
}

/* "1)", "*": the mark of a footnote is no part of what it stands at.  Whatever is longer
   is text, as it stands. */
static void end_raised(office *o)
{
    const size_t from = o->raised_start;
    bool mark = o->raised && o->len > from && o->len - from <= 3;
    for (size_t i = from; mark && i < o->len; i++)
        mark = strchr("0123456789)*", o->text[i]) != NULL;
    if (mark)
        o->len = from;
    o->raised = false;
}

/* A program may raise the mark and what stands in the next column, too. */
static void add_tab(office *o)
{
    const bool raised = o->raised;
    end_raised(o);
    lmedel_office_add(o, "\t", 1);
    o->raised = raised;
    o->raised_start = o->len;
}

/* ---- docx ---- */

static void docx_start(office *o, const char *name, const XML_Char **list)
{
    /* what was struck out, and what is there twice for older programs */
    if (is(name, "del") || is(name, "moveFrom") || is(name, "Fallback")
        || is(name, "instrText") || is(name, "footnoteReference")) {
        o->skip = o->depth;
    } else if (is(name, "tbl")) {
        o->tables++;
    } else if (is(name, "tr") && o->tables == 1) {
        lmedel_office_begin_row(o);
    } else if (is(name, "tc") && o->tables == 1) {
        o->cell++;
        o->span = 1;
        o->paragraph = 0;
        o->above = false;
    } else if (is(name, "gridSpan") && o->tables == 1) {
        o->span =
            (unsigned)lmedel_office_number(lmedel_office_attribute(list, "val"), 1, 64);
    } else if (is(name, "vMerge") && o->tables == 1) {
        const char *value = lmedel_office_attribute(list, "val");
        o->above = o->cell == 1 && value && is(value, "restart");
    } else if (is(name, "gridBefore") && o->in_row) {
        o->cell +=
            (unsigned)lmedel_office_number(lmedel_office_attribute(list, "val"), 0, 64);
    } else if (is(name, "r")) {
        o->raised = false;
    } else if (is(name, "vertAlign")) {
        const char *value = lmedel_office_attribute(list, "val");
        begin_raised(o, value && is(value, "superscript"));
    } else if (is(name, "t")) {
        o->reading = true;
    } else if (is(name, "tab")) {
        add_tab(o);
    } else if (is(name, "br") || is(name, "cr")) {
        lmedel_office_add(o, " ", 1);
    } else if (is(name, "noBreakHyphen")) {
        lmedel_office_add(o, "-", 1);
    }
}

static void docx_end(office *o, const char *name)
{
    if (is(name, "t")) {
        o->reading = false;
    } else if (is(name, "r")) {
        end_raised(o);
    } else if (is(name, "p")) {
        lmedel_office_paragraph(o);
    } else if (is(name, "tc") && o->tables == 1) {
        o->cell += o->span - 1;
    } else if (is(name, "tr") && o->tables == 1) {
        lmedel_office_end_row(o);
    } else if (is(name, "tbl")) {
        o->tables--;
    }
}

/* ---- odt ---- */

static void keep_name(char *to, size_t room, const char *name)
{
    to[0] = '\0';
    if (name && strlen(name) < room)
        memcpy(to, name, strlen(name) + 1);
}

static bool raised_style(const office *o, const char *name)
{
    for (size_t i = 0; name && i < o->nraised; i++)
        if (is(o->raised_styles[i], name))
            return true;
    return false;
}

/* Styles of the document's own come before its text. */
static bool odt_style(office *o, const char *name, const XML_Char **list)
{
    const char *position = is(name, "text-properties")
                               ? lmedel_office_attribute(list, "text-position")
                               : NULL;
    if (is(name, "style"))
        keep_name(o->style, sizeof o->style, lmedel_office_attribute(list, "name"));
    else if (position && strncmp(position, "super", 5) == 0 && o->style[0]
             && o->nraised < OFFICE_STYLES)
        memcpy(o->raised_styles[o->nraised++], o->style, sizeof o->style);
    return is(name, "style") || is(name, "text-properties");
}

static void odt_start(office *o, const char *name, const XML_Char **list)
{
    if (is(name, "tracked-changes") || is(name, "annotation") || is(name, "note-body")
        || is(name, "forms")) {
        o->skip = o->depth;
    } else if (is(name, "span")) {
        if (!o->raised)
            begin_raised(o, raised_style(o, lmedel_office_attribute(list, "style-name")));
    } else if (odt_style(o, name, list)) {
        return;
    } else if (is(name, "table")) {
        o->tables++;
    } else if (is(name, "table-row") && o->tables == 1) {
        lmedel_office_begin_row(o);
    } else if ((is(name, "table-cell") || is(name, "covered-table-cell"))
               && o->tables == 1) {
        o->cell++;
        o->paragraph = 0;
        o->above = o->cell == 1
                   && lmedel_office_number(
                          lmedel_office_attribute(list, "number-rows-spanned"), 1, 2)
                          > 1;
        /* empty cells are counted; a full one that is repeated is written once */
        o->repeat = lmedel_office_number(
            lmedel_office_attribute(list, "number-columns-repeated"), 1, 1024);
    } else if (is(name, "p") || is(name, "h")) {
        o->reading = true;
    } else if (is(name, "s")) {
        for (int n = lmedel_office_number(lmedel_office_attribute(list, "c"), 1, 64);
             n > 0; n--)
            lmedel_office_add(o, " ", 1);
    } else if (is(name, "tab")) {
        add_tab(o);
    } else if (is(name, "line-break")) {
        lmedel_office_add(o, " ", 1);
    }
}

static void odt_end(office *o, const char *name)
{
    if (is(name, "span")) {
        if (o->raised_depth == o->depth + 1)
            end_raised(o);
    } else if (is(name, "p") || is(name, "h")) {
        o->reading = false;
        lmedel_office_paragraph(o);
    } else if ((is(name, "table-cell") || is(name, "covered-table-cell"))
               && o->tables == 1) {
        o->cell += (unsigned)(o->repeat - 1);
    } else if (is(name, "table-row") && o->tables == 1) {
        lmedel_office_end_row(o);
    } else if (is(name, "table")) {
        o->tables--;
    }
}

/* ---- in Lua ---- */

static int office_gc(lua_State *L)
{
    office *o = lua_touserdata(L, 1);
    if (o->parser)
        XML_ParserFree(o->parser);
    if (o->text)
        o->alloc(o->ud, o->text, o->room, 0);
    if (o->parts)
        o->alloc(o->ud, o->parts, o->parts_room * sizeof *o->parts, 0);
    o->parser = NULL;
    o->text = NULL;
    o->parts = NULL;
    return 0;
}

static office *new_office(lua_State *L)
{
    lmedel_document_box *box = lmedel_new_document(L);
    office *o = lmedel_new_box(L, sizeof *o, "medel.office", office_gc);
    o->L = L;
    o->box = box;
    o->most = OFFICE_TEXT;
    const medel_allocator a = lmedel_allocator(L);
    o->alloc = a.alloc;
    o->ud = a.ud;
    if (medel_document_page(box->document, 0, 0) != MEDEL_OK)
        luaL_error(L, "not enough memory");
    return o;
}

static int failed(lua_State *L, const office *o, medel_status st)
{
    if (st != MEDEL_E_LIMIT || o->depth <= OFFICE_DEPTH)
        return lmedel_xml_failed(L, st, "the file");
    lua_pushnil(L);
    lua_pushfstring(L, "the file: more than %d elements in each other", OFFICE_DEPTH);
    return 2;
}

static int finished(lua_State *L, medel_status st)
{
    if (st != MEDEL_OK)
        return failed(L, lua_touserdata(L, -1), st);
    lua_pop(L, 1); /* the document is below the reader */
    return 1;
}

static int document_docx(lua_State *L)
{
    size_t len;
    const char *xml = luaL_checklstring(L, 1, &len);
    lua_settop(L, 1);
    office *o = new_office(L);
    o->on_start = docx_start;
    o->on_end = docx_end;
    return finished(L, lmedel_office_parse(o, xml, len));
}

static int document_odt(lua_State *L)
{
    size_t len;
    const char *xml = luaL_checklstring(L, 1, &len);
    lua_settop(L, 1);
    office *o = new_office(L);
    o->on_start = odt_start;
    o->on_end = odt_end;
    return finished(L, lmedel_office_parse(o, xml, len));
}

/* ---- any XML, as a text of events: a byte that says which, the value, a zero ---- */

enum { START = 1, NAME, VALUE, TEXT, END };

static void put_event(office *o, char kind, const char *s)
{
    lmedel_office_add(o, &kind, 1);
    lmedel_office_add(o, s, strlen(s) + 1);
}

static void event_start(office *o, const char *name, const XML_Char **list)
{
    if (o->reading)
        lmedel_office_add(o, "", 1); /* the text before it ends */
    put_event(o, START, name);
    for (; *list; list += 2) {
        const char *colon = strrchr(*list, ':');
        put_event(o, NAME, colon ? colon + 1 : *list);
        put_event(o, VALUE, list[1]);
    }
    const char text = TEXT;
    lmedel_office_add(o, &text, 1);
    o->reading = true;
}

static void event_end(office *o, const char *name)
{
    lmedel_office_add(o, "", 1);
    put_event(o, END, name);
    const char text = TEXT;
    lmedel_office_add(o, &text, 1);
}

static int xml_events(lua_State *L)
{
    size_t len;
    const char *xml = luaL_checklstring(L, 1, &len);
    lua_settop(L, 1);
    office *o = new_office(L);
    o->most = EVENTS;
    o->on_start = event_start;
    o->on_end = event_end;
    const medel_status st = lmedel_office_parse(o, xml, len);
    if (st != MEDEL_OK)
        return failed(L, o, st);
    lua_pushlstring(L, o->text, o->len);
    return 1;
}

/* document_rows({ { cell, ... }, ... }): a text is a line, a table a row of cells. */
static int document_rows(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    office *o = new_office(L);
    const lua_Integer n = luaL_len(L, 1);
    for (lua_Integer i = 1; i <= n && o->status == MEDEL_OK; i++) {
        size_t len;
        const char *s;
        if (lua_geti(L, 1, i) == LUA_TTABLE) {
            lmedel_office_begin_row(o);
            const lua_Integer cells = luaL_len(L, -1);
            for (lua_Integer c = 1; c <= cells; c++) {
                lua_geti(L, -1, c);
                s = luaL_checklstring(L, -1, &len);
                o->cell = (unsigned)c;
                o->paragraph = 0;
                lmedel_office_add(o, s, len);
                lmedel_office_paragraph(o);
                lua_pop(L, 1);
            }
            lmedel_office_end_row(o);
        } else {
            s = luaL_checklstring(L, -1, &len);
            lmedel_office_add(o, s, len);
            lmedel_office_paragraph(o);
        }
        lua_pop(L, 1);
    }
    return finished(L, o->status);
}

const lmedel_function lmedel_office_functions[] = {
    { "document_docx", document_docx, "(xml: string): document|nil, string|nil",
      "A document of the text of word/document.xml: a table's row is a line of cells." },
    { "document_odt", document_odt, "(xml: string): document|nil, string|nil",
      "A document of the text of an odt file's content.xml." },
    { "document_rows", document_rows, "(rows: table[]): document|nil, string|nil",
      "A document of lines: texts, and lists of the texts of a row's cells." },
    { "xml_events", xml_events, "(xml: string): string|nil, string|nil",
      "XML as a text of events, each a byte, a value and a zero: 1 an element begins, 2 "
      "and 3 "
      "name and value of an attribute, 4 text, 5 it ends. Names without prefix; no "
      "entities "
      "of the document's own; at most 128 deep and 32 MiB." },
    { "zip_entry", lmedel_zip_entry,
      "(bytes: string, name: string): string|nil, string|nil",
      "A file in a zip archive; nil and why not (`absent`: there is none of that name). "
      "At "
      "most 64 MiB, of 256 files." },
    { NULL, NULL, NULL, NULL }
};

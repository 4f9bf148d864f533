/* lmedel_import.c - the tables of a document, and what is proved of their figures. */
#include "lmedel_import.h"

#include <string.h>

#define IMPORT "medel.import"

typedef struct import_box {
    medel_import *import;
    medel_import_options options;
    medel_allocator allocator; /* of the options */
    medel_import_own_row *own;
} import_box;

LMEDEL_GC(import_gc, medel_import, medel_import_free)

static import_box *check_import(lua_State *L, int arg)
{
    return luaL_checkudata(L, arg, IMPORT);
}

/* ---- plain tables ---- */

static const char *kind_name(medel_cell_kind k)
{
    static const char *const names[] = { "empty", "dash", "amount", "share" };
    return names[k];
}

static const char *basis_name(medel_basis b)
{
    static const char *const names[] = { "grammatik",      "celler", "kanter",
                                         "radens räkning", "summa",  "likhet",
                                         "storlek" };
    return names[b];
}

typedef const medel_import_cell *(*cell_of)(const medel_import_row *, size_t);

static void push_cells(lua_State *L, const medel_import_row *r, cell_of at)
{
    const medel_import_cell *c;
    lua_newtable(L);
    for (size_t i = 0; (c = at(r, i)); i++) {
        lua_createtable(L, 0, 10);
        lmedel_set_text(L, "kind", kind_name(c->kind));
        lmedel_set_text(L, "printed", c->printed);
        if (c->kind != MEDEL_CELL_EMPTY) {
            lmedel_set_integer(L, "digits", c->digits);
            lmedel_set_integer(L, "decimals", c->decimals);
            lmedel_set_integer(L, "page", c->page);
            lmedel_set_integer(L, "line", c->line);
            lmedel_set_integer(L, "x0", c->x0);
            lmedel_set_integer(L, "y0", c->y0);
            lmedel_set_integer(L, "x1", c->x1);
            lmedel_set_integer(L, "y1", c->y1);
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* asides = { { column, printed } }, of a row that has any. */
static void push_asides(lua_State *L, const medel_import_row *r)
{
    const char *column, *printed = medel_import_row_aside(r, 0, &column);
    if (!printed)
        return;
    lua_newtable(L);
    for (size_t i = 0; (printed = medel_import_row_aside(r, i, &column)); i++) {
        lua_createtable(L, 0, 2);
        lmedel_set_text(L, "column", column);
        lmedel_set_text(L, "printed", printed);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "asides");
}

static void push_row(lua_State *L, const medel_import_row *r)
{
    lua_createtable(L, 0, 18);
    lmedel_set_text(L, "id", medel_import_row_id(r));
    lmedel_set_text(L, "label", medel_import_row_label(r));
    lmedel_set_text(L, "under", medel_import_row_under(r));
    lmedel_set_text(L, "note", medel_import_row_note(r));
    lmedel_set_flag(L, "known", medel_import_row_known(r));
    lmedel_set_flag(L, "own", medel_import_row_own(r));
    lmedel_set_flag(L, "placed", medel_import_row_placed(r));
    lmedel_set_flag(L, "exact_label", medel_import_row_exact_label(r));
    lmedel_set_flag(L, "guessed", medel_import_row_guessed(r));
    lmedel_set_flag(L, "empties", medel_import_row_empties(r));
    lmedel_set_text(L, "basis", basis_name(medel_import_row_basis(r)));
    push_asides(L, r);
    lmedel_set_integer(L, "readings", (lua_Integer)medel_import_row_readings(r));
    lmedel_set_integer(L, "page", medel_import_row_page(r));
    lmedel_set_integer(L, "line", medel_import_row_line(r));
    push_cells(L, r, medel_import_row_cell);
    lua_setfield(L, -2, "cells");
    if (medel_import_row_other(r, 0)) {
        push_cells(L, r, medel_import_row_other);
        lua_setfield(L, -2, "other");
    }
}

static void push_loose(lua_State *L, const medel_import_table *t)
{
    const char *text, *why;
    unsigned page, line;
    lua_newtable(L);
    for (size_t i = 0; (text = medel_import_table_loose(t, i, &why, &page, &line)); i++) {
        lua_createtable(L, 0, 4);
        lmedel_set_text(L, "text", text);
        lmedel_set_text(L, "why", why);
        lmedel_set_integer(L, "page", page);
        lmedel_set_integer(L, "line", line);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* Are there groups between the rows and the sum, and which row is that? */
static void set_grouped(lua_State *L, const medel_table_spec *spec)
{
    const bool grouped = !medel_table_spec_by_year(spec);
    const medel_row *row;
    size_t n = 0;
    for (; (row = medel_table_spec_row(spec, n)); n++)
        if (grouped && !medel_row_under(row) && medel_row_rule(row))
            lmedel_set_text(L, "total", medel_row_id(row));
    lmedel_set_flag(L, "grouped", grouped && n > 1);
}

static void push_table(lua_State *L, const medel_import_table *t)
{
    const medel_table_spec *spec = medel_import_table_spec(t);
    const medel_import_row *row;
    const char *column;
    lua_createtable(L, 0, 16);
    lmedel_set_text(L, "id", medel_table_spec_id(spec));
    lmedel_set_text(L, "kind", medel_table_spec_note(spec));
    if (medel_import_table_note(t))
        lmedel_set_integer(L, "note", medel_import_table_note(t));
    lmedel_set_text(L, "heading", medel_import_table_heading(t));
    lmedel_set_flag(L, "assumed", medel_import_table_assumed(t));
    lmedel_set_integer(L, "page", medel_import_table_page(t));
    lmedel_set_integer(L, "line", medel_import_table_line(t));
    lmedel_set_integer(L, "header_line", medel_import_table_header_line(t));
    lmedel_set_text(L, "unit", medel_unit_name(medel_import_table_unit(t)));
    lmedel_set_text(L, "printed_unit", medel_import_table_printed_unit(t));
    lmedel_set_integer(L, "unit_line", medel_import_table_unit_line(t));
    set_grouped(L, spec);
    const int sign = medel_import_table_cost_sign(t);
    if (sign)
        lmedel_set_text(L, "costs", sign > 0 ? "positiva" : "negativa");
    lua_newtable(L);
    for (size_t i = 0; (column = medel_import_table_column(t, i)); i++) {
        lua_createtable(L, 0, 2);
        lmedel_set_text(L, "id", column);
        lmedel_set_text(L, "printed", medel_import_table_header(t, i));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "columns");
    lua_newtable(L);
    for (size_t i = 0; (row = medel_import_table_row(t, i)); i++) {
        push_row(L, row);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "rows");
    push_loose(L, t);
    lua_setfield(L, -2, "loose");
}

/* ---- reading ---- */

static const char *own_text(lua_State *L, const char *key)
{
    lua_getfield(L, -1, key);
    const char *s = lua_tostring(L, -1); /* the options keep it alive */
    lua_pop(L, 1);
    if (!s)
        luaL_error(L, "an own row has table, id, under and label");
    return s;
}

static void read_options(lua_State *L, int arg, import_box *b)
{
    if (lua_isnoneornil(L, arg))
        return;
    luaL_checktype(L, arg, LUA_TTABLE);
    if (lua_getfield(L, arg, "year") != LUA_TNIL)
        b->options.year = (int)luaL_checkinteger(L, -1);
    lua_pop(L, 1);
    if (lua_getfield(L, arg, "last") != LUA_TNIL)
        b->options.last = lmedel_report_of(L, lua_gettop(L), false);
    lua_pop(L, 1);
    if (lua_getfield(L, arg, "own") == LUA_TNIL) {
        lua_pop(L, 1);
        return;
    }
    luaL_checktype(L, -1, LUA_TTABLE);
    const lua_Integer n = luaL_len(L, -1);
    b->own = lua_newuserdatauv(L, (size_t)(n < 1 ? 1 : n) * sizeof *b->own, 0);
    lua_insert(L, -2);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_geti(L, -1, i);
        b->own[i - 1] =
            (medel_import_own_row){ own_text(L, "table"), own_text(L, "id"),
                                    own_text(L, "under"), own_text(L, "label") };
        lua_pop(L, 1);
    }
    lua_pop(L, 1); /* the array's userdata stays for the anchor */
    b->options.own = b->own;
    b->options.nown = (size_t)n;
}

static int import_document(lua_State *L)
{
    const medel_document *d = lmedel_check_document(L, 1);
    const medel_taxonomy *t = lmedel_check_taxonomy(L, 2);
    lua_settop(L, 3);
    import_box *b = lmedel_new_box(L, sizeof *b, IMPORT, import_gc);
    b->allocator = lmedel_allocator(L);
    b->options.allocator = &b->allocator;
    read_options(L, 3, b);
    /* document, taxonomy, options and own rows live as long as the import */
    lua_createtable(L, 4, 0);
    const int anchor = lua_gettop(L);
    for (int i = 1; i < anchor; i++) {
        if (i == 4)
            continue;
        lua_pushvalue(L, i);
        lua_rawseti(L, anchor, i);
    }
    lua_pushvalue(L, 4);
    lua_pushvalue(L, anchor);
    lua_setiuservalue(L, -2, 1);
    const medel_status st = medel_import_read(&b->import, d, t, &b->options);
    if (st != MEDEL_OK)
        return lmedel_document_failed(L, st, "the document");
    return 1;
}

static int import_tables(lua_State *L)
{
    const import_box *b = check_import(L, 1);
    const medel_import_table *t;
    lua_newtable(L);
    for (size_t i = 0; (t = medel_import_table_at(b->import, i)); i++) {
        push_table(L, t);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_pushinteger(L, medel_import_year(b->import));
    return 2;
}

/* The texts of a line's cells, by their number: what is no cell of a table is not there.
 */
static void set_cells(lua_State *L, const medel_import *m, size_t line)
{
    const size_t n = medel_import_words(m, line);
    unsigned last = 0;
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        size_t len = 0;
        unsigned cell = 0;
        const char *word = medel_import_word(m, line, i, &len, &cell);
        if (!cell)
            continue;
        if (!any) {
            lua_newtable(L);
            any = true;
        }
        if (cell == last) {
            lua_rawgeti(L, -1, (lua_Integer)cell);
            lua_pushliteral(L, " ");
            lua_pushlstring(L, word, len);
            lua_concat(L, 3);
        } else {
            lua_pushlstring(L, word, len);
        }
        lua_rawseti(L, -2, (lua_Integer)cell);
        last = cell;
    }
    if (any)
        lua_setfield(L, -2, "cells");
}

static int import_lines(lua_State *L)
{
    const import_box *b = check_import(L, 1);
    const size_t n = medel_import_lines(b->import);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        unsigned page, line;
        const char *text = medel_import_line(b->import, i, &page, &line);
        lua_createtable(L, 0, 3);
        lmedel_set_text(L, "text", text);
        lmedel_set_integer(L, "page", page);
        lmedel_set_integer(L, "line", line);
        set_cells(L, b->import, i);
        /* what pages repeat has its text, and no words to be read */
        lmedel_set_flag(L, "furniture", *text && medel_import_words(b->import, i) == 0);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int import_words(lua_State *L)
{
    const import_box *b = check_import(L, 1);
    const lua_Integer line = luaL_checkinteger(L, 2) - 1;
    const size_t n = line < 0 ? 0 : medel_import_words(b->import, (size_t)line);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        size_t len = 0;
        unsigned cell = 0;
        const char *word = medel_import_word(b->import, (size_t)line, i, &len, &cell);
        const medel_import_span span = medel_import_word_span(b->import, (size_t)line, i);
        lua_createtable(L, 0, 5);
        lua_pushlstring(L, word, len);
        lua_setfield(L, -2, "text");
        lmedel_set_integer(L, "gap", span.gap);
        lmedel_set_integer(L, "x0", span.x0);
        lmedel_set_integer(L, "x1", span.x1);
        if (cell)
            lmedel_set_integer(L, "cell", cell);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* The box around the words of a line that have bytes from 'from' to 'to' of its text. */
static int import_box_of(lua_State *L)
{
    const import_box *b = check_import(L, 1);
    const lua_Integer line = luaL_checkinteger(L, 2) - 1, from = luaL_checkinteger(L, 3),
                      to = luaL_checkinteger(L, 4);
    const size_t n = line < 0 ? 0 : medel_import_words(b->import, (size_t)line);
    size_t first = n, last = 0, len = 0;
    unsigned cell = 0;
    lua_Integer at = 1;
    for (size_t i = 0; i < n; i++, at += (lua_Integer)len + 1) {
        medel_import_word(b->import, (size_t)line, i, &len, &cell);
        if (at > to || at + (lua_Integer)len <= from)
            continue;
        first = first < i ? first : i;
        last = i;
    }
    const medel_box box =
        medel_import_box(b->import, line < 0 ? 0 : (size_t)line, first, last);
    if (first >= n || box.x1 <= box.x0)
        return 0;
    lua_pushinteger(L, box.x0);
    lua_pushinteger(L, box.y0);
    lua_pushinteger(L, box.x1);
    lua_pushinteger(L, box.y1);
    return 4;
}

/* ---- proofs ---- */

typedef struct proof_box {
    medel_checks *checks;
    medel_proofs *proofs;
} proof_box;

static int proof_gc(lua_State *L)
{
    proof_box *b = lua_touserdata(L, 1);
    medel_proofs_free(b->proofs);
    medel_checks_free(b->checks);
    *b = (proof_box){ NULL, NULL };
    return 0;
}

static void push_terms(lua_State *L, const medel_check *k)
{
    lua_createtable(L, (int)k->nterms + 1, 0);
    for (size_t i = 0; i <= k->nterms; i++) {
        const medel_fact *f = i == 0 ? k->subject : k->terms[i - 1].fact;
        lua_createtable(L, 0, 5);
        lmedel_set_text(L, "table", f->table);
        lmedel_set_text(L, "item", f->item);
        lmedel_set_text(L, "row", f->row);
        lmedel_set_text(L, "column", f->column);
        lmedel_set_text(L, "label", f->label);
        lmedel_set_text(L, "text", f->text);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_proof(lua_State *L, const medel_import_proof *p)
{
    lua_createtable(L, 0, 4);
    lmedel_set_text(L, "status", medel_import_status_name(p->status));
    if (p->check) {
        lmedel_set_text(L, "rule", medel_check_spec_id(p->check->spec));
        lmedel_set_integer(L, "bits", p->bits);
        push_terms(L, p->check);
        lua_setfield(L, -2, "terms");
    }
}

static int import_proofs(lua_State *L)
{
    const import_box *b = check_import(L, 1);
    const medel_report *r = lmedel_report_of(L, 2, false);
    const medel_import_table *t;
    const medel_allocator allocator = lmedel_allocator(L);
    lua_settop(L, 2);
    proof_box *p = lmedel_new_box(L, sizeof *p, "medel.import_proofs", proof_gc);
    const medel_check_options o = { .allocator = &allocator };
    if (medel_checks_new(&p->checks, r, &o) != MEDEL_OK
        || medel_proofs_new(&p->proofs, b->import, r, p->checks, &allocator) != MEDEL_OK)
        return luaL_error(L, "not enough memory");
    lua_newtable(L);
    for (size_t i = 0; (t = medel_import_table_at(b->import, i)); i++) {
        lua_newtable(L);
        for (size_t j = 0; medel_import_table_row(t, j); j++) {
            const medel_import_proof *proof;
            lua_newtable(L);
            for (size_t c = 0; (proof = medel_proofs_cell(p->proofs, i, j, c)); c++) {
                push_proof(L, proof);
                lua_rawseti(L, -2, (lua_Integer)c + 1);
            }
            lua_rawseti(L, -2, (lua_Integer)j + 1);
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int document_text(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    lmedel_document_box *b = lmedel_new_document(L);
    const medel_status st = medel_document_text(b->document, text, len);
    return st == MEDEL_OK ? 1 : lmedel_document_failed(L, st, "the text");
}

const lmedel_function lmedel_import_functions[] = {
    { "document_boxes", lmedel_document_boxes,
      "(xhtml: string): document|nil, string|nil",
      "A document of the words and boxes that `pdftotext -bbox` writes. nil and why "
      "not." },
    { "document_compare", lmedel_document_compare,
      "(d: document, page: integer, pgm: string): table[]|nil, string|nil",
      "Compare a page's words with its picture (a grey PGM of the whole page): those "
      "whose box "
      "is one shade nobody sees, and they are taken away. Returns them and those that "
      "lie on "
      "top of others, { text, page, unseen }." },
    { "document_numbers", lmedel_document_numbers, "(d: document): table[]",
      "The runs of digits of a document's words, { text, page }: each of them becomes a "
      "part of something, or is said to be no figure." },
    { "document_pages", lmedel_document_pages, "(d: document): table[]",
      "{ width, height } of each page in hundredths of a point; 0 where there are "
      "none." },
    { "document_text", document_text, "(text: string): document|nil, string|nil",
      "A document of plain text, with layout or without. nil and why not." },
    { "import_box", import_box_of,
      "(i: import, line: integer, from: integer, to: integer): integer|nil, "
      "integer|nil, integer|nil, integer|nil",
      "Left, upper, right and lower edge, in hundredths of a point, of the words that "
      "have "
      "bytes `from` to `to` of the n:th of `import_lines`; nothing where there are "
      "none." },
    { "import_document", import_document,
      "(d: document, t: taxonomy, options?: { year?: integer, own?: table[], last?: "
      "report }): import|nil, string|nil",
      "Find the tables of the taxonomy in a document and read their figures as they are "
      "printed. `own` are the förbund's rows ({ table, id, under, label }), `last` is "
      "last "
      "year's report. nil and why not." },
    { "import_lines", import_lines, "(i: import): table[]",
      "The document's lines as they were understood: { text, page, line, cells, "
      "furniture }; the "
      "texts of a table's cells by their number; furniture: pages repeat it, or it "
      "numbers them." },
    { "import_proofs", import_proofs, "(i: import, ar: report): table[]",
      "What the taxonomy's relations prove of the figures, in the report that the "
      "written "
      "file makes: by table, row and column { status, rule, bits, terms }." },
    { "import_tables", import_tables, "(i: import): table[], integer",
      "The tables that were found, as plain tables, and the financial year." },
    { "import_words", import_words, "(i: import, line: integer): table[]",
      "The words of the n:th of `import_lines`, { text, gap, x0, x1, cell }: the blanks "
      "before each (1000: between cells) and its edges, columns of characters in a "
      "text." },
    { NULL, NULL, NULL, NULL }
};

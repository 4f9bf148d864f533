/* lmedel_boxes.c - the pages and words that pdftotext -bbox writes, by expat. */
#include "lmedel_import.h"

#include <expat.h>
#include <string.h>

#define MAX_DEPTH 64
#define MAX_WORD 1000
#define BEYOND 100000000

typedef struct boxes {
    XML_Parser parser;
    lmedel_document_box *box;
    medel_status status;
    medel_word word;
    bool inside;
    char text[MAX_WORD];
    size_t len;
    size_t words; /* of the page */
    int depth;
} boxes;

static int boxes_gc(lua_State *L)
{
    boxes *b = lua_touserdata(L, 1);
    if (b->parser)
        XML_ParserFree(b->parser);
    b->parser = NULL;
    return 0;
}

static void stop(boxes *b, medel_status st)
{
    b->status = st;
    XML_StopParser(b->parser, XML_FALSE);
}

/* "134.820000" in hundredths; what is no such number is 0, and what is larger than any
   page is BEYOND. */
static int hundredths(const char *s)
{
    const bool minus = *s == '-';
    int64_t v = 0;
    int decimals = 0;
    bool point = false;
    for (s += minus; *s; s++) {
        if (*s == '.' && !point) {
            point = true;
        } else if (*s < '0' || *s > '9') {
            return 0;
        } else if (decimals < 2 && v < BEYOND) {
            v = v * 10 + (*s - '0');
            decimals += point;
        }
    }
    for (; decimals < 2; decimals++)
        v *= 10;
    v = v < BEYOND ? v : BEYOND;
    return (int)(minus ? -v : v);
}

static int attribute(const XML_Char **list, const char *name)
{
    for (; *list; list += 2)
        if (strcmp(*list, name) == 0)
            return hundredths(list[1]);
    return 0;
}

static void XMLCALL on_start(void *ud, const XML_Char *name, const XML_Char **list)
{
    boxes *b = ud;
    if (++b->depth > MAX_DEPTH) {
        stop(b, MEDEL_E_LIMIT);
        return;
    }
    if (strcmp(name, "page") == 0) {
        b->words = 0;
        const medel_status st = medel_document_page(
            b->box->document, attribute(list, "width"), attribute(list, "height"));
        if (st != MEDEL_OK)
            stop(b, st);
    } else if (strcmp(name, "word") == 0) {
        b->word = (medel_word){ .x0 = attribute(list, "xMin"),
                                .y0 = attribute(list, "yMin"),
                                .x1 = attribute(list, "xMax"),
                                .y1 = attribute(list, "yMax") };
        b->inside = true;
        b->len = 0;
    }
}

static void XMLCALL on_text(void *ud, const XML_Char *s, int len)
{
    boxes *b = ud;
    const size_t room = MAX_WORD - b->len, n = (size_t)len < room ? (size_t)len : room;
    if (!b->inside)
        return;
    memcpy(b->text + b->len, s, n);
    b->len += n;
}

static void XMLCALL on_end(void *ud, const XML_Char *name)
{
    boxes *b = ud;
    b->depth--;
    if (!b->inside || strcmp(name, "word") != 0)
        return;
    b->inside = false;
    b->word.text = b->text;
    b->word.len = b->len;
    medel_status st = MEDEL_OK;
    if (b->len && b->word.x1 > b->word.x0 && b->word.y1 > b->word.y0)
        st = ++b->words > LMEDEL_PAGE_WORDS
                 ? MEDEL_E_LIMIT
                 : medel_document_word(b->box->document, &b->word);
    /* a word of control or direction characters is no figure and no label */
    if (st != MEDEL_OK && st != MEDEL_E_MISUSE)
        stop(b, st);
}

/* Fonts without an encoding give control characters, which no XML may have. */
static medel_status parse(boxes *b, const char *text, size_t len)
{
    char part[16384];
    for (size_t at = 0; at < len || at == 0;) {
        const size_t n = len - at < sizeof part ? len - at : sizeof part;
        for (size_t i = 0; i < n; i++) {
            const unsigned char c = (unsigned char)text[at + i];
            part[i] = (char)(c < 0x20 && c != '\n' && c != '\r' && c != '\t' ? '?' : c);
        }
        at += n;
        if (XML_Parse(b->parser, part, (int)n, at >= len) != XML_STATUS_OK)
            break;
        if (at >= len)
            return MEDEL_OK;
    }
    if (b->status != MEDEL_OK)
        return b->status;
    return XML_GetErrorCode(b->parser) == XML_ERROR_NO_MEMORY ? MEDEL_E_NOMEM
                                                              : MEDEL_E_SYNTAX;
}

int lmedel_document_boxes(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    lmedel_document_box *box = lmedel_new_document(L);
    const int document = lua_gettop(L);
    boxes *b = lmedel_new_box(L, sizeof *b, "medel.boxes", boxes_gc);
    b->box = box;
    b->parser = XML_ParserCreate("UTF-8");
    if (!b->parser)
        return luaL_error(L, "not enough memory");
    XML_SetUserData(b->parser, b);
    XML_SetElementHandler(b->parser, on_start, on_end);
    XML_SetCharacterDataHandler(b->parser, on_text);
    const medel_status st = parse(b, text, len);
    if (st != MEDEL_OK)
        return lmedel_xml_failed(L, st, "the PDF");
    lua_pushvalue(L, document);
    return 1;
}

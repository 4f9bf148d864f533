/* lmedel_import.h - documents and what is read from them, in Lua. */
#ifndef LMEDEL_IMPORT_H
#define LMEDEL_IMPORT_H

#include "lmedel.h"
#include "medel_import.h"

#define LMEDEL_PAGE_WORDS 20000 /* each is compared with the others of its page */

typedef struct lmedel_document_box {
    medel_document *document;
} lmedel_document_box;

/* Push an empty box, then make the document in it: an error in between cannot leak it. */
lmedel_document_box *lmedel_new_document(lua_State *L);
const medel_document *lmedel_check_document(lua_State *L, int arg);
lmedel_document_box *lmedel_check_document_box(lua_State *L, int arg);
/* nil and why, for what a reader could not do. */
int lmedel_document_failed(lua_State *L, medel_status st, const char *what);
/* The same of XML. */
int lmedel_xml_failed(lua_State *L, medel_status st, const char *what);

int lmedel_document_boxes(lua_State *L);
int lmedel_document_compare(lua_State *L);
int lmedel_document_numbers(lua_State *L);
int lmedel_document_pages(lua_State *L);

extern const lmedel_function lmedel_import_functions[];

#endif

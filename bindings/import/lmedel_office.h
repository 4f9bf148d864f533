/* lmedel_office.h - paragraphs and rows of cells become lines of a document. */
#ifndef LMEDEL_OFFICE_H
#define LMEDEL_OFFICE_H

#include "lmedel_import.h"

#include <expat.h>

#define OFFICE_DEPTH 128
#define OFFICE_STYLES 64              /* of raised text, that are told from others */
#define OFFICE_TEXT ((size_t)1 << 20) /* of a paragraph, or of a row */

/* A paragraph of a cell. */
typedef struct office_part {
    unsigned cell, paragraph;
    size_t start, len; /* in text */
    bool above;        /* a label of several rows: it stands above the first */
} office_part;

typedef struct office office;
typedef void (*office_start)(office *o, const char *name, const XML_Char **list);
typedef void (*office_end)(office *o, const char *name);

struct office {
    lua_State *L;
    XML_Parser parser;
    lmedel_document_box *box;
    medel_status status;
    medel_alloc_fn alloc;
    void *ud;
    int depth, skip; /* skip: depth below which nothing is read; 0: none */
    char *text;
    size_t len, room, most; /* most: that text may come to */
    office_part *parts;
    size_t nparts, parts_room;
    unsigned line;
    int tables;           /* that are open */
    bool in_row, reading; /* reading: characters are text */
    unsigned cell, span, paragraph;
    bool above;  /* of the cell */
    bool raised; /* of the run, which began at: */
    size_t raised_start;
    int raised_depth;
    char raised_styles[OFFICE_STYLES][32], style[32];
    size_t nraised;
    size_t paragraph_start;
    int repeat;
    office_start on_start;
    office_end on_end;
};

void lmedel_office_fail(office *o, medel_status st);
void lmedel_office_add(office *o, const char *s, size_t n);
/* A paragraph ends: outside tables it is a line; in a cell it waits for its row. */
void lmedel_office_paragraph(office *o);
void lmedel_office_begin_row(office *o);
/* A row ends: a line; or, when its figures stand on top of each other, several. */
void lmedel_office_end_row(office *o);
/* The value of an attribute, by its name without prefix; NULL if there is none. */
const char *lmedel_office_attribute(const XML_Char **list, const char *name);
int lmedel_office_number(const char *s, int usual, int most);
/* Read an XML text, whose names come without prefix; it may have no document type. */
medel_status lmedel_office_parse(office *o, const char *text, size_t len);

extern const lmedel_function lmedel_office_functions[];
int lmedel_zip_entry(lua_State *L);

#endif

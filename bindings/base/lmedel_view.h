/* lmedel_view.h - the parts of a report as scripts hold them; for the files of the
   classes report, table, row and fact. */
#ifndef LMEDEL_VIEW_H
#define LMEDEL_VIEW_H

#include "lmedel.h"

typedef struct lmedel_view {
    const medel_report *report;
    int year;
    medel_variant variant;
} lmedel_view;

typedef struct lmedel_table_view {
    lmedel_view of;
    const medel_table *table;
} lmedel_table_view;

typedef struct lmedel_row_view {
    lmedel_table_view in;
    const medel_table_row *row; /* NULL: a subtotal that is not printed */
    const medel_row *spec;
} lmedel_row_view;

typedef struct lmedel_fact_box {
    const medel_report *report;
    const medel_fact *fact;
} lmedel_fact_box;

/* As lmedel_report_of of the value at 1, which was checked to be one of these; pushes its
   box. */
const medel_report *lmedel_report_known(lua_State *L);
void lmedel_push_places(lua_State *L, const int *places, size_t n);
const char *lmedel_figure_state_name(medel_figure_state s);
bool lmedel_usable(const medel_fact *f); /* it has a value to compute with */
bool lmedel_row_column(const lmedel_row_view *r, const char *key, const char **measure,
                       medel_variant *variant);
const medel_fact *lmedel_row_cell(const lmedel_row_view *r, const char *measure,
                                  medel_variant variant);
/* The row of that name, printed or only in the taxonomy; NULL if there is none. */
const medel_row *lmedel_find_row(const medel_table *t, const char *id,
                                 const medel_table_row **printed);
/* A table of the report, as the view at that stack index sees it. */
void lmedel_push_table(lua_State *L, int view, const medel_table *t);
int lmedel_fact_index(lua_State *L);
int lmedel_row_index(lua_State *L);
int lmedel_table_lookup(lua_State *L);
int lmedel_part_tostring(lua_State *L);

#endif

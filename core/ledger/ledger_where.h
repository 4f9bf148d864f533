/* ledger_where.h - rows by an expression; for ledger_query.c. */
#ifndef MEDEL_LEDGER_WHERE_H
#define MEDEL_LEDGER_WHERE_H

#include "ledger.h"

typedef struct medel_where medel_where;

/* Read an expression (docs/ledger.md) into the arena; E_SCHEMA with place and what was
   expected. */
medel_status medel_where_read(medel_where **out, medel_arena *a, const medel_ledger *l,
                              const char *text, medel_error *err);
/* Does it let the row of the voucher through?  Allocates nothing. */
bool medel_where_passes(medel_where *w, uint32_t row, uint32_t voucher);

#endif

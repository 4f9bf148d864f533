/* csv_cells.h - amounts and dates of cells, as a mapping writes them. */
#ifndef MEDEL_CSV_CELLS_H
#define MEDEL_CSV_CELLS_H

#include "csv_mapping.h"

/* Öre.  Between thousands there are three digits; more than two decimals are none, but
   zeros that the mapping allows. */
bool medel_csv_amount(const medel_csv_mapping *m, const char *text, int64_t *out);
/* By the pattern of the mapping: YYYY, MM, DD, and what stands between. */
bool medel_csv_day(const medel_csv_mapping *m, const char *text, int32_t *out);

#endif

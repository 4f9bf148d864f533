/*
 * medel_csv.h - ledgers from CSV files with a mapping of their columns.
 */
#ifndef MEDEL_CSV_H
#define MEDEL_CSV_H

#include "medel_ledger.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Vouchers from a CSV file (RFC 4180) as a mapping (docs/kontoplan.md) says.  Any cell
   that cannot be read refuses the file: every such cell is in diags with its line and
   column, and so is what is wrong with the mapping. */
typedef struct medel_csv_mapping medel_csv_mapping;
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_csv_mapping_read(medel_csv_mapping **out, const medel_input *in,
                       const medel_allocator *allocator, medel_diagnostics *diags);
MEDEL_API void medel_csv_mapping_free(medel_csv_mapping *m);
MEDEL_API MEDEL_MUST_CHECK medel_status medel_csv_read(
    medel_ledger **out, const medel_csv_mapping *mapping, const medel_input *in,
    const medel_ledger_options *options, medel_diagnostics *diags);

#ifdef __cplusplus
}
#endif
#endif

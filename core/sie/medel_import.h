/*
 * medel_import.h - ledgers from other files than SIE 1-4: SIE 5 (XML) and CSV with a
 * mapping file.
 */
#ifndef MEDEL_IMPORT_H
#define MEDEL_IMPORT_H

#include "medel_ledger.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Does the text begin as a SIE 5 file: XML whose root is Sie or SieEntry? */
MEDEL_API bool medel_sie5_probe(const char *text, size_t len);
/* Accounts, dimensions, balances and vouchers of a SIE 5 file.  Struck ledger entries
   (Overstrike) are kept in the trail and are in no sum; subdivided accounts, invoices and
   documents are passed over; the signature is not verified.  A DOCTYPE, more than 64
   levels, or any field that cannot be read refuses the file: every such field is in
   diags.  Of 'options' alloc, limit (256 MiB unless given), strict and lanes count. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_sie5_read(medel_ledger **out, const char *name, const char *text, size_t len,
                const medel_ledger_options *options, medel_diagnostics *diags);

/* Vouchers from a CSV file (RFC 4180) as a mapping (docs/kontoplan.md) says.  Any cell
   that cannot be read refuses the file: every such cell is in diags with its line and
   column, and so is what is wrong with the mapping. */
typedef struct medel_csv_mapping medel_csv_mapping;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_csv_mapping_read(
    medel_csv_mapping **out, const char *file, const char *text, size_t len,
    medel_alloc_fn alloc, void *ud, medel_diagnostics *diags);
MEDEL_API void medel_csv_mapping_free(medel_csv_mapping *m);
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_csv_read(medel_ledger **out, const medel_csv_mapping *mapping, const char *name,
               const char *text, size_t len, const medel_ledger_options *options,
               medel_diagnostics *diags);

#ifdef __cplusplus
}
#endif
#endif

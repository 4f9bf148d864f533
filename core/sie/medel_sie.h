/*
 * medel_sie.h - SIE files read and written: types 1 to 4 and SIE 5 (XML), and ledgers
 * built row by row by another program.
 */
#ifndef MEDEL_SIE_H
#define MEDEL_SIE_H

#include "medel_ledger.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- SIE 1 to 4 ---- */

/* Read a ledger from a file, from memory or from a stream.  On failure *out is NULL and
   'diags' (may be NULL) says why: E_IO, E_NOMEM, E_LIMIT, E_OVERFLOW, E_STOPPED, E_SYNTAX
   for what is not a SIE file (HTML, XML, zip, PDF, gzip, a truncated file) or mixes
   encodings, E_SCHEMA in strict mode.  A tolerant read that succeeds may have deviations
   of severity error: items that could not be read and are in no sum; see
   medel_ledger_errors. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_ledger_load(medel_ledger **out, const char *path,
                  const medel_ledger_options *options, medel_diagnostics *diags);
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_ledger_read(medel_ledger **out, const medel_input *in,
                  const medel_ledger_options *options, medel_diagnostics *diags);
/* 'read' gives up to 'size' bytes, 0 at the end, negative when it failed. */
typedef ptrdiff_t (*medel_read_fn)(void *ud, char *buf, size_t size);
typedef struct medel_stream {
    const char *name;
    medel_read_fn read;
    void *ud;
} medel_stream;
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_ledger_read_stream(medel_ledger **out, const medel_stream *in,
                         const medel_ledger_options *options, medel_diagnostics *diags);

/* ---- SIE 5 ---- */

/* Does the text begin as a SIE 5 file: XML whose root is Sie or SieEntry? */
MEDEL_API bool medel_sie5_probe(const char *text, size_t len);
/* Accounts, dimensions, balances and vouchers of a SIE 5 file.  Struck ledger entries
   (Overstrike) are kept in the trail and are in no sum; subdivided accounts, invoices and
   documents are passed over; the signature is not verified.  A DOCTYPE, more than 64
   levels, or any field that cannot be read refuses the file: every such field is in
   diags.  Of 'options' alloc, limit (256 MiB unless given), strict and lanes count. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_sie5_read(medel_ledger **out, const medel_input *in,
                const medel_ledger_options *options, medel_diagnostics *diags);

/* ---- building a ledger from something else than SIE ---- */

/* What is added is kept until finish, in any order but that rows follow their voucher.
   Texts are UTF-8 and copied; control characters in them become spaces; NULL is absent.
   A function that fails leaves the builder as it was: E_NOMEM, E_LIMIT, or E_SCHEMA with
   the reason in *err. */
typedef struct medel_ledger_builder medel_ledger_builder;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_ledger_builder_new(
    medel_ledger_builder **out, const char *name, const medel_allocator *allocator);
MEDEL_API void medel_ledger_builder_free(medel_ledger_builder *b);

/* Any item of the head, or one that has no function of its own: ("FNAMN", {"Förbundet"}),
   ("RAR", {"0", "20230101", "20231231"}), ("SRU", {"1510", "7251"}). */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_ledger_builder_item(medel_ledger_builder *b, const char *label,
                          const char *const *fields, size_t n, medel_error *err);
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_ledger_builder_account(medel_ledger_builder *b, const char *number,
                             const char *name, char type, medel_error *err);
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_ledger_builder_dimension(medel_ledger_builder *b, const char *number,
                               const char *name, const char *parent, medel_error *err);
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_ledger_builder_object(medel_ledger_builder *b, const char *dimension,
                            const char *number, const char *name, medel_error *err);

/* A dimension's number and an object's. */
typedef struct medel_object_name {
    const char *dimension, *object;
} medel_object_name;
/* A balance that is stated; 'month' as of a medel_balance. */
typedef struct medel_new_balance {
    medel_balance_kind kind;
    int year;
    uint32_t month;
    const char *account;
    const medel_object_name *objects;
    size_t nobjects;
    int64_t amount;
    const char *quantity;
} medel_new_balance;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_ledger_builder_balance(
    medel_ledger_builder *b, const medel_new_balance *balance, medel_error *err);

typedef struct medel_new_voucher {
    const char *series, *number;
    int32_t day, regday; /* regday may be MEDEL_NO_DAY */
    const char *text, *sign;
    uint32_t line; /* in the source that it came from; 0: none */
} medel_new_voucher;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_ledger_builder_voucher(
    medel_ledger_builder *b, const medel_new_voucher *v, medel_error *err);

typedef struct medel_new_row {
    medel_row_kind kind;
    const char *account;
    const medel_object_name *objects;
    size_t nobjects;
    int64_t amount;
    int32_t day; /* MEDEL_NO_DAY: the voucher's */
    const char *text, *quantity, *sign;
    uint32_t line;
} medel_new_row;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_ledger_builder_row(medel_ledger_builder *b,
                                                                 const medel_new_row *row,
                                                                 medel_error *err);
/* The ledger of all that was added; the builder is left to be freed.  Of 'options' alloc,
   strict, progress and lanes count.  Deviations are told as of a file, but for labels
   that a file must have. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_ledger_builder_finish(
    medel_ledger **out, medel_ledger_builder *b, const medel_ledger_options *options,
    medel_diagnostics *diags);

/* ---- writing SIE ---- */

typedef struct medel_ledger_write_options {
    const char *type;        /* "1", "2", "3", "4E", "4I"; NULL: the ledger's own */
    medel_encoding encoding; /* AUTO and ASCII: CP437, as the specification says */
    bool lf;                 /* lines end in LF; else CR LF */
    bool ksumma;             /* add #KSUMMA; one that the ledger has is always renewed */
} medel_ledger_write_options;

typedef struct medel_ledger_written {
    uint64_t bytes, items;
    uint64_t replaced; /* characters that the encoding lacks; each became "?" */
    uint64_t left_out; /* items that the type does not have, and lines that were none */
    const char
        *missing; /* first label that the type requires and the ledger lacks, or NULL */
} medel_ledger_written;

/* Write in normal form: one space between fields, texts quoted, other fields only where
   they must be, no empty fields at the end; every item of the source in its order with
   its fields as they stand, unknown ones too.  Types 2 and 3 get
   #PSALDO from the vouchers where the ledger has none.  'write' returns false to stop
   (E_IO).  A streamed ledger cannot be written: E_DOMAIN. */
typedef bool (*medel_write_fn)(void *ud, const char *bytes, size_t len);
MEDEL_API MEDEL_MUST_CHECK medel_status medel_ledger_write(
    const medel_ledger *l, const medel_ledger_write_options *options,
    medel_write_fn write, void *ud, medel_ledger_written *written, medel_error *err);

#ifdef __cplusplus
}
#endif
#endif

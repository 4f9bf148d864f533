/*
 * medel_base.h - what every header of medel stands on: status and diagnostics, files,
 * exact numbers with unit and printed precision, Swedish text and days, YAML with places.
 *
 * Ownership, in one rule: a function named *_new, *_read or *_load gives the
 * caller an object to release with the matching *_free; every other pointer is
 * borrowed and lives as long as the object it came from.  A report keeps no
 * reference to its taxonomy's owner: free reports before their taxonomy.
 *
 * Text is UTF-8.  Money is int64 öre inside exact rationals; nothing here is a
 * floating-point number but in medel_montecarlo.h, which refuses NaN and infinity.
 *
 * What is not declared in a header of that form is not API.  The core knows no Lua,
 * prints nothing, never exits, and has no mutable globals.
 */
#ifndef MEDEL_BASE_H
#define MEDEL_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define MEDEL_API __attribute__((visibility("default")))
#define MEDEL_MUST_CHECK __attribute__((warn_unused_result))
#else
#define MEDEL_API
#define MEDEL_MUST_CHECK
#endif

#define MEDEL_VERSION "0.1.0"
/* Of structures and functions; the soname is libmedel.so.MEDEL_ABI. */
#define MEDEL_ABI 2

/* ---- status and errors ---- */

typedef enum medel_status {
    MEDEL_OK = 0,
    MEDEL_E_NOMEM = -1,    /* an allocation failed */
    MEDEL_E_IO = -2,       /* a file could not be read */
    MEDEL_E_SYNTAX = -3,   /* input is not well-formed */
    MEDEL_E_SCHEMA = -4,   /* well-formed, but a name or type is wrong */
    MEDEL_E_OVERFLOW = -5, /* a value does not fit in 64 bits */
    MEDEL_E_UNIT = -6,     /* kronor added to percent, and the like */
    MEDEL_E_DOMAIN = -7,   /* division by zero */
    MEDEL_E_LIMIT = -8,    /* input is larger or deeper than allowed */
    MEDEL_E_STOPPED = -9,  /* the host asked a long call to stop */
    MEDEL_E_MISUSE = -10,  /* the call makes no sense here: nothing was done */
    MEDEL_E_SCRIPT = -11   /* a script refused what it was given, and says why */
} medel_status;

/* What went wrong in a call that has no place in a file. */
typedef struct medel_error {
    medel_status status;
    char message[160];
} medel_error;

/* Same contract as lua_Alloc, so that one budget covers both worlds. */
typedef void *(*medel_alloc_fn)(void *ud, void *ptr, size_t osize, size_t nsize);

/* Where an object's memory comes from; it keeps a copy.  NULL, or one whose alloc is
   NULL, is malloc. */
typedef struct medel_allocator {
    medel_alloc_fn alloc;
    void *ud;
} medel_allocator;

/* What is read: a text in memory, under the name that messages call it by.  A runtime
   also takes one without text: the file of that name. */
typedef struct medel_input {
    const char *name;
    const char *text; /* not kept, unless it says otherwise */
    size_t len;
} medel_input;

/* MEDEL_ABI of the library that is running. */
MEDEL_API unsigned medel_abi(void);

/* ---- what a file is ---- */

/* A kind of file, as it is told from others by how it begins. */
typedef struct medel_file_kind {
    const char *id;   /* "report", "sie", "pdf" */
    const char *what; /* "a SIE file (type 1 to 4)" */
    const char *use;  /* which command takes it, or what to do; may be NULL */
} medel_file_kind;

MEDEL_API size_t medel_file_kinds(const medel_file_kind **first);
/* By its first 64 KiB; NULL where they do not say. */
MEDEL_API const medel_file_kind *medel_file_kind_of(const char *text, size_t len);

/* ---- files ---- */

/* Read a regular file of at most 'limit' bytes.  *text is terminated and released
   with medel_text_free. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_file_read(char **text, size_t *len,
                                                        const char *path, size_t limit,
                                                        const medel_allocator *allocator,
                                                        medel_error *err);
/* The first bytes of a regular file, at most 'room'; 0 if there are none to be read. */
MEDEL_API size_t medel_file_begin(const char *path, char *head, size_t room);
/* Does the path lead, by a link, out of the folder that it names? */
MEDEL_API bool medel_file_leaves(const char *path);
MEDEL_API void medel_text_free(char *text, size_t len, const medel_allocator *allocator);

/* Write a file whole or not at all: beside it as PATH.ny, to the disk, then renamed. When
   it fails, or the process is killed, what was there before is there as it was; a PATH.ny
   that was left is taken away by the next one who writes PATH.  With 'replace' false the
   file must be new.  A link is replaced, not followed; a folder, a pipe or a device is
   refused. MEDEL_E_IO: err says why.  Ignore SIGXFSZ to get an error instead of the
   signal. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_file_write(const char *path,
                                                         const char *text, size_t len,
                                                         bool replace, medel_error *err);

/* ---- what is wrong in a file ---- */

/* One thing wrong in an input file, with its place.  line and col are 1-based
   (0: unknown), col counts characters. */
typedef struct medel_diagnostic {
    medel_status status;
    const char *file;
    unsigned line, col;
    const char *message;  /* what was found */
    const char *expected; /* what was expected; may be NULL */
    const char *hint;     /* what to do, "did you mean"; may be NULL */
    const char *excerpt;  /* the line in question, or the part around col; may be NULL */
    unsigned caret;       /* column of the excerpt where col is; 0: none */
} medel_diagnostic;

/* At most 100 are kept; the last one then says that there are more. */
typedef struct medel_diagnostics medel_diagnostics;

/* NULL is returned when memory is out. */
MEDEL_API medel_diagnostics *medel_diagnostics_new(const medel_allocator *allocator);
MEDEL_API void medel_diagnostics_free(medel_diagnostics *d);
MEDEL_API size_t medel_diagnostics_count(const medel_diagnostics *d);
MEDEL_API const medel_diagnostic *medel_diagnostics_get(const medel_diagnostics *d,
                                                        size_t i);
/* Add a copy of an item; its file may be NULL. */
MEDEL_API void medel_diagnostics_add(medel_diagnostics *d, const medel_diagnostic *item);
/* Forget them all. */
MEDEL_API void medel_diagnostics_clear(medel_diagnostics *d);
/* Write "file:line:col: error: ..." with excerpt and caret into buf, always
   terminated; returns the length that the whole text has. */
MEDEL_API size_t medel_diagnostic_format(const medel_diagnostic *d, char *buf,
                                         size_t size);
MEDEL_API const char *medel_status_name(medel_status s);

/* ---- exact numbers with unit and printed precision ---- */

/* den is 0 only in a bound that is none: 1/0 above all numbers, -1/0 below them. */
typedef struct medel_rational {
    int64_t num, den; /* den > 0, in lowest terms */
} medel_rational;

/* money^a * count^b: {1,0} is an amount in öre, {0,0} a ratio, {0,1} a count,
   {1,-1} an amount in öre per head. */
typedef struct medel_dimension {
    int8_t money, count;
} medel_dimension;

/* A value and the interval that its print can stand for (low <= value <= high);
   an exact quantity has low == value == high. */
typedef struct medel_quantity {
    medel_rational value, low, high;
    medel_dimension dimension;
    bool loose; /* a word of the print widens it: "ca 70", "över 90 %" */
} medel_quantity;

typedef enum medel_unit {
    MEDEL_UNIT_NUMBER, /* a bare number: a grade, percentage points */
    MEDEL_UNIT_KR,
    MEDEL_UNIT_TKR,  /* thousands of kronor */
    MEDEL_UNIT_MNKR, /* millions of kronor */
    MEDEL_UNIT_PERCENT,
    MEDEL_UNIT_COUNT, /* persons, answers, meetings */
    MEDEL_UNIT_KR_PER_COUNT
} medel_unit;

typedef enum medel_rounding {
    MEDEL_ROUND_HALF_AWAY,  /* 0,5 away from zero: what statements use */
    MEDEL_ROUND_TOWARD_ZERO /* truncation */
} medel_rounding;

/* num/den of the unit, exact.  E_OVERFLOW if it does not fit, E_DOMAIN if den
   is 0. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_quantity_make(medel_quantity *out,
                                                            int64_t num, int64_t den,
                                                            medel_unit unit);
/* Widen 'q' to what a print with 'decimals' decimals in 'unit' can stand for:
   +-0.5 of the last printed place. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_quantity_printed(medel_quantity *q,
                                                               medel_unit unit,
                                                               unsigned decimals);
/* Interval arithmetic on value and precision.  E_UNIT when the dimensions do not
   fit (amount + ratio), E_DOMAIN when a divisor can be zero. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_quantity_add(medel_quantity *out,
                                                           const medel_quantity *a,
                                                           const medel_quantity *b);
MEDEL_API MEDEL_MUST_CHECK medel_status medel_quantity_sub(medel_quantity *out,
                                                           const medel_quantity *a,
                                                           const medel_quantity *b);
MEDEL_API MEDEL_MUST_CHECK medel_status medel_quantity_mul(medel_quantity *out,
                                                           const medel_quantity *a,
                                                           const medel_quantity *b);
MEDEL_API MEDEL_MUST_CHECK medel_status medel_quantity_div(medel_quantity *out,
                                                           const medel_quantity *a,
                                                           const medel_quantity *b);
MEDEL_API MEDEL_MUST_CHECK medel_status medel_quantity_neg(medel_quantity *out,
                                                           const medel_quantity *a);
MEDEL_API MEDEL_MUST_CHECK medel_status medel_quantity_abs(medel_quantity *out,
                                                           const medel_quantity *a);
/* *order becomes -1, 0 or 1 by value alone.  E_UNIT if the dimensions differ. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_quantity_compare(int *order,
                                                               const medel_quantity *a,
                                                               const medel_quantity *b);
/* The same of what the prints can stand for: -1 and 1 when one is surely less than the
   other, else 0.  "ca 70" is neither less nor more than 72. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_quantity_order(int *order,
                                                             const medel_quantity *a,
                                                             const medel_quantity *b);

typedef enum medel_agreement {
    MEDEL_AGREE,         /* the intervals meet: rounding can explain it */
    MEDEL_AGREE_ROUNDED, /* only if 'printed' was cut off or rounded up */
    MEDEL_DIFFER
} medel_agreement;

/* Does the printed figure agree with the computed one?  Decided by the printed
   precision of both and nothing else (XBRL Calculations 1.1).  E_UNIT if the
   dimensions differ. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_quantity_agree(
    medel_agreement *out, const medel_quantity *printed, const medel_quantity *computed);

/* ---- numbers as text ---- */

typedef enum medel_figure_state {
    MEDEL_FIGURE_VALUE,
    MEDEL_FIGURE_DASH,     /* printed as a dash */
    MEDEL_FIGURE_BLANK,    /* the cell is printed but empty */
    MEDEL_FIGURE_COMPUTED, /* not printed: the sum of printed rows */
    MEDEL_FIGURE_UNTYPED   /* printed, or not: the typist has not come to it yet */
} medel_figure_state;

typedef enum medel_qualifier {
    MEDEL_QUALIFIER_NONE,
    MEDEL_QUALIFIER_CA,     /* ca, cirka, ungefär, omkring, runt */
    MEDEL_QUALIFIER_DRYGT,  /* a little more than */
    MEDEL_QUALIFIER_KNAPPT, /* knappt, nästan: a little less than */
    MEDEL_QUALIFIER_MINST,  /* minst: that or more */
    MEDEL_QUALIFIER_OVER,   /* över, mer än, fler än: more, by no one knows how much */
    MEDEL_QUALIFIER_HOGST,  /* högst, max: that or less */
    MEDEL_QUALIFIER_UNDER,  /* under, mindre än, färre än */
    MEDEL_QUALIFIER_RANGE   /* 30-35 %: from one figure to another */
} medel_qualifier;

typedef struct medel_figure {
    medel_figure_state state;
    medel_qualifier qualifier;
    medel_unit unit;      /* valid if has_unit */
    bool has_unit;        /* the text itself names a unit */
    unsigned decimals;    /* printed decimals, 0..9 */
    int64_t digits;       /* the number without its decimal comma */
    medel_rational scale; /* for "av 4,0": the maximum; {0,1} when absent */
    int64_t upper;        /* of a range: where it ends, with the same decimals */
} medel_figure;

/* The first figure in running text at or after *at: its bytes are *start to *at.  Years,
   dates, numbered headings and digits inside words are no figures.  False: there is no
   more. */
MEDEL_API bool medel_figure_next(medel_figure *out, const char *text, size_t len,
                                 size_t *start, size_t *at);
/* Read a Swedish figure: "5 222 000,00", "-835", "(31 %)", "8,8 mnkr", "-".
   Groups of three by space, NBSP, thin space or period; decimal comma.  On
   failure *why (may be NULL) says what is wrong with it. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_figure_parse(medel_figure *out,
                                                           const char *text, size_t len,
                                                           const char **why);
/* The quantity of a parsed figure; 'unit' is used where the text names none. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_figure_quantity(medel_quantity *out,
                                                              const medel_figure *f,
                                                              medel_unit unit);

/* Write q in 'unit' with 'decimals' decimals, Swedish style ("2 483 599",
   U+2212 as minus) and without the unit's name.  Always terminated; returns the
   length the whole text has. */
MEDEL_API size_t medel_quantity_format(const medel_quantity *q, medel_unit unit,
                                       unsigned decimals, medel_rounding rounding,
                                       char *buf, size_t size);
/* The same with the unit's name, in kr, % or a plain count by dimension; ratios
   get as many decimals (0..2) as tell them apart from whole percent. */
MEDEL_API size_t medel_quantity_text(const medel_quantity *q, char *buf, size_t size);
MEDEL_API const char *medel_unit_name(medel_unit u); /* "kr", "tkr", "%", ... */

/* How many letters were added, lost, changed or swapped between two texts of at most 63
   bytes; limit + 1 when it is more than limit. */
MEDEL_API unsigned medel_edit_distance(const char *a, const char *b, unsigned limit);

/* One line of UTF-8 without control characters, invisible ones or marks of direction? */
MEDEL_API bool medel_text_plain(const char *text, size_t len);
/* How many characters it has; of what is no UTF-8, how many bytes. */
MEDEL_API size_t medel_text_width(const char *text, size_t len);
/* Write text as such a line: what it may not have becomes \xNN.  Always terminated;
   returns the length the whole text has. */
MEDEL_API size_t medel_text_show(const char *text, size_t len, char *buf, size_t size);
/* Let a text begin with a capital: a to z, å, ä, ö. */
MEDEL_API void medel_text_capital(char *text);

#define MEDEL_WORD 192 /* room for a word of a path */
/* The next word of a path as "table.row.column", terminated in buf, and *path behind its
   dot: NULL when no dot follows.  Its length; 0 where nothing is left, or with "" in buf
   where there is no room for it. */
MEDEL_API size_t medel_path_word(const char **path, char *buf, size_t size);

#define MEDEL_NO_DAY INT32_MIN /* a date that is absent or could not be read */
/* YYYY-MM-DD to days since 1970-01-01; false if no such day 1900..2100. */
MEDEL_API bool medel_date_parse(int32_t *days, const char *text, size_t len);
MEDEL_API void medel_date_format(int32_t days, char buf[11]);
MEDEL_API int medel_weekday(int32_t day); /* 1 Monday .. 7 Sunday */
/* Swedish name of the public holiday (lag 1989:253) that a day is, or NULL.  Sundays that
   are nothing else are none. */
MEDEL_API const char *medel_holiday(int32_t day);
MEDEL_API int32_t medel_easter(int year); /* påskdagen of a Gregorian year */

/* ---- YAML as a tree with places ---- */

typedef enum medel_yaml_type {
    MEDEL_YAML_SCALAR,
    MEDEL_YAML_SEQUENCE,
    MEDEL_YAML_MAPPING
} medel_yaml_type;

typedef struct medel_yaml medel_yaml; /* a node */
typedef struct medel_yaml_document medel_yaml_document;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_yaml_read(medel_yaml_document **out,
                                                        const medel_input *in,
                                                        const medel_allocator *allocator,
                                                        medel_diagnostics *diags);
MEDEL_API void medel_yaml_free(medel_yaml_document *d);
MEDEL_API const medel_yaml *medel_yaml_root(const medel_yaml_document *d);
/* Of NULL: a scalar without text. */
MEDEL_API medel_yaml_type medel_yaml_type_of(const medel_yaml *n);
/* The text of a scalar, "" of any other; len may be NULL. */
MEDEL_API const char *medel_yaml_scalar(const medel_yaml *n, size_t *len);
/* An unquoted scalar? */
MEDEL_API bool medel_yaml_plain(const medel_yaml *n);
/* Items of a sequence, pairs of a mapping. */
MEDEL_API size_t medel_yaml_count(const medel_yaml *n);
/* The i:th item, or value of a mapping; NULL after the last. */
MEDEL_API const medel_yaml *medel_yaml_item(const medel_yaml *n, size_t i);
/* The i:th key of a mapping; NULL after the last. */
MEDEL_API const medel_yaml *medel_yaml_key(const medel_yaml *n, size_t i);
/* Where it begins, from 1; col in characters.  0 of NULL. */
MEDEL_API unsigned medel_yaml_line(const medel_yaml *n);
MEDEL_API unsigned medel_yaml_col(const medel_yaml *n);

#ifdef __cplusplus
}
#endif
#endif

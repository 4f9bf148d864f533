/*
 * medel_core.h - public C API of the medel core: amounts, taxonomy, reports, checks.
 *
 * What is not declared here is not API.  The core knows no Lua, prints nothing,
 * never exits, and has no mutable globals.
 *
 * Ownership, in one rule: a function named *_new, *_read or *_load gives the
 * caller an object to release with the matching *_free; every other pointer is
 * borrowed and lives as long as the object it came from.  A report keeps no
 * reference to its taxonomy's owner: free reports before their taxonomy.
 *
 * Text is UTF-8.  Money is int64 öre inside exact rationals; nothing here is a
 * floating-point number but in the section on uncertainty, which refuses NaN and
 * infinity.
 */
#ifndef MEDEL_CORE_H
#define MEDEL_CORE_H

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

/* NULL alloc means malloc.  NULL is returned when memory is out. */
MEDEL_API medel_diagnostics *medel_diagnostics_new(medel_alloc_fn alloc, void *ud);
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

/* Read a Swedish figure: "5 222 000,00", "-835", "(31 %)", "8,8 mnkr", "-".
   Groups of three by space, NBSP, thin space or period; decimal comma.  On
   failure *why (may be NULL) says what is wrong with it. */
/* The first figure in running text at or after *at: its bytes are *start to *at.  Years,
   dates, numbered headings and digits inside words are no figures.  False: there is no
   more. */
MEDEL_API bool medel_figure_next(medel_figure *out, const char *text, size_t len,
                                 size_t *start, size_t *at);
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
/* Write text as such a line: what it may not have becomes \xNN.  Always terminated;
   returns the length the whole text has. */
MEDEL_API size_t medel_text_show(const char *text, size_t len, char *buf, size_t size);
/* Let a text begin with a capital: a to z, å, ä, ö. */
MEDEL_API void medel_text_capital(char *text);

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
struct medel_yaml {
    medel_yaml_type type;
    bool plain;         /* an unquoted scalar */
    bool flow;          /* a sequence or mapping in [] or {} */
    unsigned line, col; /* 1-based, col in characters */
    const char *text;   /* scalar, terminated */
    size_t len;
    size_t count;            /* items of a sequence, pairs of a mapping */
    const medel_yaml *items; /* sequence: count nodes; mapping: 2*count, key first */
};

typedef struct medel_yaml_document medel_yaml_document;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_yaml_read(medel_yaml_document **out,
                                                        const char *file,
                                                        const char *text, size_t len,
                                                        medel_alloc_fn alloc, void *ud,
                                                        medel_diagnostics *diags);
MEDEL_API void medel_yaml_free(medel_yaml_document *d);
MEDEL_API const medel_yaml *medel_yaml_root(const medel_yaml_document *d);

/* ---- taxonomy ---- */

typedef enum medel_level { /* in rising weight */
                           MEDEL_LEVEL_NOTE,
                           MEDEL_LEVEL_RECOMMENDATION,
                           MEDEL_LEVEL_DEVIATION,
                           MEDEL_LEVEL_ERROR
} medel_level;

typedef enum medel_variant {
    MEDEL_VARIANT_UTFALL,
    MEDEL_VARIANT_BUDGET,
    MEDEL_VARIANT_PROGNOS
} medel_variant;

typedef enum medel_field_type {
    MEDEL_FIELD_RECORD,
    MEDEL_FIELD_RECORDS, /* records keyed by a short name */
    MEDEL_FIELD_LIST,    /* a list of records */
    MEDEL_FIELD_TEXT,
    MEDEL_FIELD_TEXTS,
    MEDEL_FIELD_WORD,
    MEDEL_FIELD_CONCEPT, /* a concept or a table.row[.column] */
    MEDEL_FIELD_CHOICE,
    MEDEL_FIELD_FLAG,
    MEDEL_FIELD_DATE,
    MEDEL_FIELD_YEAR,
    MEDEL_FIELD_LINE,
    MEDEL_FIELD_ORG_NUMBER,
    MEDEL_FIELD_OWN_ROWS,
    MEDEL_FIELD_AMOUNT,
    MEDEL_FIELD_SHARE,
    MEDEL_FIELD_COUNT,
    MEDEL_FIELD_COUNT_OR_SHARE,
    MEDEL_FIELD_AMOUNT_PER_COUNT,
    MEDEL_FIELD_NUMBER,  /* any figure; its unit is the printed one */
    MEDEL_FIELD_SECTIONS /* names of the report's own sections */
} medel_field_type;

typedef struct medel_field medel_field;
struct medel_field {
    const char *name, *label, *law;
    medel_field_type type;
    bool required;
    const char *const *values; /* of a choice, NULL-terminated */
    const char *concept_id;    /* what its figures are, or NULL */
    const char *dimension;     /* sibling field that says whose they are, or NULL */
    const char *rows_of;       /* a word: table whose row it names, or NULL */
    bool all_years;            /* ... in every year: this one may lack the row */
    const char *records_of;    /* a word: top field whose record it names, or NULL */
    const char *head, *place; /* of a section: where its figures are said to stand, "mål"
                                 in a table and "målen" in a sentence; NULL: its label */
    const medel_field *fields; /* of a record */
    size_t nfields;
};

typedef struct medel_concept {
    const char *id, *label;
    bool instant; /* at a date, not over a period */
    bool budget;  /* a budget by itself, wherever it stands */
    medel_field_type type;
    const char *rule;      /* reported when its places disagree */
    const char *text_rule; /* the same for running text, or NULL */
    bool unambiguous;      /* its name lets nothing be counted in or out */
    uint32_t kinds; /* of amounts that one place counts in and another leaves out: bits
                       of medel_taxonomy_kinds */
    const char *const *instead; /* concepts that are sometimes printed under its name;
                                   NULL-terminated */
} medel_concept;

/* A kind of amount that a lawful print may count in or leave out: depreciation, ESF
 * money. */
typedef struct medel_amount_kind {
    const char *id, *label;
    const char *const *concepts; /* what it is printed as, NULL-terminated lists */
    const char *const *rows;     /* "table.row" */
    const char *const *words;    /* in a printed label, lower case */
    const char *const *signs_of; /* concepts that show that it may exist */
} medel_amount_kind;

typedef struct medel_row {
    const char *id, *label;
    const char *const *synonyms; /* NULL-terminated */
    const char *under;           /* row it adds to, or NULL */
    const char *note;            /* kind of note that specifies it, or NULL */
    const char *rule, *tie;      /* footing rule; rule of its tie to other places */
    const char *balance;         /* "cost", "income", "result" or NULL */
    medel_field_type type;       /* AMOUNT, SHARE or COUNT */
    bool memo;                   /* adds to nothing */
    bool own;                    /* a förbund's own row */
    bool ambiguous;              /* here its concept's name may mean more or less */
    int weight;                  /* +1 or -1 in the row it is under */
    int sign;                    /* usual print times sign is the concept's value */
    const char *numerator, *denominator; /* a share computed from two rows, or NULL */
    /* For labels that are read from print, NULL-terminated or NULL: words that name this
       row, and words that name rows of the förbund's own under it. */
    const char *const *names, *const *members;
} medel_row;

typedef struct medel_column {
    const char *id, *label, *measure;
    medel_variant variant;
    int year; /* offset from the financial year */
} medel_column;

typedef struct medel_table_spec {
    const char *id, *label, *part, *law, *note;
    const char *place; /* "balansräkningen": where a figure is said to stand */
    bool by_year;      /* columns are years; else 'columns' names them */
    bool period_header, date_header;
    const medel_column *columns;
    size_t ncolumns;
    const medel_row *const *rows;
    size_t nrows;
    const char *const *headings; /* what it is headed with, NULL-terminated */
} medel_table_spec;

typedef struct medel_check_spec {
    const char *id, *title, *ground;
    medel_level level;
} medel_check_spec;

typedef struct medel_taxonomy medel_taxonomy;
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_taxonomy_read(medel_taxonomy **out, const char *file, const char *text, size_t len,
                    medel_alloc_fn alloc, void *ud, medel_diagnostics *diags);
/* 'base' with the checks and relations of a file besides (docs/taxonomy.md), which a
   report that was read by 'base' can be judged by.  It borrows from base, which must
   outlive it. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_taxonomy_extend(
    medel_taxonomy **out, const medel_taxonomy *base, const char *file, const char *text,
    size_t len, medel_alloc_fn alloc, void *ud, medel_diagnostics *diags);
MEDEL_API void medel_taxonomy_free(medel_taxonomy *t);
/* Is it 't', or what 't' was extended from? */
MEDEL_API bool medel_taxonomy_extends(const medel_taxonomy *t,
                                      const medel_taxonomy *base);
MEDEL_API size_t medel_taxonomy_concepts(const medel_taxonomy *t,
                                         const medel_concept **first);
MEDEL_API const medel_concept *medel_taxonomy_concept(const medel_taxonomy *t,
                                                      const char *id);
MEDEL_API size_t medel_taxonomy_tables(const medel_taxonomy *t,
                                       const medel_table_spec **first);
MEDEL_API const medel_table_spec *medel_taxonomy_table(const medel_taxonomy *t,
                                                       const char *id);
MEDEL_API size_t medel_taxonomy_fields(const medel_taxonomy *t,
                                       const medel_field **first);
MEDEL_API size_t medel_taxonomy_checks(const medel_taxonomy *t,
                                       const medel_check_spec **first);
MEDEL_API size_t medel_taxonomy_kinds(const medel_taxonomy *t,
                                      const medel_amount_kind **first);
MEDEL_API size_t medel_taxonomy_relation_count(const medel_taxonomy *t);
/* The id of a relation's rule, and in 'text', as far as there is room, what it says:
   "a = b + c - d (year before)".  NULL: no such relation. */
MEDEL_API const char *medel_taxonomy_relation_says(const medel_taxonomy *t, size_t index,
                                                   char *text, size_t size);
/* The known name nearest to 'name' among concepts, tables, rows and fields, or
   NULL when none is near. */
MEDEL_API const char *medel_taxonomy_suggest(const medel_taxonomy *t, const char *name);

/* ---- facts and reports ---- */

typedef struct medel_node medel_node;

/* One printed occurrence of a figure (or a computed total).  Immutable. */
typedef struct medel_fact {
    const char *table;                /* "resultatrakning", "insatser", "uppgifter" */
    const char *item;                 /* the record's key or number in a list, or NULL */
    const char *row;                  /* row or field */
    const char *column;               /* column id, or NULL in a field */
    const char *measure;              /* of a named column, or NULL */
    const char *label;                /* as printed, else the taxonomy's */
    const medel_concept *concept_ref; /* NULL: printed here only */
    const char *dimension; /* whose, e.g. an insats' row; NULL: the förbund's */
    const medel_row *spec; /* row of a table; NULL in a field */
    const char *rule;      /* reported when this place disagrees with others */
    int year;
    medel_variant variant;
    int sign;     /* value times sign is the concept's value */
    bool in_text; /* running text or the revisor's report, not a table */
    medel_figure_state state;
    medel_qualifier qualifier;
    medel_unit unit;
    unsigned decimals;
    medel_quantity printed; /* with its printed sign */
    medel_quantity value;   /* with the table's usual sign; costs positive in a
                               driftredovisning */
    const char *text;       /* as typed; NULL when computed */
    const char *file;
    unsigned line, col; /* in the YAML */
    const int *places;  /* lines or pages in the document */
    size_t nplaces;
    const medel_node *derivation; /* of a computed fact */
    size_t index;                 /* number in the report, for read sets */
} medel_fact;

typedef enum medel_op {
    MEDEL_OP_CONSTANT,
    MEDEL_OP_FACT,
    MEDEL_OP_PARAMETER,
    MEDEL_OP_ADD,
    MEDEL_OP_SUB,
    MEDEL_OP_MUL,
    MEDEL_OP_DIV,
    MEDEL_OP_NEG,
    MEDEL_OP_ABS,
    MEDEL_OP_NAMED, /* a name for 'left' */
    MEDEL_OP_MIN,   /* the smaller of two */
    MEDEL_OP_MAX,   /* the larger of two */
    MEDEL_OP_ROUND, /* an amount in whole kronor, half away from zero */
    MEDEL_OP_SOURCE /* what 'source' says; only who made the node knows more */
} medel_op;

typedef struct medel_parameter_value medel_parameter_value;

/* A quantity and how it came about.  The caller owns the storage; operands must
   outlive the node, or be NULL when nobody will ask. */
struct medel_node {
    medel_quantity quantity;
    medel_op op;
    const medel_node *left, *right;
    const medel_fact *fact;
    const medel_parameter_value *parameter;
    const char *name;
    const void *source;
};

/* Apply op to the operands and remember them if 'record'. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_node_apply(medel_node *out, medel_op op,
                                                         const medel_node *left,
                                                         const medel_node *right,
                                                         bool record);

typedef struct medel_place_text {
    const char *text;
    const int *places;
    size_t nplaces;
} medel_place_text;

typedef struct medel_record medel_record;

/* What a field of a record holds. */
typedef struct medel_value {
    const medel_field *field;
    unsigned line, col;
    const medel_place_text *texts; /* TEXT, TEXTS, WORD, CHOICE, CONCEPT, ... */
    size_t ntexts;
    int64_t integer;   /* YEAR, FLAG; days of a DATE; first LINE */
    const int *places; /* LINE */
    size_t nplaces;
    const medel_fact *const *facts; /* figures; several when printed repeatedly */
    size_t nfacts;
    const medel_record *const *records; /* RECORD (one), RECORDS, LIST */
    size_t nrecords;
} medel_value;

struct medel_record {
    const char *id; /* key, or number in its list from 1 */
    const medel_field *spec;
    const medel_value *const *values; /* one per spec->fields, NULL where not given */
    unsigned line, col;
};

typedef struct medel_table_column {
    const char *id;      /* "2023", "2024 budget", "netto" */
    const char *measure; /* NULL when columns are years */
    const char *header;  /* as printed */
    int year;
    medel_variant variant;
    const int *places;
    size_t nplaces;
} medel_table_column;

typedef struct medel_table_row {
    const medel_row *spec;
    const char *label;  /* as printed, or the taxonomy's */
    bool label_printed; /* the file gives the printed label */
    const char *note;   /* note number it refers to, or NULL */
    unsigned line, col;
    const int *places;
    size_t nplaces;
    const medel_fact *const *cells; /* one per column; NULL where nothing stands */
} medel_table_row;

typedef struct medel_table {
    const medel_table_spec *spec;
    const char *number;       /* of a note */
    const char *heading;      /* as printed, or NULL */
    const char *printed_unit; /* as printed, or NULL */
    const int *printed_unit_places;
    size_t nprinted_unit_places;
    medel_unit unit;
    int cost_sign;        /* how the file says costs are printed: 1, -1, or 0: not said */
    bool printed_headers; /* the file gives them */
    const medel_table_column *columns;
    size_t ncolumns;
    const medel_table_row *rows;
    size_t nrows;
    unsigned line, col;
    const int *places;
    size_t nplaces;
} medel_table;

typedef struct medel_report medel_report;

/* A figure that does not stand in the report: the program that reads it knows it, from a
   ledger or a decision.  It is a fact like those of running text: where the report prints
   the concept, too, they must agree; where it does not, this answers for it. */
typedef struct medel_given {
    const char *name;  /* a concept; or "host.NAME", a figure of the program's own */
    const char *label; /* NULL: the concept's, or NAME */
    int year;
    medel_variant variant;
    const char *text;   /* as it would be printed: "817 tkr", "12,5 %"; or NULL, and */
    int64_t ore;        /* an exact amount */
    const char *source; /* "huvudbok 2023": what findings name as its file */
    unsigned line, col; /* there, from 1; 0 is 1 */
} medel_given;

#define MEDEL_GIVEN_TABLE "underlag" /* the table that such facts say they stand in */

typedef struct medel_report_options {
    medel_alloc_fn alloc; /* NULL: malloc */
    void *ud;
    /* Read the file 'name' beside the report (for `forbund: forbund.yaml`); the
       text is given back to alloc by the reader.  NULL: such a reference is an
       error. */
    medel_status (*read_beside)(void *beside, const char *name, char **text, size_t *len);
    void *beside;
    const medel_given *given; /* figures to add */
    size_t ngiven;
} medel_report_options;

/* Read a report.  On failure every error of the file is in diags. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_report_read(medel_report **out, const medel_taxonomy *taxonomy, const char *file,
                  const char *text, size_t len, const medel_report_options *options,
                  medel_diagnostics *diags);
/* The same from a file; files it names are read from the same folder, unless options say
   how. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_report_load_with(
    medel_report **out, const medel_taxonomy *taxonomy, const char *path,
    const medel_report_options *options, medel_diagnostics *diags);
MEDEL_API MEDEL_MUST_CHECK medel_status medel_report_load(medel_report **out,
                                                          const medel_taxonomy *taxonomy,
                                                          const char *path,
                                                          medel_alloc_fn alloc, void *ud,
                                                          medel_diagnostics *diags);
MEDEL_API void medel_report_free(medel_report *r);

/* How a reason ends when what is missing is not typed yet, rather than not printed. */
#define MEDEL_UNTYPED "står inte i filen än"
/* Does the file say that the section (a table, a field, "noter") is not typed yet? */
MEDEL_API bool medel_report_untyped(const medel_report *r, const char *section);
/* A cell of the concept that is not typed yet, or NULL. */
MEDEL_API const medel_fact *medel_report_untyped_fact(const medel_report *r,
                                                      const medel_concept *of, int year);

MEDEL_API const medel_taxonomy *medel_report_taxonomy(const medel_report *r);
MEDEL_API const char *medel_report_file(const medel_report *r);
MEDEL_API int medel_report_year(const medel_report *r);
MEDEL_API const medel_record *medel_report_root(const medel_report *r);
MEDEL_API size_t medel_report_tables(const medel_report *r, const medel_table **first);
/* The table, or the first note of that kind ("not_intakter"); NULL if none. */
MEDEL_API const medel_table *medel_report_table(const medel_report *r, const char *id);
/* Every fact, printed first, in the order of the file; then the computed ones. */
MEDEL_API size_t medel_report_facts(const medel_report *r,
                                    const medel_fact *const **first);
/* The best place for a concept: of the prints in kronor (or, if there are none, of the
   finest) the first in the taxonomy's order of tables, that is printed or the sum of
   printed rows; then running text.  NULL if none. */
MEDEL_API const medel_fact *medel_report_concept(const medel_report *r,
                                                 const medel_concept *wanted, int year,
                                                 medel_variant variant);
/* A cell by row and measure (NULL: the year column); computed totals included.
   A dash or blank is returned as such. */
MEDEL_API const medel_fact *medel_report_cell(const medel_report *r, const medel_table *t,
                                              const char *row, const char *measure,
                                              int year, medel_variant variant);
/* ---- what figures are called, and where they stand, in Swedish ----
   All write a terminated text and return the length that the whole of it has. */

typedef enum medel_wording {
    MEDEL_IN_TABLE,   /* "resultaträkning", as a cell or after a comma */
    MEDEL_IN_SENTENCE /* "resultaträkningen", after "i" */
} medel_wording;

/* "Projekt/insatser, netto 2022", "Budgeterat resultat 2023": nothing is said twice. */
MEDEL_API size_t medel_fact_name(const medel_fact *f, char *buf, size_t size);
/* "not 5, rad 1222"; in a sentence without lines: "not 5", "löpande text". */
MEDEL_API size_t medel_fact_where(const medel_report *r, const medel_fact *f,
                                  medel_wording how, char *buf, size_t size);
/* The same of a table or a section. */
MEDEL_API size_t medel_place_words(const medel_report *r, const char *table,
                                   medel_wording how, char *buf, size_t size);
/* Its lines or pages in the document alone: "rad 1222–1246", "" if the file says none. */
MEDEL_API size_t medel_fact_place(const medel_report *r, const medel_fact *f, char *buf,
                                  size_t size);

/* ---- parameters: dated norms with their source ---- */

typedef struct medel_step {
    medel_quantity upper; /* upper end of the step; ignored when open */
    bool open;
    medel_quantity rate;
} medel_step;

struct medel_parameter_value {
    const char *id, *title, *norm, *norm_title, *source, *base;
    int32_t from; /* days, first day in force */
    bool has_steps;
    bool chosen; /* of competing norms the one that counts: medel_parameters_choose */
    medel_quantity value;
    const medel_step *steps;
    size_t nsteps;
    const char *file;
    unsigned line, col;
    bool has_confirmed_to; /* what it is applied to is confirmed only up to this */
    medel_quantity confirmed_to;
};

typedef struct medel_parameters medel_parameters;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_parameters_read(
    medel_parameters **out, const char *file, const char *text, size_t len,
    medel_alloc_fn alloc, void *ud, medel_diagnostics *diags);
MEDEL_API void medel_parameters_free(medel_parameters *p);
MEDEL_API size_t medel_parameters_values(const medel_parameters *p,
                                         const medel_parameter_value **first);
/* Of the competing norms of 'id' let 'norm' be the one that counts; of none chosen, the
   first of the file does.  E_SCHEMA if there is no such norm.  Before the parameters are
   used. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_parameters_choose(medel_parameters *p,
                                                                const char *id,
                                                                const char *norm);
/* The value of 'id' under 'norm' (NULL: the norm that counts) in force on 'days'; NULL
   if there is none. */
MEDEL_API const medel_parameter_value *medel_parameters_get(const medel_parameters *p,
                                                            const char *id,
                                                            const char *norm,
                                                            int32_t days);
/* A stair of marginal rates applied to an amount. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_parameter_apply(
    medel_quantity *out, const medel_parameter_value *v, const medel_quantity *base);

/* ---- checks from the taxonomy ---- */

typedef enum medel_check_kind {
    MEDEL_CHECK_SUM,       /* a subtotal and its rows */
    MEDEL_CHECK_COLUMNS,   /* columns of one row */
    MEDEL_CHECK_SIGNS,     /* sign convention of a table */
    MEDEL_CHECK_DUPLICATE, /* two places for the same fact */
    MEDEL_CHECK_RELATION,  /* between concepts */
    MEDEL_CHECK_RATIO,     /* a printed share */
    MEDEL_CHECK_UNIT       /* unit of a table */
} medel_check_kind;

typedef enum medel_outcome {
    MEDEL_PASSED,
    MEDEL_FINDING,
    MEDEL_NOT_APPLICABLE,
    MEDEL_BROKEN,
    MEDEL_WAIVED /* a finding that a decided avsteg accepts: of an audit only */
} medel_outcome;

typedef enum medel_cause {
    MEDEL_CAUSE_NONE,
    MEDEL_CAUSE_ROUNDING,      /* cut off, or rounded the wrong way */
    MEDEL_CAUSE_SIGN,          /* sign flipped */
    MEDEL_CAUSE_THOUSAND,      /* kr for tkr or the reverse */
    MEDEL_CAUSE_COLUMN,        /* the neighbouring column's value */
    MEDEL_CAUSE_TRANSPOSITION, /* two digits in the wrong order */
    MEDEL_CAUSE_MISSING_DIGIT,
    MEDEL_CAUSE_EXTRA_DIGIT,
    MEDEL_CAUSE_WRONG_DIGIT,
    MEDEL_CAUSE_OMITTED_ROW,   /* a row left out of the sum */
    MEDEL_CAUSE_COUNTED_TWICE, /* a row counted twice */
    MEDEL_CAUSE_WRONG_ROW      /* the total of another row */
} medel_cause;

typedef struct medel_term {
    const medel_fact *fact;
    int weight; /* times the fact's value */
} medel_term;

/* By what standard a figure is told: what accuses, and what only asks
 * (docs/judgement.md). */
typedef enum medel_proof {
    MEDEL_PROOF_DEFINITION,  /* the words let it mean one thing */
    MEDEL_PROOF_CONCEPT,     /* both labels are bare and the concept is unambiguous */
    MEDEL_PROOF_ESTABLISHED, /* the document keeps it in its other columns */
    MEDEL_PROOF_SLIP,        /* one slip of the pen joins the two figures */
    MEDEL_PROOF_CONVENTION,  /* it breaks the förbund's own way of counting */
    MEDEL_PROOF_EXPLAINED,   /* a note: what the figure is instead, a convention */
    MEDEL_PROOF_QUESTION     /* a note: nothing printed explains it */
} medel_proof;

struct medel_relation;

typedef struct medel_check {
    const medel_check_spec *spec;
    medel_check_kind kind;
    medel_outcome outcome;
    medel_level level;
    const medel_fact *subject; /* the figure that is tested; its place is the finding's */
    const medel_term *terms;   /* what it was tested against */
    size_t nterms;
    medel_quantity expected, difference; /* difference = printed - expected */
    medel_cause cause;
    const medel_fact *cause_fact; /* which figure the cause is about */
    medel_quantity suggested;     /* what that figure would then be */
    const char *message;          /* Swedish, one or two sentences */
    const char *missing;          /* why it was not applicable */
    medel_proof proof;
    bool part; /* the subject is a part of what fails, which is terms[0]: the smallest
                  repair blames it */
    const struct medel_check *follows; /* the finding whose cause it shares, or NULL */
    const struct medel_relation *relation; /* of a relation: the core's own */
} medel_check;

typedef struct medel_checks medel_checks;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_checks_new(medel_checks **out,
                                                         const medel_report *r,
                                                         medel_alloc_fn alloc, void *ud);
MEDEL_API void medel_checks_free(medel_checks *c);
MEDEL_API size_t medel_checks_get(const medel_checks *c, const medel_check **first);
/* A tie of a report that holds in a form of its own: a row is another row and what is
   counted in or left out. */
typedef struct medel_convention {
    const char *rule;
    const medel_fact *subject, *reference; /* in the column where it shows; reference is
                                              NULL where the terms are all that it is */
    const medel_term *terms;               /* weight times value, in the subject's sign */
    size_t nterms;
    const char *row, *against; /* "oversikt.verksamhetens_kostnader" */
    const char *const *with;   /* nterms of "+resultatrakning.avskrivningar" */
    const char *text;          /* Swedish, one sentence */
    size_t held;               /* columns where it holds */
    int first, last;           /* the years of those */
    int bits;   /* how much more it explains than chance would, in powers of two */
    bool named; /* its terms are of the tie's named kinds */
    bool kept;  /* the förbund's file says it */
} medel_convention;
/* A convention that is known beforehand: of the förbund's file, or of last year's report.
 */
typedef struct medel_kept {
    const char *row, *against;
    const char *const *with;
    size_t nwith;
    const char *source; /* Swedish: "förra årets årsredovisning" */
} medel_kept;
/* The same checks with these conventions, which are copied nowhere: they must outlive the
   call.  Those of the report's own file are always known. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_checks_new_kept(medel_checks **out, const medel_report *r, const medel_kept *kept,
                      size_t nkept, medel_alloc_fn alloc, void *ud);
/* How a report is judged besides. */
typedef struct medel_check_options {
    const medel_taxonomy *taxonomy; /* one that extends the report's; NULL: its own */
    const medel_kept *kept;         /* as above */
    size_t nkept;
} medel_check_options;
/* MEDEL_E_MISUSE when the taxonomy does not extend the report's. */
MEDEL_API MEDEL_MUST_CHECK medel_status
medel_checks_new_with(medel_checks **out, const medel_report *r,
                      const medel_check_options *options, medel_alloc_fn alloc, void *ud);
MEDEL_API size_t medel_checks_conventions(const medel_checks *c,
                                          const medel_convention **first);
MEDEL_API const char *
medel_proof_name(medel_proof p); /* "definition", "established", ... */
MEDEL_API const char *medel_cause_text(medel_cause c); /* Swedish */
MEDEL_API const char *medel_level_name(medel_level l); /* "error", "deviation", ... */
MEDEL_API bool medel_level_parse(medel_level *out, const char *name);
MEDEL_API const char *medel_variant_name(medel_variant v);

/* ---- what if: one figure printed wrong ---- */

typedef enum medel_corruption_kind {
    MEDEL_CORRUPT_SIGN,
    MEDEL_CORRUPT_THOUSAND,      /* kr for tkr or the reverse */
    MEDEL_CORRUPT_TRANSPOSITION, /* two adjacent digits in the wrong order */
    MEDEL_CORRUPT_DIGIT,         /* a digit 1 or 9 too high or too low */
    MEDEL_CORRUPT_LOST,          /* a digit lost */
    MEDEL_CORRUPT_DOUBLED,       /* a digit twice */
    MEDEL_CORRUPT_COLUMN,        /* swapped with the neighbouring column */
    MEDEL_CORRUPT_ROW            /* the row above once more */
} medel_corruption_kind;

typedef struct medel_corruption {
    medel_corruption_kind kind;
    int64_t digits;          /* what is printed, without the decimal comma */
    const medel_fact *other; /* the figure it is swapped with, or NULL */
    int64_t other_digits;    /* what is then printed there */
    bool rounding;           /* within one unit of the last printed place */
} medel_corruption;

#define MEDEL_MAX_CORRUPTIONS 128

/* Everything that can happen to a printed figure, each outcome once, in a fixed order;
   0 for what is no printed figure. */
MEDEL_API size_t medel_corruptions(const medel_report *r, const medel_fact *f,
                                   medel_corruption list[MEDEL_MAX_CORRUPTIONS]);
MEDEL_API const char *medel_corruption_text(medel_corruption_kind k); /* Swedish */
/* The printed figure as a whole number, without its decimal comma; false if f is no
   printed figure. */
MEDEL_API bool medel_fact_digits(int64_t *out, const medel_fact *f);
/* Another number written as the figure is typed ("ca 1 234 kr"), always terminated;
   returns the length the whole text has. */
MEDEL_API size_t medel_fact_retype(const medel_fact *f, int64_t digits, char *buf,
                                   size_t size);

/* A report whose figures can be changed, and what the checks then say.  It takes the
   report over and frees it; one probe is for one thread. */
typedef struct medel_probe medel_probe;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_probe_new(medel_probe **out,
                                                        medel_report *r,
                                                        medel_alloc_fn alloc, void *ud);
MEDEL_API void medel_probe_free(medel_probe *p);
MEDEL_API const medel_report *medel_probe_report(const medel_probe *p);
/* Findings of this rule do not count. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_probe_ignore(medel_probe *p,
                                                           const char *rule);
/* Print 'digits' where f stands, in f's own unit and decimals.  Several figures may be
   changed.  E_DOMAIN if f is no printed figure of the probe's report, E_OVERFLOW if it
   or a total gets too large: reset then. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_probe_set(medel_probe *p,
                                                        const medel_fact *f,
                                                        int64_t digits);
MEDEL_API MEDEL_MUST_CHECK medel_status medel_probe_corrupt(medel_probe *p,
                                                            const medel_fact *f,
                                                            const medel_corruption *c);
/* *by: a finding above note that the report did not have before, or NULL.  It has no
   message, and lasts until the next call. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_probe_caught(medel_probe *p,
                                                           const medel_check **by);
/* After a medel_probe_caught that gave NULL: a new note, or NULL. */
MEDEL_API const medel_check *medel_probe_asked(const medel_probe *p);
/* Everything with another value than before: the figures set, figures whose sign is
   read otherwise because of them, and computed totals. */
MEDEL_API size_t medel_probe_changes(const medel_probe *p,
                                     const medel_fact *const **first);
MEDEL_API void medel_probe_reset(medel_probe *p);

/* ---- projections: decisions on a base year, in exact amounts ----

   Every amount of a projected year is whole kronor: it is rounded (half away from
   zero) where it arises, as a level, a contribution, a total cost or an interest, and
   sums are never rounded.  Every figure is a node whose derivation ends in printed
   figures, parameters and the decisions' own values. */

typedef enum medel_driver {
    MEDEL_DRIVE_BIDRAG,      /* yearly contribution of a part; no target: all parts */
    MEDEL_DRIVE_COST,        /* yearly cost of a block or group; no target: in all */
    MEDEL_DRIVE_INCOME,      /* yearly other income of a source */
    MEDEL_DRIVE_ONE_OFF,     /* a cost of one year only, an amount that is added */
    MEDEL_DRIVE_BALANCE,     /* fordringar, kortfristiga_skulder, langfristiga_skulder or
                                avsattningar at the year's end */
    MEDEL_DRIVE_INDEX,       /* yearly rise of all costs, from January */
    MEDEL_DRIVE_REALISATION, /* cost as a share of the planned, from January */
    MEDEL_DRIVE_RATE         /* yearly interest on average cash, from January */
} medel_driver;

typedef enum medel_change_op {
    MEDEL_CHANGE_SET,  /* to an amount in öre a year, or to a share */
    MEDEL_CHANGE_ADD,  /* an amount in öre a year */
    MEDEL_CHANGE_SCALE /* times a share: one half remains of what is halved */
} medel_change_op;

/* One thing that a decision changes.  From year and month and 'lag' months on, the new
   level holds; a year is weighted by its months, m/12 old + (12-m)/12 new. */
typedef struct medel_change {
    medel_driver driver;
    medel_change_op op;
    const char *target;     /* "staten", a block's or group's id, ...; or NULL */
    const char *label;      /* of a block or income that is new, or NULL */
    const char *group;      /* "individ", "struktur", "administration" of a new block */
    const medel_node *node; /* the value; borrowed, copied when the projection is made */
    int year, month, lag;   /* lag: notice, lease, wind-down, in months */
    bool braked;            /* the state's own cut: the largest yearly cut applies */
    const char *decision;   /* its title, for derivations and errors */
    const char *file;
    unsigned line;
} medel_change;

/* The figures of a year.  Amounts in öre, costs positive; shares are ratios. */
typedef enum medel_figure_id {
    MEDEL_FIG_MEDLEMSBIDRAG, /* A = min(2S, 4R, 4K), FinsamL 5 § */
    MEDEL_FIG_STATEN,
    MEDEL_FIG_REGION,
    MEDEL_FIG_KOMMUNER,
    MEDEL_FIG_OVRIGA_INTAKTER,
    MEDEL_FIG_INTAKTER,
    MEDEL_FIG_KOSTNADER,
    MEDEL_FIG_AVSKRIVNINGAR,
    MEDEL_FIG_FINANSNETTO, /* rate times the mean of opening and closing cash */
    MEDEL_FIG_RESULTAT,
    MEDEL_FIG_EGET_KAPITAL,
    MEDEL_FIG_RIKTLINJE, /* of the year's own allocation */
    MEDEL_FIG_MARGINAL,  /* riktlinje - eget kapital: below zero is above it */
    MEDEL_FIG_ANDEL,     /* eget kapital / medlemsbidrag */
    MEDEL_FIG_ANLAGGNING,
    MEDEL_FIG_FORDRINGAR,
    MEDEL_FIG_PLACERINGAR,
    MEDEL_FIG_KASSA,
    MEDEL_FIG_TILLGANGAR,
    MEDEL_FIG_AVSATTNINGAR,
    MEDEL_FIG_LANGFRISTIGA,
    MEDEL_FIG_KORTFRISTIGA,
    MEDEL_FIG_KASSAFLODE,
    MEDEL_FIG_COUNT
} medel_figure_id;

typedef struct medel_block_info {
    const char *id, *label;
    const char *group; /* "individ", "struktur", "administration", "ovrigt"; "intakter" */
    bool income;
} medel_block_info;

typedef struct medel_projection medel_projection;

/* Replaces a part of the model: *out is the amount instead of 'usual', *by a name for
   explain (kept by the caller).  part: "medlemsbidrag", "kostnad.BLOCK",
   "intakt.SOURCE", "finansnetto", "riktlinje".  Figures of the year that are not yet
   computed are NULL in medel_projection_figure. */
typedef medel_status (*medel_part_fn)(void *ud, const medel_projection *p,
                                      const char *part, int year, const medel_node *usual,
                                      bool *replaced, medel_quantity *out,
                                      const char **by);

typedef struct medel_projection_options {
    int first, last;  /* projected years; first is the base year + 1 */
    bool no_brake;    /* the state's cut is not limited (bidrag.storsta_minskning) */
    bool partial;     /* the base may be an overview alone: without medlemsbidrag all
                         income is that; without cash eget kapital is; without finansnetto
                         it is what the result leaves */
    const char *norm; /* of riktlinje.eget_kapital; NULL: the usual one */
    const medel_change *changes;
    size_t nchanges;
    medel_part_fn replace; /* or NULL */
    void *replace_ud;
    medel_alloc_fn alloc;
    void *ud;
} medel_projection_options;

#define MEDEL_MAX_PROJECTED_YEARS 100

/* The base report and the parameters must outlive the projection.  err says which
   decision is wrong, and in which file and line. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_projection_new(
    medel_projection **out, const medel_report *base, const medel_parameters *parameters,
    const medel_projection_options *options, medel_error *err);
MEDEL_API void medel_projection_free(medel_projection *p);
MEDEL_API size_t medel_projection_blocks(const medel_projection *p,
                                         const medel_block_info **first);
/* A figure or a block's amount in the base year or a projected one; NULL if there is
   none. */
MEDEL_API const medel_node *medel_projection_figure(const medel_projection *p, int year,
                                                    medel_figure_id figure);
MEDEL_API const medel_node *medel_projection_block(const medel_projection *p, int year,
                                                   size_t block);
/* "eget_kapital" and so on; false for a name that is no figure. */
MEDEL_API bool medel_figure_id_parse(medel_figure_id *out, const char *name);
MEDEL_API const char *medel_figure_id_name(medel_figure_id f);
/* Did the brake hold the state's cut back that year? */
MEDEL_API bool medel_projection_braked(const medel_projection *p, int year);

/* What the figures of a projected year rest on. */
typedef struct medel_assumed {
    const medel_node *index, *realisation, *rate; /* that held in the year */
    const medel_parameter_value *share[3];        /* of staten, region and kommuner */
    const medel_parameter_value *brake; /* bidrag.storsta_minskning; NULL: not in force,
                                           or switched off */
    const medel_parameter_value *guideline; /* riktlinje.eget_kapital */
} medel_assumed;
/* false for a year that is not projected. */
MEDEL_API bool medel_projection_assumed(const medel_projection *p, int year,
                                        medel_assumed *out);

/* A month of a projected year, öre.  Contributions, income and costs of a year fall on
   its months as the levels that held in them, one-off costs and changes of the balance
   sheet on the month they are decided for, interest and depreciation evenly: the twelve
   months come to the year's figures exactly. */
typedef struct medel_projected_month {
    int64_t contributions, income, costs, one_off, interest;
    int64_t balance;      /* paid in (out) by claims, debts and provisions that change */
    int64_t cash, equity; /* at the end of the month */
} medel_projected_month;
/* false for a year that is not projected, or when an amount does not fit. */
MEDEL_API bool medel_projection_months(const medel_projection *p, int year,
                                       medel_projected_month out[12]);

/* One cell of a report that is built and not read. */
typedef struct medel_cell {
    const char *table, *row;
    const char *column;        /* of a table with named columns, else NULL */
    int year;                  /* of a table by years */
    const medel_node *node;    /* in the table's usual sign; NULL: an empty cell */
    const char *label, *under; /* of an own row that the base does not have */
} medel_cell;

/* A report of 'year' with these cells, given table by table, and the base's förbund.
   Each figure's derivation is its node; base and nodes must outlive the report. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_report_build(
    medel_report **out, const medel_report *base, int year, const char *scenario,
    const char *file, unsigned line, const medel_cell *cells, size_t ncells,
    medel_alloc_fn alloc, void *ud);
/* A projected year as a report: statements, driftredovisning, note of contributions
   and översikt.  The projection must outlive it. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_projection_report(
    medel_report **out, const medel_projection *p, int year, const char *scenario,
    const char *file, unsigned line, medel_alloc_fn alloc, void *ud);
/* The scenario that a report is of, or the name of the plan: "budget 2024", "prognos 2023
   (januari-juni)"; NULL for one that was read. */
MEDEL_API const char *medel_report_scenario(const medel_report *r);

/* A budget or a forecast whose result a report prints; or, with UTFALL, what it prints of
   an earlier year. */
typedef struct medel_plan {
    int year;
    medel_variant variant;
    const char *made; /* as printed: "januari-juni 2023"; NULL: not said */
    bool superseded;  /* a later forecast of the year was made */
} medel_plan;

/* The budgets and forecasts of a report, by year, the budget first and forecasts the
   oldest first: as many as fit go to 'out'; returns how many there are. */
MEDEL_API size_t medel_report_plans(const medel_report *r, medel_plan *out, size_t max);
/* A plan as a report, whose outcome is what is planned: the printed figures, each with
   its print as derivation, and eget kapital as the year before's and the result.  A
   forecast that does not say what the members give has the budget's.  An earlier year has
   what is printed of it; eget kapital that is not is worked back from a year that has it.
   base must outlive it.  E_DOMAIN if the report prints no such result. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_report_of_plan(medel_report **out,
                                                             const medel_report *base,
                                                             const medel_plan *plan,
                                                             medel_alloc_fn alloc,
                                                             void *ud);
/* What a report's figures are: BUDGET or PROGNOS of a plan, else UTFALL. */
MEDEL_API medel_variant medel_report_variant(const medel_report *r);

/* ---- uncertainty ---- */

/* Monte Carlo over a projection.  For every path and year t = 1..T

     EK_t = EK_{t-1} + A_t*(1 + allocation_t) + other_t + finansnetto_t
            - rest_t - (1 + more_t) * sum of blocks C_{i,t}
              * realisation_t * (1 + index_1)*...*(1 + index_t)

   C_{i,t} is weighted by months at the old and the new level, with the change as many
   months late as 'timing' says; finansnetto is rate * (cash_{t-1} + cash_t)/2, and cash
   follows the result and 'cash'.  Here, and nowhere else, amounts are floating-point:
   doubles that count öre.  They are rounded half away from zero to whole öre when they
   are given back, after what is below 1/1024 öre, which is noise, has been rounded off.

   The bits of a result depend on the model, the seed and the number of paths alone: not
   on threads, compiler, optimisation or processor. */

enum {
    MEDEL_MC_MAX_PATHS = 10000000,
    MEDEL_MC_MAX_YEARS = 100,
    MEDEL_MC_MAX_BLOCKS = 1000,
    MEDEL_MC_MAX_STEPS = 16,
    MEDEL_MC_MAX_VALUES = 256, /* of an empirical distribution */
    MEDEL_MC_MAX_THREADS = 256
};
#define MEDEL_MC_MAX_AMOUNT INT64_C(10000000000000) /* öre; 100 mdkr */

typedef enum medel_mc_input {
    MEDEL_MC_ALLOCATION,  /* share that is added to the allocation: -0.10 is 10 % less */
    MEDEL_MC_REALISATION, /* outcome/budget of costs; 1 is as planned, 0 is no costs */
    MEDEL_MC_TIMING,      /* months that changes of blocks are late; < 0 is early */
    MEDEL_MC_INDEX,       /* yearly price change, beside what the costs already hold */
    MEDEL_MC_INPUTS
} medel_mc_input;

typedef enum medel_mc_kind {
    MEDEL_MC_FIXED,      /* mean */
    MEDEL_MC_NORMAL,     /* mean, sd */
    MEDEL_MC_UNIFORM,    /* low, high */
    MEDEL_MC_TRIANGULAR, /* low, mode, high */
    MEDEL_MC_EMPIRICAL   /* one of values, by their weights */
} medel_mc_kind;

typedef struct medel_mc_distribution {
    medel_mc_kind kind;
    bool once; /* one draw for the whole path, not one a year; timing always is */
    double mean, sd, low, mode, high;
    const double *values;  /* count of them, in any order */
    const double *weights; /* count of them, >= 0, in any scale; NULL: all the same */
    size_t count;
} medel_mc_distribution;

/* One year of the planned path, in öre. */
typedef struct medel_mc_year {
    int64_t allocation; /* medlemsbidrag */
    int64_t other;      /* other income less costs that no input moves */
    int64_t cash;       /* change of cash beyond the result, as of rörelsekapital */
    double rate;        /* finansnetto per krona of mean cash: 0.034 */
    double more;     /* share that the blocks cost more (less) than their levels: planned
                        index and realisation */
    double rest;     /* öre of costs that no input moves, with fractions: rounding */
    int64_t planned; /* EK at year's end on the planned path, to count paths up to it */
} medel_mc_year;

/* A cost that changes level once.  Several changes of one cost are several blocks that
   add up: {a, b, month 4} and {0, c - b, month 16}. */
typedef struct medel_mc_block {
    int64_t before, after; /* öre a year */
    int64_t once;          /* öre, in the year of the change: avveckling */
    double month; /* months at the level before, from the start of year 1: 2 is a change
                     from 1 March; >= 12*T is never, unless timing is early */
    bool firm;    /* not moved by timing */
} medel_mc_block;

/* A stair of marginal rates: rate applies up to 'upper' öre, from the step before; the
   last step is open, whatever its upper says. */
typedef struct medel_mc_step {
    int64_t upper;
    double rate;
} medel_mc_step;

typedef struct medel_mc_model {
    int64_t equity, cash;       /* at the start of year 1, öre */
    const medel_mc_year *years; /* nyears of them */
    size_t nyears;
    const medel_mc_block *blocks;
    size_t nblocks;
    const medel_mc_step *steps; /* guideline for eget kapital by the year's allocation */
    size_t nsteps;
    medel_mc_distribution inputs[MEDEL_MC_INPUTS];
    /* Of the normal scores within a year: symmetric, 1 on the diagonal, positive
       definite; NULL: independent.  Between a yearly input and one drawn once it holds
       in every year, so that the yearly one gets correlated between years. */
    const double (*correlation)[MEDEL_MC_INPUTS];
} medel_mc_model;

typedef struct medel_mc_options {
    uint64_t seed;
    size_t paths;     /* 1 .. MEDEL_MC_MAX_PATHS */
    unsigned threads; /* 0 is 1; fewer are used when the system gives fewer */
    /* Called now and then, in the calling thread; false stops.  May be NULL. */
    bool (*progress)(void *ud, uint64_t done, uint64_t total);
    void *progress_ud;
    const int *cancel;    /* stops when it is no longer 0: set it atomically, or from a
                             signal handler; may be NULL */
    medel_alloc_fn alloc; /* NULL: malloc; called in the calling thread only */
    void *alloc_ud;
} medel_mc_options;

#define MEDEL_MC_QUANTILES 5 /* 5, 25, 50, 75 and 95 % */

/* Counts are of paths.  A quantile is an order statistic: the least value that at least
   that share of the paths do not exceed. */
typedef struct medel_mc_outcome {
    int64_t quantiles[MEDEL_MC_QUANTILES]; /* of EK at year's end, öre */
    uint32_t above;        /* EK above the guideline, by half an öre or more */
    uint32_t below;        /* EK below 0, by half an öre or more */
    uint32_t upto_planned; /* EK not above the planned one by half an öre or more */
} medel_mc_outcome;

typedef struct medel_mc_result {
    uint64_t seed;
    uint32_t paths;
    uint32_t ever_below; /* EK below 0 at the end of any year */
    /* Least EK (with as much more or less cash) at the start of year 1 with which at
       least 95 % of the paths never end a year below 0; >= 0; rounded up to öre. */
    int64_t reserve;
} medel_mc_result;

/* Draw all paths; 'years' has room for model->nyears.  E_DOMAIN for what makes no sense
   (NaN, a negative weight, a correlation that is not positive definite), E_LIMIT for too
   much of something, E_OVERFLOW when a result does not fit, E_STOPPED when it was told
   to stop.  *err may be NULL. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_mc_run(medel_mc_result *out,
                                                     medel_mc_outcome *years,
                                                     const medel_mc_model *model,
                                                     const medel_mc_options *options,
                                                     medel_error *err);
MEDEL_API const char *medel_mc_input_name(medel_mc_input i); /* "allocation", ... */

/* The planned path of a projection as a model: levels that decisions change from their
   month on, each input fixed at what is planned.  Run as it is, it gives the projection's
   eget kapital to the öre; set inputs and correlation first.  One-off costs and what a
   function of the caller's own gives do not move.  The projection may be freed before it.
   E_DOMAIN if the guideline is such a function, or if prices fall to nothing. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_mc_model_new(medel_mc_model **out,
                                                           const medel_projection *p,
                                                           medel_alloc_fn alloc, void *ud,
                                                           medel_error *err);
MEDEL_API void medel_mc_model_free(medel_mc_model *m);

/* ---- the smallest repair ---- */

typedef struct medel_repair_figure {
    const medel_fact *fact;
    int64_t digits;         /* what it should print, without the decimal comma */
    medel_quantity printed; /* the same as a quantity */
    medel_cause cause;      /* what slip it would then have been, if typical */
} medel_repair_figure;

/* Figures that, changed together, make everything about them hold. */
typedef struct medel_repair {
    const medel_repair_figure *figures;
    size_t n;
    size_t shares; /* printed shares that agreed before and then would not */
    unsigned odd;  /* of each figure, by the columns beside it: 0 nearer to them than what
                      is  printed, 2 farther, 1 they say nothing; together */
} medel_repair;

/* What does not hold and hangs together, and its smallest repairs, likeliest first. */
typedef struct medel_problem {
    const medel_check *const *checks;
    size_t nchecks;
    const medel_repair *repairs; /* all of the same, smallest size */
    size_t nrepairs;             /* 0: none within the bounds */
    size_t tried;                /* sets of figures */
    bool bounded;                /* there were more sets than were tried */
} medel_problem;

#define MEDEL_REPAIR_FIGURES 3  /* changed together, at most */
#define MEDEL_REPAIR_SETS 20000 /* tried for one problem, at most */

/* The fewest printed figures whose change makes sums, columns, ties and relations of
   all years hold.  Each figure's value must follow from one constraint where it is the
   only one not known yet; a set whose figures do not follow is no repair. */
typedef struct medel_repairs medel_repairs;
MEDEL_API MEDEL_MUST_CHECK medel_status medel_repairs_new(medel_repairs **out,
                                                          const medel_report *r,
                                                          medel_alloc_fn alloc, void *ud);
MEDEL_API void medel_repairs_free(medel_repairs *p);
MEDEL_API size_t medel_repairs_get(const medel_repairs *p, const medel_problem **first);

/* ---- files ---- */

/* Read a regular file of at most 'limit' bytes.  *text is terminated and released
   with medel_text_free. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_file_read(char **text, size_t *len,
                                                        const char *path, size_t limit,
                                                        medel_alloc_fn alloc, void *ud,
                                                        medel_error *err);
/* The first bytes of a regular file, at most 'room'; 0 if there are none to be read. */
MEDEL_API size_t medel_file_begin(const char *path, char *head, size_t room);
/* Does the path lead, by a link, out of the folder that it names? */
MEDEL_API bool medel_file_leaves(const char *path);
MEDEL_API void medel_text_free(char *text, size_t len, medel_alloc_fn alloc, void *ud);

/* Write a file whole or not at all: beside it as PATH.ny, to the disk, then renamed. When
   it fails, or the process is killed, what was there before is there as it was; a PATH.ny
   that was left is taken away by the next one who writes PATH.  With 'replace' false the
   file must be new.  A link is replaced, not followed; a folder, a pipe or a device is
   refused. MEDEL_E_IO: err says why.  Ignore SIGXFSZ to get an error instead of the
   signal. */
MEDEL_API MEDEL_MUST_CHECK medel_status medel_file_write(const char *path,
                                                         const char *text, size_t len,
                                                         bool replace, medel_error *err);

#ifdef __cplusplus
}
#endif
#endif

/*
 * medel_priv.h - what the core's own files share.  Not installed; bindings and
 * hosts never include it.
 */
#ifndef MEDEL_PRIV_H
#define MEDEL_PRIV_H

#include "medel_core.h"

#include <setjmp.h>
#include <stdarg.h>

#define MEDEL_COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- memory: an arena for each object that is read or built ---- */

typedef struct medel_block medel_block;
typedef struct medel_arena {
    medel_alloc_fn alloc;
    void *ud;
    medel_block *blocks;
    jmp_buf *oom; /* where to go when memory is out; arena_get needs it */
} medel_arena;

void medel_arena_init(medel_arena *a, medel_alloc_fn alloc, void *ud);
void medel_arena_free(medel_arena *a);
/* a takes over what 'from' (of the same allocator) holds. */
void medel_arena_join(medel_arena *a, medel_arena *from);
/* Zeroed memory, NULL when out. */
void *medel_arena_try(medel_arena *a, size_t size);
/* Zeroed memory; jumps to a->oom when out. */
void *medel_arena_get(medel_arena *a, size_t size);
char *medel_arena_text(medel_arena *a, const char *s, size_t len);
char *medel_arena_vformat(medel_arena *a, const char *format, va_list ap);
char *medel_arena_format(medel_arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
#define MEDEL_NEW(a, type, n) ((type *)medel_arena_get((a), (n) * sizeof(type)))

/* A growing array in an arena; old storage is left to the arena. */
typedef struct medel_array {
    void *data;
    size_t count, room;
} medel_array;
void *medel_array_push(medel_arena *a, medel_array *v, size_t item);
#define MEDEL_PUSH(a, v, type) ((type *)medel_array_push((a), (v), sizeof(type)))

/* Text to pointer, in an arena. */
typedef struct medel_map {
    struct medel_map_slot *slots;
    size_t count, room;
} medel_map;
void medel_map_put(medel_arena *a, medel_map *m, const char *key, const void *value);
void *medel_map_get(const medel_map *m, const char *key);

/* ---- diagnostics ---- */

/* The text of the file that is being read, for excerpts. */
typedef struct medel_source {
    const char *file;
    const char *text;
    size_t len;
    medel_diagnostics *diags;
    size_t errors;
    medel_status status; /* of the first error */
} medel_source;

void medel_diag(medel_source *src, medel_status status, unsigned line, unsigned col,
                const char *expected, const char *hint, const char *format, ...)
    __attribute__((format(printf, 7, 8)));
/* A file that is surely of another kind than 'expected' (an id of medel_file_kind) is
   called by its name: true, and a diagnostic. */
bool medel_kind_is_other(medel_source *src, const char *expected);
/* 'text' itself, or so much of it as a message has room for. */
const char *medel_clip(medel_arena *a, const char *text);
/* The nearest of n names within a third of its length, or NULL. */
const char *medel_nearest(const char *name, const char *const *names, size_t n);

/* ---- text ---- */

bool medel_same(const char *a, const char *b); /* both NULL is the same, too */
bool medel_digit(char c);
/* Length of the UTF-8 sequence at s, 0 if it is not valid. */
size_t medel_utf8_length(const unsigned char *s, size_t left, uint32_t *code);
/* Control, direction and zero-width characters: they can hide what a line says. */
bool medel_invisible(uint32_t code);
/* Take away a character that a cut left incomplete at the end. */
void medel_trim_utf8(char *s);
/* Open a regular file of at most 'limit' bytes for reading: the one place where that is
   done.  -1, with *err unless it is NULL. */
struct stat;
int medel_open_regular(const char *path, uint64_t limit, struct stat *st,
                       medel_error *err);

/* Fail with a formatted message. */
medel_status medel_fail(medel_error *err, medel_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- rationals ---- */

medel_status medel_rational_make(medel_rational *out, int64_t num, int64_t den);
medel_status medel_rational_add(medel_rational *out, medel_rational a, medel_rational b);
medel_status medel_rational_mul(medel_rational *out, medel_rational a, medel_rational b);
int medel_rational_compare(medel_rational a, medel_rational b);
/* a*scale/den rounded to an integer. */
medel_status medel_rational_round(int64_t *out, medel_rational a, int64_t mul,
                                  int64_t div, medel_rounding rounding);
int64_t medel_unit_scale(medel_unit u); /* base units in one: öre in a kr, ... */
/* value +- half; both in base units. */
medel_status medel_quantity_widen(medel_quantity *q, int64_t num, int64_t den);

/* ---- reading typed trees ---- */

const medel_yaml *medel_yaml_find(const medel_yaml *mapping, const char *key);
/* Complain about every key of 'mapping' that is not among the names. */
void medel_yaml_known_keys(medel_source *src, const medel_yaml *mapping, const char *what,
                           const char *const *names, size_t n);
/* The scalar at 'key' as text, NULL (and a diagnostic if required) otherwise. */
const char *medel_yaml_text(medel_source *src, const medel_yaml *mapping, const char *key,
                            bool required);
const char *medel_yaml_type_name(const medel_yaml *n);

/* ---- an object from a file ---- */

/* What a file is read from, and whose memory holds what is made of it. */
typedef struct medel_reading {
    const char *file, *text;
    size_t len;
    medel_alloc_fn alloc; /* NULL: malloc */
    void *ud;
    medel_diagnostics *diags;
    const char *kind; /* what it should be, by medel_file_kind's id */
} medel_reading;

/* Fill in an object from the file's root.  Leaves through its arena when memory is out;
   every other fault is a diagnostic in src. */
typedef void (*medel_fill)(void *object, medel_source *src, const medel_yaml *root,
                           void *with);

/* A zeroed object of 'size' bytes, whose first member is its arena; on failure nothing is
   left of it. */
medel_status medel_object_read(void **out, size_t size, const medel_reading *in,
                               medel_fill fill, void *with);

/* ---- taxonomy and report insides ---- */

typedef struct medel_relation_term {
    const char *name; /* concept, or table.row */
    int weight;
    int year;      /* offset: @-1 */
    bool optional; /* "?": counts as nothing when it is not printed */
} medel_relation_term;

typedef struct medel_relation {
    const char *rule;
    medel_relation_term left;
    const medel_relation_term *right, *alternative;
    size_t nright, nalternative;
    bool ratio;
    bool definition; /* true by its words, between statements and notes */
    bool where_kept; /* a table's own way to add up: not tried where no column keeps it */
    uint32_t kinds;  /* of amounts that may be counted in or left out */
} medel_relation;

typedef struct medel_row_concept {
    const char *measure; /* or the name of a column */
    const medel_concept *concept_ref;
    int sign;
} medel_row_concept;

/* What the public row leaves out. */
typedef struct medel_row_full {
    medel_row row;                     /* first, so that a medel_row * is one */
    const medel_concept *concept_ref;  /* of a year column */
    const medel_row_concept *concepts; /* of named columns */
    size_t nconcepts;
    unsigned line, col;
} medel_row_full;

/* Who is believed when places differ: the first outranks the next. */
typedef enum medel_rank {
    MEDEL_RANK_STATEMENT,
    MEDEL_RANK_NOTE,  /* and the balanskravsutredning */
    MEDEL_RANK_TABLE, /* översikt, driftredovisning and the like; fields of records */
    MEDEL_RANK_TEXT
} medel_rank;

typedef struct medel_table_full {
    medel_table_spec spec; /* first */
    bool own_rows;
    medel_row_concept own_concepts[4];
    size_t nown_concepts;
    const char *netto_rule, *avvikelse_rule, *sign_rule;
    int sign;
    medel_rank rank;
} medel_table_full;

medel_rank medel_fact_rank(const medel_taxonomy *t, const medel_fact *f);

const medel_relation *medel_taxonomy_relations(const medel_taxonomy *t, size_t *n);
const medel_check_spec *medel_taxonomy_check(const medel_taxonomy *t, const char *id);
/* The rules for a table's unit, for running text, and for places that disagree
   where no other rule is named. */
const medel_check_spec *medel_taxonomy_unit_check(const medel_taxonomy *t);
const medel_check_spec *medel_taxonomy_text_check(const medel_taxonomy *t);
const medel_check_spec *medel_taxonomy_same_check(const medel_taxonomy *t);
/* The rule for a way of counting that is changed, or NULL. */
const medel_check_spec *medel_taxonomy_changed_check(const medel_taxonomy *t);
const medel_row *medel_spec_row(const medel_table_spec *t, const char *id);
const char *medel_level_word(medel_level l);

/* Two facts that print the same thing without a concept of their own. */
typedef struct medel_tie {
    const medel_fact *first, *second;
} medel_tie;

/* What names something else in the report: a figure of text "table.row.column" instead
   of a concept (then with its fact), or a field a row or a record (then with itself). */
typedef struct medel_reference {
    medel_fact *fact;         /* or NULL */
    const medel_field *field; /* or NULL */
    const char *path;
    medel_source *src;  /* of the file it stands in; only while that is read */
    unsigned line, col; /* of the path in the file */
} medel_reference;

struct medel_report {
    medel_arena arena;
    const medel_taxonomy *taxonomy;
    const char *file;
    const char *place_word; /* "rad" or "sida" */
    const char *scenario;   /* of a projected year or a plan, else NULL */
    medel_variant variant;  /* of a plan; an outcome otherwise */
    int year;
    medel_record *root;
    medel_array tables;     /* medel_table */
    medel_array facts;      /* medel_fact * */
    medel_array ties;       /* medel_tie */
    medel_array references; /* medel_reference */
    size_t nprinted;
    medel_map by_concept; /* concept id -> fact_chain */
};

/* Every fact of a concept, in the order of preference. */
typedef struct medel_fact_chain {
    medel_array facts; /* const medel_fact * */
} medel_fact_chain;
const medel_fact_chain *medel_report_chain(const medel_report *r, const char *concept);

/* The table and row that "table.row[.measure]" names; false if none is printed. */
bool medel_report_path(const medel_report *r, const char *path, const medel_table **t,
                       const medel_table_row **row, const char **measure);
/* Everything of a cell's fact that follows from where it stands. */
void medel_name_cell(medel_fact *f, const medel_table *t, const medel_table_row *row,
                     const medel_table_column *c);
const medel_row_concept *medel_row_measure(const medel_row *row, const char *measure);
/* Of a cell: by its column's own name, else by what it measures. */
const medel_row_concept *medel_row_column(const medel_row *row,
                                          const medel_table_column *c);

/* An amount and half the width of what its print can stand for, in half öre. */
typedef struct medel_span {
    int64_t value, half;
    bool printed; /* a dash is printed and is nothing */
} medel_span;
medel_span medel_span_of(const medel_fact *f, int sign); /* of its value, times sign */
medel_span medel_span_printed(const medel_fact *f);      /* with its printed sign */

/* Compute totals that are not printed, and index the facts. */
void medel_report_finish(medel_report *r);
/* Give a table of named columns its usual signs (core/signs.c). */
void medel_signs_normalise(medel_table *t);
/* The printed rows that add up to 'row' in a column; unprinted subtotals are
   replaced by the rows under them. */
size_t medel_total_terms(medel_report *r, const medel_table *t, const char *row,
                         size_t column, const medel_term **terms);
bool medel_fact_has_value(const medel_fact *f);
/* The width of what its print can stand for; kronor and finer count as the same. */
medel_rational medel_fact_coarseness(const medel_fact *f);
/* The fact's quantity in the concept's sign. */
medel_status medel_fact_concept_value(medel_quantity *out, const medel_fact *f);
const medel_fact *medel_row_cell(const medel_table *t, const medel_table_row *row,
                                 const char *measure, int year, medel_variant variant);
const medel_table_row *medel_table_find(const medel_table *t, const char *row);
/* The table that a printed cell stands in, and where; NULL if in none. */
const medel_table *medel_table_of(const medel_report *r, const medel_fact *f, size_t *row,
                                  size_t *column);

/* ---- likely causes ---- */

typedef struct medel_suspicion {
    medel_cause cause;
    const medel_fact *fact;
    medel_quantity suggested;
} medel_suspicion;

#endif

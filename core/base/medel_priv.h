/*
 * medel_priv.h - what the core's own files share of this wing.  Not installed; bindings
 * and hosts never include it.
 */
#ifndef MEDEL_PRIV_H
#define MEDEL_PRIV_H

#include "medel_base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#define MEDEL_COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- memory: an arena for each object that is read or built ---- */

typedef struct medel_block medel_block;
typedef struct medel_arena {
    medel_allocator allocator; /* alloc is never NULL */
    medel_block *blocks;
    jmp_buf *oom; /* where to go when memory is out; arena_get needs it */
} medel_arena;

void medel_arena_init(medel_arena *a, const medel_allocator *allocator);
void medel_arena_free(medel_arena *a);
void medel_arena_clear(medel_arena *a);   /* the same, with room for what comes next */
void medel_arena_release(medel_arena *a); /* also where it lies in what it frees */
size_t medel_arena_size(const medel_arena *a); /* bytes that it takes */
/* Where the arena is now; and back to there: what came after is gone. */
typedef struct medel_arena_mark {
    medel_block *block;
    size_t used;
} medel_arena_mark;
medel_arena_mark medel_arena_here(const medel_arena *a);
void medel_arena_back(medel_arena *a, medel_arena_mark mark);
/* a takes over what 'from' (of the same allocator) holds. */
void medel_arena_join(medel_arena *a, medel_arena *from);
/* Memory of the arena's allocator that is not the arena's: the caller gives it back, with
   'to' as 0.  NULL when out. */
void *medel_resize(const medel_arena *a, void *old, size_t from, size_t to);
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

/* ---- what a call of the public API needs ---- */

/* Is any of up to nine pointers, or other things that must be, not there? */
#define MEDEL_NONE_1(a) (!(a))
#define MEDEL_NONE_2(a, ...) (!(a) || MEDEL_NONE_1(__VA_ARGS__))
#define MEDEL_NONE_3(a, ...) (!(a) || MEDEL_NONE_2(__VA_ARGS__))
#define MEDEL_NONE_4(a, ...) (!(a) || MEDEL_NONE_3(__VA_ARGS__))
#define MEDEL_NONE_5(a, ...) (!(a) || MEDEL_NONE_4(__VA_ARGS__))
#define MEDEL_NONE_6(a, ...) (!(a) || MEDEL_NONE_5(__VA_ARGS__))
#define MEDEL_NONE_7(a, ...) (!(a) || MEDEL_NONE_6(__VA_ARGS__))
#define MEDEL_NONE_8(a, ...) (!(a) || MEDEL_NONE_7(__VA_ARGS__))
#define MEDEL_NONE_9(a, ...) (!(a) || MEDEL_NONE_8(__VA_ARGS__))
#define MEDEL_NINTH(a, b, c, d, e, f, g, h, i, name, ...) name
#define MEDEL_NONE(...)                                                                  \
    MEDEL_NINTH(__VA_ARGS__, MEDEL_NONE_9, MEDEL_NONE_8, MEDEL_NONE_7, MEDEL_NONE_6,     \
                MEDEL_NONE_5, MEDEL_NONE_4, MEDEL_NONE_3, MEDEL_NONE_2, MEDEL_NONE_1, 0) \
    (__VA_ARGS__)

/* The first line of a function of the API: without one of these it does nothing and gives
   MEDEL_E_MISUSE, and says so to who asks; or, without a status, the answer 'nothing'. */
#define MEDEL_NEEDS(...)                                                                 \
    do {                                                                                 \
        if (MEDEL_NONE(__VA_ARGS__))                                                     \
            return MEDEL_E_MISUSE;                                                       \
    } while (0)
#define MEDEL_NEEDS_ERR(err, ...)                                                        \
    do {                                                                                 \
        if (MEDEL_NONE(__VA_ARGS__))                                                     \
            return medel_misused(err, NULL, __func__, #__VA_ARGS__);                     \
    } while (0)
#define MEDEL_NEEDS_DIAGS(diags, ...)                                                    \
    do {                                                                                 \
        if (MEDEL_NONE(__VA_ARGS__))                                                     \
            return medel_misused(NULL, diags, __func__, #__VA_ARGS__);                   \
    } while (0)
#define MEDEL_NEEDS_OR(nothing, ...)                                                     \
    do {                                                                                 \
        if (MEDEL_NONE(__VA_ARGS__))                                                     \
            return nothing;                                                              \
    } while (0)
#define MEDEL_NEEDS_VOID(...)                                                            \
    do {                                                                                 \
        if (MEDEL_NONE(__VA_ARGS__))                                                     \
            return;                                                                      \
    } while (0)
/* A getter of an opaque type: one of its members, or 'nothing' of NULL. */
#define MEDEL_GETTER(gives, name, type, member, nothing)                                 \
    gives name(const type *object)                                                       \
    {                                                                                    \
        return object ? object->member : (nothing);                                      \
    }
/* Frees an object whose first member is its arena; NULL is allowed. */
#define MEDEL_FREE(name, type)                                                           \
    void name(type *object)                                                              \
    {                                                                                    \
        if (object)                                                                      \
            medel_arena_release(&object->arena);                                         \
    }
/* Of a list of structures, or of pointers to them: the i:th, NULL after the last. */
#define MEDEL_ITEM(gives, name, type, list, count)                                       \
    const gives *name(const type *object, size_t i)                                      \
    {                                                                                    \
        return object && i < object->count ? &object->list[i] : NULL;                    \
    }
#define MEDEL_ITEM_OF(gives, name, type, list, count)                                    \
    const gives *name(const type *object, size_t i)                                      \
    {                                                                                    \
        return object && i < object->count ? object->list[i] : NULL;                     \
    }
/* A list of structures: the first, and how many. */
#define MEDEL_LIST(gives, name, type, list, count)                                       \
    size_t name(const type *object, const gives **first)                                 \
    {                                                                                    \
        MEDEL_OUT(first);                                                                \
        MEDEL_NEEDS_OR(0, object, first);                                                \
        *first = object->list;                                                           \
        return object->count;                                                            \
    }
#define MEDEL_ARRAY(gives, name, type, array)                                            \
    MEDEL_LIST(gives, name, type, array.data, array.count)
/* Its lines or pages in the document, *n of them. */
#define MEDEL_PLACES(name, type, list, count)                                            \
    const int *name(const type *object, size_t *n)                                       \
    {                                                                                    \
        if (n)                                                                           \
            *n = object ? object->count : 0;                                             \
        return object && n ? object->list : NULL;                                        \
    }
/* Before that, of a function that gives something back in *out: it is NULL or zeros until
   the call has succeeded, so that nobody uses what a failure left. */
#define MEDEL_OUT(out)                                                                   \
    do {                                                                                 \
        if (out)                                                                         \
            memset((out), 0, sizeof *(out));                                             \
    } while (0)
/* Likewise a text that is written. */
#define MEDEL_OUT_TEXT(buf, size)                                                        \
    do {                                                                                 \
        if ((buf) && (size))                                                             \
            *(buf) = '\0';                                                               \
    } while (0)
/* MEDEL_E_MISUSE, with what 'function' needs in err or diags; either may be NULL. */
medel_status medel_misused(medel_error *err, medel_diagnostics *diags,
                           const char *function, const char *needs);

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

medel_source medel_source_of(const medel_input *in, medel_diagnostics *diags);
void medel_diag(medel_source *src, medel_status status, unsigned line, unsigned col,
                const char *expected, const char *hint, const char *format, ...)
    __attribute__((format(printf, 7, 8)));
/* MEDEL_E_SCHEMA at a node of the file. */
void medel_wrong(medel_source *src, const medel_yaml *n, const char *expected,
                 const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* The hint "did you mean 'this'?"; NULL when nothing is near. */
const char *medel_did_you_mean(medel_arena *arena, const char *near);
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
/* A small whole number at the beginning of s; *rest is what follows it. */
int medel_small_integer(const char *s, const char **rest);
/* The word for a unit of money that s begins with ("tkr", "t.kr", "KSEK", "miljoner
   kronor"), in any case of letters: its length, 0 if there is none. */
size_t medel_money_word(const char *s, size_t len, medel_unit *unit);
/* The largest unit of money that a heading names ("Belopp i tkr", "(1000-tal kronor)"):
   the length of its words, which begin at *start; 0 if it names none. */
size_t medel_money_named(const char *text, size_t *start, medel_unit *unit);
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
/* Quantities may be computed in place, so theirs is zeroed at the end, where a call
   fails: the number 0, which can be computed with.  Gives st. */
medel_status medel_no_quantity(medel_quantity *out, medel_status st);
#define MEDEL_NEEDS_QUANTITY(out, ...)                                                   \
    MEDEL_NEEDS_OR(medel_no_quantity(out, MEDEL_E_MISUSE), out, __VA_ARGS__)
/* value +- half; both in base units. */
medel_status medel_quantity_widen(medel_quantity *q, int64_t num, int64_t den);

/* ---- reading typed trees ---- */

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

/* strcmp is asked where the first letters are alike: nearly all keys differ in theirs. */
static inline bool medel_is_named(const char *a, const char *b)
{
    return *a == *b && strcmp(a, b) == 0;
}

const medel_yaml *medel_yaml_find(const medel_yaml *mapping, const char *key);
/* Complain about every key of 'mapping' that is not among the names. */
void medel_yaml_known_keys(medel_source *src, const medel_yaml *mapping, const char *what,
                           const char *const *names, size_t n);
/* The scalar at 'key' as text, NULL (and a diagnostic if required) otherwise. */
const char *medel_yaml_text(medel_source *src, const medel_yaml *mapping, const char *key,
                            bool required);
const char *medel_yaml_type_name(const medel_yaml *n);
/* A document of n zeroed nodes to fill in, the first of them its root. */
medel_status medel_yaml_new(medel_yaml_document **out, medel_yaml **nodes, size_t n,
                            const medel_allocator *allocator);

/* ---- objects ---- */

/* A zeroed object of 'size' bytes, whose first member is its arena; NULL when out. */
void *medel_object_new(size_t size, const medel_allocator *allocator);

/* What a file is read from, and whose memory holds what is made of it. */
typedef struct medel_reading {
    const medel_input *in;
    const medel_allocator *allocator;
    medel_diagnostics *diags;
    const char *kind;   /* what it should be, by medel_file_kind's id */
    const char *packed; /* what medel_yaml_pack made of the text; or NULL */
} medel_reading;

/* Fill in an object from the file's root.  Leaves through its arena when memory is out;
   every other fault is a diagnostic in src. */
typedef void (*medel_fill)(void *object, medel_source *src, const medel_yaml *root,
                           void *with);

/* A zeroed object of 'size' bytes, whose first member is its arena, in the pointer that
   'out' points at; on failure nothing is left of it. */
medel_status medel_object_read(void *out, size_t size, const medel_reading *in,
                               medel_fill fill, void *with);

#endif

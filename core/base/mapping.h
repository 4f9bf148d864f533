/* mapping.h - what a mapping of a YAML file may hold, said once: a table of its keys, by
 * which it is read, and refused where it holds something else. */
#ifndef MEDEL_MAPPING_H
#define MEDEL_MAPPING_H

#include "medel_priv.h"

#include <stddef.h>

/* Who reads: where faults go, whose memory holds what is kept, and the wing's own. */
typedef struct medel_filling {
    medel_source *src;
    medel_arena *arena;
    void *with;
    const struct medel_key *key; /* that is being read */
} medel_filling;

/* Read what stands at a key into 'to'; what cannot be read leaves it as it was. */
typedef void (*medel_key_reader)(const medel_filling *f, const medel_yaml *at, void *to);

typedef struct medel_key {
    const char *name;
    medel_key_reader read; /* NULL: it is known, and read by who fills in the form */
    size_t to;             /* offset of a member of what is filled in */
    bool required;
    const char *const *words; /* of medel_key_word, NULL-terminated */
} medel_key;

typedef struct medel_mapping {
    const char *what;     /* "a row" */
    const char *expected; /* where there is no mapping: "{ under: ROW }"; or NULL */
    const medel_key *keys;
    size_t count;
} medel_mapping;

/* A key and the member of that name; one that must be there; and one of another name. */
#define MEDEL_KEY(type, name, read)                                                      \
    {                                                                                    \
#name, read, offsetof(type, name), false, NULL                                   \
    }
#define MEDEL_MUST(type, name, read)                                                     \
    {                                                                                    \
#name, read, offsetof(type, name), true, NULL                                    \
    }
#define MEDEL_KEY_OF(type, name, read, member)                                           \
    {                                                                                    \
#name, read, offsetof(type, member), false, NULL                                 \
    }
#define MEDEL_WORD_OF(type, name, required, words)                                       \
    {                                                                                    \
#name, medel_key_word, offsetof(type, name), required, words                     \
    }
#define MEDEL_KEY_VERSION(name)                                                          \
    {                                                                                    \
#name, medel_key_version, 0, true, NULL                                          \
    }
#define MEDEL_KEY_ELSE(name)                                                             \
    {                                                                                    \
#name, NULL, 0, false, NULL                                                      \
    }
#define MEDEL_MAPPING(what, expected, keys)                                              \
    {                                                                                    \
        what, expected, keys, MEDEL_COUNT(keys)                                          \
    }

void medel_key_text(const medel_filling *f, const medel_yaml *at,
                    void *to); /* const char * */
/* const char *const *, NULL-terminated: a list, empty where the key is not there */
void medel_key_texts(const medel_filling *f, const medel_yaml *at, void *to);
void medel_key_flag(const medel_filling *f, const medel_yaml *at, void *to); /* bool */
void medel_key_integer(const medel_filling *f, const medel_yaml *at,
                       void *to); /* int: up to four digits */
void medel_key_word(const medel_filling *f, const medel_yaml *at,
                    void *to); /* int: which of the key's words */
void medel_key_choice(const medel_filling *f, const medel_yaml *at,
                      void *to); /* const char *: the one of the key's words */
/* 'KEY: 1', as every file of ours begins */
void medel_key_version(const medel_filling *f, const medel_yaml *at, void *to);

/* Fill in what 'out' points at from a mapping: each key that is there, in the file's
   order, then a complaint for each that must be.  False, and a complaint, where n is no
   mapping; it is called 'name' there, or what the form is. */
bool medel_mapping_fill(const medel_filling *f, const medel_mapping *form,
                        const medel_yaml *n, const char *name, void *out);
typedef void (*medel_item_reader)(const medel_filling *f, const medel_yaml *item);
/* Read each item of the list at a key; a complaint if it is no list. */
void medel_mapping_items(const medel_filling *f, const medel_yaml *owner, const char *key,
                         bool required, medel_item_reader read);

#endif

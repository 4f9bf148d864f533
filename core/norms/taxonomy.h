/* taxonomy.h - what the taxonomy's reader fills in and its look-ups answer from. */
#ifndef MEDEL_TAXONOMY_H
#define MEDEL_TAXONOMY_H

#include "medel_priv.h"

struct medel_taxonomy {
    medel_arena arena;
    medel_array checks;    /* medel_check_spec */
    medel_array concepts;  /* medel_concept */
    medel_array tables;    /* medel_table_spec, pointing into table_full */
    medel_array relations; /* medel_relation */
    medel_array kinds;     /* medel_amount_kind */
    medel_field *fields;
    size_t nfields;
    medel_map check_map, concept_map, table_map;
    const medel_check_spec *unit_check, *text_check, *same_check, *changed_check;
    const medel_taxonomy *base; /* what it adds to, whose arrays it shares; or NULL */
};

/* ---- reading, shared by its two files ---- */

typedef struct medel_taxonomy_reader {
    medel_taxonomy *t;
    medel_arena *arena;
    medel_source *src;
} medel_taxonomy_reader;

const char *medel_taxonomy_keep(medel_taxonomy_reader *rd, const char *s);
const char *medel_taxonomy_text_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                                   const char *key, bool required);
size_t medel_taxonomy_word_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                              const char *key, bool required, const char *const *words);
bool medel_taxonomy_flag_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                            const char *key);
bool medel_taxonomy_is_mapping(medel_taxonomy_reader *rd, const medel_yaml *n,
                               const char *what);
const char *const *medel_taxonomy_texts_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                                           const char *key);
int medel_taxonomy_integer_of(const char *s, const char **rest);
const medel_concept *medel_taxonomy_concept_at(medel_taxonomy_reader *rd,
                                               const medel_yaml *n, const char *id);
/* 'key: 1', as every file of ours begins. */
void medel_taxonomy_version(medel_taxonomy_reader *rd, const medel_yaml *root,
                            const char *key);

/* taxonomy_relation.c */
void medel_taxonomy_read_check(medel_taxonomy_reader *rd, const char *id,
                               const medel_yaml *n);
void medel_taxonomy_map_checks(medel_taxonomy_reader *rd);
const char *medel_taxonomy_rule_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                                   const char *key, bool required);
void medel_taxonomy_read_kind(medel_taxonomy_reader *rd, const char *id,
                              const medel_yaml *n);
uint32_t medel_taxonomy_kinds_at(medel_taxonomy_reader *rd, const medel_yaml *m,
                                 const char *key);
void medel_taxonomy_read_relations(medel_taxonomy_reader *rd, const medel_yaml *root);

#endif

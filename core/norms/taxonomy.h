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
};

#endif

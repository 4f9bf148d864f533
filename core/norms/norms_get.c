/* norms_get.c - what a host is told of the taxonomy's and the parameters' parts. */
#include "taxonomy.h"

/* clang-format off */
MEDEL_GETTER(const char *, medel_field_name, medel_field, name, NULL)
MEDEL_GETTER(const char *, medel_field_label, medel_field, label, NULL)
MEDEL_GETTER(const char *, medel_field_law, medel_field, law, NULL)
MEDEL_GETTER(medel_field_type, medel_field_type_of, medel_field, type, MEDEL_FIELD_RECORD)
MEDEL_GETTER(bool, medel_field_required, medel_field, required, false)
MEDEL_GETTER(const char *const *, medel_field_values, medel_field, values, NULL)
MEDEL_GETTER(const char *, medel_field_concept, medel_field, concept_id, NULL)
MEDEL_ITEM(medel_field, medel_field_at, medel_field, fields, nfields)

MEDEL_GETTER(const char *, medel_concept_id, medel_concept, id, NULL)
MEDEL_GETTER(const char *, medel_concept_label, medel_concept, label, NULL)
MEDEL_GETTER(medel_field_type, medel_concept_type, medel_concept, type, MEDEL_FIELD_RECORD)
MEDEL_GETTER(bool, medel_concept_instant, medel_concept, instant, false)
MEDEL_GETTER(const char *, medel_concept_rule, medel_concept, rule, NULL)

MEDEL_GETTER(const char *, medel_row_id, medel_row, id, NULL)
MEDEL_GETTER(const char *, medel_row_label, medel_row, label, NULL)
MEDEL_GETTER(const char *, medel_row_under, medel_row, under, NULL)
MEDEL_GETTER(const char *, medel_row_note, medel_row, note, NULL)
MEDEL_GETTER(const char *, medel_row_rule, medel_row, rule, NULL)
MEDEL_GETTER(const char *, medel_row_tie, medel_row, tie, NULL)
MEDEL_GETTER(const char *, medel_row_balance, medel_row, balance, NULL)
MEDEL_GETTER(const char *const *, medel_row_synonyms, medel_row, synonyms, NULL)
MEDEL_GETTER(medel_field_type, medel_row_type, medel_row, type, MEDEL_FIELD_RECORD)
MEDEL_GETTER(bool, medel_row_memo, medel_row, memo, false)
MEDEL_GETTER(bool, medel_row_own, medel_row, own, false)

MEDEL_GETTER(const char *, medel_column_id, medel_column, id, NULL)
MEDEL_GETTER(const char *, medel_column_label, medel_column, label, NULL)
MEDEL_GETTER(const char *, medel_column_measure, medel_column, measure, NULL)
MEDEL_GETTER(medel_variant, medel_column_variant, medel_column, variant, MEDEL_VARIANT_UTFALL)
MEDEL_GETTER(int, medel_column_year, medel_column, year, 0)

MEDEL_GETTER(const char *, medel_table_spec_id, medel_table_spec, id, NULL)
MEDEL_GETTER(const char *, medel_table_spec_label, medel_table_spec, label, NULL)
MEDEL_GETTER(const char *, medel_table_spec_part, medel_table_spec, part, NULL)
MEDEL_GETTER(const char *, medel_table_spec_law, medel_table_spec, law, NULL)
MEDEL_GETTER(const char *, medel_table_spec_note, medel_table_spec, note, NULL)
MEDEL_GETTER(const char *, medel_table_spec_place, medel_table_spec, place, NULL)
MEDEL_GETTER(bool, medel_table_spec_by_year, medel_table_spec, by_year, false)
MEDEL_GETTER(bool, medel_table_spec_period_header, medel_table_spec, period_header, false)
MEDEL_GETTER(bool, medel_table_spec_date_header, medel_table_spec, date_header, false)
MEDEL_ITEM(medel_column, medel_table_spec_column, medel_table_spec, columns, ncolumns)
MEDEL_ITEM_OF(medel_row, medel_table_spec_row, medel_table_spec, rows, nrows)

MEDEL_GETTER(const char *, medel_check_spec_id, medel_check_spec, id, NULL)
MEDEL_GETTER(const char *, medel_check_spec_title, medel_check_spec, title, NULL)
MEDEL_GETTER(const char *, medel_check_spec_ground, medel_check_spec, ground, NULL)
MEDEL_GETTER(medel_level, medel_check_spec_level, medel_check_spec, level, MEDEL_LEVEL_NOTE)

MEDEL_GETTER(const char *, medel_parameter_value_id, medel_parameter_value, id, NULL)
MEDEL_GETTER(const char *, medel_parameter_value_title, medel_parameter_value, title, NULL)
MEDEL_GETTER(const char *, medel_parameter_value_norm, medel_parameter_value, norm, NULL)
MEDEL_GETTER(const char *, medel_parameter_value_norm_title, medel_parameter_value, norm_title, NULL)
MEDEL_GETTER(const char *, medel_parameter_value_source, medel_parameter_value, source, NULL)
MEDEL_GETTER(const char *, medel_parameter_value_base, medel_parameter_value, base, NULL)
MEDEL_GETTER(const char *, medel_parameter_value_file, medel_parameter_value, file, NULL)
MEDEL_GETTER(bool, medel_parameter_value_chosen, medel_parameter_value, chosen, false)
MEDEL_GETTER(bool, medel_parameter_value_stair, medel_parameter_value, has_steps, false)
MEDEL_ITEM(medel_step, medel_parameter_value_step, medel_parameter_value, steps, nsteps)
MEDEL_GETTER(int32_t, medel_parameter_value_from, medel_parameter_value, from, MEDEL_NO_DAY)
MEDEL_GETTER(unsigned, medel_parameter_value_line, medel_parameter_value, line, 0)
MEDEL_GETTER(unsigned, medel_parameter_value_col, medel_parameter_value, col, 0)
/* clang-format on */

bool medel_parameter_value_quantity(medel_quantity *out, const medel_parameter_value *v)
{
    (void)medel_no_quantity(out, MEDEL_OK);
    MEDEL_NEEDS_OR(false, out, v);
    if (!v->has_steps)
        *out = v->value;
    return !v->has_steps;
}

bool medel_parameter_value_confirmed_to(medel_quantity *out,
                                        const medel_parameter_value *v)
{
    (void)medel_no_quantity(out, MEDEL_OK);
    MEDEL_NEEDS_OR(false, out, v);
    if (v->has_confirmed_to)
        *out = v->confirmed_to;
    return v->has_confirmed_to;
}

/* ---- the lists that they stand in ---- */

const medel_concept *medel_taxonomy_concept_at(const medel_taxonomy *t, size_t i)
{
    MEDEL_NEEDS_OR(NULL, t, i < t->concepts.count);
    return (const medel_concept *)t->concepts.data + i;
}

const medel_table_spec *medel_taxonomy_table_at(const medel_taxonomy *t, size_t i)
{
    MEDEL_NEEDS_OR(NULL, t, i < t->tables.count);
    return medel_map_get(&t->table_map, ((const medel_table_spec *)t->tables.data)[i].id);
}

const medel_field *medel_taxonomy_field_at(const medel_taxonomy *t, size_t i)
{
    MEDEL_NEEDS_OR(NULL, t, i < t->nfields);
    return &t->fields[i];
}

const medel_check_spec *medel_taxonomy_check_at(const medel_taxonomy *t, size_t i)
{
    MEDEL_NEEDS_OR(NULL, t, i < t->checks.count);
    return (const medel_check_spec *)t->checks.data + i;
}

const medel_parameter_value *medel_parameters_at(const medel_parameters *p, size_t i)
{
    const medel_parameter_value *first = NULL;
    return i < medel_parameters_values(p, &first) ? &first[i] : NULL;
}

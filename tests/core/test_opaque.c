/* test_opaque.c - what a host is told of a thing is what the core knows of it, and
 * nothing of NULL. */
#include "import.h"
#include "test.h"

#define SAME(getter, x, member, nothing)                                                 \
    assert_true(getter(x) == (x)->member && getter(NULL) == (nothing))

/* ---- the taxonomy ---- */

static void same_field(const medel_field *x)
{
    SAME(medel_field_name, x, name, NULL);
    SAME(medel_field_label, x, label, NULL);
    SAME(medel_field_law, x, law, NULL);
    SAME(medel_field_type_of, x, type, MEDEL_FIELD_RECORD);
    SAME(medel_field_required, x, required, false);
    SAME(medel_field_values, x, values, NULL);
    SAME(medel_field_concept, x, concept_id, NULL);
    for (size_t i = 0; i < x->nfields; i++)
        assert_ptr_equal(medel_field_at(x, i), &x->fields[i]);
    assert_true(!medel_field_at(x, x->nfields) && !medel_field_at(NULL, 0));
}

static void same_concept(const medel_concept *x)
{
    SAME(medel_concept_id, x, id, NULL);
    SAME(medel_concept_label, x, label, NULL);
    SAME(medel_concept_type, x, type, MEDEL_FIELD_RECORD);
    SAME(medel_concept_instant, x, instant, false);
    SAME(medel_concept_rule, x, rule, NULL);
}

static void same_row(const medel_row *x)
{
    SAME(medel_row_id, x, id, NULL);
    SAME(medel_row_label, x, label, NULL);
    SAME(medel_row_under, x, under, NULL);
    SAME(medel_row_note, x, note, NULL);
    SAME(medel_row_rule, x, rule, NULL);
    SAME(medel_row_tie, x, tie, NULL);
    SAME(medel_row_balance, x, balance, NULL);
    SAME(medel_row_synonyms, x, synonyms, NULL);
    SAME(medel_row_type, x, type, MEDEL_FIELD_RECORD);
    SAME(medel_row_memo, x, memo, false);
    SAME(medel_row_own, x, own, false);
}

static void same_column(const medel_column *x)
{
    SAME(medel_column_id, x, id, NULL);
    SAME(medel_column_label, x, label, NULL);
    SAME(medel_column_measure, x, measure, NULL);
    SAME(medel_column_variant, x, variant, MEDEL_VARIANT_UTFALL);
    SAME(medel_column_year, x, year, 0);
}

static void same_table_spec(const medel_table_spec *x)
{
    SAME(medel_table_spec_id, x, id, NULL);
    SAME(medel_table_spec_label, x, label, NULL);
    SAME(medel_table_spec_part, x, part, NULL);
    SAME(medel_table_spec_law, x, law, NULL);
    SAME(medel_table_spec_note, x, note, NULL);
    SAME(medel_table_spec_place, x, place, NULL);
    SAME(medel_table_spec_by_year, x, by_year, false);
    SAME(medel_table_spec_period_header, x, period_header, false);
    SAME(medel_table_spec_date_header, x, date_header, false);
    for (size_t i = 0; i < x->ncolumns; i++)
        assert_ptr_equal(medel_table_spec_column(x, i), &x->columns[i]);
    assert_true(!medel_table_spec_column(x, x->ncolumns)
                && !medel_table_spec_column(NULL, 0));
    for (size_t i = 0; i < x->nrows; i++)
        assert_ptr_equal(medel_table_spec_row(x, i), x->rows[i]);
    assert_true(!medel_table_spec_row(x, x->nrows) && !medel_table_spec_row(NULL, 0));
}

static void same_check_spec(const medel_check_spec *x)
{
    SAME(medel_check_spec_id, x, id, NULL);
    SAME(medel_check_spec_title, x, title, NULL);
    SAME(medel_check_spec_ground, x, ground, NULL);
    SAME(medel_check_spec_level, x, level, MEDEL_LEVEL_NOTE);
}

static void same_parameter_value(const medel_parameter_value *x)
{
    SAME(medel_parameter_value_id, x, id, NULL);
    SAME(medel_parameter_value_title, x, title, NULL);
    SAME(medel_parameter_value_norm, x, norm, NULL);
    SAME(medel_parameter_value_norm_title, x, norm_title, NULL);
    SAME(medel_parameter_value_source, x, source, NULL);
    SAME(medel_parameter_value_base, x, base, NULL);
    SAME(medel_parameter_value_file, x, file, NULL);
    SAME(medel_parameter_value_chosen, x, chosen, false);
    SAME(medel_parameter_value_stair, x, has_steps, false);
    for (size_t i = 0; i < x->nsteps; i++)
        assert_ptr_equal(medel_parameter_value_step(x, i), &x->steps[i]);
    assert_true(!medel_parameter_value_step(x, x->nsteps)
                && !medel_parameter_value_step(NULL, 0));
    SAME(medel_parameter_value_from, x, from, MEDEL_NO_DAY);
    SAME(medel_parameter_value_line, x, line, 0);
    SAME(medel_parameter_value_col, x, col, 0);
}

static void fields(const medel_field *f)
{
    const medel_field *part;
    same_field(f);
    for (size_t i = 0; (part = medel_field_at(f, i)); i++) {
        const char *name = medel_field_name(part);
        assert_ptr_equal(medel_field_find(f, name), part);
        assert_null(medel_field_find(f, name + 1));
        fields(part);
    }
}

TEST(taxonomy_is_what_it_says)
{
    const medel_taxonomy *t = finsam();
    const medel_concept *c;
    const medel_table_spec *s;
    const medel_check_spec *k;
    const medel_field *f;
    const medel_row *row;
    const medel_column *column;
    size_t n;
    for (n = 0; (c = medel_taxonomy_concept_at(t, n)); n++) {
        same_concept(c);
        assert_ptr_equal(medel_taxonomy_concept(t, medel_concept_id(c)), c);
    }
    assert_true(n > 50);
    for (n = 0; (s = medel_taxonomy_table_at(t, n)); n++) {
        same_table_spec(s);
        assert_ptr_equal(medel_taxonomy_table(t, medel_table_spec_id(s)), s);
        for (size_t i = 0; (row = medel_table_spec_row(s, i)); i++) {
            same_row(row);
            assert_ptr_equal(medel_table_spec_find(s, medel_row_id(row)), row);
        }
        for (size_t i = 0; (column = medel_table_spec_column(s, i)); i++)
            same_column(column);
    }
    assert_true(n > 15);
    for (n = 0; (k = medel_taxonomy_check_at(t, n)); n++)
        same_check_spec(k);
    assert_true(n > 40);
    for (n = 0; (f = medel_taxonomy_field_at(t, n)); n++)
        fields(f);
    assert_true(n > 15);
}

TEST(parameters_are_what_they_say)
{
    medel_input in = { .name = "nationell.yaml" };
    medel_parameters *p = NULL;
    const medel_parameter_value *v;
    medel_quantity q;
    size_t n, stairs = 0, bounds = 0;
    char *text = file_text("rules/parametrar/nationell.yaml", &in.len);
    in.text = text;
    assert_int_equal(medel_parameters_read(&p, &in, NULL, NULL), MEDEL_OK);
    for (n = 0; (v = medel_parameters_at(p, n)); n++) {
        same_parameter_value(v);
        const bool stair = medel_parameter_value_stair(v);
        stairs += stair;
        assert_true(stair == !medel_parameter_value_quantity(&q, v));
        assert_true(stair == (medel_parameter_value_step(v, 0) != NULL));
        if (medel_parameter_value_confirmed_to(&q, v)) {
            bounds++;
            assert_memory_equal(&q, &v->confirmed_to, sizeof q);
        }
    }
    assert_true(n > 10 && stairs && bounds);
    medel_parameters_free(p);
    free(text);
}

/* ---- a report's records and tables ---- */

static void same_record(const medel_record *x)
{
    SAME(medel_record_id, x, id, NULL);
    SAME(medel_record_spec, x, spec, NULL);
    SAME(medel_record_line, x, line, 0);
    SAME(medel_record_col, x, col, 0);
}

static void same_value(const medel_value *x)
{
    SAME(medel_value_field, x, field, NULL);
    SAME(medel_value_line, x, line, 0);
    SAME(medel_value_col, x, col, 0);
    SAME(medel_value_integer, x, integer, 0);
    for (size_t i = 0; i < x->nfacts; i++)
        assert_ptr_equal(medel_value_fact(x, i), x->facts[i]);
    assert_true(!medel_value_fact(x, x->nfacts) && !medel_value_fact(NULL, 0));
    for (size_t i = 0; i < x->nrecords; i++)
        assert_ptr_equal(medel_value_record(x, i), x->records[i]);
    assert_true(!medel_value_record(x, x->nrecords) && !medel_value_record(NULL, 0));
    SAME(medel_value_records, x, nrecords, 0);
}

static void same_table(const medel_table *x)
{
    size_t n;
    SAME(medel_table_spec_of, x, spec, NULL);
    SAME(medel_table_number, x, number, NULL);
    SAME(medel_table_heading, x, heading, NULL);
    SAME(medel_table_printed_unit, x, printed_unit, NULL);
    assert_ptr_equal(medel_table_printed_unit_places(x, &n), x->printed_unit_places);
    assert_true(n == x->nprinted_unit_places && !medel_table_printed_unit_places(NULL, &n)
                && n == 0);
    SAME(medel_table_unit, x, unit, MEDEL_UNIT_NUMBER);
    SAME(medel_table_printed_headers, x, printed_headers, false);
    for (size_t i = 0; i < x->ncolumns; i++)
        assert_ptr_equal(medel_table_column_at(x, i), &x->columns[i]);
    assert_true(!medel_table_column_at(x, x->ncolumns)
                && !medel_table_column_at(NULL, 0));
    SAME(medel_table_columns, x, ncolumns, 0);
    for (size_t i = 0; i < x->nrows; i++)
        assert_ptr_equal(medel_table_row_at(x, i), &x->rows[i]);
    assert_true(!medel_table_row_at(x, x->nrows) && !medel_table_row_at(NULL, 0));
    SAME(medel_table_line, x, line, 0);
    SAME(medel_table_col, x, col, 0);
    assert_ptr_equal(medel_table_places(x, &n), x->places);
    assert_true(n == x->nplaces && !medel_table_places(NULL, &n) && n == 0);
}

static void same_table_row(const medel_table_row *x)
{
    size_t n;
    SAME(medel_table_row_spec, x, spec, NULL);
    SAME(medel_table_row_label, x, label, NULL);
    SAME(medel_table_row_note, x, note, NULL);
    for (size_t i = 0; i < x->ncells; i++)
        assert_ptr_equal(medel_table_row_cell(x, i), x->cells[i]);
    assert_true(!medel_table_row_cell(x, x->ncells) && !medel_table_row_cell(NULL, 0));
    SAME(medel_table_row_line, x, line, 0);
    SAME(medel_table_row_col, x, col, 0);
    assert_ptr_equal(medel_table_row_places(x, &n), x->places);
    assert_true(n == x->nplaces && !medel_table_row_places(NULL, &n) && n == 0);
}

static void same_table_column(const medel_table_column *x)
{
    size_t n;
    SAME(medel_table_column_id, x, id, NULL);
    SAME(medel_table_column_measure, x, measure, NULL);
    SAME(medel_table_column_header, x, header, NULL);
    SAME(medel_table_column_year, x, year, 0);
    SAME(medel_table_column_variant, x, variant, MEDEL_VARIANT_UTFALL);
    assert_ptr_equal(medel_table_column_places(x, &n), x->places);
    assert_true(n == x->nplaces && !medel_table_column_places(NULL, &n) && n == 0);
}

static size_t records(const medel_record *r)
{
    const medel_field *f;
    size_t all = 1, n;
    same_record(r);
    assert_null(medel_record_value(r, NULL));
    for (size_t i = 0; (f = medel_field_at(medel_record_spec(r), i)); i++) {
        const medel_value *v = medel_record_value(r, f);
        assert_ptr_equal(v, r->values[i]);
        if (!v)
            continue;
        same_value(v);
        const char *text;
        for (n = 0; (text = medel_value_text(v, n)); n++) {
            size_t places;
            const int *at = medel_value_text_places(v, n, &places);
            assert_true(text == v->texts[n].text && at == v->texts[n].places
                        && places == v->texts[n].nplaces);
        }
        assert_int_equal(n, v->ntexts);
        const int *at = medel_value_places(v, &n);
        const int *expected = v->ntexts   ? v->texts[0].places
                              : v->nfacts ? v->facts[0]->places
                                          : v->places;
        assert_ptr_equal(at, expected);
        const medel_record *part;
        for (n = 0; (part = medel_value_record(v, n)); n++)
            all += records(part);
    }
    return all;
}

TEST(report_is_what_it_says)
{
    medel_report *r = NULL;
    const medel_table *t;
    const medel_table_row *row;
    const medel_table_column *c;
    size_t n, tables = 0;
    const char *path = "examples/sydnarke/2023.yaml";
    assert_int_equal(medel_report_load(&r, finsam(), path, NULL, NULL), MEDEL_OK);
    assert_true(records(medel_report_root(r)) > 20);
    for (; (t = medel_report_table_at(r, tables)); tables++) {
        same_table(t);
        for (n = 0; (row = medel_table_row_at(t, n)); n++) {
            same_table_row(row);
            const medel_row *spec = medel_table_row_spec(row);
            assert_ptr_equal(medel_table_find(t, medel_row_id(spec)), row);
            assert_null(medel_table_row_cell(row, medel_table_columns(t)));
        }
        for (n = 0; (c = medel_table_column_at(t, n)); n++)
            same_table_column(c);
        assert_int_equal(n, medel_table_columns(t));
    }
    assert_true(tables > 5);
    medel_report_free(r);
}

/* ---- the tables of a document ---- */

static void same_import_row(const medel_import_row *x)
{
    SAME(medel_import_row_id, x, id, NULL);
    SAME(medel_import_row_label, x, label, NULL);
    SAME(medel_import_row_under, x, under, NULL);
    SAME(medel_import_row_note, x, note, NULL);
    SAME(medel_import_row_known, x, known, false);
    SAME(medel_import_row_own, x, own, false);
    SAME(medel_import_row_placed, x, placed, false);
    SAME(medel_import_row_exact_label, x, exact_label, false);
    SAME(medel_import_row_guessed, x, guessed, false);
    SAME(medel_import_row_empties, x, empties, false);
    SAME(medel_import_row_basis, x, basis, MEDEL_BASIS_GRAMMAR);
    SAME(medel_import_row_readings, x, readings, 0);
    SAME(medel_import_row_page, x, page, 0);
    SAME(medel_import_row_line, x, line, 0);
}

static void same_import_table(const medel_import_table *x)
{
    SAME(medel_import_table_spec, x, spec, NULL);
    SAME(medel_import_table_note, x, note, 0);
    SAME(medel_import_table_heading, x, heading, NULL);
    SAME(medel_import_table_assumed, x, assumed, false);
    SAME(medel_import_table_page, x, page, 0);
    SAME(medel_import_table_line, x, line, 0);
    SAME(medel_import_table_header_line, x, header_line, 0);
    SAME(medel_import_table_unit_line, x, unit_line, 0);
    SAME(medel_import_table_unit, x, unit, MEDEL_UNIT_NUMBER);
    SAME(medel_import_table_printed_unit, x, printed_unit, NULL);
    SAME(medel_import_table_cost_sign, x, cost_sign, 0);
    SAME(medel_import_table_columns, x, ncolumns, 0);
    for (size_t i = 0; i < x->nrows; i++)
        assert_ptr_equal(medel_import_table_row(x, i), &x->rows[i]);
    assert_true(!medel_import_table_row(x, x->nrows) && !medel_import_table_row(NULL, 0));
}

static void figures(const medel_import_table *t)
{
    const medel_import_row *row;
    const char *text, *why;
    unsigned page, line;
    size_t n;
    for (n = 0; (row = medel_import_table_row(t, n)); n++) {
        same_import_row(row);
        for (size_t i = 0; i < t->ncolumns; i++) {
            assert_ptr_equal(medel_import_row_cell(row, i), &row->cells[i]);
            assert_ptr_equal(medel_import_row_other(row, i),
                             row->other ? &row->other[i] : NULL);
        }
        assert_null(medel_import_row_cell(row, t->ncolumns));
        assert_null(medel_import_row_other(row, t->ncolumns));
    }
    for (n = 0; (text = medel_import_table_loose(t, n, &why, &page, &line)); n++)
        assert_true(text == t->loose[n].text && why == t->loose[n].why
                    && page == t->loose[n].page && line == t->loose[n].line);
    assert_true(n == t->nloose && !why && !page && !line);
    for (n = 0; (text = medel_import_table_column(t, n)); n++)
        assert_true(text == t->columns[n].id
                    && medel_import_table_header(t, n) == t->columns[n].printed);
    assert_true(n == t->ncolumns && !medel_import_table_header(t, n));
}

TEST(found_tables_are_what_they_say)
{
    static const char text[] = "Balansräkning\n(kr) 2023-12-31 2022-12-31\n"
                               "Kassa och bank 1 000 2 000\nEn egen rad 7 8\n"
                               "9 000 9 000\nSumma tillgångar 1 007 2 008\n";
    medel_document *d = NULL;
    medel_import *m = NULL;
    const medel_import_table *t;
    size_t n;
    assert_int_equal(medel_document_new(&d, NULL), MEDEL_OK);
    assert_int_equal(medel_document_text(d, text, sizeof text - 1), MEDEL_OK);
    assert_int_equal(medel_import_read(&m, d, finsam(), NULL), MEDEL_OK);
    for (n = 0; (t = medel_import_table_at(m, n)); n++) {
        same_import_table(t);
        figures(t);
    }
    assert_true(n > 0);
    medel_import_free(m);
    medel_document_free(d);
}

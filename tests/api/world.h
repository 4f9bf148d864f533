/* world.h - one of everything that medel.h takes, for calls that get all of it but one.
 */
#ifndef MEDEL_TEST_WORLD_H
#define MEDEL_TEST_WORLD_H

#include "medel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    medel_diagnostics *diagnostics;
    medel_error error;
    medel_taxonomy *taxonomy;
    medel_parameters *parameters;
    medel_report *report, *probed;
    medel_checks *checks;
    medel_repairs *repairs;
    medel_probe *probe;
    medel_projection *projection;
    medel_mc_model *mc_model;
    medel_ledger *ledger;
    medel_ledger_query *ledger_query;
    medel_ledger_groups *ledger_groups;
    medel_ledger_checks *ledger_checks;
    medel_ledger_builder *ledger_builder;
    medel_csv_mapping *csv_mapping;
    medel_kontoplan *kontoplan;
    medel_statements *statements;
    medel_book_causes *book_causes;
    medel_document *document;
    medel_import *import;
    medel_proofs *proofs;
    medel_yaml_document *yaml_document;
    medel_runtime *runtime;
    medel_findings *findings;
    const medel_field *field;
    const medel_concept *concept_ref;
    const medel_row *row;
    const medel_column *column;
    const medel_table_spec *table_spec;
    const medel_check_spec *check_spec;
    const medel_parameter_value *parameter_value;
    const medel_record *record;
    const medel_value *value;
    const medel_table *table;
    const medel_table_row *table_row;
    const medel_table_column *table_column;
    const medel_import_table *import_table;
    const medel_import_row *import_row;
    medel_diagnostic diagnostic;
    medel_input input;
    medel_quantity quantity;
    medel_figure figure;
    medel_node node;
    medel_given given;
    medel_word word;
    medel_scenario scenario;
    medel_new_report new_report;
    medel_new_balance new_balance;
    medel_new_voucher new_voucher;
    medel_new_row new_row;
    medel_plan plan;
    medel_corruption corruption;
    medel_stream stream;
    medel_ledger_grouping ledger_grouping;
    medel_ledger_event ledger_event;
    medel_ageing_options ageing_options;
    medel_repeats_options repeats_options;
    medel_mc_options mc_options;
    medel_projection_options projection_options;
    medel_stratum strata[2];
    const char *texts[2];
    const medel_fact *fact;
} w;

static void must(const char *what, bool holds)
{
    if (!holds) {
        fprintf(stderr, "world: no %s\n", what);
        exit(2);
    }
}

static medel_input file(const char *path)
{
    medel_input in = { .name = path };
    char *text = NULL;
    must(path, medel_file_read(&text, &in.len, path, 1 << 24, NULL, NULL) == MEDEL_OK);
    in.text = text;
    return in;
}

static ptrdiff_t no_more(void *ud, char *buf, size_t size)
{
    (void)ud;
    (void)buf;
    (void)size;
    return 0;
}

static bool take(void *ud, const char *bytes, size_t len)
{
    (void)ud;
    (void)bytes;
    return len > 0;
}

static medel_status answer(void *ud, const medel_any *arguments, size_t n,
                           medel_any *result, medel_error *err)
{
    (void)ud;
    (void)arguments;
    (void)n;
    (void)result;
    (void)err;
    return MEDEL_OK;
}

static void make_reports(void)
{
    medel_diagnostics *d = w.diagnostics;
    const medel_fact *const *facts;
    medel_input in = file("rules/taxonomy/finsam.yaml");
    must("taxonomy", medel_taxonomy_read(&w.taxonomy, &in, NULL, d) == MEDEL_OK);
    in = file("rules/parametrar/nationell.yaml");
    must("parameters", medel_parameters_read(&w.parameters, &in, NULL, d) == MEDEL_OK);
    const char *path = "examples/sydnarke/2023.yaml";
    must("report", medel_report_load(&w.report, w.taxonomy, path, NULL, d) == MEDEL_OK);
    must("report", medel_report_load(&w.probed, w.taxonomy, path, NULL, d) == MEDEL_OK);
    must("checks", medel_checks_new(&w.checks, w.report, NULL) == MEDEL_OK);
    must("repairs", medel_repairs_new(&w.repairs, w.report, NULL) == MEDEL_OK);
    must("probe", medel_probe_new(&w.probe, w.probed, NULL) == MEDEL_OK);
    w.projection_options = (medel_projection_options){ .first = 2024, .last = 2026 };
    w.mc_options = (medel_mc_options){ .paths = 10 };
    must("projection", medel_projection_new(&w.projection, w.report, w.parameters,
                                            &w.projection_options, &w.error)
                           == MEDEL_OK);
    must("model",
         medel_mc_model_new(&w.mc_model, w.projection, NULL, &w.error) == MEDEL_OK);
    must("fact", medel_report_facts(w.report, &facts) > 0);
    w.fact = facts[0];
    w.concept_ref = medel_taxonomy_concept_at(w.taxonomy, 0);
    w.check_spec = medel_taxonomy_check_at(w.taxonomy, 0);
    w.parameter_value = medel_parameters_at(w.parameters, 0);
    w.record = medel_report_root(w.report);
    for (size_t i = 0; !w.value; i++) {
        w.field = medel_field_at(medel_record_spec(w.record), i);
        must("value", w.field != NULL);
        w.value = medel_record_value(w.record, w.field);
    }
    w.table = medel_report_table(w.report, "driftredovisning");
    w.table_row = medel_table_row_at(w.table, 0);
    w.table_column = medel_table_column_at(w.table, 0);
    w.table_spec = medel_table_spec_of(w.table);
    w.row = medel_table_spec_row(w.table_spec, 0);
    w.column = medel_table_spec_column(w.table_spec, 0);
    must("column", w.column && w.row && w.table_row && w.table_column);
    w.scenario = (medel_scenario){ "s", "s.yaml", 1 };
    w.new_report = (medel_new_report){ w.report, 2024, w.scenario, NULL, 0 };
    w.plan = (medel_plan){ 2024, MEDEL_VARIANT_BUDGET, NULL, false };
}

static void make_books(void)
{
    medel_diagnostics *d = w.diagnostics;
    const medel_ledger_grouping by = { { MEDEL_KEY_MONTH, MEDEL_KEY_NONE }, 0, NULL };
    medel_kontoplan *base = NULL;
    must("ledger",
         medel_ledger_load(&w.ledger, "examples/sydnarke/2023.se", NULL, d) == MEDEL_OK);
    must("query", medel_ledger_query_new(&w.ledger_query, w.ledger, NULL, NULL, &w.error)
                      == MEDEL_OK);
    must("groups",
         medel_ledger_groups_new(&w.ledger_groups, w.ledger, NULL, &by, NULL, &w.error)
             == MEDEL_OK);
    must("checks", medel_ledger_checks_new(&w.ledger_checks, w.ledger, NULL) == MEDEL_OK);
    must("builder", medel_ledger_builder_new(&w.ledger_builder, "b", NULL) == MEDEL_OK);
    static const char columns[] =
        "medel_csv: 1\ncolumns: { series: S, number: N, date: D, "
        "account: K, amount: B, text: T }\n";
    const medel_input mapping = { "m.yaml", columns, sizeof columns - 1 };
    must("mapping",
         medel_csv_mapping_read(&w.csv_mapping, &mapping, NULL, d) == MEDEL_OK);
    medel_input in = file("rules/kontoplan/kommun-bas.yaml");
    must("plan", medel_kontoplan_read(&base, w.taxonomy, &in, NULL, d) == MEDEL_OK);
    in = file("rules/forbund/sydnarke/kontoplan.yaml");
    const medel_kontoplan_options own = { .base = base };
    must("plan",
         medel_kontoplan_read(&w.kontoplan, w.taxonomy, &in, &own, d) == MEDEL_OK);
    must("statements",
         medel_statements_new(&w.statements, w.ledger, w.kontoplan, NULL, &w.error)
             == MEDEL_OK);
    must("causes",
         medel_book_causes_new(&w.book_causes, w.statements, w.report, NULL, &w.error)
             == MEDEL_OK);
    w.ledger_grouping = by;
    w.new_balance = (medel_new_balance){ .account = "1930", .amount = 100 };
    w.new_voucher = (medel_new_voucher){ .series = "A", .number = "1", .day = 19400 };
    w.new_row = (medel_new_row){ .account = "1930", .amount = 1, .day = MEDEL_NO_DAY };
    w.stream = (medel_stream){ "s.se", no_more, NULL };
    w.ledger_event.kind = MEDEL_EVENT_END;
    w.repeats_options.alike = MEDEL_ALIKE_AMOUNT;
}

static void make_documents(void)
{
    static const char text[] = "Balansräkning\n2023 2022\nKassa och bank 1 000 2 000\n"
                               "Summa tillgångar 1 000 2 000\n";
    static const char yaml[] = "a: [1, 2]\n";
    const medel_input in = { "y.yaml", yaml, sizeof yaml - 1 };
    must("document", medel_document_new(&w.document, NULL) == MEDEL_OK);
    must("text", medel_document_text(w.document, text, sizeof text - 1) == MEDEL_OK);
    must("import",
         medel_import_read(&w.import, w.document, w.taxonomy, NULL) == MEDEL_OK);
    w.import_table = medel_import_table_at(w.import, 0);
    w.import_row = medel_import_table_row(w.import_table, 0);
    must("row", w.import_row != NULL);
    must("proofs",
         medel_proofs_new(&w.proofs, w.import, w.report, w.checks, NULL) == MEDEL_OK);
    must("yaml", medel_yaml_read(&w.yaml_document, &in, NULL, w.diagnostics) == MEDEL_OK);
    w.input = in;
    w.word = (medel_word){ .text = "ord", .len = 3, .page = 1, .line = 1 };
}

static void make_runtime(void)
{
    const medel_runtime_options o = { .size = sizeof o, .data = "." };
    medel_audit_options a = { .size = sizeof a };
    must("runtime", medel_runtime_new(&w.runtime, &o) == MEDEL_OK);
    must("rules", medel_runtime_select(w.runtime, "EKA-01", NULL) == MEDEL_OK);
    medel_report *own = NULL;
    const medel_input in = { .name = "examples/sydnarke/2023.yaml" };
    must("report", medel_load(w.runtime, &own, &in) == MEDEL_OK);
    must("findings", medel_audit(w.runtime, &w.findings, own, &a) == MEDEL_OK);
}

static void make_world(void)
{
    w.diagnostics = medel_diagnostics_new(NULL);
    w.diagnostic = (medel_diagnostic){ .status = MEDEL_E_SYNTAX, .message = "m" };
    w.texts[0] = "1";
    must("quantity", medel_quantity_make(&w.quantity, 1, 1, MEDEL_UNIT_KR) == MEDEL_OK);
    must("figure", medel_figure_parse(&w.figure, "12", 2, NULL) == MEDEL_OK);
    w.node = (medel_node){ .quantity = w.quantity };
    w.given = (medel_given){ .name = "host.x", .year = 2023, .ore = 1 };
    make_reports();
    make_books();
    make_documents();
    make_runtime();
    medel_diagnostics_clear(w.diagnostics);
}

#endif

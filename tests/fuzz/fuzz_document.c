/*
 * fuzz_document.c - documents of any words: plain text, or (first byte 1) words with
 * boxes, or (2) rows of cells; through reading, building nothing.  The taxonomy is a
 * small one.
 */
#include "fuzz.h"
#include "medel_import.h"

static const char taxonomy_text[] =
    "medel_taxonomy: 1\nname: t\n"
    "checks: { A: { title: A, level: error, ground: G } }\n"
    "general: { unit: A, text: A, same: A }\n"
    "concepts: { summa: { label: Summa, period: duration, rule: A } }\n"
    "tables:\n"
    "  resultat:\n    label: R\n    place: r\n    part: r\n    columns: year\n"
    "    header: period\n    own_rows: true\n    headings: [Resultat]\n    rows:\n"
    "      intakter: { label: Intäkter, under: summa }\n"
    "      kostnader: { label: Kostnader, under: summa, balance: cost }\n"
    "      summa: { label: Summa, concept: summa, rule: A }\n"
    "  not_x:\n    label: N\n    place: n\n    part: n\n    note: x\n    columns: year\n"
    "    own_rows: true\n    headings: [Poster]\n    rows:\n"
    "      summa: { label: Summa, rule: A }\n"
    "  drift:\n    label: D\n    place: d\n    part: d\n    headings: [Drift]\n"
    "    columns:\n"
    "      intakt: { label: Intäkt, measure: intakt, variant: utfall, year: 0 }\n"
    "      kostnad: { label: Kostnad, measure: kostnad, variant: utfall, year: 0 }\n"
    "      netto: { label: Netto, measure: netto, variant: utfall, year: 0 }\n"
    "      budget: { label: Budget, measure: netto, variant: budget, year: 0 }\n"
    "      avvikelse: { label: Avvikelse, measure: avvikelse, variant: utfall, year: 0 "
    "}\n"
    "    own_rows: true\n    rows:\n"
    "      resultat: { label: Resultat, rule: A, balance: result }\n";

static void add_words(medel_document *d, const uint8_t *data, size_t size, bool cells)
{
    size_t start = 0;
    unsigned line = 1, cell = 1;
    if (medel_document_page(d, 59500, 84200) != MEDEL_OK)
        return;
    for (size_t i = 0; i <= size; i++) {
        if (i < size && data[i] != ' ' && data[i] != '\n' && data[i] != '|')
            continue;
        const uint8_t a = start < size ? data[start] : 0, b = i < size ? data[i] : 0;
        medel_word w = { .text = (const char *)data + start,
                         .len = i - start,
                         .x0 = (a * 131 + (int)start * 37) % 59500,
                         .y0 = (b * 977) % 84000 };
        w.x1 = w.x0 + 100 + (int)w.len * 500;
        w.y1 = w.y0 + 1000;
        if (cells) {
            w.line = line;
            w.cell = cell;
        }
        if (w.len)
            (void)!medel_document_word(d, &w);
        line += b == '\n';
        cell = b == '\n' ? 1 : cell + (b == '|');
        start = i + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    medel_taxonomy *t = NULL;
    medel_document *d = NULL;
    medel_import *m = NULL;
    medel_diagnostics *diags = medel_diagnostics_new(NULL);
    HOLDS(diags != NULL);
    if (medel_taxonomy_read(
            &t, &(medel_input){ "t", taxonomy_text, sizeof taxonomy_text - 1 }, NULL,
            diags)
        != MEDEL_OK) {
        fuzz_messages(diags, MEDEL_E_SCHEMA);
        HOLDS(false); /* the taxonomy is none */
    }
    HOLDS(medel_document_new(&d, NULL) == MEDEL_OK);
    if (size && size < 20000 && data[0] == 1)
        add_words(d, data + 1, size - 1, false);
    else if (size && size < 20000 && data[0] == 2)
        add_words(d, data + 1, size - 1, true);
    else if (size < 20000)
        (void)!medel_document_text(d, (const char *)data, size);
    const medel_import_options options = { .year = 2023 };
    const medel_import_table *table;
    const medel_import_row *row;
    if (medel_import_read(&m, d, t, &options) == MEDEL_OK) {
        for (size_t i = 0; (table = medel_import_table_at(m, i)); i++)
            for (size_t r = 0; (row = medel_import_table_row(table, r)); r++)
                HOLDS(medel_import_row_id(row)
                      && (medel_import_row_cell(row, 0)
                          || !medel_import_table_columns(table)));
    }
    medel_import_free(m);
    medel_document_free(d);
    medel_taxonomy_free(t);
    medel_diagnostics_free(diags);
    return 0;
}

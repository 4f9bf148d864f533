/* lines.c - the printed figures of a report as lines over the years. */
#include "judge.h"

#include <string.h>

int medel_slot(const medel_judge *j, int year)
{
    int slot = j->r->year + 1 - year;
    return slot >= 0 && slot < MEDEL_LINE_YEARS ? slot : -1;
}

const medel_line *medel_line_get(const medel_judge *j, size_t i)
{
    return (const medel_line *)j->lines.data + i;
}

/* ---- what kind of amount ---- */

static bool among(const char *const *list, const char *id)
{
    for (size_t i = 0; id && list && list[i]; i++) {
        if (strcmp(list[i], id) == 0)
            return true;
    }
    return false;
}

/* Where the label begins to say what is counted in or out, which is not what the line is.
 */
static void cut_aside(char *text)
{
    static const char *const words[] = { "inkl", "exkl", "f\xC3\xB6re ", "efter ",
                                         "utan " };
    for (size_t i = 0; text[i]; i++) {
        bool begins = i == 0 || text[i - 1] == ' ' || text[i - 1] == '(';
        for (size_t w = 0; begins && w < MEDEL_COUNT(words); w++) {
            if (strncmp(text + i, words[w], strlen(words[w])) == 0) {
                text[i] = '\0';
                return;
            }
        }
    }
}

/* The label in lower case, as the words are, as far as it says what the line is. */
static const char *folded(medel_arena *a, const char *label)
{
    char *text = medel_arena_text(a, label ? label : "", label ? strlen(label) : 0);
    for (size_t i = 0; text[i]; i++) {
        const unsigned char c = (unsigned char)text[i];
        const bool beyond = i > 0 && (unsigned char)text[i - 1] == 0xC3; /* Å, Ä, Ö */
        if ((c >= 'A' && c <= 'Z') || (beyond && c >= 0x80 && c <= 0x9E))
            text[i] = (char)(c + 32);
    }
    cut_aside(text);
    return text;
}

static uint32_t kinds_of(const medel_judge *j, const medel_line *line, const char *label)
{
    const medel_amount_kind *kinds;
    const size_t n = medel_taxonomy_kinds(j->r->taxonomy, &kinds);
    const char *words = folded(j->arena, label);
    char path[128] = "";
    uint32_t set = 0;
    if (line->row && strlen(line->table) + strlen(line->id) + 2 < sizeof path) {
        strcpy(path, line->table);
        strcat(path, ".");
        strcat(path, line->id);
    }
    for (size_t k = 0; k < n; k++) {
        bool is =
            among(kinds[k].concepts, line->concept_ref ? line->concept_ref->id : NULL)
            || among(kinds[k].rows, path);
        for (size_t w = 0; !is && kinds[k].words && kinds[k].words[w]; w++)
            is = strstr(words, kinds[k].words[w]) != NULL;
        if (is)
            set |= UINT32_C(1) << k;
    }
    return set;
}

/* ---- collecting ---- */

static medel_line *add_line(medel_judge *j, const medel_fact *f)
{
    medel_line *line = MEDEL_PUSH(j->arena, &j->lines, medel_line);
    line->concept_ref = f->concept_ref;
    line->row = f->spec;
    line->table = f->table;
    line->id = f->row;
    line->measure = f->measure;
    line->dimension = f->dimension;
    line->variant = f->variant;
    line->rank = medel_fact_rank(j->r->taxonomy, f);
    line->computed = f->state == MEDEL_FIGURE_COMPUTED;
    line->kinds = kinds_of(j, line, f->label);
    return line;
}

static void put(const medel_judge *j, medel_line *line, const medel_fact *f)
{
    int slot = medel_slot(j, f->year);
    if (slot >= 0 && !line->cell[slot])
        line->cell[slot] = f;
}

static bool same_line(const medel_fact *a, const medel_fact *b)
{
    return a->spec == b->spec && a->variant == b->variant
           && medel_same(a->measure, b->measure)
           && (a->state == MEDEL_FIGURE_COMPUTED) == (b->state == MEDEL_FIGURE_COMPUTED);
}

static void lines_of_row(medel_judge *j, const medel_table *t, const medel_table_row *row)
{
    for (size_t k = 0; k < t->ncolumns; k++) {
        const medel_fact *f = row->cells[k];
        bool before = false;
        for (size_t i = 0; f && i < k && !before; i++)
            before = row->cells[i] && same_line(row->cells[i], f);
        if (!f || before)
            continue;
        medel_line *line = add_line(j, f);
        for (size_t i = k; i < t->ncolumns; i++) {
            if (row->cells[i] && same_line(row->cells[i], f))
                put(j, line, row->cells[i]);
        }
    }
}

/* Sums that are not printed witness for what the law's own statements and notes add up
 * to. */
static void lines_of_computed(medel_judge *j)
{
    const medel_fact *const *facts = j->r->facts.data;
    size_t first = j->lines.count;
    for (size_t i = j->r->nprinted; i < j->r->facts.count; i++) {
        const medel_fact *f = facts[i];
        medel_line *lines = j->lines.data, *line = NULL;
        if (f->state != MEDEL_FIGURE_COMPUTED || !f->spec
            || medel_fact_rank(j->r->taxonomy, f) > MEDEL_RANK_NOTE)
            continue;
        for (size_t k = first; k < j->lines.count && !line; k++) {
            if (lines[k].row == f->spec && strcmp(lines[k].table, f->table) == 0
                && lines[k].variant == f->variant
                && medel_same(lines[k].measure, f->measure))
                line = &lines[k];
        }
        put(j, line ? line : add_line(j, f), f);
    }
}

void medel_judge_lines(medel_judge *j)
{
    const medel_table *tables = j->r->tables.data;
    const medel_fact *const *facts = j->r->facts.data;
    for (size_t t = 0; t < j->r->tables.count; t++) {
        for (size_t i = 0; i < tables[t].nrows; i++)
            lines_of_row(j, &tables[t], &tables[t].rows[i]);
    }
    for (size_t i = 0; i < j->r->facts.count; i++) {
        if (!facts[i]->spec)
            put(j, add_line(j, facts[i]), facts[i]);
    }
    lines_of_computed(j);
    j->line_of = MEDEL_NEW(j->arena, const medel_line *, j->r->facts.count);
    const medel_line *lines = j->lines.data;
    for (size_t i = 0; i < j->lines.count; i++) {
        for (size_t k = 0; k < MEDEL_LINE_YEARS; k++) {
            if (lines[i].cell[k])
                j->line_of[lines[i].cell[k]->index] = &lines[i];
        }
    }
    medel_search_room(j);
}

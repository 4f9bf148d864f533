/*
 * kept.c - the conventions that the förbund's file or last year's report says: they are
 * tried before anything is searched for, and one that no longer holds has been changed.
 */
#include "judge.h"

#include <string.h>

static const char *text_of(const medel_record *r, const char *name)
{
    const medel_value *v = medel_record_field(r, name);
    return v && v->ntexts ? v->texts[0].text : NULL;
}

static void add(medel_judge *j, const char *row, const char *against,
                const char *const *with, size_t n, const char *source)
{
    medel_kept *k = MEDEL_PUSH(j->arena, &j->kept, medel_kept);
    *k = (medel_kept){ row, against, with, n, source };
}

/* A top-level part of the report file. */
static const medel_record *part_of(const medel_judge *j, const char *name)
{
    const medel_value *v = medel_record_field(j->r->root, name);
    return v && v->nrecords ? v->records[0] : NULL;
}

/* forbund: konventioner: [{ rad, mot, med }] */
static void read_file(medel_judge *j)
{
    const medel_record *forbund = part_of(j, "forbund");
    const medel_value *list = medel_record_field(forbund, "konventioner");
    for (size_t i = 0; list && i < list->nrecords; i++) {
        const medel_record *one = list->records[i];
        const medel_value *with = medel_record_field(one, "med");
        size_t n = with ? with->ntexts : 0;
        const char **terms = MEDEL_NEW(j->arena, const char *, n + 1);
        for (size_t k = 0; k < n; k++)
            terms[k] = with->texts[k].text;
        if (text_of(one, "rad"))
            add(j, text_of(one, "rad"), text_of(one, "mot"), terms, n,
                "f\xC3\xB6rbundets fil");
    }
}

void medel_judge_keep(medel_judge *j, const medel_kept *kept, size_t n)
{
    read_file(j);
    for (size_t i = 0; i < n; i++)
        add(j, kept[i].row, kept[i].against, kept[i].with, kept[i].nwith, kept[i].source);
}

/* The line that a path names: table.row or table.row.measure. */
static const medel_line *line_named(medel_judge *j, const char *path)
{
    for (size_t i = 0; path && i < j->lines.count; i++) {
        const medel_line *line = medel_line_get(j, i);
        if (line->variant == MEDEL_VARIANT_UTFALL
            && strcmp(medel_line_path(j, line), path) == 0)
            return line;
    }
    return NULL;
}

static bool form_of(medel_judge *j, const medel_kept *k, medel_explanation *out)
{
    *out = (medel_explanation){ .reference = line_named(j, k->against) };
    out->form.named = true;
    if ((k->against && !out->reference) || k->nwith > MEDEL_FORM_TERMS)
        return false;
    for (size_t i = 0; i < k->nwith; i++) {
        const char *path = k->with[i];
        out->form.sign[i] = *path == '-' ? -1 : 1;
        path += *path == '-' || *path == '+';
        out->form.term[i] = line_named(j, path);
        if (!out->form.term[i])
            return false;
        out->form.n++;
    }
    return out->form.n > 0 || out->reference;
}

static void try_kept(medel_judge *j, const medel_line *a, medel_explanation *e)
{
    medel_tie_view t;
    if (e->reference)
        medel_tie_of_pair(j, &t, a, e->reference);
    else
        medel_tie_of_line(j, &t, a);
    if (e->form.n) {
        medel_form_try(j, &t, &e->form);
        return;
    }
    for (unsigned k = 0; k < MEDEL_LINE_YEARS; k++) {
        if (t.column[k].tried && !t.column[k].neutral)
            *(t.column[k].fails ? &e->form.failed : &e->form.held) |= 1u << k;
    }
}

bool medel_kept_form(medel_judge *j, const medel_line *a, medel_explanation *out)
{
    const medel_kept *all = j->kept.data;
    for (size_t i = 0; i < j->kept.count; i++) {
        if (strcmp(medel_line_path(j, a), all[i].row) != 0 || !form_of(j, &all[i], out))
            continue;
        try_kept(j, a, out);
        out->kept = true;
        if (out->form.held)
            return true;
    }
    return false;
}

/* ---- changed ---- */

static const char *now_said(const medel_judge *j, const char *row)
{
    const medel_convention *all = j->conventions.data;
    for (size_t i = 0; i < j->conventions.count; i++) {
        if (strcmp(all[i].row, row) == 0)
            return all[i].text;
    }
    return NULL;
}

static bool printed_plainly(medel_judge *j, const medel_line *a, const medel_line *b,
                            size_t slot)
{
    medel_tie_view t;
    if (!b)
        return false;
    medel_tie_of_pair(j, &t, a, b);
    return t.column[slot].tried && !t.column[slot].fails && !t.column[slot].neutral;
}

/* A change that the accounting principles tell of is no finding. */
static bool told(const medel_judge *j)
{
    const medel_record *principles = part_of(j, "redovisningsprinciper");
    return principles && text_of(principles, "andrade_principer");
}

static const char *label_at(medel_judge *j, const char *path, size_t slot)
{
    const medel_line *line = line_named(j, path);
    const medel_fact *f = line ? line->cell[slot] : NULL;
    return f ? medel_arena_format(j->arena, "%s i %s", f->label,
                                  medel_say_place(j->checker, f))
             : path;
}

static const char *say_form(medel_judge *j, const medel_kept *k, size_t slot)
{
    const char *text = k->against ? label_at(j, k->against, slot) : "";
    for (size_t i = 0; i < k->nwith; i++) {
        const char *path = k->with[i];
        bool minus = *path == '-';
        path += minus || *path == '+';
        text = medel_arena_format(j->arena, "%s %s %s", text, minus ? "utan" : "med",
                                  label_at(j, path, slot));
    }
    return text;
}

static void tell_change(medel_judge *j, const medel_kept *k, const medel_line *a,
                        const medel_line *b, size_t slot, const char *now)
{
    const medel_check_spec *spec = medel_taxonomy_changed_check(j->r->taxonomy);
    if (!spec)
        return;
    medel_check *c =
        medel_check_add(j->checker, spec->id, MEDEL_CHECK_DUPLICATE, a->cell[slot]);
    c->outcome = MEDEL_FINDING;
    c->proof = MEDEL_PROOF_EXPLAINED;
    c->expected = a->cell[slot]->value;
    if (told(j))
        c->level = MEDEL_LEVEL_NOTE;
    if (b && b->cell[slot])
        medel_check_set_terms(j->checker, c, &(medel_term){ b->cell[slot], 1 }, 1);
    c->message = medel_arena_format(
        j->arena,
        "%s i %s r\xC3\xA4knas p\xC3\xA5 ett annat s\xC3\xA4tt \xC3\xA4n f\xC3\xB6rut. "
        "Enligt %s: %s. Nu: %s",
        a->cell[slot]->label, medel_say_place(j->checker, a->cell[slot]), k->source,
        say_form(j, k, slot), now);
}

void medel_judge_changes(medel_judge *j)
{
    const medel_kept *all = j->kept.data;
    int slot = medel_slot(j, j->r->year);
    for (size_t i = 0; slot >= 0 && i < j->kept.count; i++) {
        medel_explanation e;
        const medel_line *a = line_named(j, all[i].row);
        if (!a || !a->cell[slot] || !form_of(j, &all[i], &e))
            continue;
        try_kept(j, a, &e);
        if (e.form.held & (1u << slot)) {
            const medel_check_spec *spec = medel_taxonomy_changed_check(j->r->taxonomy);
            if (spec)
                medel_check_add(j->checker, spec->id, MEDEL_CHECK_SIGNS, a->cell[slot]);
        }
        if (!(e.form.failed & (1u << slot)))
            continue;
        const char *now = now_said(j, all[i].row);
        const medel_line *b = e.reference;
        if (!now && printed_plainly(j, a, b, (size_t)slot))
            now = medel_arena_format(j->arena, "samma belopp som i %s.",
                                     medel_say_place(j->checker, b->cell[slot]));
        if (now)
            tell_change(j, &all[i], a, b, (size_t)slot, now);
    }
}

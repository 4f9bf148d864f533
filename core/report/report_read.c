/* report_read.c - a report file as a whole: its sections, in the order they need. */
#include "report_read.h"

#include <stdlib.h>
#include <string.h>

#define MAX_FILE ((size_t)4 * 1024 * 1024)

/* Read 'doc' as the field f, with places in its own file.  False: memory is out. */
static bool read_in_file(medel_reader *rd, const medel_field *f, medel_source *src,
                         const medel_yaml_document *doc, const medel_value **v)
{
    medel_source *outer = rd->src;
    const char *outer_file = rd->file;
    jmp_buf *outer_oom = rd->arena->oom, oom;
    bool ok = false;
    rd->src = src;
    rd->file = src->file;
    rd->arena->oom = &oom;
    if (!setjmp(oom)) {
        *v = medel_read_value(rd, f, f->name, NULL, medel_yaml_root(doc));
        ok = true;
    }
    rd->src = outer;
    rd->file = outer_file;
    rd->arena->oom = outer_oom;
    return ok;
}

static bool keep_source(medel_reader *rd, medel_source *src, const char *text, size_t len)
{
    char *copy = medel_arena_try(rd->arena, len + 1);
    if (!copy)
        return false;
    memcpy(copy, text, len);
    copy[len] = '\0';
    src->text = copy;
    src->len = len;
    return true;
}

static const medel_value *read_beside(medel_reader *rd, const medel_field *f,
                                      const medel_yaml *n,
                                      const medel_report_options *options)
{
    const char *slash = strrchr(rd->file, '/');
    size_t len = 0, folder = slash ? (size_t)(slash - rd->file) + 1 : 0;
    char *name = medel_arena_format(rd->arena, "%.*s%s", (int)folder, rd->file, n->text);
    /* Its references are checked when the report is read: then its lines are shown. */
    medel_source *src = MEDEL_NEW(rd->arena, medel_source, 1);
    *src = (medel_source){ .file = name, .text = "", .diags = rd->src->diags };
    char *text = NULL;
    medel_status st = options && options->read_beside
                          ? options->read_beside(options->beside, n->text, &text, &len)
                          : MEDEL_E_IO;
    if (st != MEDEL_OK && st != MEDEL_E_NOMEM) {
        medel_diag(rd->src, st, n->line, n->col,
                   st == MEDEL_E_LIMIT ? "a file of at most 4 MiB"
                                       : "a file in the same folder as the report",
                   NULL, "cannot read '%s'", n->text);
        return NULL;
    }
    medel_yaml_document *doc = NULL;
    const medel_value *v = NULL;
    if (st == MEDEL_OK && !keep_source(rd, src, text, len))
        st = MEDEL_E_NOMEM;
    if (st == MEDEL_OK)
        st = medel_yaml_read(&doc, &(medel_input){ name, text, len },
                             &rd->arena->allocator, src->diags);
    if (st == MEDEL_OK && !read_in_file(rd, f, src, doc, &v))
        st = MEDEL_E_NOMEM;
    medel_yaml_free(doc);
    medel_text_free(text, len, &rd->arena->allocator);
    if (st == MEDEL_E_NOMEM)
        longjmp(*rd->arena->oom, 1);
    if (!rd->src->errors)
        rd->src->status = st != MEDEL_OK ? st : src->status;
    rd->src->errors += src->errors + (st != MEDEL_OK);
    return v;
}

/* `forbund:` is a mapping, or the name of a file beside the report. */
static const medel_value *read_forbund(medel_reader *rd, const medel_field *f,
                                       const medel_yaml *n,
                                       const medel_report_options *options)
{
    if (n->type != MEDEL_YAML_SCALAR)
        return medel_read_value(rd, f, f->name, NULL, n);
    size_t span = strspn(n->text, "abcdefghijklmnopqrstuvwxyz0123456789_-.");
    if (n->len && !n->text[span] && n->text[0] != '.' && !strstr(n->text, ".."))
        return read_beside(rd, f, n, options);
    medel_wrong_type(rd, n, f,
                     "the name of a file in the same folder (a-z, 0-9, _ - and .), or "
                     "a mapping",
                     NULL);
    return NULL;
}

static const medel_table_spec *note_table(medel_reader *rd, const medel_yaml *kind)
{
    const medel_table_spec *tables;
    size_t n = medel_taxonomy_tables(rd->report->taxonomy, &tables);
    medel_array names = { 0 };
    for (size_t i = 0; i < n; i++) {
        if (!tables[i].note)
            continue;
        *MEDEL_PUSH(rd->arena, &names, const char *) = tables[i].note;
        if (strcmp(tables[i].note, kind->text) == 0)
            return medel_taxonomy_table(rd->report->taxonomy, tables[i].id);
    }
    const char *near = medel_nearest(kind->text, names.data, names.count);
    const char *expected = "one of";
    const char *const *all = names.data;
    for (size_t i = 0; i < names.count; i++)
        expected =
            medel_arena_format(rd->arena, i ? "%s, %s" : "%s %s", expected, all[i]);
    medel_wrong(rd->src, kind, expected, medel_did_you_mean(rd->arena, near),
                "unknown kind of note '%s'", medel_clip(rd->arena, kind->text));
    return NULL;
}

static void read_notes(medel_reader *rd, const medel_yaml *n)
{
    if (n->type != MEDEL_YAML_MAPPING) {
        medel_wrong(rd->src, n, "notes by number: { 2: { slag: intakter, ... } }", NULL,
                    "noter is %s", medel_yaml_type_name(n));
        return;
    }
    for (size_t i = 0; i < n->count; i++) {
        const medel_yaml *body = &n->items[2 * i + 1];
        const medel_yaml *kind = medel_yaml_find(body, "slag");
        if (!kind || kind->type != MEDEL_YAML_SCALAR) {
            medel_wrong(rd->src, body, "slag: intakter, kostnader, fordringar ...", NULL,
                        "note %s does not say what it is about", n->items[2 * i].text);
            continue;
        }
        const medel_table_spec *spec = note_table(rd, kind);
        if (spec)
            medel_read_table(rd, spec, medel_reader_keep(rd, n->items[2 * i].text), body);
    }
}

static void check_top_keys(medel_reader *rd, const medel_yaml *root)
{
    const medel_table_spec *tables;
    const medel_field *fields;
    size_t nt = medel_taxonomy_tables(rd->report->taxonomy, &tables);
    size_t nf = medel_taxonomy_fields(rd->report->taxonomy, &fields);
    const char **names = MEDEL_NEW(rd->arena, const char *, nt + nf + 2);
    size_t n = 0;
    names[n++] = "medel";
    names[n++] = "noter";
    for (size_t i = 0; i < nf; i++)
        names[n++] = fields[i].name;
    for (size_t i = 0; i < nt; i++) {
        const medel_yaml *note =
            tables[i].note ? medel_yaml_find(root, tables[i].id) : NULL;
        if (!tables[i].note || note)
            names[n++] = tables[i].id;
        if (note)
            medel_wrong(rd->src, &note[-1], /* its key */
                        medel_arena_format(rd->arena, "noter: { 2: { slag: %s, ... } }",
                                           tables[i].note),
                        NULL, "'%s' is a note: it stands under 'noter' by its number",
                        tables[i].id);
    }
    medel_yaml_known_keys(rd->src, root, "a report", names, n);
}

static void read_year(medel_reader *rd, const medel_yaml *root)
{
    const char *version = medel_yaml_text(rd->src, root, "medel", true);
    const medel_yaml *at = medel_yaml_find(root, "medel");
    if (version && strcmp(version, "1") != 0)
        medel_wrong(rd->src, at, "medel: 1", NULL,
                    "unknown version '%s' of the report format",
                    medel_clip(rd->arena, version));
    const medel_yaml *n = medel_yaml_find(root, "rakenskapsar");
    if (n && n->type == MEDEL_YAML_SCALAR && n->len == 4)
        rd->report->year = atoi(n->text);
}

static void read_report(medel_reader *rd, const medel_yaml *root,
                        const medel_report_options *options)
{
    medel_report *r = rd->report;
    if (root->type != MEDEL_YAML_MAPPING) {
        bool glued = root->type == MEDEL_YAML_SCALAR && strchr(root->text, ':');
        medel_wrong(rd->src, root, "a mapping: medel, rakenskapsar, resultatrakning ...",
                    glued ? "a key is followed by a colon and a space" : NULL,
                    "the file is %s", medel_yaml_type_name(root));
        return;
    }
    check_top_keys(rd, root);
    read_year(rd, root);
    const medel_field *fields;
    size_t nf = medel_taxonomy_fields(r->taxonomy, &fields);
    medel_field *spec = MEDEL_NEW(rd->arena, medel_field, 1);
    spec->name = "a report";
    spec->type = MEDEL_FIELD_RECORD;
    spec->fields = fields;
    spec->nfields = nf;
    const medel_value **values = MEDEL_NEW(rd->arena, const medel_value *, nf);
    r->root = MEDEL_NEW(rd->arena, medel_record, 1);
    *r->root = (medel_record){ "", spec, values, root->line, root->col };
    const medel_yaml *forbund = medel_yaml_find(root, "forbund");
    for (size_t i = 0; forbund && i < nf; i++) {
        if (strcmp(fields[i].name, "forbund") == 0)
            values[i] = read_forbund(rd, &fields[i], forbund, options);
    }
    /* In the order of the file, so that facts are numbered as they are read. */
    for (size_t k = 0; k < root->count; k++) {
        const char *key = root->items[2 * k].text;
        const medel_yaml *n = &root->items[2 * k + 1];
        const medel_table_spec *table = medel_taxonomy_table(r->taxonomy, key);
        if (table && !table->note)
            medel_read_table(rd, table, NULL, n);
        else if (strcmp(key, "noter") == 0)
            read_notes(rd, n);
        for (size_t i = 0; i < nf; i++) {
            if (n != forbund && strcmp(fields[i].name, key) == 0)
                values[i] = medel_read_value(rd, &fields[i], fields[i].name, NULL, n);
        }
    }
    medel_check_required(rd, spec, r->root, root);
    medel_check_references(rd);
    const medel_value *document = medel_record_field(r->root, "dokument");
    const char *place = document && document->nrecords
                            ? medel_record_text_of(document->records[0], "plats")
                            : NULL;
    r->place_word = place ? place : "rad";
}

typedef struct report_beside {
    const medel_taxonomy *taxonomy;
    const medel_report_options *options; /* or NULL */
} report_beside;

static void fill(void *object, medel_source *src, const medel_yaml *root, void *with)
{
    const report_beside *beside = with;
    medel_report *r = object;
    medel_reader rd = { .report = r, .arena = &r->arena, .src = src };
    r->taxonomy = beside->taxonomy;
    r->file = rd.file = medel_reader_keep(&rd, src->file);
    read_report(&rd, root, beside->options);
    if (beside->options)
        medel_read_given(&rd, beside->options->given, beside->options->ngiven);
    if (!src->errors)
        medel_report_finish(r);
}

medel_status medel_report_read(medel_report **out, const medel_taxonomy *taxonomy,
                               const medel_input *in, const medel_report_options *options,
                               medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, taxonomy, in, in->name, in->text || !in->len);
    const medel_reading reading = { in, options ? options->allocator : NULL, diags,
                                    "report", NULL };
    report_beside beside = { taxonomy, options };
    return medel_object_read(out, sizeof **out, &reading, fill, &beside);
}

/* ---- from a file ---- */

typedef struct folder {
    const char *path; /* of the report */
    const medel_allocator *allocator;
} folder;

static medel_status read_in_folder(void *beside, const char *name, char **text,
                                   size_t *len)
{
    const folder *f = beside;
    const char *slash = strrchr(f->path, '/');
    size_t n = slash ? (size_t)(slash - f->path) + 1 : 0;
    medel_arena a;
    medel_arena_init(&a, f->allocator);
    char *path = medel_arena_try(&a, n + strlen(name) + 1);
    if (!path)
        return MEDEL_E_NOMEM;
    memcpy(path, f->path, n);
    strcpy(path + n, name);
    /* What a report names lies beside it; a link may not lead elsewhere. */
    medel_status st = medel_file_leaves(path) ? MEDEL_E_IO
                                              : medel_file_read(text, len, path, MAX_FILE,
                                                                f->allocator, NULL);
    medel_arena_free(&a);
    return st;
}

medel_status medel_report_load(medel_report **out, const medel_taxonomy *taxonomy,
                               const char *path, const medel_report_options *options,
                               medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, taxonomy, path);
    char *text;
    size_t len;
    medel_error err;
    medel_report_options o = options ? *options : (medel_report_options){ 0 };
    medel_status st = medel_file_read(&text, &len, path, MAX_FILE, o.allocator, &err);
    if (st != MEDEL_OK) {
        medel_source src = { .file = path, .diags = diags };
        medel_diag(&src, st, 0, 0, NULL, NULL, "%s", err.message);
        return st;
    }
    folder f = { path, o.allocator };
    if (!o.read_beside) {
        o.read_beside = read_in_folder;
        o.beside = &f;
    }
    st = medel_report_read(out, taxonomy, &(medel_input){ path, text, len }, &o, diags);
    medel_text_free(text, len, o.allocator);
    return st;
}

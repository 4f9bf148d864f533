/* sie_read.c - a SIE file from the disk, from memory or from a stream. */
#define _DEFAULT_SOURCE /* MAP_POPULATE */
#include "medel_sie.h"
#include "sie_reader.h"
#include "sie_fast.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAPPED_FROM ((uint64_t)1 << 20) /* bytes: smaller files are read into memory */
#define SAMPLE ((size_t)1 << 20)        /* bytes that decide the encoding at first */
#define WINDOW ((size_t)1 << 18)
#define LONGEST_LINE ((size_t)8 << 20) /* of a stream */

void medel_sie_fail(sie_reader *r, medel_status status, const char *expected,
                    const char *hint, const char *format, ...)
{
    char message[300];
    va_list ap;
    va_start(ap, format);
    vsnprintf(message, sizeof message, format, ap);
    va_end(ap);
    const uint64_t line = r->line < UINT32_MAX ? r->line : 0;
    medel_diag(&r->src, status, (unsigned)line, 0, expected, hint, "%s", message);
    longjmp(*r->a->oom, 2);
}

/* ---- encoding ---- */

static uint64_t line_of(const char *text, uint64_t offset)
{
    uint64_t line = 1;
    for (uint64_t i = 0; i < offset; i++)
        line += text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
    return line;
}

static void use_encoding(sie_reader *r, medel_encoding e)
{
    /* Pure ASCII so far: what comes later is taken as the specification says. */
    const medel_encoding table = e == MEDEL_ENCODING_ASCII ? MEDEL_ENCODING_CP437 : e;
    r->l->head.encoding = e;
    if (!medel_sie_table(&r->l->table, table))
        medel_sie_fail(r, MEDEL_E_IO, NULL, NULL, "this system's iconv knows no %s",
                       medel_encoding_name(table));
    if (!medel_sie_table(&r->cp437, MEDEL_ENCODING_CP437))
        medel_sie_fail(r, MEDEL_E_IO, NULL, NULL, "this system's iconv knows no CP437");
}

static void refuse_mixed(sie_reader *r, const char *text)
{
    if (!medel_sie_mixed(&r->bytes) || r->options.encoding != MEDEL_ENCODING_AUTO)
        return;
    const char *hint = "tell the encoding, or ask for a new export";
    if (!text)
        medel_sie_fail(
            r, MEDEL_E_SYNTAX, "one encoding", hint,
            "the file mixes UTF-8 with another encoding, from bytes %llu and %llu",
            (unsigned long long)r->bytes.first_valid,
            (unsigned long long)r->bytes.first_invalid);
    const uint64_t utf8 = line_of(text, r->bytes.first_valid);
    const uint64_t other = line_of(text, r->bytes.first_invalid);
    r->line = utf8 > other ? utf8 : other;
    medel_sie_fail(
        r, MEDEL_E_SYNTAX, "one encoding", hint,
        "the file mixes encodings: UTF-8 in line %llu, something else in line %llu",
        (unsigned long long)utf8, (unsigned long long)other);
}

static void say_encoding(sie_reader *r, const char *text)
{
    const medel_encoding e = r->l->head.encoding;
    const char *name = medel_encoding_name(e);
    if (r->options.encoding != MEDEL_ENCODING_AUTO)
        medel_sie_deviate_at(r, DEV_encoding_forced, "FORMAT", 0, 0, name, strlen(name));
    if (e != MEDEL_ENCODING_CP437 && e != MEDEL_ENCODING_ASCII)
        medel_sie_deviate_at(r, DEV_encoding_not_cp437, "FORMAT", 0, 0, name,
                             strlen(name));
    if (r->bytes.mojibake && e == MEDEL_ENCODING_UTF8) {
        const uint64_t at = r->bytes.first_mojibake;
        const size_t left = text ? r->l->len - (size_t)at : 0;
        medel_sie_deviate_at(r, DEV_mojibake, "", text ? line_of(text, at) : 0, 0,
                             text ? text + at : "", left < 6 ? left : 6);
    }
}

/* ---- one reading ---- */

static medel_source source_of(const char *name, medel_diagnostics *diags)
{
    return (medel_source){ .file = name, .diags = diags };
}

static void start(sie_reader *r, const char *name)
{
    medel_ledger *l = r->l;
    l->head.name = medel_arena_text(r->a, name, strlen(name));
    l->head.gen = l->head.omfattn = MEDEL_NO_DAY;
    l->head.streamed = r->options.stream;
    r->fast = MEDEL_NEW(r->a, sie_fast, 1);
    memcpy(&r->fast->trans_label, "#TRANS", 6);
    memcpy(&r->fast->ver_label, "#VER", 4);
    r->fast->careful = r->built != NULL;
    SIE_GROW(r, list_first, 16);
    l->list_first[0] = l->list_first[1] = 0; /* list 0 is {} */
    l->nlists = 1;
    if (r->options.stream) {
        l->unbalanced = MEDEL_NEW(r->a, medel_ledger_check, SIE_UNBALANCED);
    }
}

static const char *skip_bom(sie_reader *r, const char *p, size_t len)
{
    if (len < 3 || memcmp(p, "\xEF\xBB\xBF", 3) != 0)
        return p;
    r->l->head.bom = true;
    r->line = 1;
    medel_sie_deviate(r, DEV_byte_order_mark, "", 0, NULL, 0);
    r->line = 0;
    return p + 3;
}

/* The encoding that a first look decided, against all bytes: where it was wrong, the
   text is read once more. */
static void settle_encoding(sie_reader *r)
{
    const medel_encoding now = medel_sie_decide(&r->bytes);
    if (r->options.encoding != MEDEL_ENCODING_AUTO || now == r->l->head.encoding
        || !r->again)
        return;
    r->decided = now;
    longjmp(*r->a->oom, 3);
}

static void first_look(sie_reader *r, const char *text, size_t len)
{
    sie_bytes sample = { 0 };
    medel_encoding e = r->options.encoding;
    if (e == MEDEL_ENCODING_AUTO && r->decided != MEDEL_ENCODING_AUTO) {
        e = r->decided;
    } else if (e == MEDEL_ENCODING_AUTO) {
        if (r->again && len > SAMPLE)
            len = SAMPLE;
        medel_sie_count(&sample, (const unsigned char *)text, len, 0);
        e = medel_sie_decide(&sample);
    }
    use_encoding(r, e);
}

static void read_text(sie_reader *r, const char *text, size_t len)
{
    const sie_kernel kernel = medel_sie_kernel(r->options.lanes);
    const size_t piece = (size_t)4 << 20;
    r->base = text;
    r->total = len;
    r->l->len = len;
    r->l->head.bytes = len;
    medel_sie_refuse_others(r, text, len);
    first_look(r, text, len);
    const char *p = skip_bom(r, text, len), *end = text + len;
    while (p < end) {
        const size_t left = (size_t)(end - p);
        size_t used = kernel(r, p, left < piece ? left : piece, left);
        if (!used && left > piece)
            used = kernel(r, p, left, left); /* a line longer than a piece */
        if (!used)
            break;
        p += used;
        if (r->options.progress
            && !r->options.progress(r->options.progress_ud, (uint64_t)(p - text), len))
            medel_sie_fail(r, MEDEL_E_STOPPED, NULL, NULL, "reading was stopped");
    }
    medel_sie_rest(r, p, end);
    refuse_mixed(r, text);
    settle_encoding(r);
    if (!r->built)
        say_encoding(r, text);
}

static void refuse_strict(sie_reader *r)
{
    const medel_ledger_deviation *d = r->l->deviations.data;
    if (!r->options.strict || !(r->l->errors + r->l->warnings))
        return;
    for (size_t i = 0; i < r->l->deviations.count; i++) {
        if (d[i].severity == MEDEL_SEVERITY_NOTE)
            continue;
        medel_diag(&r->src, MEDEL_E_SCHEMA, d[i].line, 0, NULL, NULL, "%s%s%s%s",
                   *d[i].label ? "#" : "", d[i].label, *d[i].label ? ": " : "",
                   d[i].message);
    }
    longjmp(*r->a->oom, 2);
}

static void finish(sie_reader *r)
{
    if (r->open) {
        const bool rows = r->now.count || r->now.ntrail;
        medel_sie_close(r, !r->braces && rows);
    }
    if (r->ksumma_on)
        medel_sie_fail(r, MEDEL_E_SYNTAX, "a last #KSUMMA with the sum",
                       "the file was cut short: ask for a new export",
                       "there is a first #KSUMMA but no last one");
    medel_sie_finish(r);
    refuse_strict(r);
}

/* One try at a ledger: 0, or what was jumped out with. */
static int attempt(sie_reader *r, const char *name,
                   void (*fill)(sie_reader *r, void *from), void *from)
{
    jmp_buf leave;
    medel_ledger *l = medel_object_new(sizeof *l, r->options.allocator);
    if (!l)
        return 1;
    r->l = l;
    r->a = &l->arena;
    l->arena.oom = &leave;
    const int left = setjmp(leave);
    if (left == 0) {
        start(r, name);
        fill(r, from);
        finish(r);
    }
    medel_resize(r->a, r->list_slots, r->list_slot_room * sizeof *r->list_slots, 0);
    medel_resize(r->a, r->pairs, r->pair_room * sizeof *r->pairs, 0);
    l->arena.oom = NULL;
    if (left)
        medel_ledger_free(l);
    return left;
}

/* A ledger from what 'fill' reads; whatever happens, nothing is left behind. */
static medel_status reading(sie_reader *r, medel_ledger **out, const char *name,
                            void (*fill)(sie_reader *r, void *from), void *from)
{
    *out = NULL;
    r->src = source_of(name, r->diags);
    sie_reader again = *r;
    int left = attempt(r, name, fill, from);
    if (left == 3) {
        again.decided = r->decided;
        *r = again;
        left = attempt(r, name, fill, from);
    }
    if (left)
        return left == 2 ? r->src.status : MEDEL_E_NOMEM;
    *out = r->l;
    return MEDEL_OK;
}

/* ---- memory ---- */

typedef struct memory {
    const char *text;
    size_t len;
} memory;

static void fill_memory(sie_reader *r, void *from)
{
    const memory *m = from;
    const char *text = m->text;
    r->again = true;
    if (m->len > UINT32_MAX && !r->options.stream)
        medel_sie_fail(r, MEDEL_E_LIMIT, NULL, "read it as a stream",
                       "the file is 4 GiB or larger");
    if (!r->options.borrow && !r->options.stream) {
        char *copy = medel_sie_grow(r, NULL, 0, m->len + 1, 1);
        r->l->text = copy;
        r->l->len = m->len;
        r->l->hold = SIE_OWNED;
        memcpy(copy, m->text, m->len);
        copy[m->len] = '\0';
        text = copy;
    } else if (!r->options.stream) {
        r->l->text = m->text;
    }
    read_text(r, text, m->len);
}

static sie_reader reader_of(const medel_ledger_options *options, medel_diagnostics *diags)
{
    sie_reader r;
    memset(&r, 0, sizeof r);
    if (options)
        r.options = *options;
    r.diags = diags;
    return r;
}

medel_status medel_ledger_read(medel_ledger **out, const medel_input *in,
                               const medel_ledger_options *options,
                               medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, in, in->name, in->text || !in->len);
    sie_reader r = reader_of(options, diags);
    memory m = { in->text, in->len };
    return reading(&r, out, in->name, fill_memory, &m);
}

/* What a builder has written. */
static void fill_built(sie_reader *r, void *from)
{
    if (r->built->nrows)
        SIE_GROW(r, row_line, r->built->nrows);
    fill_memory(r, from);
}

medel_status medel_sie_built(medel_ledger **out, const char *name, const char *text,
                             size_t len, const sie_built *lines,
                             const medel_ledger_options *options,
                             medel_diagnostics *diags)
{
    sie_reader r = reader_of(options, diags);
    memory m = { text, len };
    r.built = lines;
    r.options.encoding = MEDEL_ENCODING_UTF8;
    return reading(&r, out, name, fill_built, &m);
}

/* ---- streams ---- */

typedef struct stream {
    medel_read_fn read;
    void *ud;
    char *window; /* held here, so that it is freed whatever happens */
    size_t room;
} stream;

static size_t read_some(sie_reader *r, stream *s, size_t used, size_t room)
{
    const ptrdiff_t n = s->read(s->ud, s->window + used, room - used);
    if (n < 0)
        medel_sie_fail(r, MEDEL_E_IO, NULL, NULL, "the stream cannot be read");
    if ((size_t)n > room - used)
        medel_sie_fail(r, MEDEL_E_IO, NULL, NULL,
                       "the stream gave more than was asked for");
    r->done += (uint64_t)n;
    if (r->options.limit && r->done > r->options.limit)
        medel_sie_fail(r, MEDEL_E_LIMIT, NULL, NULL,
                       "the input is larger than %llu bytes",
                       (unsigned long long)r->options.limit);
    if (r->options.progress
        && !r->options.progress(r->options.progress_ud, r->done, r->total))
        medel_sie_fail(r, MEDEL_E_STOPPED, NULL, NULL, "reading was stopped");
    return (size_t)n;
}

static void grow_window(sie_reader *r, stream *s)
{
    const size_t to = s->room ? 2 * s->room : WINDOW;
    s->window = medel_sie_grow(r, s->window, s->room, to, 1);
    s->room = to;
}

/* Everything into memory. */
static void fill_whole(sie_reader *r, void *from)
{
    stream *s = from;
    size_t len = 0;
    for (;;) {
        if (len == s->room)
            grow_window(r, s);
        const size_t n = read_some(r, s, len, s->room);
        if (!n)
            break;
        len += n;
        if (len > UINT32_MAX)
            medel_sie_fail(r, MEDEL_E_LIMIT, NULL, "read it in stream mode",
                           "the input is 4 GiB or larger");
    }
    s->window = medel_sie_grow(r, s->window, s->room, len + 1, 1);
    s->window[len] = '\0';
    r->l->text = s->window;
    r->l->len = len;
    r->l->hold = SIE_OWNED;
    s->window = NULL; /* it is the ledger's now */
    s->room = 0;
    read_text(r, r->l->text, len);
}

static void begin_stream(sie_reader *r, const char *p, size_t len)
{
    medel_sie_refuse_others(r, p, len);
    sie_bytes sample = { 0 };
    medel_sie_count(&sample, (const unsigned char *)p, len, 0);
    const medel_encoding given = r->options.encoding;
    use_encoding(r, given != MEDEL_ENCODING_AUTO ? given : medel_sie_decide(&sample));
}

/* A piece of it at a time, cut where a line ends. */
static void fill_windows(sie_reader *r, void *from)
{
    stream *s = from;
    size_t have = 0;
    bool first = true, more = true;
    const sie_kernel kernel = medel_sie_kernel(r->options.lanes);
    grow_window(r, s);
    while (more) {
        if (have == s->room) {
            if (s->room >= LONGEST_LINE)
                medel_sie_fail(r, MEDEL_E_LIMIT, NULL, NULL,
                               "a line is longer than %zu bytes", LONGEST_LINE);
            grow_window(r, s);
        }
        const size_t n = read_some(r, s, have, s->room);
        more = n > 0;
        have += n;
        if (more && first && have < s->room)
            continue; /* a first window as full as can be decides the encoding */
        r->base = s->window;
        const char *p = s->window;
        if (first) {
            begin_stream(r, p, have);
            p = skip_bom(r, p, have);
        }
        first = false;
        const size_t skip = (size_t)(p - s->window);
        r->counted = NULL;
        const size_t used = skip + kernel(r, p, have - skip, have - skip);
        if (!more)
            medel_sie_rest(r, s->window + used, s->window + have);
        const size_t gone = more ? used : have;
        memmove(s->window, s->window + gone, have - gone);
        have -= gone;
        r->base_offset += gone;
    }
    r->l->head.bytes = r->base_offset;
    refuse_mixed(r, NULL);
    const medel_encoding now = medel_sie_decide(&r->bytes);
    if (r->options.encoding == MEDEL_ENCODING_AUTO && now != r->l->head.encoding) {
        const char *name = medel_encoding_name(now);
        if (r->l->head.encoding != MEDEL_ENCODING_ASCII || now != MEDEL_ENCODING_CP437)
            medel_sie_deviate_at(r, DEV_encoding_changed, "FORMAT", 0, 0, name,
                                 strlen(name));
        else
            r->l->head.encoding = now;
    }
    say_encoding(r, NULL);
}

medel_status medel_ledger_read_stream(medel_ledger **out, const medel_stream *in,
                                      const medel_ledger_options *options,
                                      medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, in, in->name, in->read);
    sie_reader r = reader_of(options, diags);
    stream s = { in->read, in->ud, NULL, 0 };
    medel_arena a;
    medel_arena_init(&a, r.options.allocator);
    const medel_status st =
        reading(&r, out, in->name, r.options.stream ? fill_windows : fill_whole, &s);
    medel_resize(&a, s.window, s.room, 0);
    return st;
}

/* ---- files ---- */

typedef struct file {
    int fd;
    struct stat st;
    const char *path;
    stream stream;
} file;

static ptrdiff_t read_fd(void *ud, char *buf, size_t size)
{
    const file *f = ud;
    for (;;) {
        const ssize_t n = read(f->fd, buf, size);
        if (n >= 0 || errno != EINTR)
            return n;
    }
}

static void unchanged(sie_reader *r, const file *f)
{
    struct stat now;
    if (fstat(f->fd, &now) != 0 || now.st_size != f->st.st_size
        || now.st_mtim.tv_sec != f->st.st_mtim.tv_sec
        || now.st_mtim.tv_nsec != f->st.st_mtim.tv_nsec)
        medel_sie_fail(r, MEDEL_E_IO, NULL, NULL, "%s changed while it was read",
                       f->path);
}

static void fill_mapped(sie_reader *r, void *from)
{
    file *f = from;
    const size_t len = (size_t)f->st.st_size;
    r->again = true;
    void *p = mmap(NULL, len, PROT_READ, MAP_PRIVATE | MAP_POPULATE, f->fd, 0);
    if (p == MAP_FAILED)
        medel_sie_fail(r, MEDEL_E_IO, NULL, NULL, "cannot map %s: %s", f->path,
                       strerror(errno));
    r->l->text = p;
    r->l->len = len;
    r->l->hold = SIE_MAPPED;
    read_text(r, p, len);
    unchanged(r, f);
}

static void fill_file(sie_reader *r, void *from)
{
    file *f = from;
    r->total = (uint64_t)f->st.st_size;
    if (r->options.stream)
        fill_windows(r, &f->stream);
    else
        fill_whole(r, &f->stream);
    unchanged(r, f);
}

static medel_status refuse_file(sie_reader *r, const char *path, medel_status status,
                                const char *why)
{
    r->src = source_of(path, r->diags);
    medel_diag(&r->src, status, 0, 0, NULL, NULL, "%s", why);
    return status;
}

static medel_status load_open(sie_reader *r, medel_ledger **out, file *f)
{
    const uint64_t most = r->options.stream ? UINT64_MAX : UINT32_MAX;
    const uint64_t limit = r->options.limit ? r->options.limit : most;
    const uint64_t size = (uint64_t)f->st.st_size;
    if (size > limit || (!r->options.stream && size > UINT32_MAX))
        return refuse_file(r, f->path, MEDEL_E_LIMIT, "the file is larger than allowed");
    const bool map = size >= MAPPED_FROM && !r->options.copy && !r->options.stream;
    medel_arena a;
    medel_arena_init(&a, r->options.allocator);
    f->stream = (stream){ read_fd, f, NULL, 0 };
    const medel_status st = reading(r, out, f->path, map ? fill_mapped : fill_file, f);
    medel_resize(&a, f->stream.window, f->stream.room, 0);
    return st;
}

medel_status medel_ledger_load(medel_ledger **out, const char *path,
                               const medel_ledger_options *options,
                               medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, path);
    sie_reader r = reader_of(options, diags);
    *out = NULL;
    medel_error err = { MEDEL_OK, "" };
    file f = { .path = path };
    f.fd = medel_open_regular(path, UINT64_MAX, &f.st, &err);
    if (f.fd < 0)
        return refuse_file(&r, path, err.status, err.message);
    const medel_status st = load_open(&r, out, &f);
    close(f.fd);
    return st;
}

/* sie_read.c - a SIE file from the disk, from memory or from a stream, line by line. */
#define _DEFAULT_SOURCE /* MAP_POPULATE */
#include "ledger.h"
#include "sie_fast.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

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

/* ---- #KSUMMA: the bytes of fields and labels, in CP437 ---- */

static void add_to_sum(sie_reader *r, const char *p, size_t len)
{
    if (r->l->table.encoding == MEDEL_ENCODING_CP437
        || r->l->table.encoding == MEDEL_ENCODING_ASCII) {
        r->crc = (uint32_t)crc32(r->crc, (const Bytef *)p, (uInt)len);
        return;
    }
    for (size_t i = 0, n; i < len; i += n) {
        char utf8[8];
        uint32_t code;
        n = 1;
        if ((unsigned char)p[i] >= 128 && r->l->table.encoding == MEDEL_ENCODING_UTF8) {
            n = medel_utf8_length((const unsigned char *)p + i, len - i, &code);
            n = n ? n : 1;
        }
        const size_t m =
            medel_sie_decode(&r->l->table, p + i, n, false, utf8, sizeof utf8);
        const int byte = (unsigned char)p[i] < 128 ? (unsigned char)p[i]
                                                   : medel_sie_byte(&r->cp437, utf8, m);
        const Bytef b = (Bytef)(byte < 0 ? '?' : byte);
        r->crc = (uint32_t)crc32(r->crc, &b, 1);
    }
}

/* Everything but blanks between fields, quotes around them and braces. */
static void sum_line(sie_reader *r, const char *p, const char *end)
{
    bool in = false;
    const char *start = p; /* of what is not added yet */
    for (; p < end; p++) {
        const bool escaped = in && *p == '\\' && p + 1 < end && p[1] == '"';
        const bool out = !in && (*p == ' ' || *p == '\t' || *p == '{' || *p == '}');
        if (*p != '"' && !escaped && !out)
            continue;
        if (p > start)
            add_to_sum(r, start, (size_t)(p - start));
        start = p + 1;
        if (escaped) {
            start = p + 1; /* the quote itself is added with what follows */
            p++;
        } else if (*p == '"') {
            in = !in;
        }
    }
    if (p > start)
        add_to_sum(r, start, (size_t)(p - start));
}

/* ---- lines ---- */

/* Labels of the specification are counted in 'seen'. */
static void count_label(sie_reader *r, const char *name, size_t len, bool known)
{
    medel_ledger_label *all = r->l->labels.data;
    for (size_t i = 0; i < r->l->labels.count; i++) {
        if (strlen(all[i].name) == len && memcmp(all[i].name, name, len) == 0) {
            all[i].count++;
            return;
        }
    }
    medel_ledger_label *it = MEDEL_PUSH(r->a, &r->l->labels, medel_ledger_label);
    const sie_field f = { name, (uint32_t)len, false, false };
    *it = (medel_ledger_label){ medel_sie_text(r, &f), 1, (uint32_t)r->line, known };
}

#define UNKNOWN_LABELS 200 /* more are counted as one */

static void unknown(sie_reader *r, const char *name, size_t len)
{
    const bool many = r->l->labels.count >= SIE_LABELS + UNKNOWN_LABELS;
    count_label(r, many ? "..." : name, many ? 3 : len, false);
    const medel_ledger_label *all = r->l->labels.data;
    const char *shown = "...";
    for (size_t i = 0; i < r->l->labels.count && !many; i++) {
        if (strlen(all[i].name) == len && memcmp(all[i].name, name, len) == 0)
            shown = all[i].name;
    }
    medel_sie_deviate(r, DEV_label_unknown, shown, 0, NULL, 0);
}

static void seen_label(sie_reader *r, sie_label label, bool lower)
{
    const sie_label_info *info = medel_sie_label_info(label);
    bool first = true;
    for (int i = 0; i < SIE_LABELS && first; i++)
        first = !r->seen[i];
    if (lower)
        medel_sie_deviate(r, DEV_label_lower_case, info->name, 0, NULL, 0);
    if (label == SIE_FLAGGA && !first)
        medel_sie_deviate(r, DEV_flagga_not_first, info->name, 0, NULL, 0);
    if (info->once && r->seen[label])
        medel_sie_deviate(r, DEV_label_repeated, info->name, 0, NULL, 0);
    if (info->group < r->group && label != SIE_KSUMMA)
        medel_sie_deviate(r, DEV_group_order, info->name, 0, NULL, 0);
    if (info->group > r->group)
        r->group = info->group;
    if (!r->seen[label]++)
        r->first_line[label] = (uint32_t)r->line;
}

static void check_fields(sie_reader *r, const sie_label_info *info, const sie_fields *f)
{
    const char *p = r->line_start;
    const size_t len = (size_t)(r->line_end - p);
    if (f->marks & SIE_TABS)
        medel_sie_deviate(r, DEV_tab_separator, "", 0, NULL, 0);
    if (f->marks & SIE_UNTERMINATED)
        medel_sie_deviate(r, DEV_quote_unterminated, info->name, 0, p, len);
    if (f->marks & SIE_INNER_QUOTE)
        medel_sie_deviate(r, DEV_quote_inside, info->name, 0, p, len);
    if (f->marks & SIE_CONTROL)
        medel_sie_deviate(r, DEV_control_character, info->name, 0, NULL, 0);
    if (f->all < info->min && info->group < 4)
        medel_sie_deviate(r, DEV_too_few_fields, info->name, 0, p, len);
    if (f->all > info->max)
        medel_sie_deviate(r, DEV_too_many_fields, info->name, 0, p, len);
}

static bool is_row(sie_label label)
{
    return label == SIE_TRANS || label == SIE_RTRANS || label == SIE_BTRANS;
}

static void close_voucher(sie_reader *r, bool said)
{
    if (!r->open)
        return;
    if (!said && r->now.line)
        medel_sie_deviate_at(r, r->braces ? DEV_voucher_unclosed : DEV_voucher_unopened,
                             "VER", r->now.line, 0, NULL, 0);
    medel_sie_end_voucher(r);
}

/* The source's line of what a builder has written. */
static uint64_t built_line(const sie_reader *r, sie_label label)
{
    const sie_built *b = r->built;
    const uint64_t row = r->nrows + r->ntrail;
    if (is_row(label))
        return row < b->nrows ? b->row_lines[row] : 0;
    return label == SIE_VER && r->nvouchers < b->nvouchers
               ? b->voucher_lines[r->nvouchers]
               : 0;
}

static void labelled(sie_reader *r, const char *p, const char *end)
{
    const char *name = ++p;
    bool lower;
    while (p < end && *p != ' ' && *p != '\t' && *p != '{')
        p++;
    const sie_label label = medel_sie_label(name, (size_t)(p - name), &lower);
    if (label == SIE_UNKNOWN) {
        if (p == name)
            medel_sie_deviate(r, DEV_no_label, "", 0, r->line_start,
                              (size_t)(end - r->line_start));
        else
            unknown(r, name, (size_t)(p - name));
        return;
    }
    if (r->built)
        r->line = built_line(r, label);
    const sie_label_info *info = medel_sie_label_info(label);
    sie_fields f = { .marks = 0 };
    medel_sie_split(&f, p, end);
    if (!r->seen[label])
        count_label(r, info->name, strlen(info->name), true);
    seen_label(r, label, lower);
    check_fields(r, info, &f);
    if (is_row(label)) {
        medel_sie_row(r, label, &f);
        return;
    }
    if (r->open) {
        const bool inside = r->braces && label != SIE_VER && label != SIE_KSUMMA;
        if (inside) {
            medel_sie_deviate(r, DEV_item_inside, info->name, 0, NULL, 0);
            medel_sie_item(r, label, &f);
            return;
        }
        close_voucher(r, !r->braces && (r->now.count || r->now.ntrail));
    }
    if (label == SIE_VER)
        medel_sie_ver(r, &f);
    else
        medel_sie_item(r, label, &f);
}

static void brace(sie_reader *r, const char *p, const char *end)
{
    const bool opening = *p == '{';
    if (!r->open || (opening && r->braces))
        medel_sie_deviate(r, DEV_brace_stray, "", 0, NULL, 0);
    else if (opening)
        r->braces = true;
    else
        close_voucher(r, true);
    while (++p < end && (*p == ' ' || *p == '\t'))
        ;
    if (p < end) {
        medel_sie_deviate(r, DEV_brace_on_line, "", 0, NULL, 0);
        if (*p == '#')
            labelled(r, p, end);
    }
}

void medel_sie_line(sie_reader *r, const char *p, const char *end)
{
    r->line++;
    r->line_start = p;
    r->line_end = end;
    const char *start = p;
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    if (p == end)
        return;
    if (*p == 0x1A) {
        medel_sie_deviate(r, DEV_end_of_file_mark, "", 0, NULL, 0);
        return;
    }
    if (r->ksumma_on && !(end - p > 8 && memcmp(p, "#KSUMMA", 7) == 0))
        sum_line(r, p, end);
    if (p > start && *p == '#')
        medel_sie_deviate(r, DEV_indented_line, "", 0, NULL, 0);
    if (*p == '#')
        labelled(r, p, end);
    else if (*p == '{' || *p == '}')
        brace(r, p, end);
    else
        medel_sie_deviate(r, DEV_no_label, "", 0, p, (size_t)(end - p));
}

void medel_sie_slow_line(sie_reader *r, const char *p, const char *lf)
{
    const char *cr;
    while ((cr = memchr(p, '\r', (size_t)(lf - p))) != NULL && cr + 1 < lf) {
        r->l->head.cr++;
        medel_sie_line(r, p, cr);
        p = cr + 1;
    }
    r->l->head.crlf += cr != NULL;
    medel_sie_line(r, p, cr ? cr : lf);
    r->fast->careful = r->ksumma_on || r->built;
    r->fast->rows_allowed =
        r->seen[SIE_VER] && r->seen[SIE_TRANS] && r->group == 4 && !r->npending;
}

/* Bytes of lines that no masks were made of. */
static void count_bytes(sie_reader *r, const char *p, const char *end)
{
    const char *from = r->counted > p && r->counted <= end ? r->counted : p;
    medel_sie_count(&r->bytes, (const unsigned char *)from, (size_t)(end - from),
                    r->base_offset + (uint64_t)(from - r->base));
    r->counted = end;
}

size_t medel_sie_slow_from(sie_reader *r, const char *p, const char *text,
                           const char *stop)
{
    const char *lf;
    while (p < stop && (lf = memchr(p, '\n', (size_t)(stop - p))) != NULL) {
        count_bytes(r, p, lf + 1);
        medel_sie_slow_line(r, p, lf);
        p = lf + 1;
    }
    return (size_t)(p - text);
}

static bool ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void medel_sie_high(sie_reader *r, const char *p, uint64_t bits)
{
    for (; bits; bits &= bits - 1) {
        const char *q = p + __builtin_ctzll(bits);
        if (q < r->counted)
            continue; /* of a sequence that began before */
        r->counted = q
                     + medel_sie_count_one(&r->bytes, (const unsigned char *)q, 4,
                                           q > r->base && ascii_letter(q[-1]),
                                           r->base_offset + (uint64_t)(q - r->base));
    }
}

sie_kernel medel_sie_kernel(unsigned lanes)
{
    const unsigned most = lanes ? lanes : 64;
    (void)most;
#if defined(__x86_64__) || defined(__i386__)
    __builtin_cpu_init();
    if (most >= 32 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
        return medel_sie_avx2;
#ifdef __SSE2__
    if (most >= 16)
        return medel_sie_sse2;
#endif
#endif
    return medel_sie_scalar;
}

/* The last line, which has no line feed. */
static void feed_rest(sie_reader *r, const char *p, const char *end)
{
    bool ended = p == end;
    count_bytes(r, p, end);
    while (p < end) {
        const char *cr = memchr(p, '\r', (size_t)(end - p));
        medel_sie_line(r, p, cr ? cr : end);
        r->l->head.cr += cr != NULL;
        ended = cr && cr + 1 == end;
        p = cr ? cr + 1 : end;
    }
    if (!ended)
        medel_sie_deviate(r, DEV_no_final_newline, "", 0, NULL, 0);
}

/* ---- what is no SIE file ---- */

static bool begins(const char *p, size_t len, const char *what)
{
    for (; *what; what++, p++, len--) {
        if (!len)
            return false;
        const char c = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
        if (c != *what)
            return false;
    }
    return true;
}

static bool contains(const char *p, size_t len, const char *what)
{
    for (; len; p++, len--) {
        if (begins(p, len, what))
            return true;
    }
    return false;
}

static const char *other_kind(const char *p, size_t len, const char **hint)
{
    const size_t start = len < 4096 ? len : 4096;
    *hint = NULL;
    if (begins(p, len, "\x1f\x8b")) {
        *hint = "unpack it with gunzip";
        return "a gzip archive";
    }
    if (begins(p, len, "pk\x03\x04")) {
        const bool office = contains(p, start, "[content_types].xml");
        *hint =
            office ? "export from the accounting program as SIE 4" : "unpack it first";
        return office ? "an Excel or Word document (zip)" : "a zip archive";
    }
    if (begins(p, len, "%pdf"))
        return "a PDF document";
    if (begins(p, len, "\xd0\xcf\x11\xe0"))
        return "an old Excel or Word document";
    if (begins(p, len, "\xff\xfe") || begins(p, len, "\xfe\xff")) {
        *hint = "save it as CP437 or UTF-8";
        return "text in UTF-16";
    }
    size_t i = 0;
    while (i < start && strchr(" \t\r\n\xEF\xBB\xBF", p[i]) && p[i])
        i++;
    const char *first = p + i;
    const size_t left = start - i;
    if (left && *first == '<') {
        if (contains(first, left, "sie.se/sie5") || begins(first, left, "<sie")) {
            *hint = "SIE 5 is read by another reader";
            return "SIE 5 (XML)";
        }
        if (begins(first, left, "<!doctype html") || begins(first, left, "<html")) {
            *hint = "a download may have given an error page instead of the file";
            return "an HTML page";
        }
        return "XML";
    }
    return NULL;
}

static void refuse_others(sie_reader *r, const char *p, size_t len)
{
    const char *hint;
    if (!len)
        medel_sie_fail(r, MEDEL_E_SYNTAX, "a SIE file", NULL, "the file is empty");
    const char *kind = len >= 4 ? other_kind(p, len, &hint) : NULL;
    if (kind) {
        r->line = 1;
        medel_sie_fail(r, MEDEL_E_SYNTAX, "a SIE file, whose first line is #FLAGGA", hint,
                       "this is %s", kind);
    }
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
    if (r->bytes.mojibake && e == MEDEL_ENCODING_UTF8)
        medel_sie_deviate_at(r, DEV_mojibake, "",
                             text ? line_of(text, r->bytes.first_mojibake) : 0, 0,
                             text ? text + r->bytes.first_mojibake : "", text ? 6 : 0);
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
    memcpy(&r->fast->trans_label, "#TRANS ", 7);
    memcpy(&r->fast->ver_label, "#VER ", 5);
    r->fast->careful = r->built != NULL;
    l->list_room = 16;
    l->list_first = medel_sie_grow(r, NULL, 0, l->list_room, sizeof *l->list_first);
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
    refuse_others(r, text, len);
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
    feed_rest(r, p, end);
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
        close_voucher(r, !r->braces && rows);
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
    medel_arena a;
    medel_arena_init(&a, r->options.alloc, r->options.alloc_ud);
    medel_ledger *l = medel_arena_try(&a, sizeof *l);
    if (!l)
        return 1;
    l->arena = a;
    r->l = l;
    r->a = &l->arena;
    l->arena.oom = &leave;
    const int left = setjmp(leave);
    if (left == 0) {
        start(r, name);
        fill(r, from);
        finish(r);
    }
    r->a->alloc(r->a->ud, r->list_slots, r->list_slot_room * sizeof *r->list_slots, 0);
    r->a->alloc(r->a->ud, r->pairs, r->pair_room * sizeof *r->pairs, 0);
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

medel_status medel_ledger_read(medel_ledger **out, const char *name, const char *text,
                               size_t len, const medel_ledger_options *options,
                               medel_diagnostics *diags)
{
    sie_reader r = reader_of(options, diags);
    memory m = { text, len };
    return reading(&r, out, name, fill_memory, &m);
}

/* What a builder has written. */
static void fill_built(sie_reader *r, void *from)
{
    if (r->built->nrows)
        r->l->row_line =
            medel_sie_grow(r, NULL, 0, r->built->nrows, sizeof *r->l->row_line);
    r->l->row_line_room = r->built->nrows;
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
    refuse_others(r, p, len);
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
            feed_rest(r, s->window + used, s->window + have);
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

medel_status medel_ledger_read_stream(medel_ledger **out, const char *name,
                                      medel_read_fn read, void *ud,
                                      const medel_ledger_options *options,
                                      medel_diagnostics *diags)
{
    sie_reader r = reader_of(options, diags);
    stream s = { read, ud, NULL, 0 };
    medel_arena a;
    medel_arena_init(&a, r.options.alloc, r.options.alloc_ud);
    const medel_status st =
        reading(&r, out, name, r.options.stream ? fill_windows : fill_whole, &s);
    a.alloc(a.ud, s.window, s.room, 0);
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
    medel_diag(&r->src, status, 0, 0, NULL, NULL, "cannot read %s: %s", path, why);
    return status;
}

static medel_status load_open(sie_reader *r, medel_ledger **out, file *f)
{
    const uint64_t most = r->options.stream ? UINT64_MAX : UINT32_MAX;
    const uint64_t limit = r->options.limit ? r->options.limit : most;
    if (fstat(f->fd, &f->st) != 0)
        return refuse_file(r, f->path, MEDEL_E_IO, strerror(errno));
    if (!S_ISREG(f->st.st_mode))
        return refuse_file(r, f->path, MEDEL_E_IO, "it is not a regular file");
    const uint64_t size = (uint64_t)f->st.st_size;
    if (size > limit || (!r->options.stream && size > UINT32_MAX))
        return refuse_file(r, f->path, MEDEL_E_LIMIT, "it is larger than allowed");
    const bool map = size >= MAPPED_FROM && !r->options.copy && !r->options.stream;
    medel_arena a;
    medel_arena_init(&a, r->options.alloc, r->options.alloc_ud);
    f->stream = (stream){ read_fd, f, NULL, 0 };
    const medel_status st = reading(r, out, f->path, map ? fill_mapped : fill_file, f);
    a.alloc(a.ud, f->stream.window, f->stream.room, 0);
    return st;
}

medel_status medel_ledger_load(medel_ledger **out, const char *path,
                               const medel_ledger_options *options,
                               medel_diagnostics *diags)
{
    sie_reader r = reader_of(options, diags);
    *out = NULL;
    /* O_NONBLOCK: opening a FIFO must not wait; it is refused after fstat. */
    file f = { .fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), .path = path };
    if (f.fd < 0)
        return refuse_file(&r, path, MEDEL_E_IO, strerror(errno));
    const medel_status st = load_open(&r, out, &f);
    close(f.fd);
    return st;
}

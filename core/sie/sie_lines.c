/* sie_lines.c - lines of a SIE file: the slow way that knows everything, and #KSUMMA. */
#include "sie_reader.h"
#include "sie_fast.h"

#include <string.h>
#include <zlib.h>

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

void medel_sie_close(sie_reader *r, bool said)
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
        medel_sie_close(r, !r->braces && (r->now.count || r->now.ntrail));
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
        medel_sie_close(r, true);
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

void medel_sie_form(sie_reader *r)
{
    if (r->fast->form & FORM_INDENTED)
        medel_sie_deviate(r, DEV_indented_line, "", 0, NULL, 0);
    if (r->fast->form & FORM_TABS)
        medel_sie_deviate(r, DEV_tab_separator, "", 0, NULL, 0);
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
void medel_sie_rest(sie_reader *r, const char *p, const char *end)
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

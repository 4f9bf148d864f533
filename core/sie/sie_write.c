/* sie_write.c - a ledger as a SIE file in normal form: the items of its source, in order.
 */
#include "medel_sie.h"
#include "sie_reader.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

typedef struct writer {
    const medel_ledger *l;
    medel_write_fn write;
    void *ud;
    medel_ledger_written *done;
    sie_table table, cp437;
    char buf[1 << 14];
    size_t used;
    bool failed, lf, sums, started; /* sums: #KSUMMA is asked for or stands there */
    uint32_t crc;
    int type;
    bool same_type;
    bool written[SIE_LABELS];
    bool open; /* a voucher's } is to come */
} writer;

/* ---- bytes ---- */

static void flush(writer *w)
{
    if (w->used && !w->failed)
        w->failed = !w->write(w->ud, w->buf, w->used);
    w->done->bytes += w->used;
    w->used = 0;
}

static void put(writer *w, const char *s, size_t len)
{
    while (len) {
        if (w->used == sizeof w->buf)
            flush(w);
        const size_t room = sizeof w->buf - w->used, n = len < room ? len : room;
        memcpy(w->buf + w->used, s, n);
        w->used += n;
        s += n;
        len -= n;
    }
}

static void sum(writer *w, const char *s, size_t len)
{
    if (w->started)
        w->crc = (uint32_t)crc32(w->crc, (const Bytef *)s, (uInt)len);
}

static void end_line(writer *w)
{
    put(w, w->lf ? "\n" : "\r\n", w->lf ? 1 : 2);
}

/* One character, as UTF-8, in the encoding that is written; what it is in CP437 counts.
 */
static void put_char(writer *w, const char *utf8, size_t n)
{
    const int old = medel_sie_byte(&w->cp437, utf8, n);
    const char in_cp437 = (char)(old < 0 ? '?' : old);
    sum(w, &in_cp437, 1);
    if (w->table.encoding == MEDEL_ENCODING_UTF8) {
        put(w, utf8, n);
        return;
    }
    const int byte = medel_sie_byte(&w->table, utf8, n);
    const char c = (char)(byte < 0 ? '?' : byte);
    w->done->replaced += byte < 0;
    put(w, &c, 1);
}

/* A field's text, without the quotes around it. */
static void put_text(writer *w, const sie_field *f, bool quote)
{
    for (size_t i = 0, n; i < f->len; i += n) {
        char utf8[8];
        uint32_t code;
        n = 1;
        if ((unsigned char)f->p[i] >= 128 && w->l->table.encoding == MEDEL_ENCODING_UTF8)
            n = medel_utf8_length((const unsigned char *)f->p + i, f->len - i, &code);
        n = n ? n : 1;
        if (f->quoted && f->p[i] == '\\' && i + 1 < f->len && f->p[i + 1] == '"')
            continue; /* the quote comes next */
        const size_t len =
            medel_sie_decode(&w->l->table, f->p + i, n, false, utf8, sizeof utf8);
        if (quote && *utf8 == '"')
            put(w, "\\", 1); /* not in the sum */
        put_char(w, utf8, len);
    }
    if (quote && f->len && f->p[f->len - 1] == '\\') {
        put(w, " ", 1); /* \" would not end the field */
        sum(w, " ", 1);
        w->done->replaced++;
    }
}

static bool plain(const sie_field *f)
{
    for (size_t i = 0; i < f->len; i++) {
        if ((unsigned char)f->p[i] <= ' ' || strchr("\"{}\x7F", f->p[i]))
            return false;
    }
    return f->len > 0;
}

static void put_field(writer *w, const sie_field *f, bool quote)
{
    /* A text that ends in a backslash needs no quotes if it has no blanks. */
    const bool bare = plain(f) && (!quote || f->p[f->len - 1] == '\\');
    if (!bare)
        put(w, "\"", 1);
    put_text(w, f, !bare);
    if (!bare)
        put(w, "\"", 1);
}

static void put_list(writer *w, const sie_field *list)
{
    const char *p = list->p, *end = list->p + list->len;
    sie_field word;
    bool object = false, first = true;
    put(w, "{", 1);
    while (medel_sie_word(&p, end, &word)) {
        if (!first)
            put(w, " ", 1);
        put_field(w, &word, object);
        object = !object;
        first = false;
    }
    put(w, "}", 1);
}

/* ---- items ---- */

static void put_label(writer *w, const char *name)
{
    put(w, "#", 1);
    put(w, name, strlen(name));
    sum(w, "#", 1);
    sum(w, name, strlen(name));
    w->done->items++;
}

static bool is_row(sie_label label)
{
    return label == SIE_TRANS || label == SIE_RTRANS || label == SIE_BTRANS;
}

static void close_voucher(writer *w)
{
    if (w->open) {
        put(w, "}", 1);
        end_line(w);
    }
    w->open = false;
}

static void put_fields(writer *w, const sie_label_info *info, const sie_fields *f)
{
    size_t n = f->n;
    const char *style = info ? info->quote : "";
    const bool voucher = info && strcmp(info->name, "VER") == 0;
    if (voucher && n && f->at[n - 1].list)
        n--; /* a { at the end of the line */
    while (info && n > info->min && !f->at[n - 1].len && !f->at[n - 1].list)
        n--; /* empty fields at the end say nothing */
    for (size_t i = 0; i < n; i++) {
        /* The style has a place for a list that the line may lack. */
        if (*style == '{' && !f->at[i].list)
            style++;
        put(w, " ", 1);
        if (f->at[i].list)
            put_list(w, &f->at[i]);
        else
            put_field(w, &f->at[i], info ? *style == 'q' : f->at[i].quoted);
        style += *style != '\0';
    }
}

static void first_sum(writer *w)
{
    put(w, "#KSUMMA", 7);
    end_line(w);
    w->started = true;
    w->crc = 0;
    w->done->items++;
    w->written[SIE_KSUMMA] = true;
}

/* Whether the type that is written has it. */
static bool belongs(const writer *w, sie_label label, const sie_fields *f)
{
    if (w->same_type || label == SIE_UNKNOWN)
        return true;
    if (medel_sie_label_info(label)->types[w->type] == '-')
        return false;
    const bool period = label == SIE_PSALDO || label == SIE_PBUDGET;
    const char *p = f->n > 3 ? f->at[3].p : "", *end = p + (f->n > 3 ? f->at[3].len : 0);
    sie_field word;
    return !(period && w->type == 1 && f->n > 3 && f->at[3].list
             && medel_sie_word(&p, end, &word)); /* type 2 knows no objects */
}

static void put_item(writer *w, sie_label label, const char *name, size_t len,
                     const sie_fields *f)
{
    const sie_label_info *info =
        label == SIE_UNKNOWN ? NULL : medel_sie_label_info(label);
    const sie_field as_text = { name, (uint32_t)len, false, false };
    /* A label with control characters must not become another when they are taken out. */
    if (!belongs(w, label, f) || (!info && !plain(&as_text))
        || (f->marks & SIE_OPEN_LIST)) {
        w->done->left_out++;
        return;
    }
    if (label == SIE_KSUMMA) {
        if (!f->n && w->sums && !w->started)
            first_sum(w);
        return; /* the last one is written at the end */
    }
    if (!is_row(label))
        close_voucher(w);
    if (info) {
        put_label(w, info->name);
        w->written[label] = true;
    } else {
        put(w, "#", 1);
        sum(w, "#", 1);
        put_text(w, &as_text, false);
        w->done->items++;
    }
    if (label == SIE_SIETYP && !w->same_type) {
        const char digit = "12344"[w->type];
        put(w, " ", 1);
        put(w, &digit, 1);
        sum(w, &digit, 1);
    } else {
        put_fields(w, info, f);
    }
    end_line(w);
    if (label == SIE_VER) {
        put(w, "{", 1);
        end_line(w);
        w->open = true;
    }
    if (label == SIE_FLAGGA && w->sums && !w->started && !w->l->head.ksumma_markers)
        first_sum(w);
}

static void put_line(writer *w, const char *p, const char *end)
{
    bool lower;
    while (p < end && (*p == ' ' || *p == '\t' || *p == '{' || *p == '}')) {
        if (*p == '}')
            close_voucher(w);
        p++;
    }
    if (p == end)
        return;
    if (*p != '#' || p + 1 == end) {
        w->done->left_out++;
        return;
    }
    const char *name = ++p;
    while (p < end && *p != ' ' && *p != '\t' && *p != '{')
        p++;
    sie_fields f = { .marks = 0 };
    medel_sie_split(&f, p, end);
    put_item(w, medel_sie_label(name, (size_t)(p - name), &lower), name,
             (size_t)(p - name), &f);
}

/* ---- what types 2 and 3 need ---- */

static medel_status put_periods(writer *w, medel_error *err)
{
    static const medel_ledger_grouping by = { { MEDEL_KEY_ACCOUNT, MEDEL_KEY_MONTH },
                                              0,
                                              NULL };
    medel_ledger_groups *groups;
    const medel_ledger_group *g;
    const medel_ledger *l = w->l;
    const medel_status st =
        medel_ledger_groups_new(&groups, l, NULL, &by, &l->arena.allocator, err);
    if (st != MEDEL_OK)
        return st;
    const size_t n = medel_ledger_groups_get(groups, &g);
    for (size_t i = 0; i < n; i++) {
        char text[64];
        const int64_t v = g[i].sum.net;
        const uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
        if (!v || !*g[i].label[1])
            continue;
        const struct sie_name *number = &l->account_names.names[g[i].key[0]];
        sie_fields f = { .n = 5, .all = 5 };
        int len = snprintf(text, sizeof text, "%s%llu", v < 0 ? "-" : "",
                           (unsigned long long)(u / 100));
        if (u % 100)
            len += snprintf(text + len, sizeof text - (size_t)len, ".%02u",
                            (unsigned)(u % 100));
        f.at[0] = (sie_field){ "0", 1, false, false };
        f.at[1] = (sie_field){ g[i].label[1], 6, false, false };
        f.at[2] = (sie_field){ number->raw, number->len, false, false };
        f.at[3] = (sie_field){ "", 0, false, true };
        f.at[4] = (sie_field){ text, (uint32_t)len, false, false };
        put_item(w, SIE_PSALDO, "", 0, &f);
    }
    medel_ledger_groups_free(groups);
    return MEDEL_OK;
}

/* ---- the file ---- */

static void put_lines(writer *w)
{
    const char *p = w->l->text, *end = p + w->l->len;
    if (end - p >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
        p += 3;
    while (p < end && !w->failed) {
        const char *stop = p;
        while (stop < end && *stop != '\n' && *stop != '\r')
            stop++;
        put_line(w, p, stop);
        p = stop + 1;
    }
    close_voucher(w);
}

static void last_sum(writer *w)
{
    char text[32];
    if (!w->started)
        return;
    const int n = snprintf(text, sizeof text, "#KSUMMA %lu", (unsigned long)w->crc);
    put(w, text, (size_t)n);
    end_line(w);
    w->done->items++;
}

static const char *missing(const writer *w)
{
    for (int i = 0; i < SIE_LABELS; i++) {
        const sie_label_info *info = medel_sie_label_info((sie_label)i);
        if (info->types[w->type] == 'R' && !w->written[i])
            return info->name;
    }
    return NULL;
}

static medel_status prepare(writer *w, const medel_ledger_write_options *o,
                            medel_error *err)
{
    const char *type = o->type ? o->type : w->l->head.type;
    const medel_encoding e =
        o->encoding == MEDEL_ENCODING_AUTO || o->encoding == MEDEL_ENCODING_ASCII
            ? MEDEL_ENCODING_CP437
            : o->encoding;
    w->type = medel_sie_type_index(type);
    w->same_type = strcmp(type, w->l->head.type) == 0;
    w->lf = o->lf;
    w->sums = o->ksumma || w->l->head.ksumma_markers;
    if (w->type < 0)
        return medel_fail(err, MEDEL_E_SCHEMA, "there is no SIE type %s", type);
    if (!w->l->text)
        return medel_fail(err, MEDEL_E_DOMAIN, "a streamed ledger has no texts to write");
    if (!medel_sie_table(&w->table, e)
        || !medel_sie_table(&w->cp437, MEDEL_ENCODING_CP437))
        return medel_fail(err, MEDEL_E_IO, "this system's iconv knows no %s",
                          medel_encoding_name(e));
    return MEDEL_OK;
}

medel_status medel_ledger_write(const medel_ledger *l,
                                const medel_ledger_write_options *options,
                                medel_write_fn write, void *ud,
                                medel_ledger_written *written, medel_error *err)
{
    MEDEL_OUT(written);
    MEDEL_NEEDS_ERR(err, l, write);
    static const medel_ledger_write_options none = { NULL, MEDEL_ENCODING_AUTO, false,
                                                     false };
    medel_ledger_written done = { 0, 0, 0, 0, NULL };
    writer w = { .l = l, .write = write, .ud = ud, .done = &done };
    medel_status st = prepare(&w, options ? options : &none, err);
    if (st != MEDEL_OK)
        return st;
    put_lines(&w);
    const bool periods = (w.type == 1 || w.type == 2) && !w.written[SIE_PSALDO];
    if (periods && l->nrows)
        st = put_periods(&w, err);
    last_sum(&w);
    flush(&w);
    done.missing = missing(&w);
    if (st == MEDEL_OK && w.failed)
        st = medel_fail(err, MEDEL_E_IO, "the SIE file could not be written");
    if (written)
        *written = done;
    return st;
}

/*
 * ledger.c - what tests/bench/ledger.py measures.  Arguments: what, and a SIE file.
 *   trial      read it, check all of it, print the trial balance
 *   stream     the same in constant memory
 *   scan       bit masks of every 64 bytes of the file, and nothing else
 *   lines      memchr for line feeds
 *   memory     heap at its highest, in bytes, and vouchers
 *   balance    of ranges of accounts and periods: rows, seconds each; and the same
 *              by going through the columns
 *   questions  the rows of an account and period (huvudbok), their sum, seconds;
 *              balances by account and month: how many, seconds
 */
#include "medel_sie.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static size_t heap, highest;

static void *counted(void *ud, void *ptr, size_t osize, size_t nsize)
{
    (void)ud;
    heap += nsize - (ptr ? osize : 0);
    highest = heap > highest ? heap : highest;
    if (nsize)
        return realloc(ptr, nsize);
    free(ptr);
    return NULL;
}

static medel_ledger *load(const char *path, const medel_ledger_options *o)
{
    medel_ledger *l;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (medel_ledger_load(&l, path, o, d) == MEDEL_OK) {
        medel_diagnostics_free(d);
        return l;
    }
    char text[2000];
    medel_diagnostic_format(medel_diagnostics_get(d, 0), text, sizeof text);
    fputs(text, stderr);
    exit(2);
}

static int trial(const char *path, bool stream)
{
    const medel_ledger_options o = { .stream = stream };
    medel_ledger *l = load(path, &o);
    medel_ledger_checks *c;
    const medel_account *a;
    const medel_ledger_check *k;
    if (medel_ledger_checks_new(&c, l, NULL) != MEDEL_OK)
        return 2;
    const size_t n = medel_ledger_accounts(l, &a),
                 failed = medel_ledger_checks_get(c, &k);
    for (uint32_t i = 0; i < n; i++) {
        medel_account_total t;
        medel_ledger_total(l, i, &t);
        printf("%s %" PRId64 "\n", a[i].number, t.net);
    }
    printf("%zu checks do not hold\n", failed);
    medel_ledger_checks_free(c);
    medel_ledger_free(l);
    return 0;
}

static const char *mapped(const char *path, size_t *len)
{
    struct stat st;
    const int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &st) != 0)
        exit(2);
    *len = (size_t)st.st_size;
    const char *p = mmap(NULL, *len, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        exit(2);
    return p;
}

static int lines(const char *path)
{
    size_t len, n = 0;
    const char *p = mapped(path, &len), *end = p + len;
    for (; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
        n++;
    printf("%zu\n", n);
    return 0;
}

static int scan(const char *path)
{
#ifdef __SSE2__
    size_t len;
    const char *p = mapped(path, &len);
    uint64_t found = 0;
    for (size_t i = 0; i + 16 <= len; i += 16) {
        const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        const __m128i any = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
                         _mm_cmpeq_epi8(v, _mm_set1_epi8(' '))),
            _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
                         _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('{')),
                                      _mm_cmpeq_epi8(v, _mm_set1_epi8('}')))));
        for (unsigned bits = (unsigned)_mm_movemask_epi8(any); bits; bits &= bits - 1)
            found += i + (unsigned)__builtin_ctz(bits);
    }
    printf("%" PRIu64 "\n", found);
    return 0;
#else
    return lines(path);
#endif
}

static int memory(const char *path)
{
    const medel_ledger_options o = { .allocator = &(medel_allocator){ counted, NULL } };
    medel_ledger *l = load(path, &o);
    printf("%zu %zu\n", highest, medel_ledger_columns_of(l)->nvouchers);
    medel_ledger_free(l);
    return 0;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The same sum by going through every row. */
static int64_t by_columns(const medel_ledger *l, const unsigned char *member,
                          uint16_t from, uint16_t to)
{
    const medel_ledger_columns *c = medel_ledger_columns_of(l);
    int64_t net = 0;
    for (size_t i = 0; i < c->nrows; i++)
        net +=
            c->amount[i]
            & -(int64_t)((c->day[i] >= from) & (c->day[i] <= to) & member[c->account[i]]);
    return net;
}

static int balance(const char *path)
{
    medel_ledger *l = load(path, NULL);
    const medel_account *a;
    const size_t n = medel_ledger_accounts(l, &a), times = 300;
    const medel_ledger_year *y = medel_ledger_year_of(l, 0);
    unsigned char *member = calloc(n + 1, 1);
    if (!member || !y)
        return 2;
    for (size_t i = 0; i < n; i++)
        member[i] = a[i].number[0] >= '3' && a[i].number[0] <= '6';
    int64_t sums[2] = { 0, 0 };
    const double start = now();
    for (size_t i = 0; i < times; i++) {
        const medel_ledger_filter f = { .accounts = "3-6",
                                        .has_from = true,
                                        .has_to = true,
                                        .from = y->start + (int32_t)(i % 150),
                                        .to = y->end - (int32_t)(i % 170) };
        int64_t net;
        if (medel_ledger_balance(&net, l, &f, NULL) != MEDEL_OK)
            return 2;
        sums[0] += net;
    }
    const double middle = now();
    for (size_t i = 0; i < times; i++)
        sums[1] += by_columns(
            l, member, (uint16_t)(y->start + (int32_t)(i % 150) - MEDEL_LEDGER_DAY_ZERO),
            (uint16_t)(y->end - (int32_t)(i % 170) - MEDEL_LEDGER_DAY_ZERO));
    const double end = now();
    if (sums[0] != sums[1])
        return 2;
    printf("%zu %.9f %.9f\n", medel_ledger_columns_of(l)->nrows,
           (middle - start) / (double)times, (end - middle) / (double)times);
    free(member);
    medel_ledger_free(l);
    return 0;
}

/* The rows of an account and a period, one after the other. */
static int64_t huvudbok(const medel_ledger *l, const medel_ledger_year *y, size_t *n)
{
    const medel_ledger_filter f = { .accounts = "=1930",
                                    .has_from = true,
                                    .has_to = true,
                                    .from = y->start + 59,
                                    .to = y->end - 92 };
    const medel_ledger_columns *c = medel_ledger_columns_of(l);
    medel_ledger_query *q;
    uint32_t rows[1024];
    int64_t net = 0;
    if (medel_ledger_query_new(&q, l, &f, NULL, NULL) != MEDEL_OK)
        exit(2);
    *n = 0;
    for (size_t some; (some = medel_ledger_query_next(q, rows, 1024)) > 0; *n += some) {
        for (size_t i = 0; i < some; i++)
            net += c->amount[rows[i]];
    }
    medel_ledger_query_free(q);
    return net;
}

static size_t by_month(const medel_ledger *l)
{
    const medel_ledger_filter all = { 0 };
    const medel_ledger_grouping by = { .by = { MEDEL_KEY_ACCOUNT, MEDEL_KEY_MONTH } };
    const medel_ledger_group *first;
    medel_ledger_groups *g;
    if (medel_ledger_groups_new(&g, l, &all, &by, NULL, NULL) != MEDEL_OK)
        exit(2);
    const size_t n = medel_ledger_groups_get(g, &first);
    medel_ledger_groups_free(g);
    return n;
}

static int questions(const char *path)
{
    medel_ledger *l = load(path, NULL);
    const medel_ledger_year *y = medel_ledger_year_of(l, 0);
    const size_t times = 20;
    size_t rows = 0, groups = 0;
    int64_t net = 0;
    if (!y)
        return 2;
    const double start = now();
    for (size_t i = 0; i < times; i++)
        net = huvudbok(l, y, &rows);
    const double middle = now();
    for (size_t i = 0; i < times; i++)
        groups = by_month(l);
    const double end = now();
    printf("%zu %" PRId64 " %.9f %zu %.9f\n", rows, net, (middle - start) / (double)times,
           groups, (end - middle) / (double)times);
    medel_ledger_free(l);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    if (strcmp(argv[1], "trial") == 0)
        return trial(argv[2], false);
    if (strcmp(argv[1], "stream") == 0)
        return trial(argv[2], true);
    if (strcmp(argv[1], "scan") == 0)
        return scan(argv[2]);
    if (strcmp(argv[1], "lines") == 0)
        return lines(argv[2]);
    if (strcmp(argv[1], "memory") == 0)
        return memory(argv[2]);
    if (strcmp(argv[1], "questions") == 0)
        return questions(argv[2]);
    return strcmp(argv[1], "balance") == 0 ? balance(argv[2]) : 2;
}

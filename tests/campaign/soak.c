/* soak.c - load, run, free, again and again, hostile rules among them: the findings are
 * the same, and neither memory nor descriptors grow. soak SECONDS   prints what was seen;
 * status 1 if something grows or differs */
#define _XOPEN_SOURCE 700
#include "medel.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define RULE(body)                                                                       \
    "return rule { id = 'A-01', title = 't', ground = 'g', level = 'note', "             \
    "check = function(ar) " body " end }"

static const char *const hostile[] = {
    RULE("while true do end"),
    RULE("local t = {} while true do t[#t + 1] = {} end"),
    RULE("local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(100000) end"),
    RULE("local function f() return 1 + f() end return f()"),
    RULE("local function f() return pcall(f) end while true do f() end"),
    RULE("return (('a'):rep(100000)):find(('a-'):rep(100) .. 'b')"),
    RULE("error(setmetatable)"),
    RULE("error(('x'):rep(1000000))"),
    RULE("local out = {} for i = 1, 1e6 do out[i] = finding('{n}', { n = kr(i) }) end "
         "return out"),
    RULE("return ar.finns_inte.alls"),
    RULE("local x = kr(9e15) return finding('{n}', { n = x * x })"),
    "return rule {",
    "\x1bLua",
    "",
};

static char right[33]; /* a digest of the first findings */
static unsigned long runs, wrong;

static void digest(const char *text, size_t len, char out[33])
{
    unsigned long long a = 1469598103934665603ULL, b = 7;
    for (size_t i = 0; i < len; i++) {
        a = (a ^ (unsigned char)text[i]) * 1099511628211ULL;
        b = b * 31 + (unsigned char)text[i];
    }
    snprintf(out, 33, "%016llx%016llx", a, b);
}

/* A report with the usual packs, and in every other turn a hostile rule. */
static void turn(const char *source)
{
    medel_runtime *rt = NULL;
    medel_report *report = NULL;
    medel_findings *found = NULL;
    medel_runtime_options options = { .size = sizeof options,
                                      .memory = 16 << 20,
                                      .time_ms = source ? 100 : 60000,
                                      .data = "." };
    const medel_input in = { "examples/sydnarke/2023.yaml", NULL, 0 };
    const medel_input rule = { "a.lua", source, source ? strlen(source) : 0 };
    medel_status st = medel_runtime_new(&rt, &options);
    if (st == MEDEL_OK && !source)
        st = medel_runtime_pack(rt, "nationell");
    if (st == MEDEL_OK && source)
        st = medel_runtime_pack_files(rt, "prov", &rule, 1);
    if (st == MEDEL_OK)
        st = medel_load(rt, &report, &in);
    if (st == MEDEL_OK)
        st = medel_audit(rt, &found, report, NULL);
    if (st == MEDEL_OK && !source) {
        char now[33];
        size_t len;
        const char *json = medel_findings_json(found, &len);
        digest(json, len, now);
        if (!*right)
            memcpy(right, now, sizeof right);
        wrong += strcmp(right, now) != 0;
    }
    wrong += !source && st != MEDEL_OK;
    medel_findings_free(found);
    medel_report_free(report);
    medel_runtime_free(rt);
    runs++;
}

static long memory_kb(void)
{
    long pages = 0, all;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f && fscanf(f, "%ld %ld", &all, &pages) != 2)
        pages = 0;
    if (f)
        fclose(f);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static long descriptors(void)
{
    long n = 0;
    DIR *d = opendir("/proc/self/fd");
    while (d && readdir(d))
        n++;
    if (d)
        closedir(d);
    return n;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    const double whole = argc > 1 ? atof(argv[1]) : 10, began = seconds();
    const size_t kinds = sizeof hostile / sizeof *hostile;
    long least[2] = { -1, -1 },
         most[2] = { -1, -1 }; /* of the second and the last quarter */
    long fds = -1, fds_now = -1;
    /* At least every hostile rule twice, however slow the machine. */
    for (size_t i = 0; seconds() - began < whole || i < 4 * kinds; i++) {
        turn(i % 2 ? hostile[i / 2 % kinds] : NULL);
        if (i % (2 * kinds) != 2 * kinds - 1)
            continue; /* measured after each round of all of them */
        const double part = (seconds() - began) / whole;
        const int quarter = part < 0.5 ? 0 : 1;
        const long kb = memory_kb();
        fds_now = descriptors();
        fds = fds < 0 ? fds_now : fds;
        least[quarter] = least[quarter] < 0 || kb < least[quarter] ? kb : least[quarter];
        most[quarter] = kb > most[quarter] ? kb : most[quarter];
    }
    if (least[0] < 0) /* too short a time for two halves */
        least[0] = least[1], most[0] = most[1];
    /* What is freed goes back to malloc, not always to the system: a half is compared by
       its least, and some MiB are malloc's. */
    const bool grows = least[1] > least[0] + 6144;
    printf("soak: %lu runs in %.0f s, %lu other than the first; %ld to %ld KiB in the "
           "first half, "
           "%ld to %ld in the second; %ld descriptors, %ld at the end\n",
           runs, seconds() - began, wrong, least[0], most[0], least[1], most[1], fds,
           fds_now);
    return grows || wrong || fds_now != fds || !*right;
}

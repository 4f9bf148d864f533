/* alone.c - what a runtime leaves alone: the host's locale, signals, streams,
 * environment, working directory, threads and descriptors.  Argument: the data folder.
 * LOCPATH may name a folder of locales. */
#define _DEFAULT_SOURCE
#include "medel.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int failed, tried;
static const char *data;

#define EXPECT(what, holds)                                                              \
    do {                                                                                 \
        tried++;                                                                         \
        if (!(holds)) {                                                                  \
            failed++;                                                                    \
            fprintf(stderr, "alone: %s (%s:%d)\n", what, __FILE__, __LINE__);            \
        }                                                                                \
    } while (0)

static const char rule[] =
    "return rule { id = 'P-1', title = 'Prov', ground = 'Lag', level = 'note',\n"
    "  check = function(ar, p)\n"
    "    return finding('{a} {b} {c} {d} {e}', { a = tostring(1.5), b = "
    "tostring(tonumber('2.5')),\n"
    "      c = ('III'):lower(), d = string.format('%.1f', 3.5), e = "
    "tostring(host.decimal()) })\n"
    "  end }\n";
static const char expected[] = "1.5 2.5 iii 3.5 ";

/* "1,5" under a Swedish locale: what the host's own code sees. */
static void decimal(char out[16])
{
    snprintf(out, 16, "%.1f", 1.5);
}

static medel_status own_decimal(void *ud, const medel_any *a, size_t n, medel_any *result,
                                medel_error *err)
{
    static char text[16]; /* the runtime copies it when this returns */
    (void)ud;
    (void)a;
    (void)n;
    (void)err;
    decimal(text);
    result->kind = MEDEL_TEXT;
    result->text = text;
    result->len = strlen(text);
    return MEDEL_OK;
}

static int progress(void *ud, size_t done, size_t total, const char *what)
{
    char text[16];
    (void)done;
    (void)total;
    (void)what;
    decimal(text);
    return strcmp(text, ud) != 0; /* stops under another locale */
}

static void note(void *ud, medel_log_level level, const char *text)
{
    char own[16];
    (void)level;
    (void)text;
    decimal(own);
    EXPECT("a log callback runs under the host's locale", strcmp(own, ud) == 0);
}

/* The message of the one finding, and all JSON; false if anything fails. */
static bool work(const char *own, char *message, size_t room, char **json)
{
    char seen[16];
    snprintf(seen, sizeof seen, "%s", own);
    medel_runtime *rt = NULL;
    medel_report *r = NULL;
    medel_findings *f = NULL;
    medel_runtime_options o = { .size = sizeof o,
                                .data = data,
                                .progress = progress,
                                .log = note,
                                .callback_ud = seen };
    medel_input in = { .name = "tests/bindings/report.yaml" };
    medel_input file = { "p.lua", rule, sizeof rule - 1 };
    bool ok = medel_runtime_new(&rt, &o) == MEDEL_OK
              && medel_runtime_function(rt, "decimal", own_decimal, NULL) == MEDEL_OK
              && medel_runtime_pack_files(rt, "prov", &file, 1) == MEDEL_OK
              && medel_load(rt, &r, &in) == MEDEL_OK
              && medel_audit(rt, &f, r, NULL) == MEDEL_OK;
    const medel_finding *one = NULL;
    for (size_t i = 0; ok && !one && i < medel_findings_count(f, MEDEL_FINDING); i++) {
        one = medel_findings_get(f, MEDEL_FINDING, i);
        one = strcmp(one->rule, "P-1") == 0 ? one : NULL;
    }
    snprintf(message, room, "%s", one ? one->message : "");
    *json = ok ? strdup(medel_findings_json(f, NULL)) : NULL;
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
    return one != NULL;
}

/* ---- locale ---- */

static void check_said(const char *own)
{
    char message[200], wanted[200];
    char *json = NULL;
    snprintf(wanted, sizeof wanted, "%s%s", expected, own);
    EXPECT("an audit works", work(own, message, sizeof message, &json));
    EXPECT("rules see the C locale, and callbacks the host's",
           strcmp(message, wanted) == 0);
    free(json);
}

static bool check_locale(const char *name)
{
    char before[16], after[16];
    if (!setlocale(LC_ALL, name))
        return false;
    const locale_t thread = uselocale((locale_t)0);
    decimal(before);
    check_said(before);
    decimal(after);
    EXPECT("the locale is as it was", strcmp(before, after) == 0);
    EXPECT("its name is as it was", strcmp(setlocale(LC_ALL, NULL), name) == 0);
    EXPECT("the thread's is as it was", uselocale((locale_t)0) == thread);
    setlocale(LC_ALL, "C");
    locale_t own = newlocale(LC_ALL_MASK, name, (locale_t)0);
    uselocale(own); /* of this thread only */
    check_said(before);
    EXPECT("the thread's own is as it was", uselocale((locale_t)0) == own);
    uselocale(LC_GLOBAL_LOCALE);
    freelocale(own);
    return strcmp(before, "1,5") == 0;
}

static void check_locales(void)
{
    static const char *const names[] = { "sv_SE.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8" };
    int with_comma = 0;
    check_said("1.5");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        with_comma += check_locale(names[i]);
    if (with_comma == 0)
        printf("not tried: a host with a Swedish locale (apt install locales)\n");
}

/* ---- signals ---- */

static volatile sig_atomic_t handled, elsewhere;
static pthread_t main_thread;

static void handle(int number)
{
    (void)number;
    handled++;
    elsewhere += !pthread_equal(pthread_self(), main_thread);
}

static medel_status signal_ourselves(void *ud, const medel_any *a, size_t n,
                                     medel_any *result, medel_error *err)
{
    (void)ud;
    (void)a;
    (void)n;
    (void)result;
    (void)err;
    kill(getpid(), SIGUSR1); /* to any thread that does not block it */
    usleep(20000);
    return MEDEL_OK;
}

static const char sends[] =
    "return rule { id = 'P-1', title = 'P', ground = 'L', level = 'note',\n"
    "  check = function() host.decimal() end }\n";

static void check_signals(void)
{
    struct sigaction before[NSIG], mine = { .sa_handler = handle }, now;
    sigset_t mask, usr1;
    medel_runtime *rt = NULL;
    medel_report *r = NULL;
    medel_findings *f = NULL;
    medel_runtime_options o = { .size = sizeof o, .data = data };
    medel_input in = { .name = "tests/bindings/report.yaml" };
    medel_input file = { "p.lua", sends, sizeof sends - 1 };
    main_thread = pthread_self();
    for (int s = 1; s < NSIG; s++)
        sigaction(s, NULL, &before[s]);
    sigaction(SIGUSR1, &mine, &before[0]);
    sigemptyset(&usr1);
    sigaddset(&usr1, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &usr1,
                    NULL); /* so that only another thread could take it */
    EXPECT("an audit works",
           medel_runtime_new(&rt, &o) == MEDEL_OK
               && medel_runtime_function(rt, "decimal", signal_ourselves, NULL)
                      == MEDEL_OK
               && medel_runtime_pack_files(rt, "prov", &file, 1) == MEDEL_OK
               && medel_load(rt, &r, &in) == MEDEL_OK
               && medel_audit(rt, &f, r, NULL) == MEDEL_OK);
    EXPECT("no thread of the runtime takes a signal", handled == 0);
    pthread_sigmask(SIG_UNBLOCK, &usr1, NULL);
    EXPECT("the host's thread gets it", handled == 1 && elsewhere == 0);
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    EXPECT("the mask is as it was", sigismember(&mask, SIGUSR1) == 0);
    medel_findings_free(f);
    medel_report_free(r);
    medel_runtime_free(rt);
    sigaction(SIGUSR1, &before[0], NULL);
    for (int s = 1; s < NSIG; s++) {
        if (sigaction(s, NULL, &now) == 0 && now.sa_handler != before[s].sa_handler)
            EXPECT("a handler is as it was", false);
    }
}

/* ---- streams, descriptors, threads, environment, folder ---- */

static int entries(const char *folder)
{
    int n = 0;
    DIR *d = opendir(folder);
    while (d && readdir(d))
        n++;
    if (d)
        closedir(d);
    return n;
}

static void check_streams(void)
{
    int status = 1;
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        char message[200];
        char *json;
        close(0);
        close(1);
        close(2);
        bool ok = work("1.5", message, sizeof message, &json);
        for (int fd = 0; fd < 3; fd++)
            ok = ok && fcntl(fd, F_GETFD) == -1 && errno == EBADF;
        _exit(ok ? 0 : 1);
    }
    waitpid(child, &status, 0);
    EXPECT("it works with closed streams, and they stay so", status == 0);
}

static void check_silent(void)
{
    char message[200], name[] = "/tmp/medel-alone-XXXXXX";
    char *json = NULL;
    struct stat st = { 0 };
    fflush(NULL);
    const int out = dup(1), err = dup(2), file = mkstemp(name);
    dup2(file, 1);
    dup2(file, 2);
    const bool ok = work("1.5", message, sizeof message, &json);
    fflush(NULL);
    fstat(file, &st);
    dup2(out, 1);
    dup2(err, 2);
    close(out);
    close(err);
    close(file);
    unlink(name);
    free(json);
    EXPECT("an audit works", ok);
    EXPECT("nothing is printed", st.st_size == 0);
}

static void check_surroundings(void)
{
    char before[4096], after[4096], message[200];
    char *json = NULL, *again = NULL;
    const int descriptors = entries("/proc/self/fd"),
              threads = entries("/proc/self/task");
    EXPECT("an audit works", work("1.5", message, sizeof message, &json));
    setenv("MEDEL_DATA", "/finns/inte", 1);
    setenv("MEDEL_PATH", "/finns/inte", 1);
    setenv("LUA_PATH", "/finns/inte", 1);
    setenv("LUA_INIT", "error('nej')", 1);
    setenv("TZ", "Pacific/Apia", 1);
    EXPECT("there is a folder", getcwd(before, sizeof before) != NULL);
    EXPECT("an audit works", work("1.5", message, sizeof message, &again));
    EXPECT("the environment says nothing", json && again && strcmp(json, again) == 0);
    EXPECT("the folder is as it was",
           getcwd(after, sizeof after) && strcmp(before, after) == 0);
    EXPECT("no descriptor is left", entries("/proc/self/fd") == descriptors);
    EXPECT("no thread is left", entries("/proc/self/task") == threads);
    free(json);
    free(again);
}

int main(int argc, char **argv)
{
    data = argc > 1 ? argv[1] : ".";
    check_locales();
    check_signals();
    check_streams();
    check_silent();
    check_surroundings();
    printf("host, what is left alone: %d passed, %d failed\n", tried - failed, failed);
    return failed != 0;
}

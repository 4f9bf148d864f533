/* sweep.c - every prefix and every change of one byte of a file, as the fuzz target tries
   it.  Arguments: the file, and the step between the changes that are tried. */
#include "../fuzz/fuzz.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

static unsigned long tried;
static double slowest;
static const uint8_t *trying; /* for whom it did not hold */
static size_t trying_len;

static void show_text(int signal_number)
{
    (void)signal_number;
    if (write(2, trying, trying_len) < 0)
        _exit(2);
    _exit(1);
}

/* A copy of its own size, so that reading past the end is seen. */
static void try_text(const char *text, size_t len)
{
    uint8_t *copy = malloc(len ? len : 1);
    HOLDS(copy != NULL);
    memcpy(copy, text, len);
    trying = copy;
    trying_len = len;
    const clock_t start = clock();
    LLVMFuzzerTestOneInput(copy, len);
    const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    slowest = seconds > slowest ? seconds : slowest;
    free(copy);
    tried++;
}

int main(int argc, char **argv)
{
    char *text;
    size_t len;
    if (argc < 3
        || medel_file_read(&text, &len, argv[1], 1 << 20, NULL, NULL) != MEDEL_OK)
        return 1;
    const size_t step = (size_t)atol(argv[2]);
    signal(SIGILL, show_text); /* __builtin_trap() */
    signal(SIGTRAP, show_text);
    for (size_t i = 0; i <= len; i++)
        try_text(text, i);
    for (size_t i = 0; step && i < len * 256; i += step) {
        const char was = text[i / 256];
        text[i / 256] = (char)(i % 256);
        try_text(text, len);
        text[i / 256] = was;
    }
    medel_text_free(text, len, NULL);
    printf("sie: %lu prefixes and changes of a byte, the slowest %.0f ms\n", tried,
           slowest * 1e3);
    return 0;
}

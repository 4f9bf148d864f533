/* fuzz_replay.c - main for a fuzz target where there is no libFuzzer: runs the files and
   the folders that it is given. */
#include "fuzz.h"

#include <dirent.h>
#include <sys/stat.h>

static unsigned long runs;

static void run_file(const char *path)
{
    char *text;
    size_t len;
    medel_error err = { MEDEL_OK, "" };
    if (medel_file_read(&text, &len, path, 8 << 20, NULL, &err) != MEDEL_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    /* A copy of its own size, so that reading past the end is seen. */
    uint8_t *copy = malloc(len ? len : 1);
    HOLDS(copy != NULL);
    memcpy(copy, text, len);
    medel_text_free(text, len, NULL);
    LLVMFuzzerTestOneInput(copy, len);
    free(copy);
    runs++;
}

static void run_path(const char *path)
{
    char name[1024];
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
        run_file(path);
        return;
    }
    DIR *dir = opendir(path);
    for (struct dirent *e; dir && (e = readdir(dir)) != NULL;) {
        snprintf(name, sizeof name, "%s/%s", path, e->d_name);
        if (e->d_name[0] != '.')
            run_path(name);
    }
    if (dir)
        closedir(dir);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        run_path(argv[i]);
    printf("fuzz: %s: %lu inputs\n", argv[0], runs);
    return runs == 0;
}

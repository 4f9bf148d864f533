/* load.c FILE... - nanoseconds of CPU to load a report with medel, and to run bare
 * libyaml over the events of the same files, by turns: one line each turn.  The first
 * file is the report; the others are what it names. */
#include "medel_montecarlo.h"
#include "medel_whatif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

#define TURNS 15
#define LOADS 20

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static char *read_whole(const char *path, size_t *len)
{
    char *text;
    medel_error err;
    if (medel_file_read(&text, len, path, (size_t)1 << 24, NULL, &err) != MEDEL_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    return text;
}

static void events(const char *path)
{
    size_t len;
    char *text = read_whole(path, &len);
    yaml_parser_t parser;
    yaml_event_t event;
    yaml_event_type_t type;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    do {
        if (!yaml_parser_parse(&parser, &event))
            exit(1);
        type = event.type;
        yaml_event_delete(&event);
    } while (type != YAML_STREAM_END_EVENT);
    yaml_parser_delete(&parser);
    medel_text_free(text, len, NULL);
}

static void load(const medel_taxonomy *t, const char *path)
{
    medel_report *r;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (medel_report_load(&r, t, path, NULL, d) != MEDEL_OK)
        exit(1);
    medel_report_free(r);
    medel_diagnostics_free(d);
}

static medel_taxonomy *taxonomy(const char *path)
{
    size_t len;
    char *text = read_whole(path, &len);
    medel_taxonomy *t;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (medel_taxonomy_read(&t, &(medel_input){ path, text, len }, NULL, d) != MEDEL_OK)
        exit(1);
    medel_diagnostics_free(d);
    medel_text_free(text, len, NULL);
    return t;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    medel_taxonomy *t = taxonomy(argv[1]);
    fprintf(stderr, "libyaml %s\n", yaml_get_version_string());
    for (int turn = 0; turn < TURNS; turn++) {
        double start = now();
        for (int i = 0; i < LOADS; i++)
            load(t, argv[2]);
        double middle = now();
        for (int i = 0; i < LOADS; i++) {
            for (int k = 2; k < argc; k++)
                events(argv[k]);
        }
        printf("%.0f %.0f\n", (middle - start) / LOADS, (now() - middle) / LOADS);
    }
    medel_taxonomy_free(t);
    return 0;
}

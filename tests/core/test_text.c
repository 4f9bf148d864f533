/* test_text.c - UTF-8, dates, files, arenas and names. */
#include "medel_priv.h"
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

/* ---- paths ---- */

TEST(a_path_is_read_word_by_word)
{
    char word[8];
    const char *path = "tabell.rad.a.b";
    assert_int_equal(medel_path_word(&path, word, sizeof word), 6);
    assert_string_equal(word, "tabell");
    assert_int_equal(medel_path_word(&path, word, sizeof word), 3);
    assert_string_equal(path, "a.b");
    path = "rad";
    assert_int_equal(medel_path_word(&path, word, sizeof word), 3);
    assert_null(path); /* no dot followed */
    assert_int_equal(medel_path_word(&path, word, sizeof word), 0);
    path = "rad.";
    assert_int_equal(medel_path_word(&path, word, sizeof word), 3);
    assert_string_equal(path, "");
    path = "resultatrakning.rad"; /* no room: never a word that is shorter */
    assert_int_equal(medel_path_word(&path, word, sizeof word), 0);
    assert_string_equal(word, "");
    assert_string_equal(path, "rad");
}

/* ---- UTF-8 ---- */

TEST(utf8_takes_only_what_is_valid)
{
    static const struct {
        const char *bytes;
        size_t len, expected;
        uint32_t code;
    } cases[] = {
        { "a", 1, 1, 'a' },
        { "\0", 1, 1, 0 },
        { "\xC3\xA5", 2, 2, 0xE5 },
        { "\xE2\x80\x93", 3, 3, 0x2013 },
        { "\xF0\x9F\x98\x80", 4, 4, 0x1F600 },
        { "\xF4\x8F\xBF\xBF", 4, 4, 0x10FFFF },
        { "", 0, 0, 0 },
        { "\xC3", 1, 0, 0 },     /* cut */
        { "\xE2\x80", 2, 0, 0 }, /* cut */
        { "\xC3\x28", 2, 0, 0 }, /* no continuation */
        { "\x80", 1, 0, 0 },     /* a lone continuation */
        { "\xE5", 1, 0, 0 },     /* Latin-1 å */
        { "\xC0\x80", 2, 0, 0 }, /* overlong NUL */
        { "\xC1\xBF", 2, 0, 0 },
        { "\xE0\x80\x80", 3, 0, 0 },     /* overlong */
        { "\xF0\x80\x80\x80", 4, 0, 0 }, /* overlong */
        { "\xED\xA0\x80", 3, 0, 0 },     /* surrogate */
        { "\xF4\x90\x80\x80", 4, 0, 0 }, /* above U+10FFFF */
        { "\xF8\x88\x80\x80\x80", 5, 0, 0 },
        { "\xFF", 1, 0, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint32_t code = 0;
        size_t n =
            medel_utf8_length((const unsigned char *)cases[i].bytes, cases[i].len, &code);
        if (n != cases[i].expected || code != cases[i].code)
            fail_msg("case %zu: %zu bytes, U+%04X", i, n, (unsigned)code);
    }
}

TEST(a_cut_text_ends_with_a_whole_character)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        { "", "" },
        { "abc", "abc" },
        { "r\xC3\xA4", "r\xC3\xA4" },
        { "r\xC3", "r" },
        { "r\xE2\x80", "r" },
        { "r\xE2\x80\x93", "r\xE2\x80\x93" },
        { "r\xF0\x9F\x98", "r" },
        { "\xC3", "" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char buf[16];
        strcpy(buf, cases[i].text);
        medel_trim_utf8(buf);
        assert_string_equal(buf, cases[i].expected);
    }
}

TEST(invisible_characters_are_known)
{
    static const uint32_t hidden[] = { 0,      7,      0x1B,   0x7F,   0x85,   0x9B,
                                       0x61C,  0x200B, 0x200F, 0x2028, 0x202E, 0x2060,
                                       0x2066, 0x2069, 0xFEFF, 0xFFFE, '\r' };
    static const uint32_t seen[] = { ' ',    '\t',   '\n',   'a',    0xA0,   0xE5,
                                     0x2009, 0x2013, 0x202F, 0x2212, 0xFFFD, 0x1F600 };
    for (size_t i = 0; i < COUNT(hidden); i++)
        assert_true(medel_invisible(hidden[i]));
    for (size_t i = 0; i < COUNT(seen); i++)
        assert_false(medel_invisible(seen[i]));
}

TEST(a_text_is_shown_as_one_harmless_line)
{
    static const struct {
        const char *text;
        size_t len;
        const char *shown;
    } cases[] = {
        { "räksmörgås – 5 000", 23, NULL },
        { "", 0, NULL },
        { "a\nb", 3, "a\\x0ab" },
        { "a\tb", 3, "a\\x09b" },
        { "a\0b", 3, "a\\x00b" },
        { "a\x1B[2J", 5, "a\\x1b[2J" },
        { "a\xE5"
          "b",
          3, "a\\xe5b" },
        { "a\xE2\x80\xAE"
          "b",
          5, "a\\xe2\\x80\\xaeb" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char buf[64];
        const char *want = cases[i].shown ? cases[i].shown : cases[i].text;
        assert_int_equal(medel_text_plain(cases[i].text, cases[i].len), !cases[i].shown);
        size_t n = medel_text_show(cases[i].text, cases[i].len, buf, sizeof buf);
        assert_string_equal(buf, want);
        assert_int_equal(n, strlen(want));
        for (size_t size = 0; size < sizeof buf; size++) {
            char *small = malloc(size ? size : 1); /* ASan sees a byte too many */
            assert_non_null(small);
            assert_int_equal(medel_text_show(cases[i].text, cases[i].len, small, size),
                             n);
            if (size) {
                assert_true(strlen(small) < size
                            && strncmp(small, want, strlen(small)) == 0);
                assert_true(medel_text_plain(small, strlen(small)));
            }
            free(small);
        }
    }
}

TEST(how_many_characters_a_text_has)
{
    assert_int_equal(medel_text_width("", 0), 0);
    assert_int_equal(medel_text_width("smörgås – 5", 15), 11);
    assert_int_equal(medel_text_width("a\xE5z", 3), 3); /* no UTF-8: its bytes */
    assert_int_equal(medel_text_width("\xED\xA0\x80", 3), 3);
}

/* ---- dates ---- */

TEST(dates_that_exist)
{
    static const struct {
        const char *text;
        int32_t days;
    } cases[] = {
        { "1970-01-01", 0 },     { "1970-01-02", 1 },      { "1969-12-31", -1 },
        { "2000-02-29", 11016 }, { "2023-12-31", 19722 },  { "2024-02-29", 19782 },
        { "2024-03-01", 19783 }, { "1900-01-01", -25567 }, { "1900-03-01", -25508 },
        { "2100-12-31", 47846 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int32_t days = 0;
        char back[11];
        assert_true(medel_date_parse(&days, cases[i].text, 10));
        assert_int_equal(days, cases[i].days);
        medel_date_format(days, back);
        assert_string_equal(back, cases[i].text);
    }
}

TEST(dates_that_do_not)
{
    static const char *const cases[] = {
        "2023-02-29", "1900-02-29", "2100-02-29", "2023-04-31",  "2023-13-01",
        "2023-00-10", "2023-01-00", "2023-01-32", "1899-12-31",  "2101-01-01",
        "2023-1-01",  "20230101",   "2023/01/01", "2023-01-01 ", "",
        "2023-0a-01", "-023-01-01",
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int32_t days = 77;
        if (medel_date_parse(&days, cases[i], strlen(cases[i])))
            fail_msg("'%s' was taken for a day", cases[i]);
        assert_int_equal(days, 0);
    }
}

TEST(every_day_of_two_centuries_there_and_back)
{
    char text[11] = "";
    for (int32_t day = -25567; day <= 47846; day++) {
        int32_t back;
        medel_date_format(day, text);
        assert_true(medel_date_parse(&back, text, 10));
        assert_int_equal(back, day);
    }
}

/* ---- files ---- */

static medel_error read_error(const char *path, size_t limit, medel_status expected)
{
    char *text = NULL;
    size_t len = 0;
    medel_error err = { MEDEL_OK, "" };
    medel_status st = medel_file_read(&text, &len, path, limit, NULL, &err);
    assert_int_equal(st, expected);
    assert_int_equal(err.status, expected);
    assert_null(text);
    return err;
}

TEST(files_are_read_whole_or_not_at_all)
{
    char path[] = "/tmp/medel-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "hej\n", 4), 4);
    close(fd);
    char *text;
    size_t len;
    assert_int_equal(medel_file_read(&text, &len, path, 4, NULL, NULL), MEDEL_OK);
    assert_int_equal(len, 4);
    assert_string_equal(text, "hej\n");
    medel_text_free(text, len, NULL);
    medel_text_free(NULL, 0, NULL);
    medel_error err = read_error(path, 3, MEDEL_E_LIMIT);
    assert_text_contains(err.message, "is larger than 3 bytes");
    unlink(path);
    err = read_error(path, 4, MEDEL_E_IO);
    assert_text_contains(err.message, "cannot open");
    assert_int_equal(mkfifo(path, 0600), 0);
    err = read_error(path, 4, MEDEL_E_IO); /* and without waiting for a writer */
    assert_text_contains(err.message, "is not a regular file");
    unlink(path);
    err = read_error("/tmp", 4, MEDEL_E_IO);
    assert_text_contains(err.message, "is a folder");
    assert_int_equal(medel_file_read(&text, &len, path, 4, NULL, NULL), MEDEL_E_IO);
}

TEST(a_file_that_grows_while_it_is_read_is_refused)
{
    /* It says that it is empty and then is not. */
    medel_error err = read_error("/proc/self/stat", 4096, MEDEL_E_IO);
    assert_text_contains(err.message, "changed while it was read");
}

TEST(a_long_path_in_a_message_is_cut_between_characters)
{
    char path[400] = "/";
    for (int i = 0; i < 60; i++)
        strcat(path, "\xC3\xA5\xC3\xA4\xC3\xB6");
    medel_error err = read_error(path, 4, MEDEL_E_IO);
    uint32_t code;
    for (const char *p = err.message; *p;) {
        size_t n = medel_utf8_length((const unsigned char *)p, strlen(p), &code);
        assert_true(n > 0);
        p += n;
    }
}

/* ---- arenas, maps, names ---- */

static void *no_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    (void)ud;
    (void)ptr;
    (void)osize;
    (void)nsize;
    return NULL;
}

TEST(an_arena_goes_back_to_where_it_was)
{
    medel_arena a;
    medel_arena_init(&a, NULL);
    const medel_arena_mark empty = medel_arena_here(&a);
    char *kept = medel_arena_try(&a, 8);
    assert_non_null(kept);
    memcpy(kept, "kept", 5);
    const size_t size = medel_arena_size(&a);
    const medel_arena_mark here = medel_arena_here(&a);
    assert_non_null(medel_arena_try(&a, 8));
    assert_non_null(medel_arena_try(&a, 100000));
    assert_true(medel_arena_size(&a) > size);
    medel_arena_back(&a, here);
    assert_int_equal(medel_arena_size(&a), size);
    assert_string_equal(kept, "kept");
    medel_arena_back(&a, empty);
    assert_int_equal(medel_arena_size(&a), 0);
    medel_arena_free(&a);
}

TEST(arenas_grow_and_say_when_they_cannot)
{
    medel_arena a;
    jmp_buf oom;
    medel_arena_init(&a, NULL);
    a.oom = &oom;
    assert_null(medel_arena_try(&a, SIZE_MAX));
    assert_null(medel_arena_try(&a, SIZE_MAX / 2 + 1));
    char *big = medel_arena_try(&a, 100000);
    assert_non_null(big);
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(big[i], 0);
    assert_string_equal(medel_arena_format(&a, "%d %s", 5, "kr"), "5 kr");
    assert_string_equal(medel_arena_text(&a, "abcdef", 3), "abc");
    medel_map m = { 0 };
    char keys[1000][16];
    assert_null(medel_map_get(&m, "x"));
    for (int i = 0; i < 1000; i++) {
        snprintf(keys[i], sizeof keys[i], "k%d", i);
        medel_map_put(&a, &m, keys[i], keys[i]);
    }
    medel_map_put(&a, &m, "k7", "seven");
    assert_int_equal(m.count, 1000);
    assert_string_equal(medel_map_get(&m, "k7"), "seven");
    assert_string_equal(medel_map_get(&m, "k999"), "k999");
    assert_null(medel_map_get(&m, "k1000"));
    assert_null(medel_map_get(&m, NULL));
    medel_array list = { 0 };
    for (int i = 0; i < 1000; i++)
        *MEDEL_PUSH(&a, &list, int) = i;
    assert_int_equal(((int *)list.data)[999], 999);
    medel_arena_free(&a);
    medel_arena_init(&a, &(medel_allocator){ no_alloc, NULL });
    a.oom = &oom;
    bool jumped = false;
    if (setjmp(oom))
        jumped = true;
    else
        medel_arena_get(&a, 1);
    assert_true(jumped);
}

TEST(the_nearest_name_is_near)
{
    static const char *const names[] = { "intakt", "kostnad", "netto", "budget",
                                         "avvikelse" };
    static const struct {
        const char *name, *expected;
    } cases[] = {
        { "kostnad", "kostnad" },
        { "kosnad", "kostnad" },
        { "ksotnad", "kostnad" },
        { "Netto", "netto" },
        { "intkat", "intakt" },
        { "budgett", "budget" },
        { "avikelser", "avvikelse" },
        { "prognos", NULL },
        { "x", NULL },
        { "", NULL },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *near = medel_nearest(cases[i].name, names, COUNT(names));
        if (!medel_same(near, cases[i].expected))
            fail_msg("'%s' gave '%s'", cases[i].name, near ? near : "nothing");
    }
    char name[200];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_int_equal(medel_edit_distance(name, "a", 5), 6);
    assert_int_equal(medel_edit_distance("", "abc", 9), 3);
    assert_int_equal(medel_edit_distance("ab", "ba", 9), 1);
    assert_string_equal(medel_taxonomy_suggest(finsam(), "arets_resulat"),
                        "arets_resultat");
    assert_string_equal(medel_taxonomy_suggest(finsam(), "resultatrakningen"),
                        "resultatrakning");
    assert_string_equal(medel_taxonomy_suggest(finsam(), "insater"), "insatser");
    assert_null(medel_taxonomy_suggest(finsam(), "qwxyzqwxyzqw"));
}

TEST(names_of_things)
{
    static const medel_status all[] = { MEDEL_OK,       MEDEL_E_NOMEM,  MEDEL_E_IO,
                                        MEDEL_E_SYNTAX, MEDEL_E_SCHEMA, MEDEL_E_OVERFLOW,
                                        MEDEL_E_UNIT,   MEDEL_E_DOMAIN, MEDEL_E_LIMIT };
    for (size_t i = 0; i < COUNT(all); i++) {
        assert_string_not_equal(medel_status_name(all[i]), "unknown");
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(medel_status_name(all[i]), medel_status_name(all[k]));
    }
    assert_string_equal(medel_status_name((medel_status)7), "unknown");
    for (int l = MEDEL_LEVEL_NOTE; l <= MEDEL_LEVEL_ERROR; l++) {
        medel_level back;
        assert_true(medel_level_parse(&back, medel_level_name((medel_level)l)));
        assert_int_equal(back, l);
    }
    medel_level level = MEDEL_LEVEL_ERROR;
    assert_false(medel_level_parse(&level, "fatal"));
    assert_int_equal(level, MEDEL_LEVEL_NOTE);
    assert_string_equal(medel_variant_name(MEDEL_VARIANT_UTFALL), "utfall");
    assert_string_equal(medel_variant_name(MEDEL_VARIANT_BUDGET), "budget");
    assert_string_equal(medel_variant_name(MEDEL_VARIANT_PROGNOS), "prognos");
    for (int c = MEDEL_CAUSE_ROUNDING; c <= MEDEL_CAUSE_WRONG_ROW; c++)
        assert_true(*medel_cause_text((medel_cause)c) != '\0');
    assert_string_equal(medel_cause_text(MEDEL_CAUSE_NONE), "");
}

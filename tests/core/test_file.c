/* test_file.c - files are written whole or not at all. */
#include "test.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], said[sizeof((medel_error *)0)->message];

static const char *in_folder(const char *name)
{
    static char path[8][128];
    static unsigned turn;
    char *p = path[turn++ % COUNT(path)];
    snprintf(p, sizeof path[0], "%s/%s", folder, name);
    return p;
}

static void begin(void)
{
    strcpy(folder, "/tmp/medel-file-XXXXXX");
    assert_non_null(mkdtemp(folder));
}

/* The folder must hold nothing but these. */
static void end(const char *const *names)
{
    for (; *names; names++)
        assert_int_equal(unlink(in_folder(*names)), 0);
    assert_int_equal(rmdir(folder), 0);
}

static medel_status put(const char *name, const char *text, bool replace)
{
    medel_error err = { MEDEL_OK, "" };
    medel_status st =
        medel_file_write(in_folder(name), text, strlen(text), replace, &err);
    snprintf(said, sizeof said, "%s", err.message);
    return st;
}

static void holds(const char *name, const char *text)
{
    size_t len;
    char *found = file_text(in_folder(name), &len);
    assert_string_equal(found, text);
    free(found);
}

TEST(a_file_is_new_or_replaced)
{
    begin();
    assert_int_equal(put("a", "ett", false), MEDEL_OK);
    holds("a", "ett");
    assert_int_equal(put("a", "två", false), MEDEL_E_IO);
    assert_non_null(strstr(said, "already there"));
    holds("a", "ett");
    assert_int_equal(put("a", "två", true), MEDEL_OK);
    holds("a", "två");
    assert_int_equal(put("a", "", true), MEDEL_OK);
    holds("a", "");
    end((const char *const[]){ "a", NULL });
}

TEST(a_private_file_stays_private)
{
    struct stat st;
    begin();
    assert_int_equal(put("a", "ett", true), MEDEL_OK);
    assert_int_equal(chmod(in_folder("a"), 0600), 0);
    assert_int_equal(put("a", "två", true), MEDEL_OK);
    assert_int_equal(stat(in_folder("a"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    end((const char *const[]){ "a", NULL });
}

TEST(a_link_is_replaced_and_not_followed)
{
    struct stat st;
    begin();
    assert_int_equal(put("mål", "orört", true), MEDEL_OK);
    assert_int_equal(symlink("mål", in_folder("länk")), 0);
    assert_int_equal(put("länk", "nytt", false), MEDEL_E_IO);
    assert_int_equal(put("länk", "nytt", true), MEDEL_OK);
    assert_int_equal(lstat(in_folder("länk"), &st), 0);
    assert_true(S_ISREG(st.st_mode));
    holds("mål", "orört");
    assert_int_equal(symlink("finns inte", in_folder("los")), 0);
    assert_int_equal(put("los", "nytt", true), MEDEL_OK);
    holds("los", "nytt");
    /* A hard link, too: the other name has what it had. */
    assert_int_equal(link(in_folder("mål"), in_folder("andra")), 0);
    assert_int_equal(put("andra", "nytt", true), MEDEL_OK);
    holds("mål", "orört");
    end((const char *const[]){ "mål", "länk", "los", "andra", NULL });
}

TEST(what_is_no_file_is_refused)
{
    begin();
    assert_int_equal(mkfifo(in_folder("rör"), 0600), 0);
    assert_int_equal(symlink("/dev/null", in_folder("null")), 0);
    assert_int_equal(put("rör", "x", true), MEDEL_E_IO);
    assert_non_null(strstr(said, "not a regular file"));
    assert_int_equal(put("null", "x", true), MEDEL_E_IO);
    assert_int_equal(put(".", "x", true), MEDEL_E_IO);
    assert_non_null(strstr(said, "a folder"));
    assert_int_equal(put("finns/inte", "x", true), MEDEL_E_IO);
    assert_int_equal(put("", "x", true), MEDEL_E_IO);
    end((const char *const[]){ "rör", "null", NULL });
}

/* Left by a process that was killed; and held by one that is writing. */
TEST(a_draft_that_was_left_is_taken_away)
{
    begin();
    int fd = open(in_folder("a.ny"), O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0);
    assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
    assert_int_equal(put("a", "ett", true), MEDEL_E_IO);
    assert_non_null(strstr(said, "in the way"));
    close(fd);
    assert_int_equal(put("a", "ett", true), MEDEL_OK);
    holds("a", "ett");
    /* A link there is not followed, and not taken for a draft. */
    assert_int_equal(symlink("a", in_folder("b.ny")), 0);
    assert_int_equal(put("b", "två", true), MEDEL_E_IO);
    holds("a", "ett");
    end((const char *const[]){ "a", "b.ny", NULL });
}

TEST(a_name_that_is_too_long_is_refused)
{
    char name[6000];
    medel_error err = { MEDEL_OK, "" };
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_int_equal(medel_file_write(name, "x", 1, true, &err), MEDEL_E_IO);
    assert_non_null(strstr(err.message, "too long a name"));
}

TEST(a_file_begins_and_stays_where_it_is_named)
{
    char head[6] = "";
    assert_int_equal(medel_file_begin("README.md", head, 5), 5);
    assert_string_equal(head, "# med");
    assert_int_equal(medel_file_begin("finns/inte", head, 5), 0);
    assert_int_equal(medel_file_begin("tests", head, 5), 0);
    assert_false(medel_file_leaves("README.md"));
    assert_false(medel_file_leaves("finns-inte"));
}

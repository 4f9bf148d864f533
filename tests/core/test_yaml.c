/* test_yaml.c - the tree that a file becomes, its places and its limits. */
#include "medel_packed.h"
#include "medel_priv.h"
#include "test.h"

static medel_yaml_document *tree(const char *text)
{
    medel_yaml_document *doc = NULL;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    medel_status st =
        medel_yaml_read(&doc, &(medel_input){ "f.yaml", text, strlen(text) }, NULL, d);
    if (st != MEDEL_OK) {
        char *s = diagnostics_text(d);
        print_error("%s", s);
        fail_msg("%s", medel_status_name(st));
    }
    medel_diagnostics_free(d);
    return doc;
}

static medel_status read_status(const char *text, size_t len)
{
    medel_yaml_document *doc = NULL;
    medel_status st =
        medel_yaml_read(&doc, &(medel_input){ "f.yaml", text, len }, NULL, NULL);
    medel_yaml_free(doc);
    return st;
}

TEST(a_tree_has_types_texts_and_places)
{
    medel_yaml_document *doc = tree("a: 1\n"
                                    "förbund: { namn: 'å, ä', \"ö\": [x, ~, \"-\"] }\n"
                                    "lista:\n"
                                    "  - \n"
                                    "  - |\n"
                                    "    två\n"
                                    "    rader\n");
    const medel_yaml *root = medel_yaml_root(doc);
    assert_int_equal(root->type, MEDEL_YAML_MAPPING);
    assert_false(root->flow);
    assert_int_equal(root->count, 3);
    const medel_yaml *f = medel_yaml_find(root, "förbund");
    assert_true(f->flow);
    assert_int_equal(f->line, 2);
    assert_int_equal(f->col, 10);
    const medel_yaml *name = medel_yaml_find(f, "namn");
    assert_string_equal(name->text, "å, ä");
    assert_false(name->plain);
    assert_int_equal(name->col, 18); /* characters, not bytes */
    const medel_yaml *list = medel_yaml_find(f, "ö");
    assert_int_equal(list->type, MEDEL_YAML_SEQUENCE);
    assert_int_equal(list->col, 31);
    assert_int_equal(list->count, 3);
    assert_string_equal(list->items[1].text, "~");
    assert_true(list->items[1].plain);
    assert_false(list->items[2].plain);
    const medel_yaml *block = medel_yaml_find(root, "lista");
    assert_int_equal(block->items[0].len, 0);
    assert_true(block->items[0].plain);
    assert_string_equal(block->items[1].text, "två\nrader\n");
    assert_null(medel_yaml_find(root, "finns inte"));
    assert_null(medel_yaml_find(block, "a"));
    assert_string_equal(medel_yaml_type_name(block), "a list");
    assert_string_equal(medel_yaml_type_name(root), "a mapping");
    assert_string_equal(medel_yaml_type_name(name), "a single value");
    medel_yaml_free(doc);
    medel_yaml_free(NULL);
}

TEST(scalars_are_text_whatever_they_look_like)
{
    static const char *const texts[] = { "NO",    "yes",  "ja",         "08",   "0755",
                                         "1_000", "1e3",  "2024-01-15", ".inf", "~",
                                         "null",  "0x1F", "22:22:22",   "1.10" };
    for (size_t i = 0; i < COUNT(texts); i++) {
        char text[32];
        snprintf(text, sizeof text, "a: %s\n", texts[i]);
        medel_yaml_document *doc = tree(text);
        const medel_yaml *n = medel_yaml_find(medel_yaml_root(doc), "a");
        assert_string_equal(n->text, texts[i]);
        medel_yaml_free(doc);
    }
}

TEST(harmless_forms_are_accepted)
{
    static const char *const texts[] = {
        "\xEF\xBB\xBF"
        "a: 1\n", /* byte order mark at the beginning */
        "a: 1\r\nb: 2\r\n",
        "# bara en kommentar\na: 1",
        "---\na: 1\n...\n",
        "a: \xC2\xA0"
        "5\xC2\xA0"
        "000\n",
        "a: \"\\u00e5\\x41\\t\\n\"\n",
        "\"NO\": 1\nno: 2\n",
        "'<<': 1\n", /* only plain it is a merge key */
        "? a\n: 1\n",
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        medel_yaml_free(tree(texts[i]));
}

/* a nested n levels deep in lists (or mappings) */
static char *nested(size_t n, const char *open, const char *close)
{
    char *text = malloc(n * (strlen(open) + strlen(close)) + 1), *p = text;
    assert_non_null(text);
    for (size_t i = 0; i < n; i++)
        p += sprintf(p, "%s", open);
    for (size_t i = 0; i < n; i++)
        p += sprintf(p, "%s", close);
    return text;
}

TEST(depth_is_limited_however_it_is_made)
{
    static const struct {
        const char *open, *close;
        size_t n;
        medel_status expected;
    } cases[] = {
        { "[", "]", 64, MEDEL_OK },         { "[", "]", 65, MEDEL_E_LIMIT },
        { "[", "", 100000, MEDEL_E_LIMIT }, { "{a: ", "", 20000, MEDEL_E_LIMIT },
        { "- ", "", 64, MEDEL_OK },         { "- ", "", 10000, MEDEL_E_LIMIT },
        { "? ", "", 10000, MEDEL_E_LIMIT }, { "[{a: ", "", 20000, MEDEL_E_LIMIT },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = nested(cases[i].n, cases[i].open, cases[i].close);
        assert_int_equal(read_status(text, strlen(text)), cases[i].expected);
        free(text);
    }
}

static char *repeated(const char *head, const char *part, size_t n, const char *tail)
{
    size_t len = strlen(part);
    char *text = malloc(strlen(head) + n * len + strlen(tail) + 1), *p = text;
    assert_non_null(text);
    p += sprintf(p, "%s", head);
    for (size_t i = 0; i < n; i++, p += len)
        memcpy(p, part, len);
    strcpy(p, tail);
    return text;
}

TEST(sizes_are_limited)
{
    static const struct {
        const char *head, *part;
        size_t n;
        const char *tail;
        medel_status expected;
    } cases[] = {
        { "a: ", "x", 65536, "\n", MEDEL_OK },
        { "a: ", "x", 65537, "\n", MEDEL_E_LIMIT },
        { "a: \"", "\\x41", 65537, "\"\n", MEDEL_E_LIMIT },
        { "", "k", 128, ": 1\n", MEDEL_OK },
        { "", "k", 129, ": 1\n", MEDEL_E_LIMIT },
        { "a: 1 #", "x", (4 << 20) - 6, "", MEDEL_OK },
        { "a: 1 #", "x", (4 << 20) - 5, "", MEDEL_E_LIMIT },
        { "[", "1,", 99999, "]", MEDEL_OK },
        { "[", "1,", 100000, "]", MEDEL_E_LIMIT },
        { "[", "[],", 100000, "]", MEDEL_E_LIMIT },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = repeated(cases[i].head, cases[i].part, cases[i].n, cases[i].tail);
        medel_status st = read_status(text, strlen(text));
        if (st != cases[i].expected)
            fail_msg("case %zu: %s", i, medel_status_name(st));
        free(text);
    }
}

TEST(many_keys_are_looked_up_not_compared_in_pairs)
{
    char *text = malloc(49000 * 16), *p = text;
    assert_non_null(text);
    for (int i = 0; i < 49000; i++)
        p += sprintf(p, "k%d: %d\n", i, i);
    assert_int_equal(read_status(text, (size_t)(p - text)), MEDEL_OK);
    strcpy(p, "k7: 1\n");
    assert_int_equal(read_status(text, strlen(text)), MEDEL_E_SCHEMA);
    free(text);
}

TEST(the_end_of_the_text_is_its_length)
{
    assert_int_equal(read_status("a: 1\nb: [", 4), MEDEL_OK);
    assert_int_equal(read_status("a: 1\nb: [", 9), MEDEL_E_SYNTAX);
    assert_int_equal(read_status("", 0), MEDEL_E_SYNTAX);
    assert_int_equal(read_status(NULL, 0), MEDEL_E_SYNTAX);
    assert_int_equal(read_status("a\0b", 3), MEDEL_E_SYNTAX);
}

static void assert_same_node(const medel_yaml *a, const medel_yaml *b)
{
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->plain, b->plain);
    assert_int_equal(a->flow, b->flow);
    assert_int_equal(a->line, b->line);
    assert_int_equal(a->col, b->col);
    assert_string_equal(a->text, b->text);
    assert_int_equal(a->len, b->len);
    assert_int_equal(a->count, b->count);
    const size_t n = a->type == MEDEL_YAML_MAPPING ? 2 * a->count : a->count;
    for (size_t i = 0; a->type != MEDEL_YAML_SCALAR && i < n; i++)
        assert_same_node(&a->items[i], &b->items[i]);
}

static void *plain_alloc(void *ud, void *p, size_t osize, size_t nsize)
{
    (void)ud;
    (void)osize;
    if (nsize)
        return realloc(p, nsize);
    free(p);
    return NULL;
}

static void assert_packs(const char *text)
{
    medel_yaml_document *doc = tree(text), *again = NULL;
    char *bytes = NULL;
    size_t len = 0;
    assert_int_equal(medel_yaml_pack(&bytes, &len, medel_yaml_root(doc),
                                     &(medel_allocator){ plain_alloc, NULL }),
                     MEDEL_OK);
    assert_int_equal(medel_yaml_unpack(&again, bytes, NULL), MEDEL_OK);
    assert_same_node(medel_yaml_root(doc), medel_yaml_root(again));
    medel_yaml_free(doc);
    medel_yaml_free(again);
    free(bytes);
}

TEST(a_packed_tree_is_the_same_tree)
{
    assert_packs("a: 1\nb: [x, { y: 'z', å: ~ }, [], {}]\nc:\n  - d: |\n      två\n"
                 "      rader\n    e: \"-\"\n  -\nf: \"\"\n");
    assert_packs("bara en text");
    assert_packs("[]");
    size_t len;
    char *taxonomy = file_text("rules/taxonomy/finsam.yaml", &len);
    assert_packs(taxonomy);
    free(taxonomy);
}

TEST(a_node_is_asked)
{
    size_t len = 9;
    medel_yaml_document *doc = tree("a: [1, \"2\"]\nb: {}\n");
    const medel_yaml *root = medel_yaml_root(doc), *list = medel_yaml_item(root, 0);
    assert_int_equal(medel_yaml_type_of(root), MEDEL_YAML_MAPPING);
    assert_int_equal(medel_yaml_count(root), 2);
    assert_string_equal(medel_yaml_scalar(medel_yaml_key(root, 1), &len), "b");
    assert_int_equal(len, 1);
    assert_null(medel_yaml_key(root, 2));
    assert_null(medel_yaml_item(root, 2));
    assert_int_equal(medel_yaml_type_of(list), MEDEL_YAML_SEQUENCE);
    assert_null(medel_yaml_key(list, 0));
    assert_true(medel_yaml_plain(medel_yaml_item(list, 0)));
    assert_false(medel_yaml_plain(medel_yaml_item(list, 1)));
    assert_string_equal(medel_yaml_scalar(list, &len), "");
    assert_int_equal(len, 0);
    assert_int_equal(medel_yaml_count(medel_yaml_item(list, 0)), 0);
    assert_int_equal(medel_yaml_line(list), 1);
    assert_int_equal(medel_yaml_col(list), 4);
    medel_yaml_free(doc);
}

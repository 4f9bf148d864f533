/* test_kind.c - what a file is, by how it begins. */
#include "test.h"

#include <string.h>

static void is(const char *text, size_t len, const char *id)
{
    const medel_file_kind *kind = medel_file_kind_of(text, len);
    if (!id)
        assert_null(kind);
    else if (!kind || strcmp(kind->id, id) != 0)
        fail_msg("'%.40s' is %s, not %s", text, kind ? kind->id : "unknown", id);
}

static void text_is(const char *text, const char *id)
{
    is(text, strlen(text), id);
}

TEST(files_are_told_from_each_other)
{
    text_is("# en rapport\nmedel: 1\nrakenskapsar: 2023\n", "report");
    text_is("\xEF\xBB\xBFrakenskapsar: 2023\r\nmedel: 1\r\n", "report");
    text_is("medel_scenario: 1\n", "scenario");
    text_is("medel_granskning: 1\n", "granskning");
    text_is("ovriga: iakttagelse\nmedel_avsteg: 1\n", "avsteg");
    text_is("#FLAGGA 0\n#PROGRAM \"x\" 1\n", "sie");
    text_is("\n  #PROGRAM x\n", "sie");
    text_is("<?xml version=\"1.0\"?>\n<Sie xmlns=\"http://www.sie.se/sie5\">", "sie5");
    text_is("<?xml version=\"1.0\"?>\n<svg/>", "xml");
    text_is("<!DOCTYPE html>\n", "html");
    text_is("konto;datum;belopp\n1930;2023-01-01;5,00\n", "csv");
    text_is("\"konto\",\"text, lång\",\"belopp\"\n1930,hyra,-5\n", "csv");
    text_is("konto\tdatum\tbelopp\n1930\t2023-01-01\t5\n", "csv");
    text_is("%PDF-1.7\n", "pdf");
    is("PK\3\4....[Content_Types].xml....word/document.xml", 45, "docx");
    is("PK\3\4....[Content_Types].xml....xl/workbook.xml", 44, "xlsx");
    is("PK\3\4....[Content_Types].xml", 27, "ooxml");
    is("PK\3\4....mimetype", 16, "zip");
    is("\x1f\x8b\x08", 3, "gzip");
    is("\xff\xfem\0e\0", 6, "utf16");
}

TEST(what_does_not_say_what_it_is_is_left_to_its_reader)
{
    text_is("", NULL);
    text_is("# Hej\n", NULL);
    text_is("namn: Förbundet\nmedlemmar: [a, b, c]\n", NULL);
    text_is("rader: { a: [1, 2], b: [3, 4] }\nfler: { a: [1, 2], b: [3, 4] }\n", NULL);
    text_is("- a, b, c\n- d, e, f\n", NULL);
    text_is("Belopp, text och datum, ordnade så.\nSen en rad till.\n", NULL);
}

TEST(every_kind_has_a_name_of_its_own)
{
    const medel_file_kind *all;
    const size_t n = medel_file_kinds(&all);
    assert_true(n > 15);
    for (size_t i = 0; i < n; i++) {
        assert_true(*all[i].what != '\0');
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(all[i].id, all[k].id);
    }
}

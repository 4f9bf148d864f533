#!/usr/bin/env python3
"""embed.py - the C API from Python by ctypes: an audit, a function of the host's, JSON.

  python3 embed.py libmedel.so.2 2023.yaml
"""
import ctypes as c
import json
import sys


class Input(c.Structure):
    _fields_ = [("name", c.c_char_p), ("text", c.c_char_p), ("len", c.c_size_t)]


class Rational(c.Structure):
    _fields_ = [("num", c.c_int64), ("den", c.c_int64)]


class Quantity(c.Structure):
    _fields_ = [("value", Rational), ("low", Rational), ("high", Rational), ("money", c.c_int8), ("count", c.c_int8)]


class Any(c.Structure):
    _fields_ = [("kind", c.c_int), ("boolean", c.c_bool), ("integer", c.c_int64), ("text", c.c_char_p),
                ("len", c.c_size_t), ("quantity", Quantity)]


class Place(c.Structure):
    _fields_ = [("file", c.c_char_p), ("line", c.c_uint), ("col", c.c_uint), ("document", c.c_char_p)]


class Worth(c.Structure):
    _fields_ = [("quantity", Quantity), ("text", c.c_char_p), ("ore", c.c_int64), ("has_ore", c.c_bool)]


class Evidence(c.Structure):
    _fields_ = [("name", c.c_char_p), ("printed", c.c_char_p), ("value", Worth), ("place", Place)]


class Finding(c.Structure):
    _fields_ = [("rule", c.c_char_p), ("outcome", c.c_int), ("level", c.c_int), ("title", c.c_char_p),
                ("ground", c.c_char_p), ("pack", c.c_char_p), ("recommendation", c.c_char_p),
                ("message", c.c_char_p), ("cause", c.c_char_p), ("fingerprint", c.c_char_p), ("since", c.c_char_p),
                ("weight", c.c_char_p), ("place", Place)]


HOST_FN = c.CFUNCTYPE(c.c_int, c.c_void_p, c.POINTER(Any), c.c_size_t, c.POINTER(Any), c.c_void_p)
OK, FINDING, INTEGER, QUANTITY = 0, 1, 2, 4

RULE = """return rule {
  id = "PY-01", title = "Fråga till Python", ground = "embed.py", level = "note",
  check = function(ar) return finding("{a}", { a = host.dubbelt(ar.eget_kapital) }) end }
""".encode()


def library(path):
    lib = c.CDLL(path)
    lib.medel_runtime_diagnostics.restype = c.c_void_p
    lib.medel_diagnostics_get.restype = c.c_void_p
    lib.medel_findings_get.restype = c.POINTER(Finding)
    lib.medel_finding_evidence.restype = c.POINTER(Evidence)
    lib.medel_findings_json.restype = c.c_char_p
    return lib


def must(lib, rt, status):
    if status == OK:
        return
    text = c.create_string_buffer(4000)
    diagnostics = c.c_void_p(lib.medel_runtime_diagnostics(rt))
    lib.medel_diagnostic_format(c.c_void_p(lib.medel_diagnostics_get(diagnostics, c.c_size_t(0))), text,
                                c.c_size_t(len(text)))
    sys.exit(text.value.decode())


def main():
    lib = library(sys.argv[1])
    rt, report, findings = c.c_void_p(), c.c_void_p(), c.c_void_p()
    if lib.medel_runtime_new(c.byref(rt), None) != OK:
        sys.exit("no memory")

    @HOST_FN
    def doubled(_ud, args, n, result, _err):
        result[0].kind = QUANTITY
        return lib.medel_quantity_add(c.byref(result[0], Any.quantity.offset), c.byref(args[0], Any.quantity.offset),
                                      c.byref(args[0], Any.quantity.offset))

    must(lib, rt, lib.medel_runtime_function(rt, b"dubbelt", doubled, None))
    must(lib, rt, lib.medel_runtime_pack(rt, b"kpmg"))
    rule = Input(b"py.lua", RULE, len(RULE))
    must(lib, rt, lib.medel_runtime_pack_files(rt, b"python", c.byref(rule), c.c_size_t(1)))
    must(lib, rt, lib.medel_load(rt, c.byref(report), c.byref(Input(sys.argv[2].encode(), None, 0))))
    must(lib, rt, lib.medel_audit(rt, c.byref(findings), report, None))

    found = json.loads(lib.medel_findings_json(findings, None))["reports"][0]["findings"]
    for i in range(lib.medel_findings_count(findings, FINDING)):
        f = lib.medel_findings_get(findings, FINDING, c.c_size_t(i)).contents
        assert f.rule.decode() == found[i]["rule"] and f.message.decode() == found[i]["message"]
        assert (f.place.line, f.place.col) == (found[i]["source"]["line"], found[i]["source"]["column"])
        if f.rule in (b"PY-01", b"EKA-01"):
            print(f.rule.decode(), f"{f.place.file.decode()}:{f.place.line}:{f.place.col}", f.message.decode())
            e = lib.medel_finding_evidence(c.byref(f), c.c_size_t(0)).contents
            print("  ", e.name.decode(), e.value.ore, "öre")
    assert i + 1 == len(found)
    lib.medel_findings_free(findings)
    lib.medel_report_free(report)
    lib.medel_runtime_free(rt)


main()

"""all.py MEDEL - what the formats for other programs promise, on the examples and on small
reports; prints only what fails."""
import sys
import unittest

import support

NAMES = ("json", "sarif", "junit", "csv", "hostile", "ledger", "pages")


class Quiet(unittest.TextTestResult):
    def addFailure(self, test, err):
        super().addFailure(test, err)
        print(f"FAIL {test.id()}\n{self.failures[-1][1]}")

    def addError(self, test, err):
        super().addError(test, err)
        print(f"FAIL {test.id()}\n{self.errors[-1][1]}")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        print(f"skipped {test.id()}: {reason}")


def main():
    support.MEDEL = support.os.path.abspath(sys.argv[1])
    tests = unittest.defaultTestLoader.loadTestsFromNames(f"test_{name}" for name in NAMES)
    with open(support.os.devnull, "w", encoding="utf-8") as nowhere:
        result = unittest.TextTestRunner(stream=nowhere, resultclass=Quiet).run(tests)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or result.testsRun == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

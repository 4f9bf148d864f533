"""slots.py TURNS - nanoseconds of CPU for the rule of rules.lua in plain Python: an object
with slots, integers without unit or evidence."""
import sys
import time


class Balansrakning:
    __slots__ = ("fordringar", "kassa_och_bank", "kortfristiga_skulder")

    def __init__(self):
        self.fordringar = 277347900
        self.kassa_och_bank = 146343200
        self.kortfristiga_skulder = 343574900


def rule(b):
    if b.fordringar + b.kassa_och_bank <= b.kortfristiga_skulder:
        return "x"
    return None


b = Balansrakning()
n = 200000
for _ in range(int(sys.argv[1])):
    start = time.process_time_ns()
    for _ in range(n):
        rule(b)
    print((time.process_time_ns() - start) / n)

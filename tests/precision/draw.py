"""Drawing: every convention has a name, and its own stream of random numbers.

A convention that is added or taken away leaves what the others draw as it was, so figures
of two versions of the generator can be compared.
"""

import random


def stream(*names):
    """A generator of random numbers that depends on the names and on nothing else."""
    return random.Random(":".join(str(n) for n in names))


class Conventions:
    """What one report prints in which way.  `table` is name -> [(option, weight), ...], the
    plain option first; `chosen` fixes some, the others are drawn or, if `plain`, plain."""

    def __init__(self, table, seed, plain=False, chosen=None):
        self.seed = seed
        self.options = {}
        for name, options in table.items():
            values, weights = zip(*options)
            self.options[name] = (values[0] if plain
                                  else stream(seed, name).choices(values, weights)[0])
        self.options.update(chosen or {})
        self.used = {}

    def __getattr__(self, name):
        try:
            value = self.options[name]
        except KeyError:
            raise AttributeError(name) from None
        self.used[name] = value
        return value

    def stream(self, *names):
        return stream(self.seed, *names)

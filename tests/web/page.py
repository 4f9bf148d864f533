"""page.py PAGE [scripted] - what must hold of a report's HTML: balanced, no script, headings in order,
links that lead somewhere, tables with headers, nothing fetched from elsewhere."""
import re
import sys
from html.parser import HTMLParser

VOID = {"meta", "br", "link", "img", "hr", "input"}


class Page(HTMLParser):
    def __init__(self, scripted):
        super().__init__(convert_charrefs=True)
        self.never = ("iframe", "object", "embed", "form", "link") + (() if scripted else ("script", "img"))
        self.stack, self.ids, self.links, self.levels, self.wrong = [], set(), [], [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in self.never:
            self.wrong.append(f"<{tag}> in the page")
        self.wrong += [f"{name} on <{tag}>" for name in attrs if name.startswith("on")]
        if "id" in attrs:
            if attrs["id"] in self.ids:
                self.wrong.append(f"id {attrs['id']} twice")
            self.ids.add(attrs["id"])
        if tag == "a":
            self.links.append(attrs.get("href", ""))
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")


def main(path, scripted=False):
    text = open(path, encoding="utf-8").read()
    page = Page(scripted)
    page.feed(text)
    wrong = page.wrong + [f"<{tag}> is not closed" for tag in page.stack]
    wrong += [f"link {link} leads nowhere" for link in page.links
              if not link.startswith("#") or link[1:] not in page.ids]
    if page.levels[:1] != [1] or page.levels.count(1) != 1:
        wrong.append("one h1, first")
    wrong += [f"h{b} after h{a}" for a, b in zip(page.levels, page.levels[1:]) if b > a + 1]
    if "charset" not in text[:1024]:
        wrong.append("no charset in the first 1024 bytes")
    # of the page for answers the document's own text may name addresses
    address = r'(src|href)="?https?:' if scripted else "https?:"
    if re.search(r"url\(|@import|" + address, text):
        wrong.append("something is fetched or linked from elsewhere")
    for line in wrong[:10]:
        print(f"FAIL {path}: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:] == ["scripted"]))

"""print_reports.py FOLDER TEXT...: each text as a PDF of pages in a typewriter's letters, so small that its longest line
has room."""
import os
import sys

from print_pdf import Pdf

for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        pages = file.read().split("\f")
    longest = max(len(line.expandtabs()) for page in pages for line in page.split("\n"))
    size = min(10, 535 / (.6 * longest))
    pdf = Pdf({"font": "Courier", "size": size, "page": (595, 842)})
    for page in pages:
        for line in page.split("\n"):
            if pdf.y > 800:
                pdf.new_page()
            pdf.text(30, pdf.y, line.expandtabs())
            pdf.y += 1.3 * size
        pdf.new_page()
    with open(os.path.join(sys.argv[1], os.path.basename(path)[:-4] + ".pdf"), "wb") as file:
        file.write(pdf.bytes())

"""A whole report: books under conventions, printed."""

import conventions
import overviews
import prose
import statements
from books import Books
from doc import Doc
from draw import Conventions


def make(seed, plain=False, chosen=None):
    """The document of a seed.  `chosen` fixes conventions; with `plain` the others are plain."""
    c = Conventions(conventions.ALL, seed, plain, chosen)
    books = Books(c)
    doc = Doc(c)
    doc.books = books
    prose.header(doc, books)
    overviews.oversikt(doc, books)
    overviews.oversikt_medlemsbidrag(doc, books)
    overviews.finansierad_verksamhet(doc, books)
    statements.balanskravsutredning(doc, books)
    statements.resultatrakning(doc, books)
    statements.balansrakning(doc, books)
    statements.kassaflodesanalys(doc, books)
    overviews.driftredovisning(doc, books)
    invested = overviews.investeringsredovisning(doc, books)
    doc.put("noter:")
    statements.not_intakter(doc, books)
    statements.not_kostnader(doc, books)
    statements.ovriga_noter(doc, books)
    prose.texts(doc, books, invested)
    lista = prose.make_insatser(doc, books)
    prose.insatser(doc, books, lista)
    prose.mal(doc, books, lista)
    prose.enkater(doc, books, lista)
    prose.uppgifter(doc, books, lista)
    prose.besides(doc, books)
    return doc

/* sie_deviations.h - every deviation: code, severity, text in Swedish and English.
   '%' stands for the value in question.  Included with SIE_DEVIATION defined. */
/* ---- the whole file ---- */
SIE_DEVIATION(encoding_not_cp437, WARNING,
              "Filen är kodad i %, inte i CP437 som #FORMAT PC8 säger",
              "the file is encoded in %, not in CP437 as #FORMAT PC8 says")
SIE_DEVIATION(encoding_forced, NOTE,
              "Kodningen % är angiven, inte avgjord av filens tecken",
              "the encoding % was given, not decided by the bytes")
SIE_DEVIATION(encoding_changed, WARNING, "Filens senare delar är kodade på annat sätt: %",
              "later parts of the file are encoded in another way: %")
SIE_DEVIATION(mojibake, WARNING, "Tecken ser ut att ha tolkats fel innan filen skrevs: %",
              "characters seem to have been misread before the file was written: %")
SIE_DEVIATION(byte_order_mark, WARNING, "Filen börjar med ett byte order mark",
              "the file begins with a byte order mark")
SIE_DEVIATION(no_final_newline, NOTE, "Sista raden saknar radslut",
              "the last line has no end")
SIE_DEVIATION(end_of_file_mark, NOTE,
              "Filen innehåller ett Ctrl-Z; resten av raden läses inte",
              "the file has a Ctrl-Z; the rest of the line is not read")
SIE_DEVIATION(mixed_line_ends, NOTE, "Radsluten är av olika slag",
              "lines end in different ways")
SIE_DEVIATION(file_suffix, NOTE,
              "Filnamnet slutar på % men innehållet är av den andra sorten",
              "the file name ends in % but the content is of the other kind")
SIE_DEVIATION(label_missing, WARNING, "Den obligatoriska posten #% saknas",
              "the required item #% is missing")
SIE_DEVIATION(label_forbidden, WARNING, "Posten #% hör inte till filens typ",
              "the file's type does not have the item #%")
SIE_DEVIATION(label_repeated, WARNING,
              "Posten får bara finnas en gång; den senaste gäller",
              "the item may stand only once; the last one holds")
SIE_DEVIATION(label_unknown, NOTE, "Okänd post; den bevaras men läses inte",
              "unknown item; kept but not read")
SIE_DEVIATION(label_lower_case, WARNING, "Posten är skriven med små bokstäver",
              "the label is in lower case")
SIE_DEVIATION(group_order, WARNING, "Posten står efter en senare grupp",
              "the item stands after a later group")
SIE_DEVIATION(flagga_not_first, WARNING, "#FLAGGA är inte filens första post",
              "#FLAGGA is not the first item")
SIE_DEVIATION(flagga_read, WARNING, "#FLAGGA är %: filen är redan inläst någonstans",
              "#FLAGGA is %: the file has already been read somewhere")
SIE_DEVIATION(format_unknown, WARNING, "#FORMAT är %, inte PC8", "#FORMAT is %, not PC8")
SIE_DEVIATION(sietyp_unknown, WARNING, "#SIETYP är %, inte 1-4", "#SIETYP is %, not 1-4")
/* ---- lines and fields ---- */
SIE_DEVIATION(no_label, WARNING, "Raden är ingen post: %", "the line is no item: %")
SIE_DEVIATION(tab_separator, NOTE, "Tabb skiljer fälten", "a tab separates fields")
SIE_DEVIATION(indented_line, NOTE, "Raden är indragen", "the line is indented")
SIE_DEVIATION(quote_unterminated, WARNING, "Citattecknet avslutas inte på raden: %",
              "a quote is not closed in its line: %")
SIE_DEVIATION(quote_inside, WARNING,
              "Citattecken inne i en text saknar \\ framför sig: %",
              "a quote inside a text has no \\ before it: %")
SIE_DEVIATION(control_character, WARNING, "Styrtecken i ett fält",
              "control characters in a field")
SIE_DEVIATION(too_few_fields, WARNING, "Posten har för få fält: %",
              "the item has too few fields: %")
SIE_DEVIATION(too_many_fields, NOTE, "Posten har fler fält än specifikationen: %",
              "the item has more fields than the specification: %")
SIE_DEVIATION(item_unreadable, ERROR, "Posten går inte att läsa: %",
              "the item cannot be read: %")
/* ---- values ---- */
SIE_DEVIATION(amount_missing, ERROR, "Beloppet saknas", "the amount is missing")
SIE_DEVIATION(amount_comma, ERROR, "Beloppet har komma: %", "the amount has a comma: %")
SIE_DEVIATION(amount_plus, ERROR, "Beloppet har plustecken: %",
              "the amount has a plus sign: %")
SIE_DEVIATION(amount_space, ERROR, "Beloppet har mellanrum: %",
              "the amount has a space: %")
SIE_DEVIATION(amount_decimals, ERROR, "Beloppet har fler än två decimaler: %",
              "the amount has more than two decimals: %")
SIE_DEVIATION(amount_overflow, ERROR, "Beloppet är för stort: %",
              "the amount is too large: %")
SIE_DEVIATION(amount_form, ERROR, "Beloppet är inget tal: %",
              "the amount is no number: %")
SIE_DEVIATION(quantity_form, ERROR, "Kvantiteten är inget tal: %",
              "the quantity is no number: %")
SIE_DEVIATION(date_form, ERROR, "Datumet är inte en dag skriven ÅÅÅÅMMDD: %",
              "the date is not a day written YYYYMMDD: %")
SIE_DEVIATION(date_missing, ERROR, "Datumet saknas", "the date is missing")
SIE_DEVIATION(period_form, ERROR, "Perioden är inte en månad skriven ÅÅÅÅMM: %",
              "the period is not a month written YYYYMM: %")
SIE_DEVIATION(year_form, ERROR, "Årsnumret är inte 0, -1, -2 ...: %",
              "the year number is not 0, -1, -2 ...: %")
SIE_DEVIATION(orgnr_form, WARNING, "Organisationsnumret är inte skrivet NNNNNN-NNNN: %",
              "the organisation number is not written NNNNNN-NNNN: %")
SIE_DEVIATION(orgnr_check, WARNING, "Organisationsnumrets kontrollsiffra stämmer inte: %",
              "the check digit of the organisation number is wrong: %")
SIE_DEVIATION(ftyp_unknown, WARNING, "Företagstypen är okänd: %",
              "unknown kind of company: %")
SIE_DEVIATION(kptyp_unknown, WARNING, "Kontoplanstypen är okänd: %",
              "unknown chart of accounts: %")
SIE_DEVIATION(valuta_form, WARNING, "Valutan är ingen ISO 4217-kod: %",
              "the currency is no ISO 4217 code: %")
SIE_DEVIATION(taxar_form, WARNING, "Taxeringsåret är inget årtal: %",
              "the tax year is no year: %")
/* ---- years ---- */
SIE_DEVIATION(year_reversed, ERROR, "Räkenskapsåret slutar före sin början",
              "the financial year ends before it starts")
SIE_DEVIATION(year_long, WARNING, "Räkenskapsåret är längre än 18 månader",
              "the financial year is longer than 18 months")
SIE_DEVIATION(year_overlap, WARNING,
              "Räkenskapsåren överlappar varandra eller har fel ordning",
              "financial years overlap or are out of order")
SIE_DEVIATION(year_repeated, WARNING,
              "Räkenskapsåret anges två gånger; det senaste gäller",
              "the financial year is given twice; the last holds")
SIE_DEVIATION(year_missing, WARNING, "Räkenskapsåret % har saldon men ingen #RAR",
              "the financial year % has balances but no #RAR")
/* ---- chart ---- */
SIE_DEVIATION(account_not_numeric, WARNING, "Kontonumret är inget tal: %",
              "the account number is no number: %")
SIE_DEVIATION(account_repeated, WARNING,
              "Kontot finns två gånger; den senaste benämningen gäller: %",
              "the account stands twice; its last name holds: %")
SIE_DEVIATION(account_type, ERROR, "Kontotypen är inte T, S, K eller I: %",
              "the account type is not T, S, K or I: %")
SIE_DEVIATION(account_undeclared, WARNING, "Kontot saknas i kontoplanen: %",
              "the account is not in the chart: %")
SIE_DEVIATION(chart_absent, NOTE,
              "Kontot är inte deklarerat; filen har ingen kontoplan: %",
              "the account is not declared; the file has no chart: %")
SIE_DEVIATION(object_undeclared, WARNING, "Objektet är inte deklarerat: %",
              "the object is not declared: %")
SIE_DEVIATION(object_repeated, WARNING,
              "Objektet finns två gånger; den senaste benämningen gäller: %",
              "the object stands twice; its last name holds: %")
SIE_DEVIATION(dimension_undeclared, WARNING, "Dimensionen är inte deklarerad: %",
              "the dimension is not declared: %")
SIE_DEVIATION(dimension_reserved, NOTE,
              "Dimensionens nummer är reserverat för framtida bruk: %",
              "the dimension's number is reserved: %")
SIE_DEVIATION(dimension_repeated, WARNING,
              "Dimensionen finns två gånger; den senaste benämningen gäller: %",
              "the dimension stands twice; its last name holds: %")
SIE_DEVIATION(list_missing, WARNING, "Objektlistan saknas", "the object list is missing")
SIE_DEVIATION(list_unclosed, ERROR, "Objektlistan avslutas inte: %",
              "the object list is not closed: %")
SIE_DEVIATION(list_odd, ERROR, "Objektlistan har en dimension utan objekt: %",
              "the object list has a dimension without object: %")
SIE_DEVIATION(list_dimension_twice, WARNING,
              "Objektlistan har samma dimension två gånger: %",
              "the object list has the same dimension twice: %")
/* ---- balances ---- */
SIE_DEVIATION(balance_repeated, WARNING, "Saldot anges två gånger; det senaste gäller: %",
              "the balance is stated twice; the last holds: %")
SIE_DEVIATION(balance_and_result, WARNING,
              "Kontot har både ett utgående saldo och ett resultat, och de är olika: %",
              "the account has a closing balance and a result that differ: %")
/* ---- vouchers ---- */
SIE_DEVIATION(voucher_unopened, WARNING, "Verifikationens { saknas",
              "the voucher's { is missing")
SIE_DEVIATION(voucher_unclosed, WARNING, "Verifikationens } saknas",
              "the voucher's } is missing")
SIE_DEVIATION(brace_on_line, WARNING, "Klammern står inte ensam på sin rad",
              "the brace does not stand alone in its line")
SIE_DEVIATION(brace_stray, WARNING, "Klammer utan verifikation",
              "a brace without a voucher")
SIE_DEVIATION(row_outside, WARNING, "Raden står utanför en verifikation",
              "the row stands outside a voucher")
SIE_DEVIATION(item_inside, WARNING, "Posten står inne i en verifikation",
              "the item stands inside a voucher")
SIE_DEVIATION(voucher_empty, NOTE, "Verifikationen har inga rader",
              "the voucher has no rows")
SIE_DEVIATION(series_empty, NOTE, "Verifikationen har ingen serie",
              "the voucher has no series")
SIE_DEVIATION(number_empty, NOTE, "Verifikationen har inget nummer",
              "the voucher has no number")
SIE_DEVIATION(number_form, WARNING, "Verifikationsnumret är inget tal: %",
              "the voucher number is no number: %")
SIE_DEVIATION(row_date_differs, NOTE, "Raden har ett annat datum än verifikationen: %",
              "the row has another date than its voucher: %")
SIE_DEVIATION(row_quantity, NOTE, "Raden har en kvantitet: %",
              "the row has a quantity: %")
SIE_DEVIATION(row_sign, NOTE, "Raden har en signatur: %", "the row has a signature: %")
SIE_DEVIATION(added_without_twin, WARNING, "En #RTRANS saknar motsvarande #TRANS",
              "an #RTRANS has no #TRANS like it")
/* ---- checksum ---- */
SIE_DEVIATION(ksumma_wrong, WARNING, "Kontrollsumman stämmer inte: %",
              "the checksum is wrong: %")
SIE_DEVIATION(ksumma_first_missing, WARNING, "#KSUMMA saknas efter #FLAGGA",
              "#KSUMMA after #FLAGGA is missing")

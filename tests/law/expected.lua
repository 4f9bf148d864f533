-- What is found in each case that is more than a note, in the order of the audit.  The figures
-- are made up; the answers are a certified revisor's, with what the law says beside them.
return {
  ["00-bas"] = "REK UPP-07",
  ["01-banklan"] = "AVV ART-14, REK UPP-07",
  ["02-negativt-ek"] = "AVV EKA-05, REK NYC-06, REK UPP-07",
  -- no comparatives exist, and the members set the first budget (FinsamL 23 §)
  ["03-forsta-aret"] = "REK UPP-07",
  -- gain and proceeds belong in both equations
  ["04-reavinst"] = "REK UPP-07",
  ["05-esf"] = "REK UPP-07",
  -- BID-02 has nothing to say of a förbund without contributions
  ["07-noll-bidrag"] = "AVV EKA-05, REK BAL-02, REK JMF-02, REK JMF-02, REK JMF-02, REK NYC-04, REK UPP-07",
  ["08-tkr"] = "REK UPP-07",
  ["09-region-mer"] = "AVV BID-01, REK EKA-01, REK JMF-02, REK UPP-07",
  ["10-oresandel"] = "REK UPP-07",
  ["11-tertial"] = "REK UPP-07",
  ["12-utan-samrad"] = "REK UPP-07",
  ["13-gotland"] = "REK UPP-07",
  ["14-underskott-tva-ar"] = "REK EKA-01, REK EKA-06, REK JMF-02, REK UPP-07",
  ["15-overskott-efter-underskott"] = "REK BAL-02, REK EKA-01, REK EKA-06, REK UPP-07",
  ["16-nybildat"] = "REK UPP-07",
  ["17-kf-egna-rader"] = "REK UPP-07",
  ["18-tva-regioner"] = "REK UPP-07",
  ["20-revisorer-namn"] = "REK UPP-07",
  -- the stated correction explains the ties between years; the översikt's 998 000 is left
  ["21-rattelse-ib"] = "FEL OVS-01, REK UPP-07",
  ["22-avtalad-andel"] = "REK BID-03, REK UPP-07",
  ["23-ar-2017"] = "REK UPP-07",
  -- one förbund's layout is not the nation's
  ["24-personal-tre"] = "REK UPP-07",
  -- a document of its own kind, with its own rules
  ["27-delarsrapport"] = "",
  -- pledged assets (KL 11:22 through FinsamL 21 §)
  ["30-panter"] = "AVV PAN-01, REK UPP-07",
  ["32-rubrik-aug"] = "FEL FRM-20, FEL FRM-20, REK UPP-07",
  ["34-ingen-styrning"] = "REK UPP-07",
  ["35-inga-revisorer"] = "REK UPP-07",
  ["37-8mkr"] = "REK EKA-01, REK UPP-07",
  ["38-30mkr"] = "REK UPP-07",
  ["40-tva-fel-under-grans"] = "FEL SUM-16, FEL SUM-16, REK UPP-07",
  -- a count of signatures is no duty of law
  ["44-sju-underskrifter"] = "REK UPP-07",
  -- the guideline came later, and so did driftredovisning and investeringsredovisning as parts
  ["P13a_report_2012"] = "AVV FRM-01, AVV FRM-01, AVV FRM-01, AVV FRM-13",
}

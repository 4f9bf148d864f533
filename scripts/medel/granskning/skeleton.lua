-- skeleton.lua: a granskning.yaml to begin with: the four questions of KL 12 kap. 1 §, and a
-- line for everything else that an akt may hold.
return function(report)
  return ([[
# En akt: det egna arbetet bredvid det som reglerna finner.  docs/granskning.md beskriver allt.
# Ta bort # framför det som används.
medel_granskning: 1
arsredovisning: %s

uppdrag:
  # uppdragsgivare: medlemmarna
  # revisor:
  # roll: sakkunnigt biträde          # eller auktoriserad, förtroendevald
  sakerhet: begränsad                 # eller rimlig
  status: utkast                      # klar när rapporten är färdig
  # datum: 2024-03-25
  # metod: |
  #   Egna ord om metoden.

# mottagare: [förbundets styrelse, medlemmarna, Arbetsförmedlingen]
# underskrifter:
#   - { roll: Auktoriserad revisor, ort: Örebro }

revisionsfragor:
  - { fraga: Har verksamheten bedrivits ändamålsenligt?, grund: KL 12 kap. 1 §; FinsamL 26 §, bedomning: inte bedömd }
  - { fraga: Har verksamheten bedrivits på ett från ekonomisk synpunkt tillfredsställande sätt?, grund: KL 12 kap. 1 §, bedomning: inte bedömd }
  - { fraga: Är räkenskaperna rättvisande?, grund: KL 12 kap. 1 §, bedomning: inte bedömd }
  - { fraga: Är styrelsens interna kontroll tillräcklig?, grund: KL 12 kap. 1 §, bedomning: inte bedömd }

risker:
  - { post: Intäkter, risk: låg }
  - { post: Kostnader, risk: medel }
  - { post: Kassa och bank, risk: låg }
  - { post: Kortfristiga skulder, risk: medel }

# metod:
#   - { slag: avstämning, vad: Kassa och bank mot engagemangsbesked, av: revisorn, datum: 2024-03-08, resultat: Utan skillnad, stod: [B1] }

# underlag:
#   - { id: B1, vad: Engagemangsbesked, sett: 2024-03-08, av: revisorn, uppgift: kassa_och_bank, belopp: 1 000 kr, svarar_pa: [IKO-01] }

# iakttagelser:
#   - { id: E1, avsnitt: "2.5", niva: iakttagelse, text: Egen iakttagelse., rekommendation: Egen rekommendation. }

# avsnitt:
#   "2.5": { text: Egna ord i ett avsnitt., placering: fore }   # fore, efter, i stallet

# ovriga: iakttagelse                 # rekommendationer utan beslut stannar som iakttagelser
# rekommendationer:
#   EKA-01: { status: godkänd }       # godkänd, omformulerad (text), avvisad (skal), iakttagelse, förslag

# slutsats:
#   form: utan modifiering            # med reservation, avvikande mening, avstår (med skal)

# arbete:
#   - { vad: Planering, utfort_av: revisorn, datum: 2024-03-04, granskat_av: kvalitetsgranskaren, granskat: 2024-03-05 }

# uppfoljning:
#   - { rekommendation: Ange målvärden, lamnad: 2023, lage: delvis följd, skal: Ett mål av fem }
# foregaende: forra/granskning.yaml   # förra årets akt, i en mapp i denna
]]):format(report)
end

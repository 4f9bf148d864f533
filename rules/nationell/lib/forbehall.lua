-- Steget över det belopp som trappan är bekräftad till är härlett, säkrare ju närmare det ligger.
return function(p, bidrag)
  local till = p.riktlinje.eget_kapital.confirmed_to
  if not till or bidrag <= till then return "" end
  return " Trappan är inte bekräftad över " .. till:text("kr") .. (bidrag > p.riktlinje.enda_tryckta
    and "; så långt över det är gränsen mycket osäker." or ", där den är härledd ur ett enda tryckt belopp.")
end

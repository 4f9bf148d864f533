-- status.lua: how sure each figure is, and what a person is asked.
local medel = require "medel"

local status = {}

-- What a status means, in the order of the summary.
status.proved = { SUMMA = true, LIKHET = true, RAD = true, BEKRAFTAD = true, RATTAD = true }
status.asked = { TVETYDIG = true, PLATS = true, TOM = true, TECKEN = true }

local function printed(row)
  local cells = {}
  for i, cell in ipairs(row.cells) do cells[i] = cell.typed or cell.printed or "tom" end
  return table.concat(cells, " | ")
end

local function other(row)
  if not row.other then return nil end
  local cells = {}
  for i, cell in ipairs(row.other) do cells[i] = cell.printed or "tom" end
  return table.concat(cells, " | ")
end

local reasons = {
  BILD = function(row) return "läst ur en bild, och inget annat tal bekräftar " .. printed(row) end,
  TVETYDIG = function(row)
    local second = other(row)
    return "flera läsningar går lika bra; läst som " .. printed(row) .. (second and ", kan också vara " .. second or "")
  end,
  PLATS = function(row)
    if not row.placed then return "taxonomin har ingen rad för den" end
    if row.under then return "lagd under " .. row.under .. ", som ingen summa bekräftar" end
    return "vilken rad eller kolumn talen hör till är gissat"
  end,
  TOM = function() return "vilken kolumn som är tom är gissat" end,
  TECKEN = function(row, m)
    for _, check in ipairs(m.contradictions) do
      if check.message:find(row.label .. ", ", 1, true) then return "talen går inte ihop med andra i trycket: se efter att det står så" end
    end
    for _, cell in ipairs(row.cells) do
      if status.bracketed(cell) then return cell.printed .. " är läst som minus" end
    end
    return "tecknet är ett annat än tabellens"
  end,
  GRUPP = function() return "vilken grupp hör raden till? Ingen delsumma säger det" end,
}

-- "(1 234)": an accountant's minus, which a report file does not have.
function status.bracketed(cell)
  return cell.kind == "amount" and not cell.typed and cell.printed:find "^%(.*%)$" ~= nil
end

-- The same print has the same key, whatever has been said of it.
function status.key(t, row)
  local cells = {}
  for i, cell in ipairs(row.cells) do cells[i] = (cell.kind or "") .. (cell.printed or "") end
  return medel.sha256(table.concat({ t.id, tostring(t.note or ""), row.label, table.concat(cells, "|") }, "\n")):sub(1, 16)
end

-- Each cell gets .status, .rule and .terms; each row that a person must see .question.
function status.settle(m)
  local count = {}
  m.questions = {}
  m.contradictions = {}
  local conventions = m.last and select(2, medel.checks(m.last)) or nil
  for _, check in ipairs(m.report and medel.checks(m.report, conventions) or {}) do
    local one_period = not m.interim or require("medel.document").speaks_of_one_period(check, m.year)
    if check.outcome == "finding" and check.level ~= "note" and one_period then m.contradictions[#m.contradictions + 1] = check end
  end
  for i, t in ipairs(m.tables) do
    for j, row in ipairs(t.rows) do
      local asked = {}
      for c, cell in ipairs(row.cells) do
        local proof = m.proofs and m.proofs[i][j][c] or { status = row.placed and "ENSAM" or "PLATS" }
        cell.status = row.answer or proof.status
        -- grammar says nothing of characters that were recognised
        local pictured = m.source.ocr and cell.status == "ENSAM" and (cell.kind == "amount" or cell.kind == "share")
        if pictured then cell.status = "TVETYDIG" end
        row.pictured = row.pictured or pictured
        if status.bracketed(cell) and not status.proved[cell.status] then cell.status = "TECKEN" end
        cell.rule, cell.terms, cell.bits = proof.rule, proof.terms, proof.bits
        if cell.kind == "amount" or cell.kind == "share" then count[cell.status] = (count[cell.status] or 0) + 1 end
        if status.asked[cell.status] and (cell.kind == "amount" or cell.kind == "share" or cell.status == "TOM") then
          asked[cell.status] = (asked[cell.status] or 0) + 1
        end
      end
      -- what a row of a driftredovisning is for, no figure says
      if row.under == t.total and t.grouped and not row.answer and not row.carried then asked.GRUPP = 0 end
      for _, word in ipairs { "TVETYDIG", "PLATS", "TOM", "TECKEN", "GRUPP" } do
        if asked[word] then
          row.question = { status = word, text = reasons[word == "TVETYDIG" and row.pictured and "BILD" or word](row, m), key = row.key or status.key(t, row), figures = asked[word] }
          row.comment = "läs: " .. row.question.text
          m.questions[#m.questions + 1] = { table = t, row = row, question = row.question }
          break
        end
      end
    end
  end
  m.count = count
  local total, proved, asks = 0, 0, 0
  for word, n in pairs(count) do
    total = total + n
    if status.proved[word] then proved = proved + n end
    if status.asked[word] then asks = asks + n end
  end
  m.total, m.proved, m.asks = total, proved, asks
  m.loose = 0
  for _, t in ipairs(m.tables) do m.loose = m.loose + #t.loose end
  m.summary = ("%d siffror: %d bevisade, %d avrundade, %d ensamma, %d osäkra. %s att svara på. %s i trycket går inte ihop."):format(
    total, proved, count.AVRUNDAD or 0, count.ENSAM or 0, asks, #m.questions == 1 and "1 fråga" or #m.questions .. " frågor",
    #m.contradictions == 1 and "1 ställe" or #m.contradictions .. " ställen")
end

return status

-- chart.lua: small drawings for documents: bars and a line over years, or bars side by side.
-- A drawing never stands alone: the table with its figures follows (docs/reports.md).
local medel = require "medel"
local markup = require "medel.markup"

local chart = {}
local svg = markup.html

local width, height, left, bottom, top = 640, 260, 76, 34, 16

-- Whole thousands of kronor of an amount, for lengths and labels only.
local function thousands(q)
  if not q then return nil end
  local num, den = (q / medel.kr(1000)):parts()
  return (2 * num + den) // (2 * den)
end

-- The ends of the scale, 0 within, in round steps: low, high, step.
local function scale(values)
  local low, high = 0, 0
  for _, v in ipairs(values) do low, high = math.min(low, v), math.max(high, v) end
  local step = 1
  for _ = 1, 18 do
    for _, k in ipairs { 1, 2, 5 } do
      if (high - low) <= 5 * step * k then
        step = step * k
        return (low // step) * step, -((-high) // step) * step, step
      end
    end
    step = step * 10
  end
  return low, high, math.max(high - low, 1)
end

local function grouped(n)
  return medel.count(n):text()
end

local colours = { "#1f6f8b", "#c8553d", "#7a7f87" }

local function y_of(v, low, high)
  local room = height - bottom - top
  return height - bottom - (v - low) * room // math.max(high - low, 1)
end

local function axis(low, high, step, out)
  for v = low, high, step do
    local y = y_of(v, low, high)
    out[#out + 1] = svg.form('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
      left, y, width - 8, y, v == 0 and "#555" or "#dcdfe3", left - 6, y + 4, grouped(v))
  end
end

local function legend(series, out)
  local x = left
  for i, s in ipairs(series) do
    out[#out + 1] = svg.form('<rect x="{}" y="{}" width="12" height="{}" fill="{}"/><text x="{}" y="{}">{}</text>', x, s.line and 6 or 2,
      s.line and 3 or 10, colours[i], x + 16, 12, s.name)
    x = x + 30 + 7 * utf8.len(s.name)
  end
end

-- names: texts along the axis; series: { { name, values (amounts or nil), line = true } }.
-- The markup of a drawing in tkr, or nil when there is nothing to draw.
function chart.years(names, series)
  local all = {}
  for _, s in ipairs(series) do
    for i = 1, #names do all[#all + 1] = thousands(s.values[i]) end
  end
  if #all == 0 then return nil end
  local low, high, step = scale(all)
  local out, nbars = {}, 0
  for _, s in ipairs(series) do nbars = nbars + (s.line and 0 or 1) end
  axis(low, high, step, out)
  local slot = (width - 8 - left) // #names
  local bar = math.min(44, (slot - 10) // math.max(nbars, 1))
  local zero, k = y_of(0, low, high), 0
  for n, s in ipairs(series) do
    local points = {}
    for i = 1, #names do
      local v = thousands(s.values[i])
      local middle = left + slot * (i - 1) + slot // 2
      if v and s.line then
        points[#points + 1] = ("%d,%d"):format(middle, y_of(v, low, high))
      elseif v then
        local y = y_of(v, low, high)
        out[#out + 1] = svg.form('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>', middle - bar * nbars // 2 + bar * k,
          math.min(y, zero), bar - 2, math.max(math.abs(zero - y), 1), colours[n])
      end
    end
    if s.line and #points > 0 then
      out[#out + 1] = svg.form('<polyline points="{}" fill="none" stroke="{}" stroke-width="3"/>', svg.own(table.concat(points, " ")), colours[n])
      for _, p in ipairs(points) do
        local x, y = p:match "(%d+),(%d+)"
        out[#out + 1] = svg.form('<circle cx="{}" cy="{}" r="4" fill="{}"/>', x, y, colours[n])
      end
    end
    k = k + (s.line and 0 or 1)
  end
  for i, name in ipairs(names) do
    out[#out + 1] = svg.form('<text x="{}" y="{}" text-anchor="middle">{}</text>', left + slot * (i - 1) + slot // 2, height - 12, name)
  end
  legend(series, out)
  return svg.page(svg.form('<svg viewBox="0 0 {} {}" font-family="system-ui,sans-serif" font-size="12" fill="#1a1a1a">{}</svg>',
    width, height, svg.join(out, "")))
end

return chart

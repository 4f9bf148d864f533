-- apart.lua: rules run in child processes, so that whatever they do to theirs the command goes
-- on; and on all cores.  What is printed is the same for any number of them, and for none.
local medel = require "medel"
local terminal = require "medel.terminal"

local apart = {}
local memory_mb = 4096 -- of addresses, of which threads take many

apart.jobs = { flags = "-j --jobs", target = "jobs", value = "N",
  doc = "Processes at once; usually one per core. 0: none but this, without the backstop behind the limits." }

function apart.jobs_of(args)
  return args.jobs and require("medel.options").whole(args.jobs, "--jobs", 0, 64) or medel.processors()
end

-- Call f with what it prints caught; returns the caught texts and what f returned.
local function caught(f, ...)
  local out, stdout = {}, io.stdout
  terminal.catch(true)
  io.stdout = { write = function(self, ...)
    for i = 1, select("#", ...) do out[#out + 1] = tostring((select(i, ...))) end
    return self
  end }
  local ok, value = pcall(f, ...)
  io.stdout = stdout
  local err = terminal.catch(false)
  if not ok then error(value, 0) end
  return { out = table.concat(out), err = err, value = value, read = require("medel.files").noted() }
end

-- work(i), for i from 1 to n, in as many children as jobs says; then done(i, value, why, printed)
-- here, in that order; printed is what work wrote to stdout.  A child answers for a few items
-- at least.
function apart.each(n, jobs, work, done)
  if jobs > 1 then jobs = math.max(1, math.min(jobs, n // 4)) end
  medel.apart({ items = n, jobs = jobs, memory_mb = memory_mb }, function(i) return caught(work, i) end, function(i, answer, why)
    if not answer then return done(i, nil, terminal.reason(why), "") end
    terminal.complain(answer.err)
    for _, path in ipairs(answer.read) do require("medel.files").note(path) end
    done(i, answer.value, nil, answer.out)
  end)
end

-- What a child printed: it left by terminal.write there.
function apart.print(text) io.stdout:write(text) end

-- f() in one child; returns what it returned, or nil and why there is nothing.
function apart.one(args, f)
  local value, why
  apart.each(1, math.min(apart.jobs_of(args), 1), f, function(_, v, w, printed)
    apart.print(printed)
    value, why = v, w
  end)
  return value, why
end

-- A whole command that prints and writes no file; what it was in when it died is said.
function apart.command(spec, args)
  local code, why = apart.one(args, function() return spec.run(args) or 0 end)
  if code then return code end
  terminal.complain("medel ", spec.name, ": ", why, "\n")
  return 2
end

return apart

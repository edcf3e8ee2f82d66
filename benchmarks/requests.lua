-- Requests for wrk: -- FILE MODE FIRST. FILE has one path a line; MODE hot repeats them as they
-- are, cold gives each a number from FIRST on as a comment at its end, so that none comes twice.
local paths, numbers = {}, 0
local cold, serial = false, 0

function init(args)
  for line in io.lines(args[1]) do paths[#paths + 1] = wrk.path .. line end
  cold, serial = args[2] == "cold", tonumber(args[3])
  if not cold then
    for i, path in ipairs(paths) do paths[i] = wrk.format(nil, path) end
  end
end

function request()
  numbers = numbers + 1
  local path = paths[(numbers - 1) % #paths + 1]
  if not cold then return path end
  return wrk.format(nil, path .. "%0A%23" .. (serial + numbers))
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    "\nRESULT %d %d %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), e.status,
    e.connect + e.read + e.write + e.timeout))
end

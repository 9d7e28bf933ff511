-- What a user does in neovim, by its own client; prints a line of JSON for each step.
-- Arguments by the environment: PROXYLINT_SERVER, the command as JSON.
local function report(step, value)
  io.stdout:write(vim.fn.json_encode({ step = step, value = value }) .. '\n')
end

local function wait_for(what, condition)
  if not vim.wait(30000, condition, 20) then
    report('timeout', what)
    vim.cmd('cquit 1')
  end
end

local function position_of(pattern)
  local row, column = unpack(vim.fn.searchpos(pattern, 'nw'))
  vim.api.nvim_win_set_cursor(0, { row, column - 1 })
end

local function request(method, extra)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, 'utf-16'), extra or {})
  local answers = vim.lsp.buf_request_sync(0, method, params, 30000)
  local _, answer = next(answers or {})
  return answer and answer.result
end

local function lines()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, each.code or (each.user_data and each.user_data.lsp and each.user_data.lsp.code))
  end
  table.sort(found)
  return found
end

local id = vim.lsp.start_client({
  name = 'proxylint',
  cmd = vim.fn.json_decode(vim.env.PROXYLINT_SERVER),
  root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(0, id)
wait_for('the server', function()
  return vim.lsp.buf_get_clients(0)[id] ~= nil and vim.lsp.buf_get_clients(0)[id].server_capabilities ~= nil
end)
wait_for('diagnostics', function()
  return #vim.diagnostic.get(0) > 0
end)
report('diagnostics', codes())

position_of('proxy_read_timeout')
report('hover', request('textDocument/hover').contents.value)

position_of('proxy_pass http')
local items = request('textDocument/completion')
report('completion', #(items.items or items))

position_of('app;')
report('definition', request('textDocument/definition')[1].range.start.line)

vim.lsp.buf.rename('backend')
wait_for('renamed', function()
  return lines():find('http://backend;', 1, true) ~= nil
end)
report('rename', lines())

-- The fix of the finding under the cursor, as the menu would apply it.
position_of('proxi_http_version')
local range = vim.lsp.util.make_range_params(0, 'utf-16')
range.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics() }
local _, actions = next(vim.lsp.buf_request_sync(0, 'textDocument/codeAction', range, 30000))
for _, action in ipairs(actions.result) do
  if action.title:find('Write "proxy_http_version"', 1, true) then
    vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
  end
end
report('code action', lines())
wait_for('fresh diagnostics', function()
  return not vim.tbl_contains(codes(), 'unknown-directive')
end)

if vim.lsp.buf.format then
  vim.lsp.buf.format({ timeout_ms = 30000 })
else
  vim.lsp.buf.formatting_sync({}, 30000)
end
report('formatting', lines())
vim.cmd('qall!')

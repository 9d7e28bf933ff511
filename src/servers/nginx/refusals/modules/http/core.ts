/** Directives of `ngx_http_core_module` that stand alone. */
import type { Word } from '../../../../../syntax/tree.ts';
import { parseNumber, parseSize, parseTime } from '../../../meaning/values.ts';
import { firstArgument, refuseChoice, refuseForm } from '../../refuse.ts';
import type { ModuleChecks, NginxCheck } from '../../run.ts';
import { errorLog } from '../common/error-log.ts';
import { listenCheck } from '../common/listen.ts';
import { openFileCache } from '../common/open-file-cache.ts';
import { resolver } from '../common/resolver.ts';
import { noteHeaderBuffers } from './buffers.ts';
import { location, rootOrAlias } from './location.ts';
import { serverName } from './server-names.ts';

const keepaliveTimeout: NginxCheck = (directive, run) => {
  const [timeout, header] = directive.args as readonly [Word, Word?];
  if (Number.isNaN(parseTime(timeout.value))) refuseForm(run, directive, timeout, 'a time such as "75s"');
  if (header && Number.isNaN(parseTime(header.value, true))) refuseForm(run, directive, header, 'a time such as "20s"');
};

const methods = /^(?:GET|HEAD|POST|PUT|DELETE|MKCOL|COPY|MOVE|OPTIONS|PROPFIND|PROPPATCH|LOCK|UNLOCK|PATCH)$/i;

const limitExcept: NginxCheck = (directive, run) => {
  for (const word of directive.args) {
    if (!methods.test(word.value))
      refuseForm(run, directive, word, 'a method that nginx knows, such as "GET" or "POST"');
  }
};

const disableSymlinks: NginxCheck = (directive, run) => {
  for (const word of directive.args) {
    if (!/^(?:off|on|if_not_owner|from=.*)$/s.test(word.value)) {
      refuseChoice(run, directive, word, '"off", "on", "if_not_owner" and "from="');
    }
  }
};

const errorPage: NginxCheck = (directive, run) => {
  const { args } = directive;
  const override = args.at(-2)!;
  const isOverride = override.value.startsWith('=');
  if (
    isOverride &&
    (args.length === 2 || (override.value.length > 1 && Number.isNaN(parseNumber(override.value.slice(1)))))
  ) {
    refuseForm(run, directive, override, 'a status code to replace, or "=" with a code after the codes');
  }
  for (const word of args.slice(0, isOverride ? -2 : -1)) {
    const status = parseNumber(word.value);
    if (!(status >= 300 && status <= 599 && status !== 499)) {
      refuseForm(run, directive, word, 'a status code from 300 to 599 other than 499');
    }
  }
};

export const httpCore: ModuleChecks = {
  directives: {
    listen: listenCheck('http'),
    server_name: serverName,
    location,
    root: rootOrAlias,
    alias: rootOrAlias,
    error_page: errorPage,
    limit_except: limitExcept,
    keepalive_timeout: keepaliveTimeout,
    disable_symlinks: disableSymlinks,
    directio: firstArgument('"off" or a size such as "4m"', (text) => text === 'off' || parseSize(text, true) >= 0),
    aio: firstArgument('"on", "off" or "threads"', (text) => /^(?:on|off|threads(?:=.*)?)$/s.test(text)),
    open_file_cache: openFileCache,
    large_client_header_buffers: noteHeaderBuffers,
    connection_pool_size: noteHeaderBuffers,
    error_log: errorLog,
    resolver,
  },
};

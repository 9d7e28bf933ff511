/** Directives of `ngx_http_core_module` that stand alone. */
import type { Directive, Word } from '../../../../../syntax/tree.ts';
import { hasVariable, parseNumber, parseSize, parseTime } from '../../../meaning/values.ts';
import { defined } from '../../named-once.ts';
import { firstArgument, refuseChoice, refuseForm } from '../../refuse.ts';
import { remembered, type ModuleChecks, type NginxCheck, type Run } from '../../run.ts';
import { errorLog } from '../common/error-log.ts';
import { serverNamesHash, typesHash, variablesHash } from '../common/hash-size.ts';
import { listenCheck } from '../common/listen.ts';
import { openFileCache } from '../common/open-file-cache.ts';
import { resolver } from '../common/resolver.ts';
import { noteHeaderBuffers } from './buffers.ts';
import { location, rootOrAlias } from './location.ts';
import { gzipDisable, pools } from './small.ts';
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
  const from = directive.args.find(({ value }) => value.startsWith('from='));
  if (from && !directive.args.some(({ value }) => value === 'on' || value === 'if_not_owner'))
    refuseForm(run, directive, from, 'possible without "on" or "if_not_owner" beside it');
  else if (!from && directive.args.length > 1)
    refuseForm(run, directive, directive.args[1]!, '"from=", which may follow the first value');
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

const threadPools = remembered(
  (): { readonly name: string; readonly word: Word; readonly directive: Directive }[] => [],
);

/** `ngx_thread_pool_init_conf`: a pool that is used must be defined; `default` always is. */
const useThreadPool: NginxCheck = (directive, run) => {
  const word = directive.args[0]!;
  const name = /^threads=(.*)$/s.exec(word.value)?.[1];
  if (name && name !== 'default' && !hasVariable(name)) threadPools(run).push({ name, word, directive });
};

function checkThreadPools(run: Run): void {
  if (!run.config.serversComplete) return;
  for (const { name, word, directive } of threadPools(run)) {
    if (!defined(run).has(`thread_pool ${name}`))
      refuseForm(run, directive, word, 'the name of a "thread_pool" that is defined');
  }
}

export const httpCore: ModuleChecks = {
  directives: {
    ...serverNamesHash,
    ...typesHash,
    ...variablesHash,
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
    aio: [
      firstArgument('"on", "off" or "threads"', (text) => /^(?:on|off|threads(?:=.*)?)$/s.test(text)),
      useThreadPool,
    ],
    open_file_cache: openFileCache,
    large_client_header_buffers: noteHeaderBuffers,
    connection_pool_size: [pools['connection_pool_size']!, noteHeaderBuffers].flat(),
    request_pool_size: pools['request_pool_size']!,
    gzip_disable: gzipDisable,
    error_log: errorLog,
    resolver,
  },
  end: checkThreadPools,
};

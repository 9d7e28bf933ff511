/** Modules that each check one or two values. */
import { pcreFault } from '../../../../../regex/fault.ts';
import { parseNumber, parseSize, parseTime } from '../../../meaning/values.ts';
import { levelOf, ownSettings, settingInForce } from '../../in-force.ts';
import { firstArgument, refuseChoice, refuseForm } from '../../refuse.ts';
import { remembered, type ModuleChecks, type NginxCheck, type Run } from '../../run.ts';
import type { Directive } from '../../../../../syntax/tree.ts';

const browsers = /^(?:msie|gecko|opera|safari|konqueror)$/i;

/** `ngx_http_modern_browser`; `unlisted` stands alone. */
const modernBrowser: NginxCheck = (directive, run) => {
  const [name, version] = directive.args;
  if (!version) {
    if (name!.value !== 'unlisted') refuseForm(run, directive, name!, '"unlisted", or a browser before a version');
  } else if (!browsers.test(name!.value)) {
    refuseChoice(run, directive, name!, '"msie", "gecko", "opera", "safari" and "konqueror"');
  } else if (!/^\d{1,9}(?:\.\d{1,9}){0,3}$/.test(version.value)) {
    refuseForm(run, directive, version, 'a version such as "9.0"');
  }
};

export const browser: ModuleChecks = { directives: { modern_browser: modernBrowser } };

const powersOfTwo = (text: string, most: number): boolean => {
  const size = parseSize(text);
  return size >= 512 && size <= most && Number.isInteger(Math.log2(size));
};

export const gzip: ModuleChecks = {
  directives: {
    gzip_window: firstArgument('"512", "1k", "2k", "4k", "8k", "16k" or "32k"', (text) => powersOfTwo(text, 32_768)),
    gzip_hash: firstArgument('"512", "1k", "2k", "4k" and so on up to "128k"', (text) => powersOfTwo(text, 131_072)),
  },
};

/** `ngx_http_gzip_disable`: names of masks, else patterns. */
export const gzipDisable: NginxCheck = (directive, run) => {
  for (const word of directive.args) {
    const fault = /^(?:msie6|degradation)$/.test(word.value) ? undefined : pcreFault(word.value);
    if (fault) refuseForm(run, directive, word, `a valid regular expression: ${fault}`);
  }
};

export const index: ModuleChecks = {
  directives: {
    index: (directive, run) => {
      const empty = directive.args.find(({ value }) => value === '');
      if (empty) refuseForm(run, directive, empty, 'the name of a file');
    },
  },
};

/** `off` stands alone on its level. */
const mirrorPath: NginxCheck = (directive, run) => {
  const all = ownSettings(run, levelOf(directive, run), 'mirror');
  if (all.length < 2 || all[0] === directive || !all.some(({ args }) => args[0]?.value === 'off')) return;
  const data = { name: 'mirror off', other: 'mirror' };
  run.refusals.report({ rule: 'conflicting-directives', message: 'together', at: directive, data });
};

export const mirror: ModuleChecks = { directives: { mirror: mirrorPath } };

const secrets = remembered((): Directive[] => []);

const noteSecret: NginxCheck = (directive, run) => {
  secrets(run).push(directive);
};

/** `ngx_http_secure_link_merge_conf`. */
function checkSecrets(run: Run): void {
  for (const secret of secrets(run)) {
    const level = levelOf(secret, run);
    const other = settingInForce(run, level, 'secure_link') ?? settingInForce(run, level, 'secure_link_md5');
    if (!other) continue;
    const data = { name: secret.key, other: other.key };
    run.refusals.report({ rule: 'conflicting-directives', message: 'together', at: secret, data });
  }
}

export const secureLink: ModuleChecks = { directives: { secure_link_secret: noteSecret }, end: checkSecrets };

const mostPatterns = 255;

/** `ngx_http_sub_filter` counts the patterns of a level. */
const subFilter: NginxCheck = (directive, run) => {
  const word = directive.args[0]!;
  if (word.value === '') refuseForm(run, directive, word, 'a text to look for');
  if (ownSettings(run, levelOf(directive, run), 'sub_filter')[mostPatterns] !== directive) return;
  refuseForm(run, directive, word, `possible: a level takes ${mostPatterns} patterns`);
};

export const sub: ModuleChecks = { directives: { sub_filter: subFilter } };

export const userid: ModuleChecks = {
  directives: {
    userid_expires: firstArgument(
      '"max", "off" or a time such as "365d"',
      (text) => text === 'max' || text === 'off' || !Number.isNaN(parseTime(text, true)),
    ),
    userid_mark: firstArgument(
      '"off", or one letter, digit or "="',
      (text) => text === 'off' || /^[A-Za-z\d=]$/.test(text),
    ),
  },
};

/** A pool is a multiple of 16 bytes, and not smaller than what it needs for itself. */
const poolSize = firstArgument('a multiple of 16 bytes from 112 up', (text) => {
  const size = parseSize(text);
  return Number.isNaN(size) || (size >= 112 && size % 16 === 0);
});

export const pools: ModuleChecks['directives'] = { connection_pool_size: poolSize, request_pool_size: poolSize };

export const http2: ModuleChecks = {
  directives: {
    http2_chunk_size: firstArgument('a size above 0', (text) => parseSize(text) !== 0),
    http2_recv_buffer_size: firstArgument('a size above 32 bytes', (text) => !(parseSize(text) <= 32)),
    http2_pool_size: poolSize,
    http2_body_preread_size: firstArgument('a size below 2 GB', (text) => !(parseSize(text) >= 2 ** 31)),
    http2_streams_index_size: firstArgument('a power of two', (text) => {
      const number = parseNumber(text);
      return Number.isNaN(number) || Number.isInteger(Math.log2(number));
    }),
  },
};

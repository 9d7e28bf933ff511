import { isBefore } from '../../../../../model/versions.ts';
import { isHttpUrl, withoutScheme } from '../../../../../model/scheme.ts';
import { placeIn, type Directive, type Word } from '../../../../../syntax/tree.ts';
import { urlAddress } from '../../../meaning/address.ts';
import { hasVariable } from '../../../meaning/values.ts';
import { isPlaceholder } from '../../../meaning/placeholder.ts';
import { levelOf, ownSettings } from '../../in-force.ts';
import { refuseForm } from '../../refuse.ts';
import { checkRegex } from '../../regexes.ts';
import type { ModuleChecks, NginxCheck, Run } from '../../run.ts';
import { certificateCache } from '../common/certificate-cache.ts';
import { backendCiphers } from '../common/ciphers.ts';
import { noteSecurePass } from '../common/backend-tls.ts';
import { proxyHeadersHash } from '../common/hash-size.ts';
import { bind, noteBroken, notePort } from '../common/pass.ts';
import { bufferChecks } from './buffers.ts';
import { cacheChecks } from './cache.ts';
import { placeWithoutUri } from './location.ts';

const proxyPass: NginxCheck = (directive, run) => {
  const word = directive.args[0]!;
  if (hasVariable(word.value) || isPlaceholder(word.value)) return;
  if (!isHttpUrl(word.value)) {
    refuseForm(run, directive, word, 'a URL that begins with "http://" or "https://"');
    return;
  }
  const address = withoutScheme(word.value);
  const { fault, uri, brokenHost } = urlAddress(address, true);
  if (!fault) notePort(run, directive, word, 'http', address);
  if (brokenHost !== undefined) noteBroken(run, directive, word, 'http', brokenHost);
  else if (fault) refuseForm(run, directive, word, fault);
  else if (uri) checkUriPlace(run, directive, word, uri);
};

function checkUriPlace(run: Run, directive: Directive, word: Word, uri: string): void {
  const where = placeWithoutUri(directive);
  if (!where) return;
  run.refusals.report({
    rule: 'proxy-pass-uri-in-regex',
    message: 'uri',
    at: placeIn(directive, word),
    data: { uri, where },
  });
}

const redirect: NginxCheck = (directive, run) => {
  const [first, second] = directive.args;
  if (!second && first!.value === 'default') checkDefault(run, directive);
  if (second || first!.value === 'off' || first!.value === 'default') return;
  refuseForm(run, directive, first!, '"off", "default", or the first of two values');
};

/** The default is made from the `proxy_pass` before it on the same level, which must have no variables. */
function checkDefault(run: Run, directive: Directive): void {
  const pass = ownSettings(run, levelOf(directive, run), 'proxy_pass').at(0);
  const isInLocation = /^(?:location|if|limit_except)$/.test(directive.parent.owner?.key ?? '');
  if (pass && hasVariable(pass.args[0]?.value ?? '')) {
    refuseForm(run, directive, directive.args[0]!, 'possible beside a "proxy_pass" with variables');
  } else if (pass && isInLocation && standsBefore(directive, pass)) {
    const data = { name: 'proxy_redirect default', other: 'proxy_pass' };
    const related = [{ at: pass, message: 'it stands here' }];
    run.refusals.report({ rule: 'conflicting-directives', message: 'before', at: directive, data, related });
  }
}

function standsBefore(directive: Directive, other: Directive): boolean {
  return directive.parent.file === other.parent.file && directive.start < other.start;
}

const offAlone: NginxCheck = (directive, run) => {
  const [first, second] = directive.args;
  if (!second && first!.value !== 'off') refuseForm(run, directive, first!, '"off", or the first of two values');
};

/** `off` stands alone on its level (`ngx_http_proxy_redirect`); before, what followed it was passed over. */
const strictOff = '1.19.3';

const offOnce: NginxCheck = (directive, run) => {
  if (isBefore(run.version, strictOff)) return;
  const others = ownSettings(run, levelOf(directive, run), directive.key);
  const first = others[0];
  if (!first || first === directive || !others.slice(0, others.indexOf(directive) + 1).some(isOffAlone)) return;
  const related = [{ at: first, message: `"${directive.key}" is first set here` }];
  const data = { name: directive.key };
  run.refusals.report({ rule: 'duplicate-directive', message: 'repeated', at: directive, data, related });
};

function isOffAlone({ args }: Directive): boolean {
  return args.length === 1 && args[0]!.value === 'off';
}

const flags = /^(?:no)?(?:secure|httponly|samesite)$|^samesite=(?:strict|lax|none)$/i;

const known = '"secure", "httponly", "samesite=" with "strict", "lax" or "none", or one of them with "no" before it';

/** Flags are looked at only when an answer comes: what is unknown then is logged, and sets nothing. */
const cookieFlags: NginxCheck = (directive, run) => {
  const [first, ...rest] = directive.args;
  if (rest.length === 0 && first!.value !== 'off') refuseForm(run, directive, first!, '"off", or a name before flags');
  for (const word of rest) {
    if (!hasVariable(word.value) && !flags.test(word.value)) refuseForm(run, directive, word, known, 'warning');
  }
};

/** `~` before a pattern. */
const leadingPattern: NginxCheck = (directive, run) => {
  const word = directive.args[0]!;
  if (directive.args.length > 1 && word.value.startsWith('~'))
    checkRegex(run, directive, word, word.value.startsWith('~*') ? 2 : 1);
};

export const proxy: ModuleChecks = {
  directives: {
    proxy_pass: [proxyPass, noteSecurePass('proxy', /^https:|\$/i)],
    proxy_redirect: [redirect, offOnce, leadingPattern],
    proxy_cookie_path: [offAlone, offOnce, leadingPattern],
    proxy_cookie_domain: [offAlone, offOnce, leadingPattern],
    proxy_cookie_flags: [cookieFlags, offOnce, leadingPattern],
    ...proxyHeadersHash,
    proxy_bind: bind,
    proxy_ssl_ciphers: backendCiphers,
    proxy_ssl_certificate_cache: certificateCache,
    ...cacheChecks('proxy'),
    ...bufferChecks('proxy'),
  },
};

/** What can be judged only when all directives were seen. */
import { nginxDirectives, nginxVariable, nginxVariableNames } from '../../../facts/nginx/index.ts';
import type { Directive } from '../../../ir/syntax.ts';
import { placeIn } from '../../../ir/syntax.ts';
import { childrenNamed, walk } from '../../../ir/walk.ts';
import { suggest } from '../../../suggest.ts';
import type { Run } from './run.ts';

export function checkEnd(run: Run): void {
  if (!run.config.complete) return;
  for (const { name, directive, definer } of run.usedZones) {
    if (run.defined.has(`zone ${name}`)) continue;
    run.refusals.add('unknown-zone', { message: 'unknown', at: directive, data: { name, definer } });
  }
  checkFormats(run);
  for (const { word, directive, key } of run.portless) {
    if (run.defined.has(key)) continue;
    run.refusals.add('missing-directive', {
      message: 'port',
      at: placeIn(directive, word),
      data: { address: word.value },
    });
  }
  checkCertificates(run);
  checkKeys(run);
  checkUsedVariables(run);
}

/** `ngx_http_ssl_init`: the default server of a TLS socket needs a certificate; `ngx_http_ssl_merge_srv_conf`: each one a key. */
function checkCertificates({ secureListens, defined, refusals }: Run): void {
  const judged = new Set<string>();
  for (const { socket, directive } of secureListens) {
    const main = defined.get(`default ${socket}`) ?? defined.get(`first ${socket}`) ?? directive;
    const server = main.parent.owner;
    if (!socket.startsWith('http ') || judged.has(socket) || !server) continue;
    judged.add(socket);
    const rejects = effective(server, 'ssl_reject_handshake').some(({ args }) => /^on$/i.test(args[0]?.value ?? ''));
    if (rejects || effective(server, 'ssl_certificate').length > 0) continue;
    refusals.add('missing-directive', { message: 'certificate', at: main });
  }
}

function checkKeys({ config, refusals }: Run): void {
  walk(config.file.root, (server) => {
    if (server.key !== 'server' || server.parent.owner?.key !== 'http') return;
    const certificates = effective(server, 'ssl_certificate');
    if (certificates.length <= effective(server, 'ssl_certificate_key').length) return;
    refusals.add('missing-directive', { message: 'certificateKey', at: certificates.at(-1)! });
  });
}

/** Those of the server, else those of `http`. */
function effective(server: Directive, key: string): readonly Directive[] {
  const own = childrenNamed(server.block, key);
  return own.length > 0 ? own : childrenNamed(server.parent.owner?.block, key);
}

function checkFormats({ usedFormats, defined, refusals }: Run): void {
  for (const { name, at, directive, family } of usedFormats) {
    if (family === 'http' && name.toLowerCase() === 'combined') continue;
    const definition = defined.get(`log_format ${family} ${name}`);
    if (!definition) refusals.add('unknown-log-format', { message: 'unknown', at, data: { name } });
    else if (isLater(definition, directive)) {
      const related = [{ at: definition, message: 'the definition' }];
      refusals.add('unknown-log-format', { message: 'later', at, data: { name }, related });
    }
  }
}

/** Within one file only; across files the order is that of the includes, which is not followed here. */
function isLater(definition: Directive, use: Directive): boolean {
  return definition.parent.file === use.parent.file && definition.start > use.start;
}

function checkUsedVariables(run: Run): void {
  const { usedVariables, refusals } = run;
  if (usedVariables.every(({ name, family }) => isBuiltIn(name, family))) return;
  const own = ownVariables(run);
  // A module outside the nginx source may bring variables of its own.
  if (!own) return;
  const reported = new Set<string>();
  for (const { name, word, directive, family } of usedVariables) {
    const lower = name.toLowerCase();
    if (isBuiltIn(lower, family) || own.has(lower) || reported.has(lower)) continue;
    reported.add(lower);
    const near = suggest(lower, [...own, ...nginxVariableNames(family)]);
    const at = placeIn(directive, word);
    if (near) refusals.add('unknown-variable', { message: 'misspelled', at, data: { name, suggestion: near } });
    else refusals.add('unknown-variable', { message: 'unknown', at, data: { name } });
  }
}

function isBuiltIn(name: string, family: 'http' | 'stream'): boolean {
  return /^\d/.test(name) || nginxVariable(name.toLowerCase(), family) !== undefined;
}

const definers: Readonly<Record<string, number>> = {
  set: 0,
  map: 1,
  geo: -1,
  split_clients: 1,
  auth_request_set: 0,
  perl_set: 0,
  js_set: 0,
  js_var: 0,
  keyval: 1,
};

/** Variables that the config defines; undefined where a module that is not known may define some. */
function ownVariables({ config }: Run): Set<string> | undefined {
  const names = new Set<string>();
  let isKnown = true;
  walk(config.file.root, ({ key, name, args, parent }) => {
    const index = Object.hasOwn(definers, key) ? definers[key]! : undefined;
    const isEntry = parent.owner?.key === 'map' || parent.owner?.key === 'geo';
    if (index !== undefined) names.add((args.at(index)?.value ?? '').replace(/^\$/, '').toLowerCase());
    else if (!isEntry && nginxDirectives(key).some(({ origin }) => origin !== 'core')) isKnown = false;
    for (const word of [name, ...args]) {
      for (const [, group] of word.value.matchAll(/\(\?P?[<'](\w+)[>']/g)) names.add(group!.toLowerCase());
    }
  });
  return isKnown ? names : undefined;
}

/** What can be judged only when all directives were seen. */
import { nginxDirectives, nginxVariable, nginxVariableNames } from '../facts/index.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { placeIn } from '../../../syntax/tree.ts';
import { childrenNamed, directivesByKey, walk } from '../../../syntax/walk.ts';
import { editDistance, isSibling, suggest } from '../../../text/suggest.ts';
import { locationOf } from './locations.ts';
import type { Run } from './run.ts';

type DirectivesByKey = ReturnType<typeof directivesByKey>;

/** A bound for hostile files: the rest is reported without. */
const maxSuggestions = 100;

export function checkEnd(run: Run): void {
  if (!run.config.complete) {
    checkNearVariables(run);
    return;
  }
  for (const { name, key, directive, definer } of run.usedZones) {
    // nginx knows zones by the directive that makes them as well.
    if (run.defined.get(key)?.key === definer.split(' ')[0]) continue;
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
  const inForce = settingsInForce();
  checkCertificates(run, inForce);
  checkKeys(run, inForce);
  checkUsedVariables(run);
}

/** `ngx_http_ssl_init`: the default server of a TLS socket needs a certificate; `ngx_http_ssl_merge_srv_conf`: each one a key. */
function checkCertificates({ secureListens, defined, refusals }: Run, inForce: InForce): void {
  const judged = new Set<string>();
  for (const { socket, directive } of secureListens) {
    const main = defined.get(`default ${socket}`) ?? defined.get(`first ${socket}`) ?? directive;
    const server = main.parent.owner;
    if (!socket.startsWith('http ') || judged.has(socket) || !server) continue;
    judged.add(socket);
    const rejects = inForce(server, 'ssl_reject_handshake').some(({ args }) => /^on$/i.test(args[0]?.value ?? ''));
    if (rejects || inForce(server, 'ssl_certificate').length > 0) continue;
    refusals.add('missing-directive', { message: 'certificate', at: main });
  }
}

function checkKeys({ config, refusals }: Run, inForce: InForce): void {
  for (const server of directivesByKey(config.file.root).get('server') ?? []) {
    if (server.parent.owner?.key !== 'http') continue;
    const certificates = inForce(server, 'ssl_certificate');
    if (certificates.length <= inForce(server, 'ssl_certificate_key').length) continue;
    refusals.add('missing-directive', { message: 'certificateKey', at: certificates.at(-1)! });
  }
}

type InForce = (server: Directive, key: string) => readonly Directive[];

/** Those of the server, else those of `http`, which are looked up once for all its servers. */
function settingsInForce(): InForce {
  const outer = new Map<string, { readonly http: Directive; readonly found: readonly Directive[] }>();
  return (server, key) => {
    const own = childrenNamed(server.block, key);
    const http = server.parent.owner;
    if (own.length > 0 || !http) return own;
    let known = outer.get(key);
    if (known?.http !== http) outer.set(key, (known = { http, found: childrenNamed(http.block, key) }));
    return known.found;
  };
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
  const { usedVariables, refusals, config } = run;
  const byKey = directivesByKey(config.file.root);
  const defined = definedVariables(byKey);
  const unknown = [...usedVariables].filter(([key]) => !isBuiltIn(key) && !defined.has(nameOf(key)));
  // A module outside the nginx source may bring variables of its own.
  if (unknown.length === 0 || [...byKey.values()].some(isForeign)) return;
  const own = new Set([...defined, ...groupNames(config)]);
  for (const [index, [key, { word, directive }]] of unknown.entries()) {
    const [family, name] = key.split(' ') as ['http' | 'stream', string];
    const lower = nameOf(key);
    if (own.has(lower)) continue;
    const near = index >= maxSuggestions ? undefined : suggest(lower, [...own, ...nginxVariableNames(family)]);
    const at = placeIn(directive, word);
    if (near) refusals.add('unknown-variable', { message: 'misspelled', at, data: { name, suggestion: near } });
    else refusals.add('unknown-variable', { message: 'unknown', at, data: { name } });
  }
}

/** Elsewhere it may be defined, but hardly is one meant that has nearly the name of a built-in one. */
function checkNearVariables({ usedVariables, refusals, config }: Run): void {
  const byKey = directivesByKey(config.file.root);
  const unknown = [...usedVariables]
    .filter(([key]) => !isBuiltIn(key) && nameOf(key).length > 4)
    .slice(0, maxSuggestions);
  if (unknown.length === 0 || [...byKey.values()].some(isForeign)) return;
  const own = new Set([...definedVariables(byKey), ...groupNames(config)]);
  for (const [key, { word, directive }] of unknown) {
    const [family, name] = key.split(' ') as ['http' | 'stream', string];
    const lower = nameOf(key);
    const suggestion = own.has(lower) ? undefined : suggest(lower, nginxVariableNames(family));
    if (
      !suggestion ||
      editDistance(lower, suggestion, 1) > 1 ||
      isSibling(lower, suggestion) ||
      lower === `${suggestion}s`
    )
      continue;
    refusals.add('unknown-variable', {
      message: 'resembles',
      at: placeIn(directive, word),
      data: { name, suggestion },
      severity: 'warning',
      confidence: 'medium',
    });
  }
}

/** `http name`: nginx does not mind the case of names. */
function nameOf(key: string): string {
  return key.slice(key.indexOf(' ') + 1).toLowerCase();
}

function isBuiltIn(key: string): boolean {
  const [family] = key.split(' ') as ['http' | 'stream'];
  return nginxVariable(nameOf(key), family) !== undefined;
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

function definedVariables(byKey: DirectivesByKey): Set<string> {
  const names = new Set<string>();
  for (const [key, index] of Object.entries(definers))
    for (const { args } of byKey.get(key) ?? [])
      names.add((args.at(index)?.value ?? '').replace(/^\$/, '').toLowerCase());
  return names;
}

/** Whether directives of one key load or are of a module outside the nginx source, and not entries of a table. */
function isForeign([first, ...others]: readonly Directive[]): boolean {
  const { key } = first!;
  if (key === 'load_module') return [first!, ...others].some(({ args }) => !ownModule.test(args[0]?.value ?? ''));
  if (Object.hasOwn(definers, key) || nginxDirectives(key).every(({ origin }) => origin === 'core')) return false;
  return [first!, ...others].some(({ parent }) => parent.owner?.key !== 'map' && parent.owner?.key !== 'geo');
}

/** The named groups of all patterns, wherever they may stand. */
function groupNames(config: Config): Set<string> {
  const names = new Set<string>();
  walk(config.file.root, ({ key, name, args }) => {
    addGroups(names, name.value);
    if (key === 'location' && locationOf({ args })?.kind !== 'regex') return;
    for (const word of args) addGroups(names, word.value);
  });
  return names;
}

/** The modules of nginx itself that are built to be loaded: their variables are known. */
const ownModule = /(?:^|\/)ngx_(?:http_(?:geoip|image_filter|xslt_filter|perl)|stream(?:_geoip)?|mail)_module\.so$/;

function addGroups(names: Set<string>, text: string): void {
  if (!text.includes('(?')) return;
  for (const [, group] of text.matchAll(/\(\?P?[<'](\w+)[>']/g)) names.add(group!.toLowerCase());
}

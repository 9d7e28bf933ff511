import { definedBy, definingDirectives } from '../meaning/definers.ts';
import { nginxDirectives, nginxVariable, nginxVariableNames } from '../facts/index.ts';
import type { Config } from '../../../syntax/config.ts';
import { placeIn, type Directive, type Word } from '../../../syntax/tree.ts';
import { directivesByKey, walk } from '../../../syntax/walk.ts';
import { editDistance, isSibling, suggest } from '../../../text/suggest.ts';
import { formatVersion, isBefore } from '../../../model/versions.ts';
import { locationOf } from './modules/http/location.ts';
import type { Run } from './run.ts';
import { usedVariables } from './variables.ts';

type DirectivesByKey = ReturnType<typeof directivesByKey>;

/** A bound for hostile files: the rest is reported without. */
const maxSuggestions = 100;

/** `unknown variable`, which nginx says when everything was read. Of a piece of a config only slips are told, and what is too new. */
export function checkUnknownVariables(run: Run): void {
  const { config } = run;
  const byKey = directivesByKey(config.file.root);
  const defined = definedVariables(byKey);
  checkVersions(run, defined);
  const unknown = [...usedVariables(run)].filter(([key]) => !isBuiltIn(key) && !defined.has(nameOf(key)));
  // A module outside the nginx source may bring variables of its own.
  if (unknown.length === 0 || [...byKey.values()].some(isForeign)) return;
  const own = new Set([...defined, ...groupNames(config)]);
  for (const [index, use] of unknown.entries()) {
    if (own.has(nameOf(use[0]))) continue;
    if (!config.complete) reportSlip(run, use);
    else reportUnknown(run, use, index < maxSuggestions ? own : undefined);
  }
}

type Use = readonly [key: string, { readonly word: Word; readonly directive: Directive }];

function reportUnknown({ refusals }: Run, [key, { word, directive }]: Use, own: ReadonlySet<string> | undefined): void {
  const [family, name] = key.split(' ') as ['http' | 'stream', string];
  const near = own && suggest(nameOf(key), [...own, ...nginxVariableNames(family)]);
  const at = placeIn(directive, word);
  if (near) refusals.report({ rule: 'unknown-variable', message: 'misspelled', at, data: { name, suggestion: near } });
  else if (isOfEnvironment(name, word))
    refusals.report({
      rule: 'unknown-variable',
      message: 'environment',
      at,
      data: { name },
      severity: 'warning',
      confidence: 'low',
    });
  else refusals.report({ rule: 'unknown-variable', message: 'unknown', at, data: { name } });
}

/** `${PORT}`, as `envsubst` puts it in: nginx has no variable in capitals, and who defines one seldom writes it so. */
function isOfEnvironment(name: string, { raw }: Word): boolean {
  return /^[A-Z_][A-Z\d_]*$/.test(name) && raw.includes(`\${${name}}`);
}

/** A name one letter off one of nginx itself. Shorter ones, plurals, and names with another number may well be meant. */
function reportSlip({ refusals }: Run, [key, { word, directive }]: Use): void {
  const [family, name] = key.split(' ') as ['http' | 'stream', string];
  const lower = nameOf(key);
  const near = lower.length < shortestSlip ? undefined : suggest(lower, nginxVariableNames(family));
  if (!near || editDistance(lower, near, 1) > 1 || isVariation(lower, near)) return;
  refusals.report({
    rule: 'unknown-variable',
    message: 'resembles',
    at: placeIn(directive, word),
    data: { name, suggestion: near },
    severity: 'warning',
    confidence: 'medium',
  });
}

const shortestSlip = 5;

function isVariation(name: string, known: string): boolean {
  const stem = (text: string): string => text.replace(/[\d_]/g, '');
  return isSibling(name, known) || stem(name) === stem(known) || name === `${known}s` || known === `${name}s`;
}

/** Only for a version that the user named: the newest one has all. */
function checkVersions(run: Run, defined: ReadonlySet<string>): void {
  const { refusals, target } = run;
  if (!target) return;
  for (const [key, { word, directive }] of usedVariables(run)) {
    const [family, name] = key.split(' ') as ['http' | 'stream', string];
    const version = nginxVariable(nameOf(key), family)?.since;
    if (!version || !isBefore(target, version) || defined.has(nameOf(key))) continue;
    const data = { name, version, target: formatVersion(target) };
    refusals.report({ rule: 'needs-newer-version', message: 'variable', at: placeIn(directive, word), data });
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

function definedVariables(byKey: DirectivesByKey): Set<string> {
  const names = new Set<string>();
  for (const key of definingDirectives)
    for (const directive of byKey.get(key) ?? []) names.add(definedBy(directive) ?? '');
  return names;
}

/** Of modules that define no variables but those that their directives name. */
const definers: ReadonlySet<string> = new Set(['perl_set', 'js_set', 'js_var', 'keyval']);

/** Whether directives of one key load or are of a module outside the nginx source, and not entries of a table. */
function isForeign([first, ...others]: readonly Directive[]): boolean {
  const { key } = first!;
  if (key === 'load_module') return [first!, ...others].some(({ args }) => !ownModule.test(args[0]?.value ?? ''));
  if (definers.has(key) || nginxDirectives(key).every(({ origin }) => origin === 'core')) return false;
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

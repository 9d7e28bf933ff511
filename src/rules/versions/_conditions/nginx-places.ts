/** Places of nginx that advisories speak of. */
import type { Directive } from '../../../syntax/tree.ts';
import { children, walk } from '../../../syntax/walk.ts';
import { word, type Found } from './found.ts';
import { cachingPasses, passKeys, settingKeys, tellerKeys } from '../../../servers/nginx/meaning/pass.ts';
import { bytesOf, isOff, isOn } from '../../../servers/nginx/meaning/settings.ts';

export const backgroundUpdates = settingKeys(cachingPasses, 'cache_background_update');

export const isNotOff = (directive: Directive): boolean => !isOff(directive);

export function siblings(directive: Directive): readonly Directive[] {
  return children(directive.parent);
}

export function upstreamTls(found: Found): Directive | undefined {
  return (
    passKeys.map((key) => found.withWord(key, /^(?:https|grpcs|suwsgi):/)).find(Boolean) ??
    found.withValue('proxy_ssl', isOn)
  );
}

/** Servers of one socket of which some ask for a client certificate and share TLS sessions with those that do not. */
export function clientCertificateHosts(found: Found): Directive | undefined {
  for (const { virtualHosts, tls } of found.model().listeners) {
    if (!tls || virtualHosts.length < 2) continue;
    const asking = virtualHosts.map(({ scope }) => scope.effective('ssl_verify_client').find(isNotOff));
    const first = asking.find(Boolean);
    if (first && asking.includes(undefined)) return first;
  }
  return undefined;
}

export function davCopyAlias(found: Found): Directive | undefined {
  return found.all('alias').find((alias) => {
    for (let block: Directive['parent'] | undefined = alias.parent; block; block = block.owner?.parent) {
      const methods = children(block).findLast(({ key }) => key === 'dav_methods');
      if (methods) return methods.args.some(({ value }) => /^(?:copy|move)$/i.test(value));
    }
    return false;
  });
}

/** A subrequest for a slice or a cache update that is made while numbered captures are in use. */
export function sliceCapture(found: Found): Directive | undefined {
  const subrequests = [
    ...found.all('slice').filter((it) => bytesOf(it) !== 0),
    ...found.all(...backgroundUpdates).filter((it) => isOn(it)),
  ];
  return subrequests.find(({ parent }) => {
    let isUsed = false;
    walk(parent, ({ args }) => {
      isUsed ||= args.some(({ value }) => /\$\{?[1-9]/.test(value));
    });
    return isUsed;
  });
}

/**
 * A text with a numbered capture before the variable of a map whose regular expressions set the captures anew; the lines of a list that goes
 * to a backend are one text. Or the variable of a map that is computed each time it is read.
 */
export function mapCapture(found: Found): Directive | undefined {
  const maps = found.all('map').filter(({ block }) => block && children(block).some(({ key }) => key.startsWith('~')));
  const mapped = namesOf(maps.filter(({ block }) => children(block!).some(({ key }) => /^~.*\((?!\?[:=!])/.test(key))));
  const volatile = namesOf(maps.filter(({ block }) => children(block!).some(({ key }) => key === 'volatile')));
  if (mapped.size + volatile.size === 0) return undefined;
  const before = new Map<string, string>();
  return found.all(...texts).find((directive) => {
    const values = directive.args.map(({ value }) => value);
    if (values.some((value) => variablesIn(value).some((name) => volatile.has(name)))) return true;
    if (!lists.has(directive.key)) return values.some((value) => capturesBefore(value, mapped));
    const list = `${directive.key} ${directive.parent.file.path} ${directive.parent.start}`;
    const text = `${before.get(list) ?? ''} ${values.slice(1).join(' ')}`;
    before.set(list, text);
    return capturesBefore(text, mapped);
  });
}

const lists: ReadonlySet<string> = new Set(tellerKeys);

const texts = [...passKeys, 'return', 'add_header', 'set', 'proxy_cache_key', ...lists];

function namesOf(maps: readonly Directive[]): ReadonlySet<string> {
  return new Set(maps.map((map) => word(map, 1).replace(/^\$/, '')).filter((name) => /^\w+$/.test(name)));
}

function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name!);
}

function capturesBefore(text: string, mapped: ReadonlySet<string>): boolean {
  const capture = /\$\{?[1-9]/.exec(text);
  return capture !== null && variablesIn(text.slice(capture.index)).some((name) => mapped.has(name));
}

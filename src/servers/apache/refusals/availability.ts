import { formatVersion, isBefore, type Version } from '../../../model/versions.ts';
import { headerOf, placeIn, type Directive } from '../../../syntax/tree.ts';
import type { ApacheDirective } from '../facts/types.ts';
import type { ApacheModules } from '../meaning/modules.ts';
import type { Refusal } from './refusal.ts';
import { wordTable } from '../../../text/word-table.ts';

/** Forms that came later than the directive: from which number of arguments on, and with which release. Source: the manual. */
const newerForms: Readonly<Record<string, { readonly count: number; readonly since: string }>> = wordTable({
  proxyerroroverride: { count: 2, since: '2.4.47' },
  sslciphersuite: { count: 2, since: '2.4.36' },
  sslproxyciphersuite: { count: 2, since: '2.4.36' },
});

/** Whether the server has the directive: in its version, and with the modules that are loaded. */
export function judgeAvailability(
  directive: Directive,
  facts: ApacheDirective,
  target: Version | undefined,
  modules: ApacheModules,
): Refusal | undefined {
  const { name, since, until } = facts;
  if (until && !(target && isBefore(target, until))) return removed(directive, facts, until);
  if (target && since && isBefore(target, since)) {
    const data = { name, version: since, target: formatVersion(target) };
    return { rule: 'needs-newer-version', message: 'httpd', at: headerOf(directive), data };
  }
  const form = target && newerForms[directive.key];
  if (form && directive.args.length >= form.count && isBefore(target, form.since)) {
    const data = { name, version: form.since, target: formatVersion(target) };
    return { rule: 'needs-newer-version', message: 'form', at: headerOf(directive), data };
  }
  if (!modules.certain || facts.modules.some((module) => modules.has(module) !== false)) return undefined;
  const data = { name, modules: facts.modules.join(' or ') };
  return { rule: 'unknown-directive', message: 'unloaded', at: placeIn(directive, directive.name), data };
}

function removed(directive: Directive, { name, replacement }: ApacheDirective, version: string): Refusal {
  const common = { rule: 'removed-directive', at: headerOf(directive) } as const;
  return replacement === undefined
    ? { ...common, message: 'httpdRemoved', data: { name, version } }
    : { ...common, message: 'httpdReplaced', data: { name, version, replacement } };
}

import { nginxDirectives } from '../../../servers/nginx/facts/index.ts';
import type { NginxDirective } from '../../../servers/nginx/facts/types.ts';
import { contextList, maskOf } from '../../../servers/nginx/refusals/contexts.ts';
import type { Description } from '../language.ts';
import { documentation, pageOf } from './documentation.ts';

/** @param family `http`, `stream` or `mail`: whose definition counts where several modules have the name */
export async function describeDirective(name: string, family: string): Promise<Description | undefined> {
  const facts = choose(nginxDirectives(name), family);
  const documented = choose((await documentation()).directives.get(name) ?? [], family);
  if (!facts && !documented) return undefined;
  const module = documented?.module ?? facts!.module;
  return {
    name,
    syntax: (documented?.syntax ?? []).map((line) => `${name} ${plain(line)}`.trim() + (/\{/.test(line) ? '' : ';')),
    text: documented?.description,
    facts: [
      ['Default', documented?.default || facts?.default || ''],
      ['Context', (facts && contextList(maskOf(facts.contexts))) || (documented?.contexts.join(', ') ?? '')],
      ['Module', module],
      ...(facts ? factsOf(facts) : []),
    ].filter((row): row is [string, string] => row[1] !== ''),
    url: documented ? pageOf(module, name) : undefined,
  };
}

function factsOf({ since, until, deprecated, inheritance, group, origin }: NginxDirective): [string, string][] {
  const how = {
    scalar: '',
    'list-replace': `only where a level has none of its own${group.length > 1 ? ` (nor of ${group.join(', ')})` : ''}`,
    'not-inherited': 'not at all: in force where it is written',
    'single-level': '',
  }[inheritance];
  return [
    ['Since', since ?? ''],
    ['Removed in', until ?? ''],
    [
      'Deprecated since',
      deprecated
        ? deprecated.since + (deprecated.replacement ? `, in favour of \`${deprecated.replacement}\`` : '')
        : '',
    ],
    ['Inherited', how],
    ['Origin', origin === 'core' ? '' : origin === 'plus' ? 'nginx Plus' : 'a module outside of nginx'],
  ];
}

export async function describeVariable(name: string, family: string): Promise<Description | undefined> {
  const { variables } = await documentation();
  const found = choose(variables.get(`$${name}`) ?? variables.get(`$${prefixOf(name)}`) ?? [], family);
  if (!found) return undefined;
  return {
    name: found.name,
    syntax: [],
    text: found.description,
    facts: [['Module', found.module]],
    url: pageOf(found.module, found.name),
  };
}

/** As the documentation names a family of variables. */
function prefixOf(name: string): string {
  const prefix = /^(?:http|sent_http|sent_trailer|upstream_http|upstream_trailer|upstream_cookie|cookie|arg)_/.exec(
    name,
  )?.[0];
  return prefix ? `${prefix}name` : name;
}

function choose<Item extends { readonly module: string }>(items: readonly Item[], family: string): Item | undefined {
  const others = /^ngx_(?:http|stream|mail)_/;
  return (
    items.find(({ module }) => module.startsWith(`ngx_${family}_`)) ??
    items.find(({ module }) => !others.test(module)) ??
    items[0]
  );
}

/** Of the syntax in Markdown. */
function plain(line: string): string {
  return line
    .replace(/\*?`([^`]*)`\*?/g, '$1')
    .replaceAll('*', '')
    .trim();
}

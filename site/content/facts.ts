/** Pages of what proxylint knows about the servers: the tables by which it judges. */
import { apacheDirective, apacheDirectiveNames, origin as apacheOrigin } from '../../src/servers/apache/facts/index.ts';
import { contextNames } from '../../src/servers/apache/meaning/context-names.ts';
import { newestNginx, nginxDirectiveNames, nginxDirectives } from '../../src/servers/nginx/facts/index.ts';
import type { NginxDirective } from '../../src/servers/nginx/facts/types.ts';
import { contextList, maskOf } from '../../src/servers/nginx/refusals/contexts.ts';
import { describeRanges, newestSslh, settingForms, settingNames } from '../../src/servers/sslh/facts/index.ts';
import type { SslhScope } from '../../src/servers/sslh/facts/types.ts';
import type { Page } from './pages.ts';

export function factPages(): Page[] {
  return [nginxPage(), apachePage(), sslhPage()];
}

function nginxPage(): Page {
  const all = [...nginxDirectiveNames()].flatMap((name) => nginxDirectives(name));
  const inModules = all.filter(({ origin }) => origin !== 'third-party');
  return pageOf('nginx', 'nginx: directives', 'src/servers/nginx/facts/README.md', [
    `What nginx reads where, from the sources of its releases up to ${newestNginx}; of nginx Plus and of modules apart, from its documentation.`,
    ...sections(
      inModules,
      ({ module }) => module,
      ['directive', 'may stand in', 'default', 'since', 'removed', 'deprecated'],
      nginxRow,
    ),
  ]);
}

function nginxRow({ name, contexts, default: initial, since, until, deprecated }: NginxDirective): string[] {
  return [
    code(name),
    contexts.length > 0 ? contextList(maskOf(contexts)) : '',
    initial === undefined ? '' : code(initial),
    since ?? '',
    until ?? '',
    deprecated ? `${deprecated.since}${deprecated.replacement ? `: ${code(deprecated.replacement)}` : ''}` : '',
  ];
}

function apachePage(): Page {
  const all = apacheDirectiveNames().flatMap((key) => apacheDirective(key) ?? []);
  return pageOf('apache', 'Apache httpd: directives', 'scripts/facts-apache/main.ts', [
    `What httpd reads where, from its sources, its manual and the answers of a running server, version ${apacheOrigin.version}.`,
    ...sections(
      all,
      ({ modules }) => modules[0]!,
      ['directive', 'may stand in', 'override', 'default', 'since', 'removed', 'instead'],
      ({ name, form, contexts, override, default: initial, since, until, replacement, deprecated }) => [
        code(form === 'section' ? `<${name}>` : name),
        contexts.map((context) => contextNames[context]).join(', '),
        override.join(', '),
        initial === undefined ? '' : code(initial),
        since ?? '',
        until ?? '',
        replacement ?? deprecated?.replacement ?? '',
      ],
    ),
  ]);
}

const scopes: Readonly<Record<SslhScope, string>> = {
  main: 'At the top of the file',
  listen: 'An entry of "listen"',
  protocols: 'An entry of "protocols"',
};

function sslhPage(): Page {
  const all = (Object.keys(scopes) as SslhScope[]).flatMap((scope) =>
    settingNames(scope, newestSslh).map((name) => ({ scope, name })),
  );
  return pageOf('sslh', 'sslh: settings', 'scripts/facts-sslh.ts', [
    `What sslh reads where, from the sources of its releases up to ${newestSslh.join('.')}.`,
    ...sections(
      all,
      ({ scope }) => scopes[scope],
      ['setting', 'type', 'versions'],
      ({ scope, name }) => {
        const forms = settingForms(scope, name);
        return [code(name), [...new Set(forms.map(({ type }) => type))].join(', '), describeRanges(forms)];
      },
    ),
  ]);
}

function pageOf(name: string, title: string, edited: string, lines: readonly string[]): Page {
  const path = `facts/${name}.md`;
  return { source: path, path, title, edited, text: [`# ${title}`, '', ...lines, ''].join('\n') };
}

/** A table a group, in alphabetical order. */
function sections<Item>(
  items: readonly Item[],
  groupOf: (item: Item) => string,
  head: readonly string[],
  row: (item: Item) => readonly string[],
): string[] {
  const groups = new Map<string, string[]>();
  for (const item of items) {
    const group = groupOf(item);
    const rows = groups.get(group) ?? [];
    groups.set(group, rows);
    rows.push(`| ${row(item).map(cell).join(' | ')} |`);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([group, rows]) => [
      '',
      `## ${group}`,
      '',
      `| ${head.join(' | ')} |`,
      `|${' --- |'.repeat(head.length)}`,
      ...rows.sort(),
    ]);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

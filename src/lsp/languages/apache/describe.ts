import { apacheDirective } from '../../../servers/apache/facts/index.ts';
import { contextNames } from '../../../servers/apache/meaning/context-names.ts';
import type { Description } from '../language.ts';

/** What the manual says, of its text the first line. */
export async function describeDirective(key: string): Promise<Description | undefined> {
  const facts = apacheDirective(key);
  if (!facts) return undefined;
  const { name, modules, form, status, contexts, override, since, until, deprecated, replacement } = facts;
  const written = form === 'section' ? `<${name} ...>` : name;
  return {
    name: form === 'section' ? `<${name}>` : name,
    syntax: [facts.syntax ?? written],
    text: await descriptionOf(key),
    facts: [
      ['Default', facts.default ?? ''],
      ['Context', contexts.map((context) => contextNames[context]).join(', ')],
      ['Override', override.join(', ')],
      ['Module', modules.join(', ')],
      ['Status', status === 'Unknown' ? '' : status],
      ['Since', since ?? ''],
      ['Removed in', until ?? ''],
      ['Deprecated since', deprecated ? `${deprecated.since}, in favour of \`${deprecated.replacement}\`` : ''],
      ['Instead', replacement ?? ''],
    ].filter((row): row is [string, string] => row[1] !== ''),
    url: status === 'Third-party' || until !== undefined ? undefined : pageOf(modules[0]!, name),
  };
}

let loaded: Promise<ReadonlyMap<string, string>> | undefined;

async function descriptionOf(key: string): Promise<string | undefined> {
  const line = (await (loaded ??= loadDescriptions())).get(key);
  return line && `${line[0]!.toUpperCase()}${line.slice(1).replace(/\.$/, '')}.`;
}

async function loadDescriptions(): Promise<ReadonlyMap<string, string>> {
  const { descriptions } = await import('../../../servers/apache/facts/descriptions.gen.ts');
  return new Map(descriptions.split('\n').map((line) => line.split('\t') as [key: string, text: string]));
}

function pageOf(module: string, name: string): string {
  return `https://httpd.apache.org/docs/2.4/mod/${module}.html#${name.toLowerCase()}`;
}

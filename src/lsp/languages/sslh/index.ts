import type { Targets } from '../../../model/versions.ts';
import {
  canonicalSetting,
  describeRanges,
  effectiveVersion,
  existsIn,
  probeNames,
  settingForms,
  settingNames,
  syslogFacilities,
} from '../../../servers/sslh/facts/index.ts';
import { sslhDescription } from '../../../servers/sslh/facts/descriptions.ts';
import type { SslhScope, SslhSetting, SslhType } from '../../../servers/sslh/facts/types.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import type { Cursor } from '../../cursor.ts';
import type { Description, Language, Suggestion } from '../language.ts';

export const sslh: Language = {
  describe: (key, scope) => Promise.resolve(describeSetting(key, scope as SslhScope)),
  describeVariable: () => Promise.resolve(undefined),
  contextAt: ({ block }) => scopeOf(block) ?? 'main',
  directives: suggestSettings,
  argumentsOf: (cursor, targets) => Promise.resolve(suggestValues(cursor, targets)),
  namedAt: () => [],
  variables: () => [],
  occurrences: () => [],
  faultOfName: () => undefined,
  titleOf,
};

/** Undefined inside of a list, where no setting stands. */
function scopeOf(block: Block): SslhScope | undefined {
  if (block.kind === 'file') return 'main';
  if (block.kind !== 'group') return undefined;
  const list = block.owner?.parent.owner?.key;
  return list === 'listen' || list === 'protocols' ? list : undefined;
}

const types: Readonly<Record<SslhType, string>> = {
  bool: 'true or false',
  int: 'a number',
  string: 'a string in quotes',
  strings: 'strings in square brackets',
  list: 'groups of settings in parentheses',
  'bool-or-int': 'true, false or a number',
  probe: 'the name of a probe, or a list of them',
};

function describeSetting(key: string, scope: SslhScope): Description | undefined {
  const forms = settingForms(scope, key);
  const newest = forms.at(-1);
  if (!newest) return undefined;
  const { name, required } = newest;
  const described = sslhDescription(scope, name);
  return {
    name,
    syntax: [`${name}: ${samples[newest.type]}`],
    text: described?.text,
    facts: [
      [
        'Value',
        forms.map((form) => types[form.type] + (forms.length > 1 ? ` (${describeRanges([form])})` : '')).join('; '),
      ],
      ...(described?.default === undefined ? [] : ([['Default', described.default]] as const)),
      ['Context', scope === 'main' ? 'the top of the file' : `an entry of "${scope}"`],
      ['Required', required ? 'yes' : 'no'],
      ['Versions', describeRanges(forms)],
    ],
    url: 'https://github.com/yrutschle/sslh/blob/master/doc/config.md',
  };
}

const samples: Readonly<Record<SslhType, string>> = {
  bool: 'true;',
  int: '1;',
  string: '"value";',
  strings: '[ "first", "second" ];',
  list: '( { ... } );',
  'bool-or-int': 'true;',
  probe: '"probe";',
};

function suggestSettings({ block }: Cursor, { sslh: target }: Targets): readonly Suggestion[] {
  const scope = scopeOf(block);
  if (!scope) return [];
  const version = effectiveVersion(target);
  const written = new Set(block.directives.map(({ key }) => canonicalSetting(scope, key)));
  return settingNames(scope, version).flatMap((name) => {
    const form = settingForms(scope, name).find((each) => existsIn(each, version));
    if (!form || written.has(name)) return [];
    return { label: name, kind: 'directive', detail: types[form.type], key: name, snippet: snippetOf(form) } as const;
  });
}

function snippetOf({ name, type }: SslhSetting): string {
  switch (type) {
    case 'bool':
    case 'bool-or-int':
      return `${name}: \${1|true,false|};`;
    case 'strings':
      return `${name}: [ "$1" ];`;
    case 'list':
      return `${name}:\n(\n\t{ $1 }\n);`;
    case 'int':
      return `${name}: $1;`;
    default:
      return `${name}: "$1";`;
  }
}

/** Strings come with their quotes, unless the cursor stands in some. */
function suggestValues({ directive, block, word }: Cursor, { sslh: target }: Targets): readonly Suggestion[] {
  const scope = scopeOf(block);
  if (!directive || !scope) return [];
  const version = effectiveVersion(target);
  const form = settingForms(scope, directive.key).find((each) => existsIn(each, version));
  const quoted = (text: string): string => (word?.quote ? text : `"${text}"`);
  if (form?.type.startsWith('bool')) return ['true', 'false'].map((label) => ({ label, kind: 'value' }));
  if (scope === 'protocols' && form?.name === 'name')
    return probeNames(version).map((name) => ({ label: quoted(name), kind: 'value' }));
  if (form?.name === 'syslog_facility') return syslogFacilities.map((name) => ({ label: quoted(name), kind: 'value' }));
  return [];
}

function titleOf({ block }: Directive): string {
  const texts = (block?.directives ?? [])
    .filter(({ key }) => key === 'name' || key === 'host' || key === 'port')
    .map(({ args }) => args.map(({ value }) => value).join(''));
  return texts.join(' ');
}

/** What is said of each setting of sslh with a value of each kind, by version. `npm run test:update` writes the list. */
import { expect, test } from 'vitest';

import { rules } from '../../../src/rules/index.gen.ts';
import { parseVersion } from '../../../src/model/versions.ts';
import { settings } from '../../../src/servers/sslh/facts/table.gen.ts';
import type { SslhScope } from '../../../src/servers/sslh/facts/index.ts';
import { lint } from '../../helpers/lint.ts';

const values = ['true', '5', '0x1', '"x"', '"5"', '[ "x" ]', '[ 5 ]', '( "x" )', '( { x: "y"; } )', '{ x: "y"; }'];
const versions = [undefined, '1.14', '1.18', '1.20', '2.3.1'];
const active = rules.filter(({ id }) => /^sslh-(?:syntax|unknown|bad|value)/.test(id)).map((rule) => ({ rule }));

/** What else an entry has to have. */
const required = { main: [], listen: ['host', 'port'], protocols: ['name', 'host', 'port'] } as const;

function entryWith(of: 'listen' | 'protocols', scope: SslhScope, name: string, setting: string): string {
  const others = required[of].filter((each) => scope !== of || each !== name).map((each) => `${each}: "ssh";`);
  return `${of}: ( { ${[...(scope === of ? [setting] : []), ...others].join(' ')} } );`;
}

function configWith(scope: SslhScope, name: string, setting: string): string {
  const own = scope === 'main' ? [setting] : [];
  const lists = (['listen', 'protocols'] as const).filter((list) => list !== name);
  return [...own, ...lists.map((list) => entryWith(list, scope, name, setting))].join('\n');
}

async function said(scope: SslhScope, name: string, value: string): Promise<string> {
  const text = configWith(scope, name, `${name}: ${value};`);
  const answers: string[] = [];
  for (const version of versions) {
    const targets = version === undefined ? {} : { sslh: parseVersion(version)! };
    const { findings } = await lint({ path: 'sslh.cfg', text, dialect: 'sslh', targets }, active);
    const found = findings.map(({ messageId, severity, fix }) => `${messageId} ${severity}${fix ? ' with a fix' : ''}`);
    answers.push(`${version ?? 'any version'}: ${found.join(' and ') || 'nothing'}`);
  }
  return answers.join(', ');
}

test('each setting with values of all kinds', async () => {
  const names = new Set(settings.map(({ scope, name }) => `${scope} ${name}`));
  const lines: string[] = [];
  for (const each of names) {
    const [scope, name] = each.split(' ') as [SslhScope, string];
    const byAnswer = new Map<string, string[]>();
    for (const value of values) {
      const answer = await said(scope, name, value);
      byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), value]);
    }
    for (const [answer, of] of byAnswer) lines.push(`${each} = ${of.join(' or ')}`, `    ${answer}`);
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../../fixtures/sslh/settings.txt');
});

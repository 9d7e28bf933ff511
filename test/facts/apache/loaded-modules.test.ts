import { describe, expect, it } from 'vitest';
import { lintConfig } from '../../../src/lint/run.ts';
import unknownDirective from '../../../src/rules/syntax/unknown-directive.ts';
import type { Rule } from '../../../src/rules/define-rule.ts';
import { configOf } from '../../helpers/lint.ts';

const rule = { id: 'unknown-directive', category: 'syntax', ...unknownDirective } as unknown as Rule;

async function messages(text: string, complete: boolean): Promise<string[]> {
  const config = {
    ...(await configOf({ path: 'httpd.conf', text, dialect: 'apache', level: 'server' })),
    complete,
    serversComplete: complete,
  };
  const { findings } = await lintConfig(config, { rules: [{ rule }], targets: {} });
  return findings.map(({ message }) => message);
}

const main = `Listen 80
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule alias_module modules/mod_alias.so
<IfModule mod_so.c>
    LoadModule headers_module modules/mod_headers.so
</IfModule>
Alias "/a" "/srv/a"
Header set X-A b
RewriteEngine on
<IfModule mod_rewrite.c>
    Misspelt on
</IfModule>
<IfModule mod_alias.c>
    Alais "/b" "/srv/b"
</IfModule>
`;

describe('the modules that a whole config loads', () => {
  it('are the only ones whose directives are known', async () => {
    expect(await messages(main, true)).toEqual([
      'No loaded module defines the directive "RewriteEngine". It belongs to mod_rewrite.',
      'The directive "Alais" does not exist. Did you mean "Alias"?',
    ]);
  });

  it('are assumed where the config is a piece of one', async () => {
    expect(await messages(main, false)).toEqual([
      'The directive "Misspelt" does not exist.',
      'The directive "Alais" does not exist. Did you mean "Alias"?',
    ]);
  });
});

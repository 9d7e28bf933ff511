/** The grammars by the engine of the editor: what a few telling lines are taken for. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const { Registry, parseRawGrammar, INITIAL } = require('vscode-textmate');
const { loadWASM, OnigScanner, OnigString } = require('vscode-oniguruma');
await loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')).buffer);

const registry = new Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (all) => new OnigScanner(all),
    createOnigString: (text) => new OnigString(text),
  }),
  loadGrammar: async (scope) => {
    const name = /^source\.(nginx|apacheconf|sslh)$/.exec(scope)?.[1];
    if (!name) return null;
    const path = new URL(`../syntaxes/${name}.tmLanguage.json`, import.meta.url);
    return parseRawGrammar(readFileSync(path, 'utf8'), 'grammar.json');
  },
});

/** `text|scope` of each token, the innermost scope without the name of the language. */
async function tokens(language, text) {
  const grammar = await registry.loadGrammar(`source.${language}`);
  let stack = INITIAL;
  const found = [];
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const part = line.slice(startIndex, endIndex);
      if (part.trim() !== '') found.push(`${part.trim()}|${scopes.at(-1).replace(`.${language}`, '')}`);
    }
  }
  return found;
}

test('nginx: directives, blocks, strings, variables, comments', async () => {
  const found = await tokens(
    'nginx',
    'server { # all\n  listen 80;\n  return 301 "https://$host${uri}";\n  location ~* \\.php$ { sendfile on; }\n  set $a b#c;\n}',
  );
  for (const token of [
    'server|keyword.other.block',
    '# all|comment.line.number-sign',
    'listen|keyword.other.directive',
    '80|constant.numeric',
    'return|keyword.control',
    '$host|variable.other',
    '${uri}|variable.other',
    '~*|keyword.operator',
    'on|constant.language',
    '$a|variable.other',
  ])
    assert.ok(found.includes(token), `${token} in ${found.join('  ')}`);
  assert.ok(
    found.every((token) => !token.startsWith('#c')),
    found.join('  '),
  );
});

test('httpd: sections, directives, flags, variables, continued lines', async () => {
  const found = await tokens(
    'apacheconf',
    '<VirtualHost *:80>\n  # one\n  SSLEngine On\n  RewriteRule ^/(.*) \\\n    https://%{HTTP_HOST}/$1 [R=301,L]\n  Header set X "${NAME} #1"\n</VirtualHost>',
  );
  for (const token of [
    'VirtualHost|entity.name.tag',
    'one|comment.line.number-sign',
    'SSLEngine|keyword.other.directive',
    'On|constant.language',
    'RewriteRule|keyword.control',
    '%{HTTP_HOST}|variable.other',
    '[R=301,L]|storage.modifier.flags',
    '${NAME}|variable.other',
    '</|punctuation.definition.tag.begin',
  ])
    assert.ok(found.includes(token), `${token} in ${found.join('  ')}`);
  assert.equal(found.filter((token) => token.includes('|comment')).length, 2);
});

test('sslh: settings, strings, comments of all kinds', async () => {
  const found = await tokens(
    'sslh',
    '# one\nverbose-config: 1; // two\nforeground: true;\n/* three\n four */\nprotocols: ( { name: "ssh"; } );\n@include "more.cfg"',
  );
  for (const token of [
    '# one|comment.line',
    'verbose-config|variable.parameter.setting',
    '1|constant.numeric',
    '// two|comment.line',
    'true|constant.language.boolean',
    'four|comment.block',
    'name|variable.parameter.setting',
    '@include|keyword.control.import',
  ])
    assert.ok(
      found.some((each) => each === token || each.startsWith(token)),
      `${token} in ${found.join('  ')}`,
    );
});

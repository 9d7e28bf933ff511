/** All entries of the installed package, from a module and from CommonJS. Prints what each node must print alike. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { createSession, formatText, lintText, requestTo, rules } from 'proxylint';
import { testRule } from 'proxylint/testing';

const text = 'server {\n  listen 80\n}\n';
const { findings } = await lintText(text, { path: 'site.conf', dialect: 'nginx' });
assert.deepEqual(
  findings.map(({ rule }) => rule),
  ['missing-semicolon'],
);
const session = await createSession();
const { files } = await session.fix('site.conf', { text, dialect: 'nginx' });
const fixed = files[0].text;
const file = await session.open('site.conf', { text: fixed.replace('}', '  return 204;\n}'), dialect: 'nginx' });
const [{ outcome }] = await file.trace(requestTo({ url: 'http://localhost/' }));
assert.equal(outcome.status, 204);
const laidOut = await formatText('site.conf', fixed, { options: { indent: 8 } });
assert.match(laidOut.text, /^ {8}listen 80;$/m);
for (const dialect of ['apache', 'sslh']) assert.ok(await lintText('', { dialect }));
assert.equal(typeof testRule, 'function');

const require = createRequire(import.meta.url);
assert.deepEqual(Object.keys(require('proxylint')), Object.keys(await import('proxylint')));
assert.ok(require('proxylint/rules.json').rules);
assert.ok(require('proxylint/schema/config.schema.json').$schema);
console.log(require('proxylint/package.json').version, rules.length, outcome.kind, JSON.stringify(laidOut.edits));

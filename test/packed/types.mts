/** The types of the installed package, without those of node; `tsc` alone reads it. */
import { createSession, defineRule, lintText, requestTo, type Finding, type Trace } from 'proxylint';
import { testRule } from 'proxylint/testing';

const { findings } = await lintText('', { path: 'site.conf', dialect: 'nginx' });
findings satisfies readonly Finding[];
const file = await (await createSession()).open('site.conf', { text: '' });
const traces = await file?.trace(requestTo({ url: 'http://localhost/' }));
traces satisfies readonly Trace[] | undefined;
testRule satisfies Function;
defineRule satisfies Function;
// @ts-expect-error: there is no such dialect.
await lintText('', { dialect: 'caddy' });
// @ts-expect-error: a URL is text.
requestTo({ url: 1 });

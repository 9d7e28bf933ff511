/** Each rule about behaviour has a witness, or a reason why it has none. */
import { expect, test } from 'vitest';

import { rules } from '../../src/rules/index.gen.ts';
import { casesIn } from './lib/cases.ts';

/** The text alone decides: the oracle compares verdicts with the servers, and comments of ours mean nothing to them. */
const categoriesOfText: ReadonlySet<string> = new Set(['syntax', 'suppression']);

/** By reason. */
const withoutWitness: Readonly<Record<string, readonly string[]>> = {
  'what is found does nothing': [
    'empty-block',
    'hcheck-without-balancer',
    'unused-map',
    'unused-upstream',
    'unused-variable',
  ],
  'what is found costs time only': ['try-files-without-cache'],
  'what is obsolete still works': ['obsolete-chain-file'],
  'it fills the table of processes': ['sslh-connects-to-itself'],
  'it compares settings with a published list': ['setting-outside-benchmark'],
  'the advice is another way to write the same': ['regex-exact-match', 'regex-prefix-match'],
  'distributions mend such releases without another version number': [
    'known-vulnerability',
    'overlapping-captures',
    'unnamed-capture-after-rewrite',
    'unnamed-capture-in-map',
  ],
  'the tests set it themselves, so as to keep to their folder': ['default-error-log'],
  'it is about which release is meant': ['outdated-apache'],
  'it takes the application, which test/applications/played.test.ts runs': [
    'application-backend',
    'application-body-size',
    'application-buffering',
    'application-exposure',
    'application-headers',
    'application-path',
    'application-timeout',
    'application-websocket',
    'application-well-known',
  ],
  'comments of ours mean nothing to the servers': ['unknown-application'],
  'it shows after minutes of silence only': ['websocket-timeout'],
  'it takes a backend that answers late': ['chain-timeout-order', 'event-stream-buffered'],
  'nginx tries for seconds before it gives up': ['address-in-use'],
  'no client that is at hand does it any more': ['insecure-renegotiation'],
  'it needs QUIC and rights over the kernel': ['quic-bpf-reuseport'],
  'no client that is at hand speaks HTTP/3': ['empty-host-over-http3'],
  'it needs rights over the kernel and routes': ['sslh-transparent-loopback', 'transparent-loopback'],
};

const aboutBehaviour = rules.filter(({ category }) => !categoriesOfText.has(category));
const witnessed = (await casesIn('**/*.ts')).flatMap(({ cases }) => cases);
const excused = Object.values(withoutWitness).flat();

test('each rule about behaviour has a witness or is excused', () => {
  const done = new Set([...witnessed.map(({ rule }) => rule), ...excused]);
  expect(aboutBehaviour.map(({ id }) => id).filter((id) => !done.has(id))).toEqual([]);
});

test('what is excused is a rule about behaviour without a witness', () => {
  const wanted = new Set(aboutBehaviour.map(({ id }) => id));
  for (const { rule } of witnessed) wanted.delete(rule);
  expect(excused.filter((id) => !wanted.has(id))).toEqual([]);
});

test('each witness names a message of its rule', () => {
  const known = new Set(
    rules.flatMap(({ id, messages }) => Object.keys(messages).map((message) => `${id}: ${message}`)),
  );
  expect(witnessed.map(({ rule, messageId }) => `${rule}: ${messageId}`).filter((name) => !known.has(name))).toEqual(
    [],
  );
});

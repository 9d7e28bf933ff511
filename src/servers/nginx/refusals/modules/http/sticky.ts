/** `ngx_http_upstream_sticky`, with the parameters that nginx Plus has besides. */
import type { Directive, Word } from '../../../../../syntax/tree.ts';
import { hasVariable, parseTime } from '../../../meaning/values.ts';
import { defineOnce } from '../../named-once.ts';
import {
  checkParameters,
  matching,
  parameter,
  positiveTime,
  someText,
  zone,
  type Form,
  type Parameters,
} from '../../parameters.ts';
import { refuseChoice, refuseForm, refuseLack } from '../../refuse.ts';
import type { ModuleChecks, NginxCheck, Run } from '../../run.ts';

const expires: Form = {
  expected: '"max" or a time such as "1h"',
  accepts: (text) => text === 'max' || !Number.isNaN(parseTime(text, true)),
};
const sameSite: Form = {
  expected: '"strict", "lax" or "none"',
  accepts: (text) => hasVariable(text) || /^(?:strict|lax|none)$/i.test(text),
};
const cookieParameters: Parameters = {
  'domain=': someText,
  'path=': someText,
  'expires=': expires,
  'samesite=': sameSite,
  httponly: undefined,
  secure: undefined,
};

const oneVariable = matching('a variable', /^\$/);
const learnParameters: Parameters = {
  'create=': oneVariable,
  'lookup=': oneVariable,
  'zone=': zone(8),
  'timeout=': positiveTime,
  header: undefined,
  // Of nginx Plus.
  sync: undefined,
};

function cookie(directive: Directive, run: Run): void {
  const [, name, ...rest] = directive.args;
  if (name?.value === '') refuseForm(run, directive, name, 'the name of a cookie');
  checkParameters(run, directive, rest, cookieParameters);
  checkOnce(directive, run, rest);
}

function learn(directive: Directive, run: Run): void {
  const words = directive.args.slice(1);
  checkParameters(run, directive, words, learnParameters);
  checkOnce(
    directive,
    run,
    words.filter(({ value }) => /^(?:zone|timeout)=/.test(value)),
  );
  for (const name of ['create', 'lookup', 'zone']) {
    if (parameter(directive, name) === undefined) refuseLack(run, directive, `the parameter "${name}="`);
  }
  const name = parameter(directive, 'zone')?.split(':')[0];
  if (name) defineOnce(run, directive, `zone ${name}`, 'duplicate-zone', name);
}

function checkOnce(directive: Directive, run: Run, words: readonly Word[]): void {
  const seen = new Set<string>();
  for (const word of words) {
    const name = word.value.replace(/=.*/s, '');
    if (seen.has(name)) refuseForm(run, directive, word, `possible here: "${name}" is set before it`);
    seen.add(name);
  }
}

function route(directive: Directive, run: Run): void {
  for (const word of directive.args.slice(1)) {
    if (!word.value.startsWith('$')) refuseForm(run, directive, word, 'a variable');
  }
}

const sticky: NginxCheck = (directive, run) => {
  const kind = directive.args[0]!;
  if (kind.value === 'cookie') cookie(directive, run);
  else if (kind.value === 'route') route(directive, run);
  else if (kind.value === 'learn') learn(directive, run);
  else refuseChoice(run, directive, kind, '"cookie", "route" and "learn"');
};

export const upstreamSticky: ModuleChecks = { directives: { sticky } };

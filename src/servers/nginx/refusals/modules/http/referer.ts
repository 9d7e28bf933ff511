import type { Block, Directive, Word } from '../../../../../syntax/tree.ts';
import { children } from '../../../../../syntax/walk.ts';
import { levelOf, ownSettings } from '../../in-force.ts';
import { firstOf } from '../../named-once.ts';
import { refuseForm, refuseLack } from '../../refuse.ts';
import { checkRegex } from '../../regexes.ts';
import { blockOf, remembered, type ModuleChecks, type NginxCheck, type Run } from '../../run.ts';
import { refererHash } from '../common/hash-size.ts';
import { isBadWildcard, wildcardForm } from './server-names.ts';

const validReferers: NginxCheck = (directive, run) => {
  for (const word of directive.args) {
    const { value } = word;
    if (value === '') refuseForm(run, directive, word, 'a host name');
    else if (value === '~') refuseForm(run, directive, word, 'a pattern after "~"');
    else if (value.startsWith('~')) checkRegex(run, directive, word, 1);
    else if (!/^(?:none|blocked|server_names)$/.test(value)) addHost(run, directive, word);
  }
};

/** The names of all `valid_referers` of one level are kept together, and each once. */
function addHost(run: Run, directive: Directive, word: Word): void {
  const host = word.value.replace(/\/.*/s, '').toLowerCase();
  if (isBadWildcard(host)) {
    refuseForm(run, directive, word, wildcardForm);
    return;
  }
  for (const name of hashKeys(host)) {
    const first = firstOf(run, `referer ${blockOf(directive, run)} ${name}`, directive);
    if (!first) continue;
    const related = [{ at: first, message: 'the first is here' }];
    run.refusals.report({
      rule: 'duplicate-directive',
      message: 'entry',
      at: directive,
      data: { name: word.value },
      related,
    });
    return;
  }
}

/** `.example.com` stands for both `example.com` and `*.example.com`. */
function hashKeys(host: string): string[] {
  if (/^\../s.test(host)) return [host.slice(1), `*${host}`];
  return [host];
}

const judgedLevels = remembered(() => new Set<Block>());

/** `ngx_http_referer_merge_conf`: beside "none" and "blocked" a level needs a host; patterns do not count. */
const needsHost: NginxCheck = (directive, run) => {
  const level = levelOf(directive, run);
  if (judgedLevels(run).has(level)) return;
  judgedLevels(run).add(level);
  const words = ownSettings(run, level, 'valid_referers').flatMap(({ args }) => args);
  if (!words.some(isSpecial) || words.some((word) => !isSpecial(word) && !word.value.startsWith('~'))) return;
  if (children(level).some(({ key }) => key === 'include')) return;
  refuseLack(run, directive, 'a host beside "none" and "blocked"');
};

function isSpecial({ value }: Word): boolean {
  return value === 'none' || value === 'blocked';
}

export const referer: ModuleChecks = { directives: { ...refererHash, valid_referers: [validReferers, needsHost] } };

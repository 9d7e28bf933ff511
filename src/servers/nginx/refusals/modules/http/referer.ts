import { enclosingNamed, type Block, type Directive, type Word } from '../../../../../syntax/tree.ts';
import { children, childrenNamed } from '../../../../../syntax/walk.ts';
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
    else if (value === 'server_names') addServerNames(run, directive, word);
    else if (!/^(?:none|blocked)$/.test(value)) addHost(run, directive, word, value);
  }
};

/** The names of all `valid_referers` of one level are kept together, and each once. */
function addHost(run: Run, directive: Directive, word: Word, name: string): void {
  const host = name.replace(/\/.*/s, '').toLowerCase();
  if (isBadWildcard(host)) {
    refuseForm(run, directive, word, wildcardForm);
    return;
  }
  for (const key of hashKeys(host)) {
    const first = firstOf(run, `referer ${blockOf(directive, run)} ${key}`, directive);
    if (!first) continue;
    const related = [{ at: first, message: 'the first is here' }];
    run.refusals.report({
      rule: 'duplicate-directive',
      message: 'entry',
      at: directive,
      data: { name },
      related,
    });
    return;
  }
}

/** `ngx_http_referer_merge_conf`: the names of the server around, beside those of the level; patterns are not compared. */
function addServerNames(run: Run, directive: Directive, word: Word): void {
  const block = enclosingNamed(directive, 'server')?.block;
  const isAgain = firstOf(run, `referer names ${blockOf(directive, run)}`, directive) !== undefined;
  if (!block || isAgain) return;
  for (const { value } of childrenNamed(block, 'server_name').flatMap(({ args }) => args)) {
    if (value !== '' && !value.startsWith('~') && !value.includes('$') && !isBadWildcard(value))
      addHost(run, directive, word, value);
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

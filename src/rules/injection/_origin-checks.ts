/** Where configs check the Origin or Referer header with a pattern. */
import { conditionRegex } from '../../servers/nginx/meaning/match.ts';
import type { Block, Directive, Word } from '../../syntax/tree.ts';
import { children, directivesByKey } from '../../syntax/walk.ts';
import type { PatternUse } from './_origin-probes.ts';

export interface Checked extends PatternUse {
  readonly directive: Directive;
  readonly word: Word;
  /** Whether it surely decides what a foreign site may do. */
  readonly decides: boolean;
}

/**
 * `if ($http_origin ~ pattern)` that lets in, `if ($http_referer !~ pattern)` that turns away. A list of what is refused is no such check;
 * a referer that only changes a value or a page may be counted or greeted.
 */
export function checkedByIf(directive: Directive): Checked | undefined {
  const condition = conditionRegex(directive);
  const header = condition && headerOf(condition.subject);
  if (!condition || !header || !directive.block) return undefined;
  const { word, pattern, caseInsensitive, negated } = condition;
  const effect = effectOf(directive.block);
  if (effect === (negated ? 'grants' : 'denies')) return undefined;
  const decides = negated ? effect !== 'other' : effect === 'grants' || header === 'origin';
  return { directive, word, pattern, caseInsensitive, header, decides };
}

function headerOf(subject: string): Checked['header'] | undefined {
  return /^\$\{?http_(origin|referer)\}?$/i.exec(subject)?.[1]?.toLowerCase() as Checked['header'] | undefined;
}

/** What a block of an `if` does with the requests that get there. */
function effectOf(block: Block): 'grants' | 'denies' | 'frames' | 'other' {
  const effects = children(block).map(({ key, args }) => {
    const name = args[0]?.value.toLowerCase() ?? '';
    if (key === 'deny' || (key === 'return' && name.startsWith('4'))) return 'denies';
    if (key !== 'add_header') return 'other';
    if (name.startsWith('access-control-')) return 'grants';
    // Who may show the page in a frame: a ban for the strangers, or a permission for the others.
    return name === 'x-frame-options' || name === 'content-security-policy' ? 'frames' : 'other';
  });
  return effects.find((effect) => effect !== 'other') ?? 'other';
}

/** Entries of a map over the origin or referer that let it in: they give the origin back, or the map's name says what it decides. */
export function checkedByMap(map: Directive): Checked[] {
  const header = headerOf(map.args[0]?.value ?? '');
  if (!header || !map.block) return [];
  const isNamedSo = /cors|allow|valid|trust|origin/i.test(map.args[1]?.value ?? '');
  const isList = isNamedSo && !/block|bad|den[yi]|invalid|spam|log/i.test(map.args[1]?.value ?? '');
  return children(map.block).flatMap((directive): Checked | [] => {
    const { name, args } = directive;
    const value = args[0]?.value ?? '';
    const givesBack = header === 'origin' && /\$\{?http_origin/i.test(value);
    // oxlint-disable-next-line proxylint/no-flag-words -- values of a map, which mean what its author wants
    if (!name.value.startsWith('~') || !(givesBack || (isList && !/^(?:|0|off|no|deny)$/i.test(value)))) return [];
    const caseInsensitive = name.value.startsWith('~*');
    const pattern = name.value.slice(caseInsensitive ? 2 : 1);
    return { directive, word: name, pattern, caseInsensitive, header, decides: true };
  });
}

/** `SetEnvIf Origin pattern NAME=$0`. */
export function checkedByEnvironment(directive: Directive): Checked | undefined {
  const [attribute, word, ...variables] = directive.args;
  if (attribute?.value.toLowerCase() === 'referer' && word) return checkedByReferer(directive, word, variables);
  if (attribute?.value.toLowerCase() !== 'origin' || !word) return undefined;
  if (!variables.some(({ value }) => /^[^=!]*(?:cors|origin|allow)/i.test(value))) return undefined;
  // Of a value that is not matched as a whole, only the part is sent back, which is no origin of the foreign site.
  const whole = variables.every(({ value }) => value.endsWith('=$0'));
  return {
    directive,
    word,
    pattern: word.value,
    caseInsensitive: directive.key === 'setenvifnocase',
    header: 'origin',
    whole,
    decides: true,
  };
}

/** `SetEnvIf Referer pattern name` where `Require env name`, or `Allow from env=name`, lets in. */
function checkedByReferer(directive: Directive, word: Word, variables: readonly Word[]): Checked | undefined {
  const names = new Set(variables.map(({ value }) => value.replace(/=.*$/s, '').toLowerCase()));
  const lets = (key: string, pattern: RegExp): boolean =>
    (directivesByKey(rootOf(directive)).get(key) ?? []).some(({ args }) => {
      const name = pattern.exec(args.map(({ value }) => value).join(' '))?.[1];
      return name !== undefined && names.has(name.toLowerCase());
    });
  if (!lets('require', /^env (\S+)$/i) && !lets('allow', /^from env=(\S+)$/i)) return undefined;
  const caseInsensitive = directive.key === 'setenvifnocase';
  return { directive, word, pattern: word.value, caseInsensitive, header: 'referer', decides: true };
}

function rootOf(directive: Directive): Block {
  let block = directive.parent;
  for (let { owner } = block; owner; { owner } = block) block = owner.parent;
  return block;
}

/** `RewriteCond %{HTTP_REFERER} !pattern` before a rule that forbids. */
export function checkedByRewrite(directive: Directive): Checked | undefined {
  const [subject, word, flags] = directive.args;
  const header = /^%\{HTTP(?:_|:)(REFERER|ORIGIN)\}$/i
    .exec(subject?.value ?? '')?.[1]
    ?.toLowerCase() as Checked['header'];
  if (!header || !word?.value.startsWith('!') || !forbids(directive)) return undefined;
  const caseInsensitive = /[[,]\s*(?:NC|nocase)\b/i.test(flags?.value ?? '');
  return { directive, word, pattern: word.value.slice(1), caseInsensitive, header, decides: true };
}

/** Whether the rule that a condition is for turns requests away. */
export function forbids(condition: Directive): boolean {
  const { directives } = condition.parent;
  const rule = directives.slice(directives.indexOf(condition)).find(({ key }) => key === 'rewriterule');
  return rule !== undefined && /[[,]\s*(?:F|forbidden)\s*[\],]/i.test(rule.args[2]?.value ?? '');
}

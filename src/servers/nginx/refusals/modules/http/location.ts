/** `location`, and what depends on the kind of location: `ngx_http_core_location`, `ngx_http_core_root`. */
import { type Directive, type Word, placeIn } from '../../../../../syntax/tree.ts';
import { isPlaceholder } from '../../../meaning/placeholder.ts';
import { firstOf } from '../../named-once.ts';
import { refuseChoice, refuseForm } from '../../refuse.ts';
import { checkRegex } from '../../regexes.ts';
import { type NginxCheck, type Run, blockOf, remembered } from '../../run.ts';

export interface Location {
  readonly kind: 'prefix' | 'exact' | 'regex' | 'named';
  readonly name: string;
}

/** Undefined for a modifier that does not exist. */
export function locationOf({ args }: Pick<Directive, 'args'>): Location | undefined {
  const [first, second] = args;
  if (!first) return undefined;
  if (second) return withModifier(first.value, second.value);
  if (first.value.startsWith('/')) return { kind: 'prefix', name: first.value };
  const match = /^(=|\^~|~\*?)(.*)$/s.exec(first.value);
  if (match) return withModifier(match[1]!, match[2]!);
  return { kind: first.value.startsWith('@') ? 'named' : 'prefix', name: first.value };
}

function withModifier(modifier: string, name: string): Location | undefined {
  if (modifier === '=') return { kind: 'exact', name };
  if (modifier === '^~') return { kind: 'prefix', name };
  return modifier === '~' || modifier === '~*' ? { kind: 'regex', name } : undefined;
}

export const location: NginxCheck = (directive, run) => {
  const { args } = directive;
  const found = locationOf(directive);
  if (!found) {
    refuseChoice(run, directive, args[0]!, '"=", "^~", "~" or "~*"');
    return;
  }
  const word = args.at(-1)!;
  if (found.kind === 'regex') checkRegex(run, directive, word, word.value.length - found.name.length);
  const outer = directive.parent.owner;
  if (outer?.key === 'location') checkNesting(run, directive, word, found, outer);
  if (found.kind === 'prefix' || found.kind === 'exact') checkRepeated(run, directive, found);
};

function checkNesting(run: Run, directive: Directive, word: Word, inner: Location, outerDirective: Directive): void {
  const outer = locationOf(outerDirective);
  if (!outer) return;
  const where = misplacement(inner, outer);
  if (!where || isPlaceholder(word.value) || isPlaceholder(outer.name)) return;
  run.refusals.report({
    rule: 'conflicting-directives',
    message: 'nesting',
    at: placeIn(directive, word),
    data: { name: inner.name, where },
    related: [{ at: outerDirective, message: 'the outer location' }],
  });
}

function misplacement(inner: Location, outer: Location): string | undefined {
  if (outer.kind === 'exact') return `inside the exact location "${outer.name}"`;
  if (outer.kind === 'named') return `inside the named location "${outer.name}"`;
  if (inner.kind === 'named') return 'inside another one, because it is named';
  if (inner.kind === 'regex' || inner.name.startsWith(outer.name)) return undefined;
  return `inside the location "${outer.name}", whose requests it can never match`;
}

function checkRepeated(run: Run, directive: Directive, { kind, name }: Location): void {
  const first = firstOf(run, `location ${blockOf(directive, run)} ${kind} ${name}`, directive);
  if (!first || isPlaceholder(name)) return;
  const related = [{ at: first, message: 'the first location is here' }];
  run.refusals.report({ rule: 'duplicate-location', message: 'repeated', at: directive, data: { name }, related });
}

/** The last `root` or `alias` of each block, by the directive whose block it is. */
const roots = remembered(() => new Map<Directive, Directive>());

export const rootOrAlias: NginxCheck = (directive, run) => {
  const word = directive.args[0]!;
  const { key, parent } = directive;
  if (word.value.includes('$') && /\$\{?(?:document_root|realpath_root)\b/.test(word.value)) {
    refuseForm(run, directive, word, 'a path without "$document_root" and "$realpath_root", which are made from it');
  }
  const owner = parent.owner;
  if (!owner) return;
  if (key === 'alias' && owner.key === 'location' && locationOf(owner)?.kind === 'named') {
    run.refusals.report({ rule: 'conflicting-directives', message: 'aliasInNamed', at: directive });
  }
  const other = roots(run).get(owner);
  roots(run).set(owner, directive);
  // The same one twice is a repeated directive.
  if (!other || other.key === key) return;
  const related = [{ at: other, message: 'the other one is here' }];
  run.refusals.report({ rule: 'conflicting-directives', message: 'rootAndAlias', at: directive, related });
};

/** Where `proxy_pass` and its like stand, if a URI cannot follow there. */
export function placeWithoutUri(directive: Directive): string | undefined {
  const owner = directive.parent.owner;
  if (!owner) return undefined;
  if (owner.key === 'if' || owner.key === 'limit_except') return `"${owner.key}"`;
  if (owner.key !== 'location') return undefined;
  const kind = locationOf(owner)?.kind;
  return kind === 'regex' || kind === 'named' ? `a ${kind} location` : undefined;
}

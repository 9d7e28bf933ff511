/** What stands in an if of nginx. */
import { nginxDirectives } from '../../servers/nginx/facts/index.ts';
import type { Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';

interface Setting {
  readonly key: string;
  /** What the directive is about, for those of which there may be many: the header of `add_header`. */
  readonly name: string | undefined;
}

/** What a block sets besides the rewriting: directives of other modules. */
export function settings({ block }: Directive): Setting[] {
  return children(block!).flatMap(({ key, args }) =>
    isRewriting(key) ? [] : { key, name: key === 'add_header' ? args[0]?.value.toLowerCase() : undefined },
  );
}

/** Whether a later block, which replaces the earlier one, does not set the same. */
export function isLost({ key, name }: Setting, later: readonly Setting[]): boolean {
  // Any handler answers the request.
  if (key.endsWith('_pass')) return !later.some((other) => other.key.endsWith('_pass'));
  return !later.some((other) => other.key === key && other.name === name);
}

function isRewriting(key: string): boolean {
  return key === 'include' || nginxDirectives(key).some(({ module }) => module === 'ngx_http_rewrite_module');
}

/** A block behind which no later condition is looked at: it answers, goes elsewhere, or ends the rewriting. */
export function ends({ block }: Directive): boolean {
  return children(block!).some(({ key }) => key === 'return' || key === 'rewrite' || key === 'break');
}

/** A block that answers by itself, as its author wants. */
export function hasHandler({ block }: Directive): boolean {
  return children(block!).some(({ key }) => key.endsWith('_pass'));
}

export function isSafe({ key, args }: Directive): boolean {
  return key === 'return' || (key === 'rewrite' && /^(?:last|redirect|permanent)$/.test(args[2]?.value ?? ''));
}

/** Two equality tests of one variable, or a test and its negation, cannot hold at once. */
export function exclude({ args: a }: Directive, { args: b }: Directive): boolean {
  const [subject, operator, value] = a.map((word) => word.value);
  const [otherSubject, otherOperator, otherValue] = b.map((word) => word.value);
  if (subject !== otherSubject || operator === undefined || otherOperator === undefined) return false;
  if (value === otherValue) return operator === `!${otherOperator}` || otherOperator === `!${operator}`;
  return operator === '=' && otherOperator === '=';
}

/** What a `proxy_pass` with variables sends, as far as the definitions of the variables tell. */
import { withoutScheme } from '../../model/scheme.ts';
import { givenValues } from '../../servers/nginx/meaning/given-values.ts';
import type { Variables } from '../../servers/nginx/meaning/variables.ts';
import type { Directive } from '../../syntax/tree.ts';

/** A target, and the directive whose variables it names. */
export interface ResolvedTarget {
  readonly text: string;
  readonly at: Directive;
}

const maxHops = 5;
const maxTargets = 50;

/** The target itself, or what `set` and `map` give the one variable that it is made of; none where they cannot be read. */
export function resolvedTargets(target: string, directive: Directive, variables: Variables): ResolvedTarget[] {
  let targets: ResolvedTarget[] = [{ text: target, at: directive }];
  for (let hop = 0; hop < maxHops; hop++) {
    const next = targets.flatMap((each) => expand(each, variables));
    if (next.length > maxTargets) return [];
    if (next.every(({ text }, index) => text === targets[index]?.text)) return next;
    targets = next;
  }
  return [];
}

function expand({ text, at }: ResolvedTarget, { definitions }: Variables): ResolvedTarget[] {
  const target = withoutScheme(text);
  const name = onlyVariable(target);
  const defined = name === undefined ? [] : definitions.of(name, at);
  if (defined.length === 0) return [{ text, at }];
  const scheme = text.slice(0, text.length - target.length);
  return defined.flatMap((definition) => {
    if (definition.key !== 'set' && definition.key !== 'map') return [];
    const values = givenValues(definition)?.values ?? [];
    return values.flatMap((value) => (value.text === '' ? [] : { text: `${scheme}${value.text}`, at: definition }));
  });
}

/** The variable that a text is made of. */
function onlyVariable(text: string): string | undefined {
  const [, braced, bare] = /^\$(?:\{(\w+)\}|(\w+))$/.exec(text) ?? [];
  return braced ?? bare;
}

/** The URI behind the host, be it written or in a variable that holds a path; undefined where there is none, or none that is known. */
export function uriOf(target: string, at: Directive, variables: Variables): string | undefined {
  const rest = withoutScheme(target);
  if (rest.startsWith('unix:')) return /^unix:[^:]*:(.+)$/s.exec(rest)?.[1];
  const written = rest.search(/[/?]/);
  const first = [...rest.matchAll(/\$(?:\{\w+\}|\w+)/g)].find(
    // Behind a colon stands the port.
    ({ index, 0: name }) => index > 0 && rest[index - 1] !== ':' && variables.sourceOf(name, at).isPath,
  );
  const start = first && (written === -1 || first.index < written) ? first.index : written;
  return start === -1 ? undefined : rest.slice(start);
}

import { regexesOf } from '../../servers/nginx/meaning/definitions.ts';
import { unknown, type Route } from '../../model/model.ts';
import { captureGroups } from '../../regex/captures.ts';
import { compilePcre } from '../../regex/pcre.ts';
import { sampleText } from '../../regex/sample.ts';
import { enclosing, type Directive } from '../../syntax/tree.ts';
import { childrenNamed, walk } from '../../syntax/walk.ts';
import { redirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';

/**
 * A rewrite by which the path of a client leads into an internal location, so that the client writes one of the variables (without
 * `$`). Undefined where none is known; other internal redirects are not looked at.
 */
export function rewriteInto(route: Route, variables: readonly string[]): Directive | undefined {
  const server = route.virtualHost.directive?.block ?? route.directive.parent;
  let found: Directive | undefined;
  walk(server, (directive) => {
    if (!found && directive.key === 'rewrite' && isLed(directive, route) && leadsTo(directive, route, variables))
      found = directive;
  });
  return found;
}

/** Whether a client gets to the rewrite, and a location is looked for behind it. */
function isLed(rewrite: Directive, route: Route): boolean {
  if (redirectUrl(rewrite)) return false;
  for (let around = enclosing(rewrite); around && around.key !== 'server'; around = enclosing(around)) {
    if (around === route.directive || rewrite.args[2]?.value === 'break') return false;
    if (childrenNamed(around.block, 'internal').length > 0) return false;
  }
  return true;
}

const stranger = 'stranger.test';

function leadsTo(rewrite: Directive, { match }: Route, variables: readonly string[]): boolean {
  const text = rewrite.args[1]?.value.replace(/\?.*$/s, '');
  const parts = text === undefined ? null : /^([^$]*)(?:\$(?:(\d|\w+)|\{(\w+)\})(.*))?$/s.exec(text);
  if (text === undefined || !parts) return false;
  const [, start, bare, braced, end] = parts;
  const group = bare ?? braced;
  const pattern = group === undefined ? undefined : groupText(rewrite, group);
  const admits = (part: string): boolean =>
    pattern !== undefined && compilePcre(`^(?:${pattern})$`, false)?.matches(part) === true;
  if (match.kind !== 'regex') {
    if (start!.startsWith(match.pattern)) return true;
    return match.pattern.startsWith(start!) && admits(match.pattern.slice(start!.length));
  }
  const regex = compilePcre(match.pattern, match.caseInsensitive);
  const written = regex?.match(text.replace(/\$(?:\d|\w+|\{\w+\})/g, stranger));
  if (written === unknown) return false;
  if (written)
    return variables.some((name) => (written[Number(name)] ?? written.groups?.[name] ?? stranger).includes(stranger));
  const sample = regex && sampleText(match.pattern);
  if (sample === undefined || !sample.startsWith(start!) || !sample.endsWith(end ?? '')) return false;
  return admits(sample.slice(start!.length, sample.length - (end ?? '').length));
}

/** The part of the rewrite's own pattern that a variable holds. */
function groupText(rewrite: Directive, name: string): string | undefined {
  const pattern = regexesOf(rewrite)[0]?.pattern ?? '';
  return captureGroups(pattern).find((group) => name === String(group.number) || name === group.name)?.text;
}

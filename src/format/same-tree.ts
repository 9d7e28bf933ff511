/** Whether two texts say the same: their trees are equal, word by word as written, apart from the white space between the words. */
import type { ConfigFile, Directive } from '../syntax/tree.ts';

/** The first difference, in words; undefined: they are the same. */
export function differenceOf(before: ConfigFile, after: ConfigFile): string | undefined {
  if (before.problems.length !== after.problems.length) return 'one of them has more problems';
  return (
    differentTexts('comment', before.comments.map(trimmed), after.comments.map(trimmed)) ??
    differentTexts('stray', before.strays.map(trimmed), after.strays.map(trimmed)) ??
    differentDirectives(before, after)
  );
}

function trimmed({ raw }: { readonly raw: string }): string {
  return raw.trimEnd();
}

function differentTexts(what: string, before: readonly string[], after: readonly string[]): string | undefined {
  const index = before.findIndex((text, at) => text !== after[at]);
  if (index !== -1) return `the ${what} ${JSON.stringify(before[index])} is ${JSON.stringify(after[index])}`;
  return before.length === after.length ? undefined : `there is one more ${what}`;
}

function differentDirectives(before: ConfigFile, after: ConfigFile): string | undefined {
  const stack = [{ one: before.root, other: after.root }];
  for (let pair = stack.pop(); pair; pair = stack.pop()) {
    const { one, other } = pair;
    if (one.kind !== other.kind || !one.close !== !other.close) return 'a block is another one';
    if (one.directives.length !== other.directives.length) return 'a block holds more or fewer directives';
    if (bodyOf(one.body?.raw) !== bodyOf(other.body?.raw)) return 'the body of a block is another one';
    for (const [index, directive] of one.directives.entries()) {
      const twin = other.directives[index]!;
      if (!isSame(directive, twin)) return `${described(directive)} is ${described(twin)}`;
      if (directive.block) stack.push({ one: directive.block, other: twin.block! });
    }
  }
  return undefined;
}

/** Without the blanks in front of a closing brace on a line of its own. */
function bodyOf(raw: string | undefined): string | undefined {
  return raw?.replace(/\n[ \t]*$/, '\n');
}

function isSame(one: Directive, other: Directive): boolean {
  if (one.name.raw !== other.name.raw || one.terminator !== other.terminator) return false;
  if (one.block?.kind !== other.block?.kind || one.args.length !== other.args.length) return false;
  return one.args.every(({ raw }, index) => raw === other.args[index]!.raw);
}

function described({ name, args, terminator, block }: Directive): string {
  return JSON.stringify([name.raw, ...args.map(({ raw }) => raw), terminator, block?.kind ?? '']);
}

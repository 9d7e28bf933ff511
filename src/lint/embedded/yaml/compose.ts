/** Compose files: what `configs` hold, and where it is mounted. https://github.com/compose-spec/compose-spec/blob/main/08-configs.md */
import { MappedTextBuilder, type MappedText } from '../../../text/mapped-text.ts';
import type { Span } from '../../../text/span.ts';
import type { Piece } from '../piece.ts';
import { entriesOf, textOf, valueOf, type YamlNode, type YamlScalar } from './nodes.ts';

export function isCompose(document: YamlNode | undefined): boolean {
  return valueOf(document, 'services')?.kind === 'map';
}

export interface ComposeConfig {
  readonly scalar: YamlScalar;
  readonly name: string;
}

export function* composeConfigs(document: YamlNode | undefined): Generator<ComposeConfig> {
  for (const { key, value } of entriesOf(valueOf(document, 'configs'))) {
    const content = valueOf(value, 'content');
    if (content?.kind === 'scalar') yield { scalar: content, name: targetOf(document, key) ?? key };
  }
}

function targetOf(document: YamlNode | undefined, config: string): string | undefined {
  for (const { value: service } of entriesOf(valueOf(document, 'services'))) {
    const used = valueOf(service, 'configs');
    if (used?.kind !== 'list') continue;
    const use = used.items.find((item) => textOf(valueOf(item, 'source')) === config);
    const target = textOf(valueOf(use, 'target'));
    if (target !== undefined) return target;
  }
  return undefined;
}

/** Of the name of a variable with its default. */
const longest = 200;

/** What compose makes of a text: `$$` is a `$`, and of variables it puts the values in. */
export function interpolated(base: MappedText, isLiteral: boolean): Piece {
  const builder = new MappedTextBuilder(base);
  const filledIn: Span[] = [];
  let done = 0;
  const { text } = base;
  for (let index = text.indexOf('$'); index !== -1; index = text.indexOf('$', Math.max(index + 1, done))) {
    const [found] = /^\$(?:\$|\{[^{}\n]*\}|[A-Za-z_]\w*)/.exec(text.slice(index, index + longest)) ?? [];
    if (found === undefined) continue;
    builder.copy(done, index);
    done = index + found.length;
    if (found === '$$') builder.put('$', index, done);
    else {
      filledIn.push({ start: builder.length, end: builder.length + found.length });
      builder.copy(index, done);
    }
  }
  builder.copy(done, text.length);
  return { content: builder.finish(), filledIn, ...(isLiteral && { encode: (text) => text.replaceAll('$', '$$$$') }) };
}

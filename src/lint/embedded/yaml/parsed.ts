/** Reads YAML by the `yaml` package. */
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Node, type Scalar } from 'yaml';
import type { MappedText } from '../../../text/mapped-text.ts';
import { wordTable } from '../../../text/word-table.ts';
import type { YamlEntry, YamlNode, YamlScalar } from './nodes.ts';
import { alignedContent, literalContent, type Style } from './scalars.ts';

/** What lies deeper is no config of anybody. */
const maxDepth = 60;

/** Its documents; undefined for what is no valid YAML. */
export function parseYaml(base: MappedText): readonly (YamlNode | undefined)[] | undefined {
  const documents = parseAllDocuments(base.text, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  return documents.map((document) => nodeOf((document as Document).contents as Node | null, base, 0));
}

function nodeOf(node: unknown, base: MappedText, depth: number): YamlNode | undefined {
  // What an alias stands for is read at its anchor.
  if (depth > maxDepth || isAlias(node)) return undefined;
  if (isScalar(node)) return scalarOf(node, base);
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => nodeOf(item, base, depth + 1)) };
  if (!isMap(node)) return undefined;
  const entries = node.items.map(({ key, value }): YamlEntry => ({
    key: isScalar(key) ? String(key.value) : '',
    value: nodeOf(value, base, depth + 1),
  }));
  return { kind: 'map', entries };
}

const styles: Readonly<Record<string, Style | undefined>> = wordTable({
  QUOTE_DOUBLE: 'double',
  QUOTE_SINGLE: 'single',
  BLOCK_FOLDED: 'folded',
});

function scalarOf({ value, type, range, source }: Scalar, base: MappedText): YamlScalar {
  const text = typeof value === 'string' ? value : (source ?? String(value));
  const isLiteral = type === 'BLOCK_LITERAL';
  return {
    kind: 'scalar',
    value: text,
    isLiteral,
    content: () => {
      const [start, end] = range ?? [0, 0];
      if (isLiteral) return literalContent(base, start, end, text);
      const style = styles[type ?? ''] ?? 'plain';
      if (style === 'folded') {
        let from = base.text.indexOf('\n', start) + 1;
        while (from < end && /\s/.test(base.text[from]!)) from++;
        return alignedContent(base, from, end, text, style);
      }
      return style === 'plain'
        ? alignedContent(base, start, end, text, style)
        : alignedContent(base, start + 1, end - 1, text, style);
    },
  };
}

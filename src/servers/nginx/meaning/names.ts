import type { ServerName } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import { isFilledIn } from '../../../text/template/placeholder.ts';

export function serverNames(directives: readonly Directive[]): ServerName[] {
  return directives.flatMap((directive) =>
    directive.args.map((word) => ({ text: word.value, kind: kindOf(word), directive, word })),
  );
}

function kindOf({ value }: Word): ServerName['kind'] {
  if (value.startsWith('~')) return 'regex';
  if (isFilledIn(value)) return 'unknown';
  if (value.startsWith('*.') || value.startsWith('.')) return 'leading-wildcard';
  return value.endsWith('.*') ? 'trailing-wildcard' : 'exact';
}

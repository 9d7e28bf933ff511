/** Elements of the pieces that the worker makes of documentation. */
import { element } from './dom.ts';
import type { Markup } from './editing-protocol.ts';

/** @param goToLine where a link leads to a line of the text */
export function elementsOf(pieces: readonly Markup[], goToLine: (line: number) => void): (HTMLElement | string)[] {
  return pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    const { tag, target, children } = piece;
    const inside = elementsOf(children, goToLine);
    if (typeof target === 'number')
      return element('button', { type: 'button', class: 'place', onclick: () => goToLine(target) }, ...inside);
    if (tag === 'a') return element('a', { href: target, target: '_blank', rel: 'noopener' }, ...inside);
    return element(tag, {}, ...inside);
  });
}

/** A finding, explained: in the editor where the pointer rests, and in the list. */
import { element } from './dom.ts';
import type { FindingView } from './protocol.ts';

export function explanationOf(finding: FindingView): HTMLElement {
  return element(
    'div',
    { class: 'explanation' },
    element('p', { class: 'message' }, finding.message),
    ...reasonsOf(finding),
  );
}

export function reasonsOf({ why, how, rule, category, witness }: FindingView): HTMLElement[] {
  return [
    element('p', {}, element('b', {}, 'Why '), why),
    element('p', {}, element('b', {}, 'Instead '), how),
    ...(witness === undefined ? [] : [element('p', {}, element('b', {}, 'See it '), element('code', {}, witness))]),
    element('p', {}, ruleLink(rule, category)),
  ];
}

/** To the page of the rule on the site that the playground is a part of. */
export function ruleLink(rule: string, category: string): HTMLAnchorElement {
  return element(
    'a',
    {
      href: `../rules/${encodeURIComponent(category)}/${encodeURIComponent(rule)}.html`,
      target: '_blank',
      rel: 'noopener',
    },
    rule,
  );
}

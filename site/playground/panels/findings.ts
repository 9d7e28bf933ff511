/** The list of what was found. */
import { element } from '../dom.ts';
import { reasonsOf, ruleLink } from '../explanation.ts';
import type { Analysis, FindingView, Range } from '../protocol.ts';

export interface FindingActions {
  readonly goTo: (range: Range) => void;
  readonly fix: (finding: FindingView) => void;
}

/** More at a time would hold up the typing. */
const shownAtOnce = 100;

export function showFindings(panel: HTMLElement, analysis: Analysis, actions: FindingActions): void {
  const { findings, notices, dialects, suppressed } = analysis;
  const parts: Node[] = notices.map((notice) => element('p', { class: 'notice' }, notice));
  if (dialects.length === 0)
    parts.push(
      element(
        'p',
        { class: 'empty' },
        'No configuration of nginx, Apache httpd or sslh was recognised here. Choose the server above if this is one.',
      ),
    );
  else if (findings.length === 0) parts.push(element('p', { class: 'empty good' }, 'Nothing found: well done.'));
  if (suppressed > 0) parts.push(element('p', { class: 'hint' }, `${suppressed} silenced by comments.`));
  const list = element('ol', { class: 'findings' });
  panel.replaceChildren(...parts, list);
  append(panel, list, findings, actions);
}

function append(
  panel: HTMLElement,
  list: HTMLElement,
  findings: readonly FindingView[],
  actions: FindingActions,
): void {
  list.append(...findings.slice(0, shownAtOnce).map((finding) => itemOf(finding, actions)));
  const rest = findings.slice(shownAtOnce);
  if (rest.length === 0) return;
  const more = element(
    'button',
    {
      class: 'more',
      onclick() {
        more.remove();
        append(panel, list, rest, actions);
      },
    },
    `Show ${Math.min(rest.length, shownAtOnce)} more of ${rest.length}`,
  );
  panel.append(more);
}

const names = { error: 'Error', warning: 'Warning', info: 'Info' } as const;

function itemOf(finding: FindingView, { goTo, fix }: FindingActions): HTMLLIElement {
  const { severity, message, rule, category, line, column, related } = finding;
  return element(
    'li',
    { class: `finding ${severity}` },
    element(
      'button',
      { class: 'place', onclick: () => goTo(finding) },
      element('span', { class: 'severity' }, names[severity]),
      element('span', { class: 'text' }, message),
      element('span', { class: 'where' }, `${line}:${column}`),
    ),
    element(
      'div',
      { class: 'below' },
      ruleLink(rule, category),
      finding.fix && element('button', { class: 'fix', onclick: () => fix(finding) }, fixText(finding)),
      element(
        'details',
        {},
        element('summary', {}, 'Explain'),
        ...reasonsOf(finding).slice(0, -1),
        ...related.map((each) =>
          element(
            'p',
            {},
            element('button', { class: 'line', onclick: () => goTo(each) }, `line ${each.line}`),
            ` ${each.message}`,
          ),
        ),
      ),
    ),
  );
}

function fixText({ fix }: FindingView): string {
  return fix!.isSafe ? `Fix: ${fix!.title}` : `Fix: ${fix!.title} (may change behaviour)`;
}

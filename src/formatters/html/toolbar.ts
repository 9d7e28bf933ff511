/** What narrows down the findings; without scripts it is not shown. */
import type { Finding, Severity } from '../../rules/finding.ts';
import { markup, type Markup } from '../markup.ts';

const severities: readonly Severity[] = ['error', 'warning', 'info'];

export function toolbar(findings: readonly Finding[]): Markup {
  const count = new Map<string, number>();
  for (const { rule, severity } of findings)
    for (const key of [rule, severity]) count.set(key, (count.get(key) ?? 0) + 1);
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  return markup`<form class="toolbar" role="search" aria-label="Filter" hidden>
<label>Text <input type="search" id="text" autocomplete="off" spellcheck="false" placeholder="message, file, host, code"> <kbd>/</kbd></label>
<label>Rule <select id="rule"><option value="">all</option>${rules.map((rule) => markup`<option value="${rule}">${rule} (${count.get(rule)})</option>`)}</select></label>
<fieldset><legend>Severity</legend>${severities.map((severity) => markup`<label><input type="checkbox" name="severity" value="${severity}" checked> ${severity} <span class="count">${count.get(severity) ?? 0}</span></label>`)}</fieldset>
<label>Colours <select id="theme"><option value="">of the system</option><option value="light">light</option><option value="dark">dark</option></select></label>
<button type="button" id="fold" aria-pressed="false">Show all routes</button>
<output id="shown" aria-live="polite"></output>
</form>
`;
}

/** The findings of one site, by rule. */
import type { Finding, Severity } from '../../rules/finding.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Place } from '../../text/source.ts';
import { markup, type Insert, type Markup } from '../markup.ts';
import { plural } from '../plural.ts';
import { linesAround, markedLine, type NumberedLine } from '../pretty-frame.ts';
import { locate, locateInDump } from '../report.ts';

/** The worst first, each in the order of the text. */
export function rulesOf(findings: readonly Finding[]): Markup[] {
  const groups = [
    ...groupBy(findings, ({ rule, severity, why, how }) => [rule, severity, why, how].join('\0')).values(),
  ];
  return groups.sort((a, b) => ranks[a[0]!.severity] - ranks[b[0]!.severity]).map(ruleSection);
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

function ruleSection(findings: readonly Finding[]): Markup {
  const { rule, severity, why, how, url, category } = findings[0]!;
  return markup`<section class="rule">
<h4><span class="badge ${severity}">${severity}</span> <a href="${linkOf(url)}">${rule}</a> <span class="quiet">${category}, ${plural(findings.length, 'finding')}</span></h4>
${findings.map(findingArticle)}<details class="advice"><summary>Why, and what to do</summary><p>${why}</p><p>${how}</p></details>
</section>
`;
}

function findingArticle(finding: Finding): Markup {
  const { rule, severity, confidence, message, place, related, fix, witness } = finding;
  const dump = locateInDump(place);
  return markup`<article class="finding" tabindex="-1" data-rule="${rule}" data-severity="${severity}">
<h5>${message}</h5>
<p class="where"><span>${placeText(place)}</span>${confidence !== 'high' && markup` <span class="quiet">${confidence} confidence</span>`}${dump && markup` <span class="quiet">in the dump: ${dump.file}:${dump.start.line}:${dump.start.column}</span>`}</p>
${frame(place)}${
    related.length > 0 &&
    markup`<ul class="related">${related.map((each) => markup`<li><span class="at">${placeText(each.place)}</span> ${each.message}</li>`)}</ul>
`
  }${
    fix &&
    markup`<p class="fix"><b>Fix</b> ${fix.title} <span class="quiet">${fix.safety === 'safe' ? '--fix' : '--fix-unsafe, may change behaviour'}</span></p>
`
  }${
    witness !== undefined &&
    markup`<p class="try"><b>Try</b> <code>${witness}</code></p>
`
  }</article>
`;
}

/** `site.conf:3:5`. */
export function placeText(place: Place): string {
  const { file, start } = locate(place);
  return `${file}:${start.line}:${start.column}`;
}

const contextLines = 2;

function frame(place: Place): Markup {
  const { number, before, marked, after, lastLine } = markedLine(place);
  const { above, below } = linesAround(place, contextLines);
  const width = String(number + contextLines).length;
  const textOf = (lines: readonly NumberedLine[]): Insert[] =>
    lines.flatMap((line) => [gutter(line.number, width), line.text, lineEnd]);
  const more = lastLine > number && markup`<i>to line ${lastLine}</i>`;
  return markup`<pre class="frame"><code>${textOf(above)}<b>${gutter(number, width)}${before}<mark>${marked === '' ? ' ' : marked}</mark>${after}</b>${more}
${textOf(below)}</code></pre>
`;
}

/** Few elements: a report may have thousands of frames. */
function gutter(number: number, width: number): string {
  return `${String(number).padStart(width)}  `;
}

/** As a text it would be shown. */
const lineEnd = markup`
`;

/** Rules of plugins say where theirs lead: a page is all that it can be. */
function linkOf(url: string): string {
  return /^https?:\/\//i.test(url) ? url : '#';
}

/** A report as one page that needs nothing else: no request leaves it, and nothing of what was read can act in it. */
import { groupBy } from '../../text/group-by.ts';
import type { Severity } from '../../rules/finding.ts';
import { disarmCommands } from '../escape.ts';
import { markup, trusted, type Markup } from '../markup.ts';
import { describeLeftOut } from '../notices.ts';
import { arrowTip } from '../picture/boxes.ts';
import { plural } from '../plural.ts';
import { remarksOf, type Remark } from '../remarks.ts';
import { countBySeverity, type Report } from '../report.ts';
import { script, scriptHash, style, styleHash } from './assets.gen.ts';
import { groupBySite, type ConfigFindings } from './group.ts';
import { siteSection, type ShownSite } from './site.ts';
import { toolbar } from './toolbar.ts';

interface ShownConfig {
  readonly path: string;
  readonly sites: readonly ShownSite[];
}

export function formatHtml(report: Report): string {
  const configs = shownConfigs(report);
  const isSmall = configs.reduce((sum, { sites }) => sum + sites.length, 0) <= 3;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>proxylint: ${summary(report)}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#findings">To the findings</a>
<svg class="defs" width="0" height="0" aria-hidden="true">${arrowTip}</svg>
<header>
<h1>proxylint report</h1>
${overall(report)}</header>
${toolbar(report.findings)}<div class="columns">
${siteList(configs)}<main id="findings" tabindex="-1">
${remarks(report)}${configs.map((config) => configSection(config, isSmall))}<p id="nothing" hidden>Nothing matches the filter.</p>
</main>
</div>
<footer>proxylint ${report.version}</footer>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return disarmCommands(page.toString());
}

function summary(report: Report): string {
  const { errors, warnings, infos } = countBySeverity(report);
  return [plural(errors, 'error'), plural(warnings, 'warning'), plural(infos, 'info')].join(', ');
}

function overall(report: Report): Markup {
  const counts = countBySeverity(report);
  const chips: readonly (readonly [Severity, string])[] = [
    ['error', plural(counts.errors, 'error')],
    ['warning', plural(counts.warnings, 'warning')],
    ['info', plural(counts.infos, 'info')],
  ];
  const notLinted = report.notLinted ? `; ${plural(report.notLinted, 'file')} not linted` : '';
  return markup`<p class="overall">${chips.map(([severity, text]) => markup`<span class="badge ${severity}">${text}</span> `)}in ${plural(report.files, 'file')}${describeLeftOut(report)}${notLinted}</p>
`;
}

function shownConfigs(report: Report): ShownConfig[] {
  let count = 0;
  const dialects = new Map((report.overviews ?? []).map(({ path, dialect }) => [path, dialect]));
  return groupBySite(report)
    .filter(({ sites }) => sites.length > 0)
    .map(({ path, sites }: ConfigFindings) => ({
      path,
      sites: sites.map(({ site, findings }) => ({
        id: `s${++count}`,
        title: site?.name ?? 'Outside of virtual hosts',
        site,
        dialect: dialects.get(path),
        findings,
      })),
    }));
}

function siteList(configs: readonly ShownConfig[]): Markup | undefined {
  if (configs.length === 0) return undefined;
  return markup`<nav aria-label="Sites">
${configs.map(
  ({ path, sites }) => markup`<h2>${path}</h2>
<ul>${sites.map(
    ({
      id,
      title,
      findings,
    }) => markup`<li><a href="#${id}">${title}${findings.length > 0 && markup` <span class="count">${findings.length}</span>`}</a></li>
`,
  )}</ul>
`,
)}</nav>
`;
}

function configSection({ path, sites }: ShownConfig, isSmall: boolean): Markup {
  return markup`<section class="config">
<h2>${path}</h2>
${sites.map((site) => siteSection(site, isSmall))}</section>
`;
}

/** What is no finding but matters. */
function remarks(report: Report): Markup | undefined {
  const byKind = groupBy(remarksOf(report), ({ kind }) => kind);
  if (byKind.size === 0) return undefined;
  return markup`<section class="remarks" aria-labelledby="remarks"><h2 id="remarks">About this run</h2>
<ul>${[...byKind.values()].flat().map(remark)}</ul></section>
`;
}

function remark({ severity, file, start, lines }: Remark): Markup {
  const at = start ? `:${start.line}:${start.column}` : '';
  return markup`<li><span class="badge ${severity}">${severity}</span> <span class="at">${file}${at}</span> ${lines.map((line, index) => markup`${index > 0 && markup`<br>`}${line}`)}</li>
`;
}

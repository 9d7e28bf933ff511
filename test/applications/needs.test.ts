/**
 * Each item of each contract that a config can break is broken alone, for nginx and for httpd: the finding stands at the right line, names the
 * application and the item, and the good form has none. Items that no config breaks carry the reason in the data.
 */
import { expect, test } from 'vitest';

import { apacheExample } from '../../scripts/gen/application-examples/apache.ts';
import { nginxExample } from '../../scripts/gen/application-examples/nginx.ts';
import { applications } from '../../src/facts/applications/catalogue.gen.ts';
import { whyUnjudged } from '../../src/facts/applications/unjudged.ts';
import type { Application, Need } from '../../src/facts/applications/types.ts';
import { lintText } from '../../src/lint/text.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { breakForApache } from './break-apache.ts';
import { breakForNginx } from './break-nginx.ts';
import { Lines } from './lines.ts';
import { isSame, type Variant } from './variant.ts';

const breakers = { nginx: breakForNginx, apache: breakForApache } as const;
type Dialect = keyof typeof breakers;

interface Case {
  readonly application: Application;
  readonly need: Need;
  readonly dialect: Dialect;
  readonly variant: Variant;
}

const dialects = Object.keys(breakers) as Dialect[];

test.each(
  dialects.flatMap((dialect) =>
    applications.flatMap((application) =>
      application.needs.map((need) => [application.id, dialect, application, need] as const),
    ),
  ),
)('%s for %s: an item is judged, or has a reason not to be', (_, dialect, application, need) => {
  const isJudged = breakers[dialect](application, need).length > 0;
  expect(whyUnjudged(need, dialect) === undefined, need.fact).toBe(isJudged);
});

const cases = dialects.flatMap((dialect) =>
  applications.flatMap((application) =>
    application.needs.flatMap((need) =>
      breakers[dialect](application, need).map((variant): Case => ({ application, need, dialect, variant })),
    ),
  ),
);

test.each(
  cases.map(
    (each) => [`${each.application.id}, ${each.need.about}, ${each.variant.label}, ${each.dialect}`, each] as const,
  ),
)('%s', async (_, { application, need, dialect, variant }) => {
  const { good, bad, told, isPedantic = false } = variant;
  const about = (findings: readonly Finding[]): Finding[] =>
    findings.filter((finding) => told[finding.rule] !== undefined && tells(finding, application, need));
  expect(about(await lint(good, dialect, isPedantic)).map(describe), good.text).toEqual([]);
  const all = await lint(bad, dialect, isPedantic);
  const found = about(all).map((finding) => `${finding.rule} ${lineOf(finding)}`);
  const expected = Object.entries(told).map(([rule, at]) => `${rule} ${bad.numberOf(at)}`);
  expect(
    found.some((each) => expected.includes(each)),
    `${expected.join(', ')} expected, found:\n${all.map(describe).join('\n')}\nin\n${bad.text}`,
  ).toBe(true);
});

const pedantic = Object.fromEntries(
  rules.flatMap(({ id, meta }) => {
    const options = id.startsWith('application-') ? meta.pedanticOptions : undefined;
    return options ? [[id, { options }]] : [];
  }),
);

const linted = new Map<string, Promise<readonly Finding[]>>();

/** The good form of an application is that of many of its items. */
function lint({ text }: Lines, dialect: Dialect, isPedantic: boolean): Promise<readonly Finding[]> {
  const key = `${dialect} ${isPedantic} ${text}`;
  let findings = linted.get(key);
  if (!findings) linted.set(key, (findings = lintAnew(text, dialect, isPedantic)));
  return findings;
}

async function lintAnew(text: string, dialect: Dialect, isPedantic: boolean): Promise<readonly Finding[]> {
  const { findings, failures } = await lintText(text, {
    path: 'site.conf',
    dialect,
    ...(isPedantic && { rules: pedantic }),
  });
  expect(failures).toEqual([]);
  return findings;
}

/** Whether a finding is about an item: it names the application, and gives the item, or one that says the same, as its reason. */
function tells({ message, why }: Finding, application: Application, need: Need): boolean {
  const text = `${message} ${why}`;
  return (
    text.includes(application.name) &&
    application.needs.some((other) => (other === need || isSame(other, need)) && text.includes(other.fact))
  );
}

function lineOf({ place }: Finding): number {
  return place.file.positionAt(place.start).line;
}

function describe(finding: Finding): string {
  return `${lineOf(finding)} ${finding.severity} ${finding.rule}: ${finding.message} ${finding.why}`;
}

test.each(
  dialects.flatMap((dialect) =>
    applications.flatMap((application) =>
      application.needs.flatMap((need) =>
        need.about === 'not-needed' ? [[application.id, dialect, application, need] as const] : [],
      ),
    ),
  ),
)('what %s does not need is not asked for (%s)', async (_, dialect, application, { versions, what }) => {
  const version = /^>=(\S+)$/
    .exec(versions ?? '')?.[1]
    ?.split('.')
    .map(Number);
  const example = { nginx: nginxExample, apache: apacheExample }[dialect](application, { version });
  const written = new RegExp(
    `(?:proxy_set_header|RequestHeader set) (?:${what.join('|')}) |${what.includes('host') ? 'ProxyPreserveHost' : '^$'}`,
    'i',
  );
  const findings = await lint(Lines.of(example).without(written), dialect, false);
  const asked = findings.filter(({ message }) => what.some((name) => message.toLowerCase().includes(`"${name}`)));
  expect(asked.map(describe)).toEqual([]);
});

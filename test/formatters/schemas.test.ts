/** What is printed, against the schemas of those who read it: with awkward and hostile text, and with nothing to tell. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { fetchedSchema } from '../../scripts/format-schemas.ts';
import { loadFormatter, type Format } from '../../src/formatters/index.ts';
import type { Report } from '../../src/formatters/report.ts';
import { lintText } from '../../src/lint/text.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { awkwardReport } from '../helpers/awkward.ts';
import { hostileConfigs } from '../helpers/hostile.ts';

const nothing: Report = { version: '0', findings: [], files: 1, suppressed: 0, partial: [], rules };

async function reports(): Promise<Report[]> {
  const hostile = await Promise.all(
    Object.entries(hostileConfigs).map(async ([path, text]) => {
      const { findings, files, partial, suppressed } = await lintText(text, { path });
      expect(findings.length).toBeGreaterThan(0);
      return { version: '0', findings, files: files.length, suppressed, partial, rules };
    }),
  );
  return [awkwardReport, nothing, ...hostile];
}

const print = async (format: Format, report: Report): Promise<string> =>
  (await loadFormatter(format))(report, { color: false });

function faultsOfXml(schema: string, text: string): string {
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--schema', schema, '-'], { input: text });
  return status === 0 ? '' : stderr.toString();
}

const missing = 'is not here: "npx tsx scripts/format-schemas.ts" fetches it';
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;
const xml = {
  checkstyle: 'test/formatters/schemas/checkstyle.xsd',
  junit: fetchedSchema('junit'),
} as const;

describe.each(['checkstyle', 'junit'] as const)('%s', (format) => {
  const schema = xml[format];
  if (!hasXmllint || schema === undefined) {
    test.skip(hasXmllint ? `its schema ${missing}` : 'xmllint is not installed', () => {});
    return;
  }

  test('every report is valid', async () => {
    for (const report of await reports()) expect(faultsOfXml(schema, await print(format, report))).toBe('');
  });

  test('the schema refuses what is not', async () => {
    const text = await print(format, awkwardReport);
    const wrong = {
      checkstyle: text.replace('severity="error"', 'severity="fatal"'),
      junit: text.replace('name=', 'nome='),
    };
    expect(wrong[format]).not.toBe(text);
    expect(faultsOfXml(schema, wrong[format])).toContain(format === 'junit' ? 'nome' : 'fatal');
  });
});

describe('rdjson', () => {
  const path = fetchedSchema('rdjson');
  if (path === undefined) {
    test.skip(`its schema ${missing}`, () => {});
    return;
  }
  // Its draft of the language differs from what is read here in nothing that it uses.
  const { $schema: _, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

  test('every report is valid', async () => {
    for (const report of await reports())
      expect(validate(JSON.parse(await print('rdjson', report))) ? [] : validate.errors).toEqual([]);
  });

  test('the schema refuses what is not', () => {
    expect(validate({ diagnostics: [{ message: 7, severity: 'FATAL', location: { path: 'a' } }] })).toBe(false);
  });
});

/** The linter, the formatter and the tracers, for one text. */
import { formatText } from '../../../src/format/format-text.ts';
import { formatTracesAsJson } from '../../../src/formatters/json-trace.ts';
import { describeFailure, describeNotice } from '../../../src/formatters/notices.ts';
import { locate } from '../../../src/formatters/report.ts';
import { findConfigs } from '../../../src/lint/read.ts';
import { OpenFile } from '../../../src/lint/open-file.ts';
import { requestTo } from '../../../src/lint/request.ts';
import { Session } from '../../../src/lint/session.ts';
import type { Finding } from '../../../src/rules/finding.ts';
import { loadTracer, lower } from '../../../src/servers/index.ts';
import type { Place } from '../../../src/text/source.ts';
import { followRequest } from '../../../src/topology/follow.ts';
import { unnamedMachine } from '../../../src/topology/machine.ts';
import { Topology } from '../../../src/topology/topology.ts';
import type {
  Analysis,
  FindingView,
  FixedText,
  FormattedText,
  Input,
  Methods,
  Range,
  TraceDocument,
} from '../protocol.ts';
import { settingsOf } from './settings.ts';

/** What the text is called where a name is needed; one that says nothing about what is in it. */
export const path = 'config';

export async function analyze(input: Input): Promise<Analysis> {
  const start = performance.now();
  const file = await open(input);
  const linted = await file.lint();
  const found = await findConfigs(path, input.text, input.dialect);
  const results = linted.map(({ result }) => result);
  return {
    findings: linted.flatMap(({ findings }) => findings).map(viewOf),
    suppressed: results.reduce((sum, { suppressed }) => sum + suppressed, 0),
    dialects: [...new Set(found.map(({ dialect }) => dialect))],
    notices: results.flatMap(({ notices, failures }) => [
      ...notices.map(describeNotice),
      ...failures.map(describeFailure),
    ]),
    milliseconds: performance.now() - start,
  };
}

export async function open(input: Input): Promise<OpenFile> {
  return new OpenFile({ path, text: input.text, dialect: input.dialect }, await settingsOf(input));
}

function viewOf(finding: Finding): FindingView {
  const { rule, category, severity, confidence, message, why, how, witness, place, related, fix } = finding;
  const { start } = locate(place);
  return {
    ...rangeOf(place),
    rule,
    category,
    severity,
    confidence,
    message,
    why,
    how,
    witness,
    line: start.line,
    column: start.column,
    related: related.map((each) => ({
      ...rangeOf(each.place),
      message: each.message,
      line: locate(each.place).start.line,
    })),
    fix: fix && {
      title: fix.title,
      isSafe: fix.safety === 'safe',
      edits: fix.edits.map((edit) => ({ ...rangeOf(edit.place), text: edit.text })),
    },
  };
}

/** In the text of the page, also for a config inside of a document or a dump. */
export function rangeOf({ file, start, end }: Place): Range {
  const offset = file.outer?.offset ?? 0;
  return { from: offset + start, to: offset + end };
}

export async function fix(input: Methods['fix']['input']): Promise<FixedText> {
  const { text, dialect, unsafe } = input;
  const settings = await settingsOf(input);
  const session = new Session({ settingsFor: () => settings });
  const outcome = await session.fix(path, { text, dialect, unsafe });
  return { text: outcome?.files[0]?.text ?? text, fixed: outcome?.fixed ?? 0 };
}

export async function format({ text, dialect }: Input): Promise<FormattedText> {
  const formatted = await formatText(path, text, { dialect });
  return {
    text: formatted.text,
    faults: formatted.faults.map(({ line, message }) => `Line ${line}: ${message}`),
    configs: formatted.configs,
  };
}

export async function trace(input: Methods['trace']['input']): Promise<TraceDocument> {
  const request = requestTo(input.request);
  const { targets = {} } = await settingsOf(input);
  const file = await open(input);
  const hops = [];
  for (const config of await file.read()) {
    const tracer = await loadTracer(config.dialect);
    if (config.file.unread !== undefined || !tracer) continue;
    const member = { config, model: lower(config, targets), targets, machine: unnamedMachine() };
    const followed = followRequest(
      new Topology([member], false),
      member,
      request,
      () => tracer,
      () => () => undefined,
    );
    for (const hop of [followed ?? []].flat()) hops.push({ ...hop, trace: await file.withRefusal(config, hop.trace) });
  }
  return JSON.parse(formatTracesAsJson(hops, '')) as TraceDocument;
}

/** What the fixtures of a rule mean to their servers: the model of each, and what is answered to requests that stand for all. */
import { trace } from '../../src/requests/ask.ts';
import { representativeRequests, type Subject } from '../../src/requests/representatives.ts';
import { lower, serverOf } from '../../src/servers/index.ts';
import { fixturesIn, type RuleFixture } from '../../src/testing/fixtures.ts';
import { configOf } from './lint.ts';
import { answerText, digest, modelLines, requestText } from './render-meaning.ts';

/** Of a config, spread over all that stand for others. */
const mostRequests = 40;
const mostAnswers = 8;

/** Undefined for a folder without fixtures. */
export async function renderMeaning(folder: string): Promise<string | undefined> {
  const lines: string[] = [];
  for (const fixture of fixturesIn(folder)) lines.push(fixture.name, ...linesOf(await subjectOf(fixture)));
  return lines.length === 0 ? undefined : `${lines.join('\n')}\n`;
}

async function subjectOf({ path, text, dialect, settings }: RuleFixture): Promise<Subject> {
  const { level, targets } = settings;
  const config = await configOf({ path, text, dialect, level, withIncludes: true });
  return { config, model: lower(config, targets), targets };
}

function linesOf(subject: Subject): string[] {
  const { config, model, targets } = subject;
  const { routes, relays } = serverOf(config.dialect);
  return [
    `  ${config.level}, ${config.complete ? 'whole' : 'a piece'}`,
    ...modelLines(model),
    ...rows('routing table', routes?.(config, targets)),
    ...rows('relays', relays?.(config, targets)),
    ...answers(subject),
  ];
}

function rows(title: string, all: readonly object[] = []): string[] {
  return all.length === 0 ? [] : [`  ${title} #${all.map(digest).join(' ')}`];
}

/** Those that are not the same as before. Every other request finds all files that are looked for; of the rest nothing is known. */
function answers(subject: Subject): string[] {
  const requests = [...representativeRequests(subject)];
  const step = Math.max(1, Math.ceil(requests.length / mostRequests));
  const seen = new Map<string, string>();
  for (let index = 0; index < requests.length && seen.size < mostAnswers; index += step) {
    const files = index % 2 === 0 ? (): undefined => undefined : (): 'file' => 'file';
    const answer = answerText(trace(subject, requests[index]!.request, files));
    if (!seen.has(answer)) seen.set(answer, requestText(requests[index]!));
  }
  const lines = [...seen].map(([answer, request]) => `  ${JSON.stringify(`${request} -> ${answer}`).slice(1, -1)}`);
  return [`  ${requests.length} requests #${digest(requests.map(requestText))}`, ...lines];
}

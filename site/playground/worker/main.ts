/** The worker: answers one question after the other. */
import type { Method, Methods, Question, Reply } from '../protocol.ts';
import { analyze, fix, format, trace } from './analysis.ts';

const answers: { readonly [Name in Method]: (input: Methods[Name]['input']) => Promise<Methods[Name]['answer']> } = {
  analyze,
  fix,
  format,
  trace,
  // The picture needs a layout engine.
  routes: async (input) => (await import('./routes.ts')).routes(input),
  // The language service knows the manuals.
  complete: async (input) => (await import('./editing.ts')).complete(input),
  describe: async (input) => (await import('./editing.ts')).describe(input),
  hover: async (input) => (await import('./editing.ts')).hover(input),
};

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isQuestion(data)) void reply(data);
});
postMessage('ready');

async function reply({ id, method, input }: Question): Promise<void> {
  const answer = answers[method] as (asked: typeof input) => Promise<Methods[Method]['answer']>;
  try {
    send({ id, answer: await answer(input) });
  } catch (error) {
    send({ id, error: messageOf(error) });
  }
}

function send(message: Reply): void {
  postMessage(message);
}

function isQuestion(data: unknown): data is Question {
  return typeof data === 'object' && data !== null && 'method' in data;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

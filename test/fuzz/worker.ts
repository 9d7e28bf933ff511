/** Runs inputs one after another, as a process of its own that may be stopped: `worker TASK`, a line of JSON for each message. */
import { openSync, writeSync } from 'node:fs';
import { readCorpus } from './corpus.ts';
import { FuzzFailure, signatureOf } from './failure.ts';
import { generate, type Generated } from './generate.ts';
import { checkBounded, isOverMemory } from './measure.ts';
import type { Failure, Message, Task } from './messages.ts';
import { shrink } from './shrink.ts';

/** Every so many inputs what earlier ones left behind is collected, as it would count as memory of the next. */
const collectEach = 50;
/** Every so many inputs one is linted twice. */
const twiceEach = 5;
/** The same fault is made small once; after that it is only counted. */
const known = new Set<string>();

const task = JSON.parse(process.argv[2]!) as Task;
const corpus = readCorpus(task.folders, task.fixtures);
const progress = openSync(task.progress, 'w');
let index = task.from;
for (; index < task.to && Date.now() < task.until; index++) {
  writeSync(progress, String(index).padStart(16), 0);
  if (index % collectEach === 0) globalThis.gc?.();
  const generated = generate(task.seed, index, corpus, task.kind);
  try {
    await checkBounded(generated.input, index % twiceEach === 0);
    if (isOverMemory()) {
      // What earlier inputs left behind does not count: it is looked at again as the first of a new process.
      if (index > task.from) break;
      throw new FuzzFailure('memory', 'more than 300 MB');
    }
  } catch (error) {
    send({ type: 'failure', failure: await describe(index, generated, error) });
  }
}
send({ type: 'done', next: index });

async function describe(index: number, { kind, input }: Generated, error: unknown): Promise<Failure> {
  const signature = signatureOf(error);
  const isNew = !known.has(signature);
  known.add(signature);
  const twice = index % twiceEach === 0;
  const small =
    isNew && !signature.startsWith('memory')
      ? await shrink(input, async (smaller) => {
          try {
            await checkBounded(smaller, twice);
            return false;
          } catch (other) {
            return signatureOf(other) === signature;
          }
        })
      : input;
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { index, kind, signature, message: message.split('\n').slice(0, 6).join('\n'), input: small };
}

function send(message: Message): void {
  console.log(JSON.stringify(message));
}

/** A run over so many characters takes some tenths of a second. */
const largeRun = 200_000;

let read = 0;

/**
 * To be told of each text that is linted. V8 spends a third of the CPU time of a large run on inlining functions into one another, which
 * a run of a second never earns back.
 */
export function noteRead(text: string): void {
  const before = read;
  read += text.length;
  if (before >= largeRun || read < largeRun) return;
  // The module takes longer to load than a small run lasts.
  process.getBuiltinModule('node:v8').setFlagsFromString('--max-inlined-bytecode-size-cumulative=150');
}

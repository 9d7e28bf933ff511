/** What the fuzzer looks for; `kind` tells failures apart when one is made smaller. */
export class FuzzFailure extends Error {
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The same for what may be the same fault: the kind of a failure, or where an exception came from. */
export function signatureOf(error: unknown): string {
  if (error instanceof FuzzFailure) return `${error.kind}: ${error.message.replace(/\d+/g, 'N').slice(0, 60)}`;
  if (!(error instanceof Error)) return String(error);
  const frames = [...(error.stack ?? '').matchAll(/\n\s+at (\S+)/g)].slice(0, 2).map(([, name]) => name);
  return `${error.name}: ${error.message.slice(0, 60)} at ${frames.join(' from ')}`;
}

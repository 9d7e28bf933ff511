/** Thrown inside a search or tracer where the answer depends on what cannot be known; never leaves it. */
export class UnknownAnswer extends Error {}

export function giveUp(reason: string): never {
  throw new UnknownAnswer(reason);
}

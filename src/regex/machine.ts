/**
 * Runs a program on a text by backtracking, as PCRE does, but never the same state twice: a branch that failed at a position fails there
 * again. So the time is linear in the text. Where a reference makes the future of a state depend on its past, steps are counted only.
 */
import type { Assertion, CharacterSet, Instruction, Program } from './program.ts';

/** Offsets of the match and its groups in pairs, -1 for a group that took no part. */
export type Offsets = Int32Array;

/** Steps of the machine: some hundredths of a second. */
const maxSteps = 500_000;
/** Without memory, the steps that a hopeless search takes are lost. */
const maxStepsWithoutMemory = 50_000;
const maxPending = 1_000_000;

/** The first match at or behind `from`; null: none; undefined: not told within the limits. */
export function runProgram(program: Program, text: string, from: number): Offsets | null | undefined {
  const remembers = !program.hasReference;
  const machine = new Machine(program, text, remembers);
  for (let start = from; start <= text.length; start++) {
    const end = machine.run(0, start);
    if (end === undefined) return undefined;
    if (end >= 0) return machine.slots;
  }
  return null;
}

class Machine {
  readonly #instructions: readonly Instruction[];
  readonly #branches: number;
  readonly #text: string;
  readonly #remembers: boolean;
  readonly slots: Int32Array;
  /** Of the whole program; each run of a body has its own. */
  #seen = new Set<number>();
  #steps: number;

  constructor(program: Program, text: string, remembers: boolean) {
    this.#instructions = program.instructions;
    this.#branches = program.branches;
    this.#text = text;
    this.#remembers = remembers;
    this.slots = new Int32Array(program.slots).fill(-1);
    this.#steps = remembers ? maxSteps : maxStepsWithoutMemory;
  }

  /** Where a match that begins at `start`, and ends at `wanted` if that is given, ends; -1: none; undefined: the limit is reached. */
  run(entry: number, start: number, wanted?: number): number | undefined {
    const { slots } = this;
    const text = this.#text;
    /** What is tried next, the last first: instruction and position; or, with an instruction below zero, a slot and what it held. */
    const pending: number[] = [entry, start];
    while (pending.length > 0) {
      let at = pending.pop()!;
      let pc = pending.pop()!;
      if (pc < 0) {
        slots[-pc - 1] = at;
        continue;
      }
      for (let alive = true; alive;) {
        if (--this.#steps < 0 || pending.length > maxPending) return undefined;
        const instruction = this.#instructions[pc]!;
        switch (instruction.op) {
          case 'set':
            alive = at < text.length && isIn(instruction.set, text.charCodeAt(at));
            at++;
            pc++;
            break;
          case 'branch':
            if (this.#wasSeen(instruction.index, at)) alive = false;
            else pending.push(instruction.other, at);
            pc = instruction.next;
            break;
          case 'jump':
            pc = instruction.to;
            break;
          case 'save':
            pending.push(-instruction.slot - 1, slots[instruction.slot]!);
            slots[instruction.slot] = at;
            pc++;
            break;
          case 'progress':
            pc = slots[instruction.slot] === at ? instruction.to : pc + 1;
            break;
          case 'assertion':
            alive = this.#holds(instruction.what, at);
            pc++;
            break;
          case 'reference': {
            const length = this.#referenced(instruction.slot, at);
            alive = length >= 0;
            at += length;
            pc++;
            break;
          }
          case 'body': {
            const end = this.#body(instruction, pc + 1, at, pending);
            if (end === undefined) return undefined;
            alive = end >= 0;
            at = end;
            pc = instruction.to;
            break;
          }
          case 'match':
            if (wanted === undefined || at === wanted) return at;
            alive = false;
        }
      }
    }
    return -1;
  }

  #wasSeen(branch: number, at: number): boolean {
    if (!this.#remembers) return false;
    const state = at * this.#branches + branch;
    if (this.#seen.has(state)) return true;
    this.#seen.add(state);
    return false;
  }

  #holds(what: Assertion, at: number): boolean {
    if (what === 'start') return at === 0;
    if (what === 'end') return at === this.#text.length;
    if (what === 'line-start') return at === 0 || this.#text[at - 1] === '\n';
    if (what === 'line-end') return at === this.#text.length || this.#text[at] === '\n';
    const changes = isWord(this.#text.charCodeAt(at - 1)) !== isWord(this.#text.charCodeAt(at));
    return changes === (what === 'boundary');
  }

  /** As PCRE: a group that took no part is matched by nothing. */
  #referenced(slot: number, at: number): number {
    const begin = this.slots[slot]!;
    const end = this.slots[slot + 1]!;
    if (begin < 0 || end < begin) return -1;
    this.#steps -= end - begin;
    return this.#text.startsWith(this.#text.slice(begin, end), at) ? end - begin : -1;
  }

  /** What groups inside of a body hold stays, unless the body is one that must not match. */
  #body(
    { kind, least, most }: Extract<Instruction, { op: 'body' }>,
    entry: number,
    at: number,
    pending: number[],
  ): number | undefined {
    const before = this.slots.slice();
    const seen = this.#seen;
    let end: number | undefined = -1;
    if (kind === 'behind' || kind === 'not-behind') {
      for (let start = at - least; start >= Math.max(0, at - most); start--) {
        this.#forget();
        end = this.run(entry, start, at);
        if (end !== -1) break;
      }
    } else {
      this.#forget();
      end = this.run(entry, at);
    }
    this.#seen = seen;
    if (end === undefined) return undefined;
    const matched = end >= 0;
    if (kind.startsWith('not-')) {
      this.slots.set(before);
      return matched ? -1 : at;
    }
    if (!matched) {
      this.slots.set(before);
      return -1;
    }
    before.forEach((value, slot) => {
      if (value !== this.slots[slot]) pending.push(-slot - 1, value);
    });
    return kind === 'atomic' ? end : at;
  }

  #forget(): void {
    this.#seen = new Set();
    this.#steps -= this.slots.length;
  }
}

function isIn({ table, regex }: CharacterSet, code: number): boolean {
  return code < 256 ? table[code] === 1 : regex.test(String.fromCharCode(code));
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}

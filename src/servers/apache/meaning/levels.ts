import { apacheDirective } from '../facts/index.ts';
import { unknown, type Unknown } from '../../../model/model.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import { hasGap } from '../../../syntax/template-gaps.ts';
import { children } from '../../../syntax/walk.ts';
import { conditionOf } from './conditions.ts';
import type { Environment } from './environment.ts';

/** A directive on some level; `certain` is false where a condition around it (`<IfDefine>`) decides whether it holds. */
export interface Item {
  readonly directive: Directive;
  readonly certain: boolean;
}

/** Deepest nesting of containers and macros that is followed. */
const maximalDepth = 50;

/** Below this count, looking through the items is cheaper than an index of them. */
const indexFrom = 16;
const none: readonly never[] = [];

/**
 * The directives of one level (server, virtual host, section) in file order, with includes, macros and conditional
 * containers expanded into it.
 */
export class Level {
  readonly items: readonly Item[];
  /** True when something on this level could not be read. */
  readonly open: boolean;
  #byKey: Map<string, Item[]> | undefined;

  constructor(items: readonly Item[], open: boolean) {
    this.items = items;
    this.open = open;
  }

  named(key: string): readonly Item[] {
    if (this.items.length < indexFrom) return this.#search(key);
    if (!this.#byKey) {
      this.#byKey = new Map();
      for (const item of this.items) {
        const same = this.#byKey.get(item.directive.key);
        if (same) same.push(item);
        else this.#byKey.set(item.directive.key, [item]);
      }
    }
    return this.#byKey.get(key) ?? none;
  }

  #search(key: string): readonly Item[] {
    let found: Item[] | undefined;
    for (const item of this.items) if (item.directive.key === key) (found ??= []).push(item);
    return found ?? none;
  }
}

/** Reads the level that a block opens. `certain`: whether the block itself surely holds. */
export function readLevel(block: Block | undefined, environment: Environment, certain: boolean, open = false): Level {
  const reader = new LevelReader(environment);
  if (block) reader.read(block, certain, 0);
  return new Level(reader.items, reader.open || open);
}

class LevelReader {
  readonly items: Item[] = [];
  open = false;
  /** Those that are being expanded. */
  readonly #macros = new Set<Directive>();
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  read(block: Block, certain: boolean, depth: number): void {
    if (depth > maximalDepth) {
      this.open = true;
      return;
    }
    if (hasGap(block)) this.open = true;
    for (const directive of children(block)) this.#readDirective(directive, certain, depth);
  }

  #readDirective(directive: Directive, certain: boolean, depth: number): void {
    switch (directive.key) {
      case 'include':
      case 'includeoptional':
        if (isUnread(directive)) this.open = true;
        return;
      case 'macro':
        return;
      case 'use':
        this.#use(directive, certain, depth);
        return;
      default: {
        const condition = conditionOf(directive, this.#environment);
        if (condition === undefined) this.items.push({ directive, certain });
        else if (condition !== false && directive.block) this.#conditional(directive.block, condition, certain, depth);
      }
    }
  }

  #conditional(block: Block, condition: Condition, certain: boolean, depth: number): void {
    const from = this.items.length;
    this.read(block, certain && condition !== unknown, depth + 1);
    if (typeof condition !== 'string') return;
    // Inside <IfModule mod_x.c>, the directives of mod_x hold whenever they could hold at all.
    for (let index = from; index < this.items.length; index++) {
      const item = this.items[index]!;
      if (item.certain && !belongsTo(item.directive.key, condition)) this.items[index] = { ...item, certain: false };
    }
  }

  #use(directive: Directive, certain: boolean, depth: number): void {
    const macro = this.#environment.macro(directive);
    // httpd refuses a macro that uses itself.
    const isUsable = macro?.block && !this.#macros.has(macro);
    const isCounted = isUsable && this.#environment.countMacroSteps(macro.block.directives.length + 1);
    const body = isCounted ? this.#environment.expand(directive) : undefined;
    if (!macro || !body) {
      this.open = true;
      return;
    }
    this.#macros.add(macro);
    this.read(body, certain, depth + 1);
    this.#macros.delete(macro);
  }
}

function isUnread(directive: Directive): boolean {
  const { includeFailure: failure } = directive;
  return failure ? failure.reason !== 'no-match' : directive.included === undefined;
}

type Condition = true | Unknown | string;

/** True if the directive is one of a module: `ssl` for `mod_ssl.c` and `ssl_module`. `proxy_http` answers for `proxy` too. */
function belongsTo(key: string, module: string): boolean {
  return apacheDirective(key)?.modules.some((name) => `mod_${module}_`.startsWith(`${name}_`)) ?? false;
}

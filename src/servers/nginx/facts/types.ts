/** Shapes of the nginx tables; the tables themselves are written by `scripts/facts-nginx.ts`. */

/** Where a directive may stand. `if-in-server` and `if-in-location` are the two kinds of `if` blocks. */
export type NginxContext =
  | 'main'
  | 'events'
  | 'http'
  | 'server'
  | 'location'
  | 'if-in-server'
  | 'if-in-location'
  | 'limit_except'
  | 'upstream'
  | 'stream'
  | 'stream-server'
  | 'stream-upstream'
  | 'mail'
  | 'mail-server';

/**
 * How an inner level gets a directive of an outer one. `scalar`: the nearest level wins; `list-replace`: only if the inner level has
 * none of the directive's group; `not-inherited`: in force only where it is written; `single-level`: can stand on one level only.
 */
export type Inheritance = 'scalar' | 'list-replace' | 'not-inherited' | 'single-level';

/** What happens when a directive is written twice on one level. */
export type DuplicateRule =
  | 'error'
  | 'repeatable'
  | 'keyed-error'
  | 'exclusive-off'
  | 'silent-override'
  | 'noop'
  | 'warn-override'
  | 'warn-ignored'
  | 'sequence';

/**
 * What the server reads the arguments as. `any`: a setter of its own reads them; `access`: `user:rw group:r all:r`;
 * `keyval`: a name and a value; `buffers`: a number and a size; `number` has bounds where the server checks them.
 */
export type ValueType =
  | {
      readonly kind:
        | 'any'
        | 'flag'
        | 'size'
        | 'offset'
        | 'milliseconds'
        | 'seconds'
        | 'buffers'
        | 'path'
        | 'string'
        | 'access'
        | 'keyval'
        | 'mime-types';
    }
  | { readonly kind: 'number'; readonly bounds?: readonly [low: number, high: number] }
  | { readonly kind: 'enum' | 'bitmask'; readonly values: readonly string[] };

/** `third-party` and `plus` modules are known by name; their arguments may not be. */
export type NginxOrigin = 'core' | 'plus' | 'third-party';

/** One definition of a directive by one module. A name can have several, in disjoint contexts. */
export interface NginxDirective {
  readonly name: string;
  readonly module: string;
  readonly origin: NginxOrigin;
  /** Empty: not known (modules outside the nginx source). */
  readonly contexts: readonly NginxContext[];
  /** Allowed argument counts; undefined: any count from `min` up, or not known (then `min` is 0). */
  readonly counts: readonly number[] | undefined;
  readonly min: number;
  /** Takes a block: always, never, or undefined where not known. */
  readonly block: boolean | undefined;
  readonly value: ValueType;
  /** The value may hold variables. */
  readonly variables: boolean;
  readonly duplicate: DuplicateRule;
  readonly inheritance: Inheritance;
  /** Directives that are inherited as one group with this one (`list-replace`), itself included. */
  readonly group: readonly string[];
  /** The default by documentation; undefined if none. */
  readonly default: string | undefined;
  /** First mainline version that has it; undefined: older than 1.0.0. */
  readonly since: string | undefined;
  /** First version that no longer has it. */
  readonly until: string | undefined;
  readonly deprecated: { readonly since: string; readonly replacement: string | undefined } | undefined;
}

/** A built-in variable, without its `$`. */
export interface NginxVariable {
  readonly name: string;
  readonly module: string;
  readonly origin: NginxOrigin;
  readonly family: 'http' | 'stream';
  /** Stands for every variable whose name begins with `name` (`http_`, `arg_`). */
  readonly prefix: boolean;
  /** `set`, `map`, `geo` and their like may define it anew. */
  readonly changeable: boolean;
  readonly since: string | undefined;
  readonly until: string | undefined;
}

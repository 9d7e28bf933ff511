import type { Severity } from '../../../rules/finding.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Place } from '../../../text/source.ts';
import { placeIn, type Directive, type Word } from '../../../syntax/tree.ts';
import type { Version } from '../../../model/versions.ts';
import type { Refusals } from './refusals.ts';
import { isPlaceholder } from '../meaning/placeholder.ts';

/** The state of one analysis, as the checks see it. */
export interface Run {
  readonly config: Config;
  readonly version: Version;
  /** The target as the user named it; undefined: the newest version. */
  readonly target: Version | undefined;
  readonly refusals: Refusals;
  /** Things named once in a whole config (`upstream http backend`), with the directive that defines them. */
  readonly defined: Map<string, Directive>;
  /** Uses of what may be defined anywhere; filled only for a complete config. */
  readonly usedZones: {
    readonly name: string;
    /** Under which it is {@link defined}. */
    readonly key: string;
    readonly directive: Directive;
    readonly definer: string;
  }[];
  readonly usedFormats: {
    readonly name: string;
    readonly at: Place;
    readonly directive: Directive;
    readonly family: 'http' | 'stream';
  }[];
  /** The `listen` directives with `ssl` or `quic`, with the key of the socket. */
  readonly secureListens: { readonly socket: string; readonly directive: Directive }[];
  /** The first use of each variable, by family and name: `http host`. */
  readonly usedVariables: Map<string, { readonly word: Word; readonly directive: Directive }>;
  /** The last `root` or `alias` of each block, by the directive whose block it is. */
  readonly roots: Map<Directive, Directive>;
  /** Backends named without a port. */
  readonly portless: { readonly word: Word; readonly directive: Directive; readonly key: string }[];
  /** A number of its own for each block directive. */
  readonly serverNumber: (server: Directive) => number;
}

/** Reports a value that is not of the form that the directive needs. `expected` completes "is not ...". */
export function refuseForm(
  run: Run,
  directive: Directive,
  word: Word,
  expected: string,
  severity: Severity = 'error',
): void {
  if (isPlaceholder(word.value)) return;
  run.refusals.add('invalid-value', {
    message: 'form',
    at: placeIn(directive, word),
    data: { name: directive.key, value: word.value, expected },
    severity,
  });
}

/** Reports a value that is none of those that the directive knows. */
export function refuseChoice(run: Run, directive: Directive, word: Word, allowed: string): void {
  if (isPlaceholder(word.value)) return;
  run.refusals.add('invalid-value', {
    message: 'choice',
    at: placeIn(directive, word),
    data: { name: directive.key, value: word.value, allowed },
  });
}

/** Reports a parameter (`name=value` or a word) that the directive does not know. */
export function refuseParameter(run: Run, directive: Directive, word: Word, known: string): void {
  if (isPlaceholder(word.value)) return;
  run.refusals.add('invalid-value', {
    message: 'parameter',
    at: placeIn(directive, word),
    data: { name: directive.key, value: word.value, known },
  });
}

/** Reports a directive that lacks something which the server demands. */
export function refuseLack(run: Run, directive: Directive, lack: string): void {
  run.refusals.add('invalid-value', { message: 'lacks', at: directive, data: { name: directive.key, lack } });
}

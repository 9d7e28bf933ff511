/** The headers that a route adds to responses, and those that its backend receives. */
import type { Certainty, HeaderOp, Route, Scope } from './model.ts';
import type { Directive } from '../syntax/tree.ts';

export interface EffectiveHeaders {
  /** The directives in force, in the order of the config. */
  readonly response: readonly Directive[];
  /** Whether these are all; see {@link Certainty}. */
  readonly certainty: Certainty;
  /** What is set for the backend, server's defaults included; undefined: there is none. */
  readonly backend: readonly HeaderOp[] | undefined;
  /** Set on an outer level for the backend, and dropped here. */
  readonly lost: readonly HeaderOp[];
}

export function effectiveHeaders({ scope, backend }: Pick<Route, 'scope' | 'backend'>): EffectiveHeaders {
  const certainties = [...keys.map((key) => scope.certainty(key)), ...(backend ? [backend.certainty] : [])];
  return {
    response: responseHeaders(scope),
    certainty: certainties.find((each) => each === 'unread') ?? certainties.find((each) => each !== 'known') ?? 'known',
    backend: backend && [...backend.headers.values()],
    lost: backend?.lost ?? [],
  };
}

/** nginx and httpd name it differently; no config has both. */
const keys = ['add_header', 'header'] as const;

export function responseHeaders(scope: Scope): readonly Directive[] {
  return keys.flatMap((key) => scope.effective(key));
}

/** A directive as it is written, without its block. */
export function directiveText({ name, args }: Directive): string {
  return [name, ...args].map(({ raw }) => raw).join(' ');
}

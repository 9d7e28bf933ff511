/** The workers of httpd: one for each URL, found by the beginning of another. */
import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { readUrl } from '../../model/url.ts';
import { schemeOf } from '../../model/scheme.ts';

interface Worker {
  readonly url: string;
  readonly directive: Directive;
  /** `key=value`, lower-cased. */
  readonly parameters: ReadonlySet<string>;
  /** The path of its unix socket, if it has one. */
  readonly socket?: string;
}

/** The workers of a virtual host: no URL of one begins with that of another. */
export class Workers {
  readonly #byUrl = new Map<string, Worker>();
  readonly #lengths = new Set<number>();

  add(worker: Worker): void {
    this.#byUrl.set(worker.url, worker);
    this.#lengths.add(worker.url.length);
  }

  /** The worker whose URL the given one begins with. */
  of(url: string): Worker | undefined {
    for (const length of this.#lengths) {
      const worker = length <= url.length ? this.#byUrl.get(url.slice(0, length)) : undefined;
      if (worker) return worker;
    }
    return undefined;
  }
}

const plainSchemes: ReadonlySet<string> = new Set('http https ajp fcgi ws wss h2 h2c scgi uwsgi'.split(' '));

/** Workers of expressions and of balancers follow other rules. */
export function isPlainPass({ handler }: Route): boolean {
  return (
    handler.kind === 'proxy' &&
    handler.directive.key === 'proxypass' &&
    plainSchemes.has(schemeOf(handler.target.word.value) ?? '') &&
    !handler.target.word.value.includes('$')
  );
}

/** Scheme and host in lower case, as the server compares them. */
export function normalise(url: string): string {
  const { start } = readUrl(url).pathAndQuery;
  return url.slice(0, start).toLowerCase() + url.slice(start);
}

/** Balancers, workers, templates and conditions of health checks: what is named must be defined before, and in the same server. */
import { type Block, type Directive, type Word } from '../../../../syntax/tree.ts';
import { children } from '../../../../syntax/walk.ts';
import { badForm, refusal, type Refusal } from '../refusal.ts';
import { serverOf } from '../servers.ts';

interface Names {
  /** `template x` and `expr x`, lower-cased. */
  readonly ofHealthChecks: Set<string>;
  /** Balancers and workers, by lower-cased URL without a slash at the end. */
  readonly urls: Set<string>;
}

/** Remembers the lines of one config. */
export class ProxyNames {
  readonly #complete: boolean;
  readonly #servers = new Map<Block, Names>();

  /** `complete`: nothing is defined outside of the config. */
  constructor(complete: boolean) {
    this.#complete = complete;
  }

  judge(directive: Directive): Refusal | undefined {
    const { key, args } = directive;
    if (!/^(?:proxy(?:pass(?:match)?|set|hc\w+)?|balancermember)$/.test(key)) return undefined;
    const names = this.#namesOf(directive);
    const found = this.#judgeUse(directive, names);
    if (key === 'proxyhctemplate' && args[0]) names.ofHealthChecks.add(`template ${args[0].value.toLowerCase()}`);
    if (key === 'proxyhcexpr' && args[0]) names.ofHealthChecks.add(`expr ${args[0].value.toLowerCase()}`);
    const definesWorker = key !== 'proxyset' && (key !== 'proxy' || args.length > 1);
    if (definesWorker) for (const { value } of args) if (value.includes('://')) names.urls.add(canonical(value));
    return found;
  }

  #judgeUse(directive: Directive, names: Names): Refusal | undefined {
    if (!this.#knowsAll(directive)) return undefined;
    const { key, args } = directive;
    const section = directive.parent.owner?.key ?? '';
    if (key === 'proxyset' && args[0] && !section.startsWith('proxy')) return judgeSet(directive, args[0], names);
    for (const word of args) {
      const [, kind, name = ''] = /^hc(template|expr)=([^]*)/i.exec(word.value) ?? [];
      if (kind === undefined) continue;
      if (names.ofHealthChecks.has(`${kind} ${name}`.toLowerCase())) continue;
      const definer = /^t/i.test(kind) ? 'ProxyHCTemplate' : 'ProxyHCExpr';
      return refusal(directive, `no "${definer} ${name}" stands before it in the same server`, word);
    }
    return undefined;
  }

  #namesOf(directive: Directive): Names {
    const server = serverOf(directive);
    let names = this.#servers.get(server);
    if (!names) {
      names = { ofHealthChecks: new Set(), urls: new Set() };
      this.#servers.set(server, names);
    }
    return names;
  }

  /** Whether what the server defines can be seen. */
  #knowsAll(directive: Directive): boolean {
    if (this.#complete) return true;
    const server = serverOf(directive);
    return (
      server.owner !== undefined && !children(server).some(({ key }) => /^(?:include|includeoptional|use)$/.test(key))
    );
  }
}

/** A worker is also found by a URL below its own. */
function judgeSet(directive: Directive, word: Word, names: Names): Refusal | undefined {
  if (/^unix:[^|]*\|(?![a-z][a-z0-9+.-]*:)/i.test(word.value)) {
    return badForm(directive, word, 'a path and a URL, such as "unix:/run/app.sock|http://app/"');
  }
  const url = canonical(word.value);
  const isBalancer = url.startsWith('balancer://');
  const isKnown = names.urls.has(url) || (!isBalancer && [...names.urls].some((each) => url.startsWith(each)));
  return isKnown ? undefined : refusal(directive, `"${word.value}" is not defined before it in the same server`, word);
}

function canonical(url: string): string {
  return url
    .toLowerCase()
    .replace(/^unix:[^|]*\|/, '')
    .replace(/\/$/, '');
}

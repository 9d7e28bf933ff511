/** Fills into the request of a finding where it is to be sent: scheme, name and port of the virtual host. */
import { unknown, type Listener, type Model, type VirtualHost } from '../model/model.ts';
import type { Place, SourceFile } from '../text/source.ts';

/** What rules write for the server that is meant, with a port only where the rule is about that port. */
const placeholder = /\b(https?):\/\/(?:host|localhost)(:\d+)?(?=[/'])/;

interface HostSpan {
  readonly start: number;
  readonly end: number;
  readonly host: VirtualHost;
}

export class Witnesses {
  readonly #model: () => Model;
  #spans: ReadonlyMap<SourceFile, readonly HostSpan[]> | undefined;

  constructor(model: () => Model) {
    this.#model = model;
  }

  /** The command for a finding at a place; as it is where the virtual host around it is not known. */
  filled(witness: string, { file, start }: Place): string {
    const found = placeholder.exec(witness);
    const host = found && this.#hostAt(file, start);
    if (!found || !host) return witness;
    const listener = listenerFor(host, found[1] === 'https');
    const name = nameOf(host, listener);
    if (name === undefined || !listener || /\bHost:/.test(witness)) return witness;
    const [scheme, port] = found[2] === undefined ? reach(listener) : [found[1]!, found[2]];
    return witness.replace(placeholder, () => `${scheme}://${name}${port}`);
  }

  #hostAt(file: SourceFile, start: number): VirtualHost | undefined {
    this.#spans ??= spansOf(this.#model());
    const spans = this.#spans.get(file) ?? [];
    const span = spans[lastUpTo(spans, start)];
    return span && start < span.end ? span.host : undefined;
  }
}

function spansOf({ virtualHosts }: Model): Map<SourceFile, HostSpan[]> {
  const spans = new Map<SourceFile, HostSpan[]>();
  for (const host of virtualHosts) {
    if (!host.directive) continue;
    const { start, end, parent } = host.directive;
    const span = { start, end, host };
    const list = spans.get(parent.file);
    if (list) list.push(span);
    else spans.set(parent.file, [span]);
  }
  for (const list of spans.values()) list.sort((a, b) => a.start - b.start);
  return spans;
}

/** The index of the last span that begins at a place or before it; -1 if there is none. */
function lastUpTo(spans: readonly HostSpan[], start: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start <= start) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** One that speaks TLS only where that is asked for, or where there is no other. */
function listenerFor({ listeners }: VirtualHost, wantsTls: boolean): Listener | undefined {
  const reachable = listeners.filter(
    ({ port, address, http3, proxyProtocol }) =>
      port !== unknown && !http3 && !proxyProtocol && !address.startsWith('unix:'),
  );
  return reachable.find(({ tls }) => tls === wantsTls) ?? (wantsTls ? undefined : reachable[0]);
}

/** The first name that can be asked for; the address where only this machine reaches it. */
function nameOf({ names }: VirtualHost, listener: Listener | undefined): string | undefined {
  const name = names.find(({ kind, text }) => kind === 'exact' && /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(text))?.text;
  if (name !== undefined) return name;
  const address = listener?.address ?? '';
  return /^(?:\d+(?:\.\d+){3}|\[:*[\da-f][\da-f:]*\])$/i.test(address) ? address : undefined;
}

function reach({ tls, port }: Listener): readonly [scheme: string, port: string] {
  const scheme = tls ? 'https' : 'http';
  return [scheme, port === (tls ? 443 : 80) ? '' : `:${String(port)}`];
}

/** Addresses and ports of a config, with and without TLS, and requests that go to them. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { TraceRequest } from '../../../src/model/trace.ts';
import type { Draw } from './random.ts';

export interface Sockets {
  readonly port: number;
  readonly tlsPort: number;
  /** Path of the certificate without its ending; the key lies beside it. */
  readonly certificate: string;
}

/** What a config may listen on; the empty one is all of IPv4. */
const addresses = ['127.0.0.1', '127.0.0.2', '[::1]', '', '[::]'];

/** Mostly the one address that most requests go to. */
export function drawAddresses(random: Draw): string[] {
  if (random.chance(0.6)) return ['127.0.0.1'];
  const drawn = random.some(addresses, 3);
  return drawn.length > 0 ? drawn : ['127.0.0.1'];
}

/** The request as it goes to one of the sockets: most to 127.0.0.1 without TLS. */
export function aimed(random: Draw, { port, tlsPort }: Sockets, request: TraceRequest): TraceRequest {
  const tls = random.chance(0.2);
  const to = random.chance(0.75) ? '127.0.0.1' : random.one(['127.0.0.2', '::1', '127.0.0.3']);
  const scheme = random.chance(0.03) === tls ? 'http' : 'https';
  // The client says so, unless the request says something of its own.
  const closes = request.headers.some(([name]) => name.toLowerCase() === 'connection');
  const headers = closes ? request.headers : [...request.headers, ['Connection', 'close'] as const];
  return { ...request, headers, scheme, port: tls ? tlsPort : port, to, from: to.includes(':') ? '::1' : '127.0.0.1' };
}

/** Makes a self-signed certificate in the directory; returns its path without ending. */
export function makeCertificate(directory: string): string {
  const path = join(directory, 'certificate');
  const files = ['-keyout', `${path}.key`, '-out', `${path}.crt`];
  const command = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=example.com';
  execFileSync('openssl', [...command.split(' '), ...files], { stdio: 'pipe' });
  return path;
}

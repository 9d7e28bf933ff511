import type { Listener } from '../../ir/model.ts';

/** Reached from this machine only: something in front may end TLS. */
export function isLoopback({ address }: Listener): boolean {
  return /^(?:127\.|\[::1\]|localhost$|unix:)/.test(address);
}

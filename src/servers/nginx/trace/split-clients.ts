/** Values of `split_clients` (src/http/modules/ngx_http_split_clients_module.c). */
import type { Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { toBytes } from '../../../text/bytes.ts';

/** Hundredths of a percent. */
const whole = 10_000;

/** The first part whose share of the hash is not used up; none where the shares leave a rest. */
export function splitValue({ block }: Directive, key: string): string {
  const hash = murmurHash2(key);
  let share = 0;
  let bound = 0;
  for (const { name, args } of block ? children(block) : []) {
    const value = toBytes(args[0]?.value ?? '');
    if (name.value === '*') return value;
    const part = Math.round(Number(name.value.replace(/%$/, '')) * 100);
    share += part;
    bound += Math.floor((part * 0xff_ff_ff_ff) / whole);
    if (hash < bound || share === whole) return value;
  }
  return '';
}

const multiplier = 0x5b_d1_e9_95;

/** `ngx_murmur_hash2` over bytes. */
export function murmurHash2(bytes: string): number {
  const code = (at: number): number => bytes.charCodeAt(at) & 255;
  let hash = bytes.length >>> 0;
  let at = 0;
  for (; bytes.length - at >= 4; at += 4) {
    let word = code(at) | (code(at + 1) << 8) | (code(at + 2) << 16) | (code(at + 3) << 24);
    word = Math.imul(word, multiplier);
    word ^= word >>> 24;
    word = Math.imul(word, multiplier);
    hash = Math.imul(hash, multiplier) ^ word;
  }
  const rest = bytes.length - at;
  if (rest === 3) hash ^= code(at + 2) << 16;
  if (rest >= 2) hash ^= code(at + 1) << 8;
  if (rest >= 1) hash = Math.imul(hash ^ code(at), multiplier);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, multiplier);
  return (hash ^ (hash >>> 15)) >>> 0;
}

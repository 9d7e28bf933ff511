/** Sizes that depend on each other, which nginx compares when it merges the levels: `ngx_http_proxy_merge_loc_conf` and its like. */
import type { Block, Directive } from '../../../../../syntax/tree.ts';
import { parseNumber, parseSize } from '../../../meaning/values.ts';
import { levelOf, mergedLevels, settingInForce, surety } from '../../in-force.ts';
import { remembered, type ModuleChecks, type NginxCheck, type Run } from '../../run.ts';

/** The size of a memory page, which the defaults are made of. */
const page = 4096;
const defaultBuffers = { count: 8, size: page };
const defaultTempFile = 1024 ** 3;

/** Sizes in force on a level, and the directives that set them. */
interface Sizes {
  readonly prefix: string;
  readonly buffers: { readonly count: number; readonly size: number };
  /** The larger of `buffer_size` and one of the buffers. */
  readonly largest: number;
  readonly busy: number;
  readonly tempWrite: number;
  readonly tempFile: number;
  readonly set: ReadonlyMap<string, Directive>;
}

interface Misfit {
  /** The names, without prefix, that may be the cause, the likeliest first. */
  readonly causes: readonly string[];
  readonly reason: string;
}

const names = ['buffer_size', 'buffers', 'busy_buffers_size', 'temp_file_write_size', 'max_temp_file_size'];
const levels = remembered(() => new Map<string, Set<Block>>());

const noteLevel =
  (prefix: string): NginxCheck =>
  (directive, run) => {
    const known = levels(run);
    if (!known.has(prefix)) known.set(prefix, new Set());
    known.get(prefix)!.add(levelOf(directive, run));
  };

/** The checks of the buffers of one module, whose directives begin with `prefix`. */
export function bufferChecks(prefix: string): ModuleChecks['directives'] {
  const check = noteLevel(prefix);
  return Object.fromEntries(names.map((name) => [`${prefix}_${name}`, check]));
}

export function checkBuffers(run: Run): void {
  const reported = new Set<Directive>();
  for (const [prefix, blocks] of levels(run)) {
    for (const block of [...blocks].flatMap((it) => mergedLevels(run, it))) {
      const sizes = sizesOf(run, block, prefix);
      const misfit = sizes && misfitOf(sizes);
      const cause = misfit?.causes.map((name) => sizes!.set.get(name)).find((directive) => directive !== undefined);
      if (!misfit || !cause || reported.has(cause)) continue;
      reported.add(cause);
      run.refusals.report({
        rule: 'invalid-value',
        message: 'size',
        at: cause,
        data: { name: cause.key, reason: misfit.reason },
        ...surety(run),
      });
    }
  }
}

/** Undefined where a value is not known. */
function sizesOf(run: Run, block: Block, prefix: string): Sizes | undefined {
  const set = new Map<string, Directive>();
  const sizeOf = (name: string, missing: number): number => {
    const directive = settingInForce(run, block, `${prefix}_${name}`);
    if (directive) set.set(name, directive);
    return directive ? parseSize(directive.args.at(-1)?.value ?? '') : missing;
  };
  const size = sizeOf('buffers', defaultBuffers.size);
  const first = set.get('buffers')?.args[0]?.value;
  const buffers = { size, count: first === undefined ? defaultBuffers.count : parseNumber(first) };
  const largest = Math.max(sizeOf('buffer_size', page), size);
  const sizes: Sizes = {
    prefix,
    set,
    buffers,
    largest,
    busy: sizeOf('busy_buffers_size', 2 * largest),
    tempWrite: sizeOf('temp_file_write_size', 2 * largest),
    tempFile: sizeOf('max_temp_file_size', defaultTempFile),
  };
  const all = [size, buffers.count, largest, sizes.busy, sizes.tempWrite, sizes.tempFile];
  return all.some(Number.isNaN) ? undefined : sizes;
}

function misfitOf({ prefix, buffers, largest, busy, tempWrite, tempFile, set }: Sizes): Misfit | undefined {
  const quoted = (name: string): string => `"${prefix}_${name}"`;
  const larger = `the larger of ${quoted('buffer_size')} and one of the ${quoted('buffers')}, ${text(largest)}`;
  const causes = ['buffer_size', 'buffers'];
  if (buffers.count < 2) return { causes: ['buffers'], reason: `there must be at least 2 ${quoted('buffers')}` };
  if (busy < largest) {
    const reason = `${quoted('busy_buffers_size')} must be at least ${larger}`;
    return { causes: ['busy_buffers_size', ...causes], reason };
  }
  const most = (buffers.count - 1) * buffers.size;
  if (busy > most) {
    const byDefault = set.has('busy_buffers_size') ? '' : ' by default';
    const reason = `${quoted('busy_buffers_size')} (${text(busy)}${byDefault}) must not exceed all ${quoted('buffers')} but one (${text(most)})`;
    return { causes: ['busy_buffers_size', ...causes], reason };
  }
  if (tempWrite < largest) {
    const reason = `${quoted('temp_file_write_size')} must be at least ${larger}`;
    return { causes: ['temp_file_write_size', ...causes], reason };
  }
  if (tempFile === 0 || tempFile >= largest) return undefined;
  const reason = `${quoted('max_temp_file_size')} must be 0 or at least ${larger}`;
  return { causes: ['max_temp_file_size', ...causes], reason };
}

function text(bytes: number): string {
  if (bytes >= 1024 ** 2 && bytes % 1024 ** 2 === 0) return `${bytes / 1024 ** 2}m`;
  return bytes % 1024 === 0 ? `${bytes / 1024}k` : String(bytes);
}

/** Of `large_client_header_buffers` and `connection_pool_size`: `ngx_http_core_merge_srv_conf`. */
const defaultPool = 512;
const headerLevels = remembered(() => new Set<Block>());

export const noteHeaderBuffers: NginxCheck = (directive, run) => {
  headerLevels(run).add(levelOf(directive, run));
};

export function checkHeaderBuffers(run: Run): void {
  const reported = new Set<Directive>();
  for (const block of [...headerLevels(run)].flatMap((it) => mergedLevels(run, it))) {
    const buffers = settingInForce(run, block, 'large_client_header_buffers');
    const pool = settingInForce(run, block, 'connection_pool_size');
    const least = pool ? parseSize(pool.args[0]?.value ?? '') : defaultPool;
    if (!buffers || !(parseSize(buffers.args[1]?.value ?? '') < least) || reported.has(buffers)) continue;
    reported.add(buffers);
    const reason = `the size must be at least "connection_pool_size", ${least}${pool ? '' : ' by default'}`;
    const data = { name: buffers.key, reason };
    run.refusals.report({ rule: 'invalid-value', message: 'size', at: buffers, data, ...surety(run) });
  }
}

/** Settings that published benchmarks ask for and that have no rule of their own. */
import { cisApache } from './cis-apache.ts';
import { cisNginx } from './cis-nginx.ts';
import { stigApache } from './stig-apache.ts';
import { stigNginx } from './stig-nginx.ts';
import type { Benchmark } from './types.ts';

export type { Benchmark, BenchmarkSetting } from './types.ts';

/** By the dialect that they are about and the option that asks for them. */
export const benchmarks = {
  nginx: {
    cisNginx: { title: 'CIS NGINX 3.0.0', settings: cisNginx },
    stigNginx: { title: 'DISA STIG for NGINX', settings: stigNginx },
  },
  apache: {
    cisApache: { title: 'CIS Apache 2.4', settings: cisApache },
    stigApache: { title: 'DISA STIG for Apache 2.4', settings: stigApache },
  },
} satisfies Readonly<Record<string, Readonly<Record<string, Benchmark>>>>;

/** One comparison of what the installed sslh does with a config with what proxylint says of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ActiveRule } from '../../../src/lint/plan.ts';
import type { Version } from '../../../src/model/versions.ts';
import { rules } from '../../../src/rules/index.gen.ts';
import { lint } from '../../helpers/lint.ts';
import { startSslh } from './sslh.ts';

const allRules: readonly ActiveRule[] = rules.map((rule) => ({ rule }));

/** What they report shows only when sockets are bound or connected; witnesses play it. */
const aboutSockets: ReadonlySet<string> = new Set(['sslh-connects-to-itself', 'sslh-duplicate-listen']);

/** Messages about this machine, which come only after the text was accepted. */
const unresolved = /cannot resolve|not known|Servname not supported/;
const environment =
  /^bind|Address already in use|Permission denied|getpeername|cannot resolve|not known|Servname not supported|^\S+: not found$/;

export interface SslhComparison {
  /** `not-judged`: which of the names exist, the machine decides. */
  readonly outcome: 'agreed' | 'false-refusal' | 'missed' | 'not-judged';
  /** What sslh printed. */
  readonly output: string;
  /** The errors of proxylint. */
  readonly own: readonly string[];
}

export class SslhOracle {
  readonly #version: Version | undefined;
  readonly #folder = mkdtempSync(join(tmpdir(), 'proxylint-sslh-'));

  /** @param version of the installed sslh */
  constructor(version: Version | undefined) {
    this.#version = version;
  }

  async compare(text: string): Promise<SslhComparison> {
    const path = join(this.#folder, 'sslh.cfg');
    writeFileSync(path, text);
    const { runs, output, status, stop } = await startSslh(path, { folder: this.#folder });
    stop();
    const lines = output.split('\n').filter((line) => line.trim() !== '');
    // It binds when it has read everything; what it prints of that by then depends on the settings.
    const isStopped =
      /\bbind: Address already in use/.test(output) ||
      (lines.length > 0 && lines.every((line) => environment.test(line)));
    const isAccepted = runs || status === 0 || isStopped;
    const own = await this.#errors(text);
    if (isAccepted === (own.length === 0)) return { outcome: 'agreed', output, own };
    // Which of the names cannot exist anywhere, and which are only unknown here, the output does not tell; what stands behind is not read.
    if (unresolved.test(output)) return { outcome: 'not-judged', output, own };
    return { outcome: isAccepted ? 'false-refusal' : 'missed', output, own };
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #errors(text: string): Promise<string[]> {
    const input = { path: 'sslh.cfg', text, dialect: 'sslh' as const, targets: { sslh: this.#version } };
    const { config, findings } = await lint(input as Parameters<typeof lint>[0], allRules);
    const problems = config.file.problems.filter(({ tolerated }) => !tolerated).map(({ code }) => code);
    const errors = findings
      .filter(({ rule, severity }) => severity === 'error' && !aboutSockets.has(rule))
      .map(({ rule, message }) => `${rule}: ${message}`);
    return [...problems, ...errors];
  }
}

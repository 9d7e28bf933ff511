/** What the installed sslh makes of a config. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSslh } from './sslh.ts';

/** What it says of the machine and of itself, and when. */
const passing = /bind: |started$|^capabilities|Permission denied|not known|^turning into/;

export class SslhReader {
  readonly #folder = mkdtempSync(join(tmpdir(), 'proxylint-sslh-'));

  /** The settings as it has read them, or why it does not; without lines of the text. */
  async read(text: string): Promise<string> {
    const path = join(this.#folder, 'sslh.cfg');
    // It then prints what it listens on and what it probes for.
    writeFileSync(path, `verbose: 1;\n${text}`);
    const { output, stop } = await startSslh(path);
    stop();
    return (
      output
        .split('\n')
        .filter((line) => !passing.test(line))
        .map((line) => line.replaceAll(path, '').replace(/(?:line |:)\d+(?=:| - |$)/, 'line'))
        // They come from two streams.
        .sort()
        .join('\n')
    );
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

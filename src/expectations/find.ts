/** Where files of expectations are looked for. */
import type { ConfigHost } from '../config/types.ts';

/** `proxylint.test.yaml`, or with a name of its own in front: `shop.proxylint.test.yaml`. */
export const expectationFilePattern = '**/{,*.}proxylint.test.{yaml,yml,json}';

const names = ['yaml', 'yml', 'json'].map((ending) => `proxylint.test.${ending}`);

/** The nearest one upward of a directory; undefined: there is none. */
export function findExpectationFile(directory: string, host: ConfigHost): string | undefined {
  for (let current = directory; ; current = host.directoryOf(current)) {
    const found = names.map((name) => host.resolve(current, name)).find((path) => host.exists(path));
    if (found !== undefined || host.directoryOf(current) === current) return found;
  }
}

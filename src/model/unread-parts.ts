/** What of a config the trace does not see. */
import type { Config } from '../syntax/config.ts';
import { walk } from '../syntax/walk.ts';

const known = new WeakMap<Config, readonly string[]>();

/** A sentence each; looked for once a config. */
export function unreadParts(config: Config): readonly string[] {
  let parts = known.get(config);
  if (!parts) known.set(config, (parts = findUnread(config)));
  return parts;
}

function findUnread(config: Config): string[] {
  const partly = config.files.filter((file) => file.problems.length > 0);
  const parts = partly.map(({ source }) => misread(source.path));
  walk(config.file.root, ({ includeFailure }) => {
    if (includeFailure && includeFailure.reason !== 'no-match')
      parts.push(`The include "${includeFailure.path}" was not read.`);
  });
  return [...new Set(parts)];
}

/** What is said of a file that could be read only in part. */
export function misread(path: string): string {
  return `${path} has syntax errors; it is traced as far as it was understood.`;
}

export function hasUnread(config: Config): boolean {
  return unreadParts(config).length > 0;
}

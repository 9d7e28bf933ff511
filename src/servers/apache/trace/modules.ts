/** Which modules the server has. */
import type { Config } from '../../../syntax/config.ts';
import { directivesByKey } from '../../../syntax/walk.ts';

/** Names without `_module`, of a whole config; undefined: not known. */
export function loadedModules(config: Config): ReadonlySet<string> | undefined {
  const loads = config.complete ? (directivesByKey(config.file.root).get('loadmodule') ?? []) : [];
  if (loads.length === 0) return undefined;
  return new Set([...builtIn, ...loads.map(({ args }) => (args[0]?.value ?? '').replace(/_module$/, ''))]);
}

/** What builds of distributions hold without LoadModule. */
export const builtIn = ['core', 'http', 'so', 'log_config', 'logio', 'unixd', 'version', 'watchdog'];

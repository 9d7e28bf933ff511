import type { NginxDirective } from '../../../facts/nginx/types.ts';
import type { Check } from './entries.ts';

/** The checks of directives that the server reads by setters of their own. */
export function namedChecks(_facts: NginxDirective): Check | undefined {
  return undefined;
}

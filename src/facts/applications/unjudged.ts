/** Why no rule judges an item of a contract. */
import type { Need } from './types.ts';

type Server = 'nginx' | 'apache';

/** By kind of item, where it is the same for all of them. */
const byKind: Readonly<Record<Server, Readonly<Partial<Record<Need['about'], string>>>>> = {
  nginx: {
    note: 'no config shows it',
    'not-needed': 'it keeps other rules silent',
  },
  apache: {
    note: 'no config shows it',
    'not-needed': 'it keeps other rules silent',
    'body-size': 'LimitRequestBody never limits what httpd hands on',
    buffering: 'httpd hands on what it has as soon as the other side pauses',
    'header-buffer': 'httpd has a buffer of 8 KB for each header instead of one for all',
  },
};

/** The end of a sentence; undefined: a rule does, in the recommended set or as an option. */
export function whyUnjudged(need: Need, server: Server): string | undefined {
  const known = byKind[server][need.about];
  if (known !== undefined) return known;
  if (need.strength === 'recommended' && (need.about === 'websocket' || need.about === 'headers'))
    return 'it is a proposal, and nothing breaks without';
  if (need.about === 'headers' && Object.entries(need.values).every(isOutOfReach))
    return 'what else the header may say is not known';
  if (need.about === 'well-known' && need.when !== undefined) return `no config shows whether ${need.when}`;
  if (need.about === 'raw-path' && need.decodedToo && server === 'nginx')
    return 'the decoded path is understood as well';
  return undefined;
}

function isOutOfReach([name, value]: readonly [string, string]): boolean {
  return value === 'absent' || (value === 'backend' && name !== 'Host');
}

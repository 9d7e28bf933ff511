/** What sslh says of a config when it loads it. */
import { effectiveVersion } from '../facts/index.ts';
import type { ServerRefusals } from '../../server.ts';
import { repeatedListens } from './listens.ts';
import { missingLists } from './lists.ts';
import { sslhMessages } from './messages.ts';
import { portNumbers } from './ports.ts';
import { unknownProbes } from './probes.ts';
import type { Judged, Refusal, SslhRule } from './refusal.ts';
import { repeatedSettings } from './repeated.ts';
import { wrongSettings } from './settings.ts';
import { wrongValues } from './values.ts';

/** Each rule has a judge of its own, which runs when the rule asks. */
const judges: { readonly [Rule in SslhRule]: (judged: Judged) => readonly Refusal<Rule>[] } = {
  'duplicate-setting': repeatedSettings,
  'sslh-duplicate-listen': repeatedListens,
  'sslh-invalid-value': wrongValues,
  'sslh-missing-listen': missingLists,
  'sslh-port-as-number': portNumbers,
  'sslh-unknown-probe': unknownProbes,
  'sslh-unknown-setting': wrongSettings,
};

export const sslhRefusals: ServerRefusals = {
  messages: sslhMessages,
  of: (rule, config, { sslh: target }) =>
    Object.hasOwn(judges, rule) ? judges[rule as SslhRule]({ config, version: effectiveVersion(target), target }) : [],
};

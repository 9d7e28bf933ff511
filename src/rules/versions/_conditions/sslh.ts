/** What a configuration of sslh must do for an advisory to matter. */
import type { Conditions } from './found.ts';

export const sslhConditions: Conditions = {
  keys: ['name', 'listen', 'protocols'],
  byName: { openvpn: (found) => found.withWord('name', /^openvpn$/) },
};

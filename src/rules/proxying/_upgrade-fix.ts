import { wordsAfter, type Offer } from '../../edits/lines.ts';
import { isHttpUrl } from '../../model/url.ts';
import { isBefore, type Targets } from '../../model/versions.ts';
import type { ProxyRoute } from '../_shared/backends.ts';

/** httpd from 2.4.47 on needs one word; in nginx it takes a map and more. */
export function upgradeFix({ handler: { directive, target } }: ProxyRoute, targets: Targets): Offer {
  const isOld = targets.apache !== undefined && isBefore(targets.apache, '2.4.47');
  const isPlain = directive.key === 'proxypass' && isHttpUrl(target.word.value);
  if (!isPlain || isOld || directive.args.some(({ value }) => /^upgrade=/i.test(value))) return {};
  return { fix: { title: 'Pass the upgrade on', edits: [wordsAfter(directive, 'upgrade=websocket')] } };
}

/** Reports of application-path. */
import type { At } from '../../servers/diagnostic.ts';
import { say, type NeedAbout } from '../_shared/applications/needs.ts';
import type { Site } from '../_shared/applications/sites.ts';
import type { RuleContext } from '../define-rule.ts';
import { advice, type Message, type messages } from './_path-advice.ts';

export type Context = RuleContext<typeof messages>;

interface Fault {
  readonly message: Message;
  readonly at: At;
  readonly path: string;
  readonly sent?: string;
}

export function report(
  context: Context,
  site: Site,
  need: NeedAbout<'raw-path' | 'sub-path'>,
  { message, at, path, sent }: Fault,
): void {
  say(context, {
    site,
    need,
    message,
    at,
    data: { path, sent: sent ?? '', base: site.base },
    how: advice(context.dialect, message),
  });
}

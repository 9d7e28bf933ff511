/** The path that an application stands below: whether the proxy keeps or removes it as the application wants. */
import { unknown } from '../../model/model.ts';
import type { NeedAbout } from '../_shared/applications/needs.ts';
import { arrive } from '../_shared/applications/probe.ts';
import type { Site } from '../_shared/applications/sites.ts';
import { report, type Context } from './_path-report.ts';

const page = '/proxylint';

export function checkPrefix(context: Context, site: Site, need: NeedAbout<'sub-path'>): void {
  const arrival = arrive(context, site, page);
  if (!arrival || arrival.route.handler.target.path === unknown) return;
  const sent = arrival.outcome.uri;
  const at = arrival.route.handler.directive;
  if (need.prefix === 'impossible')
    report(context, site, need, { message: 'impossible', at, path: arrival.path, sent });
  else if (need.prefix === 'kept' && sent === page)
    report(context, site, need, { message: 'prefixLost', at, path: arrival.path, sent });
  else if (need.prefix === 'removed' && sent === arrival.path) {
    report(context, site, need, { message: 'prefixKept', at, path: arrival.path, sent });
  }
}

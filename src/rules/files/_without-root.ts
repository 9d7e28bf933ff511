/** What a location of nginx that only the static handler answers does with a request. */
import type { Route, Scope } from '../../model/model.ts';
import { children } from '../../syntax/walk.ts';

/** Whether files are looked for in the folder of the installation of nginx, as nothing names another one. */
export function isWithoutRoot(scope: Scope): boolean {
  if (scope.effective('root').length > 0 || scope.effective('alias').length > 0) return false;
  return scope.certainty('root') !== 'unread' && scope.certainty('alias') !== 'unread';
}

/** Something else than a file may answer: a rewrite, a fallback for what is missing, a script. */
export function leadsElsewhere({ directive, scope }: Route): boolean {
  const last = scope.own('try_files').at(-1)?.args.at(-1)?.value;
  if (last !== undefined && !last.startsWith('=')) return true;
  if (scope.effective('error_page').some(({ args }) => args.some(({ value }) => value === '404'))) return true;
  // A module that makes answers of its own, wherever it was switched on.
  if (scope.effective('pagespeed').length > 0) return true;
  return directive.block !== undefined && children(directive.block).some(({ key }) => moving.test(key));
}

const moving =
  /^(?:rewrite|return|echo|auth_request|rtmp_stat|rtmp_control|check_status|vod|upload_pass)$|_status_display$|_by_lua|^perl|^js_|^nchan_|^push_stream/;

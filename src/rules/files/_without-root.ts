/** Whether files are looked for in the folder of the installation of nginx, as nothing names another one. */
import type { Scope } from '../../model/model.ts';

export function isWithoutRoot(scope: Scope): boolean {
  if (scope.effective('root').length > 0 || scope.effective('alias').length > 0) return false;
  return scope.certainty('root') !== 'unread' && scope.certainty('alias') !== 'unread';
}

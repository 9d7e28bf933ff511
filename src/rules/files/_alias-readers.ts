/** Whether a location of nginx looks up files below its alias. */
import type { Handler, Route, Scope } from '../../model/model.ts';
import { parameterKeys } from '../../servers/nginx/meaning/pass.ts';

/** What answers by itself, or hands the request on, opens no file, unless "try_files" looks for one first. */
export function readsAlias({ handler, scope }: Route): boolean {
  return handler.kind === 'static' || handler.kind === 'unknown' || handlesFiles(scope, handler);
}

function handlesFiles(scope: Scope, { kind }: Handler): boolean {
  return kind === 'proxy' && (scope.own('try_files').length > 0 || usesFileName(scope));
}

/** The name of the file goes to the application. */
function usesFileName(scope: Scope): boolean {
  return parameterKeys.some((key) =>
    scope
      .effective(key)
      .some(({ args }) =>
        args.some(({ value }) => /\$\{?(?:request_filename|realpath_root|document_root)\b/.test(value)),
      ),
  );
}

/** `$fastcgi_script_name` and `$fastcgi_path_info` (src/http/modules/ngx_http_fastcgi_module.c). */
import { giveUp } from '../../../model/unknown.ts';
import { compilePcre } from '../../../regex/pcre.ts';
import { toBytes } from '../../../text/bytes.ts';
import type { State } from './state.ts';

interface Split {
  readonly script: string;
  readonly pathInfo: string;
}

/** A path that the pattern does not match is a script's name as a whole. */
function splitPath({ scope, path }: State): Split {
  const written = scope.effective('fastcgi_split_path_info').at(-1)?.args[0]?.value;
  if (written === undefined) return { script: path, pathInfo: '' };
  const regex = compilePcre(toBytes(written), false) ?? giveUp(`The pattern "${written}" is beyond this tracer.`);
  const match = regex.exec(path);
  return match ? { script: match[1] ?? '', pathInfo: match[2] ?? '' } : { script: path, pathInfo: '' };
}

/** With `fastcgi_index` for a directory. */
export function scriptName(state: State): string {
  const { script } = splitPath(state);
  if (!script.endsWith('/')) return script;
  return script + toBytes(state.scope.effective('fastcgi_index').at(-1)?.args[0]?.value ?? '');
}

export const scriptPathInfo = (state: State): string => splitPath(state).pathInfo;

/** Folders that nginx keeps files in by levels: `ngx_add_path`. */
import { placeIn, type Directive } from '../../../syntax/tree.ts';
import { remembered, type Run } from './run.ts';

interface Path {
  readonly directive: Directive;
  /** A folder of a cache is its alone. */
  readonly isCache: boolean;
  readonly levels: string;
}

const paths = remembered(() => new Map<string, Path>());

/** Notes the folder that a directive names first; the same one may be named again for temporary files with the same levels. */
export function addPath(run: Run, directive: Directive, isCache: boolean, levels: readonly string[]): void {
  const word = directive.args[0]!;
  const name = word.value.replace(/\/$/, '');
  const path = { directive, isCache, levels: levels.map(Number).join(':') };
  const first = paths(run).get(name);
  if (!first) paths(run).set(name, path);
  else if (isCache || first.isCache || first.levels !== path.levels) {
    const related = [{ at: first.directive, message: 'the first is here' }];
    const at = placeIn(directive, word);
    run.refusals.report({ rule: 'duplicate-directive', message: 'path', at, data: { name: word.value }, related });
  }
}

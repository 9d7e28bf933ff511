/** Names of directives that the version does not know, or advises against. */
import { loadsUnknownModule } from '../meaning/loaded-modules.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { suggest } from '../../../text/suggest.ts';
import { formatVersion, isBefore } from '../../../model/versions.ts';
import { nginxDirectiveNames } from '../facts/index.ts';
import type { NginxDirective } from '../facts/types.ts';
import { entriesOf, type Entry } from './definitions.ts';
import { fixOf } from './replacements.ts';
import { refuseSlip } from './typographic.ts';
import { remembered, type Run } from './run.ts';

/** A bound for hostile files: the rest is reported without. */
const maxSuggestions = 200;
const suggestions = remembered(() => ({ count: 0 }));

/** A name that no module of the version has. `mask`: the context it stands in. */
export function refuseName(run: Run, directive: Directive, { gone, coming }: Entry, mask: number): void {
  const { refusals, version } = run;
  const { key: name, parent } = directive;
  const at = { file: parent.file, start: directive.name.start, end: directive.name.end };
  if (coming) {
    const data = { name, version: coming.since!, target: formatVersion(version) };
    refusals.report({ rule: 'needs-newer-version', message: 'directive', at: directive, data });
  } else if (gone) refuseRemoved(run, directive, gone);
  else if (refuseSlip(run, directive)) return;
  else {
    const suggestion = suggestionFor(run, name, mask);
    if (suggestion) {
      const fix = { title: `Write "${suggestion}"`, edits: [{ place: at, text: suggestion }] };
      refusals.report({ rule: 'unknown-directive', message: 'misspelled', at, data: { name, suggestion }, fix });
    } else if (!loadsUnknownModule(run.config))
      refusals.report({ rule: 'unknown-directive', message: 'unknown', at, data: { name } });
  }
}

function refuseRemoved({ refusals, target }: Run, directive: Directive, gone: NginxDirective): void {
  const data = { name: directive.key, version: gone.until! };
  const replacement = gone.deprecated?.replacement;
  if (replacement)
    refusals.report({
      rule: 'removed-directive',
      message: 'replaced',
      at: directive,
      data: { ...data, replacement },
      ...fixOf(directive, target !== undefined),
    });
  else refusals.report({ rule: 'removed-directive', message: 'removed', at: directive, data });
}

function suggestionFor(run: Run, name: string, mask: number): string | undefined {
  if (suggestions(run).count++ >= maxSuggestions) return undefined;
  return suggest(name, namesIn(run, mask)) ?? suggest(name, namesIn(run, ~0));
}

function* namesIn({ target }: Run, mask: number): Iterable<string> {
  const entries = entriesOf(target);
  for (const name of nginxDirectiveNames()) {
    if (entries(name).mask & mask) yield name;
  }
}

/** A directive that the version still takes. */
export function checkDeprecated(
  { refusals, version }: Run,
  directive: Directive,
  { since, replacement }: NonNullable<NginxDirective['deprecated']>,
): void {
  if (isBefore(version, since)) return;
  const data = { name: directive.key, version: since };
  if (replacement)
    refusals.report({
      rule: 'deprecated-directive',
      message: 'replaced',
      at: directive,
      data: { ...data, replacement },
      ...fixOf(directive, false),
    });
  else refusals.report({ rule: 'deprecated-directive', message: 'deprecated', at: directive, data });
}

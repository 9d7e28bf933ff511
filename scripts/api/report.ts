import type { Declaration, Declarations } from './declarations.ts';

/** The report, Markdown. `entries`: the file of each module that the package exports. */
export function report(entries: Readonly<Record<string, string>>, declarations: Declarations): string {
  const shown = new Set<Declaration>();
  const parts = [
    '# Public API',
    '',
    'Written by `npm run api` from the emitted types. A change here is a change for those who use the package.',
  ];
  for (const [module, file] of Object.entries(entries)) {
    const exported = declarations
      .exportsOf(file)
      .sort()
      .map((name) => found(declarations, file, name));
    parts.push('', `## ${module}`, '', ...exported.flatMap((each) => textOf(each, shown)));
  }
  const reached = reachedFrom(shown, declarations);
  parts.push('', '## Named by these', '', ...reached.flatMap((each) => textOf(each, shown)));
  return `${parts
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

function found(declarations: Declarations, file: string, name: string): Declaration {
  const declaration = declarations.find(file, name);
  if (!declaration) throw new Error(`${file} exports "${name}", which is declared nowhere`);
  return declaration;
}

/** All that these name, and what that names, by name. */
function reachedFrom(exported: ReadonlySet<Declaration>, declarations: Declarations): Declaration[] {
  const reached = new Set(exported);
  for (const each of reached) for (const named of declarations.namedBy(each)) reached.add(named);
  return [...reached]
    .filter((each) => !exported.has(each))
    .sort((a, b) => (`${a.name} ${a.file}` < `${b.name} ${b.file}` ? -1 : 1));
}

function textOf(declaration: Declaration, shown: Set<Declaration>): string[] {
  if (shown.has(declaration)) return [];
  shown.add(declaration);
  return ['```ts', declaration.text, '```', ''];
}

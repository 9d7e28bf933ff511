/** Which documents of the project become pages of the site, and where each stands. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The folder of the project, in which all sources are named. */
export const project = join(import.meta.dirname, '../..');

export interface Page {
  /** From the folder of the project: `docs/rules/README.md`. */
  readonly source: string;
  /** On the site: `rules/index.md`. */
  readonly path: string;
  readonly title: string;
  readonly text: string;
  /** What is edited to change it; the source, unless that is generated. */
  readonly edited: string;
}

/** Documents outside of `docs`. */
const outside: Readonly<Record<string, string>> = {
  'README.md': 'start.md',
  'CHANGELOG.md': 'changelog.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'security-policy.md',
};

const categories = categoriesOfRules();

export function readPages(): Page[] {
  const documents = readdirSync(join(project, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name): [string, string] => [`docs/${name}`, pathOf(name)]);
  return [...Object.entries(outside), ...documents].map(([source, path]) => pageOf(source, path));
}

/** Rules stand in folders by category, so that a side bar holds those of one. */
function pathOf(name: string): string {
  const category = name.startsWith('rules/') ? categories.get(posix.basename(name, '.md')) : undefined;
  if (category !== undefined) return name.replace('rules/', `rules/${category}/`);
  return name.replace(/(^|\/)README\.md$/, '$1index.md');
}

function pageOf(source: string, path: string): Page {
  const text = readFileSync(join(project, source), 'utf8').replace(/^<!-- Generated [^\n]*-->\n+/, '');
  const title = /^# (.+)$/m.exec(text)?.[1];
  if (title === undefined) throw new Error(`${source}: a page begins with a title, "# ..."`);
  return { source, path, title: title.replaceAll('`', ''), text, edited: editedOf(source) };
}

/** The page of a rule is made of the rule. */
function editedOf(source: string): string {
  const id = posix.basename(source, '.md');
  const category = source.startsWith('docs/rules/') ? categories.get(id) : undefined;
  return category === undefined ? source : `src/rules/${category}/${id}.ts`;
}

/** By the id of the rule. */
export function categoriesOfRules(): ReadonlyMap<string, string> {
  const { rules } = JSON.parse(readFileSync(join(project, 'rules.json'), 'utf8')) as {
    rules: Readonly<Record<string, { readonly category: string }>>;
  };
  return new Map(Object.entries(rules).map(([id, { category }]) => [id, category]));
}

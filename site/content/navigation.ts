/** The side bars, made of the pages that there are. */
import type { DefaultTheme } from 'vitepress';
import { categoriesOfRules, type Page } from './pages.ts';

type Item = DefaultTheme.SidebarItem;

/** Groups of the guide, by page. A document of `docs` that is named nowhere stands in the last one. */
const guide: readonly (readonly [string, readonly string[]])[] = [
  [
    'Begin',
    ['start.md', 'install.md', 'playground.md', 'inputs.md', 'configuration.md', 'profiles.md', 'suppression.md'],
  ],
  ['Correct', ['fixes.md', 'formatting.md', 'editors.md']],
  ['Understand', ['trace.md', 'topology.md', 'comparison.md']],
  ['In the pipeline', ['reports.md', 'json.md', 'large-runs.md', 'security.md', 'site.md']],
  ['Extend', ['plugins.md', 'api.md', 'architecture.md', 'contributing.md']],
  ['Further', ['security-policy.md', 'changelog.md']],
];

export interface Navigation {
  readonly guide: readonly Item[];
  /** By the folder that each stands beside. */
  readonly rules: Readonly<Record<string, Item[]>>;
  readonly applications: readonly Item[];
  readonly facts: readonly Item[];
}

export function navigationOf(pages: readonly Page[], facts: readonly Page[]): Navigation {
  return {
    guide: guideOf(pages),
    rules: rulesOf(pages),
    applications: [
      { text: 'Applications', link: '/applications/' },
      ...inFolder(pages, 'applications/').map((page) => itemOf(page)),
    ],
    facts: facts.map((page) => itemOf(page)),
  };
}

function guideOf(pages: readonly Page[]): Item[] {
  const top = new Map(pages.filter(({ path }) => !path.includes('/')).map((page) => [page.path, page]));
  const named = new Set(guide.flatMap(([, paths]) => paths));
  const rest = [...top.keys()].filter((path) => !named.has(path));
  return guide.map(([text, paths], index) => {
    const all = index === guide.length - 1 ? [...rest, ...paths] : paths;
    const items = all.flatMap((path) => (top.has(path) ? [itemOf(top.get(path)!)] : []));
    return { text, items };
  });
}

/** A side bar a category, and one of the pages about all rules. */
function rulesOf(pages: readonly Page[]): Record<string, Item[]> {
  const categories = [...new Set(categoriesOfRules().values())].sort();
  const about = [
    { text: 'All rules', link: '/rules/' },
    { text: 'For which servers', link: '/rules/matrix' },
  ];
  const bar = (open?: string): Item[] => [
    ...about,
    {
      text: 'Categories',
      items: categories.map((text) =>
        text === open
          ? { text, link: `/rules/#${text}`, items: inFolder(pages, `rules/${text}/`).map((page) => itemOf(page)) }
          : { text, link: `/rules/#${text}` },
      ),
    },
  ];
  return Object.fromEntries([
    ...categories.map((category) => [`/rules/${category}/`, bar(category)]),
    ['/rules/', bar()],
  ]) as Record<string, Item[]>;
}

function inFolder(pages: readonly Page[], folder: string): Page[] {
  return pages.filter(({ path }) => path.startsWith(folder) && path !== `${folder}index.md`);
}

function itemOf({ title, path }: Page): Item {
  return { text: title === 'proxylint' ? 'Get started' : title, link: `/${path.replace(/(?:index)?\.md$/, '')}` };
}

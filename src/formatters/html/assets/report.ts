/** Runs in the page: filter, colours, keys. What it reads of the page it never puts back as markup. */
const one = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const all = <E extends HTMLElement>(selector: string, within: ParentNode = document): E[] => [
  ...within.querySelectorAll<E>(selector),
];

const text = one<HTMLInputElement>('text');
const rule = one<HTMLSelectElement>('rule');
const theme = one<HTMLSelectElement>('theme');
const fold = one<HTMLButtonElement>('fold');
const boxes = all<HTMLInputElement>('input[name=severity]');

const findings = all('.finding').map((element) => {
  const site = element.closest<HTMLElement>('.site')!;
  return {
    element,
    site,
    section: element.closest<HTMLElement>('.rule')!,
    words: wordsOf(element.closest('.rule')!, element),
  };
});
const sites = all('.site').map((element) => ({
  element,
  name: (element.querySelector('h3')?.textContent ?? '').toLowerCase(),
  link: document.querySelector<HTMLElement>(`nav a[href="#${element.id}"]`)?.parentElement,
}));

function wordsOf(section: HTMLElement, element: HTMLElement): string {
  return `${section.querySelector('h4')?.textContent} ${element.textContent}`.toLowerCase();
}

function filter(): void {
  const wanted = text.value.trim().toLowerCase();
  const severities = new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value));
  const isFiltered = wanted !== '' || rule.value !== '' || severities.size < boxes.length;
  const named = new Set(
    sites.filter(({ name }) => wanted !== '' && name.includes(wanted)).map(({ element }) => element),
  );
  const shownSites = new Set<HTMLElement>();
  const shownRules = new Set<HTMLElement>();
  let shown = 0;
  for (const { element, site, section, words } of findings) {
    const { dataset } = element;
    const isShown =
      severities.has(dataset['severity'] ?? '') &&
      (rule.value === '' || dataset['rule'] === rule.value) &&
      (wanted === '' || named.has(site) || words.includes(wanted));
    element.hidden = !isShown;
    if (!isShown) continue;
    shown++;
    shownSites.add(site);
    shownRules.add(section);
  }
  for (const { section } of findings) section.hidden = !shownRules.has(section);
  let isAnyShown = false;
  for (const { element, link } of sites) {
    element.hidden = isFiltered && !shownSites.has(element) && !(named.has(element) && rule.value === '');
    if (link) link.hidden = element.hidden;
    isAnyShown ||= !element.hidden;
  }
  for (const config of all('.config')) config.hidden = all('.site', config).every(({ hidden }) => hidden);
  one('nothing').hidden = isAnyShown || sites.length === 0;
  const total = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
  one('shown').textContent = isFiltered ? `${shown} of ${total}` : total;
}

function useTheme(): void {
  const { documentElement } = document;
  if (theme.value === '') delete documentElement.dataset['theme'];
  else documentElement.dataset['theme'] = theme.value;
}

/** What a browser keeps away from pages of the file system is not kept. */
function remembered(): string {
  try {
    return localStorage.getItem('proxylint-theme') ?? '';
  } catch {
    return '';
  }
}

function remember(): void {
  try {
    localStorage.setItem('proxylint-theme', theme.value);
  } catch {
    // It holds for this page.
  }
}

function move(by: 1 | -1): void {
  const visible = findings.map(({ element }) => element).filter((element) => !element.hidden);
  const at = visible.indexOf(document.activeElement as HTMLElement);
  const next = visible[at < 0 ? (by > 0 ? 0 : visible.length - 1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function onKey(event: KeyboardEvent): void {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === 'Escape' && target === text) {
    text.value = '';
    filter();
  }
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
  if (key === '/') text.focus();
  else if (key === 'j') move(1);
  else if (key === 'k') move(-1);
  else return;
  event.preventDefault();
}

function openRoutes(isOpen: boolean): void {
  for (const details of all<HTMLDetailsElement>('details.routes')) details.open = isOpen;
  fold.setAttribute('aria-pressed', String(isOpen));
}

/** Paper unfolds nothing. */
let folded: HTMLDetailsElement[] = [];
addEventListener('beforeprint', () => {
  folded = all<HTMLDetailsElement>('details:not([open])');
  for (const details of folded) details.open = true;
});
addEventListener('afterprint', () => {
  for (const details of folded) details.open = false;
});

theme.value = remembered();
useTheme();
theme.addEventListener('change', () => {
  useTheme();
  remember();
});
for (const input of [text, rule, ...boxes]) input.addEventListener('input', filter);
fold.addEventListener('click', () => openRoutes(fold.getAttribute('aria-pressed') !== 'true'));
addEventListener('keydown', onKey);
document.querySelector('form')!.addEventListener('submit', (event) => event.preventDefault());
document.querySelector('form')!.hidden = false;
filter();

/** The playground: puts editor, fields, panels and worker together. */
import { Controls } from './controls.ts';
import { byId, debounced, element } from './dom.ts';
import { Editor } from './editor.ts';
import { showFindings } from './panels/findings.ts';
import { showFormat } from './panels/format.ts';
import { showRoutes } from './panels/routes.ts';
import { showTrace } from './panels/trace.ts';
import type { Analysis, FindingView, Input } from './protocol.ts';
import { samples } from './samples.ts';
import { emptyState, fromFragment, keep, kept, toFragment, type State, type Tab } from './state.ts';
import { statusText } from './status.ts';
import { TabList } from './tab-list.ts';
import { followScheme } from './theme-switch.ts';
import { WorkerClient } from './worker-client.ts';

const panels = {
  findings: byId('panel-findings', HTMLElement),
  trace: byId('trace-result', HTMLElement),
  routes: byId('routes-result', HTMLElement),
  format: byId('format-result', HTMLElement),
};
const status = byId('status', HTMLElement);
const message = byId('message', HTMLElement);

const { dataset } = document.documentElement;
const asked = Number(new URLSearchParams(location.search).get('limit'));
/** Milliseconds for one answer. */
const limit = asked > 0 ? asked : 20_000;
const client = new WorkerClient(new URL(dataset['worker']!, document.baseURI).href, limit);
client.start();

const editor = new Editor(byId('editor', HTMLElement), {
  onChange: () => textChanged(),
  onFix: applyFix,
  onFormat: () => void formatNow(),
  onFixAll: () => void fixAll(false),
  services: [],
});
const hostFilter = byId('route-host', HTMLInputElement);
const controls = new Controls({
  onChange: () => textChanged(),
  onRequest: debounced(200, () => void refresh('trace')),
  onSample({ text, url }) {
    show({ ...emptyState, text, url, tab: tabList.selected });
  },
});
const tabList = new TabList((tab) => void refresh(tab));
followScheme(byId('scheme', HTMLButtonElement));

/** What was analyzed last, and of what. */
let last: { readonly input: Input; readonly analysis: Analysis } | undefined;
let isRunning = false;
let isStale = false;
/** The message tells why there is no analysis. */
let hasFailed = false;
const analyzeSoon = debounced(120, () => void analyze());
const keepSoon = debounced(1000, () => keep(stateNow()));

byId('format', HTMLButtonElement).addEventListener('click', () => void formatNow());
byId('fix-all', HTMLButtonElement).addEventListener('click', () => void fixAll(false));
byId('fix-unsafe', HTMLButtonElement).addEventListener('click', () => void fixAll(true));
byId('share', HTMLButtonElement).addEventListener('click', () => void share());
byId('trace-form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void refresh('trace');
});
hostFilter.addEventListener(
  'input',
  debounced(200, () => void refresh('routes')),
);
addEventListener('hashchange', () => void openFragment());
await openFragment();

/** Shows what the link holds, else what was there at the last visit, else the first sample. */
async function openFragment(): Promise<void> {
  const fragment = location.hash.slice(1);
  const linked = fragment === '' ? undefined : await fromFragment(fragment);
  const first = { ...emptyState, text: samples[0]!.text, url: samples[0]!.url };
  show(linked ?? kept() ?? first);
  if (fragment !== '' && !linked) tell('This link is damaged: what it held cannot be read.', true);
}

function show(state: State): void {
  last = undefined;
  controls.state = state;
  editor.setDialect(state.dialect);
  editor.open(state.text);
  tell('');
  tabList.select(state.tab);
  keepSoon();
  void analyze();
}

function stateNow(): State {
  return { ...controls.state, text: editor.text, tab: tabList.selected };
}

function inputNow(): Input {
  const { dialect, targets, profile } = controls.state;
  return { text: editor.text, dialect, targets, profile };
}

function textChanged(): void {
  if (!hasFailed) tell('');
  status.textContent = 'Reading …';
  analyzeSoon();
  keepSoon();
}

/** One at a time: what changes meanwhile is looked at afterwards. */
async function analyze(): Promise<void> {
  if (isRunning) {
    isStale = true;
    return;
  }
  isRunning = true;
  do {
    isStale = false;
    await analyzeOnce(inputNow());
  } while (isStale);
  isRunning = false;
}

async function analyzeOnce(input: Input): Promise<void> {
  try {
    const analysis = await client.ask('analyze', input);
    // What was typed meanwhile is looked at by itself: the places would be wrong.
    if (editor.text !== input.text) return void (isStale = true);
    last = { input, analysis };
    if (hasFailed) tell('');
    hasFailed = false;
    editor.setDialect(input.dialect ?? analysis.dialects[0]);
    editor.show(analysis.findings);
    status.textContent = statusText(analysis);
    byId('count', HTMLElement).textContent = String(analysis.findings.length);
    performance.mark('analyzed');
    document.documentElement.dataset['analyzed'] = String(Number(dataset['analyzed'] ?? 0) + 1);
  } catch (error) {
    hasFailed = true;
    tell(textOf(error), true);
    status.textContent = 'Not analyzed';
  }
  await refresh(tabList.selected);
}

async function refresh(tab: Tab): Promise<void> {
  if (tab !== tabList.selected) return;
  const panel = panels[tab];
  panel.setAttribute('aria-busy', 'true');
  try {
    await fill(tab, panel);
  } catch (error) {
    panel.replaceChildren(element('p', { class: 'notice', role: 'alert' }, textOf(error)));
  }
  panel.setAttribute('aria-busy', 'false');
}

async function fill(tab: Tab, panel: HTMLElement): Promise<void> {
  const input = inputNow();
  switch (tab) {
    case 'findings':
      if (last) showFindings(panel, last.analysis, { goTo: (range) => editor.goTo(range), fix: applyFix });
      return;
    case 'trace':
      return fillTrace(panel, input);
    case 'routes': {
      const routes = await client.ask('routes', { ...input, host: hostFilter.value });
      return showRoutes(panel, routes, (range) => editor.goTo(range));
    }
    case 'format': {
      const formatted = await client.ask('format', input);
      const dialect = input.dialect ?? last?.analysis.dialects[0];
      return showFormat(panel, { text: input.text, formatted, dialect }, () => editor.replace(formatted.text));
    }
  }
}

async function fillTrace(panel: HTMLElement, input: Input): Promise<void> {
  const { method, url, headers } = controls.state;
  if (url === '') {
    panel.replaceChildren(element('p', { class: 'empty' }, 'Write a URL above to see what a request for it meets.'));
    return;
  }
  const lines = headers.split('\n').filter((line) => line.trim() !== '');
  const request = { url, method: method || 'GET', headers: lines };
  showTrace(panel, await client.ask('trace', { ...input, request }), (line) => editor.goToLine(line));
}

function applyFix(finding: FindingView): void {
  if (!finding.fix) return;
  if (last?.input.text !== editor.text) return tell('The text has changed since: one moment, then try again.');
  editor.apply(finding.fix.edits);
}

async function fixAll(unsafe: boolean): Promise<void> {
  const input = inputNow();
  await changeBy(input, async () => {
    const { text, fixed } = await client.ask('fix', { ...input, unsafe });
    const left = unsafe ? '' : ' Fixes that may change behaviour are offered one by one.';
    return { text, told: fixed === 0 ? `Nothing to fix.${left}` : `${fixed} fixed.${left}` };
  });
}

async function formatNow(): Promise<void> {
  const input = inputNow();
  await changeBy(input, async () => {
    const { text, faults } = await client.ask('format', input);
    return { text, told: faults[0] ?? (text === input.text ? 'Already laid out.' : 'Laid out.') };
  });
}

async function changeBy(input: Input, change: () => Promise<{ text: string; told: string }>): Promise<void> {
  try {
    const { text, told } = await change();
    if (editor.text !== input.text) return tell('The text has changed meanwhile: nothing was done.');
    editor.replace(text);
    // Behind the change, which takes the last message away.
    tell(told);
  } catch (error) {
    tell(textOf(error), true);
  }
}

async function share(): Promise<void> {
  const fragment = await toFragment(stateNow());
  if (fragment === undefined) return tell('This text is too long for a link.', true);
  history.replaceState(undefined, '', `#${fragment}`);
  try {
    await navigator.clipboard.writeText(location.href);
    tell('The link is copied. The text is in the link itself, on no server.');
  } catch {
    tell('The link is in the address bar. The text is in the link itself, on no server.');
  }
}

function tell(text: string, isError = false): void {
  message.textContent = text;
  message.classList.toggle('error', isError);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

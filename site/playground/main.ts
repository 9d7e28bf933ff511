/** The playground: puts editor, fields, panels and worker together. */
import { Analyzer } from './analyzer.ts';
import { Changes } from './changes.ts';
import { Controls } from './controls.ts';
import { byId, debounced } from './dom.ts';
import { Editor } from './editor.ts';
import { tell, textOf } from './message.ts';
import { Panels } from './panels/panels.ts';
import type { Dialect, FindingView, Input } from './protocol.ts';
import { samples } from './samples.ts';
import { languageServices } from './services.ts';
import { emptyState, fromFragment, keep, kept, toFragment, type State } from './state.ts';
import { statusText } from './status.ts';
import { TabList } from './tab-list.ts';
import { followScheme } from './theme-switch.ts';
import { WorkerClient } from './worker-client.ts';

const status = byId('status', HTMLElement);
const { dataset } = document.documentElement;
const asked = Number(new URLSearchParams(location.search).get('limit'));
/** Milliseconds for one answer. */
const limit = asked > 0 ? asked : 20_000;
const client = new WorkerClient(new URL(dataset['worker']!, document.baseURI).href, limit);
client.start();

const changes = new Changes(client, () => editor, inputNow);
const editor = new Editor(byId('editor', HTMLElement), {
  onChange: () => textChanged(),
  onFix: applyFix,
  onFormat: () => void changes.format(),
  onFixAll: () => void changes.fixAll(false),
  services: languageServices({
    client,
    placeAt: (offset) => ({ ...inputNow(), offset, assumed: dialectNow() }),
    goToLine: (line) => editor.goToLine(line),
  }),
});
const controls = new Controls({
  onChange: () => textChanged(),
  onRequest: debounced(200, () => void panels.refresh('trace')),
  onSample({ text, url }) {
    show({ ...emptyState, text, url, tab: tabList.selected });
  },
});
const tabList = new TabList((tab) => void panels.refresh(tab));
const analyzer = new Analyzer(client, inputNow, {
  onAnalysis(analysis) {
    if (analyzer.hasFailed) tell('');
    editor.setDialect(dialectNow());
    editor.show(analysis.findings);
    status.textContent = statusText(analysis);
    byId('count', HTMLElement).textContent = String(analysis.findings.length);
    performance.mark('analyzed');
    dataset['analyzed'] = String(Number(dataset['analyzed'] ?? 0) + 1);
  },
  onFailure(error) {
    tell(textOf(error), true);
    status.textContent = 'Not analyzed';
  },
  onEnd: () => panels.refresh(tabList.selected),
});
const panels = new Panels({
  client,
  analyzer,
  editor,
  controls,
  inputNow,
  selected: () => tabList.selected,
  fix: applyFix,
});
followScheme(byId('scheme', HTMLButtonElement));

const analyzeSoon = debounced(120, () => void analyzer.analyze());
const keepSoon = debounced(1000, () => keep(stateNow()));

byId('format', HTMLButtonElement).addEventListener('click', () => void changes.format());
byId('fix-all', HTMLButtonElement).addEventListener('click', () => void changes.fixAll(false));
byId('fix-unsafe', HTMLButtonElement).addEventListener('click', () => void changes.fixAll(true));
byId('share', HTMLButtonElement).addEventListener('click', () => void share());
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
  analyzer.last = undefined;
  controls.state = state;
  editor.setDialect(state.dialect);
  editor.open(state.text);
  tell('');
  tabList.select(state.tab);
  keepSoon();
  void analyzer.analyze();
}

function stateNow(): State {
  return { ...controls.state, text: editor.text, tab: tabList.selected };
}

function inputNow(): Input {
  const { dialect, targets, profile } = controls.state;
  return { text: editor.text, dialect, targets, profile };
}

/** What the user says, else what the last analysis has found. */
function dialectNow(): Dialect | undefined {
  return controls.state.dialect ?? analyzer.last?.analysis.dialects[0];
}

function textChanged(): void {
  if (!analyzer.hasFailed) tell('');
  status.textContent = 'Reading …';
  analyzeSoon();
  keepSoon();
}

function applyFix(finding: FindingView): void {
  if (!finding.fix) return;
  if (analyzer.last?.input.text !== editor.text) return tell('The text has changed since: one moment, then try again.');
  editor.apply(finding.fix.edits);
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

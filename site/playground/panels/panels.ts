/** The panels below the tabs, each filled when it is looked at. */
import type { Analyzer } from '../analyzer.ts';
import type { Controls } from '../controls.ts';
import { byId, debounced, element } from '../dom.ts';
import type { Editor } from '../editor.ts';
import { textOf } from '../message.ts';
import type { FindingView, Input } from '../protocol.ts';
import type { Tab } from '../state.ts';
import type { WorkerClient } from '../worker-client.ts';
import { showFindings } from './findings.ts';
import { showFormat } from './format.ts';
import { showRoutes } from './routes.ts';
import { showTrace } from './trace.ts';

export interface PanelSources {
  readonly client: WorkerClient;
  readonly analyzer: Analyzer;
  readonly editor: Editor;
  readonly controls: Controls;
  readonly inputNow: () => Input;
  readonly selected: () => Tab;
  readonly fix: (finding: FindingView) => void;
}

export class Panels {
  readonly #sources: PanelSources;
  readonly #elements: Readonly<Record<Tab, HTMLElement>> = {
    findings: byId('panel-findings', HTMLElement),
    trace: byId('trace-result', HTMLElement),
    routes: byId('routes-result', HTMLElement),
    format: byId('format-result', HTMLElement),
  };
  readonly #hostFilter = byId('route-host', HTMLInputElement);

  constructor(sources: PanelSources) {
    this.#sources = sources;
    byId('trace-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      void this.refresh('trace');
    });
    this.#hostFilter.addEventListener(
      'input',
      debounced(200, () => void this.refresh('routes')),
    );
  }

  /** Nothing happens for a panel that is not looked at. */
  async refresh(tab: Tab): Promise<void> {
    if (tab !== this.#sources.selected()) return;
    const panel = this.#elements[tab];
    panel.setAttribute('aria-busy', 'true');
    try {
      await this.#fill(tab, panel);
    } catch (error) {
      panel.replaceChildren(element('p', { class: 'notice', role: 'alert' }, textOf(error)));
    }
    panel.setAttribute('aria-busy', 'false');
  }

  async #fill(tab: Tab, panel: HTMLElement): Promise<void> {
    const { client, analyzer, editor, inputNow, fix } = this.#sources;
    const input = inputNow();
    const { last } = analyzer;
    switch (tab) {
      case 'findings':
        if (last) showFindings(panel, last.analysis, { goTo: (range) => editor.goTo(range), fix });
        return;
      case 'trace':
        return this.#fillTrace(panel, input);
      case 'routes': {
        const routes = await client.ask('routes', { ...input, host: this.#hostFilter.value });
        return showRoutes(panel, routes, (range) => editor.goTo(range));
      }
      case 'format': {
        const formatted = await client.ask('format', input);
        const dialect = input.dialect ?? last?.analysis.dialects[0];
        return showFormat(panel, { text: input.text, formatted, dialect }, () => editor.replace(formatted.text));
      }
    }
  }

  async #fillTrace(panel: HTMLElement, input: Input): Promise<void> {
    const { client, controls, editor } = this.#sources;
    const { method, url, headers } = controls.state;
    if (url === '') {
      panel.replaceChildren(element('p', { class: 'empty' }, 'Write a URL above to see what a request for it meets.'));
      return;
    }
    const lines = headers.split('\n').filter((line) => line.trim() !== '');
    const request = { url, method: method || 'GET', headers: lines };
    showTrace(panel, await client.ask('trace', { ...input, request }), (line) => editor.goToLine(line));
  }
}

/** Tabs by the pattern of the ARIA guide: arrow keys move, one is in the order of the tabulator. */
import { tabs, type Tab } from './state.ts';

export class TabList {
  readonly #buttons: ReadonlyMap<Tab, HTMLElement>;
  readonly #onSelect: (tab: Tab) => void;
  #selected: Tab = 'findings';

  constructor(onSelect: (tab: Tab) => void) {
    this.#onSelect = onSelect;
    this.#buttons = new Map(tabs.map((tab) => [tab, document.getElementById(`tab-${tab}`)!]));
    for (const [tab, button] of this.#buttons) {
      button.addEventListener('click', () => this.select(tab));
      button.addEventListener('keydown', (event) => this.#onKey(event, tab));
    }
  }

  get selected(): Tab {
    return this.#selected;
  }

  select(selected: Tab): void {
    this.#selected = selected;
    for (const [tab, button] of this.#buttons) {
      const isSelected = tab === selected;
      button.setAttribute('aria-selected', String(isSelected));
      button.tabIndex = isSelected ? 0 : -1;
      document.getElementById(`panel-${tab}`)!.hidden = !isSelected;
    }
    this.#onSelect(selected);
  }

  #onKey(event: KeyboardEvent, tab: Tab): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tabs.indexOf(tab);
    const next =
      step !== undefined
        ? tabs[(at + step + tabs.length) % tabs.length]
        : event.key === 'Home'
          ? tabs[0]
          : event.key === 'End'
            ? tabs.at(-1)
            : undefined;
    if (next === undefined) return;
    event.preventDefault();
    this.select(next);
    this.#buttons.get(next)!.focus();
  }
}

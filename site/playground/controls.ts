/** The fields around the editor, read and written as parts of the state. */
import { setNames } from '../../src/config/sets.ts';
import { dialects } from '../../src/syntax/tree.ts';
import { byId, element } from './dom.ts';
import type { Dialect, SetName } from './protocol.ts';
import { samples, type Sample } from './samples.ts';
import type { State } from './state.ts';

const dialectNames: Readonly<Record<Dialect, string>> = { nginx: 'nginx', apache: 'Apache httpd', sslh: 'sslh' };

export type ControlState = Pick<State, 'dialect' | 'targets' | 'profile' | 'method' | 'url' | 'headers'>;

export class Controls {
  readonly #sample = byId('sample', HTMLSelectElement);
  readonly #dialect = byId('dialect', HTMLSelectElement);
  readonly #profile = byId('profile', HTMLSelectElement);
  readonly #method = byId('method', HTMLInputElement);
  readonly #url = byId('url', HTMLInputElement);
  readonly #headers = byId('headers', HTMLTextAreaElement);
  readonly #targets = new Map(dialects.map((dialect) => [dialect, byId(`target-${dialect}`, HTMLInputElement)]));

  constructor({
    onChange,
    onRequest,
    onSample,
  }: {
    onChange: () => void;
    onRequest: () => void;
    onSample: (sample: Sample) => void;
  }) {
    this.#sample.append(...samples.map(({ title }, index) => element('option', { value: String(index) }, title)));
    this.#dialect.append(...dialects.map((dialect) => element('option', { value: dialect }, dialectNames[dialect])));
    this.#profile.append(...setNames.map((name) => element('option', { value: name }, name)));
    for (const control of [this.#dialect, this.#profile]) control.addEventListener('change', onChange);
    for (const input of this.#targets.values()) input.addEventListener('input', onChange);
    for (const input of [this.#method, this.#url, this.#headers]) input.addEventListener('input', onRequest);
    this.#sample.addEventListener('change', () => {
      const sample = samples[Number(this.#sample.value)];
      this.#sample.value = '';
      if (sample) onSample(sample);
    });
  }

  get state(): ControlState {
    return {
      dialect: dialects.find((each) => each === this.#dialect.value),
      targets: Object.fromEntries([...this.#targets].map(([dialect, { value }]) => [dialect, value])),
      profile: this.#profile.value as SetName,
      method: this.#method.value.trim().toUpperCase(),
      url: this.#url.value.trim(),
      headers: this.#headers.value,
    };
  }

  set state({ dialect, targets, profile, method, url, headers }: ControlState) {
    this.#dialect.value = dialect ?? '';
    this.#profile.value = profile;
    this.#method.value = method;
    this.#url.value = url;
    this.#headers.value = headers;
    for (const [each, input] of this.#targets) input.value = targets[each] ?? '';
    byId('request-headers', HTMLDetailsElement).open = headers !== '';
  }
}

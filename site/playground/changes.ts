/** Changes of the whole text that the worker makes: fixes and the layout. */
import type { Editor } from './editor.ts';
import { tell, textOf } from './message.ts';
import type { Input } from './protocol.ts';
import type { WorkerClient } from './worker-client.ts';

export class Changes {
  readonly #client: WorkerClient;
  readonly #editor: () => Editor;
  readonly #inputNow: () => Input;

  constructor(client: WorkerClient, editor: () => Editor, inputNow: () => Input) {
    this.#client = client;
    this.#editor = editor;
    this.#inputNow = inputNow;
  }

  async fixAll(unsafe: boolean): Promise<void> {
    const input = this.#inputNow();
    await this.#changeBy(input, async () => {
      const { text, fixed } = await this.#client.ask('fix', { ...input, unsafe });
      const left = unsafe ? '' : ' Fixes that may change behaviour are offered one by one.';
      return { text, told: fixed === 0 ? `Nothing to fix.${left}` : `${fixed} fixed.${left}` };
    });
  }

  async format(): Promise<void> {
    const input = this.#inputNow();
    await this.#changeBy(input, async () => {
      const { text, faults } = await this.#client.ask('format', input);
      return { text, told: faults[0] ?? (text === input.text ? 'Already laid out.' : 'Laid out.') };
    });
  }

  async #changeBy(input: Input, change: () => Promise<{ text: string; told: string }>): Promise<void> {
    try {
      const { text, told } = await change();
      const editor = this.#editor();
      if (editor.text !== input.text) return tell('The text has changed meanwhile: nothing was done.');
      editor.replace(text);
      // Behind the change, which takes the last message away.
      tell(told);
    } catch (error) {
      tell(textOf(error), true);
    }
  }
}

/** Messages of a client, of which only those go on that the state of the session and their own form allow. */
import {
  ErrorCodes,
  Message,
  MessageType,
  type DataCallback,
  type Disposable,
  type MessageReader,
  type MessageWriter,
  type RequestMessage,
} from 'vscode-languageserver';
import { faultOfParams } from './params.ts';

type State = 'new' | 'running' | 'shut down';

/** Why a message does not go on: a code of JSON-RPC or of the language server protocol, and a sentence. */
interface Refusal {
  readonly code: number;
  readonly message: string;
}

export class SessionReader implements MessageReader {
  readonly #reader: MessageReader;
  readonly #writer: MessageWriter;
  #state: State = 'new';

  /** @param writer takes the answers to requests that do not go on */
  constructor(reader: MessageReader, writer: MessageWriter) {
    this.#reader = reader;
    this.#writer = writer;
  }

  get hasShutDown(): boolean {
    return this.#state === 'shut down';
  }

  get onError(): MessageReader['onError'] {
    return this.#reader.onError;
  }

  get onClose(): MessageReader['onClose'] {
    return this.#reader.onClose;
  }

  get onPartialMessage(): MessageReader['onPartialMessage'] {
    return this.#reader.onPartialMessage;
  }

  listen(callback: DataCallback): Disposable {
    return this.#reader.listen((message) => {
      if (this.#takes(message)) callback(message);
    });
  }

  dispose(): void {
    this.#reader.dispose();
  }

  #takes(message: Message): boolean {
    if (Message.isRequest(message)) {
      const refusal = this.#refusalOf(message);
      if (refusal) this.#answer(message.id, refusal);
      else if (message.method === 'initialize') this.#state = 'running';
      else if (message.method === 'shutdown') this.#state = 'shut down';
      return refusal === undefined;
    }
    if (Message.isNotification(message)) return this.#takesNotification(message);
    if (Message.isResponse(message)) return true;
    this.#answer(null, {
      code: ErrorCodes.InvalidRequest,
      message: 'a message must be a request, a notification or a response',
    });
    return false;
  }

  #refusalOf({ method, params }: RequestMessage): Refusal | undefined {
    if (this.#state === 'shut down')
      return { code: ErrorCodes.InvalidRequest, message: `${method} came after shutdown; only exit may follow it` };
    if (this.#state === 'new' && method !== 'initialize')
      return { code: ErrorCodes.ServerNotInitialized, message: `${method} came before initialize` };
    if (this.#state === 'running' && method === 'initialize')
      return { code: ErrorCodes.InvalidRequest, message: 'initialize came a second time' };
    const fault = faultOfParams(method, params);
    return fault === undefined ? undefined : { code: ErrorCodes.InvalidParams, message: fault };
  }

  /** What is dropped has no answer; a wrong one is told in the log of the editor. */
  #takesNotification({ method, params }: Message & { readonly method: string; readonly params?: unknown }): boolean {
    if (method === 'exit') return true;
    if (this.#state !== 'running') return false;
    const fault = faultOfParams(method, params);
    if (fault === undefined) return true;
    this.#write({
      jsonrpc: '2.0',
      method: 'window/logMessage',
      params: { type: MessageType.Error, message: `proxylint: ${fault}; it was ignored.` },
    });
    return false;
  }

  #answer(id: number | string | null, error: Refusal): void {
    this.#write({ jsonrpc: '2.0', id, error });
  }

  #write(message: object): void {
    void this.#writer.write(message as Message);
  }
}

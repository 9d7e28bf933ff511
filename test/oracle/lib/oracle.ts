/** Asks a real server for its verdict on a text. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Level } from '../../../src/syntax/config.ts';
import { commandOf, loadsModules, wrapperOf } from './commands.ts';
import { ForkServer } from './fork-server.ts';
import { openWorkshop, type Server } from './install.ts';
import { verdictOf, type Verdict } from './verdict.ts';

export interface Question {
  readonly text: string;
  readonly level: Level;
  /** Where included files are looked for; none: each missing file is an empty stub. */
  readonly folder?: string | undefined;
}

/** One process of a server; questions are answered one after the other. */
export class Oracle {
  readonly #server: Server;
  readonly #program: string | undefined;
  readonly #showsConfig: boolean;
  readonly #folder: string;
  readonly #processes = new Map<boolean, ForkServer>();
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param program another nginx than the installed one, with its modules built in
   * @param showsConfig whether {@link Verdict.output} shows the config as the server has read it
   */
  constructor(server: Server, program?: string, showsConfig = false) {
    this.#server = server;
    this.#program = program;
    this.#showsConfig = showsConfig;
    this.#folder = mkdtempSync(join(dirname(openWorkshop().shim), `${server}-`));
  }

  /** Undefined for a level that the server cannot be asked about. Rejects if the server does not start. */
  ask(question: Question): Promise<Verdict | undefined> {
    const answer = this.#last.then(() => this.#ask(question));
    this.#last = answer.catch(() => {});
    return answer;
  }

  close(): void {
    for (const process of this.#processes.values()) process.close();
    this.#processes.clear();
  }

  async #ask({ text, level, folder }: Question): Promise<Verdict | undefined> {
    const path = join(this.#folder, 'config');
    const main = join(this.#folder, 'main');
    const wrapper = wrapperOf(this.#server, level, path, text);
    if (wrapper === undefined) return undefined;
    writeFileSync(path, text);
    writeFileSync(main, wrapper);
    const process = this.#processOf(loadsModules(this.#server, text));
    return verdictOf(this.#server, await process.ask(main, folder ?? ''), path);
  }

  #processOf(bare: boolean): ForkServer {
    const existing = this.#processes.get(bare);
    if (existing) return existing;
    const magic = join(this.#folder, 'magic.conf');
    const { program, args, environment } = commandOf(this.#server, magic, this.#folder, bare, this.#program);
    const dump = this.#showsConfig && this.#server === 'apache' ? ['-D', 'DUMP_CONFIG'] : [];
    const { shim, stubs } = openWorkshop();
    const started = new ForkServer(program, [...args, ...dump], {
      ...environment,
      ...(this.#showsConfig && { ORACLE_DIRECTIVES: '1' }),
      LD_PRELOAD: shim,
      ORACLE_MAGIC: magic,
      ORACLE_STUBS: stubs,
      ORACLE_SANDBOX: this.#folder,
    });
    this.#processes.set(bare, started);
    return started;
  }
}

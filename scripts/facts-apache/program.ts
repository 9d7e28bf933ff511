/** Asks an installed httpd: which directives it has, and in which container it accepts each. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ProgramDirective {
  readonly name: string;
  readonly module: string;
  readonly section: boolean;
  readonly htaccess: boolean;
  /** Classes of AllowOverride, `All` where any will do. */
  readonly override: readonly string[];
}

/** Container letters of the table, with the section around the directive. */
const containers: readonly (readonly [letter: string, open: string, close: string])[] = [
  ['s', '', ''],
  ['v', '<VirtualHost *:80>', '</VirtualHost>'],
  ['d', '<Directory "/">', '</Directory>'],
  ['l', '<Location "/">', '</Location>'],
  ['f', '<Files "x">', '</Files>'],
  ['i', '<If "true">', '</If>'],
  ['p', '<Proxy "*">', '</Proxy>'],
  ['m', '<Directory "/">\n<Limit GET>', '</Limit>\n</Directory>'],
];

/** Arguments that get past the counting, so that the context is what is judged. */
const samples: Readonly<Record<string, string>> = {
  FLAG: 'On',
  TAKE2: '1 1',
  TAKE23: '1 1',
  TAKE3: '1 1 1',
  ITERATE2: '1 1',
  NO_ARGS: '',
};

const special: Readonly<Record<string, string>> = {
  if: '"true"',
  elseif: '"true"',
  else: '',
  virtualhost: '*:80',
  directory: '"/"',
  proxypass: '"/a" "http://localhost/"',
  requireall: '',
  requireany: '',
  requirenone: '',
};

const kinds: readonly (readonly [message: RegExp, kind: string])[] = [
  [/takes one argument/, 'TAKE1'],
  [/takes two arguments/, 'TAKE2'],
  [/takes three arguments/, 'TAKE3'],
  [/takes 1-2 arguments/, 'TAKE12'],
  [/takes two or three arguments/, 'TAKE23'],
  [/takes one, two or three arguments/, 'TAKE123'],
  [/takes one or three arguments/, 'TAKE13'],
  [/requires at least one argument/, 'ITERATE'],
  [/requires at least two arguments/, 'ITERATE2'],
  [/must be On or Off/, 'FLAG'],
];

export class Program {
  readonly #binary: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'facts-apache-'));
  readonly #prologue: string;

  /** `modules`: the folder of the shared objects; one MPM of them is loaded. */
  constructor(binary: string, modules: string) {
    this.#binary = binary;
    const names = readdirSync(modules).flatMap((file) => /^mod_(\w+)\.so$/.exec(file)?.[1] ?? []);
    const loadable = names.filter((name) => !/^(mpm_(?!event)|cgi$)/.test(name));
    this.#prologue = [
      `ServerRoot "${this.#folder}"`,
      `DefaultRuntimeDir "${this.#folder}"`,
      'ServerName localhost',
      'ErrorLog /dev/null',
      ...['mpm_event', ...loadable.filter((name) => name !== 'mpm_event')].map(
        (name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`,
      ),
      '',
    ].join('\n');
  }

  version(): string {
    return /Apache\/([\d.]+)/.exec(execFileSync(this.#binary, ['-v'], { encoding: 'utf8' }))![1]!;
  }

  directives(): ProgramDirective[] {
    const file = join(this.#folder, 'list.conf');
    writeFileSync(file, this.#prologue);
    const list = execFileSync(this.#binary, ['-L', '-f', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return list.split(/\n(?=\S+ \(\w+\.c\)\n)/).map((entry) => {
      const [, bracket, name, module] = /^(<?)(\S+) \((\w+)\.c\)/.exec(entry) as unknown as [
        string,
        string,
        string,
        string,
      ];
      const classes = /when AllowOverride (?:includes (.*)|isn't None)/.exec(entry);
      return {
        name,
        module,
        section: bracket === '<',
        htaccess: entry.includes('in .htaccess'),
        override: classes ? (classes[1]?.trim().split(' or ') ?? ['All']) : [],
      };
    });
  }

  /** The letters of the containers that accept the directive. */
  async contexts(name: string, section: boolean, kind: string): Promise<string> {
    const args = special[name.toLowerCase()] ?? samples[kind] ?? '1';
    const body = section ? `<${name} ${args}>\n</${name}>` : `${name} ${args}`;
    let letters = '';
    for (const [letter, open, close] of containers) {
      const message = await this.#judge(`${open}\n${body}\n${close}\n`);
      if (!/not allowed|cannot occur within|only (?:valid|used)/.test(message)) letters += letter;
    }
    return letters;
  }

  /** The argument kind that the server's own message tells; `RAW_ARGS` where it complains of no count. */
  async argumentKind(name: string): Promise<string> {
    const message = await this.#judge(`${name}\n`);
    return kinds.find(([pattern]) => pattern.test(message))?.[1] ?? 'RAW_ARGS';
  }

  async #judge(text: string): Promise<string> {
    const file = join(this.#folder, `${process.hrtime.bigint()}.conf`);
    writeFileSync(file, this.#prologue + text);
    try {
      return (await run(this.#binary, ['-t', '-f', file])).stderr;
    } catch (error) {
      return (error as { stderr: string }).stderr;
    } finally {
      rmSync(file);
    }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

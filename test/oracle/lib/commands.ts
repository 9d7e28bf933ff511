/** How each server is started for the oracle, and what is put around a fragment. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Level } from '../../../src/syntax/config.ts';
import { apacheModules, type Server } from './install.ts';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The command that reads `magic` as its config. `bare`: without the modules that are loaded otherwise, for a config that
 * loads its own. `program`: another build of nginx, which has all its modules inside.
 */
export function commandOf(server: Server, magic: string, sandbox: string, bare: boolean, program?: string): Command {
  if (server === 'nginx') {
    const load =
      bare || program
        ? ''
        : nginxModules()
            .map((path) => `load_module ${path};`)
            .join(' ');
    return {
      program: program ?? 'nginx',
      args: ['-t', '-p', sandbox, '-c', magic, '-e', 'stderr', '-g', load],
      environment: {},
    };
  }
  const base = join(sandbox, 'base.conf');
  const load = bare ? [] : apacheLoads();
  writeFileSync(base, [`ServerRoot ${sandbox}`, 'ServerName localhost', ...load, `Include ${magic}`, ''].join('\n'));
  return { program: 'apache2', args: ['-t', '-f', base], environment: apacheEnvironment(sandbox) };
}

/** True if the text loads modules itself, so that it says which there are. */
export function loadsModules(server: Server, text: string): boolean {
  return server === 'nginx' ? /^\s*load_module\s/m.test(text) : /^\s*LoadModule\s/im.test(text);
}

const nginxModuleFolder = '/usr/lib/nginx/modules';

/** Those of http and stream, whose basic modules come first. */
function nginxModules(): string[] {
  if (!existsSync(nginxModuleFolder)) return [];
  const isBasic = (name: string): boolean => /^ngx_(?:stream|mail)_module/.test(name);
  const names = readdirSync(nginxModuleFolder)
    .filter((name) => name.endsWith('.so'))
    .sort();
  return names.toSorted((a, b) => Number(isBasic(b)) - Number(isBasic(a))).map((name) => join(nginxModuleFolder, name));
}

/** The `LoadModule` lines of all packaged modules with one MPM, each after those that it depends on. */
function apacheLoads(): string[] {
  const modules = new Map(
    readdirSync(apacheModules)
      .filter((name) => name.endsWith('.load') && (name === 'mpm_event.load' || !name.startsWith('mpm_')))
      .map((name) => [name.slice(0, -'.load'.length), readFileSync(join(apacheModules, name), 'utf8')]),
  );
  const ordered = new Set<string>();
  const add = (name: string): void => {
    const text = modules.get(name);
    if (text === undefined || ordered.has(name)) return;
    for (const needed of /^# Depends: (.*)$/m.exec(text)?.[1]?.split(/\s+/) ?? []) add(needed);
    ordered.add(name);
  };
  for (const name of modules.keys()) add(name);
  return [...ordered].flatMap((name) => modules.get(name)!.match(/^\s*LoadModule .*$/gm) ?? []);
}

/** httpd refuses a config without MPM. */
function mpmLoad(): string {
  return readFileSync(join(apacheModules, 'mpm_event.load'), 'utf8');
}

/** The variables that Debian's `envvars` sets. */
function apacheEnvironment(sandbox: string): Record<string, string> {
  return {
    APACHE_RUN_USER: 'www-data',
    APACHE_RUN_GROUP: 'www-data',
    APACHE_PID_FILE: join(sandbox, 'apache2.pid'),
    APACHE_RUN_DIR: sandbox,
    APACHE_LOCK_DIR: sandbox,
    APACHE_LOG_DIR: sandbox,
  };
}

/** The config around a fragment, which includes the file at `path`; undefined for a level that cannot be asked for. */
export function wrapperOf(server: Server, level: Level, path: string, text: string): string | undefined {
  if (server === 'nginx') return nginxWrapper(level, path);
  const mpm = loadsModules(server, text) && !/^\s*LoadModule\s+mpm_/im.test(text) ? mpmLoad() : '';
  switch (level) {
    case 'main':
    case 'server':
      return `${mpm}Include ${path}\n`;
    case 'vhost':
      return `${mpm}<VirtualHost *:80>\nInclude ${path}\n</VirtualHost>\n`;
    case 'directory':
      return `${mpm}<Directory /srv>\nInclude ${path}\n</Directory>\n`;
    default:
      return undefined;
  }
}

function nginxWrapper(level: Level, path: string): string | undefined {
  const include = `include ${path};`;
  const wrap = (...around: string[]): string =>
    `events {}\n${around.map((name) => `${name} {`).join(' ')} ${include} ${'}'.repeat(around.length)}\n`;
  switch (level) {
    case 'main':
      return `${include}\n`;
    case 'events':
      return `events { ${include} }\n`;
    case 'http':
      return wrap('http');
    case 'server':
      return wrap('http', 'server');
    case 'location':
      return wrap('http', 'server', 'location /');
    case 'upstream':
      return wrap('http', 'upstream backend');
    case 'map':
      return wrap('http', 'map $uri $mapped');
    case 'stream':
      return wrap('stream');
    case 'stream-server':
      return wrap('stream', 'server');
    default:
      return undefined;
  }
}

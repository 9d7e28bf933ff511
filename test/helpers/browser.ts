/**
 * A headless Chromium. Where none is installed the tests that need it are skipped, and say so; where `PROXYLINT_REQUIRE_SERVERS` is set
 * it must be there.
 */
import { existsSync } from 'node:fs';

/** What is used of playwright-core, which need not be installed to build and lint. */
export interface Page {
  goto(url: string): Promise<unknown>;
  evaluate<Result>(script: string): Promise<Result>;
  screenshot(options: { path: string; fullPage?: boolean }): Promise<unknown>;
  emulateMedia(options: { colorScheme?: 'light' | 'dark'; media?: 'print' | 'screen' }): Promise<void>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  fill(selector: string, text: string): Promise<void>;
  selectOption(selector: string, value: string): Promise<unknown>;
  uncheck(selector: string): Promise<void>;
  click(selector: string): Promise<void>;
  pdf(): Promise<Uint8Array>;
  on(event: 'console' | 'pageerror' | 'request' | 'dialog', listen: (event: BrowserEvent) => void): void;
  readonly keyboard: { press(key: string): Promise<void> };
  close(): Promise<void>;
}

export interface BrowserEvent {
  readonly message?: string;
  text?(): string;
  type?(): string;
  url?(): string;
  dismiss?(): Promise<void>;
}

export interface Browser {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

interface Driver {
  readonly chromium: { launch(options: { executablePath: string; args: string[] }): Promise<Browser> };
}

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const driver = program === undefined ? undefined : await loadDriver();
export const hasBrowser = driver !== undefined;
if (!hasBrowser) {
  const missing = program === undefined ? 'chromium' : 'playwright-core';
  if (process.env['CI'] || process.env['PROXYLINT_REQUIRE_SERVERS']) throw new Error(`${missing} is not installed`);
  process.stderr.write(`${missing} is not installed: no page is tested in a browser\n`);
}

async function loadDriver(): Promise<Driver | undefined> {
  const name = 'playwright-core';
  try {
    return (await import(name)) as Driver;
  } catch {
    return undefined;
  }
}

export function launchBrowser(): Promise<Browser> {
  // Root, as in a container, has no sandbox to run in.
  return driver!.chromium.launch({ executablePath: program!, args: ['--no-sandbox', '--disable-gpu'] });
}

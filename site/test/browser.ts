/** A Chromium without a window, and the built playground on a port of its own. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { launch, type Browser, type Page } from 'puppeteer-core';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const root = join(import.meta.dirname, '../.content/public');

/** The path of a Chromium; undefined where none is installed. `CHROMIUM` names another one. */
export const chromium = [
  process.env['CHROMIUM'] ?? '',
  ...(process.env['PATH'] ?? '').split(':').flatMap((folder) => programs.map((name) => join(folder, name))),
].find((path) => path !== '' && existsSync(path));

/** Why the tests cannot run here; false where they can. */
export function whySkipped(): string | false {
  if (chromium !== undefined) return false;
  assert.ok(!process.env['CI'], 'no Chromium is installed: in CI these tests must run');
  console.warn(
    '\n  THE TESTS OF THE PLAYGROUND DO NOT RUN: no Chromium is installed. "apt-get install chromium" on Debian.\n',
  );
  return 'no Chromium is installed';
}

export class Playground {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #address: string;
  /** What pages asked for. */
  readonly requests: string[] = [];
  /** What went wrong on a page. */
  readonly faults: string[] = [];

  private constructor(browser: Browser, server: Server) {
    this.#browser = browser;
    this.#server = server;
    this.#address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<Playground> {
    const page = join(root, 'play/index.html');
    assert.ok(existsSync(page), `${page} is missing: run "npm run build" first`);
    const server = createServer(({ url = '/' }, response) => {
      const path = join(root, decodeURI(url.split(/[?#]/)[0]!));
      const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'index.html') : path;
      if (!existsSync(file)) return response.writeHead(404).end();
      return response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain' }).end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // Where the tests run in a container, as root, the sandbox of Chromium cannot start.
    const browser = await launch({ executablePath: chromium!, args: ['--no-sandbox'] });
    return new Playground(browser, server);
  }

  /** A page with a storage of its own. `rest`: what stands behind the path, `?limit=1#...`. */
  async open(rest = '', prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
    const context = await this.#browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 1300, height: 850 });
    page.on('request', (request) => this.requests.push(request.url()));
    page.on('pageerror', (error) => this.faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.faults.push(message.text());
    });
    await prepare?.(page);
    await page.goto(`${this.#address}/play/${rest}`);
    return page;
  }

  isOwn(url: string): boolean {
    return ['', 'blob:'].some((kind) => url.startsWith(kind + this.#address)) || url.startsWith('data:');
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** How many analyses the page has shown. */
export function analyses(page: Page): Promise<number> {
  return page.evaluate(() => Number(document.documentElement.dataset['analyzed'] ?? 0));
}

/** Does something, and waits until what it made of the text is analyzed. */
export async function andAnalyzed(page: Page, action: () => Promise<unknown>, timeout = 30_000): Promise<void> {
  const before = await analyses(page);
  await action();
  await page.waitForFunction(
    (count) => Number(document.documentElement.dataset['analyzed'] ?? 0) > count,
    { timeout },
    before,
  );
}

/** Puts a text into the editor, as if it were pasted in place of all. */
export async function paste(page: Page, text: string): Promise<void> {
  await andAnalyzed(page, async () => {
    await page.focus('.cm-content');
    await page.keyboard.down('Control');
    await page.keyboard.press('a');
    await page.keyboard.up('Control');
    await dispatchPaste(page, text);
  });
}

/** Pastes at the cursor, and waits for nothing. */
export async function dispatchPaste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    document
      .querySelector('.cm-content')!
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

export function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (found) => found.textContent ?? '');
}

export function textsOf(page: Page, selector: string): Promise<string[]> {
  return page.$$eval(selector, (found) => found.map(({ textContent }) => textContent ?? ''));
}

/** The text in the editor; only of one that is short enough to be shown in full. */
export async function editorText(page: Page): Promise<string> {
  return (await textsOf(page, '#editor .cm-line')).join('\n');
}

/** Waits until an element holds a text. */
export async function waitForText(page: Page, selector: string, text: string): Promise<void> {
  await page.waitForFunction(
    (where, wanted) => [...document.querySelectorAll(where)].some((each) => each.textContent?.includes(wanted)),
    { timeout: 30_000 },
    selector,
    text,
  );
}

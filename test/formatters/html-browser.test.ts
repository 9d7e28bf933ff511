/** The HTML report in a real browser, from the file system. `PROXYLINT_SCREENSHOTS=FOLDER` keeps pictures of what is tested. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasBrowser, launchBrowser, type Browser, type BrowserEvent, type Page } from '../helpers/browser.ts';
import { folder, runCli } from '../helpers/run-cli.ts';
import { hostile, hostileConfigs } from '../helpers/hostile.ts';
import { manySites } from '../helpers/many-sites.ts';

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser();
});
afterAll(() => browser?.close());

const screenshots = process.env['PROXYLINT_SCREENSHOTS'];

interface Opened {
  readonly page: Page;
  /** What the browser complains of, dialogs, and requests but the first. */
  readonly events: string[];
}

async function open(files: Readonly<Record<string, string>>, ...options: string[]): Promise<Opened> {
  const directory = folder(files);
  const { status, stderr } = runCli(['--format', 'html', '--output-file', 'report.html', ...options, '.'], {
    cwd: directory,
  });
  expect(status, stderr).not.toBe(2);
  const page = await browser.newPage();
  const events: string[] = [];
  const note = (kind: string) => (event: BrowserEvent) => {
    events.push(`${kind} ${event.text?.() ?? event.url?.() ?? event.message ?? ''}`);
    void event.dismiss?.();
  };
  const url = pathToFileURL(join(directory, 'report.html')).href;
  for (const kind of ['console', 'pageerror', 'dialog'] as const) page.on(kind, note(kind));
  page.on('request', (event) => event.url?.() !== url && note('request')(event));
  await page.goto(url);
  return { page, events };
}

async function shoot(page: Page, name: string): Promise<void> {
  if (screenshots !== undefined) await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

const axe = hasBrowser ? readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8') : '';

/** What axe-core finds, all its rules. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => id + ': ' + html.slice(0, 200))))`);
}

const one = {
  'nginx.conf':
    'events {}\nhttp {\n  server {\n    listen 80;\n    server_name a.example;\n    return 200 ok\n  }\n}\n',
};
const sizes = [
  ['1 finding', one, ['--only', 'missing-semicolon']],
  ['30 findings', { 'nginx.conf': manySites(3) }, []],
] as const;

test.runIf(hasBrowser).each(sizes)(
  '%s: nothing fails, nothing is asked of a network, axe finds nothing',
  async (name, files, options) => {
    const { page, events } = await open(files, ...options);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await shoot(page, `${name}-${colorScheme}`);
      await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
      expect(await violations(page)).toEqual([]);
    }
    expect(events).toEqual([]);
    await page.close();
  },
);

const shownFindings = `[...document.querySelectorAll('.finding')].filter((element) => element.checkVisibility()).length`;
const shownSites = `[...document.querySelectorAll('.site')].filter((element) => element.checkVisibility()).map((element) => element.querySelector('h3').firstChild.textContent.trim())`;

test.runIf(hasBrowser)('axe would find what is wrong', async () => {
  const { page } = await open(one);
  await page.evaluate(`document.body.append(Object.assign(document.createElement('img'), { className: 'x' }))`);
  expect(await violations(page)).toContainEqual(expect.stringMatching(/^image-alt: /));
  await page.close();
});

test.runIf(hasBrowser)('findings stand at their sites, and are filtered by text, rule and severity', async () => {
  const { page, events } = await open({ 'nginx.conf': manySites(3) });
  expect(await page.evaluate(shownSites)).toEqual([
    'Outside of virtual hosts',
    ...[0, 1, 2].map((index) => `host-${index}.example.com www.host-${index}.example.com`),
  ]);
  const total = await page.evaluate<number>(shownFindings);
  expect(total).toBeGreaterThan(20);
  await page.fill('#text', 'host-1');
  expect(await page.evaluate(shownSites)).toEqual(['host-1.example.com www.host-1.example.com']);
  await page.fill('#text', 'no such thing');
  expect(await page.evaluate(shownFindings)).toBe(0);
  expect(await page.evaluate(`document.querySelector('#nothing').checkVisibility()`)).toBe(true);
  await page.fill('#text', '');
  await page.selectOption('#rule', 'weak-tls-protocol');
  const weak = await page.evaluate<number>(shownFindings);
  expect(weak).toBe(2);
  expect(await page.evaluate(`document.querySelector('#shown').textContent`)).toBe(`${weak} of ${total} findings`);
  await page.selectOption('#rule', '');
  for (const severity of ['error', 'info']) await page.uncheck(`input[value=${severity}]`);
  expect(
    await page.evaluate(
      `[...new Set([...document.querySelectorAll('.finding')].filter((element) => element.checkVisibility()).map(({ dataset }) => dataset.severity))]`,
    ),
  ).toEqual(['warning']);
  expect(events).toEqual([]);
  await page.close();
});

test.runIf(hasBrowser)('the colours follow the system, or what is chosen', async () => {
  const { page } = await open(one);
  const background = `getComputedStyle(document.body).backgroundColor`;
  const seen = async (colorScheme: 'light' | 'dark', theme: string): Promise<unknown> => {
    await page.emulateMedia({ colorScheme });
    await page.selectOption('#theme', theme);
    return page.evaluate(background);
  };
  const [light, dark] = [await seen('light', ''), await seen('dark', '')];
  expect(light).not.toBe(dark);
  expect(await seen('light', 'dark')).toBe(dark);
  expect(await seen('dark', 'light')).toBe(light);
  await page.close();
});

test.runIf(hasBrowser)('all of it is reached by keys', async () => {
  const { page } = await open({ 'nginx.conf': manySites(2) });
  const focused = `(document.activeElement.id || document.activeElement.className)`;
  await page.keyboard.press('Tab');
  expect(await page.evaluate(focused)).toBe('skip');
  await page.keyboard.press('Enter');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  expect(await page.evaluate(`[...document.querySelectorAll('.finding')].indexOf(document.activeElement)`)).toBe(1);
  await page.keyboard.press('k');
  expect(await page.evaluate(`[...document.querySelectorAll('.finding')].indexOf(document.activeElement)`)).toBe(0);
  await page.keyboard.press('/');
  expect(await page.evaluate(focused)).toBe('text');
  await page.keyboard.press('j');
  expect(await page.evaluate(`document.querySelector('#text').value`)).toBe('j');
  await page.keyboard.press('Escape');
  expect(await page.evaluate(`document.querySelector('#text').value`)).toBe('');
  await page.close();
});

test.runIf(hasBrowser)('printed, it has no controls and all that is folded', async () => {
  const { page } = await open({ 'nginx.conf': manySites(2) });
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate(`document.querySelector('.toolbar').checkVisibility()`)).toBe(false);
  await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
  expect(await page.evaluate(`document.querySelectorAll('details:not([open])').length`)).toBe(0);
  expect((await page.pdf()).length).toBeGreaterThan(10_000);
  await page.close();
});

test.runIf(hasBrowser)('hostile text is text', async () => {
  const { page, events } = await open(hostileConfigs, '--all-findings');
  expect(events).toEqual([]);
  expect(await page.evaluate('window.injected')).toBe(undefined);
  const strange = `document.querySelectorAll('script:not(body > script:last-of-type), img, iframe, object, embed, link, [onload], [onerror], [onclick], style:not(head > style)').length`;
  expect(await page.evaluate(strange)).toBe(0);
  expect(await page.evaluate(`document.body.textContent.includes(${JSON.stringify(hostile.html)})`)).toBe(true);
  expect(
    await page.evaluate(`[...document.links].every(({ protocol }) => ['file:', 'https:'].includes(protocol))`),
  ).toBe(true);
  await page.close();
});

test.runIf(hasBrowser)('300 sites with 2,000 findings open and are filtered without a pause', async () => {
  const { page, events } = await open({ 'nginx.conf': manySites(300) }, '--all-findings');
  expect(await page.evaluate(`document.querySelectorAll('.finding').length`)).toBeGreaterThan(2000);
  await shoot(page, '300-sites');
  const filtering = `(() => {
    const text = document.querySelector('#text');
    const start = performance.now();
    text.value = 'host-17.';
    text.dispatchEvent(new Event('input'));
    document.body.offsetHeight;
    return performance.now() - start;
  })()`;
  expect(await page.evaluate<number>(filtering)).toBeLessThan(500);
  expect(await page.evaluate(shownSites)).toEqual(['host-17.example.com www.host-17.example.com']);
  await shoot(page, '300-sites-filtered');
  expect(events).toEqual([]);
  await page.close();
});

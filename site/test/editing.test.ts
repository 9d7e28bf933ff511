/** Completion and hover of the playground's editor, in a real browser. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { editorText, paste, Playground, textOf, textsOf, waitForText, whySkipped } from './browser.ts';

describe('language service of the playground', { skip: whySkipped() }, () => {
  let playground: Playground;
  before(async () => {
    playground = await Playground.start();
  });
  after(async () => {
    await playground.stop();
  });

  /** With a text in the editor; the cursor stands at its `|`. */
  async function openedWith(text: string): Promise<Page> {
    const page = await playground.open();
    await page.waitForFunction(() => document.documentElement.dataset['analyzed'] !== undefined, { timeout: 30_000 });
    const [before, behind = ''] = text.split('|');
    await paste(page, before! + behind);
    for (let count = 0; count < behind.length; count++) await page.keyboard.press('ArrowLeft');
    return page;
  }

  const labels = (page: Page): Promise<string[]> => textsOf(page, '.cm-tooltip-autocomplete .cm-completionLabel');

  /** Takes the suggestion that is selected. For a moment after it is shown, a key may be meant for the text. */
  async function accept(page: Page): Promise<void> {
    await page.waitForSelector('.cm-tooltip-autocomplete li[aria-selected]');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await page.keyboard.press('Enter');
    await page.waitForSelector('.cm-tooltip-autocomplete', { hidden: true });
  }

  it('offers the directives of the place while one is written, with their documentation, and puts one in', async () => {
    const page = await openedWith('server {\n    listen 80;\n    location / {\n        |\n    }\n}\n');
    await page.keyboard.type('proxy_pa');
    await waitForText(page, '.cm-completionLabel', 'proxy_pass');
    const offered = await labels(page);
    assert.ok(offered.includes('proxy_pass_request_headers'));
    assert.ok(!offered.includes('worker_processes'));
    await waitForText(page, '.cm-completionInfo', 'Sets the protocol and address of a proxied server');
    assert.ok(
      await page.$eval('.cm-completionInfo', (info) => {
        const { left, top, width, height } = info.getBoundingClientRect();
        return info.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      }),
      'the documentation is covered or cut off',
    );
    assert.match(
      await page.$eval('.cm-completionInfo a', (link) => link.getAttribute('href') ?? ''),
      /^https:\/\/nginx\.org\/en\/docs\//,
    );
    assert.match(await textOf(page, '.cm-completionLabel'), /^proxy_pass$/);
    await accept(page);
    await page.keyboard.type('http://127.0.0.1:3000');
    assert.match(await editorText(page), /\n {8}proxy_pass http:\/\/127\.0\.0\.1:3000;\n/);
  });

  it('offers variables, values and names that the text defines', async () => {
    const page = await openedWith(
      'upstream my_backend {\n    server 127.0.0.1:1;\n}\nserver {\n    proxy_buffering |;\n    location / {\n        proxy_pass http://my_backend;\n    }\n}\n',
    );
    await page.keyboard.type('o');
    await waitForText(page, '.cm-completionLabel', 'off');
    await page.keyboard.press('Escape');
    await paste(page, 'map $host $my_own {\n    default 1;\n}\nserver {\n    return 200 ');
    await page.keyboard.type('$my');
    await waitForText(page, '.cm-completionLabel', '$my_own');
    await accept(page);
    assert.match(await editorText(page), /return 200 \$my_own$/);
    await paste(
      page,
      'upstream my_backend {\n    server 127.0.0.1:1;\n}\nserver {\n    location / {\n        proxy_pass http://',
    );
    await page.keyboard.type('my_');
    await waitForText(page, '.cm-completionLabel', 'my_backend');
  });

  it('completes a section of httpd, for the chosen server also where the text does not tell it', async () => {
    const page = await openedWith('');
    await page.select('#dialect', 'apache');
    await page.focus('.cm-content');
    await page.keyboard.type('<VirtualHo');
    await waitForText(page, '.cm-completionLabel', '<VirtualHost>');
    await accept(page);
    await page.keyboard.type('*:80');
    await page.waitForFunction(
      (expected) => [...document.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n') === expected,
      { timeout: 5000 },
      '<VirtualHost *:80>\n  \n</VirtualHost>',
    );
  });

  it('tells what a directive does and what is in force, and leads to the line where that is written', async () => {
    const page = await openedWith(
      'server {\n    proxy_read_timeout 2m;\n    location / {\n        proxy_read_timeout 30s;\n        proxy_pass http://127.0.0.1;\n    }\n    location /a {\n        proxy_pass http://127.0.0.1;\n        proxy_set_header X-A <b>hostile</b>;\n    }\n}\n',
    );
    const hover = async (line: number): Promise<void> => {
      const box = (await (await page.$(`.cm-line:nth-of-type(${line})`))!.boundingBox())!;
      await page.mouse.move(box.x + 90, box.y + box.height / 2);
    };
    await hover(4);
    await waitForText(page, '.cm-tooltip .documentation', 'Defines a timeout for reading a response');
    assert.match(await textOf(page, '.documentation'), /In force here.*proxy_read_timeout 30s/s);
    await page.mouse.move(5, 5);
    await page.waitForSelector('.documentation', { hidden: true });
    await hover(9);
    await waitForText(page, '.cm-tooltip .documentation', 'X-A <b>hostile</b>');
    assert.equal(await page.$('.documentation b'), null);
  });

  it('is asked while somebody types, and blocks nothing for 50 ms', async () => {
    const server = (index: number): string =>
      `server {\n    listen 80;\n    server_name h${index}.example.org;\n    location / {\n        proxy_pass http://127.0.0.1:${3000 + index};\n    }\n}\n`;
    const hosts = Array.from({ length: 60 }, (_, index) => server(index)).join('');
    const page = await openedWith(`${hosts}server {\n    |\n}\n`);
    await page.tracing.start({ categories: ['toplevel', 'devtools.timeline'] });
    await page.keyboard.type('client_max_body_size 10m;\nproxy_set_header Host $host;\n', { delay: 30 });
    const tasks = tasksOf((await page.tracing.stop())!);
    assert.ok(tasks.length > 100);
    const longest = Math.max(...tasks);
    assert.ok(longest <= 50, `a task of ${longest} ms`);
    assert.match(await editorText(page), /client_max_body_size 10m;/);
  });

  it('meets no fault on the way', () => {
    assert.deepEqual(playground.faults, []);
  });
});

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
  /** Microseconds on a processor. */
  readonly tdur?: number;
}

/** What the tasks of pages took of a processor, in milliseconds: what else runs on the machine does not count. */
function tasksOf(trace: Uint8Array): number[] {
  const { traceEvents } = JSON.parse(new TextDecoder().decode(trace)) as { traceEvents: TraceEvent[] };
  const key = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const main = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(key),
  );
  return traceEvents
    .filter((event) => event.name === 'ThreadControllerImpl::RunTask' && main.has(key(event)))
    .map(({ tdur = 0 }) => tdur / 1000);
}

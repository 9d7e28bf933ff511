/** The playground in a real browser, as a user goes through it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import {
  analyses,
  andAnalyzed,
  editorText,
  dispatchPaste,
  paste,
  Playground,
  textOf,
  textsOf,
  waitForText,
  whySkipped,
} from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is asked of axe-core in the page. */
interface Axe {
  run(): Promise<{ violations: readonly { id: string; nodes: readonly { html: string }[] }[] }>;
}

const broken = 'server {\n    listen 80;\n    location / {\n        root /srv/www\n    }\n}\n';

describe('playground', { skip: whySkipped() }, () => {
  let playground: Playground;
  before(async () => {
    playground = await Playground.start();
  });
  after(async () => {
    await playground.stop();
  });

  /** With the first analysis done. */
  async function opened(rest = '', prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
    const page = await playground.open(rest, prepare);
    await page.waitForFunction(() => document.documentElement.dataset['analyzed'] !== undefined, { timeout: 30_000 });
    return page;
  }

  it('begins with a sample, and says what is wrong with it', async () => {
    const page = await opened();
    assert.match(await textOf(page, '#status'), /^nginx: 2 errors, 2 warnings in \d+ ms$/);
    assert.equal(await textOf(page, '#count'), '4');
    assert.equal((await page.$$('.cm-lint-marker')).length, 4);
  });

  it('finds a mistake that is typed, explains it, and mends it', async () => {
    const page = await opened();
    await paste(page, '');
    await andAnalyzed(page, async () => {
      await page.focus('.cm-content');
      await page.keyboard.type('server {\nlisten 80;\nreturn 301 https://$host$request_ur');
    });
    await waitForText(page, '.finding .text', 'request_ur');
    await paste(page, broken);
    assert.deepEqual(await textsOf(page, '.finding.error .text'), ['A ";" is missing after "root".']);
    assert.equal(
      await page.$eval('.below a', (link) => link.getAttribute('href')),
      '../rules/syntax/missing-semicolon.html',
    );
    await andAnalyzed(page, () => page.click('.finding.error .fix'));
    assert.match(await editorText(page), /root \/srv\/www;\n/);
    assert.deepEqual(await textsOf(page, '.finding.error .text'), []);
  });

  it('shows reasons and the fix where the pointer rests', async () => {
    const page = await opened();
    await paste(page, broken);
    const mark = await page.waitForSelector('.cm-lintPoint, .cm-lintRange');
    const box = (await mark!.boundingBox())!;
    await page.mouse.move(box.x + 1, box.y + box.height / 2);
    await page.waitForSelector('.cm-tooltip .explanation');
    const explained = await textOf(page, '.cm-tooltip');
    assert.match(explained, /is missing after "root"/);
    assert.match(explained, /Why .*Instead .*missing-semicolon/s);
    await andAnalyzed(page, () => page.click('.cm-tooltip .cm-diagnosticAction'));
    assert.match(await editorText(page), /www;/);
  });

  it('fixes all, lays out, and takes both back', async () => {
    const page = await opened();
    await paste(page, 'server {\nlisten 80;\n  location / { proxy_pass http://127.0.0.1:9000 \n}\n}\n');
    await andAnalyzed(page, () => page.click('#fix-all'));
    assert.match(await editorText(page), /9000;/);
    await page.click('#tab-format');
    await page.waitForSelector('.difference .cm-changedLine');
    await andAnalyzed(page, () => page.click('#format'));
    assert.match(await editorText(page), /^server \{\n {2}listen 80;\n {2}location \/ \{\n/);
    await waitForText(page, '#format-result', 'Already laid out');
    await page.focus('.cm-content');
    await andAnalyzed(page, async () => {
      await page.keyboard.down('Control');
      await page.keyboard.press('z');
      await page.keyboard.press('z');
      await page.keyboard.up('Control');
    });
    await waitForText(page, '#editor .cm-line', '  location / { proxy_pass http://127.0.0.1:9000 ');
  });

  it('traces a request', async () => {
    const page = await opened();
    await page.click('#tab-trace');
    await waitForText(page, '.step', 'location /socket: it is the longest prefix that matches');
    await page.$eval('#url', (input) => input.setAttribute('value', ''));
    await page.click('#url', { count: 3 });
    await page.type('#url', 'http://app.example.org/x');
    await page.keyboard.press('Enter');
    await waitForText(page, '.step', 'status 301 with Location https://app.example.org/x');
    await page.click('#url', { count: 3 });
    await page.type('#url', 'nonsense');
    await waitForText(page, '#trace-result [role=alert]', 'nonsense');
  });

  it('draws the routes, and lists them', async () => {
    const page = await opened();
    await page.click('#tab-routes');
    await page.waitForFunction(
      () => (document.querySelector<HTMLImageElement>('.picture img')?.naturalWidth ?? 0) > 100,
    );
    assert.ok((await textsOf(page, '#routes-result td')).includes('/socket'));
    await page.type('#route-host', 'nobody');
    await waitForText(page, '#routes-result', 'no routes');
  });

  it('judges by the chosen server, version and set', async () => {
    const page = await opened();
    const text = 'server {\n    listen 80;\n    http2 on;\n    root /srv;\n}\n';
    await paste(page, text);
    assert.deepEqual(await textsOf(page, '.finding.error .text'), []);
    await page.click('.menu summary');
    await andAnalyzed(page, () => page.type('#target-nginx', '1.22'));
    await waitForText(page, '.finding .text', '1.25.1');
    await page.type('#target-nginx', '!');
    await waitForText(page, '#message.error', 'is no version');
    await andAnalyzed(page, () => page.keyboard.press('Backspace'));
    const count = Number(await textOf(page, '#count'));
    await andAnalyzed(page, () => page.select('#profile', 'pedantic'));
    assert.ok(Number(await textOf(page, '#count')) > count);
    await andAnalyzed(page, () => page.select('#dialect', 'apache'));
    assert.match(await textOf(page, '#status'), /^Apache httpd: /);
  });

  it('restores what a link holds, and says so where one is damaged', async () => {
    const page = await opened();
    await paste(page, broken);
    await andAnalyzed(page, () => page.select('#profile', 'pedantic'));
    await page.click('#tab-trace');
    await page.click('#url', { count: 3 });
    await page.type('#url', 'http://a.example/');
    await page.click('#share');
    await page.waitForFunction(() => location.hash.length > 10);
    const { hash } = new URL(page.url());
    const other = await opened(hash);
    assert.equal(await editorText(other), broken);
    assert.equal(await other.$eval('#profile', (select) => (select as HTMLSelectElement).value), 'pedantic');
    assert.equal(await other.$eval('#tab-trace', (tab) => tab.getAttribute('aria-selected')), 'true');
    await waitForText(other, '.step', '/srv/www');
    const damaged = await opened(hash.slice(0, -9));
    await waitForText(damaged, '#message.error', 'This link is damaged');
  });

  it('brings back the text after a reload', async () => {
    const page = await opened();
    await paste(page, broken);
    await page.waitForFunction(() => localStorage.getItem('proxylint-playground')?.includes('/srv/www'));
    await page.reload();
    await page.waitForFunction(() => document.documentElement.dataset['analyzed'] !== undefined);
    assert.equal(await editorText(page), broken);
  });

  it('shows HTML, scripts and SVG of a config as text', async () => {
    const page = await opened();
    const evil = `"><img src=x onerror=window.evil=1><script>window.evil=1</script>`;
    await paste(
      page,
      [
        `server {`,
        `    listen 80;`,
        `    server_name "<script>window.evil=1</script>" ${'`'}javascript:window.evil=1${'`'};`,
        `    location '${evil}' { proxy_pass 'http://a/</text></svg><script>window.evil=1</script>'; }`,
        `    location /"<svg/onload=window.evil=1>" { nonsense '${evil}'; }`,
        `}`,
      ].join('\n'),
    );
    assert.ok((await textsOf(page, '.finding .text')).some((text) => text.includes('<')));
    for (const tab of ['trace', 'routes', 'format', 'findings']) {
      await page.click(`#tab-${tab}`);
      await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'));
    }
    await page.click('#tab-routes');
    await page.waitForSelector('.picture img');
    const state = await page.evaluate(() => ({
      evil: 'evil' in window,
      made: document.querySelectorAll('main script, main svg, [onload], [onerror], main img:not(.picture img)').length,
    }));
    assert.deepEqual(state, { evil: false, made: 0 });
  });

  it('sends nothing anywhere', async () => {
    const page = await opened();
    await page.click('#tab-routes');
    await page.waitForSelector('.picture img');
    assert.deepEqual(
      playground.requests.filter((url) => !playground.isOwn(url)),
      [],
    );
    const refused = (): Promise<string> =>
      page.evaluate(() =>
        fetch('/play/index.html').then(
          () => 'sent',
          () => 'refused',
        ),
      );
    assert.equal(await refused(), 'refused');
    const [worker] = page.workers();
    const inWorker = await worker!.evaluate(() =>
      fetch(`${self.origin}/play/index.html`).then(
        () => 'sent',
        () => 'refused',
      ),
    );
    assert.equal(inWorker, 'refused');
    playground.faults.length = 0;
  });

  it('takes a config of a megabyte', async () => {
    const page = await opened();
    const server = (index: number): string =>
      `server {\n    listen 80;\n    server_name host${index}.example.org;\n    location / {\n        proxy_pass http://10.0.0.${index % 250}:8080;\n        proxy_set_header Host $host;\n    }\n}\n`;
    let text = '';
    for (let index = 0; text.length < 1_000_000; index++) text += server(index);
    await paste(page, text);
    assert.match(await textOf(page, '#status'), /^nginx: /);
    assert.equal((await page.$$('.finding')).length, 100);
    await page.click('#tab-routes');
    await waitForText(page, '#routes-result .hint', 'Too many routes for a picture');
    await page.type('#route-host', 'host77.');
    await page.waitForSelector('.picture img');
    await page.click('#share');
    await waitForText(page, '#message.error', 'too long for a link');
  });

  it('ends an analysis that takes too long, says so, and goes on', async () => {
    const page = await playground.open('?limit=60');
    await page.waitForFunction(() => document.querySelector('#status')?.textContent !== 'Loading …');
    const slow = `server {\n${'    location / { proxy_pass http://a; }\n'.repeat(40_000)}}\n`;
    const before = await analyses(page);
    await dispatchPaste(page, slow);
    await waitForText(page, '#message.error', 'took longer than 0.06 s');
    assert.equal(await analyses(page), before);
    assert.equal(page.workers().length, 1);
  });

  it('starts a worker that broke anew', async () => {
    const page = await opened();
    const [worker] = page.workers();
    await worker!.evaluate(() => {
      setTimeout(() => {
        throw new Error('broken on purpose');
      });
    });
    await page.waitForFunction(() => true);
    await paste(page, broken);
    assert.deepEqual(await textsOf(page, '.finding.error .text'), ['A ";" is missing after "root".']);
    playground.faults.length = 0;
  });

  it('is operated by keys', async () => {
    const page = await opened();
    await page.focus('#tab-findings');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.$eval(':focus', ({ id }) => id), 'tab-trace');
    assert.equal(await page.$eval('#panel-trace', (panel) => (panel as HTMLElement).hidden), false);
    await page.keyboard.press('End');
    assert.equal(await page.$eval(':focus', ({ id }) => id), 'tab-format');
    await page.focus('.cm-content');
    await page.keyboard.press('F8');
    await page.waitForSelector('.cm-tooltip .explanation');
    await page.keyboard.press('Tab');
    assert.notEqual(await page.$eval(':focus', (focused) => focused.className), 'cm-content');
  });

  for (const scheme of ['light', 'dark'])
    for (const width of [1300, 390])
      it(`is accessible, ${scheme}, ${width} pixels wide`, async () => {
        const page = await opened('', async (each) => {
          await each.setViewport({ width, height: 850 });
          await each.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
        });
        await page.evaluate(axe);
        for (const tab of ['findings', 'trace', 'routes', 'format']) {
          await page.click(`#tab-${tab}`);
          await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'));
          const found = await page.evaluate(async () => {
            const { violations } = await (window as unknown as { axe: Axe }).axe.run();
            return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
          });
          assert.deepEqual(found, [], tab);
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${overflow} pixels stand out at the side`);
      });

  it('meets no fault on the way', () => {
    assert.deepEqual(playground.faults, []);
  });
});

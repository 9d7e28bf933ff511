import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { rewriteLinks } from '../content/links.ts';
import type { Navigation } from '../content/navigation.ts';
import { repository } from '../content/repository.ts';

const content = join(import.meta.dirname, '../.content');
const { guide, rules, applications, facts } = read('navigation.json') as Navigation;
const sources = read('sources.json') as Readonly<Record<string, string>>;

/** `/` or, for a project page of GitHub, `/proxylint/`. */
const base = `/${process.env['SITE_BASE'] ?? ''}/`.replace(/\/{2,}/g, '/');

const sourceIcon =
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><path d="m8 6-6 6 6 6m8-12 6 6-6 6"/></svg>';

export default defineConfig({
  base,
  srcDir: '.content',
  outDir: 'dist',
  cacheDir: '.cache',
  metaChunk: true,
  title: 'proxylint',
  description: 'Linter and static analyzer for reverse-proxy configurations: nginx, Apache httpd and sslh',
  lang: 'en',
  head: [['link', { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }]],
  // The playground is no page of VitePress; `content/check-links.ts` looks at what links to it.
  ignoreDeadLinks: [/^\/play\//, /^https?:\/\/localhost/],
  markdown: {
    // What documents write as `<Directory>` is text.
    html: false,
    languageAlias: { apacheconf: 'apache' },
    config(md) {
      rewriteLinks(md, { sources, project: join(import.meta.dirname, '../..') });
      // Vue takes two braces for an expression; templates of configs are full of them.
      const escaped = (text: string): string => md.utils.escapeHtml(text).replaceAll('{{', '&#123;&#123;');
      md.renderer.rules.text = (tokens, index) => escaped(tokens[index]!.content);
      md.renderer.rules.code_inline = (tokens, index) => `<code>${escaped(tokens[index]!.content)}</code>`;
    },
  },
  themeConfig: {
    logo: '/icon.svg',
    nav: [
      { text: 'Guide', link: '/start', activeMatch: '^/(start|inputs|configuration)' },
      { text: 'Rules', link: '/rules/' },
      { text: 'Applications', link: '/applications/' },
      { text: 'Servers', link: '/facts/nginx', activeMatch: '^/facts/' },
      { text: 'Playground', link: '/play/', target: '_self' },
    ],
    sidebar: {
      ...rules,
      '/applications/': [...applications],
      '/facts/': [...facts],
      '/': [...guide],
    },
    outline: [2, 3],
    search: { provider: 'local' },
    // An icon by name would be fetched from a server of others by each reader.
    socialLinks: [{ icon: { svg: sourceIcon }, link: repository, ariaLabel: 'Source' }],
    editLink: {
      pattern: ({ frontmatter }) => `https://github.com/proxylint/proxylint/edit/main/${frontmatter['edited']}`,
      text: 'Edit this page',
    },
  },
  vite: {
    plugins: [
      {
        name: 'playground',
        configureServer({ middlewares }) {
          middlewares.use((request, _response, next) => {
            if (request.url?.split(/[?#]/)[0] === `${base}play/` && existsSync(join(content, 'public/play')))
              request.url = `${base}play/index.html`;
            next();
          });
        },
      },
    ],
  },
});

/** What `content/main.ts` wrote. */
function read(name: string): unknown {
  return JSON.parse(readFileSync(join(content, name), 'utf8'));
}

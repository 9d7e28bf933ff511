import type { VirtualHost } from '../../model/model.ts';
import {
  bucketFor,
  bucketSize,
  cacheLine,
  hashTables,
  hostKeys,
  neededFor,
  type HashKey,
} from '../../servers/nginx/meaning/hash-tables.ts';
import { numberOf } from '../../servers/nginx/meaning/settings.ts';
import { enclosing, placeIn, type Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';

/** A shorter one fits into a line of the processor's cache, to which each size is rounded up. */
const longName = /^.{47}/s;
const longWords = Object.fromEntries(Object.keys(hashTables).map((key) => [key, longName]));

export default defineRule({
  meta: {
    summary: 'A word of the config is too long for the hash table that nginx makes of it',
    why: 'nginx does not start: it could not build the table, be it server_names_hash, map_hash or another one.',
    how: 'Set the size that the message names, most often at the http level: "map_hash_bucket_size 128;". Where the table has no such directive, shorten the word.',
    severity: 'error',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: {
      nginx: ['map', 'types', { server_name: longName, ...longWords }, { server_names_hash_bucket_size: /^0/ }],
    },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#server_names_hash_bucket_size',
      'https://nginx.org/en/docs/http/ngx_http_map_module.html#map_hash_bucket_size',
      'https://nginx.org/en/docs/hash.html',
      'https://nginx.org/en/docs/http/server_names.html#optimization',
    ],
  },
  messages: {
    tooLong: '"{{name}}" does not fit: set "{{table}}_bucket_size" to {{needed}} or more, {{size}} {{source}}.',
    fixed:
      '"{{name}}" does not fit into {{table}}, and the size of that cannot be set: a word may have {{most}} bytes.',
  },
  check({ config, model, report }) {
    const seen = new Set<Directive>();

    /** `setting`: the directive in force for the size; undefined: none; `none`: there is no such directive. */
    function check(key: HashKey, table: string, setting: Directive | undefined | 'none'): void {
      const needed = neededFor(key.text);
      const asked = setting === undefined || setting === 'none' ? cacheLine : numberOf(setting);
      if (asked === undefined || needed <= bucketSize(asked) || seen.has(key.directive)) return;
      seen.add(key.directive);
      const at = placeIn(key.directive, key.word);
      if (setting === 'none') {
        report({ message: 'fixed', at, data: { name: key.text, table, most: longest } });
        return;
      }
      const source = setting ? 'is set' : 'is the default on most machines';
      const data = { name: key.text, table, needed: bucketFor(needed), size: bucketSize(asked), source };
      report({ message: 'tooLong', at, data, confidence: setting ? 'high' : 'medium' });
    }

    function checkTable(directive: Directive): void {
      if (!directive.block && directive.end - directive.start <= longest) return;
      const { name, isSettable, keysOf } = hashTables[directive.key]!;
      // A fragment does not show what the levels around it set.
      if (isSettable && !config.serversComplete) return;
      for (const key of keysOf(directive)) {
        if (neededFor(key.text) <= cacheLine) continue;
        check(key, name, isSettable ? settingAround(directive, `${name}_bucket_size`) : 'none');
      }
    }

    function checkHost(host: VirtualHost): void {
      const setting = host.scope.effective('server_names_hash_bucket_size').at(-1);
      for (const { kind, text, directive, word } of host.names) {
        if (kind === 'regex' || kind === 'unknown') continue;
        for (const key of hostKeys({ directive, word, text })) check(key, 'server_names_hash', setting);
      }
    }

    return {
      directives: Object.fromEntries(Object.keys(hashTables).map((key) => [key, checkTable])),
      end() {
        if (!config.serversComplete) return;
        for (const { virtualHosts } of model.listeners) {
          // A server that is alone on its socket needs no table.
          if (virtualHosts.length < 2) continue;
          for (const host of virtualHosts) checkHost(host);
        }
      },
    };
  },
});

/** What fits into a bucket of the size of a cache line, in bytes. */
const longest = 46;

function settingAround(directive: Directive, key: string): Directive | undefined {
  for (let outer = enclosing(directive); outer; outer = enclosing(outer)) {
    const own = childrenNamed(outer.block, key).at(-1);
    if (own) return own;
  }
  return undefined;
}

import type { VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { numberOf } from '../../servers/nginx/meaning/settings.ts';

/** A shorter one fits into a line of the processor's cache, to which each size is rounded up. */
const longName = /^.{47}/s;

export default defineRule({
  meta: {
    summary: 'A server name is too long for the hash table of names',
    why: 'nginx does not start: it could not build server_names_hash.',
    how: 'Set "server_names_hash_bucket_size 128;" (or the size that the message names) at the http level.',
    severity: 'error',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [{ server_name: longName }, { server_names_hash_bucket_size: /^0/ }] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#server_names_hash_bucket_size',
      'https://nginx.org/en/docs/hash.html',
      'https://nginx.org/en/docs/http/server_names.html#optimization',
    ],
  },
  messages: {
    tooLong: '"{{name}}" does not fit: set "server_names_hash_bucket_size" to {{needed}} or more, {{size}} {{source}}.',
  },
  check({ config, model, report }) {
    const seen = new Set<Directive>();

    function checkHost(host: VirtualHost, size: number, isSet: boolean): void {
      for (const { kind, text, directive, word } of host.names) {
        if (kind !== 'exact' && !(kind === 'leading-wildcard' && text.startsWith('.'))) continue;
        // Of ".example.org", "example.org" goes into the table of exact names.
        const needed = elementSize(text.replace(/^\./, '').length);
        if (needed <= size || seen.has(directive)) continue;
        seen.add(directive);
        report({
          message: 'tooLong',
          at: placeIn(directive, word),
          data: {
            name: text,
            needed: bucketFor(needed),
            size,
            source: isSet ? 'is set' : 'is the default on most machines',
          },
          confidence: isSet ? 'high' : 'medium',
        });
      }
    }

    return {
      end() {
        // A fragment does not show what the http level sets.
        if (!config.complete) return;
        for (const { virtualHosts } of model.listeners) {
          // A server that is alone on its socket needs no table.
          if (virtualHosts.length < 2) continue;
          for (const host of virtualHosts) {
            const setting = host.scope.effective('server_names_hash_bucket_size').at(-1);
            const size = setting ? numberOf(setting) : cacheLine;
            if (size !== undefined) checkHost(host, align(size, cacheLine), setting !== undefined);
          }
        }
      },
    };
  },
});

/** Of x86-64 and most ARM processors; bucket sizes are rounded up to it. */
const cacheLine = 64;
const pointer = 8;

/** `NGX_HASH_ELT_SIZE` and the null pointer at the end of a bucket, in ngx_hash.c. */
function elementSize(length: number): number {
  return pointer + align(length + 2, pointer) + pointer;
}

function align(size: number, to: number): number {
  return Math.ceil(size / to) * to;
}

function bucketFor(size: number): number {
  return 2 ** Math.ceil(Math.log2(size));
}

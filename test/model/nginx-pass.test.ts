import { describe, expect, it } from 'vitest';
import { nginxDirectiveNames, nginxDirectives } from '../../src/servers/nginx/facts/index.ts';
import {
  cachingPasses,
  parameterKeys,
  passDirectives,
  passOf,
  variablePassKeys,
} from '../../src/servers/nginx/meaning/pass.ts';

/** Of its settings the table knows nothing: it opens a tunnel and speaks no protocol. */
const tunnel = 'tunnel_pass';

describe('the *_pass directives', () => {
  it('are all those of nginx itself', () => {
    const known = [...nginxDirectiveNames()].filter(
      (name) =>
        name.endsWith('_pass') &&
        nginxDirectives(name).some(({ module, origin }) => origin === 'core' && module.startsWith('ngx_http_')),
    );
    expect(known.filter((name) => name !== tunnel).sort()).toEqual([...passDirectives.keys()].sort());
  });

  it('name settings that exist', () => {
    for (const { family, teller } of passDirectives.values()) {
      expect(nginxDirectives(`${family}_read_timeout`)).not.toEqual([]);
      if (teller) expect(passOf(teller)?.family).toBe(family);
    }
  });

  it('have the buffers, caches and headers that the facts say', () => {
    for (const { family, caches, teller } of passDirectives.values()) {
      const has = (setting: string): boolean => nginxDirectives(`${family}_${setting}`).length > 0;
      expect([family, has('cache'), has('buffering'), has('cache_background_update'), has('hide_header')]).toEqual([
        family,
        caches,
        caches,
        caches,
        teller !== undefined,
      ]);
    }
  });

  it('take what the facts say', () => {
    expect(variablePassKeys()).not.toContain('memcached_pass');
    expect(parameterKeys).toEqual(['fastcgi_param', 'uwsgi_param', 'scgi_param']);
    expect(cachingPasses.map(({ family }) => family)).toEqual(['proxy', 'fastcgi', 'uwsgi', 'scgi']);
    expect(passOf('fastcgi_read_timeout')?.key).toBe('fastcgi_pass');
    expect(passOf('root')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import {
  apacheDirective,
  apacheDirectiveNames,
  apacheModules,
  origin,
} from '../../../src/servers/apache/facts/index.ts';

describe('the table of httpd directives', () => {
  it('decodes every row', () => {
    const names = apacheDirectiveNames();
    expect(names.length).toBeGreaterThan(740);
    for (const name of names) {
      const directive = apacheDirective(name.toLowerCase())!;
      expect(directive.name).toBe(name);
      expect(directive.modules.length).toBeGreaterThan(0);
      expect(directive.args.min).toBeLessThanOrEqual(directive.args.max);
    }
  });

  it('says what the server accepts where', () => {
    expect(apacheDirective('sslprotocol')).toMatchObject({
      name: 'SSLProtocol',
      modules: ['mod_ssl'],
      form: 'plain',
      allowed: ['server', 'vhost'],
      args: { kind: 'RAW_ARGS' },
    });
    expect(apacheDirective('proxypass')!.allowed).toEqual(['server', 'vhost', 'location', 'proxy']);
    expect(apacheDirective('virtualhost')).toMatchObject({ form: 'section', allowed: ['server'] });
    expect(apacheDirective('timeout')!.args).toEqual({ kind: 'TAKE1', min: 1, max: 1 });
  });

  it('knows what is gone, what is obsolete and what is not part of httpd', () => {
    expect(apacheDirective('sslmutex')).toMatchObject({ until: '2.4.0', replacement: 'Mutex' });
    expect(apacheDirective('maxclients')!.deprecated).toEqual({
      since: '2.4.0',
      replacement: 'MaxRequestWorkers',
      renamed: true,
    });
    expect(apacheDirective('wsgiscriptalias')).toMatchObject({ modules: ['mod_wsgi'], status: 'Third-party' });
    expect(apacheDirective('nosuchthing')).toBeUndefined();
  });

  it('lists the modules with their LoadModule identifiers', () => {
    expect(apacheModules()).toContainEqual(expect.objectContaining({ name: 'mod_ssl', identifier: 'ssl_module' }));
    expect(origin.version).toMatch(/^2\.4\.\d+$/);
  });
});

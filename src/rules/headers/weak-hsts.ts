import { unknown } from '../../model/model.ts';
import { valuesOf, type LiteralValue } from '../../servers/nginx/meaning/value-set.ts';
import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import type { Place } from '../../text/source.ts';
import { Environment } from '../../servers/apache/meaning/environment.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { hstsHeader, readHsts } from './_hsts.ts';
import { readResponseHeader, responseHeaderKeys } from './_response-headers.ts';

/** What the preload lists of the browsers ask for: one year. */
const preloadAge = 31_536_000;

export default defineRule({
  meta: {
    summary: 'A Strict-Transport-Security header that protects for a short time, or not at all',
    why: 'Between two visits that lie further apart than max-age, a visitor can be kept on plain HTTP. Without a valid max-age browsers ignore the header.',
    how: 'Send "max-age=63072000" (two years) once HTTPS works for the whole site; add includeSubDomains where all subdomains have HTTPS.',
    whenOff: 'While Strict-Transport-Security is being introduced, with a short time that grows.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: responseHeaderKeys,
    references: [
      'https://www.rfc-editor.org/rfc/rfc6797#section-6.1.1',
      'https://hstspreload.org/#deployment-recommendations',
      'https://wiki.mozilla.org/Security/Server_Side_TLS',
    ],
    options: {
      minimumAge: {
        type: 'integer',
        minimum: 0,
        default: 15_552_000,
        description: 'The shortest max-age, in seconds, that is not reported: 180 days.',
      },
      zero: { type: 'boolean', default: false, description: 'Report a max-age of 0 too, by which HSTS is taken back.' },
    },
    pedanticOptions: { zero: true },
  },
  messages: {
    short: 'The max-age of this Strict-Transport-Security header is {{age}}: less than {{minimum}} seconds.',
    invalid: 'This Strict-Transport-Security header has no valid "max-age=<seconds>", so browsers ignore it.',
    preload:
      'This Strict-Transport-Security header asks for preloading, which needs includeSubDomains and a max-age of at least 31536000 seconds.',
  },
  check({ config, dialect, options, report, targets }) {
    const minimum = options.minimumAge;
    let environment: Environment | undefined;

    /** httpd puts what `Define` gives into a value before anything reads it. */
    function judgeDefined(word: Word, at: Place): void {
      const text = (environment ??= new Environment(config, targets)).text(word);
      if (text !== unknown) judge(text, at, []);
    }

    function check(directive: Directive): void {
      for (const header of readResponseHeader(directive)) {
        if (header.name !== hstsHeader) continue;
        const at = placeIn(directive, header.word);
        if (dialect === 'apache' && header.word.value.includes('${')) judgeDefined(header.word, at);
        else if (dialect !== 'nginx' || !header.value.includes('$')) judge(header.value, at, []);
        else for (const { text, through } of mappedValues(header.value, directive)) judge(text, at, through);
      }
    }

    /** An empty value sends no header. */
    function mappedValues(value: string, at: Directive): readonly LiteralValue[] {
      const values = valuesOf(value, at, variablesOf(config).definitions);
      return values === unknown ? [] : values.filter(({ text }) => text !== '');
    }

    function judge(value: string, at: Place, through: readonly Directive[]): void {
      const hsts = readHsts(value);
      if (!hsts || (hsts.maxAge === 0 && !options.zero)) return;
      const { maxAge } = hsts;
      const related = through.map((by) => ({ at: by, message: 'the value comes from here' }));
      if (maxAge === undefined) report({ message: 'invalid', at, related });
      else if (hsts.preload && (maxAge < preloadAge || !hsts.includeSubDomains))
        report({ message: 'preload', at, related, severity: maxAge < minimum ? 'warning' : 'info' });
      else if (maxAge < minimum) report({ message: 'short', at, related, data: { age: maxAge, minimum } });
    }

    return { directives: { add_header: check, more_set_headers: check, header: check } };
  },
});

import { placeIn, type Directive } from '../../syntax/tree.ts';
import { hasTemplateMark } from '../../text/template/placeholder.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';
import { knownValues, valueFault } from './_security-values.ts';
import { readResponseHeader } from './_response-headers.ts';

export default defineRule({
  meta: {
    summary: 'A security header with a value that browsers do not know',
    why: 'Browsers ignore a value that they do not know, and nobody says so: the page is as open as without the header.',
    how: 'Write a value that the header has. Who may show a page in a frame, other than the site itself, is said by "Content-Security-Policy: frame-ancestors".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://html.spec.whatwg.org/multipage/document-lifecycle.html#the-x-frame-options-header',
      'https://fetch.spec.whatwg.org/#x-content-type-options-header',
      'https://www.w3.org/TR/referrer-policy/#referrer-policies',
      'https://www.w3.org/TR/CSP3/#framework-directive-source-list',
    ],
  },
  messages: {
    value: 'Browsers ignore "{{header}}: {{value}}": they know {{known}}.',
    quotes: 'In a Content-Security-Policy "{{word}}" without single quotes is the name of a host.',
  },
  check({ report }) {
    function check(directive: Directive): void {
      for (const { name, written, value, word } of readResponseHeader(directive)) {
        if (/[$%]/.test(value) || hasTemplateMark(value)) continue;
        const at = placeIn(directive, word);
        const fault = valueFault(name, value);
        if (fault?.kind === 'quotes') report({ message: 'quotes', at, data: { word: fault.word } });
        else if (fault) {
          const known = listOf(knownValues(name).map((each) => `"${each}"`));
          report({ message: 'value', at, data: { header: written, value, known } });
        }
      }
    }

    return { directives: { add_header: check, more_set_headers: check, header: check } };
  },
});

import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isOn, wordOf } from '../../servers/apache/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'The TRACE method is enabled',
    why: 'TRACE sends the request back as the server received it, with the headers that proxies in front added: keys and addresses meant for the server only become readable for the client.',
    how: 'Set "TraceEnable Off" at the level of the server.',
    whenOff: 'While a client is examined by TRACE.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/core.html#traceenable',
      'https://cwe.mitre.org/data/definitions/693.html',
    ],
  },
  messages: {
    enabled: '"TraceEnable {{value}}" answers TRACE requests; write "TraceEnable Off".',
    default: 'Nothing sets "TraceEnable", and TRACE requests are answered by default.',
  },
  check({ config, report }) {
    let isSet = false;

    return {
      directives: {
        traceenable(directive: Directive) {
          isSet = true;
          const [value] = directive.args;
          if (!value || !(isOn(directive) || wordOf(directive) === 'extended')) return;
          const place = placeIn(directive, value);
          const fix = { title: 'Turn TRACE off', edits: [{ place, text: 'Off' }] };
          report({
            message: 'enabled',
            at: place,
            data: { value: value.value },
            fix,
            witness: "curl -X TRACE 'http://host/'",
          });
        },
      },
      end() {
        const listen = config.file.root.directives.find(({ key }) => key === 'listen');
        if (isSet || !config.complete || !listen) return;
        report({ message: 'default', at: listen, severity: 'info', witness: "curl -X TRACE 'http://host/'" });
      },
    };
  },
});

import { enclosing, placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { readUrl } from '../../model/url.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Health checks of a backend that is no member of a balancer, and is never checked',
    why: 'mod_proxy_hcheck asks the members of balancers only. Beside a plain ProxyPass its parameters are read and do nothing.',
    how: 'Make a balancer of the backend, even of one alone: "BalancerMember http://backend hcmethod=GET" in <Proxy balancer://name>, and "ProxyPass / balancer://name/".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_proxy_hcheck.html'],
  },
  messages: { unchecked: '"{{parameter}}" does nothing: only members of a balancer are checked.' },
  check({ report }) {
    function check(directive: Directive): void {
      const parameter = directive.args.find(isCheck);
      if (!parameter || !isPlain(directive)) return;
      report({ message: 'unchecked', at: placeIn(directive, parameter), data: { parameter: parameter.value } });
    }

    return { directives: { proxypass: check, proxypassmatch: check, proxyset: check } };
  },
});

function isCheck({ value }: Word): boolean {
  return /^hc(?:method|passes|fails|interval|uri|template|expr)=/i.test(value);
}

/** To a URL that is no balancer; the parameters of ProxySet belong to the URL that it names or to that of its section. */
function isPlain(directive: Directive): boolean {
  const urls = [...directive.args, ...(directive.key === 'proxyset' ? (enclosing(directive)?.args ?? []) : [])];
  const url = urls.map(({ value }) => readUrl(value)).find(({ scheme, socket }) => scheme ?? socket);
  return url !== undefined && (url.socket !== undefined || plainSchemes.has(url.scheme!.text.toLowerCase()));
}

const plainSchemes: ReadonlySet<string> = new Set('http https ws wss ajp h2 h2c fcgi scgi uwsgi'.split(' '));

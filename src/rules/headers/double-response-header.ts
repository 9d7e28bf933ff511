import { tracedHeader } from '../../model/headers.ts';
import type { Outcome, TracedHeader } from '../../model/trace.ts';
import type { Directive } from '../../syntax/tree.ts';
import type { Place } from '../../text/source.ts';
import type { Hop } from '../../topology/follow.ts';
import { confidenceIn, nameOf, pairsOf, routeOf, type Pair } from '../_shared/chains.ts';
import { defineRule } from '../define-rule.ts';
import { singleHeaders } from './_single-headers.ts';

export default defineRule({
  meta: {
    summary: 'Two servers that stand behind each other both add a response header of a single value',
    why: 'The browser gets it twice and takes the first one or none at all: two Access-Control-Allow-Origin headers refuse every origin, two different X-Frame-Options are invalid.',
    how: {
      nginx: 'Add it in one of the two, or take away what comes from behind: "proxy_hide_header NAME;".',
      apache:
        'Add it in one of the two. "Header set" replaces what comes from the backend, "Header always set" does not.',
    },
    whenOff: 'Where clients are known to take the value that is meant.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://www.rfc-editor.org/rfc/rfc9110#section-5.3',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_hide_header',
      'https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header',
    ],
  },
  messages: { twice: '"{{header}}" is added here once more: {{back}} behind it sends it, too.' },
  check({ config, topology, report }) {
    const told = new Set<string>();

    function checkPair(pair: Pair): void {
      const { front, back } = pair;
      const reaches = front.member.config === config && front.trace.outcome.kind === 'proxy';
      const { outcome } = back.trace;
      // Of an error page the headers may be others.
      if (!reaches || !answers(outcome)) return;
      for (const header of front.trace.responseHeaders) {
        const name = header.name.toLowerCase();
        const { origin } = header;
        if (!singleHeaders.has(name) || typeof origin === 'string' || !adds(front, header, name)) continue;
        const other = tracedHeader(back.trace.responseHeaders, name);
        const key = `${origin.file.path}:${origin.start}`;
        if (!other || typeof other.origin === 'string' || told.has(key)) continue;
        told.add(key);
        report({
          message: 'twice',
          at: origin,
          confidence: confidenceIn(topology, pair),
          data: { header: header.name, back: nameOf(back, front) },
          related: [{ at: other.origin, message: 'sends it already' }],
        });
      }
    }

    return {
      end() {
        if (topology.links.length > 0) for (const pair of pairsOf(topology)) checkPair(pair);
      },
    };
  },
});

function answers(outcome: Outcome): boolean {
  return outcome.kind === 'proxy' || outcome.kind === 'static' || (outcome.kind === 'response' && outcome.status < 400);
}

/** Whether what comes from behind stays beside it. */
function adds(hop: Hop, { origin }: TracedHeader, name: string): boolean {
  const scope = routeOf(hop)?.scope;
  if (!scope || typeof origin === 'string') return false;
  if (hop.member.config.dialect === 'nginx') {
    const hidden = scope.effective('proxy_hide_header').some(({ args }) => args[0]?.value.toLowerCase() === name);
    return !hidden;
  }
  const directive = scope.effective('header').find((each) => isFrom(origin, each));
  const words = directive?.args.map(({ value }) => value.toLowerCase()) ?? [];
  return words[0] === 'always' && (words[1] === 'set' || words[1] === 'add');
}

function isFrom(place: Place, { parent, start, end }: Directive): boolean {
  return place.file === parent.file && start <= place.start && place.end <= end;
}

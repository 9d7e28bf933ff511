import { enclosing, placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { wordsAfter, type Offer } from '../../edits/lines.ts';
import { formatVersion, isBefore } from '../../model/versions.ts';
import { ApacheSections, forEachBlock } from '../../servers/apache/meaning/section-kinds.ts';
import { schemeOf } from '../../model/scheme.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'The parameter "upgrade" before httpd 2.4.47, or a ws:// target since',
    why: 'Only since 2.4.47 does mod_proxy_http pass an upgrade on. From 2.4.26 an older server takes the parameter for ws:// targets alone, so WebSocket connections to http:// fail; before that it does not start.',
    how: 'Below 2.4.47 send upgrades to a ws:// target: "RewriteCond %{HTTP:Upgrade} =websocket [NC]" and "RewriteRule ^/(.*) ws://backend/$1 [P]". Since 2.4.47 write "ProxyPass / http://backend/ upgrade=websocket".',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    options: {
      tunnels: {
        type: 'boolean',
        default: false,
        description: 'Report a ws:// target since httpd 2.4.47 too: it works, and is one more mapping than needed.',
      },
    },
    pedanticOptions: { tunnels: true },
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#protoupgrade',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy_wstunnel.html',
    ],
  },
  messages: {
    ignored: '"{{parameter}}" has no effect on an http:// target before httpd 2.4.47, and the target is {{target}}.',
    refused: '"{{parameter}}" needs httpd 2.4.47; {{target}} does not know the parameter and does not start.',
    tunnel:
      'httpd {{target}} upgrades connections to "http://" by itself: "upgrade=websocket" takes the place of "{{url}}".',
  },
  check({ config, targets, options, report }) {
    const { apache: target } = targets;
    if (!target) return {};
    const isOld = isBefore(target, '2.4.47');
    const version = formatVersion(target);

    function checkParameter(directive: Directive, word: Word): void {
      const message = isBefore(target!, '2.4.26') ? 'refused' : 'ignored';
      if (message === 'ignored' && isTunnel(directive)) return;
      report({ message, at: placeIn(directive, word), data: { parameter: word.value, target: version } });
    }

    function check(directive: Directive): void {
      for (const word of directive.args) {
        if (isOld && workerKeys.has(directive.key) && /^upgrade=/i.test(word.value)) checkParameter(directive, word);
        if (!isOld && options.tunnels && mappingKeys.has(directive.key) && isWebSocketUrl(word))
          report({
            message: 'tunnel',
            at: placeIn(directive, word),
            severity: 'info',
            data: { target: version, url: word.value },
            ...upgradeFix(directive, word),
          });
      }
    }

    return {
      start() {
        forEachBlock(config, new ApacheSections(config, targets), (block) => block.directives.forEach(check));
      },
    };
  },
});

const workerKeys = new Set(['proxypass', 'proxypassmatch', 'balancermember', 'proxyset', 'proxy']);
const mappingKeys = new Set(['proxypass', 'proxypassmatch', 'rewriterule']);

function isWebSocketUrl({ value }: Word): boolean {
  return /^wss?$/.test(schemeOf(value) ?? '');
}

/** A rule of mod_rewrite has conditions and other rules around it, so that there is more than one way. */
function upgradeFix(directive: Directive, url: Word): Offer {
  if (directive.key !== 'proxypass' || directive.args.some(({ value }) => /^upgrade=/i.test(value))) return {};
  const edit = { place: placeIn(directive, url), text: url.raw.replace(/\bws(?=s?:)/i, 'http') };
  const edits = [edit, wordsAfter(directive, 'upgrade=websocket')];
  return { fix: { title: 'Let mod_proxy_http upgrade the connection', edits } };
}

/** The parameter is one of mod_proxy_wstunnel: the URL stands beside it, or in the section around it. */
function isTunnel(directive: Directive): boolean {
  return [directive, enclosing(directive)].some((each) => each?.args.some(isWebSocketUrl));
}

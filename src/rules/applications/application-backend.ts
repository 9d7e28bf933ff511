import { isTlsScheme } from '../../model/scheme.ts';
import { eachSite } from '../_shared/applications/each-need.ts';
import { placeIn } from '../../syntax/tree.ts';
import { holdsFor } from '../../facts/applications/versions.ts';
import type { PortNeed, WrongPortNeed } from '../../facts/applications/types.ts';
import { evidenceOf, type Site } from '../_shared/applications/sites.ts';
import { needsOf, say } from '../_shared/applications/needs.ts';
import { arrive } from '../_shared/applications/probe.ts';
import { destinationsOf } from '../../model/destinations.ts';
import { apacheHttpPass, nginxHttpPass } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { destinationsIn, isHttp, isWeb } from './_application-ports.ts';

const messages = {
  tlsToPlain: '{{application}} speaks plain HTTP on port {{port}}, and is spoken to in TLS here{{meant}}.',
  plainToTls: '{{application}} speaks TLS on port {{port}}, and is spoken to in plain HTTP here{{meant}}.',
  otherPort: '{{application}} answers "{{path}}" on port {{wanted}}, and it is sent to port {{port}}{{symptom}}.',
  wrongPort: 'Port {{port}} of {{application}} is not for a proxy: {{instead}} is meant{{symptom}}.',
} as const;

export default defineRule({
  meta: {
    summary: 'An application is spoken to on the wrong port, or in the wrong protocol for its port',
    why: 'The connection fails, which clients see as 502 or 400, or it reaches a part of the application that is not meant for them.',
    how: 'Write the port of the application that speaks the protocol of the target.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxHttpPass, apache: apacheHttpPass },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
    ],
  },
  messages,
  check: (context) =>
    eachSite(context, (site) => {
      checkSchemes(context, site);
      for (const need of needsOf(site, 'port'))
        if (holdsFor(need.versions, site.version) === 'yes') checkPort(context, site, need);
      for (const need of needsOf(site, 'wrong-port')) checkWrongPort(context, site, need);
    }),
});

type Context = RuleContext<typeof messages>;

function checkSchemes({ report }: Context, site: Site): void {
  const { application, sureness } = site;
  for (const { port, tls, directive, word } of destinationsIn(site)) {
    const [own, ...others] = application.ports.filter((each) => each.port === port && isHttp(each));
    if (!own || others.length > 0 || isTlsScheme(own.scheme) === tls) continue;
    const meant = application.ports.find(
      (each) => isHttp(each) && isTlsScheme(each.scheme) === tls && each.port !== port,
    );
    if (!own.fixed && !meant) continue;
    report({
      message: tls ? 'tlsToPlain' : 'plainToTls',
      at: placeIn(directive, word),
      severity: own.fixed && sureness !== 'probable' ? 'warning' : 'info',
      confidence: own.fixed ? 'high' : 'medium',
      data: {
        application: application.name,
        port,
        meant: meant && !isWeb(meant) ? `: port ${meant.port} is meant` : '',
      },
      why: `${evidenceOf(site)} The connection fails, which clients see as 502 or 400.`,
    });
  }
}

/** Only where it goes to another known port of the application: who maps ports knows better. */
function checkPort(context: Context, site: Site, need: PortNeed): void {
  for (const path of need.paths) {
    const arrival = arrive(context, site, path);
    const [destination] = arrival ? destinationsOf(arrival.route.handler) : [];
    if (
      !destination ||
      destination.port === need.port ||
      !site.application.ports.some(({ port }) => port === destination.port)
    )
      continue;
    const { directive, word, port } = destination;
    const how = `Send "${path}" to port ${need.port}.`;
    say(context, {
      site,
      need,
      message: 'otherPort',
      at: placeIn(directive, word),
      data: { path, port, wanted: need.port },
      how,
    });
  }
}

function checkWrongPort(context: Context, site: Site, need: WrongPortNeed): void {
  for (const { port, directive, word } of destinationsIn(site)) {
    if (port !== need.port) continue;
    const instead = need.instead === 80 ? 'the main port' : `port ${need.instead}`;
    say(context, {
      site,
      need,
      message: 'wrongPort',
      at: placeIn(directive, word),
      data: { port, instead },
      how: `Use ${instead}.`,
    });
  }
}

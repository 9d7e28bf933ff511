/** A config of a user, made to run on this machine: its ports, backends, files and certificates become those of the run. */
import { parseApache } from '../../../../src/parsers/apache/parse.ts';
import type { Directive } from '../../../../src/syntax/tree.ts';
import { walk } from '../../../../src/syntax/walk.ts';
import { SourceFile } from '../../../../src/text/source.ts';
import type { Surroundings } from './adapt-nginx.ts';
import { edited, type Edit } from './edits.ts';

/** Of the machine or of its load; what they say has no part in an answer. */
const dropped =
  /^(?:listen|errorlog|customlog|transferlog|globallog|pidfile|user|group|loadmodule|mutex|scriptsock|include|includeoptional|serverroot|defaultruntimedir|ssl(?:certificatechainfile|cacertificate\w+|staplingcache|usestapling|stapling\w+|proxy(?:cacertificate\w+|machinecertificate\w+)|openssl\w+|sessioncache|sessiontickets)|loglevel|timeout|keepalive\w*|maxrequestworkers|threadsperchild|startservers|cacheroot|cacheenable|php_\w+|davlockdb)$/;

export function adaptApache(text: string, around: Surroundings): string {
  const file = parseApache(new SourceFile('given.conf', text));
  const directives: Directive[] = [];
  walk(file.root, (directive) => directives.push(directive));
  const roots = directives.flatMap(({ key, args }) =>
    key === 'documentroot' ? [(args[0]?.value ?? '').replace(/\/$/, '')] : [],
  );
  const edits = directives.flatMap((directive) => editsOf(directive, around));
  let adapted = edited(text, edits);
  for (const root of [...new Set(roots)].filter((each) => each.length > 1).sort((a, b) => b.length - a.length))
    adapted = adapted.replaceAll(root, around.root);
  return `Listen ${around.port}\nListen ${around.tlsPort}\n${adapted}`;
}

function editsOf(directive: Directive, around: Surroundings): Edit[] {
  const { key, args, start, end } = directive;
  if (dropped.test(key)) return [{ start, end, text: '' }];
  const [first] = args;
  if (!first) return [];
  switch (key) {
    case 'virtualhost': {
      const isTls = /:(?:8?443)$/.test(first.value) || hasTls(directive);
      const port = isTls ? around.tlsPort : around.port;
      return args.map((word, index) => ({ start: word.start, end: word.end, text: index === 0 ? `*:${port}` : '' }));
    }
    case 'sslcertificatefile':
      return [{ start: first.start, end: first.end, text: `${around.certificate}.crt` }];
    case 'sslcertificatekeyfile':
      return [{ start: first.start, end: first.end, text: `${around.certificate}.key` }];
    default:
      return backends(directive, around);
  }
}

function hasTls({ block }: Directive): boolean {
  return (
    block?.directives.some(({ key, args }) => key === 'sslengine' && args[0]?.value.toLowerCase() === 'on') ?? false
  );
}

/** What the backend of the run speaks, for what is TLS or HTTP/2 there. */
const plain: Readonly<Record<string, string>> = { https: 'http', wss: 'ws', h2: 'http', h2c: 'http' };

const naming = /^(?:proxypass\w*|balancermember|proxy|proxymatch|proxyset|sethandler)$/;

function backends({ key, args }: Directive, { backend }: Surroundings): Edit[] {
  const isProxying = key === 'rewriterule' && /\[(?:.*,)?\s*(?:P|proxy)\s*[,\]]/i.test(args.at(-1)?.value ?? '');
  if (!naming.test(key) && !isProxying) return [];
  return args.flatMap(({ start, end, raw }) => {
    const text = raw
      .replace(/unix:[^|"\s]*\|/g, '')
      .replace(
        /\b(https?|wss?|ajp|fcgi|scgi|uwsgi|h2c?):\/\/[\w.\-[\]]+(?::(?:\d+|\$\w+))?(?=[/"'\s?$%]|$)/g,
        (_, scheme: string) => `${plain[scheme] ?? scheme}://127.0.0.1:${backend}`,
      );
    return text === raw ? [] : [{ start, end, text }];
  });
}

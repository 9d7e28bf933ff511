import type { Edit } from '../finding.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { formatVersion, isBefore } from '../../model/versions.ts';
import { ApacheSections, forEachBlock } from '../../servers/apache/meaning/section-kinds.ts';
import { deletion } from '../../edits/lines.ts';
import { defineRule } from '../define-rule.ts';

const chainKey = 'sslcertificatechainfile';

export default defineRule({
  meta: {
    summary: 'SSLCertificateChainFile, which is obsolete since httpd 2.4.8',
    why: 'Since 2.4.8 the chain is read from the file of SSLCertificateFile. The old directive gives one chain to all certificates of a virtual host, so that a second one (ECDSA beside RSA) is sent with the wrong chain.',
    how: 'Append the chain to the file of the certificate, leaf first (certbot has it as "fullchain.pem"), and remove SSLCertificateChainFile.',
    whenOff: 'As long as httpd is older than 2.4.8 (say so by `target`).',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: [chainKey] },
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcertificatechainfile'],
  },
  messages: {
    obsolete: 'httpd {{target}} takes the chain from the file of "SSLCertificateFile"; "{{name}}" is obsolete.',
    untargeted: '"{{name}}" is obsolete: since httpd 2.4.8 the chain belongs into the file of "SSLCertificateFile".',
  },
  check({ config, targets, report }) {
    const { apache: target } = targets;
    if (target && isBefore(target, '2.4.8')) return {};

    function check(directive: Directive): void {
      const edits = chainEdits(directive);
      const fix = edits && { fix: { title: 'Take the chain from the file of the certificate', edits } };
      const name = directive.name.value;
      if (target) report({ message: 'obsolete', at: directive, data: { name, target: formatVersion(target) }, ...fix });
      // The server that is meant may be older than 2.4.8, which needs it.
      else report({ message: 'untargeted', at: directive, severity: 'info', data: { name }, ...fix });
    }

    return {
      start() {
        forEachBlock(config, new ApacheSections(config, targets), (block, certain) => {
          if (certain) for (const directive of block.directives) if (directive.key === chainKey) check(directive);
        });
      },
    };
  },
});

/** Undefined where the file with both is not known by its name. */
function chainEdits(directive: Directive): Edit[] | undefined {
  const certificates = childrenNamed(directive.parent, 'sslcertificatefile');
  const [certificate] = certificates;
  const word = certificate?.args[0];
  const chain = directive.args[0]?.value;
  if (certificates.length !== 1 || !certificate || !word || chain === undefined) return undefined;
  if (chain === word.value) return [deletion(directive)];
  // The names that certbot gives.
  if (!word.value.endsWith('/cert.pem') || word.value.replace(/cert\.pem$/, 'chain.pem') !== chain) return undefined;
  const text = word.raw.replace(/cert\.pem(?=["']?$)/, 'fullchain.pem');
  return [{ place: placeIn(certificate, word), text }, deletion(directive)];
}

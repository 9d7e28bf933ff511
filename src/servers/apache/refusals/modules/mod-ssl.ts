import type { Directive } from '../../../../syntax/tree.ts';
import { hasPath, type Around } from '../around.ts';
import { badChoice, badForm, refusal, type Handlers, type Refusal } from '../refusal.ts';
import { includes, split } from '../signs.ts';
import { parseUri } from '../uri.ts';

const protocolNames = ['all', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
const sslOptionNames = [
  'StdEnvVars',
  'ExportCertData',
  'FakeBasicAuth',
  'StrictRequire',
  'OptRenegotiate',
  'LegacyDNStringFormat',
];
const crlNames = ['none', 'leaf', 'chain'];

function judgeSslProtocol(directive: Directive): Refusal | undefined {
  for (const word of directive.args) {
    const { sign, name } = split(word);
    if (/^sslv2$/i.test(name)) {
      if (sign !== '-') return refusal(directive, 'SSLv2 is no longer supported', word);
    } else if (!includes(protocolNames, name)) return badChoice(directive, word, protocolNames);
  }
  return undefined;
}

/** `SSLCipherSuite [protocol] ciphers`, `ssl_cmd_SSLCipherSuite`. */
function judgeCipherSuite(directive: Directive, around: Around): Refusal | undefined {
  const [protocol, ciphers] = directive.args;
  if (protocol && ciphers && protocol.value === 'TLSv1.3' && hasPath(around)) {
    return refusal(directive, 'the ciphers of TLS 1.3 cannot be set for a part of the URLs', protocol);
  }
  if (!protocol || !ciphers || /^(?:SSL|TLSv1\.3)$/.test(protocol.value)) return undefined;
  return badChoice(directive, protocol, ['SSL', 'TLSv1.3']);
}

function judgeSslOptions(directive: Directive): Refusal | undefined {
  const word = directive.args.find((word) => !includes(sslOptionNames, split(word).name));
  return word && badChoice(directive, word, sslOptionNames);
}

function judgeRevocationCheck(directive: Directive): Refusal | undefined {
  const [mode, ...flags] = directive.args;
  if (mode && !includes(crlNames, mode.value)) return badChoice(directive, mode, crlNames);
  const flag = flags.find(({ value }) => !/^no_crl_for_cert_ok$/i.test(value));
  return flag && badChoice(directive, flag, ['no_crl_for_cert_ok']);
}

/** `SSLRandomSeed context source [bytes]`. */
function judgeRandomSeed(directive: Directive): Refusal | undefined {
  const [context, source, bytes] = directive.args;
  if (context && !/^(?:startup|connect)$/i.test(context.value)) {
    return badChoice(directive, context, ['startup', 'connect']);
  }
  if (source && /^egd:/i.test(source.value)) return refusal(directive, 'OpenSSL has no EGD any more', source);
  if (bytes && source?.value === 'builtin') return refusal(directive, '"builtin" takes no number of bytes', bytes);
  return undefined;
}

function judgeOcspProxy(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  return word && !parseUri(word.value) ? badForm(directive, word, 'a URL') : undefined;
}

export const handlers: Handlers = {
  sslcarevocationcheck: judgeRevocationCheck,
  sslciphersuite: judgeCipherSuite,
  sslocspproxyurl: judgeOcspProxy,
  ssloptions: judgeSslOptions,
  sslprotocol: judgeSslProtocol,
  sslproxycarevocationcheck: judgeRevocationCheck,
  sslproxyciphersuite: judgeCipherSuite,
  sslproxyprotocol: judgeSslProtocol,
  sslrandomseed: judgeRandomSeed,
};

/**
 * Cipher lists as `SSL_CTX_set_cipher_list` of OpenSSL takes them: the `openssl-ciphers` manual page and
 * `ssl_cipher_process_rulestr`.
 */

const aliases = new Set(
  (
    'ALL COMPLEMENTOFALL COMPLEMENTOFDEFAULT DEFAULT HIGH MEDIUM LOW EXP EXPORT EXPORT40 EXPORT56 eNULL NULL aNULL kRSA aRSA RSA ' +
    'kDHr kDHd kDH kDHE kEDH DH DHE EDH ADH kECDHr kECDHe kECDH kEECDH kECDHE ECDH ECDHE EECDH AECDH aDSS DSS aDH aECDH aECDSA ECDSA ' +
    'TLSv1.2 TLSv1.0 TLSv1 SSLv3 SSLv2 AES128 AES256 AES AESGCM AESCCM AESCCM8 ARIA128 ARIA256 ARIAGCM ARIA CAMELLIA128 CAMELLIA256 ' +
    'CAMELLIA CHACHA20 DES 3DES RC4 RC2 IDEA SEED MD5 SHA1 SHA SHA256 SHA384 aGOST aGOST01 aGOST12 kGOST kGOST18 GOST94 GOST89MAC ' +
    'GOST89MAC12 GOST2012001 GOST12 GOST PSK aPSK kPSK kECDHEPSK kDHEPSK kRSAPSK SUITEB128 SUITEB128ONLY SUITEB128C2 SUITEB192 ' +
    'CBC FIPS FZA SRP aSRP kSRP KRB5 aKRB5 kKRB5 SSL3 TLS1 TLSv13 TLS13'
  ).split(' '),
);
const cipherName = /^[A-Z0-9]+(?:[-_][A-Z0-9]+)+$/;

/**
 * Why OpenSSL refuses the list, as the end of "... is not"; undefined: it accepts it, or that depends on its build.
 */
export function cipherListFault(text: string): string | undefined {
  // The groups of BoringSSL, and policies of a distribution.
  if (/[[|=]/.test(text.replace(/@SECLEVEL=/g, ''))) return undefined;
  if (!/^[A-Za-z0-9\-.=_+!@:;, ]*$/.test(text)) return 'a cipher list: it holds a character that no cipher has';
  const adding = text.split(/[:;, ]+/).filter((rule) => rule !== '' && !/^[!+@-]/.test(rule));
  const mayMatch = adding.some((rule) => rule.replace(/@.*/, '').split('+').every(isKnown));
  return mayMatch ? undefined : 'a cipher list with a cipher that OpenSSL knows';
}

function isKnown(word: string): boolean {
  return aliases.has(word) || cipherName.test(word);
}

/** One cipher suite up to TLS 1.2, in OpenSSL's names. */
export interface CipherSuite {
  readonly name: string;
  /** The oldest protocol that has it: `SSLv3`, `TLSv1`, `TLSv1.2`. */
  readonly since: string;
  /** `RSA`, `DH`, `ECDH`: the latter two with keys made for each connection. */
  readonly kx: string;
  /** `RSA`, `DSS`, `ECDSA`, `None`. */
  readonly au: string;
  readonly enc: string;
  /** Of the key; 0 without encryption. */
  readonly bits: number;
  readonly mac: string;
  readonly strength: 'HIGH' | 'MEDIUM' | 'LOW' | 'EXPORT' | 'NONE';
  /** In OpenSSL's list `DEFAULT`. */
  readonly isDefault: boolean;
  /** Not in current builds of OpenSSL; older ones enable it when asked to. */
  readonly isRetired: boolean;
}

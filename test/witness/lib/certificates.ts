/** Certificates as the cases name them. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/**
 * Writes below `folder`: `/etc/ssl/site.{pem,key}`, self-signed; two that it issued, each in one file with it: one of Certbot's for
 * example.com, which names no OCSP responder, and `/etc/ssl/ocsp.pem`, which does; `/etc/ssl/dh1024.pem`.
 */
export function makeCertificates(folder: string): Certificate {
  const ssl = join(folder, 'etc/ssl');
  const live = join(folder, 'etc/letsencrypt/live/example.com');
  for (const path of [ssl, live]) mkdirSync(path, { recursive: true });
  const inSsl = (name: string): string => join(ssl, name);
  const openssl = (command: string): Buffer => execFileSync('openssl', command.split(' '), { cwd: ssl, stdio: 'pipe' });

  openssl('req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=example.com -keyout site.key -out site.pem');
  const site = { cert: readFileSync(inSsl('site.pem')), key: readFileSync(inSsl('site.key')) };
  openssl('req -new -key site.key -subj /CN=www.example.com -out request');
  writeFileSync(inSsl('extensions'), '[none]\n[ocsp]\nauthorityInfoAccess=OCSP;URI:http://localhost:1/\n');
  const issue = (extensions: string): Buffer =>
    openssl(
      `x509 -req -in request -CA site.pem -CAkey site.key -CAcreateserial -days 30 -extfile extensions -extensions ${extensions}`,
    );
  writeFileSync(join(live, 'fullchain.pem'), Buffer.concat([issue('none'), site.cert]));
  writeFileSync(inSsl('ocsp.pem'), Buffer.concat([issue('ocsp'), site.cert]));
  copyFileSync(inSsl('site.key'), join(live, 'privkey.pem'));
  openssl('dhparam -dsaparam -out dh1024.pem 1024');
  return site;
}

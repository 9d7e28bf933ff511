/** Addresses in every spelling; each was tried with `allow` of nginx 1.22.1 and `Require ip` of httpd 2.4.71. */
import { expect, test } from 'vitest';
import { contains, isBrokenIpv4, parseNetwork } from '../../src/model/network.ts';
import { isIP } from '../../src/servers/apache/refusals/ip.ts';
import { isIpv4, isIpv6 } from '../../src/servers/nginx/meaning/address.ts';

test.each([
  ['::', true, true],
  ['2001:db8::', true, true],
  ['fe80::1', true, true],
  ['::ABCD', true, true],
  ['::1.2.3.4', true, true],
  ['1:2:3:4:5:6:1.2.3.4', true, true],
  ['64:ff9b::192.0.2.33', true, true],
  ['1:2:3:4:5:6:7:8', true, true],
  ['::2:3:4:5:6:7:8', true, true],
  // Mapped IPv4.
  ['::ffff:1.2.3.4', true, false],
  ['::ffff:102:304', true, false],
  ['1:2:3:4:5:6:7::', false, true],
  ['1::2:3:4:5:6:7:8', false, true],
  ['1:2:3:4:5:6:7:8::', false, true],
  ['1:2:3:4:5:6:7', false, false],
  ['1:2:3:4:5:6:7:1.2.3.4', false, false],
  ['1.2.3.4:1::', false, false],
  ['1::2::3', false, false],
  ['::12345', false, false],
  ['::g', false, false],
  ['::1%eth0', false, false],
  ['::1.2.3.256', false, false],
  ['::.1.2.3', false, false],
  [':::', false, false],
])('%s: nginx %s, httpd %s', (text, nginx, httpd) => {
  expect([isIpv6(text) || isIpv4(text), isIP(text)]).toEqual([nginx, httpd]);
});

test.each([
  ['::ffff:0:0/96', '::ffff:10.0.0.1', true],
  ['::ffff:10.0.0.0/104', '::ffff:a00:1', true],
  ['::10.0.0.0/104', '::11.0.0.1', false],
  ['10.0.0.0/8', '::ffff:10.0.0.1', false],
])('%s holds %s: %s', (network, address, expected) => {
  expect(contains(parseNetwork(network)!, parseNetwork(address)!)).toBe(expected);
});

test.each([
  ['10.0.0.256', true],
  ['10.0.0.0.1', true],
  ['10.0.0.255', false],
  ['0377.0.0.1', false],
  ['10.0.0', false],
  ['10.0.0.256.example.com', false],
])('%s is no address: %s', (text, expected) => {
  expect(isBrokenIpv4(text)).toBe(expected);
});

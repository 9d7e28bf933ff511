/** What NetBird needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'netbird',
  name: 'NetBird',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['netbird', 'netbirdmanagement', 'netbirdsignal'],
    common: ['vpn', 'dashboard', 'signal', 'management', 'relay'],
    paths: ['/signalexchange.SignalExchange/', '/management.ManagementService/'],
    otherPaths: ['/relay', '/ws-proxy/'],
  },
  ports: [
    { port: 8011, scheme: 'http', role: 'dashboard' },
    { port: 10000, scheme: 'grpc', role: 'signal' },
    { port: 8012, scheme: 'grpc', role: 'management' },
    { port: 33080, scheme: 'http', role: 'relay' },
  ],
  sources: {
    tpl: {
      where: 'https://github.com/netbirdio/netbird',
      what: 'infrastructure_files/nginx.tmpl.conf',
      read: '2026-08-22 ee253fed',
    },
  },
  needs: [
    {
      about: 'timeout',
      paths: ['/signalexchange.SignalExchange/', '/management.ManagementService/'],
      least: 86400,
      strength: 'breaks',
      proof: 'documented',
      fact: '/signalexchange.SignalExchange/ and /management.ManagementService/ by grpc_pass (HTTP/2 on the listener), read and send timeouts 1d, grpc_socket_keepalive on; client_header_timeout and client_body_timeout 1d.',
      symptom: 'peers disconnect every minute',
      sources: ['tpl'],
    },
    {
      about: 'websocket',
      paths: ['/relay', '/ws-proxy/signal', '/ws-proxy/management'],
      strength: 'breaks',
      proof: 'documented',
      fact: '/relay, /ws-proxy/signal, /ws-proxy/management.',
      sources: ['tpl'],
    },
    {
      about: 'note',
      strength: 'breaks',
      proof: 'documented',
      fact: '/api to management, / to dashboard.',
      sources: ['tpl'],
    },
  ],
};

/** What a visitor can begin with. */
import apacheProxy from '../../fixtures/samples/app-proxy.apache.conf';
import nginxProxy from '../../fixtures/samples/app-proxy.nginx.conf';
import mux from '../../fixtures/samples/mux.sslh.conf';
import badApache from './samples/bad.apache.conf';
import badNginx from './samples/bad.nginx.conf';
import jupyterhub from './samples/jupyterhub.nginx.conf';

export interface Sample {
  readonly title: string;
  readonly text: string;
  /** A request that is worth a look. */
  readonly url: string;
}

export const samples: readonly Sample[] = [
  { title: 'nginx: an application', text: nginxProxy, url: 'https://app.example.org/socket' },
  { title: 'nginx: a JupyterHub', text: jupyterhub, url: 'wss://hub.example.org/user/ada/api/kernels/1/channels' },
  { title: 'nginx: holes', text: badNginx, url: 'https://shop.example.org/static../secret.txt' },
  { title: 'Apache httpd: an application', text: apacheProxy, url: 'https://app.example.org/socket' },
  { title: 'Apache httpd: holes', text: badApache, url: 'https://intern.example.org/server-status' },
  { title: 'sslh: one port for all', text: mux, url: 'https://www.example.org/' },
];

/** What Jupyter Server needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'jupyter-server',
  name: 'Jupyter Server',
  kind: 'app',
  date: '2026-11-30',
  names: {
    telling: ['jupyterserver', 'jupyterlab', 'jupyternotebook'],
    common: ['jupyter', 'lab', 'notebook'],
    paths: ['/api/kernels/', '/terminals/websocket'],
    otherPaths: ['/lab', '/tree', '/terminals/websocket/'],
  },
  ports: [{ port: 8888, scheme: 'http' }],
  sources: {
    code: {
      where: 'https://github.com/jupyter-server/jupyter_server',
      what: 'jupyter_server/base/handlers.py, serverapp.py',
      read: '2026-07-22 9a4d6eea',
    },
    tornado: {
      where: 'https://github.com/tornadoweb/tornado',
      what: 'tornado/websocket.py',
      read: '2026-07-08 e5300314',
    },
    'run, 1.23.3': {
      where: 'Jupyter Server / Lab / Notebook 1.23.3 behind nginx 1.22.1 and httpd 2.4.71, client on port 18443',
      read: '2026-11-30',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/api/kernels/1/channels', '/terminals/websocket/1'],
      strength: 'breaks',
      proof: 'played',
      fact: '/api/kernels/*/channels and /terminals/websocket/* are WebSockets (2.x also /api/events/subscribe): Upgrade for all of /.',
      symptom: '400 Can "Upgrade" only to "WebSocket"',
      sources: ['run, 1.23.3'],
    },
    {
      about: 'headers',
      values: { Host: 'client' },
      strength: 'breaks',
      proof: 'played',
      fact: "Two rules pull apart: Origin must equal Host (WebSocket), but bound to localhost the server refuses every Host that is not local (localhost, loopback address) unless allow_remote_access is on. So: client's Host and allow_remote_access = True.",
      symptom: "403 Blocking request with non-local 'Host'; 403 on WebSocket",
      sources: ['code', 'tornado', 'run, 1.23.3'],
    },
    { about: 'note', strength: 'degrades', proof: 'documented', fact: 'trust_xheaders is off.', sources: ['code'] },
    {
      about: 'sub-path',
      prefix: 'kept',
      strength: 'breaks',
      proof: 'played',
      fact: 'base_url, prefix kept.',
      symptom: '404 with the prefix stripped',
      sources: ['run, 1.23.3'],
    },
    {
      about: 'body-size',
      paths: ['/api/contents/notebook.ipynb'],
      least: 10485760,
      strength: 'degrades',
      proof: 'played',
      fact: 'Notebooks and files are saved by PUT /api/contents/... with the whole content: above 1 MB refused by the default of nginx.',
      symptom: '413 on save or upload',
      sources: ['run, 1.23.3'],
    },
  ],
};

/** What Streamlit needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'streamlit',
  name: 'Streamlit',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['streamlit'], paths: ['/_stcore/'], otherPaths: ['/_stcore/stream', '/_stcore/health'] },
  ports: [{ port: 8501, scheme: 'http' }],
  sources: {
    code: {
      where: 'https://github.com/streamlit/streamlit',
      what: 'lib/streamlit/web/server/{server,server_util,browser_websocket_handler}.py',
      read: '2024-10-24 2db81f7f',
    },
    cfg: {
      where: 'https://github.com/streamlit/docs',
      what: 'content/develop/api-reference/configuration/config-toml.md, content/kb/deployments/remote-start.md',
      read: '2026-08-22 7b26d93b',
    },
  },
  needs: [
    {
      about: 'websocket',
      paths: ['/_stcore/stream'],
      strength: 'breaks',
      proof: 'documented',
      fact: '/_stcore/stream (below baseUrlPath).',
      symptom: "'Please wait...' for ever",
      sources: ['code'],
    },
    {
      about: 'headers',
      values: { Host: 'client' },
      strength: 'breaks',
      proof: 'documented',
      fact: "Origin must match Host (Tornado) or be localhost, the server's own addresses or browser.serverAddress, unless enableCORS=false.",
      symptom: '403 on the WebSocket',
      sources: ['code'],
    },
    {
      about: 'body-size',
      paths: ['/_stcore/upload_file'],
      least: 209715200,
      strength: 'breaks',
      proof: 'confirmed',
      fact: 'Uploads of 200 MB by default (server.maxUploadSize), at /_stcore/upload_file.',
      sources: ['cfg', 'code'],
    },
    {
      about: 'private',
      paths: ['/_stcore/metrics'],
      degree: 'restricted',
      strength: 'recommended',
      proof: 'documented',
      fact: '/_stcore/metrics, /_stcore/health.',
      sources: ['code'],
    },
  ],
};

import { everything, file, says, withoutScheme } from '../parts.ts';
import type { Played } from '../types.ts';

export const played: Played = {
  id: 'uvicorn',
  packages: 'python3-uvicorn',
  isInCi: true,
  program: '/usr/lib/python3/dist-packages/uvicorn/__init__.py',
  start(folder, port) {
    file(
      folder,
      'app.py',
      `async def app(scope, receive, send):
    if scope['type'] != 'http':
        return
    await send({'type': 'http.response.start', 'status': 200, 'headers': [(b'content-type', b'text/plain')]})
    await send({'type': 'http.response.body', 'body': (scope['scheme'] + ' ').encode()})
`,
    );
    const options = ['--host', '127.0.0.1', '--port', `${port}`, '--app-dir', folder];
    return { command: ['/usr/bin/python3', '-m', 'uvicorn', ...options, 'app:app'] };
  },
  ready: '/',
  good: everything,
  broken: [withoutScheme({ ask: { path: '/' }, symptom: says('http ') })],
};

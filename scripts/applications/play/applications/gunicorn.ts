import { everything, file, says, withoutScheme, wrongHosts } from '../parts.ts';
import type { Played } from '../types.ts';

const ask = { path: '/' };

export const played: Played = {
  id: 'gunicorn',
  packages: 'gunicorn',
  isInCi: true,
  program: '/usr/bin/gunicorn',
  start(folder, port) {
    file(
      folder,
      'app.py',
      `def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [(environ['wsgi.url_scheme'] + ' ' + environ['HTTP_HOST']).encode()]
`,
    );
    return { command: ['/usr/bin/gunicorn', '-b', `127.0.0.1:${port}`, '--chdir', folder, 'app:app'] };
  },
  ready: '/',
  good: everything,
  broken: [
    withoutScheme({ ask, symptom: says('http ') }),
    ...wrongHosts({ ask, symptom: says(' 127.0.0.1') }, ['nginx', 'apache']),
  ],
};
